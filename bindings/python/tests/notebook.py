#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The notebook runs from top to bottom, in a copy, and says what it says.

    notebook.py [--update]      writes the outputs of this run into the notebook
"""
import os
import re
import shutil
import sys
import tempfile

import nbclient
import nbformat
from common import ROOT, check, equal, finish

PATH = os.path.join(ROOT, "examples", "parcels.ipynb")
UPDATE = "--update" in sys.argv


def texts(book):
    """What the cells say, without what differs from run to run: addresses, and pictures' bytes."""
    for number, cell in enumerate(book.cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            yield number, re.sub(r"0x[0-9a-f]+", "0x", output.get("text", data.get("text/plain", "")))


book = nbformat.read(PATH, as_version=4)
nbformat.validate(book)
wanted = list(texts(book))
with tempfile.TemporaryDirectory(prefix="tidewaiter-notebook-") as work:
    shutil.copy(os.path.join(ROOT, "examples", "parcels.csv"), work)
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3",
                            resources={"metadata": {"path": work}}).execute()
    check(os.path.exists(os.path.join(work, "findings.parquet")), "the findings are written")
    pictures = [output["data"]["image/png"] for cell in book.cells
                for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
    check(len(pictures) == 2 and all(len(picture) > 10_000 for picture in pictures), "two plots",
          [len(picture) for picture in pictures])
if UPDATE:
    for cell in book.cells:
        cell.metadata.pop("execution", None)
    book.metadata.pop("language_info", None)
    nbformat.write(book, PATH)
    wanted = list(texts(book))
for (number, seen), (_, said) in zip(texts(book), wanted, strict=True):
    equal(seen, said, f"cell {number}")
sys.exit(finish())
