/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the comparison of words with the schedule and with the headings that
 * measures declare: nothing is without words, no words are without a thing.
 */
#include "law/descriptions.h"

#include "common/instant.h"
#include "common/tariff_code.h"
#include "law/scopes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check {
	const struct law *law;
	const struct law_jurisdiction *j;
	const struct law_descriptions *words;
	struct law_codes *out;
	bool *used; /* by word */
};

/* "8413.91.90.55" of the first digits of a ten-digit number. */
static const char *say_code(char out[16], uint64_t low, int digits)
{
	char number[24];
	snprintf(number, sizeof number, "%010llu", (unsigned long long)low);
	number[digits] = '\0';
	tariff_code_print(out, number);
	return out;
}

static const char *say_day(char out[16], const struct law_jurisdiction *j, tw_time at)
{
	return time_print_day(out, time_local_day(law_zone_of(j), at));
}

static uint32_t index_of(const struct law_descriptions *words, const struct law_description *word)
{
	return (uint32_t)(word - words->words);
}

/* A description for the whole of [from, until): tells the first instant that has none. */
static void cover(struct check *c, uint64_t low, int digits, tw_time from, tw_time until,
		  struct law_pos pos)
{
	char code[16], day[16];
	tw_time at = from;
	const struct law_description *word = law_description_first(c->words, low, digits),
				     *end = c->words->words + c->words->count;
	for (; word < end && word->codes.low == low && word->digits == digits; word++) {
		if (word->until <= from || word->from >= until)
			continue;
		c->used[index_of(c->words, word)] = true;
		if (word->from <= at)
			at = word->until;
	}
	if (at >= until)
		return;
	bool ever = at == TW_TIME_MIN;
	law_fault(c->out, pos, "no description of %s%s%s: give it a row in %s",
		  say_code(code, low, digits), ever ? "" : " from ",
		  ever ? "" : say_day(day, c->j, at), c->j->descriptions);
}

/* Chapters, and what stands above a line where the print gives it a row of its own. */
static void mark_above(struct check *c, const struct law_schedule_row *row)
{
	static const uint64_t width[] = {100000000, 1000000, 10000, 100};
	for (int k = 0; k < 4; k++) {
		uint64_t low = row->code / width[k] * width[k];
		int digits = 2 * (k + 1);
		for (tw_time at = row->from; digits < (int)row->digits;) {
			const struct law_description *word =
			    law_description_find(c->words, low, digits, at);
			if (word)
				c->used[index_of(c->words, word)] = true;
			if (!word || word->until >= row->until)
				break;
			at = word->until;
		}
	}
}

static void check_lines(struct check *c)
{
	for (uint32_t i = 0; i < c->j->row_count; i++) {
		const struct law_schedule_row *row = &c->j->rows[i];
		uint64_t chapter = row->code / 100000000 * 100000000;
		cover(c, row->code, (int)row->digits, row->from, row->until, row->pos);
		mark_above(c, row);
		if (!i || c->j->rows[i - 1].code / 100000000 * 100000000 != chapter)
			cover(c, chapter, 2, row->from, row->until, row->pos);
		c->out->checked++;
	}
}

/* The digits of a heading that is a tariff number ("9903.01.24"); 0: it is something else. */
static int heading_digits(const char *heading, uint64_t *low)
{
	int digits = 0;
	*low = 0;
	for (const char *at = heading; *at; at++) {
		if (*at == '.')
			continue;
		if (*at < '0' || *at > '9' || digits == 10)
			return 0;
		*low = *low * 10 + (uint64_t)(*at - '0');
		digits++;
	}
	for (int i = digits; i < 10; i++)
		*low *= 10;
	return digits >= 4 && digits % 2 == 0 ? digits : 0;
}

/* A heading of eight digits may be printed with ten, the last two of them zeros. */
static void check_heading(struct check *c, const char *heading, const char *title, tw_time from,
			  struct law_pos pos)
{
	uint64_t low;
	int digits = heading_digits(heading, &low);
	if (!digits)
		return;
	const struct law_description *word = law_description_find(c->words, low, digits, from);
	if (!word && digits == 8)
		word = law_description_find(c->words, low, 10, from);
	if (word)
		c->used[index_of(c->words, word)] = true;
	else if (!title || !*title)
		law_fault(
		    c->out, pos,
		    "the heading %s has no description: give it a row in %s, or the measure a "
		    "title",
		    heading, c->j->descriptions);
	c->out->checked++;
}

static void check_program(struct check *c, const struct law_program *program)
{
	for (uint32_t i = 0; i < program->measure_count; i++) {
		const struct law_measure *m = &c->law->measures[program->measure_first + i];
		check_heading(c, m->heading, m->title, m->from.at, m->pos);
		check_heading(c, m->heading_reached, m->title, m->from.at, m->pos);
	}
	for (uint32_t i = 0; i < program->yield_count; i++) {
		const struct law_yield *y = &program->yields[i];
		check_heading(c, y->heading, NULL, y->from.at, y->pos);
	}
}

int law_descriptions_check(const struct law *law, const struct law_descriptions *words,
			   struct law_codes *out)
{
	struct check c = {
	    .law = law, .j = &law->jurisdictions[words->jurisdiction], .words = words, .out = out};
	char code[16];
	if (!c.j->descriptions)
		return TW_OK;
	c.used = calloc(words->count + 1, sizeof *c.used);
	if (!c.used)
		return TW_NO_MEMORY;
	check_lines(&c);
	for (uint32_t i = 0; i < law->program_count; i++)
		if (law->programs[i].jurisdiction == words->jurisdiction)
			check_program(&c, &law->programs[i]);
	for (uint32_t i = 0; i < words->count; i++) {
		const struct law_description *word = &words->words[i];
		bool sole = word->digits == 2 && word->codes.low / 100000000 >= 98;
		if (!c.used[i] && !sole)
			law_fault(
			    c.out, word->pos,
			    "a description of %s, which is not a line of the schedule then and no "
			    "heading of a measure: correct the code, or take the row out",
			    say_code(code, word->codes.low, word->digits));
	}
	for (uint32_t i = 0; i < words->called_count; i++) {
		const struct law_range *goods = &words->called[i].codes;
		uint32_t first = schedule_find(c.j, goods->low);
		if (first == c.j->row_count || c.j->rows[first].code >= goods->high)
			law_fault(c.out, words->called[i].pos,
				  "no line of the schedule stands under this code: correct it");
	}
	free(c.used);
	return TW_OK;
}

static int32_t day_of(const struct law_jurisdiction *j, tw_time at)
{
	if (at == TW_TIME_MIN)
		return INT32_MIN;
	return at == TW_TIME_MAX ? INT32_MAX : (int32_t)time_local_day(law_zone_of(j), at);
}

/* Whether a shorter code above the word has a row and lies within the goods too. */
static bool is_below(const struct law_descriptions *words, const struct law_description *word,
		     uint64_t width)
{
	uint64_t above = word->codes.high - word->codes.low;
	for (int digits = word->digits - 2; digits >= 2; digits -= 2) {
		above *= 100;
		if (above > width)
			return false;
		uint64_t low = word->codes.low / above * above;
		const struct law_description *row = law_description_first(words, low, digits);
		if (row < words->words + words->count && row->codes.low == low &&
		    row->digits == digits)
			return true;
	}
	return false;
}

/*
 * Whether the goods are just those of this code. A code that the schedule gives
 * no row (8471.30) is that of the line that stands for it (8471.30.01).
 */
static bool is_of(const struct law_range *goods, const struct law_descriptions *words,
		  const struct law_description *word)
{
	return goods->low <= word->codes.low && word->codes.high <= goods->high &&
	       !is_below(words, word, goods->high - goods->low);
}

static const char *short_name(const struct law *law, const struct law_descriptions *words,
			      const struct law_description *word)
{
	for (uint32_t i = 0; i < law->goods_count; i++)
		if (is_of(&law->goods[i].codes, words, word))
			return law->goods[i].name;
	return "";
}

static const char *called(const struct law_descriptions *words, const struct law_description *word)
{
	for (uint32_t i = 0; i < words->called_count; i++)
		if (is_of(&words->called[i].codes, words, word))
			return words->called[i].words;
	return "";
}

/* Whether a line of the schedule stands for the words of this code. */
static bool is_under(const struct law_schedule_row *row, const struct law_description *word)
{
	return word->digits < 8 || (int)row->digits == word->digits;
}

/* The next period that ends after `at` in which a line at or under the code is in force. */
static bool next_period(const struct law_jurisdiction *j, const struct law_description *word,
			tw_time at, tw_time *from, tw_time *until)
{
	uint32_t first = schedule_find(j, word->codes.low), last = first;
	bool found = false;
	*from = *until = TW_TIME_MAX;
	for (; last < j->row_count && j->rows[last].code < word->codes.high; last++) {
		const struct law_schedule_row *row = &j->rows[last];
		if (!is_under(row, word) || row->until <= at || (found && row->from >= *from))
			continue;
		*from = row->from;
		*until = row->until;
		found = true;
	}
	for (bool grown = found; grown;) {
		grown = false;
		for (uint32_t i = first; i < last; i++) {
			const struct law_schedule_row *row = &j->rows[i];
			if (is_under(row, word) && row->from <= *until && row->until > *until) {
				*until = row->until;
				grown = true;
			}
		}
	}
	if (*from < at)
		*from = at;
	return found;
}

int law_descriptions_each(const struct law *law, const struct law_descriptions *words,
			  int (*take)(void *context, const struct law_description_use *use),
			  void *context)
{
	const struct law_jurisdiction *j = &law->jurisdictions[words->jurisdiction];
	int code = TW_OK;
	for (uint32_t i = 0; !code && i < words->count; i++) {
		const struct law_description *word = &words->words[i];
		struct law_description_use use = {.word = word,
						  .also = short_name(law, words, word),
						  .called = called(words, word)};
		tw_time from, until;
		bool any = false;
		for (tw_time at = word->from; !code && next_period(j, word, at, &from, &until);
		     at = until) {
			if (from >= word->until)
				break;
			any = true;
			use.is_line = word->digits >= 8;
			use.from = day_of(j, from);
			use.until = day_of(j, until < word->until ? until : word->until);
			code = take(context, &use);
		}
		if (any || code)
			continue;
		use.is_heading = word->digits >= 4;
		use.from = day_of(j, word->from);
		use.until = day_of(j, word->until);
		code = take(context, &use);
	}
	return code;
}
