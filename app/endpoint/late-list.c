/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/late.h"

#include "dossier/state.h"
#include "endpoint/centre-private.h"
#include "endpoint/revoke.h"

#include <glib/gi18n.h>
#include <string.h>

/* What came too late, as the administrator reads it before deciding. */

#define SIGNS_SHOWN 300

static void
add_value (GString *lines, const char *name, JsonNode *node)
{
  g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                              ? g_strdup (json_node_get_string (node))
                              : td_json_canonical (node, NULL);
  g_autofree char *shown = text == NULL || g_utf8_strlen (text, -1) <= SIGNS_SHOWN
                               ? g_strdup (text)
                               : g_utf8_substring (text, 0, SIGNS_SHOWN);

  /* One line is one line, whatever was typed. */
  g_strdelimit (shown == NULL ? (shown = g_strdup ("")) : shown, "\n\r\t\033", ' ');
  g_string_append_printf (lines, "    %s: %s%s\n", name, shown, g_strcmp0 (text, shown) == 0 ? "" : "…");
}

static void
add_edit (GString *lines, JsonObject *members)
{
  g_autoptr (GList) paths
      = members == NULL ? NULL : g_list_sort (json_object_get_members (members), (GCompareFunc)strcmp);

  for (GList *l = paths; l != NULL; l = l->next)
    {
      JsonArray *pair = td_json_array (members, l->data);

      if (strcmp (l->data, "salt") != 0 && pair != NULL && json_array_get_length (pair) == 2)
        add_value (lines, l->data, json_array_get_element (pair, 1));
    }
}

static void
add_words (GString *lines, JsonObject *content)
{
  static const char *const shown[] = { "on",     "reason", "note",   "verdict", "kept",     "person", "paper",
                                       "number", "day",    "signer", "outcome", "receiver", "place",  NULL };

  for (guint i = 0; shown[i] != NULL; i++)
    if (json_object_has_member (content, shown[i]))
      add_value (lines, shown[i], json_object_get_member (content, shown[i]));
}

static char *
clock_text (gint64 at)
{
  g_autoptr (GTimeZone) vietnam = g_time_zone_new_offset (7 * 3600);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at);
  g_autoptr (GDateTime) there = time == NULL ? NULL : g_date_time_to_timezone (time, vietnam);

  return there == NULL ? g_strdup ("?") : g_date_time_format (there, "%H:%M %d/%m/%Y");
}

static void
add_operation (TdCentre *self, GString *lines, const TdLate *late)
{
  g_autoptr (TdOperation) operation = td_operation_parse (late->body, -1, NULL);
  g_autofree char *start = g_strndup (late->key, 4);
  g_autofree char *machine = g_ascii_strup (start, -1);
  g_autofree char *came = clock_text (late->at);
  g_autofree char *written = operation == NULL ? NULL : clock_text (operation->at);

  if (operation == NULL)
    {
      g_string_append_printf (lines, _ ("%s  machine %s, came %s: can't be read\n"), late->name, machine, came);
      return;
    }
  g_string_append_printf (lines, _ ("%s  machine %s, came %s: %s by %s (%s), %s by its clock\n"), late->name, machine,
                          came, operation->verb, operation->author, operation->position, written);
  if (operation->kind == TD_OP_EDIT)
    {
      g_string_append_printf (lines, "    %s %s\n", td_operation_text (operation, "t"),
                              td_operation_text (operation, "r"));
      add_edit (lines, td_json_object (operation->content, "f"));
    }
  else
    add_words (lines, operation->content);
}

char *
td_centre_list_late (TdCentre *self, const char *code, GError **error)
{
  g_autofree char *key = code == NULL ? NULL : td_centre_find_machine (self, code, TRUE, error);
  g_autoptr (GPtrArray) list = NULL;
  GString *lines;

  if (code != NULL && key == NULL)
    return NULL;
  list = self->journal->late (self->journal, key);
  if (!self->journal->ok (self->journal, error))
    return NULL;
  lines = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++)
    add_operation (self, lines, list->pdata[i]);
  return g_string_free (lines, FALSE);
}
