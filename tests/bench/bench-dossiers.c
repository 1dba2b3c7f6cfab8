/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-dossiers.h"

#include "json/json.h"

#include <string.h>

#define ACHIEVEMENT_BYTES 1750

static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Lâm", "Dương" };
static const char *const middles[]
    = { "Văn", "Thị", "Hoàng", "Thanh", "Minh", "Ngọc", "Hữu", "Kim", "Quốc", "Thị Thu" };
static const char *const givens[] = { "Mẫu",  "Ví Dụ", "Thử", "An",    "Bình", "Cường", "Dung", "Giang",
                                      "Hạnh", "Khoa",  "Lan", "Nghĩa", "Phúc", "Quyên", "Sơn",  "Tâm" };
static const char *const posts[] = { "Công chức Tài chính - Kế toán",
                                     "Chủ tịch Hội Nông dân xã",
                                     "Bí thư Đoàn xã",
                                     "Giáo viên Trường Tiểu học",
                                     "Trưởng Trạm Y tế",
                                     "Công chức Địa chính - Xây dựng",
                                     "Trưởng ấp",
                                     "Phó Chủ tịch Ủy ban nhân dân xã" };

/* A number goes where %u stands. */
static const char *const deeds[] = {
  "Tham mưu Ủy ban nhân dân xã ban hành %u văn bản chỉ đạo, điều hành, đạt 100%% kế hoạch năm.",
  "Vận động Nhân dân hiến %u m² đất và đóng góp ngày công để nâng cấp lộ nông thôn liên ấp.",
  "Phối hợp giải quyết %u hồ sơ thủ tục hành chính trước hạn, không có hồ sơ trễ hạn.",
  "Trực tiếp hướng dẫn %u hộ chuyển đổi cơ cấu cây trồng, thu nhập bình quân tăng so với cùng kỳ.",
  "Xây dựng được %u mô hình “Dân vận khéo” được cấp trên công nhận và nhân rộng.",
  "Tổ chức %u buổi tuyên truyền pháp luật với sự tham dự của đông đảo đoàn viên, hội viên.",
  "Đề xuất %u sáng kiến cải tiến lề lối làm việc, được Hội đồng sáng kiến huyện công nhận.",
  "Vận động xây dựng %u căn nhà đại đoàn kết tặng hộ nghèo, hộ có hoàn cảnh khó khăn.",
  "Thu ngân sách nhà nước trên địa bàn đạt %u%% dự toán giao.",
  "Tỷ lệ người dân tham gia bảo hiểm y tế đạt %u%%, vượt chỉ tiêu Nghị quyết đề ra.",
  "Giúp đỡ %u thanh niên có việc làm ổn định, trong đó có người đi làm việc ở nước ngoài theo hợp đồng.",
  "Duy trì %u lớp học buổi tối cho trẻ em có nguy cơ bỏ học, không để phát sinh học sinh bỏ học giữa chừng.",
  "Trồng mới %u cây xanh dọc các tuyến đường kiểu mẫu, giữ vững tiêu chí môi trường của xã nông thôn mới.",
  "Phát hiện và hòa giải thành %u vụ việc mâu thuẫn trong nội bộ Nhân dân ngay từ cơ sở.",
  "Bản thân luôn gương mẫu chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước.",
  "Được tập thể tín nhiệm, cán bộ và Nhân dân nơi cư trú nhận xét tốt.",
};

#define PICK(array) (array)[g_rand_int_range (random, 0, G_N_ELEMENTS (array))]

static char *
achievement (GRand *random)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < ACHIEVEMENT_BYTES)
    {
      const char *deed = PICK (deeds);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, deed, (guint)g_rand_int_range (random, 2, 400));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
day_between (GRand *random, gint first, gint last)
{
  return g_strdup_printf ("%d-%02d-%02d", g_rand_int_range (random, first, last), g_rand_int_range (random, 1, 13),
                          g_rand_int_range (random, 1, 29));
}

static void
set (GPtrArray *members, const char *path, char *text)
{
  g_ptr_array_add (members, g_strdup (path));
  g_ptr_array_add (members, td_json_canonical_string (text));
  g_free (text);
}

/* Path and canonical value in turn. */
static GPtrArray *
members_of (guint number)
{
  static const char *const ratings[] = { "HTXSNV", "HTTNV", "HTNV" };
  g_autoptr (GRand) random = g_rand_new_with_seed (number + 1);
  GPtrArray *members = g_ptr_array_new_with_free_func (g_free);

  set (members, "subject", g_strdup ("individual"));
  set (members, "award", g_strdup ("BANG_KHEN_CHU_TICH_UBND_TINH"));
  set (members, "name", g_strjoin (" ", PICK (families), PICK (middles), PICK (givens), NULL));
  set (members, "personal_id", g_strdup_printf ("093%09u", g_rand_int_range (random, 0, 1000000000)));
  set (members, "birth_date", day_between (random, 1960, 2000));
  set (members, "gender", g_strdup (g_rand_boolean (random) ? "male" : "female"));
  set (members, "position", g_strdup (PICK (posts)));
  set (members, "workplace", g_strdup ("Ủy ban nhân dân xã"));
  set (members, "party_member", g_strdup ("yes"));
  set (members, "party_since", g_strdup_printf ("%d", g_rand_int_range (random, 1985, 2020)));
  for (guint year = 2020; year < 2025; year++)
    {
      g_autofree char *path = g_strdup_printf ("rating/%u", year);

      set (members, path, g_strdup (PICK (ratings)));
    }
  set (members, "achievement", achievement (random));
  g_ptr_array_add (members, g_strdup ("salt"));
  g_ptr_array_add (members, td_store_salt ());
  return members;
}

void
bench_dossier (TdStore *store, guint number)
{
  g_autoptr (GPtrArray) members = members_of (number);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TdChange));
  g_autofree char *unit = td_store_get (store, TD_META_UNIT);
  g_autofree char *id = NULL;
  TdAuthor author;
  TdEditOf of = { NULL, "nomination", unit, NULL };
  GError *error = NULL;

  td_store_author (store, &author);
  id = g_strdup (author.id);
  of.record = of.dossier = id;
  for (guint i = 0; i < members->len; i += 2)
    {
      TdChange change = { members->pdata[i], NULL, members->pdata[i + 1] };

      g_array_append_val (changes, change);
    }
  td_store_edit (store, &of, (TdChange *)(void *)changes->data, changes->len, NULL, &error);
  g_assert_no_error (error);
}

void
bench_dossiers (TdStore *store, guint first, guint count)
{
  for (guint i = 0; i < count; i++)
    bench_dossier (store, first + i);
}
