/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-fixture.h"

#include <string.h>

/* Who gets in, and who may rely on which file. */

#define COMMUNE "31447"
#define NEIGHBOUR "31459"
#define DISTRICT "935"
#define WRONG_TRIES 5

static char *
make_code (World *world, const char *unit, const char *roles)
{
  g_autoptr (GError) error = NULL;
  char *code = td_centre_make_code (world->centre, unit, roles, &world->moment, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (code), ==, TD_CODE_SIGNS);
  return code;
}

static void
expect (Device *device, const char *code, const char *type)
{
  g_autofree char *problem = device_enrol (device, code);

  g_assert_cmpstr (problem, ==, type);
}

/* Another secret, the same slot and endpoint. */
static char *
spoil (const char *code)
{
  char *wrong = g_strdup (code);

  wrong[6] = wrong[6] == 'A' ? 'B' : 'A';
  return wrong;
}

static char *
key_of (World *world, const char *token)
{
  g_autoptr (TdProblem) problem = NULL;
  char *key = td_centre_authenticate (world->centre, token, &problem);

  if (key == NULL)
    g_assert_cmpstr (problem->type, ==, "token");
  return key;
}

/* ---- codes --------------------------------------------------------------------- */

static void
test_code (void)
{
  World *world = world_new (NULL);
  Device *device = device_new (world, 1);
  g_autofree char *code = make_code (world, COMMUNE, "OL");
  g_autofree char *key = NULL;
  g_autoptr (TdSyncAnswer) answer = NULL;

  g_assert_true (td_code_fits (code, td_centre_key (world->centre)));
  expect (device, code, NULL);
  g_assert_true (g_str_has_prefix (device->unit, COMMUNE "@"));
  g_assert_cmpuint (strlen (device->token), ==, TD_TOKEN_SIGNS);
  key = key_of (world, device->token);
  g_assert_cmpstr (key, ==, device->key);
  answer = device_sync (device, NULL);
  g_assert_cmpuint (answer->ch->len, ==, 2);
  device_free (device);
  world_free (world);
}

/* The answer was lost: the same key gets another token and the first is void. */
static void
test_lost_answer (void)
{
  World *world = world_new (NULL);
  Device *device = device_new (world, 1);
  Device *thief = device_new (world, 2);
  g_autofree char *code = make_code (world, COMMUNE, "OL");
  g_autofree char *token = NULL;
  g_autofree char *key = NULL;
  TdJournal *journal = td_centre_journal (world->centre);
  gint64 q;

  expect (device, code, NULL);
  q = journal->last_q (journal);
  token = g_strdup (device->token);
  expect (device, code, NULL);
  g_assert_cmpint (journal->last_q (journal), ==, q);
  g_assert_cmpstr (device->token, !=, token);
  g_assert_null (key_of (world, token));
  key = key_of (world, device->token);
  g_assert_cmpstr (key, ==, device->key);
  expect (thief, code, "code");
  device_free (device);
  device_free (thief);
  world_free (world);
}

static void
test_wrong_code (void)
{
  World *world = world_new (NULL);
  Device *device = device_new (world, 1);
  g_autofree char *code = make_code (world, COMMUNE, "OL");
  g_autofree char *wrong = spoil (code);
  g_autofree char *other = make_code (world, COMMUNE, "OL");
  g_autofree char *spoilt = spoil (other);

  for (guint i = 0; i < WRONG_TRIES; i++)
    expect (device, wrong, "code");
  expect (device, code, "code");
  /* One try fewer is still in time. */
  for (guint i = 0; i + 1 < WRONG_TRIES; i++)
    expect (device, spoilt, "code");
  expect (device, other, NULL);
  device_free (device);
  world_free (world);
}

static void
test_expired_code (void)
{
  World *world = world_new (NULL);
  Device *device = device_new (world, 1);
  g_autofree char *code = make_code (world, COMMUNE, "OL");

  world->moment.now += TD_CODE_HOURS * 3600 + 1;
  expect (device, code, "code");
  world->moment.now -= 2;
  expect (device, code, NULL);
  device_free (device);
  world_free (world);
}

static void
test_guessing_is_slow (void)
{
  World *world = world_new (NULL);
  Device *device = device_new (world, 1);
  g_autofree char *code = make_code (world, COMMUNE, "OL");
  guint tries = 0;

  for (g_autofree char *type = NULL; g_strcmp0 (type, "too-many") != 0; tries++)
    {
      g_autofree char *guess = g_strdup (code);

      g_assert_cmpuint (tries, <, 100);
      guess[0] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[tries % 32];
      guess[7] = guess[7] == 'A' ? 'B' : 'A';
      g_free (type);
      type = device_enrol (device, guess);
    }
  g_assert_cmpuint (tries, >, WRONG_TRIES);
  world->moment.now += 61;
  expect (device, code, NULL);
  device_free (device);
  world_free (world);
}

static void
test_foreign_code (void)
{
  World *world = world_new (NULL);
  World *elsewhere = world_new (NULL);
  Device *device = device_new (world, 1);
  g_autofree char *code = make_code (elsewhere, COMMUNE, "OL");

  g_assert_false (td_code_fits (code, td_centre_key (world->centre)));
  expect (device, code, "code");
  device_free (device);
  world_free (world);
  world_free (elsewhere);
}

/* Whoever enrols a key holds it. */
static void
test_stolen_key (void)
{
  World *world = world_new (NULL);
  Device *device = device_new (world, 1);
  Device *victim = device_new (world, 2);
  g_autofree char *code = make_code (world, COMMUNE, "OL");

  g_free (device->key);
  device->key = g_strdup (victim->key);
  expect (device, code, "bad-request");
  device_free (device);
  device_free (victim);
  world_free (world);
}

/* A key may be moved while nothing was sent as the other unit, and not after. */
static void
test_bound_key (void)
{
  World *world = world_new (NULL);
  Device *device = device_enrolled (world, 1, NEIGHBOUR, "OL");
  g_autofree char *code = make_code (world, COMMUNE, "OL");
  g_autofree char *back = make_code (world, NEIGHBOUR, "OL");
  g_autofree char *more = make_code (world, COMMUNE, "O");
  g_autofree char *record = NULL;
  g_autofree char *body = NULL;

  expect (device, code, NULL);
  g_assert_true (g_str_has_prefix (device->unit, COMMUNE "@"));
  record = ledger_id (device, "events");
  body = edit_body (device, NULL, record, "events", "compliance/note", NULL, "một");
  g_assert_cmpstr (device_send (device, body), ==, "");
  expect (device, back, "rights");
  expect (device, more, NULL);
  device_free (device);
  world_free (world);
}

static void
test_impossible_slots (void)
{
  World *world = world_new (NULL);
  const char *units[] = { "nowhere", "", COMMUNE, COMMUNE, COMMUNE };
  const char *roles[] = { "OL", "OL", "", "C", "OLX" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (td_centre_make_code (world->centre, units[i], roles[i], &world->moment, &error));
      g_assert_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_UNIT);
    }
  world_free (world);
}

static void
test_wrong_token (void)
{
  World *world = world_new (NULL);
  Device *device = device_enrolled (world, 1, COMMUNE, "OL");
  g_autofree char *wrong = g_strdup (device->token);

  wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
  g_assert_null (key_of (world, wrong));
  g_assert_null (key_of (world, ""));
  device_free (device);
  world_free (world);
}

/* ---- files ----------------------------------------------------------------------- */

typedef struct
{
  World *world;
  Device *commune, *neighbour, *district;
  char *sha;
} Files;

static void
files_set_up (Files *f, gconstpointer data)
{
  f->world = world_new (NULL);
  f->commune = device_enrolled (f->world, 1, COMMUNE, "OL");
  f->neighbour = device_enrolled (f->world, 2, NEIGHBOUR, "OL");
  f->district = device_enrolled (f->world, 3, DISTRICT, "OL");
  f->sha = td_digest ("a scan", -1);
}

static void
files_tear_down (Files *f, gconstpointer data)
{
  device_free (f->commune);
  device_free (f->neighbour);
  device_free (f->district);
  world_free (f->world);
  g_free (f->sha);
}

static void
arrive (Files *f, Device *device)
{
  TdProblem *problem = NULL;

  g_assert_true (td_centre_file_arrived (f->world->centre, device->unit, f->sha, 6, &problem));
}

static TdAccess
access_of (Files *f, Device *device)
{
  return td_centre_file_access (f->world->centre, device->unit, f->sha);
}

static char *
name_file (Files *f, Device *device)
{
  g_autofree char *record = world_id (f->world);
  g_autofree char *body = edit_body (device, NULL, record, "nomination", "file/1/sha", NULL, f->sha);

  g_assert_cmpstr (device_send (device, body), ==, "");
  return g_steal_pointer (&record);
}

static guint
count_needed (Files *f, Device *device)
{
  g_autoptr (TdSyncAnswer) answer = device_sync (device, NULL);

  g_assert_true (answer->need[0] == NULL || strcmp (answer->need[0], f->sha) == 0);
  return g_strv_length (answer->need);
}

static void
test_need (Files *f, gconstpointer data)
{
  g_autofree char *record = NULL;

  g_assert_cmpuint (count_needed (f, f->commune), ==, 0);
  record = name_file (f, f->commune);
  g_assert_cmpuint (count_needed (f, f->commune), ==, 1);
  g_assert_cmpuint (count_needed (f, f->neighbour), ==, 0);
  arrive (f, f->commune);
  g_assert_cmpuint (count_needed (f, f->commune), ==, 0);
  g_assert_cmpint (access_of (f, f->commune), ==, TD_ACCESS_HOLD);
}

/* To know the hash of another's paper opens nothing, and says nothing. */
static void
test_hash_opens_nothing (Files *f, gconstpointer data)
{
  g_autofree char *record = NULL;

  arrive (f, f->commune);
  record = name_file (f, f->neighbour);
  g_assert_cmpint (access_of (f, f->neighbour), ==, TD_ACCESS_NONE);
  g_assert_cmpuint (count_needed (f, f->neighbour), ==, 1);
  arrive (f, f->neighbour);
  g_assert_cmpint (access_of (f, f->neighbour), ==, TD_ACCESS_HOLD);
}

static void
show (Files *f, Device *device, const char *record)
{
  TdJournal *journal = td_centre_journal (f->world->centre);
  TdState *state = journal->state (journal, NULL, NULL);
  g_autoptr (GError) error = NULL;

  td_state_show (state, device->unit, "record", record);
  journal->write_state (journal, state, journal->last_q (journal));
  td_state_free (state);
  g_assert_true (journal->ok (journal, &error));
}

/* What one was shown one may read, if he who names it holds it; and then rely on it. */
static void
test_shown (Files *f, gconstpointer data)
{
  g_autofree char *record = name_file (f, f->commune);
  g_autofree char *own = NULL;

  show (f, f->district, record);
  g_assert_cmpint (access_of (f, f->district), ==, TD_ACCESS_NONE);
  arrive (f, f->commune);
  g_assert_cmpint (access_of (f, f->district), ==, TD_ACCESS_READ);
  g_assert_cmpint (access_of (f, f->neighbour), ==, TD_ACCESS_NONE);
  own = name_file (f, f->district);
  g_assert_cmpuint (count_needed (f, f->district), ==, 0);
  g_assert_cmpint (access_of (f, f->district), ==, TD_ACCESS_HOLD);
}

/* A unit that names what it doesn't hold can't hand it on either. */
static void
test_no_laundering (Files *f, gconstpointer data)
{
  g_autofree char *record = NULL;

  arrive (f, f->commune);
  record = name_file (f, f->neighbour);
  show (f, f->district, record);
  g_assert_cmpint (access_of (f, f->district), ==, TD_ACCESS_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/code/good", test_code);
  g_test_add_func ("/access/code/lost-answer", test_lost_answer);
  g_test_add_func ("/access/code/wrong", test_wrong_code);
  g_test_add_func ("/access/code/expired", test_expired_code);
  g_test_add_func ("/access/code/guessing-is-slow", test_guessing_is_slow);
  g_test_add_func ("/access/code/foreign", test_foreign_code);
  g_test_add_func ("/access/code/stolen-key", test_stolen_key);
  g_test_add_func ("/access/code/bound-key", test_bound_key);
  g_test_add_func ("/access/code/impossible-slots", test_impossible_slots);
  g_test_add_func ("/access/token/wrong", test_wrong_token);
#define ADD(path, function) g_test_add ("/access/file/" path, Files, NULL, files_set_up, function, files_tear_down)
  ADD ("need", test_need);
  ADD ("hash-opens-nothing", test_hash_opens_nothing);
  ADD ("shown", test_shown);
  ADD ("no-laundering", test_no_laundering);
#undef ADD
  return g_test_run ();
}
