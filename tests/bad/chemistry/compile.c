/* SPDX-License-Identifier: Apache-2.0 */
/* Compiles the chemicals of a law folder and prints what is wrong: for bad.py. */
#include "compiler/ledger.h"
#include "law/chemistry.h"

#include <stdio.h>

int main(int count, char **arguments)
{
	struct tw_error error = {0};
	struct rulebook_writer *writer = NULL;
	int code = TW_BAD_ARGUMENT;
	if (count == 2 && !(code = rulebook_writer_new(&writer)))
		code = chemistry_compile(writer, arguments[1], INT32_MAX, &error);
	if (code)
		printf("%s:%d:%d: %s\n", error.file, error.line, error.column, error.message);
	rulebook_writer_free(writer);
	return code ? 1 : 0;
}
