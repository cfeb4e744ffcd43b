/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter law show`: everything the law says about one measure, program,
 * instrument, list or tariff heading. Decides nothing.
 */
#include "cli/law/law.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/instant.h"
#include "lines/columns.h"

enum { LABEL = 14, NAMES = 40, HINTS = 3 };

struct page {
	struct buffer *out;
	const struct law_query *query;
	const struct law *law;
	struct buffer text; /* of the field being made */
	bool *cited;        /* instruments that the page names */
};

/* Ends a field: the label, and what was gathered. Nothing when that is empty. */
static void field(struct page *page, const char *label)
{
	if (!page->text.length)
		return;
	say(page->out, "  %-*s", LABEL - 2, label);
	say_gathered(page->out, &page->text, LABEL, LABEL);
}

static void text_field(struct page *page, const char *label, const char *text)
{
	buffer_text(&page->text, text ? text : "");
	field(page, label);
}

static void heading(struct page *page, const char *kind, const char *id)
{
	say(page->out, "%s ", kind);
	say_bold(page->out, page->query, id);
	buffer_text(page->out, "\n");
}

static void say_end(struct page *page, uint32_t jurisdiction, struct law_end end)
{
	say_time(&page->text, law_zone(page->law, jurisdiction), end.at, false);
	if (end.by != LAW_NONE) {
		say(&page->text, " by %s", page->law->instruments[end.by].id);
		page->cited[end.by] = true;
	}
}

static void citations(struct page *page)
{
	bool any = false;
	for (uint32_t i = 0; i < page->law->instrument_count; i++) {
		const struct law_instrument *act = &page->law->instruments[i];
		if (!page->cited[i])
			continue;
		say(page->out, "%s", any ? "" : "\nSources\n");
		any = true;
		say_act(&page->text, act, false);
		buffer_text(&page->text, ", known ");
		say_time(&page->text, law_zone(page->law, act->jurisdiction), act->known, true);
		buffer_text(page->out, "  ");
		say_gathered(page->out, &page->text, 2, 4);
		if (*law_or_empty(act->url))
			say(page->out, "    %s\n", act->url);
	}
}

static void show_measure(struct page *page, uint32_t index)
{
	const struct law *law = page->law;
	const struct law_measure *m = &law->measures[index];
	const struct law_program *p = &law->programs[m->program];
	struct law_origins origins = law_origins_of(law, m);
	heading(page, "Measure", m->id);
	text_field(page, "title", m->title);
	say(&page->text, "%s (%s)", p->id, p->title);
	field(page, "program");
	say_heading(&page->text, m);
	field(page, "heading");
	text_field(page, "in words", law_heading_text(page->query, index));
	say_effect(&page->text, law, m);
	field(page, "effect");
	say_origins(&page->text, law, &origins, NAMES);
	field(page, "origins");
	say_scope(&page->text, law, &m->scope);
	field(page, "goods");
	say_when(&page->text, m->when);
	field(page, "when");
	say_end(page, p->jurisdiction, m->from);
	field(page, "since");
	say_end(page, p->jurisdiction, m->until);
	field(page, "until");
	if (m->superseded_by != LAW_NONE) {
		buffer_text(&page->text, law->instruments[m->superseded_by].id);
		page->cited[m->superseded_by] = true;
	}
	field(page, "superseded by");
	for (uint32_t i = 0; i < m->except_count; i++)
		say(&page->text, "%s%s", i ? ", " : "", law->measures[m->except[i]].id);
	field(page, "except");
	if (m->choice_claim)
		say(&page->text, "%s = %s", m->choice_claim, m->choice_is);
	field(page, "choice");
	text_field(page, "confidence", law_confidence_word(m->confidence));
	text_field(page, "note", m->note);
	say(&page->text, "law/%s:%d", m->pos.file, m->pos.line);
	field(page, "written in");
}

static void short_measure(struct page *page, uint32_t index)
{
	const struct law *law = page->law;
	const struct law_measure *m = &law->measures[index];
	uint32_t jurisdiction = law->programs[m->program].jurisdiction;
	struct law_origins origins = law_origins_of(law, m);
	say(&page->text, "%s: ", m->id);
	say_effect(&page->text, law, m);
	if (*law_or_empty(m->heading)) {
		buffer_text(&page->text, " (");
		say_heading(&page->text, m);
		buffer_text(&page->text, ")");
	}
	buffer_text(&page->text, ", ");
	say_origins(&page->text, law, &origins, 6);
	buffer_text(&page->text, ", since ");
	say_end(page, jurisdiction, m->from);
	if (m->until.at != TW_TIME_MAX) {
		buffer_text(&page->text, ", until ");
		say_end(page, jurisdiction, m->until);
	}
	if (m->superseded_by != LAW_NONE)
		say(&page->text, ", superseded by %s before it took effect",
		    law->instruments[m->superseded_by].id);
	buffer_text(page->out, "  ");
	say_gathered(page->out, &page->text, 2, 4);
}

static void show_yield(struct page *page, const struct law_program *p, const struct law_yield *y)
{
	const struct law *law = page->law;
	buffer_text(&page->text, "where");
	for (uint32_t i = 0; i < y->program_count; i++)
		say(&page->text, "%s %s", i ? "," : "", law->programs[y->programs[i]].id);
	for (uint32_t i = 0; i < y->measure_count; i++)
		say(&page->text, "%s %s", i || y->program_count ? "," : "",
		    law->measures[y->measures[i]].id);
	buffer_text(&page->text, y->program_count + y->measure_count > 1 ? " apply" : " applies");
	buffer_text(&page->text, y->for_part ? ", for the part they take" : ", for the line");
	if (*law_or_empty(y->heading))
		say(&page->text, " (%s)", y->heading);
	if (y->when) {
		buffer_text(&page->text, ", when ");
		say_when(&page->text, y->when);
	}
	buffer_text(&page->text, ", since ");
	say_end(page, p->jurisdiction, y->from);
	if (y->until.at != TW_TIME_MAX) {
		buffer_text(&page->text, ", until ");
		say_end(page, p->jurisdiction, y->until);
	}
	field(page, "except");
}

static void show_program(struct page *page, uint32_t index)
{
	const struct law_program *p = &page->law->programs[index];
	heading(page, "Program", p->id);
	text_field(page, "title", p->title);
	text_field(page, "kind", law_kind_word(p->kind));
	text_field(page, "into", page->law->jurisdictions[p->jurisdiction].title);
	text_field(page, "note", p->note);
	if (p->void_by != LAW_NONE) {
		say(&page->text, "by %s, collected until ", page->law->instruments[p->void_by].id);
		say_time(&page->text, law_zone(page->law, p->jurisdiction), p->void_collected_until,
			 false);
		page->cited[p->void_by] = true;
	}
	field(page, "unlawful");
	for (uint32_t i = 0; i < p->yield_count; i++)
		show_yield(page, p, &p->yields[i]);
	say(&page->text, "law/%s:%d", p->pos.file, p->pos.line);
	field(page, "written in");
	say(page->out, "\nMeasures\n");
	for (uint32_t i = 0; i < p->measure_count; i++)
		short_measure(page, p->measure_first + i);
}

static void show_instrument(struct page *page, uint32_t index)
{
	const struct law *law = page->law;
	const struct law_instrument *act = &law->instruments[index];
	bool any = false;
	heading(page, "Instrument", act->id);
	text_field(page, "title", act->title);
	text_field(page, "kind", act->kind);
	text_field(page, "cite", act->cite);
	text_field(page, "link", act->url);
	say_time(&page->text, law_zone(law, act->jurisdiction), act->known, true);
	field(page, "known");
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		bool begins = m->from.by == index, ends = m->until.by == index;
		if (!begins && !ends && m->superseded_by != index)
			continue;
		say(page->out, "%s", any ? "" : "\nWhat it does\n");
		any = true;
		say(&page->text, "%s: ",
		    begins && ends ? "begins and ends"
		    : begins       ? "begins"
		    : ends         ? "ends"
				   : "replaces");
		short_measure(page, i);
	}
}

static bool row_like(const struct law_list_row *a, const struct law_list_row *b)
{
	return a->from.at == b->from.at && a->from.by == b->from.by && a->until.at == b->until.at &&
	       a->until.by == b->until.by;
}

/* Codes of one period and act together. */
static void show_rows(struct page *page, const struct law_list *list)
{
	bool *done = calloc(list->row_count + 1, sizeof *done);
	for (uint32_t i = 0; done && i < list->row_count; i++) {
		const struct law_list_row *row = &list->rows[i];
		uint32_t count = 0;
		if (done[i])
			continue;
		for (uint32_t k = i; k < list->row_count; k++)
			count += row_like(row, &list->rows[k]);
		say(&page->text, "%u code%s, since ", count, count == 1 ? "" : "s");
		say_end(page, list->jurisdiction, row->from);
		if (row->until.at != TW_TIME_MAX) {
			buffer_text(&page->text, ", until ");
			say_end(page, list->jurisdiction, row->until);
		}
		buffer_char(page->out, '\n');
		say_gathered(page->out, &page->text, 0, 2);
		for (uint32_t k = i; k < list->row_count; k++) {
			if (!row_like(row, &list->rows[k]))
				continue;
			buffer_text(&page->text, page->text.length ? " " : "");
			say_range(&page->text, list->rows[k].codes);
			done[k] = true;
		}
		buffer_text(page->out, "  ");
		say_gathered(page->out, &page->text, 2, 2);
	}
	free(done);
}

static bool uses_list(const struct law_scope *scope, uint32_t list)
{
	for (uint32_t k = 0; k < scope->any_list_count; k++)
		if (scope->any_lists[k] == list)
			return true;
	for (uint32_t k = 0; k < scope->not_list_count; k++)
		if (scope->not_lists[k] == list)
			return true;
	return false;
}

static void show_list(struct page *page, uint32_t index)
{
	const struct law *law = page->law;
	const struct law_list *list = &law->lists[index];
	heading(page, "List", list->name);
	text_field(page, "title", list->title);
	if (list->by != LAW_NONE) {
		buffer_text(&page->text, law->instruments[list->by].id);
		page->cited[list->by] = true;
	}
	field(page, "by");
	text_field(page, "confidence", list->confidence);
	text_field(page, "note", list->note);
	for (uint32_t i = 0; i < law->measure_count; i++)
		if (uses_list(&law->measures[i].scope, index))
			say(&page->text, "%s%s", page->text.length ? ", " : "",
			    law->measures[i].id);
	field(page, "used by");
	for (uint32_t i = 0; i < list->row_count; i++) {
		if (!*list->rows[i].absent)
			continue;
		buffer_text(&page->text, page->text.length ? "; " : "");
		say_range(&page->text, list->rows[i].codes);
		say(&page->text, ": %s", list->rows[i].absent);
	}
	field(page, "absent");
	say(&page->text, "law/%s", list->pos.file);
	field(page, "written in");
	show_rows(page, list);
}

static bool same_heading(const struct law_measure *m, const char *id)
{
	return *id && (!strcmp(m->heading, id) || !strcmp(m->heading_reached, id));
}

/* Whatever bears the id; false when nothing does. */
static bool show_text(struct page *page, const char *id)
{
	const struct law *law = page->law;
	bool found = false;
	for (uint32_t i = 0; i < law->measure_count; i++)
		if (!strcmp(law->measures[i].id, id))
			return show_measure(page, i), true;
	for (uint32_t i = 0; i < law->program_count; i++)
		if (!strcmp(law->programs[i].id, id))
			return show_program(page, i), true;
	for (uint32_t i = 0; i < law->instrument_count; i++)
		if (!strcmp(law->instruments[i].id, id))
			return show_instrument(page, i), true;
	for (uint32_t i = 0; i < law->list_count; i++)
		if (!strcmp(law->lists[i].name, id))
			return show_list(page, i), true;
	for (uint32_t i = 0; i < law->measure_count; i++)
		if (same_heading(&law->measures[i], id)) {
			if (!found) {
				heading(page, "Heading", id);
				if (!strcmp(law->measures[i].heading, id))
					text_field(page, "in words",
						   law_heading_text(page->query, i));
				say(page->out, "\nMeasures\n");
			}
			found = true;
			short_measure(page, i);
		}
	return found;
}

/* The JSON. */

static void measures_json(struct buffer *out, const struct law *law, bool *picked)
{
	bool first = true;
	buffer_text(out, ",\"measures\":[");
	for (uint32_t i = 0; i < law->measure_count; i++) {
		if (!picked[i])
			continue;
		buffer_text(out, first ? "\n" : ",\n");
		json_measure(out, law, i);
		first = false;
	}
	buffer_char(out, ']');
}

static void rows_json(struct buffer *out, const struct law *law, const struct law_list *list)
{
	struct buffer text = {.within = out};
	int zone = law_zone(law, list->jurisdiction);
	buffer_text(out, ",\"rows\":[");
	for (uint32_t i = 0; i < list->row_count; i++) {
		const struct law_list_row *row = &list->rows[i];
		say_range(&text, row->codes);
		say(out, "%s{\"code\":\"%.*s\"", i ? ",\n" : "\n", (int)text.length, text.at);
		text.length = 0;
		json_time(out, "from", zone, row->from.at);
		if (row->from.by != LAW_NONE)
			json_field(out, "by", law->instruments[row->from.by].id);
		json_time(out, "until", zone, row->until.at);
		if (row->until.by != LAW_NONE)
			json_field(out, "until_by", law->instruments[row->until.by].id);
		json_field(out, "note", row->note);
		json_field(out, "absent", row->absent);
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
	buffer_free(&text);
}

/* Which measures belong to an id, and what it is; NULL when nothing bears it. */
static const char *pick(const struct law *law, const char *id, bool *picked, uint32_t *list)
{
	const char *what = NULL;
	*list = LAW_NONE;
	for (uint32_t i = 0; i < law->list_count; i++)
		if (!strcmp(law->lists[i].name, id)) {
			*list = i;
			what = "list";
		}
	for (uint32_t i = 0; i < law->program_count && !what; i++)
		what = !strcmp(law->programs[i].id, id) ? "program" : what;
	for (uint32_t i = 0; i < law->instrument_count && !what; i++)
		what = !strcmp(law->instruments[i].id, id) ? "instrument" : what;
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		bool by =
		    (m->from.by != LAW_NONE && !strcmp(law->instruments[m->from.by].id, id)) ||
		    (m->until.by != LAW_NONE && !strcmp(law->instruments[m->until.by].id, id));
		picked[i] = !strcmp(m->id, id) || !strcmp(law->programs[m->program].id, id) || by ||
			    (!what && same_heading(m, id)) ||
			    (*list != LAW_NONE && uses_list(&m->scope, *list));
	}
	for (uint32_t i = 0; i < law->measure_count && !what; i++)
		what = !picked[i] ? NULL : strcmp(law->measures[i].id, id) ? "heading" : "measure";
	return what;
}

static void cite_picked(const struct law *law, const bool *picked, uint32_t list, const char *id,
			bool *cited)
{
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		const uint32_t acts[] = {m->from.by, m->until.by, m->superseded_by,
					 law->programs[m->program].void_by};
		for (size_t k = 0; k < sizeof acts / sizeof *acts; k++)
			if (picked[i] && acts[k] != LAW_NONE)
				cited[acts[k]] = true;
	}
	if (list != LAW_NONE && law->lists[list].by != LAW_NONE)
		cited[law->lists[list].by] = true;
	for (uint32_t i = 0; i < law->instrument_count; i++)
		cited[i] = cited[i] || !strcmp(law->instruments[i].id, id);
}

static bool show_json(struct page *page, const char *id)
{
	const struct law *law = page->law;
	bool *picked = calloc(law->measure_count + 1, sizeof *picked), first = true;
	uint32_t list;
	const char *what = picked ? pick(law, id, picked, &list) : NULL;
	if (!picked) {
		page->out->failed = true;
		return true;
	}
	if (what) {
		buffer_text(page->out, "{\"schema\":1,\"id\":");
		json_string(page->out, id);
		json_field(page->out, "what", what);
		for (uint32_t i = 0; !strcmp(what, "heading") && i < law->measure_count; i++)
			if (picked[i] && !strcmp(law->measures[i].heading, id)) {
				json_field(page->out, "description",
					   law_heading_text(page->query, i));
				break;
			}
		measures_json(page->out, law, picked);
		if (list != LAW_NONE) {
			json_field(page->out, "title", law->lists[list].title);
			rows_json(page->out, law, &law->lists[list]);
		}
		cite_picked(law, picked, list, id, page->cited);
		buffer_text(page->out, ",\"instruments\":[");
		for (uint32_t i = 0; i < law->instrument_count; i++) {
			if (!page->cited[i])
				continue;
			buffer_text(page->out, first ? "\n" : ",\n");
			json_act(page->out, law, i);
			first = false;
		}
		buffer_text(page->out, "]}\n");
	}
	free(picked);
	return what != NULL;
}

/* Nothing bears the id: the nearest names. */
static int no_such_id(const struct law *law, const char *id)
{
	size_t count = 0, room = law->measure_count + law->program_count + law->instrument_count +
				 (size_t)law->list_count;
	const char **names = calloc(room + 1, sizeof *names);
	struct buffer hints = {0};
	if (names) {
		for (uint32_t i = 0; i < law->program_count; i++)
			names[count++] = law->programs[i].id;
		for (uint32_t i = 0; i < law->instrument_count; i++)
			names[count++] = law->instruments[i].id;
		for (uint32_t i = 0; i < law->list_count; i++)
			names[count++] = law->lists[i].name;
		for (uint32_t i = 0; i < law->measure_count; i++)
			names[count++] = law->measures[i].id;
	}
	for (int k = 0; k < HINTS && names; k++) {
		size_t best = count;
		const char *nearest = columns_nearest(id, strlen(id), names, count);
		for (size_t i = 0; i < count && best == count; i++)
			if (nearest ? names[i] == nearest : strlen(id) > 3 && strstr(names[i], id))
				best = i;
		if (best == count)
			break;
		say(&hints, "%s%s", hints.length ? ", " : "", names[best]);
		names[best] = names[--count];
	}
	if (strlen(id) >= 4 && strspn(id, "0123456789. ") == strlen(id))
		cli_message(
		    "law show: no measure declares \"%s\"; what a tariff code is: tidewaiter "
		    "code %s",
		    id, id);
	else if (hints.length)
		cli_message("law show: nothing in the law is named \"%s\"; did you mean %.*s?", id,
			    (int)hints.length, hints.at);
	else
		cli_message(
		    "law show: nothing in the law is named \"%s\"; give a measure, program, "
		    "instrument, list or heading (tidewaiter law list names them)",
		    id);
	free(names);
	buffer_free(&hints);
	return CLI_FAILED;
}

int law_show_command(const struct law_query *query, const char *id)
{
	struct buffer out = {.width = terminal_width()};
	struct page page = {
	    .out = &out, .text = {.within = &out}, .query = query, .law = query->law};
	int code = CLI_FAILED;
	page.cited = calloc(query->law->instrument_count + 1, sizeof *page.cited);
	if (!page.cited) {
		cli_message("out of memory");
		return CLI_FAILED;
	}
	if (!(query->json ? show_json(&page, id) : show_text(&page, id))) {
		code = no_such_id(query->law, id);
		goto done;
	}
	if (!query->json)
		citations(&page);
	code = law_print(&out, query);
done:
	buffer_free(&page.text);
	buffer_free(&out);
	free(page.cited);
	return code;
}
