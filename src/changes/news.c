/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tells the changes of some days as a text: by instant and program, with the act
 * of each. Many changes of one program at one instant become one sentence: what
 * falls to one rate, what rises from one, what begins or ends. A change alone is
 * said by sentence.c; what changed is found by find.c.
 */
#include "changes/effects.h"
#include "changes/pair.h"

#include <ctype.h>
#include <string.h>

#include "common/instant.h"

enum { TOGETHER = 3, TABLE = 5, MANY = 12, INDENT = 2, NAMES = 8, HEADING = 14, RATE = 12 };

struct news {
	struct buffer *out;
	const struct changes *changes;
	const struct law *law;
	bool cited[4096]; /* instruments whose link was given */
	bool failed;
};

static const struct change *change_at(const struct changes *changes, size_t index)
{
	return pool_at(&changes->pool, index);
}

/* "2025-04-10 00:01, New York time · into United States". */
static void tell_instant(struct news *news, const struct change *change)
{
	const struct law_jurisdiction *j = &news->law->jurisdictions[change->jurisdiction];
	const char *city = strrchr(j->timezone, '/');
	struct buffer text = {.within = news->out},
		      lines = {.within = news->out, .width = news->out->width};
	say_time(&text, law_zone(news->law, change->jurisdiction), change->at, false);
	say(&text, ", ");
	for (city = city ? city + 1 : j->timezone; *city; city++)
		buffer_char(&text, *city == '_' ? ' ' : *city);
	say(&text, " time, goods into %s", j->in_sentence);
	say_gathered(&lines, &text, 0, 2);
	if (lines.length) /* the end of the last line is not bold */
		lines.at[lines.length - 1] = '\0';
	say_bold(news->out, news->changes->query, lines.failed || !lines.at ? "" : lines.at);
	buffer_char(news->out, '\n');
	buffer_free(&text);
	buffer_free(&lines);
}

static void tell(struct news *news, struct buffer *text)
{
	buffer_text(news->out, "  ");
	say_gathered(news->out, text, INDENT, INDENT);
}

/* The act, and its link where it is cited first. */
static void tell_act(struct news *news, const struct change *change)
{
	const struct law_instrument *act;
	struct buffer text = {.within = news->out};
	if (change->by == LAW_NONE)
		return;
	act = &news->law->instruments[change->by];
	bool again = change->by < sizeof news->cited && news->cited[change->by];
	change_retroactive(&text, news->law, change);
	if (text.length) {
		buffer_text(news->out, "    ");
		say_gathered(news->out, &text, 4, 4);
	}
	say_act(&text, act, again);
	buffer_text(news->out, "    ");
	say_gathered(news->out, &text, 4, 4);
	if (*law_or_empty(act->url) && !again)
		say(news->out, "    %s\n", act->url);
	if (change->by < sizeof news->cited)
		news->cited[change->by] = true;
	buffer_free(&text);
}

/* "telephones (8517.13) of China: 145% to 20%". */
static void say_effect_of(struct buffer *text, const struct law *law, const struct effect *effect)
{
	say_goods(text, law, effect->code, effect->code_count, NAMES);
	buffer_text(text, " of ");
	say_origins(text, law, &effect->origins, NAMES);
	buffer_text(text, ": ");
	effect_say(text, effect);
}

/* What the change of a list comes to, as one had to reckon it before and since. */
static void tell_effects(struct news *news, const struct change *change)
{
	const struct effect *effect;
	struct buffer text = {.within = news->out};
	size_t count;
	if (!news->changes->effects || !change_of_list(change))
		return;
	if (news->changes->effects->find(&effect, &count, news->changes->effects, change)) {
		news->failed = true;
		return;
	}
	if (!count)
		return;
	const struct law_instrument *act = &news->law->instruments[change->by];
	buffer_text(&text, "All additional duties on these, announced ");
	say_time(&text, law_zone(news->law, act->jurisdiction), act->known, true);
	buffer_text(&text, ", from ");
	say_time(&text, law_zone(news->law, change->jurisdiction), change->at, true);
	buffer_char(&text, ':');
	buffer_text(news->out, "    ");
	say_gathered(news->out, &text, 4, 4);
	for (size_t i = 0; i < count && i < NAMES; i++) {
		say_effect_of(&text, news->law, &effect[i]);
		buffer_text(news->out, "      ");
		say_gathered(news->out, &text, 6, 8);
	}
	if (count > NAMES)
		say(news->out, "      and %zu more (--origin CODE for one country)\n",
		    count - NAMES);
	buffer_free(&text);
}

static const struct law_measure *measure_of(const struct law *law, uint32_t index)
{
	return index == LAW_NONE ? NULL : &law->measures[index];
}

/* Two changes that can stand in one sentence: the same side is the same. */
enum together { TOGETHER_NOT, TOGETHER_TO, TOGETHER_FROM };

static bool alike(const struct news *news, const struct law_measure *a, const struct law_measure *b)
{
	struct buffer x = {.within = news->out}, y = {.within = news->out};
	if (!a || !b)
		return a == b;
	say_effect(&x, news->law, a);
	say_effect(&y, news->law, b);
	bool same = x.length == y.length && (!x.length || !memcmp(x.at, y.at, x.length)) &&
		    !strcmp(a->heading, b->heading) && law_scope_same(&a->scope, &b->scope) &&
		    law_when_same(a->when, b->when, &news->out->failed);
	buffer_free(&x);
	buffer_free(&y);
	return same;
}

static bool is_exempting(const struct law *law, const struct change *change)
{
	const struct law_measure *m =
	    measure_of(law, change->after != LAW_NONE ? change->after : change->before);
	return m->effect == LAW_EFFECT_EXEMPT;
}

static enum together together(const struct news *news, const struct change *a,
			      const struct change *b)
{
	const struct law *law = news->law;
	if (!change_of_measure(a) || !change_of_measure(b) || a->at != b->at ||
	    a->program != b->program || a->jurisdiction != b->jurisdiction || a->by != b->by ||
	    is_exempting(law, a) != is_exempting(law, b))
		return TOGETHER_NOT;
	if (a->what == CHANGE_STAYS || b->what == CHANGE_STAYS)
		return TOGETHER_NOT;
	if (alike(news, measure_of(law, a->after), measure_of(law, b->after)))
		return TOGETHER_TO;
	if (alike(news, measure_of(law, a->before), measure_of(law, b->before)))
		return TOGETHER_FROM;
	return TOGETHER_NOT;
}

/* What is told of one rate within a sentence; many a country has the same. */
struct item {
	const struct law_measure *measure;
	struct law_origins origins;
	bool single;   /* begins or ends: its goods and conditions are told too */
	bool headings; /* more than one heading */
};

static bool same_origins(const struct law_origins *a, const struct law_origins *b)
{
	return !memcmp(a, b, sizeof *a);
}

/* More than half the world: an exemption for them all needs no list of the others. */
static bool is_most(const struct law_origins *origins)
{
	int count = 0;
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++)
		count += __builtin_popcountll(origins->bit[i]);
	return count > 120;
}

/* "RATE on products of COUNTRIES (HEADING)"; of an exemption "CLAIM (HEADING)". */
static void say_item(struct buffer *text, const struct law *law, const struct item *item,
		     const struct law_origins *all)
{
	const struct law_measure *m = item->measure;
	struct buffer when = {.within = text}, heading = {.within = text};
	bool exempt = m->effect == LAW_EFFECT_EXEMPT;
	bool duty = law->programs[m->program].kind == LAW_KIND_DUTY;
	size_t from = text->length;
	const char *title = law_or_empty(m->title);
	say_if(&when, law, m);
	if (*title)
		say(text, "%c%s%s", isupper((unsigned char)title[1]) ? *title : tolower(*title),
		    title + 1, exempt ? "" : ", ");
	if (!exempt)
		say_effect(text, law, m);
	if (duty && !same_origins(&item->origins, all) && !(exempt && is_most(&item->origins))) {
		buffer_text(text, exempt && !*title ? "products of " : " on products of ");
		say_origins(text, law, &item->origins, NAMES);
	}
	if (item->single && (!m->scope.all || m->scope.unknown)) {
		buffer_text(text, text->length == from ? "" : exempt ? ", " : " of ");
		say_scope(text, law, &m->scope);
	}
	if (item->single && when.length && !(exempt && *title))
		say(text, "%s%.*s",
		    text->length == from ? ""
		    : exempt             ? ", "
					 : " when ",
		    (int)when.length, when.at);
	if (text->length == from)
		buffer_text(text, "all goods");
	say_heading(&heading, m);
	if (heading.length && !item->headings)
		say(text, " (%.*s)", (int)heading.length, heading.at);
	buffer_free(&heading);
	buffer_free(&when);
}

static void add_origins(struct law_origins *to, const struct law_origins *from)
{
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++)
		to->bit[i] |= from->bit[i];
}

/* The start of the sentence that several changes share. */
static void say_shared(struct buffer *text, const struct law *law, const struct change *change,
		       enum together how, const struct law_origins *all)
{
	const struct law_measure *m =
	    measure_of(law, how == TOGETHER_TO ? change->after : change->before);
	const char *title = law->programs[change->program].title;
	buffer_text(text, title);
	if (!m && is_exempting(law, change)) {
		buffer_text(text, how == TOGETHER_TO ? " no longer exempts: " : " exempts: ");
		return;
	}
	if (!m) {
		buffer_text(text, how == TOGETHER_TO ? " ends. It was " : " begins: ");
		return;
	}
	say(text, " on products of ");
	say_origins(text, law, all, NAMES);
	if (how == TOGETHER_TO) {
		buffer_text(text, " changes to ");
		say_effect(text, law, m);
		if (*law_or_empty(m->heading))
			say(text, " (%s)", m->heading);
		buffer_text(text, ", from ");
	} else {
		buffer_text(text, " changes from ");
		say_effect(text, law, m);
		if (*law_or_empty(m->heading))
			say(text, " (%s)", m->heading);
		buffer_text(text, " to ");
	}
}

/* How many changes from `index` on are told with it; *how says on which side. */
static size_t run_of(const struct news *news, size_t index, const bool *done, enum together *how)
{
	size_t to = 1, from = 1;
	for (size_t i = index + 1; i < news->changes->pool.count; i++) {
		enum together with =
		    together(news, change_at(news->changes, index), change_at(news->changes, i));
		to += !done[i] && with == TOGETHER_TO;
		from += !done[i] && with == TOGETHER_FROM;
	}
	*how = to >= from ? TOGETHER_TO : TOGETHER_FROM;
	return to >= from ? to : from;
}

/* In a long sentence one rate is told once, with all its countries. */
static bool same_item(const struct news *news, const struct item *item, const struct law_measure *m)
{
	struct buffer x = {.within = news->out}, y = {.within = news->out};
	if (item->measure->effect == LAW_EFFECT_EXEMPT || item->measure->when || m->when ||
	    !law_scope_same(&item->measure->scope, &m->scope))
		return false;
	say_effect(&x, news->law, item->measure);
	say_effect(&y, news->law, m);
	bool same = x.length == y.length && (!x.length || !memcmp(x.at, y.at, x.length));
	buffer_free(&x);
	buffer_free(&y);
	return same;
}

static void add_item(struct item *items, size_t *count, const struct news *news,
		     const struct item *new, bool merge)
{
	for (size_t i = 0; merge && i < *count; i++) {
		if (!same_item(news, &items[i], new->measure))
			continue;
		add_origins(&items[i].origins, &new->origins);
		items[i].headings = items[i].headings ||
				    strcmp(items[i].measure->heading, new->measure->heading) != 0;
		return;
	}
	items[(*count)++] = *new;
}

/* Nothing is to be told of it but its rate, heading and countries. */
static bool is_plain(const struct news *news, const struct item *item)
{
	const struct law_measure *m = item->measure;
	struct buffer when = {.within = news->out};
	say_if(&when, news->law, m);
	bool plain = m->effect != LAW_EFFECT_EXEMPT && !*law_or_empty(m->title) && !when.length &&
		     (!item->single || (m->scope.all && !m->scope.unknown));
	buffer_free(&when);
	return plain;
}

static bool fits_table(const struct news *news, const struct item *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!is_plain(news, &items[i]))
			return false;
	return count >= TABLE;
}

/* A cell and blanks up to the next column; a long cell keeps two. */
static size_t say_cell(struct buffer *out, struct buffer *text, size_t width)
{
	size_t shown = text->length;
	buffer_put(out, text->at, text->length);
	text->length = 0;
	for (; shown < width - 2; shown++)
		buffer_char(out, ' ');
	buffer_text(out, "  ");
	return shown + 2;
}

/* Rate, heading and all countries of each, a row a rate. */
static void tell_table(struct buffer *out, const struct law *law, const struct item *items,
		       size_t count)
{
	struct buffer text = {.within = out};
	size_t rate = 0;
	for (size_t i = 0; i < count; i++) {
		say_effect(&text, law, items[i].measure);
		rate = text.length > rate && text.length <= RATE ? text.length : rate;
		text.length = 0;
	}
	for (size_t i = 0; i < count; i++) {
		size_t at = 4;
		buffer_text(out, "    ");
		say_effect(&text, law, items[i].measure);
		at += say_cell(out, &text, rate + 2);
		if (items[i].headings)
			buffer_text(&text, "several");
		else
			say_heading(&text, items[i].measure);
		at += say_cell(out, &text, HEADING);
		say_origins(&text, law, &items[i].origins, law->country_count);
		say_gathered(out, &text, at, at < SAY_WIDTH / 2 ? at : SAY_WIDTH / 2);
	}
	buffer_free(&text);
}

/* Of many exemptions those of single origins are only counted. */
static void say_items(struct buffer *text, const struct law *law, const struct item *items,
		      size_t count, const struct law_origins *all)
{
	size_t told = 0, left = 0;
	for (size_t i = 0; i < count; i++) {
		bool exempt = items[i].measure->effect == LAW_EFFECT_EXEMPT;
		if (exempt && count > MANY && !is_most(&items[i].origins) &&
		    !same_origins(&items[i].origins, all)) {
			left++;
			continue;
		}
		buffer_text(text, told++ ? "; " : "");
		say_item(text, law, &items[i], all);
	}
	if (left)
		say(text, "%s%zu exemptions for goods of single origins (law show %s)",
		    told ? "; and " : "", left, law->programs[items[0].measure->program].id);
}

static void tell_together(struct news *news, size_t index, bool *done, enum together how,
			  size_t run)
{
	const struct change *first = change_at(news->changes, index);
	bool to = how == TOGETHER_TO;
	struct law_origins all = {{0}};
	struct buffer text = {.within = news->out};
	struct item *items = arena_alloc(news->changes->arena, run + 1, sizeof *items);
	size_t count = 0;
	for (size_t i = index; items && i < news->changes->pool.count; i++) {
		const struct change *change = change_at(news->changes, i);
		if (i != index && (done[i] || together(news, first, change) != how))
			continue;
		struct item item = {.measure =
					measure_of(news->law, to ? change->before : change->after),
				    .origins = change->origins,
				    .single = (to ? change->after : change->before) == LAW_NONE};
		if (!item.measure)
			continue;
		add_origins(&all, &change->origins);
		add_item(items, &count, news, &item, run > MANY);
		done[i] = i != index;
	}
	say_shared(&text, news->law, first, how, &all);
	if (items && fits_table(news, items, count)) {
		while (text.length && text.at[text.length - 1] == ' ')
			text.length--;
		tell(news, &text);
		tell_table(news->out, news->law, items, count);
	} else {
		say_items(&text, news->law, items, count, &all);
		buffer_char(&text, '.');
		tell(news, &text);
	}
	buffer_free(&text);
}

static bool same_act(const struct change *a, const struct change *b)
{
	return a->at == b->at && a->jurisdiction == b->jurisdiction && a->program == b->program &&
	       a->by == b->by;
}

/* The next change not told yet, or NULL. */
static const struct change *next_of(const struct changes *changes, const bool *done, size_t index)
{
	for (size_t i = index + 1; i < changes->pool.count; i++)
		if (!done[i])
			return change_at(changes, i);
	return NULL;
}

static void tell_all(struct news *news, bool *done)
{
	const struct changes *changes = news->changes;
	const struct change *last = NULL;
	struct buffer text = {.within = news->out};
	for (size_t i = 0; i < changes->pool.count; i++) {
		const struct change *change = change_at(changes, i), *next;
		enum together how;
		size_t run = 0;
		if (done[i])
			continue;
		if (!last || last->at != change->at || last->jurisdiction != change->jurisdiction) {
			buffer_text(news->out, "\n");
			tell_instant(news, change);
			last = NULL;
		}
		if (!last || last->program != change->program)
			buffer_char(news->out, '\n');
		if (change_of_measure(change) && change->what != CHANGE_STAYS &&
		    (run = run_of(news, i, done, &how)) >= TOGETHER) {
			tell_together(news, i, done, how, run);
		} else {
			change_sentence(&text, news->law, change);
			tell(news, &text);
			tell_effects(news, change);
		}
		next = next_of(changes, done, i);
		if (!next || !same_act(change, next))
			tell_act(news, change);
		last = change;
	}
	buffer_free(&text);
}

void changes_tell(struct buffer *out, const struct changes *changes)
{
	struct news news = {.out = out, .changes = changes, .law = changes->query->law};
	bool *done = arena_alloc(changes->arena, changes->pool.count + 1, sizeof *done);
	if (!done) {
		out->failed = true;
		return;
	}
	if (!changes->pool.count)
		buffer_text(out, "\nNo duty, exemption or fee changes.\n");
	tell_all(&news, done);
	out->failed = out->failed || news.failed;
}
