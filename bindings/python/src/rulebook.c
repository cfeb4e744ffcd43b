/* SPDX-License-Identifier: Apache-2.0 */
/* Rulebooks: the one inside, of a file, of bytes, of a folder of law. */
#include "binding.h"
#include "tidewaiter_law.h"
#include "tidewaiter_substance.h"

#include <stdlib.h>

struct book *py_book_hold(struct book *book)
{
	atomic_fetch_add(&book->holders, 1);
	return book;
}

void py_book_drop(struct book *book)
{
	if (!book || atomic_fetch_sub(&book->holders, 1) != 1)
		return;
	tw_rulebook_close(book->owned);
	free(book);
}

static PyObject *give(PyTypeObject *type, const tw_rulebook *at, tw_rulebook *owned)
{
	struct rulebook_object *self = py_object_new(type);
	struct book *book = calloc(1, sizeof *book);
	if (!self || !book) {
		free(book);
		tw_rulebook_close(owned);
		Py_XDECREF((PyObject *)self);
		return self ? PyErr_NoMemory() : NULL;
	}
	*book = (struct book){.at = at, .owned = owned};
	atomic_init(&book->holders, 1);
	self->book = book;
	return (PyObject *)self;
}

static PyObject *make(PyTypeObject *type, PyObject *arguments, PyObject *words)
{
	static char *names[] = {"path", NULL};
	struct tw_error error = {0};
	const tw_rulebook *at = NULL;
	tw_rulebook *owned = NULL;
	PyObject *path = Py_None, *bytes = NULL;
	int code;
	if (!PyArg_ParseTupleAndKeywords(arguments, words, "|O:Rulebook", names, &path))
		return NULL;
	if (path != Py_None && !PyUnicode_FSConverter(path, &bytes))
		return NULL;
	Py_BEGIN_ALLOW_THREADS if (bytes)
	{
		code = tw_rulebook_open(&owned, PyBytes_AsString(bytes), &error);
		at = owned;
	}
	else
	{
		code = tw_rulebook_default(&at, &error);
	}
	Py_END_ALLOW_THREADS Py_XDECREF(bytes);
	return code ? py_raise_error(&error) : give(type, at, owned);
}

PyObject *py_law_rulebook(PyObject *module, PyObject *arguments)
{
	struct state *state = PyModule_GetState(module);
	PyObject *folder, *known_on;
	struct tw_error error = {0};
	tw_rulebook *owned = NULL;
	const char *day;
	int code;
	if (!PyArg_ParseTuple(arguments, "O&O", PyUnicode_FSConverter, &folder, &known_on))
		return NULL;
	if (!py_string_of(&day, known_on, "known_on")) {
		Py_DECREF(folder);
		return NULL;
	}
	Py_BEGIN_ALLOW_THREADS code =
	    tw_law_rulebook(&owned, PyBytes_AsString(folder), day, &error);
	Py_END_ALLOW_THREADS Py_DECREF(folder);
	return code ? py_raise_error(&error) : give(state->rulebook, owned, owned);
}

/* A text that was made, as str; or the error. It is freed. */
static PyObject *give_text(struct tw_output *out, int code, const struct tw_error *error)
{
	PyObject *made = code ? py_raise_error(error)
			      : PyUnicode_DecodeUTF8(out->length ? out->at : "",
						     (Py_ssize_t)out->length, "strict");
	tw_output_free(out);
	return made;
}

/* Folder, day as of which it is known, into, origin, code, program, kind: str or None. */
static bool read_query(struct tw_law_query *out, const char **from, const char **to,
		       PyObject *arguments)
{
	PyObject *given[9];
	static const char *const names[9] = {"folder",  "known_on", "into",  "origin", "hts",
					     "program", "kind",     "first", "last"};
	const char *texts[9];
	if (!PyArg_ParseTuple(arguments, "OOOOOOOOO", &given[0], &given[1], &given[2], &given[3],
			      &given[4], &given[5], &given[6], &given[7], &given[8]))
		return false;
	for (int i = 0; i < 9; i++)
		if (!py_string_of(&texts[i], given[i], names[i]))
			return false;
	*out = (struct tw_law_query)TW_LAW_QUERY_INIT;
	out->folder = texts[0];
	out->known_on = texts[1];
	out->into = texts[2];
	out->origin = texts[3];
	out->hts = texts[4];
	out->program = texts[5];
	out->kind = texts[6];
	*from = texts[7];
	*to = texts[8];
	return true;
}

/* What the law says to a query, from its first day to its last. */
static PyObject *ask(PyObject *arguments,
		     int (*answer)(struct tw_output *, const struct tw_law_query *, const char *,
				   const char *, struct tw_error *))
{
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	struct tw_law_query query;
	const char *from, *to;
	int code;
	if (!read_query(&query, &from, &to, arguments))
		return NULL;
	Py_BEGIN_ALLOW_THREADS code = answer(&out, &query, from, to, &error);
	Py_END_ALLOW_THREADS return give_text(&out, code, &error);
}

PyObject *py_law_list(PyObject *module, PyObject *arguments)
{
	(void)module;
	return ask(arguments, tw_law_list);
}

PyObject *py_law_diff(PyObject *module, PyObject *arguments)
{
	(void)module;
	return ask(arguments, tw_law_diff);
}

PyObject *py_substance_of(PyObject *module, PyObject *arguments)
{
	struct state *state = PyModule_GetState(module);
	struct tw_substance_query query = TW_SUBSTANCE_QUERY_INIT;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	PyObject *rulebook, *name, *on, *from, *into, *via, *weight, *concentration;
	const char *asked;
	int code;
	if (!PyArg_ParseTuple(arguments, "O!UUOOOOO", state->rulebook, &rulebook, &name, &on, &from,
			      &into, &via, &weight, &concentration) ||
	    !py_string_of(&asked, name, "name") || !py_string_of(&query.on, on, "on") ||
	    !py_string_of(&query.from, from, "from_") || !py_string_of(&query.into, into, "into") ||
	    !py_string_of(&query.via, via, "via") ||
	    !py_string_of(&query.weight, weight, "weight") ||
	    !py_string_of(&query.concentration, concentration, "concentration"))
		return NULL;
	struct book *book = py_book_hold(((struct rulebook_object *)rulebook)->book);
	Py_BEGIN_ALLOW_THREADS code =
	    tw_substance_json(&out, NULL, book->at, asked, &query, &error);
	Py_END_ALLOW_THREADS py_book_drop(book);
	return give_text(&out, code, &error);
}

static void destroy(struct rulebook_object *self)
{
	py_book_drop(self->book);
	py_object_free(self);
}

static PyObject *edition(struct rulebook_object *self, void *unused)
{
	(void)unused;
	return PyUnicode_FromString(tw_rulebook_edition(self->book->at));
}

static PyObject *known_on(struct rulebook_object *self, void *unused)
{
	(void)unused;
	return PyUnicode_FromString(tw_rulebook_known_on(self->book->at));
}

static PyObject *sha256(struct rulebook_object *self, void *unused)
{
	(void)unused;
	return PyUnicode_FromString(tw_rulebook_sha256(self->book->at));
}

static PyObject *instrument(struct rulebook_object *self, PyObject *id)
{
	struct tw_instrument is;
	const char *name;
	if (!py_string_of(&name, id, "an act"))
		return NULL;
	if (!name || tw_rulebook_instrument(self->book->at, name, &is))
		Py_RETURN_NONE;
	return Py_BuildValue("(sssss)", is.id, is.title, is.kind, is.cite, is.url);
}

static PyObject *claims(struct rulebook_object *self, PyObject *nothing)
{
	struct tw_claim claim;
	PyObject *list = PyList_New(0);
	(void)nothing;
	for (size_t i = 0; list && !tw_rulebook_claim(self->book->at, i, &claim); i++) {
		PyObject *one = Py_BuildValue("(ssO)", claim.name, claim.title,
					      claim.is_amount ? Py_True : Py_False);
		int failed = !one || PyList_Append(list, one);
		Py_XDECREF(one);
		if (failed)
			Py_CLEAR(list);
	}
	return list;
}

static PyMethodDef methods[] = {
    {"instrument", (PyCFunction)instrument, METH_O,
     "Id, title, kind, citation and link of an act, or None."},
    {"claims", (PyCFunction)claims, METH_NOARGS,
     "Name, title and whether it is an amount, of each claim."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef members[] = {
    {"edition", (getter)edition, NULL, "The edition of the law: 2026-10-09.", NULL},
    {"known_on", (getter)known_on, NULL, "The day as of which its acts are known.", NULL},
    {"sha256", (getter)sha256, NULL, "64 hex digits over all that was compiled.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Rulebook(path=None)\n--\n\nCompiled law: the one inside, or of a file."},
    {Py_tp_new, make},
    {Py_tp_dealloc, destroy},
    {Py_tp_methods, methods},
    {Py_tp_getset, members},
    {0, NULL},
};
PyType_Spec py_rulebook_spec = {"tidewaiter._tidewaiter.Rulebook", sizeof(struct rulebook_object),
				0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, slots};
