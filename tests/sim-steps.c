/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "dossier/acting.h"
#include "dossier/submit.h"

#include <string.h>

/* Steps of the table, mostly such as may be taken, sometimes any. */

typedef struct
{
  SimDesk *desk;
  TdState *view;
  const TdDossier *dossier;
} Turn;

static JsonObject *
begin (Turn *turn, const char *verb)
{
  TdAuthor author;

  td_store_author (turn->desk->store, &author);
  return td_operation_begin (verb, &author);
}

static void
finish (Turn *turn, JsonObject *content)
{
  g_autoptr (TdOperation) operation = td_operation_close (content, NULL);
  GError *error = NULL;
  gboolean good;

  g_assert (operation != NULL);
  good = td_store_append (turn->desk->store, operation, NULL, &error);
  sim_note ("desk %u %s %s%s", turn->desk->index, operation->verb, operation->id, good ? "" : " in vain");
  if (!good && !sim->machines[turn->desk->index].full && !sim->machines[turn->desk->index].dead)
    sim_fail ("saved", "a step is not kept: %s", error->message);
  g_clear_error (&error);
}

static void
refresh (Turn *turn)
{
  g_autofree char *id = g_strdup (turn->dossier->id);

  td_state_free (turn->view);
  turn->view = sim_desk_view (turn->desk);
  turn->dossier = td_state_dossier (turn->view, id);
}

/* ---- trình ------------------------------------------------------------------------------------------------------------- */

/* The submission it went up with once, or a new one; owned. */
static char *
letter_for (Turn *turn)
{
  const GPtrArray *carried = turn->dossier->carried;

  for (guint i = carried->len; i > 0; i--)
    {
      const TdCarried *one = carried->pdata[i - 1];

      if (strcmp (one->unit, turn->desk->unit) == 0)
        return g_strdup (one->submission);
    }
  return NULL;
}

static char *
write_letter (Turn *turn, GPtrArray *ids)
{
  char *id = sim_id ();

  sim_desk_put (turn->desk, id, "submission", "letter/number", "15/TTr-UBND", turn->view);
  sim_desk_put (turn->desk, id, "submission", "letter/date", "2025-07-07", turn->view);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("item/%s", (char *)ids->pdata[i]);
      g_autofree char *order = g_strdup_printf ("%u", i + 1);

      sim_desk_put (turn->desk, id, "submission", path, order, turn->view);
    }
  return id;
}

static gboolean
goes_up (const TdDossier *dossier, const char *unit, const char *stage)
{
  return strcmp (dossier->holder, unit) == 0 && strcmp (dossier->stage, stage) == 0;
}

/* Those that lie here in the same stage go together, where they begin a new letter. */
static GPtrArray *
companions (Turn *turn, gboolean alone)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) all = td_state_list (turn->view, "dossier", "all");

  g_ptr_array_add (ids, g_strdup (turn->dossier->id));
  for (guint i = 0; i < all->len && !alone && ids->len < 3; i++)
    {
      const TdDossier *other = td_state_dossier (turn->view, all->pdata[i]);

      if (other != NULL && other != turn->dossier && goes_up (other, turn->desk->unit, turn->dossier->stage)
          && (other->carried->len == 0 || strcmp (other->stage, "received") == 0))
        g_ptr_array_add (ids, g_strdup (other->id));
    }
  return ids;
}

static void
add_quotes (JsonObject *content, GHashTable *quotes)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (quotes), (GCompareFunc)strcmp);
  JsonArray *rows = json_array_new ();

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonArray *row = json_array_new ();

      json_array_add_string_element (row, l->data);
      json_array_add_string_element (row, g_hash_table_lookup (quotes, l->data));
      json_array_add_array_element (rows, row);
    }
  json_object_set_array_member (content, "quotes", rows);
}

static void
submit (Turn *turn)
{
  const TdUnits *units = td_centre_units (sim->centre);
  const TdUnit *unit = td_units_now (units, turn->desk->unit);
  g_autofree char *letter = letter_for (turn);
  g_autoptr (GPtrArray) ids = companions (turn, letter != NULL);
  g_autoptr (GHashTable) quotes = NULL;
  g_autofree char *digest = NULL;
  TdRecord *record;
  JsonObject *content;

  if (letter == NULL)
    letter = write_letter (turn, ids);
  refresh (turn);
  record = td_state_record (turn->view, letter);
  if (record == NULL)
    return; /* the disk was full */
  content = begin (turn, "submit");
  quotes = td_submit_ledgers (turn->view, units, td_campaign_id (td_centre_campaign (sim->centre)), record, ids);
  digest = td_record_digest (record);
  add_quotes (content, quotes);
  json_object_set_string_member (content, "sub", letter);
  json_object_set_string_member (content, "letter", digest);
  json_object_set_string_member (content, "kept", "giữ nguyên");
  for (guint i = 0; i < ids->len; i++)
    {
      TdDossier *dossier = td_state_dossier (turn->view, ids->pdata[i]);
      g_autofree char *own = td_submit_digest (turn->view, dossier, td_owns (units, dossier, unit), quotes);

      td_operation_name (content, dossier->id, dossier->epoch, own);
    }
  finish (turn, content);
}

/* ---- the others ------------------------------------------------------------------------------------------------------------ */

static void
set (JsonObject *content, const char *member, const char *text)
{
  json_object_set_string_member (content, member, text);
}

static void
add_field (JsonObject *content, const char *record)
{
  static const char *const members[] = { "achievement", "position", "workplace", "note", "file" };
  JsonArray *fields = json_array_new ();
  JsonArray *field = json_array_new ();

  json_array_add_string_element (field, record);
  json_array_add_string_element (field, members[sim_draw (G_N_ELEMENTS (members))]);
  json_array_add_array_element (fields, field);
  json_object_set_array_member (content, "fields", fields);
}

static void
add_session (Turn *turn, JsonObject *content)
{
  static const char *const pairs[]
      = { "date",  "2025-07-08", "minutes/number", "03/BB-HĐTĐKT", "chair", "Chủ tịch Hội đồng", "present", "9",
          "total", "11" };
  g_autofree char *id = sim_id ();
  g_autofree char *votes = g_strdup_printf ("vote/%s/for", turn->dossier->id);
  g_autofree char *digest = NULL;
  TdRecord *record;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i += 2)
    sim_desk_put (turn->desk, id, "session", pairs[i], pairs[i + 1], turn->view);
  sim_desk_put (turn->desk, id, "session", votes, "9", turn->view);
  refresh (turn);
  record = td_state_record (turn->view, id);
  digest = record == NULL ? g_strdup ("") : td_record_digest (record);
  set (content, "session", id);
  set (content, "session_digest", digest);
  set (content, "outcome", sim_chance (80) ? "endorse" : sim_chance (50) ? "again" : "decline");
}

static void
add_words (Turn *turn, const char *verb, JsonObject *content)
{
  const GPtrArray *chain = turn->dossier->chain;

  set (content, "reason", "Bổ sung minh chứng");
  if (strcmp (verb, "return") == 0)
    add_field (content, turn->dossier->id);
  else if (strcmp (verb, "assign") == 0)
    set (content, "person", "Lê Văn Ví Dụ");
  else if (strcmp (verb, "ask") == 0)
    set (content, "body", "van-phong-tinh-uy");
  else if (strcmp (verb, "appraise") == 0 || strcmp (verb, "review") == 0)
    {
      set (content, "note", "Đã đối chiếu hồ sơ");
      set (content, "verdict", *verb == 'a' ? (sim_chance (85) ? "pass" : "fail") : "agree");
    }
  else if (strcmp (verb, "council_opinion") == 0)
    add_session (turn, content);
  else if (strcmp (verb, "to_chairman") == 0)
    {
      set (content, "paper", "77/TTr-SNV");
      set (content, "day", "2025-07-08");
    }
  else if (strcmp (verb, "decide") == 0)
    {
      set (content, "number", "1234/QĐ-UBND");
      set (content, "day", "2025-07-08");
      set (content, "signer", "Lê Văn Ký");
      set (content, "capacity", "CHỦ TỊCH");
      set (content, "outcome", sim_chance (85) ? "award" : "decline");
    }
  else if (strcmp (verb, "award") == 0)
    {
      set (content, "outcome", "handed");
      set (content, "receiver", "Nguyễn Văn Mẫu");
      set (content, "place", "Vị Thanh");
      set (content, "day", "2025-07-08");
    }
  else if (strcmp (verb, "undo") == 0)
    set (content, "step", chain->len == 0 ? "" : ((TdEntry *)chain->pdata[chain->len - 1])->op);
}

static void
take (Turn *turn, const char *verb)
{
  JsonObject *content;
  gint64 epoch;

  if (strcmp (verb, "submit") == 0)
    {
      submit (turn);
      return;
    }
  content = begin (turn, verb);
  add_words (turn, verb, content);
  epoch = turn->dossier->epoch - (sim_chance (3) ? 1 : 0);
  td_operation_name (content, turn->dossier->id, MAX (epoch, 0), turn->dossier->digest);
  finish (turn, content);
}

/* ---- which ------------------------------------------------------------------------------------------------------------------- */

#define BOARD "ban-tdkt@2024-07-01"

static const char *
pick (const char *const *verbs, guint count)
{
  return verbs[sim_draw (count)];
}

#define PICK(...) pick ((const char *const[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))

static gboolean
is_appraised (Turn *turn)
{
  g_autoptr (GPtrArray) opinions = td_state_opinions (turn->view, turn->dossier->id);
  gboolean passed = FALSE;

  for (guint i = 0; i < opinions->len; i++)
    {
      const TdEntry *entry = opinions->pdata[i];

      if (strcmp (entry->verb, "appraise") == 0 && strcmp (entry->digest, turn->dossier->digest) == 0)
        passed = strcmp (entry->verdict, "pass") == 0;
    }
  return passed;
}

static const char *
next_at_board (Turn *turn)
{
  const char *stage = turn->dossier->stage;

  if (strcmp (stage, "received") == 0 && sim_chance (75))
    return is_appraised (turn) ? "to_council" : "appraise";
  if (strcmp (stage, "submitted") == 0)
    return "receive";
  if (strcmp (stage, "received") == 0)
    return PICK ("ask", "appraise", "to_council", "return", "not_propose", "assign");
  if (strcmp (stage, "in_council") == 0)
    return PICK ("council_opinion", "council_opinion", "council_opinion", "council_opinion", "undo", "return");
  if (strcmp (stage, "endorsed") == 0)
    return PICK ("to_chairman", "to_chairman", "to_chairman", "to_chairman", "undo", "return");
  if (strcmp (stage, "at_chairman") == 0)
    return PICK ("decide", "decide", "decide", "decide", "undo", "return");
  if (strcmp (stage, "decided") == 0)
    return PICK ("award", "undo");
  return PICK ("reconsider", "undo");
}

/* About one that lies elsewhere; NULL: nothing. */
static const char *
next_of_others (Turn *turn)
{
  if (strcmp (turn->desk->roles, "ORL") == 0 && strcmp (turn->dossier->owner, turn->desk->unit) != 0)
    return "review";
  if (strcmp (turn->dossier->stage, "submitted") == 0 && sim_chance (15))
    return "recall";
  return sim_chance (2) ? "withdraw" : NULL;
}

/* What one in this place would do next. */
static const char *
next_of (Turn *turn)
{
  const TdDossier *dossier = turn->dossier;
  const char *stage = dossier->stage;

  if (strcmp (dossier->holder, turn->desk->unit) != 0)
    return next_of_others (turn);
  if (strcmp (dossier->holder, BOARD) == 0)
    return next_at_board (turn);
  if (strcmp (stage, "submitted") == 0)
    return "receive";
  if (strcmp (stage, "received") == 0)
    return PICK ("submit", "submit", "submit", "submit", "submit", "return", "not_propose", "assign");
  if (strcmp (stage, "not_proposed") == 0)
    return "reconsider";
  if (strcmp (stage, "returned") == 0 && strcmp (dossier->owner, turn->desk->unit) != 0)
    return PICK ("return", "submit");
  return sim_chance (98) ? "submit" : "withdraw";
}

static const char *
any_verb (void)
{
  return PICK ("submit", "recall", "receive", "return", "not_propose", "reconsider", "withdraw", "assign", "ask",
               "appraise", "review", "to_council", "to_chairman", "decide", "award", "undo");
}

void
sim_step_take (SimDesk *desk)
{
  Turn turn = { desk, sim_desk_view (desk), NULL };
  g_autoptr (GPtrArray) all = td_state_list (turn.view, "dossier", "all");
  const char *verb = NULL;

  for (guint tries = 0; tries < 6 && all->len > 0; tries++)
    {
      turn.dossier = td_state_dossier (turn.view, all->pdata[sim_draw (all->len)]);
      if (turn.dossier != NULL && strcmp (turn.dossier->holder, desk->unit) == 0)
        break;
    }
  if (turn.dossier != NULL)
    verb = sim_chance (92) ? next_of (&turn) : any_verb ();
  if (verb != NULL)
    take (&turn, verb);
  td_state_free (turn.view);
}
