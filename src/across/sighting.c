/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is seen, with every number and the lines it rests on; written in its form to a file, of
 * which the pieces are put in the order of the patterns and of the first line named.
 */
#include "across/inner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/money.h"

struct piece {
	key8 pattern, ordinal, question, at;
	uint64_t length, every, lines;
};

void sighting_begin(struct sighting *s, uint32_t pattern, uint64_t every)
{
	s->every = every;
	s->pattern = pattern;
	s->is_question = false;
	s->first_day = INT64_MAX;
	s->last_day = INT64_MIN;
	s->lines = 0;
	s->shown_count = s->named = 0;
}

void sighting_day(struct sighting *s, int64_t day)
{
	s->first_day = day < s->first_day ? day : s->first_day;
	s->last_day = day > s->last_day ? day : s->last_day;
}

void sighting_name(struct sighting *s, const struct mark *mark)
{
	if (s->named == NAMED)
		return;
	s->card[s->named] = mark->card;
	s->ordinal[s->named++] = sort_get(mark->ordinal);
}

void sighting_show(struct sighting *s, const char *name, const char *what, const char *is)
{
	if (s->shown_count == SHOWN)
		return;
	struct shown *shown = &s->shown[s->shown_count++];
	shown->name = name;
	fit_print(shown->what, sizeof shown->what, "%s", what);
	fit_print(shown->is, sizeof shown->is, "%s", is);
}

void sighting_number(struct sighting *s, const char *name, const char *what, uint64_t number)
{
	char text[32];
	fit_print(text, sizeof text, "%llu", (unsigned long long)number);
	sighting_show(s, name, what, text);
}

void sighting_money(struct sighting *s, const char *name, const char *what, tw_money amount)
{
	char text[32];
	money_print(text, amount);
	sighting_show(s, name, what, text);
}

static int write_form(struct across *across, const struct sighting *s,
		      const struct seen_cards *cards, struct tw_error *error)
{
	struct buffer *out = &across->text;
	int code = TW_OK;
	out->length = 0;
	out->width = across->options.width;
	if (across->options.format == ACROSS_NDJSON)
		across_ndjson(out, across, s, cards);
	else if (across->options.format == ACROSS_CSV)
		across_csv(out, across, s, cards);
	else
		across_table(out, across, s, cards);
	if (out->failed)
		return error_memory(error);
	struct piece piece = {.length = out->length, .every = s->every, .lines = s->lines};
	sort_put(piece.pattern, s->pattern);
	sort_put(piece.ordinal, s->ordinal[0]);
	sort_put(piece.question, s->is_question);
	sort_put(piece.at, across->spooled);
	if (fwrite(out->at, 1, out->length, across->spool) != out->length)
		return error_set(error, TW_BAD_FILE, "temporary file: %s", strerror(errno));
	across->spooled += out->length;
	if (!across->order)
		code = sort_new(&across->order, sizeof piece, across->options.memory, error);
	return code ? code : sort_add(across->order, &piece, error);
}

static int keep_named(struct across *across, struct sighting *s, struct tw_error *error)
{
	int code = TW_OK;
	s->every = every_place(&across->every);
	s->lines = s->named;
	for (size_t i = 0; i < s->named && !code; i++)
		code = every_add(&across->every, s->card[i], error);
	return code;
}

int sighting_keep(struct across *across, struct sighting *s, struct tw_error *error)
{
	struct card_read *card = calloc(NAMED, sizeof *card);
	int code = card ? TW_OK : error_memory(error);
	for (size_t i = 0; i < s->named && !code; i++) {
		code = card_load(&card[i], across->file, s->card[i], error);
		if (!code && across->graph && !s->is_question)
			code = across_graph_add(across->graph, &card[i].card, s->card[i],
						s->ordinal[i], s->pattern, error);
	}
	if (s->is_question)
		across->counts.questions++;
	else
		across->counts.sightings++;
	if (s->is_question) /* of persons: the lines that are named */
		code = code ? code : keep_named(across, s, error);
	if (!code && !across->graph && s->named)
		code = write_form(across, s, &(struct seen_cards){card, s->named}, error);
	free(card);
	return code;
}

static int write_piece(struct across *across, const struct piece *piece, struct tw_error *error)
{
	struct buffer *out = &across->text;
	out->length = 0;
	if (!buffer_room(out, piece->length))
		return error_memory(error);
	if (fseeko(across->spool, (off_t)sort_get(piece->at), SEEK_SET) ||
	    fread(out->at, 1, piece->length, across->spool) != piece->length)
		return error_set(error, TW_BAD_FILE, "temporary file: is truncated");
	out->length = piece->length;
	return across_out(across, out, error);
}

static int write_lines(struct across *across, const struct piece *piece, uint64_t number,
		       struct tw_error *error)
{
	struct every_range range = {.number = number,
				    .place = piece->every,
				    .lines = piece->lines,
				    .pattern = (uint32_t)sort_get(piece->pattern),
				    .is_question = sort_get(piece->question) != 0};
	return across->every.file ? every_write(across, &range, error) : TW_OK;
}

static int write_head(struct across *across, struct tw_error *error)
{
	struct buffer *out = &across->text;
	int code = TW_OK;
	out->length = 0;
	if (across->every.file) {
		every_header(out);
		code = across_put(across, across->options.lines, out, error);
	}
	out->length = 0;
	if (across->options.format == ACROSS_CSV)
		across_csv_header(out);
	return code ? code : across_out(across, out, error);
}

int sightings_write(struct across *across, struct tw_error *error)
{
	struct buffer *out = &across->text;
	struct piece piece;
	uint64_t number = 0;
	int got, code = write_head(across, error);
	if (!code && across->order)
		code = sort_finish(across->order, error);
	if (!code && across->order)
		code = sort_rewind(across->order, error);
	while (!code && across->order && (got = sort_next(across->order, &piece, error)) != 0)
		if (!(code = got < 0 ? got : write_piece(across, &piece, error)))
			code = write_lines(across, &piece, ++number, error);
	if (code || across->options.format != ACROSS_TABLE)
		return code;
	out->length = 0;
	across_table_end(out, across);
	return across_out(across, out, error);
}
