/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of CSV through the library: `write_findings json|csv|totals|entry|refused|filed < FILE`.
 * The header names columns of a line; others are left out. The totals go through two counters that
 * are joined.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/csv.h"
#include "tidewaiter.h"

static int column_of(struct tw_text name)
{
	for (int i = 0; i < TW_COLUMN_COUNT; i++) {
		const char *ours = tw_column_name((enum tw_column)i);
		if (strlen(ours) == name.length && !memcmp(ours, name.at, name.length))
			return i;
	}
	return -1;
}

/* What may be nothing and then need not be there. */
static void print(const char *at, size_t length)
{
	if (length)
		fwrite(at, 1, length, stdout);
}

static int fail(const struct tw_error *error)
{
	fprintf(stderr, "%s: %s\n", tw_code_text(error->code), error->message);
	return 1;
}

/* What stands outside of what the library takes is refused, and the text stays. */
static int refuses(const tw_rulebook *rulebook)
{
	struct tw_declared filed[65];
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_line line = TW_LINE_INIT;
	struct tw_error error = {0};
	tw_assessor *assessor;
	const struct tw_assessment *answer;
	if (tw_assessor_new(&assessor, rulebook, NULL, &error) ||
	    tw_assess(&answer, assessor, &line, &error) ||
	    tw_finding_csv(&out, NULL, NULL, 0, 0, &error))
		return fail(&error);
	size_t length = out.length;
	for (int i = 0; i < 65; i++)
		filed[i] = (struct tw_declared){"6109100012", 0};
	int wrong = tw_finding_json(&out, rulebook, &line, NULL, 1, &error) != TW_BAD_ARGUMENT;
	for (size_t i = 0; i < 65; i++)
		filed[i] = (struct tw_declared){"6109100012", 0};
	line.declared = filed;
	line.declared_count = 65;
	wrong += tw_finding_csv(&out, &line, answer, 0, 0, &error) != TW_BAD_ARGUMENT ||
		 !strstr(error.message, "at most 64");
	wrong += out.length != length || out.at[length] != '\0';
	wrong += tw_rulebook_default(NULL, &error) != TW_BAD_ARGUMENT;
	wrong += strcmp(tw_code_text(TW_OK), "done") != 0 ||
		 strcmp(tw_code_text(-99), "no code of tw_code") != 0 ||
		 strcmp(tw_code_text(1), "no code of tw_code") != 0;
	printf("%s %d wrong\n", tw_version(), wrong);
	tw_output_free(&out);
	tw_assessor_free(assessor);
	return wrong;
}

/* Duties that were filed with a line stand in its answer, whoever writes the heading how. */
static int filed(const tw_rulebook *rulebook)
{
	static const struct tw_declared filed[] = {
	    {"6109.10.0012", 89100}, {"99038815", 40500}, {"9903.01.24", -1}};
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_line line = TW_LINE_INIT;
	struct tw_error error = {0};
	tw_assessor *assessor;
	const struct tw_assessment *answer;
	line.column[TW_COLUMN_HTS] = (struct tw_text){"6109100012", 10};
	line.column[TW_COLUMN_ORIGIN] = (struct tw_text){"CN", 2};
	line.column[TW_COLUMN_ENTERED] = (struct tw_text){"2025-05-02", 10};
	line.column[TW_COLUMN_VALUE] = (struct tw_text){"54", 2};
	line.declared = filed;
	line.declared_count = sizeof filed / sizeof *filed;
	if (tw_assessor_new(&assessor, rulebook, NULL, &error) ||
	    tw_assess(&answer, assessor, &line, &error) ||
	    tw_finding_json(&out, rulebook, &line, answer, 1, &error))
		return fail(&error);
	print(out.at, out.length);
	tw_output_free(&out);
	tw_assessor_free(assessor);
	return 0;
}

int main(int argc, char **argv)
{
	const char *form = argc > 1 ? argv[1] : "";
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_error error = {0};
	const tw_rulebook *rulebook;
	tw_assessor *assessor;
	tw_totals *totals[2];
	struct tw_output out = TW_OUTPUT_INIT;
	static struct csv_row row;
	char *text = NULL;
	size_t room = 0;
	int at[CSV_FIELDS];
	options.no_changes =
	    strcmp(form, "json") != 0; /* as the program does where it prints none */
	if (tw_rulebook_default(&rulebook, &error))
		return fail(&error);
	if (!strcmp(form, "refused"))
		return refuses(rulebook);
	if (!strcmp(form, "filed"))
		return filed(rulebook);
	if (tw_assessor_new(&assessor, rulebook, &options, &error) ||
	    tw_totals_new(&totals[0], &error) || tw_totals_new(&totals[1], &error))
		return fail(&error);
	if (!strcmp(form, "csv") && tw_finding_csv(&out, NULL, NULL, 0, 0, &error))
		return fail(&error);
	ssize_t length;
	for (uint64_t number = 1; (length = getline(&text, &room, stdin)) > 0; number++) {
		struct tw_line line = TW_LINE_INIT;
		const struct tw_assessment *answer;
		if (csv_split(&row, text, (size_t)length, ',') != CSV_OK)
			return 1;
		for (size_t i = 0; i < row.count; i++)
			if (number == 1)
				at[i] = column_of(csv_value(row.field[i]));
			else if (at[i] >= 0)
				line.column[at[i]] = csv_value(row.field[i]);
		if (number == 1)
			continue;
		int code = tw_assess(&answer, assessor, &line, &error);
		if (!code && !strcmp(form, "json"))
			code = tw_finding_json(&out, rulebook, &line, answer, number, &error);
		else if (!code && !strcmp(form, "csv"))
			code = tw_finding_csv(&out, &line, answer, number, 0, &error);
		else if (!code)
			code = tw_totals_count(totals[number % 2], &line, answer, &error);
		if (code)
			return fail(&error);
		print(out.at, out.length);
		out.length = 0;
	}
	struct tw_text said = {0};
	tw_totals_add(totals[0], totals[1]);
	if (!strcmp(form, "totals") && tw_totals_text(&said, totals[0], &error))
		return fail(&error);
	print(said.at, said.length);
	tw_totals_free(totals[0]);
	tw_totals_free(totals[1]);
	tw_output_free(&out);
	tw_assessor_free(assessor);
	free(text);
	return 0;
}
