/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A list that is XML, element by element: with their parents, and leaves with their text, whole.
 * A document type and nesting of more than LIST_XML_DEPTH elements are refused.
 */
#ifndef TW_PARTIES_LIST_XML_H
#define TW_PARTIES_LIST_XML_H

#include "parties/entries.h"

enum { LIST_XML_DEPTH = 32, LIST_XML_ELEMENT = 40 };

struct list_xml {
	struct entries *entries;
	struct party_list *list;
	/* Names and values of attributes by turns, then NULL; depth counts the element itself. */
	void (*start)(struct list_xml *xml, const char *name, const char **attributes);
	/* text: without blanks around it; empty where there is none */
	void (*end)(struct list_xml *xml, const char *name, const char *text);
	/* the rest is the reader's own */
	void *parser;
	char element[LIST_XML_DEPTH][LIST_XML_ELEMENT];
	size_t depth;
	struct buffer text;
	int code;
	const char *message;
};

/* Reads a whole text; `start` and `end` are set, and are embedded in what they need. */
int list_xml_read(struct list_xml *xml, struct entries *entries, struct party_list *list,
		  const char *at, size_t length);
/* Ends the reading, with the place where it stands; NULL: the error is set. 0: goes on. */
void list_xml_stop(struct list_xml *xml, int code, const char *message);
/* The element that holds the one that ends or has begun; "" above the first. */
const char *list_xml_parent(const struct list_xml *xml);
uint64_t list_xml_line(const struct list_xml *xml);
/* A text in the place of what a buffer holds; what it holds, terminated. */
void list_xml_put(struct buffer *to, const char *from);
const char *list_xml_text(const struct buffer *of);

#endif
