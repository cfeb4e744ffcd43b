/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sample is read through a copy of the input that may not read on: the
 * window stays as it is, and so does the place of the next line.
 */
#include "lines/sample.h"

#include <stdlib.h>

/* What of the window is the sample, as an input of its own. */
static struct input look_ahead(const struct input *input)
{
	struct input ahead = *input;
	ahead.is_sample = true;
	if (ahead.to - ahead.from > SAMPLE) {
		ahead.to = ahead.from + SAMPLE;
		ahead.at_end = false;
	}
	return ahead;
}

/* Shows what is there; *shown says how many lines that were. */
static int look(struct input *input, struct item *item, const struct columns_options *options,
		uint64_t *shown, struct tw_error *error)
{
	struct input ahead = look_ahead(input);
	struct batch *batch = calloc(1, sizeof *batch);
	int code = batch ? TW_OK : TW_NO_MEMORY;
	carry_reset(input->carry);
	while (!code) {
		code = input_batch(batch, &ahead, BATCH_LINES, error);
		if (code || !batch->count)
			break;
		for (size_t i = 0; i < batch->count && !code; i++, ++*shown) {
			item_read(item, batch, i, options);
			code = item_stopped(item, error);
			if (!code && (!item->is_empty || item->reason))
				code = sample_show(input, item, error);
		}
	}
	carry_reset(input->carry);
	if (batch)
		batch_free(batch);
	free(batch);
	return code;
}

/* Numbers of a table have a point, which no claim, part or second column may read as a comma's. */
static int check_numbers(const struct input *input, struct tw_error *error)
{
	const struct columns *columns = &input->columns;
	const bool *is_number = input->is_table ? input->source->is_number : NULL;
	if (!is_number || columns->decimal.mark != DECIMAL_COMMA)
		return TW_OK;
	for (size_t i = 0; i < columns->count; i++) {
		int field = columns->field[i];
		if (is_number[i] && (field == FIELD_CLAIM || field == FIELD_PART ||
				     field == FIELD_SECOND || field == FIELD_DECLARED))
			return input_fail(
			    error, input, 0, TW_BAD_ARGUMENT,
			    "the column \"%.*s\" is of numbers, and texts of other "
			    "columns have decimal commas: make them numbers too",
			    (int)(columns->name[i].length < 80 ? columns->name[i].length : 80),
			    columns->name[i].at);
	}
	return TW_OK;
}

int sample_decide(struct input *input, const struct columns_options *options,
		  struct tw_error *error)
{
	struct item *item = NULL;
	uint64_t shown = 0;
	int code = item_new(&item);
	if (!code && input->is_seekable)
		code = input_peek(input, SAMPLE, error);
	if (!code)
		code = look(input, item, options, &shown, error);
	if (!code && !shown && input->at_end)
		code = input_no_lines(input, error);
	if (!code)
		code = sample_conclude(input, error);
	if (!code)
		code = check_numbers(input, error);
	if (code == TW_NO_MEMORY && error && !error->code)
		input_fail(error, input, 0, code, "not enough memory to look ahead");
	item_free(item);
	return code;
}
