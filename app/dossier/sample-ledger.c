/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/sample-private.h"
#include "text/decimal.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* The catalogue and the ledgers of the file: projects, ratings, targets, events. */

typedef struct
{
  const char *name; /* of the file */
  const char *path; /* of the record */
} Member;

static void
put_cell (TdRecord *record, const char *prefix, const char *key, const char *member, const char *text)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);

  td_sample_put (record, path, text);
}

static void
put_number (TdSampleReader *self,
            TdRecord *record,
            const char *row,
            const char *member,
            JsonObject *json,
            const char *name,
            gboolean words)
{
  const char *text = td_shape_text_or (&self->shape, json, name, "");
  g_autofree char *path = g_strdup_printf ("%s/%s", row, member);
  TdDecimal value;

  if (*text != '\0' && !words && !td_decimal_parse (text, &value))
    td_shape_fault (&self->shape, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("“%s” is no number such as 1234.5"), text);
  td_sample_put (record, path, text);
}

/* ---- targets and indicators ------------------------------------------------------ */

static void
read_target (TdSampleReader *self, TdRecord *record, JsonObject *json, const char *key, guint order)
{
  g_autofree char *row = g_strdup_printf ("target/%s", key);
  g_autofree char *date = g_strdup_printf ("target/%s/result_date", key);
  g_autofree char *place = g_strdup_printf ("%u", order);
  const char *direction = td_shape_text_or (&self->shape, json, "direction", "");
  gboolean words = td_direction_parse (direction) == TD_DIRECTION_QUALITATIVE;

  put_cell (record, "target", key, "name", td_shape_text (&self->shape, json, "name"));
  put_cell (record, "target", key, "unit", td_shape_text_or (&self->shape, json, "unit", ""));
  put_cell (record, "target", key, "direction", direction);
  put_cell (record, "target", key, "basis", td_shape_text_or (&self->shape, json, "basis", ""));
  put_cell (record, "target", key, "order", place);
  put_number (self, record, row, "plan", json, "plan", words);
  put_number (self, record, row, "actual", json, "actual", words);
  put_number (self, record, row, "cap", json, "cap", words);
  put_number (self, record, row, "by_half_year", json, "byHalfYear", words);
  td_sample_put_date (self, record, date, json, "resultDate");
}

static void
read_indicator (TdSampleReader *self, TdRecord *record, JsonObject *json, const char *key, guint order)
{
  static const Member members[] = { { "actual2023", "actual_2023" }, { "target2025", "target_2025" },
                                    { "plan2024", "plan_2024" },     { "result2024", "result_2024" },
                                    { "plan2025", "plan_2025" },     { "resultAt20250630", "result_half_2025" } };
  g_autofree char *row = g_strdup_printf ("indicator/%s", key);
  g_autofree char *place = g_strdup_printf ("%u", order);

  put_cell (record, "indicator", key, "name", td_shape_text (&self->shape, json, "name"));
  put_cell (record, "indicator", key, "unit", td_shape_text_or (&self->shape, json, "unit", ""));
  put_cell (record, "indicator", key, "order", place);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    put_number (self, record, row, members[i].path, json, members[i].name, FALSE);
}

typedef void (*ReadRow) (TdSampleReader *self, TdRecord *record, JsonObject *json, const char *key, guint order);

static void
read_rows (TdSampleReader *self, TdRecord *record, JsonObject *json, const char *name, const char *id, ReadRow read)
{
  JsonArray *rows = json_object_has_member (json, name) ? td_shape_array (&self->shape, json, name) : NULL;
  gsize token = td_shape_enter (&self->shape, name);

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows) && td_shape_ok (&self->shape); i++)
    {
      gsize place = td_shape_enter_index (&self->shape, i);
      g_autofree char *key = td_sample_name (self, name, id, i + 1);

      read (self, record, td_shape_item (&self->shape, rows, i), key, i + 1);
      td_shape_leave (&self->shape, place);
    }
  td_shape_leave (&self->shape, token);
}

/* ---- the catalogue ------------------------------------------------------------------ */

void
td_sample_read_project (TdSampleReader *self, JsonObject *json)
{
  const char *id = td_shape_text (&self->shape, json, "id");
  g_auto (GStrv) units = td_shape_texts_or (&self->shape, json, "coordinatingUnits");
  g_autofree char *coordinating = g_strjoinv ("\n", units);
  const TdUnit *board
      = td_units_by_code (self->sample->units, td_campaign_board (self->campaign), td_campaign_start (self->campaign));
  TdRecord *record;

  if (board == NULL || !td_shape_ok (&self->shape))
    return;
  record = td_sample_record (self, id, "project", board, NULL);
  td_sample_put (record, "kind", td_shape_text_or (&self->shape, json, "kind", ""));
  td_sample_put (record, "name", td_shape_text (&self->shape, json, "name"));
  td_sample_put (record, "lead", td_shape_text_or (&self->shape, json, "leadUnit", ""));
  td_sample_put (record, "basis", td_shape_text_or (&self->shape, json, "basis", ""));
  td_record_set_text (record, "coordinating", coordinating);
  if (td_shape_flag_or (&self->shape, json, "breakthrough", FALSE))
    td_sample_put (record, "breakthrough", "yes");
  read_rows (self, record, json, "targets", id, read_target);
}

/* How well and how many targets were exceeded: said by the file of the unit, kept on the
 * project. The rank the file gives follows from the catalogue and isn't read. */
static void
read_coordination (TdSampleReader *self, JsonObject *json, const TdUnit *unit)
{
  TdRecord *project = g_hash_table_lookup (self->by_id, td_shape_text (&self->shape, json, "project"));
  g_autofree char *path = g_strdup_printf ("coordinating/%s", unit->code);
  g_autofree char *exceeded = g_strdup_printf ("coordinating/%s/exceeded", unit->code);
  g_autofree char *count = NULL;

  if (project == NULL || strcmp (project->type, "project") != 0)
    {
      td_shape_fault (&self->shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "project", _ ("“%s” is unknown"),
                      td_shape_text (&self->shape, json, "project"));
      return;
    }
  if (json_object_has_member (json, "wellDone"))
    td_sample_put (project, path, td_shape_flag_or (&self->shape, json, "wellDone", FALSE) ? "yes" : "no");
  count = g_strdup_printf ("%d", (int)td_shape_number_or (&self->shape, json, "exceededTargets", 0, 10000, 0));
  td_sample_put (project, exceeded, count);
}

static void
read_coordinations (TdSampleReader *self, JsonObject *json, const TdUnit *unit)
{
  JsonArray *rows
      = json_object_has_member (json, "coordinates") ? td_shape_array (&self->shape, json, "coordinates") : NULL;
  gsize token = td_shape_enter (&self->shape, "coordinates");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows) && td_shape_ok (&self->shape); i++)
    {
      gsize place = td_shape_enter_index (&self->shape, i);

      read_coordination (self, td_shape_item (&self->shape, rows, i), unit);
      td_shape_leave (&self->shape, place);
    }
  td_shape_leave (&self->shape, token);
}

/* ---- the ledger ------------------------------------------------------------------------ */

static void
read_typical (TdSampleReader *self, TdRecord *events, JsonObject *json)
{
  JsonObject *typical = td_shape_object_or (&self->shape, json, "typicalUnit");
  gsize token = td_shape_enter (&self->shape, "typicalUnit");

  if (typical != NULL)
    {
      JsonNode *answer = json_object_get_member (typical, "answer");

      if (answer != NULL && !JSON_NODE_HOLDS_NULL (answer))
        td_sample_put (events, "typical/answer",
                       td_shape_flag_or (&self->shape, typical, "answer", FALSE) ? "yes" : "no");
      td_sample_put (events, "typical/note", td_shape_text_or (&self->shape, typical, "note", ""));
    }
  td_shape_leave (&self->shape, token);
}

static void
read_events (TdSampleReader *self, TdRecord *events, JsonObject *json)
{
  static const Member days[] = { { "implementationPlanDate", "plan/date" }, { "launchedOn", "launch/date" },
                                 { "interimReviewOn", "interim/date" },     { "finalReviewOn", "final/date" },
                                 { "ownAwardsOn", "own_awards/date" },      { "finalReportSentOn", "report/date" } };
  const char *compliance = td_shape_text_or (&self->shape, json, "compliance", "");

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    td_sample_put_date (self, events, days[i].path, json, days[i].name);
  td_sample_put (events, "own_awards/none", td_shape_text_or (&self->shape, json, "ownAwardsNotApplicable", ""));
  if (strcmp (compliance, "NOT_STATED") != 0)
    td_sample_put (events, "compliance/state", compliance);
  td_sample_put (events, "category", td_shape_text_or (&self->shape, json, "category", ""));
  read_typical (self, events, json);
}

/* ---- the registration -------------------------------------------------------------------- */

static const TdUnit *
level_called (const TdUnit *unit, const char *office)
{
  g_autofree char *wanted = td_text_tone_key (office);

  for (const TdUnit *level = unit->upper; level != NULL; level = level->upper)
    {
      g_autofree char *name = td_text_tone_key (level->receiving_office);

      if (strcmp (name, wanted) == 0)
        return level;
    }
  return NULL;
}

static void
read_registration (TdSampleReader *self, JsonObject *json, const TdUnit *unit)
{
  JsonObject *registration = td_shape_object_or (&self->shape, json, "registration");
  gsize token = td_shape_enter (&self->shape, "registration");
  TdDate day = registration == NULL ? TD_DATE_NONE : td_shape_date_or (&self->shape, registration, "receivedDate");
  g_auto (GStrv) hops = registration == NULL ? NULL : td_shape_texts_or (&self->shape, registration, "hops");

  for (guint i = 0; day != TD_DATE_NONE && hops[i] != NULL; i++)
    {
      const TdUnit *level = level_called (unit, hops[i]);
      TdSampleReceipt *receipt = level == NULL ? NULL : g_new0 (TdSampleReceipt, 1);

      if (receipt == NULL)
        continue;
      receipt->unit = unit;
      receipt->level = level;
      receipt->dossier = td_unit_record_id (td_campaign_id (self->campaign), unit->key, "registration");
      receipt->day = day;
      g_ptr_array_add (self->sample->receipts, receipt);
    }
  td_shape_leave (&self->shape, token);
}

void
td_sample_read_unit (TdSampleReader *self, JsonObject *json)
{
  const TdUnit *unit = td_sample_unit (self, json, "code");
  TdRecord *ratings, *targets, *events;

  if (unit == NULL)
    return;
  if (g_hash_table_contains (self->by_id, unit->key))
    {
      td_shape_fault (&self->shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "code", _ ("“%s” stands twice"), unit->code);
      return;
    }
  ratings = td_sample_record (self, unit->key, "ratings", unit, NULL);
  targets = td_sample_record (self, NULL, "targets", unit, NULL);
  events = td_sample_record (self, NULL, "events", unit, NULL);
  td_sample_put_ratings (self, ratings, json);
  read_rows (self, targets, json, "targets", unit->code, read_target);
  read_rows (self, targets, json, "indicators", unit->code, read_indicator);
  read_events (self, events, json);
  read_coordinations (self, json, unit);
  read_registration (self, json, unit);
}
