#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""api.py PROGRAM TOOLS [EXAMPLES]: the description of the routes is sound and passes redocly's lint,
schemathesis holds the server to it (these tools are in the folder TOOLS), and promtool takes its metrics."""
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lib  # noqa: E402

PROGRAM, TOOLS = (os.path.abspath(path) for path in sys.argv[1:3])
EXAMPLES = sys.argv[3] if len(sys.argv) > 3 else "2"
# Left out: whether all that fits the description is accepted. What goods, days, and columns are is said
# in words there, and the assessor judges it.
LEFT_OUT = "positive_data_acceptance"


def run(*words, given=None, folder=None):
    done = subprocess.run(words, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=300, cwd=folder, check=False)
    lib.check(done.returncode == 0, " ".join(os.path.basename(word) for word in words[:3]), done.stdout[-8000:])


def main():
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--quiet"], stderr=subprocess.PIPE, text=True,
                              env=lib.environment())
    try:
        address = server.stderr.readline().split()[-1].rstrip("/")
        described = f"{address}/v1/openapi.json"
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "openapi.json")
            with urllib.request.urlopen(described) as reply, open(path, "wb") as file:
                shutil.copyfileobj(reply, file)
            run(f"{TOOLS}/bin/openapi-spec-validator", path)
            run(f"{TOOLS}/node_modules/.bin/redocly", "lint", "--skip-rule", "no-unused-components", path)
            run(f"{TOOLS}/bin/schemathesis", "run", described, "--max-examples", EXAMPLES, "--seed", "1", "--no-color",
                "--exclude-checks", LEFT_OUT, "--generation-database", "none", "--phases",
                "examples,coverage,fuzzing", folder=folder)
        with urllib.request.urlopen(f"{address}/metrics") as reply:
            run("promtool", "check", "metrics", given=reply.read().decode())
        lib.check(server.poll() is None, "the server lives")
    finally:
        server.terminate()
        lib.equal(server.wait(timeout=30), 0, "the exit code")
    sys.exit(lib.finish())


main()
