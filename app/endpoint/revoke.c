/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/revoke.h"

#include "endpoint/centre-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define CODE_SIGNS 4 /* at least; a desk shows as many of its key */

typedef struct
{
  TdCentre *centre;
  GString *lines; /* what is listed, or NULL */
  char *code;     /* what is looked for, or NULL */
  char *key;      /* the last one found */
  guint found;
  gboolean revoked; /* those count too */
} Search;

static void
add_device (Search *search, const char *key, JsonObject *json)
{
  const char *unit = td_json_string (json, "unit");
  const TdUnit *known = unit == NULL ? NULL : td_units_get (search->centre->units, unit);
  g_autofree char *start = g_strndup (key, CODE_SIGNS);
  g_autofree char *code = g_ascii_strup (start, -1);
  g_autofree char *waits = NULL;
  gint64 late;

  search->centre->journal->count_late (search->centre->journal, key, TD_LATE_WAITS, &late, NULL);
  if (late > 0)
    waits = g_strdup_printf (ngettext ("  %d change came too late, see --late",
                                       "  %d changes came too late, see --late", (gulong)late),
                             (int)late);
  g_string_append_printf (search->lines, "%s  %s  %s  %s%s%s\n", code, key, known == NULL ? unit : known->full_name,
                          td_json_string (json, "roles"),
                          td_json_bool (json, "revoked", FALSE) ? _ ("  (revoked)") : "", waits == NULL ? "" : waits);
}

/* The endpoint's own key is nobody's machine. */
static gboolean
see_device (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  Search *search = data;
  g_autoptr (JsonObject) json = NULL;

  if (strcmp (kind, "device") != 0 || strcmp (id, search->centre->key) == 0)
    return TRUE;
  json = td_json_parse_object (body, -1, TD_STEP_MAX, NULL);
  if (json == NULL)
    return TRUE;
  if (search->lines != NULL)
    add_device (search, id, json);
  else if (g_str_has_prefix (id, search->code) && (search->revoked || !td_json_bool (json, "revoked", FALSE)))
    {
      g_free (search->key);
      search->key = g_strdup (id);
      search->found++;
    }
  return TRUE;
}

char *
td_centre_devices (TdCentre *self)
{
  Search search = { self, g_string_new (NULL), NULL, NULL, 0, FALSE };

  self->journal->each_entity (self->journal, see_device, &search);
  return g_string_free (search.lines, FALSE);
}

char *
td_centre_find_machine (TdCentre *self, const char *code, gboolean revoked, GError **error)
{
  g_autofree char *start = g_ascii_strdown (code, -1);
  Search search = { self, NULL, start, NULL, 0, revoked };

  if (strlen (start) >= CODE_SIGNS)
    self->journal->each_entity (self->journal, see_device, &search);
  if (search.found == 1)
    return search.key;
  g_free (search.key);
  g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT,
               search.found == 0 ? revoked ? _ ("no machine has the code “%s”; see --devices")
                                           : _ ("no machine that may exchange has the code “%s”; see --devices")
                                 : _ ("several machines have the code “%s”: name more signs of the key, see --devices"),
               code);
  return NULL;
}

gboolean
td_centre_revoke (TdCentre *self, const char *code, const TdMoment *moment, GError **error)
{
  TdJournal *journal = self->journal;
  g_autofree char *key = td_centre_find_machine (self, code, FALSE, error);
  g_autofree char *refusal = NULL;
  JsonObject *content;

  if (key == NULL || !journal->begin (journal, error))
    return FALSE;
  content = td_centre_begin ("revoke", moment);
  json_object_set_string_member (content, "key", key);
  refusal = td_centre_own (self, content, moment);
  if (refusal == NULL)
    return journal->commit (journal, error);
  journal->rollback (journal);
  g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT, _ ("the machine can't be revoked: %s"), refusal);
  return FALSE;
}
