/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reckoning of what an act comes to, by asking the engine for one
 * line of goods twice: under the law as known before it and with it. Prints
 * nothing, and knows no law of its own.
 */
#include "law_effects.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../src/assess/instant.h"
#include "cache.h"

enum { PIECES = 64, EIGHT = 100 }; /* subheadings of a code; so many codes of ten in one */

struct side {
	tw_rulebook *rulebook;
	tw_assessor *assessor;
};
struct effects {
	const struct law_query *query;
	int32_t day; /* the sides are of the day before it, and of it */
	struct side side[2];
	struct effect *list;
	size_t count, room;
};

struct effects *effects_new(const struct law_query *query)
{
	struct effects *effects = calloc(1, sizeof *effects);
	if (effects)
		*effects = (struct effects){.query = query, .day = INT32_MIN};
	return effects;
}

static void close_sides(struct effects *effects)
{
	for (int i = 0; i < 2; i++) {
		tw_assessor_free(effects->side[i].assessor);
		tw_rulebook_close(effects->side[i].rulebook);
		effects->side[i] = (struct side){NULL, NULL};
	}
	effects->day = INT32_MIN;
}

void effects_free(struct effects *effects)
{
	if (!effects)
		return;
	close_sides(effects);
	free(effects->list);
	free(effects);
}

static int open_sides(struct effects *effects, int32_t day)
{
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_error error = {0};
	int year, month, date;
	char text[40];
	if (effects->day == day)
		return CLI_DONE;
	close_sides(effects);
	options.no_screen = true;
	for (int i = 0; i < 2; i++) {
		time_date(day - 1 + i, &year, &month, &date);
		snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, date);
		if (cache_rulebook(&effects->side[i].rulebook, effects->query->folder, text,
				   &error) ||
		    tw_assessor_new(&effects->side[i].assessor, effects->side[i].rulebook, &options,
				    &error)) {
			cli_error(&error);
			close_sides(effects);
			return CLI_FAILED;
		}
	}
	effects->day = day;
	return CLI_DONE;
}

/* A tariff line of a range that is in force at an instant; where there is no schedule, its start.
 */
static void code_of(char out[12], const struct law_jurisdiction *j, struct law_range codes,
		    tw_time at)
{
	const struct law_schedule_row *found = NULL;
	for (uint32_t i = 0; i < j->row_count; i++) {
		const struct law_schedule_row *row = &j->rows[i];
		if (row->code >= codes.low && row->code < codes.high && row->from <= at &&
		    at < row->until && (!found || row->digits > found->digits))
			found = row;
	}
	int digits = found ? (int)found->digits : codes.high - codes.low >= 10000 ? 6 : 8;
	snprintf(out, 12, "%010" PRIu64, found ? found->code : codes.low);
	out[digits] = '\0';
}

struct question {
	const char *into, *origin, *code;
	char entered[26];
};

/* The additional duty on EFFECT_VALUE; -1 when it cannot be said. */
static tw_money ask(const struct side *side, const struct question *question)
{
	struct tw_line line = TW_LINE_INIT;
	struct tw_error error = {0};
	const struct tw_assessment *answer;
	const struct {
		enum tw_column column;
		const char *text;
	} said[] = {{TW_COLUMN_INTO, question->into},
		    {TW_COLUMN_HTS, question->code},
		    {TW_COLUMN_ORIGIN, question->origin},
		    {TW_COLUMN_ENTERED, question->entered},
		    {TW_COLUMN_VALUE, "1000000"}};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		line.column[said[i].column] = (struct tw_text){said[i].text, strlen(said[i].text)};
	if (tw_assess(&answer, side->assessor, &line, &error) || answer->status != TW_STATUS_OK)
		return -1;
	return answer->additional;
}

static struct effect *effect_like(struct effects *effects, const struct effect *wanted)
{
	for (size_t i = 0; i < effects->count; i++)
		if (effects->list[i].before == wanted->before &&
		    effects->list[i].after == wanted->after &&
		    !memcmp(&effects->list[i].origins, &wanted->origins, sizeof wanted->origins))
			return &effects->list[i];
	if (effects->count == effects->room) {
		size_t room = 2 * effects->room + 16;
		struct effect *list = realloc(effects->list, room * sizeof *list);
		if (!list)
			return NULL;
		effects->list = list;
		effects->room = room;
	}
	effects->list[effects->count] = *wanted;
	return &effects->list[effects->count++];
}

/* What some goods come to, origin by origin: nothing changes where both are the same. */
struct reckoned {
	tw_money before[LAW_COUNTRIES], after[LAW_COUNTRIES];
};

static void reckon(struct reckoned *out, const struct effects *effects, struct question *question,
		   const struct law_origins *all)
{
	const struct law *law = effects->query->law;
	for (uint32_t c = 0; c < law->country_count; c++) {
		out->before[c] = out->after[c] = 0;
		if (!(all->bit[c / 64] >> c % 64 & 1) ||
		    (effects->query->origin != LAW_NONE && effects->query->origin != c))
			continue;
		question->origin = law->countries[c].iso2;
		out->before[c] = ask(&effects->side[0], question);
		out->after[c] = ask(&effects->side[1], question);
		if (out->before[c] < 0 || out->after[c] < 0)
			out->before[c] = out->after[c] = 0;
	}
}

/* The origins of a set that fare alike are one effect on the codes. The set is used up. */
static bool add_effects(struct effects *effects, const struct reckoned *reckoned,
			struct law_origins *set, struct law_range codes)
{
	uint32_t count = effects->query->law->country_count;
	for (uint32_t c = 0; c < count; c++) {
		struct effect wanted = {.before = reckoned->before[c], .after = reckoned->after[c]};
		if (!(set->bit[c / 64] >> c % 64 & 1) || wanted.before == wanted.after)
			continue;
		for (uint32_t o = c; o < count; o++)
			if (set->bit[o / 64] >> o % 64 & 1 &&
			    reckoned->before[o] == wanted.before &&
			    reckoned->after[o] == wanted.after) {
				wanted.origins.bit[o / 64] |= UINT64_C(1) << o % 64;
				set->bit[o / 64] &= ~(UINT64_C(1) << o % 64);
			}
		struct effect *effect = effect_like(effects, &wanted);
		if (!effect)
			return false;
		if (effect->code_count < EFFECT_CODES)
			effect->code[effect->code_count++] = codes;
	}
	return true;
}

/* The subheadings of eight digits that a range holds, at most PIECES; 0: it is no wider. */
static size_t pieces_of(struct law_range *out, const struct law_jurisdiction *j,
			struct law_range codes, tw_time at)
{
	size_t count = 0;
	for (uint32_t i = schedule_find(j, codes.low);
	     codes.high - codes.low > EIGHT && count < PIECES && i < j->row_count; i++) {
		const struct law_schedule_row *row = &j->rows[i];
		uint64_t low = row->code - row->code % EIGHT;
		if (row->code >= codes.high)
			break;
		if (row->digits >= 8 && row->from <= at && at < row->until &&
		    (!count || out[count - 1].low != low))
			out[count++] = (struct law_range){low, low + EIGHT};
	}
	return count;
}

/* An origin that fares alike on every piece of a code is told of the code, others of each piece. */
static bool add_pieces(struct effects *effects, const struct reckoned *part,
		       const struct law_range *piece, size_t count, struct law_range range)
{
	struct law_origins whole = {{0}}, apart = {{0}};
	for (uint32_t c = 0; c < effects->query->law->country_count; c++) {
		bool same = true;
		for (size_t i = 1; i < count; i++)
			same = same && part[i].before[c] == part[0].before[c] &&
			       part[i].after[c] == part[0].after[c];
		struct law_origins *set = same ? &whole : &apart;
		set->bit[c / 64] |= UINT64_C(1) << c % 64;
	}
	bool good = add_effects(effects, &part[0], &whole, range);
	for (size_t i = 0; good && i < count; i++) {
		struct law_origins set = apart;
		good = add_effects(effects, &part[i], &set, piece[i]);
	}
	return good;
}

/* All whom a measure concerns that names the list. */
static struct law_origins origins_of(const struct law *law, const struct change *change)
{
	struct law_origins all = {{0}};
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		if (!law_scope_names(&m->scope, change->list) ||
		    !law_in_force(m, change->what == CHANGE_JOIN ? change->at : change->at - 1))
			continue;
		struct law_origins origins = law_origins_of(law, m);
		for (size_t k = 0; k < LAW_COUNTRIES / 64; k++)
			all.bit[k] |= origins.bit[k];
	}
	return all;
}

static bool of_code(struct effects *effects, struct question *question, const struct change *change,
		    struct law_range range, tw_time at)
{
	const struct law *law = effects->query->law;
	const struct law_jurisdiction *j = &law->jurisdictions[change->jurisdiction];
	struct law_origins all = origins_of(law, change);
	struct law_range piece[PIECES];
	struct reckoned *part = calloc(PIECES, sizeof *part);
	size_t count = pieces_of(piece, j, range, at);
	char code[12];
	if (!count)
		piece[count++] = range;
	question->code = code;
	for (size_t i = 0; part && i < count; i++) {
		code_of(code, j, piece[i], at);
		reckon(&part[i], effects, question, &all);
	}
	bool good = part && add_pieces(effects, part, piece, count, range);
	free(part);
	return good;
}

static int by_size(const void *a, const void *b)
{
	const struct effect *x = a, *y = b;
	tw_money p = x->after > x->before ? x->after - x->before : x->before - x->after;
	tw_money q = y->after > y->before ? y->after - y->before : y->before - y->after;
	if (p != q)
		return p < q ? 1 : -1;
	if (x->before != y->before)
		return x->before < y->before ? 1 : -1;
	return memcmp(&x->origins, &y->origins, sizeof x->origins);
}

int effects_find(const struct effect **out, size_t *count, struct effects *effects,
		 const struct change *change)
{
	const struct law *law = effects->query->law;
	const struct law_jurisdiction *j = &law->jurisdictions[change->jurisdiction];
	enum tw_zone zone = (enum tw_zone)law_zone(law, change->jurisdiction);
	int32_t day = change->by == LAW_NONE ? INT32_MIN : law_act_day(law, change->by);
	struct question question = {.into = j->code};
	*count = effects->count = 0;
	if (day == INT32_MIN || change->after == LAW_NONE)
		return CLI_DONE;
	if (open_sides(effects, day))
		return CLI_FAILED;
	tw_time noon = time_from_local(zone, (int64_t)day * 86400 + 43200);
	tw_time at = change->at > noon ? change->at : noon;
	time_print(question.entered, at, time_offset(zone, at));
	for (uint32_t i = 0; i < change->code_count && i < EFFECT_CODES; i++)
		if (!of_code(effects, &question, change, change->codes[i], at)) {
			cli_message("no memory left");
			return CLI_FAILED;
		}
	if (effects->count)
		qsort(effects->list, effects->count, sizeof *effects->list, by_size);
	*out = effects->list;
	*count = effects->count;
	return CLI_DONE;
}

static void say_percent(struct buffer *out, tw_money amount)
{
	char text[40];
	const int64_t unit = EFFECT_VALUE / 1000000; /* 1/10000 of a percent */
	int64_t scaled = (amount + unit / 2) / unit;
	int length =
	    snprintf(text, sizeof text, "%" PRId64 ".%04" PRId64, scaled / 10000, scaled % 10000);
	while (text[length - 1] == '0')
		text[--length] = '\0';
	if (text[length - 1] == '.')
		text[--length] = '\0';
	say(out, "%s%%", text);
}

void effect_say(struct buffer *out, const struct effect *effect)
{
	say_percent(out, effect->before);
	buffer_text(out, " to ");
	say_percent(out, effect->after);
}
