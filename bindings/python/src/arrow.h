/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow's capsules: taken from objects, made for them; batches. */
#ifndef TIDEWAITER_BINDING_ARROW_H
#define TIDEWAITER_BINDING_ARROW_H

#include "binding.h"

/* Takes the stream, or the one batch, that an object gives. False: an exception. */
bool py_arrow_stream_of(struct ArrowArrayStream *out, PyObject *data);
/* A stream of batches of ours, which are emptied; its schema is that of `of`. */
bool py_arrow_stream_of_batches(struct ArrowArrayStream *out, PyObject *of, PyObject *batches);
/* These take over what they are given, also on an error. */
PyObject *py_arrow_stream_capsule(struct ArrowArrayStream *stream);
PyObject *py_arrow_schema_capsule(struct ArrowSchema *schema);
/* A stream of batches as an object of Python. */
PyObject *py_stream_of(PyTypeObject *type, struct ArrowArrayStream *stream);
PyObject *py_batch_of(PyTypeObject *type, struct ArrowSchema *schema, struct ArrowArray *array);

#endif
