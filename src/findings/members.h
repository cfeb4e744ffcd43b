/* SPDX-License-Identifier: Apache-2.0 */
/* What the objects of a finding share: words of JSON, and the members that are objects themselves.
 */
#ifndef TW_FINDINGS_MEMBERS_H
#define TW_FINDINGS_MEMBERS_H

#include <string.h>

#include "common/instant.h"
#include "findings/finding.h"
#include "findings/marks.h"

static inline void put_key(struct buffer *out, const char *name)
{
	buffer_text(out, name);
}

static inline void put_string(struct buffer *out, const char *text)
{
	buffer_json(out, text ? text : "", text ? strlen(text) : 0);
}

static inline void put_string_or_null(struct buffer *out, const char *text)
{
	if (text && *text)
		put_string(out, text);
	else
		buffer_text(out, "null");
}

/* Texts, amounts and instants that another line of the same plan has otherwise are noted. */
static inline void put_marked(struct buffer *out, const char *text, const void *what)
{
	size_t start = out->length;
	put_string_or_null(out, text);
	marks_add(out, start, what, MARK_STRING);
}

/* The same where an empty text is one: the printed rate of a heading may be. */
static inline void put_marked_text(struct buffer *out, const char *text, const void *what)
{
	size_t start = out->length;
	put_string(out, text);
	marks_add(out, start, what, MARK_TEXT);
}

static inline void put_money(struct buffer *out, const tw_money *amount)
{
	mark_money(out, amount, MARK_QUOTED);
}

/* Null where it is -1. */
static inline void put_money_or_null(struct buffer *out, const tw_money *amount)
{
	mark_money(out, amount, MARK_NULL);
}

static inline void put_money_if(struct buffer *out, const tw_money *amount, bool known)
{
	if (known)
		put_money(out, amount);
	else
		buffer_text(out, "null");
}

static inline void put_citations(struct buffer *out, const struct tw_citations *by)
{
	put_key(out, ",\"by\":");
	size_t start = out->length;
	buffer_char(out, '[');
	for (size_t i = 0; i < by->count; i++) {
		if (i)
			buffer_char(out, ',');
		put_string(out, by->id[i]);
	}
	buffer_char(out, ']');
	marks_add(out, start, by, MARK_LIST);
}

static inline void put_strings(struct buffer *out, const char *name, const char *const *texts,
			       size_t count)
{
	put_key(out, name);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_char(out, ',');
		put_string(out, texts[i]);
	}
	buffer_char(out, ']');
}

/* Null where it is TW_TIME_MAX. */
static inline void put_instant(struct buffer *out, const tw_time *at, int offset)
{
	char text[26] = "";
	size_t start = out->length;
	if (*at != TW_TIME_MAX)
		time_print(text, *at, offset);
	put_string_or_null(out, text);
	marks_add(out, start, at, MARK_INSTANT);
}

/* members.c: each with a comma and its name before it. */
void finding_duty(struct buffer *out, const struct finding_style *style,
		  const struct tw_assessment *answer);
void finding_fees(struct buffer *out, const struct finding_style *style,
		  const struct tw_assessment *answer);
void finding_taxes(struct buffer *out, const struct finding_style *style,
		   const struct tw_assessment *answer);
void finding_adcvd(struct buffer *out, const struct tw_adcvd *adcvd);
void finding_de_minimis(struct buffer *out, const struct tw_de_minimis *exemption);
void finding_substances(struct buffer *out, const struct tw_assessment *answer);
void finding_controls(struct buffer *out, const struct tw_assessment *answer);
void finding_sums(struct buffer *out, const struct tw_assessment *answer);
void finding_declared(struct buffer *out, const struct finding_declared *declared,
		      const struct finding_difference *differences, size_t count);
void finding_warnings(struct buffer *out, const struct tw_assessment *answer,
		      const struct finding_difference *differences, size_t count);
void finding_kept(struct buffer *out, const struct finding *finding);

#endif
