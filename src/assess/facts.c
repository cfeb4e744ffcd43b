/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the columns of a line, see facts.h. Allocates nothing. */
#include "reading.h"

#include "law.h"
#include "pieces.h"

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
	vsnprintf(out->text, sizeof out->text, format, arguments);
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

bool text_same(struct tw_text text, const char *word)
{
	return strlen(word) == text.length &&
	       (text.length == 0 || strncasecmp(text.at, word, text.length) == 0);
}

static struct tw_text column(const struct tw_line *line, enum tw_column index)
{
	return reading_trim(line->column[index]);
}

static uint32_t by_code(const struct vocabulary *words, struct tw_text text)
{
	unsigned a = (unsigned char)text.at[0] | 0x20u, b = (unsigned char)text.at[1] | 0x20u;
	if (a < 'a' || a > 'z' || b < 'a' || b > 'z')
		return RB_NONE;
	uint16_t index = words->country[(a - 'a') * 26 + b - 'a'];
	return index != 0xffff ? index : RB_NONE;
}

static uint32_t find_country(const struct vocabulary *words, struct tw_text text)
{
	if (text.length == 2)
		return by_code(words, text);
	for (uint32_t i = 0; i < words->rb->country_count; i++) {
		const struct rb_country *country = &words->rb->countries[i];
		if (text_same(text, country->iso3) ||
		    text_same(text, rb_text(words->rb, country->name)))
			return i;
	}
	return RB_NONE;
}

bool reading_country(uint32_t *out, struct refusal *refusal, const struct vocabulary *words,
		     struct tw_text text, const char *name)
{
	*out = find_country(words, text);
	return *out != RB_NONE ||
	       reading_refuse(refusal, "unknown-country", name,
			      "`%.*s` is no country: give an ISO 3166-1 code such as CN or MEX",
			      SHOW(text));
}

static uint32_t find_unit(const struct rb *rb, struct tw_text text)
{
	uint32_t low = 0, high = rb->spelling_count;
	char lower[40];
	if (text.length == 0 || text.length >= sizeof lower)
		return RB_NONE;
	for (size_t i = 0; i < text.length; i++)
		lower[i] =
		    text.at[i] >= 'A' && text.at[i] <= 'Z' ? (char)(text.at[i] + 32) : text.at[i];
	lower[text.length] = '\0';
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(rb_text(rb, rb->spellings[middle].text), lower);
		if (order == 0)
			return rb->spellings[middle].unit;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return RB_NONE;
}

/* A number and, behind it, a unit: "25", "25kg", "25 kg". */
static bool read_quantity(struct quantity *out, struct refusal *refusal, const struct rb *rb,
			  struct tw_text text, const char *name)
{
	size_t digits = 0;
	const char *right;
	memset(out, 0, sizeof *out);
	out->unit = RB_NONE;
	if (text.length == 0)
		return true;
	while (digits < text.length && strchr("0123456789.,+-", text.at[digits]) != NULL)
		digits++;
	struct tw_text unit =
	    reading_trim((struct tw_text){text.at + digits, text.length - digits});
	if (!quantity_parse(&out->amount, (struct tw_text){text.at, digits}, &right))
		return reading_refuse(refusal, "bad-quantity", name, "`%.*s` is no quantity: %s",
				      SHOW(text), right);
	if (unit.length != 0 && (out->unit = find_unit(rb, unit)) == RB_NONE)
		return reading_refuse(
		    refusal, "unknown-unit", name,
		    "`%.*s` is no unit of quantity: give kg, g, No., doz., prs., liters, m2 "
		    "or another unit as the schedule prints it",
		    SHOW(unit));
	out->given = true;
	return true;
}

static bool read_unit(struct quantity *out, struct refusal *refusal, const struct rb *rb,
		      struct tw_text text, const char *name)
{
	if (text.length == 0)
		return true;
	uint32_t unit = find_unit(rb, text);
	if (unit == RB_NONE)
		return reading_refuse(
		    refusal, "unknown-unit", name,
		    "`%.*s` is no unit of quantity: give kg, g, No., doz., prs., liters, m2 "
		    "or another unit as the schedule prints it",
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
		if (facts->today == NULL)
			return reading_refuse(
			    refusal, "bad-date", name,
			    "`today` is not known here: give a day such as 2025-05-02");
		text = (struct tw_text){facts->today, strlen(facts->today)};
	}
	if (!time_parse(&parsed, (enum tw_zone)facts->zone, text, &right))
		return reading_refuse(refusal, "bad-date", name, "`%.*s` is no date: %s",
				      SHOW(text), right);
	*out = parsed.at;
	*is_date = parsed.is_date;
	if ((parsed.twice || parsed.never) && facts->odd_count < FACTS_ODD)
		facts->odd[facts->odd_count++] = (struct odd_time){name, parsed.at, parsed.twice};
	return true;
}

/* The two letters of a country, or of a union with lists of its own: EU. */
static void read_into(struct facts *out, const struct vocabulary *words, struct tw_text into)
{
	uint32_t country = into.length >= 2 ? find_country(words, into) : RB_NONE;
	if (country != RB_NONE)
		memcpy(out->into, words->rb->countries[country].iso2, 3);
	else if (into.length == 2)
		memcpy(out->into, (char[3]){(char)(into.at[0] & ~32), (char)(into.at[1] & ~32)}, 3);
	unsigned a = (unsigned char)out->into[0] - 'A', b = (unsigned char)out->into[1] - 'A';
	out->zone = a < 26 && b < 26 ? words->zone[a * 26 + b] : TW_ZONE_UTC;
}

static bool read_jurisdiction(struct facts *out, struct refusal *refusal,
			      const struct vocabulary *words)
{
	const struct rb *rb = words->rb;
	struct tw_text into = column(out->line, TW_COLUMN_INTO);
	if (into.length == 0)
		into = (struct tw_text){"US", 2};
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (text_same(into, rb->jurisdictions[i].code)) {
			out->jurisdiction = &rb->jurisdictions[i];
			out->jurisdiction_index = i;
			memcpy(out->into, rb->jurisdictions[i].code, 3);
			out->zone = (int)rb->jurisdictions[i].zone;
			return true;
		}
	read_into(out, words, into);
	char names[100] = "";
	for (uint32_t i = 0; i < rb->jurisdiction_count && strlen(names) < 90; i++) {
		strcat(names, i != 0 ? ", " : "");
		strcat(names, rb->jurisdictions[i].code);
	}
	return reading_refuse(refusal, "unknown-jurisdiction", "into",
			      "duties into `%.*s` are not covered: the law at hand is that of %s",
			      SHOW(into), names);
}

static bool read_code(struct facts *out, struct refusal *refusal)
{
	static const uint64_t power[] = {
	    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000};
	struct tw_text text = column(out->line, TW_COLUMN_HTS);
	uint64_t code = 0;
	uint32_t digits = 0;
	if (text.length == 0)
		return reading_refuse(refusal, "missing-code", "hts",
				      "no tariff code: give 6, 8 or 10 digits");
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c >= '0' && c <= '9' && digits < 10) {
			code = code * 10 + (uint64_t)(c - '0');
			digits++;
		} else if ((c != '.' && c != ' ') || (c >= '0' && c <= '9')) {
			digits = 99;
			break;
		}
	}
	if (digits != 6 && digits != 8 && digits != 10)
		return reading_refuse(
		    refusal, "bad-code", "hts",
		    "`%.*s` is no tariff code: give 6, 8 or 10 digits, with or without dots%s",
		    SHOW(text),
		    digits == 5 || digits == 7 || digits == 9 ? " (a leading zero may be lost)"
							      : "");
	out->digits = digits;
	out->code_low = code * power[10 - digits];
	out->code_high = out->code_low + power[10 - digits];
	return true;
}

static bool read_via(struct facts *out, struct refusal *refusal, const struct vocabulary *words)
{
	struct tw_text via = column(out->line, TW_COLUMN_VIA);
	struct refusal later;
	bool sound = true;
	for (size_t at = 0; at < via.length;) {
		size_t end = at;
		while (end < via.length && strchr(",;|/ ", via.at[end]) == NULL)
			end++;
		struct tw_text one = {via.at + at, end - at};
		at = end + 1;
		if (one.length == 0)
			continue;
		if (out->via_count == FACTS_VIA) {
			if (sound)
				reading_refuse(
				    refusal, "bad-value", "via",
				    "more than 8 countries on the way: give those that the goods "
				    "pass, each once");
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
	bool sound = origin.length != 0 ||
		     reading_refuse(refusal, "missing-origin", "origin",
				    "no country of origin: give an ISO 3166-1 code such as CN");
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
	       reading_refuse(refusal, "bad-value", name, "`%.*s` is no amount: %s", SHOW(text),
			      right);
}

/* The quantities, each whatever is wrong with the others. */
static bool read_quantities(struct facts *out, struct refusal *refusal, const struct rb *rb)
{
	static const enum tw_column columns[][2] = {{TW_COLUMN_QTY, TW_COLUMN_UNIT},
						    {TW_COLUMN_QTY2, TW_COLUMN_UNIT2},
						    {TW_COLUMN_WEIGHT, TW_COLUMN_COUNT}};
	struct refusal later;
	bool sound = true;
	for (size_t i = 0; i < 3; i++) {
		enum tw_column unit = columns[i][1];
		bool good = read_quantity(&out->qty[i], sound ? refusal : &later, rb,
					  column(out->line, columns[i][0]),
					  tw_column_name(columns[i][0])) &&
			    (unit == TW_COLUMN_COUNT ||
			     read_unit(&out->qty[i], sound ? refusal : &later, rb,
				       column(out->line, unit), tw_column_name(unit)));
		out->qty[i].given = out->qty[i].given && good;
		sound = sound && good;
	}
	return sound;
}

static bool read_values(struct facts *out, struct refusal *refusal, const struct rb *rb)
{
	const struct tw_line *line = out->line;
	struct tw_text value = column(line, TW_COLUMN_VALUE);
	struct tw_text retail = column(line, TW_COLUMN_RETAIL_VALUE);
	const char *currency = rb_text(rb, out->jurisdiction->currency);
	out->has_value = value.length != 0;
	if (out->has_value && !read_money(&out->value, refusal, value, "value"))
		return false;
	out->retail = out->value;
	if (retail.length != 0 && !read_money(&out->retail, refusal, retail, "retail_value"))
		return false;
	out->shipment_value = line->shipment_value >= 0 ? line->shipment_value : out->value;
	out->shipment_retail = line->shipment_retail >= 0 ? line->shipment_retail : out->retail;
	out->currency = column(line, TW_COLUMN_CURRENCY);
	if (out->currency.length != 0 && strcmp(currency, "any") != 0 &&
	    !text_same(out->currency, currency))
		return reading_refuse(
		    refusal, "bad-currency", "currency",
		    "the value must be in %s here, not in `%.*s`: convert it at the rate of "
		    "the day of export",
		    currency, SHOW(out->currency));
	return true;
}

static bool read_word(struct tw_text *out, struct refusal *refusal, const struct tw_line *line,
		      enum tw_column index, const char *const *allowed)
{
	char list[120] = "";
	*out = column(line, index);
	if (out->length == 0)
		return true;
	for (size_t i = 0; allowed[i] != NULL; i++) {
		if (text_same(*out, allowed[i])) {
			*out = (struct tw_text){allowed[i], strlen(allowed[i])};
			return true;
		}
		strcat(list, i != 0 ? ", " : "");
		strcat(list, allowed[i]);
	}
	return reading_refuse(refusal, "unknown-word", tw_column_name(index),
			      "`%.*s` is not one of %s", SHOW(*out), list);
}

static bool read_words(struct facts *out, struct refusal *refusal)
{
	static const char *const channels[] = {"commercial", "express", "postal", NULL};
	static const char *const transports[] = {"air", "vessel", "truck", "rail", NULL};
	struct tw_text type = column(out->line, TW_COLUMN_ENTRY_TYPE);
	if (!read_word(&out->channel, refusal, out->line, TW_COLUMN_CHANNEL, channels) ||
	    !read_word(&out->transport, refusal, out->line, TW_COLUMN_TRANSPORT, transports))
		return false;
	if (out->channel.length == 0)
		out->channel = (struct tw_text){channels[0], strlen(channels[0])};
	for (size_t i = 0; i < type.length; i++)
		if (type.length > 8 || type.at[i] < '0' || type.at[i] > 'z')
			return reading_refuse(
			    refusal, "unknown-word", "entry_type",
			    "`%.*s` is no type of entry: give two digits such as 01 or 11",
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
	out->exempt = false;
	out->duty = out->additional = 0;
	out->line = line;
	out->today = words->today;
	out->odd_count = 0;
	/* A line that is refused is still read for what is in the box and where it goes. */
	struct refusal later;
	bool sound = read_jurisdiction(out, refusal, words);
	sound = read_code(out, sound ? refusal : &later) && sound;
	sound = read_places(out, sound ? refusal : &later, words) && sound;
	sound = read_instants(out, sound ? refusal : &later) && sound;
	if (out->jurisdiction != NULL)
		sound = read_values(out, sound ? refusal : &later, words->rb) && sound;
	sound = read_quantities(out, sound ? refusal : &later, words->rb) && sound;
	if (!sound || !read_words(out, refusal) || !claims_read(out, refusal, words) ||
	    !claims_by_unit(out, refusal, words) || !pieces_sound(refusal, out, words))
		return false;
	claims_join(out, words);
	enum tw_zone zone = (enum tw_zone)out->zone;
	if (out->has_it_date &&
	    time_local_day(zone, out->it_date) > time_local_day(zone, out->entered))
		return reading_refuse(
		    refusal, "bad-date", "it_date",
		    "the immediate-transportation entry was accepted after the entry for "
		    "consumption: give the day of its acceptance");
	return true;
}
