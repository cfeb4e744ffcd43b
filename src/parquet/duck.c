/* SPDX-License-Identifier: Apache-2.0 */
#include "parquet/duck.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"

#define OLDEST "1.4"
#define VARIABLE "TIDEWAITER_DUCKDB"

int duck_fail(struct tw_error *error, const char *what, const char *said)
{
	static const char by_descriptor[] = " '/proc/self/fd/"; /* no name that anybody gave */
	size_t length = said ? strcspn(said, "\n") : 0;
	const char *at = said ? strstr(said, by_descriptor) : NULL;
	const char *end = at && (size_t)(at - said) < length
			      ? memchr(at + 2, '\'', length - (size_t)(at + 2 - said))
			      : NULL;
	int before = (int)(end ? (size_t)(at - said) : length);
	int after = end ? (int)(length - (size_t)(end + 1 - said)) : 0;
	return error_set(error, TW_BAD_FILE, "%s: DuckDB says: %.*s%.*s", what,
			 before < 300 ? before : 300, said ? said : "", after < 300 ? after : 300,
			 end ? end + 1 : "");
}

/* The library is not there, or is none that can be used. */
static int absent(struct tw_error *error, const char *named)
{
	const char *why = dlerror();
	if (named && *named)
		return error_set(error, TW_BAD_FILE,
				 VARIABLE " names %.120s, which cannot be loaded (%.200s): name "
					  "libduckdb.so of DuckDB " OLDEST " or later",
				 named, why ? why : "");
	return error_set(
	    error, TW_BAD_FILE,
	    "Parquet is read and written by DuckDB's library, and no libduckdb.so can "
	    "be loaded: put that of DuckDB " OLDEST " or later where the loader looks, "
	    "or name the file in the environment variable " VARIABLE "; CSV needs no library");
}

static int find_calls(struct duck *duck, void *library, struct tw_error *error)
{
	const char *missing = NULL;
	void *at;
#define DUCK_FIND(gives, name, takes)                                                              \
	at = dlsym(library, "duckdb_" #name);                                                      \
	if (!at)                                                                                   \
		missing = missing ? missing : "duckdb_" #name;                                     \
	memcpy(&duck->name, &at, sizeof at);
	DUCK_CALLS(DUCK_FIND)
#undef DUCK_FIND
	if (!missing)
		return TW_OK;
	return error_set(error, TW_BAD_FILE,
			 "the libduckdb.so that was found%s%.40s has no %s: DuckDB " OLDEST
			 " or later is required",
			 duck->library_version ? ", of DuckDB " : "",
			 duck->library_version ? duck->library_version() : "", missing);
}

/* An empty database, which asks for nothing from elsewhere. */
static int open_database(struct duck *duck, unsigned threads, struct tw_error *error)
{
	const char *folder = getenv("TMPDIR");
	char count[16];
	char *why = NULL;
	duckdb_handle config = NULL;
	const char *const settings[][2] = {{"threads", count},
					   {"autoinstall_known_extensions", "false"},
					   {"autoload_known_extensions", "false"},
					   {"preserve_insertion_order", "true"},
					   {"temp_directory", folder && *folder ? folder : "/tmp"}};
	(void)snprintf(count, sizeof count, "%u", threads ? threads : 1);
	int failed = duck->create_config(&config);
	for (size_t i = 0; i < sizeof settings / sizeof *settings && !failed; i++)
		failed = duck->set_config(config, settings[i][0], settings[i][1]);
	if (!failed)
		failed = duck->open_ext(NULL, &duck->database, config, &why);
	if (failed)
		duck_fail(error, "DuckDB's library cannot be used",
			  why ? why : "a setting is refused");
	if (why)
		duck->free(why);
	duck->destroy_config(&config);
	return failed ? TW_BAD_FILE : TW_OK;
}

int duck_open(struct duck **out, unsigned threads, struct tw_error *error)
{
	const char *named = getenv(VARIABLE);
	bool is_named = named && *named;
	/* It stays loaded: it has threads and things of its own that end with the program. */
	void *library = dlopen(is_named ? named : "libduckdb.so", RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return absent(error, named);
	struct duck *duck = calloc(1, sizeof *duck);
	if (!duck)
		return error_memory(error);
	int code = find_calls(duck, library, error);
	if (!code)
		code = open_database(duck, threads, error);
	if (code)
		free(duck);
	else
		*out = duck;
	return code;
}

void duck_close(struct duck *duck)
{
	if (!duck)
		return;
	duck->close(&duck->database);
	free(duck);
}

int duck_connect(duckdb_handle *out, const struct duck *duck, struct tw_error *error)
{
	duckdb_result result = {0};
	if (duck->connect(duck->database, out))
		return duck_fail(error, "no connection within the program", NULL);
	/* Only a library with time zones knows it; without them all is UTC. */
	(void)duck->query(*out, "SET TimeZone = 'UTC'", &result);
	duck->destroy_result(&result);
	return TW_OK;
}

static void put_between(struct buffer *out, const char *text, char mark)
{
	buffer_char(out, mark);
	for (; *text; text++) {
		if (*text == mark)
			buffer_char(out, mark);
		buffer_char(out, *text);
	}
	buffer_char(out, mark);
}

void duck_put_name(struct buffer *out, const char *name)
{
	put_between(out, name, '"');
}

void duck_put_text(struct buffer *out, const char *text)
{
	put_between(out, text, '\'');
}
