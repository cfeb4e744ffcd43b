/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk over sorted marks: the marks of a group stand together, and groups of nearly equal
 * persons stand one behind the other. Which of them are to be told is for the kinds to say; where
 * something is told of one of several who are nearly the same, a question is asked, and nothing is
 * put together.
 */
#include "across/inner.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"

enum { PERSONS = 8 /* that are named in a question */ };

/* Persons whose names agree in letters and digits, in their order. */
struct alike {
	struct sighting question;
	uint64_t persons;
	bool seen; /* something was told of one of them */
	bool open;
};

static const struct watcher *const watchers[PATTERN_KINDS] = {
    [PATTERN_HEAP] = &heap_watcher,   [PATTERN_MANY] = &window_watcher,
    [PATTERN_ROUTE] = &route_watcher, [PATTERN_TOGETHER] = &window_watcher,
    [PATTERN_CODES] = &codes_watcher,
};

static bool same_near(const struct mark *a, const struct mark *b)
{
	return !memcmp(a, b, offsetof(struct mark, exact));
}

static bool same_group(const struct mark *a, const struct mark *b)
{
	return !memcmp(a, b, offsetof(struct mark, order));
}

static int end_alike(struct across *across, struct alike *alike, struct tw_error *error)
{
	const struct patterns_row *row = &across->law.rows[alike->question.pattern];
	int code = TW_OK;
	if (alike->open && alike->seen && alike->persons > 1 &&
	    group_is_person((enum pattern_group)row->group)) {
		alike->question.is_question = true;
		sighting_number(&alike->question, "persons",
				"given under numbers, names or addresses that differ",
				alike->persons);
		code = sighting_keep(across, &alike->question, error);
	}
	alike->open = false;
	return code;
}

/* A group begins: of the same persons as the one before, or of others. */
static int begin_alike(struct across *across, struct alike *alike, const struct mark *before,
		       const struct mark *mark, struct tw_error *error)
{
	int code = TW_OK;
	if (!alike->open || !same_near(before, mark)) {
		code = end_alike(across, alike, error);
		sighting_begin(&alike->question, mark_pattern(mark), 0);
		alike->persons = 0;
		alike->seen = false;
		alike->open = true;
	}
	if (alike->persons++ < PERSONS)
		sighting_name(&alike->question, mark);
	return code;
}

static int end_group(struct watch *watch, struct alike *alike, struct tw_error *error)
{
	int code = watchers[watch->row->kind]->end(watch, error);
	alike->seen = alike->seen || watch->seen;
	return code || watch->seen ? code : every_back(&watch->across->every, watch->every, error);
}

static void begin_group(struct watch *watch, const struct mark *mark)
{
	watch->pattern = mark_pattern(mark);
	watch->row = &watch->across->law.rows[watch->pattern];
	watch->first = *mark;
	watch->count = 0;
	watch->seen = false;
	watch->every = every_place(&watch->across->every);
	sighting_begin(&watch->sighting, watch->pattern, watch->every);
	watchers[watch->row->kind]->begin(watch);
}

static int walk(struct watch *watch, struct alike *alike, struct tw_error *error)
{
	struct across *across = watch->across;
	struct mark mark;
	bool open = false;
	int got, code = sort_rewind(across->sort, error);
	while (!code && (got = sort_next(across->sort, &mark, error)) != 0) {
		if (got < 0)
			return got;
		if (open && !same_group(&watch->first, &mark)) {
			code = end_group(watch, alike, error);
			open = false;
		}
		if (!code && !open) {
			code = begin_alike(across, alike, &watch->first, &mark, error);
			begin_group(watch, &mark);
			open = true;
		}
		watch->count++;
		if (!code)
			code = watchers[watch->row->kind]->add(watch, &mark, error);
	}
	if (!code && open)
		code = end_group(watch, alike, error);
	return code ? code : end_alike(across, alike, error);
}

int watch_all(struct across *across, struct tw_error *error)
{
	struct watch *watch = calloc(1, sizeof *watch);
	struct alike *alike = calloc(1, sizeof *alike);
	int code = watch && alike ? TW_OK : error_memory(error);
	if (!code) {
		watch->across = across;
		code = walk(watch, alike, error);
	}
	free(watch);
	free(alike);
	return code;
}
