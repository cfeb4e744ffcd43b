/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/mcp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/buffer.h"
#include "common/error.h"
#include "common/words.h"
#include "common/write.h"
#include "lines/json.h"
#include "serve/mcp_tools.h"

/* A message that is longer is refused, and the next is read. */
enum { MESSAGE = 64 << 20, NAME = 100 };

/* JSON-RPC 2.0, section 5.1. */
enum { NOT_JSON = -32700, NOT_A_REQUEST = -32600, NO_METHOD = -32601, BAD_PARAMS = -32602 };

/* A request, as it is written; what is not there has no length. */
struct message {
	struct tw_text id, method, params;
	bool is_request; /* it has an id, so that it is answered */
	const char *wrong;
};

static bool is_text(struct tw_text raw, const char *text)
{
	return raw.length == strlen(text) && !memcmp(raw.at, text, raw.length);
}

static struct message read_message(struct tw_text text)
{
	struct message message = {0};
	struct json_scan scan;
	struct tw_text key;
	struct json_value value;
	json_begin(&scan, text);
	while (json_member(&scan, &key, &value)) {
		if (is_text(key, "\"id\"") &&
		    (value.kind == JSON_STRING || value.kind == JSON_NUMBER)) {
			message.id = value.raw;
			message.is_request = true;
		} else if (is_text(key, "\"method\"") && value.kind == JSON_STRING) {
			message.method = value.raw;
		} else if (is_text(key, "\"params\"") && value.kind == JSON_OBJECT) {
			message.params = value.raw;
		}
	}
	message.wrong = scan.wrong;
	if (!message.wrong && !json_finish(&scan))
		message.wrong = scan.wrong ? scan.wrong : "something follows the object";
	return message;
}

/* A member of params; false: there is none of the kind. */
static bool param(struct tw_text *out, struct tw_text params, const char *name, enum json_kind kind)
{
	struct json_scan scan;
	struct tw_text key;
	struct json_value value;
	bool found = false;
	if (!params.length)
		return false;
	json_begin(&scan, params);
	while (json_member(&scan, &key, &value))
		if (is_text(key, name) && value.kind == kind) {
			*out = value.raw;
			found = true;
		}
	return found;
}

/* Whether a member is there and is neither of the kind nor null. */
static bool has_other(struct tw_text params, const char *name, enum json_kind kind)
{
	struct tw_text raw;
	for (enum json_kind other = JSON_STRING; other <= JSON_ARRAY; other++)
		if (other != kind && other != JSON_NULL && param(&raw, params, name, other))
			return true;
	return false;
}

static void begin_answer(struct buffer *out, const struct message *message)
{
	buffer_text(out, "{\"jsonrpc\":\"2.0\",\"id\":");
	buffer_put(out, message->is_request ? message->id.at : "null",
		   message->is_request ? message->id.length : 4);
}

static void put_fault(struct buffer *out, const struct message *message, int code, const char *text)
{
	begin_answer(out, message);
	buffer_print(out, ",\"error\":{\"code\":%d,\"message\":", code);
	buffer_json(out, text, strlen(text));
	buffer_text(out, "}}");
}

/* The version that is asked for where it is known, else the newest. */
static void initialize(struct buffer *out, const struct message *message)
{
	static const char *const versions[] = {"\"2025-11-25\"", "\"2025-06-18\"", "\"2025-03-26\"",
					       "\"2024-11-05\""};
	const char *version = versions[0];
	struct tw_text asked;
	if (param(&asked, message->params, "\"protocolVersion\"", JSON_STRING))
		for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
			if (is_text(asked, versions[i]))
				version = versions[i];
	begin_answer(out, message);
	buffer_print(
	    out,
	    ",\"result\":{\"protocolVersion\":%s,\"capabilities\":{\"tools\":{}},"
	    "\"serverInfo\":{\"name\":\"tidewaiter\",\"version\":\"%s\"},\"instructions\":",
	    version, tw_version());
	static const char about[] =
	    "Customs duties, low-value exemptions and controlled chemicals for goods on any date, "
	    "each "
	    "with the act that says so. The tariff code is the caller's; codes finds codes by "
	    "words. "
	    "An answer with the status incomplete names what must be declared; never guess it.";
	buffer_json(out, about, sizeof about - 1);
	buffer_text(out, "}}");
}

static void call(struct buffer *out, const struct message *message, struct worker *worker)
{
	struct tw_text raw, arguments = {"", 0};
	char name[NAME];
	size_t length = 0;
	struct buffer result = {.within = out};
	if (has_other(message->params, "\"arguments\"", JSON_OBJECT)) {
		put_fault(out, message, BAD_PARAMS, "params.arguments is an object");
		return;
	}
	param(&arguments, message->params, "\"arguments\"", JSON_OBJECT);
	bool has_name = param(&raw, message->params, "\"name\"", JSON_STRING) &&
			raw.length < NAME && json_text(name, &length, raw);
	name[length] = '\0';
	if (has_name && mcp_tools_call(&result, worker, name, arguments)) {
		begin_answer(out, message);
		buffer_text(out, ",\"result\":");
		buffer_put(out, result.at ? result.at : "{}", result.at ? result.length : 2);
		buffer_char(out, '}');
	} else {
		put_fault(out, message, BAD_PARAMS,
			  "params.name: there is no such tool; tools/list names them");
	}
	buffer_free(&result);
}

static void answer(struct buffer *out, const struct message *message, struct worker *worker)
{
	if (is_text(message->method, "\"initialize\"")) {
		initialize(out, message);
	} else if (is_text(message->method, "\"ping\"")) {
		begin_answer(out, message);
		buffer_text(out, ",\"result\":{}}");
	} else if (is_text(message->method, "\"tools/list\"")) {
		begin_answer(out, message);
		buffer_text(out, ",\"result\":{\"tools\":");
		mcp_tools_write(out);
		buffer_text(out, "}}");
	} else if (is_text(message->method, "\"tools/call\"")) {
		call(out, message, worker);
	} else {
		put_fault(out, message, NO_METHOD,
			  "there is no such method: initialize, ping, tools/list, tools/call");
	}
}

/* One line of the input; nothing is written where nothing is asked. */
static void take_line(struct buffer *out, struct tw_text text, struct worker *worker,
		      const struct serve_options *options)
{
	size_t blank = 0;
	while (blank < text.length && (text.at[blank] == ' ' || text.at[blank] == '\r'))
		blank++;
	if (blank == text.length)
		return;
	struct message message = {.wrong = "a message has at most 64 MiB"};
	if (text.length <= MESSAGE)
		message = read_message(text);
	if (message.wrong) {
		message.is_request = false;
		put_fault(out, &message, NOT_JSON, message.wrong);
	} else if (!message.method.length) {
		if (message.is_request)
			put_fault(out, &message, NOT_A_REQUEST, "method is needed");
	} else if (message.is_request) {
		worker_begin(worker, options);
		answer(out, &message, worker);
	}
}

/* Writes what is there; false: nobody reads any more, or there is no memory for it. */
static bool send_line(struct buffer *out, int to)
{
	bool sent = true;
	if (out->failed)
		return false;
	if (out->length) {
		buffer_char(out, '\n');
		sent = !out->failed && !write_all(to, out->at, out->length);
	}
	out->length = 0;
	return sent;
}

/* What has come, line by line; what is left of it goes to the front. */
static bool take_lines(struct buffer *in, struct buffer *out, int to, struct worker *worker,
		       const struct serve_options *options)
{
	size_t from = 0;
	const char *end;
	bool sent = true;
	while (sent && (end = memchr(in->at + from, '\n', in->length - from))) {
		size_t length = (size_t)(end - in->at) - from;
		take_line(out, (struct tw_text){in->at + from, length}, worker, options);
		sent = send_line(out, to);
		from += length + 1;
	}
	in->length -= from;
	memmove(in->at, in->at + from, in->length);
	return sent;
}

int mcp_run(const struct serve_options *options, int in, int out, struct tw_error *error)
{
	struct worker worker = {0};
	struct buffer text = {0}, reply = {0};
	static const struct message none;
	bool is_lost = false, sent = true; /* is_lost: the rest of a line that was too long */
	char piece[65536];
	ssize_t got = 0;
	while (sent && ((got = read(in, piece, sizeof piece)) > 0 || (got < 0 && errno == EINTR))) {
		const char *at = piece, *end = got > 0 ? memchr(piece, '\n', (size_t)got) : NULL;
		if (got < 0 || (is_lost && !end))
			continue;
		if (is_lost) {
			at = end + 1;
			is_lost = false;
		}
		buffer_put(&text, at, (size_t)(piece + got - at));
		if (text.failed)
			break;
		if (text.length)
			sent = take_lines(&text, &reply, out, &worker, options);
		if (sent && text.length > MESSAGE) {
			put_fault(&reply, &none, NOT_JSON, "a message has at most 64 MiB");
			sent = send_line(&reply, out);
			text.length = 0;
			is_lost = true;
		}
	}
	if (sent && !got && text.length && !text.failed) { /* a last line without an end */
		take_line(&reply, (struct tw_text){text.at, text.length}, &worker, options);
		send_line(&reply, out);
	}
	bool failed = text.failed || reply.failed || got < 0;
	worker_free(&worker);
	buffer_free(&text);
	buffer_free(&reply);
	return failed ? error_set(error, TW_NO_MEMORY, "the messages cannot be read: %s",
				  got < 0 ? strerror(errno) : "out of memory")
		      : TW_OK;
}
