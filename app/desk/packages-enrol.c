/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/packages-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* A unit that never has a line begins with the administrator's file (model.md 4.3). */

static TdEnrolment *
read_enrolment (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  TdEnrolment *file = NULL;
  gsize length = 0;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (path, &text, &length, NULL)
      && length <= TD_ENROLMENT_MAX)
    {
      bytes = g_bytes_new_take (g_steal_pointer (&text), length);
      file = td_enrolment_read (bytes, NULL);
    }
  if (file == NULL)
    td_desk_fail (error, TD_DESK_ERROR_FILE,
                  _ ("This is not an enrolment file of the province, or it is damaged. Ask the provincial board for a "
                     "new copy; what was typed stays."));
  return file;
}

static gboolean
check_enrolment (TdDesk *self, const TdEnrolment *file, GError **error)
{
  g_autoptr (TdCampaign) campaign = td_campaign_parse (file->campaign, -1, NULL);
  g_autoptr (TdUnits) units = td_units_parse (file->units, -1, NULL);

  if (campaign == NULL || units == NULL || td_units_get (units, file->unit) == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_FILE,
                         _ ("The plan in the enrolment file can't be read by this version of the program. Install the "
                            "newest one; what was typed stays."));
  if (td_store_enrolled (self->store))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This machine is enrolled already."));
  if (self->unit != NULL && strcmp (self->unit->key, file->unit) != 0)
    return td_desk_offer_unit (self, file->unit, error);
  return TRUE;
}

static gboolean
set_document (TdDesk *self, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return td_store_set_document (self->store, name, bytes, error);
}

static gboolean
keep_enrolment (TdDesk *self, const TdEnrolment *file, GError **error)
{
  g_auto (TdTransaction) transaction = TD_TRANSACTION_INIT;
  g_autofree char *above = g_strjoinv (" ", file->recipients);

  if (!td_transaction_begin (&transaction, td_store_db (self->store), error)
      || !td_store_set_unit (self->store, file->unit, error) || !set_document (self, "campaign", file->campaign, error)
      || !set_document (self, "units", file->units, error)
      || !td_store_set (self->store, TD_META_ROLES, file->roles, error)
      || !td_store_set (self->store, TD_META_CENTRE, file->endpoint, error)
      || !td_store_set (self->store, TD_META_CA, file->ca, error)
      || !td_store_set (self->store, TD_META_ENDPOINT, file->url, error)
      || !td_store_set (self->store, TD_META_ABOVE, above, error)
      || !td_store_set (self->store, TD_META_ENROL_CODE, file->code, error))
    return FALSE;
  if (*file->day != '\0'
      && (!td_store_set (self->store, TD_META_DAY, file->day, error)
          || !td_store_set (self->store, TD_META_PRACTICE, "1", error)))
    return FALSE;
  return td_transaction_commit (&transaction, error);
}

gboolean
td_desk_enrol_by_file (TdDesk *self, const char *path, GError **error)
{
  g_autoptr (TdEnrolment) file = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && path != NULL, FALSE);

  file = read_enrolment (path, error);
  if (file == NULL || !check_enrolment (self, file, error))
    return FALSE;
  if (!keep_enrolment (self, file, &cause))
    {
      td_words_store (error, cause);
      return FALSE;
    }
  if (!td_desk_load_files (self, error))
    return FALSE;
  td_desk_touch (self, "all");
  g_signal_emit_by_name (self, "named");
  return TRUE;
}

gboolean
td_desk_enrolling_by_file (TdDesk *self)
{
  g_autofree char *code = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), FALSE);

  code = td_store_get (self->store, TD_META_ENROL_CODE);
  return *code != '\0';
}
