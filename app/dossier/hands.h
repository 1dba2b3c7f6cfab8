/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/state.h"

G_BEGIN_DECLS

/* Who wrote what stands in a record, where and when, and which values were not chosen: what two
 * machines of a unit need to see to settle two values of one member, and to find the other one again. */

#define TD_HAND_KEY_SIGNS 16 /* of a device's key: enough to tell the machines of one unit apart */
#define TD_HANDS_MOST 16     /* of a record; older ones become one that names nobody */
#define TD_SETTLED_MOST 40   /* of a record; the oldest goes first */

/* The one that wrote @path last; NULL where nobody knows. */
const TdHand *td_record_hand (const TdRecord *self, const char *path);

/* For apply-edit.c. @paths: (element-type utf8): members that @hand has just written; @hand's own are not read. */
void td_record_note_hand (TdRecord *self, const TdHand *hand, GPtrArray *paths);
/* @lost was not chosen; @chooser chose. */
void td_record_note_settled (TdRecord *self, const TdBeside *lost, const TdHand *chooser);
gsize td_record_hands_bytes (const TdRecord *self); /* about what they take in the record's JSON */

/* For record.c. */
void td_hand_free (gpointer data);
void td_settled_free (gpointer data);
JsonArray *td_hands_to_json (const TdRecord *self);
gboolean td_hands_from_json (TdRecord *self, JsonArray *array);
JsonArray *td_settled_to_json (const TdRecord *self);
gboolean td_settled_from_json (TdRecord *self, JsonArray *array);

G_END_DECLS
