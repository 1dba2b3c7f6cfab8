/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/desk.h"

/* A real thidua-endpoint on loopback, as a process that can be stopped and started. */

typedef struct
{
  char *folder; /* everything of this test; removed at the end */
  char *dir;    /* the endpoint's own */
  char *url;
  char *day;            /* its campaign day */
  char *campaign;       /* the plan it starts with */
  GSubprocess *process; /* NULL while it is down */
  guint port;
} Endpoint;

/* Files under data/ that endpoints made from now on start with. */
extern const char *endpoint_campaign, *endpoint_units;
Endpoint *endpoint_new (void); /* in July 2025 */
Endpoint *endpoint_new_on (const char *day);
void endpoint_set_day (Endpoint *self, const char *day);       /* stops and starts it */
void endpoint_set_campaign (Endpoint *self, const char *text); /* another plan in force: stops and starts it */
void endpoint_start (Endpoint *self);
void endpoint_stop (Endpoint *self);
void endpoint_verify (Endpoint *self);  /* what it keeps must be what its operations add up to */
void endpoint_free (Endpoint *self);    /* also asks it to verify its journal */
void endpoint_discard (Endpoint *self); /* without that */
char *endpoint_code (Endpoint *self, const char *unit, const char *roles); /* a fresh one; owned */
/* A desk enrolled for the unit with @code, on <folder>/@file. */
TdDesk *endpoint_desk (Endpoint *self, const char *file, const char *code, const char *roles, const char *person);
/* Closes and opens again on the same file, as after a kill. */
void endpoint_reopen (Endpoint *self, const char *file, TdDesk **desk);
void endpoint_exchange (TdDesk *desk); /* must succeed */
