/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The routes and their parameters, in tables: finding a route, checking what is
 * given and the OpenAPI description come from the same rows, so that none can
 * say another thing.
 */
#ifndef TW_SERVE_ROUTE_H
#define TW_SERVE_ROUTE_H

#include "serve/reply.h"

enum param_kind {
	PARAM_TEXT,
	PARAM_FLAG,   /* yes or no; nothing behind the name is yes */
	PARAM_CHOICE, /* one of the choices */
	PARAM_NUMBER, /* 1 to `most` */
	PARAM_DAY,    /* 2025-05-02, today */
	PARAM_TIME,   /* a day, or a day and a time */
	PARAM_COUNTRY /* two letters, as a rule */
};

struct param {
	const char *name; /* "_" and "-" are the same in a request */
	const char *about;
	enum param_kind kind;
	bool needed, many;
	const char *const *choices; /* NULL-terminated */
	unsigned most;
	const char *example;
	int column; /* 1 and enum tw_column: it is that column of the line; 0: none */
};

/* Parameters that several routes have. */
struct params {
	const struct param *at;
	size_t count;
};
enum { ROUTE_PARAMS = 5 /* groups of a route */ };

/* How an answer, or a body, is written. */
enum form { FORM_JSON, FORM_NDJSON, FORM_CSV, FORM_SVG, FORM_XLSX, FORM_YAML, FORM_COUNT };
#define FORM_BIT(form) (1u << (form))
extern const char *const form_names[FORM_COUNT]; /* "json" */
extern const char *const form_types[FORM_COUNT]; /* "application/json" */

/* Where a route is answered: at once, by a thread of its own, or while its body comes in. */
enum route_how { ROUTE_NOW, ROUTE_THREAD, ROUTE_STREAM };

struct question;
struct worker;
typedef void route_answer(struct reply *reply, const struct question *question,
			  struct worker *worker);

struct route {
	const char *method, *path; /* "/v1/law/acts/{id}": one part may be a name in braces */
	const char *operation, *summary, *about;
	struct params params[ROUTE_PARAMS];
	unsigned answers;   /* FORM_BIT of each; the first is the usual one; 0: `type` */
	unsigned bodies;    /* likewise; 0: it has none */
	const char *type;   /* of a route with one form that is none of these */
	const char *schema; /* of docs/schema, for the description; or NULL */
	enum route_how how;
	route_answer *answer;
};

extern const struct route routes[];
extern const size_t route_count;

/* What a request gives. */
struct given {
	const struct param *param;
	const char *value;
};
enum { QUESTION_GIVEN = 128, QUESTION_PATH = 200 };
struct question {
	const struct route *route;
	char path[QUESTION_PATH], id[QUESTION_PATH]; /* the part in braces */
	struct given given[QUESTION_GIVEN];
	size_t count;
	enum form form; /* of the answer */
	enum form body; /* that is given */
	bool has_form;  /* the request says which */
	int in;         /* ROUTE_STREAM: where the body is read; its answer does not close it */
	int out;        /* where it writes what it answers as it comes; -1: to a file */
	bool is_single; /* of FORM_JSON: the body is one object, and so is the answer */
};

/* The route of a method and a path; NULL: there is none, and the reply says so, or, of OPTIONS,
   what methods there are. */
const struct route *route_find(struct reply *reply, struct question *question, const char *method,
			       const char *path);
/* A parameter of the request, whose texts must stay. False: it is none, and the reply says why. */
bool route_give(struct reply *reply, struct question *question, const char *name,
		const char *value);
/* After the last: whether all that is needed is there, and the form of the body by the header, or
   NULL. False: the reply says why. */
bool route_settle(struct reply *reply, struct question *question, const char *content_type);
/* The form of the answer, by the header, or NULL, once that of the body is known; likewise. */
bool route_form(struct reply *reply, struct question *question, const char *accept);

/* The value of a parameter, the last one given; NULL: it is not given. */
const char *question_get(const struct question *question, const char *name);
bool question_flag(const struct question *question, const char *name);
/* The index of the choice that is given, or that of `usual`. */
size_t question_choice(const struct question *question, const char *name, size_t usual);

/* openapi.c: the description of all routes. */
route_answer answer_openapi;

#endif
