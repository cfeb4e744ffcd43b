/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of controlled equipment: tablet presses, capsule fillers and their
 * tools. None of the rules of chemical names hold for them. A name stands by
 * itself; an ambiguous one ("capsule machine", 模具) counts beside a second
 * word or under the machine's tariff code; coffee, tea and candles make other
 * goods of it. The words are data: law/equipment/words.tsv.
 */
#include "screen/scan.h"

#define NEAR_WORDS 12 /* tokens around a name in which a word makes other goods of it */

bool machines_allow(const struct scan *scan, const struct candidate *candidate)
{
	for (size_t i = candidate->first + 1; i < candidate->end; i++)
		if (scan->fold->token[i].gap & ~(unsigned)(GAP_SPACE | GAP_HYPHEN))
			return false;
	return true;
}

static bool is_end(unsigned gap)
{
	return gap_breaks(gap) || (gap & GAP_COMMA);
}

/* A word of this kind before or after the name, in the same stretch of text. */
static bool has_near(const struct scan *scan, const struct candidate *candidate, uint64_t kind)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	for (size_t i = candidate->end; i < fold->count && i < candidate->end + NEAR_WORDS; i++) {
		if (is_end(fold->token[i].gap))
			break;
		if (scan_longest(scan, i, kind, &value))
			return true;
	}
	for (size_t i = candidate->first; i > 0 && i + NEAR_WORDS > candidate->first; i--) {
		if (is_end(fold->token[i].gap))
			break;
		if (scan_before(scan, i) & kind)
			return true;
	}
	return false;
}

struct sense machines_sense(const struct scan *scan, const struct candidate *candidate)
{
	if (has_near(scan, candidate, WORD_MACHINE_OTHER))
		return (struct sense){MATCH_SENSE_ABOUT,
				      "apparently other goods: for coffee, tea, candles or wine, "
				      "or about such a machine"};
	return (struct sense){MATCH_SENSE_PLAIN, ""};
}

bool machines_keep(const struct scan *scan, const struct match_hit *hit)
{
	const struct fold *fold = scan->fold;
	uint32_t value, code = scan->query->machine;
	size_t first = 0, end;
	if (code == MATCH_ANY_MACHINE || code == hit->substance + 1)
		return true;
	while (first < fold->count && fold->token[first].from < hit->from)
		first++;
	for (end = first; end < fold->count && fold->token[end].from < hit->from + hit->length;)
		end++;
	/* The second word stands in the same stretch of text. */
	for (size_t i = end; i < fold->count && !gap_breaks(fold->token[i].gap); i++)
		if (scan_longest(scan, i, WORD_MACHINE_SIGN, &value))
			return true;
	for (size_t i = first; i > 0 && !gap_breaks(fold->token[i].gap); i--)
		if (scan_before(scan, i) & WORD_MACHINE_SIGN)
			return true;
	return false;
}
