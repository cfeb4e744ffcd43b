/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of spreadsheet cells: every expectation is what a spreadsheet shows for that cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lines/cell_format.h"

struct shown {
	const char *number, *code, *text;
	unsigned id;
	bool since_1904;
};

static void check(const struct shown *shown, size_t count)
{
	struct buffer out = {0};
	for (size_t i = 0; i < count; i++) {
		struct cell_format format = cell_format_read(shown[i].id, shown[i].code);
		out.length = 0;
		cell_put(&out, (struct tw_text){shown[i].number, strlen(shown[i].number)}, &format,
			 shown[i].since_1904);
		buffer_char(&out, '\0');
		if (strcmp(out.at, shown[i].text) != 0)
			fail_msg("%s as %s: %s expected, %s came", shown[i].number,
				 shown[i].code ? shown[i].code : "built in", shown[i].text, out.at);
	}
	buffer_free(&out);
}
#define CHECK(table) check(table, sizeof(table) / sizeof *(table))

static void test_numbers(void **state)
{
	(void)state;
	static const struct shown table[] = {
	    {"0", NULL, "0", 0, false},
	    {"-0", NULL, "0", 0, false},
	    {"54", NULL, "54", 0, false},
	    {"007.50", NULL, "7.5", 0, false},
	    {"1.2E3", NULL, "1200", 0, false},
	    {"1.2e+03", NULL, "1200", 0, false},
	    {"6.10910001200000E9", NULL, "6109100012", 0, false},
	    {"1E-2", NULL, "0.01", 0, false},
	    {"-5.5E-1", NULL, "-0.55", 0, false},
	    {".5", NULL, "0.5", 0, false},
	    /* What is written with 17 digits is 15 of them. */
	    {"73.439999999999998", NULL, "73.44", 0, false},
	    {"0.28999999999999998", NULL, "0.29", 0, false},
	    {"0.30000000000000004", NULL, "0.3", 0, false},
	    {"999999999999999.96", NULL, "1000000000000000", 0, false},
	    {"99999999999.99999", NULL, "100000000000", 0, false},
	    {"9.9999999999999995E-3", NULL, "0.01", 0, false},
	    /* A whole number is left as it is: it is a code or a reference. */
	    {"12345678901234567890", NULL, "12345678901234567890", 0, false},
	    {"1.25E20", NULL, "125000000000000000000", 0, false},
	    {"1.7E311", NULL, "1.7E311", 0, false},
	    /* No numbers. */
	    {"1E999", NULL, "1E999", 0, false},
	    {"1.2.3", NULL, "1.2.3", 0, false},
	    {"12a", NULL, "12a", 0, false},
	    {"-", NULL, "-", 0, false},
	    {"E5", NULL, "E5", 0, false},
	    {"5E", NULL, "5E", 0, false},
	    {"", NULL, "", 0, false},
	};
	CHECK(table);
}

static void test_days(void **state)
{
	(void)state;
	static const struct shown table[] = {
	    {"45779", NULL, "2025-05-02", 14, false},
	    {"45779", NULL, "2025-05-02", 15, false},
	    {"45779.999988425923", NULL, "2025-05-02", 14, false},
	    {"45779.5", NULL, "2025-05-02T12:00", 22, false},
	    {"45779", NULL, "2025-05-02T00:00", 22, false},
	    {"45779.000694444447", NULL, "2025-05-02T00:01", 22, false},
	    {"45779.999988425923", NULL, "2025-05-02T23:59:59", 22, false},
	    {"45779.999999", NULL, "2025-05-03T00:00", 22, false},
	    {"4.5779E4", NULL, "2025-05-02", 14, false},
	    /* The first day, the leap day that never was, the days about it, the last. */
	    {"1", NULL, "1900-01-01", 14, false},
	    {"59", NULL, "1900-02-28", 14, false},
	    {"60", NULL, "60", 14, false},
	    {"61", NULL, "1900-03-01", 14, false},
	    {"2958465", NULL, "9999-12-31", 14, false},
	    {"2958466", NULL, "2958466", 14, false},
	    {"0", NULL, "0", 14, false},
	    {"-1", NULL, "-1", 14, false},
	    {"45351", NULL, "2024-02-29", 14, false},
	    {"45352", NULL, "2024-03-01", 14, false},
	    /* Counted from 1904. */
	    {"0", NULL, "1904-01-01", 14, true},
	    {"44317", NULL, "2025-05-02", 14, true},
	    {"44317.00069444444", "yyyy-mm-dd hh:mm", "2025-05-02T00:01", 164, true},
	    /* Formats of one's own. */
	    {"45779", "yyyy\\-mm\\-dd", "2025-05-02", 164, false},
	    {"45779", "[$-409]d\\-mmm\\-yyyy;@", "2025-05-02", 165, false},
	    {"45779", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2025-05-02", 165, false},
	    {"45779.75", "m/d/yy h:mm AM/PM", "2025-05-02T18:00", 166, false},
	    {"45779", "\"day \"0", "45779", 167, false},
	    {"45779", "[Red]0", "45779", 168, false},
	    {"45779", "General", "45779", 169, false},
	    {"0.75", "h:mm", "0.75", 170, false},
	    {"1.5", "[h]:mm:ss", "1.5", 171, false},
	    {"45779", "0\\d", "45779", 172, false},
	    {"45779", "yyyy\"年\"m\"月\"d\"日\"", "2025-05-02", 173, false},
	};
	CHECK(table);
}

static void test_formats(void **state)
{
	(void)state;
	static const struct shown table[] = {
	    {"0.165", NULL, "16.5%", 10, false},
	    {"1", NULL, "100%", 9, false},
	    {"0", NULL, "0%", 9, false},
	    {"0.07500000000000001", "0.0%", "7.5%", 164, false},
	    {"201305000", "0000000000", "0201305000", 164, false},
	    {"201305000", "0000\\.00\\.0000", "0201305000", 164, false},
	    {"7", "00", "07", 164, false},
	    {"7.5", "00", "7.5", 164, false},
	    {"7", "0", "7", 164, false},
	    {"7", "0.00", "7", 2, false},
	    {"1234.5", "#,##0.00", "1234.5", 4, false},
	    {"1234.5", "\"$\"#,##0.00", "1234.5", 164, false},
	    {"1234.5", "[$$-409]#,##0.00", "1234.5", 164, false},
	    {"1234.5", "#,##0.00\\ \"\xE2\x82\xAC\"",
	     "\xE2\x82\xAC"
	     "1234.5",
	     164, false},
	    {"1234.5", "_-* #,##0.00\\ [$\xE2\x82\xAC-407]_-",
	     "\xE2\x82\xAC"
	     "1234.5",
	     164, false},
	    {"1000", "[$CA$-1009]#,##0", "CA$1000", 164, false},
	    {"1000", "#,##0\\ \"EUR\"", "EUR1000", 164, false},
	    {"1000", "#,##0\\ \"pcs\"", "1000", 164, false},
	    {"1000", "\xC2\xA5#,##0",
	     "\xC2\xA5"
	     "1000",
	     164, false},
	    {"5", "0.00E+00", "5", 11, false},
	    {"5", "@", "5", 49, false},
	    {"5", "[Red", "5", 164, false},
	    {"5", "\"open", "5", 164, false},
	    {"5", "\\", "5", 164, false},
	};
	CHECK(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_days),
	    cmocka_unit_test(test_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
