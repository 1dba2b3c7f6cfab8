/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dossier/apply-private.h"
#include "dossier/circular.h"
#include "dossier/crypto.h"
#include "dossier/hands.h"

#include <string.h>

/* An edit is decided member by member (model.md 1.5): what is open and rests
 * on the value that stands is applied, anything else is kept beside it. */

/* Of one record: far above what a unit types, far below what hurts. */
#define MEMBERS_MAX 4000
#define RECORD_BYTES_MAX (1024 * 1024)

static const char *const unit_types[]
    = { "ratings", "targets", "events", "nomination", "registration", "report", "submission", NULL };
/* Correspondence: see circular.c. */
static const char *const letter_types[]
    = { "notice", "inspection", "difficulty", "exemplary", "answer", "reads", NULL };
static const char *const board_types[] = { "block", "council", "project", "session", NULL };

static gboolean
type_allowed (TdAttempt *self, const char *type)
{
  const TdUnit *board = td_attempt_board (self);

  if (g_strv_contains (unit_types, type) || g_strv_contains (letter_types, type))
    return TRUE;
  if (!g_strv_contains (board_types, type))
    return td_refuse (self, "kind", type);
  if (board == NULL || board != self->unit)
    return td_refuse (self, "rights", type);
  /* Votes are lines of the session, entered by the secretary (model.md 2.7). */
  return strcmp (type, "session") != 0 || strchr (self->device->roles, 'S') != NULL || td_refuse (self, "rights", type);
}

/* The one ledger, registration, list of what it read and the two reports of a unit and the
 * board's roster of the Council have fixed ids (UUIDv8), which anybody can compute: so nothing
 * else may begin under an id that isn't a UUIDv7. */
static gboolean
id_allowed (TdAttempt *self, const char *id, const char *type)
{
  static const char *const fixed_types[] = { "council", "registration", "report", "reads", NULL };

  if (!td_type_is_ledger (type) && !g_strv_contains (fixed_types, type))
    return id[14] == '7' || td_refuse (self, "format", id);
  return td_is_unit_record (td_campaign_id (self->context->campaign), td_operation_text (self->operation, "u"), type,
                            id)
         || td_refuse (self, "format", id);
}

static gboolean
dossier_open (TdAttempt *self, TdDossier *dossier)
{
  gboolean held = td_at_home (self->context->units, dossier)
                  && (strcmp (dossier->stage, "draft") == 0 || strcmp (dossier->stage, "returned") == 0);

  return held || td_refuse (self, "held", dossier->id);
}

/* An edit names the owner as it is written; an outbox from before a re-organisation names the unit of then. */
static gboolean
may_edit (TdAttempt *self, const char *id, const char *type, const char *dossier_id)
{
  TdRecord *record = td_state_record (self->state, id);
  TdDossier *dossier = td_state_dossier (self->state, id);
  const char *owner = td_operation_text (self->operation, "u");

  if (!td_unit_follows (self->unit, owner) || strpbrk (self->device->roles, "OLASR") == NULL)
    return td_refuse (self, "rights", id);
  if (!type_allowed (self, type) || !id_allowed (self, id, type))
    return FALSE;
  if (td_type_is_dossier (type) ? strcmp (id, dossier_id) != 0 : *dossier_id != '\0')
    return td_refuse (self, "format", id);
  if ((record != NULL && strcmp (record->owner, owner) != 0)
      || (dossier != NULL && !td_owns (self->context->units, dossier, self->unit)))
    return td_refuse (self, "rights", id);
  if (record != NULL && strcmp (record->type, type) != 0)
    return td_refuse (self, "format", id);
  if (td_type_is_circular (type))
    return td_circular_check_edit (self, record);
  if (strcmp (type, "reads") == 0)
    return td_reads_check_edit (self);
  return dossier == NULL || dossier_open (self, dossier);
}

/* A named member opens itself and what is below it: "file" opens a new scan. */
static gboolean
names_path (GHashTable *open, const char *record, const char *path)
{
  g_autofree char *part = g_strdup (path);

  for (;;)
    {
      g_autofree char *name = record == NULL ? g_strdup (part) : g_strdup_printf ("%s %s", record, part);
      char *slash;

      if (g_hash_table_contains (open, name))
        return TRUE;
      slash = strrchr (part, '/');
      if (slash == NULL)
        return FALSE;
      *slash = '\0';
    }
}

/**
 * td_member_open:
 * @state: with the record's dossier
 * @units: the units file in force
 *
 * Returns: whether @path of @record is open to its own unit now: drafts whole,
 * after a return the members named, a closed letter only what was named
 */
gboolean
td_member_open (TdState *state, const TdUnits *units, const TdRecord *record, const char *path)
{
  TdDossier *dossier = td_state_dossier (state, record->id);

  if (dossier != NULL && !td_at_home (units, dossier))
    return FALSE;
  if (dossier != NULL && strcmp (dossier->stage, "returned") == 0)
    return names_path (dossier->open, record->id, path);
  if (dossier != NULL && strcmp (dossier->stage, "draft") != 0)
    return FALSE;
  return !record->closed || names_path (record->open, NULL, path);
}

/* ---- two values of one member ---------------------------------------------- */

static TdHand
hand_of (TdAttempt *self)
{
  return (TdHand){ (char *)self->operation->author, (char *)self->context->key, self->operation->at, NULL };
}

static char *
new_value (JsonArray *pair)
{
  JsonNode *node = json_array_get_element (pair, 1);

  return JSON_NODE_HOLDS_NULL (node) ? NULL : td_json_canonical (node, NULL);
}

/* The edit that settles @beside takes its value, or leaves it: the other one is remembered with who wrote it. */
static void
remember_lost (TdAttempt *self, TdRecord *record, const TdBeside *beside)
{
  JsonArray *pair = td_json_array (td_json_object (self->operation->content, "f"), beside->path);
  g_autofree char *chosen = pair == NULL ? NULL : new_value (pair);
  const TdHand *wrote = td_record_hand (record, beside->path);
  TdBeside stood = { NULL };
  TdHand chooser = hand_of (self);

  stood.path = beside->path;
  stood.value = (char *)td_record_get (record, beside->path);
  if (wrote != NULL)
    {
      stood.by = wrote->by;
      stood.key = wrote->key;
      stood.at = wrote->at;
    }
  td_record_note_settled (record,
                          pair != NULL && g_strcmp0 (chosen, beside->value) == 0 && g_strcmp0 (chosen, stood.value) != 0
                              ? &stood
                              : beside,
                          &chooser);
}

static void
settle (TdAttempt *self, TdRecord *record, JsonArray *settles)
{
  JsonObject *members = td_json_object (self->operation->content, "f");

  for (guint i = 0; settles != NULL && i < json_array_get_length (settles); i++)
    for (guint b = record->beside->len; b > 0; b--)
      {
        const TdBeside *beside = record->beside->pdata[b - 1];

        /* One edit may have been kept beside in several members: only those named now are settled. */
        if (strcmp (beside->op, td_json_element_string (settles, i)) != 0
            || !json_object_has_member (members, beside->path))
          continue;
        remember_lost (self, record, beside);
        g_ptr_array_remove_index (record->beside, b - 1);
      }
}

/* What others are shown as it stands says nothing of who typed it. */
static gboolean
names_hands (const TdRecord *record)
{
  static const char *const shown[] = { "block", "project", NULL };

  return !g_strv_contains (letter_types, record->type) && !g_strv_contains (shown, record->type);
}

static void
apply_member (TdAttempt *self, TdRecord *record, const char *path, JsonArray *pair, GPtrArray *written)
{
  g_autofree char *value = new_value (pair);
  const char *current = td_record_get (record, path);
  g_autofree char *digest = td_member_digest (current);
  TdHand hand = hand_of (self);

  if (g_strcmp0 (current, value) == 0)
    return;
  if (td_member_open (self->state, self->context->units, record, path)
      && strcmp (digest, td_json_element_string (pair, 0)) == 0)
    {
      td_record_set (record, path, value);
      g_ptr_array_add (written, (char *)path);
      return;
    }
  /* Nobody's words: the first one stands. */
  if (strcmp (path, "salt") == 0 || strcmp (record->type, "reads") == 0)
    return;
  td_record_add_beside (record, self->operation->id, path, value, &hand);
  g_ptr_array_add (self->outcome->beside, g_strdup (path));
}

static void
apply_members (TdAttempt *self, TdRecord *record)
{
  JsonObject *members = td_json_object (self->operation->content, "f");
  g_autoptr (GList) names = g_list_sort (json_object_get_members (members), (GCompareFunc)strcmp);
  g_autoptr (GPtrArray) written = g_ptr_array_new ();
  TdHand hand = hand_of (self);

  settle (self, record, td_json_array (self->operation->content, "settles"));
  for (GList *l = names; l != NULL; l = l->next)
    apply_member (self, record, l->data, td_json_array (members, l->data), written);
  if (written->len > 0 && names_hands (record))
    td_record_note_hand (record, &hand, written);
}

/* Begun under a unit that was split since, it belongs to those who write it. */
static TdDossier *
begin_dossier (TdAttempt *self, const TdRecord *record)
{
  TdDossier *dossier = td_state_add_dossier (self->state, record->id, record->type, record->owner);

  if (!td_owns (self->context->units, dossier, self->unit))
    td_replace (&dossier->acts, self->unit->key);
  td_replace (&dossier->holder, self->unit->key);
  return dossier;
}

static void
follow_up (TdAttempt *self, TdRecord *record)
{
  static const char *const catalogues[] = { "block", "project", NULL }; /* written by the board, read by all */
  TdDossier *dossier = td_state_dossier (self->state, record->id);
  gboolean catalogue = g_strv_contains (catalogues, record->type);

  td_state_mark (self->state, "record", record->id);
  if (td_type_is_dossier (record->type) && dossier == NULL)
    dossier = begin_dossier (self, record);
  if (catalogue)
    td_state_show (self->state, "*", "record", record->id);
  else
    td_show_record (self, record);
  if (td_type_is_circular (record->type))
    td_circular_after_edit (self, record);
  else if (strcmp (record->type, "reads") == 0)
    td_reads_after_edit (self, record);
  if (dossier == NULL)
    return;
  td_state_mark (self->state, "dossier", dossier->id);
  td_state_show (self->state, self->unit->key, "dossier", dossier->id);
}

/* What is kept beside counts too: a record must always fit where it is stored and sent. */
static gsize
bytes_of (const TdRecord *record)
{
  GHashTableIter iter;
  gpointer path, value;
  gsize bytes = 0;

  g_hash_table_iter_init (&iter, record->members);
  while (g_hash_table_iter_next (&iter, &path, &value))
    bytes += strlen (path) + strlen (value);
  for (guint i = 0; i < record->beside->len; i++)
    {
      const TdBeside *beside = record->beside->pdata[i];

      bytes += strlen (beside->path) + (beside->value == NULL ? 0 : strlen (beside->value));
    }
  return bytes + td_record_hands_bytes (record);
}

static gboolean
fits (TdAttempt *self, const TdRecord *record)
{
  guint members = json_object_get_size (td_json_object (self->operation->content, "f"));

  if (record == NULL)
    return members <= MEMBERS_MAX;
  return g_hash_table_size (record->members) + members <= MEMBERS_MAX
         && bytes_of (record) + strlen (self->operation->body) <= RECORD_BYTES_MAX;
}

void
td_apply_edit (TdAttempt *self)
{
  const char *id = td_operation_text (self->operation, "r");
  const char *type = td_operation_text (self->operation, "t");
  const char *dossier = td_operation_text (self->operation, "o");
  TdRecord *record;

  if (!may_edit (self, id, type, dossier))
    return;
  record = td_state_record (self->state, id);
  if (!fits (self, record))
    {
      td_refuse (self, "limits", id);
      return;
    }
  if (record == NULL)
    record = td_state_add_record (self->state, id, type, td_operation_text (self->operation, "u"), dossier);
  apply_members (self, record);
  follow_up (self, record);
}

/* ---- administration ------------------------------------------------------------ */

/* Only the endpoint's own key, which has the role C, admits and revokes. */
void
td_apply_admin (TdAttempt *self)
{
  const char *key = td_operation_text (self->operation, "key");
  const char *unit = td_operation_text (self->operation, "unit");
  const char *roles = td_operation_text (self->operation, "roles");
  TdDevice *device = td_state_device (self->state, key);

  if (strchr (self->device->roles, 'C') == NULL)
    td_refuse (self, "rights", self->operation->verb);
  else if (strcmp (self->operation->verb, "reorganise") == 0)
    td_apply_reorganise (self);
  else if (!td_is_hex (key, TD_DIGEST_LENGTH))
    td_refuse (self, "format", "key");
  else if (strcmp (self->operation->verb, "revoke") == 0)
    {
      if (device == NULL)
        {
          td_refuse (self, "unknown", key);
          return;
        }
      device->revoked = TRUE;
      td_state_mark (self->state, "device", key);
      td_state_show (self->state, "*", "device", key);
    }
  else if (td_units_get (self->context->units, unit) == NULL || *roles == '\0'
           || strspn (roles, "OLARS") != strlen (roles))
    td_refuse (self, "unit", unit);
  else
    {
      td_state_add_device (self->state, key, unit, roles);
      td_state_show (self->state, "*", "device", key);
    }
}
