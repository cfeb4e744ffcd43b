/* SPDX-License-Identifier: Apache-2.0 */
#include "common/quantity.h"

#include "common/figure.h"

bool quantity_parse(int64_t *out, struct tw_text text, const char **right)
{
	*right = "write a quantity such as 12 or 12.5: not negative";
	return figure_read(out, figure_trim(text), 6, INT64_C(1000000000000) * QUANTITY_UNIT);
}
