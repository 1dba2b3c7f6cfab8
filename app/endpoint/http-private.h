/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "endpoint/guard.h"
#include "endpoint/http.h"
#include "endpoint/parts.h"
#include "endpoint/queue.h"

G_BEGIN_DECLS

/* Inside of the server: what its files share. */

struct _TdServer
{
  SoupServer *soup;
  TdGuard *guard;
  TdCentre *centre;
  char *files; /* folders */
  char *incoming;
  char *folder; /* above both */
  TdServerOptions options;
  GHashTable *buckets; /* key -> requests it may make now */
  GHashTable *uploads; /* key -> files it is sending */
  TdQueue *queue;      /* of pushes, when too many come at once */
  TdParts *parts;      /* files that are not whole yet */
};

typedef struct _TdUpload TdUpload;

/* One request from its header to its answer. */
typedef struct
{
  TdServer *server;
  SoupServerMessage *message; /* borrowed: it owns this */
  const char *path;
  GHashTable *query; /* borrowed, while its handler runs */
  GByteArray *body;  /* NULL: not kept */
  GBytes *known;     /* the same, unpacked, where an answer may refer to it */
  gsize most;
  gsize drained; /* of a body nobody wants */
  char *key;     /* device, where the route asks for one */
  char *unit;    /* likewise */
  TdUpload *upload;
} TdRequest;

/* answers (reply.c) */
void td_reply_json (TdRequest *request, guint status, GBytes *bytes); /* takes @bytes; packed as asked */
void td_reply_problem (TdRequest *request, TdProblem *problem);       /* takes */
void td_reply_fail (TdRequest *request, guint status, const char *type, const char *detail);
void td_reply_later (TdRequest *request, gint64 milliseconds); /* 503 with the time of its turn */
void td_reply_empty (TdRequest *request, guint status);
void td_reply_text (TdRequest *request, const char *type, const char *text);
/* A catalogue file: its digest is its name for If-None-Match. */
void td_reply_document (TdRequest *request, const char *text, const char *digest);
TdMoment td_server_moment (TdServer *server);

/* files out (download.c) */
char *td_server_file_path (TdServer *server, const char *sha);
gboolean td_server_make_folders (TdServer *server, GError **error); /* and takes up what lies in "incoming" */
void td_download (TdRequest *request);

/* files in (upload.c) */
void td_upload_begin (TdRequest *request);  /* at the header */
void td_upload_finish (TdRequest *request); /* all of this body came */
void td_upload_free (TdUpload *self);       /* what came stays */
void td_upload_head (TdRequest *request);
void td_upload_drop (TdRequest *request);
void td_upload_options (TdRequest *request);

/* a package that was uploaded (http-import.c) */
void td_answer_import (TdRequest *request, GBytes *bytes); /* takes; NULL: answered already */

G_END_DECLS
