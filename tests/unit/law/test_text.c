/* SPDX-License-Identifier: Apache-2.0 */
/* The small languages of law files: rates, special rates, codes, times, conditions. */
#include "common/instant.h"
#include "common/words.h"
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

struct fixture {
	struct law *law;
	struct arena *arena;
	struct tw_error error;
};
static struct fixture f;
static const struct law_pos here = {"test", 1, 1};

static int open_law(void **state)
{
	(void)state;
	f.arena = arena_new();
	int code = law_read(&f.law, MINI, &f.error);
	if (code)
		(void)fprintf(stderr, "%s:%d:%d: %s\n", f.error.file, f.error.line, f.error.column,
			      f.error.message);
	return code || !f.arena;
}

static int close_law(void **state)
{
	(void)state;
	law_free(f.law);
	arena_free(f.arena);
	return 0;
}

static struct law_rate rate(const char *text)
{
	struct law_rate out;
	f.error.message[0] = 0;
	int code = text_rate(&out, f.law, f.arena, text, here, &f.error);
	if (code)
		(void)fprintf(stderr, "%s\n", f.error.message);
	assert_int_equal(code, TW_OK);
	assert_string_equal(out.text, text);
	return out;
}

static void is_fraction(struct law_fraction got, int64_t num, int64_t den)
{
	assert_int_equal(got.num, num);
	assert_int_equal(got.den, den);
}

static const char *unit_of(const struct law_rate *r, int term)
{
	return f.law->units[r->term[term].unit].name;
}

static void percentages_are_exact(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t num, den;
	} cases[] = {{"6.8%", 17, 250}, {"10%", 1, 10},
		     {"33 1/3%", 1, 3}, {"5.25%", 21, 400},
		     {"0%", 0, 1},      {"66 2/3%", 2, 3},
		     {"110%", 11, 10},  {"0.0622%", 311, 500000},
		     {" 20% ", 1, 5},   {"6.5% on the entire set", 13, 200}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct law_rate r = rate(cases[i].text);
		assert_int_equal(r.kind, LAW_RATE_SUM);
		assert_int_equal(r.term_count, 1);
		assert_int_equal(r.term[0].kind, LAW_TERM_AD_VALOREM);
		assert_int_equal(r.term[0].basis, LAW_NONE);
		is_fraction(r.term[0].amount, cases[i].num, cases[i].den);
	}
}

/* Money in 1/10000: one cent is 100. */
static void specific_rates_are_exact(void **state)
{
	(void)state;
	static const struct {
		const char *text, *unit;
		int64_t num, den;
	} cases[] = {
	    {"$1.055/kg", "kg", 10550, 1},
	    {"4.4¢/kg", "kg", 440, 1},
	    {"0.34¢/liter", "liters", 34, 1},
	    {"4.5¢/ liter", "liters", 450, 1},
	    {"0.0622005¢ /kg", "kg", 124401, 20000},
	    {"89.6¢/1000", "thousands", 8960, 1},
	    {"$2/1,000", "thousands", 20000, 1},
	    {"$2.50/thou- sand", "thousands", 25000, 1},
	    {"5.25¢/bbl", "bbl", 525, 1},
	    {"2.8¢ each", "No.", 280, 1},
	    {"76¢/pr.", "prs.", 7600, 1},
	    {"0.3¢/line/ gross", "gr.lines", 30, 1},
	    {"$1.32/pf. liter", "pf.liters", 13200, 1},
	    {"22.1¢/pf. liter on ethyl alcohol content", "pf.liters", 2210, 1},
	    {"86.1¢/m2of recording surface", "m2", 8610, 1},
	    {"$1,250/kg", "kg", 12500000, 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct law_rate r = rate(cases[i].text);
		assert_int_equal(r.term_count, 1);
		assert_int_equal(r.term[0].kind, LAW_TERM_SPECIFIC);
		assert_string_equal(unit_of(&r, 0), cases[i].unit);
		assert_int_equal(r.term[0].basis, LAW_NONE);
		is_fraction(r.term[0].amount, cases[i].num, cases[i].den);
	}
}

static void sums_keep_their_order(void **state)
{
	(void)state;
	struct law_rate r = rate("40¢ each + 6% on the case+5.3% on thebattery");
	assert_int_equal(r.term_count, 3);
	is_fraction(r.term[0].amount, 4000, 1);
	assert_string_equal(f.law->claims[r.term[1].basis].name, "case_value");
	is_fraction(r.term[1].amount, 3, 50);
	assert_string_equal(f.law->claims[r.term[2].basis].name, "battery_value");
	r = rate("39.9¢/kg +6%");
	assert_int_equal(r.term_count, 2);
	r = rate("1.7¢/kg on lead content + 2¢/jewel over 7");
	assert_string_equal(f.law->claims[r.term[0].basis].name, "lead_kg");
	assert_string_equal(unit_of(&r, 0), "kg");
	assert_string_equal(unit_of(&r, 1), "Jwls.");
	assert_int_equal(r.term[1].above, 7);
	assert_int_equal(r.term[1].basis, LAW_NONE);
}

/* As the customs tariff of Canada prints them. */
static void bounds_stand_behind_what_they_bound(void **state)
{
	(void)state;
	struct law_rate r = rate("5 % but not less than 4.74 ¢/kg or more than 9.48 ¢/kg");
	assert_int_equal(r.kind, LAW_RATE_BOUNDED);
	assert_int_equal(r.term_count, 3);
	is_fraction(r.term[0].amount, 1, 20);
	assert_int_equal(r.term[0].join, LAW_JOIN_ADD);
	is_fraction(r.term[1].amount, 474, 1);
	assert_int_equal(r.term[1].join, LAW_JOIN_LEAST);
	assert_string_equal(unit_of(&r, 1), "kg");
	assert_int_equal(r.term[2].join, LAW_JOIN_MOST);
	r = rate("1.88 ¢/kg but not less than 4 % plus 4 %");
	assert_int_equal(r.kind, LAW_RATE_BOUNDED);
	assert_int_equal(r.term[1].join, LAW_JOIN_LEAST);
	assert_int_equal(r.term[2].join, LAW_JOIN_ADD);
	r = rate("238% but not less than $1.67/kg");
	is_fraction(r.term[1].amount, 16700, 1);
	r = rate("10 % not exceeding $2/kg");
	assert_int_equal(r.term[1].join, LAW_JOIN_MOST);
	r = rate("0.94 ¢/kg plus 4 %");
	assert_int_equal(r.kind, LAW_RATE_SUM);
	assert_int_equal(r.term_count, 2);
	is_fraction(rate("$.99/kg").term[0].amount, 9900, 1);
}

static void free_absent_flat_and_listed_rates(void **state)
{
	(void)state;
	struct law_rate r = rate("Free");
	assert_int_equal(r.kind, LAW_RATE_SUM);
	assert_int_equal(r.term_count, 0);
	assert_int_equal(rate("").kind, LAW_RATE_ABSENT);
	r = rate("$80");
	assert_int_equal(r.term[0].unit, LAW_NONE);
	is_fraction(r.term[0].amount, 800000, 1);
	r = rate("The rate of the article of which it is a part");
	assert_int_equal(r.kind, LAW_RATE_UNKNOWN);
	assert_string_equal(r.reason, "assess it under the code of the article");
	assert_int_equal(rate("See 9823.05.01-9823.05.06").kind, LAW_RATE_SEE);
	assert_int_equal(rate("See 9918.04.60, 9918.04.61").kind, LAW_RATE_SEE);
}

/* 1701.12.05.00, column general. */
static void sugar_has_base_step_and_floor(void **state)
{
	(void)state;
	struct law_rate r =
	    rate("3.6606¢/kg less 0.020668¢/kg for each degree under 100 degrees (and "
		 "fractions of a degree in proportion) but not less than 3.143854¢/kg");
	assert_int_equal(r.kind, LAW_RATE_SUGAR);
	assert_int_equal(r.term_count, 3);
	is_fraction(r.term[0].amount, 18303, 50);
	is_fraction(r.term[1].amount, 5167, 2500);
	is_fraction(r.term[2].amount, 1571927, 5000);
	/* Column 2 of 1701.13.10 prints no "than" and a blank before "/kg". */
	r = rate(
	    "4.3817¢/kg less 0.0622005¢ /kg for each degree under 100 degrees (and fractions of a "
	    "degree in proportion) but not less 2.831562¢ /kg");
	assert_int_equal(r.kind, LAW_RATE_SUGAR);
	is_fraction(r.term[2].amount, 1415781, 5000);
}

static void what_is_no_rate_is_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
	    "free",
	    "10",
	    "%",
	    "-5%",
	    "10 %%",
	    "1.%",
	    "10% +",
	    "+ 10%",
	    "10%10%",
	    "5¢",
	    "5¢/",
	    "5¢/furlong",
	    "¢/kg",
	    "$/kg",
	    "$1.2.3/kg",
	    "10% on the moon",
	    "1,00%",
	    "12,34¢/kg",
	    "1/3%",
	    "33 4/3%",
	    "33 1/0%",
	    "See",
	    "See note",
	    "none",
	    "1%+1%+1%+1%+1%+1%+1%+1%+1%",
	    "9999999999999999999%",
	    "0.00000000000000001%",
	    "5¢/kg less 1¢/kg for each degree under 100 degrees but not less than 1¢/bbl",
	    "5% less 1% for each degree under 100 degrees but not less than 1%",
	    "jewel over 7",
	    "5¢/jewel over x",
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct law_rate out;
		int code = text_rate(&out, f.law, f.arena, cases[i], here, &f.error);
		if (code != TW_BAD_LAW)
			(void)fprintf(stderr, "taken for a rate: %s\n", cases[i]);
		assert_int_equal(code, TW_BAD_LAW);
		assert_non_null(strstr(f.error.message, "is not a rate"));
	}
}

static void special_rates_are_split_by_symbol(void **state)
{
	(void)state;
	const struct law_special *special;
	uint32_t count;
	int code = text_special(&special, &count, f.law, f.arena,
				"Free (A+,AU, BH) 2.5% (JO)See 9822.04.25 (CL) 1¢/kg + 2% (S+)",
				false, here, &f.error);
	static const char *const symbols[] = {"A+", "AU", "BH", "JO", "CL", "S+"};
	assert_int_equal(code, TW_OK);
	assert_int_equal(count, 6);
	for (uint32_t i = 0; i < 6; i++)
		assert_string_equal(special[i].symbol, symbols[i]);
	assert_int_equal(special[2].rate.term_count, 0);
	is_fraction(special[3].rate.term[0].amount, 1, 40);
	assert_int_equal(special[4].rate.kind, LAW_RATE_SEE);
	assert_int_equal(special[5].rate.term_count, 2);
	assert_int_equal(text_special(&special, &count, f.law, f.arena, "", false, here, &f.error),
			 TW_OK);
	assert_int_equal(count, 0);
}

static void faulty_special_rates_are_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
	    "Free",       "Free (",      "(AU)",          "Free (AU",       "Free ()",
	    "Free (AU,)", "Free (a)",    "Free (PA (",    "Free (AUSTRAL)", "Free (E IL)",
	    "x (AU)",     "Free (AU) x", "Free (AU) (B)", "Free (+)"};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct law_special *special;
		uint32_t count;
		int code =
		    text_special(&special, &count, f.law, f.arena, cases[i], false, here, &f.error);
		if (code != TW_BAD_LAW)
			(void)fprintf(stderr, "taken for a special rate: %s\n", cases[i]);
		assert_int_equal(code, TW_BAD_LAW);
	}
}

static void codes_are_ranges_of_ten_digits(void **state)
{
	(void)state;
	struct law_range range;
	assert_int_equal(text_range(&range, "73", here, &f.error), TW_OK);
	assert_int_equal(range.low, UINT64_C(7300000000));
	assert_int_equal(range.high, UINT64_C(7400000000));
	assert_int_equal(text_range(&range, "8471.30", here, &f.error), TW_OK);
	assert_int_equal(range.low, UINT64_C(8471300000));
	assert_int_equal(range.high, UINT64_C(8471310000));
	assert_int_equal(text_range(&range, "0101.21.00.10", here, &f.error), TW_OK);
	assert_int_equal(range.low, 101210010);
	assert_int_equal(range.high, 101210011);
	static const char *const cases[] = {"",      "7",           "7301.", ".73", "73..01",
					    "73 01", "12345678901", "73a1",  "-73", "7301 "};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(text_range(&range, cases[i], here, &f.error), TW_BAD_LAW);
}

static void law_times_are_local(void **state)
{
	(void)state;
	tw_time at;
	const char *ny = "America/New_York";
	assert_int_equal(text_time(&at, ny, "2025-03-04T00:01", here, &f.error), TW_OK);
	assert_int_equal(at, time_days(2025, 3, 4) * 86400 + 5 * 3600 + 60);
	assert_int_equal(text_time(&at, ny, "2025-07-01", here, &f.error), TW_OK);
	assert_int_equal(at, time_days(2025, 7, 1) * 86400 + 4 * 3600);
	assert_int_equal(text_time(&at, "Asia/Shanghai", "2025-02-10T12:01", here, &f.error),
			 TW_OK);
	assert_int_equal(at, time_days(2025, 2, 10) * 86400 + 4 * 3600 + 60);
	static const char *const cases[] = {"",
					    "2025",
					    "2025-3-4",
					    "2025-02-29",
					    "2025-03-04T",
					    "2025-03-04T24:00",
					    "2025-03-04T00:01:00",
					    "2025-03-04T00:01Z",
					    "2025-03-04 00:01",
					    "03/04/2025",
					    "2025-03-04x",
					    "1899-01-01",
					    "2200-01-01"};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(text_time(&at, ny, cases[i], here, &f.error), TW_BAD_LAW);
	assert_int_equal(text_time(&at, "Mars/Olympus", "2025-01-01", here, &f.error), TW_BAD_LAW);
}

static int when_of(const char *yaml, enum law_kind kind, const struct law_node **out)
{
	struct reader r;
	struct yaml_node *root;
	assert_true(reader_open(&r, f.law, f.arena, &f.error));
	if (yaml_parse(&root, f.arena, "test", yaml, strlen(yaml), &f.error))
		return TW_BAD_LAW;
	return read_when(&r, root, "America/New_York", kind, out);
}

static const struct law_atom *atom_of(const char *yaml)
{
	const struct law_node *node;
	f.error.message[0] = 0;
	int code = when_of(yaml, LAW_KIND_FEE, &node);
	if (code)
		(void)fprintf(stderr, "%s: %s\n", yaml, f.error.message);
	assert_int_equal(code, TW_OK);
	assert_int_equal(node->kind, LAW_NODE_ATOM);
	return &node->atom;
}

static void atoms_compare_facts(void **state)
{
	(void)state;
	const struct law_atom *a = atom_of("treaty");
	assert_int_equal(a->fact, LAW_FACT_CLAIM);
	assert_string_equal(f.law->claims[a->claim].name, "treaty");
	assert_int_equal(a->op, LAW_OP_YES);
	a = atom_of("said us_content_value");
	assert_int_equal(a->op, LAW_OP_SAID);
	a = atom_of("value >= $800");
	assert_int_equal(a->fact, LAW_FACT_VALUE);
	assert_int_equal(a->op, LAW_OP_GE);
	assert_int_equal(a->operand, LAW_OPERAND_MONEY);
	is_fraction(a->number, 8000000, 1);
	a = atom_of("shipment_value > 2500");
	assert_int_equal(a->operand, LAW_OPERAND_MONEY);
	is_fraction(a->number, 25000000, 1);
	a = atom_of("us_content_value >= 20% of value");
	assert_int_equal(a->operand, LAW_OPERAND_SHARE);
	assert_int_equal(a->other, LAW_FACT_VALUE);
	is_fraction(a->number, 1, 5);
	a = atom_of("steel_value < us_content_value");
	assert_int_equal(a->op, LAW_OP_LT);
	assert_int_equal(a->operand, LAW_OPERAND_SHARE);
	assert_string_equal(f.law->claims[a->other_claim].name, "us_content_value");
	is_fraction(a->number, 1, 1);
	a = atom_of("sugar_percent > 10%");
	assert_int_equal(a->operand, LAW_OPERAND_NUMBER);
	is_fraction(a->number, 10, 1);
	a = atom_of("weight <= 2.5");
	is_fraction(a->number, 5, 2);
	a = atom_of("loaded < 2025-04-05T00:01");
	assert_int_equal(a->operand, LAW_OPERAND_TIME);
	is_fraction(a->number, time_days(2025, 4, 5) * 86400 + 4 * 3600 + 60, 1);
	a = atom_of("assembled <= entered");
	assert_int_equal(a->other, LAW_FACT_ENTERED);
	assert_int_equal(atom_of("exempt")->fact, LAW_FACT_EXEMPT);
	assert_int_equal(atom_of("smelted")->op, LAW_OP_YES);
}

static void atoms_compare_words(void **state)
{
	(void)state;
	const struct law_atom *a = atom_of("channel = postal");
	assert_int_equal(a->fact, LAW_FACT_CHANNEL);
	assert_int_equal(a->op, LAW_OP_EQ);
	assert_string_equal(a->words[0], "postal");
	a = atom_of("melt_pour != US");
	assert_int_equal(a->op, LAW_OP_NE);
	assert_string_equal(a->words[0], "us");
	/* A group stands for its members, in the order of countries.tsv. */
	a = atom_of("\"ship_from in [CN, near]\"");
	assert_int_equal(a->op, LAW_OP_IN);
	assert_int_equal(a->word_count, 4);
	assert_string_equal(a->words[0], "cn");
	assert_string_equal(a->words[1], "ca");
	assert_string_equal(a->words[2], "de");
	assert_string_equal(a->words[3], "fr");
	a = atom_of("origin = eu");
	assert_int_equal(a->op, LAW_OP_IN);
	assert_int_equal(a->word_count, 2);
	a = atom_of("\"chapter98 in [9802.00.80, 9813]\"");
	assert_string_equal(a->words[0], "98020080");
	assert_string_equal(a->words[1], "9813");
	a = atom_of("entry_type = 01");
	assert_string_equal(a->words[0], "01");
	a = atom_of("mail_method = ad_valorem");
	assert_string_equal(a->words[0], "ad_valorem");
}

static void conditions_nest(void **state)
{
	(void)state;
	const struct law_node *node;
	int code = when_of("{any: [treaty, {not: {all: [donation, channel = express]}}]}",
			   LAW_KIND_DUTY, &node);
	assert_int_equal(code, TW_OK);
	assert_int_equal(node->kind, LAW_NODE_ANY);
	assert_int_equal(node->child_count, 2);
	assert_int_equal(node->child[1]->kind, LAW_NODE_NOT);
	assert_int_equal(node->child[1]->child_count, 1);
	assert_int_equal(node->child[1]->child[0]->kind, LAW_NODE_ALL);
	assert_string_equal(node->child[1]->child[0]->child[1]->atom.text, "channel = express");
}

static void what_is_no_condition_is_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
	    "treatty",
	    "value",
	    "channel",
	    "value = 800",
	    "value >= USD",
	    "value >= 20%",
	    "value >= $",
	    "value >= -1",
	    "value >= 20% of",
	    "value >= 20% of channel",
	    "value >= 20% of weight",
	    "weight >= $5",
	    "weight > 5 kg",
	    "channel > 5",
	    "channel = pigeon",
	    "transport = horse",
	    "mail_method = magic",
	    "origin = XX",
	    "origin = asia",
	    "origin != eu",
	    "\"origin in CN\"",
	    "\"origin in []\"",
	    "\"origin in [CN,]\"",
	    "treaty = yes",
	    "treaty =",
	    "said",
	    "said treaty = yes",
	    "loaded < yesterday",
	    "loaded < 2025-02-30",
	    "loaded < value",
	    "chapter98 = chapter",
	    "treaty donation",
	    "= 5",
	    "[treaty]",
	    "{all: treaty}",
	    "{not: [treaty]}",
	    "{all: [treaty], any: [donation]}",
	    "{none: [treaty]}",
	    "value >= 999999999999999999999",
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct law_node *node;
		int code = when_of(cases[i], LAW_KIND_FEE, &node);
		if (code != TW_BAD_LAW)
			(void)fprintf(stderr, "taken for a condition: %s\n", cases[i]);
		assert_int_equal(code, TW_BAD_LAW);
	}
	/* What is known only after the duties cannot decide them. */
	const struct law_node *node;
	assert_int_equal(when_of("exempt", LAW_KIND_DUTY, &node), TW_BAD_LAW);
	assert_int_equal(when_of("duty > 5", LAW_KIND_DUTY, &node), TW_BAD_LAW);
	assert_int_equal(when_of("duty > 5", LAW_KIND_EXEMPTION, &node), TW_OK);
	assert_int_equal(when_of("exempt", LAW_KIND_EXEMPTION, &node), TW_BAD_LAW);
}

static void globs_match(void **state)
{
	(void)state;
	assert_true(words_match("us.232.*", "us.232.steel"));
	assert_true(words_match("*", ""));
	assert_true(words_match("us.*.cn", "us.a.b.cn"));
	assert_true(words_match("us.*", "us."));
	assert_false(words_match("us.232.*", "us.232"));
	assert_false(words_match("us.232", "us.232.steel"));
	assert_false(words_match("", "us"));
	assert_false(words_match("a*b*c", "a-b-d"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(percentages_are_exact),
	    cmocka_unit_test(specific_rates_are_exact),
	    cmocka_unit_test(bounds_stand_behind_what_they_bound),
	    cmocka_unit_test(sums_keep_their_order),
	    cmocka_unit_test(free_absent_flat_and_listed_rates),
	    cmocka_unit_test(sugar_has_base_step_and_floor),
	    cmocka_unit_test(what_is_no_rate_is_refused),
	    cmocka_unit_test(special_rates_are_split_by_symbol),
	    cmocka_unit_test(faulty_special_rates_are_refused),
	    cmocka_unit_test(codes_are_ranges_of_ten_digits),
	    cmocka_unit_test(law_times_are_local),
	    cmocka_unit_test(atoms_compare_facts),
	    cmocka_unit_test(atoms_compare_words),
	    cmocka_unit_test(conditions_nest),
	    cmocka_unit_test(what_is_no_condition_is_refused),
	    cmocka_unit_test(globs_match),
	};
	return cmocka_run_group_tests(tests, open_law, close_law);
}
