/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random lines, made to hurt: for every measure and every yield a minute to
 * either side of each of its ends, goods in its scope and beside it, origins
 * in and out, claims that make each of its conditions true and false. The
 * same seed makes the same lines.
 */
#ifndef JUDGE_RANDOM_H
#define JUDGE_RANDOM_H

#include "line.h"

struct maker;
int maker_new(struct maker **out, const struct law *law, uint64_t seed);
void maker_free(struct maker *maker);
/* The next line. */
void maker_line(struct line *out, struct maker *maker);

#endif
