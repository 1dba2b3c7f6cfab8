/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/demo.h"

#include "desk/circulars.h"

#include <cairo.h>
#include <string.h>

/* Correspondence of the practice data: a few pieces of each kind, written and sent
 * by the devices of the units they belong to, some read, one passed on, one answered. */

typedef struct
{
  const char *name; /* by which later pieces name it */
  const char *from; /* unit code */
  const char *type;
  const char *about;       /* name of what it answers or passes on; NULL */
  const char *to;          /* codes, separated by spaces; "*": all directly below; NULL */
  const char *readers;     /* codes of units that mark it as read; NULL */
  const char *members[16]; /* path, text, … NULL */
} Piece;

static const Piece PIECES[] = {
  { "guide",
    "ban-tdkt",
    "notice",
    NULL,
    "*",
    "935 so-y-te",
    { "title", "Hướng dẫn lập hồ sơ khen thưởng tổng kết đợt thi đua đặc biệt", "text",
      "Đề nghị các cơ quan, đơn vị và địa phương rà soát tiêu chuẩn tại mục III, lập hồ sơ theo mục IV.2 Kế hoạch và "
      "gửi "
      "về Ban Thi đua - Khen thưởng đúng thời hạn. Đơn vị chưa gửi báo cáo tổng kết khẩn trương hoàn thành trước ngày "
      "11/7/2025.",
      "due", "2025-07-10", NULL } },
  { "urge",
    "935",
    "notice",
    NULL,
    "31441 31444 31447 31450 31459",
    NULL,
    { "title", "Đôn đốc gửi báo cáo tổng kết và hồ sơ khen thưởng", "text",
      "Đến ngày 08/7/2025 huyện chưa nhận đủ báo cáo tổng kết của các xã, thị trấn. Đề nghị Ủy ban nhân dân các xã, "
      "thị "
      "trấn hoàn thành và gửi về Phòng Nội vụ.",
      "due", "2025-07-09", NULL } },
  { "inspect-commune",
    "935",
    "inspection",
    NULL,
    "31447",
    NULL,
    { "title", "Kiểm tra việc tổ chức thực hiện đợt thi đua tại xã Vị Thủy", "date", "2025-07-02", "place",
      "Ủy ban nhân dân xã Vị Thủy", "who", "Trần Thị Nội Vụ, Trưởng phòng Nội vụ\nPhan Văn Kiểm Tra, chuyên viên",
      "text",
      "Xã đã phát động, có kế hoạch và đăng ký chỉ tiêu. Minh chứng của hai chỉ tiêu chưa được lưu trong hồ sơ.",
      "follow_up", "Bổ sung minh chứng của hai chỉ tiêu vào hồ sơ đăng ký thi đua.", "due", "2025-07-10", NULL } },
  { "inspect-district",
    "ban-tdkt",
    "inspection",
    NULL,
    "937",
    "937",
    { "title", "Kiểm tra tình hình triển khai đợt thi đua tại thị xã Long Mỹ", "date", "2025-06-20", "place",
      "Ủy ban nhân dân thị xã Long Mỹ", "who",
      "Lâm Thị Thẩm Định, chuyên viên\nĐại diện Hội đồng Thi đua - Khen thưởng", "text",
      "Thị xã tổ chức phát động kịp thời. Một số xã chưa ghi nhận văn bản sơ kết.", "follow_up",
      "Đôn đốc các xã ghi nhận đầy đủ văn bản sơ kết.", "due", "2025-07-04", NULL } },
  { "remedy",
    "937",
    "answer",
    "inspect-district",
    NULL,
    NULL,
    { "title", "Báo cáo khắc phục sau kiểm tra", "text",
      "Thị xã đã đôn đốc; đến nay các xã đã ghi nhận đủ văn bản sơ kết.", NULL } },
  { "commune-asks",
    "31447",
    "difficulty",
    NULL,
    NULL,
    NULL,
    { "title", "Cách ghi kết quả chỉ tiêu công bố sau ngày 30/6/2025", "text",
      "Chỉ tiêu tỷ lệ hộ nghèo được công bố sau ngày 30/6/2025. Xã đề nghị hướng dẫn cách ghi kết quả và minh chứng.",
      NULL } },
  { "tan-phu-asks",
    "31481",
    "difficulty",
    NULL,
    NULL,
    "937",
    { "title", "Xác nhận kết quả xếp loại của xã sau khi sắp xếp cán bộ", "text",
      "Cán bộ phụ trách đã chuyển công tác, xã chưa tìm được quyết định xếp loại năm 2021. Đề nghị hướng dẫn giấy tờ "
      "thay "
      "thế.",
      NULL } },
  { "long-my-passes", "937", "difficulty", "tan-phu-asks", NULL, NULL, { NULL } },
  { "health-asks",
    "so-y-te",
    "difficulty",
    NULL,
    NULL,
    "ban-tdkt",
    { "title", "Xác nhận mức độ hoàn thành đề án do nhiều cơ quan phối hợp", "text",
      "Đề án có nhiều cơ quan phối hợp; Sở đề nghị hướng dẫn cơ quan nào xác nhận mức độ hoàn thành.", NULL } },
  { "answer",
    "ban-tdkt",
    "answer",
    "health-asks",
    NULL,
    NULL,
    { "title", "Trả lời về xác nhận mức độ hoàn thành đề án", "text",
      "Cơ quan chủ trì đề án xác nhận mức độ hoàn thành của từng cơ quan phối hợp bằng văn bản.", NULL } },
  { "case-person",
    "31447",
    "exemplary",
    NULL,
    NULL,
    NULL,
    { "title", "Nguyễn Văn Gương Mẫu, nông dân ấp 3", "subject", "individual", "text",
      "Ông Nguyễn Văn Gương Mẫu hiến 400 m² đất và vận động 12 hộ cùng mở rộng tuyến đường ấp 3 dài 1,2 km.\nMô hình "
      "trồng lúa kết hợp nuôi cá của gia đình được 30 hộ trong xã học tập.",
      NULL } },
  { "case-health",
    "so-y-te",
    "exemplary",
    NULL,
    NULL,
    "ban-tdkt",
    { "title", "Khoa Cấp cứu, Bệnh viện đa khoa tỉnh", "subject", "collective", "text",
      "Khoa Cấp cứu rút ngắn thời gian chờ từ 30 phút xuống 12 phút, không để xảy ra sai sót chuyên môn trong đợt thi "
      "đua.",
      NULL } },
  { "published",
    "ban-tdkt",
    "answer",
    "case-health",
    NULL,
    NULL,
    { "title", "Đã giới thiệu trên Báo Hậu Giang", "text", "Giới thiệu trong chuyên trang về đợt thi đua.", "where",
      "Báo Hậu Giang", "date", "2025-07-07", NULL } },
};

/* ---- writing ---------------------------------------------------------------------- */

typedef struct
{
  TdDemoDesk find;
  gpointer data;
  const char *dir;
  GHashTable *ids; /* name -> record */
} Play;

static char *
keys_of (TdDesk *desk, const char *to)
{
  GString *keys = g_string_new (NULL);
  g_autoptr (GPtrArray) below = td_units_children (td_desk_units (desk), td_desk_unit (desk));
  g_auto (GStrv) codes = g_strsplit (to, " ", -1);

  for (guint i = 0; i < below->len; i++)
    {
      const TdUnit *unit = below->pdata[i];

      if (strcmp (to, "*") == 0 || g_strv_contains ((const char *const *)codes, unit->code))
        g_string_append_printf (keys, "%s%s", keys->len > 0 ? "\n" : "", unit->key);
    }
  return g_string_free (keys, FALSE);
}

static gboolean
mark_read (Play *self, const char *readers, const char *id, GError **error)
{
  g_auto (GStrv) codes = g_strsplit (readers == NULL ? "" : readers, " ", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      TdDesk *desk = self->find (self->data, codes[i]);

      if (!td_desk_exchange_wait (desk, error) || !td_desk_mark_read (desk, id, error)
          || !td_desk_exchange_wait (desk, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- a picture ----------------------------------------------------------------------- */

static void
disc (cairo_t *cr, double x, double y, double radius)
{
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* A field, a road and the sun: recognisable as a stand-in, never as a person. */
static gboolean
draw (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640, 400);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_set_source_rgb (cr, .72, .86, .96);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, .98, .82, .3);
  disc (cr, 500, 90, 46);
  cairo_set_source_rgb (cr, .42, .66, .32);
  cairo_rectangle (cr, 0, 210, 640, 190);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, .6, .58, .55);
  cairo_move_to (cr, 300, 210);
  cairo_line_to (cr, 340, 210);
  cairo_line_to (cr, 470, 400);
  cairo_line_to (cr, 170, 400);
  cairo_fill (cr);
  status = cairo_surface_write_to_png (surface, path);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
attach_picture (Play *self, TdDesk *desk, const char *id, GError **error)
{
  g_autofree char *name = g_strdup_printf ("anh-%.8s.png", id);
  g_autofree char *path = g_build_filename (self->dir, "papers", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  if (!draw (path))
    return TRUE; /* a case without its picture is still a case */
  td_desk_attach_async (desk, id, "ANH", file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return td_desk_attach_finish (desk, result, error);
}

/* ---- playing --------------------------------------------------------------------------- */

static gboolean
play (Play *self, const Piece *piece, GError **error)
{
  TdDesk *desk = self->find (self->data, piece->from);
  const char *re = piece->about == NULL ? NULL : g_hash_table_lookup (self->ids, piece->about);
  g_autofree char *to = piece->to == NULL ? NULL : keys_of (desk, piece->to);
  char *id;

  if (!td_desk_exchange_wait (desk, error))
    return FALSE;
  id = td_desk_new_circular (desk, piece->type, re, to, error);
  if (id == NULL)
    return FALSE;
  g_hash_table_insert (self->ids, (gpointer)piece->name, id);
  for (guint i = 0; piece->members[i] != NULL; i += 2)
    if (!td_desk_set (desk, id, piece->members[i], piece->members[i + 1], error))
      return FALSE;
  if (strcmp (piece->type, "exemplary") == 0 && !attach_picture (self, desk, id, error))
    return FALSE;
  return td_desk_send_circular (desk, id, error) && td_desk_exchange_wait (desk, error)
         && mark_read (self, piece->readers, id, error);
}

/** td_demo_circulars: see demo.h. */
gboolean
td_demo_circulars (TdDemoDesk find, gpointer data, const char *dir, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  Play self = { find, data, dir, ids };

  for (guint i = 0; i < G_N_ELEMENTS (PIECES); i++)
    if (!play (&self, &PIECES[i], error))
      return FALSE;
  return TRUE;
}
