/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rights-table.h"

#include <string.h>

gboolean
rights_has (const char *words, const char *word)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return strcmp (words, "*") == 0 || g_strv_contains ((const char *const *)list, word);
}

/* The places where each level holds it, and those behind the district's trình. */
#define AT_OWNER "draft returned"
#define AT_DISTRICT "submitted received assigned not_proposed withdrawn board_returned"
#define AT_BOARD "at_board board_received board_not_proposed in_council endorsed at_chairman decided awarded"
#define BEHIND AT_BOARD " board_returned"
#define HANDED_IN                                                                                                      \
  "submitted received assigned returned not_proposed withdrawn at_board board_received board_returned "                \
  "board_not_proposed in_council endorsed at_chairman decided awarded"
#define ASKED "board_received board_returned board_not_proposed in_council endorsed at_chairman decided awarded"

const RightsStep rights_steps[] = {
  /* trình: L of the holder, below the province */
  { "submit", "owner", "L", "draft returned" },
  { "submit", "district", "L", "received assigned board_returned" },
  /* lấy lại: L of the unit that submitted, before it is received */
  { "recall", "owner", "L", "submitted" },
  { "recall", "district", "L", "at_board" },
  /* tiếp nhận: O of the holder */
  { "receive", "district", "O", "submitted" },
  { "receive", "board", "O", "at_board" },
  /* trả lại: O or L of the holder who isn't the owner; at the province up to at_chairman */
  { "return", "district", "OL", "received assigned board_returned" },
  { "return", "board", "OL", "board_received in_council endorsed at_chairman" },
  { "not_propose", "district", "L", "received assigned" },
  { "not_propose", "board", "L", "board_received" },
  { "reconsider", "district", "L", "not_proposed" },
  { "reconsider", "board", "L", "board_not_proposed" },
  /* rút đề nghị: L of the owner, any stage before decided, whoever holds it */
  { "withdraw", "owner", "L",
    "draft submitted received assigned returned not_proposed at_board board_received board_returned "
    "board_not_proposed in_council endorsed at_chairman" },
  /* phân công: L of the holder, the stage stays */
  { "assign", "owner", "L", AT_OWNER },
  { "assign", "district", "L", AT_DISTRICT },
  { "assign", "board", "L", AT_BOARD },
  /* ghi nhận ngày nhận: O of a level it is addressed to, even before it is there */
  { "attest", "district", "O", "*" },
  { "attest", "board", "O", "*" },
  { "ask", "board", "OL", "board_received" },
  { "waive", "board", "L", "board_received" },
  { "appraise", "board", "A", "board_received" },
  /* rà soát: R of the Party Office that was asked; needs no custody */
  { "review", "asked", "R", ASKED },
  /* đã xem, không trùng: O of the holder, A of the province that was handed it; there must be a pair, so not of what is
   * no nomination any more; and nobody says it of a person he proposes himself */
  { "clear_double", "district", "O", "submitted received assigned board_returned" },
  { "clear_double", "board", "O", "at_board board_received in_council endorsed at_chairman decided awarded" },
  { "clear_double", "board", "A",
    "at_board board_received in_council endorsed at_chairman decided awarded board_returned" },
  { "to_council", "board", "SL", "board_received" },
  { "council_opinion", "board", "S", "in_council" },
  { "to_chairman", "board", "SL", "endorsed" },
  { "decide", "board", "L", "at_chairman" },
  { "award", "board", "O", "decided" },
  /* hủy bước: L of the unit that took the latest step, where that is one of ↶ */
  { "undo", "district", "L", "assigned" },
  { "undo", "board", "L", "board_received in_council endorsed at_chairman decided awarded" },
  { NULL, NULL, NULL, NULL },
};

const RightsRefusal rights_refusals[] = {
  { "submit", "L", "letter reach" },
  { "recall", "L", "received" },
  { "receive", "O", "" },
  { "return", "OL", "" },
  { "not_propose", "L", "" },
  { "reconsider", "L", "" },
  { "withdraw", "L", "" },
  { "assign", "L", "" },
  { "attest", "O", "" },
  { "ask", "OL", "" },
  { "waive", "L", "" },
  { "appraise", "A", "" },
  { "review", "R", "" },
  { "clear_double", "OA", "finding rights digest" },
  { "to_council", "SL", "" },
  { "council_opinion", "S", "session" },
  { "to_chairman", "SL", "" },
  { "decide", "L", "" },
  { "award", "O", "" },
  { "undo", "L", "undo" },
  { NULL, NULL, NULL },
};

const RightsRecord rights_records[] = {
  { "ratings targets events nomination registration report submission", "*", "OLARS" },
  { "notice inspection difficulty exemplary answer reads", "*", "OL" },
  { "project block council", "board", "OLARS" },
  /* votes are lines of the session, entered by the secretary */
  { "session", "board", "S" },
  /* "findings" and types nobody knows: no row */
  { NULL, NULL, NULL },
};

const RightsSight rights_sights[] = {
  /* ledger and working versions: their own unit */
  { "ledger", "owner", "*" },
  { "nomination", "owner", "*" },
  { "letter", "owner", "*" },
  { "neighbour_nomination", "sibling", "*" },
  /* handed-in versions with quoted facts, letters and steps: owner and route, and whoever is asked */
  { "dossier", "owner", "*" },
  { "dossier", "district", HANDED_IN },
  { "dossier", "board", BEHIND },
  { "dossier", "asked", ASKED },
  { "version quote letter_handed_in step_submit", "owner", HANDED_IN },
  { "version quote letter_handed_in step_submit", "district", HANDED_IN },
  { "version quote letter_handed_in step_submit", "board", BEHIND },
  { "version quote letter_handed_in step_submit", "asked", ASKED },
  { "file", "owner", "*" },
  { "file", "district", HANDED_IN },
  { "file", "board", BEHIND },
  { "file", "asked", ASKED },
  /* opinions: their author's unit and the board; a waiver is never silent on the way */
  { "appraisal", "board", ASKED },
  { "waiver", "board", ASKED },
  { "waiver", "owner", ASKED },
  { "waiver", "district", ASKED },
  /* the Council: the board */
  { "session roster", "board", "*" },
  /* catalogue and directory: all */
  { "project", "owner", "*" },
  { "project", "sibling", "*" },
  { "project", "district", "*" },
  { "project", "stranger", "*" },
  { "project", "board", "*" },
  { "project", "asked", "*" },
  { "project", "department", "*" },
  { "device", "owner", "*" },
  { "device", "sibling", "*" },
  { "device", "district", "*" },
  { "device", "stranger", "*" },
  { "device", "board", "*" },
  { "device", "asked", "*" },
  { "device", "department", "*" },
  /* a notice of the district to the owner, a difficulty of the owner to the next level */
  { "notice", "district", "*" },
  { "notice", "owner", "*" },
  { "difficulty", "owner", "*" },
  { "difficulty", "district", "*" },
  { NULL, NULL, NULL },
};
