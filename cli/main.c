/* SPDX-License-Identifier: Apache-2.0 */
/* The program: finds the command and runs it; what the commands share. */
#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "cli/cache.h"
#include "cli/cli.h"
#include "cli/days.h"
#include "cli/law/law.h"
#include "cli/options.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "common/buffer.h"
#include "common/instant.h"
#include "common/write.h"
#include "lines/columns.h"

/* What stands in a message may come from outside: a terminal is shown none of its controls. */
static void write_message(const char *text)
{
	struct buffer shown = {0};
	buffer_text(&shown, "tidewaiter: ");
	buffer_shown(&shown, text, strlen(text));
	buffer_char(&shown, '\n');
	static const char lost[] = "tidewaiter: out of memory\n";
	if (shown.failed)
		(void)write_all(STDERR_FILENO, lost, sizeof lost - 1);
	else
		(void)write_buffer(stderr, &shown);
	buffer_free(&shown);
}

void cli_message(const char *format, ...)
{
	va_list arguments;
	char *text;
	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) >= 0) {
		write_message(text);
		free(text);
	} else {
		write_message("out of memory");
	}
	va_end(arguments);
}

void cli_error(const struct tw_error *error)
{
	char where[sizeof error->file + 32] = "";
	size_t length =
	    (size_t)snprintf(where, sizeof where, "%s%s", error->file, *error->file ? ":" : "");
	if (error->line)
		length +=
		    (size_t)snprintf(where + length, sizeof where - length, "%d:", error->line);
	if (error->column)
		snprintf(where + length, sizeof where - length, "%d:", error->column);
	/* Want of memory alone leaves no words. */
	cli_message("%s%s%s", where, *error->file || error->line ? " " : "",
		    *error->message ? error->message : "out of memory");
}

const char *cli_today(void)
{
	static char day[16];
	time_t now = time(NULL);
	struct tm local;
	if (!*day && localtime_r(&now, &local))
		strftime(day, sizeof day, "%Y-%m-%d", &local);
	return day;
}

const char *cli_day(const char *text)
{
	return text && !strcasecmp(text, "today") ? cli_today() : text;
}

int cli_no_such(const char *command, const char *what, const char *text, const char *const *names,
		size_t count)
{
	const char *nearest = columns_nearest(text, strlen(text), names, count);
	if (nearest)
		cli_message("%s: there is no %s \"%s\"; did you mean %s?", command, what, text,
			    nearest);
	else
		cli_message("%s: there is no %s \"%s\"; see tidewaiter %s --help", command, what,
			    text, command);
	return CLI_FAILED;
}

static bool read_day(tw_time *out, const char *day)
{
	struct time_parsed parsed;
	const char *right;
	if (!time_parse(&parsed, TIME_ZONE_NEW_YORK, (struct tw_text){day, strlen(day)}, &right))
		return false;
	*out = parsed.at;
	return parsed.is_date;
}

/* Whether every act of the rulebook built in was known on the day: nothing is left out then. */
static bool all_known(const char *day)
{
	const tw_rulebook *usual;
	tw_time at, last;
	struct tw_error unused;
	return read_day(&at, day) && !tw_rulebook_default(&usual, &unused) &&
	       read_day(&last, tw_rulebook_edition(usual)) && at >= last;
}

int cli_rulebook(const tw_rulebook **out, tw_rulebook **owned, const struct cli_law *law)
{
	const char *known_on = cli_day(law->known_on);
	struct tw_error error = {0};
	int code;
	*owned = NULL;
	if (cli_days_is_period(known_on)) {
		cli_message("--as-known-on %s is a period: write one day, like 2025-10-01",
			    known_on);
		return CLI_FAILED;
	}
	if (law->rulebook && (law->folder || law->known_on || law->estimate_base)) {
		cli_message("--rulebook is a compiled rulebook: give either it, or --law, "
			    "--as-known-on and --estimate-base");
		return CLI_FAILED;
	}
	if (law->rulebook) {
		code = tw_rulebook_open(owned, law->rulebook, &error);
	} else if (law->folder || law->with || law->estimate_base ||
		   (known_on && !all_known(known_on))) {
		code = cache_rulebook_with(
		    owned, law->folder ? law->folder : cli_law_folder(),
		    !known_on || law->folder || !all_known(known_on) ? known_on : NULL, law->with,
		    law->estimate_base, &error);
		if (code && law->with && scenario_is_file(law->with, error.file)) {
			cli_error(&error);
			return CLI_FAILED;
		}
		if (code) {
			law_message(law->folder ? law->folder : cli_law_folder(), &error);
			return CLI_FAILED;
		}
	} else {
		if ((code = tw_rulebook_default(out, &error)))
			cli_error(&error);
		return code ? CLI_FAILED : CLI_DONE;
	}
	*out = *owned;
	if (code)
		cli_error(&error);
	return code ? CLI_FAILED : CLI_DONE;
}

void cli_version(void)
{
	const tw_rulebook *usual;
	struct tw_error error;
	terminal_say("tidewaiter %s\n", tw_version());
	if (!tw_rulebook_default(&usual, &error))
		terminal_say("law edition %s, sha256 %s\n", tw_rulebook_edition(usual),
			     tw_rulebook_sha256(usual));
}

static int run(int argc, char **argv)
{
	static const struct cli_command program = {.name = ""};
	int at, used, code = cli_options_before(&at, &program, argc, argv);
	if (code)
		return code;
	if (cli_look.version && !cli_look.help) {
		cli_version();
		return CLI_DONE;
	}
	if (at == argc || cli_look.help) {
		code = cli_help_all(cli_look.help ? stdout : stderr);
		return cli_look.help ? code : CLI_FAILED;
	}
	const struct cli_command *command = cli_command_find(&used, argc - at, argv + at);
	if (!command)
		return CLI_FAILED;
	if (!command->run) {
		if (!cli_look.version || cli_look.help)
			return cli_help(command);
		cli_version();
		return CLI_DONE;
	}
	return command->run(command, argc - at - used + 1, argv + at + used - 1);
}

int main(int argc, char **argv)
{
	setlocale(LC_CTYPE, "");
	int code = run(argc, argv);
	terminal_page_end();
	if (terminal_lost() && code != CLI_FAILED) {
		cli_message("out of memory");
		code = CLI_FAILED;
	}
	if (fflush(stdout) || ferror(stdout)) {
		cli_message("the output cannot be written: %s", strerror(errno));
		return CLI_FAILED;
	}
	return code;
}
