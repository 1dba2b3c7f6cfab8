/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/registrations.h"
#include "stick-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* A district reads what came on a stick before the centre has it, and carries it on over its own line. */

typedef struct
{
  Stick stick;
  TdDesk *commune, *district;
  char *registration;
} Walk;

static void
set_up (Walk *self, gconstpointer data)
{
  GError *error = NULL;

  stick_set_up (&self->stick, data);
  self->district = endpoint_desk (self->stick.endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  endpoint_exchange (self->district);
  self->commune = stick_desk_by_file (&self->stick, "commune.db", "31447", "Nguyễn Thị Ví Dụ");
  self->registration = td_desk_ledger (self->commune, "registration");
  desk_fill_ledger (self->commune);
  g_assert_true (td_desk_submit_registration (self->commune, &error));
  g_assert_no_error (error);
}

static void
tear_down (Walk *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->district);
  g_free (self->registration);
  stick_tear_down (&self->stick, data);
}

static void
bring (Walk *self)
{
  g_autofree char *up = stick_export (self->commune, self->stick.folder);
  g_autofree char *said = stick_import (self->district, up);

  g_assert_true (*said != '!');
}

/* The only package the district carries; owned. */
static TdRowItem *
package (Walk *self)
{
  g_autoptr (GListModel) list = td_desk_carried (self->district);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  return g_list_model_get_item (list, 0);
}

static gboolean
in_inbox (Walk *self)
{
  g_autoptr (GListModel) list = td_desk_dossiers (self->district, TD_LIST_INBOX);
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (list) && !found; i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (list, i);

      found = strcmp (item->id, self->registration) == 0;
    }
  return found;
}

/* To be read, not to be acted on; after a restart too. */
static void
test_provisional (Walk *self, gconstpointer data)
{
  g_autoptr (TdDossierItem) item = NULL;
  g_autofree char *why = NULL;
  g_autofree char *said = NULL;

  bring (self);
  for (guint again = 0; again < 2; again++)
    {
      g_clear_object (&item);
      item = td_desk_dossier (self->district, self->registration);
      g_assert_nonnull (item);
      g_assert_cmpstr (item->stage_label, ==, "Chưa qua trung tâm");
      g_assert_true (in_inbox (self));
      endpoint_reopen (self->stick.endpoint, "district.db", &self->district);
    }
  why = td_desk_why_not (self->district, "receive", self->registration);
  g_assert_nonnull (strstr (why, "chưa qua trung tâm"));
  desk_refused (self->district, "receive", self->registration, "chưa qua trung tâm", NULL);
  g_assert_cmpuint (stick_waiting (self->district), ==, 0);
}

/* An exchange carries it on and brings the receipt; the next answer makes it a dossier like any other. */
static void
test_over_the_line (Walk *self, gconstpointer data)
{
  g_autoptr (TdRowItem) row = NULL;
  g_autoptr (TdDossierItem) item = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *back = NULL, *said = NULL;
  GError *error = NULL;
  const char *name;

  bring (self);
  row = package (self);
  g_assert_cmpstr (row->state, ==, "info");
  endpoint_exchange (self->district);
  g_clear_object (&row);
  row = package (self);
  g_assert_cmpstr (row->state, ==, "ok");
  endpoint_exchange (self->district);
  item = td_desk_dossier (self->district, self->registration);
  g_assert_nonnull (item);
  g_assert_cmpstr (item->stage_label, !=, "Chưa qua trung tâm");
  desk_assert_stage (self->district, self->registration, "submitted");
  desk_do (self->district, "receive", self->registration, NULL);
  endpoint_exchange (self->district);
  said = td_desk_save_receipt (self->district, row->id, self->stick.folder, &error);
  g_assert_no_error (error);
  dir = g_dir_open (self->stick.folder, 0, NULL);
  while (back == NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "bien-nhan-31447"))
      back = g_build_filename (self->stick.folder, name, NULL);
  g_assert_nonnull (back);
  g_clear_pointer (&said, g_free);
  said = stick_import (self->commune, back);
  g_assert_true (*said != '!');
  g_assert_true (td_desk_enrolled (self->commune));
  g_assert_cmpuint (stick_waiting (self->commune), ==, 0);
  desk_assert_stage (self->commune, self->registration, "submitted");
}

/* Taken off the list: gone from the screen, and whole where it was written. */
static void
test_dropped (Walk *self, gconstpointer data)
{
  g_autoptr (TdRowItem) row = NULL;
  g_autoptr (TdDossierItem) item = NULL;
  g_autoptr (GListModel) none = NULL;
  guint before = stick_waiting (self->commune);
  GError *error = NULL;

  bring (self);
  row = package (self);
  g_assert_true (td_desk_drop_carried (self->district, row->id, &error));
  g_assert_no_error (error);
  none = td_desk_carried (self->district);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  item = td_desk_dossier (self->district, self->registration);
  g_assert_null (item);
  endpoint_exchange (self->district);
  item = td_desk_dossier (self->district, self->registration);
  g_assert_null (item);
  g_assert_cmpuint (stick_waiting (self->commune), ==, before);
  bring (self);
  item = td_desk_dossier (self->district, self->registration);
  g_assert_nonnull (item);
}

/* A newer package holds what the older one held: the older may go. */
static void
test_older_dropped (Walk *self, gconstpointer data)
{
  g_autoptr (GListModel) list = NULL;
  g_autoptr (TdRowItem) older = NULL;
  g_autoptr (TdDossierItem) item = NULL;
  GError *error = NULL;

  bring (self);
  older = package (self);
  g_usleep (1100 * 1000); /* packages are told apart by the second */
  bring (self);
  list = td_desk_carried (self->district);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_true (td_desk_drop_carried (self->district, older->id, &error));
  item = td_desk_dossier (self->district, self->registration);
  g_assert_nonnull (item);
}

#define ADD(path, function) g_test_add ("/carried/" path, Walk, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("provisional", test_provisional);
  ADD ("over-the-line", test_over_the_line);
  ADD ("dropped", test_dropped);
  ADD ("older-dropped", test_older_dropped);
  return g_test_run ();
}
