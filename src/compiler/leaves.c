/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tariff lines of a jurisdiction. With a base schedule a leaf is a line
 * that prints no further subdivision, with its rates by period; without one
 * it is an interval of codes of the same goods. Where the schedule prints no
 * statistical numbers it is such an interval of an item, or of codes that are none.
 */
#include "compiler/build.h"
#include "law/yaml.h"

#include <stdlib.h>
#include <string.h>

#define CODES UINT64_C(10000000000)

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

/* Records of so many 32-bit words, taken together; equal ones stand once. */
static struct rb_span intern_run(struct run_pool *runs, const struct pool *records)
{
	size_t words = records->record / sizeof(uint32_t);
	runs->runs.failed |= records->failed;
	if (runs->runs.failed)
		return (struct rb_span){0, 0};
	uint32_t index =
	    run_intern(runs, (const uint32_t *)(const void *)records->data, records->count * words);
	if (runs->runs.failed)
		return (struct rb_span){0, 0};
	const struct run *run = pool_at(&runs->runs, index);
	return (struct rb_span){run->first / (uint32_t)words, run->count / (uint32_t)words};
}

static struct rb_span specials_of(struct build *build, const struct law_schedule_row *row)
{
	struct pool list;
	pool_begin(&list, sizeof(struct rb_special));
	for (uint32_t i = 0; i < row->special_count; i++) {
		struct rb_special special = {texts_intern(&build->texts, row->special[i].symbol),
					     emit_rate(build, &row->special[i].rate)};
		pool_add(&list, &special);
	}
	struct rb_span span = intern_run(&build->specials, &list);
	pool_free(&list);
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
	base.flags = (row->excise ? RB_EXCISE : 0) | (row->unsure ? RB_UNSURE : 0);
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

static struct rb_leaf leaf_at(uint64_t code)
{
	struct rb_leaf leaf;
	memset(&leaf, 0, sizeof leaf);
	leaf.eight = (uint32_t)(code / 100);
	leaf.two = (uint8_t)(code % 100);
	return leaf;
}

/* The rows of one code from *at on, with its periods, as a leaf. */
static int schedule_leaf(struct build *build, const struct law_jurisdiction *j, uint32_t *at,
			 const struct goods *goods, struct tw_error *error)
{
	const struct law_schedule_row *row = &j->rows[*at];
	struct rb_leaf leaf = leaf_at(row->code);
	struct pool periods;
	pool_begin(&periods, sizeof(struct rb_base));
	leaf.width = row->digits == 10 ? 1 : 100;
	leaf.digits = (uint8_t)row->digits;
	leaf.goods = goods_find(goods, row->code);
	for (; *at < j->row_count && j->rows[*at].code == row->code &&
	       j->rows[*at].digits == row->digits;
	     ++*at) {
		struct rb_base base = base_of(build, &j->rows[*at]);
		pool_add(&periods, &base);
	}
	struct rb_span bases = intern_run(&build->bases, &periods);
	build->bases.runs.failed |= periods.failed;
	pool_free(&periods);
	leaf.base_first = bases.first;
	leaf.base_count = (uint8_t)bases.count;
	pool_add(&build->leaves, &leaf);
	return bases.count <= RB_PERIODS
		   ? TW_OK
		   : law_error(error, row->pos, "more than %d periods of one code", RB_PERIODS);
}

static int schedule_leaves(struct build *build, const struct law_jurisdiction *j,
			   const struct goods *goods, struct tw_error *error)
{
	int code = TW_OK;
	for (uint32_t i = 0; !code && i < j->row_count;)
		if (j->rows[i].digits != 10 && divided(j, i))
			i++;
		else
			code = schedule_leaf(build, j, &i, goods, error);
	return code;
}

/* The periods of the rows first..last: what stood before the schedule begins is not known. */
static struct rb_span open_periods(struct build *build, const struct law_jurisdiction *j,
				   uint32_t first, uint32_t last)
{
	static const struct law_schedule_row none = {
	    .unit1 = "", .unit2 = "", .until = TW_TIME_MIN};
	struct law_schedule_row before = first < last ? j->rows[first] : none;
	struct pool periods;
	pool_begin(&periods, sizeof(struct rb_base));
	before.general = before.column2 =
	    (struct law_rate){.kind = LAW_RATE_UNKNOWN, .text = "", .reason = j->earlier};
	before.special_count = 0;
	before.unsure = false;
	before.from = TW_TIME_MIN;
	before.until = j->is_estimate && first == last ? TW_TIME_MAX : j->begins;
	if (j->is_estimate)
		before.general.reason = before.column2.reason = "the estimate has no such item";
	if (first == last || j->begins > TW_TIME_MIN) {
		struct rb_base base = base_of(build, &before);
		pool_add(&periods, &base);
	}
	for (uint32_t i = first; i < last; i++) {
		struct rb_base base = base_of(build, &j->rows[i]);
		base.from = base.from > j->begins ? base.from : j->begins;
		if (base.from < base.until)
			pool_add(&periods, &base);
	}
	struct rb_span span = intern_run(&build->bases, &periods);
	build->bases.runs.failed |= periods.failed;
	pool_free(&periods);
	return span;
}

/* Every code: an item, or a stretch of none, cut where the law names codes within. */
static int open_leaves(struct build *build, const struct law_jurisdiction *j,
		       const struct goods *goods, struct tw_error *error)
{
	uint32_t first = 0, last = 0; /* rows of the item, or of none those behind */
	for (uint64_t at = 0, end; at < CODES; at = end) {
		size_t interval = goods_interval(goods, at);
		struct rb_leaf leaf = leaf_at(at);
		for (; first < j->row_count && j->rows[first].code + 100 <= at; first++)
			;
		bool item = first < j->row_count && j->rows[first].code <= at;
		for (last = first;
		     item && last < j->row_count && j->rows[last].code == j->rows[first].code;
		     last++)
			;
		end = item                   ? j->rows[first].code + 100
		      : first < j->row_count ? j->rows[first].code
					     : CODES;
		if (interval + 1 < goods->interval_count && goods->breaks[interval + 1] < end)
			end = goods->breaks[interval + 1];
		struct rb_span bases = open_periods(build, j, first, item ? last : first);
		leaf.goods = goods->goods_of[interval];
		leaf.digits = item && goods->digits[interval] < 8 ? 8 : goods->digits[interval];
		leaf.base_first = bases.first;
		leaf.base_count = (uint8_t)bases.count;
		pool_add(&build->leaves, &leaf);
		if (bases.count > RB_PERIODS)
			return law_error(error, j->rows[first].pos,
					 "more than %d periods of one code", RB_PERIODS);
	}
	return TW_OK;
}

static void interval_leaves(struct build *build, const struct goods *goods)
{
	for (size_t i = 0; i < goods->interval_count; i++) {
		struct rb_leaf leaf = leaf_at(goods->breaks[i]);
		leaf.goods = goods->goods_of[i];
		leaf.digits = goods->digits[i];
		pool_add(&build->leaves, &leaf);
	}
}

int leaves_make(struct build *build, struct rb_jurisdiction *out, uint32_t jurisdiction,
		const struct goods *goods, struct tw_error *error)
{
	const struct law_jurisdiction *j = &build->law->jurisdictions[jurisdiction];
	const struct rb_leaf end = leaf_at(CODES);
	int code = TW_OK;
	out->leaves.first = (uint32_t)build->leaves.count;
	if (j->has_schedule && j->open_numbers)
		code = open_leaves(build, j, goods, error);
	else if (j->has_schedule)
		code = schedule_leaves(build, j, goods, error);
	else
		interval_leaves(build, goods);
	out->leaves.count = (uint32_t)build->leaves.count - out->leaves.first;
	pool_add(&build->leaves, &end);
	if (code)
		return code;
	return build->leaves.failed || build->bases.runs.failed || build->bases.numbers.failed ||
		       build->specials.runs.failed || build->specials.numbers.failed
		   ? TW_NO_MEMORY
		   : TW_OK;
}
