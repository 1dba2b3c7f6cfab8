/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "endpoint-fixture.h"

/* A question to the Party Office is undone: the office is told so, and what becomes of the dossier afterwards reaches
 * none of its machines, neither one that begins from nothing nor one that was behind. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *department, *board, *office;
  char *anna;
} Scene;

static void
set_up (Scene *self, gconstpointer data)
{
  g_autofree char *letter = NULL;

  self->endpoint = endpoint_new ();
  self->department = endpoint_desk (self->endpoint, "department.db", "so-y-te", "OL", "Hồ Thị Khảo Sát");
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Đặng Văn Ban");
  self->office = endpoint_desk (self->endpoint, "office.db", "van-phong-tinh-uy", "R", "Lý Thị Văn Phòng");
  desk_fill_ledger (self->department);
  self->anna = desk_nominate (self->department, "Nguyễn Thị An", "000000000101");
  letter = desk_write_letter (self->department, self->anna, NULL);
  desk_do (self->department, "submit", NULL, NULL);
  endpoint_exchange (self->department);
  endpoint_exchange (self->board);
  desk_do (self->board, "receive", self->anna, NULL);
  desk_do (self->board, "ask", self->anna, "body", "van-phong-tinh-uy", NULL);
  endpoint_exchange (self->board);
  endpoint_exchange (self->office);
}

static void
tear_down (Scene *self, gconstpointer data)
{
  desk_close (self->department);
  desk_close (self->board);
  desk_close (self->office);
  endpoint_free (self->endpoint);
  g_free (self->anna);
}

static guint
n_asked (TdDesk *desk)
{
  g_autoptr (GListModel) list = td_desk_dossiers (desk, TD_LIST_ASKED);

  return g_list_model_get_n_items (list);
}

static void
undo (Scene *self)
{
  desk_do (self->board, "undo", self->anna, "reason", "Hỏi nhầm hồ sơ", NULL);
  endpoint_exchange (self->board);
}

static void
go_on (Scene *self)
{
  desk_do (self->board, "assign", self->anna, "person", "Đặng Văn Ban", NULL);
  endpoint_exchange (self->board);
}

static guint
n_links (Scene *self, TdDesk *desk)
{
  g_autoptr (GListModel) links = td_desk_chain (desk, self->anna);

  return g_list_model_get_n_items (links);
}

static void
test_told (Scene *self, gconstpointer data)
{
  guint links;

  g_assert_cmpuint (n_asked (self->office), ==, 1);
  undo (self);
  endpoint_exchange (self->office);
  g_assert_cmpuint (n_asked (self->office), ==, 0);
  links = n_links (self, self->office);
  go_on (self);
  endpoint_exchange (self->office);
  g_assert_cmpuint (n_links (self, self->office), ==, links);
}

static void
test_from_nothing (Scene *self, gconstpointer data)
{
  TdDesk *fresh;

  undo (self);
  go_on (self);
  fresh = endpoint_desk (self->endpoint, "fresh.db", "van-phong-tinh-uy", "R", "Cao Văn Máy Mới");
  endpoint_exchange (fresh);
  g_assert_null (td_desk_dossier (fresh, self->anna));
  g_assert_cmpuint (n_links (self, fresh), ==, 0);
  desk_close (fresh);
  fresh = endpoint_desk (self->endpoint, "own.db", "so-y-te", "OL", "Cao Văn Máy Mới");
  endpoint_exchange (fresh);
  g_assert_cmpuint (n_links (self, fresh), ==, n_links (self, self->board));
  desk_close (fresh);
}

static void
test_behind (Scene *self, gconstpointer data)
{
  guint links = n_links (self, self->office);

  undo (self);
  go_on (self);
  endpoint_exchange (self->office);
  g_assert_cmpuint (n_links (self, self->office), <=, links);
}

/* Asked once more, it sees it as everybody does. */
static void
test_asked_again (Scene *self, gconstpointer data)
{
  undo (self);
  endpoint_exchange (self->office);
  desk_do (self->board, "ask", self->anna, "body", "van-phong-tinh-uy", NULL);
  endpoint_exchange (self->board);
  endpoint_exchange (self->office);
  g_assert_cmpuint (n_asked (self->office), ==, 1);
  g_assert_cmpuint (n_links (self, self->office), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/unasked/" path, Scene, NULL, set_up, function, tear_down)
  ADD ("told", test_told);
  ADD ("from-nothing", test_from_nothing);
  ADD ("behind", test_behind);
  ADD ("asked-again", test_asked_again);
  return g_test_run ();
}
