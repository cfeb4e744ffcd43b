/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library answers to entries:
 *
 *     refunds DAY INTEREST-TO|- FACT|- UPLOAD|- FILE...
 *
 * Answers, then "--", then totals; faults of rows and columns that are not read on standard
 * error. A file whose name holds "results" is one of results.
 */
#include "tidewaiter_refund.h"

#include <stdio.h>
#include <string.h>

struct file {
	FILE *from;
	char piece[7]; /* small, so that rows stand in several */
};

static int next(void *context, struct tw_text *out, struct tw_error *error)
{
	struct file *file = context;
	(void)error;
	*out = (struct tw_text){file->piece, fread(file->piece, 1, sizeof file->piece, file->from)};
	return TW_OK;
}

static void fault(void *context, const struct tw_error *error)
{
	(void)context;
	fprintf(stderr, "%s:%d: %s\n", error->file, error->line, error->message);
}

static int fail(const struct tw_error *error)
{
	fprintf(stderr, "%s\n", error->message);
	return 2;
}

static int read_file(tw_refund *refund, const char *path, struct tw_error *error)
{
	struct file file = {.from = fopen(path, "rb")};
	const struct tw_refund_source source = {
	    path, strstr(path, "results") ? TW_REFUND_RESULTS : TW_REFUND_ENTRIES, next, fault,
	    &file};
	if (!file.from)
		return TW_BAD_FILE;
	int code = tw_refund_read(refund, &source, error);
	fclose(file.from);
	if (!code && *tw_refund_unread(refund))
		fprintf(stderr, "not read: %s\n", tw_refund_unread(refund));
	return code;
}

static const char *given(const char *word)
{
	return strcmp(word, "-") ? word : NULL;
}

/* Writes what is refunded of the files, and the totals; TW_OK, or what went wrong. */
static int print_all(tw_refund *refund, int count, char **path, struct tw_error *error)
{
	struct tw_output out = TW_OUTPUT_INIT;
	int code = TW_OK;
	for (int i = 0; i < count && !code; i++)
		code = read_file(refund, path[i], error);
	while (!code)
		code = tw_refund_next(&out, refund, error);
	if (code == TW_NOT_FOUND && (code = tw_refund_next(&out, refund, error)) == TW_NOT_FOUND) {
		printf("%s--\n", out.at ? out.at : "");
		out.length = 0;
		if (!(code = tw_refund_totals(&out, refund, error)))
			fputs(out.at, stdout);
	}
	tw_output_free(&out);
	return code;
}

int main(int argc, char **argv)
{
	struct tw_refund_options options = TW_REFUND_OPTIONS_INIT;
	struct tw_error error = {0};
	const tw_rulebook *rulebook;
	tw_refund *refund;
	const char *fact;
	if (argc < 6)
		return 2;
	options.filed = argv[1];
	options.interest_to = given(argv[2]);
	fact = given(argv[3]);
	options.facts = &fact;
	options.fact_count = fact != NULL;
	options.upload = given(argv[4]);
	if (tw_rulebook_default(&rulebook, &error) ||
	    tw_refund_new(&refund, rulebook, &options, &error))
		return fail(&error);
	int code = print_all(refund, argc - 5, argv + 5, &error);
	tw_refund_free(refund);
	tw_refund_free(NULL);
	return code ? fail(&error) : 0;
}
