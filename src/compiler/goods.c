/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cutting the code space of a jurisdiction into goods: codes that the same
 * lists and prefixes name, whatever the day. Knows no measures but their scopes.
 */
#include "compiler/build.h"

#include <stdlib.h>
#include <string.h>

#include "common/order.h"

#define CODE_END UINT64_C(10000000000)

static void add_list(struct pool *groups, const struct law *law, uint32_t list)
{
	const struct law_list *l = &law->lists[list];
	for (uint32_t i = 0; i < l->row_count; i++) {
		struct goods_group group;
		memset(&group, 0, sizeof group);
		group.list = list;
		group.from = l->rows[i].from.at;
		group.until = l->rows[i].until.at;
		pool_intern(groups, &group);
	}
}

static void add_range(struct pool *groups, struct law_range range)
{
	struct goods_group group;
	memset(&group, 0, sizeof group);
	group.list = LAW_NONE;
	group.range = range;
	group.from = TW_TIME_MIN;
	group.until = TW_TIME_MAX;
	pool_intern(groups, &group);
}

static void add_scope(struct pool *groups, const struct law *law, const struct law_scope *scope)
{
	for (uint32_t i = 0; i < scope->any_list_count; i++)
		add_list(groups, law, scope->any_lists[i]);
	for (uint32_t i = 0; i < scope->not_list_count; i++)
		add_list(groups, law, scope->not_lists[i]);
	for (uint32_t i = 0; i < scope->any_code_count; i++)
		add_range(groups, scope->any_codes[i]);
	for (uint32_t i = 0; i < scope->not_code_count; i++)
		add_range(groups, scope->not_codes[i]);
}

static void add_jurisdiction(struct pool *groups, const struct law *law, uint32_t jurisdiction)
{
	for (uint32_t p = 0; p < law->program_count; p++) {
		const struct law_program *program = &law->programs[p];
		if (program->jurisdiction != jurisdiction)
			continue;
		for (uint32_t m = 0; m < program->measure_count; m++)
			add_scope(groups, law, &law->measures[program->measure_first + m].scope);
		for (uint32_t y = 0; y < program->yield_count; y++)
			add_scope(groups, law, &program->yields[y].scope);
	}
}

static int compare_codes(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

/* The ranges of a group: a callback for each would hide little; two loops share this. */
static size_t group_ranges(const struct law *law, const struct goods_group *group, size_t index,
			   struct law_range *range)
{
	if (group->list == LAW_NONE) {
		*range = group->range;
		return index == 0 ? 1 : 0;
	}
	const struct law_list *list = &law->lists[group->list];
	for (; index < list->row_count; index++)
		if (list->rows[index].from.at == group->from &&
		    list->rows[index].until.at == group->until) {
			*range = list->rows[index].codes;
			return index + 1;
		}
	return 0;
}

static bool cut(struct goods *out, const struct law *law)
{
	struct pool ends;
	struct law_range range;
	uint64_t edge = 0;
	pool_begin(&ends, sizeof edge);
	pool_add(&ends, &edge);
	for (size_t g = 0; g < out->groups.count; g++)
		for (size_t next = 0;
		     (next = group_ranges(law, pool_at(&out->groups, g), next, &range)) != 0;) {
			pool_add(&ends, &range.low);
			if (range.high < CODE_END)
				pool_add(&ends, &range.high);
		}
	if (ends.failed || ends.count == 0) {
		pool_free(&ends);
		return false;
	}
	order_items(ends.data, ends.count, sizeof edge, compare_codes);
	out->breaks = (uint64_t *)(void *)ends.data;
	for (size_t i = 0; i < ends.count; i++)
		if (i == 0 || out->breaks[i] != out->breaks[out->interval_count - 1])
			out->breaks[out->interval_count++] = out->breaks[i];
	free(ends.slot);
	return true;
}

size_t goods_interval(const struct goods *goods, uint64_t code)
{
	size_t low = 0, high = goods->interval_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (goods->breaks[middle] <= code)
			low = middle;
		else
			high = middle;
	}
	return low;
}

uint32_t goods_find(const struct goods *goods, uint64_t code)
{
	return goods->goods_of[goods_interval(goods, code)];
}

static uint8_t digits_of(struct law_range range)
{
	uint8_t digits = 10;
	for (uint64_t size = range.high - range.low; size >= 10; size /= 10)
		digits--;
	return digits;
}

/* Mark each interval with the groups that cover it. */
static void mark(uint64_t *bits, const struct goods *goods, const struct law *law)
{
	struct law_range range;
	for (size_t g = 0; g < goods->groups.count; g++)
		for (size_t next = 0;
		     (next = group_ranges(law, pool_at(&goods->groups, g), next, &range)) != 0;)
			for (size_t i = goods_interval(goods, range.low);
			     i < goods->interval_count && goods->breaks[i] < range.high; i++) {
				bits[i * goods->words + g / 64] |= UINT64_C(1) << g % 64;
				if (digits_of(range) > goods->digits[i])
					goods->digits[i] = digits_of(range);
			}
}

int goods_make(struct goods *out, const struct law *law, uint32_t jurisdiction)
{
	uint64_t *bits = NULL;
	struct pool signatures;
	int code = TW_NO_MEMORY;
	memset(out, 0, sizeof *out);
	pool_begin(&out->groups, sizeof(struct goods_group));
	add_jurisdiction(&out->groups, law, jurisdiction);
	out->words = out->groups.count / 64 + 1;
	pool_begin(&signatures, out->words * sizeof *bits);
	if (out->groups.failed || !cut(out, law))
		goto done;
	bits = calloc(out->interval_count * out->words, sizeof *bits);
	out->goods_of = calloc(out->interval_count, sizeof *out->goods_of);
	out->digits = calloc(out->interval_count, 1);
	if (!bits || !out->goods_of || !out->digits)
		goto done;
	mark(bits, out, law);
	for (size_t i = 0; i < out->interval_count; i++)
		out->goods_of[i] = pool_intern(&signatures, bits + i * out->words);
	if (signatures.failed)
		goto done;
	out->goods_count = (uint32_t)signatures.count;
	out->signature = (uint64_t *)(void *)signatures.data;
	signatures.data = NULL;
	code = TW_OK;
done:
	free(bits);
	pool_free(&signatures);
	return code;
}

void goods_free(struct goods *goods)
{
	pool_free(&goods->groups);
	free(goods->signature);
	free(goods->breaks);
	free(goods->goods_of);
	free(goods->digits);
	memset(goods, 0, sizeof *goods);
}

static bool names(const uint32_t *lists, uint32_t list_count, const struct law_range *codes,
		  uint32_t code_count, const struct goods_group *group)
{
	for (uint32_t i = 0; group->list != LAW_NONE && i < list_count; i++)
		if (lists[i] == group->list)
			return true;
	for (uint32_t i = 0; group->list == LAW_NONE && i < code_count; i++)
		if (codes[i].low == group->range.low && codes[i].high == group->range.high)
			return true;
	return false;
}

void goods_scope(uint64_t *any, uint64_t *none, const struct goods *goods,
		 const struct law_scope *scope)
{
	memset(any, 0, goods->words * sizeof *any);
	memset(none, 0, goods->words * sizeof *none);
	for (size_t g = 0; g < goods->groups.count; g++) {
		const struct goods_group *group = pool_at(&goods->groups, g);
		if (names(scope->any_lists, scope->any_list_count, scope->any_codes,
			  scope->any_code_count, group))
			any[g / 64] |= UINT64_C(1) << g % 64;
		if (names(scope->not_lists, scope->not_list_count, scope->not_codes,
			  scope->not_code_count, group))
			none[g / 64] |= UINT64_C(1) << g % 64;
	}
}
