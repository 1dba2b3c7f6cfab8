/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/circulars-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Writing, sending, marking as read. */

static const TdRecord *
own_record (TdDesk *self, const char *id)
{
  const TdRecord *record = td_desk_circular_record (self, id);

  return record != NULL && td_unit_is (self->unit, record->owner) ? record : NULL;
}

static gboolean
write_one (TdDesk *self, const TdRecord *record, const char *path, const char *text, GError **error)
{
  g_autofree char *id = g_strdup (record->id);
  g_autofree char *type = g_strdup (record->type);
  TdPair pair = { path, text };

  return td_desk_write (self, id, type, &pair, 1, NULL, error);
}

/* ---- beginning ------------------------------------------------------------------- */

static gboolean
may_begin (TdDesk *self, const char *type)
{
  g_autoptr (GPtrArray) below = NULL;

  if (!td_circular_goes_down (type))
    return strcmp (type, "exemplary") != 0 || self->unit->upper != NULL;
  below = td_units_children (self->units, self->unit);
  return below->len > 0;
}

/** td_desk_may_write: see circulars.h. */
gboolean
td_desk_may_write (TdDesk *self, const char *type, const char *re)
{
  const TdRecord *matter;

  g_return_val_if_fail (TD_IS_DESK (self) && type != NULL, FALSE);

  if (self->unit == NULL || !td_type_is_circular (type) || strpbrk (self->roles, "OL") == NULL)
    return FALSE;
  if (re == NULL || *re == '\0')
    return strcmp (type, "answer") != 0 && may_begin (self, type);
  matter = td_desk_circular_record (self, re);
  return matter != NULL
         && td_circular_is_for (td_desk_view (self), self->units, matter, self->unit->key,
                                strcmp (type, "answer") == 0);
}

/* What is passed on is quoted, so that the next level reads it in one piece. */
static char *
quoted (TdDesk *self, const TdRecord *matter)
{
  g_autofree char *text = td_record_text (matter, "text");

  return g_strdup_printf (_ ("%s writes: %s"), td_desk_unit_name (self, matter->owner), text);
}

/** td_desk_new_circular: see circulars.h. */
char *
td_desk_new_circular (TdDesk *self, const char *type, const char *re, const char *to, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  const TdRecord *matter;
  TdPair pairs[4];
  gsize n = 0;

  if (!td_desk_may_write (self, type, re))
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This desk can't write this here."));
      return NULL;
    }
  id = td_desk_new_id (self);
  matter = re == NULL ? NULL : td_desk_circular_record (self, re);
  title = matter == NULL ? g_strdup ("") : td_record_text (matter, "title");
  if (matter != NULL)
    pairs[n++] = (TdPair){ "re", re };
  if (matter != NULL && strcmp (type, "difficulty") == 0)
    {
      text = quoted (self, matter);
      pairs[n++] = (TdPair){ "text", text };
    }
  pairs[n++] = (TdPair){ "title", title };
  pairs[n++] = (TdPair){ "to", to == NULL ? "" : to };
  return td_desk_write (self, id, type, pairs, n, NULL, error) ? g_steal_pointer (&id) : NULL;
}

/* ---- sending ------------------------------------------------------------------------ */

/** td_desk_why_not_send: see circulars.h. */
char *
td_desk_why_not_send (TdDesk *self, const char *id)
{
  const TdRecord *record;
  const char *code;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  record = own_record (self, id);
  if (record == NULL)
    return g_strdup (_ ("There is no such draft here."));
  if (td_circular_is_sent (record))
    return td_words_reason (self, "sent", "");
  if (record->beside->len > 0)
    return g_strdup (_ ("Two people of this unit wrote different words. Choose between them under “Exchange of data”, "
                        "then send it."));
  code = td_circular_why_not_send (td_desk_view (self), self->units, record, td_desk_today (self));
  return code == NULL ? NULL : td_words_reason (self, code, "");
}

gboolean
td_desk_send_circular (TdDesk *self, const char *id, GError **error)
{
  g_autofree char *why = td_desk_why_not_send (self, id);
  g_autofree char *day = NULL;

  if (why != NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, why);
  day = td_date_to_iso (td_desk_today (self));
  return write_one (self, own_record (self, id), "sent", day, error);
}

/** td_desk_drop_circular: a draft is put aside; it is never deleted. */
gboolean
td_desk_drop_circular (TdDesk *self, const char *id, GError **error)
{
  const TdRecord *record;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  record = own_record (self, id);
  if (record == NULL || td_circular_is_sent (record))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Only a draft can be put aside."));
  return write_one (self, record, "dropped", "yes", error);
}

/* ---- read, put right ------------------------------------------------------------------- */

gboolean
td_desk_mark_read (TdDesk *self, const char *id, GError **error)
{
  const TdRecord *record;
  g_autofree char *reads = NULL;
  g_autofree char *path = g_strdup_printf ("read/%s", id);
  g_autofree char *day = NULL;
  g_autofree char *before = NULL;
  TdPair pair = { path, NULL };

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  record = td_desk_circular_record (self, id);
  if (record == NULL || !td_desk_is_reader (self, record))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This was not sent to this unit."));
  before = td_desk_read_on (self, self->unit->key, id);
  if (*before != '\0')
    return TRUE;
  reads = td_desk_ledger (self, "reads");
  day = td_date_to_iso (td_desk_today (self));
  pair.text = day;
  return td_desk_write (self, reads, "reads", &pair, 1, NULL, error);
}

gboolean
td_desk_set_settled (TdDesk *self, const char *id, const char *unit, gboolean settled, GError **error)
{
  const TdRecord *record;
  g_autofree char *path = g_strdup_printf ("done/%s", unit);
  g_autofree char *day = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && unit != NULL, FALSE);

  record = own_record (self, id);
  if (record == NULL || !td_circular_is_sent (record) || !td_desk_may_set (self, id, path))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Only who inspected can say that it was put right."));
  day = td_date_to_iso (td_desk_today (self));
  return write_one (self, record, path, settled ? day : "", error);
}
