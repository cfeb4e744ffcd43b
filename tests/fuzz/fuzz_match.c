/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz the normaliser, the filter, the matcher, CAS numbers and "did you mean"
 * with any bytes as goods text. The first byte chooses the field. What is found must
 * lie inside the text.
 */
#include "common/cas.h"
#include "compiler/names.h"
#include "screen/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *section;
static struct match_scratch *scratch;

static void set_up(void)
{
	static const struct match_name names[] = {
	    {"4-Piperidone", 0, MATCH_NAME},
	    {"4-哌啶酮", 0, MATCH_NAME},
	    {"41661-47-6", 0, MATCH_CAS},
	    {"Acetic anhydride", 1, MATCH_NAME},
	    {"UN1715", 1, MATCH_UN},
	    {"WFDIJRYMOXRFFG-UHFFFAOYSA-N", 1, MATCH_INCHIKEY},
	    {"Acetone", 2, MATCH_NAME},
	    {"丙酮", 2, MATCH_NAME},
	    {"アセトン", 2, MATCH_NAME},
	    {"gamma-Butyrolactone", 3, MATCH_NAME},
	    {"GBL", 3, MATCH_ABBREVIATION},
	    {"N-[1-(2-phenylethyl)-4-piperidinyl]-N-phenylpropanamide", 4, MATCH_NAME},
	    {"Hydrochloric acid", 5, MATCH_NAME},
	    {"HCl", 5, MATCH_ABBREVIATION},
	};
	struct match_source source = {names, sizeof names / sizeof *names, LAW};
	struct tw_error error = {0};
	size_t size;
	if (match_build(&section, &size, &source, &error) != TW_OK || !match_check(section, size) ||
	    !(scratch = match_scratch_new())) {
		fprintf(stderr, "%s\n", error.message);
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct match_hit hits[8];
	struct match_nearest near[3];
	uint64_t number;
	if (!section)
		set_up();
	if (size == 0)
		return 0;
	/* A copy of the exact size, so that reading past its end shows. */
	size_t length = size - 1;
	char *copy = malloc(length ? length : 1);
	if (!copy)
		return 0;
	memcpy(copy, data + 1, length);
	struct match_query query = {.text = {copy, length},
				    .field = (enum match_field)(data[0] % 3),
				    .chemical = data[0] & 4};
	size_t count = match_text(hits, 8, section, scratch, &query);
	for (size_t i = 0; i < count; i++)
		if (hits[i].from > length || hits[i].length > length - hits[i].from ||
		    hits[i].length == 0 ||
		    (hits[i].substance > 5 && hits[i].substance != MATCH_NOTHING))
			abort();
	/* The filter forbids nothing. */
	struct match_hit all[8];
	if (match_read(all, 8, section, scratch, &query) != count)
		abort();
	for (size_t i = 0; i < count; i++)
		if (all[i].substance != hits[i].substance || all[i].from != hits[i].from ||
		    all[i].length != hits[i].length || all[i].kind != hits[i].kind ||
		    all[i].certainty != hits[i].certainty || all[i].sense != hits[i].sense)
			abort();
	struct match_glance glance = match_glance(section, scratch, query.text);
	if (query.field == MATCH_FIELD_TEXT && count > 0 && !glance.hits)
		abort();
	if (data[0] & 8)
		match_nearest(near, 3, section, scratch, query.text);
	if (cas_parse(&number, query.text)) {
		char text[16];
		if (cas_print(text, number) != length || memcmp(text, copy, length) != 0)
			abort();
	}
	free(copy);
	return 0;
}
