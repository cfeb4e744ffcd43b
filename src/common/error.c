/* SPDX-License-Identifier: Apache-2.0 */
#include "common/error.h"

#include "common/fit.h"

int error_vat(struct tw_error *error, int code, const char *file, int line, int column,
	      const char *format, va_list arguments)
{
	if (!error)
		return code;
	*error = (struct tw_error){.code = code, .line = line, .column = column};
	fit_print(error->file, sizeof error->file, "%s", file);
	fit_vprint(error->message, sizeof error->message, format, arguments);
	return code;
}

int error_at(struct tw_error *error, int code, const char *file, int line, int column,
	     const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_vat(error, code, file, line, column, format, arguments);
	va_end(arguments);
	return code;
}

int error_vset(struct tw_error *error, int code, const char *format, va_list arguments)
{
	return error_vat(error, code, "", 0, 0, format, arguments);
}

int error_set(struct tw_error *error, int code, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_vset(error, code, format, arguments);
	va_end(arguments);
	return code;
}

void error_in(struct tw_error *error, const char *file)
{
	if (error)
		fit_print(error->file, sizeof error->file, "%s", file);
}

int error_null(struct tw_error *error, const char *name)
{
	return error_set(error, TW_BAD_ARGUMENT, "`%s` is NULL, and must not be", name);
}

int error_size(struct tw_error *error, const struct error_sizes *sizes, size_t given)
{
	if (given >= sizes->first && given <= sizes->known && given % sizeof(void *) == 0)
		return TW_OK;
	if (given > sizes->known && given <= 2 * sizes->known)
		return error_set(
		    error, TW_BAD_ARGUMENT,
		    "%s: its size is %zu, and this library, %s, knows %zu: it is older "
		    "than the header",
		    sizes->name, given, tw_version(), sizes->known);
	return error_set(error, TW_BAD_ARGUMENT,
			 "%s: its size is %zu, and must be from %zu to %zu: fill it with %s first",
			 sizes->name, given, sizes->first, sizes->known, sizes->fill);
}

const char *tw_version(void)
{
	return TW_VERSION;
}

const char *tw_code_text(int code)
{
	static const char *const texts[] = {"done",
					    "out of memory",
					    "a file cannot be read or written",
					    "not a sound rulebook",
					    "a wrong argument",
					    "an error in the text of the law",
					    "there is no such thing",
					    "not in this build"};
	return code <= 0 && code > -(int)(sizeof texts / sizeof *texts) ? texts[-code]
									: "no code of tw_code";
}
