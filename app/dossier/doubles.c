/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/doubles.h"

#include "dossier/apply-private.h"
#include "dossier/crypto.h"
#include "dossier/gather-private.h"

#include <string.h>

/* Doubles across the province (R-055; model.md 1.8). The endpoint, which sees all
 * that was handed in, keeps a derived row for each dossier; a row names no one. */

/* ---- pairs and rows ------------------------------------------------------------------ */

static void
pair_free (gpointer data)
{
  TdDoublePair *self = data;

  g_free (self->token);
  g_free (self->other);
  g_free (self);
}

static void
add_pair (TdDoubles *self, const char *token, const char *other, gboolean same_person, TdDate cleared_on)
{
  TdDoublePair *pair = g_new0 (TdDoublePair, 1);

  pair->token = g_strdup (token);
  pair->other = g_strdup (other);
  pair->same_person = same_person;
  pair->cleared = cleared_on != TD_DATE_NONE;
  pair->cleared_on = cleared_on;
  g_ptr_array_add (self->pairs, pair);
}

TdDoubles *
td_doubles_new (void)
{
  TdDoubles *self = g_new0 (TdDoubles, 1);

  self->pairs = g_ptr_array_new_with_free_func (pair_free);
  return self;
}

void
td_doubles_free (TdDoubles *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->pairs);
  g_free (self);
}

JsonObject *
td_doubles_to_json (const TdDoubles *self)
{
  JsonObject *json = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const TdDoublePair *pair = self->pairs->pdata[i];
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "token", pair->token);
      json_object_set_string_member (row, "same", pair->same_person ? "person" : "name");
      if (pair->cleared)
        json_object_set_int_member (row, "cleared", pair->cleared_on);
      json_array_add_object_element (rows, row);
    }
  json_object_set_array_member (json, "pairs", rows);
  if (self->more)
    json_object_set_boolean_member (json, "more", TRUE);
  return json;
}

TdDoubles *
td_doubles_from_json (JsonObject *json)
{
  JsonArray *rows = td_json_array (json, "pairs");
  g_autoptr (TdDoubles) self = rows == NULL ? NULL : td_doubles_new ();

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = td_json_element_object (rows, i);
      const char *token = row == NULL ? NULL : td_json_string (row, "token");
      const char *same = row == NULL ? NULL : td_json_string (row, "same");

      if (token == NULL || same == NULL)
        return NULL;
      add_pair (self, token, "", strcmp (same, "person") == 0, (TdDate)td_json_int (row, "cleared", TD_DATE_NONE));
    }
  if (self != NULL)
    self->more = td_json_bool (json, "more", FALSE);
  return g_steal_pointer (&self);
}

/* ---- finding ----------------------------------------------------------------------------- */

static gboolean
is_carried (const TdDossier *dossier)
{
  for (guint i = 0; i < dossier->carried->len; i++)
    if (((TdCarried *)dossier->carried->pdata[i])->active)
      return TRUE;
  return FALSE;
}

/**
 * td_doubles_stands:
 *
 * Nobody's draft counts as another nomination: what was not handed in, here or on
 * paper, can be neither found nor probed with.
 */
gboolean
td_doubles_stands (TdState *state, const TdDossier *dossier)
{
  gboolean in = dossier->version > 0 ? is_carried (dossier) : td_state_receipts (state, dossier->id) != NULL;

  return in && strcmp (dossier->stage, "withdrawn") != 0 && strcmp (dossier->stage, "not_proposed") != 0;
}

/** td_doubles_names: whether @token is one of the words of @subject. */
gboolean
td_doubles_names (const char *subject, const char *token)
{
  g_auto (GStrv) words = g_strsplit (subject, " ", -1);

  return g_strv_contains ((const char *const *)words, token);
}

static const TdRecord *
handed_in (TdState *state, const TdDossier *dossier)
{
  if (dossier->version == 0)
    return td_state_record (state, dossier->id);
  return td_gather_main (td_state_version (state, dossier->id, dossier->version), dossier->id);
}

/* The salts and ids keep a token from being guessed by who knows one of the two. */
static char *
describe (const char *dossier, const TdRecord *record)
{
  g_autofree char *person = td_record_person (record);
  g_autofree char *same = td_record_same_name (record);
  g_autofree char *salt = td_record_text (record, "salt");

  return g_strdup_printf ("%s\n%s\n%s\n%s", dossier, salt, person, same == NULL ? "" : same);
}

static char *
token_of (const char *dossier, const TdRecord *one, const char *other, const TdRecord *two)
{
  g_autofree char *left = describe (dossier, one);
  g_autofree char *right = describe (other, two);
  gboolean swap = strcmp (dossier, other) > 0;
  g_autofree char *text = g_strdup_printf ("%s\n\n%s", swap ? right : left, swap ? left : right);

  return td_digest (text, -1);
}

static TdDate
cleared_in (TdState *state, const char *dossier, const char *token)
{
  g_autoptr (GPtrArray) opinions = td_state_opinions (state, dossier);

  for (guint i = opinions->len; i > 0; i--)
    {
      const TdEntry *entry = opinions->pdata[i - 1];

      if (strcmp (entry->verb, "clear_double") == 0 && td_doubles_names (entry->subject, token))
        return entry->day;
    }
  return TD_DATE_NONE;
}

/* It holds for the pair, whichever of the two it was said of. One identity number
 * is one person: there is nothing to clear, the number or a dossier must go. */
static TdDate
cleared_on (TdState *state, const char *dossier, const char *other, const char *token, gboolean same_person)
{
  TdDate day = same_person ? TD_DATE_NONE : cleared_in (state, dossier, token);

  return day != TD_DATE_NONE || same_person ? day : cleared_in (state, other, token);
}

static void
add_others (TdState *state, GPtrArray *others, GPtrArray *ids, const char *dossier, const char *same)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *id = g_strndup (ids->pdata[i], strcspn (ids->pdata[i], "/")); /* of a version: its dossier */
      const TdDossier *other = strcmp (id, dossier) == 0 ? NULL : td_state_dossier (state, id);
      const TdRecord *record = other == NULL || !td_doubles_stands (state, other) ? NULL : handed_in (state, other);
      g_autofree char *now = record == NULL ? NULL : td_record_same_name (record);

      /* An older version may have had the name. */
      if (record == NULL || (same != NULL && g_strcmp0 (now, same) != 0)
          || g_ptr_array_find_with_equal_func (others, id, g_str_equal, NULL))
        continue;
      g_ptr_array_add (others, g_steal_pointer (&id));
    }
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TdDoublePair *const *)a)->token, (*(TdDoublePair *const *)b)->token);
}

static void
pair_with (
    TdDoubles *self, TdState *state, const char *dossier, const TdRecord *nominee, const char *other, gboolean same)
{
  const TdRecord *record = handed_in (state, td_state_dossier (state, other));
  g_autofree char *token = token_of (dossier, nominee, other, record);

  add_pair (self, token, other, same, cleared_on (state, dossier, other, token, same));
}

/**
 * td_doubles_find:
 * @dossier: whose doubles
 * @nominee: its main record, as it is judged
 *
 * The same person: the same identity number, else name, birth date and unit.
 * Otherwise the same name, tone style folded, and birth date.
 */
TdDoubles *
td_doubles_find (TdState *state, const char *dossier, const TdRecord *nominee)
{
  TdDoubles *self = td_doubles_new ();
  g_autofree char *person = td_record_person (nominee);
  g_autofree char *same = td_record_same_name (nominee);
  g_autofree char *by_person = g_strdup_printf ("person:%s", person);
  g_autofree char *by_name = g_strdup_printf ("same:%s", same == NULL ? "" : same);
  g_autoptr (GPtrArray) found = td_state_list (state, "dossier", by_person);
  g_autoptr (GPtrArray) named = same == NULL ? NULL : td_state_list (state, "version", by_name);
  g_autoptr (GPtrArray) on_paper = same == NULL ? NULL : td_state_list (state, "record", by_name);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  guint same_persons;

  if (*person == '\0')
    return self;
  add_others (state, others, found, dossier, NULL);
  same_persons = others->len;
  if (same != NULL)
    {
      add_others (state, others, named, dossier, same);
      add_others (state, others, on_paper, dossier, same);
    }
  self->more = others->len > TD_PAIRS_MAX;
  for (guint i = 0; i < MIN (others->len, TD_PAIRS_MAX); i++)
    pair_with (self, state, dossier, nominee, others->pdata[i], i < same_persons);
  g_ptr_array_sort (self->pairs, compare_pairs);
  return self;
}

static gboolean
has_token (const TdDoubles *self, const char *token)
{
  for (guint i = 0; i < self->pairs->len; i++)
    if (strcmp (((TdDoublePair *)self->pairs->pdata[i])->token, token) == 0)
      return TRUE;
  return FALSE;
}

/* The endpoint spoke of what was handed in: where the words differ now, it says nothing of them. */
static gboolean
is_as_handed_in (TdState *state, const TdDossier *dossier, const TdRecord *nominee)
{
  const TdRecord *before = td_doubles_stands (state, dossier) ? handed_in (state, dossier) : NULL;
  g_autofree char *then = before == NULL ? NULL : describe (dossier->id, before);
  g_autofree char *now = describe (dossier->id, nominee);

  return g_strcmp0 (then, now) == 0;
}

/** td_doubles_known: see doubles.h. */
TdDoubles *
td_doubles_known (TdState *state, const char *dossier, const TdRecord *nominee)
{
  TdDoubles *self = td_doubles_find (state, dossier, nominee);
  const TdDoubles *told = td_state_doubles (state, dossier);
  const TdDossier *found = td_state_dossier (state, dossier);

  if (told == NULL || found == NULL || !is_as_handed_in (state, found, nominee))
    return self;
  for (guint i = 0; i < told->pairs->len; i++)
    {
      const TdDoublePair *pair = told->pairs->pdata[i];
      TdDate day = pair->cleared ? pair->cleared_on : cleared_on (state, dossier, "", pair->token, pair->same_person);

      if (!has_token (self, pair->token))
        add_pair (self, pair->token, "", pair->same_person, day);
    }
  self->more = self->more || told->more;
  return self;
}

/* ---- keeping the rows -------------------------------------------------------------------------- */

static void
add_ids (GHashTable *set, TdState *state, const char *kind, const char *name, const char *value)
{
  g_autofree char *term = g_strdup_printf ("%s:%s", name, value);
  g_autoptr (GPtrArray) ids = td_state_list (state, kind, term);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, g_strndup (ids->pdata[i], strcspn (ids->pdata[i], "/")));
}

/* Whoever was or is a double of @dossier: by the names of its last two versions. */
static void
add_touched (GHashTable *set, TdState *state, const TdDossier *dossier)
{
  g_hash_table_add (set, g_strdup (dossier->id));
  for (gint64 n = dossier->version; n >= 0 && n > dossier->version - 2; n--)
    {
      const TdRecord *record = n == 0 ? td_state_record (state, dossier->id)
                                      : td_gather_main (td_state_version (state, dossier->id, n), dossier->id);
      g_autofree char *person = record == NULL ? g_strdup ("") : td_record_person (record);
      g_autofree char *same = record == NULL ? NULL : td_record_same_name (record);

      if (*person != '\0')
        add_ids (set, state, "dossier", "person", person);
      if (same != NULL)
        add_ids (set, state, "version", "same", same);
    }
}

/* Owner, route and holder, never those only asked for an opinion. */
static void
show (TdAttempt *self, const TdDossier *dossier)
{
  const TdUnit *owner = td_owner_unit (self->context->units, dossier);

  td_show (self, owner == NULL ? dossier->owner : owner->key, "double", dossier->id);
  td_show (self, dossier->holder, "double", dossier->id);
  for (guint i = 0; i < dossier->carried->len; i++)
    td_show (self, ((TdCarried *)dossier->carried->pdata[i])->unit, "double", dossier->id);
}

static gboolean
same_rows (const TdDoubles *one, const TdDoubles *two)
{
  g_autoptr (JsonObject) left = td_doubles_to_json (one);
  g_autoptr (JsonObject) right = td_doubles_to_json (two);
  g_autofree char *left_text = td_json_canonical_object (left);
  g_autofree char *right_text = td_json_canonical_object (right);

  return strcmp (left_text, right_text) == 0;
}

static void
renew (TdAttempt *self, const TdDossier *dossier, gboolean moved)
{
  TdState *state = self->state;
  const TdDoubles *before = td_state_doubles (state, dossier->id);
  const TdRecord *record = td_doubles_stands (state, dossier) ? handed_in (state, dossier) : NULL;
  g_autoptr (TdDoubles) now = record == NULL ? td_doubles_new () : td_doubles_find (state, dossier->id, record);
  gboolean changed = before == NULL ? now->pairs->len > 0 : !same_rows (before, now);

  if (changed)
    td_state_set_doubles (state, dossier->id, g_steal_pointer (&now));
  if (changed || (moved && before != NULL))
    show (self, dossier);
}

/**
 * td_doubles_renew:
 *
 * After a step or an opinion: what it changed of who stands, for its dossiers and
 * all they are or were doubles of. The endpoint's alone, which sees across units;
 * outside every digest, and the same bytes on replay (model.md 1.8).
 */
void
td_doubles_renew (TdAttempt *self)
{
  gboolean moved = strcmp (self->operation->verb, "submit") == 0;
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ids = NULL;

  for (guint i = 0; i < self->named->len; i++)
    {
      const char *id = g_array_index (self->named, TdNamed, i).dossier;
      const TdDossier *dossier = td_state_dossier (self->state, id);

      g_hash_table_add (named, (char *)id);
      if (dossier != NULL && strcmp (dossier->type, "nomination") == 0)
        add_touched (touched, self->state, dossier);
    }
  ids = td_sorted_keys (touched);
  for (guint i = 0; i < ids->len; i++)
    {
      const TdDossier *dossier = td_state_dossier (self->state, ids->pdata[i]);

      if (dossier != NULL && dossier->version > 0)
        renew (self, dossier, moved && g_hash_table_contains (named, ids->pdata[i]));
    }
}
