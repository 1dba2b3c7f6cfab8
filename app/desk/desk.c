/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "thidua-desk"

#include "config.h"

#include "desk/desk-private.h"
#include "store/packages.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (TdDesk, td_desk, G_TYPE_OBJECT)

GQuark
td_desk_error_quark (void)
{
  return g_quark_from_static_string ("td-desk-error-quark");
}

enum
{
  CHANGED,
  EXCHANGE,
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is kept until something changes ---------------------------------------------- */

/** td_desk_forget: what was kept is read anew. */
void
td_desk_forget (TdDesk *self)
{
  g_hash_table_remove_all (self->judged);
  g_hash_table_remove_all (self->refusals);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->foreign, g_hash_table_unref);
  g_clear_pointer (&self->steps, g_hash_table_unref);
  g_hash_table_remove_all (self->provisional);
  g_clear_pointer (&self->view, td_state_free);
}

/* A desk that isn't enrolled yet works with the roles its device will have. */
static void
admit_self (TdDesk *self, TdState *state)
{
  const char *key = td_store_key (self->store);

  if (self->unit != NULL && td_state_device (state, key) == NULL)
    td_state_add_device (state, key, self->unit->key, self->roles);
}

/** td_desk_view: what the screen shows: the endpoint's word and what waits; borrowed. */
TdState *
td_desk_view (TdDesk *self)
{
  if (self->view == NULL)
    {
      self->view = td_desk_scratch (self);
      td_store_overlay (self->store, self->view, self->campaign, self->units, td_desk_today (self), self->provisional);
    }
  return self->view;
}

gboolean
td_desk_is_provisional (TdDesk *self, const char *dossier)
{
  td_desk_view (self);
  return g_hash_table_contains (self->provisional, dossier);
}

TdState *
td_desk_scratch (TdDesk *self)
{
  TdState *state = td_store_view (self->store, self->campaign, self->units, td_desk_today (self));

  admit_self (self, state);
  return state;
}

/** td_desk_touch: after a change made here; @what is "all" or the id of a record. */
void
td_desk_touch (TdDesk *self, const char *what)
{
  td_desk_forget (self);
  if (self->exchange != NULL && self->started)
    td_exchange_changed (self->exchange);
  g_signal_emit (self, signals[CHANGED], 0, what);
  g_signal_emit (self, signals[EXCHANGE], 0);
}

static void
collect_waiting (TdDesk *self, const TdOutItem *item)
{
  g_autoptr (TdOperation) operation = NULL;
  g_autoptr (GArray) named = NULL;

  g_hash_table_insert (self->waiting, g_strdup (item->id), g_strdup (item->verb));
  if (*item->record != '\0')
    g_hash_table_insert (self->waiting, g_strdup (item->record), g_strdup (item->verb));
  if (strcmp (item->verb, "edit") == 0)
    return;
  operation = td_operation_parse (item->body, -1, NULL);
  named = operation == NULL ? NULL : td_operation_named (operation);
  for (guint i = 0; named != NULL && i < named->len; i++)
    g_hash_table_insert (self->waiting, g_strdup (g_array_index (named, TdNamed, i).dossier), g_strdup (item->verb));
}

/** td_desk_is_waiting: whether something about @id isn't at the endpoint yet; @verb: the last of it. */
gboolean
td_desk_is_waiting (TdDesk *self, const char *id, const char **verb)
{
  const char *found;

  if (self->waiting == NULL)
    {
      g_autoptr (GPtrArray) outbox = td_store_outbox (self->store);

      self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (guint i = 0; i < outbox->len; i++)
        collect_waiting (self, outbox->pdata[i]);
    }
  found = g_hash_table_lookup (self->waiting, id);
  if (verb != NULL)
    *verb = found;
  return found != NULL;
}

/** td_desk_step_item: the signed step behind an entry of a chain; NULL if it hasn't come. */
const TdStepItem *
td_desk_step_item (TdDesk *self, const char *op)
{
  if (self->steps == NULL)
    {
      g_autoptr (GPtrArray) steps = td_store_steps (self->store, NULL, 0);

      self->steps = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)td_step_item_free);
      for (guint i = 0; i < steps->len; i++)
        g_hash_table_replace (self->steps, ((TdStepItem *)steps->pdata[i])->id, steps->pdata[i]);
      g_ptr_array_set_free_func (steps, NULL);
    }
  return g_hash_table_lookup (self->steps, op);
}

/* ---- following the exchange ------------------------------------------------------------------- */

static void
on_link (TdExchange *exchange, TdDesk *self)
{
  g_signal_emit (self, signals[EXCHANGE], 0);
}

static void
on_applied (TdExchange *exchange, TdDesk *self)
{
  td_desk_forget (self);
  td_desk_find_unit (self);
  g_signal_emit (self, signals[CHANGED], 0, "all");
  g_signal_emit (self, signals[EXCHANGE], 0);
  g_signal_emit (self, signals[NAMED], 0);
}

static void
on_file (TdExchange *exchange, const char *sha, TdDesk *self)
{
  g_signal_emit (self, signals[EXCHANGE], 0);
}

static void
on_catalogue (TdExchange *exchange, TdDesk *self)
{
  g_autoptr (GError) error = NULL;

  if (!td_desk_load_files (self, &error))
    g_warning ("%s", error->message);
  g_signal_emit (self, signals[CHANGED], 0, "all");
  g_signal_emit (self, signals[NAMED], 0);
}

static void
follow_exchange (TdDesk *self)
{
  self->exchange = td_exchange_new (self->store);
  g_signal_connect (self->exchange, "link", G_CALLBACK (on_link), self);
  g_signal_connect (self->exchange, "applied", G_CALLBACK (on_applied), self);
  g_signal_connect (self->exchange, "file", G_CALLBACK (on_file), self);
  g_signal_connect (self->exchange, "catalogue", G_CALLBACK (on_catalogue), self);
}

/* ---- GObject --------------------------------------------------------------------------------- */

static void
td_desk_finalize (GObject *object)
{
  TdDesk *self = TD_DESK (object);

  td_desk_close (self);
  g_hash_table_unref (self->judged);
  g_hash_table_unref (self->provisional);
  g_hash_table_unref (self->refusals);
  td_campaign_unref (self->campaign);
  td_units_unref (self->units);
  g_free (self->datadir);
  g_free (self->offered);
  g_free (self->planned_submission);
  g_free (self->planned_session);
  g_free (self->person);
  g_free (self->position);
  g_free (self->roles);
  G_OBJECT_CLASS (td_desk_parent_class)->finalize (object);
}

static void
td_desk_class_init (TdDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_desk_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", TD_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EXCHANGE] = g_signal_new ("exchange", TD_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NAMED] = g_signal_new ("named", TD_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_desk_init (TdDesk *self)
{
  self->roles = g_strdup ("");
  self->provisional = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->judged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)td_judged_free);
  self->refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* ---- opening ------------------------------------------------------------------------------------ */

/** td_desk_default_path: where the person's own data base is; owned. */
char *
td_desk_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "thidua", "thidua.db", NULL);
}

/**
 * td_desk_open:
 * @path: (nullable): the data base; %NULL: the person's own
 * @datadir: the folder with campaigns/ and units/
 *
 * Returns: (transfer full) (nullable): the desk, or one clear sentence in @error
 */
TdDesk *
td_desk_open (const char *path, const char *datadir, GError **error)
{
  g_autofree char *own = path == NULL ? td_desk_default_path () : g_strdup (path);
  g_autoptr (TdDesk) self = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (datadir != NULL, NULL);

  self = g_object_new (TD_TYPE_DESK, NULL);
  self->datadir = g_strdup (datadir);
  self->store = td_store_open (own, &cause);
  if (self->store == NULL)
    {
      td_words_store (error, cause);
      return NULL;
    }
  if (!td_desk_load_files (self, error))
    return NULL;
  self->person = td_store_get (self->store, TD_META_PERSON);
  self->position = td_store_get (self->store, TD_META_POSITION);
  follow_exchange (self);
  return g_steal_pointer (&self);
}

/** td_desk_close: stops the exchange and closes the data base; nothing is lost. */
void
td_desk_close (TdDesk *self)
{
  g_return_if_fail (TD_IS_DESK (self));

  if (self->exchange != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->exchange, self);
      td_exchange_detach (self->exchange);
      g_clear_object (&self->exchange);
    }
  td_desk_forget (self);
  g_clear_pointer (&self->store, td_store_close);
}

/* ---- who and when ---------------------------------------------------------------------------------- */

TdSeat
td_desk_seat (TdDesk *self)
{
  g_autoptr (GPtrArray) below = NULL;

  if (self->unit == NULL)
    return TD_SEAT_NONE;
  if (strcmp (self->unit->code, td_campaign_board (self->campaign)) == 0)
    return TD_SEAT_BOARD;
  if (strchr (self->roles, 'R') != NULL)
    return TD_SEAT_REVIEWER;
  below = td_units_children (self->units, self->unit);
  return below->len > 0 ? TD_SEAT_DISTRICT : TD_SEAT_UNIT;
}

const TdUnit *
td_desk_unit (TdDesk *self)
{
  return self->unit;
}

const TdUnits *
td_desk_units (TdDesk *self)
{
  return self->units;
}

const TdCampaign *
td_desk_campaign (TdDesk *self)
{
  return self->campaign;
}

/** td_desk_today: the endpoint's campaign day, or the real one before the first exchange. */
TdDate
td_desk_today (TdDesk *self)
{
  TdDate day = td_store_day (self->store);

  return day != TD_DATE_NONE ? day : td_date_from_unix (g_get_real_time () / G_USEC_PER_SEC);
}

gboolean
td_desk_practice_day (TdDesk *self)
{
  g_autofree char *practice = td_store_get (self->store, TD_META_PRACTICE);

  return strcmp (practice, "1") == 0;
}

const char *
td_desk_person (TdDesk *self)
{
  return self->person;
}

const char *
td_desk_position (TdDesk *self)
{
  return self->position;
}

void
td_desk_set_person (TdDesk *self, const char *name, const char *position)
{
  g_free (self->person);
  g_free (self->position);
  self->person = td_text_clean_name (name);
  self->position = td_text_clean_name (position);
  td_store_set (self->store, TD_META_PERSON, self->person, NULL);
  td_store_set (self->store, TD_META_POSITION, self->position, NULL);
  g_signal_emit (self, signals[NAMED], 0);
}

/* ---- for the files of this layer --------------------------------------------------------------------- */

gboolean
td_desk_fail (GError **error, TdDeskError code, const char *sentence)
{
  g_set_error_literal (error, TD_DESK_ERROR, (int)code, sentence);
  return FALSE;
}

const char *
td_desk_unit_name (TdDesk *self, const char *key)
{
  const TdUnit *unit = *key == '\0' ? NULL : td_units_get (self->units, key);

  return unit == NULL ? key : unit->full_name;
}

const TdUnit *
td_desk_board (TdDesk *self)
{
  return td_units_body (self->units, td_campaign_board (self->campaign), td_campaign_start (self->campaign));
}
