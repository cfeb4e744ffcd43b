/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request from its first line to its reply. What takes its time is answered by
 * a thread while the connection sleeps; a body is handed on as it comes, and the
 * connection sleeps while its reader is behind. So no connection waits for
 * another.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "serve/page.h"
#include "serve/server.h"

enum { DROPPED = 8 << 20 /* bytes of a body that nobody wants, before the connection is closed */ };

static struct request *request_new(struct server *server, struct MHD_Connection *connection)
{
	struct request *request = calloc(1, sizeof *request);
	if (!request)
		return NULL;
	request->server = server;
	request->connection = connection;
	atomic_init(&request->owners, 1);
	request->feed.to = -1;
	request->question.in = request->question.out = -1;
	stream_none(&request->stream);
	request->began = watch_now();
	reply_begin(&request->reply);
	pthread_mutex_init(&request->lock, NULL);
	pthread_mutex_lock(&server->lock);
	server->requests++;
	pthread_mutex_unlock(&server->lock);
	return request;
}

void request_release(struct request *request)
{
	if (atomic_fetch_sub(&request->owners, 1) != 1)
		return;
	for (size_t i = 0; i < request->question.count; i++)
		free((void *)request->question.given[i].value);
	feed_close(&request->feed);
	stream_free(&request->stream);
	reply_free(&request->reply);
	free(request->accept);
	pthread_mutex_destroy(&request->lock);
	free(request);
}

static void wake(struct request *request, enum request_sleep from)
{
	if (request->sleeps != from)
		return;
	request->sleeps = REQUEST_AWAKE;
	MHD_resume_connection(request->connection);
}

void request_done(struct request *request)
{
	pthread_mutex_lock(&request->lock);
	request->is_done = true;
	wake(request, REQUEST_FOR_REPLY);
	pthread_mutex_unlock(&request->lock);
	request_release(request);
}

void request_wake(struct request *request)
{
	pthread_mutex_lock(&request->lock);
	wake(request, REQUEST_FOR_ROOM);
	pthread_mutex_unlock(&request->lock);
}

/* The library brings the next chunk of a body even to a connection that sleeps, and its lists break
   where one is sent to sleep twice. */
static void sleep_for_room(struct request *request)
{
	pthread_mutex_lock(&request->lock);
	bool sleeps = request->sleeps == REQUEST_FOR_ROOM;
	if (!sleeps) {
		request->sleeps = REQUEST_FOR_ROOM;
		MHD_suspend_connection(request->connection);
	}
	pthread_mutex_unlock(&request->lock);
	if (!sleeps)
		feed_wait(request->server, request);
}

/* False: the reply is there already. */
static bool sleep_for_reply(struct request *request)
{
	pthread_mutex_lock(&request->lock);
	bool sleeps = !request->is_done;
	if (sleeps) {
		request->sleeps = REQUEST_FOR_REPLY;
		MHD_suspend_connection(request->connection);
	}
	pthread_mutex_unlock(&request->lock);
	return sleeps;
}

static const char *header(struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

static void no_memory(struct request *request)
{
	reply_problem(&request->reply, 503, "no-memory", NULL, "out of memory");
}

/* A parameter. It is kept: the thread that answers may outlive the connection. */
static enum MHD_Result give(void *context, enum MHD_ValueKind kind, const char *name,
			    size_t name_size, const char *value, size_t value_size)
{
	struct request *request = context;
	(void)kind;
	if (strlen(name) != name_size || (value && strlen(value) != value_size)) {
		reply_problem(&request->reply, 400, "bad-parameter", NULL,
			      "a parameter holds a zero byte");
		return MHD_NO;
	}
	char *copy = strdup(value ? value : "");
	if (!copy)
		no_memory(request);
	else if (route_give(&request->reply, &request->question, name, copy))
		return MHD_YES; /* NOLINT(clang-analyzer-unix.Malloc): the question keeps it */
	free(copy);
	return MHD_NO;
}

/* Whether its body is longer than allowed, by what it says itself. */
static bool is_too_long(struct request *request)
{
	const char *length = header(request, "Content-Length");
	return length && strtoull(length, NULL, 10) > request->server->limits.body;
}

static void too_long(struct request *request)
{
	reply_problem(&request->reply, 413, "too-large", NULL,
		      "a body has at most %llu bytes: give the lines in several requests",
		      (unsigned long long)request->server->limits.body);
}

static void answer_metrics(struct request *request)
{
	struct server *server = request->server;
	pthread_mutex_lock(&server->lock);
	unsigned working = server->threads;
	pthread_mutex_unlock(&server->lock);
	metrics_write(&request->reply.text, &server->metrics, working);
	request->reply.status = 200;
	request->reply.type = "text/plain; version=0.0.4; charset=utf-8";
}

/* What is no question: health, metrics, the page. False: the path is none of them. */
static bool is_own(struct request *request, const char *method, const char *path)
{
	struct reply *reply = &request->reply;
	bool asks = !strcmp(method, "GET") || !strcmp(method, "HEAD");
	if (!strcmp(path, "/metrics")) {
		answer_metrics(request);
	} else if (!strcmp(path, "/healthz")) {
		page_health(reply, request->server->options->rulebook);
	} else if (!page_find(reply, path)) {
		return false;
	}
	if (!strcmp(method, "OPTIONS")) {
		reply_free(reply);
		reply->status = 204;
		reply->allow = "GET, HEAD, OPTIONS";
	} else if (!asks) {
		reply_problem(reply, 405, "method", NULL, "%s is asked by GET", path);
		reply->allow = "GET, HEAD, OPTIONS";
	}
	return true;
}

static bool can_stream(const struct request *request)
{
	return request->is_new && !request->server->options->key;
}

/* From the head of the request; a reply where it is wrong. */
static void read_head(struct request *request, const char *method, const char *path)
{
	struct question *question = &request->question;
	struct reply *reply = &request->reply;
	snprintf(question->path, sizeof question->path, "%s", path);
	if (is_own(request, method, path) || !route_find(reply, question, method, path))
		return;
	MHD_get_connection_values_n(request->connection, MHD_GET_ARGUMENT_KIND, give, request);
	if (reply->status || !route_settle(reply, question, header(request, "Content-Type")))
		return;
	const char *accept = header(request, "Accept");
	if (accept && !(request->accept = strdup(accept)))
		no_memory(request);
	else if (is_too_long(request))
		too_long(request);
	else if (question_flag(question, "stream") && !can_stream(request))
		reply_problem(
		    reply, 400, "bad-parameter", "stream",
		    "stream goes over HTTP/1.1 without TLS: ask without it, or leave TLS to a "
		    "proxy");
	else if (question->route->how != ROUTE_STREAM)
		route_form(reply, question, request->accept);
}

/* What the body is, by its first byte where the request does not say. */
static void look_at_body(struct request *request, const char *data, size_t size)
{
	struct question *question = &request->question;
	bool json = question->route->bodies & FORM_BIT(FORM_JSON);
	size_t at = 0;
	while (at < size && strchr(" \t\r\n", data[at]) && data[at])
		at++;
	char first = at < size ? data[at] : '\0';
	if (!question->has_form && json)
		question->body = first == '[' ? FORM_JSON : first == '{' ? FORM_NDJSON : FORM_CSV;
	request->feed.has_elements = question->body == FORM_JSON;
	question->is_single = request->feed.has_elements && first != '[';
}

/* Whether answers are to go out while the body comes in. What is one object is answered as a whole.
 */
static bool wants_stream(const struct request *request)
{
	return question_flag(&request->question, "stream") && !request->question.is_single;
}

static bool open_stream(struct request *request)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct buffer head = {0};
	request_head(&head, request);
	if (head.failed || !info ||
	    !stream_open(&request->stream, info->connect_fd, request->server->limits.timeout,
			 &head)) {
		buffer_free(&head);
		reply_problem(&request->reply, 503, "busy", NULL,
			      "too many files are open: ask again later");
		return false;
	}
	request->question.out = request->stream.to;
	return true;
}

static void begin_body(struct request *request, const char *data, size_t size)
{
	int in;
	request->has_body = true;
	look_at_body(request, data, size);
	if (!route_form(&request->reply, &request->question, request->accept))
		return;
	if (wants_stream(request) && !open_stream(request))
		return;
	if (!feed_open(&request->feed, &in)) {
		reply_problem(&request->reply, 503, "busy", NULL,
			      "too many files are open: ask again later");
		return;
	}
	thread_begin(request, in);
}

static bool has_problem(struct request *request)
{
	pthread_mutex_lock(&request->lock);
	bool has = !request->is_done && request->reply.status;
	pthread_mutex_unlock(&request->lock);
	return has;
}

static enum MHD_Result drop(struct request *request, size_t *size)
{
	request->dropped += *size;
	*size = 0;
	return request->dropped > DROPPED ? MHD_NO : MHD_YES;
}

static struct watched *watched_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

static enum MHD_Result take_body(struct request *request, const char *data, size_t *size)
{
	struct server *server = request->server;
	size_t given = *size;
	if (has_problem(request) || request->question.route->how != ROUTE_STREAM)
		return drop(request, size);
	if (!request->has_body)
		begin_body(request, data, *size);
	if (has_problem(request))
		return drop(request, size);
	bool all = feed_take(&request->feed, data, size);
	request->received += given - *size;
	watch_body(&server->watch, watched_of(request->connection), request->received, false);
	if (request->received > server->limits.body) {
		feed_close(&request->feed);
		pthread_mutex_lock(&request->lock);
		if (!request->is_done)
			too_long(request);
		pthread_mutex_unlock(&request->lock);
		*size = 0;
		return MHD_YES;
	}
	if (!all)
		sleep_for_room(request);
	return MHD_YES;
}

/* What is wrong with JSON as a whole comes before what the lines of it say. */
static void check_elements(struct request *request)
{
	const struct elements *elements = &request->feed.elements;
	if (!request->feed.has_elements || !elements->wrong)
		return;
	reply_problem(&request->reply, 400, "bad-json", NULL, "byte %llu of the body, %s %llu: %s",
		      (unsigned long long)elements->offset + 1,
		      elements->is_array ? "element" : "object",
		      (unsigned long long)elements->count + 1, elements->wrong);
}

/* The last word of a stream. The library closes the connection, of which it has sent nothing. */
static enum MHD_Result end_stream(struct request *request)
{
	struct stream *stream = &request->stream;
	request->sent = stream->sent;
	request->is_streamed = request->reply.status == 200 && stream_finish(stream);
	return MHD_NO;
}

static enum MHD_Result end_body(struct request *request)
{
	if (request->feed.to >= 0 && !feed_end(&request->feed)) {
		sleep_for_room(request);
		return MHD_YES;
	}
	watch_body(&request->server->watch, watched_of(request->connection), request->received,
		   true);
	if (sleep_for_reply(request))
		return MHD_YES;
	check_elements(request);
	if (request->stream.has_begun)
		return end_stream(request);
	if (request->question.is_single && request->feed.elements.count > 1 &&
	    request->reply.status == 200 && request->question.form == FORM_JSON)
		request->reply.type = form_types[FORM_NDJSON]; /* objects, one after the other */
	return request_send(request);
}

/* The request is whole, or its thread is done. */
static enum MHD_Result answer(struct request *request)
{
	const struct route *route = request->question.route;
	struct worker *worker;
	if (has_problem(request))
		return request_send(request);
	if (route->how == ROUTE_STREAM && request->has_begun)
		return end_body(request);
	if (route->how == ROUTE_STREAM) {
		reply_problem(&request->reply, 400, "no-body", NULL, "the body is empty: give %s",
			      route->bodies & FORM_BIT(FORM_YAML)
				  ? "the text of a scenario"
				  : "lines, as JSON, NDJSON or CSV");
	} else if (route->how == ROUTE_NOW) {
		worker = thread_worker(request->server);
		if (worker)
			route->answer(&request->reply, &request->question, worker);
		else
			no_memory(request);
	} else if (request->has_begun || thread_begin(request, -1)) {
		if (sleep_for_reply(request))
			return MHD_YES;
	}
	return request_send(request);
}

enum MHD_Result request_handle(void *at, struct MHD_Connection *connection, const char *url,
			       const char *method, const char *version, const char *data,
			       size_t *size, void **context)
{
	struct server *server = at;
	struct request *request = *context;
	if (request)
		return *size ? take_body(request, data, size) : answer(request);
	watch_working(&server->watch, watched_of(connection), true);
	request = request_new(server, connection);
	if (!request)
		return MHD_NO;
	*context = request;
	request->is_new = !strcmp(version, MHD_HTTP_VERSION_1_1);
	if (atomic_load(&server->is_leaving))
		reply_problem(&request->reply, 503, "ending", NULL, "the server is ending");
	else
		read_head(request, method, url);
	request->method = !strcmp(method, "POST")      ? "POST"
			  : !strcmp(method, "GET")     ? "GET"
			  : !strcmp(method, "HEAD")    ? "HEAD"
			  : !strcmp(method, "OPTIONS") ? "OPTIONS"
						       : "other";
	/* Who waits to be told whether to send a body is told. */
	if (request->reply.status && request->reply.status != 200 &&
	    (header(request, "Expect") || is_too_long(request)))
		return request_send(request);
	return MHD_YES;
}

void request_completed(void *at, struct MHD_Connection *connection, void **context,
		       enum MHD_RequestTerminationCode how)
{
	struct server *server = at;
	struct request *request = *context;
	if (!request)
		return;
	*context = NULL;
	watch_working(&server->watch, watched_of(connection), false);
	request_tell(request, request->is_streamed || how == MHD_REQUEST_TERMINATED_COMPLETED_OK);
	feed_close(&request->feed);
	request_release(request);
	pthread_mutex_lock(&server->lock);
	server->requests--;
	pthread_cond_broadcast(&server->idle);
	pthread_mutex_unlock(&server->lock);
}
