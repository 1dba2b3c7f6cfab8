/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json.h"

#include <string.h>

/* The one door for JSON: what may not come in, and the one form things go out in. */

static JsonNode *
parse (const char *text, GError **error)
{
  return td_json_parse (text, -1, 1 << 20, TD_JSON_MAX_DEPTH, error);
}

static void
refuse (const char *text, gssize length, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = td_json_parse (text, length, 1 << 20, 4, &error);

  g_test_message ("%s", error ? error->message : text);
  g_assert_null (node);
  g_assert_error (error, TD_JSON_ERROR, code);
  if (says)
    g_assert_nonnull (strstr (error->message, says));
}

static void
test_syntax (void)
{
  static const char *const wrong[] = {
    "",
    " ",
    "{",
    "[",
    "{]",
    "[1,]",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "[1 2]",
    "{\"a\" 1}",
    "{\"a\":}",
    "{\"a\"}",
    "01",
    "-",
    "1.",
    ".5",
    "1e",
    "1e+",
    "+1",
    "tru",
    "nul",
    "NaN",
    "Infinity",
    "\"a",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"a\nb\"",
    "\"\t\"",
    "1 1",
    "[] []",
    "// x\n1",
    "/* x */ 1",
    "var a = {}",
    "[1]]",
    "{\"a\":1}}",
    "]",
    "}",
    ",",
    "[,1]",
    "{,}",
    "\"\\",
    "[\"a\":1]",
    "9223372036854775808",
    "-9223372036854775808",
    "99999999999999999999999999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    refuse (wrong[i], -1, TD_JSON_ERROR_SYNTAX, "line ");
  refuse ("{\n \"à\": 1,\n \"b\": x\n}", -1, TD_JSON_ERROR_SYNTAX, "line 3, column 7");
}

static void
test_encoding (void)
{
  refuse ("\"\xFF\"", -1, TD_JSON_ERROR_ENCODING, NULL);
  refuse ("\"\xED\xA0\x80\"", -1, TD_JSON_ERROR_ENCODING, NULL);
  refuse ("\"a\0b\"", 5, TD_JSON_ERROR_ENCODING, NULL);
  refuse ("\"\\u0000\"", -1, TD_JSON_ERROR_ENCODING, NULL);
  refuse ("\"\\ud800\"", -1, TD_JSON_ERROR_ENCODING, NULL);
  refuse ("\"\\udc00\"", -1, TD_JSON_ERROR_ENCODING, NULL);
  refuse ("\"\\ud800\\ud800\"", -1, TD_JSON_ERROR_ENCODING, NULL);
}

static void
test_depth (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (JsonNode) fine = NULL;

  refuse ("[[[[[]]]]]", -1, TD_JSON_ERROR_TOO_DEEP, NULL);
  refuse ("{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}", -1, TD_JSON_ERROR_TOO_DEEP, NULL);
  for (guint i = 0; i < 500000; i++)
    g_string_append_c (deep, '[');
  refuse (deep->str, -1, TD_JSON_ERROR_TOO_DEEP, NULL);
  fine = td_json_parse ("[[[[]]],[[[]]]]", -1, 100, 4, NULL);
  g_assert_nonnull (fine);
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (td_json_parse ("[1,2]", -1, 4, 4, &error));
  g_assert_error (error, TD_JSON_ERROR, TD_JSON_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (td_json_parse_object ("[1,2]", -1, 5, &error));
  g_assert_error (error, TD_JSON_ERROR, TD_JSON_ERROR_SHAPE);
}

static void
test_getters (void)
{
  g_autoptr (JsonObject) object = td_json_parse_object (
      "{\"s\":\"x\",\"i\":7,\"d\":1.5,\"b\":true,\"n\":null,\"o\":{\"k\":1},\"a\":[\"x\",2,{},[],null]}", -1, 1000,
      NULL);
  JsonArray *array = td_json_array (object, "a");
  static const char *const names[] = { "s", "i", "d", "b", "n", "o", "a", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];

      g_assert_cmpint (td_json_string (object, name) != NULL, ==, *name == 's');
      g_assert_cmpint (td_json_int (object, name, -1), ==, *name == 'i' ? 7 : -1);
      g_assert_cmpint (td_json_bool (object, name, FALSE), ==, *name == 'b');
      g_assert_cmpint (td_json_object (object, name) != NULL, ==, *name == 'o');
      g_assert_cmpint (td_json_array (object, name) != NULL, ==, *name == 'a');
    }
  g_assert_cmpstr (td_json_element_string (array, 0), ==, "x");
  g_assert_null (td_json_element_string (array, 1));
  g_assert_null (td_json_element_string (array, 99));
  g_assert_cmpint (td_json_element_int (array, 1, -1), ==, 2);
  g_assert_cmpint (td_json_element_int (array, 0, -1), ==, -1);
  g_assert_nonnull (td_json_element_object (array, 2));
  g_assert_null (td_json_element_object (array, 3));
  g_assert_nonnull (td_json_element_array (array, 3));
  g_assert_null (td_json_element_array (array, 4));
  g_assert_null (td_json_string (NULL, "s"));
  g_assert_null (td_json_element_object (NULL, 0));
}

static void
test_canonical (void)
{
  static const char *const rows[][2] = {
    { " { \"b\" : 1 , \"a\" : [ true , false , null ] } ", "{\"a\":[true,false,null],\"b\":1}" },
    { "\"\\u0041\\/\\u00e0\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f\"", "\"A/à\\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7F\"" },
    { "\"\\ud83d\\ude00\"", "\"\xF0\x9F\x98\x80\"" },
    { "-0", "0" },
    { "9007199254740992", "9007199254740992" },
    /* RFC 8785 3.2.3: sorted by UTF-16 code units, so the surrogates stand before U+FB33 */
    { "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
      "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}" },
    { "{\"aa\":1,\"a\":2,\"\":3,\"ab\":4}", "{\"\":3,\"a\":2,\"aa\":1,\"ab\":4}" },
    { "\xEF\xBB\xBF[]", "[]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = parse (rows[i][0], NULL);
      g_autofree char *once = td_json_canonical (node, NULL);
      g_autoptr (JsonNode) again = parse (once, NULL);
      g_autofree char *twice = td_json_canonical (again, NULL);

      g_assert_cmpstr (once, ==, rows[i][1]);
      g_assert_cmpstr (twice, ==, once);
    }
}

static void
test_no_canonical_form (void)
{
  static const char *const rows[] = { "1.5", "[1e2]", "{\"a\":9007199254740993}", "-9007199254740993" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (rows[i], NULL);

      g_assert_nonnull (node);
      g_assert_null (td_json_canonical (node, &error));
      g_assert_error (error, TD_JSON_ERROR, TD_JSON_ERROR_SHAPE);
    }
}

static void
test_canonical_of_ours (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *quoted = td_json_canonical_string ("à\"\n");
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "z", "1");
  json_object_set_null_member (object, "a");
  text = td_json_canonical_object (object);
  g_assert_cmpstr (text, ==, "{\"a\":null,\"z\":\"1\"}");
  g_assert_cmpstr (quoted, ==, "\"à\\\"\\n\"");
}

/* What is taken means what json-glib reads there. */
static void
check_meaning (const char *text, gsize length, JsonNode *node)
{
  g_autoptr (JsonParser) other = json_parser_new ();
  g_autofree char *here = json_to_string (node, FALSE);
  g_autofree char *there = NULL;

  g_assert_true (json_parser_load_from_data (other, text, (gssize)length, NULL));
  there = json_to_string (json_parser_get_root (other), FALSE);
  g_assert_cmpstr (here, ==, there);
  g_assert_true (json_node_equal (node, json_parser_get_root (other)));
}

/* Any cut and any changed byte of a good document gives an answer, not a crash. */
static void
test_mutations (void)
{
  static const char good[] = "{\"id\":\"\\ud83d\\ude00à\\u0041\\/\\b\\f\\n\\r\\t\\\"\\\\\",\"id\":7,"
                             "\"n\":[-12,-0,3.5e2,0.1E-3,{\"x\":[true,false,null,[],{}]}]}";

  for (gsize i = 0; i < sizeof good - 1; i++)
    {
      g_autoptr (JsonNode) cut = td_json_parse (good, (gssize)i, 1000, 8, NULL);

      g_assert_null (cut);
      for (int byte = 0; byte < 256; byte++)
        {
          char changed[sizeof good];
          g_autoptr (JsonNode) node = NULL;

          memcpy (changed, good, sizeof good);
          changed[i] = (char)byte;
          node = td_json_parse (changed, sizeof good - 1, 1000, 8, NULL);
          if (node)
            {
              check_meaning (changed, sizeof good - 1, node);
              g_free (td_json_canonical (node, NULL));
            }
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/syntax", test_syntax);
  g_test_add_func ("/json/encoding", test_encoding);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/canonical", test_canonical);
  g_test_add_func ("/json/no-canonical-form", test_no_canonical_form);
  g_test_add_func ("/json/canonical-of-ours", test_canonical_of_ours);
  g_test_add_func ("/json/mutations", test_mutations);
  return g_test_run ();
}
