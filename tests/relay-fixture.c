/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* accept4, pipe2 */
#include "relay-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PACKET 1348
#define KERNEL_BYTES (16 * 1024) /* what waits in the kernel would hide how far the line really is */
#define QUEUE_MOST (16 * PACKET) /* what a sender may have on its way: a bad line's window */
#define LINES_MOST 256

/* One direction of one connection: packets that arrive at a time. */
typedef struct
{
  guint8 data[PACKET];
  gsize length, sent;
  gint64 due; /* monotonic µs */
} Packet;

typedef struct
{
  GQueue packets; /* Packet */
  gsize queued;
  gboolean ended; /* the sender has closed */
} Way;

typedef struct
{
  int client, server; /* -1: closed */
  gint64 open;        /* monotonic µs: when its handshake has gone there and back */
  Way up, down;
} Link;

struct _Relay
{
  GThread *thread;
  GMutex mutex;
  RelayLine line;
  guint target;
  guint port;
  int listener;
  int wake[2];
  gboolean quit;
  GPtrArray *links;
  gint64 free_at[2]; /* when the serialiser of each way is free */
  gint64 cut_at;     /* of both ways together, -1: never */
  gboolean cut;
  gint64 up, down;
  guint opened;
  GRand *random;
};

/* ---- sockets ------------------------------------------------------------------------- */

/* Loopback's segments are as large as the buffer: each would wait 40 ms for a late acknowledgement. Before the
 * handshake, whose words these are. */
static void
set_packets (int fd)
{
  int small = KERNEL_BYTES, segment = PACKET;

  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  setsockopt (fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
}

static int
listen_somewhere (guint *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  g_assert_cmpint (fd, >=, 0);
  set_packets (fd);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 64), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &length), ==, 0);
  *port = ntohs (address.sin_port);
  return fd;
}

static int
connect_to (guint port)
{
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_port = htons ((guint16)port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  set_packets (fd);
  if (connect (fd, (struct sockaddr *)&address, sizeof address) != 0)
    {
      close (fd);
      return -1;
    }
  fcntl (fd, F_SETFL, O_NONBLOCK);
  return fd;
}

static void
shut (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
link_free (gpointer data)
{
  Link *link = data;

  shut (&link->client);
  shut (&link->server);
  g_queue_clear_full (&link->up.packets, g_free);
  g_queue_clear_full (&link->down.packets, g_free);
  g_free (link);
}

static void
accept_one (Relay *self)
{
  int client = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  Link *link;
  int server;

  if (client < 0)
    return;
  server = self->cut_at >= 0 && self->up + self->down >= self->cut_at ? -1 : connect_to (self->target);
  if (server < 0 || self->links->len >= LINES_MOST)
    {
      close (client);
      if (server >= 0)
        close (server);
      return;
    }
  link = g_new0 (Link, 1);
  link->client = client;
  link->server = server;
  link->open = g_get_monotonic_time () + (gint64)self->line.delay * 2000;
  g_queue_init (&link->up.packets);
  g_queue_init (&link->down.packets);
  g_ptr_array_add (self->links, link);
  self->opened++;
}

/* ---- the line ------------------------------------------------------------------------ */

/* When a packet that is handed over now arrives: after those before it, and after the way. Nothing is sent before
 * the handshake has gone there and back. */
static gint64
arrival (Relay *self, const Link *link, guint way, gsize length)
{
  gint64 now = g_get_monotonic_time ();
  gint64 start = MAX (MAX (now, self->free_at[way]), link->open);
  gint64 taken = self->line.rate == 0 ? 0 : (gint64)length * G_USEC_PER_SEC / self->line.rate;

  self->free_at[way] = start + taken;
  if (self->line.loss > 0 && g_rand_int_range (self->random, 0, 1000) < (gint32)self->line.loss)
    return start + 2 * taken + (gint64)self->line.delay * 3000; /* sent again after a round trip */
  return start + taken + (gint64)self->line.delay * 1000;
}

static gboolean
take_in (Relay *self, Link *link, Way *way, int from)
{
  guint direction = way == &link->up ? 0 : 1;
  Packet *packet = g_new0 (Packet, 1);
  gssize got = recv (from, packet->data, PACKET, 0);

  if (got <= 0)
    {
      g_free (packet);
      way->ended = way->ended || got == 0 || (errno != EAGAIN && errno != EINTR);
      return got > 0;
    }
  packet->length = (gsize)got;
  packet->due = arrival (self, link, direction, packet->length);
  /* A stream keeps its order: what follows a lost packet waits for it. */
  if (way->packets.tail != NULL)
    packet->due = MAX (packet->due, ((Packet *)way->packets.tail->data)->due);
  way->queued += packet->length;
  g_queue_push_tail (&way->packets, packet);
  return TRUE;
}

static void
give_out (Relay *self, Link *link, Way *way, int to)
{
  gint64 now = g_get_monotonic_time ();
  Packet *packet;

  while ((packet = g_queue_peek_head (&way->packets)) != NULL && packet->due <= now && !self->cut)
    {
      gsize length = packet->length - packet->sent;
      gssize sent;

      if (self->cut_at >= 0)
        length = MIN (length, (gsize)MAX (self->cut_at - self->up - self->down, 0));
      sent = length == 0 ? 0 : send (to, packet->data + packet->sent, length, MSG_NOSIGNAL);
      if (sent < 0)
        return;
      packet->sent += (gsize)sent;
      way->queued -= (gsize)sent;
      *(way == &link->up ? &self->up : &self->down) += sent;
      if (self->cut_at >= 0 && self->up + self->down >= self->cut_at)
        self->cut = TRUE;
      if (packet->sent < packet->length)
        return;
      g_free (g_queue_pop_head (&way->packets));
    }
}

static void
pump (Relay *self, Link *link)
{
  while (link->up.queued < QUEUE_MOST && !link->up.ended && take_in (self, link, &link->up, link->client))
    ;
  while (link->down.queued < QUEUE_MOST && !link->down.ended && take_in (self, link, &link->down, link->server))
    ;
  give_out (self, link, &link->up, link->server);
  give_out (self, link, &link->down, link->client);
  if (link->up.ended && link->up.packets.length == 0)
    shutdown (link->server, SHUT_WR);
  if (link->down.ended && link->down.packets.length == 0)
    shutdown (link->client, SHUT_WR);
}

static gboolean
is_over (const Link *link)
{
  return link->up.ended && link->down.ended && link->up.packets.length == 0 && link->down.packets.length == 0;
}

static void
pump_all (Relay *self)
{
  for (guint i = self->links->len; i > 0; i--)
    {
      Link *link = self->links->pdata[i - 1];

      pump (self, link);
      if (self->cut || is_over (link))
        g_ptr_array_remove_index_fast (self->links, i - 1);
      if (self->cut)
        g_ptr_array_set_size (self->links, 0);
      if (self->cut)
        break;
    }
}

/* ---- the thread ------------------------------------------------------------------------ */

static gint64
next_due (Relay *self)
{
  gint64 due = G_MAXINT64;

  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = self->links->pdata[i];
      Packet *up = g_queue_peek_head (&link->up.packets), *down = g_queue_peek_head (&link->down.packets);

      due = MIN (due, up == NULL ? G_MAXINT64 : up->due);
      due = MIN (due, down == NULL ? G_MAXINT64 : down->due);
    }
  return due;
}

static void
watch (Relay *self, GArray *polls)
{
  struct pollfd listener = { self->listener, POLLIN, 0 }, wake = { self->wake[0], POLLIN, 0 };

  g_array_set_size (polls, 0);
  g_array_append_val (polls, listener);
  g_array_append_val (polls, wake);
  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = self->links->pdata[i];
      struct pollfd client = { link->client, link->up.ended || link->up.queued >= QUEUE_MOST ? 0 : POLLIN, 0 };
      struct pollfd server = { link->server, link->down.ended || link->down.queued >= QUEUE_MOST ? 0 : POLLIN, 0 };

      /* A closed end would wake the loop for ever. */
      if (client.events != 0)
        g_array_append_val (polls, client);
      if (server.events != 0)
        g_array_append_val (polls, server);
    }
}

static gpointer
run (gpointer data)
{
  Relay *self = data;
  g_autoptr (GArray) polls = g_array_new (FALSE, FALSE, sizeof (struct pollfd));

  g_mutex_lock (&self->mutex);
  while (!self->quit)
    {
      gint64 wait;
      char byte;

      watch (self, polls);
      wait = next_due (self) == G_MAXINT64 ? 50 : CLAMP ((next_due (self) - g_get_monotonic_time ()) / 1000 + 1, 1, 50);
      g_mutex_unlock (&self->mutex);
      poll ((struct pollfd *)(void *)polls->data, polls->len, (int)wait);
      g_mutex_lock (&self->mutex);
      while (read (self->wake[0], &byte, 1) > 0)
        ;
      accept_one (self);
      pump_all (self);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

Relay *
relay_new (guint target_port, const RelayLine *line)
{
  Relay *self = g_new0 (Relay, 1);

  if (line != NULL)
    self->line = *line;
  self->target = target_port;
  self->cut_at = -1;
  self->links = g_ptr_array_new_with_free_func (link_free);
  self->random = g_rand_new_with_seed (self->line.seed);
  self->listener = listen_somewhere (&self->port);
  g_assert_cmpint (pipe2 (self->wake, O_CLOEXEC | O_NONBLOCK), ==, 0);
  g_mutex_init (&self->mutex);
  self->thread = g_thread_new ("relay", run, self);
  return self;
}

static void
lock_and_wake (Relay *self)
{
  g_mutex_lock (&self->mutex);
  g_assert_cmpint (write (self->wake[1], "x", 1), ==, 1);
}

void
relay_free (Relay *self)
{
  lock_and_wake (self);
  self->quit = TRUE;
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->links);
  g_rand_free (self->random);
  close (self->listener);
  close (self->wake[0]);
  close (self->wake[1]);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
relay_turn (Relay *self, guint target_port)
{
  lock_and_wake (self);
  self->target = target_port;
  g_ptr_array_set_size (self->links, 0);
  g_mutex_unlock (&self->mutex);
}

void
relay_set_line (Relay *self, const RelayLine *line)
{
  lock_and_wake (self);
  self->line = line == NULL ? (RelayLine){ 0 } : *line;
  self->free_at[0] = self->free_at[1] = 0;
  g_rand_set_seed (self->random, self->line.seed);
  g_mutex_unlock (&self->mutex);
}

guint
relay_port (Relay *self)
{
  return self->port;
}

void
relay_cut_after (Relay *self, gint64 bytes)
{
  lock_and_wake (self);
  self->cut = FALSE;
  self->cut_at = bytes < 0 ? -1 : self->up + self->down + bytes;
  if (bytes == 0)
    {
      self->cut = TRUE;
      g_ptr_array_set_size (self->links, 0);
    }
  g_mutex_unlock (&self->mutex);
}

gboolean
relay_was_cut (Relay *self)
{
  gboolean cut;

  g_mutex_lock (&self->mutex);
  cut = self->cut;
  g_mutex_unlock (&self->mutex);
  return cut;
}

static gint64
read_number (Relay *self, const gint64 *number)
{
  gint64 value;

  g_mutex_lock (&self->mutex);
  value = *number;
  g_mutex_unlock (&self->mutex);
  return value;
}

gint64
relay_up (Relay *self)
{
  return read_number (self, &self->up);
}

gint64
relay_down (Relay *self)
{
  return read_number (self, &self->down);
}

guint
relay_connections (Relay *self)
{
  guint opened;

  g_mutex_lock (&self->mutex);
  opened = self->opened;
  g_mutex_unlock (&self->mutex);
  return opened;
}
