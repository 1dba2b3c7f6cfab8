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

static void
assert_empty (GListModel *list)
{
  g_autoptr (GListModel) model = list;

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
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
  g_autoptr (TdRowItem) row = only (td_desk_calls_to_make (self->commune));
  g_autoptr (TdRowItem) note = only (td_desk_call_notes (self->commune, self->registration));

  g_assert_cmpuint (strlen (row->value), ==, 27);
  g_assert_cmpstr (row->value, ==, note->value);
  g_assert_cmpstr (row->subtitle, ==, note->subtitle);
  g_assert_cmpstr (row->state, ==, "info");
  return g_strdup (row->value);
}

static gboolean
note (Walk *self, const char *typed, const char *day, const char *time, const char *part)
{
  g_autoptr (GListModel) callers = td_desk_callers (self->district, "vi thuy");
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
  taken = td_desk_note_call (self->district, unit, "Ông Mẫu", typed, day, time, &error);
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

/* What a code says as it is typed. */
static void
expect_typed (Walk *self, const char *typed, const char *state, const char *part)
{
  g_autoptr (TdRowItem) row = td_desk_call_typed (self->district, typed);

  g_test_message ("%s: %s", row->state, row->subtitle);
  g_assert_cmpstr (row->state, ==, state);
  g_assert_nonnull (strstr (row->subtitle, part));
}

/* Where the dossier is read, and in the history. */
static void
expect_told (TdDesk *desk, const char *dossier, const char *state, const char *part)
{
  g_autoptr (TdRowItem) note = only (td_desk_call_notes (desk, dossier));
  g_autoptr (GListModel) chain = td_desk_chain (desk, dossier);
  g_autoptr (GListModel) journal = td_desk_journal (desk);
  GListModel *lists[] = { chain, journal };

  g_assert_cmpstr (note->state, ==, state);
  g_assert_cmpstr (note->value, ==, "");
  g_assert_nonnull (strstr (note->subtitle, part));
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      guint found = 0;

      for (guint i = 0; i < g_list_model_get_n_items (lists[l]); i++)
        {
          g_autoptr (TdChainItem) item = g_list_model_get_item (lists[l], i);

          if (strcmp (item->verb, "attest") != 0)
            continue;
          found++;
          g_assert_cmpstr (item->reason, ==, note->subtitle);
          g_assert_cmpstr (item->verified, ==, "Chữ ký hợp lệ");
          g_assert_nonnull (strstr (item->who, "Trần Thị Nội Vụ"));
          g_assert_cmpstr (item->when, !=, "");
        }
      g_assert_cmpuint (found, ==, 1);
    }
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

  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  code = read_code (self);
  wrong = g_strdup (code);
  wrong[5] = wrong[5] == '7' ? '8' : '7';
  expect_typed (self, "", "info", "21");
  expect_typed (self, "194 915", "info", "15");
  expect_typed (self, wrong, "fail", "chữ số");
  expect_typed (self, code, "ok", "");
  g_assert_true (td_desk_notes_calls (self->district));
  g_assert_false (td_desk_notes_calls (self->commune));
  g_assert_false (note (self, wrong, CALL_DAY, "16:05", "chữ số"));
  g_assert_false (note (self, code, CALL_DAY, "26:05", "16:05"));
  g_assert_false (note (self, code, "1/1/2090", "16:05", "ngày"));
  g_assert_true (note (self, code, CALL_DAY, "8h05", ""));
  expect_typed (self, code, "ok", "đã được ghi nhận");
  expect_call (self->district, "info", "chưa đến");
  endpoint_exchange (self->district);
  expect_call (self->district, "info", "chưa đến");
  carry_home (self);
  expect_call (self->district, "ok", CALL_DAY);
  expect_call (self->commune, "ok", CALL_DAY);
  assert_empty (td_desk_calls_to_make (self->commune));
  expect_told (self->district, self->registration, "ok", "Ông Mẫu");
  expect_told (self->commune, self->registration, "ok", CALL_DAY);
}

/* The commune takes it back, changes a word and hands it in again: another code, which is read out instead. */
static void
test_taken_back (Walk *self, gconstpointer data)
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
  assert_empty (td_desk_calls_to_make (self->commune));
  desk_type (self->commune, self->registration, "note", "Bổ sung một câu", NULL);
  hand_in (self->commune);
  second = read_code (self);
  g_assert_cmpstr (code, !=, second);
  carry_home (self);
  /* The first trình came too, with the recall after it, and it is the first that decides (model.md 2.5). */
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
  expect_told (self->district, self->registration, "late", "Không khớp");
  expect_told (self->commune, self->registration, "late", "Không khớp");
}

/* The district reads the package before the centre has it: it is told at once whether the code is right. */
static void
expect_read_first (Walk *self, const char *code, const char *state, const char *part)
{
  g_autofree char *up = NULL, *said = NULL;
  g_autoptr (TdRowItem) told = NULL;

  g_assert_true (note (self, code, CALL_DAY, "16:05", ""));
  endpoint_exchange (self->district);
  up = stick_export (self->commune, self->stick.folder);
  said = stick_import (self->district, up);
  g_assert_true (*said != '!');
  expect_call (self->district, state, part);
  told = only (td_desk_call_notes (self->district, self->registration));
  g_assert_cmpstr (told->state, ==, state);
}

static void
test_read_first (Walk *self, gconstpointer data)
{
  g_autofree char *code = NULL;

  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  code = read_code (self);
  expect_read_first (self, code, "info", "Khớp");
  endpoint_exchange (self->district);
  endpoint_exchange (self->district);
  expect_call (self->district, "ok", CALL_DAY);
}

static void
test_read_first_other (Walk *self, gconstpointer data)
{
  desk_fill_ledger (self->commune);
  hand_in (self->commune);
  expect_read_first (self, "194 915 499 697 254 374 206", "late", "Không khớp");
}

#define ADD(path, function) g_test_add ("/calls/" path, Walk, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("matches", test_matches);
  ADD ("taken-back", test_taken_back);
  ADD ("other-content", test_other_content);
  ADD ("read-first", test_read_first);
  ADD ("read-first-other", test_read_first_other);
  return g_test_run ();
}
