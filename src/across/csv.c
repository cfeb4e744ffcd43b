/* SPDX-License-Identifier: Apache-2.0 */
/* What is seen as a row of CSV. Lists stand in one cell, with bars between. */
#include "across/inner.h"

#include "common/instant.h"
#include "common/words.h"

void across_csv_header(struct buffer *out)
{
	buffer_text(out,
		    "pattern,kind,title,question,group_by,group,group_more,into,from,until,lines,"
		    "shown,named,rules,says,innocent\n");
}

static void put(struct buffer *out, const char *text, char end)
{
	size_t start = out->length;
	buffer_text(out, text);
	buffer_end_cell(out, start, true);
	buffer_char(out, end);
}

static void put_text(struct buffer *out, struct tw_text text)
{
	size_t start = out->length;
	if (text.length)
		buffer_put(out, text.at, text.length);
	buffer_end_cell(out, start, true);
	buffer_char(out, ',');
}

static void put_day(struct buffer *out, int64_t day, bool is_known)
{
	char text[16];
	put(out, is_known ? time_print_day(text, day) : "", ',');
}

static void put_shown(struct buffer *out, const struct sighting *s)
{
	size_t start = out->length;
	for (size_t i = 0; i < s->shown_count; i++)
		buffer_print(out, "%s%s: %s", i ? " | " : "", s->shown[i].what, s->shown[i].is);
	buffer_end_cell(out, start, true);
	buffer_char(out, ',');
}

static void put_named(struct buffer *out, const struct sighting *s, const struct seen_cards *cards)
{
	size_t start = out->length;
	for (size_t i = 0; i < cards->count; i++) {
		const struct card *card = &cards->card[i].card;
		if (i)
			buffer_text(out, " | ");
		buffer_put(out, card->text[CARD_FILE].at, card->text[CARD_FILE].length);
		buffer_print(out, ":%llu ", (unsigned long long)card->number);
		if (card->text[CARD_ID].length)
			buffer_put(out, card->text[CARD_ID].at, card->text[CARD_ID].length);
	}
	if (sighting_more(s))
		buffer_print(out, " | and %llu more", (unsigned long long)sighting_more(s));
	buffer_end_cell(out, start, true);
	buffer_char(out, ',');
}

void across_rules_csv(struct buffer *out, const struct across *across,
		      const struct patterns_row *row)
{
	size_t start = out->length;
	for (uint32_t i = 0; i < row->rules.count; i++)
		buffer_print(out, "%s%s", i ? " | " : "",
			     row_text(across, across->law.rules[row->rules.first + i].by));
	buffer_end_cell(out, start, true);
	buffer_char(out, ',');
}

void across_csv(struct buffer *out, const struct across *across, const struct sighting *s,
		const struct seen_cards *cards)
{
	const struct patterns_row *row = &across->law.rows[s->pattern];
	const struct card *card = &cards->card[0].card;
	bool days = s->first_day <= s->last_day;
	put(out, row_text(across, row->id), ',');
	put(out, pattern_kind_names[row->kind], ',');
	put(out, row_text(across, row->title), ',');
	put(out, s->is_question ? "yes" : "no", ',');
	put(out, pattern_group_names[row->group], ',');
	put_text(out, group_shown(card, row));
	put_text(out, group_more(card, (enum pattern_group)row->group));
	put(out, row_text(across, row->into), ',');
	put_day(out, s->first_day, days);
	put_day(out, s->last_day, days);
	buffer_print(out, "%llu,", (unsigned long long)(s->is_question ? s->named : s->lines));
	put_shown(out, s);
	put_named(out, s, cards);
	across_rules_csv(out, across, row);
	put(out, s->is_question ? SAYS_QUESTION : row_text(across, row->says), ',');
	put(out, s->is_question ? INNOCENT_QUESTION : row_text(across, row->innocent), '\n');
}
