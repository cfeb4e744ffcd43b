/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/parts.h"

#include "common/ahead.h"
#include "common/eight.h"
#include "common/wide.h"
#include "lines/part.h"
#include "lines/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KINDS (FINDING_REMARKS + 1) /* of parts that are made */

enum {
	PLANS = 1 << 16,
	GOODS = 1 << 13,
	REMARKS = 1 << 16,
	STEPS = 64,
	PIECES = 16, /* of a part, where its columns do not stand together */
	WORD = 32,
	WORDS = 48, /* two of them */
	SLACK = 64  /* bytes behind what is written that copies may write too */
};

/* It may begin or end a cell that stands as it is. */
enum { EDGE_FIRST = 1, EDGE_LAST = 2 };

/* Columns of an answer that stand together and are of one part. */
struct step {
	enum finding_part part;
	size_t first, count;
	unsigned piece;
	bool in_order; /* cells of the input, one after the other */
};

/* Where the part of a number stands. */
struct place {
	uint32_t number, second;
	struct part *part; /* NULL: it is free */
};

struct parts {
	const struct finding_style *style;
	struct totals *totals;
	size_t room; /* bytes for what stands between the pieces and is of no text of the line */
	bool json;
	uint8_t edge[256]; /* by character: EDGE_… of a bare cell */
	char before;       /* of an array of JSON: the comma before the line; else NUL */
	struct step step[STEPS];
	size_t steps;
	unsigned pieces[KINDS];
	struct place *place[KINDS];
	void *places; /* the memory in which they lie */
	struct part_store *store;
	struct part *now[KINDS]; /* of the line */
	size_t now_room;         /* bytes that they are filled with at the most */
	bool is_writable;        /* they are all there, and templates */
	struct buffer text;
	struct marks marks;
	struct {
		char at[WORD];
		size_t length;
	} status[3], lane[4]; /* as they are written */
	struct {
		char at[WORDS];
		size_t length;
	} both[3][4]; /* both, side by side */
};

static const size_t sizes[KINDS] = {
    [FINDING_PLAN] = PLANS, [FINDING_GOODS] = GOODS, [FINDING_REMARKS] = REMARKS};

/* Status and lane mostly stand side by side. */
static bool is_both(const struct step *last, enum finding_part part)
{
	return last && last->part == FINDING_STATUS && last->count == 1 && part == FINDING_LANE;
}

/* Which columns are written one after the other, and from what. False: too many of them. */
static bool lay_out(struct parts *parts)
{
	const struct finding_style *style = parts->style;
	size_t count = parts->json ? finding_ndjson_count(style) : style->field_count;
	for (size_t i = 0; i < count; i++) {
		enum finding_part part =
		    parts->json ? finding_ndjson_part_of(style, i) : finding_csv_part_of(style, i);
		struct step *last = parts->steps ? &parts->step[parts->steps - 1] : NULL;
		bool more = last && last->part == part && (part < KINDS || part == FINDING_INPUT);
		if (more || is_both(last, part)) {
			if (part == FINDING_INPUT)
				last->in_order &= style->field[i] == style->field[i - 1] - 1;
			last->count++;
			continue;
		}
		if (parts->steps == STEPS || (part < KINDS && parts->pieces[part] == PIECES))
			return false;
		parts->step[parts->steps++] =
		    (struct step){part, i, 1, part < KINDS ? parts->pieces[part]++ : 0, true};
	}
	return true;
}

/* A word as a cell, or as a member where there is one. */
static size_t word_of(char out[WORD], const struct parts *parts, const char *key, const char *word)
{
	bool member = parts->json && *word;
	snprintf(out, WORD, "%s%s%s", member ? key : "", word, member ? "\"" : "");
	return strlen(out);
}

static void make_words(struct parts *parts)
{
	for (int i = 0; i < 3; i++)
		parts->status[i].length = word_of(parts->status[i].at, parts, ",\"status\":\"",
						  finding_status((enum tw_status)i));
	for (int i = 0; i < 4; i++)
		parts->lane[i].length = word_of(parts->lane[i].at, parts, ",\"lane\":\"",
						finding_lane((enum tw_lane)i));
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 4; k++)
			parts->both[i][k].length = (size_t)snprintf(
			    parts->both[i][k].at, WORDS, "%s%s%s", parts->status[i].at,
			    parts->json ? "" : ",", parts->lane[k].at);
}

/* Neither blanks nor what a spreadsheet takes for a formula. */
static void find_edges(struct parts *parts)
{
	for (int c = '!'; c <= '~'; c++) {
		bool begins = c != '"' && c != '=' && c != '+' && c != '-' && c != '@';
		parts->edge[c] = (uint8_t)(EDGE_LAST | (begins ? EDGE_FIRST : 0));
	}
}

/* One piece of memory for all kinds. */
static bool make_places(struct parts *parts)
{
	size_t all = 0;
	for (int kind = 0; kind < KINDS; kind++)
		all += sizes[kind];
	struct place *place = wide_new(&parts->places, all * sizeof *place);
	for (int kind = 0; place && kind < KINDS; kind++) {
		parts->place[kind] = place;
		place += sizes[kind];
	}
	return place != NULL;
}

int parts_new(struct parts **out, const struct finding_style *style,
	      const struct run_options *options, struct totals *totals)
{
	struct parts *parts = calloc(1, sizeof *parts);
	bool made = parts != NULL;
	*out = NULL;
	made = made && make_places(parts) && (parts->store = calloc(1, sizeof *parts->store));
	if (!made) {
		parts_free(parts);
		return TW_NO_MEMORY;
	}
	parts->style = style;
	parts->totals = totals;
	parts->json = options->format == RUN_NDJSON || options->format == RUN_JSON;
	parts->before = options->format == RUN_JSON ? ',' : '\0';
	parts->text.marks = &parts->marks;
	make_words(parts);
	find_edges(parts);
	if (options->totals_only || !lay_out(parts))
		parts->steps = 0;
	parts->room = parts->steps * (WORDS + 1) + SLACK;
	*out = parts;
	return TW_OK;
}

void parts_free(struct parts *parts)
{
	if (!parts)
		return;
	part_store_free(parts->store);
	free(parts->places);
	buffer_free(&parts->text);
	free(parts);
}

/* The number by which a part is found, and the second that it must have too. */
static uint32_t number_of(int kind, const struct tw_charge *charge)
{
	return kind == FINDING_PLAN    ? charge->plan
	       : kind == FINDING_GOODS ? charge->goods
				       : charge->remarks;
}

static uint32_t second_of(int kind, const struct tw_charge *charge)
{
	return kind == FINDING_REMARKS ? charge->goods : 0;
}

static inline struct place *place_of(const struct parts *parts, int kind,
				     const struct tw_charge *charge)
{
	uint32_t spread = second_of(kind, charge) * UINT32_C(2654435761);
	return &parts->place[kind][(number_of(kind, charge) ^ spread >> 12) & (sizes[kind] - 1)];
}

/* Its gaps and the beginning of its text. */
static inline void expect_template(const struct template *template)
{
	for (size_t line = 0; line < 4; line++)
		ahead_of(template, 64 * line);
}

static inline void expect_kind(const struct parts *parts, int kind, const struct tw_charge *charge,
			       unsigned round)
{
	const struct place *place = place_of(parts, kind, charge);
	if (round == 0) {
		ahead_of(place, 0);
		return;
	}
	const struct part *part = place->part;
	if (round == 1) {
		ahead_of(part, 0);
	} else if (part) {
		ahead_of(part->tally.plan, 0);
		if (parts->pieces[kind])
			expect_template(part->piece[0]);
	}
}

/* That of lines in which nothing was found is always near. */
void parts_expect(const struct parts *parts, const struct tw_charge *charge, unsigned round)
{
	if (charge->left)
		return;
	expect_kind(parts, FINDING_PLAN, charge, round);
	expect_kind(parts, FINDING_REMARKS, charge, round);
	if (charge->goods)
		expect_kind(parts, FINDING_GOODS, charge, round);
}

/* What follows from the parts of the line. */
static inline bool look_at_parts(struct parts *parts)
{
	bool is_whole = parts->steps == 0;
	size_t room = parts->room;
	for (int kind = 0; kind < KINDS; kind++) {
		if (!parts->now[kind])
			return parts->is_writable = false;
		is_whole |= parts->now[kind]->is_whole;
		room += parts->now[kind]->room;
	}
	parts->now_room = room;
	return parts->is_writable = !is_whole;
}

bool parts_find(struct parts *parts, const struct tw_charge *charge)
{
	bool found = true;
	for (int kind = 0; kind < KINDS; kind++) {
		const struct place *place = place_of(parts, kind, charge);
		bool same = place->number == number_of(kind, charge) &&
			    place->second == second_of(kind, charge);
		parts->now[kind] = same ? place->part : NULL;
		found = found && parts->now[kind];
	}
	look_at_parts(parts);
	return found;
}

/* One piece, as the writer writes it. */
static bool make_piece(struct template **out, struct parts *parts, const struct step *step,
		       const struct finding *finding)
{
	struct buffer *text = &parts->text;
	text->length = 0;
	parts->marks.count = 0;
	parts->marks.failed = false;
	size_t replaced = 0;
	if (parts->json)
		finding_ndjson_part(text, finding, parts->style, step->first, step->count);
	else
		replaced = finding_csv_part(text, finding, parts->style, step->first, step->count);
	return !replaced && template_make(out, &parts->store->phrases, text, 0, finding->answer);
}

static struct part *make_part(struct parts *parts, int kind, const struct tw_charge *charge,
			      const struct finding *finding)
{
	static const enum part_tally counts[KINDS] = {[FINDING_PLAN] = PART_COUNTS_PLAN,
						      [FINDING_GOODS] = PART_COUNTS_NOTHING,
						      [FINDING_REMARKS] = PART_COUNTS_REMARKS};
	struct part *part = part_new(counts[kind], parts->pieces[kind]);
	if (!part)
		return NULL;
	for (size_t i = 0; i < parts->steps; i++) {
		const struct step *step = &parts->step[i];
		if ((int)step->part != kind)
			continue;
		struct template **piece = &part->piece[step->piece];
		if (make_piece(piece, parts, step, finding))
			part->room += (*piece)->room;
		else
			part->is_whole = true;
	}
	if (kind == FINDING_PLAN &&
	    !tally_plan_make(&part->tally.plan, parts->totals, finding->answer))
		part->is_whole = true;
	if (kind == FINDING_REMARKS &&
	    !tally_remarks_make(&part->tally.remarks, parts->totals, finding->answer))
		part->is_whole = true;
	part = part_keep(parts->store, part);
	*place_of(parts, kind, charge) =
	    (struct place){number_of(kind, charge), second_of(kind, charge), part};
	return part;
}

/* Room for the parts of a line; where there is none, all begins anew. */
static void make_room(struct parts *parts)
{
	if (!part_is_full(parts->store))
		return;
	part_forget(parts->store);
	for (int kind = 0; kind < KINDS; kind++) {
		memset(parts->place[kind], 0, sizes[kind] * sizeof *parts->place[kind]);
		parts->now[kind] = NULL;
	}
}

bool parts_make(struct parts *parts, const struct tw_charge *charge, const struct finding *finding)
{
	make_room(parts);
	for (int kind = 0; kind < KINDS; kind++)
		if (!parts->now[kind])
			parts->now[kind] = make_part(parts, kind, charge, finding);
	return look_at_parts(parts);
}

/* Where a line is written: at `to`, with room for all that comes but for what cells grow by. */
struct pen {
	struct buffer *out;
	char *to; /* NULL: no memory */
	size_t room;
};

/* What the buffer wrote is written, and the room is there again. */
static void go_on(struct pen *pen)
{
	const struct buffer *out = pen->out;
	pen->to = out->failed                            ? NULL
		  : out->room - out->length >= pen->room ? out->at + out->length
							 : buffer_room(pen->out, pen->room);
}

static void stop_at(struct pen *pen)
{
	pen->out->length = (size_t)(pen->to - pen->out->at);
}

/* Whether a cell stands as it is, whatever the style. Numbers do. */
static inline bool is_simple(struct tw_text text)
{
	if (text.length <= 8 && eight_are_digits(eight_last(text.at, text.length)))
		return true;
	char first = text.at[0];
	return first != ' ' && first != '=' && first != '+' && first != '-' && first != '@' &&
	       text.at[text.length - 1] != ' ' && eight_are_plain(text.at, text.length);
}

static inline void put_cell(struct pen *pen, const struct parts *parts, struct tw_text text)
{
	if (!text.length || !pen->to)
		return;
	if (is_simple(text)) {
		pen->to = eight_copy(pen->to, text.at, text.length);
		return;
	}
	stop_at(pen);
	size_t start = pen->out->length;
	buffer_put(pen->out, text.at, text.length);
	buffer_end_cell(pen->out, start, parts->style->safe);
	go_on(pen);
}

/* Cells of a row as they stand, with the commas between them, but for those that do not stand bare.
 */
static void put_row(struct pen *pen, const struct parts *parts, const struct step *step,
		    const struct parts_row *row)
{
	const char *text = row->text;
	const int place = ~parts->style->field[step->first];
	const size_t first = (size_t)place;
	size_t from = first ? row->mark[first - 1] + 1 : row->start, copied = from;
	for (size_t i = first; i < first + step->count; i++) {
		size_t to = row->mark[i];
		if (from != to && !(parts->edge[(unsigned char)text[from]] & EDGE_FIRST &&
				    parts->edge[(unsigned char)text[to - 1]] & EDGE_LAST)) {
			pen->to = eight_copy(pen->to, text + copied, from - copied);
			put_cell(pen, parts, scan_field(text, from, to));
			if (!pen->to)
				return;
			copied = to;
		}
		from = to + 1;
	}
	pen->to = eight_copy(pen->to, text + copied, from - 1 - copied);
}

static void put_cells(struct pen *pen, const struct parts *parts, const struct step *step,
		      const struct tw_text *cell)
{
	for (size_t i = step->first; i < step->first + step->count; i++) {
		if (i > step->first && pen->to)
			*pen->to++ = ',';
		put_cell(pen, parts, cell[~parts->style->field[i]]);
	}
}

static void put_id(struct pen *pen, const struct parts *parts, struct tw_text id)
{
	if (!parts->json) {
		put_cell(pen, parts, id);
		return;
	}
	memcpy(pen->to, ",\"id\":", 6);
	pen->to += 6;
	if (id.length && eight_are_plain(id.at, id.length) && !memchr(id.at, '\\', id.length)) {
		*pen->to++ = '"';
		pen->to = eight_copy(pen->to, id.at, id.length);
		*pen->to++ = '"';
		return;
	}
	stop_at(pen);
	buffer_json(pen->out, id.at, id.length);
	go_on(pen);
}

static inline void put_word(struct pen *pen, const char at[WORD], size_t length)
{
	memcpy(pen->to, at, WORD);
	pen->to += length;
}

static inline void put_both(struct pen *pen, const struct parts *parts,
			    const struct tw_charge *charge)
{
	memcpy(pen->to, parts->both[charge->status][charge->lane].at, WORDS);
	pen->to += parts->both[charge->status][charge->lane].length;
}

/* What a line has of its own, each as it is written. */
static inline void put_own(struct pen *pen, const struct parts *parts, const struct step *step,
			   const struct parts_line *line)
{
	const struct tw_charge *charge = line->values.charge;
	if (step->part == FINDING_ID)
		put_id(pen, parts, line->id);
	else if (step->part == FINDING_STATUS && step->count == 2)
		put_both(pen, parts, charge);
	else if (step->part == FINDING_STATUS)
		put_word(pen, parts->status[charge->status].at,
			 parts->status[charge->status].length);
	else if (step->part == FINDING_LANE)
		put_word(pen, parts->lane[charge->lane].at, parts->lane[charge->lane].length);
	else if (line->row.text)
		put_row(pen, parts, step, &line->row);
	else if (!parts->json) /* nothing is kept there: see planned_new */
		put_cells(pen, parts, step, line->cell);
}

/* Bytes that the line takes at the most, but for what its cells grow by. */
static size_t room_of(const struct parts *parts, const struct parts_line *line)
{
	size_t room = parts->now_room + line->id.length + line->row.length;
	for (size_t i = 0; !line->row.text && i < line->cells; i++)
		room += line->cell[i].length + 1;
	return room;
}

bool parts_take_rows(const struct parts *parts)
{
	for (size_t i = 0; i < parts->steps; i++)
		if (parts->step[i].part == FINDING_INPUT && !parts->step[i].in_order)
			return false;
	return !parts->json;
}

bool parts_write(struct buffer *out, const struct parts *parts, const struct parts_line *line)
{
	size_t start = out->length;
	if (!parts->is_writable)
		return false;
	struct pen pen = {.out = out, .room = room_of(parts, line)};
	go_on(&pen);
	if (parts->before && pen.to)
		*pen.to++ = parts->before;
	size_t first = start + (parts->before != '\0');
	for (size_t i = 0; i < parts->steps && pen.to; i++) {
		const struct step *step = &parts->step[i];
		if (!parts->json && i)
			*pen.to++ = ',';
		if (step->part >= KINDS)
			put_own(&pen, parts, step, line);
		else
			pen.to = template_fill(pen.to, parts->now[step->part]->piece[step->piece],
					       &line->values);
	}
	if (!pen.to) {
		out->length = start;
		return false;
	}
	if (parts->json && pen.to == out->at + first)
		*pen.to++ = '{';
	*pen.to++ = parts->json ? '}' : '\n';
	if (parts->json) {
		out->at[first] = '{'; /* in place of the first comma */
		*pen.to++ = '\n';
	}
	stop_at(&pen);
	return true;
}

bool parts_counts(const struct parts *parts)
{
	return parts->now[FINDING_PLAN]->tally.plan && parts->now[FINDING_REMARKS]->tally.remarks;
}

void parts_count(const struct parts *parts, const struct tw_charge *charge)
{
	tally_count(parts->totals, parts->now[FINDING_PLAN]->tally.plan,
		    parts->now[FINDING_REMARKS]->tally.remarks, charge);
}
