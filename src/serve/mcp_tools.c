/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/mcp_tools.h"

#include <string.h>
#include <unistd.h>

#include "common/arena.h"
#include "common/error.h"
#include "common/temporary.h"
#include "common/words.h"
#include "common/write.h"
#include "lines/json.h"
#include "serve/route.h"

/* An answer that is longer belongs into a file. */
enum { MOST = 8 << 20 };
#define BODY "goods" /* the argument that is the body of a route, of NDJSON */
#define TEXT "csv"   /* likewise, of CSV alone */

static bool is_tool(const struct route *route)
{
	return route->answer != answer_openapi && !(route->bodies & FORM_BIT(FORM_YAML)) &&
	       route->answers & (FORM_BIT(FORM_JSON) | FORM_BIT(FORM_NDJSON));
}

static const char *body_name(const struct route *route)
{
	return !route->bodies ? NULL : route->bodies & FORM_BIT(FORM_NDJSON) ? BODY : TEXT;
}

static void put_text(struct buffer *out, const char *text)
{
	buffer_json(out, text, strlen(text));
}

/* Of a parameter, or of each of several. */
static void put_kind(struct buffer *out, const struct param *param)
{
	if (param->kind == PARAM_FLAG) {
		buffer_text(out, "\"type\":\"boolean\"");
		return;
	}
	buffer_text(out, "\"type\":[\"string\",\"number\"]");
	if (param->kind != PARAM_CHOICE)
		return;
	buffer_text(out, ",\"enum\":[");
	for (size_t i = 0; param->choices[i]; i++) {
		buffer_text(out, i ? "," : "");
		put_text(out, param->choices[i]);
	}
	buffer_char(out, ']');
}

static void put_param(struct buffer *out, const struct param *param)
{
	put_text(out, param->name);
	buffer_text(out, ":{\"description\":");
	put_text(out, param->about);
	if (param->example) {
		buffer_text(out, param->many ? ",\"examples\":[[" : ",\"examples\":[");
		put_text(out, param->example);
		buffer_text(out, param->many ? "]]" : "]");
	}
	buffer_text(out, param->many ? ",\"type\":\"array\",\"items\":{" : ",");
	put_kind(out, param);
	buffer_text(out, param->many ? "}}" : "}");
}

/* `format` and `stream` are not asked for: the answer is JSON, and whole. */
static bool is_argument(const struct param *param)
{
	return strcmp(param->name, "format") != 0 && strcmp(param->name, "stream") != 0;
}

static void put_body(struct buffer *out, const struct route *route)
{
	if (!strcmp(body_name(route), BODY))
		buffer_text(out, "\"" BODY "\":{\"type\":\"array\",\"items\":{\"type\":\"object\"},"
				 "\"description\":\"lines of goods; the members are the columns of "
				 "a line: hts, origin, entered, value, ...\"}");
	else
		buffer_text(out, "\"" TEXT "\":{\"type\":\"string\",\"description\":\"rows as CSV, "
				 "whose first row names the columns\"}");
}

static void put_needed(struct buffer *out, const struct route *route)
{
	const char *separator = "";
	buffer_text(out, "},\"required\":[");
	for (size_t g = 0; g < ROUTE_PARAMS; g++)
		for (size_t i = 0; i < route->params[g].count; i++) {
			if (!route->params[g].at[i].needed)
				continue;
			buffer_text(out, separator);
			put_text(out, route->params[g].at[i].name);
			separator = ",";
		}
	if (strchr(route->path, '{') || body_name(route)) {
		buffer_text(out, separator);
		put_text(out, body_name(route) ? body_name(route) : "id");
	}
	buffer_text(out, "],\"additionalProperties\":false}");
}

static void put_tool(struct buffer *out, const struct route *route)
{
	const char *separator = "";
	buffer_text(out, "{\"name\":");
	put_text(out, route->operation);
	buffer_text(out, ",\"title\":");
	put_text(out, route->summary);
	buffer_text(out, ",\"description\":");
	put_text(out, route->summary);
	buffer_text(out, ",\"annotations\":{\"readOnlyHint\":true,\"openWorldHint\":false},"
			 "\"inputSchema\":{\"type\":\"object\",\"properties\":{");
	if (strchr(route->path, '{')) {
		buffer_text(out,
			    "\"id\":{\"type\":\"string\",\"description\":\"the id that answers "
			    "cite, such as EO-14257\"}");
		separator = ",";
	} else if (body_name(route)) {
		put_body(out, route);
		separator = ",";
	}
	for (size_t g = 0; g < ROUTE_PARAMS; g++)
		for (size_t i = 0; i < route->params[g].count; i++) {
			if (!is_argument(&route->params[g].at[i]))
				continue;
			buffer_text(out, separator);
			put_param(out, &route->params[g].at[i]);
			separator = ",";
		}
	put_needed(out, route);
	buffer_char(out, '}');
}

void mcp_tools_write(struct buffer *out)
{
	const char *separator = "[";
	for (size_t i = 0; i < route_count; i++) {
		if (!is_tool(&routes[i]))
			continue;
		buffer_text(out, separator);
		put_tool(out, &routes[i]);
		separator = ",";
	}
	buffer_char(out, ']');
}

/* A call, while its arguments are read. */
struct call {
	struct reply reply;
	struct question question;
	struct arena *arena; /* the texts of the arguments */
	bool has_body;
};

static void no_memory(struct call *call)
{
	reply_problem(&call->reply, 503, "no-memory", NULL, "out of memory");
}

/* A string without its quotes and escapes, or what else stands there as it is. */
static const char *text_of(struct call *call, struct json_value value)
{
	char *text = arena_alloc(call->arena, value.raw.length + 1, 1);
	size_t length;
	if (!text) {
		no_memory(call);
		return NULL;
	}
	if (value.kind == JSON_TRUE || value.kind == JSON_FALSE)
		return value.kind == JSON_TRUE ? "yes" : "no";
	if (value.kind == JSON_NUMBER) {
		memcpy(text, value.raw.at, value.raw.length);
		return text;
	}
	if (!json_text(text, &length, value.raw)) {
		reply_problem(&call->reply, 400, "bad-parameter", NULL,
			      "a text holds \\u0000 or half a surrogate pair");
		return NULL;
	}
	text[length] = '\0';
	return text;
}

static void give(struct call *call, const char *name, struct json_value value)
{
	if (value.kind == JSON_OBJECT || value.kind == JSON_ARRAY || value.kind == JSON_NULL) {
		reply_problem(&call->reply, 400, "bad-parameter", name,
			      "%.60s: write a text, a number, true or false", name);
		return;
	}
	const char *text = text_of(call, value);
	if (!text)
		return;
	if (route_give(&call->reply, &call->question, name, text) &&
	    question_get(&call->question, "format"))
		reply_problem(&call->reply, 400, "bad-parameter", name,
			      "an answer is JSON: omit %s", name);
}

static void give_each(struct call *call, const char *name, struct tw_text raw)
{
	struct json_scan scan;
	struct json_value value;
	json_begin(&scan, raw);
	while (!call->reply.status && json_element(&scan, &value))
		give(call, name, value);
}

static int open_body(struct call *call)
{
	struct tw_error error;
	call->has_body = true;
	if ((call->question.in = temporary_file(&error)) < 0)
		reply_error(&call->reply, &error);
	return call->question.in;
}

static bool put_line(struct call *call, const char *at, size_t length)
{
	if (!write_all(call->question.in, at, length) && !write_all(call->question.in, "\n", 1))
		return true;
	reply_problem(&call->reply, 503, "no-room", NULL, "the lines cannot be stored");
	return false;
}

/* The body of a route, from an argument. */
static void give_body(struct call *call, const char *name, struct json_value value)
{
	struct json_scan scan;
	struct json_value line;
	bool is_lines = !strcmp(name, BODY);
	if (value.kind != (is_lines ? JSON_ARRAY : JSON_STRING)) {
		reply_problem(&call->reply, 400, "bad-parameter", name, "%s: write %s", name,
			      is_lines ? "an array of objects" : "a text, rows of CSV");
		return;
	}
	if (open_body(call) < 0)
		return;
	call->question.body = is_lines ? FORM_NDJSON : FORM_CSV;
	if (!is_lines) {
		const char *text = text_of(call, value);
		if (text)
			put_line(call, text, strlen(text));
		return;
	}
	json_begin(&scan, value.raw);
	while (!call->reply.status && json_element(&scan, &line))
		if (line.kind != JSON_OBJECT)
			reply_problem(&call->reply, 400, "bad-parameter", name,
				      "%s: each is an object, a line of goods", name);
		else
			put_line(call, line.raw.at, line.raw.length);
}

static void give_argument(struct call *call, struct tw_text raw_key, struct json_value value)
{
	const char *name = text_of(call, (struct json_value){JSON_STRING, raw_key});
	const char *body = body_name(call->question.route);
	if (!name || value.kind == JSON_NULL) /* as if it were not there */
		return;
	if (body && !strcmp(name, body) && !call->has_body) {
		give_body(call, name, value);
	} else if (strchr(call->question.route->path, '{') && !strcmp(name, "id")) {
		const char *id = value.kind == JSON_STRING ? text_of(call, value) : "";
		if (id && (!*id || strlen(id) >= QUESTION_PATH))
			reply_problem(&call->reply, 400, "bad-parameter", "id",
				      "write the id of an act");
		else if (id)
			memcpy(call->question.id, id, strlen(id) + 1);
	} else if (value.kind == JSON_ARRAY) {
		give_each(call, name, value.raw);
	} else {
		give(call, name, value);
	}
}

static void read_arguments(struct call *call, struct tw_text arguments)
{
	struct question *question = &call->question;
	struct json_scan scan;
	struct tw_text key;
	struct json_value value;
	json_begin(&scan, arguments.length ? arguments : (struct tw_text){"{}", 2});
	while (!call->reply.status && json_member(&scan, &key, &value))
		give_argument(call, key, value);
	if (!call->reply.status && scan.wrong)
		reply_problem(&call->reply, 400, "bad-json", NULL, "%s", scan.wrong);
	if (call->reply.status)
		return;
	if (strchr(question->route->path, '{') && !*question->id)
		reply_problem(&call->reply, 400, "missing-parameter", "id",
			      "id is needed, as in EO-14257");
	else if (question->route->bodies && !call->has_body)
		reply_problem(&call->reply, 400, "missing-parameter", body_name(question->route),
			      "%s is needed", body_name(question->route));
	else
		route_settle(&call->reply, question, form_types[question->body]);
}

static void too_long(struct reply *reply)
{
	reply_problem(reply, 413, "too-long", NULL,
		      "the answer is longer than %d bytes: ask for less, or use the command line",
		      MOST);
}

/* A file of answers, of which all must be there. */
static void read_file(struct reply *reply, int fd)
{
	char piece[16384];
	ssize_t got = lseek(fd, 0, SEEK_SET) == 0 ? 0 : -1;
	while (got >= 0 && (got = read(fd, piece, sizeof piece)) > 0)
		buffer_put(&reply->text, piece, (size_t)got);
	if (got < 0 || reply->text.length != reply->size)
		reply_problem(reply, 503, "no-answers", NULL, "the answers cannot be read back");
}

/* What the reply holds, a file too. */
static void read_reply(struct call *call)
{
	struct reply *reply = &call->reply;
	int fd = reply->fd;
	if (fd < 0) {
		if (reply->text.length > MOST)
			too_long(reply);
		return;
	}
	reply->fd = -1;
	if (reply->size > MOST)
		too_long(reply);
	else
		read_file(reply, fd);
	close(fd);
}

/* The answer as one object: what is an array, or lines, is its member "answers". */
static void put_object(struct buffer *out, const struct reply *reply, enum form form)
{
	const char *at = reply->text.at ? reply->text.at : "";
	size_t length = reply->text.length;
	bool is_lines = reply->status < 400 && form == FORM_NDJSON;
	while (length && (at[length - 1] == '\n' || at[length - 1] == ' '))
		length--;
	if (!is_lines && length && *at == '{') {
		buffer_put(out, at, length);
		return;
	}
	buffer_char(out, '{');
	if (reply->refused)
		buffer_print(out, "\"refused\":%llu,", (unsigned long long)reply->refused);
	buffer_text(out, "\"answers\":");
	if (!is_lines)
		buffer_put(out, length ? at : "[]", length ? length : 2);
	buffer_text(out, is_lines ? "[" : "");
	for (size_t i = 0; is_lines && i < length; i++)
		buffer_char(out, at[i] == '\n' ? ',' : at[i]);
	buffer_text(out, is_lines ? "]}" : "}");
}

static void put_result(struct buffer *out, const struct call *call)
{
	struct buffer object = {.within = out};
	put_object(&object, &call->reply, call->question.form);
	for (size_t i = 0; i < object.length; i++) /* a message is one line; texts have none */
		if (object.at[i] == '\n')
			object.at[i] = ' ';
	buffer_text(out, "{\"content\":[{\"type\":\"text\",\"text\":");
	buffer_json(out, object.at ? object.at : "", object.length);
	buffer_text(out, "}],\"structuredContent\":");
	buffer_put(out, object.at ? object.at : "{}", object.length ? object.length : 2);
	buffer_print(out, ",\"isError\":%s}", call->reply.status >= 400 ? "true" : "false");
	buffer_free(&object);
}

static const struct route *find(const char *name)
{
	for (size_t i = 0; i < route_count; i++)
		if (is_tool(&routes[i]) && !strcmp(routes[i].operation, name))
			return &routes[i];
	return NULL;
}

bool mcp_tools_call(struct buffer *out, struct worker *worker, const char *name,
		    struct tw_text arguments)
{
	const struct route *route = find(name);
	if (!route)
		return false;
	struct call call = {.question = {.route = route, .in = -1, .out = -1},
			    .arena = arena_new()};
	bool is_json = route->answers & FORM_BIT(FORM_JSON) && !route->bodies;
	reply_begin(&call.reply);
	call.question.form = is_json ? FORM_JSON : FORM_NDJSON;
	if (!call.arena)
		no_memory(&call);
	else
		read_arguments(&call, arguments);
	if (!call.reply.status && call.question.in >= 0 &&
	    lseek(call.question.in, 0, SEEK_SET) != 0)
		reply_problem(&call.reply, 503, "no-room", NULL, "the lines cannot be stored");
	if (!call.reply.status) {
		route->answer(&call.reply, &call.question, worker);
		read_reply(&call);
	}
	if (call.question.in >= 0)
		close(call.question.in);
	put_result(out, &call);
	reply_free(&call.reply);
	arena_free(call.arena);
	return true;
}
