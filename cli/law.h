/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the commands of `tidewaiter law` share: what was asked, the words for
 * what the law says, and the changes between two days. They read the parsed
 * law alone, never the rulebook.
 */
#ifndef TW_CLI_LAW_H
#define TW_CLI_LAW_H

#include "../src/compiler/law.h"
#include "../src/lines/buffer.h"
#include "cli.h"

enum { LAW_WIDTH = 80 };

/* What is asked; a filter that is NULL lets everything pass. */
struct law_query {
	const struct law *law;   /* a view: superseded measures are out */
	const struct law *whole; /* what it is a view of */
	const char *folder;
	const char *program, *kind; /* a glob; duty, exemption, entry, fee, prohibition */
	uint32_t into, origin;      /* jurisdiction, country; LAW_NONE: any */
	struct law_range code;      /* low == high: any */
	const char *on;             /* as written, or NULL */
	int32_t known;              /* --as-known-on as a local day; INT32_MAX: every act */
	bool json, color;
};

/* Filters. */
bool query_program(const struct law_query *query, uint32_t program);
bool query_origins(const struct law_query *query, const struct law_origins *origins);
/* Some code asked for is in the scope at that instant. */
bool query_scope(const struct law_query *query, const struct law_scope *scope, tw_time at);

/* Facts of the law that the pages need. */
int law_zone(const struct law *law, uint32_t jurisdiction);
struct law_origins law_origins_of(const struct law *law, const struct law_measure *measure);
bool law_in_force(const struct law_measure *measure, tw_time at);
/* Whether the two scopes share a code at that instant, or just before it. */
bool law_scopes_meet(const struct law *law, const struct law_scope *a, const struct law_scope *b,
		     tw_time at);
/* Whether a scope takes in, or leaves out, the codes of a list. */
bool law_scope_names(const struct law_scope *scope, uint32_t list);
bool law_scope_same(const struct law_scope *a, const struct law_scope *b);
bool law_when_same(const struct law_node *a, const struct law_node *b);

static inline const char *law_or_empty(const char *text)
{
	return text ? text : "";
}

/* Words: appended to a buffer. */
void say(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "China, Hong Kong and Macau", "EU and Japan", "57 countries", "every origin". */
void say_origins(struct buffer *out, const struct law *law, const struct law_origins *origins,
		 size_t most);
/* "goods of list us.301.list1", "codes 7301, 8471.30", "all goods". */
void say_scope(struct buffer *out, const struct law *law, const struct law_scope *scope);
/* The condition as the law writes it, exactly; nothing for NULL. */
void say_when(struct buffer *out, const struct law_node *when);
/*
 * The condition of a measure in plain words: "loaded before 2025-02-01 00:01
 * and not usmca". What every measure of its program asks for is left out.
 */
void say_if(struct buffer *out, const struct law *law, const struct law_measure *measure);
/* "125%", "15% including the general rate", "exempt", "$100 an item". */
void say_effect(struct buffer *out, const struct law *law, const struct law_measure *measure);
/* Its two halves: "54%", " in place of every other duty". */
void say_rate(struct buffer *out, const struct law_measure *measure);
void say_beside(struct buffer *out, const struct law_measure *measure);
/* "2025-04-10 00:01"; the day alone with `day`. */
void say_time(struct buffer *out, int zone, tw_time at, bool day);
/* "9903.01.63"; of a floor "9903.02.19 or 9903.02.20". */
void say_heading(struct buffer *out, const struct law_measure *measure);
void say_range(struct buffer *out, struct law_range codes);
/* "telephones (8517.13), parts of pumps (8413.91.10, 8413.91.20) and 3 more". */
void say_goods(struct buffer *out, const struct law *law, const struct law_range *codes,
	       uint32_t count, uint32_t most);
/* "Executive order EO-14266, 90 FR 15625: title"; without the title when said before. */
void say_act(struct buffer *out, const struct law_instrument *act, bool again);
const char *law_kind_word(enum law_kind kind);
const char *law_confidence_word(enum law_confidence confidence);

/* Text from column `at`, broken at blanks, later lines indented; ends the line. */
void say_wrapped(struct buffer *out, const char *text, size_t length, size_t at, size_t indent);
/* The same for what was gathered in a buffer, which is emptied. */
void say_gathered(struct buffer *out, struct buffer *text, size_t at, size_t indent);
void say_bold(struct buffer *out, const struct law_query *query, const char *text);

/* JSON. */
void json_string(struct buffer *out, const char *text);
/* ,"key":"text"; nothing when the text is NULL or empty. */
void json_field(struct buffer *out, const char *key, const char *text);
void json_gathered(struct buffer *out, const char *key, struct buffer *text);
void json_time(struct buffer *out, const char *key, int zone, tw_time at);
void json_origins(struct buffer *out, const struct law *law, const struct law_origins *origins);
void json_act(struct buffer *out, const struct law *law, uint32_t instrument);
void json_measure(struct buffer *out, const struct law *law, uint32_t measure);

/* import-schedule: what is asked beside the query. */
struct law_import {
	const char *file, *day, *output;
	bool part, write;
};

/* The commands; exit codes. */
int law_list_command(const struct law_query *query);
int law_show_command(const struct law_query *query, const char *id);
/* check: what import-schedule puts right, where there is a schedule. */
int law_import_check(const struct law *law, const char *folder);
int law_import_command(const struct law_query *query, const struct law_import *import);

#endif
