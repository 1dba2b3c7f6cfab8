/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/template.h"

#include <glib/gi18n.h>
#include <string.h>

/* Literal text, then the value of a place; -1: no value follows. */
typedef struct
{
  char *text;
  gsize length;
  int place;
} Piece;

struct _TdTemplate
{
  GArray *pieces;
};

static void
piece_clear (gpointer data)
{
  g_free (((Piece *)data)->text);
}

static void
add_piece (TdTemplate *self, const char *text, gsize length, int place)
{
  Piece piece = { g_strndup (text, length), length, place };

  g_array_append_val (self->pieces, piece);
}

static int
find_place (const char *places, const char *name, gsize length)
{
  int index = 0;

  for (const char *at = places; *at; index++)
    {
      gsize run = strcspn (at, " ");

      if (run == length && strncmp (at, name, length) == 0)
        return index;
      at += run;
      at += *at == ' ';
    }
  return -1;
}

TdTemplate *
td_template_read (TdShape *shape, const char *name, const char *text, const char *places)
{
  TdTemplate *self = g_new0 (TdTemplate, 1);

  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  while (*text)
    {
      gsize literal = strcspn (text, "{");
      const char *open = text + literal, *close = *open ? strchr (open, '}') : NULL;
      int place = -1;

      if (*open && !close)
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("a brace is not closed"));
      if (*open && close)
        {
          place = find_place (places, open + 1, (gsize)(close - open) - 1);
          if (place < 0)
            td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, name, _ ("“%.*s” is none of: %s"), (int)(close - open) - 1,
                            open + 1, places);
        }
      add_piece (self, text, literal, place);
      text = close ? close + 1 : open + strlen (open);
    }
  return self;
}

void
td_template_free (TdTemplate *self)
{
  if (!self)
    return;
  g_array_unref (self->pieces);
  g_free (self);
}

void
td_template_fill (const TdTemplate *self, const char *const *values, GString *out)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      g_string_append_len (out, piece->text, (gssize)piece->length);
      if (piece->place >= 0)
        g_string_append (out, values[piece->place]);
    }
}
