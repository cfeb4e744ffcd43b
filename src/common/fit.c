/* SPDX-License-Identifier: Apache-2.0 */
#include "common/fit.h"

#include <stdio.h>
#include <string.h>

static const char ellipsis[] = "...";

void fit_mark(char *out, size_t size)
{
	size_t at = size < sizeof ellipsis ? 0 : size - sizeof ellipsis;
	while (at > 0 && ((unsigned char)out[at] & 0xc0) == 0x80)
		at--;
	if (size >= sizeof ellipsis)
		memcpy(out + at, ellipsis, sizeof ellipsis);
}

bool fit_vprint(char *out, size_t size, const char *format, va_list arguments)
{
	int length = vsnprintf(out, size, format, arguments);
	if (length >= 0 && (size_t)length < size)
		return true;
	if (length < 0)
		out[0] = '\0';
	else
		fit_mark(out, size);
	return false;
}

bool fit_print(char *out, size_t size, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	bool whole = fit_vprint(out, size, format, arguments);
	va_end(arguments);
	return whole;
}

bool fit_add(char *out, size_t size, const char *format, ...)
{
	va_list arguments;
	size_t used = strlen(out);
	bool whole;
	va_start(arguments, format);
	whole = fit_vprint(out + used, size - used, format, arguments);
	va_end(arguments);
	if (!whole) /* the mark may need room of what stood before */
		fit_mark(out, size);
	return whole;
}
