/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the columns of a line, see facts.h. Allocates nothing. */
#include "assess/facts.h"

#include "assess/reading.h"

#include "assess/lookup.h"
#include "assess/pieces.h"
#include "common/ascii.h"
#include "common/currency.h"
#include "common/fit.h"
#include "common/legal.h"
#include "common/money.h"
#include "common/quantity.h"
#include "common/tariff_code.h"
#include "rulebook/units.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool reading_refuse(struct refusal *out, const char *reason, const char *column, const char *format,
		    ...)
{
	va_list arguments;
	out->reason = reason;
	out->column = column;
	va_start(arguments, format);
	fit_vprint(out->text, sizeof out->text, format, arguments);
	va_end(arguments);
	return false;
}

struct tw_text reading_shorten(struct tw_text text)
{
	if (text.length > 40) {
		text.length = 40;
		while (text.length > 0 && ((unsigned char)text.at[text.length] & 0xc0) == 0x80)
			text.length--;
	}
	return text;
}

struct tw_text reading_trim(struct tw_text text)
{
	while (text.length > 0 && (*text.at == ' ' || *text.at == '\t')) {
		text.at++;
		text.length--;
	}
	while (text.length > 0 &&
	       (text.at[text.length - 1] == ' ' || text.at[text.length - 1] == '\t'))
		text.length--;
	return text;
}

static struct tw_text column(const struct tw_line *line, enum tw_column index)
{
	return reading_trim(line->column[index]);
}

const char *tw_rulebook_unit(const tw_rulebook *rulebook, struct tw_text unit)
{
	if (!rulebook || !unit.at)
		return NULL;
	const struct rb *rb = rulebook_layout(rulebook);
	uint32_t index = units_find(rb, reading_trim(unit));
	return index != RB_NONE ? rb_text(rb, rb->units[index].dimension) : NULL;
}

const char *tw_rulebook_unit_name(const tw_rulebook *rulebook, struct tw_text unit)
{
	if (!rulebook || !unit.at)
		return NULL;
	const struct rb *rb = rulebook_layout(rulebook);
	uint32_t index = units_find(rb, reading_trim(unit));
	return index != RB_NONE ? rb_text(rb, rb->units[index].name) : NULL;
}

/* The same, with the spellings of lines before at hand. */
static uint32_t unit_of(const struct vocabulary *words, struct tw_text text)
{
	uint64_t bytes = 0;
	if (text.length == 0 || text.length > sizeof bytes)
		return units_find(words->rb, text);
	memcpy(&bytes, text.at, text.length);
	struct spelled *kept = &words->tables->spelled[bytes * UINT64_C(0x9e3779b97f4a7c15) >> 58];
	static_assert(TABLES_SPELLED == 1 << 6, "the place is 6 bits");
	if (kept->text != bytes || kept->length != text.length)
		*kept = (struct spelled){bytes, (uint32_t)text.length, units_find(words->rb, text)};
	return kept->unit;
}

static bool of_number(char c)
{
	return is_digit(c) || c == '.' || c == ',' || c == '+' || c == '-';
}

/* A number and, behind it, a unit: "25", "25kg", "25 kg". */
static bool read_quantity(struct quantity *out, struct refusal *refusal,
			  const struct vocabulary *words, struct tw_text text, const char *name)
{
	size_t digits = 0;
	const char *right;
	memset(out, 0, sizeof *out);
	out->unit = RB_NONE;
	if (text.length == 0)
		return true;
	while (digits < text.length && of_number(text.at[digits]))
		digits++;
	struct tw_text unit =
	    reading_trim((struct tw_text){text.at + digits, text.length - digits});
	if (!quantity_parse(&out->amount, (struct tw_text){text.at, digits}, &right))
		return reading_refuse(refusal, "bad-quantity", name, "`%.*s` is not a quantity: %s",
				      SHOW(text), right);
	if (unit.length != 0 && (out->unit = unit_of(words, unit)) == RB_NONE)
		return reading_refuse(refusal, "unknown-unit", name,
				      "`%.*s` is not a unit of quantity: give kg, g, No., doz., "
				      "prs., liters, m2 or another unit as the schedule prints it",
				      SHOW(unit));
	out->given = true;
	return true;
}

static bool read_unit(struct quantity *out, struct refusal *refusal, const struct vocabulary *words,
		      struct tw_text text, const char *name)
{
	if (text.length == 0)
		return true;
	uint32_t unit = unit_of(words, text);
	if (unit == RB_NONE)
		return reading_refuse(refusal, "unknown-unit", name,
				      "`%.*s` is not a unit of quantity: give kg, g, No., doz., "
				      "prs., liters, m2 or another unit as the schedule prints it",
				      SHOW(text));
	out->unit = unit;
	return true;
}

bool reading_time(tw_time *out, bool *is_date, struct refusal *refusal, struct facts *facts,
		  struct tw_text text, const char *name)
{
	struct time_parsed parsed;
	const char *right;
	if (text_same(text, "today")) {
		if (!facts->today)
			return reading_refuse(
			    refusal, "bad-date", name,
			    "`today` cannot be used here: give a day such as 2025-05-02");
		text = (struct tw_text){facts->today, strlen(facts->today)};
	}
	if (!time_parse(&parsed, (enum time_zone)facts->zone, text, &right))
		return reading_refuse(refusal, "bad-date", name, "`%.*s` is not a date: %s",
				      SHOW(text), right);
	*out = parsed.at;
	*is_date = parsed.is_date;
	if (!parsed.twice && !parsed.never)
		return true;
	if (facts->odd_count == FACTS_ODD)
		facts->more_odd = true;
	else
		facts->odd[facts->odd_count++] = (struct odd_time){name, parsed.at, parsed.twice};
	return true;
}

/* The two letters of a country, or of a union with lists of its own: EU. */
static void read_into(struct facts *out, const struct vocabulary *words, struct tw_text into)
{
	uint32_t country = into.length >= 2 ? place_find(words, into) : RB_NONE;
	if (country != RB_NONE)
		memcpy(out->into, words->rb->countries[country].iso2, 3);
	else if (into.length == 2)
		memcpy(out->into, (char[3]){(char)(into.at[0] & ~32), (char)(into.at[1] & ~32)}, 3);
	unsigned a = (unsigned char)out->into[0] - 'A', b = (unsigned char)out->into[1] - 'A';
	out->zone = a < 26 && b < 26 ? words->zone[a * 26 + b] : TIME_ZONE_UTC;
}

/* Of a union the answer names the member that was given. */
static bool find_jurisdiction(struct facts *out, const struct rb *rb, struct tw_text into)
{
	const struct rb_jurisdiction *j =
	    into.length == 2 ? rb_jurisdiction_into(rb, into.at) : NULL;
	if (!j)
		return false;
	out->jurisdiction = j;
	out->jurisdiction_index = (uint32_t)(j - rb->jurisdictions);
	for (size_t i = 0; i < 2; i++)
		out->into[i] = (char)(into.at[i] & ~32);
	out->into[2] = 0;
	out->zone = (int)j->zone;
	return true;
}

static bool read_jurisdiction(struct facts *out, struct refusal *refusal,
			      const struct vocabulary *words)
{
	const struct rb *rb = words->rb;
	struct tw_text into = column(out->line, TW_COLUMN_INTO);
	if (into.length == 0)
		into = (struct tw_text){rb->law->into, 2};
	if (find_jurisdiction(out, rb, into))
		return true;
	read_into(out, words, into); /* by its name: "United States", USA */
	if (into.length != 2 && find_jurisdiction(out, rb, (struct tw_text){out->into, 2}))
		return true;
	reading_refuse(refusal, "unknown-jurisdiction", "into",
		       "duties into `%.*s` are not covered: the law covers imports into ",
		       SHOW(into));
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		fit_add(refusal->text, sizeof refusal->text, "%s%s", i != 0 ? ", " : "",
			rb->jurisdictions[i].code);
	return false;
}

/* What is wrong with a code that is none, and the code that it would be. */
static bool refuse_code(struct refusal *refusal, const struct tariff_code *code,
			struct tw_text text)
{
	char dotted[16];
	tariff_code_print(dotted, code->digits);
	switch (code->fault) {
	case TARIFF_CODE_NO_ZERO:
		return reading_refuse(refusal, "bad-code", "hts",
				      "`%.*s` has %zu digits. If a spreadsheet removed the leading "
				      "zero, write %s, or read all such codes with --restore-zeros",
				      SHOW(text), code->count - 1, dotted);
	case TARIFF_CODE_SHORTENED:
		return reading_refuse(
		    refusal, "bad-code", "hts",
		    "`%.*s` is a number that a spreadsheet has shortened, and its last digits are "
		    "lost: format the column as text there and export again",
		    SHOW(text));
	case TARIFF_CODE_LONG:
		return reading_refuse(
		    refusal, "bad-code", "hts",
		    "`%.*s` has more than ten digits: the first ten are %s, and the rest belongs "
		    "to another country's tariff; give 6, 8 or 10 digits",
		    SHOW(text), dotted);
	default:
		return reading_refuse(
		    refusal, "bad-code", "hts",
		    "`%.*s` is not a tariff code: give 6, 8 or 10 digits, with or without dots%s",
		    SHOW(text), code->count % 2 != 0 ? " (a digit is missing)" : "");
	}
}

static bool read_code(struct facts *out, struct refusal *refusal, const struct vocabulary *words)
{
	static const uint64_t power[] = {
	    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000};
	struct tw_text text = column(out->line, TW_COLUMN_HTS);
	struct tariff_code code;
	uint64_t number = 0;
	if (text.length == 0 && text_same(column(out->line, TW_COLUMN_CHANNEL), "postal")) {
		out->code_high = LOOKUP_GOODS_END; /* any goods: see no_code.c */
		return true;
	}
	if (text.length == 0)
		return reading_refuse(refusal, "missing-code", "hts",
				      "no tariff code: give 6, 8 or 10 digits");
	tariff_code_read(&code, text);
	out->zero_restored = code.fault == TARIFF_CODE_NO_ZERO && words->restore_zeros;
	if (code.fault != TARIFF_CODE_SOUND && !out->zero_restored)
		return refuse_code(refusal, &code, text);
	for (size_t i = 0; i < code.count; i++)
		number = number * 10 + (uint64_t)(code.digits[i] - '0');
	out->digits = (uint32_t)code.count;
	out->code_low = number * power[10 - out->digits];
	out->code_high = out->code_low + power[10 - out->digits];
	if (out->jurisdiction)
		lookup_soon(words->tables, words->rb, out->jurisdiction, out->code_low);
	return true;
}

static bool read_via(struct facts *out, struct refusal *refusal, const struct vocabulary *words)
{
	struct tw_text via = column(out->line, TW_COLUMN_VIA);
	struct refusal later;
	bool sound = true;
	for (size_t at = 0; at < via.length;) {
		size_t end = at;
		while (end < via.length && !strchr(",;|/ ", via.at[end]))
			end++;
		struct tw_text one = {via.at + at, end - at};
		at = end + 1;
		if (one.length == 0)
			continue;
		if (out->via_count == FACTS_VIA) {
			if (sound)
				reading_refuse(refusal, "bad-value", "via",
					       "more than 8 countries of transit: give each "
					       "country of transit once");
			return false;
		}
		if (reading_country(&out->via[out->via_count], sound ? refusal : &later, words, one,
				    "via"))
			out->via_count++;
		else
			sound = false;
	}
	return sound;
}

static bool read_places(struct facts *out, struct refusal *refusal, const struct vocabulary *words)
{
	struct tw_text origin = column(out->line, TW_COLUMN_ORIGIN);
	struct tw_text from = column(out->line, TW_COLUMN_SHIP_FROM);
	struct refusal later; /* the first mistake is told; what is right is read all the same */
	bool sound =
	    origin.length != 0 ||
	    reading_refuse(refusal, "missing-origin", "origin",
			   "no country of origin: give its name or code, such as China or CN");
	out->origin = RB_NONE;
	sound = sound && reading_country(&out->origin, refusal, words, origin, "origin");
	out->ship_from = out->origin;
	if (from.length != 0)
		sound = reading_country(&out->ship_from, sound ? refusal : &later, words, from,
					"ship_from") &&
			sound;
	return read_via(out, sound ? refusal : &later, words) && sound;
}

static bool read_instants(struct facts *out, struct refusal *refusal)
{
	struct {
		enum tw_column column;
		tw_time *at;
		bool *given;
	} other[] = {{TW_COLUMN_IMPORTED, &out->imported, &out->has_imported},
		     {TW_COLUMN_LOADED, &out->loaded, &out->has_loaded},
		     {TW_COLUMN_DEPARTED, &out->departed, &out->has_departed},
		     {TW_COLUMN_IT_DATE, &out->it_date, &out->has_it_date}};
	struct tw_text entered = column(out->line, TW_COLUMN_ENTERED);
	if (entered.length == 0)
		return reading_refuse(refusal, "missing-date", "entered",
				      "no date of entry: give 2025-05-02 or 2025-05-02T00:01");
	if (!reading_time(&out->entered, &out->entered_is_date, refusal, out, entered, "entered"))
		return false;
	out->has_entered = true;
	for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
		struct tw_text text = column(out->line, other[i].column);
		bool is_date;
		if (text.length == 0)
			continue;
		if (!reading_time(other[i].at, &is_date, refusal, out, text,
				  tw_column_name(other[i].column)))
			return false;
		*other[i].given = true;
	}
	return true;
}

static bool read_money(tw_money *out, struct refusal *refusal, struct tw_text text,
		       const char *name)
{
	const char *right;
	return money_parse(out, text, &right) ||
	       reading_refuse(refusal, "bad-value", name, "`%.*s` is not an amount: %s", SHOW(text),
			      right);
}

/* The quantities, each whatever is wrong with the others. */
static bool read_quantities(struct facts *out, struct refusal *refusal,
			    const struct vocabulary *words)
{
	static const enum tw_column columns[][2] = {{TW_COLUMN_QTY, TW_COLUMN_UNIT},
						    {TW_COLUMN_QTY2, TW_COLUMN_UNIT2},
						    {TW_COLUMN_WEIGHT, TW_COLUMN_COUNT}};
	struct refusal later;
	bool sound = true;
	for (size_t i = 0; i < 3; i++) {
		enum tw_column unit = columns[i][1];
		bool good = read_quantity(&out->qty[i], sound ? refusal : &later, words,
					  column(out->line, columns[i][0]),
					  tw_column_name(columns[i][0])) &&
			    (unit == TW_COLUMN_COUNT ||
			     read_unit(&out->qty[i], sound ? refusal : &later, words,
				       column(out->line, unit), tw_column_name(unit)));
		out->qty[i].given = out->qty[i].given && good;
		sound = sound && good;
	}
	return sound;
}

/* A value in another currency than duties are reckoned in. */
static bool refuse_currency(struct refusal *refusal, const struct rb *rb,
			    const struct rb_jurisdiction *j, struct tw_text said)
{
	struct tw_text iso = currency_find(said);
	if (iso.length != 3)
		iso = (struct tw_text){"CODE", 4};
	const char *cite =
	    j->conversion != RB_NONE ? rb_text(rb, rb->instruments[j->conversion].cite) : "";
	return reading_refuse(
	    refusal, "bad-currency", "currency",
	    "the value must be in %s here, not in `%.*s`%s%s%s: convert it at the rate of the "
	    "date of exportation, or give that rate with --fx %.*s=RATE",
	    rb_text(rb, j->currency), SHOW(said), *cite ? " (" : "", cite, *cite ? ")" : "",
	    SHOW(iso));
}

/* A cell of money; the currency that stands in it must be that of the line. */
static bool read_amount(tw_money *out, struct facts *facts, struct refusal *refusal,
			struct tw_text text, const char *name)
{
	const struct currency_cell cell = currency_split(text);
	bool any_dollar = cell.code.length == 1; /* which one the country of import says */
	if (cell.code.length != 0 && facts->currency.length == 0 && !any_dollar)
		facts->currency = cell.code;
	if (cell.code.length != 0 && facts->currency.length != 0 &&
	    !currency_fits(cell.code, facts->currency) &&
	    !currency_fits(facts->currency, cell.code))
		return reading_refuse(refusal, "bad-currency", name,
				      "`%.*s` is in another currency than the line, `%.*s`: give "
				      "one currency for the line",
				      SHOW(text), SHOW(facts->currency));
	return read_money(out, refusal, cell.amount, name);
}

/* "US$" and "dollars" for USD, "$" for any dollar. */
static bool is_currency(struct tw_text said, const char *code)
{
	struct tw_text found = currency_find(said);
	return found.length != 0 && currency_fits(found, (struct tw_text){code, strlen(code)});
}

static bool read_values(struct facts *out, struct refusal *refusal, const struct rb *rb)
{
	const struct tw_line *line = out->line;
	struct tw_text value = column(line, TW_COLUMN_VALUE);
	struct tw_text retail = column(line, TW_COLUMN_RETAIL_VALUE);
	const char *currency = rb_text(rb, out->jurisdiction->currency);
	out->has_value = value.length != 0;
	out->currency = column(line, TW_COLUMN_CURRENCY);
	if (out->has_value && !read_amount(&out->value, out, refusal, value, "value"))
		return false;
	out->retail = out->value;
	if (retail.length != 0 && !read_amount(&out->retail, out, refusal, retail, "retail_value"))
		return false;
	out->shipment_value = line->shipment_value >= 0 ? line->shipment_value : out->value;
	out->shipment_retail = line->shipment_retail >= 0 ? line->shipment_retail : out->retail;
	if (out->currency.length != 0 && strcmp(currency, "any") != 0 &&
	    !text_same(out->currency, currency) && !is_currency(out->currency, currency))
		return refuse_currency(refusal, rb, out->jurisdiction, out->currency);
	return true;
}

static bool refuse_word(struct refusal *refusal, enum tw_column index, struct tw_text said,
			const char *const *allowed)
{
	char list[120] = "";
	for (size_t i = 0; allowed[i]; i++)
		fit_add(list, sizeof list, "%s%s", i != 0 ? ", " : "", allowed[i]);
	return reading_refuse(refusal, "unknown-word", tw_column_name(index),
			      "`%.*s` is not one of %s", SHOW(said), list);
}

/* *which stays as it is where nothing is said. */
static bool read_word(struct tw_text *out, size_t *which, struct refusal *refusal,
		      const struct tw_line *line, enum tw_column index, const char *const *allowed)
{
	*out = column(line, index);
	if (out->length == 0)
		return true;
	for (size_t i = 0; allowed[i]; i++) {
		size_t length = strlen(allowed[i]);
		if (out->length == length &&
		    (memcmp(out->at, allowed[i], length) == 0 || text_same(*out, allowed[i]))) {
			*out = (struct tw_text){allowed[i], length};
			*which = i;
			return true;
		}
	}
	return refuse_word(refusal, index, *out, allowed);
}

static bool read_words(struct facts *out, struct refusal *refusal)
{
	struct tw_text type = column(out->line, TW_COLUMN_ENTRY_TYPE);
	size_t channel = 0, transport = TABLES_TRANSPORTS;
	if (!read_word(&out->channel, &channel, refusal, out->line, TW_COLUMN_CHANNEL,
		       tables_channels) ||
	    !read_word(&out->transport, &transport, refusal, out->line, TW_COLUMN_TRANSPORT,
		       tables_transports))
		return false;
	if (out->channel.length == 0)
		out->channel = (struct tw_text){tables_channels[0], strlen(tables_channels[0])};
	out->channel_number = (uint32_t)channel;
	out->transport_number = (uint32_t)transport;
	for (size_t i = 0; i < type.length; i++)
		if (type.length > 8 || type.at[i] < '0' || type.at[i] > 'z')
			return reading_refuse(
			    refusal, "unknown-word", "entry_type",
			    "`%.*s` is not a type of entry: give two digits such as 01 or 11",
			    SHOW(type));
	if (type.length == 1 && type.at[0] >= '1' && type.at[0] <= '9') {
		static const char padded[] = "010203040506070809";
		type =
		    (struct tw_text){padded + 2 * (type.at[0] - '1'), 2}; /* a lost leading zero */
	}
	out->entry_type = type;
	return true;
}

bool facts_read(struct facts *out, struct refusal *refusal, const struct vocabulary *words,
		const struct tw_line *line)
{
	memset(out, 0, offsetof(struct facts, claim));
	out->line = line;
	out->today = words->today;
	out->odd_count = 0;
	out->more_odd = false;
	/* A line that is refused is still read for what is in the box and where it goes. */
	struct refusal later;
	bool sound = read_jurisdiction(out, refusal, words);
	sound = read_code(out, sound ? refusal : &later, words) && sound;
	sound = read_places(out, sound ? refusal : &later, words) && sound;
	sound = read_instants(out, sound ? refusal : &later) && sound;
	out->way.stage = WAY_ENDS;
	if (sound)
		lookup_begin(&out->way, words->tables, words->rb, out->jurisdiction, out->code_low,
			     out->code_high, out->origin, out->entered);
	if (out->jurisdiction)
		sound = read_values(out, sound ? refusal : &later, words->rb) && sound;
	lookup_step(&out->way, words->rb);
	sound = read_quantities(out, sound ? refusal : &later, words) && sound;
	lookup_step(&out->way, words->rb);
	if (!sound || !read_words(out, refusal) || !claims_read(out, refusal, words) ||
	    !claims_by_unit(out, refusal, words) || !pieces_sound(refusal, out, words))
		return false;
	lookup_step(&out->way, words->rb);
	claims_join(out, words);
	for (unsigned i = 0; i < CLAIM_WORDS; i++)
		out->said_folded |= out->said[i];
	enum time_zone zone = (enum time_zone)out->zone;
	if (out->has_it_date &&
	    time_local_day(zone, out->it_date) > time_local_day(zone, out->entered))
		return reading_refuse(
		    refusal, "bad-date", "it_date",
		    "the immediate-transportation entry was accepted after the entry for "
		    "consumption: give the day of its acceptance");
	return true;
}
