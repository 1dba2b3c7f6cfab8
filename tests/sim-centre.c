/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "endpoint/admit.h"
#include "endpoint/journal-sqlite.h"
#include "endpoint/receive.h"
#include "store/disk.h"
#include "wire/blob.h"
#include "wire/gzip.h"

#include <glib/gstdio.h>
#include <string.h>

/* The endpoint: its centre, its journal and its parts of files as they are; in place of its HTTP server one function
 * that is handed the bytes of a request. */

#define DAY "2025-07-08"

static TdMoment
moment (void)
{
  return (TdMoment){ sim_clock (SIM_CENTRE), td_date_parse_iso (DAY), TRUE };
}

static char *
path_of (const char *name)
{
  return g_strdup_printf ("%s/machine-%u/%s", sim->folder, SIM_CENTRE, name);
}

char *
sim_centre_file (const char *sha)
{
  g_autofree char *folder = path_of ("files");
  g_autofree char *part = g_strndup (sha, 2);

  return g_build_filename (folder, part, sha, NULL);
}

#define COMMITTED "SELECT q, id, key, body, digest, ok, code, at, head, chain, beside FROM op WHERE q > ? ORDER BY q"

void
sim_centre_open (void)
{
  g_autofree char *path = path_of ("centre.db");
  g_autofree char *files = path_of ("files");
  g_autofree char *incoming = path_of ("incoming");
  TdMoment now = moment ();
  GError *error = NULL;
  TdJournal *journal;

  sim->acting = SIM_CENTRE;
  sim->machines[SIM_CENTRE].dead = FALSE;
  sim->machines[SIM_CENTRE].dies_after = 0;
  sim->machines[SIM_CENTRE].full = FALSE; /* else it would not start */
  td_disk_make_folder (files, NULL);
  td_disk_make_folder (incoming, NULL);
  journal = td_journal_sqlite_new (path, &error);
  g_assert_no_error (error);
  sim->centre = td_centre_new (journal, sim->plan, sim->units_text, &now, &error);
  g_assert_no_error (error);
  sim->parts = td_parts_new (incoming);
  if (sim_open_witness (path, &sim->witness) != SQLITE_OK
      || sqlite3_prepare_v2 (sim->witness, COMMITTED, -1, &sim->witness_ops, NULL) != SQLITE_OK)
    g_error ("the witness: %s", sqlite3_errmsg (sim->witness));
  sim->asked = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)sqlite3_finalize);
  sim_bugs_plant ();
}

void
sim_centre_close (void)
{
  sim->acting = SIM_CENTRE;
  g_clear_pointer (&sim->asked, g_hash_table_unref);
  sqlite3_finalize (sim->witness_ops);
  sqlite3_close (sim->witness);
  sim->witness = NULL;
  g_clear_pointer (&sim->centre, td_centre_free);
  g_clear_pointer (&sim->parts, td_parts_free);
}

void
sim_centre_revoke (SimDesk *desk)
{
  TdJournal *journal = td_centre_journal (sim->centre);
  TdMoment now = moment ();
  JsonObject *content = td_centre_begin ("revoke", &now);

  sim->acting = SIM_CENTRE;
  json_object_set_string_member (content, "key", desk->key);
  if (!journal->begin (journal, NULL))
    {
      json_object_unref (content);
      return;
    }
  g_free (td_centre_own (sim->centre, content, &now));
  desk->revoked = journal->commit (journal, NULL);
}

/* ---- answers ------------------------------------------------------------------------------------------------------ */

static void
problem_to (SimAnswer *answer, TdProblem *problem)
{
  answer->status = problem->status;
  answer->body = td_problem_write (problem);
  sim_note ("  answer %u %s", problem->status, problem->type);
  td_problem_free (problem);
}

static void
fail_to (SimAnswer *answer, guint status, const char *type)
{
  problem_to (answer, td_problem_new (status, type, NULL));
}

static void
answer_to (SimAnswer *answer, SimDesk *desk, const TdSyncAnswer *said)
{
  sim_check_answer (desk, said);
  answer->status = 200;
  answer->body = td_sync_answer_write (said, NULL);
  sim_note ("  answer %s res %u ch %u n %" G_GINT64_FORMAT " need %u%s", said->cur, said->res->len, said->ch->len,
            said->n, g_strv_length (said->need), said->more ? " more" : "");
  for (guint i = 0; i < said->res->len; i++)
    {
      const TdSyncVerdict *verdict = said->res->pdata[i];

      sim_note ("    %s %s %s q %" G_GINT64_FORMAT, verdict->id, verdict->ok ? "ok" : verdict->code, verdict->detail,
                verdict->q);
    }
}

static void
serve_sync (const char *key, GBytes *body, SimAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSyncRequest) request = td_sync_request_read (body, &error);
  g_autoptr (TdSyncAnswer) said = NULL;
  TdProblem *problem = NULL;
  TdMoment now = moment ();

  if (request == NULL)
    {
      fail_to (answer, 400, "bad-request");
      return;
    }
  said = td_centre_sync (sim->centre, key, request, &now, &problem);
  sim_check_journal ();
  if (said == NULL)
    problem_to (answer, problem);
  else
    answer_to (answer, sim_desk_of (key), said);
}

static GHashTable *
query_of (const char *path)
{
  const char *mark = strchr (path, '?');

  return mark == NULL ? g_hash_table_new (g_str_hash, g_str_equal)
                      : g_uri_parse_params (mark + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
}

static void
serve_poll (const char *key, const char *path, SimAnswer *answer)
{
  g_autoptr (GHashTable) query = query_of (path);
  g_autoptr (TdPoll) poll = td_poll_read (query);
  g_autoptr (TdSyncAnswer) said = NULL;
  TdProblem *problem = NULL;
  TdMoment now = moment ();

  if (poll == NULL)
    {
      fail_to (answer, 400, "bad-request");
      return;
    }
  said = td_centre_poll (sim->centre, key, poll, &now, &problem);
  if (problem != NULL)
    problem_to (answer, problem);
  else if (said != NULL)
    answer_to (answer, sim_desk_of (key), said);
  else
    {
      answer->status = 200;
      answer->echo = g_strdup (poll->k);
      answer->body = g_bytes_new (NULL, 0);
    }
}

static void
serve_enrol (GBytes *body, SimAnswer *answer)
{
  g_autoptr (TdEnrolRequest) request = td_enrol_request_read (body, NULL);
  g_autoptr (TdEnrolAnswer) said = NULL;
  TdProblem *problem = NULL;
  TdMoment now = moment ();

  if (request == NULL)
    {
      fail_to (answer, 400, "bad-request");
      return;
    }
  said = td_centre_enrol (sim->centre, request, &now, &problem);
  sim_check_journal ();
  if (said == NULL)
    problem_to (answer, problem);
  else
    {
      answer->status = 201;
      answer->body = td_enrol_answer_write (said, NULL);
    }
}

/* ---- files: what app/endpoint/upload.c asks of receive.c, on the same parts ---------------------------------------- */

static void
tell (SimAnswer *answer, guint status, gint64 offset)
{
  answer->status = status;
  answer->offset = offset;
  answer->body = g_bytes_new (NULL, 0);
}

static void
finish_part (TdPart *part, const char *unit, const char *sha, SimAnswer *answer)
{
  g_autofree char *path = sim_centre_file (sha);
  gint64 length = part->length;
  TdProblem *problem = NULL;

  if (!td_receive_whole (sim->centre, sim->parts, part, unit, sha, path, &problem))
    problem_to (answer, problem);
  else
    {
      sim_check_files (NULL);
      tell (answer, 201, length);
    }
}

static void
take_bytes (TdPart *part, const char *unit, const char *sha, GBytes *body, gboolean whole, SimAnswer *answer)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  gboolean good = td_part_open (part);

  size = MIN (size, (gsize)(part->length - part->offset));
  good = good && (size == 0 || td_part_write (part, data, size, sim_clock (SIM_CENTRE)));
  good = td_part_close (part) && good;
  if (!whole)
    {
      if (part->offset == 0)
        td_parts_drop (sim->parts, part);
      answer->status = 0;
    }
  else if (!good)
    fail_to (answer, 507, "full");
  else if (part->offset == part->length)
    finish_part (part, unit, sha, answer);
  else
    tell (answer, 204, part->offset);
}

static void
serve_post (const char *unit, const char *sha, GBytes *body, gint64 told, gboolean whole, SimAnswer *answer)
{
  TdPart *part = td_parts_find (sim->parts, unit, sha);
  TdProblem *problem = NULL;
  gint64 there;

  if (td_receive_is_there (sim->centre, unit, sha, &there, &problem))
    tell (answer, 200, there);
  else if (problem != NULL)
    problem_to (answer, problem);
  else if (td_receive_goes_on (part, told, TRUE))
    tell (answer, 200, part->offset);
  else
    {
      if (part != NULL)
        td_parts_drop (sim->parts, part);
      td_parts_expire (sim->parts, sim_clock (SIM_CENTRE));
      part = td_parts_begin (sim->parts, unit, sha, told, sim_clock (SIM_CENTRE));
      if (part == NULL)
        fail_to (answer, 507, "full");
      else
        take_bytes (part, unit, sha, body, whole, answer);
    }
}

static void
serve_patch (const char *unit, const char *sha, GBytes *body, gint64 told, gboolean whole, SimAnswer *answer)
{
  TdPart *part = td_parts_find (sim->parts, unit, sha);
  TdProblem *problem = NULL;
  gint64 there;

  if (part == NULL && td_receive_is_there (sim->centre, unit, sha, &there, &problem))
    tell (answer, told == there ? 204 : 409, there);
  else if (problem != NULL)
    problem_to (answer, problem);
  else if (part == NULL)
    fail_to (answer, 404, "not-found");
  else if (part->offset != told)
    tell (answer, 409, part->offset);
  else
    take_bytes (part, unit, sha, body, whole, answer);
}

static void
serve_head (const char *unit, const char *sha, SimAnswer *answer)
{
  TdPart *part = td_parts_find (sim->parts, unit, sha);

  if (td_receive_holds (sim->centre, unit, sha))
    tell (answer, 200, td_centre_file_length (sim->centre, sha));
  else if (part != NULL)
    tell (answer, 200, part->offset);
  else
    fail_to (answer, 404, "not-found");
}

static void
serve_file (const char *unit, const char *sha, SimAnswer *answer)
{
  g_autofree char *path = sim_centre_file (sha);
  char *bytes;
  gsize length;

  if (!td_receive_may_read (sim->centre, unit, sha) || !g_file_get_contents (path, &bytes, &length, NULL))
    {
      fail_to (answer, 404, "not-found");
      return;
    }
  answer->status = 200;
  answer->body = g_bytes_new_take (bytes, length);
}

static void
serve_blob (
    const char *method, const char *unit, const char *sha, GBytes *body, gint64 told, gboolean whole, SimAnswer *answer)
{
  g_autofree char *path = sim_centre_file (sha);
  TdProblem *problem = NULL;

  if (strcmp (method, "GET") != 0 && !td_receive_settle (sim->centre, sim->parts, unit, sha, path, &problem))
    problem_to (answer, problem);
  else if (strcmp (method, "HEAD") == 0)
    serve_head (unit, sha, answer);
  else if (strcmp (method, "GET") == 0)
    serve_file (unit, sha, answer);
  else if (strcmp (method, "POST") == 0)
    serve_post (unit, sha, body, told, whole, answer);
  else
    serve_patch (unit, sha, body, told, whole, answer);
}

/* A package that came as a file. */
static void
serve_import (const char *unit, GBytes *body, SimAnswer *answer)
{
  g_autofree char *folder = g_strdup_printf ("%s/machine-%u", sim->folder, SIM_CENTRE);
  TdMoment now = moment ();
  TdProblem *problem = NULL;
  GBytes *receipt = td_receive_package (sim->centre, folder, unit, body, &now, &problem);

  sim_check_journal ();
  sim_check_files (NULL);
  if (receipt == NULL)
    problem_to (answer, problem);
  else
    {
      answer->status = 200;
      answer->body = receipt;
    }
}

/* ---- one request --------------------------------------------------------------------------------------------------- */

static void
serve (const char *method,
       const char *path,
       const char *token,
       GBytes *body,
       gint64 told,
       gboolean whole,
       SimAnswer *answer)
{
  TdProblem *problem = NULL;
  g_autofree char *key = NULL;
  g_autofree char *unit = NULL;

  if (strcmp (path, "/v1/enroll") == 0)
    {
      serve_enrol (body, answer);
      return;
    }
  key = td_centre_authenticate (sim->centre, token, &problem);
  unit = key == NULL ? NULL : td_centre_unit (sim->centre, key, &problem);
  if (unit == NULL)
    problem_to (answer, problem);
  else if (td_blob_sha (path) != NULL)
    serve_blob (method, unit, td_blob_sha (path), body, told, whole, answer);
  else if (strcmp (path, "/v1/import") == 0)
    serve_import (unit, body, answer);
  else if (strcmp (method, "POST") == 0)
    serve_sync (key, body, answer);
  else
    serve_poll (key, path, answer);
}

void
sim_centre_revive (void)
{
  if (!sim->machines[SIM_CENTRE].dead)
    return;
  sim_note ("  the endpoint dies over it");
  sim_centre_close ();
  sim_centre_open ();
  sim_check_journal ();
}

/** sim_centre_serve: FALSE: nobody answers. */
gboolean
sim_centre_serve (const char *method,
                  const char *path,
                  const char *token,
                  GBytes *body,
                  gint64 told,
                  gboolean whole,
                  SimAnswer *answer)
{
  guint before = sim->acting;

  *answer = (SimAnswer){ .offset = -1 };
  if (sim->centre == NULL || (!whole && td_blob_sha (path) == NULL))
    return FALSE;
  sim->acting = SIM_CENTRE;
  serve (method, path, token, body, told, whole, answer);
  answer->date = sim_clock (SIM_CENTRE);
  sim->acting = before;
  if (sim->machines[SIM_CENTRE].dead)
    {
      sim_centre_revive ();
      sim->acting = before;
      g_clear_pointer (&answer->body, g_bytes_unref);
      g_clear_pointer (&answer->echo, g_free);
      return FALSE;
    }
  return answer->status != 0;
}
