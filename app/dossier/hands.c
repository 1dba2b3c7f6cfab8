/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/hands.h"

#include <string.h>

/* Most records are written in one or two sittings, so what one edit wrote is named
 * once, and the first of a record names no member at all: it wrote the rest. */

void
td_hand_free (gpointer data)
{
  TdHand *self = data;

  g_free (self->by);
  g_free (self->key);
  g_ptr_array_unref (self->paths);
  g_free (self);
}

void
td_settled_free (gpointer data)
{
  TdSettled *self = data;

  g_free (self->path);
  g_free (self->value);
  g_free (self->by);
  g_free (self->key);
  g_free (self->chosen_by);
  g_free (self->chosen_key);
  g_free (self);
}

static TdHand *
hand_new (const char *by, const char *key, gint64 at)
{
  TdHand *self = g_new0 (TdHand, 1);

  self->by = g_strdup (by == NULL ? "" : by);
  self->key = g_strndup (key == NULL ? "" : key, TD_HAND_KEY_SIGNS);
  self->at = at;
  self->paths = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gboolean
find_path (const TdHand *hand, const char *path, guint *index)
{
  return g_ptr_array_find_with_equal_func (hand->paths, path, g_str_equal, index);
}

/**
 * td_record_hand:
 * @path: a member of @self
 *
 * Returns: (transfer none) (nullable): who wrote it last, %NULL where that is not known any more
 */
const TdHand *
td_record_hand (const TdRecord *self, const char *path)
{
  const TdHand *first;

  for (guint i = self->hands->len; i > 1; i--)
    if (find_path (self->hands->pdata[i - 1], path, NULL))
      return self->hands->pdata[i - 1];
  first = self->hands->len == 0 ? NULL : self->hands->pdata[0];
  return first == NULL || *first->key == '\0' ? NULL : first;
}

static void
forget_paths (TdRecord *self, GPtrArray *paths)
{
  for (guint h = self->hands->len; h > 1; h--)
    {
      TdHand *hand = self->hands->pdata[h - 1];
      guint index;

      for (guint i = 0; i < paths->len; i++)
        if (find_path (hand, paths->pdata[i], &index))
          g_ptr_array_remove_index (hand->paths, index);
      if (hand->paths->len == 0)
        g_ptr_array_remove_index (self->hands, h - 1);
    }
}

/* The two oldest become one that names nobody: better no name than a wrong one. */
static void
forget_oldest (TdRecord *self)
{
  g_ptr_array_remove_index (self->hands, 1);
  td_hand_free (self->hands->pdata[0]);
  self->hands->pdata[0] = hand_new ("", "", 0);
}

void
td_record_note_hand (TdRecord *self, const TdHand *hand, GPtrArray *paths)
{
  TdHand *last = hand_new (hand->by, hand->key, hand->at);

  forget_paths (self, paths);
  if (self->hands->len > 0)
    for (guint i = 0; i < paths->len; i++)
      g_ptr_array_add (last->paths, g_strdup (paths->pdata[i]));
  g_ptr_array_add (self->hands, last);
  while (self->hands->len > TD_HANDS_MOST)
    forget_oldest (self);
}

void
td_record_note_settled (TdRecord *self, const TdBeside *lost, const TdHand *chooser)
{
  TdSettled *settled = g_new0 (TdSettled, 1);

  settled->path = g_strdup (lost->path);
  settled->value = g_strdup (lost->value);
  settled->by = g_strdup (lost->by == NULL ? "" : lost->by);
  settled->key = g_strdup (lost->key == NULL ? "" : lost->key);
  settled->at = lost->at;
  settled->chosen_by = g_strdup (chooser->by == NULL ? "" : chooser->by);
  settled->chosen_key = g_strndup (chooser->key == NULL ? "" : chooser->key, TD_HAND_KEY_SIGNS);
  settled->chosen_at = chooser->at;
  g_ptr_array_add (self->settled, settled);
  while (self->settled->len > TD_SETTLED_MOST)
    g_ptr_array_remove_index (self->settled, 0);
}

#define ROW_BYTES 64 /* names of members, numbers, signs between */

gsize
td_record_hands_bytes (const TdRecord *self)
{
  gsize bytes = 0;

  for (guint h = 0; h < self->hands->len; h++)
    {
      const TdHand *hand = self->hands->pdata[h];

      bytes += ROW_BYTES + strlen (hand->by);
      for (guint i = 0; i < hand->paths->len; i++)
        bytes += strlen (hand->paths->pdata[i]) + 3;
    }
  for (guint i = 0; i < self->settled->len; i++)
    {
      const TdSettled *row = self->settled->pdata[i];

      bytes += 2 * ROW_BYTES + strlen (row->path) + strlen (row->by) + strlen (row->chosen_by)
               + (row->value == NULL ? 0 : strlen (row->value));
    }
  return bytes;
}

/* ---- their one JSON form ----------------------------------------------------------- */

JsonArray *
td_hands_to_json (const TdRecord *self)
{
  JsonArray *array = json_array_new ();

  for (guint h = 0; h < self->hands->len; h++)
    {
      const TdHand *hand = self->hands->pdata[h];
      JsonObject *row = json_object_new ();
      JsonArray *paths = json_array_new ();

      for (guint i = 0; i < hand->paths->len; i++)
        json_array_add_string_element (paths, hand->paths->pdata[i]);
      json_object_set_string_member (row, "by", hand->by);
      json_object_set_string_member (row, "key", hand->key);
      json_object_set_int_member (row, "at", hand->at);
      if (hand->paths->len > 0)
        json_object_set_array_member (row, "paths", paths);
      else
        json_array_unref (paths);
      json_array_add_object_element (array, row);
    }
  return array;
}

static gboolean
read_paths (TdHand *hand, JsonArray *paths)
{
  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    {
      const char *path = td_json_element_string (paths, i);

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (hand->paths, g_strdup (path));
    }
  return TRUE;
}

gboolean
td_hands_from_json (TdRecord *self, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *row = td_json_element_object (array, i);
      TdHand *hand;

      if (row == NULL)
        return FALSE;
      hand = hand_new (td_json_string (row, "by"), td_json_string (row, "key"), td_json_int (row, "at", 0));
      g_ptr_array_add (self->hands, hand);
      if (!read_paths (hand, td_json_array (row, "paths")))
        return FALSE;
    }
  return TRUE;
}

JsonArray *
td_settled_to_json (const TdRecord *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->settled->len; i++)
    {
      const TdSettled *settled = self->settled->pdata[i];
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "path", settled->path);
      if (settled->value != NULL)
        json_object_set_string_member (row, "value", settled->value);
      json_object_set_string_member (row, "by", settled->by);
      json_object_set_string_member (row, "key", settled->key);
      json_object_set_int_member (row, "at", settled->at);
      json_object_set_string_member (row, "chosen_by", settled->chosen_by);
      json_object_set_string_member (row, "chosen_key", settled->chosen_key);
      json_object_set_int_member (row, "chosen_at", settled->chosen_at);
      json_array_add_object_element (array, row);
    }
  return array;
}

gboolean
td_settled_from_json (TdRecord *self, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *row = td_json_element_object (array, i);
      TdBeside lost = { NULL };
      TdHand chooser = { NULL };

      if (row == NULL || td_json_string (row, "path") == NULL)
        return FALSE;
      lost.path = (char *)td_json_string (row, "path");
      lost.value = (char *)td_json_string (row, "value");
      lost.by = (char *)td_json_string (row, "by");
      lost.key = (char *)td_json_string (row, "key");
      lost.at = td_json_int (row, "at", 0);
      chooser.by = (char *)td_json_string (row, "chosen_by");
      chooser.key = (char *)td_json_string (row, "chosen_key");
      chooser.at = td_json_int (row, "chosen_at", 0);
      td_record_note_settled (self, &lost, &chooser);
    }
  return TRUE;
}
