/* SPDX-License-Identifier: Apache-2.0 */
/* The library of the law: laws check FOLDER | changes FOLDER FIRST LAST | rulebook FOLDER [DAY] |
   list FOLDER ON LAST INTO ORIGIN HTS PROGRAM KIND | diff likewise, - for none. */
#include <stdio.h>
#include <string.h>

#include "tidewaiter_law.h"

static int fail(const struct tw_error *error)
{
	fprintf(stderr, "%s:%d:%d: %s\n", error->file, error->line, error->column, error->message);
	return 1;
}

static void tell(void *context, const struct tw_error *fault)
{
	++*(int *)context;
	fail(fault);
}

static int check(const char *folder)
{
	struct tw_law_summary is = {.size = sizeof is}, small = {.size = 8};
	struct tw_error error = {0};
	int faults = 0;
	if (tw_law_check(&small, folder, NULL, tell, &faults, &error) != TW_BAD_ARGUMENT || faults)
		return 2;
	/* Who hears no faults is told whether there are any. */
	int unheard = tw_law_check(NULL, folder, NULL, NULL, NULL, NULL);
	int code = tw_law_check(&is, folder, NULL, tell, &faults, &error);
	if (unheard != code)
		return 2;
	if (code) {
		printf("%d faults\n", faults);
		return faults && code == error.code ? 1 : 2;
	}
	printf("%s %s %s %u %u %u %u %zu %s %s\n", is.edition, is.first, is.last, is.jurisdictions,
	       is.instruments, is.measures, is.schedule_rows, is.rulebook_size, is.sha256,
	       is.rulebook_sha256);
	return 0;
}

static int changes(const char *folder, const char *first, const char *last)
{
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	if (tw_law_changes(&out, folder, first, last, &error))
		return fail(&error);
	/* An error leaves the text as it was. */
	size_t length = out.length;
	if (tw_law_changes(&out, folder, last, first, &error) != TW_BAD_ARGUMENT ||
	    out.length != length)
		return 2;
	if (out.length)
		fwrite(out.at, 1, out.length, stdout);
	tw_output_free(&out);
	return 0;
}

/* law list, law diff: all that may be asked. */
static int ask(bool list, char **word)
{
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_law_query query = TW_LAW_QUERY_INIT;
	struct tw_error error = {0};
	const char *given[8];
	for (int i = 0; i < 8; i++)
		given[i] = strcmp(word[i], "-") ? word[i] : NULL;
	query.folder = given[0];
	query.into = given[3];
	query.origin = given[4];
	query.hts = given[5];
	query.program = given[6];
	query.kind = given[7];
	/* An error leaves the text as it was. */
	query.size--;
	if (tw_law_list(&out, &query, NULL, NULL, &error) != TW_BAD_ARGUMENT || out.length)
		return 2;
	query.size++;
	int code = (list ? tw_law_list : tw_law_diff)(&out, &query, given[1], given[2], &error);
	if (!code)
		fwrite(out.at, 1, out.length, stdout);
	tw_output_free(&out);
	return code ? fail(&error) : 0;
}

/* An answer by a rulebook of the folder, with the library that answers. */
static int rulebook(const char *folder, const char *day)
{
	struct tw_error error = {0};
	struct tw_line line = TW_LINE_INIT;
	const struct tw_assessment *answer;
	tw_rulebook *made = NULL;
	tw_assessor *assessor = NULL;
	line.column[TW_COLUMN_HTS] = (struct tw_text){"6109100012", 10};
	line.column[TW_COLUMN_ORIGIN] = (struct tw_text){"CN", 2};
	line.column[TW_COLUMN_ENTERED] = (struct tw_text){"2025-05-02", 10};
	line.column[TW_COLUMN_VALUE] = (struct tw_text){"54", 2};
	if (tw_law_rulebook(&made, folder, day, &error) ||
	    tw_assessor_new(&assessor, made, NULL, &error) ||
	    tw_assess(&answer, assessor, &line, &error))
		return fail(&error);
	printf("%s %s %lld\n", tw_rulebook_sha256(made), tw_rulebook_known_on(made),
	       (long long)answer->amount);
	tw_assessor_free(assessor);
	tw_rulebook_close(made);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "check"))
		return check(argv[2]);
	if (argc == 5 && !strcmp(argv[1], "changes"))
		return changes(argv[2], argv[3], argv[4]);
	if (argc == 10 && (!strcmp(argv[1], "list") || !strcmp(argv[1], "diff")))
		return ask(!strcmp(argv[1], "list"), argv + 2);
	if (argc >= 3 && !strcmp(argv[1], "rulebook"))
		return rulebook(argv[2], argc > 3 ? argv[3] : NULL);
	return 2;
}
