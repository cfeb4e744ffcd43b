/* SPDX-License-Identifier: Apache-2.0 */
/* Units as the export of the USITC writes them: a list of JSON texts in one cell. */
#include "common/utf8.h"
#include "law/edition.h"

/* Four hex digits of a JSON escape; 0: none. */
static uint32_t hex4(const char *at, const char *end)
{
	uint32_t point = 0;
	for (int i = 0; i < 4; i++) {
		if (at + i >= end)
			return 0;
		char c = at[i];
		uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
				 : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
				 : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
							: 16;
		if (digit == 16)
			return 0;
		point = point * 16 + digit;
	}
	return point;
}

/* A JSON string at *at, undone in place; false: it is none. */
static bool scan_string(char **at, char *end, struct tw_text *out)
{
	char *from = *at + 1, *to = from;
	out->at = from;
	while (from < end && *from != '"') {
		if (*from != '\\') {
			*to++ = *from++;
			continue;
		}
		if (++from == end)
			return false;
		if (*from != 'u') {
			*to++ = *from++;
			continue;
		}
		uint32_t point = hex4(from + 1, end);
		if (!point || (point >= 0xd800 && point <= 0xdfff))
			return false;
		to += utf8_encode(to, point); /* at most 3 bytes in the place of 6 */
		from += 5;
	}
	out->length = (size_t)(to - out->at);
	*at = from + 1;
	return from < end;
}

/* ["No.","kg"] as the export writes it, or a unit alone. */
bool edition_units(struct tw_text text, struct tw_text unit[4], size_t *count)
{
	char *at = (char *)text.at, *end = at + text.length;
	*count = 0;
	if (!text.length)
		return true;
	if (*at != '[') {
		unit[(*count)++] = text;
		return true;
	}
	for (at++; at < end && *at != ']';) {
		struct tw_text one;
		if (*at == ' ' || *at == ',') {
			at++;
			continue;
		}
		if (*at != '"' || !scan_string(&at, end, &one))
			return false;
		if (*count < 4)
			unit[(*count)++] = one;
	}
	return at + 1 == end;
}
