/* SPDX-License-Identifier: Apache-2.0 */
/* What a build has to look at again: every file and folder of a law folder, as make reads it. */
#ifndef TW_LAW_DEPFILE_H
#define TW_LAW_DEPFILE_H

/* 0, or -1 when it cannot be written. One at a time. */
int law_depfile(const char *path, const char *target, const char *folder);

#endif
