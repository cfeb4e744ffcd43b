/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/json.h"

#include <string.h>

#include "common/utf8.h"

enum { DEPTH = 64 };

static bool wrong(struct json_scan *scan, const char *what)
{
	if (!scan->wrong)
		scan->wrong = what;
	return false;
}

static void skip_blanks(struct json_scan *scan)
{
	while (scan->at < scan->end &&
	       (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\r' || *scan->at == '\n'))
		scan->at++;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool scan_escape(struct json_scan *scan)
{
	const char *at = scan->at + 1;
	if (at == scan->end)
		return wrong(scan, "the string is not closed: end it with \"");
	if (*at == 'u') {
		for (int i = 1; i <= 4; i++)
			if (at + i >= scan->end || !is_hex(at[i]))
				return wrong(scan, "\\u needs four hexadecimal digits");
		scan->at = at + 5;
		return true;
	}
	if (!*at || !strchr("\"\\/bfnrt", *at))
		return wrong(scan, "unknown escape: write \\\\ for a backslash");
	scan->at = at + 1;
	return true;
}

static bool scan_string(struct json_scan *scan, struct tw_text *raw)
{
	const char *start = scan->at++;
	while (scan->at < scan->end && *scan->at != '"') {
		if ((unsigned char)*scan->at < 0x20)
			return wrong(scan, "a control character in a string: write it as \\u00..");
		if (*scan->at != '\\')
			scan->at++;
		else if (!scan_escape(scan))
			return false;
	}
	if (scan->at >= scan->end)
		return wrong(scan, "the string is not closed: end it with \"");
	scan->at++;
	*raw = (struct tw_text){start, (size_t)(scan->at - start)};
	return true;
}

static bool scan_digits(struct json_scan *scan)
{
	const char *start = scan->at;
	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
		scan->at++;
	return scan->at > start || wrong(scan, "a number needs digits here");
}

static bool scan_number(struct json_scan *scan)
{
	if (*scan->at == '-')
		scan->at++;
	const char *first = scan->at;
	if (!scan_digits(scan))
		return false;
	if (*first == '0' && scan->at > first + 1) {
		scan->at = first;
		return wrong(scan, "a number with leading zeros: write codes as strings, \"0101\"");
	}
	if (scan->at < scan->end && *scan->at == '.') {
		scan->at++;
		if (!scan_digits(scan))
			return false;
	}
	if (scan->at < scan->end && (*scan->at == 'e' || *scan->at == 'E')) {
		scan->at++;
		if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
			scan->at++;
		return scan_digits(scan);
	}
	return true;
}

static bool scan_word(struct json_scan *scan, const char *word)
{
	size_t length = strlen(word);
	if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length))
		return wrong(scan, "a value is needed here: a string in \"quotes\", a number, "
				   "true, false or null");
	scan->at += length;
	return true;
}

static bool scan_value(struct json_scan *scan, struct json_value *value, int depth);

/* An object or array within a value: checked, not kept. */
static bool scan_nested(struct json_scan *scan, int depth)
{
	struct tw_text key;
	struct json_value value;
	struct json_scan inner = {.at = scan->at, .end = scan->end};
	char close = *scan->at == '{' ? '}' : ']';
	bool first = true;

	inner.at++;
	for (;; first = false) {
		skip_blanks(&inner);
		if (inner.at < inner.end && *inner.at == close && first)
			break;
		if (close == '}') {
			if (inner.at >= inner.end || *inner.at != '"') {
				wrong(&inner, "a key in \"quotes\" is needed here");
				goto fail;
			}
			if (!scan_string(&inner, &key))
				goto fail;
			skip_blanks(&inner);
			if (inner.at >= inner.end || *inner.at != ':') {
				wrong(&inner, "a colon is needed after the key");
				goto fail;
			}
			inner.at++;
		}
		if (!scan_value(&inner, &value, depth + 1))
			goto fail;
		skip_blanks(&inner);
		if (inner.at < inner.end && *inner.at == close)
			break;
		if (inner.at >= inner.end || *inner.at != ',') {
			wrong(&inner, close == '}' ? "a comma or } is needed here"
						   : "a comma or ] is needed here");
			goto fail;
		}
		inner.at++;
	}
	scan->at = inner.at + 1;
	return true;
fail:
	scan->at = inner.at;
	return wrong(scan, inner.wrong);
}

static bool scan_value(struct json_scan *scan, struct json_value *value, int depth)
{
	bool sound;
	skip_blanks(scan);
	const char *start = scan->at;
	switch (scan->at < scan->end ? *scan->at : '\0') {
	case '"':
		value->kind = JSON_STRING;
		return scan_string(scan, &value->raw);
	case '{':
	case '[':
		value->kind = *start == '{' ? JSON_OBJECT : JSON_ARRAY;
		sound = depth < DEPTH ? scan_nested(scan, depth)
				      : wrong(scan, "nested deeper than 64 levels");
		break;
	case 't':
		value->kind = JSON_TRUE;
		sound = scan_word(scan, "true");
		break;
	case 'f':
		value->kind = JSON_FALSE;
		sound = scan_word(scan, "false");
		break;
	case 'n':
		value->kind = JSON_NULL;
		sound = scan_word(scan, "null");
		break;
	default:
		value->kind = JSON_NUMBER;
		if (scan->at < scan->end && (*start == '-' || (*start >= '0' && *start <= '9')))
			sound = scan_number(scan);
		else
			sound = scan_word(scan, "?");
	}
	value->raw = (struct tw_text){start, (size_t)(scan->at - start)};
	return sound;
}

void json_begin(struct json_scan *scan, struct tw_text raw)
{
	*scan = (struct json_scan){.at = raw.at, .end = raw.at + raw.length};
	skip_blanks(scan);
	if (scan->at == scan->end || (*scan->at != '{' && *scan->at != '['))
		wrong(scan, "a line must be one object in { }");
	else
		scan->at++;
}

/* Steps to the next entry; false at the closing bracket, which it passes, or on an error. */
static bool next_entry(struct json_scan *scan, char close)
{
	if (scan->wrong)
		return false;
	skip_blanks(scan);
	if (scan->at < scan->end && *scan->at == close) {
		scan->at++;
		return false;
	}
	if (scan->started) {
		if (scan->at >= scan->end || *scan->at != ',')
			return wrong(scan, close == '}' ? "a comma or } is needed here"
							: "a comma or ] is needed here");
		scan->at++;
		skip_blanks(scan);
	}
	scan->started = true;
	return true;
}

bool json_member(struct json_scan *scan, struct tw_text *raw_key, struct json_value *value)
{
	if (!next_entry(scan, '}'))
		return false;
	if (scan->at >= scan->end || *scan->at != '"')
		return wrong(scan, "a key in \"quotes\" is needed here");
	if (!scan_string(scan, raw_key))
		return false;
	skip_blanks(scan);
	if (scan->at >= scan->end || *scan->at != ':')
		return wrong(scan, "a colon is needed after the key");
	scan->at++;
	return scan_value(scan, value, 1);
}

bool json_element(struct json_scan *scan, struct json_value *value)
{
	return next_entry(scan, ']') && scan_value(scan, value, 1);
}

bool json_finish(struct json_scan *scan)
{
	if (scan->wrong)
		return false;
	skip_blanks(scan);
	return scan->at == scan->end ||
	       wrong(scan, "text after the object: put one object on a line");
}

static uint32_t hex4(const char *at)
{
	uint32_t value = 0;
	for (int i = 0; i < 4; i++) {
		char c = at[i];
		uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 32) - 'a' + 10);
		value = value << 4 | digit;
	}
	return value;
}

/* \uXXXX at `at`, with its other half; returns the bytes used, 0 if it is none. */
static size_t unicode_escape(uint32_t *point, const char *at, const char *end)
{
	*point = hex4(at + 2);
	if (*point >= 0xDC00 && *point < 0xE000)
		return 0;
	if (*point < 0xD800 || *point >= 0xE000)
		return *point ? 6 : 0;
	if (end - at < 12 || at[6] != '\\' || at[7] != 'u')
		return 0;
	uint32_t low = hex4(at + 8);
	if (low < 0xDC00 || low >= 0xE000)
		return 0;
	*point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
	return 12;
}

bool json_text(char *out, size_t *length, struct tw_text raw)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at = raw.at + 1, *end = raw.at + raw.length - 1;
	*length = 0;
	while (at < end) {
		const char *backslash = memchr(at, '\\', (size_t)(end - at));
		size_t plain = (size_t)((backslash ? backslash : end) - at);
		memcpy(out + *length, at, plain);
		*length += plain;
		at += plain;
		if (at == end)
			break;
		if (at[1] == 'u') {
			uint32_t point;
			size_t used = unicode_escape(&point, at, end);
			if (!used)
				return false;
			*length += utf8_encode(out + *length, point);
			at += used;
		} else {
			out[(*length)++] = to[strchr(from, at[1]) - from];
			at += 2;
		}
	}
	return true;
}
