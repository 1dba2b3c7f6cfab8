/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* Taking part (IV.1, V.4) and results (III.2.1): the rows of a unit's targets with
 * what they come to, its registration and the letter it goes up with, and the merged
 * tables of the district and the province. */

/* ---- one target ------------------------------------------------------------- */

/* A target, or an indicator of an enterprise, as a row of a table. */
#define TD_TYPE_TARGET_ITEM (td_target_item_get_type ())
G_DECLARE_FINAL_TYPE (TdTargetItem, td_target_item, TD, TARGET_ITEM, GObject)
struct _TdTargetItem
{
  GObject parent_instance;
  char *id;   /* unit key, prefix and key of the row */
  char *unit; /* whose: a unit's key */
  char *unit_name;
  char *name;
  char *measure; /* unit of measure */
  char *plan;    /* set to 2025 */
  char *by_half_year;
  char *actual;
  char *result_date;
  char *percent; /* "125,00%", "" where there is none */
  char *basis;
  char *phase;
  char *year;
  char *evidence;
  char *breakthrough; /* the words, "" for other targets */
  char *state;        /* exceeded met unmet none doubtful below negative */
  char *state_label;
  char *note; /* why a result is not counted, what it is compared with; "" */
};

/* The row target/<key> or indicator/<key> of a unit's own or handed-in targets; NULL without it. Owned. */
TdTargetItem *td_desk_target (TdDesk *self, const char *record, const char *prefix, const char *key);
/* The documents offered as a basis to this unit; NULL-ended, owned. */
char **td_desk_bases (TdDesk *self);
/* Adds what is missing of the indicators the plan wants of an enterprise; how many were added, -1 with
 * @error. */
int td_desk_add_indicators (TdDesk *self, GError **error);
/* Attaches a scan to the row @key of @record: evidence of a target (MINH_CHUNG), the picture of a work
 * (ANH_CONG_TRINH); finish as any attachment. */
void td_desk_attach_to_row_async (TdDesk *self,
                                  const char *record,
                                  const char *key,
                                  const char *kind,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);

/* ---- this unit's registration ------------------------------------------------ */

/* "Xã Vị Thủy → Phòng Nội vụ huyện Vị Thủy → Ban …"; "" at the top. */
char *td_desk_registration_way (TdDesk *self);
/* The letter being prepared for registrations, made when there is none; record id. */
char *td_desk_registration_letter (TdDesk *self, GError **error);
/* What would go up now: the own registration while it is a draft or came back, and those received from below. */
GListModel *td_desk_registration_going (TdDesk *self); /* of TdDossierItem */
/* NULL when it may be handed in now, "" when there is nothing to hand in, else the sentence; owned. */
char *td_desk_registration_why_not (TdDesk *self);
/* What would stay here and why, a sentence a line; "" when all goes. Owned. */
char *td_desk_registration_left (TdDesk *self);
gboolean td_desk_submit_registration (TdDesk *self, GError **error);

/* ---- merged tables ------------------------------------------------------------- */

/* What a table shows; each may be "" or NULL for everything. */
typedef struct
{
  const char *scope;    /* districts departments enterprises communes, or a unit's key: it and those below it */
  const char *standing; /* absent late due ontime */
  const char *query;    /* search without tones */
} TdRegistrationFilter;

#define TD_TYPE_REGISTERED_ITEM (td_registered_item_get_type ())
G_DECLARE_FINAL_TYPE (TdRegisteredItem, td_registered_item, TD, REGISTERED_ITEM, GObject)
struct _TdRegisteredItem
{
  GObject parent_instance;
  char *id;      /* the unit's key */
  char *dossier; /* id of its registration, whether anything of it is here or not */
  char *unit_name;
  char *upper_name; /* the district of a commune */
  char *kind_label;
  char *standing; /* absent late due ontime */
  char *standing_label;
  char *state;   /* for td_state_icon() */
  char *day;     /* when it reached the level that counts here */
  char *top_day; /* when it reached the province */
  char *stage;   /* "" while nothing of it is here */
  char *stage_label;
  char *targets;
  char *breakthrough;
  char *participants;
  gboolean may_receive;
  gboolean may_return;
  gboolean may_attest;
};

/* Absent first, then late, then the rest; of TdRegisteredItem, made as they are looked at. */
GListModel *td_desk_registered_units (TdDesk *self, const TdRegistrationFilter *filter);
/* Of TdTargetItem: break-through targets first, then unit by unit in the order of the registration. */
GListModel *td_desk_registered_targets (TdDesk *self, const TdRegistrationFilter *filter);
/* The scopes this desk may choose: TdRowItem id and title, the first is "everything". */
GListModel *td_desk_registration_scopes (TdDesk *self);

/* One row of the summary for UBND tỉnh (V.4). */
#define TD_TYPE_SUM_ITEM (td_sum_item_get_type ())
G_DECLARE_FINAL_TYPE (TdSumItem, td_sum_item, TD, SUM_ITEM, GObject)
struct _TdSumItem
{
  GObject parent_instance;
  char *title;
  char *units;
  char *registered; /* on time and late */
  char *late;
  char *absent;
  char *targets;
  char *breakthrough;
  char *collectives;
  char *individuals;
  char *unsorted;
};
GListModel *td_desk_registration_sums (TdDesk *self); /* TdSumItem: each kind of unit, then the total */

typedef enum
{
  TD_TABLE_UNITS,
  TD_TABLE_TARGETS,
  TD_TABLE_SUMS
} TdRegistrationTable;
/* The table as text with tabs, heading first, for Excel and Word; owned. */
char *td_desk_registrations_text (TdDesk *self, TdRegistrationTable table, const TdRegistrationFilter *filter);

TdTargetItem *td_target_item_new (void); /* all strings "" */
TdRegisteredItem *td_registered_item_new (void);
TdSumItem *td_sum_item_new (void);

G_END_DECLS
