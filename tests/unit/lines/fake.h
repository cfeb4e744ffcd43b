/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small assessor for the tests of the readers and writers: 10% on the
 * value, an exemption up to 800, no law. It lets a test of reading fail for
 * reading alone.
 */
#ifndef TW_TESTS_FAKE_H
#define TW_TESTS_FAKE_H

#include "tidewaiter.h"

int fake_assess(const struct tw_assessment **out, tw_assessor *assessor, const struct tw_line *line,
		struct tw_error *error);

#endif
