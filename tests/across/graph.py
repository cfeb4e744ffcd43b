#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A graph of patterns can be read, whatever the names in it hold: graph.py PROGRAM

Names with quotes, markup, line ends, controls and what no XML may hold are read back from GraphML by
an XML parser, and from DOT as quoted strings.
"""
import csv
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish, run  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
SPACE = "{http://graphml.graphdrawing.org/xmlns}"
# as given, as shown
NAMES = [('Quote " \' \\', 'Quote " \' \\'), ("<b>R & D</b> ]]> &amp;", "<b>R & D</b> ]]> &amp;"),
         ("Two\nlines", "Two lines"), ("Bell\x07", "Bell\ufffd"),
         ("Not\ufffe \uffff characters", "Not\ufffd \ufffd characters"),
         ("Last\uffff", "Last\ufffd"), ("\U0001f6a2 \u6b66\u6c49", "\U0001f6a2 \u6b66\u6c49")]


def write_lines(path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow("into hts origin ship_from entered channel value shipper consignee".split())
        for name, _ in NAMES:
            for _ in range(2):
                out.writerow(["US", "6109.10.00.12", "CN", "CN", "2025-03-02", "express", 500,
                              "Shop", name])


def graph(path, kind):
    done = run(PROGRAM, "patterns", path, "--graph", kind, "--quiet")
    equal(done.code, 0, f"{kind}: is written")
    return done.out


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lines.csv")
        write_lines(path)
        xml, dot = graph(path, "graphml"), graph(path, "dot")
    shown = {name for _, name in NAMES}
    try:
        nodes = ET.fromstring(xml).iter(SPACE + "node")
        labels = [[data.text for data in node] for node in nodes]
    except ET.ParseError as error:
        check(False, "graphml is well-formed", error)
        return finish()
    equal({label for kind, label in labels if kind == "consignee"}, shown, "graphml: the names")
    quoted = re.findall(r'kind="consignee" label="((?:[^"\\\n]|\\.)*)"\];$', dot, re.M)
    names = {re.sub(r"\\(.)", r"\1", text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
             for text in quoted}
    equal(names, shown, "dot: the names")
    return finish()


sys.exit(main())
