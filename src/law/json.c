/* SPDX-License-Identifier: Apache-2.0 */
/* The law as JSON: measures, acts, origins, instants. Decides nothing. */
#include "law/json.h"
#include "law/scopes.h"
#include "law/words.h"

#include <string.h>

#include "common/instant.h"

void json_string(struct buffer *out, const char *text)
{
	buffer_json(out, text, strlen(text));
}

static void key_of(struct buffer *out, const char *key)
{
	buffer_char(out, ',');
	json_string(out, key);
	buffer_char(out, ':');
}

void json_field(struct buffer *out, const char *key, const char *text)
{
	if (!text || !*text)
		return;
	key_of(out, key);
	json_string(out, text);
}

void json_gathered(struct buffer *out, const char *key, struct buffer *text)
{
	if (text->length) {
		key_of(out, key);
		buffer_json(out, text->at, text->length);
	}
	text->length = 0;
}

void json_time(struct buffer *out, const char *key, int zone, tw_time at)
{
	char text[26];
	if (at == TW_TIME_MIN || at == TW_TIME_MAX)
		return;
	time_print(text, at, time_offset((enum time_zone)zone, at));
	json_field(out, key, text);
}

void json_origins(struct buffer *out, const struct law *law, const struct law_origins *origins)
{
	bool first = true;
	buffer_char(out, '[');
	for (uint32_t i = 0; i < law->country_count; i++) {
		if (!(origins->bit[i / 64] >> i % 64 & 1))
			continue;
		buffer_text(out, first ? "" : ",");
		json_string(out, law->countries[i].iso2);
		first = false;
	}
	buffer_char(out, ']');
}

void json_act(struct buffer *out, const struct law *law, uint32_t instrument)
{
	const struct law_instrument *act = &law->instruments[instrument];
	struct buffer known = {.within = out};
	buffer_text(out, "{\"id\":");
	json_string(out, act->id);
	json_field(out, "title", act->title);
	json_field(out, "kind", act->kind);
	say_time(&known, law_zone(law, act->jurisdiction), act->known, true);
	json_gathered(out, "known", &known);
	json_field(out, "cite", act->cite);
	json_field(out, "url", act->url);
	buffer_char(out, '}');
	buffer_free(&known);
}

static void end_json(struct buffer *out, const struct law *law, const char *key, int zone,
		     struct law_end end)
{
	if (end.by == LAW_NONE && (end.at == TW_TIME_MIN || end.at == TW_TIME_MAX))
		return;
	key_of(out, key);
	buffer_text(out, "{\"by\":");
	json_string(out, end.by == LAW_NONE ? "" : law->instruments[end.by].id);
	json_time(out, "at", zone, end.at);
	buffer_char(out, '}');
}

void json_measure(struct buffer *out, const struct law *law, uint32_t measure)
{
	const struct law_measure *m = &law->measures[measure];
	const struct law_program *p = &law->programs[m->program];
	int zone = law_zone(law, p->jurisdiction);
	struct buffer text = {.within = out};
	struct law_origins origins = law_origins_of(law, m);

	buffer_text(out, "{\"id\":");
	json_string(out, m->id);
	json_field(out, "program", p->id);
	json_field(out, "kind", law_kind_word(p->kind));
	json_field(out, "into", law->jurisdictions[p->jurisdiction].code);
	json_field(out, "title", m->title);
	json_field(out, "heading", m->heading);
	json_field(out, "heading_reached", m->heading_reached);
	say_effect(&text, law, m);
	json_gathered(out, "rate", &text);
	if (m->origins_all) {
		json_field(out, "origins", "all");
	} else {
		key_of(out, "origins");
		json_origins(out, law, &origins);
	}
	say_scope(&text, law, &m->scope);
	json_gathered(out, "scope", &text);
	say_when(&text, m->when);
	json_gathered(out, "when", &text);
	end_json(out, law, "from", zone, m->from);
	end_json(out, law, "until", zone, m->until);
	if (m->superseded_by != LAW_NONE)
		json_field(out, "superseded_by", law->instruments[m->superseded_by].id);
	json_field(out, "confidence", law_confidence_word(m->confidence));
	json_field(out, "note", m->note);
	buffer_char(out, '}');
	buffer_free(&text);
}
