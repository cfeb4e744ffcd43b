/* SPDX-License-Identifier: Apache-2.0 */
#include "common/record_words.h"

#include <stddef.h>

#include "common/ascii.h"

const char *const record_kind_names[RECORD_KINDS + 1] = {
    "talks",       "demand", "offer", "duty",   "exemption", "control",
    "enforcement", "law",    "court", "figure", NULL};
const char *const record_step_names[RECORD_STEPS + 1] = {
    "", "asks", "offers", "gives", "agrees", "imposes", "answers", "refuses", "ends", NULL};
const char *const record_measured_names[RECORD_MEASURED + 1] = {"flow",  "stock",  "total", "mean",
								"share", "change", NULL};
const char *const record_bound_names[RECORD_BOUNDS + 1] = {"", "about", "over", "under", NULL};
const char *const record_state_names[RECORD_STATES + 1] = {
    "", "reported", "predicted", "provisional", "final", NULL};
const char *const record_basis_names[RECORD_BASES + 1] = {"", "computed", "recalled", NULL};
const char *const record_confidence_names[5] = {"high", "medium", "low", "contested", NULL};
const char *const record_ask_names[RECORD_ASK_KINDS + 1] = {"rate", "free",  "control", "figure",
							    "sum",  "ratio", NULL};

bool record_value_read(int64_t *out, const char *text)
{
	const bool negative = *text == '-';
	int decimals = -1; /* no point was seen */
	int64_t value = 0;
	text += negative;
	if (!is_digit(*text))
		return false;
	for (; *text; text++) {
		if (*text == '.' && decimals < 0 && is_digit(text[1])) {
			decimals = 0;
			continue;
		}
		if (!is_digit(*text) || (decimals >= 0 && ++decimals > 3) ||
		    value > INT64_C(100000000000000))
			return false;
		value = value * 10 + (*text - '0');
	}
	for (decimals = decimals < 0 ? 0 : decimals; decimals < 3; decimals++)
		value *= 10;
	*out = negative ? -value : value;
	return true;
}
