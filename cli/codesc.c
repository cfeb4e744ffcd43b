/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `codesc LAWDIR COMPANION [DEPFILE]`: makes the companion of the rulebook
 * from the descriptions of a law folder. It runs while building.
 */
#include "cli/codes_law.h"

#include "law/depfile.h"
#include "law/law.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct tw_error error = {0};
	struct law *law = NULL;
	if (argc != 3 && argc != 4) {
		(void)fputs("codesc: write codesc LAWDIR COMPANION [DEPFILE]\n", stderr);
		return 2;
	}
	(void)unlink(argv[2]);
	if (law_read(&law, argv[1], &error) || codes_law(argv[2], law, argv[1], &error)) {
		(void)fprintf(stderr, "codesc: %s%s%s\n", error.file, *error.file ? ": " : "",
			      error.message);
		(void)unlink(argv[2]);
		law_free(law);
		return 2;
	}
	law_free(law);
	if (argc != 4 || !law_depfile(argv[3], argv[2], argv[1]))
		return 0;
	perror(argv[3]);
	(void)unlink(argv[2]);
	return 2;
}
