/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charts as SVG: one look for all of them, light and dark, on paper too. Lengths are in tenths of
 * a pixel, whole numbers, so that the same chart has the same bytes everywhere. Knows nothing of
 * what is drawn.
 *
 * Classes of the style: paper; text: t (ink), n (bold), q (quiet), h (heading), a (a link), with
 * halo where it stands over something; lines: axis, rule, event, end; shapes: mark (open); over
 * another shape: hatch (not final), void (held unlawful), answer (of another country), each
 * distinct; none (where nothing is known); and the colors of programs (svg_color), as a fill. A
 * class of marks and lines that is drawn in one of them bears both names: "edge blue".
 */
#ifndef TW_FINDINGS_SVG_H
#define TW_FINDINGS_SVG_H

#include "common/buffer.h"
#include "common/legal.h"

enum { SVG_PX = 10, SVG_TEXT = 12 * SVG_PX, SVG_ROW = 16 * SVG_PX };
enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

struct svg {
	struct buffer *out;
	int64_t width, height;
};

/* The title is what a screen reader says first; `about` what the chart shows. */
void svg_open(struct svg *svg, struct buffer *out, int64_t width, int64_t height, const char *title,
	      const char *about);
void svg_close(struct svg *svg);

void svg_rect(struct svg *svg, const char *class_name, int64_t x, int64_t y, int64_t width,
	      int64_t height);
void svg_line(struct svg *svg, const char *class_name, int64_t x1, int64_t y1, int64_t x2,
	      int64_t y2);
void svg_circle(struct svg *svg, const char *class_name, int64_t x, int64_t y, int64_t radius);
/* y is the base line. */
void svg_text(struct svg *svg, const char *class_name, int64_t x, int64_t y, enum svg_anchor anchor,
	      const char *text);
/* A line through points: opened, led on (`draw` false: without drawing), closed. */
void svg_line_open(struct svg *svg, const char *class_name);
void svg_line_to(struct svg *svg, int64_t x, int64_t y, bool draw);
void svg_line_close(struct svg *svg);
/* What is drawn between opens at an address (NULL: none) and says a text when pointed at. */
void svg_group(struct svg *svg, const char *url, const char *text);
void svg_group_end(struct svg *svg, const char *url);

/* By enum law_color: "#7a5c99". */
extern const char *const svg_hues[LAW_COLORS];
/* The class of an enum law_color: "blue"; of another number "ink". */
const char *svg_color(uint32_t color);

/* About how wide a text is in the size of the chart's text. */
int64_t svg_width(const char *text);
/* Cuts a text at a blank, with an ellipsis, so that it is as wide at most; behind it there must be
   room for four bytes. */
void svg_fit(char *text, int64_t width);
/* Where the axis has a mark: 1, 2 or 5 and zeros, so that there are at most `most` up to a value.
 */
int64_t svg_step(int64_t value, int64_t most);

#endif
