/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/award-roll.h"

#include "desk/desk-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* Decided dossiers as a roll. Number, signer, receiver and place stand in the
 * signed bodies of the steps. */

static gboolean
is_decided (const TdDossier *dossier)
{
  return strcmp (dossier->type, "nomination") == 0
         && (strcmp (dossier->stage, "decided") == 0 || strcmp (dossier->stage, "awarded") == 0);
}

static gboolean
is_undone (const TdDossier *dossier, const TdEntry *entry)
{
  for (guint i = 0; i < dossier->chain->len; i++)
    {
      const TdEntry *undo = dossier->chain->pdata[i];

      if (strcmp (undo->verb, "undo") == 0 && strcmp (undo->subject, entry->op) == 0)
        return TRUE;
    }
  return FALSE;
}

static const TdEntry *
last_step (const TdDossier *dossier, const char *verb)
{
  for (guint i = dossier->chain->len; i > 0; i--)
    {
      const TdEntry *entry = dossier->chain->pdata[i - 1];

      if (strcmp (entry->verb, verb) == 0 && !is_undone (dossier, entry))
        return entry;
    }
  return NULL;
}

/* What was signed; NULL while the step waits to be sent. */
static TdOperation *
signed_words (TdDesk *self, const TdEntry *entry)
{
  const TdStepItem *step = td_desk_step_item (self, entry->op);

  return step == NULL ? NULL : td_operation_parse (step->body, -1, NULL);
}

static void
take_day (char **field, const char *iso)
{
  TdDate day = td_date_parse_iso (iso);
  g_autofree char *shown = day == TD_DATE_NONE ? NULL : td_date_to_screen (day);

  if (shown != NULL)
    td_item_set (field, shown);
}

static void
set_decision (TdDesk *self, TdAwardItem *item, const TdEntry *entry)
{
  g_autoptr (TdOperation) operation = entry == NULL ? NULL : signed_words (self, entry);

  if (entry == NULL)
    return;
  td_item_set (&item->number, operation == NULL ? entry->detail : td_operation_text (operation, "number"));
  if (operation != NULL)
    take_day (&item->day, td_operation_text (operation, "day"));
}

static void
set_handing (TdDesk *self, TdAwardItem *item, const TdEntry *entry)
{
  g_autoptr (TdOperation) operation = entry == NULL ? NULL : signed_words (self, entry);

  td_item_set (&item->state, entry == NULL ? "waiting" : entry->verdict);
  td_item_set (&item->state_label, entry == NULL                            ? _ ("To be handed over")
                                   : strcmp (entry->verdict, "absent") == 0 ? _ ("Absent, handed over later")
                                                                            : _ ("Handed over"));
  if (operation == NULL)
    return;
  td_item_set (&item->receiver, td_operation_text (operation, "receiver"));
  td_item_set (&item->place, td_operation_text (operation, "place"));
  take_day (&item->handed, td_operation_text (operation, "day"));
}

static TdAwardItem *
make_award (TdDesk *self, const TdDossier *dossier)
{
  TdAwardItem *item = td_award_item_new ();
  const TdRecord *record = td_desk_record (self, dossier->id);
  g_autofree char *subject = record == NULL ? g_strdup ("") : td_record_text (record, "subject");
  g_autofree char *name = td_desk_title (self, dossier->id);

  td_item_set (&item->id, dossier->id);
  td_item_set (&item->name, name);
  td_item_set (&item->kind_label, strcmp (subject, "individual") == 0 ? _ ("Person") : _ ("Collective"));
  td_item_set (&item->unit_name, td_desk_unit_name (self, dossier->owner));
  td_item_set (&item->form, td_campaign_award_name (self->campaign));
  set_decision (self, item, last_step (dossier, "decide"));
  set_handing (self, item, last_step (dossier, "award"));
  return item;
}

static int
compare_awards (gconstpointer a, gconstpointer b, gpointer data)
{
  TdAwardItem *left = (TdAwardItem *)a;
  TdAwardItem *right = (TdAwardItem *)b;
  int units = td_text_compare (left->unit_name, right->unit_name);
  int names = td_text_compare_people (left->name, right->name);

  return units != 0 ? units : names != 0 ? names : strcmp (left->id, right->id);
}

GListModel *
td_desk_award_roll (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_AWARD_ITEM);
  g_autoptr (GPtrArray) ids = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  ids = td_state_list (td_desk_view (self), "dossier", "all");
  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);
      g_autoptr (TdAwardItem) item = dossier == NULL || !is_decided (dossier) ? NULL : make_award (self, dossier);

      if (item != NULL)
        g_list_store_append (list, item);
    }
  g_list_store_sort (list, compare_awards, NULL);
  return G_LIST_MODEL (list);
}

/* ---- the table to be pasted ------------------------------------------------------------------- */

/* One line, and nothing that a spreadsheet would take for a formula. */
static void
add_cell (GString *table, const char *text, gboolean last)
{
  g_autofree char *cell = g_strstrip (g_strdelimit (g_strdup (text), "\t\r\n", ' '));

  if (*cell != '\0' && strchr ("=+-@", *cell) != NULL)
    g_string_append_c (table, '\'');
  g_string_append (table, cell);
  g_string_append (table, last ? "\r\n" : "\t");
}

static void
add_line (GString *table, guint place, TdAwardItem *item)
{
  g_autofree char *number = g_strdup_printf ("%u", place);
  const char *cells[]
      = { number,     item->number,      item->day,    item->name,     item->kind_label, item->unit_name,
          item->form, item->state_label, item->handed, item->receiver, item->place };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    add_cell (table, cells[i], i + 1 == G_N_ELEMENTS (cells));
}

char *
td_desk_award_table (TdDesk *self)
{
  const char *heads[]
      = { _ ("No."),           _ ("Decision number"), _ ("Decision date"),  _ ("Name"),        _ ("Kind"), _ ("Unit"),
          _ ("Form of award"), _ ("Handing over"),    _ ("Handed over on"), _ ("Received by"), _ ("Place") };
  g_autoptr (GListModel) roll = NULL;
  GString *table = g_string_new (NULL);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  roll = td_desk_award_roll (self);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    add_cell (table, heads[i], i + 1 == G_N_ELEMENTS (heads));
  for (guint i = 0; i < g_list_model_get_n_items (roll); i++)
    {
      g_autoptr (TdAwardItem) item = g_list_model_get_item (roll, i);

      add_line (table, i + 1, item);
    }
  return g_string_free (table, FALSE);
}
