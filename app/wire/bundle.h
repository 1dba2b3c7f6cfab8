/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/messages.h"

G_BEGIN_DECLS

/* Packages for a stick (data/exchange.md 15). One file is one part; each part stands for itself:
 *
 *   magic, number of boxes (2 bytes), boxes, header of the stream     the envelope, in clear
 *   length (4 bytes), ciphertext; …                                   frames of the sealed stream
 *
 * and the stream is
 *
 *   length (4 bytes), manifest, signature (128 hex signs), the entries one after the other
 *
 * Pure: bytes to structs and back. Sealing and files are the store's (store/sealed.h). */

#define TD_BUNDLE_MAGIC "HSTDGOI1"
#define TD_BUNDLE_MAGIC_BYTES 8
#define TD_BUNDLE_BOX_BYTES 80    /* crypto_box_seal of a key of 32 bytes */
#define TD_BUNDLE_STREAM_BYTES 24 /* header of crypto_secretstream */
#define TD_BUNDLE_FRAME (64 * 1024)
#define TD_BUNDLE_FRAME_EXTRA 17
#define TD_BUNDLE_BOXES_MAX 200
#define TD_BUNDLE_SIGNATURE 128
#define TD_BUNDLE_MANIFEST_MAX (2 * 1024 * 1024)
#define TD_BUNDLE_ENTRIES_MAX 8000
#define TD_BUNDLE_PARTS_MAX 1000
#define TD_BUNDLE_PART_MAX G_GINT64_CONSTANT (3900000000) /* a file on FAT32 ends at 4 GiB */
#define TD_BUNDLE_MEMORY_MAX (256 * 1024 * 1024)          /* all entries that are no files and no packages */

/* Kinds of entries. */
#define TD_ENTRY_ENROL "enrol"       /* TdEnrolRequest, boxed to the endpoint alone: it holds the code */
#define TD_ENTRY_REQUEST "request"   /* the bytes of a POST /v1/sync, gzip */
#define TD_ENTRY_FILE "file"         /* its sha is its name */
#define TD_ENTRY_PACKAGE "package"   /* another's package, unchanged; of a receipt: another's receipt */
#define TD_ENTRY_ENROLLED "enrolled" /* TdEnrolAnswer */
#define TD_ENTRY_ANSWER "answer"     /* the bytes of an answer to a POST /v1/sync, gzip */
#define TD_ENTRY_CAMPAIGN "campaign" /* the file in force, gzip */
#define TD_ENTRY_UNITS "units"

typedef struct
{
  char *kind;
  char *sha; /* of its bytes */
  gint64 length;
  char *name; /* package: in a receipt, the hash of the package it answers; else "" */
  /* Where the bytes are on this machine; neither written nor read. */
  GBytes *bytes;
  char *path;
} TdBundleEntry;
TdBundleEntry *td_bundle_entry_new (const char *kind, const char *sha, gint64 length, const char *name);
void td_bundle_entry_free (TdBundleEntry *self);
gboolean td_bundle_entry_is_large (const TdBundleEntry *self); /* a file or a package: not for the memory */

typedef enum
{
  TD_BUNDLE_UP,     /* from a desk */
  TD_BUNDLE_RECEIPT /* from the endpoint to one desk */
} TdBundleKind;

typedef struct
{
  TdBundleKind kind;
  char *set;          /* 32 hex signs: the parts of one package share it */
  gint64 part, parts; /* from 1 */
  char *key;          /* who signed it */
  char *unit;         /* whose it says it is */
  char *to;           /* receipt: the device; "" */
  char *of;           /* receipt: hash of the file it answers; "" */
  char *campaign;     /* id of the plan */
  char *life;         /* up: of the numbers; receipt: likewise; "" where nothing was sent */
  gint64 first, last; /* numbers, 0: none */
  char *cur;          /* up: the desk's cursor; receipt: where its answers begin */
  gint64 created;     /* a claim */
  char **recipients;  /* keys it is sealed to; never NULL */
  GPtrArray *entries; /* TdBundleEntry */
} TdBundle;
TdBundle *td_bundle_new (TdBundleKind kind);
void td_bundle_free (TdBundle *self);
TdBundleEntry *td_bundle_add (TdBundle *self, const char *kind, GBytes *bytes); /* takes @bytes */
GBytes *td_bundle_write (const TdBundle *self, GError **error);                 /* the manifest */
TdBundle *td_bundle_read (GBytes *bytes, GError **error);

/* The envelope: its whole length from its first bytes; -1 with an error where it can't be one. */
#define TD_BUNDLE_FRONT (TD_BUNDLE_MAGIC_BYTES + 2)
gssize td_bundle_envelope_length (const guint8 *front, gsize length, GError **error);
GBytes *td_bundle_envelope_write (const guint8 *boxes, guint n_boxes, const guint8 *stream);
/* Length of a frame's ciphertext from its four bytes; 0 where it can't be one. */
guint32 td_bundle_frame_length (const guint8 *four);
void td_bundle_put_length (guint8 *four, guint32 length);

/* ---- an enrolment file (model.md 4.3) ---------------------------------------------- */
#define TD_ENROLMENT_MAX (3 * TD_CATALOGUE_MAX)

typedef struct
{
  char *unit; /* key */
  char *roles;
  char *code;
  gint64 expires;
  char *endpoint; /* public key */
  char *url;      /* "" where it has none */
  char *ca;       /* PEM, "" */
  char *day;      /* ISO where it is practice; "" */
  char *campaign; /* the files themselves */
  char *units;
  char **recipients; /* keys of the next level's devices; never NULL */
} TdEnrolment;
TdEnrolment *td_enrolment_new (void);
void td_enrolment_free (TdEnrolment *self);
/* Signed with the endpoint's secret key. */
GBytes *td_enrolment_write (const TdEnrolment *self, const char *secret, GError **error);
/* The signature is checked, and that the code is that endpoint's. */
TdEnrolment *td_enrolment_read (GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdBundle, td_bundle_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdBundleEntry, td_bundle_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdEnrolment, td_enrolment_free)

G_END_DECLS
