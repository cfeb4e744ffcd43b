/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers for what the screen found, see goods.h. Every word of it is compared. */
#include "assess/goods.h"

#include <string.h>

/* A result as bytes. */
struct pack {
	unsigned char bytes[8192];
	size_t count;
	bool overflow;
};

static void put(struct pack *pack, const void *bytes, size_t size)
{
	if (size > sizeof pack->bytes - pack->count) {
		pack->overflow = true;
		return;
	}
	if (size)
		memcpy(pack->bytes + pack->count, bytes, size);
	pack->count += size;
}

static void put_number(struct pack *pack, uint64_t number)
{
	put(pack, &number, sizeof number);
}

static void put_text(struct pack *pack, const char *text)
{
	put(pack, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void put_citations(struct pack *pack, const struct tw_citations *by)
{
	put_number(pack, by->count);
	for (size_t i = 0; i < by->count; i++)
		put_text(pack, by->id[i]);
}

static void put_substance(struct pack *pack, const struct tw_substance_hit *hit)
{
	put_text(pack, hit->substance);
	put_text(pack, hit->name);
	put_number(pack, hit->matched.length);
	put(pack, hit->matched.at, hit->matched.length);
	put_text(pack, hit->how);
	put_text(pack, hit->field);
	put_number(pack, hit->certainty);
	put_text(pack, hit->conditions);
	put_text(pack, hit->note);
}

static void put_control(struct pack *pack, const struct tw_control_hit *hit)
{
	const char *const texts[] = {hit->substance,  hit->jurisdiction, hit->list,
				     hit->code,       hit->direction,    hit->since,
				     hit->until,      hit->threshold,    hit->requirement,
				     hit->confidence, hit->undecided,    hit->title};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		put_text(pack, texts[i]);
	put_number(pack, (uint64_t)hit->status << 1 | hit->prohibited);
	put_citations(pack, &hit->by);
}

uint32_t goods_number(struct plans_use *use, const struct screen_result *result)
{
	struct pack pack;
	pack.count = 0;
	pack.overflow = false;
	put_number(&pack, (uint64_t)result->lane);
	put_number(&pack, result->substance_count);
	for (size_t i = 0; i < result->substance_count; i++)
		put_substance(&pack, &result->substances[i]);
	put_number(&pack, result->control_count);
	for (size_t i = 0; i < result->control_count; i++)
		put_control(&pack, &result->controls[i]);
	for (size_t i = 0; i < result->warning_count; i++)
		put_text(&pack, result->warnings[i]);
	return pack.overflow ? 0 : plans_number(use, NUMBER_OF_GOODS, pack.bytes, pack.count);
}
