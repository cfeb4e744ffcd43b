/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of some days as rows, for spreadsheets and line by line. Finds no change itself. */
#include <string.h>

#include "changes/effects.h"
#include "changes/pair.h"
#include "common/instant.h"

/* What was gathered is one cell. */
static void cell(struct buffer *out, struct buffer *text, char after)
{
	size_t start = out->length;
	buffer_put(out, text->at, text->length);
	buffer_end_cell(out, start, false);
	buffer_char(out, after);
	text->length = 0;
}

void changes_row(struct buffer *out, const struct change_row *row)
{
	const char *const cells[] = {row->at,      row->into,  row->what,     row->program,
				     row->origins, row->goods, row->before,   row->after,
				     row->heading, row->by,    row->announced};
	struct buffer text = {.within = out};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		buffer_text(&text, law_or_empty(cells[i]));
		cell(out, &text, ',');
	}
	buffer_text(&text, law_or_empty(row->text));
	cell(out, &text, '\n');
	buffer_free(&text);
}

/* "CN HK MO". */
static void origins(struct buffer *out, const struct law *law, const struct law_origins *of)
{
	for (uint32_t i = 0; i < law->country_count; i++)
		if (of->bit[i / 64] >> i % 64 & 1)
			say(out, "%s%s", out->length ? " " : "", law->countries[i].iso2);
}

static const char *heading_of(const struct law *law, uint32_t measure)
{
	return measure == LAW_NONE ? NULL : law->measures[measure].heading;
}

/* A text of its own; the caller frees it. */
static const char *ended(struct buffer *text)
{
	buffer_char(text, '\0');
	return text->failed ? "" : text->at;
}

enum { AT, ORIGINS, GOODS, BEFORE, AFTER, ANNOUNCED, TEXT, TEXTS };

static void gather(struct buffer text[TEXTS], const struct law *law, const struct change *change)
{
	enum time_zone zone = (enum time_zone)law_zone(law, change->jurisdiction);
	char at[26];
	time_print(at, change->at, time_offset(zone, change->at));
	buffer_text(&text[AT], at);
	if (change_of_measure(change) || change->preference || change->replaced ||
	    change->what == CHANGE_VOID)
		origins(&text[ORIGINS], law, &change->origins);
	for (uint32_t i = 0; change_of_list(change) && i < change->code_count; i++) {
		buffer_text(&text[GOODS], i ? " " : "");
		say_range(&text[GOODS], change->codes[i]);
	}
	if (change->before != LAW_NONE && !change_of_list(change))
		say_effect(&text[BEFORE], law, &law->measures[change->before]);
	if (change->after != LAW_NONE && !change_of_list(change))
		say_effect(&text[AFTER], law, &law->measures[change->after]);
	if (change->by != LAW_NONE)
		say_time(&text[ANNOUNCED], TIME_ZONE_UTC,
			 (tw_time)law_act_day(law, change->by) * 86400, true);
	change_sentence(&text[TEXT], law, change);
}

static void put_change(struct buffer *out, const struct law *law, const struct change *change)
{
	struct buffer text[TEXTS];
	for (size_t i = 0; i < TEXTS; i++)
		text[i] = (struct buffer){.within = out};
	const char *heading = heading_of(law, change->after);
	gather(text, law, change);
	changes_row(
	    out,
	    &(struct change_row){
		.at = ended(&text[AT]),
		.into = law->jurisdictions[change->jurisdiction].code,
		.what = change_what_words[change->what],
		.program = change->program == LAW_NONE ? NULL : law->programs[change->program].id,
		.origins = ended(&text[ORIGINS]),
		.goods = ended(&text[GOODS]),
		.before = ended(&text[BEFORE]),
		.after = ended(&text[AFTER]),
		.heading = change_of_list(change) ? NULL
			   : heading              ? heading
						  : heading_of(law, change->before),
		.by = change->by == LAW_NONE ? NULL : law->instruments[change->by].id,
		.announced = ended(&text[ANNOUNCED]),
		.text = ended(&text[TEXT])});
	for (size_t i = 0; i < TEXTS; i++)
		buffer_free(&text[i]);
}

void changes_rows(struct buffer *out, const struct changes *changes)
{
	const struct law *law = changes->query->law;
	bool csv = changes->query->rows == LAW_ROWS_CSV;
	if (csv)
		buffer_text(out, "at,into,what,program,origins,goods,before,after,heading,by,"
				 "announced,text\n");
	for (size_t i = 0; i < changes->pool.count; i++) {
		const struct change *change = pool_at(&changes->pool, i);
		if (csv) {
			put_change(out, law, change);
		} else {
			change_json(out, law, changes->effects, change);
			buffer_char(out, '\n');
		}
	}
}
