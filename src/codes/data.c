/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter code` for programs: JSON, NDJSON and CSV. Finds nothing and computes nothing. */
#include <stdio.h>
#include <string.h>

#include "codes/answer.h"
#include "common/instant.h"

static void key(struct buffer *out, const char *name)
{
	char last = out->length ? out->at[out->length - 1] : '{';
	if (last != '{' && last != '[')
		buffer_char(out, ',');
	buffer_json(out, name, strlen(name));
	buffer_char(out, ':');
}

static void text(struct buffer *out, const char *name, const char *value)
{
	key(out, name);
	buffer_json(out, value, strlen(value));
}

static void number(struct buffer *out, const char *name, size_t value)
{
	key(out, name);
	buffer_number(out, value);
}

static void day(struct buffer *out, const char *name, int32_t value)
{
	char shown[16];
	if (value == INT32_MIN || value == INT32_MAX)
		return;
	time_print_day(shown, value);
	text(out, name, shown);
}

/* The parts of "a > b" as an array. */
static void parts(struct buffer *out, const char *name, const char *value)
{
	key(out, name);
	buffer_char(out, '[');
	while (*value) {
		const char *end = strstr(value, " > ");
		size_t length = end ? (size_t)(end - value) : strlen(value);
		buffer_json(out, value, length);
		value += length + (end ? 3 : 0);
		buffer_text(out, *value ? "," : "");
	}
	buffer_char(out, ']');
}

static const char *level(const struct codes_entry *entry)
{
	static const char *const names[] = {"chapter", "heading", "subheading"};
	if (entry->kind == CODES_HEADING)
		return "chapter-99";
	return entry->kind == CODES_LINE ? "line" : names[entry->digits / 2 - 1];
}

static void put_base(struct buffer *out, const struct code_answer *answer,
		     const struct codes_entry *entry)
{
	struct codes_rates base;
	codes_rates(&base, answer->rulebook, entry->code, answer->at);
	if (!base.lines)
		return;
	if (*base.general)
		text(out, "general", base.general);
	if (*base.column2)
		text(out, "column2", base.column2);
	if (entry->kind != CODES_LINE)
		return;
	key(out, "units");
	buffer_char(out, '[');
	if (*base.unit1)
		buffer_json(out, base.unit1, strlen(base.unit1));
	if (*base.unit2) {
		buffer_char(out, ',');
		buffer_json(out, base.unit2, strlen(base.unit2));
	}
	buffer_char(out, ']');
}

static void put_bite(struct buffer *out, const struct code_bite *bite)
{
	key(out, "headings");
	buffer_char(out, '[');
	for (size_t i = 0; i < bite->count; i++) {
		const struct code_heading *h = &bite->heading[i];
		buffer_text(out, i ? ",{" : "{");
		text(out, "heading", h->heading);
		text(out, "rate", h->rate);
		text(out, "program", h->program);
		text(out, "title", h->title);
		if (h->is_void)
			buffer_text(out, ",\"void\":true");
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
	if (bite->incomplete || bite->more)
		buffer_text(out, ",\"headings_incomplete\":true");
	if (*bite->why)
		text(out, "refused", bite->why);
}

static void put_entry(struct buffer *out, const struct code_answer *answer,
		      const struct codes_entry *entry, const char *words,
		      const struct code_bite *bite)
{
	buffer_char(out, '{');
	text(out, "code", entry->code);
	text(out, "level", level(entry));
	text(out, "description", entry->text);
	if (*entry->also)
		text(out, "also", entry->also);
	if (words)
		parts(out, "path", words);
	day(out, "from", entry->from);
	day(out, "until", entry->until);
	if (entry->digits < 10 && entry->kind != CODES_HEADING)
		number(out, "lines", entry->lines);
	put_base(out, answer, entry);
	if (bite && entry->digits >= 6)
		put_bite(out, bite);
	buffer_char(out, '}');
}

static void put_plain(struct buffer *out, const char *name, const struct code_answer *answer,
		      const struct codes_list *list)
{
	key(out, name);
	buffer_char(out, '[');
	for (size_t i = 0; i < list->count; i++) {
		buffer_text(out, i ? "," : "");
		put_entry(out, answer, &list->item[i], NULL, NULL);
	}
	buffer_char(out, ']');
}

static void put_shown(struct buffer *out, const char *name, const struct code_answer *answer,
		      size_t first, size_t last)
{
	key(out, name);
	buffer_char(out, '[');
	for (size_t i = first; i < last; i++) {
		buffer_text(out, i > first ? "," : "");
		put_entry(out, answer, code_entry(answer, i), answer->words[i],
			  answer->bites ? &answer->bites[i] : NULL);
	}
	buffer_char(out, ']');
}

static void put_measures(struct buffer *out, const struct code_answer *answer)
{
	struct codes_measure m;
	uint32_t next = 0;
	key(out, "measures");
	buffer_char(out, '[');
	while (codes_measure(&m, answer->rulebook, answer->digits, answer->at, &next)) {
		buffer_text(out, out->at[out->length - 1] == '[' ? "{" : ",{");
		text(out, "measure", m.id);
		text(out, "program", m.program);
		text(out, "program_title", m.program_title);
		if (*m.title)
			text(out, "title", m.title);
		text(out, "rate", m.exempt ? "exempt" : m.rate);
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
}

void code_json(struct buffer *out, const struct code_answer *answer)
{
	size_t ways = answer->way.count;
	buffer_text(out, "{\"schema\":1");
	if (*answer->text)
		text(out, "asked", answer->text);
	text(out, "on", answer->on);
	if (answer->origin)
		text(out, "origin", answer->origin);
	text(out, "notice", CODE_NOTICE);
	if (*answer->hint)
		text(out, "hint", answer->hint);
	number(out, "found", answer->found.found);
	if (ways)
		put_shown(out, "above", answer, 0, ways);
	put_shown(out, "codes", answer, ways, code_count(answer));
	if (answer->before.count)
		put_plain(out, "periods", answer, &answer->before);
	if (answer->successors.count)
		put_plain(out, answer->named ? "successors" : "began_then", answer,
			  &answer->successors);
	if (answer->declared)
		put_measures(out, answer);
	buffer_text(out, "}\n");
}

void code_ndjson(struct buffer *out, const struct code_answer *answer)
{
	for (size_t i = 0; i < code_count(answer); i++) {
		put_entry(out, answer, code_entry(answer, i), answer->words[i],
			  answer->bites ? &answer->bites[i] : NULL);
		buffer_char(out, '\n');
	}
}

static void cell(struct buffer *out, const char *value, char after)
{
	size_t start = out->length;
	buffer_text(out, value);
	buffer_end_cell(out, start, false);
	buffer_char(out, after);
}

void code_csv(struct buffer *out, const struct code_answer *answer)
{
	buffer_text(out,
		    "code,level,description,path,from,until,lines,general,column2,unit1,unit2");
	buffer_text(out, answer->bites ? ",headings\n" : "\n");
	for (size_t i = 0; i < code_count(answer); i++) {
		const struct codes_entry *e = code_entry(answer, i);
		char from[16] = "", until[16] = "";
		struct codes_rates base;
		codes_rates(&base, answer->rulebook, e->code, answer->at);
		if (e->from != INT32_MIN)
			time_print_day(from, e->from);
		if (e->until != INT32_MAX)
			time_print_day(until, e->until);
		cell(out, e->code, ',');
		cell(out, level(e), ',');
		cell(out, e->text, ',');
		cell(out, answer->words[i], ',');
		cell(out, from, ',');
		cell(out, until, ',');
		if (e->digits < 10 && e->kind != CODES_HEADING)
			buffer_number(out, e->lines);
		buffer_char(out, ',');
		cell(out, base.general, ',');
		cell(out, base.column2, ',');
		bool is_line = e->kind == CODES_LINE;
		cell(out, is_line ? base.unit1 : "", ',');
		cell(out, is_line ? base.unit2 : "", answer->bites ? ',' : '\n');
		if (answer->bites) {
			size_t start = out->length;
			for (size_t k = 0; k < answer->bites[i].count; k++) {
				const struct code_heading *h = &answer->bites[i].heading[k];
				buffer_text(out, k ? "; " : "");
				buffer_text(out, h->heading);
				buffer_char(out, ' ');
				buffer_text(out, h->rate);
			}
			buffer_end_cell(out, start, false);
			buffer_char(out, '\n');
		}
	}
}
