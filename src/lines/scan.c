/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside quotes is where an odd number of quotes came before. That holds as
 * long as every quote that opens stands behind a separator, a line end or the
 * quote that it doubles, and every one that closes before such; a record where
 * one does not is left to the grammar.
 */
#include "lines/scan.h"

#include <stdlib.h>

/* Inlined into both walks at the end, of which one has the instructions that count bits. */
#define INLINE static inline __attribute__((always_inline))
#if defined(__x86_64__)
#define COUNTING __attribute__((target("popcnt,bmi,bmi2")))
#endif

enum { BLOCKS = 64 /* whose marks are found at once: they stay in the nearest cache */ };

void scan_start(struct scan *scan)
{
	struct scan_finder finder[4];
	scan_finders(finder);
	*scan = (struct scan){.find = finder[0].find};
#ifdef COUNTING
	scan->counts = __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") &&
		       __builtin_cpu_supports("bmi2");
#endif
}

void scan_free(struct scan *scan)
{
	free(scan->mark);
	free(scan->end);
	free(scan->row);
	free(scan->marks);
	*scan = (struct scan){0};
}

/* What goes over from one block to the next. */
struct flow {
	uint64_t inside;    /* all ones within quotes */
	uint64_t may_open;  /* the last byte may stand before a quote that opens */
	uint64_t is_closed; /* the last byte is a quote that closes */
	uint64_t is_return; /* the last byte is a carriage return behind such a quote */
};

/* What one block comes to. */
struct found {
	uint64_t ends;    /* separators and newlines that end fields */
	uint64_t rows;    /* the newlines among them */
	uint64_t escapes; /* quotes written twice: the second */
	uint64_t breaks;  /* newlines within quotes */
	uint64_t odd;     /* bytes that are odd, and returns that no newline follows */
	uint64_t flaws;   /* what is not to the letter */
};

/* Bit i: whether an odd number of bits up to and with i is set. */
INLINE uint64_t parity(uint64_t bits)
{
	for (unsigned step = 1; step < 64; step *= 2)
		bits ^= bits << step;
	return bits;
}

INLINE struct found with_quotes(struct flow *flow, const struct scan_marks *marks)
{
	uint64_t inside = parity(marks->quote) ^ flow->inside;
	uint64_t open = marks->quote & inside, close = marks->quote & ~inside;
	struct found found = {.rows = marks->newline & ~inside, .breaks = marks->newline & inside};
	found.ends = found.rows | (marks->separator & ~inside);
	uint64_t after = close << 1 | flow->is_closed;
	uint64_t returns = after & marks->cr;
	found.escapes = open & after;
	found.flaws = (open & ~((found.ends | close) << 1 | flow->may_open)) |
		      (after & ~(found.ends | marks->quote | marks->cr)) |
		      ((returns << 1 | flow->is_return) & ~found.rows);
	flow->inside = UINT64_C(0) - (inside >> 63);
	flow->may_open = (found.ends | close) >> 63;
	flow->is_closed = close >> 63;
	flow->is_return = returns >> 63;
	return found;
}

INLINE struct found look(struct flow *flow, const struct scan_marks *marks)
{
	/* Of a return at the end of a block it is not seen what follows. */
	uint64_t odd = marks->odd | (marks->cr & ~(marks->newline >> 1));
	if (marks->quote | flow->inside | flow->is_closed | flow->is_return) {
		struct found found = with_quotes(flow, marks);
		found.odd = odd;
		return found;
	}
	struct found found = {
	    .ends = marks->separator | marks->newline, .rows = marks->newline, .odd = odd};
	flow->may_open = found.ends >> 63;
	return found;
}

/* The bits of a block that are of the text: from `from` to `to`, offsets in the text. */
INLINE uint64_t within(size_t block, size_t from, size_t to)
{
	uint64_t bits = ~UINT64_C(0);
	if (block < from)
		bits <<= from - block;
	if (to - block < SCAN_BLOCK)
		bits &= (UINT64_C(1) << (to - block)) - 1;
	return bits;
}

INLINE struct scan_marks cut(const struct scan_marks *marks, uint64_t bits)
{
	return (struct scan_marks){marks->separator & bits, marks->quote & bits,
				   marks->newline & bits, marks->cr & bits, marks->odd & bits};
}

INLINE uint64_t below(unsigned bit)
{
	return (UINT64_C(1) << bit) - 1;
}

static int make_room(struct scan *scan, size_t length)
{
	if (!scan->marks)
		scan->marks = malloc(BLOCKS * sizeof *scan->marks);
	if (!scan->marks)
		return TW_NO_MEMORY;
	if (length <= scan->room)
		return TW_OK;
	size_t room = scan->room ? scan->room : (size_t)128 << 10;
	while (room < length)
		room *= 2;
	free(scan->mark);
	free(scan->end);
	free(scan->row);
	scan->room = 0;
	/* Up to 64 more are written than count. */
	scan->mark = malloc((room + SCAN_BLOCK) * sizeof *scan->mark);
	scan->end = malloc((room + SCAN_BLOCK) * sizeof *scan->end);
	scan->row = calloc(room + SCAN_BLOCK, sizeof *scan->row);
	if (!scan->mark || !scan->end || !scan->row)
		return TW_NO_MEMORY;
	scan->room = room;
	return TW_OK;
}

/* Four bits at a time: what is written too much is written over. */
INLINE uint32_t *put_bits(uint32_t *to, uint64_t bits, uint32_t base)
{
	uint32_t *end = to + __builtin_popcountll(bits);
	while (bits) {
		for (unsigned k = 0; k < 4; k++) {
			to[k] = base + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
			bits &= bits - 1;
		}
		to += 4;
	}
	return end;
}

/* What stands out, for the rows that have it: few do. */
static void put_flags(struct scan *scan, const struct found *found, size_t row)
{
	uint64_t left = found->escapes | found->breaks | found->odd, rows = found->rows;
	while (left) {
		uint64_t last = rows & -rows, here = last ? last | (last - 1) : ~UINT64_C(0);
		scan->row[row] |= (uint8_t)((found->escapes & left & here ? SCAN_ESCAPED : 0) |
					    (found->breaks & left & here ? SCAN_LINES : 0) |
					    (found->odd & left & here ? SCAN_ODD : 0));
		left &= ~here;
		rows &= rows - 1;
		row++;
	}
}

/* The rows of a block; returns the end of the marks. */
INLINE uint32_t *put_rows(struct scan *scan, uint32_t *to, const struct found *found, uint32_t base)
{
	uint32_t before = (uint32_t)(to - scan->mark);
	size_t first = scan->rows;
	for (uint64_t rows = found->rows; rows; rows &= rows - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(rows);
		scan->end[scan->rows++] =
		    before + (uint32_t)__builtin_popcountll(found->ends & below(bit));
		scan->row[scan->rows] = 0;
	}
	if (found->escapes | found->breaks | found->odd)
		put_flags(scan, found, first);
	return put_bits(to, found->ends, base);
}

/* A flaw ends what is found of a block before it. Always true. */
INLINE bool stop_at_flaw(struct found *found)
{
	uint64_t before = below((unsigned)__builtin_ctzll(found->flaws));
	found->rows &= before;
	found->ends &= before;
	found->escapes &= before;
	found->breaks &= before;
	found->odd &= before;
	return true;
}

/* Where a walk over the text stands. */
struct walk {
	size_t end;         /* behind the last whole record */
	uint64_t lines;     /* line ends up to there */
	uint64_t all_lines; /* line ends of the blocks that were looked at */
	bool is_flawed;     /* it was ended before the text did */
};

/* One block; false: a flaw, or a record that is too long, ends the walk before it. */
INLINE bool step(struct walk *walk, struct flow *flow, struct found *found,
		 const struct scan_marks *marks, size_t at)
{
	*found = look(flow, marks);
	bool stopped = found->flaws && stop_at_flaw(found);
	if (!found->rows) {
		walk->all_lines += (uint64_t)__builtin_popcountll(marks->newline);
		return !stopped;
	}
	if (at + (size_t)__builtin_ctzll(found->rows) >= walk->end + CSV_RECORD) {
		*found = (struct found){0};
		return false;
	}
	unsigned last = 63 - (unsigned)__builtin_clzll(found->rows);
	walk->end = at + last + 1;
	walk->lines = walk->all_lines + (uint64_t)__builtin_popcountll(
					    marks->newline & (below(last) | UINT64_C(1) << last));
	walk->all_lines += (uint64_t)__builtin_popcountll(marks->newline);
	return !stopped;
}

/* Walks over the blocks of a text from a record on. */
INLINE void walk_blocks(struct walk *walk, struct scan *scan, struct tw_text text, char separator,
			const bool keep)
{
	const size_t from = walk->end;
	struct flow flow = {.may_open = 1};
	struct found found;
	uint32_t *to = scan->mark;
	bool goes_on = true;
	for (size_t base = from - from % SCAN_BLOCK; base < text.length && goes_on;
	     base += BLOCKS * SCAN_BLOCK) {
		size_t blocks = (text.length - base + SCAN_BLOCK - 1) / SCAN_BLOCK;
		blocks = blocks < BLOCKS ? blocks : BLOCKS;
		scan->find(scan->marks, text.at + base, blocks, separator);
		for (size_t i = 0; i < blocks && goes_on; i++) {
			size_t at = base + i * SCAN_BLOCK;
			struct scan_marks marks = scan->marks[i];
			if (at < from || at + SCAN_BLOCK > text.length)
				marks = cut(&marks, within(at, from, text.length));
			goes_on = step(walk, &flow, &found, &marks, at);
			walk->is_flawed = !goes_on;
			if (keep)
				to = put_rows(scan, to, &found, (uint32_t)at);
		}
	}
}

#ifdef COUNTING
COUNTING static void walk_counting(struct walk *walk, struct scan *scan, struct tw_text text,
				   char separator, bool keep)
{
	if (keep)
		walk_blocks(walk, scan, text, separator, true);
	else
		walk_blocks(walk, scan, text, separator, false);
}
#endif

static void walk_text(struct walk *walk, struct scan *scan, struct tw_text text, char separator,
		      bool keep)
{
#ifdef COUNTING
	if (scan->counts) {
		walk_counting(walk, scan, text, separator, keep);
		return;
	}
#endif
	if (keep)
		walk_blocks(walk, scan, text, separator, true);
	else
		walk_blocks(walk, scan, text, separator, false);
}

size_t scan_rows(struct scan *scan, struct tw_text text, char separator)
{
	struct walk walk = {0};
	scan->rows = 0;
	if (make_room(scan, text.length))
		return SIZE_MAX;
	scan->row[0] = 0;
	walk_text(&walk, scan, text, separator, true);
	scan->lines = walk.lines;
	scan->is_flawed = walk.is_flawed;
	return walk.end;
}

size_t scan_whole(uint64_t *lines, struct scan *scan, struct tw_text text, char separator,
		  bool last)
{
	struct walk walk = {0};
	size_t length, flaw;
	if (make_room(scan, 0))
		return SIZE_MAX;
	for (;;) {
		walk.all_lines = walk.lines;
		walk_text(&walk, scan, text, separator, false);
		struct tw_text rest = {text.at + walk.end, text.length - walk.end};
		if (!rest.length || csv_end(&length, &flaw, rest, separator, last) != CSV_OK)
			break;
		for (size_t i = 0; i < length; i++)
			walk.lines += rest.at[i] == '\n';
		walk.end += length;
	}
	*lines = walk.lines;
	return walk.end;
}
