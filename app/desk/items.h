/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Rows as windows show them: finished words, read-only, made by TdDesk. Fields
 * are public and never NULL; each type is a final GObject so that it can live in
 * a GListModel. Bindings in .ui files may use the property of the same name for
 * the char * fields. */

/* A dossier in a list or at the head of its page. */
#define TD_TYPE_DOSSIER_ITEM (td_dossier_item_get_type ())
G_DECLARE_FINAL_TYPE (TdDossierItem, td_dossier_item, TD, DOSSIER_ITEM, GObject)
struct _TdDossierItem
{
  GObject parent_instance;
  char *id;
  char *type;          /* nomination registration report */
  char *title;         /* nominee's name or "Đăng ký tham gia thi đua" */
  char *subtitle;      /* position, or the kind of collective */
  char *kind_label;    /* "Tập thể", "Cá nhân", "Đăng ký", "Báo cáo" */
  char *unit_name;     /* whose it is: "Xã Vị Thủy" */
  char *category;      /* "a"…"d" or "" */
  char *stage;         /* stage id */
  char *stage_label;   /* "Đã trình", "Trả lại bổ sung" …, "Chờ gửi" while the step waits */
  char *holder_name;   /* who holds it now */
  char *since;         /* "08/07/2025" */
  char *next;          /* what comes next, one phrase */
  char *verdict_label; /* "Đạt", "Chưa đạt: 2", "Thiếu dữ liệu: 1" … */
  char *verdict;       /* pass manual unknown fail */
  char *reason;        /* why it was returned or left out; "" */
  char *submission;    /* record id of the submission that carries it here, "" */
  char *opinion_label; /* "Thẩm định: đạt · Rà soát: chờ" for the board; "" elsewhere */
  gboolean own;        /* the owner is this unit */
  gboolean held;       /* this unit holds it */
  gboolean editable;   /* at least one field is open to this unit */
  gboolean waiting;    /* something about it isn't at the endpoint yet */
  gboolean collective;
  gboolean listed; /* in this unit's open submission */
};

/* One finding of the live check. */
#define TD_TYPE_FINDING_ITEM (td_finding_item_get_type ())
G_DECLARE_FINAL_TYPE (TdFindingItem, td_finding_item, TD, FINDING_ITEM, GObject)
struct _TdFindingItem
{
  GObject parent_instance;
  char *rule;    /* its id, for actions; never shown */
  char *title;   /* "Xếp loại đảng viên năm 2020 - 2024" */
  char *verdict; /* pass na manual unknown fail warn */
  char *verdict_label; /* "Đạt", "Chưa đạt", "Thiếu dữ liệu", "Cần thẩm định", "Không áp dụng", "Lưu ý" */
  char *message;
  char *clause; /* "mục III.2.1.d" */
  char *cure;
  char *record; /* record id to open, "" */
  char *record_type;
  char *path;           /* member to focus, "" */
  char *answer;         /* the board's words on a MANUAL, or the waiver with who and when; "" */
  gboolean waived;      /* the board's waiver of it holds for the present version */
  gboolean answered;    /* a MANUAL, answered with a good appraisal of the present version */
  gboolean overridable; /* may be waived with a reason (xét đặc cách) */
  gboolean doubled;     /* other dossiers are meant by it: td_desk_doubles() */
};

/* One link of the chain: a step or opinion this desk may see. */
#define TD_TYPE_CHAIN_ITEM (td_chain_item_get_type ())
G_DECLARE_FINAL_TYPE (TdChainItem, td_chain_item, TD, CHAIN_ITEM, GObject)
struct _TdChainItem
{
  GObject parent_instance;
  char *op;
  char *verb;
  char *label; /* "Trả lại" */
  char *who;   /* "Nguyễn Văn A, Phó Trưởng phòng" */
  char *unit_name;
  char *when;     /* "14:05 ngày 08/07/2025" or "Chờ gửi" */
  char *reason;   /* "Lý do: …", "Người phụ trách: …"; "" */
  char *verified; /* "Chữ ký hợp lệ", "Chưa kiểm tra được", "Chữ ký KHÔNG hợp lệ" */
  char *dossier_title;
  gint64 at; /* UTC seconds, for the order */
  gboolean waiting;
};

/* A scan attached to a record. */
#define TD_TYPE_FILE_ITEM (td_file_item_get_type ())
G_DECLARE_FINAL_TYPE (TdFileItem, td_file_item, TD, FILE_ITEM, GObject)
struct _TdFileItem
{
  GObject parent_instance;
  char *record;
  char *key; /* the <uuid> of file/<uuid> */
  char *sha;
  char *name;
  char *kind; /* BAO_CAO_THANH_TICH … */
  char *kind_label;
  char *target;      /* evidence: the row of the targets it belongs to; "" */
  char *size_label;  /* "1,2 MB" */
  char *state_label; /* "Đã gửi", "Chờ gửi", "Chưa tải về" */
  char *path;        /* local path, "" when the bytes aren't here yet */
  gboolean removable;
};

/* What changed between two handed-in versions, or since the return. */
#define TD_TYPE_DIFFERENCE_ITEM (td_difference_item_get_type ())
G_DECLARE_FINAL_TYPE (TdDifferenceItem, td_difference_item, TD, DIFFERENCE_ITEM, GObject)
struct _TdDifferenceItem
{
  GObject parent_instance;
  char *record;
  char *path;
  char *label; /* "Xếp loại năm 2023" */
  char *before;
  char *after;
};

/* "Cần xử lý": a refused operation, or two values of one field. */
#define TD_TYPE_PROBLEM_ITEM (td_problem_item_get_type ())
G_DECLARE_FINAL_TYPE (TdProblemItem, td_problem_item, TD, PROBLEM_ITEM, GObject)
struct _TdProblemItem
{
  GObject parent_instance;
  char *op;
  char *title;   /* "Bước Trình chưa được nhận: Đảng bộ xã Vị Thủy" */
  char *message; /* why, what was kept, what to do */
  char *record;  /* of a conflict: record and path; "" for a refusal */
  char *path;
  char *field_label;
  char *mine;     /* the value kept beside */
  char *theirs;   /* the value that stands */
  char *by;       /* who wrote the one kept beside, on which machine, when */
  char *their_by; /* the same of the one that stands */
  char *content;  /* of a refusal: all that was typed, in lines */
  char *dossier;  /* the dossier to open, "" */
};

/* A line of a plain table: registrations of communes, units to urge… */
#define TD_TYPE_ROW_ITEM (td_row_item_get_type ())
G_DECLARE_FINAL_TYPE (TdRowItem, td_row_item, TD, ROW_ITEM, GObject)
struct _TdRowItem
{
  GObject parent_instance;
  char *id;
  char *title;
  char *subtitle;
  char *value;
  char *state; /* ok warn late missing info */
};

/* How a unit stands, for those who urge it: days as shown, "" where nothing has come. */
#define TD_TYPE_STANDING_ITEM (td_standing_item_get_type ())
G_DECLARE_FINAL_TYPE (TdStandingItem, td_standing_item, TD, STANDING_ITEM, GObject)
struct _TdStandingItem
{
  GObject parent_instance;
  char *id; /* unit key */
  char *unit_name;
  char *block;
  char *in_charge; /* Council member in charge of the block */
  char *registered;
  char *interim;
  char *final;
  char *report;
  char *dossiers; /* how many it has handed in */
  char *lacks;    /* what is missing, in words; "" */
};

TdDossierItem *td_dossier_item_new (void); /* all strings "" */
TdFindingItem *td_finding_item_new (void);
TdChainItem *td_chain_item_new (void);
TdFileItem *td_file_item_new (void);
TdDifferenceItem *td_difference_item_new (void);
TdProblemItem *td_problem_item_new (void);
TdRowItem *td_row_item_new (void);
TdStandingItem *td_standing_item_new (void);
/* Replaces the string field at @field (an item's own char * member). */
void td_item_set (char **field, const char *text);

G_END_DECLS
