/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the columns of a line name: merged to one hit a substance, the surest.
 * How names, numbers and structures are found is the matcher's.
 */
#include "screen/screen_state.h"

#include "rulebook/structures.h"
#include "screen/cells.h"
#include "screen/find.h"

#include "common/fit.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_better(const struct tw_substance_hit *hit, enum match_sense sense,
		      const struct tw_substance_hit *than, enum match_sense before)
{
	if (hit->certainty != than->certainty)
		return hit->certainty > than->certainty;
	if (sense == MATCH_SENSE_PLAIN && before != MATCH_SENSE_PLAIN)
		return true;
	return !strcmp(than->how, "hts"); /* what is written says more than the code */
}

void screen_add(struct screen *screen, uint32_t substance, const struct tw_substance_hit *hit,
		enum match_sense sense)
{
	const struct ledger_substance *s = &screen->ledger.substances[substance];
	size_t i = 0;
	recall_note(&screen->recall, substance, hit, sense);
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
	/* What was found in a structure goes with the next one that is read, and so do its letters,
	 * none of them as well. */
	if (*hit->conditions)
		fit_print(screen->conditions[i], sizeof screen->conditions[i], "%s",
			  hit->conditions);
	else
		screen->conditions[i][0] = '\0';
	screen->substance[i].conditions = screen->conditions[i];
	screen->substance[i].substance = ledger_text(&screen->ledger, s->id);
	screen->substance[i].name = ledger_text(&screen->ledger, s->name);
}

#define MARKS 3 /* brackets and hyphens around a name that are no part of the hit */

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
		if (hit->length + MARKS < named->name.length ||
		    hit->certainty != TW_CERTAINTY_EXACT)
			return true;
		return !(named->whole = true);
	}
	return false;
}

/*
 * The next systematic name of a text. It is read in stretches that begin and end between words,
 * each over the latter half of the one before: a name that one cuts stands whole in the other.
 */
static bool next_name(struct nomen_name *out, struct tw_text text, size_t from)
{
	for (size_t begin = 0; begin < text.length;) {
		size_t end = begin + NOMEN_TEXT < text.length ? begin + NOMEN_TEXT : text.length;
		while (end < text.length && end > begin + NOMEN_TEXT / 2 && text.at[end] != ' ')
			end--;
		if (end > from) {
			struct tw_text stretch = {text.at + begin, end - begin};
			if (nomen_next(out, stretch, from > begin ? from - begin : 0)) {
				out->from += begin;
				return true;
			}
		}
		if (end == text.length)
			break;
		begin += NOMEN_TEXT / 2;
		while (begin < end && text.at[begin] != ' ')
			begin++;
	}
	return false;
}

/* Systematic names of a text, read to structures before its words. */
static void read_names(struct screen *screen, struct tw_text text)
{
	struct named more;
	size_t from = 0;
	for (;;) {
		bool room = screen->named_count < NAMED;
		struct named *named = room ? &screen->named[screen->named_count] : &more;
		if (!next_name(&named->name, text, from))
			return;
		from = named->name.from + named->name.length;
		memset(named->told, 0, sizeof named->told);
		named->whole = false;
		screen_structure(&named->result, screen,
				 (struct tw_text){named->name.smiles, strlen(named->name.smiles)});
		if (named->result.refused)
			continue;
		screen->overflow = screen->overflow || !room;
		if (!room)
			return;
		screen->named_count++;
	}
}

/* What the hits of a text, count of screen->match, add to the line. */
static void add_matches(struct screen *screen, struct tw_text text, enum tw_column column,
			size_t count)
{
	screen->overflow = screen->overflow || match_was_cut(screen->scratch);
	for (size_t i = 0; i < count; i++) {
		const struct match_hit *m = &screen->match[i];
		char *said = m->substance == MATCH_NOTHING ? screen_room(screen) : NULL;
		if (said) {
			cell_warning(said, m, text);
			screen_warn(screen, said);
		}
		screen->unread = screen->unread || m->kind == MATCH_BAD_INCHI;
		if (inside_name(screen, m))
			continue;
		struct tw_substance_hit hit;
		if (!find_name(&hit, &screen->ledger, m, text))
			continue;
		hit.field = tw_column_name(column);
		screen_add(screen, m->substance, &hit, m->sense);
	}
	screen->named_count = 0;
}

static void look_at(struct screen *screen, struct tw_text text, enum tw_column column,
		    enum match_field field, bool chemical)
{
	struct match_query query = {text, field, chemical, screen->machine};
	if (text.length)
		add_matches(
		    screen, text, column,
		    match_text(screen->match, MATCHES, screen->names, screen->scratch, &query));
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

bool screen_code_names(const struct screen *screen, const char *hts)
{
	uint64_t number = is_chapter(screen, hts) ? code_number(hts) : 0;
	struct ledger_span span =
	    number ? ledger_codes(&screen->ledger, number) : (struct ledger_span){0, 0};
	for (uint32_t i = 0; i < span.count; i++) {
		const struct ledger_code *code = &screen->ledger.codes[span.first + i];
		if (number >= code->low && number < code->high && code->stands != LEDGER_AMONG)
			return true;
	}
	return false;
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
		    .note = only ? "" : "the tariff code also covers a few other goods"};
		screen_add(screen, code->substance, &hit, MATCH_SENSE_PLAIN);
	}
	return chemical;
}

/* Where a structure was read from. */
static void say_where(struct tw_substance_hit *hit, bool named)
{
	if (named)
		hit->how = "name";
	hit->field = tw_column_name(named ? TW_COLUMN_DESCRIPTION : TW_COLUMN_SMILES);
}

static void add_shape(struct screen *screen, const struct structure_match *match,
		      struct tw_text smiles, bool named)
{
	struct tw_substance_hit hit;
	find_shape(&hit, match, smiles);
	say_where(&hit, named);
	screen_add(screen, match->substance, &hit, MATCH_SENSE_PLAIN);
}

static void add_class(struct screen *screen, const struct structure_class_hit *class,
		      struct tw_text smiles, bool named)
{
	struct tw_substance_hit hit;
	if (class->index >= classes_count(screen->classes) ||
	    screen->class_map[class->index] == LEDGER_NONE)
		return;
	find_class(&hit, class, smiles);
	say_where(&hit, named);
	screen_add(screen, screen->class_map[class->index], &hit, MATCH_SENSE_PLAIN);
}

/* Where no structures are read: that there is a systematic name, the first of them. Names of
   the ledger count too: a structure may be more than the name that it was found by. */
static void note_names(struct screen *screen, const char *why, struct tw_text text)
{
	struct nomen_name name;
	if (!next_name(&name, text, 0))
		return;
	screen->unread = true;
	char *said = screen_room(screen);
	if (said) {
		cell_unexamined(said, why, (struct tw_text){text.at + name.from, name.length});
		screen_warn(screen, said);
	}
}

/* The description: what its systematic names are, and its words. */
static void read_description(struct screen *screen, struct tw_text text, bool chemical,
			     struct match_glance glance)
{
	struct match_query query = {text, MATCH_FIELD_TEXT, chemical, screen->machine};
	const char *absent = glance.names ? structure_absent() : NULL;
	screen->named_count = 0;
	if (glance.names && !absent)
		read_names(screen, text);
	size_t count = screen->named_count;
	if (glance.hits)
		add_matches(screen, text, TW_COLUMN_DESCRIPTION,
			    (glance.filtered ? match_read : match_text)(
				screen->match, MATCHES, screen->names, screen->scratch, &query));
	screen->named_count = 0;
	if (absent)
		note_names(screen, absent, text);
	for (size_t i = 0; i < count; i++) {
		const struct named *named = &screen->named[i];
		struct tw_text words = {text.at + named->name.from, named->name.length};
		for (size_t k = 0; k < named->result.match_count; k++)
			if (!named->told[k])
				add_shape(screen, &named->result.matches[k], words, true);
		/* Of a substance of the ledger its own entry says the classes. */
		bool known = named->result.match_count || named->whole;
		for (size_t k = 0; !known && k < named->result.class_count; k++)
			add_class(screen, &named->result.classes[k], words, true);
	}
}

/* The same, as the last time where it was read before. */
static void look_at_description(struct screen *screen, const struct tw_line *line, bool chemical)
{
	struct tw_text text = line->column[TW_COLUMN_DESCRIPTION];
	if (recall_description(screen, text, chemical))
		return;
	struct match_glance glance = match_glance(screen->names, screen->scratch, text);
	if (!glance.hits && !glance.names)
		return;
	recall_begin(screen, text);
	read_description(screen, text, chemical, glance);
	recall_end(screen, chemical);
}

static void look_at_structure(struct screen *screen, const struct tw_line *line)
{
	struct tw_text smiles = line->column[TW_COLUMN_SMILES];
	if (!smiles.length)
		return;
	static const struct structure_result none;
	struct structure_result result = none;
	if (smiles.length > 6 && !strncasecmp(smiles.at, "InChI=", 6)) {
		look_at(screen, smiles, TW_COLUMN_SMILES, MATCH_FIELD_TEXT, true);
		return;
	}
	const char *absent = structure_absent();
	if (absent) {
		screen->unread = true;
		fit_print(screen->refused, sizeof screen->refused,
			  "structure-absent: %s: the smiles column was not examined", absent);
		screen_warn(screen, screen->refused);
		return;
	}
	struct cell_structure cell;
	if (!cell_structure(&cell, smiles))
		result = (struct structure_result){
		    .refused = true,
		    .reason = "the extension behind it makes it a pattern, not one structure"};
	else
		screen_structure(&result, screen, cell.smiles);
	smiles = cell.smiles;
	if (result.refused) {
		screen->unread = true;
		fit_print(screen->refused, sizeof screen->refused, "structure-refused: %s",
			  result.reason);
		screen_warn(screen, screen->refused);
		return;
	}
	screen->overflow = screen->overflow || result.more;
	for (size_t i = 0; i < result.match_count; i++)
		add_shape(screen, &result.matches[i], smiles, false);
	for (size_t i = 0; i < result.class_count; i++)
		if (find_class_counts(&result, i))
			add_class(screen, &result.classes[i], smiles, false);
}

/* "CC(C)=O acetone": the name behind a structure is read too. */
static void look_behind_structure(struct screen *screen, const struct tw_line *line)
{
	struct cell_structure cell;
	cell_structure(&cell, line->column[TW_COLUMN_SMILES]);
	look_at(screen, cell.name, TW_COLUMN_SMILES, MATCH_FIELD_TEXT, true);
}

void screen_hits(struct screen *screen, const struct tw_line *line,
		 const struct screen_facts *facts)
{
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
}
