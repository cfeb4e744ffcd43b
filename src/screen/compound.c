/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A name that goes on in the same word. German, Dutch and the Nordic tongues
 * write "Acetonflasche" and "tolueenvrij" in one; Korean and Japanese join
 * endings of grammar, 톨루엔을. Only where the rest of the word is itself a word
 * of the law folder: anything else makes another compound.
 */
#include "screen/scan.h"

#define LATIN_LEAST 5 /* bytes of a name that may go on so */
#define OTHER_LEAST 12
#define TAIL_LEAST 3 /* bytes of a Latin word behind it that is no ending of grammar */
#define TAIL                                                                                       \
	(WORD_PLAIN | WORD_POWDER | WORD_ABSENT_AFTER | WORD_ABOUT | WORD_HOLDS | WORD_GEAR |      \
	 WORD_TESTED | WORD_PARTICLE)

/* What the bytes [from, to) of the key are as one word, or as a word with an ending; 0 nothing. */
static uint64_t tail_kinds(const struct scan *scan, size_t from, size_t to)
{
	const uint8_t *key = scan->fold->key;
	uint32_t node = TRIE_ROOT;
	uint64_t first = 0, kinds = 0;
	for (size_t i = from; i < to; i++) {
		node = trie_step(scan->forward, node, key[i]);
		if (node == TRIE_DEAD)
			return 0;
		uint32_t value = trie_value(scan->forward, node);
		kinds = value == TRIE_NONE ? 0 : scan->values[value].kinds & TAIL;
		if (key[from] < 128 && i + 1 - from < TAIL_LEAST)
			kinds &= WORD_PARTICLE;
		if (!kinds || i + 1 == to)
			continue;
		/* 톨루엔통을: a drum, with an ending. */
		first = kinds;
		uint32_t rest = TRIE_ROOT;
		for (size_t k = i + 1; k < to && rest != TRIE_DEAD; k++)
			rest = trie_step(scan->forward, rest, key[k]);
		if (rest != TRIE_DEAD && trie_value(scan->forward, rest) != TRIE_NONE &&
		    (scan->values[trie_value(scan->forward, rest)].kinds & WORD_PARTICLE))
			return first;
	}
	return kinds;
}

/* The longest name that begins the token and leaves a word; what the word is, 0 none. */
static uint64_t split(const struct scan *scan, size_t token, uint32_t *name)
{
	const struct fold *fold = scan->fold;
	size_t start = fold->token[token].start, end = fold->token[token + 1].start;
	uint32_t node = TRIE_ROOT;
	uint64_t found = 0;
	for (size_t i = start; i + 1 < end; i++) {
		node = trie_step(scan->forward, node, fold->key[i]);
		if (node == TRIE_DEAD)
			break;
		uint32_t value = trie_value(scan->forward, node);
		size_t least = fold->key[i] < 128 ? LATIN_LEAST : OTHER_LEAST;
		if (value == TRIE_NONE || i + 1 - start < least ||
		    !(scan->values[value].kinds & WORD_NAME) ||
		    (scan->values[value].kinds & WORD_MACHINE))
			continue;
		uint64_t kinds = tail_kinds(scan, i + 1, end);
		if (kinds) {
			found = kinds;
			*name = value;
		}
	}
	return found;
}

size_t compound_take(struct scan *scan, size_t first)
{
	struct candidate candidate = {.first = first, .end = first + 1};
	uint64_t tail = split(scan, first, &candidate.value);
	if (!tail || !context_allows(scan, &candidate))
		return 0;
	struct sense sense = context_sense(scan, &candidate);
	bool plain = sense.kind == MATCH_SENSE_PLAIN;
	if (plain && (tail & WORD_ABSENT_AFTER))
		sense = (struct sense){MATCH_SENSE_ABSENT, "stated not to be in the goods"};
	else if (plain && (tail & (WORD_ABOUT | WORD_TESTED)))
		sense = (struct sense){MATCH_SENSE_ABOUT,
				       "apparently other goods: for detecting, resisting or "
				       "describing it, or made from it"};
	else if (plain && !(tail & (WORD_PLAIN | WORD_PARTICLE | WORD_POWDER)))
		sense.note = "one word with a container or equipment: containing it, or for it";
	if (sense.kind == MATCH_SENSE_PLAIN && *sense.note)
		scan_emit_weak(scan, &candidate, sense);
	else
		scan_emit(scan, &candidate, sense);
	return candidate.end;
}
