/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a screen remembers changes no answer. The same lines, many of them with
 * what was seen before, go through a screen that remembers nothing, one that
 * remembers eight things, so that it is always full, and one as the program has
 * it: all say the same. Answers of one number are the same answer, and what a
 * description is said not to hold is not found in it.
 *
 *     test_recall [COUNT [SEED]]
 */
#include "rulebook/ledger.h"
#include "rulebook/rulebook.h"
#include "screen/screen.h"
#include "texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCREENS 3
#define KEPT 512 /* texts that come again */
#define ANSWER 32768
#define NUMBERS (1u << 20)

static const size_t ENTRIES[SCREENS] = {0, 8, 16384};
static const char *const COUNTRIES[] = {"US", "CN", "DE", "MX", "CA", "NL", "IN", "GB", ""};
static const char *const CODES[] = {"8507600020", "2914110000", "2915240000", "8479899599",
				    "2933399200", "610910",     "",           "2921499000"};

/* What is asked of the screens. */
struct asked {
	struct tw_line line;
	struct screen_facts facts;
};

static void put(char *out, size_t *used, const char *text)
{
	size_t length = strlen(text);
	if (*used + length + 2 < ANSWER) {
		memcpy(out + *used, text, length);
		*used += length;
		out[(*used)++] = '\n';
	}
	out[*used] = '\0';
}

/* All of an answer, as text; where: with the places of the words too. */
static void spell(char out[ANSWER], const struct screen_result *r, const char *base)
{
	char line[1024];
	size_t used = 0;
	snprintf(line, sizeof line, "lane %d overflow %d", r->lane, r->overflow);
	put(out, &used, line);
	for (size_t i = 0; i < r->substance_count; i++) {
		const struct tw_substance_hit *h = &r->substances[i];
		snprintf(line, sizeof line, "%s|%s|%.*s|%s|%s|%d|%s|%s", h->substance, h->name,
			 (int)h->matched.length, h->matched.at, h->how, h->field, h->certainty,
			 h->conditions, h->note);
		put(out, &used, line);
		if (base && strcmp(h->field, "description") == 0) {
			snprintf(line, sizeof line, "at %td", h->matched.at - base);
			put(out, &used, line);
		}
	}
	for (size_t i = 0; i < r->control_count; i++) {
		const struct tw_control_hit *c = &r->controls[i];
		snprintf(line, sizeof line, "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%d|%s|%s|%d|%zu|%s",
			 c->substance, c->jurisdiction, c->list, c->code, c->direction, c->since,
			 c->until, c->threshold, c->requirement, c->confidence, c->status,
			 c->undecided, c->title, c->prohibited, c->by.count,
			 c->by.count ? c->by.id[0] : "");
		put(out, &used, line);
	}
	for (size_t i = 0; i < r->warning_count; i++)
		put(out, &used, r->warnings[i]);
}

/* Equal numbers, equal answers. */
static const char *check_number(char **known, const struct screen_result *r)
{
	static char answer[ANSWER];
	if (r->id == 0)
		return NULL;
	if (r->id >= NUMBERS)
		return "a number that is not dense";
	spell(answer, r, NULL);
	if (!known[r->id])
		known[r->id] = strdup(answer);
	if (r->id == SCREEN_NOTHING &&
	    (r->substance_count || r->control_count || r->warning_count || r->lane > TW_LANE_GREEN))
		return "the number of nothing on an answer that says something";
	return strcmp(known[r->id], answer) == 0 ? NULL : "one number, two answers";
}

static void ask(struct asked *out, struct texts *m, const struct ledger *ledger,
		char *concentration)
{
	const struct ledger_control *row =
	    &ledger->controls[texts_draw(m, ledger->count[LEDGER_CONTROLS])];
	int64_t limit = row->limit >= 0 ? row->limit : 1000;
	int64_t day = texts_draw(m, 2) ? row->from : row->until;
	*out = (struct asked){.facts = {.weight = -1, .volume = -1}};
	strcpy(out->facts.into, COUNTRIES[texts_draw(m, 9)]);
	strcpy(out->facts.origin, COUNTRIES[texts_draw(m, 9)]);
	strcpy(out->facts.ship_from, COUNTRIES[texts_draw(m, 9)]);
	if (texts_draw(m, 4) == 0)
		strcpy(out->facts.via[out->facts.via_count++], COUNTRIES[texts_draw(m, 8)]);
	out->facts.hts = CODES[texts_draw(m, 4) ? 0 : texts_draw(m, 8)];
	out->facts.entered = 1790000000;
	if (texts_draw(m, 3) == 0) /* about the beginning or the end of some list, anywhere */
		out->facts.entered = day * 86400 + (int64_t)texts_draw(m, 172800) - 86400;
	out->facts.undated = texts_draw(m, 20) == 0;
	if (texts_draw(m, 2))
		out->facts.weight = limit + (int64_t)texts_draw(m, 3) - 1;
	if (texts_draw(m, 4) == 0)
		out->facts.volume =
		    (row->volume >= 0 ? row->volume : 0) + (int64_t)texts_draw(m, 2);
	if (texts_draw(m, 8) == 0) {
		int length = snprintf(concentration, 32, "%d%%", (int)texts_draw(m, 101));
		out->line.column[TW_COLUMN_CONCENTRATION] =
		    (struct tw_text){concentration, (size_t)length};
	}
	if (texts_draw(m, 16) == 0)
		out->line.column[TW_COLUMN_CAS] = (struct tw_text){"67-64-1", 7};
	if (texts_draw(m, 64) == 0)
		out->line.column[TW_COLUMN_CAS] = (struct tw_text){"67-64-2", 7};
}

static bool is_bare(const struct tw_line *line)
{
	return !line->column[TW_COLUMN_CAS].length && !line->column[TW_COLUMN_CONCENTRATION].length;
}

static const char *compare(struct screen *screens[SCREENS], char **known[SCREENS],
			   const struct asked *asked, size_t *found)
{
	static char first[ANSWER], other[ANSWER];
	struct tw_text text = asked->line.column[TW_COLUMN_DESCRIPTION];
	bool nothing = screen_holds_nothing(screens[0], text, asked->facts.hts);
	for (size_t i = 0; i < SCREENS; i++) {
		struct screen_result result;
		screen_line(&result, screens[i], &asked->line, &asked->facts);
		spell(i ? other : first, &result, text.at);
		if (i && strcmp(first, other) != 0)
			return "what is remembered changes the answer";
		if (nothing && is_bare(&asked->line) && result.id != SCREEN_NOTHING)
			return "something is found in what holds nothing";
		const char *wrong = check_number(known[i], &result);
		if (wrong)
			return wrong;
		*found += i == SCREENS - 1 && result.id > SCREEN_NOTHING;
	}
	return NULL;
}

int main(int argc, char **argv)
{
	const tw_rulebook *rulebook;
	struct tw_error error;
	struct ledger ledger;
	struct screen *screens[SCREENS];
	char **known[SCREENS], *kept[KEPT] = {0}, concentration[32];
	size_t size, found = 0, count = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
	static struct texts m = {.seed = 0x2545f4914f6cdd1du};
	if (argc > 2)
		m.seed ^= strtoul(argv[2], NULL, 10) * UINT64_C(0xd1342543de82ef95);
	if (tw_rulebook_default(&rulebook, &error) != TW_OK || !ledger_open(&ledger, rulebook))
		return 2;
	m.section = rulebook_section(rulebook, LEDGER_TAG_NAMES, &size);
	for (size_t i = 0; i < SCREENS; i++) {
		known[i] = calloc(NUMBERS, sizeof *known[i]);
		if (screen_new(&screens[i], rulebook, &error) != TW_OK || !known[i] ||
		    screen_remember(screens[i], ENTRIES[i]) != TW_OK)
			return 2;
	}
	for (size_t i = 0; i < count; i++) {
		struct asked asked;
		size_t place = texts_draw(&m, KEPT);
		if (!kept[place] || texts_draw(&m, 4) == 0) {
			texts_make(&m);
			free(kept[place]);
			if (!(kept[place] = strndup(m.text, m.length)))
				return 2;
		}
		ask(&asked, &m, &ledger, concentration);
		asked.line.column[TW_COLUMN_DESCRIPTION] =
		    (struct tw_text){kept[place], strlen(kept[place])};
		const char *wrong = compare(screens, known, &asked, &found);
		if (wrong) {
			printf("line %zu: %s: \"%s\"\n", i, wrong, kept[place]);
			return 1;
		}
	}
	printf("%zu lines, %zu with answers that have a number\n", count, found);
	for (size_t i = 0; i < SCREENS; i++) {
		for (size_t k = 0; k < NUMBERS; k++)
			free(known[i][k]);
		free(known[i]);
		screen_free(screens[i]);
	}
	for (size_t i = 0; i < KEPT; i++)
		free(kept[i]);
	return found > count / 20 ? 0 : 1;
}
