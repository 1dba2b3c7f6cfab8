/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* The board's own data that all read: programmes and projects, emulation blocks;
 * and how the units of a block stand, for those who urge them (R-094, V.6). */

/* ---- programmes and projects, blocks ------------------------------------------- */
GListModel *td_desk_projects (TdDesk *self);              /* TdRowItem: id = record */
char *td_desk_new_project (TdDesk *self, GError **error); /* record id */
GListModel *td_desk_blocks (TdDesk *self);                /* TdRowItem: id = record */
char *td_desk_new_block (TdDesk *self, GError **error);   /* record id */
/* "project", "block"; NULL where @record is neither. */
const char *td_desk_entry_type (TdDesk *self, const char *record);
/* Empties a project or a block, so that nothing lists it any more. */
gboolean td_desk_drop_entry (TdDesk *self, const char *record, GError **error);

/* The units a project or block lists: TdRowItem, id = code, title = name. */
GListModel *td_desk_listed_units (TdDesk *self, const char *record);
/* @unit: key or code. Taking it off takes off what is said of it there. */
gboolean td_desk_list_unit (TdDesk *self, const char *record, const char *unit, gboolean listed, GError **error);
/* Every body that coordinates something, best first: title, value = targets exceeded, subtitle = rank. */
GListModel *td_desk_coordinators (TdDesk *self);

/* Codes and names of the units that a choice may offer, by name, those below a district left out; NULL-ended, owned. */
void td_desk_unit_choices (TdDesk *self, char ***codes, char ***names);
char *td_desk_name_of_code (TdDesk *self, const char *code); /* the code itself where no unit has it */

/* ---- urging ---------------------------------------------------------------------- */
#define TD_BLOCK_NONE "-" /* units that no block lists */
/* How each unit of the block stands, by what this desk has seen: TdStandingItem.
 * @block: a block's record, TD_BLOCK_NONE, or "" for all; a district has its communes whatever it says. */
GListModel *td_desk_standings (TdDesk *self, const char *block);

G_END_DECLS
