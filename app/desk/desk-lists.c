/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-reports.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* Dossiers as rows: which ones a place shows, and what each row says. */

/** td_desk_version: the last version of @dossier handed in; NULL if none is known here. */
const TdVersion *
td_desk_version (TdDesk *self, const TdDossier *dossier)
{
  return dossier->version == 0 ? NULL : td_state_version (td_desk_view (self), dossier->id, dossier->version);
}

static const TdRecord *
nominee (TdDesk *self, const TdDossier *dossier)
{
  return td_desk_record (self, dossier->id);
}

/** td_desk_title: the nominee's name, or what kind of dossier it is; owned. */
char *
td_desk_title (TdDesk *self, const char *id)
{
  const TdDossier *dossier = td_state_dossier (td_desk_view (self), id);
  const TdRecord *record = dossier == NULL ? NULL : nominee (self, dossier);
  g_autofree char *name = NULL;

  if (dossier != NULL && strcmp (dossier->type, "registration") == 0)
    return g_strdup (_ ("Registration to take part"));
  if (dossier != NULL && strcmp (dossier->type, "report") == 0)
    return g_strdup (td_report_title (self, td_report_is_interim (self, dossier->owner, id)));
  name = record == NULL ? g_strdup ("") : td_record_text (record, "name");
  return *name == '\0' ? g_strdup (_ ("Nominee without a name")) : g_steal_pointer (&name);
}

/* ---- one row -------------------------------------------------------------------------------- */

static void
set_who (TdDesk *self, TdDossierItem *item, const TdDossier *dossier)
{
  const TdRecord *record = nominee (self, dossier);
  g_autofree char *title = td_desk_title (self, dossier->id);
  g_autofree char *subject = record == NULL ? g_strdup ("") : td_record_text (record, "subject");
  g_autofree char *position = record == NULL ? g_strdup ("") : td_record_text (record, "position");
  gboolean nomination = strcmp (dossier->type, "nomination") == 0;

  td_item_set (&item->id, dossier->id);
  td_item_set (&item->type, dossier->type);
  td_item_set (&item->title, title);
  td_item_set (&item->unit_name, td_desk_unit_name (self, dossier->owner));
  item->collective = nomination && strcmp (subject, "individual") != 0;
  if (nomination)
    td_item_set (&item->kind_label, item->collective ? _ ("Collective") : _ ("Person"));
  else
    td_item_set (&item->kind_label, strcmp (dossier->type, "registration") == 0 ? _ ("Registration") : _ ("Report"));
  td_item_set (&item->subtitle, *position != '\0' ? position : item->collective ? _ ("Party organisation") : "");
  td_item_set (&item->category, td_desk_category (self, dossier));
}

/* Why it came back, was left out or taken out: the last such step while it still counts. */
static const char *
reason_of (const TdDossier *dossier)
{
  static const char *const stages[] = { "returned", "not_proposed", "withdrawn", NULL };

  if (!g_strv_contains (stages, dossier->stage))
    return "";
  for (guint i = dossier->chain->len; i > 0; i--)
    {
      const TdEntry *entry = dossier->chain->pdata[i - 1];

      if (strcmp (entry->to, dossier->stage) == 0 && *entry->detail != '\0')
        return entry->detail;
    }
  return "";
}

static gboolean
waits_with_step (TdDesk *self, const char *dossier)
{
  const char *verb = NULL;

  return td_desk_is_waiting (self, dossier, &verb) && strcmp (verb, "edit") != 0;
}

static void
set_stage (TdDesk *self, TdDossierItem *item, const TdDossier *dossier)
{
  const TdEntry *last = dossier->chain->len == 0 ? NULL : dossier->chain->pdata[dossier->chain->len - 1];
  const TdUnit *holder = td_units_get (self->units, dossier->holder);
  g_autofree char *since = last == NULL || last->day == TD_DATE_NONE ? NULL : td_date_to_screen (last->day);

  item->waiting = td_desk_is_waiting (self, dossier->id, NULL);
  td_item_set (&item->stage, dossier->stage);
  td_item_set (&item->stage_label, td_desk_is_provisional (self, dossier->id) ? _ ("Not through the centre yet")
                                   : waits_with_step (self, dossier->id)      ? _ ("Waiting to be sent")
                                                                              : td_words_stage (dossier->stage));
  td_item_set (&item->holder_name, td_desk_unit_name (self, dossier->holder));
  td_item_set (&item->since, since);
  td_item_set (&item->next,
               td_desk_is_provisional (self, dossier->id)
                   ? _ ("Came on a stick: to be read only until the centre has it")
                   : td_words_next (dossier->type, dossier->stage, holder != NULL && holder->upper == NULL));
  td_item_set (&item->reason, reason_of (dossier));
  td_item_set (&item->submission, td_desk_carried_by (self, dossier));
}

static guint
count (GPtrArray *findings, TdVerdict verdict, GPtrArray *settled)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];
      gboolean decides = finding->severity == TD_SEVERITY_ERROR || finding->severity == TD_SEVERITY_OVERRIDE;

      n += decides && finding->verdict == verdict
           && !g_strv_contains ((const char *const *)settled->pdata, finding->rule);
    }
  return n;
}

static void
set_verdict (TdDesk *self, TdDossierItem *item)
{
  const TdJudged *judged = td_desk_judge (self, item->id);
  TdVerdict verdict;
  GPtrArray *settled;
  g_autofree char *label = NULL;
  const char *word;

  if (judged == NULL || judged->findings == NULL)
    return;
  verdict = td_findings_verdict (judged->findings, (const char *const *)judged->waived->pdata);
  settled = verdict == TD_VERDICT_MANUAL ? judged->answered : judged->waived;
  if (verdict == TD_VERDICT_MANUAL && count (judged->findings, verdict, settled) == 0)
    verdict = TD_VERDICT_PASS;
  word = verdict == TD_VERDICT_FAIL      ? "fail"
         : verdict == TD_VERDICT_UNKNOWN ? "unknown"
         : verdict == TD_VERDICT_MANUAL  ? "manual"
                                         : "pass";
  td_item_set (&item->verdict, word);
  if (strcmp (word, "pass") == 0)
    {
      td_item_set (&item->verdict_label, td_verdict_label (TD_VERDICT_PASS));
      return;
    }
  label = g_strdup_printf ("%s: %u", td_verdict_label (verdict), count (judged->findings, verdict, settled));
  td_item_set (&item->verdict_label, label);
}

static const TdEntry *
last_opinion (GPtrArray *opinions, const char *verb)
{
  for (guint i = opinions->len; i > 0; i--)
    if (strcmp (((TdEntry *)opinions->pdata[i - 1])->verb, verb) == 0)
      return opinions->pdata[i - 1];
  return NULL;
}

static gboolean
was_asked (const TdDossier *dossier)
{
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *entry = dossier->chain->pdata[i];

      if (strcmp (entry->verb, "ask") == 0 && !td_is_undone (dossier, entry->op))
        return TRUE;
    }
  return FALSE;
}

/* "Thẩm định: đạt · Rà soát: chờ"; an opinion on an older version says so. */
static void
add_opinion (TdDesk *self, GString *text, GPtrArray *opinions, const TdDossier *dossier, const char *verb, gboolean due)
{
  const TdEntry *entry = last_opinion (opinions, verb);
  g_autofree char *label = td_words_verb (self, verb);

  if (entry == NULL && !due)
    return;
  g_string_append_printf (text, "%s%s: %s", text->len == 0 ? "" : " · ", label,
                          entry == NULL ? _ ("awaited") : td_words_verdict (entry->verdict));
  if (entry != NULL && strcmp (entry->digest, dossier->digest) != 0)
    g_string_append_printf (text, " (%s)",
                            strcmp (verb, "review") == 0 ? _ ("on an older version; to be reviewed again")
                                                         : _ ("on an older version; to be appraised again"));
}

static void
set_opinions (TdDesk *self, TdDossierItem *item, const TdDossier *dossier)
{
  TdSeat seat = td_desk_seat (self);
  g_autoptr (GPtrArray) opinions = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if ((seat != TD_SEAT_BOARD && seat != TD_SEAT_REVIEWER) || item->own)
    return;
  opinions = td_state_opinions (td_desk_view (self), dossier->id);
  if (seat == TD_SEAT_BOARD)
    add_opinion (self, text, opinions, dossier, "appraise", TRUE);
  add_opinion (self, text, opinions, dossier, "review", was_asked (dossier));
  td_item_set (&item->opinion_label, text->str);
}

/** td_desk_make_item: the row of @id; NULL if it is unknown. */
TdDossierItem *
td_desk_make_item (TdDesk *self, const char *id)
{
  const TdDossier *dossier = self->store == NULL ? NULL : td_state_dossier (td_desk_view (self), id);
  TdDossierItem *item;

  if (dossier == NULL)
    return NULL;
  item = td_dossier_item_new ();
  item->own = td_owns (self->units, dossier, self->unit);
  item->held = td_holds (dossier, self->unit);
  item->editable
      = item->own && item->held && (strcmp (dossier->stage, "draft") == 0 || strcmp (dossier->stage, "returned") == 0);
  item->listed = td_desk_is_listed (self, id);
  set_who (self, item, dossier);
  set_stage (self, item, dossier);
  set_verdict (self, item);
  set_opinions (self, item, dossier);
  return item;
}

TdDossierItem *
td_desk_dossier (TdDesk *self, const char *id)
{
  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL, NULL);

  return td_desk_make_item (self, id);
}

/* ---- which ones ---------------------------------------------------------------------------------- */

/* What lies above this desk has left it; what was sent down again is still its business. */
static gboolean
is_inbox (TdDesk *self, const TdDossier *dossier)
{
  const TdUnit *holder = td_units_now (self->units, dossier->holder);

  if (td_owns (self->units, dossier, self->unit) || td_is_asked (dossier, self->unit))
    return FALSE;
  if (td_holds (dossier, self->unit))
    return TRUE;
  return strcmp (dossier->stage, "returned") == 0 && holder != NULL
         && td_units_on_route (self->units, holder, self->unit);
}

/* What units below handed in and this one handed on: it is followed, not worked on. */
static gboolean
is_above (TdDesk *self, const TdDossier *dossier)
{
  const TdUnit *holder = td_units_now (self->units, dossier->holder);

  return !td_owns (self->units, dossier, self->unit) && !td_is_asked (dossier, self->unit)
         && !td_holds (dossier, self->unit) && holder != NULL && td_units_on_route (self->units, self->unit, holder);
}

/* Own drafts, and what came from below; another unit's report ends where it arrived (model.md 3). Registrations go up
 * with a letter of their own. */
static gboolean
is_selectable (TdDesk *self, const TdDossier *dossier)
{
  if (!td_holds (dossier, self->unit))
    return FALSE;
  if (strcmp (dossier->type, "registration") == 0)
    return td_desk_is_listed (self, dossier->id);
  if (td_owns (self->units, dossier, self->unit))
    return strcmp (dossier->stage, "draft") == 0;
  return strcmp (dossier->stage, "received") == 0 && strcmp (dossier->type, "report") != 0;
}

static gboolean
belongs (TdDesk *self, const TdDossier *dossier, TdList list)
{
  if (self->unit == NULL)
    return FALSE;
  switch (list)
    {
    case TD_LIST_OWN:
      return td_owns (self->units, dossier, self->unit) && strcmp (dossier->type, "nomination") == 0;
    case TD_LIST_INBOX:
      return is_inbox (self, dossier);
    case TD_LIST_SELECTION:
      return is_selectable (self, dossier);
    case TD_LIST_ABOVE:
      return is_above (self, dossier);
    case TD_LIST_ASKED:
      return td_is_asked (dossier, self->unit);
    case TD_LIST_ALL:
    default:
      return TRUE;
    }
}

typedef struct
{
  char *id;
  char *name;
  const char *owner;
  gboolean person;
} Sorted;

static void
sorted_free (gpointer data)
{
  g_free (((Sorted *)data)->id);
  g_free (((Sorted *)data)->name);
  g_free (data);
}

static Sorted *
sort_key (TdDesk *self, const TdDossier *dossier)
{
  const TdRecord *record = nominee (self, dossier);
  g_autofree char *subject = record == NULL ? g_strdup ("") : td_record_text (record, "subject");
  Sorted *key = g_new0 (Sorted, 1);

  key->id = g_strdup (dossier->id);
  key->name = td_desk_title (self, dossier->id);
  key->owner = dossier->owner;
  key->person = strcmp (subject, "individual") == 0;
  return key;
}

/* By unit, the collective first, then persons by given name. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const Sorted *left = *(const Sorted *const *)a;
  const Sorted *right = *(const Sorted *const *)b;
  int units = strcmp (left->owner, right->owner);
  int names;

  if (units != 0)
    return units;
  if (left->person != right->person)
    return left->person - right->person;
  names = left->person ? td_text_compare_people (left->name, right->name) : td_text_compare (left->name, right->name);
  return names != 0 ? names : strcmp (left->id, right->id);
}

static const char *
term_for (TdList list)
{
  return list == TD_LIST_OWN ? "owner" : list == TD_LIST_SELECTION ? "holder" : NULL;
}

GListModel *
td_desk_dossiers (TdDesk *self, TdList list)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (sorted_free);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL)
    return td_desk_model_new (self, ids);
  found = term_for (list) == NULL ? td_state_list (td_desk_view (self), "dossier", "all")
                                  : td_desk_list_own (self, "dossier", term_for (list), "");
  for (guint i = 0; i < found->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), found->pdata[i]);

      if (dossier != NULL && belongs (self, dossier, list))
        g_ptr_array_add (keys, sort_key (self, dossier));
    }
  g_ptr_array_sort (keys, compare);
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (ids, g_strdup (((Sorted *)keys->pdata[i])->id));
  return td_desk_model_new (self, ids);
}

/* ---- a new one -------------------------------------------------------------------------------------- */

char *
td_desk_new_nomination (TdDesk *self, gboolean collective, GError **error)
{
  g_autofree char *id = NULL;
  TdPair pairs[] = { { "subject", collective ? "collective" : "individual" },
                     { "award", "BANG_KHEN_CHU_TICH_UBND_TINH" },
                     { collective ? "name" : "workplace", "" } };

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || td_desk_seat (self) == TD_SEAT_BOARD)
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This desk makes no nominations."));
      return NULL;
    }
  id = td_desk_new_id (self);
  pairs[2].text = collective ? self->unit->party_organisation : self->unit->full_name;
  return td_desk_write (self, id, "nomination", pairs, G_N_ELEMENTS (pairs), NULL, error) ? g_steal_pointer (&id)
                                                                                          : NULL;
}
