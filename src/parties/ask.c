/* SPDX-License-Identifier: Apache-2.0 */
/* What an asker is asked: the names to compare, the identifiers, the best entries of both. */
#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"
#include "common/error.h"
#include "common/order.h"
#include "parties/candidates.h"
#include "parties/lists.h"

enum { USCC = 18, USCC_MODULUS = 31 };

struct party_asker {
	const struct parties *parties;
	struct candidates candidates;
	struct name address, work;
	uint64_t question;
	uint64_t *hit; /* of each entry: the last question that it was a hit of */
	size_t hits;   /* entries, of this question */
	struct party_answer answer;
};

static const struct party_name *name_at(const struct parties *parties, size_t index)
{
	return ((struct party_name **)parties->entries.name.item)[index];
}

static const struct party_entry *entry_at(const struct parties *parties, size_t index)
{
	return ((struct party_entry **)parties->entries.entry.item)[index];
}

static const struct party_identifier *identifier_at(const struct parties *parties, size_t index)
{
	return ((struct party_identifier **)parties->entries.identifier.item)[index];
}

static int by_key(const void *one, const void *other, void *context)
{
	const struct parties *parties = context;
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
	int order = strcmp(identifier_at(parties, a)->key, identifier_at(parties, b)->key);
	return order ? order : (a > b) - (a < b);
}

static int finish(struct parties *parties, struct tw_error *error)
{
	size_t count = parties->entries.identifier.count;
	int code = index_make(&parties->index, &parties->entries, error);
	if (code)
		return code;
	parties->identifiers = malloc((count + 1) * sizeof *parties->identifiers);
	if (!parties->identifiers)
		return error_memory(error);
	for (size_t i = 0; i < count; i++)
		parties->identifiers[i] = (uint32_t)i;
	order_items_with(parties->identifiers, count, sizeof *parties->identifiers, by_key,
			 parties);
	return TW_OK;
}

/* lexicon: lent, or NULL for one of its own. */
static int start(struct parties **out, struct lexicon *lexicon, struct tw_error *error)
{
	struct parties *parties = calloc(1, sizeof *parties);
	if (!parties)
		return error_memory(error);
	parties->lexicon = lexicon;
	parties->is_lent = lexicon != NULL;
	int code = lexicon ? TW_OK : lexicon_new(&parties->lexicon, error);
	if (!code && entries_open(&parties->entries, parties->lexicon))
		code = error_memory(error);
	if (code) {
		parties_close(parties);
		return code;
	}
	*out = parties;
	return TW_OK;
}

int parties_open(struct parties **out, const char *const *paths, size_t count,
		 struct tw_error *error)
{
	struct parties *parties;
	int code = start(&parties, NULL, error);
	if (code)
		return code;
	code = lists_read(&parties->entries, paths, count, error);
	if (!code)
		code = finish(parties, error);
	if (code)
		parties_close(parties);
	else
		*out = parties;
	return code;
}

int parties_open_text(struct parties **out, struct lexicon *lexicon, const char *path,
		      struct tw_text text, struct tw_error *error)
{
	struct parties *parties;
	int code = start(&parties, lexicon, error);
	if (code)
		return code;
	code = lists_text(&parties->entries, path, text.at, text.length, error);
	if (!code)
		code = finish(parties, error);
	if (code)
		parties_close(parties);
	else
		*out = parties;
	return code;
}

void parties_close(struct parties *parties)
{
	if (!parties)
		return;
	index_free(&parties->index);
	entries_close(&parties->entries);
	if (!parties->is_lent)
		lexicon_free(parties->lexicon);
	free(parties->identifiers);
	free(parties);
}

struct party_asker *party_asker_new(const struct parties *parties)
{
	struct party_asker *asker = calloc(1, sizeof *asker);
	if (!asker)
		return NULL;
	asker->parties = parties;
	asker->hit = calloc((size_t)parties->entries.entry.count + 1, sizeof *asker->hit);
	if (!candidates_open(&asker->candidates, parties) || !asker->hit) {
		party_asker_free(asker);
		return NULL;
	}
	return asker;
}

void party_asker_free(struct party_asker *asker)
{
	if (!asker)
		return;
	candidates_close(&asker->candidates);
	free(asker->hit);
	free(asker);
}

static size_t place_of(const struct party_answer *answer, const struct party_entry *entry)
{
	size_t i = 0;
	while (i < answer->count && answer->hit[i].entry != entry)
		i++;
	return i;
}

static void fill(struct party_hit *hit, const struct parties *parties, uint32_t entry)
{
	*hit = (struct party_hit){.entry = entry_at(parties, entry)};
	hit->list = &parties->entries.list[hit->entry->list];
}

/* Identifiers first, then by score, then as the lists have them. */
static int in_order(const void *one, const void *other)
{
	const struct party_hit *a = one, *b = other;
	if (!a->identifier != !b->identifier)
		return a->identifier ? -1 : 1;
	if (a->pairing.score != b->pairing.score)
		return a->pairing.score > b->pairing.score ? -1 : 1;
	return a->entry->index < b->entry->index ? -1 : a->entry->index > b->entry->index;
}

/* Keeps the better of two: the best name of an entry, and the best entries. */
static void keep(struct party_asker *asker, const struct party_hit *hit)
{
	struct party_answer *answer = &asker->answer;
	size_t i = place_of(answer, hit->entry);
	uint64_t *last = &asker->hit[hit->entry->index];
	asker->hits += *last != asker->question;
	*last = asker->question;
	if (i < answer->count) {
		if (answer->hit[i].pairing.score < hit->pairing.score) {
			const struct party_identifier *identifier = answer->hit[i].identifier;
			answer->hit[i] = *hit;
			answer->hit[i].identifier = identifier;
		}
		return;
	}
	if (answer->count < PARTIES_HITS) {
		answer->hit[answer->count++] = *hit;
		return;
	}
	size_t worst = 0;
	for (i = 1; i < answer->count; i++)
		if (in_order(&answer->hit[i], &answer->hit[worst]) > 0)
			worst = i;
	if (in_order(hit, &answer->hit[worst]) < 0)
		answer->hit[worst] = *hit;
}

static void compare(struct party_asker *asker)
{
	const struct candidates *candidates = &asker->candidates;
	const struct name *given = &candidates->given;
	struct party_hit hit;
	for (size_t i = 0; i < candidates->count; i++) {
		const struct party_name *name = name_at(asker->parties, candidates->name[i]);
		fill(&hit, asker->parties, name->entry);
		hit.name = name;
		pair_names(&hit.pairing, given->token, given->count, name->token, name->count);
		if (hit.pairing.is_sound && hit.pairing.score >= candidates->cut)
			keep(asker, &hit);
	}
}

/* The check character of a unified social credit code of China (GB 32100-2015). */
static bool is_bad_uscc(const char *key, size_t length)
{
	static const char letters[] = "0123456789abcdefghjklmnpqrtuwxy";
	unsigned sum = 0, weight = 1;
	if (length != USCC)
		return false;
	for (size_t i = 0; i < USCC; i++) {
		const char *at = strchr(letters, key[i]);
		if (!at)
			return false;
		sum += weight * (unsigned)(at - letters);
		weight = i + 2 == USCC ? 1 : weight * 3 % USCC_MODULUS;
	}
	return sum % USCC_MODULUS != 0;
}

/* "passport:A1234567": the kind, where it is one that is known. */
static const char *kind_of(const struct parties *parties, struct tw_text *number)
{
	const char *colon = number->length ? memchr(number->at, ':', number->length) : NULL;
	if (!colon)
		return NULL;
	size_t length = (size_t)(colon - number->at);
	const char *kind =
	    kinds_whole(lexicon_kinds(parties->lexicon), (struct tw_text){number->at, length});
	if (kind) {
		number->length -= length + 1;
		number->at = colon + 1;
	}
	return kind;
}

bool parties_know_kind(const struct parties *parties, struct tw_text identifier)
{
	const char *colon =
	    identifier.length ? memchr(identifier.at, ':', identifier.length) : NULL;
	for (const char *c = identifier.at; colon && c < colon; c++)
		if (is_digit(*c))
			return true;
	return !colon || kind_of(parties, &identifier);
}

static void find_identifier(struct party_asker *asker, struct tw_text number)
{
	enum { KEY = 128, LEAST = 4 };
	char key[KEY];
	const struct parties *parties = asker->parties;
	struct party_answer *answer = &asker->answer;
	const char *kind = number.length ? kind_of(parties, &number) : NULL;
	size_t length = number.length ? name_key(key, sizeof key, number) : 0;
	size_t low = 0, high = parties->entries.identifier.count;
	if (length < LEAST)
		return;
	answer->is_bad_uscc = answer->is_bad_uscc || is_bad_uscc(key, length);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(identifier_at(parties, parties->identifiers[middle])->key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < parties->entries.identifier.count; low++) {
		struct party_hit hit;
		const struct party_identifier *found =
		    identifier_at(parties, parties->identifiers[low]);
		if (strcmp(found->key, key) != 0)
			break;
		if (kind && *found->kind && strcmp(kind, found->kind) != 0)
			continue;
		fill(&hit, parties, found->entry);
		hit.identifier = found;
		size_t i = place_of(answer, hit.entry);
		if (i < answer->count)
			answer->hit[i].identifier = found;
		else
			keep(asker, &hit);
	}
}

/* The part of the words of one address that stand in another. */
static uint32_t address_likeness(const struct name *given, const struct lexicon *lexicon,
				 const char *text, struct name *work)
{
	size_t found = 0, all = 0;
	enum pair_how how;
	name_read(work, lexicon, (struct tw_text){text, strlen(text)});
	for (size_t i = 0; i < given->count; i++) {
		if (given->token[i].kind >= WORD_LINK)
			continue;
		all++;
		for (size_t k = 0; k < work->count; k++)
			if (pair_tokens(&how, &given->token[i], &work->token[k])) {
				found++;
				break;
			}
	}
	return all ? (uint32_t)(PAIR_ONE * found / all) : 0;
}

/* What is only said beside a hit: whether address and country agree. */
static void say_where(struct party_asker *asker)
{
	const struct party_question *question = asker->answer.question;
	const struct lexicon *lexicon = asker->parties->lexicon;
	name_read(&asker->address, lexicon, question->address);
	for (size_t i = 0; i < asker->answer.count; i++) {
		struct party_hit *hit = &asker->answer.hit[i];
		for (const struct party_text *one = hit->entry->address;
		     one && asker->address.count; one = one->next) {
			uint32_t like =
			    address_likeness(&asker->address, lexicon, one->text, &asker->work);
			hit->address = like > hit->address ? like : hit->address;
		}
		for (const struct party_text *one = hit->entry->country; one; one = one->next) {
			struct tw_text text = question->country;
			struct tw_text listed = {one->text, strlen(one->text)};
			hit->has_country =
			    hit->has_country || lexicon_same_country(lexicon, text, listed);
		}
	}
}

const struct party_answer *parties_ask(struct party_asker *asker,
				       const struct party_question *question)
{
	struct party_answer *answer = &asker->answer;
	answer->parties = asker->parties;
	answer->question = question;
	answer->given = &asker->candidates.given;
	answer->count = answer->more = asker->hits = 0;
	asker->question++;
	answer->is_bad_uscc = false;
	candidates_find(&asker->candidates, question->name,
			question->cut ? question->cut : PARTIES_CUT);
	compare(asker);
	find_identifier(asker, question->identifier);
	if (question->may_be_number)
		find_identifier(asker, question->name);
	answer->more = asker->hits - answer->count;
	order_items(answer->hit, answer->count, sizeof *answer->hit, in_order);
	if (answer->count && (question->address.length || question->country.length))
		say_where(asker);
	return answer;
}
