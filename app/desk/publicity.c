/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/circulars-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Exemplary cases for press and portal (plan V.4, V.5): a folder with one page that
 * needs nothing else and the pictures beside it. */

typedef struct
{
  char *from; /* in the store */
  char *name; /* in the folder */
} Picture;

typedef struct
{
  GFile *folder;
  char *name; /* of the folder to be made */
  GString *page;
  GPtrArray *pictures; /* Picture */
  guint missing;
} Publication;

static void
picture_free (gpointer data)
{
  g_free (((Picture *)data)->from);
  g_free (((Picture *)data)->name);
  g_free (data);
}

static void
publication_free (gpointer data)
{
  Publication *self = data;

  g_object_unref (self->folder);
  g_free (self->name);
  g_string_free (self->page, TRUE);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

/* ---- the page --------------------------------------------------------------------- */

static void
put (Publication *self, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (self->page, "%s%s%s", before, escaped, after);
}

static void
put_paragraphs (Publication *self, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (*g_strstrip (paragraphs[i]) != '\0')
      put (self, "<p>", paragraphs[i], "</p>\n");
}

/* Of our own making: a name that came from elsewhere never becomes one of a file here. */
static const char *
suffix_of (const char *name)
{
  static const char *const known[][2]
      = { { ".png", ".png" }, { ".jpg", ".jpg" }, { ".jpeg", ".jpg" }, { ".tif", ".tif" }, { ".tiff", ".tif" } };
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (dot, known[i][0]) == 0)
      return known[i][1];
  return ".pdf";
}

static void
put_picture (Publication *self, const TdFileItem *file, const char *title)
{
  Picture *picture = g_new0 (Picture, 1);
  const char *suffix = suffix_of (file->name);

  picture->from = g_strdup (file->path);
  picture->name = g_strdup_printf ("anh-%02u%s", self->pictures->len + 1, suffix);
  g_ptr_array_add (self->pictures, picture);
  if (strcmp (suffix, ".png") == 0 || strcmp (suffix, ".jpg") == 0)
    {
      g_string_append_printf (self->page, "<figure><img src=\"%s\"", picture->name);
      put (self, " alt=\"", title, "\"></figure>\n");
      return;
    }
  g_string_append_printf (self->page, "<p><a href=\"%s\">%s</a></p>\n", picture->name, picture->name);
}

/* What isn't on this machine is asked for. */
static void
put_pictures (Publication *self, TdDesk *desk, const char *id, const char *title)
{
  g_autoptr (GListModel) files = td_desk_files (desk, id);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (TdFileItem) file = g_list_model_get_item (files, i);

      if (strcmp (file->kind, "ANH") != 0)
        continue;
      if (*file->path != '\0')
        {
          put_picture (self, file, title);
          continue;
        }
      self->missing++;
      td_desk_want_file (desk, file->sha);
    }
}

static void
put_case (Publication *self, TdDesk *desk, const char *id)
{
  const TdRecord *record = td_desk_circular_record (desk, id);
  g_autofree char *title = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *text = NULL;

  if (record == NULL || strcmp (record->type, "exemplary") != 0 || !td_circular_is_sent (record))
    return;
  title = td_record_text (record, "title");
  subject = td_record_text (record, "subject");
  text = td_record_text (record, "text");
  put (self, "<article>\n<h2>", title, "</h2>\n");
  put (self, "<p class=\"unit\">", strcmp (subject, "individual") == 0 ? _ ("Person") : _ ("Collective"), ", ");
  put (self, "", td_desk_unit_name (desk, record->owner), "</p>\n");
  put_pictures (self, desk, id, title);
  put_paragraphs (self, text);
  g_string_append (self->page, "</article>\n");
}

static void
begin_page (Publication *self, TdDesk *desk)
{
  g_autofree char *day = td_date_to_screen (td_desk_today (desk));
  const char *style = "body{font-family:serif;max-width:45em;margin:2em auto;line-height:1.5}"
                      "img{max-width:100%}.unit{font-style:italic}";

  g_string_append_printf (self->page,
                          "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n"
                          "<style>%s</style>\n</head>\n<body>\n<h1>%s</h1>\n",
                          _ ("Exemplary cases"), style, _ ("Exemplary cases"));
  put (self, "<p class=\"unit\">", td_desk_unit (desk)->full_name, ", ");
  put (self, "", day, "</p>\n");
}

static Publication *
compose (TdDesk *desk, const char *const *ids, GFile *folder)
{
  Publication *self = g_new0 (Publication, 1);
  g_autofree char *day = td_date_to_iso (td_desk_today (desk));

  self->folder = g_object_ref (folder);
  self->name = g_strdup_printf ("dien-hinh-tien-tien-%s", day);
  self->page = g_string_new (NULL);
  self->pictures = g_ptr_array_new_with_free_func (picture_free);
  begin_page (self, desk);
  for (guint i = 0; ids[i] != NULL; i++)
    put_case (self, desk, ids[i]);
  g_string_append (self->page, "</body>\n</html>\n");
  return self;
}

/* ---- writing it, in a thread ----------------------------------------------------------- */

/* A folder that wasn't there before: nothing is ever overwritten. */
static GFile *
make_folder (const Publication *self, GCancellable *cancellable, GError **error)
{
  for (guint n = 1; n < 100; n++)
    {
      g_autofree char *name = n == 1 ? g_strdup (self->name) : g_strdup_printf ("%s-%u", self->name, n);
      g_autoptr (GFile) folder = g_file_get_child (self->folder, name);
      g_autoptr (GError) cause = NULL;

      if (g_file_make_directory (folder, cancellable, &cause))
        return g_steal_pointer (&folder);
      if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, self->name);
  return NULL;
}

static gboolean
copy_pictures (const Publication *self, GFile *folder, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->pictures->len; i++)
    {
      const Picture *picture = self->pictures->pdata[i];
      g_autoptr (GFile) from = g_file_new_for_path (picture->from);
      g_autoptr (GFile) to = g_file_get_child (folder, picture->name);

      if (!g_file_copy (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
write_out (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Publication *self = data;
  GError *cause = NULL;
  g_autoptr (GFile) folder = make_folder (self, cancellable, &cause);
  g_autoptr (GFile) page = folder == NULL ? NULL : g_file_get_child (folder, "index.html");

  if (folder != NULL && copy_pictures (self, folder, cancellable, &cause)
      && g_file_replace_contents (page, self->page->str, self->page->len, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                  cancellable, &cause))
    {
      g_task_return_pointer (task, g_steal_pointer (&page), g_object_unref);
      return;
    }
  g_task_return_new_error (task, TD_DESK_ERROR, TD_DESK_ERROR_FILE,
                           _ ("The folder can't be written: %s. Choose another one; nothing here was changed."),
                           cause->message);
  g_error_free (cause);
}

/** td_desk_publish_async: see circulars.h. */
void
td_desk_publish_async (TdDesk *self,
                       const char *const *ids,
                       GFile *folder,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TD_IS_DESK (self) && ids != NULL && G_IS_FILE (folder));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, td_desk_publish_async);
  if (self->unit == NULL || ids[0] == NULL)
    {
      g_task_return_new_error (task, TD_DESK_ERROR, TD_DESK_ERROR_INPUT, "%s",
                               _ ("There is no exemplary case to write out yet."));
      return;
    }
  g_task_set_task_data (task, compose (self, ids, folder), publication_free);
  g_task_run_in_thread (task, write_out);
}

/** td_desk_publish_finish: see circulars.h. */
GFile *
td_desk_publish_finish (TdDesk *self, GAsyncResult *result, guint *missing, GError **error)
{
  Publication *publication;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  publication = g_task_get_task_data (G_TASK (result));
  if (missing != NULL)
    *missing = publication == NULL ? 0 : publication->missing;
  return g_task_propagate_pointer (G_TASK (result), error);
}
