/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <glib/gi18n.h>
#include <string.h>

/* Papers that must lie in the nominee's dossier: of everyone, or of
 * enterprises and their directors. */

enum
{
  PASS,
  MISSING,
  ADVISED,
  NONE
};

static const TdMessage messages[] = {
  { "pass", "nominee reading" },
  { "missing", "list nominee reading" },
  { "advised", "list nominee reading", TRUE },
  { "none", "", TRUE },
  { NULL },
};
static const char *const params[] = { "papers", "of", "enterprises", "advised", "included", NULL };

typedef struct
{
  char **kinds;    /* BAO_CAO_THANH_TICH … */
  char **names;    /* in words, same order */
  char **included; /* what stands for each all the same, "": nothing; same order */
  char *reading;
  gboolean everyone;
  char **enterprises; /* kinds of units */
  char **advised;     /* kinds of units for which they are only good to have */
} Params;

static void
read_papers (TdShape *shape, JsonObject *given, Params *self)
{
  JsonObject *papers = td_shape_object (shape, given, "papers");
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  gsize token = td_shape_enter (shape, "papers");
  JsonObjectIter iter;
  const char *kind;

  json_object_iter_init_ordered (&iter, papers);
  while (json_object_iter_next_ordered (&iter, &kind, NULL))
    {
      g_ptr_array_add (kinds, g_strdup (kind));
      g_ptr_array_add (names, g_strdup (td_shape_text (shape, papers, kind)));
    }
  if (kinds->len == 0)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL, _ ("no paper is asked for"));
  td_shape_leave (shape, token);
  g_ptr_array_add (kinds, NULL);
  g_ptr_array_add (names, NULL);
  self->kinds = (char **)g_ptr_array_steal (kinds, NULL);
  self->names = (char **)g_ptr_array_steal (names, NULL);
}

/* One paper may state two things; whether that is enough is a setting of the campaign. */
static void
read_included (TdShape *shape, JsonObject *given, const TdCampaign *campaign, Params *self)
{
  JsonObject *included = td_shape_object_or (shape, given, "included");
  const char *how = td_campaign_setting (campaign, "insurancePapers");
  guint count = g_strv_length (self->kinds);
  gsize token = td_shape_enter (shape, "included");

  self->included = g_new0 (char *, count + 1);
  for (guint i = 0; i < count; i++)
    self->included[i]
        = g_strdup (included && strcmp (how, "one") == 0 ? td_shape_text_or (shape, included, self->kinds[i], "") : "");
  if (included && strcmp (how, "one") != 0 && strcmp (how, "two") != 0)
    td_shape_fault (shape, TD_CAMPAIGN_ERROR_CONTRADICTION, NULL,
                    _ ("it needs the setting “insurancePapers” to be one or two"));
  td_shape_leave (shape, token);
  self->reading = g_strdup (included ? td_campaign_reading (campaign, "insurancePapers") : "");
}

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  static const char *const whose[] = { "everyone", "enterprises", NULL };
  Params *self = g_new0 (Params, 1);

  read_papers (shape, given, self);
  read_included (shape, given, campaign, self);
  self->everyone = td_shape_choice (shape, given, "of", whose) == 0;
  self->enterprises = td_shape_texts_or (shape, given, "enterprises");
  self->advised = td_shape_texts_or (shape, given, "advised");
  return self;
}

static void
clear (gpointer data)
{
  Params *self = data;

  g_strfreev (self->kinds);
  g_strfreev (self->names);
  g_strfreev (self->included);
  g_free (self->reading);
  g_strfreev (self->enterprises);
  g_strfreev (self->advised);
  g_free (self);
}

typedef enum
{
  NOT_ASKED,
  GOOD_TO_HAVE,
  NEEDED
} Need;

/* The director of a cooperative and the chairman of a board are not "Giám đốc
 * doanh nghiệp": their papers are good to have; a deputy's are not asked for. */
static Need
need_of (const TdCase *at, const Params *self)
{
  const char *kind = td_unit_kind (at->unit);
  gboolean advised = g_strv_contains ((const char *const *)self->advised, kind);

  if (self->everyone)
    return NEEDED;
  if (at->facts->collective)
    return advised ? GOOD_TO_HAVE : g_strv_contains ((const char *const *)self->enterprises, kind) ? NEEDED : NOT_ASKED;
  if (at->facts->enterprise_director)
    return advised ? GOOD_TO_HAVE : NEEDED;
  return at->facts->board_chair ? GOOD_TO_HAVE : NOT_ASKED;
}

static GString *
list_missing (const TdCase *at, const Params *self)
{
  const char *const *papers = (const char *const *)at->facts->papers;
  GString *list = NULL;

  for (guint i = 0; self->kinds[i]; i++)
    if (!g_strv_contains (papers, self->kinds[i])
        && (*self->included[i] == '\0' || !g_strv_contains (papers, self->included[i])))
      {
        if (list)
          g_string_append (list, ", ");
        else
          list = g_string_new (NULL);
        g_string_append (list, self->names[i]);
      }
  return list;
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  Need need = need_of (at, self);
  GString *missing;
  const char *values[] = { NULL, td_nominee_name (at), self->reading };

  if (need == NOT_ASKED)
    {
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, NONE, NULL);
      return;
    }
  missing = list_missing (at, self);
  if (!missing)
    {
      td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values + 1);
      return;
    }
  values[0] = missing->str;
  if (need == NEEDED)
    td_say (at, rule, finding, TD_VERDICT_FAIL, MISSING, values);
  else
    td_warn (at, rule, finding, ADVISED, values);
  g_string_free (missing, TRUE);
}

const TdRuleKind td_kind_papers = { "papers", messages, params, read_params, clear, judge };
