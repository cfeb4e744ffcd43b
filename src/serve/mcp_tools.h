/* SPDX-License-Identifier: Apache-2.0 */
/* Which routes are tools, how they are listed, and what a call of one answers. */
#ifndef TW_SERVE_MCP_TOOLS_H
#define TW_SERVE_MCP_TOOLS_H

#include "common/buffer.h"
#include "serve/worker.h"

/* The member "tools" of a listing, an array. */
void mcp_tools_write(struct buffer *out);

/*
 * The result of a call, an object: what the route answers, or what is wrong as an error that its
 * caller can mend. `arguments` is an object as it is written, or empty. False: no tool has this
 * name, and nothing is written.
 */
bool mcp_tools_call(struct buffer *out, struct worker *worker, const char *name,
		    struct tw_text arguments);

#endif
