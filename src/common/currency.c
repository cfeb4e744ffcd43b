/* SPDX-License-Identifier: Apache-2.0 */
#include "common/currency.h"

#include <string.h>

/* ISO 4217 codes in use, sorted; the euro's forerunners are not. */
static const char codes[] =
    "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOPCRC"
    "CUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISK"
    "JMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYR"
    "MZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSP"
    "STNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVEDVESVNDVUVWSTXAFXCDXOFXPFYERZARZMWZWG";

/* Signs and names, longer ones before what they begin with. A code of one sign is the sign. */
static const struct {
	const char *sign, *code;
} signs[] = {
    {"US$", "USD"},  {"USD$", "USD"},
    {"U$S", "USD"},  {"CA$", "CAD"},
    {"CAD$", "CAD"}, {"C$", "CAD"},
    {"AU$", "AUD"},  {"A$", "AUD"},
    {"NZ$", "NZD"},  {"HK$", "HKD"},
    {"S$", "SGD"},   {"NT$", "TWD"},
    {"MX$", "MXN"},  {"R$", "BRL"},
    {"CN¥", "CNY"},  {"CN\xEF\xBF\xA5", "CNY"},
    {"JP¥", "JPY"},  {"JP\xEF\xBF\xA5", "JPY"},
    {"RMB", "CNY"},  {"€", "EUR"},
    {"£", "GBP"},    {"₩", "KRW"},
    {"₹", "INR"},    {"₫", "VND"},
    {"฿", "THB"},    {"₽", "RUB"},
    {"₺", "TRY"},    {"₱", "PHP"},
    {"₪", "ILS"},    {"₴", "UAH"},
    {"zł", "PLN"},   {"Kč", "CZK"},
    {"元", "CNY"},   {"円", "JPY"},
    {"₦", "NGN"},    {"$", "$"},
    {"¥", "¥"},      {"\xEF\xBF\xA5", "¥"},
    {"kr", "kr"},
};
static const struct {
	const char *name, *code;
} names[] = {{"euro", "EUR"},      {"euros", "EUR"},     {"dollar", "USD"},   {"dollars", "USD"},
	     {"us dollar", "USD"}, {"yuan", "CNY"},      {"renminbi", "CNY"}, {"yen", "JPY"},
	     {"sterling", "GBP"},  {"us dollars", "USD"}};

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_letter(char c)
{
	return upper(c) >= 'A' && upper(c) <= 'Z';
}

static struct tw_text trim(struct tw_text text)
{
	while (text.length && (*text.at == ' ' || *text.at == '\t'))
		text.at++, text.length--;
	while (text.length && (text.at[text.length - 1] == ' ' || text.at[text.length - 1] == '\t'))
		text.length--;
	/* the blank that is not broken, U+00A0, which spreadsheets put before a sign */
	while (text.length >= 2 && !memcmp(text.at, "\xC2\xA0", 2))
		text = trim((struct tw_text){text.at + 2, text.length - 2});
	while (text.length >= 2 && !memcmp(text.at + text.length - 2, "\xC2\xA0", 2))
		text = trim((struct tw_text){text.at, text.length - 2});
	return text;
}

/* Three letters that are a code, as they stand in the table. */
static const char *find_code(const char *at)
{
	for (const char *code = codes; *code; code += 3)
		if (upper(at[0]) == code[0] && upper(at[1]) == code[1] && upper(at[2]) == code[2])
			return code;
	return NULL;
}

static struct tw_text whole(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static bool same_folded(struct tw_text a, const char *b)
{
	for (size_t i = 0; i < a.length; i++)
		if (!b[i] || upper(a.at[i]) != upper(b[i]))
			return false;
	return !b[a.length];
}

/* A sign or code at the front, not part of a longer word: its length, or 0. */
static size_t leading(struct tw_text *code, struct tw_text text)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i].sign);
		if (text.length < n || memcmp(text.at, signs[i].sign, n) != 0)
			continue;
		if (is_letter(signs[i].sign[n - 1]) && text.length > n && is_letter(text.at[n]))
			continue;
		*code = whole(signs[i].code);
		return n;
	}
	const char *found = text.length >= 3 ? find_code(text.at) : NULL;
	if (!found || (text.length > 3 && is_letter(text.at[3])))
		return 0;
	*code = (struct tw_text){found, 3};
	return 3;
}

/* Likewise at the end. */
static size_t trailing(struct tw_text *code, struct tw_text text)
{
	const char *end = text.at + text.length;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i].sign);
		if (text.length < n || memcmp(end - n, signs[i].sign, n) != 0)
			continue;
		if (is_letter(signs[i].sign[0]) && text.length > n &&
		    is_letter(end[-(ptrdiff_t)n - 1]))
			continue;
		*code = whole(signs[i].code);
		return n;
	}
	const char *found = text.length >= 3 ? find_code(end - 3) : NULL;
	if (!found || (text.length > 3 && is_letter(end[-4])))
		return 0;
	*code = (struct tw_text){found, 3};
	return 3;
}

static bool same_text(struct tw_text a, struct tw_text b)
{
	return a.length == b.length && !memcmp(a.at, b.at, a.length);
}

struct currency_cell currency_split(struct tw_text cell)
{
	struct tw_text text = trim(cell), front = {0}, back = {0};
	struct currency_cell out = {.amount = text};
	if (!text.length || (*text.at >= '0' && *text.at <= '9' &&
			     text.at[text.length - 1] >= '0' && text.at[text.length - 1] <= '9'))
		return out;
	size_t n = leading(&front, text);
	struct tw_text rest = trim((struct tw_text){text.at + n, text.length - n});
	size_t m = rest.length ? trailing(&back, rest) : 0;
	rest = trim((struct tw_text){rest.at, rest.length - m});
	if (!n && !m)
		return out;
	/* "$1,000 USD": the code says which dollar. */
	if (n && m && !same_text(front, back) && !currency_fits(front, back))
		return out; /* two currencies: left for the reader of amounts to refuse */
	out.amount = rest;
	out.code = m ? back : front;
	return out;
}

struct tw_text currency_find(struct tw_text word)
{
	struct tw_text code = {0};
	word = trim(word);
	if (!word.length)
		return code;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (same_folded(word, names[i].name))
			return whole(names[i].code);
	return leading(&code, word) == word.length ? code : (struct tw_text){0};
}

bool currency_fits(struct tw_text code, struct tw_text currency)
{
	if (same_text(code, currency))
		return true;
	if (same_text(code, whole("$"))) {
		static const char pesos[] = "MXNCLPCOPARSUYU";
		for (const char *at = pesos; currency.length == 3 && *at; at += 3)
			if (same_folded(currency, (char[]){at[0], at[1], at[2], '\0'}))
				return true;
		return currency.length == 3 && upper(currency.at[2]) == 'D';
	}
	if (same_text(code, whole("¥")))
		return same_folded(currency, "JPY") || same_folded(currency, "CNY");
	if (same_text(code, whole("kr")))
		return same_folded(currency, "SEK") || same_folded(currency, "NOK") ||
		       same_folded(currency, "DKK") || same_folded(currency, "ISK");
	if (code.length != currency.length)
		return false;
	for (size_t i = 0; i < code.length; i++)
		if (upper(code.at[i]) != upper(currency.at[i]))
			return false;
	return true;
}
