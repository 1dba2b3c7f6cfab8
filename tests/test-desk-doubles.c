/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/doubles.h"
#include "desk/progress.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <sqlite3.h>
#include <string.h>

/* What each desk is told of a person of the same name elsewhere, over a real
 * endpoint; and the counter of persons wherever they are chosen. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *neighbour, *district;
  char *here, *there;
} World;

static void
set_up (World *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->neighbour = endpoint_desk (self->endpoint, "neighbour.db", "31459", "OL", "Võ Văn Láng Giềng");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
}

static void
tear_down (World *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->neighbour);
  desk_close (self->district);
  endpoint_free (self->endpoint);
  g_free (self->here);
  g_free (self->there);
}

static char *
hand_in (TdDesk *desk, const char *name, const char *number)
{
  char *dossier;
  g_autofree char *letter = NULL;

  desk_fill_ledger (desk);
  dossier = desk_nominate (desk, name, number);
  letter = desk_write_letter (desk, dossier, NULL);
  desk_do (desk, "submit", NULL, NULL);
  endpoint_exchange (desk);
  return dossier;
}

static TdFindingItem *
finding (TdDesk *desk, const char *dossier)
{
  g_autoptr (GListModel) list = td_desk_findings (desk, dossier);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TdFindingItem) item = g_list_model_get_item (list, i);

      if (strcmp (item->rule, "R-055") == 0)
        return g_steal_pointer (&item);
    }
  g_assert_not_reached ();
}

static void
assert_finding (TdDesk *desk, const char *dossier, const char *verdict, const char *says)
{
  g_autoptr (TdFindingItem) item = finding (desk, dossier);

  g_assert_cmpstr (item->verdict, ==, verdict);
  if (strstr (item->message, says) == NULL)
    g_error ("“%s” does not say “%s”", item->message, says);
}

static TdRowItem *
only_double (TdDesk *desk, const char *dossier)
{
  g_autoptr (GListModel) list = td_desk_doubles (desk, dossier);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  return g_list_model_get_item (list, 0);
}

/* A commune learns that there is one, and no more; its district, which has both, sees which. */
static void
test_each_knows_its_own (World *self, gconstpointer data)
{
  g_autoptr (TdRowItem) below = NULL;
  g_autoptr (TdRowItem) above = NULL;
  g_autoptr (TdFindingItem) item = NULL;
  g_autofree char *why = NULL;

  self->here = hand_in (self->commune, "Đặng Thị Hoà", "000000000101");
  assert_finding (self->commune, self->here, "pass", "");
  self->there = hand_in (self->neighbour, "Đặng Thị Hòa", "000000000102");
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  assert_finding (self->commune, self->here, "warn", "01 cá nhân trong hồ sơ của đơn vị khác");
  below = only_double (self->commune, self->here);
  g_assert_cmpstr (below->id, ==, "");
  why = td_desk_why_not (self->commune, "clear_double", self->here);
  g_assert_cmpstr (why, ==, "");
  assert_finding (self->district, self->here, "warn", "Xã Vĩnh Tường");
  above = only_double (self->district, self->here);
  g_assert_cmpstr (above->id, ==, self->there);
  item = finding (self->district, self->here);
  g_assert_true (item->doubled);
}

/* Cleared at the district for one of the two: both are, at every desk, until the number is corrected. */
static void
test_cleared (World *self, gconstpointer data)
{
  g_autoptr (TdFindingItem) item = NULL;
  g_autoptr (TdRowItem) below = NULL;
  g_autofree char *why = NULL;

  self->here = hand_in (self->commune, "Nguyễn Thị An", "000000000101");
  self->there = hand_in (self->neighbour, "Nguyễn Thị An", "000000000102");
  endpoint_exchange (self->district);
  desk_refused (self->district, "clear_double", self->here, "", NULL);
  desk_do (self->district, "clear_double", self->here, "reason", "Khác số định danh, khác nơi sinh", NULL);
  assert_finding (self->district, self->here, "pass", "đã xem, không trùng");
  endpoint_exchange (self->district);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->neighbour);
  assert_finding (self->commune, self->here, "pass", "đã xem, không trùng");
  assert_finding (self->neighbour, self->there, "pass", "đã xem, không trùng");
  item = finding (self->district, self->there);
  g_assert_nonnull (strstr (item->answer, "Trần Thị Nội Vụ"));
  g_assert_nonnull (strstr (item->answer, "khác nơi sinh"));
  below = only_double (self->neighbour, self->there);
  g_assert_null (strstr (below->value, "Trần Thị Nội Vụ"));
  why = td_desk_why_not (self->district, "clear_double", self->here);
  g_assert_true (why != NULL && *why != '\0');
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  assert_finding (self->commune, self->here, "pass", "đã xem, không trùng");
}

/* Own and of the communes, told before handing in. */
static void
test_counter (World *self, gconstpointer data)
{
  gboolean over = TRUE;
  g_autofree char *commune = NULL;
  g_autofree char *before = NULL;
  g_autofree char *district = NULL;
  g_autofree char *own = NULL;
  g_autoptr (GListModel) flow = NULL;

  self->here = hand_in (self->commune, "Nguyễn Thị An", "000000000101");
  commune = td_desk_quota_text (self->commune, &over);
  g_assert_nonnull (strstr (commune, "Huyện Vị Thủy"));
  g_assert_false (over);
  endpoint_exchange (self->district);
  desk_do (self->district, "receive", self->here, NULL);
  before = td_desk_quota_text (self->district, &over);
  g_assert_nonnull (strstr (before, "0/12"));
  g_assert_true (td_desk_include (self->district, self->here, TRUE, NULL));
  own = desk_nominate (self->district, "Trần Văn Bình", "000000000102");
  g_assert_true (td_desk_include (self->district, own, TRUE, NULL));
  district = td_desk_quota_text (self->district, &over);
  g_assert_nonnull (strstr (district, "2/12"));
  g_assert_nonnull (strstr (district, "cấp dưới 1"));
  g_assert_false (over);
  for (guint i = 0; i < 11; i++)
    {
      g_autofree char *name = g_strdup_printf ("Lê Văn Thử %u", i);
      g_autofree char *number = g_strdup_printf ("0000000002%02u", i);
      g_autofree char *more = desk_nominate (self->district, name, number);

      g_assert_true (td_desk_include (self->district, more, TRUE, NULL));
    }
  g_free (district);
  district = td_desk_quota_text (self->district, &over);
  g_assert_true (over);
  g_assert_nonnull (strstr (district, "13/12"));
  flow = td_desk_flow (self->district);
  g_assert_cmpuint (g_list_model_get_n_items (flow), ==, 2);
}

#define ADD(path, function) g_test_add ("/desk-doubles/" path, World, NULL, set_up, function, tear_down)

/* ---- a journal from before ---------------------------------------------------------------------- */

static void
change_journal (Endpoint *endpoint, const char *sql)
{
  g_autofree char *path = g_build_filename (endpoint->dir, "journal.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
}

static gboolean
verifies (Endpoint *endpoint)
{
  g_autofree char *program = g_build_filename (g_getenv ("TD_BUILDDIR"), "app", "endpoint", "thidua-endpoint", NULL);
  GError *error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program,
                          "--data", endpoint->dir, "--verify", NULL);

  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_successful (process);
}

/* One begun before there were such rows goes on, verifies, and gains them with the next steps; one that
 * had them from the start must have them all. */
static void
test_older (World *self, gconstpointer data)
{
  self->here = hand_in (self->commune, "Đặng Thị Hoà", "000000000101");
  self->there = hand_in (self->neighbour, "Đặng Thị Hòa", "000000000102");
  endpoint_stop (self->endpoint);
  g_assert_true (verifies (self->endpoint));
  change_journal (self->endpoint, "DELETE FROM shown WHERE kind = 'double'");
  change_journal (self->endpoint, "DELETE FROM entity WHERE kind = 'double'");
  g_assert_false (verifies (self->endpoint));
  change_journal (self->endpoint, "DELETE FROM meta WHERE name = 'derived'");
  g_assert_true (verifies (self->endpoint));
  endpoint_start (self->endpoint);
  endpoint_exchange (self->district);
  desk_do (self->district, "receive", self->there, NULL);
  endpoint_exchange (self->district);
  endpoint_stop (self->endpoint);
  g_assert_true (verifies (self->endpoint));
  change_journal (self->endpoint, "UPDATE entity SET body = body || ' ' WHERE kind = 'double'");
  g_assert_false (verifies (self->endpoint));
  change_journal (self->endpoint, "UPDATE entity SET body = rtrim (body) WHERE kind = 'double'");
}

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("each-knows-its-own", test_each_knows_its_own);
  ADD ("cleared", test_cleared);
  ADD ("older", test_older);
  ADD ("counter", test_counter);
  return g_test_run ();
}
