/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted, as Prometheus reads it, and the log of requests. */
#ifndef TW_SERVE_METRICS_H
#define TW_SERVE_METRICS_H

#include <stdatomic.h>

#include "serve/route.h"

enum { METRICS_ROUTES = 24, METRICS_CODES = 6, METRICS_TIMES = 8 };

struct metrics {
	atomic_uint_least64_t requests[METRICS_ROUTES]
				      [METRICS_CODES]; /* by hundreds of the status */
	atomic_uint_least64_t time[METRICS_TIMES + 1]; /* the last: longer */
	atomic_uint_least64_t micros, received, sent, lost;
	atomic_uint_least64_t connections;
};

/* What is told of a request when it is over. */
struct metrics_request {
	const struct route *route; /* NULL: none */
	const char *method, *path, *address, *trace;
	unsigned status; /* 0: the connection was lost before a reply */
	uint64_t received, sent, micros;
};
void metrics_count(struct metrics *metrics, const struct metrics_request *request);
void metrics_write(struct buffer *out, struct metrics *metrics, unsigned working);
/* A line of JSON, without what was asked or answered. */
void metrics_log(int fd, const struct metrics_request *request);

#endif
