/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/held.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arrow/grow.h"
#include "arrow/spool.h"
#include "common/error.h"
#include "common/temporary.h"
#include "lines/gather_pass.h"

struct held {
	struct held_options options;
	FILE *file;
	uint64_t batches, given;        /* in the file; read again, in this pass */
	const struct ArrowArray *alone; /* the one batch, lent; NULL: those of the file */
	struct gather *gather;
	uint64_t ordinal; /* of the next line that is given */
};

int held_new(struct held **out, const struct held_options *options, struct tw_error *error)
{
	const struct type *schema = &options->reader->schema;
	for (size_t i = 0; i < schema->count; i++)
		if (!options->whole_batches && options->is_kept[i] &&
		    !spool_holds(&schema->child[i]))
			return error_set(
			    error, TW_BAD_ARGUMENT,
			    "column \"%.80s\" is of a type that cannot be held back: do "
			    "not keep it, or do without shipments and the sum of a day",
			    schema->child[i].name);
	*out = calloc(1, sizeof **out);
	if (!*out)
		return error_memory(error);
	(*out)->options = *options;
	return TW_OK;
}

void held_free(struct held *held)
{
	if (!held)
		return;
	gather_free(held->gather);
	if (held->file)
		fclose(held->file);
	free(held);
}

static bool is_held(const struct held *held, size_t column)
{
	return held->options.is_kept[column] || reader_uses(held->options.reader, column);
}

static int open_file(struct held *held, struct tw_error *error)
{
	int fd = held->file ? -1 : temporary_file(error);
	if (held->file)
		return TW_OK;
	if (fd < 0)
		return TW_BAD_FILE;
	held->file = fdopen(fd, "w+b");
	return held->file ? TW_OK : error_memory(error);
}

int held_put(struct held *held, const struct ArrowArray *batch, struct tw_error *error)
{
	const struct type *schema = &held->options.reader->schema;
	int code = open_file(held, error);
	if (!code && fwrite(&batch->length, sizeof batch->length, 1, held->file) != 1)
		code = error_set(error, TW_BAD_FILE, "a temporary file cannot be written: %s",
				 strerror(errno));
	for (size_t i = 0; i < schema->count && !code; i++)
		if (is_held(held, i))
			code = spool_put(held->file, &schema->child[i], batch->children[i],
					 batch->offset, batch->length, error);
	held->batches += !code;
	return code;
}

int held_get(struct ArrowArray *out, struct held *held, struct tw_error *error)
{
	const struct type *schema = &held->options.reader->schema;
	int code = TW_OK;
	*out = (struct ArrowArray){0};
	if (held->given == held->batches)
		return TW_OK;
	if (!grow_array_of(out, 1, schema->count))
		return error_memory(error);
	if (fread(&out->length, sizeof out->length, 1, held->file) != 1)
		code = error_set(error, TW_BAD_FILE, "a temporary file is truncated");
	for (size_t i = 0; i < schema->count && !code; i++)
		if (is_held(held, i))
			code = spool_get(out->children[i], held->file, &schema->child[i], error);
	held->given++;
	if (code)
		out->release(out);
	return code;
}

/* Back to the first batch. */
static int restart(struct held *held, struct tw_error *error)
{
	held->given = held->ordinal = 0;
	if (!held->file)
		return TW_OK;
	if (fflush(held->file) || fseeko(held->file, 0, SEEK_SET))
		return error_set(error, TW_BAD_FILE, "a temporary file cannot be written: %s",
				 strerror(errno));
	return TW_OK;
}

/* What one pass of the gathering needs. */
struct passing {
	struct held *held;
	struct gather *gather;
	struct gather_worker worker;
	struct pass_slot slot; /* its output alone is used */
	struct sort *into;
	size_t record;
	uint64_t ordinal;
};

static int pass_row(struct passing *passing, const struct ArrowArray *batch, int64_t row,
		    struct tw_error *error)
{
	struct reader *reader = passing->held->options.reader;
	struct batch_context context;
	int code = gather_context(&context, passing->gather, passing->ordinal, error);
	reader->number++;
	if (!code)
		code = reader_cells(reader, batch, row, error);
	if (!code)
		code = reader_line(reader, &context, passing->ordinal, error);
	passing->ordinal++;
	if (code || reader->item->reason)
		return code;
	passing->slot.out.length = 0;
	code = passing->worker.work(&passing->worker, &passing->slot, error);
	if (!code && passing->slot.out.failed)
		code = error_memory(error);
	for (size_t at = 0; at < passing->slot.out.length && !code; at += passing->record)
		code = sort_add(passing->into, passing->slot.out.at + at, error);
	return code;
}

static int pass_batch(struct passing *passing, const struct ArrowArray *batch,
		      struct tw_error *error)
{
	int code = TW_OK;
	for (int64_t i = 0; i < batch->length && !code; i++)
		code = pass_row(passing, batch, i, error);
	return code;
}

/* All batches, in the place of the inputs of a run. */
static int read_through(struct gather *gather, const struct gather_options *options,
			gather_work *work, struct sort *into, size_t record, struct tw_error *error)
{
	struct held *held = options->read_context;
	struct reader *reader = held->options.reader;
	struct passing passing = {.held = held,
				  .gather = gather,
				  .worker = {.item = reader->item,
					     .assessor = held->options.assessor,
					     .options = options,
					     .work = work},
				  .into = into,
				  .record = record};
	uint64_t number = reader->number;
	struct ArrowArray batch;
	int code = TW_OK;
	if (held->alone) {
		code = pass_batch(&passing, held->alone, error);
	} else {
		reader->number = 0;
		code = restart(held, error);
		while (!code && !(code = held_get(&batch, held, error)) && batch.release) {
			code = pass_batch(&passing, &batch, error);
			batch.release(&batch);
		}
	}
	buffer_free(&passing.slot.out);
	if (!code)
		reader->number = number;
	return code;
}

static int gather(struct held *held, struct tw_error *error)
{
	const struct gather_options ask = {.read = read_through,
					   .read_context = held,
					   .columns = &held->options.reader->options,
					   .assess = tw_assess,
					   .shipments = held->options.shipments,
					   .daily_sum = held->options.daily_sum,
					   .memory = held->options.memory};
	gather_free(held->gather);
	held->gather = NULL;
	held->ordinal = 0;
	return gather_new(&held->gather, &ask, error);
}

int held_end(struct held *held, struct tw_error *error)
{
	int code = gather(held, error);
	held->options.reader->number = code ? held->options.reader->number : 0;
	return code ? code : restart(held, error);
}

int held_alone(struct held *held, const struct ArrowArray *batch, struct tw_error *error)
{
	held->alone = batch;
	return gather(held, error);
}

int held_context(struct batch_context *context, struct held *held, struct tw_error *error)
{
	return gather_context(context, held->gather, held->ordinal++, error);
}
