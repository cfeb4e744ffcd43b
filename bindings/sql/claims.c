/* SPDX-License-Identifier: Apache-2.0 */
/* Claims that stand in columns and maps, as the one text that a line has. */
#include "column.h"
#include "print.h"

#include <string.h>

/* The parts, put together. */
static int more_claims(struct tw_text *claims, const struct tw_text *part, size_t parts,
		       struct sql_heap *heap, struct tw_error *error)
{
	size_t length = claims->length + 1;
	for (size_t i = 0; i < parts; i++)
		length += part[i].length;
	char *at = sql_heap_take(heap, length), *to = at;
	if (!at)
		return sql_no_memory(error);
	if (claims->length) {
		memcpy(to, claims->at, claims->length);
		to += claims->length;
		*to++ = ';';
	}
	for (size_t i = 0; i < parts; to += part[i++].length)
		memcpy(to, part[i].at, part[i].length);
	*claims = (struct tw_text){at, (size_t)(to - at)};
	return TW_OK;
}

/* A value that holds the mark between two claims would be two claims. */
int sql_claims_add(struct tw_text *claims, struct tw_text key, struct tw_text value,
		   struct sql_heap *heap, struct tw_error *error)
{
	const struct tw_text part[] = {key, {"=", 1}, value};
	if (!value.length)
		return TW_OK;
	if (memchr(value.at, ';', value.length) || !key.length || memchr(key.at, ';', key.length) ||
	    memchr(key.at, '=', key.length))
		return sql_error(error, TW_BAD_ARGUMENT,
				 "claim `%.*s`: name or value of a claim hold no semicolon, and a "
				 "name is not empty and holds no equals sign",
				 sql_shown(key), key.length ? key.at : "");
	return more_claims(claims, part, 3, heap, error);
}

int sql_claims_more(struct tw_text *claims, struct tw_text text, struct sql_heap *heap,
		    struct tw_error *error)
{
	return text.length ? more_claims(claims, &text, 1, heap, error) : TW_OK;
}
