/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing the judge's verdict with the library's answer. Decides nothing. */
#ifndef JUDGE_COMPARE_H
#define JUDGE_COMPARE_H

#include "verdict.h"

/* NULL when both say the same, else what differs. */
const char *compare(const struct law *law, const struct verdict *verdict,
		    const struct tw_assessment *answer);
void print_both(const struct law *law, const struct verdict *verdict,
		const struct tw_assessment *answer);

#endif
