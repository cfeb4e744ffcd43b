/* SPDX-License-Identifier: Apache-2.0 */
/* Days and periods as they are typed, and any bytes in their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cli/cli.h"
#include "cli/days.h"

const char *cli_today(void)
{
	return "2026-02-28";
}

void cli_message(const char *format, ...)
{
	(void)format;
}

static void reads(const char *text, const char *first, const char *last, bool is_period)
{
	struct cli_days days;
	char message[160] = "";
	if (!cli_days_read(&days, text, message))
		fail_msg("%s: %s", text, message);
	assert_string_equal(days.first_text, first);
	assert_string_equal(days.last_text, last);
	assert_int_equal(days.is_period, is_period);
	assert_int_equal(cli_days_is_period(text), is_period);
}

static void refuses(const char *text, const char *part)
{
	struct cli_days days;
	char message[160] = "";
	if (cli_days_read(&days, text, message))
		fail_msg("%s is taken", text);
	if (!strstr(message, part))
		fail_msg("%s: %s", text, message);
	assert_false(cli_days_is_period(text));
}

static void single_days(void **state)
{
	(void)state;
	reads("2025-04-10", "2025-04-10", "2025-04-10", false);
	reads("today", "2026-02-28", "2026-02-28", false);
	reads("TODAY", "2026-02-28", "2026-02-28", false);
	reads("04/10/2025", "2025-04-10", "2025-04-10", false);
	reads("2024-02-29", "2024-02-29", "2024-02-29", false);
	refuses("2025-02-29", "is not a day");
	refuses("2025-13", "is not a day");
	refuses("2025-00", "is not a day");
	refuses("2025-04-00", "is not a day");
	refuses("2025-4-1x", "is not a day");
	refuses("", "is not a day");
	refuses("tomorrow", "is not a day");
	refuses("2025-04-10T00:01", "is not a day");
}

static void periods(void **state)
{
	(void)state;
	reads("2025", "2025-01-01", "2025-12-31", true);
	reads("2025-02", "2025-02-01", "2025-02-28", true);
	reads("2024-02", "2024-02-01", "2024-02-29", true);
	reads("2025-12", "2025-12-01", "2025-12-31", true);
	reads("2025-04-09..11", "2025-04-09", "2025-04-11", true);
	reads("2025-04-09..09", "2025-04-09", "2025-04-09", true);
	reads("2025-04-09..05-02", "2025-04-09", "2025-05-02", true);
	reads("2025-04-09..2025-05", "2025-04-09", "2025-05-31", true);
	reads("2025-04..06", "2025-04-01", "2025-06-30", true);
	reads("2025..2026", "2025-01-01", "2026-12-31", true);
	reads("2025-12-31..today", "2025-12-31", "2026-02-28", true);
	reads("today..2026-03", "2026-02-28", "2026-03-31", true);
	refuses("2025-04-09..", "has no end");
	refuses("2025-04-09..31", "has no end");
	refuses("2025..06", "has no end");
	refuses("2025-04..05-02", "has no end");
	refuses("2025-04-09..1", "has no end");
	refuses("2025-04-09...11", "has no end");
	refuses("..2025-04-09", "is not a day");
	refuses("2025-05..04", "ends before");
	refuses("2025-04-09..08", "ends before");
}

/* Whatever is typed, the texts of an answer are days and the first is not after the last. */
static void any_bytes(void **state)
{
	static const char letters[] = "0123456789-.Tt/ today\xc3\xa9";
	uint64_t seed = 20260101;
	(void)state;
	for (int i = 0; i < 200000; i++) {
		char text[32], message[160] = "";
		struct cli_days days;
		size_t length = 0;
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		size_t most = (size_t)(seed >> 60) + 8;
		for (; length < most; length++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			text[length] = letters[(seed >> 40) % (sizeof letters - 1)];
		}
		if (i % 2) /* near to what is right */
			memcpy(text, "2025-04-", 8);
		text[length] = '\0';
		if (cli_days_read(&days, text, message)) {
			assert_true(days.first <= days.last);
			assert_int_equal(strlen(days.first_text), 10);
			assert_int_equal(strlen(days.last_text), 10);
		} else {
			assert_true(*message);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(single_days), cmocka_unit_test(periods),
					   cmocka_unit_test(any_bytes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
