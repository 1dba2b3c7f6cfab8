/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-reports.h"

#include "desk/dated.h"
#include "dossier/gather.h"

#include <glib/gi18n.h>
#include <string.h>

/* The Lưu ý of III.3: without launch, final review and own awards nothing is proposed
 * upwards. Told early, with what is still to do and by when. */

static GPtrArray *
judge_own (TdDesk *self)
{
  g_autoptr (TdFacts) facts = td_facts_new ();

  facts->today = td_desk_today (self);
  facts->collective = TRUE;
  facts->unit = td_gather_unit (td_desk_view (self), self->campaign, self->units, self->unit->key);
  facts->submitter = facts->unit;
  return td_judge (self->campaign, facts);
}

/* The first finding of a kind of rule: which rule the gate is, only the plan's file says. */
static const TdFinding *
finding_of_kind (TdDesk *self, GPtrArray *findings, const char *kind)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];

      if (strcmp (td_campaign_rule_kind (self->campaign, finding->rule), kind) == 0)
        return finding;
    }
  return NULL;
}

static gboolean
hands_in (TdDesk *self)
{
  return self->unit != NULL && self->unit->upper != NULL;
}

/* ---- the three things ----------------------------------------------------------------- */

typedef struct
{
  const char *date, *document;
  const char *title;
  const char *todo; /* %s: by when */
} Thing;

static const Thing THINGS[] = {
  { "launch/date", "launch/document", N_ ("Launch of the campaign"),
    N_ ("Launch the campaign and write down day and document, before the dossiers are handed in (%s).") },
  { "final/date", "final/document", N_ ("Final review"),
    N_ ("Hold the final review with the review of the first six months of {year}, before the dossiers are handed in "
        "(%s).") },
  { "own_awards/date", "own_awards/document", N_ ("The unit's own awards"),
    N_ ("Award within the unit's own power at the final review, or write down why it has none, before the dossiers "
        "are handed in (%s).") },
};

static char *
limit_text (TdDesk *self)
{
  TdDeadline deadline = td_campaign_deadline (self->campaign, "nomination");
  g_autofree char *day = td_date_to_screen (deadline.limit);

  return g_strdup_printf (deadline.inclusive ? _ ("until the end of %s") : _ ("before %s"), day);
}

static void
say_done (TdDesk *self, TdRowItem *row, const Thing *thing, const char *events)
{
  g_autofree char *day = td_desk_shown (self, events, thing->date);
  g_autofree char *document = td_desk_text (self, events, thing->document);
  g_autofree char *subtitle
      = *document == '\0' ? g_strdup (_ ("The document is not written down yet.")) : g_strdup (document);

  td_item_set (&row->subtitle, subtitle);
  td_item_set (&row->value, day);
  td_item_set (&row->state, "ok");
}

static void
say_missing (TdDesk *self, TdRowItem *row, const Thing *thing, gboolean due)
{
  g_autofree char *limit = limit_text (self);
  g_autofree char *words = td_desk_dated (self, _ (thing->todo));
  g_autofree char *todo = g_strdup_printf (words, limit);
  gboolean late = !td_deadline_met (td_campaign_deadline (self->campaign, "nomination"), td_desk_today (self));

  td_item_set (&row->subtitle, todo);
  td_item_set (&row->value, due ? _ ("Still missing") : _ ("Not due yet"));
  td_item_set (&row->state, !due ? "info" : late ? "late" : "missing");
}

static TdRowItem *
make_thing (TdDesk *self, const Thing *thing, const char *events, gboolean waiting)
{
  TdRowItem *row = td_row_item_new ();
  g_autofree char *day = td_desk_text (self, events, thing->date);
  g_autofree char *reason = td_desk_text (self, events, "own_awards/none");
  gboolean awards = g_str_has_prefix (thing->date, "own_awards/");

  td_item_set (&row->id, thing->date);
  td_item_set (&row->title, _ (thing->title));
  if (*day != '\0')
    say_done (self, row, thing, events);
  else if (awards && *reason != '\0')
    {
      td_item_set (&row->subtitle, reason);
      td_item_set (&row->value, _ ("No power to award"));
      td_item_set (&row->state, "warn");
    }
  else
    say_missing (self, row, thing, !waiting || g_str_has_prefix (thing->date, "launch/"));
  return row;
}

GListModel *
td_desk_gate (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autofree char *events = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const TdFinding *gate;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (!hands_in (self))
    return G_LIST_MODEL (list);
  events = td_desk_ledger (self, "events");
  findings = judge_own (self);
  gate = finding_of_kind (self, findings, "prerequisites");
  for (guint i = 0; gate != NULL && i < G_N_ELEMENTS (THINGS); i++)
    {
      g_autoptr (TdRowItem) row = make_thing (self, &THINGS[i], events, gate->verdict == TD_VERDICT_UNKNOWN);

      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

/* ---- whom it stops ------------------------------------------------------------------------ */

/* Dossiers of others this unit holds: they can't go on either. */
static guint
held_of_others (TdDesk *self)
{
  g_autofree char *term = g_strdup_printf ("holder:%s", self->unit->key);
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "dossier", term);
  guint count = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      count += dossier != NULL && strcmp (dossier->type, "nomination") == 0
               && !td_owns (self->units, dossier, self->unit);
    }
  return count;
}

/* a district's missing event stops all it hands in, a commune's only its own. */
static char *
say_reach (TdDesk *self)
{
  guint held;

  if (td_desk_seat (self) != TD_SEAT_DISTRICT)
    return self->unit->upper->upper == NULL
               ? g_strdup (_ ("Until then none of the unit's nominations can be handed in."))
               : g_strdup_printf (
                   _ ("Until then none of the unit's nominations can be handed in; %s must have done all "
                      "three too before it hands anything on."),
                   td_desk_unit_name (self, self->unit->upper->key));
  held = held_of_others (self);
  return g_strdup_printf (ngettext ("Until then nothing this unit hands in is accepted: its own nominations and %u "
                                    "dossier of the units below it holds.",
                                    "Until then nothing this unit hands in is accepted: its own nominations and %u "
                                    "dossiers of the units below it holds.",
                                    held),
                          held);
}

char *
td_desk_gate_text (TdDesk *self, const char **state)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *reach = NULL;
  const TdFinding *gate;
  gboolean open;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  findings = hands_in (self) ? judge_own (self) : NULL;
  gate = findings == NULL ? NULL : finding_of_kind (self, findings, "prerequisites");
  if (state != NULL)
    *state = gate == NULL ? "" : gate->verdict == TD_VERDICT_UNKNOWN ? "info" : "missing";
  if (gate == NULL)
    return g_strdup ("");
  open = gate->verdict == TD_VERDICT_PASS || gate->severity == TD_SEVERITY_WARN; /* a warning stops nothing */
  if (open && state != NULL)
    *state = "ok";
  if (open)
    return g_strdup (gate->message);
  reach = say_reach (self);
  return g_strdup_printf ("%s %s", gate->message, reach);
}

/** td_desk_gate_task: what the overview says of the gate; NULL where nothing is to be done. */
TdRowItem *
td_desk_gate_task (TdDesk *self)
{
  const char *state;
  g_autofree char *text = td_desk_gate_text (self, &state);
  g_autoptr (GListModel) things = NULL;
  g_autoptr (GString) open = g_string_new (NULL);
  TdRowItem *row;

  if (*text == '\0' || strcmp (state, "ok") == 0)
    return NULL;
  things = td_desk_gate (self);
  for (guint i = 0; i < g_list_model_get_n_items (things); i++)
    {
      g_autoptr (TdRowItem) thing = g_list_model_get_item (things, i);

      if (strcmp (thing->state, "ok") != 0 && strcmp (thing->state, "warn") != 0)
        g_string_append_printf (open, "%s%s", open->len == 0 ? "" : ", ", thing->title);
    }
  row = td_row_item_new ();
  td_item_set (&row->id, "place:reviews");
  td_item_set (&row->title, open->str);
  td_item_set (&row->subtitle, text);
  td_item_set (&row->value, strcmp (state, "info") == 0 ? _ ("Not due yet") : _ ("Still missing"));
  td_item_set (&row->state, state);
  return row;
}

/* ---- the windows of the reviews --------------------------------------------------------------- */

static const char *
note_state (const TdFinding *finding)
{
  return finding->verdict == TD_VERDICT_PASS ? "ok" : finding->verdict == TD_VERDICT_NOT_APPLICABLE ? "info" : "warn";
}

GListModel *
td_desk_review_notes (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) findings = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  findings = hands_in (self) ? judge_own (self) : NULL;
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const TdFinding *finding = findings->pdata[i];
      g_autoptr (TdRowItem) row = NULL;

      if (strcmp (td_campaign_rule_kind (self->campaign, finding->rule), "event") != 0)
        continue;
      row = td_row_item_new ();
      td_item_set (&row->title, finding->message);
      td_item_set (&row->subtitle, finding->clause);
      td_item_set (&row->state, note_state (finding));
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}
