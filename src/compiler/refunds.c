/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the way from the parsed law of refunds to the records of
 * rulebook/refunds.h. Checks nothing: the reader has.
 */
#include "compiler/refunds.h"

#include <stdlib.h>
#include <string.h>

#include "common/pool.h"
#include "law/refunds.h"
#include "rulebook/refunds.h"

struct pack {
	const struct law *law;
	const struct law_refunds *from;
	struct text_pool texts;
	struct pool part[REFUNDS_PARTS]; /* REFUNDS_TEXTS is not used */
};

static uint32_t text(struct pack *p, const char *at)
{
	return texts_intern(&p->texts, at);
}

static uint32_t act(struct pack *p, uint32_t instrument)
{
	return text(p, instrument == LAW_NONE ? "" : p->law->instruments[instrument].id);
}

static uint32_t confidence(struct pack *p, enum law_confidence confidence)
{
	static const char *const words[] = {"high", "medium", "low", "contested"};
	return text(p, words[confidence]);
}

static struct refunds_span add_words(struct pack *p, const char *const *words, uint32_t count)
{
	struct refunds_span span = {(uint32_t)p->part[REFUNDS_INDEXES].count, count};
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = text(p, words[i]);
		pool_add(&p->part[REFUNDS_INDEXES], &at);
	}
	return span;
}

static struct refunds_span add_atoms(struct pack *p, const struct law_refund_atoms *atoms)
{
	struct refunds_span span = {(uint32_t)p->part[REFUNDS_ATOMS].count, atoms->count};
	for (uint32_t i = 0; i < atoms->count; i++) {
		const struct law_refund_atom *a = &atoms->atom[i];
		struct refunds_atom made = {
		    .fact = a->fact,
		    .op = a->op,
		    .values = {(uint32_t)p->part[REFUNDS_INDEXES].count, a->value_count},
		    .number = a->number};
		for (uint32_t k = 0; k < a->value_count; k++)
			pool_add(&p->part[REFUNDS_INDEXES], &a->values[k]);
		pool_add(&p->part[REFUNDS_ATOMS], &made);
	}
	return span;
}

static void add_facts(struct pack *p)
{
	for (int i = 0; i < REFUND_FACTS; i++) {
		const struct law_refund_fact *f = &p->from->fact[i];
		uint32_t first = (uint32_t)p->part[REFUNDS_WORDS].count;
		struct refunds_fact made = {.ask = text(p, f->ask),
					    .assume = f->assume,
					    .words = {first, f->word_count},
					    .own = {first, f->own_count},
					    .unless = add_atoms(p, &f->unless)};
		for (uint32_t k = 0; k < f->word_count; k++) {
			struct refunds_word word = {text(p, f->words[k].text), f->words[k].value};
			pool_add(&p->part[REFUNDS_WORDS], &word);
		}
		pool_add(&p->part[REFUNDS_FACT_ROWS], &made);
	}
}

static void add_tests(struct pack *p)
{
	for (uint32_t i = 0; i < p->from->test_count; i++) {
		const struct law_refund_test *t = &p->from->tests[i];
		struct refunds_test made = {.reason = text(p, t->reason),
					    .title = text(p, t->title),
					    .say = text(p, t->say),
					    .message = text(p, t->message),
					    .by = act(p, t->by),
					    .confidence = confidence(p, t->confidence),
					    .from = t->from,
					    .until = t->until,
					    .when = add_atoms(p, &t->when),
					    .accepted = t->accepted};
		pool_add(&p->part[REFUNDS_TESTS], &made);
	}
}

static void add_headings(struct pack *p)
{
	for (uint32_t i = 0; i < p->from->heading_count; i++) {
		const struct law_refund_heading *h = &p->from->headings[i];
		struct refunds_heading made = {.code = h->code,
					       .text = text(p, h->text),
					       .scope = text(p, h->scope),
					       .rate = text(p, h->rate),
					       .note = text(p, h->note),
					       .by = act(p, h->by),
					       .confidence = confidence(p, h->confidence),
					       .kind = h->kind,
					       .from = h->from,
					       .through = h->through};
		strncpy(made.column1_of, h->column1_of, 2);
		pool_add(&p->part[REFUNDS_HEADINGS], &made);
	}
}

static void add_rates(struct pack *p)
{
	for (uint32_t i = 0; i < p->from->rate_count; i++) {
		const struct law_refund_rate *r = &p->from->rates[i];
		struct refunds_rate made = {.from = r->from,
					    .through = r->through,
					    .by = act(p, r->by),
					    .confidence = confidence(p, r->confidence),
					    .note = text(p, r->note)};
		made.rate[0].num = (uint32_t)r->corporation.num;
		made.rate[0].den = (uint32_t)r->corporation.den;
		made.rate[1].num = (uint32_t)r->other.num;
		made.rate[1].den = (uint32_t)r->other.den;
		pool_add(&p->part[REFUNDS_RATES], &made);
	}
}

static void add_rest(struct pack *p)
{
	for (uint32_t i = 0; i < p->from->filer_count; i++) {
		struct refunds_filer made = {{0}, {0}};
		memcpy(made.first, p->from->filers[i].first, 3);
		memcpy(made.last, p->from->filers[i].last, 3);
		pool_add(&p->part[REFUNDS_FILERS], &made);
	}
	for (uint32_t i = 0; i < p->from->matter_count; i++) {
		const struct law_refund_matter *m = &p->from->matters[i];
		struct refunds_matter made = {.id = text(p, m->id),
					      .title = text(p, m->title),
					      .by = act(p, m->by),
					      .confidence = confidence(p, m->confidence),
					      .from = m->from,
					      .reasons = add_words(p, m->reasons, m->reason_count)};
		pool_add(&p->part[REFUNDS_MATTERS], &made);
	}
}

static void add_terms(struct pack *p)
{
	const struct law_refunds *from = p->from;
	struct refunds_terms made = {.id = text(p, from->id),
				     .title = text(p, from->title),
				     .by = act(p, from->by),
				     .number_by = act(p, from->number_by),
				     .number_digits = from->number_digits,
				     .protest_by = act(p, from->protest.by),
				     .protest_days = (uint32_t)from->protest.number,
				     .protest_say = text(p, from->protest.say),
				     .suit_by = act(p, from->suit.by),
				     .suit_say = text(p, from->suit.say),
				     .suit_confidence = confidence(p, from->suit.confidence),
				     .interest_by = act(p, from->interest.by),
				     .interest_target = (uint32_t)from->target.number,
				     .target_by = act(p, from->target.by),
				     .upload_by = act(p, from->upload_by),
				     .chapters_by = act(p, from->chapters_by),
				     .layers = (uint32_t)from->layers,
				     .provisions = (uint32_t)from->provisions,
				     .upload_name = text(p, from->upload),
				     .upload_header = text(p, from->header),
				     .upload_entries = (uint32_t)from->entries,
				     .upload_bytes = (uint32_t)from->bytes,
				     .results_by = act(p, from->results_by),
				     .taken = add_words(p, from->taken, from->taken_count),
				     .refused = add_words(p, from->refused, from->refused_count)};
	memcpy(made.letters, from->letters, 26);
	pool_add(&p->part[REFUNDS_TERMS], &made);
}

/* The header and the parts behind it, each aligned to 8 bytes. */
static int write_section(struct rulebook_writer *writer, struct pack *p)
{
	struct refunds_header header = {.version = REFUNDS_VERSION};
	size_t size = sizeof header, bytes[REFUNDS_PARTS];
	bool failed = p->texts.failed;
	for (int i = 0; i < REFUNDS_PARTS; i++) {
		size = (size + 7) & ~(size_t)7;
		failed |= i != REFUNDS_TEXTS && p->part[i].failed;
		header.part[i].offset = (uint32_t)size;
		header.part[i].count =
		    (uint32_t)(i == REFUNDS_TEXTS ? p->texts.size : p->part[i].count);
		bytes[i] =
		    i == REFUNDS_TEXTS ? p->texts.size : p->part[i].count * p->part[i].record;
		size += bytes[i];
	}
	char *section = failed ? NULL : calloc(1, size);
	if (!section)
		return TW_NO_MEMORY;
	memcpy(section, &header, sizeof header);
	for (int i = 0; i < REFUNDS_PARTS; i++) {
		const void *from = i == REFUNDS_TEXTS ? (void *)p->texts.data : p->part[i].data;
		if (bytes[i])
			memcpy(section + header.part[i].offset, from, bytes[i]);
	}
	int code = rulebook_writer_add(writer, REFUNDS_TAG, section, size);
	free(section);
	return code;
}

int refunds_compile(struct rulebook_writer *writer, const struct law *law)
{
	static const size_t record[REFUNDS_PARTS] = {1,
						     sizeof(struct refunds_terms),
						     sizeof(struct refunds_test),
						     sizeof(struct refunds_atom),
						     sizeof(uint32_t),
						     sizeof(struct refunds_word),
						     sizeof(struct refunds_fact),
						     sizeof(struct refunds_heading),
						     sizeof(struct refunds_rate),
						     sizeof(struct refunds_filer),
						     sizeof(struct refunds_matter)};
	struct pack p = {.law = law, .from = law->refunds};
	if (!law->refunds)
		return TW_OK;
	texts_begin(&p.texts);
	for (int i = 0; i < REFUNDS_PARTS; i++)
		pool_begin(&p.part[i], record[i]);
	add_terms(&p);
	add_facts(&p);
	add_tests(&p);
	add_headings(&p);
	add_rates(&p);
	add_rest(&p);
	int code = write_section(writer, &p);
	texts_free(&p.texts);
	for (int i = 0; i < REFUNDS_PARTS; i++)
		pool_free(&p.part[i]);
	return code;
}
