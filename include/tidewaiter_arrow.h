/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tidewaiter over columns: a stream of record batches in, a stream of findings
 * or of refunds out, by the C stream interface of Apache Arrow. Whatever speaks it (pyarrow,
 * Polars, DuckDB, pandas, Spark) needs no other call. The structs of the
 * interface are declared here under the guards of its specification, so that
 * other headers may declare them too. Part of libtidewaiter; docs/arrow.md has
 * every type that is read and every column that is given.
 */
#ifndef TIDEWAITER_ARROW_H
#define TIDEWAITER_ARROW_H

#include "tidewaiter.h"
#include "tidewaiter_refund.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
	const char *format;
	const char *name;
	const char *metadata;
	int64_t flags;
	int64_t n_children;
	struct ArrowSchema **children;
	struct ArrowSchema *dictionary;
	void (*release)(struct ArrowSchema *);
	void *private_data;
};

struct ArrowArray {
	int64_t length;
	int64_t null_count;
	int64_t offset;
	int64_t n_buffers;
	int64_t n_children;
	const void **buffers;
	struct ArrowArray **children;
	struct ArrowArray *dictionary;
	void (*release)(struct ArrowArray *);
	void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
	int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
	int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
	const char *(*get_last_error)(struct ArrowArrayStream *);
	void (*release)(struct ArrowArrayStream *);
	void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/*
 * How a stream is read and answered. Fill with TW_ARROW_OPTIONS_INIT first. Lists of texts end in
 * NULL; NULL is an empty list. All texts are copied.
 */
struct tw_arrow_options {
	size_t size;                     /* sizeof(struct tw_arrow_options) */
	const struct tw_options *assess; /* as for tw_assessor_new; NULL: the default ones */
	const char *const *map;          /* "THEIRS=OURS", as --map of the program */
	const char *const *set;          /* "COLUMN=VALUE", as --set */
	/* Columns of the input that the findings carry, before their own, as they are; "*" is all
	   of them. One that bears the name of a column of the findings gets "input_" before it. */
	const char *const *keep;
	const char *value_from;  /* as --value-from; or NULL */
	const char *decimal;     /* "point" or "comma": the mark of numbers in texts; NULL: as the
				    first rows show */
	const char *date_format; /* "mdy", "dmy" or "ymd": dates of digits in texts; or NULL */
	bool flat;               /* the flat columns alone, without `detail` */
	bool daily_sum;          /* sum what a person is sent on one day, as --daily-sum */
	bool no_shipments;       /* assess lines by themselves, whatever the column shipment says */
	/* Each batch holds all lines of its shipments and, with daily_sum, of its persons' days:
	   nothing is held back. Else that is true of the stream as a whole. */
	bool whole_batches;
	size_t memory; /* bytes of one sort of what is held back; 0: 1 MiB */
};
#define TW_ARROW_OPTIONS_INIT                                                                      \
	{                                                                                          \
		sizeof(struct tw_arrow_options), NULL, NULL, NULL, NULL, NULL, NULL, NULL, false,  \
		    false, false, false, 0                                                         \
	}

/*
 * Begins to assess the lines of `in`, one a row, and makes *out the stream of their findings: for
 * each batch one of as many rows, in the same order. The columns of a line are found by name, as in
 * a CSV file: ours, aliases, names of claims. Nothing is read of `in` but its schema until *out
 * is asked for a batch; then one batch is read for each that is given. Where the column shipment is
 * there (unless no_shipments) or daily_sum is set (and not whole_batches), the first call
 * of get_next reads all of `in` into a temporary file without a name (in TMPDIR, else /tmp): memory
 * stays that of some batches, whatever the length.
 *
 * `in` is moved into *out, also on an error: its release is NULL afterwards, and it is released
 * with *out, or before this function returns an error. `rulebook` must outlive *out. A row that
 * cannot be understood is refused in its finding, and no error. Errors of the stream (get_next
 * gives an errno: EINVAL of what was given, ENOMEM, EIO of temporary files, or what `in` gave) are
 * told by get_last_error with the column and the row, counted from 1 over the whole stream. After
 * one the stream gives no more.
 *
 * Threads: as of any stream of the interface, *out is for one thread at a time, not always the
 * same. A batch that was given is the caller's, may be released by any thread, and outlives the
 * stream.
 */
TW_API int tw_assess_arrow(struct ArrowArrayStream *out, struct ArrowArrayStream *in,
			   const tw_rulebook *rulebook, const struct tw_arrow_options *options,
			   struct tw_error *error);

/*
 * The schema of the findings, for whoever must know it before there is a stream (Spark does); of
 * an input without columns to keep. The caller releases it.
 */
TW_API int tw_arrow_schema(struct ArrowSchema *out, bool flat, struct tw_error *error);

/*
 * Which columns of batches of this schema are read as which of a line, for whoever must bring rows
 * together first (Spark does): out[i] is the place of the column that is read as enum tw_column i
 * (of more than one, of the first), or -1. Fills count of them. The schema stays the caller's.
 */
TW_API int tw_arrow_columns(int32_t *out, size_t count, const struct ArrowSchema *schema,
			    const tw_rulebook *rulebook, const struct tw_arrow_options *options,
			    struct tw_error *error);

/*
 * Reads the rows of entries (or the details of a claim: source->kind) of a stream of record batches
 * into a run of refunds, as tw_refund_read does of a text; an entry's rows may stand in any batches
 * of any streams. The columns are found by name, as in a file; a null is an empty cell.
 * source->next is not called. Faults of cells are told to source->fault with the row as their line,
 * counted from 1 over the stream; what ends the reading (a column of a type that cannot be read, an
 * array that is not sound, what `in` says of its own failure) is an error with column and row.
 * `in` is read to its end and released before this returns, also on an error.
 */
TW_API int tw_refund_read_arrow(tw_refund *refund, struct ArrowArrayStream *in,
				const struct tw_refund_source *source, struct tw_error *error);

/*
 * Makes *out the stream of the answers that were not taken yet, an entry a row, in the order of
 * tw_refund_next and with the names and the meaning of its members: amounts are decimal128(19, 2),
 * days date32, days_left int32, court_only bool, further_reasons a list of utf8, everything else
 * utf8. Nothing can be read into the run afterwards. The run is lent until *out is released;
 * batches outlive both. Each answer is added to the run's totals as it is taken, and behind the
 * last the files to upload are there.
 */
TW_API int tw_refund_arrow(struct ArrowArrayStream *out, tw_refund *refund, struct tw_error *error);

#ifdef __cplusplus
}
#endif
#endif
