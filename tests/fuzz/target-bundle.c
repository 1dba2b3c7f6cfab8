/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "wire/bundle.h"

/* The parts of a package before and behind its seal: envelope, frames, manifest. */

static void
read_envelope (const guint8 *data, gsize size)
{
  gssize length = td_bundle_envelope_length (data, size, NULL);
  guint8 four[4];
  guint32 frame;

  if (length >= 0)
    g_assert_cmpint (length, <=, TD_BUNDLE_FRONT + TD_BUNDLE_BOXES_MAX * TD_BUNDLE_BOX_BYTES + TD_BUNDLE_STREAM_BYTES);
  if (size < sizeof four)
    return;
  frame = td_bundle_frame_length (data);
  g_assert_cmpuint (frame, <=, TD_BUNDLE_FRAME + TD_BUNDLE_FRAME_EXTRA);
  td_bundle_put_length (four, frame);
  g_assert_true (frame == 0 || td_bundle_frame_length (four) == frame);
}

static void
read_manifest (GBytes *bytes)
{
  g_autoptr (TdBundle) bundle = td_bundle_read (bytes, NULL);
  g_autoptr (GBytes) written = bundle == NULL ? NULL : td_bundle_write (bundle, NULL);
  g_autoptr (TdBundle) again = written == NULL ? NULL : td_bundle_read (written, NULL);
  g_autoptr (GBytes) same = again == NULL ? NULL : td_bundle_write (again, NULL);

  if (bundle == NULL)
    return;
  g_assert_true (written != NULL && same != NULL && g_bytes_equal (written, same));
  for (guint i = 0; i < bundle->entries->len; i++)
    {
      const TdBundleEntry *entry = bundle->entries->pdata[i];

      g_assert_true (entry->length >= 0 && entry->length <= TD_BUNDLE_PART_MAX);
      g_assert_true (td_bundle_entry_is_large (entry) || entry->length <= TD_BUNDLE_MEMORY_MAX);
    }
}

void
fuzz_bundle (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  read_envelope (data, size);
  read_manifest (bytes);
}
