/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/legacy.h"
#include "text/syllable.h"
#include "text/vietnamese.h"

#include <string.h>

/* Text of the time before Unicode (vietnamese-text.md 8). */

/* VNI as published, letter by letter: what is written, what it is. */
static const char *const VNI[][2] = {
  { "aø", "à" }, { "aù", "á" }, { "aû", "ả" }, { "aõ", "ã" }, { "aï", "ạ" }, { "aâ", "â" }, { "aà", "ầ" },
  { "aá", "ấ" }, { "aå", "ẩ" }, { "aã", "ẫ" }, { "aä", "ậ" }, { "aê", "ă" }, { "aè", "ằ" }, { "aé", "ắ" },
  { "aú", "ẳ" }, { "aü", "ẵ" }, { "aë", "ặ" }, { "eø", "è" }, { "eù", "é" }, { "eû", "ẻ" }, { "eõ", "ẽ" },
  { "eï", "ẹ" }, { "eâ", "ê" }, { "eà", "ề" }, { "eá", "ế" }, { "eå", "ể" }, { "eã", "ễ" }, { "eä", "ệ" },
  { "ì", "ì" },  { "í", "í" },  { "æ", "ỉ" },  { "ó", "ĩ" },  { "ò", "ị" },  { "oø", "ò" }, { "où", "ó" },
  { "oû", "ỏ" }, { "oõ", "õ" }, { "oï", "ọ" }, { "oâ", "ô" }, { "oà", "ồ" }, { "oá", "ố" }, { "oå", "ổ" },
  { "oã", "ỗ" }, { "oä", "ộ" }, { "ô", "ơ" },  { "ôø", "ờ" }, { "ôù", "ớ" }, { "ôû", "ở" }, { "ôõ", "ỡ" },
  { "ôï", "ợ" }, { "uø", "ù" }, { "uù", "ú" }, { "uû", "ủ" }, { "uõ", "ũ" }, { "uï", "ụ" }, { "ö", "ư" },
  { "öø", "ừ" }, { "öù", "ứ" }, { "öû", "ử" }, { "öõ", "ữ" }, { "öï", "ự" }, { "yø", "ỳ" }, { "yù", "ý" },
  { "yû", "ỷ" }, { "yõ", "ỹ" }, { "î", "ỵ" },  { "ñ", "đ" },  { "AØ", "À" }, { "AÙ", "Á" }, { "AÛ", "Ả" },
  { "AÕ", "Ã" }, { "AÏ", "Ạ" }, { "AÂ", "Â" }, { "AÀ", "Ầ" }, { "AÁ", "Ấ" }, { "AÅ", "Ẩ" }, { "AÃ", "Ẫ" },
  { "AÄ", "Ậ" }, { "AÊ", "Ă" }, { "AÈ", "Ằ" }, { "AÉ", "Ắ" }, { "AÚ", "Ẳ" }, { "AÜ", "Ẵ" }, { "AË", "Ặ" },
  { "EØ", "È" }, { "EÙ", "É" }, { "EÛ", "Ẻ" }, { "EÕ", "Ẽ" }, { "EÏ", "Ẹ" }, { "EÂ", "Ê" }, { "EÀ", "Ề" },
  { "EÁ", "Ế" }, { "EÅ", "Ể" }, { "EÃ", "Ễ" }, { "EÄ", "Ệ" }, { "Ì", "Ì" },  { "Í", "Í" },  { "Æ", "Ỉ" },
  { "Ó", "Ĩ" },  { "Ò", "Ị" },  { "OØ", "Ò" }, { "OÙ", "Ó" }, { "OÛ", "Ỏ" }, { "OÕ", "Õ" }, { "OÏ", "Ọ" },
  { "OÂ", "Ô" }, { "OÀ", "Ồ" }, { "OÁ", "Ố" }, { "OÅ", "Ổ" }, { "OÃ", "Ỗ" }, { "OÄ", "Ộ" }, { "Ô", "Ơ" },
  { "ÔØ", "Ờ" }, { "ÔÙ", "Ớ" }, { "ÔÛ", "Ở" }, { "ÔÕ", "Ỡ" }, { "ÔÏ", "Ợ" }, { "UØ", "Ù" }, { "UÙ", "Ú" },
  { "UÛ", "Ủ" }, { "UÕ", "Ũ" }, { "UÏ", "Ụ" }, { "Ö", "Ư" },  { "ÖØ", "Ừ" }, { "ÖÙ", "Ứ" }, { "ÖÛ", "Ử" },
  { "ÖÕ", "Ữ" }, { "ÖÏ", "Ự" }, { "YØ", "Ỳ" }, { "YÙ", "Ý" }, { "YÛ", "Ỷ" }, { "YÕ", "Ỹ" }, { "Î", "Ỵ" },
  { "Ñ", "Đ" },
};

/* Long enough to hold every kind of letter; written in both code pages below, letter by letter. */
static const char SAMPLE[] = "căn cứ nghị định số 152 của chính phủ; xét đề nghị của trưởng phòng nội vụ huyện: "
                             "ông nguyễn văn hẳn, bà đỗ thị mỹ, ấp phước thuận, xã lương tâm đã hết lòng vì dân";

static void
expect_cell (TdLegacy code, const char *cell, const char *wanted)
{
  g_autofree char *found = td_legacy_convert_cell (code, cell, FALSE);

  g_assert_cmpstr (found, ==, wanted);
}

static void
expect_text (TdLegacy code, const char *text, const char *wanted)
{
  g_autofree char *found = td_legacy_convert (code, text);

  g_assert_cmpstr (found, ==, wanted);
}

/* What the C library says the byte is; its table has capitals with tones besides, which the fonts do not have. */
static char *
tcvn5712 (guint byte)
{
  const char bytes[] = { (char)byte, '\0' };
  char *letter = g_convert (bytes, 1, "UTF-8", "TCVN5712-1", NULL, NULL, NULL);
  char *composed = letter == NULL ? NULL : g_utf8_normalize (letter, -1, G_NORMALIZE_NFC);

  g_free (letter);
  return composed;
}

static void
test_tcvn3_letters (void)
{
  guint letters = 0;

  for (guint byte = 0xA1; byte <= 0xFE; byte++)
    {
      g_autofree char *wanted = tcvn5712 (byte);
      char sign[7] = "";

      sign[g_unichar_to_utf8 (byte, sign)] = '\0';
      if (wanted == NULL || !g_unichar_isalpha (g_utf8_get_char (wanted))
          || (byte > 0xA7 && g_unichar_isupper (g_utf8_get_char (wanted))))
        continue;
      letters++;
      expect_cell (TD_LEGACY_TCVN3, sign, wanted);
    }
  g_assert_cmpuint (letters, ==, 74); /* 67 small ones, 7 capitals */
}

static void
test_vni_letters (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (VNI), ==, 134);
  for (guint i = 0; i < G_N_ELEMENTS (VNI); i++)
    {
      g_autofree char *within = g_strconcat ("t", VNI[i][0], "n", NULL);
      g_autofree char *wanted = g_strconcat ("t", VNI[i][1], "n", NULL);

      expect_cell (TD_LEGACY_VNI, VNI[i][0], VNI[i][1]);
      expect_cell (TD_LEGACY_VNI, within, wanted);
    }
}

/* ---- both ways ------------------------------------------------------------------------------------ */

static char *
letter_in_vni (const char *letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (VNI); i++)
    if (strcmp (VNI[i][1], letter) == 0)
      return g_strdup (VNI[i][0]);
  return g_strdup (letter);
}

static char *
letter_in_tcvn3 (const char *letter)
{
  for (guint byte = 0xA1; byte <= 0xFE; byte++)
    {
      g_autofree char *found = tcvn5712 (byte);
      char sign[7] = "";

      sign[g_unichar_to_utf8 (byte, sign)] = '\0';
      if (g_strcmp0 (found, letter) == 0)
        return g_strdup (sign);
    }
  return g_strdup (letter);
}

static char *
written_in (TdLegacy code, const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      g_autofree char *letter = g_strndup (text, (gsize)(g_utf8_next_char (text) - text));
      g_autofree char *written = code == TD_LEGACY_VNI ? letter_in_vni (letter) : letter_in_tcvn3 (letter);

      g_string_append (out, written);
    }
  return g_string_free (out, FALSE);
}

static void
test_both_ways (void)
{
  g_autofree char *upper = td_text_upper (SAMPLE);
  g_autofree char *tcvn3 = written_in (TD_LEGACY_TCVN3, SAMPLE);
  g_autofree char *vni = written_in (TD_LEGACY_VNI, SAMPLE);
  g_autofree char *vni_upper = written_in (TD_LEGACY_VNI, upper);

  g_assert_cmpint (td_legacy_guess (SAMPLE), ==, TD_LEGACY_NONE);
  g_assert_cmpint (td_legacy_guess (tcvn3), ==, TD_LEGACY_TCVN3);
  g_assert_cmpint (td_legacy_guess (vni), ==, TD_LEGACY_VNI);
  g_assert_cmpint (td_legacy_guess (vni_upper), ==, TD_LEGACY_VNI);
  expect_text (TD_LEGACY_TCVN3, tcvn3, SAMPLE);
  expect_text (TD_LEGACY_VNI, vni, SAMPLE);
  expect_text (TD_LEGACY_VNI, vni_upper, upper);
}

/* ---- words ------------------------------------------------------------------------------------------ */

static void
test_words (void)
{
  static const struct
  {
    TdLegacy code;
    const char *text;
    const char *wanted;
  } cases[] = {
    { TD_LEGACY_TCVN3, "ThÞ x· Ng· B¶y, huyÖn Phông HiÖp", "Thị xã Ngã Bảy, huyện Phụng Hiệp" },
    { TD_LEGACY_TCVN3, "Vâ Thñy", "Võ Thủy" },
    { TD_LEGACY_TCVN3, "NguyÔn ThÞ H\xC2\xAD\xC2\xACng", "Nguyễn Thị Hương" },
    { TD_LEGACY_TCVN3, "NguyÔn ThÞ H-\xC2\xACng", "Nguyễn Thị Hương" }, /* as Word hands it on */
    { TD_LEGACY_TCVN3, "x· Ph-íc H-ng", "xã Phước H-ng" },              /* a hyphen may be one */
    { TD_LEGACY_TCVN3, "§Æng V¨n ¸nh", "Đặng Văn ánh" },
    { TD_LEGACY_TCVN3, "Aµ, E\xC3\x90, ¢Ê", "À, É, Ấ" },
    { TD_LEGACY_TCVN3, "NGUYÔN V¡N TH¾NG", "NGUYỄN VĂN THẮNG" },
    { TD_LEGACY_TCVN3, "QuyÕt ®Þnh sè 12/Q§-UBND", "Quyết định số 12/QĐ-UBND" },
    { TD_LEGACY_TCVN3, "20 m² ë Êp 3 “ChÝnh”", "20 m² ở ấp 3 “Chính”" },
    { TD_LEGACY_VNI, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam" },
    { TD_LEGACY_VNI, "Nguyeãn Thò AÙnh", "Nguyễn Thị Ánh" },
    { TD_LEGACY_VNI, "Aùnh, Aâu, Ôû, Öùng", "Ánh, Âu, Ở, Ứng" }, /* the capital's mark may be small */
    { TD_LEGACY_VNI, "UÛY BAN NHAÂN DAÂN", "ỦY BAN NHÂN DÂN" },
    { TD_LEGACY_VNI, "Döông Vaên Ñöôïc, 12 m²", "Dương Văn Được, 12 m²" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (td_legacy_guess (cases[i].text), ==, cases[i].code);
      expect_text (cases[i].code, cases[i].text, cases[i].wanted);
    }
}

static void
test_fonts (void)
{
  static const struct
  {
    const char *font;
    TdLegacy code;
    gboolean capitals;
  } fonts[] = {
    { ".VnTime", TD_LEGACY_TCVN3, FALSE },  { ".VnTimeH", TD_LEGACY_TCVN3, TRUE },
    { ".vnArial", TD_LEGACY_TCVN3, FALSE }, { "VNI-Times", TD_LEGACY_VNI, FALSE },
    { "VNI-Helve", TD_LEGACY_VNI, FALSE },  { "Times New Roman", TD_LEGACY_NONE, FALSE },
    { ".Vn", TD_LEGACY_NONE, FALSE },       { "VNI-", TD_LEGACY_NONE, FALSE },
    { "VnTimeH", TD_LEGACY_NONE, FALSE },   { "", TD_LEGACY_NONE, FALSE },
  };
  g_autofree char *capitals = td_legacy_convert_cell (TD_LEGACY_TCVN3, "ñy ban Nh©n d©n", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      gboolean found;

      g_assert_cmpint (td_legacy_of_font (fonts[i].font, &found), ==, fonts[i].code);
      g_assert_cmpint (found, ==, fonts[i].capitals);
    }
  g_assert_cmpstr (capitals, ==, "ỦY BAN NHÂN DÂN");
}

/* ---- what is Unicode stays ------------------------------------------------------------------------------ */

static void
test_unicode_stays (void)
{
  static const char *const texts[] = {
    "",
    "1\t2,5\t3.000",
    "Tran Van A",
    "Lê",
    "Hà",
    "Hòa",
    "Lê Hòa\tHà\tLê",
    "tô, cân, lá, bò, né, sông, hôm, tôi, là, và",
    "Đặng Thị Hoà, xã Thạnh Hòa",
    "Nguyễn Văn A\tÔng\tMê Kông",
    "« Hà Nội »",
    "5 µm, 12 m², 30 °C, ± 2, ½, © 2024, 10 £, § 3",
    "Köln, München, Zürich, Málaga, señor, garçon, façade, naïve, crème brûlée, Ångström",
    "Windows® 10",
    "khôch", /* a slip of the hand, in Unicode */
  };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (td_legacy_guess (texts[i]), ==, TD_LEGACY_NONE);
  g_assert_cmpint (td_legacy_guess ("\xFF\xC2"), ==, TD_LEGACY_NONE);
}

/* A table of which one half was typed in Unicode: that half stays as it is. */
static void
test_mixed (void)
{
  static const char before[] = "Họ và tên\tĐơn vị\r\nNguyÔn V¨n Tó\tLê Hà\n\"Vâ ThÞ H»ng\"\tLê\r\nTrần Thị Bé\tSè 5\n";
  static const char after[] = "Họ và tên\tĐơn vị\r\nNguyễn Văn Tú\tLê Hà\n\"Võ Thị Hằng\"\tLê\r\nTrần Thị Bé\tSè 5\n";
  g_autoptr (GPtrArray) changes = NULL;
  const TdLegacyChange *first;

  g_assert_cmpint (td_legacy_guess (before), ==, TD_LEGACY_TCVN3);
  expect_text (TD_LEGACY_TCVN3, before, after);
  expect_text (TD_LEGACY_TCVN3, after, after);
  expect_text (TD_LEGACY_NONE, before, before);
  changes = td_legacy_changes (TD_LEGACY_TCVN3, before, 5);
  g_assert_cmpuint (changes->len, ==, 2);
  first = changes->pdata[0];
  g_assert_cmpstr (first->before, ==, "NguyÔn V¨n Tó");
  g_assert_cmpstr (first->after, ==, "Nguyễn Văn Tú");
  g_ptr_array_unref (g_steal_pointer (&changes));
  /* without anything in Unicode beside it "Sè" is Số, and each cell is shown once */
  changes = td_legacy_changes (TD_LEGACY_TCVN3, "Vâ Thñy\nVâ Thñy\nSè 5\nAn", 1000);
  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_cmpstr (((TdLegacyChange *)changes->pdata[1])->after, ==, "Số 5");
}

/* Bytes that once were one sign in six. */
static void
test_no_utf8 (void)
{
  const char *cell = "\374\215\254\255\233\273";

  g_assert_null (td_legacy_convert_cell (TD_LEGACY_TCVN3, cell, TRUE));
  g_assert_null (td_legacy_convert_cell (TD_LEGACY_VNI, cell, FALSE));
}

static void
expect_syllables (const char *words, gboolean wanted)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  for (char **word = all; *word != NULL; word++)
    {
      glong length;
      g_autofree gunichar *letters = g_utf8_to_ucs4_fast (*word, -1, &length);

      if (td_is_syllable (letters, (gsize)length) != wanted)
        g_error ("%s", *word);
    }
}

static void
test_syllables (void)
{
  expect_syllables (
      "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý quyết định nghiêng gì giếng "
      "quý quốc khuỷu thuở ý yêu uỷ ủy hoà hòa khoẻ ƯƠNG ngoằn ngoèo loắt choắt xoong",
      TRUE);
  expect_syllables ("nguyôn cat hach fê zà wa Köln garçon ss b ng quyêtt nghiêngg hoáà 1 a1 khôch", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legacy/tcvn3-letters", test_tcvn3_letters);
  g_test_add_func ("/legacy/vni-letters", test_vni_letters);
  g_test_add_func ("/legacy/both-ways", test_both_ways);
  g_test_add_func ("/legacy/words", test_words);
  g_test_add_func ("/legacy/fonts", test_fonts);
  g_test_add_func ("/legacy/unicode-stays", test_unicode_stays);
  g_test_add_func ("/legacy/mixed", test_mixed);
  g_test_add_func ("/legacy/no-utf8", test_no_utf8);
  g_test_add_func ("/legacy/syllables", test_syllables);
  return g_test_run ();
}
