/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

G_BEGIN_DECLS

/* Correspondence of a desk (plan V.1, V.2, V.4 to V.6 and its closing paragraph):
 * notices, inspections, difficulties, exemplary cases and the answers to them.
 * The rules of desk.h hold: main thread, finished words, on disk when a call returns. */

typedef enum
{
  TD_BOX_RECEIVED,
  TD_BOX_SENT,
  TD_BOX_DRAFTS
} TdBox;

#define TD_TYPE_CIRCULAR_ITEM (td_circular_item_get_type ())
G_DECLARE_FINAL_TYPE (TdCircularItem, td_circular_item, TD, CIRCULAR_ITEM, GObject)
struct _TdCircularItem
{
  GObject parent_instance;
  char *id;
  char *type;       /* notice inspection difficulty exemplary answer */
  char *kind_label; /* "Thông báo" */
  char *title;
  char *author;      /* unit's name */
  char *day;         /* "08/07/2025" it came to the centre, "" for a draft */
  char *state;       /* ok warn late missing info */
  char *state_label; /* "Chưa đọc", "Đã đọc 3/8", "Chờ trả lời", "Quá hạn khắc phục" … */
  gboolean own;
  gboolean draft;
  gboolean unread;
  gboolean waiting; /* not at the centre yet */
};
TdCircularItem *td_circular_item_new (void);

/* ---- reading ---------------------------------------------------------------------- */
/* @type NULL: all. Of TdCircularItem: what waits to be read first, then the newest. */
GListModel *td_desk_circulars (TdDesk *self, TdBox box, const char *type);
TdCircularItem *td_desk_circular (TdDesk *self, const char *id); /* owned, NULL if unknown */
guint td_desk_unread (TdDesk *self);
/* The members worth reading beside title and text, as TdRowItem: title = label, subtitle = words. */
GListModel *td_desk_circular_lines (TdDesk *self, const char *id);
/* What it answers or passes on, and what answers it, as TdCircularItem, oldest first. */
GListModel *td_desk_circular_thread (TdDesk *self, const char *id);
/* Whom an own piece was sent to: TdRowItem per unit, id = unit key, subtitle "Đã đọc ngày…" or "Chưa đọc". */
GListModel *td_desk_circular_readers (TdDesk *self, const char *id);

/* ---- writing ------------------------------------------------------------------------ */
/* May this desk begin a piece of @type about @re (NULL: about nothing): whether to show the button. */
gboolean td_desk_may_write (TdDesk *self, const char *type, const char *re);
/* A draft. @to: keys of the units it is for, one a line, or NULL. The new record's id. */
char *td_desk_new_circular (TdDesk *self, const char *type, const char *re, const char *to, GError **error);
/* NULL when it may be sent, else the sentence; owned. */
char *td_desk_why_not_send (TdDesk *self, const char *id);
gboolean td_desk_send_circular (TdDesk *self, const char *id, GError **error);
gboolean td_desk_drop_circular (TdDesk *self, const char *id, GError **error);
gboolean td_desk_mark_read (TdDesk *self, const char *id, GError **error);
/* Of an own inspection: has @unit put things right. */
gboolean td_desk_set_settled (TdDesk *self, const char *id, const char *unit, gboolean settled, GError **error);
/* The units below, searched without tones, "" for all: TdRowItem: id = key, title, subtitle = the unit above it. */
GListModel *td_desk_addressees (TdDesk *self, const char *query);

/* ---- for press and portal ------------------------------------------------------------- */
/* A folder with one page and the pictures of the exemplary cases @ids, made inside
 * @folder; nothing there is overwritten. */
void td_desk_publish_async (TdDesk *self,
                            const char *const *ids,
                            GFile *folder,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
/* The page; NULL with a sentence. @missing: pictures that are not on this machine yet and were asked for. */
GFile *td_desk_publish_finish (TdDesk *self, GAsyncResult *result, guint *missing, GError **error);

G_END_DECLS
