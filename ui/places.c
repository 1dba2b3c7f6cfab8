/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "places.h"

#include "page-award-roll.h"
#include "page-catalogue.h"
#include "page-circulars.h"
#include "page-dossiers.h"
#include "page-exchange.h"
#include "page-journal.h"
#include "page-overview.h"
#include "page-review.h"
#include "page-reviews.h"
#include "page-targets.h"

#include "desk/catalogue.h"

#include <glib/gi18n.h>

#define UNIT (1u << TD_SEAT_UNIT)
#define DISTRICT (1u << TD_SEAT_DISTRICT)
#define BOARD (1u << TD_SEAT_BOARD)
#define REVIEWER (1u << TD_SEAT_REVIEWER)
#define ALL (UNIT | DISTRICT | BOARD | REVIEWER)

/* No mnemonics: their letters are free for what the page says, and Alt with a digit leads to each. */
const TdPlace td_places[] = {
  { "overview", N_ ("Overview"), "td-overview-symbolic", "Alt+1", ALL, td_page_overview_new },
  { "targets", N_ ("Emulation registration"), "td-register-symbolic", "Alt+2", ALL, td_page_targets_new },
  { "dossiers", N_ ("Award dossiers"), "td-award-symbolic", "Alt+3", UNIT | DISTRICT | REVIEWER, td_page_dossiers_new },
  { "review", N_ ("Appraisal"), "td-appraise-symbolic", "Alt+4", DISTRICT | BOARD | REVIEWER, td_page_review_new },
  { "reviews", N_ ("Interim and final review"), "td-report-symbolic", "Alt+5", ALL, td_page_reviews_new },
  { "award-roll", N_ ("Award roll"), "td-award-symbolic", "Alt+0", UNIT | DISTRICT | BOARD, td_page_award_roll_new },
  { "circulars", N_ ("Urging, inspection"), "td-urge-symbolic", "Alt+6", ALL, td_page_circulars_new },
  { "catalogue", N_ ("Catalogue"), "td-catalogue-symbolic", "Alt+9", BOARD, td_page_catalogue_new },
  { "exchange", N_ ("Exchange of data"), "td-exchange-symbolic", "Alt+7", ALL, td_page_exchange_new },
  { "journal", N_ ("Journal"), "td-journal-symbolic", "Alt+8", ALL, td_page_journal_new },
};

const guint td_n_places = G_N_ELEMENTS (td_places);

/** td_place_has_seat: is @place meant for @seat. */
gboolean
td_place_has_seat (const TdPlace *place, TdSeat seat)
{
  return (place->seats & (1u << seat)) != 0;
}

static gboolean
is_ledger (TdDesk *desk, const char *record, const char *type)
{
  g_autofree char *ledger = td_desk_ledger (desk, type);

  return g_strcmp0 (ledger, record) == 0;
}

/** td_place_of_record: the name of the place that shows @record. */
const char *
td_place_of_record (TdDesk *desk, const char *record)
{
  g_autoptr (TdDossierItem) dossier = NULL;
  g_autoptr (TdCircularItem) circular = td_desk_circular (desk, record);

  if (circular != NULL)
    return "circulars";
  if (is_ledger (desk, record, "targets") || is_ledger (desk, record, "registration"))
    return "targets";
  if (is_ledger (desk, record, "events") || is_ledger (desk, record, "ratings") || is_ledger (desk, record, "report")
      || is_ledger (desk, record, "interim_report"))
    return "reviews";
  if (is_ledger (desk, record, "council") || td_desk_entry_type (desk, record) != NULL)
    return "catalogue";
  dossier = td_desk_dossier (desk, record);
  if (dossier != NULL && !dossier->own)
    return "review";
  return "dossiers";
}
