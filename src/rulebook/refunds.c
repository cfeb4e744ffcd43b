/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the section of refunds: its checks on opening and the look-ups in it.
 * Decides nothing about an entry.
 */
#include "rulebook/refunds.h"

#include "common/error.h"

#include <stdio.h>
#include <string.h>

static const size_t record[REFUNDS_PARTS] = {
    [REFUNDS_TEXTS] = 1,
    [REFUNDS_TERMS] = sizeof(struct refunds_terms),
    [REFUNDS_TESTS] = sizeof(struct refunds_test),
    [REFUNDS_ATOMS] = sizeof(struct refunds_atom),
    [REFUNDS_INDEXES] = sizeof(uint32_t),
    [REFUNDS_WORDS] = sizeof(struct refunds_word),
    [REFUNDS_FACT_ROWS] = sizeof(struct refunds_fact),
    [REFUNDS_HEADINGS] = sizeof(struct refunds_heading),
    [REFUNDS_RATES] = sizeof(struct refunds_rate),
    [REFUNDS_FILERS] = sizeof(struct refunds_filer),
    [REFUNDS_MATTERS] = sizeof(struct refunds_matter),
};

static const void *part_of(struct refunds *law, const struct refunds_header *header, size_t size,
			   enum refunds_part part)
{
	uint32_t offset = header->part[part].offset, count = header->part[part].count;
	if (offset % 8 || offset > size || count > (size - offset) / record[part])
		return NULL;
	law->count[part] = count;
	return (const char *)header + offset;
}

static bool text_ok(const struct refunds *law, uint32_t text)
{
	return text < law->count[REFUNDS_TEXTS];
}

static bool texts_ok(const struct refunds *law, const uint32_t *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!text_ok(law, text[i]))
			return false;
	return true;
}

static bool span_ok(const struct refunds *law, struct refunds_span span, enum refunds_part part)
{
	uint32_t count = law->count[part];
	return span.first <= count && span.count <= count - span.first;
}

/* A span of indexes, each a text. */
static bool words_ok(const struct refunds *law, struct refunds_span span)
{
	return span_ok(law, span, REFUNDS_INDEXES) &&
	       (!span.count || texts_ok(law, law->indexes + span.first, span.count));
}

/* It becomes a part of a path. */
static bool name_ok(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return length && length <= 16 && !name[length];
}

static bool terms_ok(const struct refunds *law)
{
	const struct refunds_terms *t = law->terms;
	const uint32_t texts[] = {
	    t->id,          t->title,       t->by,         t->number_by,
	    t->protest_by,  t->protest_say, t->suit_by,    t->suit_say,
	    t->interest_by, t->target_by,   t->upload_by,  t->upload_header,
	    t->upload_name, t->chapters_by, t->results_by, t->suit_confidence};
	if (!texts_ok(law, texts, sizeof texts / sizeof *texts) || !words_ok(law, t->taken) ||
	    !words_ok(law, t->refused) || t->number_digits < 1 || t->number_digits > 12 ||
	    t->protest_days > 1000000 || t->interest_target > 1000000 || !t->upload_entries ||
	    !t->upload_bytes || !t->layers || t->layers > 99 || t->provisions > 99 ||
	    !name_ok(refunds_text(law, t->upload_name)))
		return false;
	for (int i = 0; i < 26; i++)
		if (t->letters[i] < '0' || t->letters[i] > '9')
			return false;
	return true;
}

static bool conditions_ok(const struct refunds *law)
{
	for (uint32_t i = 0; i < law->count[REFUNDS_ATOMS]; i++) {
		const struct refunds_atom *a = &law->atoms[i];
		bool number = a->fact == REFUND_DAYS_SINCE_LIQUIDATION;
		if (a->fact >= REFUND_FACTS || a->op > REFUND_GE ||
		    number != (a->op >= REFUND_LT) || !span_ok(law, a->values, REFUNDS_INDEXES))
			return false;
	}
	for (uint32_t i = 0; i < law->count[REFUNDS_TESTS]; i++) {
		const struct refunds_test *t = &law->tests[i];
		if (!texts_ok(law, &t->reason, 6) || t->accepted > 1 ||
		    (i && t->accepted < t[-1].accepted) || !span_ok(law, t->when, REFUNDS_ATOMS))
			return false;
	}
	return true;
}

static bool facts_ok(const struct refunds *law)
{
	for (uint32_t i = 0; i < law->count[REFUNDS_WORDS]; i++)
		if (!text_ok(law, law->words[i].text))
			return false;
	for (uint32_t i = 0; i < law->count[REFUNDS_FACT_ROWS]; i++) {
		const struct refunds_fact *f = &law->facts[i];
		if (!text_ok(law, f->ask) || !span_ok(law, f->words, REFUNDS_WORDS) ||
		    !span_ok(law, f->own, REFUNDS_WORDS) || !span_ok(law, f->unless, REFUNDS_ATOMS))
			return false;
	}
	return law->count[REFUNDS_FACT_ROWS] == REFUND_FACTS;
}

static bool headings_ok(const struct refunds *law)
{
	for (uint32_t i = 0; i < law->count[REFUNDS_HEADINGS]; i++) {
		const struct refunds_heading *h = &law->headings[i];
		if (!texts_ok(law, &h->text, 6) || h->kind > REFUND_UNCLEAR ||
		    (i && h->code <= h[-1].code) || h->column1_of[3])
			return false;
	}
	return true;
}

static bool rates_ok(const struct refunds *law)
{
	for (uint32_t i = 0; i < law->count[REFUNDS_RATES]; i++) {
		const struct refunds_rate *r = &law->rates[i];
		if (!texts_ok(law, &r->by, 3) || r->through < r->from ||
		    (i && r->from - 1 != r[-1].through))
			return false;
		for (int k = 0; k < 2; k++)
			if (!r->rate[k].den || r->rate[k].den > 100000 ||
			    r->rate[k].num > r->rate[k].den)
				return false;
	}
	return true;
}

static bool rest_ok(const struct refunds *law)
{
	for (uint32_t i = 0; i < law->count[REFUNDS_FILERS]; i++)
		if (law->filers[i].first[3] || law->filers[i].last[3])
			return false;
	for (uint32_t i = 0; i < law->count[REFUNDS_MATTERS]; i++)
		if (!texts_ok(law, &law->matters[i].id, 4) ||
		    !words_ok(law, law->matters[i].reasons))
			return false;
	return true;
}

bool refunds_check(struct refunds *out, const void *section, size_t size)
{
	const struct refunds_header *header = section;
	const void *part[REFUNDS_PARTS];
	memset(out, 0, sizeof *out);
	if (size < sizeof *header || size > UINT32_MAX || header->version != REFUNDS_VERSION ||
	    (uintptr_t)section % 8)
		return false;
	for (int i = 0; i < REFUNDS_PARTS; i++)
		if (!(part[i] = part_of(out, header, size, (enum refunds_part)i)))
			return false;
	out->texts = part[REFUNDS_TEXTS];
	out->terms = part[REFUNDS_TERMS];
	out->tests = part[REFUNDS_TESTS];
	out->atoms = part[REFUNDS_ATOMS];
	out->indexes = part[REFUNDS_INDEXES];
	out->words = part[REFUNDS_WORDS];
	out->facts = part[REFUNDS_FACT_ROWS];
	out->headings = part[REFUNDS_HEADINGS];
	out->rates = part[REFUNDS_RATES];
	out->filers = part[REFUNDS_FILERS];
	out->matters = part[REFUNDS_MATTERS];
	uint32_t bytes = out->count[REFUNDS_TEXTS];
	return bytes && !out->texts[0] && !out->texts[bytes - 1] &&
	       out->count[REFUNDS_TERMS] == 1 && terms_ok(out) && conditions_ok(out) &&
	       facts_ok(out) && headings_ok(out) && rates_ok(out) && rest_ok(out);
}

int refunds_open(struct refunds *out, const tw_rulebook *rulebook, struct tw_error *error)
{
	size_t size;
	const void *section = rulebook_section(rulebook, REFUNDS_TAG, &size);
	if (section && refunds_check(out, section, size))
		return TW_OK;
	int code = section ? TW_BAD_RULEBOOK : TW_NOT_FOUND;
	return error_set(error, code,
			 section ? "the rulebook's law of refunds is damaged: compile it again"
				 : "this law says nothing about refunds");
}

const struct refunds_heading *refunds_heading(const struct refunds *law, uint32_t code)
{
	uint32_t low = 0, high = law->count[REFUNDS_HEADINGS];
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (law->headings[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low < law->count[REFUNDS_HEADINGS] && law->headings[low].code == code
		   ? &law->headings[low]
		   : NULL;
}
