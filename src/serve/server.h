/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The server's own: connections, requests on their way, threads, counting. What
 * is asked and answered stands in route.h and answers.h, which know none of it.
 */
#ifndef TW_SERVE_SERVER_H
#define TW_SERVE_SERVER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "serve/elements.h"
#include "serve/metrics.h"
#include "serve/route.h"
#include "serve/serve.h"
#include "serve/stream.h"
#include "serve/watch.h"
#include "serve/worker.h"

enum { FEED_BLOCK = 8 << 10 };

/* A body on its way to who reads it. */
struct feed {
	int to;            /* the pipe; -1: none, or closed */
	bool is_lost;      /* nobody reads any more: the rest is dropped */
	bool has_elements; /* it is JSON, and goes through them */
	struct elements elements;
	char held[2 * FEED_BLOCK]; /* what the pipe did not take yet */
	size_t at, length;
};

struct server;

/* What a connection that is suspended waits for. */
enum request_sleep { REQUEST_AWAKE, REQUEST_FOR_ROOM, REQUEST_FOR_REPLY };

/* One request, shared by its connection and the thread that answers it. */
struct request {
	struct server *server;
	struct MHD_Connection *connection;
	atomic_uint owners;
	struct question question;
	struct reply reply;
	char *accept;
	struct feed feed;
	struct stream stream;
	bool has_begun; /* a thread works on it */
	bool has_body;
	bool is_new;        /* HTTP/1.1 */
	bool is_streamed;   /* and all of it was sent */
	const char *method; /* for the log */
	uint64_t received, dropped, sent;
	uint64_t began; /* monotonic, in microseconds */
	bool is_done;   /* the reply is there; from here on under the lock */
	enum request_sleep sleeps;
	pthread_mutex_t lock;
};

struct server {
	const struct serve_options *options;
	struct serve_limits limits; /* with what was left to us */
	struct MHD_Daemon *daemon;
	struct metrics metrics;
	struct watch watch;
	pthread_mutex_t lock;
	pthread_cond_t idle;     /* fewer threads, or requests, than before */
	unsigned threads;        /* that work on requests */
	unsigned requests;       /* that are not completed */
	struct workers *workers; /* of the threads of connections */
	atomic_bool is_ending;
	atomic_bool is_leaving; /* what has begun is answered, nothing new */
	int poll;               /* epoll of the pipes that are full */
	pthread_t poller;
};

/* request.c: for MHD_start_daemon; `at` is the server. */
enum MHD_Result request_handle(void *at, struct MHD_Connection *connection, const char *url,
			       const char *method, const char *version, const char *data,
			       size_t *size, void **context);
void request_completed(void *at, struct MHD_Connection *connection, void **context,
		       enum MHD_RequestTerminationCode how);
/* The reply is there: whoever sleeps for it is woken. One owner less. */
void request_done(struct request *request);
void request_release(struct request *request);
/* Sleeping for room in its pipe, it is woken. */
void request_wake(struct request *request);

/* send.c */
enum MHD_Result request_send(struct request *request);
/* Status and headers of answers that are sent in chunks. */
void request_head(struct buffer *out, const struct request *request);
/* The request is over: it is counted and logged. */
void request_tell(struct request *request, bool is_whole);

/* thread.c: answers it in a thread of its own, which owns it then too. False: there are too many,
   and the reply says so. `in`: what it reads and closes, or -1. */
bool thread_begin(struct request *request, int in);
/* The worker of the thread of a connection; NULL: no memory. */
struct worker *thread_worker(struct server *server);
void thread_free_workers(struct server *server);

/* feed.c */
bool feed_open(struct feed *feed, int *out);
/*
 * Takes of the body what it can: *size is what is left. True: all of it was taken; false: the pipe
 * is full, and feed_wait is to follow.
 */
bool feed_take(struct feed *feed, const char *data, size_t *size);
/* After the last byte; false: the pipe is full. Then it is closed. */
bool feed_end(struct feed *feed);
void feed_close(struct feed *feed);
/* Wakes the request when there is room in its pipe. */
void feed_wait(struct server *server, struct request *request);
int feed_begin_polling(struct server *server);
void feed_end_polling(struct server *server);

#endif
