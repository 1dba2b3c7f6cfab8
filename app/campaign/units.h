/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/civil-date.h"

G_BEGIN_DECLS

/* Who takes part: real units with validity and successor. A unit's key is
 * code@valid-from, because codes are used again after a re-organisation. */

typedef struct _TdUnit TdUnit;
typedef struct _TdUnits TdUnits;
struct _TdUnit
{
  char *key;   /* "31447@2024-07-01" */
  char *code;  /* "31447", "so-y-te", "dn-mau-mot" */
  char *kind;  /* xa phuong thi_tran huyen thi_xa thanh_pho so ban co_quan_dang doan_the mat_tran
                                  co_quan_nganh_doc co_quan_ngan_hang dang_bo_dac_thu doanh_nghiep hop_tac_xa ban_tdkt … */
  char *level; /* level id of the campaign's chain: commune, district, body (departments, enterprises), province */
  char *phase_level;        /* CO_SO or HUYEN_TUONG_DUONG */
  char *parent;             /* key of the next unit on the route, NULL at the top */
  char *name;               /* "Long Mỹ" */
  char *full_name;          /* "Thị xã Long Mỹ" */
  char *party_organisation; /* "Đảng bộ thị xã Long Mỹ": the collective that is rated and rewarded */
  char *receiving_office; /* "Phòng Nội vụ thị xã Long Mỹ"; the board's own name; "" where nothing is received */
  char *place_name;       /* for papers: "Phường III", "Hiệp Hưng" */
  char *category;         /* "a" "b" "c" "d" or "" where it must be chosen */
  int individual_quota; /* persons it may nominate; -1: has none of its own (communes) */
  gboolean in_block;    /* an enterprise of an emulation block */
  TdDate valid_from;
  TdDate valid_to;         /* TD_DATE_NONE: still there */
  TdDate reorganised_on;   /* TD_DATE_NONE where unchanged */
  char *successor;         /* code or words; NULL */
  char *successor_name;    /* its full name where it stands in the file, else the words; "" */
  const TdUnit *upper;     /* the unit of @parent, NULL at the top: resolved when the file is read */
  const TdUnit *acting;    /* who acts for it now: itself, or the last of its successors */
  GPtrArray *former;       /* keys of the units it acts for besides itself; NULL: none */
  const TdUnits *all;      /* the file it stands in */
  GPtrArray *predecessors; /* const TdUnit, by code: all it follows, those that were split too; NULL: none */
  GPtrArray *heirs;        /* const TdUnit: of a unit that was split, all that came of it; NULL: not split */
};

/* The units file (data/units/hau-giang-2024.json). Refused with pointer or line and reason. */
TdUnits *td_units_parse (const char *data, gssize length, GError **error);
TdUnits *td_units_ref (TdUnits *self);
void td_units_unref (TdUnits *self);
const TdUnit *td_units_get (const TdUnits *self, const char *key);
/* The unit that acts today for @key, which may be closed: the one door through which anything
 * asks whose a record, a dossier or a device is (model.md 4.2). NULL where @key is unknown. */
const TdUnit *td_units_now (const TdUnits *self, const char *key);
/* TRUE where @key names @unit itself or one that it took the place of. */
gboolean td_unit_is (const TdUnit *unit, const char *key);
/* TRUE where @key names @unit, one that it took the place of, or one that was split and @unit came of it. */
gboolean td_unit_follows (const TdUnit *unit, const char *key);
/* Every key that @unit follows, its own first; owned array of borrowed keys. */
GPtrArray *td_unit_keys (const TdUnit *unit);
/* The names of its predecessors with commas between; "" for none. */
char *td_unit_predecessor_names (const TdUnit *unit);
/* The last day on which it took another's place, alone or with others; TD_DATE_NONE. */
TdDate td_unit_changed_on (const TdUnit *unit);
/* TRUE where it began when others ended: what was before then is its predecessors'. */
gboolean td_unit_is_new (const TdUnit *unit);
/* The unit that acts today under @code, which may have been another's before. */
const TdUnit *td_units_body (const TdUnits *self, const char *code, TdDate day);
const TdUnit *td_units_by_code (const TdUnits *self, const char *code, TdDate day);
/* The next unit upward, NULL at the top. */
const TdUnit *td_units_next_hop (const TdUnits *self, const TdUnit *unit);
/* TRUE when @upper is @unit or lies on its route. */
gboolean td_units_on_route (const TdUnits *self, const TdUnit *unit, const TdUnit *upper);
/* Borrowed TdUnit pointers, by code order; free the array. */
GPtrArray *td_units_all (const TdUnits *self);
GPtrArray *td_units_children (const TdUnits *self, const TdUnit *unit);
/* Search without tones over full names; best first. "long my" finds huyện and thị xã. */
GPtrArray *td_units_search (const TdUnits *self, const char *query, guint most);
const char *td_units_source (const TdUnits *self); /* the bytes it was parsed from */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdUnits, td_units_unref)

G_END_DECLS
