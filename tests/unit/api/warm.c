/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assesses 10,000 lines twice, and counts what the second time takes of memory: nothing, one line
 * at a time or many at once, with and without a description of the goods.
 */
#include "tidewaiter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 10000, BYTES = 64 };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static unsigned long taken;

void *malloc(size_t size)
{
	taken++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	taken++;
	return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	taken++;
	return __libc_realloc(old, size);
}

static const char *const codes[] = {"6109100012", "8517130000", "7318152065", "9503000073",
				    "2918140000", "8471300100", "0201305000", "3004909290"};
static const char *const origins[] = {"CN", "DE", "MX", "JP", "BR", "VN"};
static const char *const goods[] = {"cotton t-shirts", "telephones", "acetic anhydride 99%", "toys",
				    "parts of machines, see invoice"};

struct lines {
	struct tw_line line[LINES];
	struct tw_typed_line typed[LINES];
	struct tw_charge charge[LINES];
	char value[LINES][BYTES], day[LINES][BYTES];
};

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

static void make(struct lines *all, tw_assessor *assessor, bool described)
{
	for (int i = 0; i < LINES; i++) {
		struct tw_line *line = &all->line[i];
		struct tw_typed_line *typed = &all->typed[i];
		const char *code = codes[i % 8], *origin = origins[i % 6];
		bool is_date;
		*line = (struct tw_line)TW_LINE_INIT;
		*typed = (struct tw_typed_line)TW_TYPED_INIT;
		snprintf(all->value[i], BYTES, "%d.%02d", 10 + i % 3000, i % 100);
		snprintf(all->day[i], BYTES, "2025-%02d-%02dT10:30", 1 + i % 12, 1 + i % 28);
		line->column[TW_COLUMN_HTS] = text(code);
		line->column[TW_COLUMN_ORIGIN] = text(origin);
		line->column[TW_COLUMN_ENTERED] = text(all->day[i]);
		line->column[TW_COLUMN_VALUE] = text(all->value[i]);
		typed->hts = strtoull(code, NULL, 10);
		typed->digits = 10;
		typed->into = TW_COUNTRY('U', 'S');
		typed->origin = TW_COUNTRY(origin[0], origin[1]);
		typed->value = ((10 + i % 3000) * 100 + i % 100) * TW_MONEY_UNIT / 100;
		if (!tw_entered(assessor, typed->into, text(all->day[i]), &typed->entered,
				&is_date))
			exit(2);
		if (described)
			typed->description = line->column[TW_COLUMN_DESCRIPTION] =
			    text(goods[i % 5]);
	}
}

static void one_by_one(struct lines *all, tw_assessor *assessor)
{
	const struct tw_assessment *answer;
	for (int i = 0; i < LINES; i++)
		if (tw_assess(&answer, assessor, &all->line[i], NULL))
			exit(2);
}

static void at_once(struct lines *all, tw_assessor *assessor)
{
	if (tw_assess_many(all->charge, assessor, all->typed, LINES, 0, NULL))
		exit(2);
}

static int count(const char *what, void (*assess)(struct lines *, tw_assessor *), struct lines *all,
		 tw_assessor *assessor)
{
	unsigned long before = taken;
	assess(all, assessor);
	unsigned long first = taken - before;
	before = taken;
	assess(all, assessor);
	unsigned long warm = taken - before;
	printf("%s: %lu times at first, %lu times when warm\n", what, first, warm);
	return warm != 0;
}

int main(void)
{
	static struct lines all;
	const tw_rulebook *book;
	tw_assessor *assessor;
	int failures = 0;
	if (tw_rulebook_default(&book, NULL) || tw_assessor_new(&assessor, book, NULL, NULL))
		return 2;
	/* What counts is heard at all. */
	if (!taken) {
		puts("memory is taken without being counted");
		return 2;
	}
	for (int described = 0; described < 2; described++) {
		make(&all, assessor, described);
		failures += count(described ? "described, one by one" : "one by one", one_by_one,
				  &all, assessor);
		failures +=
		    count(described ? "described, at once" : "at once", at_once, &all, assessor);
	}
	tw_assessor_free(assessor);
	return failures != 0;
}
