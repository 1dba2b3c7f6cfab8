/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/import.h"

#include "dossier/crypto.h"
#include "endpoint/admit.h"
#include "endpoint/centre-private.h"
#include "endpoint/late.h"
#include "store/disk.h"
#include "store/sealed.h"
#include "wire/gzip.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define PAGES_MOST 64 /* of a receipt; the rest comes with the next */
#define NO_LIFE "00000000000000000000000000000000"

typedef struct
{
  TdCentre *centre;
  const char *folder;
  char *inbox; /* what is extracted */
  TdSealedKey key;
  const TdMoment *moment;
  TdBundle *bundle;
  TdBundle *receipt;
  char *unit;
  gboolean revoked; /* the sender: what comes is kept aside */
  char *cursor;
  gboolean more;
  TdImported *imported;
} Import;

void
td_imported_clear (TdImported *self)
{
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->receipt_name, g_free);
}

static gboolean
refuse (TdProblem **problem, const char *detail)
{
  *problem = td_problem_new (422, "package", detail);
  return FALSE;
}

/** td_import_sentence: why a package was not taken, in words. */
const char *
td_import_sentence (const char *detail)
{
  static const struct
  {
    const char *detail, *sentence;
  } table[] = {
    { "foreign", N_ ("This is not a package of Hồ sơ Thi đua. Nothing was taken in.") },
    { "recipient", N_ ("The package is sealed for another recipient. Nothing was taken in.") },
    { "cut", N_ ("The package is cut off: copy it again from the machine that wrote it. Nothing was taken in.") },
    { "damaged", N_ ("The package is damaged: copy it again from the machine that wrote it. Nothing was taken in.") },
    { "signature", N_ ("The package's signature is wrong. Nothing was taken in.") },
    { "version", N_ ("The package was written by a newer version of the program. Nothing was taken in.") },
    { "kind", N_ ("This is a receipt, which belongs on the desk it was made for. Nothing was taken in.") },
    { "campaign", N_ ("The package belongs to another campaign. Nothing was taken in.") },
    { "device", N_ ("The machine that wrote the package is not enrolled, or its enrolment code is no longer good. "
                    "Nothing was taken in.") },
    { "revoked", N_ ("The machine that wrote the package has been revoked. What it holds is kept aside until the "
                     "administrator admits or discards it (--late). The machine keeps it too.") },
    { "gap", N_ ("What this package builds on has not come yet: write a new one on the machine it comes from. "
                 "Nothing was taken in.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].detail, detail) == 0)
      return _ (table[i].sentence);
  return _ ("The package could not be taken in; try again. What it holds stays in it.");
}

static gboolean
refuse_sealed (TdProblem **problem, GError *error)
{
  static const char *const details[] = {
    [TD_SEALED_ERROR_FOREIGN] = "foreign",
    [TD_SEALED_ERROR_RECIPIENT] = "recipient",
    [TD_SEALED_ERROR_CUT] = "cut",
    [TD_SEALED_ERROR_DAMAGED] = "damaged",
    [TD_SEALED_ERROR_SIGNATURE] = "signature",
    [TD_SEALED_ERROR_VERSION] = "version",
  };

  if (error->domain == TD_SEALED_ERROR && error->code < (int)G_N_ELEMENTS (details))
    refuse (problem, details[error->code]);
  else if (g_error_matches (error, TD_SEALED_ERROR, TD_SEALED_ERROR_FULL))
    *problem = td_problem_new (507, "full", NULL);
  else
    *problem = td_problem_new (500, "internal", error->message);
  g_error_free (error);
  return FALSE;
}

/* ---- who sent it -------------------------------------------------------------------------- */

static void
replace (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

/* The enrolment comes first; one that is no longer good matters only to whom is unknown. */
static void
enrol (Import *self, const TdBundleEntry *entry)
{
  g_autoptr (GBytes) plain = td_sealed_unbox (entry->bytes, &self->key);
  g_autoptr (TdEnrolRequest) request = plain == NULL ? NULL : td_enrol_request_read (plain, NULL);
  g_autoptr (TdProblem) problem = NULL;
  g_autoptr (TdEnrolAnswer) answer = NULL;
  GBytes *bytes;

  if (request == NULL || strcmp (request->key, self->bundle->key) != 0)
    return;
  answer = td_centre_enrol_by_hand (self->centre, request, self->moment, &problem);
  bytes = answer == NULL ? NULL : td_enrol_answer_write (answer, NULL);
  if (bytes != NULL)
    td_bundle_add (self->receipt, TD_ENTRY_ENROLLED, bytes);
}

static gboolean
check_sender (Import *self, TdProblem **problem)
{
  TdProblem *why = NULL;

  for (guint i = 0; i < self->bundle->entries->len; i++)
    if (strcmp (((TdBundleEntry *)self->bundle->entries->pdata[i])->kind, TD_ENTRY_ENROL) == 0)
      enrol (self, self->bundle->entries->pdata[i]);
  self->unit = td_centre_unit (self->centre, self->bundle->key, &why);
  if (self->unit != NULL)
    return TRUE;
  if (why->status != 403)
    {
      *problem = why;
      return FALSE;
    }
  self->revoked = strcmp (why->type, "revoked") == 0;
  td_problem_free (why);
  return self->revoked || refuse (problem, "device");
}

/* ---- its operations ----------------------------------------------------------------------- */

static gboolean
add_answer (Import *self, TdSyncAnswer *answer)
{
  g_autoptr (GBytes) plain = td_sync_answer_write (answer, NULL);

  if (plain == NULL)
    return FALSE;
  for (guint i = 0; i < answer->res->len; i++)
    self->imported->refused += !((TdSyncVerdict *)answer->res->pdata[i])->ok;
  self->imported->operations += answer->res->len;
  replace (&self->cursor, g_strdup (answer->cur));
  self->more = answer->more;
  td_bundle_add (self->receipt, TD_ENTRY_ANSWER, td_gzip (plain));
  return TRUE;
}

/* What a problem of a request means for the whole package. */
static gboolean
refuse_request (TdProblem *why, TdProblem **problem)
{
  const char *detail
      = strcmp (why->type, "op-gap") == 0 || strcmp (why->type, "device-forked") == 0 ? "gap" : "signature";

  if (why->status >= 500)
    {
      *problem = why;
      return FALSE;
    }
  td_problem_free (why);
  return refuse (problem, detail);
}

/* One request after the other, each pulling on where the one before ended. */
static gboolean
feed (Import *self, TdSyncRequest *request, TdProblem **problem)
{
  g_autoptr (TdSyncAnswer) answer = NULL;
  TdProblem *why = NULL;

  replace (&request->cur, g_strdup (self->cursor));
  request->max = TD_PAGE_MAX;
  answer = td_centre_sync (self->centre, self->bundle->key, request, self->moment, &why);
  if (answer == NULL)
    return refuse_request (why, problem);
  if (add_answer (self, answer))
    return TRUE;
  *problem = td_problem_new (500, "internal", "answer");
  return FALSE;
}

static TdSyncRequest *
read_request (Import *self, const TdBundleEntry *entry)
{
  g_autoptr (GBytes) plain = td_gunzip (entry->bytes, TD_SYNC_INFLATED_MAX, NULL);
  g_autoptr (TdSyncRequest) request = plain == NULL ? NULL : td_sync_request_read (plain, NULL);

  return request != NULL && strcmp (request->life, self->bundle->life) == 0 ? g_steal_pointer (&request) : NULL;
}

static TdSyncRequest *
empty_request (Import *self)
{
  TdSyncRequest *request = td_sync_request_new ();

  replace (&request->life, g_strdup (*self->bundle->life == '\0' ? NO_LIFE : self->bundle->life));
  replace (&request->k, g_strdup ("00000000"));
  return request;
}

static gboolean
feed_all (Import *self, TdProblem **problem)
{
  guint fed = 0;
  gint64 q;

  if (!td_centre_cursor (self->centre, self->cursor, &q, NULL, NULL))
    replace (&self->cursor, g_strdup (""));
  replace (&self->receipt->cur, g_strdup (self->cursor));
  for (guint i = 0; i < self->bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = self->bundle->entries->pdata[i];
      g_autoptr (TdSyncRequest) request = NULL;

      if (strcmp (entry->kind, TD_ENTRY_REQUEST) != 0)
        continue;
      request = read_request (self, entry);
      if (request == NULL)
        return refuse (problem, "damaged");
      if (!feed (self, request, problem))
        return FALSE;
      fed++;
    }
  for (; fed == 0 || (self->more && fed < PAGES_MOST); fed++)
    {
      g_autoptr (TdSyncRequest) request = empty_request (self);

      if (!feed (self, request, problem))
        return FALSE;
    }
  return TRUE;
}

/* Every request is read before the first one counts. */
static gboolean
check_requests (Import *self, TdProblem **problem)
{
  for (guint i = 0; i < self->bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = self->bundle->entries->pdata[i];
      g_autoptr (TdSyncRequest) request = NULL;

      if (strcmp (entry->kind, TD_ENTRY_REQUEST) != 0)
        continue;
      request = read_request (self, entry);
      if (request == NULL)
        return refuse (problem, "damaged");
    }
  return TRUE;
}

/* ---- its files ----------------------------------------------------------------------------- */

static gboolean
keep_file (Import *self, TdBundleEntry *entry, TdProblem **problem)
{
  g_autofree char *part = g_strndup (entry->sha, 2);
  g_autofree char *folder = g_build_filename (self->folder, "files", part, NULL);
  g_autofree char *target = g_build_filename (folder, entry->sha, NULL);
  g_autoptr (GError) error = NULL;

  if (td_centre_file_length (self->centre, entry->sha) < 0
      && (!td_disk_make_folder (folder, &error) || !td_disk_put (entry->path, target, &error)))
    {
      *problem = td_problem_new (507, "full", error->message);
      return FALSE;
    }
  if (self->revoked)
    return td_centre_keep_late_file (self->centre, self->bundle->key, entry->sha, entry->length, problem);
  self->imported->files++;
  return td_centre_file_arrived (self->centre, self->unit, entry->sha, entry->length, problem);
}

static gboolean
keep_files (Import *self, TdProblem **problem)
{
  for (guint i = 0; i < self->bundle->entries->len; i++)
    {
      TdBundleEntry *entry = self->bundle->entries->pdata[i];

      if (strcmp (entry->kind, TD_ENTRY_FILE) == 0 && !keep_file (self, entry, problem))
        return FALSE;
    }
  return TRUE;
}

static gboolean import_file (TdCentre *centre,
                             const char *folder,
                             const char *path,
                             const char *receipt,
                             const TdMoment *moment,
                             gboolean carried,
                             TdImported *imported,
                             TdProblem **problem);

/* Another's package, carried unchanged: it gets a receipt of its own. One that can't be taken keeps none back. */
static void
import_carried (Import *self, TdBundleEntry *entry)
{
  g_autofree char *path = g_strconcat (entry->path, ".receipt", NULL);
  g_autofree char *bytes = NULL, *sha = NULL;
  g_autoptr (TdProblem) problem = NULL;
  TdImported inner = { NULL };
  TdBundleEntry *answer;
  gsize length;

  if (import_file (self->centre, self->folder, entry->path, path, self->moment, TRUE, &inner, &problem)
      && g_file_get_contents (path, &bytes, &length, NULL))
    {
      sha = td_digest (bytes, (gssize)length);
      answer = td_bundle_entry_new (TD_ENTRY_PACKAGE, sha, (gint64)length, entry->sha);
      answer->path = g_steal_pointer (&path);
      g_ptr_array_add (self->receipt->entries, answer);
      self->imported->packages++;
      self->imported->operations += inner.operations;
      self->imported->refused += inner.refused;
      self->imported->files += inner.files;
    }
  else
    {
      g_warning ("carried package: %s", problem == NULL ? "?" : td_import_sentence (problem->detail));
      self->imported->packages_refused++;
    }
  td_imported_clear (&inner);
}

/* ---- the receipt ---------------------------------------------------------------------------- */

static void
add_document (Import *self, const char *kind, const char *text)
{
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));

  td_bundle_add (self->receipt, kind, td_gzip (plain));
}

static TdBundle *
begin_receipt (const Import *self, const char *sha)
{
  TdBundle *receipt = td_bundle_new (TD_BUNDLE_RECEIPT);

  replace (&receipt->set, td_random_text (16));
  replace (&receipt->unit, g_strdup (TD_CENTRE_UNIT));
  replace (&receipt->to, g_strdup (self->bundle->key));
  replace (&receipt->of, g_strdup (sha));
  replace (&receipt->campaign, g_strdup (self->bundle->campaign));
  replace (&receipt->life, g_strdup (self->bundle->life));
  receipt->first = self->bundle->first;
  receipt->last = self->bundle->last;
  receipt->created = self->moment->now;
  g_strfreev (receipt->recipients);
  receipt->recipients = g_new0 (char *, 2);
  receipt->recipients[0] = g_strdup (self->bundle->key);
  return receipt;
}

static gboolean
write_receipt (Import *self, const char *path, TdProblem **problem)
{
  GError *error = NULL;

  add_document (self, TD_ENTRY_CAMPAIGN, td_campaign_source (self->centre->campaign));
  add_document (self, TD_ENTRY_UNITS, td_units_source (self->centre->units));
  return td_sealed_write (path, self->receipt, &self->key, NULL, NULL, NULL, &error) || refuse_sealed (problem, error);
}

/* ---- from a revoked machine --------------------------------------------------------------------- */

/* The way of the line, which keeps them aside. */
static gboolean
keep_request (Import *self, const TdSyncRequest *request, TdProblem **problem)
{
  TdProblem *why = NULL;
  g_autoptr (TdSyncAnswer) answer = td_centre_sync (self->centre, self->bundle->key, request, self->moment, &why);
  gboolean revoked = why != NULL && strcmp (why->type, "revoked") == 0;
  gboolean kept = answer != NULL || (revoked && why->n >= 0);

  if (why != NULL && why->status >= 500)
    {
      *problem = why;
      return FALSE;
    }
  td_problem_free (why);
  if (!kept && revoked)
    *problem = td_problem_new (507, "full", NULL);
  return kept || (*problem == NULL && refuse (problem, "signature"));
}

static gboolean
keep_aside (Import *self, TdProblem **problem)
{
  for (guint i = 0; i < self->bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = self->bundle->entries->pdata[i];
      g_autoptr (TdSyncRequest) request
          = strcmp (entry->kind, TD_ENTRY_REQUEST) == 0 ? read_request (self, entry) : NULL;

      if (request != NULL && !keep_request (self, request, problem))
        return FALSE;
    }
  return refuse (problem, "revoked");
}

/* ---- one file -------------------------------------------------------------------------------- */

static gboolean
has_large (const TdBundle *bundle)
{
  for (guint i = 0; i < bundle->entries->len; i++)
    if (td_bundle_entry_is_large (bundle->entries->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
take_in (Import *self, const char *path, gboolean carried, TdProblem **problem)
{
  GError *error = NULL;
  TdBundle *extracted = NULL;

  if (!check_requests (self, problem) || !check_sender (self, problem))
    return FALSE;
  if (has_large (self->bundle))
    {
      extracted = td_sealed_extract (path, &self->key, self->inbox, NULL, &error);
      if (extracted == NULL)
        return refuse_sealed (problem, error);
      td_bundle_free (self->bundle);
      self->bundle = extracted;
    }
  if (!keep_files (self, problem))
    return FALSE;
  if (self->revoked)
    return keep_aside (self, problem);
  if (!feed_all (self, problem))
    return FALSE;
  for (guint i = 0; !carried && i < self->bundle->entries->len; i++)
    if (strcmp (((TdBundleEntry *)self->bundle->entries->pdata[i])->kind, TD_ENTRY_PACKAGE) == 0)
      import_carried (self, self->bundle->entries->pdata[i]);
  return TRUE;
}

static void
finish (Import *self, gboolean good)
{
  const char *unit = self->unit == NULL ? "" : self->unit;
  g_autofree char *code = g_strndup (unit, strcspn (unit, "@"));

  if (good)
    {
      self->imported->receipt_name = g_strdup_printf ("bien-nhan-%s-%.8s.hsb", code, self->receipt->set);
      self->imported->unit = g_steal_pointer (&self->unit);
    }
  td_sealed_discard (self->bundle);
  td_sealed_discard (self->receipt);
  td_bundle_free (self->bundle);
  td_bundle_free (self->receipt);
  g_free (self->unit);
  g_free (self->cursor);
  g_free (self->inbox);
}

static gboolean
import_file (TdCentre *centre,
             const char *folder,
             const char *path,
             const char *receipt,
             const TdMoment *moment,
             gboolean carried,
             TdImported *imported,
             TdProblem **problem)
{
  Import self = { centre, folder, NULL, { centre->key, centre->secret }, moment };
  g_autofree char *sha = NULL;
  GError *error = NULL;
  gboolean good;

  *imported = (TdImported){ NULL };
  self.imported = imported;
  self.bundle = td_sealed_read (path, &self.key, NULL, &sha, &error);
  if (self.bundle == NULL)
    return refuse_sealed (problem, error);
  self.inbox = g_build_filename (folder, "packages", NULL);
  self.cursor = g_strdup (self.bundle->cur);
  self.receipt = begin_receipt (&self, sha);
  if (self.bundle->kind != TD_BUNDLE_UP)
    good = refuse (problem, "kind");
  else if (strcmp (self.bundle->campaign, td_campaign_id (centre->campaign)) != 0)
    good = refuse (problem, "campaign");
  else
    good = take_in (&self, path, carried, problem) && write_receipt (&self, receipt, problem);
  finish (&self, good);
  return good;
}

gboolean
td_centre_import (TdCentre *self,
                  const char *folder,
                  const char *path,
                  const char *receipt,
                  const TdMoment *moment,
                  TdImported *imported,
                  TdProblem **problem)
{
  g_return_val_if_fail (self != NULL && folder != NULL && path != NULL && receipt != NULL, FALSE);

  return import_file (self, folder, path, receipt, moment, FALSE, imported, problem);
}
