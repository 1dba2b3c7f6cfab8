/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include "dossier/acting.h"
#include "dossier/submit.h"

#include <string.h>

typedef struct
{
  TdOperation *operation;
  char *key;
  TdDate day;
  gint64 q;
  TdUnits *units; /* the file in force then */
} Applied;

static GHashTable *shown_ever; /* "scope\nkind\nid" */
static char *last_code;

static void
applied_free (gpointer data)
{
  Applied *applied = data;

  td_operation_free (applied->operation);
  g_free (applied->key);
  td_units_unref (applied->units);
  g_free (applied);
}

static char *
read_data (const char *folder, const char *name)
{
  const char *root = g_getenv ("TD_DATADIR");
  g_autofree char *path = g_build_filename (root == NULL ? "data" : root, folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
file_whole (gpointer data, const char *sha)
{
  return g_hash_table_contains (data, sha);
}

static const TdStateSource source = { NULL, NULL, file_whole };

static void
note_shown (gpointer data, const char *scope, const char *kind, const char *id)
{
  g_hash_table_add (shown_ever, g_strdup_printf ("%s\n%s\n%s", scope, kind, id));
}

static char *
make_key (guint number)
{
  guint8 seed[32] = { 0 };
  char *public_key;
  g_autofree char *secret = NULL;

  seed[0] = (guint8)(number + 1);
  td_key_from_seed (seed, &public_key, &secret);
  return public_key;
}

static void
admit (Scene *self, Desk desk, const char *code, const char *roles)
{
  const TdUnit *unit = td_units_by_code (self->units, code, self->day);
  JsonObject *content = scene_begin (self, "admit");
  g_autoptr (TdOperation) operation = NULL;
  g_autoptr (TdOutcome) outcome = NULL;
  g_autofree char *centre = make_key (100);
  TdContext context = { self->campaign, self->units, centre, self->day, 1, ++self->q, FALSE };
  Applied *applied = g_new0 (Applied, 1);

  g_assert_nonnull (unit);
  g_free (self->keys[desk]); /* a desk may come to another unit */
  self->keys[desk] = make_key (desk);
  self->units_of[desk] = unit->key;
  json_object_set_string_member (content, "key", self->keys[desk]);
  json_object_set_string_member (content, "unit", unit->key);
  json_object_set_string_member (content, "roles", roles);
  operation = td_operation_close (content, NULL);
  outcome = td_apply (self->state, operation, &context);
  g_assert_true (outcome->ok);
  applied->operation = g_steal_pointer (&operation);
  applied->key = g_strdup (centre);
  applied->day = self->day;
  applied->q = self->q;
  applied->units = td_units_ref (self->units);
  g_ptr_array_add (self->log, applied);
}

Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);
  g_autofree char *campaign = read_data ("campaigns", "hau-giang-2025.json");
  g_autofree char *units = read_data ("units", "hau-giang-2024.json");
  g_autofree char *centre = make_key (100);
  g_autoptr (GError) error = NULL;

  self->campaign = td_campaign_parse (campaign, -1, &error);
  g_assert_no_error (error);
  self->units = td_units_parse (units, -1, &error);
  g_assert_no_error (error);
  self->day = td_date_parse_iso ("2025-07-08");
  self->whole = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->state = td_state_new (&source, self->whole);
  self->log = g_ptr_array_new_with_free_func (applied_free);
  shown_ever = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  td_state_add_device (self->state, centre, "centre", "C");
  admit (self, COMMUNE, "31447", "OL");
  admit (self, COMMUNE_2, "31447", "OL");
  admit (self, CLERK, "31447", "O");
  admit (self, NEIGHBOUR, "31459", "OL");
  admit (self, DISTRICT, "935", "OL");
  admit (self, BOARD, "ban-tdkt", "OLAS");
  admit (self, OFFICE, "van-phong-tinh-uy", "ORL");
  return self;
}

/* ---- replay --------------------------------------------------------------------- */

static void
dump (gpointer data, const char *kind, const char *id, const char *json, char **terms)
{
  g_autofree char *all = g_strjoinv (",", terms);

  g_string_append_printf (data, "%s %s %s %s\n", kind, id, json, all);
}

static char *
replay (Scene *self)
{
  TdState *state = td_state_new (&source, self->whole);
  g_autofree char *centre = make_key (100);
  GString *text = g_string_new (NULL);

  td_state_add_device (state, centre, "centre", "C");
  for (guint i = 0; i < self->log->len; i++)
    {
      const Applied *applied = self->log->pdata[i];
      TdContext context
          = { self->campaign, applied->units, applied->key, applied->day, 1000 + applied->q, applied->q, FALSE };
      g_autoptr (TdOutcome) outcome = NULL;

      if (applied->operation->kind == TD_OP_ADMIN && strcmp (applied->operation->verb, "reorganise") != 0)
        context.at = 1;
      outcome = td_apply (state, applied->operation, &context);
      g_assert_true (outcome->ok);
    }
  td_state_each_dirty (state, dump, text);
  td_state_free (state);
  return g_string_free (text, FALSE);
}

void
scene_free (Scene *self)
{
  g_autofree char *again = replay (self);
  g_autoptr (GString) now = g_string_new (NULL);

  td_state_each_dirty (self->state, dump, now);
  g_assert_cmpstr (now->str, ==, again);
  td_state_free (self->state);
  td_campaign_unref (self->campaign);
  td_units_unref (self->units);
  g_ptr_array_unref (self->log);
  g_hash_table_unref (self->whole);
  for (guint i = 0; i < N_DESKS; i++)
    g_free (self->keys[i]);
  g_free (self->collective);
  g_free (self->person);
  g_free (self->letter);
  g_free (self);
  g_clear_pointer (&shown_ever, g_hash_table_unref);
  g_clear_pointer (&last_code, g_free);
}

/* ---- operations ------------------------------------------------------------------ */

char *
scene_id (Scene *self)
{
  guint8 random[10] = { 0 };

  self->counter++;
  memcpy (random + 6, &self->counter, sizeof self->counter);
  return td_uuid7 (1720000000000 + self->counter, random);
}

JsonObject *
scene_begin (Scene *self, const char *verb)
{
  g_autofree char *id = scene_id (self);
  TdAuthor author = { id, 1751900000, "Nguyễn Văn Mẫu", "Chuyên viên" };

  return td_operation_begin (verb, &author);
}

const char *
scene_apply (Scene *self, Desk desk, JsonObject *content)
{
  g_autoptr (GError) error = NULL;
  TdOperation *operation = td_operation_close (content, &error);
  TdContext context
      = { self->campaign, self->units, self->keys[desk], self->day, 1000 + self->q + 1, self->q + 1, FALSE };
  g_autoptr (TdOutcome) outcome = NULL;

  g_assert_no_error (error);
  outcome = td_apply (self->state, operation, &context);
  g_free (last_code);
  last_code = g_strdup (outcome->code);
  if (outcome->ok)
    {
      Applied *applied = g_new0 (Applied, 1);

      applied->operation = operation;
      applied->key = g_strdup (self->keys[desk]);
      applied->day = self->day;
      applied->q = ++self->q;
      applied->units = td_units_ref (self->units);
      g_ptr_array_add (self->log, applied);
      td_state_each_shown (self->state, note_shown, NULL);
    }
  else
    {
      g_test_message ("%s refused: %s %s", operation->verb, outcome->code, outcome->detail);
      td_operation_free (operation);
    }
  return last_code;
}

const TdOperation *
scene_logged (Scene *self, guint index, const char **key)
{
  const Applied *applied = self->log->pdata[index];

  *key = applied->key;
  return applied->operation;
}

gboolean
scene_shown (Scene *self, Desk desk, const char *kind, const char *id)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s", self->units_of[desk], kind, id);

  return g_hash_table_contains (shown_ever, key);
}

JsonObject *
scene_edit_on (Scene *self, Desk desk, const char *record, const char *type, const char *path, const char *text)
{
  JsonObject *content = scene_begin (self, "edit");
  JsonObject *members = json_object_new ();
  JsonArray *pair = json_array_new ();
  TdRecord *now = td_state_record (self->state, record);
  g_autofree char *digest = td_member_digest (now == NULL ? NULL : td_record_get (now, path));

  json_array_add_string_element (pair, digest);
  if (*text == '\0')
    json_array_add_null_element (pair);
  else
    json_array_add_string_element (pair, text);
  json_object_set_array_member (members, path, pair);
  json_object_set_object_member (content, "f", members);
  json_object_set_string_member (content, "r", record);
  json_object_set_string_member (content, "t", type);
  json_object_set_string_member (content, "u", self->units_of[desk]);
  if (td_type_is_dossier (type))
    json_object_set_string_member (content, "o", record);
  return content;
}

const char *
scene_edit (Scene *self, Desk desk, const char *record, const char *type, const char *path, const char *text)
{
  return scene_apply (self, desk, scene_edit_on (self, desk, record, type, path, text));
}

char *
scene_ledger (Scene *self, Desk desk, const char *type)
{
  return td_unit_record_id (td_campaign_id (self->campaign), self->units_of[desk], type);
}

static void
fill (Scene *self, Desk desk, const char *record, const char *type, const char *const *pairs)
{
  for (guint i = 0; pairs[i] != NULL; i += 2)
    assert_code (scene_edit (self, desk, record, type, pairs[i], pairs[i + 1]), "");
}

void
scene_fill_ledger (Scene *self, Desk desk)
{
  g_autofree char *ratings = scene_ledger (self, desk, "ratings");
  g_autofree char *targets = scene_ledger (self, desk, "targets");
  g_autofree char *events = scene_ledger (self, desk, "events");

  fill (self, desk, ratings, "ratings",
        ON ("rating/2020", "HTXSNV", "rating/2021", "HTXSNV", "rating/2022", "HTXSNV", "rating/2023", "HTTNV",
            "rating/2024", "HTTNV"));
  fill (self, desk, targets, "targets",
        ON ("target/t1/name", "Thu ngân sách", "target/t1/direction", "HIGHER_BETTER", "target/t1/plan", "100",
            "target/t1/actual", "112.5", "target/t1/result_date", "2025-06-30", "target/t1/basis",
            "Nghị quyết Đại hội Đảng bộ", "target/t1/by_half_year", "100", "target/t2/name", "Tỷ lệ hộ nghèo",
            "target/t2/direction", "LOWER_BETTER", "target/t2/plan", "2", "target/t2/actual", "2",
            "target/t2/result_date", "2025-06-30", "target/t2/basis", "Nghị quyết Đại hội Đảng bộ",
            "target/t2/by_half_year", "2"));
  fill (self, desk, events, "events",
        ON ("launch/date", "2024-07-10", "plan/date", "2024-07-08", "plan/number", "12/KH-UBND", "interim/date",
            "2024-12-27", "final/date", "2025-07-04", "own_awards/date", "2025-07-04", "report/date", "2025-07-07",
            "compliance/state", "OK"));
}

static void
attach (Scene *self, Desk desk, const char *record, const char *type, const char *kind)
{
  g_autofree char *sha = td_digest (kind, -1);
  g_autofree char *path = g_strdup_printf ("file/%.8s/sha", sha);
  g_autofree char *kind_path = g_strdup_printf ("file/%.8s/kind", sha);

  assert_code (scene_edit (self, desk, record, type, path, sha), "");
  assert_code (scene_edit (self, desk, record, type, kind_path, kind), "");
  g_hash_table_add (self->whole, g_steal_pointer (&sha));
}

char *
scene_nominate (Scene *self, Desk desk, gboolean collective, const char *name)
{
  char *id = scene_id (self);

  fill (self, desk, id, "nomination",
        ON ("subject", collective ? "collective" : "individual", "name", name, "award",
            "BANG_KHEN_CHU_TICH_UBND_TINH"));
  if (collective)
    assert_code (scene_edit (self, desk, id, "nomination", "subject_kind", "party_organisation"), "");
  else
    fill (self, desk, id, "nomination",
          ON ("party_member", "yes", "birth_date", "1980-01-02", "position", "Bí thư", "rating/2020", "HTXSNV",
              "rating/2021", "HTXSNV", "rating/2022", "HTXSNV", "rating/2023", "HTTNV", "rating/2024", "HTTNV"));
  attach (self, desk, id, "nomination", "BAO_CAO_THANH_TICH");
  return id;
}

char *
scene_letter (Scene *self, Desk desk, const char *const *dossiers)
{
  char *id = scene_id (self);

  fill (self, desk, id, "submission",
        ON ("letter/number", "15/TTr-UBND", "letter/date", "2025-07-07", "letter/signer_name", "Trần Thị Thử",
            "letter/signer_position", "CHỦ TỊCH", "minutes/number", "02/BB-HĐTĐKT", "minutes/date", "2025-07-05",
            "minutes/chair", "Trần Thị Thử", "minutes/secretary", "Lê Văn Ví Dụ"));
  for (guint i = 0; dossiers[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("item/%s", dossiers[i]);
      g_autofree char *order = g_strdup_printf ("%u", i + 1);

      assert_code (scene_edit (self, desk, id, "submission", path, order), "");
    }
  return id;
}

JsonObject *
scene_step (Scene *self, const char *verb, const char *const *dossiers, const char *const *words)
{
  JsonObject *content = scene_begin (self, verb);

  for (guint i = 0; dossiers[i] != NULL; i++)
    {
      TdDossier *dossier = td_state_dossier (self->state, dossiers[i]);

      td_operation_name (content, dossiers[i], dossier == NULL ? 0 : dossier->epoch,
                         dossier == NULL ? "" : dossier->digest);
    }
  for (guint i = 0; words != NULL && words[i] != NULL; i += 2)
    json_object_set_string_member (content, words[i], words[i + 1]);
  return content;
}

static GHashTable *
scene_quotes (Scene *self, Desk desk, const TdRecord *letter, const char *const *dossiers)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; dossiers[i] != NULL; i++)
    g_ptr_array_add (ids, (gpointer)dossiers[i]);
  if (letter == NULL)
    return td_ledger_quotes (self->state, td_campaign_id (self->campaign), self->units_of[desk]);
  return td_submit_ledgers (self->state, self->units, td_campaign_id (self->campaign), letter, ids);
}

JsonObject *
scene_submit (Scene *self, Desk desk, const char *letter, const char *const *dossiers)
{
  JsonObject *content = scene_begin (self, "submit");
  TdRecord *submission = td_state_record (self->state, letter);
  g_autoptr (GHashTable) quotes = scene_quotes (self, desk, submission, dossiers);
  g_autofree char *digest = submission == NULL ? g_strdup ("") : td_record_digest (submission);
  JsonArray *rows = json_array_new ();
  GHashTableIter iter;
  gpointer id, quoted;

  g_hash_table_iter_init (&iter, quotes);
  while (g_hash_table_iter_next (&iter, &id, &quoted))
    {
      JsonArray *row = json_array_new ();

      json_array_add_string_element (row, id);
      json_array_add_string_element (row, quoted);
      json_array_add_array_element (rows, row);
    }
  json_object_set_array_member (content, "quotes", rows);
  json_object_set_string_member (content, "sub", letter);
  json_object_set_string_member (content, "letter", digest);
  for (guint i = 0; dossiers[i] != NULL; i++)
    {
      TdDossier *dossier = td_state_dossier (self->state, dossiers[i]);
      g_autofree char *content_digest
          = td_submit_digest (self->state, dossier,
                              td_owns (self->units, dossier, td_units_now (self->units, self->units_of[desk])), quotes);

      td_operation_name (content, dossiers[i], dossier->epoch, content_digest);
    }
  return content;
}

JsonObject *
scene_return (Scene *self, const char *dossier, const char *record, const char *member)
{
  JsonObject *content = scene_step (self, "return", ON (dossier), ON ("reason", "Bổ sung minh chứng"));
  JsonArray *fields = json_array_new ();
  JsonArray *field = json_array_new ();

  json_array_add_string_element (field, record);
  json_array_add_string_element (field, member);
  json_array_add_array_element (fields, field);
  json_object_set_array_member (content, "fields", fields);
  return content;
}

const char *
scene_stage (Scene *self, const char *dossier)
{
  TdDossier *entity = td_state_dossier (self->state, dossier);

  return entity == NULL ? "" : entity->stage;
}

/* ---- how far the ready commune's dossiers have come -------------------------------- */

static void
draft (Scene *self)
{
  scene_fill_ledger (self, COMMUNE);
  scene_fill_ledger (self, DISTRICT);
  self->collective = scene_nominate (self, COMMUNE, TRUE, "Đảng bộ xã Vị Thủy");
  self->person = scene_nominate (self, COMMUNE, FALSE, "Nguyễn Văn Mẫu");
  self->letter = scene_letter (self, COMMUNE, ON (self->collective, self->person));
}

static void
attest_registration (Scene *self, Desk desk, Desk of)
{
  g_autofree char *id = scene_ledger (self, of, "registration");

  assert_code (scene_apply (self, desk,
                            scene_step (self, "attest", ON (id),
                                        ON ("unit", self->units_of[of], "type", "registration", "day", "2024-07-12",
                                            "time", "09:00", "paper", "10/ĐK-UBND"))),
               "");
}

void
scene_attest_registrations (Scene *self)
{
  attest_registration (self, DISTRICT, COMMUNE);
  attest_registration (self, BOARD, COMMUNE);
  attest_registration (self, BOARD, DISTRICT);
}

static void
to_board (Scene *self)
{
  g_autofree char *letter = scene_letter (self, DISTRICT, ON (self->collective, self->person));

  scene_attest_registrations (self);
  assert_code (scene_apply (self, DISTRICT, scene_submit (self, DISTRICT, letter, ON (self->collective, self->person))),
               "");
}

static void
each (Scene *self, Desk desk, const char *verb, const char *const *words)
{
  assert_code (scene_apply (self, desk, scene_step (self, verb, ON (self->collective), words)), "");
  assert_code (scene_apply (self, desk, scene_step (self, verb, ON (self->person), words)), "");
}

static void
hold_session (Scene *self)
{
  g_autofree char *session = scene_id (self);
  g_autofree char *digest = NULL;
  g_autofree char *first = g_strdup_printf ("vote/%s/for", self->collective);
  g_autofree char *second = g_strdup_printf ("vote/%s/for", self->person);

  fill (self, BOARD, session, "session",
        ON ("date", "2025-07-08", "minutes/number", "03/BB-HĐTĐKT", "chair", "Chủ tịch Hội đồng", "present", "9",
            "total", "11", first, "9", second, "8"));
  digest = td_record_digest (td_state_record (self->state, session));
  assert_code (scene_apply (self, BOARD,
                            scene_step (self, "council_opinion", ON (self->collective, self->person),
                                        ON ("session", session, "session_digest", digest, "outcome", "endorse"))),
               "");
}

static void
step_to (Scene *self, const char *stage)
{
  const char *const both[] = { self->collective, self->person, NULL };

  if (g_strcmp0 (stage, "draft") == 0)
    draft (self);
  else if (g_strcmp0 (stage, "submitted") == 0)
    assert_code (scene_apply (self, COMMUNE, scene_submit (self, COMMUNE, self->letter, both)), "");
  else if (g_strcmp0 (stage, "received") == 0)
    each (self, DISTRICT, "receive", NULL);
  else if (g_strcmp0 (stage, "at_board") == 0)
    to_board (self);
  else if (g_strcmp0 (stage, "board_received") == 0)
    each (self, BOARD, "receive", NULL);
  else if (g_strcmp0 (stage, "in_council") == 0)
    {
      each (self, BOARD, "appraise", ON ("verdict", "pass", "note", ""));
      assert_code (scene_apply (self, BOARD, scene_step (self, "to_council", both, NULL)), "");
    }
  else if (g_strcmp0 (stage, "endorsed") == 0)
    hold_session (self);
  else if (g_strcmp0 (stage, "at_chairman") == 0)
    assert_code (scene_apply (self, BOARD,
                              scene_step (self, "to_chairman", both, ON ("paper", "77/TTr-SNV", "day", "2025-07-08"))),
                 "");
  else if (g_strcmp0 (stage, "decided") == 0)
    assert_code (scene_apply (self, BOARD,
                              scene_step (self, "decide", both,
                                          ON ("number", "1234/QĐ-UBND", "day", "2025-07-08", "signer", "Lê Văn Ký",
                                              "capacity", "CHỦ TỊCH", "outcome", "award"))),
                 "");
}

void
scene_advance (Scene *self, const char *to)
{
  static const char *const order[] = { "draft",      "submitted", "received",    "at_board", "board_received",
                                       "in_council", "endorsed",  "at_chairman", "decided",  NULL };

  g_assert_true (g_strv_contains (order, to));
  while (self->reached == 0 || strcmp (order[self->reached - 1], to) != 0)
    step_to (self, order[self->reached++]);
}
