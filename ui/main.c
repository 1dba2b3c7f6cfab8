/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "application.h"

#include "desk/cli.h"
#include "text/i18n.h"

#include <glib/gi18n.h>

/* thidua [--database FILE]: the windows; thidua check, thidua sync …: no display. */

static gboolean
read_options (int *argc, char ***argv, char **database, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry entries[] = {
    { "database", 'd', 0, G_OPTION_ARG_FILENAME, database, N_ ("Open this database"), N_ ("FILE") },
    { NULL },
  };

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Dossiers of the emulation campaign, from the commune to the province"));
  g_option_context_set_ignore_unknown_options (context, FALSE);
  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (TdApplication) application = NULL;
  g_autofree char *database = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  td_i18n_start ();
  g_set_prgname (TD_APP_ID);
  status = td_cli_run (argc, argv);
  if (status >= 0)
    return status;
  if (!read_options (&argc, &argv, &database, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  /* Else GTK would take the language of the system again. */
  gtk_disable_setlocale ();
  g_set_application_name (_ ("Emulation Dossiers"));
  application = td_application_new (database);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
