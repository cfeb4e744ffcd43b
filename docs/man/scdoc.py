# SPDX-License-Identifier: Apache-2.0
"""What both writers of manual pages need: text as scdoc(5) wants it."""
import re


def escaped(text):
    """Nothing in it is a mark; the first character begins no list or heading."""
    text = re.sub(r"([\\_*`~<>\[\]|])", r"\\\1", text)
    text = re.sub(r"\+(?=\+)", r"\\+", text)
    return re.sub(r"^([-#.;!\"'(+=])", r"\\\1", text)


def literal(text):
    """A block of lines as they are; scdoc takes one backslash of two."""
    return "```\n" + text.rstrip("\n").replace("\\", "\\\\") + "\n```\n\n"


def inline(text):
    """Markdown within a line: `code` and **bold** bold, *words* underlined, links their texts."""
    pieces = re.split(r"(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)]*\))", text)
    out = ""
    for piece in pieces:
        link = re.fullmatch(r"\[([^\]]+)\]\([^)]*\)", piece)
        if link:
            out += inline(link[1])
        elif len(piece) > 2 and piece[0] == piece[-1] == "`":
            out += "*" + re.sub(r"^\\(?=[^\\_*`~<>\[\]|])", "", escaped(piece[1:-1])) + "*"
        elif len(piece) > 4 and piece.startswith("**"):
            out += "*" + escaped(piece[2:-2]) + "*"
        elif len(piece) > 2 and piece[0] == piece[-1] == "*":
            out += "_" + escaped(piece[1:-1]) + "_"
        else:
            out += escaped(piece) if not out else re.sub(
                r"^\\(?=[-#.;!\"'(+=])", "", escaped(piece))
    # Two marks that touch would be one.
    return out.replace("**", "* *")
