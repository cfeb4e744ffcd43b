/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one line brings to the patterns. The assessor is asked once, and again for a route that is
 * to be compared; what it says is noted in marks of fixed size, with a card of the line in front.
 */
#include "across/inner.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"
#include "common/person.h"
#include "common/quantity.h"
#include "rulebook/layout.h"
#include "rulebook/units.h"

/* A line with what the assessor says of it. */
struct look {
	const struct across *across;
	struct across_worker *worker;
	tw_assessor *assessor;
	const struct tw_line *line;
	const struct tw_assessment *answer;
	struct card card;
	tw_time entered;
	tw_money value, retail; /* of its shipment; -1: none */
	bool is_first;          /* of its shipment */
	struct route route;
	uint32_t marks;
};

static void add_mark(struct look *look, uint32_t pattern, const struct mark *from)
{
	struct mark mark = *from;
	sort_put(mark.pattern, pattern);
	mark.day = look->card.day;
	buffer_put(&look->worker->marks, (const char *)&mark, sizeof mark);
	look->marks++;
}

/* Days before 1970 sort before those after. */
static void put_day(key8 out, int64_t day)
{
	sort_put(out, (uint64_t)day ^ UINT64_C(1) << 63);
}

/* The exemption is open to the line, or would be but for amounts. */
static bool is_open(const struct look *look, const char *program)
{
	static const char *const amounts[] = {"over-limit", "day-sum", "order-split"};
	const struct tw_de_minimis *d = &look->answer->de_minimis;
	if (!*program)
		return true;
	if (!d->applies || strcmp(d->program, program) != 0)
		return false;
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		if (!strcmp(d->reason, amounts[i]))
			return true;
	return d->eligible;
}

/* In which of three bands an amount lies: 0 just below the upper one, 1 just under the limit, 2 as
   much over it; -1: in none. */
static int band_of(int64_t amount, int64_t limit, const struct patterns_row *row)
{
	int64_t width = (int64_t)((__int128)limit * row->band / 10000);
	bool inside = row->equal ? amount <= limit : amount < limit;
	if (amount < 0 || limit <= 0 || amount < limit - 2 * width || amount > limit + width)
		return -1;
	if (!inside)
		return 2;
	return amount < limit - width ? 0 : 1;
}

static void add_heap(struct look *look, uint32_t pattern, const struct patterns_row *row,
		     struct mark *mark)
{
	bool by_list = row->of == PATTERN_OF_THRESHOLD;
	const struct tw_assessment *answer = look->answer;
	if (!by_list) {
		mark->a = row->of == PATTERN_OF_RETAIL ? look->retail : look->value;
		mark->b = row->limit;
		mark->c = band_of(mark->a, mark->b, row);
		if (look->is_first && mark->c >= 0 &&
		    is_open(look, row_text(look->across, row->exemption)))
			add_mark(look, pattern, mark);
		return;
	}
	for (size_t i = 0; i < answer->control_count; i++) {
		const struct tw_control_hit *hit = &answer->controls[i];
		bool by_weight = answer->weight >= 0 && hit->limit >= 0;
		mark->a = by_weight ? answer->weight : answer->volume;
		mark->b = by_weight ? hit->limit : hit->limit_volume;
		mark->c = band_of(mark->a, mark->b, row);
		mark->d = !by_weight;
		if (mark->c >= 0) {
			add_mark(look, pattern, mark);
			return; /* a line counts once */
		}
	}
}

static void add_many(struct look *look, uint32_t pattern, const struct patterns_row *row,
		     struct mark *mark)
{
	text_key near, who = {0};
	tw_money value = look->retail;
	if (!look->is_first || !is_open(look, row_text(look->across, row->exemption)) ||
	    (row->each >= 0 && (value < 0 || value > row->each)))
		return;
	if (row->names)
		(void)group_keys(near, who, look->line, PATTERN_CONSIGNEE);
	put_day(mark->order, look->card.day);
	mark->a = value < 0 ? 0 : value;
	memcpy(&mark->c, who, sizeof mark->c);
	mark->b = value < 0;
	add_mark(look, pattern, mark);
}

static void add_together(struct look *look, uint32_t pattern, const struct patterns_row *row,
			 struct mark *mark)
{
	const struct patterns *law = &look->across->law;
	const struct goods goods = {.answer = look->answer,
				    .description = look->line->column[TW_COLUMN_DESCRIPTION],
				    .hts = look->card.hts,
				    .into = look->card.into,
				    .route = &look->route};
	put_day(mark->order, look->card.day);
	for (uint32_t i = 0; i < row->parts.count; i++) {
		const struct patterns_part *part = &law->parts[row->parts.first + i];
		mark->a = i;
		if (part_has(law, part, &goods))
			add_mark(look, pattern, mark);
	}
}

/* The first digits of the code, as a number; 0: it has fewer. */
static uint64_t code_of(const struct look *look, uint32_t digits)
{
	char text[16] = "";
	if (strlen(look->card.hts) < digits || digits >= sizeof text)
		return 0;
	memcpy(text, look->card.hts, digits);
	return strtoull(text, NULL, 10);
}

static void add_codes(struct look *look, uint32_t pattern, const struct patterns_row *row,
		      struct mark *mark)
{
	uint64_t code = code_of(look, row->digits);
	sort_put(mark->order, code);
	mark->a = (int64_t)code;
	if (code)
		add_mark(look, pattern, mark);
}

/* "20kg", "20 lb", "20": milligrams. */
static bool weight_of(int64_t *out, const tw_rulebook *rulebook, struct tw_text text)
{
	const struct rb *rb = rulebook_layout(rulebook);
	const char *right;
	size_t end = 0;
	while (end < text.length && strchr("0123456789.,", text.at[end]))
		end++;
	struct tw_text number = {text.at, end}, unit = {text.at + end, text.length - end};
	while (unit.length && *unit.at == ' ') {
		unit.at++;
		unit.length--;
	}
	int64_t amount;
	if (!end || !quantity_parse(&amount, number, &right))
		return false;
	if (!unit.length)
		unit = (struct tw_text){"kg", 2};
	return units_milligrams(out, rb, units_find(rb, unit), amount) && *out > 0;
}

/* Money for a kilogram in 1/10000, half up. */
static bool price_of(int64_t *out, tw_money value, int64_t weight)
{
	__int128 price = ((__int128)value * 1000000 + weight / 2) / weight;
	*out = price > INT64_MAX ? INT64_MAX : (int64_t)price;
	return value >= 0;
}

static void add_price(struct look *look, uint32_t pattern, const struct patterns_row *row,
		      struct mark *mark)
{
	char key[64];
	int64_t weight, price;
	uint64_t code = code_of(look, row->digits);
	struct tw_text text = look->line->column[TW_COLUMN_WEIGHT];
	if (!code || look->card.value < 0 || !text.length ||
	    !weight_of(&weight, look->across->options.rulebook, text) ||
	    !price_of(&price, look->card.value, weight))
		return;
	fit_print(key, sizeof key, "%llu/%u/%s/%s", (unsigned long long)code, row->digits,
		  look->card.into, look->card.currency);
	text_key_of(mark->exact, (struct tw_text){key, strlen(key)}, 34, false);
	memcpy(mark->near, mark->exact, sizeof mark->near);
	sort_put(mark->order, (uint64_t)price);
	mark->a = price;
	mark->b = weight;
	add_mark(look, pattern, mark);
}

/* A licence is asked for at the export from that country. */
static bool needs_licence(const struct tw_assessment *answer, const char *country)
{
	for (size_t i = 0; i < answer->control_count; i++) {
		const struct tw_control_hit *c = &answer->controls[i];
		if (!strcmp(c->jurisdiction, country) && !strcmp(c->direction, "export") &&
		    c->status != TW_CONTROL_BELOW_THRESHOLD && c->status != TW_CONTROL_OFF_ROUTE)
			return true;
	}
	return false;
}

/* What the line would owe were it of another country; -1: not known. */
static int duty_as(int64_t *out, struct look *look, const char *country, struct tw_error *error)
{
	struct tw_line line = *look->line;
	const struct tw_assessment *answer;
	line.column[TW_COLUMN_ORIGIN] = (struct tw_text){country, 2};
	int code = tw_assess(&answer, look->assessor, &line, error);
	*out = !code && answer->status != TW_STATUS_REFUSED && answer->has_amount ? answer->amount
										  : -1;
	return code;
}

/* Routes of which the duty is compared need the assessor again: they come last. */
static int add_route(struct look *look, uint32_t pattern, const struct patterns_row *row,
		     struct mark *mark, int64_t declared, struct tw_error *error)
{
	char by[4], lane[16 + 8];
	int code = TW_OK;
	if (!route_fits(by, &look->across->law, row, &look->route))
		return TW_OK;
	mark->a = look->card.value;
	mark->b = mark->c = -1;
	if (row->compares) {
		mark->b = declared;
		code = duty_as(&mark->c, look, by, error);
		if (code || (mark->b >= 0 && mark->b == mark->c))
			return code; /* nothing turns on it */
	}
	memcpy(lane, mark->exact, sizeof(text_key));
	memcpy(lane + 16, look->route.origin, 4);
	memcpy(lane + 20, by, 4);
	text_key_of(mark->exact, (struct tw_text){lane, sizeof lane}, 35, false);
	memcpy(mark->near, mark->exact, sizeof mark->near);
	memcpy(&mark->d, by, sizeof by);
	add_mark(look, pattern, mark);
	return TW_OK;
}

static bool is_asked(const struct look *look, const struct patterns_row *row)
{
	const char *into = row_text(look->across, row->into);
	return (!*into || !strcmp(into, look->card.into)) && look->entered >= row->from &&
	       look->entered < row->until;
}

static void add_plain(struct look *look, uint32_t pattern, const struct patterns_row *row,
		      struct mark *mark)
{
	switch ((enum pattern_kind)row->kind) {
	case PATTERN_HEAP:
		add_heap(look, pattern, row, mark);
		break;
	case PATTERN_MANY:
		add_many(look, pattern, row, mark);
		break;
	case PATTERN_TOGETHER:
		add_together(look, pattern, row, mark);
		break;
	case PATTERN_CODES:
		add_codes(look, pattern, row, mark);
		break;
	case PATTERN_PRICE:
		add_price(look, pattern, row, mark);
		break;
	case PATTERN_ROUTE:
	case PATTERN_KINDS:
		break;
	}
}

/* Goods of one code, by so many of its digits. */
static bool find_code(struct look *look, const struct patterns_row *row, struct mark *mark)
{
	char key[24];
	uint64_t code = code_of(look, row->digits);
	fit_print(key, sizeof key, "%llu", (unsigned long long)code);
	text_key_of(mark->exact, (struct tw_text){key, strlen(key)}, 36, false);
	memcpy(mark->near, mark->exact, sizeof mark->near);
	return code != 0;
}

/* A price has a group of its own: whatever the code, it is said. */
static bool find_group(struct look *look, uint32_t pattern, const struct patterns_row *row,
		       struct mark *mark)
{
	enum pattern_group group = (enum pattern_group)row->group;
	*mark = (struct mark){.a = 0};
	if (row->kind == PATTERN_PRICE ||
	    (group == PATTERN_CODE ? find_code(look, row, mark)
				   : group_keys(mark->near, mark->exact, look->line, group)))
		return true;
	look->worker->without[pattern]++;
	return false;
}

static int look_at(struct look *look, struct tw_error *error)
{
	const struct across *across = look->across;
	const struct tw_assessment *answer = look->answer;
	int64_t declared =
	    answer->status != TW_STATUS_REFUSED && answer->has_amount ? answer->amount : -1;
	bool route[256] = {false};
	struct mark mark;
	int code = TW_OK;
	for (uint32_t i = 0; i < across->count; i++) {
		const struct patterns_row *row = &across->law.rows[i];
		char by[4];
		if (!is_asked(look, row))
			continue;
		if (row->kind != PATTERN_ROUTE) {
			if (find_group(look, i, row, &mark))
				add_plain(look, i, row, &mark);
			continue;
		}
		const char *licence = row_text(across, row->licence);
		route[i] = route_fits(by, &across->law, row, &look->route) &&
			   (!*licence || needs_licence(answer, licence));
	}
	for (uint32_t i = 0; i < across->count && !code; i++)
		if (route[i] && find_group(look, i, &across->law.rows[i], &mark))
			code = add_route(look, i, &across->law.rows[i], &mark, declared, error);
	return code;
}

static void set_text(struct card *card, enum card_text text, const struct tw_line *line,
		     enum tw_column column)
{
	card->text[text] = line->column[column];
}

/* What is shown of it. */
static void fill_card(struct look *look, const struct taken *taken)
{
	const struct tw_line *line = look->line;
	struct card *card = &look->card;
	card->number = taken->about->number;
	card->text[CARD_FILE] = (struct tw_text){taken->file, strlen(taken->file)};
	card->text[CARD_ID] = taken->about->id;
	set_text(card, CARD_SHIPPER, line, TW_COLUMN_SHIPPER);
	set_text(card, CARD_SHIPPER_ADDRESS, line, TW_COLUMN_SHIPPER_ADDRESS);
	set_text(card, CARD_CONSIGNEE, line, TW_COLUMN_CONSIGNEE);
	set_text(card, CARD_CONSIGNEE_ID, line, TW_COLUMN_CONSIGNEE_ID);
	set_text(card, CARD_CONSIGNEE_ADDRESS, line, TW_COLUMN_CONSIGNEE_ADDRESS);
	set_text(card, CARD_CONSIGNEE_PHONE, line, TW_COLUMN_CONSIGNEE_PHONE);
	set_text(card, CARD_IMPORTER, line, TW_COLUMN_IMPORTER);
	set_text(card, CARD_ORDER, line, TW_COLUMN_ORDER);
	set_text(card, CARD_DESCRIPTION, line, TW_COLUMN_DESCRIPTION);
}

/* The digits of a code as it is written. */
static void copy_digits(char out[16], struct tw_text text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.length && n < 10; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9')
			out[n++] = text.at[i];
	out[n] = '\0';
}

/* What the answer says; of one that is refused, what the line says. False: not even the day. */
static bool fill_facts(struct look *look)
{
	const struct tw_assessment *answer = look->answer;
	const tw_rulebook *rulebook = look->across->options.rulebook;
	struct card *card = &look->card;
	const char *into = answer->into;
	int offset = answer->entered_offset;
	bool is_date;
	look->entered = answer->entered;
	if (!*into) {
		struct tw_text said = look->line->column[TW_COLUMN_INTO];
		into = said.length ? tw_rulebook_country(rulebook, said)
				   : rulebook_layout(rulebook)->law->into;
		offset = 0;
		if (!into ||
		    !tw_entered(look->assessor, TW_COUNTRY(into[0], into[1]),
				look->line->column[TW_COLUMN_ENTERED], &look->entered, &is_date))
			return false;
	}
	memcpy(card->into, into, 2);
	card->day = time_divide(look->entered + offset, 86400);
	if (*answer->hts)
		memcpy(card->hts, answer->hts, sizeof card->hts - 1);
	else
		copy_digits(card->hts, look->line->column[TW_COLUMN_HTS]);
	route_of(&look->route, rulebook, look->line, answer);
	memcpy(card->origin, look->route.origin, sizeof card->origin);
	memcpy(card->from, look->route.from, sizeof card->from);
	fit_print(card->currency, sizeof card->currency, "%s", answer->currency);
	card->value = answer->value;
	look->value = look->line->shipment_value >= 0 ? look->line->shipment_value : answer->value;
	look->retail =
	    look->line->shipment_retail >= 0 ? look->line->shipment_retail : answer->retail;
	return true;
}

/* The card, and its marks behind it. */
static void put_block(struct buffer *out, const struct look *look)
{
	struct block block = {0, look->marks};
	size_t start = out->length;
	bool is_told = look->marks || look->card.text[CARD_REFUSED].length;
	buffer_put(out, (const char *)&block, sizeof block);
	if (is_told)
		card_put(out, &look->card);
	if (!is_told || out->failed)
		return;
	block.bytes = (uint32_t)(out->length - start - sizeof block);
	memcpy(out->at + start, &block, sizeof block);
	buffer_put(out, look->worker->marks.at, look->worker->marks.length);
}

static void put_refused(struct buffer *out, struct look *look, const char *column, const char *text)
{
	char said[CARD_TEXT];
	fit_print(said, sizeof said, "%s%s%s", column, *column ? ": " : "", text);
	look->card.text[CARD_REFUSED] = (struct tw_text){said, strlen(said)};
	put_block(out, look);
	look->card.text[CARD_REFUSED] = (struct tw_text){0};
}

int across_take(void *context, const struct taken *taken, struct tw_error *error)
{
	static const struct tw_month none = {NULL, 0};
	struct across *across = context;
	struct tw_line line = *taken->line->line;
	struct look look = {.across = across,
			    .worker = &across->worker[taken->worker],
			    .assessor = taken->assessor[0],
			    .line = &line,
			    .is_first = taken->about->is_first,
			    .card = {.value = -1}};
	look.worker->marks.length = 0;
	fill_card(&look, taken);
	if (taken->reason) {
		put_refused(taken->out, &look, taken->column, taken->text);
		return TW_OK;
	}
	line.month = &none;
	int code = tw_assess(&look.answer, look.assessor, &line, error);
	if (code)
		return code;
	if (!fill_facts(&look)) {
		put_refused(taken->out, &look, look.answer->refusal.column,
			    look.answer->refusal.text);
		return TW_OK;
	}
	code = look_at(&look, error);
	put_block(taken->out, &look);
	if (look.worker->marks.failed)
		return error_memory(error);
	return code;
}

int across_end(void *context, const struct taken *taken, struct tw_error *error)
{
	(void)context;
	(void)taken;
	(void)error;
	return TW_OK;
}
