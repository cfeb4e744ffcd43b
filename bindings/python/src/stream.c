/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Streams of findings. Rows pass from the reader of whoever gave the lines to the library and on to
 * whoever asks for findings, in C and without the interpreter's lock. Where Python itself asks
 * (iteration), the lock is taken back between two batches that are read, so that a signal is
 * heard and progress told even while a long input is read before the first finding.
 */
#include "arrow.h"
#include "binding.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What the two ends of a stream share with the object that shows how far it is. */
struct flow {
	atomic_size_t holders;
	struct book *book;
	struct ArrowArrayStream source; /* of the lines */
	struct ArrowArrayStream found;  /* of the findings */
	atomic_uint_fast64_t rows_in, rows_out;
	/* While Python asks: its thread, and what is called between batches. */
	PyThreadState *thread;
	unsigned long thread_number;
	PyObject *hear; /* borrowed from the caller of next, or NULL */
	bool stopped;   /* an exception is set in that thread */
	char today[16]; /* must outlive the stream */
};

struct stream_object {
	PyObject_HEAD struct ArrowArrayStream stream;
	struct flow *flow; /* NULL: gathered batches, or answers of another kind */
	atomic_flag busy;
};

static void flow_drop(struct flow *flow)
{
	if (!flow || atomic_fetch_sub(&flow->holders, 1) != 1)
		return;
	py_book_drop(flow->book);
	free(flow);
}

/* The lines: what was given, counted. */

static int source_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	struct flow *flow = stream->private_data;
	return flow->source.get_schema(&flow->source, out);
}

/* Between two batches: a signal is heard, progress told. */
static int listen(struct flow *flow)
{
	if (!flow->thread || flow->thread_number != PyThread_get_thread_ident())
		return 0;
	PyEval_RestoreThread(flow->thread);
	int failed = PyErr_CheckSignals();
	if (!failed && flow->hear) {
		PyObject *heard =
		    PyObject_CallFunction(flow->hear, "KK", (unsigned long long)flow->rows_in,
					  (unsigned long long)flow->rows_out);
		failed = !heard;
		Py_XDECREF(heard);
	}
	flow->stopped = failed;
	flow->thread = PyEval_SaveThread();
	return failed ? EINTR : 0;
}

static int source_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	struct flow *flow = stream->private_data;
	out->release = NULL;
	int code = listen(flow);
	if (code)
		return code;
	code = flow->source.get_next(&flow->source, out);
	if (!code && out->release)
		flow->rows_in += (uint64_t)out->length;
	return code;
}

static const char *source_error(struct ArrowArrayStream *stream)
{
	struct flow *flow = stream->private_data;
	return flow->stopped ? "interrupted" : flow->source.get_last_error(&flow->source);
}

static void source_release(struct ArrowArrayStream *stream)
{
	struct flow *flow = stream->private_data;
	if (flow->source.release)
		flow->source.release(&flow->source);
	stream->release = NULL;
	flow_drop(flow);
}

/* The findings: counted, and their rulebook kept. */

static int found_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	struct flow *flow = stream->private_data;
	return flow->found.get_schema(&flow->found, out);
}

static int found_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	struct flow *flow = stream->private_data;
	out->release = NULL;
	int code = flow->found.get_next(&flow->found, out);
	if (!code && out->release)
		flow->rows_out += (uint64_t)out->length;
	return code;
}

static const char *found_error(struct ArrowArrayStream *stream)
{
	struct flow *flow = stream->private_data;
	return flow->found.get_last_error(&flow->found);
}

static void found_release(struct ArrowArrayStream *stream)
{
	struct flow *flow = stream->private_data;
	if (flow->found.release)
		flow->found.release(&flow->found);
	stream->release = NULL;
	flow_drop(flow);
}

static PyObject *stream_of(PyTypeObject *type, struct ArrowArrayStream *stream, struct flow *flow)
{
	struct stream_object *self = py_object_new(type);
	if (!self) {
		stream->release(stream);
		return NULL;
	}
	self->stream = *stream;
	stream->release = NULL;
	self->flow = flow;
	if (flow)
		atomic_fetch_add(&flow->holders, 1);
	atomic_flag_clear(&self->busy);
	return (PyObject *)self;
}

PyObject *py_stream_of(PyTypeObject *type, struct ArrowArrayStream *stream)
{
	return stream_of(type, stream, NULL);
}

/* Takes the lines over, in any case. */
static PyObject *begin(struct state *state, struct book *book, struct ArrowArrayStream *lines,
		       const struct tw_arrow_options *options, struct tw_options *assess)
{
	struct tw_error error = {0};
	struct flow *flow = calloc(1, sizeof *flow);
	if (!flow) {
		lines->release(lines);
		return PyErr_NoMemory();
	}
	atomic_init(&flow->holders, 2);
	if (assess->today) {
		PyOS_snprintf(flow->today, sizeof flow->today, "%s", assess->today);
		assess->today = flow->today;
	}
	flow->book = py_book_hold(book);
	flow->source = *lines;
	lines->release = NULL;
	struct ArrowArrayStream in = {source_schema, source_next, source_error, source_release,
				      flow};
	struct ArrowArrayStream out = {found_schema, found_next, found_error, found_release, flow};
	int code;
	Py_BEGIN_ALLOW_THREADS code = tw_assess_arrow(&flow->found, &in, book->at, options, &error);
	Py_END_ALLOW_THREADS if (!code) return stream_of(state->stream, &out, flow);
	flow_drop(flow);
	return py_raise_error(&error);
}

static bool read_options(struct tw_arrow_options *out, struct tw_options *assess, PyObject *words)
{
	static char *names[] = {"map",
				"set",
				"keep",
				"value_from",
				"decimal",
				"date_format",
				"flat",
				"daily_sum",
				"no_shipments",
				"whole_batches",
				"strict_coverage",
				"no_screen",
				"today",
				"restore_zeros",
				"no_changes",
				NULL};
	PyObject *map = Py_None, *set = Py_None, *keep = Py_None, *from = Py_None;
	PyObject *decimal = Py_None, *dates = Py_None, *today = Py_None, *none = PyTuple_New(0);
	int flat = 0, daily = 0, alone = 0, whole = 0, strict = 0, no_screen = 0, zeros = 0;
	int no_changes = 0;
	bool good = none &&
		    PyArg_ParseTupleAndKeywords(none, words, "|OOOOOOppppppOpp:py_assess_stream",
						names, &map, &set, &keep, &from, &decimal, &dates,
						&flat, &daily, &alone, &whole, &strict, &no_screen,
						&today, &zeros, &no_changes) &&
		    py_string_of(&out->value_from, from, "value_from") &&
		    py_string_of(&out->decimal, decimal, "decimal") &&
		    py_string_of(&out->date_format, dates, "date_format") &&
		    py_string_of(&assess->today, today, "today") &&
		    py_strings_of((const char ***)&out->map, map, "map") &&
		    py_strings_of((const char ***)&out->set, set, "set") &&
		    py_strings_of((const char ***)&out->keep, keep, "keep");
	Py_XDECREF(none);
	out->flat = flat;
	out->daily_sum = daily;
	out->no_shipments = alone;
	out->whole_batches = whole;
	assess->strict_coverage = strict;
	assess->no_screen = no_screen;
	assess->restore_zeros = zeros;
	assess->no_changes = no_changes;
	out->assess = assess;
	return good;
}

PyObject *py_assess_stream(PyObject *module, PyObject *arguments, PyObject *words)
{
	struct state *state = PyModule_GetState(module);
	struct tw_arrow_options options = TW_ARROW_OPTIONS_INIT;
	struct tw_options assess = TW_OPTIONS_INIT;
	struct ArrowArrayStream lines;
	PyObject *data, *rulebook, *made = NULL;
	if (!PyArg_ParseTuple(arguments, "OO!", &data, state->rulebook, &rulebook))
		return NULL;
	if (read_options(&options, &assess, words) && py_arrow_stream_of(&lines, data))
		made = begin(state, ((struct rulebook_object *)rulebook)->book, &lines, &options,
			     &assess);
	PyMem_Free((void *)options.map);
	PyMem_Free((void *)options.set);
	PyMem_Free((void *)options.keep);
	return made;
}

/* The names of columns of ours by the names of those that are read as them. */
static PyObject *name_columns(const struct ArrowSchema *schema, const int32_t *at)
{
	PyObject *found = PyDict_New();
	for (int i = 0; found && i < TW_COLUMN_COUNT; i++) {
		if (at[i] < 0 || at[i] >= schema->n_children)
			continue;
		PyObject *theirs = PyUnicode_FromString(schema->children[at[i]]->name);
		if (!theirs ||
		    PyDict_SetItemString(found, tw_column_name((enum tw_column)i), theirs))
			Py_CLEAR(found);
		Py_XDECREF(theirs);
	}
	return found;
}

PyObject *py_read_columns(PyObject *module, PyObject *arguments, PyObject *words)
{
	struct state *state = PyModule_GetState(module);
	struct tw_arrow_options options = TW_ARROW_OPTIONS_INIT;
	struct tw_options assess = TW_OPTIONS_INIT;
	struct tw_error error = {0};
	int32_t at[TW_COLUMN_COUNT];
	PyObject *of, *rulebook, *made = NULL;
	if (!PyArg_ParseTuple(arguments, "OO!", &of, state->rulebook, &rulebook))
		return NULL;
	const struct ArrowSchema *schema = PyCapsule_GetPointer(of, "arrow_schema");
	if (schema && read_options(&options, &assess, words)) {
		const struct book *book = ((struct rulebook_object *)rulebook)->book;
		int code =
		    tw_arrow_columns(at, TW_COLUMN_COUNT, schema, book->at, &options, &error);
		made = code ? py_raise_error(&error) : name_columns(schema, at);
	}
	PyMem_Free((void *)options.map);
	PyMem_Free((void *)options.set);
	PyMem_Free((void *)options.keep);
	return made;
}

PyObject *py_gather_batches(PyObject *module, PyObject *arguments)
{
	struct state *state = PyModule_GetState(module);
	struct ArrowArrayStream stream;
	PyObject *of, *batches;
	if (!PyArg_ParseTuple(arguments, "OO!", &of, &PyList_Type, &batches) ||
	    !py_arrow_stream_of_batches(&stream, of, batches))
		return NULL;
	return stream_of(state->stream, &stream, NULL);
}

PyObject *py_findings_schema(PyObject *module, PyObject *flat)
{
	struct ArrowSchema schema;
	struct tw_error error = {0};
	int is_flat = PyObject_IsTrue(flat);
	(void)module;
	if (is_flat < 0)
		return NULL;
	if (tw_arrow_schema(&schema, is_flat, &error))
		return py_raise_error(&error);
	return py_arrow_schema_capsule(&schema);
}

static bool is_open(struct stream_object *self)
{
	if (self->stream.release)
		return true;
	PyErr_SetString(PyExc_ValueError,
			"the stream was given away or closed: a stream is read once");
	return false;
}

static PyObject *next_batch(struct stream_object *self, PyObject *hear)
{
	struct state *state = PyType_GetModuleState(Py_TYPE((PyObject *)self));
	struct ArrowArray array = {.release = NULL};
	struct ArrowSchema schema = {.release = NULL};
	struct flow *flow = self->flow;
	int code;
	if (!py_work_begin(&self->busy))
		return NULL;
	if (!is_open(self)) {
		py_work_end(&self->busy);
		return NULL;
	}
	PyThreadState *thread = PyEval_SaveThread();
	if (flow) {
		flow->thread = thread;
		flow->thread_number = PyThread_get_thread_ident();
		flow->hear = hear;
	}
	code = self->stream.get_next(&self->stream, &array);
	if (!code && array.release)
		code = self->stream.get_schema(&self->stream, &schema);
	if (flow)
		flow->thread = NULL;
	PyEval_RestoreThread(thread);
	py_work_end(&self->busy);
	if (!code && !array.release)
		return NULL; /* the end */
	if (!code)
		return py_batch_of(state->batch, &schema, &array);
	if (array.release)
		array.release(&array);
	if (flow && flow->stopped && PyErr_Occurred())
		return NULL;
	return py_raise_stream(code, self->stream.get_last_error(&self->stream));
}

static PyObject *iterate(struct stream_object *self)
{
	return next_batch(self, NULL);
}

/* The next batch, or None at the end; what is given is called between batches that are read. */
static PyObject *take(struct stream_object *self, PyObject *hear)
{
	PyObject *batch = next_batch(self, hear == Py_None ? NULL : hear);
	if (batch || PyErr_Occurred())
		return batch;
	Py_RETURN_NONE;
}

static PyObject *give_stream(struct stream_object *self, PyObject *arguments)
{
	PyObject *asked = Py_None, *made = NULL;
	if (!PyArg_ParseTuple(arguments, "|O", &asked) || !py_work_begin(&self->busy))
		return NULL;
	if (is_open(self))
		made = py_arrow_stream_capsule(&self->stream);
	py_work_end(&self->busy);
	return made;
}

static PyObject *give_schema(struct stream_object *self, PyObject *nothing)
{
	struct ArrowSchema schema = {.release = NULL};
	int code = 0;
	bool open;
	(void)nothing;
	if (!py_work_begin(&self->busy))
		return NULL;
	if ((open = is_open(self)))
		code = self->stream.get_schema(&self->stream, &schema);
	py_work_end(&self->busy);
	if (!open)
		return NULL;
	if (code)
		return py_raise_stream(code, self->stream.get_last_error(&self->stream));
	return py_arrow_schema_capsule(&schema);
}

static PyObject *close_stream(struct stream_object *self, PyObject *nothing)
{
	(void)nothing;
	if (!py_work_begin(&self->busy))
		return NULL;
	Py_BEGIN_ALLOW_THREADS if (self->stream.release) self->stream.release(&self->stream);
	self->stream.release = NULL;
	Py_END_ALLOW_THREADS py_work_end(&self->busy);
	Py_RETURN_NONE;
}

static void destroy(struct stream_object *self)
{
	if (self->stream.release)
		self->stream.release(&self->stream);
	flow_drop(self->flow);
	py_object_free(self);
}

static PyObject *rows_in(struct stream_object *self, void *unused)
{
	(void)unused;
	return PyLong_FromUnsignedLongLong(self->flow ? self->flow->rows_in : 0);
}

static PyObject *rows_out(struct stream_object *self, void *unused)
{
	(void)unused;
	return PyLong_FromUnsignedLongLong(self->flow ? self->flow->rows_out : 0);
}

static PyMethodDef methods[] = {
    {"__arrow_c_stream__", (PyCFunction)give_stream, METH_VARARGS,
     "Gives the stream away, as an Arrow capsule."},
    {"__arrow_c_schema__", (PyCFunction)give_schema, METH_NOARGS, "The schema of the findings."},
    {"take", (PyCFunction)take, METH_O,
     "The next batch, or None at the end. What is given (or None) is called with the rows read and "
     "answered between two batches that are read."},
    {"close", (PyCFunction)close_stream, METH_NOARGS, "Lets go of what is read."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef members[] = {
    {"rows_in", (getter)rows_in, NULL, "Rows read so far.", NULL},
    {"rows_out", (getter)rows_out, NULL, "Rows answered so far.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Findings, a batch at a time; read once. Has __arrow_c_stream__."},
    {Py_tp_dealloc, destroy},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, iterate},
    {Py_tp_methods, methods},
    {Py_tp_getset, members},
    {0, NULL},
};
PyType_Spec py_stream_spec = {
    "tidewaiter._tidewaiter.Stream", sizeof(struct stream_object), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
