/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter duty: one line from flags, as a page for people. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/deposits.h"
#include "cli/goods.h"
#include "cli/terminal.h"
#include "cli/timeline/timeline.h"
#include "codes/base.h"
#include "codes/codes.h"
#include "common/error.h"
#include "common/instant.h"
#include "findings/page.h"
#include "lines/claim_columns.h"
#include "lines/fx.h"

enum { DAYS = 2 };

struct duty {
	struct cli_goods goods;
	const char *on[DAYS], *format, *adcvd;
	size_t on_count;
	struct cli_law law;
	struct tw_options options;
	struct cli_fail_on fail;
	bool explain, unused;
	struct fx fx;
	struct conversion conversion;
	bool is_converted;
	const char *warning[64]; /* the answer's and ours */
	char note[200];
};

static int take_on(void *context, const char *value, struct tw_error *error)
{
	struct duty *duty = context;
	if (duty->on_count == DAYS)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--on: one day is answered, or two side by side; tidewaiter "
				 "timeline shows what lies between");
	duty->on[duty->on_count++] = value;
	return TW_OK;
}

static int take_fx(void *context, const char *value, struct tw_error *error)
{
	return fx_option(context, value, error);
}

static int take_fx_file(void *context, const char *value, struct tw_error *error)
{
	return fx_file(context, value, error);
}

#define AT(member) offsetof(struct duty, member)
#define ANSWER "Answer"

static const char *const formats[] = {"table", "csv", "json", "ndjson", NULL};

static const struct cli_option options[] = {
    CLI_GOODS_CODE(struct duty, goods),
    CLI_GOODS_ORIGIN(struct duty, goods),
    {.name = "on",
     .argument = "TIME",
     .group = CLI_GOODS,
     .help = "time of entry: 2025-05-02, or 2025-05-02T00:01 local time, or today; given twice, "
	     "both days side by side and what moved between them",
     .at = 0,
     .take = take_on,
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER},
    CLI_GOODS_WORTH(struct duty, goods),
    CLI_COLUMN(struct duty, goods, "entered", ENTERED, "TIME", CLI_REST, "same as --on",
	       .values = VALUES_DAY),
    CLI_GOODS_REST(struct duty, goods),
    {.name = "restore-zeros",
     .group = CLI_REST,
     .help = "restore the leading zero that a spreadsheet removed from codes of 5, 7 and 9 digits: "
	     "201305000 is 0201.30.50.00",
     .at = AT(options.restore_zeros)},
    {.name = "fx",
     .argument = "CURRENCY=RATE",
     .group = CLI_GOODS,
     .help = "convert a value in that currency: US dollars for one unit, as in EUR=1.0823; "
	     "EUR/CAD=1.49 for another country's currency; may be repeated",
     .at = AT(fx),
     .take = take_fx,
     .config = DEFAULT_NEVER},
    {.name = "fx-file",
     .argument = "FILE",
     .group = CLI_GOODS,
     .help =
	 "a file of dated exchange rates, in the format of CBP's quarterly list; may be repeated",
     .at = AT(fx),
     .take = take_fx_file,
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    CLI_DEPOSITS_OPTION(struct duty, adcvd, CLI_GOODS),
    CLI_GOODS_CLAIMS(struct duty, goods),
    {.name = "explain",
     .group = ANSWER,
     .help = "a page for the file: each duty with its dutiable value, what does not apply and "
	     "under which rule, and the acts cited",
     .at = AT(explain),
     .config = DEFAULT_SILENT},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    {.name = "fail-on",
     .argument = "KINDS",
     .group = ANSWER,
     .help =
	 "exit code 1 only for these kinds: red, yellow, incomplete, refused, separated by commas",
     .at = AT(fail),
     .take = cli_take_fail_on},
    CLI_LAW_OPTIONS(struct duty, law),
    {.name = "strict-coverage",
     .group = "Law",
     .help = "refuse days after the last day covered; by default they are answered with the law as "
	     "known, with a warning",
     .at = AT(options.strict_coverage)},
    {.name = "beyond-coverage", .at = AT(unused)}, /* what is done anyway */
    {.name = "no-screen",
     .group = "Law",
     .help = "do not screen for controlled chemicals",
     .at = AT(options.no_screen)},
};

/* The flags as a line; what every line needs must be there. */
static int make_line(struct duty *duty)
{
	const char **entered = &duty->goods.text[TW_COLUMN_ENTERED];
	if (duty->on_count && *entered) {
		cli_message("duty: --on and --entered are the same: give one");
		return CLI_FAILED;
	}
	if (duty->on_count)
		*entered = duty->on[0];
	return cli_goods_line(&duty->goods, "duty", duty->on_count ? "on" : "entered");
}

/* The names of the columns, and a row. */
static void write_csv(struct buffer *out, const struct finding *finding,
		      struct finding_style *style)
{
	const char *names[FINDING_NAMES];
	int field[FINDING_NAMES];
	size_t count = finding_csv_names(names, 0);
	for (size_t i = 0; i < count; i++)
		field[i] = (int)i;
	style->field = field;
	style->field_count = count;
	finding_csv_header(out, style);
	finding_csv(out, finding, style);
}

/* What the code is, in words, as far as a companion of the rulebook is there; else NULL.
   TW_NO_MEMORY, or TW_OK. */
static int find_words(char **words, const tw_rulebook *rulebook, const struct tw_assessment *answer)
{
	char path[4096];
	struct codes *codes = NULL;
	struct tw_error why = {0};
	*words = NULL;
	if (!*answer->hts || codes_path(path, sizeof path, &why) || codes_open(&codes, path, &why))
		return why.code == TW_NO_MEMORY ? why.code : TW_OK;
	int code = codes_words_of(words, codes, rulebook, answer, &why);
	codes_close(codes);
	return code;
}

/* A value in another currency, by the rate that was given. */
static int convert(struct duty *duty, struct buffer *scratch, const tw_rulebook *rulebook)
{
	struct claim_columns *claims = NULL;
	char why[200];
	if (!duty->fx.count)
		return CLI_DONE;
	if (claim_columns_new(&claims, rulebook) || !buffer_room(scratch, 4 * CLI_CLAIMS)) {
		claim_columns_free(claims);
		cli_message("out of memory");
		return CLI_FAILED;
	}
	enum fx_result result = fx_convert(&duty->conversion, why, &duty->goods.line, scratch,
					   &duty->fx, rulebook, claims);
	claim_columns_free(claims);
	duty->is_converted = result == FX_DONE;
	if (result == FX_REFUSED)
		cli_message("duty: %s", why);
	return result == FX_REFUSED ? CLI_FAILED : CLI_DONE;
}

/* The answer with what the conversion has to say. */
static void add_conversion(struct duty *duty, struct tw_assessment *answer)
{
	size_t count = 0;
	while (count < answer->warning_count && count < 62) {
		duty->warning[count] = answer->warnings[count];
		count++;
	}
	fx_note(duty->note, &duty->conversion);
	duty->warning[count++] = duty->note;
	if (duty->conversion.by_entry)
		duty->warning[count++] = FX_BY_ENTRY;
	answer->warnings = duty->warning;
	answer->warning_count = count;
}

/* In the form that was asked for, onto the terminal or into what stands for it. */
static int show_answer(const struct duty *duty, const struct page *page,
		       struct finding_style *style)
{
	const char *format = duty->format ? duty->format : "table";
	bool table = !strcmp(format, "table");
	struct buffer out = {.width = terminal_width()};
	int code = CLI_FAILED;
	if (!strcmp(format, "csv"))
		write_csv(&out, page->finding, style);
	else if (!table)
		finding_ndjson(&out, page->finding, style);
	else if (duty->explain)
		page_long(&out, page);
	else
		page_short(&out, page);
	if (terminal_answer(&out, table, style->color))
		goto done;
	struct cli_seen seen = {.red = page->finding->lane == TW_LANE_RED,
				.yellow = page->finding->lane == TW_LANE_YELLOW,
				.incomplete = page->finding->status == TW_STATUS_INCOMPLETE,
				.refused = page->finding->status == TW_STATUS_REFUSED};
	code = cli_fail_code(&duty->fail, &seen);
done:
	buffer_free(&out);
	return code;
}

static int answer_line(struct duty *duty, const tw_rulebook *rulebook)
{
	struct tw_error error = {0};
	const struct tw_assessment *answer;
	tw_assessor *assessor = NULL;
	struct buffer scratch = {0};
	struct finding finding;
	char *words = NULL;
	struct tw_assessment copy;
	int code = CLI_FAILED;

	if (convert(duty, &scratch, rulebook))
		goto done;
	if (tw_assessor_new(&assessor, rulebook, &duty->options, &error) ||
	    tw_assess(&answer, assessor, &duty->goods.line, &error)) {
		cli_error(&error);
		goto done;
	}
	if (duty->is_converted) {
		copy = *answer;
		add_conversion(duty, &copy);
		answer = &copy;
	}
	finding_make(&finding, duty->goods.line.column[TW_COLUMN_ID], answer);
	if (duty->is_converted)
		finding.conversion = &duty->conversion;
	struct finding_style style = {.edition = tw_rulebook_edition(rulebook),
				      .known_on = tw_rulebook_known_on(rulebook),
				      .sha256 = tw_rulebook_sha256(rulebook),
				      .color = cli_color(STDOUT_FILENO),
				      .program = codes_program,
				      .rulebook = rulebook};
	if (find_words(&words, rulebook, answer)) {
		cli_message("out of memory");
		goto done;
	}
	finding.words = words;
	const struct page page = {&duty->goods.line, &finding, &style, rulebook};
	code = show_answer(duty, &page, &style);
done:
	free(words);
	buffer_free(&scratch);
	tw_assessor_free(assessor);
	return code;
}

/* Two days side by side. */
static int answer_days(struct duty *duty, const tw_rulebook *rulebook)
{
	struct cli_seen seen = {0};
	if (duty->fx.count || duty->explain || duty->adcvd) {
		cli_message("duty: %s is of one day: give --on once", duty->explain ? "--explain"
								      : duty->adcvd
									  ? "--adcvd"
									  : "a rate of exchange");
		return CLI_FAILED;
	}
	int code = cli_timeline_days(&seen, &duty->goods, rulebook, duty->on, DAYS, duty->format);
	return code ? code : cli_fail_code(&duty->fail, &seen);
}

static int run_duty(const struct cli_command *command, int argc, char **argv)
{
	struct duty duty = {.goods = {.line = TW_LINE_INIT}, .options = TW_OPTIONS_INIT};
	const tw_rulebook *rulebook;
	tw_rulebook *owned = NULL;
	tw_deposits *deposits = NULL;
	int code, words;

	duty.options.today = cli_today();
	if (!cli_options(&words, &code, &duty, command, argc, argv))
		return code;
	if (words) {
		cli_message("duty: \"%s\" is not an option: a code is given as --hts %s", argv[1],
			    argv[1]);
		return CLI_FAILED;
	}
	if ((code = make_line(&duty)) || (code = cli_rulebook(&rulebook, &owned, &duty.law)))
		return code;
	code = cli_deposits_open(&deposits, rulebook, duty.adcvd);
	duty.options.deposits = deposits;
	if (!code)
		code = duty.on_count == DAYS ? answer_days(&duty, rulebook)
					     : answer_line(&duty, rulebook);
	tw_deposits_free(deposits);
	fx_free(&duty.fx);
	tw_rulebook_close(owned);
	return code;
}

const struct cli_command duty_command = {
    .name = "duty",
    .summary = "what is due on one line of goods, and why",
    .usage = "--hts CODE --origin COUNTRY --on TIME [--on TIME] --value AMOUNT [OPTION...]",
    .examples = "tidewaiter duty --hts 6109.10.00.12 --origin CN --on 2025-05-02 --value 54\n"
		"tidewaiter duty --hts 7318.15.20 --origin DE --on 2025-07-01 --value 10000 \\\n"
		"    --claim steel_value=4000 --explain\n"
		"tidewaiter duty --hts 4202.92.31 --origin CN --on 2025-06-10 --value 80 \\\n"
		"    --channel postal --claim mail_method=ad_valorem",
    .more = "Exit code: 0 done; 1 refused or incomplete, or of a kind named by --fail-on; 2 could "
	    "not be carried out.",
    CLI_OPTIONS(options),
    .run = run_duty,
};
