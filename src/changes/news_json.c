/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of some days as JSON: all that news.c tells, change by change. */
#include "changes/effects.h"
#include "changes/pair.h"
#include "common/instant.h"

static const struct change *change_at(const struct changes *changes, size_t index)
{
	return pool_at(&changes->pool, index);
}

const char *const change_what_words[] = {"rises",
					 "falls",
					 "becomes",
					 "stays",
					 "begins",
					 "ends",
					 "codes join",
					 "codes leave",
					 "yields",
					 "yields no more",
					 "preference begins",
					 "preference stays",
					 "preference ends",
					 "schedule",
					 "edition",
					 "replaced",
					 "void"};

static void side_json(struct buffer *out, const struct law *law, const char *key, uint32_t index)
{
	struct buffer text = {.within = out};
	if (index == LAW_NONE)
		return;
	const struct law_measure *m = &law->measures[index];
	say(out, ",\"%s\":{\"measure\":", key);
	json_string(out, m->id);
	say_effect(&text, law, m);
	json_gathered(out, "rate", &text);
	json_field(out, "heading", m->heading);
	json_field(out, "heading_reached", m->heading_reached);
	buffer_char(out, '}');
	buffer_free(&text);
}

static void ranges_json(struct buffer *out, const struct law_range *codes, uint32_t count)
{
	struct buffer text = {.within = out};
	buffer_text(out, ",\"codes\":[");
	for (uint32_t i = 0; i < count; i++) {
		say_range(&text, codes[i]);
		buffer_text(out, i ? "," : "");
		buffer_json(out, text.at, text.length);
		text.length = 0;
	}
	buffer_char(out, ']');
	buffer_free(&text);
}

static void json_day(struct buffer *out, const char *key, int32_t day)
{
	struct buffer text = {.within = out};
	say_time(&text, TIME_ZONE_UTC, (tw_time)day * 86400, true);
	json_gathered(out, key, &text);
	buffer_free(&text);
}

static void effects_json(struct buffer *out, const struct law *law, struct effects *effects,
			 const struct change *change)
{
	const struct effect *effect;
	struct buffer text = {.within = out};
	size_t count;
	if (effects->find(&effect, &count, effects, change)) {
		out->failed = true;
		return;
	}
	buffer_text(out, ",\"effects\":[");
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i ? "," : "");
		buffer_text(out, "{\"origins\":");
		json_origins(out, law, &effect[i].origins);
		effect_say(&text, &effect[i]);
		json_gathered(out, "additional", &text);
		say_goods(&text, law, effect[i].code, effect[i].code_count, effect[i].code_count);
		json_gathered(out, "goods", &text);
		ranges_json(out, effect[i].code, effect[i].code_count);
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
	buffer_free(&text);
}

void change_json(struct buffer *out, const struct law *law, struct effects *effects,
		 const struct change *change)
{
	int zone = law_zone(law, change->jurisdiction);
	bool on_list = change_of_list(change);
	struct buffer text = {.within = out};
	buffer_text(out, "{\"into\":");
	json_string(out, law->jurisdictions[change->jurisdiction].code);
	json_time(out, "at", zone, change->at);
	json_field(out, "what", change_what_words[change->what]);
	if (change->program != LAW_NONE)
		json_field(out, "program", law->programs[change->program].id);
	change_sentence(&text, law, change);
	json_gathered(out, "text", &text);
	if (change_of_measure(change) || change->preference || change->replaced ||
	    change->what == CHANGE_VOID) {
		buffer_text(out, ",\"origins\":");
		json_origins(out, law, &change->origins);
	}
	if (on_list) {
		json_field(out, "list", law->lists[change->list].name);
		ranges_json(out, change->codes, change->code_count);
		if (effects)
			effects_json(out, law, effects, change);
	} else {
		side_json(out, law, "before", change->before);
		side_json(out, law, "after", change->after);
	}
	if (change->by != LAW_NONE) {
		json_field(out, "by", law->instruments[change->by].id);
		json_day(out, "announced", law_act_day(law, change->by));
		if (change->replaced) {
			json_field(out, "measure", change->replaced->id);
			json_field(out, "replaced_by",
				   law->instruments[change->replaced->superseded_by].id);
		}
		if (change->what == CHANGE_VOID)
			buffer_text(out, ",\"refundable\":true");
		change_retroactive(&text, law, change);
		buffer_text(out, text.length ? ",\"retroactive\":true" : ",\"retroactive\":false");
	}
	buffer_char(out, '}');
	buffer_free(&text);
}

void changes_json(struct buffer *out, const struct changes *changes)
{
	const struct law *law = changes->query->law;
	bool first = true;
	buffer_text(out, ",\"changes\":[");
	for (size_t i = 0; i < changes->pool.count; i++) {
		buffer_text(out, i ? ",\n" : "\n");
		change_json(out, law, changes->effects, change_at(changes, i));
	}
	buffer_text(out, "],\n\"instruments\":[");
	for (uint32_t k = 0; k < law->instrument_count; k++)
		for (size_t i = 0; i < changes->pool.count; i++)
			if (change_at(changes, i)->by == k) {
				buffer_text(out, first ? "\n" : ",\n");
				json_act(out, law, k);
				first = false;
				break;
			}
	buffer_char(out, ']');
}
