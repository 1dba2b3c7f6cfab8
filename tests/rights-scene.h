/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene.h"

/* A person's nomination at one of RIGHTS_PLACES, and what each office would send about it. Nothing here knows who may. */

typedef struct
{
  Scene *scene;
  char *letters[N_DESKS]; /* of each desk, with the person alone: not handed in */
  char *neighbour;        /* the other person of the same name */
  char *session, *project, *roster, *notice, *difficulty;
} RightsPlace;

RightsPlace *rights_place_new (const char *place);
void rights_place_free (RightsPlace *self);
Desk rights_desk_of (const char *unit); /* N_DESKS: none */
/* The content of @verb as @unit would write it, with everything the verb needs. */
JsonObject *rights_step_of (RightsPlace *self, const char *verb, const char *unit);
/* What RIGHTS_SIGHTS calls @what, as an entity: "record <id>"; owned, NULL while there is none. */
char *rights_entity (RightsPlace *self, const char *what);
