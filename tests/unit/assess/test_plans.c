/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines by plan and by themselves: random lines of the real law, a cent, a gram and a minute on
 * both sides of every threshold and change, alone and in shipments, each answered both ways, lines
 * of one plan held against each other; with tables that hold eight plans, which are full and
 * dropped all the time; and by several threads.
 *
 *     test_plans LINES [SEED [THREADS]]
 */
#include "assess/plan_table.h"
#include "common/quantity.h"
#include "rulebook/docket.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 100, MARKS = 4096, AMOUNTS = 4, SHIPMENTS = 16 };

/* What lines lie beside. */
struct marks {
	tw_money money[MARKS];
	tw_time time[MARKS];
	int64_t weight[MARKS];
	size_t moneys, times, weights;
	uint32_t shares[MARKS];
	size_t share_count;
};

struct run {
	const tw_rulebook *book;
	const struct marks *marks;
	tw_plans *plans;
	bool screen, changes;
	unsigned long lines;
	uint64_t seed;
	int failed;
};

static uint64_t dice(uint64_t *state, uint64_t below)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (*state >> 33) % below;
}

static void mark_atom(struct marks *marks, const struct rb_atom *atom)
{
	if (!atom->den || atom->operand == LAW_OPERAND_WORDS || atom->operand == LAW_OPERAND_SHARE)
		return;
	int64_t at = atom->num / atom->den;
	if (atom->operand == LAW_OPERAND_TIME && marks->times < MARKS)
		marks->time[marks->times++] = at;
	else if (atom->operand == LAW_OPERAND_MONEY && marks->moneys < MARKS && at >= 0)
		marks->money[marks->moneys++] = at;
	else if (atom->fact == LAW_FACT_WEIGHT && marks->weights < MARKS)
		marks->weight[marks->weights++] = at * QUANTITY_UNIT;
}

static void find_marks(struct marks *marks, const struct rb *rb)
{
	for (uint32_t i = 0; i < rb->atom_count; i++)
		mark_atom(marks, &rb->atoms[i]);
	for (uint32_t i = 0; i < rb->measure_count; i++) {
		const struct rb_measure *m = &rb->measures[i];
		if (m->effect == LAW_EFFECT_GRANT && marks->moneys < MARKS)
			marks->money[marks->moneys++] = m->limit;
		if (m->per != LAW_PER_SHIPMENT || marks->share_count == MARKS)
			continue;
		marks->shares[marks->share_count++] =
		    m->effect == LAW_EFFECT_FEE ? SHARE_FEE(i) : SHARE_DUTY(m->program);
	}
	for (uint32_t i = 0; i < rb->epoch_count && marks->times < MARKS; i++)
		marks->time[marks->times++] = rb->epochs[i];
	for (uint32_t i = 0; i < rb->program_count && marks->times < MARKS; i++)
		if (rb->programs[i].void_by != RB_NONE)
			marks->time[marks->times++] = rb->programs[i].void_until;
}

static tw_money money_near(const struct marks *marks, uint64_t *seed)
{
	static const tw_money steps[] = {-100, -1, 0, 1, 100};
	if (dice(seed, 10) == 0) /* so little that unlike duties come to the same */
		return (tw_money)dice(seed, 60000);
	if (dice(seed, 3) == 0)
		return (tw_money)dice(seed, 3000000) * (dice(seed, 4) ? 100 : 1);
	tw_money at = marks->money[dice(seed, marks->moneys)] + steps[dice(seed, 5)];
	return at < 0 || at > TW_MONEY_LIMIT ? 0 : at;
}

static tw_time time_near(const struct marks *marks, uint64_t *seed)
{
	static const tw_time steps[] = {-60, -1, 0, 1, 60};
	tw_time first = INT64_C(1735000000), last = INT64_C(1798000000);
	tw_time at = first + (tw_time)dice(seed, (uint64_t)(last - first));
	if (dice(seed, 3)) {
		at = marks->time[dice(seed, marks->times)];
		if (at >= first && at <= last) /* else an end of time */
			at += steps[dice(seed, 5)];
	}
	return at < first - 86400 || at > last ? first + 86400 * (tw_time)dice(seed, 700) : at;
}

/* What the shipment is filed as, or to be filed as. */
static tw_money random_entry(const struct rb *rb, uint64_t *seed)
{
	uint32_t measure = (uint32_t)dice(seed, rb->measure_count);
	switch (dice(seed, 3)) {
	case 0:
		return SHARE_NO_ENTRY;
	case 1:
		return SHARE_REQUIRED(measure);
	default:
		while (rb->measures[measure].effect != LAW_EFFECT_FILED)
			measure = (measure + 1) % rb->measure_count;
		return SHARE_FILED(measure);
	}
}

/* Room for what a line says in texts. */
struct said {
	char time[3][32];
};

/* Dates beside those of the law, and types of entry. */
static void random_texts(struct tw_line *line, struct said *said, const struct run *run,
			 uint64_t *seed)
{
	static const enum tw_column dates[] = {TW_COLUMN_IMPORTED, TW_COLUMN_LOADED,
					       TW_COLUMN_DEPARTED};
	static const char *const types[] = {"01", "11", "86", "06", "1", "21", "31", "zz"};
	for (size_t i = 0; i < 3; i++)
		if (dice(seed, 2)) {
			time_print(said->time[i], time_near(run->marks, seed), 0);
			line->column[dates[i]] =
			    (struct tw_text){said->time[i], strlen(said->time[i])};
		}
	if (dice(seed, 2) == 0) {
		const char *type = types[dice(seed, sizeof types / sizeof *types)];
		line->column[TW_COLUMN_ENTRY_TYPE] = (struct tw_text){type, strlen(type)};
	}
}

static void random_line(struct tw_typed_line *out, struct tw_line *line,
			struct tw_shipment_amount *amount, struct said *said, const struct run *run,
			uint64_t *seed)
{
	const struct rb *rb = rulebook_layout(run->book);
	const struct marks *marks = run->marks;
	static const char *const words[] = {"t-shirt", "acetone 99%", "steel screws", ""};
	static const char origins[][3] = {"CN", "CN", "HK", "MX", "CA", "DE", "RU", "VN", "CU"};
	uint32_t j = (uint32_t)dice(seed, rb->jurisdiction_count);
	while (!rb->jurisdictions[j].has_schedule && dice(seed, 16))
		j = (uint32_t)dice(seed, rb->jurisdiction_count);
	const struct rb_leaf *leaf = &rb->leaves[rb->jurisdictions[j].leaves.first +
						 dice(seed, rb->jurisdictions[j].leaves.count)];
	*out = (struct tw_typed_line)TW_TYPED_INIT;
	out->into = TW_COUNTRY(rb->jurisdictions[j].code[0], rb->jurisdictions[j].code[1]);
	out->digits = (uint8_t)(dice(seed, 5) ? 10 : dice(seed, 2) ? 8 : 6);
	out->hts = rb_low(leaf) / (out->digits == 10 ? 1 : out->digits == 8 ? 100 : 10000);
	out->hts += dice(seed, 50) == 0;
	const char *origin = origins[dice(seed, sizeof origins / sizeof *origins)];
	if (dice(seed, 3) == 0)
		origin = rb->countries[dice(seed, rb->country_count)].iso2;
	out->origin = TW_COUNTRY(origin[0], origin[1]);
	if (dice(seed, 4) == 0)
		out->ship_from = TW_COUNTRY('C', 'N');
	out->entered = time_near(marks, seed);
	out->entered_is_date = dice(seed, 4) == 0;
	if (out->entered_is_date) {
		enum time_zone zone = (enum time_zone)rb->jurisdictions[j].zone;
		out->entered = time_from_local(zone, time_local_day(zone, out->entered) * 86400 +
							 43200); /* noon */
	}
	out->channel = (uint8_t)dice(seed, 3);
	out->transport = (uint8_t)(dice(seed, 3) ? 0 : dice(seed, 5));
	if (dice(seed, 50))
		out->value = money_near(marks, seed);
	if (dice(seed, 10) == 0)
		out->retail_value = money_near(marks, seed);
	if (dice(seed, 2))
		out->qty = (int64_t)dice(seed, 5000000);
	out->unit = (uint16_t)(dice(seed, 2) ? dice(seed, rb->spelling_count + 1) : 0);
	if (dice(seed, 4) == 0)
		out->qty2 = (int64_t)dice(seed, 5000000);
	out->unit2 = (uint16_t)(dice(seed, 4) ? 0 : dice(seed, rb->spelling_count + 1));
	if (dice(seed, 2))
		out->weight =
		    marks->weights && dice(seed, 2)
			? marks->weight[dice(seed, marks->weights)] + (int64_t)dice(seed, 3) - 1
			: (int64_t)dice(seed, 20000000);
	out->weight = out->weight < 0 ? -1 : out->weight;
	const char *word = words[dice(seed, 4)];
	out->description = (struct tw_text){word, strlen(word)};
	if (dice(seed, 30) == 0)
		out->claims = (struct tw_text){"usmca", 5};
	if (dice(seed, 3))
		return;
	*line = (struct tw_line)TW_LINE_INIT;
	out->line = line;
	tw_money value = out->value > 0 ? out->value : 0;
	line->shipment_value = dice(seed, 2) ? -1 : value + money_near(marks, seed);
	line->shipment_retail = dice(seed, 2) ? -1 : value + money_near(marks, seed);
	line->free_before = dice(seed, 2) ? 0 : money_near(marks, seed);
	line->order_retail = dice(seed, 2) ? -1 : money_near(marks, seed);
	if (dice(seed, 2))
		random_texts(line, said, run, seed);
	if (dice(seed, 2))
		return;
	line->shipment_amounts = amount;
	line->shipment_amount_count = 1 + dice(seed, AMOUNTS);
	for (size_t i = 0; i < line->shipment_amount_count; i++)
		amount[i] =
		    (struct tw_shipment_amount){marks->shares[dice(seed, marks->share_count)],
						money_near(marks, seed), dice(seed, 2) != 0};
	if (dice(seed, 4) == 0)
		amount[0] = (struct tw_shipment_amount){SHARE_ENTRY, random_entry(rb, seed), true};
}

/* What all lines of one plan, one number of remarks and one of goods share, as a number. */
struct alike {
	uint32_t plan, remarks, goods;
	uint64_t answer;
};
enum { ALIKE = 1 << 12 };

static uint64_t add_text(uint64_t sum, const char *text)
{
	for (; text && *text; text++)
		sum = (sum ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (sum ^ 0xff) * UINT64_C(1099511628211);
}

static uint64_t add_number(uint64_t sum, uint64_t number)
{
	return (sum ^ number) * UINT64_C(0x9e3779b97f4a7c15) ^ sum >> 29;
}

static uint64_t add_citations(uint64_t sum, const struct tw_citations *by)
{
	for (size_t i = 0; i < by->count; i++)
		sum = add_text(sum, by->id[i]);
	return sum;
}

static uint64_t add_texts(uint64_t sum, const char *const *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sum = add_text(sum, text[i]);
	return add_number(sum, count);
}

static uint64_t add_layer(uint64_t sum, const struct tw_layer *layer)
{
	bool is_base = layer->kind == TW_LAYER_BASE;
	sum = add_number(add_number(sum, layer->kind), layer->is_void);
	sum = add_number(sum, layer->is_unknown);
	sum = add_text(add_text(sum, layer->program), layer->measure);
	sum = add_text(add_text(sum, layer->part), layer->confidence);
	if (is_base)
		return sum;
	sum = add_texts(sum, layer->headings, layer->heading_count);
	return add_citations(add_text(add_text(sum, layer->heading), layer->rate), &layer->by);
}

/* Every text of an answer but those that the charge says itself, and how many of each there are. */
static uint64_t alike_of(const struct tw_assessment *answer)
{
	const struct tw_de_minimis *free = &answer->de_minimis;
	uint64_t sum = add_text(add_text(1, answer->into), answer->currency);
	sum = add_text(sum, answer->entry_type);
	const uint64_t said[] = {answer->status,     answer->lane,        answer->has_amount,
				 answer->has_bounds, answer->nothing_due, answer->is_declared};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		sum = add_number(sum, said[i]);
	for (size_t i = 0; i < answer->layer_count; i++)
		sum = add_layer(sum, &answer->layers[i]);
	for (size_t i = 0; i < answer->exclusion_count; i++) {
		const struct tw_exclusion *x = &answer->exclusions[i];
		sum = add_text(add_text(add_text(add_text(sum, x->program), x->to), x->part),
			       x->heading);
		sum = add_citations(sum, &x->by);
	}
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *x = &answer->choices[i];
		sum = add_text(add_text(add_text(add_text(sum, x->measure), x->is), x->rate),
			       x->heading);
		sum = add_number(add_citations(sum, &x->by), x->is_void);
	}
	for (size_t i = 0; i < answer->fee_count; i++)
		sum = add_number(add_text(sum, answer->fees[i].measure), answer->fees[i].is_shared);
	sum = add_number(sum, (uint64_t)free->applies << 1 | free->eligible);
	sum = add_citations(add_text(add_text(sum, free->program), free->reason), &free->by);
	sum = add_texts(sum, answer->warnings, answer->warning_count);
	sum = add_texts(sum, answer->missing, answer->missing_count);
	sum = add_texts(sum, answer->not_covered, answer->not_covered_count);
	for (size_t i = 0; i < answer->substance_count; i++)
		sum = add_text(sum, answer->substances[i].substance);
	for (size_t i = 0; i < answer->control_count; i++)
		sum = add_text(add_text(sum, answer->controls[i].list), answer->controls[i].code);
	return sum;
}

/* False: another line of these numbers said otherwise. */
static bool is_alike(struct alike *met, tw_assessor *one, const struct tw_charge *charge, size_t at)
{
	const struct tw_assessment *answer;
	const struct tw_charge *here = &charge[at];
	if (!here->plan || !here->remarks)
		return true;
	if (tw_many_answer(&answer, one, at, NULL))
		return false;
	struct alike mine = {here->plan, here->remarks, here->goods, alike_of(answer)};
	struct alike *was =
	    &met[(here->plan * 2654435761u ^ here->remarks * 40503u ^ here->goods) % ALIKE];
	bool same = was->plan != mine.plan || was->remarks != mine.remarks ||
		    was->goods != mine.goods || was->answer == mine.answer;
	*was = mine;
	return same;
}

/* What is left is answered, and its charge is then that of a line that was not. */
static bool left_is_like(tw_assessor *one, tw_assessor *other, const struct tw_typed_line *lines,
			 struct tw_charge *charge, size_t at)
{
	const struct tw_assessment *answer;
	struct tw_charge again;
	if (!charge[at].left)
		return true;
	if (tw_many_answer(&answer, one, at, NULL) || charge[at].left)
		return false;
	if (tw_assess_many(&again, other, &lines[at], 1, 0, NULL))
		return false;
	return charge[at].amount == again.amount && charge[at].fees == again.fees &&
	       charge[at].lane == again.lane && charge[at].status == again.status &&
	       charge[at].rate == again.rate && answer->amount == again.amount &&
	       (!charge[at].slot_count ||
		(charge[at].slot_count == again.slot_count &&
		 !memcmp(charge[at].slot, again.slot, again.slot_count * sizeof *again.slot)));
}

static void *work(void *context)
{
	static const struct tw_options none = TW_OPTIONS_INIT;
	struct run *run = context;
	struct tw_options options = none;
	static _Thread_local struct tw_typed_line lines[BATCH];
	static _Thread_local struct tw_line line[BATCH];
	static _Thread_local struct tw_shipment_amount amount[BATCH][AMOUNTS];
	static _Thread_local struct alike met[ALIKE];
	memset(met, 0, sizeof met);
	struct tw_charge charge[BATCH];
	tw_assessor *one, *other;
	options.no_screen = !run->screen;
	options.no_changes = !run->changes;
	options.plans = run->plans;
	if (tw_assessor_new(&one, run->book, &options, NULL) ||
	    tw_assessor_new(&other, run->book, &options, NULL)) {
		run->failed++;
		return NULL;
	}
	struct said said[BATCH];
	uint64_t seed = run->seed;
	for (unsigned long at = 0; at < run->lines; at += BATCH) {
		unsigned flags = dice(&seed, 3) ? 0 : TW_MANY_LEAVE;
		for (size_t i = 0; i < BATCH; i++) /* some lines twice, so that plans are met */
			if (i < BATCH / 2 || dice(&seed, 2))
				random_line(&lines[i], &line[i], amount[i], &said[i], run, &seed);
			else
				lines[i] = lines[dice(&seed, BATCH / 2)];
		run->failed += tw_assess_many(charge, one, lines, BATCH, flags, NULL) != 0;
		for (size_t i = 0; i < BATCH; i++)
			run->failed += !left_is_like(one, other, lines, charge, i) ||
				       !is_alike(met, one, charge, i);
	}
	tw_assessor_free(one);
	tw_assessor_free(other);
	return NULL;
}

/* Exit code 1 where a line was unlike. */
static int run_all(const struct run *how, uint32_t most, unsigned threads)
{
	struct tw_options options = TW_OPTIONS_INIT;
	struct run run[16];
	pthread_t thread[16];
	tw_plans *plans;
	int failed = 0;
	options.no_screen = !how->screen;
	options.no_changes = !how->changes;
	if (tw_plans_new(&plans, how->book, &options, most, NULL))
		return 1;
	plans_set_check(plans, 1);
	for (unsigned i = 0; i < threads; i++) {
		run[i] = *how;
		run[i].plans = plans;
		run[i].seed = how->seed + i;
		failed += pthread_create(&thread[i], NULL, work, &run[i]) != 0;
	}
	for (unsigned i = 0; i < threads; i++) {
		pthread_join(thread[i], NULL);
		failed += run[i].failed;
	}
	struct tw_plans_state state = {.size = sizeof state};
	tw_plans_state(plans, &state);
	printf("%u thread%s, tables of %u: planned %llu, made %llu, alone %llu, dropped %llu, "
	       "checked %llu, unlike %llu%s%s\n",
	       threads, threads > 1 ? "s" : "", most, (unsigned long long)state.planned,
	       (unsigned long long)state.made, (unsigned long long)state.alone,
	       (unsigned long long)state.dropped, (unsigned long long)state.checked,
	       (unsigned long long)state.unlike, state.first[0] ? ": " : "", state.first);
	if (failed)
		printf("FAIL: %d lines are not like others of their plan, or of those that were "
		       "left\n",
		       failed);
	if (most == 8 && !state.dropped)
		printf("FAIL: a table of 8 was never full\n"), failed++;
	if (!state.planned || !state.checked)
		printf("FAIL: no line had a plan\n"), failed++;
	tw_plans_free(plans);
	return failed || state.unlike;
}

/* Does a line have a plan the second time it comes? */
static bool has_plan(const tw_rulebook *book, const struct tw_typed_line *line, const char *what)
{
	struct tw_plans_state state = {.size = sizeof state};
	struct tw_charge charge;
	tw_assessor *one;
	tw_plans *plans;
	bool code = tw_plans_new(&plans, book, NULL, 0, NULL) != TW_OK;
	struct tw_options options = TW_OPTIONS_INIT;
	options.plans = plans;
	code = code || tw_assessor_new(&one, book, &options, NULL) != TW_OK;
	for (int i = 0; i < 2; i++)
		code = code || tw_assess_many(&charge, one, line, 1, 0, NULL) != TW_OK;
	tw_plans_state(plans, &state);
	bool has = !code && state.alone == 0 && state.planned == 1 && state.made == 1;
	if (!has)
		printf("FAIL: a line with %s has no plan\n", what);
	tw_assessor_free(one);
	tw_plans_free(plans);
	return has;
}

/* Lines that are not the plainest, and are planned all the same. */
static int run_kinds(const tw_rulebook *book)
{
	struct tw_typed_line plain = TW_TYPED_INIT;
	struct tw_line more = TW_LINE_INIT;
	plain.hts = 6109100012;
	plain.digits = 10;
	plain.origin = TW_COUNTRY('C', 'N');
	plain.value = 3000 * TW_MONEY_UNIT;
	plain.entered = INT64_C(1752000000); /* July 2025 */
	struct tw_typed_line metals = plain, season = plain, dates = plain, type = plain;
	metals.hts = 9405994020; /* steel, aluminum, copper: none is declared */
	season.hts = 709209070;  /* asparagus, of some months */
	dates.line = type.line = &more;
	int failed = !has_plan(book, &plain, "nothing else") +
		     !has_plan(book, &metals, "several metals") +
		     !has_plan(book, &season, "a season");
	more.column[TW_COLUMN_LOADED] = (struct tw_text){"2025-04-01T10:00", 16};
	more.column[TW_COLUMN_IMPORTED] = (struct tw_text){"2025-07-01T10:00", 16};
	failed += !has_plan(book, &dates, "dates");
	more = (struct tw_line)TW_LINE_INIT;
	more.column[TW_COLUMN_ENTRY_TYPE] = (struct tw_text){"01", 2};
	return failed + !has_plan(book, &type, "a type of entry");
}

/* A season that asks for the type of entry asks for that of the line, not of the one before. */
static int run_season(const tw_rulebook *book)
{
	enum { IN, OUT, WITHDRAWN, KINDS };
	static const int order[] = {IN, OUT, WITHDRAWN, OUT, WITHDRAWN, OUT, IN};
	struct tw_typed_line line[KINDS];
	struct tw_line more = TW_LINE_INIT;
	struct tw_charge charge;
	tw_assessor *one;
	int failed = tw_assessor_new(&one, book, NULL, NULL) != TW_OK;
	for (int i = 0; i < KINDS; i++) {
		line[i] = (struct tw_typed_line)TW_TYPED_INIT;
		line[i].hts = 713334020; /* beans, entered from September on, withdrawn always */
		line[i].digits = 10;
		line[i].origin = TW_COUNTRY('M', 'X');
		line[i].value = 3000 * TW_MONEY_UNIT;
		line[i].qty = 10 * QUANTITY_UNIT;
		line[i].unit = tw_rulebook_unit_number(book, (struct tw_text){"kg", 2});
		line[i].entered = INT64_C(1756584000) + (i == IN) * 3 * 86400; /* 30 August */
	}
	more.column[TW_COLUMN_ENTRY_TYPE] = (struct tw_text){"31", 2};
	line[WITHDRAWN].line = &more;
	for (size_t i = 0; i < sizeof order / sizeof *order && !failed; i++) {
		int kind = order[i];
		failed = tw_assess_many(&charge, one, &line[kind], 1, 0, NULL) != TW_OK ||
			 (charge.status == TW_STATUS_REFUSED) != (kind == OUT);
		if (failed)
			printf("FAIL: line %zu in or out of its season\n", i);
	}
	tw_assessor_free(one);
	return failed;
}

int main(int argc, char **argv)
{
	static struct marks marks;
	struct run run = {.marks = &marks};
	run.lines = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000;
	run.seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	unsigned threads = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 3;
	if (tw_rulebook_default(&run.book, NULL) || threads > 16)
		return 2;
	find_marks(&marks, rulebook_layout(run.book));
	int failed = run_kinds(run.book) + run_season(run.book) + run_all(&run, 0, 1);
	run.screen = run.changes = true;
	failed |= run_all(&run, 0, 1);
	failed |= run_all(&run, 8, 1);
	failed |= run_all(&run, 8, threads);
	failed |= run_all(&run, 300, threads);
	return failed;
}
