/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/packages.h"
#include "store/store-private.h"

#include <string.h>

#include "dossier/crypto.h"

/* What the screen shows: the endpoint's word with our unanswered operations over
 * it, judged by the same td_apply() the endpoint will use. */

TdState *
td_store_mirror (TdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return td_entities_state (&self->entities);
}

/* Before enrolment, or before the directory has come, nobody knows this device;
 * its own screen takes it for what it was set up as. */
static void
introduce_self (TdStore *self, TdState *state)
{
  g_autofree char *unit = td_store_get (self, TD_META_UNIT);
  g_autofree char *roles = td_store_get (self, TD_META_ROLES);

  if (*unit != '\0' && td_state_device (state, self->key) == NULL)
    td_state_add_device (state, self->key, unit, *roles != '\0' ? roles : "OLARS");
}

static void
foresee (TdStore *self, const char *id, TdOutcome *outcome)
{
  if (outcome->ok && outcome->beside->len == 0)
    td_outcome_free (outcome);
  else
    g_hash_table_replace (self->forecast, g_strdup (id), outcome);
}

static gboolean
replay (TdStore *self, TdState *state, const TdContext *context, GError **error)
{
  g_autoptr (TdStmt) row = NULL;
  TdStep step;

  row = td_db_query (self->db, error, "SELECT id, body FROM outbox WHERE state IN (0, 1, 2, 3) ORDER BY n", NULL);
  if (row == NULL)
    return FALSE;
  while ((step = td_stmt_step (row, error)) == TD_STEP_ROW)
    {
      g_autoptr (TdOperation) operation = td_operation_parse (td_stmt_text (row, 1), -1, NULL);

      if (operation != NULL)
        foresee (self, operation->id, td_apply (state, operation, context));
    }
  return step == TD_STEP_DONE;
}

/**
 * td_store_view:
 * @campaign: under which the forecast is made
 * @units: its units
 * @day: campaign day, TD_DATE_NONE: the endpoint's last, or today before the first exchange
 *
 * Returns: (transfer full): mirror and outbox together; a read that fails is told by td_store_ok()
 */
TdState *
td_store_view (TdStore *self, const TdCampaign *campaign, const TdUnits *units, TdDate day)
{
  TdContext context = { .campaign = campaign, .units = units, .courtesy = TRUE, .q = G_MAXINT32 };
  g_autoptr (GError) error = NULL;
  TdState *state;

  g_return_val_if_fail (self != NULL && campaign != NULL && units != NULL, NULL);

  state = td_store_mirror (self);
  introduce_self (self, state);
  context.key = self->key;
  context.at = td_now ();
  context.day = day != TD_DATE_NONE ? day : td_store_day (self);
  if (context.day == TD_DATE_NONE)
    context.day = td_date_from_unix (context.at);
  g_hash_table_remove_all (self->forecast);
  if (!replay (self, state, &context, &error))
    g_warning ("view: %s", error->message);
  return state;
}

/* ---- what others' packages hold -------------------------------------------------------- */

static gboolean
names_known (TdState *mirror, const TdOperation *operation)
{
  g_autoptr (GArray) named = td_operation_named (operation);

  for (guint i = 0; i < named->len; i++)
    if (td_state_dossier (mirror, g_array_index (named, TdNamed, i).dossier) != NULL)
      return TRUE;
  return FALSE;
}

/* Edits and trình only: nothing is taken back or away on a stick's word, and a machine nobody has enrolled yet
 * touches nothing that the centre knows. */
static gboolean
may_lie_over (TdState *mirror, const TdOperation *operation, gboolean known)
{
  if (operation->kind == TD_OP_EDIT)
    return TRUE;
  return strcmp (operation->verb, "submit") == 0 && (known || !names_known (mirror, operation));
}

static void
note_named (GHashTable *provisional, const TdOperation *operation)
{
  g_autoptr (GArray) named = td_operation_named (operation);

  for (guint i = 0; operation->kind != TD_OP_EDIT && i < named->len; i++)
    g_hash_table_add (provisional, g_strdup (g_array_index (named, TdNamed, i).dossier));
}

static void
introduce_senders (TdStore *self, TdState *state)
{
  g_autoptr (GPtrArray) packages = td_store_carried (self);

  for (guint i = 0; i < packages->len; i++)
    {
      const TdCarriedPackage *package = packages->pdata[i];

      if (td_state_device (state, package->key) == NULL)
        td_state_add_device (state, package->key, package->unit, "OL");
    }
}

/**
 * td_store_overlay:
 * @state: a view, which shows more afterwards: no step may be tried on it
 * @provisional: set of the ids of dossiers that were handed in in a package only
 *
 * Packages of others that the centre has not told of yet (model.md 4.3), to be read.
 */
void
td_store_overlay (TdStore *self,
                  TdState *state,
                  const TdCampaign *campaign,
                  const TdUnits *units,
                  TdDate day,
                  GHashTable *provisional)
{
  g_autoptr (GPtrArray) ops = td_store_carried_ops (self);
  g_autoptr (TdState) mirror = ops->len == 0 ? NULL : td_store_mirror (self);
  TdContext context = { .campaign = campaign, .units = units, .courtesy = TRUE, .q = G_MAXINT32, .day = day };

  g_return_if_fail (self != NULL && state != NULL && provisional != NULL);

  context.at = td_now ();
  if (ops->len > 0)
    introduce_senders (self, state);
  for (guint i = 0; i < ops->len; i++)
    {
      const TdCarriedOp *op = ops->pdata[i];
      gboolean known = td_state_device (mirror, op->key) != NULL;
      g_autoptr (TdOperation) operation = td_operation_parse (op->body, -1, NULL);
      g_autoptr (TdOutcome) outcome = NULL;

      context.key = op->key;
      if (operation == NULL || !may_lie_over (mirror, operation, known))
        continue;
      outcome = td_apply (state, operation, &context);
      if (outcome->ok)
        note_named (provisional, operation);
    }
}

const TdOutcome *
td_store_forecast (TdStore *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return g_hash_table_lookup (self->forecast, id);
}

/* ---- accepted steps ------------------------------------------------------------------ */

void
td_step_item_free (TdStepItem *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->key);
  g_free (self->unit);
  g_free (self->body);
  g_free (self);
}

/* The signature is good, and the directory gives that key to the unit it is shown for. */
static gboolean
is_verified (TdState *state, const TdStepItem *item, const char *sig)
{
  const TdDevice *device = td_state_device (state, item->key);
  g_autofree char *digest = td_digest (item->body, -1);

  return device != NULL && strcmp (device->unit, item->unit) == 0 && td_verify (item->key, digest, sig);
}

static char *
member (JsonObject *json, const char *name)
{
  const char *text = td_json_string (json, name);

  return g_strdup (text != NULL ? text : "");
}

static TdStepItem *
read_step (TdState *state, const char *id, const char *text)
{
  g_autoptr (JsonObject) json = td_json_parse_object (text, -1, 4 * TD_STEP_MAX, NULL);
  g_autofree char *sig = NULL;
  g_autofree char *day = NULL;
  TdStepItem *item;

  if (json == NULL)
    return NULL;
  sig = member (json, "sig");
  day = member (json, "day");
  item = g_new0 (TdStepItem, 1);
  item->id = g_strdup (id);
  item->key = member (json, "key");
  item->unit = member (json, "unit");
  item->body = member (json, "body");
  item->at = td_json_int (json, "at", 0);
  item->q = td_json_int (json, "q", 0);
  item->day = td_date_parse_iso (day);
  item->verified = is_verified (state, item, sig);
  return item;
}

#define STEPS                                                                                                          \
  "SELECT entity.id, entity.body FROM term JOIN entity ON entity.kind = 'step' AND entity.id = term.id"                \
  " WHERE term.kind = 'step' AND term.term = :term ORDER BY entity.q DESC, entity.id DESC LIMIT :most"

GPtrArray *
td_store_steps (TdStore *self, const char *dossier, guint most)
{
  g_autofree char *term = dossier != NULL ? g_strconcat ("dossier:", dossier, NULL) : g_strdup ("all");
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)td_step_item_free);
  g_autoptr (TdState) state = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdStmt) row = NULL;

  g_return_val_if_fail (self != NULL, items);

  state = td_store_mirror (self);
  row = td_db_query (self->db, &error, STEPS, "t:term", term, "i:most", most != 0 ? (gint64)most : (gint64)-1, NULL);
  while (row != NULL && td_stmt_step (row, &error) == TD_STEP_ROW)
    {
      TdStepItem *item = read_step (state, td_stmt_text (row, 0), td_stmt_text (row, 1));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  if (error != NULL)
    g_warning ("steps: %s", error->message);
  return items;
}
