/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The routes as tools of the Model Context Protocol, over two descriptors: a
 * message a line in, an answer a line out. It answers until the input ends and
 * knows no connection.
 */
#ifndef TW_SERVE_MCP_H
#define TW_SERVE_MCP_H

#include "serve/serve.h"

/* Of the options only law and scenario count, and limits.threads. TW_UNSUPPORTED: this build
 * cannot. */
int mcp_run(const struct serve_options *options, int in, int out, struct tw_error *error);

#endif
