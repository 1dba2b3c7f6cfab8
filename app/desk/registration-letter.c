/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/registrations-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* A registration goes up a year before anyone is proposed for an award, with a
 * letter of its own; a district's letter carries those of its communes too. */

/* ---- the way ----------------------------------------------------------------------------------- */

char *
td_desk_registration_way (TdDesk *self)
{
  g_autoptr (GString) way = g_string_new (NULL);

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || self->unit->upper == NULL)
    return g_strdup ("");
  g_string_append (way, self->unit->full_name);
  for (const TdUnit *at = self->unit->upper; at != NULL; at = at->upper)
    g_string_append_printf (way, " → %s", *at->receiving_office != '\0' ? at->receiving_office : at->full_name);
  return g_string_free (g_steal_pointer (&way), FALSE);
}

/* ---- what goes ------------------------------------------------------------------------------------ */

static gboolean
is_own (TdDesk *self, const TdDossier *dossier)
{
  return td_owns (self->units, dossier, self->unit);
}

static gboolean
goes (TdDesk *self, const TdDossier *dossier)
{
  if (strcmp (dossier->type, "registration") != 0 || !td_holds (dossier, self->unit))
    return FALSE;
  return strcmp (dossier->stage, is_own (self, dossier) ? "draft" : "received") == 0;
}

/* Returned ones go up again with the letter they came back of. */
static gboolean
goes_again (TdDesk *self, const TdDossier *dossier)
{
  return strcmp (dossier->type, "registration") == 0 && td_holds (dossier, self->unit)
         && strcmp (dossier->stage, "returned") == 0 && is_own (self, dossier);
}

/* Owned ids; the own registration first. */
static GPtrArray *
going (TdDesk *self, gboolean (*test) (TdDesk *self, const TdDossier *dossier))
{
  g_autoptr (GPtrArray) held = td_desk_list_own (self, "dossier", "holder", "");
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < held->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), held->pdata[i]);

      if (dossier == NULL || !test (self, dossier))
        continue;
      g_ptr_array_insert (ids, is_own (self, dossier) ? 0 : -1, g_strdup (dossier->id));
    }
  return ids;
}

static gpointer
make_dossier (TdDesk *self, const char *id)
{
  return td_desk_make_item (self, id);
}

GListModel *
td_desk_registration_going (TdDesk *self)
{
  g_autoptr (GPtrArray) again = NULL;
  GPtrArray *ids;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || self->unit->upper == NULL)
    return td_desk_model_new_of (self, g_ptr_array_new (), TD_TYPE_DOSSIER_ITEM, make_dossier);
  ids = going (self, goes);
  again = going (self, goes_again);
  for (guint i = 0; i < again->len; i++)
    g_ptr_array_add (ids, g_strdup (again->pdata[i]));
  return td_desk_model_new_of (self, ids, TD_TYPE_DOSSIER_ITEM, make_dossier);
}

/* ---- the letter -------------------------------------------------------------------------------------- */

/** td_is_registration_letter: a submission of registrations, not of nominations. */
gboolean
td_is_registration_letter (const TdRecord *submission)
{
  g_autofree char *kind = td_record_text (submission, "kind");

  return strcmp (kind, "registration") == 0;
}

static const TdRecord *
open_letter (TdDesk *self)
{
  g_autoptr (GPtrArray) ids = td_desk_list_own (self, "record", "owner", " type:submission");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdRecord *record = td_state_record (td_desk_view (self), ids->pdata[i]);

      if (record != NULL && !record->closed && td_is_registration_letter (record))
        return record;
    }
  return NULL;
}

char *
td_desk_registration_letter (TdDesk *self, GError **error)
{
  static const TdPair kind = { "kind", "registration" };
  const TdRecord *open;
  g_autofree char *id = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || self->unit->upper == NULL)
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("The provincial board hands nothing in."));
      return NULL;
    }
  open = open_letter (self);
  if (open != NULL)
    return g_strdup (open->id);
  id = td_desk_new_id (self);
  return td_desk_write (self, id, "submission", &kind, 1, NULL, error) ? g_steal_pointer (&id) : NULL;
}

/* Makes the list of the letter @ids: what left this desk meanwhile goes, what came is added. */
static gboolean
list_items (TdDesk *self, const char *letter, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) listed = td_desk_keys (self, letter, "item");
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));

  for (guint i = 0; i < listed->len; i++)
    {
      TdPair pair = { NULL, "" };

      if (g_ptr_array_find_with_equal_func (ids, listed->pdata[i], g_str_equal, NULL))
        continue;
      pair.path = g_strdup_printf ("item/%s", (char *)listed->pdata[i]);
      g_ptr_array_add (texts, (char *)pair.path);
      g_array_append_val (pairs, pair);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      TdPair pair = { g_strdup_printf ("item/%s", (char *)ids->pdata[i]), g_strdup_printf ("%u", i + 1) };

      g_ptr_array_add (texts, (char *)pair.path);
      g_ptr_array_add (texts, (char *)pair.text);
      g_array_append_val (pairs, pair);
    }
  return td_desk_write (self, letter, "submission", (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error);
}

/* ---- handing in ----------------------------------------------------------------------------------------- */

/* The registration begins with its first member; one who typed only targets has none yet. */
static gboolean
begin_own (TdDesk *self, GError **error)
{
  g_autofree char *id = td_desk_ledger (self, "registration");

  return td_state_dossier (td_desk_view (self), id) != NULL
         || td_desk_write (self, id, "registration", NULL, 0, NULL, error);
}

/* Takes out of @ids what may not go; the sentences of those, each with its unit. */
static GPtrArray *
take_out_unfit (TdDesk *self, GPtrArray *ids)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ids->len;)
    {
      g_autofree char *why = td_desk_why_not (self, "submit", ids->pdata[i]);
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i]);

      if (why == NULL)
        {
          i++;
          continue;
        }
      g_ptr_array_add (sentences,
                       g_strdup_printf ("%s: %s", td_desk_unit_name (self, dossier == NULL ? "" : dossier->owner),
                                        why));
      g_ptr_array_remove_index (ids, i);
    }
  return sentences;
}

/* What goes now, @left the sentences of what stays; owned. */
static GPtrArray *
fit (TdDesk *self, GPtrArray **left)
{
  GPtrArray *ids = going (self, goes);
  GPtrArray *again = going (self, goes_again);

  g_ptr_array_extend_and_steal (ids, again);
  *left = take_out_unfit (self, ids);
  return ids;
}

/* One not begun is judged as it would be: only its targets are there. */
static char *
why_not_begun (TdDesk *self)
{
  g_autoptr (TdFacts) facts = td_facts_new ();
  g_autoptr (GPtrArray) findings = NULL;
  const TdFinding *block;

  facts->today = td_desk_today (self);
  facts->collective = TRUE;
  facts->unit = td_gather_unit (td_desk_view (self), self->campaign, self->units, self->unit->key);
  facts->submitter = facts->unit;
  findings = td_judge_registration (self->campaign, facts);
  block = td_findings_block_submit (findings);
  return block == NULL ? NULL : td_finding_sentence (block);
}

char *
td_desk_registration_why_not (TdDesk *self)
{
  g_autofree char *own = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || self->unit->upper == NULL)
    return g_strdup ("");
  own = td_desk_ledger (self, "registration");
  ids = fit (self, &left);
  if (ids->len > 0)
    return NULL;
  if (td_state_dossier (td_desk_view (self), own) == NULL)
    return why_not_begun (self);
  return g_strdup (left->len > 0 ? left->pdata[0] : "");
}

char *
td_desk_registration_left (TdDesk *self)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  if (self->unit == NULL || self->unit->upper == NULL)
    return g_strdup ("");
  ids = fit (self, &left);
  g_ptr_array_add (left, NULL);
  return g_strjoinv ("\n", (char **)left->pdata);
}

/* The letter says of itself what the registration's paper says. */
static gboolean
copy_paper (TdDesk *self, const char *letter, GError **error)
{
  g_autofree char *own = td_desk_ledger (self, "registration");
  g_autofree char *number = td_desk_text (self, own, "number");
  g_autofree char *date = td_desk_text (self, own, "date");
  const TdPair pairs[] = { { "letter/number", number }, { "letter/date", date } };

  return td_desk_write (self, letter, "submission", pairs, G_N_ELEMENTS (pairs), NULL, error);
}

static gboolean
hand_in_new (TdDesk *self, GPtrArray *ids, GError **error)
{
  g_autofree char *letter = td_desk_registration_letter (self, error);
  const char *words[] = { "sub", letter, NULL };

  if (letter == NULL || !list_items (self, letter, ids, error) || !copy_paper (self, letter, error))
    return FALSE;
  return td_desk_step (self, "submit", NULL, words, error);
}

static gboolean
hand_in_again (TdDesk *self, const char *id, GError **error)
{
  const char *const dossiers[] = { id, NULL };

  return td_desk_step (self, "submit", dossiers, NULL, error);
}

/* The own one that came back goes with its old letter, the others with a new one. */
static gboolean
hand_in (TdDesk *self, GPtrArray *ids, GError **error)
{
  for (guint i = ids->len; i > 0; i--)
    {
      const TdDossier *dossier = td_state_dossier (td_desk_view (self), ids->pdata[i - 1]);

      if (dossier == NULL || !goes_again (self, dossier))
        continue;
      if (!hand_in_again (self, ids->pdata[i - 1], error))
        return FALSE;
      g_ptr_array_remove_index (ids, i - 1);
    }
  return ids->len == 0 || hand_in_new (self, ids, error);
}

/**
 * td_desk_submit_registration:
 *
 * Hands in the own registration, and at a district those received from its
 * communes, to the next level of the way. Late is no obstacle;
 * one that is incomplete stays and keeps none of the others.
 *
 * Returns: %FALSE and the sentence to show when nothing could go; what was typed stays
 */
gboolean
td_desk_submit_registration (TdDesk *self, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  if (self->unit == NULL || self->unit->upper == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("The provincial board hands nothing in."));
  if (!begin_own (self, error))
    return FALSE;
  ids = fit (self, &left);
  if (ids->len > 0)
    return hand_in (self, ids, error);
  return td_desk_fail (error, TD_DESK_ERROR_REFUSED,
                       left->len > 0 ? left->pdata[0] : _ ("There is no registration to hand in now."));
}
