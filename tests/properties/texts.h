/* SPDX-License-Identifier: Apache-2.0 */
/* Random goods texts that come near, and into, what the screen looks for. The same each time. */
#ifndef TW_TESTS_TEXTS_H
#define TW_TESTS_TEXTS_H

#include "rulebook/names.h"

#define TEXTS_LONGEST 3000

struct texts {
	const struct section *section;
	uint64_t seed;
	char text[TEXTS_LONGEST + 512];
	size_t length;
};

/* A number below another. */
uint64_t texts_draw(struct texts *m, uint64_t below);
/* The next text, in text and length. */
void texts_make(struct texts *m);

#endif
