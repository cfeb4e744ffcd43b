#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The pages of the project as they are laid out for the documentation site.

    site.py FOLDER

Copies README.md (as index.md), the pages of docs/ and what they link to into FOLDER/pages and sets
the links anew, then writes FOLDER/mkdocs.yml. A link to what there is not ends it with 1.
"""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NAV = [
    ("Tidewaiter", "README.md"),
    ("Two minutes", "docs/tour.md"),
    ("For whom", ["docs/for-brokers.md", "docs/for-importers.md", "docs/for-suppliers.md",
                  "docs/for-analysts.md"]),
    ("Using it", ["docs/manual.md", "docs/profiles.md", "docs/timeline.md", "docs/compare.md",
                  "docs/refunds.md", "docs/patterns.md", "docs/parties.md", "docs/record.md",
                  "docs/screening.md", "docs/serve.md"]),
    ("Where the data lies", ["docs/library.md", "docs/arrow.md", "docs/python.md", "docs/spark.md",
                             "docs/duckdb.md", "docs/postgresql.md", "docs/sqlite.md"]),
    ("The law", ["docs/law-format.md", "docs/law-format-chemistry.md", "docs/law-format-refunds.md",
                 "docs/law-format-record.md", "docs/law-format-scenarios.md", "docs/law-format-schedules.md",
                 "docs/law-format-patterns.md", "docs/stacking.md", "docs/updating.md"]),
    ("Inside", ["docs/engine.md", "docs/finding.md", "docs/performance.md", "docs/fuzzing.md",
                "docs/words.md"]),
    ("Golden set", "golden-set/README.md"),
    ("The project", ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]),
]
SETTINGS = """\
site_name: Tidewaiter
site_url: ""
use_directory_urls: false
docs_dir: pages
site_dir: site
theme: {name: material, font: false, palette: [
  {media: "(prefers-color-scheme: light)", scheme: default, primary: blue grey},
  {media: "(prefers-color-scheme: dark)", scheme: slate, primary: blue grey}]}
markdown_extensions: [toc, tables, pymdownx.superfences, pymdownx.highlight]
plugins: [search]
validation: {nav: {omitted_files: info}, links: {not_found: warn, anchors: warn, unrecognized_links: warn}}
nav:
"""


def pages():
    for _, those in NAV:
        yield from [those] if isinstance(those, str) else those


def called(path):
    """The name of a page in the site."""
    if path == "README.md":
        return "index.md"
    if path == "golden-set/README.md":
        return "golden-set.md"
    return path.removeprefix("docs/")


def title(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return next(line[2:].strip() for line in file if line.startswith("# "))


def keep(folder, path):
    """A file that is no page; its name in the site."""
    name = path.removeprefix("docs/")
    if os.path.isdir(os.path.join(ROOT, path)):
        return None
    target = os.path.join(folder, name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copyfile(os.path.join(ROOT, path), target)
    return name


def linked(folder, page, missing):
    """What writes a link of the page as the site has it."""
    known = set(pages())

    def link(match):
        text, to, anchor = match.group(1), match.group(2), match.group(3) or ""
        if re.match(r"[a-z]+:", to) or not to:
            return match.group(0)
        path = os.path.normpath(os.path.join(os.path.dirname(page), to))
        if not os.path.exists(os.path.join(ROOT, path)):
            missing.append(f"{page}: {to}")
            return match.group(0)
        name = called(path) if path in known else keep(folder, path)
        return f"{text}({name}{anchor})" if name else text[1:-1] if text[0] == "[" else text
    return link


def lay(folder, page, missing):
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        text = file.read()
    link = linked(folder, page, missing)
    blocks = re.split(r"(^```.*?^```$)", text, flags=re.M | re.S)
    blocks[::2] = [re.sub(r"(!?\[[^\]]*\])\(([^)#\s]*)(#[^)\s]*)?\)", link, block) for block in blocks[::2]]
    with open(os.path.join(folder, called(page)), "w", encoding="utf-8") as file:
        file.write("".join(blocks))


def settings():
    yield SETTINGS
    for name, those in NAV:
        if isinstance(those, str):
            yield f'  - "{name}": {called(those)}\n'
        else:
            yield f'  - "{name}":\n' + "".join(f'    - "{title(page)}": {called(page)}\n' for page in those)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    folder = os.path.join(sys.argv[1], "pages")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    missing = [f"docs/{name}: in no chapter of the site" for name in sorted(os.listdir(os.path.join(ROOT, "docs")))
               if name.endswith(".md") and f"docs/{name}" not in pages()]
    for page in pages():
        lay(folder, page, missing)
    with open(os.path.join(folder, "golden-set.md"), "a", encoding="utf-8") as file:
        file.write("\n## The table\n\n[golden-set.csv](golden-set.csv), [score.py](golden-set/score.py)\n")
    subprocess.run([sys.executable, os.path.join(ROOT, "golden-set", "make.py"),
                    os.path.join(folder, "golden-set.csv")], check=True)
    keep(folder, "golden-set/score.py")
    with open(os.path.join(sys.argv[1], "mkdocs.yml"), "w", encoding="utf-8") as file:
        file.writelines(settings())
    for fault in missing:
        print(fault)
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
