/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/pass.h"

#include "common/error.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ring {
	struct pass *pass;
	struct pass_slot *slot;
	size_t size;
	/* Of the thread that reads. */
	pthread_mutex_t reading;
	struct scan scan;
	size_t input;     /* the one that is read */
	uint64_t taken;   /* batches; the slot is the counter % size */
	uint64_t records; /* before the next batch */
	bool at_end;
	/* Of all. */
	pthread_mutex_t lock;
	pthread_cond_t handed;
	uint64_t given; /* batches that were handed over */
	bool is_giving; /* some thread hands over */
	bool stop;
	int code;
	struct tw_error error;
};

struct thread {
	pthread_t id;
	struct ring *ring;
	void *worker;
};

static void do_work(struct pass *pass, void *worker, struct pass_slot *slot)
{
	slot->code = pass->work(worker, slot, &slot->error);
	if (!slot->code && (slot->out.failed || slot->notes.failed || slot->numbers.failed)) {
		slot->code =
		    error_set(&slot->error, TW_NO_MEMORY, "not enough memory for the answers");
	}
}

static bool is_empty(const struct batch *batch)
{
	return !batch->count && !batch->rows.length;
}

/* The next batch of all inputs; empty at the end of the last. */
static int read_batch(struct ring *ring, struct batch *batch, struct tw_error *error)
{
	struct pass *pass = ring->pass;
	int code = TW_OK;
	batch->count = batch->rows.length = 0;
	while (!code && ring->input < pass->input_count) {
		struct input *input = &pass->inputs[ring->input];
		code = pass->takes_rows && input_has_rows(input)
			   ? input_rows(batch, input, &ring->scan, error)
			   : input_batch(batch, input, BATCH_LINES, error);
		if (code || !is_empty(batch))
			break;
		ring->input++;
	}
	if (code)
		return code;
	batch->ordinal = ring->records;
	ring->records += batch->count;
	for (size_t i = 0; i < batch->count; i++)
		batch->context[i] = batch_alone(batch->ordinal + i);
	if (batch->count && pass->prepare)
		return pass->prepare(pass->context, batch, error);
	return TW_OK;
}

/* Waits until a slot is free; false: the pass has ended. */
static bool has_room(struct ring *ring)
{
	pthread_mutex_lock(&ring->lock);
	while (!ring->stop && ring->taken - ring->given == ring->size)
		pthread_cond_wait(&ring->handed, &ring->lock);
	bool goes_on = !ring->stop;
	pthread_mutex_unlock(&ring->lock);
	return goes_on;
}

/* A slot with the next batch, or with the error of reading it; NULL at the end. */
static struct pass_slot *take(struct ring *ring)
{
	struct pass_slot *slot = NULL;
	pthread_mutex_lock(&ring->reading);
	if (!ring->at_end && has_room(ring)) {
		slot = &ring->slot[ring->taken % ring->size];
		slot->out.length = slot->notes.length = slot->numbers.length = 0;
		slot->lines = 0;
		slot->code = read_batch(ring, &slot->batch, &slot->error);
		ring->at_end = slot->code || is_empty(&slot->batch);
		if (!slot->code && ring->at_end)
			slot = NULL;
		ring->taken += slot != NULL;
	}
	pthread_mutex_unlock(&ring->reading);
	return slot;
}

/* Of a batch that fails, what came before the line that does is handed over like all before it. */
static int finish(struct ring *ring, struct pass_slot *slot)
{
	struct pass *pass = ring->pass;
	bool is_whole = !slot->out.failed && !slot->notes.failed && !slot->numbers.failed;
	int code = pass->done && is_whole ? pass->done(pass->context, slot, &ring->error) : TW_OK;
	if (code || !slot->code)
		return code;
	ring->error = slot->error;
	return slot->code;
}

/* A slot is done: hands over all whose turn it is, unless another thread does. */
static void hand_over(struct ring *ring, struct pass_slot *slot)
{
	pthread_mutex_lock(&ring->lock);
	slot->is_done = true;
	while (!ring->is_giving && !ring->stop) {
		struct pass_slot *next = &ring->slot[ring->given % ring->size];
		if (!next->is_done)
			break;
		ring->is_giving = true;
		pthread_mutex_unlock(&ring->lock);
		int code = finish(ring, next);
		pthread_mutex_lock(&ring->lock);
		ring->is_giving = next->is_done = false;
		ring->given++;
		ring->stop = code != TW_OK;
		ring->code = code;
		pthread_cond_broadcast(&ring->handed);
	}
	pthread_mutex_unlock(&ring->lock);
}

static void *run_thread(void *argument)
{
	struct thread *thread = argument;
	struct ring *ring = thread->ring;
	struct pass_slot *slot;
	while ((slot = take(ring))) {
		if (!slot->code)
			do_work(ring->pass, thread->worker, slot);
		hand_over(ring, slot);
	}
	return NULL;
}

static void ring_free(struct ring *ring)
{
	for (size_t i = 0; ring->slot && i < ring->size; i++) {
		batch_free(&ring->slot[i].batch);
		buffer_free(&ring->slot[i].out);
		buffer_free(&ring->slot[i].notes);
		buffer_free(&ring->slot[i].numbers);
		if (ring->pass->drop)
			ring->pass->drop(ring->slot[i].gathered);
	}
	free(ring->slot);
	scan_free(&ring->scan);
	pthread_cond_destroy(&ring->handed);
	pthread_mutex_destroy(&ring->lock);
	pthread_mutex_destroy(&ring->reading);
}

int pass_run(struct pass *pass, struct tw_error *error)
{
	/* One thread has one batch; of several one may be late while the others go on. */
	struct ring ring = {.pass = pass, .size = pass->jobs > 1 ? 2 * (size_t)pass->jobs : 1};
	struct thread *threads = calloc(pass->jobs, sizeof *threads);
	unsigned started = 1;
	ring.slot = calloc(ring.size, sizeof *ring.slot);
	scan_start(&ring.scan);
	pthread_mutex_init(&ring.reading, NULL);
	pthread_mutex_init(&ring.lock, NULL);
	pthread_cond_init(&ring.handed, NULL);
	if (threads && ring.slot) {
		threads[0] = (struct thread){.ring = &ring, .worker = pass->workers[0]};
		for (unsigned i = 1; i < pass->jobs; i++)
			threads[i] = (struct thread){.ring = &ring, .worker = pass->workers[i]};
		/* Where no more threads are to be had, fewer do it. */
		while (started < pass->jobs &&
		       !pthread_create(&threads[started].id, NULL, run_thread, &threads[started]))
			started++;
		run_thread(&threads[0]);
		for (unsigned i = 1; i < started; i++)
			pthread_join(threads[i].id, NULL);
	} else {
		ring.code = error_memory(&ring.error);
	}
	if (ring.code && error)
		*error = ring.error;
	int code = ring.code;
	ring_free(&ring);
	free(threads);
	return code;
}
