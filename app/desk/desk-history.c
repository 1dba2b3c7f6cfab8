/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/calls-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What was done, by whom, when, verified: the chain of a dossier, the journal
 * of a desk, and the route with its stations. */

/* ---- links of the chain ---------------------------------------------------------------------- */

static const char *
verified (TdDesk *self, const char *op, gboolean waiting)
{
  const TdStepItem *step = waiting ? NULL : td_desk_step_item (self, op);

  if (step == NULL)
    return _ ("Not verified yet");
  return step->verified ? _ ("Signature valid") : _ ("Signature NOT valid");
}

static char *
label_of (TdDesk *self, const TdEntry *entry)
{
  g_autofree char *label = td_words_verb (self, entry->verb);

  if (*entry->verdict == '\0')
    return g_steal_pointer (&label);
  return g_strdup_printf ("%s: %s", label, td_words_verdict (entry->verdict));
}

/* What the words of a step are, where they are no reason. */
static const struct
{
  const char *verb, *words;
} kinds_of_words[] = {
  { "assign", N_ ("Person in charge: %s") },      { "appraise", N_ ("Note: %s") },   { "review", N_ ("Note: %s") },
  { "to_chairman", N_ ("Submission paper: %s") }, { "decide", N_ ("Decision: %s") }, { "award", N_ ("Ceremony: %s") },
};

static char *
say_words (const char *verb, const char *words)
{
  const char *kind = N_ ("Reason: %s");

  for (guint i = 0; i < G_N_ELEMENTS (kinds_of_words); i++)
    if (strcmp (kinds_of_words[i].verb, verb) == 0)
      kind = kinds_of_words[i].words;
  return *words == '\0' ? g_strdup ("") : g_strdup_printf (_ (kind), words);
}

/* A waiver names what it waived; a decision what it is no basis for. */
static char *
words_of (TdDesk *self, const TdEntry *entry)
{
  const char *note = td_campaign_decision_note (self->campaign);
  g_autofree char *words = NULL;

  if (strcmp (entry->verb, "waive") == 0)
    words = g_strdup_printf ("“%s”: %s", td_campaign_rule_title (self->campaign, entry->subject), entry->detail);
  else if (strcmp (entry->verb, "decide") == 0 && strcmp (entry->verdict, "award") == 0 && *note != '\0')
    words = g_strdup_printf ("%s. %s", entry->detail, note);
  else
    words = g_strdup (strcmp (entry->verb, "assign") == 0 ? entry->subject : entry->detail);
  return say_words (entry->verb, words);
}

static TdChainItem *
make_link (TdDesk *self, const TdEntry *entry, const char *title)
{
  TdChainItem *item = td_chain_item_new ();
  g_autofree char *label = label_of (self, entry);
  g_autofree char *who = *entry->position == '\0' ? g_strdup (entry->author)
                                                  : g_strdup_printf ("%s, %s", entry->author, entry->position);
  g_autofree char *words = words_of (self, entry);
  g_autofree char *when = NULL;

  item->waiting = td_desk_is_waiting (self, entry->op, NULL);
  item->at = item->waiting ? G_MAXINT64 : entry->at;
  when = item->waiting ? g_strdup (_ ("Waiting to be sent")) : td_time_to_screen (entry->at);
  td_item_set (&item->op, entry->op);
  td_item_set (&item->verb, entry->verb);
  td_item_set (&item->label, label);
  td_item_set (&item->who, who);
  td_item_set (&item->unit_name, td_desk_unit_name (self, entry->unit));
  td_item_set (&item->when, when);
  td_item_set (&item->reason, words);
  td_item_set (&item->verified, verified (self, entry->op, item->waiting));
  td_item_set (&item->dossier_title, title);
  if (strcmp (entry->verb, "reorganise") == 0)
    td_desk_explain_move (self, entry, item);
  return item;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const TdEntry *left = *(const TdEntry *const *)a;
  const TdEntry *right = *(const TdEntry *const *)b;

  return left->q != right->q ? (left->q > right->q) - (left->q < right->q)
                             : (left->at > right->at) - (left->at < right->at);
}

/* Steps and the opinions this desk may see, in the order of the sequence. */
static GPtrArray *
entries_of (TdDesk *self, const TdDossier *dossier)
{
  GPtrArray *entries = g_ptr_array_new ();
  g_autoptr (GPtrArray) opinions = td_state_opinions (td_desk_view (self), dossier->id);

  for (guint i = 0; i < dossier->chain->len; i++)
    g_ptr_array_add (entries, dossier->chain->pdata[i]);
  for (guint i = 0; i < opinions->len; i++)
    g_ptr_array_add (entries, opinions->pdata[i]);
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

/* ---- days that were noted ------------------------------------------------------------------------ */

static void
set_noted_by (TdDesk *self, TdChainItem *item)
{
  const TdStepItem *step = td_desk_step_item (self, item->op);
  g_autoptr (TdOperation) operation = step == NULL ? NULL : td_operation_parse (step->body, -1, NULL);
  g_autofree char *who = NULL;
  g_autofree char *when = step == NULL ? NULL : td_time_to_screen (step->at);

  item->waiting = td_desk_is_waiting (self, item->op, NULL);
  item->at = item->waiting || step == NULL ? G_MAXINT64 : step->at;
  td_item_set (&item->when, item->waiting ? _ ("Waiting to be sent") : when);
  td_item_set (&item->verified, verified (self, item->op, item->waiting));
  if (operation == NULL)
    return;
  who = *operation->position == '\0' ? g_strdup (operation->author)
                                     : g_strdup_printf ("%s, %s", operation->author, operation->position);
  td_item_set (&item->who, who);
}

/* When it reached a level by paper or by a call (model.md 2.5): no link of the chain, but a part of its history. */
static TdChainItem *
make_noted (TdDesk *self, const TdReceipt *receipt, const char *title)
{
  TdChainItem *item = td_chain_item_new ();
  g_autofree char *label = td_words_verb (self, "attest");
  g_autofree char *day = td_date_to_screen (receipt->day);
  g_autofree char *words
      = *receipt->code == '\0' ? g_strdup_printf (_ ("Paper %s came on %s"), receipt->paper, day) : NULL;
  g_autoptr (TdRowItem) call = td_row_item_new ();

  td_item_set (&item->op, receipt->op);
  td_item_set (&item->verb, "attest");
  td_item_set (&item->label, words != NULL ? label : _ ("Code noted by telephone"));
  td_item_set (&item->unit_name, td_desk_unit_name (self, receipt->level));
  td_item_set (&item->dossier_title, title);
  set_noted_by (self, item);
  if (words == NULL)
    td_desk_say_call (self, receipt, call);
  td_item_set (&item->reason, words != NULL ? words : call->subtitle);
  return item;
}

static void
add_receipts (TdDesk *self, GListStore *list, const char *id, const char *title)
{
  const GPtrArray *receipts = td_state_receipts (td_desk_view (self), id);
  g_autoptr (GPtrArray) calls = td_desk_calls_about (self, id);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    if (*((TdReceipt *)receipts->pdata[i])->code == '\0')
      {
        g_autoptr (TdChainItem) item = make_noted (self, receipts->pdata[i], title);

        g_list_store_append (list, item);
      }
  for (guint i = 0; i < calls->len; i++)
    {
      g_autoptr (TdChainItem) item = make_noted (self, calls->pdata[i], title);

      g_list_store_append (list, item);
    }
}

/* Calls stand in the journal from before their content came. */
static void
add_calls (TdDesk *self, GListStore *list)
{
  g_autoptr (GPtrArray) calls = td_desk_noted_calls (self);

  for (guint i = 0; i < calls->len; i++)
    {
      const TdReceipt *call = calls->pdata[i];
      g_autoptr (TdChainItem) item = make_noted (self, call, td_desk_unit_name (self, call->unit));

      td_desk_insert_link (list, item, TRUE);
    }
}

GListModel *
td_desk_chain (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_CHAIN_ITEM);
  const TdDossier *dossier;
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL, NULL);

  dossier = td_state_dossier (td_desk_view (self), id);
  if (dossier == NULL)
    return G_LIST_MODEL (list);
  title = td_desk_title (self, id);
  entries = entries_of (self, dossier);
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (TdChainItem) item = make_link (self, entries->pdata[i], title);

      g_list_store_append (list, item);
    }
  add_receipts (self, list, id, title);
  td_desk_add_settled (self, list, id, FALSE);
  return G_LIST_MODEL (list);
}

typedef struct
{
  const TdEntry *entry;
  GString *titles;
  guint count;
} Line;

static void
line_free (gpointer data)
{
  g_string_free (((Line *)data)->titles, TRUE);
  g_free (data);
}

/* One step may name many dossiers: one line of the journal. */
static void
add_line (TdDesk *self, GHashTable *lines, const TdEntry *entry, const char *dossier)
{
  Line *line = g_hash_table_lookup (lines, entry->op);
  g_autofree char *title = td_desk_title (self, dossier);

  if (line == NULL)
    {
      line = g_new0 (Line, 1);
      line->entry = entry;
      line->titles = g_string_new (NULL);
      g_hash_table_insert (lines, entry->op, line);
    }
  if (++line->count <= 3)
    g_string_append_printf (line->titles, "%s%s", line->count == 1 ? "" : "; ", title);
  else if (line->count == 4)
    g_string_append (line->titles, "; …");
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *left = *(const Line *const *)a;
  const Line *right = *(const Line *const *)b;

  return compare_entries (&right->entry, &left->entry);
}

GListModel *
td_desk_journal (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_CHAIN_ITEM);
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, line_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = NULL;
  GHashTableIter iter;
  gpointer line;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  ids = td_state_list (td_desk_view (self), "dossier", "all");
  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);
      g_autoptr (GPtrArray) entries = dossier == NULL ? NULL : entries_of (self, dossier);

      for (guint e = 0; entries != NULL && e < entries->len; e++)
        add_line (self, lines, entries->pdata[e], dossier->id);
    }
  g_hash_table_iter_init (&iter, lines);
  while (g_hash_table_iter_next (&iter, NULL, &line))
    g_ptr_array_add (sorted, line);
  g_ptr_array_sort (sorted, compare_lines);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Line *at = sorted->pdata[i];
      g_autoptr (TdChainItem) item = make_link (self, at->entry, at->titles->str);

      g_list_store_append (list, item);
    }
  td_desk_add_settled (self, list, NULL, TRUE);
  add_calls (self, list);
  return G_LIST_MODEL (list);
}

/* ---- the route ------------------------------------------------------------------------------------- */

static void
add_station (GListStore *list, const char *id, const char *title, TdDate day, const char *state)
{
  g_autoptr (TdRowItem) row = td_row_item_new ();
  g_autofree char *shown = day == TD_DATE_NONE ? NULL : td_date_to_screen (day);

  td_item_set (&row->id, id);
  td_item_set (&row->title, title);
  td_item_set (&row->subtitle, shown);
  td_item_set (&row->state, state);
  g_list_store_append (list, row);
}

/* The last day a step led to @stage, of @unit if given. */
static TdDate
day_of (const TdDossier *dossier, const char *stage, const TdUnit *unit)
{
  for (guint i = dossier->chain->len; i > 0; i--)
    {
      const TdEntry *entry = dossier->chain->pdata[i - 1];

      if (strcmp (entry->to, stage) == 0 && (unit == NULL || td_unit_is (unit, entry->unit)))
        return entry->day;
    }
  return TD_DATE_NONE;
}

static const char *
place_of (TdDesk *self, const TdDossier *dossier, const TdUnit *unit, gboolean passed)
{
  const TdUnit *holder = td_units_now (self->units, dossier->holder);

  if (holder == unit)
    return strcmp (dossier->stage, "returned") == 0 ? "warn" : "info";
  if (holder != NULL && td_units_on_route (self->units, unit, holder))
    return "ok";
  return passed ? "warn" : "missing";
}

/* The stages at the top, in their order; the one it stands on is "here". */
static void
add_top_stations (GListStore *list, const TdDossier *dossier, gboolean at_top)
{
  static const struct
  {
    const char *stage;
    const char *label;
  } stations[] = { { "in_council", N_ ("Council") },
                   { "endorsed", N_ ("Council's opinion") },
                   { "at_chairman", N_ ("Chairman") },
                   { "decided", N_ ("Decision") },
                   { "awarded", N_ ("Award") } };
  int here = -1;

  for (guint i = 0; i < G_N_ELEMENTS (stations); i++)
    if (strcmp (stations[i].stage, dossier->stage) == 0)
      here = (int)i;
  for (guint i = 0; i < G_N_ELEMENTS (stations); i++)
    {
      gboolean reached = at_top && here >= (int)i;

      add_station (list, stations[i].stage, _ (stations[i].label),
                   reached ? day_of (dossier, stations[i].stage, NULL) : TD_DATE_NONE,
                   !reached         ? "missing"
                   : here == (int)i ? "info"
                                    : "ok");
    }
}

GListModel *
td_desk_route (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  const TdDossier *dossier;
  const TdUnit *unit;
  static const char *const beyond[] = { "endorsed", "in_council", "at_chairman", "decided", "awarded", NULL };

  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL, NULL);

  dossier = td_state_dossier (td_desk_view (self), id);
  unit = dossier == NULL ? NULL : td_owner_unit (self->units, dossier);
  for (; unit != NULL; unit = unit->upper)
    {
      gboolean owner = td_owns (self->units, dossier, unit);
      TdDate day = day_of (dossier, owner ? "submitted" : "received", unit);
      const char *place = place_of (self, dossier, unit, day != TD_DATE_NONE);
      gboolean top = unit->upper == NULL;

      if (top && g_strv_contains (beyond, dossier->stage))
        place = "ok";
      add_station (list, unit->key, top ? unit->receiving_office : unit->full_name, day, place);
      if (top && strcmp (dossier->type, "nomination") == 0)
        add_top_stations (list, dossier, td_holds (dossier, unit));
    }
  return G_LIST_MODEL (list);
}
