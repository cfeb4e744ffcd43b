/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/key_find.h"

#include <string.h>

#include "lines/json.h"
#include "lines/window.h"

/* Keys are looked for around what is found, so far; a window keeps so much of the one before. */
enum { KEY = 256, STEP = 4096, ROOT = 5 };

static unsigned is(char c, char lower)
{
	return (c | 0x20) == lower;
}

/* The beginning of what all names of a shipment have in them, or of an escape, which may stand for
   a letter of it; tests/files hold this. */
static unsigned is_root(const char *at)
{
	unsigned shipment =
	    is(at[0], 's') & is(at[1], 'h') & is(at[2], 'i') & is(at[3], 'p') & is(at[4], 'm');
	unsigned entry =
	    is(at[0], 'e') & is(at[1], 'n') & is(at[2], 't') & is(at[3], 'r') & is(at[4], 'y');
	unsigned esn = is(at[0], 'e') & is(at[1], 's') & is(at[2], 'n') & (at[3] == '"');
	return shipment | entry | esn | (at[0] == '\\');
}

/* Without a branch, for the compiler to take many at once. */
static bool has_root(const char *at, size_t length)
{
	unsigned found = 0;
	for (size_t i = 0; i < length; i++)
		found |= is_root(at + i);
	return found;
}

/* The key around a place of the text: what stands between quotes and before a colon. */
static struct tw_text key_around(const char *begin, const char *at, const char *end)
{
	const char *from = at, *to = at, *colon;
	while (from > begin && from[-1] != '"' && at - from < KEY)
		from--;
	while (to < end && *to != '"' && to - at < KEY)
		to++;
	for (colon = to + 1; colon < end && (*colon == ' ' || *colon == '\t');)
		colon++;
	bool is_key = from > begin && from[-1] == '"' && to < end && *to == '"' && colon < end &&
		      *colon == ':';
	return (struct tw_text){from, is_key ? (size_t)(to - from) : 0};
}

/* A key without its escapes, which are not known to be sound, into `out`; of none nothing. */
static struct tw_text unescape(char out[2 * KEY], struct tw_text key)
{
	char object[2 * KEY + 8] = "{";
	size_t length = key.length + 2; /* with its quotes */
	struct json_scan scan;
	struct json_value value;
	struct tw_text raw, plain = {out, 0};
	memcpy(object + 1, key.at - 1, length);
	memcpy(object + 1 + length, ":0}", 3);
	json_begin(&scan, (struct tw_text){object, length + 4});
	if (!json_member(&scan, &raw, &value) || !json_text(out, &plain.length, raw))
		plain.length = 0;
	return plain;
}

static bool means_shipment(struct tw_text key, const struct columns_options *options)
{
	char plain[2 * KEY];
	if (key.length && memchr(key.at, '\\', key.length))
		key = unescape(plain, key);
	return key.length && columns_meaning(key, options).meaning.field == TW_COLUMN_SHIPMENT;
}

/* Names that the user or a profile gives have no root in common: every key is looked at. */
static bool in_keys(struct tw_text text, const struct columns_options *options)
{
	const char *end = text.at + text.length, *quote = text.at;
	for (; (quote = memchr(quote, '"', (size_t)(end - quote))); quote++)
		if (quote > text.at && means_shipment(key_around(text.at, quote, end), options))
			return true;
	return false;
}

static bool in_roots(struct tw_text text, const struct columns_options *options)
{
	size_t last = text.length > ROOT ? text.length - ROOT : 0;
	for (size_t from = 0; from < last; from += STEP) {
		size_t length = last - from < STEP ? last - from : STEP;
		if (!has_root(text.at + from, length))
			continue;
		for (size_t i = from; i < from + length; i++)
			if (is_root(text.at + i) &&
			    means_shipment(key_around(text.at, text.at + i, text.at + text.length),
					   options))
				return true;
	}
	return false;
}

static bool has_own_names(const struct columns_options *options)
{
	for (size_t i = 0; i < options->map_count; i++)
		if (options->map[i].field == TW_COLUMN_SHIPMENT)
			return true;
	return options->profile;
}

bool key_find_shipment(struct input *input, const struct columns_options *options)
{
	bool (*find)(struct tw_text, const struct columns_options *) =
	    has_own_names(options) ? in_keys : in_roots;
	bool found = false;
	if (!input->is_seekable)
		return find(window_unread(input), options);
	if (input_rewind(input, NULL))
		return false;
	while (!found && !window_fill(input, NULL)) {
		found = find(window_unread(input), options);
		if (input->at_end)
			break;
		if (input->to - input->from > 3 * KEY) /* what may be the beginning of one stays */
			input->from = input->to - 3 * KEY;
	}
	input_rewind(input, NULL);
	return found;
}
