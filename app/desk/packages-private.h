/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk-private.h"
#include "desk/packages.h"
#include "store/disk.h"
#include "store/packages.h"
#include "store/sealed.h"

G_BEGIN_DECLS

/* What the packages-*.c files share. */

/* Of the thread that works; the numbers are behind @lock. */
typedef struct
{
  gatomicrefcount references;
  GMutex lock;
  gint64 done, all;
  char *key, *secret;
  TdSealedWatch watch;
} TdPackageJob;
TdPackageJob *td_package_job_new (TdDesk *desk, gint64 all, GCancellable *cancellable);
void td_package_job_unref (TdPackageJob *self);
TdSealedKey td_package_job_key (const TdPackageJob *self);

/* FALSE with a sentence when another is under way. */
gboolean td_package_begin (TdDesk *desk, TdPackageJob *job, GError **error);
void td_package_end (TdDesk *desk);
/* What went wrong with a file, in words; @error is not taken. Owned. */
char *td_words_package (const GError *error);
gboolean td_package_no_room (const GError *error); /* where it was being written: a stick, or this machine */
char *td_package_unit_code (TdDesk *desk);
void td_package_set (char **field, char *text); /* frees what was there, takes @text */

G_END_DECLS
