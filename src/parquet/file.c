/* SPDX-License-Identifier: Apache-2.0 */
#include "parquet/file.h"

#include <stdlib.h>
#include <string.h>

#include "common/buffer.h"
#include "common/error.h"

const char file_unreadable[] = "cannot be read as Parquet";

/* The rows come as they are asked for, and in their order. */
static int begin(struct file *file, const char *text, struct tw_error *error)
{
	const struct duck *duck = file->duck;
	duckdb_handle pending = NULL;
	int code = TW_OK;
	if (duck->prepare(file->connection, text, &file->statement))
		return duck_fail(error, file_unreadable, duck->prepare_error(file->statement));
	if (duck->pending_prepared_streaming(file->statement, &pending))
		code = duck_fail(error, file_unreadable, duck->pending_error(pending));
	else if (duck->execute_pending(pending, &file->result))
		code = duck_fail(error, file_unreadable, duck->result_error(&file->result));
	duck->destroy_pending(&pending);
	return code;
}

int file_open(struct file *file, const struct duck *duck, int fd, const char *columns,
	      struct tw_error *error)
{
	struct buffer text = {0};
	*file = (struct file){.duck = duck};
	/* By the descriptor: whatever its name is, it is this file. */
	buffer_text(&text, "SELECT ");
	buffer_text(&text, columns);
	buffer_text(&text, " FROM read_parquet('/proc/self/fd/");
	buffer_number(&text, (uint64_t)fd);
	buffer_text(&text, "', hive_partitioning = false)");
	buffer_char(&text, '\0');
	int code = text.failed ? error_memory(error) : duck_connect(&file->connection, duck, error);
	if (!code)
		code = begin(file, text.at, error);
	buffer_free(&text);
	if (!code)
		file->columns = (size_t)duck->column_count(&file->result);
	else
		file_close(file);
	return code;
}

int file_next(struct file *file, struct tw_error *error)
{
	const struct duck *duck = file->duck;
	file->before += file->rows;
	file->rows = 0;
	if (file->chunk)
		duck->destroy_data_chunk(&file->chunk);
	if (file->has_ended) /* which may not be asked again */
		return TW_OK;
	file->chunk = duck->fetch_chunk(file->result);
	if (file->chunk)
		file->rows = (size_t)duck->data_chunk_get_size(file->chunk);
	file->has_ended = !file->rows;
	const char *said = file->rows ? NULL : duck->result_error(&file->result);
	return said && *said ? duck_fail(error, file_unreadable, said) : TW_OK;
}

void file_close(struct file *file)
{
	const struct duck *duck = file->duck;
	if (!duck)
		return;
	if (file->chunk)
		duck->destroy_data_chunk(&file->chunk);
	duck->destroy_result(&file->result);
	duck->destroy_prepare(&file->statement);
	if (file->connection)
		duck->disconnect(&file->connection);
	*file = (struct file){0};
}

const char *file_name(struct file *file, size_t column)
{
	return file->duck->column_name(&file->result, column);
}

/* What a conversion says of itself. */
static int converted(const struct duck *duck, duckdb_handle said, struct tw_error *error)
{
	int code = TW_OK;
	if (said && duck->error_data_has_error(said))
		code = duck_fail(error, file_unreadable, duck->error_data_message(said));
	if (said)
		duck->destroy_error_data(&said);
	return code;
}

int file_schema(struct ArrowSchema *out, struct file *file, struct tw_error *error)
{
	const struct duck *duck = file->duck;
	duckdb_handle *types = calloc(file->columns + 1, sizeof *types), options = NULL;
	const char **names = calloc(file->columns + 1, sizeof *names);
	int code = types && names ? TW_OK : error_memory(error);
	*out = (struct ArrowSchema){0};
	for (size_t i = 0; i < file->columns && !code; i++) {
		types[i] = duck->column_logical_type(&file->result, i);
		names[i] = file_name(file, i);
	}
	if (!code) {
		duck->connection_get_arrow_options(file->connection, &options);
		code = converted(
		    duck, duck->to_arrow_schema(options, types, names, file->columns, out), error);
		duck->destroy_arrow_options(&options);
	}
	for (size_t i = 0; types && i < file->columns; i++)
		if (types[i])
			duck->destroy_logical_type(&types[i]);
	free(types);
	free(names);
	return code;
}

int file_tell_types(struct file *file, struct tw_error *error)
{
	const struct duck *duck = file->duck;
	duckdb_result result = {0};
	int code = TW_OK;
	if (duck->query(file->connection, "SET arrow_lossless_conversion = true", &result))
		code = duck_fail(error, file_unreadable, duck->result_error(&result));
	duck->destroy_result(&result);
	return code;
}

int file_array(struct ArrowArray *out, const struct file *file, struct tw_error *error)
{
	const struct duck *duck = file->duck;
	duckdb_handle options = NULL;
	*out = (struct ArrowArray){0};
	duck->connection_get_arrow_options(file->connection, &options);
	int code = converted(duck, duck->data_chunk_to_arrow(options, file->chunk, out), error);
	duck->destroy_arrow_options(&options);
	return code;
}
