/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <string.h>

#include "dossier/crypto.h"

/* Campaign and units file: fetched when the endpoint tells other digests than
 * ours, and kept only when they are those bytes and can be read. */

static const char *const names[] = { "campaign", "units" };
static const char *const paths[] = { "/v1/campaign", "/v1/units" };

typedef struct
{
  TdExchange *exchange;
  guint which;
} Fetch;

static gboolean
is_readable (guint which, const char *data, gsize length)
{
  g_autoptr (TdCampaign) campaign = NULL;
  g_autoptr (TdUnits) units = NULL;

  if (which == 0)
    campaign = td_campaign_parse (data, (gssize)length, NULL);
  else
    units = td_units_parse (data, (gssize)length, NULL);
  return campaign != NULL || units != NULL;
}

static gboolean
is_good (TdExchange *self, guint which, const TdReply *reply)
{
  gsize length;
  const char *data = g_bytes_get_data (reply->body, &length);
  g_autofree char *digest = NULL;

  if (reply->status != 200 || !reply->ours || data == NULL)
    return FALSE;
  digest = td_digest (data, (gssize)length);
  return strcmp (digest, self->told[which]) == 0 && is_readable (which, data, length);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (TdExchange) self = fetch->exchange;
  guint which = fetch->which;
  g_autoptr (GError) error = NULL;
  TdReply *reply = td_http_send_finish (result, &error);

  g_free (fetch);
  self->fetching--;
  if (reply == NULL || td_result_cancelled (result))
    {
      td_reply_free (reply);
      return;
    }
  if (!is_good (self, which, reply))
    g_warning ("the endpoint's %s file can't be used; the one here stays", names[which]);
  else if (!td_store_set_document (self->store, names[which], reply->body, &error))
    td_exchange_fail (self, g_steal_pointer (&error));
  else
    g_signal_emit_by_name (self, "catalogue");
  td_reply_free (reply);
}

static void
fetch_one (TdExchange *self, guint which)
{
  g_autofree char *present = td_store_document_digest (self->store, names[which]);
  g_autoptr (SoupMessage) message = NULL;
  Fetch *fetch;

  if (!td_is_hex (self->told[which], TD_DIGEST_LENGTH) || strcmp (present, self->told[which]) == 0)
    return;
  message = td_http_message ("GET", self->endpoint, paths[which], self->token);
  if (message == NULL)
    return;
  fetch = g_new0 (Fetch, 1);
  fetch->exchange = g_object_ref (self);
  fetch->which = which;
  self->fetching++;
  td_http_send_async (self->records, message, TD_CATALOGUE_MAX, self->cancellable, on_file, fetch);
}

void
td_exchange_fetch (TdExchange *self, const char *campaign, const char *units)
{
  /* What is under way is left to come; the next answer asks again. */
  if (self->fetching > 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_free (self->told[i]);
      self->told[i] = g_strdup (i == 0 ? campaign : units);
      fetch_one (self, i);
    }
}
