/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting cells and wording what is wrong in them. */
#include "screen/cells.h"

#include "common/ascii.h"

#include "common/cas.h"

#include "common/fit.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static struct tw_text trimmed(struct tw_text text)
{
	while (text.length && strchr(" \t", text.at[0]))
		text = (struct tw_text){text.at + 1, text.length - 1};
	while (text.length && strchr(" \t", text.at[text.length - 1]))
		text.length--;
	return text;
}

static bool holds(struct tw_text text, const char *word)
{
	return memmem(text.at, text.length, word, strlen(word)) != NULL;
}

/*
 * "Sg:" brackets a part: no single structure, but for the unit that a polymer
 * repeats (n) between two open ends, which the reader of structures tells from
 * other drawings with open ends.
 */
static bool is_unit_or_none(struct tw_text smiles, struct tw_text extension)
{
	size_t ends = 0;
	if (!holds(extension, "Sg:"))
		return true;
	for (size_t i = 0; i < smiles.length; i++)
		ends += smiles.at[i] == '*';
	for (size_t i = 0; i + 3 <= extension.length; i++)
		if (!memcmp(extension.at + i, "Sg:", 3) &&
		    (i + 5 > extension.length || memcmp(extension.at + i, "Sg:n:", 5) != 0))
			return false;
	return ends == 2;
}

bool cell_structure(struct cell_structure *out, struct tw_text cell)
{
	cell = trimmed(cell);
	if (!cell.length)
		cell.at = "";
	size_t end = 0;
	while (end < cell.length && !strchr(" \t", cell.at[end]))
		end++;
	struct tw_text rest = trimmed((struct tw_text){cell.at + end, cell.length - end});
	*out = (struct cell_structure){{cell.at, end}, {rest.at, 0}, rest};
	if (!rest.length || rest.at[0] != '|')
		return true;
	const char *close = memchr(rest.at + 1, '|', rest.length - 1);
	size_t length = close ? (size_t)(close - rest.at) + 1 : rest.length;
	out->extension = (struct tw_text){rest.at, length};
	out->name = trimmed((struct tw_text){rest.at + length, rest.length - length});
	return close && is_unit_or_none(out->smiles, out->extension) &&
	       !holds(out->extension, "LN:") && !holds(out->extension, "m:");
}

static const char *const UNITS[] = {
    "kilograms",  "kilogram", "kilos",  "kilo",  "kgs",  "kg",      "grams",  "gram",
    "mg",         "g",        "pounds", "pound", "lbs",  "lb",      "ounces", "ounce",
    "oz",         "tonnes",   "tonne",  "tons",  "ton",  "mt",      "litres", "liters",
    "litre",      "liter",    "ltr",    "ml",    "l",    "gallons", "gallon", "gal",
    "kilogramos", "gramos",   "litros", "公斤",  "千克", "克",      "吨",     "升",
    "毫升",       "加仑",     "кг",     "г",     "л"};

static bool goes_on(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Bytes of the unit that stands here, whole; 0 none. */
static size_t unit_at(struct tw_text text, size_t at)
{
	for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
		size_t length = strlen(UNITS[i]);
		if (text.length - at < length || strncasecmp(text.at + at, UNITS[i], length) != 0)
			continue;
		bool han = length >= 3 && (UNITS[i][0] & 0xe0) == 0xe0;
		if (han || at + length == text.length || !goes_on(text.at[at + length]))
			return length;
	}
	return 0;
}

struct tw_text cell_amount(struct tw_text text)
{
	for (size_t i = 0; i < text.length; i++) {
		size_t from = i, at;
		if (!is_digit(text.at[i]) || (i > 0 && goes_on(text.at[i - 1])))
			continue;
		while (i < text.length && (is_digit(text.at[i]) || strchr(",.", text.at[i])))
			i++;
		for (at = i; at < text.length && strchr(" -", text.at[at]) && at < i + 2;)
			at++;
		size_t unit = at < text.length ? unit_at(text, at) : 0;
		if (unit)
			return (struct tw_text){text.at + from, at + unit - from};
	}
	return (struct tw_text){text.at, 0};
}

/* At most so many bytes, whole characters. */
static int shown(struct tw_text text)
{
	size_t length = text.length < 60 ? text.length : 60;
	while (length < text.length && length > 0 && (text.at[length] & 0xc0) == 0x80)
		length--;
	return (int)length;
}

void cell_warning(char out[240], const struct match_hit *hit, struct tw_text text)
{
	struct tw_text words = {text.at + hit->from, hit->length};
	const char *code = hit->kind == MATCH_BAD_CAS        ? "cas-check-digit"
			   : hit->kind == MATCH_BAD_INCHIKEY ? "inchikey-not-read"
							     : "inchi-not-read";
	char number[16];
	if (hit->kind == MATCH_BAD_CAS && strncmp(hit->note, "no ", 3) == 0)
		code = "cas-not-read";
	if (hit->kind == MATCH_DATE && hit->number) {
		cas_print(number, hit->number);
		fit_print(out, 240,
			  "cas-date: \"%.*s\" is a date; a spreadsheet converts CAS %s to it: "
			  "format the column as text",
			  shown(words), words.at, number);
	} else if (hit->kind == MATCH_DATE) {
		fit_print(out, 240, "cas-date: \"%.*s\" is a date, not a CAS number", shown(words),
			  words.at);
	} else {
		fit_print(out, 240, "%s: \"%.*s\": %s", code, shown(words), words.at, hit->note);
	}
}

void cell_unexamined(char out[240], const char *why, struct tw_text name)
{
	fit_print(out, 240, "structure-absent: %s: the systematic name \"%.*s\" was not examined",
		  why, shown(name), name.at);
}
