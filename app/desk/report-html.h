/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An administrative document in the layout of Nghị định 30/2020 (Phụ lục I) as one
 * printable HTML file that needs nothing else. All text is escaped here. */

typedef struct
{
  char *caption;
  char **heads;
  char *align;     /* one letter a column: l left, c centred, r right */
  GPtrArray *rows; /* char **, as many cells as heads */
} TdPaperTable;

typedef struct
{
  char *heading; /* "I. TÌNH HÌNH…" */
  char *text;    /* paragraphs, one a line */
  char **notes;  /* sentences computed from the ledger, after the text */
  GPtrArray *tables;
} TdPaperSection;

typedef struct
{
  char *above, *agency; /* upper case; @above "" where there is none; a line break in @agency is kept */
  char *number;         /* "12/BC-UBND"; "" leaves room for it */
  char *place_and_day;
  char *title, *about; /* "BÁO CÁO", what of */
  char *addressee;
  GPtrArray *sections;
  char *capacity, *position, *signer;
  char **recipients;
} TdPaper;

TdPaper *td_paper_new (void);
TdPaperSection *td_paper_add_section (TdPaper *self, const char *heading, const char *text);
TdPaperTable *td_paper_add_table (TdPaperSection *self, const char *caption, const char *align, char **heads);
void td_paper_add_row (TdPaperTable *self, char **cells); /* takes */
void td_paper_free (TdPaper *self);
char *td_paper_html (const TdPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdPaper, td_paper_free)

G_END_DECLS
