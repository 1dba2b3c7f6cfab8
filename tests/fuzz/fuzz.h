/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/json.h"

/* What a stranger's bytes may reach, one function for each door. libFuzzer calls one of them (fuzzer.c), the replay
 * of the kept corpus all of them (replay.c). A finding is a crash, a sanitizer's word, or an assertion that fails. */

typedef void (*FuzzFunc) (const guint8 *data, gsize size);
typedef struct
{
  const char *name; /* of the folder in corpus/ */
  FuzzFunc run;
} FuzzTarget;

void fuzz_apply (const guint8 *data, gsize size);
void fuzz_bundle (const guint8 *data, gsize size);
void fuzz_call (const guint8 *data, gsize size);
void fuzz_campaign (const guint8 *data, gsize size);
void fuzz_enrolment (const guint8 *data, gsize size);
void fuzz_json (const guint8 *data, gsize size);
void fuzz_legacy (const guint8 *data, gsize size);
void fuzz_message (const guint8 *data, gsize size);
void fuzz_paste (const guint8 *data, gsize size);
void fuzz_record (const guint8 *data, gsize size);
void fuzz_sealed (const guint8 *data, gsize size);
void fuzz_text (const guint8 *data, gsize size);
void fuzz_tus (const guint8 *data, gsize size);
void fuzz_units (const guint8 *data, gsize size);

extern const FuzzTarget fuzz_targets[]; /* ends with a NULL name */

/* For the targets: the input as a C string, cut at its first NUL; owned. */
char *fuzz_string (const guint8 *data, gsize size);
/* A file under data/; owned, must be there. */
char *fuzz_data (const char *folder, const char *name);
/* The JSON text @base with some of its values and names replaced. @data: lines of two bytes, which one (counted round),
 * and the text to put there. So a file of many members is reached behind its syntax; owned. */
char *fuzz_patched (const char *base, const guint8 *data, gsize size);
/* A key pair that is the same in every run. */
void fuzz_key (guint8 number, const char **key, const char **secret);
