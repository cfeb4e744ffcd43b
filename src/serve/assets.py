#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""assets.py OUTPUT FILE...: the files of the page as a C table, by the path at which each is served."""
import os
import sys

TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def main():
    output, *files = sys.argv[1:]
    rows, texts = [], []
    for number, path in enumerate(sorted(files, key=os.path.basename)):
        name = os.path.basename(path)
        with open(path, "rb") as file:
            content = file.read()
        lines = (", ".join(str(byte) for byte in content[at:at + 24])
                 for at in range(0, len(content), 24))
        texts.append(f"static const unsigned char asset_{number}[] = {{\n\t"
                     + ",\n\t".join(lines) + ", 0};\n")
        served = "/" if name == "index.html" else f"/{name}"
        rows.append(f'\t{{"{served}", "{TYPES[os.path.splitext(name)[1]]}", asset_{number}, '
                    f"{len(content)}}},\n")
    with open(output, "w", encoding="utf-8") as file:
        file.write("/* Made by src/serve/assets.py. */\n#include <stddef.h>\n" + "".join(texts)
                   + "extern const struct asset {\n\tconst char *path, *type;\n"
                   "\tconst unsigned char *at;\n\tsize_t size;\n} page_assets[];\n"
                   "const struct asset page_assets[] = {\n" + "".join(rows)
                   + "\t{0, 0, 0, 0},\n};\n")


if __name__ == "__main__":
    main()
