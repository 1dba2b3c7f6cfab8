/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "member-grid.h"

#include "desk/catalogue.h"

#include <glib/gi18n.h>

#define KIND_OF_GRID "td-member-kind"
#define MOST_COLUMNS 6

static const char *const pasted[] = { "name", "position", NULL };

#define ROLES "chair\ndeputy\nstanding\nmember\nsecretary"
#define ROLE_WORDS N_ ("Chair\nDeputy chair\nStanding member\nMember\nSecretary")

static const TdGridColumn roster_columns[] = {
  { "name", N_ ("Member"), 0 },
  { "position", N_ ("Position"), 0 },
  { "unit", N_ ("Belongs to"), 190 },
  { "role", N_ ("In the Council"), 0, TRUE, ROLES, ROLE_WORDS },
};

static const TdGridColumn session_columns[] = {
  { "name", N_ ("Member"), 0 },
  { "unit", N_ ("Belongs to"), 190 },
  { "present", N_ ("Present"), 110, FALSE, "yes\nno", N_ ("present\nabsent") },
  { "absent", N_ ("Reason for absence"), 0 },
  { "position", N_ ("Position"), 0, TRUE },
  { "role", N_ ("In the Council"), 0, TRUE, ROLES, ROLE_WORDS },
};

/* A kind with the units as choices: they come with the units file, not with the program. */
typedef struct
{
  TdGridKind kind;
  TdGridColumn columns[MOST_COLUMNS];
  char *codes;
  char *names;
} Kind;

static void
kind_free (gpointer data)
{
  Kind *self = data;

  g_free (self->codes);
  g_free (self->names);
  g_free (self);
}

static void
read_units (Kind *self, TdDesk *desk)
{
  g_auto (GStrv) codes = NULL;
  g_auto (GStrv) names = NULL;

  td_desk_unit_choices (desk, &codes, &names);
  self->codes = g_strjoinv ("\n", codes);
  self->names = g_strjoinv ("\n", names);
}

static void
set_columns (Kind *self, const TdGridColumn *columns, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      self->columns[i] = columns[i];
      if (!g_str_equal (columns[i].member, "unit"))
        continue;
      self->columns[i].values = self->codes;
      self->columns[i].labels = self->names;
    }
  self->kind.columns = self->columns;
  self->kind.n_columns = n;
}

static Kind *
kind_new (TdDesk *desk, gboolean session)
{
  Kind *self = g_new0 (Kind, 1);

  read_units (self, desk);
  self->kind.prefix = "member";
  self->kind.add_label = N_ ("Add a _member");
  self->kind.pasted = pasted;
  if (session)
    {
      self->kind.empty_label = N_ ("Here stand the members of the Council, who was present and why others were absent. "
                                   "Take them over from the roster of the catalogue, or add the first.");
      set_columns (self, session_columns, G_N_ELEMENTS (session_columns));
      return self;
    }
  self->kind.empty_label = N_ ("Here stand the members of the Council: a session takes them over, and who belongs to a "
                               "nominee's unit stands aside. Add the first, or paste rows from Excel in this order: "
                               "name, position.");
  set_columns (self, roster_columns, G_N_ELEMENTS (roster_columns));
  return self;
}

/** td_member_grid_bind: shows the members of @record in @grid; once. */
void
td_member_grid_bind (TdRowGrid *grid, TdDesk *desk, const char *record, gboolean session)
{
  Kind *kind = kind_new (desk, session);

  g_object_set_data_full (G_OBJECT (grid), KIND_OF_GRID, kind, kind_free);
  td_row_grid_bind (grid, desk, record, &kind->kind);
  td_row_grid_sync (grid);
}
