/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/cli.h"

#include "desk/desk.h"
#include "dossier/sample.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* thidua check, thidua sync, --version and --help. One sentence for every fault. */

#define INPUT_MAX (32 * 1024 * 1024)

enum
{
  STATUS_DONE = 0,
  STATUS_OPEN = 1,  /* something waits or was refused */
  STATUS_USAGE = 2, /* what was asked, or the file given, can't be read */
  STATUS_WINDOWS = -1
};

const char *
td_cli_datadir (void)
{
  const char *given = g_getenv ("TD_DATADIR");

  return given == NULL || *given == '\0' ? TD_DATADIR : given;
}

static int
complain (const char *sentence)
{
  g_printerr ("%s\n", sentence);
  return STATUS_USAGE;
}

static int
complain_of (const char *file, const char *sentence)
{
  g_printerr ("%s: %s\n", file, sentence);
  return STATUS_USAGE;
}

/* ---- the words of the command line ------------------------------------------------------- */

typedef struct
{
  const char *campaign;
  const char *units;
  const char *database;
  const char *dossiers;
} Words;

typedef struct
{
  const char *name;
  const char **value;
} Option;

/* "--name VALUE" and "--name=VALUE"; anything else is the file. */
static gboolean
read_words (char **argv, const Option *options, const char **file)
{
  for (char **word = argv; *word != NULL; word++)
    {
      const Option *option = options;
      gsize length;

      for (; option->name != NULL; option++)
        {
          length = strlen (option->name);
          if (strncmp (*word, option->name, length) == 0 && ((*word)[length] == '\0' || (*word)[length] == '='))
            break;
        }
      if (option->name != NULL && (*word)[strlen (option->name)] == '=')
        *option->value = *word + strlen (option->name) + 1;
      else if (option->name != NULL && word[1] != NULL)
        *option->value = *++word;
      else if (option->name != NULL || g_str_has_prefix (*word, "-") || file == NULL || *file != NULL)
        return FALSE;
      else
        *file = *word;
    }
  return TRUE;
}

/* A file of reasonable size, or a sentence on standard error. */
static char *
read_file (const char *path, gsize *length)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (info == NULL)
    complain_of (path, _ ("The file isn't there."));
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    complain_of (path, _ ("This is a folder, not a file."));
  else if (g_file_info_get_size (info) > INPUT_MAX)
    complain_of (path, _ ("The file is too large."));
  else if (!g_file_load_contents (file, NULL, &text, length, NULL, &error))
    complain_of (path, _ ("The file can't be read."));
  return text;
}

/* ---- thidua check --------------------------------------------------------------------------- */

static TdCampaign *
read_campaign (const char *path)
{
  gsize length = 0;
  g_autofree char *text = read_file (path, &length);
  g_autoptr (GError) error = NULL;
  TdCampaign *campaign;

  if (text == NULL)
    return NULL;
  campaign = td_campaign_parse (text, (gssize)length, &error);
  if (campaign == NULL)
    complain_of (path, error->message);
  return campaign;
}

/* The plan names its units file: beside it, in units/ beside its folder, or with the program. */
static char *
find_units (const char *campaign_path, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (campaign_path);
  g_autofree char *beside = g_build_filename (folder, name, NULL);
  g_autofree char *next = g_build_filename (folder, "..", "units", name, NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&beside);
  if (g_file_test (next, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&next);
  return g_build_filename (td_cli_datadir (), "units", name, NULL);
}

static TdUnits *
read_units (const char *path)
{
  gsize length = 0;
  g_autofree char *text = read_file (path, &length);
  g_autoptr (GError) error = NULL;
  TdUnits *units;

  if (text == NULL)
    return NULL;
  units = td_units_parse (text, (gssize)length, &error);
  if (units == NULL)
    complain_of (path, error->message);
  return units;
}

static int
check_file (const char *path, const TdCampaign *campaign, const TdUnits *units)
{
  gsize length = 0;
  g_autofree char *text = read_file (path, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSample) sample = NULL;
  g_autoptr (TdState) state = NULL;

  if (text == NULL)
    return STATUS_USAGE;
  sample = td_sample_parse (text, length, campaign, units, &error);
  if (sample == NULL)
    return complain_of (path, error->message);
  state = td_state_new (NULL, NULL);
  td_sample_fill (sample, state);
  for (guint i = 0; i < sample->dossiers->len; i++)
    {
      g_autofree char *line = td_sample_check (sample, state, campaign, sample->dossiers->pdata[i]);

      g_print ("%s\n", line);
    }
  return STATUS_DONE;
}

static int
check_dossiers (char **argv)
{
  Words words = { NULL };
  const Option options[] = { { "--campaign", &words.campaign }, { "--units", &words.units }, { NULL, NULL } };
  g_autoptr (TdCampaign) campaign = NULL;
  g_autoptr (TdUnits) units = NULL;
  g_autofree char *units_path = NULL;

  if (!read_words (argv, options, &words.dossiers) || words.campaign == NULL || words.dossiers == NULL)
    return complain (_ ("Use: thidua check --campaign FILE [--units FILE] DOSSIERS.json"));
  campaign = read_campaign (words.campaign);
  if (campaign == NULL)
    return STATUS_USAGE;
  units_path
      = words.units != NULL ? g_strdup (words.units) : find_units (words.campaign, td_campaign_units_file (campaign));
  units = read_units (units_path);
  return units == NULL ? STATUS_USAGE : check_file (words.dossiers, campaign, units);
}

/* ---- thidua sync -------------------------------------------------------------------------------- */

static guint
size_of (GListModel *list)
{
  guint n = g_list_model_get_n_items (list);

  g_object_unref (list);
  return n;
}

static void
say_problems (TdDesk *desk)
{
  g_autoptr (GListModel) problems = td_desk_problems (desk);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (TdProblemItem) problem = g_list_model_get_item (problems, i);

      g_print ("%s\n    %s\n", problem->title, problem->message);
    }
}

/* What happened, in words; open things make the exit status. */
static int
say_result (TdDesk *desk, guint before)
{
  g_autofree char *waiting = td_desk_waiting_text (desk);
  g_autofree char *last = td_desk_last_exchange (desk);
  guint after, problems;
  gsize bytes;

  td_desk_waiting (desk, &after, &bytes);
  problems = size_of (td_desk_problems (desk));
  if (before > after)
    g_print (ngettext ("%u change was sent.\n", "%u changes were sent.\n", before - after), before - after);
  g_print (_ ("%s. Last exchange: %s.\n"), waiting, *last == '\0' ? _ ("never") : last);
  if (problems > 0)
    g_print (ngettext ("%u thing needs a decision:\n", "%u things need a decision:\n", problems), problems);
  say_problems (desk);
  return after > 0 || problems > 0 || bytes > 0 ? STATUS_OPEN : STATUS_DONE;
}

static gboolean
is_there (const char *path)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "thidua", "thidua.db", NULL);

  return g_file_test (path == NULL ? own : path, G_FILE_TEST_IS_REGULAR);
}

/* The exchange needs an enrolled data base; none is made by asking for one. */
static int
exchange (char **argv)
{
  Words words = { NULL };
  const Option options[] = { { "--database", &words.database }, { NULL, NULL } };
  g_autoptr (TdDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  guint before;
  gsize bytes;
  int status;

  if (!read_words (argv, options, NULL))
    return complain (_ ("Use: thidua sync [--database FILE]"));
  if (!is_there (words.database))
    return complain (_ ("There is no data base yet. Start the program once to choose the unit."));
  desk = td_desk_open (words.database, td_cli_datadir (), &error);
  if (desk == NULL)
    return complain (error->message);
  td_desk_waiting (desk, &before, &bytes);
  if (td_desk_exchange_wait (desk, &error))
    status = say_result (desk, before);
  else
    {
      g_printerr ("%s\n", error->message);
      say_result (desk, before);
      status = STATUS_OPEN;
    }
  td_desk_close (desk);
  return status;
}

/* ---- the program's own words -------------------------------------------------------------------------- */

static int
help (void)
{
  g_print ("%s\n\n", _ ("Use: thidua [COMMAND]"));
  g_print ("  thidua\n      %s\n", _ ("open the windows"));
  g_print ("  thidua --database FILE\n      %s\n", _ ("open the windows on this data base"));
  g_print ("  thidua check --campaign FILE [--units FILE] DOSSIERS.json\n      %s\n",
           _ ("judge the dossiers of a file by a plan; one line of JSON each"));
  g_print ("  thidua sync [--database FILE]\n      %s\n",
           _ ("exchange data with the centre once; status 1 when something waits or was refused"));
  g_print ("  thidua --version, thidua --help\n");
  return STATUS_DONE;
}

int
td_cli_run (int argc, char **argv)
{
  if (argc < 2)
    return STATUS_WINDOWS;
  if (strcmp (argv[1], "check") == 0)
    return check_dossiers (argv + 2);
  if (strcmp (argv[1], "sync") == 0)
    return exchange (argv + 2);
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("thidua %s\n", TD_VERSION);
      return STATUS_DONE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return help ();
  if (!g_str_has_prefix (argv[1], "-"))
    return complain (_ ("This command is unknown. See thidua --help."));
  return STATUS_WINDOWS;
}
