/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/messages.h"

G_BEGIN_DECLS

/* Shared by the files of this layer only: members of a message read one after
 * the other; the first fault is kept and everything after it reads as empty, so
 * that a message is a plain list of members, checked once at its end. */
typedef struct
{
  GError *fault;
} TdReading;

/* The whole message as an object; @max bytes, at most @values commas. NULL: faulty. */
JsonObject *td_reading_open (TdReading *self, GBytes *bytes, gsize max, guint values);
/* TRUE when nothing was wrong; hands the fault over otherwise. */
gboolean td_reading_close (TdReading *self, GError **error);
void td_reading_fault (TdReading *self, TdWireError code, const char *member);

/* All owned; "" where faulty. */
char *td_reading_text (TdReading *self, JsonObject *object, const char *name, gsize max);
char *td_reading_hex (TdReading *self, JsonObject *object, const char *name, gsize length, gboolean may_be_empty);
gint64 td_reading_number (TdReading *self, JsonObject *object, const char *name, gint64 least, gint64 most);
gboolean td_reading_flag (TdReading *self, JsonObject *object, const char *name); /* absent: FALSE */
JsonArray *td_reading_array (TdReading *self,
                             JsonObject *object,
                             const char *name,
                             guint most); /* borrowed, NULL: absent or faulty */
JsonObject *td_reading_element (TdReading *self, JsonArray *array, guint index, const char *name);
char **td_reading_texts (
    TdReading *self, JsonObject *object, const char *name, guint most, gsize max); /* absent: empty; never NULL */

/* Canonical bytes of @object, which is taken; LIMITS beyond @max. */
GBytes *td_writing_close (JsonObject *object, gsize max, GError **error);
void td_writing_texts (JsonObject *object, const char *name, char **texts); /* nothing when empty */
/* A message that must be sound before it leaves: writes, reads it back with @read and
 * frees what was read with @free. */
typedef gpointer (*TdReader) (GBytes *bytes, GError **error);
GBytes *td_writing_check (GBytes *bytes, TdReader read, GDestroyNotify free, GError **error);

G_END_DECLS
