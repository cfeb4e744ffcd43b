/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two memories of a screen. Descriptions are kept whole, with all that was
 * added to the line for them, in order. Answers are kept under what was found,
 * the words included, the route, the grain of the day and the bands of the
 * quantities. What says words of the line in a warning is never kept.
 */
#include "screen/recall.h"

#include "screen/screen_state.h"

#include <string.h>

#define DESCRIPTION 1024 /* bytes of a description that is kept at most */
#define ENTRY 512        /* bytes of room for an entry */
#define NOTHINGS 8       /* one text that names nothing for so many others: they are to be near */
#define NOTHING 64       /* bytes of room for one */
#define WORDS 128        /* bytes of the words of a hit in the key of an answer at most */

bool recall_open(struct recall *recall, const struct ledger *ledger, size_t entries)
{
	recall_close(recall);
	recall->last_id = SCREEN_NOTHING;
	return memory_open(&recall->descriptions, entries, entries * ENTRY) &&
	       memory_open(&recall->answers, entries, entries * ENTRY) &&
	       memory_open(&recall->nothings, entries / NOTHINGS, entries / NOTHINGS * NOTHING) &&
	       bands_make(&recall->bands, ledger);
}

void recall_close(struct recall *recall)
{
	memory_close(&recall->descriptions);
	memory_close(&recall->answers);
	memory_close(&recall->nothings);
	bands_free(&recall->bands);
	memset(recall, 0, sizeof *recall);
}

/* The key of a description: what else the matcher is told, then the text. */
static size_t description_key(uint8_t out[8 + DESCRIPTION], const struct screen *screen,
			      struct tw_text text, bool chemical)
{
	uint32_t head[2] = {chemical, screen->machine};
	memcpy(out, head, sizeof head);
	memcpy(out + sizeof head, text.at, text.length);
	return sizeof head + text.length;
}

static bool may_keep(const struct screen *screen, struct tw_text text)
{
	return screen->recall.descriptions.slots && text.length && text.length <= DESCRIPTION;
}

bool recall_description(struct screen *screen, struct tw_text text, bool chemical)
{
	uint8_t key[8 + DESCRIPTION];
	if (!may_keep(screen, text))
		return false;
	size_t length = description_key(key, screen, text, chemical);
	const struct recall_found *found = memory_find(&screen->recall.descriptions, key, length);
	if (!found)
		return false;
	for (uint32_t i = 0; i < found->count; i++) {
		const struct recall_hit *h = &found->hit[i];
		struct tw_substance_hit hit = {.matched = {text.at + h->from, h->length},
					       .how = h->how,
					       .field = tw_column_name(TW_COLUMN_DESCRIPTION),
					       .certainty = (enum tw_certainty)h->certainty,
					       .conditions = h->conditions,
					       .note = h->note};
		screen_add(screen, h->substance, &hit, (enum match_sense)h->sense);
	}
	return true;
}

/* A short text as numbers: unlike ones are unlike. False: it is none. */
static inline bool make_short(struct recall_short *out, struct tw_text text)
{
	const char *at = text.at;
	const size_t length = text.length;
	uint32_t first, last;
	*out = (struct recall_short){.length = length};
	if (length - 1 >= 32)
		return false;
	if (length >= 8) {
		memcpy(&out->word[0], at, 8);
		memcpy(&out->word[1], at + length - 8, 8);
		if (length <= 16)
			return true;
		memcpy(&out->word[2], at + 8, 8);
		memcpy(&out->word[3], at + length - 16, 8);
	} else if (length >= 4) {
		memcpy(&first, at, 4);
		memcpy(&last, at + length - 4, 4);
		out->word[0] = first | (uint64_t)last << 32;
	} else {
		out->word[0] = (uint8_t)at[0] | (uint64_t)(uint8_t)at[length / 2] << 8 |
			       (uint64_t)(uint8_t)at[length - 1] << 16;
	}
	return true;
}

static inline size_t place_of_short(const struct recall_short *text)
{
	uint64_t hash = text->word[0] ^ (text->word[1] << 7 | text->word[1] >> 57) ^ text->word[2] ^
			text->word[3] ^ text->length;
	return (hash * UINT64_C(0x9e3779b97f4a7c15)) >> 56 & (RECALL_SHORTS - 1);
}

static inline bool same_short(const struct recall_short *a, const struct recall_short *b)
{
	return !((a->word[0] ^ b->word[0]) | (a->word[1] ^ b->word[1]) | (a->word[2] ^ b->word[2]) |
		 (a->word[3] ^ b->word[3]) | (a->length ^ b->length));
}

bool recall_nothing(const struct recall *recall, struct tw_text text)
{
	struct recall_short one;
	if (make_short(&one, text) && same_short(&one, &recall->shorts[place_of_short(&one)]))
		return true;
	return text.length && memory_find(&recall->nothings, text.at, text.length);
}

void recall_keep_nothing(struct recall *recall, struct tw_text text)
{
	struct recall_short one;
	if (!text.length || text.length > DESCRIPTION || !recall->nothings.slots)
		return;
	memory_keep(&recall->nothings, text.at, text.length, "", 1);
	if (make_short(&one, text))
		recall->shorts[place_of_short(&one)] = one;
}

void recall_begin(struct screen *screen, struct tw_text text)
{
	struct recall *recall = &screen->recall;
	recall->text = text;
	recall->noting = may_keep(screen, text) && !screen->overflow && !screen->unread;
	recall->warned = screen->warning_count;
	recall->found.count = 0;
}

void recall_note(struct recall *recall, uint32_t substance, const struct tw_substance_hit *hit,
		 enum match_sense sense)
{
	struct recall_found *found = &recall->found;
	if (!recall->noting)
		return;
	if (found->count == RECALL_HITS) {
		recall->noting = false;
		return;
	}
	struct recall_hit *h = &found->hit[found->count++];
	*h = (struct recall_hit){.substance = substance,
				 .from = (uint32_t)(hit->matched.at - recall->text.at),
				 .length = (uint32_t)hit->matched.length,
				 .sense = (uint8_t)sense,
				 .certainty = (uint8_t)hit->certainty,
				 .how = hit->how,
				 .note = hit->note};
	strncpy(h->conditions, hit->conditions, sizeof h->conditions - 1);
}

void recall_end(struct screen *screen, bool chemical)
{
	struct recall *recall = &screen->recall;
	uint8_t key[8 + DESCRIPTION];
	bool keep = recall->noting && !screen->overflow && !screen->unread &&
		    screen->warning_count == recall->warned;
	recall->noting = false;
	if (!keep)
		return;
	size_t length = description_key(key, screen, recall->text, chemical);
	memory_keep(&recall->descriptions, key, length, &recall->found,
		    offsetof(struct recall_found, hit) +
			recall->found.count * sizeof recall->found.hit[0]);
}

/* The key of an answer, all that control_decide and the lane ask; 0 too long to keep. */
static size_t answer_key(struct recall_key *out, const struct screen *screen,
			 const struct screen_facts *facts, int32_t ppm)
{
	const struct bands *bands = &screen->recall.bands;
	size_t used = 0;
	memset(out, 0, offsetof(struct recall_key, hits));
	memcpy(out->into, facts->into, sizeof out->into);
	memcpy(out->origin, facts->origin, sizeof out->origin);
	memcpy(out->ship_from, facts->ship_from, sizeof out->ship_from);
	memcpy(out->via, facts->via, facts->via_count * sizeof facts->via[0]);
	out->via_count = (uint8_t)facts->via_count;
	out->undated = facts->undated;
	out->grain =
	    facts->undated ? 0 : bands_place(bands->times, bands->time_count, facts->entered);
	out->weight = bands_of(bands->weights, bands->weight_count, facts->weight);
	out->volume = bands_of(bands->volumes, bands->volume_count, facts->volume);
	out->content = bands_of(bands->contents, bands->content_count, ppm);
	out->count = (uint32_t)screen->substance_count;
	for (size_t i = 0; i < screen->substance_count; i++) {
		const struct tw_substance_hit *hit = &screen->substance[i];
		struct recall_hit h;
		memset(&h, 0, sizeof h);
		h.substance = screen->found[i].substance;
		h.length = (uint32_t)hit->matched.length;
		h.sense = (uint8_t)screen->found[i].sense;
		h.certainty = (uint8_t)hit->certainty;
		h.how = hit->how;
		h.note = hit->note;
		h.field = hit->field;
		strncpy(h.conditions, hit->conditions, sizeof h.conditions - 1);
		if (hit->matched.length > WORDS ||
		    used + sizeof h + hit->matched.length > sizeof out->hits)
			return 0;
		memcpy(out->hits + used, &h, sizeof h);
		if (hit->matched.length)
			memcpy(out->hits + used + sizeof h, hit->matched.at, hit->matched.length);
		used += sizeof h + hit->matched.length;
	}
	return offsetof(struct recall_key, hits) + used;
}

/* Nothing was warned of yet, and nothing is missing. */
static bool is_plain(const struct screen *screen)
{
	return screen->recall.answers.slots && screen->substance_count && !screen->warning_count &&
	       !screen->overflow && !screen->unread;
}

bool recall_answer(struct screen *screen, const struct screen_facts *facts, int32_t ppm,
		   enum tw_lane *lane)
{
	struct recall *recall = &screen->recall;
	recall->length =
	    is_plain(screen) && !facts->month ? answer_key(&recall->key, screen, facts, ppm) : 0;
	const struct recall_answer *answer =
	    recall->length ? memory_find(&recall->answers, &recall->key, recall->length) : NULL;
	if (!answer)
		return false;
	for (size_t i = 0; i < screen->substance_count; i++)
		if (answer->listed >> i & 1)
			screen->substance[i].note = SCREEN_LISTED;
	for (uint32_t i = 0; i < answer->warning_count; i++)
		screen_warn(screen, answer->warning[i]);
	screen->controls = answer->control;
	screen->control_count = answer->control_count;
	screen->id = answer->id;
	*lane = answer->lane;
	return true;
}

void recall_keep(struct screen *screen, enum tw_lane lane)
{
	struct recall *recall = &screen->recall;
	struct recall_answer *answer = &recall->answer;
	if (!recall->length || screen->overflow || screen->said_count ||
	    screen->control_count > RECALL_CONTROLS)
		return;
	memset(answer, 0, offsetof(struct recall_answer, control));
	answer->id = recall->last_id < UINT32_MAX ? recall->last_id + 1 : 0; /* they run out */
	answer->lane = lane;
	answer->control_count = (uint32_t)screen->control_count;
	answer->warning_count = (uint32_t)screen->warning_count;
	for (size_t i = 0; i < screen->substance_count; i++)
		answer->listed |= (uint32_t)(screen->substance[i].note == SCREEN_LISTED) << i;
	for (size_t i = 0; i < screen->warning_count; i++)
		answer->warning[i] = screen->warning[i];
	memcpy(answer->control, screen->control, screen->control_count * sizeof *screen->control);
	if (!memory_keep(&recall->answers, &recall->key, recall->length, answer,
			 offsetof(struct recall_answer, control) +
			     screen->control_count * sizeof *screen->control))
		return;
	screen->id = answer->id;
	recall->last_id += answer->id != 0;
}
