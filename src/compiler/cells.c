/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of one jurisdiction: epochs, columns, rows, cells, stacks. In each
 * epoch it asks for every class of codes and every column of origins which
 * measures and yields are in play and in which order they are decided.
 */
#include "build.h"

#include "yaml.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A measure or yield of this jurisdiction. */
struct player {
	uint32_t item;    /* as in a stack */
	uint32_t program; /* law index */
	const struct law_scope *scope;
	const struct law_measure *measure; /* NULL: a yield */
	const struct law_yield *yield;
	tw_time from, until;
	uint64_t *any, *none; /* groups */
	uint32_t place, depth,
	    seq; /* in its program: first by place, then depth, then as written */
};

/* The groups of a class that are in force: its words that are not empty. */
struct here {
	uint64_t *bits;
	uint32_t *word;
	size_t count;
};

struct table {
	struct build *build;
	const struct law *law;
	uint32_t jurisdiction;
	const struct classes *classes;
	struct player *player;
	size_t player_count, player_words;
	uint64_t *group_bits;     /* any and none of all players */
	uint32_t *column_of;      /* of each country and of none */
	uint32_t *column_country; /* a country of each column, LAW_NONE: none */
	uint32_t column_count;
	tw_time *epoch;
	size_t epoch_count;
	uint32_t *rank; /* of each program, in this epoch */
	size_t *order;  /* active players of this epoch in stack order */
	size_t active;
	uint64_t *active_groups;
	struct run_pool row_keys; /* players that touch a class, in order -> row, over all epochs */
	struct pool row_of_key;   /* uint32_t */
	uint32_t sums;            /* what sum_of comes to in this epoch, as a run of row_keys */
	/* Scratch, as large as the law asks for. */
	uint32_t *depth;    /* of each measure, plus 2; 0: not known, 1: being found */
	uint32_t *programs; /* of this jurisdiction */
	size_t *touch;      /* players that touch the class at hand */
	uint32_t *cells;    /* of the row at hand */
	struct here here;
	struct pool numbers, words; /* uint32_t: a key, a signature */
	struct pool clashes;        /* pairs already reported */
	struct pool flat;           /* size_t: players of this epoch that sum_of may count */
	struct tw_error *error;
	int code;
};

static bool in_force(tw_time from, tw_time until, tw_time at)
{
	return from <= at && at < until;
}

static uint32_t place_of(const struct law_measure *measure)
{
	switch (measure->effect) {
	case LAW_EFFECT_EXEMPT:
	case LAW_EFFECT_REFUSE:
		return 0;
	case LAW_EFFECT_WARN:
		return 3;
	default:
		return 1;
	}
}

/* Charging measures: one that steps back comes after those it steps back before. */
static int find_depth(struct table *t, uint32_t index)
{
	const struct law_measure *measure = &t->law->measures[index];
	uint32_t depth = 0;
	if (t->depth[index] == 1)
		return law_error(t->error, measure->pos,
				 "%s steps back before itself, by way of those that it names in "
				 "`except`: drop one",
				 measure->id);
	if (t->depth[index] != 0)
		return TW_OK;
	t->depth[index] = 1;
	for (uint32_t i = 0; i < measure->except_count; i++) {
		int code = find_depth(t, measure->except[i]);
		if (code != TW_OK)
			return code;
		uint32_t below = t->depth[measure->except[i]] - 1;
		depth = below > depth ? below : depth;
	}
	t->depth[index] = depth + 2;
	return TW_OK;
}

static void add_players(struct table *t, uint32_t p)
{
	const struct law_program *program = &t->law->programs[p];
	for (uint32_t i = 0; i < program->measure_count; i++) {
		uint32_t m = program->measure_first + i;
		const struct law_measure *measure = &t->law->measures[m];
		t->player[t->player_count++] = (struct player){.item = m,
							       .program = p,
							       .scope = &measure->scope,
							       .measure = measure,
							       .from = measure->from.at,
							       .until = measure->until.at,
							       .place = place_of(measure),
							       .depth = t->depth[m],
							       .seq = i};
	}
	for (uint32_t i = 0; i < program->yield_count; i++) {
		const struct law_yield *yield = &program->yields[i];
		t->player[t->player_count++] =
		    (struct player){.item = (t->build->yield_first[p] + i) | RB_ITEM_YIELD,
				    .program = p,
				    .scope = &yield->scope,
				    .yield = yield,
				    .from = yield->from.at,
				    .until = yield->until.at,
				    .place = 2, /* before warnings */
				    .seq = i};
	}
}

static bool gather_players(struct table *t)
{
	size_t most = t->law->measure_count;
	for (uint32_t p = 0; p < t->law->program_count; p++)
		most += t->law->programs[p].yield_count;
	t->player = calloc(most + 1, sizeof *t->player);
	t->group_bits = calloc((most + 1) * 2 * t->classes->words, sizeof *t->group_bits);
	t->order = calloc(most + 1, sizeof *t->order);
	t->touch = calloc(most + 1, sizeof *t->touch);
	t->here.bits = calloc(t->classes->words + 1, sizeof *t->here.bits);
	t->here.word = calloc(t->classes->words + 1, sizeof *t->here.word);
	t->cells = calloc(t->law->country_count + 1, sizeof *t->cells);
	if (t->player == NULL || t->group_bits == NULL || t->order == NULL || t->touch == NULL ||
	    t->here.bits == NULL || t->here.word == NULL || t->cells == NULL)
		return false;
	for (uint32_t p = 0; p < t->law->program_count; p++)
		if (t->law->programs[p].jurisdiction == t->jurisdiction)
			add_players(t, p);
	for (size_t i = 0; i < t->player_count; i++) {
		t->player[i].any = t->group_bits + 2 * i * t->classes->words;
		t->player[i].none = t->player[i].any + t->classes->words;
		classes_scope(t->player[i].any, t->player[i].none, t->classes, t->player[i].scope);
	}
	t->player_words = t->player_count / 64 + 1;
	return true;
}

/* Columns: countries that the same measures name. */
static bool country_in(const struct law_measure *measure, uint32_t country)
{
	if (measure == NULL || measure->origins_all)
		return true;
	return country != LAW_NONE && (measure->origins.bit[country / 64] >> country % 64 & 1) != 0;
}

static bool make_columns(struct table *t)
{
	struct pool seen;
	uint64_t *bits = calloc(t->player_words, sizeof *bits);
	t->column_of = calloc(t->law->country_count + 1, sizeof *t->column_of);
	t->column_country = calloc(t->law->country_count + 1, sizeof *t->column_country);
	pool_begin(&seen, t->player_words * sizeof *bits);
	bool good = bits != NULL && t->column_of != NULL && t->column_country != NULL;
	for (uint32_t c = 0; good && c <= t->law->country_count; c++) {
		uint32_t country = c < t->law->country_count ? c : LAW_NONE;
		memset(bits, 0, t->player_words * sizeof *bits);
		for (size_t i = 0; i < t->player_count; i++)
			if (country_in(t->player[i].measure, country))
				bits[i / 64] |= UINT64_C(1) << i % 64;
		t->column_of[c] = pool_intern(&seen, bits);
		if (t->column_of[c] == t->column_count)
			t->column_country[t->column_count++] = country;
		good = !seen.failed;
	}
	pool_free(&seen);
	free(bits);
	return good;
}

static int compare_times(const void *a, const void *b)
{
	tw_time x = *(const tw_time *)a, y = *(const tw_time *)b;
	return x < y ? -1 : x > y;
}

static void add_time(struct pool *times, tw_time at, tw_time earliest)
{
	if (at != TW_TIME_MIN && at != TW_TIME_MAX && at > earliest)
		pool_add(times, &at);
}

static bool make_epochs(struct table *t)
{
	struct pool times;
	tw_time first = TW_TIME_MIN;
	tw_time earliest = ((tw_time)t->law->coverage_first - 2) * 86400;
	pool_begin(&times, sizeof first);
	pool_add(&times, &first);
	for (size_t i = 0; i < t->player_count; i++) {
		add_time(&times, t->player[i].from, earliest);
		add_time(&times, t->player[i].until, earliest);
	}
	for (size_t g = 0; g < t->classes->groups.count; g++) {
		const struct class_group *group = pool_at(&t->classes->groups, g);
		add_time(&times, group->from, earliest);
		add_time(&times, group->until, earliest);
	}
	if (times.failed) {
		pool_free(&times);
		return false;
	}
	qsort(times.data, times.count, sizeof first, compare_times);
	t->epoch = (tw_time *)(void *)times.data;
	for (size_t i = 0; i < times.count; i++)
		if (i == 0 || t->epoch[i] != t->epoch[t->epoch_count - 1])
			t->epoch[t->epoch_count++] = t->epoch[i];
	/* The first epoch stands for all before the days covered: read it at its end. */
	return true;
}

static tw_time epoch_instant(const struct table *t, size_t e)
{
	if (e > 0)
		return t->epoch[e];
	return t->epoch_count > 1 ? t->epoch[1] - 1 : (tw_time)t->law->coverage_first * 86400;
}

/* Rank the programs so that one that yields comes after those it yields to. */
static bool depends(const struct table *t, uint32_t p, uint32_t on, tw_time at)
{
	const struct law_program *program = &t->law->programs[p];
	for (uint32_t i = 0; i < program->yield_count; i++) {
		const struct law_yield *yield = &program->yields[i];
		if (!in_force(yield->from.at, yield->until.at, at))
			continue;
		for (uint32_t k = 0; k < yield->program_count; k++)
			if (yield->programs[k] == on)
				return true;
		for (uint32_t k = 0; k < yield->measure_count; k++)
			if (t->law->measures[yield->measures[k]].program == on)
				return true;
	}
	return false;
}

static bool ready(const struct table *t, uint32_t p, const uint32_t *list, size_t count, tw_time at)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] != p && t->rank[list[i]] == LAW_NONE && depends(t, p, list[i], at))
			return false;
	return true;
}

static int circle(const struct table *t, const uint32_t *list, size_t count)
{
	char names[300] = "";
	for (size_t i = 0; i < count; i++)
		if (t->rank[list[i]] == LAW_NONE &&
		    strlen(names) + strlen(t->law->programs[list[i]].id) < 290) {
			strcat(names, names[0] != '\0' ? ", " : "");
			strcat(names, t->law->programs[list[i]].id);
		}
	for (size_t i = 0; i < count; i++)
		if (t->rank[list[i]] == LAW_NONE)
			return law_error(t->error, t->law->programs[list[i]].pos,
					 "programs yield to each other in a circle (%s): end one "
					 "yield before the other begins",
					 names);
	return TW_BAD_LAW;
}

static int rank_programs(struct table *t, tw_time at)
{
	uint32_t *list = t->programs;
	size_t count = 0, placed = 0;
	for (uint32_t p = 0; p < t->law->program_count; p++) {
		t->rank[p] = LAW_NONE;
		if (t->law->programs[p].jurisdiction == t->jurisdiction)
			list[count++] = p;
	}
	while (placed < count) {
		size_t best = count;
		for (size_t i = 0; i < count; i++)
			if (t->rank[list[i]] == LAW_NONE && ready(t, list[i], list, count, at) &&
			    (best == count ||
			     t->law->programs[list[i]].order < t->law->programs[list[best]].order))
				best = i;
		if (best == count)
			return circle(t, list, count);
		t->rank[list[best]] = (uint32_t)placed++;
	}
	return TW_OK;
}

static int phase_of(enum law_kind kind)
{
	static const int phase[] = {[LAW_KIND_PROHIBITION] = 0,
				    [LAW_KIND_DUTY] = 1,
				    [LAW_KIND_EXEMPTION] = 2,
				    [LAW_KIND_ENTRY] = 3,
				    [LAW_KIND_FEE] = 4};
	return phase[kind];
}

static const struct table *sorting; /* qsort has no context argument; one thread compiles */

static int compare_players(const void *a, const void *b)
{
	const struct player *x = &sorting->player[*(const size_t *)a];
	const struct player *y = &sorting->player[*(const size_t *)b];
	int by = phase_of(sorting->law->programs[x->program].kind) -
		 phase_of(sorting->law->programs[y->program].kind);
	if (by != 0)
		return by;
	if (x->program != y->program)
		return sorting->rank[x->program] < sorting->rank[y->program] ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static void note_sums(struct table *t);

static int begin_epoch(struct table *t, tw_time at)
{
	int code = rank_programs(t, at);
	if (code != TW_OK)
		return code;
	t->active = 0;
	for (size_t i = 0; i < t->player_count; i++)
		if (in_force(t->player[i].from, t->player[i].until, at))
			t->order[t->active++] = i;
	sorting = t;
	qsort(t->order, t->active, sizeof *t->order, compare_players);
	memset(t->active_groups, 0, t->classes->words * sizeof *t->active_groups);
	for (size_t g = 0; g < t->classes->groups.count; g++) {
		const struct class_group *group = pool_at(&t->classes->groups, g);
		if (in_force(group->from, group->until, at))
			t->active_groups[g / 64] |= UINT64_C(1) << g % 64;
	}
	note_sums(t);
	return TW_OK;
}

static void look_here(const struct table *t, struct here *out, uint32_t class_)
{
	const uint64_t *signature = t->classes->signature + class_ * t->classes->words;
	out->count = 0;
	for (size_t w = 0; w < t->classes->words; w++)
		if ((signature[w] & t->active_groups[w]) != 0) {
			out->bits[out->count] = signature[w] & t->active_groups[w];
			out->word[out->count++] = (uint32_t)w;
		}
}

static bool scope_holds(const struct player *player, const struct here *here)
{
	const struct law_scope *scope = player->scope;
	bool in = scope->all || (scope->unknown != NULL && scope->any_list_count == 0 &&
				 scope->any_code_count == 0);
	for (size_t i = 0; i < here->count; i++) {
		if ((here->bits[i] & player->none[here->word[i]]) != 0)
			return false;
		in = in || (here->bits[i] & player->any[here->word[i]]) != 0;
	}
	return in;
}

/* The rate that a program lays on all goods of an origin: sum_of (mail). */
static bool glob(const char *pattern, const char *text)
{
	size_t length = strlen(pattern);
	if (length > 0 && pattern[length - 1] == '*')
		return strncmp(pattern, text, length - 1) == 0;
	return strcmp(pattern, text) == 0;
}

static void add_fraction(struct law_fraction *sum, struct law_fraction more)
{
	int64_t a = sum->den, b = more.den;
	while (b != 0) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	int64_t den = sum->den / a * more.den;
	sum->num = sum->num * (den / sum->den) + more.num * (den / more.den);
	sum->den = den;
}

static struct law_fraction sum_of(const struct table *t, const char *pattern, uint32_t country)
{
	struct law_fraction sum = {0, 1};
	for (size_t i = 0; i < t->flat.count; i++) {
		const struct player *player = &t->player[*(size_t *)pool_at(&t->flat, i)];
		if (country_in(player->measure, country) &&
		    glob(pattern, t->law->programs[player->program].id))
			add_fraction(&sum, player->measure->rate.term[0].amount);
	}
	return sum;
}

/* Of the players of this epoch those that lay one rate on all goods, whatever is declared. */
static void note_flat(struct table *t)
{
	t->flat.count = 0;
	for (size_t i = 0; i < t->active; i++) {
		const struct law_measure *m = t->player[t->order[i]].measure;
		if (m != NULL && (m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR) &&
		    m->scope.all && m->when == NULL && m->rate.term_count == 1 &&
		    m->rate.term[0].kind == LAW_TERM_AD_VALOREM)
			pool_add(&t->flat, &t->order[i]);
	}
}

static void percent_text(char out[64], struct law_fraction f)
{
	int64_t scaled = f.num * 1000000 / f.den; /* 1/10000 of a percent */
	int length = snprintf(out, 64, "%lld.%04lld", (long long)(scaled / 10000),
			      (long long)(scaled % 10000));
	while (length > 0 && out[length - 1] == '0')
		out[--length] = '\0';
	if (length > 0 && out[length - 1] == '.')
		out[--length] = '\0';
	snprintf(out + length, 64 - (size_t)length, "%%");
}

static const struct law_rate *band_of(const struct law_measure *measure, struct law_fraction sum)
{
	for (uint32_t i = 0; i < measure->band_count; i++) {
		const struct law_band *band = &measure->bands[i];
		__int128 left = (__int128)sum.num * band->limit.den;
		__int128 right = (__int128)band->limit.num * sum.den;
		if (band->open || left < right || (band->inclusive && left == right))
			return &band->duty;
	}
	return NULL;
}

/* A measure whose rate depends on others becomes a plain one with today's rate. */
static uint32_t derive(struct table *t, uint32_t item, uint32_t country)
{
	const struct law_measure *measure = &t->law->measures[item];
	struct law_fraction sum = sum_of(t, measure->sum_of, country);
	char text[64];
	struct law_rate rate = {.kind = LAW_RATE_SUM, .term_count = 1};
	rate.term[0] = (struct law_term){LAW_TERM_AD_VALOREM, sum, LAW_NONE, LAW_NONE, 0};
	percent_text(text, sum);
	rate.text = text;
	const struct law_rate *use = &rate;
	if (measure->effect == LAW_EFFECT_BANDS && (use = band_of(measure, sum)) == NULL)
		return item;
	struct rb_measure copy = *(struct rb_measure *)pool_at(&t->build->measures, item);
	copy.effect = LAW_EFFECT_DUTY;
	copy.rate = emit_rate(t->build, use);
	copy.rate_text = texts_intern(&t->build->texts, use->text);
	for (size_t i = t->law->measure_count; i < t->build->measures.count; i++)
		if (memcmp(pool_at(&t->build->measures, i), &copy, sizeof copy) == 0)
			return (uint32_t)i;
	return pool_add(&t->build->measures, &copy);
}

static bool charges(const struct law_measure *measure)
{
	return measure != NULL && measure->effect <= LAW_EFFECT_BANDS;
}

/* Two charging measures of a program in one stack must not meet on a part. */
static int check_pair(struct table *t, const struct player *a, const struct player *b,
		      uint32_t class_, uint32_t country)
{
	uint32_t pair[2] = {a->item, b->item};
	size_t known = t->clashes.count;
	if (!charges(a->measure) || !charges(b->measure) || a->program != b->program ||
	    pool_intern(&t->clashes, pair) < known || !overlap_clash(t->law, a->item, b->item))
		return TW_OK;
	uint64_t code = 0;
	for (size_t i = 0; i < t->classes->interval_count; i++)
		if (t->classes->class_of[i] == class_) {
			code = t->classes->breaks[i];
			break;
		}
	return law_error(
	    t->error, b->measure->pos,
	    "%s meets %s (%s:%d:%d) on the same goods, for example %010llu from %s: "
	    "let one name the other in `except`, or part them by `when`, scope or period",
	    b->measure->id, a->measure->id, a->measure->pos.file, a->measure->pos.line,
	    a->measure->pos.column, (unsigned long long)code,
	    country != LAW_NONE ? t->law->countries[country].iso2 : "anywhere");
}

struct draft {
	uint32_t item[RB_STACK];
	size_t items;
	const struct player *from[RB_STACK];
};

static int put(struct table *t, struct draft *d, const struct player *player, uint32_t country)
{
	if (d->items == RB_STACK)
		return law_error(t->error, t->law->programs[player->program].pos,
				 "more than %d measures meet on one line", RB_STACK);
	const struct law_measure *m = player->measure;
	uint32_t item = player->item;
	if (m != NULL && (m->effect == LAW_EFFECT_SUM || m->effect == LAW_EFFECT_BANDS))
		item = derive(t, item, country);
	d->from[d->items] = player;
	d->item[d->items++] = item;
	return TW_OK;
}

static void add_claims(const struct build *b, const struct draft *d, struct rb_stack *record)
{
	for (size_t i = 0; i < d->items; i++) {
		const struct player *player = d->from[i];
		const uint64_t *claims = player->measure != NULL
					     ? b->measure_claims[player->item]
					     : b->yield_claims[player->item & ~RB_ITEM_YIELD];
		for (size_t w = 0; w < RB_CLAIMS / 64; w++)
			record->claims[w] |= claims[w];
	}
}

/* The signature of the duties and prohibitions; with `mail`, of mail and exemptions too. */
static uint32_t sign(struct table *t, const struct draft *d, bool mail)
{
	struct sign_item item[RB_STACK];
	size_t count = 0;
	for (size_t i = 0; i < d->items; i++) {
		const struct player *player = d->from[i];
		enum law_kind kind = t->law->programs[player->program].kind;
		if (kind == LAW_KIND_FEE || kind == LAW_KIND_ENTRY)
			continue;
		if (!mail &&
		    (kind == LAW_KIND_EXEMPTION ||
		     (player->measure != NULL && player->measure->instead == LAW_INSTEAD_ALL)))
			continue;
		item[count++] = (struct sign_item){d->item[i], player->program, player->yield};
	}
	signature_make(&t->words, t->build, item, count);
	return run_intern(&t->build->duties, (const uint32_t *)(const void *)t->words.data,
			  t->words.count);
}

static struct rb_span span_of(const struct run_pool *pool, uint32_t run)
{
	const struct run *r = pool_at(&pool->runs, run);
	return (struct rb_span){r->first, r->count};
}

static uint32_t finish_stack(struct table *t, const struct draft *d)
{
	struct build *b = t->build;
	size_t duties = 0, known = b->stack_keys.count;
	while (duties < d->items && phase_of(t->law->programs[d->from[duties]->program].kind) < 2)
		duties++;
	uint32_t key[2] = {run_intern(&b->items, d->item, duties),
			   run_intern(&b->items, d->item + duties, d->items - duties)};
	uint32_t stack = pool_intern(&b->stack_keys, key);
	if (stack < known)
		return stack;
	struct rb_stack record;
	memset(&record, 0, sizeof record);
	record.items = span_of(&b->items, key[0]);
	record.tail = span_of(&b->items, key[1]);
	record.duties = sign(t, d, false);
	record.all = sign(t, d, true);
	add_claims(b, d, &record);
	return pool_add(&b->stacks, &record);
}

/* One stack: of the players that touch the class, those that touch the column. */
static int make_stack(struct table *t, uint32_t *out, const size_t *touch, size_t count,
		      uint32_t class_, uint32_t country)
{
	struct draft d = {.items = 0};
	uint32_t with_measures = LAW_NONE;
	for (size_t i = 0; i < count; i++) {
		const struct player *player = &t->player[touch[i]];
		if (player->measure != NULL ? !country_in(player->measure, country)
					    : with_measures != player->program)
			continue;
		with_measures = player->program;
		for (size_t k = d.items; k-- > 0 && d.from[k]->program == player->program;) {
			int code = check_pair(t, d.from[k], player, class_, country);
			if (code != TW_OK)
				return code;
		}
		int code = put(t, &d, player, country);
		if (code != TW_OK)
			return code;
	}
	*out = finish_stack(t, &d);
	return TW_OK;
}

static uint32_t intern_numbers(struct table *t)
{
	return run_intern(&t->row_keys, (const uint32_t *)(const void *)t->numbers.data,
			  t->numbers.count);
}

/* The sums of this epoch for every column and pattern: rows that turn on them are told apart. */
static void note_sums(struct table *t)
{
	note_flat(t);
	t->numbers.count = 0;
	for (size_t i = 0; i < t->active; i++) {
		const struct law_measure *m = t->player[t->order[i]].measure;
		if (m == NULL || m->sum_of == NULL)
			continue;
		for (uint32_t c = 0; c < t->column_count; c++) {
			struct law_fraction sum = sum_of(t, m->sum_of, t->column_country[c]);
			uint32_t word[sizeof sum / sizeof(uint32_t)];
			memcpy(word, &sum, sizeof sum);
			pool_add(&t->numbers, &t->player[t->order[i]].item);
			pool_add_many(&t->numbers, word, sizeof word / sizeof *word);
		}
	}
	t->sums = intern_numbers(t);
}

/* A row made before of the same players in the same order, or LAW_NONE; *key is its place. */
static uint32_t find_row(struct table *t, uint32_t *key, const size_t *touch, size_t count)
{
	uint32_t none = LAW_NONE;
	t->numbers.count = 0;
	pool_add(&t->numbers, &none); /* no run of sums begins so */
	pool_add(&t->numbers, &t->sums);
	for (size_t i = 0; i < count; i++) {
		uint32_t player = (uint32_t)touch[i];
		pool_add(&t->numbers, &player);
	}
	*key = intern_numbers(t);
	while (t->row_of_key.count <= *key && !t->row_of_key.failed)
		pool_add(&t->row_of_key, &none);
	return t->row_of_key.failed ? LAW_NONE : *(uint32_t *)pool_at(&t->row_of_key, *key);
}

static int make_row(struct table *t, uint32_t *out, const size_t *touch, size_t count,
		    uint32_t class_)
{
	uint32_t key;
	if ((*out = find_row(t, &key, touch, count)) != LAW_NONE)
		return TW_OK;
	if (t->row_of_key.failed)
		return TW_NO_MEMORY;
	for (uint32_t c = 0; c < t->column_count; c++) {
		int code = make_stack(t, &t->cells[c], touch, count, class_, t->column_country[c]);
		if (code != TW_OK)
			return code;
	}
	uint32_t run = run_intern(&t->build->cell_rows, t->cells, t->column_count);
	*out = ((const struct run *)pool_at(&t->build->cell_rows.runs, run))->first;
	*(uint32_t *)pool_at(&t->row_of_key, key) = *out;
	return TW_OK;
}

static int make_epoch(struct table *t, size_t e)
{
	size_t *touch = t->touch;
	struct pool rows;
	uint64_t *key = calloc(t->player_words, sizeof *key);
	uint32_t *row_of = calloc(t->classes->class_count, sizeof *row_of);
	int code =
	    key != NULL && row_of != NULL ? begin_epoch(t, epoch_instant(t, e)) : TW_NO_MEMORY;
	pool_begin(&rows, t->player_words * sizeof *key);
	for (uint32_t class_ = 0; code == TW_OK && class_ < t->classes->class_count; class_++) {
		size_t count = 0;
		look_here(t, &t->here, class_);
		memset(key, 0, t->player_words * sizeof *key);
		for (size_t i = 0; i < t->active; i++)
			if (scope_holds(&t->player[t->order[i]], &t->here)) {
				touch[count++] = t->order[i];
				key[t->order[i] / 64] |= UINT64_C(1) << t->order[i] % 64;
			}
		size_t known = rows.count;
		uint32_t row = pool_intern(&rows, key);
		if (row == known)
			code = make_row(t, &row_of[row], touch, count, class_);
		if (code == TW_OK)
			pool_add(&t->build->rows, &row_of[row]);
	}
	if (rows.failed || t->numbers.failed || t->flat.failed || t->words.failed)
		code = TW_NO_MEMORY;
	pool_free(&rows);
	free(key);
	free(row_of);
	return code;
}

static void finish(struct table *t, struct rb_jurisdiction *out)
{
	struct build *b = t->build;
	out->epochs = (struct rb_span){pool_add_many(&b->epochs, t->epoch, t->epoch_count),
				       (uint32_t)t->epoch_count};
	out->columns = emit_indexes(b, t->column_of, t->law->country_count + 1);
	out->class_count = t->classes->class_count;
	out->column_count = t->column_count;
}

int cells_make(struct build *build, struct rb_jurisdiction *out, uint32_t jurisdiction,
	       const struct classes *classes, struct tw_error *error)
{
	struct table t = {.build = build,
			  .law = build->law,
			  .jurisdiction = jurisdiction,
			  .classes = classes,
			  .error = error};
	int code = TW_NO_MEMORY;
	pool_begin(&t.clashes, 2 * sizeof(uint32_t));
	run_begin(&t.row_keys);
	pool_begin(&t.row_of_key, sizeof(uint32_t));
	pool_begin(&t.numbers, sizeof(uint32_t));
	pool_begin(&t.flat, sizeof(size_t));
	pool_begin(&t.words, sizeof(uint32_t));
	t.depth = calloc(build->law->measure_count + 1, sizeof *t.depth);
	t.programs = calloc(build->law->program_count + 1, sizeof *t.programs);
	t.rank = calloc(build->law->program_count + 1, sizeof *t.rank);
	t.active_groups = calloc(classes->words, sizeof *t.active_groups);
	if (t.rank == NULL || t.active_groups == NULL || t.depth == NULL || t.programs == NULL)
		goto done;
	code = TW_OK;
	for (uint32_t i = 0; code == TW_OK && i < build->law->measure_count; i++)
		code = find_depth(&t, i);
	if (code != TW_OK)
		goto done;
	code = TW_NO_MEMORY;
	if (!gather_players(&t) || !make_columns(&t) || !make_epochs(&t))
		goto done;
	out->rows = (uint32_t)build->rows.count;
	code = TW_OK;
	for (size_t e = 0; code == TW_OK && e < t.epoch_count; e++)
		code = make_epoch(&t, e);
	if (code == TW_OK)
		finish(&t, out);
done:
	pool_free(&t.clashes);
	run_free(&t.row_keys);
	pool_free(&t.row_of_key);
	pool_free(&t.numbers);
	pool_free(&t.flat);
	pool_free(&t.words);
	free(t.depth);
	free(t.programs);
	free(t.touch);
	free(t.cells);
	free(t.here.bits);
	free(t.here.word);
	free(t.rank);
	free(t.active_groups);
	free(t.player);
	free(t.group_bits);
	free(t.order);
	free(t.column_of);
	free(t.column_country);
	free(t.epoch);
	return code;
}
