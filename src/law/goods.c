/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the short names of goods, goods.tsv. They are for readers of what
 * changed; no duty turns on them.
 */
#include "law/reader.h"

int read_goods(struct reader *r)
{
	static const char *const columns[] = {"code", "name", NULL};
	struct tsv tsv;
	if (!read_has(r, "goods.tsv"))
		return TW_OK;
	int code = read_tsv(r, "goods.tsv", &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	int of = tsv_column(&tsv, "code"), name = tsv_column(&tsv, "name");
	struct law_goods *goods = read_take(r, tsv.row_count + 1, sizeof *goods);
	if (!goods)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < tsv.row_count; i++) {
		if ((code = text_range(&goods[i].codes, tsv_cell(&tsv, i, of), tsv_pos(&tsv, i, of),
				       r->error)))
			return code;
		if (i && (goods[i].codes.low < goods[i - 1].codes.low ||
			  (goods[i].codes.low == goods[i - 1].codes.low &&
			   goods[i].codes.high >= goods[i - 1].codes.high)))
			return law_error(r->error, tsv_pos(&tsv, i, of),
					 "\"%s\" must come after the code above it, once",
					 tsv_cell(&tsv, i, of));
		goods[i].name = tsv_cell(&tsv, i, name);
		if (!*goods[i].name)
			return law_error(r->error, tsv_pos(&tsv, i, name),
					 "the goods have no name: write telephones");
	}
	r->law->goods = goods;
	r->law->goods_count = (uint32_t)tsv.row_count;
	return TW_OK;
}

const char *law_goods_name(const struct law *law, struct law_range codes)
{
	const char *name = NULL;
	for (uint32_t i = 0; i < law->goods_count; i++)
		if (law->goods[i].codes.low <= codes.low && codes.high <= law->goods[i].codes.high)
			name = law->goods[i].name; /* shorter codes come first */
	return name;
}
