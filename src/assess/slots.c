/* SPDX-License-Identifier: Apache-2.0 */
/* What an answer comes to, as the charge of a line and its slots. Decides nothing. */
#include "assess/slots.h"

#include <string.h>

static tw_money *put(tw_money *to, tw_money a, tw_money b, tw_money c)
{
	to[0] = a;
	to[1] = b;
	to[2] = c;
	return to + 3;
}

size_t slots_count(const struct tw_assessment *answer)
{
	return 4 * answer->layer_count + 3 * answer->choice_count + 4 * answer->fee_count +
	       4 * answer->tax_count + 2;
}

void slots_fill(tw_money *to, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		to = put(to, layer->on, layer->amount, layer->over_base);
		*to++ = layer->shipment;
	}
	for (size_t i = 0; i < answer->choice_count; i++)
		to = put(to, answer->choices[i].amount, answer->choices[i].relieved,
			 answer->choices[i].refundable);
	for (size_t i = 0; i < answer->fee_count; i++) {
		to = put(to, answer->fees[i].amount, answer->fees[i].on,
			 answer->fees[i].shipment_amount);
		*to++ = answer->fees[i].shipment_on;
	}
	for (size_t i = 0; i < answer->tax_count; i++) {
		to = put(to, answer->taxes[i].amount, answer->taxes[i].on, answer->taxes[i].value);
		*to++ = answer->taxes[i].duty;
	}
	*to++ = answer->least;
	*to++ = answer->greatest;
}

struct tw_charge slots_charge(const tw_assessor *a, const struct tw_assessment *answer)
{
	return (struct tw_charge){.status = (uint8_t)answer->status,
				  .lane = (uint8_t)answer->lane,
				  .has_amount = answer->has_amount,
				  .is_taxed = answer->is_taxed,
				  .amount = answer->amount,
				  .relieved = answer->relieved,
				  .additional = answer->additional,
				  .refundable = answer->refundable,
				  .fees = answer->fees_amount,
				  .base_amount = answer->base_amount,
				  .taxes = answer->taxes_amount,
				  .rate = a->rate,
				  .changes_on = answer->changes_on};
}

const char *slots_unlike(const struct tw_charge *plan, const tw_money *slot,
			 const struct tw_charge *own, const struct tw_assessment *answer)
{
	tw_money room[4 * PLAN_TERMS + 2];
	size_t slots = slots_count(answer);
	if (slots != plan->slot_count || slots > sizeof room / sizeof *room)
		return "layers";
	slots_fill(room, answer);
	for (size_t i = 0; i < slots; i++)
		if (room[i] != slot[i])
			return "an amount of a layer, a choice, a fee or a tax";
	return own->status != plan->status             ? "status"
	       : own->lane != plan->lane               ? "lane"
	       : own->has_amount != plan->has_amount   ? "has_amount"
	       : own->amount != plan->amount           ? "amount"
	       : own->relieved != plan->relieved       ? "relieved"
	       : own->additional != plan->additional   ? "additional"
	       : own->refundable != plan->refundable   ? "refundable"
	       : own->fees != plan->fees               ? "fees"
	       : own->is_taxed != plan->is_taxed       ? "is_taxed"
	       : own->taxes != plan->taxes             ? "taxes"
	       : own->base_amount != plan->base_amount ? "base_amount"
	       : own->rate != plan->rate               ? "rate"
	       : own->changes_on != plan->changes_on   ? "changes_on"
						       : NULL;
}

static uint64_t add_texts(uint64_t sum, const char *const *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sum = plans_hash(0, text[i], strlen(text[i])) ^ sum * UINT64_C(0x9e3779b97f4a7c15);
	return sum + count;
}

uint64_t slots_texts(const struct tw_assessment *answer)
{
	uint64_t sum = add_texts(1, answer->warnings, answer->warning_count);
	for (size_t i = 0; i < answer->adcvd.order_count; i++)
		sum = add_texts(sum, &answer->adcvd.orders[i].id, 1);
	return add_texts(sum, answer->missing, answer->missing_count);
}
