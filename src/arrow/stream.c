/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stream of findings: it takes a batch of the input for each that is asked
 * of it, and gives one of as many rows.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow/answers.h"
#include "arrow/blocks.h"
#include "arrow/held.h"
#include "arrow/keep.h"
#include "arrow/reader.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/given.h"

enum { WARNINGS = 64 };

struct stream {
	struct ArrowArrayStream in;
	tw_plans *plans;
	tw_assessor *assessor;
	struct reader *reader;
	struct answers *answers;
	struct keep keep;
	struct blocks *blocks; /* of flat answers of lines by themselves, or NULL */
	struct held *held;     /* of shipments and days; NULL: each line is by itself */
	bool flat, whole_batches, is_decided, is_held, has_ended;
	int failed; /* an errno: no more is given */
	char message[1024];
};

static void stream_free(struct stream *stream)
{
	if (!stream)
		return;
	blocks_free(stream->blocks);
	held_free(stream->held);
	keep_free(&stream->keep);
	answers_free(stream->answers);
	reader_free(stream->reader);
	tw_assessor_free(stream->assessor);
	tw_plans_free(stream->plans);
	if (stream->in.release)
		stream->in.release(&stream->in);
	free(stream);
}

/* What went wrong, with its row, kept for get_last_error; returns an errno. */
static int fail(struct stream *stream, int code, const struct tw_error *error)
{
	char row[32] = "";
	if (error->line)
		(void)snprintf(row, sizeof row, "row %d: ", error->line);
	fit_print(stream->message, sizeof stream->message, "%s%s", row, error->message);
	/* what has no row and is no fault of the caller's is one of a temporary file */
	stream->failed = code == TW_NO_MEMORY                  ? ENOMEM
			 : code == TW_BAD_FILE && !error->line ? EIO
							       : EINVAL;
	return stream->failed;
}

static int fail_in(struct stream *stream, int number)
{
	fit_print(stream->message, sizeof stream->message, "the input: %s",
		  type_stream_said(&stream->in, number));
	stream->failed = number ? number : EIO;
	return stream->failed;
}

static int out_of_memory(struct stream *stream)
{
	struct tw_error error = {0};
	return fail(stream, error_memory(&error), &error);
}

/* The finding of the line that was read. */
static int answer_line(struct stream *stream, struct tw_error *error)
{
	const struct item *item = stream->reader->item;
	const struct tw_assessment *answer = NULL;
	const char *warnings[WARNINGS];
	struct tw_assessment copy;
	struct finding finding;
	if (!item->reason || item_holds_goods(item)) {
		int code = tw_assess(&answer, stream->assessor, &item->line, error);
		if (code)
			return code;
		if (item->notes) {
			copy = *answer;
			copy.warning_count = item_warnings(warnings, WARNINGS, item, answer);
			copy.warnings = warnings;
			answer = &copy;
		}
	}
	item_finding(&finding, item, answer);
	finding.file = NULL; /* the row says where */
	answers_add(stream->answers, &finding);
	return TW_OK;
}

/* A batch as it came: whether it is sound; the first one that has rows decides for all. */
static int look(struct stream *stream, const struct ArrowArray *batch, struct tw_error *error)
{
	struct reader *reader = stream->reader;
	int code = reader_check(reader, batch, error);
	int64_t missing = code ? -1 : keep_missing(&stream->keep, batch);
	if (missing >= 0)
		code = type_error_at(error, reader->number + 1, reader->schema.child[missing].name,
				     "the column is shorter than the batch, or is missing");
	if (!code && batch->length && !stream->is_decided) {
		code = reader_decide(reader, batch, error);
		stream->is_decided = true;
	}
	return code;
}

/* A row by itself, as reader->number says. */
static int answer_row(void *context, const struct ArrowArray *batch, int64_t row,
		      struct tw_error *error)
{
	struct stream *stream = context;
	int code = reader_cells(stream->reader, batch, row, error);
	if (!code)
		code = reader_line(stream->reader, NULL, 0, error);
	return code ? code : answer_line(stream, error);
}

static int answer_rows(struct stream *stream, const struct ArrowArray *batch,
		       struct tw_error *error)
{
	struct reader *reader = stream->reader;
	struct batch_context context = batch_alone(0), *known = stream->held ? &context : NULL;
	int code =
	    stream->held && stream->whole_batches ? held_alone(stream->held, batch, error) : TW_OK;
	bool done = false;
	if (stream->blocks && batch->length)
		code = blocks_batch(&done, stream->blocks, batch, answer_row, stream, error);
	for (int64_t i = 0; !done && i < batch->length && !code; i++) {
		reader->number++;
		if (known)
			code = held_context(known, stream->held, error);
		if (!code)
			code = reader_cells(reader, batch, i, error);
		if (!code)
			code = reader_line(reader, known, 0, error);
		if (!code)
			code = answer_line(stream, error);
	}
	return code;
}

/* The next batch of the input, looked at; out->release is NULL at the end. */
static int take_batch(struct stream *stream, struct ArrowArray *out)
{
	struct tw_error error = {0};
	*out = (struct ArrowArray){0};
	int number = stream->in.get_next(&stream->in, out);
	if (number)
		return fail_in(stream, number);
	int code = out->release ? look(stream, out, &error) : TW_OK;
	if (!code)
		return 0;
	out->release(out);
	return fail(stream, code, &error);
}

/* All of the input into a temporary file, and read through. */
static int hold(struct stream *stream)
{
	struct ArrowArray batch;
	struct tw_error error = {0};
	int number = 0, code = TW_OK;
	while (!code && !(number = take_batch(stream, &batch)) && batch.release) {
		for (size_t i = 0; i < stream->keep.count && !code; i++)
			code =
			    reader_check_column(stream->reader, &batch, stream->keep.at[i], &error);
		if (!code)
			code = held_put(stream->held, &batch, &error);
		stream->reader->number += code ? 0 : (uint64_t)batch.length;
		batch.release(&batch);
	}
	stream->is_held = true;
	if (!number && !code)
		code = held_end(stream->held, &error);
	return code ? fail(stream, code, &error) : number;
}

/* The batch that is answered next; out->release is NULL at the end. */
static int next_batch(struct stream *stream, struct ArrowArray *out)
{
	struct tw_error error = {0};
	if (!stream->held || stream->whole_batches)
		return take_batch(stream, out);
	int number = stream->is_held ? 0 : hold(stream);
	if (number)
		return number;
	int code = held_get(out, stream->held, &error);
	return code ? fail(stream, code, &error) : 0;
}

/* The columns that are kept, and behind them those of the findings. */
static bool join(struct ArrowArray *out, struct stream *stream, struct ArrowArray *batch,
		 struct ArrowArray *found)
{
	size_t kept = stream->keep.count, columns = (size_t)found->n_children;
	if (!grow_array_of(out, 1, kept + columns))
		return false;
	out->length = batch->length;
	for (size_t i = 0; i < columns; i++) {
		*out->children[kept + i] = *found->children[i];
		found->children[i]->release = NULL;
	}
	keep_batch(out, &stream->keep, batch);
	return true;
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
	struct stream *stream = self->private_data;
	struct ArrowArray batch = {0}, found = {0};
	struct tw_error error = {0};
	*out = (struct ArrowArray){0};
	if (stream->failed || stream->has_ended)
		return stream->failed;
	int number = next_batch(stream, &batch);
	if (number)
		return number;
	stream->has_ended = !batch.release;
	if (stream->has_ended)
		return 0;
	int code = answer_rows(stream, &batch, &error);
	if (!code)
		code = answers_give(&found, stream->answers, &error);
	if (code)
		number = fail(stream, code, &error);
	else if (!join(out, stream, &batch, &found))
		number = out_of_memory(stream);
	if (found.release)
		found.release(&found);
	batch.release(&batch);
	return number;
}

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
	struct stream *stream = self->private_data;
	const struct grow_field *fields = answers_fields(stream->flat);
	size_t kept = stream->keep.count;
	struct ArrowSchema from = {0};
	*out = (struct ArrowSchema){0};
	if (stream->failed)
		return stream->failed;
	int number = kept ? stream->in.get_schema(&stream->in, &from) : 0;
	if (number)
		return fail_in(stream, number);
	bool made = grow_schema_of(out, "", "+s", kept + fields->count) &&
		    answers_law(out, stream->answers->rulebook);
	if (made)
		out->flags = 0;
	for (size_t i = 0; i < fields->count && made; i++)
		made = grow_schema(out->children[kept + i], &fields->child[i]);
	if (made && kept)
		made = keep_schema(out, &stream->keep, &from);
	if (from.release)
		from.release(&from);
	if (made)
		return 0;
	if (out->release)
		out->release(out);
	return out_of_memory(stream);
}

static const char *get_last_error(struct ArrowArrayStream *self)
{
	struct stream *stream = self->private_data;
	return stream->failed ? stream->message : NULL;
}

static void release(struct ArrowArrayStream *self)
{
	stream_free(self->private_data);
	*self = (struct ArrowArrayStream){0};
}

/* The options as far as they go; what is behind them is as TW_ARROW_OPTIONS_INIT sets it. */
static int take_options(struct tw_arrow_options *out, const struct tw_arrow_options *from,
			struct tw_error *error)
{
	*out = (struct tw_arrow_options)TW_ARROW_OPTIONS_INIT;
	if (!from)
		return TW_OK;
	static const struct error_sizes sizes = {"tw_arrow_options", "TW_ARROW_OPTIONS_INIT",
						 sizeof *out, sizeof *out};
	int code = error_size(error, &sizes, from->size);
	if (!code)
		*out = *from;
	return code;
}

static int begin(struct stream *stream, const tw_rulebook *rulebook,
		 const struct tw_arrow_options *options, struct tw_error *error)
{
	struct tw_options assess;
	struct ArrowSchema schema = {0};
	int code = given_options(&assess, options->assess, error);
	if (code)
		return code;
	assess.no_changes = assess.no_changes || options->flat; /* no column says them */
	if (!assess.plans)
		code = tw_plans_new(&stream->plans, rulebook, &assess, 0, error);
	if (stream->plans)
		assess.plans = stream->plans;
	if (!code)
		code = tw_assessor_new(&stream->assessor, rulebook, &assess, error);
	if (code)
		return code;
	int number = stream->in.get_schema(&stream->in, &schema);
	if (number) {
		fail_in(stream, number);
		return error_set(error, TW_BAD_FILE, "%s", stream->message);
	}
	code = reader_new(&stream->reader, &schema, rulebook, stream->assessor, options, error);
	if (schema.release)
		schema.release(&schema);
	if (!code)
		code = answers_new(&stream->answers, rulebook, options->flat, error);
	if (!code)
		code = keep_new(&stream->keep, options->keep, &stream->reader->schema,
				answers_fields(options->flat), error);
	bool shipments = !code && !options->no_shipments && reader_has_shipments(stream->reader);
	if (!code && !shipments && !options->daily_sum)
		return options->flat ? blocks_new(&stream->blocks, stream->reader, stream->assessor,
						  stream->answers, error)
				     : TW_OK;
	if (code)
		return code;
	stream->whole_batches = options->whole_batches;
	const struct held_options ask = {.reader = stream->reader,
					 .assessor = stream->assessor,
					 .is_kept = stream->keep.is_kept,
					 .whole_batches = options->whole_batches,
					 .shipments = shipments,
					 .daily_sum = options->daily_sum,
					 .memory = options->memory};
	return held_new(&stream->held, &ask, error);
}

int tw_assess_arrow(struct ArrowArrayStream *out, struct ArrowArrayStream *in,
		    const tw_rulebook *rulebook, const struct tw_arrow_options *options,
		    struct tw_error *error)
{
	struct tw_arrow_options all;
	if (out)
		*out = (struct ArrowArrayStream){0};
	if (!in || !in->release)
		return error_set(error, TW_BAD_ARGUMENT,
				 "there is no stream to read, or it was released");
	struct stream *stream = calloc(1, sizeof *stream);
	if (!stream) {
		in->release(in);
		return error_memory(error);
	}
	stream->in = *in;
	in->release = NULL;
	int code = !out || !rulebook ? error_set(error, TW_BAD_ARGUMENT,
						 "the stream of findings, or the rulebook, is NULL")
				     : take_options(&all, options, error);
	if (!code) {
		stream->flat = all.flat;
		code = begin(stream, rulebook, &all, error);
	}
	if (code) {
		stream_free(stream);
		return code;
	}
	*out = (struct ArrowArrayStream){.get_schema = get_schema,
					 .get_next = get_next,
					 .get_last_error = get_last_error,
					 .release = release,
					 .private_data = stream};
	return TW_OK;
}

int tw_arrow_schema(struct ArrowSchema *out, bool flat, struct tw_error *error)
{
	if (!out)
		return error_set(error, TW_BAD_ARGUMENT, "the schema is NULL");
	if (!grow_schema(out, answers_fields(flat)))
		return error_memory(error);
	out->flags = 0;
	return TW_OK;
}

int tw_arrow_columns(int32_t *out, size_t count, const struct ArrowSchema *schema,
		     const tw_rulebook *rulebook, const struct tw_arrow_options *options,
		     struct tw_error *error)
{
	struct tw_options assess = TW_OPTIONS_INIT;
	struct tw_arrow_options all;
	struct reader *reader = NULL;
	tw_assessor *assessor = NULL;
	if ((count && !out) || !schema || !schema->release || !rulebook)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the columns, the schema or the rulebook is NULL");
	int code = take_options(&all, options, error);
	if (!code)
		code = tw_assessor_new(&assessor, rulebook, &assess, error);
	if (!code)
		code = reader_new(&reader, schema, rulebook, assessor, &all, error);
	for (size_t i = 0; i < count && !code; i++)
		out[i] = i < TW_COLUMN_COUNT ? reader->input.columns.at[i] : -1;
	reader_free(reader);
	tw_assessor_free(assessor);
	return code;
}
