/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One XML part of a workbook, read as a stream by expat: start, end and text
 * of elements, by their local names. A document type, a tag of more than
 * XML_TAG bytes and elements more than XML_DEPTH deep are refused.
 */
#ifndef TW_LINES_XML_H
#define TW_LINES_XML_H

#include "lines/source.h"

#define XML_TAG ((uint64_t)1 << 20)
enum { XML_DEPTH = 64 };

struct xml;

struct xml_handlers {
	/* `attributes`: name, value, name, value ..., NULL. */
	void (*start)(void *context, struct xml *xml, const char *name, const char **attributes);
	void (*end)(void *context, struct xml *xml, const char *name);
	void (*text)(void *context, struct xml *xml, const char *at, size_t length);
};

/* `part` names it in messages and must outlive it. It owns the source when it returns TW_OK. */
int xml_open(struct xml **out, struct source *source, const char *part,
	     const struct xml_handlers *handlers, void *context, struct tw_error *error);
void xml_close(struct xml *xml);
/* Reads on, until it is paused or at its end (*done). */
int xml_run(struct xml *xml, bool *done, struct tw_error *error);
uint64_t xml_taken(const struct xml *xml);

/* For the handlers: go no further than this element for now; end with a message. */
void xml_pause(struct xml *xml);
void xml_fail(struct xml *xml, int code, const char *message);
/* The value of an attribute by its local name, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

/* Reads a part whole. */
int xml_read(struct source *source, const char *part, const struct xml_handlers *handlers,
	     void *context, struct tw_error *error);

#endif
