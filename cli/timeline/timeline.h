/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands about time share. */
#ifndef TW_CLI_TIMELINE_H
#define TW_CLI_TIMELINE_H

#include <stdio.h>

#include "cli/goods.h"
#include "tidewaiter_timeline.h"

/* A line on some days side by side, and what moved; an exit code. format: NULL is table. */
int cli_timeline_days(struct cli_seen *seen, const struct cli_goods *goods,
		      const tw_rulebook *rulebook, const char *const *on, size_t count,
		      const char *format);

enum { PANEL_ORIGINS = 64, PANEL_THREADS = 64 };

/* The timelines of all codes of a file for each of the origins, as they come. */
struct panel {
	const tw_rulebook *rulebook;
	const struct tw_timeline_options *options;
	struct tw_line line; /* code and origin are put into it */
	const char *origin[PANEL_ORIGINS];
	size_t origin_count;
	bool ndjson, safe;
	size_t threads;
	uint64_t lines, refused, incomplete; /* lines told, and steps */
};
int panel_run(struct panel *panel, const char *file);

#endif
