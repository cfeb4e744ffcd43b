/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way from the marks of all lines to what is told: read back in the order of the lines, sorted,
 * walked through, written.
 */
#include "across/across.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "across/inner.h"
#include "common/error.h"
#include "common/temporary.h"
#include "common/words.h"

#define MEMORY ((size_t)1 << 20)
enum { PATTERNS = 256, TOLD = 20 /* refusals */ };

int across_new(struct across **out, const struct across_options *options, struct tw_error *error)
{
	struct across *across = calloc(1, sizeof *across);
	*out = NULL;
	if (!across)
		return error_memory(error);
	across->options = *options;
	across->file = -1;
	if (!across->options.memory)
		across->options.memory = MEMORY;
	int code = patterns_open(&across->law, options->rulebook, error);
	across->count = across->law.count[PATTERNS_ROWS];
	if (!code && across->count > PATTERNS)
		code = error_set(error, TW_BAD_RULEBOOK, "the law names more than %d patterns",
				 PATTERNS);
	if (!code) {
		across->worker = calloc(options->jobs, sizeof *across->worker);
		across->without = calloc((size_t)across->count + 1, sizeof *across->without);
		if (!across->worker || !across->without)
			code = error_memory(error);
	}
	for (unsigned i = 0; i < options->jobs && !code; i++) {
		across->worker[i].without =
		    calloc((size_t)across->count + 1, sizeof *across->worker[i].without);
		if (!across->worker[i].without)
			code = error_memory(error);
	}
	if (code) {
		across_free(across);
		return code;
	}
	*out = across;
	return TW_OK;
}

void across_free(struct across *across)
{
	if (!across)
		return;
	for (unsigned i = 0; across->worker && i < across->options.jobs; i++) {
		buffer_free(&across->worker[i].marks);
		free(across->worker[i].without);
	}
	free(across->worker);
	free(across->without);
	sort_free(across->sort);
	sort_free(across->prices);
	sort_free(across->order);
	across_graph_free(across->graph);
	every_close(&across->every);
	buffer_free(&across->text);
	if (across->spool)
		fclose(across->spool);
	free(across);
}

int across_put(struct across *across, across_write *write, const struct buffer *text,
	       struct tw_error *error)
{
	if (text->failed)
		return error_memory(error);
	return text->length ? write(across->options.write_context, text->at, text->length, error)
			    : TW_OK;
}

int across_out(struct across *across, const struct buffer *text, struct tw_error *error)
{
	return across_put(across, across->options.write, text, error);
}

static int truncated(struct tw_error *error)
{
	return error_set(error, TW_BAD_FILE, "temporary file: is truncated");
}

static int sort_mark(struct across *across, struct mark *mark, uint64_t card, uint64_t ordinal,
		     struct tw_error *error)
{
	uint32_t pattern = mark_pattern(mark);
	if (pattern >= across->count)
		return error_set(error, TW_BAD_FILE, "temporary file: is damaged");
	mark->card = card;
	sort_put(mark->ordinal, ordinal);
	bool is_price = across->law.rows[pattern].kind == PATTERN_PRICE;
	return sort_add(is_price ? across->prices : across->sort, mark, error);
}

/* The first refusals are told, with their places. */
static int tell_refused(struct across *across, uint64_t at, struct tw_error *error)
{
	struct card_read *read = NULL;
	struct buffer out = {0};
	int code = TW_OK;
	if (across->counts.refused++ >= TOLD || !across->options.note)
		return TW_OK;
	read = malloc(sizeof *read);
	code = read ? card_load(read, across->file, at, error) : error_memory(error);
	if (!code) {
		const struct tw_text *text = read->card.text;
		buffer_shown(&out, text[CARD_FILE].at, text[CARD_FILE].length);
		buffer_print(&out, ":%llu: ", (unsigned long long)read->card.number);
		buffer_shown(&out, text[CARD_REFUSED].at, text[CARD_REFUSED].length);
		code = out.failed ? error_memory(error)
				  : across->options.note(across->options.note_context, out.at,
							 out.length, error);
	}
	buffer_free(&out);
	free(read);
	return code;
}

/* One line: its card, of which the length alone is read, and its marks. */
static int read_block(struct across *across, FILE *in, uint64_t *at, const struct block *block,
		      struct tw_error *error)
{
	uint64_t card = *at + sizeof *block;
	struct mark mark;
	int code = TW_OK;
	if (block->bytes && fseeko(in, block->bytes, SEEK_CUR))
		return truncated(error);
	for (uint32_t i = 0; i < block->marks && !code; i++)
		code = fread(&mark, sizeof mark, 1, in) == 1
			   ? sort_mark(across, &mark, card, across->counts.lines, error)
			   : truncated(error);
	if (!code && block->bytes && !block->marks)
		code = tell_refused(across, card, error);
	*at = card + block->bytes + block->marks * sizeof mark;
	return code;
}

static int read_marks(struct across *across, struct tw_error *error)
{
	struct block block;
	uint64_t at = 0;
	int code = TW_OK, copy = dup(across->file);
	FILE *in = copy < 0 ? NULL : fdopen(copy, "rb");
	if (!in) {
		if (copy >= 0)
			close(copy);
		return error_memory(error);
	}
	rewind(in);
	while (!code && fread(&block, sizeof block, 1, in) == 1) {
		code = read_block(across, in, &at, &block, error);
		across->counts.lines++;
	}
	if (!code && ferror(in))
		code = error_set(error, TW_BAD_FILE, "temporary file: cannot be read");
	fclose(in);
	return code;
}

static int make_sorts(struct across *across, struct tw_error *error)
{
	size_t memory = across->options.memory;
	int spool, code = sort_new(&across->sort, sizeof(struct mark), memory, error);
	if (!code)
		code = sort_new(&across->prices, sizeof(struct mark), memory, error);
	if (!code && across->options.graph != ACROSS_NO_GRAPH)
		code = across_graph_new(&across->graph, memory, error);
	if (!code && across->options.lines)
		code = every_open(&across->every, error);
	if (code || (spool = temporary_file(error)) < 0)
		return code ? code : TW_BAD_FILE;
	across->spool = fdopen(spool, "w+b");
	if (across->spool)
		return TW_OK;
	close(spool);
	return error_memory(error);
}

int across_finish(struct across_counts *counts, struct across *across, int marks,
		  struct tw_error *error)
{
	across->file = marks;
	for (unsigned i = 0; i < across->options.jobs; i++)
		for (uint32_t k = 0; k < across->count; k++)
			across->without[k] += across->worker[i].without[k];
	int code = make_sorts(across, error);
	if (code || (code = read_marks(across, error)) ||
	    (code = sort_finish(across->sort, error)) ||
	    (code = sort_finish(across->prices, error)) || (code = watch_all(across, error)) ||
	    (code = prices_all(across, error)) || (code = every_finish(&across->every, error)))
		return code;
	code = across->graph ? across_graph_write(across->graph, across, error)
			     : sightings_write(across, error);
	*counts = across->counts;
	return code;
}
