/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "dossier/operation.h"

#include <string.h>

/* The one door for JSON, and the body of an operation behind it. */

static void
expect_same (JsonNode *node)
{
  g_autofree char *text = td_json_canonical (node, NULL);
  g_autoptr (JsonNode) back = NULL;
  g_autofree char *again = NULL;

  if (text == NULL)
    return;
  back = td_json_parse (text, -1, strlen (text), TD_JSON_MAX_DEPTH, NULL);
  g_assert_nonnull (back);
  again = td_json_canonical (back, NULL);
  g_assert_cmpstr (text, ==, again);
}

static void
read_operation (const char *text, gsize size)
{
  g_autoptr (TdOperation) operation = td_operation_parse (text, (gssize)size, NULL);
  g_autoptr (GArray) named = NULL;
  g_autoptr (TdOperation) again = NULL;

  if (operation == NULL)
    return;
  again = td_operation_parse (operation->body, -1, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->digest, ==, operation->digest);
  if (operation->kind != TD_OP_STEP && operation->kind != TD_OP_OPINION)
    return;
  named = td_operation_named (operation);
  g_assert_cmpuint (named->len, <=, TD_STEP_DOSSIERS_MAX);
}

void
fuzz_json (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) node = td_json_parse ((const char *)data, (gssize)size, 65536, TD_JSON_MAX_DEPTH, NULL);

  if (node != NULL)
    expect_same (node);
  read_operation ((const char *)data, size);
}
