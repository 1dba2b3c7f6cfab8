/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/journal.h"

TdLogged *
td_logged_new (void)
{
  return g_new0 (TdLogged, 1);
}

void
td_logged_free (TdLogged *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->life);
  g_free (self->id);
  g_free (self->body);
  g_free (self->digest);
  g_free (self->sig);
  g_free (self->chain);
  g_free (self->context);
  g_free (self->code);
  g_free (self->detail);
  g_strfreev (self->beside);
  g_free (self->head);
  g_free (self);
}

TdCode *
td_code_new (void)
{
  return g_new0 (TdCode, 1);
}

void
td_code_free (TdCode *self)
{
  if (self == NULL)
    return;
  g_free (self->slot);
  g_free (self->hash);
  g_free (self->unit);
  g_free (self->roles);
  g_free (self->used_by);
  g_free (self);
}

void
td_late_free (TdLate *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->key);
  g_free (self->life);
  g_free (self->body);
  g_free (self->sig);
  g_free (self->chain);
  g_free (self);
}
