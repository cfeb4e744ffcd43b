/* SPDX-License-Identifier: Apache-2.0 */
/* Forms of dockets, equal ones once, see forms.h. */
#include "assess/forms.h"

#include "common/wide.h"
#include "rulebook/docket.h"

#include <stdlib.h>
#include <string.h>

struct kept_form {
	uint64_t hash;
	struct form *form;
	struct kept_form *next;
};

bool forms_open(struct forms *forms, const struct rb *rb)
{
	*forms = (struct forms){.rb = rb};
	if (pthread_mutex_init(&forms->lock, NULL))
		return false;
	forms->of = wide_new(&forms->memory, ((size_t)rb->docket_count + 1) * sizeof *forms->of);
	forms->tail = calloc((size_t)rb->chain_count + 1, sizeof *forms->tail);
	if (forms->of && forms->tail)
		return true;
	forms_close(forms);
	return false;
}

void forms_close(struct forms *forms)
{
	for (size_t i = 0; i < FORM_BUCKETS; i++)
		for (struct kept_form *kept = forms->bucket[i], *next; kept; kept = next) {
			next = kept->next;
			free(kept->form);
			free(kept);
		}
	for (size_t i = 0; forms->tail && i < forms->rb->chain_count; i++)
		free(forms->tail[i]);
	free(forms->tail);
	free(forms->memory);
	pthread_mutex_destroy(&forms->lock);
}

/* All steps, those of each magnitude behind those of the value. */
static unsigned steps_of(const struct form *form)
{
	unsigned steps = form->worth;
	for (unsigned i = 0; i < form->bands; i++)
		steps += form->band[i].count;
	return steps;
}

static uint64_t hash_of(const struct form *form)
{
	uint64_t hash = (uint64_t)form->given << 32 | (uint64_t)form->bands << 16 | form->worth;
	for (unsigned i = 0; i < steps_of(form); i++)
		hash = plan_mix(hash ^ (uint64_t)form->step[i], UINT64_C(0xa0761d6478bd642f));
	for (unsigned i = 0; i < form->floors; i++)
		hash = plan_mix(hash ^ form->floor[i].measure, UINT64_C(0xe7037ed1a0b428db));
	return hash;
}

static bool is_same_floor(const struct form_floor *a, const struct form_floor *b)
{
	return a->num == b->num && a->den == b->den && a->measure == b->measure &&
	       a->over_claimed == b->over_claimed;
}

/* What they point to is compared, too. */
static bool is_same(const struct form *a, const struct form *b)
{
	if (a->unknown != b->unknown || a->asks_origin != b->asks_origin ||
	    a->asks_ship_from != b->asks_ship_from || a->given != b->given ||
	    a->floors != b->floors || a->shares != b->shares || a->bands != b->bands ||
	    a->worth != b->worth || memcmp(a->band, b->band, sizeof a->band) != 0)
		return false;
	for (unsigned i = 0; i < a->floors; i++)
		if (!is_same_floor(&a->floor[i], &b->floor[i]))
			return false;
	return !memcmp(a->step, b->step, steps_of(a) * sizeof *a->step) &&
	       !memcmp(a->share, b->share, a->shares * sizeof *a->share);
}

/* Under the lock: the one that is kept of those like it; NULL: no memory, and it is freed. */
static const struct form *keep(struct forms *forms, struct form *form)
{
	uint64_t hash = hash_of(form);
	struct kept_form **first = &forms->bucket[hash % FORM_BUCKETS];
	struct kept_form *kept = *first;
	while (kept && !(kept->hash == hash && is_same(kept->form, form)))
		kept = kept->next;
	if (kept) {
		free(form);
		return kept->form;
	}
	kept = malloc(sizeof *kept);
	if (!kept) {
		free(form);
		return NULL;
	}
	*kept = (struct kept_form){hash, form, *first};
	*first = kept;
	return form;
}

const struct form *forms_find(struct forms *forms, uint32_t docket)
{
	const struct form *form = atomic_load_explicit(&forms->of[docket], memory_order_acquire);
	if (form)
		return form;
	uint32_t tail = rb_tail(forms->rb, docket);
	pthread_mutex_lock(&forms->lock);
	if (!forms->tail[tail])
		forms->tail[tail] = form_begin(forms->rb, tail);
	struct form *made = NULL;
	if (forms->tail[tail])
		made = form_make(forms->tail[tail], rb_items(forms->rb, docket));
	form = made ? keep(forms, made) : NULL;
	if (form)
		atomic_store_explicit(&forms->of[docket], form, memory_order_release);
	pthread_mutex_unlock(&forms->lock);
	return form;
}
