/* SPDX-License-Identifier: Apache-2.0 */
/* Refunds of the library, see tidewaiter_refund.h. */
#include "refund/public.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "refund/question.h"
#include "refund/run.h"
#include "refund/totals.h"
#include "refund/upload.h"
#include "refund/write.h"

#define OPTIONS_FIRST sizeof(struct tw_refund_options) /* the first size that was published */

struct tw_refund {
	const tw_rulebook *rulebook;
	struct refund_options options;
	struct refund_run run;
	struct refund_totals totals;
	struct refund_upload *upload;
	char **names; /* of the texts, for the places in notes */
	size_t name_count;
	const struct tw_refund_source *source; /* that is read now */
	bool answering, ended;
	int failed; /* why there are no further answers, or TW_OK */
};

static void tell(void *context, const struct tw_error *fault)
{
	const tw_refund *refund = context;
	if (refund->source && refund->source->fault)
		refund->source->fault(refund->source->context, fault);
}

static int ask(tw_refund *refund, const struct tw_refund_options *options, struct tw_error *error)
{
	int code;
	refund_question_begin(&refund->options);
	refund->options.payee = options->other_payee ? REFUND_OTHER : REFUND_CORPORATION;
	if (!options->filed)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the day of filing is not given: filed is one like 2026-05-18");
	if ((code = refund_question_day(&refund->options.filed, options->filed, error)))
		return code;
	return options->interest_to
		   ? refund_question_day(&refund->options.interest_to, options->interest_to, error)
		   : TW_OK;
}

static int begin(tw_refund *refund, const tw_rulebook *rulebook,
		 const struct tw_refund_options *options, struct tw_error *error)
{
	int code = ask(refund, options, error);
	refund->rulebook = rulebook;
	if (code || (code = refund_run_begin(&refund->run, rulebook, &refund->options, 0, error)))
		return code;
	const struct refunds *law = refunder_law(refund->run.refunder);
	refund->run.reading.tell = tell;
	refund->run.reading.context = refund;
	for (size_t i = 0; i < options->fact_count && !code; i++)
		code = options->facts[i]
			   ? refund_question_fact(&refund->options, law, options->facts[i], error)
			   : error_null(error, "facts[]");
	if (!code && refund_totals_begin(&refund->totals, law))
		code = error_memory(error);
	if (!code && options->upload)
		code = refund_upload_new(&refund->upload, options->upload, law, error);
	return code;
}

int tw_refund_new(tw_refund **out, const tw_rulebook *rulebook,
		  const struct tw_refund_options *options, struct tw_error *error)
{
	if (!out)
		return error_set(error, TW_BAD_ARGUMENT, "there is no place for the run");
	*out = NULL;
	static const struct error_sizes sizes = {"tw_refund_options", "TW_REFUND_OPTIONS_INIT",
						 OPTIONS_FIRST, sizeof *options};
	int code = options ? error_size(error, &sizes, options->size) : TW_OK;
	if (code)
		return code;
	if (!rulebook || !options || (options->fact_count && !options->facts))
		return error_set(error, TW_BAD_ARGUMENT,
				 "a run wants a rulebook and options, begun with "
				 "TW_REFUND_OPTIONS_INIT");
	tw_refund *refund = calloc(1, sizeof *refund);
	if (!refund)
		return error_memory(error);
	if ((code = begin(refund, rulebook, options, error)))
		tw_refund_free(refund);
	else
		*out = refund;
	return code;
}

void tw_refund_free(tw_refund *refund)
{
	if (!refund)
		return;
	refund_run_end(&refund->run);
	refund_totals_end(&refund->totals);
	refund_upload_free(refund->upload);
	for (size_t i = 0; i < refund->name_count; i++)
		free(refund->names[i]);
	free(refund->names);
	free(refund);
}

/* A place of a row holds the number of its file. */
static int add_name(tw_refund *refund, const char *name, struct tw_error *error)
{
	char **names = realloc(refund->names, (refund->name_count + 1) * sizeof *names);
	char *copy = strdup(name ? name : "rows");
	if (names) {
		refund->names = names;
		refund->options.files = (const char *const *)names;
	}
	if (!names || !copy) {
		free(copy);
		return error_memory(error);
	}
	names[refund->name_count++] = copy;
	return TW_OK;
}

/* A source begins: its name is kept, and whom faults are told. */
static int open_source(tw_refund *refund, const struct tw_refund_source *source,
		       struct tw_error *error)
{
	if (refund->answering)
		return error_set(error, TW_BAD_ARGUMENT,
				 "answers were taken already: everything is read before them");
	int code = add_name(refund, source->name, error);
	if (!code)
		refund->source = source;
	return code;
}

static enum row_kind kind_of(const struct tw_refund_source *source)
{
	return source->kind == TW_REFUND_RESULTS ? ROW_OF_RESULTS : ROW_OF_ENTRY;
}

int tw_refund_read(tw_refund *refund, const struct tw_refund_source *source, struct tw_error *error)
{
	struct tw_error own;
	if (!refund || !source || !source->next)
		return error_set(error, TW_BAD_ARGUMENT, "there is no run, or nothing to read");
	int code = open_source(refund, source, error);
	if (code)
		return code;
	const struct refund_text text = {refund->names[refund->name_count - 1], source->next,
					 source->context};
	code = refund_run_read(&refund->run, &text, kind_of(source), error ? error : &own);
	refund->source = NULL;
	return code;
}

int refund_public_open(struct refund_rows *out, tw_refund *refund,
		       const struct tw_refund_source *source, struct tw_error *error)
{
	int code = open_source(refund, source, error);
	if (code)
		return code;
	refund_run_expect(&refund->run, kind_of(source));
	*refund->run.reading.unread = '\0';
	*out = (struct refund_rows){.to = &refund->run.reading,
				    .name = refund->names[refund->name_count - 1]};
	return TW_OK;
}

void refund_public_close(tw_refund *refund)
{
	refund->run.reading.file++;
	refund->source = NULL;
}

void refund_public_begin_answers(tw_refund *refund)
{
	refund->answering = true;
}

bool refund_public_is_compared(const tw_refund *refund)
{
	return refund->options.compared;
}

const tw_rulebook *refund_public_rulebook(const tw_refund *refund)
{
	return refund->rulebook;
}

const struct refunds *refund_public_law(const tw_refund *refund)
{
	return refunder_law(refund->run.refunder);
}

const char *tw_refund_unread(const tw_refund *refund)
{
	return refund ? refund->run.reading.unread : "";
}

void tw_refund_counts(const tw_refund *refund, uint64_t *rows, uint64_t *faults)
{
	if (rows)
		*rows = refund ? refund->run.reading.row_count : 0;
	if (faults)
		*faults = refund ? refund->run.reading.faults : 0;
}

/* The caller's text, lent to a writer, and back. */
static struct buffer take(const struct tw_output *out)
{
	return (struct buffer){.at = out->at, .length = out->length, .room = out->room};
}

static int give(struct tw_output *out, struct buffer *buffer, struct tw_error *error)
{
	bool whole = !buffer->failed && buffer_room(buffer, 1);
	size_t length = whole ? buffer->length : out->length;
	*out = (struct tw_output){buffer->at, length, buffer->room};
	if (buffer->at && buffer->room > length)
		buffer->at[length] = '\0';
	return whole ? TW_OK : error_memory(error);
}

/* Behind the last answer. */
static int end(tw_refund *refund, struct tw_error *error)
{
	unsigned files;
	uint64_t entries;
	int code = TW_OK;
	refund->ended = true;
	if (refund->upload)
		code = refund_upload_end(refund->upload, &files, &entries, error);
	refund->failed = code;
	return code ? code : TW_NOT_FOUND;
}

int refund_public_next(const struct refund_answer **out, tw_refund *refund, struct tw_error *error)
{
	if (refund->failed)
		return error_set(error, refund->failed, "the answers failed before");
	if (refund->ended)
		return error_set(error, TW_NOT_FOUND, "there are no more answers");
	refund->answering = true;
	int code = refund_run_next(out, &refund->run, error);
	if (!code && !*out)
		return end(refund, error);
	if (!code && refund->upload && (*out)->agreement != REFUND_NOT_ASKED)
		code = refund_upload_add(refund->upload, *out, error);
	if (!code)
		code = refund_totals_add(&refund->totals, *out, error);
	refund->failed = code;
	return code;
}

int tw_refund_next(struct tw_output *out, tw_refund *refund, struct tw_error *error)
{
	const struct refund_answer *answer = NULL;
	struct tw_error own = {0};
	error = error ? error : &own;
	if (!out || !refund)
		return error_set(error, TW_BAD_ARGUMENT, "there is no run, or no text to add to");
	int code = refund_public_next(&answer, refund, error);
	if (code)
		return code;
	struct buffer buffer = take(out);
	refund_ndjson(&buffer, refund_public_law(refund), answer);
	code = give(out, &buffer, error);
	refund->failed = code;
	return code;
}

int tw_refund_totals(struct tw_output *out, const tw_refund *refund, struct tw_error *error)
{
	if (!out || !refund)
		return error_set(error, TW_BAD_ARGUMENT, "there is no run, or no text to add to");
	struct buffer buffer = take(out);
	refund_totals_csv(&buffer, &refund->totals);
	return give(out, &buffer, error);
}
