/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the pager and what is known of the terminal, see terminal.h. */
#include "cli/terminal.h"
#include "common/write.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"
#include "common/buffer.h"
#include "common/utf8.h"

enum { WORDS = 16, TEXT = 512 };

extern char **environ;

static struct {
	pid_t pid;                        /* 0: none runs */
	int out;                          /* the terminal, kept */
	struct sigaction interrupt, quit; /* as they were */
} pager;

bool terminal_out(void)
{
	static int known = -1;
	if (known < 0)
		known = isatty(STDOUT_FILENO);
	return known > 0;
}

static bool lost; /* some of what was to be written was not */

static bool is_dumb(void)
{
	const char *terminal = getenv("TERM");
	return terminal && !strcmp(terminal, "dumb");
}

bool cli_color(int fd)
{
	const char *no_color = getenv("NO_COLOR");
	if (strcmp(cli_look.color, "auto") != 0)
		return !strcmp(cli_look.color, "always");
	return (fd == STDOUT_FILENO ? terminal_out() : isatty(fd)) && !(no_color && *no_color) &&
	       !is_dumb();
}

static size_t columns_here(void)
{
	struct winsize size;
	const char *given = getenv("COLUMNS");
	long columns = given ? strtol(given, NULL, 10) : 0;
	if (!terminal_out())
		return TERMINAL_USUAL;
	if (columns <= 0)
		columns = !ioctl(pager.pid ? pager.out : STDOUT_FILENO, TIOCGWINSZ, &size)
			      ? size.ws_col
			      : 0;
	if (columns <= 0)
		return TERMINAL_USUAL;
	return columns < TERMINAL_LEAST  ? TERMINAL_LEAST
	       : columns > TERMINAL_MOST ? TERMINAL_MOST
					 : (size_t)columns;
}

size_t terminal_columns(void)
{
	static size_t columns;
	if (!columns)
		columns = columns_here();
	return cli_look.wide ? TERMINAL_USUAL : columns;
}

size_t terminal_width(void)
{
	return cli_look.wide ? INT32_MAX : terminal_columns();
}

/* The words of the pager's command; false: none is wanted. The text is kept here. */
static bool pager_words(char *words[WORDS])
{
	static char text[TEXT];
	const char *command = getenv("PAGER");
	size_t count = 0;
	char *rest = text;
	if (!command)
		command = "less -FRX";
	if (strlen(command) >= TEXT)
		return false;
	strcpy(text, command);
	for (char *word; count < WORDS - 1 && (word = strtok_r(count ? NULL : text, " \t", &rest));)
		words[count++] = word;
	words[count] = NULL;
	return count && strcmp(words[0], "cat") != 0;
}

static bool start(char **words, int read_end, int write_end)
{
	posix_spawn_file_actions_t actions;
	if (posix_spawn_file_actions_init(&actions))
		return false;
	bool started = !posix_spawn_file_actions_adddup2(&actions, read_end, STDIN_FILENO) &&
		       !posix_spawn_file_actions_addclose(&actions, write_end) &&
		       !posix_spawnp(&pager.pid, words[0], &actions, NULL, words, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (!started)
		pager.pid = 0;
	return started;
}

void terminal_page(void)
{
	char *words[WORDS];
	int ends[2];
	if (pager.pid || !terminal_out() || cli_look.no_pager || is_dumb() || !pager_words(words))
		return;
	setenv("LESS", "FRX", 0); /* a bare PAGER=less ends by itself on a short page, too */
	fflush(stdout);
	if (pipe2(ends, O_CLOEXEC))
		return;
	pager.out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (pager.out >= 0 && start(words, ends[0], ends[1])) {
		dup2(ends[1], STDOUT_FILENO);
		const struct sigaction ignore = {.sa_handler = SIG_IGN};
		sigaction(SIGINT, &ignore, &pager.interrupt);
		sigaction(SIGQUIT, &ignore, &pager.quit);
		signal(SIGPIPE, SIG_DFL); /* who leaves the pager has seen enough */
	} else if (pager.out >= 0) {
		close(pager.out);
	}
	close(ends[0]);
	close(ends[1]);
}

bool terminal_paged(void)
{
	return pager.pid != 0;
}

void terminal_page_end(void)
{
	if (!pager.pid)
		return;
	fflush(stdout);
	dup2(pager.out, STDOUT_FILENO); /* the pager's input ends */
	close(pager.out);
	while (waitpid(pager.pid, NULL, 0) < 0 && errno == EINTR)
		;
	pager.pid = 0;
	sigaction(SIGINT, &pager.interrupt, NULL);
	sigaction(SIGQUIT, &pager.quit, NULL);
}

/* The sequence of a style; NULL: the byte is none. */
static const char *style_of(char c)
{
	return c == *STYLE_BOLD    ? "\033[1m"
	       : c == *STYLE_RED   ? "\033[31m"
	       : c == *STYLE_PLAIN ? "\033[0m"
				   : NULL;
}

void terminal_write(const char *text, size_t length, bool color)
{
	struct buffer out = {0};
	for (const char *end = text + length; text < end;) {
		const char *style = color ? style_of(*text) : NULL;
		bool fit;
		size_t used = utf8_next(&fit, text, (size_t)(end - text));
		if (style)
			buffer_text(&out, style);
		else if (*text == '\n')
			buffer_char(&out, '\n');
		else
			buffer_shown(&out, text, used);
		text += used;
	}
	lost |= out.failed;
	(void)write_buffer(stdout, &out);
	buffer_free(&out);
}

int terminal_answer(const struct buffer *out, bool page, bool color)
{
	if (out->failed) {
		cli_message("out of memory");
		return CLI_FAILED;
	}
	if (!page)
		return write_buffer(stdout, out) ? CLI_DONE : CLI_FAILED;
	terminal_page();
	terminal_write(out->at, out->length, color);
	return CLI_DONE;
}

void terminal_lose(void)
{
	lost = true;
}

bool terminal_lost(void)
{
	return lost;
}

void terminal_say(const char *format, ...)
{
	struct buffer text = {0};
	va_list arguments;
	va_start(arguments, format);
	buffer_format(&text, format, arguments);
	va_end(arguments);
	lost |= text.failed;
	if (!text.failed)
		terminal_write(text.at, text.length, false);
	buffer_free(&text);
}
