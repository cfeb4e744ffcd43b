/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of one value, as a cell of a CSV file would have it: what the
 * readers of lines read. Texts are lent by the array; the rest is written into
 * room of the caller's. It knows no columns of ours.
 */
#ifndef TW_ARROW_CELL_H
#define TW_ARROW_CELL_H

#include "arrow/type.h"
#include "common/buffer.h"

enum cell_is {
	CELL_TEXT, /* or a number, a day, yes or no; empty where it is null */
	CELL_NULL,
	CELL_UNFIT, /* no cell can say it: see `why` */
	CELL_BROKEN /* the array is not sound: see `why` */
};

struct cell {
	struct tw_text text;
	const char *why; /* a static text */
};

enum { CELL_ROOM = 96 }; /* what a value that is no text needs at the most */

/* The value of a slot, an index before the array's offset is added. Checked by type_check. */
enum cell_is cell_read(struct cell *out, char room[CELL_ROOM], const struct type *type,
		       const struct ArrowArray *array, int64_t at);
/*
 * The same of claims: of a struct, a map, or a list of texts or pairs, "key=value;key=value", of
 * any other list with `mark` between. Written into the buffer, whose text is lent.
 */
enum cell_is cell_read_many(struct cell *out, struct buffer *room, const struct type *type,
			    const struct ArrowArray *array, int64_t at, char mark);

/* Whether values of the type are cells, by themselves; else why not. */
const char *cell_unreadable(const struct type *type);
/* The same of what is in a struct, a map or a list, which cell_is_nested says it is. */
const char *cell_many_unreadable(const struct type *type);
/* Whether it is a struct, a map or a list, behind dictionaries and runs. */
bool cell_is_nested(const struct type *type);
/* The type of the values behind dictionaries and runs. */
const struct type *cell_type(const struct type *type);

#endif
