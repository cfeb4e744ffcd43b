/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forms of dockets, made when they are first asked for and kept as long as
 * the rulebook: many dockets ask the same, of which one form is kept, so that
 * what lines read stays near. Shared by threads; a reader needs no lock.
 */
#ifndef TW_ASSESS_FORMS_H
#define TW_ASSESS_FORMS_H

#include "assess/plan_key.h"
#include "common/ahead.h"

#include <pthread.h>
#include <stdatomic.h>

enum { FORM_BUCKETS = 1 << 10 };

struct kept_form;
struct forms {
	const struct rb *rb;
	_Atomic(const struct form *) *of; /* by docket */
	void *memory;                     /* in which these lie */
	pthread_mutex_t lock;
	/* Under the lock. */
	struct kept_form *bucket[FORM_BUCKETS];
	struct draft **tail; /* by chain: few are tails */
};

/* False: no memory. */
bool forms_open(struct forms *forms, const struct rb *rb);
void forms_close(struct forms *forms);

/* The form of a docket; NULL: no memory. */
const struct form *forms_find(struct forms *forms, uint32_t docket);

static inline void forms_prefetch(const struct forms *forms, uint32_t docket)
{
	ahead_of(&forms->of[docket], 0);
}

#endif
