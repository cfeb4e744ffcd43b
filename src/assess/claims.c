/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line claims, read by the types of law/claims.yaml, and the claims
 * that the engine itself reads. See reading.h. Allocates nothing.
 */
#include "assess/reading.h"

#include "common/fit.h"
#include "common/legal.h"
#include "common/money.h"
#include "common/quantity.h"
#include "common/spelling.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static uint32_t find_claim(const struct rb *rb, struct tw_text name)
{
	uint32_t low = 0, high = rb->claim_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const char *here = rb_text(rb, rb->claims[middle].name);
		int order = strncasecmp(here, name.at, name.length);
		if (order == 0 && here[name.length] != '\0')
			order = 1;
		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return RB_NONE;
}

static uint32_t find_named(const struct rb *rb, const char *name)
{
	return find_claim(rb, (struct tw_text){name, strlen(name)});
}

static bool is_yes(struct tw_text text)
{
	return text.length == 0 || text_same(text, "yes") || text_same(text, "y") ||
	       text_same(text, "true") || text_same(text, "1");
}
static bool is_no(struct tw_text text)
{
	return text_same(text, "no") || text_same(text, "n") || text_same(text, "false") ||
	       text_same(text, "0");
}

static bool claim_word(struct value *out, struct refusal *refusal, const struct rb *rb,
		       const struct rb_claim *claim, struct tw_text text)
{
	out->kind = VALUE_WORD;
	out->yes = true;
	out->word = text;
	for (uint32_t i = 0; i < claim->words.count; i++) {
		const char *word = rb_text(rb, rb->indexes[claim->words.first + i]);
		if (text_same(text, word))
			return true;
	}
	if (claim->words.count == 0 && text.length != 0)
		return true;
	reading_refuse(refusal, "bad-claim", "claims", "%s=`%.*s` is not one of %s",
		       rb_text(rb, claim->name), SHOW(text),
		       claim->words.count != 0 ? "" : "its words");
	for (uint32_t i = 0; i < claim->words.count; i++)
		fit_add(refusal->text, sizeof refusal->text, "%s%s", i != 0 ? ", " : "",
			rb_text(rb, rb->indexes[claim->words.first + i]));
	return false;
}

static bool claim_flag(struct value *out, struct refusal *refusal, const struct rb *rb,
		       const struct rb_claim *claim, struct tw_text text)
{
	out->kind = VALUE_FLAG;
	out->yes = is_yes(text);
	if (out->yes || is_no(text))
		return true;
	if (claim->type == LAW_CLAIM_FLAG_OR_WORD)
		return claim_word(out, refusal, rb, claim, text);
	return reading_refuse(refusal, "bad-claim", "claims", "%s=`%.*s`: say yes or no",
			      rb_text(rb, claim->name), SHOW(text));
}

static bool claim_number(struct value *out, struct refusal *refusal, const struct rb *rb,
			 const struct rb_claim *claim, struct tw_text text)
{
	const char *right = "";
	const char *name = rb_text(rb, claim->name);
	out->kind = VALUE_NUMBER;
	if (claim->type == LAW_CLAIM_PERCENT && text.length > 0 && text.at[text.length - 1] == '%')
		text.length--;
	if (claim->type == LAW_CLAIM_AMOUNT)
		return money_parse(&out->number, text, &right) ||
		       reading_refuse(refusal, "bad-claim", "claims",
				      "%s=`%.*s` is not an amount: %s", name, SHOW(text), right);
	if (!quantity_parse(&out->number, reading_trim(text), &right))
		return reading_refuse(refusal, "bad-claim", "claims",
				      "%s=`%.*s` is not a number: %s", name, SHOW(text), right);
	return true;
}

static bool read_claim(struct value *out, struct refusal *refusal, const struct vocabulary *words,
		       struct facts *facts, const struct rb_claim *claim, struct tw_text text)
{
	const struct rb *rb = words->rb;
	bool is_date;
	uint32_t country;
	memset(out, 0, sizeof *out);
	switch ((enum law_claim_type)claim->type) {
	case LAW_CLAIM_FLAG:
	case LAW_CLAIM_FLAG_OR_WORD:
		return claim_flag(out, refusal, rb, claim, text);
	case LAW_CLAIM_AMOUNT:
	case LAW_CLAIM_NUMBER:
	case LAW_CLAIM_PERCENT:
		return claim_number(out, refusal, rb, claim, text);
	case LAW_CLAIM_TIME:
		out->kind = VALUE_TIME;
		return reading_time(&out->number, &is_date, refusal, facts, text, "claims");
	case LAW_CLAIM_COUNTRY:
		out->kind = VALUE_COUNTRY;
		out->yes = true;
		for (uint32_t i = 0; i < claim->words.count; i++)
			if (text_same(text, rb_text(rb, rb->indexes[claim->words.first + i]))) {
				out->word = text;
				return true;
			}
		if (!reading_country(&country, refusal, words, text, "claims"))
			return claim->words.count == 0
				   ? false
				   : reading_refuse(refusal, "unknown-country", "claims",
						    "%s=`%.*s` is not a country: give an ISO "
						    "3166-1 code such as CN or MEX, or say %s",
						    rb_text(rb, claim->name), SHOW(text),
						    rb_text(rb, rb->indexes[claim->words.first]));
		out->word = (struct tw_text){rb->countries[country].iso2, 2};
		return true;
	case LAW_CLAIM_WORD:
	case LAW_CLAIM_CODE:
		return claim_word(out, refusal, rb, claim, text);
	}
	return false;
}

static bool unknown_claim(struct refusal *refusal, const struct rb *rb, struct tw_text name)
{
	uint32_t best = RB_NONE;
	size_t least = 4;
	for (uint32_t i = 0; i < rb->claim_count; i++) {
		const char *known = rb_text(rb, rb->claims[i].name);
		size_t here =
		    spelling_distance(name, (struct tw_text){known, strlen(known)}, least);
		if (here < least && 2 * here < name.length) {
			least = here;
			best = i;
		}
	}
	return reading_refuse(
	    refusal, "unknown-claim", "claims", "`%.*s` is not a claim%s%s%s", SHOW(name),
	    best != RB_NONE ? ": did you mean " : "; the claims are listed in law/claims.yaml",
	    best != RB_NONE ? rb_text(rb, rb->claims[best].name) : "", best != RB_NONE ? "?" : "");
}

static void say(struct facts *facts, uint32_t claim)
{
	facts->said[claim / 64] |= UINT64_C(1) << claim % 64;
}

/* These times may be said as claims: they are the columns of their names. */
static tw_time *column_time(struct facts *facts, struct tw_text name)
{
	return text_same(name, "loaded")     ? &facts->loaded
	       : text_same(name, "departed") ? &facts->departed
	       : text_same(name, "imported") ? &facts->imported
	       : text_same(name, "it_date")  ? &facts->it_date
					     : NULL;
}

static bool read_column_time(struct facts *facts, struct refusal *refusal, struct tw_text name,
			     struct tw_text value)
{
	tw_time *at = column_time(facts, name);
	bool is_date;
	if (!reading_time(at, &is_date, refusal, facts, value, "claims"))
		return false;
	*(at == &facts->loaded     ? &facts->has_loaded
	  : at == &facts->departed ? &facts->has_departed
	  : at == &facts->it_date  ? &facts->has_it_date
				   : &facts->has_imported) = true;
	return true;
}

bool claims_read(struct facts *out, struct refusal *refusal, const struct vocabulary *words)
{
	struct tw_text all = out->line->column[TW_COLUMN_CLAIMS];
	for (size_t at = 0; at < all.length;) {
		const char *stop = memchr(all.at + at, ';', all.length - at);
		size_t end = stop ? (size_t)(stop - all.at) : all.length;
		struct tw_text pair = reading_trim((struct tw_text){all.at + at, end - at});
		at = end + 1;
		if (pair.length == 0)
			continue;
		const char *equals = memchr(pair.at, '=', pair.length);
		size_t key = equals ? (size_t)(equals - pair.at) : pair.length;
		struct tw_text name = reading_trim((struct tw_text){pair.at, key});
		struct tw_text value = {pair.at + pair.length, 0};
		if (equals)
			value = reading_trim((struct tw_text){equals + 1, pair.length - key - 1});
		if (column_time(out, name)) {
			if (!read_column_time(out, refusal, name, value))
				return false;
			continue;
		}
		uint32_t claim = find_claim(words->rb, name);
		if (claim == RB_NONE)
			return unknown_claim(refusal, words->rb, name);
		if (facts_said(out, claim))
			return reading_refuse(refusal, "bad-claim", "claims",
					      "%.*s is declared twice", SHOW(name));
		if (!read_claim(&out->claim[claim], refusal, words, out, &words->rb->claims[claim],
				value))
			return false;
		say(out, claim);
	}
	return true;
}

/* An indicator and the flag that is its other spelling are one thing. */
void claims_join(struct facts *out, const struct vocabulary *words)
{
	const struct rb *rb = words->rb;
	if (words->final_mode != RB_NONE && !facts_said(out, words->final_mode) &&
	    out->transport.length != 0) {
		out->claim[words->final_mode] =
		    (struct value){.kind = VALUE_WORD, .yes = true, .word = out->transport};
		say(out, words->final_mode);
	}
	if (!facts_said(out, words->spi))
		return;
	for (uint32_t i = 0; i < rb->claim_count; i++)
		for (uint32_t k = 0; k < rb->claims[i].spi.count; k++)
			if (!facts_said(out, i) &&
			    text_same(out->claim[words->spi].word,
				      rb_text(rb, rb->indexes[rb->claims[i].spi.first + k]))) {
				out->claim[i] = (struct value){.kind = VALUE_FLAG, .yes = true};
				say(out, i);
			}
}

/* The claim of a number that has the name, or the end. */
static uint32_t number_named(const struct rb *rb, const char *name)
{
	uint32_t claim = find_named(rb, name);
	return claim != RB_NONE && rb->claims[claim].type == LAW_CLAIM_NUMBER ? claim
									      : rb->claim_count;
}

/*
 * A unit whose dimension bears the name of a claim of a number says that claim: degrees are the
 * polarization of sugar. Said both ways the numbers must be the same.
 */
bool claims_by_unit(struct facts *out, struct refusal *refusal, const struct vocabulary *words)
{
	static const char *const names[] = {"qty", "qty2"};
	const struct rb *rb = words->rb;
	for (size_t i = 0; i < 2; i++) {
		struct quantity *q = &out->qty[i];
		if (!q->given || q->unit == RB_NONE)
			continue;
		const char *name = rb_text(rb, rb->units[q->unit].dimension);
		uint32_t *kept = &words->tables->unit_claim[q->unit];
		if (*kept == 0)
			*kept = 1 + number_named(rb, name);
		uint32_t claim = *kept - 1;
		if (claim == rb->claim_count)
			continue;
		if (facts_said(out, claim) && out->claim[claim].number != q->amount)
			return reading_refuse(
			    refusal, "bad-claim", names[i],
			    "%s is declared twice, with two numbers: declare it once", name);
		memset(&out->claim[claim], 0, sizeof out->claim[claim]);
		out->claim[claim].kind = VALUE_NUMBER;
		out->claim[claim].number = q->amount;
		out->said[claim / 64] |= UINT64_C(1) << claim % 64;
		q->given = false;
	}
	return true;
}

/* A tariff number of the two last chapters, which are no goods. */
static bool is_special_heading(struct tw_text text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9')
			digits++;
		else if (text.at[i] != '.')
			return false;
	return digits >= 8 && text.at[0] == '9' && (text.at[1] == '8' || text.at[1] == '9');
}

static bool has_digit(struct tw_text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9')
			return true;
	return false;
}

bool claims_fit(const struct vocabulary *words, uint32_t index, struct tw_text text)
{
	const struct rb_claim *claim = &words->rb->claims[index];
	struct value value;
	struct facts nowhere;
	struct refusal refusal;
	if (text.length == 0 || memchr(text.at, ';', text.length))
		return false;
	memset(&nowhere, 0, offsetof(struct facts, claim));
	nowhere.zone = (int)words->rb->jurisdictions->zone;
	nowhere.today = words->today;
	if (!read_claim(&value, &refusal, words, &nowhere, claim, text))
		return false;
	switch ((enum law_claim_type)claim->type) {
	case LAW_CLAIM_CODE:
		return is_special_heading(text);
	case LAW_CLAIM_FLAG_OR_WORD: /* a case, a heading: any word that is none would pass */
		return value.kind == VALUE_FLAG || claim->words.count != 0 || has_digit(text);
	default:
		return true;
	}
}

static void assume(struct vocabulary *out, uint32_t index)
{
	const struct rb_claim *claim = &out->rb->claims[index];
	const char *text = rb_text(out->rb, claim->assume);
	struct facts nowhere;
	struct refusal refusal;
	memset(&out->assumed[index], 0, sizeof out->assumed[index]);
	if (text[0] == '\0' || out->rb->jurisdiction_count == 0)
		return;
	memset(&nowhere, 0, offsetof(struct facts, claim));
	nowhere.zone = (int)out->rb->jurisdictions->zone;
	if (!read_claim(&out->assumed[index], &refusal, out, &nowhere, claim,
			(struct tw_text){text, strlen(text)}))
		memset(&out->assumed[index], 0, sizeof out->assumed[index]);
}

void vocabulary_make(struct vocabulary *out, const struct rb *rb)
{
	memset(out, 0, sizeof *out);
	out->rb = rb;
	out->spi = find_named(rb, "spi");
	out->base_rate = find_named(rb, "base_rate");
	out->base_duty = find_named(rb, "base_duty");
	out->chapter98 = find_named(rb, "chapter98");
	out->dutiable_value = find_named(rb, "dutiable_value");
	out->ftz_admitted = find_named(rb, "ftz_admitted");
	out->final_mode = find_named(rb, "final_mode");
	out->polarization = find_named(rb, "polarization");
	out->within_quota = find_named(rb, "within_quota");
	memset(out->part_claim, 0xff, sizeof out->part_claim);
	for (uint32_t i = 0; i < rb->claim_count; i++)
		if (rb->claims[i].part < RB_REST) {
			out->part_claim[rb->claims[i].part] = i;
			out->parts.word[i / 64] |= UINT64_C(1) << i % 64;
		}
	out->valued = out->parts;
	if (out->dutiable_value != RB_NONE)
		out->valued.word[out->dutiable_value / 64] |= UINT64_C(1)
							      << out->dutiable_value % 64;
	memset(out->country, 0xff, sizeof out->country);
	for (uint32_t i = 0; i < rb->country_count; i++) {
		unsigned a = (unsigned char)rb->countries[i].iso2[0] | 0x20u;
		unsigned b = (unsigned char)rb->countries[i].iso2[1] | 0x20u;
		if (a >= 'a' && a <= 'z' && b >= 'a' && b <= 'z')
			out->country[(a - 'a') * 26 + b - 'a'] = (uint16_t)i;
	}
	for (uint32_t i = 0; i < rb->claim_count; i++)
		assume(out, i);
}
