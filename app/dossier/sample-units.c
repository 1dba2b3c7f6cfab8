/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/sample-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* The file has no member for the kind of a unit: localities and provincial
 * bodies are those of the units file, and banks, enterprises and cooperatives
 * of its own are known by the beginning of their id. */

static const struct
{
  const char *prefix;
  const char *kind;
  const char *phase_level;
  const char *category;
  int quota;
} KINDS[] = {
  { "dn-", "doanh_nghiep", "CO_SO", "b", 1 },
  { "htx-", "hop_tac_xa", "CO_SO", "b", 1 },
  { "nh-", "co_quan_ngan_hang", "HUYEN_TUONG_DUONG", "", 1 },
};

static JsonObject *
find_row (JsonArray *rows, const char *code)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = td_json_element_object (rows, i);

      if (row != NULL && g_strcmp0 (td_json_string (row, "code"), code) == 0)
        return row;
    }
  return NULL;
}

static JsonObject *
new_row (const TdCampaign *campaign, const char *code, const char *name)
{
  g_autofree char *from = td_date_to_iso (td_campaign_start (campaign));
  JsonObject *row = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      if (!g_str_has_prefix (code, KINDS[i].prefix))
        continue;
      row = json_object_new ();
      json_object_set_string_member (row, "code", code);
      json_object_set_string_member (row, "kind", KINDS[i].kind);
      json_object_set_string_member (row, "level", "body");
      json_object_set_string_member (row, "phaseLevel", KINDS[i].phase_level);
      json_object_set_string_member (row, "parent", td_campaign_board (campaign));
      json_object_set_string_member (row, "name", name);
      json_object_set_string_member (row, "fullName", name);
      json_object_set_string_member (row, "category", KINDS[i].category);
      json_object_set_int_member (row, "individualQuota", KINDS[i].quota);
      json_object_set_string_member (row, "validFrom", from);
      return row;
    }
  return NULL;
}

/* "Sở Xây dựng (hợp nhất 19/02/2025)": the day in it, else the campaign's last. */
static char *
day_in (const char *text, const TdCampaign *campaign)
{
  g_auto (GStrv) words = g_strsplit_set (text, " (),;", -1);
  TdDate day = TD_DATE_NONE;

  for (guint i = 0; words[i] != NULL && day == TD_DATE_NONE; i++)
    if (strchr (words[i], '/') != NULL)
      day = td_date_parse_typed (words[i]);
  return td_date_to_iso (day == TD_DATE_NONE ? td_campaign_end (campaign) : day);
}

static gboolean
is_blank (JsonObject *row, const char *name)
{
  const char *text = td_json_string (row, name);

  return text == NULL || *text == '\0';
}

/* What the file says of a unit beyond the units file. */
static void
amend (JsonObject *row, JsonObject *json, const TdCampaign *campaign)
{
  const char *organisation = td_json_string (json, "partyOrganisation");
  const char *successor = td_json_string (json, "successor");
  JsonNode *block = json_object_get_member (json, "inEmulationBlock");

  if (organisation != NULL && is_blank (row, "partyOrganisation"))
    json_object_set_string_member (row, "partyOrganisation", organisation);
  if (block != NULL && JSON_NODE_HOLDS_VALUE (block))
    json_object_set_boolean_member (row, "inBlock", td_json_bool (json, "inEmulationBlock", FALSE));
  if (successor != NULL && *successor != '\0' && is_blank (row, "reorganisedOn"))
    {
      g_autofree char *day = day_in (successor, campaign);

      json_object_set_string_member (row, "successor", successor);
      json_object_set_string_member (row, "reorganisedOn", day);
    }
}

/** td_sample_units: @units with what the file says of them; owned, NULL on error. */
TdUnits *
td_sample_units (JsonObject *root, const TdCampaign *campaign, const TdUnits *units, GError **error)
{
  const char *source = td_units_source (units);
  g_autoptr (JsonObject) file = td_json_parse_object (source, -1, strlen (source) + 1, error);
  JsonArray *rows = file == NULL ? NULL : td_json_array (file, "units");
  JsonArray *said = td_json_array (root, "units");
  g_autofree char *text = NULL;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; said != NULL && i < json_array_get_length (said); i++)
    {
      JsonObject *json = td_json_element_object (said, i);
      const char *code = json == NULL ? NULL : td_json_string (json, "code");
      const char *name = json == NULL ? NULL : td_json_string (json, "name");
      JsonObject *row = code == NULL ? NULL : find_row (rows, code);

      if (row == NULL && code != NULL)
        {
          row = new_row (campaign, code, name == NULL || *name == '\0' ? code : name);
          if (row != NULL)
            json_array_add_object_element (rows, row);
        }
      if (row != NULL)
        amend (row, json, campaign);
    }
  text = td_json_canonical_object (file);
  return td_units_parse (text, -1, error);
}

/** td_sample_unit: the unit whose code is member @name of @object; NULL after a fault. */
const TdUnit *
td_sample_unit (TdSampleReader *self, JsonObject *object, const char *name)
{
  const char *code = td_shape_text (&self->shape, object, name);
  const TdUnit *unit = td_units_by_code (self->sample->units, code, td_campaign_start (self->campaign));

  if (unit == NULL)
    unit = td_units_by_code (self->sample->units, code, td_campaign_end (self->campaign));
  if (unit == NULL)
    td_shape_fault (&self->shape, TD_CAMPAIGN_ERROR_CONTRADICTION, name, _ ("the unit “%s” is unknown"), code);
  return unit;
}
