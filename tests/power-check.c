/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-pair.h"

#include "endpoint/replay.h"

#include <string.h>

/* What is looked for on the bytes that survived a cut, and once everything has come to rest. */

/* ---- after a cut ------------------------------------------------------------------------------------------ */

char *
pair_hash_of (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (path == NULL || !g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
}

static void
check_texts (Pair *self)
{
  for (guint i = 0; i < PAIR_RECORDS * PAIR_MEMBERS; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s %s", self->records[i / PAIR_MEMBERS], pair_members[i % PAIR_MEMBERS]);
      g_autofree char *now = pair_shown (self, self->records[i / PAIR_MEMBERS], pair_members[i % PAIR_MEMBERS]);
      const char *saved = g_hash_table_lookup (self->saved, key);
      const char *maybe = g_hash_table_lookup (self->maybe, key);

      if (maybe != NULL && g_strcmp0 (now, maybe) == 0)
        g_hash_table_insert (self->saved, g_strdup (key), g_strdup (maybe));
      else if (g_strcmp0 (now, saved) != 0)
        pair_fail (self, "saved %s, found %s", saved, now);
      g_hash_table_remove (self->maybe, key);
    }
}

static void
check_desk (Pair *self)
{
  GHashTableIter iter;
  gpointer sha;

  if (strcmp (self->key, td_store_key (self->store)) != 0 || strcmp (self->life, td_store_life (self->store)) != 0
      || !td_store_enrolled (self->store))
    pair_fail (self, "the desk is another one");
  check_texts (self);
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &sha, NULL))
    {
      g_autofree char *path = td_store_file_path (self->store, sha);
      g_autofree char *found = pair_hash_of (path);

      if (g_strcmp0 (found, sha) != 0)
        pair_fail (self, "an attached file is lost or not what it was");
    }
}

/* A copy made before a migration is whole where it has its name. */
static void
check_backups (Pair *self)
{
  g_autofree char *folder = g_strconcat (self->desk.path, ".backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      if (g_str_has_suffix (name, ".db") && !td_db_verify (path, 0x48535444, &error))
        pair_fail (self, "a copy is torn: %s", error->message);
    }
}

static void
check_stick (Pair *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->stick.folder, 0, NULL);
  GHashTableIter iter;
  gpointer path, hash;
  const char *name;

  g_hash_table_iter_init (&iter, self->packages);
  while (g_hash_table_iter_next (&iter, &path, &hash))
    {
      g_autofree char *found = pair_hash_of (path);

      if (g_strcmp0 (found, hash) != 0)
        pair_fail (self, "a package is lost or not what it was");
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *there = g_build_filename (self->stick.folder, name, NULL);

      if (g_str_has_suffix (name, ".hsb") && !g_hash_table_contains (self->packages, there))
        pair_take_again (self, there);
    }
}

static void
check_answers (Pair *self)
{
  TdJournal *journal = td_centre_journal (self->endpoint);
  GHashTableIter iter;
  gpointer id, said;

  g_hash_table_iter_init (&iter, self->answered);
  while (g_hash_table_iter_next (&iter, &id, &said))
    {
      g_autoptr (TdLogged) op = journal->op_by_id (journal, id);
      g_autofree char *now = op == NULL ? NULL : g_strdup_printf ("%d %" G_GINT64_FORMAT, op->ok, op->q);

      if (op == NULL || (said != NULL && strcmp (now, said) != 0))
        pair_fail (self, "answered “%s”, now “%s”", (char *)said, now);
    }
}

/* What the centre said it has of a file on its way up, it still has; of what it had beyond that at most a MiB is asked
 * for again, and it goes on after no byte that is torn. */
static void
check_rising (Pair *self)
{
  TdPart *part = self->rising == NULL ? NULL : td_parts_find (self->parts, self->unit, self->rising);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  gint64 least = MAX (self->offset, self->reached - 1024 * 1024);
  g_autofree char *path = self->rising == NULL ? NULL : pair_centre_file (self, self->rising);

  /* Cut between its name and its row it lies there whole and for nobody: it comes once more. */
  if (self->rising == NULL || (part == NULL && (least <= 0 || g_file_test (path, G_FILE_TEST_EXISTS))))
    return;
  if (part == NULL || !g_file_get_contents (part->path, &bytes, &length, NULL) || part->sure < least)
    pair_fail (self, "of a file %" G_GINT64_FORMAT " bytes had come, now %" G_GSIZE_FORMAT, least, length);
  else if ((gint64)length != part->offset || (part->sure < part->offset && part->offset != part->length)
           || memcmp (bytes, g_bytes_get_data (self->bytes, NULL), (gsize)part->sure) != 0)
    pair_fail (self, "the bytes that had come are others");
}

static void
check_centre (Pair *self)
{
  GHashTableIter iter;
  gpointer sha;
  GError *error = NULL;

  check_answers (self);
  check_rising (self);
  g_hash_table_iter_init (&iter, self->whole);
  while (g_hash_table_iter_next (&iter, &sha, NULL))
    {
      g_autofree char *path = pair_centre_file (self, sha);
      g_autofree char *found = pair_hash_of (path);

      if (td_centre_file_length (self->endpoint, sha) < 0 || g_strcmp0 (found, sha) != 0)
        pair_fail (self, "an uploaded file is lost or not what it was");
    }
  if (!td_centre_verify (self->endpoint, &error))
    pair_fail (self, "replay: %s", error->message);
  g_clear_error (&error);
}

void
pair_check (Pair *self, Machine *machine)
{
  if (machine == &self->stick)
    check_stick (self);
  else if (machine == &self->desk)
    {
      check_desk (self);
      check_backups (self);
    }
  else
    check_centre (self);
}

static gboolean
is_sound (Pair *self, Machine *machine)
{
  TdDb *db = machine == &self->desk ? td_store_db (self->store) : NULL;
  g_autofree char *verdict = NULL;
  GError *error = NULL;

  if (db == NULL)
    return td_db_verify (machine->path, 0x54644a31, &error) || pair_failed (self, "integrity", error);
  if (!td_db_get_text (db, &verdict, &error, "PRAGMA integrity_check(1)", NULL))
    return pair_failed (self, "integrity", error);
  if (g_strcmp0 (verdict, "ok") != 0)
    pair_fail (self, "integrity: %s", verdict);
  return TRUE;
}

void
pair_recover (Pair *self, Machine *machine)
{
  self->cuts++;
  if (machine == &self->stick)
    {
      power_disk_restore (machine->disk);
      check_stick (self);
      return;
    }
  pair_shut (self, machine);
  power_disk_restore (machine->disk);
  if (pair_open (self, machine) && is_sound (self, machine))
    pair_check (self, machine);
}

/* ---- at the end ------------------------------------------------------------------------------------------ */

static void
check_once (Pair *self)
{
  TdJournal *journal = td_centre_journal (self->endpoint);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TdLogged *op;

  for (gint64 q = 0; (op = journal->op_after (journal, q)) != NULL; td_logged_free (op))
    {
      q = op->q;
      for (const char *at = op->body; (at = strstr (at, "word-")) != NULL; at++)
        if (!g_hash_table_add (seen, g_strndup (at, strcspn (at, "\""))))
          pair_fail (self, "a text is in two operations");
    }
}

static gboolean
compare_row (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  Pair *self = data;
  g_autofree char *here = NULL;

  if (!td_db_get_text (td_store_db (self->store), &here, NULL,
                       "SELECT body FROM entity WHERE kind = :kind AND id = :id", "t:kind", kind, "t:id", id, NULL)
      || g_strcmp0 (here, body) != 0)
    pair_fail (self, "the mirror differs in %s %s", kind, id);
  return TRUE;
}

void
pair_come_to_rest (Pair *self)
{
  TdJournal *journal = td_centre_journal (self->endpoint);
  GHashTableIter iter;
  gpointer key, text;
  guint waiting = 1;

  for (guint round = 0; round < 50 && waiting > 0 && self->failure == NULL; round++)
    {
      pair_exchange (self);
      td_store_waiting (self->store, &waiting, NULL, NULL);
    }
  if (self->failure == NULL && waiting > 0)
    pair_fail (self, "%u operations never get through", waiting);
  if (self->failure != NULL)
    return;
  pair_check (self, &self->desk);
  pair_check (self, &self->centre);
  pair_check (self, &self->stick);
  check_once (self);
  journal->each_shown (journal, self->unit, 0, "", "", compare_row, self);
  g_hash_table_iter_init (&iter, self->saved);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      g_auto (GStrv) words = g_strsplit (key, " ", 2);
      g_autofree char *record = journal->entity (journal, "record", words[0]);

      if (record == NULL || strstr (record, text) == NULL)
        pair_fail (self, "%s never came to the centre", (char *)text);
    }
}
