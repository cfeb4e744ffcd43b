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

static uint64_t add_points(uint64_t hash, size_t *count, const char *text, size_t length)
{
	for (size_t at = 0; at < length; ++*count) {
		size_t n = utf8_length(text + at, length - at);
		hash = step(hash, n ? utf8_decode(text + at, n) : 0);
		at += n ? n : 1;
	}
	return hash;
}

uint64_t index_hash_text(const char *text, size_t length)
{
	size_t count = 0;
	uint64_t hash = add_points(0, &count, text, length);
	return mix(hash, count);
}

/* A sum, so that their order is of no account. */
uint64_t index_hash_whole(const struct token *token, size_t count)
{
	uint64_t hash = WHOLE;
	size_t words = 0;
	for (size_t i = 0; i < count; i++)
		if (token[i].kind != WORD_FORM && token[i].kind != WORD_LINK) {
			hash += index_hash_text(token[i].text, token[i].length);
			words++;
		}
	return mix(hash, words);
}

static uint64_t hash_of(const struct token *token)
{
	uint64_t hash = index_hash_text(token->text, token->length);
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
	uint64_t text = 0, sound = 0;
	size_t text_points = 0, sound_points = 0;
	bool has_han = false, has_plain = false;
	for (size_t n = 1; n <= NAME_JOIN && first + n <= name->count; n++) {
		const struct token *token = &name->token[first + n - 1];
		if (!joins(token))
			return;
		has_plain = has_plain || token->kind == WORD_PLAIN;
		has_han = has_han || token->is_han;
		text = add_points(text, &text_points, token->text, token->length);
		sound = token->sound
			    ? add_points(sound, &sound_points, token->sound, token->sound_length)
			    : add_points(sound, &sound_points, token->text, token->length);
		struct record record = {.entry = name->entry,
					.name = index,
					.first = (uint8_t)first,
					.span = (uint8_t)n};
		if (n > 1 && has_plain) {
			record.kind = RECORD_JOINED;
			record.hash = mix(text, text_points);
			add(records, record);
		}
		if (has_han && has_plain) {
			record.kind = RECORD_SOUND;
			record.hash = mix(sound, sound_points);
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

uint32_t index_weigh(const struct index *index, const struct token *token)
{
	if (token->kind == WORD_LINK || token->kind == WORD_FORM)
		return 0;
	const struct index_form *form = index_find(index, hash_of(token));
	return pair_weight((enum word_kind)token->kind, form ? form->rarity : PAIR_ONE);
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

static void weigh(struct index *index, const struct entries *entries)
{
	for (size_t i = 0; i < entries->name.count; i++) {
		struct party_name *name = name_at(entries, i);
		for (size_t k = 0; k < name->count; k++) {
			name->token[k].weight = index_weigh(index, &name->token[k]);
			if (token_is_strong(&name->token[k]))
				index->strong[i] += name->token[k].weight;
		}
	}
	for (size_t i = 0; i < index->postings; i++) {
		struct posting *posting = &index->posting[i];
		const struct party_name *name = name_at(entries, posting->name);
		size_t first = posting->weight >> 8, span = posting->weight & 255;
		posting->weight = 0;
		for (size_t k = 0; k < span; k++)
			posting->weight += name->token[first + k].weight;
	}
}

/* ------------------------- with a typing error ------------------------- */

struct letters {
	uint64_t prefix[NAME_LETTERS + 1], power[NAME_LETTERS + 1];
	size_t count;
};

static void spell(struct letters *letters, const struct token *token)
{
	letters->count = 0;
	letters->prefix[0] = 0;
	letters->power[0] = 1;
	for (size_t at = 0; at < token->length && letters->count < NAME_LETTERS;) {
		size_t n = utf8_length(token->text + at, token->length - at), i = letters->count++;
		letters->prefix[i + 1] =
		    step(letters->prefix[i], n ? utf8_decode(token->text + at, n) : 0);
		letters->power[i + 1] = letters->power[i] * BASE;
		at += n ? n : 1;
	}
}

/* What stands from a letter on. */
static uint64_t from_letter(const struct letters *letters, size_t from, size_t to)
{
	return letters->prefix[to] - letters->prefix[from] * letters->power[to - from];
}

/* The word with up to `depth` letters left out: each is told. */
static void each_variant(const struct letters *letters, size_t depth,
			 void (*each)(void *context, uint64_t hash), void *context)
{
	size_t n = letters->count;
	each(context, mix(letters->prefix[n], n));
	for (size_t i = 0; i < n && depth; i++) {
		uint64_t rest = from_letter(letters, i + 1, n);
		each(context, mix(letters->prefix[i] * letters->power[n - 1 - i] + rest, n - 1));
		for (size_t k = i + 1; k < n && depth > 1; k++) {
			uint64_t head = letters->prefix[i] * letters->power[k - i - 1] +
					from_letter(letters, i + 1, k);
			rest = from_letter(letters, k + 1, n);
			each(context, mix(head * letters->power[n - 1 - k] + rest, n - 2));
		}
	}
}

static size_t depth_of(const struct token *token)
{
	size_t most = distance_allowed(token->letters);
	return token->is_han && most ? 1 : most;
}

struct making {
	struct index *index;
	uint32_t form;
	bool counting;
};

static void make_variant(void *context, uint64_t hash)
{
	struct making *making = context;
	struct index *index = making->index;
	size_t bucket = hash & ((UINT64_C(1) << index->variant_bits) - 1);
	if (making->counting) {
		index->variant_start[bucket + 1]++;
		return;
	}
	size_t bit = hash >> 16 & ((UINT64_C(1) << (index->variant_bits + 4)) - 1);
	index->variant_seen[bit / 64] |= UINT64_C(1) << bit % 64;
	index->variant[index->variant_start[bucket]++] =
	    (struct index_variant){(uint32_t)(hash >> 32), making->form};
}

static void count_variants(void *context, uint64_t hash)
{
	(void)hash;
	++*(size_t *)context;
}

/* Twice over all words: how many there are in each bucket, then themselves. */
static void fill_variants(struct index *index, bool counting)
{
	struct letters letters;
	for (size_t i = 0; i < index->forms; i++) {
		const struct token *token = index->form[i].token;
		size_t depth = token ? depth_of(token) : 0;
		struct making making = {index, (uint32_t)i, counting};
		if (!depth)
			continue;
		spell(&letters, token);
		each_variant(&letters, depth, make_variant, &making);
	}
}

static int make_variants(struct index *index)
{
	struct letters letters;
	for (size_t i = 0; i < index->forms; i++) {
		const struct token *token = index->form[i].token;
		size_t depth = token ? depth_of(token) : 0;
		if (!depth)
			continue;
		spell(&letters, token);
		each_variant(&letters, depth, count_variants, &index->variants);
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

static void try_variant(void *context, uint64_t hash)
{
	struct nearing *nearing = context;
	const struct index *index = nearing->index;
	size_t bit = hash >> 16 & ((UINT64_C(1) << (index->variant_bits + 4)) - 1);
	if (!(index->variant_seen[bit / 64] >> bit % 64 & 1))
		return;
	size_t bucket = hash & ((UINT64_C(1) << index->variant_bits) - 1);
	for (size_t i = index->variant_start[bucket]; i < index->variant_start[bucket + 1]; i++) {
		uint32_t form = index->variant[i].form;
		size_t k = 0;
		if (index->variant[i].check != (uint32_t)(hash >> 32))
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
	struct letters letters;
	struct nearing nearing;
	size_t depth = depth_of(token);
	if (!depth)
		return;
	nearing.index = index;
	nearing.token = token;
	nearing.each = each;
	nearing.context = context;
	nearing.count = 0;
	spell(&letters, token);
	each_variant(&letters, depth, try_variant, &nearing);
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
