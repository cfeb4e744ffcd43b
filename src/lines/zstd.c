/* SPDX-License-Identifier: Apache-2.0 */
/* Zstandard (RFC 8878) by libzstd: one frame after another. */
#include "common/error.h"
#include "lines/source.h"

#ifdef TW_ZSTD

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* A frame says how far back it looks; further than 128 MiB is refused, as zstd -d does. */
enum { WINDOW_LOG = 27 };

struct zstd {
	struct source source;
	ZSTD_DStream *stream;
	ZSTD_inBuffer in;
	bool at_end;   /* of what is below */
	bool in_frame; /* a frame has begun, and not ended */
	char block[SOURCE_BLOCK];
};

static int fail(struct tw_error *error, size_t code)
{
	if (ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation)
		return error_set(error, TW_NO_MEMORY, "not enough memory to unpack it");
	if (ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge)
		return error_set(error, TW_BAD_FILE,
				 "is compressed with a window of more than 128 MiB: unpack it "
				 "first (zstd -dc --long=31 FILE | tidewaiter assess -)");
	return error_set(error, TW_BAD_FILE, "is damaged: its zstd data cannot be unpacked (%s)",
			 ZSTD_getErrorName(code));
}

static int take_more(struct zstd *zstd, struct tw_error *error)
{
	ssize_t got = source_read(zstd->source.below, zstd->block, sizeof zstd->block, error);
	if (got < 0)
		return TW_BAD_FILE;
	zstd->in = (ZSTD_inBuffer){.src = zstd->block, .size = (size_t)got};
	zstd->at_end = got == 0;
	return TW_OK;
}

static ssize_t zstd_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	struct zstd *zstd = (struct zstd *)source;
	ZSTD_outBuffer out = {.dst = to, .size = room};
	while (!out.pos) {
		if (zstd->in.pos == zstd->in.size && !zstd->at_end && take_more(zstd, error))
			return -1;
		bool starved = zstd->in.pos == zstd->in.size;
		if (starved && !zstd->in_frame)
			return 0;
		/* Without input too: what is unpacked already may not have been handed out. */
		size_t code = ZSTD_decompressStream(zstd->stream, &out, &zstd->in);
		if (ZSTD_isError(code)) {
			fail(error, code);
			return -1;
		}
		zstd->in_frame = code != 0;
		if (starved && !out.pos && zstd->in_frame) {
			error_set(error, TW_BAD_FILE, "is truncated: the zstd data ends early");
			return -1;
		}
	}
	return (ssize_t)out.pos;
}

static void zstd_close(struct source *source)
{
	ZSTD_freeDStream(((struct zstd *)source)->stream);
	free(source);
}

int zstd_open(struct source **out, struct source *below, struct tw_error *error)
{
	struct zstd *zstd = calloc(1, sizeof *zstd);
	if (zstd)
		zstd->stream = ZSTD_createDStream();
	if (!zstd || !zstd->stream) {
		free(zstd);
		return error_set(error, TW_NO_MEMORY, "not enough memory to unpack it");
	}
	ZSTD_DCtx_setParameter(zstd->stream, ZSTD_d_windowLogMax, WINDOW_LOG);
	zstd->source = (struct source){.read = zstd_read, .close = zstd_close, .below = below};
	*out = &zstd->source;
	return TW_OK;
}

#else

int zstd_open(struct source **out, struct source *below, struct tw_error *error)
{
	(void)out;
	(void)below;
	return error_set(error, TW_BAD_FILE,
			 "is compressed with zstd, and this program was built without libzstd: "
			 "unpack it first (zstd -dc FILE | tidewaiter assess -)");
}

#endif
