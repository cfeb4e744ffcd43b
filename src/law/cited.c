/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the question which acts the duties of a law cite, see cited.h. Changes no law. */
#include "law/cited.h"

#include "law/patterns.h"
#include "law/refunds.h"

static void mark(bool *cited, uint32_t instrument)
{
	if (instrument != LAW_NONE)
		cited[instrument] = true;
}

static void mark_ends(bool *cited, struct law_end from, struct law_end until)
{
	mark(cited, from.by);
	mark(cited, until.by);
}

static void mark_program(bool *cited, const struct law_program *program)
{
	mark(cited, program->void_by);
	for (uint32_t i = 0; i < program->yield_count; i++)
		mark_ends(cited, program->yields[i].from, program->yields[i].until);
}

static void mark_list(bool *cited, const struct law_list *list)
{
	mark(cited, list->by);
	for (uint32_t i = 0; i < list->row_count; i++)
		mark_ends(cited, list->rows[i].from, list->rows[i].until);
}

static void mark_jurisdiction(bool *cited, const struct law_jurisdiction *j)
{
	for (uint32_t i = 0; i < j->preference_count; i++)
		mark_ends(cited, j->preferences[i].from, j->preferences[i].until);
	for (uint32_t i = 0; i < j->edition_count; i++)
		mark(cited, j->editions[i].by);
	if (j->adcvd)
		mark(cited, j->adcvd->by);
	mark(cited, j->conversion);
}

static void mark_patterns(bool *cited, const struct law_patterns *patterns)
{
	for (uint32_t i = 0; patterns && i < patterns->count; i++) {
		const struct law_pattern *p = &patterns->pattern[i];
		mark_ends(cited, p->from, p->until);
		for (uint32_t k = 0; k < p->rule_count; k++)
			mark(cited, p->rules[k].by);
	}
}

void law_cited(bool *cited, const struct law *law)
{
	for (uint32_t i = 0; i < law->measure_count; i++) {
		mark_ends(cited, law->measures[i].from, law->measures[i].until);
		mark(cited, law->measures[i].superseded_by);
	}
	for (uint32_t i = 0; i < law->program_count; i++)
		mark_program(cited, &law->programs[i]);
	for (uint32_t i = 0; i < law->list_count; i++)
		mark_list(cited, &law->lists[i]);
	for (uint32_t i = 0; i < law->jurisdiction_count; i++)
		mark_jurisdiction(cited, &law->jurisdictions[i]);
	for (uint32_t i = 0; law->refunds && i < law->refunds->cited_count; i++)
		mark(cited, law->refunds->cited[i]);
	mark_patterns(cited, law->patterns);
}
