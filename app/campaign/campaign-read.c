/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/rule.h"

#include "text/decimal.h"

#include <glib/gi18n.h>
#include <string.h>

static void
phase_free (TdPhase *phase)
{
  g_free (phase->key);
  g_free (phase->name);
  g_free (phase->level);
  g_free (phase->rule);
  g_free (phase);
}

static void
deadline_free (TdNamedDeadline *deadline)
{
  g_free (deadline->name);
  g_free (deadline);
}

static void
link_free (TdChainLink *link)
{
  g_free (link->level);
  g_free (link->name);
  g_free (link->above);
  g_free (link);
}

static void
read_identity (TdCampaign *self, TdShape *shape, JsonObject *root)
{
  self->id = g_strdup (td_shape_text (shape, root, "id"));
  self->title = g_strdup (td_shape_text (shape, root, "title"));
  self->slogan = g_strdup (td_shape_text (shape, root, "slogan"));
  self->board = g_strdup (td_shape_text (shape, root, "board"));
  self->reviewer = g_strdup (td_shape_text (shape, root, "reviewer"));
  self->units_file = g_strdup (td_shape_text (shape, root, "unitsFile"));
  if (strpbrk (self->units_file, "/\\"))
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "unitsFile", _ ("a bare file name is expected"));
  self->start = td_shape_date (shape, root, "start");
  self->end = td_shape_date (shape, root, "end");
  if (self->end < self->start)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "end", _ ("it ends before it begins"));
  self->first_year = (int)td_shape_number (shape, root, "firstRatedYear", 1990, 2100);
  self->last_year = (int)td_shape_number (shape, root, "lastRatedYear", 1990, 2100);
  if (self->last_year < self->first_year || self->last_year - self->first_year >= TD_YEARS_MAX)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "lastRatedYear", _ ("1 to %d years can be rated"),
                    TD_YEARS_MAX);
}

static void
read_words (TdCampaign *self, TdShape *shape, JsonObject *root)
{
  static const char *const codes[TD_RATINGS] = { "KHTNV", "HTNV", "HTTNV", "HTXSNV" };
  JsonObject *words = td_shape_object (shape, root, "ratings");
  gsize token = td_shape_enter (shape, "ratings");

  for (guint i = 0; i < TD_RATINGS; i++)
    self->rating_words[i] = g_strdup (td_shape_text (shape, words, codes[i]));
  td_shape_leave (shape, token);
  words = td_shape_object (shape, root, "messages");
  token = td_shape_enter (shape, "messages");
  self->not_applicable = g_strdup (td_shape_text (shape, words, "notApplicable"));
  self->nameless_person = g_strdup (td_shape_text_or (shape, words, "namelessPerson", _ ("(no name yet)")));
  self->nameless_collective = g_strdup (td_shape_text_or (shape, words, "namelessCollective", _ ("(no name yet)")));
  self->see_above = g_strdup (td_shape_text (shape, words, "seeAbove"));
  self->decision_note = g_strdup (td_shape_text_or (shape, words, "decision", ""));
  self->award_name = g_strdup (td_shape_text_or (shape, words, "award", _ ("Certificate of merit")));
  self->committee = g_strdup (td_shape_text_or (shape, words, "committee", _ ("the People's Committee")));
  td_shape_leave (shape, token);
}

static void
check_overlap (TdCampaign *self, TdShape *shape, const TdPhase *phase)
{
  for (guint i = 0; i < self->phases->len; i++)
    {
      const TdPhase *other = self->phases->pdata[i];

      if (strcmp (other->level, phase->level) == 0 && phase->from <= other->to && other->from <= phase->to)
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "from", _ ("it overlaps with phase “%s”"), other->key);
    }
}

static TdPhase *
read_phase (TdCampaign *self, TdShape *shape, JsonObject *row)
{
  TdPhase *phase = g_new0 (TdPhase, 1);

  phase->key = g_strdup (td_shape_text (shape, row, "key"));
  phase->name = g_strdup (td_shape_text (shape, row, "name"));
  phase->level = g_strdup (td_shape_text (shape, row, "level"));
  phase->number = (int)td_shape_number (shape, row, "number", 1, 99);
  phase->rule = g_strdup (td_shape_text_or (shape, row, "rule", ""));
  phase->from = td_shape_date (shape, row, "from");
  phase->to = td_shape_date (shape, row, "to");
  if (phase->to < phase->from)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "to", _ ("it ends before it begins"));
  if (phase->from < self->start || phase->to > self->end)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "from", _ ("it lies outside the campaign"));
  check_overlap (self, shape, phase);
  return phase;
}

static void
read_phases (TdCampaign *self, TdShape *shape, JsonObject *root)
{
  JsonArray *rows = td_shape_array (shape, root, "phases");
  gsize token = td_shape_enter (shape, "phases");

  for (guint i = 0; rows && i < json_array_get_length (rows) && td_shape_ok (shape); i++)
    {
      gsize place = td_shape_enter_index (shape, i);

      g_ptr_array_add (self->phases, read_phase (self, shape, td_shape_item (shape, rows, i)));
      td_shape_leave (shape, place);
    }
  td_shape_leave (shape, token);
}

static void
read_deadlines (TdCampaign *self, TdShape *shape, JsonObject *root)
{
  static const char *const names[] = { "registration", "nomination", "review", "final_report" };
  JsonObject *all = td_shape_object (shape, root, "deadlines");
  gsize token = td_shape_enter (shape, "deadlines");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *row = td_shape_object (shape, all, names[i]);
      gsize place = td_shape_enter (shape, names[i]);
      TdNamedDeadline *deadline = g_new0 (TdNamedDeadline, 1);

      deadline->name = g_strdup (names[i]);
      deadline->deadline.limit = td_shape_date (shape, row, "limit");
      if (!json_object_has_member (row, "inclusive"))
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "inclusive", _ ("missing"));
      deadline->deadline.inclusive = td_shape_flag_or (shape, row, "inclusive", TRUE);
      g_ptr_array_add (self->deadlines, deadline);
      td_shape_leave (shape, place);
    }
  td_shape_leave (shape, token);
}

static void
read_readings (TdCampaign *self, TdShape *shape, JsonObject *all, const char *setting, const char *chosen)
{
  JsonObject *readings = td_shape_object_or (shape, all, setting);
  JsonObjectIter iter;
  const char *value;
  gsize token = td_shape_enter (shape, setting);

  if (readings)
    {
      if (!json_object_has_member (readings, chosen))
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL, _ ("there is no reading “%s”"), chosen);
      json_object_iter_init (&iter, readings);
      while (json_object_iter_next (&iter, &value, NULL))
        g_hash_table_insert (self->readings, g_strconcat (setting, "/", value, NULL),
                             g_strdup (td_shape_text (shape, readings, value)));
    }
  td_shape_leave (shape, token);
}

/* The share of the votes that an endorsement by the Council needs, in percent; "" asks for none. */
static const char *
read_threshold (TdShape *shape, JsonObject *settings)
{
  const char *text = td_shape_text_or (shape, settings, "councilThreshold", "");
  TdDecimal share;

  if (*text != '\0'
      && (!td_decimal_parse (text, &share) || share.micros <= 0 || share.micros > G_GINT64_CONSTANT (100000000)))
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "councilThreshold",
                    _ ("a share above 0 and up to 100 percent, or nothing, is expected"));
  return text;
}

static void
read_settings (TdCampaign *self, TdShape *shape, JsonObject *root)
{
  JsonObject *settings = td_shape_object (shape, root, "settings");
  JsonObject *readings = td_shape_object (shape, root, "readings");
  JsonObjectIter iter;
  const char *name, *value;
  gsize token;

  json_object_iter_init (&iter, settings);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      token = td_shape_enter (shape, "settings");
      value = strcmp (name, "councilThreshold") == 0 ? read_threshold (shape, settings)
                                                     : td_shape_text (shape, settings, name);
      td_shape_leave (shape, token);
      g_hash_table_insert (self->settings, g_strdup (name), g_strdup (value));
      token = td_shape_enter (shape, "readings");
      read_readings (self, shape, readings, name, value);
      td_shape_leave (shape, token);
    }
}

static void
read_review (TdCampaign *self, TdShape *shape, JsonObject *root)
{
  JsonObject *review = td_shape_object (shape, root, "reviewRequired");
  gsize token = td_shape_enter (shape, "reviewRequired");

  self->review_collectives = td_shape_texts (shape, review, "collectives");
  self->review_individuals = td_shape_texts (shape, review, "individuals");
  td_shape_leave (shape, token);
}

static TdChainLink *
find_link (const TdCampaign *self, const char *level)
{
  for (guint i = 0; i < self->chain->len; i++)
    if (strcmp (((TdChainLink *)self->chain->pdata[i])->level, level) == 0)
      return self->chain->pdata[i];
  return NULL;
}

static void
check_chain (TdCampaign *self, TdShape *shape)
{
  for (guint i = 0; i < self->chain->len; i++)
    {
      const TdChainLink *link = self->chain->pdata[i];
      guint hops = 0;

      for (; link && link->above && hops <= self->chain->len; hops++)
        link = find_link (self, link->above);
      if (!link || hops > self->chain->len)
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL, _ ("the way up from “%s” leads nowhere"),
                        ((TdChainLink *)self->chain->pdata[i])->level);
    }
}

static void
read_chain (TdCampaign *self, TdShape *shape, JsonObject *root)
{
  JsonArray *rows = td_shape_array (shape, root, "chain");
  gsize token = td_shape_enter (shape, "chain");

  for (guint i = 0; rows && i < json_array_get_length (rows) && td_shape_ok (shape); i++)
    {
      gsize place = td_shape_enter_index (shape, i);
      JsonObject *row = td_shape_item (shape, rows, i);
      TdChainLink *link = g_new0 (TdChainLink, 1);

      link->level = g_strdup (td_shape_text (shape, row, "level"));
      link->name = g_strdup (td_shape_text (shape, row, "name"));
      link->above = g_strdup (td_shape_text_or (shape, row, "above", NULL));
      if (find_link (self, link->level))
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "level", _ ("“%s” stands twice"), link->level);
      g_ptr_array_add (self->chain, link);
      td_shape_leave (shape, place);
    }
  check_chain (self, shape);
  td_shape_leave (shape, token);
}

gboolean
td_campaign_read (TdCampaign *self, JsonObject *root, GError **error)
{
  TdShape shape;

  self->phases = g_ptr_array_new_with_free_func ((GDestroyNotify)phase_free);
  self->deadlines = g_ptr_array_new_with_free_func ((GDestroyNotify)deadline_free);
  self->chain = g_ptr_array_new_with_free_func ((GDestroyNotify)link_free);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->readings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  td_shape_init (&shape);
  read_identity (self, &shape, root);
  read_words (self, &shape, root);
  read_phases (self, &shape, root);
  read_deadlines (self, &shape, root);
  read_settings (self, &shape, root);
  read_review (self, &shape, root);
  read_chain (self, &shape, root);
  self->report = td_report_plan_read (&shape, root);
  self->steps = td_steps_read (&shape, root);
  self->rules = td_rules_read (&shape, root, self);
  self->bases = td_bases_read (&shape, root);
  return td_shape_finish (&shape, error);
}
