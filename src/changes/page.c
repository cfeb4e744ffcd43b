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

static bool is_told(const struct changes *changes, const struct change *change)
{
	enum time_zone zone = (enum time_zone)law_zone(changes->query->law, change->jurisdiction);
	int64_t day = time_local_day(zone, change->at);
	bool told = changes->first <= day && day <= changes->last;
	for (size_t i = 0; !told && i < changes->pool.count; i++)
		told = ((const struct change *)pool_at(&changes->pool, i))->by == change->by;
	return told;
}

static void say_announced(struct buffer *text, const struct changes *changes, uint32_t act,
			  bool first)
{
	const struct law *law = changes->query->law;
	struct buffer day = {.within = text};
	say_time(&day, TIME_ZONE_UTC, (tw_time)law_act_day(law, act) * 86400, true);
	if (changes->query->json) {
		buffer_text(text, first ? "{\"id\":" : ",{\"id\":");
		json_string(text, law->instruments[act].id);
		json_gathered(text, "announced", &day);
		buffer_char(text, '}');
	} else {
		say(text, "%s%s on %.*s", first ? "" : ", ", law->instruments[act].id,
		    (int)day.length, day.at);
	}
	buffer_free(&day);
}

/* Acts made public in these days that nothing above tells: the reader of news asks for them. */
static void tell_announced(struct buffer *out, const struct changes *changes)
{
	enum { ACTS = 8 }; /* that a text names */
	struct changes news = {.query = changes->query,
			       .arena = changes->arena,
			       .first = changes->first,
			       .last = changes->last,
			       .announced = true};
	struct pool acts;
	struct buffer text = {.within = out};
	pool_begin(&news.pool, sizeof(struct change));
	pool_begin(&acts, sizeof(uint32_t));
	out->failed = out->failed || changes_find(&news);
	for (size_t i = 0; i < news.pool.count; i++) {
		const struct change *change = pool_at(&news.pool, i);
		if (!is_told(changes, change))
			pool_intern(&acts, &change->by);
	}
	out->failed = out->failed || acts.failed;
	for (size_t i = 0; i < acts.count && (changes->query->json || i < ACTS); i++)
		say_announced(&text, changes, *(const uint32_t *)pool_at(&acts, i), !i);
	if (changes->query->json) {
		say(out, ",\n\"also_announced\":[%.*s]", (int)text.length, text.at);
	} else if (acts.count) {
		say(out, "\nAnnounced then, with effect on other days:\n  ");
		say(&text, "%s: law diff --announced DAY.", acts.count > ACTS ? " and more" : "");
		say_gathered(out, &text, 2, 2);
	}
	pool_free(&news.pool);
	pool_free(&acts);
	buffer_free(&text);
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
