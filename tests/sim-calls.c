/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "desk/calls.h"
#include "desk/desk-private.h"
#include "dossier/call-code.h"

#include <string.h>

/* Codes read over the telephone (model.md 2.6). Somebody below reads out the code of a trình that waits at his desk,
 * somebody above types it in, at once or later, sometimes as another unit's or with a wrong digit; the content comes
 * by line, by stick, changed, or never. Both do so by the desk's own code. The book here knows which trình a code was
 * read out for and which came: a call counts for the dossiers of exactly that one. */

typedef struct
{
  char *code, *op;
  SimDesk *by;
} Heard; /* on a sheet of paper beside the telephone */

typedef struct
{
  char *op, *code, *unit;
  TdDate day;
} Noted; /* a call the endpoint accepted */

typedef struct
{
  char *op, *code, *unit;
  GPtrArray *dossiers;
} Came; /* a trình it accepted */

static void
heard_free (gpointer data)
{
  Heard *self = data;

  g_free (self->code);
  g_free (self->op);
  g_free (self);
}

static void
noted_free (gpointer data)
{
  Noted *self = data;

  g_free (self->op);
  g_free (self->code);
  g_free (self->unit);
  g_free (self);
}

static void
came_free (gpointer data)
{
  Came *self = data;

  g_free (self->op);
  g_free (self->code);
  g_free (self->unit);
  g_ptr_array_unref (self->dossiers);
  g_free (self);
}

void
sim_calls_start (void)
{
  sim->heard = g_ptr_array_new_with_free_func (heard_free);
  sim->noted = g_ptr_array_new_with_free_func (noted_free);
  sim->came = g_ptr_array_new_with_free_func (came_free);
}

void
sim_calls_stop (void)
{
  g_ptr_array_unref (sim->heard);
  g_ptr_array_unref (sim->noted);
  g_ptr_array_unref (sim->came);
}

static const char *
campaign (void)
{
  return td_campaign_id (td_centre_campaign (sim->centre));
}

/* ---- a call ------------------------------------------------------------------------------------------------------- */

/* Without the spaces it is shown with. */
static char *
digits_of (const char *shown)
{
  g_auto (GStrv) groups = g_strsplit (shown, " ", -1);

  return g_strjoinv ("", groups);
}

static void
read_out (SimDesk *desk)
{
  TdDesk *window = sim_window_open (desk);
  g_autoptr (GListModel) waiting = td_desk_calls_to_make (window);
  guint count = g_list_model_get_n_items (waiting);
  g_autoptr (TdRowItem) row = count == 0 ? NULL : g_list_model_get_item (waiting, sim_draw (count));

  if (row != NULL)
    {
      Heard *heard = g_new0 (Heard, 1);

      heard->code = digits_of (row->value);
      heard->op = g_strdup (row->id);
      heard->by = desk;
      g_ptr_array_add (sim->heard, heard);
      sim_note ("desk %u reads out %s for %s", desk->index, heard->code, heard->op);
    }
  sim_window_close (window);
}

/* Its check digit finds that. */
static char *
misheard (const char *code)
{
  char *wrong = g_strdup (code);
  gsize at = sim_draw ((guint)strlen (code));

  wrong[at] = (char)('0' + (wrong[at] - '0' + 1 + (int)sim_draw (8)) % 10);
  return wrong;
}

/* @day: as it is typed; NULL: what the desk offers. */
static void
note_call (SimDesk *desk, const char *unit, const char *code, const char *day)
{
  TdDesk *window = sim_window_open (desk);
  g_autofree char *offered = NULL;
  g_autofree char *time = NULL;
  g_autoptr (GError) error = NULL;
  const SimMachine *machine = &sim->machines[desk->index];
  gboolean good;

  g_free (window->person);
  window->person = g_strdup ("Trần Thị Nội Vụ");
  td_desk_call_now (window, &offered, &time);
  good = td_desk_note_call (window, unit, "Ông Mẫu", code, day == NULL ? offered : day, time, &error);
  sim_note ("desk %u notes %s of %s%s", desk->index, code, unit, good ? "" : " in vain");
  if (!good && day != NULL && machine->clock_off > -G_TIME_SPAN_DAY / G_USEC_PER_SEC && !machine->full
      && !machine->dead)
    sim_fail ("calls", "desk %u can't note a call: %s", desk->index, error->message);
  sim_window_close (window);
}

/* Another one that hands in at the same place. */
static const char *
sibling_of (const SimDesk *desk)
{
  for (guint i = 0; i < SIM_DESKS; i++)
    if (strcmp (sim->desks[i].unit, desk->unit) != 0
        && g_strcmp0 (sim_above (sim->desks[i].unit), sim_above (desk->unit)) == 0)
      return sim->desks[i].unit;
  return desk->unit;
}

static void
note_wrongly (SimDesk *above, const Heard *heard)
{
  g_autofree char *wrong = misheard (heard->code);

  if (sim_chance (30))
    note_call (above, heard->by->unit, wrong, NULL);
  else
    note_call (above, sibling_of (heard->by), heard->code, "05/07/2025");
}

void
sim_call_make (void)
{
  SimDesk *desk = &sim->desks[sim_draw (SIM_DESKS)];
  SimDesk *above;
  const Heard *heard;

  if (sim_above (desk->unit) != NULL)
    read_out (desk);
  if (sim->heard->len == 0)
    return;
  heard = sim->heard->pdata[sim_chance (60) ? sim->heard->len - 1 : sim_draw (sim->heard->len)];
  above = sim_desk_above (heard->by);
  if (sim_chance (70))
    note_call (above, heard->by->unit, heard->code, sim_chance (50) ? "05/07/2025" : NULL);
  else if (sim_chance (50))
    note_wrongly (above, heard);
  td_exchange_changed (above->exchange);
  sim_settle ();
  sim_desk_changed (above);
}

/* ---- what the endpoint took ----------------------------------------------------------------------------------------- */

static void
follow_trinh (const TdOperation *operation, const SimDesk *by)
{
  g_autoptr (GArray) named = td_operation_named (operation);
  Came *came = g_new0 (Came, 1);

  came->op = g_strdup (operation->id);
  came->code = td_call_code_of (operation, campaign (), by->unit);
  came->unit = g_strdup (by->unit);
  came->dossiers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < named->len; i++)
    g_ptr_array_add (came->dossiers, g_strdup (g_array_index (named, TdNamed, i).dossier));
  g_ptr_array_add (sim->came, came);
  for (guint i = 0; i < sim->heard->len; i++)
    {
      const Heard *heard = sim->heard->pdata[i];

      if (strcmp (heard->op, came->op) == 0 && strcmp (heard->code, came->code) != 0)
        sim_fail ("calls", "%s was read out as %s, its content says %s", came->op, heard->code, came->code);
    }
}

void
sim_calls_follow (const TdOperation *operation, const SimDesk *by)
{
  if (strcmp (operation->verb, "submit") == 0)
    follow_trinh (operation, by);
  else if (strcmp (operation->verb, "attest") == 0)
    {
      Noted *noted = g_new0 (Noted, 1);

      noted->op = g_strdup (operation->id);
      noted->code = g_strdup (td_operation_text (operation, "code"));
      noted->unit = g_strdup (td_operation_text (operation, "unit"));
      noted->day = td_date_parse_iso (td_operation_text (operation, "day"));
      g_ptr_array_add (sim->noted, noted);
      if (g_strcmp0 (sim_above (noted->unit), by->unit) != 0)
        sim_fail ("calls", "%s takes a call of %s", by->unit, noted->unit);
    }
}

/* Shown to all on the way up from the unit that called. */
gboolean
sim_calls_may_see (const char *unit, const char *id)
{
  for (guint i = 0; i < sim->noted->len; i++)
    {
      const Noted *noted = sim->noted->pdata[i];
      g_autofree char *call = td_call_id (campaign (), noted->unit, noted->code);
      gboolean about = strcmp (call, id) == 0;

      for (guint c = 0; c < sim->came->len && !about; c++)
        {
          const Came *came = sim->came->pdata[c];

          about = strcmp (came->code, noted->code) == 0
                  && g_ptr_array_find_with_equal_func (came->dossiers, id, g_str_equal, NULL);
        }
      for (const char *at = noted->unit; about && at != NULL; at = sim_above (at))
        if (strcmp (at, unit) == 0)
          return TRUE;
    }
  return FALSE;
}

/* ---- what a call counts for ------------------------------------------------------------------------------------------ */

/* Of what is kept under @id: the row of this call; owned with *holder. NULL: none. */
static JsonObject *
row_of (const char *id, const Noted *noted, JsonObject **holder)
{
  g_autofree char *text = sim_entity ("receipt", id);
  JsonArray *rows;

  *holder = text == NULL ? NULL : td_json_parse_object (text, -1, TD_SYNC_INFLATED_MAX, NULL);
  rows = *holder == NULL ? NULL : td_json_array (*holder, "rows");
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = td_json_element_object (rows, i);

      if (row != NULL && g_strcmp0 (td_json_string (row, "op"), noted->op) == 0)
        return row;
    }
  return NULL;
}

/* The trình a call counts for, by its own row; NULL: none. */
static const Came *
counted (const Noted *noted)
{
  g_autofree char *id = td_call_id (campaign (), noted->unit, noted->code);
  g_autoptr (JsonObject) holder = NULL;
  JsonObject *row = row_of (id, noted, &holder);
  const char *op = row == NULL ? NULL : td_json_string (row, "submit");
  gboolean expected = FALSE;

  if (row == NULL)
    sim_fail ("calls", "the call %s is nowhere", noted->op);
  for (guint i = 0; i < sim->came->len; i++)
    {
      const Came *came = sim->came->pdata[i];
      gboolean meant = strcmp (came->code, noted->code) == 0 && strcmp (came->unit, noted->unit) == 0;

      if (meant && g_strcmp0 (op, came->op) == 0)
        return came;
      expected = expected || meant;
    }
  if (expected || (op != NULL && *op != '\0'))
    sim_fail ("calls", "the call %s of %s counts for %s", noted->op, noted->code, op == NULL ? "nothing" : op);
  return NULL;
}

static void
check_call (const Noted *noted)
{
  const Came *came = counted (noted);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, sim->dossiers);
  while (sim->failure == NULL && g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (JsonObject) holder = NULL;
      JsonObject *row = row_of (id, noted, &holder);
      gboolean meant = came != NULL && g_ptr_array_find_with_equal_func (came->dossiers, id, g_str_equal, NULL);

      if (meant != (row != NULL))
        sim_fail ("calls", "the call %s %s for dossier %s", noted->op, meant ? "doesn't count" : "counts", (char *)id);
      else if (row != NULL && td_json_int (row, "day", 0) != noted->day)
        sim_fail ("calls", "dossier %s has another day than the call %s", (char *)id, noted->op);
    }
}

guint64 sim_calls_matched;

void
sim_check_calls (void)
{
  for (guint i = 0; i < sim->noted->len && sim->failure == NULL; i++)
    check_call (sim->noted->pdata[i]);
  for (guint i = 0; i < sim->noted->len && sim->failure == NULL; i++)
    sim_calls_matched += counted (sim->noted->pdata[i]) != NULL;
}
