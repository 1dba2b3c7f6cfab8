/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

/* Persons, quotas, the form of award and what a unit must have done itself. */

static const RuleRow person_rows[] = {
  { "R-050", "XXXTT PASS", "p:31429<934", "ratings=XXXTT", "pass", "Cả 05 năm … 03 năm Đảng viên … (cần 03)" },
  { "R-050", "XXTTT FAIL", "p:31429<934", "ratings=XXTTT", "fail", "02/03 năm Đảng viên hoàn thành xuất sắc", NULL,
    "nomination:rating/2022" },
  { "R-050", "XXXXN FAIL", "p:31429<934", "ratings=XXXXN", "fail",
    "Năm 2024 xếp loại “Đảng viên hoàn thành nhiệm vụ”" },
  { "R-050", "admitted to the Party 03/2022 → 2020, 2021 missing → UNKNOWN", "p:31429<934", "ratings=--XXX", "unknown",
    "2020, 2021", NULL, "nomination:rating/2020" },
  { "R-050", "the reviewer confirms “không có xếp loại” → FAIL", "p:31429<934", "ratings=ooXXX", "fail",
    "Năm 2020, 2021 không có xếp loại Đảng viên", NULL, "nomination:rating/2020" },
  { "R-050", "a year without a rating beats a missing one", "p:31429<934", "ratings=o-XXX", "fail", "Năm 2020 không" },
  { "R-050", "non-member: R-050 is then N/A", "p:31429<934", "member=no | ratings=XXXXX", "n/a" },
  { "R-051", "non-member farmer → OVERRIDE", "p:31429<934", "member=no | ratings=-----", "fail", "không phải đảng viên",
    NULL, "nomination:party_member" },
  { "R-051", "member since 2010 with five ratings → PASS", "p:31429<934", "member=yes", "pass" },
  { "R-051", "civil servant, non-member, rated HTXSNV as công chức → OVERRIDE", "p:so-y-te",
    "member=no | ratings=XXXXX", "fail" },
  { "R-051", "not said → UNKNOWN", "p:31429<934", "member=", "unknown" },
  { "R-055", "one nomination → PASS", "p:31429<934", "", "pass", "chỉ có trong một hồ sơ" },
  { "R-055", "one nomination, seen from below → PASS, checked above", "p:31429<934", "top=no", "pass",
    "Kiểm tra ở cấp trên" },
  { "R-055", "same ID in two units → ERROR", "p:31429<934", "doubled=person | doubled_in=Thị xã Long Mỹ", "fail",
    "Cá nhân đã có trong hồ sơ của Thị xã Long Mỹ", NULL, "nomination:personal_id" },
  { "R-055", "same ID, the other unit may not be named", "p:31429<934", "doubled=person", "fail", "đơn vị khác" },
  { "R-055", "“Đặng Thị Hoà” and “Đặng Thị Hòa”, same birth date → WARN", "p:31429<934",
    "doubled=name | doubled_in=Thị xã Long Mỹ", "warn", "Thị xã Long Mỹ" },
  { "R-055", "same name and birth date, the other unit may not be named", "p:31429<934", "doubled=name", "warn",
    "đơn vị khác" },
  { "X-001", "the unit answers for its people → PASS", "p:31429<934", "", "pass", "Xã Hiệp Hưng xác nhận" },
  { "X-001", "the person's own statement → PASS", "p:31429<934", "own=OK", "pass", "Nguyễn Văn Mẫu" },
  { "X-001", "discipline of the person → FAIL", "p:31429<934", "own=VIOLATION", "fail", "hết thời hạn kỷ luật", NULL,
    "nomination:compliance/state" },
  { "X-001", "an open verification → FAIL until closed", "p:31429<934", "own=UNDER_REVIEW", "fail", "xác minh đơn" },
  { "X-001", "nothing said by anyone → UNKNOWN", "p:31429<934", "compliance=", "unknown" },
  { "X-001", "a unit under review answers for nobody → UNKNOWN", "p:31429<934", "compliance=UNDER_REVIEW", "unknown" },
  { "X-001", "the person's own word where the unit's is missing → PASS", "p:31429<934", "compliance= | own=OK",
    "pass" },
  { "X-002", "no other award for the same achievement → PASS", "p:31429<934", "", "pass" },
  { "X-002", "already rewarded for the same achievement → WARN", "p:31429<934", "before=Quyết định số 12/QĐ-UBND",
    "warn", "Nguyễn Văn Mẫu đã được khen thưởng … Quyết định số 12/QĐ-UBND", NULL, "nomination:previous_award" },
  { "X-003", "marked “theo đợt”, no basis for công trạng", "c:934", "", "pass", "theo đợt (chuyên đề)" },
  { "X-004", "a lower form first is not required", "p:31429<934", "", "pass", "Không bắt buộc" },
};

static const RuleRow award_rows[] = {
  { "R-060", "Bằng khen → PASS", "c:934", "award=BANG_KHEN_CHU_TICH_UBND_TINH", "pass" },
  { "R-060", "Bằng khen, of a person → PASS", "p:934", "award=BANG_KHEN_CHU_TICH_UBND_TINH", "pass" },
  { "R-060", "Giấy khen → FAIL", "c:934", "award=GIAY_KHEN", "fail", NULL, NULL, "nomination:award" },
  { "R-060", "Cờ thi đua → FAIL", "p:934", "award=CO_THI_DUA", "fail" },
  { "R-060", "Bằng khen của Thủ tướng → FAIL", "p:934", "award=BANG_KHEN_THU_TUONG", "fail" },
  { "R-060", "not chosen → UNKNOWN", "p:934", "award=", "unknown" },
  { "R-061", "record only; no eligibility rule", "c:934", "", "pass", "do đơn vị quy định" },
};

#define NONE_DONE "launched=- | final=- | awarded=-"

/* A and B under both readings, so that each row has its outcome and its sentence. */
static const RuleRow own_rows[] = {
  { "R-062", "✓✓✓ → PASS", "c:934", "", "pass", "Huyện Phụng Hiệp" },
  { "R-062", "✓✗✓ → FAIL", "c:934", "final=-", "fail",
    "chưa tổng kết đợt … cách hiểu A: thiếu một trong ba việc thì không", NULL, "events:final/date" },
  { "R-062", "✗✗✗ → FAIL under A", "c:934", NONE_DONE, "fail", "phát động, tổng kết, khen thưởng theo thẩm quyền đợt",
    NULL, "events:launch/date" },
  { "R-062", "✗✗✗ → FAIL under B", "c:934", NONE_DONE, "fail", "cách hiểu B: thiếu cả ba việc thì không đề nghị",
    "ownLevelReading=B" },
  { "R-062", "✓✗✓ → B PASS", "c:934", "final=-", "pass", "còn thiếu: tổng kết (cách hiểu B", "ownLevelReading=B" },
  { "R-062", "✗✓✓ → FAIL", "c:934", "launched=-", "fail", "chưa phát động" },
  { "R-062", "✓✓✗ → FAIL", "c:934", "awarded=-", "fail", "chưa khen thưởng theo thẩm quyền", NULL,
    "events:own_awards/date" },
  { "R-062", "✓✓✗ → B PASS", "c:934", "awarded=-", "pass", NULL, "ownLevelReading=B" },
  { "R-062", "✓✓N/A(“không có thẩm quyền”) → PASS+WARN", "c:934", "awarded=- | nopower=không có thẩm quyền", "warn",
    "không có thẩm quyền" },
  { "R-062", "before 01/7/2025 summed=false → UNKNOWN (“chưa đến kỳ”)", "c:934",
    "final=- | awarded=- | today=2025-06-30 | received=-", "unknown", "chưa đến kỳ (từ ngày 01/7/2025)" },
  { "R-062", "before 01/7/2025, not launched → FAIL", "c:934", NONE_DONE " | today=2025-06-30 | received=-", "fail" },
  { "R-062", "at submission it must be true", "c:934", "final=- | awarded=- | today=2025-06-30 | received=2025-06-30",
    "fail", "chưa tổng kết" },
  { "R-062", "from 01/7/2025 it must be true", "c:934", "final=- | awarded=- | today=2025-07-01 | received=-", "fail" },
  { "R-062", "before 01/7/2025, nothing done → B UNKNOWN", "c:934", NONE_DONE " | today=2025-06-30 | received=-",
    "unknown", NULL, "ownLevelReading=B" },
  { "R-062", "R-063: TX Long Mỹ not summed → its dossiers blocked", "p:31481<937", "s.final=-", "fail",
    "Thị xã Long Mỹ chưa tổng kết" },
  { "R-062", "R-063: xã Tân Phú not launched, TX ok → Tân Phú blocked", "p:31481<937", "launched=-", "fail",
    "Xã Tân Phú chưa phát động", NULL, "events:launch/date" },
  { "R-062", "R-063: xã Tân Phú not launched, TX ok → the TX itself is not", "p:937", "", "pass", "Thị xã Long Mỹ" },
};

/* Unit, whether it leads a programme, persons proposed. */
static const RuleRow quota_rows[] = {
  { "R-052", "Ngã Bảy 8 → PASS", "p:931", "persons=8", "pass", "08/08" },
  { "R-052", "Ngã Bảy 9 → FAIL", "p:931", "persons=9", "fail",
    "đã đề nghị 09 cá nhân, vượt số lượng được xét chọn (08)" },
  { "R-052", "Vị Thanh 12 → PASS", "p:930", "persons=12", "pass", "12/12" },
  { "R-052", "Vị Thủy 12 in the same campaign → PASS", "p:935", "persons=12", "pass", "12/12" },
  { "R-052", "Phụng Hiệp 0 → INFO", "p:934", "persons=0", "pass", "00/14" },
  { "R-052", "banks: 1", "p:nhcsxh", "persons=2", "fail", "(01)" },
  { "R-052", "Đảng bộ Khối: 1", "p:dang-bo-khoi-ccq-dn", "persons=2", "fail" },
  { "R-052", "R-054: communes have none of their own", "p:31429", "persons=5", "n/a", "cấp trên trực tiếp" },
  { "R-052", "R-054: Ngã Bảy: 5 of the city + 3 of wards = 8 → PASS; + 1 → FAIL", "p:31344<931", "persons=9", "fail",
    "Thành phố Ngã Bảy đã đề nghị 09" },
  { "R-052", "R-053: sở leading 1 đề án, 2 persons → PASS", "p:so-y-te", "led=Một | persons=2", "pass",
    "02/02 … 02 cá nhân thay cho 01" },
  { "R-052", "R-053: sở leading 1 đề án, 3 persons → FAIL", "p:so-y-te", "led=Một | persons=3", "fail",
    "02 cá nhân thay cho 01" },
  { "R-052", "R-053: sở not leading, 2 persons → FAIL", "p:so-tu-phap", "persons=2", "fail", "(01)" },
  { "R-052", "R-053: Công an tỉnh leading, 4 persons → PASS", "p:dang-bo-cong-an", "led=Một | persons=4", "pass",
    "04/04" },
  { "R-052", "R-053 “add”: sở leading 1 đề án, 3 persons → PASS", "p:so-y-te", "led=Một | persons=3", "pass",
    "03/03 … thêm 02 cá nhân", "leadQuota=add" },
  { "R-052", "R-053 “add”: sở leading 1 đề án, 4 persons → FAIL", "p:so-y-te", "led=Một | persons=4", "fail",
    "thêm 02 cá nhân", "leadQuota=add" },
};

void
rules_add_people (GPtrArray *checks)
{
  rules_add_rows (checks, person_rows, G_N_ELEMENTS (person_rows));
  rules_add_rows (checks, award_rows, G_N_ELEMENTS (award_rows));
  rules_add_rows (checks, own_rows, G_N_ELEMENTS (own_rows));
  rules_add_rows (checks, quota_rows, G_N_ELEMENTS (quota_rows));
}
