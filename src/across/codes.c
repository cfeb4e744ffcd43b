/* SPDX-License-Identifier: Apache-2.0 */
/* One description of goods under many codes: the codes are counted, the first ones named. */
#include "across/inner.h"

#include "common/fit.h"

static void begin(struct watch *watch)
{
	watch->codes = (struct codes){.count = 0};
}

/* Marks come by code. */
static int add(struct watch *watch, const struct mark *mark, struct tw_error *error)
{
	struct codes *codes = &watch->codes;
	uint64_t code = (uint64_t)mark->a;
	if (!codes->count || code != codes->last) {
		codes->last = code;
		if (codes->count < CODES) {
			codes->of[codes->count].code = code;
			sighting_name(&watch->sighting, mark);
		}
		codes->count++;
	}
	if (codes->count <= CODES)
		codes->of[codes->count - 1].lines++;
	sighting_day(&watch->sighting, mark->day);
	return every_add(&watch->across->every, mark->card, error);
}

/* "6109.10" of 610910 */
static void dotted(char out[24], uint64_t code, uint32_t digits)
{
	char plain[16];
	fit_print(plain, sizeof plain, "%0*llu", (int)digits, (unsigned long long)code);
	fit_print(out, 24, "%.4s", plain);
	for (uint32_t i = 4; i + 1 < digits; i += 2)
		fit_add(out, 24, ".%.2s", plain + i);
}

static int end(struct watch *watch, struct tw_error *error)
{
	struct sighting *s = &watch->sighting;
	const struct codes *codes = &watch->codes;
	char code[24], what[120];
	if (codes->count < watch->row->least || watch->count < watch->row->lines)
		return TW_OK;
	s->lines = watch->count;
	fit_print(what, sizeof what, "codes of %u digits", watch->row->digits);
	sighting_number(s, "codes", what, codes->count);
	for (uint64_t i = 0; i < codes->count && i < CODES; i++) {
		dotted(code, codes->of[i].code, watch->row->digits);
		fit_print(what, sizeof what, "lines under %s", code);
		sighting_number(s, "under", what, codes->of[i].lines);
	}
	watch->seen = true;
	return sighting_keep(watch->across, s, error);
}

const struct watcher codes_watcher = {begin, add, end};
