/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the grammar of rates as the schedule and the measures print them. Which
 * units and which bases exist is said by the law (units.tsv, claims.yaml), not
 * here.
 */
#include "law/text.h"

#include "law/reader.h"

#include <stdio.h>
#include <string.h>

#define CENT "\xc2\xa2"
#define TEXT_MOST 1024
#define SYMBOL_MOST 6 /* letters of a program symbol */

struct rate_scan {
	const struct law *law;
	struct law_rate *rate;
	char why[200]; /* what is wrong with the first term that failed */
};

static void squeeze(char *text)
{
	char *to = text;
	for (const char *from = text; *from; from++)
		if (*from != ' ' || (to > text && to[-1] != ' '))
			*to++ = *from;
	while (to > text && to[-1] == ' ')
		to--;
	*to = 0;
}

static uint32_t find_unit(const struct law *law, const char *text)
{
	char lower[128];
	size_t n = strlen(text);
	if (!n || n >= sizeof lower)
		return LAW_NONE;
	for (size_t i = 0; i <= n; i++)
		lower[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
	for (uint32_t i = 0; i < law->unit_count; i++)
		if (!strcmp(law->units[i].name, text))
			return i;
	for (uint32_t i = 0; i < law->unit_count; i++)
		for (uint32_t k = 0; k < law->units[i].spelling_count; k++)
			if (!strcmp(law->units[i].spellings[k], lower))
				return i;
	return LAW_NONE;
}

static uint32_t find_basis(const struct law *law, const char *text)
{
	for (uint32_t i = 0; i < law->claim_count; i++)
		for (uint32_t k = 0; k < law->claims[i].basis_count; k++)
			if (!strcmp(law->claims[i].bases[k], text))
				return i;
	return LAW_NONE;
}

static bool is_whole(const struct law *law, const char *text)
{
	for (uint32_t i = 0; i < law->whole_basis_count; i++)
		if (!strcmp(law->whole_bases[i], text))
			return true;
	return false;
}

/*
 * "kg", "jewel over 7", "kg on drained weight": the whole text as a unit, or
 * split at a blank into a unit and a basis that a claim supplies.
 */
static bool read_per(struct rate_scan *s, struct law_term *term, char *text)
{
	char *over = strstr(text, " over ");
	if (over) {
		struct law_fraction n;
		const char *at = over + 6;
		if (!scan_number(&at, &n) || *at || n.den != 1)
			return false;
		term->above = n.num;
		*over = 0;
	}
	term->unit = find_unit(s->law, text);
	for (char *cut = text; term->unit == LAW_NONE && (cut = strchr(cut, ' ')); cut++) {
		*cut = 0;
		term->unit = find_unit(s->law, text);
		term->basis = find_basis(s->law, cut + 1);
		*cut = ' ';
		if (term->basis == LAW_NONE)
			term->unit = LAW_NONE;
	}
	if (term->unit == LAW_NONE)
		(void)snprintf(s->why, sizeof s->why,
			       "unit or basis \"%.120s\" is not in units.tsv or "
			       "claims.yaml",
			       text);
	return term->unit != LAW_NONE;
}

static bool read_percent(struct rate_scan *s, struct law_term *term, const char *basis)
{
	term->kind = LAW_TERM_AD_VALOREM;
	if (!fraction_scale(&term->amount, 1, 100))
		return false;
	if (!*basis || is_whole(s->law, basis))
		return true;
	term->basis = find_basis(s->law, basis);
	if (term->basis == LAW_NONE)
		(void)snprintf(s->why, sizeof s->why, "basis \"%.120s\" is not in claims.yaml",
			       basis);
	return term->basis != LAW_NONE;
}

/* A number, of which a schedule may leave out a zero before the point: $.99. */
static bool scan_amount(const char **at, struct law_fraction *out)
{
	char number[48] = "0";
	const char *end = number;
	if (**at != '.')
		return scan_number(at, out);
	for (size_t i = 1; i + 1 < sizeof number && (*at)[i - 1]; i++)
		number[i] = (*at)[i - 1];
	if (!scan_number(&end, out) || end == number + 1)
		return false;
	*at += end - number - 1;
	return true;
}

/* 6.8% on the case; $1.05/bbl; 2.8¢ each; $80. The text is cut up. */
static bool read_term(struct rate_scan *s, struct law_term *term, char *text)
{
	*term = (struct law_term){.unit = LAW_NONE, .basis = LAW_NONE};
	squeeze(text);
	const char *at = text;
	bool sign = scan_money_sign(&at);
	if (!scan_amount(&at, &term->amount))
		return false;
	if (!sign)
		scan_blanks(&at);
	if (!sign && scan_word(&at, "%")) {
		scan_blanks(&at);
		return read_percent(s, term, at);
	}
	term->kind = LAW_TERM_SPECIFIC;
	bool cents = !sign && scan_word(&at, CENT);
	if ((!sign && !cents) || !fraction_scale(&term->amount, cents ? 100 : 10000, 1))
		return false;
	scan_blanks(&at);
	if (!*at)
		return sign;
	char *per = text + (at - text);
	if (*per == '/')
		per++;
	else if (strcmp(per, "each") != 0)
		return false;
	while (*per == ' ')
		per++;
	return read_per(s, term, per);
}

/* Words between two terms, and what the second does; of those that begin at one place the first. */
static const struct joint {
	const char *words;
	enum law_join join;
} joints[] = {{"+", LAW_JOIN_ADD},
	      {" plus ", LAW_JOIN_ADD},
	      {" but not less than ", LAW_JOIN_LEAST},
	      {" but not more than ", LAW_JOIN_MOST},
	      {" but not exceeding ", LAW_JOIN_MOST},
	      {" not exceeding ", LAW_JOIN_MOST},
	      {" or more than ", LAW_JOIN_MOST}};

static const struct joint *find_joint(char *text, char **at)
{
	const struct joint *found = NULL;
	*at = NULL;
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
		char *here = strstr(text, joints[i].words);
		if (here && (!found || here < *at)) {
			*at = here;
			found = &joints[i];
		}
	}
	return found;
}

/* 10% + $1/kg; 5% but not less than 4.74¢/kg or more than 9.48¢/kg. */
static bool read_sum(struct rate_scan *s, char *text)
{
	enum law_join join = LAW_JOIN_ADD;
	s->rate->kind = LAW_RATE_SUM;
	while (text) {
		char *end;
		const struct joint *next = find_joint(text, &end);
		struct law_term *term = &s->rate->term[s->rate->term_count];
		if (next)
			*end = 0;
		if (s->rate->term_count == LAW_TERMS || !read_term(s, term, text))
			return false;
		s->rate->term_count++;
		term->join = join;
		if (join != LAW_JOIN_ADD)
			s->rate->kind = LAW_RATE_BOUNDED;
		join = next ? next->join : LAW_JOIN_ADD;
		text = next ? end + strlen(next->words) : NULL;
	}
	return true;
}

/* BASE less STEP for each degree under 100 degrees (…) but not less than FLOOR. */
static bool read_sugar(struct rate_scan *s, char *text)
{
	char *less = strstr(text, " less ");
	char *degree = less ? strstr(less, " for each degree under 100 degrees") : NULL;
	char *floor = degree ? strstr(degree, " but not less ") : NULL;
	if (!floor)
		return false;
	*less = *degree = 0;
	const char *at = floor + strlen(" but not less ");
	(void)scan_word(&at, "than ");
	struct law_term *term = s->rate->term;
	s->rate->kind = LAW_RATE_SUGAR;
	s->rate->term_count = 3;
	if (!read_term(s, &term[0], text) || !read_term(s, &term[1], less + 6) ||
	    !read_term(s, &term[2], text + (at - text)))
		return false;
	for (int i = 0; i < 3; i++)
		if (term[i].kind != LAW_TERM_SPECIFIC || term[i].unit != term[0].unit ||
		    term[i].unit == LAW_NONE)
			return false;
	return true;
}

/* "See 9822.04.25", with ranges and several numbers. */
static bool is_see(const char *text)
{
	if (!scan_word(&text, "See "))
		return false;
	int digits = 0;
	for (; *text; text++) {
		if (*text >= '0' && *text <= '9')
			digits++;
		else if (!strchr(".,- /", *text))
			return false;
	}
	return digits >= 8;
}

static const char *unknown_reason(const struct law *law, const char *text)
{
	for (uint32_t i = 0; i < law->unknown_rate_count; i++)
		if (!strcmp(law->unknown_rates[i].text, text))
			return law->unknown_rates[i].reason;
	return NULL;
}

int text_rate(struct law_rate *out, const struct law *law, struct arena *arena, const char *text,
	      struct law_pos pos, struct tw_error *error)
{
	char copy[TEXT_MOST];
	struct rate_scan s = {.law = law, .rate = out};
	size_t length = strlen(text);
	*out = (struct law_rate){.kind = LAW_RATE_ABSENT};
	out->text = arena_text(arena, text, length);
	if (!out->text)
		return law_error(error, pos, "out of memory"), TW_NO_MEMORY;
	if (!length)
		return TW_OK;
	out->reason = unknown_reason(law, text);
	if (out->reason) {
		out->kind = LAW_RATE_UNKNOWN;
		return TW_OK;
	}
	if (length < sizeof copy) {
		memcpy(copy, text, length + 1);
		squeeze(copy);
		if (!strcmp(copy, "Free")) {
			out->kind = LAW_RATE_SUM;
			return TW_OK;
		}
		if (is_see(copy)) {
			out->kind = LAW_RATE_SEE;
			out->reason = out->text;
			return TW_OK;
		}
		bool sugar = strstr(copy, " for each degree ") != NULL;
		if (sugar ? read_sugar(&s, copy) : read_sum(&s, copy))
			return TW_OK;
	}
	return law_error(error, pos,
			 "\"%.120s\" is not a rate%s%s: write 10%%, 33 1/3%%, Free, $1.055/kg, "
			 "4.4" CENT "/kg + 6%%, or 8%% but not less than $1/kg or more than $2/kg",
			 text, s.why[0] ? ", because " : "", s.why);
}

int text_rate_unread(struct law_rate *out, struct arena *arena, const char *text,
		     struct law_pos pos, struct tw_error *error)
{
	*out = (struct law_rate){
	    .kind = LAW_RATE_UNKNOWN,
	    .text = arena_text(arena, text, strlen(text)),
	    .reason = "the text of this rate was not understood when the schedule was brought"};
	return out->text ? TW_OK : (law_error(error, pos, "out of memory"), TW_NO_MEMORY);
}

bool rate_says_units(const struct law_rate *rate)
{
	for (uint32_t i = 0; i < rate->term_count; i++)
		if (rate->term[i].kind == LAW_TERM_SPECIFIC && rate->term[i].unit == LAW_NONE)
			return false;
	return true;
}

struct special_scan {
	const struct law *law;
	bool unread;
	struct arena *arena;
	struct law_pos pos;
	struct tw_error *error;
	struct vector specials;
};

static bool is_symbol(const char *text)
{
	size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	return letters && letters <= SYMBOL_MOST &&
	       strspn(text + letters, "*+") == strlen(text + letters);
}

/* The symbols between two parentheses, parted by commas, each with the rate. */
static int read_symbols(struct special_scan *s, char *symbol, const struct law_rate *rate)
{
	while (symbol) {
		char *comma = strchr(symbol, ',');
		if (comma)
			*comma++ = 0;
		squeeze(symbol);
		if (!is_symbol(symbol))
			return law_error(s->error, s->pos,
					 "\"%.60s\" is not a program symbol: write AU, S+ or CPTPT",
					 symbol);
		struct law_special *special = vector_add(&s->specials, s->arena, sizeof *special);
		if (!special || !(special->symbol = arena_text(s->arena, symbol, strlen(symbol))))
			return law_error(s->error, s->pos, "out of memory"), TW_NO_MEMORY;
		special->rate = *rate;
		symbol = comma;
	}
	return TW_OK;
}

/* One "RATE (SYM,SYM)"; *at moves past it. */
static int read_segment(struct special_scan *s, char **at)
{
	struct law_rate rate;
	char *open = strchr(*at, '('), *close = open ? strchr(open, ')') : NULL;
	if (!close)
		return law_error(s->error, s->pos,
				 "\"%.120s\" is not a special rate: write Free (A,AU) 2.5%% (JO)",
				 *at);
	*open = *close = 0;
	squeeze(*at);
	if (!**at)
		return law_error(s->error, s->pos, "no rate stands before \"(%.60s)\"", open + 1);
	int code = text_rate(&rate, s->law, s->arena, *at, s->pos, s->error);
	if (!code && !rate_says_units(&rate))
		code = law_error(s->error, s->pos, "\"%.120s\" says no unit: write $1.05/bbl", *at);
	if (code == TW_BAD_LAW && s->unread)
		code = text_rate_unread(&rate, s->arena, *at, s->pos, s->error);
	*at = close + 1;
	return code ? code : read_symbols(s, open + 1, &rate);
}

int text_special(const struct law_special **out, uint32_t *count, const struct law *law,
		 struct arena *arena, const char *text, bool unread, struct law_pos pos,
		 struct tw_error *error)
{
	struct special_scan s = {
	    .law = law, .unread = unread, .arena = arena, .pos = pos, .error = error};
	*out = NULL;
	*count = 0;
	char *copy = arena_text(arena, text, strlen(text));
	if (!copy)
		return law_error(error, pos, "out of memory"), TW_NO_MEMORY;
	squeeze(copy);
	for (char *at = copy; *at; at += strspn(at, " ")) {
		int code = read_segment(&s, &at);
		if (code)
			return code;
	}
	*out = s.specials.item;
	*count = s.specials.count;
	return TW_OK;
}
