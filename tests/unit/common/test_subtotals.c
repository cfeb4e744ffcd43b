/* SPDX-License-Identifier: Apache-2.0 */
/* Records sorted out of memory, and the totals of those that agree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/capped.h"
#include "common/subtotals.h"

enum { RECORDS = 5000, KEYS = 700, MEMORY = 4096 };

struct record {
	unsigned char key[8], place[8];
	int64_t amount;
};
struct total {
	int64_t amount, first;
	uint64_t records;
};

static void add(void *sum, const void *at, const void *last, void *context)
{
	struct total *total = sum;
	const struct record *record = at;
	if (!last)
		total->first = record->amount;
	else
		assert_memory_equal(((const struct record *)last)->key, record->key, 8);
	total->amount = capped_sum(total->amount, record->amount);
	total->records++;
	++*(size_t *)context;
}

static const struct subtotals_form form = {sizeof(struct record), sizeof(struct total), 8, add};

static struct sort *sorted(const struct record *records, size_t count)
{
	struct sort *sort;
	assert_int_equal(sort_new(&sort, sizeof *records, MEMORY, NULL), TW_OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(sort_add(sort, &records[i], NULL), TW_OK);
	assert_int_equal(sort_finish(sort, NULL), TW_OK);
	return sort;
}

static void each_record_has_the_total_of_its_group(void **state)
{
	static struct record records[RECORDS];
	static struct total expected[KEYS];
	(void)state;
	for (size_t i = 0, random = 1; i < RECORDS; i++) {
		random = random * 6364136223846793005U + 1442695040888963407U;
		uint64_t key = (random >> 33) % KEYS;
		sort_put(records[i].key, key);
		sort_put(records[i].place, i);
		records[i].amount = (int64_t)(random >> 40);
		if (!expected[key].records++)
			expected[key].first = records[i].amount;
		expected[key].amount += records[i].amount;
	}
	struct sort *sort = sorted(records, RECORDS);
	struct subtotals *subtotals;
	size_t added = 0, seen = 0;
	assert_int_equal(subtotals_new(&subtotals, sort, &form, &added, NULL), TW_OK);
	assert_int_equal(added, RECORDS);
	struct record record;
	const void *total;
	int got;
	uint64_t before = 0;
	while ((got = subtotals_next(subtotals, &record, &total, NULL)) > 0) {
		uint64_t key = sort_get(record.key);
		assert_true(key >= before);
		before = key;
		assert_memory_equal(total, &expected[key], sizeof expected[key]);
		seen++;
	}
	assert_int_equal(got, 0);
	assert_int_equal(seen, RECORDS);
	subtotals_free(subtotals);
	sort_free(sort);
}

static void no_records_have_no_groups(void **state)
{
	struct sort *sort = sorted(NULL, 0);
	struct subtotals *subtotals;
	struct record record;
	const void *total;
	size_t added = 0;
	(void)state;
	assert_int_equal(subtotals_new(&subtotals, sort, &form, &added, NULL), TW_OK);
	assert_int_equal(subtotals_next(subtotals, &record, &total, NULL), 0);
	assert_int_equal(added, 0);
	subtotals_free(subtotals);
	subtotals_free(NULL);
	sort_free(sort);
}

static void where_there_is_no_room_for_a_file_it_says_so(void **state)
{
	struct record one = {.amount = INT64_MAX};
	struct sort *sort = sorted(&one, 1);
	struct subtotals *subtotals;
	struct tw_error error = {0};
	size_t added = 0;
	const char *folder = getenv("TMPDIR");
	char *kept = folder ? strdup(folder) : NULL;
	(void)state;
	assert_int_equal(setenv("TMPDIR", "/nowhere", 1), 0);
	assert_int_equal(subtotals_new(&subtotals, sort, &form, &added, &error), TW_BAD_FILE);
	assert_null(subtotals);
	assert_non_null(strstr(error.message, "/nowhere"));
	assert_int_equal(kept ? setenv("TMPDIR", kept, 1) : unsetenv("TMPDIR"), 0);
	free(kept);
	sort_free(sort);
}

static void a_sum_stays_at_the_greatest(void **state)
{
	(void)state;
	assert_true(capped_sum(INT64_MAX, 1) == INT64_MAX);
	assert_true(capped_sum(INT64_MAX - 1, 1) == INT64_MAX);
	assert_true(capped_sum(INT64_MAX, -1) == INT64_MAX - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_record_has_the_total_of_its_group),
	    cmocka_unit_test(no_records_have_no_groups),
	    cmocka_unit_test(where_there_is_no_room_for_a_file_it_says_so),
	    cmocka_unit_test(a_sum_stays_at_the_greatest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
