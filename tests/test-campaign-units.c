/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/campaign.h"

#include <string.h>

#include "rules-fixture.h"

/* The units of 2024: who they are, whom they hand in to, how they are found. */

static TdUnits *units;

static const TdUnit *
unit (const char *code)
{
  const TdUnit *found = td_units_by_code (units, code, td_date_make (2024, 7, 1));

  g_assert_nonnull (found);
  return found;
}

static void
test_counts (void)
{
  g_autoptr (GPtrArray) all = td_units_all (units);
  guint communes = 0, districts = 0, quota = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const TdUnit *one = all->pdata[i];

      communes += strcmp (one->level, "commune") == 0;
      districts += strcmp (one->level, "district") == 0;
      quota += strcmp (one->category, "c") == 0 ? one->individual_quota : 0;
      g_assert_true (td_units_get (units, one->key) == one);
      g_assert_cmpint (td_units_next_hop (units, one) == NULL, ==, strcmp (one->code, "ban-tdkt") == 0);
    }
  g_assert_cmpuint (communes, ==, 75);
  g_assert_cmpuint (districts, ==, 8);
  g_assert_cmpuint (quota, ==, 95); /* 88 of the districts, 7 of the special committees */
  g_assert_cmpstr (((TdUnit *)all->pdata[0])->code, ==, "930");
}

static void
test_members (void)
{
  const TdUnit *commune = unit ("31447"), *ward = unit ("31321"), *district = unit ("935"), *bank = unit ("nhcsxh");

  g_assert_cmpstr (commune->key, ==, "31447@2024-07-01");
  g_assert_cmpstr (commune->parent, ==, "935@2024-07-01");
  g_assert_cmpstr (commune->phase_level, ==, "CO_SO");
  g_assert_cmpint (commune->individual_quota, ==, -1);
  g_assert_cmpstr (ward->place_name, ==, "Phường III");
  g_assert_cmpstr (ward->party_organisation, ==, "Đảng bộ Phường III");
  g_assert_cmpstr (district->full_name, ==, "Huyện Vị Thủy");
  g_assert_cmpstr (district->receiving_office, ==, "Phòng Nội vụ huyện Vị Thủy");
  g_assert_cmpstr (district->phase_level, ==, "HUYEN_TUONG_DUONG");
  g_assert_cmpstr (unit ("so-noi-vu")->phase_level, ==, "HUYEN_TUONG_DUONG");
  g_assert_cmpstr (bank->category, ==, "");
  g_assert_cmpint (unit ("dang-bo-cong-an")->individual_quota, ==, 4);
  g_assert_true (unit ("dn-mau-mot")->in_block);
  g_assert_cmpint (unit ("so-giao-thong-van-tai")->reorganised_on, ==, td_date_make (2025, 2, 19));
  g_assert_cmpstr (unit ("so-giao-thong-van-tai")->successor_name, ==, "Sở Xây dựng");
  g_assert_cmpint (unit ("so-y-te")->reorganised_on, ==, TD_DATE_NONE);
  g_assert_null (td_units_by_code (units, "31447", td_date_make (2024, 6, 30)));
  g_assert_null (td_units_get (units, "31447"));
}

/* */
static void
test_route (void)
{
  const TdUnit *board = unit ("ban-tdkt"), *long_phu = unit ("31480"), *town = unit ("937");
  g_autoptr (GPtrArray) below = td_units_children (units, town);

  g_assert_true (td_units_next_hop (units, unit ("so-y-te")) == board);
  g_assert_true (td_units_next_hop (units, unit ("dn-mau-mot")) == board);
  g_assert_true (td_units_next_hop (units, town) == board);
  g_assert_true (td_units_next_hop (units, long_phu) == town);
  g_assert_null (td_units_next_hop (units, board));
  g_assert_true (td_units_on_route (units, long_phu, long_phu));
  g_assert_true (td_units_on_route (units, long_phu, board));
  g_assert_false (td_units_on_route (units, long_phu, unit ("936")));
  g_assert_false (td_units_on_route (units, town, long_phu));
  g_assert_cmpuint (below->len, ==, 9);
}

static void
test_search (void)
{
  /* query, then what is found first, in this order */
  static const char *const rows[][3] = {
    { "long my", "Huyện Long Mỹ", "Thị xã Long Mỹ" },
    { "LONG MỸ", "Huyện Long Mỹ", "Thị xã Long Mỹ" },
    { "vi thanh", "Thành phố Vị Thanh", "Xã Vị Thanh" },
    { "xa vi thanh", "Xã Vị Thanh", NULL },
    { "vinh tuong", "Xã Vĩnh Tường", "Phường Vĩnh Tường" },
    { "phuong iii", "Phường III", NULL },
    { "iii", "Phường III", NULL },
    { "vị thuỷ", "Huyện Vị Thủy", "Xã Vị Thủy" },
    { "so y te", "Sở Y tế", NULL },
    { "thi dua", "Ban Thi đua - Khen thưởng, Sở Nội vụ", NULL },
    { "họa lựu", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = td_units_search (units, rows[i][0], 10);

      g_test_message ("%s", rows[i][0]);
      g_assert_cmpint (found->len > 0, ==, rows[i][1] != NULL);
      for (guint j = 1; j <= 2 && rows[i][j]; j++)
        g_assert_cmpstr (((TdUnit *)found->pdata[j - 1])->full_name, ==, rows[i][j]);
    }
}

static void
test_search_limit (void)
{
  g_autoptr (GPtrArray) few = td_units_search (units, "xa", 5);
  g_autoptr (GPtrArray) none = td_units_search (units, "xa", 0);

  g_assert_cmpuint (few->len, ==, 5);
  g_assert_cmpuint (none->len, ==, 0);
}

#define ROW(code, parent, from, more)                                                                                  \
  "{\"code\":\"" code "\",\"kind\":\"xa\",\"level\":\"commune\",\"phaseLevel\":\"CO_SO\",\"name\":\"N\","              \
  "\"fullName\":\"N\",\"parent\":" parent ",\"validFrom\":\"" from "\"" more "}"

static const struct
{
  const char *rows;
  const char *begins; /* NULL: read */
} files[] = {
  { ROW ("1", "null", "2024-07-01", ""), NULL },
  { ROW ("1", "null", "2024-07-01", ",\"validTo\":\"2025-06-30\"") "," ROW ("1", "null", "2025-07-01", ""), NULL },
  { ROW ("1", "null", "2024-07-01", "") "," ROW ("1", "null", "2024-07-01", ""), "/units/1/code: " },
  { ROW ("1", "\"2\"", "2024-07-01", ""), "/units: " },
  { ROW ("1", "\"1\"", "2024-07-01", ""), "/units: " },
  { ROW ("1", "\"2\"", "2024-07-01", "") "," ROW ("2", "\"1\"", "2024-07-01", ""), "/units: " },
  { ROW ("1", "null", "2024-13-01", ""), "/units/0/validFrom: " },
  { ROW ("1", "null", "2024-07-01", ",\"validTo\":\"2024-06-30\""), "/units/0/validTo: " },
  { ROW ("1", "7", "2024-07-01", ""), "/units/0/parent: " },
  { ROW ("", "null", "2024-07-01", ""), "/units/0/code: " },
  { ROW ("1", "null", "2024-07-01", ",\"individualQuota\":\"4\""), "/units/0/individualQuota: " },
  { ROW ("1", "null", "2024-07-01", ",\"individualQuota\":-2"), "/units/0/individualQuota: " },
  { ROW ("1", "null", "2024-07-01", ",\"inBlock\":\"yes\""), "/units/0/inBlock: " },
  { "7", "/units/0: " },
  { "", "/units: " },
};

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"units\":[%s]}", files[i].rows);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdUnits) read = td_units_parse (text, -1, &error);

      g_test_message ("%s", error ? error->message : text);
      g_assert_cmpint (read != NULL, ==, files[i].begins == NULL);
      if (read)
        continue;
      g_assert_true (error->domain == TD_CAMPAIGN_ERROR);
      g_assert_true (g_str_has_prefix (error->message, files[i].begins));
    }
}

/* A code used again after a re-organisation is another unit. */
static void
test_code_used_again (void)
{
  g_autofree char *text = g_strdup_printf ("{\"units\":[%s]}", files[1].rows);
  g_autoptr (TdUnits) read = td_units_parse (text, -1, NULL);

  g_assert_cmpstr (td_units_by_code (read, "1", td_date_make (2025, 6, 30))->key, ==, "1@2024-07-01");
  g_assert_cmpstr (td_units_by_code (read, "1", td_date_make (2025, 7, 1))->key, ==, "1@2025-07-01");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  units = fixture_units ();
  g_test_add_func ("/units/counts", test_counts);
  g_test_add_func ("/units/members", test_members);
  g_test_add_func ("/units/route", test_route);
  g_test_add_func ("/units/search", test_search);
  g_test_add_func ("/units/search-limit", test_search_limit);
  g_test_add_func ("/units/files", test_files);
  g_test_add_func ("/units/code-used-again", test_code_used_again);
  status = g_test_run ();
  td_units_unref (units);
  return status;
}
