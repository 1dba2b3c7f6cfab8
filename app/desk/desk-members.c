/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"
#include "dossier/circular.h"
#include "text/decimal.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

/* What each member is (dossier/MEMBERS.md) and what a form calls it. "*" is one
 * part of the path: a year, or a row whose name the label then shows. */

typedef struct
{
  const char *type; /* NULL: any */
  const char *path;
  TdMemberKind kind;
  const char *label;
} Member;

static const Member MEMBERS[] = {
  { "ratings", "rating/*", TD_MEMBER_CODE, N_ ("Rating of the year %s") },
  { "ratings", "decision/*", TD_MEMBER_NAME, N_ ("Decision on the rating of %s") },
  { "ratings", "inherited", TD_MEMBER_NAME, N_ ("Ratings taken over from") },
  { "targets", "target/*/name", TD_MEMBER_NAME, N_ ("Name of the target “%s”") },
  { "targets", "target/*/unit", TD_MEMBER_NAME, N_ ("Unit of measure of the target “%s”") },
  { "targets", "target/*/direction", TD_MEMBER_CODE, N_ ("Kind of the target “%s”") },
  { "targets", "target/*/plan", TD_MEMBER_NUMBER, N_ ("Plan of the target “%s”") },
  { "targets", "target/*/actual", TD_MEMBER_NUMBER, N_ ("Result of the target “%s”") },
  { "targets", "target/*/cap", TD_MEMBER_NUMBER, N_ ("Highest possible value of the target “%s”") },
  { "targets", "target/*/result_date", TD_MEMBER_DATE, N_ ("Day of the result of the target “%s”") },
  { "targets", "target/*/basis", TD_MEMBER_NAME, N_ ("Basis of the target “%s”") },
  { "targets", "target/*/by_half_year", TD_MEMBER_NUMBER, N_ ("Value to reach by {last} of the target “%s”") },
  { "targets", "target/*/phase", TD_MEMBER_CODE, N_ ("Phase of the target “%s”") },
  { "targets", "target/*/breakthrough", TD_MEMBER_CODE, N_ ("Breakthrough target “%s”") },
  { "targets", "target/*/year", TD_MEMBER_COUNT, N_ ("Year of the target “%s”") },
  { "targets", "target/*/evidence", TD_MEMBER_NAME, N_ ("Evidence of the target “%s”") },
  { "targets", "target/*/order", TD_MEMBER_HIDDEN, "" },
  { "targets", "indicator/*/name", TD_MEMBER_NAME, N_ ("Name of the indicator “%s”") },
  { "targets", "indicator/*/unit", TD_MEMBER_NAME, N_ ("Unit of measure of the indicator “%s”") },
  { "targets", "indicator/*/actual_2023", TD_MEMBER_NUMBER, N_ ("Result of {year-2} of the indicator “%s”") },
  { "targets", "indicator/*/target_2025", TD_MEMBER_NUMBER, N_ ("Target to {year} of the indicator “%s”") },
  { "targets", "indicator/*/plan_2024", TD_MEMBER_NUMBER, N_ ("Plan of {year-1} of the indicator “%s”") },
  { "targets", "indicator/*/result_2024", TD_MEMBER_NUMBER, N_ ("Result of {year-1} of the indicator “%s”") },
  { "targets", "indicator/*/plan_2025", TD_MEMBER_NUMBER, N_ ("Plan of {year} of the indicator “%s”") },
  { "targets", "indicator/*/result_half_2025", TD_MEMBER_NUMBER, N_ ("Result to {last} of the indicator “%s”") },
  { "targets", "indicator/*/order", TD_MEMBER_HIDDEN, "" },
  { "events", "launch/date", TD_MEMBER_DATE, N_ ("Day of the launch") },
  { "events", "launch/document", TD_MEMBER_NAME, N_ ("Document of the launch") },
  { "events", "plan/date", TD_MEMBER_DATE, N_ ("Date of the implementation plan") },
  { "events", "plan/number", TD_MEMBER_NAME, N_ ("Number of the implementation plan") },
  { "events", "interim/date", TD_MEMBER_DATE, N_ ("Day of the interim review") },
  { "events", "interim/document", TD_MEMBER_NAME, N_ ("Document of the interim review") },
  { "events", "final/date", TD_MEMBER_DATE, N_ ("Day of the final review") },
  { "events", "final/document", TD_MEMBER_NAME, N_ ("Document of the final review") },
  { "events", "own_awards/date", TD_MEMBER_DATE, N_ ("Day of the unit's own awards") },
  { "events", "own_awards/document", TD_MEMBER_NAME, N_ ("Document of the unit's own awards") },
  { "events", "own_awards/none", TD_MEMBER_NAME, N_ ("Reason why the unit can't award") },
  { "events", "interim/place", TD_MEMBER_NAME, N_ ("Place of the interim review") },
  { "events", "final/place", TD_MEMBER_NAME, N_ ("Place of the final review") },
  { "events", "own_award/*/form", TD_MEMBER_NAME, N_ ("Form of an own award") },
  { "events", "own_award/*/collectives", TD_MEMBER_COUNT, N_ ("Collectives with an own award") },
  { "events", "own_award/*/individuals", TD_MEMBER_COUNT, N_ ("Persons with an own award") },
  { "events", "own_award/*/document", TD_MEMBER_NAME, N_ ("Document of an own award") },
  { "events", "own_award/*/date", TD_MEMBER_DATE, N_ ("Day of an own award") },
  { "events", "own_award/*/order", TD_MEMBER_HIDDEN, "" },
  { "events", "work/*/name", TD_MEMBER_NAME, N_ ("Name of the work “%s”") },
  { "events", "work/*/place", TD_MEMBER_NAME, N_ ("Place of the work “%s”") },
  { "events", "work/*/start", TD_MEMBER_DATE, N_ ("Day the work “%s” was begun") },
  { "events", "work/*/finish", TD_MEMBER_DATE, N_ ("Day the work “%s” was finished") },
  { "events", "work/*/value", TD_MEMBER_COUNT, N_ ("Value of the work “%s” in đồng") },
  { "events", "work/*/note", TD_MEMBER_TEXT, N_ ("Note on the work “%s”") },
  { "events", "work/*/order", TD_MEMBER_HIDDEN, "" },
  { "events", "report/date", TD_MEMBER_DATE, N_ ("Day the final report was sent") },
  { "events", "interim_report/date", TD_MEMBER_DATE, N_ ("Day the interim report was sent") },
  { "events", "compliance/state", TD_MEMBER_CODE, N_ ("Compliance") },
  { "events", "compliance/note", TD_MEMBER_TEXT, N_ ("Note on compliance") },
  { "events", "level", TD_MEMBER_CODE, N_ ("Level in the campaign") },
  { "events", "category", TD_MEMBER_CODE, N_ ("Group of criteria") },
  { "events", "typical/answer", TD_MEMBER_CODE, N_ ("Typical unit") },
  { "events", "typical/note", TD_MEMBER_TEXT, N_ ("The Council's remark on the typical unit") },
  { "nomination", "subject", TD_MEMBER_CODE, N_ ("Kind of nominee") },
  { "nomination", "subject_kind", TD_MEMBER_CODE, N_ ("Kind of collective") },
  { "nomination", "name", TD_MEMBER_NAME, N_ ("Name") },
  { "nomination", "personal_id", TD_MEMBER_NAME, N_ ("Personal identity number") },
  { "nomination", "gender", TD_MEMBER_CODE, N_ ("Gender") },
  { "nomination", "birth_date", TD_MEMBER_DATE, N_ ("Date of birth") },
  { "nomination", "position", TD_MEMBER_NAME, N_ ("Position") },
  { "nomination", "workplace", TD_MEMBER_NAME, N_ ("Workplace") },
  { "nomination", "party_member", TD_MEMBER_CODE, N_ ("Party member") },
  { "nomination", "party_since", TD_MEMBER_NAME, N_ ("Party member since") },
  { "nomination", "director", TD_MEMBER_CODE, N_ ("Director of an enterprise") },
  { "nomination", "outside", TD_MEMBER_CODE, N_ ("Works outside the province") },
  { "nomination", "compliance/state", TD_MEMBER_CODE, N_ ("Compliance of the person") },
  { "nomination", "previous_award", TD_MEMBER_NAME, N_ ("Award for the same achievement") },
  { "nomination", "report_confirmed", TD_MEMBER_CODE, N_ ("Report confirmed by the submitting level") },
  { "nomination", "rating/*", TD_MEMBER_CODE, N_ ("Rating of the year %s") },
  { "nomination", "award", TD_MEMBER_CODE, N_ ("Award proposed") },
  { "nomination", "unit", TD_MEMBER_CODE, N_ ("Unit of the nominee") },
  { "nomination", "achievement", TD_MEMBER_TEXT, N_ ("Achievement") },
  { "registration", "participants", TD_MEMBER_TEXT, N_ ("Collectives and persons who take part") },
  { "registration", "number", TD_MEMBER_NAME, N_ ("Number of the registration") },
  { "registration", "date", TD_MEMBER_DATE, N_ ("Date of the registration") },
  { "registration", "participant/*/name", TD_MEMBER_NAME, N_ ("Name of the participant “%s”") },
  { "registration", "participant/*/kind", TD_MEMBER_CODE, N_ ("Kind of the participant “%s”") },
  { "registration", "participant/*/unit", TD_MEMBER_NAME, N_ ("Unit of the participant “%s”") },
  { "registration", "participant/*/order", TD_MEMBER_HIDDEN, "" },
  { "submission", "kind", TD_MEMBER_HIDDEN, "" },
  { "report", "number", TD_MEMBER_NAME, N_ ("Number of the report") },
  { "report", "date", TD_MEMBER_DATE, N_ ("Date of the report") },
  { "report", "signer_capacity", TD_MEMBER_NAME, N_ ("Capacity of the report's signer") },
  { "report", "signer_position", TD_MEMBER_NAME, N_ ("Position of the report's signer") },
  { "report", "signer_name", TD_MEMBER_NAME, N_ ("Signer of the report") },
  { "report", "section", TD_MEMBER_CODE, N_ ("All sections of the report") },
  { "report", "section/*", TD_MEMBER_TEXT, N_ ("Section “%s”") },
  { "report", "below/units", TD_MEMBER_COUNT, N_ ("Units below") },
  { "report", "below/reported", TD_MEMBER_COUNT, N_ ("Units below that reported") },
  { "report", "below/targets", TD_MEMBER_COUNT, N_ ("Targets of the units below") },
  { "report", "below/met", TD_MEMBER_COUNT, N_ ("Targets met by the units below") },
  { "report", "below/exceeded", TD_MEMBER_COUNT, N_ ("Targets exceeded by the units below") },
  { "report", "below/collectives", TD_MEMBER_COUNT, N_ ("Collectives awarded by the units below") },
  { "report", "below/individuals", TD_MEMBER_COUNT, N_ ("Persons awarded by the units below") },
  { "report", "below/works", TD_MEMBER_COUNT, N_ ("Works of the units below") },
  { "report", "below/value", TD_MEMBER_COUNT, N_ ("Value of the works of the units below") },
  { NULL, "note", TD_MEMBER_TEXT, N_ ("Note") },
  { NULL, "sent_on", TD_MEMBER_DATE, N_ ("Day it was sent") },
  { "submission", "letter/number", TD_MEMBER_NAME, N_ ("Number of the letter") },
  { "submission", "letter/date", TD_MEMBER_DATE, N_ ("Date of the letter") },
  { "submission", "letter/signer_capacity", TD_MEMBER_NAME, N_ ("Capacity of the letter's signer") },
  { "submission", "letter/signer_position", TD_MEMBER_NAME, N_ ("Position of the letter's signer") },
  { "submission", "letter/signer_name", TD_MEMBER_NAME, N_ ("Signer of the letter") },
  { "submission", "letter/names", TD_MEMBER_TEXT, N_ ("Names in the letter") },
  { "submission", "minutes/number", TD_MEMBER_NAME, N_ ("Number of the minutes") },
  { "submission", "minutes/date", TD_MEMBER_DATE, N_ ("Date of the minutes") },
  { "submission", "minutes/chair", TD_MEMBER_NAME, N_ ("Chair of the meeting") },
  { "submission", "minutes/secretary", TD_MEMBER_NAME, N_ ("Secretary of the meeting") },
  { "submission", "minutes/present", TD_MEMBER_COUNT, N_ ("Members present") },
  { "submission", "minutes/total", TD_MEMBER_COUNT, N_ ("Members in all") },
  { "submission", "minutes/names", TD_MEMBER_TEXT, N_ ("Names in the minutes") },
  { "submission", "item/*", TD_MEMBER_HIDDEN, "" },
  { "session", "date", TD_MEMBER_DATE, N_ ("Day of the session") },
  { "session", "chair", TD_MEMBER_NAME, N_ ("Chair of the session") },
  { "session", "minutes/number", TD_MEMBER_NAME, N_ ("Number of the minutes") },
  { "session", "present", TD_MEMBER_COUNT, N_ ("Members present") },
  { "session", "total", TD_MEMBER_COUNT, N_ ("Members in all") },
  { "session", "vote/*/for", TD_MEMBER_COUNT, N_ ("Votes for") },
  { "session", "vote/*/against", TD_MEMBER_COUNT, N_ ("Votes against") },
  { "session", "vote/*/blank", TD_MEMBER_COUNT, N_ ("Blank votes") },
  { "session", "recusal/*", TD_MEMBER_TEXT, N_ ("Members who stood aside") },
  { "session", "secretary", TD_MEMBER_NAME, N_ ("Secretary of the session") },
  { "session", "place", TD_MEMBER_NAME, N_ ("Place of the session") },
  { "session", "conclusion", TD_MEMBER_TEXT, N_ ("Conclusion of the session") },
  { "session", "method", TD_MEMBER_CODE, N_ ("Way of voting") },
  { "session", "member/*/name", TD_MEMBER_NAME, N_ ("Council member “%s”") },
  { "session", "member/*/position", TD_MEMBER_NAME, N_ ("Position of the Council member “%s”") },
  { "session", "member/*/role", TD_MEMBER_CODE, N_ ("Role of the Council member “%s”") },
  { "session", "member/*/unit", TD_MEMBER_CODE, N_ ("Unit of the Council member “%s”") },
  { "session", "member/*/present", TD_MEMBER_CODE, N_ ("Presence of the Council member “%s”") },
  { "session", "member/*/absent", TD_MEMBER_NAME, N_ ("Reason why the Council member “%s” was absent") },
  { "session", "member/*/order", TD_MEMBER_HIDDEN, "" },
  { "council", "member/*/name", TD_MEMBER_NAME, N_ ("Council member “%s”") },
  { "council", "member/*/position", TD_MEMBER_NAME, N_ ("Position of the Council member “%s”") },
  { "council", "member/*/role", TD_MEMBER_CODE, N_ ("Role of the Council member “%s”") },
  { "council", "member/*/unit", TD_MEMBER_CODE, N_ ("Unit of the Council member “%s”") },
  { "council", "member/*/order", TD_MEMBER_HIDDEN, "" },
  { "block", "name", TD_MEMBER_NAME, N_ ("Name of the emulation block") },
  { "block", "in_charge", TD_MEMBER_NAME, N_ ("Council member in charge of the block") },
  { "block", "unit/*", TD_MEMBER_CODE, N_ ("Member of the block: %s") },
  { "project", "kind", TD_MEMBER_NAME, N_ ("Kind of project") },
  { "project", "name", TD_MEMBER_NAME, N_ ("Name of the project") },
  { "project", "lead", TD_MEMBER_CODE, N_ ("Leading body") },
  { "project", "coordinating", TD_MEMBER_TEXT, N_ ("Coordinating bodies") },
  { "project", "coordinating/*", TD_MEMBER_CODE, N_ ("Coordination by %s") },
  { "project", "coordinating/*/exceeded", TD_MEMBER_COUNT, N_ ("Targets exceeded by %s") },
  { "project", "breakthrough", TD_MEMBER_CODE, N_ ("Breakthrough programme") },
  { "project", "basis", TD_MEMBER_NAME, N_ ("Document it rests on") },
  { "project", "target/*/name", TD_MEMBER_NAME, N_ ("Name of the target “%s”") },
  { "project", "target/*/unit", TD_MEMBER_NAME, N_ ("Unit of measure of the target “%s”") },
  { "project", "target/*/direction", TD_MEMBER_CODE, N_ ("Kind of the target “%s”") },
  { "project", "target/*/plan", TD_MEMBER_NUMBER, N_ ("Plan of the target “%s”") },
  { "project", "target/*/actual", TD_MEMBER_NUMBER, N_ ("Result of the target “%s”") },
  { "project", "target/*/cap", TD_MEMBER_NUMBER, N_ ("Highest possible value of the target “%s”") },
  { "project", "target/*/result_date", TD_MEMBER_DATE, N_ ("Day of the result of the target “%s”") },
  { "project", "target/*/order", TD_MEMBER_HIDDEN, "" },
  { "circular", "title", TD_MEMBER_NAME, N_ ("Title") },
  { "circular", "text", TD_MEMBER_TEXT, N_ ("Text") },
  { "circular", "to", TD_MEMBER_TEXT, N_ ("Sent to") },
  { "circular", "due", TD_MEMBER_DATE, N_ ("To be done by") },
  { "circular", "date", TD_MEMBER_DATE, N_ ("Day") },
  { "circular", "place", TD_MEMBER_NAME, N_ ("Place") },
  { "circular", "who", TD_MEMBER_TEXT, N_ ("Members of the inspection") },
  { "circular", "follow_up", TD_MEMBER_TEXT, N_ ("To be put right") },
  { "circular", "done/*", TD_MEMBER_DATE, N_ ("Put right") },
  { "circular", "document", TD_MEMBER_NAME, N_ ("Number and date of the report to {committee}") },
  { "circular", "authority", TD_MEMBER_NAME, N_ ("Decided by") },
  { "circular", "subject", TD_MEMBER_CODE, N_ ("Collective or person") },
  { "circular", "nomination", TD_MEMBER_CODE, N_ ("Award dossier") },
  { "circular", "where", TD_MEMBER_NAME, N_ ("Published in") },
  { "circular", "sent", TD_MEMBER_DATE, N_ ("Sent on") },
  { "circular", "re", TD_MEMBER_HIDDEN, "" },
  { NULL, "file/*/sha", TD_MEMBER_CODE, N_ ("Attached file “%s”") },
  { NULL, "file/*/name", TD_MEMBER_NAME, N_ ("Name of the attached file “%s”") },
  { NULL, "file/*/kind", TD_MEMBER_CODE, N_ ("Kind of the attached file “%s”") },
  { NULL, "file/*/size", TD_MEMBER_HIDDEN, "" },
  { NULL, "file/*/target", TD_MEMBER_HIDDEN, "" },
  { NULL, "file/*/covers_bhyt", TD_MEMBER_CODE, N_ ("Confirms health insurance too: “%s”") },
  { NULL, "file", TD_MEMBER_CODE, N_ ("Attached files") },
  { NULL, "salt", TD_MEMBER_HIDDEN, "" },
};

/* ---- finding the row ----------------------------------------------------------------------- */

static gboolean
matches (const char *pattern, const char *path)
{
  while (*pattern != '\0')
    if (*pattern == '*')
      {
        pattern++;
        path += strcspn (path, "/");
      }
    else if (*pattern++ != *path++)
      return FALSE;
  return *path == '\0';
}

static const Member *
find (const char *any, const char *path)
{
  const char *type = td_type_is_circular (any) ? "circular" : any; /* their members are the same */

  for (guint i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
    if ((MEMBERS[i].type == NULL || strcmp (MEMBERS[i].type, type) == 0) && matches (MEMBERS[i].path, path))
      return &MEMBERS[i];
  return NULL;
}

/** td_member_kind: what is typed there; members this program doesn't know are plain text. */
TdMemberKind
td_member_kind (const char *type, const char *path)
{
  const Member *member = find (type, path);

  return member == NULL ? TD_MEMBER_TEXT : member->kind;
}

/* ---- labels -------------------------------------------------------------------------------- */

/* The wildcard as a person knows it: a year, or what the row is called. */
static char *
row_name (const TdRecord *record, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);
  g_autofree char *name_path = g_strdup_printf ("%s/%s/name", parts[0], parts[1] == NULL ? "" : parts[1]);
  g_autofree char *name = record == NULL ? g_strdup ("") : td_record_text (record, name_path);

  if (*name != '\0')
    return g_steal_pointer (&name);
  return g_strdup (parts[1] != NULL && strlen (parts[1]) < 36 ? parts[1] : _ ("without a name"));
}

/** td_member_label: what a form calls @path of @record. */
char *
td_member_label (const TdRecord *record, const char *type, const char *path)
{
  const Member *member = find (type, path);
  g_autofree char *name = NULL;

  if (member == NULL || *member->label == '\0')
    return g_strdup (path);
  if (strstr (member->label, "%s") == NULL)
    return g_strdup (_ (member->label));
  name = row_name (record, path);
  return g_strdup_printf (_ (member->label), name);
}

/* ---- shown and typed ----------------------------------------------------------------------------- */

static gboolean
is_qualitative (const TdRecord *record, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);
  g_autofree char *direction = NULL;
  g_autofree char *code = NULL;

  if (record == NULL || g_strcmp0 (parts[0], "target") != 0 || parts[1] == NULL)
    return FALSE;
  direction = g_strdup_printf ("target/%s/direction", parts[1]);
  code = td_record_text (record, direction);
  return td_direction_parse (code) == TD_DIRECTION_QUALITATIVE;
}

/** td_member_shown: dates as dd/MM/yyyy, numbers with a comma. */
char *
td_member_shown (const char *type, const char *path, const char *text)
{
  TdMemberKind kind = td_member_kind (type, path);
  TdDate day = kind == TD_MEMBER_DATE ? td_date_parse_iso (text) : TD_DATE_NONE;
  TdDecimal value;

  if (day != TD_DATE_NONE)
    return td_date_to_screen (day);
  if ((kind == TD_MEMBER_NUMBER || kind == TD_MEMBER_COUNT) && td_decimal_parse (text, &value))
    return td_decimal_format (value, 0);
  return g_strdup (text);
}

static char *
refuse (GError **error, const char *sentence, const char *text)
{
  g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_INPUT, sentence, text);
  return NULL;
}

static char *
typed_date (const char *text, GError **error)
{
  TdDate day = td_date_parse_typed (text);

  if (day == TD_DATE_NONE)
    return refuse (error, _ ("“%s” is not a day. Type it as 04/7/2025."), text);
  return td_date_to_iso (day);
}

static char *
typed_number (const char *text, gboolean whole, GError **error)
{
  TdDecimal value;

  if (!td_decimal_parse_typed (text, &value))
    return refuse (error, _ ("“%s” is not a number. Type it as 1.234,5."), text);
  if (whole && (value.micros < 0 || value.micros % 1000000 != 0))
    return refuse (error, _ ("“%s” is not a whole number."), text);
  return td_decimal_to_string (value);
}

/** td_member_typed: see desk-private.h. */
char *
td_member_typed (const TdRecord *record, const char *type, const char *path, const char *text, GError **error)
{
  TdMemberKind kind = td_member_kind (type, path);
  g_autofree char *clean = kind == TD_MEMBER_TEXT ? td_text_clean (text, -1) : td_text_clean_name (text);

  if (clean == NULL)
    return refuse (error, "%s", _ ("The text can't be read."));
  if (kind == TD_MEMBER_TEXT)
    g_strchomp (clean);
  if (*clean == '\0')
    return g_steal_pointer (&clean);
  if (kind == TD_MEMBER_DATE)
    return typed_date (clean, error);
  if (kind == TD_MEMBER_COUNT || (kind == TD_MEMBER_NUMBER && !is_qualitative (record, path)))
    return typed_number (clean, kind == TD_MEMBER_COUNT, error);
  return g_steal_pointer (&clean);
}

/** td_member_usual: members of a record that may be named though they are empty. */
const char *const *
td_member_usual (const char *type)
{
  static const char *const nomination[] = { "name",         "personal_id", "birth_date",  "position", "workplace",
                                            "party_member", "party_since", "achievement", "file",     NULL };
  static const char *const submission[] = { "letter/number",
                                            "letter/date",
                                            "letter/signer_name",
                                            "letter/names",
                                            "minutes/number",
                                            "minutes/date",
                                            "minutes/chair",
                                            "minutes/secretary",
                                            "minutes/names",
                                            "file",
                                            NULL };
  static const char *const report[] = { "section", "file", NULL };
  static const char *const none[] = { NULL };

  if (strcmp (type, "nomination") == 0)
    return nomination;
  if (strcmp (type, "report") == 0)
    return report;
  return strcmp (type, "submission") == 0 ? submission : none;
}
