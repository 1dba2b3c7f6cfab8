/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stick-fixture.h"

#include "desk-fixture.h"

#include <glib/gstdio.h>

void
stick_set_up (Stick *self, gconstpointer data)
{
  self->endpoint = endpoint_new_on ("2024-07-15");
  self->folder = g_build_filename (self->endpoint->folder, "stick", NULL);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
}

void
stick_tear_down (Stick *self, gconstpointer data)
{
  endpoint_free (self->endpoint);
  g_free (self->folder);
}

void
stick_take (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

void
stick_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The one file it wrote; owned. */
char *
stick_export_part (TdDesk *desk, const char *folder, gint64 size, char ***all)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *text = NULL;
  char *first;
  GError *error = NULL;

  td_desk_export_async (desk, folder, size, NULL, stick_take, &result);
  stick_wait (&result);
  text = td_desk_export_finish (desk, result, &paths, &error);
  g_assert_no_error (error);
  g_assert_nonnull (text);
  first = g_strdup (paths[0]);
  if (all != NULL)
    *all = g_steal_pointer (&paths);
  else
    g_assert_cmpuint (g_strv_length (paths), ==, 1);
  return first;
}

char *
stick_export (TdDesk *desk, const char *folder)
{
  return stick_export_part (desk, folder, TD_PACKAGE_PART_SMALL, NULL);
}

/* What it said; a failure is told as "!" and the sentence. */
char *
stick_import (TdDesk *desk, const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  td_desk_import_async (desk, paths, NULL, stick_take, &result);
  stick_wait (&result);
  text = td_desk_import_finish (desk, result, &error);
  g_test_message ("%s", text != NULL ? text : error->message);
  return text != NULL ? text : g_strconcat ("!", error->message, NULL);
}

/* Runs the program on this endpoint's folder. */
gboolean
stick_endpoint_run (Stick *self, const char *first, ...)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL, *err = NULL;
  GError *error = NULL;
  va_list words;

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (char *)"--data");
  g_ptr_array_add (argv, self->endpoint->dir);
  g_ptr_array_add (argv, (char *)"--today");
  g_ptr_array_add (argv, self->endpoint->day);
  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (char *)word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *)argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", out, err);
  return g_subprocess_get_successful (process);
}

void
stick_import_at_centre (Stick *self, const char *package, const char *receipt)
{
  g_assert_true (stick_endpoint_run (self, "--import", package, "--receipt", receipt, NULL));
}

guint
stick_waiting (TdDesk *desk)
{
  guint changes;
  gsize bytes;

  td_desk_waiting (desk, &changes, &bytes);
  return changes;
}

TdDesk *
stick_desk_by_file (Stick *self, const char *name, const char *unit, const char *person)
{
  g_autofree char *file = g_build_filename (self->folder, "ghi-danh.json", NULL);
  g_autofree char *path = g_build_filename (self->endpoint->folder, name, NULL);
  TdDesk *desk = desk_new (path, NULL, NULL);
  GError *error = NULL;

  g_assert_true (stick_endpoint_run (self, "--make-enrolment", unit, "OL", "--out", file, NULL));
  td_desk_set_person (desk, person, "Chuyên viên");
  g_assert_true (td_desk_enrol_by_file (desk, file, &error));
  g_assert_no_error (error);
  g_assert_true (td_desk_enrolling_by_file (desk));
  g_assert_false (td_desk_enrolled (desk));
  return desk;
}
