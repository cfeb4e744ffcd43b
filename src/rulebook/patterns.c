/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the section of patterns: its checks on opening. Looks at no line. */
#include "rulebook/patterns.h"

#include <string.h>

#include "common/error.h"

static const size_t record[PATTERNS_SECTIONS] = {
    [PATTERNS_TEXTS] = 1,
    [PATTERNS_ROWS] = sizeof(struct patterns_row),
    [PATTERNS_RULES] = sizeof(struct patterns_rule),
    [PATTERNS_PARTS] = sizeof(struct patterns_part),
    [PATTERNS_INDEXES] = sizeof(uint32_t),
};

static const void *part_of(struct patterns *law, const struct patterns_header *header, size_t size,
			   int part)
{
	uint32_t offset = header->part[part].offset, count = header->part[part].count;
	if (offset % 8 || offset > size || count > (size - offset) / record[part])
		return NULL;
	law->count[part] = count;
	return (const char *)header + offset;
}

static bool texts_ok(const struct patterns *law, const uint32_t *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text[i] >= law->count[PATTERNS_TEXTS])
			return false;
	return true;
}

static bool span_ok(const struct patterns *law, struct patterns_span span, int part)
{
	uint32_t count = law->count[part];
	return span.first <= count && span.count <= count - span.first;
}

static bool words_ok(const struct patterns *law, struct patterns_span span)
{
	return span_ok(law, span, PATTERNS_INDEXES) &&
	       (!span.count || texts_ok(law, law->indexes + span.first, span.count));
}

/* Three letters a country. */
static bool countries_ok(const struct patterns *law, uint32_t text)
{
	return strlen(patterns_text(law, text)) % 3 == 0;
}

/* The numbers by which arrays are indexed, windows are kept, and amounts are divided. */
static bool numbers_ok(const struct patterns_row *row)
{
	bool window = row->kind == PATTERN_MANY || row->kind == PATTERN_TOGETHER;
	bool codes = row->kind == PATTERN_CODES || row->group == PATTERN_CODE;
	if (row->kind >= PATTERN_KINDS || row->group >= PATTERN_GROUPS || row->of >= PATTERN_OFS ||
	    row->equal > 1 || row->compares > 1 || row->band > 5000 || !row->least ||
	    row->names > 16 || row->days > PATTERN_DAYS || (window && !row->days) ||
	    (codes && (row->digits < 4 || row->digits > 10)) || row->limit > TW_MONEY_LIMIT ||
	    row->each > TW_MONEY_LIMIT || row->sum > TW_MONEY_LIMIT)
		return false;
	if (row->kind == PATTERN_PRICE && (!row->times || row->times > 1000))
		return false;
	return row->kind != PATTERN_HEAP || (row->chance >= 2 && row->band &&
					     (row->of == PATTERN_OF_THRESHOLD || row->limit > 0));
}

static bool rows_ok(const struct patterns *law)
{
	for (uint32_t i = 0; i < law->count[PATTERNS_ROWS]; i++) {
		const struct patterns_row *row = &law->rows[i];
		if (!texts_ok(law, &row->id, 10) || !numbers_ok(row) ||
		    !countries_ok(law, row->origins) || !countries_ok(law, row->sent_from) ||
		    !countries_ok(law, row->through) || !span_ok(law, row->rules, PATTERNS_RULES) ||
		    !span_ok(law, row->parts, PATTERNS_PARTS) || row->parts.count > PATTERN_PARTS)
			return false;
	}
	return true;
}

static bool rest_ok(const struct patterns *law)
{
	for (uint32_t i = 0; i < law->count[PATTERNS_RULES]; i++)
		if (!texts_ok(law, &law->rules[i].by, 3))
			return false;
	for (uint32_t i = 0; i < law->count[PATTERNS_PARTS]; i++) {
		const struct patterns_part *part = &law->parts[i];
		if (!texts_ok(law, &part->name, 4) || !countries_ok(law, part->origins) ||
		    !countries_ok(law, part->sent_from) || !words_ok(law, part->substances) ||
		    !words_ok(law, part->words) || !words_ok(law, part->codes))
			return false;
	}
	return true;
}

bool patterns_check(struct patterns *out, const void *section, size_t size)
{
	const struct patterns_header *header = section;
	const void *part[PATTERNS_SECTIONS];
	memset(out, 0, sizeof *out);
	if (size < sizeof *header || size > UINT32_MAX || (uintptr_t)section % 8 ||
	    header->version != PATTERNS_VERSION)
		return false;
	for (int i = 0; i < PATTERNS_SECTIONS; i++)
		if (!(part[i] = part_of(out, header, size, i)))
			return false;
	out->texts = part[PATTERNS_TEXTS];
	out->rows = part[PATTERNS_ROWS];
	out->rules = part[PATTERNS_RULES];
	out->parts = part[PATTERNS_PARTS];
	out->indexes = part[PATTERNS_INDEXES];
	uint32_t bytes = out->count[PATTERNS_TEXTS];
	return bytes && !out->texts[0] && !out->texts[bytes - 1] && rest_ok(out) && rows_ok(out);
}

int patterns_open(struct patterns *out, const tw_rulebook *rulebook, struct tw_error *error)
{
	size_t size;
	const void *section = rulebook_section(rulebook, PATTERNS_TAG, &size);
	if (section && patterns_check(out, section, size))
		return TW_OK;
	return error_set(error, section ? TW_BAD_RULEBOOK : TW_NOT_FOUND,
			 section ? "the rulebook's patterns are damaged: compile it again"
				 : "this law names no patterns to look for");
}
