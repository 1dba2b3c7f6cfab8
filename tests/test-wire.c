/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dossier/crypto.h"
#include "dossier/operation.h"
#include "wire/blob.h"
#include "wire/gzip.h"
#include "wire/messages.h"

#include <string.h>

/* Messages go through their bytes unchanged, and no byte a peer may send does more
 * than be refused with a code. */

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEX32 "0123456789abcdef0123456789abcdef"
#define HEX128 HEX64 HEX64
#define SCAN HEX64

static void
put (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static TdSyncRequest *
sample_request (guint ops)
{
  TdSyncRequest *request = td_sync_request_new ();

  put (&request->campaign, HEX64);
  put (&request->life, HEX32);
  put (&request->cur, "e3.48211");
  put (&request->k, "9f2c9f2c");
  request->n = 411;
  request->max = TD_PAGE_MIN;
  for (guint i = 0; i < ops; i++)
    g_ptr_array_add (request->ops, td_sync_op_new (412 + i, HEX64, i % 2 == 0 ? "{\"a\":\"Nguyễn \\\"Mẫu\\\"\"}" : "",
                                                   i % 2 == 0 ? NULL : HEX128));
  if (ops > 0)
    {
      put (&request->tip, HEX64);
      put (&request->sig, HEX128);
    }
  return request;
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static char *
text_of (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* ---- round trips ---------------------------------------------------------------- */

static void
test_request (void)
{
  for (guint ops = 0; ops < 4; ops++)
    {
      g_autoptr (TdSyncRequest) request = sample_request (ops);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = td_sync_request_write (request, &error);
      g_autoptr (TdSyncRequest) back = NULL;
      g_autoptr (GBytes) again = NULL;

      g_assert_no_error (error);
      back = td_sync_request_read (bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (back->ops->len, ==, ops);
      g_assert_cmpstr (back->cur, ==, "e3.48211");
      g_assert_cmpint (back->n, ==, 411);
      again = td_sync_request_write (back, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

static TdSyncAnswer *
sample_answer (void)
{
  TdSyncAnswer *answer = td_sync_answer_new ();
  TdSyncVerdict *good = td_sync_verdict_new ();
  TdSyncVerdict *bad = td_sync_verdict_new ();
  g_autoptr (JsonObject) body = td_json_parse_object ("{\"members\":{\"name\":\"Hoà\"}}", -1, 1000, NULL);
  const char *beside[] = { "name", "rating/2024", NULL };
  const char *need[] = { SCAN, NULL };

  put (&answer->k, "9f2c9f2c");
  put (&answer->cur, "e3.48260");
  put (&answer->day, "2025-07-08");
  put (&answer->campaign, HEX64);
  put (&answer->units, HEX64);
  put (&answer->head, HEX64);
  answer->n = 413;
  answer->t = 1735689655;
  answer->more = TRUE;
  answer->practice = TRUE;
  good->i = 412;
  good->ok = TRUE;
  good->q = 48259;
  put (&good->id, "0192f3c4-0000-7000-8000-000000000001");
  g_strfreev (good->beside);
  good->beside = g_strdupv ((char **)beside);
  bad->i = 413;
  bad->q = 48260;
  put (&bad->code, "custody");
  put (&bad->detail, "5d1e");
  g_ptr_array_add (answer->res, good);
  g_ptr_array_add (answer->res, bad);
  g_ptr_array_add (answer->ch, td_sync_change_new (48212, "record", "8e21", body));
  g_ptr_array_add (answer->ch, td_sync_change_new (48212, "step", "8e22", body));
  g_strfreev (answer->need);
  answer->need = g_strdupv ((char **)need);
  return answer;
}

static void
test_answer (void)
{
  g_autoptr (TdSyncAnswer) answer = sample_answer ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = td_sync_answer_write (answer, &error);
  g_autoptr (TdSyncAnswer) back = NULL;
  g_autoptr (GBytes) again = NULL;
  const TdSyncVerdict *verdict;

  g_assert_no_error (error);
  back = td_sync_answer_read (bytes, &error);
  g_assert_no_error (error);
  verdict = back->res->pdata[0];
  g_assert_cmpstr (verdict->beside[1], ==, "rating/2024");
  verdict = back->res->pdata[1];
  g_assert_cmpstr (verdict->code, ==, "custody");
  g_assert_cmpstr (back->need[0], ==, SCAN);
  g_assert_true (back->more);
  g_assert_true (back->practice);
  again = td_sync_answer_write (back, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
test_enrolment (void)
{
  g_autoptr (TdEnrolRequest) request = td_enrol_request_new ();
  g_autoptr (TdEnrolRequest) back = NULL;
  g_autoptr (TdEnrolAnswer) answer = td_enrol_answer_new ();
  g_autoptr (TdEnrolAnswer) told = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) up = NULL;
  g_autoptr (GBytes) down = NULL;

  put (&request->code, "abcd-efgh-jkmn-pqrs-tvo1");
  put (&request->key, HEX64);
  put (&request->sig, HEX128);
  up = td_enrol_request_write (request, &error);
  g_assert_no_error (error);
  back = td_enrol_request_read (up, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->code, ==, "ABCDEFGHJKMNPQRSTV01");
  put (&answer->token, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-");
  put (&answer->unit, "31447@2024-07-01");
  put (&answer->roles, "OL");
  put (&answer->endpoint, HEX64);
  put (&answer->campaign, HEX64);
  put (&answer->units, HEX64);
  put (&answer->day, "2025-07-08");
  down = td_enrol_answer_write (answer, &error);
  g_assert_no_error (error);
  told = td_enrol_answer_read (down, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (told->unit, ==, "31447@2024-07-01");
  g_assert_false (told->practice);
}

static void
test_small_ones (void)
{
  g_autoptr (TdHello) hello = td_hello_new ();
  g_autoptr (TdHello) greeted = NULL;
  g_autoptr (TdProblem) problem = td_problem_new (409, "op-gap", NULL);
  g_autoptr (TdProblem) told = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autofree char *text = NULL;

  put (&hello->day, "2025-07-08");
  put (&hello->k, "aa");
  first = td_hello_write (hello, &error);
  greeted = td_hello_read (first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (greeted->max, ==, TD_PROTOCOL);
  problem->n = 398;
  second = td_problem_write (problem);
  text = text_of (second);
  g_assert_cmpstr (text, ==, "{\"n\":398,\"status\":409,\"type\":\"urn:hs:op-gap\"}");
  told = td_problem_read (second, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (told->type, ==, "op-gap");
  g_assert_cmpint (told->n, ==, 398);
  g_assert_cmpint (told->max, ==, -1);
}

/* ---- requests nobody should send ------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *from, *to; /* replaced once in a good request of two ops */
  TdWireError code;
} Broken;

static const Broken broken[] = {
  { "no-version", "\"p\":1", "\"x\":1", TD_WIRE_ERROR_FORMAT },
  { "version-2", "\"p\":1", "\"p\":2", TD_WIRE_ERROR_VERSION },
  { "version-text", "\"p\":1", "\"p\":\"1\"", TD_WIRE_ERROR_FORMAT },
  { "life-short", "\"life\":\"01", "\"life\":\"0", TD_WIRE_ERROR_FORMAT },
  { "life-upper", "\"life\":\"0123456789abcdef", "\"life\":\"0123456789ABCDEF", TD_WIRE_ERROR_FORMAT },
  { "n-negative", "\"n\":411", "\"n\":-1", TD_WIRE_ERROR_LIMITS },
  { "n-huge", "\"n\":411", "\"n\":9223372036854775807", TD_WIRE_ERROR_LIMITS },
  { "n-over-64-bits", "\"n\":411", "\"n\":99999999999999999999", TD_WIRE_ERROR_FORMAT },
  { "n-float", "\"n\":411", "\"n\":411.0", TD_WIRE_ERROR_FORMAT },
  { "n-missing", "\"n\":411", "\"m\":411", TD_WIRE_ERROR_FORMAT },
  { "max-small", "\"max\":4096", "\"max\":1", TD_WIRE_ERROR_LIMITS },
  { "max-large", "\"max\":4096", "\"max\":99999999", TD_WIRE_ERROR_LIMITS },
  { "echo-short", "\"k\":\"9f2c9f2c\"", "\"k\":\"9f\"", TD_WIRE_ERROR_FORMAT },
  { "echo-strange", "\"k\":\"9f2c9f2c\"", "\"k\":\"<script>\"", TD_WIRE_ERROR_FORMAT },
  { "cursor-number", "\"cur\":\"e3.48211\"", "\"cur\":7", TD_WIRE_ERROR_FORMAT },
  { "ops-object", "\"ops\":[", "\"ops\":{\"a\":[", TD_WIRE_ERROR_FORMAT },
  { "op-number", "{\"body\":\"\",", "7,{\"body\":\"\",", TD_WIRE_ERROR_FORMAT },
  { "op-no-body", "{\"body\":\"\",", "{\"bode\":\"\",", TD_WIRE_ERROR_FORMAT },
  { "op-body-object", "{\"body\":\"\",", "{\"body\":{},", TD_WIRE_ERROR_FORMAT },
  { "op-doubled", "\"i\":413", "\"i\":412", TD_WIRE_ERROR_FORMAT },
  { "op-skipped", "\"i\":413", "\"i\":414", TD_WIRE_ERROR_FORMAT },
  { "op-zero", "\"i\":412", "\"i\":0", TD_WIRE_ERROR_LIMITS },
  { "op-sig", "\"sig\":\"\"", "\"sig\":\"00\"", TD_WIRE_ERROR_FORMAT },
  { "prev", "\"prev\":\"01", "\"prev\":\"", TD_WIRE_ERROR_FORMAT },
  { "tip", "\"tip\":\"01", "\"tip\":\"", TD_WIRE_ERROR_FORMAT },
  { "cut", "\"tip\":\"0123456789abcdef", "\n", TD_WIRE_ERROR_FORMAT },
};

static char *
replace_once (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int)(at - text), text, to, at + strlen (from));
}

static void
test_broken (gconstpointer data)
{
  const Broken *row = data;
  g_autoptr (TdSyncRequest) request = sample_request (2);
  g_autoptr (GBytes) good = td_sync_request_write (request, NULL);
  g_autofree char *text = text_of (good);
  g_autofree char *bad = NULL;
  g_autofree char *op = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  bad = replace_once (text, row->from, row->to);
  if (strcmp (row->name, "ops-object") == 0)
    {
      op = replace_once (bad, "],\"p\"", "]},\"p\"");
      bytes = bytes_of (op);
    }
  else
    bytes = bytes_of (bad);
  g_assert_null (td_sync_request_read (bytes, &error));
  g_assert_error (error, TD_WIRE_ERROR, (int)row->code);
}

static void
expect_request (GBytes *taken, TdWireError code)
{
  g_autoptr (GBytes) bytes = taken;
  g_autoptr (GError) error = NULL;

  g_assert_null (td_sync_request_read (bytes, &error));
  g_assert_error (error, TD_WIRE_ERROR, (int)code);
}

static void
test_not_json (void)
{
  const char *texts[] = { "",        "{",      "}",  "null", "[]", "7", "\"x\"", "{\"p\":1,}",
                          "{'p':1}", "<html>", "\0", "{}{}", "{}", " ", "{\"p",  "// {}\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    expect_request (bytes_of (texts[i]), TD_WIRE_ERROR_FORMAT);
  expect_request (g_bytes_new ("{\"p\":1}\0", 8), TD_WIRE_ERROR_FORMAT);
  expect_request (g_bytes_new ("{\"p\":\"\xff\xfe\"}", 10), TD_WIRE_ERROR_FORMAT);
}

static void
test_deep (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *inside = g_strdup_printf ("{\"p\":1,\"x\":%s", brackets);

  expect_request (bytes_of (brackets), TD_WIRE_ERROR_LIMITS);
  expect_request (bytes_of (inside), TD_WIRE_ERROR_LIMITS);
}

/* A hundred bytes of memory for two on the wire: refused before it is taken. */
static void
test_many_values (void)
{
  GString *text = g_string_new ("{\"p\":1,\"x\":[0");

  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]}");
  expect_request (g_string_free_to_bytes (text), TD_WIRE_ERROR_LIMITS);
}

static void
test_too_large (void)
{
  g_autoptr (TdSyncRequest) many = sample_request (TD_SYNC_OPS_MAX + 1);
  g_autoptr (TdSyncRequest) large = sample_request (1);
  g_autoptr (TdSyncRequest) full = sample_request (20);
  g_autofree char *step = g_strnfill (TD_STEP_MAX, 'x');
  g_autofree char *more = g_strnfill (TD_STEP_MAX + 1, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (td_sync_request_write (many, &error));
  g_assert_error (error, TD_WIRE_ERROR, TD_WIRE_ERROR_LIMITS);
  g_clear_error (&error);
  put (&((TdSyncOp *)large->ops->pdata[0])->body, more);
  g_assert_null (td_sync_request_write (large, &error));
  g_assert_error (error, TD_WIRE_ERROR, TD_WIRE_ERROR_LIMITS);
  g_clear_error (&error);
  for (guint i = 0; i < full->ops->len; i++)
    put (&((TdSyncOp *)full->ops->pdata[i])->body, step);
  g_assert_null (td_sync_request_write (full, &error));
  g_assert_error (error, TD_WIRE_ERROR, TD_WIRE_ERROR_LIMITS);
}

/* A writer refuses what a reader would. */
static void
test_writer_checks (void)
{
  g_autoptr (TdSyncRequest) request = sample_request (1);
  g_autoptr (GError) error = NULL;

  put (&request->life, "nope");
  g_assert_null (td_sync_request_write (request, &error));
  g_assert_error (error, TD_WIRE_ERROR, TD_WIRE_ERROR_FORMAT);
}

/* Any byte changed: read, or refused with a code; never anything else. */
static void
test_flips (void)
{
  g_autoptr (TdSyncRequest) request = sample_request (2);
  g_autoptr (TdSyncAnswer) answer = sample_answer ();
  GBytes *messages[2] = { td_sync_request_write (request, NULL), td_sync_answer_write (answer, NULL) };

  for (guint m = 0; m < 2; m++)
    for (gsize i = 0; i < g_bytes_get_size (messages[m]); i++)
      for (guint bit = 0; bit < 8; bit += 3)
        {
          g_autofree char *copy = g_memdup2 (g_bytes_get_data (messages[m], NULL), g_bytes_get_size (messages[m]));
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (GError) error = NULL;
          gboolean read;

          copy[i] = (char)(copy[i] ^ (1 << bit));
          bytes = g_bytes_new (copy, g_bytes_get_size (messages[m]));
          if (m == 0)
            {
              g_autoptr (TdSyncRequest) back = td_sync_request_read (bytes, &error);

              read = back != NULL;
            }
          else
            {
              g_autoptr (TdSyncAnswer) back = td_sync_answer_read (bytes, &error);

              read = back != NULL;
            }
          g_assert_true (read == (error == NULL));
          g_assert_true (read || error->domain == TD_WIRE_ERROR);
        }
  for (guint m = 0; m < 2; m++)
    g_bytes_unref (messages[m]);
}

/* ---- answers nobody should believe ------------------------------------------------ */

static const Broken lies[] = {
  { "verdict-word", "\"v\":\"ok\"", "\"v\":\"yes\"", TD_WIRE_ERROR_LIMITS },
  { "verdict-ko", "\"v\":\"ok\"", "\"v\":\"ko\"", TD_WIRE_ERROR_FORMAT },
  { "refused-without-code", "\"code\":\"custody\",", "", TD_WIRE_ERROR_FORMAT },
  { "change-with-point", "\"name\":\"Hoà\"", "\"name\":1.5", TD_WIRE_ERROR_FORMAT },
  { "verdict-doubled", "\"i\":413", "\"i\":412", TD_WIRE_ERROR_FORMAT },
  { "change-without-body", "\"b\":{", "\"c\":{", TD_WIRE_ERROR_FORMAT },
  { "change-backwards", "\"q\":48212}", "\"q\":48213}", TD_WIRE_ERROR_FORMAT },
  { "change-zero", "\"q\":48212}", "\"q\":0}", TD_WIRE_ERROR_LIMITS },
  { "need-strange", "\"need\":[\"01", "\"need\":[\"..", TD_WIRE_ERROR_FORMAT },
  { "day", "\"day\":\"2025-07-08\"", "\"day\":\"2025-13-08\"", TD_WIRE_ERROR_FORMAT },
  { "cursor-empty", "\"cur\":\"e3.48260\"", "\"cur\":\"\"", TD_WIRE_ERROR_FORMAT },
  { "more-number", "\"more\":true", "\"more\":1", TD_WIRE_ERROR_FORMAT },
  { "head", "\"head\":\"01", "\"head\":\"", TD_WIRE_ERROR_FORMAT },
  { "res-object", "\"res\":[", "\"ros\":[", 0 },
};

static void
test_lie (gconstpointer data)
{
  const Broken *row = data;
  g_autoptr (TdSyncAnswer) answer = sample_answer ();
  g_autoptr (GBytes) good = td_sync_answer_write (answer, NULL);
  g_autofree char *text = text_of (good);
  g_autofree char *bad = replace_once (text, row->from, row->to);
  g_autoptr (GBytes) bytes = bytes_of (bad);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSyncAnswer) read = td_sync_answer_read (bytes, &error);

  /* No list at all reads as an empty one; the store sees that verdicts are missing. */
  if (strcmp (row->name, "res-object") == 0)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (read->res->len, ==, 0);
      return;
    }
  g_assert_null (read);
  g_assert_error (error, TD_WIRE_ERROR, (int)row->code);
}

static void
test_portal (void)
{
  const char *texts[] = { "<html>Log in</html>", "{}", "{\"ok\":true}", "{\"type\":\"about:blank\",\"status\":404}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (texts[i]);

      g_assert_null (td_sync_answer_read (bytes, NULL));
      g_assert_null (td_enrol_answer_read (bytes, NULL));
      g_assert_null (td_hello_read (bytes, NULL));
      g_assert_null (td_problem_read (bytes, NULL));
    }
}

static guint
count_of (const char *text, const char *word)
{
  guint count = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at++)
    count++;
  return count;
}

/* What follows from the operation before it is not said, and there again once it was read; what doesn't, is. */
static void
test_prev (void)
{
  g_autoptr (TdSyncRequest) request = sample_request (4);
  g_autoptr (TdSyncRequest) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  for (guint i = 1; i < 3; i++)
    {
      const TdSyncOp *before = request->ops->pdata[i - 1];
      TdSyncOp *op = request->ops->pdata[i];
      g_autofree char *digest = td_digest (before->body, -1);

      g_free (op->prev);
      op->prev = td_chain_next (before->prev, request->life, before->i, digest);
    }
  bytes = td_sync_request_write (request, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpuint (count_of (text, "\"prev\""), ==, 2);
  back = td_sync_request_read (bytes, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((TdSyncOp *)back->ops->pdata[i])->prev, ==, ((TdSyncOp *)request->ops->pdata[i])->prev);
}

/* ---- gzip ------------------------------------------------------------------------- */

static void
test_gzip (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  const gsize sizes[] = { 0, 1, 300, 65536, 100000 };

  for (guint i = 0; i < 100000; i++)
    text[i] = (char)('a' + (i * 7919 + i / 26) % 26);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) plain = g_bytes_new (text, sizes[i]);
      g_autoptr (GBytes) packed = td_gzip (plain);
      g_autoptr (GBytes) again = td_gzip (plain);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) back = td_gunzip (packed, 100000, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, back));
      g_assert_true (g_bytes_equal (packed, again));
    }
}

static void
expect_gunzip (GBytes *taken, gsize max, TdWireError code)
{
  g_autoptr (GBytes) bytes = taken;
  g_autoptr (GError) error = NULL;

  g_assert_null (td_gunzip (bytes, max, &error));
  g_assert_error (error, TD_WIRE_ERROR, (int)code);
}

static void
test_gzip_hostile (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *zeros = g_malloc0 (16 * 1024 * 1024);
  g_autoptr (GBytes) plain = g_bytes_new (text, 5000);
  g_autoptr (GBytes) packed = td_gzip (plain);
  g_autoptr (GBytes) bomb = NULL;
  g_autoptr (GBytes) field = g_bytes_new_static (zeros, 16 * 1024 * 1024);
  gsize length = g_bytes_get_size (packed);
  g_autoptr (GByteArray) tail = g_byte_array_new ();

  for (gsize cut = 0; cut < length; cut++)
    expect_gunzip (g_bytes_new_from_bytes (packed, 0, cut), 5000, TD_WIRE_ERROR_CODING);
  expect_gunzip (g_bytes_ref (packed), 4999, TD_WIRE_ERROR_LIMITS);
  expect_gunzip (bytes_of ("plain text"), 5000, TD_WIRE_ERROR_CODING);
  bomb = td_gzip (field);
  expect_gunzip (g_bytes_ref (bomb), G_MAXSIZE, TD_WIRE_ERROR_LIMITS);
  g_byte_array_append (tail, g_bytes_get_data (packed, NULL), (guint)length);
  g_byte_array_append (tail, (const guint8 *)"more", 4);
  expect_gunzip (g_byte_array_free_to_bytes (g_steal_pointer (&tail)), 5000, TD_WIRE_ERROR_CODING);
}

/* ---- headers and codes -------------------------------------------------------------- */

static void
test_headers (void)
{
  g_autofree char *path = td_blob_path (SCAN);

  g_assert_cmpstr (td_blob_sha (path), ==, SCAN);
  g_assert_null (td_blob_sha (NULL));
  g_assert_null (td_blob_sha ("/v1/blob/"));
  g_assert_null (td_blob_sha ("/v1/blob/" SCAN "0"));
  g_assert_null (td_blob_sha ("/v1/blob/../../etc/passwd"));
  g_assert_nonnull (td_bearer ("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-"));
  g_assert_nonnull (td_bearer ("bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_"));
  g_assert_null (td_bearer (NULL));
  g_assert_null (td_bearer ("Bearer "));
  g_assert_null (td_bearer ("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+"));
  g_assert_null (td_bearer ("Basic AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
  g_assert_cmpint (td_length ("17", 100), ==, 17);
  g_assert_cmpint (td_length ("101", 100), ==, -1);
  g_assert_cmpint (td_length ("-1", 100), ==, -1);
  g_assert_cmpint (td_length ("1, 2", 100), ==, -1);
  g_assert_cmpint (td_length ("0x10", 100), ==, -1);
  g_assert_cmpint (td_length ("", 100), ==, -1);
  g_assert_cmpint (td_length (NULL, 100), ==, -1);
}

static void
test_codes (void)
{
  g_autofree char *normal = td_code_normal (" abcd-efgh jkmn-pqrs-tvOl ");
  g_autofree char *shown = td_code_shown ("ABCDEFGHJKMNPQRSTV01");
  g_autofree char *print = td_code_print (HEX64);
  g_autofree char *code = g_strconcat ("ABCDEFGHJKMN", print, NULL);

  g_assert_cmpstr (normal, ==, "ABCDEFGHJKMNPQRSTV01");
  g_assert_cmpstr (shown, ==, "ABCD-EFGH-JKMN-PQRS-TV01");
  g_assert_null (td_code_normal (""));
  g_assert_null (td_code_normal ("ABCDEFGHJKMNPQRSTV0"));
  g_assert_null (td_code_normal ("ABCDEFGHJKMNPQRSTV012"));
  g_assert_null (td_code_normal ("ABCDEFGHJKMNPQRSTVU1"));
  g_assert_null (td_code_normal ("ABCDEFGHJKMNPQRSTVé1"));
  g_assert_true (td_code_fits (code, HEX64));
  code[15] = code[15] == 'A' ? 'B' : 'A';
  g_assert_false (td_code_fits (code, HEX64));
}

/* ---- data/exchange.md, its example ------------------------------------------------- */

static char **
document_lines (void)
{
  const char *root = g_getenv ("TD_DATADIR");
  g_autofree char *path = g_build_filename (root == NULL ? "data" : root, "exchange.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

/* The @nth line that begins with @start. */
static GBytes *
document_line (char **lines, const char *start, guint nth)
{
  for (; *lines != NULL; lines++)
    if (g_str_has_prefix (*lines, start) && nth-- == 0)
      return bytes_of (*lines);
  g_assert_not_reached ();
  return NULL;
}

static void
test_document_sync (void)
{
  g_auto (GStrv) lines = document_lines ();
  g_autoptr (GBytes) sent = document_line (lines, "{\"campaign\":\"\",\"cur\"", 0);
  g_autoptr (GBytes) told = document_line (lines, "{\"campaign\":", 2);
  g_autoptr (GBytes) enrolled = document_line (lines, "{\"code\":", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSyncRequest) request = td_sync_request_read (sent, &error);
  g_autoptr (TdSyncAnswer) answer = NULL;
  g_autoptr (TdEnrolRequest) enrol = NULL;
  g_autofree char *chain = g_strdup (TD_CHAIN_START);

  g_assert_no_error (error);
  answer = td_sync_answer_read (told, &error);
  g_assert_no_error (error);
  enrol = td_enrol_request_read (enrolled, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < request->ops->len; i++)
    {
      const TdSyncOp *op = request->ops->pdata[i];
      g_autoptr (TdOperation) operation = td_operation_parse (op->body, -1, &error);
      char *next;

      g_assert_no_error (error);
      g_assert_cmpstr (op->prev, ==, chain);
      g_assert_true (operation->kind == TD_OP_EDIT || td_verify (enrol->key, operation->digest, op->sig));
      next = td_chain_next (chain, request->life, op->i, operation->digest);
      g_free (chain);
      chain = next;
    }
  g_assert_cmpstr (request->tip, ==, chain);
  g_assert_true (td_verify (enrol->key, request->tip, request->sig));
  g_assert_cmpstr (answer->k, ==, request->k);
  g_assert_cmpuint (answer->res->len, ==, request->ops->len);
}

static void
test_document_enrolment (void)
{
  g_auto (GStrv) lines = document_lines ();
  g_autoptr (GBytes) sent = document_line (lines, "{\"code\":", 0);
  g_autoptr (GBytes) told = document_line (lines, "{\"campaign\":", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdEnrolRequest) request = td_enrol_request_read (sent, &error);
  g_autoptr (TdEnrolAnswer) answer = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  answer = td_enrol_answer_read (told, &error);
  g_assert_no_error (error);
  text = td_enrol_text (request->code, request->key);
  g_assert_true (td_verify (request->key, text, request->sig));
  g_assert_true (td_code_fits (request->code, answer->endpoint));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/request", test_request);
  g_test_add_func ("/wire/answer", test_answer);
  g_test_add_func ("/wire/enrolment", test_enrolment);
  g_test_add_func ("/wire/small-ones", test_small_ones);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/broken/", broken[i].name, NULL);

      g_test_add_data_func (path, &broken[i], test_broken);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/lies/", lies[i].name, NULL);

      g_test_add_data_func (path, &lies[i], test_lie);
    }
  g_test_add_func ("/wire/hostile/not-json", test_not_json);
  g_test_add_func ("/wire/hostile/deep", test_deep);
  g_test_add_func ("/wire/hostile/many-values", test_many_values);
  g_test_add_func ("/wire/hostile/too-large", test_too_large);
  g_test_add_func ("/wire/hostile/writer-checks", test_writer_checks);
  g_test_add_func ("/wire/hostile/flips", test_flips);
  g_test_add_func ("/wire/hostile/portal", test_portal);
  g_test_add_func ("/wire/request/prev", test_prev);
  g_test_add_func ("/wire/gzip/round-trip", test_gzip);
  g_test_add_func ("/wire/gzip/hostile", test_gzip_hostile);
  g_test_add_func ("/wire/headers", test_headers);
  g_test_add_func ("/wire/codes", test_codes);
  g_test_add_func ("/wire/document/sync", test_document_sync);
  g_test_add_func ("/wire/document/enrolment", test_document_enrolment);
  return g_test_run ();
}
