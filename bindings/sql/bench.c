/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 1 << 14 }; /* lines for which an idle seat keeps its memory */

/* What seats of equal options share. */
struct sql_table {
	struct sql_options options;
	const tw_rulebook *rulebook;
	tw_rulebook *own; /* the same where it is a file's */
	tw_plans *plans;
	struct sql_seat *idle;
	struct sql_table *next;
};

struct sql_bench {
	pthread_mutex_t lock;
	unsigned owners;
	struct sql_table *tables;
};

/* Without the memory of its lines. */
static void seat_empty(struct sql_seat *seat)
{
	sql_heap_free(&seat->heap);
	free(seat->line);
	free(seat->typed);
	free(seat->charge);
	seat->line = NULL;
	seat->typed = NULL;
	seat->charge = NULL;
	seat->lines = seat->room = 0;
}

static void seat_free(struct sql_seat *seat)
{
	seat_empty(seat);
	tw_assessor_free(seat->assessor);
	tw_output_free(&seat->output);
	free(seat);
}

static void table_free(struct sql_table *table)
{
	for (struct sql_seat *seat = table->idle, *next; seat; seat = next) {
		next = seat->next;
		seat_free(seat);
	}
	tw_plans_free(table->plans);
	tw_rulebook_close(table->own);
	free(table);
}

int sql_bench_new(struct sql_bench **out, struct tw_error *error)
{
	struct sql_bench *bench = calloc(1, sizeof *bench);
	if (!bench || pthread_mutex_init(&bench->lock, NULL)) {
		free(bench);
		return sql_no_memory(error);
	}
	bench->owners = 1;
	*out = bench;
	return TW_OK;
}

void sql_bench_hold(struct sql_bench *bench)
{
	pthread_mutex_lock(&bench->lock);
	bench->owners++;
	pthread_mutex_unlock(&bench->lock);
}

void sql_bench_free(struct sql_bench *bench)
{
	if (!bench)
		return;
	pthread_mutex_lock(&bench->lock);
	bool is_last = !--bench->owners;
	pthread_mutex_unlock(&bench->lock);
	if (!is_last)
		return;
	for (struct sql_table *table = bench->tables, *next; table; table = next) {
		next = table->next;
		table_free(table);
	}
	pthread_mutex_destroy(&bench->lock);
	free(bench);
}

static struct tw_options library_options(const struct sql_options *from)
{
	struct tw_options options = TW_OPTIONS_INIT;
	options.strict_coverage = from->strict_coverage;
	options.no_screen = from->no_screen;
	options.restore_zeros = from->restore_zeros;
	return options;
}

static int open_file(struct sql_table *table, struct tw_error *error)
{
	struct tw_error why;
	int code = tw_rulebook_open(&table->own, table->options.rulebook, &why);
	table->rulebook = table->own;
	return code ? sql_error(error, code, "option rulebook: %s: %s", table->options.rulebook,
				why.message)
		    : TW_OK;
}

static int table_new(struct sql_table **out, const struct sql_options *options,
		     struct tw_error *error)
{
	const struct tw_options how = library_options(options);
	struct sql_table *table = calloc(1, sizeof *table);
	int code;
	if (!table)
		return sql_no_memory(error);
	table->options = *options;
	if (!*options->rulebook)
		code = tw_rulebook_default(&table->rulebook, error);
	else
		code = open_file(table, error);
	if (!code)
		code = tw_plans_new(&table->plans, table->rulebook, &how, 0, error);
	if (code)
		table_free(table);
	else
		*out = table;
	return code;
}

/* daily_sum is of a call alone. */
static bool is_equal(const struct sql_options *a, const struct sql_options *b)
{
	return a->strict_coverage == b->strict_coverage && a->no_screen == b->no_screen &&
	       a->restore_zeros == b->restore_zeros && !strcmp(a->rulebook, b->rulebook);
}

static int seat_new(struct sql_seat **out, struct sql_table *table, struct tw_error *error)
{
	struct tw_options how = library_options(&table->options);
	struct sql_seat *seat = calloc(1, sizeof *seat);
	if (!seat)
		return sql_no_memory(error);
	seat->table = table;
	seat->rulebook = table->rulebook;
	how.plans = table->plans;
	int code = tw_assessor_new(&seat->assessor, table->rulebook, &how, error);
	if (code)
		free(seat);
	else
		*out = seat;
	return code;
}

/* Under the lock. A file is read once, when it is first named. */
static int find_table(struct sql_table **out, struct sql_bench *bench,
		      const struct sql_options *options, struct tw_error *error)
{
	for (*out = bench->tables; *out; *out = (*out)->next)
		if (is_equal(&(*out)->options, options))
			return TW_OK;
	int code = table_new(out, options, error);
	if (code)
		return code;
	(*out)->next = bench->tables;
	bench->tables = *out;
	return TW_OK;
}

int sql_bench_take(struct sql_seat **out, struct sql_bench *bench,
		   const struct sql_options *options, struct tw_error *error)
{
	static const struct sql_options usual = {.daily_sum = false};
	struct sql_table *table;
	pthread_mutex_lock(&bench->lock);
	int code = find_table(&table, bench, options ? options : &usual, error);
	*out = code ? NULL : table->idle;
	if (*out)
		table->idle = (*out)->next;
	pthread_mutex_unlock(&bench->lock);
	return code || *out ? code : seat_new(out, table, error);
}

void sql_bench_give(struct sql_bench *bench, struct sql_seat *seat)
{
	if (!seat)
		return;
	if (seat->room > KEPT)
		seat_empty(seat);
	pthread_mutex_lock(&bench->lock);
	seat->next = seat->table->idle;
	seat->table->idle = seat;
	pthread_mutex_unlock(&bench->lock);
}

static int make_room(struct sql_seat *seat, size_t count)
{
	struct tw_line *line = realloc(seat->line, count * sizeof *line);
	seat->line = line ? line : seat->line;
	struct tw_typed_line *typed = realloc(seat->typed, count * sizeof *typed);
	seat->typed = typed ? typed : seat->typed;
	struct tw_charge *charge = realloc(seat->charge, count * sizeof *charge);
	seat->charge = charge ? charge : seat->charge;
	return line && typed && charge ? TW_OK : TW_NO_MEMORY;
}

void sql_seat_begin(struct sql_seat *seat)
{
	seat->lines = 0;
	seat->is_joined = false;
	sql_heap_reset(&seat->heap);
}

int sql_seat_more(struct sql_seat *seat, size_t count, struct tw_error *error)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	size_t room = count > seat->room ? count + seat->room : seat->room;
	if (room > SIZE_MAX / sizeof *seat->line || (room > seat->room && make_room(seat, room)))
		return sql_no_memory(error);
	seat->room = room;
	for (; seat->lines < count; seat->lines++)
		seat->line[seat->lines] = fresh;
	return TW_OK;
}

int sql_seat_assess(struct sql_seat *seat, size_t count, unsigned flags, struct tw_error *error)
{
	static const struct tw_typed_line empty = TW_TYPED_INIT;
	for (size_t i = 0; i < count; i++) {
		seat->typed[i] = empty;
		seat->typed[i].line = &seat->line[i];
		seat->typed[i].is_text = true;
	}
	seat->is_joined = flags != 0;
	/* Of who asks for whole answers, lines without a plan are reasoned about but once. */
	flags |= flags ? TW_MANY_LEAVE : 0;
	return tw_assess_many(seat->charge, seat->assessor, seat->typed, count, flags, error);
}

int sql_seat_answer(const struct tw_assessment **out, struct sql_seat *seat, size_t index,
		    struct tw_error *error)
{
	return seat->is_joined ? tw_many_answer(out, seat->assessor, index, error)
			       : tw_assess(out, seat->assessor, &seat->line[index], error);
}

int sql_seat_json(struct sql_seat *seat, size_t index, uint64_t number, struct tw_error *error)
{
	const struct tw_assessment *answer;
	int code = sql_seat_answer(&answer, seat, index, error);
	seat->output.length = 0;
	if (!code)
		code = tw_finding_json(&seat->output, seat->rulebook, &seat->line[index], answer,
				       number, error);
	if (!code)
		seat->output.length--; /* the line end */
	return code;
}
