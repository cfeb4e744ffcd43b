/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A strict JSON scanner (RFC 8259) over one line of text. It gives the raw
 * text of every value, so that money never passes through a double, keeps no
 * tree and allocates nothing.
 */
#ifndef TW_LINES_JSON_H
#define TW_LINES_JSON_H

#include "tidewaiter.h"

enum json_kind {
	JSON_STRING,
	JSON_NUMBER,
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
	JSON_OBJECT,
	JSON_ARRAY
};

struct json_value {
	enum json_kind kind;
	struct tw_text raw; /* as written, quotes and brackets included */
};

struct json_scan {
	const char *at, *end;
	const char *wrong; /* what is wrong and what would be right, NULL if nothing */
	bool started;
};

/* Begin with the object or array in `raw`. */
void json_begin(struct json_scan *scan, struct tw_text raw);
/* The next member; false at the end or on an error (scan->wrong; scan->at is the place). */
bool json_member(struct json_scan *scan, struct tw_text *raw_key, struct json_value *value);
bool json_element(struct json_scan *scan, struct json_value *value);
/* After the last member: nothing but blanks may follow. */
bool json_finish(struct json_scan *scan);
/*
 * The text of a raw string, escapes undone into `out` (room: raw length);
 * false if it holds \u0000 or half a surrogate pair.
 */
bool json_text(char *out, size_t *length, struct tw_text raw);

#endif
