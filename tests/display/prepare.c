/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/demo.h"
#include "endpoint-fixture.h"
#include "stick-fixture.h"
#include "text/i18n.h"

#include <glib/gstdio.h>
#include <string.h>

/* prepare FOLDER URL STATE: what a display test begins with, done without a window, over the endpoint at URL that
 * keeps its data in FOLDER/endpoint. The desks' data bases stand in FOLDER afterwards.
 *   returned   the commune's three dossiers are at the district, which received them and returned one person, naming
 *              two fields; its own dossier and its letter are written, nothing is listed yet
 *   handed-in  the district left one person out and handed in the rest; nothing is received at the board
 *   appraised  the board received all, found the two collectives good, and the Party Office agreed to the district's;
 *              the members of the Council are listed
 *   inherited  as handed-in, but the commune's ratings are its predecessor's, so that a person must decide; the board
 *              received its collective
 *   stick      a commune without a line wrote its ledger, enrolled by file, and has handed nothing in; its district has
 *              a line; an enrolment file for another commune stands in FOLDER/stick */

typedef struct
{
  Endpoint endpoint;
  TdDesk *commune, *district, *board, *party;
  char *collective, *anna, *binh, *own;
} Chain;

static void
enrol (Chain *self)
{
  self->commune = endpoint_desk (&self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->district = endpoint_desk (&self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->board = endpoint_desk (&self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
  self->party = endpoint_desk (&self->endpoint, "party.db", "van-phong-tinh-uy", "OLR", "Đỗ Văn Rà Soát");
}

static void
attest (TdDesk *desk, TdDesk *whose)
{
  g_autofree char *registration = td_desk_ledger (whose, "registration");

  desk_do (desk, "attest", registration, "unit", td_desk_unit (whose)->key, "type", "registration", "day", "11/7/2024",
           "time", "08:00", "paper", "15/UBND-NV", NULL);
  endpoint_exchange (desk);
}

static void
receive (TdDesk *desk, const char *dossier)
{
  endpoint_exchange (desk);
  desk_do (desk, "receive", dossier, NULL);
  endpoint_exchange (desk);
}

static void
commune_hands_in (Chain *self)
{
  g_autofree char *letter = NULL;

  desk_fill_ledger (self->commune);
  self->collective = desk_nominate (self->commune, NULL, NULL);
  self->anna = desk_nominate (self->commune, "Nguyễn Thị An", "000000000101");
  self->binh = desk_nominate (self->commune, "Trần Văn Bình", "000000000102");
  letter = desk_write_letter (self->commune, self->collective, self->anna, self->binh, NULL);
  desk_do (self->commune, "submit", NULL, NULL);
  endpoint_exchange (self->commune);
  attest (self->district, self->commune);
  attest (self->board, self->commune);
  attest (self->board, self->district);
}

static void
district_nominates (Chain *self)
{
  desk_fill_ledger (self->district);
  self->own = desk_nominate (self->district, NULL, NULL);
  endpoint_exchange (self->district);
}

static void
district_receives (Chain *self)
{
  receive (self->district, self->collective);
  receive (self->district, self->anna);
  receive (self->district, self->binh);
}

static void
district_returns (Chain *self)
{
  g_autofree char *position = g_strdup_printf ("%s position", self->anna);
  g_autofree char *rating = g_strdup_printf ("%s rating/2023", self->anna);
  g_autofree char *letter = NULL;

  desk_do (self->district, "return", self->anna, "reason", "Ghi lại chức vụ", "field", position, "field", rating, NULL);
  letter = desk_write_letter (self->district, NULL);
}

static void
district_hands_in (Chain *self)
{
  g_autofree char *letter = desk_write_letter (self->district, self->own, self->collective, self->anna, NULL);

  desk_do (self->district, "not_propose", self->binh, "reason", "Chưa đủ thời gian công tác", NULL);
  desk_do (self->district, "submit", NULL, NULL);
  endpoint_exchange (self->district);
}

static void
board_appraises (Chain *self)
{
  GError *error = NULL;

  td_demo_catalogue (self->board, &error);
  g_assert_no_error (error);
  receive (self->board, self->own);
  receive (self->board, self->collective);
  receive (self->board, self->anna);
  desk_do (self->board, "ask", self->own, "body", "van-phong-tinh-uy", NULL);
  desk_do (self->board, "appraise", self->own, "verdict", "pass", NULL);
  desk_do (self->board, "appraise", self->collective, "verdict", "pass", NULL);
  endpoint_exchange (self->board);
  endpoint_exchange (self->party);
  desk_do (self->party, "review", self->own, "verdict", "agree", NULL);
  endpoint_exchange (self->party);
}

static void
commune_inherits (Chain *self)
{
  g_autofree char *ratings = td_desk_ledger (self->commune, "ratings");

  desk_type (self->commune, ratings, "inherited", "Xã Vị Thủy cũ", NULL);
}

/* Its program waits for no line. */
static void
commune_has_no_line (Chain *self)
{
  Stick stick = { &self->endpoint, g_build_filename (self->endpoint.folder, "stick", NULL) };
  g_autofree char *other = g_build_filename (stick.folder, "ghi-danh-31459.json", NULL);
  TdDesk *commune;

  g_assert_cmpint (g_mkdir (stick.folder, 0700), ==, 0);
  /* The file names whom packages are sealed for. */
  self->district = endpoint_desk (&self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  commune = stick_desk_by_file (&stick, "commune.db", "31447", "Nguyễn Thị Ví Dụ");
  desk_fill_ledger (commune);
  desk_close (commune);
  g_assert_true (stick_endpoint_run (&stick, "--make-enrolment", "31459", "OL", "--out", other, NULL));
  g_free (stick.folder);
}

static gboolean
play (Chain *self, const char *state)
{
  static const char *const states[] = { "returned", "handed-in", "appraised", "inherited", "stick", NULL };

  if (!g_strv_contains (states, state))
    return FALSE;
  if (strcmp (state, "stick") == 0)
    {
      commune_has_no_line (self);
      return TRUE;
    }
  enrol (self);
  if (strcmp (state, "inherited") == 0)
    commune_inherits (self);
  commune_hands_in (self);
  district_nominates (self);
  district_receives (self);
  if (strcmp (state, "returned") == 0)
    district_returns (self);
  else
    district_hands_in (self);
  if (strcmp (state, "appraised") == 0)
    board_appraises (self);
  else if (strcmp (state, "inherited") == 0)
    receive (self->board, self->collective);
  return TRUE;
}

static void
close_all (Chain *self)
{
  TdDesk *desks[] = { self->commune, self->district, self->board, self->party };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      if (desks[i] == NULL)
        continue;
      endpoint_exchange (desks[i]);
      td_desk_close (desks[i]);
      g_object_unref (desks[i]);
    }
}

int
main (int argc, char **argv)
{
  Chain chain = { 0 };

  td_i18n_start ();
  if (argc != 4)
    {
      g_printerr ("prepare FOLDER URL STATE\n");
      return 2;
    }
  chain.endpoint.folder = argv[1];
  chain.endpoint.dir = g_build_filename (argv[1], "endpoint", NULL);
  chain.endpoint.url = argv[2];
  chain.endpoint.day = g_strdup ("2025-07-08"); /* as office.py starts it */
  if (!play (&chain, argv[3]))
    {
      g_printerr ("No such state: %s\n", argv[3]);
      return 2;
    }
  close_all (&chain);
  return 0;
}
