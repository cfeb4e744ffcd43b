/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter party: a name against lists of parties that the user brings. */
#include "parties/parties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/terminal.h"
#include "common/ascii.h"
#include "common/error.h"
#include "common/write.h"

enum { LISTS = 64 };

struct files {
	const char *path[LISTS];
	size_t count;
};

struct command {
	struct files lists;
	uint32_t cut;
	const char *address, *country, *identifier, *format;
};

static int take_list(void *at, const char *value, struct tw_error *error)
{
	struct files *files = at;
	if (files->count == LISTS)
		return error_set(error, TW_BAD_ARGUMENT, "--parties takes at most %d files", LISTS);
	files->path[files->count++] = value;
	return TW_OK;
}

/* "0.85": up to four decimals. */
static int take_cut(void *at, const char *value, struct tw_error *error)
{
	uint32_t cut = 0, unit = PAIR_ONE;
	const char *c = value;
	for (; is_digit(*c) && cut <= PAIR_ONE; c++)
		cut = cut * 10 + (uint32_t)(*c - '0') * PAIR_ONE;
	if (*c == '.' && c[1])
		for (c++; is_digit(*c) && unit > 1; c++) {
			unit /= 10;
			cut += (uint32_t)(*c - '0') * unit;
		}
	if (*c || cut < PARTIES_CUT_LEAST || cut > PAIR_ONE)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--cut: \"%.40s\" is not a score from 0.5 to 1, such as 0.85",
				 value);
	*(uint32_t *)at = cut;
	return TW_OK;
}

#define AT(member) offsetof(struct command, member)

static const char *const formats[] = {"table", "csv", "json", "ndjson", NULL};

static const struct cli_option options[] = {
    {.name = "parties",
     .argument = "FILE",
     .group = "Lists",
     .help = "a list of parties as its authority publishes it; may be repeated. ADD.CSV, ALT.CSV "
	     "and SDN_COMMENTS.CSV beside SDN.CSV are read with it",
     .at = AT(lists),
     .take = take_list,
     .values = VALUES_FILE},
    {.name = "cut",
     .argument = "SCORE",
     .group = "Lists",
     .help = "the score from which a name is said to resemble; default 0.85, from 0.5 to 1",
     .at = AT(cut),
     .take = take_cut},
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

/* What of the lists was not read, to standard error. */
static void say_skipped(const struct parties *parties)
{
	struct buffer out = {0};
	party_write_skipped(&out, parties);
	for (size_t at = 0; at < out.length && !cli_look.quiet;) {
		const char *end = memchr(out.at + at, '\n', out.length - at);
		size_t length = end ? (size_t)(end - (out.at + at)) : out.length - at;
		cli_message("%.*s", (int)length, out.at + at);
		at += length + 1;
	}
	buffer_free(&out);
}

static void ask_one(struct buffer *out, const struct command *command, struct party_asker *asker,
		    const char *name)
{
	struct party_question question = {.name = text_of(name),
					  .address = text_of(command->address),
					  .country = text_of(command->country),
					  .identifier = text_of(command->identifier),
					  .cut = command->cut};
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
	struct tw_error error = {0};
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
	if (parties_open(&parties, command.lists.path, command.lists.count, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	say_skipped(parties);
	code = ask(&command, parties, argv + 1, (size_t)words);
	parties_close(parties);
	return code;
}

const struct cli_command party_command = {
    .name = "party",
    .summary = "which entries of a list of parties a name resembles",
    .usage = "NAME... --parties FILE... [OPTION...]",
    .about =
	"Compares a name with the entries of lists that you bring: OFAC's SDN.CSV or "
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
