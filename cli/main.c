/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program: a table of sub-commands, and what they share. To add one,
 * write its file, declare its function in cli.h and add a row here.
 */
#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "../src/assess/instant.h"
#include "../src/lines/columns.h"
#include "cache.h"
#include "cli.h"

#ifndef TW_VERSION
#define TW_VERSION "0.1.0"
#endif

struct command {
	const char *name, *summary;
	cli_command *run;
};

static const struct command *commands(size_t *count)
{
	static struct command table[8];
	const struct command all[] = {
	    {"assess", "lines of goods in, findings out: the main job", command_assess},
	    {"duty", "one line from flags; --explain gives the reasons", command_duty},
	    {"substance", "what a chemical is and who controls it", command_substance},
	    {"law", "check, list, show, diff and compile the law", command_law},
	};
	size_t n = 0;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].run)
			table[n++] = all[i];
	*count = n;
	return table;
}

void cli_message(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fputs("tidewaiter: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

void cli_error(const struct tw_error *error)
{
	fputs("tidewaiter: ", stderr);
	if (*error->file)
		fprintf(stderr, "%s:", error->file);
	if (error->line)
		fprintf(stderr, "%d:", error->line);
	if (error->column)
		fprintf(stderr, "%d:", error->column);
	fprintf(stderr, "%s%s\n", *error->file || error->line ? " " : "", error->message);
}

bool cli_color(int fd)
{
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
	return isatty(fd) && !(no_color && *no_color) && !(terminal && !strcmp(terminal, "dumb"));
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

static int no_flag(const char *command, const char *name, const struct cli_flag *flags,
		   size_t count)
{
	const char *names[128], *nearest;
	size_t n = 0;
	for (size_t i = 0; i < count && n < 127; i++)
		names[n++] = flags[i].name;
	names[n++] = "help";
	nearest = columns_nearest(name, strcspn(name, "="), names, n);
	if (nearest)
		cli_message("%s: there is no option --%s; did you mean --%s?", command, name,
			    nearest);
	else
		cli_message("%s: there is no option --%s; see tidewaiter %s --help", command, name,
			    command);
	return CLI_FAILED;
}

/* One flag with its value; *at moves over a value of its own. */
static int take_flag(const struct cli_flag *flag, int *at, int argc, char **argv)
{
	const char *value = strchr(argv[*at], '=');
	struct tw_error error = {0};
	if (flag->flag) {
		if (value) {
			cli_message("%s: --%s takes no value", argv[0], flag->name);
			return CLI_FAILED;
		}
		*flag->flag = true;
		return CLI_DONE;
	}
	if (value) {
		value++;
	} else if (*at + 1 < argc) {
		value = argv[++*at];
	} else {
		cli_message("%s: --%s needs a value", argv[0], flag->name);
		return CLI_FAILED;
	}
	if (flag->text) {
		*flag->text = value;
	} else if (flag->take(flag->context, value, &error)) {
		cli_message("%s: %s", argv[0], error.message);
		return CLI_FAILED;
	}
	return CLI_DONE;
}

int cli_flags(int *count, bool *help, int argc, char **argv, const struct cli_flag *flags,
	      size_t flag_count)
{
	bool only_files = false;
	*count = 0;
	for (int i = 1; i < argc; i++) {
		const char *name = argv[i];
		if (only_files || name[0] != '-' || !name[1]) {
			argv[++*count] = argv[i];
			continue;
		}
		if (!strcmp(name, "--")) {
			only_files = true;
			continue;
		}
		if (!strcmp(name, "--help") || !strcmp(name, "-h")) {
			*help = true;
			continue;
		}
		if (name[1] != '-') {
			cli_message("%s: there is no option %s; options have two dashes", argv[0],
				    name);
			return CLI_FAILED;
		}
		name += 2;
		size_t length = strcspn(name, "="), f = 0;
		while (f < flag_count && (strlen(flags[f].name) != length ||
					  strncmp(flags[f].name, name, length) != 0))
			f++;
		if (f == flag_count)
			return no_flag(argv[0], name, flags, flag_count);
		if (take_flag(&flags[f], &i, argc, argv))
			return CLI_FAILED;
	}
	return CLI_DONE;
}

/* The third clock: compiled from the law text, where the build has the compiler. */
extern __typeof__(cache_rulebook) cache_rulebook __attribute__((weak));

static bool read_day(tw_time *out, const char *day)
{
	struct time_parsed parsed;
	const char *right;
	if (!time_parse(&parsed, TW_ZONE_NEW_YORK, (struct tw_text){day, strlen(day)}, &right))
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
	int result;
	*owned = NULL;
	if (law->rulebook && (law->folder || law->known_on)) {
		cli_message("--rulebook is a finished rulebook: give it, or --law and "
			    "--as-known-on, not both");
		return CLI_FAILED;
	}
	if (law->rulebook) {
		result = tw_rulebook_open(owned, law->rulebook, &error);
	} else if (law->folder || (known_on && !all_known(known_on))) {
		if (!cache_rulebook) {
			cli_message(
			    "--as-known-on and --law need the law compiler, which is not in "
			    "this build (meson -Dcompiler=enabled)");
			return CLI_FAILED;
		}
		result = cache_rulebook(owned, law->folder ? law->folder : cli_law_folder(),
					known_on, &error);
	} else {
		result = tw_rulebook_default(out, &error);
		if (result)
			cli_error(&error);
		return result ? CLI_FAILED : CLI_DONE;
	}
	*out = *owned;
	if (result)
		cli_error(&error);
	return result ? CLI_FAILED : CLI_DONE;
}

static void usage(FILE *to)
{
	size_t count;
	const struct command *table = commands(&count);
	fputs("tidewaiter: what the border does to a shipment, on any date, and which law says so\n"
	      "\n"
	      "  tidewaiter COMMAND [OPTION...] [FILE...]\n"
	      "\n",
	      to);
	for (size_t i = 0; i < count; i++)
		fprintf(to, "  %-10s %s\n", table[i].name, table[i].summary);
	fputs("\n"
	      "  tidewaiter duty --hts 6109.10.00.12 --origin CN --on 2025-05-02 --value 54\n"
	      "  tidewaiter assess manifest.csv\n"
	      "\n"
	      "tidewaiter COMMAND --help says more. Exit code: 0 done; 1 done, and some lines\n"
	      "were refused or are incomplete (or of a kind named by --fail-on); 2 the\n"
	      "command could not be carried out.\n",
	      to);
}

static int no_command(const char *name)
{
	const char *names[8];
	size_t count;
	const struct command *table = commands(&count);
	for (size_t i = 0; i < count; i++)
		names[i] = table[i].name;
	const char *nearest = columns_nearest(name, strlen(name), names, count);
	if (nearest)
		cli_message("there is no command \"%s\"; did you mean %s?", name, nearest);
	else
		cli_message("there is no command \"%s\"; see tidewaiter --help", name);
	return CLI_FAILED;
}

int main(int argc, char **argv)
{
	size_t count;
	const struct command *table = commands(&count);
	setlocale(LC_CTYPE, "");
	if (argc < 2) {
		usage(stderr);
		return CLI_FAILED;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		usage(stdout);
		return CLI_DONE;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("tidewaiter " TW_VERSION);
		return CLI_DONE;
	}
	for (size_t i = 0; i < count; i++)
		if (!strcmp(argv[1], table[i].name)) {
			int code = table[i].run(argc - 1, argv + 1);
			if (fflush(stdout) || ferror(stdout)) {
				cli_message("the output cannot be written: %s", strerror(errno));
				return CLI_FAILED;
			}
			return code;
		}
	return no_command(argv[1]);
}
