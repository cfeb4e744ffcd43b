/* SPDX-License-Identifier: Apache-2.0 */
/* The page of `tidewaiter substance` where nothing was found: what was looked at, and what is near.
 */
#include <stdio.h>
#include <string.h>

#include "cli/substance/substance.h"
#include "common/fit.h"
#include "common/words.h"

/* CAS numbers that differ in one digit. */
static void near_numbers(struct buffer *out, const struct inquiry *q)
{
	const struct ledger *ledger = &q->ledger;
	const char *asked = q->asked;
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		const struct ledger_substance *s = &ledger->substances[i];
		for (uint32_t k = 0; k < s->cas.count; k++) {
			const char *cas = ledger_word(ledger, s->cas, k);
			size_t differ = 0, length = strlen(cas);
			if (strlen(asked) != length)
				continue;
			for (size_t c = 0; c < length; c++)
				differ += cas[c] != asked[c];
			if (differ == 1)
				buffer_print(out, "  %s (%s)\n", cas, ledger_text(ledger, s->name));
		}
	}
}

/* Names that begin with what was asked, then those that hold it. */
static void alike(struct buffer *out, const struct inquiry *q)
{
	enum { SHOWN = 20 };
	size_t shown = 0, more = 0;
	for (int want = LIKE_START; want > LIKE_NOT && strlen(q->asked) > 2; want--)
		for (uint32_t i = 0; i < q->ledger.count[LEDGER_SUBSTANCES]; i++) {
			const char *name = "", *shows;
			if ((int)inquiry_like(&q->ledger, i, q->asked, &name) != want)
				continue;
			if (shown == SHOWN) {
				more++;
				continue;
			}
			if (!shown++)
				buffer_print(out, "\nNames that contain it:\n");
			shows = ledger_text(&q->ledger, q->ledger.substances[i].name);
			if (strcmp(shows, name) != 0)
				buffer_print(out, "  %s (%s)\n", name, shows);
			else
				buffer_print(out, "  %s\n", name);
		}
	if (more)
		buffer_print(out, "  and %zu more: --list shows all\n", more);
}

/* Nothing was found: what was looked at, and what is near. */
void substance_nothing(struct buffer *out, const struct inquiry *q)
{
	char text[1024];
	fit_print(text, sizeof text,
		  "No match for \"%.300s\". No match does not mean that it is uncontrolled.",
		  q->asked);
	words_wrap_cut(out, text, 0, 0);
	if (q->bad_cas) {
		words_wrap_cut(out,
			       "It has the form of a CAS number, but its check digit is wrong. CAS "
			       "numbers that differ in one digit:",
			       0, 0);
		near_numbers(out, q);
	}
	fit_print(text, sizeof text,
		  "Searched: %u names of %u substances and classes, CAS and UN numbers, "
		  "InChIKeys.%s%s%s%s%s",
		  q->ledger.count[LEDGER_NAMES], q->ledger.count[LEDGER_SUBSTANCES],
		  *q->structure ? " The text " : "", q->structure, q->absent ? ": " : "",
		  q->absent ? q->absent : "", *q->structure ? "." : "");
	words_wrap_cut(out, text, 0, 0);
	alike(out, q);
	if (q->nearest_count)
		buffer_print(out, "\nClosest names:\n");
	for (size_t i = 0; i < q->nearest_count; i++) {
		const struct ledger_substance *s = &q->ledger.substances[q->nearest[i].substance];
		const char *name = ledger_text(&q->ledger, s->name);
		bool other = strcmp(name, q->nearest[i].name) != 0;
		fit_print(text, sizeof text, "%s%s%s%s", q->nearest[i].name, other ? " (" : "",
			  other ? name : "", other ? ")" : "");
		buffer_print(out, "  ");
		words_wrap_cut(out, text, 4, 2);
	}
}
