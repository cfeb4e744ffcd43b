/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Persons, addresses and goods of the lines that are named, as a graph: who sent to whom, at which
 * address, which goods. GraphML for Gephi and the like, DOT for Graphviz. Nodes and edges are
 * sorted on temporary files, so that each stands once and memory does not grow.
 */
#include "across/inner.h"

#include <stdlib.h>
#include <string.h>

#include "common/capped.h"
#include "common/error.h"
#include "common/instant.h"
#include "common/utf8.h"
#include "common/words.h"

enum node_kind { NODE_SHIPPER, NODE_CONSIGNEE, NODE_ADDRESS, NODE_PHONE, NODE_GOODS, NODES };
static const char *const kinds[NODES] = {"shipper", "consignee", "address", "phone", "goods"};

struct node {
	text_key key;
	uint64_t card, kind;
};
/* Sorted by its ends; a line may be named by several patterns. */
struct edge {
	text_key from, to;
	key8 ordinal;
	int64_t value;
	uint64_t pattern;
};
struct graph {
	struct sort *nodes, *edges;
};

int across_graph_new(struct graph **out, size_t memory, struct tw_error *error)
{
	struct graph *graph = calloc(1, sizeof *graph);
	*out = graph;
	if (!graph)
		return error_memory(error);
	int code = sort_new(&graph->nodes, sizeof(struct node), memory, error);
	return code ? code : sort_new(&graph->edges, sizeof(struct edge), memory, error);
}

void across_graph_free(struct graph *graph)
{
	if (!graph)
		return;
	sort_free(graph->nodes);
	sort_free(graph->edges);
	free(graph);
}

static struct tw_text node_text(const struct card *card, enum node_kind kind)
{
	const struct tw_text *text = card->text;
	switch (kind) {
	case NODE_SHIPPER:
		return text[CARD_SHIPPER];
	case NODE_CONSIGNEE:
		return text[CARD_CONSIGNEE].length ? text[CARD_CONSIGNEE] : text[CARD_CONSIGNEE_ID];
	case NODE_ADDRESS:
		return text[CARD_CONSIGNEE_ADDRESS];
	case NODE_PHONE:
		return text[CARD_CONSIGNEE_PHONE];
	default:
		return (struct tw_text){card->hts, strlen(card->hts)};
	}
}

/* The key of a node; of a consignee the address counts, as it does for persons. */
static bool node_key(text_key out, const struct card *card, enum node_kind kind)
{
	struct tw_line line = TW_LINE_INIT;
	text_key near;
	line.column[TW_COLUMN_SHIPPER] = card->text[CARD_SHIPPER];
	line.column[TW_COLUMN_SHIPPER_ADDRESS] = card->text[CARD_SHIPPER_ADDRESS];
	line.column[TW_COLUMN_CONSIGNEE] = card->text[CARD_CONSIGNEE];
	line.column[TW_COLUMN_CONSIGNEE_ID] = card->text[CARD_CONSIGNEE_ID];
	line.column[TW_COLUMN_CONSIGNEE_ADDRESS] = card->text[CARD_CONSIGNEE_ADDRESS];
	line.column[TW_COLUMN_CONSIGNEE_PHONE] = card->text[CARD_CONSIGNEE_PHONE];
	line.column[TW_COLUMN_HTS] = (struct tw_text){card->hts, strlen(card->hts)};
	static const enum pattern_group groups[NODES] = {
	    PATTERN_SHIPPER, PATTERN_CONSIGNEE, PATTERN_ADDRESS, PATTERN_PHONE, PATTERN_CODE};
	if (!group_keys(near, out, &line, groups[kind]))
		return false;
	out[15] = (unsigned char)kind; /* a shipper and a consignee of one name are two nodes */
	return true;
}

static int add_edge(struct graph *graph, const text_key from, const text_key to,
		    const struct card *card, uint64_t ordinal, uint32_t pattern,
		    struct tw_error *error)
{
	struct edge edge = {.value = card->value, .pattern = pattern};
	memcpy(edge.from, from, sizeof edge.from);
	memcpy(edge.to, to, sizeof edge.to);
	sort_put(edge.ordinal, ordinal);
	return sort_add(graph->edges, &edge, error);
}

int across_graph_add(struct graph *graph, const struct card *card, uint64_t at, uint64_t ordinal,
		     uint32_t pattern, struct tw_error *error)
{
	text_key key[NODES];
	bool has[NODES];
	int code = TW_OK;
	for (int i = 0; i < NODES && !code; i++) {
		struct node node = {.card = at, .kind = (uint64_t)i};
		has[i] = node_key(key[i], card, (enum node_kind)i);
		if (!has[i])
			continue;
		memcpy(node.key, key[i], sizeof node.key);
		code = sort_add(graph->nodes, &node, error);
	}
	/* From the shipper to the consignee, and from him to the rest; without him from the
	 * shipper.
	 */
	int hub = code ? NODES : has[NODE_CONSIGNEE] ? NODE_CONSIGNEE : NODE_SHIPPER;
	for (int i = 0; i < NODES && hub < NODES && !code; i++) {
		if (i == hub || !has[i] || !has[hub])
			continue;
		bool in = i == NODE_SHIPPER;
		code = add_edge(graph, key[in ? i : hub], key[in ? hub : i], card, ordinal, pattern,
				error);
	}
	return code;
}

static void put_id(struct buffer *out, const text_key key)
{
	buffer_char(out, 'n');
	for (size_t i = 0; i < sizeof(text_key); i++)
		buffer_print(out, "%02x", key[i]);
}

/* Is what stands here U+FFFE or U+FFFF, which no XML may hold? */
static bool no_character(const char *at, size_t left)
{
	return left >= 3 && (!memcmp(at, "\xEF\xBF\xBE", 3) || !memcmp(at, "\xEF\xBF\xBF", 3));
}

/* Text for XML or for DOT; both without controls. */
static void put_label(struct buffer *out, struct tw_text text, bool dot)
{
	struct buffer shown = {.within = out};
	if (text.length)
		buffer_shown(&shown, text.at, text.length);
	for (size_t i = 0; i < shown.length && !shown.failed; i++) {
		char c = shown.at[i];
		if (dot && (c == '"' || c == '\\'))
			buffer_char(out, '\\');
		if (!dot && no_character(shown.at + i, shown.length - i)) {
			buffer_text(out, UTF8_REPLACED);
			i += 2;
		} else if (!dot && c == '&') {
			buffer_text(out, "&amp;");
		} else if (!dot && c == '<') {
			buffer_text(out, "&lt;");
		} else if (!dot && c == '>') {
			buffer_text(out, "&gt;");
		} else {
			buffer_char(out, c);
		}
	}
	buffer_free(&shown);
}

static void put_node(struct buffer *out, const struct node *node, const struct card *card, bool dot)
{
	buffer_text(out, dot ? "  " : "    <node id=\"");
	put_id(out, node->key);
	buffer_print(out,
		     dot ? " [kind=\"%s\" label=\""
			 : "\"><data key=\"kind\">%s</data><data "
			   "key=\"label\">",
		     kinds[node->kind]);
	put_label(out, node_text(card, (enum node_kind)node->kind), dot);
	buffer_text(out, dot ? "\"];\n" : "</data></node>\n");
}

static int write_nodes(struct graph *graph, struct across *across, struct tw_error *error)
{
	struct card_read *read = malloc(sizeof *read);
	struct buffer *out = &across->text;
	struct node node, last;
	bool any = false;
	int got, code = read ? sort_finish(graph->nodes, error) : error_memory(error);
	if (!code)
		code = sort_rewind(graph->nodes, error);
	while (!code && (got = sort_next(graph->nodes, &node, error)) != 0) {
		if (got < 0) {
			code = got;
			break;
		}
		if (any && !memcmp(last.key, node.key, sizeof node.key))
			continue;
		last = node;
		any = true;
		out->length = 0;
		code = card_load(read, across->file, node.card, error);
		if (!code) {
			put_node(out, &node, &read->card, across->options.graph == ACROSS_DOT);
			code = across_out(across, out, error);
		}
	}
	free(read);
	return code;
}

struct edge_sum {
	struct edge first;
	uint64_t lines;
	tw_money value;
	unsigned char pattern[256]; /* those that name its lines */
};

static void put_edge(struct buffer *out, const struct across *across, const struct edge_sum *sum)
{
	bool dot = across->options.graph == ACROSS_DOT, any = false;
	buffer_text(out, dot ? "  " : "    <edge source=\"");
	put_id(out, sum->first.from);
	buffer_text(out, dot ? " -> " : "\" target=\"");
	put_id(out, sum->first.to);
	buffer_print(out,
		     dot ? " [lines=%llu value=\""
			 : "\"><data key=\"lines\">%llu</data><data key=\"value\">",
		     (unsigned long long)sum->lines);
	buffer_money(out, sum->value);
	buffer_text(out, dot ? "\" patterns=\"" : "</data><data key=\"patterns\">");
	for (uint32_t i = 0; i < across->count; i++) {
		if (!sum->pattern[i])
			continue;
		buffer_print(out, "%s%s", any ? " " : "", row_text(across, across->law.rows[i].id));
		any = true;
	}
	buffer_text(out, dot ? "\"];\n" : "</data></edge>\n");
}

static int end_edge(struct across *across, struct edge_sum *sum, struct tw_error *error)
{
	across->text.length = 0;
	if (!sum->lines)
		return TW_OK;
	put_edge(&across->text, across, sum);
	sum->lines = 0;
	return across_out(across, &across->text, error);
}

static int write_edges(struct graph *graph, struct across *across, struct tw_error *error)
{
	struct edge_sum sum = {.lines = 0};
	struct edge edge;
	uint64_t last = UINT64_MAX;
	int got, code = sort_finish(graph->edges, error);
	if (!code)
		code = sort_rewind(graph->edges, error);
	while (!code && (got = sort_next(graph->edges, &edge, error)) != 0) {
		if (got < 0)
			return got;
		if (sum.lines && memcmp(&sum.first, &edge, 2 * sizeof(text_key)) != 0)
			code = end_edge(across, &sum, error);
		if (!sum.lines) {
			memset(&sum, 0, sizeof sum);
			sum.first = edge;
			last = UINT64_MAX;
		}
		if (sort_get(edge.ordinal) != last) {
			sum.lines++;
			sum.value = edge.value > 0 ? capped_sum(sum.value, edge.value) : sum.value;
		}
		last = sort_get(edge.ordinal);
		sum.pattern[edge.pattern % sizeof sum.pattern] = 1;
	}
	return code ? code : end_edge(across, &sum, error);
}

static const char graphml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
    "  <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
    "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "  <key id=\"lines\" for=\"edge\" attr.name=\"lines\" attr.type=\"long\"/>\n"
    "  <key id=\"value\" for=\"edge\" attr.name=\"value\" attr.type=\"string\"/>\n"
    "  <key id=\"patterns\" for=\"edge\" attr.name=\"patterns\" attr.type=\"string\"/>\n"
    "  <graph edgedefault=\"directed\">\n";

int across_graph_write(struct graph *graph, struct across *across, struct tw_error *error)
{
	bool dot = across->options.graph == ACROSS_DOT;
	struct buffer *out = &across->text;
	out->length = 0;
	buffer_text(out, dot ? "digraph patterns {\n" : graphml);
	int code = across_out(across, out, error);
	if (!code)
		code = write_nodes(graph, across, error);
	if (!code)
		code = write_edges(graph, across, error);
	if (code)
		return code;
	out->length = 0;
	buffer_text(out, dot ? "}\n" : "  </graph>\n</graphml>\n");
	return across_out(across, out, error);
}
