/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/error.h"
#include "common/words.h"
#include "common/write.h"
#include "refund/totals.h"
#include "refund/write.h"

enum { PATH = 4096 };

struct refund_upload {
	const struct refunds *law;
	char folder[PATH];
	struct buffer file, summary;
	struct refund_sum sum; /* of the file */
	unsigned files;
	uint64_t entries;
};

int refund_upload_new(struct refund_upload **out, const char *folder, const struct refunds *law,
		      struct tw_error *error)
{
	struct refund_upload *upload;
	struct stat status;
	*out = NULL;
	if (strlen(folder) > PATH - 64)
		return error_at(error, TW_BAD_ARGUMENT, "", 0, 0,
				"the path of the folder is too long");
	if (mkdir(folder, 0777) && errno != EEXIST)
		return error_at(error, TW_BAD_FILE, folder, 0, 0, "%s", strerror(errno));
	if (stat(folder, &status) || !S_ISDIR(status.st_mode))
		return error_at(error, TW_BAD_FILE, folder, 0, 0, "is not a folder");
	if (!(upload = calloc(1, sizeof *upload)))
		return error_memory(error);
	upload->law = law;
	strcpy(upload->folder, folder);
	buffer_text(&upload->summary, "file,entries,bytes,principal,interest,total\n");
	*out = upload;
	return TW_OK;
}

void refund_upload_free(struct refund_upload *upload)
{
	if (!upload)
		return;
	buffer_free(&upload->file);
	buffer_free(&upload->summary);
	free(upload);
}

static int write_file(const struct refund_upload *upload, const char *name,
		      const struct buffer *text, struct tw_error *error)
{
	char path[PATH + 64];
	snprintf(path, sizeof path, "%s/%s", upload->folder, name);
	if (text->failed)
		return error_memory(error);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return error_at(error, TW_BAD_FILE, path, 0, 0, "%s",
				errno == EEXIST ? "is there already: give another folder"
						: strerror(errno));
	int wrong = write_all(fd, text->at, text->length) ? errno : 0;
	if (close(fd) && !wrong)
		wrong = errno;
	return wrong ? error_at(error, TW_BAD_FILE, path, 0, 0, "%s", strerror(wrong)) : TW_OK;
}

static int end_file(struct refund_upload *upload, struct tw_error *error)
{
	char name[32];
	const struct refund_sum *sum = &upload->sum;
	if (!sum->entries)
		return TW_OK;
	snprintf(name, sizeof name, "%s-%04u.csv",
		 refunds_text(upload->law, upload->law->terms->upload_name), ++upload->files);
	buffer_print(&upload->summary, "%s,%llu,%zu,", name, (unsigned long long)sum->entries,
		     upload->file.length);
	refund_cents(&upload->summary, sum->principal);
	buffer_char(&upload->summary, ',');
	refund_cents(&upload->summary, sum->interest);
	buffer_char(&upload->summary, ',');
	refund_cents(&upload->summary, sum->principal + sum->interest);
	buffer_char(&upload->summary, '\n');
	int code = write_file(upload, name, &upload->file, error);
	upload->file.length = 0;
	upload->sum = (struct refund_sum){0};
	return code;
}

int refund_upload_add(struct refund_upload *upload, const struct refund_answer *answer,
		      struct tw_error *error)
{
	const struct refunds_terms *terms = upload->law->terms;
	size_t row = strlen(answer->entry) + 2;
	int code = TW_OK;
	if (answer->status != REFUND_ACCEPTED)
		return TW_OK;
	if (upload->sum.entries == terms->upload_entries ||
	    (upload->sum.entries && upload->file.length + row >= terms->upload_bytes))
		code = end_file(upload, error);
	if (!upload->file.length)
		buffer_print(&upload->file, "%s\r\n",
			     refunds_text(upload->law, terms->upload_header));
	buffer_print(&upload->file, "%s\r\n", answer->entry);
	upload->entries++;
	return code ? code : refund_sum_add(&upload->sum, answer, error);
}

int refund_upload_end(struct refund_upload *upload, unsigned *files, uint64_t *entries,
		      struct tw_error *error)
{
	int code = end_file(upload, error);
	*files = upload->files;
	*entries = upload->entries;
	return code ? code : write_file(upload, "summary.csv", &upload->summary, error);
}
