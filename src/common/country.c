/* SPDX-License-Identifier: Apache-2.0 */
#include "common/country.h"

#include <string.h>

/*
 * Latin letters with accents, U+00C0 to U+017F, and the letters that are compared in their place:
 * two for ligatures; a blank for none.
 */
static const char latin[] = "a a a a a a aec e e e e i i i i "
			    "d n o o o o o   o u u u u y thss"
			    "a a a a a a aec e e e e i i i i "
			    "d n o o o o o   o u u u u y thy "
			    "a a a a a a c c c c c c c c d d "
			    "d d e e e e e e e e e e g g g g "
			    "g g g g h h h h i i i i i i i i "
			    "i i ijijj j k k k l l l l l l l "
			    "l l l n n n n n n n n n o o o o "
			    "o o oeoer r r r r r s s s s s s "
			    "s s t t t t t t u u u u u u u u "
			    "u u u u w w y y y z z z z z z s ";

/* The letters in place of a character of two bytes; 0: none known. */
static size_t plain(char out[2], unsigned char first, unsigned char second)
{
	unsigned point = (first & 0x1Fu) << 6 | (second & 0x3Fu);
	if (point < 0xC0 || point > 0x17F)
		return 0;
	memcpy(out, latin + 2 * (size_t)(point - 0xC0), 2);
	return out[0] == ' ' ? 0 : out[1] == ' ' ? 1 : 2;
}

size_t country_fold(char out[COUNTRY_FOLDED], struct tw_text name)
{
	size_t length = 0;
	out[0] = '\0';
	for (size_t i = 0; i < name.length; i++) {
		unsigned char c = (unsigned char)name.at[i];
		char put[3] = {(char)c, '\0', '\0'};
		size_t count = 1;
		if (c >= 'A' && c <= 'Z') {
			put[0] = (char)(c - 'A' + 'a');
		} else if (c == '&') {
			memcpy(put, "and", count = 3);
		} else if (c < 0x80) {
			count = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		} else if ((c & 0xE0) == 0xC0 && i + 1 < name.length) {
			char letters[2];
			size_t known = plain(letters, c, (unsigned char)name.at[i + 1]);
			if (known) {
				memcpy(put, letters, count = known);
				i++;
			}
		} else if (c == 0xE2 && i + 2 < name.length &&
			   (unsigned char)name.at[i + 1] == 0x80) {
			count = 0; /* hyphens, quotes and blanks of print */
			i += 2;
		}
		if (length + count >= COUNTRY_FOLDED) {
			out[0] = '\0';
			return 0;
		}
		memcpy(out + length, put, count);
		length += count;
	}
	out[length] = '\0';
	return length;
}
