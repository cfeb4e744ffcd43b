/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that answer: one a request that takes its time, and the workers of those that do not. */
#include <stdlib.h>
#include <unistd.h>

#include "serve/server.h"

struct workers {
	struct worker worker;
	struct workers *next;
};

static bool may_begin(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	bool may = server->threads < server->limits.requests;
	if (may)
		server->threads++;
	pthread_mutex_unlock(&server->lock);
	return may;
}

static void has_ended(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	server->threads--;
	pthread_cond_broadcast(&server->idle);
	pthread_mutex_unlock(&server->lock);
}

static void *answer(void *context)
{
	struct request *request = context;
	struct server *server = request->server;
	struct worker worker = {0};
	struct reply reply;
	int in = request->question.in;
	bool streams = request->question.out >= 0;
	reply_begin(&reply);
	if (streams && !stream_begin(&request->stream)) {
		streams = false;
		reply_problem(&reply, 503, "busy", NULL, "there is no thread: ask again later");
	} else {
		worker_begin(&worker, server->options);
		request->question.route->answer(&reply, &request->question, &worker);
		worker_free(&worker);
	}
	if (streams)
		stream_end(&request->stream);
	if (in >= 0)
		close(in);
	pthread_mutex_lock(&request->lock);
	if (request->reply.status) /* what is wrong with the request goes before */
		reply_free(&reply);
	else
		request->reply = reply;
	pthread_mutex_unlock(&request->lock);
	request_done(request);
	has_ended(server);
	return NULL;
}

bool thread_begin(struct request *request, int in)
{
	pthread_t thread;
	bool may = may_begin(request->server);
	request->question.in = in;
	if (may) {
		request->has_begun = true;
		atomic_fetch_add(&request->owners, 1);
		if (!pthread_create(&thread, NULL, answer, request)) {
			pthread_detach(thread);
			return true;
		}
		atomic_fetch_sub(&request->owners, 1);
		request->has_begun = false;
		has_ended(request->server);
	}
	if (in >= 0)
		close(in);
	reply_problem(&request->reply, 503, "busy", NULL,
		      "as many requests as allowed are worked on: ask again later");
	return false;
}

struct worker *thread_worker(struct server *server)
{
	static _Thread_local struct worker *mine;
	static _Thread_local const struct server *whose;
	if (!mine || whose != server) {
		struct workers *made = calloc(1, sizeof *made);
		if (!made)
			return NULL;
		pthread_mutex_lock(&server->lock);
		made->next = server->workers;
		server->workers = made;
		pthread_mutex_unlock(&server->lock);
		mine = &made->worker;
		whose = server;
	}
	worker_begin(mine, server->options);
	return mine;
}

void thread_free_workers(struct server *server)
{
	while (server->workers) {
		struct workers *first = server->workers;
		server->workers = first->next;
		worker_free(&first->worker);
		free(first);
	}
}
