/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/words.h"
#include "common/write.h"

static const struct {
	uint64_t micros;
	const char *seconds;
} times[METRICS_TIMES] = {{100, "0.0001"},  {1000, "0.001"}, {10000, "0.01"}, {50000, "0.05"},
			  {250000, "0.25"}, {1000000, "1"},  {5000000, "5"},  {30000000, "30"}};

void metrics_count(struct metrics *metrics, const struct metrics_request *request)
{
	size_t route = request->route ? (size_t)(request->route - routes) + 1 : 0, time = 0;
	size_t code = request->status / 100 < METRICS_CODES ? request->status / 100 : 5;
	if (route >= METRICS_ROUTES)
		route = 0;
	atomic_fetch_add(&metrics->requests[route][code], 1);
	while (time < METRICS_TIMES && request->micros > times[time].micros)
		time++;
	atomic_fetch_add(&metrics->time[time], 1);
	atomic_fetch_add(&metrics->micros, request->micros);
	atomic_fetch_add(&metrics->received, request->received);
	atomic_fetch_add(&metrics->sent, request->sent);
}

static void head(struct buffer *out, const char *name, const char *type, const char *help)
{
	buffer_print(out, "# HELP tidewaiter_%s %s\n# TYPE tidewaiter_%s %s\n", name, help, name,
		     type);
}

static void single(struct buffer *out, const char *name, const char *type, const char *help,
		   uint64_t value)
{
	head(out, name, type, help);
	buffer_print(out, "tidewaiter_%s %" PRIu64 "\n", name, value);
}

static void write_requests(struct buffer *out, struct metrics *metrics)
{
	static const char *const codes[METRICS_CODES] = {"lost", "1xx", "2xx", "3xx", "4xx", "5xx"};
	head(out, "http_requests_total", "counter", "Requests by route and class of status.");
	for (size_t r = 0; r <= route_count && r < METRICS_ROUTES; r++)
		for (size_t c = 0; c < METRICS_CODES; c++) {
			uint64_t count = atomic_load(&metrics->requests[r][c]);
			if (count)
				buffer_print(out,
					     "tidewaiter_http_requests_total{route=\"%s\","
					     "code=\"%s\"} %" PRIu64 "\n",
					     r ? routes[r - 1].path : "other", codes[c], count);
		}
}

void metrics_write(struct buffer *out, struct metrics *metrics, unsigned working)
{
	uint64_t sum = 0;
	write_requests(out, metrics);
	head(out, "http_request_duration_seconds", "histogram",
	     "From the head of a request to its end.");
	for (size_t i = 0; i <= METRICS_TIMES; i++) {
		sum += atomic_load(&metrics->time[i]);
		buffer_print(
		    out, "tidewaiter_http_request_duration_seconds_bucket{le=\"%s\"} %" PRIu64 "\n",
		    i < METRICS_TIMES ? times[i].seconds : "+Inf", sum);
	}
	uint64_t micros = atomic_load(&metrics->micros);
	buffer_print(out, "tidewaiter_http_request_duration_seconds_sum %" PRIu64 ".%06u\n",
		     micros / 1000000, (unsigned)(micros % 1000000));
	buffer_print(out, "tidewaiter_http_request_duration_seconds_count %" PRIu64 "\n", sum);
	single(out, "http_received_bytes_total", "counter", "Bytes of bodies received.",
	       atomic_load(&metrics->received));
	single(out, "http_sent_bytes_total", "counter", "Bytes of bodies sent.",
	       atomic_load(&metrics->sent));
	single(out, "http_connections", "gauge", "Connections that are open.",
	       atomic_load(&metrics->connections));
	single(out, "http_working", "gauge", "Requests that threads of their own work on.",
	       working);
}

static void member(struct buffer *out, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	buffer_print(out, ",\"%s\":", name);
	buffer_json(out, text, strlen(text));
}

void metrics_log(int fd, const struct metrics_request *request)
{
	struct buffer out = {0};
	struct timespec now;
	struct tm parts;
	char day[40] = "";
	clock_gettime(CLOCK_REALTIME, &now);
	if (gmtime_r(&now.tv_sec, &parts))
		strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &parts);
	buffer_print(&out, "{\"time\":\"%s.%03ldZ\"", day, now.tv_nsec / 1000000);
	member(&out, "address", request->address);
	member(&out, "method", request->method);
	member(&out, "path", request->path);
	buffer_print(&out,
		     ",\"status\":%u,\"received\":%" PRIu64 ",\"sent\":%" PRIu64 ",\"ms\":%" PRIu64
		     ".%03u",
		     request->status, request->received, request->sent, request->micros / 1000,
		     (unsigned)(request->micros % 1000));
	member(&out, "traceparent", request->trace);
	buffer_text(&out, "}\n");
	if (!out.failed)
		(void)write_all(fd, out.at, out.length);
	buffer_free(&out);
}
