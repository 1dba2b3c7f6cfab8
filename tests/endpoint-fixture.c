/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint-fixture.h"

#include "desk-fixture.h"
#include "temporary.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define DAY "2025-07-08"

const char *endpoint_campaign = "hau-giang-2025.json";
const char *endpoint_units = "hau-giang-2024.json";

static char *
program (void)
{
  return g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
}

static char *
data_path (const char *folder, const char *name)
{
  return g_build_filename (g_getenv ("TD_DATADIR"), folder, name, NULL);
}

Endpoint *
endpoint_new (void)
{
  return endpoint_new_on (DAY);
}

Endpoint *
endpoint_new_on (const char *day)
{
  Endpoint *self = g_new0 (Endpoint, 1);

  self->day = g_strdup (day);
  self->campaign = data_path ("campaigns", endpoint_campaign);
  self->folder = g_dir_make_tmp ("thidua-chain-XXXXXX", NULL);
  self->dir = g_build_filename (self->folder, "endpoint", NULL);
  g_mkdir (self->dir, 0700);
  endpoint_start (self);
  return self;
}

/* The port is in the file once it listens. */
static guint
wait_for_port (Endpoint *self, const char *file)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < deadline)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (file, &text, NULL, NULL) && atoi (text) > 0)
        return (guint)atoi (text);
      g_usleep (10 * 1000);
    }
  g_error ("the endpoint does not listen");
  return 0;
}

void
endpoint_start (Endpoint *self)
{
  g_autofree char *path = program ();
  g_autofree char *file = g_build_filename (self->folder, "port", NULL);
  g_autofree char *units = data_path ("units", endpoint_units);
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GSubprocessLauncher) launcher = companion_launcher (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  GError *error = NULL;

  g_assert_null (self->process);
  g_remove (file);
  self->process
      = g_subprocess_launcher_spawn (launcher, &error, path, "--data", self->dir, "--port", port, "--port-file", file,
                                     "--campaign", self->campaign, "--units", units, "--today", self->day, NULL);
  g_assert_no_error (error);
  self->port = wait_for_port (self, file);
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

void
endpoint_set_day (Endpoint *self, const char *day)
{
  endpoint_stop (self);
  g_free (self->day);
  self->day = g_strdup (day);
  endpoint_start (self);
}

void
endpoint_set_campaign (Endpoint *self, const char *text)
{
  endpoint_stop (self);
  g_free (self->campaign);
  self->campaign = g_build_filename (self->folder, "plan.json", NULL);
  g_assert_true (g_file_set_contents (self->campaign, text, -1, NULL));
  endpoint_start (self);
}

void
endpoint_stop (Endpoint *self)
{
  g_assert_nonnull (self->process);
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
endpoint_verify (Endpoint *self)
{
  g_autofree char *path = program ();
  GError *error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, path, "--data", self->dir, "--verify", NULL);

  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
}

void
endpoint_free (Endpoint *self)
{
  if (self->process != NULL)
    endpoint_stop (self);
  endpoint_verify (self);
  endpoint_discard (self);
}

void
endpoint_discard (Endpoint *self)
{
  if (self->process != NULL)
    endpoint_stop (self);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->dir);
  g_free (self->url);
  g_free (self->day);
  g_free (self->campaign);
  g_free (self);
}

char *
endpoint_code (Endpoint *self, const char *unit, const char *roles)
{
  g_autofree char *path = program ();
  char *code = NULL;
  GError *error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, path, "--data", self->dir,
                                                      "--make-code", unit, roles, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &code, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return g_strstrip (code);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

TdDesk *
endpoint_desk (Endpoint *self, const char *file, const char *code, const char *roles, const char *person)
{
  g_autofree char *path = g_build_filename (self->folder, file, NULL);
  g_autofree char *secret = endpoint_code (self, code, roles);
  g_autoptr (GAsyncResult) result = NULL;
  TdDesk *desk = desk_new (path, code, person);
  GError *error = NULL;

  td_desk_enroll_async (desk, self->url, secret, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  td_desk_enroll_finish (desk, result, &error);
  g_assert_no_error (error);
  g_assert_true (td_desk_enrolled (desk));
  return desk;
}

void
endpoint_reopen (Endpoint *self, const char *file, TdDesk **desk)
{
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  td_desk_close (*desk);
  g_object_unref (*desk);
  *desk = desk_new (path, NULL, NULL);
}

void
endpoint_exchange (TdDesk *desk)
{
  GError *error = NULL;

  td_desk_exchange_wait (desk, &error);
  g_assert_no_error (error);
}
