/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the way from the parsed patterns to the records of rulebook/patterns.h. Checks nothing: the
 * reader has.
 */
#include "compiler/patterns.h"

#include <stdlib.h>
#include <string.h>

#include "common/pool.h"
#include "law/patterns.h"
#include "rulebook/patterns.h"

struct pack {
	const struct law *law;
	int32_t known;
	struct text_pool texts;
	struct pool part[PATTERNS_SECTIONS]; /* PATTERNS_TEXTS is not used */
};

static uint32_t text(struct pack *p, const char *at)
{
	return texts_intern(&p->texts, at);
}

static struct patterns_span add_words(struct pack *p, const struct law_words *words)
{
	struct patterns_span span = {(uint32_t)p->part[PATTERNS_INDEXES].count, words->count};
	for (uint32_t i = 0; i < words->count; i++) {
		uint32_t at = text(p, words->word[i]);
		pool_add(&p->part[PATTERNS_INDEXES], &at);
	}
	return span;
}

/* "CN HK " */
static uint32_t add_countries(struct pack *p, const struct law_pattern_countries *countries)
{
	char list[3 * LAW_COUNTRIES + 1], *to = list;
	for (uint32_t i = 0; countries->asked && i < p->law->country_count; i++)
		if (countries->set.bit[i / 64] >> i % 64 & 1) {
			memcpy(to, p->law->countries[i].iso2, 2);
			to[2] = ' ';
			to += 3;
		}
	*to = '\0';
	return text(p, list);
}

static bool is_known(const struct pack *p, uint32_t instrument)
{
	return instrument == LAW_NONE || law_act_day(p->law, instrument) <= p->known;
}

/* It needs one rule that was known. */
static bool stands(const struct pack *p, const struct law_pattern *from)
{
	bool any = false;
	for (uint32_t i = 0; i < from->rule_count && !any; i++)
		any = is_known(p, from->rules[i].by);
	return any && is_known(p, from->from.by);
}

static struct patterns_span add_rules(struct pack *p, const struct law_pattern *from)
{
	struct patterns_span span = {(uint32_t)p->part[PATTERNS_RULES].count, 0};
	for (uint32_t i = 0; i < from->rule_count; i++) {
		const struct law_pattern_rule *rule = &from->rules[i];
		if (!is_known(p, rule->by))
			continue;
		span.count++;
		struct patterns_rule made = {.by = text(p, p->law->instruments[rule->by].id),
					     .at = text(p, rule->at),
					     .says = text(p, rule->says)};
		pool_add(&p->part[PATTERNS_RULES], &made);
	}
	return span;
}

static struct patterns_span add_parts(struct pack *p, const struct law_pattern *from)
{
	struct patterns_span span = {(uint32_t)p->part[PATTERNS_PARTS].count, from->part_count};
	for (uint32_t i = 0; i < from->part_count; i++) {
		const struct law_pattern_part *part = &from->parts[i];
		struct patterns_part made = {.name = text(p, part->name),
					     .into = text(p, part->into),
					     .origins = add_countries(p, &part->origins),
					     .sent_from = add_countries(p, &part->sent_from),
					     .substances = add_words(p, &part->substances),
					     .words = add_words(p, &part->words),
					     .codes = add_words(p, &part->codes)};
		pool_add(&p->part[PATTERNS_PARTS], &made);
	}
	return span;
}

static void add_pattern(struct pack *p, const struct law_pattern *from)
{
	struct patterns_row made = {.id = text(p, from->id),
				    .title = text(p, from->title),
				    .says = text(p, from->says),
				    .innocent = text(p, from->innocent),
				    .into = text(p, from->into),
				    .exemption = text(p, from->exemption),
				    .licence = text(p, from->licence),
				    .origins = add_countries(p, &from->origins),
				    .sent_from = add_countries(p, &from->sent_from),
				    .through = add_countries(p, &from->through),
				    .kind = from->kind,
				    .group = from->group,
				    .of = from->of,
				    .equal = from->equal,
				    .compares = from->compares,
				    .band = from->band,
				    .chance = from->chance,
				    .days = from->days,
				    .least = from->least,
				    .names = from->names,
				    .lines = from->lines,
				    .digits = from->digits,
				    .times = from->times,
				    .from = from->from.at,
				    .until =
					is_known(p, from->until.by) ? from->until.at : TW_TIME_MAX,
				    .limit = from->limit,
				    .each = from->each,
				    .sum = from->sum};
	made.rules = add_rules(p, from);
	made.parts = add_parts(p, from);
	pool_add(&p->part[PATTERNS_ROWS], &made);
}

/* The header and the parts behind it, each aligned to 8 bytes. */
static int write_section(struct rulebook_writer *writer, struct pack *p)
{
	struct patterns_header header = {.version = PATTERNS_VERSION};
	size_t size = sizeof header, bytes[PATTERNS_SECTIONS];
	bool failed = p->texts.failed;
	for (int i = 0; i < PATTERNS_SECTIONS; i++) {
		bool is_texts = i == PATTERNS_TEXTS;
		size = (size + 7) & ~(size_t)7;
		failed |= !is_texts && p->part[i].failed;
		header.part[i].offset = (uint32_t)size;
		header.part[i].count = (uint32_t)(is_texts ? p->texts.size : p->part[i].count);
		bytes[i] = is_texts ? p->texts.size : p->part[i].count * p->part[i].record;
		size += bytes[i];
	}
	char *section = failed ? NULL : calloc(1, size);
	if (!section)
		return TW_NO_MEMORY;
	memcpy(section, &header, sizeof header);
	for (int i = 0; i < PATTERNS_SECTIONS; i++) {
		const void *from = i == PATTERNS_TEXTS ? (void *)p->texts.data : p->part[i].data;
		if (bytes[i])
			memcpy(section + header.part[i].offset, from, bytes[i]);
	}
	int code = rulebook_writer_add(writer, PATTERNS_TAG, section, size);
	free(section);
	return code;
}

int patterns_compile(struct rulebook_writer *writer, const struct law *law, int32_t known)
{
	static const size_t record[PATTERNS_SECTIONS] = {
	    1, sizeof(struct patterns_row), sizeof(struct patterns_rule),
	    sizeof(struct patterns_part), sizeof(uint32_t)};
	struct pack p = {.law = law, .known = known};
	if (!law->patterns)
		return TW_OK;
	texts_begin(&p.texts);
	for (int i = 0; i < PATTERNS_SECTIONS; i++)
		pool_begin(&p.part[i], record[i]);
	for (uint32_t i = 0; i < law->patterns->count; i++)
		if (stands(&p, &law->patterns->pattern[i]))
			add_pattern(&p, &law->patterns->pattern[i]);
	int code = write_section(writer, &p);
	texts_free(&p.texts);
	for (int i = 0; i < PATTERNS_SECTIONS; i++)
		pool_free(&p.part[i]);
	return code;
}
