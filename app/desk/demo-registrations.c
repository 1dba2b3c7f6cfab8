/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/demo.h"
#include "desk/registrations.h"

#include <string.h>

/* July 2024 in the practice data: the registrations of the units that play no part
 * of their own came on paper, most in time, some late, some not at all. */

#define EVERY 9 /* of so many units … */
#define LATE 4  /* … the one in this place is late */
#define NEVER 7 /* … and the one in this never came */

static char *
day_of (guint place)
{
  return place % EVERY == LATE ? g_strdup_printf ("2024-07-%02u", 20 + place % 5)
                               : g_strdup_printf ("2024-07-%02u", 9 + place % 11);
}

static gboolean
note_one (TdDesk *desk, TdRegisteredItem *item, guint place, GError **error)
{
  g_autofree char *day = day_of (place);
  g_autofree char *paper = g_strdup_printf ("%u/ĐK-TĐ", 10 + place);
  const char *const dossiers[] = { item->dossier, NULL };
  const char *const words[]
      = { "unit", item->id, "type", "registration", "day", day, "time", "09:30", "paper", paper, NULL };

  return td_desk_step (desk, "attest", dossiers, words, error);
}

/**
 * td_demo_note_registrations:
 * @desk: a district's or the board's
 *
 * The board notes only what comes to it directly: a commune's paper goes to its district first.
 */
gboolean
td_demo_note_registrations (TdDesk *desk, GError **error)
{
  g_autoptr (GListModel) units = td_desk_registered_units (desk, NULL);
  gboolean top = td_desk_seat (desk) == TD_SEAT_BOARD;
  guint place = 0;

  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (TdRegisteredItem) item = g_list_model_get_item (units, i);
      gboolean direct = !top || *item->upper_name == '\0';

      if (!item->may_attest || !direct || place++ % EVERY == NEVER)
        continue;
      if (!note_one (desk, item, place - 1, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the units that play --------------------------------------------------------------- */

static gboolean
set_empty (TdDesk *desk, const char *record, const char *key, const char *member, const char *text, GError **error)
{
  g_autofree char *path = g_strdup_printf ("target/%s/%s", key, member);
  g_autofree char *now = td_desk_text (desk, record, path);

  return *now != '\0' || td_desk_set (desk, record, path, text, error);
}

/* The document, what is to be reached, and evidence of each target the sample gives. */
static gboolean
fill_targets (TdDesk *desk, GError **error)
{
  g_autofree char *record = td_desk_ledger (desk, "targets");
  g_autoptr (GPtrArray) keys = td_desk_keys (desk, record, "target");
  g_auto (GStrv) bases = td_desk_bases (desk);
  guint last = g_strv_length (bases) - 1;

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *plan_path = g_strdup_printf ("target/%s/plan", (char *)keys->pdata[i]);
      g_autofree char *plan = td_desk_shown (desk, record, plan_path);
      g_autofree char *evidence = g_strdup_printf ("Báo cáo số %u/BC-TĐ ngày 02/7/2025", 40 + i);
      const char *basis = i % 4 == 3 ? bases[last] : bases[0]; /* every fourth is a break-through one */

      if (!set_empty (desk, record, keys->pdata[i], "basis", basis, error)
          || !set_empty (desk, record, keys->pdata[i], "by_half_year", plan, error)
          || !set_empty (desk, record, keys->pdata[i], "year", "2025", error)
          || !set_empty (desk, record, keys->pdata[i], "evidence", evidence, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_participant (TdDesk *desk, const char *name, const char *kind, GError **error)
{
  g_autofree char *record = td_desk_ledger (desk, "registration");
  g_autofree char *key = td_desk_add_row (desk, record, "participant", error);
  g_autofree char *name_path = g_strdup_printf ("participant/%s/name", key);
  g_autofree char *kind_path = g_strdup_printf ("participant/%s/kind", key);
  g_autofree char *unit_path = g_strdup_printf ("participant/%s/unit", key);

  return key != NULL && td_desk_set (desk, record, name_path, name, error)
         && td_desk_set (desk, record, kind_path, kind, error)
         && td_desk_set (desk, record, unit_path, td_desk_unit (desk)->full_name, error);
}

/** td_demo_fill_registration: what a unit that plays has typed of its registration. */
gboolean
td_demo_fill_registration (TdDesk *desk, GError **error)
{
  static const struct
  {
    const char *name;
    const char *kind;
  } participants[] = { { "Chi bộ Văn phòng (hư cấu)", "collective" },
                       { "Công đoàn cơ sở (hư cấu)", "collective" },
                       { "Nguyễn Văn Tham Gia", "individual" },
                       { "Trần Thị Hưởng Ứng", "individual" } };

  if (td_desk_seat (desk) == TD_SEAT_BOARD)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (participants); i++)
    if (!add_participant (desk, participants[i].name, participants[i].kind, error))
      return FALSE;
  return fill_targets (desk, error);
}
