/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/deposits.h"

#include "cli/cli.h"
#include "common/error.h"
#include "law/file.h"

int cli_deposits_open(tw_deposits **out, const tw_rulebook *rulebook, const char *path)
{
	struct tw_error error = {0};
	struct tw_text text = {NULL, 0};
	char *read;
	*out = NULL;
	if (!path)
		return CLI_DONE;
	struct arena *arena = arena_new();
	int code =
	    arena ? file_read_path(&read, &text.length, arena, path, &error) : error_memory(&error);
	text.at = code ? NULL : read;
	if (!code)
		code = tw_deposits_read(out, rulebook, text, path, &error);
	arena_free(arena);
	if (code)
		cli_error(&error);
	return code ? CLI_FAILED : CLI_DONE;
}
