/* SPDX-License-Identifier: Apache-2.0 */
/* The law in words, appended to a buffer. */
#ifndef TW_LAW_WORDS_H
#define TW_LAW_WORDS_H

#include "common/buffer.h"
#include "law/query.h"

enum { SAY_WIDTH = 80 }; /* where text is broken, unless the buffer says */

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

#endif
