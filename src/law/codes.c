/* SPDX-License-Identifier: Apache-2.0 */
#include "law/codes.h"

#include "common/fit.h"
#include "common/instant.h"
#include "common/order.h"
#include "common/tariff_code.h"
#include "law/scopes.h"
#include "law/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY 86400
#define SUCCESSORS 6 /* codes named in one message */

struct period {
	tw_time from, until;
};

struct check {
	const struct law *law;
	struct law_codes *out;
	struct period *use;   /* by list: when measures and yields in force name it */
	struct period *lines; /* the periods of the lines that one code meets */
	uint32_t line_count;
};

/* One code of a list or scope. */
struct code {
	struct law_range range;
	struct period in_force;
	const char *absent;          /* NULL: not said */
	const struct law_list *list; /* which has a column for that; NULL: a scope's */
	struct law_pos pos;
};

void law_fault(struct law_codes *out, struct law_pos pos, const char *format, ...)
{
	struct tw_error fault = {.code = TW_BAD_LAW, .line = pos.line, .column = pos.column};
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(fault.message, sizeof fault.message, format, arguments);
	va_end(arguments);
	snprintf(fault.file, sizeof fault.file, "%s", pos.file);
	out->faults++;
	out->tell(out->context, &fault);
}

/* The digits of a code, with dots: 8413.91.90.55. */
static const char *say_code(char out[16], struct law_range range)
{
	char digits[24];
	uint64_t low = range.low, width = range.high - range.low;
	int count = 10;
	for (; width > 1; width /= 10, count--)
		low /= 10;
	snprintf(digits, sizeof digits, "%0*llu", count, (unsigned long long)low);
	tariff_code_print(out, digits);
	return out;
}

static const char *say_day(char out[16], const struct law_jurisdiction *j, tw_time at)
{
	return time_print_day(out, time_local_day(law_zone_of(j), at));
}

/* Lists and scopes are held against the schedule of the law text; one that a user brought may be of
   another edition than they are. */
static bool is_held(const struct law_jurisdiction *j)
{
	return j->row_count != 0 && !j->brought;
}

static uint64_t row_width(const struct law_schedule_row *row)
{
	return row->digits == 8 ? 100 : 1;
}

static bool has_children(const struct law_jurisdiction *j, const struct law_schedule_row *line)
{
	for (uint32_t i = schedule_find(j, line->code);
	     i < j->row_count && j->rows[i].code < line->code + 100; i++)
		if (j->rows[i].digits == 10 && j->rows[i].from < line->until &&
		    line->from < j->rows[i].until)
			return true;
	return false;
}

static int by_from(const void *a, const void *b)
{
	const struct period *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/*
 * The periods in which a line meets the code: a line at or below it, or an
 * eight-digit line above it that the schedule does not divide (its own
 * ten-digit numbers are not printed then). Joined where they touch.
 */
static void find_lines(struct check *c, const struct law_jurisdiction *j, struct law_range range)
{
	uint64_t first = range.low / 100 * 100;
	uint32_t count = 0, kept = 0;
	for (uint32_t i = schedule_find(j, first); i < j->row_count && j->rows[i].code < range.high;
	     i++) {
		const struct law_schedule_row *row = &j->rows[i];
		bool below = row->code >= range.low && row->code + row_width(row) <= range.high,
		     above = row->code <= range.low && row->code + row_width(row) >= range.high;
		if (below || (above && !has_children(j, row)))
			c->lines[count++] = (struct period){row->from, row->until};
	}
	order_items(c->lines, count, sizeof *c->lines, by_from);
	for (uint32_t i = 0; i < count; i++) {
		if (kept && c->lines[i].from <= c->lines[kept - 1].until) {
			if (c->lines[i].until > c->lines[kept - 1].until)
				c->lines[kept - 1].until = c->lines[i].until;
		} else {
			c->lines[kept++] = c->lines[i];
		}
	}
	c->line_count = kept;
}

/* ": its goods stand in 8413.91.90.20 and 8413.91.90.44 since", by the list of renumbered
 * lines; else the lines that begin then under the same eight digits. */
static void say_successors(char *out, size_t size, const struct law_jurisdiction *j,
			   struct law_range range, tw_time ended)
{
	uint64_t eight = range.low / 100 * 100;
	size_t named = 0;
	for (uint32_t i = 0; i < j->renumbered_count; i++)
		if (j->renumbered[i].code == range.low && j->renumbered[i].on == ended) {
			fit_print(out, size, ": its goods have since been in %s",
				  j->renumbered[i].to);
			return;
		}
	out[0] = 0;
	for (uint32_t i = schedule_find(j, eight);
	     i < j->row_count && j->rows[i].code < eight + 100; i++) {
		char code[16];
		if (j->rows[i].from != ended || j->rows[i].digits != 10)
			continue;
		struct law_range line = {j->rows[i].code, j->rows[i].code + 1};
		if (named < SUCCESSORS)
			fit_add(out, size, "%s%s",
				named ? ", " : ": under the same eight digits begin ",
				say_code(code, line));
		else if (named == SUCCESSORS)
			fit_add(out, size, " and more");
		named++;
	}
}

/* An ended number that was given to other goods goes on as a line: only the list of renumbered
 * lines shows it. */
static bool reused(struct check *c, const struct law_jurisdiction *j, const struct code *code)
{
	if (code->range.high - code->range.low != 1)
		return false;
	for (uint32_t i = 0; i < j->renumbered_count; i++) {
		const struct law_renumbered *r = &j->renumbered[i];
		char day[16], name[16];
		if (r->code != code->range.low || r->on < code->in_force.from + DAY ||
		    r->on > code->in_force.until - DAY)
			continue;
		if (!code->absent)
			law_fault(
			    c->out, code->pos,
			    "%s is in force past %s, when it was renumbered: its goods have since "
			    "been in %s; end the row then and list those",
			    say_code(name, code->range), say_day(day, j, r->on), r->to);
		return true;
	}
	return false;
}

static bool listed_then(const struct law_list *list, uint64_t code, tw_time at)
{
	for (uint32_t i = 0; i < list->row_count; i++) {
		const struct law_list_row *row = &list->rows[i];
		if (row->codes.low <= code && code < row->codes.high && row->from.at <= at &&
		    at < row->until.at)
			return true;
	}
	return false;
}

/* A row that ends with its number hands its goods on: all their new numbers are on the list. */
static bool lost(struct check *c, const struct law_jurisdiction *j, const struct code *code)
{
	bool wrong = false;
	if (!code->list || code->range.high - code->range.low != 1)
		return false;
	for (uint32_t i = 0; i < j->renumbered_count; i++) {
		const struct law_renumbered *r = &j->renumbered[i];
		if (r->code != code->range.low || r->on != code->in_force.until)
			continue;
		for (uint32_t k = 0; k < r->successor_count; k++) {
			struct law_range next = {r->successors[k], r->successors[k] + 1};
			char name[16], day[16], other[16];
			if (listed_then(code->list, next.low, r->on))
				continue;
			if (!code->absent)
				law_fault(
				    c->out, code->pos,
				    "%s ends with its number on %s, but %s, in which its goods "
				    "have since been classified, is not on the list then: list "
				    "it, or say why in the column absent",
				    say_code(name, code->range), say_day(day, j, r->on),
				    say_code(other, next));
			wrong = true;
		}
	}
	return wrong;
}

/* What is wrong with a code that is in force when no line meets it. */
static bool unmet(struct check *c, const struct law_jurisdiction *j, const struct code *code)
{
	char name[16], day[16], other[512];
	const struct period *in_force = &code->in_force;
	const struct period *line = c->lines, *end = c->lines + c->line_count;
	while (line < end && line->until < in_force->from + DAY)
		line++;
	say_code(name, code->range);
	if (line == end || line->from > in_force->until - DAY) {
		if (!code->absent)
			law_fault(c->out, code->pos,
				  "no line of the schedule meets %s on any day on which it is in "
				  "force: correct it, or %s",
				  name,
				  code->list ? "say why in the column absent"
					     : "put it on a list that says why it is absent");
		return true;
	}
	if (line->from >= in_force->from + DAY) {
		if (!code->absent)
			law_fault(
			    c->out, code->pos,
			    "%s is in force before its line, which begins on %s: begin the row "
			    "then, and list what preceded it",
			    name, say_day(day, j, line->from));
		return true;
	}
	if (line->until > in_force->until - DAY)
		return false;
	say_successors(other, sizeof other, j, code->range, line->until);
	if (!code->absent)
		law_fault(
		    c->out, code->pos,
		    "%s is in force after its line, which ends on %s%s; end the row then and list "
		    "what replaces it",
		    name, say_day(day, j, line->until), other);
	return true;
}

static void check_code(struct check *c, const struct law_jurisdiction *j, struct code code)
{
	char name[16];
	tw_time first = time_from_local(law_zone_of(j), (int64_t)c->law->coverage_first * DAY);
	first = j->begins > first ? j->begins : first;
	if (code.in_force.from < first)
		code.in_force.from = first;
	if (code.in_force.until - DAY < code.in_force.from)
		return; /* over before the first day covered: nothing is known of its lines */
	c->out->checked++;
	find_lines(c, j, code.range);
	bool wrong = reused(c, j, &code) || unmet(c, j, &code) || lost(c, j, &code);
	if (wrong && code.absent)
		c->out->absent++;
	if (!wrong && code.absent)
		law_fault(
		    c->out, code.pos,
		    "%s is said to be absent from the schedule, but lines meet it all the time it "
		    "is in force: leave the column empty",
		    say_code(name, code.range));
}

static void widen(struct period *use, const struct law_end *from, const struct law_end *until)
{
	if (from->at < use->from)
		use->from = from->at;
	if (until->at > use->until)
		use->until = until->at;
}

static void use_lists(struct check *c, const struct law_scope *scope, const struct law_end *from,
		      const struct law_end *until)
{
	for (uint32_t i = 0; i < scope->any_list_count; i++)
		widen(&c->use[scope->any_lists[i]], from, until);
	for (uint32_t i = 0; i < scope->not_list_count; i++)
		widen(&c->use[scope->not_lists[i]], from, until);
}

static void check_scope(struct check *c, const struct law_jurisdiction *j,
			const struct law_scope *scope, const struct law_end *from,
			const struct law_end *until)
{
	struct code code = {.in_force = {from->at, until->at}};
	use_lists(c, scope, from, until);
	for (uint32_t i = 0; is_held(j) && i < scope->any_code_count; i++) {
		code.range = scope->any_codes[i];
		code.pos = scope->any_pos[i];
		check_code(c, j, code);
	}
	for (uint32_t i = 0; is_held(j) && i < scope->not_code_count; i++) {
		code.range = scope->not_codes[i];
		code.pos = scope->not_pos[i];
		check_code(c, j, code);
	}
}

static void check_program(struct check *c, const struct law_program *p)
{
	const struct law_jurisdiction *j = &c->law->jurisdictions[p->jurisdiction];
	const struct law_measure *first = &c->law->measures[p->measure_first];
	struct period life = {TW_TIME_MAX, TW_TIME_MIN};
	for (uint32_t i = 0; i < p->measure_count; i++) {
		widen(&life, &first[i].from, &first[i].until);
		check_scope(c, j, &first[i].scope, &first[i].from, &first[i].until);
	}
	/* A program yields as long as there is something of it that can. */
	for (uint32_t i = 0; i < p->yield_count; i++) {
		struct law_end from = p->yields[i].from, until = p->yields[i].until;
		if (from.at < life.from)
			from.at = life.from;
		if (until.at > life.until)
			until.at = life.until;
		if (from.at < until.at)
			check_scope(c, j, &p->yields[i].scope, &from, &until);
		else
			use_lists(c, &p->yields[i].scope, &from, &from);
	}
}

static void check_list(struct check *c, uint32_t index)
{
	const struct law_list *list = &c->law->lists[index];
	const struct law_jurisdiction *j = &c->law->jurisdictions[list->jurisdiction];
	const struct period *use = &c->use[index];
	if (use->from > use->until && c->law->scenario)
		return; /* what named it is changed, and the list is law all the same */
	if (use->from > use->until) {
		law_fault(c->out, list->pos, "no measure and no yield names the list \"%s\"",
			  list->name);
		return;
	}
	for (uint32_t i = 0; is_held(j) && i < list->row_count; i++) {
		const struct law_list_row *row = &list->rows[i];
		struct code code = {
		    .range = row->codes,
		    .in_force = {row->from.at > use->from ? row->from.at : use->from,
				 row->until.at < use->until ? row->until.at : use->until},
		    .list = list,
		    .absent = *row->absent ? row->absent : NULL,
		    .pos = row->pos};
		check_code(c, j, code);
	}
}

/* A claim that is brought to mind for codes that no schedule has is never brought to mind. */
static void check_claim(struct check *c, const struct law_claim *claim)
{
	for (uint32_t i = 0; i < claim->remind_scope_count; i++) {
		struct tw_error unused;
		struct law_range range;
		bool met = false, held = false;
		if (text_range(&range, claim->remind_scope[i], claim->pos, &unused))
			continue; /* told when it was read */
		for (uint32_t k = 0; k < c->law->jurisdiction_count && !met; k++) {
			const struct law_jurisdiction *j = &c->law->jurisdictions[k];
			held = held || is_held(j);
			find_lines(c, j, range);
			met = c->line_count > 0;
		}
		if (held && !met)
			law_fault(c->out, claim->pos,
				  "no line of a schedule meets %s of the remind_scope of %s",
				  claim->remind_scope[i], claim->name);
	}
}

int law_codes_check(const struct law *law, struct law_codes *out)
{
	struct check c = {.law = law, .out = out};
	uint32_t rows = 0;
	for (uint32_t i = 0; i < law->jurisdiction_count; i++)
		if (law->jurisdictions[i].row_count > rows)
			rows = law->jurisdictions[i].row_count;
	c.use = calloc(law->list_count + 1, sizeof *c.use);
	c.lines = calloc((size_t)rows + 1, sizeof *c.lines);
	if (c.use && c.lines) {
		for (uint32_t i = 0; i < law->list_count; i++)
			c.use[i] = (struct period){TW_TIME_MAX, TW_TIME_MIN};
		for (uint32_t i = 0; i < law->claim_count; i++)
			check_claim(&c, &law->claims[i]);
		for (uint32_t i = 0; i < law->program_count; i++)
			check_program(&c, &law->programs[i]);
		for (uint32_t i = 0; i < law->list_count; i++)
			check_list(&c, i);
	}
	int code = c.use && c.lines ? TW_OK : TW_NO_MEMORY;
	free(c.use);
	free(c.lines);
	return code;
}

static void keep_first(void *context, const struct tw_error *fault)
{
	struct tw_error *first = context;
	if (!first->code)
		*first = *fault;
}

int law_codes_sound(const struct law *law, struct tw_error *error)
{
	struct tw_error first = {0};
	struct law_codes codes = {.tell = keep_first, .context = &first};
	int code = law_codes_check(law, &codes);
	if (code)
		return code;
	if (first.code && error)
		*error = first;
	return first.code;
}
