/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A zip archive, as far as a workbook needs it: find a member by its name and
 * read it unpacked, as a source. The list of members is read where it stands
 * at the end of the file, and nothing is believed that the bytes do not bear
 * out: every place lies within the file, a member gives as many bytes as it
 * says and no more, and what would unpack to many times its size is refused.
 * It has no state beside the list; spanned and encrypted archives are refused.
 */
#ifndef TW_LINES_ZIP_H
#define TW_LINES_ZIP_H

#include "lines/source.h"

/* A member that unpacks to more than this, and to ZIP_TIMES its packed size, is a bomb. */
#define ZIP_FREE (UINT64_C(64) << 20)
#define ZIP_TIMES 250
/* No member of a workbook is larger: a full sheet of 16 columns has some 1 GiB. */
#define ZIP_MOST (UINT64_C(4) << 30)

struct zip {
	int fd; /* not owned */
	uint64_t size;
	unsigned char *list; /* the central directory */
	size_t length;
};

struct zip_member {
	uint64_t at, packed, unpacked;
	uint32_t crc;
	int method;
};

int zip_open(struct zip *zip, int fd, struct tw_error *error);
void zip_close(struct zip *zip);
/* A member by its name; case does not count. TW_NOT_FOUND, without a message, where it is not. */
int zip_find(struct zip_member *member, const struct zip *zip, const char *name,
	     struct tw_error *error);
/* Its bytes. The zip must outlive it. `most`: refused where it is larger. */
int zip_read(struct source **out, const struct zip *zip, const struct zip_member *member,
	     const char *name, uint64_t most, struct tw_error *error);

#endif
