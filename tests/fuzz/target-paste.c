/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "desk/paste.h"

#include <glib/gstdio.h>
#include <string.h>

/* A table pasted from a spreadsheet; the first byte says into which list. */

static char *folder;

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static TdDesk *
the_desk (void)
{
  static TdDesk *desk;
  g_autofree char *path = NULL;
  const char *data = g_getenv ("TD_DATADIR");
  g_autoptr (GError) error = NULL;
  const TdUnit *unit;

  if (desk != NULL)
    return desk;
  folder = g_dir_make_tmp ("thidua-fuzz-XXXXXX", NULL);
  atexit (remove_folder);
  path = g_build_filename (folder, "desk.db", NULL);
  desk = td_desk_open (path, data == NULL ? "data" : data, &error);
  g_assert_no_error (error);
  unit = td_units_by_code (td_desk_units (desk), "31447", td_campaign_start (td_desk_campaign (desk)));
  td_desk_choose_unit (desk, unit->key, &error);
  g_assert_no_error (error);
  return desk;
}

void
fuzz_paste (const guint8 *data, gsize size)
{
  static const char *const lists[][5] = {
    { "targets", "target", "name", "plan", NULL },
    { "registration", "participant", "name", "kind", NULL },
    { "targets", "indicator", "name", "actual_2023", NULL },
  };
  const char *const *list = lists[size == 0 ? 0 : data[0] % G_N_ELEMENTS (lists)];
  g_autofree char *text = size == 0 ? g_strdup ("") : fuzz_string (data + 1, size - 1);
  g_autofree char *record = td_desk_ledger (the_desk (), list[0]);
  g_autoptr (TdPaste) paste = td_paste_read (the_desk (), record, list[1], list + 2, text);

  g_assert_cmpuint (td_paste_bad_rows (paste), <=, td_paste_rows (paste));
  g_assert_cmpuint (td_paste_bad_rows (paste), <=, td_paste_bad_cells (paste));
  g_assert_cmpuint (td_paste_problems (paste)->len, ==, td_paste_bad_cells (paste));
}
