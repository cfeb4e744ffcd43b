/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter duty: one line from flags, as a page for people. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../src/lines/columns.h"
#include "cli.h"
#include "explain.h"

enum { CLAIMS = 4096 };

static const char help[] =
    "tidewaiter duty: what one line of goods owes, and why\n"
    "\n"
    "  tidewaiter duty --hts CODE --origin COUNTRY --on TIME --value AMOUNT [OPTION...]\n"
    "\n"
    "  tidewaiter duty --hts 6109.10.00.12 --origin CN --on 2025-05-02T00:01 --value 54\n"
    "  tidewaiter duty --hts 7318.15.20 --origin DE --on 2025-07-01 --value 10000 \\\n"
    "      --claim steel_value=4000 --explain\n"
    "  tidewaiter duty --hts 4202.92.31 --origin CN --on 2025-06-10 --value 80 \\\n"
    "      --channel postal --claim mail_method=ad_valorem\n"
    "\n"
    "  --hts CODE           6, 8 or 10 digits, with or without dots\n"
    "  --origin COUNTRY     country of origin, as in CN\n"
    "  --on TIME            time of entry: 2025-05-02, or 2025-05-02T00:01 local time,\n"
    "                       or today\n"
    "  --value AMOUNT       customs value\n"
    "  --claim KEY[=VALUE]  what the declarant states: usmca=yes, steel_value=4000,\n"
    "                       loaded=2025-04-01; may be given again\n"
    "  --COLUMN VALUE       any other column of a line: into, ship_from, channel,\n"
    "                       transport, qty, unit, weight, description, cas, ...\n"
    "\n"
    "  --explain            a page to file: each layer, what it falls on, what stepped\n"
    "                       back and by which rule, and the acts that say so\n"
    "  --format FORMAT      table (default) or json\n"
    "  --as-known-on DAY    the law as one could know it on that day\n"
    "  --rulebook FILE      another rulebook than the one built in\n"
    "  --law DIR            compile the law in this folder\n"
    "  --strict-coverage    refuse days after the last one covered; else they are\n"
    "                       answered as the law is known, with a warning\n"
    "  --no-screen          do not look for controlled chemicals\n"
    "  --fail-on KINDS      exit code 1 for these kinds and no others: red, yellow,\n"
    "                       incomplete, refused, with commas between\n"
    "\n"
    "Exit code: 0 done; 1 refused or incomplete, or of a kind named by --fail-on; 2\n"
    "could not be carried out.\n";

struct duty {
	struct tw_line line;
	const char *text[TW_COLUMN_COUNT], *on, *format;
	char claims[CLAIMS];
	struct cli_law law;
	struct tw_options options;
	struct cli_fail_on fail;
	bool explain, help;
};

static int take_claim(void *context, const char *value, struct tw_error *error)
{
	struct duty *duty = context;
	size_t length = strlen(duty->claims), more = strlen(value);
	if (length + more + 2 > CLAIMS) {
		*error = (struct tw_error){.code = TW_BAD_ARGUMENT};
		snprintf(error->message, sizeof error->message, "--claim: too many claims");
		return TW_BAD_ARGUMENT;
	}
	if (length)
		duty->claims[length++] = ';';
	memcpy(duty->claims + length, value, more + 1);
	return TW_OK;
}

static int read_flags(struct duty *duty, int argc, char **argv)
{
	static bool unused;
	static char dashed[TW_COLUMN_COUNT][32];
	struct cli_flag flags[2 * TW_COLUMN_COUNT + 16] = {
	    {.name = "claim", .take = take_claim, .context = duty},
	    {.name = "on", .text = &duty->on},
	    {.name = "format", .text = &duty->format},
	    {.name = "explain", .flag = &duty->explain},
	    {.name = "as-known-on", .text = &duty->law.known_on},
	    {.name = "rulebook", .text = &duty->law.rulebook},
	    {.name = "law", .text = &duty->law.folder},
	    {.name = "strict-coverage", .flag = &duty->options.strict_coverage},
	    {.name = "beyond-coverage", .flag = &unused}, /* what is done anyway */
	    {.name = "no-screen", .flag = &duty->options.no_screen},
	    {.name = "fail-on", .take = cli_take_fail_on, .context = &duty->fail},
	};
	size_t count = 11;
	int files;
	for (int column = 0; column < TW_COLUMN_COUNT; column++) {
		const char *name = tw_column_name((enum tw_column)column);
		if (column == TW_COLUMN_CLAIMS) {
			flags[count++] = (struct cli_flag){
			    .name = "claims", .take = take_claim, .context = duty};
			continue;
		}
		flags[count++] = (struct cli_flag){.name = name, .text = &duty->text[column]};
		if (strchr(name, '_')) { /* --ship-from as well as --ship_from */
			snprintf(dashed[column], sizeof dashed[column], "%s", name);
			for (char *at = dashed[column]; *at; at++)
				*at = *at == '_' ? '-' : *at;
			flags[count++] =
			    (struct cli_flag){.name = dashed[column], .text = &duty->text[column]};
		}
	}
	int code = cli_flags(&files, &duty->help, argc, argv, flags, count);
	if (!code && files) {
		cli_message("duty: \"%s\" is no option: a code is given as --hts %s", argv[1],
			    argv[1]);
		code = CLI_FAILED;
	}
	return code;
}

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static bool is_time(int column)
{
	return column == TW_COLUMN_ENTERED || column == TW_COLUMN_IMPORTED ||
	       column == TW_COLUMN_LOADED || column == TW_COLUMN_DEPARTED;
}

/* The flags as a line; what every line needs must be there. */
static int make_line(struct duty *duty)
{
	struct tw_text *column = duty->line.column;
	if (duty->on && duty->text[TW_COLUMN_ENTERED]) {
		cli_message("duty: --on and --entered are the same: give one");
		return CLI_FAILED;
	}
	if (duty->on)
		duty->text[TW_COLUMN_ENTERED] = duty->on;
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (duty->text[i])
			column[i] = text_of(is_time(i) ? cli_day(duty->text[i]) : duty->text[i]);
	column[TW_COLUMN_CLAIMS] = text_of(duty->claims);
	if (!column[TW_COLUMN_ID].at)
		column[TW_COLUMN_ID] = text_of("1");
	if (!duty->text[TW_COLUMN_HTS] && !duty->text[TW_COLUMN_DESCRIPTION] &&
	    !duty->text[TW_COLUMN_CAS]) {
		cli_message("duty: --hts is needed, as in --hts 6109.10.00.12; see tidewaiter duty "
			    "--help");
		return CLI_FAILED;
	}
	return CLI_DONE;
}

static int answer_line(struct duty *duty, const tw_rulebook *rulebook, bool json)
{
	struct tw_error error = {0};
	const struct tw_assessment *answer;
	tw_assessor *assessor = NULL;
	struct buffer out = {0};
	struct finding finding;
	int code = CLI_FAILED;

	if (tw_assessor_new(&assessor, rulebook, &duty->options, &error) ||
	    tw_assess(&answer, assessor, &duty->line, &error)) {
		cli_error(&error);
		goto done;
	}
	finding_make(&finding, NULL, &duty->line, answer);
	struct finding_style style = {.edition = tw_rulebook_edition(rulebook),
				      .known_on = tw_rulebook_known_on(rulebook),
				      .sha256 = tw_rulebook_sha256(rulebook)};
	struct explain explain = {&duty->line, &finding, rulebook, cli_color(STDOUT_FILENO)};
	if (json)
		finding_ndjson(&out, &finding, &style);
	else if (duty->explain)
		explain_page(&out, &explain);
	else
		explain_duty(&out, &explain);
	if (out.failed)
		cli_message("no memory left");
	fwrite(out.at, 1, out.length, stdout);
	struct cli_seen seen = {.red = finding.lane == TW_LANE_RED,
				.yellow = finding.lane == TW_LANE_YELLOW,
				.incomplete = finding.status == TW_STATUS_INCOMPLETE,
				.refused = finding.status == TW_STATUS_REFUSED};
	code = cli_fail_code(&duty->fail, &seen);
done:
	buffer_free(&out);
	tw_assessor_free(assessor);
	return code;
}

int command_duty(int argc, char **argv)
{
	static const char *const formats[] = {"table", "json"};
	struct duty duty = {.line = TW_LINE_INIT, .options = TW_OPTIONS_INIT};
	const tw_rulebook *rulebook;
	tw_rulebook *owned = NULL;
	int code;

	duty.options.today = cli_today();
	if ((code = read_flags(&duty, argc, argv)))
		return code;
	if (duty.help) {
		fputs(help, stdout);
		return CLI_DONE;
	}
	bool json = duty.format && (!strcmp(duty.format, "json") || !strcmp(duty.format, "ndjson"));
	if (duty.format && !json && strcmp(duty.format, "table") != 0)
		return cli_no_such("duty", "format", duty.format, formats, 2);
	if ((code = make_line(&duty)) || (code = cli_rulebook(&rulebook, &owned, &duty.law)))
		return code;
	code = answer_line(&duty, rulebook, json);
	tw_rulebook_close(owned);
	return code;
}
