/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Feeds arbitrary bytes to the reader of scenarios, over a small sound law. What is read is a law
 * whose measures stand by program, end after they begin, and cite the scenario where they differ;
 * what is refused says where and why.
 */
#include "law/scenario.h"

#include <stdlib.h>
#include <string.h>

static struct law *law;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return law_read(&law, MINI, NULL) ? 1 : 0;
}

static void check_indexes(const struct law *with, const uint32_t *index, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (index[i] >= with->measure_count)
			abort();
}

static void check(const struct law *with)
{
	uint32_t next = 0;
	for (uint32_t p = 0; p < with->program_count; p++) {
		const struct law_program *program = &with->programs[p];
		if (program->measure_first != next)
			abort();
		next += program->measure_count;
		for (uint32_t i = program->measure_first; i < next; i++)
			if (with->measures[i].program != p)
				abort();
		for (uint32_t i = 0; i < program->yield_count; i++) {
			check_indexes(with, program->yields[i].measures,
				      program->yields[i].measure_count);
			check_indexes(with, program->yields[i].of, program->yields[i].of_count);
		}
	}
	if (next != with->measure_count || !with->scenario)
		abort();
	for (uint32_t i = 0; i < with->measure_count; i++) {
		const struct law_measure *m = &with->measures[i];
		if (m->until.at <= m->from.at ||
		    (m->from.by != LAW_NONE && m->from.by >= with->instrument_count) ||
		    (m->until.by != LAW_NONE && m->until.by >= with->instrument_count))
			abort();
		check_indexes(with, m->except, m->except_count);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tw_error error = {0};
	struct law *with;
	if (!law)
		return 0;
	if (!law_with_text(&with, law, "fuzz", (const char *)data, size, &error)) {
		check(with);
		law_free(with);
	} else if (!*error.message || with) {
		abort();
	}
	return 0;
}
