/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line before the judge, see verdict.h: which tariff lines it may be, every
 * reading of what is open, then exemptions, entry type and fees.
 */
#include "common/money.h"
#include "hearing.h"

#include "common/instant.h"

#include <string.h>
#include <strings.h>

#define LEAVES 400

/* A tariff line that the code may mean. */
struct leaf {
	uint64_t code;
	const struct law_schedule_row *row; /* of the day of entry */
};

static bool in_force(const struct law_schedule_row *row, tw_time at)
{
	return row->from <= at && at < row->until;
}

static uint32_t first_row(const struct law_jurisdiction *j, uint64_t code)
{
	uint32_t low = 0, high = j->row_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (j->rows[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* An eight-digit row that is divided into ten-digit ones is no tariff line itself. */
static bool divided(const struct law_jurisdiction *j, const struct law_schedule_row *row)
{
	if (row->digits == 10)
		return false;
	for (uint32_t i = first_row(j, row->code);
	     i < j->row_count && j->rows[i].code < row->code + 100; i++)
		if (j->rows[i].digits == 10)
			return true;
	return false;
}

/* The row of the same tariff line at another time. */
static const struct law_schedule_row *row_at(const struct law_jurisdiction *j,
					     const struct law_schedule_row *row, tw_time at)
{
	for (uint32_t i = first_row(j, row->code); i < j->row_count && j->rows[i].code == row->code;
	     i++)
		if (j->rows[i].digits == row->digits && in_force(&j->rows[i], at))
			return &j->rows[i];
	return row;
}

/* Days since a leap year began, its 29 February included, whatever the year. */
static int place(int month, int day)
{
	int places = day;
	for (int i = 1; i < month; i++)
		places += i == 2 ? 29 : i == 4 || i == 6 || i == 9 || i == 11 ? 30 : 31;
	return places;
}

/* How many days ago a run of days that holds this one began; -1: it does not hold it. */
static int64_t days_in(const struct law_season_range *range, int64_t day)
{
	int year, month, date, last = place(range->through / 100, range->through % 100);
	for (int64_t back = 0; back < 366; back++) {
		time_date(day - back, &year, &month, &date);
		if (month * 100 + date == range->from)
			return back;
		if (back > 0 && place(month, date) == last)
			return -1;
		if (last == place(2, 29) && back > 0 && month == 2 &&
		    date == (time_date_valid(year, 2, 29) ? 29 : 28))
			return -1;
	}
	return -1;
}

static bool season_takes(const struct law_season_line *line, int64_t entered, int64_t imported)
{
	for (uint32_t i = 0; i < line->range_count; i++) {
		int64_t since = days_in(&line->ranges[i], entered);
		if (since >= 0 && (!line->imported || imported >= entered - since))
			return true;
	}
	return false;
}

/* Goods that the line asking for the days of import turns away for them alone. */
static bool turned_away(const struct law_season *season, int64_t entered, int64_t imported)
{
	for (uint32_t i = 0; i < season->line_count; i++) {
		const struct law_season_line *line = &season->lines[i];
		struct law_season_line lenient = *line;
		lenient.imported = false;
		if (line->imported && season_takes(&lenient, entered, imported) &&
		    !season_takes(line, entered, imported))
			return true;
	}
	return false;
}

static bool in_season(struct hearing *h, uint64_t code)
{
	enum time_zone zone = (enum time_zone)time_zone_find(h->jurisdiction->timezone);
	int64_t entered = time_local_day(zone, h->line->entered), imported = entered;
	bool named = false;
	if (h->line->has_time[LINE_IMPORTED])
		imported = time_local_day(zone, h->line->time[LINE_IMPORTED]);
	for (uint32_t i = 0; i < h->jurisdiction->season_count; i++) {
		const struct law_season *season = &h->jurisdiction->seasons[i];
		for (uint32_t k = 0; k < season->line_count; k++) {
			const struct law_season_line *line = &season->lines[k];
			if (line->code / 100 != code / 100)
				continue;
			named = true;
			if (condition_true(h, season->when) &&
			    (season_takes(line, entered, imported) ||
			     (!line->imported && turned_away(season, entered, imported))))
				return true;
		}
	}
	return !named;
}

/* Tariff lines in force whose codes meet [low, high). */
static size_t find_rows(struct leaf *out, struct hearing *h, uint64_t low, uint64_t high,
			bool *closed)
{
	const struct law_jurisdiction *j = h->jurisdiction;
	size_t count = 0;
	uint64_t from = low / 100 * 100; /* an eight-digit line may hold a ten-digit code */
	for (uint32_t i = first_row(j, from); i < j->row_count && j->rows[i].code < high; i++) {
		const struct law_schedule_row *row = &j->rows[i];
		uint64_t end = row->code + (row->digits == 10 ? 1 : 100);
		if (end <= low || !in_force(row, h->line->entered) || divided(j, row) ||
		    count == LEAVES)
			continue;
		if (!in_season(h, row->code)) {
			*closed = true;
			continue;
		}
		out[count].code = row->code > low ? row->code : low;
		out[count++].row = row;
	}
	return count;
}

static void add_edge(struct leaf *out, size_t *count, const struct line *line, uint64_t edge)
{
	uint64_t end = line->code + (line->digits == 8 ? 100 : 10000);
	for (size_t i = 0; i < *count; i++)
		if (out[i].code == edge)
			return;
	if (line->code <= edge && edge < end && *count < LEAVES)
		out[(*count)++] = (struct leaf){edge, NULL};
}

static void add_list_edges(struct leaf *out, size_t *count, const struct hearing *h,
			   const uint32_t *lists, uint32_t list_count)
{
	for (uint32_t i = 0; i < list_count; i++)
		for (uint32_t k = 0; k < h->law->lists[lists[i]].row_count; k++) {
			add_edge(out, count, h->line, h->law->lists[lists[i]].rows[k].codes.low);
			add_edge(out, count, h->line, h->law->lists[lists[i]].rows[k].codes.high);
		}
}

static void add_scope_edges(struct leaf *out, size_t *count, const struct hearing *h,
			    const struct law_scope *s)
{
	for (uint32_t i = 0; i < s->any_code_count; i++) {
		add_edge(out, count, h->line, s->any_codes[i].low);
		add_edge(out, count, h->line, s->any_codes[i].high);
	}
	for (uint32_t i = 0; i < s->not_code_count; i++) {
		add_edge(out, count, h->line, s->not_codes[i].low);
		add_edge(out, count, h->line, s->not_codes[i].high);
	}
	add_list_edges(out, count, h, s->any_lists, s->any_list_count);
	add_list_edges(out, count, h, s->not_lists, s->not_list_count);
}

/* Without a schedule: a code for each stretch under the declared one that the law tells apart. */
static size_t find_stretches(struct leaf *out, const struct hearing *h)
{
	size_t count = 1;
	out[0] = (struct leaf){h->line->code, NULL};
	for (uint32_t p = 0; h->line->digits != 10 && p < h->law->program_count; p++) {
		const struct law_program *program = &h->law->programs[p];
		if (&h->law->jurisdictions[program->jurisdiction] != h->jurisdiction)
			continue;
		for (uint32_t i = 0; i < program->measure_count; i++)
			add_scope_edges(out, &count, h,
					&h->law->measures[program->measure_first + i].scope);
		for (uint32_t i = 0; i < program->yield_count; i++)
			add_scope_edges(out, &count, h, &program->yields[i].scope);
	}
	return count;
}

/* The row that holds the code on the day of entry. */
static const struct law_schedule_row *item_of(const struct hearing *h, uint64_t code)
{
	const struct law_jurisdiction *j = h->jurisdiction;
	for (uint32_t i = first_row(j, code / 100 * 100);
	     i < j->row_count && j->rows[i].code == code / 100 * 100; i++)
		if (in_force(&j->rows[i], h->line->entered))
			return &j->rows[i];
	return NULL;
}

/* Items that print no statistical numbers: the stretches of them that the law tells apart. */
static size_t find_items(struct leaf *out, struct verdict *verdict, const struct hearing *h,
			 uint64_t end)
{
	const struct law_jurisdiction *j = h->jurisdiction;
	size_t count = find_stretches(out, h), kept = 0;
	if (h->line->entered < j->begins)
		return count;
	for (uint32_t i = first_row(j, h->line->code); i < j->row_count && j->rows[i].code < end;
	     i++)
		add_edge(out, &count, h->line, j->rows[i].code);
	for (size_t i = 0; i < count; i++)
		if ((out[i].row = item_of(h, out[i].code)) != NULL)
			out[kept++] = out[i];
	if (kept == 0)
		verdict->refused = "unknown-code";
	return kept;
}

static size_t find_leaves(struct leaf *out, struct verdict *verdict, struct hearing *h)
{
	bool closed = false;
	const struct line *line = h->line;
	uint64_t width = line->digits == 10 ? 1 : line->digits == 8 ? 100 : 10000;
	size_t count;
	if (!h->jurisdiction->has_schedule)
		return find_stretches(out, h);
	if (h->jurisdiction->open_numbers)
		return find_items(out, verdict, h, line->code + width);
	if (line->code >= UINT64_C(9900000000)) {
		verdict->refused = "not-goods";
		return 0;
	}
	count = find_rows(out, h, line->code, line->code + width, &closed);
	if (count == 0 && line->digits == 10 && !closed)
		count = find_rows(out, h, line->code / 100 * 100, line->code / 100 * 100 + 100,
				  &closed);
	if (count == 0)
		verdict->refused = closed ? "out-of-season" : "unknown-code";
	return count;
}

/* Other spellings of the same thing: indicators and flags, transport and final mode. */
static void join_claims(struct hearing *h)
{
	const struct judge *judge = h->judge;
	const struct line *line = h->line;
	memcpy(h->claim, line->claim, sizeof h->claim);
	if (judge->final_mode != LAW_NONE && !h->claim[judge->final_mode].given &&
	    line->transport[0] != '\0') {
		struct said *mode = &h->claim[judge->final_mode];
		mode->given = mode->yes = true;
		memcpy(mode->word, line->transport, strlen(line->transport) + 1);
	}
	if (judge->spi == LAW_NONE || !h->claim[judge->spi].given)
		return;
	for (uint32_t i = 0; i < h->law->claim_count; i++)
		for (uint32_t k = 0; k < h->law->claims[i].spi_count; k++)
			if (!h->claim[i].given &&
			    strcasecmp(h->law->claims[i].spi[k], h->claim[judge->spi].word) == 0)
				h->claim[i].given = h->claim[i].yes = true;
}

/* The type filed with the line, or else with another line of its shipment. */
static const char *filed_type(const struct hearing *h)
{
	const struct line *line = h->line;
	if (line->entry_type[0] == '\0' && line->entry != LAW_NONE &&
	    h->law->measures[line->entry].effect == LAW_EFFECT_FILED)
		return h->law->measures[line->entry].word;
	return line->entry_type;
}

static void open_hearing(struct hearing *h, const struct judge *judge, const struct line *line)
{
	memset(h, 0, sizeof *h);
	h->judge = judge;
	h->law = judge->law;
	h->line = line;
	h->jurisdiction = &judge->law->jurisdictions[line->into];
	h->entry_type = filed_type(h);
	join_claims(h);
	tw_money quantum = h->jurisdiction->round_value;
	h->whole_value = h->value = money_round(line->value, quantum);
	if (judge->chapter98 != LAW_NONE && h->claim[judge->chapter98].given &&
	    h->claim[judge->dutiable_value].given) {
		tw_money part = money_round(h->claim[judge->dutiable_value].number, quantum);
		h->value = part < h->whole_value ? part : h->whole_value;
	}
	h->goods_at = line->entered;
	h->from_zone = judge->ftz_admitted != LAW_NONE && h->claim[judge->ftz_admitted].given;
	if (h->from_zone)
		h->goods_at = h->claim[judge->ftz_admitted].number;
}

static void widen(struct verdict *out, bool *any, tw_money amount)
{
	out->least = !*any || amount < out->least ? amount : out->least;
	out->greatest = !*any || amount > out->greatest ? amount : out->greatest;
	*any = true;
}

/* Exemptions, entry types and fees look at the day of entry. */
static bool applies_now(struct hearing *h, const struct law_measure *m)
{
	tw_time at = h->line->entered;
	return m->from.at <= at && at < m->until.at &&
	       (m->origins_all || origin_in(&m->origins, h->line->origin)) &&
	       scope_holds(h->judge, &m->scope, h->code, at) && condition_true(h, m->when);
}

static const struct law_measure *first_of(struct hearing *h, const struct law_program *p,
					  enum law_effect effect)
{
	for (uint32_t i = 0; i < p->measure_count; i++) {
		const struct law_measure *m = &h->law->measures[p->measure_first + i];
		if (m->effect == effect && applies_now(h, m))
			return m;
	}
	return NULL;
}

/* Does a rule of entry give the goods the rates of the day on which they came under bond? */
static bool is_in_bond(struct hearing *h)
{
	if (!h->line->has_time[LINE_IT_DATE])
		return false;
	for (uint32_t i = 0; i < h->law->program_count; i++)
		if (&h->law->jurisdictions[h->law->programs[i].jurisdiction] == h->jurisdiction &&
		    first_of(h, &h->law->programs[i], LAW_EFFECT_RATES_OF) != NULL)
			return true;
	return false;
}

/* A tariff line, the time whose law its goods take, and the row of that time. */
static void take_leaf(struct hearing *h, const struct leaf *leaf)
{
	h->code = leaf->code;
	h->row = leaf->row;
	if (!h->from_zone) {
		h->in_bond = is_in_bond(h);
		h->goods_at = h->in_bond ? h->line->time[LINE_IT_DATE] : h->line->entered;
	}
	if (h->row != NULL)
		h->row = h->goods_at < h->jurisdiction->begins
			     ? NULL
			     : row_at(h->jurisdiction, h->row, h->goods_at);
}

static const char *over_limit(const struct hearing *h, const struct law_measure *m)
{
	enum law_fact fact = m->limit_of;
	if (m->per != LAW_PER_LINE && fact == LAW_FACT_VALUE)
		fact = LAW_FACT_SHIPMENT_VALUE;
	if (m->per != LAW_PER_LINE && fact == LAW_FACT_RETAIL_VALUE)
		fact = LAW_FACT_SHIPMENT_RETAIL_VALUE;
	tw_money here = fact_money(h, fact, 0);
	if (here > m->limit)
		return "over-limit";
	if (m->per == LAW_PER_PERSON_DAY && h->line->order_retail > m->limit)
		return "order-split";
	if (m->per == LAW_PER_PERSON_DAY && here + h->line->free_before > m->limit)
		return "day-sum";
	return NULL;
}

static void hear_exemption(struct verdict_relief *out, struct hearing *h,
			   const struct law_program *p)
{
	const struct law_measure *m = first_of(h, p, LAW_EFFECT_REFUSE);
	const char *reason = m != NULL ? m->word : NULL;
	if (out->eligible)
		return;
	if (m == NULL) {
		m = first_of(h, p, LAW_EFFECT_GRANT);
		if (m == NULL)
			return;
		reason = over_limit(h, m);
	}
	if (out->heard_count < VERDICT_FEES)
		out->heard[out->heard_count++] = m;
	if (reason != NULL && out->considered)
		return; /* the first that looked at the line says why not */
	out->considered = true;
	out->eligible = h->exempt = reason == NULL;
	out->reason = reason != NULL ? reason : "";
	out->relief = m;
}

static bool has_share_of_value(const struct law_rate *rate)
{
	for (uint32_t i = 0; i < rate->term_count; i++)
		if (rate->term[i].kind == LAW_TERM_AD_VALOREM)
			return true;
	return false;
}

/* A fee of a shipment is taken on what all its lines bring, once, on one of them. */
static void hear_fee(struct verdict_relief *out, struct hearing *h, const struct law_program *p)
{
	const struct law_measure *m = first_of(h, p, LAW_EFFECT_EXEMPT);
	tw_money amount, value;
	if (m != NULL && out->heard_count < VERDICT_FEES)
		out->heard[out->heard_count++] = m;
	if (m != NULL || (m = first_of(h, p, LAW_EFFECT_FEE)) == NULL)
		return;
	bool together = m->per == LAW_PER_SHIPMENT && h->line->shared;
	value = m->of_dutiable ? h->value : h->whole_value;
	if (together)
		value = h->line->together;
	if ((value == 0 && has_share_of_value(&m->rate)) ||
	    !rate_amount(&amount, h, &m->rate, value))
		return;
	if (m->fee_min >= 0 && amount < m->fee_min)
		amount = m->fee_min;
	if (m->fee_max >= 0 && amount > m->fee_max)
		amount = m->fee_max;
	if (together && !h->line->here)
		amount = 0;
	if (out->fee_count < VERDICT_FEES)
		out->fee[out->fee_count++] = (struct verdict_fee){m, amount};
}

static void hear_tax(struct verdict_relief *out, struct hearing *h, const struct law_program *p)
{
	const struct law_measure *free = first_of(h, p, LAW_EFFECT_EXEMPT);
	const struct law_measure *m = free != NULL ? NULL : first_of(h, p, LAW_EFFECT_FEE);
	if (free != NULL && out->heard_count < VERDICT_FEES)
		out->heard[out->heard_count++] = free;
	if (m != NULL && out->tax_count < VERDICT_FEES)
		out->tax[out->tax_count++] = m;
}

/* The type that a line is entered under: filed, that of its shipment, or what the law asks. */
static void hear_entry(struct verdict_relief *out, struct hearing *h, const struct law_program *p)
{
	const struct law_measure *m = first_of(h, p, LAW_EFFECT_ENTRY);
	if (h->entry_type[0] != '\0' || m == NULL)
		return;
	if (h->line->entry != LAW_NONE && !out->eligible &&
	    h->law->measures[h->line->entry].effect == LAW_EFFECT_ENTRY)
		m = &h->law->measures[h->line->entry];
	out->entry = m;
	h->entry_type = m->word;
}

/* What was filed must be a type of the day; under some nothing is paid. */
static void hear_filed(struct verdict_relief *out, struct hearing *h)
{
	const struct law *law = h->law;
	const struct law_measure *found = NULL;
	bool any = false;
	for (uint32_t i = 0; h->entry_type[0] != '\0' && i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		uint32_t j = law->programs[m->program].jurisdiction;
		if (m->effect != LAW_EFFECT_FILED || &law->jurisdictions[j] != h->jurisdiction)
			continue;
		any = any || (m->from.at <= h->line->entered && h->line->entered < m->until.at);
		if (found == NULL && strcmp(m->word, h->entry_type) == 0 && applies_now(h, m))
			found = m;
	}
	if (any && (found == NULL || found->pays == LAW_PAYS_NEVER))
		out->no_such_type = true;
	out->type = found;
	out->nothing_due = found != NULL && found->pays == LAW_PAYS_NOTHING;
}

/* Programs of one kind, by their place on the declaration. */
static void each_program(struct verdict_relief *out, struct hearing *h, enum law_kind kind)
{
	const struct law *law = h->law;
	int last = INT32_MIN;
	for (;;) {
		int order = INT32_MAX;
		for (uint32_t i = 0; i < law->program_count; i++)
			if (law->programs[i].order > last && law->programs[i].order < order)
				order = law->programs[i].order;
		if (order == INT32_MAX)
			return;
		for (uint32_t i = 0; i < law->program_count; i++) {
			const struct law_program *p = &law->programs[i];
			if (p->order != order || p->kind != kind ||
			    &law->jurisdictions[p->jurisdiction] != h->jurisdiction)
				continue;
			if (kind == LAW_KIND_EXEMPTION)
				hear_exemption(out, h, p);
			else if (kind == LAW_KIND_FEE)
				hear_fee(out, h, p);
			else if (kind == LAW_KIND_TAX)
				hear_tax(out, h, p);
			else
				hear_entry(out, h, p);
		}
		last = order;
	}
}

/* What follows from the duties of one reading; a claim that is open here alone stays as assumed. */
static void hear_relief(struct verdict_relief *out, struct hearing *h, const struct stack *stack)
{
	unsigned open = h->open_count;
	bool full = h->open_full;
	memset(out, 0, sizeof *out);
	out->reason = "";
	h->exempt = false;
	h->entry_type = filed_type(h);
	h->duty = stack->amount;
	h->additional = stack->additional;
	hear_filed(out, h);
	each_program(out, h, LAW_KIND_EXEMPTION);
	each_program(out, h, LAW_KIND_ENTRY);
	each_program(out, h, LAW_KIND_FEE);
	each_program(out, h, LAW_KIND_TAX);
	out->entry_type = h->entry_type;
	h->exempt = false;
	h->entry_type = filed_type(h);
	h->duty = h->additional = 0;
	h->open_count = open;
	h->open_full = full;
}

/* What a layer adds is matched one to one: the same duties, under whatever heading? */
static bool same_duties(const struct stack *a, const struct stack *b)
{
	bool used[VERDICT_LAYERS] = {false};
	size_t left = 0;
	for (size_t k = 0; k < b->layer_count; k++)
		left += b->layer[k].kind == TW_LAYER_ADD || b->layer[k].kind == TW_LAYER_REPLACE;
	for (size_t i = 0; i < a->layer_count; i++) {
		const struct verdict_layer *x = &a->layer[i];
		tw_money adds = x->kind == TW_LAYER_REPLACE ? x->over_base : x->amount;
		bool found = false;
		if (x->kind != TW_LAYER_ADD && x->kind != TW_LAYER_REPLACE)
			continue;
		for (size_t k = 0; !found && k < b->layer_count; k++) {
			const struct verdict_layer *y = &b->layer[k];
			if (used[k] || (y->kind != TW_LAYER_ADD && y->kind != TW_LAYER_REPLACE) ||
			    (y->kind == TW_LAYER_REPLACE ? y->over_base : y->amount) != adds ||
			    x->unknown != y->unknown || x->is_void != y->is_void)
				continue;
			found = used[k] = true;
			left--;
		}
		if (!found)
			return false;
	}
	return left == 0;
}

static bool same_choices(const struct stack *a, const struct stack *b)
{
	if (a->choice_count != b->choice_count)
		return false;
	for (size_t i = 0; i < a->choice_count; i++)
		if (a->choice[i].measure != b->choice[i].measure ||
		    a->choice[i].amount != b->choice[i].amount)
			return false;
	return true;
}

static bool has_tax(const struct verdict_relief *relief, const struct law_measure *tax)
{
	for (size_t i = 0; i < relief->tax_count; i++)
		if (relief->tax[i] == tax)
			return true;
	return false;
}

/* Of the taxes shown those that the other reading owes too. */
static void share_taxes(struct verdict_relief *shown, const struct verdict_relief *other)
{
	struct verdict_relief was = *shown;
	shown->tax_count = 0;
	for (size_t i = 0; i < was.tax_count; i++)
		if (has_tax(other, was.tax[i]))
			shown->tax[shown->tax_count++] = was.tax[i];
	if (shown->tax_count != was.tax_count || shown->tax_count != other->tax_count)
		shown->taxes_unlike = true;
}

/* Type of entry, fees and taxes. */
static bool same_entry(const struct verdict_relief *a, const struct verdict_relief *b)
{
	for (size_t i = 0; i < a->tax_count; i++)
		if (!has_tax(b, a->tax[i]))
			return false;
	if (a->tax_count != b->tax_count || a->no_such_type != b->no_such_type ||
	    a->entry != b->entry || a->fee_count != b->fee_count)
		return false;
	for (size_t i = 0; i < a->fee_count; i++)
		if (a->fee[i].measure != b->fee[i].measure || a->fee[i].amount != b->fee[i].amount)
			return false;
	return true;
}

/* Let in free, or under bond: nothing is paid. */
static bool is_free(const struct verdict_relief *relief)
{
	return relief->eligible || relief->nothing_due;
}

/*
 * Is this the same answer, for the payer, as another reading's? Of another tariff line it does not
 * count why nothing is due: goods let in free, or goods that owe nothing.
 */
static bool same_reading(const struct stack *a, const struct verdict_relief *x,
			 const struct stack *b, const struct verdict_relief *y, bool other_line)
{
	if (!same_entry(x, y) || (other_line && !same_duties(a, b)) ||
	    (other_line && !same_choices(a, b)))
		return false;
	if (!other_line && (x->eligible != y->eligible || x->nothing_due != y->nothing_due))
		return false;
	return is_free(x) || is_free(y) ||
	       (a->known == b->known && a->amount == b->amount && a->additional == b->additional &&
		a->refundable == b->refundable && a->prohibited == b->prohibited);
}

/* What the readings come to. */
struct heard {
	bool any, all, unlike, some_free, not_free, some_prohibited, some_types;
	struct verdict_relief refused; /* the first that is not let in free */
};

static void count_reading(struct verdict *out, struct heard *heard, const struct stack *stack,
			  const struct verdict_relief *relief)
{
	if (!is_free(relief) && !heard->not_free) {
		heard->not_free = true;
		heard->refused = *relief;
	}
	if (is_free(relief)) {
		heard->some_free = true;
		widen(out, &heard->any, 0);
	} else if (stack->known) {
		widen(out, &heard->any, stack->amount);
	} else if (stack->choice_count != 0) {
		for (size_t k = 0; k < stack->choice_count; k++)
			widen(out, &heard->any, stack->choice[k].amount);
	} else {
		heard->all = false;
	}
}

/* Every reading of every tariff line; the first of all is shown. */
static void hear_readings(struct verdict *out, struct hearing *h, const struct leaf *leaf,
			  size_t count, struct heard *heard)
{
	static struct stack other, first; /* one line at a time is heard */
	static struct verdict_relief relief, first_relief, taxed;
	for (size_t i = 0; i < count; i++) {
		take_leaf(h, &leaf[i]);
		h->open_count = 0;
		for (unsigned read = 0; read < 1u << h->open_count; read++) {
			unsigned metals = 1;
			for (unsigned metal = 0; metal < metals; metal++) {
				bool plain = read == 0 && metal == 0;
				h->flipped = read;
				stack_hear(&other, h, metal);
				hear_relief(&relief, h, &other);
				metals = other.in_play > 1 ? 3 * other.in_play + 2 : 1;
				out->which_metal |= metals > 1;
				count_reading(out, heard, &other, &relief);
				if (!plain || i != 0)
					share_taxes(&taxed, &relief);
				if (plain && i == 0) {
					taxed = relief;
					out->stack = other;
					out->relief = relief;
				} else if (plain) {
					heard->unlike |= !same_reading(&other, &relief, &out->stack,
								       &out->relief, true);
					if (is_free(&relief) && is_free(&out->relief) &&
					    relief.eligible != out->relief.eligible) {
						out->relief.eligible = false;
						out->relief.nothing_due = true;
					}
					heard->some_types |=
					    relief.no_such_type != out->relief.no_such_type;
					heard->some_prohibited |=
					    other.prohibited != out->stack.prohibited;
				} else {
					heard->unlike |= !same_reading(&other, &relief, &first,
								       &first_relief, false);
				}
				if (plain) {
					first = other;
					first_relief = relief;
				}
			}
		}
		out->single &= h->open_count == 0;
	}
	h->flipped = 0;
	memcpy(out->relief.tax, taxed.tax, sizeof taxed.tax);
	out->relief.tax_count = taxed.tax_count;
	out->relief.taxes_unlike = taxed.taxes_unlike;
}

static void hear_duties(struct verdict *out, struct hearing *h, const struct leaf *leaf,
			size_t count)
{
	static struct heard heard; /* large */
	memset(&heard, 0, sizeof heard);
	heard.all = true;
	out->single = count == 1;
	hear_readings(out, h, leaf, count, &heard);
	out->bounds_sure = !h->open_full;
	out->single &= !out->which_metal;
	if (heard.some_prohibited) {
		out->stack.prohibited = NULL;
		heard.all = false;
	}
	if (heard.some_types) {
		out->relief.no_such_type = false;
		heard.all = false;
	}
	bool sure = heard.any && heard.all;
	out->has_amount =
	    sure && !heard.unlike && out->least == out->greatest && out->stack.choice_count == 0;
	out->amount = out->greatest;
	out->has_bounds = sure && !out->has_amount;
	out->refundable = out->stack.choices_alone ? -1 : out->stack.refundable;
	/* Where a reading lets the goods in free, nothing is sure to have been collected. */
	for (size_t i = 0; heard.some_free && heard.not_free && i < out->stack.layer_count; i++) {
		out->stack.layer[i].is_void = false;
		out->refundable = out->refundable > 0 ? 0 : out->refundable;
	}
	if (is_free(&out->relief) && (heard.not_free || heard.some_prohibited)) {
		out->relief.eligible = out->relief.nothing_due = false;
		out->relief.reason = heard.not_free ? heard.refused.reason : "";
		if (heard.not_free)
			out->relief.relief = heard.refused.relief;
	}
}

static void relieve(struct verdict *out)
{
	if (!is_free(&out->relief))
		return;
	out->relieved_sure = out->single;
	out->relieved = out->stack.choices_alone ? -1 : out->stack.amount;
	out->amount = out->refundable = 0;
	out->has_amount = true;
	out->has_bounds = false;
	for (size_t i = 0; i < out->stack.layer_count; i++)
		out->stack.layer[i].is_void = false; /* nothing is collected */
}

/* Nothing can hold more than itself: each group of parts, and what chapter 98 leaves. */
static const char *unsound(const struct hearing *h)
{
	const struct judge *judge = h->judge;
	const struct law_claim *claims = h->law->claims;
	for (unsigned i = 0; i < judge->part_count; i++) {
		tw_money sum = 0;
		for (unsigned k = 0; k < judge->part_count; k++)
			if (strcmp(claims[judge->part_claim[i]].group,
				   claims[judge->part_claim[k]].group) == 0 &&
			    h->claim[judge->part_claim[k]].given)
				sum += h->claim[judge->part_claim[k]].number;
		if (sum > h->line->value)
			return "bad-claim";
	}
	if (judge->dutiable_value != LAW_NONE && h->claim[judge->dutiable_value].given &&
	    h->claim[judge->dutiable_value].number > h->line->value)
		return "bad-claim";
	return NULL;
}

void judge_line(struct verdict *out, const struct judge *judge, const struct line *line)
{
	static struct leaf leaf[LEAVES]; /* one line at a time is heard */
	struct hearing h;
	memset(out, 0, sizeof *out);
	out->relief.reason = out->relief.entry_type = "";
	out->relieved_sure = true;
	open_hearing(&h, judge, line);
	int zone = time_zone_find(h.jurisdiction->timezone);
	int64_t day = time_local_day((enum time_zone)zone, line->entered);
	if ((out->refused = unsound(&h)) != NULL)
		return;
	if (line->has_time[LINE_IT_DATE] &&
	    time_local_day((enum time_zone)zone, line->time[LINE_IT_DATE]) > day) {
		out->refused = "bad-date";
		return;
	}
	if (day < judge->law->coverage_first || day > judge->law->coverage_last) {
		out->refused = "out-of-coverage";
		return;
	}
	tw_time rates =
	    h.from_zone || !line->has_time[LINE_IT_DATE] ? h.goods_at : line->time[LINE_IT_DATE];
	if (time_local_day((enum time_zone)zone, rates) < judge->law->coverage_first) {
		out->refused = "out-of-coverage"; /* admitted before the law at hand begins */
		return;
	}
	size_t count = find_leaves(leaf, out, &h);
	if (out->refused != NULL)
		return;
	hear_duties(out, &h, leaf, count);
	if (out->stack.prohibited != NULL) {
		out->refused = "prohibited";
		return;
	}
	if (out->relief.no_such_type) {
		out->refused = "bad-entry-type";
		return;
	}
	relieve(out);
}
