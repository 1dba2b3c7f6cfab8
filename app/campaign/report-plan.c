/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/report-plan.h"

#include "campaign/campaign-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void
section_free (gpointer data)
{
  TdReportSection *section = data;

  g_free (section->key);
  g_free (section->title);
  g_strfreev (section->tables);
  g_free (section);
}

/** td_report_plan_free: see campaign-private.h. */
void
td_report_plan_free (TdReportPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sections);
  g_free (self->interim_title);
  g_free (self->final_title);
  g_free (self->addressee);
  g_free (self->authority);
  g_free (self->address);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->difficulties);
  g_free (self->works);
  g_free (self);
}

/* A key is a part of a member's path. */
static gboolean
is_key (const char *key)
{
  return strlen (key) <= 40 && key[strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static void
check_tables (TdShape *shape, char **tables)
{
  static const char *const known[] = { "events", "targets", "works", "awards", "proposed", NULL };

  for (guint i = 0; tables[i] != NULL; i++)
    if (!g_strv_contains (known, tables[i]))
      td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "tables", _ ("there is no table “%s”"), tables[i]);
}

static TdReportSection *
read_section (const TdReportPlan *self, TdShape *shape, JsonObject *row)
{
  TdReportSection *section = g_new0 (TdReportSection, 1);

  section->key = g_strdup (td_shape_text (shape, row, "key"));
  section->title = g_strdup (td_shape_text (shape, row, "title"));
  section->tables = td_shape_texts_or (shape, row, "tables");
  check_tables (shape, section->tables);
  if (!is_key (section->key))
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "key", _ ("only a-z, 0-9 and _ may stand here"));
  if (td_report_section (self, section->key) != NULL)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "key", _ ("“%s” stands twice"), section->key);
  return section;
}

static void
read_sections (TdReportPlan *self, TdShape *shape, JsonObject *object)
{
  JsonArray *rows = td_shape_array (shape, object, "sections");
  gsize token = td_shape_enter (shape, "sections");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows) && td_shape_ok (shape); i++)
    {
      gsize place = td_shape_enter_index (shape, i);

      g_ptr_array_add (self->sections, read_section (self, shape, td_shape_item (shape, rows, i)));
      td_shape_leave (shape, place);
    }
  td_shape_leave (shape, token);
}

static void
read_words (TdReportPlan *self, TdShape *shape, JsonObject *object)
{
  self->interim_title = g_strdup (td_shape_text (shape, object, "interimTitle"));
  self->final_title = g_strdup (td_shape_text (shape, object, "finalTitle"));
  self->addressee = g_strdup (td_shape_text_or (shape, object, "addressee", ""));
  self->authority = g_strdup (td_shape_text_or (shape, object, "authority", ""));
  self->address = g_strdup (td_shape_text_or (shape, object, "address", ""));
  self->subject = g_strdup (td_shape_text_or (shape, object, "subject", "{title} - {unit}"));
  self->text = g_strdup (td_shape_text_or (shape, object, "text", ""));
  self->difficulties = g_strdup (td_shape_text_or (shape, object, "difficulties", ""));
  self->works = g_strdup (td_shape_text_or (shape, object, "works", _ ("Works")));
  if (strpbrk (self->address, " \t\r\n?&,;<>\"") != NULL || (*self->address != '\0' && !strchr (self->address, '@')))
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "address", _ ("an e-mail address is expected"));
}

/** td_report_plan_read: the member "report"; a plan without one divides nothing and names no address. */
TdReportPlan *
td_report_plan_read (TdShape *shape, JsonObject *root)
{
  JsonObject *object = td_shape_object_or (shape, root, "report");
  TdReportPlan *self = g_new0 (TdReportPlan, 1);
  gsize token = td_shape_enter (shape, "report");

  self->sections = g_ptr_array_new_with_free_func (section_free);
  if (object == NULL)
    {
      self->interim_title = g_strdup (_ ("Interim report"));
      self->final_title = g_strdup (_ ("Final report"));
      self->addressee = g_strdup ("");
      self->authority = g_strdup ("");
      self->address = g_strdup ("");
      self->subject = g_strdup ("{title} - {unit}");
      self->text = g_strdup ("");
      self->difficulties = g_strdup ("");
      self->works = g_strdup (_ ("Works"));
    }
  else
    {
      read_words (self, shape, object);
      read_sections (self, shape, object);
      if (*self->difficulties != '\0' && td_report_section (self, self->difficulties) == NULL)
        td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, "difficulties", _ ("there is no section “%s”"),
                        self->difficulties);
    }
  td_shape_leave (shape, token);
  return self;
}

/** td_campaign_report: what the plan says of reports; never %NULL. */
const TdReportPlan *
td_campaign_report (const TdCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->report;
}

const TdReportSection *
td_report_section (const TdReportPlan *self, const char *key)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (strcmp (((TdReportSection *)self->sections->pdata[i])->key, key) == 0)
      return self->sections->pdata[i];
  return NULL;
}

char *
td_report_numeral (guint at)
{
  static const char *const tens[] = { "", "X", "XX", "XXX" };
  static const char *const ones[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" };
  guint number = at + 1;

  if (number >= 40) /* no report has so many */
    return g_strdup_printf ("%u", number);
  return g_strconcat (tens[number / 10], ones[number % 10], NULL);
}
