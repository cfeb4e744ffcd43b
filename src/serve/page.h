/* SPDX-License-Identifier: Apache-2.0 */
/* The page's files, which are inside the program, and the sign of life. */
#ifndef TW_SERVE_PAGE_H
#define TW_SERVE_PAGE_H

#include "serve/reply.h"

/* The file of a path; false: there is none. */
bool page_find(struct reply *reply, const char *path);
void page_health(struct reply *reply, const tw_rulebook *rulebook);

#endif
