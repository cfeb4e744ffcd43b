/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Goods descriptions against the screen: each row of tests/cases/goods.tsv
 * says which substances are found, how surely, and the lane. Prints what
 * differs and a table by kind; the figures of docs/screening.md are its output.
 *
 *   test_goods RULEBOOK CASES
 */
#include "common/instant.h"
#include "screen/screen.h"
#include "screen/structure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CELLS 32
#define KINDS 64

enum {
	ID,
	KIND,
	LANG,
	DESCRIPTION,
	CAS,
	INCHIKEY,
	SMILES,
	HTS,
	WEIGHT,
	CONCENTRATION,
	FROM,
	VIA,
	INTO,
	ON,
	SUBSTANCES,
	LANE,
	COLUMNS
};
static const char *const columns[COLUMNS] = {
    "id",     "kind",          "lang", "description", "cas",  "inchikey", "smiles",     "hts",
    "weight", "concentration", "from", "via",         "into", "on",       "substances", "lane"};

struct tally {
	char kind[32];
	int cases, wanted, found, extra, red, yellow, wrong_lane, failed;
};

static struct tally tallies[KINDS];
static int kinds;

static struct tally *tally_of(const char *kind)
{
	int i = 0;
	while (i < kinds && strcmp(tallies[i].kind, kind))
		i++;
	if (i == kinds && kinds < KINDS)
		snprintf(tallies[kinds++].kind, sizeof tallies->kind, "%s", kind);
	return &tallies[i];
}

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

/* "25 kg", "500 g", "1.5 t" in milligrams, -1 when empty. */
static int64_t weight_of(const char *cell)
{
	char *end;
	double value = strtod(cell, &end);
	while (*end == ' ')
		end++;
	double scale = !strcmp(end, "kg")  ? 1e6
		       : !strcmp(end, "g") ? 1e3
		       : !strcmp(end, "t") ? 1e9
					   : 0;
	if (!*cell)
		return -1;
	if (scale == 0) {
		fprintf(stderr, "weight \"%s\"\n", cell);
		exit(2);
	}
	return (int64_t)(value * scale + 0.5);
}

static void fill(struct tw_line *line, struct screen_facts *facts, char **cell)
{
	static const struct {
		enum tw_column column;
		int cell;
	} map[] = {{TW_COLUMN_DESCRIPTION, DESCRIPTION},
		   {TW_COLUMN_CAS, CAS},
		   {TW_COLUMN_INCHIKEY, INCHIKEY},
		   {TW_COLUMN_SMILES, SMILES},
		   {TW_COLUMN_HTS, HTS},
		   {TW_COLUMN_CONCENTRATION, CONCENTRATION}};
	int year, month, day;
	for (size_t i = 0; i < sizeof map / sizeof *map; i++)
		line->column[map[i].column] = text(cell[map[i].cell]);
	snprintf(facts->into, 3, "%s", cell[INTO]);
	snprintf(facts->origin, 3, "%s", cell[FROM]);
	if (*cell[VIA])
		snprintf(facts->via[facts->via_count++], 3, "%s", cell[VIA]);
	facts->weight = weight_of(cell[WEIGHT]);
	facts->volume = -1;
	facts->hts = cell[HTS];
	if (sscanf(cell[ON], "%d-%d-%d", &year, &month, &day) != 3) {
		fprintf(stderr, "%s: day \"%s\"\n", cell[ID], cell[ON]);
		exit(2);
	}
	facts->entered = time_days(year, month, day) * 86400 + 12 * 3600;
}

static const char *const certainties[] = {"weak", "near", "exact"};
static const char *const lanes[] = {"none", "green", "yellow", "red"};

/* Is substance=certainty expected? A trailing ? leaves it open. */
static int is_wanted(const char *list, const struct tw_substance_hit *hit)
{
	char copy[512], *save = NULL;
	snprintf(copy, sizeof copy, "%s", list);
	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		size_t length = strlen(w);
		if (w[length - 1] == '?')
			w[length - 1] = '\0';
		char *certainty = strchr(w, '=');
		if (certainty)
			*certainty++ = '\0';
		if (!strcmp(w, hit->substance))
			return !strcmp(certainty ? certainty : "exact", certainties[hit->certainty])
				   ? 2
				   : 1;
	}
	return 0;
}

static int check_substances(struct tally *tally, char **cell, const struct screen_result *result)
{
	char copy[512], *save = NULL;
	int wanted = 0, right = 0, bad = 0;
	for (size_t i = 0; i < result->substance_count; i++) {
		int how = is_wanted(cell[SUBSTANCES], &result->substances[i]);
		if (!how)
			tally->extra++;
		bad += how != 2;
	}
	snprintf(copy, sizeof copy, "%s", cell[SUBSTANCES]);
	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		if (w[strlen(w) - 1] == '?')
			continue;
		w[strcspn(w, "=")] = '\0';
		wanted++;
		for (size_t i = 0; i < result->substance_count; i++)
			right += !strcmp(w, result->substances[i].substance);
	}
	tally->wanted += wanted;
	tally->found += right;
	return bad + wanted - right;
}

/* Write over what the stack held of the screen: texts of an answer may not lie there. */
static __attribute__((noinline)) void trample(void)
{
	volatile char over[1 << 16];
	for (size_t i = 0; i < sizeof over; i++)
		over[i] = 'x';
}

/* Letters of conditions are "A+E"; only a class that was tested has some. */
static int check_conditions(const struct screen_result *result)
{
	int bad = 0;
	for (size_t i = 0; i < result->substance_count; i++) {
		const char *text = result->substances[i].conditions;
		bool tested = !strncmp(result->substances[i].substance, "class-", 6) &&
			      result->substances[i].certainty == TW_CERTAINTY_EXACT;
		bad += strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+") != strlen(text) ||
		       (*text && !tested);
	}
	return bad;
}

static void run(struct screen *screen, char **cell)
{
	struct tw_line line = TW_LINE_INIT;
	struct screen_facts facts = {.weight = -1};
	struct screen_result result;
	struct tally *tally = tally_of(cell[KIND]);
	fill(&line, &facts, cell);
	screen_line(&result, screen, &line, &facts);
	trample();
	int bad = check_conditions(&result) + check_substances(tally, cell, &result);
	bool lane_bad = strcmp(lanes[result.lane], cell[LANE]) != 0;
	tally->cases++;
	tally->red += result.lane == TW_LANE_RED;
	tally->yellow += result.lane == TW_LANE_YELLOW;
	tally->wrong_lane += lane_bad;
	if (!bad && !lane_bad)
		return;
	tally->failed++;
	printf("%s: \"%s\" %s%s\n  expected %s, %s\n  found   ", cell[ID], cell[DESCRIPTION],
	       cell[CAS], cell[SMILES], *cell[SUBSTANCES] ? cell[SUBSTANCES] : "nothing",
	       cell[LANE]);
	for (size_t i = 0; i < result.substance_count; i++)
		printf(" %s=%s(%s%s%s)", result.substances[i].substance,
		       certainties[result.substances[i].certainty], result.substances[i].how,
		       *result.substances[i].note ? ": " : "", result.substances[i].note);
	printf(", %s\n", lanes[result.lane]);
}

static size_t split(char *row, char **cell)
{
	size_t count = 0;
	for (char *at = row; count < CELLS; at++) {
		cell[count++] = at;
		at += strcspn(at, "\t\n");
		if (*at != '\t') {
			*at = '\0';
			break;
		}
		*at = '\0';
	}
	return count;
}

static int run_all(struct screen *screen, FILE *file)
{
	char row[8192], *cell[CELLS];
	bool header = false;
	while (fgets(row, sizeof row, file)) {
		if (*row == '#')
			continue;
		size_t count = split(row, cell);
		if (count != COLUMNS) {
			fprintf(stderr, "%s: %zu cells, not %d\n", cell[0], count, COLUMNS);
			return 2;
		}
		if (!header) {
			for (int i = 0; i < COLUMNS; i++)
				if (strcmp(cell[i], columns[i])) {
					fprintf(stderr, "column %s, not %s\n", cell[i], columns[i]);
					return 2;
				}
			header = true;
			continue;
		}
		if (*cell[SMILES] && !structure_available())
			continue;
		run(screen, cell);
	}
	return header ? 0 : 2;
}

int main(int count, char **arguments)
{
	struct tw_error error = {0};
	tw_rulebook *rulebook = NULL;
	struct screen *screen = NULL;
	int failed = 0, cases = 0;
	FILE *file = count == 3 ? fopen(arguments[2], "r") : NULL;
	if (!file || tw_rulebook_open(&rulebook, arguments[1], &error) ||
	    screen_new(&screen, rulebook, &error)) {
		fprintf(stderr, "usage: test_goods RULEBOOK CASES: %s\n", error.message);
		return 2;
	}
	int code = run_all(screen, file);
	printf("%-14s %6s %7s %6s %6s %5s %7s %7s\n", "kind", "cases", "wanted", "found", "extra",
	       "red", "yellow", "failed");
	for (int i = 0; i < kinds; i++) {
		const struct tally *t = &tallies[i];
		printf("%-14s %6d %7d %6d %6d %5d %7d %7d\n", t->kind, t->cases, t->wanted,
		       t->found, t->extra, t->red, t->yellow, t->failed);
		failed += t->failed;
		cases += t->cases;
	}
	printf("%d cases, %d failed\n", cases, failed);
	screen_free(screen);
	tw_rulebook_close(rulebook);
	fclose(file);
	return code ? code : failed || !cases ? 1 : 0;
}
