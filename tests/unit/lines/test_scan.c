/* SPDX-License-Identifier: Apache-2.0 */
/* The scan of 64 bytes a step, against the grammar that goes byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan_check.h"

static void expect(const char *text, size_t length, char separator)
{
	const char *wrong = scan_check(text, length, separator);
	if (wrong)
		print_error("%s is wrong in `%.*s`\n", wrong, (int)length, text);
	assert_null(wrong);
}

static uint64_t seed = 1;

static unsigned below(unsigned limit)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % limit;
}

/* What people and their programs write. */
static void written(void **state)
{
	static const char *const texts[] = {
	    "",
	    "\n",
	    "a",
	    "a,b\n",
	    "a,b\r\nc,d\r\n",
	    "\"a\",\"b\"\r\n\"c\",\"d\"\r\n",
	    "1,\"say \"\"yes\"\"\",x\n2,\"\"\"\"\n3,\"\",\"\"\n",
	    "1,\"two\nlines\",x\n2,y,z\n",
	    "1,5\" pipe,x\n2,6\" pipe,\"y\"\n3,a,b\n",
	    "1, \"blank\",x\n2,\"blank\" ,y\n3,a,b\n",
	    "=\"0042\",1\n=\"a,b\",2\n",
	    "1,\"never closed,x\n2,a,b\n3,\"c\",d\n",
	    "1,\"closed\"then,x\n2,a,b\n",
	    "1,\"a\"\r,x\n2,\"a\"\rb\n3,a\r,b\r\n",
	    "1,\"\r\n\",x\n",
	    "1,\"last\"",
	    "1,\"last",
	};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		expect(texts[i], strlen(texts[i]), ',');
}

/* Made of what the grammar has to decide, with every edge of a block in it. */
static void random_texts(void **state)
{
	static const char bytes[] = ",,,\"\"\"\n\n\r =aab\xC3\t\x01\x7F~";
	static char text[700];
	(void)state;
	for (int round = 0; round < 20000; round++) {
		/* Quotes mostly where they belong, so that the scan gets far. */
		unsigned wild = below(20), length = below(sizeof text), at = 0;
		while (at + 12 < length) {
			if (below(40) < wild) {
				text[at++] = bytes[below(sizeof bytes - 1)];
				continue;
			}
			bool quoted = below(2);
			if (quoted)
				text[at++] = '"';
			for (unsigned n = below(7); n; n--)
				text[at++] = quoted && !below(8) ? ",\n\r"[below(3)] : 'x';
			if (quoted && !below(4)) {
				text[at++] = '"';
				text[at++] = '"';
			}
			if (quoted)
				text[at++] = '"';
			text[at++] = below(6) ? ',' : '\n';
		}
		expect(text, at, below(9) ? ',' : ';');
	}
}

/* A record over 1 MiB is none. */
static void long_rows(void **state)
{
	size_t length = CSV_RECORD + 200;
	char *text = malloc(length);
	(void)state;
	assert_non_null(text);
	for (size_t over = 0; over < 3; over++) {
		memset(text, 'x', length);
		memcpy(text, "a,b\n", 4);
		text[4 + CSV_RECORD - 2 + over] = '\n';
		expect(text, length, ',');
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(written),
	    cmocka_unit_test(random_texts),
	    cmocka_unit_test(long_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
