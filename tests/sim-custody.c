/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* A book of its own: who holds a dossier, in which stage, who may see it. It follows the accepted operations by the
 * table of model.md 3, written down here once more, and knows nothing of app/dossier/step-*.c. */

#define BOARD "ban-tdkt@2024-07-01"
#define OFFICE "van-phong-tinh-uy@2024-07-01"
#define DISTRICT "935@2024-07-01"

typedef struct
{
  const char *verb, *from, *to; /* from: stages, NULL: any; to: NULL: unchanged */
  enum
  {
    BY_HOLDER,
    BY_UPPER_HOLDER, /* the holder, who isn't the owner */
    BY_OWNER,
    BY_BELOW, /* who handed it to the holder */
    BY_BOARD
  } by;
  gboolean raises; /* the epoch */
} Rule;

static const Rule rules[] = {
  { "submit", "draft returned received", "submitted", BY_HOLDER, TRUE },
  { "recall", "submitted", NULL, BY_BELOW, TRUE },
  { "receive", "submitted", "received", BY_HOLDER, FALSE },
  { "return", "received returned in_council endorsed at_chairman", "returned", BY_UPPER_HOLDER, TRUE },
  { "not_propose", "received", "not_proposed", BY_UPPER_HOLDER, FALSE },
  { "reconsider", "not_proposed", "received", BY_UPPER_HOLDER, FALSE },
  { "withdraw", NULL, "withdrawn", BY_OWNER, TRUE },
  { "assign", NULL, NULL, BY_HOLDER, FALSE },
  { "ask", "received", NULL, BY_BOARD, FALSE },
  { "to_council", "received", "in_council", BY_BOARD, FALSE },
  { "council_opinion", "in_council", "endorsed", BY_BOARD, FALSE },
  { "to_chairman", "endorsed", "at_chairman", BY_BOARD, FALSE },
  { "decide", "at_chairman", "decided", BY_BOARD, FALSE },
  { "award", "decided", "awarded", BY_BOARD, FALSE },
  { "undo", NULL, NULL, BY_HOLDER, TRUE },
};

void
sim_dossier_free (gpointer data)
{
  SimDossier *self = data;

  g_free (self->stage);
  g_free (self->owner);
  g_free (self->holder);
  g_free (self->before);
  g_free (self->handed);
  g_free (self->last_verb);
  g_hash_table_unref (self->reached);
  g_free (self);
}

const char *
sim_above (const char *unit)
{
  if (strcmp (unit, BOARD) == 0)
    return NULL;
  return strcmp (unit, DISTRICT) == 0 || strcmp (unit, OFFICE) == 0 ? BOARD : DISTRICT;
}

/* The next on the way from @unit down to @owner. */
static const char *
below (const char *owner, const char *unit)
{
  const char *at = owner;

  while (at != NULL && g_strcmp0 (sim_above (at), unit) != 0)
    at = sim_above (at);
  return at;
}

static void
put (char **field, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*field);
  *field = copy;
}

static gboolean
is_among (const char *stages, const char *stage)
{
  g_auto (GStrv) list = g_strsplit (stages, " ", -1);

  return g_strv_contains ((const char *const *)list, stage);
}

static gboolean
is_entitled (const Rule *rule, const SimDossier *dossier, const char *unit)
{
  switch (rule->by)
    {
    case BY_HOLDER:
      return strcmp (dossier->holder, unit) == 0;
    case BY_UPPER_HOLDER:
      return strcmp (dossier->holder, unit) == 0 && strcmp (dossier->owner, unit) != 0;
    case BY_OWNER:
      return strcmp (dossier->owner, unit) == 0;
    case BY_BELOW:
      return g_strcmp0 (below (dossier->owner, dossier->holder), unit) == 0;
    case BY_BOARD:
    default:
      return strcmp (dossier->holder, unit) == 0 && strcmp (unit, BOARD) == 0;
    }
}

static const char *
stage_after (const Rule *rule, const SimDossier *dossier, const TdOperation *operation)
{
  const char *outcome = td_operation_text (operation, "outcome");

  if (strcmp (rule->verb, "recall") == 0)
    return dossier->handed;
  if (strcmp (rule->verb, "undo") == 0)
    return dossier->before;
  if (strcmp (outcome, "again") == 0)
    return "received";
  if (strcmp (outcome, "decline") == 0)
    return "not_proposed";
  if (strcmp (outcome, "absent") == 0)
    return "decided";
  return rule->to == NULL ? dossier->stage : rule->to;
}

static void
pass_on (const Rule *rule, SimDossier *dossier, const char *unit)
{
  const char *next = NULL;

  if (strcmp (rule->verb, "submit") == 0)
    {
      next = sim_above (unit);
      put (&dossier->handed, dossier->stage);
    }
  else if (strcmp (rule->verb, "recall") == 0)
    next = unit;
  else if (strcmp (rule->verb, "return") == 0)
    next = below (dossier->owner, unit);
  else if (strcmp (rule->verb, "ask") == 0)
    g_hash_table_add (dossier->reached, g_strdup (OFFICE));
  if (next == NULL)
    return;
  g_hash_table_add (dossier->reached, g_strdup (next));
  put (&dossier->holder, next);
}

/* What the endpoint stores must be what the book says: one holder, one stage. */
static void
compare (const char *id, const SimDossier *dossier)
{
  g_autofree char *text = sim_entity ("dossier", id);
  g_autoptr (JsonObject) json = text == NULL ? NULL : td_json_parse_object (text, -1, TD_SYNC_INFLATED_MAX, NULL);

  if (json == NULL)
    sim_fail ("custody", "dossier %s is nowhere", id);
  else if (g_strcmp0 (td_json_string (json, "holder"), dossier->holder) != 0
           || g_strcmp0 (td_json_string (json, "stage"), dossier->stage) != 0
           || td_json_int (json, "epoch", 0) != dossier->epoch)
    sim_fail ("custody", "dossier %s is at %s %s %" G_GINT64_FORMAT ", by the book at %s %s %" G_GINT64_FORMAT, id,
              td_json_string (json, "holder"), td_json_string (json, "stage"), td_json_int (json, "epoch", 0),
              dossier->holder, dossier->stage, dossier->epoch);
}

static void
note_question (const Rule *rule, SimDossier *dossier)
{
  if (strcmp (rule->verb, "ask") == 0)
    dossier->unasked = FALSE;
  else if (strcmp (rule->verb, "undo") == 0 && g_strcmp0 (dossier->last_verb, "ask") == 0)
    dossier->unasked = strcmp (dossier->owner, OFFICE) != 0;
  put (&dossier->last_verb, rule->verb);
}

/* Its row stays as it was when it was last told of it. */
gboolean
sim_is_let_go (const char *unit, const char *kind, const char *id)
{
  const SimDossier *dossier = g_hash_table_lookup (sim->dossiers, id);

  return strcmp (unit, OFFICE) == 0 && dossier != NULL && dossier->unasked
         && (strcmp (kind, "dossier") == 0 || strcmp (kind, "double") == 0 || strcmp (kind, "receipt") == 0);
}

static void
move (const Rule *rule, const TdNamed *named, const TdOperation *operation, const char *unit)
{
  SimDossier *dossier = g_hash_table_lookup (sim->dossiers, named->dossier);
  g_autofree char *before = dossier == NULL ? NULL : g_strdup (dossier->stage);

  if (dossier == NULL || !is_entitled (rule, dossier, unit)
      || (rule->from != NULL && !is_among (rule->from, dossier->stage))
      || (named->epoch != dossier->epoch && strcmp (rule->verb, "withdraw") != 0))
    {
      sim_fail ("custody",
                "%s by %s is accepted, dossier %s is at %s in %s, epoch %" G_GINT64_FORMAT ", named %" G_GINT64_FORMAT,
                rule->verb, unit, named->dossier, dossier == NULL ? "-" : dossier->holder,
                dossier == NULL ? "-" : dossier->stage, dossier == NULL ? 0 : dossier->epoch, named->epoch);
      return;
    }
  put (&dossier->stage, stage_after (rule, dossier, operation));
  put (&dossier->before, before);
  if (strcmp (rule->verb, "submit") == 0)
    put (&dossier->stage, before);
  pass_on (rule, dossier, unit);
  if (strcmp (rule->verb, "submit") == 0)
    put (&dossier->stage, "submitted");
  dossier->epoch += rule->raises;
  dossier->touched = sim->log->len;
  note_question (rule, dossier);
}

static void
follow_step (const TdOperation *operation, const char *unit)
{
  g_autoptr (GArray) named = td_operation_named (operation);
  const Rule *rule = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].verb, operation->verb) == 0)
      rule = &rules[i];
  for (guint i = 0; rule != NULL && i < named->len && sim->failure == NULL; i++)
    move (rule, &g_array_index (named, TdNamed, i), operation, unit);
}

static void
follow_edit (const TdOperation *operation, const char *unit)
{
  const char *id = td_operation_text (operation, "r");
  const char *owner = td_operation_text (operation, "u");
  SimDossier *dossier = g_hash_table_lookup (sim->dossiers, id);

  if (strcmp (owner, unit) != 0 || (dossier != NULL && strcmp (dossier->owner, unit) != 0))
    sim_fail ("rights", "%s writes a record of %s", unit, dossier == NULL ? owner : dossier->owner);
  else if (dossier != NULL && (strcmp (dossier->holder, unit) != 0 || !is_among ("draft returned", dossier->stage)))
    sim_fail ("custody", "%s writes %s, which is at %s in %s", unit, id, dossier->holder, dossier->stage);
  else if (dossier == NULL && td_type_is_dossier (td_operation_text (operation, "t")))
    {
      dossier = g_new0 (SimDossier, 1);
      dossier->owner = g_strdup (unit);
      dossier->holder = g_strdup (unit);
      dossier->stage = g_strdup ("draft");
      dossier->before = g_strdup ("draft");
      dossier->handed = g_strdup ("draft");
      dossier->reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_add (dossier->reached, g_strdup (unit));
      g_hash_table_insert (sim->dossiers, g_strdup (id), dossier);
    }
}

void
sim_custody_follow (const SimLogged *op, SimDesk *by)
{
  g_autoptr (TdOperation) operation = td_operation_parse (op->body, -1, NULL);

  if (operation == NULL)
    sim_fail ("sequence", "accepted operation %s can't be read", op->id);
  else if (operation->kind == TD_OP_STEP)
    follow_step (operation, by->unit);
  else if (operation->kind == TD_OP_EDIT)
    follow_edit (operation, by->unit);
  if (operation != NULL && sim->telephones)
    sim_calls_follow (operation, by);
}

/* Once all that was committed is followed: what these entries touched. */
void
sim_custody_compare (guint from)
{
  GHashTableIter iter;
  gpointer id, dossier;

  g_hash_table_iter_init (&iter, sim->dossiers);
  while (sim->failure == NULL && g_hash_table_iter_next (&iter, &id, &dossier))
    if (((SimDossier *)dossier)->touched > from)
      compare (id, dossier);
}

/* ---- who may see what (model.md 2.8) ------------------------------------------------------------------------------------ */

static gboolean
was_reached (const char *dossier, const char *unit)
{
  const SimDossier *found = g_hash_table_lookup (sim->dossiers, dossier);

  return found != NULL && g_hash_table_contains (found->reached, unit);
}

static gboolean
follows_step (const char *unit, JsonObject *body)
{
  const char *text = td_json_string (body, "body");
  g_autoptr (TdOperation) operation = text == NULL ? NULL : td_operation_parse (text, -1, NULL);
  g_autoptr (GArray) named = operation == NULL ? NULL : td_operation_named (operation);

  if (operation == NULL)
    return FALSE;
  if (operation->kind == TD_OP_OPINION && strcmp (operation->verb, "waive") != 0
      && strcmp (operation->verb, "attest") != 0 && strcmp (unit, BOARD) != 0
      && g_strcmp0 (td_json_string (body, "unit"), unit) != 0)
    return FALSE;
  for (guint i = 0; i < named->len; i++)
    if (was_reached (g_array_index (named, TdNamed, i).dossier, unit)
        || sim_calls_may_see (unit, g_array_index (named, TdNamed, i).dossier))
      return TRUE;
  return FALSE;
}

/* A frozen ledger record or letter: of oneself, or of somebody whose dossiers came this way. */
static gboolean
may_see_body (const char *unit, JsonObject *body)
{
  const char *owner = td_json_string (body, "owner");
  GHashTableIter iter;
  gpointer dossier;

  if (owner == NULL || strcmp (owner, unit) == 0)
    return owner != NULL;
  g_hash_table_iter_init (&iter, sim->dossiers);
  while (g_hash_table_iter_next (&iter, NULL, &dossier))
    if (g_hash_table_contains (((SimDossier *)dossier)->reached, unit)
        && g_hash_table_contains (((SimDossier *)dossier)->reached, owner))
      return TRUE;
  return FALSE;
}

gboolean
sim_may_see (const char *unit, const char *kind, const char *id, JsonObject *body)
{
  g_autofree char *front = g_strndup (id, strcspn (id, "/"));

  if (strcmp (kind, "device") == 0)
    return TRUE;
  if (strcmp (kind, "record") == 0)
    return g_strcmp0 (td_json_string (body, "owner"), unit) == 0;
  if (strcmp (kind, "body") == 0)
    return may_see_body (unit, body);
  if (strcmp (kind, "step") == 0)
    return follows_step (unit, body);
  if (strcmp (kind, "opinion") == 0)
    return strcmp (unit, BOARD) == 0 || g_strcmp0 (td_json_string (body, "unit"), unit) == 0
           || g_strcmp0 (td_json_string (body, "verb"), "waive") == 0;
  return was_reached (front, unit) || (strcmp (kind, "receipt") == 0 && sim_calls_may_see (unit, id));
}
