/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the order of tests: which hold for an entry, which cannot be told. It
 * knows no test; they are law.
 */
#include "refund/entry.h"

#include <string.h>

enum truth { NO, YES, UNKNOWN };

static enum truth compare_days(const struct refund_entry *e, const struct refunds_atom *atom)
{
	if (!e->has_days)
		return UNKNOWN;
	switch (atom->op) {
	case REFUND_LT:
		return e->days < atom->number;
	case REFUND_LE:
		return e->days <= atom->number;
	case REFUND_GT:
		return e->days > atom->number;
	default:
		return e->days >= atom->number;
	}
}

static enum truth test_atom(const struct refunder *r, const struct refunds_atom *atom)
{
	int value = r->entry.fact[atom->fact];
	if (atom->fact == REFUND_DAYS_SINCE_LIQUIDATION)
		return compare_days(&r->entry, atom);
	if (value < 0)
		return UNKNOWN;
	for (uint32_t i = 0; i < atom->values.count; i++)
		if ((int)r->law.indexes[atom->values.first + i] == value)
			return atom->op == REFUND_IS;
	return atom->op == REFUND_IS_NOT;
}

/* All of them; where that cannot be told, the facts that are missing. */
static enum truth test_all(const struct refunder *r, struct refunds_span span, uint32_t *asked)
{
	enum truth all = YES;
	uint32_t missing = 0;
	for (uint32_t i = 0; i < span.count; i++) {
		const struct refunds_atom *atom = &r->law.atoms[span.first + i];
		enum truth one = test_atom(r, atom);
		if (one == NO)
			return NO;
		if (one == UNKNOWN) {
			all = UNKNOWN;
			missing |= UINT32_C(1) << atom->fact;
		}
	}
	*asked |= missing;
	return all;
}

/* What the law lets be taken for granted where nothing is said. */
static void assume(struct refunder *r)
{
	for (int i = 0; i < REFUND_SAID; i++) {
		const struct refunds_fact *fact = &r->law.facts[i];
		uint32_t unused = 0;
		if (r->entry.fact[i] != REFUND_BLANK || fact->assume == REFUNDS_NONE)
			continue;
		if (!fact->unless.count || test_all(r, fact->unless, &unused) == NO)
			r->entry.fact[i] = (int)fact->assume;
	}
}

static bool is_told(const struct refund_answer *answer, const struct refunds_test *test)
{
	if (answer->reason->reason == test->reason)
		return true;
	for (size_t i = 0; i < answer->further_count; i++)
		if (answer->further[i]->reason == test->reason)
			return true;
	return false;
}

static void fail_test(struct refund_answer *answer, const struct refunds_test *test)
{
	if (!answer->reason) {
		answer->reason = test;
		answer->status = REFUND_REFUSED;
	} else if (!is_told(answer, test)) {
		answer->further[answer->further_count++] = test;
	}
}

void refund_decide(struct refunder *r, uint32_t *asked)
{
	struct refund_answer *answer = &r->answer;
	int32_t filed = r->options->filed;
	*asked = 0;
	answer->status = REFUND_UNDECIDED;
	assume(r);
	for (uint32_t i = 0; i < r->law.count[REFUNDS_TESTS]; i++) {
		const struct refunds_test *test = &r->law.tests[i];
		uint32_t unused = 0;
		if (filed < test->from || filed >= test->until)
			continue;
		if (!test->accepted) {
			if (test_all(r, test->when, asked) == YES)
				fail_test(answer, test);
		} else if (!answer->reason && !*asked && test_all(r, test->when, &unused) == YES) {
			answer->reason = test;
			answer->status = REFUND_ACCEPTED;
		}
	}
}
