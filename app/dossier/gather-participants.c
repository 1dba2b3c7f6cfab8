/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/gather-private.h"

#include <string.h>

/* Who takes part: the rows of a registration, and the text that stood there before there were rows. */

static guint
count_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += *g_strstrip (lines[i]) != '\0';
  return n;
}

static void
count_row (const TdRecord *registration, const char *key, TdParticipants *count)
{
  g_autofree char *name_path = g_strdup_printf ("participant/%s/name", key);
  g_autofree char *kind_path = g_strdup_printf ("participant/%s/kind", key);
  g_autofree char *name = td_gather_text (registration, name_path);
  g_autofree char *kind = td_gather_text (registration, kind_path);

  if (*name == '\0')
    return;
  if (strcmp (kind, "collective") == 0)
    count->collectives++;
  else if (strcmp (kind, "individual") == 0)
    count->individuals++;
  else
    count->unsorted++;
}

/** td_gather_participants: see gather.h. */
void
td_gather_participants (const TdRecord *registration, TdParticipants *count)
{
  g_autoptr (GPtrArray) keys = td_gather_rows (registration, "participant", "order");
  g_autofree char *text = td_gather_text (registration, "participants");

  memset (count, 0, sizeof *count);
  for (guint i = 0; i < keys->len; i++)
    count_row (registration, keys->pdata[i], count);
  count->unsorted += count_lines (text);
}
