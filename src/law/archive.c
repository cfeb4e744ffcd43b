/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the form of a law folder in one block of bytes, see archive.h. */
#include "law/archive.h"

#include "common/error.h"
#include "law/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char first_line[] = "tidewaiter law text 1\n";

struct writer {
	const char *folder;
	struct arena *arena;
	struct tw_error *error;
	FILE *to;
	size_t files;
};

static bool is_law(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".tsv"));
}

static int add_file(struct writer *w, const char *path)
{
	char *data;
	size_t size;
	int code = file_read(&data, &size, w->arena, w->folder, path, w->error);
	if (code)
		return code;
	fprintf(w->to, "%s %zu\n", path, size);
	fwrite(data, 1, size, w->to);
	w->files++;
	return TW_OK;
}

/* Names with a dot are files, as in the reader of the law. */
static int add_folder(struct writer *w, const char *path, int depth)
{
	const char **names, *folder = *path ? file_join(w->arena, w->folder, path) : w->folder;
	size_t count;
	int code = folder ? file_list(&names, &count, w->arena, folder, "") : TW_NO_MEMORY;
	for (size_t i = 0; !code && i < count; i++) {
		const char *name = *path ? file_join(w->arena, path, names[i]) : names[i];
		if (!name)
			return TW_NO_MEMORY;
		if (!strchr(names[i], '.'))
			code = depth ? add_folder(w, name, depth - 1) : TW_OK;
		else if (is_law(names[i]))
			code = add_file(w, name);
	}
	return code;
}

int archive_make(char **out, size_t *size, const char *folder, struct tw_error *error)
{
	struct writer w = {.folder = folder, .error = error, .arena = arena_new()};
	int code = error_memory(error);
	*out = NULL;
	w.to = open_memstream(out, size);
	if (w.arena && w.to) {
		fputs(first_line, w.to);
		code = add_folder(&w, "", 4);
		if (!code && !w.files)
			code = error_at(error, TW_BAD_LAW, folder, 0, 0, "no file of law in it");
	}
	if (w.to && (ferror(w.to) | fclose(w.to)) != 0 && !code)
		code = error_memory(error);
	arena_free(w.arena);
	if (code) {
		free(*out);
		*out = NULL;
	}
	return code;
}

bool archive_next(struct archive_file *out, const struct archive *archive, size_t *offset)
{
	const char *end = archive->at + archive->size, *line, *blank, *stop;
	if (!*offset) {
		if (archive->size < sizeof first_line - 1 ||
		    memcmp(archive->at, first_line, sizeof first_line - 1) != 0)
			return false;
		*offset = sizeof first_line - 1;
	}
	line = archive->at + *offset;
	if (line >= end || !(stop = memchr(line, '\n', (size_t)(end - line))) ||
	    !(blank = memchr(line, ' ', (size_t)(stop - line))))
		return false;
	*out = (struct archive_file){.path = line,
				     .path_length = (size_t)(blank - line),
				     .data = stop + 1,
				     .size = strtoull(blank + 1, NULL, 10)};
	if (out->size > (size_t)(end - out->data))
		return false;
	*offset = (size_t)(out->data - archive->at) + out->size;
	return true;
}
