/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "dossier/apply.h"
#include "dossier/crypto.h"

#include <string.h>

/* Operations of enrolled devices, one a line; the first sign of a line says whose. What was accepted, replayed from
 * nothing, gives the same state, and a refusal changes nothing. */

static const struct
{
  const char *code, *roles;
} offices[] = {
  { "31447", "OL" }, { "935", "OL" }, { "ban-tdkt", "OLAS" }, { "van-phong-tinh-uy", "ORL" }, { "31459", "O" },
};

typedef struct
{
  TdCampaign *campaign;
  TdUnits *units;
  char *keys[G_N_ELEMENTS (offices)];
  TdDate day;
} Place;

static const Place *
the_place (void)
{
  static Place place;
  g_autofree char *campaign = NULL, *units = NULL;

  if (place.campaign != NULL)
    return &place;
  campaign = fuzz_data ("campaigns", "hau-giang-2025.json");
  units = fuzz_data ("units", "hau-giang-2024.json");
  place.campaign = td_campaign_parse (campaign, -1, NULL);
  place.units = td_units_parse (units, -1, NULL);
  place.day = td_date_make (2025, 7, 8);
  for (guint i = 0; i < G_N_ELEMENTS (offices); i++)
    {
      guint8 seed[32] = { (guint8)(i + 1) };
      g_autofree char *secret = NULL;

      td_key_from_seed (seed, &place.keys[i], &secret);
    }
  return &place;
}

static gboolean
is_whole (gpointer data, const char *sha)
{
  return TRUE;
}

static TdState *
new_state (const Place *place)
{
  static const TdStateSource source = { NULL, NULL, is_whole };
  TdState *state = td_state_new (&source, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (offices); i++)
    td_state_add_device (state, place->keys[i], td_units_by_code (place->units, offices[i].code, place->day)->key,
                         offices[i].roles);
  return state;
}

static void
dump (gpointer data, const char *kind, const char *id, const char *json, char **terms)
{
  g_autofree char *all = g_strjoinv (",", terms);

  g_string_append_printf (data, "%s %s %s %s\n", kind, id, json, all);
}

static void
note_shown (gpointer data, const char *scope, const char *kind, const char *id)
{
  g_string_append_printf (data, "%s sees %s %s\n", scope, kind, id);
}

static char *
text_of (TdState *state)
{
  GString *text = g_string_new (NULL);

  td_state_each_dirty (state, dump, text);
  td_state_each_shown (state, note_shown, text);
  return g_string_free (text, FALSE);
}

static gboolean
apply_line (const Place *place, TdState *state, const char *line, gint64 q)
{
  g_autoptr (TdOperation) operation = *line == '\0' ? NULL : td_operation_parse (line + 1, -1, NULL);
  TdContext context = { place->campaign,
                        place->units,
                        place->keys[(guint8)*line % G_N_ELEMENTS (offices)],
                        place->day,
                        1752000000 + q,
                        q,
                        FALSE };
  g_autoptr (TdOutcome) outcome = NULL;

  if (operation == NULL)
    return FALSE;
  outcome = td_apply (state, operation, &context);
  g_assert_true (outcome->ok == (*outcome->code == '\0'));
  return outcome->ok;
}

void
fuzz_apply (const guint8 *data, gsize size)
{
  const Place *place = the_place ();
  g_autofree char *text = fuzz_string (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 40);
  g_autoptr (TdState) state = new_state (place);
  g_autoptr (TdState) again = new_state (place);
  g_autofree char *now = NULL, *replayed = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (apply_line (place, state, lines[i], i + 1))
      g_assert_true (apply_line (place, again, lines[i], i + 1));
  now = text_of (state);
  replayed = text_of (again);
  g_assert_cmpstr (now, ==, replayed);
}
