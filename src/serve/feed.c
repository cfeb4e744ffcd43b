/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bodies, piece by piece, into pipes: as much as the reader takes, never more.
 * A connection whose pipe is full sleeps, and one thread looks for room in all
 * of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "serve/server.h"

bool feed_open(struct feed *feed, int *out)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return false;
	if (fcntl(ends[1], F_SETFL, O_NONBLOCK)) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	*out = ends[0];
	feed->to = ends[1];
	return true;
}

void feed_close(struct feed *feed)
{
	if (feed->to >= 0)
		close(feed->to);
	feed->to = -1;
}

/* What is held to the pipe; false: it is full. */
static bool flush(struct feed *feed)
{
	while (feed->at < feed->length && !feed->is_lost) {
		ssize_t wrote = write(feed->to, feed->held + feed->at, feed->length - feed->at);
		if (wrote > 0)
			feed->at += (size_t)wrote;
		else if (wrote < 0 && errno == EAGAIN)
			return false;
		else if (wrote == 0 || errno != EINTR)
			feed->is_lost = true; /* the reader has ended, and says why itself */
	}
	feed->at = feed->length = 0;
	return true;
}

bool feed_take(struct feed *feed, const char *data, size_t *size)
{
	while (flush(feed)) {
		size_t piece = *size < FEED_BLOCK ? *size : FEED_BLOCK;
		if (!piece)
			return true;
		if (feed->is_lost || feed->elements.wrong) {
			*size = 0;
			return true;
		}
		if (feed->has_elements) {
			feed->length = elements_take(&feed->elements, feed->held, data, piece);
		} else {
			memcpy(feed->held, data, piece);
			feed->length = piece;
		}
		data += piece;
		*size -= piece;
	}
	return false;
}

bool feed_end(struct feed *feed)
{
	if (!flush(feed))
		return false;
	if (feed->has_elements && !feed->is_lost)
		elements_end(&feed->elements);
	feed_close(feed);
	return true;
}

void feed_wait(struct server *server, struct request *request)
{
	struct epoll_event event = {.events = EPOLLOUT | EPOLLONESHOT, .data.ptr = request};
	if (epoll_ctl(server->poll, EPOLL_CTL_MOD, request->feed.to, &event) &&
	    epoll_ctl(server->poll, EPOLL_CTL_ADD, request->feed.to, &event))
		request->feed.is_lost = true;
	if (request->feed.is_lost)
		request_wake(request);
}

static void *poll_pipes(void *context)
{
	struct server *server = context;
	struct epoll_event event[64];
	for (;;) {
		int count = epoll_wait(server->poll, event, 64, 200);
		if (atomic_load(&server->is_ending) && count <= 0)
			return NULL;
		for (int i = 0; i < count; i++)
			request_wake(event[i].data.ptr);
	}
}

int feed_begin_polling(struct server *server)
{
	server->poll = epoll_create1(EPOLL_CLOEXEC);
	if (server->poll < 0)
		return -1;
	if (!pthread_create(&server->poller, NULL, poll_pipes, server))
		return 0;
	close(server->poll);
	server->poll = -1;
	return -1;
}

void feed_end_polling(struct server *server)
{
	if (server->poll < 0)
		return;
	atomic_store(&server->is_ending, true);
	pthread_join(server->poller, NULL);
	close(server->poll);
}
