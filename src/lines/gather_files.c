/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of the inputs, read through once by several threads, for the passes of the gathering.
 */
#include "common/error.h"
#include "lines/gather_pass.h"

#include <stdlib.h>

/* What the handing-over thread of a pass needs. */
struct collect {
	struct gather *gather; /* contexts of what is known by now */
	struct sort *into;
	size_t record;
	const struct gather_options *options;
	uint64_t lines;
};

static int work(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct gather_worker *worker = at;
	int code = TW_OK;
	slot->lines = slot->batch.count;
	for (size_t i = 0; i < slot->batch.count && !code; i++) {
		item_read(worker->item, &slot->batch, i, worker->options->columns);
		if ((code = item_stopped(worker->item, error)))
			break;
		bool noted = worker->item->is_es003 && worker->work == gather_shipment;
		if ((worker->item->reason && !noted) || worker->item->is_empty)
			continue;
		code = worker->work(worker, slot, error);
	}
	return code;
}

static int prepare(void *at, struct batch *batch, struct tw_error *error)
{
	struct collect *collect = at;
	return gather_fill(collect->gather, batch, error);
}

static int done(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct collect *collect = at;
	int code = TW_OK;
	for (size_t i = 0; i < slot->out.length && !code; i += collect->record)
		code = sort_add(collect->into, slot->out.at + i, error);
	collect->lines += slot->lines;
	if (collect->options->progress)
		collect->options->progress(collect->options->progress_context, collect->lines);
	return code;
}

int gather_files(struct gather *gather, const struct gather_options *options,
		 gather_work *line_work, struct sort *into, size_t record, struct tw_error *error)
{
	void **workers = calloc(options->jobs, sizeof *workers);
	struct gather_worker *worker = calloc(options->jobs, sizeof *worker);
	int code = workers && worker ? TW_OK : error_memory(error);
	for (unsigned i = 0; i < options->jobs && !code; i++) {
		worker[i] = (struct gather_worker){
		    .assessor = options->assessors[i], .options = options, .work = line_work};
		workers[i] = &worker[i];
		if (item_new(&worker[i].item))
			code = error_memory(error);
	}
	struct collect collect = {
	    .gather = gather, .into = into, .record = record, .options = options};
	struct pass pass = {.inputs = options->inputs,
			    .input_count = options->input_count,
			    .jobs = options->jobs,
			    .workers = workers,
			    .context = &collect,
			    .prepare = prepare,
			    .done = done,
			    .work = work};
	if (!code)
		code = pass_run(&pass, error);
	for (unsigned i = 0; worker && i < options->jobs; i++)
		item_free(worker[i].item);
	free(worker);
	free(workers);
	for (size_t i = 0; i < options->input_count && !code; i++)
		code = input_rewind(&options->inputs[i], error);
	return code;
}
