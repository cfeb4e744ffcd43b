/* SPDX-License-Identifier: Apache-2.0 */
/* The exact chance, words of descriptions, countries of a road, texts of cards, and sections of
   patterns that are damaged. */
#include "across/chance.h"
#include "across/inner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/temporary.h"

#include <cmocka.h>

/* Reckoned with fractions of whole numbers, and rounded up. */
static void test_chance(void **state)
{
	static const struct {
		uint64_t n, k;
		const char *text;
	} good[] = {{1, 1, "0.500"},          {1, 0, "1"},          {2, 2, "0.250"},
		    {10, 10, "0.000977"},     {10, 5, "0.624"},     {10, 9, "0.0108"},
		    {30, 29, "2.89e-8"},      {46, 44, "1.54e-11"}, {200, 150, "4.20e-13"},
		    {2000, 1500, "7.38e-116"}};
	char text[40];
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		chance_print(text, chance_tail(good[i].n, good[i].k));
		assert_string_equal(text, good[i].text);
	}
	/* 1 in 1024 exactly: it is never less than it says, and here not more. */
	assert_true(chance_within(chance_tail(10, 10), 1024));
	assert_false(chance_within(chance_tail(10, 10), 1025));
	assert_false(chance_within(chance_tail(1, 0), 2));
}

/* A law of one part: mannitol, by word and by code, and a substance. */
static const char texts[] = "\0mannitol\0"
			    "290543\0"
			    "tablet-press\0"
			    "MX\0"
			    "CN HK ";
enum { WORD = 1, CODE = 10, SUBSTANCE = 17, INTO = 30, ROAD = 33 };
static const uint32_t indexes[] = {WORD, CODE, SUBSTANCE};

static struct tw_text said(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static void test_parts(void **state)
{
	static const struct {
		const char *description, *hts;
		bool holds;
	} lines[] = {{"Mannitol powder", "", true},   {"D-MANNITOL", "", true},
		     {"mannitols", "", false},        {"amannitol", "", false},
		     {"mannitol\xC3\xA9", "", false}, {"", "", false},
		     {"powder", "2905430000", true},  {"powder", "2905440000", false},
		     {"powder", "2905", false},       {"mannito", "", false}};
	const struct patterns law = {.texts = texts, .indexes = indexes};
	struct patterns_part part = {.substances = {2, 1}, .words = {0, 1}, .codes = {1, 1}};
	struct tw_assessment answer = {.status = TW_STATUS_OK};
	struct tw_substance_hit hit = {.substance = "tablet-press", .certainty = TW_CERTAINTY_WEAK};
	(void)state;
	const struct route route = {.origin = "CN"};
	struct goods goods = {.answer = &answer, .into = "US", .route = &route};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		goods.description = said(lines[i].description);
		goods.hts = lines[i].hts;
		assert_int_equal(part_has(&law, &part, &goods), lines[i].holds);
	}
	answer.substances = &hit;
	answer.substance_count = 1;
	goods.description = said("");
	goods.hts = "";
	assert_false(part_has(&law, &part, &goods));
	hit.certainty = TW_CERTAINTY_NEAR;
	assert_true(part_has(&law, &part, &goods));
	/* A road is asked beside the goods, or alone. */
	part.origins = ROAD;
	assert_true(part_has(&law, &part, &goods));
	part.into = INTO;
	assert_false(part_has(&law, &part, &goods));
	goods.into = "MX";
	assert_true(part_has(&law, &part, &goods));
	answer.substance_count = 0;
	assert_false(part_has(&law, &part, &goods));
	part.substances.count = part.words.count = part.codes.count = 0;
	assert_true(part_has(&law, &part, &goods));
}

static void test_routes(void **state)
{
	static const char countries[] = "\0CN HK \0MX CA ";
	const struct patterns law = {.texts = countries};
	const struct patterns_row through = {.origins = 1, .through = 8}, from = {.sent_from = 1};
	struct route route = {.origin = "CN", .from = "CN", .via = {"JP", "MX"}, .vias = 2};
	char by[4];
	(void)state;
	assert_true(route_fits(by, &law, &through, &route));
	assert_string_equal(by, "MX");
	assert_true(route_fits(by, &law, &from, &route));
	assert_string_equal(by, "CN");
	strcpy(route.origin, "VN");
	assert_false(route_fits(by, &law, &through, &route));
	assert_true(route_fits(by, &law, &from, &route));
	memset(route.from, 0, sizeof route.from);
	assert_false(route_fits(by, &law, &from, &route));
	strcpy(route.origin, "HK");
	route.vias = 1;
	assert_false(route_fits(by, &law, &through, &route));
}

/* The vias of a line, however they are parted. */
static void test_vias(void **state)
{
	const tw_rulebook *book;
	struct tw_line line = TW_LINE_INIT;
	const struct tw_assessment answer = {.origin = ""};
	struct route route;
	(void)state;
	assert_int_equal(tw_rulebook_default(&book, NULL), TW_OK);
	line.column[TW_COLUMN_ORIGIN] = said("China");
	line.column[TW_COLUMN_VIA] = said("MX, CAN > nowhere");
	route_of(&route, book, &line, &answer);
	assert_string_equal(route.origin, "CN");
	assert_string_equal(route.from, "");
	assert_int_equal(route.vias, 2);
	assert_string_equal(route.via[0], "MX");
	assert_string_equal(route.via[1], "CA");
	line.column[TW_COLUMN_VIA] = said("Hong Kong");
	route_of(&route, book, &line, &answer);
	assert_int_equal(route.vias, 1);
	assert_string_equal(route.via[0], "HK");
}

/* A card is read back as it was; a long text is cut after a whole character. */
static void test_card(void **state)
{
	char lengthy[400];
	struct card card = {.number = 7, .day = -3, .value = 12, .into = "US", .hts = "6109100012"};
	struct buffer out = {0};
	struct card_read *read = malloc(sizeof *read);
	int file = temporary_file(NULL);
	(void)state;
	assert_true(read && file >= 0);
	for (size_t i = 0; i + 1 < sizeof lengthy; i += 2)
		memcpy(lengthy + i, "\xC3\xA9", 2);
	card.text[CARD_ID] = said("A-1");
	card.text[CARD_CONSIGNEE] = (struct tw_text){lengthy, sizeof lengthy};
	buffer_text(&out, "before");
	card_put(&out, &card);
	assert_int_equal(write(file, out.at, out.length), out.length);
	assert_int_equal(card_load(read, file, 6, NULL), TW_OK);
	assert_int_equal(read->card.number, 7);
	assert_int_equal(read->card.day, -3);
	assert_string_equal(read->card.hts, "6109100012");
	assert_int_equal(read->card.text[CARD_ID].length, 3);
	struct tw_text cut = read->card.text[CARD_CONSIGNEE];
	assert_int_equal(cut.length % 2, 1); /* whole characters of two bytes, and three points */
	assert_true(cut.length <= CARD_TEXT && !memcmp(cut.at + cut.length - 3, "...", 3));
	assert_int_equal(card_load(read, file, out.length, NULL), TW_BAD_FILE);
	close(file);
	free(read);
	buffer_free(&out);
}

/* Two of one person and one who is nearly so. */
static void test_groups(void **state)
{
	struct tw_line line = TW_LINE_INIT;
	text_key near[3], exact[3];
	static const char *const names[] = {"R. Vander  Meer", "r. vander meer", "R Vandermeer"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		line.column[TW_COLUMN_CONSIGNEE] = said(names[i]);
		assert_true(group_keys(near[i], exact[i], &line, PATTERN_CONSIGNEE));
	}
	assert_memory_equal(exact[0], exact[1], sizeof exact[0]);
	assert_memory_not_equal(exact[0], exact[2], sizeof exact[0]);
	assert_memory_equal(near[0], near[2], sizeof near[0]);
	assert_false(group_keys(near[0], exact[0], &line, PATTERN_PHONE));
	assert_true(group_keys(near[0], exact[0], &line, PATTERN_IMPORTER));
}

/* Every text that a section lets through lies within it. */
static size_t walk(const struct patterns *law)
{
	size_t all = 0;
	for (uint32_t i = 0; i < law->count[PATTERNS_ROWS]; i++) {
		const struct patterns_row *row = &law->rows[i];
		const uint32_t *text = &row->id;
		for (size_t k = 0; k < 10; k++)
			all += strlen(patterns_text(law, text[k]));
		for (uint32_t k = 0; k < row->rules.count; k++)
			all += strlen(patterns_text(law, law->rules[row->rules.first + k].says));
		for (uint32_t k = 0; k < row->parts.count; k++) {
			const struct patterns_part *part = &law->parts[row->parts.first + k];
			for (uint32_t w = 0; w < part->words.count; w++)
				all +=
				    strlen(patterns_text(law, law->indexes[part->words.first + w]));
		}
		all +=
		    strlen(pattern_kind_names[row->kind]) + strlen(pattern_group_names[row->group]);
	}
	return all;
}

static void test_damaged(void **state)
{
	static const uint32_t bad[] = {UINT32_MAX, INT32_MAX, 0, 0x10000};
	const tw_rulebook *book;
	struct patterns law;
	size_t size, refused = 0;
	(void)state;
	assert_int_equal(tw_rulebook_default(&book, NULL), TW_OK);
	const void *section = rulebook_section(book, PATTERNS_TAG, &size);
	assert_non_null(section);
	assert_true(patterns_check(&law, section, size) && walk(&law));
	char *copy = aligned_alloc(16, (size + 15) & ~(size_t)15);
	assert_non_null(copy);
	for (size_t at = 0; at + 4 <= size; at += 4)
		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			memcpy(copy, section, size);
			memcpy(copy + at, &bad[i], 4);
			bool sound = patterns_check(&law, copy, size);
			refused += !sound;
			if (sound)
				walk(&law);
		}
	assert_true(refused > 100);
	for (size_t cut = 0; cut < sizeof(struct patterns_header) + 64; cut += 8)
		assert_false(patterns_check(&law, section, cut));
	free(copy);
}

/* More lines than a chance is reckoned of: told, and said. */
static void test_heap_of_very_many(void **state)
{
	static struct watch watch;
	struct patterns_row row = {.least = 12, .chance = 100, .limit = 8000000, .band = 1000};
	struct across across = {.file = -1};
	struct tw_error error = {0};
	(void)state;
	for (uint64_t more = 0; more < 2; more++) {
		watch = (struct watch){.across = &across, .row = &row};
		watch.heap.lines[0] = UINT64_C(1) << 32;
		watch.heap.lines[1] = (UINT64_C(1) << 32) + more;
		sighting_begin(&watch.sighting, 0, 0);
		assert_int_equal(heap_watcher.end(&watch, &error), TW_OK);
		assert_int_equal(across.counts.sightings, more);
		assert_int_equal(watch.seen, more > 0);
	}
	size_t i = 0;
	while (i < watch.sighting.shown_count && strcmp(watch.sighting.shown[i].name, "chance"))
		i++;
	assert_true(i < watch.sighting.shown_count);
	assert_string_equal(watch.sighting.shown[i].is, "not computed beyond 4294967296 lines");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_chance),  cmocka_unit_test(test_parts),
	    cmocka_unit_test(test_routes),  cmocka_unit_test(test_vias),
	    cmocka_unit_test(test_card),    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_damaged), cmocka_unit_test(test_heap_of_very_many)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
