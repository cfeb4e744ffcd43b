/* SPDX-License-Identifier: Apache-2.0 */
#include "findings/template.h"

#include <stdlib.h>
#include <string.h>

#include "common/eight.h"
#include "common/instant.h"
#include "common/money.h"
#include "common/tariff_code.h"

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

enum {
	GAP_ROOM = 96,    /* bytes of what fills it, and of what a step writes too many */
	GAP_AGAIN = 0x80, /* mostly the amount that stood in the first gap of this kind */
	STEP = 64         /* bytes that are copied at once, too many of them at the end */
};

struct template_gap {
	uint32_t before, length; /* the phrase before it */
	uint16_t what;
	uint8_t form; /* enum mark_form, and GAP_AGAIN */
	uint8_t from; /* where the amount stands, see below */
};

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
		*gap = (struct template_gap){
		    .what = (uint16_t)what, .form = (uint8_t)form, .from = (uint8_t)place_of(what)};
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

/* STEP bytes behind both may be read and written. Most texts are one step. */
static inline char *copy(char *to, const char *from, size_t length)
{
	memcpy(to, from, 32);
	for (size_t i = 32; i < length; i += STEP - 32)
		memcpy(to + i, from + i, STEP - 32);
	return to + length;
}

static char *put_text(char *to, const char *text)
{
	size_t length = strlen(text);
	memcpy(to, text, length);
	return to + length;
}

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930"
			    "31323334353637383940414243444546474849505152535455565758596061"
			    "62636465666768697071727374757677787980818283848586878889909192"
			    "93949596979899";

/* Few are so long: it stays out of what is written often. */
static __attribute__((noinline)) char *put_long_number(char *to, uint64_t number)
{
	char back[20];
	size_t at = sizeof back;
	for (; number >= 100; number /= 100) {
		at -= 2;
		memcpy(back + at, pairs + 2 * (number % 100), 2);
	}
	if (number >= 10) {
		at -= 2;
		memcpy(back + at, pairs + 2 * number, 2);
	} else {
		back[--at] = (char)('0' + number);
	}
	memcpy(to, back + at, sizeof back - at);
	return to + sizeof back - at;
}

/* How many zeros stand before eight digits, at the most all but `least` of them. */
static inline unsigned zeros_before(uint64_t digits, unsigned least)
{
	return (unsigned)__builtin_ctzll(digits | UINT64_C(1) << 8 * (8 - least)) / 8;
}

static inline char *put_number(char *to, uint64_t number)
{
	if (number >= 100000000)
		return put_long_number(to, number);
	uint64_t digits = eight_digits((uint32_t)number);
	unsigned zeros = zeros_before(digits, 1);
	eight_store(to, (digits | EIGHT_ZEROS) >> 8 * zeros);
	return to + 8 - zeros;
}

/* A number of hundredths, under 10^8. */
static inline char *put_cents(char *to, uint32_t cents)
{
	uint64_t digits = eight_digits(cents);
	unsigned zeros = zeros_before(digits, 3);
	uint64_t text = digits | EIGHT_ZEROS;
	eight_store(to, text >> 8 * zeros);
	to += 6 - zeros;
	eight_store(to, '.' | text >> 48 << 8);
	return to + 3;
}

/* Few have more places, or eight digits: those stay out of what is written often. */
static __attribute__((noinline)) char *put_rare_money(char *to, tw_money amount)
{
	uint64_t cents = (uint64_t)amount / 100;
	if (amount < 0 || cents * 100 != (uint64_t)amount)
		return to + money_print(to, amount);
	to = put_long_number(to, cents / 100);
	to[0] = '.';
	memcpy(to + 1, pairs + 2 * (cents % 100), 2);
	return to + 3;
}

static inline __attribute__((always_inline)) char *put_money(char *to, tw_money amount)
{
	uint64_t cents = (uint64_t)amount / 100; /* of less than nothing a large number */
	if ((cents * 100 != (uint64_t)amount) | (cents >= 100000000))
		return put_rare_money(to, amount);
	return put_cents(to, (uint32_t)cents);
}

char *template_money(char *to, tw_money amount)
{
	return put_money(to, amount);
}

/* 1/10000 of a percent, as the assessor prints it: 16.5%. */
static char *put_rate(char *to, int64_t rate)
{
	uint64_t whole = (uint64_t)rate / 10000;
	uint64_t rest = eight_digits((uint32_t)((uint64_t)rate - whole * 10000)) >> 32;
	size_t places = rest ? 8 - (size_t)__builtin_clzll(rest) / 8 : 0;
	to = put_number(to, whole);
	eight_store(to, '.' | (rest | EIGHT_ZEROS) << 8);
	to += places ? places + 1 : 0;
	*to++ = '%';
	return to;
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

/* A text that was found fit. */
static inline char *put_word(char *to, const char *text, const struct template_line *line)
{
	if (!text)
		return to;
	const struct template_word *word = find_word(line->words, text);
	memcpy(to, word->text, sizeof word->text);
	return to + word->length;
}

/* A text as it stands; the end at `to`: there is none. */
static char *put_words(char *to, unsigned what, const struct template_line *line)
{
	switch (what) {
	case GAP_RATE:
		return line->charge->rate < 0 ? to : put_rate(to, line->charge->rate);
	case GAP_HTS:
		return put_code(to, line->line);
	case GAP_HEADING:
		return put_heading(to, line->line);
	case GAP_ORIGIN:
		*to++ = (char)(line->line->origin >> 8);
		*to++ = (char)(line->line->origin & 0xFF);
		return to;
	case GAP_BASE_RATE:
		return put_word(to, line->charge->base_rate, line);
	case GAP_BASE_BY:
		return put_word(to, line->charge->base_by, line);
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

static char *put_instant(char *to, unsigned what, const struct template_line *line)
{
	struct template_instant entered;
	const struct template_instant *at = line->changes;
	if (what == GAP_ENTERED) {
		template_instant(&entered, line->line->entered, line->entered_offset);
		at = &entered;
	}
	if (!at)
		return put_text(to, "null");
	memcpy(to, at->text, sizeof at->text);
	return to + at->length;
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
static char *put_string(char *to, unsigned what, const struct template_line *line)
{
	char *end = put_words(to + 1, what, line);
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
			   ? template_money(to, amount)
			   : put_number(to, (uint64_t)(amount / TW_MONEY_UNIT));
	case MARK_EMPTY:
		return amount < 0 ? to : template_money(to, amount);
	case MARK_NULL:
		if (amount < 0)
			return put_text(to, "null");
		/* fall through */
	case MARK_QUOTED:
		*to++ = '"';
		to = template_money(to, amount);
		*to++ = '"';
		return to;
	default:
		return template_money(to, amount);
	}
}

static bool is_plain(const struct template_gap *gap, const struct template_line *line)
{
	const char *text = gap->what == GAP_BASE_RATE ? line->charge->base_rate
			   : gap->what == GAP_BASE_BY ? line->charge->base_by
						      : NULL;
	return !text || find_word(line->words, text)->is_fit;
}

static char *fill_gap(char *to, const struct template_gap *gap, const struct template_line *line)
{
	if (!is_plain(gap, line))
		return NULL;
	switch ((enum mark_form)(gap->form & (GAP_AGAIN - 1))) {
	case MARK_WORDS:
		return put_words(to, gap->what, line);
	case MARK_STRING:
		return put_string(to, gap->what, line);
	case MARK_TEXT:
		*to++ = '"';
		to = put_words(to, gap->what, line);
		*to++ = '"';
		return to;
	case MARK_INSTANT:
		return put_instant(to, gap->what, line);
	case MARK_LIST:
		*to++ = '[';
		if (line->charge->base_by) {
			*to++ = '"';
			to = put_words(to, gap->what, line);
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
	char *end = put_money(to, is_empty ? 0 : amount);
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
	char *end = put_money(to, amount);
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
	to = gap->form & GAP_AGAIN ? put_again(to, again, amount) : put_money(to, amount);
	*to++ = '"';
	return to;
}

char *template_fill(char *to, const struct template *from, const struct template_line *line)
{
	const struct template_gap *gap = from->gap;
	struct again again = {0};
	for (uint32_t i = 0; i < from->gaps; i++, gap++) {
		unsigned form = gap->form & (GAP_AGAIN - 1u);
		to = copy(to, from->text + gap->before, gap->length);
		if (form == MARK_MONEY || form == MARK_EMPTY) {
			to = put_amount(to, amount_of(gap, line->charge), form == MARK_EMPTY);
			continue;
		}
		if (form == MARK_QUOTED ||
		    (form == MARK_NULL && amount_of(gap, line->charge) >= 0)) {
			to = put_quoted(to, gap, line->charge, &again);
			continue;
		}
		to = fill_gap(to, gap, line);
		if (!to)
			return NULL;
	}
	return copy(to, from->text + from->end, from->end_length);
}
