/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The one door for JSON from anywhere: files, the wire, the data base.
 * json-glib overflows the stack on deep nesting, so depth is counted before it
 * sees a byte. */

#define TD_JSON_MAX_DEPTH 32

#define TD_JSON_ERROR (td_json_error_quark ())
typedef enum
{
  TD_JSON_ERROR_SYNTAX, /* not JSON; the message names line and column */
  TD_JSON_ERROR_TOO_DEEP,
  TD_JSON_ERROR_TOO_LARGE,
  TD_JSON_ERROR_ENCODING, /* not UTF-8, or with a NUL */
  TD_JSON_ERROR_SHAPE     /* a member is missing or of another type; the message begins with its pointer */
} TdJsonError;
GQuark td_json_error_quark (void);

/* length -1: up to the NUL. Text values come back NFC-checked by the caller, not here. */
JsonNode *td_json_parse (const char *data, gssize length, gsize max_length, guint max_depth, GError **error);
JsonObject *
td_json_parse_object (const char *data, gssize length, gsize max_length, GError **error); /* owned; TD_JSON_MAX_DEPTH */

/* RFC 8785 without floats: members sorted by UTF-16 code units, shortest
 * escapes. NULL (TD_JSON_ERROR_SHAPE) if there is a double or an integer
 * beyond 2^53. The same value gives the same bytes on every machine. */
char *td_json_canonical (JsonNode *node, GError **error);
char *td_json_canonical_object (JsonObject *object); /* for objects we built ourselves: asserts */
char *td_json_canonical_string (const char *text);   /* a quoted JSON string */

/* Getters that never crash and never coerce. They return FALSE / NULL / the
 * fallback when the member is absent or of another type. */
const char *td_json_string (JsonObject *object, const char *name); /* NULL if not a string */
gint64 td_json_int (JsonObject *object, const char *name, gint64 fallback);
gboolean td_json_bool (JsonObject *object, const char *name, gboolean fallback);
JsonObject *td_json_object (JsonObject *object, const char *name); /* borrowed or NULL */
JsonArray *td_json_array (JsonObject *object, const char *name);   /* borrowed or NULL */
const char *td_json_element_string (JsonArray *array, guint index);
gint64 td_json_element_int (JsonArray *array, guint index, gint64 fallback);
JsonObject *td_json_element_object (JsonArray *array, guint index);
JsonArray *td_json_element_array (JsonArray *array, guint index);

G_END_DECLS
