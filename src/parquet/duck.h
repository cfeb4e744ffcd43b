/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DuckDB's library, which reads and writes Parquet here: looked for when a file
 * asks for it, never linked. What of its C interface is used is declared in
 * this file, under its own names; version 1.4 and later have all of it. It
 * knows nothing of lines.
 */
#ifndef TW_PARQUET_DUCK_H
#define TW_PARQUET_DUCK_H

#include "common/buffer.h"
#include "tidewaiter_arrow.h"

typedef struct duckdb_handle *duckdb_handle; /* all that is only handed on */
typedef uint64_t duckdb_size;
typedef struct {
	duckdb_size columns, rows, changed;
	void *column;
	char *message;
	void *internal;
} duckdb_result;
typedef void duckdb_call(duckdb_handle info);
typedef void duckdb_rows_call(duckdb_handle info, duckdb_handle output);

/* Each: what it gives, its name behind duckdb_, what it takes. A state other than 0 is a failure.
 */
#define DUCK_CALLS(X)                                                                              \
	X(const char *, library_version, (void))                                                   \
	X(int, create_config, (duckdb_handle * out))                                               \
	X(int, set_config, (duckdb_handle config, const char *name, const char *option))           \
	X(void, destroy_config, (duckdb_handle * config))                                          \
	X(int, open_ext, (const char *path, duckdb_handle *out, duckdb_handle config, char **why)) \
	X(void, close, (duckdb_handle * database))                                                 \
	X(void, free, (void *at))                                                                  \
	X(int, connect, (duckdb_handle database, duckdb_handle * out))                             \
	X(void, disconnect, (duckdb_handle * connection))                                          \
	X(int, query, (duckdb_handle connection, const char *text, duckdb_result *out))            \
	X(const char *, result_error, (duckdb_result * result))                                    \
	X(void, destroy_result, (duckdb_result * result))                                          \
	X(int, prepare, (duckdb_handle connection, const char *text, duckdb_handle *out))          \
	X(const char *, prepare_error, (duckdb_handle statement))                                  \
	X(void, destroy_prepare, (duckdb_handle * statement))                                      \
	X(int, pending_prepared_streaming, (duckdb_handle statement, duckdb_handle * out))         \
	X(const char *, pending_error, (duckdb_handle pending))                                    \
	X(int, execute_pending, (duckdb_handle pending, duckdb_result * out))                      \
	X(void, destroy_pending, (duckdb_handle * pending))                                        \
	X(duckdb_handle, fetch_chunk, (duckdb_result result))                                      \
	X(duckdb_size, column_count, (duckdb_result * result))                                     \
	X(const char *, column_name, (duckdb_result * result, duckdb_size at))                     \
	X(duckdb_handle, column_logical_type, (duckdb_result * result, duckdb_size at))            \
	X(void, destroy_logical_type, (duckdb_handle * type))                                      \
	X(duckdb_handle, create_logical_type, (int id))                                            \
	X(duckdb_handle, create_decimal_type, (uint8_t width, uint8_t scale))                      \
	X(void, connection_get_arrow_options, (duckdb_handle connection, duckdb_handle * out))     \
	X(void, destroy_arrow_options, (duckdb_handle * options))                                  \
	X(duckdb_handle, to_arrow_schema,                                                          \
	  (duckdb_handle options, duckdb_handle * types, const char **names, duckdb_size count,    \
	   struct ArrowSchema *out))                                                               \
	X(duckdb_handle, data_chunk_to_arrow,                                                      \
	  (duckdb_handle options, duckdb_handle chunk, struct ArrowArray * out))                   \
	X(duckdb_handle, schema_from_arrow,                                                        \
	  (duckdb_handle connection, struct ArrowSchema * schema, duckdb_handle * out))            \
	X(duckdb_handle, data_chunk_from_arrow,                                                    \
	  (duckdb_handle connection, struct ArrowArray * array, duckdb_handle schema,              \
	   duckdb_handle * out))                                                                   \
	X(void, destroy_arrow_converted_schema, (duckdb_handle * schema))                          \
	X(bool, error_data_has_error, (duckdb_handle error))                                       \
	X(const char *, error_data_message, (duckdb_handle error))                                 \
	X(void, destroy_error_data, (duckdb_handle * error))                                       \
	X(duckdb_size, data_chunk_get_size, (duckdb_handle chunk))                                 \
	X(void, data_chunk_set_size, (duckdb_handle chunk, duckdb_size count))                     \
	X(duckdb_handle, data_chunk_get_vector, (duckdb_handle chunk, duckdb_size at))             \
	X(void, destroy_data_chunk, (duckdb_handle * chunk))                                       \
	X(duckdb_handle, vector_get_column_type, (duckdb_handle vector))                           \
	X(void *, vector_get_data, (duckdb_handle vector))                                         \
	X(uint64_t *, vector_get_validity, (duckdb_handle vector))                                 \
	X(void, vector_ensure_validity_writable, (duckdb_handle vector))                           \
	X(void, validity_set_row_invalid, (uint64_t * validity, duckdb_size row))                  \
	X(void, vector_assign_string_element_len,                                                  \
	  (duckdb_handle vector, duckdb_size row, const char *text, duckdb_size length))           \
	X(void, vector_copy_sel,                                                                   \
	  (duckdb_handle from, duckdb_handle to, duckdb_handle chosen, duckdb_size count,          \
	   duckdb_size from_first, duckdb_size to_first))                                          \
	X(duckdb_handle, create_selection_vector, (duckdb_size size))                              \
	X(uint32_t *, selection_vector_get_data_ptr, (duckdb_handle chosen))                       \
	X(void, destroy_selection_vector, (duckdb_handle chosen))                                  \
	X(duckdb_size, vector_size, (void))                                                        \
	X(duckdb_handle, create_table_function, (void))                                            \
	X(void, table_function_set_name, (duckdb_handle function, const char *name))               \
	X(void, table_function_set_extra_info,                                                     \
	  (duckdb_handle function, void *extra, void (*destroy)(void *)))                          \
	X(void, table_function_set_bind, (duckdb_handle function, duckdb_call * call))             \
	X(void, table_function_set_init, (duckdb_handle function, duckdb_call * call))             \
	X(void, table_function_set_function, (duckdb_handle function, duckdb_rows_call * call))    \
	X(int, register_table_function, (duckdb_handle connection, duckdb_handle function))        \
	X(void, destroy_table_function, (duckdb_handle * function))                                \
	X(void *, bind_get_extra_info, (duckdb_handle info))                                       \
	X(void, bind_add_result_column,                                                            \
	  (duckdb_handle info, const char *name, duckdb_handle type))                              \
	X(void, init_set_max_threads, (duckdb_handle info, duckdb_size count))                     \
	X(void *, function_get_extra_info, (duckdb_handle info))                                   \
	X(void, function_set_error, (duckdb_handle info, const char *message))

struct duck {
#define DUCK_MEMBER(gives, name, takes) gives(*name) takes;
	DUCK_CALLS(DUCK_MEMBER)
#undef DUCK_MEMBER
	duckdb_handle database; /* in memory, empty */
};

/* Types by their numbers in the interface. */
enum { DUCK_VARCHAR = 17, DUCK_TIMESTAMP_TZ = 31 };

/*
 * Loads the library that TIDEWAITER_DUCKDB names, else libduckdb.so as the loader finds it. The
 * error says what would be right, without a file's name.
 */
int duck_open(struct duck **out, unsigned threads, struct tw_error *error);
void duck_close(struct duck *duck);

/* A connection; an error that says why there is none. */
int duck_connect(duckdb_handle *out, const struct duck *duck, struct tw_error *error);
/* A name, and a text, as SQL writes them. */
void duck_put_name(struct buffer *out, const char *name);
void duck_put_text(struct buffer *out, const char *text);
/* What went wrong as an error: the first line of what DuckDB says. */
int duck_fail(struct tw_error *error, const char *what, const char *said);

#endif
