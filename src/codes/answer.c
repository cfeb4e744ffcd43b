/* SPDX-License-Identifier: Apache-2.0 */
#include "codes/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "common/tariff_code.h"

enum { USUAL_LIMIT = 20 };

bool code_is_leaf(const struct codes_entry *entry)
{
	return entry->kind == CODES_LINE && !entry->lines;
}

/* Digits with dots and blanks between them: a code, and no word. */
static bool is_code(char digits[32], const char *text)
{
	size_t count = 0;
	for (; *text; text++) {
		if (*text == '.' || *text == ' ')
			continue;
		if (*text < '0' || *text > '9' || count == 30)
			return false;
		digits[count++] = *text;
	}
	digits[count] = '\0';
	return count > 0;
}

static int read_code(struct code_answer *answer, const char *digits, struct tw_error *error)
{
	size_t count = strlen(digits);
	if (count < 2 || count > 10 || count % 2)
		return error_set(error, TW_BAD_ARGUMENT,
				 "\"%.40s\" has %zu digit%s: a chapter has 2, a heading 4, a "
				 "subheading 6, a line "
				 "8 or 10",
				 answer->text, count, count == 1 ? "" : "s");
	memcpy(answer->digits, digits, count + 1);
	return TW_OK;
}

int code_answer_ask(struct code_answer *answer, const char *text, const char *on,
		    struct tw_error *error)
{
	struct time_parsed parsed;
	const char *right;
	char digits[32];
	struct tw_text at = {on, strlen(on)};
	if (!time_parse(&parsed, TIME_ZONE_UTC, at, &right) || !parsed.is_date)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--on \"%.40s\" is not a day: write one like 2026-04-10", on);
	answer->day = (int32_t)time_local_day(TIME_ZONE_UTC, parsed.at);
	time_print_day(answer->on, answer->day);
	answer->at = time_from_local(TIME_ZONE_NEW_YORK, (int64_t)answer->day * 86400 + 43200);
	answer->text = text;
	return is_code(digits, text) ? read_code(answer, digits, error) : TW_OK;
}

/* A code that is not there on the day: has it ended, or does it begin later? */
static int look_around(struct code_answer *answer, struct codes *codes, struct tw_error *error)
{
	char dotted[16], day[16], other[64] = "";
	int code;
	if ((code = codes_periods(&answer->before, codes, answer->digits, error)) ||
	    (code = codes_successors(&answer->successors, &answer->named, codes, answer->digits,
				     answer->day, error)))
		return code;
	struct codes_measure measure;
	uint32_t next = 0;
	answer->declared =
	    codes_measure(&measure, answer->rulebook, answer->digits, answer->at, &next);
	if (answer->declared) /* a heading that has words in its measures alone */
		return TW_OK;
	tariff_code_print(dotted, answer->digits);
	for (size_t i = 0; i < answer->before.count; i++) {
		const struct codes_entry *e = &answer->before.item[i];
		if (e->from > answer->day && !*other) {
			time_print_day(day, e->from);
			snprintf(other, sizeof other, "begins on %s", day);
		} else if (e->until <= answer->day) {
			time_print_day(day, e->until);
			snprintf(other, sizeof other, "ended on %s", day);
		}
	}
	if (*other)
		snprintf(answer->hint, sizeof answer->hint, "%s %s.", dotted, other);
	else
		snprintf(answer->hint, sizeof answer->hint, "There is no code %s%s on %s%s", dotted,
			 strlen(answer->digits) == 10 ? " in the schedule" : "", answer->on,
			 answer->way.count ? "; the nearest level above it:" : ".");
	return TW_OK;
}

/* 0101.21 is printed as 0101.21.00 alone: where one line stands for the code, it is asked for. */
static int settle_code(struct code_answer *answer, struct codes *codes, struct tw_error *error)
{
	for (;;) {
		struct codes_list there, beneath = {0};
		int code = codes_at(&there, codes, answer->digits, answer->day, error);
		if (!code && !there.count)
			code = codes_beneath(&beneath, codes, answer->digits, answer->day, error);
		bool one = beneath.count == 1 && *answer->digits;
		if (one)
			memcpy(answer->digits, beneath.item[0].code, sizeof answer->digits);
		codes_list_free(&there);
		codes_list_free(&beneath);
		if (code || !one)
			return code;
	}
}

static int find_code(struct code_answer *answer, struct codes *codes, size_t limit,
		     struct tw_error *error)
{
	int code = settle_code(answer, codes, error);
	if (!code)
		code = codes_way(&answer->way, codes, answer->digits, answer->day, error);
	size_t n = answer->way.count;
	const struct codes_entry *last = n ? &answer->way.item[n - 1] : NULL;
	if (code)
		return code;
	bool there = last && last->digits == (int)strlen(answer->digits);
	answer->declared = there && last->kind == CODES_HEADING;
	code = codes_beneath(&answer->found, codes, answer->digits, answer->day, error);
	if (!code && !there && !answer->found.count) {
		code = look_around(answer, codes, error);
		if (!code && last && !answer->before.count && !answer->declared)
			code = codes_beneath(&answer->found, codes, last->code, answer->day, error);
		if (!limit) /* a look around, and not all of chapter 99 */
			limit = USUAL_LIMIT;
	}
	if (limit)
		codes_list_cut(&answer->found, limit);
	return code;
}

static int find_words(struct code_answer *answer, struct codes *codes, size_t limit,
		      struct tw_error *error)
{
	int code = codes_search(&answer->found, codes, answer->text, answer->day,
				limit ? limit : USUAL_LIMIT, error);
	if (code || answer->found.count)
		return code;
	return codes_hint(answer->hint, sizeof answer->hint, codes, answer->text, answer->day,
			  error);
}

size_t code_count(const struct code_answer *answer)
{
	return answer->way.count + answer->found.count;
}

const struct codes_entry *code_entry(const struct code_answer *answer, size_t i)
{
	return i < answer->way.count ? &answer->way.item[i]
				     : &answer->found.item[i - answer->way.count];
}

static int find_ways(struct code_answer *answer, struct codes *codes, struct tw_error *error)
{
	size_t count = code_count(answer);
	int code = TW_OK;
	answer->words = calloc(count + 1, sizeof *answer->words);
	if (!answer->words)
		return error_memory(error);
	for (size_t i = 0; !code && i < count; i++)
		code = codes_words(&answer->words[i], codes, code_entry(answer, i)->code,
				   answer->day, error);
	return code;
}

/* The headings of everything shown. */
static int find_bites(struct code_answer *answer, const char *today, struct tw_error *error)
{
	size_t count = code_count(answer);
	struct tw_options assess = TW_OPTIONS_INIT;
	tw_assessor *assessor = NULL;
	if (!answer->origin || !count)
		return TW_OK;
	assess.no_screen = true;
	assess.today = today;
	answer->bites = calloc(count, sizeof *answer->bites);
	if (!answer->bites)
		return error_memory(error);
	int code = tw_assessor_new(&assessor, answer->rulebook, &assess, error);
	for (size_t i = 0; !code && i < count; i++)
		code = code_bite(&answer->bites[i], assessor, answer, code_entry(answer, i), error);
	tw_assessor_free(assessor);
	return code;
}

int code_answer_find(struct code_answer *answer, struct codes *codes, size_t limit,
		     const char *today, struct tw_error *error)
{
	int code = *answer->text && !*answer->digits ? find_words(answer, codes, limit, error)
						     : find_code(answer, codes, limit, error);
	if (!code && !(code = find_ways(answer, codes, error)))
		code = find_bites(answer, today, error);
	return code;
}

/* The words of each entry are one block with it. */
void code_answer_free(struct code_answer *answer)
{
	for (size_t i = 0; answer->words && i < code_count(answer); i++)
		free(answer->words[i]);
	free(answer->words);
	free(answer->bites);
	codes_list_free(&answer->way);
	codes_list_free(&answer->found);
	codes_list_free(&answer->before);
	codes_list_free(&answer->successors);
}
