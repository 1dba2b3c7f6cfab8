/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/vietnamese.h"

#include <string.h>
#include <unicode/ucol.h>

/* Opened once and only read afterwards, which ICU allows from any thread. */
static UCollator *
collator (void)
{
  static gsize once = 0;
  static UCollator *vietnamese = NULL;

  if (g_once_init_enter (&once))
    {
      UErrorCode status = U_ZERO_ERROR;

      vietnamese = ucol_open ("vi", &status);
      if (U_FAILURE (status))
        g_error ("ICU has no Vietnamese collation: %s", u_errorName (status));
      ucol_setStrength (vietnamese, UCOL_TERTIARY);
      g_once_init_leave (&once, 1);
    }
  return vietnamese;
}

static int
collate (const char *a, gssize a_length, const char *b, gssize b_length)
{
  UErrorCode status = U_ZERO_ERROR;

  return (int)ucol_strcollUTF8 (collator (), a, (gint32)a_length, b, (gint32)b_length, &status);
}

/**
 * td_text_compare:
 * @a: a text
 * @b: a text
 *
 * ICU's order for "vi"; glibc's gives letters with two marks the weight of the bare letter.
 *
 * Returns: below, at or above zero
 */
int
td_text_compare (const char *a, const char *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  return collate (a, -1, b, -1);
}

typedef struct
{
  const char *family, *middle, *given;
  gssize n_family, n_middle, n_given;
} NameParts;

/* Family name is the first word, given name the last; a single word is the given name. */
static NameParts
split_name (const char *name)
{
  const char *end = name + strlen (name), *last, *first_end;
  NameParts parts = { name, name, name, 0, 0, 0 };

  while (end > name && end[-1] == ' ')
    end--;
  while (name < end && *name == ' ')
    name++;
  for (last = end; last > name && last[-1] != ' ';)
    last--;
  parts.given = last;
  parts.n_given = end - last;
  for (first_end = name; first_end < last && *first_end != ' ';)
    first_end++;
  parts.family = name;
  parts.n_family = last > name ? first_end - name : 0;
  while (first_end < last && *first_end == ' ')
    first_end++;
  while (last > first_end && last[-1] == ' ')
    last--;
  parts.middle = first_end;
  parts.n_middle = last - first_end;
  return parts;
}

/**
 * td_text_compare_people:
 * @a: a full name
 * @b: a full name
 *
 * Returns: the order of lists of people: given name, family name, middle names
 */
int
td_text_compare_people (const char *a, const char *b)
{
  NameParts x, y;
  int order;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  x = split_name (a);
  y = split_name (b);
  order = collate (x.given, x.n_given, y.given, y.n_given);
  if (order == 0)
    order = collate (x.family, x.n_family, y.family, y.n_family);
  if (order == 0)
    order = collate (x.middle, x.n_middle, y.middle, y.n_middle);
  return order;
}
