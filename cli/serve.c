/* SPDX-License-Identifier: Apache-2.0 */
/* `tidewaiter serve`: the answers over HTTP. Flags to a server; decides nothing. */
#include "serve/serve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/served.h"
#include "drawing/drawing.h"
#include "screen/structure.h"

#define PORT 8417

struct command {
	struct serve_options serve;
	struct cli_law law;
	const char *port, *body, *connections, *per_address, *timeout, *requests, *jobs;
};

#define AT(member) offsetof(struct command, member)
#define WHERE "Where"
#define LIMITS "Limits"

static const struct cli_option options[] = {
    {.name = "listen",
     .argument = "ADDRESS",
     .group = WHERE,
     .help = "address to listen on; default 127.0.0.1, this computer alone; 0.0.0.0 or :: is every "
	     "address. A socket of the service manager (LISTEN_FDS) goes before",
     .at = AT(serve.listen),
     .config = DEFAULT_SILENT},
    {.name = "port",
     .argument = "N",
     .group = WHERE,
     .help = "port to listen on; default 8417; 0 is any that is free",
     .at = AT(port),
     .config = DEFAULT_SILENT},
    {.name = "tls-certificate",
     .argument = "FILE",
     .group = WHERE,
     .help = "certificate, with its chain, in PEM",
     .at = AT(serve.certificate),
     .values = VALUES_FILE,
     .config = DEFAULT_SILENT},
    {.name = "tls-key",
     .argument = "FILE",
     .group = WHERE,
     .help = "the key of the certificate, in PEM",
     .at = AT(serve.key),
     .values = VALUES_FILE,
     .config = DEFAULT_SILENT},
    {.name = "cors",
     .argument = "ORIGIN",
     .group = WHERE,
     .help = "pages of this origin may ask, as in https://example.com; * is every page; default: "
	     "none",
     .at = AT(serve.cors),
     .config = DEFAULT_SILENT},
    {.name = "max-body",
     .argument = "BYTES",
     .group = LIMITS,
     .help = "size of a request's body; default 1073741824",
     .at = AT(body),
     .config = DEFAULT_SILENT},
    {.name = "max-connections",
     .argument = "N",
     .group = LIMITS,
     .help = "connections at once; default 4096",
     .at = AT(connections),
     .config = DEFAULT_SILENT},
    {.name = "max-per-address",
     .argument = "N",
     .group = LIMITS,
     .help = "connections of one address; default 128, and no limit on a loopback address",
     .at = AT(per_address),
     .config = DEFAULT_SILENT},
    {.name = "max-requests",
     .argument = "N",
     .group = LIMITS,
     .help = "requests that are worked on at once, beside those that are answered in passing; "
	     "default 64",
     .at = AT(requests),
     .config = DEFAULT_SILENT},
    {.name = "timeout",
     .argument = "SECONDS",
     .group = LIMITS,
     .help = "for the head of a request, and in which nothing comes or goes; default 30",
     .at = AT(timeout),
     .config = DEFAULT_SILENT},
    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .group = LIMITS,
     .help = "threads for connections, and for the lines of a request; default: all cores",
     .at = AT(jobs),
     .config = DEFAULT_SILENT},
    CLI_LAW_OPTIONS(struct command, law),
};

static int read_number(uint64_t *out, const char *option, const char *text, uint64_t least,
		       uint64_t most)
{
	char *end;
	if (!text)
		return CLI_DONE;
	errno = 0;
	unsigned long long number = strtoull(text, &end, 10);
	if (errno || *end || end == text || *text == '-' || number < least || number > most) {
		cli_message("serve: --%s needs a number from %llu to %llu, not \"%.40s\"", option,
			    (unsigned long long)least, (unsigned long long)most, text);
		return CLI_FAILED;
	}
	*out = number;
	return CLI_DONE;
}

static int read_small(unsigned *out, const char *option, const char *text, unsigned most)
{
	uint64_t number = *out;
	int code = read_number(&number, option, text, 1, most);
	*out = (unsigned)number;
	return code;
}

static int read_limits(struct command *command)
{
	struct serve_limits *limits = &command->serve.limits;
	uint64_t port = PORT;
	if (read_number(&port, "port", command->port, 0, 65535) ||
	    read_number(&limits->body, "max-body", command->body, 1, UINT64_C(1) << 50) ||
	    read_small(&limits->connections, "max-connections", command->connections, 1000000) ||
	    read_small(&limits->per_address, "max-per-address", command->per_address, 1000000) ||
	    read_small(&limits->requests, "max-requests", command->requests, 4096) ||
	    read_small(&limits->timeout, "timeout", command->timeout, 86400) ||
	    read_small(&limits->threads, "jobs", command->jobs, 256))
		return CLI_FAILED;
	command->serve.port = (uint16_t)port;
	return CLI_DONE;
}

static void say_where(const char *address)
{
	cli_message("listening on %s", address);
}

static int run_serve(const struct cli_command *self, int argc, char **argv)
{
	struct command command = {0};
	struct tw_error error = {0};
	tw_rulebook *owned = NULL;
	int words, code;
	if (!cli_options(&words, &code, &command, self, argc, argv))
		return code;
	if (words) {
		cli_message("serve: \"%.60s\" is not read: a port is given as --port %.20s",
			    argv[1], argv[1]);
		return CLI_FAILED;
	}
	if ((code = read_limits(&command)) ||
	    (code = served_open(&command.serve, &owned, &command.law)))
		return code;
	/* What reads and draws structures is loaded now, not while the first waits. */
	(void)structure_absent();
	(void)drawing_absent();
	command.serve.log = STDERR_FILENO;
	command.serve.quiet = cli_look.quiet;
	command.serve.listens = say_where;
	if (serve_run(&command.serve, &error)) {
		cli_message("serve: %s", error.message);
		code = CLI_FAILED;
	}
	tw_rulebook_close(owned);
	return code;
}

const struct cli_command serve_command = {
    .name = "serve",
    .summary = "the answers over HTTP, for programs and for a browser",
    .usage = "[OPTION...]",
    .about =
	"Serves an HTTP API and a page, to this computer alone unless told otherwise, until it "
	"gets SIGINT or SIGTERM; what it has begun it answers before it ends. The answers are "
	"those of the other commands, byte for byte; /v1/openapi.json describes them. Lines "
	"that are sent are assessed and forgotten; no other computer is contacted. The "
	"log of requests on standard error, a line of JSON each, says neither what was asked "
	"nor what was answered; --quiet omits it.",
    .examples = "tidewaiter serve\n"
		"tidewaiter serve --listen 0.0.0.0 --port 80 --cors '*'\n"
		"curl '127.0.0.1:8417/v1/duty?hts=6109100012&origin=CN&value=54&on=today'",
    .more = "Exit code: 0 ended as it was told; 2 could not be carried out.",
    CLI_OPTIONS(options),
    .run = run_serve,
};
