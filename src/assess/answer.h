/* SPDX-License-Identifier: Apache-2.0 */
/* The making of an answer: findings of the engine become the structures of tidewaiter.h. */
#ifndef TW_ASSESS_ANSWER_H
#define TW_ASSESS_ANSWER_H

#include "assess/assessor.h"

/* A text kept until the next call; "" when there is no room. */
const char *answer_keep(tw_assessor *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A text that ends nowhere, kept likewise. */
const char *answer_text(tw_assessor *a, struct tw_text text);
/* The texts one after the other, kept likewise. */
const char *answer_join(tw_assessor *a, const char *const *texts);
#define JOIN(a, ...) answer_join(a, (const char *const[]){__VA_ARGS__, NULL})
/* The first digits, at most ten, of a number of ten digits. */
void answer_digits(char *to, uint64_t number, uint32_t count);
/* Add a kept text once. */
void answer_say(struct texts *texts, const char *text);
/* Layers, exclusions, choices, fees and de minimis of a->stack and a->relief. */
void answer_fill(tw_assessor *a);
/* Add to a list in words; where it is full, "..." says that there are more. */
void answer_list(char *list, size_t size, const char *separator, const char *item);
/* "6109.10.00.12" */
const char *answer_code(tw_assessor *a, uint64_t low, uint32_t digits);
struct tw_citations answer_cite(tw_assessor *a, uint32_t instrument);

#endif
