/* SPDX-License-Identifier: Apache-2.0 */
#include "compare/group.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST = 1 << 12,   /* places at the beginning */
	MOST = 1 << 20,    /* and at the most: 104 MB */
	TEXT = 1 << 20,    /* bytes of claims */
	CLAIMS = 1 << 12,  /* unlike ones; a power of two */
	ALONE = 16 * MOST, /* lines that are not kept after a table that was of no use */
};

/* All that is asked of a line, every byte of it set. */
struct key {
	uint64_t hts;
	int64_t entered, value, retail, qty, qty2, weight;
	uint16_t into, origin, ship_from, unit, unit2;
	uint8_t digits, channel, transport, is_date;
	uint16_t claims; /* index behind the first, 0: none */
	int32_t offset;
	uint32_t spare;
};
_Static_assert(sizeof(struct key) == 80, "no byte of a key is unset");

struct place {
	struct key key;
	uint64_t count; /* 0: free */
};

struct groups {
	struct place *place;
	size_t room, count;
	uint64_t taken; /* lines in it */
	uint64_t alone; /* lines to come that are not kept */
	char *text;
	size_t length;
	struct tw_text claims[CLAIMS]; /* by hash; at NULL: free */
	size_t claim_count;
};

int groups_new(struct groups **out)
{
	struct groups *groups = calloc(1, sizeof *groups);
	*out = groups;
	if (!groups)
		return TW_NO_MEMORY;
	groups->room = FIRST;
	groups->place = calloc(groups->room, sizeof *groups->place);
	groups->text = malloc(TEXT);
	return groups->place && groups->text ? TW_OK : TW_NO_MEMORY;
}

void groups_free(struct groups *groups)
{
	if (!groups)
		return;
	free(groups->place);
	free(groups->text);
	free(groups);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

static size_t spread(const struct key *key, size_t room)
{
	uint64_t word[sizeof *key / 8], hash = 0;
	memcpy(word, key, sizeof word);
	for (size_t i = 0; i < sizeof word / sizeof *word; i++)
		hash = mix(hash, word[i]);
	return (size_t)(hash >> 20) & (room - 1);
}

static struct place *find(struct place *place, size_t room, const struct key *key)
{
	size_t at = spread(key, room);
	while (place[at].count && memcmp(&place[at].key, key, sizeof *key) != 0)
		at = (at + 1) & (room - 1);
	return &place[at];
}

/* The number of a text of claims; 0: there is no room for it. */
static uint16_t claims_of(struct groups *groups, struct tw_text text)
{
	uint64_t hash = text.length;
	for (size_t i = 0; i < text.length; i++)
		hash = mix(hash, (unsigned char)text.at[i]);
	size_t at = (size_t)(hash >> 20) & (CLAIMS - 1);
	for (; groups->claims[at].at; at = (at + 1) & (CLAIMS - 1))
		if (groups->claims[at].length == text.length &&
		    !memcmp(groups->claims[at].at, text.at, text.length))
			return (uint16_t)(at + 1);
	if (groups->claim_count >= CLAIMS / 2 || text.length > TEXT - groups->length)
		return 0;
	memcpy(groups->text + groups->length, text.at, text.length);
	groups->claims[at] = (struct tw_text){groups->text + groups->length, text.length};
	groups->length += text.length;
	groups->claim_count++;
	return (uint16_t)(at + 1);
}

/* GROUP_TAKEN: there is room for one more. */
static enum group_taken make_room(struct groups *groups)
{
	if (4 * (groups->count + 1) <= 3 * groups->room)
		return GROUP_TAKEN;
	if (groups->room >= MOST)
		return GROUP_FULL;
	size_t room = 2 * groups->room;
	struct place *place = calloc(room, sizeof *place);
	if (!place)
		return GROUP_MEMORY;
	for (size_t i = 0; i < groups->room; i++)
		if (groups->place[i].count)
			*find(place, room, &groups->place[i].key) = groups->place[i];
	free(groups->place);
	groups->place = place;
	groups->room = room;
	return GROUP_TAKEN;
}

enum group_taken groups_take(struct groups *groups, const struct tw_typed_line *line, int offset)
{
	struct key key = {.hts = line->hts,
			  .entered = line->entered,
			  .value = line->value,
			  .retail = line->retail_value,
			  .qty = line->qty,
			  .qty2 = line->qty2,
			  .weight = line->weight,
			  .into = line->into,
			  .origin = line->origin,
			  .ship_from = line->ship_from,
			  .unit = line->unit,
			  .unit2 = line->unit2,
			  .digits = line->digits,
			  .channel = line->channel,
			  .transport = line->transport,
			  .is_date = line->entered_is_date,
			  .offset = offset};
	if (groups->alone) {
		groups->alone--;
		return GROUP_ALONE;
	}
	if (line->line || line->is_text)
		return GROUP_ALONE;
	enum group_taken room = make_room(groups);
	if (room != GROUP_TAKEN)
		return room;
	if (line->claims.length && !(key.claims = claims_of(groups, line->claims)))
		return GROUP_ALONE;
	struct place *place = find(groups->place, groups->room, &key);
	if (!place->count)
		place->key = key, groups->count++;
	place->count++;
	groups->taken++;
	return GROUP_TAKEN;
}

size_t groups_next(struct group_line *out, size_t *at, const struct groups *groups, size_t most)
{
	size_t count = 0;
	for (; *at < groups->room && count < most; ++*at) {
		const struct place *place = &groups->place[*at];
		const struct key *key = &place->key;
		if (!place->count)
			continue;
		struct tw_typed_line line = TW_TYPED_INIT;
		line.hts = key->hts;
		line.entered = key->entered;
		line.value = key->value;
		line.retail_value = key->retail;
		line.qty = key->qty;
		line.qty2 = key->qty2;
		line.weight = key->weight;
		line.into = key->into;
		line.origin = key->origin;
		line.ship_from = key->ship_from;
		line.unit = key->unit;
		line.unit2 = key->unit2;
		line.digits = key->digits;
		line.channel = key->channel;
		line.transport = key->transport;
		line.entered_is_date = key->is_date;
		if (key->claims)
			line.claims = groups->claims[key->claims - 1];
		out[count++] = (struct group_line){line, key->offset, place->count};
	}
	return count;
}

void groups_clear(struct groups *groups)
{
	if (groups->taken < 2 * groups->count)
		groups->alone = ALONE;
	memset(groups->place, 0, groups->room * sizeof *groups->place);
	memset(groups->claims, 0, sizeof groups->claims);
	groups->count = groups->length = groups->claim_count = 0;
	groups->taken = 0;
}
