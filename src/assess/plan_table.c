/* SPDX-License-Identifier: Apache-2.0 */
/* The shared table of plans, see plan_table.h. */
#include "assess/plan_table.h"

#include "assess/join.h"
#include "assess/plan_generation.h"
#include "common/ahead.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/given.h"

#include <pthread.h>

#include <stdlib.h>
#include <string.h>

#ifndef TW_CHECK_EVERY
#define TW_CHECK_EVERY 4096
#endif

/* What the texts of an answer of these numbers were, for those that are answered both ways. */
enum { SAID = 4096 };
struct said {
	uint64_t hash;
	uint32_t remarks, goods;
};

struct tw_plans {
	const tw_rulebook *book;
	const struct rb *rb;
	struct tw_options options;
	char *today;
	uint32_t most;
	pthread_mutex_t lock;
	_Atomic(struct generation *) now;
	_Atomic(struct plan_tables *) tables;
	struct forms forms;
	uint32_t last[NUMBER_KINDS]; /* numbers given, under the lock */
	_Atomic uint32_t check_every;
	_Atomic uint64_t planned, made, alone, dropped, checked, unlike;
	char first[512];        /* under the lock */
	struct said said[SAID]; /* likewise */
};

int tw_plans_new(tw_plans **out, const tw_rulebook *book, const struct tw_options *options,
		 uint32_t most, struct tw_error *error)
{
	struct tw_options all;
	if (!out || !book)
		return error_null(error, out ? "rulebook" : "out");
	*out = NULL;
	int code = given_options(&all, options, error);
	if (code)
		return code;
	tw_plans *table = calloc(1, sizeof *table);
	if (!table || pthread_mutex_init(&table->lock, NULL)) {
		free(table);
		return error_memory(error);
	}
	table->book = book;
	table->rb = rulebook_layout(book);
	table->most = most < GENERATION_PLANS ? most : GENERATION_PLANS;
	atomic_init(&table->check_every, TW_CHECK_EVERY);
	table->options = all;
	const char *today = table->options.today;
	if (today)
		table->options.today = table->today = strdup(today);
	if ((today && !table->today) || !forms_open(&table->forms, table->rb)) {
		free(table->today);
		pthread_mutex_destroy(&table->lock);
		free(table);
		return error_memory(error);
	}
	*out = table;
	return TW_OK;
}

void tw_plans_free(tw_plans *table)
{
	if (!table)
		return;
	struct plan_tables *tables = atomic_load(&table->tables);
	if (tables)
		plan_tables_free(tables);
	free(tables);
	forms_close(&table->forms);
	free(table->today);
	generation_free(atomic_load(&table->now));
	pthread_mutex_destroy(&table->lock);
	free(table);
}

int plans_join(struct plans_use *use, const tw_rulebook *book, const struct tw_options *options,
	       struct tw_error *error)
{
	tw_plans *table = options->plans;
	if (table && (table->book != book || !given_same_options(&table->options, options)))
		return error_set(
		    error, TW_BAD_ARGUMENT,
		    "the table of plans is of another rulebook or of other options: make "
		    "one with tw_plans_new for these");
	if (!table) {
		int code = tw_plans_new(&use->own, book, options, 0, error);
		if (code)
			return code;
		table = use->own;
	}
	use->table = table;
	use->until_check = 1;
	return TW_OK;
}

/* Under the lock. */
static void let_go(tw_plans *table, struct generation *g)
{
	if (g && --g->holders == 0 && g != atomic_load(&table->now))
		generation_free(g);
}

void plans_leave(struct plans_use *use)
{
	if (use->table) {
		plans_tell(use);
		pthread_mutex_lock(&use->table->lock);
		let_go(use->table, use->generation);
		pthread_mutex_unlock(&use->table->lock);
	}
	free(use->typed);
	free(use->slot);
	free(use->codes);
	free(use->remarks_at);
	free(use->draft);
	free(use->record);
	free(use->comings);
	free(use->severals);
	free(use->block);
	join_free(use->join);
	for (size_t i = 0; i < use->late_count; i++)
		free(use->late[i]);
	free(use->late);
	tw_plans_free(use->own);
}

const struct plan_tables *plans_tables(tw_plans *table)
{
	struct plan_tables *tables = atomic_load_explicit(&table->tables, memory_order_acquire);
	if (tables)
		return tables;
	pthread_mutex_lock(&table->lock);
	tables = atomic_load(&table->tables);
	if (!tables && (tables = calloc(1, sizeof *tables))) {
		if (plan_tables_make(tables, table->rb)) {
			atomic_store_explicit(&table->tables, tables, memory_order_release);
		} else {
			plan_tables_free(tables);
			free(tables);
			tables = NULL;
		}
	}
	pthread_mutex_unlock(&table->lock);
	return tables;
}

bool plans_hold(struct plans_use *use)
{
	tw_plans *table = use->table;
	struct generation *now = atomic_load_explicit(&table->now, memory_order_acquire);
	if (now && now == use->generation &&
	    !atomic_load_explicit(&now->full, memory_order_relaxed))
		return true;
	pthread_mutex_lock(&table->lock);
	now = atomic_load(&table->now);
	if (!now || atomic_load_explicit(&now->full, memory_order_relaxed)) {
		struct generation *fresh = generation_new(table->most);
		if (fresh && now) {
			atomic_fetch_add_explicit(&table->dropped, 1, memory_order_relaxed);
			if (!now->holders)
				generation_free(now);
		}
		if (fresh) {
			atomic_store_explicit(&table->now, fresh, memory_order_release);
			now = fresh;
		}
	}
	if (now && now != use->generation) {
		now->holders++;
		let_go(table, use->generation);
		use->generation = now;
	}
	pthread_mutex_unlock(&table->lock);
	return use->generation != NULL;
}

void plans_tell(struct plans_use *use)
{
	tw_plans *table = use->table;
	atomic_fetch_add_explicit(&table->planned, use->planned, memory_order_relaxed);
	atomic_fetch_add_explicit(&table->made, use->made, memory_order_relaxed);
	atomic_fetch_add_explicit(&table->alone, use->alone, memory_order_relaxed);
	use->planned = use->made = use->alone = 0;
}

struct forms *plans_forms(tw_plans *table)
{
	return &table->forms;
}

void plans_prefetch(const struct plans_use *use, uint64_t hash)
{
	const struct generation *g = use->generation;
	ahead_of(&g->slot[hash & g->mask], 0);
}

/* The entry of a key, or the place where it would be; and its plan. */
static const struct entry *find_entry(const struct generation *g, const struct plan_key *key,
				      uint64_t hash, const struct plan **plan)
{
	for (size_t i = hash & g->mask;; i = (i + 1) & g->mask) {
		const struct entry *entry = &g->slot[i];
		*plan = atomic_load_explicit(&entry->plan, memory_order_acquire);
		if (!*plan || (entry->hash == hash && plan_key_same(&entry->key, key)))
			return entry;
	}
}

const struct plan *plans_find(const struct plans_use *use, const struct plan_key *key,
			      uint64_t hash)
{
	const struct plan *plan;
	find_entry(use->generation, key, hash, &plan);
	return plan;
}

/* Under the lock: an entry where there is none. */
static void add_entry(struct generation *g, const struct plan_key *key, uint64_t hash,
		      const struct plan *plan)
{
	size_t i = hash & g->mask;
	while (atomic_load_explicit(&g->slot[i].plan, memory_order_relaxed))
		i = (i + 1) & g->mask;
	g->plans++;
	g->slot[i].key = *key;
	g->slot[i].hash = hash;
	atomic_store_explicit(&g->slot[i].plan, plan, memory_order_release);
}

const struct plan *plans_find_near(struct plans_use *use, const struct plan_key *key, uint64_t hash,
				   uint8_t worth)
{
	struct generation *g = use->generation;
	struct plan_key near = *key;
	const struct plan *plan = NULL, *mine;
	const struct entry *entry = NULL;
	const unsigned own = key->band[KEY_VALUE];
	uint64_t at[UINT8_MAX + 1];
	/* Their places lie far apart, so all are asked for before the first is looked at. */
	for (unsigned i = 0; i <= worth; i++) {
		near.band[KEY_VALUE] = (uint8_t)i;
		at[i] = plan_key_hash(&near);
		plans_prefetch(use, at[i]);
	}
	for (unsigned i = 0; !entry && i <= worth; i++) {
		near.band[KEY_VALUE] = (uint8_t)i;
		entry = find_entry(g, &near, at[i], &plan);
		if (!plan || own < entry->key.span[0] || own > entry->key.span[1])
			entry = NULL;
	}
	if (!entry)
		return NULL;
	near = entry->key;
	near.band[KEY_VALUE] = (uint8_t)own;
	pthread_mutex_lock(&use->table->lock);
	mine = plans_find(use, key, hash);
	if (!mine && g->plans < g->most_plans)
		add_entry(g, &near, hash, plan);
	pthread_mutex_unlock(&use->table->lock);
	return mine ? mine : plan;
}

static uint64_t hash_bytes(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ size;
	for (; size >= 8; at += 8, size -= 8) {
		uint64_t word;
		memcpy(&word, at, 8);
		unsigned __int128 product =
		    (unsigned __int128)(hash ^ word) * UINT64_C(0xa0761d6478bd642f);
		hash = (uint64_t)product ^ (uint64_t)(product >> 64);
	}
	uint64_t word = 0;
	memcpy(&word, at, size);
	unsigned __int128 product = (unsigned __int128)(hash ^ word) * UINT64_C(0xe7037ed1a0b428db);
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Most are the numbers of remarks: four words. */
static inline bool same_bytes(const unsigned char *a, const void *b, size_t size)
{
	uint64_t x[4], y[4];
	if (size != sizeof x)
		return !memcmp(a, b, size);
	memcpy(x, a, sizeof x);
	memcpy(y, b, sizeof y);
	return !((x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) | (x[3] ^ y[3]));
}

static const struct numbered *find_numbered(const struct generation *g, uint64_t hash,
					    unsigned kind, const void *bytes, size_t size,
					    size_t *at)
{
	for (size_t i = hash & g->number_mask;; i = (i + 1) & g->number_mask) {
		const struct numbered *n =
		    atomic_load_explicit(&g->number[i], memory_order_acquire);
		if (!n) {
			*at = i;
			return NULL;
		}
		if (n->hash == hash && n->kind == kind && n->size == size &&
		    same_bytes(n->bytes, bytes, size))
			return n;
	}
}

/* Under the lock. */
static const struct numbered *add_numbered(tw_plans *table, struct generation *g, uint64_t hash,
					   unsigned kind, const void *bytes, size_t size)
{
	size_t at;
	const struct numbered *found = find_numbered(g, hash, kind, bytes, size, &at);
	if (found)
		return found;
	struct numbered *n =
	    g->numbers < g->most_numbers ? generation_take(g, sizeof *n + size) : NULL;
	if (!n) {
		atomic_store_explicit(&g->full, true, memory_order_relaxed);
		return NULL;
	}
	g->numbers++;
	memcpy(n + 1, bytes, size);
	*n = (struct numbered){.hash = hash,
			       .number = ++table->last[kind],
			       .kind = kind,
			       .size = size,
			       .bytes = (const unsigned char *)(n + 1)};
	atomic_store_explicit(&g->number[at], n, memory_order_release);
	return n;
}

uint64_t plans_hash(unsigned kind, const void *bytes, size_t size)
{
	return hash_bytes(bytes, size) + kind;
}

uint32_t plans_number_at(struct plans_use *use, unsigned kind, uint64_t hash, const void *bytes,
			 size_t size)
{
	size_t at;
	const struct numbered *n = find_numbered(use->generation, hash, kind, bytes, size, &at);
	if (!n) {
		pthread_mutex_lock(&use->table->lock);
		n = add_numbered(use->table, use->generation, hash, kind, bytes, size);
		pthread_mutex_unlock(&use->table->lock);
	}
	return n ? n->number : 0;
}

uint32_t plans_number(struct plans_use *use, unsigned kind, const void *bytes, size_t size)
{
	return plans_number_at(use, kind, plans_hash(kind, bytes, size), bytes, size);
}

/* Under the lock: of plans with equal terms the first one's are those of all, so that what lines
   are charged by stays near. There are never more of them than plans. */
static void share_terms(struct generation *g, struct plan *plan)
{
	size_t at;
	const struct variant *end = plan_variants(plan);
	for (unsigned i = 0; i < plan->variants; i++)
		end = variant_next(end);
	size_t size = (size_t)((const unsigned char *)end - (const unsigned char *)plan->own);
	uint64_t hash = plans_hash(NUMBER_OF_TERMS, plan->own, size);
	const struct numbered *n = find_numbered(g, hash, NUMBER_OF_TERMS, plan->own, size, &at);
	struct numbered *mine = n ? NULL : generation_take(g, sizeof *mine);
	if (n)
		plan->term = (const struct term *)(const void *)n->bytes;
	if (!mine)
		return;
	*mine = (struct numbered){.hash = hash,
				  .kind = NUMBER_OF_TERMS,
				  .size = size,
				  .bytes = (const unsigned char *)plan->own};
	atomic_store_explicit(&g->number[at], mine, memory_order_release);
}

/* Under the lock: the plan with these contents, kept once. What follows its number is compared. */
static const struct plan *keep_content(tw_plans *table, struct generation *g,
				       struct plan_draft *draft)
{
	static const struct plan none = {.number = 0};
	const size_t head = PLAN_HEAD;
	size_t at;
	if (!draft)
		return &none;
	const unsigned char *bytes = draft->bytes + head;
	size_t size = plan_of(draft)->size - head;
	uint64_t hash = plans_hash(NUMBER_OF_PLAN, bytes, size);
	const struct numbered *found = find_numbered(g, hash, NUMBER_OF_PLAN, bytes, size, &at);
	if (found)
		return (const struct plan *)(const void *)(found->bytes - head);
	struct plan *plan = generation_take(g, plan_of(draft)->size);
	struct numbered *n = plan ? generation_take(g, sizeof *n) : NULL;
	if (!n || g->numbers >= g->most_numbers)
		return NULL;
	g->numbers++;
	memcpy(plan, draft->bytes, plan_of(draft)->size);
	plan->number = ++table->last[NUMBER_OF_PLAN];
	plan->term = plan->own;
	*n = (struct numbered){.hash = hash,
			       .number = plan->number,
			       .kind = NUMBER_OF_PLAN,
			       .size = size,
			       .bytes = (const unsigned char *)plan + head};
	atomic_store_explicit(&g->number[at], n, memory_order_release);
	share_terms(g, plan);
	return plan;
}

static uint32_t number_remarks(struct plans_use *use, struct plan_draft *draft)
{
	return plans_number(use, NUMBER_OF_PLAN_REMARKS, draft->remarks,
			    draft->remark_count * sizeof *draft->remarks);
}

const struct plan *plans_keep(struct plans_use *use, const struct plan_key *key, uint64_t hash,
			      struct plan_draft *draft)
{
	tw_plans *table = use->table;
	struct generation *g = use->generation;
	if (draft)
		plan_of(draft)->remarks = number_remarks(use, draft);
	pthread_mutex_lock(&table->lock);
	const struct plan *plan = plans_find(use, key, hash);
	if (!plan && g->plans < g->most_plans && (!draft || plan_of(draft)->remarks)) {
		plan = keep_content(table, g, draft);
		if (plan)
			add_entry(g, key, hash, plan);
	}
	if (!plan)
		atomic_store_explicit(&g->full, true, memory_order_relaxed);
	pthread_mutex_unlock(&table->lock);
	return plan;
}

bool plans_same(struct plans_use *use, const struct plan *kept, struct plan_draft *again)
{
	const struct plan *mine = plan_of(again);
	plan_of(again)->remarks = number_remarks(use, again);
	return mine->size == kept->size &&
	       !memcmp(again->bytes + PLAN_HEAD, (const unsigned char *)kept + PLAN_HEAD,
		       kept->size - PLAN_HEAD);
}

bool plans_said(tw_plans *table, const struct tw_charge *charge, uint64_t hash)
{
	pthread_mutex_lock(&table->lock);
	struct said *said = &table->said[(charge->remarks * 2654435761u ^ charge->goods) % SAID];
	bool same =
	    said->remarks != charge->remarks || said->goods != charge->goods || said->hash == hash;
	*said = (struct said){hash, charge->remarks, charge->goods};
	pthread_mutex_unlock(&table->lock);
	return same;
}

void plans_set_check(tw_plans *table, uint32_t every)
{
	atomic_store_explicit(&table->check_every, every, memory_order_relaxed);
}

uint32_t plans_check_every(const tw_plans *table)
{
	return atomic_load_explicit(&table->check_every, memory_order_relaxed);
}

void plans_checked(tw_plans *table, const char *unlike)
{
	atomic_fetch_add_explicit(&table->checked, 1, memory_order_relaxed);
	if (!unlike)
		return;
	pthread_mutex_lock(&table->lock);
	if (!table->first[0])
		fit_print(table->first, sizeof table->first, "%s", unlike);
	pthread_mutex_unlock(&table->lock);
	atomic_fetch_add_explicit(&table->unlike, 1, memory_order_relaxed);
}

int tw_plans_state(const tw_plans *constant, struct tw_plans_state *out)
{
	tw_plans *table = (tw_plans *)constant; /* the lock alone is changed */
	if (!out || !table || out->size != sizeof *out)
		return TW_BAD_ARGUMENT;
	struct tw_plans_state all = {
	    .size = out->size,
	    .planned = atomic_load_explicit(&table->planned, memory_order_relaxed),
	    .made = atomic_load_explicit(&table->made, memory_order_relaxed),
	    .alone = atomic_load_explicit(&table->alone, memory_order_relaxed),
	    .dropped = atomic_load_explicit(&table->dropped, memory_order_relaxed),
	    .checked = atomic_load_explicit(&table->checked, memory_order_relaxed),
	    .unlike = atomic_load_explicit(&table->unlike, memory_order_relaxed)};
	pthread_mutex_lock(&table->lock);
	memcpy(all.first, table->first, sizeof all.first);
	pthread_mutex_unlock(&table->lock);
	*out = all;
	return TW_OK;
}
