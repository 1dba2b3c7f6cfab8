/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/state-private.h"

#include <string.h>

/* Dossiers, versions, entries of the chain, receipts and devices: how each is
 * made, freed and turned into its one JSON form and back. */

static char *
copy_text (JsonObject *json, const char *name)
{
  const char *text = td_json_string (json, name);

  return g_strdup (text == NULL ? "" : text);
}

/* ---- entries --------------------------------------------------------------- */

TdEntry *
td_entry_new (void)
{
  TdEntry *self = g_new0 (TdEntry, 1);
  char **fields[] = { &self->op, &self->verb,   &self->unit,   &self->author,  &self->position, &self->from,
                      &self->to, &self->digest, &self->detail, &self->verdict, &self->subject,  &self->body };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *fields[i] = g_strdup ("");
  self->day = TD_DATE_NONE;
  return self;
}

void
td_entry_free (TdEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->op);
  g_free (self->verb);
  g_free (self->unit);
  g_free (self->author);
  g_free (self->position);
  g_free (self->from);
  g_free (self->to);
  g_free (self->digest);
  g_free (self->detail);
  g_free (self->verdict);
  g_free (self->subject);
  g_free (self->body);
  g_free (self);
}

static void
set_text (JsonObject *json, const char *name, const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (json, name, text);
}

JsonObject *
td_entry_to_json (const TdEntry *self)
{
  JsonObject *json = json_object_new ();

  set_text (json, "op", self->op);
  set_text (json, "verb", self->verb);
  set_text (json, "unit", self->unit);
  set_text (json, "author", self->author);
  set_text (json, "position", self->position);
  set_text (json, "from", self->from);
  set_text (json, "to", self->to);
  set_text (json, "digest", self->digest);
  set_text (json, "detail", self->detail);
  set_text (json, "verdict", self->verdict);
  set_text (json, "subject", self->subject);
  set_text (json, "body", self->body);
  json_object_set_int_member (json, "at", self->at);
  json_object_set_int_member (json, "day", self->day);
  json_object_set_int_member (json, "q", self->q);
  return json;
}

TdEntry *
td_entry_from_json (JsonObject *json)
{
  const char *op = td_json_string (json, "op");
  const char *verb = td_json_string (json, "verb");
  TdEntry *self;

  /* An empty one would be written as none: what is taken must be readable again. */
  if (op == NULL || *op == '\0' || verb == NULL || *verb == '\0')
    return NULL;
  self = g_new0 (TdEntry, 1);
  self->op = copy_text (json, "op");
  self->verb = copy_text (json, "verb");
  self->unit = copy_text (json, "unit");
  self->author = copy_text (json, "author");
  self->position = copy_text (json, "position");
  self->from = copy_text (json, "from");
  self->to = copy_text (json, "to");
  self->digest = copy_text (json, "digest");
  self->detail = copy_text (json, "detail");
  self->verdict = copy_text (json, "verdict");
  self->subject = copy_text (json, "subject");
  self->body = copy_text (json, "body");
  self->at = td_json_int (json, "at", 0);
  self->day = (TdDate)td_json_int (json, "day", TD_DATE_NONE);
  self->q = td_json_int (json, "q", 0);
  return self;
}

/* ---- dossiers --------------------------------------------------------------- */

static void
carried_free (gpointer data)
{
  TdCarried *self = data;

  g_free (self->submission);
  g_free (self->unit);
  g_free (self);
}

TdDossier *
td_dossier_new (const char *id, const char *type, const char *owner)
{
  TdDossier *self = g_new0 (TdDossier, 1);

  self->id = g_strdup (id);
  self->type = g_strdup (type);
  self->owner = g_strdup (owner);
  self->acts = g_strdup ("");
  self->holder = g_strdup (owner);
  self->stage = g_strdup ("draft");
  self->digest = g_strdup ("");
  self->person = g_strdup ("");
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->carried = g_ptr_array_new_with_free_func (carried_free);
  self->chain = g_ptr_array_new_with_free_func ((GDestroyNotify)td_entry_free);
  return self;
}

void
td_dossier_free (TdDossier *self)
{
  g_free (self->id);
  g_free (self->type);
  g_free (self->owner);
  g_free (self->acts);
  g_free (self->holder);
  g_free (self->stage);
  g_free (self->digest);
  g_free (self->person);
  g_hash_table_unref (self->open);
  g_ptr_array_unref (self->carried);
  g_ptr_array_unref (self->chain);
  g_free (self);
}

static JsonArray *
carried_to_json (GPtrArray *carried)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < carried->len; i++)
    {
      const TdCarried *row = carried->pdata[i];
      JsonObject *json = json_object_new ();

      json_object_set_string_member (json, "submission", row->submission);
      json_object_set_string_member (json, "unit", row->unit);
      json_object_set_boolean_member (json, "active", row->active);
      json_array_add_object_element (array, json);
    }
  return array;
}

JsonObject *
td_dossier_to_json (const TdDossier *self)
{
  JsonObject *json = json_object_new ();
  JsonArray *chain = json_array_new ();

  for (guint i = 0; i < self->chain->len; i++)
    json_array_add_object_element (chain, td_entry_to_json (self->chain->pdata[i]));
  json_object_set_string_member (json, "id", self->id);
  json_object_set_string_member (json, "type", self->type);
  json_object_set_string_member (json, "owner", self->owner);
  set_text (json, "acts", self->acts);
  json_object_set_string_member (json, "holder", self->holder);
  json_object_set_string_member (json, "stage", self->stage);
  json_object_set_string_member (json, "digest", self->digest);
  json_object_set_string_member (json, "person", self->person);
  json_object_set_int_member (json, "epoch", self->epoch);
  json_object_set_int_member (json, "version", self->version);
  json_object_set_boolean_member (json, "received", self->received);
  json_object_set_array_member (json, "open", td_set_to_json (self->open));
  json_object_set_array_member (json, "carried", carried_to_json (self->carried));
  json_object_set_array_member (json, "chain", chain);
  return json;
}

static gboolean
carried_from_json (TdDossier *self, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *json = td_json_element_object (array, i);
      TdCarried *row;

      if (json == NULL || td_json_string (json, "submission") == NULL || td_json_string (json, "unit") == NULL)
        return FALSE;
      row = g_new0 (TdCarried, 1);
      row->submission = copy_text (json, "submission");
      row->unit = copy_text (json, "unit");
      row->active = td_json_bool (json, "active", FALSE);
      g_ptr_array_add (self->carried, row);
    }
  return TRUE;
}

static gboolean
chain_from_json (TdDossier *self, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *json = td_json_element_object (array, i);
      TdEntry *entry = json == NULL ? NULL : td_entry_from_json (json);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (self->chain, entry);
    }
  return TRUE;
}

static void
replace_text (char **field, JsonObject *json, const char *name)
{
  g_free (*field);
  *field = copy_text (json, name);
}

TdDossier *
td_dossier_from_json (JsonObject *json)
{
  TdDossier *self;

  if (td_json_string (json, "id") == NULL || td_json_string (json, "type") == NULL
      || td_json_string (json, "owner") == NULL || td_json_string (json, "holder") == NULL
      || td_json_string (json, "stage") == NULL)
    return NULL;
  self = td_dossier_new (td_json_string (json, "id"), td_json_string (json, "type"), td_json_string (json, "owner"));
  replace_text (&self->acts, json, "acts");
  replace_text (&self->holder, json, "holder");
  replace_text (&self->stage, json, "stage");
  replace_text (&self->digest, json, "digest");
  replace_text (&self->person, json, "person");
  self->epoch = td_json_int (json, "epoch", 0);
  self->version = td_json_int (json, "version", 0);
  self->received = td_json_bool (json, "received", FALSE);
  if (!td_set_from_json (self->open, td_json_array (json, "open"))
      || !carried_from_json (self, td_json_array (json, "carried"))
      || !chain_from_json (self, td_json_array (json, "chain")))
    {
      td_dossier_free (self);
      return NULL;
    }
  return self;
}

/* ---- versions --------------------------------------------------------------- */

char *
td_version_id (const char *dossier, gint64 n)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, dossier, n);
}

void
td_version_free (TdVersion *self)
{
  if (self == NULL)
    return;
  g_free (self->dossier);
  g_free (self->digest);
  g_free (self->by);
  g_free (self->to);
  g_free (self->submission);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->quotes, g_hash_table_unref);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_free (self);
}

JsonObject *
td_version_to_json (const TdVersion *self)
{
  JsonObject *json = json_object_new ();
  JsonObject *quotes = json_object_new ();
  JsonArray *records = json_array_new ();
  JsonArray *letters = json_array_new ();
  GHashTableIter iter;
  gpointer id, digest;

  g_hash_table_iter_init (&iter, self->quotes);
  while (g_hash_table_iter_next (&iter, &id, &digest))
    json_object_set_string_member (quotes, id, digest);
  for (guint i = 0; i < self->records->len; i++)
    json_array_add_object_element (records, td_record_to_json (self->records->pdata[i]));
  for (guint i = 0; i < self->letters->len; i++)
    json_array_add_string_element (letters, self->letters->pdata[i]);
  json_object_set_string_member (json, "dossier", self->dossier);
  json_object_set_int_member (json, "n", self->n);
  json_object_set_string_member (json, "digest", self->digest);
  json_object_set_string_member (json, "by", self->by);
  json_object_set_string_member (json, "to", self->to);
  json_object_set_string_member (json, "submission", self->submission);
  json_object_set_int_member (json, "day", self->day);
  json_object_set_int_member (json, "q", self->q);
  json_object_set_array_member (json, "records", records);
  json_object_set_object_member (json, "quotes", quotes);
  json_object_set_array_member (json, "letters", letters);
  return json;
}

static gboolean
quotes_from_json (TdVersion *self, JsonObject *quotes)
{
  g_autoptr (GList) ids = quotes == NULL ? NULL : json_object_get_members (quotes);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      const char *digest = td_json_string (quotes, l->data);

      if (digest == NULL)
        return FALSE;
      g_hash_table_insert (self->quotes, g_strdup (l->data), g_strdup (digest));
    }
  return quotes != NULL;
}

static gboolean
records_from_json (TdVersion *self, JsonArray *records)
{
  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++)
    {
      JsonObject *json = td_json_element_object (records, i);
      TdRecord *record = json == NULL ? NULL : td_record_from_json (json);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (self->records, record);
    }
  return records != NULL;
}

static gboolean
letters_from_json (TdVersion *self, JsonArray *letters)
{
  for (guint i = 0; letters != NULL && i < json_array_get_length (letters); i++)
    {
      const char *digest = td_json_element_string (letters, i);

      if (digest == NULL)
        return FALSE;
      g_ptr_array_add (self->letters, g_strdup (digest));
    }
  return TRUE;
}

TdVersion *
td_version_from_json (JsonObject *json)
{
  TdVersion *self;

  if (td_json_string (json, "dossier") == NULL || td_json_string (json, "digest") == NULL)
    return NULL;
  self = g_new0 (TdVersion, 1);
  self->dossier = copy_text (json, "dossier");
  self->n = td_json_int (json, "n", 0);
  self->digest = copy_text (json, "digest");
  self->by = copy_text (json, "by");
  self->to = copy_text (json, "to");
  self->submission = copy_text (json, "submission");
  self->day = (TdDate)td_json_int (json, "day", TD_DATE_NONE);
  self->q = td_json_int (json, "q", 0);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)td_record_free);
  self->quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->letters = g_ptr_array_new_with_free_func (g_free);
  if (!records_from_json (self, td_json_array (json, "records"))
      || !quotes_from_json (self, td_json_object (json, "quotes"))
      || !letters_from_json (self, td_json_array (json, "letters")))
    g_clear_pointer (&self, td_version_free);
  return self;
}

/* ---- receipts and devices --------------------------------------------------- */

TdReceipt *
td_receipt_new (void)
{
  TdReceipt *self = g_new0 (TdReceipt, 1);
  char **fields[]
      = { &self->level, &self->paper, &self->op, &self->code, &self->unit, &self->caller, &self->time, &self->submit };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *fields[i] = g_strdup ("");
  self->day = self->committed = TD_DATE_NONE;
  return self;
}

void
td_receipt_free (TdReceipt *self)
{
  char *fields[]
      = { self->level, self->paper, self->op, self->code, self->unit, self->caller, self->time, self->submit };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (fields[i]);
  g_free (self);
}

TdReceipt *
td_receipt_copy (const TdReceipt *self)
{
  TdReceipt *copy = g_new0 (TdReceipt, 1);

  copy->level = g_strdup (self->level);
  copy->paper = g_strdup (self->paper);
  copy->op = g_strdup (self->op);
  copy->day = self->day;
  copy->committed = self->committed;
  copy->code = g_strdup (self->code);
  copy->unit = g_strdup (self->unit);
  copy->caller = g_strdup (self->caller);
  copy->time = g_strdup (self->time);
  copy->submit = g_strdup (self->submit);
  return copy;
}

JsonObject *
td_receipts_to_json (GPtrArray *receipts)
{
  JsonObject *json = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < receipts->len; i++)
    {
      const TdReceipt *receipt = receipts->pdata[i];
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "level", receipt->level);
      json_object_set_string_member (row, "paper", receipt->paper);
      json_object_set_string_member (row, "op", receipt->op);
      json_object_set_int_member (row, "day", receipt->day);
      json_object_set_int_member (row, "committed", receipt->committed);
      set_text (row, "code", receipt->code);
      set_text (row, "unit", receipt->unit);
      set_text (row, "caller", receipt->caller);
      set_text (row, "time", receipt->time);
      set_text (row, "submit", receipt->submit);
      json_array_add_object_element (rows, row);
    }
  json_object_set_array_member (json, "rows", rows);
  return json;
}

GPtrArray *
td_receipts_from_json (JsonObject *json)
{
  JsonArray *rows = td_json_array (json, "rows");
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func ((GDestroyNotify)td_receipt_free);

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = td_json_element_object (rows, i);
      TdReceipt *receipt;

      if (row == NULL || td_json_string (row, "level") == NULL)
        return NULL;
      receipt = g_new0 (TdReceipt, 1);
      receipt->level = copy_text (row, "level");
      receipt->paper = copy_text (row, "paper");
      receipt->op = copy_text (row, "op");
      receipt->day = (TdDate)td_json_int (row, "day", TD_DATE_NONE);
      receipt->committed = (TdDate)td_json_int (row, "committed", TD_DATE_NONE);
      receipt->code = copy_text (row, "code");
      receipt->unit = copy_text (row, "unit");
      receipt->caller = copy_text (row, "caller");
      receipt->time = copy_text (row, "time");
      receipt->submit = copy_text (row, "submit");
      g_ptr_array_add (receipts, receipt);
    }
  return rows == NULL ? NULL : g_steal_pointer (&receipts);
}

void
td_device_free (TdDevice *self)
{
  g_free (self->key);
  g_free (self->unit);
  g_free (self->acts);
  g_free (self->roles);
  g_free (self);
}

JsonObject *
td_device_to_json (const TdDevice *self)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "key", self->key);
  json_object_set_string_member (json, "unit", self->unit);
  set_text (json, "acts", self->acts);
  json_object_set_string_member (json, "roles", self->roles);
  if (self->revoked)
    json_object_set_boolean_member (json, "revoked", TRUE);
  return json;
}

TdDevice *
td_device_from_json (JsonObject *json)
{
  TdDevice *self;

  if (td_json_string (json, "key") == NULL || td_json_string (json, "unit") == NULL)
    return NULL;
  self = g_new0 (TdDevice, 1);
  self->key = copy_text (json, "key");
  self->unit = copy_text (json, "unit");
  self->acts = copy_text (json, "acts");
  self->roles = copy_text (json, "roles");
  self->revoked = td_json_bool (json, "revoked", FALSE);
  return self;
}
