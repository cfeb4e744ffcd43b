/* SPDX-License-Identifier: Apache-2.0 */
/* The time of entry for one who reads lines himself. Knows no law. */
#include "assess/assessor.h"

bool tw_entered(const tw_assessor *assessor, uint16_t into, struct tw_text text, tw_time *at,
		bool *is_date)
{
	struct time_parsed parsed;
	const char *right;
	if (!assessor || !at || !is_date || !text.at)
		return false;
	if (!time_parse(&parsed, typed_zone(&assessor->words, into), text, &right) ||
	    parsed.twice || parsed.never)
		return false;
	*at = parsed.at;
	*is_date = parsed.is_date;
	return true;
}
