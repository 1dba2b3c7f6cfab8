/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/kinds.h"

const TdRuleKind *const td_rule_kinds[] = {
  &td_kind_answer,        &td_kind_award,
  &td_kind_baseline,      &td_kind_breakthrough,
  &td_kind_category,      &td_kind_compliance,
  &td_kind_confirmed,     &td_kind_coordination,
  &td_kind_date_order,    &td_kind_deadline,
  &td_kind_document,      &td_kind_doubled,
  &td_kind_event,         &td_kind_evidence,
  &td_kind_indicators,    &td_kind_level,
  &td_kind_lists_agree,   &td_kind_member,
  &td_kind_note,          &td_kind_once,
  &td_kind_papers,        &td_kind_phase,
  &td_kind_prerequisites, &td_kind_quota,
  &td_kind_ratings,       &td_kind_registration,
  &td_kind_residence,     &td_kind_review,
  &td_kind_route,         &td_kind_share,
  &td_kind_subject,       &td_kind_succession,
  &td_kind_targets,       NULL,
};
