/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The plan and the units this desk works with, and who it is among them. */

static GBytes *
first_file (const char *folder, const char *name)
{
  g_autoptr (GDir) dir = name == NULL ? g_dir_open (folder, 0, NULL) : NULL;
  g_autofree char *best = g_strdup (name);
  g_autofree char *path = NULL;
  const char *entry;
  char *data;
  gsize length;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (entry, ".json") && (best == NULL || strcmp (entry, best) < 0))
      {
        g_free (best);
        best = g_strdup (entry);
      }
  if (best == NULL)
    return NULL;
  path = g_build_filename (folder, best, NULL);
  return g_file_get_contents (path, &data, &length, NULL) ? g_bytes_new_take (data, length) : NULL;
}

/* What the endpoint gave comes before what was installed with the program. */
static GBytes *
document (TdDesk *self, const char *name, const char *folder, const char *file)
{
  GBytes *bytes = td_store_document (self->store, name);
  g_autofree char *path = g_build_filename (self->datadir, folder, NULL);

  return bytes != NULL ? bytes : first_file (path, file);
}

static gboolean
file_fault (GError **error, const char *sentence, const GError *cause)
{
  g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE, sentence, cause == NULL ? "" : cause->message);
  return FALSE;
}

static TdCampaign *
load_campaign (TdDesk *self, GError **error)
{
  g_autofree char *chosen = td_store_get (self->store, TD_META_PLAN);
  g_autoptr (GBytes) bytes = document (self, "campaign", "campaigns", *chosen == '\0' ? NULL : chosen);
  g_autoptr (GError) cause = NULL;
  TdCampaign *campaign;

  if (bytes == NULL)
    {
      td_desk_fail (error, TD_DESK_ERROR_FILE, _ ("No plan was found. Install the program again."));
      return NULL;
    }
  campaign = td_campaign_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), &cause);
  if (campaign == NULL)
    file_fault (error, _ ("The plan can't be read: %s"), cause);
  return campaign;
}

static TdUnits *
load_units (TdDesk *self, const TdCampaign *campaign, GError **error)
{
  g_autoptr (GBytes) bytes = document (self, "units", "units", td_campaign_units_file (campaign));
  g_autoptr (GError) cause = NULL;
  TdUnits *units;

  if (bytes == NULL)
    {
      td_desk_fail (error, TD_DESK_ERROR_FILE, _ ("No list of units was found. Install the program again."));
      return NULL;
    }
  units = td_units_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), &cause);
  if (units == NULL)
    file_fault (error, _ ("The list of units can't be read: %s"), cause);
  return units;
}

/* The unit that acts today for the one this desk was set up for; which of several, says the directory. */
static const TdUnit *
unit_now (TdDesk *self, const char *key)
{
  const TdUnit *written = *key == '\0' ? NULL : td_units_get (self->units, key);
  g_autoptr (TdState) mirror = NULL;
  const TdDevice *device;

  if (written == NULL || written->heirs == NULL)
    return written == NULL ? NULL : written->acting;
  mirror = td_store_view (self->store, self->campaign, self->units, td_desk_today (self));
  device = td_state_device (mirror, td_store_key (self->store));
  return device == NULL ? written->acting : td_device_unit (self->units, device);
}

/** td_desk_find_unit: whose desk this is and with which roles, as the data base says. */
void
td_desk_find_unit (TdDesk *self)
{
  g_autofree char *key = td_store_get (self->store, TD_META_UNIT);
  gboolean reviews;

  self->unit = unit_now (self, key);
  g_free (self->roles);
  self->roles = td_store_get (self->store, TD_META_ROLES);
  if (self->unit == NULL || *self->roles != '\0')
    return;
  reviews = strcmp (self->unit->code, td_campaign_reviewer (self->campaign)) == 0;
  g_free (self->roles);
  self->roles = g_strdup (self->unit->upper == NULL ? "OLAS" : reviews ? "OLR" : "OL");
}

/** td_desk_load_files: the plan, the units and who this desk is, anew. */
gboolean
td_desk_load_files (TdDesk *self, GError **error)
{
  TdCampaign *campaign = load_campaign (self, error);
  TdUnits *units = campaign == NULL ? NULL : load_units (self, campaign, error);

  if (units == NULL)
    {
      td_campaign_unref (campaign);
      return FALSE;
    }
  td_desk_forget (self);
  td_campaign_unref (self->campaign);
  td_units_unref (self->units);
  self->campaign = campaign;
  self->units = units;
  td_desk_find_unit (self);
  return TRUE;
}
