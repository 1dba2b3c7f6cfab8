/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/circular.h"

#include "dossier/apply-private.h"
#include "dossier/crypto.h"

#include <string.h>

/* A difficulty is passed on by a difficulty of the next level: no route is longer. */
#define PASSED_MAX 16

gboolean
td_circular_goes_down (const char *type)
{
  return g_strcmp0 (type, "notice") == 0 || g_strcmp0 (type, "inspection") == 0;
}

/** td_type_is_circular: whether records of @type are sent from one unit to others. */
gboolean
td_type_is_circular (const char *type)
{
  return td_circular_goes_down (type) || g_strcmp0 (type, "difficulty") == 0 || g_strcmp0 (type, "exemplary") == 0
         || g_strcmp0 (type, "answer") == 0;
}

gboolean
td_circular_is_sent (const TdRecord *self)
{
  return self->closed && td_type_is_circular (self->type);
}

GStrv
td_circular_to (const TdRecord *self)
{
  g_autofree char *text = td_record_text (self, "to");

  return g_strsplit (text, "\n", -1);
}

/* What @self answers or passes on: sent already, so that no two can name each other. */
static const TdRecord *
matter_of (TdState *state, const TdRecord *self)
{
  g_autofree char *id = td_record_text (self, "re");
  const TdRecord *matter = td_state_record (state, id);

  return matter != NULL && td_circular_is_sent (matter) ? matter : NULL;
}

/* ---- whom it is for ------------------------------------------------------------------ */

/* Circulars keep the keys they were written with; whom those are today is asked here. */
static const char *
key_now (const TdUnits *units, const char *key)
{
  const TdUnit *unit = td_units_now (units, key);

  return unit == NULL ? key : unit->key;
}

static gboolean
names_unit (const TdUnits *units, const TdRecord *self, const char *unit)
{
  g_auto (GStrv) to = td_circular_to (self);

  for (guint i = 0; to[i] != NULL; i++)
    if (strcmp (key_now (units, to[i]), key_now (units, unit)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_above (const TdUnits *units, const char *owner, const char *upper, gboolean next)
{
  const TdUnit *below = td_units_now (units, owner);
  const TdUnit *above = td_units_now (units, upper);

  if (below == NULL || above == NULL || below == above)
    return FALSE;
  return next ? td_units_next_hop (units, below) == above : td_units_on_route (units, below, above);
}

/* The top reports a difficulty to the provincial committee on paper, and writes
 * down itself what that answers. */
static gboolean
is_own_at_top (const TdUnits *units, const TdRecord *self, const char *unit)
{
  const TdUnit *owner = td_units_now (units, self->owner);

  return strcmp (key_now (units, self->owner), unit) == 0 && owner != NULL && td_units_next_hop (units, owner) == NULL;
}

/**
 * td_circular_is_for:
 * @self: sent
 * @to_answer: to answer it; else to pass it on, which only a difficulty allows
 *
 * Returns: whether it lies with @unit (plan V.6 and its closing paragraph)
 */
gboolean
td_circular_is_for (TdState *state, const TdUnits *units, const TdRecord *self, const char *unit, gboolean to_answer)
{
  g_return_val_if_fail (self != NULL && unit != NULL, FALSE);

  if (!td_circular_is_sent (self))
    return FALSE;
  if (strcmp (self->type, "difficulty") == 0)
    return is_above (units, self->owner, unit, TRUE) || (to_answer && is_own_at_top (units, self, unit));
  if (!to_answer)
    return FALSE;
  if (td_circular_goes_down (self->type))
    return names_unit (units, self, unit);
  return strcmp (self->type, "exemplary") == 0 && is_above (units, self->owner, unit, FALSE);
}

/* ---- who reads it ------------------------------------------------------------------------ */

static void
add_reader (const TdUnits *units, GPtrArray *readers, const TdRecord *self, const char *written)
{
  const char *unit = key_now (units, written);

  if (strcmp (unit, key_now (units, self->owner)) != 0
      && !g_ptr_array_find_with_equal_func (readers, unit, g_str_equal, NULL))
    g_ptr_array_add (readers, g_strdup (unit));
}

static void
add_route (const TdUnits *units, GPtrArray *readers, const TdRecord *self, const char *from)
{
  const TdUnit *unit = td_units_now (units, from);

  while (unit != NULL && (unit = td_units_next_hop (units, unit)) != NULL)
    add_reader (units, readers, self, unit->key);
}

/* Those who raised the difficulty or passed it on hear what became of it. */
static void
add_askers (TdState *state, const TdUnits *units, GPtrArray *readers, const TdRecord *self)
{
  const TdRecord *matter = matter_of (state, self);

  for (guint i = 0; matter != NULL && i < PASSED_MAX; i++)
    {
      add_reader (units, readers, self, matter->owner);
      matter = strcmp (matter->type, "difficulty") == 0 ? matter_of (state, matter) : NULL;
    }
}

static void
add_up (TdState *state, const TdUnits *units, GPtrArray *readers, const TdRecord *self)
{
  const TdUnit *owner = td_units_now (units, self->owner);
  const TdUnit *next = owner == NULL ? NULL : td_units_next_hop (units, owner);
  const TdRecord *matter = matter_of (state, self);

  if (strcmp (self->type, "exemplary") == 0)
    {
      add_route (units, readers, self, self->owner);
      return;
    }
  add_askers (state, units, readers, self);
  if (strcmp (self->type, "difficulty") == 0 && next != NULL)
    add_reader (units, readers, self, next->key);
  if (strcmp (self->type, "answer") == 0 && matter != NULL && strcmp (matter->type, "exemplary") == 0)
    add_route (units, readers, self, matter->owner);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/** td_circular_readers: see circular.h. */
GPtrArray *
td_circular_readers (TdState *state, const TdUnits *units, const TdRecord *self)
{
  GPtrArray *readers = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, readers);

  if (td_circular_goes_down (self->type))
    {
      g_auto (GStrv) to = td_circular_to (self);

      for (guint i = 0; to[i] != NULL; i++)
        if (*to[i] != '\0')
          add_reader (units, readers, self, to[i]);
    }
  else
    add_up (state, units, readers, self);
  g_ptr_array_sort (readers, compare_keys);
  return readers;
}

/* ---- may it be sent ------------------------------------------------------------------------- */

static gboolean
has_text (const TdRecord *self, const char *member)
{
  g_autofree char *text = g_strstrip (td_record_text (self, member));

  return *text != '\0';
}

static gboolean
is_past_day (const TdRecord *self, const char *member, TdDate day)
{
  g_autofree char *text = td_record_text (self, member);
  TdDate date = td_date_parse_iso (text);

  return date != TD_DATE_NONE && date <= day;
}

static const char *
check_addressees (const TdUnits *units, const TdRecord *self)
{
  g_auto (GStrv) to = td_circular_to (self);

  if (!has_text (self, "to"))
    return "addressee";
  for (guint i = 0; to[i] != NULL; i++)
    if (!is_above (units, to[i], self->owner, FALSE))
      return "below";
  return NULL;
}

/* Only what lies with this unit may be answered or passed on by it. */
static const char *
check_matter (TdState *state, const TdUnits *units, const TdRecord *self)
{
  gboolean answer = strcmp (self->type, "answer") == 0;
  const TdRecord *matter = matter_of (state, self);

  if (!answer && !has_text (self, "re"))
    return NULL;
  return matter != NULL && td_circular_is_for (state, units, matter, key_now (units, self->owner), answer) ? NULL
                                                                                                           : "matter";
}

static const char *
check_difficulty (TdState *state, const TdUnits *units, const TdRecord *self)
{
  if (is_own_at_top (units, self, key_now (units, self->owner)) && !has_text (self, "document"))
    return "paper";
  return check_matter (state, units, self);
}

/**
 * td_circular_why_not_send:
 * @self: a draft
 * @day: the campaign day
 *
 * Returns: (nullable): a code of td_apply(), %NULL when nothing is missing
 */
const char *
td_circular_why_not_send (TdState *state, const TdUnits *units, const TdRecord *self, TdDate day)
{
  const char *code = NULL;

  g_return_val_if_fail (self != NULL, "format");

  if (has_text (self, "dropped"))
    return "dropped";
  if (!has_text (self, "title") || !has_text (self, "text"))
    return "wording";
  if (td_circular_goes_down (self->type))
    code = check_addressees (units, self);
  else if (strcmp (self->type, "difficulty") == 0)
    code = check_difficulty (state, units, self);
  else if (strcmp (self->type, "answer") == 0)
    code = check_matter (state, units, self);
  if (code != NULL || strcmp (self->type, "inspection") != 0)
    return code;
  return has_text (self, "who") && has_text (self, "place") && is_past_day (self, "date", day) ? NULL : "inspection";
}

/* ---- edits ------------------------------------------------------------------------------------- */

static JsonArray *
pair_of (TdAttempt *self, const char *path)
{
  return td_json_array (td_json_object (self->operation->content, "f"), path);
}

static TdDate
day_in (TdAttempt *self, const char *path)
{
  const char *text = td_json_element_string (pair_of (self, path), 1);

  return text == NULL ? TD_DATE_NONE : td_date_parse_iso (text);
}

/* Of what was sent nothing changes but the days on which inspected units had put things right. */
static gboolean
path_allowed (TdAttempt *self, const TdRecord *record, const char *path)
{
  gboolean done = g_str_has_prefix (path, "done/");

  if (strcmp (path, "posted") == 0)
    return td_refuse (self, "format", path);
  if (record != NULL && record->closed && strcmp (path, "salt") != 0
      && !(done && names_unit (self->context->units, record, path + strlen ("done/"))))
    return td_refuse (self, "sent", record->id);
  if (!done || JSON_NODE_HOLDS_NULL (json_array_get_element (pair_of (self, path), 1)))
    return TRUE;
  return day_in (self, path) != TD_DATE_NONE || td_refuse (self, "date", path);
}

/* The draft as the edit would leave it; NULL where two people wrote the same member. */
static TdRecord *
draft_after (TdAttempt *self, const TdRecord *record)
{
  JsonObject *members = td_json_object (self->operation->content, "f");
  g_autoptr (TdRecord) draft = record != NULL ? td_record_copy (record)
                                              : td_record_new (td_operation_text (self->operation, "r"),
                                                               td_operation_text (self->operation, "t"),
                                                               td_operation_text (self->operation, "u"), "");
  JsonObjectIter iter;
  const char *path;

  json_object_iter_init (&iter, members);
  while (json_object_iter_next (&iter, &path, NULL))
    {
      JsonArray *pair = td_json_array (members, path);
      JsonNode *node = json_array_get_element (pair, 1);
      g_autofree char *value = JSON_NODE_HOLDS_NULL (node) ? NULL : td_json_canonical (node, NULL);
      g_autofree char *digest = td_member_digest (td_record_get (draft, path));

      if (strcmp (digest, td_json_element_string (pair, 0)) != 0 && g_strcmp0 (td_record_get (draft, path), value) != 0)
        return NULL;
      td_record_set (draft, path, value);
    }
  return g_steal_pointer (&draft);
}

/** td_circular_check_edit: refuses what no device may write into a circular; changes nothing. */
gboolean
td_circular_check_edit (TdAttempt *self, const TdRecord *record)
{
  JsonObject *members = td_json_object (self->operation->content, "f");
  g_autoptr (TdRecord) draft = NULL;
  const char *code = NULL;
  JsonObjectIter iter;
  const char *path;

  if (strpbrk (self->device->roles, "OL") == NULL)
    return td_refuse (self, "rights", td_operation_text (self->operation, "r"));
  json_object_iter_init (&iter, members);
  while (json_object_iter_next (&iter, &path, NULL))
    if (!path_allowed (self, record, path))
      return FALSE;
  if (!json_object_has_member (members, "sent"))
    return TRUE;
  if (day_in (self, "sent") == TD_DATE_NONE || day_in (self, "sent") > self->context->day)
    return td_refuse (self, "date", "sent");
  draft = draft_after (self, record);
  if (draft != NULL)
    code = td_circular_why_not_send (self->state, self->context->units, draft, self->context->day);
  return code == NULL || td_refuse (self, code, draft->id);
}

/* The next level reads what a difficulty passes on, in the words of those who raised it. */
static void
show_passed_on (TdAttempt *self, const TdRecord *record)
{
  const TdUnit *owner = td_units_now (self->context->units, record->owner);
  const TdUnit *next = owner == NULL ? NULL : td_units_next_hop (self->context->units, owner);
  const TdRecord *matter = strcmp (record->type, "difficulty") == 0 ? matter_of (self->state, record) : NULL;

  for (guint i = 0; next != NULL && matter != NULL && i < PASSED_MAX; i++)
    {
      td_state_show (self->state, next->key, "record", matter->id);
      matter = matter_of (self->state, matter);
    }
}

static void
send (TdAttempt *self, TdRecord *record)
{
  g_autofree char *day = td_date_to_iso (self->context->day);

  record->closed = TRUE;
  td_record_set_text (record, "posted", day);
  if (strcmp (record->type, "inspection") == 0)
    g_hash_table_add (record->open, g_strdup ("done"));
  show_passed_on (self, record);
}

/**
 * td_circular_after_edit:
 *
 * Sends it once it says so. Where two people of the unit wrote different words
 * meanwhile it stays a draft until somebody has chosen between them.
 */
void
td_circular_after_edit (TdAttempt *self, TdRecord *record)
{
  g_autoptr (GPtrArray) readers = NULL;

  if (!record->closed && record->beside->len > 0)
    td_record_set (record, "sent", NULL);
  if (!record->closed && td_record_get (record, "sent") != NULL)
    send (self, record);
  if (!record->closed)
    return;
  readers = td_circular_readers (self->state, self->context->units, record);
  for (guint i = 0; i < readers->len; i++)
    td_state_show (self->state, readers->pdata[i], "record", record->id);
}

/* ---- read ------------------------------------------------------------------------------------------ */

static const TdRecord *
read_by (TdAttempt *self, const char *path)
{
  return g_str_has_prefix (path, "read/") ? td_state_record (self->state, path + strlen ("read/")) : NULL;
}

static gboolean
mark_allowed (TdAttempt *self, const char *path)
{
  const TdRecord *circular = read_by (self, path);
  g_autoptr (GPtrArray) readers = NULL;

  if (strcmp (path, "salt") == 0)
    return TRUE;
  if (circular == NULL || !td_circular_is_sent (circular))
    return td_refuse (self, "matter", path);
  readers = td_circular_readers (self->state, self->context->units, circular);
  if (!g_ptr_array_find_with_equal_func (readers, self->unit->key, g_str_equal, NULL))
    return td_refuse (self, "matter", path);
  return (day_in (self, path) != TD_DATE_NONE && day_in (self, path) <= self->context->day)
         || td_refuse (self, "date", path);
}

/** td_reads_check_edit: a unit marks only what it was sent, with a day. */
gboolean
td_reads_check_edit (TdAttempt *self)
{
  JsonObjectIter iter;
  const char *path;

  if (strpbrk (self->device->roles, "OL") == NULL)
    return td_refuse (self, "rights", td_operation_text (self->operation, "r"));
  json_object_iter_init (&iter, td_json_object (self->operation->content, "f"));
  while (json_object_iter_next (&iter, &path, NULL))
    if (!mark_allowed (self, path))
      return FALSE;
  return TRUE;
}

/** td_reads_after_edit: the authors learn that it was read. */
void
td_reads_after_edit (TdAttempt *self, TdRecord *record)
{
  JsonObjectIter iter;
  const char *path;

  json_object_iter_init (&iter, td_json_object (self->operation->content, "f"));
  while (json_object_iter_next (&iter, &path, NULL))
    {
      const TdRecord *circular = read_by (self, path);

      if (circular != NULL)
        td_show (self, circular->owner, "record", record->id);
    }
}
