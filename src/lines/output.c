/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/output.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/buffer.h"
#include "common/error.h"
#include "common/fit.h"

enum { LINKS = 40 };

static int fail(const struct output *output, struct tw_error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int fail(const struct output *output, struct tw_error *error, const char *format, ...)
{
	va_list arguments;
	char what[400];
	va_start(arguments, format);
	fit_vprint(what, sizeof what, format, arguments);
	va_end(arguments);
	return error_set(error, TW_BAD_FILE, "%s %.200s %s", output->option, output->name, what);
}

/* The number in /dev/fd/N, /dev/stdout, /proc/self/fd/N; -1: it is no such name. */
static int descriptor_of(const char *path)
{
	static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/",
					      "/proc/thread-self/fd/"};
	if (!strcmp(path, "/dev/stdout"))
		return STDOUT_FILENO;
	if (!strcmp(path, "/dev/stderr"))
		return STDERR_FILENO;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		size_t length = strlen(folders[i]);
		char *end;
		if (strncmp(path, folders[i], length) != 0)
			continue;
		long number = strtol(path + length, &end, 10);
		if (end > path + length && !*end && number >= 0 && number <= INT_MAX)
			return (int)number;
	}
	return -1;
}

/* The length of the folder in a path, its last slash included. */
static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* What the name stands for, behind symbolic links; a last one may point at nothing. */
static int resolve(struct output *output, int *descriptor, struct tw_error *error)
{
	char target[PATH_MAX], *path = output->path;
	struct stat status;
	if (snprintf(path, PATH_MAX, "%s", output->name) >= PATH_MAX)
		return fail(output, error, "cannot be written: the name is too long");
	for (int i = 0; i < LINKS; i++) {
		*descriptor = descriptor_of(path);
		if (*descriptor >= 0 || lstat(path, &status) || !S_ISLNK(status.st_mode))
			return TW_OK;
		ssize_t length = readlink(path, target, sizeof target - 1);
		size_t folder = length > 0 && target[0] == '/' ? 0 : folder_length(path);
		if (length <= 0 || folder + (size_t)length >= PATH_MAX)
			return fail(output, error, "cannot be written: its link cannot be read");
		memcpy(path + folder, target, (size_t)length);
		path[folder + (size_t)length] = '\0';
	}
	return fail(output, error, "cannot be written: too many symbolic links");
}

/* The mode and owner of the file that is there, or those of a new one. */
static void take_mode(const struct output *output, const struct stat *before)
{
	mode_t mask = umask(0);
	umask(mask);
	int kept = 0; /* what cannot be kept is as of a new file */
	if (!output->is_new && (before->st_uid != geteuid() || before->st_gid != getegid()))
		if ((kept = fchown(output->fd, before->st_uid, before->st_gid)))
			kept = fchown(output->fd, (uid_t)-1, before->st_gid);
	(void)kept;
	(void)fchmod(output->fd, output->is_new ? 0666 & ~mask : before->st_mode & 07777);
}

static int open_beside(struct output *output, const struct stat *before, struct tw_error *error)
{
	int folder = (int)folder_length(output->path);
	if (!output->is_new && faccessat(AT_FDCWD, output->path, W_OK, AT_EACCESS))
		return fail(output, error, "cannot be written: %s", strerror(errno));
	if (snprintf(output->beside, sizeof output->beside, "%.*s.tidewaiter-XXXXXX", folder,
		     output->path) >= (int)sizeof output->beside)
		return fail(output, error, "cannot be written: the name is too long");
	output->fd = mkostemp(output->beside, O_CLOEXEC);
	if (output->fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return fail(output, error, "cannot be written: %s", strerror(errno));
	if (output->fd < 0)
		return fail(output, error,
			    "cannot be written: in its folder no file can be made (%s), and it is "
			    "written beside it and renamed when complete",
			    strerror(errno));
	output->is_beside = true;
	take_mode(output, before);
	return TW_OK;
}

int output_open(struct output *output, const char *option, const char *path, struct tw_error *error)
{
	struct stat before = {0};
	int descriptor = -1;
	*output = (struct output){.fd = -1, .option = option, .name = path};
	int code = resolve(output, &descriptor, error);
	if (code)
		return code;
	if (descriptor >= 0) {
		output->fd = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
	} else {
		output->is_new = stat(output->path, &before) != 0;
		if (output->is_new || S_ISREG(before.st_mode))
			return open_beside(output, &before, error);
		output->fd = open(output->path, O_WRONLY | O_CLOEXEC);
	}
	if (output->fd < 0)
		return fail(output, error, "cannot be written: %s", strerror(errno));
	return TW_OK;
}

int output_write(struct output *output, const void *from, size_t length, struct tw_error *error)
{
	const char *at = from;
	while (length) {
		ssize_t wrote = write(output->fd, at, length);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return fail(output, error, "cannot be written: %s", strerror(errno));
		at += wrote;
		length -= (size_t)wrote;
	}
	return TW_OK;
}

enum { WATCHED = 2 };
/* What the handler of signals works with. */
static struct {
	char beside[WATCHED][PATH_MAX];
	volatile sig_atomic_t has_beside[WATCHED];
	char what[512]; /* what became of the first one */
	volatile sig_atomic_t length;
} watched;

static bool is_watching(void)
{
	return watched.has_beside[0] || watched.has_beside[1];
}

static void watch_beside(int which, const struct output *output)
{
	bool is_beside = output && output->is_beside;
	if (is_beside)
		memcpy(watched.beside[which], output->beside, sizeof watched.beside[which]);
	watched.has_beside[which] = is_beside;
}

static void watch_end(const struct output *output)
{
	for (int i = 0; i < WATCHED; i++)
		if (output->is_beside && watched.has_beside[i] &&
		    !strcmp(watched.beside[i], output->beside))
			watched.has_beside[i] = 0;
	if (!is_watching())
		watched.length = 0;
}

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU};
enum { SIGNALS = sizeof signals / sizeof *signals };

/* The folder's entry on disk too; not every file system can. */
static void sync_folder(const char *path)
{
	char folder[PATH_MAX];
	size_t length = folder_length(path);
	if (length)
		memcpy(folder, path, length);
	else
		folder[length++] = '.';
	folder[length] = '\0';
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
}

int output_keep(struct output *output, struct tw_error *error)
{
	sigset_t set, before;
	int code = TW_OK;
	if (output->is_beside && fsync(output->fd) && errno != EINVAL && errno != ENOTSUP)
		code = fail(output, error, "cannot be written: %s", strerror(errno));
	if (close(output->fd) && !code)
		code = fail(output, error, "cannot be written: %s", strerror(errno));
	output->fd = -1;
	if (!output->is_beside)
		return code;
	/* Either the signal comes before, and takes it away, or it is in its place. */
	sigemptyset(&set);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(&set, signals[i]);
	pthread_sigmask(SIG_BLOCK, &set, &before);
	if (!code && rename(output->beside, output->path))
		code = fail(output, error, "cannot be moved into place: %s", strerror(errno));
	if (code)
		unlink(output->beside);
	watch_end(output);
	output->is_beside = false;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!code)
		sync_folder(output->path);
	return code;
}

void output_drop(struct output *output)
{
	watch_end(output);
	if (output->fd >= 0)
		close(output->fd);
	if (output->is_beside)
		unlink(output->beside);
	output->fd = -1;
	output->is_beside = false;
}

static void say(const char *text, size_t length)
{
	while (length) {
		ssize_t wrote = write(STDERR_FILENO, text, length);
		if (wrote <= 0)
			return;
		text += wrote;
		length -= (size_t)wrote;
	}
}

/* The handler was reset when it was called: raised again, the signal ends the program. */
static void stop(int signal)
{
	static const char interrupted[] = "\ntidewaiter: interrupted: ",
			  stopped[] = "\ntidewaiter: stopped: ";
	for (int i = 0; i < WATCHED; i++)
		if (watched.has_beside[i])
			unlink(watched.beside[i]);
	if (signal != SIGPIPE && watched.length) {
		if (signal == SIGINT)
			say(interrupted, sizeof interrupted - 1);
		else
			say(stopped, sizeof stopped - 1);
		say(watched.what, (size_t)watched.length);
	}
	raise(signal);
}

void output_watch_also(const struct output *output)
{
	watch_beside(1, output);
}

void output_watch(const struct output *output)
{
	struct buffer text = {0};
	if (output && output->is_beside) {
		buffer_shown(&text, output->name, strnlen(output->name, 300));
		buffer_text(&text, output->is_new ? " was not written\n" : " is unchanged\n");
	} else {
		buffer_text(&text, "the answers written so far are incomplete\n");
	}
	if (!text.failed && text.length <= sizeof watched.what) {
		memcpy(watched.what, text.at, text.length);
		watched.length = (sig_atomic_t)text.length;
	}
	buffer_free(&text);
	watch_beside(0, output);
	for (size_t i = 0; i < SIGNALS; i++) {
		struct sigaction action = {.sa_handler = stop,
					   .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)},
				 before;
		if (signals[i] == SIGPIPE && !is_watching())
			continue;
		if (!sigaction(signals[i], NULL, &before) && before.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
	}
	signal(SIGXFSZ, SIG_IGN); /* a file too large is an error of writing */
}
