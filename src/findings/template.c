/* SPDX-License-Identifier: Apache-2.0 */
#include "findings/template.h"

#include <stdlib.h>
#include <string.h>

#include "common/eight.h"
#include "common/instant.h"
#include "common/tariff_code.h"
#include "findings/figures.h"

/* What stands in a gap: a slot of the charge by its index, or one of these. */
enum {
	GAP_AMOUNT = 0x8000,
	GAP_RELIEVED,
	GAP_ADDITIONAL,
	GAP_REFUNDABLE,
	GAP_FEES,
	GAP_BASE_AMOUNT,
	GAP_RATE,
	GAP_HTS,
	GAP_HEADING,
	GAP_ORIGIN,
	GAP_ENTERED,
	GAP_CHANGES,
	GAP_BASE_RATE,
	GAP_BASE_BY,
	GAP_NONE = 0xFFFF
};

/* How it is filled: what most gaps are, each by itself. */
enum gap_way { WAY_MONEY, WAY_EMPTY, WAY_RATE, WAY_QUOTED, WAY_NULL, WAY_OTHER };

enum {
	GAP_ROOM = 96,   /* bytes of what fills it, and of what a step writes too many */
	GAP_AGAIN = 0x80 /* mostly the amount that stood in the first gap of this kind */
};

struct template_gap {
	uint32_t before, length; /* the phrase before it */
	uint16_t what;
	uint8_t form; /* enum mark_form, and GAP_AGAIN */
	uint8_t from; /* where the amount stands, see below */
	uint8_t way;  /* enum gap_way */
	uint8_t reserved[3];
};

/* Instants that are written by their day and clock, and where the clock stands among them. */
#define DAY INT64_C(86400)
#define FIRST (2 * DAY)
#define LAST INT64_C(253000000000)
enum { CLOCK = sizeof "\"2025-05-02T" - 1 };

/* Of an amount that is no slot: where it stands in a charge, in units of its size; else 0. */
static unsigned place_of(unsigned what)
{
	static const uint8_t place[] = {
	    [GAP_AMOUNT - GAP_AMOUNT] = offsetof(struct tw_charge, amount) / sizeof(tw_money),
	    [GAP_RELIEVED - GAP_AMOUNT] = offsetof(struct tw_charge, relieved) / sizeof(tw_money),
	    [GAP_ADDITIONAL - GAP_AMOUNT] =
		offsetof(struct tw_charge, additional) / sizeof(tw_money),
	    [GAP_REFUNDABLE - GAP_AMOUNT] =
		offsetof(struct tw_charge, refundable) / sizeof(tw_money),
	    [GAP_FEES - GAP_AMOUNT] = offsetof(struct tw_charge, fees) / sizeof(tw_money),
	    [GAP_BASE_AMOUNT - GAP_AMOUNT] =
		offsetof(struct tw_charge, base_amount) / sizeof(tw_money)};
	bool is_own = what >= GAP_AMOUNT && what <= GAP_BASE_AMOUNT;
	return is_own ? place[what - GAP_AMOUNT] : 0;
}

/* The index of an amount in the slots of a charge, see struct tw_charge; GAP_NONE. */
static unsigned slot_of(const struct tw_assessment *answer, const void *what)
{
	unsigned at = 0;
	for (size_t i = 0; i < answer->layer_count; i++, at += 4) {
		const struct tw_layer *layer = &answer->layers[i];
		const tw_money *slot[] = {&layer->on, &layer->amount, &layer->over_base,
					  &layer->shipment};
		for (unsigned k = 0; k < 4; k++)
			if (slot[k] == what)
				return at + k;
	}
	for (size_t i = 0; i < answer->choice_count; i++, at += 3) {
		const struct tw_choice *choice = &answer->choices[i];
		const tw_money *slot[] = {&choice->amount, &choice->relieved, &choice->refundable};
		for (unsigned k = 0; k < 3; k++)
			if (slot[k] == what)
				return at + k;
	}
	for (size_t i = 0; i < answer->fee_count; i++, at += 4) {
		const struct tw_fee *fee = &answer->fees[i];
		const tw_money *slot[] = {&fee->amount, &fee->on, &fee->shipment_amount,
					  &fee->shipment_on};
		for (unsigned k = 0; k < 4; k++)
			if (slot[k] == what)
				return at + k;
	}
	for (size_t i = 0; i < answer->tax_count; i++, at += 4) {
		const struct tw_tax *tax = &answer->taxes[i];
		const tw_money *slot[] = {&tax->amount, &tax->on, &tax->value, &tax->duty};
		for (unsigned k = 0; k < 4; k++)
			if (slot[k] == what)
				return at + k;
		if (what == &answer->taxes_amount) /* of lines with a plan there is one tax */
			return at;
	}
	return what == &answer->least ? at : what == &answer->greatest ? at + 1 : GAP_NONE;
}

/* What fills the place of a value of an answer; GAP_NONE: it is the same on each line. */
static unsigned gap_of(const struct tw_assessment *answer, const void *what)
{
	const struct {
		const void *what;
		unsigned gap;
	} own[] = {{&answer->amount, GAP_AMOUNT},
		   {&answer->relieved, GAP_RELIEVED},
		   {&answer->additional, GAP_ADDITIONAL},
		   {&answer->refundable, GAP_REFUNDABLE},
		   {&answer->fees_amount, GAP_FEES},
		   {&answer->base_amount, GAP_BASE_AMOUNT},
		   {answer->rate, GAP_RATE},
		   {answer->hts, GAP_HTS},
		   {&answer->origin, GAP_ORIGIN},
		   {&answer->entered, GAP_ENTERED},
		   {&answer->changes_on, GAP_CHANGES}};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (own[i].what == what)
			return own[i].gap;
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		if (layer->kind != TW_LAYER_BASE)
			continue;
		if (what == &layer->heading)
			return GAP_HEADING;
		if (what == &layer->rate)
			return GAP_BASE_RATE;
		if (what == &layer->by)
			return GAP_BASE_BY;
	}
	return slot_of(answer, what);
}

static enum gap_way way_of(unsigned what, enum mark_form form)
{
	switch (form) {
	case MARK_MONEY:
		return WAY_MONEY;
	case MARK_EMPTY:
		return WAY_EMPTY;
	case MARK_QUOTED:
		return WAY_QUOTED;
	case MARK_NULL:
		return WAY_NULL;
	case MARK_WORDS:
		return what == GAP_RATE ? WAY_RATE : WAY_OTHER;
	default:
		return WAY_OTHER;
	}
}

/* Is it what a layer is laid on, and the same as of the first layer? That is mostly so. */
static bool is_again(const struct tw_assessment *answer, const void *what)
{
	for (size_t i = 0; i < answer->layer_count; i++)
		if (what == &answer->layers[i].on)
			return answer->layers[i].on == answer->layers[0].on;
	return false;
}

/* What fills the place of each mark, and the phrase before it; false: they are not in the order of
   the text, or there is no room. *from: where the last one ends. */
static bool make_gaps(struct template *out, struct template_gap *gap, size_t *from,
		      struct phrases *phrases, const struct buffer *written,
		      const struct tw_assessment *answer)
{
	const struct marks *marks = written->marks;
	for (size_t i = 0; i < marks->count; i++) {
		const struct mark *mark = &marks->mark[i];
		unsigned what = gap_of(answer, mark->what);
		if (what == GAP_NONE)
			continue;
		unsigned form = mark->form | (is_again(answer, mark->what) ? GAP_AGAIN : 0);
		*gap = (struct template_gap){.what = (uint16_t)what,
					     .form = (uint8_t)form,
					     .from = (uint8_t)place_of(what),
					     .way = (uint8_t)way_of(what, mark->form)};
		if (mark->at < *from || mark->at - *from > PHRASES_ROOM ||
		    !phrases_keep(&gap->before, phrases, written->at + *from, mark->at - *from))
			return false;
		gap->length = (uint32_t)(mark->at - *from);
		/* Texts are copied in steps, a little too much each. */
		out->room += gap++->length + GAP_ROOM;
		*from = mark->at + mark->length;
	}
	return true;
}

bool template_make(struct template **out, struct phrases *phrases, const struct buffer *written,
		   size_t start, const struct tw_assessment *answer)
{
	const struct marks *marks = written->marks;
	size_t gaps = 0, from = start;
	*out = NULL;
	if (marks->failed || written->failed)
		return false;
	for (size_t i = 0; i < marks->count; i++)
		gaps += gap_of(answer, marks->mark[i].what) != GAP_NONE;
	struct template *template =
	    calloc(1, sizeof *template + gaps * sizeof(struct template_gap));
	if (!template)
		return false;
	struct template_gap *gap = (struct template_gap *)(template + 1);
	*template = (struct template){.gap = gap, .gaps = (uint32_t)gaps, .room = GAP_ROOM};
	if (!make_gaps(template, gap, &from, phrases, written, answer) || written->length < from ||
	    written->length - from > PHRASES_ROOM ||
	    !phrases_keep(&template->end, phrases, written->at + from, written->length - from)) {
		free(template);
		return false;
	}
	template->end_length = (uint32_t)(written->length - from);
	template->room += template->end_length;
	template->text = phrases->text;
	*out = template;
	return true;
}

uint64_t template_hash(const struct template *template)
{
	uint64_t hash = UINT64_C(0xCBF29CE484222325);
	if (!template)
		return hash;
	hash ^= (uint64_t) template->end << 32 | template->end_length;
	const unsigned char *at = (const unsigned char *)template->gap;
	for (size_t left = template->gaps * sizeof *template->gap; left; at += 4, left -= 4) {
		uint32_t word;
		memcpy(&word, at, sizeof word);
		hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	return hash;
}

bool template_same(const struct template *a, const struct template *b)
{
	if (!a || !b)
		return a == b;
	return a->gaps == b->gaps && a->end == b->end && a->end_length == b->end_length &&
	       !memcmp(a->gap, b->gap, a->gaps * sizeof *a->gap);
}

static char *put_text(char *to, const char *text)
{
	size_t length = strlen(text);
	memcpy(to, text, length);
	return to + length;
}

/* A code of at most 16 digits. */
static inline char *put_code(char *to, const struct tw_typed_line *line)
{
	uint64_t high = line->hts / 100000000;
	uint64_t low = eight_digits((uint32_t)(line->hts - high * 100000000)) | EIGHT_ZEROS;
	uint64_t first = eight_digits((uint32_t)(high % 100000000)) | EIGHT_ZEROS;
	unsigned digits = line->digits < 16 ? line->digits : 16;
	if (digits <= 8) {
		eight_store(to, digits ? low >> 8 * (8 - digits) : 0);
		return to + digits;
	}
	eight_store(to, first >> 8 * (16 - digits));
	eight_store(to + digits - 8, low);
	return to + digits;
}

static char *put_heading(char *to, const struct tw_typed_line *line)
{
	char digits[24];
	*put_code(digits, line) = '\0';
	if (line->digits != 10) {
		tariff_code_print(to, digits);
		return to + strlen(to);
	}
	static const char dots[16] = "    .  .  .  ";
	memcpy(to, dots, sizeof dots);
	memcpy(to, digits, 4);
	memcpy(to + 5, digits + 4, 2);
	memcpy(to + 8, digits + 6, 2);
	memcpy(to + 11, digits + 8, 2);
	return to + 13;
}

/* Whether a text of the rulebook is one that a gap takes as it stands. */
static bool is_fit(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == '"' || text[i] == '\\' || (unsigned char)text[i] < 0x20)
			return false;
	return length < sizeof((struct template_word *)0)->text;
}

static const struct template_word *find_word(struct template_words *words, const char *text)
{
	uint64_t hash = (uint64_t)(uintptr_t)text * UINT64_C(0x9E3779B97F4A7C15);
	struct template_word *word = &words->word[hash >> 56 & (TEMPLATE_WORDS - 1)];
	if (word->at == text)
		return word;
	size_t length = strlen(text);
	*word = (struct template_word){.at = text, .is_fit = is_fit(text, length)};
	if (word->is_fit) {
		word->length = (uint8_t)length;
		memcpy(word->text, text, length);
	}
	return word;
}

/* A text of the rulebook, found fit; NULL: there is none. */
static inline char *put_word(char *to, const struct template_word *word)
{
	if (!word)
		return to;
	memcpy(to, word->text, sizeof word->text);
	return to + word->length;
}

/* A text as it stands; the end at `to`: there is none. word: that of the base duty. */
static char *put_words(char *to, unsigned what, const struct template_line *line,
		       const struct template_word *word)
{
	switch (what) {
	case GAP_RATE:
		return line->charge->rate < 0 ? to : figures_rate(to, line->charge->rate);
	case GAP_HTS:
		return put_code(to, line->line);
	case GAP_HEADING:
		return put_heading(to, line->line);
	case GAP_ORIGIN:
		*to++ = (char)(line->line->origin >> 8);
		*to++ = (char)(line->line->origin & 0xFF);
		return to;
	case GAP_BASE_RATE:
	case GAP_BASE_BY:
		return put_word(to, word);
	default:
		return to;
	}
}

void template_instant(struct template_instant *out, tw_time at, int offset)
{
	out->text[0] = '"';
	time_print(out->text + 1, at, offset);
	out->length = strlen(out->text);
	out->text[out->length++] = '"';
}

/* The instant of entry: lines of one day differ in the clock alone. */
static char *put_entered(char *to, const struct template_line *line)
{
	const tw_time at = line->line->entered, local = at + line->entered_offset;
	const int64_t days = local / DAY;
	struct template_day *day = &line->words->day[(uint64_t)days % TEMPLATE_DAYS];
	if (at < FIRST || at > LAST) {
		struct template_instant entered;
		template_instant(&entered, at, line->entered_offset);
		memcpy(to, entered.text, sizeof entered.text);
		return to + entered.length;
	}
	if (day->days != days || day->offset != line->entered_offset) {
		template_instant(&day->text, at, line->entered_offset);
		day->days = days;
		day->offset = line->entered_offset;
	}
	const uint32_t clock = (uint32_t)(local - days * DAY);
	const uint64_t time =
	    EIGHT_ZEROS |
	    eight_digits(clock / 3600 * 1000000 + clock / 60 % 60 * 10000 + clock % 60 * 100);
	memcpy(to, day->text.text, sizeof day->text.text);
	eight_store(to + CLOCK, (time & 0xffff) | (uint64_t)':' << 16 |
				    (time >> 16 & 0xffff) << 24 | (uint64_t)':' << 40 |
				    (time >> 32 & 0xffff) << 48);
	return to + day->text.length;
}

static char *put_instant(char *to, unsigned what, const struct template_line *line)
{
	if (what == GAP_ENTERED)
		return put_entered(to, line);
	if (!line->changes)
		return put_text(to, "null");
	memcpy(to, line->changes->text, sizeof line->changes->text);
	return to + line->changes->length;
}

static inline tw_money amount_of(const struct template_gap *gap, const struct tw_charge *charge)
{
	tw_money amount = -1;
	if (gap->from)
		memcpy(&amount, (const char *)charge + gap->from * sizeof amount, sizeof amount);
	else if (gap->what < charge->slot_count)
		amount = charge->slot[gap->what];
	return amount;
}

/* A text of JSON; those of the rulebook that would need an escape are not sent this way. */
static char *put_string(char *to, unsigned what, const struct template_line *line,
			const struct template_word *word)
{
	char *end = put_words(to + 1, what, line, word);
	if (end == to + 1)
		return put_text(to, "null");
	*to = '"';
	*end++ = '"';
	return end;
}

static char *fill_money(char *to, enum mark_form form, tw_money amount)
{
	switch (form) {
	case MARK_SHORT:
		return amount % TW_MONEY_UNIT || amount < 0
			   ? figures_money(to, amount)
			   : figures_number(to, (uint64_t)(amount / TW_MONEY_UNIT));
	case MARK_EMPTY:
		return amount < 0 ? to : figures_money(to, amount);
	case MARK_NULL:
		if (amount < 0)
			return put_text(to, "null");
		/* fall through */
	case MARK_QUOTED:
		*to++ = '"';
		to = figures_money(to, amount);
		*to++ = '"';
		return to;
	default:
		return figures_money(to, amount);
	}
}

/* The text of the base duty that fills a gap, or NULL. */
static const char *base_text(const struct template_gap *gap, const struct tw_charge *charge)
{
	return gap->what == GAP_BASE_RATE ? charge->base_rate
	       : gap->what == GAP_BASE_BY ? charge->base_by
					  : NULL;
}

static char *fill_gap(char *to, const struct template_gap *gap, const struct template_line *line)
{
	const char *text = base_text(gap, line->charge);
	const struct template_word *word = text ? find_word(line->words, text) : NULL;
	if (word && !word->is_fit)
		return NULL;
	switch ((enum mark_form)(gap->form & (GAP_AGAIN - 1))) {
	case MARK_WORDS:
		return put_words(to, gap->what, line, word);
	case MARK_STRING:
		return put_string(to, gap->what, line, word);
	case MARK_TEXT:
		*to++ = '"';
		to = put_words(to, gap->what, line, word);
		*to++ = '"';
		return to;
	case MARK_INSTANT:
		return put_instant(to, gap->what, line);
	case MARK_LIST:
		*to++ = '[';
		if (word) {
			*to++ = '"';
			to = put_words(to, gap->what, line, word);
			*to++ = '"';
		}
		*to++ = ']';
		return to;
	case MARK_KNOWN:
		return amount_of(gap, line->charge) >= 0 ? to : NULL;
	case MARK_UNKNOWN:
		return amount_of(gap, line->charge) < 0 ? to : NULL;
	default:
		return fill_money(to, (enum mark_form)(gap->form & (GAP_AGAIN - 1)),
				  amount_of(gap, line->charge));
	}
}

/* An amount; what is not known is, where it may be empty, written and left out again. */
static inline char *put_amount(char *to, tw_money amount, bool may_be_empty)
{
	bool is_empty = amount < 0 && may_be_empty;
	char *end = figures_money(to, is_empty ? 0 : amount);
	return is_empty ? to : end;
}

/* The first amount of GAP_AGAIN and where it stands. */
struct again {
	tw_money amount;
	const char *at;
	size_t length;
};
enum { AGAIN_MOST = 16 }; /* bytes of it */

static inline char *put_again(char *to, struct again *again, tw_money amount)
{
	if (again->length && again->amount == amount) {
		memcpy(to, again->at, AGAIN_MOST);
		return to + again->length;
	}
	char *end = figures_money(to, amount);
	if (!again->length && end - to <= AGAIN_MOST)
		*again = (struct again){amount, to, (size_t)(end - to)};
	return end;
}

/* An amount in quotes. */
static inline char *put_quoted(char *to, const struct template_gap *gap,
			       const struct tw_charge *charge, struct again *again)
{
	tw_money amount = amount_of(gap, charge);
	*to++ = '"';
	to = gap->form & GAP_AGAIN ? put_again(to, again, amount) : figures_money(to, amount);
	*to++ = '"';
	return to;
}

char *template_fill_gaps(char *to, const struct template *from, const struct template_line *line)
{
	const struct template_gap *gap = from->gap, *end = gap + from->gaps;
	const struct tw_charge *charge = line->charge;
	const char *text = from->text;
	struct again again = {0};
	for (; gap < end; gap++) {
		to = template_copy(to, text + gap->before, gap->length);
		const enum gap_way way = (enum gap_way)gap->way;
		if (way <= WAY_EMPTY) {
			to = put_amount(to, amount_of(gap, charge), way == WAY_EMPTY);
		} else if (way == WAY_RATE) {
			to = charge->rate < 0 ? to : figures_rate(to, charge->rate);
		} else if (way == WAY_QUOTED || (way == WAY_NULL && amount_of(gap, charge) >= 0)) {
			to = put_quoted(to, gap, charge, &again);
		} else {
			to = fill_gap(to, gap, line);
			if (!to)
				return NULL;
		}
	}
	return template_copy(to, text + from->end, from->end_length);
}
