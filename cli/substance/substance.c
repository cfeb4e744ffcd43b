/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tidewaiter substance: what is this chemical, who controls it, and what does
 * a shipment of it need on a day and a route. Owns the flags; what is found is
 * screen/inquiry's, and how it is written findings/substance's and page.c's.
 */
#include "cli/substance/substance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/days.h"
#include "cli/terminal.h"
#include "common/error.h"
#include "common/instant.h"
#include "findings/substance.h"
#include "screen/content.h"

/* What is asked beside the question itself. */
struct wishes {
	const char *format, *by, *changes, *from, *into, *weight;
	bool list, explain;
	enum substance_form form;
};

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
	return error_set(error, TW_BAD_ARGUMENT,
			 "--via \"%.20s\": write a country's two letters, at most eight times",
			 value);
}

static int read_quantity(struct screen_facts *facts, const tw_rulebook *rulebook, const char *text)
{
	if (inquiry_quantity(facts, rulebook, text))
		return CLI_DONE;
	cli_message("substance: --weight \"%s\": write a number and a unit: 25kg, 500g, 1.5t, 200L",
		    text);
	return CLI_FAILED;
}

static int read_day(struct inquiry *inquiry)
{
	struct time_parsed parsed;
	const char *right;
	if (cli_days_is_period(inquiry->on))
		return cli_days_not_one("substance", "on", inquiry->on);
	inquiry->on = inquiry->on ? cli_day(inquiry->on) : cli_today();
	if (!time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){inquiry->on, strlen(inquiry->on)},
			&right)) {
		cli_message("substance: --on \"%s\": %s", inquiry->on, right);
		return CLI_FAILED;
	}
	inquiry->facts.entered = parsed.at;
	return CLI_DONE;
}

/* The country of a route is one that the law knows. */
static bool is_country(const tw_rulebook *rulebook, const char *code, const char *flag)
{
	char letters[3];
	if (!*code ||
	    inquiry_country(letters, rulebook, (struct tw_text){code, 2}, !strcmp(flag, "into")))
		return true;
	cli_message("substance: --%s %s: no country has these letters", flag, code);
	return false;
}

static bool is_route(const struct screen_facts *facts, const tw_rulebook *rulebook)
{
	bool known = is_country(rulebook, facts->into, "into") &&
		     is_country(rulebook, facts->origin, "from");
	for (size_t i = 0; known && i < facts->via_count; i++)
		known = is_country(rulebook, facts->via[i], "via");
	return known;
}

static int open_law(struct inquiry *inquiry, const tw_rulebook *rulebook)
{
	struct tw_error error = {0};
	if (!inquiry_open(inquiry, rulebook, &error))
		return CLI_DONE;
	cli_message("substance: %s", error.message);
	return CLI_FAILED;
}

/* A page goes to the terminal with its styles, the rest as it is. */
static int print(struct buffer *out, const struct wishes *wish)
{
	int code = terminal_answer(out, wish->form == SUBSTANCE_PAGE, cli_color(STDOUT_FILENO));
	buffer_free(out);
	return code;
}

static int no_memory(void)
{
	cli_message("out of memory");
	return CLI_FAILED;
}

static int ask(struct inquiry *inquiry, const char *asked, const struct wishes *wish, bool again)
{
	const struct substance_look look = {wish->weight, wish->explain, cli_color(STDOUT_FILENO),
					    terminal_columns()};
	struct inquiry one = *inquiry;
	struct tw_error error = {0};
	struct buffer out = {.width = terminal_width()};
	one.asked = asked;
	if (inquiry_ask(&one, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	if (wish->form == SUBSTANCE_SVG) {
		int drawn = substance_drawing(&out, &one);
		if (drawn) {
			buffer_free(&out);
			return drawn;
		}
	} else if (wish->form == SUBSTANCE_CSV) {
		substance_rows(&out, &one);
	} else if (wish->form != SUBSTANCE_PAGE) {
		substance_json(&out, &one);
	} else {
		buffer_text(&out, again ? "\n" : ""); /* of several names each has a page */
		substance_page(&out, &one, &look);
	}
	int code = print(&out, wish);
	return code || wish->form == SUBSTANCE_SVG ? code
	       : one.found_count                   ? CLI_DONE
						   : CLI_SOME_REFUSED;
}

/* A list: broken on a terminal, one line for those who search in a file. */
static int list(struct inquiry *inquiry, const struct listing *listing, const struct wishes *wish)
{
	struct buffer out = {.width = terminal_out() ? terminal_width() : INT32_MAX};
	int code = substance_list(&out, inquiry, listing), printed = print(&out, wish);
	return printed > code ? printed : code;
}

/* "piperid*", "*fentanyl*", "fentanyl": what is listed. The last star is cut off the text. */
static struct listing starred(char *text)
{
	size_t length = strlen(text);
	bool inside = text[0] == '*', open = length > 1 && text[length - 1] == '*';
	if (open)
		text[length - 1] = '\0';
	return (struct listing){.like = text + inside, .begins = open && !inside};
}

static bool is_starred(const char *text)
{
	size_t length = strlen(text);
	return length > 1 && (text[0] == '*' || text[length - 1] == '*');
}

/* A table has one kind of rows: the header of names, or a list that is all that is asked for. */
static int begin_rows(char **words, int count, const struct wishes *wish)
{
	struct buffer out = {0};
	if (wish->form != SUBSTANCE_CSV || (count == 1 && is_starred(words[0])))
		return CLI_DONE;
	for (int i = 0; i < count; i++)
		if (is_starred(words[i])) {
			cli_message(
			    "substance: \"%s\" is a list with columns of its own: ask for it "
			    "alone, or as json",
			    words[i]);
			return CLI_FAILED;
		}
	substance_header(&out);
	return print(&out, wish);
}

static int not_one_picture(void)
{
	cli_message("substance: --format svg draws one structure: give one name or SMILES");
	return CLI_FAILED;
}

static int ask_all(struct inquiry *inquiry, char **words, int count, const struct wishes *wish)
{
	struct match_scratch *scratch = match_scratch_new();
	int phrase = scratch ? inquiry_is_phrase(inquiry, words, count) : -1;
	int code = phrase < 0 ? no_memory() : begin_rows(words, count, wish);
	for (int i = 0, n; i < count && code != CLI_FAILED; i += n) {
		n = inquiry_words_of_name(inquiry, scratch, words + i, count - i);
		if (n < 0) {
			code = no_memory();
			break;
		}
		if (phrase && !i && n == 1)
			n = count;
		if (wish->form == SUBSTANCE_SVG && (n != count || is_starred(words[i])))
			return match_scratch_free(scratch), not_one_picture();
		char *asked = inquiry_join(words, i, i + n);
		int one;
		if (asked && is_starred(asked)) {
			struct listing like = starred(asked);
			like.form = wish->form;
			one = list(inquiry, &like, wish);
		} else {
			one = asked ? ask(inquiry, asked, wish, i > 0) : no_memory();
		}
		free(asked);
		code = one > code ? one : code;
	}
	match_scratch_free(scratch);
	return code;
}

static int ask_changes(struct inquiry *inquiry, const char *since, char **words, int count,
		       const struct wishes *wish)
{
	struct time_parsed parsed;
	struct tw_error error = {0};
	struct buffer out = {.width = terminal_out() ? terminal_width() : INT32_MAX};
	size_t used = 0;
	const char *right;
	const char *day = since;
	int code = CLI_DONE;
	if (!time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){day, strlen(day)}, &right)) {
		cli_message("substance: --changes \"%s\": %s", since, right);
		return CLI_FAILED;
	}
	struct match_scratch *scratch = match_scratch_new();
	uint32_t *only = calloc((size_t)count + 1, INQUIRY_FOUND * sizeof *only);
	if (!scratch || !only)
		code = no_memory();
	for (int i = 0, n; code != CLI_FAILED && i < count; i += n) {
		n = inquiry_words_of_name(inquiry, scratch, words + i, count - i);
		struct inquiry one = *inquiry;
		char *asked = n < 0 ? NULL : inquiry_join(words, i, i + n);
		if (!asked) {
			code = no_memory();
			break;
		}
		one.asked = asked;
		if (inquiry_look_up(&one, &error)) {
			cli_error(&error);
			code = CLI_FAILED;
			free(asked);
			break;
		}
		if (!one.found_count) {
			cli_message("substance: no match for \"%s\"", one.asked);
			code = code ? code : CLI_SOME_REFUSED;
		}
		for (size_t k = 0; k < one.found_count; k++)
			only[used++] = one.found[k].substance;
		free(asked);
	}
	match_scratch_free(scratch);
	if (code != CLI_FAILED && (!count || used)) {
		int32_t from = (int32_t)time_local_day(TIME_ZONE_UTC, parsed.at);
		int told = substance_changes(&out, inquiry, from, only, used, wish->form);
		int printed = print(&out, wish);
		code = told ? told : printed ? printed : code;
	}
	free(only);
	return code;
}

static enum substance_form form_of(const char *format)
{
	return !format                     ? SUBSTANCE_PAGE
	       : !strcmp(format, "csv")    ? SUBSTANCE_CSV
	       : !strcmp(format, "json")   ? SUBSTANCE_JSON
	       : !strcmp(format, "ndjson") ? SUBSTANCE_NDJSON
	       : !strcmp(format, "svg")    ? SUBSTANCE_SVG
					   : SUBSTANCE_PAGE;
}

static int answer(struct inquiry *inquiry, const tw_rulebook *rulebook, const struct wishes *wish,
		  int count, char **words)
{
	if (wish->by && !wish->list) {
		cli_message("substance: --by orders what --list shows: give both");
		return CLI_FAILED;
	}
	if (wish->form == SUBSTANCE_SVG && (wish->list || wish->changes))
		return not_one_picture();
	if (!is_route(&inquiry->facts, rulebook) || open_law(inquiry, rulebook))
		return CLI_FAILED;
	if (wish->changes)
		return ask_changes(inquiry, wish->changes, words, count, wish);
	if (!wish->list)
		return ask_all(inquiry, words, count, wish);
	char *like = count ? inquiry_join(words, 0, count) : NULL;
	struct listing listing = like ? starred(like) : (struct listing){0};
	listing.by = wish->by;
	listing.form = wish->form;
	int code = list(inquiry, &listing, wish);
	free(like);
	return code;
}

/* The options of the command and where they go. */
struct question {
	struct inquiry inquiry;
	struct wishes wish;
	struct cli_law law;
};

static int take_concentration(void *at, const char *value, struct tw_error *error)
{
	(void)error;
	*(int32_t *)at = content_column((struct tw_text){value, strlen(value)});
	return TW_OK;
}

#define AT(member) offsetof(struct question, member)
#define ROUTE "Route"
#define LISTS "Lists"
#define ANSWER "Answer"

static const char *const formats[] = {"table", "csv", "json", "ndjson", "svg", "page=table", NULL};
static const char *const orders[] = {"jurisdiction", "family", NULL};

static const struct cli_option options[] = {
    {.name = "on",
     .argument = "DAY",
     .group = ROUTE,
     .help = "date of entry; default: today",
     .at = AT(inquiry.on),
     .values = VALUES_DAY},
    {.name = "from",
     .argument = "COUNTRY",
     .group = ROUTE,
     .help = "country of export: its export rules",
     .at = AT(wish.from),
     .values = VALUES_COUNTRY},
    {.name = "into",
     .argument = "COUNTRY",
     .group = ROUTE,
     .help = "country of import: its import rules",
     .at = AT(wish.into),
     .values = VALUES_COUNTRY},
    {.name = "via",
     .argument = "COUNTRY",
     .group = ROUTE,
     .help = "country of transit; may be repeated",
     .at = AT(inquiry.facts),
     .take = take_via,
     .values = VALUES_COUNTRY},
    {.name = "weight",
     .argument = "QUANTITY",
     .group = ROUTE,
     .help = "25kg, 500g, 1.5t, 10lb, 200L: for thresholds and penalties",
     .at = AT(wish.weight)},
    {.name = "concentration",
     .argument = "PERCENT",
     .group = ROUTE,
     .help = "concentration of the substance in a mixture",
     .at = AT(inquiry.ppm),
     .take = take_concentration},
    {.name = "list",
     .group = LISTS,
     .help = "all substances on record, or those with TEXT in a name",
     .at = AT(wish.list),
     .config = DEFAULT_NEVER},
    {.name = "by",
     .argument = "ORDER",
     .group = LISTS,
     .help = "order of --list: by the lists in force on the day, or by family",
     .at = AT(wish.by),
     .choices = orders,
     .config = DEFAULT_NEVER},
    {.name = "changes",
     .argument = "SINCE",
     .group = LISTS,
     .help = "what changed for these names, or for all, from a day to --on, or in a period "
	     "(2025-05, 2025-04-09..11)",
     .at = AT(wish.changes),
     .values = VALUES_DAY,
     .config = DEFAULT_NEVER},
    {.name = "explain",
     .group = ANSWER,
     .help = "citations with titles and links",
     .at = AT(wish.explain),
     .config = DEFAULT_SILENT},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = ANSWER,
     .help = "format of the answer; json and ndjson: an object a name; csv: a row a control; "
	     "svg: the structure, drawn",
     .at = AT(wish.format),
     .choices = formats,
     .config = DEFAULT_SILENT},
    CLI_LAW_OPTIONS(struct question, law),
};

static int run_substance(const struct cli_command *command, int argc, char **argv)
{
	struct question question = {.inquiry = INQUIRY_INIT};
	struct inquiry *inquiry = &question.inquiry;
	struct wishes *wish = &question.wish;
	struct cli_days during;
	char message[160];
	tw_rulebook *owned = NULL;
	const tw_rulebook *rulebook;
	int code, count;
	if (!cli_options(&count, &code, &question, command, argc, argv))
		return code;
	code = CLI_FAILED;
	if (wish->changes && !cli_days_read(&during, wish->changes, message)) {
		cli_message("substance: --changes: %s", message);
		return CLI_FAILED;
	}
	if (wish->changes && during.is_period && inquiry->on) {
		cli_message("substance: --changes %s already gives the last day: omit --on",
			    wish->changes);
		return CLI_FAILED;
	}
	if (wish->changes) {
		wish->changes = during.first_text;
		inquiry->on = during.is_period ? during.last_text : inquiry->on;
	}
	if ((!count || !*argv[1]) && !wish->list && !wish->changes) {
		cli_message("substance: give a name, CAS number, InChIKey or SMILES");
		return CLI_FAILED;
	}
	wish->form = form_of(wish->format);
	if (!(wish->into && read_country(inquiry->facts.into, wish->into, "into")) &&
	    !(wish->from && read_country(inquiry->facts.origin, wish->from, "from")) &&
	    !read_day(inquiry) && !cli_rulebook(&rulebook, &owned, &question.law) &&
	    !(wish->weight && read_quantity(&inquiry->facts, rulebook, wish->weight)))
		code = answer(inquiry, rulebook, wish, count, argv + 1);
	tw_rulebook_close(owned);
	return code;
}

const struct cli_command substance_command = {
    .name = "substance",
    .summary = "what a chemical or a tableting machine is and who controls it",
    .usage = "[OPTION...] NAME...\n--list [TEXT]\n--changes SINCE [NAME...]",
    .about = "NAME is a name in any language, a CAS or UN number, an InChIKey or a SMILES. Each "
	     "name is answered separately. piperid* finds names that begin with it, *fentanyl* "
	     "names that contain it.",
    .examples = "tidewaiter substance \"4-piperidone hydrochloride\" --on 2025-08-01 \\\n"
		"    --from CN --into US --weight 25kg\n"
		"tidewaiter substance 79099-07-3 acetone \"tablet press\"\n"
		"tidewaiter substance --format svg fentanyl > fentanyl.svg\n"
		"tidewaiter substance --list --by jurisdiction\n"
		"tidewaiter substance --changes 2025-01-01 4-AP",
    .more = "Exit code: 0 found; 1 no match for a name; 2 could not be carried out.",
    CLI_OPTIONS(options),
    .run = run_substance,
};
