/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adds a line to the sums: only where its duty is known under both laws. Other
 * lines are counted apart, with the duty of the law under which they have one.
 */
#include "compare/bench.h"

#include "common/error.h"

static bool is_changed(const struct outcome *a, const struct outcome *b)
{
	return a->amount != b->amount || a->fees != b->fees || a->taxes != b->taxes ||
	       a->is_free != b->is_free;
}

static bool put(struct sums *sums, uint64_t key, const struct sum *what)
{
	struct sum *sum = sums_of(sums, key);
	if (sum)
		sums_add(sum, what);
	return sum != NULL;
}

static tw_money amount_of(const struct outcome *outcome, uint32_t program)
{
	for (size_t i = 0; i < outcome->count; i++)
		if (outcome->of[i].program == program)
			return outcome->of[i].amount;
	return 0;
}

static bool put_program(struct sums *sums, uint32_t program, const struct outcome *a,
			const struct outcome *b, uint64_t count)
{
	tw_money before = amount_of(a, program), after = amount_of(b, program);
	struct sum what = {.lines = count,
			   .changed = before != after ? count : 0,
			   .before = (sum_money)before * count,
			   .after = (sum_money)after * count};
	return put(sums, sums_key(SUM_PROGRAM, a->currency, program), &what);
}

static bool put_programs(struct sums *sums, const struct outcome *a, const struct outcome *b,
			 uint64_t count)
{
	bool good = true;
	for (size_t i = 0; i < a->count && good; i++)
		good = put_program(sums, a->of[i].program, a, b, count);
	for (size_t i = 0; i < b->count && good; i++) {
		size_t k = 0;
		while (k < a->count && a->of[k].program != b->of[i].program)
			k++;
		if (k == a->count)
			good = put_program(sums, b->of[i].program, a, b, count);
	}
	return good;
}

static struct sum_taxes taxes_of(const struct outcome *outcome, uint64_t count)
{
	const bool is_known = outcome->taxes >= 0;
	return (struct sum_taxes){.amount = is_known ? (sum_money)outcome->taxes * count : 0,
				  .known = is_known ? count : 0,
				  .unknown = outcome->is_taxed && !is_known ? count : 0};
}

static bool put_line(struct sums *sums, const struct outcome *a, const struct outcome *b,
		     uint64_t count, uint64_t parcels)
{
	struct sum what = {.lines = count,
			   .changed = is_changed(a, b) ? count : 0,
			   .free_before = a->is_free ? parcels : 0,
			   .free_after = b->is_free ? parcels : 0,
			   .before = (sum_money)a->amount * count,
			   .after = (sum_money)b->amount * count,
			   .fees_before = (sum_money)a->fees * count,
			   .fees_after = (sum_money)b->fees * count,
			   .taxes_before = taxes_of(a, count),
			   .taxes_after = taxes_of(b, count)};
	uint32_t currency = a->currency;
	return put(sums, sums_key(SUM_ALL, currency, 0), &what) &&
	       put(sums, sums_key(SUM_ORIGIN, currency, a->origin), &what) &&
	       put(sums, sums_key(SUM_CHAPTER, currency, a->chapter), &what) &&
	       put(sums, sums_key(SUM_MONTH, currency, (uint32_t)a->month), &what) &&
	       put_programs(sums, a, b, count);
}

static bool put_apart(struct apart *apart, const struct outcome *a, const struct outcome *b,
		      uint64_t count, uint64_t parcels)
{
	const struct outcome *known = a->state == OUTCOME_KNOWN   ? a
				      : b->state == OUTCOME_KNOWN ? b
								  : NULL;
	apart->lines[a->state][b->state] += count;
	if (!known)
		return true;
	const bool is_before = known == a;
	const sum_money duty = (sum_money)known->amount * count;
	const sum_money fees = (sum_money)known->fees * count;
	struct sum what = {.lines = count};
	*(is_before ? &what.before : &what.after) = duty;
	*(is_before ? &what.fees_before : &what.fees_after) = fees;
	*(is_before ? &what.taxes_before : &what.taxes_after) = taxes_of(known, count);
	*(is_before ? &what.free_before : &what.free_after) = known->is_free ? parcels : 0;
	return put(
	    &apart->known,
	    sums_key(SUM_ALL, known->currency, (uint32_t)(a->state * OUTCOME_STATES + b->state)),
	    &what);
}

int compare_add(struct bench *bench, const struct compare *compare, uint64_t count, bool is_first,
		struct tw_error *error)
{
	const struct outcome *a = &bench->outcome[0];
	enum outcome_state worst = a->state;
	bool good = true;
	for (size_t k = 1; k < compare->options.law_count && good; k++) {
		const struct outcome *b = &bench->outcome[k];
		worst = b->state > worst ? b->state : worst;
		good = a->state == OUTCOME_KNOWN && b->state == OUTCOME_KNOWN
			   ? put_line(&bench->sums[k], a, b, count, is_first ? count : 0)
			   : put_apart(&bench->apart[k], a, b, count, is_first ? count : 0);
	}
	bench->counts.lines += count;
	bench->counts.refused += worst == OUTCOME_REFUSED ? count : 0;
	bench->counts.incomplete += worst == OUTCOME_INCOMPLETE ? count : 0;
	return good ? TW_OK : error_memory(error);
}
