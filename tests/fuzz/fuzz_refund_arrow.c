/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Record batches of any type and shape, sound and broken, as entries and as
 * details of claims into a run of refunds, and its answers out: what cannot be
 * read is an error or a fault with a message, and all that was lent is
 * released once.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/arrow/made.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const tw_rulebook *rulebook;
	if (tw_rulebook_default(&rulebook, NULL))
		abort();
	const char *wrong = made_refunds_check(data, size, rulebook);
	if (wrong) {
		fprintf(stderr, "%s\n", wrong);
		abort();
	}
	return 0;
}
