/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Feeds arbitrary bytes to what reads law text. The first byte says to which
 * reader the rest goes. MINI is the small sound law that names the words.
 */
#include "../unit/law/reader.h"
#include "law/pattern_read.h"

#include <stdlib.h>
#include <string.h>

static struct law *law;
static const struct law_pos here = {"fuzz", 1, 1};

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return law_read(&law, MINI, NULL) ? 1 : 0;
}

static void fuzz_conditions(const struct yaml_node *root, struct arena *arena,
			    struct tw_error *error)
{
	struct reader r;
	const struct law_node *node;
	struct law_scope scope;
	struct law_origins origins;
	struct law_end end;
	bool all;
	if (!reader_open(&r, law, arena, error))
		return;
	for (int kind = LAW_KIND_DUTY; kind <= LAW_KIND_TAX; kind++)
		(void)read_when(&r, root, "America/New_York", (enum law_kind)kind, &node);
	(void)read_scope(&r, root, &scope);
	(void)read_origins(&r, root, &origins, &all);
	(void)read_end(&r, root, "Asia/Shanghai", 0, &end);
}

/* Numbers by which an engine divides and indexes are within their bounds. */
static void fuzz_pattern(const struct yaml_node *root, struct arena *arena, struct tw_error *error)
{
	struct reader r;
	struct law_pattern pattern = {0};
	struct table substances = {0};
	struct pattern_read p = {.r = &r, .out = &pattern, .root = root, .substances = &substances};
	if (!reader_open(&r, law, arena, error) || pattern_read(&p))
		return;
	bool window = pattern.kind == PATTERN_MANY || pattern.kind == PATTERN_TOGETHER;
	if (!pattern.least || !pattern.rule_count || pattern.band > 5000 ||
	    pattern.days > PATTERN_DAYS || (window && !pattern.days) || pattern.names > 16 ||
	    (pattern.kind == PATTERN_PRICE && !pattern.times) || pattern.part_count > PATTERN_PARTS)
		abort();
}

static void fuzz_texts(const char *text, struct arena *arena, struct tw_error *error)
{
	struct law_rate rate;
	const struct law_special *special;
	uint32_t count;
	struct law_range range;
	tw_time at;
	if (!text_rate(&rate, law, arena, text, here, error))
		for (uint32_t i = 0; i < rate.term_count; i++)
			if (rate.term[i].amount.den <= 0 || rate.term[i].amount.num < 0)
				abort();
	(void)text_special(&special, &count, law, arena, text, false, here, error);
	if (!text_special(&special, &count, law, arena, text, true, here, error))
		for (uint32_t i = 0; i < count; i++)
			if (special[i].rate.kind == LAW_RATE_UNKNOWN && !special[i].rate.reason)
				abort();
	(void)text_time(&at, "America/New_York", text, here, error);
	if (!text_range(&range, text, here, error) && range.high <= range.low)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tw_error error;
	struct yaml_node *root;
	struct tsv tsv;
	if (!law || !size)
		return 0;
	struct arena *arena = arena_new();
	char *text = arena ? arena_text(arena, (const char *)data + 1, size - 1) : NULL;
	if (text && data[0] == 'y' && !yaml_parse(&root, arena, "fuzz", text, size - 1, &error))
		fuzz_conditions(root, arena, &error);
	if (text && data[0] == 'p' && !yaml_parse(&root, arena, "fuzz", text, size - 1, &error))
		fuzz_pattern(root, arena, &error);
	if (text && data[0] == 't')
		(void)tsv_parse(&tsv, arena, "fuzz", text, size - 1, &error);
	if (text && data[0] == 'r')
		fuzz_texts(text, arena, &error);
	arena_free(arena);
	return 0;
}
