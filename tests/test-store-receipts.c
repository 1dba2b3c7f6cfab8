/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "store/packages.h"

#include <string.h>

/* Receipts that come by hand (data/exchange.md 15.6): what they bring is what the line would have brought, once, and
 * one that doesn't continue what is here changes nothing. */

typedef struct
{
  Peer *peer;
  Box box;
  char *record;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->peer = peer_new ();
  box_open (&world->box);
  peer_admit (world->peer, world->box.store, "31447", "OL");
  world->record = box_id ();
}

static void
tear_down (World *world, gconstpointer data)
{
  box_clear (&world->box);
  g_free (world->record);
  peer_free (world->peer);
}

static void
edit (World *world, const char *path, const char *value)
{
  box_edit (&world->box, peer_unit_key (world->peer, "31447"), world->record, path, NULL, value);
}

static TdSyncAnswer *
ask_as (World *world, const TdSyncRequest *request)
{
  g_autoptr (TdProblem) problem = NULL;
  TdSyncAnswer *answer = peer_answer (world->peer, td_store_key (world->box.store), request, &problem);

  g_assert_null (problem);
  return answer;
}

static TdSyncAnswer *
ask (World *world)
{
  g_autoptr (TdSyncRequest) request = peer_request (world->box.store, 100000);

  return ask_as (world, request);
}

/* Of these answers, beginning at @from; takes them. */
static gboolean
hand_in (World *world, const char *from, const char *life, TdSyncAnswer *first, TdSyncAnswer *second, GError **error)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_answer_free);
  gboolean moved;

  g_ptr_array_add (answers, first);
  if (second != NULL)
    g_ptr_array_add (answers, second);
  return td_store_apply_receipt (world->box.store, answers, from, life, &moved, error);
}

/* Everything but when it was. */
static char *
dump (World *world)
{
  static const char *const tables[] = {
    "SELECT kind || ' ' || id || ' ' || body || ' ' || q FROM entity ORDER BY kind, id",
    "SELECT kind || ' ' || term || ' ' || id FROM term ORDER BY 1",
    "SELECT n || ' ' || id || ' ' || state || ' ' || i || ' ' || code || ' ' || q FROM outbox ORDER BY n",
    "SELECT name || ' ' || value FROM meta WHERE name NOT IN ('last_exchange', 'skew') ORDER BY name",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GPtrArray) rows = td_db_get_list (td_store_db (world->box.store), NULL, tables[i], NULL);

      for (guint r = 0; r < rows->len; r++)
        g_string_append_printf (text, "%s\n", (char *)rows->pdata[r]);
    }
  return g_string_free (text, FALSE);
}

static void
assert_refused (World *world, const char *before, GError *error)
{
  g_autofree char *after = dump (world);

  g_assert_error (error, TD_STORE_ERROR, TD_STORE_ERROR_ANSWER);
  g_assert_cmpstr (after, ==, before);
}

/* The same answer over the line adds nothing to it, before or after. */
static void
test_like_the_line (World *world, gconstpointer data)
{
  g_autoptr (TdSyncAnswer) line = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *by_hand = NULL, *then_line = NULL, *again = NULL;
  GError *error = NULL;

  edit (world, "name", "Lê Hoà");
  line = ask (world);
  bytes = td_sync_answer_write (line, &error);
  hand_in (world, "", td_store_life (world->box.store), td_sync_answer_read (bytes, NULL), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (box_waiting (&world->box), ==, 0);
  by_hand = dump (world);
  g_assert_nonnull (strstr (by_hand, "Lê Hoà"));
  td_store_apply_answer (world->box.store, line, NULL, &error);
  g_assert_no_error (error);
  then_line = dump (world);
  g_assert_cmpstr (then_line, ==, by_hand);
  hand_in (world, "", td_store_life (world->box.store), td_sync_answer_read (bytes, NULL), NULL, &error);
  g_assert_no_error (error);
  again = dump (world);
  g_assert_cmpstr (again, ==, by_hand);
}

/* Its first receipt was lost on the way: the second begins where this machine has not been. */
static void
test_begins_later (World *world, gconstpointer data)
{
  g_autoptr (TdSyncRequest) request = NULL;
  g_autoptr (TdSyncAnswer) lost = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  edit (world, "name", "Lê Hoà");
  request = peer_request (world->box.store, 100000);
  lost = ask_as (world, request);
  g_ptr_array_set_size (request->ops, 0);
  g_free (request->cur);
  request->cur = g_strdup (lost->cur);
  request->n = lost->n;
  before = dump (world);
  g_assert_false (hand_in (world, lost->cur, td_store_life (world->box.store), ask_as (world, request), NULL, &error));
  assert_refused (world, before, error);
  g_assert_cmpuint (box_waiting (&world->box), ==, 1);
}

/* One that can't be leaves the ones before it out too. */
static void
test_all_or_none (World *world, gconstpointer data)
{
  TdSyncAnswer *good, *lie;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  edit (world, "name", "Lê Hoà");
  good = ask (world);
  lie = ask (world);
  g_free (((TdSyncVerdict *)lie->res->pdata[0])->id);
  ((TdSyncVerdict *)lie->res->pdata[0])->id = g_strdup ("0197e560-8f02-7000-8000-000002000000");
  before = dump (world);
  g_assert_false (hand_in (world, "", td_store_life (world->box.store), good, lie, &error));
  assert_refused (world, before, error);
  g_assert_cmpuint (box_waiting (&world->box), ==, 1);
}

/* A week on the way is no clock that is a week behind. */
static void
test_no_clock (World *world, gconstpointer data)
{
  TdSyncAnswer *answer;
  gint64 skew;
  GError *error = NULL;

  peer_exchange (world->peer, world->box.store);
  skew = td_store_get_int (world->box.store, TD_META_SKEW, -1);
  edit (world, "name", "Lê Hoà");
  answer = ask (world);
  answer->t -= 7 * 24 * 3600;
  hand_in (world, "", td_store_life (world->box.store), answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (box_waiting (&world->box), ==, 0);
  g_assert_cmpint (td_store_get_int (world->box.store, TD_META_SKEW, -1), ==, skew);
}

/* The verdicts it brings are about numbers that mean something else now: they come again, once. */
static void
test_ended_life (World *world, gconstpointer data)
{
  g_autofree char *life = g_strdup (td_store_life (world->box.store));
  TdSyncAnswer *answer;
  GError *error = NULL;

  edit (world, "name", "Lê Hoà");
  answer = ask (world);
  g_assert_true (td_store_new_life (world->box.store, &error));
  g_assert_cmpstr (td_store_life (world->box.store), !=, life);
  hand_in (world, "", life, answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (box_waiting (&world->box), ==, 1);
  peer_exchange (world->peer, world->box.store);
  g_assert_cmpuint (box_waiting (&world->box), ==, 0);
  g_assert_cmpuint (g_hash_table_size (world->peer->verdicts), ==, 1);
}

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/receipts/like-the-line", test_like_the_line);
  ADD ("/receipts/begins-later", test_begins_later);
  ADD ("/receipts/all-or-none", test_all_or_none);
  ADD ("/receipts/no-clock", test_no_clock);
  ADD ("/receipts/ended-life", test_ended_life);
  return g_test_run ();
}
