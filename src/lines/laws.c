/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/laws.h"

#include <stdlib.h>

#include "common/error.h"

enum { LAWS = 64 };

int laws_new(struct laws **out, const struct run_options *options,
	     const struct tw_options *assessor, struct tw_error *error)
{
	*out = NULL;
	if (!options->take)
		return TW_OK;
	if (options->law_count < 1 || options->law_count > LAWS)
		return error_set(error, TW_BAD_ARGUMENT, "a run is under 1 to %d laws", LAWS);
	struct laws *laws = calloc(1, sizeof *laws);
	size_t count = options->law_count;
	if (!laws)
		return error_memory(error);
	laws->options = options;
	laws->count = count;
	laws->plans = calloc(count, sizeof(tw_plans *));
	laws->assessor = calloc(count * options->jobs, sizeof(tw_assessor *));
	int code = laws->plans && laws->assessor ? TW_OK : error_memory(error);
	for (size_t k = 0; k < count && !code; k++) {
		struct tw_options each = *assessor;
		code = tw_plans_new(&laws->plans[k], options->laws[k], &each, 0, error);
		each.plans = laws->plans[k];
		for (unsigned i = 0; i < options->jobs && !code; i++)
			code = tw_assessor_new(&laws->assessor[i * count + k], options->laws[k],
					       &each, error);
	}
	*out = laws;
	return code;
}

void laws_free(struct laws *laws)
{
	if (!laws)
		return;
	for (size_t i = 0; laws->assessor && i < laws->count * laws->options->jobs; i++)
		tw_assessor_free(laws->assessor[i]);
	for (size_t k = 0; k < laws->count; k++) {
		if (laws->plans)
			tw_plans_free(laws->plans[k]);
		if (laws->gather)
			gather_free(laws->gather[k]);
	}
	free(laws->assessor);
	free(laws->plans);
	free(laws->gather);
	free(laws);
}

int laws_gather(struct laws *laws, const struct gather_options *ask, struct tw_error *error)
{
	unsigned jobs = laws->options->jobs;
	tw_assessor **of = calloc(jobs, sizeof(tw_assessor *));
	laws->gather = calloc(laws->count, sizeof *laws->gather);
	int code = of && laws->gather ? TW_OK : error_memory(error);
	for (size_t k = 0; k < laws->count && !code; k++) {
		struct gather_options each = *ask;
		for (unsigned i = 0; i < jobs; i++)
			of[i] = laws->assessor[i * laws->count + k];
		each.assessors = of;
		for (size_t i = 0; i < each.input_count && !code; i++)
			code = input_rewind(&each.inputs[i], error);
		if (!code)
			code = gather_new(&laws->gather[k], &each, error);
	}
	free(of);
	return code;
}

int laws_fill(struct laws *laws, struct batch *batch, struct tw_error *error)
{
	int code = TW_OK;
	if (!batch->by_law)
		batch->by_law = calloc(laws->count * BATCH_LINES, sizeof *batch->by_law);
	if (!batch->by_law)
		return error_memory(error);
	for (size_t k = 0; k < laws->count; k++)
		for (size_t i = 0; i < batch->count && !code; i++)
			code = gather_context(&batch->by_law[k * BATCH_LINES + i], laws->gather[k],
					      batch->ordinal + i, error);
	return code;
}

static struct taken begin(const struct worker *worker, struct pass_slot *slot)
{
	const struct laws *laws = worker->work->laws;
	return (struct taken){.worker = worker->index,
			      .assessor = laws->assessor + worker->index * laws->count,
			      .file = slot->batch.input->name,
			      .out = &slot->out};
}

int laws_take(struct worker *worker, struct pass_slot *slot, const struct tw_typed_line *line,
	      const struct taken_line *about, size_t count, struct tw_error *error)
{
	const struct run_options *options = worker->work->options;
	struct taken taken = begin(worker, slot);
	taken.line = line;
	taken.about = about;
	taken.count = count;
	slot->lines += count;
	worker->totals.lines += count;
	return options->take(options->take_context, &taken, error);
}

int laws_take_item(struct worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	const struct laws *laws = worker->work->laws;
	const struct run_options *options = worker->work->options;
	struct item *item = worker->item;
	struct tw_line text[LAWS];
	struct tw_typed_line line[LAWS];
	struct taken_line about = {
	    .id = item->line.column[TW_COLUMN_ID], .number = item->number, .is_first = true};
	struct taken taken = begin(worker, slot);
	size_t index = laws->gather ? (size_t)(item->context - slot->batch.context) : 0;
	for (size_t k = 0; k < laws->count; k++) {
		if (laws->gather)
			item_context(item, &slot->batch.by_law[k * BATCH_LINES + index]);
		text[k] = item->line;
		line[k] = (struct tw_typed_line)TW_TYPED_INIT;
		line[k].line = &text[k];
		line[k].is_text = true;
	}
	if (laws->gather)
		about.is_first =
		    slot->batch.by_law[index].shipment_first == slot->batch.ordinal + index;
	taken.line = line;
	taken.about = &about;
	taken.count = 1;
	taken.by_law = true;
	if (item->reason) {
		taken.reason = item->reason;
		taken.column = item->column;
		taken.text = item->text;
	}
	worker->totals.lines++;
	return options->take(options->take_context, &taken, error);
}

int laws_end(struct laws *laws, struct tw_error *error)
{
	int code = TW_OK;
	for (unsigned i = 0; i < laws->options->jobs && !code; i++) {
		struct taken taken = {.worker = i, .assessor = laws->assessor + i * laws->count};
		code = laws->options->take_end(laws->options->take_context, &taken, error);
	}
	return code;
}
