/* SPDX-License-Identifier: Apache-2.0 */
/* An assessor: lines in as tuples of texts, findings out as the program prints them. */
#include "binding.h"

#include <string.h>

struct assessor_object {
	PyObject_HEAD struct book *book;
	tw_assessor *assessor;
	char today[16]; /* must outlive it */
	atomic_flag busy;
};

static PyObject *make(PyTypeObject *type, PyObject *arguments, PyObject *words)
{
	static char *names[] = {"rulebook",      "strict_coverage", "no_screen", "today",
				"restore_zeros", "no_changes",      NULL};
	struct state *state = PyType_GetModuleState(type);
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_error error = {0};
	int strict = 0, no_screen = 0, zeros = 0, no_changes = 0;
	PyObject *rulebook, *today = Py_None;
	if (!PyArg_ParseTupleAndKeywords(arguments, words, "O!|ppOpp:Assessor", names,
					 state->rulebook, &rulebook, &strict, &no_screen, &today,
					 &zeros, &no_changes) ||
	    !py_string_of(&options.today, today, "today"))
		return NULL;
	options.strict_coverage = strict;
	options.no_screen = no_screen;
	options.restore_zeros = zeros;
	options.no_changes = no_changes;
	struct assessor_object *self = py_object_new(type);
	if (!self)
		return NULL;
	self->book = py_book_hold(((struct rulebook_object *)rulebook)->book);
	atomic_flag_clear(&self->busy);
	if (options.today) {
		PyOS_snprintf(self->today, sizeof self->today, "%s", options.today);
		options.today = self->today;
	}
	if (tw_assessor_new(&self->assessor, self->book->at, &options, &error)) {
		self->assessor = NULL;
		Py_DECREF((PyObject *)self);
		return py_raise_error(&error);
	}
	return (PyObject *)self;
}

static void destroy(struct assessor_object *self)
{
	tw_assessor_free(self->assessor);
	py_book_drop(self->book);
	py_object_free(self);
}

bool py_line_of(struct tw_line *out, PyObject *texts)
{
	*out = (struct tw_line)TW_LINE_INIT;
	if (!PyTuple_Check(texts) || PyTuple_Size(texts) != TW_COLUMN_COUNT) {
		PyErr_Format(PyExc_TypeError, "a line is a tuple of %d texts", TW_COLUMN_COUNT);
		return false;
	}
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (!py_text_of(&out->column[i], PyTuple_GetItem(texts, i),
				tw_column_name((enum tw_column)i)))
			return false;
	return true;
}

struct many {
	struct tw_line *line;
	struct tw_typed_line *typed;
	struct tw_charge *charge;
	size_t count;
	uint64_t first;
	unsigned flags;
	struct tw_output out;
};

static int answer_all(struct many *many, struct assessor_object *self, struct tw_error *error)
{
	const struct tw_assessment *answer;
	int code = tw_assess_many(many->charge, self->assessor, many->typed, many->count,
				  many->flags, error);
	for (size_t i = 0; i < many->count && !code; i++) {
		code = tw_many_answer(&answer, self->assessor, i, error);
		if (!code)
			code = tw_finding_json(&many->out, self->book->at, &many->line[i], answer,
					       many->first + i, error);
	}
	return code;
}

static bool read_lines(struct many *many, PyObject *lines)
{
	many->count = (size_t)PyTuple_Size(lines);
	many->line = PyMem_Calloc(many->count + 1, sizeof *many->line);
	many->typed = PyMem_Calloc(many->count + 1, sizeof *many->typed);
	many->charge = PyMem_Calloc(many->count + 1, sizeof *many->charge);
	if (!many->line || !many->typed || !many->charge) {
		PyErr_NoMemory();
		return false;
	}
	for (size_t i = 0; i < many->count; i++) {
		if (!py_line_of(&many->line[i], PyTuple_GetItem(lines, (Py_ssize_t)i)))
			return false;
		many->typed[i] = (struct tw_typed_line)TW_TYPED_INIT;
		many->typed[i].line = &many->line[i];
		many->typed[i].is_text = true;
	}
	return true;
}

static PyObject *assess_many(struct assessor_object *self, PyObject *arguments)
{
	struct tw_error error = {0};
	struct many many = {.out = TW_OUTPUT_INIT};
	PyObject *lines, *made = NULL;
	unsigned long long first;
	int join, days, code;
	if (!PyArg_ParseTuple(arguments, "O!Kpp", &PyTuple_Type, &lines, &first, &join, &days))
		return NULL;
	many.first = first;
	many.flags = TW_MANY_LEAVE | (join ? TW_MANY_JOIN : 0) | (days ? TW_MANY_DAYS : 0);
	if (read_lines(&many, lines) && py_work_begin(&self->busy)) {
		Py_BEGIN_ALLOW_THREADS code = answer_all(&many, self, &error);
		Py_END_ALLOW_THREADS py_work_end(&self->busy);
		made = code ? py_raise_error(&error)
			    : PyBytes_FromStringAndSize(many.out.length ? many.out.at : "",
							(Py_ssize_t)many.out.length);
	}
	tw_output_free(&many.out);
	PyMem_Free(many.line);
	PyMem_Free(many.typed);
	PyMem_Free(many.charge);
	return made;
}

static PyObject *assess_one(struct assessor_object *self, PyObject *texts)
{
	const struct tw_assessment *answer;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	struct tw_line line;
	PyObject *made;
	int code;
	if (!py_line_of(&line, texts) || !py_work_begin(&self->busy))
		return NULL;
	Py_BEGIN_ALLOW_THREADS code = tw_assess(&answer, self->assessor, &line, &error);
	if (!code)
		code = tw_finding_json(&out, self->book->at, &line, answer, 0, &error);
	Py_END_ALLOW_THREADS py_work_end(&self->busy);
	made = code ? py_raise_error(&error)
		    : PyBytes_FromStringAndSize(out.at, (Py_ssize_t)out.length);
	tw_output_free(&out);
	return made;
}

static PyMethodDef methods[] = {
    {"assess", (PyCFunction)assess_one, METH_O,
     "The finding of one line, a tuple of texts by column, as JSON."},
    {"assess_many", (PyCFunction)assess_many, METH_VARARGS,
     "The findings of a tuple of lines as NDJSON: lines, number of the first, whether they are "
     "all lines of their shipments, and of their consignees' days."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "An assessor, of one thread at a time."},
    {Py_tp_new, make},
    {Py_tp_dealloc, destroy},
    {Py_tp_methods, methods},
    {0, NULL},
};
PyType_Spec py_assessor_spec = {"tidewaiter._tidewaiter.Assessor", sizeof(struct assessor_object),
				0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};
