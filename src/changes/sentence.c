/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Says one change of the law in one sentence. Its act, its day and what belongs
 * with it are news.c's; what changed is found by find.c.
 */
#include "changes/pair.h"
#include "common/instant.h"

#include <ctype.h>
#include <string.h>

enum { NAMES = 8, CODES = 6 };

static const struct law_measure *told(const struct law *law, const struct change *change)
{
	return &law->measures[change->after != LAW_NONE ? change->after : change->before];
}

/* " on products of China", unless the title says so already. */
static void say_products(struct buffer *out, const struct law *law, const struct change *change,
			 const char *title)
{
	struct buffer names = {.within = out};
	say_origins(&names, law, &change->origins, NAMES);
	buffer_char(&names, '\0');
	const char *plain = names.failed ? "" : names.at;
	bool every =
	    !strcmp(plain, "every origin") && law->programs[change->program].kind != LAW_KIND_DUTY;
	if (!every && !strstr(title, strncmp(plain, "the ", 4) ? plain : plain + 4))
		say(out, " on products of %s", plain);
	buffer_free(&names);
}

/* ", for list us.301.list1, when usmca". */
static void say_limits(struct buffer *out, const struct law *law, const struct law_measure *m)
{
	if (!m->scope.all || m->scope.unknown) {
		buffer_text(out, ", for ");
		say_scope(out, law, &m->scope);
	}
	struct buffer text = {.within = out};
	say_if(&text, law, m);
	if (text.length)
		say(out, ", when %.*s,", (int)text.length, text.at);
	buffer_free(&text);
}

/* " (HEADING in place of HEADING; confidence medium)". */
static void say_brackets(struct buffer *out, const struct law *law, const struct change *change)
{
	const struct law_measure *m = told(law, change), *old = NULL;
	struct buffer text = {.within = out};
	if (change->before != LAW_NONE && change->after != LAW_NONE)
		old = &law->measures[change->before];
	say_heading(&text, m);
	if (old && *law_or_empty(m->heading) && *law_or_empty(old->heading) &&
	    strcmp(m->heading, old->heading) != 0) {
		buffer_text(&text, " in place of ");
		say_heading(&text, old);
	}
	if (m->confidence != LAW_HIGH)
		say(&text, "%sconfidence %s", text.length ? "; " : "",
		    law_confidence_word(m->confidence));
	if (text.length)
		say(out, " (%.*s)", (int)text.length, text.at);
	buffer_free(&text);
}

/* " from 120% to 54% in place of every other duty": what both share is said once. */
static void say_passage(struct buffer *out, const struct law_measure *before,
			const struct law_measure *after)
{
	struct buffer x = {.within = out}, y = {.within = out};
	say_beside(&x, before);
	say_beside(&y, after);
	bool same = x.length == y.length && (!x.length || !memcmp(x.at, y.at, x.length));
	say_rate(out, before);
	if (!same)
		say_beside(out, before);
	if (!strcmp(before->part, "value") && strcmp(after->part, "value") != 0)
		buffer_text(out, " on the value");
	buffer_text(out, " to ");
	say_rate(out, after);
	say_beside(out, after);
	buffer_free(&x);
	buffer_free(&y);
}

/* An exemption, an entry type, a fee: "Low-value goods…: closed for all countries ends". */
static void say_other_title(struct buffer *out, const struct law *law, const struct change *change)
{
	const struct law_measure *m = told(law, change);
	const char *title = law_or_empty(m->title);
	buffer_text(out, law->programs[change->program].title);
	if (*title)
		say(out, ": %c%s", tolower((unsigned char)*title), title + 1);
	say_products(out, law, change, title);
}

static void say_measure_change(struct buffer *out, const struct law *law,
			       const struct change *change)
{
	static const char *const verb[] = {" rises from ", " falls from ", " changes from ",
					   " remains at ", " begins: ",    " ends; it was "};
	const struct law_measure *m = told(law, change);
	const struct law_program *p = &law->programs[change->program];
	bool rate = m->effect <= LAW_EFFECT_BANDS || m->effect == LAW_EFFECT_FEE;
	if (p->kind == LAW_KIND_DUTY) {
		const char *title = *law_or_empty(m->title) ? m->title : p->title;
		buffer_text(out, title);
		say_products(out, law, change, title);
		if (m->effect == LAW_EFFECT_EXEMPT)
			buffer_text(out, ", exemption");
	} else {
		say_other_title(out, law, change);
	}
	say_limits(out, law, m);
	if (change->what <= CHANGE_BECOMES) {
		buffer_text(out, verb[change->what]);
		say_passage(out, &law->measures[change->before], m);
	} else if (m->effect == LAW_EFFECT_EXEMPT) {
		buffer_text(out, change->what == CHANGE_ENDS ? " ends" : " begins");
	} else if (rate) {
		buffer_text(out, verb[change->what]);
		say_effect(out, law, m);
	} else {
		buffer_text(out, change->what == CHANGE_ENDS    ? " ends ("
				 : change->what == CHANGE_STAYS ? " continues ("
								: " begins (");
		say_effect(out, law, m);
		buffer_char(out, ')');
	}
	say_brackets(out, law, change);
}

/* What a list decides, from the measure that points to it. */
static void say_role(struct buffer *out, const struct law *law, const struct change *change)
{
	const struct law_measure *m = &law->measures[change->after];
	for (uint32_t i = 0; i < m->scope.not_list_count; i++)
		if (m->scope.not_lists[i] == change->list) {
			buffer_text(out, "excluded goods");
			return;
		}
	if (m->effect == LAW_EFFECT_EXEMPT)
		buffer_text(out, "exempt goods");
	else if (m->effect == LAW_EFFECT_PROHIBITED)
		buffer_text(out, "prohibited goods");
	else if (m->effect == LAW_EFFECT_REFUSE)
		buffer_text(out, "goods never admitted free");
	else
		buffer_text(out, "dutiable goods");
}

/* The other programs that the list serves at that instant. */
static void say_other_users(struct buffer *out, const struct law *law, const struct change *change)
{
	bool said = false;
	for (uint32_t p = 0; p < law->program_count; p++) {
		bool uses = false;
		for (uint32_t i = 0; i < law->programs[p].measure_count; i++) {
			const struct law_measure *m =
			    &law->measures[law->programs[p].measure_first + i];
			for (uint32_t k = 0; k < m->scope.any_list_count; k++)
				uses = uses || (m->scope.any_lists[k] == change->list &&
						law_in_force(m, change->at));
		}
		if (!uses || p == change->program)
			continue;
		say(out, "%s%s", said ? ", " : "; the list is also used by ", law->programs[p].id);
		said = true;
	}
}

static void say_list_change(struct buffer *out, const struct law *law, const struct change *change)
{
	bool one = change->code_count == 1, join = change->what == CHANGE_JOIN;
	say(out, "%s: %u code%s %s the list of ", law->programs[change->program].title,
	    change->code_count, one ? "" : "s",
	    join  ? one ? "joins" : "join"
	    : one ? "leaves"
		  : "leave");
	say_role(out, law, change);
	say(out, " %s: ", law->lists[change->list].name);
	say_goods(out, law, change->codes, change->code_count, CODES);
	say_other_users(out, law, change);
}

static void say_yield(struct buffer *out, const struct law *law, const struct change *change)
{
	const struct law_yield *y = change->yield;
	uint32_t count = y->program_count + y->measure_count;
	say(out, "%s %s ", law->programs[change->program].title,
	    change->what == CHANGE_YIELDS ? "no longer applies where" : "now applies also where");
	for (uint32_t i = 0; i < count && i < CODES; i++)
		say(out, "%s%s",
		    !i               ? ""
		    : i + 1 == count ? " or "
				     : ", ",
		    i < y->program_count ? law->programs[y->programs[i]].id
					 : law->measures[y->measures[i - y->program_count]].id);
	if (count > CODES)
		say(out, " or %u more", count - CODES);
	buffer_text(out, count > 1 ? " apply" : " applies");
	buffer_text(out, y->for_part ? ", on the part of the value to which these apply"
				     : ", for the whole line");
	if (!y->scope.all) {
		buffer_text(out, ", for ");
		say_scope(out, law, &y->scope);
	}
	if (y->when) {
		buffer_text(out, ", when ");
		say_when(out, y->when);
	}
	if (*law_or_empty(y->heading))
		say(out, " (%s)", y->heading);
}

static void say_preference(struct buffer *out, const struct law *law, const struct change *change)
{
	const struct law_preference *p = change->preference;
	say(out, "Preference %s (%s) for ", p->symbol, p->title);
	say_origins(out, law, &change->origins, NAMES);
	buffer_text(out, change->what == CHANGE_PREFERENCE_BEGINS  ? " begins"
			 : change->what == CHANGE_PREFERENCE_STAYS ? " continues"
								   : " ends");
}

static void say_schedule(struct buffer *out, const struct change *change)
{
	const struct law_schedule_row *a = change->row_before, *b = change->row_after;
	uint32_t count = change->codes_begin + change->codes_end + change->codes_change;
	if (count == 1) {
		const struct law_schedule_row *row = a ? a : b;
		say(out, "Base schedule: ");
		say_range(out,
			  (struct law_range){row->code, row->code + (row->digits == 8 ? 100 : 1)});
		if (a && b)
			say(out, " changes from %s to %s", a->general.text, b->general.text);
		else
			say(out, " %s (%s)", b ? "begins" : "ends", row->general.text);
		return;
	}
	const struct {
		uint32_t count;
		const char *verb;
	} part[] = {{change->codes_begin, "begin"},
		    {change->codes_end, "end"},
		    {change->codes_change, "change their rates"}};
	buffer_text(out, "Base schedule:");
	for (size_t i = 0, said = 0; i < 3; i++)
		if (part[i].count)
			say(out, "%s %u codes %s", said++ ? "," : "", part[i].count, part[i].verb);
}

static void say_replaced(struct buffer *out, const struct law *law, const struct change *change)
{
	const struct law_measure *m = change->replaced;
	const char *title =
	    *law_or_empty(m->title) ? m->title : law->programs[change->program].title;
	buffer_text(out, title);
	say_products(out, law, change, title);
	say_limits(out, law, m);
	buffer_text(out, " was to take effect: ");
	say_effect(out, law, m);
	if (*law_or_empty(m->heading))
		say(out, " (%s)", m->heading);
	say(out, ". %s superseded it before it took effect", law->instruments[m->superseded_by].id);
}

void change_sentence(struct buffer *out, const struct law *law, const struct change *change)
{
	switch (change->what) {
	case CHANGE_JOIN:
	case CHANGE_LEAVE:
		say_list_change(out, law, change);
		break;
	case CHANGE_YIELDS:
	case CHANGE_YIELDS_NO_MORE:
		say_yield(out, law, change);
		break;
	case CHANGE_PREFERENCE_BEGINS:
	case CHANGE_PREFERENCE_STAYS:
	case CHANGE_PREFERENCE_ENDS:
		say_preference(out, law, change);
		break;
	case CHANGE_SCHEDULE:
		say_schedule(out, change);
		break;
	case CHANGE_EDITION:
		buffer_text(out, "Base schedule: new edition");
		break;
	case CHANGE_VOID:
		say(out, "%s was held unlawful; duty paid under it may be refundable",
		    law->programs[change->program].title);
		break;
	case CHANGE_REPLACED:
		say_replaced(out, law, change);
		break;
	case CHANGE_RISES:
	case CHANGE_FALLS:
	case CHANGE_BECOMES:
	case CHANGE_STAYS:
	case CHANGE_BEGINS:
	case CHANGE_ENDS:
		say_measure_change(out, law, change);
		break;
	}
	buffer_char(out, '.');
}

void change_retroactive(struct buffer *text, const struct law *law, const struct change *change)
{
	const struct law_instrument *act = &law->instruments[change->by];
	int zone = law_zone(law, change->jurisdiction);
	if (time_local_day((enum time_zone)law_zone(law, act->jurisdiction), act->known) <=
	    time_local_day((enum time_zone)zone, change->at))
		return;
	buffer_text(text, "Announced ");
	say_time(text, law_zone(law, act->jurisdiction), act->known, true);
	buffer_text(text, ", applies retroactively from ");
	say_time(text, zone, change->at, true);
	buffer_char(text, '.');
}
