/* SPDX-License-Identifier: Apache-2.0 */
/* Looking words up in the folded text, and writing hits down. */
#include "screen/scan.h"

#define WORD 4      /* tokens of a word that is looked for before a place */
#define RUN_WORD 10 /* the same where each letter is a token: ปราศจาก */

size_t scan_longest(const struct scan *scan, size_t from, uint64_t kinds, uint32_t *value)
{
	const struct fold *fold = scan->fold;
	uint32_t node = TRIE_ROOT;
	size_t end = from, found = 0;
	for (size_t i = fold->token[from].start; i < fold->length; i++) {
		if (i == fold->token[end].start) {
			if (end > from && gap_breaks(fold->token[end].gap))
				break;
			end++;
		}
		node = trie_step(scan->forward, node, fold->key[i]);
		if (node == TRIE_DEAD)
			break;
		uint32_t v = trie_value(scan->forward, node);
		if (v == TRIE_NONE || i + 1 != fold->token[end].start)
			continue;
		if (scan->values[v].kinds & kinds) {
			*value = v;
			found = end;
		}
	}
	return found;
}

uint64_t scan_exact(const struct scan *scan, size_t from, size_t end)
{
	const struct fold *fold = scan->fold;
	uint32_t node = TRIE_ROOT;
	for (size_t i = fold->token[from].start; i < fold->token[end].start; i++) {
		node = trie_step(scan->forward, node, fold->key[i]);
		if (node == TRIE_DEAD)
			return 0;
	}
	uint32_t value = trie_value(scan->forward, node);
	return value == TRIE_NONE || from == end ? 0 : scan->values[value].kinds;
}

uint64_t scan_before(const struct scan *scan, size_t end)
{
	uint64_t kinds = 0;
	size_t reach = end > 0 && scan->fold->token[end - 1].kind == FOLD_HAN ? RUN_WORD : WORD;
	for (size_t from = end; from > 0 && from + reach > end; from--) {
		if (from < end && gap_breaks(scan->fold->token[from].gap))
			break;
		kinds |= scan_exact(scan, from - 1, end);
	}
	return kinds;
}

size_t scan_token_at(const struct fold *fold, size_t position)
{
	size_t low = 0, high = fold->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (fold->token[middle].start < position)
			low = middle + 1;
		else
			high = middle;
	}
	return fold->token[low].start == position ? low : SIZE_MAX;
}

static void place(struct scan *scan, struct match_hit hit, size_t first, size_t end)
{
	const struct fold *fold = scan->fold;
	hit.from = fold->token[first].from;
	hit.length = fold->token[end - 1].to - hit.from;
	for (size_t i = 0; i < scan->count; i++)
		if (scan->hits[i].substance == hit.substance && scan->hits[i].from == hit.from)
			return;
	if (scan->count < scan->capacity)
		scan->hits[scan->count++] = hit;
}

static void emit(struct scan *scan, const struct candidate *candidate, struct match_hit hit)
{
	const struct section_value *value = &scan->values[candidate->value];
	const struct section_entry *entry = section_at(scan->section, scan->section->entries);
	hit.kind = value->kinds & WORD_NAME ? MATCH_NAME : MATCH_ABBREVIATION;
	hit.machine = value->kinds & WORD_MACHINE;
	for (uint32_t i = 0; i < value->count; i++) {
		hit.substance = entry[value->first + i].substance;
		place(scan, hit, candidate->first, candidate->end);
	}
	scan->taken = candidate->end;
	if (hit.sense == MATCH_SENSE_ABSENT)
		scan->absent = candidate->end;
	if (hit.sense == MATCH_SENSE_ABOUT)
		scan->about = candidate->end;
}

void scan_emit_weak(struct scan *scan, const struct candidate *candidate, struct sense sense)
{
	struct match_hit hit = {
	    .sense = sense.kind, .certainty = TW_CERTAINTY_WEAK, .note = sense.note};
	emit(scan, candidate, hit);
}

void scan_emit(struct scan *scan, const struct candidate *candidate, struct sense sense)
{
	if (sense.kind != MATCH_SENSE_PLAIN) {
		scan_emit_weak(scan, candidate, sense);
		return;
	}
	struct match_hit hit = {
	    .certainty = candidate->near ? TW_CERTAINTY_NEAR : TW_CERTAINTY_EXACT,
	    .note = candidate->near ? "one letter differs" : "",
	};
	emit(scan, candidate, hit);
}

void scan_emit_number(struct scan *scan, const struct match_hit *hit, size_t first, size_t end)
{
	place(scan, *hit, first, end);
	scan->taken = end;
	scan->read = true;
}
