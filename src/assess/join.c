/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Joining lines in memory, see join.h: values of the shipments, then the days
 * of the consignees, then what the lines of a shipment owe together, as the
 * program does for files (src/lines/gather*.c).
 */
#include "assess/join.h"

#include "assess/assessor.h"
#include "assess/reading.h"
#include "common/capped.h"
#include "common/currency.h"
#include "common/error.h"
#include "common/money.h"
#include "common/order.h"
#include "common/text_key.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 86400 };

/* One line and what is known of it by now. */
struct joined {
	struct tw_line line;
	struct tw_shipment_amount amount[TW_SHARES];
	struct tw_text shipment, consignee, order;
	tw_money value, retail;
	tw_time entered;
	size_t first; /* place of the first line of its shipment */
	bool answered, is_shared;
};

/* A line within something that is sorted. */
struct place {
	text_key group, unit;
	tw_time entered;
	size_t first, line;
	tw_money value, shipment, room, all, eligible, limit;
	bool is_eligible, is_order;
};

struct share {
	text_key shipment;
	uint64_t key; /* the local day of entry, then that of the share */
	size_t line;
	tw_money amount;
	enum tw_share_rule rule;
	/* Of all of them, in the first: */
	tw_money total;
	size_t carrier;
	bool differ;
};

struct join {
	tw_assessor *assessor;
	size_t count, shares;
	struct tw_typed_line *typed;
	struct joined *line;
	struct place *place;
	struct share *share;
};

static tw_money money_of(struct tw_text text)
{
	const char *right;
	tw_money amount;
	text = currency_split(text).amount;
	return text.length && money_parse(&amount, text, &right) ? amount : 0;
}

/* The lines as they are alone. */
static void begin(struct join *join, const struct tw_typed_line *lines)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	for (size_t i = 0; i < join->count; i++) {
		struct joined *to = &join->line[i];
		const struct tw_line *from = lines[i].line;
		memset(to, 0, sizeof *to);
		to->line = fresh;
		if (from && from->size <= sizeof to->line)
			memcpy(&to->line, from, from->size);
		else if (from)
			to->line = *from;
		to->line.size = sizeof to->line;
		to->line.shipment_value = to->line.shipment_retail = to->line.order_retail = -1;
		to->line.free_before = 0;
		to->line.day_shipments = 0;
		to->line.day_value = 0;
		to->line.shipment_amounts = to->amount;
		to->line.shipment_amount_count = 0;
		to->line.shipment_first = to->line.shipment_last = TW_TIME_MIN;
		to->shipment = reading_trim(to->line.column[TW_COLUMN_SHIPMENT]);
		to->consignee = reading_trim(to->line.column[TW_COLUMN_CONSIGNEE]);
		to->order = reading_trim(to->line.column[TW_COLUMN_ORDER]);
		to->first = i;
		struct tw_text retail = reading_trim(to->line.column[TW_COLUMN_RETAIL_VALUE]);
		struct tw_text value = reading_trim(to->line.column[TW_COLUMN_VALUE]);
		to->value = lines[i].is_text      ? money_of(value)
			    : lines[i].value >= 0 ? lines[i].value
						  : 0;
		to->retail = lines[i].is_text             ? money_of(retail.length ? retail : value)
			     : lines[i].retail_value >= 0 ? lines[i].retail_value
							  : to->value;
		join->typed[i] = lines[i];
		if (from || to->shipment.length)
			join->typed[i].line = &to->line;
	}
}

static int answer_of(const struct tw_assessment **out, struct join *join, size_t line,
		     struct tw_error *error)
{
	struct tw_charge charge;
	int code =
	    tw_assess_many(&charge, join->assessor, &join->typed[line], 1, TW_MANY_LEAVE, error);
	return code ? code : tw_many_answer(out, join->assessor, 0, error);
}

static int by_group(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = memcmp(x->group, y->group, sizeof x->group);
	return order ? order : x->line < y->line ? -1 : x->line > y->line;
}

static void give_shipment(struct join *join, const struct place *place, size_t count)
{
	tw_money value = 0, retail = 0;
	tw_time entered = TW_TIME_MAX, last = TW_TIME_MIN;
	size_t first = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		const struct joined *line = &join->line[place[i].line];
		value = capped_sum(value, line->value);
		retail = capped_sum(retail, line->retail);
		if (!line->answered)
			continue;
		entered = line->entered < entered ? line->entered : entered;
		last = line->entered > last ? line->entered : last;
		first = place[i].line < first ? place[i].line : first;
	}
	for (size_t i = 0; count > 1 && i < count; i++) {
		struct joined *line = &join->line[place[i].line];
		line->is_shared = true;
		line->first = first;
		line->line.shipment_value = value;
		line->line.shipment_retail = retail;
		line->line.shipment_first = entered == TW_TIME_MAX ? TW_TIME_MIN : entered;
		line->line.shipment_last = last;
	}
}

static int join_shipments(struct join *join, struct tw_error *error)
{
	size_t count = 0;
	for (size_t i = 0; i < join->count; i++) {
		struct joined *line = &join->line[i];
		const struct tw_assessment *answer;
		if (!line->shipment.length)
			continue;
		int code = answer_of(&answer, join, i, error);
		if (code)
			return code;
		line->answered = answer->status != TW_STATUS_REFUSED;
		line->entered = answer->entered;
		text_key_of(join->place[count].group, line->shipment, TEXT_SHIPMENT, false);
		join->place[count++].line = i;
	}
	order_items(join->place, count, sizeof *join->place, by_group);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && !memcmp(join->place[i].group,
							 join->place[end].group, sizeof(text_key));)
			end++;
		give_shipment(join, &join->place[i], end - i);
	}
	return TW_OK;
}

static int by_time(const struct place *x, const struct place *y)
{
	if (x->entered != y->entered)
		return x->entered < y->entered ? -1 : 1;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* By person and unit, then time. */
static int by_unit(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = memcmp(x->group, y->group, sizeof x->group);
	order = order ? order : memcmp(x->unit, y->unit, sizeof x->unit);
	return order ? order : by_time(x, y);
}

/* A line of a day with the place of its unit. */
struct unit_line {
	struct place line;
	tw_time unit_entered;
	size_t unit_first;
};

/* By person, then the place of the unit in the day. */
static int by_place(const void *a, const void *b)
{
	const struct unit_line *x = a, *y = b;
	int order = memcmp(x->line.group, y->line.group, sizeof x->line.group);
	if (order)
		return order;
	if (x->unit_entered != y->unit_entered)
		return x->unit_entered < y->unit_entered ? -1 : 1;
	if (x->unit_first != y->unit_first)
		return x->unit_first < y->unit_first ? -1 : 1;
	order = memcmp(x->line.unit, y->line.unit, sizeof x->line.unit);
	return order ? order : by_time(&x->line, &y->line);
}

static void put_first(unsigned char out[8], size_t first)
{
	uint64_t number = first;
	for (int i = 8; i-- > 0; number >>= 8)
		out[i] = (unsigned char)(number & 0xff);
}

/* Lines that an exemption looked at, of consignees. */
static int find_day_lines(struct join *join, size_t *count, struct tw_error *error)
{
	*count = 0;
	for (size_t i = 0; i < join->count; i++) {
		const struct joined *line = &join->line[i];
		const struct tw_assessment *answer;
		if (!line->consignee.length)
			continue;
		int code = answer_of(&answer, join, i, error);
		if (code)
			return code;
		if (answer->status == TW_STATUS_REFUSED || !answer->de_minimis.applies)
			continue;
		struct place *to = &join->place[(*count)++];
		memset(to, 0, sizeof *to);
		to->all = answer->retail < 0 ? 0 : answer->retail;
		to->value = answer->value < 0 ? 0 : answer->value;
		to->room = answer->de_minimis.room;
		to->is_eligible = answer->de_minimis.eligible;
		to->is_order = line->order.length > 0;
		to->shipment =
		    line->line.shipment_retail >= 0 ? line->line.shipment_retail : to->all;
		to->entered = line->line.shipment_first != TW_TIME_MIN ? line->line.shipment_first
								       : answer->entered;
		to->first = line->first;
		to->line = i;
		tw_time local = answer->entered + answer->entered_offset;
		text_key_person(to->group, line->consignee, local / DAY - (local % DAY < 0),
				answer->into);
		if (to->is_order)
			text_key_of(to->unit, line->order, TEXT_ORDER, false);
		else
			put_first(to->unit + 8, to->first);
	}
	return TW_OK;
}

/* The sums of a unit, and its place: that of the first lot that could be let in. */
static void sum_unit(struct unit_line *out, const struct place *place, size_t count)
{
	tw_money all = 0, eligible = 0, limit = TW_ROOM_ANY;
	size_t at = 0;
	bool placed = false;
	for (size_t i = 0; i < count; i++) {
		all = capped_sum(all, place[i].all);
		if (!place[i].is_eligible)
			continue;
		at = placed ? at : i;
		placed = true;
		eligible = capped_sum(eligible, place[i].all);
		tw_money here = capped_sum(place[i].room, place[i].shipment);
		limit = here < limit ? here : limit;
	}
	for (size_t i = 0; i < count; i++) {
		out[i] = (struct unit_line){place[i], place[at].entered, place[at].first};
		out[i].line.all = all;
		out[i].line.eligible = eligible;
		out[i].line.limit = limit;
	}
}

/* Goes through each person's day and says what was let in before. */
static void decide_days(struct join *join, const struct unit_line *unit, size_t count)
{
	tw_money before = 0, after = 0; /* let in before this unit, and with it */
	for (size_t i = 0; i < count; i++) {
		const struct place *here = &unit[i].line, *last = i ? &unit[i - 1].line : NULL;
		bool new_person = !last || memcmp(last->group, here->group, sizeof here->group);
		if (new_person || memcmp(last->unit, here->unit, sizeof here->unit)) {
			before = new_person ? 0 : after;
			tw_money tested = here->is_order ? here->eligible : here->shipment;
			bool loses = capped_sum(before, tested) > here->limit ||
				     (here->is_order && here->all > here->limit);
			after = loses ? before : capped_sum(before, here->eligible);
		}
		struct joined *line = &join->line[here->line];
		line->line.free_before = before;
		if (!here->is_order)
			continue;
		line->line.order_retail = here->all;
		if (here->eligible > here->shipment)
			line->line.free_before =
			    capped_sum(before, here->eligible - here->shipment);
	}
}

static int by_shipment(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = memcmp(x->group, y->group, sizeof x->group);
	if (!order && x->first != y->first)
		order = x->first < y->first ? -1 : 1;
	return order ? order : x->line < y->line ? -1 : x->line > y->line;
}

/* How many shipments each person has that day, and their value; of one alone nothing is said. */
static void count_shipments(struct join *join, size_t count)
{
	struct place *place = join->place;
	order_items(place, count, sizeof *place, by_shipment);
	for (size_t i = 0, end; i < count; i = end) {
		uint64_t shipments = 1;
		tw_money value = place[i].value;
		for (end = i + 1;
		     end < count && !memcmp(place[i].group, place[end].group, sizeof(text_key));
		     end++) {
			shipments += place[end].first != place[end - 1].first;
			value = capped_sum(value, place[end].value);
		}
		for (size_t k = i; k < end && shipments > 1; k++) {
			join->line[place[k].line].line.day_shipments = shipments;
			join->line[place[k].line].line.day_value = value;
		}
	}
}

static int join_days(struct join *join, struct tw_error *error)
{
	size_t count;
	int code = find_day_lines(join, &count, error);
	struct unit_line *unit = code ? NULL : malloc((count + 1) * sizeof *unit);
	if (!unit)
		return code ? code : error_memory(error);
	order_items(join->place, count, sizeof *join->place, by_unit);
	for (size_t i = 0, end; i < count; i = end) {
		const struct place *first = &join->place[i];
		for (end = i + 1; end < count &&
				  !memcmp(first->group, join->place[end].group, sizeof(text_key)) &&
				  !memcmp(first->unit, join->place[end].unit, sizeof(text_key));)
			end++;
		sum_unit(&unit[i], first, end - i);
	}
	order_items(unit, count, sizeof *unit, by_place);
	decide_days(join, unit, count);
	count_shipments(join, count);
	free(unit);
	return TW_OK;
}

static int by_key(const void *a, const void *b)
{
	const struct share *x = a, *y = b;
	int order = memcmp(x->shipment, y->shipment, sizeof x->shipment);
	if (order)
		return order;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int find_shares(struct join *join, struct tw_error *error)
{
	join->shares = 0;
	for (size_t i = 0; i < join->count; i++) {
		const struct tw_assessment *answer;
		if (!join->line[i].is_shared)
			continue;
		int code = answer_of(&answer, join, i, error);
		if (code)
			return code;
		if (answer->status == TW_STATUS_REFUSED)
			continue;
		tw_time local = answer->entered + answer->entered_offset;
		int64_t day = local / DAY - (local % DAY < 0);
		for (size_t k = 0; k < answer->share_count; k++) {
			struct share *to = &join->share[join->shares++];
			text_key_of(to->shipment, join->line[i].shipment, TEXT_SHIPMENT, false);
			to->key = (uint64_t)(uint32_t)day << 32 | answer->shares[k].key;
			to->line = i;
			to->amount = answer->shares[k].amount;
			to->rule = answer->shares[k].rule;
		}
	}
	order_items(join->share, join->shares, sizeof *join->share, by_key);
	return TW_OK;
}

/* The total of the shares of one key; they are in order of their lines. */
static void total_shares(struct share *share, size_t count)
{
	struct share *first = share;
	first->total = first->amount;
	first->carrier = first->line;
	first->differ = false;
	for (size_t i = 1; i < count; i++) {
		bool better = first->rule == TW_SHARE_HIGHEST ? share[i].amount > first->total
							      : share[i].amount < first->total;
		first->differ = first->differ || share[i].amount != first->total;
		if (first->rule == TW_SHARE_SUM) {
			first->total = capped_sum(first->total, share[i].amount);
		} else if (better) {
			first->total = share[i].amount;
			first->carrier = share[i].line;
		}
	}
}

static size_t same_key(const struct join *join, size_t at)
{
	size_t end = at + 1;
	while (end < join->shares && join->share[end].key == join->share[at].key &&
	       !memcmp(join->share[end].shipment, join->share[at].shipment, sizeof(text_key)))
		end++;
	return end - at;
}

static void give_shares(struct join *join, bool only_lowest)
{
	for (size_t i = 0; i < join->count; i++)
		join->line[i].line.shipment_amount_count = 0;
	for (size_t i = 0, here; i < join->shares; i += here) {
		const struct share *all = &join->share[i];
		here = same_key(join, i);
		for (size_t k = 0; k < here; k++) {
			struct joined *line = &join->line[all[k].line];
			size_t *count = &line->line.shipment_amount_count;
			if ((only_lowest && all->rule != TW_SHARE_LOWEST) || *count == TW_SHARES)
				continue;
			line->amount[(*count)++] = (struct tw_shipment_amount){
			    (uint32_t)all->key, all->total, all->carrier == all[k].line};
		}
	}
}

/*
 * A shipment is one entry: where the law asks for unlike types on its lines, the
 * type must be known before it is known what each line brings to the fees.
 */
static int join_shares(struct join *join, struct tw_error *error)
{
	bool again = true;
	for (int round = 0; round < 2 && again; round++) {
		bool unlike = false;
		int code = find_shares(join, error);
		if (code)
			return code;
		for (size_t i = 0, here; i < join->shares; i += here) {
			here = same_key(join, i);
			total_shares(&join->share[i], here);
			unlike |= join->share[i].rule == TW_SHARE_LOWEST && join->share[i].differ;
		}
		again = round == 0 && unlike;
		give_shares(join, again);
	}
	return TW_OK;
}

int join_new(struct join **out, tw_assessor *assessor, const struct tw_typed_line *lines,
	     size_t count, unsigned flags, struct tw_error *error)
{
	struct join *join = *out = calloc(1, sizeof *join);
	if (!join)
		return error_memory(error);
	join->assessor = assessor;
	join->count = count;
	join->typed = malloc((count + 1) * sizeof *join->typed);
	join->line = malloc((count + 1) * sizeof *join->line);
	join->place = malloc((count + 1) * sizeof *join->place);
	join->share = malloc((count * TW_SHARES + 1) * sizeof *join->share);
	int code =
	    join->typed && join->line && join->place && join->share ? TW_OK : error_memory(error);
	if (!code) {
		begin(join, lines);
		if (flags & TW_MANY_JOIN)
			code = join_shipments(join, error);
		if (!code && flags & TW_MANY_DAYS)
			code = join_days(join, error);
		if (!code && flags & TW_MANY_JOIN)
			code = join_shares(join, error);
	}
	if (code) {
		join_free(join);
		*out = NULL;
	}
	return code;
}

const struct tw_typed_line *join_lines(const struct join *join)
{
	return join->typed;
}

void join_free(struct join *join)
{
	if (!join)
		return;
	free(join->typed);
	free(join->line);
	free(join->place);
	free(join->share);
	free(join);
}
