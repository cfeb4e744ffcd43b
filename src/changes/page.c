/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of `law diff`: its title, the changes, what was made public in these
 * days for others, the chemicals. Finds no change itself.
 */
#include "changes/page.h"

#include "changes/chemicals.h"
#include "changes/refunds.h"
#include "common/error.h"
#include "common/instant.h"

static void title_diff(struct buffer *out, const struct changes *changes, const char *first,
		       const char *last)
{
	if (changes->query->json) {
		buffer_text(out, "{\"schema\":1");
		json_field(out, changes->announced ? "announced" : "first", first);
		json_field(out, changes->announced ? "announced_to" : "last",
			   changes->announced && changes->first == changes->last ? NULL : last);
	} else if (changes->announced && changes->first == changes->last) {
		say(out, "What was announced on %s\n", first);
	} else if (changes->announced) {
		say(out, "What was announced from %s to %s\n", first, last);
	} else {
		say(out, "What changed from %s 00:00 to %s 24:00\n", first, last);
	}
}

/* Acts made public in these days that nothing above tells: the reader of news asks for them. */
static void tell_announced(struct buffer *out, const struct changes *changes)
{
	enum { ACTS = 8 };
	const struct law *law = changes->query->law;
	struct changes news = {.query = changes->query,
			       .arena = changes->arena,
			       .first = changes->first,
			       .last = changes->last,
			       .announced = true};
	uint32_t told[ACTS], count = 0;
	struct buffer text = {.within = out}, day = {.within = out};
	pool_begin(&news.pool, sizeof(struct change));
	out->failed = out->failed || changes_find(&news);
	for (size_t i = 0; i < news.pool.count; i++) {
		const struct change *change = pool_at(&news.pool, i);
		int64_t at =
		    time_local_day((enum time_zone)law_zone(law, change->jurisdiction), change->at);
		bool known = changes->first <= at && at <= changes->last;
		for (uint32_t k = 0; k < count && k < ACTS; k++)
			known = known || told[k] == change->by;
		for (size_t k = 0; !known && k < changes->pool.count; k++)
			known =
			    ((const struct change *)pool_at(&changes->pool, k))->by == change->by;
		if (known)
			continue;
		if (count < ACTS)
			told[count] = change->by;
		count++;
	}
	for (uint32_t k = 0; k < count && k < ACTS; k++) {
		say_time(&day, TIME_ZONE_UTC, (tw_time)law_act_day(law, told[k]) * 86400, true);
		if (changes->query->json) {
			buffer_text(&text, k ? ",{\"id\":" : "{\"id\":");
			json_string(&text, law->instruments[told[k]].id);
			json_gathered(&text, "announced", &day);
			buffer_char(&text, '}');
		} else {
			say(&text, "%s%s on %.*s", k ? ", " : "", law->instruments[told[k]].id,
			    (int)day.length, day.at);
			day.length = 0;
		}
	}
	if (changes->query->json) {
		say(out, ",\n\"also_announced\":[%.*s]", (int)text.length, text.at);
	} else if (count) {
		say(out, "\nAnnounced then, with effect on other days:\n  ");
		say(&text, "%s: law diff --announced DAY.", count > ACTS ? " and more" : "");
		say_gathered(out, &text, 2, 2);
	}
	pool_free(&news.pool);
	buffer_free(&text);
	buffer_free(&day);
}

int changes_page(struct buffer *out, const struct changes *changes, const char *first,
		 const char *last, struct tw_error *error)
{
	const struct law_query *query = changes->query;
	bool rows = query->rows != LAW_ROWS_NONE;
	if (!rows)
		title_diff(out, changes, first, last);
	if (rows)
		changes_rows(out, changes);
	else if (query->json)
		changes_json(out, changes);
	else
		changes_tell(out, changes);
	if (!changes->announced && !rows)
		tell_announced(out, changes);
	int code =
	    law_chemicals(out, query, changes->first, changes->last, changes->announced, error);
	if (law_refund_changes(out, query, changes->first, changes->last, changes->announced))
		out->failed = true;
	if (query->json)
		buffer_text(out, "}\n");
	if (!code && out->failed)
		return error_set(error, TW_NO_MEMORY,
				 "not enough memory, or the law could not be compiled");
	return code;
}
