/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The default rulebook, opened when it is first asked for. Its bytes are in this library, or,
 * for the program, in the shared library that is installed with it: so they stand there once.
 */
#include "rulebook/rulebook.h"

#include "common/error.h"

#include <pthread.h>

static tw_rulebook *book;
static int book_code;
static struct tw_error book_error;
static pthread_once_t book_once = PTHREAD_ONCE_INIT;

static void open_book(void)
{
	size_t size;
	const void *bytes = tw_rulebook_embedded(&size);
	book_code = rulebook_built_in(&book, bytes, size, &book_error);
}

int tw_rulebook_default(const tw_rulebook **out, struct tw_error *error)
{
	if (!out)
		return error_set(error, TW_BAD_ARGUMENT,
				 "nowhere to put the rulebook: out is NULL");
	pthread_once(&book_once, open_book);
	*out = book;
	if (book_code != TW_OK && error)
		*error = book_error;
	return book_code;
}
