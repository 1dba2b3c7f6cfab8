/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "peer.h"

/* A peer behind a real HTTP server on loopback, in a thread of its own, that can
 * be told to misbehave for its next answers. */

typedef enum
{
  MOOD_GOOD,
  MOOD_LOST,     /* does it, then closes the connection instead of answering */
  MOOD_PORTAL,   /* 200 and a page, not ours */
  MOOD_REDIRECT, /* 302 */
  MOOD_STRANGER, /* 401 without our header */
  MOOD_NO_ECHO,  /* ours, but somebody else's k */
  MOOD_GARBAGE,  /* ours, 200, not JSON */
  MOOD_ENDLESS,  /* ours, 200, more than anybody should read */
  MOOD_LOCKED,   /* ours: 401, 503, 426, 400, 413 */
  MOOD_BUSY,
  MOOD_OLD,
  MOOD_MALFORMED,
  MOOD_TOO_BIG,
  MOOD_WRONG_BYTES /* files and catalogue that are not what their hash says */
} Mood;

typedef struct _FakeServer FakeServer;

FakeServer *fake_server_new (Peer *peer);
void fake_server_free (FakeServer *self);
const char *fake_server_url (FakeServer *self);
void fake_server_be (FakeServer *self, Mood mood, guint answers);
guint fake_server_requests (FakeServer *self); /* since the last call */
/* Enrols the store as the peer's device with a token, ready to exchange. */
void fake_server_admit (FakeServer *self, Box *box, const char *unit_code, const char *roles);
/* The next POST /v1/enroll with @code gets this unit. */
void fake_server_offer (FakeServer *self, const char *code, const char *unit_code);
/* A code as this server's endpoint makes them. */
char *fake_server_code (void);
