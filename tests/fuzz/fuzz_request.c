/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request: method, address, headers, and a body of JSON. Every one has a reply with a status;
 * what is wrong is a problem that reads as JSON. A body in pieces makes the lines that it makes
 * whole, as many as it counts.
 */
#include <stdlib.h>
#include <string.h>

#include "lines/json.h"
#include "serve/answers.h"
#include "serve/elements.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text up to a byte, terminated, and the rest. */
static char *cut(char **rest, char at)
{
	char *text = *rest, *end = strchr(text, at);
	*rest = end ? end + 1 : text + strlen(text);
	if (end)
		*end = '\0';
	return text;
}

static void check_problem(const struct reply *reply)
{
	struct json_scan scan;
	struct json_value value;
	struct tw_text key;
	if (reply->status < 200 || reply->status > 599)
		abort();
	if (reply->status < 400)
		return;
	json_begin(&scan, (struct tw_text){reply->text.at, reply->text.length});
	while (json_member(&scan, &key, &value))
		;
	if (!json_finish(&scan))
		abort();
}

static bool give_all(struct reply *reply, struct question *question, char *query)
{
	while (*query) {
		char *value = cut(&query, '&'), *name = cut(&value, '=');
		if (!route_give(reply, question, name, value))
			return false;
	}
	return true;
}

static void ask(char *text)
{
	static struct worker worker;
	static struct serve_options options;
	struct question question = {.in = -1, .out = -1};
	struct reply reply;
	struct tw_error error;
	char *first = cut(&text, '\n'), *method = cut(&first, ' '), *path = cut(&first, '?');
	char *accept = cut(&text, '\n'), *type = cut(&text, '\n');
	if (!options.rulebook && tw_rulebook_default(&options.rulebook, &error))
		abort();
	reply_begin(&reply);
	worker_begin(&worker, &options);
	worker.has_looked = true; /* no descriptions of codes */
	if (route_find(&reply, &question, method, path) && give_all(&reply, &question, first) &&
	    route_settle(&reply, &question, *type ? type : NULL) &&
	    route_form(&reply, &question, *accept ? accept : NULL)) {
		if (question.route->how == ROUTE_NOW)
			question.route->answer(&reply, &question, &worker);
		else
			reply.status = 200;
	}
	check_problem(&reply);
	reply_free(&reply);
}

static size_t make_lines(char *out, struct elements *elements, const char *at, size_t size,
			 size_t piece)
{
	size_t length = 0;
	for (size_t i = 0; i < size && !elements->wrong; i += piece)
		length += elements_take(elements, out + length, at + i,
					size - i < piece ? size - i : piece);
	elements_end(elements);
	return length;
}

static void read_body(const char *at, size_t size)
{
	struct elements whole = {0}, pieces = {0};
	char *a = malloc(2 * size + 2), *b = malloc(2 * size + 2);
	uint64_t lines = 0;
	if (!a || !b)
		abort();
	size_t length = make_lines(a, &whole, at, size, size + 1);
	if (make_lines(b, &pieces, at, size, 1) != length || memcmp(a, b, length) != 0 ||
	    whole.wrong != pieces.wrong || whole.offset != pieces.offset)
		abort();
	for (size_t i = 0; i < length; i++)
		lines += a[i] == '\n';
	if (lines != whole.count)
		abort();
	free(a);
	free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	read_body((const char *)data, size);
	ask(text);
	free(text);
	return 0;
}
