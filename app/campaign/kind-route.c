/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

/* The way up: every hop recorded, none left out. */

enum
{
  PASS,
  WRONG,
  OUTSIDE_BLOCK
};

static const TdMessage messages[] = {
  { "pass", "unit way" },
  { "wrong", "unit way" },
  { "outsideBlock", "unit", TRUE },
  { NULL },
};
static const char *const params[] = { "needsBlock", "then", NULL };

typedef struct
{
  gboolean needs_block;
  char *then; /* ", sau đó " */
} Params;

static gpointer
read_params (TdShape *shape, JsonObject *given, const TdCampaign *campaign)
{
  Params *self = g_new0 (Params, 1);

  self->needs_block = td_shape_flag_or (shape, given, "needsBlock", FALSE);
  self->then = g_strdup (td_shape_text_or (shape, given, "then", "; "));
  return self;
}

static void
clear (gpointer data)
{
  g_free (((Params *)data)->then);
  g_free (data);
}

static GString *
describe_way (const Params *self, const TdUnit *unit)
{
  GString *way = g_string_new (NULL);

  for (const TdUnit *at = unit ? unit->upper : NULL; at; at = at->upper)
    g_string_append_printf (way, "%s%s", way->len > 0 ? self->then : "",
                            *at->receiving_office ? at->receiving_office : at->full_name);
  return way;
}

static void
judge (const TdCase *at, const TdRule *rule, TdFinding *finding)
{
  const Params *self = rule->params;
  const TdUnit *unit = at->unit->unit;
  g_autoptr (GString) way = describe_way (self, unit);
  const char *values[] = { td_unit_name (at->unit), way->str };

  if (!at->unit->registration_route_ok)
    td_say (at, rule, finding, TD_VERDICT_FAIL, WRONG, values);
  else if (self->needs_block && unit && !unit->in_block && !at->unit->in_block)
    td_warn (at, rule, finding, OUTSIDE_BLOCK, values);
  else
    td_say (at, rule, finding, TD_VERDICT_PASS, PASS, values);
}

const TdRuleKind td_kind_route = { "route", messages, params, read_params, clear, judge };
