/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The developer's law compiler: `lawc check LAWDIR` reads a law folder and
 * says what it holds, or what is wrong with it. A table of sub-commands.
 */
#include "law.h"

#include <stdio.h>
#include <string.h>

static int check(int count, char **arguments)
{
	struct tw_error error = {0};
	struct law *law;
	if (count != 1) {
		(void)fputs("lawc: write lawc check LAWDIR\n", stderr);
		return 2;
	}
	if (law_read(&law, arguments[0], &error)) {
		if (error.line)
			(void)fprintf(stderr, "%s:%d:%d: %s\n", error.file, error.line,
				      error.column, error.message);
		else
			(void)fprintf(stderr, "%s: %s\n", error.file, error.message);
		return 2;
	}
	uint32_t rows = 0, listed = 0;
	for (uint32_t i = 0; i < law->jurisdiction_count; i++)
		rows += law->jurisdictions[i].row_count;
	for (uint32_t i = 0; i < law->list_count; i++)
		listed += law->lists[i].row_count;
	(void)printf(
	    "law of %s: %u jurisdictions, %u instruments, %u programs, %u measures, %u lists "
	    "(%u rows), %u schedule rows, %u claims, %u units\nsha256 %s\n",
	    law->edition, law->jurisdiction_count, law->instrument_count, law->program_count,
	    law->measure_count, law->list_count, listed, rows, law->claim_count, law->unit_count,
	    law->sha256);
	law_free(law);
	return 0;
}

static const struct {
	const char *name;
	int (*run)(int count, char **arguments);
	const char *help;
} commands[] = {{"check", check, "check LAWDIR    read a law folder and say what is wrong"}};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 2, argv + 2);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		(void)fprintf(stderr, "lawc %s\n", commands[i].help);
	return 2;
}
