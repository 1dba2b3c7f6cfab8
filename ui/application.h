/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The program with its windows. */
#define TD_TYPE_APPLICATION (td_application_get_type ())
G_DECLARE_FINAL_TYPE (TdApplication, td_application, TD, APPLICATION, AdwApplication)

/* @database NULL: the person's own. A database that is named gets a process of
 * its own, so that several desks can stand side by side. */
TdApplication *td_application_new (const char *database);

G_END_DECLS
