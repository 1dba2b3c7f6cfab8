/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"
#include "json/json.h"

G_BEGIN_DECLS

/* Reads JSON that must have a certain shape. The first fault is kept with its
 * JSON pointer, everything after it reads as empty: so parsing code is a plain
 * list of members and is checked once at its end. */
typedef struct
{
  GString *pointer;
  GError *fault;
} TdShape;

void td_shape_init (TdShape *self);
/* Frees; hands the fault over to @error. TRUE if there was none. */
gboolean td_shape_finish (TdShape *self, GError **error);
gboolean td_shape_ok (TdShape *self);

/* A step down and back; the token is the value to give td_shape_leave(). */
gsize td_shape_enter (TdShape *self, const char *name);
gsize td_shape_enter_index (TdShape *self, guint index);
void td_shape_leave (TdShape *self, gsize token);
/* @name: the member below the place we are at, NULL for the place itself */
void td_shape_fault (TdShape *self, TdCampaignError code, const char *name, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Members that must be there. Never NULL. */
const char *td_shape_text (TdShape *self, JsonObject *object, const char *name); /* not empty */
gint64 td_shape_number (TdShape *self, JsonObject *object, const char *name, gint64 least, gint64 most);
TdDate td_shape_date (TdShape *self, JsonObject *object, const char *name);
JsonObject *td_shape_object (TdShape *self, JsonObject *object, const char *name); /* an empty one after a fault */
JsonArray *td_shape_array (TdShape *self, JsonObject *object, const char *name);
char **td_shape_texts (TdShape *self, JsonObject *object, const char *name); /* owned */
/* The index of the text among @words, 0 after a fault. */
guint td_shape_choice (TdShape *self, JsonObject *object, const char *name, const char *const *words);

/* Members that may be absent, but not of another type. */
const char *td_shape_text_or (TdShape *self, JsonObject *object, const char *name, const char *fallback);
gint64
td_shape_number_or (TdShape *self, JsonObject *object, const char *name, gint64 least, gint64 most, gint64 fallback);
gboolean td_shape_flag_or (TdShape *self, JsonObject *object, const char *name, gboolean fallback);
TdDate td_shape_date_or (TdShape *self, JsonObject *object, const char *name);        /* TD_DATE_NONE */
char **td_shape_texts_or (TdShape *self, JsonObject *object, const char *name);       /* owned, empty when absent */
JsonObject *td_shape_object_or (TdShape *self, JsonObject *object, const char *name); /* NULL when absent */
/* Object number @index of @array, an empty one after a fault. */
JsonObject *td_shape_item (TdShape *self, JsonArray *array, guint index);

/* The whole door: bytes to object, with our error domain. */
JsonObject *td_shape_read (const char *data, gsize length, GError **error);

G_END_DECLS
