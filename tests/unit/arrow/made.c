/* SPDX-License-Identifier: Apache-2.0 */
#include "made.h"

#include <stdlib.h>
#include <string.h>

int made_alive;

enum { NAMES = 16, CELLS = 12 };

/* What columns are called and what stands in them. */
struct words {
	const char *first; /* the name of the first column; NULL: any */
	const char *name[NAMES], *cell[CELLS];
	unsigned names, cells;
};

/* The bytes, and zeros behind them. */
struct bytes {
	const uint8_t *at;
	size_t left;
	const struct words *words;
};

static unsigned take(struct bytes *bytes)
{
	if (!bytes->left)
		return 0;
	bytes->left--;
	return *bytes->at++;
}

static const struct words of_goods = {
    .name = {"hts", "origin", "entered", "value", "claims", "shipment", "id", "description",
	     "consignee", "via", "qty", "weight", "usmca", "steel_value", "x"},
    .cell = {"6109100012", "CN", "2025-05-02", "54.00", "usmca=yes", "s1", "", "\xFF", "1,5",
	     "steel_value=10;usmca"},
    .names = 15,
    .cells = 10};
static const struct words of_entries = {
    .first = "entry",
    .name = {"heading", "duty", "hts", "value", "entry_date", "liquidation_date", "deposit_date",
	     "line", "drawback", "liquidation", "protest", "importer", "entry_type", "status",
	     "claim_number", "x"},
    .cell = {"9ZZ14500907", "9903.01.24", "200.00", "2025-05-05", "01", "no", "unliquidated", "",
	     "\xFF", "none", "Accepted", "9ZZ-1450090-7"},
    .names = 16,
    .cells = 12};
static const char *const formats[] = {
    "u",  "U",  "vu",  "i",   "d:10,2", "tdD",      "tss:",       "tsn:UTC", "n",  "b",
    "c",  "C",  "s",   "S",   "I",      "l",        "L",          "f",       "g",  "e",
    "z",  "Z",  "vz",  "w:3", "tdm",    "tts",      "d:40,3,256", "+l",      "+L", "+s",
    "+m", "+r", "+vl", "+vL", "+w:2",   "d:5,1,32", "d:9,-2,64",  "+ud:0,1", "??", "u"};
enum { FORMATS = sizeof formats / sizeof *formats };
enum { ROWS = 24, TEXT = 1 << 15, DEPTH = 4, BATCHES = 3 };

static void release_schema(struct ArrowSchema *schema)
{
	for (int64_t i = 0; i < schema->n_children; i++) {
		if (schema->children[i]->release)
			schema->children[i]->release(schema->children[i]);
		free(schema->children[i]);
	}
	if (schema->dictionary && schema->dictionary->release)
		schema->dictionary->release(schema->dictionary);
	free(schema->dictionary);
	free(schema->children);
	schema->release = NULL;
	made_alive--;
}

static void add_child(struct ArrowSchema *schema)
{
	int64_t count = schema->n_children;
	schema->children =
	    realloc(schema->children, (size_t)(count + 1) * sizeof *schema->children);
	schema->children[count] = calloc(1, sizeof **schema->children);
	schema->n_children++;
}

static void make_schema(struct ArrowSchema *out, struct bytes *bytes, unsigned depth)
{
	unsigned how = take(bytes);
	*out = (struct ArrowSchema){.format = formats[how % FORMATS],
				    .name = bytes->words->name[take(bytes) % bytes->words->names],
				    .release = release_schema};
	made_alive++;
	size_t children = 0;
	const char *f = out->format;
	if (!strcmp(f, "+s"))
		children = 1 + take(bytes) % 3;
	else if (*f == '+')
		children = !strcmp(f, "+r") || f[1] == 'u' ? 2 : 1;
	for (size_t i = 0; i < children; i++) {
		add_child(out);
		struct ArrowSchema *child = out->children[i];
		make_schema(child, bytes, depth + 1);
		if (!strcmp(f, "+r") && !i && *child->format != '+') {
			child->format = how & 64 ? "i" : "l";
		} else if (!strcmp(f, "+m") && !child->n_children) {
			child->format = "+s";
			for (int k = 0; k < 2; k++) {
				add_child(child);
				make_schema(child->children[k], bytes, DEPTH);
			}
		}
		if (depth >= DEPTH && *child->format == '+' && !child->n_children)
			child->format = "u";
	}
	if (depth >= DEPTH && children && how & 128)
		out->format = "u"; /* with children it is none */
	if (strchr("cCsSiIlL", *f) && !f[1] && how & 64) {
		out->dictionary = calloc(1, sizeof *out->dictionary);
		make_schema(out->dictionary, bytes, depth + 1);
	}
}

static void release_array(struct ArrowArray *array)
{
	struct ArrowArray **children = array->private_data;
	for (int64_t i = 0; children && children[i]; i++) {
		if (children[i]->release)
			children[i]->release(children[i]);
		free(children[i]);
	}
	for (int64_t i = 0; i < 6; i++)
		free((void *)array->buffers[i]);
	if (array->dictionary && array->dictionary->release)
		array->dictionary->release(array->dictionary);
	free(array->dictionary);
	free(array->buffers);
	free(array->children);
	free(children);
	array->release = NULL;
	made_alive--;
}

/* Offsets that mostly go up, and do not reach behind the text. */
static void *make_offsets(struct bytes *bytes, bool wide, unsigned most)
{
	char *to = calloc(ROWS + 2, 8);
	int64_t at = 0;
	for (size_t i = 0; i <= ROWS; i++) {
		unsigned step = take(bytes);
		at += step > 250 ? -(int64_t)(step - 250) : (int64_t)(step % (most + 1));
		at = at < -9 ? -9 : at > TEXT - 300 ? TEXT - 300 : at;
		int32_t narrow = (int32_t)at;
		size_t size = wide ? 8 : 4;
		memcpy(to + i * size, wide ? (void *)&at : (void *)&narrow, size);
	}
	return to;
}

static void *make_text(struct bytes *bytes)
{
	char *to = malloc(TEXT);
	for (size_t at = 0; at < TEXT;) {
		const char *cell = bytes->words->cell[take(bytes) % bytes->words->cells];
		size_t length = strlen(cell) + 1;
		for (size_t i = 0; i < length && at < TEXT; i++)
			to[at++] = i < length - 1 ? cell[i] : '9';
		if (!bytes->left)
			for (; at < TEXT; at++)
				to[at] = '7';
	}
	return to;
}

static void *make_bytes(struct bytes *bytes, size_t size)
{
	uint8_t *to = calloc(size, 1);
	for (size_t i = 0; i < size && bytes->left; i += i % 7 ? 1 : 4)
		to[i] = (uint8_t)take(bytes);
	return to;
}

/* Views of texts; some long, some wrong. */
static void *make_views(struct bytes *bytes)
{
	char *to = calloc(ROWS + 1, 16);
	for (size_t i = 0; i < ROWS; i++) {
		int32_t length = (int32_t)(take(bytes) % 20) - (take(bytes) > 250), place[2];
		memcpy(to + 16 * i, &length, 4);
		memcpy(to + 16 * i + 4, "6109100012ab", 12);
		if (length <= 12)
			continue;
		place[0] = take(bytes) > 250 ? 7 : 0;
		place[1] = take(bytes) > 250 ? TEXT : (int32_t)take(bytes);
		memcpy(to + 16 * i + 8, place, 8);
	}
	return to;
}

/* Dictionary indices and ends of runs should often be right. */
static void *make_ints(struct bytes *bytes, char format, bool ends)
{
	static const char wide[] = "cCsSiIlL";
	size_t size = (size_t)1 << ((strchr(wide, format) - wide) / 2);
	char *to = calloc(ROWS + 1, 8);
	int64_t at = 0;
	for (size_t i = 0; i < ROWS; i++) {
		unsigned step = take(bytes);
		at = ends ? at + (step % 5) + (step < 250) : step > 250 ? -1 : (int64_t)(step % 8);
		memcpy(to + i * size, &at, size);
	}
	return to;
}

static void make_array(struct ArrowArray *out, const struct ArrowSchema *schema,
		       struct bytes *bytes, bool ends)
{
	const char *f = schema->format;
	unsigned how = take(bytes), wrong = take(bytes);
	const void **buffer = calloc(8, sizeof *buffer);
	struct ArrowArray **children = calloc((size_t)schema->n_children + 1, sizeof *children);
	*out = (struct ArrowArray){.length = how % 16,
				   .offset = how >> 6,
				   .null_count = how & 16 ? -1 : 0,
				   .n_buffers = 2,
				   .n_children = schema->n_children,
				   .buffers = buffer,
				   .release = release_array,
				   .private_data = children};
	made_alive++;
	if (how & 16)
		buffer[0] = make_bytes(bytes, 16);
	if (!strcmp(f, "u") || !strcmp(f, "z") || !strcmp(f, "U") || !strcmp(f, "Z")) {
		out->n_buffers = 3;
		buffer[1] = make_offsets(bytes, *f < 'a', 12);
		buffer[2] = make_text(bytes);
	} else if (!strcmp(f, "vu") || !strcmp(f, "vz")) {
		int64_t *sizes = calloc(1, sizeof *sizes);
		out->n_buffers = 4;
		buffer[1] = make_views(bytes);
		buffer[2] = make_text(bytes);
		*sizes = TEXT;
		buffer[3] = sizes;
	} else if (!strcmp(f, "+l") || !strcmp(f, "+L") || !strcmp(f, "+m")) {
		buffer[1] = make_offsets(bytes, f[1] == 'L', 1);
	} else if (!strcmp(f, "+vl") || !strcmp(f, "+vL")) {
		out->n_buffers = 3;
		buffer[1] = make_offsets(bytes, f[2] == 'L', 0);
		buffer[2] = make_offsets(bytes, f[2] == 'L', 1);
	} else if (!strcmp(f, "n") || !strcmp(f, "+r") || !strcmp(f, "??")) {
		out->n_buffers = 0;
		free((void *)buffer[0]);
		buffer[0] = NULL;
	} else if (!strcmp(f, "+s") || !strncmp(f, "+w", 2)) {
		out->n_buffers = 1;
	} else if (strchr("cCsSiIlL", *f) && !f[1]) {
		buffer[1] = make_ints(bytes, *f, ends);
	} else {
		buffer[1] = make_bytes(bytes, (ROWS + 1) * 32);
	}
	for (int64_t i = 0; i < schema->n_children; i++) {
		children[i] = calloc(1, sizeof **children);
		make_array(children[i], schema->children[i], bytes, !strcmp(f, "+r") && !i);
	}
	if (schema->n_children) {
		out->children = calloc((size_t)schema->n_children, sizeof *children);
		memcpy(out->children, children, (size_t)schema->n_children * sizeof *children);
	}
	if (schema->dictionary) {
		out->dictionary = calloc(1, sizeof *out->dictionary);
		make_array(out->dictionary, schema->dictionary, bytes, false);
	}
	if (wrong < 236)
		return;
	switch (wrong % 10) { /* one thing that is not as it should be */
	case 0:
		out->length = -1;
		break;
	case 1:
		out->length = INT64_MAX;
		break;
	case 2:
		out->offset = -1;
		break;
	case 3:
		out->offset = INT64_MAX - 1;
		break;
	case 4:
		/* as many views as it says: that is not to be checked */
		out->n_buffers = *f == 'v' ? take(bytes) % 3 : (int64_t)take(bytes) - 8;
		break;
	case 5:
		out->n_children = (int64_t)take(bytes) - 8;
		break;
	case 6:
		free((void *)buffer[1]);
		buffer[1] = NULL;
		break;
	case 7:
		if (out->children)
			out->children[0] = NULL;
		break;
	case 8:
		free(out->children);
		out->children = NULL;
		break;
	default:
		free((void *)buffer[0]);
		buffer[0] = NULL;
		out->null_count = 3;
	}
}

struct stream {
	struct bytes first, bytes;
	struct ArrowSchema schema;
	unsigned batches, given;
};

/* The same bytes make the same schema. */
static void make_top(struct ArrowSchema *out, struct bytes *bytes)
{
	*out = (struct ArrowSchema){.format = "+s", .name = "", .release = release_schema};
	made_alive++;
	unsigned columns = 1 + take(bytes) % 6;
	for (unsigned i = 0; i < columns; i++) {
		add_child(out);
		make_schema(out->children[i], bytes, 1);
	}
	if (bytes->words->first)
		out->children[0]->name = bytes->words->first;
}

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
	struct stream *stream = self->private_data;
	struct bytes bytes = stream->first;
	make_top(out, &bytes);
	return 0;
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
	struct stream *stream = self->private_data;
	*out = (struct ArrowArray){0};
	if (stream->given++ >= stream->batches)
		return stream->batches % 7 == 6 ? 5 : 0;
	make_array(out, &stream->schema, &stream->bytes, false);
	/* the columns have as many rows as the batch, or the first of them has more */
	bool sound = out->length >= 0 && out->length < 16 && out->offset >= 0 && out->offset < 4;
	for (int64_t i = 0; sound && i < stream->schema.n_children && out->children; i++) {
		struct ArrowArray *child = out->children[i];
		if (child && child->length >= 0 && child->length < 16 && child->offset >= 0 &&
		    child->offset < 4)
			child->length = out->length + out->offset;
	}
	return 0;
}

static const char *get_last_error(struct ArrowArrayStream *self)
{
	(void)self;
	return "nothing more";
}

static void release_stream(struct ArrowArrayStream *self)
{
	struct stream *stream = self->private_data;
	stream->schema.release(&stream->schema);
	free(stream);
	self->release = NULL;
	made_alive--;
}

static void make_stream(struct ArrowArrayStream *out, const struct words *words,
			const uint8_t *data, size_t size)
{
	struct stream *stream = calloc(1, sizeof *stream);
	stream->bytes = (struct bytes){data, size, words};
	stream->batches = take(&stream->bytes) % 8;
	stream->batches = stream->batches > BATCHES ? 6 : stream->batches;
	stream->first = stream->bytes;
	make_top(&stream->schema, &stream->bytes);
	made_alive++;
	*out =
	    (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, stream};
}

void made_stream(struct ArrowArrayStream *out, const uint8_t *data, size_t size)
{
	make_stream(out, &of_goods, data, size);
}

/* The number of its children, and that all have as many rows. */
static const char *check_batch(const struct ArrowArray *batch, const struct ArrowSchema *schema)
{
	if (batch->n_children != schema->n_children || batch->offset)
		return "a batch has not the columns of the schema";
	for (int64_t i = 0; i < batch->n_children; i++)
		if (batch->children[i]->length != batch->length)
			return "a column has not the rows of its batch";
	return NULL;
}

/* All batches of a stream of ours, of which there are at the most so many. */
static const char *take_all(struct ArrowArrayStream *out, unsigned most)
{
	struct ArrowSchema schema;
	struct ArrowArray batch;
	const char *wrong = out->get_schema(out, &schema) ? "there is no schema" : NULL;
	for (unsigned i = 0; !wrong; i++) {
		int number = out->get_next(out, &batch);
		const char *said = out->get_last_error(out);
		if (number && (!said || !*said))
			wrong = "an error without a message";
		if (number || !batch.release)
			break;
		wrong = i >= most ? "more batches than were given" : check_batch(&batch, &schema);
		batch.release(&batch);
	}
	if (schema.release)
		schema.release(&schema);
	out->release(out);
	return wrong;
}

const char *made_check(const uint8_t *data, size_t size, const tw_rulebook *rulebook)
{
	static const char *const all[] = {"*", NULL};
	struct ArrowArrayStream in, out;
	static struct tw_error error;
	unsigned how = size ? *data : 0;
	static tw_plans *plans[2]; /* of all calls: they are large */
	struct tw_options assess = TW_OPTIONS_INIT;
	assess.no_screen = how & 64;
	assess.no_changes = true;
	if (!plans[assess.no_screen] &&
	    tw_plans_new(&plans[assess.no_screen], rulebook, &assess, 1024, &error))
		return error.message;
	assess.plans = plans[assess.no_screen];
	const struct tw_arrow_options options = {.size = sizeof options,
						 .assess = &assess,
						 .flat = how & 1,
						 .daily_sum = how & 2,
						 .no_shipments = how & 4,
						 .whole_batches = how & 8,
						 .keep = how & 16 ? all : NULL,
						 .decimal = how & 32 ? "comma" : NULL,
						 .memory = 4096};
	const char *wrong = NULL;
	made_stream(&in, data + (size > 0), size - (size > 0));
	if (tw_assess_arrow(&out, &in, rulebook, &options, &error)) {
		if (in.release || !*error.message)
			wrong = "an error without a message, or the input was not taken";
		return wrong ? wrong : made_alive ? "something was not released" : NULL;
	}
	wrong = take_all(&out, 7);
	return wrong ? wrong : made_alive ? "something was not released" : NULL;
}

/* Rows that were told, and that each has a place and a message. */
static void take_fault(void *context, const struct tw_error *fault)
{
	const char **wrong = context;
	if (!*fault->message || fault->line < 1)
		*wrong = "a fault without a message or a row";
}

const char *made_refunds_check(const uint8_t *data, size_t size, const tw_rulebook *rulebook)
{
	static struct tw_error error;
	struct tw_refund_options options = TW_REFUND_OPTIONS_INIT;
	struct ArrowArrayStream in, out;
	const char *wrong = NULL;
	unsigned how = size ? *data : 0;
	tw_refund *refund;
	const struct tw_refund_source source = {.name = "batches",
						.kind =
						    how & 1 ? TW_REFUND_RESULTS : TW_REFUND_ENTRIES,
						.fault = take_fault,
						.context = &wrong};
	options.filed = how & 2 ? "2026-05-18" : "2026-04-20";
	if (tw_refund_new(&refund, rulebook, &options, &error))
		return error.message;
	make_stream(&in, &of_entries, data + (size > 0), size - (size > 0));
	*error.message = '\0';
	if (tw_refund_read_arrow(refund, &in, &source, &error) && !*error.message)
		wrong = "an error without a message";
	if (in.release)
		wrong = "the input was not released";
	if (!wrong && tw_refund_arrow(&out, refund, &error))
		wrong = error.message;
	else if (!wrong)
		wrong = take_all(&out, 2);
	tw_refund_free(refund);
	return wrong ? wrong : made_alive ? "something was not released" : NULL;
}
