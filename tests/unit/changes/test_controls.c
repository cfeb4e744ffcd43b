/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes of controls between two days, from the law text:
 *
 *   test_changes LAW
 *
 * Each row below was worked out from the acts.
 */
#include "changes/controls.h"
#include "common/instant.h"
#include "law/chemistry.h"

#include <stdio.h>
#include <string.h>

struct expected {
	const char *substance, *jurisdiction;
	char how; /* b begins, e ends, r reworded */
};
struct day {
	int year, month, day;
	struct expected expected[8];
};
static const struct day days[] = {
    {2025, 7, 20, {{"4-piperidone", "CN", 'b'}, {"1-boc-4-piperidone", "CN", 'b'}}},
    {2025, 7, 16, {{"class-us-frs", "US", 'r'}}},
    {2025, 8, 14, {{"4-piperidone", "EU", 'b'}, {"1-boc-4-piperidone", "EU", 'b'}}},
    {2025, 4, 14, {{"phenethyl-bromide", "CA", 'b'}}},
    {2026, 9, 22, {{"methyl-npp-carboxylate", "CN", 'b'}, {"ethyl-npp-carboxylate", "CN", 'b'}}},
    {2026, 4, 9, {{"propionyl-chloride", "US", 'b'}}},
    {2007, 8, 1, {{"iodine", "US", 'b'}, {"iodine", "US", 'e'}}},
    {2027,
     6,
     5,
     {{"r-29676", "CA", 'e'}, {"spirochlorphine", "CA", 'e'}, {"spirobrorphine", "CA", 'e'}}},
    {2025, 10, 2, {{"1-boc-4-piperidone", "US", 'r'}}},
    {2024,
     6,
     3,
     {{"imdpam", "EU", 'b'},
      {"bmk-ethyl-glycidate", "EU", 'b'},
      {"class-eu-glycidate", "EU", 'b'}}},
    {2025, 7, 17, {{NULL, NULL, 0}}},
};

struct found {
	const struct day *day;
	int count, wrong;
};

static void each(void *context, const struct chemistry_change *change)
{
	struct found *found = context;
	char how = change->ends ? 'e' : change->reworded ? 'r' : 'b';
	found->count++;
	for (int i = 0; i < 8 && found->day->expected[i].substance; i++) {
		const struct expected *e = &found->day->expected[i];
		if (!strcmp(e->substance, change->substance) && e->how == how &&
		    !strcmp(e->jurisdiction, change->jurisdiction) && change->by_count)
			return;
	}
	found->wrong++;
	printf("not expected: %s %s %c\n", change->jurisdiction, change->substance, how);
}

int main(int count, char **arguments)
{
	int failed = count != 2;
	for (size_t i = 0; !failed && i < sizeof days / sizeof *days; i++) {
		int32_t day = (int32_t)time_days(days[i].year, days[i].month, days[i].day);
		int32_t between[2] = {day - 1, day};
		struct tw_error error = {0};
		struct found found = {&days[i], 0, 0};
		int wanted = 0;
		while (wanted < 8 && days[i].expected[wanted].substance)
			wanted++;
		if (chemistry_changes(each, &found, arguments[1], INT32_MAX, between, false,
				      &error)) {
			printf("%s:%d: %s\n", error.file, error.line, error.message);
			return 2;
		}
		if (found.wrong || found.count != wanted) {
			printf("%d-%02d-%02d: %d changes, not %d\n", days[i].year, days[i].month,
			       days[i].day, found.count, wanted);
			failed = 1;
		}
	}
	return failed;
}
