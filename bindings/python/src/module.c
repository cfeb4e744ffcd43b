/* SPDX-License-Identifier: Apache-2.0 */
#include "binding.h"

#include "tidewaiter_timeline.h"

static PyObject *version(PyObject *module, PyObject *nothing)
{
	(void)module, (void)nothing;
	return PyUnicode_FromString(tw_version());
}

static PyObject *columns(PyObject *module, PyObject *nothing)
{
	(void)module, (void)nothing;
	PyObject *names = PyTuple_New(TW_COLUMN_COUNT);
	for (int i = 0; names && i < TW_COLUMN_COUNT; i++) {
		PyObject *name = PyUnicode_FromString(tw_column_name((enum tw_column)i));
		if (!name || PyTuple_SetItem(names, i, name)) {
			Py_DECREF(names);
			return NULL;
		}
	}
	return names;
}

static PyObject *column_find(PyObject *module, PyObject *name)
{
	struct tw_text text;
	(void)module;
	if (!py_text_of(&text, name, "a column"))
		return NULL;
	return PyLong_FromLong(tw_column_find(text));
}

static PyMethodDef functions[] = {
    {"version", version, METH_NOARGS, "The version of the library."},
    {"columns", columns, METH_NOARGS, "The names of the columns of a line, in their order."},
    {"column_find", column_find, METH_O, "The number of the column of a name, or -1."},
    {"assess_stream", (PyCFunction)(void (*)(void))py_assess_stream, METH_VARARGS | METH_KEYWORDS,
     "A stream of findings of a stream of lines."},
    {"read_columns", (PyCFunction)(void (*)(void))py_read_columns, METH_VARARGS | METH_KEYWORDS,
     "Which column of a schema is read as which of ours."},
    {"gather", py_gather_batches, METH_VARARGS, "A stream of batches that were taken from one."},
    {"findings_schema", py_findings_schema, METH_O, "The schema of findings, as an Arrow capsule."},
    {"law_list", py_law_list, METH_VARARGS, "The measures in force, as JSON."},
    {"law_diff", py_law_diff, METH_VARARGS, "What changes between two days, as JSON."},
    {"substance", py_substance_of, METH_VARARGS,
     "What a chemical is and who controls it, as JSON."},
    {"timeline", py_timeline_of, METH_VARARGS, "The steps of a line, as NDJSON."},
    {"law_rulebook", py_law_rulebook, METH_VARARGS, "The rulebook of a folder of law."},
    {NULL, NULL, 0, NULL},
};

static int add_type(PyObject *module, PyTypeObject **out, PyType_Spec *spec)
{
	*out = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
	return *out ? PyModule_AddType(module, *out) : -1;
}

static int execute(PyObject *module)
{
	struct state *state = PyModule_GetState(module);
	return add_type(module, &state->rulebook, &py_rulebook_spec) ||
		       add_type(module, &state->assessor, &py_assessor_spec) ||
		       add_type(module, &state->stream, &py_stream_spec) ||
		       add_type(module, &state->batch, &py_batch_spec) ||
		       add_type(module, &state->refund, &py_refund_spec) ||
		       PyModule_AddStringConstant(module, "ASSUMED", TW_TIMELINE_ASSUMED)
		   ? -1
		   : 0;
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
	struct state *state = PyModule_GetState(module);
	Py_VISIT(state->rulebook);
	Py_VISIT(state->assessor);
	Py_VISIT(state->stream);
	Py_VISIT(state->batch);
	Py_VISIT(state->refund);
	return 0;
}

static int clear(PyObject *module)
{
	struct state *state = PyModule_GetState(module);
	Py_CLEAR(state->rulebook);
	Py_CLEAR(state->assessor);
	Py_CLEAR(state->stream);
	Py_CLEAR(state->batch);
	Py_CLEAR(state->refund);
	return 0;
}

/*
 * From 3.12 on a module says that it may stand in interpreters with locks of their own
 * (Py_mod_multiple_interpreters), from 3.13 on that it needs none (Py_mod_gil). The headers of the
 * limited interface of 3.11 do not name these slots, and 3.11 itself refuses numbers that it does
 * not know.
 */
enum { SLOT_INTERPRETERS = 3, SLOT_LOCK = 4 };
#define OWN_LOCK ((void *)2)
#define NO_LOCK ((void *)1)

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static PyModuleDef_Slot slots_12[] = {
    {Py_mod_exec, execute}, {SLOT_INTERPRETERS, OWN_LOCK}, {0, NULL}};
static PyModuleDef_Slot slots_13[] = {
    {Py_mod_exec, execute}, {SLOT_INTERPRETERS, OWN_LOCK}, {SLOT_LOCK, NO_LOCK}, {0, NULL}};

#define DEFINE(name, list)                                                                         \
	static struct PyModuleDef name = {                                                         \
	    .m_base = PyModuleDef_HEAD_INIT,                                                       \
	    .m_name = "tidewaiter._tidewaiter",                                                    \
	    .m_doc = "The library as it is called from tidewaiter; not for users.",                \
	    .m_size = sizeof(struct state),                                                        \
	    .m_methods = functions,                                                                \
	    .m_slots = list,                                                                       \
	    .m_traverse = traverse,                                                                \
	    .m_clear = clear,                                                                      \
	}
DEFINE(definition, slots);
DEFINE(definition_12, slots_12);
DEFINE(definition_13, slots_13);

PyMODINIT_FUNC PyInit__tidewaiter(void)
{
	return PyModuleDef_Init(Py_Version >= 0x030D0000   ? &definition_13
				: Py_Version >= 0x030C0000 ? &definition_12
							   : &definition);
}
