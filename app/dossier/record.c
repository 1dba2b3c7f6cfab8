/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/crypto.h"
#include "dossier/hands.h"
#include "dossier/state-private.h"
#include "text/vietnamese.h"

#include <string.h>

static void
beside_free (gpointer data)
{
  TdBeside *self = data;

  g_free (self->op);
  g_free (self->path);
  g_free (self->value);
  g_free (self->by);
  g_free (self->key);
  g_free (self);
}

TdRecord *
td_record_new (const char *id, const char *type, const char *owner, const char *dossier)
{
  TdRecord *self = g_new0 (TdRecord, 1);

  self->id = g_strdup (id);
  self->type = g_strdup (type);
  self->owner = g_strdup (owner);
  self->dossier = g_strdup (dossier == NULL ? "" : dossier);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->beside = g_ptr_array_new_with_free_func (beside_free);
  self->hands = g_ptr_array_new_with_free_func (td_hand_free);
  self->settled = g_ptr_array_new_with_free_func (td_settled_free);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
td_record_free (TdRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->type);
  g_free (self->owner);
  g_free (self->dossier);
  g_hash_table_unref (self->members);
  g_ptr_array_unref (self->beside);
  g_ptr_array_unref (self->hands);
  g_ptr_array_unref (self->settled);
  g_hash_table_unref (self->open);
  g_free (self);
}

/** td_type_is_ledger: whether records of @type hold a unit's own facts (model.md 2.1). */
gboolean
td_type_is_ledger (const char *type)
{
  return g_strcmp0 (type, "ratings") == 0 || g_strcmp0 (type, "targets") == 0 || g_strcmp0 (type, "events") == 0;
}

/** td_type_is_dossier: whether a record of @type is the main record of a dossier. */
gboolean
td_type_is_dossier (const char *type)
{
  return g_strcmp0 (type, "nomination") == 0 || g_strcmp0 (type, "registration") == 0
         || g_strcmp0 (type, "report") == 0;
}

const char *
td_record_get (const TdRecord *self, const char *path)
{
  return g_hash_table_lookup (self->members, path);
}

void
td_record_set (TdRecord *self, const char *path, const char *value)
{
  if (value == NULL)
    g_hash_table_remove (self->members, path);
  else
    g_hash_table_replace (self->members, g_strdup (path), g_strdup (value));
}

void
td_record_set_text (TdRecord *self, const char *path, const char *text)
{
  g_autofree char *value = text == NULL || *text == '\0' ? NULL : td_json_canonical_string (text);

  td_record_set (self, path, value);
}

/** td_record_text: a member as plain text, "" when it is absent or not a string. */
char *
td_record_text (const TdRecord *self, const char *path)
{
  const char *value = td_record_get (self, path);
  g_autoptr (JsonNode) node = NULL;

  if (value == NULL || *value != '"')
    return g_strdup ("");
  if (strchr (value, '\\') == NULL)
    return g_strndup (value + 1, strlen (value) - 2);
  node = td_json_parse (value, -1, TD_STEP_BYTES, TD_JSON_MAX_DEPTH, NULL);
  return g_strdup (node == NULL ? "" : json_node_get_string (node));
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/** td_sorted_keys: the keys of @table in byte order; borrowed. */
GPtrArray *
td_sorted_keys (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_sized_new (g_hash_table_size (table));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_strings);
  return keys;
}

/** td_record_keys: sorted keys of rows "@prefix/<key>" and "@prefix/<key>/…"; owned strings. */
GPtrArray *
td_record_keys (const TdRecord *self, const char *prefix)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) paths = td_sorted_keys (self->members);
  gsize length = strlen (prefix);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      g_autofree char *key = NULL;

      if (!g_str_has_prefix (path, prefix) || path[length] != '/')
        continue;
      key = g_strndup (path + length + 1, strcspn (path + length + 1, "/"));
      if (keys->len == 0 || strcmp (keys->pdata[keys->len - 1], key) != 0)
        g_ptr_array_add (keys, g_steal_pointer (&key));
    }
  return keys;
}

static void
append_members (GString *text, const TdRecord *self)
{
  g_autoptr (GPtrArray) paths = td_sorted_keys (self->members);

  g_string_append_c (text, '{');
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *name = td_json_canonical_string (paths->pdata[i]);

      g_string_append_printf (text, "%s%s:%s", i == 0 ? "" : ",", name, td_record_get (self, paths->pdata[i]));
    }
  g_string_append_c (text, '}');
}

/* Paths are ASCII and values are kept canonical, so this text is the RFC 8785 form. */
static char *
identity_text (const TdRecord *self)
{
  g_autofree char *dossier = td_json_canonical_string (self->dossier);
  g_autofree char *id = td_json_canonical_string (self->id);
  g_autofree char *owner = td_json_canonical_string (self->owner);
  g_autofree char *type = td_json_canonical_string (self->type);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"dossier\":%s,\"id\":%s,\"members\":", dossier, id);
  append_members (text, self);
  g_string_append_printf (text, ",\"owner\":%s,\"type\":%s}", owner, type);
  return g_string_free (text, FALSE);
}

/** td_record_digest: SHA-256 over identity and members; what is kept beside doesn't count. */
char *
td_record_digest (const TdRecord *self)
{
  g_autofree char *text = identity_text (self);

  return td_digest (text, -1);
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const TdRecord *const *)a)->id, (*(const TdRecord *const *)b)->id);
}

/**
 * td_content_digest:
 * @records: the dossier's records
 * @quotes: (nullable): ledger record id -> body digest
 *
 * The content digest of a dossier (model.md 1.6). The hashes of its files are
 * members of its records, so they are inside already.
 */
char *
td_content_digest (GPtrArray *records, GHashTable *quotes)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new ("records\n");

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (sorted, records->pdata[i]);
  g_ptr_array_sort (sorted, compare_records);
  for (guint i = 0; i < sorted->len; i++)
    {
      const TdRecord *record = sorted->pdata[i];
      g_autofree char *digest = td_record_digest (record);

      g_string_append_printf (text, "%s %s\n", record->id, digest);
    }
  g_string_append (text, "quotes\n");
  if (quotes != NULL)
    {
      g_autoptr (GPtrArray) ids = td_sorted_keys (quotes);

      for (guint i = 0; i < ids->len; i++)
        g_string_append_printf (text, "%s %s\n", (char *)ids->pdata[i],
                                (char *)g_hash_table_lookup (quotes, ids->pdata[i]));
    }
  return td_digest (text->str, (gssize)text->len);
}

/** td_unit_record_id: see MEMBERS.md, "Ids". */
char *
td_unit_record_id (const char *campaign, const char *unit, const char *name)
{
  g_autofree char *words = g_strdup_printf ("thidua\n%s\n%s\n%s", campaign, unit, name);

  return td_uuid_named (words);
}

const char *
td_unit_record_type (const char *name)
{
  return strcmp (name, "interim_report") == 0 ? "report" : name;
}

const char *const *
td_unit_record_names (void)
{
  static const char *const names[]
      = { "ratings", "targets", "events", "reads", "registration", "report", "interim_report", "council", NULL };

  return names;
}

gboolean
td_is_unit_record (const char *campaign, const char *unit, const char *type, const char *id)
{
  const char *const *names = td_unit_record_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *fixed = NULL;

      if (strcmp (td_unit_record_type (names[i]), type) != 0)
        continue;
      fixed = td_unit_record_id (campaign, unit, names[i]);
      if (strcmp (fixed, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* An identity number is its digits, however they are grouped. */
static char *
plain_number (const char *number)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = number; *p != '\0'; p++)
    if (strchr (" .-", *p) == NULL)
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

/**
 * td_record_person:
 *
 * The key by which one person counts once: the identity number
 * if given, else name and birth date and unit.
 */
char *
td_record_person (const TdRecord *self)
{
  g_autofree char *subject = td_record_text (self, "subject");
  g_autofree char *typed = td_record_text (self, "personal_id");
  g_autofree char *number = plain_number (typed);
  g_autofree char *name = td_record_text (self, "name");
  g_autofree char *birth = td_record_text (self, "birth_date");
  g_autofree char *key = td_text_tone_key (name);

  if (strcmp (self->type, "nomination") != 0 || strcmp (subject, "individual") != 0 || *name == '\0')
    return g_strdup ("");
  if (*number != '\0')
    return g_strdup_printf ("id:%s", number);
  return g_strdup_printf ("name:%s|%s|%s", key, birth, self->owner);
}

char *
td_record_same_name (const TdRecord *self)
{
  g_autofree char *subject = td_record_text (self, "subject");
  g_autofree char *name = td_record_text (self, "name");
  g_autofree char *birth = td_record_text (self, "birth_date");
  g_autofree char *key = td_text_tone_key (name);

  if (strcmp (self->type, "nomination") != 0 || strcmp (subject, "individual") != 0 || *name == '\0' || *birth == '\0')
    return NULL;
  return g_strdup_printf ("%s|%s", key, birth);
}

static JsonArray *
beside_to_json (const TdRecord *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->beside->len; i++)
    {
      const TdBeside *beside = self->beside->pdata[i];
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "op", beside->op);
      json_object_set_string_member (row, "path", beside->path);
      if (beside->value != NULL)
        json_object_set_string_member (row, "value", beside->value);
      json_object_set_string_member (row, "by", beside->by);
      if (*beside->key != '\0')
        json_object_set_string_member (row, "key", beside->key);
      json_object_set_int_member (row, "at", beside->at);
      json_array_add_object_element (array, row);
    }
  return array;
}

JsonArray *
td_set_to_json (GHashTable *set)
{
  g_autoptr (GPtrArray) keys = td_sorted_keys (set);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < keys->len; i++)
    json_array_add_string_element (array, keys->pdata[i]);
  return array;
}

gboolean
td_set_from_json (GHashTable *set, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = td_json_element_string (array, i);

      if (text == NULL)
        return FALSE;
      g_hash_table_add (set, g_strdup (text));
    }
  return TRUE;
}

/** td_record_to_json: the one JSON form of a record; owned. */
JsonObject *
td_record_to_json (const TdRecord *self)
{
  JsonObject *json = json_object_new ();
  JsonObject *members = json_object_new ();
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &path, &value))
    json_object_set_member (members, path, td_json_parse (value, -1, TD_STEP_BYTES, TD_JSON_MAX_DEPTH, NULL));
  json_object_set_string_member (json, "id", self->id);
  json_object_set_string_member (json, "type", self->type);
  json_object_set_string_member (json, "owner", self->owner);
  json_object_set_string_member (json, "dossier", self->dossier);
  json_object_set_object_member (json, "members", members);
  if (self->beside->len > 0)
    json_object_set_array_member (json, "beside", beside_to_json (self));
  if (self->hands->len > 0)
    json_object_set_array_member (json, "hands", td_hands_to_json (self));
  if (self->settled->len > 0)
    json_object_set_array_member (json, "settled", td_settled_to_json (self));
  if (self->closed)
    json_object_set_boolean_member (json, "closed", TRUE);
  if (g_hash_table_size (self->open) > 0)
    json_object_set_array_member (json, "open", td_set_to_json (self->open));
  return json;
}

static gboolean
members_from_json (TdRecord *self, JsonObject *members)
{
  JsonObjectIter iter;
  const char *path;
  JsonNode *node;

  json_object_iter_init (&iter, members);
  while (json_object_iter_next (&iter, &path, &node))
    {
      char *value = td_json_canonical (node, NULL);

      if (value == NULL)
        return FALSE;
      g_hash_table_replace (self->members, g_strdup (path), value);
    }
  return TRUE;
}

static gboolean
beside_from_json (TdRecord *self, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *row = td_json_element_object (array, i);
      TdHand hand = { NULL };

      if (row == NULL || td_json_string (row, "op") == NULL || td_json_string (row, "path") == NULL)
        return FALSE;
      hand.by = (char *)td_json_string (row, "by");
      hand.key = (char *)td_json_string (row, "key");
      hand.at = td_json_int (row, "at", 0);
      td_record_add_beside (self, td_json_string (row, "op"), td_json_string (row, "path"),
                            td_json_string (row, "value"), &hand);
    }
  return TRUE;
}

void
td_record_add_beside (TdRecord *self, const char *op, const char *path, const char *value, const TdHand *hand)
{
  TdBeside *beside = g_new0 (TdBeside, 1);

  beside->op = g_strdup (op);
  beside->path = g_strdup (path);
  beside->value = g_strdup (value);
  beside->by = g_strdup (hand->by == NULL ? "" : hand->by);
  beside->key = g_strndup (hand->key == NULL ? "" : hand->key, TD_HAND_KEY_SIGNS);
  beside->at = hand->at;
  g_ptr_array_add (self->beside, beside);
}

TdRecord *
td_record_from_json (JsonObject *json)
{
  const char *id = td_json_string (json, "id");
  const char *type = td_json_string (json, "type");
  const char *owner = td_json_string (json, "owner");
  JsonObject *members = td_json_object (json, "members");
  g_autoptr (TdRecord) self = NULL;

  if (id == NULL || type == NULL || owner == NULL || members == NULL)
    return NULL;
  self = td_record_new (id, type, owner, td_json_string (json, "dossier"));
  self->closed = td_json_bool (json, "closed", FALSE);
  if (!members_from_json (self, members) || !beside_from_json (self, td_json_array (json, "beside"))
      || !td_hands_from_json (self, td_json_array (json, "hands"))
      || !td_settled_from_json (self, td_json_array (json, "settled"))
      || !td_set_from_json (self->open, td_json_array (json, "open")))
    return NULL;
  return g_steal_pointer (&self);
}

/** td_record_copy: identity and members, without what is kept beside or open: a record as it stood. */
TdRecord *
td_record_copy (const TdRecord *self)
{
  TdRecord *copy = td_record_new (self->id, self->type, self->owner, self->dossier);
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &path, &value))
    g_hash_table_insert (copy->members, g_strdup (path), g_strdup (value));
  return copy;
}
