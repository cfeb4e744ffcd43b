/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines "name<TAB>SMILES" in; how many names are read, and read to that
 * structure. Prints each that is read to another one.
 */
#include "screen/nomen.h"
#include "screen/structure.h"

#include <stdio.h>
#include <string.h>

static void parent_of(char out[2048], struct structure *structure, const char *smiles)
{
	static struct structure_result result;
	structure_run(&result, structure, (struct tw_text){smiles, strlen(smiles)});
	snprintf(out, 2048, "%s", result.refused ? "" : result.parent);
}

int main(void)
{
	static char line[8192], got[2048], wanted[2048];
	struct structure_source source = {NULL, NULL, 0};
	struct structure *structure;
	struct tw_error error;
	size_t all = 0, read = 0, wrong = 0;
	if (!structure_available() || structure_open(&structure, &source, &error))
		return 77;
	while (fgets(line, sizeof line, stdin)) {
		char *smiles = strchr(line, '\t');
		struct nomen_name name;
		if (!smiles)
			continue;
		*smiles++ = '\0';
		smiles[strcspn(smiles, "\n")] = '\0';
		all++;
		struct tw_text text = {line, strlen(line)};
		if (!nomen_looks(text) || !nomen_next(&name, text, 0) || name.from != 0 ||
		    name.length != text.length) {
			printf("unread: %s\n", line);
			continue;
		}
		read++;
		parent_of(got, structure, name.smiles);
		parent_of(wanted, structure, smiles);
		if (strcmp(got, wanted) != 0) {
			printf("wrong: %s is %s, not %s\n", line, got, wanted);
			wrong++;
		}
	}
	structure_close(structure);
	printf("%zu names, %zu read, %zu wrong\n", all, read, wrong);
	return wrong || read * 100 < all * 95;
}
