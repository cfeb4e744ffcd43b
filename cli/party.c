/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter party: a name against lists of parties that the user brings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/parties.h"
#include "cli/terminal.h"
#include "common/write.h"

struct command {
	struct cli_parties lists;
	const char *address, *country, *identifier, *format;
};

#define AT(member) offsetof(struct command, member)

static const char *const formats[] = {"table", "csv", "json", "ndjson", NULL};

static const struct cli_option options[] = {
    CLI_PARTIES_OPTIONS(struct command, lists, "cut"),
    {.name = "address",
     .argument = "TEXT",
     .group = "Party",
     .help = "its address: said beside a hit, and changes no score",
     .at = AT(address),
     .config = DEFAULT_NEVER},
    {.name = "country",
     .argument = "COUNTRY",
     .group = "Party",
     .help = "its country, as the list writes it: said beside a hit, and changes no score",
     .at = AT(country),
     .config = DEFAULT_NEVER},
    {.name = "identifier",
     .argument = "NUMBER",
     .group = "Party",
     .help = "a number of it: an equal one is a hit by itself. passport:NUMBER names its kind",
     .at = AT(identifier),
     .config = DEFAULT_NEVER},
    {.name = "format",
     .letter = 'f',
     .argument = "FORMAT",
     .group = "Answer",
     .help = "format of the answer; default: table on a terminal, else ndjson",
     .at = AT(format),
     .choices = formats,
     .config = DEFAULT_SILENT},
};

static enum party_format format_of(const struct command *command)
{
	const char *format = command->format;
	if (!format)
		format = isatty(STDOUT_FILENO) ? "table" : "ndjson";
	return !strcmp(format, "csv")      ? PARTY_CSV
	       : !strcmp(format, "json")   ? PARTY_JSON
	       : !strcmp(format, "ndjson") ? PARTY_NDJSON
					   : PARTY_TABLE;
}

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text ? text : "", text ? strlen(text) : 0};
}

static void ask_one(struct buffer *out, const struct command *command, struct party_asker *asker,
		    const char *name)
{
	struct party_question question = {.name = text_of(name),
					  .address = text_of(command->address),
					  .country = text_of(command->country),
					  .identifier = text_of(command->identifier),
					  .cut = command->lists.cut};
	party_write(out, parties_ask(asker, &question), format_of(command));
}

/* Each line of standard input; what is written goes out as it grows, but of a table. */
static int ask_lines(struct buffer *out, const struct command *command, struct party_asker *asker)
{
	enum { FULL = 1 << 16 };
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int code = CLI_DONE;
	while (!code && (length = getline(&line, &room, stdin)) >= 0) {
		while (length && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			line[--length] = 0;
		if (!length)
			continue;
		ask_one(out, command, asker, line);
		if (out->length < FULL || format_of(command) == PARTY_TABLE)
			continue;
		code = write_buffer(stdout, out) ? CLI_DONE : CLI_FAILED;
		out->length = 0;
	}
	free(line);
	return code;
}

static int ask(const struct command *command, const struct parties *parties, char **names,
	       size_t count)
{
	struct party_asker *asker = party_asker_new(parties);
	struct buffer out = {0};
	enum party_format format = format_of(command);
	int code = CLI_DONE;
	party_write_head(&out, parties, format);
	for (size_t i = 0; i < count && asker && !code; i++)
		if (strcmp(names[i], "-") != 0)
			ask_one(&out, command, asker, names[i]);
		else
			code = ask_lines(&out, command, asker);
	if (!asker || out.failed) {
		cli_message("out of memory");
		code = CLI_FAILED;
	} else if (format == PARTY_TABLE) {
		terminal_page();
		terminal_write(out.at, out.length, false);
		terminal_page_end();
	} else if (code || !write_buffer(stdout, &out)) {
		cli_message("the output cannot be written");
		code = CLI_FAILED;
	}
	party_asker_free(asker);
	buffer_free(&out);
	return code;
}

static int run_party(const struct cli_command *self, int argc, char **argv)
{
	struct command command = {0};
	struct parties *parties = NULL;
	int words, code;
	if (!cli_options(&words, &code, &command, self, argc, argv))
		return code;
	if (!words) {
		cli_message("party: name a party: tidewaiter party NAME --parties FILE");
		return CLI_FAILED;
	}
	if (words > 1 && (command.address || command.country || command.identifier)) {
		cli_message("party: --address, --country and --identifier are of one party: give "
			    "one name");
		return CLI_FAILED;
	}
	if (!command.lists.count) {
		cli_message("party: name a list with --parties: this program holds none, so that "
			    "each answer rests on the list that you took from its authority");
		return CLI_FAILED;
	}
	if ((code = cli_parties_open(&parties, &command.lists)))
		return code;
	code = ask(&command, parties, argv + 1, (size_t)words);
	parties_close(parties);
	return code;
}

const struct cli_command party_command = {
    .name = "party",
    .summary = "which entries of a list of parties a name resembles",
    .usage = "NAME... --parties FILE... [OPTION...]",
    .about =
	"Compares a name with the entries of lists that you bring: OFAC's SDN.CSV, "
	"SDN_ADVANCED.XML or "
	"CONS_PRIM.CSV, "
	"the Consolidated Screening List as CSV or TSV, BIS's dpl.txt, the UN's consolidated.xml, "
	"the EU's csvFullSanctionsList, UK-Sanctions-List.csv, Canada's sema-lmes.xml. What a file "
	"is, is told by its content. Words are weighed by how few entries have them; legal forms "
	"are set aside, what the firm deals in and places count less; Chinese names are compared "
	"by "
	"characters and by pinyin. Every pair of words is shown with its weight. The answer says "
	"what a name resembles, never what it is. A name of - stands for the "
	"lines of standard input, a name each.",
    .examples = "tidewaiter party \"Wuhan Mingde Biotechnology Co., Ltd.\" --parties SDN.CSV\n"
		"tidewaiter party 武汉明德生物科技有限公司 --parties consolidated.csv --cut 0.7\n"
		"tidewaiter party \"Example Ltd\" --identifier passport:A1234 --parties SDN.CSV",
    .more = "Exit code: 0 done, whether there was a hit or not; 2 could not be carried out.",
    CLI_OPTIONS(options),
    .run = run_party,
};
