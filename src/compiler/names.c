/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiling names to the matcher's section: builds the tries and lays
 * everything out. Runs when the law is compiled, never on a line.
 */
#include "compiler/names.h"

#include "common/order.h"
#include "common/pool.h"
#include "compiler/names_building.h"
#include "compiler/trie.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_drafts(const void *x, const void *y, void *texts)
{
	const struct draft *a = x, *b = y;
	const char *sorting = texts;
	uint32_t least = a->length < b->length ? a->length : b->length;
	int order = memcmp(sorting + a->text, sorting + b->text, least);
	if (order == 0)
		order = (a->length > b->length) - (a->length < b->length);
	if (order == 0)
		order = (a->substance > b->substance) - (a->substance < b->substance);
	return order;
}

static int compare_numbers(const void *x, const void *y)
{
	const struct section_number *a = x, *b = y;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return (a->substance > b->substance) - (a->substance < b->substance);
}

static int compare_inchikeys(const void *x, const void *y)
{
	return strcmp(((const struct section_key *)x)->text, ((const struct section_key *)y)->text);
}

static void filter_add(uint64_t *filter, uint32_t bytes)
{
	uint32_t bit = section_filter(bytes);
	filter[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* First three bytes, where a shorter key may go on with anything; first four of longer keys. */
static void filter_start(struct section *section, const uint8_t *key, uint32_t length)
{
	uint32_t bytes = 0;
	for (uint32_t i = 0; i < 3 && i < length; i++)
		bytes |= (uint32_t)key[i] << 8 * i;
	if (length >= 3)
		filter_add(section->shorts, bytes);
	for (uint32_t byte = 0; length == 2 && byte < 256; byte++)
		filter_add(section->shorts, bytes | byte << 16);
	for (uint32_t pair = 0; length == 1 && pair < 65536; pair++)
		filter_add(section->shorts, bytes | pair << 8);
	if (length >= 4)
		filter_add(section->starts, bytes | (uint32_t)key[3] << 24);
}

static void bit_add(uint64_t *filter, uint32_t bit)
{
	filter[bit / 64] |= UINT64_C(1) << bit % 64;
}

static uint64_t first_eight(const uint8_t *key, uint32_t length)
{
	uint64_t eight = 0;
	for (uint32_t i = 0; i < 8 && i < length; i++)
		eight |= (uint64_t)key[i] << 8 * i;
	return eight;
}

static void filter_window(struct section *section, const uint8_t *key, unsigned window, bool back,
			  enum section_spelling kept)
{
	unsigned __int128 bytes = 0;
	for (unsigned i = 0; i < window; i++)
		bytes |= (unsigned __int128)key[i] << 8 * i;
	for (unsigned out = SECTION_LEFT_OUT; out < window; out++) {
		struct section_bits found = section_spelling(bytes, window, out, back, kept);
		section->misspelt[found.word] |= found.bits;
	}
}

/* What one typing error leaves of how a name begins, or reversed, of how it ends. */
static void filter_spellings(struct section *section, const uint8_t *key, uint32_t length,
			     bool back)
{
	filter_window(section, key, SECTION_WINDOW, back, SECTION_SOME);
	filter_window(section, key,
		      length >= SECTION_LONG_WINDOW ? SECTION_LONG_WINDOW : SECTION_WINDOW, back,
		      SECTION_FULL);
}

/* What may be a hit, for the filter before the matcher. */
static void filter_hit(struct section *section, const uint8_t *key, uint32_t length, bool near)
{
	uint64_t eight = first_eight(key, length);
	uint32_t bytes = (uint32_t)eight;
	bit_add(section->prefixes, section_hash(eight, SECTION_PREFIX_BITS));
	if (length < 4) {
		for (uint32_t next = 0; next < (length == 1 ? 32 : 1); next++)
			bit_add(section->briefs, section_brief(bytes | next << 8));
		return;
	}
	bit_add(section->begins, section_hash(bytes, SECTION_BEGIN_BITS));
	if (!near)
		return;
	bytes = (bytes & 0xffffff) | (uint32_t)key[4] << 24;
	bit_add(section->begins, section_hash(bytes, SECTION_BEGIN_BITS));
	filter_spellings(section, key, length, false);
}

/* Drafts, sorted, to values and entries; the tries' keys. Returns the forward count. */
static size_t merge(struct building *b, struct section *head, struct trie_key *forward,
		    struct trie_key *backward, uint8_t *mirror, size_t *backward_count)
{
	const struct draft *draft = (const struct draft *)(const void *)b->drafts.data;
	size_t count = 0, back = 0;
	for (size_t i = 0; i < b->drafts.count;) {
		const uint8_t *key = (const uint8_t *)b->texts.data + draft[i].text;
		uint32_t length = draft[i].length;
		struct section_value value = {.first = (uint32_t)b->entries.count, .tight = 1};
		size_t from = i;
		for (; i < b->drafts.count && draft[i].length == length &&
		       memcmp(b->texts.data + draft[i].text, key, length) == 0;
		     i++) {
			value.kinds |= draft[i].kinds;
			value.tight &= draft[i].tight;
			if (draft[i].near > value.near)
				value.near = draft[i].near;
			struct section_entry entry = {draft[i].substance, draft[i].name};
			bool repeated = i > from && draft[i - 1].substance == draft[i].substance &&
					value.count > 0;
			if (entry.name != UINT32_MAX && !repeated) {
				pool_take(&b->entries, &entry, 1);
				value.count++;
			}
		}
		if (value.kinds & WORD_START)
			filter_start(head, key, length);
		if (value.kinds & WORD_HIT)
			filter_hit(head, key, length, value.near != 0);
		uint32_t index = (uint32_t)b->values.count;
		pool_take(&b->values, &value, 1);
		forward[count++] = (struct trie_key){key, length, index, value.near != 0};
		if (value.near && length > 4)
			filter_add(head->starts, (uint32_t)key[0] | (uint32_t)key[1] << 8 |
						     (uint32_t)key[2] << 16 |
						     (uint32_t)key[4] << 24);
		if (value.near && length >= 4) {
			for (uint32_t k = 0; k < length; k++)
				mirror[k] = key[length - 1 - k];
			filter_add(head->ends, (uint32_t)mirror[3] | (uint32_t)mirror[2] << 8 |
						   (uint32_t)mirror[1] << 16 |
						   (uint32_t)mirror[0] << 24);
			filter_spellings(head, mirror, length, true);
			backward[back++] = (struct trie_key){mirror, length, index, true};
			mirror += length;
		}
	}
	*backward_count = back;
	return count;
}

static int compare_keys(const void *x, const void *y)
{
	const struct trie_key *a = x, *b = y;
	uint32_t least = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->at, b->at, least);
	return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* A name with more names on its way than a reading remembers, or NULL. The keys are sorted. */
static const struct trie_key *nested(const struct trie_key *key, size_t count,
				     const struct section_value *values)
{
	const struct trie_key *path[SECTION_NESTED];
	size_t depth = 0;
	for (size_t i = 0; i < count; i++) {
		if (!(values[key[i].value].kinds & WORD_START))
			continue;
		while (depth && (path[depth - 1]->length > key[i].length ||
				 memcmp(path[depth - 1]->at, key[i].at, path[depth - 1]->length)))
			depth--;
		if (depth == SECTION_NESTED)
			return &key[i];
		path[depth++] = &key[i];
	}
	return NULL;
}

static struct section_span put(struct pool *out, const void *data, size_t count, size_t element)
{
	while (out->count % 16)
		pool_take(out, "", 1);
	struct section_span span = {(uint32_t)out->count, (uint32_t)count};
	pool_take(out, data, count * element);
	return span;
}

static struct section_span put_list(struct pool *out, const struct pool *list)
{
	return put(out, list->data ? list->data : (const void *)"", list->data ? list->count : 0,
		   list->record);
}

/* A trie; its sets of letters, each once, go to the pool that both have. The first of them is of
   all letters, for what can no longer be numbered. */
static struct section_trie put_trie(struct pool *out, struct pool *letters,
				    const struct trie_built *built)
{
	struct section_trie trie = {.cells = put(out, built->cell, built->count, 4)};
	trie.notes = put(out, built->value, built->count, 4);
	uint32_t *note = (uint32_t *)(void *)(out->data + trie.notes.at);
	for (uint32_t i = 0; !out->failed && i < built->count; i++) {
		bool room = letters->count < 1u << TRIE_LETTERS;
		uint32_t set = room ? pool_intern(letters, &built->letters[i]) : 0;
		note[i] = note[i] << TRIE_LETTERS | set;
	}
	out->failed |= letters->failed;
	return trie;
}

static int fail_at(struct building *b, const char *message, const struct trie_key *key)
{
	char name[64];
	snprintf(name, sizeof name, "%.*s", (int)key->length, (const char *)key->at);
	return building_fail(b, TW_BAD_LAW, message, name);
}

static void put_endings(struct section_endings *endings, struct pool *out, const struct pool *list,
			const char *texts)
{
	const uint32_t *offset = (const uint32_t *)(const void *)list->data;
	endings->list = put_list(out, list);
	for (uint32_t i = 0; i < endings->list.count; i++) {
		const uint8_t *text = (const uint8_t *)texts + offset[i];
		size_t length = strlen(texts + offset[i]);
		uint32_t last = length ? text[length - 1] : 0;
		for (uint32_t before = 0; before < 32; before++)
			if (length < 2 || (text[length - 2] & 31) == before)
				bit_add(endings->lasts, section_brief(last | before << 8));
	}
}

static void order_numbers(struct building *b)
{
	order_items(b->cas.data, b->cas.count, b->cas.record, compare_numbers);
	order_items(b->un.data, b->un.count, b->un.record, compare_numbers);
	order_items(b->inchikeys.data, b->inchikeys.count, b->inchikeys.record, compare_inchikeys);
}

/* Everything in its place behind the head, whose bytes are there. */
static void put_parts(struct section *head, struct pool *out, struct building *b,
		      const struct trie_built *first, const struct trie_built *second,
		      struct pool *letters)
{
	const uint32_t all_letters = (1u << 26) - 1;
	pool_intern(letters, &all_letters);
	head->forward = put_trie(out, letters, first);
	head->backward = put_trie(out, letters, second);
	head->letters = put(out, letters->data, letters->count, letters->record);
	head->values = put_list(out, &b->values);
	head->entries = put_list(out, &b->entries);
	head->names = put_list(out, &b->names);
	head->keys = put_list(out, &b->keys);
	head->owners = put_list(out, &b->owners);
	head->cas = put_list(out, &b->cas);
	head->un = put_list(out, &b->un);
	head->inchikeys = put_list(out, &b->inchikeys);
	put_endings(&head->prefix_endings, out, &b->prefix_endings, pool_text(&b->texts, 0));
	put_endings(&head->suffix_endings, out, &b->suffix_endings, pool_text(&b->texts, 0));
	put_endings(&head->derivative_endings, out, &b->derivative_endings,
		    pool_text(&b->texts, 0));
	head->pairs = put_list(out, &b->pairs);
	head->families = put_list(out, &b->families);
	pool_take(&b->texts, "", 1);
	head->texts = put_list(out, &b->texts);
	while (out->count % 16)
		pool_take(out, "", 1);
}

/* The names in order, their tries, and all parts one behind the other. */
static int lay_out(void **section, size_t *size, struct building *b)
{
	struct section head = {.magic = SECTION_MAGIC};
	struct pool out = {.record = 1};
	size_t bytes = b->texts.count + 1, keys = b->drafts.count + 1, back = 0;
	struct trie_key *forward = calloc(keys, sizeof *forward);
	struct trie_key *backward = calloc(keys, sizeof *backward);
	uint8_t *mirror = malloc(bytes);
	struct trie_built first = {0}, second = {0};
	struct pool letters;
	int code = TW_NO_MEMORY;
	pool_begin(&letters, sizeof(uint32_t));
	if (!forward || !backward || !mirror)
		goto done;
	if (b->drafts.count)
		order_items_with(b->drafts.data, b->drafts.count, sizeof(struct draft),
				 compare_drafts, b->texts.data);
	size_t count = merge(b, &head, forward, backward, mirror, &back);
	const struct trie_key *deep =
	    nested(forward, count, (const struct section_value *)b->values.data);
	if (deep) {
		code = fail_at(b, "at most 32 names begin one longer name", deep);
		goto done;
	}
	if (back)
		order_items(backward, back, sizeof *backward, compare_keys);
	if (b->values.count > TRIE_VALUES) {
		code = fail_at(b, "more names than a rulebook can number", &forward[TRIE_VALUES]);
		goto done;
	}
	if (!trie_build(&first, forward, count) || !trie_build(&second, backward, back)) {
		if (first.full || second.full)
			code = fail_at(b, "more names than a rulebook can number",
				       &forward[count - 1]);
		goto done;
	}
	order_numbers(b);
	pool_take(&out, NULL, sizeof head);
	put_parts(&head, &out, b, &first, &second, &letters);
	if (out.failed || letters.failed || b->texts.failed || b->values.failed ||
	    b->entries.failed)
		goto done;
	head.size = (uint32_t)out.count;
	memcpy(out.data, &head, sizeof head);
	*section = out.data;
	*size = out.count;
	out.data = NULL;
	code = TW_OK;
done:
	free(out.data);
	free(forward);
	free(backward);
	free(mirror);
	trie_built_free(&first);
	trie_built_free(&second);
	pool_free(&letters);
	return code;
}

int match_build(void **section, size_t *size, const struct match_source *source,
		struct tw_error *error)
{
	struct building b = {.texts.record = 1,
			     .drafts.record = sizeof(struct draft),
			     .names.record = 4,
			     .keys.record = 4,
			     .owners.record = 4,
			     .cas.record = sizeof(struct section_number),
			     .un.record = sizeof(struct section_number),
			     .inchikeys.record = sizeof(struct section_key),
			     .prefix_endings.record = 4,
			     .suffix_endings.record = 4,
			     .derivative_endings.record = 4,
			     .pairs.record = 4,
			     .families.record = 4,
			     .values.record = sizeof(struct section_value),
			     .entries.record = sizeof(struct section_entry),
			     .error = error};
	struct pool *const lists[] = {&b.texts,
				      &b.drafts,
				      &b.names,
				      &b.keys,
				      &b.owners,
				      &b.cas,
				      &b.un,
				      &b.inchikeys,
				      &b.prefix_endings,
				      &b.suffix_endings,
				      &b.derivative_endings,
				      &b.pairs,
				      &b.families,
				      &b.values,
				      &b.entries};
	struct arena *arena = arena_new();
	int code = TW_NO_MEMORY;
	bool failed = false;
	if (!fold_new(&b.fold) || !arena)
		goto done;
	code = building_names(&b, source);
	if (!code)
		code = building_words(&b, arena, source->law_folder, "substances/words.tsv");
	if (!code)
		code =
		    building_not_names(&b, arena, source->law_folder, "substances/not-names.tsv");
	if (!code && file_exists(source->law_folder, "equipment/equipment.tsv")) {
		code = building_words(&b, arena, source->law_folder, "equipment/words.tsv");
		if (!code)
			code = building_not_names(&b, arena, source->law_folder,
						  "equipment/not-names.tsv");
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		failed |= lists[i]->failed;
	if (!code)
		code = failed ? TW_NO_MEMORY : lay_out(section, size, &b);
done:
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		free(lists[i]->data);
	fold_free(&b.fold);
	arena_free(arena);
	return code;
}
