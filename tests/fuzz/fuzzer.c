/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

/* The door of libFuzzer: built once for each target, with FUZZ_RUN as its function. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FUZZ_RUN (data, size);
  return 0;
}
