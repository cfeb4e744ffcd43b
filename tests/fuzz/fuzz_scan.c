/* SPDX-License-Identifier: Apache-2.0 */
/* The scan of 64 bytes a step: all its finders, and against the grammar of common/csv.h. */
#include <stdlib.h>

#include "../unit/lines/scan_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char separators[] = ",;\t|";
	if (size && scan_check((const char *)data + 1, size - 1, separators[data[0] & 3]))
		abort();
	return 0;
}
