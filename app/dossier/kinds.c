/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/circular.h"
#include "dossier/doubles.h"
#include "dossier/state-private.h"

#include <string.h>

/* The kinds of entities, and by which terms each is found. A store keeps the
 * terms in one table; nothing else is ever searched. */

static void
add_term (GPtrArray *terms, const char *name, const char *value)
{
  g_ptr_array_add (terms, g_strdup_printf ("%s:%s", name, value));
}

static void
add_file_terms (GPtrArray *terms, const TdRecord *record)
{
  g_autoptr (GPtrArray) keys = td_record_keys (record, "file");

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("file/%s/sha", (char *)keys->pdata[i]);
      g_autofree char *sha = td_record_text (record, path);

      if (*sha != '\0')
        add_term (terms, "file", sha);
    }
}

/* What answers a piece of correspondence is found by it. */
static void
add_matter_term (GPtrArray *terms, const TdRecord *record)
{
  g_autofree char *matter = td_record_text (record, "re");

  if (*matter != '\0')
    add_term (terms, "re", matter);
}

static void
record_terms (gpointer entity, const char *id, GPtrArray *terms)
{
  const TdRecord *record = entity;
  g_autofree char *same = td_record_same_name (record);

  add_term (terms, "type", record->type);
  add_term (terms, "owner", record->owner);
  g_ptr_array_add (terms, g_strdup_printf ("owner:%s type:%s", record->owner, record->type));
  if (*record->dossier != '\0')
    add_term (terms, "dossier", record->dossier);
  if (same != NULL)
    add_term (terms, "same", same);
  if (td_type_is_circular (record->type))
    add_matter_term (terms, record);
  add_file_terms (terms, record);
}

static void
dossier_terms (gpointer entity, const char *id, GPtrArray *terms)
{
  const TdDossier *dossier = entity;

  g_ptr_array_add (terms, g_strdup ("all"));
  add_term (terms, "owner", *dossier->acts == '\0' ? dossier->owner : dossier->acts);
  add_term (terms, "holder", dossier->holder);
  if (*dossier->person != '\0')
    add_term (terms, "person", dossier->person);
  for (guint i = 0; i < dossier->carried->len; i++)
    {
      const TdCarried *carried = dossier->carried->pdata[i];

      if (!carried->active)
        continue;
      add_term (terms, "submitter", carried->unit);
      add_term (terms, "submission", carried->submission);
    }
}

static void
version_terms (gpointer entity, const char *id, GPtrArray *terms)
{
  const TdVersion *version = entity;

  add_term (terms, "dossier", version->dossier);
  for (guint i = 0; i < version->records->len; i++)
    {
      g_autofree char *same = td_record_same_name (version->records->pdata[i]);

      add_file_terms (terms, version->records->pdata[i]);
      if (same != NULL)
        add_term (terms, "same", same);
    }
}

static void
body_terms (gpointer entity, const char *id, GPtrArray *terms)
{
  add_file_terms (terms, entity);
}

static void
opinion_terms (gpointer entity, const char *id, GPtrArray *terms)
{
  const TdOpinion *opinion = entity;

  g_ptr_array_add (terms, g_strdup ("all"));
  add_term (terms, "dossier", opinion->dossier);
}

static void
step_terms (gpointer entity, const char *id, GPtrArray *terms)
{
  const char *body = td_json_string (entity, "body");
  g_autoptr (TdOperation) operation = body == NULL ? NULL : td_operation_parse (body, -1, NULL);
  g_autoptr (GArray) names = operation == NULL ? NULL : td_operation_named (operation);

  g_ptr_array_add (terms, g_strdup ("all"));
  for (guint i = 0; names != NULL && i < names->len; i++)
    add_term (terms, "dossier", g_array_index (names, TdNamed, i).dossier);
}

/* Calls are looked for on desks, which hold few of them. */
static void
receipt_terms (gpointer entity, const char *id, GPtrArray *terms)
{
  const GPtrArray *receipts = entity;
  gboolean called = FALSE;

  for (guint i = 0; i < receipts->len && !called; i++)
    called = *((TdReceipt *)receipts->pdata[i])->code != '\0';
  if (called)
    g_ptr_array_add (terms, g_strdup ("calls"));
}

static void
no_terms (gpointer entity, const char *id, GPtrArray *terms)
{
}

static void
opinion_free (gpointer entity)
{
  TdOpinion *self = entity;

  g_free (self->dossier);
  td_entry_free (self->entry);
  g_free (self);
}

static JsonObject *
opinion_to_json (gpointer entity)
{
  const TdOpinion *self = entity;
  JsonObject *json = td_entry_to_json (self->entry);

  json_object_set_string_member (json, "dossier", self->dossier);
  return json;
}

static gpointer
opinion_from_json (JsonObject *json)
{
  const char *dossier = td_json_string (json, "dossier");
  TdEntry *entry = dossier == NULL ? NULL : td_entry_from_json (json);
  TdOpinion *self;

  if (entry == NULL)
    return NULL;
  self = g_new0 (TdOpinion, 1);
  self->dossier = g_strdup (dossier);
  self->entry = entry;
  return self;
}

static gpointer
step_from_json (JsonObject *json)
{
  return td_json_string (json, "body") == NULL ? NULL : json_object_ref (json);
}

static JsonObject *
step_to_json (gpointer entity)
{
  return json_object_ref (entity);
}

#define FROM(name) ((gpointer (*) (JsonObject *))name)
#define TO(name) ((JsonObject * (*)(gpointer)) name)
#define FREE(name) ((void (*) (gpointer))name)

const TdKind td_kinds[TD_N_KINDS] = {
  [TD_KIND_RECORD]
  = { "record", FROM (td_record_from_json), TO (td_record_to_json), record_terms, FREE (td_record_free) },
  [TD_KIND_DOSSIER]
  = { "dossier", FROM (td_dossier_from_json), TO (td_dossier_to_json), dossier_terms, FREE (td_dossier_free) },
  [TD_KIND_VERSION]
  = { "version", FROM (td_version_from_json), TO (td_version_to_json), version_terms, FREE (td_version_free) },
  [TD_KIND_BODY] = { "body", FROM (td_record_from_json), TO (td_record_to_json), body_terms, FREE (td_record_free) },
  [TD_KIND_RECEIPT]
  = { "receipt", FROM (td_receipts_from_json), TO (td_receipts_to_json), receipt_terms, FREE (g_ptr_array_unref) },
  [TD_KIND_OPINION] = { "opinion", opinion_from_json, opinion_to_json, opinion_terms, opinion_free },
  [TD_KIND_STEP] = { "step", step_from_json, step_to_json, step_terms, FREE (json_object_unref) },
  [TD_KIND_DEVICE] = { "device", FROM (td_device_from_json), TO (td_device_to_json), no_terms, FREE (td_device_free) },
  [TD_KIND_DOUBLE]
  = { "double", FROM (td_doubles_from_json), TO (td_doubles_to_json), no_terms, FREE (td_doubles_free) },
};
