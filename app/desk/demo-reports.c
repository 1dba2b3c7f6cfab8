/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/demo-reports.h"

#include "desk/desk-private.h"
#include "desk/reports.h"

#include <string.h>

/* Practice data for reviews and reports: fictional works, own awards and texts. */

typedef struct
{
  const char *unit; /* code */
  const char *prefix;
  const char *cells[11]; /* pairs member, text; NULL-ended */
} Row;

static const Row ROWS[] = {
  { "31447",
    "own_award",
    { "form", "Giấy khen của Chủ tịch UBND xã", "collectives", "3", "individuals", "12", "document", "41/QĐ-UBND",
      "date", "2025-07-02", NULL } },
  { "31447",
    "work",
    { "name", "Cầu nông thôn ấp 4", "place", "Ấp 4", "start", "2025-02-10", "finish", "2025-05-18", "value",
      "850000000", NULL } },
  { "31447",
    "work",
    { "name", "Tuyến đường hoa chào mừng Đại hội", "place", "Ấp 7", "start", "2025-03-01", "finish", "2025-04-20",
      "value", "120000000", NULL } },
  { "937",
    "own_award",
    { "form", "Giấy khen của Chủ tịch UBND thị xã", "collectives", "9", "individuals", "36", "document", "512/QĐ-UBND",
      "date", "2025-07-03", NULL } },
  { "937",
    "work",
    { "name", "Nâng cấp hoa viên trung tâm thị xã", "place", "Phường Thuận An", "start", "2024-11-05", "finish",
      "2025-06-20", "value", "6400000000", NULL } },
  { "935",
    "own_award",
    { "form", "Giấy khen của Chủ tịch UBND huyện", "collectives", "11", "individuals", "42", "document", "618/QĐ-UBND",
      "date", "2025-07-04", NULL } },
  { "935",
    "work",
    { "name", "Sửa chữa Nhà văn hóa huyện", "place", "Thị trấn Nàng Mau", "start", "2025-01-15", "finish", "2025-06-10",
      "value", "3200000000", NULL } },
  { "so-y-te",
    "own_award",
    { "form", "Giấy khen của Giám đốc Sở", "collectives", "6", "individuals", "25", "document", "77/QĐ-SYT", "date",
      "2025-07-01", NULL } },
  { "so-y-te",
    "work",
    { "name", "Số hóa hồ sơ sức khỏe người cao tuổi", "place", "Toàn tỉnh", "start", "2024-09-01", "finish",
      "2025-06-25", "value", "1450000000", NULL } },
};

typedef struct
{
  const char *unit;
  const char *report; /* name of the record */
  const char *path;
  const char *text;
} Words;

static const Words WORDS[] = {
  { "31447", "report", "number", "62/BC-UBND" },
  { "31447", "report", "date", "2025-07-04" },
  { "31447", "report", "signer_capacity", "TM. ỦY BAN NHÂN DÂN" },
  { "31447", "report", "signer_position", "CHỦ TỊCH" },
  { "31447", "report", "signer_name", "Đoàn Văn Minh Chứng" },
  { "31447", "report", "section/trien_khai",
    "Ủy ban nhân dân xã đã ban hành kế hoạch, tổ chức phát động đến các ấp, các tổ chức chính trị - xã hội." },
  { "31447", "report", "section/ket_qua",
    "Các chỉ tiêu Nghị quyết Đại hội Đảng bộ xã cơ bản hoàn thành và vượt mức; Nhân dân đồng tình hưởng ứng." },
  { "31447", "report", "section/khen_thuong",
    "Khen thưởng kịp thời tập thể, cá nhân tiêu biểu tại Hội nghị tổng kết." },
  { "31447", "report", "section/han_che", "Công tác tuyên truyền ở một số ấp còn chậm." },
  { "31447", "report", "section/kien_nghi", "Tăng cường tập huấn nghiệp vụ thi đua, khen thưởng cho cấp xã." },
  { "31447", "report", "section/kho_khan", "Kinh phí khen thưởng của xã còn hạn chế." },
  { "31447", "interim_report", "section/trien_khai", "Đã phát động đợt thi đua, ký kết giao ước giữa các ấp." },
  { "31447", "interim_report", "section/ket_qua", "Đợt 1 hoàn thành các chỉ tiêu năm 2024." },
  { "937", "report", "number", "215/BC-UBND" },
  { "937", "report", "date", "2025-07-05" },
  { "937", "report", "section/trien_khai", "Thị xã phát động đồng loạt tại các phường, xã, cơ quan, đơn vị." },
  { "937", "report", "section/ket_qua", "Nhiều chỉ tiêu vượt mức so với Nghị quyết Đại hội Đảng bộ thị xã." },
  { "937", "report", "section/kho_khan", "Một số phường sắp xếp lại tổ chức nên số liệu tổng hợp chậm." },
  { "935", "report", "section/trien_khai", "Huyện phát động đợt thi đua đến các xã, thị trấn và cơ quan, đơn vị." },
  { "so-y-te", "report", "number", "94/BC-SYT" },
  { "so-y-te", "report", "date", "2025-07-04" },
  { "so-y-te", "report", "section/trien_khai", "Sở phát động đợt thi đua trong toàn ngành." },
  { "so-y-te", "report", "section/ket_qua", "Hoàn thành và vượt các chỉ tiêu của đề án được giao chủ trì." },
};

/* Those whose final report stays a draft, for the person at the window to hand in. */
static const char *const DRAFTS[] = { "935", NULL };

static gboolean
type_row (TdDesk *desk, const Row *row, GError **error)
{
  g_autofree char *events = td_desk_ledger (desk, "events");
  g_autofree char *key = td_desk_add_row (desk, events, row->prefix, error);
  TdPair pairs[G_N_ELEMENTS (row->cells) / 2];
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  for (; key != NULL && row->cells[2 * n] != NULL; n++)
    {
      g_ptr_array_add (paths, g_strdup_printf ("%s/%s/%s", row->prefix, key, row->cells[2 * n]));
      pairs[n] = (TdPair){ paths->pdata[n], row->cells[2 * n + 1] };
    }
  return key != NULL && td_desk_write (desk, events, "events", pairs, n, NULL, error);
}

/** td_demo_type_reports: see demo-reports.h. */
gboolean
td_demo_type_reports (TdDesk *desk, GError **error)
{
  const char *code = td_desk_unit (desk)->code;

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (strcmp (ROWS[i].unit, code) == 0 && !type_row (desk, &ROWS[i], error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      g_autofree char *report = strcmp (WORDS[i].unit, code) == 0 ? td_desk_ledger (desk, WORDS[i].report) : NULL;

      if (report != NULL
          && !td_desk_write (desk, report, "report", &(TdPair){ WORDS[i].path, WORDS[i].text }, 1, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/** td_demo_report_to_hand_in: see demo-reports.h. */
char *
td_demo_report_to_hand_in (TdDesk *desk)
{
  g_autofree char *report = td_desk_report (desk, FALSE);
  g_autoptr (TdDossierItem) item = td_desk_dossier (desk, report);

  if (item == NULL || g_strv_contains (DRAFTS, td_desk_unit (desk)->code))
    return NULL;
  return g_steal_pointer (&report);
}

/** td_demo_attest_reports: see demo-reports.h. */
gboolean
td_demo_attest_reports (TdDesk *desk, GError **error)
{
  static const struct
  {
    const char *desk, *unit, *paper, *day;
    gboolean interim;
  } came[]
      = { { "935", "31447", "09/BC-UBND", "2025-01-08", TRUE }, { "935", "31459", "58/BC-UBND", "2025-07-05", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (came); i++)
    {
      const TdUnit *unit = td_units_by_code (td_desk_units (desk), came[i].unit, td_desk_today (desk));

      if (strcmp (td_desk_unit (desk)->code, came[i].desk) == 0 && unit != NULL
          && !td_desk_attest_report (desk, unit->key, came[i].interim, came[i].paper, came[i].day, "09:30", error))
        return FALSE;
    }
  return TRUE;
}
