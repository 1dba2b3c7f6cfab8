/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "served-fixture.h"

#include "endpoint/import.h"
#include "endpoint/revoke.h"
#include "store/sealed.h"
#include "temporary.h"
#include "wire/gzip.h"

#include <glib/gstdio.h>
#include <string.h>

/* POST /v1/import (data/exchange.md 15.5): what is refused and by which word, that nothing of it counts, and that the
 * carrier decides nothing. */

typedef struct
{
  Served served;
  Device *carrier; /* of the level above */
  char *stick;
} Scene;

static void
set_up (Scene *self, gconstpointer data)
{
  served_set_up (&self->served, "later");
  self->carrier = device_enrolled (self->served.world, 3, "935", "OL");
  self->stick = g_dir_make_tmp ("thidua-stick-XXXXXX", NULL);
}

static void
tear_down (Scene *self, gconstpointer data)
{
  device_free (self->carrier);
  served_tear_down (&self->served, data);
  remove_tree (self->stick);
  g_free (self->stick);
}

static gint64
last_q (const Scene *self)
{
  TdJournal *journal = td_centre_journal (self->served.world->centre);

  return journal->last_q (journal);
}

static void
put (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* ---- writing one --------------------------------------------------------------------------------- */

static void
note (Device *device, const char *text)
{
  g_autofree char *record = ledger_id (device, "events");
  g_autofree char *body = edit_body (device, NULL, record, "events", "interim/document", NULL, text);

  device_seal (device, body, NULL);
}

static TdBundle *
begin_bundle (Device *device)
{
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);

  put (&bundle->set, "0123456789abcdef0123456789abcdef");
  put (&bundle->unit, device->unit);
  put (&bundle->campaign, td_campaign_id (td_centre_campaign (device->world->centre)));
  put (&bundle->life, device->life);
  bundle->part = bundle->parts = 1;
  bundle->created = device->world->moment.now;
  g_strfreev (bundle->recipients);
  bundle->recipients = g_new0 (char *, 2);
  bundle->recipients[0] = g_strdup (td_centre_key (device->world->centre));
  return bundle;
}

static void
add_request (TdBundle *bundle, const TdSyncRequest *request)
{
  GError *error = NULL;
  g_autoptr (GBytes) plain = td_sync_request_write (request, &error);

  g_assert_no_error (error);
  td_bundle_add (bundle, TD_ENTRY_REQUEST, td_gzip (plain));
}

/* All that is pending, as a desk packs it. */
static TdBundle *
pack (Device *device)
{
  TdBundle *bundle = begin_bundle (device);
  g_autoptr (TdSyncRequest) request = device_request (device);

  add_request (bundle, request);
  return bundle;
}

/* The file; takes the bundle. */
static GBytes *
seal (const Scene *self, Device *device, TdBundle *taken)
{
  g_autoptr (TdBundle) bundle = taken;
  g_autofree char *path = g_build_filename (self->stick, "a.hsb", NULL);
  TdSealedKey key = { device->key, device->secret };
  GError *error = NULL;
  char *bytes;
  gsize length;

  td_sealed_write (path, bundle, &key, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return g_bytes_new_take (bytes, length);
}

/* ---- sending one ------------------------------------------------------------------------------------ */

static char *
upload (Scene *self, Device *carrier, GBytes *file)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  char *sha = td_digest (data, (gssize)length);
  g_autofree char *path = g_strconcat ("/v1/blob/", sha, NULL);

  expect_reply (served_ask (&self->served, carrier, "POST", path, "", file), 201, "");
  return sha;
}

static Reply *
import (Scene *self, Device *carrier, const char *sha)
{
  g_autofree char *text = g_strdup_printf ("{\"sha\":\"%s\"}", sha);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return served_ask (&self->served, carrier, "POST", "/v1/import", JSON_LINE, body);
}

/* Uploaded and handed in by the carrier: 422 with that word. The server is stopped before and after. */
static void
expect_refused (Scene *self, GBytes *taken, const char *detail)
{
  g_autoptr (GBytes) file = taken;
  g_autofree char *sha = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autoptr (TdProblem) problem = NULL;
  g_autofree char *type = NULL;
  gint64 q = last_q (self);

  served_start (&self->served);
  sha = upload (self, self->carrier, file);
  reply = import (self, self->carrier, sha);
  served_assert_alive (&self->served);
  served_stop (&self->served);
  type = reply_type (reply);
  problem = td_problem_read (reply->body, NULL);
  g_assert_cmpuint (reply->status, ==, 422);
  g_assert_cmpstr (type, ==, "urn:hs:package");
  g_assert_cmpstr (problem->detail, ==, detail);
  g_assert_cmpint (last_q (self), ==, q);
  g_assert_cmpuint (served_count (&self->served, "packages"), ==, 0);
}

/* ---- what is no package for this centre ------------------------------------------------------------- */

static void
test_bytes (Scene *self, gconstpointer data)
{
  Device *commune = self->served.commune;
  g_autoptr (GBytes) good = NULL;
  g_autofree char *wrong = NULL;
  TdBundle *bundle;
  gsize length;

  note (commune, "15/BC-UBND");
  bundle = pack (commune);
  put (&bundle->recipients[0], self->served.neighbour->key);
  expect_refused (self, seal (self, commune, bundle), "recipient");
  expect_refused (self, g_bytes_new_static ("a letter", 8), "foreign");
  good = seal (self, commune, pack (commune));
  length = g_bytes_get_size (good);
  expect_refused (self, g_bytes_new_from_bytes (good, 0, length - 20), "cut");
  wrong = g_memdup2 (g_bytes_get_data (good, NULL), length);
  wrong[length - 40] ^= 1;
  expect_refused (self, g_bytes_new_take (g_steal_pointer (&wrong), length), "damaged");
}

static void
test_manifest (Scene *self, gconstpointer data)
{
  Device *commune = self->served.commune;
  TdBundle *bundle;

  note (commune, "15/BC-UBND");
  bundle = pack (commune);
  put (&bundle->campaign, "hau-giang-2024");
  expect_refused (self, seal (self, commune, bundle), "campaign");
  bundle = pack (commune);
  bundle->kind = TD_BUNDLE_RECEIPT;
  put (&bundle->to, self->carrier->key);
  put (&bundle->of, commune->key);
  expect_refused (self, seal (self, commune, bundle), "kind");
  bundle = pack (commune);
  put (&bundle->life, "00112233445566778899aabbccddeeff");
  expect_refused (self, seal (self, commune, bundle), "damaged");
}

/* ---- whose it is ------------------------------------------------------------------------------------ */

/* Signed by a machine nobody enrolled, though it claims a commune; the carrier's enrolment does not help it. */
static void
test_stranger (Scene *self, gconstpointer data)
{
  Device *stranger = device_new (self->served.world, 9);

  put (&stranger->unit, self->served.commune->unit);
  note (stranger, "15/BC-UBND");
  expect_refused (self, seal (self, stranger, pack (stranger)), "device");
  device_free (stranger);
}

/* One machine's operations in a package another signed: no signature of the chain fits. */
static void
test_others_work (Scene *self, gconstpointer data)
{
  Device *commune = self->served.commune, *neighbour = self->served.neighbour;
  TdBundle *bundle;

  note (commune, "15/BC-UBND");
  bundle = pack (commune);
  put (&bundle->unit, neighbour->unit);
  expect_refused (self, seal (self, neighbour, bundle), "signature");
}

static void
test_chain (Scene *self, gconstpointer data)
{
  Device *commune = self->served.commune;
  g_autoptr (TdSyncRequest) request = NULL;
  TdBundle *bundle = begin_bundle (commune);

  note (commune, "15/BC-UBND");
  request = device_request (commune);
  request->tip[0] = request->tip[0] == 'a' ? 'b' : 'a';
  add_request (bundle, request);
  expect_refused (self, seal (self, commune, bundle), "signature");
  /* A later one alone, before the one it builds on. */
  note (commune, "16/BC-UBND");
  g_ptr_array_remove_index (commune->pending, 0);
  expect_refused (self, seal (self, commune, pack (commune)), "gap");
}

/* Kept aside once, however often it comes; whoever carries it. */
static void
test_revoked (Scene *self, gconstpointer data)
{
  Device *commune = self->served.commune;
  g_autofree char *machine = g_strndup (commune->key, 8);
  g_autofree char *before = NULL, *listed = NULL, *again = NULL;
  GError *error = NULL;

  before = td_centre_devices (self->served.world->centre);
  g_assert_true (td_centre_revoke (self->served.world->centre, machine, &self->served.world->moment, &error));
  g_assert_no_error (error);
  note (commune, "15/BC-UBND");
  expect_refused (self, seal (self, commune, pack (commune)), "revoked");
  listed = td_centre_devices (self->served.world->centre);
  g_assert_cmpstr (listed, !=, before);
  expect_refused (self, seal (self, commune, pack (commune)), "revoked");
  again = td_centre_devices (self->served.world->centre);
  g_assert_cmpstr (again, ==, listed);
}

/* ---- who may hand it in ---------------------------------------------------------------------------- */

static void
test_asked_badly (Scene *self, gconstpointer data)
{
  Device *commune = self->served.commune, *neighbour = self->served.neighbour;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) empty = g_bytes_new_static ("{}", 2);
  g_autofree char *sha = NULL;
  g_autofree char *never = td_digest ("never uploaded", -1);
  gint64 q = last_q (self);

  note (commune, "15/BC-UBND");
  file = seal (self, commune, pack (commune));
  served_start (&self->served);
  sha = upload (self, self->carrier, file);
  expect_reply (import (self, self->carrier, never), 404, "not-found");
  expect_reply (import (self, neighbour, sha), 404, "not-found"); /* another's upload is not there for it */
  expect_reply (import (self, NULL, sha), 401, "token");
  expect_reply (import (self, self->carrier, "../../journal"), 400, "bad-request");
  expect_reply (served_ask (&self->served, self->carrier, "POST", "/v1/import", JSON_LINE, empty), 400, "bad-request");
  served_stop (&self->served);
  g_assert_cmpint (last_q (self), ==, q);
}

/* By any unit's line, twice: the same verdicts, once in the journal, as the one who signed. */
static void
test_taken_in (Scene *self, gconstpointer data)
{
  Device *commune = self->served.commune;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *sha = NULL;
  gint64 q = last_q (self);

  note (commune, "15/BC-UBND");
  file = seal (self, commune, pack (commune));
  served_start (&self->served);
  sha = upload (self, self->served.neighbour, file);
  for (guint again = 0; again < 2; again++)
    {
      g_autoptr (Reply) reply = import (self, self->served.neighbour, sha);
      g_autofree char *path = g_build_filename (self->stick, "receipt.hsb", NULL);
      TdSealedKey key = { commune->key, commune->secret };
      TdSealedKey carrier = { self->served.neighbour->key, self->served.neighbour->secret };
      g_autoptr (TdBundle) receipt = NULL;
      g_autoptr (TdBundle) peeped = NULL;

      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpstr (reply_header (reply, "content-type"), ==, "application/octet-stream");
      g_assert_cmpstr (reply_header (reply, "cache-control"), ==, "no-store");
      g_assert_true (g_file_set_contents (path, g_bytes_get_data (reply->body, NULL),
                                          (gssize)g_bytes_get_size (reply->body), NULL));
      receipt = td_sealed_read (path, &key, NULL, NULL, NULL);
      g_assert_cmpstr (receipt->to, ==, commune->key);
      g_assert_cmpstr (receipt->of, ==, sha);
      peeped = td_sealed_read (path, &carrier, NULL, NULL, NULL);
      g_assert_null (peeped);
    }
  served_stop (&self->served);
  g_assert_cmpint (last_q (self), ==, q + 1);
  g_assert_cmpuint (served_count (&self->served, "packages"), ==, 0);
}

#define ADD(path, function) g_test_add ("/endpoint-packages/" path, Scene, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("bytes", test_bytes);
  ADD ("manifest", test_manifest);
  ADD ("stranger", test_stranger);
  ADD ("others-work", test_others_work);
  ADD ("chain", test_chain);
  ADD ("revoked", test_revoked);
  ADD ("asked-badly", test_asked_badly);
  ADD ("taken-in", test_taken_in);
  return g_test_run ();
}
