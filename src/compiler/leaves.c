/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tariff lines of a jurisdiction. With a base schedule a leaf is a line
 * that prints no further subdivision, with its rates by period; without one
 * it is an interval of codes of one class.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

static uint32_t unit_of(const struct build *build, const char *name)
{
	for (uint32_t i = 0; name[0] != '\0' && i < build->law->unit_count; i++) {
		const struct law_unit *unit = &build->law->units[i];
		if (strcmp(unit->name, name) == 0)
			return i;
		for (uint32_t k = 0; k < unit->spelling_count; k++)
			if (strcasecmp(unit->spellings[k], name) == 0)
				return i;
	}
	return RB_NONE;
}

static struct rb_span specials_of(struct build *build, const struct law_schedule_row *row)
{
	struct rb_span span = {(uint32_t)build->specials.count, row->special_count};
	for (uint32_t i = 0; i < row->special_count; i++) {
		struct rb_special special = {texts_intern(&build->texts, row->special[i].symbol),
					     emit_rate(build, &row->special[i].rate)};
		pool_add(&build->specials, &special);
	}
	/* Children repeat their parent's column: find it again where it is the last. */
	if (build->bases.count != 0 && span.count != 0) {
		const struct rb_base *last = pool_at(&build->bases, build->bases.count - 1);
		if (last->specials.count == span.count &&
		    memcmp(pool_at(&build->specials, last->specials.first),
			   pool_at(&build->specials, span.first),
			   span.count * sizeof(struct rb_special)) == 0) {
			build->specials.count = span.first;
			return last->specials;
		}
	}
	return span;
}

static struct rb_base base_of(struct build *build, const struct law_schedule_row *row)
{
	struct rb_base base;
	memset(&base, 0, sizeof base);
	base.from = row->from;
	base.until = row->until;
	base.general = emit_rate(build, &row->general);
	base.column2 = emit_rate(build, &row->column2);
	base.specials = specials_of(build, row);
	base.unit1 = unit_of(build, row->unit1);
	base.unit2 = unit_of(build, row->unit2);
	base.unit1_text = texts_intern(&build->texts, row->unit1);
	base.unit2_text = texts_intern(&build->texts, row->unit2);
	base.flags = row->excise ? RB_EXCISE : 0;
	return base;
}

/* Is this eight-digit row divided into ten-digit ones? Rows are sorted by code, digits, from. */
static bool divided(const struct law_jurisdiction *j, uint32_t row)
{
	uint64_t end = j->rows[row].code + 100;
	for (uint32_t i = row; i < j->row_count && j->rows[i].code < end; i++)
		if (j->rows[i].digits == 10)
			return true;
	return false;
}

static void schedule_leaves(struct build *build, const struct law_jurisdiction *j,
			    const struct classes *classes)
{
	for (uint32_t i = 0; i < j->row_count;) {
		const struct law_schedule_row *row = &j->rows[i];
		struct rb_leaf leaf;
		memset(&leaf, 0, sizeof leaf);
		if (row->digits != 10 && divided(j, i)) {
			i++;
			continue;
		}
		leaf.low = row->code;
		leaf.high = row->code + (row->digits == 10 ? 1 : 100);
		leaf.digits = row->digits;
		leaf.class_ = classes_find(classes, row->code);
		leaf.bases.first = (uint32_t)build->bases.count;
		for (; i < j->row_count && j->rows[i].code == row->code &&
		       j->rows[i].digits == row->digits;
		     i++) {
			struct rb_base base = base_of(build, &j->rows[i]);
			pool_add(&build->bases, &base);
			leaf.bases.count++;
		}
		pool_add(&build->leaves, &leaf);
	}
}

static void interval_leaves(struct build *build, const struct classes *classes)
{
	for (size_t i = 0; i < classes->interval_count; i++) {
		struct rb_leaf leaf;
		memset(&leaf, 0, sizeof leaf);
		leaf.low = classes->breaks[i];
		leaf.high = i + 1 < classes->interval_count ? classes->breaks[i + 1]
							    : UINT64_C(10000000000);
		leaf.class_ = classes->class_of[i];
		pool_add(&build->leaves, &leaf);
	}
}

int leaves_make(struct build *build, struct rb_jurisdiction *out, uint32_t jurisdiction,
		const struct classes *classes)
{
	const struct law_jurisdiction *j = &build->law->jurisdictions[jurisdiction];
	out->leaves.first = (uint32_t)build->leaves.count;
	if (j->has_schedule)
		schedule_leaves(build, j, classes);
	else
		interval_leaves(build, classes);
	out->leaves.count = (uint32_t)build->leaves.count - out->leaves.first;
	return build->leaves.failed || build->bases.failed || build->specials.failed ? TW_NO_MEMORY
										     : TW_OK;
}
