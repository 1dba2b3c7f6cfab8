/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"
#include "desk/circulars.h"
#include "endpoint-fixture.h"
#include "text/i18n.h"

#include <string.h>

/* Correspondence between three desks over a real endpoint, each with a data base of its own. */

typedef struct
{
  Endpoint *endpoint;
  TdDesk *commune, *district, *board;
} Office;

static void
set_up (Office *self, gconstpointer data)
{
  self->endpoint = endpoint_new ();
  self->commune = endpoint_desk (self->endpoint, "commune.db", "31447", "OL", "Nguyễn Thị Ví Dụ");
  self->district = endpoint_desk (self->endpoint, "district.db", "935", "OL", "Trần Thị Nội Vụ");
  self->board = endpoint_desk (self->endpoint, "board.db", "ban-tdkt", "OLAS", "Lâm Thị Thẩm Định");
}

static void
tear_down (Office *self, gconstpointer data)
{
  desk_close (self->commune);
  desk_close (self->district);
  desk_close (self->board);
  endpoint_free (self->endpoint);
}

static char *
begin (TdDesk *desk, const char *type, const char *re, const char *to, const char *title, const char *text)
{
  GError *error = NULL;
  char *id = td_desk_new_circular (desk, type, re, to, &error);

  g_assert_no_error (error);
  desk_type (desk, id, "title", title, "text", text, NULL);
  return id;
}

static void
send (TdDesk *desk, const char *id)
{
  GError *error = NULL;

  td_desk_send_circular (desk, id, &error);
  g_assert_no_error (error);
  endpoint_exchange (desk);
}

static void
assert_state (TdDesk *desk, const char *id, const char *state, gboolean unread)
{
  g_autoptr (TdCircularItem) item = td_desk_circular (desk, id);

  g_assert_nonnull (item);
  g_assert_cmpstr (item->state, ==, state);
  g_assert_cmpint (item->unread, ==, unread);
}

static void
assert_size (GListModel *list, guint size)
{
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, size);
  g_object_unref (list);
}

static gboolean
has_task (TdDesk *desk, const char *id)
{
  g_autoptr (GListModel) tasks = td_desk_tasks (desk);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (tasks, i);

      if (strcmp (row->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* ---- notices ---------------------------------------------------------------------------- */

static void
assert_refused (TdDesk *desk, const char *id)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (td_desk_send_circular (desk, id, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED);
}

static void
test_notice (Office *self, gconstpointer data)
{
  g_autofree char *to = g_strdup (td_desk_unit (self->commune)->key);
  g_autofree char *id = td_desk_new_circular (self->district, "notice", NULL, to, NULL);
  g_autoptr (GError) error = NULL;

  assert_refused (self->district, id);
  desk_type (self->district, id, "title", "Đôn đốc gửi báo cáo", "text", "Đề nghị gửi trước 10/7.", "due", "10/7/2025",
             NULL);
  endpoint_reopen (self->endpoint, "district.db", &self->district);
  assert_size (td_desk_circulars (self->district, TD_BOX_DRAFTS, NULL), 1);
  endpoint_exchange (self->district);
  endpoint_exchange (self->commune);
  g_assert_null (td_desk_circular (self->commune, id));
  send (self->district, id);
  assert_size (td_desk_circulars (self->district, TD_BOX_DRAFTS, NULL), 0);
  g_assert_false (td_desk_may_set (self->district, id, "text"));
  endpoint_exchange (self->commune);
  g_assert_cmpuint (td_desk_unread (self->commune), ==, 1);
  g_assert_true (has_task (self->commune, "place:circulars"));
  assert_state (self->commune, id, "warn", TRUE);
  assert_size (td_desk_circular_readers (self->commune, id), 0);
  g_assert_true (td_desk_mark_read (self->commune, id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (td_desk_unread (self->commune), ==, 0);
  assert_state (self->district, id, "info", FALSE);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  assert_state (self->district, id, "ok", FALSE);
  g_assert_null (td_desk_new_circular (self->commune, "notice", NULL, NULL, &error));
  g_assert_error (error, TD_DESK_ERROR, TD_DESK_ERROR_REFUSED);
}

/* What was written without a line goes out whole with the next one: text and sending in one edit. */
static void
test_sent_without_a_line (Office *self, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (GListModel) problems = NULL;

  endpoint_stop (self->endpoint);
  id = begin (self->commune, "difficulty", NULL, NULL, "Chưa có biểu mẫu", "Đề nghị hướng dẫn.");
  g_assert_true (td_desk_send_circular (self->commune, id, NULL));
  assert_refused (self->commune, id);
  assert_state (self->commune, id, "info", FALSE);
  endpoint_reopen (self->endpoint, "commune.db", &self->commune);
  endpoint_start (self->endpoint);
  endpoint_exchange (self->commune);
  problems = td_desk_problems (self->commune);
  g_assert_cmpuint (g_list_model_get_n_items (problems), ==, 0);
  endpoint_exchange (self->district);
  assert_state (self->district, id, "warn", TRUE);
}

/* ---- difficulties ------------------------------------------------------------------------- */

static void
test_difficulty (Office *self, gconstpointer data)
{
  g_autofree char *first
      = begin (self->commune, "difficulty", NULL, NULL, "Chỉ tiêu mới", "Chưa rõ cách tính chỉ tiêu.");
  g_autofree char *second = NULL;
  g_autofree char *text = NULL;
  g_autofree char *answer = NULL;

  send (self->commune, first);
  endpoint_exchange (self->district);
  endpoint_exchange (self->board);
  g_assert_null (td_desk_circular (self->board, first));
  g_assert_true (has_task (self->district, first));
  g_assert_true (td_desk_may_write (self->district, "answer", first));
  second = td_desk_new_circular (self->district, "difficulty", first, NULL, NULL);
  text = td_desk_text (self->district, second, "text");
  g_assert_nonnull (strstr (text, "Chưa rõ cách tính chỉ tiêu."));
  send (self->district, second);
  g_assert_false (has_task (self->district, first));
  endpoint_exchange (self->commune);
  endpoint_exchange (self->board);
  assert_state (self->commune, first, "info", FALSE);
  g_assert_true (has_task (self->board, second));
  assert_size (td_desk_circular_thread (self->board, second), 1);
  answer = begin (self->board, "answer", second, NULL, "Trả lời", "Tính theo Nghị quyết.");
  send (self->board, answer);
  endpoint_exchange (self->commune);
  endpoint_exchange (self->district);
  assert_state (self->commune, first, "ok", FALSE);
  assert_state (self->district, second, "ok", FALSE);
  assert_state (self->commune, answer, "warn", TRUE);
  assert_size (td_desk_circular_thread (self->commune, first), 2);
}

/* ---- inspections ----------------------------------------------------------------------------- */

static void
test_inspection (Office *self, gconstpointer data)
{
  g_autofree char *unit = g_strdup (td_desk_unit (self->commune)->key);
  g_autofree char *id = begin (self->district, "inspection", NULL, unit, "Kiểm tra đợt 1", "Chưa lưu biên bản.");
  g_autofree char *answer = NULL;

  assert_refused (self->district, id);
  desk_type (self->district, id, "date", "1/7/2025", "place", "UBND xã", "who", "Trần Thị Nội Vụ", "follow_up",
             "Bổ sung biên bản", "due", "7/7/2025", NULL);
  send (self->district, id);
  endpoint_exchange (self->commune);
  assert_state (self->commune, id, "late", TRUE);
  g_assert_true (has_task (self->commune, id));
  answer = begin (self->commune, "answer", id, NULL, "Khắc phục", "Đã bổ sung.");
  send (self->commune, answer);
  g_assert_false (has_task (self->commune, id));
  g_assert_false (td_desk_set_settled (self->commune, id, unit, TRUE, NULL));
  assert_state (self->commune, id, "info", TRUE);
  assert_state (self->district, id, "late", FALSE);
  g_assert_true (has_task (self->district, id));
  endpoint_exchange (self->district);
  assert_state (self->district, id, "info", FALSE);
  g_assert_true (td_desk_set_settled (self->district, id, unit, TRUE, NULL));
  g_assert_false (has_task (self->district, id));
  endpoint_exchange (self->district);
  endpoint_exchange (self->commune);
  assert_state (self->commune, id, "ok", TRUE);
}

/* ---- exemplary cases ---------------------------------------------------------------------------- */

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
attach_picture (Office *self, TdDesk *desk, const char *record)
{
  g_autofree char *path = g_build_filename (self->endpoint->folder, "anh.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  g_file_set_contents (path, "\x89PNG\r\n\x1a\n....IEND....", -1, NULL);
  td_desk_attach_async (desk, record, "ANH", file, NULL, take_result, &result);
  td_desk_attach_finish (desk, wait_for (&result), &error);
  g_assert_no_error (error);
}

static GFile *
publish (Office *self, const char *id, guint *missing)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->endpoint->folder);
  g_autoptr (GAsyncResult) result = NULL;
  const char *const ids[] = { id, NULL };
  GError *error = NULL;
  GFile *page;

  td_desk_publish_async (self->board, ids, folder, NULL, take_result, &result);
  page = td_desk_publish_finish (self->board, wait_for (&result), missing, &error);
  g_assert_no_error (error);
  return page;
}

static char *
contents (GFile *page)
{
  char *text = NULL;
  GError *error = NULL;

  g_file_load_contents (page, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_exemplary (Office *self, gconstpointer data)
{
  g_autofree char *id
      = begin (self->commune, "exemplary", NULL, NULL, "Nguyễn Văn Mẫu <i>", "Hiến đất & vận động.\nĐoạn hai.");
  g_autoptr (GFile) first = NULL;
  g_autoptr (GFile) second = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) picture = NULL;
  g_autofree char *published = NULL;
  g_autofree char *text = NULL;
  guint missing;

  desk_type (self->commune, id, "subject", "individual", NULL);
  attach_picture (self, self->commune, id);
  send (self->commune, id);
  endpoint_exchange (self->board);
  first = publish (self, id, &missing);
  g_assert_cmpuint (missing, ==, 1);
  endpoint_exchange (self->board);
  second = publish (self, id, &missing);
  g_assert_cmpuint (missing, ==, 0);
  g_assert_false (g_file_equal (first, second));
  text = contents (second);
  g_assert_nonnull (strstr (text, "Nguyễn Văn Mẫu &lt;i&gt;"));
  g_assert_nonnull (strstr (text, "<p>Hiến đất &amp; vận động.</p>\n<p>Đoạn hai.</p>"));
  g_assert_nonnull (strstr (text, "src=\"anh-01.png\""));
  folder = g_file_get_parent (second);
  picture = g_file_get_child (folder, "anh-01.png");
  g_assert_true (g_file_query_exists (picture, NULL));
  published = begin (self->board, "answer", id, NULL, "Đã giới thiệu", "Chuyên trang thi đua.");
  desk_type (self->board, published, "where", "Báo Hậu Giang", "date", "8/7/2025", NULL);
  send (self->board, published);
  endpoint_exchange (self->commune);
  assert_state (self->commune, id, "ok", FALSE);
}

static void
test_addressees (Office *self, gconstpointer data)
{
  assert_size (td_desk_addressees (self->commune, ""), 0);
  assert_size (td_desk_addressees (self->district, "xa vi thuy"), 1);
  assert_size (td_desk_addressees (self->board, "huyen vi thuy"), 1);
}

#define ADD(path, function) g_test_add ("/circulars-desk/" path, Office, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  td_i18n_start ();
  g_test_init (&argc, &argv, NULL);
  ADD ("notice", test_notice);
  ADD ("without-a-line", test_sent_without_a_line);
  ADD ("difficulty", test_difficulty);
  ADD ("inspection", test_inspection);
  ADD ("exemplary", test_exemplary);
  ADD ("addressees", test_addressees);
  return g_test_run ();
}
