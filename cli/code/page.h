/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter code` as a page for people. */
#ifndef TW_CLI_CODE_PAGE_H
#define TW_CLI_CODE_PAGE_H

#include "cli/cli.h"
#include "codes/answer.h"

void code_page(struct buffer *out, const struct code_answer *answer);

#endif
