/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rights-scene.h"

#include "dossier/doubles.h"

#include <string.h>

/* ---- how a dossier comes to its place ------------------------------------------------- */

static void
take (Scene *scene, Desk desk, const char *verb, const char *const *words)
{
  assert_code (scene_apply (scene, desk, scene_step (scene, verb, ON (scene->person), words)), "");
}

static char *
write_record (Scene *scene, Desk desk, const char *id, const char *type, const char *const *pairs)
{
  char *record = id == NULL ? scene_id (scene) : g_strdup (id);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    assert_code (scene_edit (scene, desk, record, type, pairs[i], pairs[i + 1]), "");
  return record;
}

/* Another person of the same name and birthday, handed in before: so there is a pair to be cleared. The two of the
 * commune name a file of the same bytes as the neighbour, who has never sent them. */
static void
begin (RightsPlace *self)
{
  Scene *scene = self->scene;
  g_autofree char *letter = NULL;

  scene_fill_ledger (scene, NEIGHBOUR);
  self->neighbour = scene_nominate (scene, NEIGHBOUR, FALSE, "Nguyễn Văn Mẫu");
  assert_code (scene_edit (scene, NEIGHBOUR, self->neighbour, "nomination", "personal_id", "000000000002"), "");
  letter = scene_letter (scene, NEIGHBOUR, ON (self->neighbour));
  assert_code (scene_apply (scene, NEIGHBOUR, scene_submit (scene, NEIGHBOUR, letter, ON (self->neighbour))), "");
  scene_advance (scene, "draft");
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "personal_id", "000000000001"), "");
  /* R-051 is for a waiver. */
  assert_code (scene_edit (scene, COMMUNE, scene->person, "nomination", "party_member", "no"), "");
}

static void
others (RightsPlace *self)
{
  Scene *scene = self->scene;
  g_autofree char *vote = g_strdup_printf ("vote/%s/for", scene->person);
  g_autofree char *council = scene_ledger (scene, BOARD, "council");

  self->session = write_record (scene, BOARD, NULL, "session",
                                ON ("date", "2025-07-08", "minutes/number", "05/BB-HĐTĐKT", "present", "9", "total",
                                    "11", vote, "8"));
  self->project = write_record (scene, BOARD, NULL, "project", ON ("name", "Đề án thử"));
  self->roster = write_record (scene, BOARD, council, "council", ON ("member/a/name", "Lê Văn Ký"));
  self->notice = write_record (scene, DISTRICT, NULL, "notice",
                               ON ("title", "Đôn đốc", "text", "Đề nghị gửi hồ sơ.", "to", scene->units_of[COMMUNE],
                                   "sent", "2025-07-08"));
  self->difficulty = write_record (scene, COMMUNE, NULL, "difficulty",
                                   ON ("title", "Vướng mắc", "text", "Chưa rõ chỉ tiêu.", "sent", "2025-07-08"));
}

static void
at_board_received (Scene *scene)
{
  g_autofree char *answer = NULL;

  scene_advance (scene, "board_received");
  take (scene, BOARD, "ask", ON ("body", "van-phong-tinh-uy"));
  take (scene, BOARD, "waive", ON ("rule", "R-051", "reason", "Thành tích đặc biệt"));
  take (scene, BOARD, "appraise", ON ("verdict", "pass", "note", ""));
}

static void
go_to (Scene *scene, const char *place)
{
  static const char *const late[] = { "board_received", "board_returned", "board_not_proposed",
                                      "in_council",     "endorsed",       "at_chairman",
                                      "decided",        "awarded",        NULL };

  if (g_strv_contains (late, place))
    at_board_received (scene);
  if (strcmp (place, "submitted") == 0 || strcmp (place, "at_board") == 0)
    scene_advance (scene, place);
  else if (strcmp (place, "draft") != 0 && !g_strv_contains (late, place))
    scene_advance (scene, "received");
  if (strcmp (place, "assigned") == 0)
    take (scene, DISTRICT, "assign", ON ("person", "Phạm Thị Chuyên"));
  else if (strcmp (place, "returned") == 0)
    assert_code (scene_apply (scene, DISTRICT, scene_return (scene, scene->person, scene->person, "achievement")), "");
  else if (strcmp (place, "board_returned") == 0)
    assert_code (scene_apply (scene, BOARD, scene_return (scene, scene->person, scene->person, "achievement")), "");
  else if (strcmp (place, "not_proposed") == 0)
    take (scene, DISTRICT, "not_propose", ON ("reason", "Vượt số lượng"));
  else if (strcmp (place, "board_not_proposed") == 0)
    take (scene, BOARD, "not_propose", ON ("reason", "Vượt số lượng"));
  else if (strcmp (place, "withdrawn") == 0)
    take (scene, COMMUNE, "withdraw", ON ("reason", "Đơn vị đề nghị"));
  else if (strcmp (place, "in_council") == 0 || strcmp (place, "endorsed") == 0 || strcmp (place, "at_chairman") == 0)
    scene_advance (scene, place);
  else if (strcmp (place, "decided") == 0 || strcmp (place, "awarded") == 0)
    scene_advance (scene, "decided");
  if (strcmp (place, "awarded") == 0)
    take (scene, BOARD, "award",
          ON ("outcome", "handed", "receiver", "Nguyễn Văn Mẫu", "place", "Hội trường", "day", "2025-07-08"));
}

RightsPlace *
rights_place_new (const char *place)
{
  RightsPlace *self = g_new0 (RightsPlace, 1);
  static const Desk desks[] = { COMMUNE, NEIGHBOUR, DISTRICT, BOARD, OFFICE };

  self->scene = scene_new ();
  begin (self);
  others (self);
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    self->letters[desks[i]] = scene_letter (self->scene, desks[i], ON (self->scene->person));
  go_to (self->scene, place);
  return self;
}

void
rights_place_free (RightsPlace *self)
{
  g_hash_table_add (self->scene->whole, td_digest ("BAO_CAO_THANH_TICH", -1)); /* for the replay */
  scene_free (self->scene);
  for (guint i = 0; i < N_DESKS; i++)
    g_free (self->letters[i]);
  g_free (self->neighbour);
  g_free (self->session);
  g_free (self->project);
  g_free (self->roster);
  g_free (self->notice);
  g_free (self->difficulty);
  g_free (self);
}

/* ---- what they send -------------------------------------------------------------------- */

Desk
rights_desk_of (const char *unit)
{
  static const struct
  {
    const char *unit;
    Desk desk;
  } desks[] = {
    { "owner", COMMUNE }, { "sibling", NEIGHBOUR }, { "district", DISTRICT }, { "board", BOARD }, { "asked", OFFICE }
  };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    if (strcmp (desks[i].unit, unit) == 0)
      return desks[i].desk;
  return N_DESKS;
}

static const char *
last_step (const Scene *scene)
{
  const TdDossier *dossier = td_state_dossier (scene->state, scene->person);
  const TdEntry *entry = dossier->chain->len == 0 ? NULL : dossier->chain->pdata[dossier->chain->len - 1];

  return entry == NULL ? scene->person : entry->op;
}

static const char *
pair_of (const RightsPlace *self)
{
  const TdDoubles *doubles = td_state_doubles (self->scene->state, self->scene->person);

  return doubles == NULL || doubles->pairs->len == 0 ? "none" : ((TdDoublePair *)doubles->pairs->pdata[0])->token;
}

/* Members of the verbs that need no more than words. */
static const struct
{
  const char *verb;
  const char *words[11];
} WORDS[] = {
  { "not_propose", { "reason", "Lý do" } },
  { "withdraw", { "reason", "Lý do" } },
  { "assign", { "person", "Phạm Thị Chuyên" } },
  { "ask", { "body", "van-phong-tinh-uy" } },
  { "waive", { "rule", "R-051", "reason", "Lý do" } },
  { "appraise", { "verdict", "fail", "note", "Lý do" } },
  { "review", { "verdict", "agree", "note", "" } },
  { "to_chairman", { "paper", "77/TTr-SNV", "day", "2025-07-08" } },
  { "decide",
    { "number", "1234/QĐ-UBND", "day", "2025-07-08", "signer", "Lê Văn Ký", "capacity", "CHỦ TỊCH", "outcome",
      "award" } },
  { "award", { "outcome", "handed", "receiver", "Nguyễn Văn Mẫu", "place", "Hội trường", "day", "2025-07-08" } },
};

JsonObject *
rights_step_of (RightsPlace *self, const char *verb, const char *unit)
{
  Scene *scene = self->scene;
  Desk desk = rights_desk_of (unit);
  Desk as = desk == N_DESKS ? NEIGHBOUR : desk; /* who has no letter tries with another's */
  const char *const *words = NULL;

  if (strcmp (verb, "submit") == 0)
    return scene_submit (scene, as, self->letters[as], ON (scene->person));
  if (strcmp (verb, "return") == 0)
    return scene_return (scene, scene->person, scene->person, "achievement");
  if (strcmp (verb, "attest") == 0)
    return scene_step (scene, verb, ON (scene->person),
                       ON ("unit", scene->units_of[COMMUNE], "type", "nomination", "day", "2025-07-08", "time", "09:00",
                           "paper", "15/TTr-UBND"));
  if (strcmp (verb, "undo") == 0)
    return scene_step (scene, verb, ON (scene->person), ON ("step", last_step (scene), "reason", "Nhầm"));
  if (strcmp (verb, "clear_double") == 0)
    return scene_step (scene, verb, ON (scene->person), ON ("finding", pair_of (self), "reason", "Hai người"));
  if (strcmp (verb, "council_opinion") == 0)
    {
      g_autofree char *digest = td_record_digest (td_state_record (scene->state, self->session));

      return scene_step (scene, verb, ON (scene->person),
                         ON ("session", self->session, "session_digest", digest, "outcome", "endorse"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (WORDS[i].verb, verb) == 0)
      words = WORDS[i].words;
  return scene_step (scene, verb, ON (scene->person), words);
}

/* ---- what there is to see -------------------------------------------------------------- */

static char *
opinion_named (RightsPlace *self, const char *verb)
{
  g_autoptr (GPtrArray) opinions = td_state_opinions (self->scene->state, self->scene->person);

  for (guint i = 0; i < opinions->len; i++)
    {
      const TdEntry *entry = opinions->pdata[i];

      if (strcmp (entry->verb, verb) == 0)
        return g_strconcat ("opinion ", entry->op, NULL);
    }
  return NULL;
}

static char *
handed_in (RightsPlace *self, const char *what)
{
  Scene *scene = self->scene;
  const TdDossier *dossier = td_state_dossier (scene->state, scene->person);
  const TdVersion *version = dossier->version == 0 ? NULL : td_state_version (scene->state, scene->person, 1);
  g_autofree char *ledger = scene_ledger (scene, COMMUNE, "targets");

  if (version == NULL)
    return NULL;
  if (strcmp (what, "version") == 0)
    return g_strdup_printf ("version %s/1", scene->person);
  if (strcmp (what, "quote") == 0)
    return g_strconcat ("body ", (char *)g_hash_table_lookup (version->quotes, ledger), NULL);
  if (strcmp (what, "letter_handed_in") == 0)
    return g_strconcat ("body ", (char *)version->letters->pdata[0], NULL);
  return g_strconcat ("step ", ((TdEntry *)dossier->chain->pdata[0])->op, NULL);
}

char *
rights_entity (RightsPlace *self, const char *what)
{
  Scene *scene = self->scene;
  g_autofree char *ledger = scene_ledger (scene, COMMUNE, "targets");
  const struct
  {
    const char *what, *kind, *id;
  } named[] = {
    { "ledger", "record", ledger },
    { "nomination", "record", scene->person },
    { "letter", "record", scene->letter },
    { "dossier", "dossier", scene->person },
    { "session", "record", self->session },
    { "project", "record", self->project },
    { "roster", "record", self->roster },
    { "notice", "record", self->notice },
    { "difficulty", "record", self->difficulty },
    { "neighbour_nomination", "record", self->neighbour },
    { "device", "device", scene->keys[BOARD] },
  };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (strcmp (named[i].what, what) == 0)
      return g_strdup_printf ("%s %s", named[i].kind, named[i].id);
  if (strcmp (what, "appraisal") == 0)
    return opinion_named (self, "appraise");
  if (strcmp (what, "waiver") == 0)
    return opinion_named (self, "waive");
  return handed_in (self, what);
}
