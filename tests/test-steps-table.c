/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rights-scene.h"
#include "rights-table.h"

#include "dossier/taker.h"

#include <string.h>

/* The table of steps (model.md 3), row by row, as the campaign file has it: what holds of each of them, whatever else a
 * row needs. That each works, and for whom, is asked from the same places; reasons of one row alone stand in
 * test-steps-route, test-steps-board and test-steps-council, roles in test-rights. */

static const char *const offices[] = { "owner", "sibling", "district", "board", "asked" };

/* Of those a row is for, one office at one place. */
typedef struct
{
  RightsPlace *place;
  const char *verb, *unit;
} Row;

static const char *
first_place (const RightsStep *row)
{
  static char place[40];

  g_strlcpy (place, strcmp (row->places, "*") == 0 ? "received" : row->places, sizeof place);
  place[strcspn (place, " ")] = '\0';
  return place;
}

static void
row_begin (Row *row, const char *verb)
{
  for (const RightsStep *step = rights_steps; step->verb != NULL; step++)
    if (strcmp (step->verb, verb) == 0)
      {
        *row = (Row){ rights_place_new (first_place (step)), step->verb, step->unit };
        return;
      }
  g_error ("no row of rights_steps for “%s”", verb);
}

static JsonObject *
content_of (const Row *row)
{
  return rights_step_of (row->place, row->verb, row->unit);
}

static const char *
send (const Row *row, JsonObject *content)
{
  return scene_apply (row->place->scene, rights_desk_of (row->unit), content);
}

static TdOpKind
kind_of (const char *verb)
{
  gboolean known;
  TdOpKind kind = td_operation_kind_of (verb, &known);

  g_assert_true (known);
  return kind;
}

/* Changes what the step names first: NULL and -1 leave it. */
static JsonObject *
renamed (JsonObject *content, const char *dossier, gint64 epoch, const char *digest)
{
  JsonArray *old = json_array_get_array_element (json_object_get_array_member (content, "on"), 0);
  g_autofree char *id = g_strdup (dossier != NULL ? dossier : json_array_get_string_element (old, 0));
  g_autofree char *hash = g_strdup (digest != NULL ? digest : json_array_get_string_element (old, 2));
  gint64 number = epoch >= 0 ? epoch : json_array_get_int_element (old, 1);

  json_object_remove_member (content, "on");
  td_operation_name (content, id, number, hash);
  return content;
}

/* ---- what holds of every row --------------------------------------------------------- */

static void
test_old_epoch (const Row *row)
{
  gboolean names_one = kind_of (row->verb) == TD_OP_STEP && strcmp (row->verb, "withdraw") != 0;

  assert_code (send (row, renamed (content_of (row), NULL, 77, NULL)), names_one ? "custody" : "");
}

static void
test_other_content (const Row *row)
{
  g_autofree char *other = td_digest ("never handed in", -1);
  gboolean free_of_it = strcmp (row->verb, "withdraw") == 0 || strcmp (row->verb, "attest") == 0;

  assert_code (send (row, renamed (content_of (row), NULL, -1, other)), free_of_it ? "" : "digest");
}

/* An attestation may come before its dossier. */
static void
test_unknown_dossier (const Row *row)
{
  g_autofree char *id = scene_id (row->place->scene);
  const char *code = strcmp (row->verb, "attest") == 0 ? "" : strcmp (row->verb, "submit") == 0 ? "items" : "unknown";

  assert_code (send (row, renamed (content_of (row), id, -1, NULL)), code);
}

/* Of several, one that may not go keeps all of them. */
static void
test_several (const Row *row)
{
  Scene *scene = row->place->scene;
  g_autofree char *before = g_strdup (scene_stage (scene, scene->person));
  g_autofree char *digest = td_digest ("nothing", -1);
  g_autofree char *unknown = scene_id (scene);
  JsonObject *content = content_of (row);

  td_operation_name (content, unknown, 0, digest);
  if (strcmp (row->verb, "submit") == 0)
    assert_code (send (row, content), "items");
  else
    assert_code (send (row, content), td_verb_takes_several (row->verb) ? "unknown" : "format");
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, before);
}

static void
test_unknown_device (const Row *row)
{
  Scene *scene = row->place->scene;
  char **key = &scene->keys[rights_desk_of (row->unit)];
  char *own = *key;

  *key = td_digest ("stranger", -1);
  assert_code (send (row, content_of (row)), "device");
  g_free (*key);
  *key = own;
}

static void
test_revoked_device (const Row *row)
{
  Scene *scene = row->place->scene;
  TdDevice *device = td_state_device (scene->state, scene->keys[rights_desk_of (row->unit)]);

  device->revoked = TRUE;
  assert_code (send (row, content_of (row)), "revoked");
  device->revoked = FALSE;
}

static void
test_works (const Row *row)
{
  assert_code (send (row, content_of (row)), "");
}

typedef void (*RowTest) (const Row *row);

static const struct
{
  const char *name;
  RowTest test;
} row_tests[] = {
  { "works", test_works },
  { "old-epoch", test_old_epoch },
  { "other-content", test_other_content },
  { "unknown-dossier", test_unknown_dossier },
  { "several", test_several },
  { "unknown-device", test_unknown_device },
  { "revoked-device", test_revoked_device },
};

/* "test verb" */
static void
run_row (gconstpointer data)
{
  g_auto (GStrv) words = g_strsplit (data, " ", 2);
  Row row;

  row_begin (&row, words[1]);
  for (guint i = 0; i < G_N_ELEMENTS (row_tests); i++)
    if (strcmp (row_tests[i].name, words[0]) == 0)
      row_tests[i].test (&row);
  rights_place_free (row.place);
}

/* ---- the table itself ----------------------------------------------------------------- */

/* The columns of the table as the specification writes them: what a changed file must differ from. An empty column of
 * stages means any before the decision. */
static const struct
{
  const char *id, *who, *roles, *from, *to, *outcomes;
  gboolean undoable;
} specified[] = {
  { "submit", "holder", "L", "draft returned received", "submitted", "submitted", FALSE },
  { "recall", "submitter", "L", "submitted", "before", "", FALSE },
  { "receive", "holder", "O", "submitted", "received", "received", FALSE },
  { "return", "holder_not_owner", "O L", "received returned in_council endorsed at_chairman", "returned", "returned",
    FALSE },
  { "not_propose", "holder_not_owner", "L", "received", "not_proposed", "not_proposed", FALSE },
  { "reconsider", "holder_not_owner", "L", "not_proposed", "received", "received", FALSE },
  { "withdraw", "owner", "L", "", "withdrawn", "withdrawn", FALSE },
  { "assign", "holder", "L", "", "", "", TRUE },
  { "attest", "addressed", "O", "", "", "", FALSE },
  { "ask", "top", "O L", "received", "", "", TRUE },
  { "waive", "top", "L", "received", "", "", FALSE },
  { "appraise", "top", "A", "received", "", "", FALSE },
  { "review", "asked", "R", "", "", "", FALSE },
  { "clear_double", "holder_or_top", "A O", "", "", "", FALSE },
  { "to_council", "top", "S L", "received", "in_council", "in_council", TRUE },
  { "council_opinion", "top", "S", "in_council", "endorsed", "endorsed received not_proposed", TRUE },
  { "to_chairman", "top", "S L", "endorsed", "at_chairman", "at_chairman", TRUE },
  { "decide", "top", "L", "at_chairman", "decided", "decided not_proposed", TRUE },
  { "award", "top", "O", "decided", "awarded", "awarded decided", TRUE },
  { "undo", "taker", "L",
    "draft submitted received in_council endorsed at_chairman decided awarded returned not_proposed", "before", "",
    FALSE },
};

static void
assert_words (char **words, const char *wanted)
{
  g_autofree char *found = words == NULL ? g_strdup ("") : g_strjoinv (" ", words);

  g_assert_cmpstr (found, ==, wanted);
}

/* The campaign file's rows are those of the specification, column by column. */
static void
test_rows (void)
{
  Scene *scene = scene_new ();
  g_autoptr (GPtrArray) steps = td_campaign_steps (scene->campaign);

  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (specified));
  for (guint i = 0; i < steps->len; i++)
    {
      const TdStepRule *rule = steps->pdata[i];

      g_assert_cmpstr (rule->id, ==, specified[i].id);
      g_assert_cmpstr (rule->label, !=, "");
      g_assert_cmpstr (rule->who, ==, specified[i].who);
      assert_words (rule->roles, specified[i].roles);
      assert_words (rule->from, specified[i].from);
      g_assert_cmpstr (rule->to, ==, specified[i].to);
      assert_words (rule->outcomes, specified[i].outcomes);
      g_assert_cmpint (rule->undoable, ==, specified[i].undoable);
    }
  scene_free (scene);
}

/* ---- what is accepted is offered ------------------------------------------------------ */

static TdTaker
taker_of (Scene *scene, Desk desk)
{
  const TdDevice *device = td_state_device (scene->state, scene->keys[desk]);
  const TdUnit *board = td_units_body (scene->units, td_campaign_board (scene->campaign), scene->day);

  return (TdTaker){ scene->state, scene->units, board, td_device_unit (scene->units, device), device->roles };
}

static gboolean
is_offered (Scene *scene, Desk desk, const char *verb)
{
  const TdDossier *dossier = td_state_dossier (scene->state, scene->person);
  const TdStepRule *rule = td_campaign_step (scene->campaign, verb);
  TdTaker taker = taker_of (scene, desk);

  return td_taker_may_ever (&taker, rule, dossier) && td_taker_is_entitled (&taker, rule, dossier)
         && td_step_fits (rule, dossier);
}

/* Accepted though no desk offers it: none; refused for who, where or when though it is offered: none. */
static void
ask (RightsPlace **place, const char *name, const char *unit, const char *verb)
{
  Scene *scene = (*place)->scene;
  Desk desk = rights_desk_of (unit);
  gboolean offered = is_offered (scene, desk, verb);
  const char *code = scene_apply (scene, desk, rights_step_of (*place, verb, unit));
  gboolean refused = rights_has ("custody unit stage rights", code);

  if ((*code == '\0' && !offered) || (offered && refused))
    g_error ("%s at “%s” by %s: %s, but answered “%s”", verb, name, unit, offered ? "offered" : "not offered", code);
  if (*code != '\0')
    return;
  rights_place_free (*place);
  *place = rights_place_new (name);
}

static void
test_offered (gconstpointer data)
{
  g_auto (GStrv) verbs = g_strsplit (RIGHTS_VERBS, " ", -1);
  RightsPlace *place = rights_place_new (data);

  for (guint u = 0; u < G_N_ELEMENTS (offices); u++)
    for (char **verb = verbs; *verb != NULL; verb++)
      ask (&place, data, offices[u], *verb);
  rights_place_free (place);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) verbs = g_strsplit (RIGHTS_VERBS, " ", -1);
  g_auto (GStrv) places = g_strsplit (RIGHTS_PLACES, " ", -1);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/steps/rows", test_rows);
  for (char **verb = verbs; *verb != NULL; verb++)
    for (guint i = 0; i < G_N_ELEMENTS (row_tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/steps/%s/%s", *verb, row_tests[i].name);

        g_test_add_data_func_full (path, g_strconcat (row_tests[i].name, " ", *verb, NULL), run_row, g_free);
      }
  for (char **place = places; *place != NULL; place++)
    {
      g_autofree char *path = g_strconcat ("/steps/offered/", *place, NULL);

      g_test_add_data_func_full (path, g_strdup (*place), test_offered, g_free);
    }
  return g_test_run ();
}
