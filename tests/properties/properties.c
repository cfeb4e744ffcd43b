/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold for every answer, whatever the law says, on random lines:
 *
 *     properties LAWDIR COUNT|SECONDSs [SEED] [--break WHAT]... [--write]
 *
 * The layers are the amount, what is added and what is refundable; the rate is
 * that of the amount; no amount has fractions of a cent; an answer that is not whole gives no
 * amount and is not green; a short code is never better or worse than the lines beneath it; nothing
 * changes before `changes_on`, and on it something does. --break changes each answer in one way
 * before it is looked at, to see that the test can fail. --write prints the lines as CSV for
 * outputs.py. Knows no duty.
 */
#include "common/money.h"
#include "compiler/compile.h"
#include "random.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SHOWN 10
#define VARIANTS 60 /* claims and channels tried on a day of change */
#define WAYS 64     /* --break */
#define BENEATH 8   /* lines of a short code that are looked at */

struct session {
	struct law *read, *law;
	struct maker *maker;
	void *blob;
	tw_rulebook *rulebook;
	tw_assessor *assessor, *other, *third;
	const char *broken;
	unsigned long lines, refused, incomplete, faults, beneath, sampled, of_digits[11];
	unsigned long turned, turns; /* of the days of change that were looked at, those shown */
	uint64_t state;
	struct line line;
};

static void fault(struct session *s, const char *what)
{
	if (s->faults++ >= SHOWN)
		return;
	printf("line %lu: %s\n", s->lines, what);
	line_print(s->law, &s->line);
}

static uint64_t roll(struct session *s, uint64_t limit)
{
	s->state = s->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (s->state >> 33) % limit;
}

static tw_money added(const struct tw_layer *layer, bool alone)
{
	tw_money more =
	    layer->kind == TW_LAYER_REPLACE && !alone ? layer->over_base : layer->amount;
	return layer->kind == TW_LAYER_BASE || layer->kind == TW_LAYER_EXEMPT || more < 0 ? 0
											  : more;
}

static bool has_code(const char *const *texts, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(texts[i], code, strlen(code)) == 0)
			return true;
	return false;
}

/* Amount = sum of layers less what is relieved; so are the sums that are given. */
static void check_sums(struct session *s, const struct tw_assessment *a)
{
	tw_money sum = 0, more = 0, struck = 0, fees = 0;
	bool unknown = false, alone = true;
	for (size_t i = 0; i < a->layer_count; i++)
		alone = alone && a->layers[i].kind != TW_LAYER_BASE;
	for (size_t i = 0; i < a->layer_count; i++) {
		const struct tw_layer *layer = &a->layers[i];
		unknown = unknown || layer->is_unknown;
		if (layer->is_unknown)
			continue;
		sum += layer->amount;
		more += added(layer, alone);
		struck += layer->is_void ? added(layer, alone) : 0;
		if (layer->heading_count == 1 ||
		    (layer->heading_count > 1 && strcmp(layer->headings[0], layer->heading) != 0))
			fault(s, "the headings of a layer do not begin with its own");
	}
	tw_money relieved = a->relieved > 0 ? a->relieved : 0;
	if (a->has_amount && a->amount != sum - relieved)
		fault(s, "the amount is not the sum of the layers less what is relieved");
	if (a->has_amount && unknown && relieved == 0 && a->amount != 0)
		fault(s, "an amount with a layer that is not known");
	/* Lines that disagree may share no base layer: then no layer tells whether it stands alone.
	 */
	bool told = !alone || a->has_amount;
	if (told && a->additional >= 0 && a->additional != more)
		fault(s, "what is added is not the sum of what the layers add");
	if (told && a->refundable >= 0 && a->refundable != struck)
		fault(s, "what is refundable is not the sum of the struck layers");
	if (a->refundable > 0 && a->has_amount && a->refundable > a->amount)
		fault(s, "more is refundable than is collected");
	if (a->refundable > 0 && a->has_bounds && a->refundable > a->least)
		fault(s, "more is refundable than is sure to be collected");
	for (size_t i = 0; i < a->fee_count; i++)
		fees += a->fees[i].amount;
	if (fees != a->fees_amount)
		fault(s, "the fees are not their sum");
	for (size_t i = 0; i < a->choice_count; i++)
		if (a->choices[i].refundable > a->choices[i].amount)
			fault(s, "more is refundable of a choice than is collected");
}

static bool in_cents(tw_money amount, tw_money quantum)
{
	return amount < 0 || amount % quantum == 0;
}

/* Nothing is owed in fractions of what the jurisdiction rounds duties to, wherever it comes from.
 */
static void check_cents(struct session *s, const struct tw_assessment *a)
{
	tw_money quantum = s->law->jurisdictions[s->line.into].round_duty;
	const tw_money amounts[] = {a->amount,      a->additional, a->refundable, a->relieved,
				    a->fees_amount, a->least,      a->greatest};
	bool whole = true;
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		whole = whole && in_cents(amounts[i], quantum);
	for (size_t i = 0; i < a->layer_count; i++)
		whole = whole && in_cents(a->layers[i].amount, quantum) &&
			in_cents(a->layers[i].over_base, quantum);
	for (size_t i = 0; i < a->fee_count; i++)
		whole = whole && in_cents(a->fees[i].amount, quantum);
	for (size_t i = 0; i < a->choice_count; i++)
		whole = whole && in_cents(a->choices[i].amount, quantum) &&
			in_cents(a->choices[i].refundable, quantum) &&
			in_cents(a->choices[i].relieved, quantum);
	if (!whole)
		fault(s, "an amount of fractions of a cent");
}

/* The rate is that of the amount, as far as cents and whole units allow. */
static void check_rate(struct session *s, const struct tw_assessment *a)
{
	char *end;
	if (!a->has_amount || a->rate[0] == '\0' || s->line.value <= 0)
		return;
	for (size_t i = 0; i < s->law->claim_count; i++)
		if (s->line.claim[i].given && strcmp(s->law->claims[i].name, "dutiable_value") == 0)
			return; /* a share of another value */
	long long whole = strtoll(a->rate, &end, 10), part = 0;
	if (*end == '.')
		end++;
	for (int i = 0; i < 4; i++) /* up to four decimals */
		part = part * 10 + (*end >= '0' && *end <= '9' ? *end++ - '0' : 0);
	tw_money value = money_round(s->line.value, TW_MONEY_UNIT);
	tw_money right = money_share(value, whole * 10000 + part, 1000000, 1);
	tw_money off = right > a->amount ? right - a->amount : a->amount - right;
	tw_money room = (tw_money)(a->layer_count + 1) * 100 + value / 10000;
	for (size_t i = 0; i < a->layer_count; i++) /* laid on the value before it was rounded */
		if (a->layers[i].on == s->line.value)
			room += TW_MONEY_UNIT * (whole + 1) / 100;
	if (off > room)
		fault(s, "the rate is not that of the amount");
}

/* What is not whole gives no amount and is not green. */
static void check_standing(struct session *s, const struct tw_assessment *a)
{
	if ((a->status == TW_STATUS_OK) != (a->has_amount && a->missing_count == 0))
		fault(s, "ok and an amount do not go together");
	if (a->has_amount && a->has_bounds)
		fault(s, "an amount and bounds");
	if (a->has_bounds && a->least > a->greatest)
		fault(s, "the least is more than the greatest");
	if (a->lane == TW_LANE_GREEN && a->status != TW_STATUS_OK)
		fault(s, "green and not ok");
	if (has_code(a->warnings, a->warning_count, "overflow:") &&
	    (a->status == TW_STATUS_OK || a->lane == TW_LANE_GREEN))
		fault(s, "overflow, and still an answer to build on");
	if ((a->de_minimis.eligible || a->nothing_due) && a->amount != 0)
		fault(s, "admitted free, and something is due");
	for (size_t i = 0; i < a->layer_count; i++)
		if (a->layers[i].is_void && (a->de_minimis.eligible || a->nothing_due))
			fault(s, "admitted free, and a layer is collected");
	if (a->choice_count != 0 && a->layer_count == 0 && a->additional >= 0)
		fault(s, "the method is open, and what it adds is known");
}

/* One line beneath a short code. */
static void check_beneath(struct session *s, const struct tw_assessment *a,
			  const struct tw_assessment *below)
{
	s->beneath++;
	if (below->status == TW_STATUS_REFUSED) {
		if (strcmp(below->refusal.reason, "prohibited") == 0 && a->has_amount)
			fault(s, "a line beneath is prohibited, the short code has an amount");
		return;
	}
	if (a->has_amount && !below->has_amount)
		fault(s, "the short code knows the amount, a line beneath it does not");
	else if (a->has_amount && a->amount != below->amount)
		fault(s, "the short code has an amount, a line beneath it another one");
	if (a->has_bounds && below->has_amount &&
	    (below->amount < a->least || below->amount > a->greatest))
		fault(s, "a line beneath lies outside of least and greatest");
	if (a->has_bounds && below->has_bounds &&
	    (below->least < a->least || below->greatest > a->greatest))
		fault(s, "the bounds of a line beneath lie outside of least and greatest");
	if (a->de_minimis.eligible && !below->de_minimis.eligible)
		fault(s, "the short code is admitted free, a line beneath it is not");
}

/* Lines of the schedule under the code, some of them. */
static int look_beneath(struct session *s, const struct tw_assessment *a, struct tw_error *error)
{
	const struct law_jurisdiction *j = &s->law->jurisdictions[s->line.into];
	struct line below = s->line;
	uint64_t width = s->line.digits == 8 ? 100 : 10000;
	uint32_t found[BENEATH], count = 0;
	if (s->line.digits == 10 || !j->has_schedule || a->status == TW_STATUS_REFUSED)
		return TW_OK;
	for (uint32_t i = 0, seen = 0; i < j->row_count; i++) {
		const struct law_schedule_row *row = &j->rows[i];
		if (row->digits != 10 || row->code < s->line.code ||
		    row->code >= s->line.code + width || s->line.entered < row->from ||
		    s->line.entered >= row->until)
			continue;
		uint64_t at = count < BENEATH ? count++ : roll(s, ++seen + BENEATH);
		if (at < BENEATH)
			found[at] = i;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct tw_line text;
		char buffer[LINE_TEXT];
		const struct tw_assessment *other;
		below.code = j->rows[found[i]].code;
		below.digits = 10;
		line_write(&text, buffer, s->law, &below);
		int code = tw_assess(&other, s->other, &text, error);
		if (code != TW_OK)
			return code;
		check_beneath(s, a, other);
	}
	return TW_OK;
}

static bool same_answer(const struct tw_assessment *a, const struct tw_assessment *b)
{
	if (a->status != b->status || a->has_amount != b->has_amount || a->amount != b->amount ||
	    a->additional != b->additional || a->refundable != b->refundable ||
	    a->relieved != b->relieved || a->has_bounds != b->has_bounds || a->least != b->least ||
	    a->greatest != b->greatest || a->layer_count != b->layer_count ||
	    a->choice_count != b->choice_count || strcmp(a->rate, b->rate) != 0 ||
	    strcmp(a->refusal.reason, b->refusal.reason) != 0)
		return false;
	for (size_t i = 0; i < a->layer_count; i++)
		if (a->layers[i].kind != b->layers[i].kind ||
		    a->layers[i].amount != b->layers[i].amount ||
		    strcmp(a->layers[i].heading, b->layers[i].heading) != 0 ||
		    strcmp(a->layers[i].rate, b->layers[i].rate) != 0)
			return false;
	return true;
}

static bool said(const struct session *s, const char *claim)
{
	for (uint32_t i = 0; i < s->law->claim_count; i++)
		if (s->line.claim[i].given && strcmp(s->law->claims[i].name, claim) == 0)
			return true;
	return false;
}

static int assess_at(const struct tw_assessment **out, struct session *s, tw_assessor *by,
		     const struct line *line, tw_time at, struct tw_error *error)
{
	struct line other = *line;
	struct tw_line text;
	char buffer[LINE_TEXT];
	other.entered = at;
	line_write(&text, buffer, s->law, &other);
	return tw_assess(out, by, &text, error);
}

/*
 * On `changes_on` the answer of this line changes, or that of other claims and channels for the
 * code and the origin: a day on which nothing can change is no day of change. A random line need
 * not hit what changes, so that this is counted, and is to be shown for one half at least.
 */
static int look_at_change(struct session *s, tw_time change, struct tw_error *error)
{
	struct line line = s->line;
	const struct tw_assessment *a, *b;
	s->turns++;
	for (int i = 0; i < VARIANTS; i++) {
		int code = assess_at(&a, s, s->other, &line, change - 60, error);
		if (code == TW_OK)
			code = assess_at(&b, s, s->third, &line, change, error);
		if (code != TW_OK)
			return code;
		if (!same_answer(a, b)) {
			s->turned++;
			return TW_OK;
		}
		maker_line(&line, s->maker);
		line.into = s->line.into;
		line.code = s->line.code;
		line.digits = s->line.digits;
		line.origin = s->line.origin;
	}
	return TW_OK;
}

/* Between the entry and `changes_on` the same line has the same answer. */
static int look_ahead(struct session *s, const struct tw_assessment *a, struct tw_error *error)
{
	const struct tw_assessment *other;
	tw_time last = (tw_time)s->law->coverage_last * 86400;
	tw_time until = a->changes_on < last ? a->changes_on : last;
	if (a->status == TW_STATUS_REFUSED || roll(s, 4) != 0 || until - 60 <= s->line.entered ||
	    said(s, "ftz_admitted") || s->line.has_time[LINE_IT_DATE] || s->line.shared)
		return TW_OK;
	tw_time room = until - 60 - s->line.entered;
	const tw_time moments[] = {s->line.entered + room, s->line.entered + 60,
				   s->line.entered + (tw_time)roll(s, (uint64_t)room + 1)};
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		if (moments[i] > s->line.entered + room)
			continue;
		int code = assess_at(&other, s, s->other, &s->line, moments[i], error);
		if (code != TW_OK)
			return code;
		s->sampled++;
		if (!same_answer(a, other)) {
			fault(s, "the answer changes before changes_on");
			break;
		}
	}
	if (until == a->changes_on && roll(s, 10) == 0)
		return look_at_change(s, until, error);
	return TW_OK;
}

/* The answer with one fault, for the test of the test. */
static void break_answer(const struct session *s, struct tw_assessment *a, struct tw_layer *layer)
{
	const char *what = s->broken;
	if (a->status == TW_STATUS_REFUSED)
		return;
	memcpy(layer, a->layers, a->layer_count * sizeof *layer);
	a->layers = layer;
	struct tw_layer *last = &layer[a->layer_count - (a->layer_count != 0)];
	if (!strcmp(what, "amount"))
		a->amount += a->has_amount ? 100 : 0;
	else if (!strcmp(what, "cents") && a->layer_count != 0)
		last->amount += last->amount % 100 == 0 ? 10 : 0;
	else if (!strcmp(what, "layer") && a->layer_count != 0)
		last->amount += 100;
	else if (!strcmp(what, "additional"))
		a->additional += a->additional > 0 ? 100 : 0;
	else if (!strcmp(what, "refundable"))
		a->refundable += a->refundable > 0 ? 100 : 0;
	else if (!strcmp(what, "void") && a->layer_count != 0)
		last->is_void = !last->is_void;
	else if (!strcmp(what, "rate") && a->has_amount && a->amount > 0)
		snprintf(a->rate, sizeof a->rate, "0%%");
	else if (!strcmp(what, "green"))
		a->lane = TW_LANE_GREEN;
	else if (!strcmp(what, "least") && a->has_bounds)
		a->least = a->greatest;
	else if (!strcmp(what, "known") && a->has_bounds) {
		a->has_amount = true;
		a->has_bounds = false;
		a->status = TW_STATUS_OK;
		a->missing_count = 0;
		a->amount = a->greatest;
	} else if (!strcmp(what, "fees") && a->fees_amount > 0)
		a->fees_amount += 100;
	else if (!strcmp(what, "later"))
		a->changes_on = TW_TIME_MAX;
	else if (!strcmp(what, "sooner") && a->changes_on != TW_TIME_MAX)
		a->changes_on = s->line.entered + 7200;
}

static int look(struct session *s, struct tw_error *error)
{
	static struct tw_layer layer[2048];
	struct tw_line text;
	char buffer[LINE_TEXT];
	const struct tw_assessment *answer;
	struct tw_assessment shown;
	maker_line(&s->line, s->maker);
	if (s->line.digits == 10 && roll(s, 2) != 0) {
		s->line.digits = roll(s, 2) != 0 ? 8 : 6;
		s->line.code -= s->line.code % (s->line.digits == 8 ? 100 : 10000);
	}
	line_write(&text, buffer, s->law, &s->line);
	int code = tw_assess(&answer, s->assessor, &text, error);
	if (code != TW_OK)
		return code;
	s->lines++;
	s->of_digits[s->line.digits]++;
	s->refused += answer->status == TW_STATUS_REFUSED;
	s->incomplete += answer->status == TW_STATUS_INCOMPLETE;
	shown = *answer;
	if (s->broken != NULL)
		break_answer(s, &shown, layer);
	if (shown.status != TW_STATUS_REFUSED) {
		check_sums(s, &shown);
		check_cents(s, &shown);
		check_rate(s, &shown);
		check_standing(s, &shown);
	}
	if ((code = look_beneath(s, &shown, error)) != TW_OK)
		return code;
	return look_ahead(s, &shown, error);
}

static void write_csv(struct session *s)
{
	struct tw_line text;
	char buffer[LINE_TEXT];
	maker_line(&s->line, s->maker);
	line_write(&text, buffer, s->law, &s->line);
	for (int i = 0; i < TW_COLUMN_COUNT; i++) {
		if (i == TW_COLUMN_ID)
			printf("%lu", ++s->lines);
		else
			printf("%s\"%.*s\"", i != 0 ? "," : "", (int)text.column[i].length,
			       text.column[i].length != 0 ? text.column[i].at : "");
	}
	printf("\n");
}

static int open_session(struct session *s, const char *folder, uint64_t seed,
			struct tw_error *error)
{
	struct tw_options options = TW_OPTIONS_INIT;
	size_t size;
	int code;
	options.no_screen = true;
	s->state = seed * 7919 + 1;
	if ((code = law_read(&s->read, folder, error)) != TW_OK ||
	    (code = law_as_known(&s->law, s->read, TW_TIME_MAX, error)) != TW_OK ||
	    (code = compile_folder(&s->blob, &size, folder, TW_TIME_MAX, error)) != TW_OK ||
	    (code = tw_rulebook_from_memory(&s->rulebook, s->blob, size, error)) != TW_OK ||
	    (code = tw_assessor_new(&s->assessor, s->rulebook, &options, error)) != TW_OK ||
	    (code = tw_assessor_new(&s->other, s->rulebook, &options, error)) != TW_OK ||
	    (code = tw_assessor_new(&s->third, s->rulebook, &options, error)) != TW_OK)
		return code;
	return maker_new(&s->maker, s->law, seed);
}

static void close_session(struct session *s)
{
	maker_free(s->maker);
	tw_assessor_free(s->assessor);
	tw_assessor_free(s->other);
	tw_assessor_free(s->third);
	tw_rulebook_close(s->rulebook);
	free(s->blob);
	law_free(s->law);
	law_free(s->read);
}

/* Each of the ways in a process of its own, which finds the law read; 1: all were found, 3: not. */
static int break_each(struct session *s, const char *const *what, int count)
{
	int code = 1;
	for (int i = 0; i < count; i++) {
		int status;
		fflush(stdout);
		pid_t child = fork();
		if (!child) {
			s->broken = what[i];
			return 0;
		}
		if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status) ||
		    WEXITSTATUS(status) != 1) {
			printf("another %s is not found\n", what[i]);
			code = 3;
		}
	}
	return code;
}

int main(int argc, char **argv)
{
	static struct session s;
	struct tw_error error = {.code = TW_OK};
	bool write = false;
	uint64_t seed = 1;
	const char *broken[WAYS];
	int ways = 0;
	if (argc < 3) {
		fprintf(stderr,
			"properties LAWDIR COUNT|SECONDSs [SEED] [--break WHAT]... [--write]\n");
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		if (!strcmp(argv[i], "--write"))
			write = true;
		else if (!strcmp(argv[i], "--break") && i + 1 < argc && ways < WAYS)
			broken[ways++] = argv[++i];
		else
			seed = strtoull(argv[i], NULL, 10);
	}
	bool timed = argv[2][strlen(argv[2]) - 1] == 's';
	unsigned long count = strtoul(argv[2], NULL, 10);
	int code = open_session(&s, argv[1], seed, &error);
	time_t start = time(NULL);
	if (code == TW_OK && ways) {
		int found = break_each(&s, broken, ways);
		if (found) {
			close_session(&s);
			return found;
		}
	}
	for (int i = 0; write && i < TW_COLUMN_COUNT; i++)
		printf("%s%s", i != 0 ? "," : "", tw_column_name((enum tw_column)i));
	if (write)
		printf("\n");
	while (code == TW_OK && (timed ? time(NULL) - start < (time_t)count : s.lines < count)) {
		if (write)
			write_csv(&s);
		else
			code = look(&s, &error);
	}
	if (s.turns >= 20 && s.turned * 2 < s.turns) {
		printf("nothing changes on most days of change\n");
		s.faults++;
	}
	if (code != TW_OK)
		fprintf(stderr, "properties: %s:%d:%d: %s\n", error.file, error.line, error.column,
			error.message);
	else if (!write)
		printf("seed %" PRIu64 ": %lu lines (%lu of 6, %lu of 8, %lu of 10 digits), %lu "
		       "refused, %lu incomplete, %lu beneath a short code, %lu looked at later, "
		       "%lu of %lu days of change shown; %lu faults in %ld s\n",
		       seed, s.lines, s.of_digits[6], s.of_digits[8], s.of_digits[10], s.refused,
		       s.incomplete, s.beneath, s.sampled, s.turned, s.turns, s.faults,
		       (long)(time(NULL) - start));
	close_session(&s);
	return code != TW_OK ? 2 : s.faults != 0 ? 1 : 0;
}
