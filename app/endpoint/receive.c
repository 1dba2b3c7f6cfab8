/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/receive.h"

#include "dossier/crypto.h"
#include "endpoint/import.h"
#include "store/disk.h"

#include <glib/gstdio.h>

gboolean
td_receive_is_there (TdCentre *centre, const char *unit, const char *sha, gint64 *length, TdProblem **problem)
{
  *length = td_centre_file_length (centre, sha);
  switch (*length < 0 ? TD_ACCESS_NONE : td_centre_file_access (centre, unit, sha))
    {
    case TD_ACCESS_HOLD:
      return TRUE;
    case TD_ACCESS_READ:
      return td_centre_file_arrived (centre, unit, sha, *length, problem);
    case TD_ACCESS_NONE:
    default:
      return FALSE;
    }
}

gboolean
td_receive_goes_on (const TdPart *part, gint64 length, gboolean knows)
{
  return part != NULL && part->length == length && part->offset > 0 && knows;
}

gboolean
td_receive_holds (TdCentre *centre, const char *unit, const char *sha)
{
  return td_centre_file_length (centre, sha) >= 0 && td_centre_file_access (centre, unit, sha) == TD_ACCESS_HOLD;
}

gboolean
td_receive_whole (TdCentre *centre,
                  TdParts *parts,
                  TdPart *part,
                  const char *unit,
                  const char *sha,
                  const char *path,
                  TdProblem **problem)
{
  gint64 length = part->length;

  if (!td_part_is_what_it_says (part))
    {
      if (!td_part_cut_unsure (part))
        td_parts_drop (parts, part);
      *problem = td_problem_new (422, "hash", "the bytes are not those of that name");
      return FALSE;
    }
  if (!td_parts_put (parts, part, path))
    {
      *problem = td_problem_new (507, "full", NULL);
      return FALSE;
    }
  return td_centre_file_arrived (centre, unit, sha, length, problem);
}

gboolean
td_receive_settle (
    TdCentre *centre, TdParts *parts, const char *unit, const char *sha, const char *path, TdProblem **problem)
{
  TdPart *part = td_parts_find (parts, unit, sha);

  if (part == NULL || part->writer != NULL || part->offset != part->length
      || td_receive_whole (centre, parts, part, unit, sha, path, problem))
    return TRUE;
  if ((*problem)->status != 422)
    return FALSE;
  g_clear_pointer (problem, td_problem_free); /* other bytes; they are gone, and the client begins anew */
  return TRUE;
}

gboolean
td_receive_may_read (TdCentre *centre, const char *unit, const char *sha)
{
  return td_centre_file_length (centre, sha) >= 0 && td_centre_file_access (centre, unit, sha) != TD_ACCESS_NONE;
}

/* ---- a package ------------------------------------------------------------------------------- */

static char *
uploaded_path (TdCentre *centre, const char *folder, const char *unit, GBytes *body, TdProblem **problem)
{
  gsize length = 0;
  const char *data = body == NULL ? NULL : g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) json
      = td_json_parse_object (data == NULL ? "" : data, (gssize)length, TD_ENROL_WIRE_MAX, NULL);
  const char *sha = td_json_string (json, "sha");
  g_autofree char *part = NULL;

  if (!td_is_hex (sha, TD_DIGEST_LENGTH))
    *problem = td_problem_new (400, "bad-request", "sha");
  else if (!td_receive_holds (centre, unit, sha))
    *problem = td_problem_new (404, "not-found", NULL);
  else
    {
      part = g_strndup (sha, 2);
      return g_build_filename (folder, "files", part, sha, NULL);
    }
  return NULL;
}

static GBytes *
read_receipt (const char *path, TdProblem **problem)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  if (file != NULL)
    return g_mapped_file_get_bytes (file);
  *problem = td_problem_new (500, "internal", "receipt");
  return NULL;
}

GBytes *
td_receive_package (
    TdCentre *centre, const char *folder, const char *unit, GBytes *body, const TdMoment *moment, TdProblem **problem)
{
  g_autofree char *path = uploaded_path (centre, folder, unit, body, problem);
  g_autofree char *random = td_random_text (8);
  g_autofree char *packages = g_build_filename (folder, "packages", NULL);
  g_autofree char *receipt = g_build_filename (packages, random, NULL);
  TdImported imported = { NULL };
  GBytes *bytes = NULL;

  if (path == NULL)
    return NULL;
  if (!td_disk_make_folder (packages, NULL))
    *problem = td_problem_new (507, "full", NULL);
  else if (td_centre_import (centre, folder, path, receipt, moment, &imported, problem))
    bytes = read_receipt (receipt, problem);
  g_unlink (receipt);
  td_imported_clear (&imported);
  return bytes;
}
