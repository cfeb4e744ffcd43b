/* SPDX-License-Identifier: Apache-2.0 */
/* Classes by structure: law/substances/classes/ compiled to the section that rulebook/structures.h
 * reads. */
#ifndef TW_COMPILER_STRUCTURES_H
#define TW_COMPILER_STRUCTURES_H

#include "rulebook/structures.h"
#include "tidewaiter.h"

/* Read every .yaml in law_folder/substances/classes into a position-free section (malloc'ed). */
int classes_build(void **section, size_t *size, const char *law_folder, struct tw_error *error);

#endif
