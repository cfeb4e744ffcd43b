/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of `tidewaiter law`: origins, goods, conditions, rates, instants
 * and citations, as a reader says them. Decides nothing.
 */
#include "law/words.h"
#include "common/style.h"
#include "law/json.h"
#include "law/scopes.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/instant.h"
#include "common/utf8.h"

void say(struct buffer *out, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_format(out, format, arguments);
	va_end(arguments);
}

static bool has(const struct law_origins *set, uint32_t country)
{
	return set->bit[country / 64] >> country % 64 & 1;
}

static size_t count_of(const struct law *law, const struct law_origins *set)
{
	size_t count = 0;
	for (uint32_t i = 0; i < law->country_count; i++)
		count += has(set, i);
	return count;
}

/* "Congo, The Democratic Republic of the" is said the other way round. */
static void say_country(struct buffer *out, const char *name)
{
	const char *comma = strstr(name, ", ");
	if (comma && (strstr(comma, " of") || strstr(comma, "British") || strstr(comma, "U.S.")) &&
	    !strstr(comma, " and "))
		say(out, "%s %.*s", comma + (strncmp(comma + 2, "The ", 4) ? 2 : 6),
		    (int)(comma - name), name);
	else
		buffer_text(out, name);
}

/* The union of countries that two letters name. */
static const struct law_country_name *union_of(const struct law *law)
{
	for (uint32_t i = 0; i < law->country_name_count; i++)
		if (law->country_names[i].country == LAW_NONE &&
		    strlen(law->country_names[i].text) == 2)
			return &law->country_names[i];
	return NULL;
}

/* Takes the members of the union out when all are there; its name, or NULL. */
static const char *take_union(const struct law *law, struct law_origins *set)
{
	const struct law_country_name *name = union_of(law);
	if (!name)
		return NULL;
	const struct law_origins *members = &law->groups[name->group].members;
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++)
		if ((set->bit[i] & members->bit[i]) != members->bit[i])
			return NULL;
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++)
		set->bit[i] &= ~members->bit[i];
	return name->text;
}

/* Names with commas and a last "and"; false when there are more than `most`. */
static bool say_names(struct buffer *out, const struct law *law, struct law_origins set,
		      size_t most)
{
	const char *whole = take_union(law, &set);
	size_t count = count_of(law, &set) + (whole != NULL), said = 0;
	if (count > most)
		return false;
	if (whole) {
		say(out, "the %c%c", toupper((unsigned char)whole[0]),
		    toupper((unsigned char)whole[1]));
		said++;
	}
	for (uint32_t i = 0; i < law->country_count; i++) {
		if (!has(&set, i))
			continue;
		buffer_text(out, !said ? "" : said + 1 == count ? " and " : ", ");
		say_country(out, law->countries[i].name);
		said++;
	}
	return true;
}

void say_origins(struct buffer *out, const struct law *law, const struct law_origins *origins,
		 size_t most)
{
	struct law_origins rest = {{0}};
	size_t count = count_of(law, origins);
	struct buffer names = {.within = out};
	for (uint32_t i = 0; i < law->country_count; i++)
		if (!has(origins, i))
			rest.bit[i / 64] |= UINT64_C(1) << i % 64;
	if (count == law->country_count) {
		buffer_text(out, "every origin");
	} else if (!say_names(out, law, *origins, most)) {
		if (law->country_count - count <= 120 && say_names(&names, law, rest, 7))
			say(out, "every origin but %.*s", (int)names.length, names.at);
		else
			say(out, "%zu countries", count);
	}
	buffer_free(&names);
}

void say_range(struct buffer *out, struct law_range codes)
{
	char digits[24];
	size_t length = 10;
	uint64_t span = codes.high - codes.low;
	snprintf(digits, sizeof digits, "%010llu", (unsigned long long)codes.low);
	for (; span >= 10 && length > 2; span /= 10)
		length--;
	for (size_t i = 0; i < length; i++) {
		if (i == 4 || i == 6 || i == 8)
			buffer_char(out, '.');
		buffer_char(out, digits[i]);
	}
}

/* How many codes from one on bear its name; of those without a name each stands alone. */
static uint32_t alike(const struct law *law, const struct law_range *codes, uint32_t count)
{
	const char *name = law_goods_name(law, codes[0]);
	uint32_t run = 1;
	while (name && run < count && law_goods_name(law, codes[run]) == name)
		run++;
	return run;
}

void say_goods(struct buffer *out, const struct law *law, const struct law_range *codes,
	       uint32_t count, uint32_t most)
{
	enum { EACH = 2 }; /* codes of one name, when not all are told */
	uint32_t told = 0;
	for (uint32_t at = 0, run; at < count; at += run) {
		const char *name = law_goods_name(law, codes[at]);
		run = alike(law, &codes[at], count - at);
		if (told == most) {
			say(out, " and %u more", count - at);
			return;
		}
		buffer_text(out, told++ ? ", " : "");
		say(out, "%s%s", name ? name : "", name ? " (" : "");
		for (uint32_t k = 0; k < run && (count <= most || k < EACH); k++) {
			buffer_text(out, k ? ", " : "");
			say_range(out, codes[at + k]);
		}
		if (count > most && run > EACH)
			say(out, " and %u more", run - EACH);
		buffer_text(out, name ? ")" : "");
	}
}

static void say_codes(struct buffer *out, const struct law *law, const uint32_t *lists,
		      uint32_t list_count, const struct law_range *codes, uint32_t code_count)
{
	for (uint32_t i = 0; i < list_count; i++)
		say(out, "%s%s",
		    i                             ? ", "
		    : list_count + code_count > 1 ? "lists "
						  : "list ",
		    law->lists[lists[i]].name);
	if (code_count)
		buffer_text(out, list_count ? ", " : code_count > 1 ? "codes " : "code ");
	for (uint32_t i = 0; i < code_count && i < 8; i++) {
		buffer_text(out, i ? ", " : "");
		say_range(out, codes[i]);
	}
	if (code_count > 8)
		say(out, " and %u more", code_count - 8);
}

void say_scope(struct buffer *out, const struct law *law, const struct law_scope *scope)
{
	if (scope->unknown)
		say(out, "goods not known in full (%s)%s", scope->unknown,
		    scope->any_list_count || scope->any_code_count ? ", " : "");
	if (scope->all || (!scope->any_list_count && !scope->any_code_count))
		buffer_text(out, scope->unknown ? "" : "all goods");
	else
		say_codes(out, law, scope->any_lists, scope->any_list_count, scope->any_codes,
			  scope->any_code_count);
	if (!scope->all && (scope->not_list_count || scope->not_code_count)) {
		buffer_text(out, " but not ");
		say_codes(out, law, scope->not_lists, scope->not_list_count, scope->not_codes,
			  scope->not_code_count);
	}
}

void say_when(struct buffer *out, const struct law_node *when)
{
	if (!when)
		return;
	if (when->kind == LAW_NODE_ATOM) {
		buffer_text(out, when->atom.text);
		return;
	}
	if (when->kind == LAW_NODE_NOT) {
		bool plain =
		    when->child[0]->kind == LAW_NODE_ATOM || when->child[0]->child_count > 1;
		buffer_text(out, plain ? "not " : "not (");
		say_when(out, when->child[0]);
		buffer_text(out, plain ? "" : ")");
		return;
	}
	buffer_text(out, when->child_count > 1 ? "(" : "");
	for (uint32_t i = 0; i < when->child_count; i++) {
		buffer_text(out, !i ? "" : when->kind == LAW_NODE_ALL ? " and " : " or ");
		say_when(out, when->child[i]);
	}
	buffer_text(out, when->child_count > 1 ? ")" : "");
}

/* "2025-04-05 00:01" for the time that an atom writes with a T. */
static void say_moment(struct buffer *out, const char *at)
{
	for (; *at; at++)
		buffer_char(out, *at == 'T' ? ' ' : *at);
}

/* Names of claims and facts, with blanks. */
static void say_name(struct buffer *out, const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++)
		buffer_char(out, at[i] == '_' ? ' ' : at[i]);
}

static bool about_time(const struct law *law, const struct law_atom *atom)
{
	return atom->operand == LAW_OPERAND_TIME ||
	       (atom->fact == LAW_FACT_CLAIM && law->claims[atom->claim].type == LAW_CLAIM_TIME);
}

static void say_words(struct buffer *out, const struct law *law, const struct law_atom *atom)
{
	bool code = atom->fact == LAW_FACT_CLAIM && law->claims[atom->claim].type == LAW_CLAIM_CODE;
	bool country =
	    atom->fact == LAW_FACT_ORIGIN || atom->fact == LAW_FACT_SHIP_FROM ||
	    (atom->fact == LAW_FACT_CLAIM && law->claims[atom->claim].type == LAW_CLAIM_COUNTRY);
	uint32_t n = atom->word_count;
	if (n > 6) {
		say(out, "one of %u", n);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		buffer_text(out, !i ? "" : i + 1 == n ? " or " : ", ");
		const char *word = atom->words[i];
		for (size_t k = 0; word[k]; k++) {
			if (code && (k == 4 || k == 6 || k == 8))
				buffer_char(out, '.');
			buffer_char(out, country ? (char)toupper((unsigned char)word[k]) : word[k]);
		}
	}
}

static void say_atom(struct buffer *out, const struct law *law, const struct law_atom *atom,
		     bool negated)
{
	static const char *const time_words[2][LAW_OP_GE + 1] = {{[LAW_OP_LT] = "before",
								  [LAW_OP_LE] = "up to",
								  [LAW_OP_GT] = "after",
								  [LAW_OP_GE] = "from"},
								 {[LAW_OP_LT] = "not before",
								  [LAW_OP_LE] = "after",
								  [LAW_OP_GT] = "up to",
								  [LAW_OP_GE] = "before"}};
	size_t name = strcspn(atom->text, " ");
	const char *last = strrchr(atom->text, ' ');
	if (about_time(law, atom) && last && time_words[negated][atom->op]) {
		say_name(out, atom->text, name);
		say(out, " %s ", time_words[negated][atom->op]);
		say_moment(out, last + 1);
	} else if (atom->operand == LAW_OPERAND_WORDS) {
		bool not = negated != (atom->op == LAW_OP_NE);
		say_name(out, atom->text, name);
		buffer_text(out, not ? " is not " : " is ");
		say_words(out, law, atom);
	} else {
		const char *text = strncmp(atom->text, "said ", 5) ? atom->text : atom->text + 5;
		buffer_text(out, negated ? "not " : "");
		say_name(out, text, strlen(text));
		buffer_text(out, text != atom->text ? " declared" : "");
	}
}

static void say_plain(struct buffer *out, const struct law *law, const struct law_node *node,
		      bool negated)
{
	if (node->kind == LAW_NODE_ATOM) {
		say_atom(out, law, &node->atom, negated);
		return;
	}
	if (node->kind == LAW_NODE_NOT) {
		say_plain(out, law, node->child[0], !negated);
		return;
	}
	bool all = (node->kind == LAW_NODE_ALL) != negated, many = node->child_count > 1;
	buffer_text(out, many && !all ? "(" : "");
	for (uint32_t i = 0; i < node->child_count; i++) {
		buffer_text(out, !i ? "" : all ? " and " : " or ");
		say_plain(out, law, node->child[i], negated);
	}
	buffer_text(out, many && !all ? ")" : "");
}

static bool asks_for(struct buffer *out, const struct law_node *when, const struct law_node *part)
{
	bool failed = false, same = when == part || law_when_same(when, part, &failed);
	if (failed)
		buffer_fail(out);
	if (same)
		return true;
	for (uint32_t i = 0; when && when->kind == LAW_NODE_ALL && i < when->child_count; i++)
		if (asks_for(out, when->child[i], part))
			return true;
	return false;
}

static bool all_ask_for(struct buffer *out, const struct law *law, const struct law_program *p,
			const struct law_node *part)
{
	for (uint32_t i = 0; i < p->measure_count; i++)
		if (!asks_for(out, law->measures[p->measure_first + i].when, part))
			return false;
	return p->measure_count > 1;
}

void say_if(struct buffer *out, const struct law *law, const struct law_measure *m)
{
	const struct law_program *p = &law->programs[m->program];
	bool first = true;
	if (!m->when || all_ask_for(out, law, p, m->when))
		return;
	if (m->when->kind != LAW_NODE_ALL) {
		size_t from = out->length;
		say_plain(out, law, m->when, false);
		if (out->length > from && out->at[from] == '(') { /* alone: no brackets */
			memmove(out->at + from, out->at + from + 1, out->length - from - 1);
			out->length -= 2;
		}
		return;
	}
	for (uint32_t i = 0; i < m->when->child_count; i++) {
		if (all_ask_for(out, law, p, m->when->child[i]))
			continue;
		buffer_text(out, first ? "" : " and ");
		say_plain(out, law, m->when->child[i], false);
		first = false;
	}
}

static void say_bands(struct buffer *out, const struct law_measure *m)
{
	for (uint32_t i = 0; i < m->band_count; i++)
		say(out, "%s%s",
		    !i                       ? ""
		    : i + 1 == m->band_count ? " or "
					     : ", ",
		    m->bands[i].duty.text);
	say(out, " according to the sum of %s", m->sum_of);
}

static void say_fee(struct buffer *out, const struct law_measure *m)
{
	buffer_text(out, m->rate.text);
	if (m->of_dutiable)
		buffer_text(out, " of the dutiable value");
	if (m->of_duty_paid)
		buffer_text(out, " of the value with the duty");
	if (m->fee_min >= 0) {
		buffer_text(out, ", at least $");
		buffer_money(out, m->fee_min);
	}
	if (m->fee_max >= 0) {
		buffer_text(out, m->fee_min >= 0 ? " and at most $" : ", at most $");
		buffer_money(out, m->fee_max);
	}
}

static void say_grant(struct buffer *out, const struct law_measure *m)
{
	static const char *const per[] = {"a line", "a shipment", "a person and day"};
	buffer_text(out, "free up to $");
	buffer_money(out, m->limit);
	say(out, " %s", per[m->per]);
}

void say_beside(struct buffer *out, const struct law_measure *m)
{
	if (m->effect > LAW_EFFECT_BANDS)
		return;
	if (m->per == LAW_PER_SHIPMENT)
		buffer_text(out, " a shipment");
	if (strcmp(m->part, "value") != 0) {
		buffer_text(out, m->part_not ? " on all but the " : " on the ");
		say_name(out, m->part, strlen(m->part));
	}
	if (m->instead == LAW_INSTEAD_COLUMN1)
		buffer_text(out, " in place of column 1");
	if (m->instead == LAW_INSTEAD_ALL)
		buffer_text(out, " in place of every other duty");
}

void say_rate(struct buffer *out, const struct law_measure *m)
{
	switch (m->effect) {
	case LAW_EFFECT_DUTY:
		buffer_text(out, m->rate.text);
		break;
	case LAW_EFFECT_FLOOR:
		say(out, "%s including the %s rate", m->rate.text,
		    m->floor_over_column1 ? "column 1" : "general");
		break;
	case LAW_EFFECT_SUM:
		say(out, "the sum of %s", m->sum_of);
		break;
	case LAW_EFFECT_BANDS:
		say_bands(out, m);
		break;
	case LAW_EFFECT_FEE:
		say_fee(out, m);
		break;
	case LAW_EFFECT_GRANT:
		say_grant(out, m);
		break;
	case LAW_EFFECT_EXEMPT:
		buffer_text(out, "exempt");
		if (m->most.num)
			say(out, " up to %lld%% of the value",
			    (long long)(m->most.num * 100 / m->most.den));
		break;
	case LAW_EFFECT_PROHIBITED:
		buffer_text(out, "prohibited");
		break;
	case LAW_EFFECT_REFUSE:
		say(out, "refused as %s", m->word);
		break;
	case LAW_EFFECT_ENTRY:
		say(out, "type %s", m->word);
		break;
	case LAW_EFFECT_FILED:
		say(out, "type %s, filed: %s", m->word,
		    m->pays == LAW_PAYS_NOTHING ? "no duty is payable at entry"
		    : m->pays == LAW_PAYS_NEVER ? "not an entry of goods"
						: "duty is paid");
		break;
	case LAW_EFFECT_WARN:
		say(out, "warning: %s", m->word);
		break;
	case LAW_EFFECT_RATES_OF:
		buffer_text(out, "the rates in force on it_date");
		break;
	}
}

void say_effect(struct buffer *out, const struct law *law, const struct law_measure *m)
{
	(void)law;
	say_rate(out, m);
	say_beside(out, m);
}

void say_heading(struct buffer *out, const struct law_measure *m)
{
	buffer_text(out, m->heading);
	if (*law_or_empty(m->heading_reached) && strcmp(m->heading, m->heading_reached) != 0)
		say(out, "%s%s", *law_or_empty(m->heading) ? " or " : "", m->heading_reached);
}

void say_time(struct buffer *out, int zone, tw_time at, bool day)
{
	char text[26];
	if (at == TW_TIME_MIN || at == TW_TIME_MAX) {
		buffer_text(out, at == TW_TIME_MIN ? "ever" : "open");
		return;
	}
	time_print(text, at, time_offset((enum time_zone)zone, at));
	text[10] = ' ';
	text[day ? 10 : 16] = '\0';
	buffer_text(out, text);
}

/* "EO 14266" says no more than the id EO-14266. */
static bool says_more(const char *cite, const char *id)
{
	for (; *cite && *id; cite++, id++)
		if (*cite != *id && !(*cite == ' ' && *id == '-'))
			return true;
	return *cite != '\0';
}

void say_act(struct buffer *out, const struct law_instrument *act, bool again)
{
	const char *cite = law_or_empty(act->cite), *title = law_or_empty(act->title);
	const char *kind = law_or_empty(act->kind);
	if (*kind)
		say(out, "%c%s ", toupper((unsigned char)*kind), kind + 1);
	buffer_text(out, act->id);
	if (*cite && !strstr(title, cite) && says_more(cite, act->id))
		say(out, ", %s", cite);
	if (*title && !again)
		say(out, ": %s", title);
}

const char *law_kind_word(enum law_kind kind)
{
	static const char *const words[] = {"duty", "exemption",   "entry",
					    "fee",  "prohibition", "tax"};
	return words[kind];
}

const char *law_confidence_word(enum law_confidence confidence)
{
	static const char *const words[] = {"high", "medium", "low", "contested"};
	return words[confidence];
}

static void pad(struct buffer *out, size_t columns)
{
	for (; columns; columns--)
		buffer_char(out, ' ');
}

void say_wrapped(struct buffer *out, const char *text, size_t length, size_t at, size_t indent)
{
	const char *end = text + length;
	bool first = true;
	while (text < end) {
		size_t word = 0;
		while (text + word < end && text[word] != ' ')
			word++;
		size_t width = utf8_width(text, word);
		if (!first && at + 1 + width > (out->width ? out->width : SAY_WIDTH)) {
			buffer_char(out, '\n');
			pad(out, indent);
			at = indent;
			first = true;
		}
		if (!first)
			buffer_char(out, ' ');
		buffer_put(out, text, word);
		at += width + !first;
		first = false;
		text += word + (text + word < end);
	}
	buffer_char(out, '\n');
}

void say_gathered(struct buffer *out, struct buffer *text, size_t at, size_t indent)
{
	say_wrapped(out, text->at, text->length, at, indent);
	text->length = 0;
}

void say_bold(struct buffer *out, const struct law_query *query, const char *text)
{
	say(out, "%s%s%s", query->color ? STYLE_BOLD : "", text, query->color ? STYLE_PLAIN : "");
}
