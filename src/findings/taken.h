/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of a run that are handed over as they were read, for one who asks the
 * assessor himself, and under more than one law. Whoever reads them knows
 * nothing of what becomes of them.
 */
#ifndef TW_FINDINGS_TAKEN_H
#define TW_FINDINGS_TAKEN_H

#include "common/buffer.h"
#include "tidewaiter.h"

/* What stands beside a line. */
struct taken_line {
	struct tw_text id;
	uint64_t number; /* in its file */
	int offset;      /* seconds east of UTC at its entry; not of a line of texts */
	bool is_first;   /* of its shipment; it may be the only one */
};

/* Lines in their order; all of it lives during the call alone. */
struct taken {
	unsigned worker;              /* one thread, from 0 */
	tw_assessor *const *assessor; /* of this thread, one a law */
	const struct tw_typed_line *line;
	const struct taken_line *about;
	size_t count;
	/* One line, as texts, and line[law] is what it is under each law: what its shipment owes
	   together is not the same under both. */
	bool by_law;
	const char *file;
	const char *reason, *column, *text; /* of a line that the reader refuses; else NULL */
	struct buffer *out;                 /* what is written, in the order of the lines */
};

/* Takes lines. */
typedef int take_lines(void *context, const struct taken *taken, struct tw_error *error);
/* After the last line, one worker after the other: file, lines and out are not set. */
typedef int take_end(void *context, const struct taken *taken, struct tw_error *error);

#endif
