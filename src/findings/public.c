/* SPDX-License-Identifier: Apache-2.0 */
/* The findings of the library: answers written as the program writes them, and what they come to.
 */
#include "common/error.h"
#include "common/given.h"
#include "findings/totals.h"

#include <stdlib.h>
#include <string.h>

struct tw_totals {
	struct totals totals;
	struct buffer text;
};

/* What a line and its answer are to a writer; `declared` has room for what was filed. */
static int make(struct finding *finding, struct finding_declared *declared,
		const struct tw_line *line, const struct tw_assessment *answer, uint64_t number,
		struct tw_error *error)
{
	int code = answer ? given_line(line, error) : error_null(error, "answer");
	if (code)
		return code;
	if (line->declared_count > FINDING_ROWS)
		return error_set(error, TW_BAD_ARGUMENT,
				 "%zu duties were filed on one line: at most %d can be compared",
				 line->declared_count, FINDING_ROWS);
	finding_make(finding, line->column[TW_COLUMN_ID], answer);
	finding->file = number ? "" : NULL;
	finding->number = number;
	if (!line->declared_count)
		return TW_OK;
	*declared = (struct finding_declared){.count = line->declared_count};
	for (size_t i = 0; i < declared->count; i++) {
		const struct tw_declared *from = &line->declared[i];
		size_t to = 0;
		for (const char *at = from->heading; *at && to < 23; at++)
			if (*at >= '0' && *at <= '9')
				declared->row[i].heading[to++] = *at;
		declared->row[i].amount = from->amount;
		declared->has_amount = declared->has_amount || from->amount >= 0;
		if (from->amount > 0)
			declared->amount += from->amount;
	}
	finding->declared = declared;
	return TW_OK;
}

/* Hands the caller's text over to a writer, and back. */
static struct buffer take(const struct tw_output *out)
{
	return (struct buffer){.at = out->at, .length = out->length, .room = out->room};
}

static int give(struct tw_output *out, struct buffer *buffer, size_t length, struct tw_error *error)
{
	bool failed = buffer->failed;
	if (!failed && buffer_room(buffer, 1))
		buffer->at[buffer->length] = '\0';
	else
		failed = true;
	*out = (struct tw_output){buffer->at, failed ? length : buffer->length, buffer->room};
	return failed ? error_memory(error) : TW_OK;
}

int tw_finding_json(struct tw_output *out, const tw_rulebook *rulebook, const struct tw_line *line,
		    const struct tw_assessment *answer, uint64_t number, struct tw_error *error)
{
	if (!out || !rulebook)
		return error_null(error, out ? "rulebook" : "out");
	const struct finding_style style = {.edition = tw_rulebook_edition(rulebook),
					    .known_on = tw_rulebook_known_on(rulebook),
					    .sha256 = tw_rulebook_sha256(rulebook)};
	struct finding_declared declared;
	struct finding finding;
	struct buffer buffer = take(out);
	int code = make(&finding, &declared, line, answer, number, error);
	if (code)
		return code;
	finding_ndjson(&buffer, &finding, &style);
	return give(out, &buffer, out->length, error);
}

/* The columns of the answer, all of them in their order. */
static struct finding_style columns_of(int *field, unsigned flags)
{
	const char *names[FINDING_NAMES];
	size_t count = finding_csv_names(names, flags & TW_FINDING_FILED ? FINDING_FILED : 0);
	for (size_t i = 0; i < count; i++)
		field[i] = (int)i;
	return (struct finding_style){
	    .field = field, .field_count = count, .safe = flags & TW_FINDING_SAFE};
}

int tw_finding_csv(struct tw_output *out, const struct tw_line *line,
		   const struct tw_assessment *answer, uint64_t number, unsigned flags,
		   struct tw_error *error)
{
	int field[FINDING_NAMES];
	if (!out)
		return error_null(error, "out");
	if (flags & ~(TW_FINDING_FILED | TW_FINDING_SAFE))
		return error_set(error, TW_BAD_ARGUMENT,
				 "flags %#x: there are none but TW_FINDING_*", flags);
	const struct finding_style style = columns_of(field, flags);
	struct finding_declared declared;
	struct finding finding;
	struct buffer buffer = take(out);
	int code = TW_OK;
	if (!line && !answer)
		finding_csv_header(&buffer, &style);
	else if (!(code = make(&finding, &declared, line, answer, number, error)))
		finding_csv(&buffer, &finding, &style);
	return code ? code : give(out, &buffer, out->length, error);
}

void tw_output_free(struct tw_output *out)
{
	if (!out)
		return;
	free(out->at);
	*out = (struct tw_output){NULL, 0, 0};
}

int tw_totals_new(tw_totals **out, struct tw_error *error)
{
	if (!out)
		return error_null(error, "out");
	*out = calloc(1, sizeof **out);
	return *out ? TW_OK : error_memory(error);
}

void tw_totals_free(tw_totals *totals)
{
	if (!totals)
		return;
	totals_free(&totals->totals);
	buffer_free(&totals->text);
	free(totals);
}

int tw_totals_count(tw_totals *totals, const struct tw_line *line,
		    const struct tw_assessment *answer, struct tw_error *error)
{
	struct finding_declared declared;
	struct finding finding;
	int code = totals ? make(&finding, &declared, line, answer, 0, error)
			  : error_null(error, "totals");
	if (code)
		return code;
	totals_count(&totals->totals, &finding);
	return totals_failed(&totals->totals) ? error_memory(error) : TW_OK;
}

void tw_totals_add(tw_totals *into, const tw_totals *from)
{
	if (into && from)
		totals_merge(&into->totals, &from->totals);
}

int tw_totals_text(struct tw_text *out, tw_totals *totals, struct tw_error *error)
{
	if (!out || !totals)
		return error_null(error, out ? "totals" : "out");
	totals->text.length = 0;
	totals->text.failed = false;
	totals_print(&totals->text, &totals->totals, false);
	*out = (struct tw_text){totals->text.at, totals->text.length};
	return totals->text.failed || totals_failed(&totals->totals) ? error_memory(error) : TW_OK;
}
