/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry numbers: what is said of one is what it is. A sound one has eleven
 * signs and stays sound with hyphens in it; a wrong check digit has one that
 * is right.
 */
#include "refund/number.h"

#include <stdlib.h>
#include <string.h>

static struct refunds law;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const tw_rulebook *rulebook;
	struct tw_error error;
	(void)argc;
	(void)argv;
	if (tw_rulebook_default(&rulebook, &error) || refunds_open(&law, rulebook, &error))
		abort();
	return 0;
}

static enum refund_number fault_of(const char *text, size_t length)
{
	struct refund_entry_number number;
	refund_number_read(&number, &law, (struct tw_text){text, length});
	if (number.fault >= REFUND_NUMBERS ||
	    (number.fault == REFUND_NUMBER_SOUND) != (*number.why == '\0') ||
	    memchr(number.text, '-', sizeof number.text))
		abort();
	if (number.fault == REFUND_NUMBER_SOUND &&
	    (number.length != 11 || strlen(number.text) != 11))
		abort();
	return number.fault;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[64];
	if (size > 48)
		size = 48;
	if (size)
		memcpy(text, data, size);
	enum refund_number fault = fault_of(text, size);
	text[size] = '-';
	if (fault_of(text, size + 1) != fault)
		abort();
	if (fault != REFUND_NUMBER_CHECK)
		return 0;
	while (text[size - 1] == '-')
		size--;
	int sound = 0;
	for (char c = '0'; c <= '9'; c++) {
		text[size - 1] = c;
		sound += fault_of(text, size) == REFUND_NUMBER_SOUND;
	}
	if (sound != 1)
		abort();
	return 0;
}
