/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dossier/council.h"
#include "step-case.h"

#include <string.h>

/* The Council with its members listed (V.6, IV.3): who sat there, who stands
 * aside, how many votes an endorsement needs. */

/* Key, name, unit, present; the nominee's unit is 31447, on the list of 935. */
static const char *const members[][4] = {
  { "m1", "Lê Văn Chủ Tịch", "", "yes" },        { "m2", "Trần Thị Sở", "so-y-te", "yes" },
  { "m3", "Phạm Văn Huyện", "935", "" },         { "m4", "Ngô Văn Xã", "31447", "" },
  { "m5", "Võ Thị Láng Giềng", "31459", "yes" },
};

static void
put (Given *given, const char *session, const char *text, const char *form, ...)
{
  va_list args;
  g_autofree char *path = NULL;

  va_start (args, form);
  path = g_strdup_vprintf (form, args);
  va_end (args);
  assert_code (scene_edit (given->scene, BOARD, session, "session", path, text), "");
}

/* Three present of five, three votes for; the figures typed beside the list are not asked. */
static char *
make_session (Given *given)
{
  char *session = scene_id (given->scene);

  put (given, session, "2025-07-08", "date");
  put (given, session, "03/BB-HĐTĐKT", "minutes/number");
  put (given, session, "99", "present");
  put (given, session, "1", "total");
  put (given, session, "3", "vote/%s/for", given->dossier);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      put (given, session, members[i][1], "member/%s/name", members[i][0]);
      if (*members[i][2] != '\0')
        put (given, session, members[i][2], "member/%s/unit", members[i][0]);
      if (*members[i][3] != '\0')
        put (given, session, members[i][3], "member/%s/present", members[i][0]);
    }
  return session;
}

static const char *
opine (Given *given, const char *session, const char *outcome)
{
  g_autofree char *digest = td_record_digest (td_state_record (given->scene->state, session));

  return case_step (given, BOARD, "council_opinion",
                    ON ("session", session, "session_digest", digest, "outcome", outcome));
}

static const char *
follows_the_list (Given *given)
{
  g_autofree char *session = make_session (given);
  const TdRecord *record = td_state_record (given->scene->state, session);

  g_assert_true (td_session_lists_members (record));
  g_assert_cmpint (td_session_present (record), ==, 3);
  g_assert_cmpint (td_session_total (record), ==, 5);
  return opine (given, session, "endorse");
}

static const char *
more_votes_than_present (Given *given)
{
  g_autofree char *session = make_session (given);

  put (given, session, "1", "vote/%s/against", given->dossier);
  return opine (given, session, "endorse");
}

static const char *
nobody_present (Given *given)
{
  g_autofree char *session = make_session (given);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    put (given, session, "no", "member/%s/present", members[i][0]);
  return opine (given, session, "endorse");
}

/* @word: who of the tied members sat there. */
static char *
tied_session (Given *given)
{
  char *session = make_session (given);

  put (given, session, "yes", "member/%s/present", given->word);
  return session;
}

static const char *
tied_not_aside (Given *given)
{
  g_autofree char *session = tied_session (given);

  return opine (given, session, "endorse");
}

static const char *
tied_declines (Given *given)
{
  g_autofree char *session = tied_session (given);

  return opine (given, session, "decline");
}

static const char *
name_of (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i][0], key) == 0)
      return members[i][1];
  return "";
}

static const char *
tied_aside (Given *given)
{
  g_autofree char *session = tied_session (given);

  put (given, session, name_of (given->word), "recusal/%s", given->dossier);
  return opine (given, session, "endorse");
}

static const char *
tied_aside_yet_voted (Given *given)
{
  g_autofree char *session = tied_session (given);

  put (given, session, name_of (given->word), "recusal/%s", given->dossier);
  put (given, session, "4", "vote/%s/for", given->dossier);
  return opine (given, session, "endorse");
}

static const char *
another_aside (Given *given)
{
  g_autofree char *session = tied_session (given);

  put (given, session, "Trần Thị Sở", "recusal/%s", given->dossier);
  return opine (given, session, "endorse");
}

/* Two of one name, one line: the other hasn't stood aside. */
static const char *
namesakes (Given *given)
{
  g_autofree char *session = tied_session (given);

  put (given, session, "yes", "member/m4/present");
  put (given, session, "Phạm Văn Huyện", "member/m4/name");
  put (given, session, "Phạm Văn Huyện", "recusal/%s", given->dossier);
  assert_code (opine (given, session, "endorse"), "tied");
  put (given, session, "Phạm Văn Huyện\nPhạm Văn Huyện", "recusal/%s", given->dossier);
  return opine (given, session, "endorse");
}

/* ---- a share of the votes (X-006) -------------------------------------------------- */

static void
ask_share (Scene *scene, const char *share)
{
  g_autoptr (GString) text = g_string_new (td_campaign_source (scene->campaign));
  g_autofree char *wanted = g_strdup_printf ("\"councilThreshold\": \"%s\"", share);

  g_assert_cmpuint (g_string_replace (text, "\"councilThreshold\": \"\"", wanted, 1), ==, 1);
  td_campaign_unref (scene->campaign);
  scene->campaign = td_campaign_parse (text->str, -1, NULL);
  g_assert_nonnull (scene->campaign);
}

/* @word: "80 4 1 0": percent, then votes for, against, blank. */
static const char *
share (Given *given)
{
  g_auto (GStrv) parts = g_strsplit (given->word, " ", 5);
  g_autofree char *session = scene_id (given->scene);

  if (strcmp (parts[0], "-") != 0)
    ask_share (given->scene, parts[0]);
  put (given, session, "2025-07-08", "date");
  put (given, session, "03/BB-HĐTĐKT", "minutes/number");
  put (given, session, "11", "present");
  put (given, session, "11", "total");
  put (given, session, parts[1], "vote/%s/for", given->dossier);
  put (given, session, parts[2], "vote/%s/against", given->dossier);
  put (given, session, parts[3], "vote/%s/blank", given->dossier);
  return opine (given, session, parts[4] == NULL ? "endorse" : parts[4]);
}

static const Case cases[] = {
  { "council_opinion/follows-the-list", "in_council", follows_the_list, NULL, "", "endorsed" },
  { "council_opinion/no-more-votes-than-listed", "in_council", more_votes_than_present, NULL, "recusal", "in_council" },
  { "council_opinion/somebody-listed-present", "in_council", nobody_present, NULL, "votes", "in_council" },
  { "council_opinion/tied-by-the-list-stands-aside", "in_council", tied_not_aside, "m3", "tied", "in_council" },
  { "council_opinion/tied-by-the-unit-stands-aside", "in_council", tied_not_aside, "m4", "tied", "in_council" },
  { "council_opinion/whatever-the-outcome", "in_council", tied_declines, "m4", "tied", "in_council" },
  { "council_opinion/tied-stood-aside", "in_council", tied_aside, "m3", "", "endorsed" },
  { "council_opinion/stood-aside-did-not-vote", "in_council", tied_aside_yet_voted, "m3", "recusal", "in_council" },
  { "council_opinion/another-aside-is-not-enough", "in_council", another_aside, "m3", "tied", "in_council" },
  { "council_opinion/namesakes-stand-aside-each", "in_council", namesakes, "m3", "", "endorsed" },
  { "council_opinion/untied-need-not", "in_council", tied_not_aside, "m5", "", "endorsed" },
  { "council_opinion/no-share-asked", "in_council", share, "- 1 8 0", "", "endorsed" },
  { "council_opinion/share-reached-exactly", "in_council", share, "80 8 1 1", "", "endorsed" },
  { "council_opinion/share-missed", "in_council", share, "80 7 1 1", "share", "in_council" },
  { "council_opinion/blank-votes-count", "in_council", share, "80 7 0 2", "share", "in_council" },
  { "council_opinion/share-with-places", "in_council", share, "66.67 2 1 0", "share", "in_council" },
  { "council_opinion/share-not-for-a-refusal", "in_council", share, "80 1 8 0 decline", "", "not_proposed" },
};

int
main (int argc, char **argv)
{
  return case_main (argc, argv, cases, G_N_ELEMENTS (cases));
}
