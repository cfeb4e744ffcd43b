/* SPDX-License-Identifier: Apache-2.0 */
/* `law check`: tells every fault of the law text, each with its place; or what it holds. */
#include "laws/check.h"

#include <stdio.h>
#include <string.h>

#include "cli/law/law.h"
#include "cli/terminal.h"
#include "common/fit.h"
#include "law/scenario.h"

/* The folder as the error shows it: "law/us/duties/x.yaml:7:3". */
void law_message(const char *folder, struct tw_error *error)
{
	char path[sizeof error->file];
	size_t length = strlen(folder);
	if (*error->file && *error->file != '/' && strncmp(error->file, folder, length) != 0) {
		fit_print(path, sizeof path, "%s/%s", folder, error->file);
		memcpy(error->file, path, sizeof path);
	}
	cli_error(error);
}

void law_message_of(const struct law *law, const char *folder, struct tw_error *error)
{
	if (law->scenario && !strcmp(error->file, law->scenario->file))
		cli_error(error);
	else
		law_message(folder, error);
}

struct telling {
	const struct law *law;
	const char *folder;
};

static void tell_fault(void *at, const struct tw_error *fault)
{
	const struct telling *telling = at;
	struct tw_error shown = *fault;
	law_message_of(telling->law, telling->folder, &shown);
}

int law_check_command(const struct law *law, const char *folder, tw_time known)
{
	struct tw_law_summary is;
	struct buffer out = {0};
	struct telling telling = {law, folder};
	if (laws_check(&is, law, folder, known, tell_fault, &telling))
		return CLI_FAILED;
	say(&out,
	    "%s: valid\n"
	    "  edition       %s, covers %s to %s\n"
	    "  jurisdictions %u\n"
	    "  instruments   %u\n"
	    "  programs      %u\n"
	    "  measures      %u\n"
	    "  lists         %u with %u rows\n"
	    "  schedule      %u rows; %u codes checked against it, %u recorded as absent\n"
	    "  descriptions  %u, of every line and declared heading\n"
	    "  claims        %u\n"
	    "  refunds       %u headings, %u tests, %u periods of interest\n"
	    "  record        %u events, %u figures, %u claims of the news, %u sources\n"
	    "  rulebook      %zu bytes\n"
	    "  files         %s\n"
	    "  sha256        %s\n",
	    folder, is.edition, is.first, is.last, is.jurisdictions, is.instruments, is.programs,
	    is.measures, is.lists, is.list_rows, is.schedule_rows, is.codes_checked,
	    is.codes_absent, is.descriptions, is.claims, is.refund_headings, is.refund_tests,
	    is.refund_rates, is.record_events, is.record_figures, is.record_claims,
	    is.record_sources, is.rulebook_size, is.sha256, is.rulebook_sha256);
	if (out.failed)
		terminal_lose();
	terminal_write(out.at, out.length, false);
	buffer_free(&out);
	return CLI_DONE;
}
