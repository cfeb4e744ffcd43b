/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every step of a timeline is the answer of its instant, and a minute before it the answer is the
 * step before:
 *
 *     steps LAWDIR COUNT [SEED] [--break]
 *
 * Random lines, made to hurt (tests/judge/random.h). Of each two one is plain, so that it is
 * charged by plans, as are others of its channel and value. What moved is told, with an act but for
 * seasons; what is announced lies in its order. --break looks a minute behind each step instead.
 */
#include "compiler/compile.h"
#include "random.h"
#include "tidewaiter_timeline.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 5

struct session {
	struct law *read, *law;
	struct maker *maker;
	void *blob;
	tw_rulebook *rulebook;
	tw_assessor *assessor;
	tw_timeline *timeline;
	struct tw_output one, two;
	struct line line;
	bool broken;
	unsigned long lines, steps, moves, cited, faults;
};

static void fault(struct session *s, tw_time at, const char *what)
{
	if (s->faults++ >= SHOWN)
		return;
	printf("line %lu at %" PRId64 ": %s\n", s->lines, at, what);
	line_print(s->law, &s->line);
}

static bool same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

/* Nobody pays or is told otherwise. */
static bool same_answer(const struct tw_assessment *a, const struct tw_assessment *b)
{
	if (a->status != b->status || a->has_amount != b->has_amount || a->amount != b->amount ||
	    a->additional != b->additional || a->refundable != b->refundable ||
	    a->relieved != b->relieved || a->has_bounds != b->has_bounds || a->least != b->least ||
	    a->greatest != b->greatest || a->fees_amount != b->fees_amount ||
	    a->is_taxed != b->is_taxed || a->taxes_amount != b->taxes_amount ||
	    a->layer_count != b->layer_count || a->choice_count != b->choice_count ||
	    a->fee_count != b->fee_count || a->de_minimis.eligible != b->de_minimis.eligible ||
	    !same(a->de_minimis.reason, b->de_minimis.reason) ||
	    !same(a->entry_type, b->entry_type) || !same(a->rate, b->rate) ||
	    !same(a->refusal.reason, b->refusal.reason))
		return false;
	for (size_t i = 0; i < a->layer_count; i++)
		if (a->layers[i].kind != b->layers[i].kind ||
		    a->layers[i].amount != b->layers[i].amount ||
		    !same(a->layers[i].program, b->layers[i].program) ||
		    !same(a->layers[i].heading, b->layers[i].heading) ||
		    !same(a->layers[i].rate, b->layers[i].rate))
			return false;
	return true;
}

/* The line as it is asked: with all that it says, or without what keeps it from a plan. */
static void write_line(struct tw_line *out, char *buffer, const struct session *s,
		       struct line *line)
{
	static const char *const values[] = {"54", "10000", "800.01", "2500.5"};
	static const char *const channels[] = {"", "express", "postal"};
	const unsigned long turn = s->lines / 32; /* so many lines agree */
	struct tw_line all;
	line_write(&all, buffer, s->law, line);
	*out = all;
	if (s->lines % 2)
		return;
	*out = (struct tw_line)TW_LINE_INIT;
	for (int i = TW_COLUMN_INTO; i <= TW_COLUMN_ENTERED; i++)
		if (i != TW_COLUMN_SHIP_FROM && i != TW_COLUMN_VIA)
			out->column[i] = all.column[i];
	const char *value = values[turn % 4], *channel = channels[turn % 3];
	out->column[TW_COLUMN_VALUE] = (struct tw_text){value, strlen(value)};
	out->column[TW_COLUMN_CHANNEL] = (struct tw_text){channel, strlen(channel)};
	if (turn % 2) /* else as it comes: other countries are plain, too */
		out->column[TW_COLUMN_INTO] = (struct tw_text){"US", 2};
	else if (turn % 4) /* which has taxes */
		out->column[TW_COLUMN_INTO] = (struct tw_text){"CA", 2};
}

static bool same_shares(const struct tw_assessment *a, const struct tw_assessment *b)
{
	bool same = a->share_count == b->share_count;
	for (size_t i = 0; same && i < a->share_count; i++)
		same = a->shares[i].key == b->shares[i].key &&
		       a->shares[i].rule == b->shares[i].rule &&
		       a->shares[i].amount == b->shares[i].amount;
	return same && a->value == b->value && a->retail == b->retail &&
	       a->de_minimis.room == b->de_minimis.room && a->base_amount == b->base_amount;
}

static int assess_at(const struct tw_assessment **out, struct tw_line *text, char *buffer,
		     struct session *s, tw_time at, struct tw_error *error)
{
	struct line line = s->line;
	line.entered = at;
	write_line(text, buffer, s, &line);
	return tw_assess(out, s->assessor, text, error);
}

/* The step is the answer of its instant, to the letter, and at its end it still is. */
static int look(struct session *s, const struct tw_step *step, struct tw_error *error)
{
	const struct tw_assessment *answer;
	struct tw_line text;
	char buffer[LINE_TEXT];
	int code = assess_at(&answer, &text, buffer, s, step->at + (s->broken ? 60 : 0), error);
	s->one.length = s->two.length = 0;
	if (code || (code = tw_finding_json(&s->one, s->rulebook, &text, answer, 0, error)) ||
	    (code = tw_finding_json(&s->two, s->rulebook, &text, step->answer, 0, error)))
		return code;
	if (strcmp(s->one.at, s->two.at) != 0 || (!s->broken && !same_shares(answer, step->answer)))
		fault(s, step->at, "the step is not what assess answers");
	tw_time last = step->until - 60 > step->at ? step->until - 60 : step->until - 1;
	if ((code = assess_at(&answer, &text, buffer, s, last, error)))
		return code;
	if (!same_answer(answer, step->answer))
		fault(s, last, "a minute before the next step the answer is another");
	return TW_OK;
}

/* Every step but the first says what moved. */
static void look_at_moves(struct session *s, const struct tw_step *step, bool first)
{
	s->steps++;
	if (first == (step->move_count != 0))
		fault(s, step->at,
		      first ? "something moved before the first step"
			    : "a step at which nothing moves");
	for (size_t i = 0; i < step->move_count; i++) {
		const struct tw_move *move = &step->moves[i];
		bool season =
		    same(move->before, "out-of-season") || same(move->after, "out-of-season");
		s->moves++;
		s->cited += move->by.count != 0;
		if (same(move->before, move->after))
			fault(s, step->at, "a move from something to the same");
		if (!move->by.count && move->what != TW_MOVED_STATUS && !season)
			fault(s, step->at, "a move without an act");
	}
}

static int look_at_line(struct session *s, struct tw_error *error)
{
	const struct tw_announcement *announced;
	const struct tw_step *steps;
	struct tw_line text;
	char buffer[LINE_TEXT];
	size_t count, known;
	maker_line(&s->line, s->maker);
	s->lines++;
	write_line(&text, buffer, s, &s->line);
	int code = tw_timeline_steps(&steps, &count, s->timeline, &text, error);
	if (code)
		return code;
	for (size_t i = 0; !code && i < count; i++) {
		look_at_moves(s, &steps[i], i == 0);
		if (i && (steps[i - 1].until != steps[i].at || steps[i].at <= steps[i - 1].at))
			fault(s, steps[i].at, "the steps do not follow one another");
		code = look(s, &steps[i], error);
	}
	if (!code)
		code = tw_timeline_announced(&announced, &known, s->timeline, error);
	for (size_t i = 1; !code && i < known; i++)
		if (announced[i].known < announced[i - 1].known)
			fault(s, announced[i].known, "what is announced is not in order");
	return code;
}

static int open_session(struct session *s, const char *folder, uint64_t seed,
			struct tw_error *error)
{
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_timeline_options ask = TW_TIMELINE_OPTIONS_INIT;
	size_t size;
	int code;
	options.no_screen = options.no_changes = true;
	ask.one_code = true; /* the test asks for the code as it is */
	if ((code = law_read(&s->read, folder, error)) ||
	    (code = law_as_known(&s->law, s->read, TW_TIME_MAX, error)) ||
	    (code = compile_folder(&s->blob, &size, folder, TW_TIME_MAX, error)) ||
	    (code = tw_rulebook_from_memory(&s->rulebook, s->blob, size, error)) ||
	    (code = tw_assessor_new(&s->assessor, s->rulebook, &options, error)) ||
	    (code = tw_timeline_new(&s->timeline, s->rulebook, &ask, error)))
		return code;
	return maker_new(&s->maker, s->law, seed);
}

static void close_session(struct session *s)
{
	maker_free(s->maker);
	tw_timeline_free(s->timeline);
	tw_assessor_free(s->assessor);
	tw_rulebook_close(s->rulebook);
	tw_output_free(&s->one);
	tw_output_free(&s->two);
	free(s->blob);
	law_free(s->law);
	law_free(s->read);
}

int main(int argc, char **argv)
{
	static struct session s;
	struct tw_error error = {.code = TW_OK};
	uint64_t seed = 1;
	if (argc < 3) {
		fprintf(stderr, "steps LAWDIR COUNT [SEED] [--break]\n");
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		if (!strcmp(argv[i], "--break"))
			s.broken = true;
		else
			seed = strtoull(argv[i], NULL, 10);
	}
	unsigned long count = strtoul(argv[2], NULL, 10);
	int code = open_session(&s, argv[1], seed, &error);
	while (!code && s.lines < count)
		code = look_at_line(&s, &error);
	if (code)
		fprintf(stderr, "steps: %s:%d: %s\n", error.file, error.line, error.message);
	else
		printf("seed %" PRIu64 ": %lu lines, %lu steps, %lu moves, %lu with their acts, "
		       "%lu faults\n",
		       seed, s.lines, s.steps, s.moves, s.cited, s.faults);
	close_session(&s);
	return code ? 2 : s.broken ? s.faults == 0 : s.faults != 0 || s.steps <= s.lines;
}
