/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the order of tests of the law of refunds, and what is known beside them. */
#include "law/refund_read.h"

#include <string.h>

static int read_test(struct refund_read *s, const struct yaml_node *node, bool accepted,
		     struct law_refund_test *out)
{
	static const char *const keys[] = {"reason", "title", "say",        "message", "from",
					   "until",  "by",    "confidence", "when",    NULL};
	int confidence = LAW_HIGH, code;
	*out = (struct law_refund_test){.say = "",
					.message = "",
					.from = INT32_MIN,
					.until = INT32_MAX,
					.from_by = LAW_NONE,
					.until_by = LAW_NONE,
					.accepted = accepted,
					.pos = node->pos};
	if ((code = yaml_only(node, keys, s->r->error)) ||
	    (code = read_needed(s->r, node, "reason", &out->reason)) ||
	    (code = read_needed(s->r, node, "title", &out->title)) ||
	    (code = refund_by(s, node, "by", true, &out->by)) ||
	    (code = read_text(s->r, node, "say", &out->say)) ||
	    (code = read_text(s->r, node, "message", &out->message)) ||
	    (code = refund_day(s, node, "from", &out->from, &out->from_by)) ||
	    (code = refund_day(s, node, "until", &out->until, &out->until_by)) ||
	    (code = read_choice(s->r, node, "confidence", refund_confidence, &confidence)) ||
	    (code = refund_atoms(s, yaml_get(node, "when"), &out->when)))
		return code;
	out->confidence = (enum law_confidence)confidence;
	if (strspn(out->reason, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != strlen(out->reason))
		return law_error(s->r->error, yaml_get(node, "reason")->pos,
				 "\"%s\" is not a reason: capitals, digits and _", out->reason);
	if (out->from >= out->until)
		return law_error(s->r->error, node->pos, "it ends before it begins");
	if (!accepted && !out->when.count && out->until == INT32_MAX)
		return law_error(s->r->error, node->pos,
				 "every entry meets this test: add \"when\" or \"until\"");
	return TW_OK;
}

static int read_list(struct refund_read *s, const struct yaml_node *root, const char *key,
		     struct vector *tests)
{
	const struct yaml_node *node = yaml_get(root, key);
	int code;
	if (!node || node->kind != YAML_SEQUENCE)
		return law_error(s->r->error, node ? node->pos : root->pos,
				 "\"%s\" is a list of {reason: …, title: …, when: …}", key);
	for (size_t i = 0; i < node->count; i++) {
		struct law_refund_test *test = read_add(s->r, tests, sizeof *test);
		if (!test)
			return TW_NO_MEMORY;
		if ((code = read_test(s, node->item[i], !strcmp(key, "accepted"), test)))
			return code;
	}
	return TW_OK;
}

int refund_tests(struct refund_read *s, const struct yaml_node *root)
{
	struct vector tests = {0};
	int code = read_list(s, root, "tests", &tests);
	if (code || (code = read_list(s, root, "accepted", &tests)))
		return code;
	const struct law_refund_test *last = (struct law_refund_test *)tests.item + tests.count - 1;
	if (!tests.count || !last->accepted || last->when.count || last->from != INT32_MIN ||
	    last->until != INT32_MAX)
		return law_error(s->r->error, yaml_get(root, "accepted")->pos,
				 "the last reason of \"accepted\" must hold for every entry");
	s->out->tests = tests.item;
	s->out->test_count = tests.count;
	return TW_OK;
}

static bool is_reason(const struct law_refunds *out, const char *reason)
{
	for (uint32_t i = 0; i < out->test_count; i++)
		if (!strcmp(out->tests[i].reason, reason))
			return true;
	return false;
}

static int read_matter(struct refund_read *s, const struct yaml_node *node,
		       struct law_refund_matter *out)
{
	static const char *const keys[] = {"id", "title", "from", "by", "confidence", "for", NULL};
	const struct yaml_node *reasons = yaml_get(node, "for");
	int confidence = LAW_HIGH, code;
	out->from = INT32_MIN;
	out->from_by = LAW_NONE;
	if ((code = yaml_only(node, keys, s->r->error)) ||
	    (code = read_needed(s->r, node, "id", &out->id)) ||
	    (code = read_needed(s->r, node, "title", &out->title)) ||
	    (code = refund_by(s, node, "by", true, &out->by)) ||
	    (code = refund_day(s, node, "from", &out->from, &out->from_by)) ||
	    (code = read_choice(s->r, node, "confidence", refund_confidence, &confidence)) ||
	    (code = read_words(s->r, reasons, &out->reasons, &out->reason_count)))
		return code;
	out->confidence = (enum law_confidence)confidence;
	for (uint32_t i = 0; i < out->reason_count; i++)
		if (!is_reason(s->out, out->reasons[i]))
			return law_error(s->r->error, reasons->pos,
					 "\"%s\" is not a reason of a test", out->reasons[i]);
	return TW_OK;
}

int refund_matters(struct refund_read *s, const struct yaml_node *node)
{
	struct vector matters = {0};
	int code;
	if (node && node->kind != YAML_SEQUENCE)
		return law_error(s->r->error, node->pos,
				 "matters are a list of {id: …, title: …, by: …}");
	for (size_t i = 0; node && i < node->count; i++) {
		struct law_refund_matter *matter = read_add(s->r, &matters, sizeof *matter);
		if (!matter)
			return TW_NO_MEMORY;
		if ((code = read_matter(s, node->item[i], matter)))
			return code;
	}
	s->out->matters = matters.item;
	s->out->matter_count = matters.count;
	return TW_OK;
}
