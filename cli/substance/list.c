/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of `tidewaiter substance`: what is known here, by jurisdiction or
 * family, what has a text in its name, and what changed between two days.
 * Decides nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/substance/substance.h"
#include "common/buffer.h"
#include "common/instant.h"
#include "findings/substance.h"
#include "law/words.h"

static void put(struct buffer *out, const char *key, const char *text)
{
	if (out->at[out->length - 1] != '{')
		buffer_char(out, ',');
	buffer_json(out, key, strlen(key));
	buffer_char(out, ':');
	buffer_json(out, text, strlen(text));
}

/* A row of a list: broken on a terminal, one line for those who search in a file. */
static void put_row(struct buffer *out, struct buffer *text, size_t at)
{
	say_gathered(out, text, at, at > 4 ? at : 4);
}

static bool wanted(const struct ledger *ledger, uint32_t substance, const struct listing *listing,
		   const char **name)
{
	*name = ledger_text(ledger, ledger->substances[substance].name);
	if (!listing->like || !*listing->like)
		return true;
	enum likeness like = inquiry_like(ledger, substance, listing->like, name);
	return listing->begins ? like == LIKE_START : like != LIKE_NOT;
}

static const char *kind_of(const struct ledger_substance *s)
{
	return s->flags & LEDGER_CLASS       ? "class"
	       : s->flags & LEDGER_EQUIPMENT ? "equipment"
					     : "substance";
}

static const char *family_of(const struct ledger *ledger, const struct ledger_substance *s)
{
	const char *kin = ledger_text(ledger, s->kin);
	return *kin ? kin : s->flags & LEDGER_CLASS ? "classes" : "others";
}

static bool is_on(const struct inquiry *inquiry, const struct ledger_control *row)
{
	const struct ledger_list *list = &inquiry->ledger.lists[row->list];
	return ledger_covers(row,
			     time_local_day((enum time_zone)list->zone, inquiry->facts.entered));
}

static bool same_list(const struct ledger *ledger, const struct ledger_control *a,
		      const struct ledger_control *b)
{
	const struct ledger_list *one = &ledger->lists[a->list], *other = &ledger->lists[b->list];
	return one->name == other->name && one->jurisdiction == other->jurisdiction;
}

/*
 * Does an earlier row say it, or, of a class, an entry of the substance's own on that list or a
 * drug list of the same jurisdiction, as in the answers about goods?
 */
static bool is_said(const struct inquiry *inquiry, const struct ledger_substance *s,
		    const struct ledger_substance *of, const struct ledger_control *row)
{
	const struct ledger *ledger = &inquiry->ledger;
	for (uint32_t i = 0; i < of->controls.count; i++) {
		const struct ledger_control *other = &ledger->controls[of->controls.first + i];
		if (other == row)
			break;
		if (is_on(inquiry, other) && same_list(ledger, row, other))
			return true;
	}
	for (uint32_t i = 0; s != of && i < s->controls.count; i++) {
		const struct ledger_control *own = &ledger->controls[s->controls.first + i];
		const struct ledger_list *list = &ledger->lists[own->list];
		if (list->jurisdiction == ledger->lists[row->list].jurisdiction &&
		    (list->narcotic || same_list(ledger, row, own)) && is_on(inquiry, own))
			return true;
	}
	return false;
}

static void add_list(struct buffer *out, const struct ledger *ledger,
		     const struct ledger_list *list, const char *by_class, bool json)
{
	const char *english = ledger_text(ledger, list->english);
	if (json) {
		buffer_char(out, '{');
		put(out, "jurisdiction", ledger_text(ledger, list->jurisdiction));
		put(out, "list", ledger_text(ledger, list->name));
		if (*english)
			put(out, "list_en", english);
		if (by_class)
			put(out, "by_class", by_class);
		buffer_char(out, '}');
		return;
	}
	buffer_text(out, ledger_text(ledger, list->jurisdiction));
	buffer_char(out, ' ');
	buffer_text(out, *english ? english : ledger_text(ledger, list->name));
	buffer_text(out, by_class ? ", as a class" : "");
}

/* The lists of a substance and of its classes on the day: "US List I; CN …", each once. */
static void add_lists(struct buffer *out, const struct inquiry *inquiry, uint32_t substance,
		      bool json)
{
	const struct ledger *ledger = &inquiry->ledger;
	const struct ledger_substance *s = &ledger->substances[substance];
	uint32_t classes = s->flags & LEDGER_CLASS ? 0 : s->classes.count;
	bool any = false;
	for (uint32_t c = 0; c <= classes; c++) {
		const struct ledger_substance *of =
		    c ? &ledger->substances[ledger->indexes[s->classes.first + c - 1]] : s;
		for (uint32_t i = 0; i < of->controls.count; i++) {
			const struct ledger_control *row =
			    &ledger->controls[of->controls.first + i];
			if (!is_on(inquiry, row) || (row->flags & LEDGER_ROW_MAYBE) ||
			    is_said(inquiry, s, of, row))
				continue;
			buffer_text(out, !any ? "" : json ? "," : "; ");
			any = true;
			add_list(out, ledger, &ledger->lists[row->list],
				 c ? ledger_text(ledger, of->id) : NULL, json);
		}
	}
	if (!any && !json)
		buffer_text(out, "on no list on this day");
}

static void list_json(struct buffer *out, const struct inquiry *inquiry,
		      const struct listing *listing)
{
	const struct ledger *ledger = &inquiry->ledger;
	const char *name;
	bool any = false, lines = listing->form == SUBSTANCE_NDJSON;
	if (!lines) {
		buffer_text(out, "{\"schema\":1");
		put(out, "on", inquiry->on);
		put(out, "law", inquiry->edition);
		buffer_text(out, ",\"substances\":[");
	}
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		const struct ledger_substance *s = &ledger->substances[i];
		if (!wanted(ledger, i, listing, &name))
			continue;
		buffer_text(out, any && !lines ? ",{" : "{");
		any = true;
		put(out, "substance", ledger_text(ledger, s->id));
		put(out, "name", ledger_text(ledger, s->name));
		put(out, "matched", name);
		put(out, "kind", kind_of(s));
		put(out, "family", family_of(ledger, s));
		buffer_text(out, ",\"lists\":[");
		add_lists(out, inquiry, i, true);
		buffer_text(out, lines ? "]}\n" : "]}");
	}
	buffer_text(out, lines ? "" : "]}\n");
}

/* A row a substance, its lists in one cell. */
static void list_rows(struct buffer *out, const struct inquiry *inquiry,
		      const struct listing *listing)
{
	const struct ledger *ledger = &inquiry->ledger;
	const char *name;
	struct buffer lists = {.within = out};
	buffer_text(out, "substance,name,matched,kind,family,lists\n");
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		const struct ledger_substance *s = &ledger->substances[i];
		if (!wanted(ledger, i, listing, &name))
			continue;
		add_lists(&lists, inquiry, i, false);
		buffer_char(&lists, '\0');
		const char *const cells[] = {
		    ledger_text(ledger, s->id), ledger_text(ledger, s->name), name, kind_of(s),
		    family_of(ledger, s),       lists.failed ? "" : lists.at};
		substance_cells(out, cells, sizeof cells / sizeof *cells);
		out->failed = out->failed || lists.failed;
		lists.length = 0;
	}
	buffer_free(&lists);
}

static void name_line(struct buffer *out, const struct ledger *ledger, uint32_t substance,
		      const char *matched)
{
	const struct ledger_substance *s = &ledger->substances[substance];
	const char *name = ledger_text(ledger, s->name);
	buffer_text(out, name);
	if (strcmp(name, matched) != 0) {
		buffer_text(out, " = ");
		buffer_text(out, matched);
	}
	buffer_text(out, " [");
	buffer_text(out, ledger_text(ledger, s->id));
	buffer_char(out, ']');
}

/* One line a substance, in the order of the ledger; the lists behind it. */
static size_t list_plain(struct buffer *out, const struct inquiry *inquiry,
			 const struct listing *listing)
{
	const struct ledger *ledger = &inquiry->ledger;
	const char *name;
	size_t count = 0;
	struct buffer text = {.within = out};
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		if (!wanted(ledger, i, listing, &name))
			continue;
		count++;
		name_line(&text, ledger, i, name);
		buffer_text(&text, ": ");
		add_lists(&text, inquiry, i, false);
		buffer_text(out, "  ");
		put_row(out, &text, 2);
	}
	buffer_free(&text);
	return count;
}

static size_t list_family(struct buffer *out, const struct inquiry *inquiry,
			  const struct listing *listing, const char *family)
{
	const struct ledger *ledger = &inquiry->ledger;
	const char *name;
	size_t count = 0;
	struct buffer text = {.within = out};
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		if (strcmp(family_of(ledger, &ledger->substances[i]), family) != 0 ||
		    !wanted(ledger, i, listing, &name))
			continue;
		if (!count++) {
			buffer_text(out, family);
			buffer_char(out, '\n');
		}
		name_line(&text, ledger, i, name);
		buffer_text(out, "  ");
		put_row(out, &text, 2);
	}
	buffer_free(&text);
	return count;
}

static size_t list_families(struct buffer *out, const struct inquiry *inquiry,
			    const struct listing *listing)
{
	const struct ledger *ledger = &inquiry->ledger;
	size_t count = 0;
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		const char *family = family_of(ledger, &ledger->substances[i]);
		bool before = false;
		for (uint32_t k = 0; k < i && !before; k++)
			before = !strcmp(family_of(ledger, &ledger->substances[k]), family);
		if (!before)
			count += list_family(out, inquiry, listing, family);
	}
	return count;
}

/* Who stands on a list on the day; rows of a list under one name together. */
static size_t list_of(struct buffer *out, const struct inquiry *inquiry,
		      const struct listing *listing, const struct ledger_list *list)
{
	const struct ledger *ledger = &inquiry->ledger;
	const char *name, *english = ledger_text(ledger, list->english);
	uint32_t last = LEDGER_NONE;
	size_t count = 0;
	struct buffer text = {.within = out};
	for (uint32_t i = 0; i < ledger->count[LEDGER_CONTROLS]; i++) {
		const struct ledger_control *row = &ledger->controls[i];
		const struct ledger_list *on = &ledger->lists[row->list];
		if (on->name != list->name || on->jurisdiction != list->jurisdiction ||
		    row->substance == last || !is_on(inquiry, row) ||
		    (row->flags & LEDGER_ROW_MAYBE) ||
		    !wanted(ledger, row->substance, listing, &name))
			continue;
		last = row->substance;
		if (!count++) {
			say(&text, "%s %s%s%s%s", ledger_text(ledger, list->jurisdiction),
			    ledger_text(ledger, list->name), *english ? " (" : "", english,
			    *english ? ")" : "");
			put_row(out, &text, 0);
		}
		name_line(&text, ledger, row->substance, name);
		buffer_text(out, "  ");
		put_row(out, &text, 2);
	}
	buffer_free(&text);
	return count;
}

static size_t list_jurisdictions(struct buffer *out, const struct inquiry *inquiry,
				 const struct listing *listing)
{
	const struct ledger *ledger = &inquiry->ledger;
	size_t count = 0;
	for (uint32_t i = 0; i < ledger->count[LEDGER_LISTS]; i++) {
		bool before = false;
		for (uint32_t k = 0; k < i && !before; k++)
			before = ledger->lists[k].name == ledger->lists[i].name &&
				 ledger->lists[k].jurisdiction == ledger->lists[i].jurisdiction;
		if (!before)
			count += list_of(out, inquiry, listing, &ledger->lists[i]);
	}
	return count;
}

int substance_list(struct buffer *out, const struct inquiry *inquiry, const struct listing *listing)
{
	size_t count = 1;
	if (listing->form == SUBSTANCE_CSV)
		list_rows(out, inquiry, listing);
	else if (listing->form != SUBSTANCE_PAGE)
		list_json(out, inquiry, listing);
	else if (listing->by && !strcmp(listing->by, "family"))
		count = list_families(out, inquiry, listing);
	else if (listing->by)
		count = list_jurisdictions(out, inquiry, listing);
	else
		count = list_plain(out, inquiry, listing);
	if (!count) {
		cli_message("substance: no name here %s \"%s\"",
			    listing->begins ? "begins with" : "holds",
			    listing->like ? listing->like : "");
		return CLI_SOME_REFUSED;
	}
	return CLI_DONE;
}

static bool is_wanted(const struct ledger *ledger, const struct ledger_control *row,
		      const uint32_t *only, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct ledger_substance *s = &ledger->substances[only[i]];
		if (only[i] == row->substance)
			return true;
		for (uint32_t k = 0; k < s->classes.count; k++)
			if (ledger->indexes[s->classes.first + k] == row->substance)
				return true;
	}
	return count == 0;
}

/* Another row of the same list and substance begins where this one ends, or the reverse. */
static bool has_twin(const struct ledger *ledger, const struct ledger_change *all, size_t count,
		     size_t i)
{
	for (size_t k = 0; k < count; k++)
		if (k != i && all[k].day == all[i].day && all[k].ends != all[i].ends &&
		    all[k].row->substance == all[i].row->substance &&
		    ledger->lists[all[k].row->list].name == ledger->lists[all[i].row->list].name)
			return true;
	return false;
}

static void change(struct buffer *out, const struct ledger *ledger, const struct ledger_change *one,
		   const char *what, enum substance_form form)
{
	const struct ledger_control *row = one->row;
	const struct ledger_list *list = &ledger->lists[row->list];
	const char *english = ledger_text(ledger, list->english);
	const char *name = ledger_text(ledger, ledger->substances[row->substance].name);
	char day[16];
	time_print_day(day, one->day);
	struct buffer text = {.within = out};
	if (form == SUBSTANCE_CSV) {
		substance_acts(&text, ledger, row->by);
		const char *const cells[] = {
		    day,
		    ledger_text(ledger, list->jurisdiction),
		    ledger_text(ledger, list->name),
		    english,
		    ledger_text(ledger, ledger->substances[row->substance].id),
		    name,
		    what,
		    text.failed ? "" : text.at};
		substance_cells(out, cells, sizeof cells / sizeof *cells);
		out->failed = out->failed || text.failed;
		buffer_free(&text);
		return;
	}
	if (form != SUBSTANCE_PAGE) {
		buffer_char(out, '{');
		put(out, "day", day);
		put(out, "jurisdiction", ledger_text(ledger, list->jurisdiction));
		put(out, "list", ledger_text(ledger, list->name));
		if (*english)
			put(out, "list_en", english);
		put(out, "substance", ledger_text(ledger, ledger->substances[row->substance].id));
		put(out, "name", name);
		put(out, "change", what);
		buffer_text(out, ",\"by\":[");
		for (uint32_t i = 0; i < row->by.count; i++) {
			const char *id = ledger_text(
			    ledger, ledger->instruments[ledger->indexes[row->by.first + i]].id);
			buffer_text(out, i ? "," : "");
			buffer_json(out, id, strlen(id));
		}
		buffer_text(out, form == SUBSTANCE_NDJSON ? "]}\n" : "]}");
		return;
	}
	say(out, "%s  %s  ", day, ledger_text(ledger, list->jurisdiction));
	say(&text, "%s: %s on %s%s%s%s", name, what, ledger_text(ledger, list->name),
	    *english ? " (" : "", english, *english ? ")" : "");
	if (row->by.count)
		say(&text, "; %s",
		    ledger_text(ledger, ledger->instruments[ledger->indexes[row->by.first]].id));
	if (row->flags & LEDGER_ROW_MAYBE)
		buffer_text(&text,
			    "; may include it: the names on this list are not published here");
	put_row(out, &text, 16);
	buffer_free(&text);
}

int substance_changes(struct buffer *out, const struct inquiry *inquiry, int32_t since,
		      const uint32_t *only, size_t count, enum substance_form form)
{
	bool json = form == SUBSTANCE_JSON;
	const struct ledger *ledger = &inquiry->ledger;
	size_t most = 2 * (size_t)ledger->count[LEDGER_CONTROLS] + 1, shown = 0;
	int32_t until = (int32_t)time_local_day(TIME_ZONE_UTC, inquiry->facts.entered);
	struct ledger_change *all = calloc(most, sizeof *all);
	char day[16];
	if (!all) {
		cli_message("out of memory");
		return CLI_FAILED;
	}
	size_t found = ledger_changes(all, most, ledger, since - 1, until);
	time_print_day(day, since);
	if (json) {
		buffer_text(out, "{\"schema\":1");
		put(out, "since", day);
		put(out, "until", inquiry->on);
		put(out, "law", inquiry->edition);
		buffer_text(out, ",\"changes\":[");
	} else if (form == SUBSTANCE_CSV) {
		buffer_text(out, "day,jurisdiction,list,list_en,substance,name,change,by\n");
	}
	for (size_t i = 0; i < found && i < most; i++) {
		bool twin = has_twin(ledger, all, found, i);
		if (!is_wanted(ledger, all[i].row, only, count) || (twin && all[i].ends))
			continue;
		if (json && shown)
			buffer_char(out, ',');
		shown++;
		change(out, ledger, &all[i],
		       twin          ? "reworded"
		       : all[i].ends ? "ends"
				     : "begins",
		       form);
	}
	if (json)
		buffer_text(out, "]}\n");
	else if (!shown && form == SUBSTANCE_PAGE)
		buffer_text(out, "Nothing changed on these days.\n");
	free(all);
	return CLI_DONE;
}
