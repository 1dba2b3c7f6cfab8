/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/queue.h"

#define EARLY_MS 1000            /* clocks and lines are not exact */
#define KEPT_MS (30 * 60 * 1000) /* a turn that nobody came for */
#define TURNS_MOST 100000

struct _TdQueue
{
  guint rate;
  guint burst;
  double left;
  gint64 since;
  gint64 last;       /* the latest turn given away */
  GHashTable *turns; /* key -> gint64 * */
};

TdQueue *
td_queue_new (guint rate, guint burst)
{
  TdQueue *self = g_new0 (TdQueue, 1);

  g_return_val_if_fail (rate > 0, NULL);

  self->rate = rate;
  self->burst = MAX (burst, 1);
  self->left = self->burst;
  self->turns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
td_queue_free (TdQueue *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->turns);
  g_free (self);
}

static gboolean
is_old (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *)value + KEPT_MS < *(gint64 *)now;
}

/* Turns given away are taken out of what is left for those who just come. */
static void
refill (TdQueue *self, gint64 now)
{
  gint64 from = MAX (self->since, MIN (self->last, now));

  self->left = MIN (self->left + (double)(now - from) / 1000 * self->rate, self->burst);
  self->since = now;
}

static gint64
give_turn (TdQueue *self, const char *key, gint64 now)
{
  gint64 *turn = g_new (gint64, 1);

  if (g_hash_table_size (self->turns) >= TURNS_MOST)
    g_hash_table_foreach_remove (self->turns, is_old, &now);
  *turn = self->last = MAX (self->last, now) + MAX (1000 / self->rate, 1);
  g_hash_table_replace (self->turns, g_strdup (key), turn);
  return *turn - now;
}

gint64
td_queue_ask (TdQueue *self, const char *key, gint64 now)
{
  const gint64 *turn;

  g_return_val_if_fail (self != NULL && key != NULL, 0);

  turn = g_hash_table_lookup (self->turns, key);
  if (turn != NULL && now + EARLY_MS >= *turn)
    {
      g_hash_table_remove (self->turns, key);
      return 0;
    }
  if (turn != NULL)
    return *turn - now;
  refill (self, now);
  if (self->left < 1 || self->last > now)
    return give_turn (self, key, now);
  self->left -= 1;
  return 0;
}
