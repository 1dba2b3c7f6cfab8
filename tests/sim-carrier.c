/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "endpoint/import.h"
#include "store/packages.h"
#include "store/sealed.h"
#include "wire/gzip.h"

#include <glib/gstdio.h>
#include <string.h>

/* The other carrier: packages on sticks. They are written, lie about, are taken in late, twice, in another order, cut
 * short, or never; the receipt goes back the same way. */

#define REQUEST_BYTES (256 * 1024)

typedef struct
{
  char *path;
  SimDesk *to; /* NULL: for the endpoint */
} Stick;

void
sim_stick_free (gpointer data)
{
  Stick *self = data;

  g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

static void
put (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

static char *
new_path (void)
{
  return g_strdup_printf ("%s/stick-%u.hsb", sim->folder, ++sim->sticks_made);
}

static void
lay_down (const char *path, SimDesk *to)
{
  Stick *stick = g_new0 (Stick, 1);

  stick->path = g_strdup (path);
  stick->to = to;
  g_ptr_array_add (sim->sticks, stick);
}

/* ---- written at a desk (as app/desk/packages-export.c does) ------------------------------------------------------------- */

static GBytes *
request_bytes (TdStore *store, GPtrArray *ops, const char *tip)
{
  g_autoptr (TdSyncRequest) request = td_sync_request_new ();
  g_autoptr (GBytes) plain = NULL;

  g_ptr_array_unref (request->ops);
  request->ops = g_ptr_array_ref (ops);
  put (&request->campaign, td_store_document_digest (store, "campaign"));
  put (&request->life, g_strdup (td_store_life (store)));
  put (&request->cur, td_store_get (store, TD_META_CURSOR));
  put (&request->k, g_strdup_printf ("%08x", g_random_int ()));
  put (&request->tip, g_strdup (tip));
  put (&request->sig, td_store_sign (store, tip));
  request->n = td_store_acknowledged (store);
  request->max = TD_PAGE_MAX;
  plain = td_sync_request_write (request, NULL);
  return plain == NULL ? NULL : td_gzip (plain);
}

/* FALSE: the disk is full, or it died. */
static gboolean
add_requests (TdStore *store, TdBundle *bundle)
{
  gint64 after = td_store_acknowledged (store);

  for (;;)
    {
      g_autofree char *tip = NULL;
      g_autoptr (GPtrArray) ops = td_store_seal_after (store, after, REQUEST_BYTES, &tip, NULL);

      if (ops == NULL || ops->len == 0)
        return ops != NULL;
      after = ((TdSyncOp *)ops->pdata[ops->len - 1])->i;
      bundle->first = bundle->first == 0 ? ((TdSyncOp *)ops->pdata[0])->i : bundle->first;
      bundle->last = after;
      td_bundle_add (bundle, TD_ENTRY_REQUEST, request_bytes (store, ops, tip));
    }
}

static void
add_files (TdStore *store, TdBundle *bundle)
{
  g_autoptr (GPtrArray) waiting = td_store_waiting_files (store);

  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    {
      g_autofree char *path = td_store_file_path (store, waiting->pdata[i]);
      g_autoptr (TdStoredFile) stored = td_store_file (store, waiting->pdata[i]);
      TdBundleEntry *entry = path == NULL ? NULL : td_bundle_entry_new (TD_ENTRY_FILE, stored->sha, stored->size, NULL);

      if (entry == NULL)
        continue;
      entry->path = g_steal_pointer (&path);
      g_ptr_array_add (bundle->entries, entry);
    }
}

void
sim_stick_write (SimDesk *desk)
{
  g_autofree char *secret = td_store_secret (desk->store);
  TdSealedKey key = { desk->key, secret };
  g_autofree char *path = new_path ();
  TdBundle *bundle = td_bundle_new (TD_BUNDLE_UP);
  GError *error = NULL;

  sim->acting = desk->index;
  put (&bundle->set, g_strdup_printf ("%032x", sim->sticks_made));
  put (&bundle->unit, g_strdup (desk->unit));
  put (&bundle->campaign, g_strdup (td_campaign_id (td_centre_campaign (sim->centre))));
  put (&bundle->life, g_strdup (td_store_life (desk->store)));
  put (&bundle->cur, td_store_get (desk->store, TD_META_CURSOR));
  bundle->part = bundle->parts = 1;
  bundle->created = sim_clock (desk->index);
  g_strfreev (bundle->recipients);
  bundle->recipients = g_new0 (char *, 2);
  bundle->recipients[0] = g_strdup (td_centre_key (sim->centre));
  if (add_requests (desk->store, bundle))
    {
      add_files (desk->store, bundle);
      if (!td_sealed_write (path, bundle, &key, NULL, NULL, NULL, &error))
        sim_fail ("progress", "no package can be written: %s", error->message);
      g_clear_error (&error);
      sim_note ("desk %u writes stick %u", desk->index, sim->sticks_made);
      lay_down (path, NULL);
    }
  td_bundle_free (bundle);
}

/* ---- taken in ------------------------------------------------------------------------------------------------------------------ */

static void
take_at_centre (const Stick *stick)
{
  TdMoment moment = { sim_clock (SIM_CENTRE), td_date_parse_iso ("2025-07-08"), TRUE };
  g_autofree char *folder = g_strdup_printf ("%s/machine-%u", sim->folder, SIM_CENTRE);
  g_autofree char *receipt = new_path ();
  TdImported imported = { NULL };
  g_autoptr (TdProblem) problem = NULL;
  gboolean good;

  sim->acting = SIM_CENTRE;
  good = td_centre_import (sim->centre, folder, stick->path, receipt, &moment, &imported, &problem);
  sim_note ("the endpoint takes in %s: %s %u operations", strrchr (stick->path, '/'), good ? "" : problem->detail,
            imported.operations);
  sim_check_journal ();
  sim_check_files (NULL);
  for (guint i = 0; good && i < SIM_DESKS; i++)
    if (strcmp (sim->desks[i].unit, imported.unit) == 0)
      lay_down (receipt, &sim->desks[i]);
  td_imported_clear (&imported);
  sim_centre_revive ();
}

static GPtrArray *
answers_in (SimDesk *desk, const TdBundle *bundle)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify)td_sync_answer_free);

  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];
      g_autoptr (GBytes) plain = NULL;
      TdSyncAnswer *answer;

      if (strcmp (entry->kind, TD_ENTRY_ANSWER) != 0)
        continue;
      plain = td_gunzip (entry->bytes, TD_SYNC_INFLATED_MAX, NULL);
      answer = plain == NULL ? NULL : td_sync_answer_read (plain, NULL);
      if (answer == NULL)
        return NULL;
      sim_check_answer (desk, answer);
      g_ptr_array_add (answers, answer);
    }
  return g_steal_pointer (&answers);
}

static void
take_at_desk (const Stick *stick)
{
  SimDesk *desk = stick->to;
  g_autofree char *secret = td_store_secret (desk->store);
  TdSealedKey key = { desk->key, secret };
  TdBundle *bundle = td_sealed_read (stick->path, &key, NULL, NULL, NULL);
  g_autoptr (GPtrArray) answers = bundle == NULL ? NULL : answers_in (desk, bundle);
  gboolean moved, good = FALSE;

  sim->acting = desk->index;
  if (answers != NULL && strcmp (bundle->to, desk->key) == 0)
    good = td_store_apply_receipt (desk->store, answers, bundle->cur, bundle->life, &moved, NULL);
  sim_note ("desk %u takes in %s: %s", desk->index, strrchr (stick->path, '/'), good ? "good" : "not");
  g_clear_pointer (&bundle, td_bundle_free);
  td_exchange_changed (desk->exchange);
  sim_settle ();
  sim_desk_changed (desk);
}

/* A stick that was pulled too soon. */
static void
cut (const Stick *stick)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (g_file_get_contents (stick->path, &bytes, &length, NULL) && length > 0)
    g_file_set_contents (stick->path, bytes, (gssize)sim_draw ((guint)length), NULL);
}

/* Any of those that lie about, the same one again and again. */
void
sim_stick_take (void)
{
  const Stick *stick = sim->sticks->len == 0 ? NULL : sim->sticks->pdata[sim_draw (sim->sticks->len)];

  if (stick == NULL)
    return;
  if (sim_chance (5))
    cut (stick);
  if (stick->to == NULL)
    take_at_centre (stick);
  else
    take_at_desk (stick);
}
