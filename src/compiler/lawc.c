/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The developer's law compiler: `lawc check LAWDIR` reads a law folder and
 * says what it holds, or what is wrong with it. A table of sub-commands.
 */
#include "compiler/compile.h"
#include "law/archive.h"
#include "law/codes.h"
#include "law/depfile.h"
#include "law/descriptions.h"
#include "law/law.h"
#include "law/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(void *context, const struct tw_error *fault)
{
	(void)context;
	(void)fprintf(stderr, "%s:%d:%d: %s\n", fault->file, fault->line, fault->column,
		      fault->message);
}

static int check_descriptions(const struct law *law, const char *folder, struct law_codes *told)
{
	struct tw_error error = {0};
	for (uint32_t i = 0; i < law->jurisdiction_count; i++) {
		struct law_descriptions words;
		int code = law_descriptions_read(&words, law, i, folder, &error);
		if (code)
			tell(NULL, &error);
		else
			code = law_descriptions_check(law, &words, told);
		law_descriptions_free(&words);
		if (code)
			return code;
	}
	return TW_OK;
}

static int say_error(const struct tw_error *error)
{
	if (error->line)
		(void)fprintf(stderr, "%s:%d:%d: %s\n", error->file, error->line, error->column,
			      error->message);
	else
		(void)fprintf(stderr, "%s: %s\n", error->file, error->message);
	return 2;
}

/* What a scenario makes of the law is compiled, for the compiler sees what no reader does. */
static int check_scenario(const struct law *law, const char *folder, const char *scenario)
{
	struct tw_error error = {0};
	struct law *with = NULL;
	void *book = NULL;
	size_t size;
	int code = law_with(&with, law, scenario, &error);
	if (!code)
		code = compile_law(&book, &size, with, folder, TW_TIME_MAX, &error);
	free(book);
	law_free(with);
	return code ? say_error(&error) : 0;
}

static int check(int count, char **arguments)
{
	struct tw_error error = {0};
	struct law *law;
	struct law_codes codes = {.tell = tell};
	if (count != 1 && count != 2) {
		(void)fputs("lawc: write lawc check LAWDIR [SCENARIO]\n", stderr);
		return 2;
	}
	if (law_read(&law, arguments[0], &error))
		return say_error(&error);
	if (count == 2) {
		int code = check_scenario(law, arguments[0], arguments[1]);
		law_free(law);
		return code;
	}
	if (law_codes_check(law, &codes) || check_descriptions(law, arguments[0], &codes) ||
	    codes.faults) {
		law_free(law);
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

static int write_file(const char *path, const void *data, size_t size)
{
	FILE *file = fopen(path, "wb");
	bool good = file && fwrite(data, 1, size, file) == size;
	good = (!file || fclose(file) == 0) && good;
	if (!good)
		perror(path);
	return good ? 0 : 2;
}

/* Every file of the law is an input of what is made of it: a rule for the build. */
static int write_depfile(const char *path, const char *target, const char *folder)
{
	if (!law_depfile(path, target, folder))
		return 0;
	perror(path);
	return 2;
}

static int compile(int count, char **arguments)
{
	struct tw_error error = {0};
	void *book = NULL;
	size_t size = 0;
	if (count != 2 && count != 3) {
		(void)fputs("lawc: write lawc compile LAWDIR RULEBOOK [DEPFILE]\n", stderr);
		return 2;
	}
	if (compile_folder(&book, &size, arguments[0], TW_TIME_MAX, &error)) {
		(void)fprintf(stderr, "%s:%d:%d: %s\n", error.file, error.line, error.column,
			      error.message);
		return 2;
	}
	int code = write_file(arguments[1], book, size);
	free(book);
	if (code != 0)
		return code;
	return count == 3 ? write_depfile(arguments[2], arguments[1], arguments[0]) : 0;
}

/* The law text in one file, for the program to carry. */
static int pack(int count, char **arguments)
{
	struct tw_error error = {0};
	char *text = NULL;
	size_t size = 0;
	if (count != 3) {
		(void)fputs("lawc: write lawc pack LAWDIR TEXT DEPFILE\n", stderr);
		return 2;
	}
	if (archive_make(&text, &size, arguments[0], &error)) {
		(void)fprintf(stderr, "%s: %s\n", error.file, error.message);
		return 2;
	}
	int code = write_file(arguments[1], text, size);
	free(text);
	return code != 0 ? code : write_depfile(arguments[2], arguments[1], arguments[0]);
}

static const struct {
	const char *name;
	int (*run)(int count, char **arguments);
	const char *help;
} commands[] = {
    {"check", check, "check LAWDIR [SCENARIO]    read a law folder and say what is wrong"},
    {"compile", compile, "compile LAWDIR RULEBOOK [DEPFILE]"},
    {"pack", pack, "pack LAWDIR TEXT DEPFILE"}};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 2, argv + 2);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		(void)fprintf(stderr, "lawc %s\n", commands[i].help);
	return 2;
}
