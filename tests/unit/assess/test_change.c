/* SPDX-License-Identifier: Apache-2.0 */
/* When an answer changes next, on the law as it is; the days are those of the schedule. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tidewaiter.h"

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

/*
 * Lines of one heading bear the same duties but rates of their own. What KORUS left of the rate of
 * 0406.90.12 (8.1 cents a kilogram) ended with 2025, HTS of 2026; it is neither the first line of
 * 0406.90 nor the last.
 */
static int rates_beneath(tw_assessor *assessor)
{
	static const char *const codes[] = {"0406901200", "040690"};
	const int64_t year_ends = INT64_C(1767243600); /* 2026-01-01T00:00 in New York */
	int failed = 0;
	for (size_t i = 0; i < 2; i++) {
		struct tw_line line = TW_LINE_INIT;
		const struct tw_assessment *answer;
		line.column[TW_COLUMN_HTS] = text(codes[i]);
		line.column[TW_COLUMN_ORIGIN] = text("KR");
		line.column[TW_COLUMN_ENTERED] = text("2025-12-23T15:31");
		line.column[TW_COLUMN_VALUE] = text("25000");
		line.column[TW_COLUMN_QTY] = text("100");
		line.column[TW_COLUMN_UNIT] = text("kg");
		line.column[TW_COLUMN_CLAIMS] = text("korus");
		if (tw_assess(&answer, assessor, &line, NULL) || answer->changes_on != year_ends) {
			printf("FAIL: %s changes on %" PRId64 "\n", codes[i], answer->changes_on);
			failed = 1;
		}
	}
	return failed;
}

int main(void)
{
	const tw_rulebook *rulebook;
	tw_assessor *assessor;
	if (tw_rulebook_default(&rulebook, NULL) ||
	    tw_assessor_new(&assessor, rulebook, NULL, NULL))
		return 2;
	int failed = rates_beneath(assessor);
	tw_assessor_free(assessor);
	return failed;
}
