/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Uploads that are not whole yet: what of a file has come from one unit. The folder is the truth: the name of a part
 * says whose it is, its hash, its length and how much of it was synced when it was last closed. What lies beyond that
 * may be torn by a power cut; no more than a MiB is ever written between two syncs, so after an end without goodbye
 * no more than that is asked for again. */

typedef struct
{
  char *name; /* in the folder */
  char *path;
  char *owner; /* of whom: TD_PART_OWNER signs made from the unit */
  char *sha;
  gint64 length;   /* of the whole file */
  gint64 offset;   /* bytes on the disk */
  gint64 sure;     /* of these, what no power cut takes */
  gint64 touched;  /* UTC seconds of the last byte */
  gpointer writer; /* who is writing now; the table only keeps it */
  int fd;          /* while there is a writer, else -1 */
  gint64 unsynced;
  GChecksum *checksum; /* of the first `hashed` bytes */
  gint64 hashed;
} TdPart;

typedef struct _TdParts TdParts;

TdParts *td_parts_new (const char *folder); /* takes up what lies there */
void td_parts_free (TdParts *self);
TdPart *td_parts_find (TdParts *self, const char *unit, const char *sha); /* NULL: nothing has come */
/* A new one of @length bytes; NULL when it can't be made. */
TdPart *td_parts_begin (TdParts *self, const char *unit, const char *sha, gint64 length, gint64 now);
void td_parts_of (TdParts *self, const char *unit, guint *count, gint64 *bytes); /* @bytes: what they will take */
void td_parts_drop (TdParts *self, TdPart *part);                                /* its bytes go too */
/* The whole file to @path, synced; where that can't be done its bytes stay for another try. */
gboolean td_parts_put (TdParts *self, TdPart *part, const char *path);
void td_parts_expire (TdParts *self, gint64 now);
gint64 td_part_expires (const TdPart *self); /* UTC seconds */

gboolean td_part_open (TdPart *self);
gboolean td_part_write (TdPart *self, const guint8 *data, gsize length, gint64 now);
gboolean td_part_close (TdPart *self); /* what came is on the platter */
gboolean td_part_cut_back (TdPart *self, gint64 offset);
/* Takes away what came before an end without goodbye and is not sure; FALSE: all is. */
gboolean td_part_cut_unsure (TdPart *self);
gboolean td_part_is_what_it_says (TdPart *self); /* whole and of its hash */

G_END_DECLS
