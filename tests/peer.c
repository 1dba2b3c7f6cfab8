/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "temporary.h"

#include "dossier/crypto.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *scope;
  char *kind;
  char *id;
  gint64 q;
} Shown;

typedef struct
{
  char *unit;
  char *life;
  char *tip;
  gint64 n;
} Chain;

typedef struct
{
  char *digest;
  TdSyncVerdict *verdict;
} Decided;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->scope);
  g_free (shown->kind);
  g_free (shown->id);
  g_free (shown);
}

static void
chain_free (gpointer data)
{
  Chain *chain = data;

  g_free (chain->unit);
  g_free (chain->life);
  g_free (chain->tip);
  g_free (chain);
}

static void
decided_free (gpointer data)
{
  Decided *decided = data;

  g_free (decided->digest);
  td_sync_verdict_free (decided->verdict);
  g_free (decided);
}

static gboolean
file_whole (gpointer data, const char *sha)
{
  return g_hash_table_contains (((Peer *)data)->whole, sha);
}

static GBytes *
read_data (const char *folder, const char *name)
{
  const char *root = g_getenv ("TD_DATADIR");
  g_autofree char *path = g_build_filename (root == NULL ? "data" : root, folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

Peer *
peer_new (void)
{
  static const char *const migrations[] = { TD_ENTITIES_SCHEMA, NULL };
  static const TdDbSchema schema = { 1, migrations, FALSE, NULL, NULL };
  Peer *self = g_new0 (Peer, 1);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text;

  self->files[0] = read_data ("campaigns", "hau-giang-2025.json");
  self->files[1] = read_data ("units", "hau-giang-2024.json");
  text = g_bytes_get_data (self->files[0], &length);
  self->campaign = td_campaign_parse (text, (gssize)length, &error);
  g_assert_no_error (error);
  self->digests[0] = td_digest (text, (gssize)length);
  text = g_bytes_get_data (self->files[1], &length);
  self->units = td_units_parse (text, (gssize)length, &error);
  g_assert_no_error (error);
  self->digests[1] = td_digest (text, (gssize)length);
  self->db = td_db_open (NULL, &schema, &error);
  g_assert_no_error (error);
  td_entities_init (&self->entities, self->db, file_whole, self);
  self->state = td_entities_state (&self->entities);
  self->shown = g_ptr_array_new_with_free_func (shown_free);
  self->devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, chain_free);
  self->verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, decided_free);
  self->whole = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->blobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  self->incarnation = g_strdup ("e1");
  self->day = g_strdup ("2025-07-08");
  return self;
}

void
peer_free (Peer *self)
{
  td_campaign_unref (self->campaign);
  td_units_unref (self->units);
  td_state_free (self->state);
  td_entities_clear (&self->entities);
  td_db_free (self->db);
  for (guint i = 0; i < G_N_ELEMENTS (self->files); i++)
    {
      g_bytes_unref (self->files[i]);
      g_free (self->digests[i]);
    }
  g_ptr_array_unref (self->shown);
  g_hash_table_unref (self->devices);
  g_hash_table_unref (self->verdicts);
  g_hash_table_unref (self->whole);
  g_hash_table_unref (self->blobs);
  g_free (self->incarnation);
  g_free (self->day);
  g_free (self);
}

const char *
peer_unit_key (Peer *self, const char *unit_code)
{
  const TdUnit *unit = td_units_by_code (self->units, unit_code, td_date_parse_iso (self->day));

  g_assert_nonnull (unit);
  return unit->key;
}

/* ---- writing ---------------------------------------------------------------------- */

static void
keep_shown (gpointer data, const char *scope, const char *kind, const char *id)
{
  Peer *self = data;
  Shown *shown = g_new0 (Shown, 1);

  shown->scope = g_strdup (scope);
  shown->kind = g_strdup (kind);
  shown->id = g_strdup (id);
  shown->q = self->q;
  g_ptr_array_add (self->shown, shown);
}

static void
commit (Peer *self)
{
  g_autoptr (GError) error = NULL;

  td_entities_write (&self->entities, self->state, self->q, &error);
  g_assert_no_error (error);
  td_state_each_shown (self->state, keep_shown, self);
  td_state_forget (self->state);
}

void
peer_admit (Peer *self, TdStore *store, const char *unit_code, const char *roles)
{
  const char *unit = peer_unit_key (self, unit_code);
  Chain *chain = g_new0 (Chain, 1);
  g_autoptr (GError) error = NULL;

  self->q++;
  td_state_add_device (self->state, td_store_key (store), unit, roles);
  td_state_show (self->state, "*", "device", td_store_key (store));
  commit (self);
  chain->unit = g_strdup (unit);
  chain->life = g_strdup ("");
  chain->tip = g_strdup (TD_CHAIN_START);
  g_hash_table_replace (self->devices, g_strdup (td_store_key (store)), chain);
  td_store_enroll (store, "http://127.0.0.1:1", unit, roles, "", &error);
  g_assert_no_error (error);
}

static void
keep_step (Peer *self, const TdOperation *operation, const char *key, const Chain *chain, const char *sig)
{
  g_autoptr (JsonObject) json = json_object_new ();

  json_object_set_string_member (json, "key", key);
  json_object_set_string_member (json, "unit", chain->unit);
  json_object_set_string_member (json, "body", operation->body);
  json_object_set_string_member (json, "sig", sig);
  json_object_set_int_member (json, "q", self->q);
  json_object_set_int_member (json, "at", 1751941200);
  json_object_set_string_member (json, "day", self->day);
  td_state_put (self->state, "step", operation->id, json, NULL);
}

static TdSyncVerdict *
copy_verdict (const TdSyncVerdict *from, gint64 i)
{
  TdSyncVerdict *verdict = td_sync_verdict_new ();

  g_free (verdict->id);
  g_free (verdict->code);
  g_free (verdict->detail);
  g_strfreev (verdict->beside);
  verdict->i = i;
  verdict->id = g_strdup (from->id);
  verdict->ok = from->ok;
  verdict->code = g_strdup (from->code);
  verdict->detail = g_strdup (from->detail);
  verdict->q = from->q;
  verdict->beside = g_strdupv (from->beside);
  return verdict;
}

static Decided *
decide (Peer *self, const char *key, Chain *chain, const TdOperation *operation, const TdSyncOp *op)
{
  TdContext context = { self->campaign, self->units, key, td_date_parse_iso (self->day), 1751941200, ++self->q, FALSE };
  g_autoptr (TdOutcome) outcome = NULL;
  Decided *decided = g_new0 (Decided, 1);
  TdSyncVerdict *verdict = td_sync_verdict_new ();

  if (operation->kind != TD_OP_EDIT)
    g_assert_true (td_verify (key, operation->digest, op->sig));
  outcome = td_apply (self->state, operation, &context);
  verdict->ok = outcome->ok;
  g_free (verdict->id);
  verdict->id = g_strdup (operation->id);
  g_free (verdict->code);
  verdict->code = g_strdup (outcome->code);
  g_free (verdict->detail);
  verdict->detail = g_strdup (outcome->detail);
  verdict->q = self->q;
  g_ptr_array_add (outcome->beside, NULL);
  g_strfreev (verdict->beside);
  verdict->beside = g_strdupv ((char **)outcome->beside->pdata);
  if (outcome->ok && operation->kind != TD_OP_EDIT)
    keep_step (self, operation, key, chain, op->sig);
  commit (self);
  decided->digest = g_strdup (operation->digest);
  decided->verdict = verdict;
  g_hash_table_replace (self->verdicts, g_strdup (operation->id), decided);
  return decided;
}

static void
take_op (Peer *self, const char *key, Chain *chain, const TdSyncOp *op, TdSyncAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOperation) operation = td_operation_parse (op->body, -1, &error);
  Decided *decided;

  g_assert_no_error (error);
  if (op->i > chain->n)
    {
      g_assert_cmpint (op->i, ==, chain->n + 1);
      g_assert_cmpstr (op->prev, ==, chain->tip);
      g_free (chain->tip);
      chain->tip = td_chain_next (op->prev, chain->life, op->i, operation->digest);
      chain->n = op->i;
    }
  decided = g_hash_table_lookup (self->verdicts, operation->id);
  if (decided == NULL)
    decided = decide (self, key, chain, operation, op);
  g_assert_cmpstr (decided->digest, ==, operation->digest);
  g_ptr_array_add (answer->res, copy_verdict (decided->verdict, op->i));
}

/* ---- reading ------------------------------------------------------------------------ */

static gint64
after_of (Peer *self, const char *cursor, gboolean *gone)
{
  const char *dot = strrchr (cursor, '.');
  g_autofree char *incarnation = dot == NULL ? NULL : g_strndup (cursor, (gsize)(dot - cursor));

  *gone = *cursor != '\0' && g_strcmp0 (incarnation, self->incarnation) != 0;
  return dot == NULL ? 0 : g_ascii_strtoll (dot + 1, NULL, 10);
}

/* The place where each entity was last shown to @unit. */
static GHashTable *
last_shown (Peer *self, const char *unit)
{
  GHashTable *last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->shown->len; i++)
    {
      Shown *shown = self->shown->pdata[i];

      if (strcmp (shown->scope, "*") == 0 || strcmp (shown->scope, unit) == 0)
        g_hash_table_replace (last, g_strdup_printf ("%s\n%s", shown->kind, shown->id), shown);
    }
  return last;
}

static void
add_change (Peer *self, const Shown *shown, TdSyncAnswer *answer)
{
  g_autofree char *body = td_entities_body (&self->entities, shown->kind, shown->id);
  g_autoptr (JsonObject) json = NULL;

  g_assert_nonnull (body);
  json = td_json_parse_object (body, -1, 16 * 1024 * 1024, NULL);
  g_ptr_array_add (answer->ch, td_sync_change_new (shown->q, shown->kind, shown->id, json));
}

static void
pull (Peer *self, const char *unit, gint64 after, TdSyncAnswer *answer)
{
  g_autoptr (GHashTable) last = last_shown (self, unit);
  gint64 reached = self->q;

  for (guint i = 0; i < self->shown->len && !answer->more; i++)
    {
      Shown *shown = self->shown->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s\n%s", shown->kind, shown->id);

      if (shown->q <= after || g_hash_table_lookup (last, name) != shown)
        continue;
      /* A page ends between two operations, never inside one. */
      answer->more = self->page != 0 && answer->ch->len >= self->page && shown->q > reached;
      if (answer->more)
        break;
      add_change (self, shown, answer);
      reached = shown->q;
    }
  if (!answer->more)
    reached = self->q;
  g_free (answer->cur);
  answer->cur = g_strdup_printf ("%s.%" G_GINT64_FORMAT, self->incarnation, reached);
}

static void
list_needed (Peer *self, const char *unit, TdSyncAnswer *answer)
{
  g_autofree char *term = g_strconcat ("owner:", unit, NULL);
  g_autoptr (GPtrArray) ids = td_state_list (self->state, "record", term);
  GPtrArray *need = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      TdRecord *record = td_state_record (self->state, ids->pdata[i]);
      g_autoptr (GPtrArray) keys = td_record_keys (record, "file");

      for (guint k = 0; k < keys->len; k++)
        {
          g_autofree char *path = g_strdup_printf ("file/%s/sha", (char *)keys->pdata[k]);
          g_autofree char *sha = td_record_text (record, path);

          if (*sha != '\0' && !g_hash_table_contains (self->whole, sha))
            g_ptr_array_add (need, g_steal_pointer (&sha));
        }
    }
  g_ptr_array_add (need, NULL);
  g_strfreev (answer->need);
  answer->need = (char **)g_ptr_array_free (need, FALSE);
}

static TdProblem *
check_chain (Chain *chain, const TdSyncRequest *request)
{
  TdSyncOp *first = request->ops->len > 0 ? request->ops->pdata[0] : NULL;
  TdProblem *problem;

  if (strcmp (chain->life, request->life) != 0 && (first == NULL || first->i == 1))
    {
      g_free (chain->life);
      chain->life = g_strdup (request->life);
      g_free (chain->tip);
      chain->tip = g_strdup (TD_CHAIN_START);
      chain->n = 0;
    }
  if (strcmp (chain->life, request->life) == 0 && request->n <= chain->n && (first == NULL || first->i <= chain->n + 1))
    return NULL;
  problem = td_problem_new (409, "op-gap", "");
  problem->n = strcmp (chain->life, request->life) == 0 ? chain->n : 0;
  return problem;
}

TdSyncAnswer *
peer_answer (Peer *self, const char *key, const TdSyncRequest *request, TdProblem **problem)
{
  Chain *chain = g_hash_table_lookup (self->devices, key);
  g_autoptr (TdSyncAnswer) answer = td_sync_answer_new ();
  gboolean gone;
  gint64 after = after_of (self, request->cur, &gone);

  self->requests++;
  g_assert_nonnull (chain);
  if (gone)
    {
      *problem = td_problem_new (410, "cursor-gone", "");
      return NULL;
    }
  *problem = check_chain (chain, request);
  if (*problem != NULL)
    return NULL;
  if (request->ops->len > 0)
    g_assert_true (td_verify (key, request->tip, request->sig));
  for (guint i = 0; i < request->ops->len; i++)
    take_op (self, key, chain, request->ops->pdata[i], answer);
  if (request->ops->len > 0 && chain->n == ((TdSyncOp *)request->ops->pdata[request->ops->len - 1])->i)
    g_assert_cmpstr (chain->tip, ==, request->tip);
  pull (self, chain->unit, after, answer);
  list_needed (self, chain->unit, answer);
  answer->n = chain->n;
  answer->t = 1751941200;
  answer->practice = TRUE;
  g_free (answer->k);
  answer->k = g_strdup (request->k);
  g_free (answer->day);
  answer->day = g_strdup (self->day);
  g_free (answer->head);
  answer->head = g_strdup (TD_CHAIN_START);
  g_free (answer->campaign);
  answer->campaign = g_strdup (self->digests[0]);
  g_free (answer->units);
  answer->units = g_strdup (self->digests[1]);
  return g_steal_pointer (&answer);
}

void
peer_forget (Peer *self)
{
  td_state_forget (self->state);
  g_assert_true (td_db_script (self->db, "DELETE FROM term; DELETE FROM entity;", NULL));
  g_hash_table_remove_all (self->verdicts);
  g_hash_table_remove_all (self->devices);
  g_ptr_array_set_size (self->shown, 0);
  g_free (self->incarnation);
  self->incarnation = g_strdup ("e2");
}

/* ---- a desk's side ---------------------------------------------------------------------- */

TdSyncRequest *
peer_request (TdStore *store, gsize max)
{
  TdSyncRequest *request = td_sync_request_new ();
  g_autoptr (GError) error = NULL;
  char *tip = NULL;

  g_ptr_array_unref (request->ops);
  request->ops = td_store_seal (store, max, &tip, &error);
  g_assert_no_error (error);
  g_free (request->life);
  request->life = g_strdup (td_store_life (store));
  request->n = td_store_acknowledged (store);
  g_free (request->cur);
  request->cur = td_store_get (store, TD_META_CURSOR);
  g_free (request->k);
  request->k = g_strdup ("0123abcd");
  g_free (request->tip);
  request->tip = tip;
  g_free (request->sig);
  request->sig = request->ops->len > 0 ? td_store_sign (store, tip) : g_strdup ("");
  return request;
}

void
peer_exchange (Peer *self, TdStore *store)
{
  gboolean more = TRUE;

  for (guint round = 0; more; round++)
    {
      g_autoptr (TdSyncRequest) request = peer_request (store, 32 * 1024);
      g_autoptr (TdProblem) problem = NULL;
      g_autoptr (TdSyncAnswer) answer = peer_answer (self, td_store_key (store), request, &problem);
      g_autoptr (GError) error = NULL;
      guint waiting = 0;

      g_assert_cmpuint (round, <, 100);
      g_assert_null (problem);
      td_store_apply_answer (store, answer, NULL, &error);
      g_assert_no_error (error);
      td_store_waiting (store, &waiting, NULL, NULL);
      more = answer->more || waiting > 0;
    }
}

/* ---- boxes --------------------------------------------------------------------------------- */

void
box_open (Box *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("thidua-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "desk.db", NULL);
  self->store = td_store_open (self->path, &error);
  g_assert_no_error (error);
}

void
box_reopen (Box *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->store, td_store_close);
  self->store = td_store_open (self->path, &error);
  g_assert_no_error (error);
}

void
box_clear (Box *self)
{
  g_clear_pointer (&self->store, td_store_close);
  remove_tree (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}

char *
box_id (void)
{
  static guint counter;
  guint8 random[10] = { 0 };

  counter++;
  random[8] = (guint8)(counter >> 8);
  random[9] = (guint8)counter;
  return td_uuid7 (g_get_real_time () / 1000, random);
}

void
box_edit (Box *self, const char *owner, const char *record, const char *path, const char *old, const char *value)
{
  g_autofree char *before = old == NULL ? NULL : td_json_canonical_string (old);
  g_autofree char *after = value == NULL ? NULL : td_json_canonical_string (value);
  TdEditOf of = { record, "nomination", owner, record };
  TdChange change = { path, before, after };
  g_autoptr (GError) error = NULL;

  td_store_edit (self->store, &of, &change, 1, NULL, &error);
  g_assert_no_error (error);
}

char *
box_view_text (Box *self, Peer *peer, const char *record, const char *path)
{
  g_autoptr (TdState) state = td_store_view (self->store, peer->campaign, peer->units, TD_DATE_NONE);
  TdRecord *found = td_state_record (state, record);

  return found == NULL ? NULL : td_record_text (found, path);
}

guint
box_waiting (Box *self)
{
  guint waiting = 0;

  td_store_waiting (self->store, &waiting, NULL, NULL);
  return waiting;
}

char *
box_file (Box *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}
