/* SPDX-License-Identifier: Apache-2.0 */
/* A name of any bytes as a key: letter case and blanks around and between words make no difference,
 * another word does; marks make none to the key of nearly equal names. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/person.h"

enum { MOST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void keys(text_key exact, text_key near, const char *text, size_t length)
{
	struct person_pair pair = {.person.name = {text, length}};
	person_key(exact, &pair);
	person_near_key(near, &pair);
}

static void must(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char other[3 * MOST + 8];
	text_key exact, near, exact_other, near_other;
	const char *text = (const char *)data;
	size_t length = 0;
	if (size > MOST)
		return 0;
	keys(exact, near, text, size);
	other[length++] = ' ';
	for (size_t i = 0; i < size; i++) {
		char c = text[i];
		other[length++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
		if (c == ' ')
			other[length++] = '\t';
	}
	memcpy(other + length, "\xe3\x80\x80", 3);
	length += 3;
	keys(exact_other, near_other, other, length);
	/* A sequence that is cut by the end of the text may go on in what was added. */
	if (size && (unsigned char)text[size - 1] >= 0x80)
		return 0;
	must(!memcmp(exact, exact_other, sizeof exact) && !memcmp(near, near_other, sizeof near));
	memcpy(other + length, ",-.", 3);
	keys(exact_other, near_other, other, length + 3);
	must(memcmp(exact, exact_other, sizeof exact) && !memcmp(near, near_other, sizeof near));
	memcpy(other + length, "x", 1);
	keys(exact_other, near_other, other, length + 1);
	must(memcmp(exact, exact_other, sizeof exact) && memcmp(near, near_other, sizeof near));
	return 0;
}
