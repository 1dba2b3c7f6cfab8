/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

#include <glib/gi18n.h>
#include <string.h>

/* The letters a submission travels with: Tờ trình and Biên bản. */

enum
{
  PASS,
  PASS_UNNUMBERED,
  MISSING,
  OTHER_BODY,
  LOOSE
};

static const TdMessage messages[] = {
  { "pass", "number date person" },
  { "passUnnumbered", "date person", TRUE },
  { "missing", "list" },
  { "otherBody", "number", TRUE },
  { "loose", "" },
  { NULL },
};
static const char *const params[] = { "document", "needs", "words", "fields", "otherBodies", NULL };

enum
{
  NUMBER,
  DATE,
  PERSON,
  PARTS
};
static const char *const part_names[PARTS + 1] = { "number", "date", "person", NULL };

typedef struct
{
  gboolean minutes;
  gboolean needed[PARTS];
  char *words[PARTS];
  char *fields[PARTS];
  char **other_bodies; /* symbols after the dash that are not the Council's */
} Params;

/* Of @needed (NULL: all) each must be there; of the others nothing is ever said. */
static void
read_parts (TdShape *shape, JsonObject *given, const char *name, const gboolean *needed, char **out)
{
  JsonObject *object = td_shape_object (shape, given, name);
  gsize token = td_shape_enter (shape, name);

  for (guint i = 0; i < PARTS; i++)
    out[i] = g_strdup (!needed || needed[i] ? td_shape_text (shape, object, part_names[i])
                                            : td_shape_text_or (shape, object, part_names[i], ""));
  td_shape_leave (shape, token);
}

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  static const char *const documents[] = { "letter", "minutes", NULL };
  Params *self = g_new0 (Params, 1);
  g_auto (GStrv) needs = td_shape_texts (shape, given, "needs");

  self->minutes = td_shape_choice (shape, given, "document", documents) == 1;
  for (guint i = 0; needs[i]; i++)
    if (!g_strv_contains (part_names, needs[i]))
      td_shape_fault (shape, TD_CAMPAIGN_ERROR_SHAPE, "needs", _ ("“%s” is none of: number, date, person"), needs[i]);
  for (guint i = 0; i < PARTS; i++)
    self->needed[i] = g_strv_contains ((const char *const *)needs, part_names[i]);
  read_parts (shape, given, "words", self->needed, self->words);
  read_parts (shape, given, "fields", NULL, self->fields);
  self->other_bodies = td_shape_texts_or (shape, given, "otherBodies");
  return self;
}

static void
clear (gpointer data)
{
  Params *self = data;

  for (guint i = 0; i < PARTS; i++)
    {
      g_free (self->words[i]);
      g_free (self->fields[i]);
    }
  g_strfreev (self->other_bodies);
  g_free (self);
}

/* "05/BB-ĐU": the body is what follows the last dash. */
static gboolean
is_of_other_body (const Params *self, const char *number)
{
  const char *dash = strrchr (number, '-');

  return dash && g_strv_contains ((const char *const *)self->other_bodies, dash + 1);
}

static guint
list_missing (const Params *self, const gboolean *there, GString *list)
{
  guint first = PARTS;

  for (guint i = 0; i < PARTS; i++)
    if (self->needed[i] && !there[i])
      {
        first = MIN (first, i);
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", self->words[i]);
      }
  return first;
}

static void
say_field (const Params *self, TdFinding *finding, guint part)
{
  g_free (finding->field);
  finding->field = g_strdup (self->fields[part]);
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  const TdFacts *facts = at->facts;
  const char *number = self->minutes ? facts->minutes_number : facts->letter_number;
  const char *person = self->minutes ? facts->minutes_chair : facts->letter_signer;
  TdDate day = self->minutes ? facts->minutes_date : facts->letter_date;
  gboolean there[PARTS] = { *number != '\0', day != TD_DATE_NONE, *person != '\0' };
  g_autoptr (GString) list = NULL;
  char date[TD_DAY_SIZE];
  const char *values[] = { number, date, person };
  guint first;

  if (!facts->has_submission)
    {
      td_say (at, rule, finding, TD_VERDICT_NOT_APPLICABLE, LOOSE, NULL);
      return;
    }
  list = g_string_new (NULL);
  td_say_day (day, date);
  first = list_missing (self, there, list);
  if (first < PARTS)
    {
      td_say (at, rule, finding, TD_VERDICT_FAIL, MISSING, (const char *[]){ list->str });
      say_field (self, finding, first);
    }
  else if (is_of_other_body (self, number))
    {
      td_warn (at, rule, finding, OTHER_BODY, values);
      say_field (self, finding, NUMBER);
    }
  else if (*number != '\0')
    td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values);
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, PASS_UNNUMBERED, values + 1);
}

const TdRuleKind td_kind_document = { "document", messages, params, read_params, clear, judge };
