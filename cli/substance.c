/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tidewaiter substance: what is this chemical, who controls it, and what does
 * a shipment of it need on a day and a route. Owns the flags and the look-up;
 * the pages are written by substance_page.c and substance_json.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "../src/assess/instant.h"
#include "../src/assess/money.h"
#include "../src/rulebook/layout.h"
#include "../src/screen/classes.h"
#include "../src/screen/content.h"
#include "../src/screen/nomen.h"
#include "../src/screen/structure.h"
#include "cli.h"
#include "substance.h"

static const char help_text[] =
    "What a chemical or a pill machine is and who controls it.\n"
    "\n"
    "  tidewaiter substance [OPTIONS] NAME...\n"
    "  tidewaiter substance \"4-piperidone hydrochloride\" --on 2025-08-01 \\\n"
    "      --from CN --into US --weight 25kg\n"
    "  tidewaiter substance 79099-07-3 acetone \"tablet press\"\n"
    "  tidewaiter substance --list --by jurisdiction\n"
    "  tidewaiter substance --changes 2025-01-01 4-AP\n"
    "\n"
    "NAME is a name in any language, a CAS or UN number, an InChIKey or a SMILES.\n"
    "Several names are several answers. piperid* finds names that begin so, *fentanyl*\n"
    "names that hold it.\n"
    "\n"
    "  --on DAY             the day of entry; default: today\n"
    "  --from CC            country it is sent from: its export rules\n"
    "  --into CC            country of import: its import rules\n"
    "  --via CC             country passed through; may repeat\n"
    "  --weight QUANTITY    25kg, 500g, 1.5t, 10lb, 200L: for thresholds and penalties\n"
    "  --concentration PCT  content of the substance in a mixture\n"
    "  --explain            citations with titles and addresses\n"
    "  --list [TEXT]        all that is known here, or what has TEXT in a name;\n"
    "                       --by jurisdiction (on the day) or --by family\n"
    "  --changes SINCE      what changed for these names, or for all, from a day to --on\n"
    "  --format FORMAT      page (default) or json; several names, an object a line\n"
    "  --as-known-on DAY    the law as one could know it on that day\n"
    "  --rulebook FILE, --law DIR   the law to read; default: the built-in rulebook\n"
    "\n"
    "Exit codes: 0 found, 1 nothing is known by a name, 2 could not be asked.\n";

const char *const inquiry_certainty[] = {"weak", "near", "exact"};
const char *const inquiry_status[] = {"required", "below-threshold", "quantity-unknown",
				      "off-route", "undecided"};
const char *const inquiry_direction[] = {"import", "export", "transit"};
const char *const inquiry_must[] = {"nothing is asked", "required", "it depends", "prohibited"};
const char *const inquiry_lane[] = {"none", "green", "yellow", "red"};

const char *inquiry_asks(const struct control_answer *answer)
{
	return answer->prohibited && answer->status == TW_CONTROL_REQUIRED
		   ? "prohibited"
		   : inquiry_status[answer->status];
}

bool inquiry_routeless(const struct inquiry *inquiry)
{
	const struct screen_facts *f = &inquiry->facts;
	return !*f->origin && !*f->into && !f->via_count;
}

enum likeness inquiry_like(const struct ledger *ledger, uint32_t substance, const char *text,
			   const char **name)
{
	const struct ledger_substance *s = &ledger->substances[substance];
	enum likeness best = LIKE_NOT;
	for (uint32_t i = 0; i <= s->names.count; i++) {
		const char *at = i ? ledger_text(ledger, ledger->names[s->names.first + i - 1].text)
				   : ledger_text(ledger, s->name);
		const char *hit = strcasestr(at, text);
		enum likeness like = !hit ? LIKE_NOT : hit == at ? LIKE_START : LIKE_INSIDE;
		if (like > best) {
			best = like;
			*name = at;
		}
	}
	return best;
}

void inquiry_day(char out[16], int32_t day)
{
	int year, month, date;
	time_date(day, &year, &month, &date);
	snprintf(out, 16, "%04d-%02d-%02d", year % 10000, month, date);
}

struct control_question inquiry_question(const struct inquiry *inquiry, const uint32_t *named,
					 size_t named_count)
{
	return (struct control_question){.ledger = &inquiry->ledger,
					 .facts = &inquiry->facts,
					 .ppm = inquiry->ppm,
					 .named = named,
					 .named_count = named_count};
}

bool inquiry_alone(const struct inquiry *inquiry, const struct inquiry_found *found)
{
	return !strcmp(found->how, "structure") &&
	       (inquiry->ledger.substances[found->substance].flags & LEDGER_CLASS);
}

size_t inquiry_named(uint32_t *named, const struct inquiry *inquiry)
{
	size_t count = 0;
	for (size_t i = 0; i < inquiry->found_count; i++)
		if (inquiry->found[i].certainty == TW_CERTAINTY_EXACT)
			named[count++] = inquiry->found[i].substance;
	return count;
}

static bool reaches(const struct ledger *ledger, uint32_t substance, uint32_t row_of)
{
	const struct ledger_substance *s = &ledger->substances[substance];
	if (row_of == substance)
		return true;
	for (uint32_t i = 0; i < s->classes.count; i++)
		if (ledger->indexes[s->classes.first + i] == row_of)
			return true;
	return false;
}

size_t inquiry_changes(struct ledger_change *out, size_t capacity, const struct inquiry *inquiry,
		       uint32_t substance)
{
	const struct ledger *ledger = &inquiry->ledger;
	size_t most = 2 * (size_t)ledger->count[LEDGER_CONTROLS], kept = 0;
	struct ledger_change *all = calloc(most + 1, sizeof *all);
	if (!all)
		return 0;
	size_t count = ledger_changes(all, most, ledger, LEDGER_DAY_MIN, LEDGER_DAY_MAX - 1);
	for (size_t i = 0; i < count && kept < capacity; i++)
		if (reaches(ledger, substance, all[i].row->substance))
			out[kept++] = all[i];
	free(all);
	return kept;
}

static bool is_among(const struct ledger *ledger, const struct ledger_penalty *penalty,
		     uint32_t substance)
{
	for (uint32_t i = 0; i < penalty->goods.count; i++)
		if (ledger->indexes[penalty->goods.first + i] == substance)
			return true;
	return false;
}

/* With a weight: of each offence the highest band that it reaches. Without: every band. */
size_t inquiry_penalties(const struct ledger_penalty **out, size_t capacity,
			 const struct inquiry *inquiry, uint32_t substance)
{
	const struct ledger *ledger = &inquiry->ledger;
	int64_t weight = inquiry->facts.weight;
	size_t count = 0;
	for (uint32_t i = 0; i < ledger->count[LEDGER_PENALTIES]; i++) {
		const struct ledger_penalty *p = &ledger->penalties[i];
		size_t at = count;
		if (!is_among(ledger, p, substance) || (weight >= 0 && weight < p->least))
			continue;
		for (size_t k = 0; weight >= 0 && k < count; k++)
			if (out[k]->offence == p->offence)
				at = k;
		if (at < count && out[at]->least >= p->least)
			continue;
		if (at < capacity)
			out[at] = p;
		if (at == count && count < capacity)
			count++;
	}
	return count;
}

static void add_found(struct inquiry *inquiry, const struct inquiry_found *found)
{
	size_t i = 0;
	while (i < inquiry->found_count && inquiry->found[i].substance != found->substance)
		i++;
	inquiry->overflow = inquiry->overflow || i == INQUIRY_FOUND;
	if (i == INQUIRY_FOUND ||
	    (i < inquiry->found_count && inquiry->found[i].certainty >= found->certainty))
		return;
	if (i == inquiry->found_count)
		inquiry->found_count++;
	inquiry->found[i] = *found;
}

static void read_hits(struct inquiry *inquiry, const struct match_hit *hits, size_t count)
{
	static const char *const how[] = {
	    [MATCH_NAME] = "name", [MATCH_ABBREVIATION] = "name", [MATCH_CAS] = "cas",
	    [MATCH_UN] = "un",     [MATCH_INCHIKEY] = "inchikey", [MATCH_INCHI] = "inchi"};
	for (size_t i = 0; i < count; i++) {
		const struct match_hit *hit = &hits[i];
		if (hit->kind == MATCH_BAD_CAS)
			inquiry->bad_cas = true;
		if (hit->substance >= inquiry->ledger.count[LEDGER_SUBSTANCES])
			continue;
		struct inquiry_found found = {.substance = hit->substance,
					      .certainty = hit->certainty,
					      .how = how[hit->kind],
					      .matched = {inquiry->asked + hit->from, hit->length},
					      .note = hit->note};
		if (inquiry->ledger.substances[hit->substance].flags & LEDGER_CLASS) {
			found.certainty = TW_CERTAINTY_WEAK;
			found.note = "a class is named, not shown: a person decides";
		}
		add_found(inquiry, &found);
	}
}

/* A number of the form of a CAS number whose check digit does not fit. */
static bool is_bad_cas(const char *text)
{
	size_t first = strspn(text, "0123456789");
	if (first < 2 || first > 7 || text[first] != '-')
		return false;
	return strspn(text + first + 1, "0123456789") == 2 && text[first + 3] == '-' &&
	       strspn(text + first + 4, "0123456789") == 1 && !text[first + 5];
}

static int look_up(struct inquiry *inquiry)
{
	struct match_scratch *scratch = match_scratch_new();
	struct match_hit hits[64];
	if (!scratch)
		return CLI_FAILED;
	struct match_query query = {
	    {inquiry->asked, strlen(inquiry->asked)}, MATCH_FIELD_TEXT, true, MATCH_ANY_MACHINE};
	read_hits(inquiry, hits, match_text(hits, 64, inquiry->names, scratch, &query));
	if (!inquiry->found_count) {
		inquiry->bad_cas = inquiry->bad_cas || is_bad_cas(inquiry->asked);
		inquiry->nearest_count = match_nearest(inquiry->nearest, INQUIRY_NEAREST,
						       inquiry->names, scratch, query.text);
	}
	match_scratch_free(scratch);
	return CLI_DONE;
}

static void read_structure(struct inquiry *inquiry, const struct structure_result *result)
{
	struct tw_text all = {inquiry->asked, strlen(inquiry->asked)};
	for (size_t i = 0; i < result->match_count; i++) {
		const struct structure_match *m = &result->matches[i];
		struct inquiry_found found = {
		    .substance = m->substance,
		    .certainty = m->labelled ? TW_CERTAINTY_NEAR : TW_CERTAINTY_EXACT,
		    .how = "structure",
		    .matched = all,
		    .note = m->labelled ? "isotopically labelled"
			    : m->stereo_differs
				? "another stereoisomer, or stereochemistry not given"
				: ""};
		add_found(inquiry, &found);
	}
	for (size_t i = 0; i < result->class_count; i++) {
		const struct structure_class_hit *c = &result->classes[i];
		struct classes_info info = classes_info(inquiry->classes, c->index);
		struct inquiry_found found = {
		    .substance = ledger_find(&inquiry->ledger, info.id),
		    .certainty = c->closed ? TW_CERTAINTY_EXACT : TW_CERTAINTY_WEAK,
		    .how = "structure",
		    .matched = all,
		    .note = c->closed ? "" : "no closed test in the law: a person decides"};
		snprintf(found.conditions, sizeof found.conditions, "%s", c->conditions);
		if (found.substance != LEDGER_NONE)
			add_found(inquiry, &found);
	}
}

/* What a systematic name that is all of the text stands for, or the text itself. */
static struct tw_text structure_text(const struct inquiry *inquiry, struct nomen_name *name)
{
	struct tw_text asked = {inquiry->asked, strlen(inquiry->asked)};
	if (nomen_looks(asked) && nomen_next(name, asked, 0) && name->from == 0)
		return (struct tw_text){name->smiles, strlen(name->smiles)};
	return asked;
}

/* The text as a SMILES or a systematic name; only when nothing else was found in it. */
static int look_at_structure(struct inquiry *inquiry)
{
	uint32_t count = inquiry->ledger.count[LEDGER_SUBSTANCES];
	struct structure_substance *shapes = NULL;
	struct structure_result *result = NULL;
	struct structure *structure = NULL;
	struct tw_error error = {0};
	size_t used = 0;
	int code = CLI_FAILED;
	struct nomen_name name;
	struct tw_text text = structure_text(inquiry, &name);
	if (inquiry->found_count || (text.at == inquiry->asked && strchr(inquiry->asked, ' ')))
		return CLI_DONE;
	if (!structure_available()) {
		inquiry->structure = "was not read as a structure: this build has none";
		return CLI_DONE;
	}
	shapes = calloc(count + 1, sizeof *shapes);
	result = calloc(1, sizeof *result);
	if (!shapes || !result)
		goto done;
	for (uint32_t i = 0; i < count; i++) {
		const char *smiles =
		    ledger_text(&inquiry->ledger, inquiry->ledger.substances[i].smiles);
		if (*smiles)
			shapes[used++] = (struct structure_substance){
			    i, smiles, inquiry->ledger.substances[i].flags & LEDGER_SALTS};
	}
	struct structure_source source = {inquiry->classes, shapes, used};
	if (structure_open(&structure, &source, &error)) {
		cli_error(&error);
		goto done;
	}
	structure_run(result, structure, text);
	read_structure(inquiry, result);
	inquiry->structure = result->refused
				 ? "does not read as a structure"
				 : "reads as a structure that no list or class here holds";
	code = CLI_DONE;
done:
	structure_close(structure);
	free(shapes);
	free(result);
	return code;
}

/* The surest first; of equals the first found. */
static void sort_found(struct inquiry *inquiry)
{
	for (size_t i = 1; i < inquiry->found_count; i++) {
		struct inquiry_found moved = inquiry->found[i];
		size_t at = i;
		for (; at && inquiry->found[at - 1].certainty < moved.certainty; at--)
			inquiry->found[at] = inquiry->found[at - 1];
		inquiry->found[at] = moved;
	}
}

static int read_country(char out[3], const char *text, const char *flag)
{
	if (strlen(text) != 2 || (text[0] | 32) < 'a' || (text[0] | 32) > 'z' ||
	    (text[1] | 32) < 'a' || (text[1] | 32) > 'z') {
		cli_message("substance: --%s \"%s\": write a country's two letters: US", flag,
			    text);
		return CLI_FAILED;
	}
	out[0] = (char)(text[0] & ~32);
	out[1] = (char)(text[1] & ~32);
	return CLI_DONE;
}

static int take_via(void *context, const char *value, struct tw_error *error)
{
	struct screen_facts *facts = context;
	char country[3] = {0};
	if (facts->via_count < 8 && strlen(value) == 2 && !read_country(country, value, "via")) {
		memcpy(facts->via[facts->via_count++], country, 3);
		return 0;
	}
	snprintf(error->message, sizeof error->message,
		 "--via \"%.20s\": write a country's two letters, at most eight times", value);
	return -1;
}

/* "25kg", "1.5 t", "200 L" in milligrams or microlitres. */
static int read_quantity(struct screen_facts *facts, const char *text)
{
	static const struct {
		const char *unit;
		int64_t milligrams, microlitres;
	} units[] = {{"kg", 1000000, 0},   {"g", 1000, 0},        {"mg", 1, 0},
		     {"t", 1000000000, 0}, {"lb", 453592, 0},     {"l", 0, 1000000},
		     {"ml", 0, 1000},      {"litres", 0, 1000000}};
	size_t length = strspn(text, "0123456789.,");
	const char *unit = text + length, *right = "";
	tw_quantity quantity;
	while (*unit == ' ')
		unit++;
	if (!length || !quantity_parse(&quantity, (struct tw_text){text, length}, &right))
		goto wrong;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strcasecmp(units[i].unit, unit))
			continue;
		int64_t scale = units[i].milligrams + units[i].microlitres;
		if (quantity > INT64_MAX / scale)
			goto wrong;
		*(units[i].milligrams ? &facts->weight : &facts->volume) =
		    quantity * scale / TW_QUANTITY_UNIT;
		return CLI_DONE;
	}
wrong:
	cli_message("substance: --weight \"%s\": write a number and a unit: 25kg, 500g, 1.5t, 200L",
		    text);
	return CLI_FAILED;
}

static int read_day(struct inquiry *inquiry)
{
	struct time_parsed parsed;
	const char *right;
	inquiry->on = inquiry->on ? cli_day(inquiry->on) : cli_today();
	if (!time_parse(&parsed, TW_ZONE_UTC, (struct tw_text){inquiry->on, strlen(inquiry->on)},
			&right)) {
		cli_message("substance: --on \"%s\": %s", inquiry->on, right);
		return CLI_FAILED;
	}
	inquiry->facts.entered = parsed.at;
	return CLI_DONE;
}

static int open_law(struct inquiry *inquiry, const tw_rulebook *rulebook)
{
	struct tw_error error = {0};
	size_t names, classes;
	int code = ledger_open(&inquiry->ledger, rulebook, &error);
	int32_t last = rulebook_layout(rulebook)->law->coverage_last;
	inquiry->edition = tw_rulebook_edition(rulebook);
	inquiry->known_on = tw_rulebook_known_on(rulebook);
	if (!code && time_local_day(TW_ZONE_UTC, inquiry->facts.entered) > last)
		inquiry_day(inquiry->known_to, last);
	inquiry->names = rulebook_section(rulebook, LEDGER_TAG_NAMES, &names);
	inquiry->classes = rulebook_section(rulebook, LEDGER_TAG_CLASSES, &classes);
	if (code == TW_NOT_FOUND)
		cli_message(
		    "substance: this rulebook holds no chemicals; compile it from a law folder "
		    "with law/substances");
	else if (code)
		cli_error(&error);
	else if (!inquiry->names || !match_check(inquiry->names, names) || !inquiry->classes ||
		 !classes_check(inquiry->classes, classes))
		cli_message("substance: the rulebook's chemistry is damaged: compile it again");
	else
		return CLI_DONE;
	return CLI_FAILED;
}

/* The words [from, to) of the question as one text, malloc'ed. */
static char *join(char **words, int from, int to)
{
	size_t size = 1;
	for (int i = from; i < to; i++)
		size += strlen(words[i]) + 1;
	char *text = calloc(1, size);
	for (int i = from; text && i < to; i++) {
		strcat(text, i > from ? " " : "");
		strcat(text, words[i]);
	}
	return text;
}

/* Is all of the text one name? */
static bool is_one_name(const struct inquiry *inquiry, struct match_scratch *scratch,
			const char *text)
{
	struct match_hit hits[64];
	struct match_query query = {
	    {text, strlen(text)}, MATCH_FIELD_TEXT, true, MATCH_ANY_MACHINE};
	size_t count = match_text(hits, 64, inquiry->names, scratch, &query);
	for (size_t i = 0; i < count; i++)
		if (hits[i].from == 0 && hits[i].length == query.text.length)
			return true;
	return false;
}

static bool is_modifier(const struct inquiry *inquiry, struct match_scratch *scratch,
			const char *word)
{
	return strchr(word, '%') ||
	       match_is_modifier(inquiry->names, scratch, (struct tw_text){word, strlen(word)});
}

/* How many of the words from this one on are one name: "sulfuric acid", "4-AP hydrochloride". */
static int words_of_name(const struct inquiry *inquiry, struct match_scratch *scratch, char **words,
			 int left)
{
	enum { LONGEST = 8 };
	int count = 1;
	for (int n = left < LONGEST ? left : LONGEST; n > 1 && count == 1; n--) {
		char *text = join(words, 0, n);
		if (text && is_one_name(inquiry, scratch, text))
			count = n;
		free(text);
	}
	bool leads = count == 1 && is_modifier(inquiry, scratch, words[0]);
	if (leads && left > 1) /* "anhydrous" stands before its name */
		return 1 + words_of_name(inquiry, scratch, words + 1, left - 1);
	while (count < left && is_modifier(inquiry, scratch, words[count]))
		count++;
	return count;
}

static int ask(struct inquiry *inquiry, const char *asked, bool json)
{
	struct inquiry one = *inquiry;
	int code = CLI_DONE;
	one.asked = asked;
	if (look_up(&one) || look_at_structure(&one))
		return CLI_FAILED;
	sort_found(&one);
	if (json)
		code = substance_json(&one);
	else
		substance_page(&one, cli_color(STDOUT_FILENO));
	return code ? code : one.found_count ? CLI_DONE : CLI_SOME_REFUSED;
}

static bool knows(const struct inquiry *inquiry, const char *asked)
{
	struct inquiry one = *inquiry;
	one.asked = asked;
	return !look_up(&one) && one.found_count;
}

/* Words that nothing is known of are one phrase, unless they are numbers or were quoted. */
static bool is_phrase(const struct inquiry *inquiry, char **words, int count)
{
	for (int i = 0; i < count; i++)
		if (strpbrk(words[i], " 0123456789*") || knows(inquiry, words[i]))
			return false;
	return true;
}

static int ask_all(struct inquiry *inquiry, char **words, int count, bool json)
{
	struct match_scratch *scratch = match_scratch_new();
	int code = scratch ? CLI_DONE : CLI_FAILED;
	bool phrase = scratch && is_phrase(inquiry, words, count);
	for (int i = 0, n; i < count && code != CLI_FAILED; i += n) {
		n = words_of_name(inquiry, scratch, words + i, count - i);
		if (phrase && !i && n == 1)
			n = count;
		char *asked = join(words, i, i + n);
		size_t length = asked ? strlen(asked) : 0;
		int one;
		if (asked && length > 1 && (asked[0] == '*' || asked[length - 1] == '*')) {
			struct listing like = {.like = asked + (asked[0] == '*'),
					       .json = json,
					       .begins = asked[0] != '*'};
			if (asked[length - 1] == '*')
				asked[length - 1] = '\0';
			one = substance_list(inquiry, &like);
		} else {
			one = asked ? ask(inquiry, asked, json) : CLI_FAILED;
		}
		free(asked);
		code = one > code ? one : code;
	}
	match_scratch_free(scratch);
	return code;
}

static int ask_changes(struct inquiry *inquiry, const char *since, char **words, int count,
		       bool json)
{
	enum { ONLY = 256 };
	struct time_parsed parsed;
	uint32_t only[ONLY];
	size_t used = 0;
	const char *right;
	const char *day = cli_day(since);
	int code = CLI_DONE;
	if (!time_parse(&parsed, TW_ZONE_UTC, (struct tw_text){day, strlen(day)}, &right)) {
		cli_message("substance: --changes \"%s\": %s", since, right);
		return CLI_FAILED;
	}
	struct match_scratch *scratch = match_scratch_new();
	for (int i = 0, n; scratch && i < count; i += n) {
		n = words_of_name(inquiry, scratch, words + i, count - i);
		struct inquiry one = *inquiry;
		char *asked = join(words, i, i + n);
		one.asked = asked ? asked : "";
		if (look_up(&one))
			code = CLI_FAILED;
		if (!one.found_count) {
			cli_message("substance: nothing is known here by \"%s\"", one.asked);
			code = code ? code : CLI_SOME_REFUSED;
		}
		for (size_t k = 0; k < one.found_count && used < ONLY; k++)
			only[used++] = one.found[k].substance;
		free(asked);
	}
	match_scratch_free(scratch);
	if (code == CLI_FAILED || (count && !used))
		return code;
	int32_t from = (int32_t)time_local_day(TW_ZONE_UTC, parsed.at);
	int told = substance_changes(inquiry, from, only, used, json);
	return told ? told : code;
}

struct wishes {
	const char *format, *by, *changes;
	bool list, help;
};

static int answer(struct inquiry *inquiry, const tw_rulebook *rulebook, const struct wishes *wish,
		  int count, char **words)
{
	static const char *const formats[] = {"page", "json", "table", "ndjson"};
	static const char *const orders[] = {"jurisdiction", "family"};
	size_t which = 0;
	while (wish->format && which < 4 && strcmp(formats[which], wish->format))
		which++;
	if (which == 4)
		return cli_no_such("substance", "format", wish->format, formats, 2);
	if (wish->by && strcmp(wish->by, orders[0]) != 0 && strcmp(wish->by, orders[1]) != 0)
		return cli_no_such("substance", "order", wish->by, orders, 2);
	if (wish->by && !wish->list) {
		cli_message("substance: --by orders what --list shows: give both");
		return CLI_FAILED;
	}
	if (open_law(inquiry, rulebook))
		return CLI_FAILED;
	bool json = wish->format && (which == 1 || which == 3);
	if (wish->changes)
		return ask_changes(inquiry, wish->changes, words, count, json);
	if (!wish->list)
		return ask_all(inquiry, words, count, json);
	char *like = count ? join(words, 0, count) : NULL;
	struct listing listing = {.by = wish->by, .like = like, .json = json};
	int code = substance_list(inquiry, &listing);
	free(like);
	return code;
}

static int read_flags(struct inquiry *inquiry, struct wishes *wish, struct cli_law *law, int argc,
		      char **argv)
{
	const char *concentration = NULL;
	int count;
	const struct cli_flag flags[] = {
	    {.name = "on", .text = &inquiry->on},
	    {.name = "from", .text = &inquiry->from},
	    {.name = "into", .text = &inquiry->into},
	    {.name = "via", .take = take_via, .context = &inquiry->facts},
	    {.name = "weight", .text = &inquiry->weight},
	    {.name = "concentration", .text = &concentration},
	    {.name = "explain", .flag = &inquiry->explain},
	    {.name = "list", .flag = &wish->list},
	    {.name = "by", .text = &wish->by},
	    {.name = "changes", .text = &wish->changes},
	    {.name = "format", .text = &wish->format},
	    {.name = "as-known-on", .text = &law->known_on},
	    {.name = "rulebook", .text = &law->rulebook},
	    {.name = "law", .text = &law->folder}};
	if (cli_flags(&count, &wish->help, argc, argv, flags, sizeof flags / sizeof *flags))
		return -1;
	if (concentration)
		inquiry->ppm =
		    content_column((struct tw_text){concentration, strlen(concentration)});
	return count;
}

int command_substance(int argc, char **argv)
{
	struct inquiry inquiry = {
	    .ppm = -1, .structure = "", .facts = {.weight = -1, .volume = -1, .hts = ""}};
	struct wishes wish = {0};
	struct cli_law law = {0};
	tw_rulebook *owned = NULL;
	const tw_rulebook *rulebook;
	int code = CLI_FAILED, count = read_flags(&inquiry, &wish, &law, argc, argv);
	if (count < 0)
		return CLI_FAILED;
	if (wish.help) {
		fputs(help_text, stdout);
		return CLI_DONE;
	}
	if ((!count || !*argv[1]) && !wish.list && !wish.changes) {
		cli_message("substance: what is asked for? A name, CAS number, InChIKey or SMILES");
		return CLI_FAILED;
	}
	if (!(inquiry.into && read_country(inquiry.facts.into, inquiry.into, "into")) &&
	    !(inquiry.from && read_country(inquiry.facts.origin, inquiry.from, "from")) &&
	    !(inquiry.weight && read_quantity(&inquiry.facts, inquiry.weight)) &&
	    !read_day(&inquiry) && !cli_rulebook(&rulebook, &owned, &law))
		code = answer(&inquiry, rulebook, &wish, count, argv + 1);
	tw_rulebook_close(owned);
	return code;
}
