/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the name of a country is compared: by its letters and digits in small letters without
 * accents, & as "and". "Côte d'Ivoire" is cotedivoire, "U.A.E." is uae. The rulebook holds the
 * names so, sorted.
 */
#ifndef TW_COMMON_COUNTRY_H
#define TW_COMMON_COUNTRY_H

#include "tidewaiter.h"

#define COUNTRY_FOLDED 64

/* What of the name is compared, terminated; its length, 0 if it is empty or too long. */
size_t country_fold(char out[COUNTRY_FOLDED], struct tw_text name);

#endif
