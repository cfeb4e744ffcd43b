/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of `tidewaiter substance`: identity, lists, days of change,
 * penalties, citations, in 80 columns. Decides nothing.
 */
#include "cli/substance/substance.h"

#include <stdarg.h>
#include <string.h>

#include "common/fit.h"
#include "common/instant.h"
#include "common/style.h"
#include "common/utf8.h"
#include "common/words.h"

#define NAMES_SHOWN 14
#define CITED 64

struct page {
	struct buffer *out;
	const struct inquiry *inquiry;
	const struct ledger *ledger;
	const struct substance_look *look;
	uint32_t cited[CITED]; /* instruments, in order of first mention */
	bool overflow;         /* more are mentioned */
	size_t cited_count;
};

static void field(const struct page *page, const char *label, const char *text)
{
	if (!*text)
		return;
	buffer_print(page->out, "  %-10s ", label);
	words_wrap_cut(page->out, text, 13, 13);
}

static void append(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void append(char *out, size_t size, const char *format, ...)
{
	size_t used = strlen(out);
	va_list arguments;
	va_start(arguments, format);
	if (!fit_vprint(out + used, size - used, format, arguments))
		fit_mark(out, size);
	va_end(arguments);
}

static void heading(const struct page *page, const char *text)
{
	buffer_text(page->out, page->look->color ? STYLE_BOLD : "");
	words_wrap_cut(page->out, text, 2, 0);
	buffer_text(page->out, page->look->color ? STYLE_PLAIN : "");
}

/* The same with a blank line before it. */
static void section(const struct page *page, const char *text)
{
	buffer_print(page->out, "\n");
	heading(page, text);
}

static void words_field(const struct page *page, const char *label, struct ledger_span span)
{
	char text[1024] = "";
	for (uint32_t i = 0; i < span.count; i++)
		append(text, sizeof text, "%s%s", i ? ", " : "",
		       ledger_word(page->ledger, span, i));
	field(page, label, text);
}

/* 2915.24, 2933.39 (with other goods), 2933399073 in CN */
static void codes_field(const struct page *page, uint32_t substance)
{
	static const char *const stands[] = {"", " (with a few others)", " (with other goods)"};
	const struct ledger *ledger = page->ledger;
	char text[512] = "";
	for (uint32_t i = 0; i < ledger->count[LEDGER_CODES]; i++) {
		const struct ledger_code *c = &ledger->codes[i];
		const char *code = ledger_text(ledger, c->text),
			   *in = ledger_text(ledger, c->jurisdiction);
		if (c->substance != substance)
			continue;
		append(text, sizeof text, "%s%.4s.%s%s%s%s", *text ? ", " : "", code, code + 4,
		       *in ? " in " : "", in, stands[c->stands]);
	}
	field(page, "tariff", text);
}

static void names_field(const struct page *page, const struct ledger_substance *s)
{
	char text[4096] = "";
	uint32_t shown = 0;
	for (uint32_t i = 0; i < s->names.count && shown < NAMES_SHOWN; i++) {
		const char *name =
		    ledger_text(page->ledger, page->ledger->names[s->names.first + i].text);
		if (!strcmp(name, ledger_text(page->ledger, s->name)))
			continue;
		append(text, sizeof text, "%s%s", shown++ ? "; " : "", name);
	}
	if (s->names.count > shown + 1)
		append(text, sizeof text, "; and %u more", s->names.count - shown - 1);
	field(page, "names", text);
}

static void identity(const struct page *page, const struct inquiry_found *found)
{
	const struct ledger *ledger = page->ledger;
	const struct ledger_substance *s = &ledger->substances[found->substance];
	char text[512];
	const char *weight = ledger_text(ledger, s->weight);
	heading(page, ledger_text(ledger, s->name));
	fit_print(text, sizeof text, "\"%.*s\": %s, %s%s%s%s%s",
		  (int)(found->matched.length > 200 ? 200 : found->matched.length),
		  found->matched.at, found->how, inquiry_certainty[found->certainty],
		  *found->note ? ": " : "", found->note, *found->conditions ? "; conditions " : "",
		  found->conditions);
	field(page, "asked", text);
	field(page, "id", ledger_text(ledger, s->id));
	fit_print(text, sizeof text, "%s%s%s%s", ledger_text(ledger, s->formula),
		  *weight ? ", " : "", weight, *weight ? " g/mol" : "");
	field(page, "formula", text);
	words_field(page, "CAS", s->cas);
	words_field(page, "UN", s->un);
	codes_field(page, found->substance);
	field(page, "InChIKey", ledger_text(ledger, s->inchikey));
	field(page, "SMILES", ledger_text(ledger, s->smiles));
	names_field(page, s);
	field(page, "note", ledger_text(ledger, s->note));
}

static void cite(struct page *page, struct ledger_span by)
{
	for (uint32_t i = 0; i < by.count; i++) {
		uint32_t instrument = page->ledger->indexes[by.first + i];
		size_t k = 0;
		while (k < page->cited_count && page->cited[k] != instrument)
			k++;
		page->overflow = page->overflow || k == CITED;
		if (k == page->cited_count && k < CITED)
			page->cited[page->cited_count++] = instrument;
	}
}

static void list_line(const struct page *page, const struct ledger_control *row)
{
	const struct ledger *ledger = page->ledger;
	const struct ledger_list *list = &ledger->lists[row->list];
	const char *english = ledger_text(ledger, list->english);
	char name[320];
	const char *code = ledger_text(ledger, row->code),
		   *since = ledger_text(ledger, row->from_text),
		   *until = ledger_text(ledger, row->until_text);
	char right[80] = "";
	fit_print(name, sizeof name, "%s%s%s%s", ledger_text(ledger, list->name),
		  *english ? " (" : "", english, *english ? ")" : "");
	append(name, sizeof name, "%s%s", *code ? ", " : "", code);
	append(right, sizeof right, "%s%s%s%s", *since ? "since " : "since: not known", since,
	       *until ? ", until " : "", until);
	int pad = (int)(page->look->columns - 6 - utf8_width(name, strlen(name)) - strlen(right));
	buffer_print(page->out, "  %-3s ", ledger_text(ledger, list->jurisdiction));
	if (pad > 0) {
		buffer_print(page->out, "%s%*s%s\n", name, pad, "", right);
		return;
	}
	words_wrap_cut(page->out, name, 8, 6);
	buffer_print(page->out, "%*s%s\n", (int)(page->look->columns - strlen(right)), "", right);
}

/* The threshold, what the row covers, how sure it is; and the acts. */
static void terms(struct page *page, const struct ledger_control *row)
{
	const struct ledger *ledger = page->ledger;
	const char *covers = ledger_text(ledger, row->covers);
	const char *note = ledger_text(ledger, row->note);
	char text[2048];
	fit_print(text, sizeof text, "threshold: %s%s%s; confidence %s",
		  ledger_text(ledger, row->threshold), *covers ? "; covers: " : "", covers,
		  ledger_text(ledger, row->confidence));
	buffer_print(page->out, "%*s", 6, "");
	words_wrap_cut(page->out, text, 8, 6);
	if (*note) {
		fit_print(text, sizeof text, "note: %s", note);
		buffer_print(page->out, "%*s", 6, "");
		words_wrap_cut(page->out, text, 8, 6);
	}
	cite(page, row->by);
}

static void control(struct page *page, const struct control_answer *answer)
{
	const struct ledger *ledger = page->ledger;
	const struct ledger_control *row = answer->row;
	char text[2048] = "";
	list_line(page, row);
	append(text, sizeof text, "%s, %s: %s%s%s", inquiry_direction[answer->direction],
	       inquiry_asks(answer), answer->undecided, *answer->undecided ? "; " : "",
	       ledger_text(ledger, answer->requirement));
	if (answer->mixture)
		append(text, sizeof text, " (mixtures up to this content are outside the control)");
	buffer_print(page->out, "%*s", 6, "");
	words_wrap_cut(page->out, text, 8, 6);
	terms(page, row);
}

/* Without a route: what the list asks each way. */
static void asked(struct page *page, const struct ledger_control *row)
{
	const struct ledger *ledger = page->ledger;
	const struct ledger_list *list = &ledger->lists[row->list];
	char text[1024];
	list_line(page, row);
	for (int d = 0; d < LEDGER_DIRECTIONS; d++) {
		fit_print(text, sizeof text, "%s, %s: %s", inquiry_direction[d],
			  inquiry_must[list->must[d]], ledger_text(ledger, list->requirement[d]));
		if (list->must[d] == LEDGER_MUST_NOT)
			continue;
		buffer_print(page->out, "%*s", 6, "");
		words_wrap_cut(page->out, text, 8, 6);
	}
	if (!list->must[0] && !list->must[1] && !list->must[2] && !list->must[3]) {
		buffer_print(page->out, "%*s", 6, "");
		words_wrap_cut(page->out, ledger_text(ledger, list->requirement[LEDGER_IMPORT]), 8,
			       6);
	}
	terms(page, row);
}

static void off_route(struct page *page, const struct control_answer *answer)
{
	list_line(page, answer->row);
	cite(page, answer->row->by);
}

static bool is_prohibited(const struct control_answer *answers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (answers[i].prohibited && answers[i].status == TW_CONTROL_REQUIRED)
			return true;
	return false;
}

static void route(char *out, size_t size, const struct page *page, enum tw_lane lane,
		  bool prohibited)
{
	static const char *const words[] = {"", "GREEN: no licence or permit required",
					    "YELLOW: review required",
					    "RED: licence or permit required"};
	const struct inquiry *q = page->inquiry;
	*out = '\0';
	append(out, size, "On %s", q->on);
	if (*q->facts.origin)
		append(out, size, ", from %s", q->facts.origin);
	if (*q->facts.into)
		append(out, size, ", into %s", q->facts.into);
	for (size_t i = 0; i < q->facts.via_count; i++)
		append(out, size, "%s%s", i ? ", " : ", via ", q->facts.via[i]);
	if (page->look->weight)
		append(out, size, ", %s", page->look->weight);
	if (inquiry_routeless(q))
		append(out, size, ", jurisdictions that list it (for a shipment: --from, --into)");
	else
		append(out, size, ". %s",
		       lane == TW_LANE_RED && prohibited ? "RED: prohibited unless authorised"
							 : words[lane]);
}

/* A list that is as long as there is room may have been longer. */
static void say_overflow(const struct page *page, bool full)
{
	if (full)
		buffer_print(page->out, "  overflow: there is more than can be shown here\n");
}

static void controls(struct page *page, const struct inquiry_found *found)
{
	struct control_answer answers[INQUIRY_CONTROLS];
	size_t count = inquiry_decide(answers, page->inquiry, found), off = 0;
	char text[256];
	route(text, sizeof text, page, control_lane(answers, count, found->certainty),
	      is_prohibited(answers, count));
	section(page, text);
	if (!count)
		buffer_print(page->out, "  On none of the lists covered on this day.\n");
	for (size_t i = 0; inquiry_routeless(page->inquiry) && i < count; i++)
		asked(page, answers[i].row);
	if (inquiry_routeless(page->inquiry))
		return;
	for (size_t i = 0; i < count; i++)
		if (answers[i].status == TW_CONTROL_OFF_ROUTE)
			off++;
		else
			control(page, &answers[i]);
	if (off)
		buffer_print(page->out, "%s  Also listed, with no requirement on this route:\n",
			     off < count ? "\n" : "");
	for (size_t i = 0; i < count; i++)
		if (answers[i].status == TW_CONTROL_OFF_ROUTE)
			off_route(page, &answers[i]);
	say_overflow(page, count == INQUIRY_CONTROLS);
}

/* One row of a list ends on the day on which another of it begins. */
static bool is_reworded(const struct ledger *ledger, const struct ledger_change *list, size_t count,
			size_t i)
{
	for (size_t k = 0; k < count; k++)
		if (k != i && list[k].day == list[i].day && list[k].ends != list[i].ends &&
		    ledger->lists[list[k].row->list].name == ledger->lists[list[i].row->list].name)
			return true;
	return false;
}

static void change_line(const struct page *page, const struct ledger_change *change,
			const char *what)
{
	const struct ledger *ledger = page->ledger;
	const struct ledger_control *row = change->row;
	const struct ledger_list *on = &ledger->lists[row->list];
	const char *set = ledger_text(ledger, change->ends ? row->until_text : row->from_text);
	bool past =
	    time_local_day((enum time_zone)on->zone, page->inquiry->facts.entered) >= change->day;
	bool by_class = ledger->substances[row->substance].flags & LEDGER_CLASS;
	char text[512];
	fit_print(text, sizeof text, "%s %s%s%s%s", ledger_text(ledger, on->name), what,
		  by_class ? ", as a class" : "",
		  row->flags & LEDGER_ROW_MAYBE
		      ? "; may include it: the names on this list are not recorded here"
		      : "",
		  past ? "" : " (later)");
	buffer_print(page->out, "  %-10s  %-2s  ", set, ledger_text(ledger, on->jurisdiction));
	words_wrap_cut(page->out, text, 18, 18);
}

static void changes(struct page *page, const struct inquiry_found *found)
{
	struct ledger_change list[INQUIRY_CHANGES];
	size_t count = inquiry_changes(list, INQUIRY_CHANGES, page->inquiry, found->substance);
	if (count == SIZE_MAX)
		buffer_fail(page->out);
	if (!count || count == SIZE_MAX)
		return;
	section(page, "Dates on which its status changes");
	say_overflow(page, count == INQUIRY_CHANGES);
	for (size_t i = 0; i < count; i++) {
		bool reworded = is_reworded(page->ledger, list, count, i);
		if (reworded && list[i].ends)
			continue;
		change_line(page, &list[i],
			    reworded       ? "is reworded"
			    : list[i].ends ? "ends"
					   : "begins");
		cite(page, list[i].row->by);
	}
}

static void penalties(struct page *page, const struct inquiry_found *found)
{
	const struct ledger_penalty *list[INQUIRY_PENALTIES];
	size_t count = inquiry_penalties(list, INQUIRY_PENALTIES, page->inquiry, found->substance);
	const struct ledger *ledger = page->ledger;
	if (!count)
		return;
	section(page, "Penalties, by weight of the whole mixture (for information)");
	say_overflow(page, count == INQUIRY_PENALTIES);
	for (size_t i = 0; i < count; i++) {
		const struct ledger_penalty *p = list[i];
		char text[1024] = "";
		const char *to = ledger_text(ledger, p->years_to),
			   *from = ledger_text(ledger, p->years_from),
			   *death = ledger_text(ledger, p->death),
			   *fine = ledger_text(ledger, p->fine_person);
		append(text, sizeof text, "%s: %s", ledger_text(ledger, p->section),
		       ledger_text(ledger, p->offence));
		if (p->least)
			append(text, sizeof text, "; from %lld g", (long long)(p->least / 1000));
		if (strcmp(to, "0"))
			append(text, sizeof text, "; %s%s%s%s", strcmp(from, "0") ? from : "up to ",
			       strcmp(from, "0") ? " to " : "", to,
			       strcmp(to, "life") ? " years" : "");
		if (*death)
			append(text, sizeof text, " (%s if death results)", death);
		if (*fine)
			append(text, sizeof text, "; fine up to $%s", fine);
		buffer_print(page->out, "  ");
		words_wrap_cut(page->out, text, 4, 2);
	}
}

static void citations(const struct page *page)
{
	const struct ledger *ledger = page->ledger;
	if (!page->cited_count)
		return;
	if (!page->look->explain) {
		char text[2048] = "Acts:";
		for (size_t i = 0; i < page->cited_count; i++)
			append(text, sizeof text, "%s %s", i ? "," : "",
			       ledger_text(ledger, ledger->instruments[page->cited[i]].id));
		append(text, sizeof text, " (--explain: titles and links)");
		buffer_print(page->out, "\n");
		words_wrap_cut(page->out, text, 2, 0);
		return;
	}
	section(page, "Citations");
	for (size_t i = 0; i < page->cited_count; i++) {
		const struct ledger_instrument *act = &ledger->instruments[page->cited[i]];
		const char *cite = ledger_text(ledger, act->cite);
		char text[1024];
		fit_print(text, sizeof text, "%s: %s%s%s", ledger_text(ledger, act->id),
			  ledger_text(ledger, act->title), *cite ? "; " : "", cite);
		buffer_print(page->out, "  ");
		words_wrap_cut(page->out, text, 4, 2);
		buffer_print(page->out, "    %s\n", ledger_text(ledger, act->url));
	}
}

static void footer(const struct page *page)
{
	say_overflow(page, page->overflow || page->inquiry->overflow);
	if (*page->inquiry->said && !page->inquiry->bad_cas) {
		buffer_print(page->out, "\n");
		words_wrap_cut(page->out, page->inquiry->said, 0, 0);
	}
	const struct ledger *ledger = page->ledger;
	char text[1024] = "";
	uint32_t before = 0;
	const char *known_on = page->inquiry->known_on;
	bool cut = strcmp(page->inquiry->edition, known_on) != 0;
	append(text, sizeof text, "Law of %s%s%s:", page->inquiry->edition,
	       cut ? " as known on " : "", cut ? known_on : "");
	for (uint32_t i = 0; i < ledger->count[LEDGER_LISTS]; i++) {
		if (ledger->lists[i].title != before)
			append(text, sizeof text, "%s %s", before ? "," : "",
			       ledger_text(ledger, ledger->lists[i].title));
		before = ledger->lists[i].title;
	}
	append(text, sizeof text, ". Lists of other countries are not covered.");
	buffer_print(page->out, "\n");
	words_wrap_cut(page->out, text, 0, 0);
	if (!*page->inquiry->known_to)
		return;
	fit_print(text, sizeof text,
		  "beyond-coverage: the law covers days to %s; later acts are not reflected in "
		  "this answer.",
		  page->inquiry->known_to);
	words_wrap_cut(page->out, text, 0, 0);
}

void substance_page(struct buffer *out, const struct inquiry *inquiry,
		    const struct substance_look *look)
{
	struct page page = {
	    .out = out, .inquiry = inquiry, .ledger = &inquiry->ledger, .look = look};
	if (!inquiry->found_count)
		substance_nothing(out, inquiry);
	for (size_t i = 0; i < inquiry->found_count; i++) {
		buffer_text(out, i ? "\n" : "");
		identity(&page, &inquiry->found[i]);
		controls(&page, &inquiry->found[i]);
		changes(&page, &inquiry->found[i]);
		penalties(&page, &inquiry->found[i]);
	}
	citations(&page);
	footer(&page);
}
