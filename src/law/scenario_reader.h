/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the scenario's reader share. Private to scenario*.c. */
#ifndef TW_LAW_SCENARIO_READER_H
#define TW_LAW_SCENARIO_READER_H

#include "law/reader.h"
#include "law/scenario.h"

struct scenario_reader {
	struct reader
	    r; /* r.law is the law made; its measures begin with those of the law before */
	const struct law *law;
	struct law_scenario *scenario;
	uint32_t instrument; /* that stands for the scenario */
	const char *instrument_id;
	uint32_t measure_count; /* of the law before */
	uint32_t *changed_by;   /* of each of these the change, or LAW_NONE */
};

/* scenario_read.c: the head of the file; then its changes, and what they add. */
int scenario_read_head(struct scenario_reader *s, const struct yaml_node *root);
int scenario_read_changes(struct scenario_reader *s, const struct yaml_node *root);
/* scenario_check.c: which measures a change touches; refuses what contradicts. */
int scenario_touch(struct scenario_reader *s, uint32_t change, struct law_pos pos,
		   const uint32_t *measure, uint32_t count, bool is_single);
/* A measure of the law made, which a change moved or added, meets no other that lays a duty. */
int scenario_meets(struct scenario_reader *s, struct law_pos pos, const struct law_measure *m);
/* What is added cites the scenario and no act. */
int scenario_cites(struct scenario_reader *s, const struct law_measure *m);
int scenario_program_cites(struct scenario_reader *s, const struct law_program *program);
/* scenario_apply.c: the measures and programs of the law made. */
int scenario_apply(struct scenario_reader *s);

#endif
