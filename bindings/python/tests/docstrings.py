#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The examples of the docstrings, of docs/python.md and of the package's README say what they say.
"""
import doctest
import importlib
import os
import pkgutil
import sys

import tidewaiter
from common import ROOT, check, finish

OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
os.chdir(ROOT)
modules = [tidewaiter, *(importlib.import_module("tidewaiter." + module.name)
                         for module in pkgutil.iter_modules(tidewaiter.__path__)
                         if module.name not in ("_tidewaiter", "spark"))]
seen = 0
for module in modules:
    done = doctest.testmod(module, optionflags=OPTIONS)
    seen += done.attempted
    check(not done.failed, module.__name__, f"{done.failed} of {done.attempted} failed")
for page in ("docs/python.md", "bindings/python/README.md"):
    done = doctest.testfile(os.path.join(ROOT, page), module_relative=False, optionflags=OPTIONS)
    check(done.attempted and not done.failed, page, f"{done.failed} of {done.attempted} failed")
check(seen > 20, f"{seen} examples of docstrings were run")
for name in tidewaiter.__all__:
    thing = getattr(tidewaiter, name)
    check(not callable(thing) or (thing.__doc__ or "").strip(), f"{name} has a docstring")
sys.exit(finish())
