/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/replay.h"

#include "dossier/crypto.h"
#include "endpoint/centre-private.h"
#include "endpoint/journal-sqlite.h"

#include <glib/gi18n.h>
#include <string.h>

#define FORGET_EVERY 200 /* operations: what is in memory and what is read back must agree */

typedef struct
{
  TdJournal *from;
  TdJournal *to; /* a fresh one, in memory */
  TdState *state;
  TdCampaign *campaign;
  TdUnits *units;
  char *units_digest;
  GHashTable *missing; /* of the operation being replayed */
  char *key;           /* the endpoint's, from the first entry */
  char *head;
} Replay;

static gboolean
fail (GError **error, const TdLogged *op, const char *what)
{
  /* gettext can't read past a format that is a macro. */
  g_autofree char *entry = g_strdup_printf ("%" G_GINT64_FORMAT, op->q);

  g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_REPLAY, _ ("entry %s of the journal: %s"), entry, what);
  return FALSE;
}

static gboolean
file_whole (gpointer data, const char *sha)
{
  return !g_hash_table_contains (((Replay *)data)->missing, sha);
}

/* ---- context ------------------------------------------------------------------- */

static gboolean
load_campaign (Replay *self, const char *digest)
{
  g_autofree char *text = NULL;

  if (self->campaign != NULL && g_strcmp0 (td_campaign_digest (self->campaign), digest) == 0)
    return TRUE;
  g_clear_pointer (&self->campaign, td_campaign_unref);
  text = digest == NULL ? NULL : self->from->document (self->from, digest);
  self->campaign = text == NULL ? NULL : td_campaign_parse (text, -1, NULL);
  return self->campaign != NULL;
}

static gboolean
load_units (Replay *self, const char *digest)
{
  g_autofree char *text = NULL;

  if (self->units != NULL && g_strcmp0 (self->units_digest, digest) == 0)
    return TRUE;
  g_clear_pointer (&self->units, td_units_unref);
  g_free (self->units_digest);
  self->units_digest = g_strdup (digest);
  text = digest == NULL ? NULL : self->from->document (self->from, digest);
  self->units = text == NULL ? NULL : td_units_parse (text, -1, NULL);
  return self->units != NULL;
}

static gboolean
load_context (Replay *self, const TdLogged *op, TdDate *day)
{
  g_autoptr (JsonObject) json = td_json_parse_object (op->context, -1, TD_STEP_MAX, NULL);
  JsonArray *missing = td_json_array (json, "missing");
  const char *iso = td_json_string (json, "day");

  g_hash_table_remove_all (self->missing);
  for (guint i = 0; missing != NULL && i < json_array_get_length (missing); i++)
    g_hash_table_add (self->missing, g_strdup (td_json_element_string (missing, i)));
  *day = iso == NULL ? TD_DATE_NONE : td_date_parse_iso (iso);
  return *day != TD_DATE_NONE && load_campaign (self, td_json_string (json, "campaign"))
         && load_units (self, td_json_string (json, "units"));
}

/* ---- one entry ------------------------------------------------------------------ */

static gboolean
same_outcome (const TdLogged *op, const TdOutcome *outcome)
{
  if (op->ok != outcome->ok || strcmp (op->code, outcome->code) != 0
      || g_strv_length (op->beside) != outcome->beside->len)
    return FALSE;
  for (guint i = 0; i < outcome->beside->len; i++)
    if (strcmp (op->beside[i], outcome->beside->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
check_bytes (Replay *self, const TdLogged *op, GError **error)
{
  g_autofree char *digest = td_digest (op->body, -1);
  g_autofree char *head = td_centre_head (self->head, op);

  if (strcmp (digest, op->digest) != 0)
    return fail (error, op, _ ("its bytes are not those that came"));
  if (strcmp (head, op->head) != 0)
    return fail (error, op, _ ("the audit chain is broken"));
  g_free (self->head);
  self->head = g_steal_pointer (&head);
  return TRUE;
}

static gboolean
apply (Replay *self, const TdLogged *op, const TdOperation *operation, TdDate day, GError **error)
{
  TdContext context = { self->campaign, self->units, op->key, day, op->at, op->q, FALSE };
  g_autoptr (TdOutcome) outcome = td_apply (self->state, operation, &context);

  if (!same_outcome (op, outcome))
    return fail (error, op, _ ("it is judged otherwise now"));
  if (op->ok)
    td_centre_put_step (self->state, operation, op, day);
  return TRUE;
}

/* What an older program didn't know stays refused, whatever this one knows. */
static gboolean
replay_op (Replay *self, const TdLogged *op, GError **error)
{
  g_autoptr (TdOperation) operation = td_operation_parse (op->body, -1, NULL);
  gboolean valid = operation != NULL && (operation->kind == TD_OP_EDIT || td_verify (op->key, op->digest, op->sig));
  TdDate day;

  if (!check_bytes (self, op, error))
    return FALSE;
  if (!load_context (self, op, &day))
    return fail (error, op, _ ("its context can't be read"));
  if (!valid && op->ok)
    return fail (error, op, _ ("its signature is wrong"));
  if (td_centre_is_genesis (op))
    {
      self->key = g_strdup (op->key);
      td_centre_apply_genesis (self->state, op->key);
    }
  else if (valid && strcmp (op->code, "kind") != 0 && !apply (self, op, operation, day, error))
    return FALSE;
  if (op->ok)
    self->to->write_state (self->to, self->state, op->q);
  td_state_clear_dirty (self->state);
  if (op->q % FORGET_EVERY == 0)
    td_state_forget (self->state);
  return TRUE;
}

static gboolean
replay_all (Replay *self, GError **error)
{
  gint64 q = 0;

  for (;;)
    {
      g_autoptr (TdLogged) op = self->from->op_after (self->from, q);

      if (op == NULL)
        return self->from->ok (self->from, error) && self->to->ok (self->to, error);
      if (op->q != q + 1)
        return fail (error, op, _ ("the one before it is missing"));
      if (!replay_op (self, op, error))
        return FALSE;
      q = op->q;
    }
}

/* ---- the sum --------------------------------------------------------------------- */

static gboolean
add_line (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  g_ptr_array_add (data, g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s", kind, id, q, body));
  return TRUE;
}

static gboolean
same_lines (GPtrArray *left, GPtrArray *right, GError **error)
{
  for (guint i = 0; i < MAX (left->len, right->len); i++)
    {
      const char *stored = i < left->len ? left->pdata[i] : "";
      const char *again = i < right->len ? right->pdata[i] : "";

      if (strcmp (stored, again) == 0)
        continue;
      g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_REPLAY, _ ("stored “%.120s”, replayed “%.120s”"), stored,
                   again);
      return FALSE;
    }
  return TRUE;
}

/* What follows from the operations alone: "double <id> …" of the entities, "<unit> double <id> …" of the views. */
static gboolean
is_derived (const char *line)
{
  const char *second = strchr (line, ' ');

  return g_str_has_prefix (line, "double ") || (second != NULL && g_str_has_prefix (second, " double "));
}

static gboolean
keep_body (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  if (strcmp (kind, "double") == 0)
    g_hash_table_insert (data, g_strdup (id), g_strdup (body));
  return TRUE;
}

/* A journal begun before there were such rows has some of them, at later places: those must say what
 * they would say anywhere, the others follow with the next step on their dossier. */
static gboolean
same_derived (Replay *self, GError **error)
{
  g_autoptr (GHashTable) stored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) again = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id, body;

  self->from->each_entity (self->from, keep_body, stored);
  self->to->each_entity (self->to, keep_body, again);
  g_hash_table_iter_init (&iter, stored);
  while (g_hash_table_iter_next (&iter, &id, &body))
    if (g_strcmp0 (body, g_hash_table_lookup (again, id)) != 0)
      {
        const char *other = g_hash_table_lookup (again, id);

        g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_REPLAY, _ ("stored “%.120s”, replayed “%.120s”"),
                     (char *)body, other == NULL ? "" : other);
        return FALSE;
      }
  return TRUE;
}

static void
drop_derived (GPtrArray *lines)
{
  for (guint i = lines->len; i > 0; i--)
    if (is_derived (lines->pdata[i - 1]))
      g_ptr_array_remove_index (lines, i - 1);
}

static gboolean
compare (Replay *self, GError **error)
{
  g_autoptr (GPtrArray) stored = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *derived = self->from->get (self->from, TD_JOURNAL_DERIVED);
  gboolean older = strcmp (derived, "double") != 0;

  self->from->each_entity (self->from, add_line, stored);
  self->to->each_entity (self->to, add_line, again);
  self->from->each_view (self->from, add_line, stored);
  self->to->each_view (self->to, add_line, again);
  if (older)
    {
      drop_derived (stored);
      drop_derived (again);
    }
  return self->from->ok (self->from, error) && self->to->ok (self->to, error) && same_lines (stored, again, error)
         && (!older || same_derived (self, error));
}

gboolean
td_centre_verify (TdCentre *self, GError **error)
{
  Replay replay = { .from = self->journal };
  gboolean good;

  replay.to = td_journal_sqlite_new (NULL, error);
  if (replay.to == NULL)
    return FALSE;
  replay.missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  replay.head = g_strdup (TD_CHAIN_START);
  replay.state = replay.to->state (replay.to, file_whole, &replay);
  good = replay.to->begin (replay.to, error) && replay_all (&replay, error) && compare (&replay, error);
  replay.to->rollback (replay.to);
  td_state_free (replay.state);
  td_journal_free (replay.to);
  g_clear_pointer (&replay.campaign, td_campaign_unref);
  g_clear_pointer (&replay.units, td_units_unref);
  g_hash_table_unref (replay.missing);
  g_free (replay.units_digest);
  g_free (replay.key);
  g_free (replay.head);
  return good;
}
