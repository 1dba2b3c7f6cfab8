/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "dossier/call-code.h"

#include <string.h>

/* The code of a trình as it is heard over the telephone. What is good is the same in any grouping, and a single wrong
 * digit is always noticed. */

static void
expect_noticed (const char *code, guint at, guint8 by)
{
  g_autofree char *wrong = g_strdup (code);
  g_autofree char *none = NULL;

  wrong[at] = (char)('0' + (wrong[at] - '0' + by) % 10);
  g_assert_cmpint (td_call_read (wrong, &none), ==, TD_CALL_CHECK);
  g_assert_null (none);
}

void
fuzz_call (const guint8 *data, gsize size)
{
  g_autofree char *typed = fuzz_string (data, size);
  g_autofree char *code = NULL;
  TdCallFault fault = td_call_read (typed, &code);
  g_autofree char *shown = code == NULL ? NULL : td_call_shown (code);
  g_autofree char *again = NULL;

  g_assert_true ((fault == TD_CALL_GOOD) == (code != NULL));
  if (code == NULL)
    return;
  g_assert_cmpuint (strlen (code), ==, TD_CALL_DIGITS);
  g_assert_cmpint (td_call_read (shown, &again), ==, TD_CALL_GOOD);
  g_assert_cmpstr (again, ==, code);
  for (guint at = 0; at < TD_CALL_DIGITS; at++)
    expect_noticed (code, at, (guint8)(1 + data[size - 1] % 9));
}
