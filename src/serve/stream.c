/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHUNK = 64 << 10, CHUNK_HEAD = 16 };

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void stream_none(struct stream *stream)
{
	*stream = (struct stream){.socket = -1, .from = -1, .to = -1};
}

bool stream_open(struct stream *stream, int socket, unsigned patience, struct buffer *head)
{
	int ends[2];
	stream->socket = fcntl(socket, F_DUPFD_CLOEXEC, 0);
	if (stream->socket < 0)
		return false;
	if (pipe2(ends, O_CLOEXEC)) {
		close_one(&stream->socket);
		return false;
	}
	stream->from = ends[0];
	stream->to = ends[1];
	stream->patience = patience;
	stream->head = *head;
	*head = (struct buffer){0};
	return true;
}

/* Until the other side can take more; false: it does not in time, or is gone. */
static bool wait_for_room(const struct stream *stream)
{
	struct pollfd poll_of = {.fd = stream->socket, .events = POLLOUT};
	int count;
	do
		count = poll(&poll_of, 1, (int)stream->patience * 1000);
	while (count < 0 && errno == EINTR);
	return count == 1 && poll_of.revents & POLLOUT && !(poll_of.revents & (POLLERR | POLLHUP));
}

static bool send_all(const struct stream *stream, const char *at, size_t length)
{
	while (length) {
		ssize_t sent = send(stream->socket, at, length, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && (errno != EAGAIN || !wait_for_room(stream)))
			return false;
		if (sent < 0)
			continue;
		at += sent;
		length -= (size_t)sent;
	}
	return true;
}

static bool send_chunk(struct stream *stream, char *room, size_t length)
{
	char head[CHUNK_HEAD];
	int wide = snprintf(head, sizeof head, "%zx\r\n", length);
	if (!stream->has_begun) {
		stream->has_begun = true;
		if (!send_all(stream, stream->head.at, stream->head.length))
			return false;
	}
	/* In front of the bytes and behind them there is room for what a chunk has. */
	char *at = room + CHUNK_HEAD - wide;
	for (int i = 0; i < wide; i++)
		at[i] = head[i];
	room[CHUNK_HEAD + length] = '\r';
	room[CHUNK_HEAD + length + 1] = '\n';
	stream->sent += length;
	return send_all(stream, at, (size_t)wide + length + 2);
}

static void *pump(void *context)
{
	struct stream *stream = context;
	char room[CHUNK_HEAD + CHUNK + 2];
	for (;;) {
		ssize_t got = read(stream->from, room + CHUNK_HEAD, CHUNK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		if (send_chunk(stream, room, (size_t)got))
			continue;
		stream->is_broken = true;
		shutdown(stream->socket, SHUT_RDWR); /* nothing more of the body either */
		break;
	}
	close_one(&stream->from); /* whoever still writes is told */
	if (stream->has_begun && !stream->is_broken && !wait_for_room(stream))
		stream->is_broken = true;
	return NULL;
}

bool stream_begin(struct stream *stream)
{
	return !pthread_create(&stream->thread, NULL, pump, stream);
}

void stream_end(struct stream *stream)
{
	close_one(&stream->to);
	pthread_join(stream->thread, NULL);
}

bool stream_finish(struct stream *stream)
{
	static const char last[] = "0\r\n\r\n";
	return !stream->is_broken && send(stream->socket, last, sizeof last - 1,
					  MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof last - 1;
}

void stream_free(struct stream *stream)
{
	close_one(&stream->socket);
	close_one(&stream->from);
	close_one(&stream->to);
	buffer_free(&stream->head);
}
