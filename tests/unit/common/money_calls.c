/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of common/money for money.py: a call a line on standard input, what it gives on
 * standard output.
 *
 *     share AMOUNT NUM DEN QUANTUM    round AMOUNT QUANTUM    print AMOUNT
 *     money TEXT                      quantity TEXT           ("-" where a text is refused)
 */
#include "common/money.h"
#include "common/quantity.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef bool parse(int64_t *out, struct tw_text text, const char **right);

static int parsed(parse *read, const char *text)
{
	int64_t value;
	const char *right;
	bool is_read = read(&value, (struct tw_text){text, strlen(text)}, &right);
	return is_read ? printf("%" PRId64 "\n", value) : printf("-\n");
}

static int call(char *line)
{
	int64_t a, b, c, d;
	char out[32];
	line[strcspn(line, "\n")] = 0;
	if (sscanf(line, "share %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64, &a, &b, &c, &d) == 4)
		return printf("%" PRId64 "\n", money_share(a, b, c, d));
	if (sscanf(line, "round %" SCNd64 " %" SCNd64, &a, &b) == 2)
		return printf("%" PRId64 "\n", money_round(a, b));
	if (sscanf(line, "print %" SCNd64, &a) == 1)
		return printf("%.*s\n", (int)money_print(out, a), out);
	if (!strncmp(line, "money ", 6))
		return parsed(money_parse, line + 6);
	if (!strncmp(line, "quantity ", 9))
		return parsed(quantity_parse, line + 9);
	return -1;
}

int main(void)
{
	char line[256];
	while (fgets(line, sizeof line, stdin)) {
		if (call(line) < 0) {
			fprintf(stderr, "no such call: %s\n", line);
			return 1;
		}
	}
	return 0;
}
