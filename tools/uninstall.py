#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes away what `meson install` of a build folder puts down, and the folders that are its own.

    uninstall.py BUILD [--destdir DIR]

What a build folder installs is asked of meson: nothing need be known of the day it was installed.
Files of others beside ours stay. Exits with 1 where nothing of it is installed.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys

OWN = "tidewaiter"  # a folder of this name under the prefix holds nothing of others


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--destdir", default="")
    arguments = parser.parse_args()
    told = subprocess.run(["meson", "introspect", "--installed", arguments.build],
                          capture_output=True, text=True, check=True).stdout
    removed, folders = 0, set()
    for place in json.loads(told).values():
        path = arguments.destdir + place
        if os.path.islink(path) or os.path.isfile(path):
            os.remove(path)
            removed += 1
        elif os.path.isdir(path) and os.path.basename(os.path.dirname(path)) == OWN:
            shutil.rmtree(path)
            removed += 1
        folders.add(os.path.dirname(path))
    for folder in folders:
        if os.path.basename(folder) == OWN and os.path.isdir(folder) and not os.listdir(folder):
            os.rmdir(folder)
    print(f"uninstall: {removed} files and folders taken away")
    return 0 if removed else 1


sys.exit(main())
