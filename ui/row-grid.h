/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field.h"
#include "offers.h"

G_BEGIN_DECLS

/* A table of rows of one record ("target/<key>/…"): each row a line of fields,
 * added, removed, and pasted from Excel. Rows are never rebuilt under the cursor. */
#define TD_TYPE_ROW_GRID (td_row_grid_get_type ())
G_DECLARE_FINAL_TYPE (TdRowGrid, td_row_grid, TD, ROW_GRID, GtkBox)

typedef struct
{
  const char *member;
  const char *title;  /* English */
  int width;          /* of the cell; 0: takes what is left */
  gboolean details;   /* stands in the second line of the row, with its title */
  const char *values; /* a choice: one a line; NULL for text */
  const char *labels; /* English or of the plan ("{phases}"), one a line */
  TdOffers offers;    /* texts to choose from, of a text in the second line; NULL: none */
} TdGridColumn;

/* What a row comes to: the name of an icon, and the words in @words (owned); NULL: nothing to say. */
typedef const char *(*TdGridState) (TdDesk *desk, const char *record, const char *key, char **words);
/* Something of the kind's own under the second line of a row. */
typedef GtkWidget *(*TdGridMore) (TdDesk *desk, const char *record, const char *key);

typedef struct
{
  const char *prefix;
  const char *add_label;     /* English, with mnemonic */
  const char *empty_label;   /* English: what belongs here */
  const char *const *pasted; /* the members columns of a pasted table fill, in order; NULL-ended */
  const TdGridColumn *columns;
  guint n_columns;
  TdGridState state; /* stands under each row; NULL: none */
  TdGridMore more;   /* NULL: none */
} TdGridKind;

void td_row_grid_bind (TdRowGrid *self, TdDesk *desk, const char *record, const TdGridKind *kind);
void td_row_grid_sync (TdRowGrid *self); /* rows come and go with the record */
/* Opens the row of @path when the field stands in its second line. */
void td_row_grid_open (TdRowGrid *self, const char *path);

G_END_DECLS
