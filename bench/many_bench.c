/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tw_assess_many on lines in memory, without reading or writing any:
 *
 *     many_bench MANIFEST [screen] [check] [PASSES]
 *
 * MANIFEST is what generate.py writes. Prints nanoseconds a line of the first pass, when plans
 * are made, and of the best of PASSES (5) more. "check" answers every line both ways.
 */
#include "assess/plan_table.h"
#include "common/instant.h"
#include "common/money.h"
#include "common/quantity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 256, PASSES = 5 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The next cell of a row; cells of the generator hold commas in quotes alone. */
static struct tw_text cell(char **at)
{
	char *from = *at, *end;
	if (*from == '"') {
		from++;
		end = strchr(from, '"');
		*at = end + (end[1] == ',' ? 2 : 1);
	} else {
		end = from + strcspn(from, ",\n");
		*at = end + (*end == ',');
	}
	return (struct tw_text){from, (size_t)(end - from)};
}

/* id,hts,origin,ship_from,entered,channel,value,qty,unit,weight,description; false: broken. */
static bool read_row(struct tw_typed_line *out, const tw_rulebook *book, char *row)
{
	static const char *const channels[] = {"commercial", "express", "postal"};
	struct tw_typed_line line = TW_TYPED_INIT;
	struct time_parsed time;
	const char *right;
	cell(&row);
	struct tw_text hts = cell(&row), origin = cell(&row), from = cell(&row);
	struct tw_text entered = cell(&row), channel = cell(&row), value = cell(&row);
	struct tw_text qty = cell(&row), unit = cell(&row), weight = cell(&row);
	line.description = cell(&row);
	for (size_t i = 0; i < hts.length; i++)
		line.hts = line.hts * 10 + (uint64_t)(hts.at[i] - '0');
	line.digits = (uint8_t)hts.length;
	line.origin = TW_COUNTRY(origin.at[0], origin.at[1]);
	line.ship_from = TW_COUNTRY(from.at[0], from.at[1]);
	for (uint8_t i = 0; i < 3; i++)
		if (channel.length == strlen(channels[i]) &&
		    !memcmp(channel.at, channels[i], channel.length))
			line.channel = i;
	line.unit = tw_rulebook_unit_number(book, unit);
	if (!time_parse(&time, TIME_ZONE_NEW_YORK, entered, &right) || time.twice || time.never)
		return false;
	line.entered = time.at;
	line.entered_is_date = time.is_date;
	*out = line;
	return money_parse(&out->value, value, &right) && quantity_parse(&out->qty, qty, &right) &&
	       quantity_parse(&out->weight, weight, &right);
}

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	fseek(file, 0, SEEK_END);
	long size = ftell(file);
	rewind(file);
	char *text = malloc((size_t)size + 1);
	if (text)
		text[fread(text, 1, (size_t)size, file)] = '\0';
	fclose(file);
	return text;
}

static double pass(tw_assessor *assessor, const struct tw_typed_line *lines, size_t count,
		   tw_money *sum)
{
	struct tw_charge charge[BATCH];
	double start = now();
	*sum = 0;
	for (size_t at = 0; at < count; at += BATCH) {
		size_t here = count - at < BATCH ? count - at : BATCH;
		if (tw_assess_many(charge, assessor, lines + at, here, 0, NULL))
			exit(1);
		for (size_t i = 0; i < here; i++)
			*sum += charge[i].amount + charge[i].fees;
	}
	return (now() - start) / (double)count * 1e9;
}

int main(int argc, char **argv)
{
	struct tw_options options = TW_OPTIONS_INIT;
	const tw_rulebook *book;
	tw_assessor *assessor;
	tw_plans *plans;
	char *text = argc > 1 ? read_file(argv[1]) : NULL;
	bool screen = false, check = false;
	long passes = PASSES;
	for (int i = 2; i < argc; i++)
		if (!strcmp(argv[i], "screen"))
			screen = true;
		else if (!strcmp(argv[i], "check"))
			check = true;
		else
			passes = strtol(argv[i], NULL, 10);
	options.no_screen = !screen;
	options.no_changes = true;
	if (!text || tw_rulebook_default(&book, NULL) ||
	    tw_plans_new(&plans, book, &options, 0, NULL))
		return 2;
	if (check)
		plans_set_check(plans, 1);
	options.plans = plans;
	if (tw_assessor_new(&assessor, book, &options, NULL))
		return 2;
	size_t count = 0, room = 0;
	struct tw_typed_line *lines = NULL;
	for (char *row = strchr(text, '\n'); row && row[1]; row = strchr(row + 1, '\n')) {
		if (count == room)
			lines = realloc(lines, (room = 2 * room + 1024) * sizeof *lines);
		if (!lines)
			return 2;
		count += read_row(&lines[count], book, row + 1);
	}
	tw_money sum, again = 0;
	double first = pass(assessor, lines, count, &sum), best = 1e9;
	for (int i = 0; i < passes; i++) {
		double here = pass(assessor, lines, count, &again);
		best = here < best ? here : best;
	}
	struct tw_plans_state state = {.size = sizeof state};
	tw_plans_state(plans, &state);
	printf("%zu lines; first pass %.0f ns a line, then %.1f ns (%.2f million a second)\n",
	       count, first, best, 1e3 / best);
	printf(
	    "made %llu plans; planned %llu, alone %llu, dropped %llu, checked %llu, unlike %llu\n",
	    (unsigned long long)state.made, (unsigned long long)state.planned,
	    (unsigned long long)state.alone, (unsigned long long)state.dropped,
	    (unsigned long long)state.checked, (unsigned long long)state.unlike);
	printf("%s", state.first[0] ? state.first : "");
	printf("%s", state.first[0] ? "\n" : "");
	bool same = passes <= 0 || sum == again;
	if (!same)
		printf("the sums of two passes differ\n");
	tw_assessor_free(assessor);
	tw_plans_free(plans);
	free(lines);
	free(text);
	return !same || state.unlike;
}
