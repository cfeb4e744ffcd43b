/* SPDX-License-Identifier: Apache-2.0 */
/* The words in which all writers of timelines say the same. */
#include "timeline/write.h"

#include "common/fit.h"
#include "common/utf8.h"
#include "common/words.h"
#include "findings/finding.h"

#include <string.h>

const char *write_moved(enum tw_moved what)
{
	static const char *const names[] = {"code",    "status", "began",     "ended",
					    "changed", "choice", "exemption", "fee",
					    "entry",   "amount", "order",     "tax"};
	return names[what];
}

/* A column as the line has it, cut, and of what is no ASCII a mark: what is not understood. */
static const char *as_said(char out[24], const struct told *told, enum tw_column column)
{
	struct tw_text text = told->line->column[column];
	size_t count = 0;
	for (size_t i = 0; i < text.length && count < 23; i++) {
		const unsigned char c = (unsigned char)text.at[i];
		if (c < 0x80 || c >= 0xc0) /* the first byte of a letter */
			out[count++] = c >= 0x20 && c < 0x7f ? (char)c : '?';
	}
	out[count] = '\0';
	return out;
}

const char *write_code(char out[24], const struct told *told)
{
	finding_code(out, told->step->answer->hts);
	return *out ? out : as_said(out, told, TW_COLUMN_HTS);
}

const char *write_origin(char out[24], const struct told *told)
{
	const char *origin = told->step->answer->origin;
	return *origin ? origin : as_said(out, told, TW_COLUMN_ORIGIN);
}

const char *write_rate(const struct tw_assessment *answer)
{
	if (answer->status == TW_STATUS_REFUSED)
		return answer->refusal.reason;
	if (answer->de_minimis.applies && answer->de_minimis.eligible)
		return "free";
	return *answer->rate ? answer->rate : "open";
}

const char *write_layer_rate(const struct tw_layer *layer)
{
	return layer->kind == TW_LAYER_EXEMPT ? "exempt" : *layer->rate ? layer->rate : "no rate";
}

const char *write_duty(char out[64], const struct tw_assessment *answer)
{
	char one[48], two[48];
	if (answer->status == TW_STATUS_REFUSED)
		return "";
	if (answer->has_amount)
		fit_print(out, 64, "%s", words_money(one, answer->amount));
	else if (answer->has_bounds)
		fit_print(out, 64, "%s to %s", words_money(one, answer->least),
			  words_money(two, answer->greatest));
	else
		fit_print(out, 64, "not known");
	return out;
}

const char *write_day(char out[17], tw_time at, int offset)
{
	char text[26];
	time_print(text, at, offset);
	text[16] = '\0';
	text[10] = ' ';
	if (!strcmp(text + 11, "00:00"))
		text[10] = '\0';
	strcpy(out, text);
	return out;
}

void write_right(struct buffer *out, const char *text, size_t columns)
{
	size_t wide = utf8_width(text, strlen(text));
	words_pad(out, columns > wide + 1 ? columns - wide : 2);
	buffer_text(out, text);
}

const char *write_estimated(const struct tw_assessment *answer)
{
	static const char kind[] = "base-estimated: ";
	for (size_t i = 0; i < answer->warning_count; i++)
		if (!strncmp(answer->warnings[i], kind, sizeof kind - 1))
			return answer->warnings[i];
	return NULL;
}

const char *any_estimated(const struct told *told, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < told[i].count; k++) {
			const char *said = write_estimated(told[i].step[k].answer);
			if (said)
				return said;
		}
	return NULL;
}

void write_estimate(struct buffer *out, const struct told *told, size_t count)
{
	const char *said = any_estimated(told, count);
	if (!said)
		return;
	words_pad(out, 2);
	words_wrap(out, said, 2, 2);
}

void write_edition(struct buffer *out, const tw_rulebook *book)
{
	const char *edition = tw_rulebook_edition(book), *known_on = tw_rulebook_known_on(book);
	const bool cut = strcmp(edition, known_on) != 0;
	buffer_print(out, "  law edition %s%s%s, sha256 %.16s...\n", edition,
		     cut ? " as known on " : "", cut ? known_on : "", tw_rulebook_sha256(book));
}
