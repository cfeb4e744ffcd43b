/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The timelines of a file of codes: read in blocks, made by threads, written in the order of the
 * file. Each thread has an assessor of its own; the rulebook is everybody's.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "cli/timeline/timeline.h"
#include "common/error.h"
#include "common/write.h"
#include "timeline/write.h"

enum { BLOCK = 32 /* codes of one piece of work */, CODE = 64 };

struct work {
	struct panel *panel;
	tw_timeline *timeline;
	char code[BLOCK][CODE];
	size_t count;
	struct buffer out;
	struct tw_error error;
	uint64_t lines, refused, incomplete;
	int failed;
	pthread_t thread;
};

static int tell_one(struct work *work, const char *code, const char *origin)
{
	struct panel *panel = work->panel;
	struct tw_line line = panel->line;
	struct told told;
	line.column[TW_COLUMN_HTS] = (struct tw_text){code, strlen(code)};
	line.column[TW_COLUMN_ORIGIN] = (struct tw_text){origin, strlen(origin)};
	int failed = told_find(&told, work->timeline, &line, &work->error);
	if (failed)
		return failed;
	if (panel->ndjson)
		write_ndjson(&work->out, &told);
	else
		write_csv(&work->out, &told, panel->safe);
	work->lines++;
	for (size_t i = 0; i < told.count; i++) {
		work->refused += told.step[i].answer->status == TW_STATUS_REFUSED;
		work->incomplete += told.step[i].answer->status == TW_STATUS_INCOMPLETE;
	}
	return work->out.failed ? error_memory(&work->error) : TW_OK;
}

static void *do_work(void *context)
{
	struct work *work = context;
	for (size_t i = 0; !work->failed && i < work->count; i++)
		for (size_t k = 0; !work->failed && k < work->panel->origin_count; k++)
			work->failed = tell_one(work, work->code[i], work->panel->origin[k]);
	return NULL;
}

/* The code at the beginning of a row: up to a comma, a semicolon or a tab, without quotes. */
static bool read_code(char out[CODE], const char *row)
{
	size_t length = 0;
	while (*row == ' ' || *row == '"' || *row == '\'')
		row++;
	while (length + 1 < CODE && *row && !strchr(",;\t\"'\r\n", *row))
		out[length++] = *row++;
	while (length && out[length - 1] == ' ')
		length--;
	out[length] = '\0';
	return length && out[0] != '#';
}

/* The next codes of the file; false: it cannot be read. */
static bool fill(struct work *work, FILE *file, char **row, size_t *room, bool *first)
{
	work->count = 0;
	while (work->count < BLOCK && getline(row, room, file) >= 0) {
		char *code = work->code[work->count];
		const char *at = *first && !strncmp(*row, "\xef\xbb\xbf", 3) ? *row + 3 : *row;
		if (!read_code(code, at))
			continue;
		/* A row of names does not begin with a digit. */
		work->count += !*first || (*code >= '0' && *code <= '9');
		*first = false;
	}
	return !ferror(file);
}

static int write_work(struct work *work)
{
	if (work->failed) {
		cli_error(&work->error);
		return CLI_FAILED;
	}
	if (!write_buffer(stdout, &work->out)) {
		cli_message("standard output: %s", strerror(errno));
		return CLI_FAILED;
	}
	work->panel->lines += work->lines;
	work->panel->refused += work->refused;
	work->panel->incomplete += work->incomplete;
	work->lines = work->refused = work->incomplete = 0;
	work->out.length = 0;
	return CLI_DONE;
}

/* A block for each thread, and what came of them in order. */
static int do_blocks(struct work *work, size_t threads, FILE *file, char **row, size_t *room,
		     bool *first)
{
	size_t filled = 0, running = 0;
	int code = CLI_DONE;
	for (;
	     filled < threads && fill(&work[filled], file, row, room, first) && work[filled].count;
	     filled++)
		;
	for (; running < filled; running++)
		if (pthread_create(&work[running].thread, NULL, do_work, &work[running]))
			break;
	for (size_t i = running; i < filled; i++)
		do_work(&work[i]); /* no more threads are to be had */
	for (size_t i = 0; i < running; i++)
		pthread_join(work[i].thread, NULL);
	for (size_t i = 0; !code && i < filled; i++)
		code = write_work(&work[i]);
	return code ? code : filled == threads ? CLI_DONE : -1; /* the end */
}

/* The row of names, whole or not at all. */
static int write_names(void)
{
	struct buffer names = {0};
	write_csv_header(&names);
	const bool whole = !names.failed, done = whole && write_buffer(stdout, &names);
	if (!done)
		cli_message("%s%s", whole ? "standard output: " : "out of memory",
			    whole ? strerror(errno) : "");
	buffer_free(&names);
	return done ? CLI_DONE : CLI_FAILED;
}

static int run(struct panel *panel, FILE *file, const char *name)
{
	struct work *work = calloc(panel->threads, sizeof *work);
	char *row = NULL;
	size_t room = 0;
	bool first = true;
	int code = work ? CLI_DONE : CLI_FAILED;
	if (!work)
		cli_message("out of memory");
	for (size_t i = 0; !code && i < panel->threads; i++) {
		work[i].panel = panel;
		if (tw_timeline_new(&work[i].timeline, panel->rulebook, panel->options,
				    &work[i].error)) {
			cli_error(&work[i].error);
			code = CLI_FAILED;
		}
	}
	if (!code && !panel->ndjson)
		code = write_names();
	while (!code)
		code = do_blocks(work, panel->threads, file, &row, &room, &first);
	if (code < 0) {
		code = ferror(file) || !panel->lines ? CLI_FAILED : CLI_DONE;
		if (code)
			cli_message("%s: %s", name,
				    ferror(file) ? strerror(errno)
						 : "there is no code in it: one stands at the "
						   "beginning of each line");
	}
	for (size_t i = 0; work && i < panel->threads; i++) {
		tw_timeline_free(work[i].timeline);
		buffer_free(&work[i].out);
	}
	free(work);
	free(row);
	return code;
}

int panel_run(struct panel *panel, const char *name)
{
	bool input = !strcmp(name, "-");
	FILE *file = input ? stdin : fopen(name, "r");
	if (!file) {
		cli_message("%s: %s", name, strerror(errno));
		return CLI_FAILED;
	}
	int code = run(panel, file, input ? "standard input" : name);
	if (!input)
		fclose(file);
	return code;
}
