# SPDX-License-Identifier: Apache-2.0
"""Code blocks of a page of the documentation, with what the page says they print."""
import re


def blocks(path, language):
    """(text, output) of each block of the language; output: the block of kind `text` or `csv`
    that follows it directly, or None."""
    with open(path, encoding="utf-8") as file:
        page = file.read()
    found = re.findall(r"^```(\w+)\n(.*?)^```\n(\s*)(?=(```)?)", page, re.M | re.S)
    made = []
    for place, (kind, text, gap, _) in enumerate(found):
        if kind != language:
            continue
        after = found[place + 1] if place + 1 < len(found) else None
        follows = after and after[0] in ("text", "csv") and re.search(
            re.escape(text) + r"```\n\s*```" + after[0] + r"\n" + re.escape(after[1]), page)
        made.append((text.strip(), after[1].strip() if follows else None))
    return made
