/* SPDX-License-Identifier: Apache-2.0 */
/* What is seen as one JSON object a line; docs/schema/patterns.schema.json has its form. */
#include "across/inner.h"

#include <string.h>

#include "common/instant.h"
#include "common/words.h"

static void put(struct buffer *out, const char *key, const char *text)
{
	buffer_print(out, ",\"%s\":", key);
	if (*text)
		buffer_json(out, text, strlen(text));
	else
		buffer_text(out, "null");
}

static void put_text(struct buffer *out, const char *key, struct tw_text text)
{
	buffer_print(out, ",\"%s\":", key);
	if (text.length)
		buffer_json(out, text.at, text.length);
	else
		buffer_text(out, "null");
}

static void put_day(struct buffer *out, const char *key, int64_t day, bool is_known)
{
	char text[16] = "";
	put(out, key, is_known ? time_print_day(text, day) : text);
}

static void put_line(struct buffer *out, const struct card *card)
{
	buffer_text(out, "{\"file\":");
	buffer_json(out, card->text[CARD_FILE].at, card->text[CARD_FILE].length);
	buffer_print(out, ",\"line\":%llu", (unsigned long long)card->number);
	put_text(out, "id", card->text[CARD_ID]);
	put_day(out, "entered", card->day, true);
	put(out, "into", card->into);
	put(out, "origin", card->origin);
	put(out, "ship_from", card->from);
	put(out, "hts", card->hts);
	buffer_text(out, ",\"value\":");
	if (card->value >= 0) {
		buffer_char(out, '"');
		buffer_money(out, card->value);
		buffer_char(out, '"');
	} else {
		buffer_text(out, "null");
	}
	buffer_char(out, '}');
}

void across_rules_json(struct buffer *out, const struct across *across,
		       const struct patterns_row *row)
{
	for (uint32_t i = 0; i < row->rules.count; i++) {
		const struct patterns_rule *rule = &across->law.rules[row->rules.first + i];
		struct tw_instrument act = {"", "", "", "", ""};
		const char *id = row_text(across, rule->by);
		(void)tw_rulebook_instrument(across->options.rulebook, id, &act);
		buffer_text(out, i ? ",{\"by\":" : "{\"by\":");
		buffer_json(out, id, strlen(id));
		put(out, "cite", act.cite);
		put(out, "url", act.url);
		put(out, "at", row_text(across, rule->at));
		put(out, "says", row_text(across, rule->says));
		buffer_char(out, '}');
	}
}

static void put_shown(struct buffer *out, const struct sighting *s)
{
	for (size_t i = 0; i < s->shown_count; i++) {
		const struct shown *shown = &s->shown[i];
		buffer_print(out, "%s{\"name\":\"%s\"", i ? "," : "", shown->name);
		put(out, "what", shown->what);
		put(out, "is", shown->is);
		buffer_char(out, '}');
	}
}

void across_ndjson(struct buffer *out, const struct across *across, const struct sighting *s,
		   const struct seen_cards *cards)
{
	const struct patterns_row *row = &across->law.rows[s->pattern];
	const struct card *card = &cards->card[0].card;
	const tw_rulebook *rulebook = across->options.rulebook;
	bool days = s->first_day <= s->last_day;
	buffer_text(out, "{\"schema\":1");
	put(out, "sighting", row_text(across, row->id));
	put(out, "kind", pattern_kind_names[row->kind]);
	put(out, "title", row_text(across, row->title));
	buffer_text(out, s->is_question ? ",\"question\":true" : ",\"question\":false");
	buffer_print(out, ",\"group\":{\"by\":\"%s\"", pattern_group_names[row->group]);
	put_text(out, "name", group_shown(card, row));
	put_text(out, "more", group_more(card, (enum pattern_group)row->group));
	buffer_char(out, '}');
	put(out, "into", row_text(across, row->into));
	put_day(out, "from", s->first_day, days);
	put_day(out, "until", s->last_day, days);
	buffer_print(out, ",\"lines\":%llu,\"shown\":[",
		     (unsigned long long)(s->is_question ? s->named : s->lines));
	put_shown(out, s);
	buffer_text(out, "],\"named\":[");
	for (size_t i = 0; i < cards->count; i++) {
		if (i)
			buffer_char(out, ',');
		put_line(out, &cards->card[i].card);
	}
	buffer_print(out, "],\"more\":%llu,\"rules\":[", (unsigned long long)sighting_more(s));
	across_rules_json(out, across, row);
	buffer_char(out, ']');
	put(out, "says", s->is_question ? SAYS_QUESTION : row_text(across, row->says));
	put(out, "innocent", s->is_question ? INNOCENT_QUESTION : row_text(across, row->innocent));
	buffer_print(out, ",\"law\":{\"edition\":\"%s\",\"known_on\":\"%s\",\"sha256\":\"%s\"}}\n",
		     tw_rulebook_edition(rulebook), tw_rulebook_known_on(rulebook),
		     tw_rulebook_sha256(rulebook));
}
