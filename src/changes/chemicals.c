/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of `tidewaiter law diff` about controlled chemicals: which lists
 * begin or cease to hold which substances. The changes are found by
 * controls.c; here they are told.
 */
#include "changes/chemicals.h"
#include "changes/controls.h"
#include "changes/pair.h"

#include <stdio.h>
#include <string.h>

#include "common/instant.h"
#include "law/chemistry.h"

struct teller {
	struct buffer *out;
	const struct law_query *query;
	struct buffer names; /* of the group that is open */
	/* The group: one list, one day, one kind of change. Texts are copied, the law is not kept.
	 */
	int32_t day;
	char how, list[256], jurisdiction[8], title[128], by[512];
	size_t groups, told;
};

static const char *word_of(char how)
{
	switch (how) {
	case 'e':
		return "no longer includes";
	case 'r':
		return "is reworded for";
	case 'u':
		return "includes, from a day not on record,";
	case 'm':
		return "begins; the names on it are not on record, it may include";
	default:
		return "now includes";
	}
}

static void close_group(struct teller *teller)
{
	struct buffer text = {.within = teller->out};
	char day[16];
	if (!teller->names.length)
		return;
	if (!teller->groups++)
		say(teller->out, "\nControlled chemicals\n");
	say(teller->out, "  %s  ", time_print_day(day, teller->day));
	say(&text, "%s, %s %s ", teller->title, teller->list, word_of(teller->how));
	buffer_put(&text, teller->names.at, teller->names.length);
	say(&text, " (%s)", teller->by);
	say_gathered(teller->out, &text, 14, 14);
	buffer_free(&text);
	teller->names.length = 0;
}

static void copy(char *to, size_t size, const char *from)
{
	size_t length = strlen(from);
	if (length >= size)
		length = size - 1;
	memcpy(to, from, length);
	to[length] = '\0';
}

static void open_group(struct teller *teller, const struct chemistry_change *change, char how)
{
	teller->day = change->day;
	teller->how = how;
	copy(teller->list, sizeof teller->list, change->list);
	copy(teller->jurisdiction, sizeof teller->jurisdiction, change->jurisdiction);
	copy(teller->title, sizeof teller->title, change->title);
	*teller->by = '\0';
	for (size_t i = 0; i < change->by_count; i++) {
		size_t used = strlen(teller->by);
		copy(teller->by + used, sizeof teller->by - used, i ? ", " : "");
		used = strlen(teller->by);
		copy(teller->by + used, sizeof teller->by - used, change->by[i]);
	}
}

static bool is_asked(const struct law_query *query, const char *jurisdiction)
{
	if (query->program || query->kind || query->origin != LAW_NONE ||
	    query->code.low != query->code.high)
		return false;
	return query->into == LAW_NONE ||
	       !strcmp(query->law->jurisdictions[query->into].code, jurisdiction);
}

static char how_of(const struct chemistry_change *change)
{
	return change->ends       ? 'e'
	       : change->undated  ? 'u'
	       : change->reworded ? 'r'
	       : change->maybe    ? 'm'
				  : 'b';
}

static void tell(void *context, const struct chemistry_change *change)
{
	struct teller *teller = context;
	char how = how_of(change);
	if (!is_asked(teller->query, change->jurisdiction))
		return;
	if (teller->names.length && (teller->day != change->day || teller->how != how ||
				     strcmp(teller->list, change->list) ||
				     strcmp(teller->jurisdiction, change->jurisdiction)))
		close_group(teller);
	if (!teller->names.length)
		open_group(teller, change, how);
	else
		buffer_text(&teller->names, ", ");
	buffer_text(&teller->names, change->name);
	teller->told++;
}

static void tell_json(void *context, const struct chemistry_change *change)
{
	struct teller *teller = context;
	char day[16];
	if (!is_asked(teller->query, change->jurisdiction))
		return;
	if (teller->query->json)
		buffer_text(teller->out, teller->told++ ? ",\n" : "\n");
	say(teller->out, "{\"day\":\"%s\"", time_print_day(day, change->day));
	json_field(teller->out, "what",
		   change->ends       ? "ends"
		   : change->reworded ? "reworded"
				      : "begins");
	json_field(teller->out, "substance", change->substance);
	json_field(teller->out, "name", change->name);
	json_field(teller->out, "jurisdiction", change->jurisdiction);
	json_field(teller->out, "list", change->list);
	json_field(teller->out, "code", change->code);
	json_field(teller->out, "requirement", change->requirement);
	if (change->undated)
		buffer_text(teller->out, ",\"undated\":true");
	if (change->maybe)
		buffer_text(teller->out, ",\"maybe\":true");
	buffer_text(teller->out, ",\"by\":[");
	for (size_t i = 0; i < change->by_count; i++) {
		buffer_text(teller->out, i ? "," : "");
		json_string(teller->out, change->by[i]);
	}
	buffer_text(teller->out, teller->query->json ? "]}" : "]}\n");
}

/* A text of its own; the caller frees it. */
static const char *ended(struct buffer *out, struct buffer *text)
{
	buffer_char(text, '\0');
	out->failed = out->failed || text->failed;
	return text->failed ? "" : text->at;
}

static void tell_row(void *context, const struct chemistry_change *change)
{
	struct teller *teller = context;
	struct buffer *out = teller->out, text = {.within = out}, by = {.within = out},
		      on = {.within = out};
	char at[16];
	if (!is_asked(teller->query, change->jurisdiction))
		return;
	time_print_day(at, change->day);
	for (size_t i = 0; i < change->by_count; i++)
		say(&by, "%s%s", i ? " " : "", change->by[i]);
	say(&on, "%s%s%s", change->list, *change->code ? ", " : "", change->code);
	say(&text, "%s, %s %s %s", change->title, change->list, word_of(how_of(change)),
	    change->name);
	const char *list = ended(out, &on);
	struct change_row row = {
	    .at = at,
	    .into = change->jurisdiction,
	    .what = change->ends       ? "control ends"
		    : change->reworded ? "control reworded"
				       : "control begins",
	    .goods = change->substance,
	    .before = change->ends ? list : NULL,
	    .after = change->ends ? NULL : list,
	    .by = ended(out, &by),
	    .text = ended(out, &text),
	};
	changes_row(out, &row);
	buffer_free(&text);
	buffer_free(&by);
	buffer_free(&on);
}

int law_chemicals(struct buffer *out, const struct law_query *query, int first, int last,
		  bool announced, struct tw_error *error)
{
	struct teller teller = {.out = out, .query = query};
	const int32_t between[2] = {first - 1, last};
	if (query->json)
		buffer_text(out, ",\n\"chemicals\":[");
	bool json = query->json || query->rows == LAW_ROWS_NDJSON;
	int code =
	    chemistry_changes(json                          ? tell_json
			      : query->rows == LAW_ROWS_CSV ? tell_row
							    : tell,
			      &teller, query->folder, query->known, between, announced, error);
	if (query->json)
		buffer_char(out, ']');
	else
		close_group(&teller);
	buffer_free(&teller.names);
	return code;
}
