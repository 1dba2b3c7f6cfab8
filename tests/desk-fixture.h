/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

/* Desks as a person fills them, shared by the tests that drive TdDesk. */

/* A desk on @path with the program's own plan, for the unit with @code and a person; @code NULL: first run. */
/* The plan a first run chooses; NULL: the program's first. */
extern const char *desk_plan;
TdDesk *desk_new (const char *path, const char *code, const char *person);
/* Members of one record: pairs path, typed text, NULL. Each must be taken. */
void desk_type (TdDesk *desk, const char *record, ...) G_GNUC_NULL_TERMINATED;
/* Everything a commune or district needs in its ledger to be praised. */
void desk_fill_ledger (TdDesk *desk);
/* A nomination with its report; owned id. @name NULL: the collective. */
char *desk_nominate (TdDesk *desk, const char *name, const char *number);
void desk_attach (TdDesk *desk, const char *record, const char *kind);
/* The open submission with letter and minutes, listing @dossiers (NULL-ended); owned id. */
char *desk_write_letter (TdDesk *desk, ...) G_GNUC_NULL_TERMINATED;
/* Takes the step and expects it to be taken: words as in td_desk_step(), NULL-ended. */
void desk_do (TdDesk *desk, const char *verb, const char *dossier, ...) G_GNUC_NULL_TERMINATED;
/* Expects the sentence to contain @part (may be ""). */
void desk_refused (TdDesk *desk, const char *verb, const char *dossier, const char *part, ...) G_GNUC_NULL_TERMINATED;
void desk_assert_stage (TdDesk *desk, const char *dossier, const char *stage);
char *desk_make_pdf (const char *folder, const char *name, const char *text); /* path, owned */
void desk_close (TdDesk *desk);                                               /* and nobody else holds it */
