/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device-fixture.h"
#include "line-fixture.h"

#include "endpoint/http.h"

/* A real server in a thread of its own, two enrolled communes, and what they ask of it. The centre is touched from
 * the test only while the server doesn't run. */

#define SERVED_COMMUNE "31447"
#define SERVED_NEIGHBOUR "31459"
#define JSON_LINE "Content-Type: application/json\r\n"

typedef struct
{
  char *folder;
  World *world;
  Device *commune, *neighbour;
  TdServerOptions options;
  GThread *thread;
  GMainLoop *loop;
  guint port;
  GMutex mutex;
  GCond ready;
} Served;

/* For g_test_add(); with test data the test starts the server itself, after it has set options. */
void served_set_up (Served *self, gconstpointer data);
void served_tear_down (Served *self, gconstpointer data);
void served_start (Served *self);
void served_stop (Served *self);
guint served_count (Served *self, const char *folder); /* entries in a folder of the server */
char *device_token_line (Device *device);
Reply *
served_ask (Served *self, Device *device, const char *method, const char *path, const char *headers, GBytes *body);
void expect_reply (Reply *taken, guint status, const char *type); /* "": no problem */
void served_assert_alive (Served *self);                          /* it is there, and answers as it should */
