#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the documentation names is there, and what is there the documentation names.

- Every command and every option on the pages is one of the program; within an example it is one
  of that command. Every option of every command stands in the manual, in the section of the
  command, and a row of choices names the same choices as the help.
- Every member of an answer in docs/schema/finding.schema.json is explained in the manual.
- Every path, every source file and every link (with its heading) on the pages leads somewhere.
- The first commands of the README, the profile and the file of defaults that are shown work.
- docs/engine.md and CONTRIBUTING.md name every folder of src/floors.txt; docs/fuzzing.md names
  every fuzzer.

    named.py PROGRAM ROOT
"""
import glob
import json
import os
import re
import sys
import tempfile

sys.path.append(sys.path[0] + "/..")
from lib import check, finish, run  # noqa: E402

PROGRAM, ROOT = (os.path.abspath(path) for path in sys.argv[1:3])
PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md",
         *sorted(os.path.relpath(page, ROOT) for page in glob.glob(f"{ROOT}/docs/*.md"))]
# Options of other programs that the pages name: of meson, of the tests' run.py, of tools/, of docker.
OTHERS = {"--update", "--buildtype", "--articles", "--words", "--titles", "--check", "--no-rebuild",
          "--rm"}
# Those of the programs of bench/ are read from them.
for bench in [*glob.glob(f"{ROOT}/bench/*.py"), *glob.glob(f"{ROOT}/bench/*.c")]:
    with open(bench, encoding="utf-8") as source:
        OTHERS |= set(re.findall(r'"(--[a-z][a-z-]+)"', source.read()))
MISSPELT = {"diff"}  # shown as what is answered with a suggestion
GROUPS = ["record", "law"]
GENERAL = "At the command line"


def fail(page, text):
    check(False, page, text)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def help_of(command):
    return run(PROGRAM, "--no-config", "help", *command.split(), NO_COLOR="1").out


def program():
    """Commands with their options: {command: {option: choices}}; the short ones within."""
    commands = run(PROGRAM, "--no-config", "completion", "values", "commands").out.splitlines()
    commands = [name.split("\t")[0] for name in commands if name.split("\t")[0] not in GROUPS]
    for group in GROUPS:
        commands += sorted(set(re.findall(rf"^  (?:tidewaiter )?({group} [a-z-]+) ", help_of(group),
                                          re.M)))
    found = {}
    for command in commands:
        text = help_of(command)
        options = {}
        for entry in re.split(r"\n(?= {2}-\w, | {6}--)", text)[1:]:
            entry = re.split(r"\n\n|\n(?=\S)", entry)[0]
            name = re.match(r" +(?:(-\w), )?(--[a-z0-9-]+)", entry)
            choices = re.search(r"\(([a-z0-9]+(?:, [a-z0-9]+)*)\)\s*$", entry)
            options[name[2]] = set(re.split(r",\s+", choices[1])) if choices else None
            if name[1]:
                options[name[1]] = None
        found[command] = options
    return found


def sections(text):
    """The sections under "## ", by their titles."""
    parts = re.split(r"^## (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def is_option(name, options):
    if name in options:
        return True
    for other in (name.replace("--no-", "--", 1), name.replace("--", "--no-", 1)):
        if other in options:
            return True
    return name.replace("_", "-") in options


def commands_in(text):
    """Each command line of the program in code, up to a pipe or the line's end."""
    text = re.sub(r"\\\n\s*", " ", text)
    for match in re.finditer(r"(?:^|[\s`$(])tidewaiter ([^\n`|)]*)", text):
        yield match[1].split(" # ")[0]


def code(text):
    """What stands in code: blocks and spans."""
    blocks = re.findall(r"^ *```.*?\n(.*?)^ *```", text, flags=re.M | re.S)
    rest = re.sub(r"^ *```.*?^ *```", "", text, flags=re.M | re.S)
    return blocks, re.findall(r"`([^`\n]+)`", rest)


def hold_options(page, text, known):
    every = set().union(*known.values())
    blocks, spans = code(text)
    for span in spans:
        for name in re.findall(r"(?<![\w-])--[a-z][a-z0-9_-]*", span):
            if name == "--no-":
                continue
            if not is_option(name, every) and name not in OTHERS:
                fail(page, f"{name} is no option of the program")
    for line in [line for block in blocks for line in commands_in(block)] + \
            [span.removeprefix("tidewaiter ") for span in spans if span.startswith("tidewaiter ")]:
        words = [word for word in line.split() if not word.startswith("-")]
        if not words or words[0][:1].isupper() or line in MISSPELT:
            continue
        two = " ".join(words[:2])
        command = two if two in known else words[0]
        if command not in known and command not in GROUPS:
            fail(page, f"`tidewaiter {line.strip()}`: there is no command {command!r}")
            continue
        options = known.get(command, every)
        for name in re.findall(r"(?<![\w\"'=-])--[a-z][a-z0-9_-]*", line):
            if not is_option(name, options):
                fail(page, f"`tidewaiter {line.strip()}`: {command} has no {name}")


def hold_manual(known):
    text = read("docs/manual.md")
    parts = sections(text)
    general = parts.get(GENERAL, "")
    for command, options in known.items():
        group = command.split()[0]
        if group not in parts and group not in ("help", "config", "completion"):
            fail("docs/manual.md", f"no section \"## {group}\"")
            continue
        here = parts.get(group, "") + general
        for name, choices in options.items():
            if not re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", here):
                fail("docs/manual.md", f"the section of {group} does not name {name} of {command}")
            rows = re.findall(rf"^\| `[^`]*{re.escape(name)} ([a-z\\|]+)`", parts.get(group, ""),
                              flags=re.M)
            said = [set(re.split(r"\\?\|", row)) for row in rows]
            if choices and said and name != "--format" and choices not in said:
                fail("docs/manual.md", f"{name} of {command} takes {sorted(choices)}")
            if choices and name == "--format" and said and not any(s <= choices for s in said):
                fail("docs/manual.md", f"--format of {command} takes {sorted(choices)}")


def members(part):
    """The names of all members of the objects that a schema describes."""
    if isinstance(part, dict):
        yield from part.get("properties", {})
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in inner:
        yield from members(one)


def hold_answer():
    spans = " ".join(code(read("docs/manual.md"))[1])
    for name in sorted(set(members(json.loads(read("docs/schema/finding.schema.json"))))):
        if not re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", spans):
            fail("docs/manual.md", f"does not explain `{name}` of the answers")


def anchor(heading):
    text = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w -]", "", text).replace(" ", "-")


def hold_links(page, text):
    bare = re.sub(r"^ *```.*?^ *```", "", text, flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", bare)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, name = target.partition("#")
        to = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
        if not os.path.exists(os.path.join(ROOT, to)):
            fail(page, f"the link {target} leads nowhere")
        elif name:
            headings = re.findall(r"^#+ (.*)$", read(to), flags=re.M)
            if name not in [anchor(heading) for heading in headings]:
                fail(page, f"{to} has no heading for #{name}")


def hold_paths(page, text, files):
    for span in code(text)[1]:
        if "NAME" in span:
            continue
        if re.fullmatch(r"(?:src|cli|tests|tools|bench|profiles|examples|include|docs)/[\w./-]+",
                        span):
            if not os.path.exists(os.path.join(ROOT, span)) and \
                    not any(file.startswith(span) for file in files):
                fail(page, f"`{span}` is not in the tree")
        if re.fullmatch(r"[a-z_0-9]+\.(?:c|cc|h|mjs|py)", span):
            if not any(os.path.basename(file) == span for file in files):
                fail(page, f"`{span}` is no file of the tree")


def hold_first():
    """The commands of the README's table for users of each kind, in a folder with the examples."""
    text = sections(read("README.md")).get("Six first commands", "")
    commands = re.findall(r"`(tidewaiter [^`]*)` \|$", text, flags=re.M)
    path = os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"]
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
        for command in commands:
            done = run("sh", "-c", command, cwd=folder, NO_COLOR="1", PATH=path)
            if done.code > 1:
                fail("README.md", f"`{command}`: exit {done.code}: {done.err.strip()}")
    if len(commands) != 6:
        fail("README.md", f"{len(commands)} first commands, where the heading says six")


def hold_files():
    """The profile of docs/profiles.md reads its file; the defaults of the manual are understood."""
    profile = re.search(r"^```\n(# .*?)^```", read("docs/profiles.md"), flags=re.M | re.S)[1]
    defaults = re.search(r"^```ini\n(.*?)^```", read("docs/manual.md"), flags=re.M | re.S)[1]
    names = [name.split("|")[0].strip() for name in re.findall(r"^map: (.*) =", profile, re.M)]
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("own.profile", profile), ("config", defaults),
                           ("list.csv", ",".join(names) + "\n6109100012,CN,54,2025-05-02\n")):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        for words in (["--no-config", "assess", "--profile", "own.profile", "list.csv"],
                      ["config"], ["law", "check", "--verbose"]):
            done = run(PROGRAM, *words, cwd=folder, TIDEWAITER_CONFIG="config")
            if done.code:
                fail("docs", f"{' '.join(words)}: exit {done.code}: {done.err.strip()}")


def hold_rooms():
    folders = [line.split()[0] for line in read("src/floors.txt").splitlines()
               if line.strip() and line.split()[0] not in ("#", "never")]
    for page in ("docs/engine.md", "CONTRIBUTING.md"):
        text = read(page)
        for folder in folders:
            name = f"src/{folder}" if os.path.isdir(os.path.join(ROOT, "src", folder)) else folder
            if f"`{name}/`" not in text and f"`{name}`" not in text:
                fail(page, f"does not say what `{name}/` is for")
        for name in re.findall(r"`src/(\w+)/?`", text):
            if name not in folders:
                fail(page, f"`src/{name}` is no folder of src/floors.txt")


def hold_fuzzers():
    text = read("docs/fuzzing.md")
    there = set(re.findall(r"\['(fuzz_\w+)'", read("tests/fuzz/meson.build")))
    for name in sorted(there - set(re.findall(r"`(fuzz_\w+)`", text))):
        fail("docs/fuzzing.md", f"does not name {name}")
    for name in sorted(set(re.findall(r"`(fuzz_\w+)`", text)) - there):
        fail("docs/fuzzing.md", f"{name} is no fuzzer of tests/fuzz/meson.build")


def main():
    known = program()
    if len(known) < 12 or any("--help" not in options for options in known.values()):
        sys.exit(f"the help of the program was not understood: {known}")
    files = [os.path.relpath(os.path.join(folder, name), ROOT)
             for top in ("src", "cli", "tests", "tools", "bench", "include", "docs", "profiles")
             for folder, _, names in os.walk(os.path.join(ROOT, top)) for name in names]
    for page in PAGES:
        text = read(page)
        hold_options(page, text, known)
        hold_links(page, text)
        hold_paths(page, text, files)
    hold_manual(known)
    hold_answer()
    hold_first()
    hold_files()
    hold_rooms()
    hold_fuzzers()
    check(len(PAGES) > 10, f"{len(PAGES)} pages were read")
    return finish(f"{len(PAGES)} pages, {len(known)} commands, "
                  f"{len(set().union(*known.values()))} options")


sys.exit(main())
