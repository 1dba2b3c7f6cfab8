/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-fixture.h"

#include "endpoint/centre-private.h"

#include <string.h>

/* What one request does, and what it must never do. */

#define COMMUNE "31447"
#define NEIGHBOUR "31459"
#define DISTRICT "935"

typedef struct
{
  World *world;
  Device *commune;
  Device *second; /* of the same unit */
  Device *neighbour;
  Device *district;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->world = world_new (NULL);
  f->commune = device_enrolled (f->world, 1, COMMUNE, "OL");
  f->second = device_enrolled (f->world, 2, COMMUNE, "OL");
  f->neighbour = device_enrolled (f->world, 3, NEIGHBOUR, "OL");
  f->district = device_enrolled (f->world, 4, DISTRICT, "OL");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  device_free (f->commune);
  device_free (f->second);
  device_free (f->neighbour);
  device_free (f->district);
  world_free (f->world);
}

static gint64
last_q (Fixture *f)
{
  TdJournal *journal = td_centre_journal (f->world->centre);

  return journal->last_q (journal);
}

static const TdSyncVerdict *
verdict (const TdSyncAnswer *answer, guint index)
{
  g_assert_cmpuint (index, <, answer->res->len);
  return answer->res->pdata[index];
}

static char *
note (Fixture *f, Device *device, const char *text)
{
  g_autofree char *record = ledger_id (device, "events");

  return edit_body (device, NULL, record, "events", "compliance/note", NULL, text);
}

static TdSyncAnswer *
send_again (Device *device, const TdSyncRequest *request)
{
  TdProblem *problem = NULL;
  TdSyncAnswer *answer = td_centre_sync (device->world->centre, device->key, request, &device->world->moment, &problem);

  g_assert_null (problem);
  return answer;
}

/* ---- verdicts ------------------------------------------------------------------ */

static void
test_accepted (Fixture *f, gconstpointer data)
{
  g_autofree char *body = note (f, f->commune, "một");
  g_autofree char *head = g_strdup (TD_CHAIN_START);
  g_autoptr (TdSyncAnswer) answer = NULL;

  device_seal (f->commune, body, NULL);
  answer = device_sync (f->commune, NULL);
  g_assert_true (verdict (answer, 0)->ok);
  g_assert_cmpint (verdict (answer, 0)->q, ==, last_q (f));
  g_assert_cmpint (answer->n, ==, 1);
  g_assert_cmpstr (answer->day, ==, "2025-07-08");
  g_assert_true (answer->practice);
  g_assert_false (answer->more);
  g_assert_cmpstr (answer->k, ==, "0123abcd");
  g_assert_cmpstr (answer->head, !=, head);
}

static void
test_idempotent (Fixture *f, gconstpointer data)
{
  g_autofree char *body = note (f, f->commune, "một");
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (TdSyncAnswer) first = NULL;
  g_autoptr (TdSyncAnswer) again = NULL;
  g_autoptr (TdSyncAnswer) moved = NULL;
  gint64 q;

  device_seal (f->commune, body, NULL);
  request = device_request (f->commune);
  first = device_sync (f->commune, NULL);
  q = last_q (f);
  again = send_again (f->commune, request);
  g_assert_cmpint (last_q (f), ==, q);
  g_assert_cmpint (verdict (again, 0)->q, ==, verdict (first, 0)->q);
  g_assert_true (verdict (again, 0)->ok);
  g_assert_cmpint (again->n, ==, 1);

  /* The same body in another life's envelope. */
  device_new_life (f->commune);
  device_seal (f->commune, body, NULL);
  moved = device_sync (f->commune, NULL);
  g_assert_cmpint (last_q (f), ==, q);
  g_assert_cmpint (verdict (moved, 0)->q, ==, verdict (first, 0)->q);
}

static void
test_refusal_is_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *record = ledger_id (f->neighbour, "events");
  g_autofree char *body = edit_body (f->neighbour, NULL, record, "events", "compliance/note", NULL, "của người khác");
  g_autofree char *mine = note (f, f->commune, "của tôi");
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (TdSyncAnswer) first = NULL;
  g_autoptr (TdSyncAnswer) again = NULL;

  device_seal (f->commune, body, NULL);
  device_seal (f->commune, mine, NULL);
  request = device_request (f->commune);
  first = device_sync (f->commune, NULL);
  g_assert_false (verdict (first, 0)->ok);
  g_assert_cmpstr (verdict (first, 0)->code, !=, "");
  g_assert_true (verdict (first, 1)->ok);
  again = send_again (f->commune, request);
  g_assert_cmpstr (verdict (again, 0)->code, ==, verdict (first, 0)->code);
  g_assert_cmpint (verdict (again, 0)->q, ==, verdict (first, 0)->q);
}

static void
test_reused (Fixture *f, gconstpointer data)
{
  g_autofree char *record = ledger_id (f->commune, "events");
  g_autofree char *id = world_id (f->world);
  g_autofree char *one = edit_body (f->commune, id, record, "events", "compliance/note", NULL, "một");
  g_autofree char *other = edit_body (f->commune, id, record, "events", "compliance/note", NULL, "hai");
  g_autofree char *plan = edit_body (f->commune, NULL, record, "events", "plan/number", NULL, "12/KH");
  g_autoptr (TdSyncAnswer) answer = NULL;

  g_assert_cmpstr (device_send (f->commune, one), ==, "");
  device_seal (f->commune, other, NULL);
  device_seal (f->commune, plan, NULL);
  answer = device_sync (f->commune, NULL);
  g_assert_cmpstr (verdict (answer, 0)->code, ==, "reused");
  g_assert_cmpstr (verdict (answer, 0)->id, ==, id);
  g_assert_true (verdict (answer, 1)->ok);
  g_assert_cmpint (answer->n, ==, 3);
}

static void
test_twice_in_one_request (Fixture *f, gconstpointer data)
{
  g_autofree char *body = note (f, f->commune, "một");
  g_autoptr (TdSyncAnswer) answer = NULL;
  gint64 q = last_q (f);

  device_seal (f->commune, body, NULL);
  device_seal (f->commune, body, NULL);
  answer = device_sync (f->commune, NULL);
  g_assert_true (verdict (answer, 0)->ok);
  g_assert_true (verdict (answer, 1)->ok);
  g_assert_cmpint (verdict (answer, 1)->q, ==, verdict (answer, 0)->q);
  g_assert_cmpint (last_q (f), ==, q + 1);
}

static char *
deep_body (guint depth)
{
  GString *text = g_string_new ("{\"id\":\"0192f3c4-0000-7000-8000-000000000001\",\"v\":");

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_malformed_among_good (Fixture *f, gconstpointer data)
{
  g_autofree char *good = note (f, f->commune, "một");
  g_autofree char *spaced = g_strconcat (good, " ", NULL);
  g_autofree char *deep = deep_body (100000);
  const char *bodies[] = { "",
                           "nope",
                           "{}",
                           "[]",
                           "{\"id\":7}",
                           spaced,
                           deep,
                           "{\"at\":1,\"by\":{\"name\":\"a\",\"position\":\"b\"},"
                           "\"id\":\"0192f3c4-0000-7000-8000-000000000002\",\"k\":\"teleport\"}" };
  const char *codes[] = { "format", "format", "format", "format", "format", "format", "limits", "kind" };
  g_autofree char *plan = NULL;
  g_autofree char *record = ledger_id (f->commune, "events");
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autoptr (TdSyncAnswer) again = NULL;

  plan = edit_body (f->commune, NULL, record, "events", "plan/number", NULL, "12/KH");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    device_seal (f->commune, bodies[i], "");
  device_seal (f->commune, plan, NULL);
  request = device_request (f->commune);
  answer = device_sync (f->commune, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_cmpstr (verdict (answer, i)->code, ==, codes[i]);
  g_assert_true (verdict (answer, G_N_ELEMENTS (bodies))->ok);
  again = send_again (f->commune, request);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_assert_cmpstr (verdict (again, i)->code, ==, codes[i]);
      g_assert_cmpint (verdict (again, i)->q, ==, verdict (answer, i)->q);
    }
}

/* A signature that isn't the device's doesn't use up the id of the operation. */
static void
test_step_signature (Fixture *f, gconstpointer data)
{
  g_autofree char *dossier = ledger_id (f->commune, "registration");
  g_autofree char *body = attest_body (f->district, dossier, f->commune->unit);
  g_autofree char *digest = td_digest (body, -1);
  g_autofree char *strange = td_sign (f->neighbour->secret, digest);
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autoptr (TdSyncAnswer) good = NULL;

  device_seal (f->district, body, strange);
  device_seal (f->district, body, "");
  answer = device_sync (f->district, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpstr (verdict (answer, i)->code, ==, "format");
      g_assert_cmpstr (verdict (answer, i)->detail, ==, "sig");
    }
  device_seal (f->district, body, NULL);
  good = device_sync (f->district, NULL);
  g_assert_cmpstr (verdict (good, 0)->code, ==, "");
}

/* ---- envelopes ----------------------------------------------------------------- */

static void
test_gap (Fixture *f, gconstpointer data)
{
  g_autofree char *body = note (f, f->commune, "một");
  TdProblem *problem = NULL;
  gint64 q = last_q (f);

  f->commune->n = 4;
  device_seal (f->commune, body, NULL);
  g_assert_null (device_sync (f->commune, &problem));
  g_assert_cmpuint (problem->status, ==, 409);
  g_assert_cmpstr (problem->type, ==, "op-gap");
  g_assert_cmpint (problem->n, ==, 0);
  g_assert_cmpint (last_q (f), ==, q);
  td_problem_free (problem);
}

/* The endpoint lost what it acknowledged: it says what it has. */
static void
test_gap_after_restore (Fixture *f, gconstpointer data)
{
  TdProblem *problem = NULL;

  f->commune->known = 7;
  g_assert_null (device_sync (f->commune, &problem));
  g_assert_cmpstr (problem->type, ==, "op-gap");
  g_assert_cmpint (problem->n, ==, 0);
  td_problem_free (problem);
}

static void
test_forked (Fixture *f, gconstpointer data)
{
  g_autofree char *one = note (f, f->commune, "một");
  g_autofree char *two = note (f, f->commune, "hai");
  g_autofree char *three = note (f, f->commune, "ba");
  g_autofree char *tip = g_strdup (f->commune->tip);
  TdProblem *problem = NULL;
  gint64 q;

  g_assert_cmpstr (device_send (f->commune, one), ==, "");
  q = last_q (f);
  /* A copy of the disk goes on from before. */
  f->commune->n = 0;
  g_free (f->commune->tip);
  f->commune->tip = g_strdup (tip);
  device_seal (f->commune, two, NULL);
  g_assert_null (device_sync (f->commune, &problem));
  g_assert_cmpstr (problem->type, ==, "device-forked");
  g_assert_cmpuint (problem->status, ==, 409);
  g_clear_pointer (&problem, td_problem_free);

  /* The copy's second operation continues a history we don't know. */
  device_seal (f->commune, three, NULL);
  g_ptr_array_remove_index (f->commune->pending, 0);
  g_assert_null (device_sync (f->commune, &problem));
  g_assert_cmpstr (problem->type, ==, "device-forked");
  td_problem_free (problem);
  g_assert_cmpint (last_q (f), ==, q);
}

static void
expect_chain (Fixture *f, TdSyncRequest *request)
{
  TdProblem *problem = NULL;
  gint64 q = last_q (f);

  g_assert_null (td_centre_sync (f->world->centre, f->commune->key, request, &f->world->moment, &problem));
  g_assert_cmpstr (problem->type, ==, "op-chain");
  g_assert_cmpuint (problem->status, ==, 422);
  g_assert_cmpint (last_q (f), ==, q);
  td_problem_free (problem);
}

static void
test_chain (Fixture *f, gconstpointer data)
{
  g_autofree char *one = note (f, f->commune, "một");
  g_autofree char *two = note (f, f->commune, "hai");
  g_autoptr (TdSyncRequest) tip = NULL;
  g_autoptr (TdSyncRequest) link = NULL;
  g_autoptr (TdSyncRequest) stranger = NULL;
  TdSyncOp *op;

  device_seal (f->commune, one, NULL);
  device_seal (f->commune, two, NULL);
  tip = device_request (f->commune);
  tip->tip[0] = tip->tip[0] == 'a' ? 'b' : 'a';
  expect_chain (f, tip);
  link = device_request (f->commune);
  op = link->ops->pdata[1];
  op->prev[0] = op->prev[0] == 'a' ? 'b' : 'a';
  expect_chain (f, link);
  stranger = device_request (f->commune);
  g_free (stranger->sig);
  stranger->sig = td_sign (f->neighbour->secret, stranger->tip);
  expect_chain (f, stranger);
}

/* ---- pulling -------------------------------------------------------------------- */

static void
fill (Fixture *f, Device *device, guint records, guint length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  for (guint i = 0; i < records; i++)
    {
      g_autofree char *id = world_id (f->world);
      g_autofree char *body = edit_body (device, NULL, id, "nomination", "achievement", NULL, text);

      g_assert_cmpstr (device_send (device, body), ==, "");
    }
}

static void
assert_same_tables (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (value, ==, g_hash_table_lookup (b, key));
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) whole = NULL;
  g_autoptr (GHashTable) paged = NULL;
  guint pages;

  fill (f, f->commune, 30, 3000);
  whole = device_pull_all (f->second, &pages);
  g_assert_cmpuint (pages, ==, 1);
  /* 30 records, 30 dossiers, and the directory: four desks and the endpoint. */
  g_assert_cmpuint (g_hash_table_size (whole), ==, 65);
  f->second->max = TD_PAGE_MIN;
  paged = device_pull_all (f->second, &pages);
  g_assert_cmpuint (pages, >, 25);
  assert_same_tables (whole, paged);
}

/* A record and its dossier are shown at one place of the sequence; a page may end between. */
static void
test_page_inside_a_place (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) paged = NULL;
  g_autofree char *cursor = NULL;
  guint pages;

  fill (f, f->commune, 3, 20000);
  f->second->max = TD_PAGE_MIN;
  paged = device_pull_all (f->second, &pages);
  g_assert_cmpuint (g_hash_table_size (paged), ==, 11);
}

/* Keys are the longest names a cursor may hold. */
static void
test_page_ends_on_a_key (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) paged = NULL;
  guint pages;

  for (guint i = 0; i < 40; i++)
    device_free (device_enrolled (f->world, 10 + i, COMMUNE, "O"));
  f->second->max = TD_PAGE_MIN;
  paged = device_pull_all (f->second, &pages);
  g_assert_cmpuint (pages, >, 1);
  g_assert_cmpuint (g_hash_table_size (paged), ==, 45);
}

/* What changes while a device is paging comes at its new place. */
static void
test_change_while_paging (Fixture *f, gconstpointer data)
{
  g_autofree char *record = ledger_id (f->commune, "events");
  g_autofree char *first = edit_body (f->commune, NULL, record, "events", "compliance/note", NULL, "một");
  g_autofree char *then = edit_body (f->commune, NULL, record, "events", "compliance/note", "một", "hai");
  g_autoptr (TdSyncAnswer) page = NULL;
  gboolean seen = FALSE;
  gboolean more;

  g_assert_cmpstr (device_send (f->commune, first), ==, "");
  fill (f, f->commune, 3, 5000);
  f->second->max = TD_PAGE_MIN;
  page = device_sync (f->second, NULL);
  g_assert_true (page->more);
  g_assert_cmpstr (device_send (f->commune, then), ==, "");
  do
    {
      g_autoptr (TdSyncAnswer) next = device_sync (f->second, NULL);

      for (guint i = 0; i < next->ch->len; i++)
        {
          const TdSyncChange *change = next->ch->pdata[i];
          g_autofree char *json = td_json_canonical_object (change->body);

          if (strcmp (change->id, record) == 0)
            seen = strstr (json, "hai") != NULL;
        }
      more = next->more;
    }
  while (more);
  g_assert_true (seen);
}

static void
test_nothing_new (Fixture *f, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) all = device_sync (f->commune, NULL);
  g_autoptr (TdSyncAnswer) nothing = device_sync (f->commune, NULL);

  g_assert_cmpuint (all->ch->len, ==, 5);
  g_assert_cmpuint (nothing->ch->len, ==, 0);
  g_assert_cmpstr (nothing->cur, ==, all->cur);
}

static void
test_cursor_gone (Fixture *f, gconstpointer data)
{
  const char *cursors[]
      = { "ffffffffffffffff.1", "x", ".", "a.b", "a.-1", "~~.1", "99999999999999999999.3", NULL, NULL };
  g_autoptr (TdSyncAnswer) good = device_sync (f->commune, NULL);
  g_autofree char *future = g_strconcat (good->cur, "0", NULL);
  g_autofree char *odd = g_strdup_printf ("%s~x.1", f->world->centre->incarnation);

  cursors[7] = future;
  cursors[8] = odd;
  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      TdProblem *problem = NULL;
      g_autofree char *again = NULL;

      g_free (f->commune->cur);
      f->commune->cur = g_strdup (cursors[i]);
      g_assert_null (device_sync (f->commune, &problem));
      g_assert_cmpuint (problem->status, ==, 410);
      g_assert_cmpstr (problem->type, ==, "cursor-gone");
      again = g_strdup (problem->cur);
      td_problem_free (problem);
      g_free (f->commune->cur);
      f->commune->cur = g_steal_pointer (&again);
      td_sync_answer_free (device_sync (f->commune, NULL));
    }
}

/* ---- who sees what ---------------------------------------------------------------- */

static void
test_scope (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) own = NULL;
  g_autoptr (GHashTable) next_door = NULL;
  g_autoptr (GHashTable) above = NULL;
  guint pages;

  fill (f, f->commune, 2, 10);
  own = device_pull_all (f->second, &pages);
  next_door = device_pull_all (f->neighbour, &pages);
  above = device_pull_all (f->district, &pages);
  g_assert_cmpuint (g_hash_table_size (own), ==, 9);
  g_assert_cmpuint (g_hash_table_size (next_door), ==, 5);
  g_assert_cmpuint (g_hash_table_size (above), ==, 5);
}

/* A step is stored as it was signed, for those who were shown it to verify. */
static void
test_step_entity (Fixture *f, gconstpointer data)
{
  g_autofree char *dossier = ledger_id (f->commune, "registration");
  g_autofree char *body = attest_body (f->district, dossier, f->commune->unit);
  g_autofree char *digest = td_digest (body, -1);
  g_autoptr (TdOperation) operation = td_operation_parse (body, -1, NULL);
  g_autofree char *name = g_strconcat ("step ", operation->id, NULL);
  g_autoptr (GHashTable) pulled = NULL;
  g_autoptr (JsonObject) step = NULL;
  guint pages;

  g_assert_cmpstr (device_send (f->district, body), ==, "");
  pulled = device_pull_all (f->commune, &pages);
  g_assert_true (g_hash_table_contains (pulled, name));
  step = td_json_parse_object (g_hash_table_lookup (pulled, name), -1, TD_STEP_MAX, NULL);
  g_assert_cmpstr (td_json_string (step, "body"), ==, body);
  g_assert_cmpstr (td_json_string (step, "key"), ==, f->district->key);
  g_assert_cmpstr (td_json_string (step, "unit"), ==, f->district->unit);
  g_assert_cmpstr (td_json_string (step, "day"), ==, "2025-07-08");
  g_assert_cmpint (td_json_int (step, "q", 0), ==, last_q (f));
  g_assert_true (td_verify (td_json_string (step, "key"), digest, td_json_string (step, "sig")));
}

static void
take_key_away (Fixture *f, const char *key)
{
  TdJournal *journal = td_centre_journal (f->world->centre);
  JsonObject *content = td_centre_begin ("revoke", &f->world->moment);
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (content, "key", key);
  g_assert_true (journal->begin (journal, &error));
  g_assert_null (td_centre_own (f->world->centre, content, &f->world->moment));
  g_assert_true (journal->commit (journal, &error));
}

static void
test_revoked (Fixture *f, gconstpointer data)
{
  g_autofree char *body = note (f, f->commune, "một");
  g_autofree char *other = note (f, f->second, "hai");
  TdProblem *problem = NULL;

  take_key_away (f, f->commune->key);
  device_seal (f->commune, body, NULL);
  g_assert_null (device_sync (f->commune, &problem));
  g_assert_cmpuint (problem->status, ==, 403);
  td_problem_free (problem);
  g_assert_cmpstr (device_send (f->second, other), ==, "");
}

/* Only the endpoint's own key admits. */
static void
test_no_self_service (Fixture *f, gconstpointer data)
{
  g_autofree char *id = world_id (f->world);
  TdAuthor author = { id, 1, "x", "y" };
  JsonObject *content = td_operation_begin ("admit", &author);
  g_autoptr (TdOperation) operation = NULL;

  json_object_set_string_member (content, "key", f->neighbour->key);
  json_object_set_string_member (content, "unit", f->commune->unit);
  json_object_set_string_member (content, "roles", "OL");
  operation = td_operation_close (content, NULL);
  g_assert_cmpstr (device_send (f->neighbour, operation->body), ==, "rights");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/endpoint/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("verdict/accepted", test_accepted);
  ADD ("verdict/idempotent", test_idempotent);
  ADD ("verdict/refusal-is-kept", test_refusal_is_kept);
  ADD ("verdict/reused", test_reused);
  ADD ("verdict/twice-in-one-request", test_twice_in_one_request);
  ADD ("verdict/malformed-among-good", test_malformed_among_good);
  ADD ("verdict/step-signature", test_step_signature);
  ADD ("envelope/gap", test_gap);
  ADD ("envelope/gap-after-restore", test_gap_after_restore);
  ADD ("envelope/forked", test_forked);
  ADD ("envelope/chain", test_chain);
  ADD ("pull/pages", test_pages);
  ADD ("pull/page-inside-a-place", test_page_inside_a_place);
  ADD ("pull/page-ends-on-a-key", test_page_ends_on_a_key);
  ADD ("pull/change-while-paging", test_change_while_paging);
  ADD ("pull/nothing-new", test_nothing_new);
  ADD ("pull/cursor-gone", test_cursor_gone);
  ADD ("scope/own-unit-only", test_scope);
  ADD ("scope/step-as-signed", test_step_entity);
  ADD ("scope/revoked", test_revoked);
  ADD ("scope/no-self-service", test_no_self_service);
#undef ADD
  return g_test_run ();
}
