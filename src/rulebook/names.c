/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of everything in the section of names, once; no other function checks again. */
#include "rulebook/names.h"

#include <string.h>

static bool span_fits(const struct section *section, struct section_span span, size_t element)
{
	return span.at % 16 == 0 && span.at >= sizeof *section && span.at <= section->size &&
	       span.count <= (section->size - span.at) / element;
}

static bool offsets_fit(const struct section *section, struct section_span span)
{
	const uint32_t *offset = section_at(section, span);
	for (uint32_t i = 0; i < span.count; i++)
		if (offset[i] >= section->texts.count)
			return false;
	return true;
}

static bool trie_fits(const struct section *section, const struct section_trie *trie)
{
	return span_fits(section, trie->cells, 4) && span_fits(section, trie->notes, 4) &&
	       trie->cells.count == trie->notes.count;
}

static bool spans_fit(const struct section *s)
{
	return trie_fits(s, &s->forward) && trie_fits(s, &s->backward) &&
	       span_fits(s, s->letters, 4) &&
	       span_fits(s, s->values, sizeof(struct section_value)) &&
	       span_fits(s, s->entries, sizeof(struct section_entry)) &&
	       span_fits(s, s->names, 4) && span_fits(s, s->keys, 4) &&
	       span_fits(s, s->owners, 4) && span_fits(s, s->texts, 1) &&
	       span_fits(s, s->cas, sizeof(struct section_number)) &&
	       span_fits(s, s->un, sizeof(struct section_number)) &&
	       span_fits(s, s->inchikeys, sizeof(struct section_key)) &&
	       span_fits(s, s->prefix_endings.list, 4) && span_fits(s, s->suffix_endings.list, 4) &&
	       span_fits(s, s->derivative_endings.list, 4) && span_fits(s, s->pairs, 4) &&
	       span_fits(s, s->families, 4);
}

static bool contents_fit(const struct section *s)
{
	const struct section_value *value = section_at(s, s->values);
	const struct section_key *key = section_at(s, s->inchikeys);
	const uint32_t *pair = section_at(s, s->pairs);
	if (s->texts.count == 0 || section_text(s, s->texts.count - 1)[0] != '\0' ||
	    s->names.count != s->keys.count || s->names.count != s->owners.count)
		return false;
	for (uint32_t i = 0; i < s->values.count; i++)
		if (value[i].first > s->entries.count ||
		    value[i].count > s->entries.count - value[i].first)
			return false;
	for (uint32_t i = 0; i < s->inchikeys.count; i++)
		if (key[i].text[27] != '\0')
			return false;
	if (!offsets_fit(s, s->names) || !offsets_fit(s, s->keys) ||
	    !offsets_fit(s, s->prefix_endings.list) || !offsets_fit(s, s->suffix_endings.list) ||
	    !offsets_fit(s, s->derivative_endings.list) || !offsets_fit(s, s->pairs) ||
	    !offsets_fit(s, s->families))
		return false;
	for (uint32_t i = 0; i < s->pairs.count; i++)
		if (!strchr(section_text(s, pair[i]), '|'))
			return false;
	struct trie_view forward = section_trie(s, &s->forward);
	struct trie_view backward = section_trie(s, &s->backward);
	return trie_check(&forward, s->values.count, s->letters.count) &&
	       trie_check(&backward, s->values.count, s->letters.count);
}

bool match_check(const void *data, size_t size)
{
	const struct section *section = data;
	return size >= sizeof *section && section->magic == SECTION_MAGIC &&
	       section->size <= size && spans_fit(section) && contents_fit(section);
}
