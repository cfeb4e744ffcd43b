/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter law list`: the measures in force at an instant. Decides nothing. */
#include "law.h"

#include <stdio.h>
#include <string.h>

#include "../src/assess/instant.h"

enum { TEXT_AT = 15, NAMES = 6 };

/* The instant asked for, in the legal time of a jurisdiction: noon of a day. */
static int instant_of(tw_time *out, const struct law_query *query, uint32_t jurisdiction)
{
	const struct law *law = query->law;
	int zone = law_zone(law, jurisdiction);
	struct time_parsed parsed;
	const char *right;
	if (!query->on) {
		*out = time_from_local((enum tw_zone)zone,
				       (int64_t)law->coverage_last * 86400 + 43200);
		return CLI_DONE;
	}
	struct tw_text text = {query->on, strlen(query->on)};
	if (!time_parse(&parsed, (enum tw_zone)zone, text, &right)) {
		cli_message("law: --on \"%s\": %s", query->on, right);
		return CLI_FAILED;
	}
	*out = parsed.at;
	return CLI_DONE;
}

static bool is_asked(const struct law_query *query, const struct law_measure *m, tw_time at)
{
	struct law_origins origins = law_origins_of(query->law, m);
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
	struct buffer text = {0};
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
	struct buffer when = {0};
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
	struct buffer text = {0};
	buffer_char(out, '\n');
	say_bold(out, query, p->id);
	buffer_text(out, "  ");
	buffer_text(&text, p->title);
	say_gathered(out, &text, strlen(p->id) + 2, 2);
	buffer_free(&text);
}

static int list_program(struct buffer *out, const struct law_query *query, uint32_t index,
			uint32_t *count)
{
	const struct law *law = query->law;
	const struct law_program *p = &law->programs[index];
	bool named = false;
	tw_time at;
	int code = instant_of(&at, query, p->jurisdiction);
	for (uint32_t i = 0; !code && i < p->measure_count; i++) {
		uint32_t measure = p->measure_first + i;
		if (!is_asked(query, &law->measures[measure], at))
			continue;
		if (query->json) {
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
	struct buffer on = {0};
	if (query->on)
		buffer_text(&on, query->on);
	else
		say_time(&on, TW_ZONE_UTC, (tw_time)query->law->coverage_last * 86400, true);
	if (query->json) {
		buffer_text(out, "{\"schema\":1");
		json_gathered(out, "on", &on);
		buffer_text(out, ",\"measures\":[");
	} else {
		say(out, "Measures in force on %.*s%s\n", (int)on.length, on.at,
		    query->on ? "" : ", the last day covered (--on DAY for another)");
	}
	buffer_free(&on);
}

int law_list_command(const struct law_query *query)
{
	struct buffer out = {0};
	uint32_t count = 0;
	int code = CLI_DONE;
	title(&out, query);
	for (uint32_t i = 0; !code && i < query->law->program_count; i++)
		if (query_program(query, i))
			code = list_program(&out, query, i, &count);
	if (query->json)
		buffer_text(&out, "]}\n");
	else
		say(&out, "\n%u measure%s\n", count, count == 1 ? "" : "s");
	if (!code && out.failed) {
		cli_message("no memory left");
		code = CLI_FAILED;
	}
	if (!code)
		fwrite(out.at, 1, out.length, stdout);
	buffer_free(&out);
	return code;
}
