/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of `tidewaiter substance` share: pages and lists, appended to a buffer. */
#ifndef TW_CLI_SUBSTANCE_SUBSTANCE_H
#define TW_CLI_SUBSTANCE_SUBSTANCE_H

#include "screen/inquiry.h"

/* A page or an answer: of names an object each, of lists what stands in them. */
enum substance_form {
	SUBSTANCE_PAGE,
	SUBSTANCE_JSON,
	SUBSTANCE_NDJSON,
	SUBSTANCE_CSV,
	SUBSTANCE_SVG
};

/* list.c: --list, --find and --changes. */
struct listing {
	const char *by;   /* NULL, jurisdiction, family */
	const char *like; /* NULL: all */
	bool begins;      /* names that begin with it alone */
	enum substance_form form;
};
/* The exit code, CLI_SOME_REFUSED where nothing is listed. */
int substance_list(struct buffer *out, const struct inquiry *inquiry,
		   const struct listing *listing);
/* What changed from a day (local days since 1970) to the day asked for; of these substances, or
   with none of all. CLI_FAILED: no memory. */
int substance_changes(struct buffer *out, const struct inquiry *inquiry, int32_t since,
		      const uint32_t *only, size_t count, enum substance_form form);

/* drawing.c: the structure of what was found or asked. An exit code; else what is wrong is said. */
int substance_drawing(struct buffer *out, const struct inquiry *inquiry);

/* How a page looks, in the width of its buffer. */
struct substance_look {
	const char *weight; /* as it was asked; NULL: none */
	bool explain;       /* citations in full */
	bool color;
	size_t columns; /* of the whole page, where it is laid out from the right */
};
/* page.c: a page for people. */
void substance_page(struct buffer *out, const struct inquiry *inquiry,
		    const struct substance_look *look);
/* nothing.c: the page where nothing was found. */
void substance_nothing(struct buffer *out, const struct inquiry *inquiry);

#endif
