/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include "dossier/doubles.h"
#include "dossier/gather.h"

#include <string.h>

/* R-055 across the province: what the endpoint finds, who is told, what a
 * clearance is bound to, and what cannot be learnt. scene_free() replays it all. */

typedef struct
{
  Scene *scene;
  char *here, *there; /* dossiers of the commune and of its neighbour */
  char *letter_here, *letter_there;
} World;

static void
done (World *world)
{
  g_hash_table_add (world->scene->whole, td_digest ("BAO_CAO_THANH_TICH", -1));
  scene_free (world->scene);
  g_free (world->here);
  g_free (world->there);
  g_free (world->letter_here);
  g_free (world->letter_there);
}

static void
set (Scene *scene, Desk desk, const char *dossier, const char *path, const char *text)
{
  assert_code (scene_edit (scene, desk, dossier, "nomination", path, text), "");
}

/* Two of one name and birth date, with identity numbers of their own. */
static void
begin (World *world, const char *name_here, const char *name_there)
{
  Scene *scene = world->scene = scene_new ();

  scene_fill_ledger (scene, COMMUNE);
  scene_fill_ledger (scene, NEIGHBOUR);
  world->here = scene_nominate (scene, COMMUNE, FALSE, name_here);
  world->there = scene_nominate (scene, NEIGHBOUR, FALSE, name_there);
  set (scene, COMMUNE, world->here, "personal_id", "000000000001");
  set (scene, NEIGHBOUR, world->there, "personal_id", "000000000002");
  world->letter_here = scene_letter (scene, COMMUNE, ON (world->here));
  world->letter_there = scene_letter (scene, NEIGHBOUR, ON (world->there));
}

static const char *
submit (World *world, Desk desk)
{
  gboolean here = desk == COMMUNE;

  return scene_apply (world->scene, desk,
                      scene_submit (world->scene, desk, here ? world->letter_here : world->letter_there,
                                    ON (here ? world->here : world->there)));
}

static const char *
take (World *world, Desk desk, const char *verb, const char *dossier, const char *const *words)
{
  return scene_apply (world->scene, desk, scene_step (world->scene, verb, ON (dossier), words));
}

static const TdDoublePair *
only_pair (World *world, const char *dossier)
{
  const TdDoubles *doubles = td_state_doubles (world->scene->state, dossier);

  g_assert_nonnull (doubles);
  g_assert_cmpuint (doubles->pairs->len, ==, 1);
  return doubles->pairs->pdata[0];
}

static void
assert_no_pair (World *world, const char *dossier)
{
  const TdDoubles *doubles = td_state_doubles (world->scene->state, dossier);

  g_assert_true (doubles == NULL || doubles->pairs->len == 0);
}

static const char *
clear (World *world, Desk desk, const char *dossier)
{
  g_autofree char *token = g_strdup (only_pair (world, dossier)->token);

  return take (world, desk, "clear_double", dossier, ON ("finding", token, "reason", "Hai người, khác số định danh"));
}

static void
give_back (World *world, const char *dossier, const char *member)
{
  assert_code (scene_apply (world->scene, DISTRICT, scene_return (world->scene, dossier, dossier, member)), "");
}

/* ---- what is found, and told to whom ------------------------------------------------------- */

static void
test_both_are_told (void)
{
  World world;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *text = NULL;

  begin (&world, "Đặng Thị Hoà", "Đặng Thị Hòa");
  assert_code (submit (&world, COMMUNE), "");
  assert_no_pair (&world, world.here);
  g_assert_false (scene_shown (world.scene, COMMUNE, "double", world.here));
  assert_code (submit (&world, NEIGHBOUR), "");
  g_assert_false (only_pair (&world, world.here)->same_person);
  g_assert_cmpstr (only_pair (&world, world.here)->token, ==, only_pair (&world, world.there)->token);
  g_assert_true (scene_shown (world.scene, COMMUNE, "double", world.here));
  g_assert_true (scene_shown (world.scene, NEIGHBOUR, "double", world.there));
  g_assert_true (scene_shown (world.scene, DISTRICT, "double", world.here));
  g_assert_false (scene_shown (world.scene, COMMUNE, "double", world.there));
  g_assert_false (scene_shown (world.scene, BOARD, "double", world.here));
  json = td_doubles_to_json (td_state_doubles (world.scene->state, world.here));
  text = td_json_canonical_object (json);
  g_assert_null (strstr (text, "Hòa"));
  g_assert_null (strstr (text, "000000000002"));
  g_assert_null (strstr (text, world.there));
  g_assert_null (strstr (text, world.scene->units_of[NEIGHBOUR]));
  done (&world);
}

/* A row comes with the dossier to each level it reaches. */
static void
test_the_route_is_told (void)
{
  World world;
  g_autofree char *letter = NULL;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  scene_fill_ledger (world.scene, DISTRICT);
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_code (take (&world, DISTRICT, "receive", world.here, NULL), "");
  letter = scene_letter (world.scene, DISTRICT, ON (world.here));
  assert_code (scene_apply (world.scene, DISTRICT, scene_submit (world.scene, DISTRICT, letter, ON (world.here))), "");
  g_assert_true (scene_shown (world.scene, BOARD, "double", world.here));
  g_assert_false (scene_shown (world.scene, BOARD, "double", world.there));
  done (&world);
}

static void
test_other_birth_date (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  set (world.scene, NEIGHBOUR, world.there, "birth_date", "1981-01-02");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_no_pair (&world, world.here);
  assert_no_pair (&world, world.there);
  done (&world);
}

static void
test_one_identity_number (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Trần Văn Thử");
  set (world.scene, NEIGHBOUR, world.there, "personal_id", "000 000 000 001");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "double");
  assert_no_pair (&world, world.here);
  set (world.scene, NEIGHBOUR, world.there, "personal_id", "000000000003");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_no_pair (&world, world.there);
  done (&world);
}

/* ---- who stands changes ------------------------------------------------------------------------ */

typedef struct
{
  const char *verb;
  Desk desk;
  gboolean received;
} Leaving;

static const Leaving LEAVINGS[] = {
  { "recall", NEIGHBOUR, FALSE },
  { "withdraw", NEIGHBOUR, FALSE },
  { "withdraw", NEIGHBOUR, TRUE },
  { "not_propose", DISTRICT, TRUE },
};

static void
test_who_leaves_is_no_double (gconstpointer data)
{
  const Leaving *leaving = data;
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  if (leaving->received)
    assert_code (take (&world, DISTRICT, "receive", world.there, NULL), "");
  only_pair (&world, world.here);
  assert_code (take (&world, leaving->desk, leaving->verb, world.there, ON ("reason", "Theo đề nghị")), "");
  assert_no_pair (&world, world.here);
  assert_no_pair (&world, world.there);
  if (strcmp (leaving->verb, "not_propose") == 0)
    {
      assert_code (take (&world, DISTRICT, "reconsider", world.there, NULL), "");
      only_pair (&world, world.here);
    }
  done (&world);
}

/* Left out here, proposed elsewhere, taken up again here: now it is one person twice. */
static void
test_taken_up_again (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Trần Văn Thử");
  set (world.scene, NEIGHBOUR, world.there, "personal_id", "000000000001");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (take (&world, DISTRICT, "receive", world.here, NULL), "");
  assert_code (take (&world, DISTRICT, "not_propose", world.here, ON ("reason", "Chưa tiêu biểu")), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_code (take (&world, DISTRICT, "reconsider", world.here, NULL), "");
  g_assert_true (only_pair (&world, world.here)->same_person);
  g_assert_true (only_pair (&world, world.there)->same_person);
  assert_code (clear (&world, DISTRICT, world.there), "finding");
  done (&world);
}

/* ---- đã xem, không trùng --------------------------------------------------------------------------- */

static void
test_cleared_for_the_pair (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_code (clear (&world, COMMUNE, world.here), "custody");
  assert_code (clear (&world, NEIGHBOUR, world.here), "custody");
  assert_code (clear (&world, DISTRICT, world.here), "");
  g_assert_true (only_pair (&world, world.here)->cleared);
  g_assert_true (only_pair (&world, world.there)->cleared);
  done (&world);
}

/* Not the unit that proposes the person, though it has it in hand after a return. */
static void
test_not_by_the_owner (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_code (take (&world, DISTRICT, "receive", world.here, NULL), "");
  give_back (&world, world.here, "position");
  assert_code (clear (&world, COMMUNE, world.here), "unit");
  done (&world);
}

typedef struct
{
  const char *member;
  const char *text;
  gboolean stays;
} Correction;

static const Correction CORRECTIONS[] = {
  { "position", "Phó Bí thư", TRUE },    { "workplace", "Xã Vị Thủy", TRUE },      { "name", "Nguyễn Văn Mẩu", FALSE },
  { "birth_date", "1980-01-03", FALSE }, { "personal_id", "000000000009", FALSE },
};

/* It survives any other correction, and ends with name, birth date or identity number of either. */
static void
test_correction (gconstpointer data)
{
  const Correction *correction = data;
  gboolean other_name = strcmp (correction->member, "name") == 0 || strcmp (correction->member, "birth_date") == 0;
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_code (clear (&world, DISTRICT, world.there), "");
  assert_code (take (&world, DISTRICT, "receive", world.here, NULL), "");
  give_back (&world, world.here, correction->member);
  set (world.scene, COMMUNE, world.here, correction->member, correction->text);
  assert_code (submit (&world, COMMUNE), "");
  if (other_name)
    {
      assert_no_pair (&world, world.here);
      assert_no_pair (&world, world.there);
    }
  else
    {
      g_assert_cmpint (only_pair (&world, world.here)->cleared, ==, correction->stays);
      g_assert_cmpint (only_pair (&world, world.there)->cleared, ==, correction->stays);
    }
  done (&world);
}

static void
test_a_third_appears (void)
{
  World world;
  g_autofree char *third = NULL;
  g_autofree char *letter = NULL;
  const TdDoubles *doubles;
  guint cleared = 0;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_code (clear (&world, DISTRICT, world.here), "");
  third = scene_nominate (world.scene, NEIGHBOUR, FALSE, "Nguyễn Văn Mẫu");
  set (world.scene, NEIGHBOUR, third, "personal_id", "000000000003");
  letter = scene_letter (world.scene, NEIGHBOUR, ON (third));
  assert_code (scene_apply (world.scene, NEIGHBOUR, scene_submit (world.scene, NEIGHBOUR, letter, ON (third))), "");
  doubles = td_state_doubles (world.scene->state, world.here);
  g_assert_cmpuint (doubles->pairs->len, ==, 2);
  for (guint i = 0; i < doubles->pairs->len; i++)
    cleared += ((TdDoublePair *)doubles->pairs->pdata[i])->cleared;
  g_assert_cmpuint (cleared, ==, 1);
  done (&world);
}

static void
test_clearing_needs (void)
{
  World world;
  g_autofree char *token = NULL;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (submit (&world, NEIGHBOUR), "");
  token = g_strdup (only_pair (&world, world.here)->token);
  assert_code (take (&world, DISTRICT, "clear_double", world.here, ON ("finding", token, "reason", " ")), "reason");
  assert_code (take (&world, DISTRICT, "clear_double", world.here, ON ("finding", "R-055", "reason", "x")), "finding");
  assert_code (take (&world, DISTRICT, "clear_double", world.here, ON ("reason", "x")), "finding");
  assert_code (take (&world, BOARD, "clear_double", world.here, ON ("finding", token, "reason", "x")), "custody");
  g_assert_false (only_pair (&world, world.here)->cleared);
  done (&world);
}

/* ---- what cannot be learnt ---------------------------------------------------------------------------- */

/* A draft is no double of anyone's, and finds none: who types names learns nothing. */
static void
test_drafts_probe_nothing (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu");
  assert_code (submit (&world, COMMUNE), "");
  set (world.scene, NEIGHBOUR, world.there, "personal_id", "000000000001");
  assert_no_pair (&world, world.here);
  assert_no_pair (&world, world.there);
  g_assert_false (scene_shown (world.scene, NEIGHBOUR, "double", world.there));
  g_assert_false (scene_shown (world.scene, COMMUNE, "double", world.here));
  done (&world);
}

/* An incomplete dossier is refused for what it lacks, whoever stands elsewhere. */
static void
test_an_incomplete_dossier_tells_nothing (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Trần Văn Thử");
  assert_code (submit (&world, COMMUNE), "");
  set (world.scene, NEIGHBOUR, world.there, "personal_id", "000000000001");
  set (world.scene, NEIGHBOUR, world.there, "rating/2020", "KHTNV");
  assert_code (submit (&world, NEIGHBOUR), "rule");
  set (world.scene, NEIGHBOUR, world.there, "rating/2020", "");
  assert_code (submit (&world, NEIGHBOUR), "data");
  set (world.scene, NEIGHBOUR, world.there, "rating/2020", "HTXSNV");
  assert_code (submit (&world, NEIGHBOUR), "double");
  done (&world);
}

/* After a recall the draft follows nobody any more. */
static void
test_recalled_draft_is_told_nothing (void)
{
  World world;

  begin (&world, "Nguyễn Văn Mẫu", "Trần Văn Thử");
  assert_code (submit (&world, COMMUNE), "");
  assert_code (take (&world, COMMUNE, "recall", world.here, NULL), "");
  set (world.scene, COMMUNE, world.here, "name", "Trần Văn Thử");
  assert_code (submit (&world, NEIGHBOUR), "");
  assert_no_pair (&world, world.here);
  assert_no_pair (&world, world.there);
  g_assert_false (scene_shown (world.scene, COMMUNE, "double", world.here));
  done (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doubles/both-are-told", test_both_are_told);
  g_test_add_func ("/doubles/the-route-is-told", test_the_route_is_told);
  g_test_add_func ("/doubles/other-birth-date", test_other_birth_date);
  g_test_add_func ("/doubles/one-identity-number", test_one_identity_number);
  for (guint i = 0; i < G_N_ELEMENTS (LEAVINGS); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/doubles/leaves/%s%s", LEAVINGS[i].verb, LEAVINGS[i].received ? "-received" : "");

      g_test_add_data_func (path, &LEAVINGS[i], test_who_leaves_is_no_double);
    }
  g_test_add_func ("/doubles/taken-up-again", test_taken_up_again);
  g_test_add_func ("/doubles/cleared-for-the-pair", test_cleared_for_the_pair);
  g_test_add_func ("/doubles/not-by-the-owner", test_not_by_the_owner);
  for (guint i = 0; i < G_N_ELEMENTS (CORRECTIONS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/doubles/correction/%s", CORRECTIONS[i].member);

      g_test_add_data_func (path, &CORRECTIONS[i], test_correction);
    }
  g_test_add_func ("/doubles/a-third-appears", test_a_third_appears);
  g_test_add_func ("/doubles/clearing-needs", test_clearing_needs);
  g_test_add_func ("/doubles/drafts-probe-nothing", test_drafts_probe_nothing);
  g_test_add_func ("/doubles/an-incomplete-dossier-tells-nothing", test_an_incomplete_dossier_tells_nothing);
  g_test_add_func ("/doubles/recalled-draft-is-told-nothing", test_recalled_draft_is_told_nothing);
  return g_test_run ();
}
