/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/entities.h"
#include "store/store.h"

G_BEGIN_DECLS

#define TD_STORE_APPLICATION 0x48535444 /* "HSTD" */
#define TD_KEEP_DAYS 90                 /* what was sent and answered stays that long */

/* Meta values nobody outside needs. */
#define META_SEED "seed"
#define META_LIFE "life"
#define META_TOKEN "token"
#define META_ENROLLED "enrolled"
#define META_ENROLLED_UNIT "enrolled_unit" /* the unit of the last enrolment */
#define META_ACKNOWLEDGED "acknowledged"   /* last number in this life the endpoint answered for */
#define META_LAST "last"                   /* last number given in this life */
#define META_TIP "tip"                     /* chain value after it */
#define META_REVOKED "revoked"             /* 1: the endpoint said so last */
#define META_KEPT "kept"                   /* last number of this life that it keeps aside */
#define META_RECOVERY "recovery"           /* 1: the endpoint is restoring; it has all up to META_KEPT */
#define META_PLACE "place"                 /* token shared with the side file, see place.c */

struct _TdStore
{
  char *path;
  TdDb *db;
  TdEntities entities;
  char *key;
  char *secret;
  char *life;
  GHashTable *forecast; /* operation id -> TdOutcome of the last view */
  char *author[3];      /* id, name, position, borrowed by the last td_store_author() */
};

extern const char *const td_store_migrations[];

char *td_random_hex (guint bytes);
gint64 td_now (void); /* UTC seconds */
gboolean td_store_note_clock (TdStore *self, gboolean trusted, GError **error);
gboolean td_store_set_int (TdStore *self, const char *name, gint64 value, GError **error);
/* place.c: TRUE with *same: this file is where and what it was at its last opening. */
gboolean td_place_check (TdStore *self, gboolean *same, GError **error);
gboolean td_place_renew (TdStore *self, GError **error);
gboolean td_files_put (const char *db_path, const char *temporary, const char *sha, GError **error);
/* backup.c */
gboolean td_backup_before_migration (TdDb *db, gpointer data, GError **error);
/* pull.c: what an older program could not read, tried again. */
gboolean td_store_reread (TdStore *self, GError **error);
gint64 td_store_sent_up_to (TdStore *self);
/* seal.c: acknowledged can't pass an operation without a verdict. */
gboolean td_store_acknowledge (TdStore *self, gint64 n, GError **error);
/* restored.c */
gboolean td_store_note_restored (TdStore *self, TdRestored what, gint64 count, GError **error);
gboolean td_store_forget_recovery (TdStore *self, GError **error);
/* revoked.c */
gboolean td_store_forget_revoked (TdStore *self, GError **error);
/* outbox.c */
gboolean td_store_queue (TdStore *self,
                         const TdOperation *operation,
                         TdOutState state,
                         const char *record,
                         const char *dossier,
                         GError **error);
/* edit.c: for a new life. */
gboolean td_store_rename_open (TdStore *self, GError **error);
/* files.c */
gboolean td_files_needed (TdStore *self,
                          char **need,
                          gboolean complete, /* nothing waits and nothing more comes */
                          GError **error);
gboolean td_files_whole (gpointer data, const char *sha);
void td_files_tidy (TdStore *self);
char *td_files_folder (const char *path);

G_END_DECLS
