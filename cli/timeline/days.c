/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter duty --on A --on B`: two days side by side. */
#include <string.h>
#include <unistd.h>

#include "cli/days.h"
#include "cli/terminal.h"
#include "cli/timeline/timeline.h"
#include "lines/date_cell.h"
#include "timeline/write.h"

enum { MOST = 8, DAY = 64 };

/* The days as the library reads them; an exit code. */
static int read_days(char day[MOST][DAY], const char **out, const struct cli_goods *goods,
		     const char *const *on, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *text = cli_day(on[i]);
		if (cli_days_is_period(text))
			return cli_days_not_one("duty", "on", text);
		struct tw_text read =
		    date_cell(day[i], DAY, (struct tw_text){text, strlen(text)}, goods->date_order);
		if (read.length >= DAY) {
			cli_message("duty: --on: \"%.60s\" is not a day", text);
			return CLI_FAILED;
		}
		memmove(day[i], read.at, read.length);
		day[i][read.length] = '\0';
		out[i] = day[i];
	}
	return CLI_DONE;
}

static int print(struct cli_seen *seen, const struct told *told, const char *format)
{
	struct buffer out = {.width = terminal_width()};
	const struct style style = {.color = cli_color(STDOUT_FILENO)};
	bool table = !format || !strcmp(format, "table");
	for (size_t i = 0; i < told->count; i++) {
		seen->refused |= told->step[i].answer->status == TW_STATUS_REFUSED;
		seen->incomplete |= told->step[i].answer->status == TW_STATUS_INCOMPLETE;
	}
	if (table) {
		write_days(&out, told, &style);
	} else if (!strcmp(format, "csv")) {
		write_csv_header(&out);
		write_csv(&out, told, false);
	} else if (!strcmp(format, "json")) {
		write_json(&out, told, 1);
	} else {
		write_ndjson(&out, told);
	}
	int code = terminal_answer(&out, table, style.color);
	buffer_free(&out);
	return code;
}

int cli_timeline_days(struct cli_seen *seen, const struct cli_goods *goods,
		      const tw_rulebook *rulebook, const char *const *on, size_t count,
		      const char *format)
{
	struct tw_timeline_options options = TW_TIMELINE_OPTIONS_INIT;
	struct tw_error error = {0};
	struct told told = {.line = &goods->line};
	tw_timeline *timeline = NULL;
	char day[MOST][DAY];
	const char *days[MOST];
	options.today = cli_today();
	if (read_days(day, days, goods, on, count))
		return CLI_FAILED;
	int code = tw_timeline_new(&timeline, rulebook, &options, &error);
	if (!code)
		code = tw_timeline_days(&told.step, &told.count, timeline, &goods->line, days,
					count, &error);
	told.timeline = timeline;
	if (code) {
		cli_error(&error);
		code = CLI_FAILED;
	} else {
		code = print(seen, &told, format);
	}
	tw_timeline_free(timeline);
	return code;
}
