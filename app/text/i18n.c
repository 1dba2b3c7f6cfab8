/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "text/i18n.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

/* gettext translates only in a locale that is not "C"; LANGUAGE then names the
 * language. A commune's PC need not have a Vietnamese locale, often it has none
 * but C.UTF-8. Measured with the catalogue of this program:
 *   C                    no translation in any glibc
 *   C.UTF-8, glibc 2.36  translated (Debian 12)
 *   C.UTF-8, glibc 2.39+ taken for "C", no translation (bug 16621 of glibc)
 * For the last, the data of C.UTF-8 are opened under the name vi_VN.UTF-8: LOCPATH
 * says for the moment where that name stands. Every process may do so, nothing
 * has to be installed, and GTK's own words become Vietnamese with it. */

#define VIETNAMESE "vi_VN.UTF-8"

static const char *const c_utf8[] = { "/usr/lib/locale/C.utf8", "/usr/lib/locale/C.UTF-8" };

static gboolean
translates (void)
{
  /* The header of the catalogue: empty where nothing is translated. */
  return *dgettext (GETTEXT_PACKAGE, "") != '\0';
}

static gboolean
try_locale (const char *name)
{
  return setlocale (LC_ALL, name) != NULL && translates ();
}

/* The locale's files stay mapped, so that the folder is not needed afterwards. */
static gboolean
try_borrowed_data (void)
{
  g_autofree char *folder = g_dir_make_tmp ("thidua-locale-XXXXXX", NULL);
  g_autofree char *link = NULL;
  g_autofree char *before = g_strdup (g_getenv ("LOCPATH"));
  gboolean done = FALSE;

  if (folder == NULL)
    return FALSE;
  link = g_build_filename (folder, VIETNAMESE, NULL);
  g_setenv ("LOCPATH", folder, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (c_utf8) && !done; i++)
    {
      if (!g_file_test (c_utf8[i], G_FILE_TEST_IS_DIR) || symlink (c_utf8[i], link) != 0)
        continue;
      done = try_locale (VIETNAMESE);
      g_unlink (link);
    }
  g_rmdir (folder);
  if (before != NULL)
    g_setenv ("LOCPATH", before, TRUE);
  else
    g_unsetenv ("LOCPATH");
  return done;
}

static void
choose_locale (void)
{
  static const char *const names[] = { VIETNAMESE, "C.UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (try_locale (names[i]))
      return;
  if (try_borrowed_data () || try_locale ("en_US.UTF-8") || try_locale (""))
    return;
  /* English then, but Vietnamese text must still be typed and shown. */
  setlocale (LC_ALL, "C.UTF-8");
}

void
td_i18n_start (void)
{
  const char *folder = g_getenv ("TD_LOCALEDIR");

  g_setenv ("LANGUAGE", "vi", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : TD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  choose_locale ();
  setlocale (LC_NUMERIC, "C");
}
