/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/crypto.h"

#include <sodium.h>
#include <string.h>

#define MEMBER_DIGEST_LENGTH 32
#define SEED_LENGTH 32

static char *
to_hex (const guint8 *bytes, gsize length)
{
  char *hex = g_malloc (length * 2 + 1);

  sodium_bin2hex (hex, length * 2 + 1, bytes, length);
  return hex;
}

static gboolean
from_hex (const char *hex, guint8 *bytes, gsize length)
{
  gsize written;

  return td_is_hex (hex, length * 2) && sodium_hex2bin (bytes, length, hex, length * 2, NULL, &written, NULL) == 0
         && written == length;
}

/**
 * td_digest:
 * @data: bytes
 * @length: their number, -1 for a C string
 *
 * Returns: SHA-256 in lower-case hex, 64 signs
 */
char *
td_digest (const char *data, gssize length)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  g_return_val_if_fail (data != NULL, NULL);

  crypto_hash_sha256 (hash, (const guint8 *)data, length < 0 ? strlen (data) : (gsize)length);
  return to_hex (hash, sizeof hash);
}

/**
 * td_member_digest:
 * @value: (nullable): a member's canonical JSON
 *
 * What an edit says of the value it replaces (model.md 1.5). Half a SHA-256 is
 * plenty against accidents, and the salt of the record keeps it from being guessed.
 *
 * Returns: 32 hex signs; "" for no value
 */
char *
td_member_digest (const char *value)
{
  char *digest;

  if (value == NULL)
    return g_strdup ("");
  digest = td_digest (value, -1);
  digest[MEMBER_DIGEST_LENGTH] = '\0';
  return digest;
}

/**
 * td_key_from_seed:
 * @seed: 32 random bytes, the caller's
 * @public_key: (out): 64 hex signs
 * @secret_key: (out): 128 hex signs
 *
 * An Ed25519 pair: the public key is the device's name.
 */
void
td_key_from_seed (const guint8 seed[SEED_LENGTH], char **public_key, char **secret_key)
{
  guint8 public_bytes[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_bytes[crypto_sign_SECRETKEYBYTES];

  g_return_if_fail (seed != NULL && public_key != NULL && secret_key != NULL);

  crypto_sign_seed_keypair (public_bytes, secret_bytes, seed);
  *public_key = to_hex (public_bytes, sizeof public_bytes);
  *secret_key = to_hex (secret_bytes, sizeof secret_bytes);
  sodium_memzero (secret_bytes, sizeof secret_bytes);
}

/**
 * td_sign:
 * @secret_key: 128 hex signs
 * @text: what is signed: a digest, as text
 *
 * Returns: the detached signature, 128 hex signs
 */
char *
td_sign (const char *secret_key, const char *text)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 signature[crypto_sign_BYTES];
  gboolean valid = from_hex (secret_key, secret, sizeof secret);

  g_return_val_if_fail (valid, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  crypto_sign_detached (signature, NULL, (const guint8 *)text, strlen (text), secret);
  sodium_memzero (secret, sizeof secret);
  return to_hex (signature, sizeof signature);
}

/**
 * td_verify:
 * @public_key: 64 hex signs; anything else is refused
 * @text: what was signed
 * @signature: 128 hex signs; anything else is refused
 *
 * Returns: whether @signature of @text is that key's
 */
gboolean
td_verify (const char *public_key, const char *text, const char *signature)
{
  guint8 public_bytes[crypto_sign_PUBLICKEYBYTES];
  guint8 bytes[crypto_sign_BYTES];

  if (public_key == NULL || text == NULL || signature == NULL)
    return FALSE;
  if (!from_hex (public_key, public_bytes, sizeof public_bytes) || !from_hex (signature, bytes, sizeof bytes))
    return FALSE;
  return crypto_sign_verify_detached (bytes, (const guint8 *)text, strlen (text), public_bytes) == 0;
}

/** td_is_hex: whether @text is exactly @length lower-case hex signs. */
gboolean
td_is_hex (const char *text, gsize length)
{
  if (text == NULL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]) && !(text[i] >= 'a' && text[i] <= 'f'))
      return FALSE;
  return text[length] == '\0';
}

/** td_is_uuid: whether @text is a UUID in lower case with its hyphens. */
gboolean
td_is_uuid (const char *text)
{
  if (text == NULL)
    return FALSE;
  for (int i = 0; i < 36; i++)
    {
      gboolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;

      if (hyphen ? text[i] != '-' : !g_ascii_isdigit (text[i]) && !(text[i] >= 'a' && text[i] <= 'f'))
        return FALSE;
    }
  return text[36] == '\0';
}

static char *
format_uuid (guint8 bytes[16], guint8 version)
{
  g_autofree char *hex = NULL;

  bytes[6] = (guint8)((bytes[6] & 0x0f) | (version << 4));
  bytes[8] = (guint8)((bytes[8] & 0x3f) | 0x80);
  hex = to_hex (bytes, 16);
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/** td_uuid7: a UUIDv7 of the caller's @milliseconds since 1970 and @random bytes. */
char *
td_uuid7 (gint64 milliseconds, const guint8 random[10])
{
  guint8 bytes[16];

  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8)((guint64)milliseconds >> (40 - 8 * i));
  memcpy (bytes + 6, random, 10);
  return format_uuid (bytes, 7);
}

/** td_uuid_named: the UUID (version 8) that @text always gives. */
char *
td_uuid_named (const char *text)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  g_return_val_if_fail (text != NULL, NULL);

  crypto_hash_sha256 (hash, (const guint8 *)text, strlen (text));
  return format_uuid (hash, 8);
}

/** td_equal_constant_time: compares secrets without telling how far they agree. */
gboolean
td_equal_constant_time (const char *a, const char *b)
{
  gsize length;

  if (a == NULL || b == NULL)
    return FALSE;
  length = strlen (a);
  return length == strlen (b) && sodium_memcmp (a, b, length) == 0;
}
