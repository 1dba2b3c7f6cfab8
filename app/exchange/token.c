/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/driver.h"

#include <libsecret/secret.h>

/* The token goes to the secret service of the session where there is one, else it
 * stays in the data base, which only its owner may read. A service that is missing
 * when the token is to be kept is no reason to stop; one that fails when the token
 * is needed is told apart from one that has none. THIDUA_SECRETS=no keeps
 * everything in the data base. */

static const SecretSchema schema
    = { "vn.thidua.HoSo.token", SECRET_SCHEMA_NONE, { { "key", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } } };

static gboolean
has_service (void)
{
  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL && g_strcmp0 (g_getenv ("THIDUA_SECRETS"), "no") != 0;
}

typedef struct
{
  char *key;
  char *token;
} Secret;

static void
secret_free (gpointer data)
{
  Secret *self = data;

  g_free (self->key);
  secret_password_free (self->token);
  g_free (self);
}

static GTask *
make_task (TdStore *store, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Secret *secret = g_new0 (Secret, 1);

  secret->key = g_strdup (td_store_key (store));
  secret->token = g_strdup (token);
  g_task_set_task_data (task, secret, secret_free);
  return task;
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Secret *secret = data;
  GError *error = NULL;
  char *found = secret_password_lookup_sync (&schema, cancellable, &error, "key", secret->key, NULL);

  if (error != NULL)
    {
      g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_SECRET, "%s", error->message);
      g_error_free (error);
      return;
    }
  g_task_return_pointer (task, g_strdup (found != NULL ? found : ""), g_free);
  secret_password_free (found);
}

void
td_token_load_async (TdStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (store, NULL, cancellable, callback, data);
  g_autofree char *token = td_store_token (store);

  g_task_set_source_tag (task, td_token_load_async);
  if (*token != '\0')
    g_task_return_pointer (task, g_steal_pointer (&token), g_free);
  else if (has_service ())
    g_task_run_in_thread (task, load_thread);
  else
    g_task_return_new_error (task, TD_EXCHANGE_ERROR, TD_EXCHANGE_ERROR_SECRET, "no session bus");
}

char *
td_token_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Secret *secret = data;

  g_task_return_boolean (task, secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "Hồ sơ Thi đua",
                                                           secret->token, cancellable, NULL, "key", secret->key, NULL));
}

void
td_token_keep_async (
    TdStore *store, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (store, token, cancellable, callback, data);

  g_task_set_source_tag (task, td_token_keep_async);
  if (has_service ())
    g_task_run_in_thread (task, keep_thread);
  else
    g_task_return_boolean (task, FALSE);
}

gboolean
td_token_keep_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
