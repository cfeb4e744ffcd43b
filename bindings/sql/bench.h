/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who answers: a rulebook with its plans for each set of options, and assessors, one for each
 * thread that works at the same time. They are lent and given back.
 */
#ifndef TW_SQL_BENCH_H
#define TW_SQL_BENCH_H

#include "column.h"
#include "print.h"

struct sql_bench;

/* One thread's, while it is lent. */
struct sql_seat {
	tw_assessor *assessor;
	const tw_rulebook *rulebook;
	struct sql_heap heap;    /* of the texts of the lines */
	struct tw_output output; /* for findings as text */
	struct tw_line *line;    /* count of them, and as many of the others */
	struct tw_typed_line *typed;
	struct tw_charge *charge;
	size_t lines, room;
	bool is_joined;          /* the answers are those of one call */
	struct sql_table *table; /* its own affairs */
	struct sql_seat *next;
};

int sql_bench_new(struct sql_bench **out, struct tw_error *error);
/* It has one owner more. */
void sql_bench_hold(struct sql_bench *bench);
/* One owner less; the last one, with all seats given back, frees it. */
void sql_bench_free(struct sql_bench *bench);

/* options: NULL: the default ones. */
int sql_bench_take(struct sql_seat **out, struct sql_bench *bench,
		   const struct sql_options *options, struct tw_error *error);
void sql_bench_give(struct sql_bench *bench, struct sql_seat *seat);

/* No lines, and an empty heap. */
void sql_seat_begin(struct sql_seat *seat);
/* Room for so many lines; those that are new are as TW_LINE_INIT. The lines before may move. */
int sql_seat_more(struct sql_seat *seat, size_t count, struct tw_error *error);
/*
 * Assesses the first `count` lines in one: by their plans (flags 0), for figures; or joined
 * (TW_MANY_JOIN, TW_MANY_DAYS), for answers. Without it, lines are answered by themselves when
 * their answer is asked for.
 */
int sql_seat_assess(struct sql_seat *seat, size_t count, unsigned flags, struct tw_error *error);
/* The whole answer of a line; it lives until the next call. */
int sql_seat_answer(const struct tw_assessment **out, struct sql_seat *seat, size_t index,
		    struct tw_error *error);
/* The whole finding as the program prints it, in seat->output, without the line end. number: as
 * in tw_finding_json. */
int sql_seat_json(struct sql_seat *seat, size_t index, uint64_t number, struct tw_error *error);

#endif
