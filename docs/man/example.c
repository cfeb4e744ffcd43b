/* What a T-shirt from China owed on the first day without de minimis. */
#include <stdio.h>
#include <string.h>
#include <tidewaiter.h>

static void set(struct tw_line *line, enum tw_column column, const char *text)
{
	line->column[column] = (struct tw_text){text, strlen(text)};
}

int main(void)
{
	const tw_rulebook *rulebook;
	const struct tw_assessment *answer;
	tw_assessor *assessor;
	struct tw_error error = {0};
	struct tw_line line = TW_LINE_INIT;

	if (tw_rulebook_default(&rulebook, &error) ||
	    tw_assessor_new(&assessor, rulebook, NULL, &error)) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	set(&line, TW_COLUMN_HTS, "6109.10.00.12");
	set(&line, TW_COLUMN_ORIGIN, "CN");
	set(&line, TW_COLUMN_ENTERED, "2025-05-02T00:01");
	set(&line, TW_COLUMN_VALUE, "54");
	if (tw_assess(&answer, assessor, &line, &error)) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	if (answer->status == TW_STATUS_OK)
		printf("%lld.%02lld %s, %s\n", (long long)(answer->amount / TW_MONEY_UNIT),
		       (long long)(answer->amount % TW_MONEY_UNIT / 100), answer->currency,
		       answer->rate);
	tw_assessor_free(assessor);
	return 0;
}
