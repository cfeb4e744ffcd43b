/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of money, decimal marks, headers, reckonings, rates and files of rates: any bytes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/currency.h"
#include "lines/columns.h"
#include "lines/decimal.h"
#include "lines/doubled.h"
#include "lines/fx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void inside(struct tw_text part, struct tw_text whole)
{
	if (part.length && (part.at < whole.at || part.at + part.length > whole.at + whole.length))
		abort();
}

static void read_file(const uint8_t *data, size_t size)
{
	char path[64];
	struct fx fx = {0};
	struct tw_error error;
	int fd = memfd_create("rates", 0);
	if (fd < 0)
		return;
	if (write(fd, data, size) == (ssize_t)size) {
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		fx_file(&fx, path, &error);
	}
	fx_free(&fx);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 4096)
		return 0;
	/* an allocation of its own size, so that a byte too far is seen */
	char *copy = malloc(size + 1), *out = malloc(size + 1);
	struct tw_text text = {copy, size}, cell[VALUE_PARTS];
	struct value_from from;
	struct tw_error error;
	struct columns_options options = {0};
	struct fx fx = {0};
	tw_money value;
	size_t place;
	memcpy(copy, data, size);
	copy[size] = '\0';
	inside(currency_split(text).amount, text);
	currency_find(text);
	currency_fits(text, (struct tw_text){"USD", 3});
	decimal_look(text);
	if (decimal_rewrite(out, text) > size)
		abort();
	columns_meaning(text, &options);
	for (int field = 0; field < TW_COLUMN_COUNT; field++) { /* two cells, as twins */
		struct doubled_cell a = {{copy, size / 2}, {0}};
		struct doubled_cell b = {{copy + size / 2, size - size / 2}, {"USD", 3}};
		doubled_compare(field, a, b, &options);
		if (size && doubled_compare(field, a, a, &options) != DOUBLED_FIRST)
			abort();
	}
	for (size_t i = 0; i < VALUE_PARTS; i++)
		cell[i] = (struct tw_text){copy + (size ? i % size : 0), size ? 1 + i % 3 : 0};
	for (size_t i = 0; i < VALUE_PARTS; i++)
		if (cell[i].at + cell[i].length > copy + size)
			cell[i].length = 0;
	if (!value_from_read(&from, text, &error))
		value_from_reckon(&value, &place, &from, cell);
	if (!strlen(copy) || !fx_option(&fx, copy, &error))
		fx_free(&fx);
	fx_free(&fx);
	read_file(data, size);
	free(copy);
	free(out);
	return 0;
}
