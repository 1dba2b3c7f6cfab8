/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/problems.h"

#include "desk/dated.h"
#include "desk/desk-private.h"
#include "dossier/hands.h"

#include <glib/gi18n.h>
#include <string.h>

/* What needs a person: operations that were refused, members with two values; and the
 * values that were not chosen, which stay in the history. */

#define CODE_SIGNS 4

/* ---- who, where, when ------------------------------------------------------------------------------- */

static char *
machine_code (const char *key)
{
  g_autofree char *code = g_strndup (key, CODE_SIGNS);

  return g_ascii_strup (code, -1);
}

char *
td_desk_machine_code (TdDesk *self)
{
  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  return machine_code (td_store_key (self->store));
}

static char *
machine_words (TdDesk *self, const char *key)
{
  g_autofree char *code = NULL;

  if (*key == '\0')
    return g_strdup ("");
  if (g_str_has_prefix (td_store_key (self->store), key))
    return g_strdup (_ ("this machine"));
  code = machine_code (key);
  return g_strdup_printf (_ ("machine %s"), code);
}

/* "Lê Văn A, máy 3F2A, 14:05 ngày 08/07/2025", as much of it as is known. */
static char *
who_where_when (TdDesk *self, const char *by, const char *key, gint64 at)
{
  g_autofree char *where = machine_words (self, key);
  g_autofree char *when = at == 0 ? g_strdup ("") : td_time_to_screen (at);
  const char *parts[] = { by, where, when };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", parts[i]);
  return g_string_free (text, FALSE);
}

/* ---- the content of an operation in lines ----------------------------------------------------------- */

/* A value as a person reads it; what isn't text stays as it was written. */
static char *
value_text (const char *type, const char *path, const char *value)
{
  g_autoptr (JsonNode) node = value == NULL ? NULL : td_json_parse (value, -1, TD_EDIT_MAX, TD_JSON_MAX_DEPTH, NULL);

  if (value == NULL)
    return g_strdup ("");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return g_strdup (value);
  return td_member_shown (type, path, json_node_get_string (node));
}

static void
add_line (GString *lines, const char *label, const char *text)
{
  g_string_append_printf (lines, "%s%s: %s", lines->len > 0 ? "\n" : "", label, *text == '\0' ? _ ("(empty)") : text);
}

static void
add_member (TdDesk *self, const TdOperation *operation, const char *path, GString *lines)
{
  JsonArray *pair = td_json_array (td_json_object (operation->content, "f"), path);
  const char *type = td_operation_text (operation, "t");
  g_autofree char *words = NULL, *label = NULL, *value = NULL, *text = NULL;

  if (strcmp (path, "salt") == 0 || td_member_kind (type, path) == TD_MEMBER_HIDDEN)
    return;
  words = td_member_label (td_desk_record (self, td_operation_text (operation, "r")), type, path);
  label = td_desk_dated (self, words);
  value = td_json_canonical (json_array_get_element (pair, 1), NULL);
  text = value_text (type, path, g_strcmp0 (value, "null") == 0 ? NULL : value);
  add_line (lines, label, text);
}

static void
add_members (TdDesk *self, const TdOperation *operation, GString *lines)
{
  JsonObject *members = td_json_object (operation->content, "f");
  g_autoptr (GList) paths
      = members == NULL ? NULL : g_list_sort (json_object_get_members (members), (GCompareFunc)strcmp);

  for (GList *l = paths; l != NULL; l = l->next)
    add_member (self, operation, l->data, lines);
}

/* Words a person types with a step; the others follow from the dossier. */
static const struct
{
  const char *member;
  const char *label;
} WORDS[] = {
  { "reason", N_ ("Reason") },     { "note", N_ ("Note") },         { "kept", N_ ("Why it stays") },
  { "person", N_ ("Person") },     { "paper", N_ ("Document") },    { "number", N_ ("Number") },
  { "day", N_ ("Day") },           { "time", N_ ("Time") },         { "signer", N_ ("Signer") },
  { "capacity", N_ ("Capacity") }, { "receiver", N_ ("Receiver") }, { "place", N_ ("Place") },
};

static void
add_words (TdDesk *self, const TdOperation *operation, GString *lines)
{
  g_autoptr (GArray) named = td_operation_named (operation);
  JsonObject *answers = td_json_object (operation->content, "answers");
  g_autoptr (GList) rules = answers == NULL ? NULL : json_object_get_members (answers);

  for (guint i = 0; i < named->len; i++)
    {
      g_autofree char *title = td_desk_title (self, g_array_index (named, TdNamed, i).dossier);

      add_line (lines, _ ("Dossier"), title);
    }
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (*td_operation_text (operation, WORDS[i].member) != '\0')
      add_line (lines, _ (WORDS[i].label), td_operation_text (operation, WORDS[i].member));
  for (GList *l = rules; l != NULL; l = l->next)
    add_line (lines, td_campaign_rule_title (self->campaign, l->data), td_json_string (answers, l->data));
}

/** td_desk_content: what was typed with @item, in lines; owned. */
char *
td_desk_content (TdDesk *self, const TdOutItem *item)
{
  g_autoptr (TdOperation) operation = td_operation_parse (item->body, -1, NULL);
  GString *lines = g_string_new (NULL);

  if (operation == NULL)
    g_string_append (lines, item->body);
  else if (operation->kind == TD_OP_EDIT)
    add_members (self, operation, lines);
  else
    add_words (self, operation, lines);
  return g_string_free (lines, FALSE);
}

/* ---- what was refused --------------------------------------------------------------------------------- */

static TdProblemItem *
make_refusal (TdDesk *self, const TdOutItem *item)
{
  TdProblemItem *problem = td_problem_item_new ();
  g_autofree char *what = td_desk_describe (self, item);
  g_autofree char *title = g_strdup_printf (_ ("Not accepted: %s"), what);
  g_autofree char *reason = td_words_refusal (self, item->verb, item->code, item->detail);
  g_autofree char *message
      = item->before == 0
            ? g_strdup (reason)
            : g_strdup_printf (_ ("%s The centre had accepted it (number %d) before it was put back from an "
                                  "older copy."),
                               reason, (int)item->before);
  g_autofree char *content = td_desk_content (self, item);

  td_item_set (&problem->op, item->id);
  td_item_set (&problem->title, title);
  td_item_set (&problem->message, message);
  td_item_set (&problem->content, content);
  if (td_state_dossier (td_desk_view (self), item->dossier) != NULL)
    td_item_set (&problem->dossier, item->dossier);
  return problem;
}

static TdProblemItem *
make_conflict (TdDesk *self, const TdRecord *record, const TdBeside *beside)
{
  TdProblemItem *problem = td_problem_item_new ();
  const TdHand *hand = td_record_hand (record, beside->path);
  g_autofree char *words = td_member_label (record, record->type, beside->path);
  g_autofree char *label = td_desk_dated (self, words);
  g_autofree char *title = g_strdup_printf (_ ("Two values: %s"), label);
  g_autofree char *mine = value_text (record->type, beside->path, beside->value);
  g_autofree char *theirs = value_text (record->type, beside->path, td_record_get (record, beside->path));
  g_autofree char *by = who_where_when (self, beside->by, beside->key, beside->at);
  g_autofree char *their_by = hand == NULL ? NULL : who_where_when (self, hand->by, hand->key, hand->at);

  td_item_set (&problem->op, beside->op);
  td_item_set (&problem->title, title);
  td_item_set (&problem->message, _ ("Two machines of this unit wrote this field. Both values are kept: choose one."));
  td_item_set (&problem->record, record->id);
  td_item_set (&problem->path, beside->path);
  td_item_set (&problem->field_label, label);
  td_item_set (&problem->mine, mine);
  td_item_set (&problem->theirs, theirs);
  td_item_set (&problem->by, by);
  td_item_set (&problem->their_by, their_by);
  td_item_set (&problem->dossier, record->dossier);
  return problem;
}

static void
add_conflicts (TdDesk *self, GListStore *list)
{
  g_autoptr (GPtrArray) ids = td_desk_list_own (self, "record", "owner", "");

  for (guint i = 0; i < ids->len; i++)
    {
      const TdRecord *record = td_state_record (td_desk_view (self), ids->pdata[i]);

      for (guint b = 0; record != NULL && b < record->beside->len; b++)
        {
          g_autoptr (TdProblemItem) problem = make_conflict (self, record, record->beside->pdata[b]);

          g_list_store_append (list, problem);
        }
    }
}

GListModel *
td_desk_problems (TdDesk *self)
{
  GListStore *list = g_list_store_new (TD_TYPE_PROBLEM_ITEM);
  g_autoptr (GPtrArray) refused = NULL;

  g_return_val_if_fail (TD_IS_DESK (self), NULL);

  refused = td_store_problems (self->store);
  for (guint i = 0; i < refused->len; i++)
    {
      g_autoptr (TdProblemItem) problem = make_refusal (self, refused->pdata[i]);

      g_list_store_append (list, problem);
    }
  if (self->unit != NULL)
    add_conflicts (self, list);
  return G_LIST_MODEL (list);
}

char *
td_desk_problem_text (TdDesk *self, TdProblemItem *problem)
{
  GString *text;

  g_return_val_if_fail (TD_IS_DESK (self) && TD_IS_PROBLEM_ITEM (problem), NULL);

  text = g_string_new (problem->title);
  g_string_append_printf (text, "\n%s", problem->message);
  if (*problem->record != '\0')
    g_string_append_printf (text, "\n%s\n%s\n\n%s\n%s", problem->their_by, problem->theirs, problem->by, problem->mine);
  else
    g_string_append_printf (text, "\n\n%s", problem->content);
  return g_string_free (text, FALSE);
}

/* ---- choosing ----------------------------------------------------------------------------------------- */

static const TdBeside *
find_beside (const TdRecord *record, const char *op, const char *path)
{
  for (guint i = 0; i < record->beside->len; i++)
    {
      const TdBeside *beside = record->beside->pdata[i];

      if (strcmp (beside->op, op) == 0 && strcmp (beside->path, path) == 0)
        return beside;
    }
  return NULL;
}

/* One edit names the member, with the value that shall stand, and what it settles. */
static gboolean
settle_conflict (TdDesk *self, const TdProblemItem *problem, gboolean take_mine, GError **error)
{
  const TdRecord *record = td_state_record (td_desk_view (self), problem->record);
  const TdBeside *beside = record == NULL ? NULL : find_beside (record, problem->op, problem->path);
  const char *const settles[] = { problem->op, NULL };
  g_autofree char *stands = record == NULL ? NULL : g_strdup (td_record_get (record, problem->path));
  g_autofree char *chosen = beside == NULL ? NULL : g_strdup (take_mine ? beside->value : stands);
  TdChange change = { problem->path, stands, chosen };
  TdEditOf of;
  GError *cause = NULL;

  if (beside == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This has been settled already."));
  if (take_mine && !td_desk_may_set (self, problem->record, problem->path))
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This field is closed. Nothing was changed."));
  of = (TdEditOf){ record->id, record->type, record->owner, td_type_is_dossier (record->type) ? record->id : NULL };
  if (!td_store_edit (self->store, &of, &change, 1, settles, &cause))
    {
      td_words_store (error, cause);
      return FALSE;
    }
  td_desk_touch (self, problem->record);
  return TRUE;
}

static gboolean
put_aside (TdDesk *self, const char *op, GError **error)
{
  GError *cause = NULL;

  if (!td_store_put_aside (self->store, op, &cause))
    {
      td_words_store (error, cause);
      return FALSE;
    }
  td_desk_touch (self, "all");
  return TRUE;
}

gboolean
td_desk_settle (TdDesk *self, TdProblemItem *problem, gboolean take_mine, GError **error)
{
  g_return_val_if_fail (TD_IS_DESK (self) && TD_IS_PROBLEM_ITEM (problem), FALSE);

  if (*problem->record != '\0')
    return settle_conflict (self, problem, take_mine, error);
  return put_aside (self, problem->op, error);
}

/* ---- once more ---------------------------------------------------------------------------------------- */

static gboolean
refuse_member (TdDesk *self, const TdOperation *operation, const char *path, GError **error)
{
  g_autofree char *words = td_member_label (NULL, td_operation_text (operation, "t"), path);
  g_autofree char *label = td_desk_dated (self, words);
  g_autofree char *sentence = g_strdup_printf (
      _ ("“%s” is closed now, so nothing was written. Copy the content, or ask the next level to return the dossier."),
      label);

  return td_desk_fail (error, TD_DESK_ERROR_REFUSED, sentence);
}

/* What is empty again removes; the values go as they were typed. */
static gboolean
collect_changes (TdDesk *self, const TdOperation *operation, GArray *changes, GPtrArray *values, GError **error)
{
  JsonObject *members = td_json_object (operation->content, "f");
  const char *id = td_operation_text (operation, "r");
  const TdRecord *record = td_state_record (td_desk_view (self), id);
  g_autoptr (GList) paths = json_object_get_members (members);

  for (GList *l = paths; l != NULL; l = l->next)
    {
      const char *stands = record == NULL ? NULL : td_record_get (record, l->data);
      JsonNode *node = json_array_get_element (json_object_get_array_member (members, l->data), 1);
      char *value = JSON_NODE_HOLDS_NULL (node) ? NULL : td_json_canonical (node, NULL);
      TdChange change = { l->data, stands, value };

      g_ptr_array_add (values, value);
      if (g_strcmp0 (stands, value) == 0 || (record != NULL && strcmp (l->data, "salt") == 0))
        continue;
      if (!td_desk_may_set (self, id, l->data))
        return refuse_member (self, operation, l->data, error);
      g_array_append_val (changes, change);
    }
  return TRUE;
}

static gboolean
retry_edit (TdDesk *self, const TdOperation *operation, GError **error)
{
  const char *dossier = td_operation_text (operation, "o");
  TdEditOf of = { td_operation_text (operation, "r"), td_operation_text (operation, "t"),
                  td_operation_text (operation, "u"), *dossier == '\0' ? NULL : dossier };
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TdChange));
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  GError *cause = NULL;

  if (!collect_changes (self, operation, changes, values, error))
    return FALSE;
  if (changes->len == 0
      || td_store_edit (self->store, &of, (const TdChange *)(gpointer)changes->data, changes->len, NULL, &cause))
    return TRUE;
  td_words_store (error, cause);
  return FALSE;
}

static void
add_word (GPtrArray *words, const char *member, const char *text)
{
  g_ptr_array_add (words, g_strdup (member));
  g_ptr_array_add (words, g_strdup (text));
}

/* Texts of the step as td_desk_step() takes them; digests and numbers are made anew. */
static void
collect_words (const TdOperation *operation, GPtrArray *words)
{
  static const char *const derived[]
      = { "id", "k", "letter", "session_digest", "unit", "type", "finding", "findings", NULL };
  JsonArray *fields = td_json_array (operation->content, "fields");
  JsonObject *answers = td_json_object (operation->content, "answers");
  g_autoptr (GList) members = json_object_get_members (operation->content);
  g_autoptr (GList) rules = answers == NULL ? NULL : json_object_get_members (answers);

  for (GList *l = members; l != NULL; l = l->next)
    if (td_json_string (operation->content, l->data) != NULL && !g_strv_contains (derived, l->data))
      add_word (words, l->data, td_json_string (operation->content, l->data));
  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      JsonArray *row = td_json_element_array (fields, i);
      g_autofree char *field
          = g_strdup_printf ("%s %s", td_json_element_string (row, 0), td_json_element_string (row, 1));

      add_word (words, "field", field);
    }
  for (GList *l = rules; l != NULL; l = l->next)
    {
      g_autofree char *member = g_strconcat ("answer:", l->data, NULL);

      add_word (words, member, td_json_string (answers, l->data));
    }
}

static gboolean
retry_step (TdDesk *self, const TdOperation *operation, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new ();
  g_autoptr (GArray) named = td_operation_named (operation);

  collect_words (operation, words);
  g_ptr_array_add (words, NULL);
  for (guint i = 0; i < named->len; i++)
    g_ptr_array_add (dossiers, (gpointer)g_array_index (named, TdNamed, i).dossier);
  g_ptr_array_add (dossiers, NULL);
  return td_desk_step (self, operation->verb, (const char *const *)dossiers->pdata, (const char *const *)words->pdata,
                       error);
}

static TdOperation *
refused_operation (TdDesk *self, const char *id)
{
  g_autoptr (GPtrArray) refused = td_store_problems (self->store);

  for (guint i = 0; i < refused->len; i++)
    {
      const TdOutItem *item = refused->pdata[i];

      if (strcmp (item->id, id) == 0)
        return td_operation_parse (item->body, -1, NULL);
    }
  return NULL;
}

gboolean
td_desk_retry (TdDesk *self, TdProblemItem *problem, GError **error)
{
  g_autoptr (TdOperation) operation = NULL;

  g_return_val_if_fail (TD_IS_DESK (self) && TD_IS_PROBLEM_ITEM (problem), FALSE);

  operation = refused_operation (self, problem->op);
  if (operation == NULL)
    return td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("This has been settled already."));
  if (operation->kind == TD_OP_EDIT ? !retry_edit (self, operation, error) : !retry_step (self, operation, error))
    return FALSE;
  return put_aside (self, problem->op, error);
}

/* ---- what was not chosen stays in the history --------------------------------------------------------- */

static TdChainItem *
make_settled (TdDesk *self, const TdRecord *record, const TdSettled *settled)
{
  TdChainItem *item = td_chain_item_new ();
  g_autofree char *words = td_member_label (record, record->type, settled->path);
  g_autofree char *member = td_desk_dated (self, words);
  g_autofree char *value = value_text (record->type, settled->path, settled->value);
  g_autofree char *label
      = g_strdup_printf (_ ("Not chosen for “%s”: %s"), member, *value == '\0' ? _ ("(empty)") : value);
  g_autofree char *wrote = who_where_when (self, settled->by, settled->key, settled->at);
  g_autofree char *chose = who_where_when (self, settled->chosen_by, settled->chosen_key, 0);
  g_autofree char *who = *wrote == '\0'
                             ? g_strdup_printf (_ ("Chosen by %s"), chose)
                             : g_strdup_printf (_ ("Written by %s; the other value was chosen by %s"), wrote, chose);
  g_autofree char *when = td_time_to_screen (settled->chosen_at);
  g_autofree char *title = *record->dossier == '\0' ? NULL : td_desk_title (self, record->dossier);

  item->at = settled->chosen_at;
  td_item_set (&item->verb, "settle");
  td_item_set (&item->label, label);
  td_item_set (&item->who, who);
  td_item_set (&item->when, when);
  td_item_set (&item->dossier_title, title);
  return item;
}

static int
compare_at (gconstpointer a, gconstpointer b, gpointer newest_first)
{
  gint64 left = TD_CHAIN_ITEM ((gpointer)a)->at, right = TD_CHAIN_ITEM ((gpointer)b)->at;
  int order = (left > right) - (left < right);

  return newest_first == NULL ? order : -order;
}

/* Steps keep the order of the sequence; a choice stands before the first step that came after it. */
void
td_desk_insert_link (GListStore *list, TdChainItem *item, gboolean newest_first)
{
  GListModel *model = G_LIST_MODEL (list);
  guint place = 0;

  while (place < g_list_model_get_n_items (model))
    {
      g_autoptr (TdChainItem) other = g_list_model_get_item (model, place);

      if (compare_at (item, other, GINT_TO_POINTER (newest_first)) < 0)
        break;
      place++;
    }
  g_list_store_insert (list, place, item);
}

static void
add_settled_of (TdDesk *self, GListStore *list, const char *id, gboolean newest_first)
{
  const TdRecord *record = td_state_record (td_desk_view (self), id);

  for (guint s = 0; record != NULL && s < record->settled->len; s++)
    {
      g_autoptr (TdChainItem) item = make_settled (self, record, record->settled->pdata[s]);

      td_desk_insert_link (list, item, newest_first);
    }
}

void
td_desk_add_settled (TdDesk *self, GListStore *list, const char *dossier, gboolean newest_first)
{
  g_autoptr (GPtrArray) ids = self->unit == NULL ? NULL : td_desk_list_own (self, "record", "owner", "");

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (dossier == NULL || strcmp (ids->pdata[i], dossier) == 0)
      add_settled_of (self, list, ids->pdata[i], newest_first);
}
