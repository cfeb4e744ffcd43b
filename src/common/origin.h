/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the file lies that a piece of this process was loaded from: the program or a shared
 * library. Never by argv, the environment or the current folder, which are those of whoever starts
 * it.
 */
#ifndef TW_COMMON_ORIGIN_H
#define TW_COMMON_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

/* The folder of the file that has the address within it, absolute and without a slash at its end.
 * false: it is not known, or longer than `size`. */
bool origin_folder(char *out, size_t size, const void *address);

#endif
