/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

#ifdef G_OS_UNIX
#include <glib-unix.h>
#endif

#include "endpoint/admit.h"
#include "endpoint/http.h"
#include "endpoint/import.h"
#include "endpoint/journal-sqlite.h"
#include "endpoint/late.h"
#include "endpoint/recover.h"
#include "endpoint/reorganise.h"
#include "endpoint/replay.h"
#include "endpoint/revoke.h"
#include "store/disk.h"
#include "text/i18n.h"

#define DEFAULT_PORT 8075

typedef struct
{
  char *folder;
  int port;
  char *campaign;
  char *units;
  char *ca;
  char *today;
  char *code_unit;
  char *port_file;
  char *reorganise;
  char *split;
  char *reason;
  gboolean dry_run;
  char *enrolment_unit;
  char *url;
  char *out;
  char *receipt;
  char *revoke;
  char *admit_late;
  char *discard_late;
  gboolean late;
  gboolean recover;
  gboolean end_recovery;
  gboolean devices;
  gboolean import;
  gboolean verify;
  gboolean version;
  char **rest;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->folder);
  g_free (self->campaign);
  g_free (self->units);
  g_free (self->ca);
  g_free (self->today);
  g_free (self->code_unit);
  g_free (self->port_file);
  g_free (self->reorganise);
  g_free (self->split);
  g_free (self->reason);
  g_free (self->enrolment_unit);
  g_free (self->url);
  g_free (self->out);
  g_free (self->receipt);
  g_free (self->revoke);
  g_free (self->admit_late);
  g_free (self->discard_late);
  g_strfreev (self->rest);
}

static gboolean
wrong (GError **error, const char *sentence)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, sentence);
  return FALSE;
}

static gboolean
check_arguments (const Arguments *self, GError **error)
{
  guint rest = self->rest == NULL ? 0 : g_strv_length (self->rest);

  if (self->version)
    return TRUE;
  if (self->reorganise == NULL && (self->split != NULL || self->reason != NULL || self->dry_run))
    return wrong (error, _ ("--split, --reason and --dry-run go with --reorganise"));
  if (self->folder == NULL)
    return wrong (error, _ ("--data DIR is missing: say where to keep what arrives"));
  if (self->port < 0 || self->port > G_MAXUINT16)
    return wrong (error, _ ("--port is a number from 0 to 65535"));
  if (self->today != NULL && td_date_parse_iso (self->today) == TD_DATE_NONE)
    return wrong (error, _ ("--today is a day like 2025-07-08"));
  if (self->import && (rest == 0 || self->receipt == NULL))
    return wrong (error, _ ("--import is followed by the packages and --receipt by where the receipts go"));
  if (self->enrolment_unit != NULL && (rest != 1 || self->out == NULL))
    return wrong (error, _ ("--make-enrolment UNIT is followed by the roles, like OL, and --out FILE"));
  if (self->late && rest > 1)
    return wrong (error, _ ("--late may be followed by the code of one machine"));
  if (self->import || self->enrolment_unit != NULL || self->late || self->admit_late != NULL
      || self->discard_late != NULL)
    return TRUE;
  if (rest != (self->code_unit == NULL ? 0 : 1))
    return wrong (error, self->code_unit == NULL ? _ ("there are words too many; see --help")
                                                 : _ ("--make-code UNIT is followed by the roles, like OL"));
  return TRUE;
}

static gboolean
parse_arguments (Arguments *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &self->folder,
      _ ("Folder of the journal and the files; made when missing"), "DIR" },
    { "dir", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &self->folder, NULL, NULL },
    { "port", 'p', 0, G_OPTION_ARG_INT, &self->port, _ ("Port on 127.0.0.1, 8075 unless said; 0: any that is free"),
      "N" },
    { "campaign", 'c', 0, G_OPTION_ARG_FILENAME, &self->campaign,
      _ ("The plan; needed once, remembered from then on, replaced when given again"), "FILE" },
    { "units", 'u', 0, G_OPTION_ARG_FILENAME, &self->units, _ ("The units; likewise"), "FILE" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &self->ca,
      _ ("The CA that signed the certificate of the proxy in front, PEM; remembered. Codes carry its fingerprint, and "
         "desks trust it and nobody else"),
      "FILE" },
    { "today", 0, 0, G_OPTION_ARG_STRING, &self->today,
      _ ("Practice: this is the campaign's day, whatever the clock says"), "YYYY-MM-DD" },
    { "make-code", 0, 0, G_OPTION_ARG_STRING, &self->code_unit,
      _ ("Print an enrolment code for a device of this unit with the given roles, and end; another process may be "
         "serving"),
      "UNIT ROLES" },
    { "make-enrolment", 0, 0, G_OPTION_ARG_STRING, &self->enrolment_unit,
      _ ("Write an enrolment file for a unit without a line, good for 30 days, and end; hand it to that unit only"),
      "UNIT ROLES" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out, _ ("Where the enrolment file goes"), "FILE" },
    { "url", 0, 0, G_OPTION_ARG_STRING, &self->url, _ ("The endpoint's address, for the day there is a line after all"),
      "URL" },
    { "import", 0, 0, G_OPTION_ARG_NONE, &self->import,
      _ ("Take in packages that came on a stick, and end; another process may be serving"), "FILE…" },
    { "receipt", 0, 0, G_OPTION_ARG_FILENAME, &self->receipt,
      _ ("Where the receipt goes; a folder when there are several packages"), "FILE" },
    { "verify", 0, 0, G_OPTION_ARG_NONE, &self->verify, _ ("Replay the whole journal, compare, and end"), NULL },
    { "devices", 0, 0, G_OPTION_ARG_NONE, &self->devices,
      _ ("List the machines that were enrolled: code, key, unit, roles; and end"), NULL },
    { "revoke", 0, 0, G_OPTION_ARG_STRING, &self->revoke,
      _ ("Refuse the machine with this code (as it shows on its page of the exchange) from its next request on, and "
         "end; another process may be serving"),
      "CODE" },
    { "late", 0, 0, G_OPTION_ARG_NONE, &self->late,
      _ ("List what revoked machines sent, of all or of the one whose code follows: it is kept aside and counts for "
         "nothing; and end"),
      "[CODE]" },
    { "admit-late", 0, 0, G_OPTION_ARG_STRING, &self->admit_late,
      _ ("Judge what this machine sent after it was revoked, all of it or the operations whose numbers follow; the "
         "machine stays revoked; and end"),
      "CODE [NUMBER…]" },
    { "discard-late", 0, 0, G_OPTION_ARG_STRING, &self->discard_late,
      _ ("Discard it, all of it or the operations whose numbers follow; the machine keeps its own copy; and end"),
      "CODE [NUMBER…]" },
    { "recover", 0, 0, G_OPTION_ARG_NONE, &self->recover,
      _ ("After DIR was put back from an older copy: nothing is decided until --end-recovery, while the desks send "
         "again "
         "what the copy lacks; and end"),
      NULL },
    { "end-recovery", 0, 0, G_OPTION_ARG_NONE, &self->end_recovery,
      _ ("Judge what the desks have sent again, in the order it once had, report, and end"), NULL },
    { "reorganise", 0, 0, G_OPTION_ARG_FILENAME, &self->reorganise,
      _ ("Put a new units file in force during the campaign, move what it moves, report, and end"), "FILE" },
    { "split", 0, 0, G_OPTION_ARG_FILENAME, &self->split,
      _ ("With --reorganise: which successor each dossier and device of a unit that was split goes to"), "FILE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &self->reason,
      _ ("With --reorganise: the act it rests on, shown on each dossier that moves"), "TEXT" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, _ ("With --reorganise: only report, change nothing"), NULL },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &self->port_file, _ ("Write the port there once it is listened on"),
      "FILE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, _ ("Print the version and end"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->rest, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, _ ("The central endpoint of Hồ sơ Thi đua: judges what the desks send, "
                                            "keeps it in one sequence and gives each desk what it may see."));
  g_option_context_set_description (
      context, _ ("Roles: O officer, L leader, A appraiser, R reviewer, S secretary.\n"
                  "It listens on 127.0.0.1 only; put nginx in front of it for TLS and the world.\n\n"
                  "The files named by --campaign and --units are read once, at the start, and kept in DIR: leave "
                  "both out afterwards. A file that was changed since is put in force by naming it again: by "
                  "restarting, or by any other command on the same DIR; a running endpoint goes on with it from the "
                  "next request. A units file that closes, merges, splits or re-parents units only goes in force "
                  "with --reorganise, which may run while the endpoint serves.\n\n"
                  "First start:   thidua-endpoint --data DIR --campaign PLAN.json --units UNITS.json\n"
                  "A new desk:    thidua-endpoint --data DIR --make-code 31447 OL"));
  return g_option_context_parse (context, argc, argv, error) && check_arguments (self, error);
}

/* ---- what it does ---------------------------------------------------------------- */

static TdMoment
moment_of (const Arguments *arguments)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  TdDate today = arguments->today == NULL ? TD_DATE_NONE : td_date_parse_iso (arguments->today);

  return (TdMoment){ now, today == TD_DATE_NONE ? td_date_from_unix (now) : today, today != TD_DATE_NONE };
}

static gboolean
read_file (const char *path, char **text, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize length;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, text, &length, &local))
    {
      g_set_error (error, local->domain, local->code, _ ("%s can't be read: %s"), path, local->message);
      return FALSE;
    }
  if (length <= TD_CATALOGUE_MAX)
    return TRUE;
  g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_CATALOGUE, _ ("%s is too large"), path);
  return FALSE;
}

static TdCentre *
open_centre (const Arguments *arguments, GError **error)
{
  TdMoment moment = moment_of (arguments);
  g_autofree char *path = g_build_filename (arguments->folder, "journal.db", NULL);
  g_autofree char *campaign = NULL;
  g_autofree char *units = NULL;
  g_autofree char *ca = NULL;
  g_autoptr (TdCentre) centre = NULL;
  TdJournal *journal;

  if (!read_file (arguments->campaign, &campaign, error) || !read_file (arguments->units, &units, error)
      || !read_file (arguments->ca, &ca, error) || !td_disk_make_folder (arguments->folder, error))
    return NULL;
  journal = td_journal_sqlite_new (path, error);
  centre = journal == NULL ? NULL : td_centre_new (journal, campaign, units, &moment, error);
  if (centre == NULL || (ca != NULL && !td_centre_set_ca (centre, ca, error)))
    return NULL;
  return g_steal_pointer (&centre);
}

static gboolean
print_code (TdCentre *centre, const Arguments *arguments, GError **error)
{
  TdMoment moment = moment_of (arguments);
  g_autofree char *code = td_centre_make_code (centre, arguments->code_unit, arguments->rest[0], &moment, error);
  g_autofree char *shown = code == NULL ? NULL : td_code_shown (code);

  if (shown != NULL)
    g_print ("%s\n", shown);
  return shown != NULL;
}

static gboolean
print_verified (TdCentre *centre, GError **error)
{
  TdJournal *journal = td_centre_journal (centre);
  g_autofree char *head = journal->head (journal);
  g_autofree char *entries = NULL;

  if (!td_centre_verify (centre, error))
    return FALSE;
  entries = g_strdup_printf ("%" G_GINT64_FORMAT, journal->last_q (journal));
  g_print (_ ("%s entries, all as they should be; audit head %s\n"), entries, head);
  return TRUE;
}

static gboolean
print_reorganised (TdCentre *centre, const Arguments *arguments, GError **error)
{
  TdMoment moment = moment_of (arguments);
  g_autofree char *units = NULL;
  g_autofree char *split = NULL;
  g_autofree char *report = NULL;
  TdReorganisation plan = { NULL, NULL, arguments->reason, arguments->dry_run };

  if (!read_file (arguments->reorganise, &units, error) || !read_file (arguments->split, &split, error))
    return FALSE;
  plan.units = units;
  plan.split = split;
  if (!td_centre_reorganise (centre, &plan, &moment, &report, error))
    return FALSE;
  g_print ("%s%s\n", report, arguments->dry_run ? _ ("Nothing was changed: this was a trial.") : _ ("Done."));
  return TRUE;
}

static gboolean
print_devices (TdCentre *centre, GError **error)
{
  TdJournal *journal = td_centre_journal (centre);
  g_autofree char *lines = td_centre_devices (centre);

  if (!journal->ok (journal, error))
    return FALSE;
  g_print ("%s", lines);
  return TRUE;
}

static gboolean
revoke_machine (TdCentre *centre, const Arguments *arguments, GError **error)
{
  TdMoment moment = moment_of (arguments);

  if (!td_centre_revoke (centre, arguments->revoke, &moment, error))
    return FALSE;
  g_print ("%s\n", _ ("The machine is refused from its next request on. What it had not sent stays on it; what it "
                      "still sends is kept aside (--late). A new enrolment code lets it in again."));
  return TRUE;
}

static gboolean
print_late (TdCentre *centre, const Arguments *arguments, GError **error)
{
  g_autofree char *lines = td_centre_list_late (centre, arguments->rest == NULL ? NULL : arguments->rest[0], error);

  if (lines != NULL)
    g_print ("%s", *lines == '\0' ? _ ("Nothing came too late.\n") : lines);
  return lines != NULL;
}

static gboolean
decide_late (TdCentre *centre, const Arguments *arguments, GError **error)
{
  const char *const *ids = (const char *const *)arguments->rest;
  TdMoment moment = moment_of (arguments);
  TdLateDecided decided;

  if (arguments->admit_late != NULL
          ? !td_centre_admit_late (centre, arguments->admit_late, ids, &moment, &decided, error)
          : !td_centre_discard_late (centre, arguments->discard_late, ids, &decided, error))
    return FALSE;
  if (arguments->admit_late != NULL)
    g_print (_ ("Admitted: %u operations, %u of them refused by the rules. The machine stays revoked.\n"),
             decided.admitted, decided.refused);
  else
    g_print (_ ("Discarded: %u operations. The machine keeps its own copy.\n"), decided.discarded);
  return TRUE;
}

static gboolean
begin_recovery (TdCentre *centre, GError **error)
{
  if (!td_centre_begin_recovery (centre, error))
    return FALSE;
  g_print ("%s\n",
           _ ("In recovery: nothing is decided. Serve on, let every desk exchange once, then run --end-recovery. "
              "A machine enrolled after the copy was made needs a new code first."));
  return TRUE;
}

static gboolean
end_recovery (TdCentre *centre, const Arguments *arguments, GError **error)
{
  TdMoment moment = moment_of (arguments);
  TdRecovered recovered;

  if (!td_centre_end_recovery (centre, &moment, &recovered, error))
    return FALSE;
  g_print ("%s", recovered.lines);
  g_print (
      _ ("The recovery is over: %u operations that desks had sent again are in the sequence, %u of them refused now. "
         "Who sends later is judged then.\n"),
      recovered.entered, recovered.refused);
  g_free (recovered.lines);
  return TRUE;
}

static gboolean
write_enrolment (TdCentre *centre, const Arguments *arguments, GError **error)
{
  TdMoment moment = moment_of (arguments);
  g_autoptr (GBytes) bytes = td_centre_make_enrolment (centre, arguments->enrolment_unit, arguments->rest[0],
                                                       arguments->url, &moment, error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return td_disk_write (arguments->out, text, error);
}

static char *
receipt_path (const Arguments *arguments, const char *package)
{
  g_autofree char *base = g_path_get_basename (package);
  g_autofree char *name = g_strconcat ("bien-nhan-", base, NULL);

  if (g_strv_length (arguments->rest) > 1 || g_file_test (arguments->receipt, G_FILE_TEST_IS_DIR))
    return g_build_filename (arguments->receipt, name, NULL);
  return g_strdup (arguments->receipt);
}

static gboolean
import_one (TdCentre *centre, const Arguments *arguments, const char *package)
{
  TdMoment moment = moment_of (arguments);
  g_autofree char *receipt = receipt_path (arguments, package);
  g_autoptr (TdProblem) problem = NULL;
  TdImported imported = { NULL };
  gboolean good = td_centre_import (centre, arguments->folder, package, receipt, &moment, &imported, &problem);

  if (good)
    g_print (_ ("%s: %u operations (%u refused), %u files, %u packages carried, of %s. Receipt: %s\n"), package,
             imported.operations, imported.refused, imported.files, imported.packages, imported.unit, receipt);
  else
    g_printerr ("%s: %s\n", package, td_import_sentence (problem->detail));
  if (imported.packages_refused > 0)
    g_printerr (ngettext ("%s: %u carried package was not taken in\n", "%s: %u carried packages were not taken in\n",
                          imported.packages_refused),
                package, imported.packages_refused);
  td_imported_clear (&imported);
  return good;
}

/* One that can't be taken in keeps none of the others back. */
static gboolean
import_packages (TdCentre *centre, const Arguments *arguments, GError **error)
{
  guint missing = 0;

  if (g_strv_length (arguments->rest) > 1 && !td_disk_make_folder (arguments->receipt, error))
    return FALSE;
  for (guint i = 0; arguments->rest[i] != NULL; i++)
    missing += !import_one (centre, arguments, arguments->rest[i]);
  if (missing == 0)
    return TRUE;
  g_set_error (error, TD_CENTRE_ERROR, TD_CENTRE_ERROR_PACKAGE,
               ngettext ("%u package was not taken in", "%u packages were not taken in", missing), missing);
  return FALSE;
}

#ifdef G_OS_UNIX
static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}
#endif

static gboolean
tell_port (const Arguments *arguments, guint port, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u\n", port);

  g_print ("http://127.0.0.1:%u\n", port);
  return arguments->port_file == NULL || td_disk_write (arguments->port_file, text, error);
}

static gboolean
serve (TdCentre *centre, const Arguments *arguments, GError **error)
{
  TdServerOptions options;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TdServer) server = NULL;

  td_server_options_init (&options);
  options.port = (guint)arguments->port;
  if (arguments->today != NULL)
    options.today = td_date_parse_iso (arguments->today);
  server = td_server_new (centre, arguments->folder, &options, error);
  if (server == NULL)
    return FALSE;
#ifdef G_OS_UNIX
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
#endif
  if (!tell_port (arguments, td_server_port (server), error))
    return FALSE;
  if (td_centre_recovering (centre))
    g_print ("%s\n", _ ("In recovery: nothing is decided until --end-recovery."));
  g_main_loop_run (loop);
  return TRUE;
}

static gboolean
run (const Arguments *arguments, GError **error)
{
  g_autoptr (TdCentre) centre = NULL;

  if (arguments->version)
    {
      g_print ("thidua-endpoint " TD_VERSION "\n");
      return TRUE;
    }
  centre = open_centre (arguments, error);
  if (centre == NULL)
    return FALSE;
  if (arguments->code_unit != NULL)
    return print_code (centre, arguments, error);
  if (arguments->reorganise != NULL)
    return print_reorganised (centre, arguments, error);
  if (arguments->enrolment_unit != NULL)
    return write_enrolment (centre, arguments, error);
  if (arguments->devices)
    return print_devices (centre, error);
  if (arguments->revoke != NULL)
    return revoke_machine (centre, arguments, error);
  if (arguments->recover)
    return begin_recovery (centre, error);
  if (arguments->end_recovery)
    return end_recovery (centre, arguments, error);
  if (arguments->late)
    return print_late (centre, arguments, error);
  if (arguments->admit_late != NULL || arguments->discard_late != NULL)
    return decide_late (centre, arguments, error);
  if (arguments->import)
    return import_packages (centre, arguments, error);
  if (arguments->verify)
    return print_verified (centre, error);
  return serve (centre, arguments, error);
}

int
main (int argc, char **argv)
{
  Arguments arguments = { .port = DEFAULT_PORT };
  g_autoptr (GError) error = NULL;
  gboolean good;

  td_i18n_start ();
  good = parse_arguments (&arguments, &argc, &argv, &error) && run (&arguments, &error);
  if (!good)
    g_printerr ("thidua-endpoint: %s\n", error->message);
  arguments_clear (&arguments);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
