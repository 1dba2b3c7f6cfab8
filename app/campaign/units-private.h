/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/units.h"

G_BEGIN_DECLS

/* A unit with what searching needs of it. */
typedef struct
{
  TdUnit unit;
  char *parent_code;
  char **also_to;  /* of a unit that was split: codes of the others that came of it */
  char *fold;      /* of the full name */
  char *name_fold; /* of the bare name */
} TdUnitEntry;

struct _TdUnits
{
  gatomicrefcount refs;
  char *source;
  GPtrArray *entries; /* TdUnitEntry, by code */
  GHashTable *by_key; /* borrowed key -> TdUnitEntry */
};

G_END_DECLS
