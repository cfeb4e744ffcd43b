/* SPDX-License-Identifier: Apache-2.0 */
#include "parquet/parquet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "common/temporary.h"
#include "common/write.h"
#include "parquet/layout.h"
#include "parquet/text.h"

struct parquet {
	unsigned threads;
	struct duck *duck; /* NULL: nothing asked for it yet */
	struct table_opener opener;
	struct run_sink sink;
	struct layout_files inputs; /* that were opened, in their order */
	const tw_rulebook *rulebook;
	int to, fd; /* where the file goes, and where it is written */
	struct table *table;
};

static int load(struct parquet *parquet, struct tw_error *error)
{
	return parquet->duck ? TW_OK : duck_open(&parquet->duck, parquet->threads, error);
}

/* Its columns may be asked for again when the input has been copied to another place. */
static int remember(struct parquet *parquet, int fd, struct tw_error *error)
{
	struct layout_files *inputs = &parquet->inputs;
	int *fds = realloc(inputs->fd, (inputs->count + 1) * sizeof *fds);
	if (!fds)
		return error_memory(error);
	inputs->fd = fds;
	fds[inputs->count] = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (fds[inputs->count] < 0)
		return error_set(error, TW_BAD_FILE, "cannot be opened: %s", strerror(errno));
	inputs->count++;
	return TW_OK;
}

static int open_input(void *context, struct source **out, int fd, struct columns_options *options,
		      struct tw_error *error)
{
	struct parquet *parquet = context;
	int code = load(parquet, error);
	if (!code)
		code = remember(parquet, fd, error);
	return code ? code
		    : text_open(out, parquet->inputs.fd[parquet->inputs.count - 1], options,
				parquet->duck, error);
}

struct parquet *parquet_new(unsigned threads)
{
	struct parquet *parquet = calloc(1, sizeof *parquet);
	if (parquet)
		*parquet = (struct parquet){
		    .threads = threads, .opener = {open_input, parquet}, .to = -1, .fd = -1};
	return parquet;
}

void parquet_free(struct parquet *parquet)
{
	if (!parquet)
		return;
	table_free(parquet->table);
	for (size_t i = 0; i < parquet->inputs.count; i++)
		close(parquet->inputs.fd[i]);
	free(parquet->inputs.fd);
	if (parquet->fd >= 0 && parquet->fd != parquet->to)
		close(parquet->fd);
	duck_close(parquet->duck);
	free(parquet);
}

const struct table_opener *parquet_opener(struct parquet *parquet)
{
	return &parquet->opener;
}

int parquet_to(struct parquet *parquet, int fd, bool is_new, struct tw_error *error)
{
	int code = load(parquet, error);
	if (code)
		return code;
	/* The end of a Parquet file says where its parts are: another place is given it whole. */
	parquet->to = fd;
	parquet->fd = is_new ? fd : temporary_file(error);
	return parquet->fd < 0 ? TW_BAD_FILE : TW_OK;
}

static int begin_answers(void *context, const struct run_layout *layout, struct tw_error *error)
{
	struct parquet *parquet = context;
	struct table_options options = {
	    .duck = parquet->duck, .fd = parquet->fd, .has_nested = parquet->sink.gather != NULL};
	const char *about[] = {"tidewaiter.edition",
			       tw_rulebook_edition(parquet->rulebook),
			       "tidewaiter.known_on",
			       tw_rulebook_known_on(parquet->rulebook),
			       "tidewaiter.sha256",
			       tw_rulebook_sha256(parquet->rulebook),
			       NULL};
	options.about = about;
	int code = layout_answers(&options, layout, &parquet->inputs, error);
	return code ? code : table_new(&parquet->table, &options, error);
}

static int put_answers(void *context, const struct run_rows *rows, struct tw_error *error)
{
	struct parquet *parquet = context;
	const struct table_rows given = {.text = rows->text,
					 .number = rows->number,
					 .count = rows->count,
					 .source = rows->input,
					 .nested = rows->gathered};
	return table_put(parquet->table, &given, error);
}

static bool gather_answer(void *context, void **gathered, const struct finding *finding)
{
	const struct parquet *parquet = context;
	struct nested_rows *rows = *gathered;
	bool is_added = nested_add(&rows, finding, parquet->rulebook);
	*gathered = rows;
	return is_added;
}

static void drop_answers(void *gathered)
{
	nested_rows_free(gathered);
}

const struct run_sink *parquet_sink(struct parquet *parquet, const tw_rulebook *rulebook,
				    bool nested)
{
	parquet->rulebook = rulebook;
	parquet->sink =
	    (struct run_sink){.begin = begin_answers, .put = put_answers, .context = parquet};
	if (nested) {
		parquet->sink.gather = gather_answer;
		parquet->sink.drop = drop_answers;
	}
	return &parquet->sink;
}

int parquet_names(struct parquet *parquet, struct tw_text names, const char *const *instants,
		  struct tw_error *error)
{
	struct table_options options = {.duck = parquet->duck, .fd = parquet->fd};
	int code = layout_names(&options, names, instants, error);
	return code ? code : table_new(&parquet->table, &options, error);
}

int parquet_records(struct parquet *parquet, struct tw_text records, struct tw_error *error)
{
	const struct table_rows rows = {.text = records};
	return table_put(parquet->table, &rows, error);
}

static int copy(const struct parquet *parquet, struct tw_error *error)
{
	char block[1 << 16];
	off_t at = 0;
	for (;;) {
		ssize_t got = pread(parquet->fd, block, sizeof block, at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || write_all(parquet->to, block, (size_t)got))
			return error_set(error, TW_BAD_FILE, "the output cannot be written: %s",
					 strerror(errno));
		if (!got)
			return TW_OK;
		at += got;
	}
}

int parquet_end(struct parquet *parquet, struct tw_error *error)
{
	int code = parquet->table ? table_end(parquet->table, error)
				  : error_set(error, TW_BAD_FILE,
					      "no columns were given: there is no Parquet file");
	return code || parquet->fd == parquet->to ? code : copy(parquet, error);
}
