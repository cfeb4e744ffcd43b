/* SPDX-License-Identifier: Apache-2.0 */
/* Handing out the sums of a month, see months.h. */
#include "lines/months.h"

#include "common/error.h"
#include "lines/gather_pass.h"

#include <stdlib.h>
#include <string.h>

struct months {
	const struct input *inputs;
	size_t input_count;
	struct sort *sums, *nears; /* by place and key */
	struct month_answer sum, near;
	bool has_sum, has_near;
};

/* What one line of a batch is given. */
struct months_line {
	struct tw_month month;
	struct tw_sum_before before[TW_SUMS];
	struct tw_sum_line line[TW_SUMS][MONTH_LINES];
};

static int next(struct sort *sort, struct month_answer *out, bool *has, struct tw_error *error)
{
	int got = sort_next(sort, out, error);
	*has = got > 0;
	return got < 0 ? got : TW_OK;
}

static int first(struct sort *sort, struct month_answer *out, bool *has, struct tw_error *error)
{
	int code = sort_rewind(sort, error);
	return code ? code : next(sort, out, has, error);
}

int months_new(struct months **out, struct gather *gather, const struct gather_options *options,
	       struct tw_error *error)
{
	struct months *months = calloc(1, sizeof *months);
	if (!months)
		return error_memory(error);
	months->inputs = options->inputs;
	months->input_count = options->input_count;
	int code = gather_months(&months->sums, &months->nears, gather, options, error);
	if (!code)
		code = first(months->sums, &months->sum, &months->has_sum, error);
	if (!code)
		code = first(months->nears, &months->near, &months->has_near, error);
	if (code)
		months_free(months);
	else
		*out = months;
	return code;
}

void months_free(struct months *months)
{
	if (!months)
		return;
	sort_free(months->sums);
	sort_free(months->nears);
	free(months);
}

static struct tw_sum_line line_of(const struct months *months, struct month_place place)
{
	return (struct tw_sum_line){
	    place.file < months->input_count ? months->inputs[place.file].name : "", place.number};
}

static void add_near(struct tw_sum_before *before, const struct months *months)
{
	const struct month_answer *near = &months->near;
	before->near_lines = near->lines;
	before->near_weight = near->weight;
	before->near_volume = near->volume;
	before->near = line_of(months, near->line[0]);
}

static int fill_line(struct months_line *line, struct months *months, uint64_t ordinal,
		     struct tw_error *error)
{
	int code = TW_OK;
	line->month = (struct tw_month){line->before, 0};
	while (!code && months->has_sum && sort_get(months->sum.ordinal) == ordinal) {
		const struct month_answer *sum = &months->sum;
		size_t at = line->month.count, kept = 0;
		if (at < TW_SUMS) {
			for (; kept < MONTH_LINES && kept < sum->lines; kept++)
				line->line[at][kept] = line_of(months, sum->line[kept]);
			line->before[at] =
			    (struct tw_sum_before){.key = (uint32_t)sort_get(sum->key),
						   .weight = sum->weight,
						   .volume = sum->volume,
						   .lines = sum->lines,
						   .unknown = sum->unknown,
						   .line = line->line[at],
						   .line_count = kept,
						   .near = {"", 0}};
			line->month.count++;
		}
		if (months->has_near && sort_get(months->near.ordinal) == ordinal &&
		    !memcmp(months->near.key, sum->key, sizeof sum->key)) {
			if (at < TW_SUMS)
				add_near(&line->before[at], months);
			code = next(months->nears, &months->near, &months->has_near, error);
		}
		if (!code)
			code = next(months->sums, &months->sum, &months->has_sum, error);
	}
	return code;
}

int months_fill(struct months *months, struct batch *batch, struct tw_error *error)
{
	static const struct tw_month none;
	int code = TW_OK;
	if (!batch->months)
		batch->months = calloc(BATCH_LINES, sizeof *batch->months);
	if (!batch->months)
		return error_memory(error);
	for (size_t i = 0; i < batch->count && !code; i++) {
		uint64_t ordinal = batch->ordinal + i;
		bool has = months->has_sum && sort_get(months->sum.ordinal) == ordinal;
		if (has)
			code = fill_line(&batch->months[i], months, ordinal, error);
		batch->context[i].month = has ? &batch->months[i].month : &none;
	}
	return code;
}
