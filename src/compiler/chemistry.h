/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Controlled chemicals, from law text to sections of the rulebook: the ledger
 * (screen/ledger.h), the names (screen/match.h) and the classes
 * (screen/classes.h). The law is in law/substances and law/<j>/controls; the
 * format is in docs/law-format-chemistry.md.
 */
#ifndef TW_CHEMISTRY_H
#define TW_CHEMISTRY_H

#include "rulebook.h"

/*
 * Read, check and compile. A law folder without substances adds nothing. An
 * error names file and line.
 */
int chemistry_compile(struct rulebook_writer *writer, const char *law_folder,
		      struct tw_error *error);

#endif
