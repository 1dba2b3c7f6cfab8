/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/packages-private.h"

#include "wire/gzip.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* Writing a package: everything without a verdict, also what went over the line and got no answer, and the
 * files the centre lacks. The requests stand in every part, so that each part may come first. */

#define REQUEST_BYTES (256 * 1024)

typedef struct
{
  TdPackageJob *job;
  GPtrArray *parts; /* TdBundle */
  GPtrArray *paths; /* of each part */
  gint64 written;
  guint operations, files;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  td_package_job_unref (self->job);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->paths);
  g_free (self);
}

/* ---- whom it is for ------------------------------------------------------------------------ */

static void
add_key (GPtrArray *keys, const char *key, const char *own)
{
  if (keys->len < TD_BUNDLE_BOXES_MAX && strcmp (key, own) != 0 && td_sealed_can_reach (key)
      && !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, g_strdup (key));
}

/* The centre, and the machines of the next level: those of the directory, else those the enrolment file names. */
static char **
recipients (TdDesk *self)
{
  const char *own = td_store_key (self->store);
  const TdUnit *upper = self->unit == NULL ? NULL : td_units_next_hop (self->units, self->unit);
  GPtrArray *keys = g_ptr_array_new ();
  g_autofree char *centre = td_store_centre_key (self->store);
  g_autofree char *told = td_store_get (self->store, TD_META_ABOVE);
  g_auto (GStrv) above = g_strsplit (told, " ", -1);
  g_autoptr (GPtrArray) directory = td_store_device_keys (self->store);

  add_key (keys, centre, own);
  for (guint i = 0; upper != NULL && i < directory->len; i++)
    {
      const TdDevice *device = td_state_device (td_desk_view (self), directory->pdata[i]);

      if (device != NULL && !device->revoked && td_device_unit (self->units, device) == upper)
        add_key (keys, device->key, own);
    }
  for (guint i = 0; above[i] != NULL; i++)
    {
      const TdDevice *device = *above[i] == '\0' ? NULL : td_state_device (td_desk_view (self), above[i]);

      if (*above[i] != '\0' && device == NULL)
        add_key (keys, above[i], own);
    }
  g_ptr_array_add (keys, NULL);
  return (char **)g_ptr_array_free (keys, FALSE);
}

char *
td_desk_package_why_not (TdDesk *self)
{
  g_autofree char *centre = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  centre = td_store_centre_key (self->store);
  if (*centre == '\0')
    return g_strdup (_ ("This machine is not enrolled yet: enrol it with a code or with an enrolment file first, so "
                        "that a package can be sealed for the centre."));
  return NULL;
}

/* ---- what goes in ------------------------------------------------------------------------------ */

static TdSyncRequest *
make_request (TdDesk *self, GPtrArray *ops, const char *tip)
{
  TdSyncRequest *request = td_sync_request_new ();

  g_ptr_array_unref (request->ops);
  request->ops = g_ptr_array_ref (ops);
  td_package_set (&request->campaign, td_store_document_digest (self->store, "campaign"));
  td_package_set (&request->life, g_strdup (td_store_life (self->store)));
  request->n = td_store_acknowledged (self->store);
  td_package_set (&request->cur, td_store_get (self->store, TD_META_CURSOR));
  request->max = TD_PAGE_MAX;
  td_package_set (&request->k, g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ()));
  td_package_set (&request->tip, g_strdup (tip));
  td_package_set (&request->sig, td_store_sign (self->store, tip));
  return request;
}

/* All that is sealed or can be, in requests within the limits; gzip. */
static GPtrArray *
collect_requests (TdDesk *self, guint *operations, gint64 *first, gint64 *last, GError **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gint64 after = td_store_acknowledged (self->store);

  *operations = 0;
  *first = *last = 0;
  for (;;)
    {
      g_autofree char *tip = NULL;
      g_autoptr (GPtrArray) ops = td_store_seal_after (self->store, after, REQUEST_BYTES, &tip, error);
      g_autoptr (TdSyncRequest) request = NULL;
      g_autoptr (GBytes) plain = NULL;

      if (ops == NULL)
        return NULL;
      if (ops->len == 0)
        return g_steal_pointer (&requests);
      request = make_request (self, ops, tip);
      plain = td_sync_request_write (request, error);
      if (plain == NULL)
        return NULL;
      g_ptr_array_add (requests, td_gzip (plain));
      after = ((TdSyncOp *)ops->pdata[ops->len - 1])->i;
      *first = *first == 0 ? ((TdSyncOp *)ops->pdata[0])->i : *first;
      *last = after;
      *operations += ops->len;
    }
}

static TdBundleEntry *
file_entry (TdDesk *self, const char *kind, const char *sha)
{
  g_autofree char *path = td_store_file_path (self->store, sha);
  g_autoptr (TdStoredFile) stored = td_store_file (self->store, sha);
  TdBundleEntry *entry = path == NULL ? NULL : td_bundle_entry_new (kind, sha, stored->size, NULL);

  if (entry != NULL)
    entry->path = g_steal_pointer (&path);
  return entry;
}

/* Files of our own first, small ones before large ones; then packages from below, unchanged. */
static GPtrArray *
collect_large (TdDesk *self, guint *files)
{
  GPtrArray *entries = g_ptr_array_new ();
  g_autoptr (GPtrArray) waiting = td_store_waiting_files (self->store);
  g_autoptr (GPtrArray) carried = td_store_carried (self->store);

  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    {
      TdBundleEntry *entry = file_entry (self, TD_ENTRY_FILE, waiting->pdata[i]);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  *files = entries->len;
  for (guint i = 0; i < carried->len; i++)
    {
      const TdCarriedPackage *package = carried->pdata[i];
      TdBundleEntry *entry = *package->receipt != '\0' ? NULL : file_entry (self, TD_ENTRY_PACKAGE, package->sha);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  return entries;
}

/* The code is for the centre's eyes alone. */
static GBytes *
enrolment_request (TdDesk *self)
{
  g_autofree char *code = td_store_get (self->store, TD_META_ENROL_CODE);
  g_autofree char *centre = td_store_centre_key (self->store);
  g_autofree char *text = NULL;
  g_autoptr (TdEnrolRequest) request = NULL;
  g_autoptr (GBytes) plain = NULL;

  if (*code == '\0')
    return NULL;
  text = td_enrol_text (code, td_store_key (self->store));
  request = td_enrol_request_new ();
  td_package_set (&request->code, g_strdup (code));
  td_package_set (&request->key, g_strdup (td_store_key (self->store)));
  td_package_set (&request->sig, td_store_sign (self->store, text));
  plain = td_enrol_request_write (request, NULL);
  return plain == NULL ? NULL : td_sealed_box (plain, centre);
}

/* ---- parts ---------------------------------------------------------------------------------------- */

static TdBundle *
new_part (TdDesk *self, const char *set, GPtrArray *requests, gint64 first, gint64 last, gint64 *size)
{
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);
  GBytes *enrolment = enrolment_request (self);

  td_package_set (&bundle->set, g_strdup (set));
  td_package_set (&bundle->unit, td_store_get (self->store, TD_META_UNIT));
  td_package_set (&bundle->campaign, g_strdup (td_campaign_id (self->campaign)));
  td_package_set (&bundle->life, g_strdup (td_store_life (self->store)));
  td_package_set (&bundle->cur, td_store_get (self->store, TD_META_CURSOR));
  bundle->first = first;
  bundle->last = last;
  bundle->created = g_get_real_time () / G_USEC_PER_SEC;
  g_strfreev (bundle->recipients);
  bundle->recipients = recipients (self);
  if (enrolment != NULL)
    td_bundle_add (bundle, TD_ENTRY_ENROL, enrolment);
  for (guint i = 0; i < requests->len; i++)
    td_bundle_add (bundle, TD_ENTRY_REQUEST, g_bytes_ref (requests->pdata[i]));
  *size = 0;
  for (guint i = 0; i < bundle->entries->len; i++)
    *size += ((TdBundleEntry *)bundle->entries->pdata[i])->length;
  return bundle;
}

/* Takes @large's entries. A file is never cut: it stands in one part, however small parts were wished. */
static void
fill_parts (TdDesk *self, Export *export, GPtrArray *requests, GPtrArray *large, gint64 first, gint64 last, gint64 most)
{
  g_autofree char *set = g_uuid_string_random ();
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, set, -1);
  TdBundle *part;
  gint64 base, size;

  name[32] = '\0';
  part = new_part (self, name, requests, first, last, &base);
  g_ptr_array_add (export->parts, part);
  size = base;
  for (guint i = 0; i < large->len; i++)
    {
      TdBundleEntry *entry = large->pdata[i];

      if ((size > base && size + entry->length > most) || part->entries->len >= TD_BUNDLE_ENTRIES_MAX - 1)
        {
          part = new_part (self, name, requests, first, last, &base);
          g_ptr_array_add (export->parts, part);
          size = base;
        }
      g_ptr_array_add (part->entries, entry);
      size += entry->length;
      export->job->all += entry->length;
    }
  for (guint i = 0; i < export->parts->len; i++)
    {
      part = export->parts->pdata[i];
      part->part = i + 1;
      part->parts = export->parts->len;
      export->job->all += base;
    }
  export->job->all *= 2; /* written, then read back */
}

static void
name_parts (TdDesk *self, Export *export, const char *folder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) here = g_date_time_add_hours (now, 7); /* no time zone data base: Vietnam is UTC+7 */
  g_autofree char *day = g_date_time_format (here, "%Y%m%d-%H%M");
  g_autofree char *code = td_package_unit_code (self);

  for (guint i = 0; i < export->parts->len; i++)
    {
      const TdBundle *part = export->parts->pdata[i];
      g_autofree char *which
          = part->parts == 1 ? g_strdup ("") : g_strdup_printf ("-phan-%u-%u", i + 1, export->parts->len);
      g_autofree char *name = g_strdup_printf ("goi-%s-%s-%.4s%s.hsb", code, day, part->set, which);

      g_ptr_array_add (export->paths, g_build_filename (folder, name, NULL));
    }
}

static Export *
prepare (TdDesk *self, const char *folder, gint64 most, GCancellable *cancellable, GError **error)
{
  Export *export = g_new0 (Export, 1);
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) large = NULL;
  gint64 first, last;
  GError *cause = NULL;

  export->job = td_package_job_new (self, 0, cancellable);
  export->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)td_bundle_free);
  export->paths = g_ptr_array_new_with_free_func (g_free);
  requests = collect_requests (self, &export->operations, &first, &last, &cause);
  if (requests == NULL)
    {
      td_words_store (error, cause);
      export_free (export);
      return NULL;
    }
  large = collect_large (self, &export->files);
  fill_parts (self, export, requests, large, first, last, MIN (most, TD_BUNDLE_PART_MAX));
  name_parts (self, export, folder);
  return export;
}

/* ---- in the thread ------------------------------------------------------------------------------------ */

static void
undo (Export *export, guint written)
{
  for (guint i = 0; i < written; i++)
    g_unlink (export->paths->pdata[i]);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  TdSealedKey key = td_package_job_key (export->job);
  GError *error = NULL;

  for (guint i = 0; i < export->parts->len; i++)
    {
      gint64 size = 0;

      if (!td_sealed_write (export->paths->pdata[i], export->parts->pdata[i], &key, &export->job->watch, NULL, &size,
                            &error))
        {
          undo (export, i);
          g_task_return_error (task, error);
          return;
        }
      export->written += size;
    }
  g_task_return_boolean (task, TRUE);
}

/* ---- what is said ---------------------------------------------------------------------------------------- */

static char *
contents_text (guint operations, guint files, gint64 size)
{
  g_autofree char *changes = g_strdup_printf (ngettext ("%u change", "%u changes", operations), operations);
  g_autofree char *attached = g_strdup_printf (ngettext ("%u file", "%u files", files), files);
  g_autofree char *bytes = td_words_size (size);

  return g_strdup_printf ("%s, %s (%s)", changes, attached, bytes);
}

char *
td_desk_package_text (TdDesk *self)
{
  g_autoptr (GPtrArray) carried = NULL;
  g_autofree char *own = NULL;
  guint operations, files, packages = 0;
  gsize bytes;
  gint64 size;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  td_store_waiting (self->store, &operations, &bytes, &files);
  size = (gint64)bytes;
  carried = td_store_carried (self->store);
  for (guint i = 0; i < carried->len; i++)
    if (*((TdCarriedPackage *)carried->pdata[i])->receipt == '\0')
      {
        packages++;
        size += ((TdCarriedPackage *)carried->pdata[i])->size;
      }
  own = contents_text (operations, files, size);
  if (packages == 0)
    return g_steal_pointer (&own);
  return g_strdup_printf (ngettext ("%s, with %u package from below", "%s, with %u packages from below", packages), own,
                          packages);
}

static char *
done_text (const Export *export)
{
  g_autofree char *contents = contents_text (export->operations, export->files, export->written);
  g_autofree char *folder = g_path_get_dirname (export->paths->pdata[0]);
  g_autofree char *name = g_path_get_basename (export->paths->pdata[0]);

  if (export->paths->len == 1)
    return g_strdup_printf (_ ("Written and read back: %s in the file %s of %s. The stick can be removed safely."),
                            contents, name, folder);
  return g_strdup_printf (
      _ ("Written and read back: %s in %u files that begin with %s, in %s. The stick can be removed safely."), contents,
      export->paths->len, name, folder);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  TdDesk *self = TD_DESK (source);
  g_autoptr (GTask) task = data;
  Export *export = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) cause = NULL;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);

  td_package_end (self);
  if (!g_task_propagate_boolean (G_TASK (result), &cause))
    {
      g_autofree char *why = td_words_package (cause);

      g_task_return_new_error (task, TD_DESK_ERROR, TD_DESK_ERROR_FILE, "%s", why);
      return;
    }
  if (self->store != NULL)
    td_store_set (self->store, TD_META_EXPORTED, now, NULL);
  g_ptr_array_add (export->paths, NULL);
  g_object_set_data_full (G_OBJECT (task), "paths", g_strdupv ((char **)export->paths->pdata),
                          (GDestroyNotify)g_strfreev);
  g_ptr_array_set_size (export->paths, (int)export->paths->len - 1);
  g_task_return_pointer (task, done_text (export), g_free);
}

void
td_desk_export_async (TdDesk *self,
                      const char *folder,
                      gint64 part_size,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) work = NULL;
  g_autofree char *why = NULL;
  Export *export;
  GError *error = NULL;

  g_return_if_fail (TD_IS_DESK (self) && folder != NULL && part_size > 0);

  task = g_task_new (self, NULL, callback, data);
  why = td_desk_package_why_not (self);
  if (why != NULL)
    {
      g_task_return_new_error (task, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED, "%s", why);
      return;
    }
  export = prepare (self, folder, part_size, cancellable, &error);
  if (export == NULL || !td_package_begin (self, export->job, &error))
    {
      g_clear_pointer (&export, export_free);
      g_task_return_error (task, error);
      return;
    }
  work = g_task_new (self, NULL, on_written, g_steal_pointer (&task));
  g_task_set_task_data (work, export, export_free);
  g_task_run_in_thread (work, write_thread);
  td_desk_touch (self, "all");
}

/**
 * td_desk_export_finish:
 * @paths: (out) (optional): the files written
 *
 * Returns: (transfer full) (nullable): what was written, in a sentence
 */
char *
td_desk_export_finish (TdDesk *self, GAsyncResult *result, char ***paths, GError **error)
{
  char *text;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  text = g_task_propagate_pointer (G_TASK (result), error);
  if (paths != NULL)
    *paths = g_strdupv (g_object_get_data (G_OBJECT (result), "paths"));
  return text;
}
