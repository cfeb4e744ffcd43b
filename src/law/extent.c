/* SPDX-License-Identifier: Apache-2.0 */
#include "law/extent.h"

#include <stdlib.h>
#include <string.h>

#include "common/order.h"

/* A growing array of extents. */
struct extents {
	struct law_extent *at;
	size_t count, room;
	bool failed;
};

static void add(struct extents *to, struct law_extent extent)
{
	if (to->count == to->room) {
		size_t room = to->room ? to->room * 2 : 64;
		struct law_extent *at = reallocarray(to->at, room, sizeof *at);
		if (!at) {
			to->failed = true;
			return;
		}
		to->at = at;
		to->room = room;
	}
	to->at[to->count++] = extent;
}

struct search {
	const struct law *law;
	tw_time from, until;
	struct extents any, not ; /* what is taken in and left out, as it is written */
	struct extents here;      /* of one period: taken in, then what remains */
	struct extents out_here;  /* of one period: left out */
	struct extents open;      /* what the period before held */
	struct extents done;
	tw_time *at; /* where something begins or ends */
	size_t at_count;
};

/* Where both overlap: from the later beginning to the earlier end; nothing else is added. */
static void clip(struct extents *to, const struct search *s, struct law_range codes, tw_time from,
		 tw_time until)
{
	from = from > s->from ? from : s->from;
	until = until < s->until ? until : s->until;
	if (from < until && codes.low < codes.high)
		add(to, (struct law_extent){codes, from, until});
}

static void gather(struct extents *to, const struct search *s, const uint32_t *lists,
		   uint32_t list_count, const struct law_range *codes, uint32_t code_count)
{
	for (uint32_t i = 0; i < list_count; i++) {
		const struct law_list *list = &s->law->lists[lists[i]];
		for (uint32_t k = 0; k < list->row_count; k++)
			clip(to, s, list->rows[k].codes, list->rows[k].from.at,
			     list->rows[k].until.at);
	}
	for (uint32_t i = 0; i < code_count; i++)
		clip(to, s, codes[i], s->from, s->until);
}

static int by_time(const void *a, const void *b)
{
	const tw_time *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static int by_code(const void *a, const void *b)
{
	const struct law_extent *x = a, *y = b;
	if (x->codes.low != y->codes.low)
		return x->codes.low < y->codes.low ? -1 : 1;
	if (x->codes.high != y->codes.high) /* the wider first: what it holds adds nothing */
		return x->codes.high > y->codes.high ? -1 : 1;
	return by_time(&x->from, &y->from);
}

static bool find_periods(struct search *s)
{
	size_t count = 0, kept = 0;
	s->at = malloc((2 * (s->any.count + s->not .count) + 2) * sizeof *s->at);
	if (!s->at)
		return false;
	for (size_t i = 0; i < s->any.count + s->not .count; i++) {
		const struct law_extent *e =
		    i < s->any.count ? &s->any.at[i] : &s->not .at[i - s->any.count];
		s->at[count++] = e->from;
		s->at[count++] = e->until;
	}
	order_items(s->at, count, sizeof *s->at, by_time);
	for (size_t i = 0; i < count; i++)
		if (!kept || s->at[kept - 1] != s->at[i])
			s->at[kept++] = s->at[i];
	s->at_count = kept;
	return true;
}

/* Those in force from an instant on, ordered, each without what one before it holds. */
static void in_force(struct extents *to, const struct extents *all, tw_time at)
{
	uint64_t end = 0;
	size_t kept = 0;
	to->count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (all->at[i].from <= at && at < all->at[i].until)
			add(to, all->at[i]);
	order_items(to->at, to->count, sizeof *to->at, by_code);
	for (size_t i = 0; i < to->count; i++) {
		struct law_range codes = to->at[i].codes;
		codes.low = codes.low > end ? codes.low : end;
		if (codes.low >= codes.high)
			continue;
		end = codes.high;
		to->at[kept++].codes = codes;
	}
	to->count = kept;
}

/* What of one range is not left out, as extents that begin at an instant. */
static void less(struct extents *to, struct law_range codes, const struct extents *out,
		 size_t *next, tw_time at)
{
	while (*next < out->count && out->at[*next].codes.high <= codes.low)
		++*next;
	for (size_t i = *next; i < out->count && out->at[i].codes.low < codes.high; i++) {
		struct law_range left = out->at[i].codes;
		if (codes.low < left.low)
			add(to, (struct law_extent){{codes.low, left.low}, at, at});
		codes.low = left.high > codes.low ? left.high : codes.low;
	}
	if (codes.low < codes.high)
		add(to, (struct law_extent){codes, at, at});
}

static void close_extent(struct search *s, struct law_extent extent, tw_time until)
{
	extent.until = until;
	add(&s->done, extent);
}

/* What stood before and stands on keeps its beginning; the rest of it ends. Both are ordered. */
static void go_on(struct search *s, struct extents *now, tw_time at)
{
	size_t k = 0;
	for (size_t i = 0; i < s->open.count; i++) {
		struct law_extent *was = &s->open.at[i];
		while (k < now->count && now->at[k].codes.low < was->codes.low)
			k++;
		if (k < now->count && now->at[k].codes.low == was->codes.low &&
		    now->at[k].codes.high == was->codes.high)
			now->at[k].from = was->from;
		else
			close_extent(s, *was, at);
	}
}

static void one_period(struct search *s, tw_time at)
{
	struct extents now = {0};
	size_t next = 0;
	in_force(&s->here, &s->any, at);
	in_force(&s->out_here, &s->not, at);
	for (size_t i = 0; i < s->here.count; i++)
		less(&now, s->here.at[i].codes, &s->out_here, &next, at);
	go_on(s, &now, at);
	s->done.failed = s->done.failed || now.failed || s->here.failed || s->out_here.failed;
	free(s->open.at);
	s->open = now;
}

static bool is_every(const struct law_scope *scope)
{
	return scope->all || (scope->unknown && !scope->any_list_count && !scope->any_code_count);
}

int law_extents(struct law_extent **out, size_t *count, const struct law *law,
		const struct law_scope *scope, tw_time from, tw_time until)
{
	static const struct law_range every = {0, UINT64_C(10000000000)};
	struct search s = {.law = law, .from = from, .until = until};
	if (is_every(scope))
		clip(&s.any, &s, every, from, until);
	gather(&s.any, &s, scope->any_lists, scope->any_list_count, scope->any_codes,
	       scope->any_code_count);
	gather(&s.not, &s, scope->not_lists, scope->not_list_count, scope->not_codes,
	       scope->not_code_count);
	bool failed = !find_periods(&s);
	for (size_t i = 0; !failed && i < s.at_count; i++)
		one_period(&s, s.at[i]);
	for (size_t i = 0; i < s.open.count; i++)
		close_extent(&s, s.open.at[i], until);
	failed = failed || s.any.failed || s.not .failed || s.done.failed;
	order_items(s.done.at, s.done.count, sizeof *s.done.at, by_code);
	free(s.any.at);
	free(s.not .at);
	free(s.here.at);
	free(s.out_here.at);
	free(s.open.at);
	free(s.at);
	if (failed)
		free(s.done.at);
	*out = failed ? NULL : s.done.at;
	*count = failed ? 0 : s.done.count;
	return failed ? TW_NO_MEMORY : TW_OK;
}
