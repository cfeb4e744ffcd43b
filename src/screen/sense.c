/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the words around a name make of it: said not to be in the goods, goods
 * about it, an isotopically labelled form. A word that turns one name of a
 * list turns the others: "toluene, acetone and MEK free", "free from red or
 * white phosphorus", "resistant to water, acetone". Which words do what is
 * data: law/substances/words.tsv.
 */
#include "screen/scan.h"

#define ABOUT_WORDS 4  /* tokens after a name in which goods about it are looked for */
#define ABOUT_HAN 12   /* the same in a run of Chinese characters */
#define LIST_ITEMS 8   /* names of a list looked over */
#define ITEM_WORDS 3   /* words of an item that is no chemical */
#define HYPHEN_WORDS 8 /* tokens after "acetone-" in which its "free" is looked for */
#define GEAR_LEAST 5   /* bytes of a word of gear at the end of another */
#define GEAR_WORDS 3   /* tokens between a hose and what it is for */
#define JOINED (WORD_JOIN | WORD_EITHER)

size_t context_after_salt(const struct scan *scan, size_t end)
{
	uint32_t value;
	while (end < scan->fold->count && !gap_breaks(scan->fold->token[end].gap)) {
		size_t next = scan_longest(scan, end, WORD_SALT, &value);
		if (!next)
			break;
		end = next;
	}
	return end;
}

static bool zero_percent_before(const struct scan *scan, size_t first)
{
	const struct fold_token *token = scan->fold->token;
	if (first == 0 || !(token[first].gap & GAP_PERCENT) || token[first - 1].kind != FOLD_DIGIT)
		return false;
	if (token_length(scan->fold, first - 1) != 1 ||
	    scan->fold->key[token[first - 1].start] != '0')
		return false;
	return first == 1 || !(token[first - 2].kind == FOLD_DIGIT && tight(token[first - 1].gap));
}

/* A slash joins as "or" does; nothing else that breaks may stand in a list. */
static bool gap_ends_list(unsigned gap)
{
	return gap_breaks(gap & ~(unsigned)GAP_SLASH);
}

/* The token after what joins the next name of a list, 0 when nothing does. */
static size_t separator_after(const struct scan *scan, size_t at, uint64_t *kinds)
{
	uint32_t value;
	if (at >= scan->fold->count || gap_ends_list(scan->fold->token[at].gap))
		return 0;
	unsigned gap = scan->fold->token[at].gap;
	size_t end = scan_longest(scan, at, JOINED, &value);
	if (end && end < scan->fold->count && !gap_breaks(scan->fold->token[end].gap)) {
		*kinds |= scan->values[value].kinds & JOINED;
		return end;
	}
	if (gap & GAP_SLASH)
		*kinds |= WORD_JOIN;
	return gap & (GAP_COMMA | GAP_SLASH) ? at : 0;
}

/* The token after a chemical that begins here, 0 when none does. */
static size_t chemical_after(const struct scan *scan, size_t at)
{
	uint32_t value;
	size_t end = scan_longest(scan, at, WORD_NAME | WORD_ABBREVIATION | WORD_OTHER, &value);
	if (!end && context_other_chemical(scan, at))
		end = at + 1;
	return end ? context_after_salt(scan, end) : 0;
}

/* The token after the list that goes on after a name; kinds are those of what joins it. */
static size_t list_after(const struct scan *scan, size_t after, uint64_t *kinds)
{
	for (unsigned n = 0; n < LIST_ITEMS; n++) {
		size_t start = separator_after(scan, after, kinds);
		size_t end = start ? chemical_after(scan, start) : 0;
		if (!end)
			break;
		after = end;
	}
	return after;
}

/* The token where a chemical that ends before this one begins, SIZE_MAX when none does. */
static size_t chemical_before(const struct scan *scan, size_t end)
{
	for (size_t from = end > ITEM_WORDS ? end - ITEM_WORDS : 0; from < end; from++)
		if (scan_exact(scan, from, end) & (WORD_NAME | WORD_ABBREVIATION | WORD_OTHER))
			return from;
	return end > 0 && context_other_chemical(scan, end - 1) ? end - 1 : SIZE_MAX;
}

/* Other words of an item: the token where they begin, after a separator or a word of kind. */
static size_t words_before(const struct scan *scan, size_t end, uint64_t kind)
{
	const struct fold_token *token = scan->fold->token;
	for (size_t from = end; from > 0 && from + ITEM_WORDS > end;) {
		from--;
		if (gap_ends_list(token[from].gap))
			break;
		if ((token[from].gap & (GAP_COMMA | GAP_SLASH)) ||
		    (scan_before(scan, from) & (kind | JOINED)))
			return from;
	}
	return SIZE_MAX;
}

/*
 * A word of kind stands before the list that a name is in. Words that are no
 * chemicals may stand in between after an "or", or always where loose.
 */
static bool turned_before(const struct scan *scan, size_t first, size_t after, uint64_t kind,
			  bool loose)
{
	const struct fold_token *token = scan->fold->token;
	uint64_t kinds = loose ? JOINED : 0, ahead = 0;
	/* "hose, resistant to water, sulfuric acid 98%": goods of their own */
	bool words = loose && !context_percent_after(scan, after);
	size_t at = first;
	list_after(scan, after, &ahead);
	for (unsigned n = 0; n < LIST_ITEMS && at > 0; n++) {
		if (gap_ends_list(token[at].gap))
			return false;
		uint64_t before = scan_before(scan, at);
		if (!(token[at].gap & GAP_COMMA) && (before & kind))
			return n == 0 || ((kinds | ahead) & JOINED);
		if (before & JOINED) {
			kinds |= before & JOINED;
			words = words || (before & WORD_EITHER);
			at--;
		} else if (!(token[at].gap & (GAP_COMMA | GAP_SLASH))) {
			return false;
		}
		if (at == 0)
			return false;
		size_t item = chemical_before(scan, at);
		if (item == SIZE_MAX && words)
			item = words_before(scan, at, kind);
		if (item == SIZE_MAX)
			return false;
		at = item;
	}
	return false;
}

/* The last hit was turned, and only a comma or a short word stands between. */
static bool follows_turned(const struct scan *scan, size_t first, size_t turned)
{
	const struct fold_token *token = scan->fold->token;
	if (turned == 0 || gap_ends_list(token[first].gap))
		return false;
	return turned == first ||
	       (turned + 1 == first && !gap_ends_list(token[turned].gap) &&
		(token[first - 1].kind == FOLD_HAN || token_length(scan->fold, first - 1) <= 3));
}

/* "acetic anhydride derivative free": the token after what a name's compounds are called. */
static size_t after_compound(const struct scan *scan, size_t at)
{
	uint32_t value;
	if (at >= scan->fold->count || (scan->fold->token[at].gap & ~(unsigned)GAP_SPACE))
		return at;
	size_t end = scan_longest(scan, at, WORD_COMPOUND, &value);
	return end ? end : at;
}

static bool absent_word_at(const struct scan *scan, size_t at)
{
	uint32_t value;
	return at < scan->fold->count &&
	       !(scan->fold->token[at].gap & ~(unsigned)(GAP_SPACE | GAP_HYPHEN)) &&
	       scan_longest(scan, at, WORD_ABSENT_AFTER | WORD_PLAIN, &value) &&
	       (scan->values[value].kinds & WORD_ABSENT_AFTER);
}

/* "acetone- and MEK-free": the word of kind that the hanging hyphen waits for. */
static bool hanging(const struct scan *scan, size_t after, uint64_t kind)
{
	const struct fold *fold = scan->fold;
	uint64_t kinds = 0;
	uint32_t value;
	if (after >= fold->count || !(fold->token[after].gap & GAP_HYPHEN) ||
	    tight(fold->token[after].gap) || !separator_after(scan, after, &kinds))
		return false;
	for (size_t i = after + 1; i < fold->count && i < after + HYPHEN_WORDS; i++) {
		if (gap_ends_list(fold->token[i].gap))
			return false;
		if (fold->token[i].gap == GAP_HYPHEN &&
		    scan_longest(scan, i, kind | WORD_PLAIN, &value) &&
		    (scan->values[value].kinds & kind))
			return true;
	}
	return false;
}

static bool is_absent(const struct scan *scan, const struct candidate *candidate, size_t after)
{
	size_t first = candidate->first;
	uint64_t kinds = 0;
	if (first > 0 && !(scan->fold->token[first].gap & ~(unsigned)(GAP_SPACE | GAP_HYPHEN)) &&
	    (scan_before(scan, first) & WORD_ABSENT_BEFORE))
		return true;
	if (zero_percent_before(scan, first) || follows_turned(scan, first, scan->absent) ||
	    absent_word_at(scan, after) || absent_word_at(scan, after_compound(scan, after)) ||
	    hanging(scan, after, WORD_ABSENT_AFTER))
		return true;
	size_t end = list_after(scan, after, &kinds);
	if (end != after && (kinds & JOINED) && absent_word_at(scan, end))
		return true;
	return first > 0 && turned_before(scan, first, after, WORD_ABSENT_BEFORE, false);
}

/* ", empty" and no more: what was in it is gone. */
static bool empty_at(const struct scan *scan, size_t at)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	size_t end = scan_longest(scan, at, WORD_EMPTY, &value);
	return end && (end == fold->count || gap_breaks(fold->token[end].gap) ||
		       (fold->token[end].gap & (GAP_COMMA | GAP_CLOSE)));
}

/* Chinese writes on without blanks, and what the goods are comes last. */
static bool about_word_after(const struct scan *scan, size_t after)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	/* "acetone for gloves": the goods are what comes first. */
	if (after < fold->count && scan_longest(scan, after, WORD_FOR, &value))
		return false;
	for (size_t i = after; i < fold->count && i < after + ABOUT_HAN; i++) {
		bool runs_on = fold->token[i].gap == 0 && fold->token[i].kind == FOLD_HAN;
		if (i >= after + ABOUT_WORDS && !runs_on)
			return false;
		if (gap_breaks(fold->token[i].gap))
			return false;
		if (fold->token[i].gap & GAP_COMMA)
			return empty_at(scan, i);
		/* "fentanyl reference standard for drug test": the same */
		if (fold->token[i].kind == FOLD_LETTER && scan_longest(scan, i, WORD_FOR, &value))
			return false;
		/* "acetone and gloves": goods side by side */
		if (scan_longest(scan, i, JOINED, &value) &&
		    !(scan->values[value].kinds & WORD_HOLDS))
			return false;
		size_t end = scan_longest(scan, i, WORD_ABOUT, &value);
		/* "acetone in solvent resistant drum": it is the drum that resists. */
		if (end && i > after && end < fold->count && !gap_breaks(fold->token[end].gap) &&
		    scan_longest(scan, end, WORD_HOLDS, &value))
			return false;
		if (end)
			return true;
	}
	return false;
}

/* "hose for acetone", "bottle for 1 L acetone". */
static bool gear_for(const struct scan *scan, size_t first)
{
	const struct fold_token *token = scan->fold->token;
	for (size_t at = first; at > 0 && at + GEAR_WORDS > first; at--) {
		if (gap_breaks(token[at].gap) || (token[at].gap & GAP_COMMA))
			return false;
		if (!(scan_before(scan, at) & WORD_FOR))
			continue;
		for (size_t i = at - 1; i > 0 && i + GEAR_WORDS > at - 1; i--) {
			if (gap_breaks(token[i].gap) || (token[i].gap & GAP_COMMA))
				return false;
			if (scan_before(scan, i) & WORD_GEAR)
				return true;
		}
		return false;
	}
	return false;
}

/* "Latexhandschuhe": a word that ends in one of gear. */
static bool ends_in_gear(const struct scan *scan, size_t token)
{
	const struct fold *fold = scan->fold;
	size_t start = fold->token[token].start, end = fold->token[token + 1].start;
	for (size_t from = start; from + GEAR_LEAST <= end; from++) {
		uint32_t node = TRIE_ROOT;
		for (size_t i = from; i < end && node != TRIE_DEAD; i++)
			node = trie_step(scan->forward, node, fold->key[i]);
		if (node == TRIE_DEAD || trie_value(scan->forward, node) == TRIE_NONE)
			continue;
		if (scan->values[trie_value(scan->forward, node)].kinds & WORD_GEAR)
			return true;
	}
	return false;
}

/* "gloves, acetone tested": what was tried against it stands before. */
static bool tested_after(const struct scan *scan, size_t first, size_t after)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	if (after >= fold->count || gap_ends_list(fold->token[after].gap) ||
	    !scan_longest(scan, after, WORD_TESTED, &value))
		return false;
	for (size_t i = 0; i < first; i++)
		if (scan_longest(scan, i, WORD_GEAR | WORD_ABOUT, &value) || ends_in_gear(scan, i))
			return true;
	return false;
}

/*
 * "battery, sulfuric acid filled", "UN2800": the acid works in an article.
 * "battery grade sulfuric acid" and "sulfuric acid for batteries" are acid.
 */
static bool in_article(const struct scan *scan, const struct candidate *candidate)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	if (!(scan->values[candidate->value].kinds & WORD_ACID))
		return false;
	bool filled = candidate->end < fold->count &&
		      !gap_breaks(fold->token[candidate->end].gap) &&
		      scan_longest(scan, candidate->end, WORD_FILLED, &value);
	for (size_t i = 0; i < fold->count; i++) {
		size_t end = scan_longest(scan, i, WORD_ARTICLE, &value);
		if (!end || scan_longest(scan, i, WORD_ARTICLE_NOT, &value) > end)
			continue;
		if (scan_exact(scan, i, i + 1) & WORD_UN)
			return true;
		uint64_t before =
		    (i > 0 ? scan_before(scan, i) : 0) | (i > 1 ? scan_before(scan, i - 1) : 0);
		if (end > candidate->first || (before & WORD_FOR) ||
		    (end == candidate->first && !(fold->token[end].gap & GAP_COMMA) && !filled) ||
		    scan_longest(scan, end, WORD_ARTICLE_NOT, &value))
			continue;
		return true;
	}
	return false;
}

/*
 * "drug test cup 12 panel incl. ephedrine": what a test finds is named behind it.
 * A quantity or a grade behind the name is that of goods of their own.
 */
static bool in_kit(const struct scan *scan, const struct candidate *candidate, size_t after)
{
	uint32_t value;
	if (context_mass_after(scan, after) || context_percent_after(scan, after) ||
	    (after < scan->fold->count &&
	     scan_longest(scan, after, WORD_SIGN | WORD_POWDER, &value)))
		return false;
	for (size_t i = 0; i < candidate->first; i++)
		if (scan_longest(scan, i, WORD_KIT, &value))
			return i == 0 || !(scan_before(scan, i) & WORD_FOR);
	return false;
}

static bool is_about(const struct scan *scan, const struct candidate *candidate, size_t after)
{
	const struct fold_token *token = scan->fold->token;
	size_t first = candidate->first;
	uint64_t kinds = 0;
	if (about_word_after(scan, after) || about_word_after(scan, after_compound(scan, after)) ||
	    hanging(scan, after, WORD_ABOUT) || tested_after(scan, first, after) ||
	    in_article(scan, candidate) || in_kit(scan, candidate, after))
		return true;
	size_t end = list_after(scan, after, &kinds);
	if (end != after && (kinds & JOINED) && about_word_after(scan, end))
		return true;
	if (first == 0)
		return false;
	for (size_t i = first; i > 0 && i + 3 > first; i--) {
		if (gap_breaks(token[i].gap) || (token[i].gap & GAP_COMMA))
			break;
		uint64_t before = scan_before(scan, i);
		if ((before & JOINED) && !(before & WORD_HOLDS)) /* Dutch "of" is "or" */
			break;
		if (before & (WORD_ABOUT | WORD_EMPTY))
			return true;
		/* "leak-proof drum of toluene", but "detection of fentanyl". */
		if (before & WORD_HOLDS) {
			if (i > 1 && (scan_before(scan, i - 1) & WORD_ABOUT))
				return true;
			break;
		}
	}
	return follows_turned(scan, first, scan->about) || gear_for(scan, first) ||
	       turned_before(scan, first, after, WORD_ABOUT_BEFORE, true);
}

struct sense context_sense(const struct scan *scan, const struct candidate *candidate)
{
	size_t after = context_after_salt(scan, candidate->end);
	uint32_t value;
	if (is_absent(scan, candidate, after))
		return (struct sense){MATCH_SENSE_ABSENT, "stated not to be in the goods"};
	if (scan->values[candidate->value].kinds & WORD_MACHINE)
		return machines_sense(scan, candidate);
	if (is_about(scan, candidate, after))
		return (struct sense){MATCH_SENSE_ABOUT,
				      "apparently other goods: for detecting, resisting or "
				      "describing it, or made from it"};
	if (after < scan->fold->count && !gap_breaks(scan->fold->token[after].gap) &&
	    scan_longest(scan, after, WORD_LABELLED, &value))
		return (struct sense){MATCH_SENSE_LABELLED, "an isotopically labelled form"};
	if (candidate->first > 0 && (scan->fold->token[candidate->first].gap & GAP_HYPHEN) &&
	    (scan_before(scan, candidate->first) & WORD_LABELLED))
		return (struct sense){MATCH_SENSE_LABELLED, "an isotopically labelled form"};
	return (struct sense){MATCH_SENSE_PLAIN, ""};
}
