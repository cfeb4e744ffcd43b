/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the way of a line: grouped with its like, assessed under each law, and
 * added to the sums of its thread; and how those of all threads become one.
 */
#include "compare/compare.h"

#include "compare/bench.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"

static int bench_new(struct bench *bench, const struct compare_options *options)
{
	size_t laws = options->law_count;
	bench->told = calloc(laws, sizeof(struct told *));
	bench->sums = calloc(laws, sizeof *bench->sums);
	bench->apart = calloc(laws, sizeof *bench->apart);
	bench->charge = calloc(laws * COMPARE_BLOCK, sizeof *bench->charge);
	bench->outcome = calloc(laws, sizeof *bench->outcome);
	bench->line = calloc(COMPARE_BLOCK, sizeof *bench->line);
	if (!bench->told || !bench->sums || !bench->apart || !bench->charge || !bench->outcome ||
	    !bench->line || (!options->lines && groups_new(&bench->groups)))
		return TW_NO_MEMORY;
	for (size_t k = 0; k < laws; k++)
		if (told_new(&bench->told[k]))
			return TW_NO_MEMORY;
	return TW_OK;
}

static void bench_free(struct bench *bench, size_t laws)
{
	for (size_t k = 0; k < laws; k++) {
		if (bench->told)
			told_free(bench->told[k]);
		if (bench->sums)
			sums_free(&bench->sums[k]);
		if (bench->apart)
			sums_free(&bench->apart[k].known);
	}
	groups_free(bench->groups);
	free(bench->names.at);
	free(bench->told);
	free(bench->sums);
	free(bench->apart);
	free(bench->charge);
	free(bench->outcome);
	free(bench->line);
}

int compare_new(struct compare **out, const struct compare_options *options, struct tw_error *error)
{
	struct compare *compare = calloc(1, sizeof *compare);
	*out = NULL;
	if (!compare)
		return error_memory(error);
	compare->options = *options;
	compare->bench = calloc(options->jobs, sizeof *compare->bench);
	bool made = compare->bench != NULL;
	for (unsigned i = 0; i < options->jobs && made; i++)
		made = !bench_new(&compare->bench[i], options);
	if (!made) {
		compare_free(compare);
		return error_memory(error);
	}
	*out = compare;
	return TW_OK;
}

void compare_free(struct compare *compare)
{
	if (!compare)
		return;
	for (unsigned i = 0; compare->bench && i < compare->options.jobs; i++)
		bench_free(&compare->bench[i], compare->options.law_count);
	free(compare->bench);
	free(compare);
}

/* What one of the lines that were assessed comes to under each law. */
static int read_outcomes(struct bench *bench, const struct compare *compare,
			 const struct taken *taken, const struct tw_typed_line *line, size_t index,
			 int offset, struct tw_error *error)
{
	int code = TW_OK;
	for (size_t k = 0; k < compare->options.law_count && !code; k++) {
		struct outcome *out = &bench->outcome[k];
		out->origin = out->chapter = 0;
		out->month = 0;
		if (!line->is_text)
			outcome_goods(out, line, offset);
		code = outcome_read(out, bench->told[k], &bench->names,
				    &bench->charge[k * COMPARE_BLOCK + index], taken->assessor[k],
				    index, line->is_text && !k, error);
	}
	return code;
}

/* Lines of values that stand together, under each law. */
static int assess(struct bench *bench, const struct compare *compare, const struct taken *taken,
		  const struct tw_typed_line *line, size_t count, struct tw_error *error)
{
	int code = TW_OK;
	for (size_t k = 0; k < compare->options.law_count && !code; k++)
		code = tw_assess_many(&bench->charge[k * COMPARE_BLOCK], taken->assessor[k],
				      taken->by_law ? &line[k] : line, count, 0, error);
	return code;
}

/* Lines as they come, each with what stands beside it. */
static int see_lines(struct bench *bench, const struct compare *compare, const struct taken *taken,
		     size_t first, size_t count, struct tw_error *error)
{
	const struct tw_typed_line *line = taken->line + first;
	int code = assess(bench, compare, taken, line, count, error);
	for (size_t i = 0; i < count && !code; i++) {
		const struct taken_line *about = &taken->about[first + i];
		bench->counts.groups++;
		if ((code =
			 read_outcomes(bench, compare, taken, &line[i], i, about->offset, error)))
			break;
		for (size_t k = 0; taken->reason && k < compare->options.law_count; k++)
			bench->outcome[k].state = OUTCOME_REFUSED;
		code = compare_add(bench, compare, 1, about->is_first, error);
		if (compare->options.lines)
			compare_row(taken->out, compare, taken, first + i, bench);
	}
	return code;
}

/* The groups that were gathered. */
static int see_groups(struct bench *bench, const struct compare *compare, const struct taken *taken,
		      struct tw_error *error)
{
	struct tw_typed_line line[COMPARE_BLOCK];
	size_t at = 0, count;
	int code = TW_OK;
	while (!code && (count = groups_next(bench->line, &at, bench->groups, COMPARE_BLOCK))) {
		for (size_t i = 0; i < count; i++)
			line[i] = bench->line[i].line;
		code = assess(bench, compare, taken, line, count, error);
		for (size_t i = 0; i < count && !code; i++) {
			bench->counts.groups++;
			code = read_outcomes(bench, compare, taken, &line[i], i,
					     bench->line[i].offset, error);
			if (!code)
				code =
				    compare_add(bench, compare, bench->line[i].count, true, error);
		}
	}
	groups_clear(bench->groups);
	return code;
}

/* One line to its like, or to the lines that are assessed now. */
static int group_line(struct bench *bench, const struct compare *compare, const struct taken *taken,
		      size_t index, bool *alone, struct tw_error *error)
{
	enum group_taken done = GROUP_FULL;
	int code = TW_OK;
	for (int i = 0; done == GROUP_FULL && i < 2 && !code; i++) {
		done = groups_take(bench->groups, &taken->line[index], taken->about[index].offset);
		if (done == GROUP_FULL)
			code = see_groups(bench, compare, taken, error);
	}
	*alone = done != GROUP_TAKEN;
	return done == GROUP_MEMORY ? error_memory(error) : code;
}

int compare_take(void *context, const struct taken *taken, struct tw_error *error)
{
	struct compare *compare = context;
	struct bench *bench = &compare->bench[taken->worker];
	size_t first = 0, next = 0;
	int code = TW_OK;
	if (taken->by_law || !bench->groups) {
		for (; first < taken->count && !code; first += COMPARE_BLOCK) {
			size_t left = taken->count - first;
			code = see_lines(bench, compare, taken, first,
					 left < COMPARE_BLOCK ? left : COMPARE_BLOCK, error);
		}
		return code;
	}
	for (; next < taken->count && !code; next++) {
		bool alone;
		code = group_line(bench, compare, taken, next, &alone, error);
		if (code || (alone && next + 1 - first < COMPARE_BLOCK && next + 1 < taken->count))
			continue;
		size_t end = next + (alone ? 1 : 0);
		if (end > first)
			code = see_lines(bench, compare, taken, first, end - first, error);
		first = next + 1;
	}
	return code;
}

int compare_end(void *context, const struct taken *taken, struct tw_error *error)
{
	struct compare *compare = context;
	struct bench *bench = &compare->bench[taken->worker];
	return bench->groups ? see_groups(bench, compare, taken, error) : TW_OK;
}

void compare_counts(struct compare_counts *out, const struct compare *compare)
{
	*out = (struct compare_counts){0};
	for (unsigned i = 0; i < (compare->is_joined ? 1 : compare->options.jobs); i++) {
		const struct compare_counts *from = &compare->bench[i].counts;
		out->lines += from->lines;
		out->refused += from->refused;
		out->incomplete += from->incomplete;
		out->groups += from->groups;
	}
}
