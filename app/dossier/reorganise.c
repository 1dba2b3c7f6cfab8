/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"
#include "dossier/crypto.h"

#include <string.h>

/* A re-organisation during the campaign (model.md 4.2): the administrator's
 * operation, judged under the new units file. What is written stays as it is
 * written; only holders, letters under way and what the administrator named for
 * a split are brought up to date. The epoch rises only where a dossier passes into
 * other hands: in a merger the devices of the closed unit go on, and what waits
 * on them must not be refused. */

/* ---- what the operation names ---------------------------------------------------- */

static gboolean
came_of_split (const TdUnits *units, const char *old, const char *heir)
{
  const TdUnit *written = td_units_get (units, old);
  const TdUnit *unit = td_units_get (units, heir);

  return written != NULL && written->heirs != NULL && unit != NULL && unit->acting == unit
         && td_unit_follows (unit, old);
}

static gboolean
check_closed (TdAttempt *self, JsonArray *closed)
{
  for (guint i = 0; closed != NULL && i < json_array_get_length (closed); i++)
    {
      const char *key = td_json_element_string (closed, i);
      const TdUnit *unit = key == NULL ? NULL : td_units_get (self->context->units, key);

      if (unit == NULL || unit->acting == unit)
        return td_refuse (self, "unit", key == NULL ? "" : key);
    }
  return TRUE;
}

/* Each pair names a dossier or a device of a unit that was split, and who came of it. */
static gboolean
check_pairs (TdAttempt *self, JsonArray *pairs, gboolean devices)
{
  for (guint i = 0; pairs != NULL && i < json_array_get_length (pairs); i++)
    {
      JsonArray *pair = td_json_element_array (pairs, i);
      const char *id = pair == NULL ? NULL : td_json_element_string (pair, 0);
      const char *heir = pair == NULL ? NULL : td_json_element_string (pair, 1);
      const TdDevice *device = id == NULL || !devices ? NULL : td_state_device (self->state, id);
      const TdDossier *dossier = id == NULL || devices ? NULL : td_state_dossier (self->state, id);

      if (heir == NULL || (device == NULL && dossier == NULL))
        return td_refuse (self, "unknown", id == NULL ? "" : id);
      if (!came_of_split (self->context->units, devices ? device->unit : dossier->owner, heir))
        return td_refuse (self, "unit", heir);
    }
  return TRUE;
}

static void
name_heirs (TdAttempt *self, JsonArray *pairs, gboolean devices)
{
  for (guint i = 0; pairs != NULL && i < json_array_get_length (pairs); i++)
    {
      JsonArray *pair = td_json_element_array (pairs, i);
      const char *id = td_json_element_string (pair, 0);
      const char *heir = td_json_element_string (pair, 1);

      td_replace (devices ? &td_state_device (self->state, id)->acts : &td_state_dossier (self->state, id)->acts, heir);
      td_state_mark (self->state, devices ? "device" : "dossier", id);
      if (devices)
        td_state_show (self->state, "*", "device", id);
    }
}

/* What a closed unit was shown is its successors' to read. */
static void
hand_on_views (TdAttempt *self, JsonArray *closed)
{
  for (guint i = 0; closed != NULL && i < json_array_get_length (closed); i++)
    {
      const char *key = td_json_element_string (closed, i);
      const TdUnit *unit = td_units_get (self->context->units, key);

      td_state_show_as (self->state, key, unit->acting->key);
      for (guint h = 0; unit->heirs != NULL && h < unit->heirs->len; h++)
        td_state_show_as (self->state, key, ((const TdUnit *)unit->heirs->pdata[h])->acting->key);
    }
}

/* ---- one dossier ------------------------------------------------------------------- */

/* The unit on @owner's way up that came of the one of @key. */
static const TdUnit *
on_way (const TdUnit *owner, const char *key)
{
  for (const TdUnit *at = owner; at != NULL; at = at->upper)
    if (td_unit_follows (at, key))
      return at;
  return NULL;
}

/* Who holds it from now on: the owner at home; who came of the holder, if it is still on
 * the way up; else the unit of the same level there, or, without that level, the next one. */
static const TdUnit *
holder_now (const TdUnits *units, const TdDossier *dossier, const TdUnit *owner)
{
  const TdUnit *written = td_units_get (units, dossier->holder);
  const TdUnit *found = on_way (owner, dossier->holder);

  if (strcmp (dossier->holder, dossier->owner) == 0)
    return owner;
  for (const TdUnit *at = owner->upper; at != NULL && found == NULL && written != NULL; at = at->upper)
    if (strcmp (at->level, written->level) == 0)
      found = at;
  return found != NULL ? found : owner->upper != NULL ? owner->upper : owner;
}

static gboolean
renew_letters (const TdUnits *units, TdDossier *dossier, const TdUnit *owner)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < dossier->carried->len; i++)
    {
      TdCarried *row = dossier->carried->pdata[i];
      const TdUnit *unit = on_way (owner, row->unit);

      if (unit == NULL)
        unit = td_units_now (units, row->unit);
      if (unit == NULL || strcmp (unit->key, row->unit) == 0)
        continue;
      td_replace (&row->unit, unit->key);
      changed = TRUE;
    }
  return changed;
}

/* The entry that everyone on the way sees: from whom, to whom, by which act. */
static void
enter_move (TdAttempt *self, TdDossier *dossier, const TdUnit *to, const char *stage)
{
  TdEntry *entry = td_entry_new ();

  td_replace (&entry->op, self->operation->id);
  td_replace (&entry->verb, self->operation->verb);
  td_replace (&entry->unit, self->device->unit);
  td_replace (&entry->author, self->operation->author);
  td_replace (&entry->from, dossier->stage);
  td_replace (&entry->to, stage);
  td_replace (&entry->detail, td_operation_text (self->operation, "reason"));
  td_replace (&entry->digest, dossier->digest);
  g_free (entry->subject);
  entry->subject = g_strdup_printf ("%s %s", dossier->holder, to->key);
  entry->at = self->context->at;
  entry->day = self->context->day;
  entry->q = self->context->q;
  g_ptr_array_add (dossier->chain, entry);
  td_replace (&dossier->stage, stage);
}

/* Into other hands: what the one before had received, the new holder has still to receive. */
static void
move (TdAttempt *self, TdDossier *dossier, const TdUnit *to)
{
  const TdUnit *before = td_units_now (self->context->units, dossier->holder);
  gboolean passes = before != to;
  gboolean again = passes && strcmp (dossier->stage, "received") == 0;
  g_autofree char *old = g_strdup (dossier->holder);

  enter_move (self, dossier, to, again ? "submitted" : dossier->stage);
  td_replace (&dossier->holder, to->key);
  if (again)
    dossier->received = FALSE;
  if (passes)
    {
      dossier->epoch++;
      td_show_history (self, dossier, to->key);
      td_show (self, old, "dossier", dossier->id);
      td_show (self, old, "step", self->operation->id);
      if (td_state_doubles (self->state, dossier->id) != NULL)
        td_show (self, to->key, "double", dossier->id);
    }
}

static void
settle (TdAttempt *self, TdDossier *dossier)
{
  const TdUnits *units = self->context->units;
  const TdUnit *owner = td_owner_unit (units, dossier);
  const TdUnit *to = owner == NULL ? NULL : holder_now (units, dossier, owner);
  gboolean ended = strcmp (dossier->stage, "withdrawn") == 0;
  gboolean changed;

  if (owner == NULL)
    return;
  changed = renew_letters (units, dossier, owner);
  if (ended) /* nobody acts on it any more: it goes nowhere */
    to = td_units_now (units, dossier->holder);
  if (to != NULL && strcmp (to->key, dossier->holder) != 0)
    {
      move (self, dossier, to);
      changed = TRUE;
    }
  if (!changed)
    return;
  td_state_mark (self->state, "dossier", dossier->id);
  td_show_dossier (self, dossier);
}

/* ---- all of them --------------------------------------------------------------------- */

static gboolean
check (TdAttempt *self)
{
  g_autofree char *digest = td_digest (td_units_source (self->context->units), -1);

  if (strcmp (digest, td_operation_text (self->operation, "units")) != 0)
    return td_refuse (self, "named", "units");
  return check_closed (self, td_json_array (self->operation->content, "closed"))
         && check_pairs (self, td_json_array (self->operation->content, "dossiers"), FALSE)
         && check_pairs (self, td_json_array (self->operation->content, "devices"), TRUE);
}

/**
 * td_apply_reorganise:
 *
 * By the endpoint's own key only, which td_apply_admin() has made sure of.
 */
void
td_apply_reorganise (TdAttempt *self)
{
  JsonObject *content = self->operation->content;
  g_autoptr (GPtrArray) ids = NULL;

  if (!check (self))
    return;
  name_heirs (self, td_json_array (content, "dossiers"), FALSE);
  name_heirs (self, td_json_array (content, "devices"), TRUE);
  hand_on_views (self, td_json_array (content, "closed"));
  ids = td_state_list (self->state, "dossier", "all");
  for (guint i = 0; i < ids->len; i++)
    settle (self, td_state_dossier (self->state, ids->pdata[i]));
}
