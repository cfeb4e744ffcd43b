/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines of generate.py, byte for byte, fast enough to feed a pipe:
 *
 *     parcels LINES SCHEDULE [--new-descriptions]
 *
 * SCHEDULE is law/us/schedule.tsv, from which the rarer codes come. With
 * --new-descriptions no two lines describe their goods alike.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(of) (sizeof(of) / sizeof(of)[0])
enum { CODE = 10, DRAWS = 12, ROOM = 1 << 20, LONGEST = 256 };

static const char popular[][CODE + 1] = {
    "6109100012", "6110202079", "6204628061", "6403996075", "9503000073", "9503000090",
    "3926909989", "8517130000", "8517620090", "8507600020", "8504409580", "9405118010",
    "4202923120", "4202128960", "7117199000", "8543709860", "9506996080", "6307909891",
    "3304995000", "4901990093", "0901210035", "7318158066", "8708998180", "8471300100"};
static const char origins[][3] = {"CN", "CN", "CN", "CN", "CN", "CN", "CN", "CN",
				  "CN", "CN", "CN", "VN", "IN", "JP", "KR", "DE",
				  "MX", "CA", "TW", "GB", "TH", "BR", "IT"};
static const char days[][11] = {
    "2025-01-15", "2025-02-04", "2025-03-12", "2025-04-05", "2025-04-09", "2025-05-02",
    "2025-05-14", "2025-06-04", "2025-08-07", "2025-08-29", "2025-10-14", "2025-11-10",
    "2026-01-15", "2026-02-20", "2026-02-24", "2026-04-06", "2026-07-24", "2026-09-15"};
static const char *const channels[] = {"express", "express", "postal", "commercial"};
static const char *const words[] = {"t-shirt, cotton", "phone case",     "toy building set",
				    "power bank",      "led lamp",       "shoes",
				    "handbag",         "hair dryer",     "coffee, roasted",
				    "steel screws",    "paperback book", "earrings"};

struct codes {
	char (*at)[CODE + 1];
	size_t count;
};

static void stop(const char *what)
{
	fprintf(stderr, "parcels: %s\n", what);
	exit(2);
}

/* Every seventh row of the schedule, where it is a code of ten digits below chapter 98. */
static struct codes read_codes(const char *path)
{
	struct codes codes = {calloc(100000, sizeof *codes.at), 0};
	FILE *file = fopen(path, "rb");
	char *row = NULL;
	size_t room = 0;
	if (!file || !codes.at)
		stop("the schedule cannot be read");
	for (size_t number = 0; getline(&row, &room, file) > 0; number++)
		if (number % 7 == 0 && strspn(row, "0123456789") == CODE &&
		    strcspn(row, "\t\n") == CODE && strncmp(row, "98", 2) < 0 &&
		    codes.count < 100000)
			memcpy(codes.at[codes.count++], row, CODE);
	free(row);
	fclose(file);
	if (codes.count == 0)
		stop("no code of ten digits in the schedule");
	return codes;
}

/* The generator of generate.py; each line draws as often, so that all draws of one are at hand. */
struct random {
	uint64_t state, factor[DRAWS], step[DRAWS];
};

static void random_begin(struct random *random)
{
	const uint64_t factor = UINT64_C(6364136223846793005), step = UINT64_C(1442695040888963407);
	random->state = 1;
	random->factor[0] = factor;
	random->step[0] = step;
	for (size_t i = 1; i < DRAWS; i++) {
		random->factor[i] = random->factor[i - 1] * factor;
		random->step[i] = random->step[i - 1] * factor + step;
	}
}

static void draw(uint32_t out[DRAWS], struct random *random)
{
	uint64_t state = random->state;
	for (size_t i = 0; i < DRAWS; i++)
		out[i] = (uint32_t)((state * random->factor[i] + random->step[i]) >> 33);
	random->state = state * random->factor[DRAWS - 1] + random->step[DRAWS - 1];
}

static char *put(char *at, const char *text, size_t length)
{
	memcpy(at, text, length);
	return at + length;
}

static char *put_text(char *at, const char *text)
{
	return put(at, text, strlen(text));
}

static char *put_number(char *at, uint64_t number)
{
	char digits[20];
	size_t first = sizeof digits;
	do
		digits[--first] = (char)('0' + number % 10);
	while (number /= 10);
	return put(at, digits + first, sizeof digits - first);
}

static char *put_two(char *at, uint32_t number)
{
	at[0] = (char)('0' + number / 10);
	at[1] = (char)('0' + number % 10);
	return at + 2;
}

/* A made-up name of a model, other than that of any other line. */
static char *put_model(char *at, uint64_t number)
{
	uint64_t mixed = number * UINT64_C(0x9e3779b97f4a7c15);
	at = put(at, " ", 1);
	for (int i = 0; i < 4; i++, mixed = mixed << 9 | mixed >> 55) {
		*at++ = "bdfgklmnprstvzch"[mixed >> 60];
		*at++ = "aeiouaei"[mixed >> 57 & 7];
	}
	at = put(at, " ", 1);
	return put_number(at, number);
}

static char *put_line(char *at, uint64_t number, const uint32_t draw[DRAWS],
		      const struct codes *rare, bool unlike)
{
	at = put_number(at, number);
	*at++ = ',';
	at = put(at,
		 draw[0] % 4 != 0 ? popular[draw[1] % COUNT(popular)]
				  : rare->at[draw[1] % rare->count],
		 CODE);
	*at++ = ',';
	const char *origin = origins[draw[2] % COUNT(origins)];
	at = put(at, origin, 2);
	*at++ = ',';
	at = put(at, origin, 2);
	*at++ = ',';
	at = put(at, days[draw[3] % COUNT(days)], 10);
	*at++ = 'T';
	at = put_two(at, draw[4] % 24);
	*at++ = ':';
	at = put_two(at, draw[5] % 60);
	*at++ = ',';
	uint32_t cents = draw[6] % 10 != 0 ? draw[7] % 20000 : draw[7] % 400000;
	at = put_text(at, channels[draw[8] % COUNT(channels)]);
	*at++ = ',';
	if (number % 500 == 0)
		*at++ = '-'; /* broken on purpose */
	at = put_number(at, cents / 100);
	*at++ = '.';
	at = put_two(at, cents % 100);
	*at++ = ',';
	*at++ = (char)('1' + draw[9] % 5);
	at = put(at, ",No.,0.", 7);
	uint32_t grams = draw[10] % 1000;
	*at++ = (char)('0' + grams / 100);
	at = put_two(at, grams % 100);
	at = put(at, ",\"", 2);
	at = put_text(at, words[draw[11] % COUNT(words)]);
	if (unlike)
		at = put_model(at, number);
	return put(at, "\"\n", 2);
}

static void write_out(const char *at, size_t length)
{
	while (length > 0) {
		ssize_t done = write(STDOUT_FILENO, at, length);
		if (done < 0 && errno != EINTR)
			stop(strerror(errno));
		at += done > 0 ? done : 0;
		length -= done > 0 ? (size_t)done : 0;
	}
}

int main(int count, char **arguments)
{
	static char out[ROOM + LONGEST];
	struct random random;
	uint32_t drawn[DRAWS];
	char *end, *at;
	bool unlike = count == 4 && strcmp(arguments[3], "--new-descriptions") == 0;
	uint64_t lines = count >= 3 ? strtoull(arguments[1], &end, 10) : 0;
	if (count < 3 || *end != '\0' || (count > 3 && !unlike) || count > 4)
		stop("usage: parcels LINES SCHEDULE [--new-descriptions]");
	struct codes rare = read_codes(arguments[2]);
	random_begin(&random);
	at = put_text(out, "id,hts,origin,ship_from,entered,channel,value,qty,unit,weight,"
			   "description\n");
	for (uint64_t number = 1; number <= lines; number++) {
		draw(drawn, &random);
		at = put_line(at, number, drawn, &rare, unlike);
		if (at - out >= ROOM) {
			write_out(out, (size_t)(at - out));
			at = out;
		}
	}
	write_out(out, (size_t)(at - out));
	free(rare.at);
	return 0;
}
