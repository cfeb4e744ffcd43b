/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/timeline: the steps of a line, as `tidewaiter timeline` writes them; by POST under a
 * scenario that is given. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "serve/answers.h"
#include "timeline/write.h"

enum { ORIGINS = 8, SCENARIO = 256 << 10 /* bytes of the text of one */ };
#define ASSUMED "10000" /* the value, where none is given, as the command has it */

struct asked {
	struct goods goods;
	struct tw_timeline_options options;
	char names[64];
	const char *origin[ORIGINS];
	size_t origin_count;
	struct style style;
	struct tw_line line[ORIGINS];
	tw_timeline *timeline[ORIGINS];
	struct told told[ORIGINS];
	tw_rulebook *scenario; /* the law with one laid over it; or NULL */
};

static bool take_origins(struct reply *reply, struct asked *asked, const struct question *question)
{
	const char *one = question_get(question, "origin"),
		   *all = question_get(question, "origins");
	if ((one && all) || (!one && !all)) {
		reply_problem(reply, 400, one ? "bad-parameter" : "missing-parameter",
			      one ? "origins" : "origin",
			      one ? "origin is one country and origins are several: give one of "
				    "them"
				  : "origin is needed, as in origin=CN, or origins=CN,MX");
		return false;
	}
	const char *text = all ? all : one;
	if (strlen(text) >= sizeof asked->names) {
		reply_problem(reply, 400, "bad-parameter", all ? "origins" : "origin",
			      "the origins are too long a text");
		return false;
	}
	memcpy(asked->names, text, strlen(text) + 1);
	for (char *at = asked->names, *comma; at; at = comma) {
		comma = all ? strchr(at, ',') : NULL;
		if (comma)
			*comma++ = '\0';
		if (asked->origin_count == ORIGINS) {
			reply_problem(reply, 400, "bad-parameter", "origins",
				      "at most %d origins are shown at once", ORIGINS);
			return false;
		}
		asked->origin[asked->origin_count++] = at;
	}
	return true;
}

static bool take_question(struct reply *reply, struct asked *asked, const struct question *question,
			  const struct worker *worker)
{
	struct tw_text *value;
	if (!take_origins(reply, asked, question) ||
	    !goods_read(reply, &asked->goods, question, worker, false))
		return false;
	asked->options = (struct tw_timeline_options)TW_TIMELINE_OPTIONS_INIT;
	const char *until = question_get(question, "until");
	asked->options.from = worker_day(worker, question_get(question, "from"));
	asked->options.until = until ? worker_day(worker, until) : worker->today;
	asked->options.today = worker->today;
	asked->options.every = (enum tw_every)question_choice(question, "every", 0);
	asked->options.one_code = question_flag(question, "one-code");
	value = &asked->goods.line.column[TW_COLUMN_VALUE];
	if (!value->at) {
		*value = (struct tw_text){ASSUMED, strlen(ASSUMED)};
		asked->style.assumed = (tw_money)atoi(ASSUMED) * TW_MONEY_UNIT;
	}
	return true;
}

/* The whole body. */
static int read_text(struct buffer *out, int in, struct tw_error *error)
{
	char piece[4096];
	ssize_t got;
	while ((got = read(in, piece, sizeof piece))) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(error, TW_BAD_FILE, "the body cannot be read");
		buffer_put(out, piece, (size_t)got);
		if (out->failed)
			return error_memory(error);
		if (out->length > SCENARIO)
			return error_set(error, TW_BAD_FILE, "a scenario has at most %d bytes",
					 SCENARIO);
	}
	return TW_OK;
}

/* What is wrong with its text is the asker's, not the law's. */
static int take_scenario(struct asked *asked, const struct question *question,
			 const struct worker *worker, struct tw_error *error)
{
	struct buffer text = {0};
	struct tw_error wrong = {0};
	int code = question_get(question, "with")
		       ? error_set(error, TW_BAD_ARGUMENT,
				   "--with: the body is the scenario: leave it out")
		       : read_text(&text, question->in, error);
	if (!code)
		code = worker->options->scenario_text(&asked->scenario, text.at ? text.at : "",
						      text.length, &wrong);
	buffer_free(&text);
	if (!wrong.code)
		return code;
	return error_at(error, code == TW_BAD_LAW ? TW_BAD_FILE : code, wrong.file, wrong.line,
			wrong.column, "%s", wrong.message);
}

/* The law that is asked: that which is served, or with a scenario laid over it. */
static int take_law(const tw_rulebook **out, struct asked *asked, const struct question *question,
		    const struct worker *worker, struct tw_error *error)
{
	char id[64], title[200];
	const char *name = question_get(question, "with");
	*out = worker->options->rulebook;
	if (!name && !question->route->bodies)
		return TW_OK;
	int code = question->route->bodies
		       ? take_scenario(asked, question, worker, error)
		       : worker->options->scenario(&asked->scenario, id, title, name, error);
	if (!code)
		*out = asked->scenario;
	return code;
}

static int tell(struct asked *asked, size_t i, const tw_rulebook *rulebook, struct tw_error *error)
{
	struct told *told = &asked->told[i];
	asked->line[i] = asked->goods.line;
	asked->line[i].column[TW_COLUMN_ORIGIN] =
	    (struct tw_text){asked->origin[i], strlen(asked->origin[i])};
	int code = tw_timeline_new(&asked->timeline[i], rulebook, &asked->options, error);
	if (!code)
		code = tw_timeline_steps(&told->step, &told->count, asked->timeline[i],
					 &asked->line[i], error);
	told->timeline = asked->timeline[i];
	told->line = &asked->line[i];
	return code;
}

static void write_told(struct reply *reply, const struct asked *asked, enum form form, bool safe)
{
	struct buffer *out = &reply->text;
	reply->status = 200;
	reply->type = form_types[form];
	if (form == FORM_SVG)
		write_svg(out, asked->told, asked->origin_count, &asked->style);
	else if (form == FORM_JSON)
		write_json(out, asked->told, asked->origin_count);
	else if (form == FORM_CSV)
		write_csv_header(out);
	for (size_t i = 0; i < asked->origin_count; i++)
		if (form == FORM_CSV)
			write_csv(out, &asked->told[i], safe);
		else if (form == FORM_NDJSON)
			write_ndjson(out, &asked->told[i]);
}

/* A line that is refused has one step, refused. */
static const struct tw_assessment *refused(const struct asked *asked)
{
	for (size_t i = 0; i < asked->origin_count; i++)
		if (asked->told[i].count == 1 &&
		    asked->told[i].step[0].answer->status == TW_STATUS_REFUSED)
			return asked->told[i].step[0].answer;
	return NULL;
}

void answer_timeline(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct tw_error error = {0};
	struct asked *asked = calloc(1, sizeof *asked);
	const tw_rulebook *law;
	int code = TW_OK;
	if (!asked) {
		reply_problem(reply, 503, "no-memory", NULL, "out of memory");
		return;
	}
	if (!take_question(reply, asked, question, worker))
		goto done;
	code = take_law(&law, asked, question, worker, &error);
	for (size_t i = 0; i < asked->origin_count && !code; i++)
		code = tell(asked, i, law, &error);
	const struct tw_assessment *no = code ? NULL : refused(asked);
	if (code)
		reply_error(reply, &error);
	else if (no)
		reply_problem(reply, 422, no->refusal.reason,
			      *no->refusal.column ? no->refusal.column : NULL, "%s",
			      no->refusal.text);
	else
		write_told(reply, asked, question->form,
			   question_flag(question, "spreadsheet-safe"));
done:
	for (size_t i = 0; i < asked->origin_count; i++)
		tw_timeline_free(asked->timeline[i]);
	tw_rulebook_close(asked->scenario);
	free(asked);
}
