/* SPDX-License-Identifier: Apache-2.0 */
/* A reply to its connection with the headers that all have, and what is told of it afterwards. */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/words.h"
#include "serve/server.h"

/* Nothing but what comes from here, no frame around it, no address told to others. */
#define POLICY_OF_ANSWERS "default-src 'none'; frame-ancestors 'none'"
#define POLICY_OF_PAGES                                                                            \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "          \
	"connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/* Where headers go: to a response of the library, or to a text. */
struct headers {
	struct MHD_Response *response;
	struct buffer *text;
};

static void add(const struct headers *headers, const char *name, const char *value)
{
	if (value && headers->text)
		buffer_print(headers->text, "%s: %s\r\n", name, value);
	else if (value)
		(void)MHD_add_response_header(headers->response, name, value);
}

static void add_cors(const struct headers *response, const struct request *request,
		     const struct reply *reply)
{
	const char *origin = request->server->options->cors;
	if (!origin)
		return;
	add(response, "Access-Control-Allow-Origin", origin);
	if (strcmp(origin, "*") != 0)
		add(response, "Vary", "Origin");
	if (reply->status != 204)
		return;
	add(response, "Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS");
	add(response, "Access-Control-Allow-Headers", "Content-Type, Accept, traceparent");
	add(response, "Access-Control-Max-Age", "86400");
}

static void add_headers(const struct headers *response, const struct request *request,
			const struct reply *reply)
{
	bool text = reply->type && !strncmp(reply->type, "text/csv", 8);
	add(response, "Content-Type", text ? "text/csv; charset=utf-8" : reply->type);
	add(response, "X-Content-Type-Options", "nosniff");
	add(response, "Content-Security-Policy",
	    reply->is_page ? POLICY_OF_PAGES : POLICY_OF_ANSWERS);
	add(response, "Referrer-Policy", "no-referrer");
	add(response, "Cache-Control", reply->is_lasting ? "max-age=3600" : "no-store");
	add(response, "Allow", reply->allow);
	if (reply->status == 503)
		add(response, "Retry-After", "1");
	char number[24];
	snprintf(number, sizeof number, "%llu", (unsigned long long)reply->refused);
	add(response, "Tidewaiter-Refused", reply->refused ? number : NULL);
	add_cors(response, request, reply);
}

void request_head(struct buffer *out, const struct request *request)
{
	const struct reply reply = {.status = 200, .type = form_types[request->question.form]};
	buffer_text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n");
	add_headers(&(struct headers){.text = out}, request, &reply);
	buffer_text(out, "\r\n");
}

enum MHD_Result request_send(struct request *request)
{
	struct reply *reply = &request->reply;
	struct MHD_Response *response;
	if (reply->fd < 0 && reply->text.failed)
		reply_problem(reply, 503, "no-memory", NULL, "out of memory");
	if (reply->text.failed)
		return MHD_NO;
	if (reply->fd >= 0) {
		response = MHD_create_response_from_fd64(reply->size, reply->fd);
		request->sent = reply->size;
		if (response)
			reply->fd = -1; /* closed with the response */
	} else {
		response = MHD_create_response_from_buffer(
		    reply->text.length, reply->text.at ? reply->text.at : (void *)"",
		    MHD_RESPMEM_MUST_COPY);
		request->sent = reply->text.length;
	}
	if (!response)
		return MHD_NO;
	add_headers(&(struct headers){.response = response}, request, reply);
	enum MHD_Result result = MHD_queue_response(request->connection, reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static void read_address(char out[64], struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info ? info->client_addr : NULL;
	socklen_t size = address && address->sa_family == AF_INET6  ? sizeof(struct sockaddr_in6)
			 : address && address->sa_family == AF_INET ? sizeof(struct sockaddr_in)
								    : 0;
	if (!size || getnameinfo(address, size, out, 64, NULL, 0, NI_NUMERICHOST))
		*out = '\0';
}

void request_tell(struct request *request, bool is_whole)
{
	struct server *server = request->server;
	char address[64];
	pthread_mutex_lock(&request->lock);
	const struct metrics_request told = {
	    .route = request->question.route,
	    .method = request->method,
	    .path = request->question.path,
	    .address = address,
	    .trace =
		MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "traceparent"),
	    .status = is_whole ? request->reply.status : 0,
	    .received = request->received + request->dropped,
	    .sent = is_whole ? request->sent : 0,
	    .micros = watch_now() - request->began};
	pthread_mutex_unlock(&request->lock);
	metrics_count(&server->metrics, &told);
	if (server->options->quiet)
		return;
	read_address(address, request->connection);
	metrics_log(server->options->log, &told);
}
