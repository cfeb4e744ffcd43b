/* SPDX-License-Identifier: Apache-2.0 */
/* What standard output is: a terminal, of what width, in color, behind a pager or not. */
#ifndef TW_CLI_TERMINAL_H
#define TW_CLI_TERMINAL_H

#include "common/style.h"

#include <stdbool.h>
#include <stddef.h>

#include "common/buffer.h"

enum { TERMINAL_USUAL = 80, TERMINAL_LEAST = 40, TERMINAL_MOST = 120 };

/* Whether standard output is a terminal; behind a pager it still is. */
bool terminal_out(void);
/*
 * The columns in which a page is laid out: those of the terminal between 40 and
 * 120, or 80 where there is none; 80 with --wide.
 */
size_t terminal_columns(void);
/* Where text is broken: the same, but with --wide nowhere. */
size_t terminal_width(void);

/*
 * What goes to standard output from here on goes through a pager where it is a
 * terminal: $PAGER cut at blanks, else less -FRX; no shell. None: --no-pager, an
 * empty PAGER, PAGER=cat, TERM=dumb, or the pager cannot be started. While it
 * runs it is the pager that is interrupted, not this program; when it is left
 * early, this program ends.
 */
void terminal_page(void);
/* True while a pager runs. */
bool terminal_paged(void);
/* Hands over what is left and waits until the pager ends; standard output is the terminal again. */
void terminal_page_end(void);

/*
 * A page to standard output. Words from outside may stand in it: U+FFFD is
 * written for controls and for what is not UTF-8; styles where `color`.
 */
void terminal_write(const char *text, size_t length, bool color);
/*
 * A whole answer to standard output, and an exit code: a page as terminal_write does and through
 * the pager, data as it is. Says so where memory was too short for it; of what cannot be written
 * main does.
 */
int terminal_answer(const struct buffer *out, bool page, bool color);
/* Whether some of what was to be written was not, for want of memory. */
bool terminal_lost(void);
/* Says so of what could not even be made. */
void terminal_lose(void);
/* The same as printf writes it, without styles. */
void terminal_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
