/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules-cases.h"

/* Papers, deadlines, reviews. */

/* Decomposed, and with spaces one too many. */
#define MAU_NFD                                                                                                        \
  "Nguye\xCC\x82"                                                                                                      \
  "\xCC\x83"                                                                                                           \
  "n  Va\xCC\x86"                                                                                                      \
  "n Ma\xCC\x82"                                                                                                       \
  "\xCC\x83"                                                                                                           \
  "u"

static const RuleRow letter_rows[] = {
  { "R-070", "signed scan attached → PASS", "p:31429<934", "", "pass", "118/TTr-UBND ngày 07/7/2025" },
  { "R-070", "draft without number → FAIL on submit", "p:31429<934", "letter.number=", "fail", "chưa có số.", NULL,
    "submission:letter/number" },
  { "R-070", "without date → FAIL", "p:31429<934", "letter.date=-", "fail", "chưa có ngày.", NULL,
    "submission:letter/date" },
  { "R-070", "without signer → FAIL", "p:31429<934", "letter.signer=", "fail", "chưa có người ký.", NULL,
    "submission:letter/signer_name" },
  { "R-070", "not in a submission yet → N/A", "p:31429<934", "letters=no", "n/a", "chưa vào đợt trình" },
  { "R-071", "present → PASS", "p:31429<934", "", "pass", "05/BB-HĐTĐKT" },
  { "R-071", "present, without a number → PASS", "p:31429<934", "minutes.number=", "pass", "05/7/2025" },
  { "R-071", "minutes of the Party committee instead of the Council → WARN", "p:31429<934", "minutes.number=05/BB-ĐU",
    "warn", "không phải của Hội đồng", NULL, "submission:minutes/number" },
  { "R-071", "minutes of Đảng ủy Khối → WARN", "p:31429<934", "minutes.number=05/BB-ĐUK", "warn" },
  { "R-071", "minutes of Huyện ủy → WARN", "p:31429<934", "minutes.number=05/BB-HU", "warn" },
  { "R-071", "minutes of Thành ủy → WARN", "p:31429<934", "minutes.number=05/BB-ThU", "warn" },
  { "R-071", "minutes of Thị ủy → WARN", "p:31429<934", "minutes.number=05/BB-ThiU", "warn" },
  { "R-071", "minutes of Tỉnh ủy → WARN", "p:31429<934", "minutes.number=05/BB-TU", "warn" },
  { "R-071", "minutes of Ban Thường vụ → WARN", "p:31429<934", "minutes.number=05/BB-BTV", "warn" },
  { "R-071", "minutes of a chi bộ → WARN", "p:31429<934", "minutes.number=05/BB-CB", "warn" },
  { "R-071", "missing → FAIL", "p:31429<934", "minutes.number= | minutes.date=- | minutes.chair=", "fail",
    "chưa có ngày, người chủ trì.", NULL, "submission:minutes/date" },
  { "R-071", "without the chair → FAIL", "p:31429<934", "minutes.chair=", "fail", "chưa có người chủ trì.", NULL,
    "submission:minutes/chair" },
  { "R-071", "not in a submission yet → N/A", "p:31429<934", "letters=no", "n/a" },
  { "R-072", "10 nominees, 10 reports → PASS", "p:31429<934", "", "pass" },
  { "R-072", "10 nominees, 9 reports → FAIL naming the person", "p:31429<934", "papers=KHAC", "fail",
    "thiếu báo cáo thành tích của Nguyễn Văn Mẫu", NULL, "nomination:file" },
  { "R-072", "of a collective → FAIL", "c:934", "papers=", "fail" },
  { "R-072", "of a person without a name → FAIL", "p:31429<934", "papers=KHAC | name=", "fail",
    "của cá nhân chưa nhập họ tên." },
  { "R-072", "of a collective without a name → FAIL", "c:934", "papers= | name=", "fail",
    "của tập thể chưa nhập tên." },
  { "R-075", "same 8 names → PASS", "p:31429<934", "letter.names=A,B,C,D,E,F,G,H | minutes.names=H,G,F,E,D,C,B,A",
    "pass", "08 tên" },
  { "R-075", "Tờ trình 8, Biên bản 7 → FAIL naming the difference", "p:31429<934",
    "letter.names=A,B,C,D,E,F,G,H | minutes.names=A,C,D,E,F,G,H", "fail", "B (chỉ có trong Tờ trình)", NULL,
    "submission:minutes/names" },
  { "R-075", "Biên bản names one more → FAIL", "p:31429<934", "letter.names=A | minutes.names=A,D", "fail",
    "D (chỉ có trong Biên bản)" },
  { "R-075", "with repetition → FAIL", "p:31429<934", "letter.names=A,A | minutes.names=A", "fail" },
  { "R-075", "“Nguyễn Văn Mẫu” in NFD vs NFC → PASS", "p:31429<934",
    "letter.names=Nguyễn Văn Mẫu | minutes.names=" MAU_NFD, "pass" },
  { "R-075", "another spelling is another name → FAIL", "p:31429<934", "letter.names=Hoà | minutes.names=Hòa", "fail" },
  { "R-075", "no list in the Biên bản → UNKNOWN", "p:31429<934", "letter.names=A | minutes.names=", "unknown" },
  { "R-075", "no list in the Tờ trình → UNKNOWN", "p:31429<934", "letter.names= | minutes.names=A", "unknown" },
  { "R-075", "not in a submission yet → N/A", "p:31429<934", "letters=no", "n/a" },
  { "R-076", "02/7, 04/7, 10/7 → PASS", "p:31429<934",
    "minutes.date=2025-07-02 | letter.date=2025-07-04 | received=2025-07-10", "pass" },
  { "R-076", "all on one day → PASS", "p:31429<934",
    "minutes.date=2025-07-04 | letter.date=2025-07-04 | received=2025-07-04", "pass" },
  { "R-076", "Biên bản on 30/6/2025 → PASS", "p:31429<934", "minutes.date=2025-06-30", "pass" },
  { "R-076", "Biên bản 08/7 after Tờ trình 04/7 → WARN", "p:31429<934",
    "minutes.date=2025-07-08 | letter.date=2025-07-04 | received=2025-07-10", "warn",
    "Tờ trình ngày 04/7/2025 trước Biên bản ngày 08/7/2025", NULL, "submission:minutes/date" },
  { "R-076", "Biên bản 20/6/2025 (before the evaluation date) → WARN", "p:31429<934", "minutes.date=2025-06-20", "warn",
    "Biên bản ngày 20/6/2025" },
  { "R-076", "received before the Tờ trình → WARN", "p:31429<934", "letter.date=2025-07-07 | received=2025-07-03",
    "warn", "ngày nhận 03/7/2025" },
  { "X-005", "confirmed by the level that hands in → PASS", "p:31429<934", "confirmed=yes", "pass", "có xác nhận" },
  { "X-005", "its signed letter confirms where nothing else is said", "p:31429<934", "", "pass", "118/TTr-UBND" },
  { "X-005", "not confirmed → WARN", "p:31429<934", "confirmed=no", "warn", "chưa có xác nhận của Huyện Phụng Hiệp",
    NULL, "nomination:report_confirmed" },
  { "X-005", "not in a submission yet → N/A", "p:31429<934", "letters=no", "n/a" },
};

#define ALL_THREE "papers=XAC_NHAN_THUE XAC_NHAN_BHXH XAC_NHAN_BHYT"
#define ONE_FOR_BOTH "papers=XAC_NHAN_THUE XAC_NHAN_BHXH BHXH_GHI_BHYT"

static const RuleRow enterprise_rows[] = {
  { "R-073", "company with tax + BHXH(both) → PASS", "c:dn-mau-mot", ONE_FOR_BOTH, "pass" },
  { "R-074", "company with tax + BHXH(both) → PASS", "c:dn-mau-mot", ONE_FOR_BOTH, "pass", "là đủ" },
  { "R-074", "three papers → PASS", "c:dn-mau-mot", ALL_THREE, "pass" },
  { "R-074", "BHXH paper silent on BHYT → FAIL", "c:dn-mau-mot", "papers=XAC_NHAN_THUE XAC_NHAN_BHXH", "fail",
    "thiếu xác nhận về bảo hiểm y tế của … một văn bản của cơ quan bảo hiểm xã hội ghi rõ cả bảo hiểm y tế", NULL,
    "nomination:file" },
  { "R-074", "no BHXH paper → FAIL", "c:dn-mau-mot", "papers=XAC_NHAN_BHYT", "fail",
    "thiếu văn bản xác nhận của cơ quan bảo hiểm xã hội của" },
  { "R-074", "“two”: BHXH(both) alone → FAIL", "c:dn-mau-mot", ONE_FOR_BOTH, "fail", "hai văn bản riêng",
    "insurancePapers=two" },
  { "R-074", "“two”: both papers → PASS", "c:dn-mau-mot", ALL_THREE, "pass", "hai văn bản riêng",
    "insurancePapers=two" },
  { "R-073", "company without tax paper → FAIL", "c:dn-mau-mot", "papers=", "fail",
    "thiếu văn bản xác nhận của cơ quan quản lý thuế của", NULL, "nomination:file" },
  { "R-073", "Phó Giám đốc → N/A", "p:dn-mau-mot", "papers=", "n/a" },
  { "R-074", "Phó Giám đốc → N/A", "p:dn-mau-mot", "papers=", "n/a" },
  { "R-073", "Giám đốc → both needed", "p:dn-mau-mot", "director=yes | papers=", "fail" },
  { "R-074", "Giám đốc → both needed", "p:dn-mau-mot", "director=yes | papers=", "fail" },
  { "R-073", "Chủ tịch HĐQT, HĐTV who is not director → WARN", "p:dn-mau-mot", "chair=yes | papers=", "warn" },
  { "R-074", "Chủ tịch HĐQT, HĐTV who is not director → WARN", "p:dn-mau-mot", "chair=yes | papers=", "warn" },
  { "R-073", "Giám đốc HTX → WARN only", "p:dn-mau-mot", "kind=hop_tac_xa | director=yes | papers=", "warn" },
  { "R-074", "Giám đốc HTX → WARN only", "p:dn-mau-mot", "kind=hop_tac_xa | director=yes | papers=", "warn" },
  { "R-073", "HTX → WARN “nên có”", "c:dn-mau-mot", "kind=hop_tac_xa | papers=", "warn", "Nên có" },
  { "R-074", "HTX → WARN “nên có”", "c:dn-mau-mot", "kind=hop_tac_xa | papers=", "warn", "Nên có" },
  { "R-073", "Giám đốc of an enterprise nominated by a district → needed", "p:934", "director=yes | papers=", "fail" },
  { "R-074", "Giám đốc of an enterprise nominated by a district → needed", "p:934",
    "director=yes | papers=XAC_NHAN_THUE", "fail" },
  { "R-073", "a district → N/A", "c:934", "papers=", "n/a" },
  { "R-074", "a district → N/A", "c:934", "papers=", "n/a" },
};

static const RuleRow deadline_rows[] = {
  { "R-080", "2025-07-11 → PASS", "p:31429<934", "received=2025-07-11", "pass", "11/7/2025, đúng hạn" },
  { "R-080", "2025-07-12 → late", "p:31429<934", "received=2025-07-12", "fail",
    "Hồ sơ nhận ngày 12/7/2025, sau ngày 11/7/2025" },
  { "R-080", "a draft on the last day waits", "p:31429<934", "received=- | today=2025-07-11", "pass", "còn 00 ngày" },
  { "R-080", "a draft after the day will be late", "p:31429<934", "received=- | today=2025-07-12", "fail",
    "12/7/2025" },
  { "R-080", "R-082: TRA_LAI → DA_TRINH after 11/7/2025, first received on time → WARN", "p:31429<934",
    "received=2025-07-10 | again=2025-07-15", "warn", "trình lại ngày 15/7/2025 … lần đầu ngày 10/7/2025" },
  { "R-080", "R-082: TRA_LAI → DA_TRINH after 11/7/2025, first received late → OVERRIDE", "p:31429<934",
    "received=2025-07-12 | again=2025-07-15", "fail", "Hồ sơ nhận ngày 12/7/2025" },
  { "R-080", "R-082: handed in again within the time → PASS", "p:31429<934", "received=2025-07-08 | again=2025-07-10",
    "pass", "đúng hạn" },
  { "R-081", "opinion 2025-08-01 → PASS", "c:934", "council=2025-07-25 | opinion=2025-08-01", "pass",
    "01/8/2025, đúng hạn (đến hết ngày 01/8/2025; hạn áp dụng cả với việc trình Hội đồng và ý kiến" },
  { "R-081", "opinion 2025-08-02 → late", "c:934", "council=2025-07-25 | opinion=2025-08-02", "warn",
    "cho ý kiến ngày 02/8/2025, sau ngày 01/8/2025" },
  { "R-081", "sent 2025-08-02 → late", "c:934", "council=2025-08-02 | opinion=2025-08-02", "warn",
    "Trình Hội đồng ngày 02/8/2025" },
  { "R-081", "countdown to the sending", "c:934", "today=2025-07-15", "n/a", "Chưa trình Hội đồng … còn 17 ngày" },
  { "R-081", "countdown to the opinion", "c:934", "council=2025-07-25 | today=2025-08-01", "n/a",
    "chưa cho ý kiến … còn 00 ngày" },
  { "R-081", "not sent by 2025-08-02 → WARN", "c:934", "today=2025-08-02", "warn", "02/8/2025 chưa trình Hội đồng" },
  { "R-081", "no opinion by 2025-08-02 → WARN", "c:934", "council=2025-07-25 | today=2025-08-02", "warn",
    "02/8/2025 Hội đồng chưa cho ý kiến" },
  { "R-081", "not handed in yet → N/A", "c:934", "received=- | today=2025-08-02", "n/a", "Chưa đến bước" },
  { "R-081", "“sending”: opinion 2025-08-02 → PASS", "c:934", "council=2025-08-01 | opinion=2025-08-02", "pass",
    "01/8/2025 … hạn áp dụng với việc trình Hội đồng)", "reviewReading=sending" },
  { "R-081", "“opinion”: sent 2025-08-02 → late by the opinion only", "c:934", "council=2025-08-02 | today=2025-08-01",
    "n/a", "chưa cho ý kiến … hạn áp dụng với ý kiến của Hội đồng", "reviewReading=opinion" },
  { "R-081", "“opinion”: opinion 2025-08-02 → late", "c:934", "council=2025-07-25 | opinion=2025-08-02", "warn", NULL,
    "reviewReading=opinion" },
  { "R-086", "quý III năm 2025 (01/7–30/9/2025)", "p:31429<934", "", "pass", "từ ngày 01/7/2025 đến ngày 30/9/2025" },
  { "R-093", "Provincial tổng kết at the Đại hội", "p:31429<934", "", "pass", "Đại hội Thi đua yêu nước tỉnh" },
};

static const RuleRow review_rows[] = {
  { "R-090", "2024-12-27 → PASS", "c:934", "interim=2024-12-27", "pass", "27/12/2024" },
  { "R-090", "on the first day of the window → PASS", "c:934", "interim=2024-12-01", "pass" },
  { "R-090", "before the window → WARN", "c:934", "interim=2024-11-30", "warn", "30/11/2024 … 01/12/2024" },
  { "R-090", "on the last day of the window → PASS", "c:934", "interim=2025-02-28", "pass" },
  { "R-090", "after the window → WARN", "c:934", "interim=2025-03-01", "warn", "28/02/2025" },
  { "R-090", "none by 2025-03-01 → WARN", "c:934", "interim=- | today=2025-03-01", "warn", "Chưa ghi nhận sơ kết", NULL,
    "events:interim/date" },
  { "R-090", "none before that → N/A", "c:934", "interim=- | today=2025-02-28", "n/a", "01/3/2025" },
  { "R-091", "2025-07-04 → PASS", "c:934", "final=2025-07-04", "pass" },
  { "R-091", "2025-06-15 → PASS", "c:934", "final=2025-06-15", "pass" },
  { "R-091", "2025-06-14 → WARN", "c:934", "final=2025-06-14", "warn", "15/6/2025" },
  { "R-091", "2025-05-20 → WARN", "c:934", "final=2025-05-20", "warn", "20/5/2025" },
  { "R-091", "none on the report's day → WARN", "c:934", "final=- | today=2025-07-11", "warn", "Chưa ghi nhận tổng kết",
    NULL, "events:final/date" },
  { "R-091", "none before that → N/A", "c:934", "final=- | today=2025-07-10", "n/a" },
  { "R-092", "2025-07-10 → PASS", "c:934", "report=2025-07-10", "pass", "trước ngày 11/7/2025" },
  { "R-092", "2025-07-11 → late", "c:934", "report=2025-07-11", "warn", "không trước ngày 11/7/2025" },
  { "R-092", "none on the last day before → N/A", "c:934", "report=- | today=2025-07-10", "n/a", "còn 00 ngày" },
  { "R-092", "missing → WARN", "c:934", "report=- | today=2025-07-11", "warn",
    "Chưa ghi nhận gửi báo cáo tổng kết trước ngày 11/7/2025", NULL, "events:report/date" },
};

void
rules_add_papers (GPtrArray *checks)
{
  rules_add_rows (checks, letter_rows, G_N_ELEMENTS (letter_rows));
  rules_add_rows (checks, enterprise_rows, G_N_ELEMENTS (enterprise_rows));
  rules_add_rows (checks, deadline_rows, G_N_ELEMENTS (deadline_rows));
  rules_add_rows (checks, review_rows, G_N_ELEMENTS (review_rows));
}
