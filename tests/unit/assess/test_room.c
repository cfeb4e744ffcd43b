/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may have been let in before: the room that an answer tells is the room that is found by
 * asking, one unit on both sides of it.
 */
#include <stdio.h>
#include <string.h>

#include "tidewaiter.h"

static int failed, eligible, limited;

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

static bool is_free(tw_assessor *assessor, struct tw_line *line, tw_money before)
{
	const struct tw_assessment *answer;
	line->free_before = before;
	return !tw_assess(&answer, assessor, line, NULL) && answer->status != TW_STATUS_REFUSED &&
	       answer->de_minimis.eligible;
}

static void check(tw_assessor *assessor, struct tw_line *line)
{
	const struct tw_assessment *answer;
	line->free_before = 0;
	if (tw_assess(&answer, assessor, line, NULL) || answer->status == TW_STATUS_REFUSED)
		return;
	tw_money room = answer->de_minimis.room;
	bool free = answer->de_minimis.eligible, right;
	if (!free)
		right = room == 0;
	else if (room == TW_ROOM_ANY)
		right = is_free(assessor, line, TW_MONEY_LIMIT);
	else
		right = room >= 0 && is_free(assessor, line, room) &&
			!is_free(assessor, line, room + 1);
	eligible += free;
	limited += free && room != TW_ROOM_ANY;
	if (right)
		return;
	failed++;
	printf("FAIL into %.2s from %s to value %s on %s by %s: room %lld\n",
	       line->column[TW_COLUMN_INTO].at, line->column[TW_COLUMN_ORIGIN].at,
	       line->column[TW_COLUMN_VALUE].at, line->column[TW_COLUMN_ENTERED].at,
	       line->column[TW_COLUMN_CHANNEL].at, (long long)room);
}

int main(void)
{
	static const char *const into[] = {"US", "CA", "CN"},
				 *const origin[] = {"CN", "US", "MX", "DE", "EU"},
				 *const day[] = {"2024-06-01", "2025-03-01", "2025-05-10",
						 "2025-09-15", "2026-06-01"},
				 *const value[] = {"0",      "0.01", "19.99",  "20",  "39.99", "40",
						   "149.99", "150",  "799.99", "800", "800.01"},
				 *const channel[] = {"", "express", "postal"},
				 *const code[] = {"6109100012", "8517130000", "610910", ""};
	tw_assessor *assessor;
	const tw_rulebook *rulebook;
	struct tw_options options = TW_OPTIONS_INIT;
	options.no_changes = options.no_screen = true;
	if (tw_rulebook_default(&rulebook, NULL) ||
	    tw_assessor_new(&assessor, rulebook, &options, NULL))
		return 1;
	for (size_t n = 0; n < 3 * 5 * 5 * 11 * 3 * 4 * 2; n++) {
		struct tw_line line = TW_LINE_INIT;
		size_t at = n;
		line.column[TW_COLUMN_INTO] = text(into[at % 3]), at /= 3;
		line.column[TW_COLUMN_ORIGIN] = text(origin[at % 5]), at /= 5;
		line.column[TW_COLUMN_ENTERED] = text(day[at % 5]), at /= 5;
		line.column[TW_COLUMN_VALUE] = text(value[at % 11]), at /= 11;
		line.column[TW_COLUMN_CHANNEL] = text(channel[at % 3]), at /= 3;
		line.column[TW_COLUMN_HTS] = text(code[at % 4]), at /= 4;
		line.column[TW_COLUMN_SHIP_FROM] = text(at ? "US" : "CN");
		line.column[TW_COLUMN_DESCRIPTION] = text("shirt");
		check(assessor, &line);
	}
	tw_assessor_free(assessor);
	printf("%d lines let in free, %d of them up to a sum of the day, %d wrong\n", eligible,
	       limited, failed);
	return failed || !eligible || !limited;
}
