/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/award-roll.h"
#include "desk/items.h"

#include "desk/circulars.h"
#include "desk/registrations.h"

/* Rows for windows: plain text fields, readable as properties of the same name.
 * One table per type says which; everything else is the same for all. */

typedef struct
{
  const char *name;
  gsize offset;
} Field;

static void
install (GObjectClass *klass, const Field *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    g_object_class_install_property (klass, i + 1,
                                     g_param_spec_string (fields[i].name, NULL, NULL, "",
                                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
clear (gpointer item, const Field *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    g_clear_pointer ((char **)G_STRUCT_MEMBER_P (item, fields[i].offset), g_free);
}

static void
blank (gpointer item, const Field *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    G_STRUCT_MEMBER (char *, item, fields[i].offset) = g_strdup ("");
}

/* Defines the type @Type over its table @fields. */
#define DEFINE_ITEM(Type, type, TYPE, fields)                                                                          \
  G_DEFINE_FINAL_TYPE (Type, type, G_TYPE_OBJECT)                                                                      \
  static void type##_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)                         \
  {                                                                                                                    \
    if (id == 0 || id > G_N_ELEMENTS (fields))                                                                         \
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);                                                            \
    else                                                                                                               \
      g_value_set_string (value, G_STRUCT_MEMBER (char *, object, fields[id - 1].offset));                             \
  }                                                                                                                    \
  static void type##_finalize (GObject *object)                                                                        \
  {                                                                                                                    \
    clear (object, fields, G_N_ELEMENTS (fields));                                                                     \
    G_OBJECT_CLASS (type##_parent_class)->finalize (object);                                                           \
  }                                                                                                                    \
  static void type##_class_init (Type##Class *klass)                                                                   \
  {                                                                                                                    \
    G_OBJECT_CLASS (klass)->get_property = type##_get_property;                                                        \
    G_OBJECT_CLASS (klass)->finalize = type##_finalize;                                                                \
    install (G_OBJECT_CLASS (klass), fields, G_N_ELEMENTS (fields));                                                   \
  }                                                                                                                    \
  static void type##_init (Type *self)                                                                                 \
  {                                                                                                                    \
    blank (self, fields, G_N_ELEMENTS (fields));                                                                       \
  }                                                                                                                    \
  Type *type##_new (void)                                                                                              \
  {                                                                                                                    \
    return g_object_new (TD_TYPE_##TYPE, NULL);                                                                        \
  }

#define F(Type, member, name)                                                                                          \
  {                                                                                                                    \
    name, G_STRUCT_OFFSET (Type, member)                                                                               \
  }

static const Field dossier_fields[] = {
  F (TdDossierItem, id, "id"),
  F (TdDossierItem, type, "type"),
  F (TdDossierItem, title, "title"),
  F (TdDossierItem, subtitle, "subtitle"),
  F (TdDossierItem, kind_label, "kind-label"),
  F (TdDossierItem, unit_name, "unit-name"),
  F (TdDossierItem, category, "category"),
  F (TdDossierItem, stage, "stage"),
  F (TdDossierItem, stage_label, "stage-label"),
  F (TdDossierItem, holder_name, "holder-name"),
  F (TdDossierItem, since, "since"),
  F (TdDossierItem, next, "next"),
  F (TdDossierItem, verdict_label, "verdict-label"),
  F (TdDossierItem, verdict, "verdict"),
  F (TdDossierItem, reason, "reason"),
  F (TdDossierItem, submission, "submission"),
  F (TdDossierItem, opinion_label, "opinion-label"),
};
DEFINE_ITEM (TdDossierItem, td_dossier_item, DOSSIER_ITEM, dossier_fields)

static const Field circular_fields[] = {
  F (TdCircularItem, id, "id"),
  F (TdCircularItem, type, "type"),
  F (TdCircularItem, kind_label, "kind-label"),
  F (TdCircularItem, title, "title"),
  F (TdCircularItem, author, "author"),
  F (TdCircularItem, day, "day"),
  F (TdCircularItem, state, "state"),
  F (TdCircularItem, state_label, "state-label"),
};
DEFINE_ITEM (TdCircularItem, td_circular_item, CIRCULAR_ITEM, circular_fields)

static const Field finding_fields[] = {
  F (TdFindingItem, rule, "rule"),
  F (TdFindingItem, title, "title"),
  F (TdFindingItem, verdict, "verdict"),
  F (TdFindingItem, verdict_label, "verdict-label"),
  F (TdFindingItem, message, "message"),
  F (TdFindingItem, clause, "clause"),
  F (TdFindingItem, cure, "cure"),
  F (TdFindingItem, record, "record"),
  F (TdFindingItem, record_type, "record-type"),
  F (TdFindingItem, path, "path"),
  F (TdFindingItem, answer, "answer"),
};
DEFINE_ITEM (TdFindingItem, td_finding_item, FINDING_ITEM, finding_fields)

static const Field award_fields[] = {
  F (TdAwardItem, id, "id"),
  F (TdAwardItem, number, "number"),
  F (TdAwardItem, day, "day"),
  F (TdAwardItem, name, "name"),
  F (TdAwardItem, kind_label, "kind-label"),
  F (TdAwardItem, unit_name, "unit-name"),
  F (TdAwardItem, form, "form"),
  F (TdAwardItem, state, "state"),
  F (TdAwardItem, state_label, "state-label"),
  F (TdAwardItem, receiver, "receiver"),
  F (TdAwardItem, place, "place"),
  F (TdAwardItem, handed, "handed"),
};
DEFINE_ITEM (TdAwardItem, td_award_item, AWARD_ITEM, award_fields)

static const Field chain_fields[] = {
  F (TdChainItem, op, "op"),
  F (TdChainItem, verb, "verb"),
  F (TdChainItem, label, "label"),
  F (TdChainItem, who, "who"),
  F (TdChainItem, unit_name, "unit-name"),
  F (TdChainItem, when, "when"),
  F (TdChainItem, reason, "reason"),
  F (TdChainItem, verified, "verified"),
  F (TdChainItem, dossier_title, "dossier-title"),
};
DEFINE_ITEM (TdChainItem, td_chain_item, CHAIN_ITEM, chain_fields)

static const Field file_fields[] = {
  F (TdFileItem, record, "record"),
  F (TdFileItem, key, "key"),
  F (TdFileItem, sha, "sha"),
  F (TdFileItem, name, "name"),
  F (TdFileItem, kind, "kind"),
  F (TdFileItem, kind_label, "kind-label"),
  F (TdFileItem, target, "target"),
  F (TdFileItem, size_label, "size-label"),
  F (TdFileItem, state_label, "state-label"),
  F (TdFileItem, path, "path"),
};
DEFINE_ITEM (TdFileItem, td_file_item, FILE_ITEM, file_fields)

static const Field difference_fields[] = {
  F (TdDifferenceItem, record, "record"), F (TdDifferenceItem, path, "path"),   F (TdDifferenceItem, label, "label"),
  F (TdDifferenceItem, before, "before"), F (TdDifferenceItem, after, "after"),
};
DEFINE_ITEM (TdDifferenceItem, td_difference_item, DIFFERENCE_ITEM, difference_fields)

static const Field problem_fields[] = {
  F (TdProblemItem, op, "op"),           F (TdProblemItem, title, "title"),
  F (TdProblemItem, message, "message"), F (TdProblemItem, record, "record"),
  F (TdProblemItem, path, "path"),       F (TdProblemItem, field_label, "field-label"),
  F (TdProblemItem, mine, "mine"),       F (TdProblemItem, theirs, "theirs"),
  F (TdProblemItem, by, "by"),           F (TdProblemItem, their_by, "their-by"),
  F (TdProblemItem, content, "content"), F (TdProblemItem, dossier, "dossier"),
};
DEFINE_ITEM (TdProblemItem, td_problem_item, PROBLEM_ITEM, problem_fields)

static const Field row_fields[] = {
  F (TdRowItem, id, "id"),       F (TdRowItem, title, "title"), F (TdRowItem, subtitle, "subtitle"),
  F (TdRowItem, value, "value"), F (TdRowItem, state, "state"),
};
DEFINE_ITEM (TdRowItem, td_row_item, ROW_ITEM, row_fields)

static const Field standing_fields[] = {
  F (TdStandingItem, id, "id"),
  F (TdStandingItem, unit_name, "unit-name"),
  F (TdStandingItem, block, "block"),
  F (TdStandingItem, in_charge, "in-charge"),
  F (TdStandingItem, registered, "registered"),
  F (TdStandingItem, interim, "interim"),
  F (TdStandingItem, final, "final"),
  F (TdStandingItem, report, "report"),
  F (TdStandingItem, dossiers, "dossiers"),
  F (TdStandingItem, lacks, "lacks"),
};
DEFINE_ITEM (TdStandingItem, td_standing_item, STANDING_ITEM, standing_fields)

static const Field target_fields[] = {
  F (TdTargetItem, id, "id"),
  F (TdTargetItem, unit, "unit"),
  F (TdTargetItem, unit_name, "unit-name"),
  F (TdTargetItem, name, "name"),
  F (TdTargetItem, measure, "measure"),
  F (TdTargetItem, plan, "plan"),
  F (TdTargetItem, by_half_year, "by-half-year"),
  F (TdTargetItem, actual, "actual"),
  F (TdTargetItem, result_date, "result-date"),
  F (TdTargetItem, percent, "percent"),
  F (TdTargetItem, basis, "basis"),
  F (TdTargetItem, phase, "phase"),
  F (TdTargetItem, year, "year"),
  F (TdTargetItem, evidence, "evidence"),
  F (TdTargetItem, breakthrough, "breakthrough"),
  F (TdTargetItem, state, "state"),
  F (TdTargetItem, state_label, "state-label"),
  F (TdTargetItem, note, "note"),
};
DEFINE_ITEM (TdTargetItem, td_target_item, TARGET_ITEM, target_fields)

static const Field registered_fields[] = {
  F (TdRegisteredItem, id, "id"),
  F (TdRegisteredItem, dossier, "dossier"),
  F (TdRegisteredItem, unit_name, "unit-name"),
  F (TdRegisteredItem, upper_name, "upper-name"),
  F (TdRegisteredItem, kind_label, "kind-label"),
  F (TdRegisteredItem, standing, "standing"),
  F (TdRegisteredItem, standing_label, "standing-label"),
  F (TdRegisteredItem, state, "state"),
  F (TdRegisteredItem, day, "day"),
  F (TdRegisteredItem, top_day, "top-day"),
  F (TdRegisteredItem, stage, "stage"),
  F (TdRegisteredItem, stage_label, "stage-label"),
  F (TdRegisteredItem, targets, "targets"),
  F (TdRegisteredItem, breakthrough, "breakthrough"),
  F (TdRegisteredItem, participants, "participants"),
};
DEFINE_ITEM (TdRegisteredItem, td_registered_item, REGISTERED_ITEM, registered_fields)

static const Field sum_fields[] = {
  F (TdSumItem, title, "title"),
  F (TdSumItem, units, "units"),
  F (TdSumItem, registered, "registered"),
  F (TdSumItem, late, "late"),
  F (TdSumItem, absent, "absent"),
  F (TdSumItem, targets, "targets"),
  F (TdSumItem, breakthrough, "breakthrough"),
  F (TdSumItem, collectives, "collectives"),
  F (TdSumItem, individuals, "individuals"),
  F (TdSumItem, unsorted, "unsorted"),
};
DEFINE_ITEM (TdSumItem, td_sum_item, SUM_ITEM, sum_fields)

/**
 * td_item_set:
 * @field: an item's own text member
 * @text: (nullable): what it shall say; %NULL is ""
 */
void
td_item_set (char **field, const char *text)
{
  char *copy;

  g_return_if_fail (field != NULL);

  copy = g_strdup (text == NULL ? "" : text);
  g_free (*field);
  *field = copy;
}
