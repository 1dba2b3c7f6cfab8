/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/packages-private.h"

#include "dossier/crypto.h"
#include "wire/gzip.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* Reading packages: a receipt is applied like an answer over the line; a package from below is checked by its own
 * signatures, kept unchanged and carried on. Everything is read to its last byte before anything counts. */

typedef struct
{
  char *path;
  char *name;
  char *copy; /* in our own folder */
  char *sha;
  gint64 size;
  TdBundle *bundle;
  GError *error;
} Incoming;

typedef struct
{
  TdPackageJob *job;
  char *folder;
  GPtrArray *files; /* Incoming */
} Import;

static void
incoming_free (gpointer data)
{
  Incoming *self = data;

  if (self->copy != NULL)
    g_unlink (self->copy);
  td_sealed_discard (self->bundle);
  g_clear_pointer (&self->bundle, td_bundle_free);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self->name);
  g_free (self->copy);
  g_free (self->sha);
  g_free (self);
}

static void
import_free (gpointer data)
{
  Import *self = data;

  td_package_job_unref (self->job);
  g_ptr_array_unref (self->files);
  g_free (self->folder);
  g_free (self);
}

/* ---- in the thread --------------------------------------------------------------------------- */

/* Copied first: a stick may be pulled, and what is carried on must be what was checked. */
static gboolean
copy_in (Import *self, Incoming *incoming, GError **error)
{
  g_autofree char *name = g_uuid_string_random ();
  g_autofree char *base = g_strconcat ("in-", name, ".part", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (incoming->path);
  g_autoptr (GFile) target = NULL;

  if (!td_disk_make_folder (self->folder, error))
    return FALSE;
  incoming->copy = g_build_filename (self->folder, base, NULL);
  target = g_file_new_for_path (incoming->copy);
  return g_file_copy (source, target, G_FILE_COPY_NONE, self->job->watch.cancellable, NULL, NULL, error);
}

static void
read_one (Import *self, Incoming *incoming)
{
  TdSealedKey key = td_package_job_key (self->job);
  GStatBuf status;

  /* Read once where it is, so that what isn't ours is told without a copy. */
  incoming->bundle = td_sealed_read (incoming->path, &key, &self->job->watch, &incoming->sha, &incoming->error);
  if (incoming->bundle == NULL || !copy_in (self, incoming, &incoming->error))
    {
      g_clear_pointer (&incoming->bundle, td_bundle_free);
      return;
    }
  g_clear_pointer (&incoming->bundle, td_bundle_free);
  g_clear_pointer (&incoming->sha, g_free);
  incoming->bundle = td_sealed_read (incoming->copy, &key, &self->job->watch, &incoming->sha, &incoming->error);
  if (incoming->bundle != NULL && incoming->bundle->kind == TD_BUNDLE_RECEIPT)
    {
      td_bundle_free (incoming->bundle);
      incoming->bundle = td_sealed_extract (incoming->copy, &key, self->folder, &self->job->watch, &incoming->error);
    }
  incoming->size = g_stat (incoming->copy, &status) == 0 ? (gint64)status.st_size : 0;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Import *self = data;

  for (guint i = 0; i < self->files->len; i++)
    read_one (self, self->files->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

/* ---- a receipt ---------------------------------------------------------------------------------- */

static TdBundleEntry *
find_entry (const TdBundle *bundle, const char *kind)
{
  for (guint i = 0; i < bundle->entries->len; i++)
    if (strcmp (((TdBundleEntry *)bundle->entries->pdata[i])->kind, kind) == 0)
      return bundle->entries->pdata[i];
  return NULL;
}

static GPtrArray *
read_answers (const TdBundle *bundle)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_answer_free);

  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];
      g_autoptr (GBytes) plain = NULL;
      TdSyncAnswer *answer;

      if (strcmp (entry->kind, TD_ENTRY_ANSWER) != 0)
        continue;
      plain = td_gunzip (entry->bytes, TD_SYNC_INFLATED_MAX, NULL);
      answer = plain == NULL ? NULL : td_sync_answer_read (plain, NULL);
      if (answer == NULL)
        return NULL;
      g_ptr_array_add (answers, answer);
    }
  return g_steal_pointer (&answers);
}

/* A plan that can't be read here leaves the present one in force. */
static gboolean
take_document (TdDesk *self, const TdBundle *bundle, const char *kind, GError **error)
{
  const TdBundleEntry *entry = find_entry (bundle, kind);
  g_autoptr (GBytes) plain = entry == NULL ? NULL : td_gunzip (entry->bytes, TD_CATALOGUE_MAX, NULL);
  g_autoptr (TdCampaign) campaign = NULL;
  g_autoptr (TdUnits) units = NULL;
  const char *data = plain == NULL ? NULL : g_bytes_get_data (plain, NULL);

  if (data == NULL)
    return TRUE;
  if (strcmp (kind, TD_ENTRY_CAMPAIGN) == 0)
    campaign = td_campaign_parse (data, (gssize)g_bytes_get_size (plain), NULL);
  else
    units = td_units_parse (data, (gssize)g_bytes_get_size (plain), NULL);
  return (campaign == NULL && units == NULL) || td_store_set_document (self->store, kind, plain, error);
}

static gboolean
take_enrolment (TdDesk *self, const TdBundle *bundle, GError **error)
{
  const TdBundleEntry *entry = find_entry (bundle, TD_ENTRY_ENROLLED);
  g_autoptr (TdEnrolAnswer) answer = entry == NULL ? NULL : td_enrol_answer_read (entry->bytes, NULL);
  g_autofree char *endpoint = NULL, *code = NULL;

  if (answer == NULL || strcmp (answer->endpoint, bundle->key) != 0)
    return TRUE;
  code = td_store_get (self->store, TD_META_ENROL_CODE);
  if (*code == '\0')
    return TRUE; /* enrolled meanwhile; this is an old receipt */
  endpoint = td_store_get (self->store, TD_META_ENDPOINT);
  return td_store_enroll (self->store, endpoint, answer->unit, answer->roles, answer->token, error)
         && td_store_set (self->store, TD_META_ENROL_CODE, "", error);
}

/* Receipts for those whose packages we carried. */
static gboolean
take_carried (TdDesk *self, const TdBundle *bundle, GError **error)
{
  gboolean moved;

  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];

      if (strcmp (entry->kind, TD_ENTRY_PACKAGE) == 0 && entry->path != NULL
          && (!td_store_adopt_file (self->store, entry->path, entry->sha, entry->length, error)
              || !td_store_set_carried_receipt (self->store, entry->name, entry->sha, error)))
        return FALSE;
    }
  return td_store_settle_carried (self->store, &moved, error);
}

static char *
receipt_text (GPtrArray *answers)
{
  guint accepted = 0, refused = 0, changes = 0;
  g_autofree char *received = NULL;

  for (guint i = 0; i < answers->len; i++)
    {
      const TdSyncAnswer *answer = answers->pdata[i];

      changes += answer->ch->len;
      for (guint r = 0; r < answer->res->len; r++)
        *(((TdSyncVerdict *)answer->res->pdata[r])->ok ? &accepted : &refused) += 1;
    }
  received = g_strdup_printf (ngettext ("%u new entry", "%u new entries", changes), changes);
  return g_strdup_printf (_ ("Receipt of the centre: %u changes accepted, %u not accepted, %s received."), accepted,
                          refused, received);
}

static char *
take_receipt (TdDesk *self, const TdBundle *bundle, GError **error)
{
  g_autofree char *centre = td_store_centre_key (self->store);
  g_autoptr (GPtrArray) answers = read_answers (bundle);
  g_autofree char *text = NULL;
  GError *cause = NULL;
  gboolean moved;

  if (strcmp (bundle->key, centre) != 0 || strcmp (bundle->to, td_store_key (self->store)) != 0)
    td_desk_fail (error, TD_DESK_ERROR_FILE,
                  _ ("This receipt is not of the centre of this desk. Nothing was taken in."));
  else if (answers == NULL)
    td_desk_fail (error, TD_DESK_ERROR_FILE,
                  _ ("The receipt can't be read by this version of the program. Nothing was "
                     "taken in."));
  else
    {
      text = receipt_text (answers); /* before they are applied: what was for an ended life is taken out */
      if (!td_store_apply_receipt (self->store, answers, bundle->cur, bundle->life, &moved, &cause)
          && g_error_matches (cause, TD_STORE_ERROR, TD_STORE_ERROR_ANSWER))
        {
          td_desk_fail (error, TD_DESK_ERROR_FILE,
                        _ ("This receipt doesn't continue what is on this machine. Write a new package and take it to "
                           "the centre; nothing is lost."));
          g_error_free (cause);
          return NULL;
        }
      if (cause == NULL && take_enrolment (self, bundle, &cause)
          && take_document (self, bundle, TD_ENTRY_CAMPAIGN, &cause)
          && take_document (self, bundle, TD_ENTRY_UNITS, &cause) && take_carried (self, bundle, &cause))
        return g_steal_pointer (&text);
      td_words_store (error, cause);
    }
  return NULL;
}

/* ---- a package from below -------------------------------------------------------------------------- */

static gboolean
check_ops (const TdSyncRequest *request, const char *key)
{
  const char *before = request->ops->len == 0 ? "" : ((TdSyncOp *)request->ops->pdata[0])->prev;
  g_autofree char *tip = g_strdup (before);

  for (guint i = 0; i < request->ops->len; i++)
    {
      const TdSyncOp *op = request->ops->pdata[i];
      g_autofree char *digest = td_digest (op->body, -1);
      g_autoptr (TdOperation) operation = td_operation_parse (op->body, -1, NULL);

      if (strcmp (op->prev, tip) != 0
          || (operation != NULL && operation->kind != TD_OP_EDIT && !td_verify (key, digest, op->sig)))
        return FALSE;
      td_package_set (&tip, td_chain_next (op->prev, request->life, op->i, digest));
    }
  return request->ops->len == 0 || (strcmp (request->tip, tip) == 0 && td_verify (key, tip, request->sig));
}

/* All its requests, chained and signed as the endpoint will ask; NULL: not so. */
static GPtrArray *
read_requests (const TdBundle *bundle)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_request_free);

  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];
      g_autoptr (GBytes) plain = NULL;
      TdSyncRequest *request;

      if (strcmp (entry->kind, TD_ENTRY_REQUEST) != 0)
        continue;
      plain = td_gunzip (entry->bytes, TD_SYNC_INFLATED_MAX, NULL);
      request = plain == NULL ? NULL : td_sync_request_read (plain, NULL);
      if (request == NULL)
        return NULL;
      g_ptr_array_add (requests, request);
      if (!check_ops (request, bundle->key))
        return NULL;
    }
  return g_steal_pointer (&requests);
}

/* NULL where it may be carried, else the sentence why not. */
static const char *
why_not_carry (TdDesk *self, const TdBundle *bundle, gboolean *known)
{
  const TdDevice *device = td_state_device (td_desk_view (self), bundle->key);
  const TdUnit *unit = device == NULL ? td_units_now (self->units, bundle->unit) : td_device_unit (self->units, device);

  *known = device != NULL;
  if (strcmp (bundle->key, td_store_key (self->store)) == 0)
    return _ ("This package was written by this machine itself: take it to the level above or to the centre.");
  if (strcmp (bundle->campaign, td_campaign_id (self->campaign)) != 0)
    return _ ("The package belongs to another campaign. Nothing was taken in.");
  if (device != NULL && device->revoked)
    return _ ("The machine that wrote the package has been revoked. Nothing was taken in.");
  if (device == NULL && find_entry (bundle, TD_ENTRY_ENROL) == NULL)
    return _ (
        "The machine that wrote the package is not known here. Exchange data first, then open the package again.");
  if (unit == NULL || self->unit == NULL || unit == self->unit || !td_units_on_route (self->units, unit, self->unit))
    return _ ("The package comes from a unit that doesn't send to this one. Nothing was taken in.");
  return NULL;
}

static guint
count_files (const TdBundle *bundle)
{
  guint n = 0;

  for (guint i = 0; i < bundle->entries->len; i++)
    n += strcmp (((TdBundleEntry *)bundle->entries->pdata[i])->kind, TD_ENTRY_FILE) == 0;
  return n;
}

static char *
take_package (TdDesk *self, const Incoming *incoming, GError **error)
{
  const TdBundle *bundle = incoming->bundle;
  gboolean known;
  const char *why = why_not_carry (self, bundle, &known);
  g_autoptr (GPtrArray) requests = why == NULL ? read_requests (bundle) : NULL;
  TdCarriedPackage package = { incoming->sha, bundle->key, bundle->unit };
  GError *cause = NULL;
  guint operations = 0;

  if (why == NULL && requests == NULL)
    why = _ ("A signature in the package is wrong. Nothing was taken in.");
  if (why != NULL)
    {
      td_desk_fail (error, TD_DESK_ERROR_FILE, why);
      return NULL;
    }
  for (guint i = 0; i < requests->len; i++)
    operations += ((TdSyncRequest *)requests->pdata[i])->ops->len;
  package.size = incoming->size;
  package.files = count_files (bundle);
  package.known = known;
  if (!td_store_adopt_file (self->store, incoming->copy, incoming->sha, incoming->size, &cause)
      || !td_store_carry (self->store, bundle, &package, requests, &cause))
    {
      td_words_store (error, cause);
      return NULL;
    }
  return g_strdup_printf (_ ("Package of %s: %u changes, %u files. It has not been through the centre yet; it goes on "
                             "unchanged with the next exchange, or with this desk's next package."),
                          td_desk_unit_name (self, bundle->unit), operations, package.files);
}

/* ---- the end -------------------------------------------------------------------------------------------- */

static char *
take_one (TdDesk *self, Incoming *incoming, GError **error)
{
  g_autofree char *why = NULL;

  if (incoming->error != NULL && td_package_no_room (incoming->error))
    {
      td_desk_fail (error, TD_DESK_ERROR_FILE,
                    _ ("The disk of this machine is full, so nothing was taken in. Make room, then read the package "
                       "again; it is whole where it is."));
      return NULL;
    }
  if (incoming->error != NULL)
    {
      why = td_words_package (incoming->error);
      td_desk_fail (error, TD_DESK_ERROR_FILE, why);
      return NULL;
    }
  return incoming->bundle->kind == TD_BUNDLE_RECEIPT ? take_receipt (self, incoming->bundle, error)
                                                     : take_package (self, incoming, error);
}

static int
compare_created (gconstpointer a, gconstpointer b)
{
  const Incoming *first = *(const Incoming *const *)a, *second = *(const Incoming *const *)b;
  gint64 left = first->bundle == NULL ? 0 : first->bundle->created;
  gint64 right = second->bundle == NULL ? 0 : second->bundle->created;

  return left < right ? -1 : left > right;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  TdDesk *self = TD_DESK (source);
  g_autoptr (GTask) task = data;
  Import *import = g_task_get_task_data (G_TASK (result));
  g_autoptr (GString) lines = g_string_new (NULL);
  guint good = 0;

  td_package_end (self);
  if (self->store == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      return;
    }
  g_ptr_array_sort (import->files, compare_created);
  for (guint i = 0; i < import->files->len; i++)
    {
      Incoming *incoming = import->files->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *text = take_one (self, incoming, &error);

      good += text != NULL;
      g_string_append_printf (lines, "%s%s: %s", lines->len > 0 ? "\n" : "", incoming->name,
                              text != NULL ? text : error->message);
    }
  if (!td_desk_load_files (self, NULL))
    g_warning ("the plan that came with a receipt can't be used");
  td_desk_touch (self, "all");
  g_signal_emit_by_name (self, "named");
  if (good > 0)
    g_task_return_pointer (task, g_string_free (g_steal_pointer (&lines), FALSE), g_free);
  else
    g_task_return_new_error (task, TD_DESK_ERROR, TD_DESK_ERROR_FILE, "%s", lines->str);
}

static Import *
prepare (TdDesk *self, const char *const *paths, GCancellable *cancellable)
{
  Import *import = g_new0 (Import, 1);
  gint64 all = 0;

  import->folder = td_store_packages_folder (self->store);
  import->files = g_ptr_array_new_with_free_func (incoming_free);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      Incoming *incoming = g_new0 (Incoming, 1);
      GStatBuf status;

      incoming->path = g_strdup (paths[i]);
      incoming->name = g_filename_display_basename (paths[i]);
      all += g_stat (paths[i], &status) == 0 ? 2 * (gint64)status.st_size : 0;
      g_ptr_array_add (import->files, incoming);
    }
  import->job = td_package_job_new (self, all, cancellable);
  return import;
}

void
td_desk_import_async (
    TdDesk *self, const char *const *paths, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) work = NULL;
  Import *import;
  GError *error = NULL;

  g_return_if_fail (TD_IS_DESK (self) && paths != NULL);

  task = g_task_new (self, NULL, callback, data);
  import = prepare (self, paths, cancellable);
  if (!td_package_begin (self, import->job, &error))
    {
      import_free (import);
      g_task_return_error (task, error);
      return;
    }
  work = g_task_new (self, NULL, on_read, g_steal_pointer (&task));
  g_task_set_task_data (work, import, import_free);
  g_task_run_in_thread (work, read_thread);
}

char *
td_desk_import_finish (TdDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
