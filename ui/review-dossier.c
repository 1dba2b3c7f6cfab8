/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "review-dossier.h"

#include "call-notes.h"
#include "chain-view.h"
#include "files-view.h"
#include "review-fields.h"
#include "review-findings.h"
#include "scan-view.h"

#include <glib/gi18n.h>

/* The list beside has given up its room by then. */
#define HALVE_MS 50

struct _TdReviewDossier
{
  GtkBox parent_instance;

  TdDesk *desk;
  TdDossierItem *dossier;
  gboolean beside;
  guint halving;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *reason;
  TdCallNotes *calls;
  GtkPaned *paned;
  GtkStack *stack;
  GtkStackPage *check_page;
  TdReviewFields *fields;
  TdReviewFindings *findings;
  TdFilesView *papers;
  TdChainView *chain;
  TdScanView *scans;
};

enum
{
  PROP_0,
  PROP_SCANS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TdReviewDossier, td_review_dossier, GTK_TYPE_BOX)

/* Fields and scan get half each; afterwards it is the person's divider. */
static gboolean
halve (gpointer data)
{
  TdReviewDossier *self = data;

  self->halving = 0;
  gtk_paned_set_position (self->paned, gtk_widget_get_width (GTK_WIDGET (self->paned)) / 2);
  return G_SOURCE_REMOVE;
}

static void
on_field (TdReviewDossier *self, const char *record, const char *path)
{
  td_review_dossier_focus (self, record, path);
}

static gboolean
on_open (TdReviewDossier *self, TdFileItem *file)
{
  td_review_dossier_set_scans (self, TRUE);
  td_scan_view_show (self->scans, file->record, file->key);
  gtk_widget_child_focus (GTK_WIDGET (self->scans), GTK_DIR_TAB_FORWARD);
  return TRUE;
}

static void
append (GString *text, const char *part)
{
  if (*part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/* "Cá nhân · Xã Vị Thủy · Bí thư Đảng ủy · Đã tiếp nhận từ 08/07/2025" */
static void
show_head (TdReviewDossier *self)
{
  TdDossierItem *item = self->dossier;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *stage = NULL;

  append (text, item->kind_label);
  append (text, item->unit_name);
  append (text, item->subtitle);
  stage = *item->since != '\0' ? g_strdup_printf (_ ("%s since %s"), item->stage_label, item->since)
                               : g_strdup (item->stage_label);
  append (text, stage);
  append (text, item->opinion_label);
  gtk_label_set_label (self->title, item->title);
  gtk_label_set_label (self->subtitle, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), text->str);
  if (*item->reason != '\0')
    {
      g_autofree char *reason = g_strdup_printf (_ ("Reason: %s"), item->reason);

      gtk_label_set_label (self->reason, reason);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->reason), reason);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *item->reason != '\0');
}

static void
show_check (TdReviewDossier *self)
{
  g_autofree char *title = NULL;
  guint open;

  td_review_findings_show (self->findings, self->desk, self->dossier->id);
  open = td_review_findings_count (self->findings);
  title = open > 0 ? g_strdup_printf (_ ("Chec_k (%u)"), open) : g_strdup (_ ("Chec_k"));
  if (g_strcmp0 (gtk_stack_page_get_title (self->check_page), title) != 0)
    gtk_stack_page_set_title (self->check_page, title);
}

static void
show_papers (TdReviewDossier *self)
{
  g_autoptr (GListModel) files = td_desk_files (self->desk, self->dossier->id);

  td_scan_view_set_files (self->scans, files);
}

static void
td_review_dossier_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TdReviewDossier *self = TD_REVIEW_DOSSIER (object);

  if (id == PROP_SCANS)
    g_value_set_boolean (value, self->beside);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
td_review_dossier_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SCANS)
    td_review_dossier_set_scans (TD_REVIEW_DOSSIER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
td_review_dossier_dispose (GObject *object)
{
  TdReviewDossier *self = TD_REVIEW_DOSSIER (object);

  g_clear_handle_id (&self->halving, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_REVIEW_DOSSIER);
  g_clear_object (&self->dossier);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (td_review_dossier_parent_class)->dispose (object);
}

static void
td_review_dossier_class_init (TdReviewDossierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_review_dossier_dispose;
  object_class->get_property = td_review_dossier_get_property;
  object_class->set_property = td_review_dossier_set_property;

  properties[PROP_SCANS] = g_param_spec_boolean ("scans", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (TD_TYPE_REVIEW_FIELDS);
  g_type_ensure (TD_TYPE_REVIEW_FINDINGS);
  g_type_ensure (TD_TYPE_FILES_VIEW);
  g_type_ensure (TD_TYPE_CALL_NOTES);
  g_type_ensure (TD_TYPE_CHAIN_VIEW);
  g_type_ensure (TD_TYPE_SCAN_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/review-dossier.ui");
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, title);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, reason);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, paned);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, stack);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, check_page);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, calls);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, fields);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, findings);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, papers);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, chain);
  gtk_widget_class_bind_template_child (widget_class, TdReviewDossier, scans);
  gtk_widget_class_bind_template_callback (widget_class, on_field);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
td_review_dossier_init (TdReviewDossier *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_review_dossier_set_desk:
 * @self: a view
 * @desk: the desk
 *
 * Needed once: the view is made by a template.
 */
void
td_review_dossier_set_desk (TdReviewDossier *self, TdDesk *desk)
{
  g_return_if_fail (TD_IS_REVIEW_DOSSIER (self));
  g_return_if_fail (TD_IS_DESK (desk));

  g_set_object (&self->desk, desk);
  td_scan_view_set_desk (self->scans, desk);
  td_files_view_set_desk (self->papers, desk);
  td_chain_view_set_desk (self->chain, desk);
}

/**
 * td_review_dossier_show:
 * @self: a view
 * @dossier: (nullable): the dossier
 *
 * Shows @dossier as it stands now.
 */
void
td_review_dossier_show (TdReviewDossier *self, TdDossierItem *dossier)
{
  gboolean other;

  g_return_if_fail (TD_IS_REVIEW_DOSSIER (self));

  other = dossier == NULL || self->dossier == NULL || !g_str_equal (dossier->id, self->dossier->id);
  g_set_object (&self->dossier, dossier);
  if (other)
    {
      td_files_view_set_record (self->papers, dossier != NULL ? dossier->id : NULL);
      td_chain_view_set_dossier (self->chain, dossier != NULL ? dossier->id : NULL);
    }
  td_review_fields_show (self->fields, self->desk, dossier);
  if (dossier == NULL)
    {
      td_review_findings_show (self->findings, self->desk, NULL);
      td_scan_view_set_files (self->scans, NULL);
      return;
    }
  show_head (self);
  td_call_notes_show (self->calls, self->desk, self->dossier->id);
  show_check (self);
  show_papers (self);
}

/**
 * td_review_dossier_set_scans:
 * @self: a view
 * @beside: whether the scans stand beside the fields
 *
 * Shows or hides the scans.
 */
void
td_review_dossier_set_scans (TdReviewDossier *self, gboolean beside)
{
  g_return_if_fail (TD_IS_REVIEW_DOSSIER (self));

  if (self->beside == beside)
    return;
  self->beside = beside;
  if (beside && self->halving == 0)
    self->halving = g_timeout_add (HALVE_MS, halve, self);
  gtk_widget_set_visible (GTK_WIDGET (self->scans), beside);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCANS]);
}

/**
 * td_review_dossier_focus:
 * @self: a view
 * @record: a record
 * @path: one of its members
 *
 * Returns: whether the field is in the dossier; it is then in view
 */
gboolean
td_review_dossier_focus (TdReviewDossier *self, const char *record, const char *path)
{
  g_return_val_if_fail (TD_IS_REVIEW_DOSSIER (self), FALSE);

  gtk_stack_set_visible_child_name (self->stack, "contents");
  return td_review_fields_focus (self->fields, record, path);
}
