#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An archive of one object that shows tw_* alone: what the parts of the library call each other
cannot meet the names of a program that is linked with it.

    one_object.py LD OBJCOPY AR ARCHIVE MORE OUTPUT

Of MORE, an archive, there is what the first one calls.
"""
import os
import subprocess
import sys

ld, objcopy, ar, archive, more, output = sys.argv[1:]
whole = output + ".o"
subprocess.run([ld, "-r", "-o", whole, "--whole-archive", archive, "--no-whole-archive", more], check=True)
subprocess.run([objcopy, "--wildcard", "--keep-global-symbol=tw_*", whole], check=True)
if os.path.exists(output):
    os.remove(output)
subprocess.run([ar, "rcsD", output, whole], check=True)
os.remove(whole)
