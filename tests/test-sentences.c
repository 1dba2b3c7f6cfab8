/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"

#include "campaign/rule.h"
#include "desk/desk-private.h"
#include "text/i18n.h"

#include <string.h>

/* Whatever is refused or found is told in whole Vietnamese sentences: what, which clause, what cures it;
 * never a code, never the number of a rule. */

typedef struct
{
  char *folder;
  TdDesk *desk;
} Words;

static void
set_up (Words *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("thidua-words-XXXXXX", NULL);
  path = g_build_filename (self->folder, "desk.db", NULL);
  self->desk = desk_new (path, "31447", "Nguyễn Văn Mẫu");
}

static void
tear_down (Words *self, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  g_assert_finalize_object (self->desk);
  g_assert_cmpint (system (command), ==, 0);
  g_free (self->folder);
}

static gboolean
has_number_of_rule (const char *text)
{
  return g_regex_match_simple ("\\b[RX]-[0-9]{3}\\b", text, 0, 0);
}

/* A capital first, a full stop last, no place left open, nothing left in English. */
static void
assert_sentence (const char *text, const char *what)
{
  static const char *const english[] = { " the ", "The ", " is ", " not ", "Open ", NULL };

  g_test_message ("%s: %s", what, text);
  g_assert_false (has_number_of_rule (text));
  g_assert_true (g_unichar_isupper (g_utf8_get_char (text)) || g_str_has_prefix (text, "“")
                 || g_unichar_isdigit (g_utf8_get_char (text)));
  g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, ".”"));
  g_assert_null (strchr (text, '{'));
  g_assert_null (strstr (text, "%s"));
  g_assert_null (strstr (text, "không xác định"));
  for (guint i = 0; english[i]; i++)
    g_assert_null (strstr (text, english[i]));
}

/* ---- refusals ----------------------------------------------------------------------------- */

static void
collect (GHashTable *codes, const char *text, const char *pattern, guint group)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    g_hash_table_add (codes, g_match_info_fetch (match, (int)group));
}

static char *
read_source (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("TD_SRCDIR"), path, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (full, &text, NULL, NULL));
  return text;
}

/* Every code that the sources refuse with, and every one that apply.h promises. */
static GHashTable *
all_codes (void)
{
  GHashTable *codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folder = g_build_filename (g_getenv ("TD_SRCDIR"), "app", "dossier", NULL);
  g_autofree char *header = read_source ("app/dossier/apply.h");
  g_autofree char *listed = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *begin = strstr (header, "desk/words.c:"), *end = strstr (begin, "*/"), *name;

  listed = g_strndup (begin + strlen ("desk/words.c:"), (gsize)(end - begin) - strlen ("desk/words.c:"));
  collect (codes, listed, "([a-z]+)", 1);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("app", "dossier", name, NULL);
      g_autofree char *text = g_str_has_suffix (name, ".c") ? read_source (path) : g_strdup ("");

      collect (codes, text, "td_refuse \\(&?self, \"([a-z]+)\"", 1);
      collect (codes, text, "td_need_text \\(self, \"[a-z_]+\", \"([a-z]+)\"\\)", 1);
    }
  return codes;
}

static void
test_refusals (Words *self, gconstpointer data)
{
  g_autoptr (GHashTable) codes = all_codes ();
  g_autofree char *stranger = td_words_reason (self->desk, "moonlight", "");
  GHashTableIter iter;
  gpointer code;

  g_assert_cmpuint (g_hash_table_size (codes), >, 35);
  assert_sentence (stranger, "an unknown code");
  g_hash_table_iter_init (&iter, codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    {
      gboolean of_rule = strcmp (code, "rule") == 0 || strcmp (code, "data") == 0;
      g_autofree char *sentence = td_words_reason (self->desk, code, of_rule ? "R-050" : "019b0000-dossier");

      g_assert_cmpstr (sentence, !=, stranger);
      assert_sentence (sentence, code);
    }
}

static void
test_rule_is_named (Words *self, gconstpointer data)
{
  g_autofree char *known = td_words_reason (self->desk, "rule", "R-050");
  g_autofree char *newer = td_words_reason (self->desk, "data", "R-999");

  g_assert_nonnull (strstr (known, "“Xếp loại đảng viên năm 2020 - 2024” (mục III.2.2.b)"));
  assert_sentence (newer, "a rule of a newer plan");
}

/* R-082: what was skipped is named. */
static void
test_steps_are_named (Words *self, gconstpointer data)
{
  static const char *const rows[][3] = {
    { "received", "decide", "“Trình Hội đồng”, “Cho ý kiến”, “Trình Chủ tịch”" },
    { "draft", "to_council", "“Trình”, “Tiếp nhận”" },
    { "in_council", "to_chairman", "“Cho ý kiến”" },
    { "returned", "award", "“Trình”, “Tiếp nhận”, “Trình Hội đồng”, “Cho ý kiến”, “Trình Chủ tịch”, “Quyết định”" },
    { "not_proposed", "to_council", "“Đưa vào xét lại”" },
    { "awarded", "decide", NULL },
    { "endorsed", "to_chairman", NULL },
    { "decided", "return", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) missed = td_campaign_missed_steps (td_desk_campaign (self->desk), rows[i][0], rows[i][1]);
      g_autofree char *steps = g_strjoinv (" ", (char **)missed->pdata);
      g_autofree char *sentence = td_words_reason (self->desk, "stage", steps);

      g_test_message ("%s at %s: %s", rows[i][1], rows[i][0], sentence);
      g_assert_cmpint (*steps == '\0', ==, rows[i][2] == NULL);
      if (rows[i][2] != NULL)
        g_assert_nonnull (strstr (sentence, rows[i][2]));
    }
}

/* What the machine fails at is said without the words of the library below. */
static void
test_machine (Words *self, gconstpointer data)
{
  static const int codes[]
      = { TD_DB_ERROR_DAMAGED, TD_DB_ERROR_NEWER, TD_DB_ERROR_FOREIGN, TD_DB_ERROR_BUSY, TD_DB_ERROR_FULL };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;

      td_words_store (&error, g_error_new_literal (TD_DB_ERROR, codes[i], "from below"));
      assert_sentence (error->message, "machine");
      g_assert_null (strstr (error->message, "from below"));
    }
}

/* ---- findings --------------------------------------------------------------------------------- */

static gboolean
may_fail (const TdRule *rule)
{
  return rule->severity > TD_SEVERITY_INFO;
}

/* The plan's own sentences: every rule has its clause and title, a cure where it can fail, no number of a rule. */
static void
test_rules (Words *self, gconstpointer data)
{
  const TdCampaign *campaign = td_desk_campaign (self->desk);
  g_autoptr (GRegex) sentences = g_regex_new ("^    \"[A-Za-z]+\": \"(.*)\",?$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (guint i = 0; i < campaign->rules->len; i++)
    {
      const TdRule *rule = campaign->rules->pdata[i];

      g_test_message ("%s", rule->id);
      g_assert_cmpstr (rule->title, !=, "");
      g_assert_cmpstr (rule->clause, !=, "");
      g_assert_false (has_number_of_rule (rule->title));
      if (may_fail (rule))
        assert_sentence (rule->cure, rule->id);
    }
  g_regex_match (sentences, td_campaign_source (campaign), 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *sentence = g_match_info_fetch (match, 1);

      g_assert_false (has_number_of_rule (sentence));
    }
}

/* What a screen shows of a finding: title, sentence, clause, cure; of a dossier of which nothing is known. */
static void
test_findings (Words *self, gconstpointer data)
{
  g_autofree char *person = desk_nominate (self->desk, "Nguyễn Thị An", "000000000101");
  g_autofree char *all = desk_nominate (self->desk, NULL, NULL);
  const char *dossiers[] = { person, all };

  for (guint d = 0; d < G_N_ELEMENTS (dossiers); d++)
    {
      g_autoptr (GListModel) list = td_desk_findings (self->desk, dossiers[d]);

      g_assert_cmpuint (g_list_model_get_n_items (list), >, 40);
      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        {
          g_autoptr (TdFindingItem) item = g_list_model_get_item (list, i);

          assert_sentence (item->message, item->rule);
          g_assert_cmpstr (item->title, !=, "");
          g_assert_cmpstr (item->clause, !=, "");
          g_assert_false (has_number_of_rule (item->cure));
          if (strcmp (item->verdict, "fail") == 0 || strcmp (item->verdict, "unknown") == 0)
            assert_sentence (item->cure, item->rule);
        }
    }
}

/* No file of the desk or the windows writes the number of a rule into a string a person reads. */
static void
test_sources (Words *self, gconstpointer data)
{
  static const char *const folders[] = { "ui", "app/desk" };
  g_autoptr (GRegex) regex
      = g_regex_new ("_ ?\\(\"[^\"]*\\b[RX]-[0-9]{3}|translatable=\"yes\">[^<]*\\b[RX]-[0-9]{3}", 0, 0, NULL);

  for (guint f = 0; f < G_N_ELEMENTS (folders); f++)
    {
      g_autofree char *folder = g_build_filename (g_getenv ("TD_SRCDIR"), folders[f], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folders[f], name, NULL);
          g_autofree char *text = read_source (path);

          g_test_message ("%s", path);
          g_assert_false (g_regex_match (regex, text, 0, NULL));
        }
    }
}

#define ADD(path, function) g_test_add ("/sentences/" path, Words, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("refusals", test_refusals);
  ADD ("rule-is-named", test_rule_is_named);
  ADD ("steps-are-named", test_steps_are_named);
  ADD ("machine", test_machine);
  ADD ("rules", test_rules);
  ADD ("findings", test_findings);
  ADD ("sources", test_sources);
  return g_test_run ();
}
