/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "dossier/crypto.h"

#include <string.h>

const FuzzTarget fuzz_targets[] = {
  { "apply", fuzz_apply },       { "bundle", fuzz_bundle },       { "call", fuzz_call },
  { "campaign", fuzz_campaign }, { "enrolment", fuzz_enrolment }, { "json", fuzz_json },
  { "legacy", fuzz_legacy },     { "message", fuzz_message },     { "paste", fuzz_paste },
  { "record", fuzz_record },     { "sealed", fuzz_sealed },       { "text", fuzz_text },
  { "tus", fuzz_tus },           { "units", fuzz_units },         { NULL, NULL },
};

char *
fuzz_string (const guint8 *data, gsize size)
{
  return g_strndup ((const char *)data, size);
}

char *
fuzz_data (const char *folder, const char *name)
{
  const char *root = g_getenv ("TD_DATADIR");
  g_autofree char *path = g_build_filename (root == NULL ? "data" : root, folder, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("%s is not there: set TD_DATADIR", path);
  return text;
}

/* Where each string, number and word of @base begins and ends: pairs of offsets. */
static GArray *
tokens_of (const char *base)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize at = 0;

  while (base[at] != '\0')
    {
      gsize start = at;

      if (base[at] == '"')
        for (at++; base[at] != '"'; at++)
          at += base[at] == '\\';
      while (base[at] != '\0' && (base[at] == '"' || strchr (" \n,:[]{}", base[at]) == NULL))
        at++;
      if (at > start)
        {
          g_array_append_val (tokens, start);
          g_array_append_val (tokens, at);
        }
      else
        at++;
    }
  return tokens;
}

static int
compare_patches (gconstpointer a, gconstpointer b)
{
  const gsize *first = a, *second = b;

  return *first < *second ? -1 : *first > *second;
}

char *
fuzz_patched (const char *base, const guint8 *data, gsize size)
{
  g_autoptr (GArray) tokens = tokens_of (base);
  g_autoptr (GArray) patches = g_array_new (FALSE, FALSE, 3 * sizeof (gsize)); /* token, from and to in @data */
  GString *out = g_string_new (NULL);
  gsize done = 0;

  for (gsize at = 0; at + 2 < size;)
    {
      const guint8 *end = memchr (data + at + 2, '\n', size - at - 2);
      gsize to = end == NULL ? size : (gsize)(end - data);
      gsize patch[3] = { (data[at] * 256u + data[at + 1]) % (tokens->len / 2), at + 2, to };

      g_array_append_val (patches, patch);
      at = to + 1;
    }
  g_array_sort (patches, compare_patches);
  for (guint i = 0; i < patches->len; i++)
    {
      const gsize *patch = (const gsize *)(gpointer)(patches->data + i * 3 * sizeof (gsize));
      gsize start = g_array_index (tokens, gsize, 2 * patch[0]);

      if (start < done)
        continue;
      g_string_append_len (out, base + done, (gssize)(start - done));
      g_string_append_len (out, (const char *)data + patch[1], (gssize)(patch[2] - patch[1]));
      done = g_array_index (tokens, gsize, 2 * patch[0] + 1);
    }
  g_string_append (out, base + done);
  return g_string_free (out, FALSE);
}

void
fuzz_key (guint8 number, const char **key, const char **secret)
{
  static char *keys[4], *secrets[4];
  guint8 seed[32] = { number };

  g_assert (number < G_N_ELEMENTS (keys));
  if (keys[number] == NULL)
    td_key_from_seed (seed, &keys[number], &secrets[number]);
  *key = keys[number];
  *secret = secrets[number];
}
