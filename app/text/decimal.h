/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A fixed-point decimal with six places. Verdicts never touch binary floats. */
typedef struct
{
  gint64 micros;
} TdDecimal;

/* "1234.5", "-500", "99.96": the dotted form of records and files. FALSE on
 * anything else, on more than six places and on overflow. */
gboolean td_decimal_parse (const char *text, TdDecimal *out);
/* What a person types: "1.234,5", "1234", "1,5". "1,234.5" is ambiguous and refused. */
gboolean td_decimal_parse_typed (const char *text, TdDecimal *out);
/* The canonical dotted form, without trailing zeros. */
char *td_decimal_to_string (TdDecimal value);
/* "1.234,5": for screens and papers; at least @places places. */
char *td_decimal_format (TdDecimal value, guint places);
int td_decimal_compare (TdDecimal a, TdDecimal b);
/* part / whole in percent as "99,96": truncated, never rounded up to look met.
 * NULL where whole is zero or negative. */
char *td_decimal_percent (TdDecimal part, TdDecimal whole);
/* part / whole > percent/100 exactly, in 128-bit integers. */
gboolean td_decimal_over_share (TdDecimal part, TdDecimal whole, gint64 percent);

G_END_DECLS
