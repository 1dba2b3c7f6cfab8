/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* The award roll (IV.4, R-086): who was decided on, and to whom it was handed over.
 * The board sees all; any other desk its own and what went through it. */

#define TD_TYPE_AWARD_ITEM (td_award_item_get_type ())
G_DECLARE_FINAL_TYPE (TdAwardItem, td_award_item, TD, AWARD_ITEM, GObject)
struct _TdAwardItem
{
  GObject parent_instance;
  char *id;          /* the dossier */
  char *number;      /* of the decision */
  char *day;         /* of the decision: "20/07/2025" */
  char *name;        /* the nominee */
  char *kind_label;  /* "Tập thể", "Cá nhân" */
  char *unit_name;   /* whose nominee */
  char *form;        /* "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh" */
  char *state;       /* waiting absent handed */
  char *state_label; /* "Chờ trao", "Vắng, trao sau", "Đã trao" */
  char *receiver;    /* by whom it was received; "" */
  char *place;       /* where, "" */
  char *handed;      /* "20/09/2025", "" */
};
TdAwardItem *td_award_item_new (void); /* all strings "" */

GListModel *td_desk_award_roll (TdDesk *self); /* TdAwardItem, by unit and given name */
/* The same as a table to be pasted into Word or Excel: a head, tabs between cells. */
char *td_desk_award_table (TdDesk *self);

G_END_DECLS
