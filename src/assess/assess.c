/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main line of an assessment: facts, tariff lines, every reading of what
 * is open, relief, chemicals, the answer. Holds no duties itself.
 */
#include "assess/assess.h"

#include "assess/adcvd.h"
#include "assess/answer.h"
#include "assess/change.h"
#include "assess/codes.h"
#include "assess/declared.h"
#include "assess/no_code.h"
#include "assess/rate.h"
#include "assess/reading.h"
#include "assess/remarks.h"
#include "assess/taxes.h"
#include "assess/union.h"
#include "assess/value.h"
#include "common/error.h"
#include "common/given.h"
#include "common/legal.h"

#include <stdio.h>
#include <string.h>

/*
 * The line of a bound. Without a schedule it is as long as the law names it, or as it was asked
 * for, and not longer: a number that nobody printed is not made up.
 */
static void name_code(tw_assessor *a, char to[16], uint64_t code, uint32_t digits)
{
	uint64_t shown = code > a->facts.code_low ? code : a->facts.code_low;
	uint32_t length = digits > a->facts.digits ? digits : a->facts.digits;
	snprintf(to, 16, "%.*s", (int)length, answer_keep(a, "%010llu", (unsigned long long)shown));
}

/* What is not collected is not refundable. */
static void collect_nothing(tw_assessor *a)
{
	if (a->out.refundable > 0)
		a->out.refundable = 0;
	for (size_t i = 0; i < a->stack.layer_count; i++)
		a->stack.layer[i].is_void = false;
}

static void settle(tw_assessor *a, const struct bounds *b)
{
	struct tw_assessment *out = &a->out;
	tw_money value, whole;
	a->overflow = a->overflow || a->stack.overflow;
	bool sure = a->facts.has_value && a->missing.count == 0 && !a->overflow;
	bool alone = a->stack.choices_alone;
	if (relief_free(&a->relief) && (b->not_free || b->prohibited)) {
		a->relief.eligible = a->relief.nothing_due = false;
		/* Why not is what is shown. */
		a->relief.reason = b->not_free ? b->reason : "";
		a->relief.program = b->not_free ? b->program : a->relief.program;
		a->relief.by = b->not_free ? b->by : a->relief.by;
	}
	a->relief.room = a->relief.eligible && b->has_room ? b->room : 0;
	value_find(a, &value, &whole);
	out->has_amount = bounds_agree(b) && sure && a->stack.choice_count == 0;
	out->additional = a->facts.has_value && !alone ? a->stack.additional : -1;
	out->refundable = a->facts.has_value && !alone ? a->stack.refundable : -1;
	if (b->some_free && b->not_free)
		collect_nothing(a); /* for sure */
	if (relief_free(&a->relief)) {
		/* Let in free, or under bond: whatever stays open, no duty is due. */
		out->nothing_due = a->relief.nothing_due;
		/* By choice, or by a code that is not known. */
		out->relieved =
		    alone || (no_code(a) && a->stack.mail == RB_NONE) ? -1 : a->stack.amount;
		collect_nothing(a);
		out->refundable = 0;
		out->amount = 0;
		out->has_amount = true;
		if (!a->relief.taxes_unlike)
			a->missing.count = 0;
	} else if (out->has_amount) {
		out->amount = b->greatest;
	} else if (b->any && a->facts.has_value && !b->open) {
		out->has_bounds = true;
		out->least = b->least;
		out->greatest = b->greatest;
		if (b->codes_differ) {
			name_code(a, out->least_code, b->least_code, b->least_digits);
			name_code(a, out->greatest_code, b->greatest_code, b->greatest_digits);
		}
	}
	if (out->has_amount)
		rate_find(a, value);
	out->base_amount = a->base.known && !no_code(a) ? a->base.amount : 0;
}

void assess_begin(tw_assessor *a)
{
	memset(&a->out, 0, sizeof a->out);
	a->out.changes_on = TW_TIME_MAX;
	a->out.into = a->out.origin = a->out.currency = a->out.entry_type = "";
	a->out.value = a->out.retail = a->out.weight = a->out.volume = -1;
	a->out.refusal = (struct tw_refusal){"", "", ""};
	a->out.adcvd =
	    (struct tw_adcvd){.declared = "", .says = "", .incomplete = "", .deposit = -1};
	a->out.de_minimis.program = a->out.de_minimis.reason = "";
	a->missing.count = a->warnings.count = 0;
	a->missing.overflow = a->warnings.overflow = false;
	a->byte_count = a->citation_count = 0;
	memset(a->matter, 0, sizeof a->matter);
	a->based = NULL;
	a->rate = -1;
	a->yellow = a->overflow = a->entry_differs = a->rates_differ = false;
}

static void fill_header(tw_assessor *a)
{
	const struct facts *f = &a->facts;
	const struct rb_jurisdiction *j = f->jurisdiction;
	const char *currency = rb_text(a->rb, j->currency);
	a->out.into = j->code;
	a->out.origin = a->rb->countries[f->origin].iso2;
	a->out.currency =
	    strcmp(currency, "any") != 0 ? currency
	    : f->currency.length != 0
		? answer_text(a, (struct tw_text){f->currency.at,
						  f->currency.length < 8 ? f->currency.length : 8})
		: "";
	answer_digits(a->out.hts, f->code_low, f->digits);
	a->out.entered = f->entered;
	a->out.entered_offset = tables_offset(&a->tables, (enum time_zone)j->zone, f->entered);
	const struct rb_span texts =
	    f->entered < j->schedule_from ? j->before_covered : j->not_covered;
	for (uint32_t i = 0; i < texts.count; i++)
		a->not_covered[i] = rb_text(a->rb, a->rb->indexes[texts.first + i]);
	a->out.not_covered = a->not_covered;
	a->out.not_covered_count = texts.count;
}

static void refuse_prohibited(tw_assessor *a)
{
	const struct rb_measure *m = &a->rb->measures[a->stack.prohibited];
	codes_refuse(
	    a, "prohibited", "hts",
	    answer_keep(a, "these goods may not be imported: %s (%s)",
			m->title != 0 ? rb_text(a->rb, m->title) : rb_text(a->rb, m->id),
			m->by != RB_NONE ? rb_text(a->rb, a->rb->instruments[m->by].id) : ""));
	a->out.lane = TW_LANE_RED;
}

/* The types of entry of the day, as "01, 02, 03". */
static const char *types_of_day(tw_assessor *a)
{
	char list[300] = "";
	for (uint32_t i = 0; i < a->rb->measure_count; i++) {
		const struct rb_measure *m = &a->rb->measures[i];
		const char *word = rb_text(a->rb, m->word);
		if (m->effect != LAW_EFFECT_FILED || m->pays == LAW_PAYS_NEVER ||
		    m->when != RB_NONE || a->facts.entered < m->from ||
		    a->facts.entered >= m->until ||
		    &a->rb->jurisdictions[a->rb->programs[m->program].jurisdiction] !=
			a->facts.jurisdiction ||
		    *word == '\0')
			continue;
		answer_list(list, sizeof list, ", ", word);
	}
	return answer_keep(a, "%s", list);
}

/* A type of entry that there is not, that cannot be, or that is over. */
static void refuse_type(tw_assessor *a)
{
	const struct rb *rb = a->rb;
	struct tw_text type = a->settled.entry_type;
	const struct rb_measure *m =
	    a->relief.type != RB_NONE ? &rb->measures[a->relief.type] : NULL;
	const char *what = "is not a type of entry";
	if (m) {
		codes_refuse(a, "bad-entry-type", "entry_type",
			     answer_keep(a, "%.*s (%s): %s", SHOW(type), rb_text(rb, m->title),
					 rb_text(rb, m->say)));
		return;
	}
	for (uint32_t i = 0; i < rb->measure_count; i++)
		/* NOLINTNEXTLINE: an open rulebook has them */
		if (rb->measures[i].effect == LAW_EFFECT_FILED &&
		    text_same(type, rb_text(rb, rb->measures[i].word)))
			what = "is not a type of entry for these goods on this day";
	codes_refuse(a, "bad-entry-type", "entry_type",
		     answer_keep(a, "`%.*s` %s: file one of %s, or omit it and the law decides",
				 SHOW(type), what, types_of_day(a)));
}

static void finish(tw_assessor *a)
{
	if (a->overflow || a->missing.overflow || a->warnings.overflow) {
		/* Something is not in the answer: it is no answer to build on. */
		a->out.has_amount = false;
		a->out.rate[0] = '\0';
		a->rate = -1;
		a->warnings.list[a->warnings.count++] =
		    "overflow: there is more to report, or a greater amount, than an answer "
		    "can hold; it is incomplete";
	}
	a->out.missing = a->missing.list;
	a->out.missing_count = a->missing.count;
	a->out.warnings = a->warnings.list;
	a->out.warning_count = a->warnings.count;
	if (a->out.status == TW_STATUS_REFUSED)
		return;
	bool incomplete = a->missing.count != 0 || !a->out.has_amount;
	a->out.status = incomplete ? TW_STATUS_INCOMPLETE : TW_STATUS_OK;
	if ((incomplete || a->yellow) && a->out.lane < TW_LANE_YELLOW)
		a->out.lane = TW_LANE_YELLOW;
}

/* The line whose facts were read. */
static void assess_facts(tw_assessor *a, const struct tw_line *line)
{
	struct leaf_range range;
	struct bounds bounds = {.any = false};
	struct items items;
	readings_take_filed(a);
	readings_begin(a);
	lookup_step(&a->facts.way, a->rb);
	fill_header(a);
	lookup_step(&a->facts.way, a->rb);
	if (!adcvd_read(a) || !codes_covered(a) || !codes_find(a, &range))
		return;
	const struct rb_leaf *leaf = readings_assess(a, range, &bounds, &items);
	if (a->stack.prohibited != RB_NONE) {
		refuse_prohibited(a);
		return;
	}
	if (a->relief.no_such_type) {
		refuse_type(a);
		return;
	}
	remarks_missing(a, &bounds);
	settle(a, &bounds);
	answer_fill(a);
	taxes_fill(a);
	adcvd_fill(a);
	share_fill(a);
	declared_fill(a, line);
	remarks_warnings(a, leaf);
	adcvd_remarks(a);
	change_find(a, range);
	if (!a->entry_differs && a->settled.entry_type.length != 0)
		a->out.entry_type = answer_text(a, a->settled.entry_type);
	a->out.lane = TW_LANE_GREEN;
	if (!a->options.no_screen)
		assessor_screen(a, line);
}

void assess_line(tw_assessor *a, const struct tw_line *line)
{
	if (facts_read(&a->facts, &a->refusal, &a->words, line))
		assess_facts(a, line);
	else
		codes_refuse(a, a->refusal.reason, a->refusal.column, a->refusal.text);
}

/* The line as this library knows it: of a shorter one, what it does not say is as by default. */
static const struct tw_line *read_line(tw_assessor *a, const struct tw_line *line)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	if (line->size >= sizeof *line)
		return line;
	a->line = fresh;
	memcpy(&a->line, line, line->size);
	a->line.size = sizeof a->line;
	return &a->line;
}

static const struct tw_assessment *answer_made(tw_assessor *a, const struct tw_line *line)
{
	if (a->out.status == TW_STATUS_REFUSED && !a->options.no_screen)
		assessor_screen(a, line);
	finish(a);
	return &a->out;
}

int tw_assess(const struct tw_assessment **out, tw_assessor *a, const struct tw_line *line,
	      struct tw_error *error)
{
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!a)
		return error_null(error, "assessor");
	int code = given_line(line, error);
	if (code)
		return code;
	line = read_line(a, line);
	assess_begin(a);
	assess_line(a, line);
	union_answer(a, line);
	*out = answer_made(a, line);
	return TW_OK;
}

const struct tw_assessment *assess_known(tw_assessor *a, const struct tw_line *line)
{
	assess_begin(a);
	assess_facts(a, line);
	return answer_made(a, line);
}
