/* SPDX-License-Identifier: Apache-2.0 */
/* The server's life: listening, until a signal says otherwise, and what is then still answered. */
#include "serve/server.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "common/error.h"
#include "law/file.h"

enum {
	FIRST_FD = 3, /* of what a service manager hands over */
	BACKLOG = 1024,
	MEMORY = 32 << 10, /* of a connection: the head of a request has to fit */
	GRACE = 10         /* seconds that requests on their way have at the end */
};

bool serve_is_built(void)
{
	return true;
}

/* The socket that a service manager listens on for us; -1: there is none. */
static int handed_socket(void)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	if (!pid || !count || strtol(pid, NULL, 10) != (long)getpid() ||
	    strtol(count, NULL, 10) < 1)
		return -1;
	return FIRST_FD;
}

static int open_socket(int *out, const struct serve_options *options, struct tw_error *error)
{
	const struct addrinfo wanted = {.ai_family = AF_UNSPEC,
					.ai_socktype = SOCK_STREAM,
					.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
	const char *address = options->listen ? options->listen : "127.0.0.1";
	struct addrinfo *found = NULL;
	char port[8];
	int yes = 1, no = 0;
	if ((*out = handed_socket()) >= 0)
		return TW_OK;
	snprintf(port, sizeof port, "%u", (unsigned)options->port);
	if (getaddrinfo(address, port, &wanted, &found))
		return error_set(
		    error, TW_BAD_ARGUMENT,
		    "--listen \"%.60s\" is not an address: write one like 127.0.0.1, ::1 "
		    "or 0.0.0.0",
		    address);
	*out = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*out >= 0) {
		setsockopt(*out, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
		if (found->ai_family == AF_INET6)
			setsockopt(*out, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	}
	bool listens =
	    *out >= 0 && !bind(*out, found->ai_addr, found->ai_addrlen) && !listen(*out, BACKLOG);
	int why = errno;
	freeaddrinfo(found);
	if (listens)
		return TW_OK;
	if (*out >= 0)
		close(*out);
	*out = -1;
	return error_set(error, TW_BAD_FILE, "cannot listen on %.60s, port %u: %s", address,
			 (unsigned)options->port, strerror(why));
}

/* Where it listens, as an address for people; and whether only this computer reaches it. */
static bool name_socket(char out[96], int socket, bool secure)
{
	struct sockaddr_storage at = {0};
	socklen_t size = sizeof at;
	char host[64] = "", port[8] = "";
	if (getsockname(socket, (struct sockaddr *)&at, &size) ||
	    getnameinfo((struct sockaddr *)&at, size, host, sizeof host, port, sizeof port,
			NI_NUMERICHOST | NI_NUMERICSERV)) {
		snprintf(out, 96, "a socket of its own");
		return true;
	}
	bool six = strchr(host, ':') != NULL;
	snprintf(out, 96, "http%s://%s%s%s:%s/", secure ? "s" : "", six ? "[" : "", host,
		 six ? "]" : "", port);
	return !strncmp(host, "127.", 4) || !strcmp(host, "::1") || at.ss_family == AF_UNIX;
}

/* As many files as connections may need. */
static void raise_files(unsigned connections)
{
	struct rlimit files;
	rlim_t wanted = (rlim_t)connections + 1024;
	if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur >= wanted)
		return;
	files.rlim_cur =
	    files.rlim_max == RLIM_INFINITY || wanted < files.rlim_max ? wanted : files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
}

static void set_limits(struct serve_limits *limits, bool is_loopback)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (!limits->threads)
		limits->threads = cores < 2 ? 2 : (unsigned)cores;
	if (!limits->body)
		limits->body = (uint64_t)1 << 30;
	if (!limits->connections)
		limits->connections = 4096;
	if (!limits->per_address && !is_loopback)
		limits->per_address = 128;
	if (!limits->timeout)
		limits->timeout = 30;
	if (!limits->requests)
		limits->requests = 64;
	if (limits->threads > limits->connections)
		limits->threads = limits->connections;
}

static void connection_changes(void *context, struct MHD_Connection *connection, void **at,
			       enum MHD_ConnectionNotificationCode what)
{
	struct server *server = context;
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*at = info ? watch_add(&server->watch, info->connect_fd) : NULL;
		atomic_fetch_add(&server->metrics.connections, 1);
	} else {
		watch_remove(&server->watch, *at);
		*at = NULL;
		atomic_fetch_sub(&server->metrics.connections, 1);
	}
}

/* Both texts, of a build with TLS. */
struct secrets {
	struct arena *arena;
	char *certificate, *key;
};

static int read_secrets(struct secrets *secrets, const struct serve_options *options,
			struct tw_error *error)
{
	size_t size;
	if (!options->certificate && !options->key)
		return TW_OK;
	if (!options->certificate || !options->key)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--tls-certificate and --tls-key belong together: give both");
	if (MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
		return error_set(error, TW_UNSUPPORTED,
				 "libmicrohttpd was built without TLS: let a proxy do it");
	secrets->arena = arena_new();
	if (!secrets->arena)
		return error_memory(error);
	int code = file_read_path(&secrets->certificate, &size, secrets->arena,
				  options->certificate, error);
	return code ? code
		    : file_read_path(&secrets->key, &size, secrets->arena, options->key, error);
}

static int start(struct server *server, int socket, const struct secrets *secrets,
		 struct tw_error *error)
{
	const struct serve_limits *limits = &server->limits;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			 (secrets->key ? MHD_USE_TLS : 0);
	struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, secrets->certificate},
				       {MHD_OPTION_HTTPS_MEM_KEY, 0, secrets->key},
				       {MHD_OPTION_END, 0, NULL}};
	if (!secrets->key)
		tls[0] = tls[2];
	server->daemon = MHD_start_daemon(
	    flags, 0, NULL, NULL, request_handle, server, MHD_OPTION_LISTEN_SOCKET, socket,
	    MHD_OPTION_NOTIFY_COMPLETED, request_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
	    connection_changes, server, MHD_OPTION_THREAD_POOL_SIZE, limits->threads,
	    MHD_OPTION_CONNECTION_LIMIT, limits->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    limits->per_address, MHD_OPTION_CONNECTION_TIMEOUT, limits->timeout,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
	if (!server->daemon)
		return error_set(error, TW_BAD_FILE, "the server cannot be started: %s",
				 secrets->key ? "are certificate and key a pair, in PEM?"
					      : "are there enough threads and files for it?");
	return TW_OK;
}

/* Until requests and threads are done: true; false: not in time, or a second signal came. */
static bool wait_idle(struct server *server, const sigset_t *signals, int seconds, bool requests)
{
	const struct timespec moment = {.tv_nsec = 50 * 1000000};
	uint64_t until = watch_now() + (uint64_t)seconds * 1000000;
	for (;;) {
		pthread_mutex_lock(&server->lock);
		bool idle = !server->threads && (!requests || !server->requests);
		pthread_mutex_unlock(&server->lock);
		if (idle)
			return true;
		if (watch_now() > until || sigtimedwait(signals, NULL, &moment) > 0)
			return false;
	}
}

/* False: threads are still at work, and nothing of theirs may be taken away. */
static bool stop(struct server *server, int socket, const sigset_t *signals)
{
	/* Not MHD_quiesce_daemon: its threads and it may both take the socket out of the epoll, and
	   the library then aborts. */
	atomic_store(&server->is_leaving, true);
	if (!wait_idle(server, signals, GRACE, true)) {
		pthread_mutex_lock(&server->watch.lock);
		for (struct watched *at = server->watch.first; at; at = at->next)
			shutdown(at->socket, SHUT_RDWR); /* bodies end here */
		pthread_mutex_unlock(&server->watch.lock);
	}
	if (!wait_idle(server, signals, GRACE, false))
		return false;
	(void)wait_idle(server, signals, 1, true);
	feed_end_polling(server);
	MHD_stop_daemon(server->daemon);
	close(socket);
	return true;
}

static bool serve(struct server *server, int socket, const sigset_t *signals)
{
	const struct timespec second = {.tv_sec = 1};
	while (sigtimedwait(signals, NULL, &second) < 0)
		watch_look(&server->watch);
	return stop(server, socket, signals);
}

/* With what it needs beside the socket, which the daemon takes over. */
static int run(struct server *server, int socket, const struct secrets *secrets,
	       struct tw_error *error)
{
	sigset_t signals, before;
	char address[96];
	bool is_loopback = name_socket(address, socket, secrets->key != NULL);
	set_limits(&server->limits, is_loopback);
	raise_files(server->limits.connections);
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, &before);
	signal(SIGPIPE, SIG_IGN);
	watch_begin(&server->watch, server->limits.timeout);
	int code = feed_begin_polling(server)
		       ? error_set(error, TW_NO_MEMORY, "the server cannot be started: no thread")
		       : start(server, socket, secrets, error);
	if (code) {
		feed_end_polling(server);
	} else {
		if (server->options->listens)
			server->options->listens(address);
		if (!serve(server, socket, &signals))
			_exit(0); /* told twice to end, or what is at work does not */
	}
	watch_end(&server->watch);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

int serve_run(const struct serve_options *options, struct tw_error *error)
{
	struct server server = {.options = options, .limits = options->limits, .poll = -1};
	struct secrets secrets = {0};
	int socket = -1;
	pthread_mutex_init(&server.lock, NULL);
	pthread_cond_init(&server.idle, NULL);
	int code = read_secrets(&secrets, options, error);
	if (!code && !(code = open_socket(&socket, options, error)))
		code = run(&server, socket, &secrets, error);
	if (code && socket >= 0)
		close(socket);
	thread_free_workers(&server);
	pthread_cond_destroy(&server.idle);
	pthread_mutex_destroy(&server.lock);
	arena_free(secrets.arena);
	return code;
}
