/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SHA-256 and Ed25519 over libsodium, in lower-case hex: digests and keys are
 * names in records, messages and tables, so they live as text. Pure: seeds are
 * arguments. */

#define TD_DIGEST_LENGTH 64 /* hex signs */

char *td_digest (const char *data, gssize length); /* -1: a C string */
/* The digest of a member's canonical value; "" (the digest of nothing) for NULL. 32 signs. */
char *td_member_digest (const char *value);
/* Both hex; @seed is 32 random bytes. */
void td_key_from_seed (const guint8 seed[32], char **public_key, char **secret_key);
char *td_sign (const char *secret_key, const char *text); /* signature in hex, 128 signs */
gboolean td_verify (const char *public_key, const char *text, const char *signature);
gboolean td_is_hex (const char *text, gsize length); /* exactly that many lower-case hex signs */
gboolean td_is_uuid (const char *text);
/* UUIDv7 from the time in milliseconds and ten random bytes. */
char *td_uuid7 (gint64 milliseconds, const guint8 random[10]);
/* A fixed UUID (v8) named by text: the ledger records and the one registration
 * and report of a unit, so that two offline devices mean the same record. */
char *td_uuid_named (const char *text);
gboolean td_equal_constant_time (const char *a, const char *b);

G_END_DECLS
