/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The companion that was built, asked: `test_codes COMPANION`. What must hold
 * of every answer whatever a person wrote, on texts made of words of the
 * schedule, of the signs of the index's own language, and of any bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codes/codes.h"

enum { ROUNDS = 1500, DAY_FIRST = 20089, DAYS = 720 }; /* from 2025-01-01 on */

static uint64_t state = 7;

static uint64_t dice(uint64_t sides)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % sides;
}

static int failures;

static void fail(const char *what, const char *text)
{
	if (failures++ < 10)
		fprintf(stderr, "%s: %s\n", what, text);
}

/* A text of words and signs. */
static void write_text(char *out, size_t size)
{
	static const char *const parts[] = {
	    "cotton",  "shirt", "steel",  "of",    "other", "lithium", "batteries", "men's", "wine",
	    "tractor", "AND",   "OR",     "NOT",   "NEAR(", "\"",      "*",         "^",     ":",
	    "text:",   "-",     "(",      ")",     "{",     "}",       "'",         "''",    "\"\"",
	    ";",       "--",    "%",      "_",     "?1",    "é",       "\xFF",      "\x01",  "\\",
	    "6109",    "a",     "zzzzzz", "rowid", "+",     ",",       "under :",   "/*",    "*/"};
	size_t at = 0, count = 1 + dice(8);
	*out = '\0';
	for (size_t i = 0; i < count && at + 16 < size; i++) {
		if (dice(12)) {
			const char *part = parts[dice(sizeof parts / sizeof *parts)];
			at +=
			    (size_t)snprintf(out + at, size - at, "%s%s", part, dice(3) ? " " : "");
		} else { /* any byte but the end */
			out[at++] = (char)(1 + dice(255));
			out[at] = '\0';
		}
	}
}

static void check_list(const struct codes_list *list, const char *text, int32_t day, size_t limit)
{
	if (list->count > limit || list->found < list->count)
		fail("more than were asked for", text);
	for (size_t i = 0; i < list->count; i++) {
		const struct codes_entry *e = &list->item[i];
		if (day < e->from || day >= e->until)
			fail("not in force on the day", e->code);
		if (!*e->text || (size_t)e->digits != strlen(e->code))
			fail("no text or no code", e->code);
		for (size_t k = 0; k < list->count; k++)
			if (i != k && !strncmp(list->item[k].code, e->code, (size_t)e->digits))
				fail("stands above another that was found", e->code);
	}
}

static void ask(struct codes *codes, const char *text, int32_t day)
{
	struct codes_list list;
	struct tw_error error = {0};
	char hint[400];
	size_t limit = 1 + dice(30);
	int code = codes_search(&list, codes, text, day, limit, &error);
	if (code && code != TW_BAD_ARGUMENT)
		fail(error.message, text);
	check_list(&list, text, day, limit);
	if (!code && !list.count) {
		if (codes_hint(hint, sizeof hint, codes, text, day, &error) || !*hint)
			fail("no hint", text);
	}
	codes_list_free(&list);
}

/* Every way leads down: each code begins with the one before, and what is beneath begins with it.
 */
static void browse(struct codes *codes, const char *code, int32_t day, size_t *seen)
{
	struct codes_list list;
	struct tw_error error = {0};
	if (codes_beneath(&list, codes, code, day, &error))
		fail(error.message, code);
	check_list(&list, code, day, SIZE_MAX);
	for (size_t i = 0; i < list.count; i++) {
		const struct codes_entry *e = &list.item[i];
		if (strncmp(e->code, code, strlen(code)) != 0)
			fail("does not begin with the code above it", e->code);
		if (e->kind == CODES_LINE && !e->lines)
			++*seen;
		if (e->kind == CODES_ABOVE && !e->lines && strcmp(e->code, "99") < 0)
			fail("nothing beneath", e->code);
		browse(codes, e->code, day, seen);
	}
	codes_list_free(&list);
}

int main(int argc, char **argv)
{
	struct codes *codes;
	struct tw_error error = {0};
	char text[CODES_TEXT + 1];
	size_t seen = 0;
	if (argc != 2 || codes_open(&codes, argv[1], &error)) {
		fprintf(stderr, "test_codes: %s\n", error.message);
		return 1;
	}
	for (int i = 0; i < ROUNDS; i++) {
		write_text(text, sizeof text);
		ask(codes, text, DAY_FIRST + (int32_t)dice(DAYS));
	}
	memset(text, 'x', CODES_TEXT);
	text[CODES_TEXT] = '\0';
	ask(codes, text, DAY_FIRST);
	browse(codes, "", DAY_FIRST + DAYS, &seen);
	codes_close(codes);
	printf("%d texts, %zu lines found by browsing, %d failures\n", ROUNDS, seen, failures);
	return failures || !seen;
}
