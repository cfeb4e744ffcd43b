/* SPDX-License-Identifier: Apache-2.0 */
/* The law of chemicals, asked without compiling it: law/substances and law/<j>/controls. */
#ifndef TW_LAW_CHEMISTRY_H
#define TW_LAW_CHEMISTRY_H

#include "tidewaiter.h"

/* The id of every act that a list, a row or a penalty cites; the same one may come again. */
typedef void chemistry_act(void *context, const char *id);
int chemistry_acts(chemistry_act *each, void *context, const char *law_folder,
		   struct tw_error *error);

#endif
