/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* The same person, or the same name and birth date, in other dossiers. */

/* TdRowItem for each other nominee. id: its dossier, "" where this desk may not know
 * which; title: its unit, or “another unit”; subtitle: what is the same; value: "", or
 * that it was looked at; state: fail (one person), warn, ok (looked at). */
GListModel *td_desk_doubles (TdDesk *self, const char *dossier);

G_END_DECLS
