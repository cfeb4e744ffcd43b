/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs are sorted in memory and written one after the other to one file;
 * merging reads each run through its own small buffer, at most FAN runs at a
 * time, so many runs are first merged into fewer, longer ones.
 */
#include "common/sort.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "common/order.h"
#include "common/temporary.h"

enum { FAN = 64 };

struct run {
	uint64_t at, end; /* in the file */
};

struct stream {
	uint64_t at, end;
	char *buffer;
	size_t from, to;
};

struct sort {
	size_t record, memory, used;
	char *memory_at;
	int fd;
	uint64_t file_end;
	struct run *runs;
	size_t run_count, run_room;
	/* merging */
	char *buffers;
	size_t buffer_size;
	struct stream stream[FAN];
	size_t stream_count;
	size_t heap[FAN], heap_count;
	size_t next; /* in memory, when there is no file */
};

int sort_new(struct sort **out, size_t record_size, size_t memory, struct tw_error *error)
{
	struct sort *sort = calloc(1, sizeof *sort);
	if (!sort)
		return error_set(error, TW_NO_MEMORY, "temporary file: not enough memory to sort");
	sort->fd = -1;
	sort->record = record_size;
	sort->memory = memory < 2 * record_size ? 2 * record_size : memory - memory % record_size;
	sort->buffer_size = sort->memory / FAN < record_size
				? record_size
				: sort->memory / FAN - sort->memory / FAN % record_size;
	sort->memory_at = malloc(sort->memory);
	sort->buffers = malloc(FAN * sort->buffer_size);
	if (!sort->memory_at || !sort->buffers) {
		sort_free(sort);
		return error_set(error, TW_NO_MEMORY, "temporary file: not enough memory to sort");
	}
	/* All of it is taken now, so that memory does not depend on the input. */
	memset(sort->memory_at, 0, sort->memory);
	memset(sort->buffers, 0, FAN * sort->buffer_size);
	*out = sort;
	return TW_OK;
}

void sort_free(struct sort *sort)
{
	if (!sort)
		return;
	if (sort->fd >= 0)
		close(sort->fd);
	free(sort->memory_at);
	free(sort->buffers);
	free(sort->runs);
	free(sort);
}

static int compare(const void *a, const void *b, void *size)
{
	return memcmp(a, b, *(const size_t *)size);
}

static int write_at(struct sort *sort, const char *at, size_t length, struct tw_error *error)
{
	while (length) {
		ssize_t wrote = pwrite(sort->fd, at, length, (off_t)sort->file_end);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return error_set(error, TW_BAD_FILE, "temporary file: %s", strerror(errno));
		at += wrote;
		length -= (size_t)wrote;
		sort->file_end += (uint64_t)wrote;
	}
	return TW_OK;
}

static int add_run(struct sort *sort, uint64_t from, struct tw_error *error)
{
	if (sort->run_count == sort->run_room) {
		size_t room = sort->run_room ? 2 * sort->run_room : 64;
		struct run *runs = realloc(sort->runs, room * sizeof *runs);
		if (!runs)
			return error_set(error, TW_NO_MEMORY,
					 "temporary file: not enough memory to sort");
		sort->runs = runs;
		sort->run_room = room;
	}
	sort->runs[sort->run_count++] = (struct run){from, sort->file_end};
	return TW_OK;
}

static int spill(struct sort *sort, struct tw_error *error)
{
	order_items_with(sort->memory_at, sort->used / sort->record, sort->record, compare,
			 &sort->record);
	if (sort->fd < 0)
		sort->fd = temporary_file(error);
	if (sort->fd < 0)
		return TW_BAD_FILE;
	uint64_t from = sort->file_end;
	int code = write_at(sort, sort->memory_at, sort->used, error);
	sort->used = 0;
	return code ? code : add_run(sort, from, error);
}

int sort_add(struct sort *sort, const void *record, struct tw_error *error)
{
	if (sort->used == sort->memory) {
		int code = spill(sort, error);
		if (code)
			return code;
	}
	memcpy(sort->memory_at + sort->used, record, sort->record);
	sort->used += sort->record;
	return TW_OK;
}

/* The record at the front of a stream, or NULL at its end; *result on an error. */
static const char *front(struct sort *sort, struct stream *stream, int *result,
			 struct tw_error *error)
{
	if (stream->from < stream->to)
		return stream->buffer + stream->from;
	uint64_t left = stream->end - stream->at;
	if (!left)
		return NULL;
	size_t want = left < sort->buffer_size ? (size_t)left : sort->buffer_size, have = 0;
	while (have < want) {
		ssize_t got =
		    pread(sort->fd, stream->buffer + have, want - have, (off_t)(stream->at + have));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			*result = error_set(error, TW_BAD_FILE, "temporary file: %s",
					    got ? strerror(errno) : "is truncated");
			return NULL;
		}
		have += (size_t)got;
	}
	stream->at += want;
	stream->from = 0;
	stream->to = want;
	return stream->buffer;
}

static bool before(const struct sort *sort, size_t a, size_t b)
{
	const struct stream *x = &sort->stream[a], *y = &sort->stream[b];
	int order = memcmp(x->buffer + x->from, y->buffer + y->from, sort->record);
	return order < 0 || (!order && a < b);
}

static void sift(struct sort *sort, size_t at)
{
	for (;;) {
		size_t least = at, child = 2 * at + 1;
		for (size_t i = child; i < child + 2 && i < sort->heap_count; i++)
			if (before(sort, sort->heap[i], sort->heap[least]))
				least = i;
		if (least == at)
			return;
		size_t swap = sort->heap[at];
		sort->heap[at] = sort->heap[least];
		sort->heap[least] = swap;
		at = least;
	}
}

static int merge_begin(struct sort *sort, size_t first, size_t count, struct tw_error *error)
{
	int code = TW_OK;
	sort->stream_count = count;
	sort->heap_count = 0;
	for (size_t i = 0; i < count && !code; i++) {
		struct run run = sort->runs[first + i];
		sort->stream[i] = (struct stream){
		    .at = run.at, .end = run.end, .buffer = sort->buffers + i * sort->buffer_size};
		if (front(sort, &sort->stream[i], &code, error))
			sort->heap[sort->heap_count++] = i;
	}
	for (size_t i = sort->heap_count; i-- > 0 && !code;)
		sift(sort, i);
	return code;
}

static int merge_next(struct sort *sort, void *record, struct tw_error *error)
{
	int code = TW_OK;
	if (!sort->heap_count)
		return 0;
	struct stream *stream = &sort->stream[sort->heap[0]];
	memcpy(record, stream->buffer + stream->from, sort->record);
	stream->from += sort->record;
	if (!front(sort, stream, &code, error)) {
		if (code)
			return code;
		sort->heap[0] = sort->heap[--sort->heap_count];
	}
	if (sort->heap_count)
		sift(sort, 0);
	return 1;
}

/* Merges the first FAN runs into one at the end of the file. */
static int merge_some(struct sort *sort, struct tw_error *error)
{
	uint64_t from = sort->file_end;
	int code = merge_begin(sort, 0, FAN, error);
	while (!code) {
		int got = merge_next(sort, sort->memory_at + sort->used, error);
		if (got < 0)
			return got;
		sort->used += got ? sort->record : 0;
		if (sort->used == sort->memory || !got) {
			code = write_at(sort, sort->memory_at, sort->used, error);
			sort->used = 0;
		}
		if (!got)
			break;
	}
	if (code)
		return code;
	sort->run_count -= FAN;
	memmove(sort->runs, sort->runs + FAN, sort->run_count * sizeof *sort->runs);
	return add_run(sort, from, error);
}

int sort_finish(struct sort *sort, struct tw_error *error)
{
	int code = TW_OK;
	if (!sort->run_count) { /* all of it is in memory */
		order_items_with(sort->memory_at, sort->used / sort->record, sort->record, compare,
				 &sort->record);
		return TW_OK;
	}
	if (sort->used)
		code = spill(sort, error);
	while (!code && sort->run_count > FAN)
		code = merge_some(sort, error);
	return code ? code : merge_begin(sort, 0, sort->run_count, error);
}

int sort_next(struct sort *sort, void *record, struct tw_error *error)
{
	if (sort->run_count)
		return merge_next(sort, record, error);
	if (sort->next == sort->used)
		return 0;
	memcpy(record, sort->memory_at + sort->next, sort->record);
	sort->next += sort->record;
	return 1;
}

int sort_rewind(struct sort *sort, struct tw_error *error)
{
	sort->next = 0;
	return sort->run_count ? merge_begin(sort, 0, sort->run_count, error) : TW_OK;
}
