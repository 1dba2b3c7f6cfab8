/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include "dossier/call-code.h"
#include "dossier/gather.h"

#include <string.h>

/* Codes read over the telephone (model.md 2.6): the digits, and what a noted call counts for. */

#define CALL_DAY "2025-07-09"

/* ---- the digits --------------------------------------------------------------------------- */

/* Some hundred codes, of real trình. */
static char *
some_code (guint number)
{
  g_autofree char *body = g_strdup_printf (
      "{\"at\":1,\"by\":{\"name\":\"A\",\"position\":\"B\"},\"id\":\"0190b3a0-0000-7000-8000-%012x\",\"k\":\"submit\","
      "\"letter\":\"%064x\",\"on\":[[\"0190b3a0-0000-7000-8000-00000000aaaa\",0,\"%064x\"]],\"quotes\":[],"
      "\"sub\":\"0190b3a0-0000-7000-8000-00000000bbbb\"}",
      number, number, number + 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOperation) operation = td_operation_parse (body, -1, &error);

  g_assert_no_error (error);
  return td_call_code_of (operation, "plan", "31447@2024-07-01");
}

static void
test_reads_back (void)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *code = some_code (i);
      g_autofree char *shown = td_call_shown (code);
      g_autofree char *read = NULL;

      g_assert_cmpuint (strlen (code), ==, TD_CALL_DIGITS);
      g_assert_cmpuint (strlen (shown), ==, TD_CALL_DIGITS + 6);
      g_assert_cmpint (td_call_read (shown, &read), ==, TD_CALL_GOOD);
      g_assert_cmpstr (read, ==, code);
    }
}

/* The same content gives the same code for ever: a program of next year must agree with one of today. */
static void
test_known_code (void)
{
  g_autofree char *code = some_code (1);
  g_autofree char *other = some_code (2);

  g_assert_cmpstr (code, ==, "194915499697254374206");
  g_assert_cmpstr (code, !=, other);
}

static void
expect_check (const char *typed)
{
  g_autofree char *read = NULL;

  g_assert_cmpint (td_call_read (typed, &read), ==, TD_CALL_CHECK);
  g_assert_null (read);
}

static void
test_every_wrong_digit (void)
{
  guint tried = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *code = some_code (i);

      for (guint at = 0; at < TD_CALL_DIGITS; at++)
        for (char digit = '0'; digit <= '9'; digit++)
          {
            g_autofree char *wrong = g_strdup (code);

            wrong[at] = digit;
            if (code[at] == digit)
              continue;
            expect_check (wrong);
            tried++;
          }
    }
  g_assert_cmpuint (tried, ==, 50 * TD_CALL_DIGITS * 9);
}

static void
test_every_transposition (void)
{
  guint tried = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *code = some_code (i);

      for (guint at = 0; at + 1 < TD_CALL_DIGITS; at++)
        {
          g_autofree char *wrong = g_strdup (code);

          wrong[at] = code[at + 1];
          wrong[at + 1] = code[at];
          if (code[at] == code[at + 1])
            continue;
          expect_check (wrong);
          tried++;
        }
    }
  g_assert_cmpuint (tried, >, 3000);
}

/* All pairs of digits in all states, not only those that these codes happen to have. */
static void
test_every_pair (void)
{
  for (guint prefix = 0; prefix < 1000; prefix++)
    {
      g_autofree char *typed = g_strdup_printf ("%03u00000000000000000", prefix);
      g_autofree char *good = NULL;
      char *read = NULL;

      for (char check = '0'; check <= '9' && good == NULL; check++)
        {
          g_autofree char *candidate = g_strdup_printf ("%s%c", typed, check);

          if (td_call_read (candidate, &read) == TD_CALL_GOOD)
            good = g_strdup (candidate);
          g_clear_pointer (&read, g_free);
        }
      g_assert_nonnull (good);
      for (guint at = 0; at < 3; at++)
        if (good[at] != good[at + 1])
          {
            g_autofree char *wrong = g_strdup (good);

            wrong[at] = good[at + 1];
            wrong[at + 1] = good[at];
            expect_check (wrong);
          }
    }
}

static void
test_typed_badly (void)
{
  static const struct
  {
    const char *typed;
    TdCallFault fault;
  } table[] = {
    { "", TD_CALL_SHORT },
    { "123 456", TD_CALL_SHORT },
    { "12345678901234567890123", TD_CALL_LONG },
    { "123 456 789 o12 345 678 901", TD_CALL_SIGNS },
    { "１２３", TD_CALL_SIGNS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *read = NULL;

      g_assert_cmpint (td_call_read (table[i].typed, &read), ==, (int)table[i].fault);
      g_assert_null (read);
    }
}

/* ---- what a call counts for ------------------------------------------------------------------ */

/* The code of the commune's trình as its desk shows it, before anybody else knows. */
static char *
code_of_submit (Scene *scene, JsonObject *content)
{
  g_autoptr (TdOperation) operation = td_operation_close (json_object_ref (content), NULL);

  g_assert_nonnull (operation);
  return td_call_code_of (operation, td_campaign_id (scene->campaign), scene->units_of[COMMUNE]);
}

static const char *
note_call_of (Scene *scene, Desk desk, const char *code, const char *unit, const char *day, const char *time)
{
  g_autofree char *id = td_call_id (td_campaign_id (scene->campaign), unit, code);

  return scene_apply (scene, desk,
                      scene_step (scene, "attest", ON (id), ON ("unit", unit, "code", code, "day", day, "time", time)));
}

static const char *
note_call (Scene *scene, const char *code)
{
  return note_call_of (scene, DISTRICT, code, scene->units_of[COMMUNE], CALL_DAY, "16:05");
}

static TdDate
reached (Scene *scene, const char *dossier)
{
  return td_reached_on (scene->state, dossier, td_units_get (scene->units, scene->units_of[DISTRICT]));
}

static const TdReceipt *
call_of_unit (Scene *scene, const char *unit, const char *code)
{
  g_autofree char *id = td_call_id (td_campaign_id (scene->campaign), unit, code);
  GPtrArray *calls = td_state_receipts (scene->state, id);

  g_assert_nonnull (calls);
  return calls->pdata[0];
}

static const TdReceipt *
call_of (Scene *scene, const char *code)
{
  return call_of_unit (scene, scene->units_of[COMMUNE], code);
}

static JsonObject *
ready (Scene *scene) /* owned */
{
  scene_advance (scene, "draft");
  scene->day = td_date_parse_iso (CALL_DAY);
  return scene_submit (scene, COMMUNE, scene->letter, ON (scene->collective, scene->person));
}

static char *
code_of_ready (Scene *scene)
{
  g_autoptr (JsonObject) submit = ready (scene);

  return code_of_submit (scene, submit);
}

/* A week passes between the call and the stick. */
static void
test_call_then_content (void)
{
  Scene *scene = scene_new ();
  JsonObject *submit = ready (scene);
  g_autofree char *code = code_of_submit (scene, submit);

  assert_code (note_call (scene, code), "");
  g_assert_cmpstr (call_of (scene, code)->submit, ==, "");
  g_assert_cmpint (reached (scene, scene->person), ==, TD_DATE_NONE);
  scene->day = td_date_parse_iso ("2025-07-16");
  assert_code (scene_apply (scene, COMMUNE, submit), "");
  g_assert_cmpstr (call_of (scene, code)->submit, !=, "");
  g_assert_cmpint (reached (scene, scene->person), ==, td_date_parse_iso (CALL_DAY));
  g_assert_cmpint (reached (scene, scene->collective), ==, td_date_parse_iso (CALL_DAY));
  g_assert_true (scene_shown (scene, COMMUNE, "receipt", scene->person));
  g_assert_true (scene_shown (scene, DISTRICT, "receipt", scene->person));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "receipt", scene->person));
  scene_free (scene);
}

/* The line was there after all: the call is noted when the content has come. */
static void
test_content_then_call (void)
{
  Scene *scene = scene_new ();
  JsonObject *submit = ready (scene);
  g_autofree char *code = code_of_submit (scene, submit);

  scene->day = td_date_parse_iso ("2025-07-16");
  assert_code (scene_apply (scene, COMMUNE, submit), "");
  g_assert_cmpint (reached (scene, scene->person), ==, scene->day);
  assert_code (note_call (scene, code), "");
  g_assert_cmpstr (call_of (scene, code)->submit, !=, "");
  g_assert_cmpint (reached (scene, scene->person), ==, td_date_parse_iso (CALL_DAY));
  g_assert_cmpint (reached (scene, scene->collective), ==, td_date_parse_iso (CALL_DAY));
  scene_free (scene);
}

/* One word changed after the call: nothing counts, and both codes can be seen. */
static void
test_other_content (void)
{
  Scene *scene = scene_new ();
  g_autofree char *code = code_of_ready (scene);
  g_autoptr (GPtrArray) submits = NULL;

  assert_code (note_call (scene, code), "");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "achievement", "Một câu khác"), "");
  scene->day = td_date_parse_iso ("2025-07-16");
  assert_code (scene_apply (scene, COMMUNE,
                            scene_submit (scene, COMMUNE, scene->letter, ON (scene->collective, scene->person))),
               "");
  g_assert_cmpstr (call_of (scene, code)->submit, ==, "");
  g_assert_cmpint (reached (scene, scene->person), ==, scene->day);
  submits = td_call_submits (scene->state, scene->units, td_campaign_id (scene->campaign), scene->units_of[COMMUNE]);
  g_assert_cmpuint (submits->len, ==, 1);
  g_assert_cmpstr (((TdCallSubmit *)submits->pdata[0])->code, !=, code);
  scene_free (scene);
}

/* The letter is part of what was announced. */
static void
test_other_letter (void)
{
  Scene *scene = scene_new ();
  g_autofree char *code = code_of_ready (scene);

  assert_code (note_call (scene, code), "");
  assert_code (scene_edit (scene, COMMUNE, scene->letter, "submission", "letter/number", "99/TTr-UBND"), "");
  assert_code (scene_apply (scene, COMMUNE,
                            scene_submit (scene, COMMUNE, scene->letter, ON (scene->collective, scene->person))),
               "");
  g_assert_cmpstr (call_of (scene, code)->submit, ==, "");
  scene_free (scene);
}

/* Only an officer of the unit it goes to, for a unit below, with a whole code, a time, and not of the future. */
static void
test_rights (void)
{
  Scene *scene = scene_new ();
  g_autofree char *code = code_of_ready (scene);
  g_autofree char *bad = g_strdup (code);
  const char *unit = scene->units_of[COMMUNE];
  g_autofree char *wrong_id = scene_id (scene);

  bad[3] = bad[3] == '9' ? '0' : (char)(bad[3] + 1);
  assert_code (note_call_of (scene, BOARD, code, unit, CALL_DAY, "16:05"), "unit");
  assert_code (note_call_of (scene, NEIGHBOUR, code, unit, CALL_DAY, "16:05"), "unit");
  assert_code (note_call_of (scene, COMMUNE, code, unit, CALL_DAY, "16:05"), "unit");
  assert_code (note_call_of (scene, DISTRICT, code, scene->units_of[DISTRICT], CALL_DAY, "16:05"), "unit");
  assert_code (note_call_of (scene, DISTRICT, bad, unit, CALL_DAY, "16:05"), "code");
  assert_code (note_call_of (scene, DISTRICT, code, unit, CALL_DAY, "25:00"), "date");
  assert_code (note_call_of (scene, DISTRICT, code, unit, CALL_DAY, ""), "date");
  assert_code (note_call_of (scene, DISTRICT, code, unit, "2025-07-10", "16:05"), "date");
  assert_code (scene_apply (scene, DISTRICT,
                            scene_step (scene, "attest", ON (wrong_id),
                                        ON ("unit", unit, "code", code, "day", CALL_DAY, "time", "16:05"))),
               "unknown");
  /* A code of another unit's trình, or of another plan, matches nothing. */
  assert_code (note_call_of (scene, DISTRICT, code, scene->units_of[NEIGHBOUR], CALL_DAY, "16:05"), "");
  g_assert_cmpstr (call_of_unit (scene, scene->units_of[NEIGHBOUR], code)->submit, ==, "");
  scene_free (scene);
}

/* The officer took another commune in the list: it counts for nobody until it is noted as whose it is, and neither is
 * told of what was noted as the other's. */
static void
test_wrong_unit (void)
{
  Scene *scene = scene_new ();
  JsonObject *submit = ready (scene);
  g_autofree char *code = code_of_submit (scene, submit);
  const char *campaign = td_campaign_id (scene->campaign), *neighbour = scene->units_of[NEIGHBOUR];
  g_autofree char *right = td_call_id (campaign, scene->units_of[COMMUNE], code);
  g_autofree char *wrong = td_call_id (campaign, neighbour, code);

  assert_code (note_call_of (scene, DISTRICT, code, neighbour, CALL_DAY, "16:05"), "");
  scene->day = td_date_parse_iso ("2025-07-16");
  assert_code (scene_apply (scene, COMMUNE, submit), "");
  g_assert_cmpstr (call_of_unit (scene, neighbour, code)->submit, ==, "");
  g_assert_cmpint (reached (scene, scene->person), ==, scene->day);
  assert_code (note_call (scene, code), "");
  g_assert_cmpint (reached (scene, scene->person), ==, td_date_parse_iso (CALL_DAY));
  g_assert_cmpstr (call_of_unit (scene, neighbour, code)->submit, ==, "");
  g_assert_true (scene_shown (scene, COMMUNE, "receipt", right));
  g_assert_false (scene_shown (scene, NEIGHBOUR, "receipt", right));
  g_assert_false (scene_shown (scene, COMMUNE, "receipt", wrong));
  scene_free (scene);
}

/* Noted twice, the earlier call counts; the second trình after a return is another code. */
static void
test_twice (void)
{
  Scene *scene = scene_new ();
  JsonObject *submit = ready (scene);
  g_autofree char *code = code_of_submit (scene, submit);

  assert_code (note_call_of (scene, DISTRICT, code, scene->units_of[COMMUNE], CALL_DAY, "16:05"), "");
  assert_code (note_call_of (scene, DISTRICT, code, scene->units_of[COMMUNE], "2025-07-08", "08:00"), "");
  scene->day = td_date_parse_iso ("2025-07-16");
  assert_code (scene_apply (scene, COMMUNE, submit), "");
  g_assert_cmpint (reached (scene, scene->person), ==, td_date_parse_iso ("2025-07-08"));
  scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-code/reads-back", test_reads_back);
  g_test_add_func ("/call-code/known", test_known_code);
  g_test_add_func ("/call-code/every-wrong-digit", test_every_wrong_digit);
  g_test_add_func ("/call-code/every-transposition", test_every_transposition);
  g_test_add_func ("/call-code/every-pair", test_every_pair);
  g_test_add_func ("/call-code/typed-badly", test_typed_badly);
  g_test_add_func ("/call/then-content", test_call_then_content);
  g_test_add_func ("/call/after-content", test_content_then_call);
  g_test_add_func ("/call/other-content", test_other_content);
  g_test_add_func ("/call/other-letter", test_other_letter);
  g_test_add_func ("/call/rights", test_rights);
  g_test_add_func ("/call/wrong-unit", test_wrong_unit);
  g_test_add_func ("/call/twice", test_twice);
  return g_test_run ();
}
