/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/centre-private.h"

#include <string.h>

/* Changes down (exchange.md 2.5). A cursor is "E~mark.q": everything this unit was shown
 * up to q has been given; the mark is the start of the audit head there, so that a cursor of a
 * history that was lost is known, even when as much has happened since. Where one place of the
 * sequence shows more than a page holds, it is "E~mark~kind~id.q": of q + 1, everything up to
 * that row too. Clients keep it as it is and may read only the number after the last dot. */

#define MARK_SIGNS 16

#define ROW_OVERHEAD 64
#define BODY_MAX (TD_SYNC_INFLATED_MAX - TD_PAGE_MAX - 64 * 1024)
#define ROWS_MAX 20000

typedef struct
{
  TdSyncAnswer *answer;
  gsize room;
  gint64 deadline; /* monotonic */
  gint64 q;        /* of the last row given */
  char *kind, *id;
  TdCentre *centre;
  const char *unit;
  TdState *state; /* NULL until it is asked */
} Page;

static gboolean
split (const char *cursor, char ***parts, gint64 *q)
{
  const char *dot = strrchr (cursor, '.');
  g_autofree char *front = NULL;
  guint count;

  if (dot == NULL || !g_ascii_string_to_signed (dot + 1, 10, 0, G_MAXINT64 / 2, q, NULL))
    return FALSE;
  front = g_strndup (cursor, (gsize)(dot - cursor));
  *parts = g_strsplit (front, "~", 4);
  count = g_strv_length (*parts);
  if (count == 1 || count == 2 || count == 4)
    return TRUE;
  g_clear_pointer (parts, g_strfreev);
  return FALSE;
}

/* "" before the first. */
static char *
mark_at (TdCentre *self, gint64 q)
{
  g_autoptr (TdLogged) op = q <= 0 ? NULL : self->journal->op_after (self->journal, q - 1);

  return op == NULL ? g_strdup ("") : g_strndup (op->head, MARK_SIGNS);
}

static gboolean
is_ours (TdCentre *self, char **parts, gint64 q)
{
  g_autofree char *mark = NULL;

  if (strcmp (parts[0], self->incarnation) != 0 || q > self->journal->last_q (self->journal))
    return FALSE;
  if (parts[1] == NULL || *parts[1] == '\0')
    return TRUE;
  mark = mark_at (self, q);
  return strcmp (parts[1], mark) == 0;
}

/**
 * td_centre_cursor:
 * @cursor: what a device says it has
 * @q: (out): everything up to here
 * @kind: (out) (optional): of the next place, also up to this row; ""
 * @id: (out) (optional): likewise
 *
 * Returns: %FALSE where it isn't of this history, or from its future
 */
gboolean
td_centre_cursor (TdCentre *self, const char *cursor, gint64 *q, char **kind, char **id)
{
  g_auto (GStrv) parts = NULL;
  gboolean row;

  *q = 0;
  if (*cursor != '\0' && (!split (cursor, &parts, q) || !is_ours (self, parts, *q)))
    return FALSE;
  row = parts != NULL && parts[1] != NULL && parts[2] != NULL;
  if (kind != NULL)
    *kind = g_strdup (row ? parts[2] : "");
  if (id != NULL)
    *id = g_strdup (row ? parts[3] : "");
  return TRUE;
}

static gboolean
is_full (const Page *page, gsize size)
{
  GPtrArray *changes = page->answer->ch;

  return changes->len > 0
         && (size > page->room || changes->len >= ROWS_MAX || g_get_monotonic_time () > page->deadline);
}

/* A row is given as it is now: not to an office whose question was undone, once the dossier went on without it. */
static gboolean
is_closed (Page *page, const char *kind, const char *id, const char *body)
{
  const TdUnits *units = page->centre->units;
  const TdUnit *reader = td_units_now (units, page->unit);
  const TdDossier *dossier;

  if (strcmp (kind, "dossier") != 0 || body == NULL || reader == NULL || strstr (body, "\"undo\"") == NULL)
    return FALSE;
  if (page->state == NULL)
    page->state = td_centre_state (page->centre);
  dossier = td_state_dossier (page->state, id);
  return dossier != NULL && td_is_past_asking (units, dossier, reader);
}

static gboolean
add_row (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  Page *page = data;
  gsize size = (body == NULL ? 0 : strlen (body)) + strlen (kind) + strlen (id) + ROW_OVERHEAD;
  g_autoptr (JsonNode) node = NULL;

  if (is_full (page, size))
    {
      page->answer->more = TRUE;
      return FALSE;
    }
  if (is_closed (page, kind, id, body))
    return TRUE;
  if (body != NULL && size <= BODY_MAX)
    node = td_json_parse (body, -1, BODY_MAX, 2 * TD_JSON_MAX_DEPTH, NULL);
  /* One row that can't travel must not keep back all that follow it. */
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_warning ("%s %s can't be sent: %" G_GSIZE_FORMAT " bytes", kind, id, size);
      return TRUE;
    }
  g_ptr_array_add (page->answer->ch, td_sync_change_new (q, kind, id, json_node_get_object (node)));
  page->room -= MIN (page->room, size);
  page->q = q;
  g_free (page->kind);
  g_free (page->id);
  page->kind = g_strdup (kind);
  page->id = g_strdup (id);
  return TRUE;
}

static char *
cursor_after (TdCentre *self, const Page *page)
{
  gint64 q = page->answer->more ? page->q - 1 : self->journal->last_q (self->journal);
  g_autofree char *mark = mark_at (self, q);

  if (page->answer->more)
    return g_strdup_printf ("%s~%s~%s~%s.%" G_GINT64_FORMAT, self->incarnation, mark, page->kind, page->id, q);
  return g_strdup_printf ("%s~%s.%" G_GINT64_FORMAT, self->incarnation, mark, q);
}

void
td_centre_pull (TdCentre *self, const char *unit, const TdSyncRequest *request, TdSyncAnswer *answer)
{
  Page page = {
    answer, (gsize)request->max, g_get_monotonic_time () + TD_PAGE_SECONDS * G_USEC_PER_SEC, 0, NULL, NULL, self, unit,
    NULL
  };
  g_autofree char *kind = NULL, *id = NULL;
  gint64 q;

  td_centre_cursor (self, request->cur, &q, &kind, &id);
  self->journal->each_shown (self->journal, unit, q, kind, id, add_row, &page);
  g_free (answer->cur);
  answer->cur = cursor_after (self, &page);
  g_free (page.kind);
  g_free (page.id);
  if (page.state != NULL)
    td_state_free (page.state);
}

static gboolean
stop_at_first (gpointer data, gint64 q, const char *kind, const char *id, const char *body)
{
  *(gboolean *)data = TRUE;
  return FALSE;
}

gboolean
td_centre_has_news (TdCentre *self, const char *unit, const char *cursor)
{
  g_autofree char *kind = NULL, *id = NULL;
  gboolean found = FALSE;
  gint64 q;

  if (!td_centre_cursor (self, cursor, &q, &kind, &id))
    return TRUE;
  self->journal->each_shown (self->journal, unit, q, kind, id, stop_at_first, &found);
  return found;
}
