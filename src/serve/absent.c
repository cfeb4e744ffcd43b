/* SPDX-License-Identifier: Apache-2.0 */
/* In a build without libmicrohttpd: what is missing. */
#include "common/error.h"
#include "serve/mcp.h"
#include "serve/serve.h"

bool serve_is_built(void)
{
	return false;
}

int serve_run(const struct serve_options *options, struct tw_error *error)
{
	(void)options;
	return error_set(error, TW_UNSUPPORTED,
			 "this build cannot serve: it was built without libmicrohttpd (install "
			 "libmicrohttpd-dev, then meson -Dserve=enabled)");
}

int mcp_run(const struct serve_options *options, int in, int out, struct tw_error *error)
{
	(void)in;
	(void)out;
	return serve_run(options, error);
}
