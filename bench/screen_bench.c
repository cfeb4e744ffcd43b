/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What finding costs: nanoseconds a goods description of 40 characters, over
 * the same loop without the matcher, and structures a second. With the law of
 * this build. Thread CPU time, the best of several rounds: other programs on
 * the machine disturb it little.
 *
 *     screen_bench [FILE]    descriptions, one a line; without it those below
 */
#include "rulebook/ledger.h"
#include "rulebook/rulebook.h"
#include "screen/match.h"
#include "screen/screen.h"
#include "screen/structure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 15
#define LINES 4096
#define LENGTH 40

/* Everyday goods, as customs data and marketplaces write them. */
static const char *const GOODS[] = {
    "Women's cotton knit t-shirt, short sleeve, crew neck",
    "LED light bulb E27 9W warm white, pack of 4 pieces",
    "Stainless steel kitchen knife set with wooden block",
    "Bluetooth wireless earphones with charging case",
    "Ceramic dinner plates, blue pattern, set of 6",
    "Plastic storage boxes with lids, 20 L, stackable",
    "Men's leather shoes, brown, size 42, rubber sole",
    "Aluminum bicycle frame 26 inch, matte black",
    "Phone case for iPhone 15 Pro, clear silicone",
    "Wooden furniture parts, unassembled, oak veneer",
    "Polyester woven fabric, dyed, width 150 cm, roll",
    "Ball bearings, single row, 6204-2RS, 100 pcs",
    "Frozen shrimp, peeled, 1 kg bags, product of sea",
    "Toy building blocks, 500 pieces, ages 4 and up",
    "Solar panel 400 W monocrystalline with frame",
    "Brake pads for passenger cars, front axle set",
    "Instant noodles, chicken flavor, 24 x 70 g cups",
    "Lithium-ion battery pack 36V 10Ah for e-bikes",
    "Printed cardboard boxes, corrugated, 30x20x10",
    "Hydraulic pump assembly for excavator, used part",
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* LINES descriptions of LENGTH characters each. */
static char (*make_lines(const char *path))[LENGTH + 1]
{
	char(*lines)[LENGTH + 1] = calloc(LINES, sizeof *lines);
	char buffer[4096];
	FILE *file = path ? fopen(path, "r") : NULL;
	size_t count = 0, tries = 0;
	if (!lines || (path && !file)) {
		fprintf(stderr, "screen_bench: %s cannot be read\n", path ? path : "");
		exit(2);
	}
	while (count < LINES && tries++ < 1000000) {
		const char *text = GOODS[count % (sizeof GOODS / sizeof *GOODS)];
		if (file && !fgets(buffer, sizeof buffer, file)) {
			rewind(file);
			continue;
		}
		if (file)
			text = buffer;
		size_t length = strcspn(text, "\n");
		if (length < LENGTH)
			continue;
		memcpy(lines[count++], text, LENGTH);
	}
	if (file)
		fclose(file);
	return lines;
}

static double run(const void *section, struct match_scratch *scratch, char (*lines)[LENGTH + 1],
		  size_t *found)
{
	struct match_hit hits[16];
	volatile unsigned sum = 0;
	double start = now();
	for (size_t i = 0; i < LINES; i++) {
		struct match_query query = {.text = {lines[i], LENGTH}};
		sum += (unsigned char)lines[i][i % LENGTH];
		if (!section)
			continue;
		struct match_glance glance = match_glance(section, scratch, query.text);
		*found += glance.names;
		if (glance.hits)
			*found += (glance.filtered ? match_read : match_text)(hits, 16, section,
									      scratch, &query);
	}
	(void)sum;
	return (now() - start) / LINES;
}

static double best(const void *section, struct match_scratch *scratch, char (*lines)[LENGTH + 1],
		   size_t *found)
{
	double least = 1e18;
	for (int round = 0; round < ROUNDS; round++) {
		*found = 0;
		double time = run(section, scratch, lines, found);
		least = time < least ? time : least;
	}
	return least;
}

/* Goods that name something of the ledger, as they stand on lines. */
static const char *const HITS[] = {
    "Acetone, technical grade, 25 kg drum",        "Toluene 99.5%, 200 L steel drums",
    "Latex gloves, acetone resistant, box of 100", "Sulfuric acid 98% for laboratories",
    "4-Piperidone hydrochloride, 99%, 1 kg",       "Potassium permanganate, crystals, 50 kg",
    "Tablet press machine, single punch, TDP 5",   "Acetic anhydride, reagent grade, 2.5 L",
};
static const char *const EMPTY_HTS = "8507600020";

/* Nanoseconds a line of what screen_line takes; each text with a number of its own, or again. */
static double screen_time(struct screen *screen, const char *const *text, size_t count, bool unlike)
{
	static char lines[LINES][128];
	struct screen_facts facts = {.into = "US",
				     .origin = "CN",
				     .ship_from = "CN",
				     .entered = 1790000000,
				     .weight = 25000000,
				     .volume = -1};
	double least = 1e18;
	facts.hts = EMPTY_HTS;
	for (int round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < LINES; i++)
			snprintf(lines[i], sizeof lines[i], "%s, order %06zu", text[i % count],
				 unlike ? (size_t)round * LINES + i : 7);
		double start = now();
		for (size_t i = 0; i < LINES; i++) {
			struct screen_result result;
			struct tw_line line = {0};
			line.column[TW_COLUMN_DESCRIPTION] =
			    (struct tw_text){lines[i], strlen(lines[i])};
			screen_line(&result, screen, &line, &facts);
		}
		double time = (now() - start) / LINES;
		least = time < least ? time : least;
	}
	return least;
}

static void whole_lines(const tw_rulebook *rulebook)
{
	struct screen *screen;
	struct tw_error error;
	const size_t goods = sizeof GOODS / sizeof *GOODS, hits = sizeof HITS / sizeof *HITS;
	for (int kept = 0; kept < 2; kept++) {
		if (screen_new(&screen, rulebook, &error) != TW_OK ||
		    (!kept && screen_remember(screen, 0) != TW_OK))
			exit(2);
		printf("lines, %s: everyday %.1f ns, unlike; with a hit %.1f ns, unlike, %.1f ns, "
		       "again\n",
		       kept ? "remembering" : "forgetting", screen_time(screen, GOODS, goods, true),
		       screen_time(screen, HITS, hits, true),
		       screen_time(screen, HITS, hits, false));
		screen_free(screen);
	}
}

/* Structures that differ in the length of a chain and the place of a halogen. */
static void structures(const void *classes)
{
	static const char *const form[] = {"%sC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1", "%sOc1ccccc1",
					   "%sC(=O)Nc1ccc(O)cc1", "%sN1CCC(=O)CC1"};
	struct structure *structure;
	struct structure_source source = {.classes = classes};
	struct structure_result result;
	char text[256], chain[64] = "";
	enum { DIFFERENT = 160, REPEATS = 200000 };
	static char smiles[DIFFERENT][256];
	if (!structure_available() || structure_open(&structure, &source, NULL) != TW_OK) {
		printf("structures: not in this build\n");
		return;
	}
	for (size_t i = 0; i < DIFFERENT; i++) {
		if (i % 4 == 0)
			strcat(chain, i % 8 ? "C" : "CC");
		snprintf(text, sizeof text, form[i % 4], chain);
		memcpy(smiles[i], text, sizeof text);
	}
	structure_run(&result, structure, (struct tw_text){"C", 1});
	double start = now();
	for (size_t i = 0; i < DIFFERENT; i++)
		structure_run(&result, structure, (struct tw_text){smiles[i], strlen(smiles[i])});
	double first = (now() - start) / DIFFERENT;
	start = now();
	for (size_t i = 0; i < REPEATS; i++)
		structure_run(
		    &result, structure,
		    (struct tw_text){smiles[i * 7 % DIFFERENT], strlen(smiles[i * 7 % DIFFERENT])});
	double again = (now() - start) / REPEATS;
	printf("structures, new:      %8.0f a second (%.0f us each)\n", 1e9 / first, first / 1e3);
	printf("structures, repeated: %8.0f a second\n", 1e9 / again);
	structure_close(structure);
}

int main(int argc, char **argv)
{
	const tw_rulebook *rulebook;
	struct tw_error error;
	size_t size, found;
	if (tw_rulebook_default(&rulebook, &error) != TW_OK) {
		fprintf(stderr, "screen_bench: %s\n", error.message);
		return 2;
	}
	const void *names = rulebook_section(rulebook, LEDGER_TAG_NAMES, &size);
	const void *classes = rulebook_section(rulebook, LEDGER_TAG_CLASSES, &size);
	struct match_scratch *scratch = match_scratch_new();
	char(*lines)[LENGTH + 1] = make_lines(argc > 1 ? argv[1] : NULL);
	if (!names || !scratch)
		return 2;
	double without = best(NULL, scratch, lines, &found);
	double with = best(names, scratch, lines, &found);
	printf("words and numbers:    %8.1f ns a description of %d characters, %.1f without, "
	       "ratio %.1f, %zu found in %d\n",
	       with - without, LENGTH, without, with / without, found, LINES);
	whole_lines(rulebook);
	structures(classes);
	match_scratch_free(scratch);
	free(lines);
	return 0;
}
