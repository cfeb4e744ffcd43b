/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter code` as a page for people. Finds nothing and computes nothing. */
#include "cli/code/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/tariff_code.h"
#include "common/words.h"

enum { TEXT_AT = 17 };

/* "16.5%; doz., kg" of a code, or "": the rate unless it is known already, units of lines. */
static void say_base(char *out, size_t size, const struct code_answer *answer,
		     const struct codes_entry *entry, const char *known)
{
	struct codes_rates base;
	codes_rates(&base, answer->rulebook, entry->code, answer->at);
	bool rate = *base.general && strcmp(base.general, known) != 0;
	bool units = entry->kind == CODES_LINE && *base.unit1;
	snprintf(out, size, "%s%s%s%s%s", rate ? base.general : "", rate && units ? "; " : "",
		 units ? base.unit1 : "", units && *base.unit2 ? ", " : "",
		 units ? base.unit2 : "");
}

/* Texts without a number above an entry, but those that the entry before it had too. */
static size_t say_under(struct buffer *out, const char *under, const char *before, size_t indent)
{
	bool same = true;
	while (*under) {
		const char *end = strstr(under, " > ");
		size_t length = end ? (size_t)(end - under) : strlen(under);
		same = same && !strncmp(under, before, length) &&
		       (!before[length] || !strncmp(before + length, " > ", 3));
		if (!same) {
			char *text = strndup(under, length);
			words_pad(out, indent);
			words_wrap(out, text ? text : "", indent + 2, indent);
			free(text);
		} else {
			before += length + (before[length] ? 3 : 0);
		}
		under += length + (end ? 3 : 0);
		indent += 2;
	}
	return indent;
}

static void say_entry(struct buffer *out, const struct code_answer *answer,
		      const struct codes_entry *entry, size_t indent, const char *rate)
{
	char code[16], base[256], *text;
	tariff_code_print(code, entry->code);
	say_base(base, sizeof base, answer, entry, rate);
	if (asprintf(&text, "%s%s%s%s%s%s%s", entry->text, *entry->also ? " (" : "", entry->also,
		     *entry->also ? ")" : "", *base ? " [" : "", base, *base ? "]" : "") < 0)
		return;
	buffer_print(out, "  %-13s", code);
	words_pad(out, indent - 15);
	words_wrap(out, text, indent + 2, indent);
	free(text);
}

static void say_bite(struct buffer *out, const struct code_bite *bite, size_t indent)
{
	for (size_t i = 0; i < bite->count; i++) {
		const struct code_heading *h = &bite->heading[i];
		char text[400];
		snprintf(text, sizeof text, "%s%s", h->title,
			 h->is_void ? " (held unlawful by a court but still collected)" : "");
		words_pad(out, indent);
		buffer_print(out, "%-12s %-7s ", h->heading, h->rate);
		words_wrap(out, text, indent + 21, indent + 21);
	}
	words_pad(out, bite->count && !bite->more && !bite->incomplete ? 0 : indent);
	if (!bite->count && !bite->incomplete)
		words_wrap(out, *bite->why ? bite->why : "none besides the base duty", indent,
			   indent);
	else if (bite->more)
		buffer_text(out, "and more\n");
	else if (bite->incomplete)
		words_wrap(
		    out,
		    "What else applies depends on further facts: see Missing in the answer of "
		    "duty.",
		    indent, indent);
}

/* Whether everything shown from `first` on has the same headings. */
static bool all_same(const struct code_answer *answer, size_t first)
{
	for (size_t i = first; i < code_count(answer); i++)
		if (!code_same_bite(&answer->bites[first], &answer->bites[i]))
			return false;
	return true;
}

/* The headings of all, once. */
static void say_common(struct buffer *out, const struct code_answer *answer, size_t at)
{
	buffer_print(out, "\nHeadings on %s for products of %s\n", answer->on, answer->origin);
	say_bite(out, &answer->bites[at], 2);
}

static void found_by_words(struct buffer *out, const struct code_answer *answer)
{
	const struct codes_list *list = &answer->found;
	bool common = answer->bites && list->count && all_same(answer, 0);
	buffer_print(out, "%zu %s ", list->found, list->found == 1 ? "code" : "codes");
	buffer_text(out, "for \"");
	buffer_shown(out, answer->text, strlen(answer->text));
	buffer_print(out, "\" on %s", answer->on);
	if (list->count < list->found && list->count == 1)
		buffer_text(out, ", the first of them");
	else if (list->count < list->found)
		buffer_print(out, ", the first %zu of them", list->count);
	buffer_text(out, "\n\n");
	for (size_t i = 0; i < list->count; i++) {
		const struct codes_entry *entry = &list->item[i];
		char code[16], base[256], beneath[40] = "", *text;
		tariff_code_print(code, entry->code);
		say_base(base, sizeof base, answer, entry, "");
		if (entry->lines)
			snprintf(beneath, sizeof beneath, " (%u %s beneath)", entry->lines,
				 entry->lines == 1 ? "line" : "lines");
		if (asprintf(&text, "%s%s%s%s%s%s%s%s", answer->words[i], *entry->also ? " (" : "",
			     entry->also, *entry->also ? ")" : "", *base ? " [" : "", base,
			     *base ? "]" : "", beneath) < 0)
			return;
		buffer_print(out, "  %-15s", code);
		words_wrap(out, text, TEXT_AT, TEXT_AT);
		free(text);
		if (answer->bites && !common && entry->digits >= 6)
			say_bite(out, &answer->bites[i], TEXT_AT + 2);
	}
	if (common)
		say_common(out, answer, 0);
}

/* The measures that are declared under a heading of chapter 99. */
static void measures(struct buffer *out, const struct code_answer *answer)
{
	struct codes_measure m;
	uint32_t next = 0;
	bool any = false;
	while (codes_measure(&m, answer->rulebook, answer->digits, answer->at, &next)) {
		if (!any)
			buffer_print(out, "\nDeclared under it on %s\n", answer->on);
		any = true;
		char *text;
		if (asprintf(&text, "%s%s%s (%s)", m.program_title, *m.title ? ": " : "", m.title,
			     m.id) < 0)
			return;
		buffer_print(out, "  %-12s ", m.exempt ? "exempt" : m.rate);
		words_wrap(out, text, TEXT_AT, 15);
		free(text);
	}
	if (!any)
		buffer_print(out, "\nNo goods are declared under it on %s.\n", answer->on);
}

static void tree(struct buffer *out, const struct code_answer *answer)
{
	size_t indent = 15, ways = answer->way.count;
	const char *before = "";
	struct codes_rates base = {"", "", "", "", 0};
	bool common = answer->bites && answer->found.count && all_same(answer, ways);
	for (size_t i = 0; i < ways; i++) {
		indent = say_under(out, answer->way.item[i].under, "", indent);
		say_entry(out, answer, &answer->way.item[i], indent, base.general);
		codes_rates(&base, answer->rulebook, answer->way.item[i].code, answer->at);
		indent += 2;
	}
	for (size_t i = 0; i < answer->found.count; i++) {
		const struct codes_entry *entry = &answer->found.item[i];
		size_t at = say_under(out, entry->under, before, indent);
		before = entry->under;
		say_entry(out, answer, entry, at, base.general);
		if (answer->bites && !common && entry->digits >= 6)
			say_bite(out, &answer->bites[ways + i], at + 2);
	}
	if (answer->found.count < answer->found.found)
		buffer_print(out, "  and %zu more\n", answer->found.found - answer->found.count);
	if (common && answer->found.item[0].digits >= 6)
		say_common(out, answer, ways);
	else if (answer->bites && !answer->found.count && ways)
		say_common(out, answer, ways - 1);
}

/* A code by itself, with the texts without a number above it. */
static void say_alone(struct buffer *out, const struct code_answer *answer,
		      const struct codes_entry *entry)
{
	char *text;
	struct codes_entry whole = *entry;
	if (*entry->under && asprintf(&text, "%s > %s", entry->under, entry->text) > 0) {
		whole.text = text;
		say_entry(out, answer, &whole, TEXT_AT, "");
		free(text);
	} else {
		say_entry(out, answer, entry, TEXT_AT, "");
	}
}

static void successors(struct buffer *out, const struct code_answer *answer)
{
	if (answer->successors.count)
		buffer_text(out,
			    answer->named
				? "Its goods are now classified under:\n"
				: "Codes under the same eight digits that began on that day:\n");
	for (size_t i = 0; i < answer->successors.count; i++)
		say_alone(out, answer, &answer->successors.item[i]);
}

void code_page(struct buffer *out, const struct code_answer *answer)
{
	if (*answer->hint) {
		words_wrap(out, answer->hint, 0, 0);
		for (size_t i = 0; i < answer->before.count; i++)
			say_alone(out, answer, &answer->before.item[i]);
		successors(out, answer);
		if (*answer->digits && code_count(answer))
			buffer_char(out, '\n');
	}
	if (*answer->text && !*answer->digits) {
		if (answer->found.count)
			found_by_words(out, answer);
	} else {
		tree(out, answer);
		if (answer->declared)
			measures(out, answer);
	}
	buffer_text(out, "\n" CODE_NOTICE "\n");
}
