/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Structures against tests/cases/screen/structures.tsv, and what must be refused.
 * Skipped in a build without the chemistry library.
 */
#include "common/arena.h"
#include "compiler/structures.h"
#include "law/tsv.h"
#include "rulebook/structures.h"
#include "screen/structure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static const struct structure_substance LEDGER[] = {
    {7, "CC(C)=O", false},
    {8, "CN[C@@H](C)[C@H](O)c1ccccc1", false},  /* ephedrine */
    {9, "CN[C@@H](C)[C@@H](O)c1ccccc1", false}, /* pseudoephedrine */
    {10, "O=[Mn](=O)(=O)[O-].[K+]", false},
    {11, "O=C(O)Cc1ccccc1", false},
    {12, "O=[PH2]O", true},
    {13, "OS(=O)(=O)O", false},
};

struct fixture {
	void *section;
	size_t size;
	struct structure *structure;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct tw_error error = {0};
	int code = classes_build(&f->section, &f->size, LAW, &error);
	if (code != TW_OK)
		print_error("%s:%d:%d: %s\n", error.file, error.line, error.column, error.message);
	struct structure_source source = {f->section, LEDGER, sizeof LEDGER / sizeof *LEDGER};
	*state = f;
	return code == TW_OK ? structure_open(&f->structure, &source, &error) : code;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	structure_close(f->structure);
	free(f->section);
	free(f);
	return 0;
}

static struct structure_result run(struct fixture *f, const char *smiles)
{
	struct structure_result result;
	structure_run(&result, f->structure, (struct tw_text){smiles, strlen(smiles)});
	return result;
}

/* The conditions of one class in an answer; "-" when it is not in. */
static const char *conditions(const struct fixture *f, const struct structure_result *result,
			      const char *id)
{
	for (size_t i = 0; i < result->class_count; i++)
		if (strcmp(classes_info(f->section, result->classes[i].index).id, id) == 0)
			return result->classes[i].conditions;
	return "-";
}

/* The family classes of an answer, as families.tsv writes them: the section is sorted by id. */
static void families(char *out, size_t size, const struct fixture *f,
		     const struct structure_result *result)
{
	size_t used = 0;
	snprintf(out, size, "-");
	for (size_t k = 0; k < classes_count(f->section); k++) {
		for (size_t i = 0; i < result->class_count; i++) {
			const struct structure_class_hit *hit = &result->classes[i];
			const char *id = classes_info(f->section, hit->index).id;
			if (hit->index != k || strstr(id, "fentanyl") || strstr(id, "frs") ||
			    strstr(id, "export"))
				continue;
			used +=
			    (size_t)snprintf(out + used, size - used, "%s%s%s%s", used ? " " : "",
					     id, hit->closed ? "=" : "?", hit->conditions);
		}
	}
}

/* Is a row of a table as the answer to its structure? Told where not. */
typedef bool (*judge)(const struct fixture *f, const struct structure_result *result,
		      const char *const *row);

static bool classes_are(const struct fixture *f, const struct structure_result *result,
			const char *const *row)
{
	const char *us = conditions(f, result, "class-us-frs");
	const char *cn = conditions(f, result, "class-cn-fentanyl");
	if (!result->refused && strcmp(us, row[2]) == 0 && strcmp(cn, row[3]) == 0)
		return true;
	print_error("%s: US %s CN %s, not US %s CN %s %s\n", row[0], row[2], row[3], us, cn,
		    result->reason);
	return false;
}

static bool families_are(const struct fixture *f, const struct structure_result *result,
			 const char *const *row)
{
	char found[800];
	families(found, sizeof found, f, result);
	if (strcmp(found, row[2]) == 0)
		return true;
	print_error("%s: %s, not %s %s\n", row[0], row[2], found, result->reason);
	return false;
}

static void table_holds(struct fixture *f, const char *file, size_t least, judge right)
{
	struct arena *arena;
	struct tsv tsv;
	struct tw_error error = {0};
	size_t wrong = 0;
	if (!structure_available())
		skip();
	arena = arena_new();
	assert_int_equal(tsv_read(&tsv, arena, CASES, file, &error), TW_OK);
	assert_true(tsv.row_count > least);
	for (size_t i = 0; i < tsv.row_count; i++) {
		const char *const *row = tsv.cell + i * tsv.column_count;
		struct structure_result result = run(f, row[1]);
		if (!right(f, &result, row)) {
			print_error("%s:%d\n", file, tsv.line[i]);
			wrong++;
		}
	}
	arena_free(arena);
	assert_int_equal(wrong, 0);
}

static void classes_are_as_the_law_says(void **state)
{
	table_holds(*state, "structures.tsv", 60, classes_are);
}

/* Families: every class, those without a closed test with a question mark. */
static void families_are_as_the_law_says(void **state)
{
	table_holds(*state, "families.tsv", 100, families_are);
}

static void sections_are_checked(void **state)
{
	struct fixture *f = *state;
	assert_true(classes_check(f->section, f->size));
	assert_false(classes_check(f->section, f->size - 1));
	assert_false(classes_check(f->section, 8));
	unsigned seed = 7;
	char *copy = malloc(f->size);
	assert_non_null(copy);
	for (int i = 0; i < 2000; i++) {
		memcpy(copy, f->section, f->size);
		seed = seed * 1103515245u + 12345u;
		copy[(seed >> 3) % f->size] = (char)(seed >> 17);
		if (classes_check(copy, f->size))
			for (size_t k = 0; k < classes_count(copy); k++)
				assert_true(strlen(classes_info(copy, k).id) < f->size);
	}
	free(copy);
	assert_true(classes_count(f->section) > 20);
}

static void an_open_class_has_no_conditions(void **state)
{
	struct fixture *f = *state;
	if (!structure_available())
		skip();
	struct structure_result result = run(f, "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1");
	assert_int_equal(result.class_count, 1);
	assert_string_equal(classes_info(f->section, result.classes[0].index).id,
			    "class-ca-fentanyl");
	assert_false(result.classes[0].closed);
	assert_string_equal(result.classes[0].conditions, "");
}

static void the_ledger_is_found_by_structure(void **state)
{
	static const struct {
		const char *smiles;
		uint32_t substance[2];
		size_t count;
		bool stereo_differs;
	} cases[] = {
	    {"C(=O)(C)C", {7}, 1, false},
	    {"O[C@H](c1ccccc1)[C@H](C)NC", {8}, 1, false},
	    {"C[C@@H]([C@H](c1ccccc1)O)NC.Cl", {9}, 1, false},
	    {"OC(c1ccccc1)C(C)NC", {8, 9}, 2, true},
	    {"[K+].[O-][Mn](=O)(=O)=O", {10}, 1, false},
	    {"[Na+].[O-]C(=O)Cc1ccccc1", {11}, 1, false},
	    {"CCO", {0}, 0, false},
	};
	if (!structure_available())
		skip();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct structure_result result = run(*state, cases[i].smiles);
		assert_int_equal(result.match_count, cases[i].count);
		for (size_t k = 0; k < cases[i].count; k++) {
			assert_int_equal(result.matches[k].substance, cases[i].substance[k]);
			assert_int_equal(result.matches[k].stereo_differs, cases[i].stereo_differs);
		}
	}
}

static void what_cannot_be_read_is_refused(void **state)
{
	static const char *const bad[] = {"",           "C1CC",  "hello world", "C(C)(C)(C)(C)C",
					  "c1cccc1C",   "[Xx]",  "CC*",         "C%",
					  "((((((((((", "N#N#N", "CC\xcdO",     "C C"};
	if (!structure_available())
		skip();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct structure_result result = run(*state, bad[i]);
		assert_true(result.refused);
		assert_true(result.reason[0] != '\0');
		assert_int_equal(result.class_count + result.match_count, 0);
	}
}

/* Blanks around it are no part of a structure, and an amide that lost its proton has it back. */
static void blanks_and_charges_change_nothing(void **state)
{
	static const char *const same[][2] = {
	    {"  CC(C)=O ", "CC(C)=O"},
	    {"CC(=O)[N-]C.[Na+]", "CC(=O)NC"},
	};
	if (!structure_available())
		skip();
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct structure_result result = run(*state, same[i][0]);
		char parent[64];
		assert_false(result.refused);
		snprintf(parent, sizeof parent, "%s", result.parent);
		assert_string_equal(parent, run(*state, same[i][1]).parent);
	}
	assert_true(run(*state, "   ").refused);
}

static double milliseconds(struct fixture *f, const char *smiles, struct structure_result *result)
{
	struct timespec a, b;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	*result = run(f, smiles);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	return (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
}

static void no_structure_stalls_the_rest(void **state)
{
	struct fixture *f = *state;
	struct structure_result result;
	char text[2100];
	if (!structure_available())
		skip();
	run(f, "C");
	memset(text, 'C', sizeof text);
	text[200] = '\0';
	assert_true(milliseconds(f, text, &result) < 1000);
	assert_false(result.refused);
	text[200] = 'C';
	text[201] = '\0';
	milliseconds(f, text, &result);
	assert_string_equal(result.reason, "over 200 atoms");
	memset(text, 'C', sizeof text);
	text[2001] = '\0';
	milliseconds(f, text, &result);
	assert_string_equal(result.reason, "longer than 2,000 characters");
	memset(text, '(', 2000);
	text[2000] = '\0';
	assert_true(milliseconds(f, text, &result) < 1000);
	assert_true(result.refused);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(classes_are_as_the_law_says),
	    cmocka_unit_test(families_are_as_the_law_says),
	    cmocka_unit_test(sections_are_checked),
	    cmocka_unit_test(an_open_class_has_no_conditions),
	    cmocka_unit_test(the_ledger_is_found_by_structure),
	    cmocka_unit_test(what_cannot_be_read_is_refused),
	    cmocka_unit_test(blanks_and_charges_change_nothing),
	    cmocka_unit_test(no_structure_stalls_the_rest),
	};
	return cmocka_run_group_tests_name("structure", tests, set_up, tear_down);
}
