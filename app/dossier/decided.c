/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/decided.h"

#include "dossier/apply.h"
#include "dossier/gather.h"
#include "dossier/state-private.h"

#include <string.h>

static const char *const VERDICTS[] = { "pass", "na", "manual", "unknown", "fail", NULL };
static const char *const SEVERITIES[] = { "INFO", "WARN", "OVERRIDE", "ERROR", NULL };

/* ---- freezing ------------------------------------------------------------------------ */

static void
put (TdRecord *record, const TdFinding *finding, const char *member, const char *text)
{
  g_autofree char *path = g_strdup_printf ("finding/%s/%s", finding->rule, member);

  if (*text != '\0')
    td_record_set_text (record, path, text);
}

static void
freeze_finding (TdRecord *record, const TdFinding *finding)
{
  put (record, finding, "verdict", VERDICTS[finding->verdict]);
  put (record, finding, "severity", SEVERITIES[finding->severity]);
  put (record, finding, "message", finding->message);
  put (record, finding, "clause", finding->clause);
  put (record, finding, "cure", finding->cure);
}

/**
 * td_decided_freeze: see decided.h
 *
 * What does not concern the nominee is left out. Everyone on the way reads it, so another unit that
 * only the top may name stays unnamed.
 */
TdRecord *
td_decided_freeze (TdState *state,
                   const TdCampaign *campaign,
                   const TdUnits *units,
                   const TdDossier *dossier,
                   const char *owner,
                   TdDate day)
{
  g_autoptr (TdFacts) facts = td_gather_nomination (state, campaign, units, dossier->id, NULL, FALSE, TRUE, day);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *date = td_date_to_iso (day);
  TdRecord *record;

  if (facts == NULL)
    return NULL;
  g_free (facts->doubled_in);
  facts->doubled_in = g_strdup ("");
  findings = td_judge (campaign, facts);
  record = td_record_new (dossier->id, "findings", owner, dossier->id);
  td_record_set_text (record, "campaign", td_campaign_digest (campaign));
  td_record_set_text (record, "day", date);
  for (guint i = 0; i < findings->len; i++)
    if (((TdFinding *)findings->pdata[i])->verdict != TD_VERDICT_NOT_APPLICABLE)
      freeze_finding (record, findings->pdata[i]);
  return record;
}

/* ---- reading --------------------------------------------------------------------------- */

/** td_decided_record: see decided.h. */
const TdRecord *
td_decided_record (TdState *state, const TdDossier *dossier)
{
  static const char *const stages[] = { "decided", "awarded", "not_proposed", NULL };

  if (!g_strv_contains (stages, dossier->stage))
    return NULL;
  for (guint i = dossier->chain->len; i > 0; i--)
    {
      const TdEntry *entry = dossier->chain->pdata[i - 1];

      /* Whatever else brought it to this stage is no decision. */
      if (strcmp (entry->verb, "decide") == 0 && !td_is_undone (dossier, entry->op))
        return td_state_body (state, entry->body);
      if (strcmp (entry->verb, "not_propose") == 0 || strcmp (entry->verb, "council_opinion") == 0)
        return NULL;
    }
  return NULL;
}

static char *
text_of (const TdRecord *record, const char *rule, const char *member)
{
  g_autofree char *path = g_strdup_printf ("finding/%s/%s", rule, member);

  return td_record_text (record, path);
}

static guint
place_of (const char *const *words, const char *word)
{
  guint i = 0;

  while (words[i] != NULL && strcmp (words[i], word) != 0)
    i++;
  return i;
}

/* What came over the wire may be anything: a word that is none of ours makes no finding. */
static TdFinding *
read_finding (const TdRecord *record, const char *rule)
{
  g_autofree char *verdict = text_of (record, rule, "verdict");
  g_autofree char *severity = text_of (record, rule, "severity");
  guint v = place_of (VERDICTS, verdict), s = place_of (SEVERITIES, severity);
  TdFinding *finding;

  if (VERDICTS[v] == NULL || SEVERITIES[s] == NULL)
    return NULL;
  finding = g_new0 (TdFinding, 1);
  finding->rule = g_strdup (rule);
  finding->verdict = (TdVerdict)v;
  finding->severity = (TdSeverity)s;
  finding->message = text_of (record, rule, "message");
  finding->clause = text_of (record, rule, "clause");
  finding->cure = text_of (record, rule, "cure");
  finding->field = g_strdup ("");
  return finding;
}

/** td_decided_findings: see decided.h. */
GPtrArray *
td_decided_findings (const TdRecord *record)
{
  g_autoptr (GPtrArray) rules = td_record_keys (record, "finding");
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify)td_finding_free);

  for (guint i = 0; i < rules->len; i++)
    {
      TdFinding *finding = read_finding (record, rules->pdata[i]);

      if (finding != NULL)
        g_ptr_array_add (findings, finding);
    }
  return findings;
}
