/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the ledger section: its checks on opening and the look-ups in it.
 * Decides nothing about a shipment.
 */
#include "rulebook/ledger.h"

#include "common/instant.h"

#include <string.h>

static const size_t record[LEDGER_PARTS] = {
    [LEDGER_TEXTS] = 1,
    [LEDGER_SUBSTANCES] = sizeof(struct ledger_substance),
    [LEDGER_LISTS] = sizeof(struct ledger_list),
    [LEDGER_CONTROLS] = sizeof(struct ledger_control),
    [LEDGER_INDEXES] = sizeof(uint32_t),
    [LEDGER_CODES] = sizeof(struct ledger_code),
    [LEDGER_NAMES] = sizeof(struct ledger_name),
    [LEDGER_INSTRUMENTS] = sizeof(struct ledger_instrument),
    [LEDGER_PENALTIES] = sizeof(struct ledger_penalty),
};

static const void *part_of(struct ledger *ledger, const struct ledger_header *header, size_t size,
			   enum ledger_part part)
{
	uint32_t offset = header->part[part].offset, count = header->part[part].count;
	if (offset % 8 || offset > size || count > (size - offset) / record[part])
		return NULL;
	ledger->count[part] = count;
	return (const char *)header + offset;
}

static bool text_ok(const struct ledger *ledger, uint32_t text)
{
	return text < ledger->count[LEDGER_TEXTS];
}

static bool texts_ok(const struct ledger *ledger, const uint32_t *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!text_ok(ledger, text[i]))
			return false;
	return true;
}

static bool span_ok(const struct ledger *ledger, struct ledger_span span, enum ledger_part part)
{
	uint32_t count = ledger->count[part];
	return span.first <= count && span.count <= count - span.first;
}

/* A span of indexes, each below a bound. */
static bool indexes_ok(const struct ledger *ledger, struct ledger_span span, uint32_t bound)
{
	if (!span_ok(ledger, span, LEDGER_INDEXES))
		return false;
	for (uint32_t i = 0; i < span.count; i++)
		if (ledger->indexes[span.first + i] >= bound)
			return false;
	return true;
}

static bool words_ok(const struct ledger *ledger, struct ledger_span span)
{
	return indexes_ok(ledger, span, ledger->count[LEDGER_TEXTS]);
}

static bool substances_ok(const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		const struct ledger_substance *s = &ledger->substances[i];
		if (!texts_ok(ledger, &s->id, 8) || !texts_ok(ledger, &s->kin, 1) ||
		    !words_ok(ledger, s->cas) || !words_ok(ledger, s->un) ||
		    !indexes_ok(ledger, s->classes, ledger->count[LEDGER_SUBSTANCES]) ||
		    !span_ok(ledger, s->names, LEDGER_NAMES) ||
		    !span_ok(ledger, s->controls, LEDGER_CONTROLS))
			return false;
	}
	return true;
}

static bool lists_ok(const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->count[LEDGER_LISTS]; i++) {
		const struct ledger_list *l = &ledger->lists[i];
		if (!texts_ok(ledger, &l->id, 5) || !words_ok(ledger, l->members) ||
		    !texts_ok(ledger, l->requirement, LEDGER_DIRECTIONS) ||
		    l->zone >= TIME_ZONE_COUNT)
			return false;
		for (int d = 0; d < LEDGER_DIRECTIONS; d++)
			if (l->must[d] > LEDGER_PROHIBITED || ledger_sum_of(l, d) >= LEDGER_SUMS)
				return false;
	}
	return true;
}

static bool controls_ok(const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->count[LEDGER_CONTROLS]; i++) {
		const struct ledger_control *c = &ledger->controls[i];
		if (c->substance >= ledger->count[LEDGER_SUBSTANCES] ||
		    c->list >= ledger->count[LEDGER_LISTS] || !texts_ok(ledger, &c->code, 7) ||
		    !words_ok(ledger, c->toward) ||
		    !indexes_ok(ledger, c->by, ledger->count[LEDGER_INSTRUMENTS]))
			return false;
	}
	return true;
}

static bool rest_ok(const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->count[LEDGER_CODES]; i++) {
		const struct ledger_code *c = &ledger->codes[i];
		if (c->substance >= ledger->count[LEDGER_SUBSTANCES] || c->stands > LEDGER_AMONG ||
		    !text_ok(ledger, c->jurisdiction) || !text_ok(ledger, c->text) ||
		    c->low >= c->high || (i && c->low < c[-1].low))
			return false;
	}
	for (uint32_t i = 0; i < ledger->count[LEDGER_NAMES]; i++)
		if (!texts_ok(ledger, &ledger->names[i].text, 3))
			return false;
	for (uint32_t i = 0; i < ledger->count[LEDGER_INSTRUMENTS]; i++)
		if (!texts_ok(ledger, &ledger->instruments[i].id, 4))
			return false;
	for (uint32_t i = 0; i < ledger->count[LEDGER_PENALTIES]; i++) {
		const struct ledger_penalty *p = &ledger->penalties[i];
		if (!texts_ok(ledger, &p->section, 9) || !text_ok(ledger, p->confidence) ||
		    !text_ok(ledger, p->note) || p->by >= ledger->count[LEDGER_INSTRUMENTS] ||
		    !indexes_ok(ledger, p->goods, ledger->count[LEDGER_SUBSTANCES]))
			return false;
	}
	return true;
}

/* The parts as arrays; false: one does not lie inside. */
static bool fill(struct ledger *out, const void *section, size_t size)
{
	const struct ledger_header *header = section;
	memset(out, 0, sizeof *out);
	if (size < sizeof *header || size > UINT32_MAX || header->version != LEDGER_VERSION ||
	    (uintptr_t)section % 8)
		return false;
	const void *part[LEDGER_PARTS];
	for (int i = 0; i < LEDGER_PARTS; i++)
		if (!(part[i] = part_of(out, header, size, (enum ledger_part)i)))
			return false;
	out->texts = part[LEDGER_TEXTS];
	out->substances = part[LEDGER_SUBSTANCES];
	out->lists = part[LEDGER_LISTS];
	out->controls = part[LEDGER_CONTROLS];
	out->indexes = part[LEDGER_INDEXES];
	out->codes = part[LEDGER_CODES];
	out->names = part[LEDGER_NAMES];
	out->instruments = part[LEDGER_INSTRUMENTS];
	out->penalties = part[LEDGER_PENALTIES];
	return true;
}

bool ledger_check(struct ledger *out, const void *section, size_t size)
{
	if (!fill(out, section, size))
		return false;
	uint32_t bytes = out->count[LEDGER_TEXTS];
	return bytes && !out->texts[0] && !out->texts[bytes - 1] && substances_ok(out) &&
	       lists_ok(out) && controls_ok(out) && rest_ok(out);
}

bool ledger_open(struct ledger *out, const tw_rulebook *rulebook)
{
	size_t size;
	const void *section = rulebook_section(rulebook, LEDGER_TAG, &size);
	memset(out, 0, sizeof *out);
	return section && fill(out, section, size);
}

uint32_t ledger_find(const struct ledger *ledger, const char *id)
{
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++)
		if (!strcmp(ledger_text(ledger, ledger->substances[i].id), id))
			return i;
	return LEDGER_NONE;
}

struct ledger_span ledger_codes(const struct ledger *ledger, uint64_t code)
{
	uint64_t head = code / 10000 * 10000;
	uint32_t low = 0, high = ledger->count[LEDGER_CODES];
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (ledger->codes[middle].low < head)
			low = middle + 1;
		else
			high = middle;
	}
	struct ledger_span span = {low, 0};
	while (low + span.count < ledger->count[LEDGER_CODES] &&
	       ledger->codes[low + span.count].low / 10000 == code / 10000)
		span.count++;
	return span;
}

bool ledger_has(const struct ledger *ledger, struct ledger_span span, const char *country)
{
	for (uint32_t i = 0; i < span.count; i++)
		if (!strncmp(ledger_word(ledger, span, i), country, 3))
			return true;
	return false;
}

static void add_change(struct ledger_change *out, size_t capacity, size_t *count,
		       struct ledger_change change)
{
	size_t at = *count < capacity ? *count : capacity;
	while (at && out[at - 1].day > change.day) {
		if (at < capacity)
			out[at] = out[at - 1];
		at--;
	}
	if (at < capacity)
		out[at] = change;
	++*count;
}

size_t ledger_changes(struct ledger_change *out, size_t capacity, const struct ledger *ledger,
		      int32_t from, int32_t until)
{
	size_t count = 0;
	for (uint32_t i = 0; i < ledger->count[LEDGER_CONTROLS]; i++) {
		const struct ledger_control *row = &ledger->controls[i];
		struct ledger_change change = {row, row->from, false};
		if (row->from > from && row->from <= until)
			add_change(out, capacity, &count, change);
		change = (struct ledger_change){row, row->until, true};
		if (row->until > from && row->until <= until)
			add_change(out, capacity, &count, change);
	}
	return count;
}
