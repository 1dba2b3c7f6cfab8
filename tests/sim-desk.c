/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "dossier/crypto.h"
#include "endpoint/admit.h"
#include "store/disk.h"

#include <glib/gstdio.h>
#include <string.h>

/* Desks: opened, killed and opened again on the same data base, and what people do at them. */

static void
expect_room (SimDesk *desk, gboolean good, GError *error)
{
  SimMachine *machine = &sim->machines[desk->index];

  if (!good && !machine->full && !machine->dead)
    sim_fail ("saved", "desk %u: %s", desk->index, error == NULL ? "refused without a word" : error->message);
  g_clear_error (&error);
}

/* ---- opening and closing -------------------------------------------------------------------------------------------- */

static void
start_exchange (SimDesk *desk)
{
  desk->exchange = td_exchange_new (desk->store);
  /* The real one would tell of the network of the machine the tests run on. */
  desk->exchange->monitor = g_object_new (G_TYPE_OBJECT, NULL);
  td_exchange_start (desk->exchange);
  sim_settle ();
}

void
sim_desk_open (SimDesk *desk)
{
  SimMachine *machine = &sim->machines[desk->index];
  GError *error = NULL;

  sim->acting = desk->index;
  machine->dead = FALSE;
  machine->dies_after = 0;
  desk->store = td_store_open (desk->path, &error);
  if (desk->store == NULL && machine->full)
    {
      g_clear_error (&error);
      machine->full = FALSE;
      desk->store = td_store_open (desk->path, &error);
    }
  if (desk->store == NULL)
    g_error ("desk %u does not open: %s", desk->index, error->message);
  if (desk->key != NULL && strcmp (desk->key, td_store_key (desk->store)) != 0)
    { /* a copy of another's, or put back from before it was one */
      g_hash_table_replace (sim->keys, desk->key, desk);
      desk->key = g_strdup (td_store_key (desk->store));
    }
  if (td_store_enrolled (desk->store))
    start_exchange (desk);
}

/* As a kill does: what is not committed is lost, what was asked is never heard. */
void
sim_desk_close (SimDesk *desk)
{
  sim->acting = desk->index;
  if (desk->exchange != NULL)
    td_exchange_detach (desk->exchange);
  sim_line_forget (desk);
  sim_settle ();
  g_clear_object (&desk->exchange);
  sim_bugs_close (desk->store);
  g_clear_pointer (&desk->store, td_store_close);
}

static void
reopen (SimDesk *desk)
{
  sim_desk_close (desk);
  sim_desk_open (desk);
  sim_check_desk (desk, TRUE);
}

/* After anything happened at it. */
void
sim_desk_changed (SimDesk *desk)
{
  if (sim->machines[desk->index].dead)
    {
      sim_note ("desk %u dies over it", desk->index);
      reopen (desk);
    }
  else
    sim_check_desk (desk, FALSE);
}

/* It has another past now. */
static void
forget (SimDesk *desk)
{
  g_hash_table_remove_all (desk->kept);
  g_hash_table_remove_all (desk->typed);
  desk->checked_q = 0;
}

/* From the newest backup: what came after it is forgotten here, and the device begins another life. */
void
sim_desk_restore (SimDesk *desk)
{
  GError *error = NULL;

  sim_desk_close (desk);
  sim->machines[desk->index].full = sim->machines[desk->index].dead = FALSE;
  sim->machines[desk->index].dies_after = 0;
  if (!td_store_restore (desk->path, NULL, &error))
    {
      sim_note ("desk %u has no backup", desk->index);
      g_clear_error (&error);
    }
  else
    {
      sim_note ("desk %u is restored", desk->index);
      forget (desk);
    }
  sim_desk_open (desk);
  sim_check_desk (desk, TRUE);
}

/* ---- a copy of the file, used beside it ------------------------------------------------------------------------------ */

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  td_disk_make_folder (to, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *here = g_build_filename (from, name, NULL);
      g_autofree char *there = g_build_filename (to, name, NULL);

      if (g_file_test (here, G_FILE_TEST_IS_DIR))
        copy_tree (here, there);
      else
        td_disk_copy (here, there, NULL);
    }
}

static gboolean
is_sound (const SimDesk *desk)
{
  const SimMachine *machine = &sim->machines[desk->index];

  return !machine->full && machine->dies_after == 0;
}

/* One whose key this is, or was before it went on with another's file; NULL: nobody's. */
SimDesk *
sim_desk_of (const char *key)
{
  for (guint i = 0; i < SIM_DESKS; i++)
    if (g_strcmp0 (sim->desks[i].key, key) == 0)
      return &sim->desks[i];
  return key == NULL ? NULL : g_hash_table_lookup (sim->keys, key);
}

gboolean
sim_desk_is_copied (const SimDesk *desk)
{
  for (guint i = 0; i < SIM_DESKS; i++)
    if (i != desk->index && g_strcmp0 (sim->desks[i].key, desk->key) == 0)
      return TRUE;
  return FALSE;
}

/* Somebody takes the file of a colleague's machine to his own, and both go on with it. */
void
sim_desk_copy (SimDesk *from, SimDesk *to)
{
  static const char *const beside[] = { "-wal", "-shm" };
  g_autofree char *files = g_strconcat (from->path, ".files", NULL);
  g_autofree char *beside_files = g_strconcat (to->path, ".files", NULL);
  GError *error = NULL;

  if (from == to || strcmp (from->unit, to->unit) != 0 || from->revoked || to->revoked || !is_sound (from)
      || !is_sound (to))
    return;
  sim_desk_close (to);
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (to->path, beside[i], NULL);

      g_unlink (path);
    }
  td_db_copy (td_store_db (from->store), to->path, &error);
  g_assert_no_error (error);
  copy_tree (files, beside_files);
  sim_note ("desk %u goes on with a copy of desk %u", to->index, from->index);
  forget (to);
  sim_desk_open (to);
  sim_check_desk (to, TRUE);
}

static void
install (SimDesk *desk, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GError *error = NULL;

  td_store_set_document (desk->store, name, bytes, &error);
  g_assert_no_error (error);
}

void
sim_desk_enrol (SimDesk *desk, const char *code, const char *roles)
{
  TdMoment moment = { sim_clock (SIM_CENTRE), td_date_parse_iso ("2025-07-08"), TRUE };
  g_autoptr (TdEnrolRequest) request = td_enrol_request_new ();
  g_autoptr (TdEnrolAnswer) answer = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_free (request->code);
  g_free (request->key);
  g_free (request->sig);
  request->code = td_centre_make_code (sim->centre, code, roles, &moment, &error);
  g_assert_no_error (error);
  text = td_enrol_text (request->code, td_store_key (desk->store));
  request->key = g_strdup (td_store_key (desk->store));
  request->sig = td_store_sign (desk->store, text);
  answer = td_centre_enrol (sim->centre, request, &moment, NULL);
  g_assert (answer != NULL);
  sim->acting = desk->index;
  td_store_enroll (desk->store, "http://127.0.0.1:8", answer->unit, answer->roles, answer->token, &error);
  g_assert_no_error (error);
  td_store_set (desk->store, TD_META_CENTRE, answer->endpoint, NULL);
  desk->revoked = FALSE;
  desk->roles = roles;
  if (desk->unit != NULL)
    return;
  desk->unit = g_strdup (answer->unit);
  desk->key = g_strdup (td_store_key (desk->store));
  td_store_set (desk->store, TD_META_PERSON, "Nguyễn Văn Mẫu", NULL);
  td_store_set (desk->store, TD_META_POSITION, "Chuyên viên", NULL);
  install (desk, "campaign", sim->plan);
  install (desk, "units", sim->units_text);
}

/* ---- typing -------------------------------------------------------------------------------------------------------------- */

char *
sim_id (void)
{
  guint8 random[10];

  for (guint i = 0; i < sizeof random; i++)
    random[i] = (guint8)sim_draw (256);
  return td_uuid7 (sim_clock (sim->acting) * 1000, random);
}

TdState *
sim_desk_view (SimDesk *desk)
{
  sim->acting = desk->index;
  return td_store_view (desk->store, td_centre_campaign (sim->centre), td_centre_units (sim->centre), TD_DATE_NONE);
}

/* One of the values kept beside is settled with whatever is typed now. */
static const char *
settled_by (const TdRecord *seen)
{
  if (seen == NULL || seen->beside->len == 0 || sim_chance (50))
    return NULL;
  return ((TdBeside *)seen->beside->pdata[sim_draw (seen->beside->len)])->op;
}

gboolean
sim_desk_put (SimDesk *desk, const char *record, const char *type, const char *path, const char *text, TdState *view)
{
  const TdRecord *seen = td_state_record (view, record);
  g_autofree char *old = seen == NULL ? NULL : g_strdup (td_record_get (seen, path));
  g_autofree char *value = text == NULL ? NULL : td_json_canonical_string (text);
  TdEditOf of = { record, type, desk->unit, td_type_is_dossier (type) ? record : NULL };
  TdChange change = { path, old, value };
  const char *const settles[] = { settled_by (seen), NULL };
  GError *error = NULL;
  gboolean good = td_store_edit (desk->store, &of, &change, 1, settles, &error);

  sim_note ("desk %u types %s %s %s%s", desk->index, record, path, text == NULL ? "-" : text, good ? "" : " in vain");
  expect_room (desk, good, error);
  if (good)
    g_hash_table_replace (desk->typed, g_strconcat (record, " ", path, NULL), g_strdup (text));
  return good;
}

static GPtrArray *
own_records (SimDesk *desk, TdState *view, const char *type)
{
  g_autofree char *term = g_strdup_printf ("owner:%s type:%s", desk->unit, type);

  return td_state_list (view, "record", term);
}

static void
type_word (SimDesk *desk, TdState *view, const char *record, const char *type)
{
  static const char *const members[] = { "achievement", "position", "workplace", "note" };
  g_autofree char *text = g_strdup_printf ("word-%u-", ++sim->words);
  const char *path = members[sim_draw (G_N_ELEMENTS (members))];

  sim_desk_put (desk, record, type, path, sim_chance (4) ? NULL : text, view);
}

static void
nominate (SimDesk *desk, TdState *view)
{
  g_autofree char *id = sim_id ();
  gboolean collective = sim_chance (30);
  g_autofree char *name = g_strdup_printf ("Nguyễn Văn %u", ++sim->words);

  sim_desk_put (desk, id, "nomination", "subject", collective ? "collective" : "individual", view);
  sim_desk_put (desk, id, "nomination", "name", name, view);
  sim_desk_put (desk, id, "nomination", "award", "BANG_KHEN_CHU_TICH_UBND_TINH", view);
}

static void
type_ledger (SimDesk *desk, TdState *view)
{
  g_autofree char *id = td_unit_record_id (td_campaign_id (td_centre_campaign (sim->centre)), desk->unit, "events");
  g_autofree char *text = g_strdup_printf ("word-%u-", ++sim->words);

  sim_desk_put (desk, id, "events", sim_chance (50) ? "plan/number" : "note", text, view);
}

/* Another unit's words: the endpoint must refuse. */
static void
type_foreign (SimDesk *desk, TdState *view)
{
  g_autoptr (GPtrArray) all = td_state_list (view, "dossier", "all");

  if (all->len > 0)
    type_word (desk, view, all->pdata[sim_draw (all->len)], "nomination");
}

/* One that is open to its own unit, rarely one that isn't; NULL: none. */
static const char *
pick_open (TdState *view, GPtrArray *own)
{
  const char *id = own->pdata[sim_draw (own->len)];

  for (guint tries = 0; tries < 5; tries++)
    {
      const TdDossier *dossier = td_state_dossier (view, id);

      if (dossier != NULL && (strcmp (dossier->stage, "draft") == 0 || strcmp (dossier->stage, "returned") == 0))
        return id;
      id = own->pdata[sim_draw (own->len)];
    }
  return sim_chance (20) ? id : NULL;
}

static void
type_anything (SimDesk *desk)
{
  TdState *view = sim_desk_view (desk);
  g_autoptr (GPtrArray) own = own_records (desk, view, "nomination");
  guint dice = sim_draw (100);
  const char *open;

  if (dice < 8)
    type_ledger (desk, view);
  else if (dice < 11)
    type_foreign (desk, view);
  else if (sim_above (desk->unit) != NULL && (own->len == 0 || (own->len < sim->nominations_most && dice < 35)))
    nominate (desk, view);
  else if (own->len > 0 && (open = pick_open (view, own)) != NULL)
    type_word (desk, view, open, "nomination");
  td_state_free (view);
}

/* ---- files ------------------------------------------------------------------------------------------------------------------ */

static char *
make_file (SimDesk *desk)
{
  gsize size = sim_chance (20) ? 65536 + sim_draw (60000) : 20 + sim_draw (2000);
  g_autofree char *bytes = g_malloc (size);
  g_autofree char *path = g_strdup_printf ("%s/scan-%u.pdf", sim->folder, desk->index);
  guint32 word = g_rand_int (sim->random);

  for (gsize i = 0; i < size; i++, word = word * 1664525 + 1013904223)
    bytes[i] = (char)(word >> 24);
  g_file_set_contents (path, bytes, (gssize)size, NULL);
  return g_steal_pointer (&path);
}

static void
attach (SimDesk *desk)
{
  TdState *view = sim_desk_view (desk);
  g_autoptr (GPtrArray) own = own_records (desk, view, "nomination");
  g_autofree char *path = own->len == 0 ? NULL : make_file (desk);
  g_autoptr (GFile) file = path == NULL ? NULL : g_file_new_for_path (path);
  GError *error = NULL;
  g_autoptr (TdStoredFile) stored = NULL;

  if (file != NULL)
    {
      stored = td_store_add_file (desk->store, file, &error);
      expect_room (desk, stored != NULL, error);
    }
  if (stored != NULL)
    {
      g_autofree char *member = g_strdup_printf ("file/%.8s/sha", stored->sha);

      sim_note ("desk %u attaches %s", desk->index, stored->sha);
      sim_desk_put (desk, own->pdata[sim_draw (own->len)], "nomination", member, stored->sha, view);
    }
  td_state_free (view);
}

/* Somebody wants to read a scan of what was handed to him. */
static void
want (SimDesk *desk)
{
  g_autoptr (GPtrArray) terms
      = td_db_get_list (td_store_db (desk->store), NULL,
                        "SELECT DISTINCT substr (term, 6) FROM term WHERE term >= 'file:' AND term < 'file;'"
                        " ORDER BY 1",
                        NULL);
  GError *error = NULL;

  if (terms == NULL || terms->len == 0)
    return;
  expect_room (desk, td_store_want_file (desk->store, terms->pdata[sim_draw (terms->len)], "scan.pdf", 1, &error),
               error);
}

static void
take_back (SimDesk *desk)
{
  g_autofree char *body = NULL;
  GError *error = NULL;

  if (td_store_take_back (desk->store, &body, &error))
    {
      g_autoptr (TdOperation) operation = td_operation_parse (body, -1, NULL);
      SimKept *kept = g_hash_table_lookup (desk->kept, operation->id);

      g_assert (kept != NULL);
      kept->taken_back = TRUE;
      g_hash_table_remove_all (desk->typed); /* it was what the person wanted */
      sim_note ("desk %u takes back %s", desk->index, operation->id);
    }
  else
    expect_room (desk, g_error_matches (error, TD_STORE_ERROR, TD_STORE_ERROR_SENT), g_error_copy (error));
  g_clear_error (&error);
}

void
sim_desk_act (SimDesk *desk)
{
  guint dice = sim_draw (100);

  sim->acting = desk->index;
  if (dice < 30)
    type_anything (desk);
  else if (dice < 80)
    sim_step_take (desk);
  else if (dice < 87)
    attach (desk);
  else if (dice < 91)
    want (desk);
  else if (dice < 93)
    take_back (desk);
  else
    td_exchange_now (desk->exchange);
  td_exchange_changed (desk->exchange);
  sim_settle ();
  sim_desk_changed (desk);
}
