/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said of an input without reading it: it opens nothing, and links no reader. */
#include <stdarg.h>
#include <stdio.h>

#include "common/error.h"
#include "lines/input.h"

int input_fail(struct tw_error *error, const struct input *input, uint64_t line, int code,
	       const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_vat(error, code, input ? input->name : "", (int)line, 0, format, arguments);
	va_end(arguments);
	return code;
}

bool input_has_rows(const struct input *input)
{
	return !input->is_ndjson && !input->is_sheet && !input->columns.is_es003 && !input->carry;
}
