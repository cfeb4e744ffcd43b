/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the headings that apply to a code: it asks the assessor, and decides nothing. */
#include <stdio.h>
#include <string.h>

#include "codes/answer.h"
#include "common/error.h"
#include "common/tariff_code.h"

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static void copy(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text ? text : "");
}

static void take_layers(struct code_bite *out, const struct tw_assessment *answer,
			const tw_rulebook *rulebook)
{
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		if (layer->kind == TW_LAYER_BASE || !*layer->heading)
			continue;
		if (out->count == CODE_HEADINGS) {
			out->more = true;
			return;
		}
		struct code_heading *h = &out->heading[out->count++];
		copy(h->heading, sizeof h->heading, layer->heading);
		copy(h->rate, sizeof h->rate,
		     layer->kind == TW_LAYER_EXEMPT ? "exempt" : layer->rate);
		copy(h->program, sizeof h->program, layer->program);
		h->title = codes_program(rulebook, layer->program);
		h->is_void = layer->is_void;
	}
}

/* Why there is no answer, said alike of every code that it is true of. */
static void take_refusal(struct code_bite *out, const char *text, const char *digits)
{
	char dotted[16];
	tariff_code_print(dotted, digits);
	const char *code = strstr(text, dotted);
	if (!code)
		copy(out->why, sizeof out->why, text);
	else
		snprintf(out->why, sizeof out->why, "%.*sthis line%s", (int)(code - text), text,
			 code + strlen(dotted));
}

/* What is missing beside the value, which nobody has at hand when he looks a code up. */
static bool turns_on_facts(const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->missing_count; i++)
		if (strncmp(answer->missing[i], "value:", 6) != 0)
			return true;
	return false;
}

int code_bite(struct code_bite *out, tw_assessor *assessor, const struct code_answer *answer,
	      const struct codes_entry *entry, struct tw_error *error)
{
	struct tw_line line = TW_LINE_INIT;
	const struct tw_assessment *found;
	*out = (struct code_bite){.count = 0};
	if (entry->digits < 6 || entry->kind == CODES_HEADING)
		return TW_OK;
	line.column[TW_COLUMN_ID] = text_of("1");
	line.column[TW_COLUMN_HTS] = text_of(entry->code);
	line.column[TW_COLUMN_ORIGIN] = text_of(answer->origin);
	line.column[TW_COLUMN_ENTERED] = text_of(answer->on);
	int code = tw_assess(&found, assessor, &line, error);
	if (code)
		return code;
	if (found->status == TW_STATUS_REFUSED && !strcmp(found->refusal.column, "origin")) {
		return error_set(error, TW_BAD_ARGUMENT, "--origin: %s", found->refusal.text);
	}
	if (found->status == TW_STATUS_REFUSED)
		take_refusal(out, found->refusal.text, entry->code);
	else
		take_layers(out, found, answer->rulebook);
	out->incomplete = found->status == TW_STATUS_INCOMPLETE && turns_on_facts(found);
	return TW_OK;
}

bool code_same_bite(const struct code_bite *a, const struct code_bite *b)
{
	if (a->count != b->count || a->more != b->more || a->incomplete != b->incomplete ||
	    strcmp(a->why, b->why) != 0)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->heading[i].heading, b->heading[i].heading) != 0 ||
		    strcmp(a->heading[i].rate, b->heading[i].rate) != 0 ||
		    strcmp(a->heading[i].program, b->heading[i].program) != 0)
			return false;
	return true;
}
