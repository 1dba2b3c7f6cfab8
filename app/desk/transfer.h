/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* What moves on the line, and what it costs. */

/* "Đang gửi “tờ trình.pdf”: 1,2 MB trong 4,5 MB, còn khoảng 3 phút."; "" while no file is under way. */
char *td_desk_transfer_text (TdDesk *self);
double td_desk_transfer_share (TdDesk *self); /* 0 to 1; -1 while no file is under way */
/* "khoảng 25 giây" for @bytes up this line as it was last measured; "" before it was. */
char *td_desk_cost_text (TdDesk *self, gint64 bytes);

/* What is wrong with this machine's clock, in plain words; "" while it is right as far as can be known. */
char *td_desk_clock_text (TdDesk *self);

G_END_DECLS
