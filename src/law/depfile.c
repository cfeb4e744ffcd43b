/* SPDX-License-Identifier: Apache-2.0 */
#include "law/depfile.h"

#include <ftw.h>
#include <stdio.h>

static FILE *deps; /* nftw has no context argument */

static int depend_on(const char *path, const struct stat *info, int kind, struct FTW *level)
{
	(void)info;
	(void)level;
	if (kind == FTW_F || kind == FTW_D)
		(void)fprintf(deps, " \\\n %s", path);
	return 0;
}

int law_depfile(const char *path, const char *target, const char *folder)
{
	deps = fopen(path, "w");
	if (!deps)
		return -1;
	(void)fprintf(deps, "%s:", target);
	int code = nftw(folder, depend_on, 16, FTW_PHYS);
	(void)fputc('\n', deps);
	return fclose(deps) || code ? -1 : 0;
}
