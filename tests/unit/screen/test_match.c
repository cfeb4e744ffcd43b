/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The matcher against tests/cases/screen/texts.tsv, with a ledger of its own and
 * the words of the law folder. Also: damaged sections, odd bytes, nearest.
 */
#include "common/arena.h"
#include "compiler/names.h"
#include "law/tsv.h"
#include "screen/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const IDS[] = {"pip", "boc", "acan", "bzcl", "nitro", "ace",
				  "tol", "hcl", "gbl",  "fen",  "sul",   "wp"};
#define N MATCH_NAME
#define A MATCH_ABBREVIATION
static const struct match_name NAMES[] = {
    {"4-Piperidone", 0, N},
    {"piperidin-4-one", 0, N},
    {"4-哌啶酮", 0, N},
    {"1-boc-4-piperidone", 1, N},
    {"Acetic anhydride", 2, N},
    {"Benzyl chloride", 3, N},
    {"Nitroethane", 4, N},
    {"Acetone", 5, N},
    {"丙酮", 5, N},
    {"アセトン", 5, N},
    {"ацетон", 5, N},
    {"67-64-1", 5, MATCH_CAS},
    {"UN1090", 5, MATCH_UN},
    {"CSCPPACGZOOCGX-UHFFFAOYSA-N", 5, MATCH_INCHIKEY},
    {"Toluene", 6, N},
    {"甲苯", 6, N},
    {"Hydrochloric acid", 7, N},
    {"HCl", 7, A},
    {"盐酸", 7, N},
    {"gamma-Butyrolactone (GBL)", 8, N},
    {"GBL", 8, N},
    {"96-48-0", 8, MATCH_CAS},
    {"Fentanyl", 9, N},
    {"Sulfuric acid", 10, N},
    {"白磷", 11, N},
};

struct fixture {
	void *section;
	size_t size;
	struct match_scratch *scratch;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct match_source source = {NAMES, sizeof NAMES / sizeof *NAMES, LAW};
	struct tw_error error = {0};
	int code = match_build(&f->section, &f->size, &source, &error);
	if (code != TW_OK)
		print_error("%s:%d: %s\n", error.file, error.line, error.message);
	f->scratch = match_scratch_new();
	*state = f;
	return code;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	match_scratch_free(f->scratch);
	free(f->section);
	free(f);
	return 0;
}

/* "pip ace=near #gbl" */
static void describe(char *out, size_t size, const struct match_hit *hits, size_t count)
{
	size_t used = 0;
	out[0] = '\0';
	for (size_t i = 0; i < count && used < size; i++) {
		bool number = hits[i].kind != MATCH_NAME && hits[i].kind != MATCH_ABBREVIATION;
		const char *id = hits[i].kind == MATCH_BAD_CAS ? "" : IDS[hits[i].substance];
		const char *sure = hits[i].kind == MATCH_BAD_CAS             ? "!"
				   : hits[i].certainty == TW_CERTAINTY_EXACT ? ""
				   : hits[i].certainty == TW_CERTAINTY_NEAR  ? "=near"
									     : "=weak";
		used += (size_t)snprintf(out + used, size - used, "%s%s%s%s", used ? " " : "",
					 number && *id ? "#" : "", id, sure);
	}
	if (!out[0])
		snprintf(out, size, "-");
}

static void texts_name_what_they_name(void **state)
{
	struct fixture *f = *state;
	struct arena *arena = arena_new();
	struct tsv tsv;
	struct tw_error error = {0};
	size_t wrong = 0;
	assert_true(match_check(f->section, f->size));
	assert_int_equal(tsv_read(&tsv, arena, CASES, "texts.tsv", &error), TW_OK);
	assert_true(tsv.row_count > 100);
	for (size_t i = 0; i < tsv.row_count; i++) {
		const char *const *row = tsv.cell + i * tsv.column_count;
		struct match_hit hits[8];
		char found[256];
		struct match_query query = {.text = {row[0], strlen(row[0])}};
		size_t count = match_text(hits, 8, f->section, f->scratch, &query);
		describe(found, sizeof found, hits, count);
		for (size_t k = 0; k < count; k++)
			assert_true(hits[k].from + hits[k].length <= strlen(row[0]));
		if (strcmp(found, row[1]) != 0) {
			print_error("texts.tsv:%d: '%s' finds '%s', not '%s'\n", tsv.line[i],
				    row[0], row[1], found);
			wrong++;
		}
	}
	arena_free(arena);
	assert_int_equal(wrong, 0);
}

static size_t find(struct fixture *f, struct match_hit *hits, const char *text, bool chemical)
{
	struct match_query query = {.text = {text, strlen(text)}, .chemical = chemical};
	return match_text(hits, 4, f->section, f->scratch, &query);
}

static void a_hit_says_where(void **state)
{
	struct match_hit hits[4];
	assert_int_equal(find(*state, hits, "5 L Äthanol, acetone", false), 1);
	assert_int_equal(hits[0].from, 14);
	assert_int_equal(hits[0].length, 7);
	assert_int_equal(find(*state, hits, "abc acetic  anhydride x", false), 1);
	assert_int_equal(hits[0].from, 4);
	assert_int_equal(hits[0].length, 17);
}

static void a_person_may_ask_for_an_abbreviation(void **state)
{
	struct match_hit hits[4];
	assert_int_equal(find(*state, hits, "GBL", false), 0);
	assert_int_equal(find(*state, hits, "GBL", true), 1);
	assert_int_equal(hits[0].substance, 8);
}

static void a_cas_column_needs_no_hyphens(void **state)
{
	struct fixture *f = *state;
	struct match_hit hits[4];
	struct match_query query = {.text = {"67641", 5}, .field = MATCH_FIELD_CAS};
	assert_int_equal(match_text(hits, 4, f->section, f->scratch, &query), 1);
	assert_int_equal(hits[0].substance, 5);
	query.text = (struct tw_text){"67642", 5};
	assert_int_equal(match_text(hits, 4, f->section, f->scratch, &query), 1);
	assert_int_equal(hits[0].kind, MATCH_BAD_CAS);
}

static void nearest_names_come_first(void **state)
{
	struct fixture *f = *state;
	struct match_nearest near[3];
	size_t count =
	    match_nearest(near, 3, f->section, f->scratch, (struct tw_text){"benzil chlorid", 14});
	assert_true(count >= 1);
	assert_string_equal(near[0].name, "Benzyl chloride");
	assert_int_equal(near[0].distance, 2);
}

/* The quick way through ASCII and the long way through Unicode find the same in the same place. */
static void both_ways_agree(void **state)
{
	struct fixture *f = *state;
	static const char *const parts[] = {"4-piperidone",
					    " ",
					    ", ",
					    "acetone",
					    "-",
					    "x",
					    "HCl",
					    "9",
					    "%",
					    "(",
					    ")",
					    "benzyl chlorid",
					    "67-64-1",
					    "CAS ",
					    "toluene-free",
					    "/",
					    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"};
	unsigned seed = 3;
	size_t found = 0;
	for (int i = 0; i < 20000; i++) {
		char text[512] = "", wide[520];
		for (int k = 0; k < 6; k++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, parts[(seed >> 16) % (sizeof parts / sizeof *parts)]);
		}
		snprintf(wide, sizeof wide, "%s\u3000", text);
		struct match_hit one[8], other[8];
		struct match_query query = {.text = {text, strlen(text)}};
		size_t count = match_text(one, 8, f->section, f->scratch, &query);
		query.text = (struct tw_text){wide, strlen(wide)};
		assert_int_equal(match_text(other, 8, f->section, f->scratch, &query), count);
		for (size_t k = 0; k < count; k++) {
			assert_int_equal(one[k].substance, other[k].substance);
			assert_int_equal(one[k].from, other[k].from);
			assert_int_equal(one[k].length, other[k].length);
			assert_int_equal(one[k].certainty, other[k].certainty);
		}
		found += count;
	}
	assert_true(found > 10000);
}

/* Whatever bytes a section is damaged to, it is refused or can be used. */
static void damaged_sections_do_no_harm(void **state)
{
	struct fixture *f = *state;
	unsigned seed = 1;
	char *copy = malloc(f->size);
	struct match_hit hits[4];
	assert_non_null(copy);
	assert_false(match_check(f->section, f->size - 16));
	assert_false(match_check(f->section, 8));
	for (int i = 0; i < 400; i++) {
		memcpy(copy, f->section, f->size);
		for (int k = 0; k < 4; k++) {
			seed = seed * 1103515245u + 12345u;
			size_t at = (seed >> 3) % (i % 2 ? f->size : 400);
			copy[at] = (char)(seed >> 17);
		}
		if (!match_check(copy, f->size))
			continue;
		struct match_query query = {.text = {"4-pipperidone HCl 99% 67-64-1 acetone", 37}};
		match_text(hits, 4, copy, f->scratch, &query);
	}
	free(copy);
}

static void odd_bytes_are_skipped(void **state)
{
	struct match_hit hits[4];
	assert_int_equal(find(*state, hits, "\xff\xfe acetone \xc3", false), 1);
	assert_int_equal(find(*state, hits, "\xe2\x80", false), 0);
	assert_int_equal(find(*state, hits, "", false), 0);
}

static void bad_names_are_refused(void **state)
{
	(void)state;
	static const struct match_name bad[] = {
	    {"67-64-2", 0, MATCH_CAS},  {"1715", 0, MATCH_BAD_CAS}, {"UN17", 0, MATCH_UN},
	    {"ABC", 0, MATCH_INCHIKEY}, {"---", 0, MATCH_NAME},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct match_source source = {&bad[i], 1, LAW};
		struct tw_error error = {0};
		void *section = NULL;
		size_t size = 0;
		assert_int_not_equal(match_build(&section, &size, &source, &error), TW_OK);
		assert_true(error.message[0] != '\0');
	}
}

static void short_names_are_abbreviations(void **state)
{
	(void)state;
	assert_true(match_is_short("4-AP"));
	assert_true(match_is_short("Ac2O"));
	assert_true(match_is_short("3,4-MDP-2-P"));
	assert_false(match_is_short("APAAN"));
	assert_false(match_is_short("碘"));
}

/* Names that begin one another: as many as a reading remembers are found, one more is refused. */
static void nested_names_are_found_or_refused(void **state)
{
	struct fixture *f = *state;
	static char text[33][400];
	struct match_name names[33];
	struct match_hit hit[4];
	struct tw_error error = {0};
	void *section;
	size_t size;
	size_t length = 0;
	for (unsigned i = 0; i < 33; i++) {
		memcpy(text[i], text[i ? i - 1 : 0], length);
		length += (size_t)snprintf(text[i] + length, 16, "%szork%c%c", i ? " " : "",
					   'a' + (char)(i / 26), 'a' + (char)(i % 26));
		names[i] = (struct match_name){text[i], i, N};
	}
	struct match_source source = {names, 32, LAW};
	if (match_build(&section, &size, &source, &error) != TW_OK)
		fail_msg("%s", error.message);
	struct match_query query = {.text = {text[31], strlen(text[31])}};
	assert_int_equal(match_text(hit, 4, section, f->scratch, &query), 1);
	assert_int_equal(hit[0].substance, 31);
	free(section);
	source.count = 33;
	assert_int_equal(match_build(&section, &size, &source, &error), TW_BAD_LAW);
	assert_non_null(strstr(error.message, "at most 32 names"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(texts_name_what_they_name),
	    cmocka_unit_test(a_hit_says_where),
	    cmocka_unit_test(a_person_may_ask_for_an_abbreviation),
	    cmocka_unit_test(a_cas_column_needs_no_hyphens),
	    cmocka_unit_test(nearest_names_come_first),
	    cmocka_unit_test(both_ways_agree),
	    cmocka_unit_test(damaged_sections_do_no_harm),
	    cmocka_unit_test(odd_bytes_are_skipped),
	    cmocka_unit_test(bad_names_are_refused),
	    cmocka_unit_test(short_names_are_abbreviations),
	    cmocka_unit_test(nested_names_are_found_or_refused),
	};
	return cmocka_run_group_tests_name("match", tests, set_up, tear_down);
}
