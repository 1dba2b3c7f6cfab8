/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/campaign-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The table of steps (model.md 3). Which stages, steps and actors there are is
 * the program's; who may do what from where is the file's. */

static const char *const STAGES[] = { "draft",   "submitted", "received", "in_council",   "endorsed",  "at_chairman",
                                      "decided", "awarded",   "returned", "not_proposed", "withdrawn", NULL };
static const char *const STEPS[]
    = { "submit",     "recall",          "receive",     "return", "not_propose", "reconsider", "withdraw",
        "assign",     "attest",          "ask",         "waive",  "appraise",    "review",     "clear_double",
        "to_council", "council_opinion", "to_chairman", "decide", "award",       "undo",       NULL };
static const char *const ACTORS[] = { "holder", "owner", "holder_not_owner", "holder_or_top", "submitter",
                                      "top",    "asked", "addressed",        "taker",         NULL };
static const char *const ROLES[] = { "L", "O", "A", "R", "S", NULL };

static void
step_free (TdStepRule *step)
{
  g_free (step->id);
  g_free (step->label);
  g_free (step->who);
  g_strfreev (step->roles);
  g_strfreev (step->from);
  g_free (step->to);
  g_strfreev (step->outcomes);
  g_free (step);
}

static void
check_known (TdShape *shape, const char *name, char **words, const char *const *known)
{
  gsize token = td_shape_enter (shape, name);

  for (guint i = 0; words[i]; i++)
    if (!g_strv_contains (known, words[i]))
      {
        gsize place = td_shape_enter_index (shape, i);

        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL, _ ("“%s” is unknown"), words[i]);
        td_shape_leave (shape, place);
      }
  td_shape_leave (shape, token);
}

static gboolean
names_a_stage (const char *to)
{
  return *to != '\0' && strcmp (to, "before") != 0;
}

static void
read_target (TdShape *shape, JsonObject *row, TdStepRule *step)
{
  step->to = g_strdup (td_shape_text_or (shape, row, "to", ""));
  if (names_a_stage (step->to) && !g_strv_contains (STAGES, step->to))
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "to", _ ("“%s” is no stage"), step->to);
  step->outcomes = td_shape_texts_or (shape, row, "outcomes");
  check_known (shape, "outcomes", step->outcomes, STAGES);
  if (step->outcomes[0] || !names_a_stage (step->to))
    return;
  g_strfreev (step->outcomes);
  step->outcomes = g_new0 (char *, 2);
  step->outcomes[0] = g_strdup (step->to);
}

static TdStepRule *
read_step (TdShape *shape, JsonObject *row)
{
  TdStepRule *step = g_new0 (TdStepRule, 1);

  step->id = g_strdup (STEPS[td_shape_choice (shape, row, "id", STEPS)]);
  step->label = g_strdup (td_shape_text (shape, row, "label"));
  step->who = g_strdup (ACTORS[td_shape_choice (shape, row, "who", ACTORS)]);
  step->roles = td_shape_texts (shape, row, "roles");
  check_known (shape, "roles", step->roles, ROLES);
  if (!step->roles[0])
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "roles", _ ("nobody may take this step"));
  step->from = td_shape_texts_or (shape, row, "from");
  check_known (shape, "from", step->from, STAGES);
  read_target (shape, row, step);
  step->undoable = td_shape_flag_or (shape, row, "undoable", FALSE);
  return step;
}

static void
check_twice (TdShape *shape, GPtrArray *steps, const TdStepRule *step)
{
  for (guint i = 0; i < steps->len; i++)
    if (strcmp (((TdStepRule *)steps->pdata[i])->id, step->id) == 0)
      td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "id", _ ("“%s” stands twice"), step->id);
}

GPtrArray *
td_steps_read (TdShape *shape, JsonObject *root)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  JsonArray *rows = td_shape_array (shape, root, "steps");
  gsize token = td_shape_enter (shape, "steps");

  for (guint i = 0; rows && i < json_array_get_length (rows) && td_shape_ok (shape); i++)
    {
      gsize place = td_shape_enter_index (shape, i);
      TdStepRule *step = read_step (shape, td_shape_item (shape, rows, i));

      check_twice (shape, steps, step);
      g_ptr_array_add (steps, step);
      td_shape_leave (shape, place);
    }
  if (rows && steps->len == 0)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL, _ ("there are no steps"));
  td_shape_leave (shape, token);
  return steps;
}

/* ---- what has been skipped ------------------------------------------------------------ */

/* On the way to the award; what sends back, leaves out or ends leads nowhere. */
static gboolean
leads_on (const TdStepRule *step)
{
  static const char *const aside[] = { "", "before", "returned", "not_proposed", "withdrawn", NULL };

  return step->from[0] && !g_strv_contains (aside, step->to);
}

/* What may follow @stage, each stage reached once: @came_by tells by which step, and so the way back. */
static void
walk_on (const TdCampaign *self, const char *stage, GPtrArray *reached, GHashTable *came_by)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      TdStepRule *step = self->steps->pdata[i];

      if (!leads_on (step) || !g_strv_contains ((const char *const *)step->from, stage)
          || g_ptr_array_find_with_equal_func (reached, step->to, g_str_equal, NULL))
        continue;
      g_hash_table_insert (came_by, step->to, step);
      g_ptr_array_add (reached, step->to);
    }
}

/* The step after which stage number @at was reached, from which stage. */
static void
add_way (GPtrArray *way, GPtrArray *reached, GPtrArray *before, GHashTable *came_by, guint at)
{
  for (const char *stage = reached->pdata[at]; g_hash_table_contains (came_by, stage);)
    {
      const TdStepRule *step = g_hash_table_lookup (came_by, stage);

      g_ptr_array_insert (way, 0, step->id);
      for (guint i = 0; i < reached->len; i++)
        if (reached->pdata[i] == stage)
          {
            stage = before->pdata[i];
            break;
          }
    }
}

/**
 * td_campaign_missed_steps:
 * @self: a campaign
 * @stage: where a nomination is
 * @verb: the step somebody wants to take
 *
 * R-082: no step is skipped, and the sentence names the ones that are missing.
 *
 * Returns: (transfer container): ids of the steps to be taken first, NULL-ended
 */
GPtrArray *
td_campaign_missed_steps (const TdCampaign *self, const char *stage, const char *verb)
{
  const TdStepRule *wanted;
  g_autoptr (GPtrArray) reached = g_ptr_array_new ();
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  g_autoptr (GHashTable) came_by = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *way = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL && stage != NULL && verb != NULL, way);

  wanted = td_campaign_step (self, verb);
  g_ptr_array_add (reached, (gpointer)stage);
  g_ptr_array_add (before, (gpointer)stage);
  for (guint at = 0; wanted && leads_on (wanted) && at < reached->len; at++)
    {
      if (g_strv_contains ((const char *const *)wanted->from, reached->pdata[at]))
        {
          add_way (way, reached, before, came_by, at);
          break;
        }
      walk_on (self, reached->pdata[at], reached, came_by);
      while (before->len < reached->len)
        g_ptr_array_add (before, reached->pdata[at]);
    }
  g_ptr_array_add (way, NULL);
  return way;
}
