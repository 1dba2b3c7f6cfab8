/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/engine.h"

#include <string.h>

/* The engine with virtual time: a driver of paper that keeps what was asked for. */

#define MINUTE 60000

typedef struct
{
  TdEngine *engine;
  gint64 now;
  double random;
  /* the data base's wishes */
  guint waiting;
  const char *upload;
  const char *download;
  /* what the last event brought */
  GString *trace; /* "sync apply …" */
  gint64 timer;
  gsize budget;
  gint64 n;
  TdLink link;
} Play;

static void
set_up (Play *play, gconstpointer data)
{
  play->engine = td_engine_new ();
  play->now = 100 * MINUTE;
  play->random = 0.5;
  play->trace = g_string_new (NULL);
}

static void
tear_down (Play *play, gconstpointer data)
{
  td_engine_free (play->engine);
  g_string_free (play->trace, TRUE);
}

static void
note (Play *play, const TdAction *action)
{
  static const char *const names[] = { "sync", "apply", "rewind", "recovery", "revoked", "life", "over", "up", "down" };

  if (action->kind == TD_ACTION_TIMER)
    play->timer = action->at;
  else if (action->kind == TD_ACTION_LINK)
    play->link = action->link;
  else
    g_string_append_printf (play->trace, "%s%s", play->trace->len > 0 ? " " : "", names[action->kind]);
  if (action->kind == TD_ACTION_SYNC)
    play->budget = action->budget;
  if (action->kind == TD_ACTION_REWIND)
    play->n = action->n;
}

static void
feed (Play *play, TdEvent event)
{
  g_autoptr (GArray) actions = NULL;

  event.waiting = play->waiting;
  event.upload = play->upload;
  event.download = play->download;
  if (event.kind == TD_EVENT_TIMER)
    play->timer = 0;
  g_string_truncate (play->trace, 0);
  actions = td_engine_handle (play->engine, &event, play->now, play->random);
  for (guint i = 0; i < actions->len; i++)
    note (play, &g_array_index (actions, TdAction, i));
}

static void
feed_kind (Play *play, TdEventKind kind)
{
  feed (play, (TdEvent){ .kind = kind });
}

static void
answer (Play *play, guint status)
{
  feed (play, (TdEvent){ .kind = TD_EVENT_ANSWER, .status = status, .ours = TRUE, .took = 1000 });
}

static void
good_answer (Play *play)
{
  feed (play, (TdEvent){ .kind = TD_EVENT_ANSWER, .status = 200, .ours = TRUE, .echoed = TRUE, .took = 1000 });
}

static void
applied (Play *play, gboolean more)
{
  feed (play, (TdEvent){ .kind = TD_EVENT_APPLIED, .more = more, .progress = TRUE });
}

static void
fire (Play *play)
{
  g_assert_cmpint (play->timer, >, 0);
  play->now = MAX (play->now, play->timer);
  feed_kind (play, TD_EVENT_TIMER);
}

/* An enrolled desk that has just exchanged everything. */
static void
settle (Play *play)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  applied (play, FALSE);
  g_assert_cmpint (play->link, ==, TD_LINK_IDLE);
}

#define assert_trace(play, expected) g_assert_cmpstr ((play)->trace->str, ==, expected)
#define assert_link(play, expected) g_assert_cmpint (td_engine_link ((play)->engine), ==, expected)

/* ---- when ------------------------------------------------------------------------------ */

static void
test_off_until_enrolled (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_CHANGED);
  feed_kind (play, TD_EVENT_ASKED);
  feed_kind (play, TD_EVENT_NETWORK);
  assert_trace (play, "");
  g_assert_cmpint (play->timer, ==, 0);
  feed_kind (play, TD_EVENT_ENROLLED);
  assert_trace (play, "sync");
}

static void
test_started_spreads (Play *play, gconstpointer data)
{
  feed (play, (TdEvent){ .kind = TD_EVENT_STARTED, .spread = MINUTE });
  assert_trace (play, "");
  g_assert_cmpint (play->timer, ==, play->now + MINUTE / 2);
  fire (play);
  assert_trace (play, "sync");
  assert_link (play, TD_LINK_BUSY);
}

static void
test_idle_every_ten_minutes (Play *play, gconstpointer data)
{
  settle (play);
  g_assert_cmpint (play->timer, >=, play->now + 10 * MINUTE);
  g_assert_cmpint (play->timer, <=, play->now + 11 * MINUTE);
  fire (play);
  assert_trace (play, "sync");
}

static void
test_change_goes_within_two_seconds (Play *play, gconstpointer data)
{
  settle (play);
  play->waiting = 1;
  feed_kind (play, TD_EVENT_CHANGED);
  assert_trace (play, "");
  g_assert_cmpint (play->timer, ==, play->now + 2000);
  play->now += 1500;
  feed_kind (play, TD_EVENT_CHANGED);
  g_assert_cmpint (play->timer, ==, play->now + 500);
  fire (play);
  assert_trace (play, "sync");
}

static void
test_change_while_busy_goes_next (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  play->waiting = 1;
  feed_kind (play, TD_EVENT_CHANGED);
  assert_trace (play, "");
  good_answer (play);
  assert_trace (play, "apply");
  applied (play, FALSE);
  assert_trace (play, "sync");
}

static void
test_more_goes_again_at_once (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  applied (play, TRUE);
  assert_trace (play, "sync");
  good_answer (play);
  applied (play, FALSE);
  assert_trace (play, "");
}

static void
test_more_without_progress_backs_off (Play *play, gconstpointer data)
{
  guint rounds = 0;

  feed_kind (play, TD_EVENT_ENROLLED);
  do
    {
      good_answer (play);
      feed (play, (TdEvent){ .kind = TD_EVENT_APPLIED, .more = TRUE });
      rounds++;
    }
  while (strcmp (play->trace->str, "sync") == 0 && rounds < 10);
  g_assert_cmpuint (rounds, ==, 3);
  g_assert_cmpint (play->link, ==, TD_LINK_WAITING);
}

static void
test_asked_skips_the_wait_once_in_ten_seconds (Play *play, gconstpointer data)
{
  play->random = 0.99;
  feed_kind (play, TD_EVENT_ENROLLED);
  feed (play, (TdEvent){ .kind = TD_EVENT_ANSWER, .status = 503, .ours = TRUE, .retry_after = 10 * MINUTE });
  feed_kind (play, TD_EVENT_ASKED);
  assert_trace (play, "sync");
  feed_kind (play, TD_EVENT_NO_ANSWER);
  for (guint i = 0; i < 5; i++)
    feed_kind (play, TD_EVENT_NO_ANSWER);
  play->now += 3000;
  feed_kind (play, TD_EVENT_ASKED);
  assert_trace (play, "");
  g_assert_cmpint (play->timer, <=, play->now + 7000);
  fire (play);
  assert_trace (play, "sync");
}

static void
test_asked_while_busy_asks_no_second_time (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  feed_kind (play, TD_EVENT_ASKED);
  assert_trace (play, "");
}

static void
test_network_change_is_one_try (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  for (guint i = 0; i < 8; i++)
    {
      feed_kind (play, TD_EVENT_NO_ANSWER);
      fire (play);
    }
  feed_kind (play, TD_EVENT_NO_ANSWER);
  g_assert_cmpint (play->timer, >, play->now + MINUTE);
  feed_kind (play, TD_EVENT_NETWORK);
  g_assert_cmpint (play->timer, ==, play->now + 2500);
  fire (play);
  assert_trace (play, "sync");
}

static void
test_early_timer_is_set_again (Play *play, gconstpointer data)
{
  settle (play);
  play->now += 1000;
  feed_kind (play, TD_EVENT_TIMER);
  assert_trace (play, "");
  g_assert_cmpint (play->timer, >, play->now);
}

/* ---- trouble ------------------------------------------------------------------------------ */

static void
test_backoff_grows_to_fifteen_minutes (Play *play, gconstpointer data)
{
  gint64 ceiling = 2000;

  play->random = 0.999999;
  feed_kind (play, TD_EVENT_ENROLLED);
  for (guint i = 0; i < 30; i++)
    {
      feed_kind (play, TD_EVENT_NO_ANSWER);
      g_assert_cmpint (play->link, ==, TD_LINK_NO_LINE);
      g_assert_cmpint (play->timer - play->now, <=, ceiling);
      g_assert_cmpint (play->timer - play->now, >=, ceiling - 2);
      fire (play);
      assert_trace (play, "sync");
      ceiling = MIN (2 * ceiling, 15 * MINUTE);
    }
}

static void
test_one_good_answer_ends_the_backoff (Play *play, gconstpointer data)
{
  test_backoff_grows_to_fifteen_minutes (play, data);
  good_answer (play);
  applied (play, FALSE);
  feed_kind (play, TD_EVENT_NETWORK);
  fire (play);
  feed_kind (play, TD_EVENT_NO_ANSWER);
  g_assert_cmpint (play->timer - play->now, <=, 2000);
}

static void
test_retry_after_is_the_floor (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  feed (play, (TdEvent){ .kind = TD_EVENT_ANSWER, .status = 429, .ours = TRUE, .retry_after = 5 * MINUTE });
  g_assert_cmpint (play->link, ==, TD_LINK_WAITING);
  g_assert_cmpint (play->timer, ==, play->now + 5 * MINUTE);
  feed_kind (play, TD_EVENT_NETWORK);
  g_assert_cmpint (play->timer, ==, play->now + 5 * MINUTE);
  play->waiting = 1;
  feed_kind (play, TD_EVENT_CHANGED);
  g_assert_cmpint (play->timer, ==, play->now + 5 * MINUTE);
}

static void
test_changes_do_not_hammer (Play *play, gconstpointer data)
{
  play->random = 0.999;
  play->waiting = 1;
  feed_kind (play, TD_EVENT_ENROLLED);
  for (guint i = 0; i < 10; i++)
    {
      feed_kind (play, TD_EVENT_NO_ANSWER);
      feed_kind (play, TD_EVENT_CHANGED);
      if (i > 4)
        g_assert_cmpint (play->timer, ==, play->now + MINUTE / 2);
      fire (play);
    }
}

static void
test_bad_gateway_is_the_endpoints_trouble (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  feed (play, (TdEvent){ .kind = TD_EVENT_ANSWER, .status = 502 });
  g_assert_cmpint (play->link, ==, TD_LINK_WAITING);
}

static void
test_budget_shrinks_and_grows (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  g_assert_cmpuint (play->budget, ==, TD_BUDGET_FIRST);
  for (guint i = 0; i < 5; i++)
    {
      feed_kind (play, TD_EVENT_NO_ANSWER);
      fire (play);
    }
  g_assert_cmpuint (play->budget, ==, TD_BUDGET_MIN);
  for (guint i = 0; i < 20; i++)
    {
      good_answer (play);
      applied (play, TRUE);
    }
  g_assert_cmpuint (play->budget, ==, TD_BUDGET_MAX);
}

static void
test_slow_answers_do_not_grow_the_budget (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  feed (play, (TdEvent){ .kind = TD_EVENT_ANSWER, .status = 200, .ours = TRUE, .echoed = TRUE, .took = 9000 });
  applied (play, TRUE);
  g_assert_cmpuint (play->budget, ==, TD_BUDGET_FIRST);
}

static void
test_too_big_halves_at_once (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  answer (play, 413);
  assert_trace (play, "sync");
  g_assert_cmpuint (play->budget, ==, TD_BUDGET_FIRST / 2);
  answer (play, 413);
  answer (play, 413);
  answer (play, 413);
  assert_trace (play, "");
  g_assert_cmpint (play->link, ==, TD_LINK_STOPPED);
}

static void
test_apply_failed_backs_off (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  feed_kind (play, TD_EVENT_APPLY_FAILED);
  assert_link (play, TD_LINK_STOPPED);
  fire (play);
  assert_trace (play, "sync");
}

/* ---- who answered -------------------------------------------------------------------------- */

static void
test_nothing_without_header_and_echo (Play *play, gconstpointer data)
{
  static const TdEvent lies[] = {
    { .kind = TD_EVENT_ANSWER, .status = 200 },
    { .kind = TD_EVENT_ANSWER, .status = 200, .echoed = TRUE },
    { .kind = TD_EVENT_ANSWER, .status = 200, .ours = TRUE },
    { .kind = TD_EVENT_ANSWER, .status = 204, .ours = TRUE },
    { .kind = TD_EVENT_ANSWER, .status = 302, .ours = TRUE, .echoed = TRUE },
    { .kind = TD_EVENT_ANSWER, .status = 401 },
    { .kind = TD_EVENT_ANSWER, .status = 403 },
    { .kind = TD_EVENT_ANSWER, .status = 409, .problem = TD_PROBLEM_OP_GAP },
    { .kind = TD_EVENT_ANSWER, .status = 410, .problem = TD_PROBLEM_CURSOR_GONE },
    { .kind = TD_EVENT_ANSWER, .status = 426 },
    { .kind = TD_EVENT_ANSWER, .status = 511, .ours = TRUE },
    { .kind = TD_EVENT_NOT_OURS },
  };

  feed_kind (play, TD_EVENT_ENROLLED);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_test_message ("lie %u", i);
      feed (play, lies[i]);
      assert_trace (play, "");
      g_assert_cmpint (play->link, ==, TD_LINK_FOREIGN);
      g_assert_cmpint (play->timer, <=, play->now + MINUTE);
      fire (play);
      assert_trace (play, "sync");
    }
}

static void
test_answer_to_nothing_is_ignored (Play *play, gconstpointer data)
{
  settle (play);
  good_answer (play);
  assert_trace (play, "");
  applied (play, TRUE);
  assert_trace (play, "");
  feed_kind (play, TD_EVENT_NO_ANSWER);
  g_assert_cmpint (play->link, ==, TD_LINK_IDLE);
}

static void
test_token_refused_locks_until_enrolled (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  answer (play, 401);
  g_assert_cmpint (play->link, ==, TD_LINK_LOCKED);
  g_assert_cmpint (play->timer, ==, 0);
  feed_kind (play, TD_EVENT_CHANGED);
  feed_kind (play, TD_EVENT_NETWORK);
  assert_trace (play, "");
  g_assert_cmpint (play->timer, ==, 0);
  /* A person who asks is never told of an old answer. */
  feed_kind (play, TD_EVENT_ASKED);
  assert_trace (play, "sync");
  answer (play, 401);
  feed_kind (play, TD_EVENT_ASKED);
  assert_trace (play, "");
  g_assert_cmpint (play->link, ==, TD_LINK_LOCKED);
  g_assert_cmpint (play->timer, ==, 0);
  feed_kind (play, TD_EVENT_ENROLLED);
  assert_trace (play, "sync");
}

/* What waits of a revoked machine goes to where it is kept aside, batch by batch, and never round and round. */
static void
test_revoked_sends_once (Play *play, gconstpointer data)
{
  TdEvent event
      = { .kind = TD_EVENT_ANSWER, .status = 403, .ours = TRUE, .problem = TD_PROBLEM_REVOKED, .n = 40, .took = 1000 };

  feed_kind (play, TD_EVENT_ENROLLED);
  play->waiting = 60;
  feed (play, event);
  assert_trace (play, "revoked sync");
  event.n = 60;
  feed (play, event);
  assert_trace (play, "revoked sync");
  feed (play, event);
  assert_trace (play, "revoked");
  assert_link (play, TD_LINK_LOCKED);
  g_assert_cmpint (play->timer, ==, 0);
  feed_kind (play, TD_EVENT_ENROLLED);
  assert_trace (play, "sync");
}

static void
test_newer_program_wanted (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  answer (play, 426);
  g_assert_cmpint (play->link, ==, TD_LINK_OLD);
  g_assert_cmpint (play->timer, >=, play->now + 60 * MINUTE);
  feed_kind (play, TD_EVENT_ASKED);
  assert_trace (play, "sync");
}

static void
test_malformed_stops (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  answer (play, 400);
  g_assert_cmpint (play->link, ==, TD_LINK_STOPPED);
  play->waiting = 1;
  feed_kind (play, TD_EVENT_CHANGED);
  g_assert_cmpint (play->timer, >=, play->now + 60 * MINUTE);
}

/* ---- repairs -------------------------------------------------------------------------------- */

static void
problem (Play *play, guint status, TdProblemKind kind, gint64 n)
{
  feed (play, (TdEvent){ .kind = TD_EVENT_ANSWER, .status = status, .ours = TRUE, .problem = kind, .n = n });
}

static void
test_gap_goes_back_and_again (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  problem (play, 409, TD_PROBLEM_OP_GAP, 398);
  assert_trace (play, "rewind sync");
  g_assert_cmpint (play->n, ==, 398);
  good_answer (play);
  assert_trace (play, "apply");
}

static void
test_forked_or_broken_chain_takes_a_new_life (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  problem (play, 409, TD_PROBLEM_FORKED, -1);
  assert_trace (play, "life sync");
  problem (play, 422, TD_PROBLEM_CHAIN, -1);
  assert_trace (play, "life sync");
}

static void
test_cursor_gone_starts_over (Play *play, gconstpointer data)
{
  feed_kind (play, TD_EVENT_ENROLLED);
  problem (play, 410, TD_PROBLEM_CURSOR_GONE, -1);
  assert_trace (play, "over sync");
}

static void
test_repairs_that_do_not_help_end (Play *play, gconstpointer data)
{
  guint tries = 0;

  feed_kind (play, TD_EVENT_ENROLLED);
  do
    {
      problem (play, 409, TD_PROBLEM_OP_GAP, 3);
      tries++;
    }
  while (play->trace->len > 0 && tries < 20);
  g_assert_cmpuint (tries, ==, 5);
  g_assert_cmpint (play->link, ==, TD_LINK_STOPPED);
}

/* ---- files ------------------------------------------------------------------------------------- */

static void
test_words_before_files (Play *play, gconstpointer data)
{
  play->waiting = 2;
  play->upload = "aa";
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  play->waiting = 1;
  applied (play, FALSE);
  assert_trace (play, "sync");
  good_answer (play);
  play->waiting = 0;
  applied (play, FALSE);
  assert_trace (play, "up");
  assert_link (play, TD_LINK_BUSY);
  play->waiting = 1;
  feed_kind (play, TD_EVENT_FILE_DONE);
  assert_trace (play, "sync");
}

static void
test_a_change_passes_a_file_under_way (Play *play, gconstpointer data)
{
  play->upload = "aa";
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  applied (play, FALSE);
  assert_trace (play, "up");
  play->waiting = 1;
  feed_kind (play, TD_EVENT_CHANGED);
  fire (play);
  assert_trace (play, "sync");
  good_answer (play);
  play->waiting = 0;
  applied (play, FALSE);
  assert_trace (play, "");
  play->upload = NULL;
  feed_kind (play, TD_EVENT_FILE_DONE);
  g_assert_cmpint (play->link, ==, TD_LINK_IDLE);
}

static void
test_files_one_by_one_uploads_first (Play *play, gconstpointer data)
{
  play->upload = "aa";
  play->download = "bb";
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  applied (play, FALSE);
  assert_trace (play, "up");
  play->upload = NULL;
  feed_kind (play, TD_EVENT_FILE_DONE);
  assert_trace (play, "down");
  play->download = NULL;
  feed_kind (play, TD_EVENT_FILE_DONE);
  assert_trace (play, "");
  g_assert_cmpint (play->link, ==, TD_LINK_IDLE);
}

static void
test_a_file_that_cannot_go_holds_up_no_other (Play *play, gconstpointer data)
{
  play->upload = "aa";
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  applied (play, FALSE);
  play->upload = "cc";
  feed_kind (play, TD_EVENT_FILE_SKIPPED);
  assert_trace (play, "up");
}

static void
test_a_file_that_fails_waits (Play *play, gconstpointer data)
{
  play->upload = "aa";
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  applied (play, FALSE);
  feed_kind (play, TD_EVENT_FILE_FAILED);
  assert_trace (play, "");
  g_assert_cmpint (play->link, ==, TD_LINK_NO_LINE);
  g_assert_cmpint (play->timer, <=, play->now + 2000);
  fire (play);
  assert_trace (play, "up");
  play->upload = NULL;
  feed_kind (play, TD_EVENT_FILE_DONE);
  g_assert_cmpint (play->link, ==, TD_LINK_IDLE);
}

static void
test_wanted_file_comes_at_once (Play *play, gconstpointer data)
{
  settle (play);
  play->download = "bb";
  feed_kind (play, TD_EVENT_CHANGED);
  assert_trace (play, "down");
}

static void
test_token_refused_on_a_file_locks (Play *play, gconstpointer data)
{
  play->upload = "aa";
  feed_kind (play, TD_EVENT_ENROLLED);
  good_answer (play);
  applied (play, FALSE);
  feed_kind (play, TD_EVENT_FILE_LOCKED);
  g_assert_cmpint (play->link, ==, TD_LINK_LOCKED);
  g_assert_cmpint (play->timer, ==, 0);
}

/* ---- any order at all --------------------------------------------------------------------------- */

/* Whatever comes in whatever order: one request at a time, never a sync while
 * locked, a timer whenever it could go on by itself, and few requests an hour idle. */
static void
test_any_order (Play *play, gconstpointer data)
{
  static const guint statuses[] = { 200, 200, 200, 302, 400, 401, 403, 409, 410, 413, 422, 426, 429, 500, 503 };
  guint open = 0;

  for (guint i = 0; i < 20000; i++)
    {
      TdEvent event = { .kind = (TdEventKind)g_test_rand_int_range (0, TD_EVENT_FILE_LOCKED + 1) };
      TdLink before = td_engine_link (play->engine);

      event.status = statuses[g_test_rand_int_range (0, G_N_ELEMENTS (statuses))];
      event.ours = g_test_rand_bit ();
      event.echoed = g_test_rand_bit ();
      event.problem = (TdProblemKind)g_test_rand_int_range (0, TD_PROBLEM_CURSOR_GONE + 1);
      event.more = g_test_rand_bit ();
      event.progress = g_test_rand_bit ();
      event.retry_after = g_test_rand_bit () ? g_test_rand_int_range (0, 100000) : 0;
      event.spread = 1000;
      play->waiting = (guint)g_test_rand_int_range (0, 3);
      play->upload = g_test_rand_bit () ? "aa" : NULL;
      play->random = g_test_rand_double ();
      play->now += g_test_rand_int_range (0, 5000);
      feed (play, event);
      open = (guint)(strstr (play->trace->str, "sync") != NULL);
      g_assert_true (open == 0 || td_engine_busy (play->engine));
      if (before == TD_LINK_LOCKED && event.kind != TD_EVENT_ENROLLED && event.kind != TD_EVENT_ASKED)
        g_assert_cmpuint (open, ==, 0);
      if (td_engine_link (play->engine) != TD_LINK_OFF && td_engine_link (play->engine) != TD_LINK_LOCKED
          && !td_engine_busy (play->engine))
        g_assert_cmpint (play->timer, >, 0);
      g_assert_cmpint (play->timer, ==, td_engine_next (play->engine));
    }
}

static void
test_idle_hour (Play *play, gconstpointer data)
{
  gint64 end;
  guint requests = 0;

  settle (play);
  end = play->now + 60 * MINUTE;
  while (play->timer < end)
    {
      fire (play);
      requests++;
      good_answer (play);
      applied (play, FALSE);
    }
  g_assert_cmpuint (requests, <=, 6);
}

#define ADD(path, function) g_test_add ("/engine/" path, Play, NULL, set_up, function, tear_down)

static void
add_trouble (void)
{
  ADD ("trouble/backoff-grows-to-fifteen-minutes", test_backoff_grows_to_fifteen_minutes);
  ADD ("trouble/one-good-answer-ends-it", test_one_good_answer_ends_the_backoff);
  ADD ("trouble/retry-after-is-the-floor", test_retry_after_is_the_floor);
  ADD ("trouble/changes-do-not-hammer", test_changes_do_not_hammer);
  ADD ("trouble/bad-gateway", test_bad_gateway_is_the_endpoints_trouble);
  ADD ("trouble/budget-shrinks-and-grows", test_budget_shrinks_and_grows);
  ADD ("trouble/slow-answers-keep-the-budget", test_slow_answers_do_not_grow_the_budget);
  ADD ("trouble/too-big-halves", test_too_big_halves_at_once);
  ADD ("trouble/apply-failed", test_apply_failed_backs_off);
  ADD ("who/nothing-without-header-and-echo", test_nothing_without_header_and_echo);
  ADD ("who/answer-to-nothing", test_answer_to_nothing_is_ignored);
  ADD ("who/token-refused", test_token_refused_locks_until_enrolled);
  ADD ("revoked-sends-once", test_revoked_sends_once);
  ADD ("who/newer-program-wanted", test_newer_program_wanted);
  ADD ("who/malformed", test_malformed_stops);
  ADD ("repair/gap", test_gap_goes_back_and_again);
  ADD ("repair/new-life", test_forked_or_broken_chain_takes_a_new_life);
  ADD ("repair/cursor-gone", test_cursor_gone_starts_over);
  ADD ("repair/ends", test_repairs_that_do_not_help_end);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("when/off-until-enrolled", test_off_until_enrolled);
  ADD ("when/started-spreads", test_started_spreads);
  ADD ("when/idle-every-ten-minutes", test_idle_every_ten_minutes);
  ADD ("when/change-within-two-seconds", test_change_goes_within_two_seconds);
  ADD ("when/change-while-busy", test_change_while_busy_goes_next);
  ADD ("when/more-at-once", test_more_goes_again_at_once);
  ADD ("when/more-without-progress", test_more_without_progress_backs_off);
  ADD ("when/asked-once-in-ten-seconds", test_asked_skips_the_wait_once_in_ten_seconds);
  ADD ("when/asked-while-busy", test_asked_while_busy_asks_no_second_time);
  ADD ("when/network-change", test_network_change_is_one_try);
  ADD ("when/early-timer", test_early_timer_is_set_again);
  add_trouble ();
  ADD ("file/words-first", test_words_before_files);
  ADD ("file/change-passes", test_a_change_passes_a_file_under_way);
  ADD ("file/one-by-one", test_files_one_by_one_uploads_first);
  ADD ("file/cannot-go", test_a_file_that_cannot_go_holds_up_no_other);
  ADD ("file/fails", test_a_file_that_fails_waits);
  ADD ("file/wanted", test_wanted_file_comes_at_once);
  ADD ("file/token-refused", test_token_refused_on_a_file_locks);
  ADD ("any-order", test_any_order);
  ADD ("idle-hour", test_idle_hour);
  return g_test_run ();
}
