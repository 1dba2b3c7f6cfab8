/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campaign/campaign.h"
#include "endpoint/journal.h"
#include "wire/messages.h"

G_BEGIN_DECLS

/* The endpoint without HTTP: judges what devices send, keeps the one sequence and
 * says who sees what. One thread. Clock and campaign day are arguments. */

typedef struct _TdCentre TdCentre;

typedef struct
{
  gint64 now;        /* UTC seconds */
  TdDate day;        /* campaign day */
  gboolean practice; /* the day was set by hand */
} TdMoment;

#define TD_CENTRE_ERROR (td_centre_error_quark ())
typedef enum
{
  TD_CENTRE_ERROR_CATALOGUE, /* no campaign or units file, or one that can't be read */
  TD_CENTRE_ERROR_KEY,       /* the journal's own key is damaged */
  TD_CENTRE_ERROR_UNIT,      /* no unit of that code, or impossible roles */
  TD_CENTRE_ERROR_PACKAGE,   /* one that came by hand was not taken in */
  TD_CENTRE_ERROR_REPLAY     /* the journal doesn't add up to what is stored */
} TdCentreError;
GQuark td_centre_error_quark (void);

/**
 * td_centre_new:
 * @journal: (transfer full): an open journal; a new one gets its key, incarnation and first entry
 * @campaign: (nullable): text of the campaign file; %NULL: the one last in force
 * @units: (nullable): text of the units file
 * @moment: now
 * @error: TD_CENTRE_ERROR, TD_CAMPAIGN_ERROR or TD_DB_ERROR
 */
TdCentre *
td_centre_new (TdJournal *journal, const char *campaign, const char *units, const TdMoment *moment, GError **error);
void td_centre_free (TdCentre *self);
const TdCampaign *td_centre_campaign (TdCentre *self);
const TdUnits *td_centre_units (TdCentre *self);
const char *td_centre_units_digest (TdCentre *self);
const char *td_centre_key (TdCentre *self);    /* the endpoint's own public key */
TdJournal *td_centre_journal (TdCentre *self); /* borrowed; for tests and --verify */

/* The device that @token belongs to: its key, or NULL with a problem (token, busy). */
char *td_centre_authenticate (TdCentre *self, const char *token, TdProblem **problem);

/* One request of device @key: NULL with a problem, and nothing changed, where the
 * whole of it can't be taken. What is answered is on the disk. */
TdSyncAnswer *td_centre_sync (
    TdCentre *self, const char *key, const TdSyncRequest *request, const TdMoment *moment, TdProblem **problem);

/* What an idle desk asks: NULL and no problem where nothing has changed for it. */
TdSyncAnswer *
td_centre_poll (TdCentre *self, const char *key, const TdPoll *poll, const TdMoment *moment, TdProblem **problem);

/* Access to files (files.c). Units are those of the asking device. */
typedef enum
{
  TD_ACCESS_NONE, /* there is no such file as far as this unit may know */
  TD_ACCESS_READ, /* named by another's record it was shown */
  TD_ACCESS_HOLD  /* it uploaded the file, or relies on one it could read */
} TdAccess;
/* NULL with a problem where the device is unknown or revoked. Owned. */
char *td_centre_unit (TdCentre *self, const char *key, TdProblem **problem);
TdAccess td_centre_file_access (TdCentre *self, const char *unit, const char *sha);
gint64 td_centre_file_length (TdCentre *self, const char *sha); /* -1: not whole */
/* The bytes are whole on the disk: note it. FALSE with a problem. */
gboolean td_centre_file_arrived (TdCentre *self, const char *unit, const char *sha, gint64 length, TdProblem **problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCentre, td_centre_free)

G_END_DECLS
