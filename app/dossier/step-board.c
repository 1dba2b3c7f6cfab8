/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"
#include "dossier/decided.h"
#include "dossier/council.h"
#include "dossier/gather.h"

#include <string.h>

/* Steps at the top: Council, Chairman, award (IV.3, V.6, III.2.3; ). */

/* ---- trình Hội đồng ---------------------------------------------------------------- */

static gboolean
review_required (TdAttempt *self, TdDossier *dossier)
{
  const TdContext *context = self->context;
  g_autoptr (TdFacts) facts = td_gather_nomination (self->state, context->campaign, context->units, dossier->id, NULL,
                                                    FALSE, TRUE, context->day);

  return facts != NULL && td_campaign_needs_review (context->campaign, facts->unit->category, facts->collective);
}

static gboolean
check_to_council (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const TdEntry *appraisal = td_last_opinion (self, dossier, "appraise", dossier->digest);

  if (appraisal == NULL || strcmp (appraisal->verdict, "pass") != 0)
    return td_refuse (self, "opinion", dossier->id);
  if (review_required (self, dossier) && td_last_opinion (self, dossier, "review", dossier->digest) == NULL)
    return td_refuse (self, "review", dossier->id);
  return td_need_files (self, dossier);
}

static void
act_to_stage (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  td_take_step (self, dossier, self->rule->to);
  td_show_dossier (self, dossier);
}

/* ---- cho ý kiến -------------------------------------------------------------------- */

static TdRecord *
session_of (TdAttempt *self)
{
  return td_state_record (self->state, td_operation_text (self->operation, "session"));
}

static gboolean
check_minutes (TdAttempt *self, const TdRecord *session)
{
  g_autofree char *number = td_record_text (session, "minutes/number");
  g_autofree char *date = td_record_text (session, "date");
  TdDate day = td_date_parse_iso (date);
  int present = td_session_present (session);

  if (*number == '\0' || day == TD_DATE_NONE || day > self->context->day)
    return td_refuse (self, "minutes", session->id);
  return (present > 0 && present <= td_session_total (session)) || td_refuse (self, "votes", session->id);
}

/* Once for all dossiers: the session as the secretary wrote it, by its digest (model.md 2.7). */
static gboolean
begin_council_opinion (TdAttempt *self)
{
  static const char *const outcomes[] = { "endorse", "again", "decline", NULL };
  TdRecord *session = session_of (self);
  g_autofree char *digest = session == NULL ? NULL : td_record_digest (session);

  if (!g_strv_contains (outcomes, td_operation_text (self->operation, "outcome")))
    return td_refuse (self, "named", "outcome");
  if (session == NULL || strcmp (session->type, "session") != 0 || !td_unit_is (self->unit, session->owner)
      || strcmp (digest, td_operation_text (self->operation, "session_digest")) != 0)
    return td_refuse (self, "session", td_operation_text (self->operation, "session"));
  return check_minutes (self, session);
}

/* Who is tied to the nominee's unit and sat there did not take part in this one. */
static gboolean
check_aside (TdAttempt *self, const TdRecord *session, const TdDossier *dossier)
{
  g_autofree char *name = td_session_not_aside (session, self->context->units, dossier);

  return name == NULL || td_refuse (self, "tied", name);
}

/* only an endorsement asks for a share of the votes. */
static gboolean
check_share (TdAttempt *self, int in_favour, int votes)
{
  const TdCampaign *campaign = self->context->campaign;
  g_autofree char *figures = NULL;

  if (strcmp (td_operation_text (self->operation, "outcome"), "endorse") != 0)
    return TRUE;
  figures = g_strdup_printf ("%d/%d", in_favour, votes);
  if (in_favour == 0)
    return td_refuse (self, "votes", figures);
  return td_council_suffices (campaign, in_favour, votes) || td_refuse (self, "share", figures);
}

/* Every vote given is a member present who did not stand aside. */
static gboolean
check_council_opinion (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  static const char *const kinds[] = { "for", "against", "blank" };
  TdRecord *session = session_of (self);
  int votes = 0;

  if (!check_aside (self, session, dossier))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      int count = td_session_votes (session, dossier->id, kinds[i]);

      if (count < 0)
        return td_refuse (self, "votes", dossier->id);
      votes += count;
    }
  if (votes == 0)
    return td_refuse (self, "votes", dossier->id);
  if (votes + (int)td_session_aside (session, dossier->id) > td_session_present (session))
    return td_refuse (self, "recusal", dossier->id);
  return check_share (self, td_session_votes (session, dossier->id, "for"), votes);
}

static void
act_council_opinion (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const char *outcome = td_operation_text (self->operation, "outcome");
  const char *to = strcmp (outcome, "endorse") == 0 ? "endorsed"
                   : strcmp (outcome, "again") == 0 ? "received"
                                                    : "not_proposed";
  TdEntry *entry = td_take_step (self, dossier, to);

  td_replace (&entry->verdict, outcome);
  td_replace (&entry->subject, td_operation_text (self->operation, "session"));
  td_replace (&entry->body, td_operation_text (self->operation, "session_digest"));
  td_show_dossier (self, dossier);
}

/* What the Council said stays as it was said, whatever happens to the record. */
static void
end_council_opinion (TdAttempt *self)
{
  td_state_add_body (self->state, session_of (self));
  td_state_show (self->state, self->unit->key, "body", td_operation_text (self->operation, "session_digest"));
}

/* ---- trình Chủ tịch, quyết định, trao thưởng ------------------------------------------ */

static gboolean
check_to_chairman (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  TdDate day;

  return td_need_text (self, "paper", "paper") && td_need_day (self, "day", &day);
}

static char *
paper_and_day (TdAttempt *self, const char *number)
{
  TdDate day = td_date_parse_iso (td_operation_text (self->operation, "day"));
  g_autofree char *shown = td_date_to_screen (day);

  return g_strdup_printf ("%s, %s", td_operation_text (self->operation, number), shown);
}

static void
act_to_chairman (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  g_autofree char *detail = paper_and_day (self, "paper");
  TdEntry *entry = td_take_step (self, dossier, "at_chairman");

  td_replace (&entry->detail, detail);
  td_show_dossier (self, dossier);
}

/* The day the Council met on this dossier. */
static TdDate
opinion_day (TdAttempt *self, TdDossier *dossier)
{
  TdDate sent, opinion;

  td_council_days (self->state, dossier, &sent, &opinion);
  return opinion;
}

/* only the Chairman, or a deputy signing for him. The word is the campaign's. */
static gboolean
check_signer (TdAttempt *self)
{
  if (!td_need_text (self, "signer", "signer"))
    return FALSE;
  return td_campaign_may_sign (self->context->campaign, td_operation_text (self->operation, "capacity"))
         || td_refuse (self, "signer", "capacity");
}

static gboolean
begin_decide (TdAttempt *self)
{
  static const char *const outcomes[] = { "award", "decline", NULL };
  TdDate day;

  if (!g_strv_contains (outcomes, td_operation_text (self->operation, "outcome")))
    return td_refuse (self, "named", "outcome");
  return td_need_text (self, "number", "paper") && td_need_day (self, "day", &day) && check_signer (self);
}

static gboolean
check_decide (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  TdDate decided = td_date_parse_iso (td_operation_text (self->operation, "day"));
  TdDate opinion = opinion_day (self, dossier);

  if (opinion == TD_DATE_NONE || decided < opinion)
    return td_refuse (self, "date", dossier->id);
  return td_need_files (self, dossier);
}

/* What the rules say today stays with the decision (decided.h). */
static char *
freeze_findings (TdAttempt *self, TdDossier *dossier)
{
  const TdContext *context = self->context;
  g_autoptr (TdRecord) findings
      = td_decided_freeze (self->state, context->campaign, context->units, dossier, self->device->unit, context->day);

  return findings == NULL ? g_strdup ("") : td_keep_body (self, dossier, findings);
}

static void
act_decide (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const char *outcome = td_operation_text (self->operation, "outcome");
  g_autofree char *paper = paper_and_day (self, "number");
  g_autofree char *detail = g_strdup_printf ("%s, %s", paper, td_operation_text (self->operation, "signer"));
  g_autofree char *findings = freeze_findings (self, dossier);
  TdEntry *entry = td_take_step (self, dossier, strcmp (outcome, "award") == 0 ? "decided" : "not_proposed");

  td_replace (&entry->body, findings);
  td_replace (&entry->verdict, outcome);
  td_replace (&entry->detail, detail);
  td_show_dossier (self, dossier);
}

static gboolean
begin_award (TdAttempt *self)
{
  const char *outcome = td_operation_text (self->operation, "outcome");
  TdDate day;

  if (strcmp (outcome, "handed") != 0 && strcmp (outcome, "absent") != 0)
    return td_refuse (self, "named", "outcome");
  return (strcmp (outcome, "absent") == 0 || td_need_text (self, "receiver", "named"))
         && td_need_text (self, "place", "named") && td_need_day (self, "day", &day);
}

/* Who was absent is still to get it: the dossier stays where it is. */
static void
act_award (TdAttempt *self, TdDossier *dossier, const TdNamed *named)
{
  const char *outcome = td_operation_text (self->operation, "outcome");
  const char *receiver = td_operation_text (self->operation, "receiver");
  g_autofree char *detail = g_strdup_printf ("%s%s%s", receiver, *receiver == '\0' ? "" : ", ",
                                             td_operation_text (self->operation, "place"));
  TdEntry *entry = td_take_step (self, dossier, strcmp (outcome, "absent") == 0 ? "" : "awarded");

  td_replace (&entry->verdict, outcome);
  td_replace (&entry->detail, detail);
  td_show_dossier (self, dossier);
}

const TdVerb td_board_verbs[] = {
  { "to_council", check_to_council, act_to_stage, NULL, NULL },
  { "council_opinion", check_council_opinion, act_council_opinion, begin_council_opinion, end_council_opinion },
  { "to_chairman", check_to_chairman, act_to_chairman, NULL, NULL },
  { "decide", check_decide, act_decide, begin_decide, NULL },
  { "award", NULL, act_award, begin_award, NULL },
  { NULL, NULL, NULL, NULL, NULL },
};
