/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STREAM "arrow_array_stream"
#define SCHEMA "arrow_schema"
#define ARRAY "arrow_array"

struct batch_object {
	PyObject_HEAD struct ArrowSchema schema;
	struct ArrowArray array;
	long long rows;
	atomic_flag busy;
};

static void free_stream(PyObject *capsule)
{
	struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
	if (stream && stream->release)
		stream->release(stream);
	free(stream);
}

static void free_schema(PyObject *capsule)
{
	struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, SCHEMA);
	if (schema && schema->release)
		schema->release(schema);
	free(schema);
}

static void free_array(PyObject *capsule)
{
	struct ArrowArray *array = PyCapsule_GetPointer(capsule, ARRAY);
	if (array && array->release)
		array->release(array);
	free(array);
}

/* A copy of a struct behind a capsule; NULL: an exception, and the struct is still the caller's. */
static PyObject *capsule_of(const void *from, size_t size, const char *name,
			    PyCapsule_Destructor free_it)
{
	void *copy = malloc(size);
	if (!copy)
		return PyErr_NoMemory();
	memcpy(copy, from, size);
	PyObject *capsule = PyCapsule_New(copy, name, free_it);
	if (!capsule)
		free(copy);
	return capsule;
}

PyObject *py_arrow_stream_capsule(struct ArrowArrayStream *stream)
{
	PyObject *capsule = capsule_of(stream, sizeof *stream, STREAM, free_stream);
	if (!capsule)
		stream->release(stream);
	stream->release = NULL;
	return capsule;
}

PyObject *py_arrow_schema_capsule(struct ArrowSchema *schema)
{
	PyObject *capsule = capsule_of(schema, sizeof *schema, SCHEMA, free_schema);
	if (!capsule)
		schema->release(schema);
	schema->release = NULL;
	return capsule;
}

/* Batches in memory as a stream: what was taken from an object, or gathered. */
struct gathered {
	struct ArrowSchema schema;
	size_t count, at;
	struct ArrowArray array[];
};

/* The schema is asked for again and again: each time a whole copy. */

static void release_copy(struct ArrowSchema *schema)
{
	for (int64_t i = 0; i < schema->n_children; i++) {
		if (schema->children[i] && schema->children[i]->release)
			schema->children[i]->release(schema->children[i]);
		free(schema->children[i]);
	}
	free(schema->children);
	if (schema->dictionary) {
		if (schema->dictionary->release)
			schema->dictionary->release(schema->dictionary);
		free(schema->dictionary);
	}
	free((void *)schema->format);
	free((void *)schema->name);
	free((void *)schema->metadata);
	schema->release = NULL;
}

static char *copy_bytes(const char *from, size_t size)
{
	char *copy = malloc(size);
	return copy ? memcpy(copy, from, size) : NULL;
}

/* The bytes of metadata: a count, then so many pairs of lengths and texts. */
static size_t metadata_size(const char *at)
{
	int32_t count, length;
	size_t size = sizeof count;
	memcpy(&count, at, sizeof count);
	for (int64_t i = 0; i < 2 * (int64_t)count; i++) {
		memcpy(&length, at + size, sizeof length);
		size += sizeof length + (size_t)length;
	}
	return size;
}

static int copy_schema(struct ArrowSchema *out, const struct ArrowSchema *from)
{
	*out = (struct ArrowSchema){.flags = from->flags, .release = release_copy};
	out->format = copy_bytes(from->format, strlen(from->format) + 1);
	out->name = from->name ? copy_bytes(from->name, strlen(from->name) + 1) : NULL;
	out->metadata =
	    from->metadata ? copy_bytes(from->metadata, metadata_size(from->metadata)) : NULL;
	out->children =
	    from->n_children ? calloc((size_t)from->n_children, sizeof *out->children) : NULL;
	bool failed = !out->format || (from->name && !out->name) ||
		      (from->metadata && !out->metadata) || (from->n_children && !out->children);
	for (int64_t i = 0; i < from->n_children && !failed; i++) {
		out->children[i] = calloc(1, sizeof **out->children);
		out->n_children = i + 1;
		failed = !out->children[i] || copy_schema(out->children[i], from->children[i]);
	}
	if (from->dictionary && !failed) {
		out->dictionary = calloc(1, sizeof *out->dictionary);
		failed = !out->dictionary || copy_schema(out->dictionary, from->dictionary);
	}
	if (failed)
		release_copy(out);
	return failed ? ENOMEM : 0;
}

static int gathered_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	struct gathered *gathered = stream->private_data;
	return copy_schema(out, &gathered->schema);
}

static int gathered_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	struct gathered *gathered = stream->private_data;
	*out = (struct ArrowArray){.release = NULL};
	if (gathered->at < gathered->count) {
		*out = gathered->array[gathered->at];
		gathered->array[gathered->at++].release = NULL;
	}
	return 0;
}

static const char *gathered_error(struct ArrowArrayStream *stream)
{
	(void)stream;
	return NULL;
}

static void gathered_release(struct ArrowArrayStream *stream)
{
	struct gathered *gathered = stream->private_data;
	for (size_t i = gathered->at; i < gathered->count; i++)
		if (gathered->array[i].release)
			gathered->array[i].release(&gathered->array[i]);
	if (gathered->schema.release)
		gathered->schema.release(&gathered->schema);
	free(gathered);
	stream->release = NULL;
}

static struct gathered *gathered_new(struct ArrowArrayStream *out, size_t count)
{
	struct gathered *gathered = calloc(1, sizeof *gathered + count * sizeof gathered->array[0]);
	if (!gathered)
		PyErr_NoMemory();
	else
		*out = (struct ArrowArrayStream){gathered_schema, gathered_next, gathered_error,
						 gathered_release, gathered};
	return gathered;
}

/* (schema, array) of __arrow_c_array__. */
static bool of_array(struct ArrowArrayStream *out, PyObject *pair)
{
	struct ArrowSchema *schema = NULL;
	struct ArrowArray *array = NULL;
	struct gathered *gathered;
	if (PyTuple_Check(pair) && PyTuple_Size(pair) == 2) {
		schema = PyCapsule_GetPointer(PyTuple_GetItem(pair, 0), SCHEMA);
		array = schema ? PyCapsule_GetPointer(PyTuple_GetItem(pair, 1), ARRAY) : NULL;
	}
	if (!array || !schema->release || !array->release) {
		if (!PyErr_Occurred())
			PyErr_SetString(PyExc_TypeError,
					"__arrow_c_array__ gave no schema and array to take");
		return false;
	}
	if (!(gathered = gathered_new(out, 1)))
		return false;
	gathered->schema = *schema;
	gathered->array[0] = *array;
	gathered->count = 1;
	schema->release = NULL;
	array->release = NULL;
	return true;
}

static bool of_stream(struct ArrowArrayStream *out, PyObject *capsule)
{
	struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
	if (!stream)
		return false;
	if (!stream->release) {
		PyErr_SetString(PyExc_ValueError, "the stream was taken before");
		return false;
	}
	*out = *stream;
	stream->release = NULL;
	return true;
}

bool py_arrow_stream_of(struct ArrowArrayStream *out, PyObject *data)
{
	bool is_stream = PyObject_HasAttrString(data, "__arrow_c_stream__");
	if (!is_stream && !PyObject_HasAttrString(data, "__arrow_c_array__")) {
		PyErr_SetString(PyExc_TypeError, "the data has no __arrow_c_stream__: give a "
						 "table of pyarrow, Polars, DuckDB or pandas");
		return false;
	}
	PyObject *given =
	    PyObject_CallMethod(data, is_stream ? "__arrow_c_stream__" : "__arrow_c_array__", NULL);
	bool good = given && (is_stream ? of_stream(out, given) : of_array(out, given));
	Py_XDECREF(given);
	return good;
}

bool py_arrow_stream_of_batches(struct ArrowArrayStream *out, PyObject *of, PyObject *batches)
{
	size_t count = (size_t)PyList_Size(batches);
	struct gathered *gathered = gathered_new(out, count);
	if (!gathered)
		return false;
	struct ArrowSchema *schema = PyCapsule_GetPointer(of, SCHEMA);
	if (schema && schema->release) {
		gathered->schema = *schema;
		schema->release = NULL;
	}
	for (size_t i = 0; i < count && gathered->schema.release; i++) {
		PyObject *pair = PyObject_CallMethod(PyList_GetItem(batches, (Py_ssize_t)i),
						     "__arrow_c_array__", NULL);
		struct ArrowArray *array =
		    pair && PyTuple_Check(pair) && PyTuple_Size(pair) == 2
			? PyCapsule_GetPointer(PyTuple_GetItem(pair, 1), ARRAY)
			: NULL;
		if (array) {
			gathered->array[gathered->count++] = *array;
			array->release = NULL;
		}
		Py_XDECREF(pair);
		if (!array)
			break;
	}
	if (gathered->schema.release && gathered->count == count)
		return true;
	if (!PyErr_Occurred())
		PyErr_SetString(PyExc_TypeError, "a schema and a list of batches are wanted");
	out->release(out);
	return false;
}

PyObject *py_batch_of(PyTypeObject *type, struct ArrowSchema *schema, struct ArrowArray *array)
{
	struct batch_object *self = py_object_new(type);
	if (!self) {
		schema->release(schema);
		array->release(array);
		return NULL;
	}
	self->schema = *schema;
	self->array = *array;
	self->rows = (long long)array->length;
	atomic_flag_clear(&self->busy);
	return (PyObject *)self;
}

/* The batch is given away: what it holds moves into the capsules. */
static PyObject *give_array(struct batch_object *self, PyObject *arguments)
{
	PyObject *asked = Py_None, *schema = NULL, *array = NULL, *pair = NULL;
	if (!PyArg_ParseTuple(arguments, "|O", &asked) || !py_work_begin(&self->busy))
		return NULL;
	if (!self->array.release) {
		PyErr_SetString(PyExc_ValueError, "the batch was given away: it is read once");
	} else if ((schema = capsule_of(&self->schema, sizeof self->schema, SCHEMA, free_schema))) {
		self->schema.release = NULL;
		array = capsule_of(&self->array, sizeof self->array, ARRAY, free_array);
		if (array)
			self->array.release = NULL;
		pair = array ? PyTuple_Pack(2, schema, array) : NULL;
	}
	Py_XDECREF(schema);
	Py_XDECREF(array);
	py_work_end(&self->busy);
	return pair;
}

static void destroy(struct batch_object *self)
{
	if (self->schema.release)
		self->schema.release(&self->schema);
	if (self->array.release)
		self->array.release(&self->array);
	py_object_free(self);
}

static Py_ssize_t length(struct batch_object *self)
{
	return (Py_ssize_t)self->rows;
}

static PyMethodDef methods[] = {
    {"__arrow_c_array__", (PyCFunction)give_array, METH_VARARGS,
     "Gives the batch away, as Arrow capsules."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "A batch of findings; len() is its rows. Has __arrow_c_array__."},
    {Py_tp_dealloc, destroy},
    {Py_sq_length, length},
    {Py_tp_methods, methods},
    {0, NULL},
};
PyType_Spec py_batch_spec = {
    "tidewaiter._tidewaiter.Batch", sizeof(struct batch_object), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
