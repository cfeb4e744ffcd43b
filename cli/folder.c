/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the law text is when nobody names a folder: inside this program. A
 * folder called law in the current directory is read only when it is named.
 */
#include "cli/cli.h"
#include "law/file.h"

extern const char tw_law_text[], tw_law_text_end[];

const char *cli_law_folder(void)
{
	static const char name[] = "built-in law";
	file_mount(name, tw_law_text, (size_t)(tw_law_text_end - tw_law_text));
	return name;
}
