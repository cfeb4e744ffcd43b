/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connections that send a byte now and then and never a whole request: each has
 * a time by which the head of its next request is there. Connections that say
 * nothing at all are the server's to close.
 */
#ifndef TW_SERVE_WATCH_H
#define TW_SERVE_WATCH_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct watched {
	int socket;
	uint64_t since;  /* monotonic, in microseconds */
	bool is_working; /* a request is on its way; then the times below count */
	uint64_t bytes;  /* of its body */
	bool is_body;    /* its body comes in */
	struct watched *before, *next;
};

struct watch {
	pthread_mutex_t lock;
	struct watched *first;
	uint64_t patience; /* for a head, in microseconds */
};

uint64_t watch_now(void);
void watch_begin(struct watch *watch, unsigned seconds);
void watch_end(struct watch *watch);
/* NULL: no memory. */
struct watched *watch_add(struct watch *watch, int socket);
void watch_remove(struct watch *watch, struct watched *watched);
/* A request begins, or is over. */
void watch_working(struct watch *watch, struct watched *watched, bool is_working);
/* Its body: so many bytes have come; or all. */
void watch_body(struct watch *watch, struct watched *watched, uint64_t bytes, bool is_whole);
/* Shuts the sockets of those that are late. */
void watch_look(struct watch *watch);

#endif
