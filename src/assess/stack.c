/* SPDX-License-Identifier: Apache-2.0 */
/* One reading of a line: its value cut, its layers decided and charged. See stack.h. */
#include "assess/stack.h"

#include "assess/charge.h"
#include "assess/decide.h"
#include "assess/value.h"

void stack_make(struct stack *out, const struct stack_input *input)
{
	struct pieces pieces;
	out->layer_count = out->exclusion_count = out->choice_count = 0;
	out->warning_count = out->unknown_count = 0;
	out->prohibited = out->mail = RB_NONE;
	out->amount = out->additional = out->refundable = 0;
	out->metals = out->assumed_zero = out->assumed_whole = 0;
	out->apart = out->overflow = out->choices_alone = false;
	input->reading->nothing = 0;
	value_cut(&pieces, out, input);
	/* Where nothing is declared each piece is all of the value, or worth nothing. */
	if (pieces.count != 1 && claims_any(input->reading->facts, &input->reading->words->parts))
		condition_give_up(input->reading, "a value in several parts");
	decide(out, input, &pieces);
	charge(out, input, &pieces);
	input->reading->nothing = 0;
}
