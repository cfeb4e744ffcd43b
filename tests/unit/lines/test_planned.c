/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files answered by plans and line by line, with the whole law: the same bytes,
 * the same totals. The rows are what parcels are, and in some cells what people
 * and programs write in their place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "planned_check.h"

static uint64_t seed = 7;

static unsigned below(unsigned limit)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % limit;
}

struct cell {
	const char *usual[12], *odd[16];
};

static const char header[] =
    "id,hts,origin,ship_from,entered,channel,value,qty,unit,weight,description";
static const struct cell cells[] = {
    {{"1", "2", "A-7", "X_9"},
     {"", "=1+1", "\"a,b\"", "\"say \"\"x\"\"\"", " x ", "\xC3\xA9", "-5", "a\x01", "+4", "@a",
      "\tq", "a\tb", "x ", "'x", "~", "\"=x\""}},
    {{"6109100012", "9503000073", "3926909989", "8517130000", "7318158066", "0901210035",
      "4202923120", "6403996075"},
     {"6109.10.00.12", "610910", "61091000", "6109", "x", "", "9999999999", "=\"0901210035\"",
      "\"6109100012\"", "901210035"}},
    {{"CN", "VN", "MX", "CA", "DE", "IN", "JP"}, {"cn", "China", "", "ZZ", "\"CN\"", "UK", "EU"}},
    {{"CN", "VN", "HK", "DE"}, {"", "HKG", "cn", "XX"}},
    {{"2025-05-02T00:00", "2025-05-02T00:01", "2025-04-09T23:59", "2026-02-24T12:00",
      "2025-08-29T04:00", "2025-11-10T08:30"},
     {"2025-05-02", "2025-11-02T01:30", "2025-03-09T02:30", "2025-02-30T10:00", "5/2/2025",
      "2025-05-02 10:00", "2025-05-02T10:00:59", "", "2025-05-02T24:00", "2025-05-02T10:00Z",
      "today", "20250502"}},
    {{"express", "postal", "commercial"}, {"", "Express", "air", "\"postal\""}},
    {{"54.00", "800.00", "800.01", "799.99", "12.5", "2500", "0.01", "1999.99", "2500.01"},
     {"-1.00", "$5.00", "1,234.50", "", "0", "0.005", "1e3", "007.10", ".5", "5.", "99999999999999",
      "\"12.00\""}},
    {{"1", "2", "5", "1.5"}, {"", "0", "x", "3 No.", "1000000000000"}},
    {{"No.", "kg", "doz."}, {"", "xyz", "NO", "\"No.\""}},
    {{"0.250", "1", "0.5"}, {"", "0.25 kg", "x", "0"}},
    {{"t-shirt", "\"t-shirt, cotton\"", "phone case", "\"shoes\"", "acetone 99%"},
     {"\"4-piperidone hydrochloride\"", "\"fentanyl\"", "\"\"", "\"two\nlines\"",
      "\"say \"\"x\"\"\"", "5\" pipe", " \"blank\" ", "\xE4\xB8\xAD",
      "a\x7F"
      "b",
      "\"open", "\xFF"}},
};
enum { CELLS = sizeof cells / sizeof *cells };

static const char *pick(const char *const *from, size_t room)
{
	size_t count = 0;
	while (count < room && from[count])
		count++;
	return from[below((unsigned)count)];
}

static size_t write_file(char *text, unsigned lines, unsigned oddness)
{
	size_t at = (size_t)sprintf(text, "%s\n", header);
	for (unsigned i = 0; i < lines; i++) {
		for (size_t k = 0; k < CELLS; k++) {
			bool odd = below(1000) < oddness;
			const char *cell = odd ? pick(cells[k].odd, 16) : pick(cells[k].usual, 12);
			at += (size_t)sprintf(text + at, "%s%s", k ? "," : "", cell);
		}
		at += (size_t)sprintf(text + at, "%s",
				      below(50)  ? "\n"
				      : below(2) ? "\r\n"
						 : ",x\n");
	}
	return at;
}

static void files(void **state)
{
	static char text[1 << 20];
	(void)state;
	for (unsigned round = 0; round < 96; round++) {
		size_t length = write_file(text, 1 + below(400), round % 4 * 15);
		unsigned how = below(256);
		if (!planned_check(text, length, how)) {
			FILE *file = fopen("planned-differs.csv", "wb");
			if (file) {
				fwrite(text, 1, length, file);
				fclose(file);
			}
			print_error("round %u, how %u: see planned-differs.csv\n", round, how);
			fail();
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(files)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
