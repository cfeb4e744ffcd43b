/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what the two layouts share: which lines count, whose rates a line has,
 * and how a printed text becomes one of the schedule. It compares nothing.
 */
#include "law/edition.h"

#include "common/error.h"
#include "common/utf8.h"
#include "law/yaml.h" /* law_error */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A line or heading that lines beneath it may take their rates from. */
struct edition_above {
	const char *general, *special, *column2, *code;
	uint32_t place;
	bool beneath; /* a line stands beneath it */
};

const char *edition_place(char out[32], const struct edition *edition, uint32_t place)
{
	snprintf(out, 32, "%s %u",
		 edition->objects ? "object"
		 : edition->sheet ? "row"
				  : "line",
		 place);
	return out;
}

int edition_error(const struct edition_reader *reader, uint32_t place, const char *format, ...)
{
	const struct edition *e = reader->out;
	struct law_pos pos = {e->path, e->objects ? 0 : (int)place, 0};
	char text[400];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (e->objects && place != 0)
		return law_error(reader->error, pos, "object %u: %s", place, text);
	return law_error(reader->error, pos, "%s", text);
}

static int no_memory(const struct edition_reader *reader)
{
	return error_at(reader->error, TW_NO_MEMORY, reader->out->path, 0, 0, "out of memory");
}

int edition_flaw(struct edition_reader *r, uint32_t place, struct tw_text code, const char *why)
{
	struct edition_flaw *flaw = vector_add(&r->flaws, r->arena, sizeof *flaw);
	size_t length = code.length < 20 ? code.length : 20;
	bool whole = utf8_flaw(code.at, length) == length;
	if (!flaw ||
	    !(flaw->code = arena_text(r->arena, whole ? code.at : "?", whole ? length : 1)) ||
	    !(flaw->text = arena_text(r->arena, why, strlen(why))))
		return no_memory(r);
	flaw->place = place;
	return TW_OK;
}

/* The length of a mark-up tag at `at` ("<il>", "</sup>"), or 0. */
static size_t tag_length(const char *at, const char *end)
{
	const char *s = at + 1;
	if (s < end && *s == '/')
		s++;
	if (s == end || !((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')))
		return 0;
	const char *close = memchr(s, '>', (size_t)(end - s));
	return close ? (size_t)(close - at) + 1 : 0;
}

/* What an entity or a sign stands for; *length counts its bytes. NULL: it is itself. */
static const char *plain_sign(const char *at, const char *end, size_t *length)
{
	static const struct {
		const char *sign, *plain;
	} signs[] = {{"&amp;", "&"}, {"&lt;", "<"},   {"&gt;", ">"},        {"&quot;", "\""},
		     {"&#39;", "'"}, {"&nbsp;", " "}, {"&cent;", "¢"},      {"\xc2\xa0", " "},
		     {"²", "2"},     {"³", "3"},      {"\xe2\x80\xaf", " "}};
	for (size_t i = 0; (*at == '&' || *at & 0x80) && i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i].sign);
		if ((size_t)(end - at) >= n && !memcmp(at, signs[i].sign, n)) {
			*length = n;
			return signs[i].plain;
		}
	}
	return NULL;
}

/* A printed text without mark-up, each run of white space one blank; NULL: no memory. */
static const char *clean(struct arena *arena, struct tw_text text)
{
	char *out = arena_alloc(arena, text.length + 1, 1), *to = out;
	const char *at = text.at, *end = text.at + text.length;
	bool blank = false;
	while (out && at < end) {
		size_t length = *at == '<' ? tag_length(at, end) : 0;
		if (length) {
			at += length;
			continue;
		}
		const char *plain = plain_sign(at, end, &length);
		char one[2] = {*at, 0};
		if (!plain) {
			plain = one;
			length = 1;
		}
		at += length;
		if ((unsigned char)*plain <= ' ' || *plain == 0x7f) {
			blank = to > out;
			continue;
		}
		if (blank)
			*to++ = ' ';
		blank = false;
		to = stpcpy(to, plain);
	}
	return out;
}

static int take_text(struct edition_reader *r, const struct edition_entry *entry, const char *what,
		     struct tw_text text, const char **out)
{
	if (text.length > EDITION_TEXT)
		return edition_error(r, entry->place, "%s has %zu bytes, more than %d", what,
				     text.length, EDITION_TEXT);
	if (utf8_flaw(text.at, text.length) != text.length)
		return edition_error(r, entry->place,
				     "%s is not UTF-8: save the file as UTF-8, as it was exported",
				     what);
	*out = clean(r->arena, text);
	return *out ? TW_OK : no_memory(r);
}

static int take_indent(struct edition_reader *r, const struct edition_entry *entry, uint32_t *out)
{
	*out = 0;
	for (size_t i = 0; i < entry->indent.length; i++) {
		char c = entry->indent.at[i];
		if (c < '0' || c > '9' || *out > EDITION_INDENT)
			break;
		*out = *out * 10 + (uint32_t)(c - '0');
		if (i + 1 == entry->indent.length && *out <= EDITION_INDENT)
			return TW_OK;
	}
	return edition_error(r, entry->place, "the indent \"%.*s\" is not a number from 0 to %d",
			     (int)(entry->indent.length < 20 ? entry->indent.length : 20),
			     entry->indent.at, EDITION_INDENT);
}

/* "0101.21.00.10" as digits; headings have fewer, and lines of text alone none. */
static int take_code(struct edition_reader *r, const struct edition_entry *entry, char out[11])
{
	size_t count = 0;
	for (size_t i = 0; i < entry->code.length; i++) {
		char c = entry->code.at[i];
		if (c == '.' || c == ' ')
			continue;
		if (c < '0' || c > '9' || count == 10)
			return edition_error(
			    r, entry->place, "\"%.*s\" is not a number of the schedule",
			    (int)(entry->code.length < 20 ? entry->code.length : 20),
			    entry->code.at);
		out[count++] = c;
	}
	out[count] = '\0';
	if (count % 2 != 0 || count == 2)
		return edition_error(r, entry->place,
				     "\"%.*s\": a number of the schedule has 4, 6, 8 or 10 "
				     "digits",
				     (int)entry->code.length, entry->code.at);
	return TW_OK;
}

static int take_units(struct edition_reader *r, const struct edition_entry *entry,
		      struct edition_line *out)
{
	const char *unit[2] = {"", ""};
	for (size_t i = 0; i < entry->unit_count && i < 2; i++) {
		int code = take_text(r, entry, "a unit", entry->unit[i], &unit[i]);
		if (code)
			return code;
		if (!strcmp(unit[i], "No")) /* printed without its stop here and there */
			unit[i] = "No.";
	}
	out->unit1 = unit[0];
	out->unit2 = unit[1];
	out->more_units = entry->unit_count > 2;
	return TW_OK;
}

/*
 * The line, or the nearest above it, that prints rates. A line of ten digits without a general
 * rate is a part of one above it even where it prints a stray other column (9006.59.15.20).
 */
static void take_rates(const struct edition_reader *r, struct edition_line *out, uint32_t indent)
{
	const bool by_code = r->by_code;
	const struct edition_above *above = r->above.item;
	bool any = *out->general || *out->special || *out->column2;
	if (*out->general || (any && !out->code[8]))
		return;
	for (uint32_t i = indent; i-- > 0;) {
		if (!*above[i].general && !*above[i].column2 &&
		    !(out->code[8] && *above[i].special))
			continue;
		if (by_code && strncmp(above[i].code, out->code, strlen(above[i].code)) != 0)
			continue;
		out->general = above[i].general;
		out->special = above[i].special;
		out->column2 = above[i].column2;
		out->rate_code = above[i].code;
		return;
	}
}

/* From this depth on nothing is above what follows; a rate that no line has is not lost. */
static int end_above(struct edition_reader *r, uint32_t indent)
{
	static const struct edition_above nothing = {"", "", "", "", 0, false};
	struct edition_above *above = r->above.item;
	for (uint32_t i = indent; i < r->above.count; i++) {
		const bool rate = *above[i].general || *above[i].special || *above[i].column2;
		const struct tw_text number = {above[i].code, strlen(above[i].code)};
		if (r->by_code && rate && !above[i].beneath && number.length < 8) {
			int code = edition_flaw(r, above[i].place, number,
						"prints a rate, and no line of 8 digits stands "
						"beneath it");
			if (code)
				return code;
		}
		above[i] = nothing;
	}
	return TW_OK;
}

/* Remember the entry for those beneath it; what stood deeper is no longer above anything. */
static int set_above(struct edition_reader *r, uint32_t indent, const struct edition_line *line)
{
	static const struct edition_above nothing = {"", "", "", "", 0, false};
	while (r->above.count <= indent)
		if (!vector_add(&r->above, r->arena, sizeof nothing))
			return no_memory(r);
		else
			((struct edition_above *)r->above.item)[r->above.count - 1] = nothing;
	const char *code = arena_text(r->arena, line->code, strlen(line->code));
	if (!code)
		return no_memory(r);
	int flaw = end_above(r, indent);
	struct edition_above *above = r->above.item;
	above[indent] = (struct edition_above){line->general, line->special, line->column2,
					       code,          line->place,   false};
	for (uint32_t i = 0; i < indent && code[0] && strlen(code) >= 8; i++)
		above[i].beneath |= !strncmp(above[i].code, code, strlen(above[i].code));
	return flaw;
}

int edition_take(struct edition_reader *r, const struct edition_entry *entry)
{
	struct edition_line line = {.place = entry->place,
				    .general = "",
				    .special = "",
				    .column2 = "",
				    .unsure = entry->unsure};
	uint32_t indent;
	int code;
	if (++r->out->printed > EDITION_LINES)
		return edition_error(r, entry->place, "more than %d lines: is it a schedule?",
				     EDITION_LINES);
	if ((code = take_code(r, entry, line.code)) || (code = take_indent(r, entry, &indent)) ||
	    (code = take_text(r, entry, "the general rate", entry->general, &line.general)) ||
	    (code = take_text(r, entry, "the special rate", entry->special, &line.special)) ||
	    (code = take_text(r, entry, "the rate of column 2", entry->column2, &line.column2)) ||
	    (code = take_units(r, entry, &line)) || (code = set_above(r, indent, &line)))
		return code;
	if (strlen(line.code) < 8)
		return TW_OK;
	struct edition_line *slot = vector_add(&r->lines, r->arena, sizeof *slot);
	if (!slot)
		return no_memory(r);
	take_rates(r, &line, indent);
	*slot = line;
	return TW_OK;
}

/* Lines that print their own rates say so. */
static void settle(struct edition *out, struct edition_line *lines, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!lines[i].rate_code)
			lines[i].rate_code = lines[i].code;
	out->lines = lines;
	out->line_count = count;
}

int edition_parse(struct edition *out, struct arena *arena, const struct edition_source *source,
		  const char *path, char *data, size_t size, struct tw_error *error)
{
	struct edition_source asked = *source;
	struct edition_columns columns;
	struct edition_reader r = {.out = out, .arena = arena, .error = error};
	int code = TW_OK;
	if (!asked.columns) {
		if ((code = columns_open(&columns, arena, "us-usitc", error)))
			return code;
		asked.columns = &columns;
	}
	r.by_code = !asked.columns->indent;
	*out = (struct edition){.path = path, .sheet = asked.sheet};
	if (size > EDITION_BYTES)
		return edition_error(&r, 0, "the file has more than %zu MiB: is it a schedule?",
				     EDITION_BYTES >> 20);
	if (size >= 3 && !memcmp(data, "\xef\xbb\xbf", 3)) {
		data += 3;
		size -= 3;
	}
	size_t blank = 0;
	while (blank < size && strchr(" \t\r\n", data[blank]) && data[blank])
		blank++;
	if (blank == size)
		return edition_error(&r, 0, "the file is empty");
	out->objects =
	    !source->columns && !asked.sheet && (data[blank] == '[' || data[blank] == '{');
	code = out->objects ? edition_json(&r, data, size) : edition_csv(&r, &asked, data, size);
	if (code || (code = end_above(&r, 0)))
		return code;
	settle(out, r.lines.item, r.lines.count);
	out->flaws = r.flaws.item;
	out->flaw_count = r.flaws.count;
	if (!out->line_count && !out->flaw_count)
		return edition_error(&r, 0, "the file prints no line of 8 or 10 digits");
	return TW_OK;
}
