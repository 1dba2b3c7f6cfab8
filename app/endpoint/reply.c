/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/http-private.h"

#include "wire/coding.h"

#include <string.h>

#define SECONDS_TO_WAIT "5"
#define RECOVERY_SECONDS "120" /* a person ends it */

TdMoment
td_server_moment (TdServer *server)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gboolean practice = server->options.today != TD_DATE_NONE;

  return (TdMoment){ now, practice ? server->options.today : td_date_from_unix (now), practice };
}

#define KNOWN_FROM 512 /* a shorter request is worth less than the hash that names it */

/* The best that the other end takes. */
static TdCoding
coding_for (TdRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *accepted = soup_message_headers_get_list (headers, "Accept-Encoding");
  TdCoding coding
      = request->known != NULL && g_bytes_get_size (request->known) >= KNOWN_FROM ? TD_CODING_DCZ : TD_CODING_ZSTD;

  while (coding != TD_CODING_NONE && (accepted == NULL || !soup_header_contains (accepted, td_coding_name (coding))))
    coding--;
  return coding;
}

/* Takes @bytes. An empty body goes with Content-Length 0: a 204 would hang on. */
static void
reply (TdRequest *request, guint status, const char *type, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  SoupMessageBody *body = soup_server_message_get_response_body (request->message);
  g_autoptr (GBytes) plain = bytes;
  TdCoding coding = coding_for (request);
  g_autoptr (GBytes) packed = td_coding_pack (coding, plain, request->known);

  soup_server_message_set_status (request->message, status, NULL);
  soup_message_headers_set_content_type (headers, type, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (packed != NULL)
    soup_message_headers_replace (headers, "Content-Encoding", td_coding_name (coding));
  soup_message_headers_append (headers, "Vary", "Accept-Encoding");
  soup_message_body_append_bytes (body, packed != NULL ? packed : plain);
  soup_message_body_complete (body);
}

void
td_reply_json (TdRequest *request, guint status, GBytes *bytes)
{
  reply (request, status, "application/json", bytes);
}

void
td_reply_problem (TdRequest *request, TdProblem *problem)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  guint status = problem->status;

  if (status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  if ((status == 429 || status == 503) && soup_message_headers_get_one (headers, "Retry-After") == NULL)
    soup_message_headers_replace (headers, "Retry-After",
                                  strcmp (problem->type, "recovery") == 0 ? RECOVERY_SECONDS : SECONDS_TO_WAIT);
  reply (request, status, "application/problem+json", td_problem_write (problem));
  td_problem_free (problem);
}

void
td_reply_later (TdRequest *request, gint64 milliseconds)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, (milliseconds + 999) / 1000);

  soup_message_headers_replace (headers, "Retry-After", seconds);
  td_reply_fail (request, 503, "busy", "many come at once; it is your turn then");
}

void
td_reply_fail (TdRequest *request, guint status, const char *type, const char *detail)
{
  td_reply_problem (request, td_problem_new (status, type, detail));
}

void
td_reply_empty (TdRequest *request, guint status)
{
  soup_server_message_set_response (request->message, NULL, SOUP_MEMORY_STATIC, NULL, 0);
  soup_server_message_set_status (request->message, status, NULL);
}

void
td_reply_text (TdRequest *request, const char *type, const char *text)
{
  reply (request, 200, type, g_bytes_new (text, strlen (text)));
}

void
td_reply_document (TdRequest *request, const char *text, const char *digest)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (request->message);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", digest);
  gboolean same = g_strcmp0 (soup_message_headers_get_one (asked, "If-None-Match"), tag) == 0;

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "ETag", tag);
  if (same)
    td_reply_empty (request, 304);
  else
    reply (request, 200, "application/json", g_bytes_new (text, strlen (text)));
}
