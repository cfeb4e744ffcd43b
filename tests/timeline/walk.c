/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing of an answer changes but at an instant that tw_instants tells:
 *
 *     walk LAWDIR COUNT [SEED] [--break]
 *
 * Random lines, made to hurt (tests/judge/random.h), are assessed at every instant that the law
 * names anywhere, a minute before and behind it, and at every midnight, from the first day covered
 * to a month behind the last. The instants are read from the text of the law, not from the
 * rulebook. --break leaves out every fifth instant, to see that the test can fail.
 */
#include "common/instant.h"
#include "common/order.h"
#include "common/pool.h"
#include "compiler/compile.h"
#include "random.h"

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
	tw_assessor *assessor, *teller;
	struct pool times; /* tw_time, of the law */
	struct tw_output before, now;
	bool broken;
	unsigned long lines, looks, turns, faults;
};

static int compare_times(const void *a, const void *b)
{
	const tw_time *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

static void add(struct session *s, tw_time at)
{
	tw_time first = ((tw_time)s->law->coverage_first - 1) * 86400;
	tw_time last = ((tw_time)s->law->coverage_last + 30) * 86400;
	if (at <= first || at >= last)
		return;
	const tw_time all[] = {at - 60, at, at + 60};
	for (int i = 0; i < 3; i++)
		pool_intern(&s->times, &all[i]);
}

static void add_node(struct session *s, const struct law_node *node)
{
	if (!node)
		return;
	if (node->kind == LAW_NODE_ATOM && node->atom.operand == LAW_OPERAND_TIME)
		add(s, (tw_time)node->atom.number.num);
	for (uint32_t i = 0; i < node->child_count; i++)
		add_node(s, node->child[i]);
}

static void add_law(struct session *s)
{
	const struct law *law = s->law;
	for (uint32_t i = 0; i < law->measure_count; i++) {
		add(s, law->measures[i].from.at);
		add(s, law->measures[i].until.at);
		add_node(s, law->measures[i].when);
	}
	for (uint32_t p = 0; p < law->program_count; p++) {
		if (law->programs[p].void_by != LAW_NONE)
			add(s, law->programs[p].void_collected_until);
		for (uint32_t i = 0; i < law->programs[p].yield_count; i++) {
			add(s, law->programs[p].yields[i].from.at);
			add(s, law->programs[p].yields[i].until.at);
			add_node(s, law->programs[p].yields[i].when);
		}
	}
	for (uint32_t i = 0; i < law->list_count; i++)
		for (uint32_t k = 0; k < law->lists[i].row_count; k++) {
			add(s, law->lists[i].rows[k].from.at);
			add(s, law->lists[i].rows[k].until.at);
		}
	for (uint32_t i = 0; i < law->jurisdiction_count; i++) {
		const struct law_jurisdiction *j = &law->jurisdictions[i];
		enum time_zone zone = (enum time_zone)time_zone_find(j->timezone);
		for (uint32_t k = 0; k < j->row_count; k++) {
			add(s, j->rows[k].from);
			add(s, j->rows[k].until);
		}
		for (uint32_t k = 0; k < j->preference_count; k++) {
			add(s, j->preferences[k].from.at);
			add(s, j->preferences[k].until.at);
		}
		for (int32_t day = law->coverage_first; day < law->coverage_last + 30; day++)
			add(s, time_from_local(zone, (tw_time)day * 86400));
	}
	order_items(s->times.data, s->times.count, sizeof(tw_time), compare_times);
}

/* The answer as it is written, without the time of entry. */
static int say(struct tw_output *out, struct session *s, struct line *line, tw_time at,
	       struct tw_error *error)
{
	const struct tw_assessment *answer;
	struct tw_line text;
	char buffer[LINE_TEXT];
	line->entered = at;
	line_write(&text, buffer, s->law, line);
	int code = tw_assess(&answer, s->assessor, &text, error);
	out->length = 0;
	if (!code)
		code = tw_finding_json(out, s->rulebook, &text, answer, 0, error);
	char *entered = !code ? strstr(out->at, "\"entered\":\"") : NULL;
	if (entered)
		memset(entered + 11, '.', 25);
	char *season = !code ? strstr(out->at, "\"out of season: ") : NULL;
	if (season && (season = strstr(season, "; on ")))
		memset(season + 5, '.', 10); /* the day of entry */
	return code;
}

static void fault(struct session *s, struct line *line, tw_time from, tw_time to)
{
	if (s->faults++ >= SHOWN)
		return;
	printf("the answer changes in (%" PRId64 ", %" PRId64 "], and no instant says so\n", from,
	       to);
	line_print(s->law, line);
	printf("%s%s", s->before.at, s->now.at);
}

/* Walks along the time of one line. */
static int walk(struct session *s, struct line *line, struct tw_error *error)
{
	const tw_time *time = (const tw_time *)(const void *)s->times.data, *told;
	size_t count, next = 0;
	struct tw_line text;
	char buffer[LINE_TEXT];
	line->entered = time[0];
	line_write(&text, buffer, s->law, line);
	int code = tw_instants(&told, &count, s->teller, &text, time[0],
			       time[s->times.count - 1] + 1, error);
	if (!code)
		code = say(&s->before, s, line, time[0], error);
	for (size_t i = 1; !code && i < s->times.count; i++) {
		bool may = false;
		for (; next < count && told[next] <= time[i]; next++)
			may = may || !s->broken || next % 5 != 0;
		if ((code = say(&s->now, s, line, time[i], error)))
			break;
		s->looks++;
		if (strcmp(s->before.at, s->now.at) == 0)
			continue;
		s->turns++;
		if (!may)
			fault(s, line, time[i - 1], time[i]);
		struct tw_output other = s->before;
		s->before = s->now;
		s->now = other;
	}
	s->lines++;
	return code;
}

static int open_session(struct session *s, const char *folder, uint64_t seed,
			struct tw_error *error)
{
	struct tw_options options = TW_OPTIONS_INIT;
	size_t size;
	int code;
	options.no_screen = true;
	options.no_changes = true;
	pool_begin(&s->times, sizeof(tw_time));
	if ((code = law_read(&s->read, folder, error)) ||
	    (code = law_as_known(&s->law, s->read, TW_TIME_MAX, error)) ||
	    (code = compile_folder(&s->blob, &size, folder, TW_TIME_MAX, error)) ||
	    (code = tw_rulebook_from_memory(&s->rulebook, s->blob, size, error)) ||
	    (code = tw_assessor_new(&s->assessor, s->rulebook, &options, error)) ||
	    (code = tw_assessor_new(&s->teller, s->rulebook, &options, error)))
		return code;
	add_law(s);
	return s->times.failed ? TW_NO_MEMORY : maker_new(&s->maker, s->law, seed);
}

static void close_session(struct session *s)
{
	maker_free(s->maker);
	tw_assessor_free(s->assessor);
	tw_assessor_free(s->teller);
	tw_rulebook_close(s->rulebook);
	tw_output_free(&s->before);
	tw_output_free(&s->now);
	pool_free(&s->times);
	free(s->blob);
	law_free(s->law);
	law_free(s->read);
}

int main(int argc, char **argv)
{
	static struct session s;
	static struct line line;
	struct tw_error error = {.code = TW_OK};
	uint64_t seed = 1;
	if (argc < 3) {
		fprintf(stderr, "walk LAWDIR COUNT [SEED] [--break]\n");
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
	while (!code && s.lines < count) {
		maker_line(&line, s.maker);
		code = walk(&s, &line, &error);
	}
	if (code)
		fprintf(stderr, "walk: %s:%d: %s\n", error.file, error.line, error.message);
	else
		printf("seed %" PRIu64 ": %lu lines, %lu looks, %lu changes, %lu faults\n", seed,
		       s.lines, s.looks, s.turns, s.faults);
	close_session(&s);
	return code ? 2 : s.broken ? s.faults == 0 : s.faults != 0 || s.turns == 0;
}
