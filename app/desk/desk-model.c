/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/desk-private.h"

/* A list that makes a row when it is looked at: only what is on
 * screen is read and judged. */

#define TD_TYPE_DESK_MODEL (td_desk_model_get_type ())
G_DECLARE_FINAL_TYPE (TdDeskModel, td_desk_model, TD, DESK_MODEL, GObject)

struct _TdDeskModel
{
  GObject parent_instance;
  TdDesk *desk;
  GPtrArray *ids;
  GPtrArray *items; /* NULL until looked at */
  GType type;
  TdDeskMake make;
};

static GType
model_item_type (GListModel *model)
{
  return TD_DESK_MODEL (model)->type;
}

static guint
model_n_items (GListModel *model)
{
  return TD_DESK_MODEL (model)->ids->len;
}

static gpointer
model_item (GListModel *model, guint position)
{
  TdDeskModel *self = TD_DESK_MODEL (model);

  if (position >= self->ids->len)
    return NULL;
  if (self->items->pdata[position] == NULL)
    {
      gpointer item = self->make (self->desk, self->ids->pdata[position]);

      self->items->pdata[position] = item != NULL ? item : g_object_new (self->type, NULL);
    }
  return g_object_ref (self->items->pdata[position]);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = model_item_type;
  iface->get_n_items = model_n_items;
  iface->get_item = model_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TdDeskModel,
                               td_desk_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
free_item (gpointer item)
{
  g_clear_object (&item);
}

static void
td_desk_model_finalize (GObject *object)
{
  TdDeskModel *self = TD_DESK_MODEL (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (td_desk_model_parent_class)->finalize (object);
}

static void
td_desk_model_class_init (TdDeskModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_desk_model_finalize;
}

static void
td_desk_model_init (TdDeskModel *self)
{
}

/**
 * td_desk_model_new_of:
 * @ids: (transfer full): in the order of the screen
 * @type: of the rows
 * @make: the row of one id, owned; %NULL where it is gone
 */
GListModel *
td_desk_model_new_of (TdDesk *desk, GPtrArray *ids, GType type, TdDeskMake make)
{
  TdDeskModel *self = g_object_new (TD_TYPE_DESK_MODEL, NULL);

  self->desk = g_object_ref (desk);
  self->ids = ids;
  self->type = type;
  self->make = make;
  self->items = g_ptr_array_new_with_free_func (free_item);
  g_ptr_array_set_size (self->items, (int)ids->len);
  return G_LIST_MODEL (self);
}

static gpointer
make_dossier (TdDesk *desk, const char *id)
{
  return td_desk_make_item (desk, id);
}

/** td_desk_model_new: dossiers, @ids in the order of the screen; taken. */
GListModel *
td_desk_model_new (TdDesk *desk, GPtrArray *ids)
{
  return td_desk_model_new_of (desk, ids, TD_TYPE_DOSSIER_ITEM, make_dossier);
}
