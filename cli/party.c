/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter party: a name against lists of parties that the user brings. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/parties.h"
#include "cli/terminal.h"
#include "common/words.h"
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

/* Answers, of which JSON makes an array where more than one name may be asked. */
struct answers {
	const struct command *command;
	struct party_asker *asker;
	struct buffer out;
	bool is_array, has_one;
};

static void ask_one(struct answers *answers, struct tw_text name)
{
	const struct command *command = answers->command;
	struct buffer *out = &answers->out;
	struct party_question question = {.name = name,
					  .address = text_of(command->address),
					  .country = text_of(command->country),
					  .identifier = text_of(command->identifier),
					  .cut = command->lists.cut};
	if (answers->is_array)
		buffer_text(out, answers->has_one ? "," : "[");
	answers->has_one = true;
	party_write(out, parties_ask(answers->asker, &question), format_of(command));
}

/* Each line of standard input; what is written goes out as it grows, but of a table. */
static int ask_lines(struct answers *answers)
{
	enum { FULL = 1 << 16 };
	struct buffer *out = &answers->out;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int code = CLI_DONE;
	while (!code && (length = getline(&line, &room, stdin)) >= 0) {
		while (length && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			length--;
		if (!length)
			continue;
		ask_one(answers, (struct tw_text){line, (size_t)length});
		if (out->length < FULL || format_of(answers->command) == PARTY_TABLE)
			continue;
		code = write_buffer(stdout, out) ? CLI_DONE : CLI_FAILED;
		out->length = 0;
	}
	if (!code && ferror(stdin)) {
		cli_message("standard input cannot be read: %s", strerror(errno));
		code = CLI_FAILED;
	}
	free(line);
	return code;
}

static bool is_lines(const char *name)
{
	return !strcmp(name, "-");
}

static int ask(const struct command *command, const struct parties *parties, char **names,
	       size_t count)
{
	enum party_format format = format_of(command);
	struct answers answers = {.command = command,
				  .asker = party_asker_new(parties),
				  .is_array =
				      format == PARTY_JSON && (count > 1 || is_lines(*names))};
	struct buffer *out = &answers.out;
	int code = CLI_DONE;
	party_write_head(out, parties, format);
	for (size_t i = 0; i < count && answers.asker && !code; i++)
		if (is_lines(names[i]))
			code = ask_lines(&answers);
		else
			ask_one(&answers, text_of(names[i]));
	if (answers.is_array)
		buffer_text(out, answers.has_one ? "]\n" : "[]\n");
	if (!answers.asker || out->failed) {
		cli_message("out of memory");
		code = CLI_FAILED;
	} else if (format == PARTY_TABLE) {
		terminal_page();
		terminal_write(out->at, out->length, false);
		terminal_page_end();
	} else if (!write_buffer(stdout, out)) {
		cli_message("the output cannot be written");
		code = CLI_FAILED;
	}
	party_asker_free(answers.asker);
	buffer_free(out);
	return code;
}

/* What stands before the colon of an identifier has to be a kind, or the number is not found. */
static int check_kind(const struct command *command, const struct parties *parties)
{
	const struct kinds *kinds = lexicon_kinds(parties->lexicon);
	struct buffer known = {0};
	const char *kind;
	if (!command->identifier || parties_know_kind(parties, text_of(command->identifier)))
		return CLI_DONE;
	for (size_t i = 0; (kind = kinds_next(kinds, &i));)
		buffer_print(&known, "%s%s", known.length ? ", " : "", kind);
	buffer_char(&known, 0);
	cli_message(
	    "party: --identifier %s: what stands before the colon is not a kind of identifier: "
	    "give the number alone, or one of these before it: %s",
	    command->identifier, known.failed ? "passport" : known.at);
	buffer_free(&known);
	return CLI_FAILED;
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
	if ((words > 1 || is_lines(argv[1])) &&
	    (command.address || command.country || command.identifier)) {
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
	code = check_kind(&command, parties);
	if (!code)
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
