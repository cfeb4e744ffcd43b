/* SPDX-License-Identifier: Apache-2.0 */
/* gzip (RFC 1952) by zlib: one member after another, as `cat a.gz b.gz` makes them. */
#include "common/error.h"
#include "lines/source.h"

#ifdef TW_ZLIB

#include <stdlib.h>
#include <zlib.h>

struct gzip {
	struct source source;
	z_stream stream;
	bool at_end;  /* of what is below */
	bool between; /* a member has ended, and no other begun */
	unsigned char in[SOURCE_BLOCK];
};

static int take_more(struct gzip *gzip, struct tw_error *error)
{
	ssize_t got = source_read(gzip->source.below, (char *)gzip->in, sizeof gzip->in, error);
	if (got < 0)
		return TW_BAD_FILE;
	gzip->stream.next_in = gzip->in;
	gzip->stream.avail_in = (uInt)got;
	gzip->at_end = got == 0;
	return TW_OK;
}

/* What follows a member: another one, or the zeros with which tapes are filled up. */
static int begin_member(struct gzip *gzip, struct tw_error *error)
{
	z_stream *stream = &gzip->stream;
	if (!*stream->next_in) {
		stream->next_in++;
		stream->avail_in--;
		return TW_OK;
	}
	if (*stream->next_in != 0x1F)
		return error_set(error, TW_BAD_FILE,
				 "is damaged: the gzip data is followed by other data");
	gzip->between = false;
	inflateReset(stream);
	return TW_OK;
}

static int unpack(struct gzip *gzip, struct tw_error *error)
{
	int code = inflate(&gzip->stream, Z_NO_FLUSH);
	gzip->between = code == Z_STREAM_END;
	if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR)
		return TW_OK;
	if (code == Z_MEM_ERROR)
		return error_set(error, TW_NO_MEMORY, "not enough memory to unpack it");
	return error_set(error, TW_BAD_FILE, "is damaged: its gzip data cannot be unpacked (%s)",
			 gzip->stream.msg ? gzip->stream.msg : "no data");
}

static ssize_t gzip_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	struct gzip *gzip = (struct gzip *)source;
	z_stream *stream = &gzip->stream;
	room = room < SOURCE_BLOCK * 16 ? room : SOURCE_BLOCK * 16;
	stream->next_out = (unsigned char *)to;
	stream->avail_out = (uInt)room;
	while (stream->avail_out == room) {
		if (!stream->avail_in && !gzip->at_end && take_more(gzip, error))
			return -1;
		if (gzip->between && !stream->avail_in)
			return 0;
		if (!stream->avail_in && gzip->at_end) {
			error_set(error, TW_BAD_FILE, "is truncated: the gzip data ends early");
			return -1;
		}
		if (gzip->between ? begin_member(gzip, error) : unpack(gzip, error))
			return -1;
	}
	return (ssize_t)(room - stream->avail_out);
}

static void gzip_close(struct source *source)
{
	inflateEnd(&((struct gzip *)source)->stream);
	free(source);
}

int gzip_open(struct source **out, struct source *below, struct tw_error *error)
{
	struct gzip *gzip = calloc(1, sizeof *gzip);
	/* 15: the largest window; 16 more: gzip, and nothing else. */
	if (!gzip || inflateInit2(&gzip->stream, 15 + 16) != Z_OK) {
		free(gzip);
		return error_set(error, TW_NO_MEMORY, "not enough memory to unpack it");
	}
	gzip->source = (struct source){.read = gzip_read, .close = gzip_close, .below = below};
	*out = &gzip->source;
	return TW_OK;
}

#else

int gzip_open(struct source **out, struct source *below, struct tw_error *error)
{
	(void)out;
	(void)below;
	return error_set(error, TW_BAD_FILE,
			 "is compressed with gzip, and this program was built without zlib: "
			 "unpack it first (gzip -dc FILE | tidewaiter assess -)");
}

#endif
