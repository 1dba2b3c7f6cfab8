/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene.h"

/* The table of steps (model.md 3): each row works, and is refused for each of
 * its reasons. A case is: bring the dossiers this far, do one thing, expect. */

typedef struct
{
  Scene *scene;
  const char *dossier;
  const char *word; /* a variation of the case */
} Given;

typedef const char *(*Act) (Given *given);

typedef struct
{
  const char *path;  /* the test's name: verb/what */
  const char *stage; /* how far the scene is brought */
  Act act;
  const char *word;
  const char *code;  /* expected refusal, "" for ok */
  const char *after; /* expected stage of the dossier */
} Case;

/* Desks as words of a case: their places in Desk. */
#define COMMUNE_W "0"
#define NEIGHBOUR_W "2"
#define DISTRICT_W "3"
#define BOARD_W "4"
#define OFFICE_W "5"
#define CLERK_W "6"

const char *case_step (Given *given, Desk desk, const char *verb, const char *const *words);
int case_main (int argc, char **argv, const Case *cases, guint count);
