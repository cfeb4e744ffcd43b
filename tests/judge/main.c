/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge LAWDIR COUNT [SEED [RULEBOOK]]: random lines before the judge and before
 * the tables compiled from the same law (or those of RULEBOOK). Prints how many
 * agreed, which measures were never applied, and what they disagreed on; exit
 * code 1 on any disagreement, 2 when it could not be carried out.
 */
#include "compare.h"
#include "compiler/compile.h"
#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 20

struct session {
	struct law *read, *law;
	struct judge *judge;
	struct maker *maker;
	void *blob;
	tw_rulebook *rulebook;
	tw_assessor *assessor, *planner;
	bool *applied; /* of each measure */
	unsigned long lines, refused, incomplete, disagreements, unsure;
};

static int open_rulebook(struct session *s, const char *folder, const char *path,
			 struct tw_error *error)
{
	size_t size;
	int code;
	if (path != NULL)
		return tw_rulebook_open(&s->rulebook, path, error);
	code = compile_folder(&s->blob, &size, folder, TW_TIME_MAX, error);
	return code != TW_OK ? code : tw_rulebook_from_memory(&s->rulebook, s->blob, size, error);
}

static int open_session(struct session *s, char **arguments, uint64_t seed, struct tw_error *error)
{
	struct tw_options options = TW_OPTIONS_INIT;
	int code;
	options.no_screen = true;
	if ((code = law_read(&s->read, arguments[1], error)) != TW_OK ||
	    (code = law_as_known(&s->law, s->read, TW_TIME_MAX, error)) != TW_OK ||
	    (code = open_rulebook(s, arguments[1], arguments[4], error)) != TW_OK ||
	    (code = tw_assessor_new(&s->assessor, s->rulebook, &options, error)) != TW_OK ||
	    (code = tw_assessor_new(&s->planner, s->rulebook, &options, error)) != TW_OK ||
	    (code = judge_new(&s->judge, s->law)) != TW_OK ||
	    (code = maker_new(&s->maker, s->law, seed)) != TW_OK)
		return code;
	s->applied = calloc(s->law->measure_count + 1, sizeof *s->applied);
	return s->applied != NULL ? TW_OK : TW_NO_MEMORY;
}

static void close_session(struct session *s)
{
	free(s->applied);
	maker_free(s->maker);
	judge_free(s->judge);
	tw_assessor_free(s->assessor);
	tw_assessor_free(s->planner);
	tw_rulebook_close(s->rulebook);
	free(s->blob);
	law_free(s->law);
	law_free(s->read);
}

static void mark(struct session *s, const struct law_measure *m)
{
	if (m != NULL)
		s->applied[m - s->law->measures] = true;
}

/* Measures on which both agree that they apply. */
static void mark_applied(struct session *s, const struct verdict *v)
{
	for (size_t i = 0; i < v->stack.applied_count; i++)
		mark(s, v->stack.applied[i]);
	for (size_t i = 0; i < v->relief.fee_count; i++)
		mark(s, v->relief.fee[i].measure);
	for (size_t i = 0; i < v->relief.tax_count; i++)
		mark(s, v->relief.tax[i]);
	for (size_t i = 0; i < v->relief.heard_count; i++)
		mark(s, v->relief.heard[i]);
	mark(s, v->relief.relief);
	mark(s, v->relief.type);
	mark(s, v->relief.entry);
}

/* The same line by its plan, after others have made that: NULL, or what differs. */
static const char *compare_plan(struct session *s, const struct tw_line *text)
{
	struct tw_typed_line line = {.line = text, .is_text = true};
	const struct tw_assessment *answer;
	struct tw_charge charge;
	struct tw_error error;
	if (tw_assess_many(&charge, s->planner, &line, 1, 0, &error) != TW_OK ||
	    tw_assess(&answer, s->assessor, text, &error) != TW_OK)
		return "an error";
	for (size_t i = 0; i < answer->layer_count; i++)
		if (charge.slot_count < 4 * (i + 1) || charge.slot[4 * i] != answer->layers[i].on ||
		    charge.slot[4 * i + 1] != answer->layers[i].amount ||
		    charge.slot[4 * i + 2] != answer->layers[i].over_base)
			return "a layer by plan";
	return charge.status != (uint8_t)answer->status  ? "the status by plan"
	       : charge.has_amount != answer->has_amount ? "whether the amount is known by plan"
	       : charge.amount != answer->amount         ? "the amount by plan"
	       : charge.relieved != answer->relieved     ? "what is relieved by plan"
	       : charge.refundable != answer->refundable ? "what is refundable by plan"
	       : charge.fees != answer->fees_amount      ? "the fees by plan"
							 : NULL;
}

static int hear(struct session *s, struct tw_error *error)
{
	static struct line line;
	static struct verdict verdict;
	struct tw_line text;
	char buffer[LINE_TEXT];
	const struct tw_assessment *answer;
	maker_line(&line, s->maker);
	line_write(&text, buffer, s->law, &line);
	int code = tw_assess(&answer, s->assessor, &text, error);
	if (code != TW_OK)
		return code;
	judge_line(&verdict, s->judge, &line);
	s->lines++;
	s->refused += answer->status == TW_STATUS_REFUSED;
	s->incomplete += answer->status == TW_STATUS_INCOMPLETE;
	s->unsure += !verdict.bounds_sure && verdict.refused == NULL;
	const char *what = compare(s->law, &verdict, answer);
	if (what == NULL)
		what = compare_plan(s, &text);
	if (what == NULL) {
		mark_applied(s, &verdict);
	} else if (s->disagreements++ < SHOWN) {
		printf("line %lu: they differ in %s\n", s->lines, what);
		line_print(s->law, &line);
		print_both(s->law, &verdict, answer);
	}
	return TW_OK;
}

/* Can it apply on a day covered at all? */
static bool can_apply(const struct law *law, const struct law_measure *m)
{
	/* A rule that only names the time of the rates shows in those alone. */
	return m->effect != LAW_EFFECT_RATES_OF &&
	       m->until.at > (tw_time)law->coverage_first * 86400 + 86400 &&
	       m->from.at < (tw_time)law->coverage_last * 86400;
}

static void report(const struct session *s)
{
	unsigned can = 0, applied = 0;
	for (uint32_t i = 0; i < s->law->measure_count; i++) {
		const struct law_measure *m = &s->law->measures[i];
		applied += s->applied[i];
		can += can_apply(s->law, m);
		if (!s->applied[i])
			printf("never applied: %s%s\n", m->id,
			       can_apply(s->law, m) ? "" : " (not in the days covered)");
	}
	printf("%lu lines: %lu refused, %lu incomplete, %lu with bounds not compared\n", s->lines,
	       s->refused, s->incomplete, s->unsure);
	printf("%u measures, %u within the days covered, %u applied by both\n",
	       s->law->measure_count, can, applied);
	printf("%lu disagreements\n", s->disagreements);
}

int main(int argc, char **argv)
{
	struct session s;
	struct tw_error error = {.code = TW_OK};
	char *arguments[5] = {NULL};
	memset(&s, 0, sizeof s);
	if (argc < 3 || argc > 5) {
		fprintf(stderr, "judge LAWDIR COUNT [SEED [RULEBOOK]]\n");
		return 2;
	}
	for (int i = 0; i < argc; i++)
		arguments[i] = argv[i];
	unsigned long count = strtoul(argv[2], NULL, 10);
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	printf("seed %llu\n", (unsigned long long)seed);
	int code = open_session(&s, arguments, seed, &error);
	while (code == TW_OK && s.lines < count)
		code = hear(&s, &error);
	if (code != TW_OK)
		fprintf(stderr, "judge: %s:%d:%d: %s\n", error.file, error.line, error.column,
			error.message);
	else
		report(&s);
	int result = code != TW_OK ? 2 : s.disagreements != 0 ? 1 : 0;
	close_session(&s);
	return result;
}
