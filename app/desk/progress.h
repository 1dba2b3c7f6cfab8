/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* How far the dossiers of the province are, and how many persons each unit proposes. */

/* TdRowItem for each stage that has dossiers, in the order of the chain. id: stage,
 * title: its label, value: how many, subtitle: the share of all in thousandths. */
GListModel *td_desk_flow (TdDesk *self);
/* TdRowItem for each category: title, subtitle: how many at which stage, value: how many. */
GListModel *td_desk_flow_by_category (TdDesk *self);
/* The same for each unit that hands in to this desk, its communes' included. */
GListModel *td_desk_flow_by_unit (TdDesk *self);
/* TdRowItem for each unit below with persons proposed: title: unit, subtitle: own and
 * communes', why it is as many, value: "09/12", state: ok or late (exceeded). */
GListModel *td_desk_quotas (TdDesk *self);
/* This unit's own counter in one or two sentences, @over set where it is exceeded; owned. */
char *td_desk_quota_text (TdDesk *self, gboolean *over);

G_END_DECLS
