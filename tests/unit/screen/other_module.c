/* SPDX-License-Identifier: Apache-2.0 */
/* A module of another version. */
#include "tidewaiter.h"

struct other {
	char mark[65];
};
TW_API extern const struct other tw_structures;
const struct other tw_structures = {"of another version"};
