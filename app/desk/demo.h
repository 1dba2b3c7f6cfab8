/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* Parts of thidua-demo, the loader of the practice data. */

/* A one-page PDF that looks like a paper of an office: national title, the
 * issuing unit, a heading and lines of text. */
gboolean
td_demo_paper (const char *path, const char *unit, const char *heading, const char *const *lines, GError **error);

/* The board's roster of the Council and emulation blocks, made up for the practice. */
gboolean td_demo_catalogue (TdDesk *board, GError **error);

/* The desk of the unit with @code. */
typedef TdDesk *(*TdDemoDesk) (gpointer data, const char *code);

/* Notices, inspections, difficulties and exemplary cases between the units of the
 * demo, through the exchange; pictures are made in @dir. */
gboolean td_demo_circulars (TdDemoDesk find, gpointer data, const char *dir, GError **error);

/* The registrations of July 2024 of the units below @desk that play no part of their own. */
gboolean td_demo_note_registrations (TdDesk *desk, GError **error);

/* What a unit that plays has typed of its own registration, after its ledger. */
gboolean td_demo_fill_registration (TdDesk *desk, GError **error);

G_END_DECLS
