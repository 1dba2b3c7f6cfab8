/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/state-private.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  gpointer data;
  gboolean dirty;
} Slot;

typedef struct
{
  char *scope;
  char *kind;
  char *id;
} Shown;

struct _TdState
{
  const TdStateSource *source;
  gpointer source_data;
  GHashTable *slots[TD_N_KINDS]; /* id -> Slot */
  GHashTable *shown;             /* "scope\nkind\nid" -> Shown */
  GHashTable *shown_as;          /* "from\nto" set */
};

static void
slot_free (Slot *slot, const TdKind *kind)
{
  kind->free (slot->data);
  g_free (slot);
}

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->scope);
  g_free (shown->kind);
  g_free (shown->id);
  g_free (shown);
}

/**
 * td_state_new:
 * @source: (nullable): where entities come from that aren't in memory; must outlive the state
 * @data: its argument
 */
TdState *
td_state_new (const TdStateSource *source, gpointer data)
{
  TdState *self = g_new0 (TdState, 1);

  self->source = source;
  self->source_data = data;
  for (int i = 0; i < TD_N_KINDS; i++)
    self->slots[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, shown_free);
  self->shown_as = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/** td_state_forget: drops everything in memory, changes included. */
void
td_state_forget (TdState *self)
{
  for (int i = 0; i < TD_N_KINDS; i++)
    {
      GHashTableIter iter;
      gpointer slot;

      g_hash_table_iter_init (&iter, self->slots[i]);
      while (g_hash_table_iter_next (&iter, NULL, &slot))
        slot_free (slot, &td_kinds[i]);
      g_hash_table_remove_all (self->slots[i]);
    }
  g_hash_table_remove_all (self->shown);
  g_hash_table_remove_all (self->shown_as);
}

void
td_state_free (TdState *self)
{
  if (self == NULL)
    return;
  td_state_forget (self);
  for (int i = 0; i < TD_N_KINDS; i++)
    g_hash_table_unref (self->slots[i]);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->shown_as);
  g_free (self);
}

static int
kind_index (const char *name)
{
  for (int i = 0; i < TD_N_KINDS; i++)
    if (strcmp (td_kinds[i].name, name) == 0)
      return i;
  return -1;
}

static Slot *
put_slot (TdState *self, TdKindId kind, const char *id, gpointer data, gboolean dirty)
{
  Slot *old = g_hash_table_lookup (self->slots[kind], id);
  Slot *slot = g_new0 (Slot, 1);

  slot->data = data;
  slot->dirty = dirty || (old != NULL && old->dirty);
  if (old != NULL)
    slot_free (old, &td_kinds[kind]);
  g_hash_table_replace (self->slots[kind], g_strdup (id), slot);
  return slot;
}

/* What is stored was checked when it came; a row that can't be read now is a
 * damaged store, and reads as absent. */
static Slot *
load_slot (TdState *self, TdKindId kind, const char *id)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) json = NULL;
  gpointer data;

  if (self->source == NULL || self->source->load == NULL)
    return NULL;
  text = self->source->load (self->source_data, td_kinds[kind].name, id);
  if (text == NULL)
    return NULL;
  json = td_json_parse_object (text, -1, 64 * 1024 * 1024, NULL);
  data = json == NULL ? NULL : td_kinds[kind].from_json (json);
  return data == NULL ? NULL : put_slot (self, kind, id, data, FALSE);
}

static gpointer
get_entity (TdState *self, TdKindId kind, const char *id)
{
  Slot *slot;

  if (id == NULL || *id == '\0')
    return NULL;
  slot = g_hash_table_lookup (self->slots[kind], id);
  if (slot == NULL)
    slot = load_slot (self, kind, id);
  return slot == NULL ? NULL : slot->data;
}

TdRecord *
td_state_record (TdState *self, const char *id)
{
  return get_entity (self, TD_KIND_RECORD, id);
}

TdDossier *
td_state_dossier (TdState *self, const char *id)
{
  return get_entity (self, TD_KIND_DOSSIER, id);
}

TdVersion *
td_state_version (TdState *self, const char *dossier, gint64 n)
{
  g_autofree char *id = td_version_id (dossier, n);

  return get_entity (self, TD_KIND_VERSION, id);
}

TdRecord *
td_state_body (TdState *self, const char *digest)
{
  return get_entity (self, TD_KIND_BODY, digest);
}

GPtrArray *
td_state_receipts (TdState *self, const char *dossier)
{
  return get_entity (self, TD_KIND_RECEIPT, dossier);
}

TdDevice *
td_state_device (TdState *self, const char *key)
{
  return get_entity (self, TD_KIND_DEVICE, key);
}

TdDoubles *
td_state_doubles (TdState *self, const char *dossier)
{
  return get_entity (self, TD_KIND_DOUBLE, dossier);
}

JsonObject *
td_state_step (TdState *self, const char *op)
{
  return get_entity (self, TD_KIND_STEP, op);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const TdEntry *left = *(const TdEntry *const *)a;
  const TdEntry *right = *(const TdEntry *const *)b;

  return left->q != right->q ? (left->q > right->q) - (left->q < right->q) : strcmp (left->op, right->op);
}

/** td_state_opinions: opinions on @dossier in the order of the sequence; owned array of borrowed entries. */
GPtrArray *
td_state_opinions (TdState *self, const char *dossier)
{
  g_autofree char *term = g_strdup_printf ("dossier:%s", dossier);
  g_autoptr (GPtrArray) ids = td_state_list (self, "opinion", term);
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      TdOpinion *opinion = get_entity (self, TD_KIND_OPINION, ids->pdata[i]);

      if (opinion != NULL)
        g_ptr_array_add (entries, opinion->entry);
    }
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

gboolean
td_state_file_whole (TdState *self, const char *sha)
{
  return self->source != NULL && self->source->file_whole != NULL && self->source->file_whole (self->source_data, sha);
}

static GPtrArray *
terms_of (TdKindId kind, gpointer data, const char *id)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);

  td_kinds[kind].terms (data, id, terms);
  return terms;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/** td_state_list: ids of the entities of @kind found by @term, changes in memory included; sorted, owned. */
GPtrArray *
td_state_list (TdState *self, const char *kind, const char *term)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  int index = kind_index (kind);
  g_autoptr (GPtrArray) stored = NULL;
  GHashTableIter iter;
  gpointer id, value;

  g_return_val_if_fail (index >= 0, ids);

  if (self->source != NULL && self->source->list != NULL)
    stored = self->source->list (self->source_data, kind, term);
  for (guint i = 0; stored != NULL && i < stored->len; i++)
    {
      Slot *slot = g_hash_table_lookup (self->slots[index], stored->pdata[i]);

      if (slot == NULL || !slot->dirty)
        g_ptr_array_add (ids, g_strdup (stored->pdata[i]));
    }
  g_hash_table_iter_init (&iter, self->slots[index]);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      Slot *slot = value;
      g_autoptr (GPtrArray) terms = slot->dirty ? terms_of (index, slot->data, id) : NULL;

      if (terms != NULL && g_ptr_array_find_with_equal_func (terms, term, g_str_equal, NULL))
        g_ptr_array_add (ids, g_strdup (id));
    }
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}

/* ---- changing ---------------------------------------------------------------- */

TdRecord *
td_state_add_record (TdState *self, const char *id, const char *type, const char *owner, const char *dossier)
{
  return put_slot (self, TD_KIND_RECORD, id, td_record_new (id, type, owner, dossier), TRUE)->data;
}

TdDossier *
td_state_add_dossier (TdState *self, const char *id, const char *type, const char *owner)
{
  return put_slot (self, TD_KIND_DOSSIER, id, td_dossier_new (id, type, owner), TRUE)->data;
}

void
td_state_add_version (TdState *self, TdVersion *version)
{
  g_autofree char *id = td_version_id (version->dossier, version->n);

  put_slot (self, TD_KIND_VERSION, id, version, TRUE);
}

void
td_state_add_body (TdState *self, const TdRecord *record)
{
  g_autofree char *digest = td_record_digest (record);

  if (td_state_body (self, digest) == NULL)
    put_slot (self, TD_KIND_BODY, digest, td_record_copy (record), TRUE);
}

void
td_state_add_receipt (TdState *self, const char *dossier, TdReceipt *receipt)
{
  GPtrArray *receipts = td_state_receipts (self, dossier);

  if (receipts == NULL)
    receipts = put_slot (self, TD_KIND_RECEIPT, dossier,
                         g_ptr_array_new_with_free_func ((GDestroyNotify)td_receipt_free), TRUE)
                   ->data;
  g_ptr_array_add (receipts, receipt);
  td_state_mark (self, "receipt", dossier);
}

void
td_state_add_opinion (TdState *self, const char *dossier, TdEntry *entry)
{
  TdOpinion *opinion = g_new0 (TdOpinion, 1);

  opinion->dossier = g_strdup (dossier);
  opinion->entry = entry;
  put_slot (self, TD_KIND_OPINION, entry->op, opinion, TRUE);
}

void
td_state_add_device (TdState *self, const char *key, const char *unit, const char *roles)
{
  TdDevice *device = g_new0 (TdDevice, 1);

  device->key = g_strdup (key);
  device->unit = g_strdup (unit);
  device->acts = g_strdup ("");
  device->roles = g_strdup (roles);
  put_slot (self, TD_KIND_DEVICE, key, device, TRUE);
}

void
td_state_set_doubles (TdState *self, const char *dossier, TdDoubles *doubles)
{
  put_slot (self, TD_KIND_DOUBLE, dossier, doubles, TRUE);
}

void
td_state_mark (TdState *self, const char *kind, const char *id)
{
  int index = kind_index (kind);
  Slot *slot = index < 0 ? NULL : g_hash_table_lookup (self->slots[index], id);

  g_return_if_fail (slot != NULL);

  slot->dirty = TRUE;
}

/**
 * td_state_put:
 * @json: the entity's JSON form, from a message or a store
 *
 * Returns: FALSE, and nothing changed, where the form isn't that kind's
 */
gboolean
td_state_put (TdState *self, const char *kind, const char *id, JsonObject *json, GError **error)
{
  int index = kind_index (kind);
  gpointer data = index < 0 || *id == '\0' ? NULL : td_kinds[index].from_json (json);

  if (data == NULL)
    {
      g_set_error (error, TD_OPERATION_ERROR, TD_OPERATION_ERROR_FORMAT, _ ("an entry of kind “%s” is malformed"),
                   kind);
      return FALSE;
    }
  put_slot (self, index, id, data, TRUE);
  return TRUE;
}

/** td_state_each_dirty: what a store must write, by kind and then by id. */
void
td_state_each_dirty (TdState *self, TdDirtyFunc func, gpointer data)
{
  for (int kind = 0; kind < TD_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) ids = td_sorted_keys (self->slots[kind]);

      for (guint i = 0; i < ids->len; i++)
        {
          Slot *slot = g_hash_table_lookup (self->slots[kind], ids->pdata[i]);
          g_autoptr (JsonObject) json = NULL;
          g_autoptr (GPtrArray) terms = NULL;
          g_autofree char *text = NULL;

          if (!slot->dirty)
            continue;
          json = td_kinds[kind].to_json (slot->data);
          text = td_json_canonical_object (json);
          terms = terms_of (kind, slot->data, ids->pdata[i]);
          g_ptr_array_add (terms, NULL);
          func (data, td_kinds[kind].name, ids->pdata[i], text, (char **)terms->pdata);
        }
    }
}

void
td_state_show (TdState *self, const char *scope, const char *kind, const char *id)
{
  Shown *shown = g_new0 (Shown, 1);

  shown->scope = g_strdup (scope);
  shown->kind = g_strdup (kind);
  shown->id = g_strdup (id);
  g_hash_table_replace (self->shown, g_strdup_printf ("%s\n%s\n%s", scope, kind, id), shown);
}

/**
 * td_state_show_as:
 * @from: a unit key
 * @to: the unit that takes its place, or comes of it
 *
 * A re-organisation (model.md 4.2): whoever takes a unit's place gets to see what
 * that one was ever shown. The store knows what that was; this says only that it is so.
 */
void
td_state_show_as (TdState *self, const char *from, const char *to)
{
  g_hash_table_add (self->shown_as, g_strdup_printf ("%s\n%s", from, to));
}

void
td_state_each_shown_as (TdState *self, TdShownAsFunc func, gpointer data)
{
  g_autoptr (GPtrArray) pairs = td_sorted_keys (self->shown_as);

  for (guint i = 0; i < pairs->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs->pdata[i], "\n", 2);

      func (data, pair[0], pair[1]);
    }
}

void
td_state_each_shown (TdState *self, TdShownFunc func, gpointer data)
{
  g_autoptr (GPtrArray) keys = td_sorted_keys (self->shown);

  for (guint i = 0; i < keys->len; i++)
    {
      Shown *shown = g_hash_table_lookup (self->shown, keys->pdata[i]);

      func (data, shown->scope, shown->kind, shown->id);
    }
}

void
td_state_clear_dirty (TdState *self)
{
  for (int kind = 0; kind < TD_N_KINDS; kind++)
    {
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, self->slots[kind]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        ((Slot *)value)->dirty = FALSE;
    }
  g_hash_table_remove_all (self->shown);
  g_hash_table_remove_all (self->shown_as);
}
