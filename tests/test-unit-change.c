/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "endpoint-fixture.h"

#include <string.h>

/* The wrong unit was chosen, and much typed, before there was a line: the unit is changed, what was typed goes along. */

#define WRONG "31441"
#define RIGHT "31447"

typedef struct
{
  Endpoint *endpoint;
  char *path;
  TdDesk *desk;
  char *person; /* a nomination typed as the wrong unit */
} Fixture;

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->path = g_build_filename (self->endpoint->folder, "desk.db", NULL);
  self->desk = desk_new (self->path, WRONG, "Lâm Thị Thư Ký");
  desk_fill_ledger (self->desk);
  self->person = desk_nominate (self->desk, "Đỗ Thị Mẫu Đơn", "093180000017");
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  desk_close (self->desk);
  g_free (self->person);
  g_free (self->path);
  endpoint_free (self->endpoint);
}

static void
reopen (Fixture *self)
{
  desk_close (self->desk);
  self->desk = desk_new (self->path, NULL, NULL);
}

static const char *
key_of (Fixture *self, const char *code)
{
  return td_units_by_code (td_desk_units (self->desk), code, td_campaign_start (td_desk_campaign (self->desk)))->key;
}

static void
become (Fixture *self, const char *code)
{
  g_autofree char *key = g_strdup (key_of (self, code));
  GError *error = NULL;

  td_desk_choose_unit (self->desk, key, &error);
  g_assert_no_error (error);
}

static void
assert_typed (Fixture *self)
{
  g_autofree char *ratings = td_desk_ledger (self->desk, "ratings");
  g_autofree char *events = td_desk_ledger (self->desk, "events");
  g_autofree char *targets = td_desk_ledger (self->desk, "targets");
  g_autofree char *rating = td_desk_text (self->desk, ratings, "rating/2022");
  g_autofree char *launched = td_desk_text (self->desk, events, "launch/document");
  g_autofree char *name = td_desk_text (self->desk, self->person, "name");
  g_autoptr (GPtrArray) rows = td_desk_keys (self->desk, targets, "target");
  g_autoptr (GListModel) files = td_desk_files (self->desk, self->person);
  g_autoptr (GListModel) own = td_desk_dossiers (self->desk, TD_LIST_OWN);

  g_assert_cmpstr (rating, ==, "HTTNV");
  g_assert_cmpstr (launched, ==, "01/KH-UBND");
  g_assert_cmpstr (name, ==, "Đỗ Thị Mẫu Đơn");
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (files), >=, 1); /* and those of the letter */
  g_assert_cmpuint (g_list_model_get_n_items (own), ==, 1);
}

static void
test_typed_goes_along (Fixture *self, gconstpointer data)
{
  assert_typed (self);
  become (self, RIGHT);
  assert_typed (self);
  reopen (self);
  g_assert_cmpstr (td_desk_unit (self->desk)->key, ==, key_of (self, RIGHT));
  assert_typed (self);
  /* And on: the same members are typed further. */
  desk_type (self->desk, self->person, "name", "Đỗ Thị Mẫu Đơn Hồng", "name", "Đỗ Thị Mẫu Đơn", NULL);
  become (self, WRONG);
  assert_typed (self);
}

/* What the program put there by itself follows; what a person wrote does not. */
static void
test_suggested_names (Fixture *self, gconstpointer data)
{
  g_autofree char *collective = desk_nominate (self->desk, NULL, NULL);
  g_autofree char *renamed = desk_nominate (self->desk, NULL, NULL);
  g_autofree char *name = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *workplace = NULL;

  desk_type (self->desk, renamed, "name", "Ban Chấp hành Đảng bộ thị trấn Nàng Mau", NULL);
  become (self, RIGHT);
  name = td_desk_text (self->desk, collective, "name");
  kept = td_desk_text (self->desk, renamed, "name");
  workplace = td_desk_text (self->desk, self->person, "workplace");
  g_assert_cmpstr (name, ==, "Đảng bộ xã Vị Thủy");
  g_assert_cmpstr (kept, ==, "Ban Chấp hành Đảng bộ thị trấn Nàng Mau");
  g_assert_cmpstr (workplace, ==, "Xã Vị Thủy");
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
enrol (Fixture *self, const char *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_desk_enroll_async (self->desk, self->endpoint->url, secret, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return td_desk_enroll_finish (self->desk, result, error);
}

/* The code tells whose it is; asked once, the change is made and the same code used again; the centre takes it all. */
static void
test_code_of_another_unit (Fixture *self, gconstpointer data)
{
  g_autofree char *secret = endpoint_code (self->endpoint, RIGHT, "OL");
  g_autofree char *other = NULL;
  g_autofree char *last = NULL;
  g_autofree char *offered = NULL;
  GError *error = NULL;

  g_assert_false (enrol (self, secret, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_UNIT);
  g_assert_nonnull (
      strstr (error->message, td_units_get (td_desk_units (self->desk), key_of (self, RIGHT))->full_name));
  g_clear_error (&error);
  g_assert_cmpstr (td_desk_unit (self->desk)->key, ==, key_of (self, WRONG));
  assert_typed (self);
  offered = g_strdup (td_desk_offered_unit (self->desk));
  g_assert_cmpstr (offered, ==, key_of (self, RIGHT));
  td_desk_choose_unit (self->desk, offered, &error);
  g_assert_no_error (error);
  enrol (self, secret, &error);
  g_assert_no_error (error);
  endpoint_exchange (self->desk);
  assert_typed (self);
  last = desk_write_letter (self->desk, self->person, NULL);
  desk_do (self->desk, "submit", NULL, NULL);
  endpoint_exchange (self->desk);
  desk_assert_stage (self->desk, self->person, "submitted");
  /* Sent as one unit, it can't become another. */
  other = g_strdup (key_of (self, WRONG));
  g_assert_false (td_desk_choose_unit (self->desk, other, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_STORE);
  g_clear_error (&error);
  assert_typed (self);
}

/* A step is signed as it stands: who took one keeps the unit, and is told. */
static void
test_signed_stays (Fixture *self, gconstpointer data)
{
  g_autofree char *letter = desk_write_letter (self->desk, self->person, NULL);
  g_autofree char *right = g_strdup (key_of (self, RIGHT));
  GError *error = NULL;

  desk_do (self->desk, "submit", NULL, NULL);
  g_assert_false (td_desk_choose_unit (self->desk, right, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_STORE);
  g_clear_error (&error);
  g_assert_cmpstr (td_desk_unit (self->desk)->key, ==, key_of (self, WRONG));
  reopen (self);
  g_assert_cmpstr (td_desk_unit (self->desk)->key, ==, key_of (self, WRONG));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                                                            \
  g_test_add ("/unit-change/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("typed-goes-along", test_typed_goes_along);
  ADD ("suggested-names", test_suggested_names);
  ADD ("code-of-another-unit", test_code_of_another_unit);
  ADD ("signed-stays", test_signed_stays);
  return g_test_run ();
}
