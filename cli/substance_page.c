/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of `tidewaiter substance`: identity, lists, days of change,
 * penalties, citations, in 80 columns. Decides nothing.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../src/assess/instant.h"
#include "substance.h"

#define WIDTH 80
#define NAMES_SHOWN 14
#define CHANGES 128
#define PENALTIES 64
#define CITED 64

struct page {
	const struct inquiry *inquiry;
	const struct ledger *ledger;
	bool color;
	uint32_t cited[CITED]; /* instruments, in order of first mention */
	bool overflow;         /* more are mentioned */
	size_t cited_count;
};

/* A code point's bytes and columns: East Asian letters take two. */
static size_t measure(const char *at, int *columns)
{
	const unsigned char *s = (const unsigned char *)at;
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	uint32_t point = s[0] < 0x80 ? s[0] : s[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80) {
			*columns = 1;
			return i;
		}
		point = point << 6 | (s[i] & 0x3f);
	}
	bool wide = (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) ||
		    (point >= 0xac00 && point <= 0xd7a3) || (point >= 0xf900 && point <= 0xfaff) ||
		    (point >= 0xff00 && point <= 0xff60);
	*columns = wide ? 2 : 1;
	return n;
}

static int width_of(const char *text, size_t length)
{
	int width = 0, columns;
	for (size_t i = 0; i < length; width += columns)
		i += measure(text + i, &columns);
	return width;
}

/* As much of a word as fits into columns; at least one letter. */
static size_t fitting(const char *text, size_t length, int room)
{
	size_t part = 0;
	int columns, used = 0;
	while (part < length) {
		size_t n = measure(text + part, &columns);
		if (part && used + columns > room)
			break;
		used += columns;
		part += n;
	}
	return part;
}

/* Text from column `at` on, broken at blanks, later lines indented. Ends the line. */
static void wrap(int at, int indent, const char *text)
{
	int column = at;
	bool first = true;
	while (*text) {
		size_t length = strcspn(text, " ");
		int width = width_of(text, length), gap = first ? 0 : 1;
		if (!first && column + gap + width > WIDTH) {
			printf("\n%*s", indent, "");
			column = indent;
			gap = 0;
		}
		if (width > WIDTH - column - gap)
			length = fitting(text, length, WIDTH - column - gap);
		printf("%*s%.*s", gap, "", (int)length, text);
		column += gap + width_of(text, length);
		first = text[length] != ' ' && text[length];
		text += length + (text[length] == ' ');
		if (first) { /* a word that was cut goes on in the next line */
			printf("\n%*s", indent, "");
			column = indent;
		}
	}
	putchar('\n');
}

static void field(const char *label, const char *text)
{
	if (!*text)
		return;
	printf("  %-10s ", label);
	wrap(13, 13, text);
}

static void append(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void append(char *out, size_t size, const char *format, ...)
{
	size_t used = strlen(out);
	va_list arguments;
	va_start(arguments, format);
	if (used < size)
		vsnprintf(out + used, size - used, format, arguments);
	va_end(arguments);
}

static void heading(const struct page *page, const char *text)
{
	printf("\n%s%s%s\n", page->color ? "\033[1m" : "", text, page->color ? "\033[0m" : "");
}

static void words_field(const struct page *page, const char *label, struct ledger_span span)
{
	char text[1024] = "";
	for (uint32_t i = 0; i < span.count; i++)
		append(text, sizeof text, "%s%s", i ? ", " : "",
		       ledger_word(page->ledger, span, i));
	field(label, text);
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
	field("tariff", text);
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
	field("names", text);
}

static void identity(const struct page *page, const struct inquiry_found *found)
{
	const struct ledger *ledger = page->ledger;
	const struct ledger_substance *s = &ledger->substances[found->substance];
	char text[512];
	const char *weight = ledger_text(ledger, s->weight);
	heading(page, ledger_text(ledger, s->name));
	snprintf(text, sizeof text, "\"%.*s\": %s, %s%s%s%s%s",
		 (int)(found->matched.length > 200 ? 200 : found->matched.length),
		 found->matched.at, found->how, inquiry_certainty[found->certainty],
		 *found->note ? ": " : "", found->note, *found->conditions ? "; conditions " : "",
		 found->conditions);
	field("asked", text);
	field("id", ledger_text(ledger, s->id));
	snprintf(text, sizeof text, "%s%s%s%s", ledger_text(ledger, s->formula),
		 *weight ? ", " : "", weight, *weight ? " g/mol" : "");
	field("formula", text);
	words_field(page, "CAS", s->cas);
	words_field(page, "UN", s->un);
	codes_field(page, found->substance);
	field("InChIKey", ledger_text(ledger, s->inchikey));
	field("SMILES", ledger_text(ledger, s->smiles));
	names_field(page, s);
	field("note", ledger_text(ledger, s->note));
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
	snprintf(name, sizeof name, "%s%s%s%s", ledger_text(ledger, list->name),
		 *english ? " (" : "", english, *english ? ")" : "");
	append(name, sizeof name, "%s%s", *code ? ", " : "", code);
	append(right, sizeof right, "%s%s%s%s", *since ? "since " : "since: not known", since,
	       *until ? ", until " : "", until);
	int pad = WIDTH - 6 - width_of(name, strlen(name)) - (int)strlen(right);
	printf("  %-3s ", ledger_text(ledger, list->jurisdiction));
	if (pad > 0) {
		printf("%s%*s%s\n", name, pad, "", right);
		return;
	}
	wrap(6, 8, name);
	printf("%*s%s\n", WIDTH - (int)strlen(right), "", right);
}

/* The threshold, what the row covers, how sure it is; and the acts. */
static void terms(struct page *page, const struct ledger_control *row)
{
	const struct ledger *ledger = page->ledger;
	const char *covers = ledger_text(ledger, row->covers);
	const char *note = ledger_text(ledger, row->note);
	char text[2048];
	snprintf(text, sizeof text, "threshold: %s%s%s; confidence %s",
		 ledger_text(ledger, row->threshold), *covers ? "; covers: " : "", covers,
		 ledger_text(ledger, row->confidence));
	printf("%*s", 6, "");
	wrap(6, 8, text);
	if (*note) {
		snprintf(text, sizeof text, "note: %s", note);
		printf("%*s", 6, "");
		wrap(6, 8, text);
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
		append(text, sizeof text, " (mixtures of this content are outside)");
	printf("%*s", 6, "");
	wrap(6, 8, text);
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
		snprintf(text, sizeof text, "%s, %s: %s", inquiry_direction[d],
			 inquiry_must[list->must[d]], ledger_text(ledger, list->requirement[d]));
		if (list->must[d] == LEDGER_MUST_NOT)
			continue;
		printf("%*s", 6, "");
		wrap(6, 8, text);
	}
	if (!list->must[0] && !list->must[1] && !list->must[2]) {
		printf("%*s", 6, "");
		wrap(6, 8, ledger_text(ledger, list->requirement[LEDGER_IMPORT]));
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
	static const char *const words[] = {"", "GREEN: nothing is required", "YELLOW: look closer",
					    "RED: licence or permit required"};
	const struct inquiry *q = page->inquiry;
	*out = '\0';
	append(out, size, "On %s", q->on);
	if (q->from)
		append(out, size, ", from %s", q->facts.origin);
	if (q->into)
		append(out, size, ", into %s", q->facts.into);
	for (size_t i = 0; i < q->facts.via_count; i++)
		append(out, size, "%s%s", i ? ", " : ", via ", q->facts.via[i]);
	if (q->weight)
		append(out, size, ", %s", q->weight);
	if (inquiry_routeless(q))
		append(out, size, ", who lists it (for a shipment: --from, --into)");
	else
		append(out, size, ". %s",
		       lane == TW_LANE_RED && prohibited ? "RED: prohibited unless allowed"
							 : words[lane]);
}

/* A list that is as long as there is room may have been longer. */
static void say_overflow(bool full)
{
	if (full)
		printf("  overflow: there is more than is shown here\n");
}

static void controls(struct page *page, const struct inquiry_found *found)
{
	struct control_answer answers[INQUIRY_CONTROLS];
	uint32_t named[INQUIRY_FOUND];
	size_t named_count = inquiry_named(named, page->inquiry), off = 0;
	struct control_question question = inquiry_question(page->inquiry, named, named_count);
	question.alone = inquiry_alone(page->inquiry, found);
	size_t count = control_decide(answers, INQUIRY_CONTROLS, &question, found->substance);
	char text[256];
	route(text, sizeof text, page, control_lane(answers, count, found->certainty),
	      is_prohibited(answers, count));
	heading(page, text);
	if (!count)
		printf("  On no list that is known here on this day.\n");
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
		printf("%s  Also listed, nothing is asked on this route:\n",
		       off < count ? "\n" : "");
	for (size_t i = 0; i < count; i++)
		if (answers[i].status == TW_CONTROL_OFF_ROUTE)
			off_route(page, &answers[i]);
	say_overflow(count == INQUIRY_CONTROLS);
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
	    time_local_day((enum tw_zone)on->zone, page->inquiry->facts.entered) >= change->day;
	bool by_class = ledger->substances[row->substance].flags & LEDGER_CLASS;
	char text[512];
	snprintf(text, sizeof text, "%s %s%s%s%s", ledger_text(ledger, on->name), what,
		 by_class ? ", as a class" : "",
		 row->flags & LEDGER_ROW_MAYBE ? "; may hold it, its names are not known here" : "",
		 past ? "" : " (later)");
	printf("  %-10s  %-2s  ", set, ledger_text(ledger, on->jurisdiction));
	wrap(18, 18, text);
}

static void changes(struct page *page, const struct inquiry_found *found)
{
	struct ledger_change list[CHANGES];
	size_t count = inquiry_changes(list, CHANGES, page->inquiry, found->substance);
	if (!count)
		return;
	heading(page, "Days on which its status changes");
	say_overflow(count == CHANGES);
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
	const struct ledger_penalty *list[PENALTIES];
	size_t count = inquiry_penalties(list, PENALTIES, page->inquiry, found->substance);
	const struct ledger *ledger = page->ledger;
	if (!count)
		return;
	heading(page, "Penalties, by weight of the whole mixture (information)");
	say_overflow(count == PENALTIES);
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
		printf("  ");
		wrap(2, 4, text);
	}
}

static void citations(const struct page *page)
{
	const struct ledger *ledger = page->ledger;
	if (!page->cited_count)
		return;
	if (!page->inquiry->explain) {
		char text[2048] = "Acts:";
		for (size_t i = 0; i < page->cited_count; i++)
			append(text, sizeof text, "%s %s", i ? "," : "",
			       ledger_text(ledger, ledger->instruments[page->cited[i]].id));
		append(text, sizeof text, " (--explain: titles and addresses)");
		putchar('\n');
		wrap(0, 2, text);
		return;
	}
	heading(page, "Citations");
	for (size_t i = 0; i < page->cited_count; i++) {
		const struct ledger_instrument *act = &ledger->instruments[page->cited[i]];
		const char *cite = ledger_text(ledger, act->cite);
		char text[1024];
		snprintf(text, sizeof text, "%s: %s%s%s", ledger_text(ledger, act->id),
			 ledger_text(ledger, act->title), *cite ? "; " : "", cite);
		printf("  ");
		wrap(2, 4, text);
		printf("    %s\n", ledger_text(ledger, act->url));
	}
}

/* CAS numbers that differ in one digit. */
static void near_numbers(const struct page *page)
{
	const struct ledger *ledger = page->ledger;
	const char *asked = page->inquiry->asked;
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		const struct ledger_substance *s = &ledger->substances[i];
		for (uint32_t k = 0; k < s->cas.count; k++) {
			const char *cas = ledger_word(ledger, s->cas, k);
			size_t differ = 0, length = strlen(cas);
			if (strlen(asked) != length)
				continue;
			for (size_t c = 0; c < length; c++)
				differ += cas[c] != asked[c];
			if (differ == 1)
				printf("  %s (%s)\n", cas, ledger_text(ledger, s->name));
		}
	}
}

/* Names that begin with what was asked, then those that hold it. */
static void alike(const struct page *page)
{
	enum { SHOWN = 20 };
	size_t shown = 0, more = 0;
	for (int want = LIKE_START; want > LIKE_NOT && strlen(page->inquiry->asked) > 2; want--)
		for (uint32_t i = 0; i < page->ledger->count[LEDGER_SUBSTANCES]; i++) {
			const char *name = "", *shows;
			if ((int)inquiry_like(page->ledger, i, page->inquiry->asked, &name) != want)
				continue;
			if (shown == SHOWN) {
				more++;
				continue;
			}
			if (!shown++)
				printf("\nNames with it:\n");
			shows = ledger_text(page->ledger, page->ledger->substances[i].name);
			if (strcmp(shows, name) != 0)
				printf("  %s (%s)\n", name, shows);
			else
				printf("  %s\n", name);
		}
	if (more)
		printf("  and %zu more: --list shows all\n", more);
}

/* Nothing was found: what was looked at, and what is near. */
static void nothing(const struct page *page)
{
	const struct inquiry *q = page->inquiry;
	char text[1024];
	snprintf(text, sizeof text, "Nothing is known here by \"%.300s\".", q->asked);
	wrap(0, 0, text);
	if (q->bad_cas) {
		wrap(0, 0,
		     "It has the form of a CAS number, but its check digit does not fit. Numbers "
		     "one "
		     "digit away:");
		near_numbers(page);
	}
	snprintf(text, sizeof text,
		 "Looked at: %u names of %u substances and classes, CAS and UN numbers, "
		 "InChIKeys.%s%s%s "
		 "That it is not here does not show that it is free.",
		 page->ledger->count[LEDGER_NAMES], page->ledger->count[LEDGER_SUBSTANCES],
		 *q->structure ? " The text " : "", q->structure, *q->structure ? "." : "");
	wrap(0, 0, text);
	alike(page);
	if (q->nearest_count)
		printf("\nNearest names:\n");
	for (size_t i = 0; i < q->nearest_count; i++) {
		const struct ledger_substance *s =
		    &page->ledger->substances[q->nearest[i].substance];
		const char *name = ledger_text(page->ledger, s->name);
		bool other = strcmp(name, q->nearest[i].name) != 0;
		snprintf(text, sizeof text, "%s%s%s%s", q->nearest[i].name, other ? " (" : "",
			 other ? name : "", other ? ")" : "");
		printf("  ");
		wrap(2, 4, text);
	}
}

static void footer(const struct page *page)
{
	say_overflow(page->overflow || page->inquiry->overflow);
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
	putchar('\n');
	wrap(0, 0, text);
	if (!*page->inquiry->known_to)
		return;
	snprintf(text, sizeof text,
		 "beyond-coverage: the law at hand is known to %s; acts made since are not in this "
		 "answer.",
		 page->inquiry->known_to);
	wrap(0, 0, text);
}

void substance_page(const struct inquiry *inquiry, bool color)
{
	struct page page = {.inquiry = inquiry, .ledger = &inquiry->ledger, .color = color};
	if (!inquiry->found_count)
		nothing(&page);
	for (size_t i = 0; i < inquiry->found_count; i++) {
		identity(&page, &inquiry->found[i]);
		controls(&page, &inquiry->found[i]);
		changes(&page, &inquiry->found[i]);
		penalties(&page, &inquiry->found[i]);
	}
	citations(&page);
	footer(&page);
}
