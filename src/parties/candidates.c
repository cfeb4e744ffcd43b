/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/candidates.h"

#include <stdlib.h>

#include "common/order.h"

enum { SPELLED = 8000 };

bool candidates_open(struct candidates *candidates, const struct parties *parties)
{
	size_t names = parties->entries.name.count;
	candidates->parties = parties;
	candidates->touch = calloc(names + 1, sizeof *candidates->touch);
	candidates->name = malloc((names + 1) * sizeof *candidates->name);
	return candidates->touch && candidates->name;
}

void candidates_close(struct candidates *candidates)
{
	free(candidates->touch);
	free(candidates->name);
}

/* What is reckoned of a pair of names before they are compared, from above. */
struct reach {
	uint64_t like;  /* weights times scores, over PAIR_ONE */
	uint64_t given; /* weight of the given words that have no pair */
	uint64_t listed;
};

static const struct party_name *name_at(const struct parties *parties, size_t index)
{
	return ((struct party_name **)parties->entries.name.item)[index];
}

static bool reaches(const struct reach *reach, uint32_t cut)
{
	/* like / (like + 0.8 given + 0.2 listed) */
	return 10 * reach->like * (PAIR_ONE - cut) >= cut * (8 * reach->given + 2 * reach->listed);
}

/* The most that any pair of a word may come to: with what the index has of it, with a word that is
 * one error away, or with another spelling. */
static uint32_t most_of(const struct token *token, const struct index_form *form)
{
	uint32_t longer = token->letters + UINT32_C(1);
	if (!token_is_strong(token))
		return token->weight;
	if (token->is_han)
		return NAME_JOIN * PAIR_ONE;
	uint32_t most = form ? form->heaviest : 0;
	uint32_t near = distance_allowed(longer) ? PAIR_ONE - PAIR_ONE / longer : 0;
	uint32_t spelled = token->surnames ? SPELLED : 0;
	most = most < near ? near : most;
	return most < spelled ? spelled : most;
}

/* The heaviest word of its own that is not looked up yet; count: there is none. */
static size_t heaviest(const struct candidates *candidates)
{
	const struct name *given = &candidates->given;
	size_t best = given->count;
	for (size_t i = 0; i < given->count; i++)
		if (!(candidates->must >> i & 1) && token_is_strong(&given->token[i]) &&
		    !given->token[i].surnames &&
		    (best == given->count || given->token[i].weight > given->token[best].weight))
			best = i;
	return best;
}

/* The words that are looked up: the heaviest ones, until a name that has none of them could not
 * reach the cut by all that is left. Surnames have other spellings, and tell too little. */
static void choose_words(struct candidates *candidates)
{
	const struct name *given = &candidates->given;
	struct reach reach = {.like = candidates->most};
	candidates->must = 0;
	while (reaches(&reach, candidates->cut)) {
		size_t i = heaviest(candidates);
		if (i == given->count) {
			candidates->must = UINT32_MAX;
			break;
		}
		candidates->must |= UINT32_C(1) << i;
		reach.like -= candidates->word[i].most;
		reach.given += given->token[i].weight;
	}
}

/* Words that are not looked up, and those of the tables, may pair with anything of their kind. */
static void read_given(struct candidates *candidates, struct tw_text text)
{
	struct name *given = &candidates->given;
	name_read(given, candidates->parties->lexicon, text);
	candidates->most = given->count; /* for what is rounded */
	candidates->free = candidates->off = candidates->fixed = 0;
	for (size_t i = 0; i < given->count; i++) {
		struct given_word *word = &candidates->word[i];
		word->form = index_weigh(&given->token[i], &candidates->parties->index);
		word->most = most_of(&given->token[i], word->form);
		candidates->most += word->most;
	}
	choose_words(candidates);
	for (size_t i = 0; i < given->count; i++) {
		const struct token *token = &given->token[i];
		struct given_word *word = &candidates->word[i];
		bool is_asked = token_is_strong(token) && candidates->must >> i & 1;
		word->loss = is_asked && !token->surnames ? token->weight : 0;
		word->free = word->loss ? 0 : is_asked ? SPELLED : word->most;
		word->off = !word->free || !token_is_strong(token) ? 0
			    : word->free > PAIR_ONE                ? word->free
								   : PAIR_ONE;
		candidates->free += word->free;
		candidates->off += word->off;
		candidates->fixed += word->loss;
	}
}

static void touch_form(struct candidates *candidates, const struct index_form *form, uint32_t score)
{
	const struct posting *posting = candidates->parties->index.posting + form->first;
	for (uint32_t i = 0; i < form->count; i++) {
		struct touch *touch = &candidates->touch[posting[i].name];
		if (!touch->mask && candidates->is_closed)
			continue;
		if (!touch->mask)
			candidates->name[candidates->count++] = posting[i].name;
		touch->likeness += (uint64_t)posting[i].weight * score;
		touch->weight += posting[i].weight;
		touch->mask |= candidates->mask;
	}
}

/* A word with a typing error, where it leaves the cut within reach. */
static void touch_near(void *context, const struct index_form *form, uint32_t score)
{
	struct candidates *candidates = context;
	uint64_t like = candidates->rest * PAIR_ONE + (uint64_t)form->rarity * score;
	if (like >= candidates->cut * (candidates->rest + form->rarity))
		touch_form(candidates, form, score);
}

static void look_up_word(struct candidates *candidates, size_t i)
{
	candidates->mask = UINT32_C(1) << i;
	candidates->rest = candidates->most - candidates->word[i].most;
	if (candidates->word[i].form)
		touch_form(candidates, candidates->word[i].form, PAIR_ONE);
	index_each_near(&candidates->parties->index, &candidates->given.token[i], touch_near,
			candidates);
}

/* Neighbours read as one word. */
static void touch_joined(struct candidates *candidates, size_t first)
{
	const struct index *index = &candidates->parties->index;
	struct index_text text = {0};
	bool has_plain = false, has_han = false;
	for (size_t n = 1; n <= NAME_JOIN && first + n <= candidates->given.count; n++) {
		const struct token *token = &candidates->given.token[first + n - 1];
		const char *read = token->is_han ? token->sound : token->text;
		if ((token->kind != WORD_PLAIN && token->kind != WORD_LINK) || !read)
			return;
		index_add_text(&text, read, token->is_han ? token->sound_length : token->length);
		has_plain = has_plain || token->kind == WORD_PLAIN;
		has_han = has_han || token->is_han;
		const struct index_form *form = has_plain && (n > 1 || has_han)
						    ? index_find(index, index_hash_text(&text))
						    : NULL;
		candidates->mask = ((UINT32_C(1) << n) - 1) << first;
		if (form)
			touch_form(candidates, form, PAIR_ONE);
	}
}

/* Where many names are touched, it is less work to look up the other words as well than to find
 * them in each name. */
static void look_up_others(struct candidates *candidates)
{
	enum { MANY = 8 };
	candidates->is_closed = true;
	while (candidates->count > MANY && candidates->must != UINT32_MAX) {
		size_t i = heaviest(candidates);
		if (i == candidates->given.count)
			break;
		struct given_word *word = &candidates->word[i];
		candidates->must |= UINT32_C(1) << i;
		look_up_word(candidates, i);
		candidates->free -= word->free;
		candidates->off -= word->off;
		word->free = word->off = 0;
		candidates->fixed += word->loss = candidates->given.token[i].weight;
	}
	candidates->is_closed = false;
}

static void look_up(struct candidates *candidates)
{
	const struct index *index = &candidates->parties->index;
	bool has_own = false;
	for (size_t i = 0; i < candidates->given.count; i++) {
		bool is_own = token_is_strong(&candidates->given.token[i]);
		has_own = has_own || is_own;
		if (is_own && candidates->must >> i & 1)
			look_up_word(candidates, i);
		touch_joined(candidates, i);
	}
	look_up_others(candidates);
	if (!has_own && candidates->given.count) {
		uint64_t hash = index_hash_whole(candidates->given.token, candidates->given.count);
		const struct index_form *form = index_find(index, hash);
		candidates->mask = UINT32_MAX;
		if (form)
			touch_form(candidates, form, PAIR_ONE);
	}
}

/* What the words weigh that were looked up and not found in a listed name. */
static uint64_t lost(const struct candidates *candidates, uint32_t mask)
{
	uint64_t fixed = candidates->fixed;
	if (mask == UINT32_MAX) /* names of shared words alone: all of them are found */
		return 0;
	for (; mask; mask &= mask - 1)
		fixed -= candidates->word[__builtin_ctz(mask)].loss;
	return fixed;
}

/* The heaviest word of a listed name with which a free one may pair. */
static uint64_t find_free(const struct candidates *candidates, size_t given,
			  const struct party_name *name)
{
	const struct token *token = &candidates->given.token[given];
	bool is_asked = token->kind == WORD_PLAIN && candidates->must >> given & 1;
	uint64_t heaviest = 0;
	enum pair_how how;
	if (candidates->word[given].free >
	    PAIR_ONE) /* it may be several words of the listed name */
		return candidates->word[given].free;
	const struct token *end = name->token + name->count;
	for (const struct token *listed = name->token; listed < end; listed++)
		if (pair_may(token, listed) && heaviest < listed->weight &&
		    (is_asked ? listed->surnames && pair_surnames(token, listed)
			      : token->word || pair_tokens(&how, token, listed)))
			heaviest = listed->weight;
	return heaviest;
}

/* Whether a listed name could reach the cut: whatever its free words are, then with those that it
 * has, one after the other. */
static bool may_reach(const struct candidates *candidates, uint32_t index)
{
	const struct touch *touch = &candidates->touch[index];
	const struct party_name *name = name_at(candidates->parties, index);
	uint64_t strong = candidates->parties->index.strong[index];
	uint64_t off = touch->weight + candidates->off;
	const size_t count = candidates->given.count;
	struct reach reach = {.like = touch->likeness / PAIR_ONE + count + candidates->free,
			      .given = lost(candidates, touch->mask)};
	for (size_t i = 0; i < count; i++) {
		const struct given_word *word = &candidates->word[i];
		reach.listed = strong > off ? strong - off : 0;
		if (!reaches(&reach, candidates->cut))
			return false;
		if (!word->free || touch->mask >> i & 1)
			continue;
		uint64_t found = find_free(candidates, i, name);
		reach.like -= word->free - (found < word->free ? found : word->free);
		off -= word->off - (word->off ? found : 0);
		if (!found)
			reach.given += candidates->given.token[i].weight;
	}
	reach.listed = strong > off ? strong - off : 0;
	return reaches(&reach, candidates->cut);
}

static int ascending(const void *one, const void *other)
{
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
	return (a > b) - (a < b);
}

void candidates_find(struct candidates *candidates, struct tw_text name, uint32_t cut)
{
	size_t left = 0;
	candidates->cut = cut;
	candidates->count = 0;
	read_given(candidates, name);
	look_up(candidates);
	for (size_t i = 0; i < candidates->count; i++) {
		uint32_t touched = candidates->name[i];
		if (may_reach(candidates, touched))
			candidates->name[left++] = touched;
		candidates->touch[touched] = (struct touch){0};
	}
	order_items(candidates->name, left, sizeof *candidates->name, ascending);
	candidates->count = left;
}
