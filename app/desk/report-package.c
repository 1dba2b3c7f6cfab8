/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-reports.h"

#include "campaign/report-plan.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* A report ready to be sent by e-mail (R-092): a folder with everything, and the words
 * of the letter. The program sends nothing by itself. */

/* ---- names ------------------------------------------------------------------------------- */

#define NAME_MAX_BYTES 96

static gboolean
is_bad (gunichar c)
{
  return c < 0x20 || c == 0x7f || !g_unichar_isprint (c) || (c < 0x80 && strchr ("/\\:*?\"<>|", (char)c) != NULL);
}

/**
 * td_safe_file_name:
 * @name: a name that came from anywhere
 *
 * Returns: (transfer full): the same without what a file system or a reader could
 * trip over: separators, signs that Windows forbids, control and direction signs,
 * points in front or at the end; never empty and at most 96 bytes long
 */
char *
td_safe_file_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name == NULL ? "" : name, -1);
  GString *safe = g_string_new (NULL);
  const char *dot;
  gsize keep;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    if (!is_bad (g_utf8_get_char (c)))
      g_string_append_unichar (safe, g_utf8_get_char (c));
    else if (safe->len > 0 && safe->str[safe->len - 1] != '-')
      g_string_append_c (safe, '-');
  while (safe->len > 0 && strchr (". -", safe->str[0]) != NULL)
    g_string_erase (safe, 0, 1);
  while (safe->len > 0 && strchr (". -", safe->str[safe->len - 1]) != NULL)
    g_string_truncate (safe, safe->len - 1);
  dot = strrchr (safe->str, '.');
  keep = dot != NULL && strlen (dot) <= 8 ? strlen (dot) : 0;
  if (safe->len > NAME_MAX_BYTES)
    {
      gsize at = NAME_MAX_BYTES - keep;

      while (at > 0 && (safe->str[at] & 0xc0) == 0x80) /* never within a letter */
        at--;
      g_string_erase (safe, (gssize)at, (gssize)(safe->len - keep - at));
    }
  if (safe->len == 0)
    g_string_append (safe, "tep");
  return g_string_free (safe, FALSE);
}

/* "bao-cao-tong-ket-xa-vi-thuy": plain letters, for every machine it may reach. */
static char *
plain_name (const char *title, const char *unit)
{
  g_autofree char *words = g_strdup_printf ("%s %s", title, unit);
  g_autofree char *folded = td_text_fold (words);
  g_autofree char *dashed = g_strcanon (g_strdup (folded), "abcdefghijklmnopqrstuvwxyz0123456789", '-');
  GString *name = g_string_new (NULL);

  for (const char *c = dashed; *c != '\0' && name->len < 80; c++)
    if (*c != '-' || (name->len > 0 && name->str[name->len - 1] != '-'))
      g_string_append_c (name, *c);
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, "bao-cao");
  return g_string_free (name, FALSE);
}

/* ---- what goes in ------------------------------------------------------------------------------ */

typedef struct
{
  char *name;
  char *from;  /* a file to copy; NULL: */
  char *bytes; /* its content */
} Piece;

typedef struct
{
  GFile *folder;
  char *name;
  GPtrArray *pieces;
} Package;

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_free (piece->name);
  g_free (piece->from);
  g_free (piece->bytes);
  g_free (piece);
}

static void
package_free (gpointer data)
{
  Package *package = data;

  g_clear_object (&package->folder);
  g_free (package->name);
  g_ptr_array_unref (package->pieces);
  g_free (package);
}

static void
add_bytes (Package *self, const char *name, char *bytes)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->name = g_strdup (name);
  piece->bytes = bytes;
  g_ptr_array_add (self->pieces, piece);
}

/* Numbered, so that two scans of one name stay two. */
static gboolean
add_file (TdDesk *desk, Package *self, const TdFileItem *item, guint number, GError **error)
{
  g_autofree char *safe = td_safe_file_name (item->name);
  Piece *piece;

  if (*item->path == '\0')
    {
      td_desk_want_file (desk, item->sha);
      g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_FILE,
                   _ ("“%s” is not on this machine yet and is being downloaded. Prepare the package again when it is "
                      "here."),
                   item->name);
      return FALSE;
    }
  piece = g_new0 (Piece, 1);
  piece->name = g_strdup_printf ("%02u-%s", number, safe);
  piece->from = g_strdup (item->path);
  g_ptr_array_add (self->pieces, piece);
  return TRUE;
}

static gboolean
add_files (TdDesk *desk, Package *self, const char *record, guint *number, GError **error)
{
  g_autoptr (GListModel) files = td_desk_files (desk, record);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (TdFileItem) item = g_list_model_get_item (files, i);

      if (!add_file (desk, self, item, ++*number, error))
        return FALSE;
    }
  return TRUE;
}

static Package *
plan_package (TdDesk *desk, gboolean interim, GFile *folder, GError **error)
{
  g_autofree char *report = td_desk_report (desk, interim);
  g_autofree char *events = td_desk_ledger (desk, "events");
  Package *self = g_new0 (Package, 1);
  g_autofree char *html = NULL;
  guint number = 0;

  self->folder = g_object_ref (folder);
  self->name = plain_name (td_report_title (desk, interim), desk->unit->full_name);
  self->pieces = g_ptr_array_new_with_free_func (piece_free);
  html = g_strdup_printf ("%s.html", self->name);
  add_bytes (self, html, td_desk_report_html (desk, interim));
  add_bytes (self, "du-lieu.json", td_desk_report_json (desk, interim));
  if (add_files (desk, self, report, &number, error) && add_files (desk, self, events, &number, error))
    return self;
  package_free (self);
  return NULL;
}

/* ---- writing it ----------------------------------------------------------------------------------- */

#define TRIES 100

/* A folder of its own: what was prepared before stays. */
static GFile *
make_folder (const Package *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 1; i <= TRIES; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup (self->name) : g_strdup_printf ("%s-%u", self->name, i);
      g_autoptr (GFile) folder = g_file_get_child (self->folder, name);
      g_autoptr (GError) cause = NULL;

      if (g_file_make_directory (folder, cancellable, &cause))
        return g_steal_pointer (&folder);
      if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_EXISTS) || i == TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
    }
  return NULL;
}

static gboolean
write_piece (const Piece *piece, GFile *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, piece->name);
  g_autoptr (GFile) from = piece->from == NULL ? NULL : g_file_new_for_path (piece->from);

  if (from != NULL)
    return g_file_copy (from, file, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, error);
  return g_file_replace_contents (file, piece->bytes, strlen (piece->bytes), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                  cancellable, error);
}

/* Half a package would be sent as a whole one: nothing of it stays. */
static void
drop_folder (const Package *self, GFile *folder)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      g_autoptr (GFile) file = g_file_get_child (folder, ((Piece *)self->pieces->pdata[i])->name);

      g_file_delete (file, NULL, NULL);
    }
  g_file_delete (folder, NULL, NULL);
}

static void
write_package (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Package *self = data;
  GError *cause = NULL;
  g_autoptr (GFile) folder = make_folder (self, cancellable, &cause);
  gboolean fine = folder != NULL;

  for (guint i = 0; fine && i < self->pieces->len; i++)
    fine = write_piece (self->pieces->pdata[i], folder, cancellable, &cause);
  if (fine)
    {
      g_task_return_pointer (task, g_steal_pointer (&folder), g_object_unref);
      return;
    }
  if (folder != NULL)
    drop_folder (self, folder);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, cause);
      return;
    }
  g_task_return_new_error (task, TD_DESK_ERROR, TD_DESK_ERROR_FILE,
                           _ ("The package could not be written: %s. Nothing was left there; choose another folder."),
                           cause->message);
  g_error_free (cause);
}

void
td_desk_package_async (TdDesk *self,
                       gboolean interim,
                       GFile *folder,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Package *package = NULL;
  GError *error = NULL;

  g_return_if_fail (TD_IS_DESK (self) && G_IS_FILE (folder));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, td_desk_package_async);
  if (self->unit == NULL || self->unit->upper == NULL)
    td_desk_fail (&error, TD_DESK_ERROR_REFUSED, _ ("This desk sends no report."));
  else
    package = plan_package (self, interim, folder, &error);
  if (package == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, package, package_free);
  g_task_run_in_thread (task, write_package);
}

GFile *
td_desk_package_finish (TdDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the letter ------------------------------------------------------------------------------------- */

static char *
fill (TdDesk *self, const char *pattern, gboolean interim)
{
  g_autoptr (GString) text = g_string_new (pattern);
  g_autofree char *title = g_strdup (td_report_title (self, interim));

  /* The names come last: what stands in braces there is a name, not a place. */
  g_string_replace (text, "{title}", title, 0);
  g_string_replace (text, "{campaign}", td_campaign_title (self->campaign), 0);
  g_string_replace (text, "{unit}", self->unit->full_name, 0);
  return g_strdup (text->str);
}

static char *
make_uri (const TdMail *mail)
{
  g_autofree char *address = g_uri_escape_string (mail->address, "@", FALSE);
  g_autofree char *subject = g_uri_escape_string (mail->subject, NULL, FALSE);
  g_autoptr (GString) lines = g_string_new (mail->text);
  g_autofree char *text = NULL;

  g_string_replace (lines, "\n", "\r\n", 0);
  text = g_uri_escape_string (lines->str, NULL, FALSE);
  return g_strdup_printf ("mailto:%s?subject=%s&body=%s", address, subject, text);
}

TdMail *
td_desk_report_mail (TdDesk *self, gboolean interim)
{
  const TdReportPlan *plan;
  TdMail *mail;
  gboolean to_top;

  g_return_val_if_fail (TD_IS_DESK (self) && self->unit != NULL, NULL);

  plan = td_campaign_report (self->campaign);
  to_top = self->unit->upper != NULL && self->unit->upper->upper == NULL;
  mail = g_new0 (TdMail, 1);
  mail->address = g_strdup (to_top ? plan->address : "");
  mail->subject = fill (self, plan->subject, interim);
  mail->text = fill (self, to_top ? plan->text : _ ("{unit} sends: {title}. The files are attached."), interim);
  mail->uri = make_uri (mail);
  return mail;
}

void
td_mail_free (TdMail *self)
{
  if (self == NULL)
    return;
  g_free (self->address);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->uri);
  g_free (self);
}
