/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/sample-private.h"

#include "dossier/crypto.h"
#include "dossier/state-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

#define FILE_MAX (32 * 1024 * 1024)

/* ---- records ------------------------------------------------------------------------ */

/** td_sample_name: the id that the same row of the same file always gets; owned. */
char *
td_sample_name (TdSampleReader *self, const char *what, const char *id, guint n)
{
  g_autofree char *name = g_strdup_printf ("sample\n%s\n%s\n%s\n%u", td_campaign_id (self->campaign), what, id, n);

  g_autofree char *digest = td_digest (name, -1);
  guint8 bytes[10];

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = (guint8)(g_ascii_xdigit_value (digest[2 * i]) * 16 + g_ascii_xdigit_value (digest[2 * i + 1]));
  return td_uuid7 (0, bytes);
}

/**
 * td_sample_record:
 * @id: (nullable): its id in the file, under which it is found again
 * @dossier: (nullable): "" makes it a dossier of its own
 */
TdRecord *
td_sample_record (TdSampleReader *self, const char *id, const char *type, const TdUnit *owner, const char *dossier)
{
  g_autofree char *record_id = td_type_is_ledger (type)
                                   ? td_unit_record_id (td_campaign_id (self->campaign), owner->key, type)
                                   : td_sample_name (self, type, id, 0);
  g_autofree char *salt = td_sample_name (self, "salt", record_id, 0);
  TdRecord *record = td_record_new (record_id, type, owner->key, dossier == NULL ? "" : record_id);

  td_record_set_text (record, "salt", salt);
  g_ptr_array_add (self->sample->records, record);
  if (id != NULL && !g_hash_table_insert (self->by_id, g_strdup (id), record))
    td_shape_fault (&self->shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "id", _ ("“%s” stands twice"), id);
  g_hash_table_insert (self->by_id, g_strdup (record_id), record);
  return record;
}

void
td_sample_put (TdRecord *record, const char *path, const char *text)
{
  g_autofree char *clean = td_text_clean_name (text);

  td_record_set_text (record, path, clean);
}

void
td_sample_put_date (TdSampleReader *self, TdRecord *record, const char *path, JsonObject *json, const char *name)
{
  TdDate day = td_shape_date_or (&self->shape, json, name);
  g_autofree char *text = day == TD_DATE_NONE ? NULL : td_date_to_iso (day);

  td_record_set_text (record, path, text);
}

void
td_sample_put_ratings (TdSampleReader *self, TdRecord *record, JsonObject *json)
{
  JsonObject *ratings = td_shape_object_or (&self->shape, json, "ratings");
  gsize token = td_shape_enter (&self->shape, "ratings");

  for (int year = td_campaign_first_year (self->campaign);
       ratings != NULL && year <= td_campaign_last_year (self->campaign); year++)
    {
      g_autofree char *name = g_strdup_printf ("%d", year);
      g_autofree char *path = g_strdup_printf ("rating/%d", year);
      const char *code = td_shape_text_or (&self->shape, ratings, name, "");

      if (*code != '\0' && td_rating_parse (code) == TD_RATING_MISSING)
        td_shape_fault (&self->shape, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("“%s” is no rating"), code);
      td_sample_put (record, path, code);
    }
  td_shape_leave (&self->shape, token);
}

/* ---- submissions ---------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *path;
} Member;

static void
read_paper (TdSampleReader *self, TdRecord *record, JsonObject *json, const char *name, const Member *members)
{
  JsonObject *paper = td_shape_object_or (&self->shape, json, name);
  gsize token = td_shape_enter (&self->shape, name);
  g_autofree char *date = g_strdup_printf ("%s/date", name);

  for (guint i = 0; paper != NULL && members[i].name != NULL; i++)
    td_sample_put (record, members[i].path, td_shape_text_or (&self->shape, paper, members[i].name, ""));
  if (paper != NULL)
    td_sample_put_date (self, record, date, paper, "date");
  td_shape_leave (&self->shape, token);
}

static void
read_count (TdSampleReader *self, TdRecord *record, JsonObject *json, const char *name, const char *path)
{
  JsonObject *minutes = td_json_object (json, "minutes");
  gint64 count = minutes == NULL ? 0 : td_shape_number_or (&self->shape, minutes, name, 0, 10000, 0);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  if (count > 0)
    td_sample_put (record, path, text);
}

static void
read_submission (TdSampleReader *self, JsonObject *json)
{
  static const Member letter[] = { { "number", "letter/number" },
                                   { "signerCapacity", "letter/signer_capacity" },
                                   { "signerPosition", "letter/signer_position" },
                                   { "signerName", "letter/signer_name" },
                                   { NULL, NULL } };
  static const Member minutes[] = {
    { "number", "minutes/number" }, { "chair", "minutes/chair" }, { "secretary", "minutes/secretary" }, { NULL, NULL }
  };
  const char *id = td_shape_text (&self->shape, json, "id");
  const TdUnit *unit = td_sample_unit (self, json, "submittedBy");
  TdSampleSubmission *submission;
  TdRecord *record;

  if (unit == NULL || !td_shape_ok (&self->shape))
    return;
  record = td_sample_record (self, id, "submission", unit, NULL);
  read_paper (self, record, json, "letter", letter);
  read_paper (self, record, json, "minutes", minutes);
  read_count (self, record, json, "present", "minutes/present");
  read_count (self, record, json, "total", "minutes/total");
  submission = g_new0 (TdSampleSubmission, 1);
  submission->id = g_strdup (id);
  submission->record = g_strdup (record->id);
  submission->unit = unit;
  submission->received = td_shape_date_or (&self->shape, json, "receivedDate");
  g_ptr_array_add (self->sample->submissions, submission);
}

static const TdSampleSubmission *
find_submission (const TdSample *sample, const char *id)
{
  for (guint i = 0; i < sample->submissions->len; i++)
    {
      const TdSampleSubmission *submission = sample->submissions->pdata[i];

      if (strcmp (submission->id, id) == 0)
        return submission;
    }
  return NULL;
}

/* ---- dossiers ---------------------------------------------------------------------------- */

static void
read_documents (TdSampleReader *self, TdRecord *record, JsonObject *json, const char *id)
{
  g_auto (GStrv) kinds = td_shape_texts_or (&self->shape, json, "documents");

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      g_autofree char *key = td_sample_name (self, "file", id, i + 1);
      g_autofree char *path = g_strdup_printf ("file/%s/kind", key);

      td_sample_put (record, path, kinds[i]);
    }
}

static void
read_person (TdSampleReader *self, TdRecord *record, JsonObject *json)
{
  static const Member members[] = {
    { "personalId", "personal_id" }, { "gender", "gender" }, { "position", "position" }, { "workplace", "workplace" }
  };
  JsonNode *member = json_object_get_member (json, "partyMember");
  gint64 since = td_shape_number_or (&self->shape, json, "partyMemberSince", 1900, 2100, 0);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    td_sample_put (record, members[i].path, td_shape_text_or (&self->shape, json, members[i].name, ""));
  td_sample_put_date (self, record, "birth_date", json, "birthDate");
  if (member != NULL && !JSON_NODE_HOLDS_NULL (member))
    td_sample_put (record, "party_member", td_shape_flag_or (&self->shape, json, "partyMember", FALSE) ? "yes" : "no");
  if (since > 0)
    {
      g_autofree char *year = g_strdup_printf ("%" G_GINT64_FORMAT, since);

      td_sample_put (record, "party_since", year);
    }
  if (td_shape_flag_or (&self->shape, json, "isEnterpriseDirector", FALSE))
    td_sample_put (record, "director", "yes");
  if (td_shape_flag_or (&self->shape, json, "outsideProvince", FALSE))
    td_sample_put (record, "outside", "yes");
  td_sample_put_ratings (self, record, json);
}

static void
list_dossier (TdSampleReader *self, const TdSampleDossier *dossier)
{
  TdRecord *record
      = dossier->submission == NULL ? NULL : g_hash_table_lookup (self->by_id, dossier->submission->record);
  g_autoptr (GPtrArray) items = record == NULL ? NULL : td_record_keys (record, "item");
  g_autofree char *path = g_strdup_printf ("item/%s", dossier->record);
  g_autofree char *order = g_strdup_printf ("%u", items == NULL ? 0 : items->len + 1);

  if (record != NULL)
    td_sample_put (record, path, order);
}

static void
read_dossier (TdSampleReader *self, JsonObject *json)
{
  static const char *const subjects[] = { "TAP_THE", "CA_NHAN", NULL };
  const char *id = td_shape_text (&self->shape, json, "id");
  const TdUnit *unit = td_sample_unit (self, json, "unitCode");
  gboolean person = td_shape_choice (&self->shape, json, "subjectType", subjects) == 1;
  const char *submission = td_shape_text_or (&self->shape, json, "submission", "");
  TdSampleDossier *dossier;
  TdRecord *record;

  if (unit == NULL || !td_shape_ok (&self->shape))
    return;
  record = td_sample_record (self, id, "nomination", unit, "");
  td_sample_put (record, "subject", person ? "individual" : "collective");
  td_sample_put (record, "subject_kind", td_shape_text_or (&self->shape, json, "subjectKind", ""));
  td_sample_put (record, "name", td_shape_text (&self->shape, json, "name"));
  td_sample_put (record, "award", td_shape_text_or (&self->shape, json, "award", ""));
  if (person)
    read_person (self, record, json);
  read_documents (self, record, json, id);
  dossier = g_new0 (TdSampleDossier, 1);
  dossier->id = g_strdup (id);
  dossier->record = g_strdup (record->id);
  dossier->unit = unit;
  dossier->submission = *submission == '\0' ? NULL : find_submission (self->sample, submission);
  g_ptr_array_add (self->sample->dossiers, dossier);
  if (*submission != '\0' && dossier->submission == NULL)
    td_shape_fault (&self->shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "submission", _ ("“%s” is unknown"), submission);
  list_dossier (self, dossier);
}

/* ---- lists of names ------------------------------------------------------------------------ */

static char *
names_as_listed (TdSampleReader *self, const TdSampleSubmission *submission)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->sample->dossiers->len; i++)
    {
      const TdSampleDossier *dossier = self->sample->dossiers->pdata[i];
      g_autofree char *name = NULL;

      if (dossier->submission != submission)
        continue;
      name = td_record_text (g_hash_table_lookup (self->by_id, dossier->record), "name");
      g_string_append_printf (names, "%s%s", names->len == 0 ? "" : "\n", name);
    }
  return g_string_free (names, FALSE);
}

/* Only a list that differs from what the submission holds is written out. */
static void
read_names (
    TdSampleReader *self, JsonObject *json, const TdSampleSubmission *submission, const char *name, const char *path)
{
  g_auto (GStrv) listed = td_shape_texts_or (&self->shape, json, name);
  g_autofree char *as_listed = names_as_listed (self, submission);
  g_autoptr (GString) names = g_string_new (NULL);

  if (!json_object_has_member (json, name))
    return;
  for (guint i = 0; listed[i] != NULL; i++)
    {
      g_autofree char *clean = td_text_clean_name (listed[i]);

      g_string_append_printf (names, "%s%s", i == 0 ? "" : "\n", clean);
    }
  if (strcmp (names->str, as_listed) != 0)
    td_record_set_text (g_hash_table_lookup (self->by_id, submission->record), path,
                        names->len == 0 ? "-" : names->str);
}

static void
read_lists (TdSampleReader *self, JsonObject *json)
{
  const TdSampleSubmission *submission = find_submission (self->sample, td_shape_text (&self->shape, json, "id"));

  if (submission == NULL)
    return;
  read_names (self, json, submission, "listInLetter", "letter/names");
  read_names (self, json, submission, "listInMinutes", "minutes/names");
}

/* ---- the file -------------------------------------------------------------------------------- */

typedef void (*ReadObject) (TdSampleReader *self, JsonObject *json);

static void
read_all (TdSampleReader *self, JsonObject *root, const char *name, gboolean needed, ReadObject read)
{
  JsonArray *rows = needed || json_object_has_member (root, name) ? td_shape_array (&self->shape, root, name) : NULL;
  gsize token = td_shape_enter (&self->shape, name);

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows) && td_shape_ok (&self->shape); i++)
    {
      gsize place = td_shape_enter_index (&self->shape, i);

      read (self, td_shape_item (&self->shape, rows, i));
      td_shape_leave (&self->shape, place);
    }
  td_shape_leave (&self->shape, token);
}

static void
submission_free (gpointer data)
{
  g_free (((TdSampleSubmission *)data)->id);
  g_free (((TdSampleSubmission *)data)->record);
  g_free (data);
}

static void
dossier_free (gpointer data)
{
  g_free (((TdSampleDossier *)data)->id);
  g_free (((TdSampleDossier *)data)->record);
  g_free (data);
}

static void
receipt_free (gpointer data)
{
  g_free (((TdSampleReceipt *)data)->dossier);
  g_free (data);
}

void
td_sample_free (TdSample *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->submissions);
  g_ptr_array_unref (self->dossiers);
  g_ptr_array_unref (self->receipts);
  td_units_unref (self->units);
  g_free (self);
}

static TdSample *
sample_new (TdUnits *units)
{
  TdSample *self = g_new0 (TdSample, 1);

  self->units = units;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)td_record_free);
  self->submissions = g_ptr_array_new_with_free_func (submission_free);
  self->dossiers = g_ptr_array_new_with_free_func (dossier_free);
  self->receipts = g_ptr_array_new_with_free_func (receipt_free);
  return self;
}

/**
 * td_sample_parse:
 * @data: the file
 * @length: its length
 * @units: the campaign's units
 *
 * Returns: (transfer full) (nullable): what it holds, as records
 */
TdSample *
td_sample_parse (const char *data, gsize length, const TdCampaign *campaign, const TdUnits *units, GError **error)
{
  g_autoptr (JsonObject) root = td_json_parse_object (data, (gssize)length, FILE_MAX, error);
  TdUnits *own = root == NULL ? NULL : td_sample_units (root, campaign, units, error);
  g_autoptr (TdSample) sample = own == NULL ? NULL : sample_new (own);
  TdSampleReader self = { .campaign = campaign, .sample = sample };

  if (sample == NULL)
    return NULL;
  self.by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  td_shape_init (&self.shape);
  read_all (&self, root, "projects", FALSE, td_sample_read_project);
  read_all (&self, root, "units", TRUE, td_sample_read_unit);
  read_all (&self, root, "submissions", FALSE, read_submission);
  read_all (&self, root, "dossiers", TRUE, read_dossier);
  read_all (&self, root, "submissions", FALSE, read_lists);
  g_hash_table_unref (self.by_id);
  return td_shape_finish (&self.shape, error) ? g_steal_pointer (&sample) : NULL;
}
