/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/demo.h"

G_BEGIN_DECLS

typedef struct _TdDemo TdDemo;

/* @dir: where the units' data bases go and where the endpoint keeps its own
 * (DIR/endpoint). NULL with a sentence where the sample can't be read. */
TdDemo *td_demo_new (const char *dir,
                     const char *datadir,
                     const char *url,
                     const char *endpoint_program,
                     const char *sample_file,
                     GError **error);
void td_demo_free (TdDemo *self);
/* Plays it all; says on standard output what each unit did. */
gboolean td_demo_load (TdDemo *self, GError **error);

G_END_DECLS
