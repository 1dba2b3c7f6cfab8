/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/arrivals.h"

#include "dossier/crypto.h"

#include <string.h>

/* What can be said of an operation from its bytes alone, before anything is judged. */

gboolean
td_arrivals_linked (const char *key, const TdSyncRequest *request, GPtrArray *chains, TdProblem **problem)
{
  const char *before = request->ops->len == 0 ? "" : ((TdSyncOp *)request->ops->pdata[0])->prev;

  for (guint i = 0; i < request->ops->len; i++)
    {
      const TdSyncOp *op = request->ops->pdata[i];

      if (strcmp (op->prev, before) != 0)
        {
          *problem = td_problem_new (422, "op-chain", "an envelope does not follow the one before it");
          return FALSE;
        }
      g_ptr_array_add (chains, td_chain_next (op->prev, request->life, op->i, op->digest));
      before = chains->pdata[i];
    }
  if (request->ops->len == 0 || (strcmp (request->tip, before) == 0 && td_verify (key, request->tip, request->sig)))
    return TRUE;
  *problem = td_problem_new (422, "op-chain", "the tip or its signature is wrong");
  return FALSE;
}

void
td_arrival_clear (TdArrived *self)
{
  g_clear_pointer (&self->operation, td_operation_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
}

static char *
readable_id (const char *body)
{
  g_autoptr (JsonObject) json = td_json_parse_object (body, -1, TD_STEP_MAX, NULL);
  const char *id = td_json_string (json, "id");

  return g_strdup (td_is_uuid (id) ? id : "");
}

static const char *
refusal_of (const GError *error)
{
  if (g_error_matches (error, TD_OPERATION_ERROR, TD_OPERATION_ERROR_KIND))
    return "kind";
  if (g_error_matches (error, TD_OPERATION_ERROR, TD_OPERATION_ERROR_LIMITS)
      || g_error_matches (error, TD_JSON_ERROR, TD_JSON_ERROR_TOO_LARGE)
      || g_error_matches (error, TD_JSON_ERROR, TD_JSON_ERROR_TOO_DEEP))
    return "limits";
  return "format";
}

static gboolean
is_signed (const char *key, const TdOperation *operation, const char *sig)
{
  return operation->kind == TD_OP_EDIT || td_verify (key, operation->digest, sig);
}

/* What can't be attributed to its id must not use the id up: a body without a
 * readable one, or whose signature isn't this device's, is stored under a name
 * made from what came. */
void
td_arrival_read (const char *key, const char *body, const char *sig, TdArrived *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *made = NULL;

  *self = (TdArrived){ NULL };
  self->operation = td_operation_parse (body, -1, &error);
  self->id = self->operation == NULL ? readable_id (body) : g_strdup (self->operation->id);
  if (self->operation == NULL)
    self->refusal = refusal_of (error);
  else if (!is_signed (key, self->operation, sig))
    {
      self->refusal = "format";
      self->detail = "sig";
    }
  if (*self->id != '\0' && self->detail == NULL)
    self->name = g_strdup (self->id);
  else
    {
      digest = td_digest (body, -1);
      made = g_strjoin ("\n", key, sig, digest, NULL);
      self->name = td_uuid_named (made);
    }
}
