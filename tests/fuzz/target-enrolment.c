/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "dossier/crypto.h"
#include "wire/bundle.h"

#include <string.h>

/* An enrolment file. Nobody guesses a signature, so after the bytes as they are the same are tried once more, signed
 * by a key of ours: what stands behind the signature is read too. */

static void
read_file (GBytes *bytes)
{
  const char *key, *secret;
  g_autoptr (TdEnrolment) file = td_enrolment_read (bytes, NULL);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (TdEnrolment) back = NULL;

  fuzz_key (1, &key, &secret);
  if (file == NULL || strcmp (file->endpoint, key) != 0)
    return;
  again = td_enrolment_write (file, secret, NULL);
  g_assert_nonnull (again);
  back = td_enrolment_read (again, NULL);
  g_assert_nonnull (back);
}

static void
put_code (JsonObject *json, const char *key)
{
  const char *ca = td_json_string (json, "ca");
  g_autofree char *print = ca == NULL || *ca == '\0' ? td_code_print (key) : td_code_print_ca (ca);
  g_autofree char *code = g_strconcat ("17C8NH84KREP", print, NULL);

  if (td_json_string (json, "code") != NULL)
    json_object_set_string_member (json, "code", code);
}

static GBytes *
sign (JsonObject *json)
{
  const char *key, *secret;
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json);
  g_autofree char *text = NULL, *digest = NULL, *sig = NULL;
  char *whole;

  fuzz_key (1, &key, &secret);
  json_object_set_string_member (json, "endpoint", key);
  put_code (json, key);
  json_object_remove_member (json, "sig");
  text = td_json_canonical (node, NULL);
  if (text == NULL)
    return NULL;
  digest = td_digest (text, -1);
  sig = td_sign (secret, digest);
  json_object_set_string_member (json, "sig", sig);
  whole = td_json_canonical (node, NULL);
  return g_bytes_new_take (whole, strlen (whole));
}

void
fuzz_enrolment (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (JsonObject) json = td_json_parse_object ((const char *)data, (gssize)size, TD_ENROLMENT_MAX, NULL);
  g_autoptr (GBytes) signed_ = json == NULL ? NULL : sign (json);

  read_file (bytes);
  if (signed_ != NULL)
    read_file (signed_);
}
