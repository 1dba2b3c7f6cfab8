/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/demo-load.h"
#include "text/i18n.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* thidua-demo: plays the sample dossiers into a fresh endpoint, through the
 * exchange, as the devices of the units they belong to. */

static char *dir;
static char *url;
static char *endpoint;
static char *sample;

static const GOptionEntry options[] = {
  { "dir", 0, 0, G_OPTION_ARG_FILENAME, &dir, N_ ("Folder for the data bases of the units"), "DIR" },
  { "endpoint", 0, 0, G_OPTION_ARG_STRING, &url, N_ ("Address of the endpoint"), "URL" },
  { "endpoint-program", 0, 0, G_OPTION_ARG_FILENAME, &endpoint, N_ ("The endpoint's program, to make codes with"),
    "FILE" },
  { "sample", 0, 0, G_OPTION_ARG_FILENAME, &sample, N_ ("File of the sample dossiers"), "FILE" },
  { NULL },
};

static const char *
data_dir (void)
{
  const char *given = g_getenv ("TD_DATADIR");

  return given == NULL ? TD_DATADIR : given;
}

/* Beside this program in the build tree, unless told. */
static char *
find_endpoint (const char *program)
{
  g_autofree char *here = g_path_get_dirname (program);

  return endpoint != NULL ? g_strdup (endpoint) : g_build_filename (here, "..", "endpoint", "thidua-endpoint", NULL);
}

static gboolean
load (const char *program, GError **error)
{
  g_autofree char *endpoint_program = find_endpoint (program);
  g_autofree char *mark = g_build_filename (dir, "loaded", NULL);
  TdDemo *demo = td_demo_new (dir, data_dir (), url, endpoint_program, sample, error);
  gboolean loaded = demo != NULL && td_demo_load (demo, error);

  td_demo_free (demo);
  return loaded && g_file_set_contents (mark, "", 0, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  td_i18n_start ();
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || dir == NULL || url == NULL || sample == NULL)
    {
      g_printerr ("%s\n", error == NULL ? _ ("Say where: --dir DIR --endpoint URL --sample FILE.") : error->message);
      return 2;
    }
  if (!load (argv[0], &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}
