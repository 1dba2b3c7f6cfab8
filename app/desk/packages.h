/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* Exchange by a stick (model.md 4.3, data/exchange.md 15): packages out, packages and receipts in. One at a time;
 * the work is done in a thread and nothing of an unfinished package stays. */

/* Sizes of a part, in bytes; the first also fits through POST /v1/import. */
#define TD_PACKAGE_PART_SMALL G_GINT64_CONSTANT (100000000)
#define TD_PACKAGE_PART_MIDDLE G_GINT64_CONSTANT (1000000000)
#define TD_PACKAGE_PART_LARGE G_GINT64_CONSTANT (3900000000)

/* What a package written now would hold: "12 thay đổi, 3 tệp (4,5 MB)"; owned. */
char *td_desk_package_text (TdDesk *self);
/* NULL when a package can be written, else the sentence why not; owned. */
char *td_desk_package_why_not (TdDesk *self);
/* Of the work under way, 0 to 1; -1: none. */
double td_desk_package_share (TdDesk *self);

/**
 * td_desk_export_async:
 * @folder: where the package goes, one file for each part
 * @part_size: bytes of a part; a larger single file makes a larger part
 *
 * Finishes with a sentence that says what was written where and that the stick may be removed: by then
 * everything was synced and read back.
 */
void td_desk_export_async (TdDesk *self,
                           const char *folder,
                           gint64 part_size,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
char *td_desk_export_finish (TdDesk *self, GAsyncResult *result, char ***paths, GError **error);

/* Packages from below and receipts, in any order; finishes with sentences, one a line. Where some could be
 * read and others not, the sentences say which; the error is for when none could. */
void td_desk_import_async (
    TdDesk *self, const char *const *paths, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *td_desk_import_finish (TdDesk *self, GAsyncResult *result, GError **error);

/* Packages of others this desk carries: TdRowItem, id = hash; state "ok" with a receipt to give back. */
GListModel *td_desk_carried (TdDesk *self);
/* Writes the receipt of a carried package to @folder; the sentence, or NULL with an error. */
char *td_desk_save_receipt (TdDesk *self, const char *package, const char *folder, GError **error);
/* Takes it off the list; what the centre has stays. */
gboolean td_desk_drop_carried (TdDesk *self, const char *package, GError **error);

/* The administrator's file for a unit without a line: unit, roles, plan, keys. The first package asks for the
 * enrolment, its receipt brings it. */
gboolean td_desk_enrol_by_file (TdDesk *self, const char *path, GError **error);
gboolean td_desk_enrolling_by_file (TdDesk *self); /* a file was opened, no receipt has come yet */

G_END_DECLS
