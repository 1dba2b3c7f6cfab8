/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <glib/gi18n.h>
#include <string.h>

/* How many persons a unit may propose, more for one that leads a
 * programme. Who counts is decided where the facts are gathered. */

enum
{
  WITHIN,
  WITHIN_LEAD,
  OVER,
  OVER_LEAD,
  NONE_OF_ITS_OWN
};

static const TdMessage messages[] = {
  { "pass", "unit count quota" },
  { "passLead", "unit count quota reading" },
  { "over", "unit count quota" },
  { "overLead", "unit count quota reading" },
  { "none", "unit" },
  { NULL },
};
static const char *const params[] = { "lead", NULL };

typedef struct
{
  int lead;
  gboolean add;
  char *reading;
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Params *self = g_new0 (Params, 1);
  const char *how = td_campaign_setting (campaign, "leadQuota");

  self->lead = (int)td_shape_number (shape, given, "lead", 0, 1000);
  self->add = strcmp (how, "add") == 0;
  if (!self->add && strcmp (how, "replace") != 0)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL,
                    _ ("it needs the setting “leadQuota” to be replace or add"));
  self->reading = g_strdup (td_campaign_reading (campaign, "leadQuota"));
  return self;
}

static void
clear (gpointer data)
{
  g_free (((Params *)data)->reading);
  g_free (data);
}

static int
quota_of (const Params *self, const TdUnit *unit, gboolean leads)
{
  /* What a closed unit began counts for the one that acts for it (model.md 4.2). */
  int quota = unit ? unit->acting->individual_quota : -1;

  if (quota < 0 || !leads)
    return quota;
  return self->add ? quota + self->lead : MAX (quota, self->lead);
}

/**
 * td_campaign_quota:
 * @self: a campaign
 * @unit: (nullable): a unit
 * @leads: whether it leads a programme, resolution or project
 *
 * Returns: how many persons it may propose; -1 where it has no quota of its own or the plan sets none
 */
int
td_campaign_quota (const TdCampaign *self, const TdUnit *unit, gboolean leads)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->rules->len; i++)
    {
      const TdRule *rule = self->rules->pdata[i];

      if (rule->kind == &td_kind_quota)
        return quota_of (rule->params, unit, leads);
    }
  return -1;
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  const TdUnit *unit = at->submitter->unit;
  gboolean leads = at->submitter->led->len > 0;
  int quota = quota_of (self, unit, leads);
  char count[TD_COUNT_SIZE], most[TD_COUNT_SIZE];
  const char *values[] = { td_unit_name (at->submitter), count, most, self->reading };

  if (quota < 0)
    {
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NONE_OF_ITS_OWN, values);
      return;
    }
  td_say_count (at->facts->individuals, count);
  td_say_count (quota, most);
  if (at->facts->individuals > quota)
    td_say (at, rule, finding, TD_VERDICT_FAIL, leads ? OVER_LEAD : OVER, values);
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, leads ? WITHIN_LEAD : WITHIN, values);
}

const TdRuleKind td_kind_quota = { "quota", messages, params, read_params, clear, judge };
