/* SPDX-License-Identifier: Apache-2.0 */
/* Subtotals of sorted records, see subtotals.h. */
#include "common/subtotals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "common/temporary.h"

struct subtotals {
	struct sort *records;
	const struct subtotals_form *form;
	FILE *totals;
	char *last, *total; /* one record, and the total of its group */
	bool open;          /* there is a last record */
};

static bool is_next_group(const struct subtotals *subtotals, const void *record)
{
	return !subtotals->open || memcmp(subtotals->last, record, subtotals->form->key) != 0;
}

static bool keep_total(const struct subtotals *subtotals)
{
	return !subtotals->open ||
	       fwrite(subtotals->total, subtotals->form->total, 1, subtotals->totals) == 1;
}

static int add_up(struct subtotals *subtotals, void *context, void *record, struct tw_error *error)
{
	const struct subtotals_form *form = subtotals->form;
	bool wrote = true;
	int got;
	while ((got = sort_next(subtotals->records, record, error)) > 0) {
		bool next = is_next_group(subtotals, record);
		if (next) {
			wrote = keep_total(subtotals) && wrote;
			memset(subtotals->total, 0, form->total);
		}
		form->add(subtotals->total, record, next ? NULL : subtotals->last, context);
		memcpy(subtotals->last, record, form->record);
		subtotals->open = true;
	}
	if (got < 0)
		return got;
	wrote = keep_total(subtotals) && wrote;
	subtotals->open = false;
	if (!wrote || fseek(subtotals->totals, 0, SEEK_SET) != 0)
		return error_set(error, TW_BAD_FILE, "temporary file is full");
	return sort_rewind(subtotals->records, error);
}

int subtotals_new(struct subtotals **out, struct sort *records, const struct subtotals_form *form,
		  void *context, struct tw_error *error)
{
	struct subtotals *subtotals = calloc(1, sizeof *subtotals);
	char *record = malloc(form->record);
	int code = TW_NO_MEMORY, fd;
	if (!subtotals || !record)
		goto done;
	*subtotals = (struct subtotals){.records = records,
					.form = form,
					.last = malloc(form->record),
					.total = malloc(form->total)};
	if (!subtotals->last || !subtotals->total)
		goto done;
	if ((fd = temporary_file(error)) < 0) {
		code = TW_BAD_FILE;
		goto done;
	}
	if (!(subtotals->totals = fdopen(fd, "w+b"))) {
		close(fd);
		goto done;
	}
	code = add_up(subtotals, context, record, error);
done:
	free(record);
	if (code) {
		subtotals_free(subtotals);
		subtotals = NULL;
	}
	*out = subtotals;
	return code == TW_NO_MEMORY ? error_set(error, code, "not enough memory to add up") : code;
}

void subtotals_free(struct subtotals *subtotals)
{
	if (!subtotals)
		return;
	if (subtotals->totals)
		fclose(subtotals->totals);
	free(subtotals->last);
	free(subtotals->total);
	free(subtotals);
}

int subtotals_next(struct subtotals *subtotals, void *record, const void **total,
		   struct tw_error *error)
{
	int got = sort_next(subtotals->records, record, error);
	if (got <= 0)
		return got;
	if (is_next_group(subtotals, record) &&
	    fread(subtotals->total, subtotals->form->total, 1, subtotals->totals) != 1)
		return error_set(error, TW_BAD_FILE, "temporary file is truncated");
	memcpy(subtotals->last, record, subtotals->form->record);
	subtotals->open = true;
	*total = subtotals->total;
	return got;
}
