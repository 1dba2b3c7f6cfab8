/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "dossier/decided.h"
#include "dossier/gather.h"

#include <glib/gi18n.h>
#include <string.h>

/* The live check: each dossier is judged when it is looked at, once until
 * something changes. */

void
td_judged_free (TdJudged *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->waived, g_ptr_array_unref);
  g_clear_pointer (&self->answered, g_ptr_array_unref);
  g_free (self->submission);
  g_free (self);
}

/* ---- in which submission, and which words ------------------------------------------------- */

static gboolean
is_held (TdDesk *self, const TdDossier *dossier)
{
  return td_holds (dossier, self->unit);
}

static gboolean
is_own (TdDesk *self, const TdDossier *dossier)
{
  return td_owns (self->units, dossier, self->unit);
}

/* While it is in this unit's hands, it is judged as it would be handed in. */
static const char *
submission_for (TdDesk *self, const TdDossier *dossier)
{
  const TdRecord *open = td_desk_open_submission (self);

  if (!is_held (self, dossier) || td_desk_seat (self) == TD_SEAT_BOARD)
    return NULL;
  if (strcmp (dossier->stage, "returned") == 0)
    {
      const char *carried = td_desk_carried_by (self, dossier);

      return *carried == '\0' ? NULL : carried;
    }
  return open != NULL && td_desk_is_listed (self, dossier->id) ? open->id : NULL;
}

static const TdEntry *
last_appraisal (GPtrArray *opinions)
{
  for (guint i = opinions->len; i > 0; i--)
    if (strcmp (((TdEntry *)opinions->pdata[i - 1])->verb, "appraise") == 0)
      return opinions->pdata[i - 1];
  return NULL;
}

static TdOperation *
operation_of (TdDesk *self, const TdEntry *entry)
{
  const TdStepItem *step = td_desk_step_item (self, entry->op);

  return step == NULL ? NULL : td_operation_parse (step->body, -1, NULL);
}

/* What the appraisal that holds answered; only a good one settles it. */
static GPtrArray *
answered_rules (TdDesk *self, const TdDossier *dossier)
{
  g_autoptr (GPtrArray) opinions = td_state_opinions (td_desk_view (self), dossier->id);
  const TdEntry *entry = last_appraisal (opinions);
  gboolean holds
      = entry != NULL && strcmp (entry->verdict, "pass") == 0 && strcmp (entry->digest, dossier->digest) == 0;
  g_autoptr (TdOperation) operation = holds ? operation_of (self, entry) : NULL;
  JsonObject *answers = operation == NULL ? NULL : td_json_object (operation->content, "answers");
  g_autoptr (GList) names = answers == NULL ? NULL : json_object_get_members (answers);
  GPtrArray *rules = g_ptr_array_new_with_free_func (g_free);

  for (GList *l = names; l != NULL; l = l->next)
    if (td_json_string (answers, l->data) != NULL && *td_json_string (answers, l->data) != '\0')
      g_ptr_array_add (rules, g_strdup (l->data));
  g_ptr_array_add (rules, NULL);
  return rules;
}

/* What was decided keeps what the rules said that day, whatever plan is in force now. */
static TdJudged *
decided (TdDesk *self, const TdDossier *dossier, const TdRecord *record)
{
  TdJudged *judged = g_new0 (TdJudged, 1);

  judged->findings = td_decided_findings (record);
  judged->waived = td_waived_rules (td_desk_view (self), dossier->id, dossier->digest);
  judged->answered = answered_rules (self, dossier);
  judged->submission = g_strdup ("");
  return judged;
}

static TdJudged *
judge (TdDesk *self, const TdDossier *dossier)
{
  TdState *view = td_desk_view (self);
  gboolean working = is_own (self, dossier) && is_held (self, dossier);
  const char *submission = submission_for (self, dossier);
  TdJudged *judged = g_new0 (TdJudged, 1);
  g_autoptr (TdFacts) facts = NULL;

  facts = td_gather_nomination (view, self->campaign, self->units, dossier->id, submission, working,
                                td_desk_seat (self) == TD_SEAT_BOARD, td_desk_today (self));
  if (facts != NULL)
    judged->findings = strcmp (dossier->type, "nomination") == 0 ? td_judge (self->campaign, facts)
                                                                 : td_judge_registration (self->campaign, facts);
  judged->waived = td_waived_rules (view, dossier->id, dossier->digest);
  judged->answered = answered_rules (self, dossier);
  judged->submission = g_strdup (submission == NULL ? "" : submission);
  return judged;
}

/** td_desk_judge: what @dossier was found to be; NULL where it is unknown, borrowed until a change. */
const TdJudged *
td_desk_judge (TdDesk *self, const char *dossier)
{
  TdJudged *judged = g_hash_table_lookup (self->judged, dossier);
  const TdDossier *found = judged == NULL ? td_state_dossier (td_desk_view (self), dossier) : NULL;
  const TdRecord *record;

  if (found == NULL || strcmp (found->type, "report") == 0)
    return judged;
  record = td_decided_record (td_desk_view (self), found);
  judged = record == NULL ? judge (self, found) : decided (self, found, record);
  g_hash_table_replace (self->judged, g_strdup (dossier), judged);
  return judged;
}

/** td_desk_category: the group of criteria of the unit whose dossier it is. */
const char *
td_desk_category (TdDesk *self, const TdDossier *dossier)
{
  const TdUnit *unit = td_units_get (self->units, dossier->owner);
  g_autofree char *events = td_unit_record_id (td_campaign_id (self->campaign), dossier->owner, "events");
  const TdRecord *record = td_desk_record (self, events);
  g_autofree char *chosen = record == NULL ? g_strdup ("") : td_record_text (record, "category");

  return *chosen != '\0' ? g_intern_string (chosen) : unit == NULL ? "" : unit->category;
}

/* ---- findings as rows ------------------------------------------------------------------------- */

static gboolean
is_warning (const TdFinding *finding)
{
  return finding->severity == TD_SEVERITY_WARN || finding->severity == TD_SEVERITY_INFO;
}

static const char *
verdict_word (const TdFinding *finding)
{
  switch (finding->verdict)
    {
    case TD_VERDICT_FAIL:
      return is_warning (finding) ? "warn" : "fail";
    case TD_VERDICT_UNKNOWN:
      return is_warning (finding) ? "warn" : "unknown";
    case TD_VERDICT_MANUAL:
      return "manual";
    case TD_VERDICT_NOT_APPLICABLE:
      return "na";
    case TD_VERDICT_PASS:
    default:
      return "pass";
    }
}

/* Places in the list; what does not concern a unit's ledger is left out of that list. */
enum
{
  RANK_PASS = 4,
  RANK_NOT_APPLICABLE = 5
};

static int
rank (const TdFinding *finding)
{
  static const char *const order[] = { "fail", "unknown", "manual", "warn", "pass", "na" };
  const char *word = verdict_word (finding);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (strcmp (order[i], word) == 0)
      return (int)i;
  return G_N_ELEMENTS (order);
}

/* "ratings:rating/2024": the record type before the colon, the member after it. */
static void
set_place (TdDesk *self, TdFindingItem *item, const TdFinding *finding, const char *dossier, const char *submission)
{
  const char *colon = strchr (finding->field, ':');
  g_autofree char *type = colon == NULL ? NULL : g_strndup (finding->field, (gsize)(colon - finding->field));
  const TdDossier *found = dossier == NULL ? NULL : td_state_dossier (td_desk_view (self), dossier);
  const char *unit = found != NULL ? found->owner : self->unit != NULL ? self->unit->key : "";
  g_autofree char *record = NULL;

  if (type == NULL)
    return;
  if (td_type_is_ledger (type))
    record = td_unit_record_id (td_campaign_id (self->campaign), unit, type);
  else
    record = g_strdup (strcmp (type, "submission") == 0 ? submission : dossier);
  td_item_set (&item->record_type, type);
  td_item_set (&item->record, record);
  td_item_set (&item->path, colon + 1);
}

/* Who answered, when and what; of an earlier version it is told too, but holds no longer. */
static char *
answer_words (const TdEntry *entry, const char *when, const char *words, gboolean holds)
{
  return g_strdup_printf (holds ? "%s, %s: %s" : _ ("on an earlier version, %s, %s: %s"), entry->author, when, words);
}

/* Of a waiver likewise. */
static char *
waiver_words (const TdEntry *entry, const char *when, gboolean holds)
{
  return g_strdup_printf (holds ? _ ("Waived by %s, %s: %s") : _ ("Waived for an earlier version by %s, %s: %s"),
                          entry->author, when, entry->detail);
}

/* The board's words on a rule: a waiver, or the answer of its last appraisal. */
static char *
answer_to (TdDesk *self, const char *dossier, const char *rule)
{
  const TdDossier *found = td_state_dossier (td_desk_view (self), dossier);
  g_autoptr (GPtrArray) opinions = td_state_opinions (td_desk_view (self), dossier);

  for (guint i = opinions->len; i > 0; i--)
    {
      const TdEntry *entry = opinions->pdata[i - 1];
      g_autoptr (TdOperation) operation = NULL;
      g_autofree char *when = td_time_to_screen (entry->at);
      gboolean holds = found != NULL && strcmp (entry->digest, found->digest) == 0;
      JsonObject *answers;
      const char *words;

      if (strcmp (entry->verb, "waive") == 0 && strcmp (entry->subject, rule) == 0)
        return waiver_words (entry, when, holds);
      if (strcmp (entry->verb, "appraise") != 0)
        continue;
      operation = operation_of (self, entry);
      answers = operation == NULL ? NULL : td_json_object (operation->content, "answers");
      words = answers == NULL ? NULL : td_json_string (answers, rule);
      if (words != NULL)
        return answer_words (entry, when, words, holds);
    }
  return g_strdup ("");
}

static gboolean
is_among (GPtrArray *rules, const char *rule)
{
  return g_strv_contains ((const char *const *)rules->pdata, rule);
}

/* Whether the board settled it, for the version as it stands. */
static void
set_settled (TdDesk *self, TdFindingItem *item, const char *dossier)
{
  const TdJudged *judged = dossier == NULL ? NULL : td_desk_judge (self, dossier);

  item->waived = judged != NULL && is_among (judged->waived, item->rule);
  item->answered = judged != NULL && strcmp (item->verdict, "manual") == 0 && is_among (judged->answered, item->rule);
}

static TdFindingItem *
make_finding (TdDesk *self, const TdFinding *finding, const char *dossier, const char *submission)
{
  TdFindingItem *item = td_finding_item_new ();
  const char *word = verdict_word (finding);
  gboolean doubled = g_strcmp0 (finding->rule, td_campaign_double_rule (self->campaign)) == 0;
  g_autofree char *answer = dossier == NULL ? NULL
                            : doubled       ? td_desk_double_answer (self, dossier)
                                            : answer_to (self, dossier, finding->rule);

  td_item_set (&item->rule, finding->rule);
  td_item_set (&item->title, td_campaign_rule_title (self->campaign, finding->rule));
  td_item_set (&item->verdict, word);
  td_item_set (&item->verdict_label,
               strcmp (word, "warn") == 0 ? _ ("Note well") : td_verdict_label (finding->verdict));
  td_item_set (&item->message, finding->message);
  td_item_set (&item->clause, finding->clause);
  td_item_set (&item->cure, finding->cure);
  td_item_set (&item->answer, answer);
  set_settled (self, item, dossier);
  item->overridable = finding->severity == TD_SEVERITY_OVERRIDE && finding->verdict == TD_VERDICT_FAIL;
  item->doubled
      = doubled && dossier != NULL && strcmp (word, "na") != 0 && (*item->answer != '\0' || strcmp (word, "pass") != 0);
  set_place (self, item, finding, dossier, submission);
  return item;
}

/* A stable sort by rank: the campaign's order within one verdict. */
static GListModel *
to_list (TdDesk *self, GPtrArray *findings, const char *dossier, const char *submission)
{
  GListStore *list = g_list_store_new (TD_TYPE_FINDING_ITEM);
  int last = dossier == NULL ? RANK_PASS : RANK_NOT_APPLICABLE;

  for (int wanted = 0; findings != NULL && wanted <= last; wanted++)
    for (guint i = 0; i < findings->len; i++)
      {
        g_autoptr (TdFindingItem) item = NULL;

        if (rank (findings->pdata[i]) != wanted)
          continue;
        item = make_finding (self, findings->pdata[i], dossier, submission);
        g_list_store_append (list, item);
      }
  return G_LIST_MODEL (list);
}

GListModel *
td_desk_findings (TdDesk *self, const char *dossier)
{
  const TdJudged *judged;
  const char *submission = "";

  g_return_val_if_fail (TD_IS_DESK (self) && dossier != NULL, NULL);

  judged = td_desk_judge (self, dossier);
  if (judged != NULL && *judged->submission != '\0')
    submission = judged->submission;
  else if (td_desk_open_submission (self) != NULL)
    submission = td_desk_open_submission (self)->id;
  return to_list (self, judged == NULL ? NULL : judged->findings, dossier, submission);
}

char *
td_desk_findings_note (TdDesk *self, const char *dossier)
{
  const TdDossier *found;
  const TdRecord *record;
  g_autofree char *campaign = NULL;
  g_autofree char *day = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && dossier != NULL, NULL);

  found = td_state_dossier (td_desk_view (self), dossier);
  record = found == NULL ? NULL : td_decided_record (td_desk_view (self), found);
  if (record == NULL)
    return g_strdup ("");
  campaign = td_record_text (record, "campaign");
  day = td_record_text (record, "day");
  shown = td_date_to_screen (td_date_parse_iso (day));
  if (strcmp (campaign, td_campaign_digest (self->campaign)) == 0)
    return g_strdup_printf (_ ("As it was checked on the day of the decision, %s."), shown);
  return g_strdup_printf (_ ("As it was checked on the day of the decision, %s, under the plan in force that day; the "
                             "plan has changed since and does not touch what was decided."),
                          shown);
}

static gboolean
is_of_ledger (const TdFinding *finding)
{
  g_autofree char *type = g_strndup (finding->field, strcspn (finding->field, ":"));

  return td_type_is_ledger (type);
}

/* What the unit's own ledger lacks for its collective, after what its registration lacks. */
static void
add_ledger_findings (GPtrArray *findings, GPtrArray *judged)
{
  for (guint i = 0; i < judged->len; i++)
    {
      TdFinding *finding = judged->pdata[i];
      gboolean known = !is_of_ledger (finding);

      for (guint f = 0; f < findings->len && !known; f++)
        known = strcmp (((TdFinding *)findings->pdata[f])->rule, finding->rule) == 0;
      if (!known)
        {
          g_ptr_array_add (findings, finding);
          judged->pdata[i] = NULL;
        }
    }
}

GListModel *
td_desk_unit_findings (TdDesk *self)
{
  g_autoptr (TdFacts) facts = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) judged = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || self->unit->upper == NULL)
    return to_list (self, NULL, NULL, "");
  facts = td_facts_new ();
  facts->today = td_desk_today (self);
  facts->collective = TRUE;
  facts->unit = td_gather_unit (td_desk_view (self), self->campaign, self->units, self->unit->key);
  facts->submitter = facts->unit;
  findings = td_judge_registration (self->campaign, facts);
  judged = td_judge (self->campaign, facts);
  add_ledger_findings (findings, judged);
  return to_list (self, findings, NULL, "");
}

/** td_finding_sentence: the message, its clause and what would cure it. */
char *
td_finding_sentence (const TdFinding *finding)
{
  return g_strdup_printf ("%s%s%s%s%s%s", finding->message, *finding->clause == '\0' ? "" : " (", finding->clause,
                          *finding->clause == '\0' ? "" : ")", *finding->cure == '\0' ? "" : " ", finding->cure);
}
