/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter duty: one line from flags, as a page for people. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/days.h"
#include "cli/terminal.h"
#include "codes/base.h"
#include "codes/codes.h"
#include "common/error.h"
#include "common/instant.h"
#include "common/write.h"
#include "findings/page.h"
#include "lines/claim_columns.h"
#include "lines/columns.h"
#include "lines/date_cell.h"
#include "lines/fx.h"

enum { CLAIMS = 4096 };

struct duty {
	struct tw_line line;
	const char *text[TW_COLUMN_COUNT], *on, *format;
	char claims[CLAIMS];
	struct cli_law law;
	struct tw_options options;
	struct cli_fail_on fail;
	enum date_order date_order;
	char day[TW_COLUMN_COUNT][64]; /* dates of another order, as 2025-05-02 */
	bool explain, unused;
	struct fx fx;
	struct conversion conversion;
	bool is_converted;
	const char *warning[64]; /* the answer's and ours */
	char note[200];
};

static int take_date_format(void *at, const char *value, struct tw_error *error)
{
	return date_cell_order(at, value, error);
}

static int take_claim(void *context, const char *value, struct tw_error *error)
{
	struct duty *duty = context;
	size_t length = strlen(duty->claims), more = strlen(value);
	if (length + more + 2 > CLAIMS) {
		return error_set(error, TW_BAD_ARGUMENT, "--claim: too many claims");
	}
	if (length)
		duty->claims[length++] = ';';
	memcpy(duty->claims + length, value, more + 1);
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

/* A row whose value is that column of the line. */
#define COLUMN(option, column, value, heading, what, ...)                                          \
	{                                                                                          \
		.name = option, .argument = value, .group = heading, .help = what,                 \
		.at = offsetof(struct duty, text[TW_COLUMN_##column]), .config = DEFAULT_NEVER,    \
		__VA_ARGS__                                                                        \
	}
#define AT(member) offsetof(struct duty, member)
#define GOODS "Goods"
#define REST "Any other column of a line"
#define ANSWER "Answer"

static const char *const formats[] = {"table", "csv", "json", "ndjson", NULL};

static const struct cli_option options[] = {
    COLUMN("hts", HTS, "CODE", GOODS, "tariff code, 6, 8 or 10 digits, with or without dots", ),
    COLUMN("origin", ORIGIN, "COUNTRY", GOODS, "country of origin, as in CN",
	   .values = VALUES_COUNTRY),
    {.name = "on",
     .argument = "TIME",
     .group = GOODS,
     .help = "time of entry: 2025-05-02, or 2025-05-02T00:01 local time, or today",
     .at = AT(on),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER},
    COLUMN("value", VALUE, "AMOUNT", GOODS, "customs value", ),
    {.name = "claim",
     .argument = "KEY[=VALUE]",
     .group = GOODS,
     .help = "what the declarant claims or states: usmca=yes, steel_value=4000, loaded=2025-04-01; "
	     "may be repeated",
     .at = 0,
     .take = take_claim,
     .values = VALUES_CLAIM,
     .config = DEFAULT_NEVER},
    COLUMN("into", INTO, "COUNTRY", REST, "country of import; default US", .values = VALUES_INTO),
    COLUMN("entered", ENTERED, "TIME", REST, "same as --on", .values = VALUES_DAY),
    COLUMN("ship-from", SHIP_FROM, "COUNTRY", REST, "country of export", .values = VALUES_COUNTRY),
    COLUMN("via", VIA, "COUNTRY", REST, "country of transit", .values = VALUES_COUNTRY),
    COLUMN("imported", IMPORTED, "TIME", REST, "arrival in the country of import",
	   .values = VALUES_DAY),
    COLUMN("loaded", LOADED, "TIME", REST, "loading at the foreign port", .values = VALUES_DAY),
    COLUMN("departed", DEPARTED, "TIME", REST, "departure from the foreign port",
	   .values = VALUES_DAY),
    COLUMN("it-date", IT_DATE, "DAY", REST, "acceptance of the immediate-transportation entry",
	   .values = VALUES_DAY),
    COLUMN("channel", CHANNEL, "CHANNEL", REST, "channel: commercial, express or postal",
	   .values = VALUES_CHANNEL),
    COLUMN("transport", TRANSPORT, "BY", REST, "air, vessel, truck or rail",
	   .values = VALUES_TRANSPORT),
    COLUMN("entry-type", ENTRY_TYPE, "TYPE", REST,
	   "01, 11, 21...; default: what the law requires", ),
    COLUMN("currency", CURRENCY, "CODE", REST, "currency of the value; into the US dollars", ),
    COLUMN("retail-value", RETAIL_VALUE, "AMOUNT", REST, "fair retail value; default: the value", ),
    COLUMN("qty", QTY, "NUMBER", REST, "quantity, for specific duties", ),
    COLUMN("unit", UNIT, "UNIT", REST, "its unit, as in the schedule: kg, No., doz.", ),
    COLUMN("qty2", QTY2, "NUMBER", REST, "second quantity", ),
    COLUMN("unit2", UNIT2, "UNIT", REST, "its unit", ),
    COLUMN("weight", WEIGHT, "QUANTITY", REST, "25kg, 500g: for thresholds", ),
    COLUMN("description", DESCRIPTION, "TEXT", REST, "description of the goods", ),
    COLUMN("cas", CAS, "NUMBER", REST, "CAS number", ),
    COLUMN("smiles", SMILES, "TEXT", REST, "structure of a chemical", ),
    COLUMN("inchikey", INCHIKEY, "KEY", REST, "InChIKey of a chemical", ),
    COLUMN("concentration", CONCENTRATION, "PERCENT", REST,
	   "concentration of the chemical in a mixture", ),
    COLUMN("id", ID, "TEXT", REST, "your reference", ),
    COLUMN("shipment", SHIPMENT, "TEXT", REST, "shipment it belongs to", ),
    COLUMN("consignee", CONSIGNEE, "TEXT", REST, "consignee", ),
    COLUMN("shipper", SHIPPER, "TEXT", REST, "shipper", ),
    COLUMN("order", ORDER, "TEXT", REST, "order it belongs to", ),
    {.name = "date-format",
     .argument = "ORDER",
     .group = REST,
     .help = "order of day, month and year in dates such as 5/2/2025 and 02.05.2025: mdy, dmy or "
	     "ymd; default: month first with slashes, day first with dots",
     .at = AT(date_order),
     .take = take_date_format},
    {.name = "restore-zeros",
     .group = REST,
     .help = "restore the leading zero that a spreadsheet removed from codes of 5, 7 and 9 digits: "
	     "201305000 is 0201.30.50.00",
     .at = AT(options.restore_zeros)},
    {.name = "fx",
     .argument = "CURRENCY=RATE",
     .group = GOODS,
     .help = "convert a value in that currency: US dollars for one unit, as in EUR=1.0823; "
	     "EUR/CAD=1.49 for another country's currency; may be repeated",
     .at = AT(fx),
     .take = take_fx,
     .config = DEFAULT_NEVER},
    {.name = "fx-file",
     .argument = "FILE",
     .group = GOODS,
     .help =
	 "a file of dated exchange rates, in the format of CBP's quarterly list; may be repeated",
     .at = AT(fx),
     .take = take_fx_file,
     .values = VALUES_FILE,
     .config = DEFAULT_NEVER},
    {.name = "claims", .argument = "CLAIMS", .at = 0, .take = take_claim, .config = DEFAULT_NEVER},
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

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static bool is_time(int column)
{
	return column == TW_COLUMN_ENTERED || column == TW_COLUMN_IMPORTED ||
	       column == TW_COLUMN_LOADED || column == TW_COLUMN_DEPARTED ||
	       column == TW_COLUMN_IT_DATE;
}

static struct tw_text day_of(struct duty *duty, int column)
{
	return date_cell(duty->day[column], sizeof duty->day[column],
			 text_of(cli_day(duty->text[column])), duty->date_order);
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
		if (is_time(i) && cli_days_is_period(duty->text[i]))
			return cli_days_not_one("duty",
						i == TW_COLUMN_ENTERED && duty->on
						    ? "on"
						    : tw_column_name((enum tw_column)i),
						duty->text[i]);
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (duty->text[i])
			column[i] = is_time(i) ? day_of(duty, i) : text_of(duty->text[i]);
	column[TW_COLUMN_CLAIMS] = text_of(duty->claims);
	if (!column[TW_COLUMN_ID].at)
		column[TW_COLUMN_ID] = text_of("1");
	const char *channel = duty->text[TW_COLUMN_CHANNEL];
	bool is_mail = channel && !strcasecmp(channel, "postal"); /* may have no code */
	if (!duty->text[TW_COLUMN_HTS] && !duty->text[TW_COLUMN_DESCRIPTION] &&
	    !duty->text[TW_COLUMN_CAS] && !is_mail) {
		cli_message("duty: --hts is needed, as in --hts 6109.10.00.12; see tidewaiter duty "
			    "--help");
		return CLI_FAILED;
	}
	return CLI_DONE;
}

/* The names of the columns, and a row. */
static void write_csv(struct buffer *out, const struct finding *finding,
		      struct finding_style *style)
{
	const char *names[FINDING_NAMES];
	int field[FINDING_NAMES];
	size_t count = finding_csv_names(names, false);
	for (size_t i = 0; i < count; i++)
		field[i] = (int)i;
	style->field = field;
	style->field_count = count;
	finding_csv_header(out, style);
	finding_csv(out, finding, style);
}

static const char *program_title(const void *rulebook, const char *id)
{
	return codes_program(rulebook, id);
}

/* What the code is, in words, as far as a companion of the rulebook is there; else NULL.
   TW_NO_MEMORY, or TW_OK. */
static int find_words(char **words, const tw_rulebook *rulebook, const struct tw_assessment *answer)
{
	char path[4096], code[11];
	struct codes *codes = NULL;
	struct tw_error why = {0};
	*words = NULL;
	/* The first six digits are the same everywhere, those behind them are each country's. */
	size_t digits = codes_schedule(rulebook, answer->into) ? 10 : 6;
	if (!*answer->hts || codes_path(path, sizeof path, &why) || codes_open(&codes, path, &why))
		return why.code == TW_NO_MEMORY ? why.code : TW_OK;
	snprintf(code, sizeof code, "%.*s", (int)digits, answer->hts);
	int32_t day =
	    (int32_t)time_local_day(TIME_ZONE_UTC, answer->entered + answer->entered_offset);
	if (codes_words(words, codes, code, day, &why))
		*words = NULL;
	codes_close(codes);
	return why.code == TW_NO_MEMORY ? why.code : TW_OK;
}

/* A value in another currency, by the rate that was given. */
static int convert(struct duty *duty, struct buffer *scratch, const tw_rulebook *rulebook)
{
	struct claim_columns *claims = NULL;
	char why[200];
	if (!duty->fx.count)
		return CLI_DONE;
	if (claim_columns_new(&claims, rulebook) || !buffer_room(scratch, 4 * CLAIMS)) {
		claim_columns_free(claims);
		cli_message("out of memory");
		return CLI_FAILED;
	}
	enum fx_result result =
	    fx_convert(&duty->conversion, why, &duty->line, scratch, &duty->fx, rulebook, claims);
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

static int answer_line(struct duty *duty, const tw_rulebook *rulebook)
{
	struct tw_error error = {0};
	const struct tw_assessment *answer;
	tw_assessor *assessor = NULL;
	struct buffer out = {0}, scratch = {0};
	struct finding finding;
	char *words = NULL;
	struct tw_assessment copy;
	int code = CLI_FAILED;

	if (convert(duty, &scratch, rulebook))
		goto done;
	if (tw_assessor_new(&assessor, rulebook, &duty->options, &error) ||
	    tw_assess(&answer, assessor, &duty->line, &error)) {
		cli_error(&error);
		goto done;
	}
	if (duty->is_converted) {
		copy = *answer;
		add_conversion(duty, &copy);
		answer = &copy;
	}
	finding_make(&finding, duty->line.column[TW_COLUMN_ID], answer);
	if (duty->is_converted)
		finding.conversion = &duty->conversion;
	struct finding_style style = {.edition = tw_rulebook_edition(rulebook),
				      .known_on = tw_rulebook_known_on(rulebook),
				      .sha256 = tw_rulebook_sha256(rulebook),
				      .color = cli_color(STDOUT_FILENO),
				      .program = program_title,
				      .rulebook = rulebook};
	if (find_words(&words, rulebook, answer)) {
		cli_message("out of memory");
		goto done;
	}
	finding.words = words;
	const struct page page = {&duty->line, &finding, &style, rulebook};
	out.width = terminal_width();
	const char *format = duty->format ? duty->format : "table";
	bool table = !strcmp(format, "table");
	if (!strcmp(format, "csv"))
		write_csv(&out, &finding, &style);
	else if (!table)
		finding_ndjson(&out, &finding, &style);
	else if (duty->explain)
		page_long(&out, &page);
	else
		page_short(&out, &page);
	if (out.failed) {
		cli_message("out of memory");
		code = CLI_FAILED;
		goto done;
	}
	terminal_page();
	if (!table)
		(void)write_buffer(stdout, &out);
	else
		terminal_write(out.at, out.length, style.color);
	struct cli_seen seen = {.red = finding.lane == TW_LANE_RED,
				.yellow = finding.lane == TW_LANE_YELLOW,
				.incomplete = finding.status == TW_STATUS_INCOMPLETE,
				.refused = finding.status == TW_STATUS_REFUSED};
	code = cli_fail_code(&duty->fail, &seen);
done:
	free(words);
	buffer_free(&out);
	buffer_free(&scratch);
	tw_assessor_free(assessor);
	return code;
}

static int run_duty(const struct cli_command *command, int argc, char **argv)
{
	struct duty duty = {.line = TW_LINE_INIT, .options = TW_OPTIONS_INIT};
	const tw_rulebook *rulebook;
	tw_rulebook *owned = NULL;
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
	code = answer_line(&duty, rulebook);
	fx_free(&duty.fx);
	tw_rulebook_close(owned);
	return code;
}

const struct cli_command duty_command = {
    .name = "duty",
    .summary = "what is due on one line of goods, and why",
    .usage = "--hts CODE --origin COUNTRY --on TIME --value AMOUNT [OPTION...]",
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
