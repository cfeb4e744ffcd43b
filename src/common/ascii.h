/* SPDX-License-Identifier: Apache-2.0 */
/* Letters and digits of ASCII, whatever the locale. */
#ifndef TW_COMMON_ASCII_H
#define TW_COMMON_ASCII_H

#include <stdbool.h>

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
