/* SPDX-License-Identifier: Apache-2.0 */
/* CAS Registry Numbers: reading, writing, the check digit. */
#include "common/cas.h"

#include <stdio.h>

bool cas_valid(uint64_t number)
{
	if (number < CAS_LEAST || number > CAS_MOST)
		return false;
	uint64_t check = number % 10, sum = 0, place = 1;
	for (uint64_t rest = number / 10; rest > 0; rest /= 10)
		sum += rest % 10 * place++;
	return sum % 10 == check;
}

bool cas_parse(uint64_t *out, struct tw_text text)
{
	if (text.length < 7 || text.length > 12)
		return false;
	uint64_t number = 0;
	for (size_t i = 0; i < text.length; i++) {
		bool hyphen = i == text.length - 2 || i == text.length - 5;
		char c = text.at[i];
		if (hyphen ? c != '-' : c < '0' || c > '9')
			return false;
		if (!hyphen)
			number = number * 10 + (uint64_t)(c - '0');
	}
	*out = number;
	return text.at[0] != '0' && cas_valid(number);
}

size_t cas_print(char out[16], uint64_t number)
{
	int length = snprintf(out, 16, "%u-%02u-%u", (unsigned)(number / 1000 % 10000000),
			      (unsigned)(number / 10 % 100), (unsigned)(number % 10));
	return length < 0 ? 0 : (size_t)length;
}
