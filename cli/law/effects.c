/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reckoning of what an act comes to, by asking the engine for one
 * line of goods twice: under the law as known before it and with it. Prints
 * nothing, and knows no law of its own.
 */
#include "changes/effects.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cache.h"
#include "cli/law/law.h"
#include "common/instant.h"
#include "common/order.h"

enum { EIGHT = 100 }; /* so many codes of ten digits are in one of eight */

struct side {
	tw_rulebook *rulebook;
	tw_assessor *assessor;
};
struct reckoner {
	struct effects face; /* first: what changes/ sees */
	const struct law_query *query;
	int32_t day; /* the sides are of the day before it, and of it */
	struct side side[2];
	struct effect *list;
	size_t count, room;
};

static void close_sides(struct reckoner *effects)
{
	for (int i = 0; i < 2; i++) {
		tw_assessor_free(effects->side[i].assessor);
		tw_rulebook_close(effects->side[i].rulebook);
		effects->side[i] = (struct side){NULL, NULL};
	}
	effects->day = INT32_MIN;
}

static void forget(struct reckoner *effects)
{
	for (size_t i = 0; i < effects->count; i++)
		free(effects->list[i].code);
	effects->count = 0;
}

void law_effects_free(struct effects *face)
{
	struct reckoner *effects = (struct reckoner *)face;
	if (!effects)
		return;
	forget(effects);
	close_sides(effects);
	free(effects->list);
	free(effects);
}

static int open_sides(struct reckoner *effects, int32_t day)
{
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_error error = {0};
	char text[16];
	if (effects->day == day)
		return CLI_DONE;
	close_sides(effects);
	options.no_screen = true;
	for (int i = 0; i < 2; i++) {
		time_print_day(text, day - 1 + i);
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

/* Is all known but the quantity that the base duty goes by? */
static bool wants_quantity(const struct tw_assessment *answer)
{
	bool base = false;
	for (size_t i = 0; i < answer->missing_count; i++)
		if (strncmp(answer->missing[i], "qty", 3) != 0 &&
		    strncmp(answer->missing[i], "weight", 6) != 0)
			return false;
	for (size_t i = 0; i < answer->layer_count; i++) {
		if (answer->layers[i].kind == TW_LAYER_BASE)
			base = answer->layers[i].is_unknown;
		else if (answer->layers[i].is_unknown)
			return false;
	}
	return base && answer->status == TW_STATUS_INCOMPLETE && answer->choice_count == 0;
}

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
	if (tw_assess(&answer, side->assessor, &line, &error) ||
	    (answer->status != TW_STATUS_OK && !wants_quantity(answer)))
		return -1;
	return answer->additional;
}

static struct effect *effect_like(struct reckoner *effects, const struct effect *wanted)
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

static bool effect_add_code(struct effect *effect, struct law_range codes)
{
	if (effect->code_count == effect->code_room) {
		uint32_t room = 2 * effect->code_room + 4;
		struct law_range *code = realloc(effect->code, room * sizeof *code);
		if (!code)
			return false;
		effect->code = code;
		effect->code_room = room;
	}
	effect->code[effect->code_count++] = codes;
	return true;
}

/* What some goods come to, origin by origin: nothing changes where both are the same. */
struct reckoned {
	tw_money before[LAW_COUNTRIES], after[LAW_COUNTRIES];
};

static void reckon(struct reckoned *out, const struct reckoner *effects, struct question *question,
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
static bool add_effects(struct reckoner *effects, const struct reckoned *reckoned,
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
		if (!effect || !effect_add_code(effect, codes))
			return false;
	}
	return true;
}

/* The subheadings of eight digits that a range holds; 0: it is no wider. out NULL: count them. */
static size_t pieces_of(struct law_range *out, const struct law_jurisdiction *j,
			struct law_range codes, tw_time at)
{
	size_t count = 0;
	uint64_t last = 0;
	for (uint32_t i = schedule_find(j, codes.low);
	     codes.high - codes.low > EIGHT && i < j->row_count; i++) {
		const struct law_schedule_row *row = &j->rows[i];
		uint64_t low = row->code - row->code % EIGHT;
		if (row->code >= codes.high)
			break;
		if (row->digits < 8 || row->from > at || at >= row->until ||
		    (count != 0 && last == low))
			continue;
		last = low;
		if (out)
			out[count] = (struct law_range){low, low + EIGHT};
		count++;
	}
	return count;
}

/* An origin that fares alike on every piece of a code is told of the code, others of each piece. */
static bool add_pieces(struct reckoner *effects, const struct reckoned *part,
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

static bool of_code(struct reckoner *effects, struct question *question,
		    const struct change *change, struct law_range range, tw_time at)
{
	const struct law *law = effects->query->law;
	const struct law_jurisdiction *j = &law->jurisdictions[change->jurisdiction];
	struct law_origins all = origins_of(law, change);
	size_t count = pieces_of(NULL, j, range, at);
	struct law_range *piece = calloc(count + 1, sizeof *piece);
	struct reckoned *part = calloc(count + 1, sizeof *part);
	char code[12];
	if (piece && !pieces_of(piece, j, range, at))
		piece[count++] = range;
	question->code = code;
	for (size_t i = 0; piece && part && i < count; i++) {
		code_of(code, j, piece[i], at);
		reckon(&part[i], effects, question, &all);
	}
	question->code = NULL; /* it ends here */
	bool good = piece && part && add_pieces(effects, part, piece, count, range);
	free(piece);
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

static int effects_find(const struct effect **out, size_t *count, struct effects *face,
			const struct change *change)
{
	struct reckoner *effects = (struct reckoner *)face;
	const struct law *law = effects->query->law;
	const struct law_jurisdiction *j = &law->jurisdictions[change->jurisdiction];
	enum time_zone zone = (enum time_zone)law_zone(law, change->jurisdiction);
	int32_t day = change->by == LAW_NONE ? INT32_MIN : law_act_day(law, change->by);
	struct question question = {.into = j->code};
	forget(effects);
	*count = 0;
	if (day == INT32_MIN || change->after == LAW_NONE)
		return CLI_DONE;
	if (open_sides(effects, day))
		return CLI_FAILED;
	tw_time noon = time_from_local(zone, (int64_t)day * 86400 + 43200);
	tw_time at = change->at > noon ? change->at : noon;
	time_print(question.entered, at, time_offset(zone, at));
	for (uint32_t i = 0; i < change->code_count; i++)
		if (!of_code(effects, &question, change, change->codes[i], at)) {
			cli_message("out of memory");
			return CLI_FAILED;
		}
	if (effects->count)
		order_items(effects->list, effects->count, sizeof *effects->list, by_size);
	*out = effects->list;
	*count = effects->count;
	return CLI_DONE;
}

struct effects *law_effects_new(const struct law_query *query)
{
	struct reckoner *effects = calloc(1, sizeof *effects);
	if (!effects)
		return NULL;
	*effects = (struct reckoner){.face = {effects_find}, .query = query, .day = INT32_MIN};
	return &effects->face;
}
