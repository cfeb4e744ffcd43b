/* What two T-shirts owe, as a batch of columns; whoever has Arrow has streams already. */
#include <stdio.h>
#include <tidewaiter_arrow.h>

enum { COLUMNS = 4, ROWS = 2 };

static void keep_schema(struct ArrowSchema *schema)
{
	schema->release = NULL; /* all of it is static */
}

static void keep_array(struct ArrowArray *array)
{
	array->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	static const char *const names[COLUMNS] = {"hts", "origin", "entered", "value"};
	static struct ArrowSchema column[COLUMNS], *columns[COLUMNS];
	(void)stream;
	for (int i = 0; i < COLUMNS; i++) {
		column[i] =
		    (struct ArrowSchema){.format = "u", .name = names[i], .release = keep_schema};
		columns[i] = &column[i];
	}
	*out = (struct ArrowSchema){
	    .format = "+s", .n_children = COLUMNS, .children = columns, .release = keep_schema};
	return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	static const int32_t ends[COLUMNS][ROWS + 1] = {
	    {0, 10, 20}, {0, 2, 4}, {0, 10, 20}, {0, 2, 4}};
	static const char *const text[COLUMNS] = {"61091000126109100012", "CNVN",
						  "2025-05-022025-05-02", "5454"};
	static const void *buffer[COLUMNS][3], *none[1];
	static struct ArrowArray column[COLUMNS], *columns[COLUMNS];
	int *given = stream->private_data;
	*out = (struct ArrowArray){0};
	if ((*given)++) /* there is one batch */
		return 0;
	for (int i = 0; i < COLUMNS; i++) {
		buffer[i][1] = ends[i];
		buffer[i][2] = text[i];
		column[i] = (struct ArrowArray){
		    .length = ROWS, .n_buffers = 3, .buffers = buffer[i], .release = keep_array};
		columns[i] = &column[i];
	}
	*out = (struct ArrowArray){.length = ROWS,
				   .n_buffers = 1,
				   .buffers = none,
				   .n_children = COLUMNS,
				   .children = columns,
				   .release = keep_array};
	return 0;
}

static void end(struct ArrowArrayStream *stream)
{
	stream->release = NULL;
}

int main(void)
{
	int given = 0;
	struct ArrowArrayStream out, in = {.get_schema = get_schema,
					   .get_next = get_next,
					   .release = end,
					   .private_data = &given};
	struct tw_arrow_options options = TW_ARROW_OPTIONS_INIT;
	const tw_rulebook *rulebook;
	struct tw_error error = {0};
	struct ArrowArray batch;

	options.flat = true;
	if (tw_rulebook_default(&rulebook, &error) ||
	    tw_assess_arrow(&out, &in, rulebook, &options, &error)) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	while (!out.get_next(&out, &batch) && batch.release) {
		const int64_t *duty = batch.children[3]->buffers[1]; /* decimal128(18, 4) */
		for (int64_t i = 0; i < batch.length; i++)
			printf("%lld.%02lld\n", (long long)duty[2 * i] / 10000,
			       (long long)duty[2 * i] % 10000 / 100);
		batch.release(&batch);
	}
	if (out.get_last_error(&out))
		fprintf(stderr, "%s\n", out.get_last_error(&out));
	out.release(&out);
	return 0;
}
