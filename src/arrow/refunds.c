/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers of a run of refunds as a stream of batches: the columns of the
 * CSV answers (refund/write.h), an entry a row. It decides nothing.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow/answers.h"
#include "common/error.h"
#include "common/fit.h"
#include "refund/public.h"
#include "refund/write.h"

enum { ROWS = 4096 }; /* of one batch */

struct refunds_stream {
	tw_refund *refund; /* lent */
	struct grow_field column[REFUND_COLUMNS], fields;
	struct grow root;
	bool is_failed, is_full; /* of the columns */
	bool has_ended;
	int failed; /* an errno: no more is given */
	char message[1024];
};

static const struct grow_field item = {.name = "item", .kind = GROW_TEXT};

static enum grow_kind kind_of(enum refund_form form)
{
	switch (form) {
	case REFUND_TEXT:
		return GROW_TEXT;
	case REFUND_MONEY:
		return GROW_CENTS;
	case REFUND_DAY:
		return GROW_DAY;
	case REFUND_NUMBER:
		return GROW_INT;
	case REFUND_FLAG:
		return GROW_BOOL;
	default:
		return GROW_LIST;
	}
}

static void name_columns(struct refunds_stream *stream)
{
	size_t count =
	    refund_public_is_compared(stream->refund) ? REFUND_COLUMNS : REFUND_COLUMNS_ALONE;
	for (size_t i = 0; i < count; i++) {
		enum grow_kind kind = kind_of(refund_columns[i].form);
		stream->column[i] = (struct grow_field){.name = refund_columns[i].name,
							.kind = kind,
							.child = kind == GROW_LIST ? &item : NULL,
							.count = kind == GROW_LIST};
	}
	stream->fields = (struct grow_field){
	    .name = "", .kind = GROW_STRUCT, .child = stream->column, .count = count};
}

static void stream_free(struct refunds_stream *stream)
{
	grow_free(&stream->root);
	free(stream);
}

static int fail(struct refunds_stream *stream, int code, const struct tw_error *error)
{
	fit_print(stream->message, sizeof stream->message, "%s", error->message);
	stream->failed = code == TW_NO_MEMORY ? ENOMEM : code == TW_BAD_FILE ? EIO : EINVAL;
	return stream->failed;
}

static struct tw_text text_at(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static void add_value(struct grow *to, size_t column, const struct refunds *law,
		      const struct refund_answer *answer)
{
	struct tw_text text;
	int64_t number;
	switch (refund_columns[column].form) {
	case REFUND_TEXT:
		if (refund_column_text(&text, column, law, answer))
			grow_text(to, text);
		else
			grow_null(to);
		break;
	case REFUND_LIST:
		for (size_t i = 0; i < answer->further_count; i++)
			grow_text(to->child,
				  text_at(refunds_text(law, answer->further[i]->reason)));
		grow_end(to);
		break;
	default:
		if (!refund_column_number(&number, column, answer))
			grow_null(to);
		else if (refund_columns[column].form == REFUND_MONEY)
			grow_cents(to, number);
		else if (refund_columns[column].form == REFUND_FLAG)
			grow_bool(to, number);
		else
			grow_int(to, (int32_t)number);
	}
}

static int take_answers(struct refunds_stream *stream, struct tw_error *error)
{
	const struct refunds *law = refund_public_law(stream->refund);
	const struct refund_answer *answer;
	int code = TW_OK;
	while (stream->root.length < ROWS && !stream->is_failed &&
	       !(code = refund_public_next(&answer, stream->refund, error))) {
		for (size_t i = 0; i < stream->fields.count; i++)
			add_value(&stream->root.child[i], i, law, answer);
		grow_end(&stream->root);
	}
	stream->has_ended = code == TW_NOT_FOUND;
	return stream->has_ended ? TW_OK : code;
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
	struct refunds_stream *stream = self->private_data;
	struct tw_error error = {0};
	*out = (struct ArrowArray){0};
	if (stream->failed || stream->has_ended)
		return stream->failed;
	int code = take_answers(stream, &error);
	if (code)
		return fail(stream, code, &error);
	if (stream->has_ended && !stream->root.length)
		return 0;
	if (grow_give(out, &stream->root))
		return 0;
	code = stream->is_full ? error_set(&error, TW_BAD_ARGUMENT,
					   "the answers of one batch are over 2 GiB of text")
			       : error_memory(&error);
	return fail(stream, code, &error);
}

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
	struct refunds_stream *stream = self->private_data;
	struct tw_error error = {0};
	*out = (struct ArrowSchema){0};
	if (stream->failed)
		return stream->failed;
	bool made = grow_schema(out, &stream->fields) &&
		    answers_law(out, refund_public_rulebook(stream->refund));
	out->flags = 0;
	if (made)
		return 0;
	if (out->release)
		out->release(out);
	return fail(stream, error_memory(&error), &error);
}

static const char *get_last_error(struct ArrowArrayStream *self)
{
	struct refunds_stream *stream = self->private_data;
	return stream->failed ? stream->message : NULL;
}

static void release(struct ArrowArrayStream *self)
{
	stream_free(self->private_data);
	*self = (struct ArrowArrayStream){0};
}

int tw_refund_arrow(struct ArrowArrayStream *out, tw_refund *refund, struct tw_error *error)
{
	if (out)
		*out = (struct ArrowArrayStream){0};
	if (!out || !refund)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the stream of answers, or the run, is NULL");
	struct refunds_stream *stream = calloc(1, sizeof *stream);
	if (!stream)
		return error_memory(error);
	stream->refund = refund;
	refund_public_begin_answers(refund);
	name_columns(stream);
	if (!grow_begin(&stream->root, &stream->fields, &stream->is_failed, &stream->is_full)) {
		stream_free(stream);
		return error_memory(error);
	}
	*out = (struct ArrowArrayStream){.get_schema = get_schema,
					 .get_next = get_next,
					 .get_last_error = get_last_error,
					 .release = release,
					 .private_data = stream};
	return TW_OK;
}
