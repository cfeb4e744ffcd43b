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

#include "../unit/lines/fake.h"
#include "common/utf8.h"
#include "lines/run.h"

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
		totals = calloc(1, sizeof *totals);
	if (sink < 0)
		sink = open("/dev/null", O_WRONLY);
	int fd = memfd_create("fuzz", 0);
	if (fd < 0 || !totals || !size || write(fd, data + 1, size - 1) != (ssize_t)(size - 1)) {
		close(fd);
		return 0;
	}
	totals_free(totals);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct run_options options = {.files = files,
				      .file_count = 1,
				      .columns = &columns,
				      .format = (enum run_format)(data[0] % 3),
				      .jobs = 1,
				      .keep = data[0] & 4,
				      .only_answers = data[0] & 32,
				      .spreadsheet_safe = data[0] & 64,
				      .daily_sum = data[0] & 8,
				      .monthly_sum = data[0] & 16,
				      .memory = 4096,
				      .out = sink,
				      .err = -1,
				      .assess = fake_assess};
	columns.date_order = (enum date_order)(data[0] >> 5 & 3);
	if (data[0] & 16)
		columns_set(&columns, "entered=2025-05-02", &error);
	run_lines(totals, &options, &error);
	close(fd);
	/* what is UTF-8 is never refused as none */
	if (utf8_flaw((const char *)data + 1, size - 1) == size - 1 &&
	    memcmp(data + 1, "PK", size < 3 ? size - 1 : 2))
		for (size_t i = 0; i < totals->reasons.count; i++)
			if (!strcmp(totals->reasons.entry[i].name, "bad-encoding"))
				abort();
	return 0;
}
