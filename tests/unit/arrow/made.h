/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Streams of record batches made of bytes: columns of every type under names
 * that are read, sound ones and broken ones. What the interface lets nobody
 * check (the sizes of buffers) is always sound.
 */
#ifndef TW_UNIT_ARROW_MADE_H
#define TW_UNIT_ARROW_MADE_H

#include "tidewaiter_arrow.h"

/* A stream of up to three batches. Its arrays and it itself are freed by their releases alone. */
void made_stream(struct ArrowArrayStream *out, const uint8_t *data, size_t size);
/* How many of its schemas, arrays and streams there are that nobody has released. */
extern int made_alive;
/*
 * Assesses such a stream, with options of the first byte, and takes all batches. NULL: all is as
 * it must be; else what is not.
 */
const char *made_check(const uint8_t *data, size_t size, const tw_rulebook *rulebook);
/* The same of entries and details of claims, into a run of refunds and out of it. */
const char *made_refunds_check(const uint8_t *data, size_t size, const tw_rulebook *rulebook);

#endif
