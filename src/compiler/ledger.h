/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Controlled chemicals, from law text to sections of the rulebook: the ledger
 * (rulebook/ledger.h), the names and the classes. The law is in law/substances
 * and law/<j>/controls; the format is in docs/law-format-chemistry.md.
 */
#ifndef TW_COMPILER_LEDGER_H
#define TW_COMPILER_LEDGER_H

#include "rulebook/rulebook.h"

/*
 * Read, check and compile, as known on a day (local days since 1970; INT32_MAX:
 * as it stands). A law folder without substances adds nothing. An error names
 * file and line.
 */
int chemistry_compile(struct rulebook_writer *writer, const char *law_folder, int32_t known,
		      struct tw_error *error);

#endif
