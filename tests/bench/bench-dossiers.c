/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-dossiers.h"

#include "json/json.h"

#include <string.h>

#define ACHIEVEMENT_BYTES 1750
#define PHRASE_MOST 3

static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Lâm", "Dương" };
static const char *const middles[]
    = { "Văn", "Thị", "Hoàng", "Thanh", "Minh", "Ngọc", "Hữu", "Kim", "Quốc", "Thị Thu" };
static const char *const givens[] = { "Mẫu",  "Ví Dụ", "Thử", "An",    "Bình", "Cường", "Dung", "Giang",
                                      "Hạnh", "Khoa",  "Lan", "Nghĩa", "Phúc", "Quyên", "Sơn",  "Tâm" };
static const char *const posts[] = { "Công chức Tài chính - Kế toán",
                                     "Chủ tịch Hội Nông dân xã",
                                     "Bí thư Đoàn xã",
                                     "Giáo viên Trường Tiểu học",
                                     "Trưởng Trạm Y tế",
                                     "Công chức Địa chính - Xây dựng",
                                     "Trưởng ấp",
                                     "Phó Chủ tịch Ủy ban nhân dân xã" };

#define PICK(array) (array)[g_rand_int_range (random, 0, G_N_ELEMENTS (array))]

static void collect_words (JsonArray *array, guint index, JsonNode *node, gpointer words);

static void
collect_member (JsonObject *object, const char *name, JsonNode *node, gpointer words)
{
  collect_words (NULL, 0, node, words);
}

/* Of sentences only: what has no space is a key. */
static void
collect_words (JsonArray *array, guint index, JsonNode *node, gpointer words)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), collect_member, words);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), collect_words, words);
  else if (json_node_get_value_type (node) == G_TYPE_STRING && strchr (json_node_get_string (node), ' ') != NULL)
    {
      g_autofree char **parts = g_strsplit (json_node_get_string (node), " ", -1);

      for (guint i = 0; parts[i] != NULL; i++)
        g_ptr_array_add (words, parts[i]);
    }
}

/* The plan's own words, in their order; kept. */
static GPtrArray *
plan_words (void)
{
  static GPtrArray *words;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) plan = NULL;

  if (words != NULL)
    return words;
  words = g_ptr_array_new_with_free_func (g_free);
  path = g_build_filename (g_getenv ("TD_DATADIR"), "campaigns", "hau-giang-2025.json", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  plan = td_json_parse (text, -1, strlen (text), TD_JSON_MAX_DEPTH, NULL);
  g_assert_nonnull (plan);
  collect_words (NULL, 0, plan, words);
  g_assert_cmpuint (words->len, >, 1000);
  return words;
}

/* Two or three words from one place, then from another: gzip makes a quarter of it, as of the plan itself. */
static char *
achievement (GRand *random)
{
  GPtrArray *words = plan_words ();
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < ACHIEVEMENT_BYTES)
    {
      guint at = (guint)g_rand_int_range (random, 0, (gint32)words->len - PHRASE_MOST);
      guint count = (guint)g_rand_int_range (random, 2, PHRASE_MOST + 1);

      for (guint i = 0; i < count; i++)
        g_string_append_printf (text, "%s ", (const char *)words->pdata[at + i]);
      if (g_rand_int_range (random, 0, 8) == 0)
        g_string_append_printf (text, "%d%s", g_rand_int_range (random, 2, 400), g_rand_boolean (random) ? ".\n" : " ");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
bench_achievement (guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number);

  return achievement (random);
}

static char *
day_between (GRand *random, gint first, gint last)
{
  return g_strdup_printf ("%d-%02d-%02d", g_rand_int_range (random, first, last), g_rand_int_range (random, 1, 13),
                          g_rand_int_range (random, 1, 29));
}

static void
set (GPtrArray *members, const char *path, char *text)
{
  g_ptr_array_add (members, g_strdup (path));
  g_ptr_array_add (members, td_json_canonical_string (text));
  g_free (text);
}

/* Path and canonical value in turn. */
static GPtrArray *
members_of (guint number)
{
  static const char *const ratings[] = { "HTXSNV", "HTTNV", "HTNV" };
  g_autoptr (GRand) random = g_rand_new_with_seed (number + 1);
  GPtrArray *members = g_ptr_array_new_with_free_func (g_free);

  set (members, "subject", g_strdup ("individual"));
  set (members, "award", g_strdup ("BANG_KHEN_CHU_TICH_UBND_TINH"));
  set (members, "name", g_strjoin (" ", PICK (families), PICK (middles), PICK (givens), NULL));
  set (members, "personal_id", g_strdup_printf ("093%09u", g_rand_int_range (random, 0, 1000000000)));
  set (members, "birth_date", day_between (random, 1960, 2000));
  set (members, "gender", g_strdup (g_rand_boolean (random) ? "male" : "female"));
  set (members, "position", g_strdup (PICK (posts)));
  set (members, "workplace", g_strdup ("Ủy ban nhân dân xã"));
  set (members, "party_member", g_strdup ("yes"));
  set (members, "party_since", g_strdup_printf ("%d", g_rand_int_range (random, 1985, 2020)));
  for (guint year = 2020; year < 2025; year++)
    {
      g_autofree char *path = g_strdup_printf ("rating/%u", year);

      set (members, path, g_strdup (PICK (ratings)));
    }
  set (members, "achievement", achievement (random));
  g_ptr_array_add (members, g_strdup ("salt"));
  g_ptr_array_add (members, td_store_salt ());
  return members;
}

void
bench_dossier (TdStore *store, guint number)
{
  g_autoptr (GPtrArray) members = members_of (number);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TdChange));
  g_autofree char *unit = td_store_get (store, TD_META_UNIT);
  g_autofree char *id = NULL;
  TdAuthor author;
  TdEditOf of = { NULL, "nomination", unit, NULL };
  GError *error = NULL;

  td_store_author (store, &author);
  id = g_strdup (author.id);
  of.record = of.dossier = id;
  for (guint i = 0; i < members->len; i += 2)
    {
      TdChange change = { members->pdata[i], NULL, members->pdata[i + 1] };

      g_array_append_val (changes, change);
    }
  td_store_edit (store, &of, (TdChange *)(void *)changes->data, changes->len, NULL, &error);
  g_assert_no_error (error);
}

void
bench_dossiers (TdStore *store, guint first, guint count)
{
  for (guint i = 0; i < count; i++)
    bench_dossier (store, first + i);
}
