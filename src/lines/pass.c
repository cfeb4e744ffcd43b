/* SPDX-License-Identifier: Apache-2.0 */
#include "pass.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOT_EMPTY, SLOT_FILLED, SLOT_DONE };

struct ring {
	struct pass *pass;
	struct pass_slot *slot;
	size_t size, head, tail, next; /* counters; the slot is counter % size */
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	bool stop;
};

struct thread {
	pthread_t id;
	struct ring *ring;
	void *worker;
};

static void do_work(struct pass *pass, void *worker, struct pass_slot *slot)
{
	slot->out.length = slot->notes.length = 0;
	slot->result = pass->work(worker, slot, &slot->error);
	if (!slot->result && (slot->out.failed || slot->notes.failed)) {
		slot->result = TW_NO_MEMORY;
		slot->error = (struct tw_error){.code = TW_NO_MEMORY};
		snprintf(slot->error.message, sizeof slot->error.message,
			 "no memory left for the answers");
	}
}

static void *run_thread(void *argument)
{
	struct thread *thread = argument;
	struct ring *ring = thread->ring;
	pthread_mutex_lock(&ring->lock);
	for (;;) {
		while (!ring->stop && ring->next == ring->tail)
			pthread_cond_wait(&ring->work, &ring->lock);
		if (ring->next == ring->tail)
			break;
		struct pass_slot *slot = &ring->slot[ring->next++ % ring->size];
		pthread_mutex_unlock(&ring->lock);
		do_work(ring->pass, thread->worker, slot);
		pthread_mutex_lock(&ring->lock);
		slot->state = SLOT_DONE;
		pthread_cond_signal(&ring->done);
	}
	pthread_mutex_unlock(&ring->lock);
	return NULL;
}

/* Where the reading stands. */
struct cursor {
	size_t input;
	uint64_t ordinal;
};

/* The next batch of all inputs; count 0 at the end of the last. */
static int read_batch(struct pass *pass, struct cursor *cursor, struct batch *batch, bool wait,
		      struct tw_error *error)
{
	int result = TW_OK;
	batch->count = 0;
	while (!result && cursor->input < pass->input_count) {
		result = input_batch(batch, &pass->inputs[cursor->input], wait, error);
		if (result || batch->count)
			break;
		cursor->input++;
	}
	if (result)
		return result;
	batch->ordinal = cursor->ordinal;
	cursor->ordinal += batch->count;
	for (size_t i = 0; i < batch->count; i++)
		batch->context[i] = (struct batch_context){.shipment_value = -1,
							   .shipment_retail = -1,
							   .order_retail = -1,
							   .shipment_first = batch->ordinal + i,
							   .shipment_entered = TW_TIME_MIN};
	if (batch->count && pass->prepare)
		return pass->prepare(pass->context, batch, error);
	return TW_OK;
}

static int finish_slot(struct pass *pass, struct pass_slot *slot, struct tw_error *error)
{
	if (slot->result) {
		if (error)
			*error = slot->error;
		return slot->result;
	}
	return pass->done ? pass->done(pass->context, slot, error) : TW_OK;
}

static int run_alone(struct pass *pass, struct tw_error *error)
{
	struct pass_slot *slot = calloc(1, sizeof *slot);
	struct cursor cursor = {0};
	int result = slot ? TW_OK : TW_NO_MEMORY;
	while (!result) {
		result = read_batch(pass, &cursor, &slot->batch, true, error);
		if (result || !slot->batch.count)
			break;
		do_work(pass, pass->workers[0], slot);
		result = finish_slot(pass, slot, error);
	}
	if (slot) {
		batch_free(&slot->batch);
		buffer_free(&slot->out);
		buffer_free(&slot->notes);
	}
	free(slot);
	return result;
}

/* Hands over what is done at the head of the ring; waits for it if asked to. */
static int hand_over(struct ring *ring, bool wait, struct tw_error *error)
{
	int result = TW_OK;
	pthread_mutex_lock(&ring->lock);
	while (!result && ring->head != ring->tail) {
		struct pass_slot *slot = &ring->slot[ring->head % ring->size];
		while (wait && slot->state != SLOT_DONE)
			pthread_cond_wait(&ring->done, &ring->lock);
		if (slot->state != SLOT_DONE)
			break;
		pthread_mutex_unlock(&ring->lock);
		result = finish_slot(ring->pass, slot, error);
		pthread_mutex_lock(&ring->lock);
		slot->state = SLOT_EMPTY;
		ring->head++;
		wait = false;
	}
	pthread_mutex_unlock(&ring->lock);
	return result;
}

/* Reads, hands to the workers, hands over: the caller's thread. */
static int drive(struct ring *ring, struct tw_error *error)
{
	struct cursor cursor = {0};
	bool at_end = false;
	int result = TW_OK;
	while (!result) {
		bool full = ring->tail - ring->head == ring->size, idle = ring->head == ring->tail;
		if (at_end && idle)
			break;
		if (at_end || full) {
			result = hand_over(ring, true, error);
			continue;
		}
		struct pass_slot *slot = &ring->slot[ring->tail % ring->size];
		result = read_batch(ring->pass, &cursor, &slot->batch, idle, error);
		if (result == TW_NOT_FOUND) { /* a slow pipe: first give what is ready */
			result = hand_over(ring, true, error);
			continue;
		}
		if (result)
			break;
		at_end = !slot->batch.count;
		if (!at_end) {
			pthread_mutex_lock(&ring->lock);
			slot->state = SLOT_FILLED;
			ring->tail++;
			pthread_cond_signal(&ring->work);
			pthread_mutex_unlock(&ring->lock);
			result = hand_over(ring, false, error);
		}
	}
	return result;
}

static void ring_free(struct ring *ring)
{
	for (size_t i = 0; ring->slot && i < ring->size; i++) {
		batch_free(&ring->slot[i].batch);
		buffer_free(&ring->slot[i].out);
		buffer_free(&ring->slot[i].notes);
	}
	free(ring->slot);
	pthread_cond_destroy(&ring->work);
	pthread_cond_destroy(&ring->done);
	pthread_mutex_destroy(&ring->lock);
}

int pass_run(struct pass *pass, struct tw_error *error)
{
	if (pass->jobs <= 1)
		return run_alone(pass, error);
	struct ring ring = {.pass = pass, .size = 2 * (size_t)pass->jobs + 2};
	struct thread *threads = calloc(pass->jobs, sizeof *threads);
	unsigned started = 0;
	int result = TW_OK;

	ring.slot = calloc(ring.size, sizeof *ring.slot);
	pthread_mutex_init(&ring.lock, NULL);
	pthread_cond_init(&ring.work, NULL);
	pthread_cond_init(&ring.done, NULL);
	for (; threads && ring.slot && started < pass->jobs; started++) {
		threads[started].ring = &ring;
		threads[started].worker = pass->workers[started];
		if (pthread_create(&threads[started].id, NULL, run_thread, &threads[started]))
			break;
	}
	if (started) {
		result = drive(&ring, error);
	} else {
		result = TW_NO_MEMORY;
		if (error)
			*error =
			    (struct tw_error){.code = result, .message = "cannot start a thread"};
	}
	pthread_mutex_lock(&ring.lock);
	ring.stop = true;
	if (result)
		ring.next = ring.tail; /* what is not begun is dropped */
	pthread_cond_broadcast(&ring.work);
	pthread_mutex_unlock(&ring.lock);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i].id, NULL);
	ring_free(&ring);
	free(threads);
	return result;
}
