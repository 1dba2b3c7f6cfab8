/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* Own awards, works, interim and final review and their reports (III.3, II.1, IV.4, V.4):
 * what the place "reviews" shows and does. As everywhere in the desk: text is Vietnamese
 * and finished for the screen, everything returned is owned. */

/* The unit's interim or final report: its record, begun or not. */
char *td_desk_report (TdDesk *self, gboolean interim);

/* ---- the gate (III.3 Lưu ý) ---------------------------------------------- */
/* Launch, final review, own awards: TdRowItem, id = member of the events record to type it in,
 * subtitle = document and day, or what is to be done; state ok info (not due yet) missing late. */
GListModel *td_desk_gate (TdDesk *self);
/* How it stands as a whole and whom it stops; @state (may be NULL): ok info missing. "" for the board. */
char *td_desk_gate_text (TdDesk *self, const char **state);
/* Plan, interim and final review in their windows: TdRowItem, title = the sentence. */
GListModel *td_desk_review_notes (TdDesk *self);

/* ---- one report -------------------------------------------------------------------------- */
/* Its sections: TdRowItem, id = member, title = "I. Tình hình…", value = the text. */
GListModel *td_desk_report_sections (TdDesk *self, const char *report);
/* Its figures, as they stand or as they were handed in: TdRowItem, title, value. */
GListModel *td_desk_report_figures (TdDesk *self, const char *report);
/* How the unit's own report stands: title = the sentence, state ok info missing late. */
TdRowItem *td_desk_report_status (TdDesk *self, gboolean interim);

/* ---- the roll-up --------------------------------------------------------------------------- */
#define TD_TYPE_REPORT_ROW (td_report_row_get_type ())
G_DECLARE_FINAL_TYPE (TdReportRow, td_report_row, TD, REPORT_ROW, GObject)
struct _TdReportRow
{
  GObject parent_instance;
  char *unit;    /* key; "" for sums */
  char *name;    /* "Xã Vị Thủy"; "Cộng" */
  char *dossier; /* to open it; "" where it came on paper or not at all */
  char *status;  /* "Đã nộp ngày 05/07/2025", "Chưa nộp" */
  char *state;   /* ok late missing; "" for sums */
  char *targets, *met, *exceeded, *collectives, *individuals, *works, *value;
  char *difficulties;
};
/* Every unit directly below, after a district that sums up its communes those sums, last the total. */
GListModel *td_desk_rollup (TdDesk *self, gboolean interim);
char *td_desk_rollup_summary (TdDesk *self, gboolean interim); /* "5/9 đơn vị đã nộp, …" */
/* The same for a spreadsheet: tab-separated, with a head. */
char *td_desk_rollup_table (TdDesk *self, gboolean interim);
/* The texts of section @key (NULL: all sections) of all reports that came, one after the other. */
char *td_desk_rollup_texts (TdDesk *self, gboolean interim, const char *key);
/* The sums of the units below into this unit's own report, where the level above reads them. */
gboolean td_desk_write_below (TdDesk *self, gboolean interim, GError **error);
/* What stands there, and whether the units below say otherwise now; "" where it isn't this unit's to do. */
char *td_desk_below_text (TdDesk *self, gboolean interim);
/* A report that came by e-mail or on paper: @day and @time as typed. */
gboolean td_desk_attest_report (TdDesk *self,
                                const char *unit,
                                gboolean interim,
                                const char *paper,
                                const char *day,
                                const char *time,
                                GError **error);

/* ---- sending it by e-mail (R-092) ------------------------------------------------------------ */
/* Nothing is ever sent by the program: it writes a folder and the words of a letter. */
typedef struct
{
  char *address; /* "" where the plan names none for this unit: the person types it */
  char *subject;
  char *text;
  char *uri; /* mailto: with all three */
} TdMail;
TdMail *td_desk_report_mail (TdDesk *self, gboolean interim);
void td_mail_free (TdMail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMail, td_mail_free)

/* The report as one HTML document in the decree's layout; the data as JSON. */
char *td_desk_report_html (TdDesk *self, gboolean interim);
char *td_desk_report_json (TdDesk *self, gboolean interim);
/* Writes a new folder inside @folder with both and the attachments. Never overwrites. */
void td_desk_package_async (TdDesk *self,
                            gboolean interim,
                            GFile *folder,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
/* The new folder; owned. */
GFile *td_desk_package_finish (TdDesk *self, GAsyncResult *result, GError **error);
/* A file name nobody can be hurt by, from one that came from anywhere. */
char *td_safe_file_name (const char *name);

G_END_DECLS
