/* SPDX-License-Identifier: Apache-2.0 */
/* In a build without SQLite: every question is answered by what is missing. */
#include "codes/build.h"
#include "codes/codes.h"
#include "common/error.h"

#include <stdio.h>

void codes_list_free(struct codes_list *list)
{
	*list = (struct codes_list){0};
}

void codes_list_cut(struct codes_list *list, size_t limit)
{
	(void)list, (void)limit;
}

int codes_open(struct codes **out, const char *path, struct tw_error *error)
{
	(void)path;
	*out = NULL;
	return error_set(
	    error, TW_UNSUPPORTED,
	    "this build has no descriptions of codes: it was built without SQLite (install "
	    "libsqlite3-dev, then meson -Dcodes=enabled)");
}

void codes_close(struct codes *codes)
{
	(void)codes;
}

static int nothing(struct tw_error *error)
{
	struct codes *none;
	return codes_open(&none, "", error);
}

int codes_at(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
	     struct tw_error *error)
{
	(void)out, (void)codes, (void)code, (void)day;
	return nothing(error);
}

int codes_way(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
	      struct tw_error *error)
{
	(void)out, (void)codes, (void)code, (void)day;
	return nothing(error);
}

int codes_beneath(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
		  struct tw_error *error)
{
	(void)out, (void)codes, (void)code, (void)day;
	return nothing(error);
}

int codes_periods(struct codes_list *out, struct codes *codes, const char *code,
		  struct tw_error *error)
{
	(void)out, (void)codes, (void)code;
	return nothing(error);
}

int codes_successors(struct codes_list *out, bool *named, struct codes *codes, const char *code,
		     int32_t day, struct tw_error *error)
{
	(void)out, (void)named, (void)codes, (void)code, (void)day;
	return nothing(error);
}

int codes_search(struct codes_list *out, struct codes *codes, const char *text, int32_t day,
		 size_t limit, struct tw_error *error)
{
	(void)out, (void)codes, (void)text, (void)day, (void)limit;
	return nothing(error);
}

int codes_hint(char *out, size_t size, struct codes *codes, const char *text, int32_t day,
	       struct tw_error *error)
{
	(void)out, (void)size, (void)codes, (void)text, (void)day;
	return nothing(error);
}

int codes_words(char **out, struct codes *codes, const char *code, int32_t day,
		struct tw_error *error)
{
	(void)codes, (void)code, (void)day;
	*out = NULL;
	return nothing(error);
}

int codes_build_new(struct codes_build **out, const char *path, struct tw_error *error)
{
	(void)path;
	*out = NULL;
	return nothing(error);
}

int codes_build_add(struct codes_build *build, const struct codes_entry *entry, const char *called,
		    struct tw_error *error)
{
	(void)build, (void)entry, (void)called;
	return nothing(error);
}

int codes_build_renumber(struct codes_build *build, const char *code, int32_t day, int place,
			 const char *successor, struct tw_error *error)
{
	(void)build, (void)code, (void)day, (void)place, (void)successor;
	return nothing(error);
}

int codes_build_end(struct codes_build *build, struct tw_error *error)
{
	(void)build;
	return nothing(error);
}

void codes_build_drop(struct codes_build *build)
{
	(void)build;
}
