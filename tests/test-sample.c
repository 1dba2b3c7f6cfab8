/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/sample.h"

#include <string.h>

/* Every dossier of the sample file gets exactly its expected verdict, through
 * the records the program keeps. */

typedef struct
{
  TdCampaign *campaign;
  TdUnits *units;
} Plan;

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
set_up (Plan *plan, gconstpointer data)
{
  g_autofree char *campaign = read_file (g_getenv ("TD_DATADIR"), "campaigns/hau-giang-2025.json");
  g_autofree char *units = read_file (g_getenv ("TD_DATADIR"), "units/hau-giang-2024.json");
  GError *error = NULL;

  plan->campaign = td_campaign_parse (campaign, -1, &error);
  g_assert_no_error (error);
  plan->units = td_units_parse (units, -1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Plan *plan, gconstpointer data)
{
  td_campaign_unref (plan->campaign);
  td_units_unref (plan->units);
}

static char *
sample_text (void)
{
  return read_file (g_getenv ("G_TEST_SRCDIR"), "data/sample-dossiers.json");
}

static void
assert_same_list (const char *id, const char *name, JsonObject *said, JsonObject *expected)
{
  JsonArray *a = td_json_array (said, name);
  JsonArray *b = td_json_array (expected, name);
  g_autoptr (GString) left = g_string_new (NULL);
  g_autoptr (GString) right = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (a); i++)
    g_string_append_printf (left, " %s", td_json_element_string (a, i));
  for (guint i = 0; i < json_array_get_length (b); i++)
    g_string_append_printf (right, " %s", td_json_element_string (b, i));
  if (strcmp (left->str, right->str) != 0)
    {
      g_test_message ("%s %s: said%s, expected%s", id, name, left->str, right->str);
      g_test_fail ();
    }
}

static void
check_one (const char *line, JsonObject *row)
{
  static const char *const lists[] = { "failed", "unknown", "manual", "warnings" };
  g_autoptr (JsonObject) said = td_json_parse_object (line, -1, strlen (line), NULL);
  JsonObject *expected = td_json_object (row, "expected");
  const char *id = td_json_string (row, "id");

  g_assert_nonnull (said);
  g_assert_cmpuint (json_object_get_size (said), ==, 6);
  g_assert_cmpstr (td_json_string (said, "id"), ==, id);
  if (g_strcmp0 (td_json_string (said, "verdict"), td_json_string (expected, "verdict")) != 0)
    {
      g_test_message ("%s: %s, expected %s", id, td_json_string (said, "verdict"),
                      td_json_string (expected, "verdict"));
      g_test_fail ();
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    assert_same_list (id, lists[i], said, expected);
}

static void
test_expected (Plan *plan, gconstpointer data)
{
  g_autofree char *text = sample_text ();
  g_autoptr (JsonObject) root = td_json_parse_object (text, -1, strlen (text), NULL);
  JsonArray *rows = td_json_array (root, "dossiers");
  GError *error = NULL;
  g_autoptr (TdSample) sample = td_sample_parse (text, strlen (text), plan->campaign, plan->units, &error);
  g_autoptr (TdState) state = td_state_new (NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (sample->dossiers->len, ==, 51);
  td_sample_fill (sample, state);
  for (guint i = 0; i < sample->dossiers->len; i++)
    {
      g_autofree char *line = td_sample_check (sample, state, plan->campaign, sample->dossiers->pdata[i]);

      check_one (line, td_json_element_object (rows, i));
    }
}

/* The same file gives the same ids, so that a second start of the demo adds nothing. */
static void
test_same_ids (Plan *plan, gconstpointer data)
{
  g_autofree char *text = sample_text ();
  g_autoptr (TdSample) one = td_sample_parse (text, strlen (text), plan->campaign, plan->units, NULL);
  g_autoptr (TdSample) two = td_sample_parse (text, strlen (text), plan->campaign, plan->units, NULL);

  g_assert_cmpuint (one->records->len, ==, two->records->len);
  for (guint i = 0; i < one->records->len; i++)
    {
      g_autofree char *a = td_record_digest (one->records->pdata[i]);
      g_autofree char *b = td_record_digest (two->records->pdata[i]);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
assert_refused (Plan *plan, const char *text, const char *place)
{
  g_autoptr (GError) error = NULL;
  TdSample *sample = td_sample_parse (text, strlen (text), plan->campaign, plan->units, &error);

  g_assert_null (sample);
  g_assert_nonnull (error);
  if (strstr (error->message, place) == NULL)
    {
      g_test_message ("“%s” does not name %s", error->message, place);
      g_test_fail ();
    }
}

static void
test_hostile (Plan *plan, gconstpointer data)
{
  g_autofree char *text = sample_text ();
  g_autofree char *cut = g_strndup (text, strlen (text) / 2);
  g_autoptr (GString) deep = g_string_new (NULL);

  for (int i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_refused (plan, "", "");
  assert_refused (plan, cut, "");
  assert_refused (plan, deep->str, "");
  assert_refused (plan, "[]", "");
  assert_refused (plan, "{}", "/units");
  assert_refused (plan, "{\"units\":{},\"dossiers\":[]}", "/units");
  assert_refused (plan, "{\"units\":[{\"code\":\"nowhere\"}],\"dossiers\":[]}", "/units/0/code");
  assert_refused (plan, "{\"units\":[{\"code\":\"930\",\"ratings\":{\"2020\":\"A\"}}],\"dossiers\":[]}",
                  "/units/0/ratings/2020");
  assert_refused (plan,
                  "{\"units\":[{\"code\":\"930\",\"targets\":[{\"name\":\"x\",\"plan\":\"1,5\"}]}],\"dossiers\":[]}",
                  "/units/0/targets/0/plan");
  assert_refused (plan, "{\"units\":[{\"code\":\"930\"},{\"code\":\"930\"}],\"dossiers\":[]}", "/units/1/code");
  assert_refused (plan, "{\"units\":[],\"dossiers\":[{\"id\":\"a\",\"unitCode\":\"930\",\"subjectType\":\"DOG\"}]}",
                  "/dossiers/0/subjectType");
  assert_refused (plan,
                  "{\"units\":[],\"dossiers\":[{\"id\":\"a\",\"unitCode\":\"930\",\"name\":\"B\","
                  "\"subjectType\":\"CA_NHAN\",\"submission\":\"TT-1\"}]}",
                  "/dossiers/0/submission");
  assert_refused (
      plan,
      "{\"units\":[],\"submissions\":[{\"id\":\"T\",\"submittedBy\":\"930\",\"receivedDate\":\"8/7/2025\"}],"
      "\"dossiers\":[]}",
      "/submissions/0/receivedDate");
}

/* Units of the file's own are known by the beginning of their id. */
static void
test_own_units (Plan *plan, gconstpointer data)
{
  const char *text = "{\"units\":[{\"code\":\"htx-thu\",\"name\":\"HTX Thử\"},"
                     "{\"code\":\"dn-mau-mot\",\"inEmulationBlock\":false},"
                     "{\"code\":\"so-y-te\",\"successor\":\"Sở Khác (hợp nhất 01/03/2025)\"}],\"dossiers\":[]}";
  g_autoptr (TdSample) sample = td_sample_parse (text, strlen (text), plan->campaign, plan->units, NULL);
  TdDate day = td_campaign_start (plan->campaign);
  const TdUnit *unit;

  g_assert_nonnull (sample);
  unit = td_units_by_code (sample->units, "htx-thu", day);
  g_assert_cmpstr (unit->kind, ==, "hop_tac_xa");
  g_assert_cmpstr (unit->upper->code, ==, "ban-tdkt");
  g_assert_false (td_units_by_code (sample->units, "dn-mau-mot", day)->in_block);
  unit = td_units_by_code (sample->units, "so-y-te", day);
  g_assert_cmpint (unit->reorganised_on, ==, td_date_make (2025, 3, 1));
}

/* Half of every prefix and every byte changed: an error or a sample, never more. */
static void
test_damaged (Plan *plan, gconstpointer data)
{
  g_autofree char *text = sample_text ();
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += 997)
    {
      g_autofree char *copy = g_strdup (text);
      g_autoptr (GError) error = NULL;
      TdSample *sample;

      copy[i] = "\"}[0,\\"[i % 6];
      sample = td_sample_parse (copy, length, plan->campaign, plan->units, &error);
      g_assert_true ((sample == NULL) == (error != NULL));
      td_sample_free (sample);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sample/expected", Plan, NULL, set_up, test_expected, tear_down);
  g_test_add ("/sample/same-ids", Plan, NULL, set_up, test_same_ids, tear_down);
  g_test_add ("/sample/hostile", Plan, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/sample/own-units", Plan, NULL, set_up, test_own_units, tear_down);
  g_test_add ("/sample/damaged", Plan, NULL, set_up, test_damaged, tear_down);
  return g_test_run ();
}
