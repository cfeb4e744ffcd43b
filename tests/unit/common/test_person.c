/* SPDX-License-Identifier: Apache-2.0 */
/* Who is one person, who is nearly one, and whose line it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/person.h"

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

static struct person person(const char *id, const char *name, const char *address)
{
	return (struct person){text(id), text(name), text(address)};
}

static bool agree(struct person a, struct person b,
		  void (*of)(text_key out, const struct person_pair *pair))
{
	text_key one, other;
	of(one, &(struct person_pair){.person = a});
	of(other, &(struct person_pair){.person = b});
	return !memcmp(one, other, sizeof one);
}

static bool same(struct person a, struct person b)
{
	return agree(a, b, person_key);
}

static bool near(struct person a, struct person b)
{
	return agree(a, b, person_near_key);
}

static void case_and_blanks(void **state)
{
	(void)state;
	struct person acme = person("", "Acme Chemicals", "1 Main St");
	assert_true(same(acme, person("", "  ACME \t chemicals ", "1  MAIN ST")));
	assert_true(same(person("", "Ünal Šárka ŽÍŽALA", ""), person("", "ünal šárka žížala", "")));
	assert_true(same(person("", "ΑΘΗΝΑ ХИМИЯ Ёж", ""), person("", "αθηνα химия ёж", "")));
	assert_true(same(person("", "化工　进出口", ""), person("", "化工 进出口", "")));
	assert_false(same(acme, person("", "Acme Chemicals", "")));
	assert_false(same(acme, person("", "Acme Chemical", "1 Main St")));
	assert_false(same(acme, person("", "AcmeChemicals", "1 Main St")));
	/* What is name and what is address is not mixed up. */
	assert_false(same(person("", "A", "B C"), person("", "A B", "C")));
}

static void the_id_decides(void **state)
{
	(void)state;
	assert_true(same(person("12-3456 789", "Acme", "x"), person("12-3456789", "Other", "")));
	assert_false(same(person("12-3456789", "Acme", ""), person("12-3456780", "Acme", "")));
	assert_false(same(person("12-3456789", "Acme", ""), person("", "Acme", "")));
	assert_false(same(person("acme", "", ""), person("", "acme", "")));
}

static void nearly_equal(void **state)
{
	(void)state;
	struct person acme = person("", "Acme Chemicals, Inc.", "1 Main St");
	assert_true(near(acme, person("77", "ACME-Chemicals Inc", "")));
	assert_true(near(person("", "化工 进出口", ""), person("", "化工进出口。", "")));
	assert_false(near(acme, person("", "Acme Chemicals", "1 Main St")));
	assert_false(near(person("", "", ""), acme));
}

static void whose_line(void **state)
{
	(void)state;
	struct tw_line line = TW_LINE_INIT;
	struct person_pair pair;
	assert_false(person_of(&pair, &line, LEDGER_SUM_IMPORTER));
	line.column[TW_COLUMN_CONSIGNEE] = text("Bright");
	assert_true(person_of(&pair, &line, LEDGER_SUM_IMPORTER));
	assert_string_equal(pair.of, "consignee");
	assert_false(person_of(&pair, &line, LEDGER_SUM_PARTIES));
	line.column[TW_COLUMN_SHIPPER] = text("Huaxin");
	assert_true(person_of(&pair, &line, LEDGER_SUM_PARTIES));
	assert_int_equal(person_shown(&pair.other).length, 6);
	line.column[TW_COLUMN_IMPORTER] = text("Acme");
	assert_true(person_of(&pair, &line, LEDGER_SUM_IMPORTER));
	assert_string_equal(pair.of, "importer");
	assert_false(person_of(&pair, &line, LEDGER_SUM_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(case_and_blanks), cmocka_unit_test(the_id_decides),
	    cmocka_unit_test(nearly_equal), cmocka_unit_test(whose_line)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
