/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "desk/registrations.h"

#include <glib/gi18n.h>
#include <string.h>

/* Scans: taken in under their hash, named by members of a record. */

/* ---- lists --------------------------------------------------------------------------------------- */

static char *
cell (const TdRecord *record, const char *key, const char *member)
{
  g_autofree char *path = g_strdup_printf ("file/%s/%s", key, member);

  return td_record_text (record, path);
}

static const char *
state_of (const TdStoredFile *file, gboolean own)
{
  if (file == NULL || !file->here)
    return file != NULL && file->wanted ? _ ("Being downloaded") : _ ("Not downloaded yet");
  if (!own)
    return _ ("Downloaded");
  return file->uploaded ? _ ("Sent") : _ ("Waiting to be sent");
}

static char *
size_label (const char *size)
{
  guint64 bytes = g_ascii_strtoull (size, NULL, 10);

  return bytes == 0 ? g_strdup ("") : td_words_size ((gint64)MIN (bytes, TD_FILE_MAX));
}

static TdFileItem *
make_file (TdDesk *self, const TdRecord *record, const char *key)
{
  TdFileItem *item = td_file_item_new ();
  g_autofree char *sha = cell (record, key, "sha");
  g_autofree char *name = cell (record, key, "name");
  g_autofree char *kind = cell (record, key, "kind");
  g_autofree char *size = cell (record, key, "size");
  g_autofree char *target = cell (record, key, "target");
  g_autofree char *shown = size_label (size);
  g_autofree char *path = g_strdup_printf ("file/%s", key);
  g_autofree char *local = *sha == '\0' ? NULL : td_store_file_path (self->store, sha);
  g_autoptr (TdStoredFile) file = *sha == '\0' ? NULL : td_store_file (self->store, sha);
  gboolean own = self->unit != NULL && td_writes (td_desk_view (self), self->units, record, self->unit);

  td_item_set (&item->record, record->id);
  td_item_set (&item->key, key);
  td_item_set (&item->sha, sha);
  td_item_set (&item->name, name);
  td_item_set (&item->kind, kind);
  td_item_set (&item->kind_label, td_words_paper (kind));
  td_item_set (&item->target, target);
  td_item_set (&item->size_label, shown);
  td_item_set (&item->state_label, state_of (file, own));
  td_item_set (&item->path, local);
  item->removable = own && td_desk_may_set (self, record->id, path);
  return item;
}

static void
add_files (TdDesk *self, GListStore *list, const TdRecord *record)
{
  g_autoptr (GPtrArray) keys = record == NULL ? NULL : td_record_keys (record, "file");

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autoptr (TdFileItem) item = make_file (self, record, keys->pdata[i]);

      g_list_store_append (list, item);
    }
}

/* The evidence of the targets that were handed in with it. */
static void
add_evidence (TdDesk *self, GListStore *list, const TdDossier *dossier, const TdVersion *version)
{
  g_autofree char *targets = td_unit_record_id (td_campaign_id (self->campaign), dossier->owner, "targets");
  const char *digest = g_hash_table_lookup (version->quotes, targets);

  if (digest != NULL)
    add_files (self, list, td_state_body (td_desk_view (self), digest));
}

GListModel *
td_desk_files (TdDesk *self, const char *id)
{
  GListStore *list = g_list_store_new (TD_TYPE_FILE_ITEM);
  const TdDossier *dossier;
  const TdVersion *version;

  g_return_val_if_fail (TD_IS_DESK (self) && id != NULL, NULL);

  add_files (self, list, td_desk_record (self, id));
  dossier = td_state_dossier (td_desk_view (self), id);
  version = dossier == NULL ? NULL : td_desk_version (self, dossier);
  for (guint i = 0; version != NULL && i < version->letters->len; i++)
    add_files (self, list, td_state_body (td_desk_view (self), version->letters->pdata[i]));
  if (version != NULL)
    add_evidence (self, list, dossier, version);
  return G_LIST_MODEL (list);
}

/* ---- taking one in --------------------------------------------------------------------------------- */

#define HEAD 1024

static gboolean
begins (const guint8 *head, gsize length, const char *magic, gsize size)
{
  return length >= size && memcmp (head, magic, size) == 0;
}

static gboolean
contains (const guint8 *bytes, gsize length, const char *word)
{
  gsize size = strlen (word);

  for (gsize i = 0; i + size <= length; i++)
    if (memcmp (bytes + i, word, size) == 0)
      return TRUE;
  return FALSE;
}

/* A scan is a PDF that ends as a PDF does, or a picture. */
static gboolean
looks_whole (const guint8 *head, gsize n_head, const guint8 *tail, gsize n_tail)
{
  if (begins (head, n_head, "%PDF-", 5))
    return contains (tail, n_tail, "%%EOF");
  if (begins (head, n_head, "\x89PNG\r\n\x1a\n", 8))
    return contains (tail, n_tail, "IEND");
  if (begins (head, n_head, "\xff\xd8\xff", 3))
    return contains (tail, n_tail, "\xff\xd9");
  return begins (head, n_head, "II*\0", 4) || begins (head, n_head, "MM\0*", 4);
}

static gboolean
is_scan (const guint8 *head, gsize length)
{
  return begins (head, length, "%PDF-", 5) || begins (head, length, "\x89PNG\r\n\x1a\n", 8)
         || begins (head, length, "\xff\xd8\xff", 3) || begins (head, length, "II*\0", 4)
         || begins (head, length, "MM\0*", 4);
}

static gboolean
refuse_file (GError **error, const char *sentence, const char *name)
{
  g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE, sentence, name);
  return FALSE;
}

static gboolean
check_scan (GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  guint8 head[HEAD], tail[HEAD];
  gsize n_head = 0, n_tail = 0;
  goffset size;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD, &n_head, NULL, NULL))
    return refuse_file (error, _ ("“%s” can't be read. Choose another file; what was attached stays."), name);
  if (n_head == 0)
    return refuse_file (error, _ ("“%s” is empty. Scan the paper again."), name);
  if (!is_scan (head, n_head))
    return refuse_file (error, _ ("“%s” is not a scan. Choose a PDF, PNG, JPEG or TIFF file."), name);
  g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, NULL);
  size = g_seekable_tell (G_SEEKABLE (stream));
  if (size > TD_FILE_MAX)
    return refuse_file (error, _ ("“%s” is larger than 128 MB. Scan it with a lower resolution."), name);
  g_seekable_seek (G_SEEKABLE (stream), MAX (0, size - HEAD), G_SEEK_SET, NULL, NULL);
  g_input_stream_read_all (G_INPUT_STREAM (stream), tail, HEAD, &n_tail, NULL, NULL);
  return looks_whole (head, n_head, tail, n_tail)
         || refuse_file (error, _ ("“%s” is damaged or cut off. Scan the paper again."), name);
}

typedef struct
{
  char *record;
  char *kind;
  char *target; /* evidence: the row it belongs to; else NULL */
} Attach;

static void
attach_free (gpointer data)
{
  g_free (((Attach *)data)->record);
  g_free (((Attach *)data)->kind);
  g_free (((Attach *)data)->target);
  g_free (data);
}

static gboolean
name_file (TdDesk *self, const Attach *attach, const TdStoredFile *file, GError **error)
{
  g_autofree char *key = td_desk_new_id (self);
  g_autofree char *sha = g_strdup_printf ("file/%s/sha", key);
  g_autofree char *name = g_strdup_printf ("file/%s/name", key);
  g_autofree char *size = g_strdup_printf ("file/%s/size", key);
  g_autofree char *kind = g_strdup_printf ("file/%s/kind", key);
  g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT, file->size);
  g_autofree char *type = g_strdup (td_desk_type (self, attach->record));
  g_autofree char *target = g_strdup_printf ("file/%s/target", key);
  TdPair pairs[] = {
    { sha, file->sha }, { name, file->name }, { size, bytes }, { kind, attach->kind }, { target, attach->target }
  };

  if (type == NULL || !td_desk_may_set (self, attach->record, sha))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Nothing can be attached here now."));
  return td_desk_write (self, attach->record, type, pairs, G_N_ELEMENTS (pairs) - (attach->target == NULL), NULL,
                        error);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TdDesk *self = g_task_get_source_object (task);
  GError *cause = NULL;
  GError *error = NULL;
  g_autoptr (TdStoredFile) file = NULL;

  if (self->store == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      return;
    }
  file = td_store_add_file_finish (self->store, result, &cause);
  if (file == NULL)
    {
      td_words_store (&error, cause);
      g_task_return_error (task, error);
    }
  else if (!name_file (self, g_task_get_task_data (task), file, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
attach (GTask *made, GFile *file, const char *record, const char *kind, const char *target)
{
  g_autoptr (GTask) task = made;
  TdDesk *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Attach *attach = g_new0 (Attach, 1);
  GError *error = NULL;

  attach->record = g_strdup (record);
  attach->kind = g_strdup (kind);
  attach->target = g_strdup (target);
  g_task_set_task_data (task, attach, attach_free);
  if (!check_scan (file, &error))
    g_task_return_error (task, error);
  else
    td_store_add_file_async (self->store, file, cancellable, on_added, g_steal_pointer (&task));
}

void
td_desk_attach_async (TdDesk *self,
                      const char *record,
                      const char *kind,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  GTask *task;

  g_return_if_fail (TD_IS_DESK (self) && record != NULL && kind != NULL && G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, td_desk_attach_async);
  attach (task, file, record, kind, NULL);
}

/** td_desk_attach_to_row_async: see registrations.h. */
void
td_desk_attach_to_row_async (TdDesk *self,
                             const char *record,
                             const char *key,
                             const char *kind,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task;

  g_return_if_fail (TD_IS_DESK (self) && record != NULL && key != NULL && kind != NULL && G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, td_desk_attach_to_row_async);
  attach (task, file, record, kind, key);
}

gboolean
td_desk_attach_finish (TdDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
td_desk_detach (TdDesk *self, const char *record, const char *key, GError **error)
{
  return td_desk_remove_row (self, record, "file", key, error);
}

static TdFileItem *
find_among (TdDesk *self, const char *id, const char *sha)
{
  g_autoptr (GListModel) files = td_desk_files (self, id);

  for (guint f = 0; f < g_list_model_get_n_items (files); f++)
    {
      g_autoptr (TdFileItem) item = g_list_model_get_item (files, f);

      if (strcmp (item->sha, sha) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

/* Versions and records (what came with correspondence) are found by the file. */
static TdFileItem *
find_file (TdDesk *self, const char *kind, const char *sha)
{
  g_autofree char *term = g_strdup_printf ("file:%s", sha);
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), kind, term);
  TdFileItem *item = NULL;

  for (guint i = 0; item == NULL && i < ids->len; i++)
    {
      g_autofree char *id = g_strndup (ids->pdata[i], strcspn (ids->pdata[i], "/"));

      item = find_among (self, id, sha);
    }
  return item;
}

/* A letter's file is found among all dossiers: letters have no dossier of their own. */
static TdFileItem *
find_letter_file (TdDesk *self, const char *sha)
{
  g_autoptr (GPtrArray) ids = td_state_list (td_desk_view (self), "dossier", "all");
  TdFileItem *item = NULL;

  for (guint i = 0; item == NULL && i < ids->len; i++)
    item = find_among (self, ids->pdata[i], sha);
  return item;
}

static gint64
size_of (TdDesk *self, const TdFileItem *item)
{
  const TdRecord *record = td_desk_record (self, item->record);
  g_autofree char *size = record == NULL ? g_strdup ("0") : cell (record, item->key, "size");

  return g_ascii_strtoll (size, NULL, 10);
}

void
td_desk_want_file (TdDesk *self, const char *sha)
{
  g_autoptr (TdFileItem) item = NULL;

  g_return_if_fail (TD_IS_DESK (self) && sha != NULL);

  item = find_file (self, "version", sha);
  if (item == NULL)
    item = find_file (self, "record", sha);
  if (item == NULL)
    item = find_letter_file (self, sha);
  if (item == NULL || *item->path != '\0')
    return;
  if (td_store_want_file (self->store, sha, item->name, size_of (self, item), NULL) && self->started)
    td_exchange_changed (self->exchange);
}
