/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line's answer as a page for people: the stack as a table, and on
 * request the reasons, with the instruments behind them. In the width of the
 * buffer; styles stand in it as common/style.h has them.
 */
#ifndef TW_FINDINGS_PAGE_H
#define TW_FINDINGS_PAGE_H

#include "common/buffer.h"
#include "findings/finding.h"

struct page {
	const struct tw_line *line;
	const struct finding *finding;
	const struct finding_style *style; /* for the titles of programs, and color */
	const tw_rulebook *rulebook;       /* for the acts */
};

/* The table: what is due and what becomes of the line. */
void page_short(struct buffer *out, const struct page *page);
/* The page a broker would file: the table, then why, with citations. */
void page_long(struct buffer *out, const struct page *page);

#endif
