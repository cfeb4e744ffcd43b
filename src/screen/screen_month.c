/* SPDX-License-Identifier: Apache-2.0 */
/* The sums of a month that the controls of a line were decided on, as the answer says them. */
#include "screen/month.h"
#include "screen/screen_state.h"

#include "common/fit.h"

#include <string.h>

enum { SHOWN = 40 /* bytes of a name in a warning */ };

static enum tw_sum_state state_of(const struct month_total *total)
{
	if (total->before)
		return TW_SUM_EXCEEDED;
	if (total->reached)
		return TW_SUM_REACHED;
	return total->unknown ? TW_SUM_UNKNOWN : TW_SUM_BELOW;
}

/* A name, or as much of it as ends with a whole character. */
static int shown(struct tw_text text)
{
	size_t length = text.length < SHOWN ? text.length : SHOWN;
	while (length && length < text.length && ((unsigned char)text.at[length] & 0xC0) == 0x80)
		length--;
	return (int)length;
}

/* Milligrams as "1.25 kg", microlitres as "3 L". */
static void print_amount(char *out, size_t size, int64_t amount, const char *unit)
{
	char digits[32];
	fit_print(digits, sizeof digits, "%lld.%06lld", (long long)(amount / 1000000),
		  (long long)(amount % 1000000));
	size_t length = strlen(digits);
	while (digits[length - 1] == '0')
		length--;
	digits[length - (digits[length - 1] == '.')] = '\0';
	fit_add(out, size, "%s%s %s", *out ? " and " : "", digits, unit);
}

static void say_state(struct screen *screen, const struct tw_sum *sum)
{
	static const char *const ends[] = {"below the threshold", "the threshold is reached here",
					   "the threshold was reached before",
					   "a line does not say its quantity"};
	char amount[80] = "";
	char *said = screen_room(screen);
	if (!said)
		return;
	if (sum->sum_weight || !sum->sum_volume)
		print_amount(amount, sizeof amount, sum->sum_weight, "kg");
	if (sum->sum_volume)
		print_amount(amount, sizeof amount, sum->sum_volume, "L");
	fit_print(
	    said, sizeof screen->said[0],
	    "month-sum: %s, %s %s: sums to %s in %llu line%s of %s %.*s in %s; threshold %s: %s",
	    sum->substance, sum->jurisdiction, sum->list, amount, (unsigned long long)sum->lines,
	    sum->lines == 1 ? "" : "s", sum->of, shown(sum->person),
	    sum->person.at ? sum->person.at : "", sum->month, sum->threshold, ends[sum->state]);
	screen_warn(screen, said);
}

/* Nearly the same person is a question, and no part of the sum. */
static void ask_near(struct screen *screen, const struct tw_sum *sum)
{
	char *said = sum->near_lines ? screen_room(screen) : NULL;
	if (!said)
		return;
	fit_print(said, sizeof screen->said[0],
		  "month-person: is %s %.*s the same as in line %llu of %.60s? The names agree but "
		  "for marks, address or id; the %llu line%s there %s not in this sum",
		  sum->of, shown(sum->person), sum->person.at ? sum->person.at : "",
		  (unsigned long long)sum->near.number, sum->near.file,
		  (unsigned long long)sum->near_lines, sum->near_lines == 1 ? "" : "s",
		  sum->near_lines == 1 ? "is" : "are");
	screen_warn(screen, said);
}

/* Room for the sum of a key; one that is there gives way only to a surer hit. */
static struct tw_sum *room_for(struct screen *screen, uint32_t key, bool counts)
{
	for (size_t i = 0; i < screen->sum_count; i++)
		if (screen->sum[i].key == key)
			return counts && !screen->sum[i].counts ? &screen->sum[i] : NULL;
	screen->overflow = screen->overflow || screen->sum_count == TW_SUMS;
	return screen->sum_count == TW_SUMS ? NULL : &screen->sum[screen->sum_count++];
}

void screen_sum(struct screen *screen, size_t of, const struct control_answer *answer,
		const struct screen_facts *facts)
{
	const struct ledger *ledger = &screen->ledger;
	const struct ledger_control *row = answer->row;
	const struct ledger_list *list = &ledger->lists[row->list];
	const struct tw_substance_hit *hit = &screen->substance[of];
	struct person_pair who;
	uint32_t key = month_key(ledger, row, answer->direction);
	/* What is not surely there is decided with the sum, and brings nothing to it. */
	bool counts = hit->certainty == TW_CERTAINTY_EXACT &&
		      screen->found[of].sense == MATCH_SENSE_PLAIN && !answer->mixture;
	struct tw_sum *sum = room_for(screen, key, counts);
	if (!sum || !month_of(&who, ledger, row, answer->direction, facts))
		return;
	const struct tw_sum_before *before = month_before(facts, key);
	struct month_total total;
	month_add_up(&total, row, facts, before, counts);
	memcpy(screen->month, facts->month_text, sizeof screen->month);
	*sum = (struct tw_sum){.key = key,
			       .substance = hit->substance,
			       .jurisdiction = ledger_text(ledger, list->jurisdiction),
			       .list = ledger_text(ledger, list->name),
			       .code = ledger_text(ledger, row->code),
			       .direction = screen_direction[answer->direction],
			       .month = screen->month,
			       .entered = facts->entered,
			       .of = who.of,
			       .person = person_shown(&who.person),
			       .other = person_shown(&who.other),
			       .counts = counts,
			       .weight = facts->weight,
			       .volume = facts->weight >= 0 ? -1 : facts->volume,
			       .sum_weight = total.weight,
			       .sum_volume = total.volume,
			       .limit = row->limit,
			       .limit_volume = row->volume,
			       .lines = total.lines,
			       .unknown = total.unknown,
			       .near = {"", 0},
			       .threshold = ledger_text(ledger, row->threshold),
			       .requirement = ledger_text(ledger, answer->requirement),
			       .state = state_of(&total),
			       .by = {screen->citations + row->by.first, row->by.count}};
	if (before) {
		sum->line = before->line;
		sum->line_count = before->line_count;
		sum->near_lines = before->near_lines;
		sum->near_weight = before->near_weight;
		sum->near_volume = before->near_volume;
		if (before->near_lines)
			sum->near = before->near;
	}
}

void screen_say_sums(struct screen *screen)
{
	for (size_t i = 0; i < screen->sum_count; i++) {
		say_state(screen, &screen->sum[i]);
		ask_near(screen, &screen->sum[i]);
	}
}
