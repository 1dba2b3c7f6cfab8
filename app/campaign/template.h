/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/shape.h"

G_BEGIN_DECLS

/* A sentence with {places}, taken apart once when the campaign is read. */
typedef struct _TdTemplate TdTemplate;

/* @places: the names that may stand in braces, separated by spaces; others are a fault at @name. */
TdTemplate *td_template_read (TdShape *shape, const char *name, const char *text, const char *places);
void td_template_free (TdTemplate *self);
/* @values in the order of the places. */
void td_template_fill (const TdTemplate *self, const char *const *values, GString *out);

G_END_DECLS
