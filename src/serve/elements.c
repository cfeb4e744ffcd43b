/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/elements.h"

/* A byte within a string; false: it cannot stand there. */
static bool take_string(struct elements *elements, char c)
{
	if ((unsigned char)c < 0x20) {
		elements->wrong = "a string holds a control character: write it as an escape, \\n";
		return false;
	}
	if (elements->is_escaped)
		elements->is_escaped = false;
	else if (c == '\\')
		elements->is_escaped = true;
	else if (c == '"')
		elements->in_string = false;
	return true;
}

/* A byte within an object, outside of strings. */
static void take_inside(struct elements *elements, char c)
{
	if (c == '"')
		elements->in_string = true;
	else if (c == '{' || c == '[')
		elements->depth++;
	else if (c == '}' || c == ']')
		elements->depth--;
	if (elements->depth > ELEMENTS_DEPTH)
		elements->wrong = "objects and arrays stand in each other deeper than 64";
}

/* A byte between the objects. True: an object begins. */
static bool take_between(struct elements *elements, char c)
{
	bool wants = elements->at == ELEMENTS_FIRST || elements->at == ELEMENTS_NEXT;
	if (elements->at == ELEMENTS_BEGIN && c == '[') {
		elements->is_array = true;
		elements->at = ELEMENTS_FIRST;
		return false;
	}
	if (c == '{' && (wants || !elements->is_array))
		return true;
	if (c == ',' && elements->is_array && elements->at == ELEMENTS_AFTER)
		elements->at = ELEMENTS_NEXT;
	else if (c == ']' && elements->is_array &&
		 (elements->at == ELEMENTS_AFTER || elements->at == ELEMENTS_FIRST))
		elements->at = ELEMENTS_DONE;
	else if (wants)
		elements->wrong = "this element is not an object: each is a line of goods, as in "
				  "[{\"hts\":\"6109100012\"}]";
	else if (elements->at == ELEMENTS_AFTER)
		elements->wrong = elements->is_array ? "a comma or ] is wanted here"
						     : "something follows the object";
	else if (elements->at == ELEMENTS_DONE)
		elements->wrong = "something follows the array";
	else
		elements->wrong = "neither an object nor an array of objects begins here";
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t elements_take(struct elements *elements, char *out, const char *in, size_t length)
{
	size_t wrote = 0;
	for (size_t i = 0; i < length && !elements->wrong; i++) {
		char c = in[i];
		if (elements->in_string) {
			if (take_string(elements, c))
				out[wrote++] = c;
		} else if (elements->depth) {
			take_inside(elements, c);
			out[wrote++] = is_blank(c) ? ' ' : c;
			if (!elements->depth) {
				out[wrote++] = '\n';
				elements->count++;
				elements->at = ELEMENTS_AFTER;
			}
		} else if (!is_blank(c) && take_between(elements, c)) {
			elements->depth = 1;
			out[wrote++] = c;
		}
		if (!elements->wrong)
			elements->offset++;
	}
	return wrote;
}

bool elements_end(struct elements *elements)
{
	bool whole = elements->is_array ? elements->at == ELEMENTS_DONE
					: elements->at == ELEMENTS_AFTER && !elements->depth;
	if (!elements->wrong && !whole)
		elements->wrong =
		    elements->offset ? "the text ends before it is whole" : "the body is empty";
	return whole && !elements->wrong;
}
