/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A person's text, put to the companion of the rulebook: it is refused or
 * answered, and never reaches the parser of the index as it is.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "codes/codes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct codes *codes;
	struct tw_error error = {0};
	struct codes_list list;
	char text[2 * CODES_TEXT], hint[400], *words = NULL;
	if (!codes && codes_open(&codes, COMPANION, &error))
		abort();
	if (!size || size > sizeof text - 1)
		return 0;
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	int32_t day = 20089 + 4 * data[0];
	int code = codes_search(&list, codes, text, day, 20, &error);
	if (code != TW_OK && code != TW_BAD_ARGUMENT)
		abort();
	if (!code && !list.count &&
	    (codes_hint(hint, sizeof hint, codes, text, day, &error) || !*hint))
		abort();
	codes_list_free(&list);
	if (codes_words(&words, codes, text, day, &error))
		abort();
	free(words);
	return 0;
}
