/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Under which number goods stood, and will stand, where the schedule gave one up for another. The
 * law says so; a number that was given up for several is not followed.
 */
#include "timeline/timeline.h"

bool follow_read(uint64_t *code, struct tw_text text)
{
	unsigned digits = 0;
	*code = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c >= '0' && c <= '9' && digits++ < 10)
			*code = *code * 10 + (uint64_t)(c - '0');
		else if (c != '.' && c != ' ')
			return false;
	}
	return digits == 10;
}

static bool is_here(const struct tw_timeline *t, const struct rb_renumbered *r)
{
	return t->jurisdiction == &t->rb->jurisdictions[r->jurisdiction];
}

static uint64_t successor(const struct tw_timeline *t, const struct rb_renumbered *r, uint32_t i)
{
	const uint32_t *to = t->rb->indexes + r->to.first + 2 * (size_t)i;
	return UINT64_C(100) * to[0] + to[1];
}

static bool leads_to(const struct tw_timeline *t, const struct rb_renumbered *r, uint64_t code)
{
	for (uint32_t i = 0; i < r->to.count / 2; i++)
		if (successor(t, r, i) == code)
			return true;
	return false;
}

/* The number that was given up for this one behind the instant; NULL: none, or several. */
static const struct rb_renumbered *before(const struct tw_timeline *t, uint64_t code, tw_time at)
{
	const struct rb_renumbered *found = NULL;
	for (uint32_t i = 0; i < t->rb->renumbered_count; i++) {
		const struct rb_renumbered *r = &t->rb->renumbered[i];
		if (!is_here(t, r) || r->on <= at || !leads_to(t, r, code))
			continue;
		if (found)
			return NULL;
		found = r;
	}
	return found;
}

/* How this number was given up at or before the instant. */
static const struct rb_renumbered *behind(const struct tw_timeline *t, uint64_t code, tw_time at)
{
	for (uint32_t i = 0; i < t->rb->renumbered_count; i++) {
		const struct rb_renumbered *r = &t->rb->renumbered[i];
		if (is_here(t, r) && r->code == code && r->on <= at)
			return r;
	}
	return NULL;
}

struct follow follow_at(const struct tw_timeline *t, uint64_t asked, tw_time at)
{
	struct follow out = {asked, NULL};
	const struct rb_renumbered *r;
	/* No chain of numbers is longer than they are many. */
	for (uint32_t i = 0; i < t->rb->renumbered_count && (r = behind(t, out.code, at)); i++) {
		if (r->to.count != 2) {
			out.split = r;
			return out;
		}
		out.code = successor(t, r, 0);
	}
	if (out.code != asked)
		return out;
	for (uint32_t i = 0; i < t->rb->renumbered_count && (r = before(t, out.code, at)); i++)
		out.code = r->code;
	return out;
}

tw_time follow_next(const struct tw_timeline *t, uint64_t asked, tw_time at)
{
	uint64_t code = follow_at(t, asked, at).code;
	tw_time next = TW_TIME_MAX;
	for (uint32_t i = 0; i < t->rb->renumbered_count; i++) {
		const struct rb_renumbered *r = &t->rb->renumbered[i];
		if (is_here(t, r) && r->on > at && r->on < next &&
		    (r->code == code || leads_to(t, r, code) || r->code == asked ||
		     leads_to(t, r, asked)))
			next = r->on;
	}
	return next;
}

struct tw_text follow_write(char out[11], uint64_t code)
{
	for (int i = 9; i >= 0; i--, code /= 10)
		out[i] = (char)('0' + code % 10);
	out[10] = '\0';
	return (struct tw_text){out, 10};
}
