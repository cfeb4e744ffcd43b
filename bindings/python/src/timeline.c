/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a line, and what is marked between them, as the program prints them. */
#include "binding.h"

#include "tidewaiter_timeline.h"

static int tell(struct tw_output *out, const tw_rulebook *book,
		const struct tw_timeline_options *options, const struct tw_line *line,
		struct tw_error *error)
{
	tw_timeline *timeline = NULL;
	const struct tw_step *steps;
	size_t count;
	int code = tw_timeline_new(&timeline, book, options, error);
	if (!code)
		code = tw_timeline_steps(&steps, &count, timeline, line, error);
	if (!code)
		code = tw_timeline_json(out, timeline, line, steps, count, error);
	tw_timeline_free(timeline);
	return code;
}

PyObject *py_timeline_of(PyObject *module, PyObject *arguments)
{
	struct state *state = PyModule_GetState(module);
	struct tw_timeline_options options = TW_TIMELINE_OPTIONS_INIT;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	struct tw_line line;
	PyObject *rulebook, *texts, *made;
	const char *from, *until, *today;
	int every, one_code, announced, events, code;
	if (!PyArg_ParseTuple(arguments, "O!Ozzzippp", state->rulebook, &rulebook, &texts, &from,
			      &until, &today, &every, &one_code, &announced, &events) ||
	    !py_line_of(&line, texts))
		return NULL;
	options.from = from;
	options.until = until;
	options.today = today;
	options.every = (enum tw_every)every;
	options.one_code = one_code;
	options.announced = announced;
	options.events = events;
	struct book *book = py_book_hold(((struct rulebook_object *)rulebook)->book);
	Py_BEGIN_ALLOW_THREADS code = tell(&out, book->at, &options, &line, &error);
	Py_END_ALLOW_THREADS py_book_drop(book);
	made = code ? py_raise_error(&error)
		    : PyBytes_FromStringAndSize(out.at, (Py_ssize_t)out.length);
	tw_output_free(&out);
	return made;
}
