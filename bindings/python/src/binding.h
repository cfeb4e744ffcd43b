/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library in Python: thin types over its calls, of which tidewaiter/ makes what users see.
 * Nothing is static and mutable: whatever must be kept is in the module's state, so that every
 * interpreter has its own. The interpreter's lock is given back while the library works; an
 * object that is at work is marked, and refuses a second thread.
 */
#ifndef TIDEWAITER_BINDING_H
#define TIDEWAITER_BINDING_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdatomic.h>

#include "tidewaiter.h"
#include "tidewaiter_arrow.h"

struct state {
	PyTypeObject *rulebook, *assessor, *stream, *batch, *refund;
};

/* A rulebook that objects of Python and streams outside of it share. */
struct book {
	atomic_size_t holders;
	const tw_rulebook *at;
	tw_rulebook *owned; /* NULL: the one within the library */
};
struct book *py_book_hold(struct book *book);
/* Any thread may drop the last; the interpreter's lock is not needed. */
void py_book_drop(struct book *book);

struct rulebook_object {
	PyObject_HEAD struct book *book;
};

/* Raises what tidewaiter.errors makes of it; always NULL. */
PyObject *py_raise_error(const struct tw_error *error);
/* The same of a stream of columns: an errno and its text. */
PyObject *py_raise_stream(int code, const char *text);
/* Marks an object as at work; false, and an exception, where another thread has it. */
bool py_work_begin(atomic_flag *busy);
void py_work_end(atomic_flag *busy);

/* A text of an argument, which lives as long as the object; None is no text. False: an exception.
 */
bool py_text_of(struct tw_text *out, PyObject *object, const char *what);
/* None or a str as a C string. */
bool py_string_of(const char **out, PyObject *object, const char *what);
/* A list of str, or None, as C strings that end in NULL; free with PyMem_Free. */
bool py_strings_of(const char ***out, PyObject *object, const char *what);

/* A line of a tuple of texts, as many as there are columns, which live as long as the tuple. */
bool py_line_of(struct tw_line *out, PyObject *texts);

/* An object of one of our types, zeroed behind its head. */
void *py_object_new(PyTypeObject *type);
void py_object_free(void *object);

extern PyType_Spec py_rulebook_spec, py_assessor_spec, py_stream_spec, py_batch_spec,
    py_refund_spec;

/* Functions of the module. */
PyObject *py_assess_stream(PyObject *module, PyObject *arguments, PyObject *words);
PyObject *py_read_columns(PyObject *module, PyObject *arguments, PyObject *words);
PyObject *py_gather_batches(PyObject *module, PyObject *arguments);
PyObject *py_findings_schema(PyObject *module, PyObject *flat);
PyObject *py_law_list(PyObject *module, PyObject *arguments);
PyObject *py_law_diff(PyObject *module, PyObject *arguments);
PyObject *py_substance_of(PyObject *module, PyObject *arguments);
PyObject *py_timeline_of(PyObject *module, PyObject *arguments);
PyObject *py_law_rulebook(PyObject *module, PyObject *arguments);

#endif
