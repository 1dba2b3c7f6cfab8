/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "desk/revoked.h"

#include <glib/gi18n.h>
#include <string.h>

/* Words for codes: stages, papers, and each refusal as a sentence that says what
 * happened, what was kept and what to do. */

typedef struct
{
  const char *code;
  const char *words;
} Word;

static const char *
look_up (const Word *words, gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i].code, code) == 0)
      return _ (words[i].words);
  return NULL;
}

/* ---- stages, papers, verdicts ----------------------------------------------------------------------- */

static const Word STAGES[] = {
  { "draft", N_ ("Draft") },
  { "submitted", N_ ("Handed in") },
  { "received", N_ ("Received") },
  { "in_council", N_ ("At the Council") },
  { "endorsed", N_ ("Endorsed by the Council") },
  { "at_chairman", N_ ("With the Chairman") },
  { "decided", N_ ("Decided") },
  { "awarded", N_ ("Awarded") },
  { "returned", N_ ("Returned for completion") },
  { "not_proposed", N_ ("Not proposed") },
  { "withdrawn", N_ ("Withdrawn") },
};

const char *
td_words_stage (const char *stage)
{
  const char *words = look_up (STAGES, G_N_ELEMENTS (STAGES), stage);

  return words == NULL ? stage : words;
}

static const Word NEXT[] = {
  { "draft", N_ ("complete it and hand it in") }, { "submitted", N_ ("the next level receives it") },
  { "received", N_ ("chosen and handed on") },    { "in_council", N_ ("the Council gives its opinion") },
  { "endorsed", N_ ("handed to the Chairman") },  { "at_chairman", N_ ("the Chairman decides") },
  { "decided", N_ ("the award is handed over") }, { "returned", N_ ("correct what was named and hand it in again") },
};

/** td_words_next: what comes after @stage; "" at the end. */
const char *
td_words_next (const char *type, const char *stage, gboolean at_top)
{
  const char *words;

  if (strcmp (stage, "received") == 0 && strcmp (type, "report") == 0)
    return "";
  if (strcmp (stage, "received") == 0 && at_top)
    return strcmp (type, "nomination") == 0 ? _ ("appraised, then to the Council") : "";
  words = look_up (NEXT, G_N_ELEMENTS (NEXT), stage);
  return words == NULL ? "" : words;
}

static const Word PAPERS[] = {
  { "BAO_CAO_THANH_TICH", N_ ("Report on achievements") },
  { "XAC_NHAN_THUE", N_ ("Confirmation of the tax authority") },
  { "XAC_NHAN_BHXH", N_ ("Confirmation of social insurance") },
  { "XAC_NHAN_BHYT", N_ ("Confirmation of health insurance") },
  { "TO_TRINH", N_ ("Letter of submission") },
  { "BIEN_BAN", N_ ("Minutes of the meeting") },
  { "MINH_CHUNG", N_ ("Evidence of a result") },
  { "VAN_BAN_DANG_KY", N_ ("Letter of registration") },
  { "ANH", N_ ("Picture") },
  { "VAN_BAN", N_ ("Document sent along") },
  { "VAN_BAN_PHAT_DONG", N_ ("Document of the launch") },
  { "VAN_BAN_SO_KET", N_ ("Document of the interim review") },
  { "VAN_BAN_TONG_KET", N_ ("Document of the final review") },
  { "VAN_BAN_KHEN_THUONG", N_ ("Document of the own awards") },
  { "ANH_CONG_TRINH", N_ ("Picture of a work") },
};

const char *
td_words_paper (const char *kind)
{
  const char *words = look_up (PAPERS, G_N_ELEMENTS (PAPERS), kind);

  return words == NULL ? _ ("Other document") : words;
}

static const Word MARKS[] = {
  { "exceeded", N_ ("Exceeded") },
  { "met", N_ ("Met") },
  { "unmet", N_ ("Not met") },
  { "open", N_ ("No result yet") },
};

/** td_words_target_mark: how a target stands (td_target_mark()). */
const char *
td_words_target_mark (const char *mark)
{
  const char *words = look_up (MARKS, G_N_ELEMENTS (MARKS), mark);

  return words == NULL ? mark : words;
}

static const Word VERDICTS[] = {
  { "pass", N_ ("met") },           { "fail", N_ ("not met") },     { "agree", N_ ("agrees") },
  { "disagree", N_ ("disagrees") }, { "endorse", N_ ("endorsed") }, { "again", N_ ("to be looked at again") },
  { "decline", N_ ("declined") },   { "award", N_ ("awarded") },    { "handed", N_ ("handed over") },
  { "absent", N_ ("absent") },
};

const char *
td_words_verdict (const char *verdict)
{
  const char *words = look_up (VERDICTS, G_N_ELEMENTS (VERDICTS), verdict);

  return words == NULL ? verdict : words;
}

/** td_words_verb: the plan's own word for a step; owned. */
char *
td_words_verb (TdDesk *self, const char *verb)
{
  const TdStepRule *rule = td_campaign_step (self->campaign, verb);

  if (rule != NULL)
    return g_strdup (rule->label);
  if (strcmp (verb, "reorganise") == 0)
    return g_strdup (_ ("Moved when units were re-organised"));
  return g_strdup (strcmp (verb, "edit") == 0 ? _ ("Change") : verb);
}

/* ---- refusals (dossier/apply.h) ----------------------------------------------------------------------- */

static const Word REFUSALS[] = {
  { "format", N_ ("The centre could not read it. Update the program and do it again.") },
  { "limits", N_ ("It is too large. Divide it and do it again.") },
  { "kind", N_ ("The centre does not know this step. Update the program.") },
  { "reused", N_ ("The centre already has something else under this number. Do it again.") },
  { "device", N_ ("The centre does not know this machine. Enrol it with a code.") },
  { "revoked", N_ ("This machine is no longer admitted. Ask the provincial board for a new code.") },
  { "rights", N_ ("The role of this machine does not allow it. Let an authorised person do it.") },
  { "unit", N_ ("It is not this unit's to do. Check which unit the dossier belongs to.") },
  { "unknown", N_ ("The dossier is not known there yet. Exchange data and try again.") },
  { "held", N_ ("The dossier has left this unit's hands. Ask the next level to return it first.") },
  { "custody", N_ ("The dossier has moved in the meantime. Look where it is now and decide again.") },
  { "stage", N_ ("The dossier is at another stage now. Look at its chain and decide again.") },
  { "digest", N_ ("The dossier has changed in the meantime. Read it again and decide again.") },
  { "reason", N_ ("A reason is needed. Type it and do it again.") },
  { "fields", N_ ("Name at least one field to be corrected.") },
  { "rule", N_ ("The condition %s is not met. Open the dossier's check to see the figures and what would cure it.") },
  { "data", N_ ("Data for the condition %s is missing. Open the dossier's check and supply it.") },
  { "double",
    N_ ("The person stands in another dossier that was handed in. Check the identity number: if it is mistyped, "
        "correct it and hand it in again; if it is right, leave the person out, or ask the next level or the "
        "provincial board to compare the two.") },
  { "quota", N_ ("More persons are proposed than may be chosen. Leave some out.") },
  { "items", N_ ("The list of the submission does not fit what is handed in. Check the list and hand it in again.") },
  { "letter", N_ ("The letter has changed in the meantime. Check it and hand it in again.") },
  { "quotes",
    N_ ("The unit's ledger has changed since, or what the return named was left as it was. Correct it, or say "
        "why it stays.") },
  { "received", N_ ("The next level had received it before. Ask it to return the dossier.") },
  { "opinion", N_ ("The step “%s” has not been passed for the present version. Give the appraisal first.") },
  { "review",
    N_ ("The step “%s” has not been passed: this category needs the opinion of the Party Office first. Ask for it.") },
  { "files", N_ ("Attached files have not all arrived at the centre. Wait until they are sent and try again.") },
  { "session", N_ ("The record of the session has changed or is missing. Open it and try again.") },
  { "minutes", N_ ("The session needs the number of its minutes and a day that is not in the future.") },
  { "votes", N_ ("The votes do not add up to the members present. Check them.") },
  { "recusal", N_ ("Votes and members who stood aside are more than those present. Check them.") },
  { "tied",
    N_ ("%s was present and belongs to the unit of the nominee, so they must stand aside: write the name beside "
        "the dossier, or correct who was present.") },
  { "share", N_ ("The votes for (%s of all votes given, blank ones included) don't reach the share that the campaign "
                 "asks for. Choose another outcome, or correct the votes.") },
  { "paper", N_ ("The number of the document is needed.") },
  { "date", N_ ("The day is missing, in the future, or before the step it follows.") },
  { "signer", N_ ("The signer is missing, or is not entitled to sign the decision.") },
  { "asked", N_ ("The board has not asked this unit for an opinion.") },
  { "undo", N_ ("Only the last step can be undone, and only where the plan allows it.") },
  { "finding", N_ ("There is no such finding any more. Look at the dossier's check again.") },
  { "named", N_ ("Something that belongs to this step is missing. Fill in the form and do it again.") },
  { "reach", N_ ("There is no level above to hand it to.") },
  { "sent", N_ ("It was sent before and stays as it was sent. Write another one.") },
  { "code", N_ ("The code that was read over the telephone is wrong. Have it read again and type it anew.") },
  { "wording", N_ ("A title and a text are needed. Type them and send it again.") },
  { "addressee", N_ ("Nobody is named to receive it. Choose the units and send it again.") },
  { "below", N_ ("It can be sent only to units below this one. Choose others and send it again.") },
  { "matter", N_ ("What it answers or passes on was not sent to this unit.") },
  { "inspection",
    N_ ("The day, the members and the place of the inspection are needed. Type them and send it again.") },
  { "dropped", N_ ("The draft was put aside. Write another one.") },
};

/* “Xếp loại đảng viên năm 2020 - 2024” (mục III.2.2.b): a rule is never named by its number. */
static char *
name_rule (TdDesk *self, const char *rule)
{
  const char *title = td_campaign_rule_title (self->campaign, rule);
  const char *clause = td_campaign_rule_clause (self->campaign, rule);

  if (*title == '\0')
    return g_strdup (_ ("of a newer plan"));
  return g_strdup_printf ("“%s” (%s)", title, clause);
}

/* The labels of steps, as the refusal of a skipped one lists them; NULL where @steps lists none. */
static char *
name_steps (TdDesk *self, const char *steps)
{
  g_auto (GStrv) ids = g_strsplit (steps, " ", -1);
  GString *names = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const TdStepRule *step = td_campaign_step (self->campaign, ids[i]);

      if (step == NULL)
        {
          g_string_free (names, TRUE);
          return NULL;
        }
      g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", step->label);
    }
  return g_string_free (names, FALSE);
}

/* Sentences tell a rule, a step, who or how many in one place. */
static char *
fill (const char *words, const char *name)
{
  const char *place = strstr (words, "%s");

  return place == NULL ? g_strdup (words)
                       : g_strdup_printf ("%.*s%s%s", (int)(place - words), words, name, place + strlen ("%s"));
}

/** td_words_reason: why a step isn't accepted, and what to do; owned. */
char *
td_words_reason (TdDesk *self, const char *code, const char *detail)
{
  const char *words = look_up (REFUSALS, G_N_ELEMENTS (REFUSALS), code);
  g_autofree char *name = NULL;

  if (words == NULL)
    return g_strdup (_ ("The centre gave a reason that this version of the program does not know. Update the program "
                        "and do it again."));
  if (strcmp (code, "stage") == 0 && (name = name_steps (self, detail)) != NULL)
    return g_strdup_printf (_ ("These steps have not been passed: %s. Take them first, then do it again."), name);
  if (strcmp (code, "rule") == 0 || strcmp (code, "data") == 0)
    name = name_rule (self, detail);
  else if (strcmp (code, "opinion") == 0 || strcmp (code, "review") == 0)
    name = td_words_verb (self, strcmp (code, "opinion") == 0 ? "appraise" : "review");
  return fill (words, name == NULL ? detail : name);
}

/** td_words_refusal: why the centre didn't accept @verb, what was kept and what to do; owned. */
char *
td_words_refusal (TdDesk *self, const char *verb, const char *code, const char *detail)
{
  g_autofree char *label = td_words_verb (self, verb);
  g_autofree char *reason = td_words_reason (self, code, detail);

  return g_strdup_printf (_ ("“%s” was not done. %s What was typed is kept."), label, reason);
}

/* ---- exchange ---------------------------------------------------------------------------------------------- */

/** td_words_secret: why nothing goes while the secret service does not answer. */
const char *
td_words_secret (void)
{
  return _ (
      "The password store of this session (Secret Service, for example GNOME Keyring), which keeps this machine's "
      "access code, does not answer. Start or unlock it; the program tries again by itself. Everything is kept "
      "here.");
}

static const char *
exchange_sentence (int code)
{
  switch ((TdExchangeError)code)
    {
    case TD_EXCHANGE_ERROR_NOT_ENROLLED:
      return _ (
          "This machine is not enrolled yet. Everything is kept here; type the enrolment code when there is one.");
    case TD_EXCHANGE_ERROR_ADDRESS:
      return _ ("This is not an address of a centre. Type it as https://name.");
    case TD_EXCHANGE_ERROR_NO_LINE:
      return _ ("The centre can't be reached. Everything is kept here and goes by itself later.");
    case TD_EXCHANGE_ERROR_BUSY:
      return _ ("The centre is busy. Everything is kept here and goes by itself later.");
    case TD_EXCHANGE_ERROR_CLOCK:
      return g_strdup (
          _ ("By this machine's clock the centre's certificate is not valid today. Check the date and time of "
             "this machine; if they are right, call the provincial board. Nothing was sent."));
    case TD_EXCHANGE_ERROR_FOREIGN:
      return _ ("Somebody else answers instead of the centre: a log-in page or a proxy. Nothing was sent.");
    case TD_EXCHANGE_ERROR_LOCKED:
      return _ ("The centre no longer accepts this machine. Ask for a new enrolment code; nothing is lost.");
    case TD_EXCHANGE_ERROR_OLD:
      return _ ("The centre needs a newer version of this program; everything is kept here.");
    case TD_EXCHANGE_ERROR_STOPPED:
      return _ ("The centre can't accept what is sent. Call the provincial board; everything is kept here.");
    case TD_EXCHANGE_ERROR_CODE:
      return _ ("The enrolment code is wrong, used or expired. Check it or ask for a new one.");
    case TD_EXCHANGE_ERROR_TOO_MANY:
      return _ ("There were too many tries. Wait some minutes and try again.");
    case TD_EXCHANGE_ERROR_SECRET:
      return td_words_secret ();
    case TD_EXCHANGE_ERROR_UNIT:
    case TD_EXCHANGE_ERROR_ANSWER:
    case TD_EXCHANGE_ERROR_STORE:
    default:
      return NULL;
    }
}

static gboolean
is_full (const GError *cause)
{
  return g_error_matches (cause, TD_DB_ERROR, TD_DB_ERROR_FULL)
         || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
         || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
}

/** td_words_recovery: the centre is in recovery. */
const char *
td_words_recovery (void)
{
  return _ (
      "The centre was put back from an older copy and is being repaired. What it lacks was sent again; nothing is "
      "decided until it is done. Everything is kept here.");
}

/** td_words_exchange: a failure of the exchange or the enrolment; owned. */
char *
td_words_exchange (TdDesk *self, const GError *error)
{
  const char *sentence = error->domain == TD_EXCHANGE_ERROR ? exchange_sentence (error->code) : NULL;

  if (g_error_matches (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_LOCKED) && td_desk_revoked (self))
    return td_desk_revoked_text (self);
  if (g_error_matches (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_BUSY) && td_store_recovering (self->store))
    return g_strdup (td_words_recovery ());
  if (sentence != NULL)
    return g_strdup (sentence);
  if (g_error_matches (error, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_ANSWER))
    return g_strdup (_ ("The centre's answer can't be read. Everything is kept here; try again later."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("It was cancelled. Everything is kept here."));
  if (is_full (error))
    return g_strdup (
        _ ("There is no room on the disk of this machine, or it can't be written to, so what the centre sent "
           "could not be stored. Everything is kept here. Make room, then exchange again."));
  if (g_error_matches (error, TD_DB_ERROR, TD_DB_ERROR_BUSY))
    return g_strdup (_ ("Another program holds the data, so nothing could be exchanged. Everything is kept here. Close "
                        "the other window of this program, then exchange again."));
  return g_strdup_printf (_ ("The exchange failed: %s. Everything is kept here."), error->message);
}

/* ---- this machine --------------------------------------------------------------------------------------------- */

static const char *
store_sentence (const GError *cause)
{
  if (g_error_matches (cause, TD_STORE_ERROR, TD_STORE_ERROR_LIMITS))
    return _ ("It is too large to be kept or sent. Shorten it; what was there stays.");
  if (g_error_matches (cause, TD_STORE_ERROR, TD_STORE_ERROR_FILE))
    return _ ("The file can't be read, or is empty. Choose another; what was there stays.");
  if (g_error_matches (cause, TD_STORE_ERROR, TD_STORE_ERROR_HASH))
    return _ ("The file is damaged. Choose another; what was there stays.");
  if (g_error_matches (cause, TD_STORE_ERROR, TD_STORE_ERROR_SENT))
    return _ ("It has been sent already and can't be taken back here.");
  if (g_error_matches (cause, TD_STORE_ERROR, TD_STORE_ERROR_BOUND))
    return _ ("Something was sent for another unit already, so the unit can't be changed any more.");
  if (g_error_matches (cause, TD_STORE_ERROR, TD_STORE_ERROR_WAITING))
    return _ (
        "A step taken for the unit chosen before waits to be sent, so the unit can't be changed any more. Ask the "
        "province for a code of that unit; everything is kept here.");
  if (g_error_matches (cause, TD_DB_ERROR, TD_DB_ERROR_DAMAGED))
    return _ ("The data base is damaged and was left as it is. Nothing was changed.");
  if (g_error_matches (cause, TD_DB_ERROR, TD_DB_ERROR_NEWER))
    return _ ("The data base was written by a newer version of the program. Update the program; nothing was changed.");
  if (g_error_matches (cause, TD_DB_ERROR, TD_DB_ERROR_FOREIGN))
    return _ ("The file belongs to another program. Choose another; nothing was changed.");
  if (is_full (cause))
    return _ ("There is no room on the disk, or it can't be written to. What was stored before stays; what was typed "
              "last is not stored yet. Make room, then do it again.");
  if (g_error_matches (cause, TD_DB_ERROR, TD_DB_ERROR_BUSY))
    return _ ("Another program holds the data, so nothing was stored now. What was there stays. Close the other "
              "window of this program, then do it again.");
  return NULL;
}

/** td_words_store: puts a failure of this machine into @error as a sentence; takes @cause. */
void
td_words_store (GError **error, GError *cause)
{
  const char *sentence = store_sentence (cause);
  gboolean damaged = g_error_matches (cause, TD_DB_ERROR, TD_DB_ERROR_DAMAGED);

  if (sentence != NULL)
    td_desk_fail (error, damaged ? TD_DESK_ERROR_DAMAGED : TD_DESK_ERROR_STORE, sentence);
  else
    g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_STORE, _ ("It could not be written to the disk: %s"),
                 cause->message);
  g_error_free (cause);
}
