/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter mcp`: the answers as tools for agents. Standard input to a server; decides nothing.
 */
#include "serve/mcp.h"

#include <unistd.h>

#include "cli/cli.h"
#include "cli/served.h"

struct command {
	struct cli_law law;
};

static const struct cli_option options[] = {
    CLI_LAW_OPTIONS(struct command, law),
};

static int run_mcp(const struct cli_command *self, int argc, char **argv)
{
	struct command command = {0};
	struct serve_options serve = {0};
	struct tw_error error = {0};
	tw_rulebook *owned = NULL;
	int words, code;
	if (!cli_options(&words, &code, &command, self, argc, argv))
		return code;
	if (words) {
		cli_message("mcp: \"%.60s\" is not read: messages come on standard input", argv[1]);
		return CLI_FAILED;
	}
	if ((code = served_open(&serve, &owned, &command.law)))
		return code;
	if (mcp_run(&serve, STDIN_FILENO, STDOUT_FILENO, &error)) {
		cli_message("mcp: %s", error.message);
		code = CLI_FAILED;
	}
	tw_rulebook_close(owned);
	return code;
}

const struct cli_command mcp_command = {
    .name = "mcp",
    .summary = "the answers as tools for agents, by the Model Context Protocol",
    .usage = "[OPTION...]",
    .about =
	"Answers messages of the Model Context Protocol, a line each, on standard input and "
	"output, until the input ends. The tools are the routes of `tidewaiter serve`: duty, "
	"assess, timeline, substances, codes, lawDiff, lawAct, events, series, compare, patterns "
	"and refund. What is refused is an error of the tool, with the reason and what would be "
	"right. Nothing is stored, and no other computer is contacted.",
    .examples = "tidewaiter mcp",
    .more = "Exit code: 0 the input ended; 2 could not be carried out.",
    CLI_OPTIONS(options),
    .run = run_mcp,
};
