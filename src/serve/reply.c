/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/reply.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/words.h"

void reply_begin(struct reply *reply)
{
	*reply = (struct reply){.fd = -1};
}

void reply_free(struct reply *reply)
{
	if (reply->fd >= 0)
		close(reply->fd);
	buffer_free(&reply->text);
	reply_begin(reply);
}

const char *reply_phrase(unsigned status)
{
	static const struct {
		unsigned status;
		const char *phrase;
	} phrases[] = {{200, "OK"},
		       {204, "No Content"},
		       {400, "Bad Request"},
		       {404, "Not Found"},
		       {405, "Method Not Allowed"},
		       {406, "Not Acceptable"},
		       {408, "Request Timeout"},
		       {411, "Length Required"},
		       {413, "Content Too Large"},
		       {414, "URI Too Long"},
		       {415, "Unsupported Media Type"},
		       {422, "Unprocessable Content"},
		       {500, "Internal Server Error"},
		       {501, "Not Implemented"},
		       {503, "Service Unavailable"}};
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "Error";
}

static void member(struct buffer *out, const char *name, const char *text)
{
	buffer_print(out, ",\"%s\":", name);
	buffer_json(out, text, strlen(text));
}

static void write_problem(struct reply *reply, unsigned status, const char *code,
			  const char *detail)
{
	reply_free(reply);
	reply->status = status;
	reply->type = "application/problem+json";
	buffer_print(&reply->text, "{\"type\":\"urn:tidewaiter:problem:%s\"", code);
	member(&reply->text, "title", reply_phrase(status));
	buffer_print(&reply->text, ",\"status\":%u", status);
	member(&reply->text, "detail", detail);
}

void reply_problem(struct reply *reply, unsigned status, const char *code, const char *field,
		   const char *format, ...)
{
	char detail[1024];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(detail, sizeof detail, format, arguments);
	va_end(arguments);
	write_problem(reply, status, code, detail);
	if (field)
		member(&reply->text, "field", field);
	buffer_text(&reply->text, "}\n");
}

void reply_error(struct reply *reply, const struct tw_error *error)
{
	static const struct {
		int code;
		unsigned status;
		const char *word;
	} kinds[] = {{TW_BAD_ARGUMENT, 400, "bad-parameter"}, {TW_BAD_FILE, 422, "unreadable"},
		     {TW_NOT_FOUND, 404, "not-found"},        {TW_BAD_LAW, 500, "bad-law"},
		     {TW_NO_MEMORY, 503, "no-memory"},        {TW_UNSUPPORTED, 501, "not-built"}};
	size_t i = 0;
	while (i + 1 < sizeof kinds / sizeof *kinds && kinds[i].code != error->code)
		i++;
	bool known = kinds[i].code == error->code;
	/* An option of the command line is a parameter here. */
	const char *text = *error->message ? error->message : tw_code_text(error->code);
	size_t dashes = !strncmp(text, "--", 2) ? 2 : 0;
	write_problem(reply, known ? kinds[i].status : 500, known ? kinds[i].word : "failed",
		      text + dashes);
	if (dashes) {
		buffer_text(&reply->text, ",\"field\":");
		buffer_json(&reply->text, text + dashes, strcspn(text + dashes, " :,"));
	}
	if (error->line)
		buffer_print(&reply->text, ",\"line\":%d", error->line);
	if (error->column)
		buffer_print(&reply->text, ",\"column\":%d", error->column);
	buffer_text(&reply->text, "}\n");
}

void reply_problem_add(struct reply *reply, const char *name, const char *json, size_t length)
{
	struct buffer *out = &reply->text;
	if (out->failed || out->length < 2)
		return;
	out->length -= 2; /* the brace and the line end */
	buffer_print(out, ",\"%s\":", name);
	buffer_put(out, json, length);
	buffer_text(out, "}\n");
}
