/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

/* Registrations and collectives. */

static const RuleRow campaign_rows[] = {
  { "R-001", "evidence 2024-07-01 → in", "c:31429<934", "dated=2024-07-01", "pass", "01/7/2024 - 30/6/2025" },
  { "R-001", "evidence 2025-06-30 → in", "c:31429<934", "dated=2025-06-30", "pass" },
  { "R-001", "evidence 2024-06-30 → out", "c:31429<934", "dated=2024-06-30", "warn", "“CT1” (30/6/2024)", NULL,
    "targets:target/CT1/result_date" },
  { "R-001", "evidence 2025-07-01 → out", "c:31429<934", "dated=2025-07-01", "warn", "01/7/2024 - 30/6/2025" },
  { "R-010", "Đảng bộ xã Hiệp Hưng → PASS", "c:31429", "", "pass", "Đảng bộ xã Hiệp Hưng" },
  { "R-010", "chi bộ ấp (hamlet cell) → FAIL", "c:31429", "subject=party_cell_of_hamlet", "fail",
    "; chi bộ ấp, khu vực không thuộc diện.", NULL, "nomination:subject_kind" },
  { "R-010", "UBND huyện → FAIL with hint", "c:934", "subject=government_body", "fail",
    "tập thể được khen là Đảng bộ, không phải cơ quan chính quyền." },
  { "R-010", "phòng chuyên môn thuộc sở → FAIL", "c:so-y-te", "subject=division", "fail",
    "; phòng chuyên môn không thuộc diện." },
  { "R-010", "another body → FAIL", "c:so-y-te", "subject=other", "fail",
    "mục III.1 … ; tập thể được khen là chi, đảng bộ của cơ quan, đơn vị, địa phương." },
  { "R-010", "not chosen → UNKNOWN", "c:so-y-te", "subject=", "unknown" },
  { "R-010", "the board itself → FAIL", "c:ban-tdkt", "", "fail", "không thuộc diện" },
  { "R-011", "công chức of Sở Y tế → PASS", "p:so-y-te", "", "pass" },
  { "R-011", "worker of an enterprise in KCN Tân Phú Thạnh → PASS", "p:dn-mau-mot", "", "pass" },
  { "R-011", "person working in another province → FAIL", "p:so-y-te", "outside=yes", "fail",
    "không công tác, lao động, cư trú", NULL, "nomination:outside" },
};

static const RuleRow registration_rows[] = {
  { "R-012", "2024-07-19 → PASS", "c:934", "registered=2024-07-19", "pass", "19/7/2024, đúng hạn (19/7/2024)" },
  { "R-012", "2024-07-20 → WARN late", "c:934", "registered=2024-07-20", "warn",
    "Đăng ký gửi ngày 20/7/2024, sau ngày 19/7/2024" },
  { "R-012", "none → OVERRIDE", "c:934", "registered=-", "fail", "chưa gửi đăng ký" },
  { "R-012", "a draft before the day waits", "r:934", "registered=- | today=2024-07-17", "pass", "còn 02 ngày" },
  { "R-012", "a draft on the last day waits", "r:934", "registered=- | today=2024-07-19", "pass", "còn 00 ngày" },
  { "R-012", "of the nomination, before the day → N/A", "c:934", "registered=- | today=2024-07-17", "n/a",
    "còn 02 ngày" },
  { "R-012", "a draft after the day will be late", "r:934", "registered=- | today=2024-07-20", "warn", "20/7/2024" },
  { "R-013", "Sở Y tế → Ban TĐKT", "r:so-y-te", "", "pass", "gửi qua Ban Thi đua - Khen thưởng, Sở Nội vụ." },
  { "R-013", "Sở Y tế, another way → FAIL", "r:so-y-te", "route=no", "fail", "Sai nơi nhận: Sở Y tế gửi qua Ban" },
  { "R-013", "the special committees: the same route", "r:dang-bo-cong-an", "", "pass", "Ban Thi đua - Khen thưởng" },
  { "R-014", "TX Long Mỹ → Ban TĐKT", "r:937", "", "pass", "gửi qua Ban Thi đua - Khen thưởng, Sở Nội vụ." },
  { "R-014", "TX Long Mỹ, another way → FAIL", "r:937", "route=no", "fail", "Sai nơi nhận" },
  { "R-015", "xã Long Phú → UBND thị xã Long Mỹ, then Ban TĐKT", "r:31480<937", "", "pass",
    "Phòng Nội vụ thị xã Long Mỹ, sau đó Ban Thi đua - Khen thưởng, Sở Nội vụ" },
  { "R-015", "xã Long Phú → Ban TĐKT directly → ERROR", "c:31480<937", "route=no", "fail",
    "Sai nơi nhận: Xã Long Phú gửi qua Phòng Nội vụ thị xã Long Mỹ" },
  { "R-016", "enterprise in a block → Ban TĐKT", "r:dn-mau-mot", "", "pass", "Ban Thi đua - Khen thưởng, Sở Nội vụ" },
  { "R-016", "enterprise outside any block → WARN", "c:dn-mau-mot", "block=no", "warn", "khối thi đua" },
  { "R-016", "enterprise in a block of the catalogue → PASS", "c:dn-mau-mot", "block=no | catalogued=yes", "pass" },
  { "R-016", "enterprise, another way → FAIL", "r:dn-mau-mot", "route=no", "fail", "Sai nơi nhận" },
  { "R-017", "target with basis + 2025 value + 30/6/2025 value → PASS", "r:934",
    "basis=Nghị quyết Đại hội Đảng bộ huyện Phụng Hiệp | by=52", "pass", "01 chỉ tiêu" },
  { "R-017", "missing the 30/6/2025 value → FAIL", "r:934", "basis=Nghị quyết Đại hội Đảng bộ huyện Phụng Hiệp | by=",
    "fail", "“CT1” thiếu mức phấn đấu đến hết ngày 30/6/2025.", NULL, "targets:target/CT1/basis" },
  { "R-017", "missing the basis → FAIL", "r:934", "basis= | by=52", "fail", "“CT1” thiếu văn bản căn cứ." },
  { "R-017", "missing the 2025 value → FAIL", "r:934",
    "targets=/52 | basis=Nghị quyết Đại hội Đảng bộ huyện Phụng Hiệp | by=52", "fail",
    "“CT1” thiếu chỉ tiêu, nhiệm vụ đề ra." },
  { "R-017", "district target citing the provincial Resolution only → WARN", "r:934",
    "basis=Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV | by=52", "warn", "“CT1”" },
  { "R-017", "commune target citing a paper of Tỉnh ủy only → WARN", "r:31429<934",
    "basis=Chương trình của Tỉnh ủy | by=52", "warn" },
  { "R-017", "commune target citing a /TU paper only → WARN", "r:31429<934", "basis=Nghị quyết số 04-NQ/TU | by=52",
    "warn" },
  { "R-017", "“xây dựng” is not a xã → WARN", "r:31429<934", "basis=Nghị quyết Đảng bộ tỉnh về xây dựng | by=52",
    "warn" },
  { "R-017", "own Resolution of a huyện beside the province's → PASS", "r:934",
    "basis=Đảng bộ tỉnh và Đảng bộ huyện | by=52", "pass" },
  { "R-017", "own Resolution of a thị xã → PASS", "r:937", "basis=Đảng bộ tỉnh và Đảng bộ thị xã | by=52", "pass" },
  { "R-017", "own Resolution of a thành phố → PASS", "r:930", "basis=Đảng bộ tỉnh và Đảng bộ thành phố | by=52",
    "pass" },
  { "R-017", "own Resolution of a xã → PASS", "r:31429<934", "basis=Đảng bộ tỉnh và Đảng bộ xã | by=52", "pass" },
  { "R-017", "own Resolution of a phường → PASS", "r:31321<930", "basis=Đảng bộ tỉnh và Đảng bộ phường | by=52",
    "pass" },
  { "R-017", "own Resolution of a thị trấn → PASS", "r:31429<934", "basis=Đảng bộ tỉnh và Đảng bộ thị trấn | by=52",
    "pass" },
  { "R-017", "department citing the provincial Resolution → PASS", "r:so-y-te",
    "basis=Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV | by=52", "pass" },
  { "R-017", "zero targets → FAIL", "r:934", "targets=", "fail", "chưa có chỉ tiêu nào" },
  { "R-018", "all six → PASS", "r:dn-mau-mot", "six=6", "pass", "06" },
  { "R-018", "five → FAIL naming the missing one", "r:dn-mau-mot", "six=5", "fail",
    "Tham gia ủng hộ nhân đạo, xã hội từ thiện … 06" },
  { "R-018", "none → FAIL naming all", "r:dn-mau-mot", "six=0", "fail",
    "“Lợi nhuận”; “Nộp ngân sách nhà nước”; “Tạo việc làm mới cho người lao động”; “Tổng số người lao động tham gia "
    "đóng bảo hiểm”; “Thu nhập bình quân của người lao động”; “Tham gia ủng hộ nhân đạo, xã hội từ thiện” (phải" },
  { "R-018", "2023 actual blank → UNKNOWN", "r:dn-mau-mot", "six=6 | base=", "unknown", "Lợi nhuận", NULL,
    "targets:indicator/Lợi nhuận/actual_2023" },
  { "R-018", "a real 0 is typed as 0 → PASS", "r:dn-mau-mot", "six=6 | base=0", "pass" },
  { "R-018", "however the name is written → PASS", "r:dn-mau-mot", "six=6 | indicator=LỢI  NHUẬN", "pass" },
  { "R-019", "profit 2023 = 5.000, target 5.000 → PASS", "r:dn-mau-mot", "six=6 | base=5000 | aim=5000", "pass" },
  { "R-019", "target 4.999,9 → FAIL", "r:dn-mau-mot", "six=6 | base=5000 | aim=4999.9", "fail", "4.999,9 < 5.000" },
  { "R-019", "new jobs 2023 = 0, target 0 → PASS", "r:dn-mau-mot", "six=6 | base=0 | aim=0", "pass" },
  { "R-019", "profit 2023 = −500, target −400 → PASS + WARN", "r:dn-mau-mot", "six=6 | base=-500 | aim=-400", "warn",
    "giá trị âm" },
  { "R-019", "a larger loss → FAIL", "r:dn-mau-mot", "six=6 | base=-400 | aim=-500", "fail" },
  { "R-019", "charity 2023 = 120, target 100 → FAIL", "r:dn-mau-mot", "six=6 | base=120 | aim=100", "fail",
    "100 < 120" },
  { "R-019", "2023 actual blank → UNKNOWN", "r:dn-mau-mot", "six=6 | base=", "unknown" },
  { "R-019", "target blank → UNKNOWN, on the nomination too", "c:dn-mau-mot", "six=6 | aim=", "unknown", "Lợi nhuận",
    NULL, "targets:indicator/Lợi nhuận/target_2025" },
  { "R-020", "has number+date → PASS", "r:934", "plan=2024-07-08", "pass", "08/7/2024" },
  { "R-020", "none → WARN", "r:934", "plan=-", "warn", "Chưa có kế hoạch triển khai", NULL, "events:plan/date" },
  { "R-021", "department target with basis 04-NQ/TU → flagged", "r:so-y-te",
    "basis=Nghị quyết số 04-NQ/TU ngày 26/11/2021", "pass", "“CT1”" },
  { "R-021", "department target with basis 50-CTr/TU → flagged", "r:so-y-te", "basis=CHƯƠNG TRÌNH SỐ 50-CTR/TU", "pass",
    "“CT1”" },
  { "R-021", "commune target from its own Resolution → not flagged", "r:31429<934",
    "basis=Nghị quyết Đại hội Đảng bộ xã", "n/a" },
};

static const RuleRow eligibility_rows[] = {
  { "R-030", "OK → PASS", "c:31429<934", "compliance=OK", "pass" },
  { "R-030", "discipline decided 03/2025 → FAIL", "c:31429<934", "compliance=VIOLATION", "fail",
    "Chưa bảo đảm điều kiện gương mẫu", NULL, "events:compliance/state" },
  { "R-030", "denunciation being verified → FAIL until closed", "c:31429<934", "compliance=UNDER_REVIEW", "fail",
    "98/2023" },
  { "R-030", "blank → UNKNOWN", "c:31429<934", "compliance=", "unknown" },
  { "R-030", "NOT_STATED → UNKNOWN", "c:31429<934", "compliance=NOT_STATED", "unknown" },
  { "R-031", "XXXTT PASS", "c:so-y-te", "ratings=XXXTT", "pass", "Cả 05 năm … 03 năm … (cần 03)", NULL, "" },
  { "R-031", "XXTTT FAIL(3)", "c:so-y-te", "ratings=XXTTT", "fail", "Mới có 02/03 năm", NULL, "ratings:rating/2022" },
  { "R-031", "XXXTN FAIL(2)", "c:so-y-te", "ratings=XXXTN", "fail", "Năm 2024 xếp loại “hoàn thành nhiệm vụ”", NULL,
    "ratings:rating/2024" },
  { "R-031", "XXXX– UNKNOWN", "c:so-y-te", "ratings=XXXX-", "unknown", "năm 2024", NULL, "ratings:rating/2024" },
  { "R-031", "XXXXX PASS", "c:so-y-te", "ratings=XXXXX", "pass" },
  { "R-031", "a definite low year beats a missing one", "c:so-y-te", "ratings=N-XXX", "fail", "Năm 2020" },
  { "R-031", "KHTNV in words", "c:so-y-te", "ratings=KXXXX", "fail", "“không hoàn thành nhiệm vụ”" },
  { "R-031", "inherited ratings → MANUAL", "c:so-y-te", "ratings=XXXTT | inherited=Sở Giao thông vận tải", "manual",
    "Sở Giao thông vận tải … 03 năm" },
  { "R-031", "inherited ratings with a low year → MANUAL", "c:so-y-te", "ratings=XXXTN | inherited=Sở cũ", "manual",
    "Năm 2024" },
  { "R-031", "inherited ratings missing → UNKNOWN", "c:so-y-te", "ratings=XXXX- | inherited=Sở cũ", "unknown" },
  { "R-031", "no rating that year, confirmed → FAIL", "c:so-y-te", "ratings=XXXXo", "fail", "Năm 2024 không được" },
  { "R-035", "XXXTT PASS", "c:dn-mau-mot", "ratings=XXXTT", "pass" },
  { "R-035", "XXTTT FAIL(3)", "c:dn-mau-mot", "ratings=XXTTT", "fail", "02/03" },
  { "R-035", "XXXTN FAIL(2)", "c:dn-mau-mot", "ratings=XXXTN", "fail", "Năm 2024" },
  { "R-035", "XXXX– UNKNOWN", "c:dn-mau-mot", "ratings=XXXX-", "unknown" },
  { "R-038", "XXTTT PASS", "c:934", "ratings=XXTTT", "pass" },
  { "R-038", "XTTTT FAIL(3)", "c:934", "ratings=XTTTT", "fail", "Mới có 01/02 năm" },
  { "R-038", "XXXNX FAIL(2)", "c:934", "ratings=XXXNX", "fail", "Năm 2023" },
  { "R-038", "–XXXX UNKNOWN", "c:934", "ratings=-XXXX", "unknown" },
  { "R-040", "XXTTT PASS", "c:31429<934", "ratings=XXTTT", "pass" },
  { "R-040", "XTTTT FAIL(3)", "c:31429<934", "ratings=XTTTT", "fail", "01/02" },
  { "R-040", "XXXNX FAIL(2)", "c:31429<934", "ratings=XXXNX", "fail", "Năm 2023" },
  { "R-040", "–XXXX UNKNOWN", "c:31429<934", "ratings=-XXXX", "unknown", "Thiếu kết quả xếp loại năm 2020", NULL,
    "ratings:rating/2020" },
  { "R-040", "two missing years are both named", "c:31429<934", "ratings=--XXX", "unknown", "2020, 2021" },
  { "R-040", "X in 2025 or 2019 must not count", "c:31429<934", "ratings=TTTTTXXX", "fail", "00/02" },
  { "R-032", "yes+note → PASS", "c:so-y-te", "typical=yes | note=Tiêu biểu.", "pass", "Tiêu biểu.", NULL, "" },
  { "R-032", "yes without note → UNKNOWN", "c:so-y-te", "typical=yes | note=", "unknown", NULL, NULL,
    "events:typical/note" },
  { "R-032", "no → FAIL", "c:so-y-te", "typical=no | note=", "fail" },
  { "R-032", "blank → UNKNOWN", "c:so-y-te", "typical= | note=", "unknown", NULL, NULL, "events:typical/answer" },
  { "R-033", "leads 1 đề án, all targets ≥ 100 %, one 104 % → PASS", "c:so-y-te", "led=Một:100/100 50/52", "pass",
    "02/02" },
  { "R-033", "leads 2, the second has one target at 99,9 % → FAIL", "c:so-y-te",
    "led=Một:100/100 50/52,Hai:100/99.9 50/52", "fail",
    "Đề án “Hai” chưa hoàn thành toàn diện và vượt mức đến hết ngày 30/6/2025 … 99,9/100" },
  { "R-033", "leads none → N/A", "c:so-y-te", "", "n/a", "không được giao chủ trì" },
  { "R-033", "all exactly 100 % → FAIL", "c:so-y-te", "led=Ba:100/100 50/50", "fail", "chưa có chỉ tiêu vượt mức" },
  { "R-033", "a target without a result → UNKNOWN", "c:so-y-te", "led=Bốn:100/100 50/", "unknown", "“Bốn”" },
  { "R-033", "an unmet project beats one without a result", "c:so-y-te", "led=Bốn:100/100 50/,Năm:100/99", "fail",
    "“Năm”" },
  { "R-033", "a project without targets → UNKNOWN", "c:so-y-te", "led=Sáu", "unknown", "chưa có chỉ tiêu" },
  { "R-034", "coordinates none → N/A", "c:so-y-te", "", "n/a" },
  { "R-034", "one content “chưa tốt” → FAIL", "c:so-y-te", "coordinated=badly | exceeded=4", "fail",
    "chưa thực hiện tốt: “Một”" },
  { "R-034", "all good, 0 exceeded → FAIL", "c:so-y-te", "coordinated=well | exceeded=0", "fail",
    "không có chỉ tiêu vượt" },
  { "R-034", "all good, 4 exceeded, rank 1 → MANUAL", "c:so-y-te", "coordinated=well 4 2/3 | exceeded=4 | rank=1/9",
    "manual", "vượt 04 chỉ tiêu, xếp thứ 1/9" },
  { "R-034", "rankings A and B are shown", "c:so-y-te", "coordinated=well 4 2/3 | exceeded=4 | rank=1/9", "manual",
    "xếp thứ 1/9 … “Một”: 04 (2/3)" },
  { "R-034", "all good, 2 exceeded, rank 5/9 → MANUAL", "c:so-y-te", "coordinated=well 2 1/1 | exceeded=2 | rank=5/9",
    "manual", "vượt 02 chỉ tiêu, xếp thứ 5/9" },
  { "R-034", "nobody has said how well → UNKNOWN", "c:so-y-te", "coordinated=unrated | exceeded=4", "unknown",
    "Chưa có đánh giá nội dung phối hợp: “Một”" },
  { "R-034", "nobody has said how many → UNKNOWN", "c:so-y-te", "coordinated=well", "unknown",
    "Thiếu số chỉ tiêu vượt … “Một”" },
  { "R-034", "no rank yet → MANUAL", "c:so-y-te", "coordinated=well 4 0/0 | exceeded=4", "manual",
    "chưa xếp hạng được … “Một”: 04." },
};

static const RuleRow enterprise_rows[] = {
  { "R-036", "all six ≥ 100 %, profit 103 % → PASS", "c:dn-mau-mot", "six=6 | got2024=103", "pass", "06/06" },
  { "R-036", "any indicator of the 2024 plan at 98 % → FAIL", "c:dn-mau-mot", "six=6 | got2024=98", "fail", "98/100",
    NULL, "targets:indicator/Lợi nhuận/result_2024" },
  { "R-036", "all exactly 100 % → FAIL", "c:dn-mau-mot", "six=6", "fail", "chưa có chỉ tiêu … vượt mức" },
  { "R-036", "no 2024 plan entered → UNKNOWN", "c:dn-mau-mot", "six=6 | plan2024= | got2024=", "unknown", "Lợi nhuận" },
  { "R-037", "A: results 81 %, 85 %, 120 % → PASS", "c:dn-mau-mot", "halfyear=81 85 120", "pass",
    "81,00% … 33,33% … trên 80% (cách hiểu A" },
  { "R-037", "A: 80,0 % exactly → FAIL", "c:dn-mau-mot", "halfyear=80 85 120", "fail", "80,00% … cách hiểu A", NULL,
    "targets:indicator/80/result_half_2025" },
  { "R-037", "A: 79,99 % → FAIL", "c:dn-mau-mot", "halfyear=79.99 85 120", "fail", "79,99%" },
  { "R-037", "A: just over → PASS", "c:dn-mau-mot", "halfyear=80.000001", "pass" },
  { "R-037", "ten targets, nine at 100 %, one at 60 %: A FAIL", "c:dn-mau-mot",
    "halfyear=100 100 100 100 100 100 100 100 100 60", "fail", "90,00% … cách hiểu A" },
  { "R-037", "ten targets, nine at 100 %, one at 60 %: B (90 %) PASS", "c:dn-mau-mot",
    "halfyear=100 100 100 100 100 100 100 100 100 60", "pass",
    "90,00% … cách hiểu B: trên 80% số chỉ tiêu đã hoàn thành kế hoạch năm 2025", "enterpriseHalfYearReading=B" },
  { "R-037", "ten targets all at 81 %: A PASS", "c:dn-mau-mot", "halfyear=81 81 81 81 81 81 81 81 81 81", "pass" },
  { "R-037", "ten targets all at 81 %: B 0 % FAIL", "c:dn-mau-mot", "halfyear=81 81 81 81 81 81 81 81 81 81", "fail",
    "(0,00%) … cách hiểu B", "enterpriseHalfYearReading=B" },
  { "R-037", "B: 80 % of the targets exactly → FAIL", "c:dn-mau-mot", "halfyear=100 100 100 100 60", "fail", "80,00%",
    "enterpriseHalfYearReading=B" },
  { "R-037", "A: a result missing → UNKNOWN", "c:dn-mau-mot", "halfyear=90 -", "unknown" },
  { "R-037", "A: a low one beats a missing one", "c:dn-mau-mot", "halfyear=70 -", "fail" },
  { "R-037", "B: a result missing → UNKNOWN", "c:dn-mau-mot", "halfyear=70 -", "unknown", NULL,
    "enterpriseHalfYearReading=B" },
  { "R-037", "nothing planned is nothing short", "c:dn-mau-mot", "halfyear=0:0", "pass" },
  { "R-037", "a planned loss → MANUAL", "c:dn-mau-mot", "halfyear=-100:-90", "manual", "giá trị âm" },
  { "R-037", "no 2025 plan entered → UNKNOWN", "c:dn-mau-mot", "", "unknown", "Chưa nhập kế hoạch" },
};

static const RuleRow resolution_rows[] = {
  { "R-039", "20/20 targets met, 3 exceeded → PASS", "c:934", "many=20 3", "pass",
    "20/20 … 03 chỉ tiêu vượt … cách hiểu A: hoàn thành mọi" },
  { "R-039", "19/20 → FAIL listing the missing one", "c:934", "many=20 3 1", "fail", "“CT4” (9/10); … 19/20", NULL,
    "targets:target/CT4/actual" },
  { "R-039", "20/20 met exactly, none exceeded → FAIL", "c:934", "many=20 0", "fail", "vượt mức: 00/20" },
  { "R-039", "one target without a result → UNKNOWN", "c:934", "targets=10/11 10/", "unknown", "“CT2”" },
  { "R-039", "result dated 2025-07-05 → not counted", "c:934", "targets=10/11 10/10 | dated=2025-07-05", "unknown",
    "“CT2”" },
  { "R-039", "result dated 2025-06-30 → counted", "c:934", "targets=10/11 10/10 | dated=2025-06-30", "pass" },
  { "R-039", "no target entered → UNKNOWN", "c:934", "targets=", "unknown", "Chưa nhập chỉ tiêu" },
  { "R-039", "Công an, Quân sự, Khối: their own Resolution", "c:dang-bo-cong-an", "many=3 1", "pass", "03/03" },
  { "R-041", "20/20 targets met, 3 exceeded → PASS", "c:31429<934", "many=20 3", "pass", "20/20" },
  { "R-041", "19/20 → FAIL listing the missing one", "c:31429<934", "many=20 3 1", "fail", "“CT4” (9/10)" },
  { "R-041", "20/20 met exactly, none exceeded → FAIL", "c:31429<934", "many=20 0", "fail" },
  { "R-041", "one target without a result → UNKNOWN", "c:31429<934", "targets=10/11 10/", "unknown" },
  { "R-041", "result dated 2025-07-05 → not counted", "c:31429<934", "targets=10/11 10/10 | dated=2025-07-05",
    "unknown" },
  { "R-043", "NHCSXH chi nhánh → a (suggested)", "c:nhcsxh", "category=a", "pass", "nhóm tiêu chuẩn a" },
  { "R-043", "commercial bank in a block → b", "c:nhcsxh", "category=b", "pass" },
  { "R-043", "commercial bank without choice → UNKNOWN", "c:nhcsxh", "category=", "unknown",
    "Chưa xác định nhóm tiêu chuẩn", NULL, "events:category" },
  { "R-043", "HTX → b", "c:dn-mau-mot", "kind=hop_tac_xa | category=b", "pass" },
  { "R-043", "Đảng bộ Khối → c", "c:dang-bo-khoi-ccq-dn", "category=c", "pass" },
  { "R-043", "a category that is not its own → FAIL", "c:nhcsxh", "category=d", "fail", "a, b" },
  { "R-044", "Sở Giao thông vận tải dossier submitted 07/2025 → MANUAL", "c:so-giao-thong-van-tai", "", "manual",
    "19/02/2025; đơn vị kế thừa: Sở Xây dựng" },
  { "R-044", "its individuals too → MANUAL", "p:so-giao-thong-van-tai", "", "manual" },
  { "R-044", "unchanged unit → no warning", "c:so-y-te", "", "pass" },
  { "R-044", "before the day of the merger → no warning", "c:so-giao-thong-van-tai", "today=2025-02-18", "pass" },
};

/* "hoàn thành toàn diện và vượt mức": targets, and the outcome under A, B and C. */
static const struct
{
  const char *says, *targets, *a, *b, *c;
} exceed_rows[] = {
  { "plan 12 / actual 12, plan 50 / actual 55 → A PASS, B FAIL", "12/12 50/55", "pass", "fail", "pass" },
  { "poverty rate plan ≤ 2,0 %, actual 1,8 % → exceeded", "<2.0/1.8", "pass", "pass", "pass" },
  { "same, actual 2,1 % → not met", "<2.0/2.1 12/13", "fail", "fail", "fail" },
  { "same, actual 2,0 % → met, not exceeded", "<2.0/2.0 12/13", "pass", "fail", "pass" },
  { "“100 % xã đạt chuẩn”, actual 100 % → met, not exceeded", "100/100;100", "fail", "fail", "fail" },
  { "a capped target at its cap beside an exceeded one", "100/100;100 12/13", "pass", "fail", "pass" },
  { "above its plan, at its cap → met, not exceeded", "95/100;100", "fail", "fail", "pass" },
  { "above its plan, below its cap → exceeded", "95/99.5;100", "pass", "pass", "pass" },
  { "rounding: 99,96 % shown as “100,0 %” must still FAIL", "100.00/99.96;100 12/13", "fail", "fail", "fail" },
  { "none exceeded", "12/12 50/50", "fail", "fail", "fail" },
  { "all exceeded", "12/13 50/55", "pass", "pass", "pass" },
  { "one not met", "12/11 50/55", "fail", "fail", "fail" },
  { "one not met beats one without a result", "12/11 50/", "fail", "fail", "fail" },
  { "one without a result", "12/13 50/", "unknown", "unknown", "unknown" },
  { "one without a result, the other met only", "12/12 50/", "unknown", "fail", "unknown" },
  { "a plan that is no number", "12/13 abc/50", "unknown", "unknown", "unknown" },
  { "QUALITATIVE = confirmed", "=đạt/đạt 12/13", "pass", "fail", "pass" },
  { "QUALITATIVE cannot be exceeded", "=đạt/đạt", "fail", "fail", "fail" },
  { "QUALITATIVE in other words → MANUAL", "=đạt/đang 12/13", "manual", "manual", "manual" },
  { "a smaller loss is more", "-500/-400", "pass", "pass", "pass" },
  { "0,1 is 0,10", "0.1/0.10", "fail", "fail", "fail" },
};

/* For as long as the program runs; takes @text. */
static const char *
kept (char *text)
{
  const char *interned = g_intern_string (text);

  g_free (text);
  return interned;
}

static void
add_exceed (GPtrArray *checks)
{
  static RuleRow rows[3 * G_N_ELEMENTS (exceed_rows)];
  static const char *const settings[] = { "exceedReading=A", "exceedReading=B", "exceedReading=C" };
  static const char *const words[]
      = { "cách hiểu A: hoàn thành mọi chỉ tiêu và vượt ít nhất một chỉ tiêu", "cách hiểu B: vượt mọi chỉ tiêu",
          "cách hiểu C: hoàn thành mọi chỉ tiêu và mức hoàn thành bình quân trên 100%" };

  for (guint i = 0; i < G_N_ELEMENTS (exceed_rows); i++)
    for (guint r = 0; r < 3; r++)
      {
        const char *outcomes[] = { exceed_rows[i].a, exceed_rows[i].b, exceed_rows[i].c };
        gboolean decided = *outcomes[r] == 'p' || *outcomes[r] == 'f';

        rows[3 * i + r]
            = (RuleRow){ .rule = "R-041",
                         .says = kept (g_strdup_printf ("R-042 %c: %s", 'A' + (char)r, exceed_rows[i].says)),
                         .who = "c:31429<934",
                         .facts = kept (g_strdup_printf ("targets=%s", exceed_rows[i].targets)),
                         .outcome = outcomes[r],
                         .words = decided ? words[r] : NULL,
                         .setting = settings[r] };
      }
  rules_add_rows (checks, rows, G_N_ELEMENTS (rows));
}

/* What confirms and what denies a target in words, of every rule that measures such. */
static void
add_words (GPtrArray *checks)
{
  static const char *const said[][2]
      = { { "hoàn_thành", "pass" }, { "Đã_hoàn_thành", "pass" }, { "đạt", "pass" },      { "đã_đạt", "pass" },
          { "Có", "pass" },         { "chưa_xong", "fail" },     { "không_kịp", "fail" } };
  static const char *const whose[][3] = { { "R-033", "c:so-y-te", "led=Một:=xong/%s 12/13" },
                                          { "R-039", "c:934", "targets==xong/%s 12/13" },
                                          { "R-041", "c:31429<934", "targets==xong/%s 12/13" } };
  static RuleRow rows[G_N_ELEMENTS (said) * G_N_ELEMENTS (whose)];

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    for (guint w = 0; w < G_N_ELEMENTS (whose); w++)
      {
        g_auto (GStrv) parts = g_strsplit (whose[w][2], "%s", 2);

        rows[3 * i + w] = (RuleRow){ .rule = whose[w][0],
                                     .says = kept (g_strconcat ("in words: ", said[i][0], NULL)),
                                     .who = whose[w][1],
                                     .facts = kept (g_strconcat (parts[0], said[i][0], parts[1], NULL)),
                                     .outcome = said[i][1] };
      }
  rules_add_rows (checks, rows, G_N_ELEMENTS (rows));
}

void
rules_add_units (GPtrArray *checks)
{
  rules_add_rows (checks, campaign_rows, G_N_ELEMENTS (campaign_rows));
  rules_add_rows (checks, registration_rows, G_N_ELEMENTS (registration_rows));
  rules_add_rows (checks, eligibility_rows, G_N_ELEMENTS (eligibility_rows));
  rules_add_rows (checks, enterprise_rows, G_N_ELEMENTS (enterprise_rows));
  rules_add_rows (checks, resolution_rows, G_N_ELEMENTS (resolution_rows));
  add_exceed (checks);
  add_words (checks);
}
