/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The patterns of the law themselves: what is looked for, in which lines, by which rules, and the
 * words that are said of it. They are as the rulebook has them.
 */
#include "across/inner.h"

#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"
#include "common/money.h"
#include "common/table.h"
#include "common/words.h"

enum { FACTS = 32, INDENT = 2, AT = 14, NAME = 28 };

/* What a pattern asks of lines: at most the facts that find_facts says. */
struct facts {
	struct fact {
		const char *name;
		size_t at; /* in `text`, where it stands terminated */
	} fact[FACTS];
	size_t count;
	struct buffer text;
};

static void say(struct facts *facts, const char *name, const char *is)
{
	if (!*is)
		return;
	if (facts->count == FACTS) { /* the list of facts below has fewer */
		buffer_fail(&facts->text);
		return;
	}
	facts->fact[facts->count++] = (struct fact){name, facts->text.length};
	size_t length = strlen(is);
	while (length && is[length - 1] == ' ') /* countries end in a blank */
		length--;
	buffer_put(&facts->text, is, length);
	buffer_char(&facts->text, '\0');
}

static const char *fact_is(const struct facts *facts, size_t i)
{
	return facts->text.failed ? "" : facts->text.at + facts->fact[i].at;
}

static void say_number(struct facts *facts, const char *name, uint32_t number)
{
	char text[16];
	fit_print(text, sizeof text, "%u", number);
	say(facts, name, number ? text : "");
}

static void say_money(struct facts *facts, const char *name, tw_money amount)
{
	char text[32] = "";
	if (amount >= 0)
		money_print(text, amount);
	say(facts, name, text);
}

static void say_time(struct facts *facts, const char *name, tw_time at)
{
	char text[26] = "";
	if (at != TW_TIME_MIN && at != TW_TIME_MAX)
		time_print(text, at, 0);
	say(facts, name, text);
}

static void say_heap(struct facts *facts, const struct patterns_row *row)
{
	char text[32];
	if (row->kind != PATTERN_HEAP)
		return;
	say(facts, "of", pattern_of_names[row->of]);
	say_money(facts, "limit", row->limit);
	say(facts, "inside", row->equal ? "equal" : "under");
	fit_print(text, sizeof text, "%u.%02u%%", row->band / 100, row->band % 100);
	say(facts, "band", text);
	fit_print(text, sizeof text, "1 in %u", row->chance);
	say(facts, "chance", text);
}

static void say_parts(struct facts *facts, const struct across *across,
		      const struct patterns_row *row)
{
	struct buffer text = {.within = &facts->text};
	for (uint32_t i = 0; i < row->parts.count; i++)
		buffer_print(&text, "%s%s", i ? ", " : "",
			     row_text(across, across->law.parts[row->parts.first + i].name));
	buffer_char(&text, '\0');
	say(facts, "parts", text.failed ? "" : text.at);
	buffer_free(&text);
}

static void find_facts(struct facts *facts, const struct across *across,
		       const struct patterns_row *row)
{
	say(facts, "group", pattern_group_names[row->group]);
	say(facts, "into", row_text(across, row->into));
	say_heap(facts, row);
	say(facts, "exemption", row_text(across, row->exemption));
	say_number(facts, "days", row->days);
	say_number(facts, "least", row->least);
	say_number(facts, "names", row->names);
	say_number(facts, "lines", row->lines);
	say_number(facts, "digits", row->digits);
	say_number(facts, "times", row->times);
	say_money(facts, "each", row->kind == PATTERN_MANY ? row->each : -1);
	say_money(facts, "sum", row->kind == PATTERN_MANY ? row->sum : -1);
	say(facts, "origins", row_text(across, row->origins));
	say(facts, "sent_from", row_text(across, row->sent_from));
	say(facts, "through", row_text(across, row->through));
	say(facts, "licence", row_text(across, row->licence));
	say(facts, "compare", row->compares ? "yes" : "");
	say_parts(facts, across, row);
	say_time(facts, "from", row->from);
	say_time(facts, "until", row->until);
}

static void member(struct buffer *out, const char *key, const char *text)
{
	buffer_print(out, ",\"%s\":", key);
	buffer_json(out, text, strlen(text));
}

static void put_json(struct buffer *out, const struct across *across,
		     const struct patterns_row *row, const struct facts *facts)
{
	const tw_rulebook *rulebook = across->options.rulebook;
	buffer_text(out, "{\"schema\":1");
	member(out, "pattern", row_text(across, row->id));
	member(out, "kind", pattern_kind_names[row->kind]);
	member(out, "title", row_text(across, row->title));
	buffer_text(out, ",\"looks_for\":{");
	for (size_t i = 0; i < facts->count; i++) {
		buffer_print(out, "%s\"%s\":", i ? "," : "", facts->fact[i].name);
		buffer_json(out, fact_is(facts, i), strlen(fact_is(facts, i)));
	}
	buffer_text(out, "},\"rules\":[");
	across_rules_json(out, across, row);
	buffer_char(out, ']');
	member(out, "says", row_text(across, row->says));
	member(out, "innocent", row_text(across, row->innocent));
	buffer_print(out, ",\"law\":{\"edition\":\"%s\",\"known_on\":\"%s\",\"sha256\":\"%s\"}}\n",
		     tw_rulebook_edition(rulebook), tw_rulebook_known_on(rulebook),
		     tw_rulebook_sha256(rulebook));
}

static void cell(struct buffer *out, const char *text, char end)
{
	size_t start = out->length;
	buffer_text(out, text);
	buffer_end_cell(out, start, true);
	buffer_char(out, end);
}

static void put_csv(struct buffer *out, const struct across *across, const struct patterns_row *row,
		    const struct facts *facts)
{
	cell(out, row_text(across, row->id), ',');
	cell(out, pattern_kind_names[row->kind], ',');
	cell(out, row_text(across, row->title), ',');
	size_t start = out->length;
	for (size_t i = 0; i < facts->count; i++)
		buffer_print(out, "%s%s: %s", i ? " | " : "", facts->fact[i].name,
			     fact_is(facts, i));
	buffer_end_cell(out, start, true);
	buffer_char(out, ',');
	across_rules_csv(out, across, row);
	cell(out, row_text(across, row->says), ',');
	cell(out, row_text(across, row->innocent), '\n');
}

static void head(struct buffer *out, const char *word)
{
	words_pad(out, INDENT);
	buffer_print(out, "%-*s", AT - 2 - INDENT, word);
}

static void put_page(struct buffer *out, const struct across *across,
		     const struct patterns_row *row, const struct facts *facts)
{
	buffer_print(out, "%s (%s)\n", row_text(across, row->title), row_text(across, row->id));
	head(out, "kind");
	buffer_print(out, "%s\n", pattern_kind_names[row->kind]);
	for (size_t i = 0; i < facts->count; i++) {
		head(out, facts->fact[i].name);
		words_wrap(out, fact_is(facts, i), AT - 2, AT - 2);
	}
	across_rules_table(out, across, row);
	head(out, "seen");
	words_wrap(out, row_text(across, row->says), AT - 2, AT - 2);
	head(out, "or");
	words_wrap(out, row_text(across, row->innocent), AT - 2, AT - 2);
}

static void put_one(struct buffer *out, const struct across *across, const struct patterns_row *row,
		    bool is_page)
{
	struct facts facts = {.text = {.within = out}};
	find_facts(&facts, across, row);
	if (across->options.format == ACROSS_NDJSON) {
		put_json(out, across, row, &facts);
	} else if (across->options.format == ACROSS_CSV) {
		put_csv(out, across, row, &facts);
	} else if (is_page) {
		put_page(out, across, row, &facts);
	} else {
		buffer_print(out, "%-*s ", NAME, row_text(across, row->id));
		words_wrap(out, row_text(across, row->title), NAME + 1, NAME + 1);
	}
	buffer_free(&facts.text);
}

int across_list(struct buffer *out, const struct across_options *options, const char *name,
		struct tw_error *error)
{
	struct across across = {.options = *options};
	struct nearest nearest = {.word = name};
	char hint[160];
	bool found = !name;
	int code = patterns_open(&across.law, options->rulebook, error);
	if (code)
		return code;
	out->width = options->width;
	if (options->format == ACROSS_CSV)
		buffer_text(out, "pattern,kind,title,looks_for,rules,says,innocent\n");
	for (uint32_t i = 0; i < across.law.count[PATTERNS_ROWS]; i++) {
		const char *id = row_text(&across, across.law.rows[i].id);
		if (name)
			nearest_try(&nearest, id);
		if (name && strcmp(name, id) != 0)
			continue;
		found = true;
		put_one(out, &across, &across.law.rows[i], name != NULL);
	}
	if (!found)
		return error_set(error, TW_NOT_FOUND, "no pattern \"%.80s\"%s", name,
				 nearest_hint(&nearest, hint));
	return out->failed ? error_memory(error) : TW_OK;
}
