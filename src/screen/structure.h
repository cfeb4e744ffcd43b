/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Structures: is a SMILES a substance of the ledger, or of a class that the
 * law draws by structure? A C face over RDKit: within a file of ours, or of a
 * module that is loaded when it is needed. Without RDKit the same functions exist
 * and refuse with the reason.
 */
#ifndef TW_SCREEN_STRUCTURE_H
#define TW_SCREEN_STRUCTURE_H

#include "tidewaiter.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STRUCTURE_ATOMS 200     /* more are refused */
#define STRUCTURE_TEXT 2000     /* longer texts are refused */
#define STRUCTURE_CLASSES 16    /* most classes in one answer */
#define STRUCTURE_MATCHES 16    /* most substances in one answer */
#define STRUCTURE_CONDITIONS 24 /* bytes of the letters of a class, terminated */

/* Why no structure is read, as in "this build does not read structures"; NULL: they are. The first
 * call may load what reads them, once for all threads. */
const char *structure_absent(void);
static inline bool structure_available(void)
{
	return !structure_absent();
}

struct structure; /* of one thread */

struct structure_substance {
	uint32_t substance;
	const char *smiles; /* terminated; must outlive the structure */
	bool salts;         /* its inorganic salts are the substance too */
};
struct structure_source {
	const void *classes; /* section of rulebook/structures.h, checked; NULL: none */
	const struct structure_substance *substances;
	size_t substance_count;
};

/* Cheap: nothing is parsed before the first structure_run. The source's arrays must live on. */
int structure_open(struct structure **out, const struct structure_source *source,
		   struct tw_error *error);
void structure_close(struct structure *structure);

struct structure_class_hit {
	uint32_t index;                        /* into the class section */
	bool closed;                           /* false: resembles, a human decides */
	char conditions[STRUCTURE_CONDITIONS]; /* "A+E"; "" when not closed */
};
struct structure_match {
	uint32_t substance;
	bool stereo_differs; /* same atoms and bonds; stereo not given or another isomer */
	bool labelled;       /* isotopes were given */
};
struct structure_result {
	bool refused;
	const char *reason; /* "" or what is wrong and what would be right */
	const char *parent; /* canonical SMILES of the parent: salts off, neutral, no isotopes */
	struct structure_class_hit classes[STRUCTURE_CLASSES];
	size_t class_count;
	struct structure_match matches[STRUCTURE_MATCHES];
	size_t match_count;
	bool more; /* classes or substances than there is room for */
};

/* Never fails: what cannot be read is refused in *out. Texts live until the next call. */
void structure_run(struct structure_result *out, struct structure *structure,
		   struct tw_text smiles);

#ifdef __cplusplus
}
#endif
#endif
