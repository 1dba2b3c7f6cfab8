/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "circular-form.h"

#include "addressee-picker.h"
#include "choice-row.h"
#include "desk/dated.h"
#include "field-row.h"
#include "files-view.h"
#include "say.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TdCircularForm
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *record;
  char *type;

  GtkLabel *heading;
  GtkLabel *about;
  GtkBox *fields;
  TdFilesView *files;
};

enum
{
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdCircularForm, td_circular_form, GTK_TYPE_BOX)

/* ---- the fields of each kind ------------------------------------------------------ */

/* In the order of the form; @types: initials of the kinds that have the field. */
static const struct
{
  const char *types; /* n i d e a, u: a difficulty at the top, p: an answer to an exemplary case */
  const char *path;
  const char *title;
  int lines;
  const char *hint;
} FIELDS[] = {
  { "nidau", "title", N_ ("Title"), 1, NULL },
  { "p", "title", N_ ("Title"), 1, NULL },
  { "e", "title", N_ ("Name of the collective or person"), 1, NULL },
  { "ni", "to", NULL, 0, NULL },
  { "e", "subject", NULL, 0, NULL },
  { "i", "date", N_ ("Day of the inspection"), 1, N_ ("For example 4/7/2025") },
  { "i", "place", N_ ("Place of the inspection"), 1, NULL },
  { "i", "who", N_ ("Members of the inspection"), 2, NULL },
  { "i", "text", N_ ("Findings"), 5, NULL },
  { "nau", "text", N_ ("Text"), 7, NULL },
  { "p", "text", N_ ("Text"), 3, NULL },
  { "d", "text", N_ ("What is difficult, and what is proposed"), 7, NULL },
  { "e", "text", N_ ("Short text for press and portal"), 7, NULL },
  { "i", "follow_up", N_ ("To be put right"), 3, N_ ("Empty where nothing has to be put right") },
  { "ni", "due", N_ ("To be done by"), 1, N_ ("A day, for example 10/7/2025; may stay empty") },
  { "u", "document", N_ ("Number and date of the report to {committee}"), 1, NULL },
  { "a", "authority", N_ ("Decided by, where it was another authority"), 1, NULL },
  { "p", "where", N_ ("Published in"), 1, N_ ("Newspaper, broadcaster, portal") },
  { "p", "date", N_ ("Day of publication"), 1, N_ ("For example 4/7/2025") },
  { "e", "nomination", NULL, 0, NULL },
};

static GtkWidget *
subject_choice (TdCircularForm *self)
{
  const char *const values[] = { "collective", "individual", NULL };
  const char *const labels[] = { _ ("Collective"), _ ("Person"), NULL };

  return td_choice_row_new (self->desk, self->record, "subject", _ ("Collective or person"), values, labels);
}

/* A case may point to the dossier that proposes it for award. */
static GtkWidget *
nomination_choice (TdCircularForm *self)
{
  g_autoptr (GListModel) own = td_desk_dossiers (self->desk, TD_LIST_OWN);
  guint n = g_list_model_get_n_items (own);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  if (n == 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (own, i);

      g_ptr_array_add (values, g_strdup (item->id));
      g_ptr_array_add (labels, g_strdup (item->title));
    }
  g_ptr_array_add (values, NULL);
  g_ptr_array_add (labels, NULL);
  return td_choice_row_new (self->desk, self->record, "nomination", _ ("Award dossier, where there is one"),
                            (const char *const *)values->pdata, (const char *const *)labels->pdata);
}

static GtkWidget *
make_field (TdCircularForm *self, guint i)
{
  g_autofree char *title = td_desk_dated (self->desk, FIELDS[i].title == NULL ? "" : _ (FIELDS[i].title));
  GtkWidget *field;

  if (strcmp (FIELDS[i].path, "to") == 0)
    return td_addressee_picker_new (self->desk, self->record);
  if (strcmp (FIELDS[i].path, "subject") == 0)
    return subject_choice (self);
  if (strcmp (FIELDS[i].path, "nomination") == 0)
    return nomination_choice (self);
  field = g_object_new (TD_TYPE_FIELD_ROW, "title", title, "lines", FIELDS[i].lines, NULL);
  if (FIELDS[i].hint != NULL)
    g_object_set (field, "hint", _ (FIELDS[i].hint), NULL);
  td_field_bind (TD_FIELD (field), self->desk, self->record, FIELDS[i].path);
  return field;
}

/* Which row of the table: most kinds by their first letter. */
static char
initial (TdCircularForm *self)
{
  g_autofree char *re = td_desk_text (self->desk, self->record, "re");
  g_autoptr (TdCircularItem) matter = *re == '\0' ? NULL : td_desk_circular (self->desk, re);

  if (strcmp (self->type, "difficulty") == 0 && td_desk_seat (self->desk) == TD_SEAT_BOARD)
    return 'u';
  if (strcmp (self->type, "answer") == 0 && matter != NULL && strcmp (matter->type, "exemplary") == 0)
    return 'p';
  return self->type[0];
}

static void
fill (TdCircularForm *self)
{
  static const char *const pictures[] = { "ANH", NULL };
  static const char *const papers[] = { "VAN_BAN", NULL };
  char kind = initial (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->fields))) != NULL)
    gtk_box_remove (self->fields, child);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      GtkWidget *field = strchr (FIELDS[i].types, kind) == NULL ? NULL : make_field (self, i);

      if (field != NULL)
        gtk_box_append (self->fields, field);
    }
  td_files_view_set_kinds (self->files, kind == 'e' ? pictures : papers);
  td_files_view_set_record (self->files, self->record);
}

static void
name_form (TdCircularForm *self, const TdCircularItem *item)
{
  g_autofree char *re = td_desk_text (self->desk, self->record, "re");
  g_autoptr (TdCircularItem) matter = *re == '\0' ? NULL : td_desk_circular (self->desk, re);
  g_autofree char *about = NULL;

  gtk_label_set_label (self->heading, item->kind_label);
  if (matter != NULL)
    about = g_strdup_printf (strcmp (item->type, "answer") == 0 ? _ ("Answers “%s” (%s)") : _ ("Passes on “%s” (%s)"),
                             matter->title, matter->author);
  gtk_label_set_label (self->about, about != NULL ? about : "");
  gtk_widget_set_visible (GTK_WIDGET (self->about), about != NULL);
}

/** td_circular_form_show: see circular-form.h. */
void
td_circular_form_show (TdCircularForm *self, const char *record)
{
  g_autoptr (TdCircularItem) item = NULL;

  g_return_if_fail (TD_IS_CIRCULAR_FORM (self));

  if (g_strcmp0 (self->record, record) == 0)
    return;
  td_form_commit (GTK_WIDGET (self->fields));
  item = record == NULL ? NULL : td_desk_circular (self->desk, record);
  g_free (self->record);
  g_free (self->type);
  self->record = item == NULL ? NULL : g_strdup (record);
  self->type = item == NULL ? NULL : g_strdup (item->type);
  if (item == NULL)
    {
      td_files_view_set_record (self->files, NULL);
      return;
    }
  name_form (self, item);
  fill (self);
}

const char *
td_circular_form_get_record (TdCircularForm *self)
{
  g_return_val_if_fail (TD_IS_CIRCULAR_FORM (self), NULL);
  return self->record;
}

/* ---- sending, putting aside ----------------------------------------------------------- */

static void
leave (TdCircularForm *self)
{
  g_autofree char *record = g_strdup (self->record);

  td_circular_form_show (self, NULL);
  g_signal_emit (self, signals[LEFT], 0, record);
}

static void
send (gpointer data)
{
  TdCircularForm *self = data;
  GError *error = NULL;

  if (self->record == NULL)
    return;
  if (!td_desk_send_circular (self->desk, self->record, &error))
    td_tell_error (GTK_WIDGET (self), &error);
  else
    {
      td_tell (GTK_WIDGET (self), _ ("Sent. It goes to the centre with the next exchange."));
      leave (self);
    }
}

static void
on_send (TdCircularForm *self)
{
  g_autofree char *why = NULL;

  if (self->record == NULL || !td_form_commit (GTK_WIDGET (self->fields)))
    return;
  why = td_desk_why_not_send (self->desk, self->record);
  if (why != NULL)
    td_tell (GTK_WIDGET (self), why);
  else
    td_confirm (GTK_WIDGET (self), _ ("Send it?"),
                _ ("What was sent stays as it was sent: it can't be changed or taken back. Those it is for read it "
                   "after their next exchange."),
                _ ("_Send"), FALSE, send, self);
}

static void
drop (gpointer data)
{
  TdCircularForm *self = data;
  GError *error = NULL;

  if (self->record == NULL)
    return;
  if (td_desk_drop_circular (self->desk, self->record, &error))
    leave (self);
  else
    td_tell_error (GTK_WIDGET (self), &error);
}

static void
on_drop (TdCircularForm *self)
{
  td_confirm (GTK_WIDGET (self), _ ("Put this draft aside?"), _ ("It leaves the list of drafts. Nothing was sent."),
              _ ("_Put aside"), TRUE, drop, self);
}

/* ---- the object -------------------------------------------------------------------------- */

static void
td_circular_form_dispose (GObject *object)
{
  TdCircularForm *self = TD_CIRCULAR_FORM (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->type, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_CIRCULAR_FORM);
  G_OBJECT_CLASS (td_circular_form_parent_class)->dispose (object);
}

static void
td_circular_form_class_init (TdCircularFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = td_circular_form_dispose;
  signals[LEFT] = g_signal_new ("left", TD_TYPE_CIRCULAR_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/circular-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdCircularForm, heading);
  gtk_widget_class_bind_template_child (widget_class, TdCircularForm, about);
  gtk_widget_class_bind_template_child (widget_class, TdCircularForm, fields);
  gtk_widget_class_bind_template_child (widget_class, TdCircularForm, files);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
}

static void
td_circular_form_init (TdCircularForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_circular_form_set_desk: once, after the template made it. */
void
td_circular_form_set_desk (TdCircularForm *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_CIRCULAR_FORM (self));
  g_set_object (&self->desk, desk);
  td_files_view_set_desk (self->files, desk);
}
