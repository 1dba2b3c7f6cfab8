/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nginx-fixture.h"

#include "temporary.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static guint
free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_assert_cmpuint (port, !=, 0);
  g_socket_listener_close (listener);
  return port;
}

static char *
path_of (Nginx *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* One line of a shell, in the folder. */
static void
shell (Nginx *self, const char *line)
{
  const char *const argv[] = { "sh", "-ec", line, NULL };
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;

  g_subprocess_launcher_set_cwd (launcher, self->folder);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
make_certificates (Nginx *self)
{
  g_autofree char *extensions = path_of (self, "san");

  g_assert_true (g_file_set_contents (extensions, "subjectAltName=IP:127.0.0.1,DNS:localhost\n", -1, NULL));
  shell (self, "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj '/CN=CA thu'"
               " -keyout ca.key -out ca.pem");
  shell (self, "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=localhost'"
               " -keyout server.key -out server.csr");
  shell (self, "openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile san"
               " -out server.pem");
}

static void
replace (GString *text, const char *what, const char *by)
{
  g_assert_cmpuint (g_string_replace (text, what, by, 0), >, 0);
}

/* Our own file as it is shipped, but for places. */
static char *
server_block (Nginx *self, guint endpoint_port)
{
  g_autofree char *path = g_build_filename (g_getenv ("TD_DATADIR"), "nginx", "thidua-endpoint.conf", NULL);
  g_autofree char *listen
      = g_strdup_printf ("listen 127.0.0.1:%u ssl; listen 127.0.0.1:%u;", self->port, self->plain_port);
  g_autofree char *upstream = g_strdup_printf ("server 127.0.0.1:%u;", endpoint_port);
  g_autofree char *certificate = path_of (self, "server.pem");
  g_autofree char *key = path_of (self, "server.key");
  g_autofree char *shipped = NULL;
  GString *text;

  g_assert_true (g_file_get_contents (path, &shipped, NULL, NULL));
  text = g_string_new (shipped);
  replace (text, "listen 443 ssl;", listen);
  replace (text, "server 127.0.0.1:8075;", upstream);
  replace (text, "/etc/thidua/endpoint.pem", certificate);
  replace (text, "/etc/thidua/endpoint.key", key);
  replace (text, "thidua.example.vn", "localhost");
  return g_string_free (text, FALSE);
}

static void
write_configuration (Nginx *self, guint endpoint_port, guint connections)
{
  static const char *const temporary[] = { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" };
  g_autofree char *block = server_block (self, endpoint_port);
  g_autofree char *path = path_of (self, "nginx.conf");
  g_autoptr (GString) text = g_string_new (NULL);

  if (getuid () == 0)
    g_string_append (text, "user root;\n");
  g_string_append_printf (text, "daemon off;\nworker_processes 1;\npid %s/pid;\nerror_log %s/error.log;\n",
                          self->folder, self->folder);
  g_string_append_printf (text, "events { worker_connections %u; }\nhttp {\naccess_log off;\n", connections);
  for (guint i = 0; i < G_N_ELEMENTS (temporary); i++)
    g_string_append_printf (text, "%s_temp_path %s/%s;\n", temporary[i], self->folder, temporary[i]);
  g_string_append_printf (text, "%s}\n", block);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
}

static void
wait_for (guint port)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) line
          = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)port, NULL, NULL);

      if (line != NULL)
        return;
      g_usleep (10 * 1000);
    }
  g_error ("nginx does not listen");
}

static char *
find_nginx (void)
{
  char *path = g_find_program_in_path ("nginx");

  if (path == NULL && g_file_test ("/usr/sbin/nginx", G_FILE_TEST_IS_EXECUTABLE))
    path = g_strdup ("/usr/sbin/nginx");
  return path;
}

Nginx *
nginx_new_for (guint endpoint_port, guint connections)
{
  g_autofree char *program = find_nginx ();
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autofree char *configuration = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  Nginx *self;
  GError *error = NULL;

  if (program == NULL || openssl == NULL)
    {
      g_test_skip ("nginx or openssl is not here");
      return NULL;
    }
  self = g_new0 (Nginx, 1);
  self->folder = g_dir_make_tmp ("thidua-nginx-XXXXXX", NULL);
  self->ca = path_of (self, "ca.pem");
  self->port = free_port ();
  self->plain_port = free_port ();
  make_certificates (self);
  write_configuration (self, endpoint_port, connections);
  configuration = path_of (self, "nginx.conf");
  launcher = companion_launcher (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  self->process
      = g_subprocess_launcher_spawn (launcher, &error, program, "-p", self->folder, "-c", configuration, NULL);
  g_assert_no_error (error);
  wait_for (self->plain_port);
  wait_for (self->port);
  return self;
}

Nginx *
nginx_new (guint endpoint_port)
{
  return nginx_new_for (endpoint_port, 256);
}

void
nginx_free (Nginx *self)
{
  if (self == NULL)
    return;
  g_subprocess_send_signal (self->process, 15);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  shell (self, "rm -r -- *");
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->ca);
  g_free (self);
}
