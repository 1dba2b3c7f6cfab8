/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page-review.h"

#include "council-session.h"
#include "decision-page.h"
#include "review-bar.h"
#include "review-dossier.h"
#include "review-list.h"

G_BEGIN_DECLS

struct _TdPageReview
{
  GtkBox parent_instance;

  TdDesk *desk;
  GSimpleActionGroup *actions;
  guint mode; /* index of modes */
  guint rest;
  gboolean stale; /* something changed while nobody looked */

  GtkWidget *modes;
  GtkLabel *quota;
  GtkWidget *submission;
  GtkWidget *beside;
  GtkStack *main;
  TdReviewList *list;
  GtkStack *right;
  GtkLabel *hint;
  TdReviewDossier *dossier;
  TdReviewBar *bar;
  TdCouncilSession *council;
  TdDecisionPage *decision;
  GtkShortcutController *shortcuts;
};

/* page-review.c */
const char *td_page_review_child (TdPageReview *self); /* "dossiers", "council" or "decision" */
void td_page_review_choose (TdPageReview *self, const char *child, TdList list);
void td_page_review_say (TdPageReview *self, const char *sentence);
void td_page_review_load_soon (TdPageReview *self);

/* page-review-steps.c */
void td_page_review_add_actions (TdPageReview *self);
void td_page_review_taken (TdPageReview *self, const char *sentence);
void td_page_review_opened (TdPageReview *self);

G_END_DECLS
