/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/calls.h"
#include "desk/registrations.h"
#include "stick-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* A commune without a line hands in, reads a code over the telephone, and its content comes a week later. */

#define CALL_DAY "15/07/2024"
#define LATER "2024-07-22"

typedef struct
{
  Stick stick;
  TdDesk *commune, *district;
  char *registration;
} Walk;

static void
set_up (Walk *self, gconstpointer data)
{
  stick_set_up (&self->stick, data);
  self->district = endpoint_desk (self->stick.endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  endpoint_exchange (self->district);
  self->commune = stick_desk_by_file (&self->stick, "commune.db", "31447", "Nguyễn Thị Ví Dụ");
  self->registration = td_desk_ledger (self->commune, "registration");
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
hand_in (TdDesk *desk)
{
  GError *error = NULL;

  g_assert_true (td_desk_submit_registration (desk, &error));
  g_assert_no_error (error);
}

/* The only row of a list; owned. */
static TdRowItem *
only (GListModel *list)
{
  g_autoptr (GListModel) model = list;

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  return g_list_model_get_item (model, 0);
}

static char *
read_code (Walk *self)
{
  g_autofree char *code = td_desk_call_code (self->commune, self->registration);
  g_autoptr (TdRowItem) row = only (td_desk_calls_to_make (self->commune));

  g_assert_cmpuint (strlen (code), ==, 27);
  g_assert_cmpstr (row->value, ==, code);
  g_assert_cmpstr (row->state, ==, "info");
  return g_steal_pointer (&code);
}

static gboolean
note (Walk *self, const char *typed, const char *day, const char *time, const char *part)
{
  g_autoptr (GListModel) callers = td_desk_callers (self->district);
  g_autofree char *unit = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken;

  for (guint i = 0; i < g_list_model_get_n_items (callers); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (callers, i);

      if (strcmp (row->title, "Xã Vị Thủy") == 0)
        unit = g_strdup (row->id);
    }
  g_assert_nonnull (unit);
  taken = td_desk_note_call (self->district, unit, typed, day, time, &error);
  if (!taken && strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  return taken;
}

/* What the content's way home brings: package up, receipt down. */
static void
carry_home (Walk *self)
{
  g_autofree char *up = stick_export (self->commune, self->stick.folder);
  g_autofree char *receipt = g_build_filename (self->stick.folder, "r.hsb", NULL);
  g_autofree char *said = NULL;

  endpoint_stop (self->stick.endpoint);
  g_free (self->stick.endpoint->day);
  self->stick.endpoint->day = g_strdup (LATER);
  stick_import_at_centre (&self->stick, up, receipt);
  said = stick_import (self->commune, receipt);
  g_assert_true (*said != '!');
  endpoint_start (self->stick.endpoint);
  endpoint_exchange (self->district);
}

static void
expect_call (TdDesk *desk, const char *state, const char *part)
{
  g_autoptr (TdRowItem) row = only (td_desk_calls (desk));

  g_test_message ("%s: %s", row->state, row->subtitle);
  g_assert_cmpstr (row->title, ==, "Xã Vị Thủy");
  g_assert_cmpstr (row->state, ==, state);
  if (strstr (row->subtitle, part) == NULL)
    g_error ("“%s” does not say “%s”", row->subtitle, part);
}

static void
test_matches (Walk *self, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *fault = NULL;
  g_autoptr (GListModel) none = NULL;

  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  code = read_code (self);
  wrong = g_strdup (code);
  wrong[5] = wrong[5] == '7' ? '8' : '7';
  fault = td_desk_call_fault (self->district, wrong);
  g_assert_nonnull (fault);
  g_assert_true (td_desk_notes_calls (self->district));
  g_assert_false (td_desk_notes_calls (self->commune));
  g_assert_false (note (self, wrong, CALL_DAY, "16:05", "chữ số"));
  g_assert_false (note (self, code, CALL_DAY, "26:05", "16:05"));
  g_assert_false (note (self, code, "1/1/2090", "16:05", "ngày"));
  g_assert_true (note (self, code, CALL_DAY, "8h05", ""));
  expect_call (self->district, "info", "chưa đến");
  endpoint_exchange (self->district);
  expect_call (self->district, "info", "chưa đến");
  carry_home (self);
  expect_call (self->district, "ok", CALL_DAY);
  expect_call (self->commune, "ok", CALL_DAY);
  none = td_desk_calls_to_make (self->commune);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
}

/* The commune takes it back, changes a word and hands it in again: another code, and both sides are told. */
static void
test_does_not_match (Walk *self, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autofree char *second = NULL;
  GError *error = NULL;
  const char *const dossiers[] = { self->registration, NULL };

  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  code = read_code (self);
  g_assert_true (note (self, code, CALL_DAY, "16:05", ""));
  endpoint_exchange (self->district);
  g_assert_true (td_desk_step (self->commune, "recall", dossiers, NULL, &error));
  g_assert_no_error (error);
  desk_type (self->commune, self->registration, "note", "Bổ sung một câu", NULL);
  hand_in (self->commune);
  second = td_desk_call_code (self->commune, self->registration);
  g_assert_cmpstr (code, !=, second);
  carry_home (self);
  /* The first trình came too, with the recall after it: its code is one of those accepted. */
  expect_call (self->district, "ok", CALL_DAY);
}

static void
test_other_content (Walk *self, gconstpointer data)
{
  static const char other[] = "194 915 499 697 254 374 206";

  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  g_assert_true (note (self, other, CALL_DAY, "16:05", ""));
  endpoint_exchange (self->district);
  carry_home (self);
  expect_call (self->district, "late", "Không khớp");
  expect_call (self->commune, "late", "Không khớp");
}

#define ADD(path, function) g_test_add ("/calls/" path, Walk, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("matches", test_matches);
  ADD ("taken-back", test_does_not_match);
  ADD ("other-content", test_other_content);
  return g_test_run ();
}
