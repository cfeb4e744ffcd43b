/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSV as the program reads it: a file with any header and rows, through the
 * readers and all three writers, with a small assessor that knows no law.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../src/lines/run.h"
#include "../lines/fake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct totals *totals;
	static int sink = -1;
	char path[64];
	const char *files[] = {path};
	struct columns_options columns = {0};
	struct tw_error error = {0};
	if (!totals)
		totals = malloc(sizeof *totals);
	if (sink < 0)
		sink = open("/dev/null", O_WRONLY);
	int fd = memfd_create("fuzz", 0);
	if (fd < 0 || !totals || !size || write(fd, data + 1, size - 1) != (ssize_t)(size - 1)) {
		close(fd);
		return 0;
	}
	memset(totals, 0, sizeof *totals);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct run_options options = {.files = files,
				      .file_count = 1,
				      .columns = &columns,
				      .format = (enum run_format)(data[0] % 3),
				      .jobs = 1,
				      .keep = data[0] & 4,
				      .daily_sum = data[0] & 8,
				      .memory = 4096,
				      .out = sink,
				      .err = -1,
				      .assess = fake_assess};
	if (data[0] & 16)
		columns_set(&columns, "entered=2025-05-02", &error);
	run_lines(totals, &options, &error);
	close(fd);
	return 0;
}
