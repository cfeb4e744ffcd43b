/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The word boundaries of chemistry. A longer chemical word around a name is
 * another substance; a salt, a grade or a unit beside it is not. Which words
 * do what is data: law/substances/words.tsv.
 */
#include "screen/scan.h"

#define INDEX_WORDS 40   /* tokens after a name in which a hanging hyphen is looked for */
#define COMPOUND_WORDS 7 /* tokens after an acid in which "salt" or "ester" is looked for */

bool context_ends_with(const struct scan *scan, size_t token, const struct section_endings *endings)
{
	size_t length = token_length(scan->fold, token);
	const uint8_t *end = scan->fold->key + scan->fold->token[token + 1].start;
	if (length > 1 &&
	    !section_bit(endings->lasts, section_brief(end[-1] | (uint32_t)end[-2] << 8)))
		return false;
	const uint32_t *offset = section_at(scan->section, endings->list);
	for (uint32_t i = 0; i < endings->list.count; i++) {
		const char *text = section_text(scan->section, offset[i]);
		size_t size = strlen(text);
		if (size <= length && memcmp(end - size, text, size) == 0)
			return true;
	}
	return false;
}

static bool is_east_asian(uint8_t kind)
{
	return kind == FOLD_HAN || kind == FOLD_KANA;
}

/* "fusto di acetone", "láhev s acetonem", "toluene o acetone": what counts elsewhere stands between
 * two words. */
static bool is_grammar(const struct scan *scan, size_t token)
{
	const struct fold_token *at = &scan->fold->token[token];
	return (scan_exact(scan, token, token + 1) & (WORD_HOLDS | WORD_JOIN | WORD_EITHER)) &&
	       token > 0 && at[-1].kind == FOLD_LETTER && at[0].gap == GAP_SPACE &&
	       at[1].gap == GAP_SPACE &&
	       !context_ends_with(scan, token - 1, &scan->section->prefix_endings) &&
	       !(scan_exact(scan, token - 1, token) & WORD_PREFIX);
}

/* The word before this token makes another compound of what follows. */
static bool prefix_before(const struct scan *scan, size_t token)
{
	const struct fold_token *at = &scan->fold->token[token];
	uint64_t kinds = scan_before(scan, token);
	if (kinds & WORD_PLAIN)
		return false;
	/* "哌啶酮 (4-piperidone)": the name in two scripts, no compound of both */
	if (is_east_asian(at[-1].kind) && !is_east_asian(at->kind))
		return false;
	/* Spanish "para": of a place only where it is joined */
	if ((kinds & WORD_FOR) && (at->gap & GAP_SPACE))
		return false;
	if (kinds & WORD_PREFIX) {
		/* "polyester of" is such a word as a whole */
		return !(scan_exact(scan, token - 1, token) & WORD_PREFIX) ||
		       !is_grammar(scan, token - 1);
	}
	return scan->fold->token[token - 1].kind == FOLD_LETTER &&
	       context_ends_with(scan, token - 1, &scan->section->prefix_endings);
}

/* A hyphen joins what stands before; some words may be joined and change nothing. */
static bool joined_before_allowed(const struct scan *scan, size_t first)
{
	const struct fold_token *token = scan->fold->token;
	if (scan_before(scan, first) &
	    (WORD_PLAIN | WORD_ISOMER | WORD_ABSENT_BEFORE | WORD_NAME | WORD_LABELLED))
		return true;
	uint8_t kind = token[first - 1].kind;
	return (kind == FOLD_HAN || kind == FOLD_KANA) && !(scan_before(scan, first) & WORD_PREFIX);
}

/* Nothing at all stands between the token before and the name. */
static bool glued_before_allowed(const struct scan *scan, size_t first)
{
	const struct fold_token *token = scan->fold->token;
	uint8_t before = token[first - 1].kind, kind = token[first].kind;
	size_t length = token_length(scan->fold, first - 1);
	if (before == FOLD_HAN || before == FOLD_KANA) {
		if (kind == FOLD_KANA && before == FOLD_KANA)
			return scan_before(scan, first) & WORD_PLAIN;
		return (kind != FOLD_HAN && kind != FOLD_KANA) ||
		       !(scan_before(scan, first) & WORD_PREFIX) ||
		       (scan_before(scan, first) & (WORD_PLAIN | WORD_NAME));
	}
	if (kind == FOLD_HAN || kind == FOLD_KANA)
		return before == FOLD_DIGIT ? length >= 2
					    : length >= 2 && !prefix_before(scan, first);
	return before == FOLD_LETTER && kind == FOLD_DIGIT && length >= 2 &&
	       (scan_before(scan, first) & (WORD_UNIT | WORD_CAS | WORD_PLAIN));
}

static bool left_allows(const struct scan *scan, size_t first)
{
	const struct fold_token *token = scan->fold->token;
	if (first == 0)
		return true;
	unsigned gap = token[first].gap;
	uint8_t before = token[first - 1].kind;
	size_t length = token_length(scan->fold, first - 1);
	if (gap == 0)
		return glued_before_allowed(scan, first);
	if (gap & (GAP_OTHER | GAP_SLASH | GAP_PERCENT))
		return true;
	if (!tight(gap)) {
		if (gap & ~(unsigned)(GAP_SPACE | GAP_HYPHEN | GAP_CLOSE))
			return true;
		return before == FOLD_DIGIT || !prefix_before(scan, first);
	}
	if (gap & GAP_HYPHEN)
		return joined_before_allowed(scan, first);
	if (gap & GAP_COMMA)
		return before == FOLD_DIGIT ? token[first].kind != FOLD_DIGIT : length > 1;
	if (gap & GAP_OPEN)
		return before != FOLD_DIGIT && length > 1 && !prefix_before(scan, first);
	/* "4-(羟甲基)哌啶": what the brackets hold is a group on the name that follows. */
	if (gap & GAP_CLOSE)
		return token[first].kind == FOLD_HAN && !prefix_before(scan, first);
	if (gap & GAP_PRIME)
		return before != FOLD_DIGIT;
	return true;
}

/* A word of some length that is no mark of an isomer: a substituent. */
static bool is_substituent(const struct scan *scan, size_t token)
{
	return scan->fold->token[token].kind == FOLD_LETTER &&
	       token_length(scan->fold, token) >= 3 &&
	       !(scan_exact(scan, token, token + 1) & (WORD_ISOMER | WORD_PLAIN));
}

/* The group at a token may be written on a name: "bromo", "phenylmethyl". */
static bool is_group(const struct scan *scan, size_t token)
{
	return scan->fold->token[token].kind == FOLD_LETTER &&
	       (context_ends_with(scan, token, &scan->section->prefix_endings) ||
		(scan_exact(scan, token, token + 1) & WORD_PREFIX));
}

/*
 * "4-piperidone, 1-benzyl-", "toluene, .alpha.-fluoro-": an index name turned
 * round. What was taken from before the name ends in a hyphen that hangs.
 * Marks of isomers alone ("ephedrine, (1R,2S)-(-)-") are no group.
 */
static bool turned_round(const struct scan *scan, size_t end)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	bool group = is_substituent(scan, end);
	for (size_t i = end + 1; i <= fold->count && i < end + INDEX_WORDS; i++) {
		unsigned gap = fold->token[i].gap;
		bool hangs = (gap & GAP_HYPHEN) &&
			     (i == fold->count || (gap & (GAP_SPACE | GAP_COMMA | GAP_OTHER)));
		if (hangs && (i == fold->count || is_group(scan, i - 1)))
			return group && (i == fold->count ||
					 !scan_longest(scan, i, WORD_JOIN | WORD_EITHER, &value));
		group |= i < fold->count && is_substituent(scan, i);
		if ((gap & GAP_BREAKS) || ((gap & GAP_SPACE) && !(gap & GAP_COMMA)))
			return false;
	}
	return false;
}

/* "acetone dimethylhydrazone", "benzaldehyde, (4-nitrophenyl)hydrazone". */
static bool is_derivative(const struct scan *scan, size_t end)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	for (size_t i = end; i < fold->count && i < end + COMPOUND_WORDS; i++) {
		if (gap_breaks(fold->token[i].gap) ||
		    scan_longest(scan, i, WORD_NAME | WORD_OTHER | WORD_PLAIN, &value))
			return false;
		if (fold->token[i].kind == FOLD_DIGIT || token_length(fold, i) == 1)
			continue;
		if (fold->token[i].kind == FOLD_LETTER &&
		    context_ends_with(scan, i, &scan->section->derivative_endings))
			return true;
		if (!is_group(scan, i))
			return false;
	}
	return false;
}

/* A hyphen or nothing but a bracket joins the next word to the name. */
static bool joined_after_allowed(const struct scan *scan, size_t end)
{
	const struct fold *fold = scan->fold;
	const struct fold_token *token = fold->token;
	uint32_t value;
	if (scan_longest(scan, end,
			 WORD_SALT | WORD_PLAIN | WORD_ABSENT_AFTER | WORD_ABOUT | WORD_LABELLED |
			     WORD_NAME | WORD_OTHER,
			 &value))
		return true;
	if (scan_longest(scan, end, WORD_SUFFIX | WORD_PREFIX, &value))
		return false;
	unsigned next = end + 1 < fold->count ? token[end + 1].gap : GAP_OTHER;
	if (token[end].kind == FOLD_DIGIT) {
		if (next == 0)
			return scan_longest(scan, end + 1, WORD_UNIT, &value) != 0;
		return !tight(next) || !(next & (GAP_HYPHEN | GAP_COMMA | GAP_PRIME));
	}
	if (token[end].kind != FOLD_LETTER)
		return true;
	return token_length(fold, end) > 1 &&
	       !context_ends_with(scan, end, &scan->section->suffix_endings) &&
	       !context_ends_with(scan, end, &scan->section->prefix_endings);
}

/* A vowel or tone of Thai or Lao that belongs to the letter before it. */
static bool goes_on_syllable(const uint8_t *key)
{
	if (key[0] != 0xe0)
		return false;
	uint8_t lead = key[1] & 0xfe, low = (uint8_t)((key[1] & 1) << 6 | (key[2] & 0x3f));
	return (lead == 0xb8 || lead == 0xba) &&
	       ((low >= 0x30 && low <= 0x3b) || low == 0x45 || (low >= 0x47 && low <= 0x4e));
}

/* What follows directly, without a sign between. */
static bool glued_after_allowed(const struct scan *scan, const struct candidate *candidate)
{
	const struct fold *fold = scan->fold;
	size_t end = candidate->end;
	uint8_t last = fold->token[end - 1].kind, next = fold->token[end].kind;
	uint32_t value;
	if (next == FOLD_HAN || next == FOLD_KANA) {
		uint64_t kinds = WORD_SALT | WORD_PLAIN | WORD_ABSENT_AFTER | WORD_ABOUT |
				 WORD_SUFFIX | WORD_NAME | WORD_OTHER | WORD_PARTICLE | WORD_HOLDS |
				 WORD_GEAR | WORD_TESTED;
		if (goes_on_syllable(fold->key + fold->token[end].start))
			return false;
		if (scan_longest(scan, end, kinds, &value))
			return (scan->values[value].kinds & kinds) != WORD_SUFFIX;
		if (last == FOLD_KANA && next == FOLD_KANA)
			return false;
		if (last != FOLD_HAN)
			return true;
		/* The salt of an acid begins with the acid's name; so do many medicines. */
		const uint8_t *key = fold->key + fold->token[end].start - 3;
		return candidate->end - candidate->first > 1 && memcmp(key, "酸", 3) != 0;
	}
	if (last == FOLD_HAN || last == FOLD_KANA)
		return true;
	if (last == FOLD_DIGIT || !(scan->values[candidate->value].kinds & WORD_NAME))
		return false;
	return token_length(fold, end) >= 2;
}

static bool right_allows(const struct scan *scan, const struct candidate *candidate)
{
	const struct fold *fold = scan->fold;
	size_t end = candidate->end;
	if (end == fold->count)
		return true;
	unsigned gap = fold->token[end].gap;
	uint32_t value;
	if (gap == 0)
		return glued_after_allowed(scan, candidate);
	if (gap & (GAP_OTHER | GAP_SLASH | GAP_PERCENT | GAP_PLUS))
		return true;
	if (!tight(gap)) {
		if (is_derivative(scan, end))
			return false;
		/* "acetic acid, bromo-, …": the group of another parent. */
		if ((gap & GAP_COMMA) && (gap & GAP_HYPHEN) && candidate->first > 0 &&
		    (fold->token[candidate->first].gap & GAP_COMMA))
			return false;
		if (gap & GAP_COMMA)
			return !turned_round(scan, end);
		if (gap != GAP_SPACE || fold->token[end].kind != FOLD_LETTER)
			return true;
		uint64_t kinds = WORD_SUFFIX | WORD_SALT | WORD_PLAIN | WORD_ABSENT_AFTER |
				 WORD_ABOUT | WORD_NAME;
		if (scan_longest(scan, end, kinds, &value))
			return (scan->values[value].kinds & kinds) != WORD_SUFFIX;
		return !candidate->near ||
		       !context_ends_with(scan, end, &scan->section->suffix_endings);
	}
	if (gap & GAP_HYPHEN)
		return joined_after_allowed(scan, end);
	/* "ethane, 1,1'-oxybis[2-chloro-": the group is that of a longer name. */
	if ((gap & GAP_OPEN) && turned_round(scan, end))
		return false;
	if (gap & GAP_COMMA)
		return !turned_round(scan, end) &&
		       (fold->token[end].kind != FOLD_DIGIT || joined_after_allowed(scan, end));
	if (gap & GAP_CLOSE)
		return fold->token[end].kind != FOLD_LETTER || joined_after_allowed(scan, end);
	return true;
}

static bool is_acid(const struct fold *fold, size_t token)
{
	return token_length(fold, token) == 4 &&
	       memcmp(fold->key + fold->token[token].start, "acid", 4) == 0;
}

/* "metformin HCl", "hydrazinobenzoic acid.HCl": the acid as part of a salt's name. */
static bool is_salt_of_something(const struct scan *scan, const struct candidate *candidate)
{
	if (!(scan->values[candidate->value].kinds & WORD_SALT) || candidate->first == 0)
		return false;
	const struct fold_token *token = &scan->fold->token[candidate->first];
	if (token->gap & ~(unsigned)(GAP_SPACE | GAP_HYPHEN | GAP_OPEN | GAP_DOT))
		return false;
	/* "C8H11NO2.HCl": a formula */
	if (token[-1].kind == FOLD_DIGIT)
		return token->gap == GAP_DOT && candidate->first > 1 && token[-1].gap == 0;
	if (candidate->first > 1 && is_acid(scan->fold, candidate->first - 1) &&
	    token[-2].kind == FOLD_LETTER &&
	    context_ends_with(scan, candidate->first - 2, &scan->section->suffix_endings))
		return true;
	return !(scan_before(scan, candidate->first) & WORD_PLAIN);
}

/*
 * "sulfuric acid, disodium salt", "sulfuric acid dimethyl ester": the index
 * name of a salt or ester of an acid whose own compounds no list names.
 */
static bool is_compound_of_acid(const struct scan *scan, const struct candidate *candidate)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	if (!(scan->values[candidate->value].kinds & WORD_ACID))
		return false;
	for (size_t i = candidate->end; i < fold->count && i < candidate->end + COMPOUND_WORDS;
	     i++) {
		if (gap_breaks(fold->token[i].gap))
			return false;
		if (scan_longest(scan, i, WORD_COMPOUND, &value))
			return true;
		if (fold->token[i].kind == FOLD_LETTER && token_length(fold, i) > 1 &&
		    !scan_longest(scan, i, WORD_METAL, &value) &&
		    !context_ends_with(scan, i, &scan->section->suffix_endings))
			return false;
	}
	return false;
}

bool context_allows(const struct scan *scan, const struct candidate *candidate)
{
	const struct fold *fold = scan->fold;
	const struct section_value *value = &scan->values[candidate->value];
	unsigned inside = 0;
	if (value->kinds & WORD_MACHINE)
		return machines_allow(scan, candidate);
	for (size_t i = candidate->first + 1; i < candidate->end; i++) {
		if (gap_breaks(fold->token[i].gap))
			return false;
		inside |= fold->token[i].gap;
	}
	if (value->tight && !tight(inside))
		return false;
	bool is_short = !(value->kinds & WORD_NAME);
	if (is_short && value->tight &&
	    (inside & ~(unsigned)(GAP_HYPHEN | GAP_PRIME | GAP_COMMA | GAP_DOT)))
		return false;
	uint8_t kind = fold->token[candidate->first].kind;
	/* One Chinese character is a word by itself only when it stands by itself. */
	if (candidate->end - candidate->first == 1 && kind == FOLD_HAN && candidate->first > 0 &&
	    fold->token[candidate->first].gap == 0 &&
	    fold->token[candidate->first - 1].kind == FOLD_HAN)
		return false;
	return !is_salt_of_something(scan, candidate) && !is_compound_of_acid(scan, candidate) &&
	       left_allows(scan, candidate->first) && right_allows(scan, candidate);
}

/* "98%", "99.5 %": at least ninety. */
static bool is_purity(const struct scan *scan, size_t i)
{
	const struct fold *fold = scan->fold;
	const struct fold_token *token = fold->token;
	if (token[i].kind != FOLD_DIGIT || token_length(fold, i) != 2 ||
	    fold->key[token[i].start] != '9')
		return false;
	if (i > 0 && token[i - 1].kind == FOLD_DIGIT && (token[i].gap & GAP_DOT))
		return false;
	if (token[i + 1].gap & GAP_PERCENT)
		return true;
	return token[i + 1].gap == GAP_DOT && i + 1 < fold->count &&
	       token[i + 1].kind == FOLD_DIGIT && (token[i + 2].gap & GAP_PERCENT);
}

static bool in_hit(const struct scan *scan, size_t token)
{
	size_t at = scan->fold->token[token].from;
	for (size_t i = 0; i < scan->count; i++)
		if (at >= scan->hits[i].from && at < scan->hits[i].from + scan->hits[i].length)
			return true;
	return false;
}

bool context_other_chemical(const struct scan *scan, size_t token)
{
	uint32_t value;
	return token < scan->fold->count && scan->fold->token[token].kind == FOLD_LETTER &&
	       token_length(scan->fold, token) > 4 &&
	       context_ends_with(scan, token, &scan->section->suffix_endings) &&
	       !in_hit(scan, token) &&
	       !scan_longest(scan, token, WORD_PLAIN | WORD_SIGN | WORD_POWDER, &value);
}

bool context_is_explained_otherwise(const struct scan *scan, size_t first, size_t end)
{
	const struct fold *fold = scan->fold;
	const struct fold_token *token = fold->token;
	if (first > 0 && (token[first].gap & GAP_OPEN) && !in_hit(scan, first - 1) &&
	    (context_other_chemical(scan, first - 1) ||
	     (first > 1 && is_acid(fold, first - 1) && context_other_chemical(scan, first - 2))))
		return true;
	if (end >= fold->count || !(token[end].gap & (GAP_OPEN | GAP_OTHER)))
		return false;
	while (end < fold->count && token[end].kind == FOLD_DIGIT)
		end++;
	return context_other_chemical(scan, end);
}

bool context_mass_after(const struct scan *scan, size_t end)
{
	const struct fold *fold = scan->fold;
	uint32_t value;
	return end + 1 < fold->count && fold->token[end].kind == FOLD_DIGIT &&
	       scan_longest(scan, end + 1, WORD_UNIT, &value) != 0;
}

bool context_says_no_more(const struct scan *scan, size_t first, size_t end)
{
	const uint64_t kinds =
	    WORD_PLAIN | WORD_UNIT | WORD_POWDER | WORD_SIGN | WORD_SALT | WORD_CAS | WORD_UN;
	uint32_t value;
	for (size_t i = 0; i < scan->fold->count;) {
		size_t next = i == first ? end : scan_longest(scan, i, kinds, &value);
		if (!next && scan->fold->token[i].kind != FOLD_DIGIT)
			return false;
		i = next ? next : i + 1;
	}
	return true;
}

bool context_percent_after(const struct scan *scan, size_t end)
{
	const struct fold *fold = scan->fold;
	for (size_t i = end; i < fold->count && i < end + 2; i++)
		if (fold->token[i].kind == FOLD_DIGIT && (fold->token[i + 1].gap & GAP_PERCENT))
			return true;
	return false;
}

bool context_has_sign(const struct scan *scan)
{
	const struct fold *fold = scan->fold;
	bool powder = false, mass = false;
	uint32_t value;
	if (scan->query->chemical || scan->cas_seen)
		return true;
	for (size_t i = 0; i < scan->count; i++)
		if (scan->hits[i].kind != MATCH_ABBREVIATION)
			return true;
	for (size_t i = 0; i < fold->count; i++) {
		if (is_purity(scan, i))
			return true;
		if (scan_longest(scan, i, WORD_SIGN | WORD_SALT, &value) && !in_hit(scan, i))
			return true;
		powder |= scan_longest(scan, i, WORD_POWDER, &value) != 0;
		mass |= fold->token[i].kind == FOLD_DIGIT && i + 1 < fold->count &&
			scan_longest(scan, i + 1, WORD_UNIT, &value) != 0;
	}
	return powder && mass;
}
