/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wire/bundle.h"

G_BEGIN_DECLS

/* Packages on a disk (wire/bundle.h): sealed with a fresh key that is boxed to each recipient, signed by
 * the sender. Needs no data base and may run in any thread. A lost stick tells nothing but sizes. */

#define TD_SEALED_ERROR (td_sealed_error_quark ())
typedef enum
{
  TD_SEALED_ERROR_FOREIGN,   /* not a package */
  TD_SEALED_ERROR_RECIPIENT, /* sealed for others */
  TD_SEALED_ERROR_CUT,       /* ends before its end */
  TD_SEALED_ERROR_DAMAGED,
  TD_SEALED_ERROR_SIGNATURE,
  TD_SEALED_ERROR_VERSION, /* of a newer program */
  TD_SEALED_ERROR_FULL,    /* no room on the stick */
  TD_SEALED_ERROR_SOURCE,  /* a file to be packed can't be read or isn't what its name says */
  TD_SEALED_ERROR_DISK     /* reading or writing failed; message says how */
} TdSealedError;
GQuark td_sealed_error_quark (void);

/* Both hex, as td_key_from_seed() gives them. */
typedef struct
{
  const char *key;
  const char *secret;
} TdSealedKey;

/* Bytes that have passed since the last call; any thread. */
typedef void (*TdSealedProgress) (gpointer data, gint64 bytes);
typedef struct
{
  GCancellable *cancellable; /* may be NULL */
  TdSealedProgress progress; /* may be NULL */
  gpointer data;
} TdSealedWatch;

/**
 * td_sealed_write:
 * @path: where it goes: under another name until it is synced, read back and found the same
 * @bundle: whom it is for, and entries with bytes or path; its signer is set to @from
 * @sha: (out) (optional): hash of the file
 * @size: (out) (optional): its length
 */
gboolean td_sealed_write (const char *path,
                          TdBundle *bundle,
                          const TdSealedKey *from,
                          const TdSealedWatch *watch,
                          char **sha,
                          gint64 *size,
                          GError **error);

/**
 * td_sealed_read:
 * @sha: (out) (optional): hash of the file
 *
 * Reads all of it, checks every byte and keeps nothing of files and packages; other
 * entries come with their bytes.
 *
 * Returns: (transfer full) (nullable): what is in it
 */
TdBundle *
td_sealed_read (const char *path, const TdSealedKey *to, const TdSealedWatch *watch, char **sha, GError **error);

/**
 * td_sealed_extract:
 * @folder: where its files and packages go, under names of our own making
 *
 * After td_sealed_read(): entry->path of each file and package. On failure nothing is left there.
 */
TdBundle *td_sealed_extract (
    const char *path, const TdSealedKey *to, const char *folder, const TdSealedWatch *watch, GError **error);
void td_sealed_discard (TdBundle *bundle); /* deletes what was extracted and not moved away */

/* A few bytes for one recipient, without a sender. */
GBytes *td_sealed_box (GBytes *bytes, const char *key);
GBytes *td_sealed_unbox (GBytes *bytes, const TdSealedKey *to); /* NULL: not for us */
gboolean td_sealed_can_reach (const char *key);                 /* a key something can be sealed to */

G_END_DECLS
