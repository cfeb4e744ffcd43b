/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run over entries: texts or batches in, an answer an entry out, as the program prints it or as a
 * stream of batches.
 */
#include "arrow.h"
#include "binding.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What the object and a stream of its answers share. */
struct run {
	atomic_size_t holders;
	atomic_flag busy;
	struct book *book;
	tw_refund *refund;
};

struct refund_object {
	PyObject_HEAD struct run *run;
};

static void run_drop(struct run *run)
{
	if (!run || atomic_fetch_sub(&run->holders, 1) != 1)
		return;
	tw_refund_free(run->refund);
	py_book_drop(run->book);
	free(run);
}

static struct run *run_new(struct book *book)
{
	struct run *run = calloc(1, sizeof *run);
	if (!run)
		return NULL;
	atomic_init(&run->holders, 1);
	atomic_flag_clear(&run->busy);
	run->book = py_book_hold(book);
	return run;
}

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
		self->run = run_new(((struct rulebook_object *)rulebook)->book);
		if (!self->run ||
		    tw_refund_new(&self->run->refund, self->run->book->at, &options, &error)) {
			bool made = self->run;
			Py_DECREF((PyObject *)self);
			self = NULL;
			if (made)
				py_raise_error(&error);
			else
				PyErr_NoMemory();
		}
	}
	PyMem_Free((void *)facts);
	Py_XDECREF(upload);
	return (PyObject *)self;
}

static void destroy(struct refund_object *self)
{
	run_drop(self->run);
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
	if (!py_work_begin(&self->run->busy)) {
		Py_DECREF(pieces.iterator);
		return NULL;
	}
	pieces.thread = PyEval_SaveThread();
	code = tw_refund_read(self->run->refund, &source, &error);
	PyEval_RestoreThread(pieces.thread);
	py_work_end(&self->run->busy);
	Py_XDECREF(pieces.piece);
	Py_DECREF(pieces.iterator);
	if (PyErr_Occurred())
		return NULL;
	return code ? py_raise_error(&error)
		    : PyUnicode_FromString(tw_refund_unread(self->run->refund));
}

/* Batches of others, between which a signal is heard. */
struct heard {
	struct ArrowArrayStream source;
	struct pieces *pieces;
};

static int heard_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	struct heard *heard = stream->private_data;
	return heard->source.get_schema(&heard->source, out);
}

static int heard_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	struct heard *heard = stream->private_data;
	out->release = NULL;
	PyEval_RestoreThread(heard->pieces->thread);
	bool failed = PyErr_Occurred() || PyErr_CheckSignals();
	heard->pieces->thread = PyEval_SaveThread();
	return failed ? EINTR : heard->source.get_next(&heard->source, out);
}

static const char *heard_error(struct ArrowArrayStream *stream)
{
	struct heard *heard = stream->private_data;
	return heard->source.get_last_error(&heard->source);
}

static void heard_release(struct ArrowArrayStream *stream)
{
	struct heard *heard = stream->private_data;
	heard->source.release(&heard->source);
	stream->release = NULL;
}

static PyObject *read_columns(struct refund_object *self, PyObject *arguments)
{
	struct pieces pieces = {0};
	struct heard heard = {.pieces = &pieces};
	struct tw_error error = {0};
	PyObject *name, *data;
	const char *called;
	int results, code;
	if (!PyArg_ParseTuple(arguments, "UpOO!", &name, &results, &data, &PyList_Type,
			      &pieces.faults) ||
	    !py_string_of(&called, name, "name") || !py_arrow_stream_of(&heard.source, data))
		return NULL;
	struct ArrowArrayStream in = {heard_schema, heard_next, heard_error, heard_release, &heard};
	const struct tw_refund_source source = {
	    called, results ? TW_REFUND_RESULTS : TW_REFUND_ENTRIES, NULL, take_fault, &pieces};
	if (!py_work_begin(&self->run->busy)) {
		heard_release(&in);
		return NULL;
	}
	pieces.thread = PyEval_SaveThread();
	code = tw_refund_read_arrow(self->run->refund, &in, &source, &error);
	PyEval_RestoreThread(pieces.thread);
	py_work_end(&self->run->busy);
	if (PyErr_Occurred())
		return NULL;
	if (!code)
		return PyUnicode_FromString(tw_refund_unread(self->run->refund));
	if (!error.line)
		return py_raise_error(&error);
	char text[sizeof error.message + 32];
	PyOS_snprintf(text, sizeof text, "row %d: %s", error.line, error.message);
	return py_raise_stream(EINVAL, text);
}

/* The answers that were not taken yet, and the run that they come from. */
struct answers {
	struct ArrowArrayStream found;
	struct run *run;
	bool was_busy;
};

static int answers_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	struct answers *answers = stream->private_data;
	return answers->found.get_schema(&answers->found, out);
}

static int answers_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	struct answers *answers = stream->private_data;
	out->release = NULL;
	answers->was_busy = atomic_flag_test_and_set(&answers->run->busy);
	if (answers->was_busy)
		return EBUSY;
	int code = answers->found.get_next(&answers->found, out);
	py_work_end(&answers->run->busy);
	return code;
}

static const char *answers_error(struct ArrowArrayStream *stream)
{
	struct answers *answers = stream->private_data;
	return answers->was_busy ? "another thread is at work with these answers"
				 : answers->found.get_last_error(&answers->found);
}

static void answers_release(struct ArrowArrayStream *stream)
{
	struct answers *answers = stream->private_data;
	answers->found.release(&answers->found);
	run_drop(answers->run);
	free(answers);
	stream->release = NULL;
}

static PyObject *answer_columns(struct refund_object *self, PyObject *nothing)
{
	struct state *state = PyType_GetModuleState(Py_TYPE((PyObject *)self));
	struct tw_error error = {0};
	(void)nothing;
	if (!py_work_begin(&self->run->busy))
		return NULL;
	struct answers *answers = calloc(1, sizeof *answers);
	int code = answers ? tw_refund_arrow(&answers->found, self->run->refund, &error) : TW_OK;
	py_work_end(&self->run->busy);
	if (!answers)
		return PyErr_NoMemory();
	if (code) {
		free(answers);
		return py_raise_error(&error);
	}
	answers->run = self->run;
	atomic_fetch_add(&answers->run->holders, 1);
	struct ArrowArrayStream out = {answers_schema, answers_next, answers_error, answers_release,
				       answers};
	return py_stream_of(state->stream, &out);
}

/* The next answers, at the most so many, as NDJSON; none: behind the last. */
static PyObject *next_answers(struct refund_object *self, PyObject *most)
{
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	size_t count = PyLong_AsSize_t(most);
	int code = TW_OK;
	if (PyErr_Occurred() || !py_work_begin(&self->run->busy))
		return NULL;
	Py_BEGIN_ALLOW_THREADS for (size_t i = 0; i < count && !code; i++) code =
	    tw_refund_next(&out, self->run->refund, &error);
	Py_END_ALLOW_THREADS py_work_end(&self->run->busy);
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
	if (!py_work_begin(&self->run->busy))
		return NULL;
	int code = tw_refund_totals(&out, self->run->refund, &error);
	py_work_end(&self->run->busy);
	PyObject *made = code ? py_raise_error(&error)
			      : PyUnicode_DecodeUTF8(out.at, (Py_ssize_t)out.length, "strict");
	tw_output_free(&out);
	return made;
}

static PyObject *counts(struct refund_object *self, PyObject *nothing)
{
	uint64_t rows, faults;
	(void)nothing;
	tw_refund_counts(self->run->refund, &rows, &faults);
	return Py_BuildValue("(KK)", (unsigned long long)rows, (unsigned long long)faults);
}

static PyMethodDef methods[] = {
    {"read", (PyCFunction)read_text, METH_VARARGS,
     "Reads a CSV text: its name, whether it holds results, an iterable of bytes, and a list to "
     "which faults are added. Gives the columns that are not read."},
    {"read_columns", (PyCFunction)read_columns, METH_VARARGS,
     "Reads what gives a stream of batches: its name, whether it holds results, the object, and a "
     "list to which faults are added. Gives the columns that are not read."},
    {"columns", (PyCFunction)answer_columns, METH_NOARGS,
     "The answers that were not taken yet, as a stream of batches."},
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
