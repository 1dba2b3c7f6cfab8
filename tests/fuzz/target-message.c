/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "wire/gzip.h"
#include "wire/messages.h"

/* Every message of the line; the first byte says which. What was read is written and read again: the same bytes. */

typedef gpointer (*Read) (GBytes *bytes, GError **error);
typedef GBytes *(*Write) (gconstpointer message, GError **error);
typedef struct
{
  Read read;
  Write write;
  GDestroyNotify free;
} Message;

static GBytes *
write_problem (gconstpointer problem, GError **error)
{
  return td_problem_write (problem);
}

static const Message messages[] = {
  { (Read)td_sync_request_read, (Write)td_sync_request_write, (GDestroyNotify)td_sync_request_free },
  { (Read)td_sync_answer_read, (Write)td_sync_answer_write, (GDestroyNotify)td_sync_answer_free },
  { (Read)td_enrol_request_read, (Write)td_enrol_request_write, (GDestroyNotify)td_enrol_request_free },
  { (Read)td_enrol_answer_read, (Write)td_enrol_answer_write, (GDestroyNotify)td_enrol_answer_free },
  { (Read)td_hello_read, (Write)td_hello_write, (GDestroyNotify)td_hello_free },
  { (Read)td_problem_read, write_problem, (GDestroyNotify)td_problem_free },
};

static void
read_message (const Message *message, GBytes *bytes)
{
  gpointer first = message->read (bytes, NULL);
  g_autoptr (GBytes) written = first == NULL ? NULL : message->write (first, NULL);
  gpointer second = written == NULL ? NULL : message->read (written, NULL);
  g_autoptr (GBytes) again = second == NULL ? NULL : message->write (second, NULL);

  if (first != NULL)
    g_assert_true (written != NULL && again != NULL && g_bytes_equal (written, again));
  g_clear_pointer (&first, message->free);
  g_clear_pointer (&second, message->free);
}

static void
read_code (const guint8 *data, gsize size)
{
  g_autofree char *typed = fuzz_string (data, size);
  g_autofree char *code = td_code_normal (typed);
  g_autofree char *shown = code == NULL ? NULL : td_code_shown (code);
  g_autofree char *again = shown == NULL ? NULL : td_code_normal (shown);

  g_assert_cmpstr (code, ==, again);
}

void
fuzz_message (const guint8 *data, gsize size)
{
  guint which = size == 0 ? 0 : data[0] % 16;
  g_autoptr (GBytes) bytes = size == 0 ? NULL : g_bytes_new_static (data + 1, size - 1);

  if (bytes == NULL)
    return;
  if (which < G_N_ELEMENTS (messages))
    read_message (&messages[which], bytes);
  else if (which < 2 * G_N_ELEMENTS (messages)) /* as it travels */
    {
      g_autoptr (GBytes) plain = td_gunzip (bytes, TD_SYNC_INFLATED_MAX, NULL);

      if (plain != NULL)
        read_message (&messages[which - G_N_ELEMENTS (messages)], plain);
    }
  else
    read_code (data + 1, size - 1);
}
