/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "served-fixture.h"

#include "temporary.h"

#include <glib/gstdio.h>
#include <string.h>

static gpointer
serve (gpointer data)
{
  Served *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  TdServer *server;

  g_main_context_push_thread_default (context);
  server = td_server_new (self->world->centre, self->folder, &self->options, &error);
  g_assert_no_error (error);
  self->loop = g_main_loop_new (context, FALSE);
  g_mutex_lock (&self->mutex);
  self->port = td_server_port (server);
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->mutex);
  g_main_loop_run (self->loop);
  td_server_free (server);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return NULL;
}

void
served_start (Served *self)
{
  self->port = 0;
  self->thread = g_thread_new ("endpoint", serve, self);
  g_mutex_lock (&self->mutex);
  while (self->port == 0)
    g_cond_wait (&self->ready, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
served_stop (Served *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  self->thread = NULL;
}

void
served_set_up (Served *self, gconstpointer data)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ready);
  self->folder = g_dir_make_tmp ("thidua-line-XXXXXX", NULL);
  self->world = world_new (NULL);
  self->commune = device_enrolled (self->world, 1, SERVED_COMMUNE, "OL");
  self->neighbour = device_enrolled (self->world, 2, SERVED_NEIGHBOUR, "OL");
  td_server_options_init (&self->options);
  self->options.today = self->world->moment.day;
  if (data == NULL)
    served_start (self);
}

void
served_tear_down (Served *self, gconstpointer data)
{
  if (self->thread != NULL)
    served_stop (self);
  device_free (self->commune);
  device_free (self->neighbour);
  world_free (self->world);
  remove_tree (self->folder);
  g_free (self->folder);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ready);
}

guint
served_count (Served *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

char *
device_token_line (Device *device)
{
  return g_strdup_printf ("Authorization: Bearer %s\r\n", device->token);
}

Reply *
served_ask (Served *self, Device *device, const char *method, const char *path, const char *headers, GBytes *body)
{
  g_autofree char *token = device == NULL ? g_strdup ("") : device_token_line (device);
  g_autofree char *lines = g_strconcat (token, headers, NULL);

  return line_ask (self->port, method, path, lines, body);
}

void
expect_reply (Reply *taken, guint status, const char *type)
{
  g_autoptr (Reply) reply = taken;
  g_autofree char *told = reply_type (reply);
  g_autofree char *wanted = *type == '\0' ? g_strdup ("") : g_strconcat ("urn:hs:", type, NULL);

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (told, ==, wanted);
  g_assert_cmpstr (reply_header (reply, "hs-proto"), ==, "1");
  g_assert_cmpstr (reply_header (reply, "connection"), ==, "close");
}

/* It is there, and answers as it should. */
void
served_assert_alive (Served *self)
{
  g_autoptr (Reply) reply = served_ask (self, NULL, "GET", "/v1/hello?k=00ff", "", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHello) hello = td_hello_read (reply->body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (hello->k, ==, "00ff");
  g_assert_cmpstr (hello->day, ==, "2025-07-08");
  g_assert_true (hello->practice);
}
