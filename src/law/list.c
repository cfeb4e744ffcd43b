/* SPDX-License-Identifier: Apache-2.0 */
/* The measures in force at an instant, or in a period: `tidewaiter law list`. Decides nothing. */
#include "law/list.h"

#include <stdio.h>
#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "law/json.h"
#include "law/words.h"

enum { TEXT_AT = 15, NAMES = 6 };

/* The days asked for, in the legal time of a jurisdiction: until is 24:00 of the last. */
static void period_of(tw_time *from, tw_time *until, const struct law_query *query,
		      uint32_t jurisdiction)
{
	enum time_zone zone = (enum time_zone)law_zone(query->law, jurisdiction);
	*from = time_from_local(zone, (int64_t)query->during->first * 86400);
	*until = time_from_local(zone, ((int64_t)query->during->last + 1) * 86400);
}

/* The instant asked for, in the legal time of a jurisdiction: noon of a day. */
static int instant_of(tw_time *out, const struct law_query *query, uint32_t jurisdiction,
		      struct tw_error *error)
{
	const struct law *law = query->law;
	int zone = law_zone(law, jurisdiction);
	struct time_parsed parsed;
	const char *right;
	if (!query->on) {
		*out = time_from_local((enum time_zone)zone,
				       (int64_t)law->coverage_last * 86400 + 43200);
		return TW_OK;
	}
	struct tw_text text = {query->on, strlen(query->on)};
	if (!time_parse(&parsed, (enum time_zone)zone, text, &right))
		return error_set(error, TW_BAD_ARGUMENT, "\"%.60s\": %s", query->on, right);
	*out = parsed.at;
	return TW_OK;
}

/* In force at that instant, or at some time from it to the other. */
static bool is_asked(const struct law_query *query, const struct law_measure *m, tw_time at,
		     tw_time until)
{
	struct law_origins origins = law_origins_of(query->law, m);
	if (m->from.at > at && m->from.at < until)
		at = m->from.at;
	return law_in_force(m, at) && query_origins(query, &origins) &&
	       query_scope(query, &m->scope, at);
}

static void say_since(struct buffer *text, const struct law *law, const struct law_measure *m)
{
	int zone = law_zone(law, law->programs[m->program].jurisdiction);
	buffer_text(text, "since ");
	say_time(text, zone, m->from.at, false);
	if (m->until.at != TW_TIME_MAX) {
		buffer_text(text, " until ");
		say_time(text, zone, m->until.at, false);
	}
	if (m->from.by != LAW_NONE)
		say(text, ", %s", law->instruments[m->from.by].id);
	if (m->confidence != LAW_HIGH)
		say(text, ", confidence %s", law_confidence_word(m->confidence));
}

/* Three short paragraphs: what and on whom, since when and by what, the id. */
static void tell_measure(struct buffer *out, const struct law *law, const struct law_measure *m)
{
	struct buffer text = {.within = out};
	struct law_origins origins = law_origins_of(law, m);
	say_heading(&text, m);
	size_t at = 2 + text.length;
	buffer_text(out, "  ");
	buffer_put(out, text.at, text.length);
	text.length = 0;
	if (at + 1 >= TEXT_AT) {
		buffer_char(out, '\n');
		at = 0;
	}
	for (; at < TEXT_AT; at++)
		buffer_char(out, ' ');
	say_effect(&text, law, m);
	if (*law_or_empty(m->title))
		say(&text, " · %s", m->title);
	buffer_text(&text, " · ");
	say_origins(&text, law, &origins, NAMES);
	buffer_text(&text, " · ");
	say_scope(&text, law, &m->scope);
	struct buffer when = {.within = out};
	say_if(&when, law, m);
	if (when.length)
		say(&text, " · when %.*s", (int)when.length, when.at);
	buffer_free(&when);
	say_gathered(out, &text, TEXT_AT, TEXT_AT);
	say_since(&text, law, m);
	say(out, "%*s", TEXT_AT, "");
	say_gathered(out, &text, TEXT_AT, TEXT_AT);
	buffer_free(&text);
}

static void tell_program(struct buffer *out, const struct law_query *query, uint32_t index)
{
	const struct law_program *p = &query->law->programs[index];
	struct buffer text = {.within = out};
	buffer_char(out, '\n');
	say_bold(out, query, p->id);
	buffer_text(out, "  ");
	buffer_text(&text, p->title);
	say_gathered(out, &text, strlen(p->id) + 2, 2);
	buffer_free(&text);
}

static int list_program(struct buffer *out, const struct law_query *query, uint32_t index,
			uint32_t *count, struct tw_error *error)
{
	const struct law *law = query->law;
	const struct law_program *p = &law->programs[index];
	bool named = false;
	tw_time at = TW_TIME_MIN, until = TW_TIME_MIN;
	int code = TW_OK;
	if (query->during)
		period_of(&at, &until, query, p->jurisdiction);
	else
		code = instant_of(&at, query, p->jurisdiction, error);
	for (uint32_t i = 0; !code && i < p->measure_count; i++) {
		uint32_t measure = p->measure_first + i;
		if (!is_asked(query, &law->measures[measure], at, until))
			continue;
		if (query->rows == LAW_ROWS_CSV) {
			rows_measure(out, law, &law->measures[measure]);
		} else if (query->rows == LAW_ROWS_NDJSON) {
			json_measure(out, law, measure);
			buffer_char(out, '\n');
		} else if (query->json) {
			buffer_text(out, *count ? ",\n" : "\n");
			json_measure(out, law, measure);
		} else {
			if (!named)
				tell_program(out, query, index);
			tell_measure(out, law, &law->measures[measure]);
		}
		named = true;
		++*count;
	}
	return code;
}

static void title(struct buffer *out, const struct law_query *query)
{
	struct buffer on = {.within = out};
	if (query->during)
		say(&on, query->json ? "%s..%s" : "some day from %s to %s",
		    query->during->first_text, query->during->last_text);
	else if (query->on)
		buffer_text(&on, query->on);
	else
		say_time(&on, TIME_ZONE_UTC, (tw_time)query->law->coverage_last * 86400, true);
	if (query->json) {
		buffer_text(out, "{\"schema\":1");
		json_gathered(out, "on", &on);
		buffer_text(out, ",\"measures\":[");
	} else {
		struct buffer text = {.within = out};
		say(&text, "Measures in force on %.*s%s", (int)on.length, on.at,
		    query->on ? "" : ", the last day covered (--on DAY for another)");
		say_gathered(out, &text, 0, 2);
		buffer_free(&text);
	}
	buffer_free(&on);
}

int law_list(struct buffer *out, const struct law_query *query, struct tw_error *error)
{
	uint32_t count = 0;
	int code = TW_OK;
	if (query->rows == LAW_ROWS_CSV)
		rows_header(out);
	else if (query->rows == LAW_ROWS_NONE)
		title(out, query);
	for (uint32_t i = 0; !code && i < query->law->program_count; i++)
		if (query_program(query, i))
			code = list_program(out, query, i, &count, error);
	if (query->json)
		buffer_text(out, "]}\n");
	else if (query->rows == LAW_ROWS_NONE)
		say(out, "\n%u measure%s\n", count, count == 1 ? "" : "s");
	return !code && out->failed ? error_memory(error) : code;
}
