/* SPDX-License-Identifier: Apache-2.0 */
/* Antidumping and countervailing orders, see adcvd.h. The written scope decides, not a code. */
#include "assess/adcvd.h"

#include "assess/answer.h"
#include "assess/codes.h"
#include "assess/deposits.h"
#include "assess/no_code.h"
#include "assess/reading.h"
#include "common/ascii.h"
#include "common/capped.h"
#include "common/fit.h"
#include "common/instant.h"
#include "common/legal.h"

#include <string.h>

const struct rb_adcvd *adcvd_of(const struct rb *rb, const struct rb_jurisdiction *j)
{
	return j->adcvd < rb->adcvd_count ? &rb->adcvd[j->adcvd] : NULL;
}

/* The stretch in which a code lies, or the first. */
static uint32_t find_stretch(const struct rb *rb, const struct rb_adcvd *x, uint64_t code)
{
	const struct rb_adcvd_code *all = rb->adcvd_codes + x->codes.first;
	uint32_t low = 0;
	for (uint32_t count = x->codes.count; count > 1;) {
		uint32_t half = count / 2;
		low = rb_adcvd_low(&all[low + half]) <= code ? low + half : low;
		count -= half;
	}
	return x->codes.first + low;
}

/* An order into a list that ascends, once. */
static size_t insert(uint32_t *out, size_t count, uint32_t order)
{
	size_t at = count;
	while (at > 0 && out[at - 1] > order)
		at--;
	if (at > 0 && out[at - 1] == order)
		return count;
	if (count == TW_ADCVD_ORDERS)
		return count + 1;
	memmove(out + at + 1, out + at, (count - at) * sizeof *out);
	out[at] = order;
	return count + 1;
}

size_t adcvd_gather(uint32_t out[TW_ADCVD_ORDERS], const struct rb *rb, const struct rb_adcvd *x,
		    uint64_t low, uint64_t high, uint32_t origin, tw_time at)
{
	size_t count = 0;
	uint32_t end = x->codes.first + x->codes.count;
	for (uint32_t i = find_stretch(rb, x, low);
	     i < end && rb_adcvd_low(&rb->adcvd_codes[i]) < high; i++) {
		const struct rb_adcvd_code *code = &rb->adcvd_codes[i];
		for (uint32_t k = 0; k < code->orders.count; k++) {
			uint32_t index = rb->adcvd_sets[code->orders.first + k];
			const struct rb_adcvd_order *order = &rb->adcvd_orders[index];
			if (order->origin != origin || at < order->from || at >= order->until)
				continue;
			count = insert(out, count, index);
			if (count > TW_ADCVD_ORDERS)
				return count;
		}
	}
	return count;
}

uint64_t adcvd_origins(const struct rb *rb, const struct rb_adcvd *x, uint64_t low, uint64_t high,
		       const uint8_t *class_of)
{
	uint64_t origins = 0;
	uint32_t end = x->codes.first + x->codes.count;
	for (uint32_t i = find_stretch(rb, x, low);
	     i < end && rb_adcvd_low(&rb->adcvd_codes[i]) < high; i++) {
		const struct rb_adcvd_code *code = &rb->adcvd_codes[i];
		for (uint32_t k = 0; k < code->orders.count; k++)
			origins |=
			    UINT64_C(1)
			    << class_of[rb->adcvd_orders[rb->adcvd_sets[code->orders.first + k]]
					    .origin];
	}
	return origins;
}

/* "A-570-967" and "a570967" are one case. */
static bool same_case(struct tw_text text, const char *id)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == '-')
			continue;
		while (*id == '-')
			id++;
		if (!*id || to_lower(c) != to_lower(*id))
			return false;
		id++;
	}
	return *id == '\0';
}

static const struct rb_adcvd_order *find_case(const struct rb *rb, const struct rb_adcvd *x,
					      struct tw_text id)
{
	for (uint32_t i = 0; i < x->orders.count; i++) {
		const struct rb_adcvd_order *order = &rb->adcvd_orders[x->orders.first + i];
		if (same_case(id, rb_text(rb, order->id)))
			return order;
	}
	return NULL;
}

/* The next of several texts joined by +; false: there is none. */
static bool next_piece(struct tw_text *rest, struct tw_text *out)
{
	if (!rest->at)
		return false;
	const char *plus = memchr(rest->at, '+', rest->length);
	size_t length = plus ? (size_t)(plus - rest->at) : rest->length;
	*out = reading_trim((struct tw_text){rest->at, length});
	*rest = plus ? (struct tw_text){plus + 1, rest->length - length - 1}
		     : (struct tw_text){NULL, 0};
	return true;
}

static size_t count_pieces(struct tw_text text)
{
	struct tw_text piece;
	size_t count = 0;
	while (next_piece(&text, &piece))
		count++;
	return count;
}

/* What the line claims of a claim whose value is a word; NULL: nothing. */
static const struct value *said_word(const tw_assessor *a, uint32_t claim)
{
	const struct value *value = &a->facts.claim[claim];
	return facts_said(&a->facts, claim) && value->kind == VALUE_WORD ? value : NULL;
}

/* Whether a text joined by + names the case before this piece of it, too. */
static bool is_twice(struct tw_text all, struct tw_text piece, const char *id)
{
	struct tw_text one;
	char other[CASE_LENGTH + 1];
	while (next_piece(&all, &one) && one.at < piece.at)
		if (deposit_case(other, one) && !strcmp(id, other))
			return true;
	return false;
}

/* What is said of orders is yes, no or case numbers. */
static bool read_cases(tw_assessor *a, const struct rb_adcvd *x)
{
	const struct value *said = said_word(a, x->claim);
	struct tw_text rest = said ? said->word : (struct tw_text){NULL, 0}, piece;
	const char *name = rb_text(a->rb, a->rb->claims[x->claim].name);
	char id[CASE_LENGTH + 1];
	while (next_piece(&rest, &piece)) {
		bool good = deposit_case(id, piece);
		if (good && !is_twice(said->word, piece, id))
			continue;
		codes_refuse(
		    a, "bad-claim", "claims",
		    good ? answer_keep(a, "%s names `%.*s` twice", name, SHOW(piece))
			 : answer_keep(a,
				       "%s=`%.*s` is not a case number: write yes, no, or it "
				       "as A-570-967 or C-570-968, several joined by +",
				       name, SHOW(piece)));
		return false;
	}
	return true;
}

bool adcvd_read(tw_assessor *a)
{
	const struct rb_adcvd *x = adcvd_of(a->rb, a->facts.jurisdiction);
	a->deposit_count = 0;
	if (x && !read_cases(a, x))
		return false;
	if (!x || !facts_said(&a->facts, x->rate) || !said_word(a, x->rate))
		return true;
	struct tw_text rest = said_word(a, x->rate)->word, piece;
	size_t rates = count_pieces(rest);
	const char *name = rb_text(a->rb, a->rb->claims[x->rate].name), *right;
	if (!facts_said(&a->facts, x->claim) || !a->facts.claim[x->claim].yes) {
		codes_refuse(a, "bad-claim", "claims",
			     JOIN(a, name, " is declared without an order: declare ",
				  rb_text(a->rb, a->rb->claims[x->claim].name),
				  " as yes or as the case number"));
		return false;
	}
	const struct value *cases = said_word(a, x->claim);
	if (rates > DEPOSITS || (cases && count_pieces(cases->word) != rates)) {
		codes_refuse(a, "bad-claim", "claims",
			     JOIN(a, name, " is to give one rate for each case number, joined by +",
				  " as these are: A-570-967+C-570-968 and 86.01%+10.5%"));
		return false;
	}
	while (next_piece(&rest, &piece)) {
		if (deposit_parse(&a->deposit[a->deposit_count], a->rb, piece, &right)) {
			a->deposit_count++;
			continue;
		}
		codes_refuse(
		    a, "bad-claim", "claims",
		    answer_keep(a, "%s=`%.*s` is not a rate: %s", name, SHOW(piece), right));
		return false;
	}
	return true;
}

static struct tw_adcvd_order *add(tw_assessor *a)
{
	struct tw_adcvd *out = &a->out.adcvd;
	if (out->order_count == TW_ADCVD_ORDERS) {
		a->overflow = true;
		return NULL;
	}
	struct tw_adcvd_order *order = &a->adcvd[out->order_count++];
	*order = (struct tw_adcvd_order){.product = "",
					 .cite = "",
					 .confidence = "",
					 .rate = "",
					 .rate_by = "",
					 .state = "unlisted",
					 .deposit = -1};
	return order;
}

static void show(tw_assessor *a, struct tw_adcvd_order *to, const struct rb_adcvd_order *order)
{
	static const char *const states[] = {[LAW_ADCVD_ORDER] = "order",
					     [LAW_ADCVD_SUSPENDED] = "suspended",
					     [LAW_ADCVD_UNREAD] = "unread"};
	static const char *const sure[] = {"", "medium", "low", "contested"};
	const struct rb *rb = a->rb;
	to->id = rb_text(rb, order->id);
	to->kind = to->id[0] == 'C' ? "countervailing" : "antidumping";
	to->state = states[order->state];
	to->product = rb_text(rb, order->product);
	to->cite = rb_text(rb, order->cite);
	to->confidence = sure[order->confidence];
}

/* Those that list the code; what is known and was not read is no hit. */
static void add_found(tw_assessor *a, const struct rb_adcvd *x)
{
	const struct facts *f = &a->facts;
	uint32_t found[TW_ADCVD_ORDERS];
	char unread[200] = "";
	if (no_code(a)) {
		a->out.adcvd.incomplete = "orders are looked for by code, and the line has none";
		return;
	}
	size_t count =
	    adcvd_gather(found, a->rb, x, f->code_low, f->code_high, f->origin, f->entered);
	a->overflow = a->overflow || count > TW_ADCVD_ORDERS;
	for (size_t i = 0; i < count && i < TW_ADCVD_ORDERS; i++) {
		const struct rb_adcvd_order *order = &a->rb->adcvd_orders[found[i]];
		struct tw_adcvd_order *to;
		if (order->state == LAW_ADCVD_UNREAD)
			answer_list(unread, sizeof unread, ", ", rb_text(a->rb, order->id));
		else if ((to = add(a)))
			show(a, to, order);
	}
	if (!adcvd_is_whole(x, f->origin))
		a->out.adcvd.incomplete = rb_text(a->rb, x->incomplete);
	if (*unread)
		a->out.adcvd.incomplete = JOIN(a, rb_text(a->rb, x->unread), ": ", unread);
}

/* The order of a case number among those found, or added to them. */
static struct tw_adcvd_order *claimed_order(tw_assessor *a, const struct rb_adcvd *x,
					    struct tw_text id)
{
	struct tw_adcvd *out = &a->out.adcvd;
	for (size_t i = 0; i < out->order_count; i++)
		if (same_case(id, a->adcvd[i].id))
			return &a->adcvd[i];
	const struct rb_adcvd_order *order = find_case(a->rb, x, id);
	struct tw_adcvd_order *to = add(a);
	if (to && order) {
		show(a, to, order);
	} else if (to) {
		to->id = answer_text(a, reading_shorten(id));
		to->kind = to->id[0] == 'C' || to->id[0] == 'c' ? "countervailing" : "antidumping";
	}
	return to;
}

/* What a rate comes to, of an order that is claimed. */
static void charge(tw_assessor *a, struct tw_adcvd_order *order, const struct deposit *deposit)
{
	struct need missing;
	if (a->out.nothing_due)
		order->deposit = 0;
	else if (!deposit_amount(&order->deposit, &missing, deposit, &a->words, &a->facts))
		answer_say(&a->warnings, JOIN(a, "adcvd-deposit: ", order->id, " needs ",
					      missing.kind, missing.what, ": ", missing.why));
	if (order->deposit == INT64_MAX) { /* as money_share says of more */
		order->deposit = -1;
		a->overflow = true;
	}
}

/* By the rate that the line gives at the order's place. */
static void price(tw_assessor *a, struct tw_adcvd_order *order, size_t place)
{
	if (place >= a->deposit_count)
		return;
	order->rate = answer_text(a, reading_shorten(a->deposit[place].text));
	order->rate_by =
	    rb_text(a->rb, a->rb->claims[adcvd_of(a->rb, a->facts.jurisdiction)->rate].name);
	charge(a, order, &a->deposit[place]);
}

/* What the line calls its exporter, or nothing. */
static struct tw_text exporter_of(const tw_assessor *a, const struct rb_adcvd *x)
{
	const struct value *value = said_word(a, x->exporter);
	return value ? value->word : (struct tw_text){NULL, 0};
}

/* Why the table has no rate for an order that is claimed. */
static void say_not_found(tw_assessor *a, const struct rb_adcvd *x, const char *id,
			  enum deposits_found found)
{
	const char *table = deposits_name(a->options.deposits);
	const char *claim = rb_text(a->rb, a->rb->claims[x->exporter].name);
	char day[16];
	time_print_day(day, time_local_day((enum time_zone)a->facts.zone, a->facts.entered));
	if (found == DEPOSITS_NO_CASE)
		answer_say(&a->warnings, JOIN(a, "adcvd-deposit: ", table, " has no row of ", id));
	else if (found == DEPOSITS_UNNAMED)
		answer_say(&a->warnings, JOIN(a, "adcvd-deposit: the rates of ", id, " in ", table,
					      " are by exporter: declare ", claim));
	else
		answer_say(&a->warnings,
			   JOIN(a, "adcvd-deposit: ", table, " has no row of ", id, " for ",
				answer_text(a, reading_shorten(exporter_of(a, x))), " on ", day,
				", and none of all others"));
}

/* By the table that was brought. An order that is not claimed has a rate, and no deposit. */
static void look_up(tw_assessor *a, const struct rb_adcvd *x, struct tw_adcvd_order *order)
{
	const struct deposit *deposit;
	char by[128];
	uint32_t line;
	enum deposits_found found = deposits_find(
	    &deposit, &line, a->options.deposits, (struct tw_text){order->id, strlen(order->id)},
	    exporter_of(a, x), time_local_day((enum time_zone)a->facts.zone, a->facts.entered));
	if (found != DEPOSITS_ROW && found != DEPOSITS_OTHERS) {
		if (order->claimed)
			say_not_found(a, x, order->id, found);
		return;
	}
	fit_print(by, sizeof by, "%s:%u", deposits_name(a->options.deposits), (unsigned)line);
	order->rate = answer_text(a, reading_shorten(deposit->text));
	order->rate_by = answer_keep(a, "%s", by);
	order->all_others = found == DEPOSITS_OTHERS;
	if (!order->claimed)
		return;
	if (order->all_others)
		answer_say(&a->warnings,
			   JOIN(a, "adcvd-all-others: ", order->id, ": no row of ",
				answer_text(a, reading_shorten(exporter_of(a, x))),
				"; the rate of all others is taken, ", order->rate_by));
	charge(a, order, deposit);
}

static void claim_orders(tw_assessor *a, const struct rb_adcvd *x)
{
	struct tw_adcvd *out = &a->out.adcvd;
	const struct value *cases = said_word(a, x->claim);
	struct tw_text rest = cases ? cases->word : (struct tw_text){NULL, 0}, id;
	struct tw_adcvd_order *order;
	size_t place = 0;
	while (next_piece(&rest, &id)) {
		if (!(order = claimed_order(a, x, id)))
			return;
		order->claimed = true;
		price(a, order, place++);
	}
	bool fits = a->deposit_count == out->order_count;
	for (size_t i = 0; !cases && i < out->order_count; i++) {
		a->adcvd[i].claimed = true;
		if (fits)
			price(a, &a->adcvd[i], i);
	}
}

/* The deposits of all orders that are claimed; -1: one is not known, or none is claimed. */
static tw_money add_deposits(const struct tw_adcvd *out)
{
	tw_money sum = 0;
	size_t claimed = 0;
	for (size_t i = 0; i < out->order_count; i++) {
		if (!out->orders[i].claimed)
			continue;
		claimed++;
		if (out->orders[i].deposit < 0)
			return -1;
		if (!capped_add(&sum, out->orders[i].deposit))
			return -1;
	}
	return claimed ? sum : -1;
}

void adcvd_fill(tw_assessor *a)
{
	const struct rb_adcvd *x = adcvd_of(a->rb, a->facts.jurisdiction);
	struct tw_adcvd *out = &a->out.adcvd;
	if (!x)
		return;
	out->orders = a->adcvd;
	bool said = facts_said(&a->facts, x->claim);
	bool yes = said && a->facts.claim[x->claim].yes;
	out->declared = !said ? "" : yes ? "yes" : "no";
	add_found(a, x);
	if (yes)
		claim_orders(a, x);
	for (size_t i = 0; a->options.deposits && (yes || !said) && i < out->order_count; i++)
		if (!a->deposit_count && (a->adcvd[i].claimed || said_word(a, x->exporter)))
			look_up(a, x, &a->adcvd[i]);
	out->deposit = add_deposits(out);
	out->applies = out->order_count || *out->incomplete || yes;
	if (out->order_count || yes)
		out->says = rb_text(a->rb, x->meets);
	if (out->applies)
		out->by = answer_cite(a, x->by);
}

/* What of the orders is open, and what a deposit wants. */
static void say_orders(tw_assessor *a, bool yes)
{
	const struct tw_adcvd *out = &a->out.adcvd;
	char open[200] = "", unpriced[200] = "", unlisted[200] = "";
	for (size_t i = 0; i < out->order_count; i++) {
		const struct tw_adcvd_order *order = &out->orders[i];
		if (!order->claimed)
			answer_list(open, sizeof open, ", ",
				    *order->rate ? JOIN(a, order->id, " at ", order->rate)
						 : order->id);
		else if (!*order->rate && (a->deposit_count || !a->options.deposits))
			answer_list(unpriced, sizeof unpriced, ", ", order->id);
		if (!strcmp(order->state, "unlisted"))
			answer_list(unlisted, sizeof unlisted, ", ", order->id);
	}
	if (*open)
		answer_say(&a->warnings,
			   JOIN(a, "could-matter: adcvd (", open, " may apply: ", out->says, ")"));
	if (*unlisted)
		answer_say(&a->warnings,
			   JOIN(a, "adcvd-unlisted: ", unlisted,
				" is not on the list of orders; look the case number up"));
	if (yes && !out->order_count)
		answer_say(&a->warnings,
			   "adcvd-unlisted: no order on the list names this code and "
			   "origin, and no deposit is computed; declare the case number");
	else if (*unpriced && a->deposit_count)
		answer_say(&a->warnings,
			   JOIN(a, "adcvd-deposit: adcvd_rate does not say which rate is that of ",
				unpriced,
				", and no deposit is computed; declare the case numbers"));
	else if (*unpriced)
		answer_say(&a->warnings,
			   JOIN(a, "adcvd-deposit: no rate is given for ", unpriced,
				", and its deposit is not computed; declare adcvd_rate"));
}

void adcvd_remarks(tw_assessor *a)
{
	const struct tw_adcvd *out = &a->out.adcvd;
	if (!out->applies || !strcmp(out->declared, "no"))
		return;
	say_orders(a, *out->declared != '\0');
	if (*out->incomplete)
		answer_say(&a->warnings, JOIN(a, "adcvd-incomplete: ", out->incomplete));
}
