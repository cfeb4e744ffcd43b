/* SPDX-License-Identifier: Apache-2.0 */
/* Where the law text is when nobody says: beside us, or where it was installed. */
#include <unistd.h>

#include "cli.h"

#ifndef TW_LAW_FOLDER
#define TW_LAW_FOLDER "/usr/share/tidewaiter/law"
#endif

const char *cli_law_folder(void)
{
	return !access("law/coverage.yaml", R_OK) ? "law" : TW_LAW_FOLDER;
}
