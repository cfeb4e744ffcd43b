/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/header_word.h"

#include <string.h>
#include <strings.h>

#include "common/currency.h"
#include "lines/claim_columns.h"
#include "lines/columns.h"

/* A name cut in two; `bracket`: the word stood in brackets, so it was meant as one. */
struct cut {
	struct tw_text base, word;
	bool bracket;
};

static bool is_separator(char c)
{
	return c == ' ' || c == '_' || c == '-' || c == ',' || c == '/' || c == ':' || c == '.' ||
	       c == '\t';
}

static struct tw_text strip(struct tw_text text)
{
	while (text.length && (is_separator(*text.at) || *text.at == '*'))
		text.at++, text.length--;
	while (text.length &&
	       (is_separator(text.at[text.length - 1]) || text.at[text.length - 1] == '*'))
		text.length--;
	return text;
}

static bool is_word(struct tw_text text, const char *word)
{
	return text.length == strlen(word) && !strncasecmp(text.at, word, text.length);
}

static bool is_one_of(struct tw_text text, const char *const *words)
{
	for (; *words; words++)
		if (is_word(text, *words))
			return true;
	return false;
}

/* "in EUR" is EUR. */
static struct tw_text without_in(struct tw_text word)
{
	if (word.length > 3 && !strncasecmp(word.at, "in ", 3))
		return strip((struct tw_text){word.at + 3, word.length - 3});
	return word;
}

/* "Gross Weight (lb)", "Value [EUR]". */
static bool cut_bracket(struct cut *cut, struct tw_text name)
{
	name = strip(name);
	char last = name.length ? name.at[name.length - 1] : '\0';
	if (last != ')' && last != ']')
		return false;
	size_t open = name.length;
	while (open && name.at[open - 1] != (last == ')' ? '(' : '['))
		open--;
	if (open < 2)
		return false;
	cut->base = strip((struct tw_text){name.at, open - 1});
	cut->word = without_in(strip((struct tw_text){name.at + open, name.length - open - 1}));
	cut->bracket = true;
	return cut->base.length > 0;
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "Customs Value EUR", "value_usd", "weightKg": the last word, or the first. */
static bool cut_last(struct cut *cut, struct tw_text name)
{
	name = strip(name);
	size_t at = name.length;
	while (at && !is_separator(name.at[at - 1]) &&
	       !(at < name.length && is_upper(name.at[at]) && is_lower(name.at[at - 1])))
		at--;
	if (!at)
		return false;
	cut->base = strip((struct tw_text){name.at, at});
	cut->word = (struct tw_text){name.at + at, name.length - at};
	cut->bracket = false;
	if (cut->base.length > 3 &&
	    is_word((struct tw_text){cut->base.at + cut->base.length - 3, 3}, " in"))
		cut->base = strip((struct tw_text){cut->base.at, cut->base.length - 3});
	return cut->base.length > 0;
}

static bool cut_first(struct cut *cut, struct tw_text name)
{
	name = strip(name);
	size_t at = 0;
	while (at < name.length && !is_separator(name.at[at]))
		at++;
	if (at == name.length)
		return false;
	cut->word = (struct tw_text){name.at, at};
	cut->base = strip((struct tw_text){name.at + at, name.length - at});
	cut->bracket = false;
	return cut->base.length > 0;
}

/* "weightkg": a name in one piece. */
static bool cut_glued(struct cut *cut, struct tw_text name)
{
	static const char *const ends[] = {"kgs", "kg",  "lbs", "lb", "oz",
					   "usd", "eur", "gbp", "cad"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t n = strlen(ends[i]);
		if (name.length <= n || memcmp(name.at + name.length - n, ends[i], n) != 0)
			continue;
		*cut =
		    (struct cut){{name.at, name.length - n}, {name.at + name.length - n, n}, false};
		return true;
	}
	return false;
}

bool header_is_money(int field)
{
	return field == TW_COLUMN_VALUE || field == TW_COLUMN_RETAIL_VALUE;
}

bool header_is_quantity(int field)
{
	return field == TW_COLUMN_WEIGHT || field == TW_COLUMN_QTY || field == TW_COLUMN_QTY2;
}

/* Brackets that say nothing of the amount. */
static bool is_harmless(struct tw_text word)
{
	static const char *const words[] = {
	    "required", "optional",   "mandatory",  "customs",    "line",     "line total",
	    "total",    "declared",   "entered",    "number",     "no",       "no.",
	    "#",        "iso",        "iso 2",      "iso2",       "iso code", "code",
	    "2 letter", "yyyy-mm-dd", "mm/dd/yyyy", "dd/mm/yyyy", "1",        "10 digits",
	    "10-digit", "10 digit",   "hts",        "hs",         NULL};
	return !word.length || is_one_of(word, words);
}

/* Words of every day that are codes of currencies as well. */
static bool is_plain_word(struct tw_text word)
{
	static const char *const words[] = {"all", "top", "cup", "try", "mad", "pen", "cop",
					    "lak", "gel", "kid", "sos", "bam", "mop", NULL};
	return is_one_of(word, words);
}

/* The currency that a word of a header says, by its code; or empty. */
static struct tw_text currency_of(const struct cut *cut)
{
	if (!cut->bracket && is_plain_word(cut->word))
		return (struct tw_text){0};
	return currency_find(cut->word);
}

static bool is_unit(struct tw_text word, bool only_mass, const struct columns_options *options)
{
	char text[24];
	const char *dimension = NULL;
	static const char *const masses[] = {"kg", "kgs", "g", "lb", "lbs", "oz", "t", NULL};
	if (!word.length || word.length >= sizeof text)
		return false;
	if (!options || !options->rulebook)
		return is_one_of(word, masses);
	dimension = tw_rulebook_unit(options->rulebook, word);
	return dimension && (!only_mass || !strcmp(dimension, "mass"));
}

/* Whether the word fits the field; sets the word and, in brackets, that it is strange. */
static bool take_word(struct header_word *out, const struct cut *cut, bool money, bool quantity,
		      const struct columns_options *options)
{
	out->word = (struct tw_text){0};
	if (cut->bracket && is_harmless(cut->word))
		return true;
	if (money) {
		out->word = currency_of(cut);
		if (out->word.length)
			return true;
	} else if (quantity) {
		if (is_unit(cut->word, out->meaning.field == TW_COLUMN_WEIGHT, options)) {
			out->word = cut->word;
			return true;
		}
	}
	if (!cut->bracket || (!money && !quantity))
		return false;
	out->word = cut->word;
	out->meaning = (struct alias_meaning){.field = FIELD_OTHER, .why = WHY_STRANGE};
	out->claim = -1;
	return true;
}

static bool take_cut(struct header_word *out, const struct cut *cut,
		     const struct columns_options *options)
{
	struct header_word found = {.meaning = alias_find(cut->base), .claim = -1};
	int field = found.meaning.field;
	bool each = field == FIELD_OTHER && found.meaning.why == WHY_EACH;
	if (field == FIELD_UNKNOWN) {
		const struct claim_columns *claims = options ? options->claims : NULL;
		found.claim = claim_columns_find(claims, cut->base);
		if (found.claim < 0 || !claim_columns_is_amount(claims, found.claim))
			return false;
		found.meaning = (struct alias_meaning){.field = FIELD_CLAIM};
	}
	if (!take_word(&found, cut, header_is_money(field) || each || found.claim >= 0,
		       header_is_quantity(field), options))
		return false;
	*out = found;
	return true;
}

/* A sign that the comparison of names would pass over. */
static bool has_sign(struct tw_text name)
{
	for (size_t i = 0; i < name.length; i++)
		if (name.at[i] == '$' || (unsigned char)name.at[i] >= 0x80)
			return true;
	return false;
}

static bool read_cuts(struct header_word *out, struct tw_text name,
		      const struct columns_options *options)
{
	struct cut cut;
	return (cut_bracket(&cut, name) && take_cut(out, &cut, options)) ||
	       (cut_last(&cut, name) && take_cut(out, &cut, options)) ||
	       (cut_first(&cut, name) && take_cut(out, &cut, options)) ||
	       (cut_glued(&cut, name) && take_cut(out, &cut, options));
}

struct header_word header_read(struct tw_text name, const struct columns_options *options)
{
	struct header_word out = {.claim = -1};
	if (has_sign(name) && read_cuts(&out, name, options))
		return out;
	out.meaning = alias_find(name);
	if (out.meaning.field != FIELD_UNKNOWN)
		return out;
	out.claim = claim_columns_find(options ? options->claims : NULL, name);
	if (out.claim >= 0) {
		out.meaning = (struct alias_meaning){.field = FIELD_CLAIM};
		return out;
	}
	read_cuts(&out, name, options);
	return out;
}

/* Words in a name that make it say something else than the alias inside it. */
static bool speaks_against(struct tw_text name, int field)
{
	static const char *const words[] = {
	    "unit",  "per",       "each", "ea",      "price",    "rate",   "cost",
	    "prior", "previous",  "old",  "percent", "pct",      "type",   "status",
	    "flag",  "estimated", "est",  "uom",     "currency", "apiece", NULL};
	static const char *const names[] = {"description", "desc", "text", NULL};
	for (size_t at = 0, end; at < name.length; at = end + 1) {
		for (end = at; end < name.length && !is_separator(name.at[end]) &&
			       !(end > at && is_upper(name.at[end]) && is_lower(name.at[end - 1]));)
			end++;
		struct tw_text word = {name.at + at, end - at};
		bool unit = field == TW_COLUMN_UNIT || field == TW_COLUMN_UNIT2;
		if (end < name.length && !is_separator(name.at[end]))
			end--; /* the next word begins here */
		if ((!unit || !is_word(word, "unit")) && is_one_of(word, words))
			return true;
		if (field != TW_COLUMN_DESCRIPTION && is_one_of(word, names))
			return true;
	}
	return false;
}

int header_within(struct header_word *out, struct tw_text name, int field,
		  const struct columns_options *options)
{
	char folded[FOLDED];
	struct cut cut;
	bool money = header_is_money(field), quantity = header_is_quantity(field);
	struct tw_text base = name;
	struct header_word found = {.meaning = {.field = field}, .claim = -1};
	if (cut_bracket(&cut, name) || cut_last(&cut, name)) {
		if ((money || quantity) && take_word(&found, &cut, money, quantity, options))
			base = cut.base;
		else if (cut.bracket)
			base = cut.base;
	}
	alias_fold(folded, base);
	int rank = alias_within(field, folded);
	if (rank < 0 || speaks_against(base, field))
		return -1;
	*out = found;
	return rank;
}
