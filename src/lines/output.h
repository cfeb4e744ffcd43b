/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file that is there whole or not at all: written beside, in the same folder,
 * and renamed when it is done. Until then, and after a run that failed or was
 * stopped, the file of yesterday stands. What is no plain file (standard output
 * by its name, a pipe, a device) is written straight.
 */
#ifndef TW_LINES_OUTPUT_H
#define TW_LINES_OUTPUT_H

#include <limits.h>
#include <sys/types.h>

#include "tidewaiter.h"

struct output {
	int fd;
	const char *option,
	    *name;           /* as given: "--output", the path; they must outlive the output */
	bool is_beside;      /* written beside; else straight */
	bool is_new;         /* there was no such file */
	char path[PATH_MAX]; /* behind symbolic links */
	char beside[PATH_MAX];
};

/* A symbolic link is followed; the mode and owner of a file that is there are kept. */
int output_open(struct output *output, const char *option, const char *path,
		struct tw_error *error);
int output_write(struct output *output, const void *from, size_t length, struct tw_error *error);
/* Done: on disk, then in place. */
int output_keep(struct output *output, struct tw_error *error);
/* Not done: nothing of it stays. */
void output_drop(struct output *output);
/*
 * On SIGINT, SIGTERM and the like: takes away what is written beside, says on
 * standard error what became of the file, and ends by the signal. NULL: the
 * answers go to standard output; it is said that they are not all.
 */
void output_watch(const struct output *output);
/* Before it: a second file, which is taken away as well, and of which nothing is said. */
void output_watch_also(const struct output *output);

#endif
