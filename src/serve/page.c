/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/page.h"

#include <string.h>

#include "common/words.h"

/* Made by src/serve/assets.py: each file of page/, with its path and type. */
struct asset {
	const char *path, *type;
	const unsigned char *at;
	size_t size;
};
extern const struct asset page_assets[];

bool page_find(struct reply *reply, const char *path)
{
	for (const struct asset *asset = page_assets; asset->path; asset++) {
		if (strcmp(asset->path, path) != 0)
			continue;
		reply->status = 200;
		reply->type = asset->type;
		reply->is_page = true;
		buffer_put(&reply->text, asset->at, asset->size);
		return true;
	}
	return false;
}

void page_health(struct reply *reply, const tw_rulebook *rulebook)
{
	reply->status = 200;
	reply->type = "application/json";
	buffer_print(&reply->text,
		     "{\"status\":\"ok\",\"version\":\"%s\",\"law\":{\"edition\":\"%s\","
		     "\"known_on\":\"%s\",\"sha256\":\"%s\"}}\n",
		     tw_version(), tw_rulebook_edition(rulebook), tw_rulebook_known_on(rulebook),
		     tw_rulebook_sha256(rulebook));
}
