/* SPDX-License-Identifier: Apache-2.0 */
/* A run over entries: texts in, an answer an entry out as the program prints it. */
#include "binding.h"
#include "tidewaiter_refund.h"

#include <string.h>

struct refund_object {
	PyObject_HEAD struct book *book;
	tw_refund *refund;
	atomic_flag busy;
};

static bool read_options(struct tw_refund_options *out, PyObject **upload, const char ***facts,
			 struct state *state, PyObject *arguments, PyObject **rulebook)
{
	PyObject *filed, *interest_to, *given, *folder;
	int other;
	if (!PyArg_ParseTuple(arguments, "O!OOpOO", state->rulebook, rulebook, &filed, &interest_to,
			      &other, &given, &folder) ||
	    !py_string_of(&out->filed, filed, "as_of") ||
	    !py_string_of(&out->interest_to, interest_to, "interest_to") ||
	    !py_strings_of(facts, given, "facts") ||
	    (folder != Py_None && !PyUnicode_FSConverter(folder, upload)))
		return false;
	out->other_payee = other;
	out->facts = *facts;
	out->fact_count = *facts ? (size_t)PyList_Size(given) : 0;
	out->upload = *upload ? PyBytes_AsString(*upload) : NULL;
	return true;
}

static PyObject *make(PyTypeObject *type, PyObject *arguments, PyObject *words)
{
	struct state *state = PyType_GetModuleState(type);
	struct tw_refund_options options = TW_REFUND_OPTIONS_INIT;
	struct tw_error error = {0};
	const char **facts = NULL;
	struct refund_object *self = NULL;
	PyObject *rulebook, *upload = NULL;
	(void)words;
	if (read_options(&options, &upload, &facts, state, arguments, &rulebook) &&
	    (self = py_object_new(type))) {
		self->book = py_book_hold(((struct rulebook_object *)rulebook)->book);
		atomic_flag_clear(&self->busy);
		if (tw_refund_new(&self->refund, self->book->at, &options, &error)) {
			Py_DECREF((PyObject *)self);
			self = NULL;
			py_raise_error(&error);
		}
	}
	PyMem_Free((void *)facts);
	Py_XDECREF(upload);
	return (PyObject *)self;
}

static void destroy(struct refund_object *self)
{
	tw_refund_free(self->refund);
	py_book_drop(self->book);
	py_object_free(self);
}

/* The pieces of an iterator; the thread that reads gave the interpreter's lock back. */
struct pieces {
	PyObject *iterator, *piece, *faults;
	PyThreadState *thread;
};

static int next_piece(void *context, struct tw_text *out, struct tw_error *error)
{
	struct pieces *pieces = context;
	Py_ssize_t length = 0;
	char *at = NULL;
	(void)error;
	PyEval_RestoreThread(pieces->thread);
	do {
		Py_XDECREF(pieces->piece);
		pieces->piece = PyErr_CheckSignals() ? NULL : PyIter_Next(pieces->iterator);
	} while (pieces->piece && !PyBytes_AsStringAndSize(pieces->piece, &at, &length) && !length);
	bool failed = PyErr_Occurred();
	pieces->thread = PyEval_SaveThread();
	*out = (struct tw_text){at, (size_t)length};
	return failed ? TW_BAD_ARGUMENT : TW_OK;
}

static void take_fault(void *context, const struct tw_error *fault)
{
	struct pieces *pieces = context;
	PyEval_RestoreThread(pieces->thread);
	if (!PyErr_Occurred()) {
		PyObject *one = Py_BuildValue("(sis)", fault->file, fault->line, fault->message);
		if (one && PyList_Append(pieces->faults, one))
			PyErr_Clear(); /* the count says that there are more */
		Py_XDECREF(one);
	}
	pieces->thread = PyEval_SaveThread();
}

static PyObject *read_text(struct refund_object *self, PyObject *arguments)
{
	struct pieces pieces = {0};
	struct tw_error error = {0};
	PyObject *name, *of;
	const char *called;
	int results, code;
	if (!PyArg_ParseTuple(arguments, "UpOO!", &name, &results, &of, &PyList_Type,
			      &pieces.faults) ||
	    !py_string_of(&called, name, "name") || !(pieces.iterator = PyObject_GetIter(of)))
		return NULL;
	const struct tw_refund_source source = {called,
						results ? TW_REFUND_RESULTS : TW_REFUND_ENTRIES,
						next_piece, take_fault, &pieces};
	if (!py_work_begin(&self->busy)) {
		Py_DECREF(pieces.iterator);
		return NULL;
	}
	pieces.thread = PyEval_SaveThread();
	code = tw_refund_read(self->refund, &source, &error);
	PyEval_RestoreThread(pieces.thread);
	py_work_end(&self->busy);
	Py_XDECREF(pieces.piece);
	Py_DECREF(pieces.iterator);
	if (PyErr_Occurred())
		return NULL;
	return code ? py_raise_error(&error) : PyUnicode_FromString(tw_refund_unread(self->refund));
}

/* The next answers, at the most so many, as NDJSON; none: behind the last. */
static PyObject *next_answers(struct refund_object *self, PyObject *most)
{
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	size_t count = PyLong_AsSize_t(most);
	int code = TW_OK;
	if (PyErr_Occurred() || !py_work_begin(&self->busy))
		return NULL;
	Py_BEGIN_ALLOW_THREADS for (size_t i = 0; i < count && !code; i++) code =
	    tw_refund_next(&out, self->refund, &error);
	Py_END_ALLOW_THREADS py_work_end(&self->busy);
	PyObject *made =
	    code && code != TW_NOT_FOUND
		? py_raise_error(&error)
		: PyBytes_FromStringAndSize(out.length ? out.at : "", (Py_ssize_t)out.length);
	tw_output_free(&out);
	return made;
}

static PyObject *totals(struct refund_object *self, PyObject *nothing)
{
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	(void)nothing;
	if (!py_work_begin(&self->busy))
		return NULL;
	int code = tw_refund_totals(&out, self->refund, &error);
	py_work_end(&self->busy);
	PyObject *made = code ? py_raise_error(&error)
			      : PyUnicode_DecodeUTF8(out.at, (Py_ssize_t)out.length, "strict");
	tw_output_free(&out);
	return made;
}

static PyObject *counts(struct refund_object *self, PyObject *nothing)
{
	uint64_t rows, faults;
	(void)nothing;
	tw_refund_counts(self->refund, &rows, &faults);
	return Py_BuildValue("(KK)", (unsigned long long)rows, (unsigned long long)faults);
}

static PyMethodDef methods[] = {
    {"read", (PyCFunction)read_text, METH_VARARGS,
     "Reads a CSV text: its name, whether it holds results, an iterable of bytes, and a list to "
     "which faults are added. Gives the columns that are not read."},
    {"next", (PyCFunction)next_answers, METH_O,
     "The next answers, at the most so many, as NDJSON."},
    {"totals", (PyCFunction)totals, METH_NOARGS, "The sums so far, as CSV."},
    {"counts", (PyCFunction)counts, METH_NOARGS, "Rows and faults so far."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "A run over entries."}, {Py_tp_new, make}, {Py_tp_dealloc, destroy},
    {Py_tp_methods, methods},           {0, NULL},
};
PyType_Spec py_refund_spec = {"tidewaiter._tidewaiter.Refund", sizeof(struct refund_object), 0,
			      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};
