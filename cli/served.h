/* SPDX-License-Identifier: Apache-2.0 */
/* The law that is served, and its scenarios: of the commands that answer until they are told to
 * end. */
#ifndef TW_CLI_SERVED_H
#define TW_CLI_SERVED_H

#include "cli/cli.h"
#include "serve/serve.h"

/* Fills in rulebook, law folder and scenarios; an exit code. `owned` is the caller's to close, or
   NULL. Of one command a process. */
int served_open(struct serve_options *out, tw_rulebook **owned, const struct cli_law *law);

#endif
