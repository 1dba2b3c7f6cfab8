/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Who may do what, written from the specification (roles, table of steps, "who sees what" of the model of operations)
 * and from nothing else: the code under test is asked, never read. Words stand in lists with spaces between. */

/* Offices, as they stand to the dossier: its owner; another commune of the district; the district; another district;
 * the board of the province; the Party Office, which is asked from "board_received" on; a department. */
#define RIGHTS_UNITS "owner sibling district stranger board asked department"
#define RIGHTS_ROLES "OLARS"
#define RIGHTS_VERBS                                                                                                   \
  "submit recall receive return not_propose reconsider withdraw assign attest ask waive appraise review clear_double " \
  "to_council council_opinion to_chairman decide award undo"

/* Where the dossier is; each begins where an earlier one ended, see rights-scene.c. */
#define RIGHTS_PLACES                                                                                                  \
  "draft submitted received assigned returned not_proposed withdrawn at_board board_received board_returned "          \
  "board_not_proposed in_council endorsed at_chairman decided awarded"

/* A step or opinion is taken by a device of @unit with one of @roles while the dossier is at one of @places; "*" all.
 * What no row allows is refused. */
typedef struct
{
  const char *verb, *unit, *roles, *places;
} RightsStep;
extern const RightsStep rights_steps[];

/* Why what is not allowed is refused, apart from "rights" (which must be the answer exactly where the role is no
 * role of the verb at all) and "custody unit stage": codes that only this verb has. */
typedef struct
{
  const char *verb, *roles, *codes;
} RightsRefusal;
extern const RightsRefusal rights_refusals[];

/* A record of @type is begun and written by a device of one of @units with one of @roles, for its own unit alone. */
typedef struct
{
  const char *types, *units, *roles;
} RightsRecord;
extern const RightsRecord rights_records[];

/* What a pull gives @unit while the dossier is at one of @places. */
typedef struct
{
  const char *what, *unit, *places;
} RightsSight;
extern const RightsSight rights_sights[];
#define RIGHTS_SIGHTS                                                                                                  \
  "ledger nomination letter dossier version quote letter_handed_in step_submit appraisal waiver session project "      \
  "roster notice difficulty neighbour_nomination device file"

gboolean rights_has (const char *words, const char *word);
