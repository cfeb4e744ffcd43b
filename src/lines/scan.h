/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the records and fields of CSV text stand, 64 bytes a step. It takes
 * what is RFC 4180 to the letter, and stops before a record that is not (blanks
 * around a quoted field, ="...", a quote that nothing closes): for those the
 * grammar of common/csv.h is asked, record by record. What it takes it reads as
 * that grammar does.
 */
#ifndef TW_LINES_SCAN_H
#define TW_LINES_SCAN_H

#include "common/csv.h"

/* The text must be readable this far behind its end; what stands there does not matter. */
#define SCAN_BLOCK ((size_t)64)

/* Which of 64 bytes are what; the first byte is the lowest bit. */
struct scan_marks {
	uint64_t separator, quote, newline, cr;
	uint64_t odd; /* over 0x7E, or under a blank and neither a tab nor a line end */
};

/* The marks of `blocks` times 64 bytes. Every one gives the same. */
typedef void scan_find(struct scan_marks *out, const char *at, size_t blocks, char separator);

/* Those that this machine can run, the fastest first and the plain one last; at most four. */
struct scan_finder {
	const char *name;
	scan_find *find;
};
size_t scan_finders(struct scan_finder out[4]);

/* What stands out in a row. */
enum {
	SCAN_ESCAPED = 1, /* a quote is written twice */
	SCAN_LINES = 2,   /* a field goes over several lines */
	SCAN_ODD = 4      /* not only printable ASCII, tabs, and returns before newlines */
};

struct scan {
	scan_find *find;
	bool counts; /* the machine has instructions that count bits */
	/* Found: offsets in the text of the separators and newlines that end fields, in order. */
	uint32_t *mark;
	uint32_t *end; /* of each row: the index of its newline among the marks */
	uint8_t *row;  /* of each row: SCAN_... */
	size_t rows;
	uint64_t lines; /* line ends of the rows */
	bool is_flawed; /* what follows the rows is not only a record that is not whole */
	/* Owned. */
	struct scan_marks *marks;
	size_t room; /* bytes of text */
};

/* Chooses the finder. */
void scan_start(struct scan *scan);
void scan_free(struct scan *scan);

/*
 * Finds the rows of a text that begins with a record. Returns the offset of the first record that
 * it did not take: one that is unusual, or not whole; text.length where there is none. At most
 * UINT32_MAX bytes. SIZE_MAX: no memory.
 */
size_t scan_rows(struct scan *scan, struct tw_text text, char separator);

/*
 * The same without keeping the rows: how far whole records go, also those that are not to the
 * letter but sound. *lines counts the line ends up to there. `last`: nothing follows the text.
 */
size_t scan_whole(uint64_t *lines, struct scan *scan, struct tw_text text, char separator,
		  bool last);

/*
 * The content of a field of a row without SCAN_ESCAPED, as csv_split gives it: it begins at `from`
 * and ends before the mark at `to`.
 */
static inline struct tw_text scan_field(const char *text, size_t from, size_t to)
{
	if (text[to] == '\n' && to > from && text[to - 1] == '\r')
		to--;
	if (to > from && text[from] == '"') {
		from++;
		to--;
	}
	return (struct tw_text){text + from, to - from};
}

#endif
