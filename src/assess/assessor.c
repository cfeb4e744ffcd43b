/* SPDX-License-Identifier: Apache-2.0 */
/* An assessor and the names of the columns; the door to the screen for chemicals. */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct quantity *mass_of(const tw_assessor *a, const char *dimension, int64_t *scaled)
{
	const struct rb *rb = a->rb;
	static const int order[] = {2, 0, 1};
	for (size_t i = 0; i < 3; i++) {
		const struct quantity *q = &a->facts.qty[order[i]];
		if (!q->given || (q->unit == RB_NONE && order[i] != 2))
			continue;
		if (q->unit == RB_NONE) {
			if (strcmp(dimension, "mass") != 0)
				continue;
			*scaled = q->amount; /* kg in millionths: milligrams */
			return q;
		}
		const struct rb_unit *unit = &rb->units[q->unit];
		if (strcmp(rb_text(rb, unit->dimension), dimension) != 0)
			continue;
		*scaled = money_share(q->amount, unit->num, unit->den, 1);
		return q;
	}
	return NULL;
}

void assessor_screen(tw_assessor *a, const struct tw_line *line)
{
	const struct facts *f = &a->facts;
	const struct rb_country *country = a->rb->countries;
	struct screen_facts facts;
	struct screen_result result;
	char hts[16] = "";
	memset(&facts, 0, sizeof facts);
	memcpy(facts.into, f->into, 3);
	if (f->origin != RB_NONE)
		memcpy(facts.origin, country[f->origin].iso2, 3);
	if (f->ship_from != RB_NONE)
		memcpy(facts.ship_from, country[f->ship_from].iso2, 3);
	for (uint32_t i = 0; i < f->via_count; i++)
		memcpy(facts.via[facts.via_count++], country[f->via[i]].iso2, 3);
	facts.entered = f->entered;
	facts.undated = !f->has_entered;
	if (mass_of(a, "mass", &facts.weight) == NULL)
		facts.weight = -1;
	if (mass_of(a, "volume", &facts.volume) == NULL)
		facts.volume = -1;
	if (f->digits != 0)
		snprintf(hts, sizeof hts, "%.*s", (int)f->digits,
			 answer_keep(a, "%010llu", (unsigned long long)f->code_low));
	facts.hts = hts;
	screen_line(&result, a->screen, line, &facts);
	a->out.substances = result.substances;
	a->out.substance_count = result.substance_count;
	a->overflow = a->overflow || result.overflow;
	a->out.controls = result.controls;
	a->out.control_count = result.control_count;
	for (size_t i = 0; i < result.warning_count; i++)
		answer_say(&a->warnings, result.warnings[i]);
	a->out.goods = result.lane;
	/* Of a refused line nothing but its goods is known: where they are harmless it has no lane.
	 */
	if (a->out.status != TW_STATUS_REFUSED || result.lane > TW_LANE_GREEN)
		a->out.lane = result.lane > a->out.lane ? result.lane : a->out.lane;
}

static int no_memory(struct tw_error *error)
{
	if (error != NULL) {
		memset(error, 0, sizeof *error);
		error->code = TW_NO_MEMORY;
		snprintf(error->message, sizeof error->message, "out of memory");
	}
	return TW_NO_MEMORY;
}

/* What options had when they were first published: later ones have more, never less. */
#define OPTIONS_FIRST (offsetof(struct tw_options, today) + sizeof(const char *))

static int bad_options(struct tw_error *error, size_t size)
{
	if (error != NULL) {
		memset(error, 0, sizeof *error);
		error->code = TW_BAD_ARGUMENT;
		snprintf(error->message, sizeof error->message,
			 "options of %zu bytes where at least %zu are known: fill them with "
			 "TW_OPTIONS_INIT first",
			 size, (size_t)OPTIONS_FIRST);
	}
	return TW_BAD_ARGUMENT;
}

int tw_assessor_new(tw_assessor **out, const tw_rulebook *book, const struct tw_options *options,
		    struct tw_error *error)
{
	*out = NULL;
	tw_assessor *a = calloc(1, sizeof *a);
	if (a == NULL)
		return no_memory(error);
	a->book = book;
	a->rb = rulebook_layout(book);
	if (options != NULL && options->size < OPTIONS_FIRST) {
		tw_assessor_free(a);
		return bad_options(error, options->size);
	}
	if (options != NULL)
		memcpy(&a->options, options,
		       options->size < sizeof *options ? options->size : sizeof *options);
	vocabulary_make(&a->words, a->rb);
	size_t most = 1;
	for (uint32_t i = 0; i < a->rb->jurisdiction_count; i++)
		if (a->rb->jurisdictions[i].not_covered.count > most)
			most = a->rb->jurisdictions[i].not_covered.count;
	if ((a->not_covered = calloc(most, sizeof *a->not_covered)) == NULL) {
		tw_assessor_free(a);
		return no_memory(error);
	}
	a->words.today = a->options.today;
	int code = screen_new(&a->screen, book, error);
	if (code == TW_OK)
		screen_zones(a->screen, a->words.zone);
	if (code == TW_OK && !declared_find_voids(a)) {
		code = TW_NO_MEMORY;
		if (error != NULL)
			*error = (struct tw_error){.code = code, .message = "out of memory"};
	}
	if (code != TW_OK) {
		tw_assessor_free(a);
		return code;
	}
	*out = a;
	return TW_OK;
}

void tw_assessor_free(tw_assessor *a)
{
	if (a == NULL)
		return;
	screen_free(a->screen);
	free(a->voids);
	free(a->not_covered);
	free(a);
}

static const char *const column_names[TW_COLUMN_COUNT] = {
    [TW_COLUMN_ID] = "id",
    [TW_COLUMN_SHIPMENT] = "shipment",
    [TW_COLUMN_INTO] = "into",
    [TW_COLUMN_HTS] = "hts",
    [TW_COLUMN_ORIGIN] = "origin",
    [TW_COLUMN_SHIP_FROM] = "ship_from",
    [TW_COLUMN_VIA] = "via",
    [TW_COLUMN_ENTERED] = "entered",
    [TW_COLUMN_IMPORTED] = "imported",
    [TW_COLUMN_LOADED] = "loaded",
    [TW_COLUMN_DEPARTED] = "departed",
    [TW_COLUMN_IT_DATE] = "it_date",
    [TW_COLUMN_CHANNEL] = "channel",
    [TW_COLUMN_TRANSPORT] = "transport",
    [TW_COLUMN_ENTRY_TYPE] = "entry_type",
    [TW_COLUMN_VALUE] = "value",
    [TW_COLUMN_CURRENCY] = "currency",
    [TW_COLUMN_RETAIL_VALUE] = "retail_value",
    [TW_COLUMN_QTY] = "qty",
    [TW_COLUMN_UNIT] = "unit",
    [TW_COLUMN_QTY2] = "qty2",
    [TW_COLUMN_UNIT2] = "unit2",
    [TW_COLUMN_WEIGHT] = "weight",
    [TW_COLUMN_CLAIMS] = "claims",
    [TW_COLUMN_DESCRIPTION] = "description",
    [TW_COLUMN_CAS] = "cas",
    [TW_COLUMN_SMILES] = "smiles",
    [TW_COLUMN_INCHIKEY] = "inchikey",
    [TW_COLUMN_CONCENTRATION] = "concentration",
    [TW_COLUMN_CONSIGNEE] = "consignee",
    [TW_COLUMN_SHIPPER] = "shipper",
    [TW_COLUMN_ORDER] = "order",
};

const char *tw_column_name(enum tw_column column)
{
	return (unsigned)column < TW_COLUMN_COUNT ? column_names[column] : "";
}

int tw_column_find(struct tw_text name)
{
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (strlen(column_names[i]) == name.length &&
		    memcmp(column_names[i], name.at, name.length) == 0)
			return i;
	return -1;
}
