/* SPDX-License-Identifier: Apache-2.0 */
/* Which acts of the law move what, between two instants, see acts.h. */
#include "timeline/acts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Whether a text is this id. A text of the rulebook stands in it once, and so is known by its
 * place. */
static bool is_id(const struct tw_timeline *t, uint32_t id, const char *text)
{
	const char *own = rb_text(t->rb, id);
	return own == text || (!pad_is_fixed(&t->pad, text) && !strcmp(own, text));
}

const char *moves_title(const struct tw_timeline *t, const char *program)
{
	const struct rb *rb = t->rb;
	for (uint32_t i = 0; i < rb->program_count; i++)
		if (is_id(t, rb->programs[i].id, program))
			return rb_text(rb, rb->programs[i].title);
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (is_id(t, rb->jurisdictions[i].base_program, program))
			return "Base duty";
	return "";
}

/* Where a text of the rulebook is remembered. */
static size_t place_of(const char *program, const char *measure, uint32_t window)
{
	uint64_t key = (uint64_t)(uintptr_t)program * 31 + (uintptr_t)measure * 17 + window;
	return (key * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - MEMO_BITS);
}

/* The same, as it was found for another line. */
const char *acts_title(struct acts *a, const char *program)
{
	struct tw_timeline *t = a->t;
	struct titled *known = &t->titled[place_of(program, NULL, 0)];
	if (!pad_is_fixed(&t->pad, program))
		return moves_title(t, program);
	if (known->program != program)
		*known = (struct titled){program, moves_title(t, program)};
	return known->title;
}

static void add(struct acts *a, const char *id)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->act[i] == id || !strcmp(a->act[i], id))
			return;
	if (a->count == a->room) {
		size_t room = a->room ? 2 * a->room : 16;
		const char **more = realloc(a->act, room * sizeof *more);
		if (!more) {
			a->failed = true;
			return;
		}
		a->act = more;
		a->room = room;
	}
	a->act[a->count++] = id;
}

void acts_all(struct acts *a, const struct tw_citations *by)
{
	for (size_t i = 0; i < by->count; i++)
		add(a, by->id[i]);
}

/* The law's moves behind `after` up to `at`. */
static void find_window(struct acts *a)
{
	const struct rb *rb = a->t->rb;
	uint32_t low = 0, high = rb->move_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (rb->moves[middle].at <= a->after)
			low = middle + 1;
		else
			high = middle;
	}
	a->first = a->end = low;
	while (a->end < rb->move_count && rb->moves[a->end].at <= a->at)
		a->end++;
}

/* Acts that move a measure, or (NULL) what of the program is no measure. */
static void find_acts(struct acts *a, const char *program, const char *measure)
{
	const struct rb *rb = a->t->rb;
	for (uint32_t i = a->first; i < a->end; i++) {
		const struct rb_move *m = &rb->moves[i];
		bool meant = measure ? m->measure != RB_NONE && *measure &&
					   is_id(a->t, rb->measures[m->measure].id, measure)
				     : m->measure == RB_NONE;
		if (meant && is_id(a->t, rb->programs[m->program].id, program))
			add(a, rb_text(rb, rb->instruments[m->by].id));
	}
}

/* The same, remembered where it is asked of texts of the rulebook: it depends on the law alone. */
void acts_law(struct acts *a, const char *program, const char *measure)
{
	const struct pad *pad = &a->t->pad;
	if (measure && !*measure) /* the base duty is no measure */
		return;
	struct cited *known = &a->t->cited[place_of(program, measure, a->first + a->end)];
	if (!pad_is_fixed(pad, program) || (measure && !pad_is_fixed(pad, measure))) {
		find_acts(a, program, measure);
		return;
	}
	if (known->program != program || known->measure != measure || known->first != a->first ||
	    known->end != a->end) {
		struct acts alone = {.t = a->t, .first = a->first, .end = a->end};
		find_acts(&alone, program, measure);
		if (alone.failed || alone.count > CITED) {
			acts_all(a, &(struct tw_citations){alone.act, alone.count});
			a->failed = a->failed || alone.failed;
			acts_end(&alone);
			return;
		}
		*known = (struct cited){a->first, a->end, program, measure, alone.count, {NULL}};
		if (alone.count)
			memcpy(known->act, alone.act, alone.count * sizeof *alone.act);
		acts_end(&alone);
	}
	for (size_t i = 0; i < known->count; i++)
		add(a, known->act[i]);
}

/* Acts that move any measure of the program. */
void acts_program(struct acts *a, const char *program)
{
	const struct rb *rb = a->t->rb;
	for (uint32_t i = a->first; i < a->end; i++)
		if (is_id(a->t, rb->programs[rb->moves[i].program].id, program))
			add(a, rb_text(rb, rb->instruments[rb->moves[i].by].id));
}

/* Acts that move a program of a kind. */
void acts_kind(struct acts *a, enum law_kind kind)
{
	const struct rb *rb = a->t->rb;
	for (uint32_t i = a->first; i < a->end; i++) {
		const struct rb_program *p = &rb->programs[rb->moves[i].program];
		if (p->kind == kind && &rb->jurisdictions[p->jurisdiction] == a->t->jurisdiction)
			add(a, rb_text(rb, rb->instruments[rb->moves[i].by].id));
	}
}

/* Acts that move anything at all. */
void acts_window(struct acts *a)
{
	const struct rb *rb = a->t->rb;
	for (uint32_t i = a->first; i < a->end; i++) {
		const struct rb_program *p = &rb->programs[rb->moves[i].program];
		if (&rb->jurisdictions[p->jurisdiction] == a->t->jurisdiction)
			add(a, rb_text(rb, rb->instruments[rb->moves[i].by].id));
	}
}

/* The program steps back from now on, or no longer: by what the other one did. */
void acts_exclusions(struct acts *a, const struct tw_assessment *answer, const char *program)
{
	for (size_t i = 0; i < answer->exclusion_count; i++) {
		const struct tw_exclusion *x = &answer->exclusions[i];
		if (strcmp(x->program, program) != 0)
			continue;
		size_t before = a->count;
		acts_program(a, x->to);
		for (uint32_t m = 0; m < a->t->rb->measure_count; m++) {
			const struct rb_measure *measure = &a->t->rb->measures[m];
			if (is_id(a->t, measure->id, x->to))
				acts_program(
				    a, rb_text(a->t->rb, a->t->rb->programs[measure->program].id));
		}
		if (a->count == before)
			acts_all(a, &x->by);
	}
}

/* The edition of the schedule of the day. */
void acts_edition(struct acts *a)
{
	const struct rb *rb = a->t->rb;
	const struct rb_jurisdiction *j = a->t->jurisdiction;
	uint32_t found = RB_NONE;
	for (uint32_t i = 0; j && i + 1 < j->editions.count; i += 2)
		if ((int64_t)rb->indexes[j->editions.first + i] * 3600 <= a->at)
			found = rb->indexes[j->editions.first + i + 1];
	if (found != RB_NONE)
		add(a, rb_text(rb, rb->instruments[found].id));
}

void acts_begin(struct acts *out, struct tw_timeline *t, tw_time after, tw_time at)
{
	*out = (struct acts){.t = t, .after = after, .at = at};
	find_window(out);
}

void acts_end(struct acts *acts)
{
	free(acts->act);
}
