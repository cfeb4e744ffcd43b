/* SPDX-License-Identifier: Apache-2.0 */
/* What the code of an answer is in words. */
#include <stdio.h>

#include "codes/base.h"
#include "codes/codes.h"
#include "common/error.h"
#include "common/instant.h"

int codes_words_of(char **out, struct codes *codes, const tw_rulebook *rulebook,
		   const struct tw_assessment *answer, struct tw_error *error)
{
	struct tw_error why = {0};
	char code[11];
	*out = NULL;
	if (!codes || !*answer->hts)
		return TW_OK;
	/* The first six digits are the same everywhere, those behind them are each country's. */
	size_t digits = codes_schedule(rulebook, answer->into) ? 10 : 6;
	snprintf(code, sizeof code, "%.*s", (int)digits, answer->hts);
	int32_t day =
	    (int32_t)time_local_day(TIME_ZONE_UTC, answer->entered + answer->entered_offset);
	if (codes_words(out, codes, code, day, &why))
		*out = NULL;
	return why.code == TW_NO_MEMORY ? error_memory(error) : TW_OK;
}
