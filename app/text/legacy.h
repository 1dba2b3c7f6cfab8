/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text typed with the fonts of the time before Unicode. Spreadsheets and documents of those years hold it as signs of
 * Latin-1, which only the right font shows as Vietnamese: "NguyÔn" (TCVN3), "Nguyeãn" (VNI) for Nguyễn.
 * What is Unicode already is never touched: neither a cell with a letter outside Latin-1, nor one that can't be read by
 * the code page, nor one that reads better as it is. */
typedef enum
{
  TD_LEGACY_NONE,
  TD_LEGACY_TCVN3, /* ABC: fonts ".VnTime" */
  TD_LEGACY_VNI,   /* fonts "VNI-Times" */
} TdLegacy;

typedef struct
{
  char *before;
  char *after;
} TdLegacyChange;

/* What the name of a font says, which is certain; @capitals (out, may be NULL): its small letters look like capitals. */
TdLegacy td_legacy_of_font (const char *font, gboolean *capitals);
/* What @text seems to be: a guess, to be shown and confirmed. Before td_text_clean(), which takes the soft
 * hyphen away that is ư in TCVN3. */
TdLegacy td_legacy_guess (const char *text);
/* @text with those of its cells (between tabs and line ends) in Unicode that are written in @code; owned. */
char *td_legacy_convert (TdLegacy code, const char *text);
/* One cell; NULL where it isn't written in @code. For a font that is known. */
char *td_legacy_convert_cell (TdLegacy code, const char *cell, gboolean capitals);
/* The first @most different cells that td_legacy_convert() changes: TdLegacyChange, owned. */
GPtrArray *td_legacy_changes (TdLegacy code, const char *text, guint most);
/* The name people know the code page by; not translated. */
const char *td_legacy_name (TdLegacy code);

G_END_DECLS
