/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody writes in an afternoon: cut a line at its commas, look four
 * things up, multiply three times, print. One core, no law:
 *
 *     naive MANIFEST TABLES
 *
 * TABLES is a folder that rivals.py made: codes, origins, days and stacks, in
 * number as in the rulebook. Left out: quotes, other orders of columns,
 * conditions, thresholds, floors, choices, reminders, screening, refusals but
 * for negative values, and every reason why.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1 << 16, LETTERS = 26 * 26, DAYS = 1 << 14, CHUNK = 1 << 20, OUT = 1 << 20 };

struct code {
	uint64_t code;
	uint32_t goods, base;
};
struct stack {
	uint32_t duty, fee, length;
	char text[116];
};

static struct code codes[SLOTS];
static uint32_t origins[LETTERS], day_period[DAYS];
static struct stack *stacks;
static size_t stack_count;

static void stop(const char *what)
{
	fprintf(stderr, "naive: %s\n", what);
	exit(2);
}

static uint64_t number_at(const char **at)
{
	uint64_t number = 0;
	for (; **at >= '0' && **at <= '9'; ++*at)
		number = number * 10 + (uint64_t)(**at - '0');
	return number;
}

/* 2025-01-15, as a place among the days of some years. */
static uint32_t day_of(const char *at)
{
	uint32_t year = (uint32_t)(at[2] - '0') * 10 + (uint32_t)(at[3] - '0');
	uint32_t month = (uint32_t)(at[5] - '0') * 10 + (uint32_t)(at[6] - '0');
	uint32_t day = (uint32_t)(at[8] - '0') * 10 + (uint32_t)(at[9] - '0');
	return (year * 384 + month * 32 + day) % DAYS;
}

static uint32_t letters_of(const char *at)
{
	return (uint32_t)(at[0] - 'A') * 26 % LETTERS + (uint32_t)(at[1] - 'A') % 26;
}

static struct code *slot_of(uint64_t code)
{
	uint64_t at = code * UINT64_C(0x9e3779b97f4a7c15) >> 48;
	while (codes[at].code != 0 && codes[at].code != code)
		at = (at + 1) % SLOTS;
	return &codes[at];
}

static FILE *table(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	if (!file || fscanf(file, "%*[^\n]\n") == EOF) /* the names of the columns */
		stop(path);
	return file;
}

static void read_tables(const char *folder)
{
	char text[128];
	struct code row;
	uint32_t number, period;
	struct stack stack;
	FILE *file = table(folder, "codes.csv");
	while (fscanf(file, "%lu,%u,%u\n", &row.code, &row.goods, &row.base) == 3)
		*slot_of(row.code) = row;
	fclose(file);
	file = table(folder, "origins.csv");
	while (fscanf(file, "%2s,%u\n", text, &number) == 2)
		origins[letters_of(text)] = number;
	fclose(file);
	file = table(folder, "days.csv");
	while (fscanf(file, "%10s,%u\n", text, &period) == 2)
		day_period[day_of(text)] = period;
	fclose(file);
	file = table(folder, "stacks.csv");
	if (!(stacks = calloc(1 << 20, sizeof *stacks)))
		stop("out of memory");
	while (fscanf(file, "%u,%u,%u,%115[^\n]\n", &number, &stack.duty, &stack.fee, stack.text) ==
	       4) {
		stack.length = (uint32_t)strlen(stack.text);
		stacks[number % (1 << 20)] = stack;
		stack_count++;
	}
	fclose(file);
}

static char *put_money(char *at, uint64_t cents)
{
	char digits[24];
	size_t first = sizeof digits;
	for (int i = 0; i < 3 || cents != 0; i++, cents /= 10) {
		if (i == 2)
			digits[--first] = '.';
		digits[--first] = (char)('0' + cents % 10);
	}
	memcpy(at, digits + first, sizeof digits - first);
	return at + (sizeof digits - first);
}

static uint64_t share(uint64_t cents, uint32_t rate)
{
	return (cents * rate + 50000) / 100000;
}

static const char *next_cell(const char *at)
{
	return (const char *)memchr(at, ',', 256) + 1;
}

static char *answer(char *out, const char *at)
{
	const char *id = at, *hts = next_cell(at), *origin = next_cell(hts);
	const char *entered = next_cell(next_cell(origin)), *value = next_cell(next_cell(entered));
	const char *end = hts;
	memcpy(out, id, (size_t)(hts - id));
	out += hts - id;
	bool refused = *value == '-';
	const struct code *code = slot_of(number_at(&end));
	uint64_t cents = number_at(&value) * 100;
	cents += (uint64_t)(value[1] - '0') * 10 + (uint64_t)(value[2] - '0');
	uint64_t key = code->goods * UINT64_C(7919) +
		       origins[letters_of(origin)] * UINT64_C(104729) +
		       day_period[day_of(entered)] * UINT64_C(1299709);
	const struct stack *stack = &stacks[key % stack_count];
	const uint32_t rate[] = {code->base, stack->duty, stack->fee};
	for (size_t i = 0; i < 3; i++) {
		if (!refused)
			out = put_money(out, share(cents, rate[i]));
		*out++ = ',';
	}
	memcpy(out, stack->text, stack->length);
	out += stack->length;
	*out++ = '\n';
	return out;
}

int main(int count, char **arguments)
{
	static char in[2 * CHUNK], out[OUT + 512];
	if (count != 3)
		stop("usage: naive MANIFEST TABLES");
	read_tables(arguments[2]);
	FILE *file = fopen(arguments[1], "rb");
	if (!file)
		stop(arguments[1]);
	size_t have = 0, got;
	char *to = out;
	bool head = true;
	while ((got = fread(in + have, 1, CHUNK, file)) > 0) {
		const char *at = in, *end;
		have += got;
		while ((end = memchr(at, '\n', (size_t)(in + have - at))) != NULL) {
			if (!head)
				to = answer(to, at);
			head = false;
			at = end + 1;
			if (to - out >= OUT) {
				fwrite(out, 1, (size_t)(to - out), stdout);
				to = out;
			}
		}
		have = (size_t)(in + have - at);
		memmove(in, at, have);
	}
	fwrite(out, 1, (size_t)(to - out), stdout);
	free(stacks);
	fclose(file);
	return 0;
}
