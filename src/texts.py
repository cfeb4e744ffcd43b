#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""texts.py WHAT OUTPUT FILE...: the texts of files as a C table WHAT_sources, by their names."""
import os
import sys


def literal(text):
    """A C string, a line of the text a line."""
    lines = text.splitlines(keepends=True) or [""]
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
               for line in lines)
    return "\n\t ".join(f'"{line}"' for line in escaped)


def main():
    what, output, *files = sys.argv[1:]
    rows = []
    for path in sorted(files, key=os.path.basename):
        with open(path, encoding="utf-8") as file:
            name = os.path.splitext(os.path.basename(path))[0]
            rows.append(f'\t{{"{name}",\n\t {literal(file.read())}}},\n')
    with open(output, "w", encoding="utf-8") as file:
        file.write("/* Made by src/texts.py. */\n"
                   f"extern const struct {what}_source {{ const char *name, *text; }} "
                   f"{what}_sources[];\n"
                   f"const struct {what}_source {what}_sources[] = {{\n"
                   + "".join(rows) + "\t{0, 0},\n};\n")


if __name__ == "__main__":
    main()
