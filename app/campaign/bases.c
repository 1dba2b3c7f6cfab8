/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign/bases.h"

#include <string.h>

#include "campaign/kinds.h"

/* Which documents are offered to which kind of unit, as the plan's file says. */

typedef struct
{
  char *text;             /* "" for the catalogue */
  char **levels, **kinds; /* empty: all */
  gboolean catalogue;
} TdBasis;

static void
basis_free (TdBasis *basis)
{
  g_free (basis->text);
  g_strfreev (basis->levels);
  g_strfreev (basis->kinds);
  g_free (basis);
}

static TdBasis *
read_basis (TdShape *shape, JsonObject *row)
{
  TdBasis *basis = g_new0 (TdBasis, 1);

  basis->catalogue = td_shape_flag_or (shape, row, "catalogue", FALSE);
  basis->text = g_strdup (basis->catalogue ? "" : td_shape_text (shape, row, "text"));
  basis->levels = td_shape_texts_or (shape, row, "levels");
  basis->kinds = td_shape_texts_or (shape, row, "kinds");
  return basis;
}

/** td_bases_read: the list "registrationBases", which a plan may leave out. */
GPtrArray *
td_bases_read (TdShape *shape, JsonObject *root)
{
  GPtrArray *bases = g_ptr_array_new_with_free_func ((GDestroyNotify)basis_free);
  JsonArray *rows
      = json_object_has_member (root, "registrationBases") ? td_shape_array (shape, root, "registrationBases") : NULL;
  gsize token = td_shape_enter (shape, "registrationBases");

  for (guint i = 0; rows && i < json_array_get_length (rows) && td_shape_ok (shape); i++)
    {
      gsize place = td_shape_enter_index (shape, i);

      g_ptr_array_add (bases, read_basis (shape, td_shape_item (shape, rows, i)));
      td_shape_leave (shape, place);
    }
  td_shape_leave (shape, token);
  return bases;
}

static gboolean
holds (char **words, const char *word)
{
  return !words[0] || g_strv_contains ((const char *const *)words, word);
}

static gboolean
concerns (const TdBasis *basis, const TdUnit *unit)
{
  return holds (basis->levels, unit->level) && holds (basis->kinds, unit->kind);
}

/**
 * td_campaign_bases:
 * @unit: whose targets they are
 *
 * IV.1, paragraphs 1 to 3 and the last: departments rest on the provincial Party Committee's papers,
 * districts and communes on their own congress.
 *
 * Returns: (transfer full): see bases.h
 */
char **
td_campaign_bases (const TdCampaign *self, const TdUnit *unit)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL && unit != NULL, NULL);

  for (guint i = 0; i < self->bases->len; i++)
    {
      const TdBasis *basis = self->bases->pdata[i];
      g_autoptr (GString) text = g_string_new (basis->text);

      if (basis->catalogue || !concerns (basis, unit))
        continue;
      g_string_replace (text, "{party}", unit->party_organisation, 0);
      g_strv_builder_add (texts, text->str);
    }
  return g_strv_builder_end (texts);
}

/** td_campaign_offers_catalogue: see bases.h. */
gboolean
td_campaign_offers_catalogue (const TdCampaign *self, const TdUnit *unit)
{
  g_return_val_if_fail (self != NULL && unit != NULL, FALSE);

  for (guint i = 0; i < self->bases->len; i++)
    {
      const TdBasis *basis = self->bases->pdata[i];

      if (basis->catalogue && concerns (basis, unit))
        return TRUE;
    }
  return FALSE;
}

/** td_campaign_indicators: see bases.h. */
const char *const *
td_campaign_indicators (const TdCampaign *self)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (self != NULL, none);

  for (guint i = 0; i < self->rules->len; i++)
    {
      const char *const *names = td_indicators_names (self->rules->pdata[i]);

      if (names)
        return names;
    }
  return none;
}
