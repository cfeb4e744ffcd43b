/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of one sender or receiver that came by one road. What the declared origin owes and what
 * the country of the road would owe, are sums over the lines of which both are known; the others
 * are counted.
 */
#include "across/inner.h"

#include "common/capped.h"
#include "common/fit.h"

#include <string.h>

static void begin(struct watch *watch)
{
	watch->lane = (struct lane){.value = 0};
}

static int add(struct watch *watch, const struct mark *mark, struct tw_error *error)
{
	struct lane *lane = &watch->lane;
	if (mark->a >= 0) {
		lane->value = capped_sum(lane->value, mark->a);
		lane->valued++;
	}
	if (mark->b >= 0 && mark->c >= 0) {
		lane->declared = capped_sum(lane->declared, mark->b);
		lane->other = capped_sum(lane->other, mark->c);
		lane->known++;
	}
	sighting_day(&watch->sighting, mark->day);
	sighting_name(&watch->sighting, mark);
	return every_add(&watch->across->every, mark->card, error);
}

static int end(struct watch *watch, struct tw_error *error)
{
	struct sighting *s = &watch->sighting;
	const struct lane *lane = &watch->lane;
	char by[4], what[120];
	if (watch->count < watch->row->least)
		return TW_OK;
	memcpy(by, &watch->first.d, sizeof by);
	by[2] = by[3] = '\0';
	s->lines = watch->count;
	sighting_show(s, "by", "sent from or passed through", by);
	if (lane->valued)
		sighting_money(s, "value", "value", lane->value);
	if (watch->row->compares) {
		sighting_number(s, "compared", "lines of which both duties are known", lane->known);
		sighting_money(s, "duty_declared", "duty of these as declared", lane->declared);
		fit_print(what, sizeof what, "duty of these were they of %s", by);
		sighting_money(s, "duty_otherwise", what, lane->other);
	}
	watch->seen = true;
	return sighting_keep(watch->across, s, error);
}

const struct watcher route_watcher = {begin, add, end};
