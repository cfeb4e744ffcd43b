/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-16 in either order of its bytes, as UTF-8: what spreadsheets call "Unicode text". Half of a
 * pair of surrogates becomes bytes that are no UTF-8, so that its line is refused and no other.
 */
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/utf8.h"
#include "lines/source.h"

struct utf16 {
	struct source source;
	bool is_big, at_end;
	unsigned high; /* the first of a pair, or 0 */
	char out[8];   /* characters that are not handed over yet */
	size_t out_at, out_length;
	unsigned char *in;
	size_t at, length, room;
};

/* Reads on when less than a unit is left. */
static int take_more(struct utf16 *utf16, struct tw_error *error)
{
	size_t left = utf16->length - utf16->at;
	memmove(utf16->in, utf16->in + utf16->at, left);
	utf16->at = 0;
	utf16->length = left;
	ssize_t got =
	    source_read(utf16->source.below, (char *)utf16->in + left, utf16->room - left, error);
	if (got < 0)
		return TW_BAD_FILE;
	utf16->length += (size_t)got;
	utf16->at_end = got == 0;
	if (utf16->at_end && left)
		return error_set(error, TW_BAD_FILE,
				 "is truncated: it is UTF-16 and ends in the middle of a "
				 "character; was it completely written?");
	return TW_OK;
}

static void put(struct utf16 *utf16, unsigned point)
{
	utf16->out_length += utf8_encode(utf16->out + utf16->out_length, point);
}

/* One unit, as characters for the output. */
static void take_unit(struct utf16 *utf16)
{
	const unsigned char *at = utf16->in + utf16->at;
	unsigned unit = utf16->is_big ? (unsigned)at[0] << 8 | at[1] : (unsigned)at[1] << 8 | at[0];
	unsigned high = utf16->high;
	utf16->at += 2;
	utf16->out_at = utf16->out_length = 0;
	utf16->high = 0;
	if (high && unit >= 0xDC00 && unit < 0xE000) {
		put(utf16, 0x10000 + ((high & 0x3FFu) << 10 | (unit & 0x3FFu)));
		return;
	}
	if (high)
		put(utf16, high);
	if (unit >= 0xD800 && unit < 0xDC00)
		utf16->high = unit;
	else
		put(utf16, unit);
}

static ssize_t utf16_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	struct utf16 *utf16 = (struct utf16 *)source;
	size_t count = 0;
	while (count < room) {
		if (utf16->out_at < utf16->out_length) {
			to[count++] = utf16->out[utf16->out_at++];
		} else if (utf16->length - utf16->at >= 2) {
			take_unit(utf16);
		} else if (utf16->at_end && utf16->high) {
			utf16->out_at = utf16->out_length = 0;
			put(utf16, utf16->high);
			utf16->high = 0;
		} else if (utf16->at_end || count) {
			break; /* what is there is not kept back for what a pipe may bring */
		} else if (take_more(utf16, error)) {
			return -1;
		}
	}
	return (ssize_t)count;
}

static void utf16_close(struct source *source)
{
	free(((struct utf16 *)source)->in);
	free(source);
}

int utf16_open(struct source **out, struct source *below, const char *head, size_t length,
	       struct tw_error *error)
{
	struct utf16 *utf16 = calloc(1, sizeof *utf16);
	size_t room = length > SOURCE_BLOCK ? length : SOURCE_BLOCK;
	unsigned char *in = malloc(room);
	if (!utf16 || !in) {
		free(utf16);
		free(in);
		return error_set(error, TW_NO_MEMORY, "not enough memory to read it");
	}
	memcpy(in, head, length);
	utf16->source = (struct source){.read = utf16_read, .close = utf16_close, .below = below};
	utf16->is_big = length && in[0] == 0xFE;
	utf16->in = in;
	utf16->room = room;
	utf16->length = length;
	utf16->at = length < 2 ? length : 2; /* the mark of the order */
	*out = &utf16->source;
	return TW_OK;
}
