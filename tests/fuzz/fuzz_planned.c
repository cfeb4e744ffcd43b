/* SPDX-License-Identifier: Apache-2.0 */
/* CSV by plans, and each line by itself: both write the same. */
#include <stdlib.h>

#include "../unit/lines/planned_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size && !planned_check((const char *)data + 1, size - 1, data[0]))
		abort();
	return 0;
}
