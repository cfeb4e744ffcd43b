/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the engine alone costs: tw_assess on prepared lines, on one core, each
 * line answered anew. The next change is not asked for, as where it is not
 * printed. Thread CPU time; every round goes over all lines, once without
 * the screen for chemicals and once with it, and the median counts.
 *
 *     engine_bench LINES.csv               the law of this build
 *     engine_bench LINES.csv RULEBOOK      and another law, in turn with it
 *     engine_bench LINES.csv --rounds N    1: for callgrind, without the screen
 */
#include "common/csv.h"
#include "common/order.h"
#include "tidewaiter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 9, MOST_ROUNDS = 99 };

struct lines {
	struct tw_line *line;
	size_t count;
};

/* One law, with and without the screen. */
struct entrant {
	const char *name;
	const tw_rulebook *book;
	tw_assessor *assessor;
	double seconds[MOST_ROUNDS];
	unsigned long long digest; /* of the answers: the work is not left out */
};

static void stop(const char *what)
{
	fprintf(stderr, "engine_bench: %s\n", what);
	exit(2);
}

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static struct tw_text read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t room = 1 << 20, count = 0, got;
	char *bytes = malloc(room);
	if (!file || !bytes)
		stop("the file of lines cannot be read");
	while ((got = fread(bytes + count, 1, room - count, file)) != 0)
		if ((count += got) == room && !(bytes = realloc(bytes, room *= 2)))
			stop("out of memory");
	fclose(file);
	return (struct tw_text){bytes, count};
}

static bool take_row(struct csv_row *row, struct tw_text *left)
{
	size_t length, flaw;
	char *at = (char *)(size_t)left->at;
	if (left->length == 0)
		return false;
	if (csv_end(&length, &flaw, *left, ',', true) != CSV_OK ||
	    csv_split(row, at, length, ',') != CSV_OK)
		stop("a record cannot be read");
	left->at += length;
	left->length -= length;
	return true;
}

/* The texts lie in the bytes of the file, which are never freed. */
static struct lines prepare(const char *path)
{
	static struct csv_row row;
	static const struct tw_line fresh = TW_LINE_INIT;
	struct tw_text left = read_file(path);
	struct lines out = {NULL, 0};
	int column[CSV_FIELDS];
	size_t room = 0;
	if (!take_row(&row, &left))
		stop("the file of lines is empty");
	for (size_t i = 0; i < row.count; i++)
		column[i] = tw_column_find(row.field[i]);
	while (take_row(&row, &left)) {
		if (out.count == room &&
		    !(out.line = realloc(out.line, (room = room * 2 + 1024) * sizeof *out.line)))
			stop("out of memory");
		struct tw_line *line = &out.line[out.count++];
		*line = fresh;
		for (size_t i = 0; i < row.count; i++)
			if (column[i] >= 0)
				line->column[column[i]] = csv_value(row.field[i]);
	}
	return out;
}

static void run(struct entrant *e, const struct lines *lines, size_t round)
{
	struct tw_error error;
	double start = now();
	for (size_t i = 0; i < lines->count; i++) {
		const struct tw_assessment *out;
		if (tw_assess(&out, e->assessor, &lines->line[i], &error) != TW_OK)
			stop(error.message);
		e->digest = e->digest * 31 + (unsigned long long)out->amount +
			    (unsigned long long)out->warning_count;
	}
	e->seconds[round] = now() - start;
}

static int by_seconds(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static double median_of(const struct entrant *e, size_t rounds, double *least, double *most)
{
	double sorted[MOST_ROUNDS];
	memcpy(sorted, e->seconds, rounds * sizeof *sorted);
	order_items(sorted, rounds, sizeof *sorted, by_seconds);
	*least = sorted[0];
	*most = sorted[rounds - 1];
	return sorted[rounds / 2];
}

static void tell(const struct entrant *e, const struct entrant *first, size_t lines, size_t rounds)
{
	double least, most, other[2], each = 1e9 / (double)lines;
	double median = median_of(e, rounds, &least, &most);
	printf("%-28s %6.0f ns a line (%.0f to %.0f)  %5.3f M lines/s  [%016llx]", e->name,
	       median * each, least * each, most * each, 1e3 / (median * each), e->digest);
	if (first != e)
		printf("  %5.3f times", median / median_of(first, rounds, &other[0], &other[1]));
	putchar('\n');
}

static void enter(struct entrant *e, const char *name, const tw_rulebook *book, bool screen)
{
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_error error;
	options.no_changes = true;
	options.no_screen = !screen;
	*e = (struct entrant){.name = name, .book = book};
	if (tw_assessor_new(&e->assessor, book, &options, &error) != TW_OK)
		stop(error.message);
}

int main(int count, char **argument)
{
	static struct entrant entrants[4];
	const tw_rulebook *book;
	tw_rulebook *other = NULL;
	struct tw_error error;
	size_t rounds = ROUNDS, entered = 0;
	if (count < 2)
		stop("give a file of lines");
	struct lines lines = prepare(argument[1]);
	if (tw_rulebook_default(&book, &error) != TW_OK)
		stop(error.message);
	for (int i = 2; i < count; i++)
		if (strcmp(argument[i], "--rounds") == 0 && i + 1 < count)
			rounds = (size_t)strtoul(argument[++i], NULL, 10);
		else if (tw_rulebook_open(&other, argument[i], &error) != TW_OK)
			stop(error.message);
	if (rounds == 0 || rounds > MOST_ROUNDS || lines.count == 0)
		stop("1 to 99 rounds over at least one line");
	enter(&entrants[entered++], "without the screen", book, false);
	if (rounds > 1)
		enter(&entrants[entered++], "with the screen", book, true);
	if (other)
		enter(&entrants[entered++], "the other law, without", other, false);
	if (other && rounds > 1)
		enter(&entrants[entered++], "the other law, with", other, true);
	for (size_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < entered; i++) /* turned, so that none is always the first */
			run(&entrants[(i + round) % entered], &lines, round);
	for (size_t i = 0; i < entered; i++) {
		bool second = other && i >= entered / 2;
		tell(&entrants[i], &entrants[second ? i - entered / 2 : i], lines.count, rounds);
		tw_assessor_free(entrants[i].assessor);
	}
	free(lines.line);
	if (other)
		tw_rulebook_close(other);
	return 0;
}
