/* SPDX-License-Identifier: Apache-2.0 */
/* Judge against library, see compare.h. */
#include "compare.h"
#include "common/money.h"

#include <stdio.h>
#include <string.h>

static const char *measure_id(const struct law_measure *m)
{
	return m != NULL ? m->id : "";
}

static bool same_layer(const struct verdict_layer *a, const struct tw_layer *b)
{
	if (strcmp(measure_id(a->measure), b->measure) != 0 || a->kind != b->kind ||
	    a->on != b->on || a->is_void != b->is_void || a->unknown != b->is_unknown)
		return false;
	if (a->measure != NULL && strcmp(a->heading, b->heading) != 0)
		return false;
	if (a->unknown)
		return true;
	return a->amount == b->amount &&
	       (a->kind != TW_LAYER_REPLACE || a->over_base == b->over_base);
}

/* Each layer of one must be a layer of the other, as often. */
static bool same_layers(const struct verdict *v, const struct tw_assessment *a)
{
	bool used[VERDICT_LAYERS] = {false};
	if (v->stack.layer_count != a->layer_count)
		return false;
	for (size_t i = 0; i < a->layer_count; i++) {
		size_t k = 0;
		while (k < v->stack.layer_count &&
		       (used[k] || !same_layer(&v->stack.layer[k], &a->layers[i])))
			k++;
		if (k == v->stack.layer_count)
			return false;
		used[k] = true;
	}
	return true;
}

static bool same_exclusion(const struct law *law, const struct verdict_exclusion *a,
			   const struct tw_exclusion *b)
{
	if (a->program == LAW_NONE || strcmp(law->programs[a->program].id, b->program) != 0)
		return false;
	for (size_t i = 0; i < a->to_count; i++)
		if (strcmp(law->programs[a->to[i]].id, b->to) == 0)
			return true;
	return false;
}

static bool same_exclusions(const struct law *law, const struct verdict *v,
			    const struct tw_assessment *a)
{
	bool used[VERDICT_LAYERS] = {false};
	if (v->stack.exclusion_count != a->exclusion_count)
		return false;
	for (size_t i = 0; i < a->exclusion_count; i++) {
		size_t k = 0;
		while (k < v->stack.exclusion_count &&
		       (used[k] || !same_exclusion(law, &v->stack.exclusion[k], &a->exclusions[i])))
			k++;
		if (k == v->stack.exclusion_count)
			return false;
		used[k] = true;
	}
	return true;
}

static bool same_choices(const struct verdict *v, const struct tw_assessment *a)
{
	if (v->stack.choice_count != a->choice_count)
		return false;
	for (size_t i = 0; i < a->choice_count; i++)
		if (strcmp(v->stack.choice[i].measure->choice_is, a->choices[i].is) != 0 ||
		    v->stack.choice[i].amount != (v->relief.eligible || v->relief.nothing_due
						      ? a->choices[i].relieved
						      : a->choices[i].amount))
			return false;
	return true;
}

static bool same_fees(const struct verdict *v, const struct tw_assessment *a)
{
	if (v->relief.fee_count != a->fee_count)
		return false;
	for (size_t i = 0; i < a->fee_count; i++)
		if (strcmp(v->relief.fee[i].measure->id, a->fees[i].measure) != 0 ||
		    v->relief.fee[i].amount != a->fees[i].amount)
			return false;
	return true;
}

/*
 * A tax is its share of the value with the duty, rounded once; not known where the duty is not.
 * What they come to is not known where another reading owes others, either.
 */
static bool same_taxes(const struct law *law, const struct verdict *v,
		       const struct tw_assessment *a)
{
	tw_money sum = 0;
	if (v->relief.tax_count != a->tax_count)
		return false;
	for (size_t i = 0; i < a->tax_count; i++) {
		const struct law_measure *m = v->relief.tax[i];
		const struct law_jurisdiction *j =
		    &law->jurisdictions[law->programs[m->program].jurisdiction];
		const struct law_fraction rate = m->rate.term[0].amount;
		tw_money on = money_round(a->value, j->round_value);
		on += m->of_duty_paid ? a->amount : 0;
		/* Half up, written out: twice the share plus one, over two. */
		__int128 steps = 2 * (__int128)on * rate.num + (__int128)rate.den * j->round_duty;
		tw_money due =
		    (tw_money)(steps / (2 * (__int128)rate.den * j->round_duty)) * j->round_duty;
		if (strcmp(m->id, a->taxes[i].measure) != 0 ||
		    a->taxes[i].amount != (a->has_amount ? due : -1))
			return false;
		sum += due;
	}
	if (v->relief.taxes_unlike || (!a->has_amount && a->tax_count != 0))
		sum = -1;
	return a->taxes_amount == sum;
}

static const char *compare_amounts(const struct verdict *v, const struct tw_assessment *a)
{
	if (!v->bounds_sure)
		return NULL;
	if (v->has_amount != a->has_amount)
		return "whether there is an amount";
	if (v->has_amount &&
	    (v->amount != a->amount || (v->relieved_sure && v->relieved != a->relieved)))
		return "amount or relieved";
	if (v->has_bounds != a->has_bounds)
		return "whether there are bounds";
	if (v->has_bounds && (v->least != a->least || v->greatest != a->greatest))
		return "least or greatest";
	return NULL;
}

static const char *compare_stacks(const struct law *law, const struct verdict *v,
				  const struct tw_assessment *a)
{
	if (!v->single)
		return NULL;
	if (!same_layers(v, a))
		return "layers";
	if (!same_exclusions(law, v, a))
		return "exclusions";
	if (!same_choices(v, a))
		return "choices";
	if ((v->stack.choices_alone ? -1 : v->stack.additional) != a->additional ||
	    v->refundable != a->refundable)
		return "additional or refundable";
	return NULL;
}

static const char *compare_relief(const struct law *law, const struct verdict *v,
				  const struct tw_assessment *a)
{
	const char *program =
	    v->relief.relief != NULL ? law->programs[v->relief.relief->program].id : "";
	if (v->relief.considered != a->de_minimis.applies ||
	    v->relief.eligible != a->de_minimis.eligible ||
	    strcmp(v->relief.reason, a->de_minimis.reason) != 0 ||
	    strcmp(program, a->de_minimis.program) != 0)
		return "de minimis";
	if ((v->single || v->bounds_sure) && !same_taxes(law, v, a))
		return "taxes";
	if (!v->single) /* what is added for sure is another sum under several tariff lines */
		return NULL;
	if (strcmp(v->relief.entry_type, a->entry_type) != 0)
		return "entry type";
	return same_fees(v, a) ? NULL : "fees";
}

const char *compare(const struct law *law, const struct verdict *v, const struct tw_assessment *a)
{
	const char *what;
	if ((v->refused != NULL) != (a->status == TW_STATUS_REFUSED))
		return "whether it is refused";
	if (v->refused != NULL)
		return strcmp(v->refused, a->refusal.reason) == 0 ? NULL : "why it is refused";
	if ((what = compare_stacks(law, v, a)) != NULL ||
	    (what = compare_relief(law, v, a)) != NULL)
		return what;
	if ((what = compare_amounts(v, a)) != NULL)
		return what;
	if (v->bounds_sure && (a->status == TW_STATUS_OK) != v->has_amount)
		return "status";
	return NULL;
}

static const char *text_of(tw_money amount)
{
	static char ring[8][32];
	static unsigned next;
	char *out = ring[next++ % 8];
	if (amount < 0) {
		out[0] = '-';
		money_print(out + 1, -amount / 10); /* room for the sign */
		money_print(out + 1, -amount);
	} else {
		money_print(out, amount);
	}
	return out;
}

static void print_layer(const char *who, int kind, const char *measure, const char *heading,
			const tw_money *money)
{
	static const char *const kinds[] = {"base", "add", "replace", "exempt"};
	printf("  %-7s %-8s %-44s %-12s on %s amount %s over %s", who, kinds[kind], measure,
	       heading, text_of(money[0]), text_of(money[1]), text_of(money[2]));
}

static void print_verdict(const struct law *law, const struct verdict *v)
{
	const struct stack *s = &v->stack;
	printf("  judge   %s amount %s%s bounds %s %s%s relieved %s additional %s refundable %s "
	       "entry %s\n",
	       v->refused != NULL ? v->refused : "answered", text_of(v->amount),
	       v->has_amount ? "" : " (none)", text_of(v->least), text_of(v->greatest),
	       v->has_bounds ? "" : " (none)", text_of(v->relieved), text_of(s->additional),
	       text_of(v->refundable), v->relief.entry_type);
	printf("  judge   de minimis %d %d %s %s; unknown scopes %zu\n", v->relief.considered,
	       v->relief.eligible, v->relief.reason, measure_id(v->relief.relief),
	       s->unknown_count);
	for (size_t i = 0; i < s->layer_count; i++) {
		const struct verdict_layer *l = &s->layer[i];
		print_layer("judge", (int)l->kind, measure_id(l->measure), l->heading,
			    (const tw_money[]){l->on, l->amount, l->over_base});
		printf("%s%s\n", l->unknown ? " unknown" : "", l->is_void ? " void" : "");
	}
	for (size_t i = 0; i < s->exclusion_count; i++)
		for (size_t k = 0; k < s->exclusion[i].to_count; k++)
			printf("  judge   %s steps back before %s\n",
			       law->programs[s->exclusion[i].program].id,
			       law->programs[s->exclusion[i].to[k]].id);
	for (size_t i = 0; i < s->choice_count; i++)
		printf("  judge   choice %s %s\n", s->choice[i].measure->id,
		       text_of(s->choice[i].amount));
	for (size_t i = 0; i < v->relief.fee_count; i++)
		printf("  judge   fee %s %s\n", v->relief.fee[i].measure->id,
		       text_of(v->relief.fee[i].amount));
}

static void print_answer(const struct tw_assessment *a)
{
	printf("  tables  status %d %s amount %s%s bounds %s %s%s relieved %s additional %s "
	       "refundable %s "
	       "entry %s\n",
	       (int)a->status, a->refusal.reason, text_of(a->amount),
	       a->has_amount ? "" : " (none)", text_of(a->least), text_of(a->greatest),
	       a->has_bounds ? "" : " (none)", text_of(a->relieved), text_of(a->additional),
	       text_of(a->refundable), a->entry_type);
	printf("  tables  de minimis %d %d %s %s\n", a->de_minimis.applies, a->de_minimis.eligible,
	       a->de_minimis.reason, a->de_minimis.program);
	for (size_t i = 0; i < a->layer_count; i++) {
		const struct tw_layer *l = &a->layers[i];
		print_layer("tables", (int)l->kind, l->measure, l->heading,
			    (const tw_money[]){l->on, l->amount, l->over_base});
		printf("%s%s\n", l->is_unknown ? " unknown" : "", l->is_void ? " void" : "");
	}
	for (size_t i = 0; i < a->exclusion_count; i++)
		printf("  tables  %s steps back before %s\n", a->exclusions[i].program,
		       a->exclusions[i].to);
	for (size_t i = 0; i < a->choice_count; i++)
		printf("  tables  choice %s %s\n", a->choices[i].is, text_of(a->choices[i].amount));
	for (size_t i = 0; i < a->fee_count; i++)
		printf("  tables  fee %s %s\n", a->fees[i].measure, text_of(a->fees[i].amount));
	for (size_t i = 0; i < a->missing_count; i++)
		printf("  tables  missing %s\n", a->missing[i]);
	if (a->refusal.text != NULL && a->refusal.text[0] != '\0')
		printf("  tables  refused: %s\n", a->refusal.text);
}

void print_both(const struct law *law, const struct verdict *v, const struct tw_assessment *a)
{
	print_verdict(law, v);
	print_answer(a);
}
