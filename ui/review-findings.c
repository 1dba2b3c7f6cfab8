/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-findings.h"

#include "desk/doubles.h"
#include "say.h"
#include "step-form.h"

#include <glib/gi18n.h>

struct _TdReviewFindings
{
  GtkBox parent_instance;

  TdDesk *desk;
  char *dossier;
  char *shown; /* what the rows say: they are built anew only when it differs */
  guint open;  /* findings not met */

  GtkLabel *note;
  GtkListBox *rows;
};

enum
{
  FIELD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdReviewFindings, td_review_findings, GTK_TYPE_BOX)

static GtkWidget *
text_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* "Chưa đạt · Xếp loại tổ chức Đảng · mục III.2.1.d" */
static GtkWidget *
head_new (TdFindingItem *finding)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (td_verdict_icon (finding->verdict));
  g_autofree char *place = g_strjoin (" · ", finding->title, *finding->clause != '\0' ? finding->clause : NULL, NULL);
  GtkWidget *label = text_new (finding->verdict_label, "heading");
  GtkWidget *clause = text_new (place, "td-clause");

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (box, "td-verdict");
  if (*td_verdict_class (finding->verdict) != '\0')
    gtk_widget_add_css_class (box, td_verdict_class (finding->verdict));
  gtk_widget_add_css_class (clause, "dim-label");
  gtk_widget_set_hexpand (clause, TRUE);
  gtk_label_set_xalign (GTK_LABEL (clause), 1);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), clause);
  return box;
}

static void
on_answer_changed (GtkEditable *entry, TdReviewFindings *self)
{
  td_desk_set_draft (self->desk, g_object_get_data (G_OBJECT (entry), "draft"), gtk_editable_get_text (entry));
}

/* The appraiser's words: kept as a draft until the appraisal is given. */
static GtkWidget *
answer_new (TdReviewFindings *self, TdFindingItem *finding)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *member = g_strconcat ("answer:", finding->rule, NULL);
  char *key = td_step_form_draft_key ("appraise", self->dossier, member);
  g_autofree char *draft = td_desk_draft (self->desk, key);
  g_autofree char *name = g_strdup_printf (_ ("Answer to “%s”"), finding->title);

  g_object_set_data_full (G_OBJECT (entry), "draft", key, g_free);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Answer of the appraisal, given with the step"));
  gtk_editable_set_text (GTK_EDITABLE (entry), draft);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_answer_changed), self, 0);
  return entry;
}

static GtkWidget *
waive_new (TdFindingItem *finding, const char *label)
{
  g_autofree char *text = g_strdup_printf ("%s…", label);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "review.waive-rule");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", finding->rule);
  return button;
}

static GtkWidget *
double_button (const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  return button;
}

/* The other dossiers that this desk may open, and the word that they are other persons. */
static GtkWidget *
doubles_new (TdReviewFindings *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (GListModel) doubles = td_desk_doubles (self->desk, self->dossier);
  g_autofree char *why = td_desk_why_not (self->desk, "clear_double", self->dossier);

  for (guint i = 0; i < g_list_model_get_n_items (doubles); i++)
    {
      g_autoptr (TdRowItem) row = g_list_model_get_item (doubles, i);
      g_autofree char *text = g_strdup_printf (_ ("Compare with the dossier of %s…"), row->title);

      if (*row->id != '\0')
        gtk_box_append (GTK_BOX (box), double_button (text, "review.compare", row->id));
    }
  if (why == NULL)
    {
      g_autofree char *label = td_desk_verb_label (self->desk, "clear_double");
      g_autofree char *text = g_strdup_printf ("%s…", label);

      gtk_box_append (GTK_BOX (box), double_button (text, "review.clear-double", NULL));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_halign (child, GTK_ALIGN_START);
  return box;
}

static gboolean
asks_answer (TdFindingItem *finding)
{
  return g_str_equal (finding->verdict, "manual");
}

static gboolean
may_waive (TdFindingItem *finding)
{
  return finding->overridable && !finding->waived
         && (g_str_equal (finding->verdict, "fail") || g_str_equal (finding->verdict, "unknown"));
}

static void
add_row (TdReviewFindings *self, TdFindingItem *finding, gboolean appraises, const char *waive)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), head_new (finding));
  gtk_box_append (GTK_BOX (box), text_new (finding->message, NULL));
  if (*finding->cure != '\0' && !g_str_equal (finding->verdict, "pass") && !finding->answered)
    gtk_box_append (GTK_BOX (box), text_new (finding->cure, "dim-label"));
  if (*finding->answer != '\0')
    {
      /* A clearance may be the district's: it says itself whose it is. */
      g_autofree char *answer
          = finding->doubled ? g_strdup (finding->answer) : g_strdup_printf (_ ("Board: %s"), finding->answer);

      gtk_box_append (GTK_BOX (box), text_new (answer, "accent"));
    }
  if (appraises && asks_answer (finding))
    gtk_box_append (GTK_BOX (box), answer_new (self, finding));
  if (waive != NULL && may_waive (finding))
    gtk_box_append (GTK_BOX (box), waive_new (finding, waive));
  if (finding->doubled)
    gtk_box_append (GTK_BOX (box), doubles_new (self));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), *finding->record != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, finding->message, -1);
  g_object_set_data_full (G_OBJECT (row), "finding", g_object_ref (finding), g_object_unref);
  gtk_list_box_append (self->rows, row);
}

static void
on_row_activated (GtkListBox *box, GtkListBoxRow *row, gpointer data)
{
  TdFindingItem *finding = g_object_get_data (G_OBJECT (row), "finding");
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (box), TD_TYPE_REVIEW_FINDINGS);

  g_signal_emit (self, signals[FIELD], 0, finding->record, finding->path);
}

static char *
describe (GListModel *findings, const char *dossier, gboolean appraises, const char *waive, const char *note)
{
  GString *text = g_string_new (dossier);

  g_string_append_printf (text, "\n%d %s %s", appraises, waive != NULL ? waive : "", note);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TdFindingItem) finding = g_list_model_get_item (findings, i);

      g_string_append_printf (text, "\n%d %d %d %s %s %s %s", finding->doubled, finding->waived, finding->answered,
                              finding->rule, finding->verdict, finding->message, finding->answer);
    }
  return g_string_free (text, FALSE);
}

static gboolean
may_take (TdReviewFindings *self, const char *verb)
{
  g_autofree char *why = td_desk_why_not (self->desk, verb, self->dossier);

  return why == NULL;
}

static void
empty (TdReviewFindings *self)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, 0))) != NULL)
    gtk_list_box_remove (self->rows, row);
  self->open = 0;
}

static void
fill (TdReviewFindings *self)
{
  g_autoptr (GListModel) findings = td_desk_findings (self->desk, self->dossier);
  gboolean appraises = may_take (self, "appraise");
  g_autofree char *waive = may_take (self, "waive") ? td_desk_verb_label (self->desk, "waive") : NULL;
  g_autofree char *note = td_desk_findings_note (self->desk, self->dossier);
  g_autofree char *wanted = describe (findings, self->dossier, appraises, waive, note);

  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  empty (self);
  gtk_label_set_label (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TdFindingItem) finding = g_list_model_get_item (findings, i);

      if (g_str_equal (finding->verdict, "na"))
        continue;
      self->open += !g_str_equal (finding->verdict, "pass") && !finding->waived && !finding->answered;
      add_row (self, finding, appraises, waive);
    }
}

static void
td_review_findings_dispose (GObject *object)
{
  TdReviewFindings *self = TD_REVIEW_FINDINGS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REVIEW_FINDINGS);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->dossier, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (td_review_findings_parent_class)->dispose (object);
}

static void
td_review_findings_class_init (TdReviewFindingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_review_findings_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-findings.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewFindings, note);
  gtk_widget_class_bind_template_child (widget_class, TdReviewFindings, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);

  signals[FIELD] = g_signal_new ("field", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
td_review_findings_init (TdReviewFindings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_review_findings_show:
 * @self: a view
 * @desk: the desk
 * @dossier: (nullable): the dossier under review
 *
 * Shows the findings as they stand now.
 */
void
td_review_findings_show (TdReviewFindings *self, TdDesk *desk, const char *dossier)
{
  g_return_if_fail (TD_IS_REVIEW_FINDINGS (self));
  g_return_if_fail (TD_IS_DESK (desk));

  g_set_object (&self->desk, desk);
  g_free (self->dossier);
  self->dossier = g_strdup (dossier);
  if (dossier != NULL)
    fill (self);
  else
    {
      empty (self);
      g_clear_pointer (&self->shown, g_free);
    }
}

/**
 * td_review_findings_count:
 * @self: a view
 *
 * Returns: how many findings are not met
 */
guint
td_review_findings_count (TdReviewFindings *self)
{
  g_return_val_if_fail (TD_IS_REVIEW_FINDINGS (self), 0);

  return self->open;
}
