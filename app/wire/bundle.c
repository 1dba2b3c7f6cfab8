/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire/bundle.h"

#include "dossier/crypto.h"
#include "wire/reading.h"

#include <glib/gi18n.h>
#include <string.h>

/* What stands around and in a package; sealing is the store's. */

#define VERSION 1
#define NUMBER_MAX ((gint64)1 << 53)
#define SET_SIGNS 32
#define KEY_SIGNS 64
#define UNIT_MAX 128

typedef struct
{
  const char *kind;
  gint64 most;
  gboolean large;
} EntryKind;

static const EntryKind entry_kinds[] = {
  { TD_ENTRY_ENROL, TD_ENROL_WIRE_MAX + 64, FALSE },
  { TD_ENTRY_REQUEST, TD_SYNC_WIRE_MAX, FALSE },
  { TD_ENTRY_FILE, TD_BLOB_MAX, TRUE },
  { TD_ENTRY_PACKAGE, TD_BUNDLE_PART_MAX, TRUE },
  { TD_ENTRY_ENROLLED, TD_ENROL_WIRE_MAX, FALSE },
  { TD_ENTRY_ANSWER, TD_SYNC_INFLATED_MAX, FALSE },
  { TD_ENTRY_CAMPAIGN, TD_CATALOGUE_MAX, FALSE },
  { TD_ENTRY_UNITS, TD_CATALOGUE_MAX, FALSE },
};

static const EntryKind *
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (entry_kinds); i++)
    if (strcmp (entry_kinds[i].kind, kind) == 0)
      return &entry_kinds[i];
  return NULL;
}

/* ---- entries ------------------------------------------------------------------------- */

TdBundleEntry *
td_bundle_entry_new (const char *kind, const char *sha, gint64 length, const char *name)
{
  TdBundleEntry *self = g_new0 (TdBundleEntry, 1);

  self->kind = g_strdup (kind);
  self->sha = g_strdup (sha);
  self->length = length;
  self->name = g_strdup (name == NULL ? "" : name);
  return self;
}

void
td_bundle_entry_free (TdBundleEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->sha);
  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->path);
  g_free (self);
}

gboolean
td_bundle_entry_is_large (const TdBundleEntry *self)
{
  const EntryKind *kind = find_kind (self->kind);

  return kind != NULL && kind->large;
}

/* ---- the manifest ---------------------------------------------------------------------- */

TdBundle *
td_bundle_new (TdBundleKind kind)
{
  TdBundle *self = g_new0 (TdBundle, 1);
  char **texts[]
      = { &self->set, &self->key, &self->unit, &self->to, &self->of, &self->campaign, &self->life, &self->cur };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  self->kind = kind;
  self->part = 1;
  self->parts = 1;
  self->recipients = g_new0 (char *, 1);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)td_bundle_entry_free);
  return self;
}

void
td_bundle_free (TdBundle *self)
{
  if (self == NULL)
    return;
  g_free (self->set);
  g_free (self->key);
  g_free (self->unit);
  g_free (self->to);
  g_free (self->of);
  g_free (self->campaign);
  g_free (self->life);
  g_free (self->cur);
  g_strfreev (self->recipients);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * td_bundle_add:
 * @kind: of the entry
 * @bytes: (transfer full): its bytes
 *
 * Returns: (transfer none): the entry, named by the hash of its bytes
 */
TdBundleEntry *
td_bundle_add (TdBundle *self, const char *kind, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *sha = td_digest (data == NULL ? "" : data, (gssize)length);
  TdBundleEntry *entry = td_bundle_entry_new (kind, sha, (gint64)length, NULL);

  entry->bytes = bytes;
  g_ptr_array_add (self->entries, entry);
  return entry;
}

static JsonArray *
write_entries (const TdBundle *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      const TdBundleEntry *entry = self->entries->pdata[i];
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "kind", entry->kind);
      json_object_set_string_member (json, "sha", entry->sha);
      json_object_set_int_member (json, "length", entry->length);
      json_object_set_string_member (json, "name", entry->name);
      json_array_add_object_element (array, json);
    }
  return array;
}

/**
 * td_bundle_write:
 * @error: TD_WIRE_ERROR
 *
 * Returns: (transfer full) (nullable): the manifest's canonical bytes; %NULL where a reader would refuse them
 */
GBytes *
td_bundle_write (const TdBundle *self, GError **error)
{
  JsonObject *json = json_object_new ();

  json_object_set_int_member (json, "v", VERSION);
  json_object_set_string_member (json, "kind", self->kind == TD_BUNDLE_UP ? "up" : "receipt");
  json_object_set_string_member (json, "set", self->set);
  json_object_set_int_member (json, "part", self->part);
  json_object_set_int_member (json, "parts", self->parts);
  json_object_set_string_member (json, "key", self->key);
  json_object_set_string_member (json, "unit", self->unit);
  json_object_set_string_member (json, "to", self->to);
  json_object_set_string_member (json, "of", self->of);
  json_object_set_string_member (json, "campaign", self->campaign);
  json_object_set_string_member (json, "life", self->life);
  json_object_set_int_member (json, "first", self->first);
  json_object_set_int_member (json, "last", self->last);
  json_object_set_string_member (json, "cur", self->cur);
  json_object_set_int_member (json, "created", self->created);
  td_writing_texts (json, "recipients", self->recipients);
  json_object_set_array_member (json, "entries", write_entries (self));
  return td_writing_check (td_writing_close (json, TD_BUNDLE_MANIFEST_MAX, error), (TdReader)td_bundle_read,
                           (GDestroyNotify)td_bundle_free, error);
}

static TdBundleEntry *
read_entry (TdReading *reading, JsonObject *json)
{
  TdBundleEntry *entry = g_new0 (TdBundleEntry, 1);
  const EntryKind *kind;

  entry->kind = td_reading_text (reading, json, "kind", 16);
  kind = find_kind (entry->kind);
  if (kind == NULL)
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "kind");
  entry->sha = td_reading_hex (reading, json, "sha", TD_DIGEST_LENGTH, FALSE);
  entry->length = td_reading_number (reading, json, "length", 1, kind == NULL ? 1 : kind->most);
  entry->name = td_reading_hex (reading, json, "name", TD_DIGEST_LENGTH, TRUE);
  return entry;
}

static void
read_entries (TdReading *reading, JsonObject *json, TdBundle *self)
{
  JsonArray *array = td_reading_array (reading, json, "entries", TD_BUNDLE_ENTRIES_MAX);
  gint64 memory = 0, all = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      TdBundleEntry *entry = read_entry (reading, td_reading_element (reading, array, i, "entries"));

      g_ptr_array_add (self->entries, entry);
      all += entry->length;
      memory += td_bundle_entry_is_large (entry) ? 0 : entry->length;
      if (memory > TD_BUNDLE_MEMORY_MAX || all > 2 * TD_BUNDLE_PART_MAX)
        td_reading_fault (reading, TD_WIRE_ERROR_LIMITS, "entries");
    }
}

static void
read_recipients (TdReading *reading, JsonObject *json, TdBundle *self)
{
  g_strfreev (self->recipients);
  self->recipients = td_reading_texts (reading, json, "recipients", TD_BUNDLE_BOXES_MAX, KEY_SIGNS);
  for (guint i = 0; self->recipients[i] != NULL; i++)
    if (!td_is_hex (self->recipients[i], KEY_SIGNS))
      td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "recipients");
}

static TdBundleKind
read_kind (TdReading *reading, JsonObject *json)
{
  g_autofree char *kind = td_reading_text (reading, json, "kind", 16);

  if (strcmp (kind, "receipt") == 0)
    return TD_BUNDLE_RECEIPT;
  if (strcmp (kind, "up") != 0)
    td_reading_fault (reading, TD_WIRE_ERROR_FORMAT, "kind");
  return TD_BUNDLE_UP;
}

static void
take (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

static void
read_members (TdReading *reading, JsonObject *json, TdBundle *self)
{
  self->kind = read_kind (reading, json);
  take (&self->set, td_reading_hex (reading, json, "set", SET_SIGNS, FALSE));
  self->parts = td_reading_number (reading, json, "parts", 1, TD_BUNDLE_PARTS_MAX);
  self->part = td_reading_number (reading, json, "part", 1, self->parts);
  take (&self->key, td_reading_hex (reading, json, "key", KEY_SIGNS, FALSE));
  take (&self->unit, td_reading_text (reading, json, "unit", UNIT_MAX));
  take (&self->to, td_reading_hex (reading, json, "to", KEY_SIGNS, TRUE));
  take (&self->of, td_reading_hex (reading, json, "of", TD_DIGEST_LENGTH, TRUE));
  take (&self->campaign, td_reading_text (reading, json, "campaign", UNIT_MAX));
  take (&self->life, td_reading_hex (reading, json, "life", 32, TRUE));
  self->first = td_reading_number (reading, json, "first", 0, NUMBER_MAX);
  self->last = td_reading_number (reading, json, "last", self->first, NUMBER_MAX);
  take (&self->cur, td_reading_text (reading, json, "cur", TD_CURSOR_MAX));
  self->created = td_reading_number (reading, json, "created", 0, NUMBER_MAX);
  read_recipients (reading, json, self);
  read_entries (reading, json, self);
}

/**
 * td_bundle_read:
 * @bytes: a manifest
 * @error: TD_WIRE_ERROR; VERSION where a newer program wrote it
 *
 * Returns: (transfer full) (nullable): what stands in it, every limit and type checked
 */
TdBundle *
td_bundle_read (GBytes *bytes, GError **error)
{
  TdReading reading = { NULL };
  g_autoptr (JsonObject) json
      = td_reading_open (&reading, bytes, TD_BUNDLE_MANIFEST_MAX, 4 * TD_BUNDLE_ENTRIES_MAX + TD_BUNDLE_BOXES_MAX + 32);
  g_autoptr (TdBundle) self = NULL;

  if (json != NULL && td_json_int (json, "v", -1) != VERSION)
    td_reading_fault (&reading, td_json_int (json, "v", -1) < 0 ? TD_WIRE_ERROR_FORMAT : TD_WIRE_ERROR_VERSION, "v");
  if (reading.fault == NULL)
    {
      self = td_bundle_new (TD_BUNDLE_UP);
      read_members (&reading, json, self);
    }
  return td_reading_close (&reading, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- the envelope ------------------------------------------------------------------------- */

static gssize
no_package (GError **error)
{
  g_set_error_literal (error, TD_WIRE_ERROR, TD_WIRE_ERROR_FORMAT, _ ("this is not a package of Hồ sơ Thi đua"));
  return -1;
}

gssize
td_bundle_envelope_length (const guint8 *front, gsize length, GError **error)
{
  guint boxes;

  if (length < TD_BUNDLE_FRONT || memcmp (front, TD_BUNDLE_MAGIC, TD_BUNDLE_MAGIC_BYTES) != 0)
    return no_package (error);
  boxes = (guint)front[TD_BUNDLE_MAGIC_BYTES] << 8 | front[TD_BUNDLE_MAGIC_BYTES + 1];
  if (boxes == 0 || boxes > TD_BUNDLE_BOXES_MAX)
    return no_package (error);
  return (gssize)(TD_BUNDLE_FRONT + boxes * TD_BUNDLE_BOX_BYTES + TD_BUNDLE_STREAM_BYTES);
}

/** td_bundle_envelope_write: @boxes: @n_boxes of TD_BUNDLE_BOX_BYTES; @stream: TD_BUNDLE_STREAM_BYTES. */
GBytes *
td_bundle_envelope_write (const guint8 *boxes, guint n_boxes, const guint8 *stream)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 count[2] = { (guint8)(n_boxes >> 8), (guint8)n_boxes };

  g_return_val_if_fail (n_boxes > 0 && n_boxes <= TD_BUNDLE_BOXES_MAX, NULL);

  g_byte_array_append (bytes, (const guint8 *)TD_BUNDLE_MAGIC, TD_BUNDLE_MAGIC_BYTES);
  g_byte_array_append (bytes, count, 2);
  g_byte_array_append (bytes, boxes, n_boxes * TD_BUNDLE_BOX_BYTES);
  g_byte_array_append (bytes, stream, TD_BUNDLE_STREAM_BYTES);
  return g_byte_array_free_to_bytes (bytes);
}

guint32
td_bundle_frame_length (const guint8 *four)
{
  guint32 length = (guint32)four[0] << 24 | (guint32)four[1] << 16 | (guint32)four[2] << 8 | four[3];

  return length < TD_BUNDLE_FRAME_EXTRA || length > TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA ? 0 : length;
}

void
td_bundle_put_length (guint8 *four, guint32 length)
{
  four[0] = (guint8)(length >> 24);
  four[1] = (guint8)(length >> 16);
  four[2] = (guint8)(length >> 8);
  four[3] = (guint8)length;
}
