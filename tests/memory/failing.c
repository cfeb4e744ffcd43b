/* SPDX-License-Identifier: Apache-2.0 */
/*
 * To be preloaded: of the allocations that the program's own code asks for, the FAIL_AT-th fails
 * (none where it is 0). At the end FAIL_REPORT, a file, says how many were asked for, how many are
 * still held and from where the one that failed was asked for, as addr2line takes it: "ASKED HELD
 * PLACE". What libraries ask for by themselves is left alone.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SLOTS (1u << 21)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *old);

static uintptr_t base, first, last; /* the program, and its code */
static uintptr_t place;
static int (*true_main)(int, char **, char **);
static atomic_bool has_ended;
static long fail_at;
static atomic_long asked;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *held[SLOTS]; /* by address; a freed slot keeps the mark GONE */
static long holding;
#define GONE ((void *)1)

static int program(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	(void)data;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		uintptr_t from = info->dlpi_addr + part->p_vaddr;
		if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
			continue;
		base = info->dlpi_addr;
		first = from;
		last = from + part->p_memsz;
	}
	return 1; /* the first is the program */
}

__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAIL_AT");
	fail_at = at ? atol(at) : 0;
	dl_iterate_phdr(program, NULL);
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("FAIL_REPORT");
	char text[64];
	int length = snprintf(text, sizeof text, "%ld %ld %#lx\n", atomic_load(&asked), holding,
			      (unsigned long)place);
	int file = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	if (file >= 0 && write(file, text, (size_t)length) != length)
		_exit(99);
	if (file >= 0)
		close(file);
}

static bool is_ours(void *caller)
{
	return (uintptr_t)caller >= first && (uintptr_t)caller < last;
}

/* The program has done its own: what measures its coverage begins. */
static void settle(void)
{
	atomic_store(&has_ended, true);
}

/* Called at the end before whatever was there ahead of main. */
static int settled_main(int argc, char **argv, char **environment)
{
	atexit(settle);
	return true_main(argc, argv, environment);
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*rtld_fini)(void), void *stack)
{
	int (*start)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void),
		     void (*)(void), void *);
	*(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
	true_main = main;
	return start(settled_main, argc, argv, init, fini, rtld_fini, stack);
}

/* Whether this one is to fail. */
static bool fails(void *caller)
{
	if (!is_ours(caller) || atomic_load(&has_ended))
		return false;
	if (atomic_fetch_add(&asked, 1) + 1 != fail_at)
		return false;
	place = (uintptr_t)caller - base - 1;
	return true;
}

static size_t slot_of(const void *at)
{
	return (size_t)((uintptr_t)at >> 4) * 0x9E3779B97F4A7C15u >> 43;
}

static void *hold(void *caller, void *at)
{
	if (!at || !is_ours(caller))
		return at;
	pthread_mutex_lock(&lock);
	size_t i = slot_of(at);
	while (held[i] && held[i] != GONE)
		i = (i + 1) % SLOTS;
	held[i] = at;
	holding++;
	pthread_mutex_unlock(&lock);
	return at;
}

static void let_go(void *at)
{
	if (!at)
		return;
	pthread_mutex_lock(&lock);
	for (size_t i = slot_of(at); held[i]; i = (i + 1) % SLOTS) {
		if (held[i] == at) {
			held[i] = GONE;
			holding--;
			break;
		}
	}
	pthread_mutex_unlock(&lock);
}

static void *none(void)
{
	errno = ENOMEM;
	return NULL;
}

#define CALLER __builtin_return_address(0)

void *malloc(size_t size)
{
	return fails(CALLER) ? none() : hold(CALLER, __libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
	return fails(CALLER) ? none() : hold(CALLER, __libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
	if (fails(CALLER))
		return none();
	let_go(old);
	void *made = __libc_realloc(old, size);
	return hold(CALLER, made ? made : size ? old : NULL) && made ? made : NULL;
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return fails(CALLER) ? none() : hold(CALLER, __libc_memalign(alignment, size));
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	*out = fails(CALLER) ? NULL : hold(CALLER, __libc_memalign(alignment, size));
	return *out ? 0 : ENOMEM;
}

char *strndup(const char *text, size_t most)
{
	size_t length = strnlen(text, most);
	char *copy = fails(CALLER) ? none() : hold(CALLER, __libc_malloc(length + 1));
	if (copy) {
		memcpy(copy, text, length);
		copy[length] = 0;
	}
	return copy;
}

char *strdup(const char *text)
{
	size_t length = strlen(text) + 1;
	char *copy = fails(CALLER) ? none() : hold(CALLER, __libc_malloc(length));
	return copy ? memcpy(copy, text, length) : NULL;
}

void free(void *old)
{
	let_go(old);
	__libc_free(old);
}
