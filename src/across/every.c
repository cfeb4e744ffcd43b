/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All lines of what is seen, where they are asked for: the places of their cards in a file, of a
 * sighting one behind the other. A group of which nothing is told leaves nothing there. They are
 * written as rows of CSV when the sightings have their numbers.
 */
#include "across/inner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "common/instant.h"
#include "common/temporary.h"
#include "common/words.h"

enum { FULL = 1 << 16 /* bytes that are kept before they go to the file */ };

int every_open(struct every *every, struct tw_error *error)
{
	int file = temporary_file(error);
	if (file < 0)
		return TW_BAD_FILE;
	every->file = fdopen(file, "w+b");
	if (every->file)
		return TW_OK;
	close(file);
	return error_memory(error);
}

void every_close(struct every *every)
{
	if (every->file)
		fclose(every->file);
	buffer_free(&every->tail);
}

uint64_t every_place(const struct every *every)
{
	return every->written + every->tail.length / sizeof(uint64_t);
}

static int flush(struct every *every, struct tw_error *error)
{
	struct buffer *tail = &every->tail;
	if (tail->failed)
		return error_memory(error);
	if (tail->length && fwrite(tail->at, 1, tail->length, every->file) != tail->length)
		return error_set(error, TW_BAD_FILE, "temporary file: %s", strerror(errno));
	every->written += tail->length / sizeof(uint64_t);
	tail->length = 0;
	return TW_OK;
}

int every_add(struct every *every, uint64_t card, struct tw_error *error)
{
	if (!every->file)
		return TW_OK;
	buffer_put(&every->tail, (const char *)&card, sizeof card);
	return every->tail.length < FULL && !every->tail.failed ? TW_OK : flush(every, error);
}

int every_back(struct every *every, uint64_t place, struct tw_error *error)
{
	if (place >= every->written) {
		every->tail.length = (size_t)(place - every->written) * sizeof(uint64_t);
		return TW_OK;
	}
	every->tail.length = 0;
	every->written = place;
	return fseeko(every->file, (off_t)(place * sizeof(uint64_t)), SEEK_SET)
		   ? error_set(error, TW_BAD_FILE, "temporary file: %s", strerror(errno))
		   : TW_OK;
}

int every_finish(struct every *every, struct tw_error *error)
{
	return every->file ? flush(every, error) : TW_OK;
}

static void cell(struct buffer *out, struct tw_text text, char end)
{
	size_t start = out->length;
	if (text.length)
		buffer_put(out, text.at, text.length);
	buffer_end_cell(out, start, true);
	buffer_char(out, end);
}

void every_header(struct buffer *out)
{
	buffer_text(
	    out, "number,pattern,question,file,line,id,entered,into,origin,ship_from,hts,value\n");
}

static void put_row(struct buffer *out, const struct card *card)
{
	const char *texts[] = {card->into, card->origin, card->from, card->hts};
	char day[16];
	cell(out, card->text[CARD_FILE], ',');
	buffer_print(out, "%llu,", (unsigned long long)card->number);
	cell(out, card->text[CARD_ID], ',');
	buffer_print(out, "%s,", time_print_day(day, card->day));
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cell(out, (struct tw_text){texts[i], strlen(texts[i])}, ',');
	if (card->value >= 0)
		buffer_money(out, card->value);
	buffer_char(out, '\n');
}

int every_write(struct across *across, const struct every_range *range, struct tw_error *error)
{
	enum { AT_ONCE = 256 };
	struct card_read *read = malloc(sizeof *read);
	struct buffer *out = &across->text;
	uint64_t card[AT_ONCE], left = range->lines;
	const char *pattern = row_text(across, across->law.rows[range->pattern].id);
	int code = read ? TW_OK : error_memory(error);
	if (!code && fseeko(across->every.file, (off_t)(range->place * sizeof *card), SEEK_SET))
		code = error_set(error, TW_BAD_FILE, "temporary file: %s", strerror(errno));
	while (!code && left) {
		size_t count = left < AT_ONCE ? (size_t)left : AT_ONCE;
		if (fread(card, sizeof *card, count, across->every.file) != count)
			code = error_set(error, TW_BAD_FILE, "temporary file: is truncated");
		out->length = 0;
		for (size_t i = 0; i < count && !code; i++) {
			if ((code = card_load(read, across->file, card[i], error)))
				break;
			buffer_print(out, "%llu,%s,%s,", (unsigned long long)range->number, pattern,
				     range->is_question ? "yes" : "no");
			put_row(out, &read->card);
		}
		left -= count;
		if (!code)
			code = across_put(across, across->options.lines, out, error);
	}
	free(read);
	return code;
}
