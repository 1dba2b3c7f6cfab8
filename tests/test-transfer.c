/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "endpoint-fixture.h"
#include "relay-fixture.h"

#include "dossier/crypto.h"
#include "text/i18n.h"

#include <string.h>

/* A scan goes up and down over a line that is cut again and again; what arrived is never sent again. */

#define SCAN_BYTES (3 * 1024 * 1024)
#define CUTS 5
#define TWICE_MOST (64 * 1024) /* of one cut */
#define WORDS_MOST (96 * 1024) /* everything else: headers, records, enrolment */

typedef struct
{
  Endpoint *endpoint;
  Relay *relay;
  TdDesk *desk, *second;
  char *dossier;
  char *sha;
} Transfer;

static void
set_up (Transfer *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->relay = relay_new (self->endpoint->port, NULL);
  g_free (self->endpoint->url);
  self->endpoint->url = g_strdup_printf ("http://127.0.0.1:%u", relay_port (self->relay));
  self->desk = endpoint_desk (self->endpoint, "one.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->second = endpoint_desk (self->endpoint, "two.db", "31447", "OL", "Trần Văn Hai");
}

static void
tear_down (Transfer *self, gconstpointer data)
{
  desk_close (self->desk);
  desk_close (self->second);
  relay_free (self->relay);
  endpoint_free (self->endpoint);
  g_free (self->dossier);
  g_free (self->sha);
}

/* A page of noise, which no packing makes smaller. */
static char *
make_scan (Transfer *self)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree guint32 *words = g_new (guint32, SCAN_BYTES / 4);
  char *path = g_build_filename (self->endpoint->folder, "scan.pdf", NULL);
  GError *error = NULL;

  for (guint i = 0; i < SCAN_BYTES / 4; i++)
    words[i] = g_rand_int (random);
  memcpy (words, "%PDF-1.4\n", 9);
  memcpy ((char *)words + SCAN_BYTES - 6, "%%EOF\n", 6);
  g_file_set_contents (path, (char *)words, SCAN_BYTES, &error);
  g_assert_no_error (error);
  self->sha = td_digest ((char *)words, SCAN_BYTES);
  return path;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
attach_scan (Transfer *self)
{
  g_autofree char *path = make_scan (self);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  self->dossier = td_desk_new_nomination (self->desk, TRUE, &error);
  g_assert_no_error (error);
  td_desk_attach_async (self->desk, self->dossier, "KHAC", file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  td_desk_attach_finish (self->desk, result, &error);
  g_assert_no_error (error);
}

static TdFileItem *
file_of (Transfer *self, TdDesk *desk)
{
  g_autoptr (GListModel) files = td_desk_files (desk, self->dossier);

  g_assert_cmpuint (g_list_model_get_n_items (files), ==, 1);
  return g_list_model_get_item (files, 0);
}

static void
assert_here (Transfer *self, TdDesk *desk)
{
  g_autoptr (TdFileItem) item = file_of (self, desk);
  g_autofree char *bytes = NULL;
  g_autofree char *sha = NULL;
  gsize length;

  g_assert_cmpstr (item->path, !=, "");
  g_assert_true (g_file_get_contents (item->path, &bytes, &length, NULL));
  sha = td_digest (bytes, (gssize)length);
  g_assert_cmpstr (sha, ==, self->sha);
}

/* Exchanges until all is through; the line drops five times on the way. */
static void
exchange_over_cuts (Transfer *self, TdDesk *desk)
{
  guint cuts = 0;

  for (guint i = 0; i < 3 * CUTS; i++)
    {
      relay_cut_after (self->relay, cuts < CUTS ? SCAN_BYTES / (CUTS + 1) : -1);
      td_desk_exchange_wait (desk, NULL);
      if (!relay_was_cut (self->relay))
        break;
      cuts++;
    }
  g_assert_cmpuint (cuts, ==, CUTS);
  relay_cut_after (self->relay, -1);
  endpoint_exchange (desk);
}

static void
test_up (Transfer *self, gconstpointer data)
{
  gint64 before;

  attach_scan (self);
  before = relay_up (self->relay);
  exchange_over_cuts (self, self->desk);
  g_assert_cmpint (relay_up (self->relay) - before, >=, SCAN_BYTES);
  g_assert_cmpint (relay_up (self->relay) - before, <=, SCAN_BYTES + CUTS * TWICE_MOST + WORDS_MOST);
  endpoint_exchange (self->second);
  td_desk_want_file (self->second, self->sha);
  endpoint_exchange (self->second);
  assert_here (self, self->second);
}

/* The desk is killed and the endpoint too in the middle: both go on where they were. */
static void
test_up_over_restarts (Transfer *self, gconstpointer data)
{
  gint64 before;

  attach_scan (self);
  before = relay_up (self->relay);
  relay_cut_after (self->relay, SCAN_BYTES / 2);
  td_desk_exchange_wait (self->desk, NULL);
  g_assert_true (relay_was_cut (self->relay));
  endpoint_reopen (self->endpoint, "one.db", &self->desk);
  endpoint_stop (self->endpoint);
  endpoint_start (self->endpoint);
  relay_cut_after (self->relay, -1);
  endpoint_exchange (self->desk);
  g_assert_cmpint (relay_up (self->relay) - before, <=, SCAN_BYTES + TWICE_MOST + WORDS_MOST);
  endpoint_exchange (self->second);
  td_desk_want_file (self->second, self->sha);
  endpoint_exchange (self->second);
  assert_here (self, self->second);
}

static void
test_down (Transfer *self, gconstpointer data)
{
  gint64 before;

  attach_scan (self);
  endpoint_exchange (self->desk);
  endpoint_exchange (self->second);
  before = relay_down (self->relay);
  td_desk_want_file (self->second, self->sha);
  exchange_over_cuts (self, self->second);
  g_assert_cmpint (relay_down (self->relay) - before, <=, SCAN_BYTES + CUTS * TWICE_MOST + WORDS_MOST);
  assert_here (self, self->second);
}

/* What the unit's other machine has sent already goes up no second time. */
static void
test_known (Transfer *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *dossier = NULL;
  g_autofree char *sha = NULL;
  gint64 before;

  attach_scan (self);
  endpoint_exchange (self->desk);
  dossier = g_steal_pointer (&self->dossier);
  sha = g_steal_pointer (&self->sha);
  before = relay_up (self->relay);
  attach_scan (self);
  endpoint_exchange (self->desk);
  g_assert_cmpint (relay_up (self->relay) - before, <=, WORDS_MOST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  td_i18n_start ();
#define ADD(path, function) g_test_add ("/transfer/" path, Transfer, NULL, set_up, function, tear_down)
  ADD ("up", test_up);
  ADD ("up-over-restarts", test_up_over_restarts);
  ADD ("down", test_down);
  ADD ("known", test_known);
#undef ADD
  return g_test_run ();
}
