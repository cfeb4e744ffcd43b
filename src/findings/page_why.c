/* SPDX-License-Identifier: Apache-2.0 */
/* The page of one line with the reasons: each duty, what steps back, the acts that are cited. */
#include "findings/page_parts.h"

#include <string.h>

#include "common/words.h"
#include "findings/cited.h"

/* The title of a program under its id. */
static void say_title(struct buffer *out, const struct page *page, const char *program)
{
	const char *name = page_program(page, program);
	if (!*name)
		return;
	words_pad(out, 6);
	words_wrap(out, name, 6, 6);
}

static void why_layers(struct buffer *out, const struct page *page)
{
	static const char *const kinds[] = {"base duty of the tariff schedule", "added",
					    "replaces the base duty", "exempts; no duty is due"};
	const struct tw_assessment *answer = page->finding->answer;
	char on[48], amount[48];
	page_title(out, page, "Each duty");
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		buffer_print(out, "  %s  %s\n", finding_heading(layer), layer->program);
		say_title(out, page, layer->program);
		buffer_print(out, "      %s", kinds[layer->kind]);
		if (layer->kind != TW_LAYER_EXEMPT)
			buffer_print(out, ": %s on %s%s%s%s = %s", layer->rate,
				     page_is_whole(layer->part) ? "a dutiable value of "
								: "the dutiable value of the part ",
				     page_is_whole(layer->part) ? "" : layer->part,
				     page_is_whole(layer->part) ? "" : ", ",
				     layer->on >= 0 ? words_money(on, layer->on) : "?",
				     layer->is_unknown ? "?" : words_money(amount, layer->amount));
		buffer_char(out, '\n');
		if (layer->kind == TW_LAYER_REPLACE && !layer->is_unknown)
			buffer_print(out, "      of which in excess of the base duty: %s\n",
				     words_money(amount, layer->over_base));
		if (layer->is_void)
			buffer_text(
			    out,
			    "      held unlawful by a court but still collected: refundable\n");
		if (layer->confidence && *layer->confidence)
			buffer_print(out, "      confidence: %s\n", layer->confidence);
		buffer_text(out, "      by ");
		page_cited(out, &layer->by);
		buffer_char(out, '\n');
	}
}

static void why_excluded(struct buffer *out, const struct page *page)
{
	const struct tw_assessment *answer = page->finding->answer;
	if (answer->exclusion_count)
		page_title(out, page, "Does not apply");
	for (size_t i = 0; i < answer->exclusion_count; i++) {
		const struct tw_exclusion *excluded = &answer->exclusions[i];
		buffer_print(out, "  %s\n", excluded->program);
		say_title(out, page, excluded->program);
		buffer_print(out, "      does not apply where %s applies", excluded->to);
		if (!page_is_whole(excluded->part))
			buffer_print(out, " on the part %s", excluded->part);
		if (excluded->heading && *excluded->heading)
			buffer_print(out, ", declared under %s", excluded->heading);
		buffer_text(out, "\n      by ");
		page_cited(out, &excluded->by);
		buffer_char(out, '\n');
	}
}

static void why_fees(struct buffer *out, const struct page *page)
{
	const struct tw_assessment *answer = page->finding->answer;
	char amount[48];
	if (answer->tax_count)
		page_title(out, page, "Taxes and fees");
	else if (answer->fee_count || answer->de_minimis.applies)
		page_title(out, page, "Fees and de minimis");
	for (size_t i = 0; i < answer->fee_count; i++) {
		const struct tw_fee *fee = &answer->fees[i];
		buffer_print(out, "  %s: %s by ",
			     fee->measure && *fee->measure ? fee->measure : fee->fee,
			     words_money(amount, fee->amount));
		page_cited(out, &fee->by);
		buffer_char(out, '\n');
	}
	for (size_t i = 0; i < answer->tax_count; i++) {
		const struct tw_tax *tax = &answer->taxes[i];
		buffer_print(out, "  %s: %s by ", tax->measure,
			     tax->amount < 0 ? "?" : words_money(amount, tax->amount));
		page_cited(out, &tax->by);
		buffer_char(out, '\n');
	}
	if (answer->de_minimis.applies) {
		buffer_print(out, "  de minimis: %s%s%s by ",
			     answer->de_minimis.eligible ? "admitted free" : "not admitted free",
			     answer->de_minimis.reason && *answer->de_minimis.reason ? ", " : "",
			     answer->de_minimis.reason ? answer->de_minimis.reason : "");
		page_cited(out, &answer->de_minimis.by);
		buffer_char(out, '\n');
	}
}

/* Title, citation and link of an instrument, as the rulebook has them. */
static void instrument(struct buffer *out, const tw_rulebook *rulebook, const char *id)
{
	struct tw_instrument act;
	buffer_print(out, "  %s\n", id);
	if (tw_rulebook_instrument(rulebook, id, &act))
		return;
	if (act.title && *act.title) {
		words_pad(out, 6);
		words_wrap(out, act.title, 6, 6);
	}
	if (act.cite && *act.cite)
		buffer_print(out, "      %s\n", act.cite);
	if (act.url && *act.url)
		buffer_print(out, "      %s\n", act.url);
}

static void acts(struct buffer *out, const struct page *page)
{
	struct cited cited;
	cited_begin(&cited);
	if (!cited_gather(&cited, page->finding->answer))
		buffer_fail(out);
	if (cited.ids.count)
		page_title(out, page, "Cited");
	for (size_t i = 0; i < cited.ids.count; i++)
		instrument(out, page->rulebook, cited_id(&cited, i));
	cited_free(&cited);
}

void page_long(struct buffer *out, const struct page *page)
{
	if (page->finding->status == TW_STATUS_REFUSED) {
		page_refused(out, page);
		return;
	}
	page_heading(out, page, true);
	page_stack(out, page);
	page_remarks(out, page);
	why_layers(out, page);
	why_excluded(out, page);
	why_fees(out, page);
	acts(out, page);
	page_tail(out, page);
}
