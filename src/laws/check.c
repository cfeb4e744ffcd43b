/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Holds against each other what no reader of one file can: codes and schedule,
 * descriptions and lines, acts and what cites them. Tells every fault, each
 * with its place.
 */
#include "laws/check.h"

#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"
#include "compiler/compile.h"
#include "law/chemistry.h"
#include "law/cited.h"
#include "law/codes.h"
#include "law/descriptions.h"
#include "law/import.h"
#include "law/record.h"
#include "law/refunds.h"
#include "law/yaml.h"

struct check {
	const struct law *law;
	const char *folder;
	tw_law_fault *tell;
	void *context;
};

static int tell(const struct check *check, const struct tw_error *fault)
{
	check->tell(check->context, fault);
	return fault->code ? fault->code : TW_BAD_LAW;
}

static int tell_memory(const struct check *check)
{
	struct tw_error error;
	error_memory(&error);
	return tell(check, &error);
}

static void tell_code(void *context, const struct tw_error *fault)
{
	tell(context, fault);
}

/* Every code of a list or scope that meets no line of the schedule, not the first alone. */
static int check_codes(struct check *check, struct law_codes *codes)
{
	*codes = (struct law_codes){.tell = tell_code, .context = check};
	if (law_codes_check(check->law, codes))
		return tell_memory(check);
	return codes->faults ? TW_BAD_LAW : TW_OK;
}

/* Every line and declared heading without a description, and descriptions of nothing. */
static int check_descriptions(struct check *check, uint32_t *count)
{
	const struct law *law = check->law;
	struct law_codes told = {.tell = tell_code, .context = check};
	struct tw_error error = {0};
	int code = TW_OK;
	*count = 0;
	for (uint32_t i = 0; i < law->jurisdiction_count && !code; i++) {
		struct law_descriptions descriptions;
		if (law_descriptions_read(&descriptions, law, i, check->folder, &error))
			code = tell(check, &error);
		else if (law_descriptions_check(law, &descriptions, &told))
			code = tell_memory(check);
		*count += descriptions.count;
		law_descriptions_free(&descriptions);
	}
	return code ? code : told.faults ? TW_BAD_LAW : TW_OK;
}

struct cited {
	const struct law *law;
	bool *cited;
};

static void note_act(void *context, const char *id)
{
	struct cited *cited = context;
	for (uint32_t i = 0; i < cited->law->instrument_count; i++)
		if (!strcmp(cited->law->instruments[i].id, id))
			cited->cited[i] = true;
}

/* An act that nothing cites is one that was forgotten, or only explains. */
static int check_acts(struct check *check)
{
	const struct law *law = check->law;
	struct cited cited = {law, calloc(law->instrument_count + 1, sizeof *cited.cited)};
	struct tw_error error = {0};
	int code = TW_OK;
	if (law->scenario) { /* acts that it makes idle are acts all the same */
		free(cited.cited);
		return TW_OK;
	}
	if (!cited.cited)
		return tell_memory(check);
	law_cited(cited.cited, law);
	if (chemistry_acts(note_act, &cited, check->folder, &error)) {
		code = tell(check, &error);
		goto done;
	}
	for (uint32_t i = 0; i < law->instrument_count; i++) {
		const struct law_instrument *act = &law->instruments[i];
		if (cited.cited[i] != act->background)
			continue;
		law_error(&error, act->pos,
			  act->background
			      ? "%s is cited and is not background: remove \"background\""
			      : "nothing cites %s: name it where it sets a from, an until or a "
				"row, or write \"background: yes\"",
			  act->id);
		code = tell(check, &error);
	}
done:
	free(cited.cited);
	return code;
}

/* The corrections of each schedule, which only an import reads. */
static int check_corrections(struct check *check)
{
	const struct law *law = check->law;
	struct tw_error error = {0};
	struct vector corrections = {0};
	struct arena *arena = arena_new();
	int code = arena ? TW_OK : tell_memory(check);
	for (uint32_t i = 0; !code && i < law->jurisdiction_count; i++)
		if (law->jurisdictions[i].row_count &&
		    import_corrections(&corrections, arena, check->folder,
				       law->jurisdictions[i].rows[0].pos.file, &error))
			code = tell(check, &error);
	arena_free(arena);
	return code;
}

static void summarize(struct tw_law_summary *out, const struct law *law)
{
	fit_print(out->edition, sizeof out->edition, "%s", law->edition);
	fit_print(out->sha256, sizeof out->sha256, "%s", law->sha256);
	time_print_day(out->first, law->coverage_first);
	time_print_day(out->last, law->coverage_last);
	out->jurisdictions = law->jurisdiction_count;
	out->instruments = law->instrument_count;
	out->programs = law->program_count;
	out->measures = law->measure_count;
	out->lists = law->list_count;
	out->claims = law->claim_count;
	if (law->refunds) {
		out->refund_headings = law->refunds->heading_count;
		out->refund_tests = law->refunds->test_count;
		out->refund_rates = law->refunds->rate_count;
	}
	if (law->record) {
		out->record_events = law->record->event_count;
		out->record_figures = law->record->figure_count;
		out->record_sources = law->record->source_count;
		out->record_claims = law->record->claim_count;
	}
	for (uint32_t i = 0; i < law->jurisdiction_count; i++)
		out->schedule_rows += law->jurisdictions[i].row_count;
	for (uint32_t i = 0; i < law->list_count; i++)
		out->list_rows += law->lists[i].row_count;
}

int laws_check(struct tw_law_summary *out, const struct law *law, const char *folder, tw_time known,
	       tw_law_fault *tell_fault, void *context)
{
	struct check check = {law, folder, tell_fault, context};
	struct tw_error error = {0};
	struct law_codes held;
	tw_rulebook *opened = NULL;
	void *book = NULL;
	int code;
	*out = (struct tw_law_summary){.size = sizeof *out};
	if ((code = check_codes(&check, &held)) ||
	    (code = check_descriptions(&check, &out->descriptions)) ||
	    (code = check_acts(&check)) || (code = check_corrections(&check)))
		return code;
	if (compile_law(&book, &out->rulebook_size, law, folder, known, &error) ||
	    tw_rulebook_from_memory(&opened, book, out->rulebook_size, &error)) {
		free(book);
		return tell(&check, &error);
	}
	summarize(out, law);
	out->codes_checked = held.checked;
	out->codes_absent = held.absent;
	fit_print(out->rulebook_sha256, sizeof out->rulebook_sha256, "%s",
		  tw_rulebook_sha256(opened));
	tw_rulebook_close(opened);
	free(book);
	return TW_OK;
}
