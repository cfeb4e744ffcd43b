/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/index.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/order.h"
#include "common/utf8.h"
#include "parties/distance.h"
#include "parties/pair.h"

#define BASE UINT64_C(0x9E3779B97F4A7C15)
#define SHARED UINT64_C(0xC2B2AE3D27D4EB4F) /* keeps words of the tables apart from others */
#define WHOLE UINT64_C(0x165667B19E3779F9)

enum { LEAST = 1000, LEAST_RARE = 3000 };

enum record_kind { RECORD_OWN, RECORD_COUNTED, RECORD_JOINED, RECORD_SOUND, RECORD_WHOLE };

struct record {
	uint64_t hash;
	uint32_t entry, name;
	uint8_t first, span, kind;
};

struct records {
	struct record *at;
	size_t count, room;
	bool failed;
};

static uint64_t mix(uint64_t hash, size_t length)
{
	hash += length * SHARED;
	hash ^= hash >> 32;
	hash *= UINT64_C(0xD6E8FEB86659FD93);
	return hash ^ hash >> 32;
}

static uint64_t step(uint64_t hash, uint32_t point)
{
	return hash * BASE + point + 1;
}

/* The code point that stands at `at`, which moves behind it; 0: of a byte that is none. */
static uint32_t next_point(size_t *at, const char *text, size_t length)
{
	const char *from = text + *at;
	if ((unsigned char)*from < 0x80) {
		++*at;
		return (unsigned char)*from;
	}
	size_t n = utf8_length(from, length - *at);
	*at += n ? n : 1;
	return n ? utf8_decode(from, n) : 0;
}

void index_add_text(struct index_text *to, const char *text, size_t length)
{
	for (size_t at = 0; at < length; to->count++)
		to->hash = step(to->hash, next_point(&at, text, length));
}

uint64_t index_hash_text(const struct index_text *text)
{
	return mix(text->hash, text->count);
}

static uint64_t hash_text(const char *text, size_t length)
{
	struct index_text whole = {0};
	index_add_text(&whole, text, length);
	return index_hash_text(&whole);
}

/* A sum, so that their order is of no account. */
uint64_t index_hash_whole(const struct token *token, size_t count)
{
	uint64_t hash = WHOLE;
	size_t words = 0;
	for (size_t i = 0; i < count; i++)
		if (token[i].kind != WORD_FORM && token[i].kind != WORD_LINK) {
			hash += hash_text(token[i].text, token[i].length);
			words++;
		}
	return mix(hash, words);
}

static uint64_t hash_of(const struct token *token)
{
	uint64_t hash = hash_text(token->text, token->length);
	return token->word || token->kind == WORD_NUMBER ? hash ^ SHARED : hash;
}

static void add(struct records *records, struct record record)
{
	if (records->count == records->room) {
		size_t room = records->room ? 2 * records->room : 4096;
		struct record *more =
		    records->failed ? NULL : realloc(records->at, room * sizeof *more);
		if (!more) {
			records->failed = true;
			return;
		}
		records->at = more;
		records->room = room;
	}
	records->at[records->count++] = record;
}

static bool joins(const struct token *token)
{
	return token->kind == WORD_PLAIN || token->kind == WORD_LINK;
}

/* Neighbours as one word, in letters and, of characters, by their sound. */
static void add_joined(struct records *records, const struct party_name *name, uint32_t index,
		       size_t first)
{
	struct index_text text = {0}, sound = {0};
	bool has_han = false, has_plain = false;
	for (size_t n = 1; n <= NAME_JOIN && first + n <= name->count; n++) {
		const struct token *token = &name->token[first + n - 1];
		if (!joins(token))
			return;
		has_plain = has_plain || token->kind == WORD_PLAIN;
		has_han = has_han || token->is_han;
		index_add_text(&text, token->text, token->length);
		index_add_text(&sound, token->sound ? token->sound : token->text,
			       token->sound ? token->sound_length : token->length);
		struct record record = {.entry = name->entry,
					.name = index,
					.first = (uint8_t)first,
					.span = (uint8_t)n};
		if (n > 1 && has_plain) {
			record.kind = RECORD_JOINED;
			record.hash = index_hash_text(&text);
			add(records, record);
		}
		if (has_han && has_plain) {
			record.kind = RECORD_SOUND;
			record.hash = index_hash_text(&sound);
			add(records, record);
		}
	}
}

static void add_name(struct records *records, const struct party_name *name, uint32_t index)
{
	bool has_own = false;
	for (size_t i = 0; i < name->count; i++) {
		const struct token *token = &name->token[i];
		bool is_own = token_is_strong(token);
		has_own = has_own || is_own;
		add(records, (struct record){.hash = hash_of(token),
					     .entry = name->entry,
					     .name = index,
					     .first = (uint8_t)i,
					     .span = 1,
					     .kind = is_own ? RECORD_OWN : RECORD_COUNTED});
		add_joined(records, name, index, i);
	}
	if (!has_own && name->count)
		add(records, (struct record){.hash = index_hash_whole(name->token, name->count),
					     .entry = name->entry,
					     .name = index,
					     .span = (uint8_t)name->count,
					     .kind = RECORD_WHOLE});
}

static int in_order(const void *one, const void *other)
{
	const struct record *a = one, *b = other;
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->entry != b->entry)
		return a->entry < b->entry ? -1 : 1;
	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->first != b->first)
		return a->first - b->first;
	return a->span != b->span ? a->span - b->span : a->kind - b->kind;
}

static struct party_name *name_at(const struct entries *entries, size_t index)
{
	return ((struct party_name **)entries->name.item)[index];
}

/* One form from the records of a hash. */
static void make_form(struct index *index, const struct records *records, size_t from, size_t to,
		      const struct entries *entries)
{
	struct index_form *form = &index->form[index->forms++];
	uint32_t last = UINT32_MAX;
	*form =
	    (struct index_form){.hash = records->at[from].hash, .first = (uint32_t)index->postings};
	for (size_t i = from; i < to; i++) {
		const struct record *record = &records->at[i];
		if (record->kind <= RECORD_COUNTED && record->entry != last) {
			form->entries++;
			last = record->entry;
		}
		if (record->kind == RECORD_OWN && !form->token)
			form->token = &name_at(entries, record->name)->token[record->first];
		if (record->kind != RECORD_COUNTED) {
			/* The weight is put in when all words are counted. */
			index->posting[index->postings++] = (struct posting){
			    record->name, (uint32_t)record->first << 8 | record->span};
			form->count++;
		}
	}
}

/* The logarithm to base 2 of a number, times 65,536. */
static uint32_t logarithm(uint64_t number)
{
	uint32_t whole = 0;
	uint64_t rest = number ? number : 1;
	while (rest >> (whole + 1))
		whole++;
	uint32_t result = whole << 16;
	rest = whole > 31 ? rest >> (whole - 31) : rest << (31 - whole);
	for (uint32_t bit = UINT32_C(1) << 15; bit; bit >>= 1) {
		rest = rest * rest >> 31;
		if (rest >> 32) {
			result |= bit;
			rest >>= 1;
		}
	}
	return result;
}

const struct index_form *index_find(const struct index *index, uint64_t hash)
{
	for (size_t i = hash & index->slot_mask; index->form_slot[i];
	     i = (i + 1) & index->slot_mask) {
		const struct index_form *form = &index->form[index->form_slot[i] - 1];
		if (form->hash == hash)
			return form;
	}
	return NULL;
}

const struct index_form *index_weigh(struct token *token, const struct index *index)
{
	token->weight = 0;
	if (token->kind == WORD_LINK || token->kind == WORD_FORM)
		return NULL;
	const struct index_form *form = index_find(index, hash_of(token));
	token->weight = pair_weight((enum word_kind)token->kind, form ? form->rarity : PAIR_ONE);
	return form;
}

/* By how few entries have each word. */
static void rate(struct index *index)
{
	uint32_t all = logarithm((uint64_t)index->population + 1);
	for (size_t i = 0; i < index->forms; i++) {
		struct index_form *form = &index->form[i];
		uint32_t has = logarithm(form->entries ? form->entries : 1);
		uint32_t rarity =
		    has < all ? (uint32_t)((uint64_t)PAIR_ONE * (all - has) / all) : 0;
		form->rarity = rarity < LEAST_RARE ? LEAST_RARE : rarity;
	}
}

static int make_slots(struct index *index)
{
	size_t slots = 1024;
	while (slots < 2 * index->forms)
		slots *= 2;
	index->form_slot = calloc(slots, sizeof *index->form_slot);
	if (!index->form_slot)
		return TW_NO_MEMORY;
	index->slot_mask = slots - 1;
	for (size_t i = 0; i < index->forms; i++) {
		size_t at = index->form[i].hash & index->slot_mask;
		while (index->form_slot[at])
			at = (at + 1) & index->slot_mask;
		index->form_slot[at] = (uint32_t)i + 1;
	}
	return TW_OK;
}

static void weigh_posting(struct index_form *form, struct posting *posting,
			  const struct entries *entries)
{
	const struct party_name *name = name_at(entries, posting->name);
	size_t first = posting->weight >> 8, span = posting->weight & 255;
	posting->weight = 0;
	for (size_t i = 0; i < span; i++)
		posting->weight += name->token[first + i].weight;
	if (form->heaviest < posting->weight)
		form->heaviest = posting->weight;
}

static void weigh(struct index *index, const struct entries *entries)
{
	for (size_t i = 0; i < entries->name.count; i++) {
		struct party_name *name = name_at(entries, i);
		for (size_t k = 0; k < name->count; k++) {
			(void)index_weigh(&name->token[k], index);
			if (token_is_strong(&name->token[k]))
				index->strong[i] += name->token[k].weight;
		}
	}
	for (size_t i = 0; i < index->forms; i++)
		for (uint32_t k = 0; k < index->form[i].count; k++)
			weigh_posting(&index->form[i], &index->posting[index->form[i].first + k],
				      entries);
}

/* ------------------------- with a typing error ------------------------- */

struct letters {
	uint32_t point[NAME_LETTERS];
	uint64_t behind[NAME_LETTERS + 1]; /* what stands from a letter on */
	uint64_t power[NAME_LETTERS + 1];
	size_t count;
};

static void spell(struct letters *letters, const struct token *token)
{
	size_t n = 0;
	letters->power[0] = 1;
	for (size_t at = 0; at < token->length && n < token->letters; n++) {
		letters->point[n] = next_point(&at, token->text, token->length);
		letters->power[n + 1] = letters->power[n] * BASE;
	}
	letters->count = n;
	letters->behind[n] = 0;
	for (size_t i = n; i-- > 0;)
		letters->behind[i] =
		    letters->behind[i + 1] + (letters->point[i] + 1) * letters->power[n - 1 - i];
}

static size_t depth_of(const struct token *token)
{
	size_t most = distance_allowed(token->letters);
	return token->is_han && most ? 1 : most;
}

/* What a word hashes to with none, one or two letters left out. */
struct variants {
	uint64_t hash[1 + NAME_LETTERS + NAME_LETTERS * (NAME_LETTERS - 1) / 2];
	size_t count;
};

static void find_variants(struct variants *variants, const struct token *token, size_t depth)
{
	struct letters letters;
	uint64_t *out = variants->hash;
	spell(&letters, token);
	size_t n = letters.count;
	*out++ = mix(letters.behind[0], n);
	for (size_t i = 0, before = 0; i < n && depth; i++) {
		uint64_t head = before; /* of what stands before k, without i */
		const uint64_t *behind = letters.behind + 1, *power = letters.power;
		*out++ = mix(head * power[n - 1 - i] + behind[i], n - 1);
		for (size_t k = i + 1; k < n && depth > 1; k++) {
			*out++ = mix(head * power[n - 1 - k] + behind[k], n - 2);
			head = step(head, letters.point[k]);
		}
		before = step(before, letters.point[i]);
	}
	variants->count = (size_t)(out - variants->hash);
}

/* Where a hash stands: its bucket, its bit among those that are seen, and what tells it there. */
static size_t bucket_of(const struct index *index, uint64_t hash)
{
	return hash & ((UINT64_C(1) << index->variant_bits) - 1);
}

static size_t bit_of(size_t bits, uint64_t hash)
{
	return hash >> 16 & ((UINT64_C(1) << (bits + 4)) - 1);
}

static uint32_t check_of(uint64_t hash)
{
	return (uint32_t)(hash >> 32);
}

/* Twice over all words: how many there are in each bucket, then themselves. */
static void fill_variants(struct index *index, bool counting)
{
	struct variants variants;
	for (size_t i = 0; i < index->forms; i++) {
		const struct token *token = index->form[i].token;
		size_t depth = token ? depth_of(token) : 0;
		if (!depth)
			continue;
		find_variants(&variants, token, depth);
		for (size_t k = 0; k < variants.count; k++) {
			uint64_t hash = variants.hash[k];
			uint32_t *start = &index->variant_start[bucket_of(index, hash)];
			size_t bit = bit_of(index->variant_bits, hash);
			if (counting) {
				start[1]++;
				continue;
			}
			index->variant_seen[bit / 64] |= UINT64_C(1) << bit % 64;
			index->variant[(*start)++] =
			    (struct index_variant){check_of(hash), (uint32_t)i};
		}
	}
}

static int make_variants(struct index *index)
{
	for (size_t i = 0; i < index->forms; i++) {
		const struct token *token = index->form[i].token;
		size_t depth = token ? depth_of(token) : 0;
		size_t n = depth ? token->letters : 0;
		index->variants += (depth > 0) + n + (depth > 1 ? n * (n - 1) / 2 : 0);
	}
	index->variant_bits = 10;
	while (index->variant_bits < 28 && (size_t)1 << index->variant_bits < index->variants / 2)
		index->variant_bits++;
	size_t buckets = (size_t)1 << index->variant_bits;
	if (index->variants > UINT32_MAX)
		return TW_NO_MEMORY;
	index->variant = malloc((index->variants + 1) * sizeof *index->variant);
	index->variant_start = calloc(buckets + 2, sizeof *index->variant_start);
	index->variant_seen = calloc(buckets * 16 / 64, sizeof *index->variant_seen);
	if (!index->variant || !index->variant_start || !index->variant_seen)
		return TW_NO_MEMORY;
	fill_variants(index, true);
	for (size_t i = 0; i < buckets; i++)
		index->variant_start[i + 1] += index->variant_start[i];
	fill_variants(index, false);
	/* Each start has moved to where the next bucket starts. */
	memmove(index->variant_start + 1, index->variant_start,
		buckets * sizeof *index->variant_start);
	index->variant_start[0] = 0;
	return TW_OK;
}

struct nearing {
	const struct index *index;
	const struct token *token;
	index_near *each;
	void *context;
	uint32_t seen[256];
	size_t count;
};

static void try_variant(struct nearing *nearing, uint64_t hash)
{
	const struct index *index = nearing->index;
	const uint32_t *start = &index->variant_start[bucket_of(index, hash)];
	const struct index_variant *end = index->variant + start[1];
	const uint32_t check = check_of(hash);
	for (const struct index_variant *at = index->variant + start[0]; at < end; at++) {
		uint32_t form = at->form;
		size_t k = 0;
		if (at->check != check)
			continue;
		while (k < nearing->count && nearing->seen[k] != form)
			k++;
		if (k < nearing->count)
			continue;
		if (nearing->count < sizeof nearing->seen / sizeof *nearing->seen)
			nearing->seen[nearing->count++] = form;
		enum pair_how how;
		uint32_t score = pair_tokens(&how, nearing->token, index->form[form].token);
		if (score && how != PAIR_EQUAL)
			nearing->each(nearing->context, &index->form[form], score);
	}
}

void index_each_near(const struct index *index, const struct token *token, index_near *each,
		     void *context)
{
	struct variants variants;
	struct nearing nearing;
	size_t depth = depth_of(token);
	if (!depth)
		return;
	find_variants(&variants, token, depth);
	nearing.index = index;
	nearing.token = token;
	nearing.each = each;
	nearing.context = context;
	nearing.count = 0;
	const uint64_t *seen = index->variant_seen;
	size_t bits = index->variant_bits;
	for (size_t i = 0; i < variants.count; i++) {
		size_t bit = bit_of(bits, variants.hash[i]);
		if (seen[bit / 64] >> bit % 64 & 1)
			try_variant(&nearing, variants.hash[i]);
	}
}

/* ------------------------------------------------------------------------ */

/* The tokens of every name, kept for as long as the entries. */
static int read_names(struct entries *entries)
{
	struct name *work = malloc(sizeof *work);
	if (!work)
		return TW_NO_MEMORY;
	int code = TW_OK;
	for (size_t i = 0; i < entries->name.count && !code; i++) {
		struct party_name *name = name_at(entries, i);
		name_read(work, entries->lexicon, (struct tw_text){name->text, strlen(name->text)});
		char *text = arena_alloc(entries->arena, work->used + 1, 1);
		name->token = arena_alloc(entries->arena, work->count + 1, sizeof *name->token);
		if (!text || !name->token) {
			code = TW_NO_MEMORY;
			break;
		}
		memcpy(text, work->text, work->used);
		name->count = (uint16_t)work->count;
		if (work->is_cut)
			entries_left_out(entries,
					 ((struct party_entry **)entries->entry.item)[name->entry],
					 "a name longer than is compared");
		for (size_t k = 0; k < work->count; k++) {
			struct token *token = &name->token[k];
			*token = work->token[k];
			if (!token->word || token->kind == WORD_LINK)
				token->text = text + (token->text - work->text);
			if (token->sound)
				token->sound = text + (token->sound - work->text);
		}
	}
	free(work);
	return code;
}

static int gather(struct index *index, struct records *records, const struct entries *entries)
{
	for (size_t i = 0; i < entries->name.count; i++)
		add_name(records, name_at(entries, i), (uint32_t)i);
	if (records->failed || records->count > UINT32_MAX / 2)
		return TW_NO_MEMORY;
	order_items(records->at, records->count, sizeof *records->at, in_order);
	index->form = calloc(records->count + 1, sizeof *index->form);
	index->posting = calloc(records->count + 1, sizeof *index->posting);
	index->strong = calloc(entries->name.count + 1, sizeof *index->strong);
	if (!index->form || !index->posting || !index->strong)
		return TW_NO_MEMORY;
	for (size_t from = 0, to; from < records->count; from = to) {
		for (to = from; to < records->count; to++)
			if (records->at[to].hash != records->at[from].hash)
				break;
		make_form(index, records, from, to, entries);
	}
	return TW_OK;
}

int index_make(struct index *index, struct entries *entries, struct tw_error *error)
{
	struct records records = {0};
	*index = (struct index){.population =
				    entries->entry.count < LEAST ? LEAST : entries->entry.count};
	int code = read_names(entries);
	if (!code)
		code = gather(index, &records, entries);
	free(records.at);
	if (!code)
		code = make_slots(index);
	if (!code) {
		rate(index);
		weigh(index, entries);
		code = make_variants(index);
	}
	return code ? error_memory(error) : TW_OK;
}

void index_free(struct index *index)
{
	free(index->form);
	free(index->form_slot);
	free(index->posting);
	free(index->variant);
	free(index->variant_start);
	free(index->variant_seen);
	free(index->strong);
	*index = (struct index){0};
}
