/* SPDX-License-Identifier: Apache-2.0 */
/* What the short page and the one with the reasons share. */
#ifndef TW_FINDINGS_PAGE_PARTS_H
#define TW_FINDINGS_PAGE_PARTS_H

#include "findings/page.h"

/* The title of a program, or "". */
const char *page_program(const struct page *page, const char *program);
/* The title of a part of the page, on a row of its own. */
void page_title(struct buffer *out, const struct page *page, const char *text);
/* "  - text" with a hanging indent. */
void page_item(struct buffer *out, const char *text);
/* The instruments, with commas between. */
void page_cited(struct buffer *out, const struct tw_citations *by);
/* Whether a part is the whole value. */
bool page_is_whole(const char *part);

/* The parts of both pages; `whole`: every text from the heading down to the code. */
void page_heading(struct buffer *out, const struct page *page, bool whole);
void page_stack(struct buffer *out, const struct page *page);
void page_remarks(struct buffer *out, const struct page *page);
void page_tail(struct buffer *out, const struct page *page);
void page_refused(struct buffer *out, const struct page *page);

#endif
