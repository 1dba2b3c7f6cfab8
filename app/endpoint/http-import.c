/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "endpoint/http-private.h"
#include "endpoint/receive.h"

/* POST /v1/import {"sha"}: a package that came as a file. */

void
td_answer_import (TdRequest *request, GBytes *body)
{
  g_autoptr (GBytes) bytes = body;
  TdMoment moment = td_server_moment (request->server);
  TdProblem *problem = NULL;
  g_autoptr (GBytes) receipt
      = td_receive_package (request->server->centre, request->server->folder, request->unit, bytes, &moment, &problem);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  if (receipt == NULL)
    {
      td_reply_problem (request, problem);
      return;
    }
  soup_server_message_set_status (request->message, 200, NULL);
  soup_message_headers_set_content_type (headers, "application/octet-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_body_append_bytes (soup_server_message_get_response_body (request->message), receipt);
  soup_message_body_complete (soup_server_message_get_response_body (request->message));
}
