/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of a line, see tidewaiter_timeline.h. When an answer could change is the assessor's to
 * say, and what it is then; here the two are brought together.
 */
#include "timeline/timeline.h"

#include "common/error.h"
#include "common/given.h"
#include "common/order.h"
#include "timeline/span.h"

#include <stdlib.h>
#include <string.h>

#define OPTIONS_FIRST sizeof(struct tw_timeline_options) /* the first size that was published */
#define DAY INT64_C(86400)
#define SPAN (100 * 366 * DAY) /* of a timeline, at most */

static int keep_option(char out[64], const char **text, const char *name, struct tw_error *error)
{
	if (!*text)
		return TW_OK;
	if (strlen(*text) >= 64)
		return error_set(error, TW_BAD_ARGUMENT,
				 "%s is longer than a day and its time are: as in 2025-05-02T00:01",
				 name);
	strcpy(out, *text);
	*text = out;
	return TW_OK;
}

static int take_options(tw_timeline *t, const struct tw_timeline_options *options,
			struct tw_error *error)
{
	static const struct error_sizes sizes = {"tw_timeline_options", "TW_TIMELINE_OPTIONS_INIT",
						 OPTIONS_FIRST, sizeof *options};
	int code = options ? error_size(error, &sizes, options->size) : TW_OK;
	t->options = (struct tw_timeline_options)TW_TIMELINE_OPTIONS_INIT;
	if (code || !options)
		return code;
	t->options = *options;
	if ((unsigned)options->every > TW_EVERY_MONTH)
		return error_set(error, TW_BAD_ARGUMENT, "every: %u is none of TW_EVERY_*",
				 (unsigned)options->every);
	if ((code = keep_option(t->from, &t->options.from, "from", error)) ||
	    (code = keep_option(t->until, &t->options.until, "until", error)))
		return code;
	return keep_option(t->today, &t->options.today, "today", error);
}

int tw_timeline_new(tw_timeline **out, const tw_rulebook *rulebook,
		    const struct tw_timeline_options *options, struct tw_error *error)
{
	struct tw_options assess = TW_OPTIONS_INIT;
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!rulebook)
		return error_null(error, "rulebook");
	tw_timeline *t = calloc(1, sizeof *t);
	if (!t)
		return error_memory(error);
	t->book = rulebook;
	t->rb = rulebook_layout(rulebook);
	pad_fix(&t->pad, rulebook);
	int code = take_options(t, options, error);
	assess.no_screen = assess.no_changes = true;
	assess.today = t->options.today;
	if (!code)
		code = tw_assessor_new(&t->assessor, rulebook, &assess, error);
	if (!code)
		code = span_new(&t->span, rulebook, t->assessor, error);
	if (code)
		tw_timeline_free(t);
	else
		*out = t;
	return code;
}

void tw_timeline_free(tw_timeline *t)
{
	if (!t)
		return;
	span_free(t->span);
	tw_assessor_free(t->assessor);
	pad_free(&t->pad);
	free(t->step);
	free(t->instant);
	free(t);
}

/* The jurisdiction that the line is imported into; NULL: it is none. */
static const struct rb_jurisdiction *jurisdiction_of(const tw_timeline *t, struct tw_text into)
{
	const struct rb *rb = t->rb;
	char code[4];
	const char *country = into.length ? tw_rulebook_country(t->book, into) : NULL;
	memcpy(code, rb->law->into, sizeof code);
	if (country)
		memcpy(code, country, 3);
	else if (into.length == 2)
		for (int i = 0; i < 2; i++)
			code[i] = (char)(into.at[i] & ~0x20);
	return rb_jurisdiction_into(rb, code);
}

static int read_time(struct time_parsed *out, const tw_timeline *t, const char *text,
		     const char *name, struct tw_error *error)
{
	const char *right;
	if (!strcmp(text, "today") && t->options.today)
		text = t->options.today;
	if (time_parse(out, t->zone, (struct tw_text){text, strlen(text)}, &right))
		return TW_OK;
	return error_set(error, TW_BAD_ARGUMENT, "%s: \"%.60s\" is not a day: %s", name, text,
			 right);
}

static tw_time midnight(const tw_timeline *t, int64_t day)
{
	return time_from_local(t->zone, day * DAY);
}

/* Which time is asked for. */
static int read_span(tw_timeline *t, struct tw_error *error)
{
	struct time_parsed from, until;
	int code;
	t->begin = midnight(t, t->rb->law->coverage_first);
	t->end = midnight(t, (int64_t)t->rb->law->coverage_last + 1);
	if (t->options.from) {
		if ((code = read_time(&from, t, t->options.from, "from", error)))
			return code;
		t->begin = from.is_date ? midnight(t, time_local_day(t->zone, from.at)) : from.at;
	}
	if (t->options.until) {
		if ((code = read_time(&until, t, t->options.until, "until", error)))
			return code;
		t->end = until.is_date ? midnight(t, time_local_day(t->zone, until.at) + 1)
				       : until.at + 1;
	}
	if (t->end <= t->begin)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the timeline ends before it begins: from %.40s until %.40s",
				 t->options.from ? t->options.from : "the first day covered",
				 t->options.until ? t->options.until : "the last day covered");
	if (t->end - t->begin > SPAN)
		return error_set(error, TW_BAD_ARGUMENT, "a timeline is of 100 years at most");
	return TW_OK;
}

/* Makes room for what is found of a line. */
static int begin(tw_timeline *t, const struct tw_line *line, struct tw_line *own,
		 struct tw_error *error)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	int code = given_line(line, error);
	if (code)
		return code;
	*own = fresh;
	memcpy(own, line, line->size < sizeof *own ? line->size : sizeof *own);
	own->size = sizeof *own;
	pad_reset(&t->pad);
	t->step_count = t->instant_count = 0;
	t->announced = NULL;
	t->mark = NULL;
	t->mark_count = 0;
	t->asked = true;
	t->jurisdiction = jurisdiction_of(t, own->column[TW_COLUMN_INTO]);
	t->zone = t->jurisdiction ? (enum time_zone)t->jurisdiction->zone : TIME_ZONE_UTC;
	span_begin(t->span, own, t->zone);
	return TW_OK;
}

static bool add_instant(tw_timeline *t, tw_time at)
{
	if (t->instant_count == t->instant_room) {
		size_t room = t->instant_room ? 2 * t->instant_room : 256;
		tw_time *more = realloc(t->instant, room * sizeof *more);
		if (!more)
			return false;
		t->instant = more;
		t->instant_room = room;
	}
	t->instant[t->instant_count++] = at;
	return true;
}

/* The number in which the goods of the line stand at an instant. */
struct asking {
	const struct tw_line *line;
	uint64_t asked; /* as ten digits */
	bool follows;
	uint64_t code;       /* now; 0: as it is written */
	tw_time since, next; /* it stays from then to then */
	const struct rb_renumbered *split;
};

static void begin_asking(struct asking *a, const tw_timeline *t, const struct tw_line *line)
{
	*a = (struct asking){.line = line, .since = TW_TIME_MAX, .next = TW_TIME_MIN};
	a->follows = !t->options.one_code && follow_read(&a->asked, line->column[TW_COLUMN_HTS]);
}

static void ask_at(struct asking *a, tw_timeline *t, tw_time at)
{
	struct followed *known = &t->followed;
	size_t i = 0;
	if (!a->follows || (a->since <= at && at < a->next))
		return;
	if (known->asked != a->asked || known->jurisdiction != t->jurisdiction)
		*known = (struct followed){.asked = a->asked, .jurisdiction = t->jurisdiction};
	while (i < known->count && (at < known->part[i].since || at >= known->part[i].next))
		i++;
	if (i == known->count) {
		struct follow now = follow_at(t, a->asked, at);
		i = i < FOLLOWED ? i : FOLLOWED - 1; /* the last may go */
		known->part[i].since = at;
		known->part[i].next = follow_next(t, a->asked, at);
		known->part[i].code = now.code;
		known->part[i].split = now.split;
		known->count = i + 1;
	}
	a->code = known->part[i].code;
	a->split = known->part[i].split;
	a->since = known->part[i].since;
	a->next = known->part[i].next;
}

static bool fill_successors(struct tw_step *step, tw_timeline *t, const struct rb_renumbered *split)
{
	if (!split)
		return true;
	size_t count = split->to.count / 2;
	const char **out = pad_alloc(&t->pad, count ? count : 1, sizeof *out);
	for (size_t i = 0; out && i < count; i++) {
		const uint32_t *to = t->rb->indexes + split->to.first + 2 * i;
		char *text = pad_text(&t->pad, "0000000000", 10);
		if (!text)
			return false;
		uint64_t code = UINT64_C(100) * to[0] + to[1];
		for (int k = 9; k >= 0; k--, code /= 10)
			text[k] = (char)('0' + code % 10);
		out[i] = text;
	}
	step->successors = out;
	step->successor_count = out ? count : 0;
	return out;
}

/* What moved between two samples did so at any time between; at a step, in that instant, or a
   second before where the law says "behind". */
static tw_time moved_after(const struct tw_step *before, tw_time at, bool sample)
{
	return sample ? before->at : at - 2;
}

static bool add_step(tw_timeline *t, tw_time at, const struct tw_assessment *answer,
		     const struct rb_renumbered *split, bool is_kept, bool sample)
{
	if (!t->step || t->step_count == t->step_room) {
		size_t room = t->step_room ? 2 * t->step_room : 64;
		struct tw_step *more = realloc(t->step, room * sizeof *more);
		if (!more)
			return false;
		t->step = more;
		t->step_room = room;
	}
	struct tw_step *step = &t->step[t->step_count];
	const struct tw_step *before = t->step_count ? step - 1 : NULL;
	memset(step, 0, sizeof *step);
	step->at = at;
	step->offset = answer->entered == at ? answer->entered_offset : time_offset(t->zone, at);
	step->is_beyond = at >= midnight(t, (int64_t)t->rb->law->coverage_last + 1);
	step->answer = is_kept ? answer : keep_answer(&t->pad, answer);
	if (!step->answer || !fill_successors(step, t, split) ||
	    (before && !moves_find(step, t, before->answer, moved_after(before, at, sample))))
		return false;
	t->step_count++;
	return true;
}

/* Each step lasts until the next one. */
static void end_steps(tw_timeline *t, tw_time end)
{
	for (size_t i = 0; i < t->step_count; i++) {
		struct tw_step *step = &t->step[i];
		tw_time until = i + 1 < t->step_count ? step[1].at : end;
		step->until = until > step->at ? until : step->at;
		step->until_offset = i + 1 < t->step_count && step->until == step[1].at
					 ? step[1].offset
					 : time_offset(t->zone, step->until);
	}
}

/* Instants that are asked together, with the number of the goods at each. */
struct block {
	struct span_at at[SPAN_BLOCK];
	const struct rb_renumbered *split[SPAN_BLOCK];
	size_t count;
};

/* One of the block: a step where it is asked for or something is otherwise. */
static int look_at(tw_timeline *t, const struct block *block, size_t index, bool always,
		   struct tw_error *error)
{
	const struct tw_assessment *answer;
	const struct tw_step *last = t->step_count ? &t->step[t->step_count - 1] : NULL;
	bool is_kept;
	if (last && !always && span_is_same(t->span, index))
		return TW_OK;
	int code = span_tell(&answer, &is_kept, t->span, index, &t->pad, error);
	if (code || (last && !always && alike(last->answer, answer)))
		return code;
	return add_step(t, block->at[index].at, answer, block->split[index], is_kept, always)
		   ? TW_OK
		   : error_memory(error);
}

/* What is left of the instants that were added. */
static int look(tw_timeline *t, struct block *block, bool always, struct tw_error *error)
{
	int code = span_ask(t->span, block->at, block->count, error);
	for (size_t i = 0; !code && i < block->count; i++)
		code = look_at(t, block, i, always, error);
	block->count = 0;
	return code;
}

static int add_look(tw_timeline *t, struct block *block, struct asking *asking, tw_time at,
		    bool always, struct tw_error *error)
{
	ask_at(asking, t, at);
	block->at[block->count] = (struct span_at){at, asking->code};
	block->split[block->count++] = asking->split;
	return block->count == SPAN_BLOCK ? look(t, block, always, error) : TW_OK;
}

/* When the answer could change from one number of the goods to the next. */
static int find_instants(tw_timeline *t, struct asking *asking, struct tw_error *error)
{
	for (tw_time at = t->begin; at < t->end;) {
		struct tw_line line = *asking->line;
		char entered[26], digits[11];
		const tw_time *told;
		size_t count;
		ask_at(asking, t, at);
		tw_time end = asking->follows && asking->next < t->end ? asking->next : t->end;
		time_print(entered, at, 0);
		line.column[TW_COLUMN_ENTERED] = (struct tw_text){entered, strlen(entered)};
		if (asking->code)
			line.column[TW_COLUMN_HTS] = follow_write(digits, asking->code);
		int code = tw_instants(&told, &count, t->assessor, &line, at, end, error);
		if (code)
			return code;
		if (!add_instant(t, at))
			return error_memory(error);
		for (size_t i = 0; i < count; i++)
			if (!add_instant(t, told[i]))
				return error_memory(error);
		at = end;
	}
	return TW_OK;
}

static int find_steps(tw_timeline *t, const struct tw_line *line, struct tw_error *error)
{
	struct asking asking;
	struct block block = {.count = 0};
	begin_asking(&asking, t, line);
	int code = find_instants(t, &asking, error);
	for (size_t i = 0; !code && i < t->instant_count; i++)
		code = add_look(t, &block, &asking, t->instant[i], false, error);
	if (!code)
		code = look(t, &block, false, error);
	end_steps(t, t->end);
	return code;
}

/* 1970-01-01 was a Thursday. */
static bool is_sampled(enum tw_every every, int64_t day)
{
	int year, month, date;
	time_date(day, &year, &month, &date);
	return every == TW_EVERY_DAY ||
	       (every == TW_EVERY_WEEK ? ((day + 3) % 7 + 7) % 7 == 0 : date == 1);
}

static int find_samples(tw_timeline *t, const struct tw_line *line, struct tw_error *error)
{
	struct asking asking;
	struct block block = {.count = 0};
	int code = TW_OK;
	begin_asking(&asking, t, line);
	int64_t last = time_local_day(t->zone, t->end - 1);
	for (int64_t day = time_local_day(t->zone, t->begin); !code && day <= last; day++) {
		tw_time noon = time_from_local(t->zone, day * DAY + DAY / 2);
		if (is_sampled(t->options.every, day) && noon >= t->begin && noon < t->end)
			code = add_look(t, &block, &asking, noon, true, error);
	}
	if (!code && !t->step_count && !block.count) /* no such day lies in it */
		code = add_look(t, &block, &asking, t->begin, true, error);
	if (!code)
		code = look(t, &block, true, error);
	end_steps(t, t->end);
	return code;
}

static int give(const struct tw_step **out, size_t *count, const tw_timeline *t, int code)
{
	if (!code) {
		*out = t->step;
		*count = t->step_count;
	}
	return code;
}

int tw_timeline_steps(const struct tw_step **out, size_t *count, tw_timeline *t,
		      const struct tw_line *line, struct tw_error *error)
{
	struct tw_line own;
	if (!out || !count)
		return error_null(error, out ? "count" : "out");
	*out = NULL;
	*count = 0;
	if (!t)
		return error_null(error, "timeline");
	int code = begin(t, line, &own, error);
	if (!code)
		code = read_span(t, error);
	if (!code)
		code = t->options.every == TW_EVERY_STEP ? find_steps(t, &own, error)
							 : find_samples(t, &own, error);
	if (!code)
		code = marks_find(t, error);
	return give(out, count, t, code);
}

int tw_timeline_days(const struct tw_step **out, size_t *count, tw_timeline *t,
		     const struct tw_line *line, const char *const *days, size_t day_count,
		     struct tw_error *error)
{
	struct tw_line own;
	struct asking asking;
	struct block block = {.count = 0};
	struct time_parsed day = {0};
	if (!out || !count)
		return error_null(error, out ? "count" : "out");
	*out = NULL;
	*count = 0;
	if (!t || (!days && day_count))
		return error_null(error, t ? "days" : "timeline");
	int code = begin(t, line, &own, error);
	if (!code)
		begin_asking(&asking, t, &own);
	for (size_t i = 0; !code && i < day_count; i++) {
		code = days[i] ? read_time(&day, t, days[i], "days", error)
			       : error_null(error, "days[]");
		if (!code)
			code = add_look(t, &block, &asking, day.at, true, error);
	}
	if (!code)
		code = look(t, &block, true, error);
	if (!code)
		end_steps(t, t->step_count ? t->step[t->step_count - 1].at : 0);
	for (size_t i = 0; i < t->step_count; i++) {
		tw_time at = t->step[i].at;
		t->begin = !i || at < t->begin ? at : t->begin;
		t->end = !i || at > t->end ? at : t->end;
	}
	return give(out, count, t, code);
}

static int compare_announced(const void *a, const void *b)
{
	const struct tw_announcement *x = a, *y = b;
	if (x->known != y->known)
		return x->known < y->known ? -1 : 1;
	if (x->moves_on != y->moves_on)
		return x->moves_on < y->moves_on ? -1 : 1;
	return strcmp(x->act, y->act);
}

/* When the act could be known; TW_TIME_MIN: the law does not say. */
static tw_time known_of(const tw_timeline *t, const char *act)
{
	for (uint32_t i = 0; i < t->rb->instrument_count; i++)
		if (!strcmp(rb_text(t->rb, t->rb->instruments[i].id), act))
			return t->rb->instruments[i].known;
	return TW_TIME_MIN;
}

static size_t add_announced(struct tw_announcement *to, size_t count, const tw_timeline *t,
			    const struct tw_step *step, const struct tw_citations *by)
{
	for (size_t i = 0; i < by->count; i++) {
		bool told = false;
		for (size_t k = 0; k < count; k++)
			told = told || !strcmp(to[k].act, by->id[i]);
		tw_time known = told ? TW_TIME_MIN : known_of(t, by->id[i]);
		if (known != TW_TIME_MIN)
			to[count++] = (struct tw_announcement){
			    by->id[i], known, time_offset(t->zone, known), step->at};
	}
	return count;
}

int tw_timeline_announced(const struct tw_announcement **out, size_t *count, tw_timeline *t,
			  struct tw_error *error)
{
	size_t most = 1, found = 0;
	if (!out || !count)
		return error_null(error, out ? "count" : "out");
	*out = NULL;
	*count = 0;
	if (!t)
		return error_null(error, "timeline");
	if (!t->asked)
		return error_set(error, TW_BAD_ARGUMENT, "no steps were asked for yet");
	for (size_t i = 0; i < t->step_count; i++)
		for (size_t k = 0; k < t->step[i].move_count; k++)
			most += t->step[i].moves[k].by.count;
	if (!(t->announced = pad_alloc(&t->pad, most, sizeof *t->announced)))
		return error_memory(error);
	for (size_t i = 0; i < t->step_count; i++)
		for (size_t k = 0; k < t->step[i].move_count; k++)
			found = add_announced(t->announced, found, t, &t->step[i],
					      &t->step[i].moves[k].by);
	order_items(t->announced, found, sizeof *t->announced, compare_announced);
	*out = t->announced;
	*count = found;
	return TW_OK;
}
