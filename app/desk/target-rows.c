/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "campaign/bases.h"
#include "campaign/measure.h"
#include "desk/dated.h"
#include "desk/registrations-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* One target or indicator with what it comes to. */

static char *
cell (const TdRecord *record, const char *prefix, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);

  return record == NULL ? g_strdup ("") : td_record_text (record, path);
}

static void
set_cell (char **field, const TdRecord *record, const char *prefix, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, key, member);
  g_autofree char *text = td_record_text (record, path);
  g_autofree char *shown = td_member_shown ("targets", path, text);

  td_item_set (field, shown);
}

/** td_target_is_breakthrough: by the document it rests on, or because the unit says so. */
gboolean
td_target_is_breakthrough (TdDesk *self, const TdRecord *record, const char *key)
{
  g_autofree char *basis = cell (record, "target", key, "basis");
  g_autofree char *said = cell (record, "target", key, "breakthrough");

  return strcmp (said, "yes") == 0 || td_campaign_is_breakthrough (self->campaign, basis);
}

/* ---- percent ------------------------------------------------------------------------------- */

static void
set_percent (TdTargetItem *item, const char *part, const char *whole)
{
  TdDecimal a, b;
  g_autofree char *percent = NULL;
  g_autofree char *text = NULL;

  if (!td_decimal_parse (part, &a) || !td_decimal_parse (whole, &b))
    return;
  percent = td_decimal_percent (a, b);
  text = percent == NULL ? NULL : g_strconcat (percent, "%", NULL);
  td_item_set (&item->percent, text);
}

/* ---- a target -------------------------------------------------------------------------------- */

static void
set_measure (TdDesk *self, TdTargetItem *item, const TdTarget *target)
{
  gboolean surpassed;

  switch (td_campaign_measure (self->campaign, target, &surpassed))
    {
    case TD_MEASURE_EXCEEDED:
      td_item_set (&item->state, "exceeded");
      td_item_set (&item->state_label, _ ("Exceeded"));
      break;
    case TD_MEASURE_MET:
      td_item_set (&item->state, "met");
      td_item_set (&item->state_label, _ ("Met"));
      break;
    case TD_MEASURE_UNMET:
      td_item_set (&item->state, "unmet");
      td_item_set (&item->state_label, _ ("Not met"));
      break;
    case TD_MEASURE_DOUBTFUL:
      td_item_set (&item->state, "doubtful");
      td_item_set (&item->state_label, _ ("To be appraised"));
      break;
    case TD_MEASURE_MISSING:
    default:
      td_item_set (&item->state, "none");
      td_item_set (&item->state_label, _ ("No result"));
      break;
    }
}

/* Why the result is less than it looks: its day, its cap, its words. */
static char *
note_on (TdDesk *self, const TdTarget *target, const char *state)
{
  TdDate start = td_campaign_start (self->campaign), end = td_campaign_end (self->campaign);
  g_autofree char *day = target->result_date == TD_DATE_NONE ? NULL : td_date_to_screen (target->result_date);
  g_autofree char *limit = td_date_to_screen (target->result_date > end ? end : start);
  TdDecimal actual, cap;

  if (*target->actual == '\0')
    return g_strdup ("");
  if (day != NULL && target->result_date > end)
    return g_strdup_printf (_ ("Dated %s, after %s: not counted"), day, limit);
  if (day != NULL && target->result_date < start)
    return g_strdup_printf (_ ("Dated %s, before %s: outside the campaign"), day, limit);
  if (strcmp (state, "doubtful") == 0)
    return g_strdup (_ ("Said in words that are neither yes nor no"));
  if (strcmp (state, "met") == 0 && td_decimal_parse (target->actual, &actual) && td_decimal_parse (target->cap, &cap)
      && td_decimal_compare (actual, cap) == 0)
    return g_strdup (_ ("At its highest possible value"));
  return g_strdup (target->result_date == TD_DATE_NONE ? _ ("The day of the result is missing") : "");
}

static char *
evidence_of (const TdRecord *record, const char *key)
{
  g_autofree char *said = cell (record, "target", key, "evidence");
  g_autoptr (GPtrArray) files = td_record_keys (record, "file");
  GString *text = g_string_new (said);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *target = cell (record, "file", files->pdata[i], "target");
      g_autofree char *name = cell (record, "file", files->pdata[i], "name");

      if (strcmp (target, key) == 0)
        g_string_append_printf (text, "%s%s", text->len == 0 ? "" : "; ", name);
    }
  return g_string_free (text, FALSE);
}

static void
set_target (TdDesk *self, TdTargetItem *item, const TdRecord *record, const char *key)
{
  TdTarget *target = td_gather_target (record, key);
  g_autofree char *number = cell (record, "target", key, "phase");
  g_autofree char *phase = td_desk_phase_name (self, number);
  g_autofree char *evidence = evidence_of (record, key);
  g_autofree char *note = NULL;

  set_cell (&item->plan, record, "target", key, "plan");
  set_cell (&item->by_half_year, record, "target", key, "by_half_year");
  set_cell (&item->actual, record, "target", key, "actual");
  set_cell (&item->result_date, record, "target", key, "result_date");
  set_cell (&item->basis, record, "target", key, "basis");
  set_cell (&item->year, record, "target", key, "year");
  td_item_set (&item->phase, phase);
  td_item_set (&item->evidence, evidence);
  if (td_target_is_breakthrough (self, record, key))
    td_item_set (&item->breakthrough, _ ("Breakthrough"));
  set_measure (self, item, target);
  note = note_on (self, target, item->state);
  td_item_set (&item->note, note);
  /* Where less is better, the plan is the part: 1,8 of at most 2 is more than 100 per cent. */
  if (strcmp (item->state, "none") != 0 && target->direction == TD_DIRECTION_LOWER)
    set_percent (item, target->plan, target->actual);
  else if (strcmp (item->state, "none") != 0)
    set_percent (item, target->actual, target->plan);
  td_target_free (target);
}

/* ---- an indicator of an enterprise -------------------------------------------------------------- */

static void
set_dated (TdDesk *self, char **field, const char *words)
{
  g_autofree char *dated = td_desk_dated (self, words);

  td_item_set (field, dated);
}

static void
set_against_base (TdDesk *self, TdTargetItem *item, const char *aim, const char *base)
{
  TdDecimal target, actual;
  g_autofree char *figure = NULL;
  g_autofree char *note = NULL;

  if (!td_decimal_parse (aim, &target) || !td_decimal_parse (base, &actual))
    {
      td_item_set (&item->state, "none");
      set_dated (self, &item->state_label, _ ("The figures of {year-2} or {year} are missing"));
      return;
    }
  figure = td_decimal_format (actual, 0);
  note = g_strdup_printf (_ ("{year-2}: %s"), figure);
  set_dated (self, &item->note, note);
  if (td_decimal_compare (target, actual) < 0)
    {
      td_item_set (&item->state, "below");
      set_dated (self, &item->state_label, _ ("Lower than in {year-2}"));
    }
  else if (target.micros < 0 || actual.micros < 0)
    {
      td_item_set (&item->state, "negative");
      set_dated (self, &item->state_label, _ ("Not lower than in {year-2}, but negative"));
    }
  else
    {
      td_item_set (&item->state, "met");
      set_dated (self, &item->state_label, _ ("Not lower than in {year-2}"));
    }
}

static void
set_indicator (TdDesk *self, TdTargetItem *item, const TdRecord *record, const char *key)
{
  g_autofree char *aim = cell (record, "indicator", key, "target_2025");
  g_autofree char *base = cell (record, "indicator", key, "actual_2023");
  g_autofree char *plan = cell (record, "indicator", key, "plan_2025");
  g_autofree char *result = cell (record, "indicator", key, "result_half_2025");

  set_cell (&item->plan, record, "indicator", key, "target_2025");
  set_cell (&item->actual, record, "indicator", key, "result_half_2025");
  set_dated (self, &item->year, "{year}");
  set_against_base (self, item, aim, base);
  set_percent (item, result, plan);
}

/* ---- the row -------------------------------------------------------------------------------------- */

TdTargetItem *
td_desk_target (TdDesk *self, const char *id, const char *prefix, const char *key)
{
  const TdRecord *record;
  TdTargetItem *item;
  g_autofree char *row = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL && prefix != NULL && key != NULL, NULL);

  record = td_desk_record (self, id);
  if (record == NULL)
    return NULL;
  item = td_target_item_new ();
  row = g_strdup_printf ("%s %s %s", record->owner, prefix, key);
  td_item_set (&item->id, row);
  td_item_set (&item->unit, record->owner);
  td_item_set (&item->unit_name, td_desk_unit_name (self, record->owner));
  set_cell (&item->name, record, prefix, key, "name");
  set_cell (&item->measure, record, prefix, key, "unit");
  if (strcmp (prefix, "indicator") == 0)
    set_indicator (self, item, record, key);
  else
    set_target (self, item, record, key);
  return item;
}

/* ---- documents offered ------------------------------------------------------------------------------- */

/* "Đề án …" of the catalogue, those this unit leads or helps with first. */
static void
add_catalogue (TdDesk *self, GStrvBuilder *texts, gboolean ours)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "record", "type:project");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdRecord *project = td_state_record (td_desk_view (self), ids->pdata[i]);
      g_autofree char *kind = project == NULL ? g_strdup ("") : td_record_text (project, "kind");
      g_autofree char *name = project == NULL ? g_strdup ("") : td_record_text (project, "name");
      g_autofree char *lead = project == NULL ? g_strdup ("") : td_record_text (project, "lead");
      g_autofree char *others = project == NULL ? g_strdup ("") : td_record_text (project, "coordinating");
      g_auto (GStrv) lines = g_strsplit (others, "\n", -1);
      gboolean is_ours
          = strcmp (lead, self->unit->code) == 0 || g_strv_contains ((const char *const *)lines, self->unit->code);
      g_autofree char *fold = td_text_fold (name);
      g_autofree char *kind_fold = td_text_fold (kind);
      g_autofree char *text
          = g_str_has_prefix (fold, kind_fold) ? g_strdup (name) : g_strconcat (kind, " ", name, NULL);

      if (*name != '\0' && is_ours == ours)
        g_strv_builder_add (texts, text);
    }
}

char **
td_desk_bases (TdDesk *self)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) plan = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return g_new0 (char *, 1);
  if (td_campaign_offers_catalogue (self->campaign, self->unit))
    {
      add_catalogue (self, texts, TRUE);
      add_catalogue (self, texts, FALSE);
    }
  plan = td_campaign_bases (self->campaign, self->unit);
  g_strv_builder_addv (texts, (const char **)plan);
  return g_strv_builder_end (texts);
}

/* ---- the indicators of an enterprise --------------------------------------------------------------------- */

static gboolean
has_indicator (const TdRecord *record, GPtrArray *keys, const char *name)
{
  g_autofree char *wanted = td_text_fold (name);

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *text = cell (record, "indicator", keys->pdata[i], "name");
      g_autofree char *fold = td_text_fold (text);

      if (strcmp (fold, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_indicator (TdDesk *self, const char *id, const char *name, GError **error)
{
  g_autofree char *key = td_desk_add_row (self, id, "indicator", error);
  g_autofree char *path = key == NULL ? NULL : g_strdup_printf ("indicator/%s/name", key);

  return path != NULL && td_desk_set (self, id, path, name, error);
}

/** td_desk_add_indicators: see registrations.h. */
int
td_desk_add_indicators (TdDesk *self, GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  const char *const *names;
  int added = 0;

  g_return_val_if_fail (TD_IS_DESK (self), -1);

  id = td_desk_ledger (self, "targets");
  keys = td_desk_keys (self, id, "indicator");
  names = td_campaign_indicators (self->campaign);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (has_indicator (td_desk_record (self, id), keys, names[i]))
        continue;
      if (!add_indicator (self, id, names[i], error))
        return -1;
      added++;
    }
  return added;
}
