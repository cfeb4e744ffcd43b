/* Is the law in this folder sound? Then: what changed at the end of the exemption for China? */
#include <stdio.h>
#include <tidewaiter_law.h>

static void tell(void *faults, const struct tw_error *fault)
{
	++*(int *)faults;
	fprintf(stderr, "%s:%d:%d: %s\n", fault->file, fault->line, fault->column, fault->message);
}

int main(int count, char **words)
{
	struct tw_law_summary law = {.size = sizeof law};
	struct tw_output changes = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	int faults = 0;

	if (count != 2 || tw_law_check(&law, words[1], NULL, tell, &faults, &error))
		return 1;
	printf("edition %s: %u measures, from %s to %s\n", law.edition, law.measures, law.first,
	       law.last);
	if (tw_law_changes(&changes, words[1], "2025-05-01", "2025-05-02", &error)) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	if (changes.length) /* a JSON object a line */
		fwrite(changes.at, 1, changes.length, stdout);
	tw_output_free(&changes);
	return 0;
}
