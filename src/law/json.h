/* SPDX-License-Identifier: Apache-2.0 */
/* The law as JSON, appended to a buffer. */
#ifndef TW_LAW_JSON_H
#define TW_LAW_JSON_H

#include "common/buffer.h"
#include "law/law.h"

/* JSON. */
void json_string(struct buffer *out, const char *text);
/* ,"key":"text"; nothing when the text is NULL or empty. */
void json_field(struct buffer *out, const char *key, const char *text);
void json_gathered(struct buffer *out, const char *key, struct buffer *text);
void json_time(struct buffer *out, const char *key, int zone, tw_time at);
void json_origins(struct buffer *out, const struct law *law, const struct law_origins *origins);
void json_act(struct buffer *out, const struct law *law, uint32_t instrument);
void json_measure(struct buffer *out, const struct law *law, uint32_t measure);

/* A measure as a row of CSV, rows.c. */
void rows_header(struct buffer *out);
void rows_measure(struct buffer *out, const struct law *law, const struct law_measure *m);

#endif
