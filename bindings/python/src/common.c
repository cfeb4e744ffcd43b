/* SPDX-License-Identifier: Apache-2.0 */
/* What the types share: errors, texts of arguments, objects. */
#include "binding.h"

#include <string.h>

/* Calls a function of tidewaiter.errors for an exception, and raises it. */
static PyObject *raise_made(PyObject *made)
{
	if (made) {
		PyErr_SetObject((PyObject *)Py_TYPE(made), made);
		Py_DECREF(made);
	}
	return NULL;
}

PyObject *py_raise_error(const struct tw_error *error)
{
	PyObject *errors = PyImport_ImportModule("tidewaiter.errors");
	if (!errors)
		return NULL;
	PyObject *made =
	    PyObject_CallMethod(errors, "_of_library", "issii", error->code, error->message,
				error->file, error->line, error->column);
	Py_DECREF(errors);
	return raise_made(made);
}

PyObject *py_raise_stream(int code, const char *text)
{
	PyObject *errors = PyImport_ImportModule("tidewaiter.errors");
	if (!errors)
		return NULL;
	PyObject *made = PyObject_CallMethod(errors, "_of_stream", "is", code, text ? text : "");
	Py_DECREF(errors);
	return raise_made(made);
}

bool py_work_begin(atomic_flag *busy)
{
	if (!atomic_flag_test_and_set(busy))
		return true;
	PyErr_SetString(PyExc_RuntimeError,
			"another thread is at work with this object: give each thread its own");
	return false;
}

void py_work_end(atomic_flag *busy)
{
	atomic_flag_clear(busy);
}

bool py_text_of(struct tw_text *out, PyObject *object, const char *what)
{
	Py_ssize_t length;
	*out = (struct tw_text){NULL, 0};
	if (object == Py_None)
		return true;
	if (!PyUnicode_Check(object)) {
		PyErr_Format(PyExc_TypeError, "%s is a str or None", what);
		return false;
	}
	out->at = PyUnicode_AsUTF8AndSize(object, &length);
	out->length = out->at ? (size_t)length : 0;
	return out->at;
}

bool py_string_of(const char **out, PyObject *object, const char *what)
{
	struct tw_text text;
	if (!py_text_of(&text, object, what))
		return false;
	*out = text.at;
	if (!text.at || strlen(text.at) == text.length)
		return true;
	PyErr_Format(PyExc_ValueError, "%s holds a NUL", what);
	return false;
}

bool py_strings_of(const char ***out, PyObject *object, const char *what)
{
	*out = NULL;
	if (object == Py_None)
		return true;
	if (!PyList_Check(object)) {
		PyErr_Format(PyExc_TypeError, "%s is a list of str", what);
		return false;
	}
	Py_ssize_t count = PyList_Size(object);
	*out = PyMem_Calloc((size_t)count + 1, sizeof **out);
	if (!*out) {
		PyErr_NoMemory();
		return false;
	}
	for (Py_ssize_t i = 0; i < count; i++)
		if (!py_string_of(*out + i, PyList_GetItem(object, i), what) || !(*out)[i]) {
			if (!PyErr_Occurred())
				PyErr_Format(PyExc_TypeError, "%s is a list of str", what);
			PyMem_Free((void *)*out);
			*out = NULL;
			return false;
		}
	return true;
}

void *py_object_new(PyTypeObject *type)
{
	allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
	return allocate(type, 0);
}

void py_object_free(void *object)
{
	PyTypeObject *type = Py_TYPE((PyObject *)object);
	freefunc free_it = (freefunc)PyType_GetSlot(type, Py_tp_free);
	free_it(object);
	Py_DECREF(type);
}
