/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/call-code.h"

#include "campaign/units.h"
#include "dossier/acting.h"
#include "dossier/crypto.h"

#include <string.h>

#define BITS_BYTES 9 /* 72 bits, of which the last six are dropped */
#define SPARE_BITS 6
#define DATA_DIGITS (TD_CALL_DIGITS - 1)

/* Damm's totally anti-symmetric quasigroup of order ten: it finds every single wrong digit and every two
 * neighbours in each other's place, which a sum of digits does not. */
static const guint8 damm[10][10] = {
  { 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 }, { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 }, { 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 },
  { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 }, { 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 }, { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
  { 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 }, { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 }, { 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 },
  { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

/* ---- digits ------------------------------------------------------------------------- */

static guint8
check_digit (const char *digits, gsize length)
{
  guint8 interim = 0;

  for (gsize i = 0; i < length; i++)
    interim = damm[interim][digits[i] - '0'];
  return interim;
}

/* Takes the last decimal digit off a number of so many bytes. */
static guint
take_digit (guint8 *number)
{
  guint rest = 0;

  for (guint i = 0; i < BITS_BYTES; i++)
    {
      guint part = rest * 256 + number[i];

      number[i] = (guint8)(part / 10);
      rest = part % 10;
    }
  return rest;
}

/* The first 66 bits of a digest in hex, as 20 decimal digits and their check. */
static char *
code_of_digest (const char *digest)
{
  guint8 number[BITS_BYTES];
  char code[TD_CALL_DIGITS + 1] = { 0 };
  guint carry = 0;

  for (guint i = 0; i < BITS_BYTES; i++)
    {
      guint byte = (guint)(g_ascii_xdigit_value (digest[2 * i]) * 16 + g_ascii_xdigit_value (digest[2 * i + 1]));

      number[i] = (guint8)((carry << (8 - SPARE_BITS)) | (byte >> SPARE_BITS));
      carry = byte & ((1U << SPARE_BITS) - 1);
    }
  for (guint i = DATA_DIGITS; i > 0; i--)
    code[i - 1] = (char)('0' + take_digit (number));
  code[DATA_DIGITS] = (char)('0' + check_digit (code, DATA_DIGITS));
  return g_strdup (code);
}

char *
td_call_shown (const char *code)
{
  GString *shown = g_string_new (NULL);

  for (gsize i = 0; code[i] != '\0'; i++)
    {
      if (i > 0 && i % TD_CALL_GROUP == 0)
        g_string_append_c (shown, ' ');
      g_string_append_c (shown, code[i]);
    }
  return g_string_free (shown, FALSE);
}

static gboolean
is_between (char sign)
{
  return sign == ' ' || sign == '-' || sign == '.' || sign == '\t';
}

TdCallFault
td_call_read (const char *typed, char **code)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  *code = NULL;
  for (const char *p = typed; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (!is_between (*p))
        return TD_CALL_SIGNS;
      if (digits->len > TD_CALL_DIGITS)
        return TD_CALL_LONG;
    }
  if (digits->len < TD_CALL_DIGITS)
    return TD_CALL_SHORT;
  if (check_digit (digits->str, digits->len) != 0)
    return TD_CALL_CHECK;
  *code = g_strdup (digits->str);
  return TD_CALL_GOOD;
}

char *
td_call_id (const char *campaign, const char *unit, const char *code)
{
  g_autofree char *name = g_strdup_printf ("call\n%s\n%s\n%s", campaign, unit, code);

  return td_uuid_named (name);
}

/* ---- what it commits to ---------------------------------------------------------------- */

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* @lines: "dossier digest" of each; put in order. */
static char *
make_code (const char *campaign, const char *owner, const char *submission, GPtrArray *lines, const char *letter)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *digest = NULL;

  g_ptr_array_sort (lines, compare_lines);
  g_string_append_printf (text, "call\n%s\n%s\n%s\n", campaign, owner, submission);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *)lines->pdata[i]);
  g_string_append (text, letter);
  digest = td_digest (text->str, -1);
  return code_of_digest (digest);
}

char *
td_call_code_of (const TdOperation *operation, const char *campaign, const char *owner)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) named = NULL;

  if (strcmp (operation->verb, "submit") != 0)
    return NULL;
  named = td_operation_named (operation);
  for (guint i = 0; i < named->len; i++)
    {
      const TdNamed *one = &g_array_index (named, TdNamed, i);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s", one->dossier, one->digest));
    }
  return make_code (campaign, owner, td_operation_text (operation, "sub"), lines,
                    td_operation_text (operation, "letter"));
}

/* ---- what was accepted ------------------------------------------------------------------- */

void
td_call_submit_free (TdCallSubmit *self)
{
  g_free (self->code);
  g_free (self->submission);
  g_ptr_array_unref (self->dossiers);
  g_free (self);
}

/* Listed in its letters, where they can be read here, or handed in by it. */
static void
add_dossiers (GHashTable *ids, TdState *state, const char *key)
{
  g_autofree char *letters_term = g_strdup_printf ("owner:%s type:submission", key);
  g_autofree char *term = g_strdup_printf ("submitter:%s", key);
  g_autoptr (GPtrArray) letters = td_state_list (state, "record", letters_term);
  g_autoptr (GPtrArray) handed = td_state_list (state, "dossier", term);

  for (guint i = 0; i < letters->len; i++)
    {
      const TdRecord *letter = td_state_record (state, letters->pdata[i]);
      g_autoptr (GPtrArray) items = letter == NULL ? NULL : td_record_keys (letter, "item");

      for (guint n = 0; items != NULL && n < items->len; n++)
        g_hash_table_add (ids, g_strdup (items->pdata[n]));
    }
  for (guint i = 0; i < handed->len; i++)
    g_hash_table_add (ids, g_strdup (handed->pdata[i]));
}

/* The versions of one trình share its letter and its place in the sequence. */
static void
add_version (GHashTable *groups, TdVersion *version)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", version->q, version->submission);
  GPtrArray *group = g_hash_table_lookup (groups, key);

  if (group == NULL)
    {
      group = g_ptr_array_new ();
      g_hash_table_insert (groups, g_steal_pointer (&key), group);
    }
  g_ptr_array_add (group, version);
}

static TdCallSubmit *
make_submit (TdState *state, const char *campaign, GPtrArray *versions)
{
  const TdVersion *first = versions->pdata[0];
  const char *letter = first->letters->len == 0 ? "" : first->letters->pdata[first->letters->len - 1];
  const TdRecord *body = td_state_body (state, letter);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  TdCallSubmit *self = g_new0 (TdCallSubmit, 1);

  self->dossiers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < versions->len; i++)
    {
      const TdVersion *version = versions->pdata[i];

      g_ptr_array_add (lines, g_strdup_printf ("%s %s", version->dossier, version->digest));
      g_ptr_array_add (self->dossiers, g_strdup (version->dossier));
    }
  g_ptr_array_sort (self->dossiers, compare_lines);
  self->code = make_code (campaign, body == NULL ? first->by : body->owner, first->submission, lines, letter);
  self->submission = g_strdup (first->submission);
  self->q = first->q;
  self->day = first->day;
  self->to = first->to;
  return self;
}

static int
compare_submits (gconstpointer a, gconstpointer b)
{
  const TdCallSubmit *first = *(const TdCallSubmit *const *)a, *second = *(const TdCallSubmit *const *)b;

  return first->q != second->q ? (first->q < second->q ? -1 : 1) : strcmp (first->submission, second->submission);
}

GPtrArray *
td_call_submits (TdState *state, const TdUnits *units, const char *campaign, const char *unit)
{
  const TdUnit *now = td_units_now (units, unit);
  GPtrArray *submits = g_ptr_array_new_with_free_func ((GDestroyNotify)td_call_submit_free);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) groups
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) keys = NULL;
  GHashTableIter iter;
  gpointer value;

  if (now == NULL)
    return submits;
  keys = td_unit_keys (now);
  for (guint i = 0; i < keys->len; i++)
    add_dossiers (ids, state, keys->pdata[i]);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      const TdDossier *dossier = td_state_dossier (state, value);

      for (gint64 n = 1; dossier != NULL && n <= dossier->version; n++)
        {
          TdVersion *version = td_state_version (state, dossier->id, n);

          if (version != NULL && td_unit_is (now, version->by))
            add_version (groups, version);
        }
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (submits, make_submit (state, campaign, value));
  g_ptr_array_sort (submits, compare_submits);
  return submits;
}
