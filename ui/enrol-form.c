/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "enrol-form.h"

#include "unit-change.h"

#include <glib/gi18n.h>

struct _TdEnrolForm
{
  GtkBox parent_instance;

  TdDesk *desk;
  GCancellable *asking;

  GtkWidget *grid;
  GtkEditable *address;
  GtkEditable *code;
  GtkWidget *busy;
};

typedef enum
{
  PROP_FILLED = 1,
  N_PROPS
} TdEnrolFormProperty;
typedef enum
{
  ENROLLED,
  FAILED,
  N_SIGNALS
} TdEnrolFormSignal;

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdEnrolForm, td_enrol_form, GTK_TYPE_BOX)

static void
set_busy (TdEnrolForm *self, gboolean busy)
{
  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_sensitive (self->grid, !busy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}

/* ---- callbacks -------------------------------------------------------------- */

static void
on_typed (TdEnrolForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}

static void
on_enter (TdEnrolForm *self)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static void
on_stop (TdEnrolForm *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
}

static void
enrol_again (gpointer data)
{
  td_enrol_form_enrol (data);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TdEnrolForm) self = TD_ENROL_FORM (data);
  g_autoptr (GError) error = NULL;
  gboolean done = td_desk_enroll_finish (TD_DESK (source), result, &error);

  if (self->desk == NULL)
    return;
  g_clear_object (&self->asking);
  set_busy (self, FALSE);
  if (done)
    g_signal_emit (self, signals[ENROLLED], 0);
  else
    g_signal_emit (self, signals[FAILED], 0,
                   g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                       ? _ ("Stopped. The line can be added at any time.")
                       : error->message);
  if (!done)
    td_unit_change_offer (GTK_WIDGET (self), self->desk, error, enrol_again, self);
}

/* ---- the object ---------------------------------------------------------------- */

static void
td_enrol_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((TdEnrolFormProperty)id)
    {
    case PROP_FILLED:
      g_value_set_boolean (value, td_enrol_form_is_filled (TD_ENROL_FORM (object)));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
td_enrol_form_dispose (GObject *object)
{
  TdEnrolForm *self = TD_ENROL_FORM (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), TD_TYPE_ENROL_FORM);
  G_OBJECT_CLASS (td_enrol_form_parent_class)->dispose (object);
}

static void
td_enrol_form_class_init (TdEnrolFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = td_enrol_form_get_property;
  object_class->dispose = td_enrol_form_dispose;
  properties[PROP_FILLED]
      = g_param_spec_boolean ("filled", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ENROLLED]
      = g_signal_new ("enrolled", TD_TYPE_ENROL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", TD_TYPE_ENROL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/vn/thidua/HoSo/ui/enrol-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdEnrolForm, grid);
  gtk_widget_class_bind_template_child (widget_class, TdEnrolForm, address);
  gtk_widget_class_bind_template_child (widget_class, TdEnrolForm, code);
  gtk_widget_class_bind_template_child (widget_class, TdEnrolForm, busy);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
td_enrol_form_init (TdEnrolForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** td_enrol_form_is_filled: can td_enrol_form_enrol() be called now. */
gboolean
td_enrol_form_is_filled (TdEnrolForm *self)
{
  g_return_val_if_fail (TD_IS_ENROL_FORM (self), FALSE);
  return self->asking == NULL && *gtk_editable_get_text (self->address) != '\0'
         && *gtk_editable_get_text (self->code) != '\0';
}

/** td_enrol_form_set_desk: the desk to be enrolled; the address it knows is shown. */
void
td_enrol_form_set_desk (TdEnrolForm *self, TdDesk *desk)
{
  g_autofree char *address = NULL;

  g_return_if_fail (TD_IS_ENROL_FORM (self));
  if (!g_set_object (&self->desk, desk))
    return;
  address = td_desk_endpoint (desk);
  if (address != NULL && *address != '\0')
    gtk_editable_set_text (self->address, address);
}

/** td_enrol_form_enrol: asks the endpoint; ends with "enrolled" or "failed". */
void
td_enrol_form_enrol (TdEnrolForm *self)
{
  g_return_if_fail (TD_IS_ENROL_FORM (self));
  if (self->desk == NULL || !td_enrol_form_is_filled (self))
    return;
  self->asking = g_cancellable_new ();
  set_busy (self, TRUE);
  td_desk_enroll_async (self->desk, gtk_editable_get_text (self->address), gtk_editable_get_text (self->code),
                        self->asking, on_answer, g_object_ref (self));
}
