/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A scenario in words, for `law diff --with`: each change, and what becomes of
 * every measure that it touches. Where it touches many of one program, these
 * are counted; the object names all.
 */
#include "changes/scenario.h"

#include <string.h>

#include "law/json.h"
#include "law/scopes.h"
#include "law/words.h"

enum { MANY = 6, NAMES = 8 };

static const char *const kinds[LAW_CHANGES] = {"end",    "never", "rate",   "move",
					       "reopen", "add",   "program"};

/* A measure of the law before, and what became of it. */
struct became {
	const struct law *with;
	const struct law_measure *old, *piece[3];
	size_t count;
	int zone;
};

/* Whether the id is that of the other, with one of the ends that a scenario gives. */
static bool is_of(const char *id, const char *old)
{
	size_t length = strlen(old);
	return !strncmp(id, old, length) && (!id[length] || !strcmp(id + length, ".scenario") ||
					     !strcmp(id + length, ".resumed"));
}

static struct became find(const struct law *with, uint32_t measure)
{
	const struct law *law = with->scenario->law;
	struct became out = {.with = with, .old = &law->measures[measure]};
	const struct law_program *program = &with->programs[out.old->program];
	out.zone = law_zone(law, program->jurisdiction);
	for (uint32_t i = 0; i < program->measure_count && out.count < 3; i++) {
		const struct law_measure *m = &with->measures[program->measure_first + i];
		if (is_of(m->id, out.old->id))
			out.piece[out.count++] = m;
	}
	return out;
}

static void say_end(struct buffer *out, int zone, const char *before, tw_time at)
{
	buffer_text(out, before);
	say_time(out, zone, at, false);
}

/* ", from A to B": the life of a measure. */
static void say_life(struct buffer *out, int zone, const struct law_measure *m)
{
	if (m->from.at != TW_TIME_MIN)
		say_end(out, zone, ", from ", m->from.at);
	if (m->until.at != TW_TIME_MAX)
		say_end(out, zone, " to ", m->until.at);
}

/* How it ends, and how it does by the law. */
static void say_moved(struct buffer *out, const struct became *b)
{
	const struct law_measure *old = b->old, *m = b->piece[0];
	if (m->from.at != old->from.at) {
		say_end(out, b->zone, " begins on ", m->from.at);
		say_end(out, b->zone, ", by the law on ", old->from.at);
	}
	if (m->until.at == old->until.at)
		return;
	if (m->from.at != old->from.at)
		buffer_text(out, ", and");
	if (m->until.at == TW_TIME_MAX)
		buffer_text(out, " does not end");
	else
		say_end(out, b->zone, " ends on ", m->until.at);
	if (old->until.at == TW_TIME_MAX)
		buffer_text(out, ", by the law it goes on");
	else
		say_end(out, b->zone, ", by the law on ", old->until.at);
}

static void say_rates(struct buffer *out, const struct became *b, const struct law_measure *changed)
{
	buffer_text(out, " is ");
	say_effect(out, b->with, changed);
	buffer_text(out, ", by the law ");
	say_rate(out, b->old);
	say_life(out, b->zone, changed);
}

/* "us.122.surcharge is 15%, by the law 10%, from … to …." */
static void say_became(struct buffer *out, const struct law_change *change, const struct became *b)
{
	const struct law *law = b->with->scenario->law;
	buffer_text(out, b->old->id);
	if (!b->count) {
		buffer_text(out, " never takes effect: ");
		say_effect(out, law, b->old);
		say_life(out, b->zone, b->old);
	} else if (change->kind == LAW_CHANGE_RATE) {
		size_t i = 0;
		while (i + 1 < b->count && b->piece[i]->pos.file != change->pos.file)
			i++;
		say_rates(out, b, b->piece[i]);
	} else if (b->count == 2) {
		say_end(out, b->zone, " is not in force from ", b->piece[0]->until.at);
		say_end(out, b->zone, " to ", b->piece[1]->from.at);
	} else {
		say_moved(out, b);
		buffer_text(out, ": ");
		say_effect(out, law, b->old);
	}
	buffer_char(out, '.');
}

static void tell_text(struct buffer *out, struct buffer *text)
{
	buffer_text(out, "  ");
	say_gathered(out, text, 2, 4);
}

/* Those of one program, from `first` on: in full, or counted where they are many. */
static uint32_t tell_program(struct buffer *out, const struct law *with,
			     const struct law_change *change, uint32_t first)
{
	const struct law *law = with->scenario->law;
	uint32_t program = law->measures[change->measure[first]].program, count = 0, gone = 0;
	struct buffer text = {.within = out};
	for (uint32_t i = first;
	     i < change->measure_count && law->measures[change->measure[i]].program == program;
	     i++, count++)
		gone += find(with, change->measure[i]).count == 0;
	for (uint32_t i = first; count <= MANY && i < first + count; i++) {
		struct became b = find(with, change->measure[i]);
		say_became(&text, change, &b);
		tell_text(out, &text);
	}
	if (count > MANY) {
		say(&text, "%s, %s: %u of its measures never take effect",
		    law->programs[program].id, law->programs[program].title, gone);
		if (gone < count)
			say(&text, ", and %u end early", count - gone);
		buffer_char(&text, '.');
		tell_text(out, &text);
	}
	buffer_free(&text);
	return count;
}

static void tell_added(struct buffer *out, const struct law *with, const struct law_change *change)
{
	struct buffer text = {.within = out};
	const struct law_program *program = &with->programs[change->program];
	int zone = law_zone(with, program->jurisdiction);
	if (change->kind == LAW_CHANGE_PROGRAM) {
		say(&text, "A program is added: %s, %s.", program->id, program->title);
		tell_text(out, &text);
	}
	for (uint32_t i = 0; i < change->added_count; i++) {
		const struct law_measure *m = &with->measures[change->added_first + i];
		struct law_origins origins = law_origins_of(with, m);
		say(&text, "%s is added: ", m->id);
		say_effect(&text, with, m);
		buffer_text(&text, " on products of ");
		say_origins(&text, with, &origins, NAMES);
		struct buffer when = {.within = out};
		say_if(&when, with, m);
		if (when.length)
			say(&text, ", when %.*s", (int)when.length, when.at);
		buffer_free(&when);
		say_life(&text, zone, m);
		buffer_char(&text, '.');
		tell_text(out, &text);
	}
	buffer_free(&text);
}

static void tell_page(struct buffer *out, const struct law *with)
{
	const struct law_scenario *scenario = with->scenario;
	struct buffer text = {.within = out};
	say(out, "Scenario %s\n", scenario->id);
	say(&text, "%s.%s%s", scenario->title, scenario->note ? " " : "",
	    scenario->note ? scenario->note : "");
	tell_text(out, &text);
	say(&text, "Laid over the law of %s. What it changes cites " SCENARIO_CITED "%s, no act.",
	    with->edition, scenario->id);
	tell_text(out, &text);
	buffer_text(out, "\nWhat it changes\n");
	for (uint32_t i = 0; i < scenario->change_count; i++) {
		const struct law_change *change = &scenario->changes[i];
		if (change->note) {
			buffer_text(&text, change->note);
			tell_text(out, &text);
		}
		for (uint32_t k = 0; k < change->measure_count;)
			k += tell_program(out, with, change, k);
		tell_added(out, with, change);
	}
	if (scenario->source_count)
		buffer_text(out, "\nSources\n");
	for (uint32_t i = 0; i < scenario->source_count; i++) {
		const struct law_scenario_source *source = &scenario->sources[i];
		say(out, "  %s\n", source->title);
		if (*source->url)
			say(out, "    %s\n", source->url);
	}
	buffer_free(&text);
}

/* {"id":…,"effect":…,"from":…,"until":…} */
static void put_measure(struct buffer *out, const struct law *law, const struct law_measure *m)
{
	struct buffer text = {.within = out};
	int zone = law_zone(law, law->programs[m->program].jurisdiction);
	buffer_text(out, "{\"id\":");
	buffer_json(out, m->id, strlen(m->id));
	say_effect(&text, law, m);
	buffer_text(out, ",\"effect\":");
	buffer_json(out, text.at, text.length);
	if (m->from.at != TW_TIME_MIN)
		json_time(out, "from", zone, m->from.at);
	if (m->until.at != TW_TIME_MAX)
		json_time(out, "until", zone, m->until.at);
	buffer_char(out, '}');
	buffer_free(&text);
}

static void put_change(struct buffer *out, const struct law *with, const struct law_change *change)
{
	say(out, "{\"kind\":\"%s\"", kinds[change->kind]);
	json_field(out, "what", change->what);
	json_field(out, "note", change->note);
	buffer_text(out, ",\"measures\":[");
	for (uint32_t i = 0; i < change->measure_count; i++) {
		struct became b = find(with, change->measure[i]);
		buffer_text(out, i ? ",{\"before\":" : "{\"before\":");
		put_measure(out, with->scenario->law, b.old);
		buffer_text(out, ",\"after\":[");
		for (size_t k = 0; k < b.count; k++) {
			buffer_text(out, k ? "," : "");
			put_measure(out, with, b.piece[k]);
		}
		buffer_text(out, "]}");
	}
	buffer_text(out, "],\"added\":[");
	for (uint32_t i = 0; i < change->added_count; i++) {
		buffer_text(out, i ? "," : "");
		put_measure(out, with, &with->measures[change->added_first + i]);
	}
	buffer_text(out, "]}");
}

static void put_object(struct buffer *out, const struct law *with)
{
	const struct law_scenario *scenario = with->scenario;
	buffer_text(out, "{\"schema\":1");
	json_field(out, "scenario", scenario->id);
	json_field(out, "title", scenario->title);
	json_field(out, "note", scenario->note);
	say(out, ",\"cites\":\"" SCENARIO_CITED "%s\",\"law\":\"%s\",\"sources\":[", scenario->id,
	    with->edition);
	for (uint32_t i = 0; i < scenario->source_count; i++) {
		buffer_text(out, i ? ",{\"title\":" : "{\"title\":");
		buffer_json(out, scenario->sources[i].title, strlen(scenario->sources[i].title));
		if (*scenario->sources[i].url)
			json_field(out, "url", scenario->sources[i].url);
		buffer_char(out, '}');
	}
	buffer_text(out, "],\"changes\":[");
	for (uint32_t i = 0; i < scenario->change_count; i++) {
		buffer_text(out, i ? "," : "");
		put_change(out, with, &scenario->changes[i]);
	}
	buffer_text(out, "]}\n");
}

void changes_scenario(struct buffer *out, const struct law *with, bool json)
{
	if (json)
		put_object(out, with);
	else
		tell_page(out, with);
}
