/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* What the practice units type into reviews and reports, before they hand anything in. */
gboolean td_demo_type_reports (TdDesk *desk, GError **error);
/* The final report that goes with the unit's letter; owned, NULL where it stays a draft. */
char *td_demo_report_to_hand_in (TdDesk *desk);
/* Reports that came to @desk by e-mail or on paper. */
gboolean td_demo_attest_reports (TdDesk *desk, GError **error);

G_END_DECLS
