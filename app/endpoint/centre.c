/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/centre-private.h"
#include "endpoint/reorganise.h"

#include "dossier/acting.h"
#include "dossier/crypto.h"
#include "store/db.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

G_DEFINE_QUARK (td - centre - error - quark, td_centre_error)

#define SEED_BYTES 32

char *
td_random_text (guint bytes)
{
  g_autofree guint8 *random = g_malloc (bytes);
  char *text = g_malloc (bytes * 2 + 1);

  randombytes_buf (random, bytes);
  return sodium_bin2hex (text, bytes * 2 + 1, random, bytes);
}

/** td_centre_trouble: what a data base that can't be used means for the client; frees @error. */
TdProblem *
td_centre_trouble (GError *error)
{
  gboolean busy = g_error_matches (error, TD_DB_ERROR, TD_DB_ERROR_BUSY);
  gboolean full = g_error_matches (error, TD_DB_ERROR, TD_DB_ERROR_FULL);

  g_warning ("journal: %s", error->message);
  g_error_free (error);
  return busy   ? td_problem_new (503, "busy", NULL)
         : full ? td_problem_new (507, "full", NULL)
                : td_problem_new (500, "internal", NULL);
}

/* ---- opening ----------------------------------------------------------------- */

/* The text given, or the one last in force; owned. */
static char *
document_in_force (TdCentre *self, const char *given, const char *name)
{
  g_autofree char *digest = self->journal->get (self->journal, name);

  return given != NULL ? g_strdup (given) : self->journal->document (self->journal, digest);
}

/* A file that leads dossiers elsewhere is put in force by a re-organisation, which moves them. */
static gboolean
may_replace_units (TdCentre *self, GError **error)
{
  g_autofree char *digest = self->journal->get (self->journal, TD_JOURNAL_UNITS);
  g_autofree char *text = self->journal->document (self->journal, digest);
  g_autoptr (TdUnits) before = text == NULL ? NULL : td_units_parse (text, -1, NULL);
  const TdUnit *change = before == NULL ? NULL : td_units_first_change (before, self->units);

  if (change == NULL)
    return TRUE;
  g_set_error (
      error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_CATALOGUE,
      _ ("the units file changes where %s belongs: put it in force with --reorganise, or leave --units out and go on "
         "with the one in force"),
      change->full_name);
  return FALSE;
}

static gboolean
load_catalogue (TdCentre *self, const char *campaign, const char *units, GError **error)
{
  g_autofree char *plan = document_in_force (self, campaign, TD_JOURNAL_CAMPAIGN);
  g_autofree char *list = document_in_force (self, units, TD_JOURNAL_UNITS);

  if (plan == NULL || list == NULL)
    {
      g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_CATALOGUE, _ ("no %s file is known yet: name one with --%s"),
                   plan == NULL ? "campaign" : "units", plan == NULL ? "campaign" : "units");
      return FALSE;
    }
  self->campaign = td_campaign_parse (plan, -1, error);
  if (self->campaign == NULL)
    return FALSE;
  self->units = td_units_parse (list, -1, error);
  if (self->units == NULL)
    return FALSE;
  self->units_digest = td_digest (list, -1);
  return may_replace_units (self, error);
}

void
td_centre_hold_units (TdCentre *self, TdUnits *units)
{
  td_units_ref (units);
  td_units_unref (self->units);
  g_free (self->units_digest);
  self->units = units;
  self->units_digest = td_digest (td_units_source (units), -1);
}

void
td_centre_put_units (TdCentre *self, TdUnits *units)
{
  td_centre_hold_units (self, units);
  self->journal->add_document (self->journal, self->units_digest, td_units_source (units));
  self->journal->set (self->journal, TD_JOURNAL_UNITS, self->units_digest);
}

/* What another process put in force; NULL where this one holds it already. */
static char *
newer_document (TdCentre *self, const char *name, const char *held)
{
  g_autofree char *digest = self->journal->get (self->journal, name);

  return *digest == '\0' || strcmp (digest, held) == 0 ? NULL : self->journal->document (self->journal, digest);
}

static void
refresh_incarnation (TdCentre *self)
{
  char *now = self->journal->get (self->journal, TD_JOURNAL_INCARNATION);

  /* Not where it can't be read. */
  if (*now == '\0')
    {
      g_free (now);
      return;
    }
  g_free (self->incarnation);
  self->incarnation = now;
}

void
td_centre_refresh (TdCentre *self)
{
  g_autofree char *plan = newer_document (self, TD_JOURNAL_CAMPAIGN, td_campaign_digest (self->campaign));
  g_autofree char *list = newer_document (self, TD_JOURNAL_UNITS, self->units_digest);
  TdCampaign *campaign = plan == NULL ? NULL : td_campaign_parse (plan, -1, NULL);
  g_autoptr (TdUnits) units = list == NULL ? NULL : td_units_parse (list, -1, NULL);

  refresh_incarnation (self);
  if (campaign != NULL)
    {
      td_campaign_unref (self->campaign);
      self->campaign = campaign;
    }
  if (units != NULL)
    td_centre_hold_units (self, units);
}

/* Remembers what is in force, for replaying and for a start without files. */
static void
keep_catalogue (TdCentre *self)
{
  TdJournal *journal = self->journal;

  journal->add_document (journal, td_campaign_digest (self->campaign), td_campaign_source (self->campaign));
  journal->add_document (journal, self->units_digest, td_units_source (self->units));
  journal->set (journal, TD_JOURNAL_CAMPAIGN, td_campaign_digest (self->campaign));
  journal->set (journal, TD_JOURNAL_UNITS, self->units_digest);
}

static gboolean
load_key (TdCentre *self, GError **error)
{
  g_autofree char *seed = self->journal->get (self->journal, TD_JOURNAL_SEED);
  guint8 bytes[SEED_BYTES];

  if (!td_is_hex (seed, SEED_BYTES * 2)
      || sodium_hex2bin (bytes, sizeof bytes, seed, SEED_BYTES * 2, NULL, NULL, NULL) != 0)
    {
      g_set_error_literal (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_KEY, _ ("the endpoint's own key is damaged"));
      return FALSE;
    }
  td_key_from_seed (bytes, &self->key, &self->secret);
  sodium_memzero (bytes, sizeof bytes);
  self->incarnation = self->journal->get (self->journal, TD_JOURNAL_INCARNATION);
  self->life = self->journal->get (self->journal, TD_JOURNAL_LIFE);
  return TRUE;
}

static gboolean
is_new (TdCentre *self)
{
  g_autofree char *incarnation = self->journal->get (self->journal, TD_JOURNAL_INCARNATION);

  return *incarnation == '\0';
}

static void
make_identity (TdJournal *journal)
{
  g_autofree char *seed = td_random_text (SEED_BYTES);
  g_autofree char *incarnation = td_random_text (8);
  g_autofree char *life = td_random_text (16);

  journal->set (journal, TD_JOURNAL_SEED, seed);
  journal->set (journal, TD_JOURNAL_INCARNATION, incarnation);
  journal->set (journal, TD_JOURNAL_LIFE, life);
  journal->set (journal, TD_JOURNAL_DERIVED, "double");
}

static void
enter_genesis (TdCentre *self, const TdMoment *moment)
{
  JsonObject *content = td_centre_begin ("admit", moment);

  json_object_set_string_member (content, "key", self->key);
  json_object_set_string_member (content, "unit", TD_CENTRE_UNIT);
  json_object_set_string_member (content, "roles", TD_CENTRE_ROLE);
  g_free (td_centre_own (self, content, moment));
}

static gboolean
prepare (TdCentre *self, const char *campaign, const char *units, const TdMoment *moment, GError **error)
{
  TdJournal *journal = self->journal;
  gboolean fresh;

  if (!journal->begin (journal, error))
    return FALSE;
  if (!load_catalogue (self, campaign, units, error))
    {
      journal->rollback (journal);
      return FALSE;
    }
  fresh = is_new (self);
  if (fresh)
    make_identity (journal);
  keep_catalogue (self);
  if (!load_key (self, error))
    {
      journal->rollback (journal);
      return FALSE;
    }
  if (fresh)
    enter_genesis (self, moment);
  return journal->commit (journal, error);
}

TdCentre *
td_centre_new (TdJournal *journal, const char *campaign, const char *units, const TdMoment *moment, GError **error)
{
  g_autoptr (TdCentre) self = g_new0 (TdCentre, 1);

  g_return_val_if_fail (journal != NULL && moment != NULL, NULL);

  self->journal = journal;
  self->missing = g_ptr_array_new_with_free_func (g_free);
  if (sodium_init () < 0 || !prepare (self, campaign, units, moment, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
td_centre_free (TdCentre *self)
{
  if (self == NULL)
    return;
  td_journal_free (self->journal);
  g_clear_pointer (&self->campaign, td_campaign_unref);
  g_clear_pointer (&self->units, td_units_unref);
  g_ptr_array_unref (self->missing);
  g_free (self->units_digest);
  g_free (self->incarnation);
  g_free (self->key);
  if (self->secret != NULL)
    sodium_memzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->life);
  g_free (self);
}

const TdCampaign *
td_centre_campaign (TdCentre *self)
{
  return self->campaign;
}

const TdUnits *
td_centre_units (TdCentre *self)
{
  return self->units;
}

const char *
td_centre_units_digest (TdCentre *self)
{
  return self->units_digest;
}

const char *
td_centre_key (TdCentre *self)
{
  return self->key;
}

TdJournal *
td_centre_journal (TdCentre *self)
{
  return self->journal;
}

/* ---- one round ----------------------------------------------------------------- */

/** td_centre_unit: the unit the device @key works for today; owned. */
char *
td_centre_unit (TdCentre *self, const char *key, TdProblem **problem)
{
  TdState *state = td_centre_state (self);
  const TdDevice *device = td_state_device (state, key);
  const TdUnit *now = NULL;
  char *unit = NULL;
  GError *error = NULL;

  td_centre_refresh (self);
  if (device != NULL)
    now = td_device_unit (self->units, device);
  if (device != NULL && !device->revoked)
    unit = g_strdup (now == NULL ? device->unit : now->key);
  if (!self->journal->ok (self->journal, &error))
    {
      g_clear_pointer (&unit, g_free);
      *problem = td_centre_trouble (error);
    }
  else if (unit == NULL)
    *problem
        = device == NULL ? td_problem_new (403, "rights", "unknown device") : td_problem_new (403, "revoked", NULL);
  td_state_free (state);
  return unit;
}

char *
td_centre_authenticate (TdCentre *self, const char *token, TdProblem **problem)
{
  g_autofree char *hash = td_digest (token, -1);
  char *key = self->journal->token_key (self->journal, hash);
  GError *error = NULL;

  if (!self->journal->ok (self->journal, &error))
    {
      g_clear_pointer (&key, g_free);
      *problem = td_centre_trouble (error);
    }
  else if (key == NULL)
    *problem = td_problem_new (401, "token", NULL);
  return key;
}
