/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns that grow, value by value, and are then given away as an array of
 * the interface. The first value that finds no memory, or no room in 31 bits
 * of offsets, fails the column it belongs to and all of its batch.
 */
#ifndef TW_ARROW_GROW_H
#define TW_ARROW_GROW_H

#include "arrow/type.h"
#include "common/buffer.h"

enum grow_kind {
	GROW_TEXT,
	GROW_MONEY,
	GROW_CENTS,
	GROW_BOOL,
	GROW_INSTANT,
	GROW_DAY,
	GROW_INT,
	GROW_LIST,
	GROW_STRUCT
};

/* What a column is. A list has one child. */
struct grow_field {
	const char *name;
	enum grow_kind kind;
	const struct grow_field *child;
	size_t count;
};

struct grow {
	const struct grow_field *field;
	struct buffer validity, values, text; /* values: or offsets */
	int64_t length, nulls;
	struct grow *child;
	bool *failed; /* of the whole */
	bool *full;   /* so it did for want of 31 bits */
};

/* One column and all below it; `failed` and `full` are lent. False: no memory. */
bool grow_begin(struct grow *out, const struct grow_field *field, bool *failed, bool *full);
void grow_free(struct grow *grow);

void grow_null(struct grow *grow);
void grow_text(struct grow *grow, struct tw_text text);
/* An amount; one of more than 18 digits fails. */
void grow_money(struct grow *grow, tw_money amount);
/* Any amount in cents. */
void grow_cents(struct grow *grow, int64_t cents);
void grow_bool(struct grow *grow, bool value);
void grow_instant(struct grow *grow, tw_time at);
/* A day since 1970, or a whole number. */
void grow_int(struct grow *grow, int32_t value);
/* What was added to its children is one value: those of a struct have one more each, that of a
   list any number. */
void grow_end(struct grow *grow);

/* Gives the values away and begins anew. False: no memory, and nothing was given. */
bool grow_give(struct ArrowArray *out, struct grow *grow);
/* The schema of the fields. */
bool grow_schema(struct ArrowSchema *out, const struct grow_field *field);

/* A schema of its own, without children: they have room at out->children. */
bool grow_schema_of(struct ArrowSchema *out, const char *name, const char *format, size_t children);
/* Gives it metadata: pairs of a key and a value; false: no memory. */
bool grow_metadata(struct ArrowSchema *out, const char *const *pairs, size_t count);
/* An array of its own, without buffers and children, for which there is room. */
bool grow_array_of(struct ArrowArray *out, size_t buffers, size_t children);
/* Room for a dictionary, of zeros until it is made; NULL: no memory. */
bool grow_dictionary(struct ArrowArray *out);
/* A buffer of zeros of its own; NULL: no memory. */
void *grow_room(struct ArrowArray *out, size_t index, size_t size);
/* Buffer `index` becomes that of the array, which frees it. */
void grow_buffer(struct ArrowArray *out, size_t index, struct buffer *buffer);

#endif
