/* SPDX-License-Identifier: Apache-2.0 */
/* One line of NDJSON: the scanner, the reader and what --keep carries through. */
#include <stdlib.h>
#include <string.h>

#include "../unit/lines/fake.h"
#include "lines/json.h"
#include "lines/kept.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct item *item;
	static struct kept *kept;
	static struct columns_options columns;
	static struct input input = {.name = "fuzz", .is_ndjson = true};
	static struct batch batch = {.input = &input, .count = 1};
	static struct buffer out;
	const struct finding_style style = {.edition = "", .sha256 = ""};
	const struct tw_assessment *answer = NULL;
	struct finding finding;
	if ((!item && item_new(&item)) || (!kept && kept_new(&kept, NULL, NULL)))
		return 0;
	if (size > CSV_RECORD || batch_grow(&batch, size + 1))
		return 0;
	memcpy(batch.text, data, size);
	batch.record[0] = (struct batch_record){.length = size, .number = 1};
	batch.context[0] =
	    (struct batch_context){.shipment_value = -1, .shipment_retail = -1, .order_retail = -1};
	item_read(item, &batch, 0, &columns);
	if (!item->reason && fake_assess(&answer, NULL, &item->line, NULL))
		return 0;
	out.length = 0;
	item_finding(&finding, item, answer);
	if (!kept_fill(&finding, kept, item))
		abort();
	finding_ndjson(&out, &finding, &style);
	/* What is written must read as JSON again. */
	struct json_scan scan;
	struct json_value value;
	struct tw_text key;
	json_begin(&scan, (struct tw_text){out.at, out.length});
	while (json_member(&scan, &key, &value))
		;
	if (!json_finish(&scan))
		abort();
	return 0;
}
