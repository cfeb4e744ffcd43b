/* SPDX-License-Identifier: Apache-2.0 */
#include "findings/svg.h"

#include <string.h>

#include "common/words.h"

static const char style[] =
    "<style>"
    "svg{background:#fbfaf7;max-width:100%;height:auto;font:12px "
    "system-ui,sans-serif;font-variant-numeric:tabular-nums}"
    ".paper{fill:#fbfaf7}"
    ".t,.h,.n{fill:#1b1f24}.q{fill:#555b63}.h{font-size:16px;font-weight:600}.n{font-weight:600}"
    ".a{fill:#084b8f}a:hover .a,a:focus .a{text-decoration:underline}"
    ".axis{stroke:#1b1f24}.rule{stroke:#d9d6cf}.event{stroke:#757b85;stroke-dasharray:2 3}"
    ".end{stroke:#1b1f24;stroke-dasharray:6 3}"
    ".mark{fill:#fbfaf7;stroke:#1b1f24}"
    ".hatch{fill:url(#hatch)}.void{fill:url(#void)}.answer{fill:url(#answer)}"
    ".none{fill:url(#none)}.dot{fill:#757b85}.hatch-line{stroke:#fbfaf7}"
    ".ink{fill:#1b1f24;stroke:#1b1f24}.ink.soft{fill-opacity:.1}"
    ".halo{paint-order:stroke;stroke:#fbfaf7;stroke-width:3px}"
    ".area{stroke:none}.edge,.edge.ink{fill:none;stroke-width:1.5;pointer-events:none}.soft{fill-"
    "opacity:.22}"
    "@media (prefers-color-scheme:dark){svg{background:#16181b}.paper{fill:#16181b}"
    ".t,.h,.n{fill:#e6e3dc}.q{fill:#a9a79f}.a{fill:#7db7f0}.axis,.end{stroke:#e6e3dc}"
    ".rule{stroke:#33373d}.mark{fill:#16181b;stroke:#e6e3dc}.hatch-line,.halo{stroke:#16181b}"
    ".ink{fill:#e6e3dc;stroke:#e6e3dc}}"
    "@media print{svg,.paper{background:#fff;fill:#fff}.t,.h,.n,.q,.a{fill:#000}}"
    "</style>\n"
    "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><line class=\"hatch-line\" x1=\"0\" y1=\"0\" x2=\"0\" "
    "y2=\"6\" stroke-width=\"4\"/></pattern>"
    "<pattern id=\"void\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><line class=\"hatch-line\" x1=\"0\" y1=\"0\" x2=\"0\" "
    "y2=\"8\" stroke-width=\"6\"/></pattern>"
    "<pattern id=\"answer\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<line class=\"hatch-line\" x1=\"0\" y1=\"3\" x2=\"6\" y2=\"3\" stroke-width=\"2\"/></pattern>"
    "<pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<circle class=\"dot\" cx=\"3\" cy=\"3\" r=\".8\"/></pattern></defs>\n";

const char *const svg_hues[LAW_COLORS] = {"#7a5c99", "#757b85", "#0072b2", "#d55e00",
					  "#b27700", "#00805d", "#2b8cc4", "#b8558d"};

const char *svg_color(uint32_t color)
{
	static const char *const names[LAW_COLORS] = {"violet", "grey",  "blue", "vermilion",
						      "ochre",  "green", "sky",  "pink"};
	return color < LAW_COLORS ? names[color] : "ink";
}

/* Text of an element or of an attribute. */
static void put_text(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		const char *as = *text == '<'   ? "&lt;"
				 : *text == '>' ? "&gt;"
				 : *text == '&' ? "&amp;"
				 : *text == '"' ? "&quot;"
						: NULL;
		if (as)
			buffer_text(out, as);
		else
			buffer_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
	}
}

/* "12.5" */
static void put_number(struct buffer *out, int64_t tenths)
{
	const int64_t size = tenths < 0 ? -tenths : tenths;
	buffer_print(out, "%s%lld", tenths < 0 ? "-" : "", (long long)(size / SVG_PX));
	if (size % SVG_PX)
		buffer_print(out, ".%lld", (long long)(size % SVG_PX));
}

/* ' x="12.5"' */
static void put_length(struct buffer *out, const char *name, int64_t tenths)
{
	buffer_print(out, " %s=\"", name);
	put_number(out, tenths);
	buffer_char(out, '"');
}

void svg_open(struct svg *svg, struct buffer *out, int64_t width, int64_t height, const char *title,
	      const char *about)
{
	*svg = (struct svg){out, width, height};
	buffer_print(out,
		     "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
		     "aria-labelledby=\"title about\" viewBox=\"0 0 %lld %lld\"",
		     (long long)(width / SVG_PX), (long long)(height / SVG_PX));
	put_length(out, "width", width / SVG_PX * SVG_PX);
	put_length(out, "height", height / SVG_PX * SVG_PX);
	buffer_text(out, ">\n<title id=\"title\">");
	put_text(out, title);
	buffer_text(out, "</title>\n<desc id=\"about\">");
	put_text(out, about);
	buffer_text(out, "</desc>\n");
	buffer_text(out, "<style>");
	for (uint32_t i = 0; i < LAW_COLORS; i++)
		buffer_print(out, ".%s{fill:%s;stroke:%s}", svg_color(i), svg_hues[i], svg_hues[i]);
	buffer_text(out, "</style>\n");
	buffer_text(out, style);
	svg_rect(svg, "paper", 0, 0, width, height);
}

void svg_close(struct svg *svg)
{
	buffer_text(svg->out, "</svg>\n");
}

void svg_rect(struct svg *svg, const char *class_name, int64_t x, int64_t y, int64_t width,
	      int64_t height)
{
	buffer_print(svg->out, "<rect class=\"%s\"", class_name);
	put_length(svg->out, "x", x);
	put_length(svg->out, "y", y);
	put_length(svg->out, "width", width);
	put_length(svg->out, "height", height);
	buffer_text(svg->out, "/>\n");
}

void svg_line(struct svg *svg, const char *class_name, int64_t x1, int64_t y1, int64_t x2,
	      int64_t y2)
{
	buffer_print(svg->out, "<line class=\"%s\"", class_name);
	put_length(svg->out, "x1", x1);
	put_length(svg->out, "y1", y1);
	put_length(svg->out, "x2", x2);
	put_length(svg->out, "y2", y2);
	buffer_text(svg->out, "/>\n");
}

void svg_circle(struct svg *svg, const char *class_name, int64_t x, int64_t y, int64_t radius)
{
	buffer_print(svg->out, "<circle class=\"%s\"", class_name);
	put_length(svg->out, "cx", x);
	put_length(svg->out, "cy", y);
	put_length(svg->out, "r", radius);
	buffer_text(svg->out, "/>\n");
}

void svg_text(struct svg *svg, const char *class_name, int64_t x, int64_t y, enum svg_anchor anchor,
	      const char *text)
{
	static const char *const anchors[] = {"", " text-anchor=\"middle\"",
					      " text-anchor=\"end\""};
	buffer_print(svg->out, "<text class=\"%s\"%s", class_name, anchors[anchor]);
	put_length(svg->out, "x", x);
	put_length(svg->out, "y", y);
	buffer_char(svg->out, '>');
	put_text(svg->out, text);
	buffer_text(svg->out, "</text>\n");
}

static void put_point(struct buffer *out, int64_t x, int64_t y, bool draw)
{
	buffer_char(out, draw ? 'L' : 'M');
	put_number(out, x);
	buffer_char(out, ' ');
	put_number(out, y);
}

void svg_line_open(struct svg *svg, const char *class_name)
{
	buffer_print(svg->out, "<path class=\"%s\" d=\"", class_name);
}

void svg_line_to(struct svg *svg, int64_t x, int64_t y, bool draw)
{
	put_point(svg->out, x, y, draw);
}

void svg_line_close(struct svg *svg)
{
	buffer_text(svg->out, "\"/>\n");
}

void svg_group(struct svg *svg, const char *url, const char *text)
{
	if (url) {
		buffer_text(svg->out, "<a href=\"");
		put_text(svg->out, url);
		buffer_text(svg->out, "\">");
	} else {
		buffer_text(svg->out, "<g>");
	}
	if (text) {
		buffer_text(svg->out, "<title>");
		put_text(svg->out, text);
		buffer_text(svg->out, "</title>");
	}
	buffer_char(svg->out, '\n');
}

void svg_group_end(struct svg *svg, const char *url)
{
	buffer_text(svg->out, url ? "</a>\n" : "</g>\n");
}

/* From the blank on: of DejaVu Sans, since the fonts that take its place are hardly wider. */
static const uint8_t widths[] = {
    39, 49,  56, 101, 77, 115, 94, 33,  47, 47,  60,  101, 39, 44,  39, 41, 77, 77,  77,
    77, 77,  77, 77,  77, 77,  77, 41,  41, 101, 101, 101, 64, 120, 83, 83, 84, 93,  76,
    70, 93,  91, 36,  36, 79,  67, 104, 90, 95,  73,  95,  84, 77,  74, 88, 83, 119, 83,
    74, 83,  47, 41,  47, 101, 60, 60,  74, 77,  66,  77,  74, 43,  77, 77, 34, 34,  70,
    34, 117, 77, 74,  77, 77,  50, 63,  48, 77,  72,  99,  72, 72,  63, 77, 41, 77,  101};

int64_t svg_width(const char *text)
{
	enum { OTHER = 120 }; /* not of ASCII: an ellipsis */
	int64_t width = 0;
	for (; *text; text++) {
		const unsigned char letter = (unsigned char)*text;
		if ((letter & 0xc0) == 0x80) /* a byte of a character, not its first */
			continue;
		width += letter >= ' ' && letter - ' ' < (int)sizeof widths ? widths[letter - ' ']
									    : OTHER;
	}
	return width;
}

void svg_fit(char *text, int64_t width)
{
	static const char cut[] = "…";
	size_t length = strlen(text), blank = 0;
	if (svg_width(text) <= width)
		return;
	while (length > 1 && (((unsigned char)text[length] & 0xc0) == 0x80 ||
			      svg_width(text) + svg_width(cut) > width))
		text[--length] = '\0';
	for (size_t i = length / 2; i < length; i++)
		blank = text[i] == ' ' ? i : blank;
	memcpy(text + (blank ? blank : length), cut, sizeof cut);
}

int64_t svg_step(int64_t value, int64_t most)
{
	static const int64_t of_ten[] = {1, 2, 5};
	for (int64_t power = 1; power < INT64_C(100000000000000000); power *= 10)
		for (size_t i = 0; i < sizeof of_ten / sizeof *of_ten; i++)
			if (value / (power * of_ten[i]) <= most)
				return power * of_ten[i];
	return value;
}
