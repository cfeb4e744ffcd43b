/* SPDX-License-Identifier: Apache-2.0 */
/* Texts as keys, see text_key.h. */
#include "common/text_key.h"

#include "common/fit.h"

#include <string.h>

/* Such that bytes sort as numbers do. */
static void put(unsigned char out[8], uint64_t number)
{
	for (int i = 8; i-- > 0; number >>= 8)
		out[i] = (unsigned char)(number & 0xff);
}

static uint64_t get(const unsigned char in[8])
{
	uint64_t number = 0;
	for (int i = 0; i < 8; i++)
		number = number << 8 | in[i];
	return number;
}

static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

void text_key_of(text_key out, struct tw_text text, uint64_t tag, bool fold)
{
	uint64_t a = mix(tag ^ UINT64_C(0x9e3779b97f4a7c15)), b = mix(a ^ tag);
	bool blank = false;
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (fold && c >= 'A' && c <= 'Z')
			c = (unsigned char)(c | 0x20);
		if (fold && c == ' ' && blank)
			continue;
		blank = c == ' ';
		length++;
		a = (a ^ c) * UINT64_C(0x9fb21c651e98df25);
		a ^= a >> 29;
		b = (b ^ c) * UINT64_C(0xd6e8feb86659fd93);
		b ^= b >> 32;
	}
	put(out, mix(a + length));
	put(out + 8, mix(b ^ a));
}

void text_key_person(text_key out, struct tw_text consignee, int64_t local_day, const char *into)
{
	char text[64];
	text_key name;
	text_key_of(name, consignee, TEXT_CONSIGNEE, true);
	fit_print(text, sizeof text, "%016llx%016llx %lld %.2s", (unsigned long long)get(name),
		  (unsigned long long)get(name + 8), (long long)local_day, into);
	text_key_of(out, (struct tw_text){text, strlen(text)}, TEXT_PERSON, false);
}
