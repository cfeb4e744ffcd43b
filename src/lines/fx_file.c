/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of dated rates: CSV with a comma, semicolon, tab or bar. It has the form of CBP's
 * quarterly list, country, name of currency, U.S. dollars for one, under a
 * line that names the quarter; or columns of its own for the currency's code,
 * the rate, and its days (from and until, date, or year and quarter).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/ascii.h"
#include "common/csv.h"
#include "common/currency.h"
#include "common/error.h"
#include "common/instant.h"
#include "lines/aliases.h"
#include "lines/fx.h"

#define FILE_MOST ((size_t)4 << 20)

enum part {
	PART_CODE,
	PART_COUNTRY,
	PART_NAME,
	PART_RATE,
	PART_FROM,
	PART_UNTIL,
	PART_DATE,
	PART_QUARTER,
	PART_YEAR,
	PARTS
};

static const char *const headers[PARTS] = {
    [PART_CODE] = "code iso isocode currencycode isocurrencycode currencyiso",
    [PART_COUNTRY] = "country countryname countryorarea",
    [PART_NAME] = "currency nameofcurrency currencyname",
    [PART_RATE] = "usdollars usdollar rate exchangerate quarterlyrate rateusd usdrate usd "
		  "certifiedrate dailyrate",
    [PART_FROM] = "from validfrom startdate begindate effectivedate effective quarterbeginning "
		  "quarterstart",
    [PART_UNTIL] = "until to validto enddate quarterending quarterend expirationdate",
    [PART_DATE] = "date day",
    [PART_QUARTER] = "quarter",
    [PART_YEAR] = "year",
};

/* The countries of CBP's lists, by the start of their names there. */
static const struct {
	const char *country, *code;
} countries[] = {
    {"australia", "AUD"},
    {"austria", "EUR"},
    {"belgium", "EUR"},
    {"brazil", "BRL"},
    {"canada", "CAD"},
    {"china", "CNY"},
    {"peoplesrepublicofchina", "CNY"},
    {"czech", "CZK"},
    {"denmark", "DKK"},
    {"euro", "EUR"},
    {"finland", "EUR"},
    {"france", "EUR"},
    {"germany", "EUR"},
    {"hongkong", "HKD"},
    {"hungary", "HUF"},
    {"india", "INR"},
    {"indonesia", "IDR"},
    {"ireland", "EUR"},
    {"israel", "ILS"},
    {"italy", "EUR"},
    {"japan", "JPY"},
    {"korea", "KRW"},
    {"southkorea", "KRW"},
    {"malaysia", "MYR"},
    {"mexico", "MXN"},
    {"netherlands", "EUR"},
    {"newzealand", "NZD"},
    {"norway", "NOK"},
    {"philippines", "PHP"},
    {"poland", "PLN"},
    {"portugal", "EUR"},
    {"republicofsouthafrica", "ZAR"},
    {"singapore", "SGD"},
    {"southafrica", "ZAR"},
    {"spain", "EUR"},
    {"srilanka", "LKR"},
    {"sweden", "SEK"},
    {"switzerland", "CHF"},
    {"taiwan", "TWD"},
    {"thailand", "THB"},
    {"turkey", "TRY"},
    {"unitedkingdom", "GBP"},
    {"vietnam", "VND"},
};

struct fx_reader {
	struct fx *fx;
	const char *path;
	char *text;
	size_t length;
	char separator;
	struct csv_row row;
	int at[PARTS]; /* the column of each part, or -1 */
	bool has_header;
	int32_t first, last; /* of the quarter that a line names; last 0: none yet */
	bool has_quarter;
	int line;
	size_t taken;
	struct tw_error *error;
};

static int fail(const struct fx_reader *r, const char *message, struct tw_text shown)
{
	char text[384];
	snprintf(text, sizeof text, message, (int)(shown.length < 60 ? shown.length : 60),
		 shown.at ? shown.at : "");
	if (r->line)
		return error_set(r->error, TW_BAD_FILE, "--fx-file %.80s:%d: %s", r->path, r->line,
				 text);
	return error_set(r->error, TW_BAD_FILE, "--fx-file %.80s: %s", r->path, text);
}

static struct tw_text cell(const struct fx_reader *r, int at)
{
	if (at < 0 || (size_t)at >= r->row.count)
		return (struct tw_text){0};
	return csv_value(r->row.field[at]);
}

static bool in_list(const char *list, const char *word)
{
	size_t n = strlen(word), length;
	for (; *list; list += length) {
		list += strspn(list, " ");
		length = strcspn(list, " ");
		if (length == n && n && !memcmp(list, word, n))
			return true;
	}
	return false;
}

static int month_of(const char *at, size_t length)
{
	static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
					    "jul", "aug", "sep", "oct", "nov", "dec"};
	for (int i = 0; i < 12 && length >= 3; i++)
		if (!strncasecmp(at, names[i], 3))
			return i + 1;
	return 0;
}

static int number_at(const char *at, size_t length, size_t *next)
{
	int number = 0;
	size_t i = 0;
	for (; i < length && is_digit(at[i]) && i < 6; i++)
		number = number * 10 + (at[i] - '0');
	*next = i;
	return number;
}

/* 2025-04-01, 04/01/2025 or April 1, 2025. */
static bool read_day(int32_t *day, struct tw_text text)
{
	size_t next, used;
	if (fx_day(day, text))
		return true;
	if (text.length && is_digit(*text.at)) {
		int month = number_at(text.at, text.length, &used);
		if (used >= text.length || text.at[used] != '/')
			return false;
		int date = number_at(text.at + used + 1, text.length - used - 1, &next);
		used += next + 1;
		if (used >= text.length || text.at[used] != '/')
			return false;
		int year = number_at(text.at + used + 1, text.length - used - 1, &next);
		char iso[40];
		snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, date);
		return next == 4 && fx_day(day, (struct tw_text){iso, strlen(iso)});
	}
	size_t word = 0;
	while (word < text.length && text.at[word] != ' ')
		word++;
	int month = month_of(text.at, word);
	if (!month || word + 1 >= text.length)
		return false;
	int date = number_at(text.at + word + 1, text.length - word - 1, &next);
	for (used = word + 1 + next; used < text.length && !is_digit(text.at[used]);)
		used++;
	int year = used < text.length ? number_at(text.at + used, text.length - used, &next) : 0;
	char iso[40];
	snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, date);
	return fx_day(day, (struct tw_text){iso, strlen(iso)});
}

static void set_quarter(struct fx_reader *r, int year, int quarter)
{
	r->first = (int32_t)time_days(year, 3 * quarter - 2, 1);
	r->last = quarter == 4 ? (int32_t)time_days(year + 1, 1, 1) - 1
			       : (int32_t)time_days(year, 3 * quarter + 1, 1) - 1;
	r->has_quarter = true;
}

/* Four digits that are a year, in a line. */
static int year_in(struct tw_text text)
{
	for (size_t i = 0; i + 4 <= text.length; i++)
		if ((i == 0 || !is_digit(text.at[i - 1])) && is_digit(text.at[i]) &&
		    (i + 4 == text.length || !is_digit(text.at[i + 4]))) {
			size_t used;
			int year = number_at(text.at + i, 4, &used);
			if (used == 4 && year >= 1970 && year < 2200)
				return year;
		}
	return 0;
}

/*
 * The quarter that a text names: "January 1 through March 31, 2025", "Q1 2025", "2025Q1",
 * "1st quarter 2025", "the quarter beginning April 1, 2025".
 */
static int quarter_in(struct tw_text text)
{
	for (size_t i = 0; i < text.length; i++) {
		bool starts = i == 0 || text.at[i - 1] == ' ' || text.at[i - 1] == '(' ||
			      text.at[i - 1] == '"' || text.at[i - 1] == ',' ||
			      is_digit(text.at[i - 1]) || text.at[i - 1] == '-';
		char c = text.at[i];
		if ((c == 'Q' || c == 'q') && i + 1 < text.length && text.at[i + 1] >= '1' &&
		    text.at[i + 1] <= '4' && starts)
			return text.at[i + 1] - '0';
		if (c >= '1' && c <= '4' && i + 2 < text.length && starts &&
		    (!strncasecmp(text.at + i + 1, "st", 2) ||
		     !strncasecmp(text.at + i + 1, "nd", 2) ||
		     !strncasecmp(text.at + i + 1, "rd", 2) ||
		     !strncasecmp(text.at + i + 1, "th", 2)) &&
		    memmem(text.at, text.length, "uarter", 6))
			return c - '0';
		int month = starts ? month_of(text.at + i, text.length - i) : 0;
		if (month && (month - 1) % 3 == 0)
			return (month + 2) / 3;
	}
	return 0;
}

static void look_for_quarter(struct fx_reader *r, struct tw_text line)
{
	int year = year_in(line), quarter = quarter_in(line);
	if (year && quarter)
		set_quarter(r, year, quarter);
}

/* Whether the row names the columns; then *r has their places. */
static bool read_header(struct fx_reader *r)
{
	int at[PARTS];
	char folded[FOLDED];
	for (int part = 0; part < PARTS; part++)
		at[part] = -1;
	for (size_t i = 0; i < r->row.count; i++) {
		alias_fold(folded, csv_value(r->row.field[i]));
		for (int part = 0; part < PARTS; part++)
			if (at[part] < 0 && in_list(headers[part], folded))
				at[part] = (int)i;
	}
	if (at[PART_RATE] < 0 || (at[PART_CODE] < 0 && at[PART_COUNTRY] < 0 && at[PART_NAME] < 0))
		return false;
	memcpy(r->at, at, sizeof at);
	r->has_header = true;
	return true;
}

static bool code_of(char out[4], struct tw_text text)
{
	struct tw_text code = currency_find(text);
	if (code.length != 3)
		return false;
	memcpy(out, code.at, 3);
	out[3] = '\0';
	return true;
}

/* The currency of a row: by its code, by the name of a currency there is one of, by the country. */
static bool read_currency(char out[4], const struct fx_reader *r)
{
	char folded[FOLDED];
	if (code_of(out, cell(r, r->at[PART_CODE])) || code_of(out, cell(r, r->at[PART_COUNTRY])))
		return true;
	struct tw_text name = cell(r, r->at[PART_NAME]);
	if (name.length && r->at[PART_COUNTRY] < 0)
		return code_of(out, name);
	if (name.length == 4 && !strncasecmp(name.at, "euro", 4))
		return code_of(out, name);
	if (!alias_fold(folded, cell(r, r->at[PART_COUNTRY])))
		return false;
	for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
		if (!strncmp(folded, countries[i].country, strlen(countries[i].country)))
			return code_of(out, (struct tw_text){countries[i].code, 3});
	return false;
}

static int read_days(struct fx_reader *r, struct fx_rate *rate)
{
	struct tw_text from = cell(r, r->at[PART_FROM]), until = cell(r, r->at[PART_UNTIL]);
	struct tw_text date = cell(r, r->at[PART_DATE]), quarter = cell(r, r->at[PART_QUARTER]);
	struct tw_text year = cell(r, r->at[PART_YEAR]);
	if (date.length) {
		if (!read_day(&rate->first, date))
			return fail(r, "`%.*s` is not a date: write 2025-04-01 or 04/01/2025",
				    date);
		rate->last = rate->first;
		return TW_OK;
	}
	if (from.length) {
		if (!read_day(&rate->first, from))
			return fail(r, "`%.*s` is not a date: write 2025-04-01 or 04/01/2025",
				    from);
		rate->last = FX_ALWAYS - 1;
		if (until.length && !read_day(&rate->last, until))
			return fail(r, "`%.*s` is not a date: write 2025-06-30 or 06/30/2025",
				    until);
		return rate->last >= rate->first
			   ? TW_OK
			   : fail(r, "the days of the rate end before they begin, at `%.*s`",
				  until);
	}
	if (quarter.length) {
		int y = year_in(quarter) ? year_in(quarter) : year_in(year),
		    q = quarter_in(quarter);
		if (!q && quarter.length == 1 && *quarter.at >= '1' && *quarter.at <= '4')
			q = *quarter.at - '0';
		if (!y || !q)
			return fail(r, "`%.*s` is not a quarter: write 2025Q2", quarter);
		set_quarter(r, y, q);
	}
	if (!r->has_quarter)
		return fail(
		    r,
		    "the period of the rates is not given: name the quarter above the header, as "
		    "in April 1 through June 30, 2025, or give columns from and until%.*s",
		    (struct tw_text){"", 0});
	rate->first = r->first;
	rate->last = r->last;
	return TW_OK;
}

static bool is_absent(struct tw_text text)
{
	return !text.length || (text.length == 1 && *text.at == '-') ||
	       (text.length == 3 && !strncasecmp(text.at, "N/A", 3)) ||
	       (text.length == 2 && !strncasecmp(text.at, "NA", 2));
}

static int overlap(const struct fx_reader *r, const struct fx_rate *rate)
{
	for (size_t i = 0; i < r->fx->count; i++) {
		const struct fx_rate *other = &r->fx->rate[i];
		if (!strcmp(other->from, rate->from) && !strcmp(other->to, rate->to) &&
		    other->first == rate->first && other->last == rate->last)
			return fail(r, "two rates for %.*s on the same days",
				    (struct tw_text){rate->from, 3});
	}
	return TW_OK;
}

static int read_rate(struct fx_reader *r)
{
	struct fx_rate rate = {.to = "USD"};
	struct tw_text number = cell(r, r->at[PART_RATE]);
	struct tw_text first = r->row.count ? csv_value(r->row.field[0]) : number;
	int code;
	if (is_absent(number))
		return TW_OK;
	if (!read_currency(rate.from, r))
		return fail(
		    r,
		    "the currency of `%.*s` is not known: give a column Code with its three "
		    "letters",
		    first);
	if (!strcmp(rate.from, rate.to))
		return TW_OK;
	if (!fx_number(&rate, number))
		return fail(r,
			    "`%.*s` is not a rate: a number over 0 with a decimal point, at most "
			    "nine decimals",
			    number);
	const char *name = strrchr(r->path, '/');
	snprintf(rate.source, sizeof rate.source, "%.60s:%d", name ? name + 1 : r->path, r->line);
	if ((code = read_days(r, &rate)) || (code = overlap(r, &rate)))
		return code;
	r->taken++;
	return fx_add(r->fx, &rate, r->error);
}

static bool is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (csv_value(row->field[i]).length)
			return false;
	return true;
}

static int read_rows(struct fx_reader *r)
{
	int code = TW_OK;
	for (size_t at = 0, length, flaw; at < r->length && !code; at += length) {
		struct tw_text rest = {r->text + at, r->length - at};
		r->line++;
		if (csv_end(&length, &flaw, rest, r->separator, true) != CSV_OK ||
		    csv_split(&r->row, r->text + at, length, r->separator) != CSV_OK)
			return fail(r, "the row cannot be read: a quote is not closed%.*s",
				    (struct tw_text){"", 0});
		if (is_blank(&r->row))
			continue;
		if (!r->has_header) {
			if (!read_header(r))
				look_for_quarter(r, (struct tw_text){r->text + at, length});
		} else {
			code = read_rate(r);
		}
	}
	if (!code && !r->has_header)
		code = fail(r,
			    "no row names the columns: Country, Name of currency, U.S. dollars, as "
			    "in CBP's quarterly list; or Code, Rate, From, Until%.*s",
			    (struct tw_text){"", 0});
	else if (!code && !r->taken)
		code = fail(r, "holds no rate%.*s", (struct tw_text){"", 0});
	return code;
}

static char separator_of(const char *text, size_t length)
{
	static const char separators[] = "\t;|,";
	for (const char *at = separators; *at; at++)
		if (length && memchr(text, *at, length))
			return *at;
	return ',';
}

static int load(struct fx_reader *r)
{
	FILE *file = fopen(r->path, "rb");
	struct tw_text none = {0};
	if (!file)
		return fail(r, "cannot be opened%.*s", none);
	r->text = malloc(FILE_MOST + 1);
	if (!r->text) {
		fclose(file);
		return fail(r, "not enough memory to read it%.*s", none);
	}
	r->length = fread(r->text, 1, FILE_MOST + 1, file);
	bool failed = ferror(file);
	fclose(file);
	if (failed || r->length > FILE_MOST)
		return fail(r, failed ? "cannot be read%.*s" : "is larger than 4 MiB%.*s", none);
	if (r->length >= 3 && !memcmp(r->text, "\xEF\xBB\xBF", 3))
		memmove(r->text, r->text + 3, r->length -= 3);
	return TW_OK;
}

int fx_file(struct fx *fx, const char *path, struct tw_error *error)
{
	struct fx_reader *r = calloc(1, sizeof *r);
	if (!r)
		return TW_NO_MEMORY;
	r->fx = fx;
	r->path = path;
	r->error = error;
	int code = load(r);
	if (!code) {
		r->separator = separator_of(r->text, r->length);
		code = read_rows(r);
	}
	free(r->text);
	free(r);
	return code;
}
