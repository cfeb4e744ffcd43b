/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns one line's way through the screen: what its columns name, merged to one
 * hit a substance, then the lists, then the lane. How names are found is the
 * matcher's, what lists ask the ledger's.
 */
#include "screen/screen.h"

#include "common/error.h"
#include "screen/screen_state.h"

#include "rulebook/structures.h"
#include "screen/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pointers for what the answers cite: an index of the ledger may be an instrument. */
static bool make_citations(struct screen *screen)
{
	const struct ledger *ledger = &screen->ledger;
	uint32_t count = ledger->count[LEDGER_INDEXES];
	screen->citations = calloc(count + 1, sizeof *screen->citations);
	for (uint32_t i = 0; screen->citations && i < count; i++)
		if (ledger->indexes[i] < ledger->count[LEDGER_INSTRUMENTS])
			screen->citations[i] =
			    ledger_text(ledger, ledger->instruments[ledger->indexes[i]].id);
	return screen->citations != NULL;
}

static void note_chapters(struct screen *screen)
{
	for (uint32_t i = 0; i < screen->ledger.count[LEDGER_CODES]; i++)
		screen->chapter[screen->ledger.codes[i].low / 100000000 % 100] = true;
}

static bool make_shapes(struct screen *screen)
{
	const struct ledger *ledger = &screen->ledger;
	uint32_t count = ledger->count[LEDGER_SUBSTANCES];
	size_t classes = classes_count(screen->classes);
	screen->shapes = calloc(count + 1, sizeof *screen->shapes);
	screen->class_map = calloc(classes + 1, sizeof *screen->class_map);
	if (!screen->shapes || !screen->class_map)
		return false;
	screen->shape_count = find_shapes(screen->shapes, ledger);
	for (size_t i = 0; i < classes; i++)
		screen->class_map[i] = ledger_find(ledger, classes_info(screen->classes, i).id);
	return true;
}

void screen_structure(struct structure_result *out, struct screen *screen, struct tw_text smiles)
{
	struct structure_source source = {screen->classes, screen->shapes, screen->shape_count};
	if (screen->structure || !structure_open(&screen->structure, &source, NULL)) {
		structure_run(out, screen->structure, smiles);
		return;
	}
	screen->overflow = true;
	*out = (struct structure_result){.refused = true, .reason = "out of memory", .parent = ""};
}

int screen_new(struct screen **out, const tw_rulebook *rulebook, struct tw_error *error)
{
	struct screen *screen = calloc(1, sizeof *screen);
	int code = TW_NO_MEMORY;
	if (!screen)
		goto done;
	screen->empty = !ledger_open(&screen->ledger, rulebook);
	if (screen->empty) {
		code = TW_OK;
		goto done;
	}
	find_sections(&screen->names, &screen->classes, rulebook);
	if (!make_citations(screen) || !make_shapes(screen) ||
	    !(screen->scratch = match_scratch_new()))
		goto done;
	note_chapters(screen);
	code = screen_remember(screen, RECALL_ENTRIES);
done:
	if (code == TW_NO_MEMORY)
		error_set(error, code, "out of memory");
	if (code) {
		screen_free(screen);
		screen = NULL;
	}
	*out = screen;
	return code;
}

void screen_free(struct screen *screen)
{
	if (!screen)
		return;
	structure_close(screen->structure);
	match_scratch_free(screen->scratch);
	recall_close(&screen->recall);
	free(screen->shapes);
	free(screen->class_map);
	free(screen->citations);
	free(screen);
}

int screen_remember(struct screen *screen, size_t entries)
{
	if (screen->empty)
		return TW_OK;
	return recall_open(&screen->recall, &screen->ledger, entries) ? TW_OK : TW_NO_MEMORY;
}

bool screen_holds_nothing(struct screen *screen, struct tw_text description, const char *hts)
{
	if (screen->empty)
		return true;
	if (screen_code_names(screen, hts))
		return false;
	if (!description.length || recall_nothing(&screen->recall, description))
		return true;
	struct match_glance glance = match_glance(screen->names, screen->scratch, description);
	bool nothing = !glance.hits && !glance.names;
	if (nothing)
		recall_keep_nothing(&screen->recall, description);
	return nothing;
}

static void set_zone(uint8_t zones[26 * 26], const char *code, uint8_t zone)
{
	unsigned a = (unsigned char)code[0] - 'A', b = a < 26 ? (unsigned char)code[1] - 'A' : 26;
	if (b < 26)
		zones[a * 26 + b] = zone;
}

void screen_zones(const struct screen *screen, uint8_t zones[26 * 26])
{
	const struct ledger *ledger = &screen->ledger;
	if (screen->empty)
		return;
	for (uint32_t i = 0; i < ledger->count[LEDGER_LISTS]; i++) {
		const struct ledger_list *list = &ledger->lists[i];
		set_zone(zones, ledger_text(ledger, list->jurisdiction), list->zone);
		for (uint32_t k = 0; k < list->members.count; k++)
			set_zone(zones, ledger_word(ledger, list->members, k), list->zone);
	}
}

void screen_warn(struct screen *screen, const char *text)
{
	for (size_t i = 0; i < screen->warning_count; i++)
		if (screen->warning[i] == text)
			return;
	if (screen->warning_count == WARNINGS)
		screen->overflow = true;
	else
		screen->warning[screen->warning_count++] = text;
}

char *screen_room(struct screen *screen)
{
	screen->overflow = screen->overflow || screen->said_count == WARNINGS;
	return screen->said_count == WARNINGS ? NULL : screen->said[screen->said_count++];
}

void screen_line(struct screen_result *out, struct screen *screen, const struct tw_line *line,
		 const struct screen_facts *facts)
{
	*out = (struct screen_result){.substances = screen->substance,
				      .sums = screen->sum,
				      .controls = screen->control,
				      .warnings = screen->warning,
				      .lane = TW_LANE_GREEN,
				      .id = SCREEN_NOTHING};
	if (screen->empty)
		return;
	screen->substance_count = screen->control_count = screen->warning_count = 0;
	screen->sum_count = 0;
	screen->said_count = 0;
	screen->unread = screen->overflow = false;
	screen->machine = screen->id = 0;
	screen_hits(screen, line, facts);
	out->lane = screen_lane(screen, line, facts);
	if (screen->overflow && out->lane < TW_LANE_YELLOW)
		out->lane = TW_LANE_YELLOW;
	out->overflow = screen->overflow;
	out->substance_count = screen->substance_count;
	out->control_count = screen->control_count;
	out->sums = screen->sum;
	out->sum_count = screen->sum_count;
	out->warning_count = screen->warning_count;
	/* Words of the line in a warning are those of this line alone. */
	bool nothing =
	    !out->substance_count && !out->warning_count && !screen->overflow && !screen->unread;
	out->id = nothing ? SCREEN_NOTHING : screen->said_count ? 0 : screen->id;
	out->controls = screen->controls;
}
