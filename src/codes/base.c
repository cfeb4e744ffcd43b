/* SPDX-License-Identifier: Apache-2.0 */
/* Looks codes, measures and programs up in the records of an open rulebook. */
#include "codes/base.h"

#include "rulebook/layout.h"

#include <string.h>

/* The first and last ten-digit number of a code, or false: it is none. */
static bool range_of(uint64_t *low, uint64_t *high, const char *code)
{
	size_t digits = strspn(code, "0123456789");
	uint64_t width = 1;
	*low = 0;
	if (digits < 2 || digits > 10 || code[digits])
		return false;
	for (size_t i = 0; i < 10; i++) {
		*low = *low * 10 + (i < digits ? (uint64_t)(code[i] - '0') : 0);
		width *= i < digits ? 1 : 10;
	}
	*high = *low + width;
	return true;
}

static uint32_t first_leaf(const struct rb *rb, struct rb_span leaves, uint64_t low)
{
	uint32_t first = leaves.first, last = leaves.first + leaves.count;
	while (first < last) {
		uint32_t middle = first + (last - first) / 2;
		if (rb_high(&rb->leaves[middle]) <= low)
			first = middle + 1;
		else
			last = middle;
	}
	return first;
}

static const char *rate_text(const struct rb *rb, uint32_t rate)
{
	return rate == RB_NONE ? "" : rb_text(rb, rb->rates[rate].text);
}

/* Has it the schedule whose lines the descriptions name, down to their ten digits? */
static bool is_described(const struct rb_jurisdiction *j)
{
	return j->has_schedule && !j->open_numbers;
}

/* What two lines have in common. */
static void agree(const char **text, const char *other, bool first)
{
	if (first)
		*text = other;
	else if (strcmp(*text, other) != 0)
		*text = "";
}

void codes_rates(struct codes_rates *out, const tw_rulebook *rulebook, const char *code, tw_time at)
{
	const struct rb *rb = rulebook_layout(rulebook);
	uint64_t low, high;
	*out = (struct codes_rates){"", "", "", "", 0};
	if (!range_of(&low, &high, code))
		return;
	for (uint32_t j = 0; j < rb->jurisdiction_count; j++) {
		struct rb_span leaves = rb->jurisdictions[j].leaves;
		if (!is_described(&rb->jurisdictions[j]))
			continue;
		for (uint32_t i = first_leaf(rb, leaves, low); i < leaves.first + leaves.count;
		     i++) {
			const struct rb_leaf *leaf = &rb->leaves[i];
			if (rb_low(leaf) >= high)
				break;
			for (uint32_t k = 0; k < leaf->base_count; k++) {
				const struct rb_base *base = &rb->bases[leaf->base_first + k];
				if (at < base->from || at >= base->until)
					continue;
				bool first = !out->lines++;
				agree(&out->general, rate_text(rb, base->general), first);
				agree(&out->column2, rate_text(rb, base->column2), first);
				agree(&out->unit1, rb_text(rb, base->unit1_text), first);
				agree(&out->unit2, rb_text(rb, base->unit2_text), first);
				if (!*out->unit1) /* the second would stand for both */
					out->unit2 = "";
			}
		}
		return;
	}
}

/* A heading as it is printed, with dots, and as its digits alone. */
static bool same_heading(const char *printed, const char *heading)
{
	for (; *printed; printed++) {
		if (*printed == '.')
			continue;
		if (*printed != *heading)
			return false;
		heading++;
	}
	return !*heading;
}

bool codes_measure(struct codes_measure *out, const tw_rulebook *rulebook, const char *heading,
		   tw_time at, uint32_t *next)
{
	const struct rb *rb = rulebook_layout(rulebook);
	while (*next < rb->measure_count) {
		const struct rb_measure *m = &rb->measures[(*next)++];
		if (at < m->from || at >= m->until ||
		    (!same_heading(rb_text(rb, m->heading), heading) &&
		     !same_heading(rb_text(rb, m->heading_reached), heading)))
			continue;
		const struct rb_program *program = &rb->programs[m->program];
		*out = (struct codes_measure){.id = rb_text(rb, m->id),
					      .title = rb_text(rb, m->title),
					      .rate = rb_text(rb, m->rate_text),
					      .program = rb_text(rb, program->id),
					      .program_title = rb_text(rb, program->title),
					      .exempt = !*rb_text(rb, m->rate_text),
					      .from = m->from,
					      .until = m->until};
		return true;
	}
	return false;
}

const char *codes_program(const void *rulebook, const char *id)
{
	const struct rb *rb = rulebook_layout((const tw_rulebook *)rulebook);
	for (uint32_t i = 0; i < rb->program_count; i++)
		if (!strcmp(rb_text(rb, rb->programs[i].id), id))
			return rb_text(rb, rb->programs[i].title);
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++) /* it is no program of the law */
		if (!strcmp(rb_text(rb, rb->jurisdictions[i].base_program), id))
			return "Base duty";
	return "";
}

const char *codes_title(const tw_rulebook *rulebook, const char *id)
{
	const struct rb *rb = rulebook_layout(rulebook);
	for (uint32_t i = 0; *id && i < rb->measure_count; i++)
		if (!strcmp(rb_text(rb, rb->measures[i].id), id))
			return rb_text(rb, rb->measures[i].title);
	return "";
}

bool codes_schedule(const tw_rulebook *rulebook, const char *into)
{
	const struct rb *rb = rulebook_layout(rulebook);
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (is_described(&rb->jurisdictions[i]) && !strcmp(rb->jurisdictions[i].code, into))
			return true;
	return false;
}
