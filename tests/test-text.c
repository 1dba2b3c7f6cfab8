/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/civil-date.h"
#include "text/decimal.h"
#include "text/vietnamese.h"

#include <string.h>

/* The vectors of vietnamese-text.md 12 that apply, and what stands around them. */

/* A result compared and freed. */
static void
expect (char *found, const char *wanted)
{
  g_assert_cmpstr (found, ==, wanted);
  g_free (found);
}

static char *
decompose (const char *text)
{
  return g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
}

static void
test_clean (void)
{
  g_autofree char *parts = decompose ("Phụng Hiệp");

  g_assert_cmpstr (parts, !=, "Phụng Hiệp");
  expect (td_text_clean (parts, -1), "Phụng Hiệp");
  /* four encodings of one letter, one of them as Windows-1258 writes it */
  expect (td_text_clean ("\xC3\xAA\xCC\xA3", -1), "ệ");
  expect (td_text_clean ("\xE1\xBA\xB9\xCC\x82", -1), "ệ");
  expect (td_text_clean ("e\xCC\xA3\xCC\x82", -1), "ệ");
  expect (td_text_clean ("Nguy\xC2\xADễn\xE2\x80\x8B Văn\xEF\xBB\xBF\xC2\xA0M\xE2\x80\x8D", -1), "Nguyễn Văn M");
  expect (td_text_clean ("a \n b", -1), "a \n b");
  expect (td_text_clean ("abcdef", 3), "abc");
  expect (td_text_clean ("", -1), "");
  g_assert_null (td_text_clean ("\xC3", -1));
  g_assert_null (td_text_clean ("a\xFF", -1));
  g_assert_null (td_text_clean ("a\0b", 3));
  g_assert_null (td_text_clean ("\xED\xA0\x80", -1));
}

static void
test_clean_name (void)
{
  expect (td_text_clean_name ("  Nguyễn \t Văn\n\xC2\xA0 Mẫu "), "Nguyễn Văn Mẫu");
  expect (td_text_clean_name ("\xC3\x90inh"), "Đinh"); /* eth */
  expect (td_text_clean_name ("\xC6\x89inh \xC3\xB0"), "Đinh đ");
  expect (td_text_clean_name ("Nguy\xC2\xADễn"), "Nguyễn");
  expect (td_text_clean_name (" \n "), "");
  g_assert_null (td_text_clean_name ("\xFF"));
}

static void
test_fold (void)
{
  static const char *const same[] = { "Đặng Thị Hoà", "ĐẶNG  THỊ HÒA", "\xC3\x90\xE1\xBA\xB7ng Thị Hoà" };
  g_autofree char *parts = decompose ("Đặng Thị Hoà");

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    expect (td_text_fold (same[i]), "dang thi hoa");
  expect (td_text_fold (parts), "dang thi hoa");
  expect (td_text_fold ("Đại Thành"), "dai thanh");
  expect (td_text_fold (" Phường  III "), "phuong iii");
  expect (td_text_fold (""), "");
  expect (td_text_fold ("\xFF"), "");
}

static void
test_tone_key (void)
{
  static const char *const pairs[][2] = {
    { "Vị Thuỷ", "vị thủy" },
    { "Vị Thủy", "vị thủy" },
    { "Đặng Thị Hoà", "đặng thị hòa" },
    { "Uỷ ban", "ủy ban" },
    { "UỶ BAN", "ủy ban" },
    { "khoẻ khoè khoé", "khỏe khòe khóe" },
    { "Hoạ, hoã; hoá.", "họa, hõa; hóa." },
    { "Quý", "quý" },
    { "quỳ QUỶ", "quỳ quỷ" },
    { "hoàn thoát thuyền", "hoàn thoát thuyền" },
    { "già giá", "già giá" },
    { "Thuý-Hoà", "thúy-hòa" },
    { "oà uý", "òa úy" },
    { "Hoà1", "hòa1" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *parts = decompose (pairs[i][0]);

      expect (td_text_tone_key (pairs[i][0]), pairs[i][1]);
      expect (td_text_tone_key (parts), pairs[i][1]);
      expect (td_text_tone_key (pairs[i][1]), pairs[i][1]);
    }
}

static void
test_matches (void)
{
  static const struct
  {
    const char *query, *text;
    gboolean found;
  } rows[] = {
    { "duc", "Nguyễn Văn Đức", TRUE },
    { "duc", "Trần Thị Dục", TRUE },
    { "nguyen thi hoa", "Nguyễn Thị Hòa", TRUE },
    { "nguyen thi hoa", "Nguyễn Thị Hoà", TRUE },
    { "hòa", "Nguyễn Thị Hoà", TRUE },
    { "hoà", "Nguyễn Thị Hòa", TRUE },
    { "hòa", "Nguyễn Thị Hoa", FALSE },
    { "hòa", "Nguyễn Thị Họa", FALSE },
    { "hoà", "Lê Hoàn", TRUE },
    { "hoà", "Lê Hoàng", TRUE },
    { "HÒA", "nguyễn thị hòa", TRUE },
    { "ng hòa", "Nguyễn Thị Hòa", TRUE },
    { "hoa nguyen", "Nguyễn Thị Hòa", TRUE },
    { "guyen", "Nguyễn Thị Hòa", FALSE },
    { "phung hiep", "Huyện Phụng Hiệp", TRUE },
    { "đ", "Duy", FALSE },
    { "d", "Đào", TRUE },
    { "", "Đào", TRUE },
    { "  ", "Đào", TRUE },
    { "noi vu", "Ban Thi đua - Khen thưởng, Sở Nội vụ", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *parts = decompose (rows[i].text);

      g_test_message ("%s in %s", rows[i].query, rows[i].text);
      g_assert_cmpint (td_text_matches (rows[i].query, rows[i].text), ==, rows[i].found);
      g_assert_cmpint (td_text_matches (rows[i].query, parts), ==, rows[i].found);
    }
}

static void
assert_order (const char *list, int (*compare) (const char *, const char *))
{
  g_auto (GStrv) words = g_strsplit (list, "|", -1);

  for (guint i = 0; words[i]; i++)
    for (guint j = 0; words[j]; j++)
      {
        int order = compare (words[i], words[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}

static void
test_collation (void)
{
  assert_order ("Lem|Len|Lê|Lế|Lệ", td_text_compare);
  assert_order ("Ao|Au|Ay|Ắc|Ặc|Ấm|Ân|Ấn|Đào|Đạo|Đăng|Đặng|Lem|Len|Lê|Lế|Lệ|Tun|Tuy|Tư|Từ|Tự", td_text_compare);
  assert_order ("Nguyễn Thị An|Trần Văn An|Lê Thị Ân|Đặng Văn Bình|Dương Thị Đào|Ngô Văn Đạo", td_text_compare_people);
  assert_order ("Lê An|Lê Thị An|Lê Văn An|Danh|Thạch Sa Danh", td_text_compare_people);
  g_assert_cmpint (td_text_compare_people (" Lê  An ", "Lê An"), ==, 0);
}

static void
test_upper (void)
{
  expect (td_text_upper ("đặng thị ánh"), "ĐẶNG THỊ ÁNH");
  expect (td_text_upper ("i1 ợ"), "I1 Ợ");
}

static void
test_date_forms (void)
{
  TdDate july = td_date_make (2025, 7, 11), february = td_date_make (2025, 2, 5);

  expect (td_date_to_document (february), "ngày 05 tháng 02 năm 2025");
  expect (td_date_to_document (july), "ngày 11 tháng 7 năm 2025");
  expect (td_date_to_screen (july), "11/07/2025");
  expect (td_date_to_iso (february), "2025-02-05");
  expect (td_date_to_iso (TD_DATE_NONE), "");
  expect (td_date_to_document (TD_DATE_NONE), "");
}

static void
test_date_parse (void)
{
  static const char *const typed[] = { "1/7/2025", "01-07-2025", "1.7.2025", "01072025", " 2025-07-01 ", "01/07/2025" };
  static const char *const refused[]
      = { "",          "1/7/25",     "7/13/2025", "31/4/2025", "29/2/2025", "1/7-2025", "1//2025",
          "1/7/2025x", "2025/07/01", "0107202",   "010720255", "1 7 2025",  "11/7",     "001/7/2025" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    g_assert_cmpint (td_date_parse_typed (typed[i]), ==, td_date_make (2025, 7, 1));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_cmpint (td_date_parse_typed (refused[i]), ==, TD_DATE_NONE);
  g_assert_cmpint (td_date_parse_typed ("29/2/2024"), ==, td_date_make (2024, 2, 29));
  g_assert_cmpint (td_date_parse_iso ("2025-7-1"), ==, TD_DATE_NONE);
  g_assert_cmpint (td_date_parse_iso ("2025-07-01 "), ==, TD_DATE_NONE);
  g_assert_cmpint (td_date_parse_iso ("2025-07-32"), ==, TD_DATE_NONE);
  g_assert_cmpint (td_date_parse_iso ("0000-07-01"), ==, TD_DATE_NONE);
}

static void
test_date_days (void)
{
  TdDate next = td_date_make (1899, 12, 31);

  g_assert_cmpint (td_date_make (1970, 1, 1), ==, 0);
  g_assert_cmpint (td_date_make (2025, 4, 30) - td_date_make (2025, 1, 21) + 1, ==, 100);
  g_assert_cmpint (td_date_make (2025, 6, 30) - td_date_make (2025, 3, 22) + 1, ==, 101);
  g_assert_cmpint (td_date_make (2100, 2, 29), ==, TD_DATE_NONE);
  for (; next < td_date_make (2101, 1, 1); next++)
    {
      int year, month, day;

      td_date_split (next, &year, &month, &day);
      g_assert_cmpint (td_date_make (year, month, day), ==, next);
    }
}

static void
test_time (void)
{
  /* 2025-07-07 17:00 UTC is midnight in Vietnam. */
  gint64 midnight = (gint64)td_date_make (2025, 7, 7) * 86400 + 17 * 3600;

  g_assert_cmpint (td_date_from_unix (midnight - 1), ==, td_date_make (2025, 7, 7));
  g_assert_cmpint (td_date_from_unix (midnight), ==, td_date_make (2025, 7, 8));
  g_assert_cmpint (td_date_from_unix (-25201), ==, -1);
  g_assert_cmpint (td_date_from_unix (G_MAXINT64), ==, TD_DATE_NONE);
  expect (td_time_to_screen (midnight + 14 * 3600 + 5 * 60 + 59), "14:05 ngày 08/07/2025");
}

static void
test_decimal_parse (void)
{
  static const char *const fine[][3] = {
    { "1234.5", "1234.5", "1.234,5" },
    { "-500", "-500", "-500" },
    { "99.960", "99.96", "99,96" },
    { "0.000001", "0.000001", "0,000001" },
    { "1234567.5", "1234567.5", "1.234.567,5" },
    { "-0", "0", "0" },
    { "007", "7", "7" },
    { "9223372036854.775807", "9223372036854.775807", "9.223.372.036.854,775807" },
  };
  static const char *const refused[] = { "",
                                         "-",
                                         ".5",
                                         "5.",
                                         "1,5",
                                         "1.2345678",
                                         "+1",
                                         "1e3",
                                         " 1",
                                         "1 ",
                                         "1.5.2",
                                         "--1",
                                         "0x1",
                                         "١",
                                         "9223372036854.775808",
                                         "99999999999999999999" };
  TdDecimal value;

  for (guint i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_assert_true (td_decimal_parse (fine[i][0], &value));
      expect (td_decimal_to_string (value), fine[i][1]);
      expect (td_decimal_format (value, 0), fine[i][2]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (td_decimal_parse (refused[i], &value));
  g_assert_true (td_decimal_parse ("5", &value));
  expect (td_decimal_format (value, 2), "5,00");
}

static void
test_decimal_typed (void)
{
  static const char *const fine[][2] = {
    { "1.234,5", "1234.5" }, { "1234", "1234" },    { "1,5", "1.5" },           { "1.234", "1234" },
    { " 12 ", "12" },        { "-1.000", "-1000" }, { "1.234.567", "1234567" }, { "0,5", "0.5" },
  };
  static const char *const refused[] = { "1,234.5", "1.5",   "1.23", "1.2345", "12.34.567", "1234.567", "1,",
                                         ",5",      "1,2,3", "",     "abc",    "1 000",     ".123" };
  TdDecimal value;

  for (guint i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_assert_true (td_decimal_parse_typed (fine[i][0], &value));
      expect (td_decimal_to_string (value), fine[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i]);
      g_assert_false (td_decimal_parse_typed (refused[i], &value));
    }
}

static TdDecimal
decimal (const char *text)
{
  TdDecimal value = { 0 };

  g_assert_true (td_decimal_parse (text, &value));
  return value;
}

static void
test_decimal_shares (void)
{
  expect (td_decimal_percent (decimal ("99.96"), decimal ("100")), "99,96");
  expect (td_decimal_percent (decimal ("99.99999"), decimal ("100")), "99,99");
  expect (td_decimal_percent (decimal ("200"), decimal ("250")), "80,00");
  expect (td_decimal_percent (decimal ("-1"), decimal ("300")), "-0,34");
  expect (td_decimal_percent (decimal ("12345"), decimal ("1")), "1.234.500,00");
  g_assert_null (td_decimal_percent (decimal ("1"), decimal ("0")));
  g_assert_null (td_decimal_percent (decimal ("1"), decimal ("-5")));
  g_assert_false (td_decimal_over_share (decimal ("200"), decimal ("250"), 80));
  g_assert_true (td_decimal_over_share (decimal ("200.000001"), decimal ("250"), 80));
  g_assert_false (td_decimal_over_share (decimal ("79.99"), decimal ("100"), 80));
  g_assert_false (td_decimal_over_share (decimal ("1"), decimal ("0"), 80));
  g_assert_true (td_decimal_over_share (decimal ("9000000000000"), decimal ("9000000000000"), 99));
  g_assert_cmpint (td_decimal_compare (decimal ("99.96"), decimal ("100")), <, 0);
  g_assert_cmpint (td_decimal_compare (decimal ("0.10"), decimal ("0.1")), ==, 0);
}

static void
expect_nfc (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  g_assert_cmpint (td_text_is_nfc (text), ==, strcmp (text, composed) == 0);
}

/* As the library's own normal form has it: each sign alone, behind a vowel, and with a tone behind it. */
static void
test_is_nfc (void)
{
  for (gunichar sign = 1; sign < 0x30000; sign++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      if (!g_unichar_validate (sign))
        continue;
      g_string_append_unichar (text, sign);
      expect_nfc (text->str);
      g_string_prepend (text, "ê");
      expect_nfc (text->str);
      if (sign < 0x2100)
        {
          g_string_append_unichar (text, 0x301);
          expect_nfc (text->str);
        }
    }
  g_assert_true (td_text_is_nfc (""));
  g_assert_true (td_text_is_nfc ("Nguyễn Thị Ví Dụ – “Đã đạt”…"));
  g_assert_false (td_text_is_nfc ("Nguye\xcc\x82\xcc\x83n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/is-nfc", test_is_nfc);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/clean-name", test_clean_name);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/tone-key", test_tone_key);
  g_test_add_func ("/text/matches", test_matches);
  g_test_add_func ("/text/collation", test_collation);
  g_test_add_func ("/text/upper", test_upper);
  g_test_add_func ("/date/forms", test_date_forms);
  g_test_add_func ("/date/parse", test_date_parse);
  g_test_add_func ("/date/days", test_date_days);
  g_test_add_func ("/date/time", test_time);
  g_test_add_func ("/decimal/parse", test_decimal_parse);
  g_test_add_func ("/decimal/typed", test_decimal_typed);
  g_test_add_func ("/decimal/shares", test_decimal_shares);
  return g_test_run ();
}
