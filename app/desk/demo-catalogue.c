/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/catalogue.h"
#include "desk/demo.h"

#include <string.h>

/* The board's own data of the practice: the plan names neither blocks nor members
 * of the Council, so all of them are made up. */

typedef struct
{
  const char *name;
  const char *position;
  const char *role;
  const char *unit; /* code of the unit the member is tied to; "" */
} Member;

static const Member COUNCIL[] = {
  { "Trần Văn Giả Định", "Phó Chủ tịch Ủy ban nhân dân tỉnh", "chair", "" },
  { "Nguyễn Thị Ước Lệ", "Giám đốc Sở Nội vụ", "deputy", "so-noi-vu" },
  { "Phạm Minh Tượng Trưng", "Trưởng Ban Thi đua - Khen thưởng", "standing", "ban-tdkt" },
  { "Lê Thị Minh Họa", "Giám đốc Sở Y tế", "member", "so-y-te" },
  { "Võ Thành Thí Dụ", "Giám đốc Sở Tư pháp", "member", "so-tu-phap" },
  { "Đặng Văn Phác Thảo", "Chủ tịch Liên đoàn Lao động tỉnh", "member", "lien-doan-lao-dong" },
  { "Huỳnh Thị Nháp", "Chủ tịch Hội Nông dân tỉnh", "member", "hoi-nong-dan" },
  { "Hồ Văn Đại Diện", "Đại diện cộng đồng doanh nghiệp", "member", "dn-mau-mot" },
  { "Mai Thị Thư Ký", "Phó Trưởng Ban Thi đua - Khen thưởng", "secretary", "ban-tdkt" },
};

typedef struct
{
  const char *name;
  const char *in_charge;
  const char *units; /* codes, divided by spaces */
} Block;

static const Block BLOCKS[] = {
  { "Khối 1 (hư cấu): cấp huyện", "Nguyễn Thị Ước Lệ", "930 931 932 933 934 935 936 937" },
  { "Khối 2 (hư cấu): văn hóa - xã hội", "Lê Thị Minh Họa",
    "so-y-te so-giao-duc-dao-tao so-lao-dong-tbxh so-van-hoa-the-thao-du-lich" },
  { "Khối 3 (hư cấu): kinh tế", "Võ Thành Thí Dụ", "so-giao-thong-van-tai so-tai-chinh so-cong-thuong so-xay-dung" },
  { "Khối 4 (hư cấu): doanh nghiệp", "Hồ Văn Đại Diện", "dn-mau-mot dn-thu-hai" },
};

static gboolean
put (TdDesk *board, const char *record, const char *key, const char *member, const char *text, GError **error)
{
  g_autofree char *path = g_strdup_printf ("member/%s/%s", key, member);

  return td_desk_set (board, record, path, text, error);
}

static gboolean
type_council (TdDesk *board, GError **error)
{
  g_autofree char *roster = td_desk_ledger (board, "council");

  for (guint i = 0; i < G_N_ELEMENTS (COUNCIL); i++)
    {
      const Member *member = &COUNCIL[i];
      g_autofree char *key = td_desk_add_row (board, roster, "member", error);

      if (key == NULL || !put (board, roster, key, "name", member->name, error)
          || !put (board, roster, key, "position", member->position, error)
          || !put (board, roster, key, "role", member->role, error)
          || !put (board, roster, key, "unit", member->unit, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
type_block (TdDesk *board, const Block *block, GError **error)
{
  g_autofree char *record = td_desk_new_block (board, error);
  g_auto (GStrv) units = g_strsplit (block->units, " ", -1);

  if (record == NULL || !td_desk_set (board, record, "name", block->name, error)
      || !td_desk_set (board, record, "in_charge", block->in_charge, error))
    return FALSE;
  for (guint i = 0; units[i] != NULL; i++)
    if (!td_desk_list_unit (board, record, units[i], TRUE, error))
      return FALSE;
  return TRUE;
}

/** td_demo_catalogue: types roster and blocks at the board's desk; the projects come with the sample. */
gboolean
td_demo_catalogue (TdDesk *board, GError **error)
{
  if (!type_council (board, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (BLOCKS); i++)
    if (!type_block (board, &BLOCKS[i], error))
      return FALSE;
  return TRUE;
}
