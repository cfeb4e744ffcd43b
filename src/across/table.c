/* SPDX-License-Identifier: Apache-2.0 */
/* What is seen as people read it: every number on a row of its own, the lines, the rules, and what
 * else it may be. */
#include "across/inner.h"

#include <string.h>

#include "common/fit.h"
#include "common/instant.h"
#include "common/words.h"

enum { INDENT = 2, AT = 12, NUMBER = 44, ROOM = 8192 };

static void head(struct buffer *out, const char *word)
{
	words_pad(out, INDENT);
	buffer_print(out, "%-*s", AT - INDENT, word);
}

static void put_lines(struct buffer *out, const struct sighting *s, const struct seen_cards *cards)
{
	struct buffer list = {.within = out};
	for (size_t i = 0; i < cards->count; i++) {
		const struct card *card = &cards->card[i].card;
		buffer_text(&list, i ? ", " : "");
		buffer_shown(&list, card->text[CARD_FILE].at, card->text[CARD_FILE].length);
		buffer_print(&list, ":%llu", (unsigned long long)card->number);
		if (card->text[CARD_ID].length) {
			buffer_text(&list, " (");
			buffer_shown(&list, card->text[CARD_ID].at, card->text[CARD_ID].length);
			buffer_char(&list, ')');
		}
	}
	if (s->lines > cards->count && !s->is_question)
		buffer_print(&list, " and %llu more",
			     (unsigned long long)(s->lines - cards->count));
	buffer_char(&list, '\0');
	head(out, "lines");
	words_wrap(out, list.failed ? "" : list.at, AT, AT);
	buffer_free(&list);
}

void across_rules_table(struct buffer *out, const struct across *across,
			const struct patterns_row *row)
{
	for (uint32_t i = 0; i < row->rules.count; i++) {
		const struct patterns_rule *rule = &across->law.rules[row->rules.first + i];
		struct tw_instrument act = {"", "", "", "", ""};
		struct buffer text = {.within = out};
		(void)tw_rulebook_instrument(across->options.rulebook, row_text(across, rule->by),
					     &act);
		buffer_text(&text, *act.cite ? act.cite : row_text(across, rule->by));
		if (rule->at)
			buffer_print(&text, ", %s", row_text(across, rule->at));
		if (rule->says)
			buffer_print(&text, ": %s", row_text(across, rule->says));
		buffer_char(&text, '\0');
		head(out, i ? "" : "rule");
		words_wrap(out, text.failed ? "" : text.at, AT, AT);
		buffer_free(&text);
	}
}

static void put_group(struct buffer *out, const struct patterns_row *row, const struct card *card)
{
	struct buffer text = {.within = out};
	struct tw_text name = group_shown(card, row),
		       more = group_more(card, (enum pattern_group)row->group);
	buffer_shown(&text, name.at, name.length);
	if (more.length) {
		buffer_text(&text, ", ");
		buffer_shown(&text, more.at, more.length);
	}
	buffer_char(&text, '\0');
	buffer_print(out, "  %s ", pattern_group_names[row->group]);
	words_wrap(out, text.failed ? "" : text.at, AT,
		   INDENT + strlen(pattern_group_names[row->group]) + 1);
	buffer_free(&text);
}

/* What is not named is in the input, under the same group and days. */
static void put_more(struct buffer *out, const struct patterns_row *row, const struct sighting *s)
{
	char text[160];
	uint64_t more = sighting_more(s);
	if (!more)
		return;
	fit_print(text, sizeof text,
		  "and %llu more: the input has %s under the same %s, entered on these days",
		  (unsigned long long)more, more == 1 ? "it" : "them",
		  pattern_group_names[row->group]);
	words_pad(out, AT);
	words_wrap(out, text, AT, AT);
}

void across_table(struct buffer *out, const struct across *across, const struct sighting *s,
		  const struct seen_cards *cards)
{
	const struct patterns_row *row = &across->law.rows[s->pattern];
	char from[16], until[16];
	buffer_print(out, "%s%s (%s)\n", s->is_question ? "Question: " : "",
		     row_text(across, row->title), row_text(across, row->id));
	put_group(out, row, &cards->card[0].card);
	if (s->first_day <= s->last_day) {
		head(out, "entered");
		buffer_print(out, "%s to %s, %llu line%s\n", time_print_day(from, s->first_day),
			     time_print_day(until, s->last_day), (unsigned long long)s->lines,
			     s->lines == 1 ? "" : "s");
	}
	for (size_t i = 0; i < s->shown_count; i++) {
		words_pad(out, AT);
		buffer_print(out, "%-*s %s\n", NUMBER, s->shown[i].what, s->shown[i].is);
	}
	put_lines(out, s, cards);
	put_more(out, row, s);
	across_rules_table(out, across, row);
	head(out, "seen");
	words_wrap(out, s->is_question ? SAYS_QUESTION : row_text(across, row->says), AT, AT);
	head(out, "or");
	words_wrap(out, s->is_question ? INNOCENT_QUESTION : row_text(across, row->innocent), AT,
		   AT);
	buffer_char(out, '\n');
}

void across_without(struct buffer *out, const struct across *across)
{
	for (uint32_t i = 0; i < across->count; i++)
		if (across->without[i])
			buffer_print(out, "%llu line%s: no %s, so not seen by %s\n",
				     (unsigned long long)across->without[i],
				     across->without[i] == 1 ? "" : "s",
				     pattern_group_names[across->law.rows[i].group],
				     row_text(across, across->law.rows[i].id));
}

void across_table_end(struct buffer *out, const struct across *across)
{
	const struct across_counts *c = &across->counts;
	buffer_print(out, "%llu seen in %llu lines, %llu question%s, %u patterns looked for",
		     (unsigned long long)c->sightings, (unsigned long long)c->lines,
		     (unsigned long long)c->questions, c->questions == 1 ? "" : "s", across->count);
	if (c->refused)
		buffer_print(out, "; refused and not looked at: %llu",
			     (unsigned long long)c->refused);
	buffer_text(out, ".\n");
	across_without(out, across);
	buffer_text(out, "What is seen resembles a pattern. It is a reason to look, not a finding "
			 "of fault.\n");
}
