/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dossier/apply.h"
#include "dossier/crypto.h"

/* A small world in memory: the real plan and units, one device for each desk,
 * and everything applied through td_apply(). Freeing it replays all accepted
 * operations from nothing and demands the same state, byte for byte. */

typedef enum
{
  COMMUNE,   /* 31447 Xã Vị Thủy */
  COMMUNE_2, /* a second device of the same unit */
  NEIGHBOUR, /* 31459, another commune of the district */
  DISTRICT,  /* 935 Huyện Vị Thủy */
  BOARD,
  OFFICE, /* Văn phòng Tỉnh ủy */
  CLERK,  /* a device of the commune without the leader's role */
  N_DESKS
} Desk;

typedef struct
{
  TdCampaign *campaign;
  TdUnits *units;
  TdState *state;
  GPtrArray *log;    /* accepted: Applied */
  GHashTable *whole; /* shas the endpoint has */
  char *keys[N_DESKS];
  const char *units_of[N_DESKS];
  TdDate day;
  gint64 q;
  guint counter;                      /* for ids */
  guint reached;                      /* stations of scene_advance() behind us */
  char *collective, *person, *letter; /* of the ready commune */
} Scene;

Scene *scene_new (void);
void scene_free (Scene *self);
char *scene_id (Scene *self); /* a fresh UUIDv7 */
/* What was accepted, in order: its bytes and whose device it was. */
const TdOperation *scene_logged (Scene *self, guint index, const char **key);
/* Applies and logs. Returns the code, "" when ok; valid until the next call. */
const char *scene_apply (Scene *self, Desk desk, JsonObject *content);
JsonObject *scene_begin (Scene *self, const char *verb);
/* One member of a record, with the right digest of the value it replaces. */
const char *
scene_edit (Scene *self, Desk desk, const char *record, const char *type, const char *path, const char *text);
/* The content of an edit built on what @base says now (a desk that was offline). */
JsonObject *
scene_edit_on (Scene *self, Desk desk, const char *record, const char *type, const char *path, const char *text);
char *scene_ledger (Scene *self, Desk desk, const char *type);
/* A ledger that meets every rule, for the desk's unit. */
void scene_fill_ledger (Scene *self, Desk desk);
char *scene_nominate (Scene *self, Desk desk, gboolean collective, const char *name);
char *scene_letter (Scene *self, Desk desk, const char *const *dossiers);
/* A step on dossiers with their present epoch and digest; @words: member, text, …, NULL. */
JsonObject *scene_step (Scene *self, const char *verb, const char *const *dossiers, const char *const *words);
JsonObject *scene_submit (Scene *self, Desk desk, const char *letter, const char *const *dossiers);
JsonObject *scene_return (Scene *self, const char *dossier, const char *record, const char *member);
const char *scene_stage (Scene *self, const char *dossier);
/* The paper registrations of commune and district, as the levels above attest them. */
void scene_attest_registrations (Scene *self);
/* Moves the ready commune's two dossiers this far: "draft" "submitted" "received"
 * "at_board" "board_received" "in_council" "endorsed" "at_chairman" "decided". */
void scene_advance (Scene *self, const char *to);
gboolean
scene_shown (Scene *self, Desk desk, const char *kind, const char *id); /* was it ever shown to the desk's unit */

#define ON(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define assert_code(code, expected) g_assert_cmpstr (code, ==, expected)
