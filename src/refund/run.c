/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"

#define MEMORY ((size_t)16 << 20)

int refund_run_begin(struct refund_run *run, const tw_rulebook *rulebook,
		     struct refund_options *options, size_t memory, struct tw_error *error)
{
	*run = (struct refund_run){.memory = memory ? memory : MEMORY, .options = options};
	int code = refunder_new(&run->refunder, rulebook, options, error);
	if (!code)
		code = sort_new(&run->rows, sizeof(struct refund_row), run->memory, error);
	if (!code) {
		run->reading.law = refunder_law(run->refunder);
		run->reading.rows = run->rows;
	}
	return code;
}

void refund_run_end(struct refund_run *run)
{
	refunder_free(run->refunder);
	sort_free(run->rows);
	sort_free(run->sorted);
	free(run->group.row);
	run->refunder = NULL;
	run->rows = run->sorted = NULL;
	run->group = (struct refund_group){0};
}

void refund_run_expect(struct refund_run *run, enum row_kind kind)
{
	run->reading.kind = kind;
	run->options->compared |= kind == ROW_OF_RESULTS;
}

int refund_run_read(struct refund_run *run, const struct refund_text *text, enum row_kind kind,
		    struct tw_error *error)
{
	refund_run_expect(run, kind);
	return refund_read(&run->reading, text, error);
}

/* Rows by entry become rows by the place where the entry first stands. */
static int by_place(struct refund_run *run, struct sort *to, struct tw_error *error)
{
	struct refund_row row;
	struct refund_place first = {{0}, {0}};
	char entry[REFUND_KEY] = "";
	int got, code = sort_finish(run->rows, error);
	while (!code && (got = sort_next(run->rows, &row, error)) != 0) {
		if (got < 0)
			return got;
		if (memcmp(row.entry, entry, sizeof entry) != 0) {
			memcpy(entry, row.entry, sizeof entry);
			first = row.at;
		}
		row.first = first;
		code = sort_add(to, &row, error);
	}
	return code ? code : sort_finish(to, error);
}

static int keep(struct refund_group *group, const struct refund_row *row, struct tw_error *error)
{
	if (group->count == REFUND_ROWS) {
		group->is_full = true;
		return TW_OK;
	}
	if (group->count == group->room) {
		size_t room = group->room ? 2 * group->room : 64;
		struct refund_row *rows = realloc(group->row, room * sizeof *rows);
		if (!rows)
			return error_memory(error);
		group->row = rows;
		group->room = room;
	}
	group->row[group->count++] = *row;
	return TW_OK;
}

static int answer_group(const struct refund_answer **out, struct refund_run *run,
			struct tw_error *error)
{
	struct refund_group *group = &run->group;
	if (group->is_full) { /* an amount without them would be too low */
		struct tw_error fault = {.code = TW_BAD_ARGUMENT};
		snprintf(fault.message, sizeof fault.message,
			 "entry %.24s has more than %zu rows: its amounts are not computed",
			 group->row[0].entry, REFUND_ROWS);
		run->reading.tell(run->reading.context, &fault);
		run->reading.faults++;
		group->row[0].bad |= ROW_BAD_CODE; /* facts of the rows hold */
	}
	int code = refund_answer(out, run->refunder, group->row, group->count, error);
	group->count = 0;
	group->is_full = false;
	return code;
}

static bool same_entry(const struct refund_row *a, const struct refund_row *b)
{
	return !memcmp(a->entry, b->entry, sizeof a->entry);
}

static int begin_answers(struct refund_run *run, struct tw_error *error)
{
	int code = sort_new(&run->sorted, sizeof(struct refund_row), run->memory, error);
	if (!code)
		code = by_place(run, run->sorted, error);
	sort_free(run->rows);
	run->rows = NULL;
	return code;
}

int refund_run_next(const struct refund_answer **out, struct refund_run *run,
		    struct tw_error *error)
{
	int got, code = TW_OK;
	*out = NULL;
	if (!run->sorted && (code = begin_answers(run, error)))
		return code;
	/* The row that ended the last entry begins this one. */
	if (run->has_next)
		code = keep(&run->group, &run->next, error);
	run->has_next = false;
	while (!code && (got = sort_next(run->sorted, &run->next, error)) != 0) {
		if (got < 0)
			return got;
		if (run->group.count && !same_entry(&run->group.row[0], &run->next)) {
			run->has_next = true;
			break;
		}
		code = keep(&run->group, &run->next, error);
	}
	return code || !run->group.count ? code : answer_group(out, run, error);
}

int refund_run_answers(struct refund_run *run, refund_each *each, void *context,
		       struct tw_error *error)
{
	const struct refund_answer *answer;
	int code;
	while (!(code = refund_run_next(&answer, run, error)) && answer)
		if ((code = each(context, answer, error)))
			break;
	return code;
}
