/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns one line's way through the screen: what its columns name, merged to one
 * hit a substance, then the lists, then the lane. How names are found is the
 * matcher's, what lists ask the ledger's.
 *
 * The lane. Red: a licence or permit is required and the hit is exact. Yellow: a hit on
 * something that a list holds on that day, but not surely, or not surely on
 * this route or in this quantity; a structure that could not be looked at.
 * Green: nothing, or below every threshold. A hit in words that turn its sense
 * ("acetone-free") is shown; it makes a line yellow only where the text denies
 * the presence of a drug.
 */
#include "screen.h"

#include "cells.h"
#include "classes.h"
#include "content.h"
#include "control.h"
#include "ledger.h"
#include "match.h"
#include "nomen.h"
#include "structure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a line may hold; over one of them it is `overflow` and never green. */
#define MATCHES 64
#define SUBSTANCES 32
#define CONTROLS 256
#define NAMED 4 /* systematic names of one text that are looked at */
#define WARNINGS 8

/* What is known of one hit beyond what is answered. */
struct found {
	uint32_t substance;
	enum match_sense sense;
};

/* A systematic name in a text, with what its structure is. */
struct named {
	struct nomen_name name;
	struct structure_result result;
	bool told[STRUCTURE_MATCHES]; /* by the words of the ledger too */
};

struct screen {
	bool empty; /* the rulebook has no chemistry */
	struct ledger ledger;
	const void *names, *classes;
	struct match_scratch *scratch;
	struct structure *structure; /* NULL: not in this build */
	struct structure_substance *shapes;
	uint32_t *class_map;    /* class of the section -> substance, LEDGER_NONE */
	const char **citations; /* one for each index of the ledger */
	bool chapter[100];      /* tariff chapters with a code of the ledger */

	struct match_hit match[MATCHES];
	struct found found[SUBSTANCES];
	struct tw_substance_hit substance[SUBSTANCES];
	size_t substance_count;
	struct tw_control_hit control[CONTROLS];
	const struct ledger_control *row[CONTROLS]; /* of each control */
	size_t control_count;
	struct control_answer answer[CONTROLS];
	const char *warning[WARNINGS];
	size_t warning_count;
	char refused[160];
	struct named named[NAMED]; /* systematic names of the text that is being read */
	size_t named_count;
	char said[WARNINGS][240]; /* warnings with words of the line */
	size_t said_count;
	bool overflow;    /* something did not fit */
	uint32_t machine; /* the tariff code is that of equipment: match_query */
	bool unread;      /* a structure was given and not looked at */
};

static int damaged(struct tw_error *error, const char *what)
{
	if (error) {
		memset(error, 0, sizeof *error);
		error->code = TW_BAD_RULEBOOK;
		snprintf(error->message, sizeof error->message,
			 "the rulebook's %s are damaged: compile it again", what);
	}
	return TW_BAD_RULEBOOK;
}

static int open_sections(struct screen *screen, const tw_rulebook *rulebook, struct tw_error *error)
{
	size_t size;
	screen->names = rulebook_section(rulebook, LEDGER_TAG_NAMES, &size);
	if (!screen->names || !match_check(screen->names, size))
		return damaged(error, "chemical names");
	screen->classes = rulebook_section(rulebook, LEDGER_TAG_CLASSES, &size);
	if (!screen->classes || !classes_check(screen->classes, size))
		return damaged(error, "chemical classes");
	return TW_OK;
}

/* Pointers for what the answers cite: an index of the ledger may be an instrument. */
static bool make_citations(struct screen *screen)
{
	const struct ledger *ledger = &screen->ledger;
	uint32_t count = ledger->count[LEDGER_INDEXES];
	screen->citations = calloc(count + 1, sizeof *screen->citations);
	for (uint32_t i = 0; screen->citations && i < count; i++)
		if (ledger->indexes[i] < ledger->count[LEDGER_INSTRUMENTS])
			screen->citations[i] =
			    ledger_text(ledger, ledger->instruments[ledger->indexes[i]].id);
	return screen->citations != NULL;
}

static void note_chapters(struct screen *screen)
{
	for (uint32_t i = 0; i < screen->ledger.count[LEDGER_CODES]; i++)
		screen->chapter[screen->ledger.codes[i].low / 100000000 % 100] = true;
}

static int open_structures(struct screen *screen, struct tw_error *error)
{
	const struct ledger *ledger = &screen->ledger;
	uint32_t count = ledger->count[LEDGER_SUBSTANCES];
	size_t classes = classes_count(screen->classes), used = 0;
	screen->shapes = calloc(count + 1, sizeof *screen->shapes);
	screen->class_map = calloc(classes + 1, sizeof *screen->class_map);
	if (!screen->shapes || !screen->class_map)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		const char *smiles = ledger_text(ledger, ledger->substances[i].smiles);
		if (*smiles)
			screen->shapes[used++] = (struct structure_substance){
			    i, smiles, ledger->substances[i].flags & LEDGER_SALTS};
	}
	for (size_t i = 0; i < classes; i++)
		screen->class_map[i] = ledger_find(ledger, classes_info(screen->classes, i).id);
	if (!structure_available())
		return TW_OK;
	struct structure_source source = {screen->classes, screen->shapes, used};
	return structure_open(&screen->structure, &source, error);
}

int screen_new(struct screen **out, const tw_rulebook *rulebook, struct tw_error *error)
{
	struct screen *screen = calloc(1, sizeof *screen);
	int code = TW_NO_MEMORY;
	if (!screen)
		return TW_NO_MEMORY;
	code = ledger_open(&screen->ledger, rulebook, error);
	screen->empty = code == TW_NOT_FOUND;
	if (screen->empty) {
		code = TW_OK;
		goto done;
	}
	if (code || (code = open_sections(screen, rulebook, error)))
		goto done;
	code = TW_NO_MEMORY;
	if (!make_citations(screen) || !(screen->scratch = match_scratch_new()))
		goto done;
	note_chapters(screen);
	code = open_structures(screen, error);
done:
	if (code) {
		screen_free(screen);
		screen = NULL;
	}
	*out = screen;
	return code;
}

void screen_free(struct screen *screen)
{
	if (!screen)
		return;
	structure_close(screen->structure);
	match_scratch_free(screen->scratch);
	free(screen->shapes);
	free(screen->class_map);
	free(screen->citations);
	free(screen);
}

static void set_zone(uint8_t zones[26 * 26], const char *code, uint8_t zone)
{
	unsigned a = (unsigned char)code[0] - 'A', b = a < 26 ? (unsigned char)code[1] - 'A' : 26;
	if (b < 26)
		zones[a * 26 + b] = zone;
}

void screen_zones(const struct screen *screen, uint8_t zones[26 * 26])
{
	const struct ledger *ledger = &screen->ledger;
	if (screen->empty)
		return;
	for (uint32_t i = 0; i < ledger->count[LEDGER_LISTS]; i++) {
		const struct ledger_list *list = &ledger->lists[i];
		set_zone(zones, ledger_text(ledger, list->jurisdiction), list->zone);
		for (uint32_t k = 0; k < list->members.count; k++)
			set_zone(zones, ledger_word(ledger, list->members, k), list->zone);
	}
}

static void warn(struct screen *screen, const char *text)
{
	for (size_t i = 0; i < screen->warning_count; i++)
		if (screen->warning[i] == text)
			return;
	if (screen->warning_count == WARNINGS)
		screen->overflow = true;
	else
		screen->warning[screen->warning_count++] = text;
}

static bool is_better(const struct tw_substance_hit *hit, enum match_sense sense,
		      const struct tw_substance_hit *than, enum match_sense before)
{
	if (hit->certainty != than->certainty)
		return hit->certainty > than->certainty;
	if (sense == MATCH_SENSE_PLAIN && before != MATCH_SENSE_PLAIN)
		return true;
	return !strcmp(than->how, "hts"); /* what is written says more than the code */
}

/* Room for a warning in words of the line; NULL when there is none left. */
static char *room(struct screen *screen)
{
	screen->overflow = screen->overflow || screen->said_count == WARNINGS;
	return screen->said_count == WARNINGS ? NULL : screen->said[screen->said_count++];
}

/* One hit a substance: the surest, of equals the first. */
static void add_hit(struct screen *screen, uint32_t substance, const struct tw_substance_hit *hit,
		    enum match_sense sense)
{
	const struct ledger_substance *s = &screen->ledger.substances[substance];
	size_t i = 0;
	while (i < screen->substance_count && screen->found[i].substance != substance)
		i++;
	screen->overflow = screen->overflow || i == SUBSTANCES;
	if (i == SUBSTANCES ||
	    (i < screen->substance_count &&
	     !is_better(hit, sense, &screen->substance[i], screen->found[i].sense)))
		return;
	if (i == screen->substance_count)
		screen->substance_count++;
	screen->found[i] = (struct found){substance, sense};
	screen->substance[i] = *hit;
	screen->substance[i].substance = ledger_text(&screen->ledger, s->id);
	screen->substance[i].name = ledger_text(&screen->ledger, s->name);
}

static const char *how_of(enum match_kind kind)
{
	switch (kind) {
	case MATCH_CAS:
		return "cas";
	case MATCH_UN:
		return "un";
	case MATCH_INCHIKEY:
		return "inchikey";
	case MATCH_INCHI:
		return "inchi";
	default:
		return "name";
	}
}

/*
 * A word inside a systematic name is no hit of its own: what the whole name is
 * decides. Where both agree the word's hit stands, because it knows the words
 * around ("free of"); so does a hit that is all of the name, because usage gives
 * some names another meaning than their grammar ("2-bromoethylbenzene").
 */
static bool inside_name(struct screen *screen, const struct match_hit *hit)
{
	if (hit->kind != MATCH_NAME && hit->kind != MATCH_ABBREVIATION)
		return false;
	for (size_t i = 0; i < screen->named_count; i++) {
		struct named *named = &screen->named[i];
		if (hit->from < named->name.from ||
		    hit->from + hit->length > named->name.from + named->name.length)
			continue;
		for (size_t k = 0; k < named->result.match_count; k++)
			if (named->result.matches[k].substance == hit->substance)
				return !(named->told[k] = true);
		return hit->length < named->name.length || hit->certainty != TW_CERTAINTY_EXACT;
	}
	return false;
}

/* Systematic names of a text, read to structures before its words. */
static void read_names(struct screen *screen, struct tw_text text)
{
	size_t from = 0;
	screen->named_count = 0;
	if (!screen->structure || !nomen_looks(text))
		return;
	while (screen->named_count < NAMED) {
		struct named *named = &screen->named[screen->named_count];
		if (!nomen_next(&named->name, text, from))
			return;
		from = named->name.from + named->name.length;
		memset(named->told, 0, sizeof named->told);
		structure_run(&named->result, screen->structure,
			      (struct tw_text){named->name.smiles, strlen(named->name.smiles)});
		screen->named_count += !named->result.refused;
	}
}

static void look_at(struct screen *screen, struct tw_text text, enum tw_column column,
		    enum match_field field, bool chemical)
{
	struct match_query query = {text, field, chemical, screen->machine};
	if (!query.text.length)
		return;
	size_t count = match_text(screen->match, MATCHES, screen->names, screen->scratch, &query);
	screen->overflow = screen->overflow || count == MATCHES;
	for (size_t i = 0; i < count; i++) {
		const struct match_hit *m = &screen->match[i];
		char *said = m->substance == MATCH_NOTHING ? room(screen) : NULL;
		if (said) {
			cell_warning(said, m, query.text);
			warn(screen, said);
		}
		if (inside_name(screen, m))
			continue;
		if (m->substance >= screen->ledger.count[LEDGER_SUBSTANCES])
			continue;
		struct tw_substance_hit hit = {.matched = {query.text.at + m->from, m->length},
					       .how = how_of(m->kind),
					       .field = tw_column_name(column),
					       .certainty = m->certainty,
					       .conditions = "",
					       .note = m->note};
		if (screen->ledger.substances[m->substance].flags & LEDGER_CLASS) {
			hit.certainty = TW_CERTAINTY_WEAK;
			if (!*hit.note)
				hit.note = "the class is named, not shown: a person decides";
		}
		add_hit(screen, m->substance, &hit, m->sense);
	}
	screen->named_count = 0;
}

static void look_at_text(struct screen *screen, const struct tw_line *line, enum tw_column column,
			 enum match_field field, bool chemical)
{
	look_at(screen, line->column[column], column, field, chemical);
}

static uint64_t code_number(const char *digits)
{
	uint64_t number = 0;
	int count = 0;
	for (; digits && count < 10 && digits[count] >= '0' && digits[count] <= '9'; count++)
		number = number * 10 + (uint64_t)(digits[count] - '0');
	if (count < 6)
		return 0;
	for (; count < 10; count++)
		number *= 10;
	return number;
}

static bool is_chapter(const struct screen *screen, const char *digits)
{
	return digits && digits[0] >= '0' && digits[0] <= '9' && digits[1] >= '0' &&
	       digits[1] <= '9' && screen->chapter[(digits[0] - '0') * 10 + (digits[1] - '0')];
}

/* True when the code is one under which chemicals of the ledger travel. */
static bool look_at_code(struct screen *screen, const struct tw_line *line,
			 const struct screen_facts *facts)
{
	uint64_t number = is_chapter(screen, facts->hts) ? code_number(facts->hts) : 0;
	struct ledger_span span = {0, 0};
	bool chemical = false;
	if (number)
		span = ledger_codes(&screen->ledger, number);
	for (uint32_t i = 0; i < span.count; i++) {
		const struct ledger_code *code = &screen->ledger.codes[span.first + i];
		const char *in = ledger_text(&screen->ledger, code->jurisdiction);
		if (number < code->low || number >= code->high || (*in && strcmp(in, facts->into)))
			continue;
		if (screen->ledger.substances[code->substance].flags & LEDGER_EQUIPMENT)
			screen->machine = code->substance + 1;
		else
			chemical = true;
		if (code->stands == LEDGER_AMONG)
			continue;
		bool only = code->stands == LEDGER_ONLY;
		struct tw_substance_hit hit = {
		    .matched = line->column[TW_COLUMN_HTS],
		    .how = "hts",
		    .field = tw_column_name(TW_COLUMN_HTS),
		    .certainty = only ? TW_CERTAINTY_EXACT : TW_CERTAINTY_WEAK,
		    .conditions = "",
		    .note = only ? "" : "the tariff code covers a few other goods too"};
		add_hit(screen, code->substance, &hit, MATCH_SENSE_PLAIN);
	}
	return chemical;
}

static void add_shape(struct screen *screen, const struct structure_match *match,
		      struct tw_text smiles, bool named)
{
	struct tw_substance_hit hit = {
	    .matched = smiles,
	    .how = named ? "name" : "structure",
	    .field = tw_column_name(named ? TW_COLUMN_DESCRIPTION : TW_COLUMN_SMILES),
	    .certainty = TW_CERTAINTY_EXACT,
	    .conditions = "",
	    .note = ""};
	if (match->stereo_differs)
		hit.note = "another stereoisomer, or stereochemistry not given";
	if (match->labelled) {
		hit.certainty = TW_CERTAINTY_NEAR;
		hit.note = "isotopically labelled";
	}
	add_hit(screen, match->substance, &hit, MATCH_SENSE_PLAIN);
}

static void add_class(struct screen *screen, const struct structure_class_hit *class,
		      struct tw_text smiles, bool named)
{
	uint32_t substance = screen->class_map[class->index];
	struct tw_substance_hit hit = {
	    .matched = smiles,
	    .how = named ? "name" : "structure",
	    .field = tw_column_name(named ? TW_COLUMN_DESCRIPTION : TW_COLUMN_SMILES),
	    .certainty = class->closed ? TW_CERTAINTY_EXACT : TW_CERTAINTY_WEAK,
	    .conditions = class->conditions,
	    .note = class->closed ? ""
				  : "no closed test in the law: a person "
				    "decides"};
	if (substance != LEDGER_NONE)
		add_hit(screen, substance, &hit, MATCH_SENSE_PLAIN);
}

/* The description: what its systematic names are, and its words. */
static void look_at_description(struct screen *screen, const struct tw_line *line, bool chemical)
{
	struct tw_text text = line->column[TW_COLUMN_DESCRIPTION];
	read_names(screen, text);
	size_t count = screen->named_count;
	look_at_text(screen, line, TW_COLUMN_DESCRIPTION, MATCH_FIELD_TEXT, chemical);
	for (size_t i = 0; i < count; i++) {
		const struct named *named = &screen->named[i];
		struct tw_text words = {text.at + named->name.from, named->name.length};
		for (size_t k = 0; k < named->result.match_count; k++)
			if (!named->told[k])
				add_shape(screen, &named->result.matches[k], words, true);
		/* Of a substance of the ledger its own entry says the classes. */
		for (size_t k = 0; !named->result.match_count && k < named->result.class_count; k++)
			if (named->result.classes[k].index < classes_count(screen->classes))
				add_class(screen, &named->result.classes[k], words, true);
	}
}

static void look_at_structure(struct screen *screen, const struct tw_line *line)
{
	struct tw_text smiles = line->column[TW_COLUMN_SMILES];
	static struct structure_result none;
	struct structure_result result = none;
	if (!smiles.length)
		return;
	if (smiles.length > 6 && !strncasecmp(smiles.at, "InChI=", 6)) {
		look_at(screen, smiles, TW_COLUMN_SMILES, MATCH_FIELD_TEXT, true);
		return;
	}
	if (!screen->structure) {
		screen->unread = true;
		warn(screen,
		     "structure-absent: this build reads no structures: the smiles column was not "
		     "looked at");
		return;
	}
	struct cell_structure cell;
	if (!cell_structure(&cell, smiles))
		result = (struct structure_result){
		    .refused = true,
		    .reason = "the extension behind it makes it a pattern, not one structure"};
	else
		structure_run(&result, screen->structure, cell.smiles);
	smiles = cell.smiles;
	if (result.refused) {
		screen->unread = true;
		snprintf(screen->refused, sizeof screen->refused, "structure-refused: %.120s",
			 result.reason);
		warn(screen, screen->refused);
		return;
	}
	for (size_t i = 0; i < result.match_count; i++)
		add_shape(screen, &result.matches[i], smiles, false);
	/* Of a substance that the ledger knows, its own row says which open classes may hold it. */
	bool known = result.match_count > 0;
	for (size_t i = 0; i < result.class_count; i++)
		if (result.classes[i].index < classes_count(screen->classes) &&
		    (result.classes[i].closed || !known))
			add_class(screen, &result.classes[i], smiles, false);
}

/* "CC(C)=O acetone": the name behind a structure is read too. */
static void look_behind_structure(struct screen *screen, const struct tw_line *line)
{
	struct cell_structure cell;
	cell_structure(&cell, line->column[TW_COLUMN_SMILES]);
	look_at(screen, cell.name, TW_COLUMN_SMILES, MATCH_FIELD_TEXT, true);
}

/* A control turns on the quantity, and the description alone says one. */
static void note_amount(struct screen *screen, const struct tw_line *line,
			const struct screen_facts *facts)
{
	bool wanted = false;
	for (size_t i = 0; i < screen->control_count; i++)
		wanted |= screen->control[i].status == TW_CONTROL_QUANTITY_UNKNOWN;
	if (!wanted || facts->weight >= 0 || facts->volume >= 0)
		return;
	struct tw_text amount = cell_amount(line->column[TW_COLUMN_DESCRIPTION]);
	char *said = amount.length ? room(screen) : NULL;
	if (!said)
		return;
	snprintf(said, sizeof screen->said[0],
		 "quantity-in-words: the description says \"%.*s\"; write the whole quantity into "
		 "weight, or qty and unit: thresholds are decided on these alone",
		 (int)(amount.length < 60 ? amount.length : 60), amount.at);
	warn(screen, said);
}

static void add_control(struct screen *screen, size_t of, const struct control_answer *answer)
{
	static const char *const directions[] = {"import", "export", "transit"};
	const struct ledger *ledger = &screen->ledger;
	const struct ledger_control *row = answer->row;
	const struct ledger_list *list = &ledger->lists[row->list];
	bool on = answer->status != TW_CONTROL_OFF_ROUTE;
	for (size_t i = 0; i < screen->control_count; i++)
		if (screen->row[i] == row)
			return; /* a class's row, told under another hit */
	screen->row[screen->control_count] = row;
	screen->control[screen->control_count++] =
	    (struct tw_control_hit){.substance = screen->substance[of].substance,
				    .jurisdiction = ledger_text(ledger, list->jurisdiction),
				    .list = ledger_text(ledger, list->name),
				    .code = ledger_text(ledger, row->code),
				    .direction = on ? directions[answer->direction] : "",
				    .since = ledger_text(ledger, row->from_text),
				    .until = ledger_text(ledger, row->until_text),
				    .threshold = ledger_text(ledger, row->threshold),
				    .requirement = ledger_text(ledger, answer->requirement),
				    .confidence = ledger_text(ledger, row->confidence),
				    .status = answer->status,
				    .undecided = answer->undecided,
				    .title = ledger_text(ledger, list->english),
				    .prohibited = answer->prohibited,
				    .by = {screen->citations + row->by.first, row->by.count}};
	if (on && !answer->mixture && row->limit != LEDGER_NO_LIMIT &&
	    (row->flags & (LEDGER_ROW_MONTH | LEDGER_ROW_YEAR)))
		warn(screen,
		     row->flags & LEDGER_ROW_MONTH
			 ? "threshold-per-month: the threshold is for all shipments of a calendar "
			   "month; decided on this line alone"
			 : "threshold-per-year: the threshold is for all shipments of a year; "
			   "decided on this line alone");
	if (on && (row->flags & LEDGER_ROW_MAYBE))
		warn(screen, "list-not-known: a list of this route may hold the substance; "
			     "its names were not retrieved: ask for the annex");
}

/* How far the lists that hold a hit raise the lane. */
static enum tw_lane lane_of(const struct screen *screen, size_t of,
			    const struct control_answer *answers, size_t count)
{
	enum match_sense sense = screen->found[of].sense;
	bool turned = sense == MATCH_SENSE_ABSENT || sense == MATCH_SENSE_ABOUT;
	if (turned && (sense == MATCH_SENSE_ABOUT ||
		       !control_is_narcotic(&screen->ledger, screen->found[of].substance)))
		return TW_LANE_GREEN;
	return control_lane(answers, count, screen->substance[of].certainty);
}

/* Without a day no list can be asked: what any list holds on any day is looked at. */
static enum tw_lane undated_lane(struct screen *screen, size_t of)
{
	struct control_answer some = {.status = TW_CONTROL_UNDECIDED};
	enum tw_lane lane = lane_of(screen, of, &some, 1);
	if (lane > TW_LANE_GREEN)
		warn(screen, "no-day: the day of entry is not known, so that no list of controlled "
			     "chemicals could be asked");
	return lane;
}

static enum tw_lane add_controls(struct screen *screen, const struct tw_line *line,
				 const struct screen_facts *facts)
{
	enum tw_lane lane = screen->unread ? TW_LANE_YELLOW : TW_LANE_GREEN;
	uint32_t named[SUBSTANCES];
	struct control_question question = {
	    .ledger = &screen->ledger, .facts = facts, .ppm = -1, .named = named};
	if (screen->substance_count)
		question.ppm = content_column(line->column[TW_COLUMN_CONCENTRATION]);
	if (question.ppm < 0 && screen->substance_count == 1)
		question.ppm = content_text(line->column[TW_COLUMN_DESCRIPTION]);
	for (size_t i = 0; i < screen->substance_count; i++)
		if (screen->substance[i].certainty == TW_CERTAINTY_EXACT)
			named[question.named_count++] = screen->found[i].substance;
	for (size_t i = 0; i < screen->substance_count; i++) {
		if (facts->undated) {
			if (undated_lane(screen, i) > lane)
				lane = undated_lane(screen, i);
			continue;
		}
		uint32_t substance = screen->found[i].substance;
		size_t room = CONTROLS - screen->control_count;
		question.alone = (!strcmp(screen->substance[i].how, "structure") ||
				  screen->substance[i].certainty == TW_CERTAINTY_EXACT) &&
				 (screen->ledger.substances[substance].flags & LEDGER_CLASS);
		size_t count = control_decide(screen->answer, room, &question, substance);
		screen->overflow = screen->overflow || count == room;
		for (size_t k = 0; k < count; k++)
			add_control(screen, i, &screen->answer[k]);
		enum tw_lane raised = lane_of(screen, i, screen->answer, count);
		if (raised > lane)
			lane = raised;
		if (!count && (screen->ledger.substances[substance].flags & LEDGER_CLASS) &&
		    !*screen->substance[i].note)
			screen->substance[i].note =
			    "listed by name: its own entry counts, not the class's";
	}
	return lane;
}

void screen_line(struct screen_result *out, struct screen *screen, const struct tw_line *line,
		 const struct screen_facts *facts)
{
	*out = (struct screen_result){.substances = screen->substance,
				      .controls = screen->control,
				      .warnings = screen->warning,
				      .lane = TW_LANE_GREEN};
	if (screen->empty)
		return;
	screen->substance_count = screen->control_count = screen->warning_count = 0;
	screen->said_count = 0;
	screen->unread = screen->overflow = false;
	screen->machine = 0;
	bool chemical = look_at_code(screen, line, facts);
	chemical = chemical || line->column[TW_COLUMN_CAS].length ||
		   line->column[TW_COLUMN_SMILES].length ||
		   line->column[TW_COLUMN_INCHIKEY].length ||
		   line->column[TW_COLUMN_CONCENTRATION].length;
	look_at_text(screen, line, TW_COLUMN_CAS, MATCH_FIELD_CAS, true);
	look_at_text(screen, line, TW_COLUMN_INCHIKEY, MATCH_FIELD_INCHIKEY, true);
	look_at_structure(screen, line);
	look_behind_structure(screen, line);
	look_at_description(screen, line, chemical);
	if (screen->substance_count || screen->unread)
		out->lane = add_controls(screen, line, facts);
	note_amount(screen, line, facts);
	if (screen->overflow && out->lane < TW_LANE_YELLOW)
		out->lane = TW_LANE_YELLOW;
	out->overflow = screen->overflow;
	out->substance_count = screen->substance_count;
	out->control_count = screen->control_count;
	out->warning_count = screen->warning_count;
}
