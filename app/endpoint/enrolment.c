/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/acting.h"
#include "endpoint/admit.h"
#include "endpoint/centre-private.h"
#include "endpoint/import.h"
#include "wire/bundle.h"

#include <string.h>

/* What a unit that never has a line is handed over (model.md 4.3). */

static void
replace (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

typedef struct
{
  TdCentre *centre;
  const TdUnit *upper;
  GPtrArray *keys;
} Directory;

static gboolean
add_device (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  Directory *directory = data;
  TdState *state;
  const TdDevice *device;
  const TdUnit *unit;

  if (strcmp (kind, "device") != 0 || directory->keys->len >= TD_BUNDLE_BOXES_MAX - 1)
    return TRUE;
  state = td_centre_state (directory->centre);
  device = td_state_device (state, id);
  unit = device == NULL ? NULL : td_device_unit (directory->centre->units, device);
  if (unit == directory->upper && !device->revoked)
    g_ptr_array_add (directory->keys, g_strdup (id));
  td_state_free (state);
  return TRUE;
}

static char **
keys_above (TdCentre *self, const char *unit)
{
  const TdUnit *found = td_units_get (self->units, unit);
  Directory directory = { self, found == NULL ? NULL : td_units_next_hop (self->units, found), NULL };

  directory.keys = g_ptr_array_new_with_free_func (g_free);
  if (directory.upper != NULL)
    self->journal->each_entity (self->journal, add_device, &directory);
  g_ptr_array_add (directory.keys, NULL);
  return (char **)g_ptr_array_free (directory.keys, FALSE);
}

GBytes *
td_centre_make_enrolment (
    TdCentre *self, const char *unit, const char *roles, const char *url, const TdMoment *moment, GError **error)
{
  g_autoptr (TdEnrolment) file = td_enrolment_new ();

  g_return_val_if_fail (self != NULL && unit != NULL && roles != NULL && moment != NULL, NULL);

  replace (&file->code, td_centre_make_long_code (self, unit, roles, moment, &file->unit, &file->expires, error));
  if (file->code == NULL)
    return NULL;
  replace (&file->roles, g_strdup (roles));
  replace (&file->endpoint, g_strdup (self->key));
  replace (&file->url, g_strdup (url == NULL ? "" : url));
  replace (&file->ca, td_centre_ca (self));
  if (moment->practice)
    replace (&file->day, td_date_to_iso (moment->day));
  replace (&file->campaign, g_strdup (td_campaign_source (self->campaign)));
  replace (&file->units, g_strdup (td_units_source (self->units)));
  g_strfreev (file->recipients);
  file->recipients = keys_above (self, file->unit);
  return td_enrolment_write (file, self->secret, error);
}
