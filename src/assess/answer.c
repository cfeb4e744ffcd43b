/* SPDX-License-Identifier: Apache-2.0 */
/* Turning findings into the public answer, see answer.h. Decides nothing. */
#include "assess/answer.h"

#include "common/legal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *answer_keep(tw_assessor *a, const char *format, ...)
{
	va_list arguments;
	size_t room = sizeof a->bytes - a->byte_count;
	char *at = a->bytes + a->byte_count;
	va_start(arguments, format);
	int length = vsnprintf(at, room, format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= room) {
		a->overflow = true;
		return "";
	}
	a->byte_count += (size_t)length + 1;
	return at;
}

const char *answer_text(tw_assessor *a, struct tw_text text)
{
	char *at = a->bytes + a->byte_count;
	if (text.length >= sizeof a->bytes - a->byte_count) {
		a->overflow = true;
		return "";
	}
	memcpy(at, text.at, text.length);
	at[text.length] = '\0';
	a->byte_count += text.length + 1;
	return at;
}

const char *answer_join(tw_assessor *a, const char *const *texts)
{
	size_t left = sizeof a->bytes - a->byte_count;
	char *at = a->bytes + a->byte_count, *to = at;
	for (; *texts; texts++) {
		size_t length = strlen(*texts);
		if (length >= left) {
			a->overflow = true;
			return "";
		}
		memcpy(to, *texts, length);
		to += length;
		left -= length;
	}
	*to++ = '\0';
	a->byte_count += (size_t)(to - at);
	return at;
}

void answer_digits(char *to, uint64_t number, uint32_t count)
{
	char digits[10];
	uint32_t high = (uint32_t)(number / 100000), low = (uint32_t)(number % 100000);
	for (size_t i = 5; i-- > 0; high /= 10, low /= 10) {
		digits[i] = (char)('0' + high % 10);
		digits[i + 5] = (char)('0' + low % 10);
	}
	memcpy(to, digits, count);
	to[count] = '\0';
}

void answer_say(struct texts *texts, const char *text)
{
	if (text[0] == '\0')
		return;
	for (size_t i = 0; i < texts->count; i++)
		if (texts->list[i] == text || strcmp(texts->list[i], text) == 0)
			return;
	if (texts->count == ANSWER_TEXTS)
		texts->overflow = true;
	else
		texts->list[texts->count++] = text;
}

void answer_list(char *list, size_t size, const char *separator, const char *item)
{
	static const char more[] = "...";
	size_t at = strlen(list), before = at != 0 ? strlen(separator) : 0;
	if (at >= sizeof more && strcmp(list + at - 3, more) == 0)
		return;
	/* Room for "..." behind it is kept. */
	bool fits = at + 2 * strlen(separator) + strlen(item) + sizeof more < size;
	snprintf(list + at, size - at, "%s%s", before != 0 ? separator : "", fits ? item : more);
}

const char *answer_code(tw_assessor *a, uint64_t low, uint32_t digits)
{
	char plain[11], dotted[] = "0000.00.00.00";
	uint32_t shown = digits <= 6 ? 7 : digits <= 8 ? 10 : 13;
	answer_digits(plain, low, 10);
	memcpy(dotted, plain, 4);
	memcpy(dotted + 5, plain + 4, 2);
	memcpy(dotted + 8, plain + 6, 2);
	memcpy(dotted + 11, plain + 8, 2);
	return answer_text(a, (struct tw_text){dotted, shown});
}

struct tw_citations answer_cite(tw_assessor *a, uint32_t instrument)
{
	struct tw_citations none = {NULL, 0};
	if (instrument == RB_NONE)
		return none;
	if (a->citation_count == sizeof a->citation / sizeof *a->citation) {
		a->overflow = true;
		return none;
	}
	const char **slot = &a->citation[a->citation_count++];
	*slot = rb_text(a->rb, a->rb->instruments[instrument].id);
	return (struct tw_citations){slot, 1};
}

static uint32_t edition_of(const struct rb *rb, const struct facts *facts)
{
	const struct rb_jurisdiction *j = facts->jurisdiction;
	for (uint32_t i = j->editions.count; i >= 2; i -= 2) /* the last that has begun */
		if ((int64_t)rb->indexes[j->editions.first + i - 2] * 3600 <= facts->entered)
			return rb->indexes[j->editions.first + i - 1];
	return RB_NONE;
}

/* The part that the law names, else what is left of the value. */
static const char *part_name(tw_assessor *a, unsigned part, bool whole, uint8_t named)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	if (whole && named == RB_ALL)
		return "value";
	for (unsigned i = 0; i < RB_REST; i++)
		if (named == (uint8_t)(1u << i) || (!whole && part == i))
			return rb_text(a->rb, j->part_names[i]);
	return whole ? "value" : "rest";
}

static void fill_base(tw_assessor *a, struct tw_layer *to, const struct layer *from)
{
	const struct rb_jurisdiction *j = a->facts.jurisdiction;
	to->program = rb_text(a->rb, j->base_program);
	to->measure = "";
	to->heading = answer_code(a, a->facts.code_low, a->facts.digits);
	to->rate = a->base.preference[0] != '\0'
		       ? JOIN(a, a->base.rate, " (", a->base.preference, ")")
		       : a->base.rate;
	to->confidence = a->base.confidence == LAW_HIGH     ? ""
			 : a->base.confidence == LAW_MEDIUM ? "medium"
							    : "low";
	to->part = part_name(a, from->part, from->whole, RB_ALL);
	to->by = answer_cite(a, edition_of(a->rb, &a->facts));
}

/* The headings of a layer that has several. */
static void fill_headings(tw_assessor *a, struct tw_layer *to, const struct layer *from)
{
	size_t first = a->heading_count;
	for (size_t i = 0; i < a->also_count; i++)
		if (a->also[i].layer == from->id) {
			if (a->heading_count == first)
				a->heading[a->heading_count++] = to->heading;
			a->heading[a->heading_count++] = rb_text(a->rb, a->also[i].heading);
		}
	to->headings = a->heading + first;
	to->heading_count = a->heading_count - first;
}

static void fill_layer(tw_assessor *a, struct tw_layer *to, const struct layer *from)
{
	memset(to, 0, sizeof *to);
	to->kind = from->kind;
	to->on = from->on;
	to->amount = from->amount;
	to->over_base = from->over_base;
	to->is_unknown = from->unknown || !a->facts.has_value;
	to->is_void = from->is_void;
	to->declared = to->shipment = -1;
	if (from->measure == RB_NONE) {
		fill_base(a, to, from);
		return;
	}
	const struct rb_measure *m = &a->rb->measures[from->measure];
	const struct tw_shipment_amount *all = share_of(a->facts.line, SHARE_DUTY(m->program));
	if (m->per == LAW_PER_SHIPMENT && all)
		to->shipment = all->amount;
	to->program = rb_text(a->rb, a->rb->programs[m->program].id);
	to->measure = rb_text(a->rb, m->id);
	to->heading = rb_text(a->rb, from->heading);
	to->rate = from->kind == TW_LAYER_EXEMPT ? "0" : rb_text(a->rb, m->rate_text);
	if (from->kind == TW_LAYER_REPLACE && to->rate[0] != '=')
		to->rate = JOIN(a, "=", to->rate);
	fill_headings(a, to, from);
	to->part = part_name(a, from->part, from->whole, from->by_yield ? RB_ALL : m->parts);
	to->confidence = rb_text(a->rb, m->confidence_text);
	to->by = answer_cite(a, from->by);
	if (m->confidence >= LAW_LOW && from->kind != TW_LAYER_EXEMPT) {
		a->yellow = true;
		answer_say(&a->warnings,
			   JOIN(a, "law-", to->confidence, ": ", to->program, " ", to->heading,
				m->note != 0 ? ": " : "", rb_text(a->rb, m->note)));
	}
}

static void fill_exclusions(tw_assessor *a)
{
	for (size_t i = 0; i < a->stack.exclusion_count; i++) {
		const struct exclusion *from = &a->stack.exclusion[i];
		a->exclusion[i] = (struct tw_exclusion){
		    .program = rb_text(a->rb, a->rb->programs[from->program].id),
		    .to = rb_text(a->rb, a->rb->programs[from->to_program].id),
		    .part = part_name(a, from->part, from->whole, RB_ALL),
		    .heading = rb_text(a->rb, from->heading),
		    .by = answer_cite(a, from->by)};
	}
	a->out.exclusions = a->exclusion;
	a->out.exclusion_count = a->stack.exclusion_count;
}

static void fill_choices(tw_assessor *a)
{
	bool free = relief_free(&a->relief);
	for (size_t i = 0; i < a->stack.choice_count; i++) {
		const struct choice *from = &a->stack.choice[i];
		const struct rb_measure *m = &a->rb->measures[from->measure];
		bool collected = from->is_void && !free;
		a->choice[i] =
		    (struct tw_choice){.claim = rb_text(a->rb, a->rb->claims[m->choice_claim].name),
				       .is = rb_text(a->rb, m->choice_is),
				       .program = rb_text(a->rb, a->rb->programs[m->program].id),
				       .measure = rb_text(a->rb, m->id),
				       .heading = rb_text(a->rb, m->heading),
				       .rate = rb_text(a->rb, m->rate_text),
				       .amount = free ? 0 : from->amount,
				       .relieved = free ? from->amount : 0,
				       .refundable = collected ? from->amount : 0,
				       .is_void = collected,
				       .is_unknown = from->unknown || !a->facts.has_value,
				       .by = answer_cite(a, m->by)};
		if (m->confidence >= LAW_LOW)
			a->yellow = true;
	}
	a->out.choices = a->choice;
	a->out.choice_count = a->stack.choice_count;
}

static void fill_relief(tw_assessor *a)
{
	const struct relief *relief = &a->relief;
	for (size_t i = 0; i < relief->fee_count; i++) {
		const struct rb_measure *m = &a->rb->measures[relief->fee[i].measure];
		a->fee[i] = (struct tw_fee){.fee = rb_text(a->rb, a->rb->programs[m->program].id),
					    .measure = rb_text(a->rb, m->id),
					    .amount = relief->fee[i].amount,
					    .on = relief->fee[i].by_value ? relief->fee[i].on : -1,
					    .is_shared = relief->fee[i].is_shared,
					    .shipment_amount = relief->fee[i].all_amount,
					    .shipment_on = relief->fee[i].all_on,
					    .by = answer_cite(a, m->by)};
	}
	a->out.fees = a->fee;
	a->out.fee_count = relief->fee_count;
	a->out.fees_amount = relief->fees;
	a->out.de_minimis.applies = relief->considered;
	a->out.de_minimis.eligible = relief->eligible;
	a->out.de_minimis.reason = relief->reason;
	a->out.de_minimis.room = relief->room;
	if (a->facts.has_value) {
		a->out.value = a->facts.value;
		a->out.retail = a->facts.retail;
	}
	a->out.de_minimis.program =
	    relief->program != RB_NONE ? rb_text(a->rb, a->rb->programs[relief->program].id) : "";
	a->out.de_minimis.by = answer_cite(a, relief->by);
}

static int place_of(const tw_assessor *a, const struct layer *layer)
{
	if (layer->measure == RB_NONE)
		return INT32_MIN;
	return a->rb->programs[a->rb->measures[layer->measure].program].order;
}

/* From the order of decision to that of the declaration; few layers, stable. */
static void order_layers(tw_assessor *a)
{
	struct layer *layer = a->stack.layer;
	for (size_t i = 1; i < a->stack.layer_count; i++) {
		struct layer here = layer[i];
		size_t k = i;
		for (; k > 0 && place_of(a, &layer[k - 1]) > place_of(a, &here); k--)
			layer[k] = layer[k - 1];
		layer[k] = here;
	}
}

void answer_fill(tw_assessor *a)
{
	order_layers(a);
	a->heading_count = 0;
	for (size_t i = 0; i < a->stack.layer_count; i++)
		fill_layer(a, &a->layer[i], &a->stack.layer[i]);
	a->out.layers = a->layer;
	a->out.layer_count = a->stack.layer_count;
	fill_exclusions(a);
	fill_choices(a);
	fill_relief(a);
}
