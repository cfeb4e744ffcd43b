/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lists ask of a substance by route, day and quantity. The expected
 * answers are worked out from the acts that the law files cite; the last test
 * goes over every row: a minute before its first day it does not count, with
 * its first minute it does, with its last day's end it is gone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/instant.h"
#include "screen/content.h"
#include "screen/control.h"

static const char *path;
static tw_rulebook *rulebook;
static struct ledger ledger;

#define KG INT64_C(1000000)
#define ANY INT64_C(-1)
#define REQUIRED TW_CONTROL_REQUIRED
#define BELOW TW_CONTROL_BELOW_THRESHOLD
#define UNKNOWN TW_CONTROL_QUANTITY_UNKNOWN
#define UNDECIDED TW_CONTROL_UNDECIDED
#define OFF TW_CONTROL_OFF_ROUTE
#define NONE 99 /* the list does not hold it on that day */

static int open_ledger(void **state)
{
	struct tw_error error = {0};
	(void)state;
	if (tw_rulebook_open(&rulebook, path, &error) || !ledger_open(&ledger, rulebook)) {
		fprintf(stderr, "%s\n", error.message);
		return -1;
	}
	return 0;
}

static int close_ledger(void **state)
{
	(void)state;
	tw_rulebook_close(rulebook);
	return 0;
}

struct row {
	const char *substance, *jurisdiction, *list; /* list: how its name begins */
	const char *from, *into, *via, *at;          /* at: an instant with its zone */
	int64_t weight;
	int32_t ppm;
	int expected;
};

static const struct row rows[] = {
    /* China, 2025-07-20 Beijing time: 4-piperidone and 1-boc-4-piperidone */
    {"4-piperidone", "CN", "易制毒", "CN", "US", "", "2025-07-19T23:59+08:00", ANY, -1, NONE},
    {"4-piperidone", "CN", "易制毒", "CN", "US", "", "2025-07-20T00:00+08:00", ANY, -1, REQUIRED},
    {"1-boc-4-piperidone", "CN", "易制毒", "CN", "BR", "", "2025-07-19T23:59+08:00", ANY, -1, NONE},
    {"1-boc-4-piperidone", "CN", "易制毒", "CN", "BR", "", "2025-07-20T00:00+08:00", 1, -1,
     REQUIRED},
    {"4-piperidone", "CN", "易制毒", "IN", "CN", "", "2025-07-20T00:00+08:00", ANY, -1, REQUIRED},
    {"4-piperidone", "CN", "易制毒", "IN", "US", "", "2025-08-01T12:00Z", ANY, -1, OFF},
    {"4-piperidone", "CN", "易制毒", "IN", "US", "CN", "2025-08-01T12:00Z", ANY, -1, UNKNOWN},
    /* United States: 4-piperidone 2023-05-12, 4-AP 2020-05-15, propionyl chloride 2026-04-09 */
    {"4-piperidone", "US", "List I", "CN", "US", "", "2023-05-11T23:59-04:00", ANY, -1, NONE},
    {"4-piperidone", "US", "List I", "CN", "US", "", "2023-05-12T00:00-04:00", ANY, -1, REQUIRED},
    {"4-ap", "US", "List I", "US", "DE", "", "2020-05-14T23:59-04:00", ANY, -1, NONE},
    {"4-ap", "US", "List I", "US", "DE", "", "2020-05-15T00:00-04:00", ANY, -1, REQUIRED},
    {"propionyl-chloride", "US", "List I", "IN", "US", "", "2026-04-08T23:59-04:00", ANY, -1, NONE},
    {"propionyl-chloride", "US", "List I", "IN", "US", "", "2026-04-09T00:00-04:00", ANY, -1,
     REQUIRED},
    /* iodine: List II until 2007-07-31, List I from 2007-08-01 */
    {"iodine", "US", "List II", "CL", "US", "", "2007-07-31T23:59-04:00", ANY, -1, UNKNOWN},
    {"iodine", "US", "List II", "CL", "US", "", "2007-08-01T00:00-04:00", ANY, -1, NONE},
    {"iodine", "US", "List I", "CL", "US", "", "2007-08-01T00:00-04:00", ANY, -1, REQUIRED},
    /* the class of fentanyl-related substances: the order before, the act from 2025-07-16 */
    {"class-us-frs", "US", "Schedule I", "CN", "US", "", "2018-02-05T23:59-05:00", ANY, -1, NONE},
    {"class-us-frs", "US", "Schedule I", "CN", "US", "", "2025-07-15T23:59-04:00", ANY, -1,
     REQUIRED},
    {"class-us-frs", "US", "Schedule I", "CN", "US", "", "2025-07-16T00:00-04:00", ANY, -1,
     REQUIRED},
    {"class-cn-fentanyl", "CN", "非药用", "CN", "US", "", "2019-04-30T23:59+08:00", ANY, -1, NONE},
    {"class-cn-fentanyl", "CN", "非药用", "CN", "US", "", "2019-05-01T00:00+08:00", ANY, -1,
     REQUIRED},
    {"class-ca-fentanyl", "CA", "CDSA", "CN", "CA", "", "2026-01-01T12:00Z", ANY, -1, UNKNOWN},
    /* reached as a member of the class, without an entry of its own */
    {"isovaleryl-fentanyl", "CN", "非药用", "CN", "US", "", "2026-01-01T12:00Z", ANY, -1, REQUIRED},
    {"fentanyl", "CN", "非药用", "CN", "US", "", "2026-01-01T12:00Z", ANY, -1, NONE},
    /* thresholds meet or exceed, 21 CFR 1310.04(f) */
    {"acetone", "US", "List II", "JP", "US", "", "2026-01-01T12:00Z", 1500 * KG - 1, -1, BELOW},
    {"acetone", "US", "List II", "JP", "US", "", "2026-01-01T12:00Z", 1500 * KG, -1, REQUIRED},
    {"acetone", "US", "List II", "JP", "US", "", "2026-01-01T12:00Z", ANY, -1, UNKNOWN},
    {"acetone", "US", "List II", "JP", "US", "", "2026-01-01T12:00Z", 9000 * KG, 300000, BELOW},
    {"acetone", "US", "List II", "US", "JP", "", "2026-01-01T12:00Z", 9000 * KG, 300000, REQUIRED},
    {"acetone", "US", "List II", "JP", "US", "", "2026-01-01T12:00Z", 9000 * KG, 995000, REQUIRED},
    {"piperidine", "US", "List I", "IN", "US", "", "2026-01-01T12:00Z", 499999, -1, BELOW},
    {"piperidine", "US", "List I", "IN", "US", "", "2026-01-01T12:00Z", 500000, -1, REQUIRED},
    {"gbl", "US", "List I", "IN", "US", "", "2026-01-01T12:00Z", ANY, 700000, BELOW},
    {"gbl", "US", "List I", "IN", "US", "", "2026-01-01T12:00Z", ANY, 700001, REQUIRED},
    {"hydrochloric-acid", "US", "List II", "DE", "US", "", "2026-01-01T12:00Z", 900 * KG, -1, OFF},
    /* Canada: permits for Class A in every direction, a person for Class B */
    {"acetic-anhydride", "CA", "CDSA", "JP", "US", "CA", "2026-01-01T12:00Z", 1, -1, REQUIRED},
    {"acetone", "CA", "CDSA", "JP", "CA", "", "2026-01-01T12:00Z", 1, -1, UNDECIDED},
    {"acetone", "CA", "CDSA", "JP", "CA", "", "2026-01-01T12:00Z", 1, 300000, BELOW},
    {"phenethyl-bromide", "CA", "CDSA", "IN", "CA", "", "2025-04-13T23:59-04:00", ANY, -1, NONE},
    {"phenethyl-bromide", "CA", "CDSA", "IN", "CA", "", "2025-04-14T00:00-04:00", ANY, -1,
     REQUIRED},
    {"r-29676", "CA", "CDSA", "IN", "CA", "", "2027-06-04T23:59-04:00", ANY, -1, REQUIRED},
    {"r-29676", "CA", "CDSA", "IN", "CA", "", "2027-06-05T00:00-04:00", ANY, -1, NONE},
    /* the European Union is one territory */
    {"4-piperidone", "EU", "Category 1", "IN", "DE", "", "2025-08-13T23:59+02:00", ANY, -1, NONE},
    {"4-piperidone", "EU", "Category 1", "IN", "DE", "", "2025-08-14T00:00+02:00", ANY, -1,
     REQUIRED},
    {"4-piperidone", "EU", "Category 1", "FR", "DE", "", "2026-01-01T12:00Z", ANY, -1, OFF},
    {"4-piperidone", "EU", "Category 1", "FR", "US", "", "2026-01-01T12:00Z", ANY, -1, REQUIRED},
    {"acetone", "EU", "Category 3", "FR", "US", "", "2026-01-01T12:00Z", 49 * KG, -1, BELOW},
    {"acetone", "EU", "Category 3", "FR", "US", "", "2026-01-01T12:00Z", 50 * KG, -1, UNDECIDED},
    /* the tables of 1988 inform, the schedules of 1961 bind */
    {"4-piperidone", "UN", "1988", "IN", "BR", "", "2024-12-03T00:00Z", ANY, -1, OFF},
    {"4-piperidone", "UN", "1988", "IN", "BR", "", "2024-12-02T23:59Z", ANY, -1, NONE},
    {"fentanyl", "UN", "1961", "IN", "BR", "", "2026-01-01T12:00Z", ANY, -1, REQUIRED},
    /* China's export list for three countries: thirteen unknown names, two known esters */
    {"methyl-npp-carboxylate", "CN", "向特定", "CN", "US", "", "2026-09-21T23:59+08:00", ANY, -1,
     NONE},
    {"methyl-npp-carboxylate", "CN", "向特定", "CN", "US", "", "2026-09-22T00:00+08:00", ANY, -1,
     REQUIRED},
    {"ethyl-npp-carboxylate", "CN", "向特定", "CN", "CA", "", "2026-09-22T00:00+08:00", ANY, -1,
     REQUIRED},
    {"ethyl-npp-carboxylate", "CN", "向特定", "CN", "DE", "", "2026-09-22T00:00+08:00", ANY, -1,
     OFF},
    {"1-benzyl-4-piperidone", "CN", "向特定", "CN", "US", "", "2025-11-09T23:59+08:00", ANY, -1,
     NONE},
    {"1-benzyl-4-piperidone", "CN", "向特定", "CN", "US", "", "2025-11-10T00:00+08:00", ANY, -1,
     UNKNOWN},
    {"1-benzyl-4-piperidone", "CN", "向特定", "CN", "DE", "", "2025-11-10T00:00+08:00", ANY, -1,
     NONE},
    /* made in China, sent from elsewhere */
    {"acetone", "CN", "易制毒", "CN>VN", "US", "", "2026-01-01T12:00Z", ANY, -1, REQUIRED},
    /* back to where it was made */
    {"4-piperidone", "US", "List I", "US", "US", "", "2026-01-01T12:00Z", ANY, -1, REQUIRED},
};

static void fill(struct screen_facts *facts, const struct row *row)
{
	struct time_parsed parsed;
	const char *right;
	assert_true(
	    time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){row->at, strlen(row->at)}, &right));
	snprintf(facts->origin, 3, "%.2s", row->from);
	if (row->from[2])
		snprintf(facts->ship_from, 3, "%.2s", row->from + 3);
	snprintf(facts->into, 3, "%s", row->into);
	if (*row->via)
		snprintf(facts->via[facts->via_count++], 3, "%s", row->via);
	facts->entered = parsed.at;
	facts->weight = row->weight;
	facts->volume = -1;
}

static int ask(const struct row *row)
{
	struct screen_facts facts = {.hts = ""};
	struct control_answer answers[64];
	uint32_t substance = ledger_find(&ledger, row->substance);
	int found = NONE;
	assert_int_not_equal(substance, LEDGER_NONE);
	fill(&facts, row);
	struct control_question question = {.ledger = &ledger, .facts = &facts, .ppm = row->ppm};
	size_t count = control_decide(answers, 64, &question, substance);
	for (size_t i = 0; i < count; i++) {
		const struct ledger_list *list = &ledger.lists[answers[i].row->list];
		const char *name = ledger_text(&ledger, list->name);
		size_t length = strlen(row->list);
		bool whole = row->list[length - 1] == 'I' && name[length] == 'I';
		if (strcmp(ledger_text(&ledger, list->jurisdiction), row->jurisdiction) ||
		    strncmp(name, row->list, length) || whole)
			continue;
		assert_int_equal(found, NONE); /* one answer a list */
		found = (int)answers[i].status;
	}
	return found;
}

static void test_rows(void **state)
{
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int found = ask(&rows[i]);
		if (found == rows[i].expected)
			continue;
		wrong++;
		print_message("%s %s %s, %s to %s at %s: %d, not %d\n", rows[i].substance,
			      rows[i].jurisdiction, rows[i].list, rows[i].from, rows[i].into,
			      rows[i].at, found, rows[i].expected);
	}
	assert_int_equal(wrong, 0);
}

/* The act's own wording is the newest row on its first day. */
static void test_newest(void **state)
{
	struct screen_facts facts = {.into = "US", .origin = "CN", .weight = -1, .volume = -1};
	struct control_answer answers[64];
	struct control_question question = {.ledger = &ledger, .facts = &facts, .ppm = -1};
	uint32_t class = ledger_find(&ledger, "class-us-frs");
	(void)state;
	facts.entered = time_from_local(TIME_ZONE_NEW_YORK, time_days(2025, 7, 16) * 86400);
	for (int k = 0; k < 2; k++, facts.entered -= 60) {
		size_t count = control_decide(answers, 64, &question, class), seen = 0;
		for (size_t i = 0; i < count; i++) {
			if (answers[i].status == TW_CONTROL_OFF_ROUTE ||
			    answers[i].by_class != true)
				continue;
			const struct ledger_list *list = &ledger.lists[answers[i].row->list];
			if (strcmp(ledger_text(&ledger, list->jurisdiction), "US"))
				continue;
			seen++;
			assert_string_equal(ledger_text(&ledger, answers[i].row->from_text),
					    k ? "2018-02-06" : "2025-07-16");
		}
		assert_int_equal(seen, 1);
	}
}

static bool has_row(const struct ledger_control *row, tw_time at)
{
	const struct ledger_list *list = &ledger.lists[row->list];
	struct screen_facts facts = {.into = "US", .origin = "CN", .weight = -1, .volume = -1};
	struct control_answer answers[128];
	struct control_question question = {.ledger = &ledger, .facts = &facts, .ppm = -1};
	facts.entered = at;
	/* A list of domestic dealings alone is asked about goods sent within the country. */
	if (!list->must[LEDGER_IMPORT] && !list->must[LEDGER_EXPORT] && !list->must[LEDGER_TRANSIT])
		memcpy(facts.ship_from, facts.into, sizeof facts.ship_from);
	size_t count = control_decide(answers, 128, &question, row->substance);
	for (size_t i = 0; i < count; i++)
		if (answers[i].row == row)
			return true;
	return false;
}

/* A newer wording of the same list begins while this row still runs. */
static bool is_followed(const struct ledger_control *row)
{
	for (uint32_t i = 0; i < ledger.count[LEDGER_CONTROLS]; i++) {
		const struct ledger_control *other = &ledger.controls[i];
		if (other != row && other->substance == row->substance &&
		    other->from >= row->from && other->from < row->until &&
		    ledger.lists[other->list].name == ledger.lists[row->list].name)
			return true;
	}
	return false;
}

static void test_every_day(void **state)
{
	size_t begins = 0, ends = 0;
	(void)state;
	for (uint32_t i = 0; i < ledger.count[LEDGER_CONTROLS]; i++) {
		const struct ledger_control *row = &ledger.controls[i];
		enum time_zone zone = (enum time_zone)ledger.lists[row->list].zone;
		tw_time first = time_from_local(zone, (int64_t)row->from * 86400);
		tw_time last = time_from_local(zone, (int64_t)row->until * 86400);
		if (row->flags & LEDGER_ROW_MAYBE || is_followed(row))
			continue;
		if (row->from != LEDGER_DAY_MIN) {
			assert_false(has_row(row, first - 60));
			assert_true(has_row(row, first));
			begins++;
		}
		if (row->until != LEDGER_DAY_MAX) {
			assert_true(has_row(row, last - 60));
			assert_false(has_row(row, last));
			ends++;
		}
	}
	assert_true(begins > 300 && ends > 10);
}

static void test_changes(void **state)
{
	struct ledger_change list[16];
	int32_t day = (int32_t)time_days(2025, 7, 20);
	(void)state;
	assert_int_equal(ledger_changes(list, 16, &ledger, day - 1, day), 2);
	for (int i = 0; i < 2; i++) {
		const char *id = ledger_text(&ledger, ledger.substances[list[i].row->substance].id);
		assert_true(!strcmp(id, "4-piperidone") || !strcmp(id, "1-boc-4-piperidone"));
		assert_false(list[i].ends);
	}
	assert_int_equal(ledger_changes(list, 16, &ledger, day, day), 0);
	day = (int32_t)time_days(2025, 7, 16); /* one row ends, the act's begins */
	assert_int_equal(ledger_changes(list, 16, &ledger, day - 1, day), 2);
	assert_int_not_equal(list[0].ends, list[1].ends);
}

#define TEXT(s) ((struct tw_text){s, sizeof(s) - 1})

static void test_content(void **state)
{
	(void)state;
	assert_int_equal(content_column(TEXT("35%")), 350000);
	assert_int_equal(content_column(TEXT(">= 99.5 % w/w")), 995000);
	assert_int_equal(content_column(TEXT("0,5")), 5000);
	assert_int_equal(content_column(TEXT("101")), -1);
	assert_int_equal(content_column(TEXT("99999999999999999999")), -1);
	assert_int_equal(content_column(TEXT("")), -1);
	assert_int_equal(content_text(TEXT("toluene 30% solution")), 300000);
	assert_int_equal(content_text(TEXT("盐酸 37％")), 370000);
	assert_int_equal(content_text(TEXT("4-AP 25 kg")), -1);
	assert_int_equal(content_text(TEXT("10% acetone, 20% toluene")), -1);
}

/* No cut of the section, and no flipped byte, may lead outside it. */
static void test_damage(void **state)
{
	struct ledger bad;
	size_t size;
	const void *section = rulebook_section(rulebook, LEDGER_TAG, &size);
	char *copy = aligned_alloc(16, (size + 15) / 16 * 16);
	(void)state;
	assert_non_null(copy);
	for (size_t cut = 0; cut < size; cut += 1 + cut / 64) {
		memcpy(copy, section, size);
		assert_true(!ledger_check(&bad, copy, cut) || cut > size - 8);
	}
	for (size_t i = 0; i < size; i += 7) {
		memcpy(copy, section, size);
		copy[i] = (char)(copy[i] ^ 0xff);
		if (ledger_check(&bad, copy, size))
			for (uint32_t k = 0; k < bad.count[LEDGER_CONTROLS]; k++)
				assert_true(strlen(ledger_text(&bad, bad.controls[k].threshold)) <
					    size);
	}
	free(copy);
}

int main(int count, char **arguments)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),      cmocka_unit_test(test_newest),
	    cmocka_unit_test(test_every_day), cmocka_unit_test(test_changes),
	    cmocka_unit_test(test_content),   cmocka_unit_test(test_damage)};
	if (count != 2) {
		fprintf(stderr, "usage: test_control RULEBOOK\n");
		return 2;
	}
	path = arguments[1];
	return cmocka_run_group_tests(tests, open_ledger, close_ledger);
}
