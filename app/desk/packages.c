/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/packages-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

/* What exporting and importing share, and the packages of others. */

static void
note_progress (gpointer data, gint64 bytes)
{
  TdPackageJob *self = data;

  g_mutex_lock (&self->lock);
  self->done += bytes;
  g_mutex_unlock (&self->lock);
}

TdPackageJob *
td_package_job_new (TdDesk *desk, gint64 all, GCancellable *cancellable)
{
  TdPackageJob *self = g_new0 (TdPackageJob, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->all = MAX (all, 1);
  self->key = g_strdup (td_store_key (desk->store));
  self->secret = td_store_secret (desk->store);
  self->watch = (TdSealedWatch){ cancellable == NULL ? NULL : g_object_ref (cancellable), note_progress, self };
  return self;
}

void
td_package_job_unref (TdPackageJob *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  sodium_memzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->key);
  g_clear_object (&self->watch.cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

TdSealedKey
td_package_job_key (const TdPackageJob *self)
{
  return (TdSealedKey){ self->key, self->secret };
}

gboolean
td_package_begin (TdDesk *desk, TdPackageJob *job, GError **error)
{
  if (desk->packing != NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED,
                         _ ("A package is being written or read already. Wait for its end."));
  g_atomic_ref_count_inc (&job->references);
  desk->packing = job;
  return TRUE;
}

void
td_package_end (TdDesk *desk)
{
  g_clear_pointer (&desk->packing, td_package_job_unref);
  g_signal_emit_by_name (desk, "exchange");
}

double
td_desk_package_share (TdDesk *self)
{
  TdPackageJob *job;
  double share;

  g_return_val_if_fail (TD_IS_DESK (self), -1);

  job = self->packing;
  if (job == NULL)
    return -1;
  g_mutex_lock (&job->lock);
  share = (double)job->done / (double)job->all;
  g_mutex_unlock (&job->lock);
  return MIN (share, 1);
}

void
td_package_set (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

char *
td_package_unit_code (TdDesk *desk)
{
  return g_strdup (desk->unit == NULL ? "may" : desk->unit->code);
}

/* ---- words --------------------------------------------------------------------------------- */

gboolean
td_package_no_room (const GError *error)
{
  return g_error_matches (error, TD_SEALED_ERROR, TD_SEALED_ERROR_FULL)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

char *
td_words_package (const GError *error)
{
  static const struct
  {
    TdSealedError code;
    const char *sentence;
  } table[] = {
    { TD_SEALED_ERROR_FOREIGN, N_ ("This is not a package of Hồ sơ Thi đua. Nothing was taken in.") },
    { TD_SEALED_ERROR_RECIPIENT,
      N_ ("The package is sealed for another recipient, this machine can't open it. Nothing was taken in.") },
    { TD_SEALED_ERROR_CUT, N_ ("The package is cut off. Copy it again, or ask for a new one. Nothing was taken in.") },
    { TD_SEALED_ERROR_DAMAGED,
      N_ ("The package is damaged, or the stick can't be trusted. Use another stick. Nothing was taken in.") },
    { TD_SEALED_ERROR_SIGNATURE, N_ ("The package's signature is wrong. Nothing was taken in.") },
    { TD_SEALED_ERROR_VERSION,
      N_ ("The package was written by a newer version of the program. Install it, then open the package again.") },
    { TD_SEALED_ERROR_FULL,
      N_ ("There is not enough room there. Nothing unfinished was left; everything stays on this machine.") },
    { TD_SEALED_ERROR_SOURCE,
      N_ ("An attached file on this machine can't be read, so no package was written. Attach that scan again.") },
  };

  if (error->domain == TD_DESK_ERROR)
    return g_strdup (error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Stopped. Nothing unfinished was left."));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_error_matches (error, TD_SEALED_ERROR, (int)table[i].code)
        || (table[i].code == TD_SEALED_ERROR_FULL && td_package_no_room (error)))
      return g_strdup (_ (table[i].sentence));
  return g_strdup_printf (_ ("The stick or folder can't be used: %s. Everything stays on this machine."),
                          error->message);
}

/* ---- packages of others ---------------------------------------------------------------------- */

/* What the endpoint says of a package it did not take (data/exchange.md 15.5). */
static const char *
fault_words (const char *fault)
{
  static const struct
  {
    const char *fault, *sentence;
  } table[] = {
    { "cut", N_ ("The package is cut off: copy it again from the machine that wrote it. Nothing was taken in.") },
    { "damaged", N_ ("The package is damaged: copy it again from the machine that wrote it. Nothing was taken in.") },
    { "signature", N_ ("The package's signature is wrong. Nothing was taken in.") },
    { "version", N_ ("The package was written by a newer version of the program. Nothing was taken in.") },
    { "campaign", N_ ("The package belongs to another campaign. Nothing was taken in.") },
    { "device", N_ ("The machine that wrote the package is not enrolled, or its enrolment code is no longer good. "
                    "Nothing was taken in.") },
    { "revoked", N_ ("The machine that wrote the package has been revoked. The centre keeps aside what it holds until "
                     "the provincial board decides; the machine keeps it too.") },
    { "gap", N_ ("What this package builds on has not come yet: write a new one on the machine it comes from. "
                 "Nothing was taken in.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].fault, fault) == 0)
      return _ (table[i].sentence);
  return _ ("The package could not be taken in; try again. What it holds stays in it.");
}

static char *
carried_subtitle (const TdCarriedPackage *package)
{
  g_autofree char *when = td_time_to_screen (package->created);
  g_autofree char *size = td_words_size (package->size);
  g_autofree char *part = package->parts == 1
                              ? g_strdup ("")
                              : g_strdup_printf (_ (", part %d of %d"), (int)package->part, (int)package->parts);
  const char *trust = package->known ? "" : _ (" The machine is not enrolled yet.");

  if (*package->fault != '\0')
    return g_strdup_printf (_ ("Written %s, %s%s. %s"), when, size, part, fault_words (package->fault));
  if (package->operations == 0 || *package->receipt != '\0')
    return g_strdup_printf (_ ("Written %s, %s%s.%s"), when, size, part, trust);
  return g_strdup_printf (ngettext ("Written %s, %s%s: %u change not through the centre yet.%s",
                                    "Written %s, %s%s: %u changes not through the centre yet.%s", package->operations),
                          when, size, part, package->operations, trust);
}

static const char *
carried_value (const TdCarriedPackage *package)
{
  if (*package->fault != '\0')
    return _ ("Refused by the centre");
  if (*package->receipt == '\0')
    return _ ("To be carried on");
  return package->handed ? _ ("Receipt given back") : _ ("Receipt to give back");
}

GListModel *
td_desk_carried (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_ROW_ITEM);
  g_autoptr (GPtrArray) packages = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  packages = td_store_carried (self->store);
  for (guint i = 0; i < packages->len; i++)
    {
      const TdCarriedPackage *package = packages->pdata[i];
      g_autoptr (TdRowItem) row = td_row_item_new ();
      g_autofree char *subtitle = carried_subtitle (package);

      td_item_set (&row->id, package->sha);
      td_item_set (&row->title, td_desk_unit_name (self, package->unit));
      td_item_set (&row->subtitle, subtitle);
      td_item_set (&row->value, carried_value (package));
      td_item_set (&row->state, *package->fault != '\0' ? "fail" : *package->receipt == '\0' ? "info" : "ok");
      g_list_store_append (list, row);
    }
  return G_LIST_MODEL (list);
}

static const TdCarriedPackage *
find_carried (GPtrArray *packages, const char *sha)
{
  for (guint i = 0; i < packages->len; i++)
    if (strcmp (((TdCarriedPackage *)packages->pdata[i])->sha, sha) == 0)
      return packages->pdata[i];
  return NULL;
}

static gboolean
copy_out (const char *from, const char *to, GError **error)
{
  g_autofree char *temporary = g_strconcat (to, ".part", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (temporary);

  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error)
      && td_disk_put (temporary, to, error))
    return TRUE;
  g_unlink (temporary);
  return FALSE;
}

char *
td_desk_save_receipt (TdDesk *self, const char *sha, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) packages = NULL;
  const TdCarriedPackage *package;
  g_autofree char *path = NULL, *name = NULL, *target = NULL, *code = NULL, *why = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && sha != NULL && folder != NULL, NULL);

  packages = td_store_carried (self->store);
  package = find_carried (packages, sha);
  path = package == NULL || *package->receipt == '\0' ? NULL : td_store_file_path (self->store, package->receipt);
  if (path == NULL)
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("There is no receipt for this package yet."));
      return NULL;
    }
  code = g_strndup (package->unit, strcspn (package->unit, "@"));
  name = g_strdup_printf ("bien-nhan-%s-%.8s.hsb", code, package->receipt);
  target = g_build_filename (folder, name, NULL);
  if (copy_out (path, target, &cause) && td_store_set_carried_handed (self->store, sha, &cause))
    {
      g_signal_emit_by_name (self, "exchange");
      return g_strdup_printf (_ ("The receipt is in %s. The stick can be removed; open it on the machine of %s."),
                              target, td_desk_unit_name (self, package->unit));
    }
  why = td_words_package (cause);
  td_desk_fail (error, TD_DESK_ERROR_FILE, why);
  return NULL;
}

gboolean
td_desk_drop_carried (TdDesk *self, const char *sha, GError **error)
{
  GError *cause = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && sha != NULL, FALSE);

  if (td_store_drop_carried (self->store, sha, &cause))
    {
      td_desk_touch (self, "all");
      return TRUE;
    }
  td_words_store (error, cause);
  return FALSE;
}
