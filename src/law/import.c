/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the comparison of an edition with the schedule at hand, and the rows
 * that come of it. Reads no export and prints nothing.
 */
#include "law/import.h"

#include "common/error.h"
#include "common/order.h"
#include "law/file.h"
#include "law/text.h"
#include "law/tsv.h"
#include "law/yaml.h" /* law_error */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[IMPORT_CELLS + 1] = {"code", "unit1", "unit2", "general", "special",
						    "col2", "flags", "from",  "until",   NULL};

struct comparison {
	struct import *out;
	struct arena *arena;
	const struct import_request *request;
	const struct edition *edition;
	const struct law_jurisdiction *jurisdiction;
	struct vector corrections;
	struct tw_error *error;
	bool first;       /* there is none at hand yet */
	bool *printed;    /* of each row at hand: the edition prints its line */
	bool here[100];   /* chapters that the schedule at hand holds on the day */
	bool there[100];  /* chapters of the edition */
	uint32_t at_hand; /* rows before any is added */
	uint32_t read;    /* texts of rates that are new and understood */
};

static int no_memory(struct comparison *c)
{
	return error_at(c->error, TW_NO_MEMORY, c->out->schedule, 0, 0, "out of memory");
}

static struct import_row *row_at(const struct comparison *c, uint32_t i)
{
	return (struct import_row *)c->out->rows.item + i;
}

static int chapter_of(const char *code)
{
	return (code[0] - '0') * 10 + code[1] - '0';
}

static bool in_force(const struct comparison *c, const struct import_row *row)
{
	const char *until = row->cell[IMPORT_UNTIL];
	return !row->dropped && strcmp(row->cell[IMPORT_FROM], c->request->day) <= 0 &&
	       (!*until || strcmp(c->request->day, until) < 0);
}

static int by_code(const void *a, const void *b)
{
	const struct import_row *x = a, *y = b;
	int order = strcmp(x->cell[IMPORT_CODE], y->cell[IMPORT_CODE]);
	return order ? order : strcmp(x->cell[IMPORT_FROM], y->cell[IMPORT_FROM]);
}

/* The rows at hand. An edition comes after all that the schedule knows. */
static int read_rows(struct comparison *c)
{
	struct tsv tsv;
	int column[IMPORT_CELLS];
	c->first = !c->jurisdiction->row_count;
	if (c->first) /* nobody brought it yet */
		return TW_OK;
	int code = tsv_read(&tsv, c->arena, c->request->folder, c->out->schedule, c->error);
	if (code)
		return code;
	for (int i = 0; i < IMPORT_CELLS; i++)
		column[i] = tsv_column(&tsv, names[i]);
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct import_row *row = vector_add(&c->out->rows, c->arena, sizeof *row);
		if (!row)
			return no_memory(c);
		for (int k = 0; k < IMPORT_CELLS; k++)
			row->cell[k] =
			    column[k] < 0 ? "" : tsv.cell[i * tsv.column_count + (size_t)column[k]];
		if (strcmp(row->cell[IMPORT_FROM], c->request->day) > 0)
			return law_error(
			    c->error, (struct law_pos){c->out->schedule, tsv.line[i], 1},
			    "this row begins on %s, after %s: editions are taken in the order of "
			    "their days",
			    row->cell[IMPORT_FROM], c->request->day);
		if (in_force(c, row))
			c->here[chapter_of(row->cell[IMPORT_CODE])] = true;
	}
	c->at_hand = c->out->rows.count;
	order_items(c->out->rows.item, c->at_hand, sizeof(struct import_row), by_code);
	c->printed = arena_alloc(c->arena, c->at_hand + 1, sizeof *c->printed);
	return c->printed ? TW_OK : no_memory(c);
}

/* The row of a code that is in force on the day, or NULL. */
static struct import_row *current(const struct comparison *c, const char *code)
{
	uint32_t low = 0, high = c->at_hand;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (strcmp(row_at(c, middle)->cell[IMPORT_CODE], code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < c->at_hand && !strcmp(row_at(c, low)->cell[IMPORT_CODE], code); low++)
		if (in_force(c, row_at(c, low)))
			return row_at(c, low);
	return NULL;
}

/* Two prints of one text: blanks do not count. */
static bool same_text(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, " ");
		b += strspn(b, " ");
		if (*a != *b)
			return false;
		if (!*a)
			return true;
	}
}

static int add_to(struct comparison *c, struct vector *list, const struct edition_line *line,
		  const char *format, const char *text)
{
	char place[32], made[700];
	struct import_flaw *slot = vector_add(list, c->arena, sizeof *slot);
	snprintf(made, sizeof made, format, text);
	edition_place(place, c->edition, line->place);
	if (!slot)
		return no_memory(c);
	slot->code = line->code;
	slot->place = arena_text(c->arena, place, strlen(place));
	slot->text = arena_text(c->arena, made, strlen(made));
	return slot->place && slot->text ? TW_OK : no_memory(c);
}

static int add_flaw(struct comparison *c, const struct edition_line *line, const char *format,
		    const char *text)
{
	return add_to(c, &c->out->flaws, line, format, text);
}

/* Rows of the file that were not understood. */
static int add_unread(struct comparison *c)
{
	for (uint32_t i = 0; i < c->edition->flaw_count; i++) {
		const struct edition_flaw *flaw = &c->edition->flaws[i];
		struct edition_line line = {.place = flaw->place};
		int code = add_flaw(c, &line, "%.600s", flaw->text);
		if (code)
			return code;
		((struct import_flaw *)c->out->flaws.item)[c->out->flaws.count - 1].code =
		    flaw->code;
	}
	return TW_OK;
}

/*
 * Texts that are new to the schedule: units and symbols must be such that the law knows them; a
 * rate that is not understood is kept as it is printed.
 */
static int check_new(struct comparison *c, const struct edition_line *line,
		     const char *const cell[IMPORT_CELLS], bool *unread)
{
	static const int rates[] = {IMPORT_GENERAL, IMPORT_SPECIAL, IMPORT_COLUMN2};
	for (int i = IMPORT_UNIT1; i <= IMPORT_UNIT2; i++)
		if (!import_unit_known(c->request->law, cell[i])) {
			int code =
			    add_flaw(c, line, "the unit \"%.60s\" is not in units.tsv", cell[i]);
			if (code)
				return code;
		}
	for (size_t i = 0; i < 3; i++) {
		struct import_text text = {cell[rates[i]], rates[i] == IMPORT_SPECIAL, NULL, false};
		if (!*text.text)
			continue;
		int code = import_read_text(&text, c->request->law, c->jurisdiction, c->arena);
		*unread |= text.unread;
		c->read += !text.unread;
		/* said once, where it is printed */
		if (!code && text.why && (line->rate_code == line->code || !line->rate_code[8]))
			code = add_to(c, text.unread ? &c->out->unread : &c->out->flaws, line,
				      "%.600s", text.why);
		if (code)
			return code == TW_NO_MEMORY ? no_memory(c) : code;
	}
	return TW_OK;
}

static void corrected_cells(struct comparison *c, const struct edition_line *line,
			    const char *cell[IMPORT_CELLS])
{
	const char *printed[] = {line->unit1, line->unit2, line->general, line->special,
				 line->column2};
	cell[IMPORT_CODE] = line->code;
	for (int i = IMPORT_UNIT1; i <= IMPORT_COLUMN2; i++) {
		const char *text = printed[i - IMPORT_UNIT1];
		cell[i] = import_correct(&c->corrections, c->arena, line->code, names[i], text);
		c->out->corrected += cell[i] != text && line->rate_code == line->code;
	}
	cell[IMPORT_FLAGS] = "";
	cell[IMPORT_FROM] = c->request->day;
	cell[IMPORT_UNTIL] = "";
}

static bool owes_excise(const struct import_row *row)
{
	return strstr(row->cell[IMPORT_FLAGS], "excise") != NULL;
}

static const char *flags_of(bool excise, bool unsure, bool unread)
{
	static const char *const words[] = {
	    "",       "excise",        "unsure",        "excise,unsure",
	    "unread", "excise,unread", "unsure,unread", "excise,unsure,unread"};
	return words[excise + 2 * unsure + 4 * unread];
}

/*
 * A line that was there before is as it was. Else excise follows the eight digits; `look`: a
 * heading where some lines owe it.
 */
static bool excise_beside(const struct comparison *c, const char *code, bool *look)
{
	const struct import_row *own = NULL;
	*look = false;
	for (uint32_t i = 0; i < c->at_hand; i++)
		if (!strcmp(row_at(c, i)->cell[IMPORT_CODE], code))
			own = row_at(c, i);
	if (own)
		return owes_excise(own);
	for (uint32_t i = 0; i < c->at_hand; i++) {
		const struct import_row *row = row_at(c, i);
		if (strncmp(row->cell[IMPORT_CODE], code, 4) != 0 || !owes_excise(row))
			continue;
		if (!strncmp(row->cell[IMPORT_CODE], code, 8))
			return true;
		*look = true;
	}
	return false;
}

static int add_row(struct comparison *c, const char *const cell[IMPORT_CELLS])
{
	struct import_row *row = vector_add(&c->out->rows, c->arena, sizeof *row);
	if (!row)
		return no_memory(c);
	memcpy(row->cell, cell, sizeof row->cell);
	row->touched = c->out->changed = true;
	return TW_OK;
}

static int add_line(struct comparison *c, const struct edition_line *line,
		    const char *cell[IMPORT_CELLS])
{
	struct import_line *slot = vector_add(&c->out->added, c->arena, sizeof *slot);
	if (!slot)
		return no_memory(c);
	slot->rate_code = line->rate_code;
	memcpy(slot->cell, cell, sizeof slot->cell);
	if (line->code[8] && (c->jurisdiction->open_numbers || c->jurisdiction->brought))
		return add_flaw(c, line,
				"%s: the schedule has items of 8 digits; a profile says "
				"digits: 8 where the table has more",
				line->code);
	bool unread = false, excise = excise_beside(c, line->code, &slot->look);
	int code = check_new(c, line, cell, &unread);
	cell[IMPORT_FLAGS] = slot->cell[IMPORT_FLAGS] = flags_of(excise, line->unsure, unread);
	return code ? code : add_row(c, cell);
}

static int say_rate(struct comparison *c, const struct edition_line *line, int which,
		    const char *before, const char *after)
{
	struct import_rate *rate = c->out->rates.item;
	/* Lines beneath follow the one that prints the rate: look among the last. */
	for (uint32_t i = c->out->rates.count; i-- > 0 && i + 6 > c->out->rates.count;)
		if (!strcmp(rate[i].code, line->rate_code) && rate[i].column == names[which] &&
		    same_text(rate[i].before, before) && same_text(rate[i].after, after)) {
			rate[i].lines++;
			return TW_OK;
		}
	struct import_rate *slot = vector_add(&c->out->rates, c->arena, sizeof *slot);
	if (!slot)
		return no_memory(c);
	*slot = (struct import_rate){line->rate_code, names[which], before, after, 1};
	return TW_OK;
}

/* End the row in force and begin another; one that began on this very day is replaced. */
static int replace_row(struct comparison *c, struct import_row *row, const char *cell[IMPORT_CELLS])
{
	cell[IMPORT_UNTIL] = row->cell[IMPORT_UNTIL];
	row->touched = c->out->changed = true;
	if (!strcmp(row->cell[IMPORT_FROM], c->request->day)) {
		memcpy(row->cell, cell, sizeof row->cell);
		return TW_OK;
	}
	row->cell[IMPORT_UNTIL] = c->request->day;
	return add_row(c, cell); /* row may have moved */
}

static int compare_line(struct comparison *c, const struct edition_line *line,
			struct import_row *row)
{
	const char *cell[IMPORT_CELLS];
	bool changed = false;
	int code = TW_OK;
	corrected_cells(c, line, cell);
	if (!row)
		return add_line(c, line, cell);
	for (int i = IMPORT_GENERAL; !code && i <= IMPORT_COLUMN2; i++) {
		if (same_text(cell[i], row->cell[i])) {
			cell[i] = row->cell[i]; /* blanks alone are no change */
			continue;
		}
		changed = true;
		code = say_rate(c, line, i, row->cell[i], cell[i]);
	}
	if (!code && (strcmp(cell[IMPORT_UNIT1], row->cell[IMPORT_UNIT1]) != 0 ||
		      strcmp(cell[IMPORT_UNIT2], row->cell[IMPORT_UNIT2]) != 0)) {
		struct import_unit *slot = vector_add(&c->out->units, c->arena, sizeof *slot);
		if (!slot)
			return no_memory(c);
		*slot = (struct import_unit){line->code, row->cell[IMPORT_UNIT1],
					     row->cell[IMPORT_UNIT2], cell[IMPORT_UNIT1],
					     cell[IMPORT_UNIT2]};
		changed = true;
	}
	if (code || !changed) {
		c->out->unchanged += !code;
		return code;
	}
	bool unread = false;
	code = check_new(c, line, cell, &unread);
	cell[IMPORT_FLAGS] = flags_of(owes_excise(row), line->unsure, unread);
	return code ? code : replace_row(c, row, cell);
}

static int skip_line(struct comparison *c, const struct edition_line *line)
{
	struct import_skip *skip = c->out->skipped.item;
	for (uint32_t i = 0; i < c->out->skipped.count; i++)
		if (!strncmp(skip[i].chapter, line->code, 2)) {
			skip[i].lines++;
			return TW_OK;
		}
	skip = vector_add(&c->out->skipped, c->arena, sizeof *skip);
	if (!skip || !(skip->chapter = arena_text(c->arena, line->code, 2)))
		return no_memory(c);
	skip->lines = 1;
	return TW_OK;
}

static bool same_line(const struct edition_line *a, const struct edition_line *b)
{
	return same_text(a->general, b->general) && same_text(a->special, b->special) &&
	       same_text(a->column2, b->column2) && !strcmp(a->unit1, b->unit1) &&
	       !strcmp(a->unit2, b->unit2);
}

static int compare_lines(struct comparison *c)
{
	struct table seen = {0};
	for (uint32_t i = 0; i < c->edition->line_count; i++) {
		const struct edition_line *line = &c->edition->lines[i];
		uint32_t other = table_find(&seen, line->code);
		int code = TW_OK, chapter = chapter_of(line->code);
		if (!c->here[chapter] && !c->first) {
			if ((code = skip_line(c, line)))
				return code;
			continue;
		}
		c->there[chapter] = true;
		if (other != UINT32_MAX) {
			char text[80], place[32];
			snprintf(text, sizeof text,
				 "stands at %s already, with other rates or units",
				 edition_place(place, c->edition, c->edition->lines[other].place));
			if (!same_line(line, &c->edition->lines[other]) &&
			    (code = add_flaw(c, line, "%s", text)))
				return code;
			continue;
		}
		if (table_add(&seen, c->arena, line->code, i))
			return no_memory(c);
		c->out->lines++;
		c->out->more_units += line->more_units;
		struct import_row *row = current(c, line->code);
		if (row)
			c->printed[row - row_at(c, 0)] = true;
		if ((code = compare_line(c, line, row)))
			return code;
	}
	return TW_OK;
}

/* A whole edition prints every chapter; one that does not is cut short. */
static int check_chapters(struct comparison *c)
{
	for (int i = 0; i < 100; i++)
		if (c->here[i] && !c->there[i] && !c->request->part)
			return law_error(c->error, (struct law_pos){c->edition->path, 0, 0},
					 "the file has no line of chapter %02d, which the "
					 "schedule holds: give the whole edition, or say --part",
					 i);
	return TW_OK;
}

/* Rows in force whose lines are no longer printed. */
static int end_rows(struct comparison *c)
{
	for (uint32_t i = 0; i < c->at_hand; i++) {
		struct import_row *row = row_at(c, i);
		if (c->printed[i] || !in_force(c, row) ||
		    !c->there[chapter_of(row->cell[IMPORT_CODE])])
			continue;
		/* A row that this comparison ended is in force no more. */
		struct import_line *slot = vector_add(&c->out->ended, c->arena, sizeof *slot);
		if (!slot)
			return no_memory(c);
		memcpy(slot->cell, row->cell, sizeof slot->cell);
		row->touched = c->out->changed = true;
		if (!strcmp(row->cell[IMPORT_FROM], c->request->day))
			row->dropped = true;
		else
			row->cell[IMPORT_UNTIL] = c->request->day;
	}
	return TW_OK;
}

/* Rows in their order, without those dropped; equal ones that meet become one. */
static void settle(struct comparison *c)
{
	struct import_row *rows = c->out->rows.item;
	uint32_t kept = 0;
	order_items(rows, c->out->rows.count, sizeof *rows, by_code);
	for (uint32_t i = 0; i < c->out->rows.count; i++) {
		struct import_row *last = kept ? &rows[kept - 1] : NULL;
		bool same = last && (last->touched || rows[i].touched) && !rows[i].dropped &&
			    !strcmp(last->cell[IMPORT_UNTIL], rows[i].cell[IMPORT_FROM]) &&
			    *rows[i].cell[IMPORT_FROM];
		for (int k = IMPORT_CODE; same && k <= IMPORT_FLAGS; k++)
			same = !strcmp(last->cell[k], rows[i].cell[k]);
		if (same)
			last->cell[IMPORT_UNTIL] = rows[i].cell[IMPORT_UNTIL];
		else if (!rows[i].dropped)
			rows[kept++] = rows[i];
	}
	c->out->rows.count = kept;
}

/* "mx/schedule.tsv", where the first edition will stand. */
static const char *brought_path(struct arena *arena, const struct law_jurisdiction *j)
{
	char folder[3] = {(char)(j->code[0] | 0x20), (char)(j->code[1] | 0x20), 0};
	return file_join(arena, folder, j->schedule);
}

/* Where most rates are not understood it is the table, or its profile. */
static int judge_unread(struct comparison *c)
{
	const struct import_flaw *unread = c->out->unread.item;
	const uint32_t count = c->out->unread.count;
	if (count <= c->read)
		return TW_OK;
	for (uint32_t i = 0; i < count; i++) {
		struct import_flaw *slot = vector_add(&c->out->flaws, c->arena, sizeof *slot);
		if (!slot)
			return no_memory(c);
		*slot = unread[i];
	}
	c->out->unread.count = 0;
	return TW_OK;
}

int import_compare(struct import *out, struct arena *arena, const struct import_request *request,
		   const struct edition *edition, struct tw_error *error)
{
	const struct law_jurisdiction *j = &request->law->jurisdictions[request->into];
	struct comparison c = {.out = out,
			       .arena = arena,
			       .request = request,
			       .edition = edition,
			       .jurisdiction = j,
			       .error = error};
	int code;
	*out = (struct import){.day = request->day,
			       .printed = edition->printed,
			       .other_days = edition->other_days,
			       .other_rows = edition->other_rows};
	if (!j->row_count && !j->brought)
		return law_error(error, (struct law_pos){"jurisdiction.yaml", 0, 0},
				 "%s holds no schedule: its base rates are the caller's", j->code);
	if (!(out->schedule = j->row_count ? j->rows[0].pos.file : brought_path(arena, j)))
		return no_memory(&c);
	if ((code = add_unread(&c)) ||
	    (code = import_corrections(&c.corrections, arena, request->folder, out->schedule,
				       error)) ||
	    (code = read_rows(&c)) || (code = compare_lines(&c)) || (code = check_chapters(&c)) ||
	    (code = end_rows(&c)))
		return code;
	settle(&c);
	return judge_unread(&c);
}

static bool write_rows(FILE *file, const struct import *import)
{
	for (int k = 0; k < IMPORT_CELLS; k++)
		if (fprintf(file, "%s%c", names[k], k + 1 < IMPORT_CELLS ? '\t' : '\n') < 0)
			return false;
	for (uint32_t i = 0; i < import->rows.count; i++) {
		const struct import_row *row = (struct import_row *)import->rows.item + i;
		for (int k = 0; k < IMPORT_CELLS; k++)
			if (fprintf(file, "%s%c", row->cell[k],
				    k + 1 < IMPORT_CELLS ? '\t' : '\n') < 0)
				return false;
	}
	return fflush(file) == 0 && fsync(fileno(file)) == 0;
}

int import_write(const struct import *import, const char *path, struct tw_error *error)
{
	char beside[4096];
	int length = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
	int fd = length > 0 && (size_t)length < sizeof beside ? mkstemp(beside) : -1;
	FILE *file = fd >= 0 ? fdopen(fd, "wb") : NULL;
	bool written = file && write_rows(file, import) && fchmod(fd, 0644) == 0;
	int why = errno;
	if (file && fclose(file) && written) {
		why = errno;
		written = false;
	}
	if (written && rename(beside, path) == 0)
		return TW_OK;
	if (written)
		why = errno;
	if (fd >= 0)
		unlink(beside);
	return error_at(error, TW_BAD_FILE, path, 0, 0, "cannot be written: %s", strerror(why));
}
