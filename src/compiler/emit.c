/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flattening the parsed law into the records of a rulebook: all but the
 * tables. Indexes of measures, programs, instruments, units and countries stay
 * those of the law; claims are sorted by name for look-up.
 */
#include "common/fit.h"
#include "common/instant.h"
#include "common/order.h"
#include "compiler/build.h"
#include "law/yaml.h"

#include <stdlib.h>
#include <string.h>

static uint32_t intern(struct build *b, const char *text)
{
	return texts_intern(&b->texts, text);
}

struct rb_span emit_indexes(struct build *b, const uint32_t *numbers, size_t count)
{
	struct rb_span span = {pool_add_many(&b->indexes, numbers, count), (uint32_t)count};
	return span;
}

static struct rb_span emit_texts(struct build *b, const char *const *texts, size_t count)
{
	struct rb_span span = {(uint32_t)b->indexes.count, (uint32_t)count};
	for (size_t i = 0; i < count; i++) {
		uint32_t offset = intern(b, texts[i]);
		pool_add(&b->indexes, &offset);
	}
	return span;
}

_Static_assert(sizeof((struct rb_preference *)0)->origins == sizeof((struct law_origins *)0)->bit &&
		   sizeof((struct rb_jurisdiction *)0)->column2 ==
		       sizeof((struct law_origins *)0)->bit,
	       "a set of countries is as large in a rulebook as in the law");
_Static_assert(RB_CLAIMS < UINT8_MAX, "a group is numbered by a claim, from 1");

static uint32_t claim_index(const struct build *b, uint32_t law_claim)
{
	return law_claim == LAW_NONE ? RB_NONE : b->claim_map[law_claim];
}

uint32_t emit_rate(struct build *b, const struct law_rate *rate)
{
	uint32_t key[3] = {(uint32_t)rate->kind, intern(b, rate->text), intern(b, rate->reason)};
	size_t known = b->rate_keys.count;
	uint32_t index = pool_intern(&b->rate_keys, key);
	if (index < known)
		return index;
	struct rb_rate record;
	memset(&record, 0, sizeof record);
	record.kind = (uint32_t)rate->kind;
	record.text = key[1];
	record.reason = key[2];
	record.terms = (struct rb_span){(uint32_t)b->terms.count, rate->term_count};
	for (uint32_t i = 0; i < rate->term_count; i++) {
		const struct law_term *from = &rate->term[i];
		struct rb_term term;
		memset(&term, 0, sizeof term);
		term.kind = (uint32_t)from->kind;
		term.unit = from->kind == LAW_TERM_SPECIFIC ? from->unit : 0;
		term.basis = claim_index(b, from->basis);
		term.num = from->amount.num;
		term.den = from->amount.den;
		term.above = from->above;
		term.join = (uint32_t)from->join;
		pool_add(&b->terms, &term);
	}
	return pool_add(&b->rates, &record);
}

static uint32_t emit_atom(struct build *b, const struct law_atom *atom,
			  uint64_t claims[RB_CLAIMS / 64])
{
	struct rb_atom record;
	memset(&record, 0, sizeof record);
	record.fact = (uint8_t)atom->fact;
	record.op = (uint8_t)atom->op;
	record.operand = (uint8_t)atom->operand;
	record.other = (uint8_t)atom->other;
	record.claim = atom->fact == LAW_FACT_CLAIM ? claim_index(b, atom->claim) : 0;
	record.other_claim = atom->operand == LAW_OPERAND_SHARE && atom->other == LAW_FACT_CLAIM
				 ? claim_index(b, atom->other_claim)
				 : 0;
	record.words = emit_texts(b, atom->words, atom->word_count);
	record.num = atom->number.num;
	record.den = atom->number.den != 0 ? atom->number.den : 1;
	if (atom->fact == LAW_FACT_CLAIM)
		claims[record.claim / 64] |= UINT64_C(1) << record.claim % 64;
	return pool_add(&b->atoms, &record);
}

static uint32_t emit_node(struct build *b, const struct law_node *node,
			  uint64_t claims[RB_CLAIMS / 64])
{
	if (!node)
		return RB_NONE;
	struct rb_node record;
	memset(&record, 0, sizeof record);
	record.kind = (uint32_t)node->kind;
	if (node->kind == LAW_NODE_ATOM) {
		record.child.first = emit_atom(b, &node->atom, claims);
		return pool_add(&b->nodes, &record);
	}
	uint32_t count = node->kind == LAW_NODE_NOT ? 1 : node->child_count;
	uint32_t *child = calloc(count + 1, sizeof *child);
	if (!child) {
		b->nodes.failed = true;
		return RB_NONE;
	}
	for (uint32_t i = 0; i < count; i++)
		child[i] = emit_node(b, node->child[i], claims);
	record.child = emit_indexes(b, child, count);
	free(child);
	return pool_add(&b->nodes, &record);
}

uint8_t emit_parts(const struct build *b, const struct law_measure *measure)
{
	uint8_t mask = RB_ALL;
	for (uint32_t i = 0; i < b->part_count; i++)
		if (strcmp(b->part[i], measure->part) == 0)
			mask = (uint8_t)(1u << i);
	return measure->part_not ? (uint8_t)~mask : mask;
}

static const char *confidence_text(enum law_confidence confidence)
{
	static const char *const text[] = {"", "medium", "low", "contested"};
	return text[confidence];
}

static void rate_of(struct build *b, struct rb_measure *out, const struct law_measure *m)
{
	char *text;
	out->rate = RB_NONE;
	switch (m->effect) {
	case LAW_EFFECT_FLOOR:
		if (!(text = malloc(strlen(m->rate.text) + 2))) {
			b->texts.failed = true;
			break;
		}
		text[0] = '=';
		strcpy(text + 1, m->rate.text);
		out->rate_text = intern(b, text);
		free(text);
		out->rate = emit_rate(b, &m->rate);
		break;
	case LAW_EFFECT_DUTY:
	case LAW_EFFECT_FEE:
		out->rate_text = intern(b, m->rate.text);
		out->rate = emit_rate(b, &m->rate);
		break;
	default:
		out->rate_text = intern(b, "0");
	}
}

static uint32_t claim_named(const struct build *b, const char *name)
{
	for (uint32_t i = 0; name && i < b->law->claim_count; i++)
		if (strcmp(b->law->claims[i].name, name) == 0)
			return b->claim_map[i];
	return RB_NONE;
}

static void emit_measure(struct build *b, uint32_t index)
{
	const struct law_measure *m = &b->law->measures[index];
	struct rb_measure out;
	memset(&out, 0, sizeof out);
	out.id = intern(b, m->id);
	out.title = intern(b, m->title);
	out.heading = intern(b, m->heading);
	out.heading_reached = intern(b, m->heading_reached);
	out.note = intern(b, m->note);
	out.program = m->program;
	out.when = emit_node(b, m->when, b->measure_claims[index]);
	out.by = m->from.by != LAW_NONE ? m->from.by : RB_NONE;
	rate_of(b, &out, m);
	out.choice_claim = claim_named(b, m->choice_claim);
	out.choice_is = intern(b, m->choice_is);
	if (out.choice_claim != RB_NONE)
		b->measure_claims[index][out.choice_claim / 64] |= UINT64_C(1)
								   << out.choice_claim % 64;
	out.word = intern(b, m->word);
	out.confidence_text = intern(b, confidence_text(m->confidence));
	out.from = m->from.at;
	out.until = m->until.at;
	out.most_num = m->most.num;
	out.most_den = m->most.den != 0 ? m->most.den : 1;
	out.limit = m->limit;
	out.fee_min = m->fee_min;
	out.fee_max = m->fee_max;
	out.effect = (uint8_t)m->effect;
	out.instead = (uint8_t)m->instead;
	out.per = (uint8_t)m->per;
	out.limit_of = (uint8_t)m->limit_of;
	out.parts = emit_parts(b, m);
	out.confidence = (uint8_t)m->confidence;
	out.drawback = (uint8_t)m->drawback;
	out.flags = (uint8_t)((m->ftz_entry ? RB_FTZ_ENTRY : 0) |
			      (m->floor_over_column1 ? RB_OVER_COLUMN1 : 0) |
			      (m->round_exact ? RB_ROUND_EXACT : 0) |
			      (m->of_dutiable ? RB_OF_DUTIABLE : 0) |
			      (m->of_duty_paid ? RB_OF_DUTY_PAID : 0));
	out.pays = (uint8_t)m->pays;
	out.say = intern(b, m->say);
	out.unknown_scope = intern(b, m->scope.unknown);
	out.settled = emit_indexes(b, m->settled, m->settled_count);
	pool_add(&b->measures, &out);
}

static void emit_yield(struct build *b, uint32_t program, const struct law_yield *y)
{
	struct rb_yield out;
	memset(&out, 0, sizeof out);
	out.program = program;
	out.when = emit_node(b, y->when, b->yield_claims[b->yields.count]);
	out.heading = intern(b, y->heading);
	out.by = y->from.by != LAW_NONE ? y->from.by : RB_NONE;
	out.programs = emit_indexes(b, y->programs, y->program_count);
	out.measures = emit_indexes(b, y->measures, y->measure_count);
	out.of = emit_indexes(b, y->of, y->of_count);
	out.for_part = y->for_part;
	pool_add(&b->yields, &out);
}

static void emit_programs(struct build *b)
{
	uint64_t unused[RB_CLAIMS / 64] = {0};
	for (uint32_t p = 0; p < b->law->program_count; p++) {
		const struct law_program *program = &b->law->programs[p];
		struct rb_program out;
		memset(&out, 0, sizeof out);
		out.id = intern(b, program->id);
		out.title = intern(b, program->title);
		out.jurisdiction = program->jurisdiction;
		out.void_by = program->void_by != LAW_NONE ? program->void_by : RB_NONE;
		out.void_until = program->void_collected_until;
		out.whole = emit_node(b, program->whole, unused);
		out.order = program->order;
		out.kind = (uint8_t)program->kind;
		out.color = (uint8_t)program->color;
		pool_add(&b->programs, &out);
		b->yield_first[p] = (uint32_t)b->yields.count;
		for (uint32_t i = 0; i < program->yield_count; i++)
			emit_yield(b, p, &program->yields[i]);
	}
}

static void emit_claim(struct build *b, const struct law_claim *claim)
{
	struct rb_claim out;
	memset(&out, 0, sizeof out);
	out.name = intern(b, claim->name);
	out.title = intern(b, claim->title);
	out.assume = intern(b, claim->assume);
	out.words = emit_texts(b, claim->words, claim->word_count);
	out.spi = emit_texts(b, claim->spi, claim->spi_count);
	out.type = (uint8_t)claim->type;
	out.part = 0xff;
	for (uint32_t i = 0; claim->part && i < b->part_count; i++)
		if (strcmp(b->part[i], claim->part) == 0)
			out.part = (uint8_t)i;
	out.group = claim->group_number;
	out.whole = claim->whole;
	out.unknown = claim->unknown_if_unsaid;
	out.remind = claim->remind;
	out.remind_low = out.remind_high = (struct rb_span){(uint32_t)b->indexes.count, 0};
	uint32_t most = claim->remind_scope_count, count = 0;
	uint32_t *low = calloc(2 * (size_t)most + 1, sizeof *low);
	if (!low) {
		b->claims.failed = true;
		return;
	}
	uint32_t *high = low + most;
	for (uint32_t i = 0; i < most; i++) {
		uint64_t value = 0, span = 1;
		int digits = 0;
		for (const char *at = claim->remind_scope[i]; *at != '\0' && digits < 6; at++)
			if (*at >= '0' && *at <= '9') {
				value = value * 10 + (uint64_t)(*at - '0');
				digits++;
			}
		for (; digits < 6; digits++, span *= 10)
			value *= 10;
		low[count] = (uint32_t)value;
		high[count++] = (uint32_t)(value + span);
	}
	out.remind_low = emit_indexes(b, low, count);
	out.remind_high = emit_indexes(b, high, count);
	free(low);
	pool_add(&b->claims, &out);
}

static int compare_claims(const void *a, const void *b, void *build)
{
	const struct law_claim *claim = ((const struct build *)build)->law->claims;
	return strcmp(claim[*(const uint32_t *)a].name, claim[*(const uint32_t *)b].name);
}

static int emit_claims(struct build *b, struct tw_error *error)
{
	const struct law *law = b->law;
	uint32_t order[RB_CLAIMS];
	if (law->claim_count > RB_CLAIMS)
		return law_error(error, law->claims[RB_CLAIMS].pos, "more than %d claims",
				 RB_CLAIMS);
	for (uint32_t i = 0; i < law->claim_count; i++) {
		const char *part = law->claims[i].part;
		bool known = !part;
		for (uint32_t k = 0; !known && k < b->part_count; k++)
			known = strcmp(b->part[k], part) == 0;
		if (!known && b->part_count == RB_REST)
			return law_error(error, law->claims[i].pos, "more than %d parts", RB_REST);
		if (!known)
			b->part[b->part_count++] = part;
		order[i] = i;
	}
	order_items_with(order, law->claim_count, sizeof order[0], compare_claims, b);
	for (uint32_t i = 0; i < law->claim_count; i++)
		b->claim_map[order[i]] = i;
	for (uint32_t i = 0; i < law->claim_count; i++)
		emit_claim(b, &law->claims[order[i]]);
	return TW_OK;
}

static int compare_spellings(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	return strcmp(*x, *y);
}

static void emit_units(struct build *b)
{
	struct {
		const char *text;
		uint32_t unit;
	} * spelling;
	size_t count = 0, at = 0;
	for (uint32_t i = 0; i < b->law->unit_count; i++)
		count += b->law->units[i].spelling_count;
	spelling = calloc(count + 1, sizeof *spelling);
	if (!spelling) {
		b->units.failed = true;
		return;
	}
	for (uint32_t i = 0; i < b->law->unit_count; i++) {
		const struct law_unit *unit = &b->law->units[i];
		struct rb_unit out = {intern(b, unit->name), intern(b, unit->dimension),
				      unit->to_base.num, unit->to_base.den};
		pool_add(&b->units, &out);
		for (uint32_t k = 0; k < unit->spelling_count; k++) {
			spelling[at].text = unit->spellings[k];
			spelling[at++].unit = i;
		}
	}
	order_items(spelling, count, sizeof *spelling, compare_spellings);
	for (size_t i = 0; i < count; i++) {
		struct rb_spelling out = {intern(b, spelling[i].text), spelling[i].unit};
		pool_add(&b->spellings, &out);
	}
	free(spelling);
}

static struct rb_span emit_members(struct build *b, const struct law_origins *members)
{
	uint32_t list[LAW_COUNTRIES], count = 0;
	for (uint32_t i = 0; i < b->law->country_count; i++)
		if (members->bit[i / 64] >> i % 64 & 1)
			list[count++] = i;
	return emit_indexes(b, list, count);
}

static void emit_places(struct build *b)
{
	for (uint32_t i = 0; i < b->law->country_count; i++) {
		struct rb_country out;
		memset(&out, 0, sizeof out);
		memcpy(out.iso2, b->law->countries[i].iso2, 3);
		memcpy(out.iso3, b->law->countries[i].iso3, 4);
		out.name = intern(b, b->law->countries[i].name);
		pool_add(&b->countries, &out);
	}
	for (uint32_t i = 0; i < b->law->country_name_count; i++) {
		const struct law_country_name *from = &b->law->country_names[i];
		struct rb_country_name out = {intern(b, from->text), from->country, {0, 0}};
		if (from->country == LAW_NONE)
			out.members = emit_members(b, &b->law->groups[from->group].members);
		pool_add(&b->country_names, &out);
	}
	for (uint32_t i = 0; i < b->law->instrument_count; i++) {
		const struct law_instrument *from = &b->law->instruments[i];
		struct rb_instrument out;
		memset(&out, 0, sizeof out);
		out.id = intern(b, from->id);
		out.title = intern(b, from->title);
		out.kind = intern(b, from->kind);
		out.cite = intern(b, from->cite);
		out.url = intern(b, from->url);
		out.known = from->known;
		pool_add(&b->instruments, &out);
	}
}

static void emit_preferences(struct build *b, struct rb_jurisdiction *out,
			     const struct law_jurisdiction *j)
{
	out->preferences = (struct rb_span){(uint32_t)b->preferences.count, j->preference_count};
	for (uint32_t i = 0; i < j->preference_count; i++) {
		const struct law_preference *from = &j->preferences[i];
		struct rb_preference p;
		memset(&p, 0, sizeof p);
		p.symbol = intern(b, from->symbol);
		p.title = intern(b, from->title);
		p.by = from->from.by != LAW_NONE ? from->from.by : RB_NONE;
		p.confidence = (uint8_t)from->confidence;
		p.all = from->origins_all;
		p.from = from->from.at;
		p.until = from->until.at;
		memcpy(p.origins, from->origins.bit, sizeof p.origins);
		pool_add(&b->preferences, &p);
	}
}

static int compare_seasons(const void *a, const void *b)
{
	const struct rb_season *x = a, *y = b;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	if (x->product != y->product)
		return x->product < y->product ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

static void emit_season(struct build *b, uint32_t product, const struct law_season *from)
{
	uint64_t unused[RB_CLAIMS / 64] = {0};
	struct rb_season out = {.product = product,
				.name = intern(b, from->product),
				.when = emit_node(b, from->when, unused)};
	for (uint32_t i = 0; i < from->line_count; i++) {
		const struct law_season_line *line = &from->lines[i];
		for (uint32_t k = 0; k < line->range_count; k++) {
			out.code = (uint32_t)(line->code / 100);
			out.from = (uint16_t)line->ranges[k].from;
			out.through = (uint16_t)line->ranges[k].through;
			out.flags = line->imported ? RB_SEASON_IMPORTED : 0;
			pool_add(&b->seasons, &out);
		}
	}
	if (from->otherwise != 0) {
		out.code = (uint32_t)(from->otherwise / 100);
		out.from = 101;
		out.through = 1231;
		out.flags = RB_SEASON_OPEN;
		pool_add(&b->seasons, &out);
	}
}

static void emit_seasons(struct build *b, struct rb_jurisdiction *out,
			 const struct law_jurisdiction *j)
{
	out->seasons.first = (uint32_t)b->seasons.count;
	for (uint32_t i = 0; i < j->season_count; i++)
		emit_season(b, i, &j->seasons[i]);
	out->seasons.count = (uint32_t)b->seasons.count - out->seasons.first;
	if (!b->seasons.failed && out->seasons.count != 0)
		order_items(pool_at(&b->seasons, out->seasons.first), out->seasons.count,
			    sizeof(struct rb_season), compare_seasons);
}

/* What follows "no base schedule is available for ". */
static uint32_t emit_no_schedule(struct build *b, const struct law_jurisdiction *j)
{
	char text[600];
	if (!j->brought)
		return intern(b, j->in_sentence);
	if (j->is_estimate)
		return intern(b, j->estimate);
	fit_print(text, sizeof text,
		  "%s: %s would complete it (tidewaiter law import-schedule reads it)%s%s",
		  j->in_sentence, j->brought, j->estimate ? "; --estimate-base takes " : "",
		  j->estimate ? j->estimate : "");
	return intern(b, text);
}

static void emit_not_covered(struct build *b, struct rb_jurisdiction *out,
			     const struct law_jurisdiction *j)
{
	out->before_covered = emit_texts(b, j->before_covered, j->before_covered_count);
	out->before_covered.count += emit_texts(b, j->not_covered, j->not_covered_count).count;
	out->not_covered = emit_texts(b, j->since_covered, j->since_covered_count);
	out->not_covered.count += emit_texts(b, j->not_covered, j->not_covered_count).count;
	out->schedule_from = j->has_schedule && !j->is_estimate ? j->begins : TW_TIME_MAX;
}

static void emit_jurisdiction(struct build *b, const struct law_jurisdiction *j)
{
	struct rb_jurisdiction out;
	memset(&out, 0, sizeof out);
	memcpy(out.code, j->code, 3);
	out.title = intern(b, j->in_sentence);
	out.currency = intern(b, j->currency);
	out.conversion = j->conversion == LAW_NONE ? RB_NONE : j->conversion;
	out.base_program = intern(b, j->base_program);
	int zone = time_zone_find(j->timezone);
	out.zone = zone >= 0 ? (uint32_t)zone : 0;
	out.round_value = j->round_value;
	out.round_duty = j->round_duty;
	memcpy(out.column2, j->column2.bit, sizeof out.column2);
	memcpy(out.members, j->members.bit, sizeof out.members);
	out.editions = (struct rb_span){(uint32_t)b->indexes.count, 2 * j->edition_count};
	for (uint32_t i = 0; i < j->edition_count; i++) {
		uint32_t edition[2] = {(uint32_t)(j->editions[i].from / 3600), /* hours */
				       j->editions[i].by};
		pool_add_many(&b->indexes, edition, 2);
	}
	emit_preferences(b, &out, j);
	emit_seasons(b, &out, j);
	emit_not_covered(b, &out, j);
	out.missing = emit_texts(b, j->missing, j->missing_count);
	out.has_schedule = j->is_estimate ? RB_ESTIMATE : j->has_schedule;
	out.no_schedule = emit_no_schedule(b, j);
	out.open_numbers = j->open_numbers;
	for (uint32_t i = 0; i < RB_PARTS; i++)
		out.part_names[i] = i < b->part_count ? intern(b, b->part[i]) : intern(b, "rest");
	pool_add(&b->jurisdictions, &out);
}

int emit_law(struct build *b, struct tw_error *error)
{
	int code = emit_claims(b, error);
	if (code)
		return code;
	emit_units(b);
	emit_places(b);
	for (uint32_t i = 0; i < b->law->measure_count; i++)
		emit_measure(b, i);
	emit_programs(b);
	for (uint32_t i = 0; i < b->law->jurisdiction_count; i++)
		emit_jurisdiction(b, &b->law->jurisdictions[i]);
	return TW_OK;
}
