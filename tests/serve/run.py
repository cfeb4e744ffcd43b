#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run.py PROGRAM ROOT: `tidewaiter serve`, asked as programs, spreadsheets and ill-wishers ask. What
it answers is what the command line prints, byte for byte."""
import atexit
import gzip
import http.client
import json
import os
import pathlib
import resource
import select
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import xml.etree.ElementTree
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lib  # noqa: E402

SHIRT = {"hts": "6109.10.00.12", "origin": "CN", "on": "2025-05-02", "value": "54"}
LINES = ("id,hts,origin,entered,value,colour\n"
         "A1,6109100012,CN,2025-05-02T00:01,54,red\n"
         "A2,7318152061,DE,2025-07-01,10000,\n"
         "A3,nonsense,CN,2025-05-02,54,\"a, b\"\n")
OBJECTS = [{"id": "A1", "hts": "6109100012", "origin": "CN", "entered": "2025-05-02T00:01", "value": 54,
            "note": "kept\"; {[ \\"},
           {"id": "A2", "hts": "7318152061", "origin": "DE", "entered": "2025-07-01", "value": "10000"}]
NDJSON = "".join(json.dumps(line) + "\n" for line in OBJECTS)


class Server:
    """A server on a free port; its log is read as it is written."""

    def __init__(self, program, *options, words=None, fds=()):
        self.process = subprocess.Popen(words or [program, "serve", "--port", "0", *options],
                                        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                        env=lib.environment(), pass_fds=fds)
        atexit.register(self.process.kill)
        first = self.process.stderr.readline().decode()
        if "listening on http" not in first:
            sys.exit(f"the server does not start: {first}")
        self.port = int(first.strip().rstrip("/").rpartition(":")[2])
        self.log = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            self.log.append(line.decode())

    def ask(self, method, path, body=None, headers=None, query=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        if query:
            path += "?" + urllib.parse.urlencode(query, doseq=True)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            reply = connection.getresponse()
            return reply.status, reply.headers, reply.read()
        finally:
            connection.close()

    def get(self, path, query=None, **headers):
        return self.ask("GET", path, query=query, headers=headers)

    def socket(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def raw(self, text, close=False):
        """What comes back for bytes as they are."""
        with self.socket() as link:
            link.sendall(text)
            if close:
                link.shutdown(socket.SHUT_WR)
            return read_all(link)

    def is_alive(self):
        return self.process.poll() is None and self.get("/healthz")[0] == 200

    def end(self, what=signal.SIGTERM):
        self.process.send_signal(what)
        code = self.process.wait(timeout=30)
        self.reader.join(timeout=10)
        return code


def read_all(link):
    parts = []
    try:
        while part := link.recv(65536):
            parts.append(part)
    except OSError:
        pass
    return b"".join(parts)


def problem(reply, status, field=None, text=""):
    """The reply is a problem that names the field and says what would be right."""
    seen, headers, body = reply
    what = f"a problem {status} {field or ''} {text}"
    if not lib.check(seen == status and headers["Content-Type"] == "application/problem+json", what, reply):
        return {}
    told = json.loads(body)
    lib.check(told["status"] == status and told["detail"] and told["title"] and
              told["type"].startswith("urn:tidewaiter:problem:"), what, told)
    lib.check(field is None or told.get("field") == field, f"{what}: field", told)
    lib.check(text in told["detail"], f"{what}: text", told)
    return told


def same(reply, printed, form, what):
    lib.check(reply[0] == 200 and reply[1]["Content-Type"].startswith(form), what, reply)
    lib.equal(reply[2], printed.out, f"{what}: the bytes")


def options(query):
    return [word for name, value in query.items() for word in (f"--{name.replace('_', '-')}", value)]


def test_duty(server, program):
    for form, accept in (("json", "application/json"), ("csv", "text/csv"), ("ndjson", "application/x-ndjson")):
        for query in (SHIRT, {"hts": "7318.15.20", "origin": "DE", "on": "2025-07-01T00:01", "value": "10000",
                              "claim": "steel_value=4000", "ship_from": "NL"},
                      {"hts": "2933.39.92", "origin": "CN", "on": "2025-08-01", "value": "900",
                       "description": "4-piperidone hydrochloride", "weight": "25kg"}):
            printed = lib.run(program, "duty", *options(query), "--format", form, binary=True)
            same(server.get("/v1/duty", query, Accept=accept), printed, accept, f"duty as {accept}")
            same(server.get("/v1/duty", {**query, "format": form}), printed, accept, f"duty format={form}")
    lib.equal(server.get("/v1/duty", {**SHIRT, "format": "csv", "fields": "amount"})[2], b"91.26\n",
              "one field for a spreadsheet")
    lib.equal(server.get("/v1/duty", {**SHIRT, "format": "csv", "fields": "amount", "header": "yes"})[2],
              b"duty\n91.26\n", "with the header")
    lib.equal(json.loads(server.get("/v1/duty", {**SHIRT, "fields": "id,lane"})[2]),
              {"id": "1", "lane": "green"}, "members that are asked for")
    told = problem(server.get("/v1/duty", {**SHIRT, "value": "abc"}), 422, "value")
    lib.check(told.get("finding", {}).get("status") == "refused", "the refused finding", told)
    problem(server.get("/v1/duty", {**SHIRT, "hts": ""}), 400, "hts", "hts=6109.10.00.12")
    problem(server.get("/v1/duty", {"hts": "6109100012", "origin": "CN"}), 400, "on", "on=2025-05-02")
    problem(server.get("/v1/duty", {**SHIRT, "orgin": "CN"}), 400, "orgin", "did you mean origin?")
    problem(server.get("/v1/duty", {**SHIRT, "value": ["1", "2"]}), 400, "value", "twice")
    problem(server.get("/v1/duty", {**SHIRT, "entered": "2025-05-02"}), 400, "entered", "two names")
    problem(server.get("/v1/duty", {**SHIRT, "channel": "ship"}), 400, "channel", "express or postal")
    problem(server.get("/v1/duty", {**SHIRT, "no-screen": "maybe"}), 400, "no-screen", "yes or no")
    problem(server.get("/v1/duty", {**SHIRT, "fields": "lne"}), 400, "fields", "lane")
    problem(server.get("/v1/duty", {**SHIRT, "format": "xml"}), 400, "format", "json")
    problem(server.get("/v1/duty", {**SHIRT}, Accept="image/png"), 406, "Accept")
    problem(server.get("/v1/duty?hts=%ff&on=2025-05-02"), 400, "hts", "UTF-8")
    problem(server.get("/v1/duty?hts=6109%0012&on=2025-05-02"), 400)
    lib.equal(server.ask("HEAD", "/v1/duty", query=SHIRT)[::2], (200, b""), "HEAD")


def chunked(pieces):
    for piece in pieces:
        yield piece


def test_assess(server, program):
    csv, ndjson = LINES.encode(), NDJSON.encode()
    kinds = {"text/csv": csv, "application/x-ndjson": ndjson}
    for kind, given in kinds.items():
        for form in ("csv", "ndjson", "json"):
            printed = lib.run(program, "assess", "-", "--format", form, given=given, binary=True)
            usual = {"csv": "text/csv", "ndjson": "application/x-ndjson", "json": "application/json"}[form]
            for query, accept in (({"format": form}, "*/*"), ({}, usual)):
                same(server.ask("POST", "/v1/assess", given, {"Content-Type": kind, "Accept": accept}, query),
                     printed, usual, f"{kind} as {form}")
    lines = lib.run(program, "assess", "-", "--format", "ndjson", given=ndjson, binary=True)
    array = lib.run(program, "assess", "-", "--format", "json", given=ndjson, binary=True)
    for text in (json.dumps(OBJECTS), json.dumps(OBJECTS, indent=2), " \n" + json.dumps(OBJECTS) + "\r\n"):
        for headers in ({"Content-Type": "application/json"}, {}):
            same(server.ask("POST", "/v1/assess", text.encode(), headers), array, "application/json",
                 "an array of JSON")
    one = lib.run(program, "assess", "-", "--format", "ndjson", given=ndjson.splitlines(True)[0], binary=True)
    same(server.ask("POST", "/v1/assess", json.dumps(OBJECTS[0], indent=1).encode(),
                    {"Content-Type": "application/json"}), one, "application/json", "one object of JSON")
    same(server.ask("POST", "/v1/assess", gzip.compress(ndjson), {"Content-Type": "application/gzip"},
                    {"format": "ndjson"}), lines, "application/x-ndjson", "gzip")
    # Cut at every byte, and sent as it comes.
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    link.request("POST", "/v1/assess", body=chunked(bytes([byte]) for byte in json.dumps(OBJECTS).encode()),
                 headers={"Content-Type": "application/json"}, encode_chunked=True)
    lib.equal(link.getresponse().read(), array.out, "an array in pieces of one byte")
    link.close()
    printed = lib.run(program, "assess", "-", "--format", "csv", "--only-answers", "--set", "into=US", "--fields",
                      "id,duty", given=csv, binary=True)
    same(server.ask("POST", "/v1/assess", csv, {"Content-Type": "text/csv"},
                    {"only-answers": "yes", "set": "into=US", "fields": "id,duty"}), printed, "text/csv", "options")
    printed = lib.run(program, "assess", "-", "--format", "ndjson", "--titles", given=csv, binary=True)
    same(server.ask("POST", "/v1/assess", csv, {"Content-Type": "text/csv"}, {"format": "ndjson", "titles": "yes"}),
         printed, "application/x-ndjson", "titles")
    lib.check(b'"title":"Base duty"' in printed.out, "programs by their names")


def test_bad_bodies(server):
    def post(body, kind="application/json", **query):
        return server.ask("POST", "/v1/assess", body, {"Content-Type": kind}, query)
    problem(post(b""), 400, None, "empty")
    problem(post(b"[1]"), 400, None, "byte 2")
    problem(post(b'[{"a":1} {"a":1}]'), 400, None, "comma")
    problem(post(b'[{"hts":"1"}'), 400, None, "whole")
    problem(post(b'{"hts":"1'), 400, None, "whole")
    problem(post(b'[{"hts":"1"}]]'), 400, None, "follows")
    problem(post(b'[{"a":' + b"[" * 100000), 400, None, "deeper")
    problem(post(b'{"a":"line\nend"}'), 400, None, "control")
    problem(post(b"<xml/>", "application/xml"), 415, "Content-Type")
    problem(post(b"one two three\n4 5 6\n", "text/csv"), 422, None, "header row")
    problem(post(LINES.encode(), "text/csv", map="Nothing=hts"), 400, "map", "Nothing")
    problem(post(LINES.encode(), "text/csv", profile="/etc/passwd"), 400, "profile")
    status, _, body = post(b'{"id":"\xff\xfe","hts":"6109100012"}')
    lib.check(status == 200 and json.loads(body)["status"] == "refused", "bytes that are not UTF-8", body)
    status, _, body = post(LINES.encode() + b"x" * 3000000 + b"\nA4,6109100012,CN,2025-05-02,54,\n", "text/csv",
                           format="ndjson")
    told = [json.loads(line) for line in body.splitlines()]
    lib.check(status == 200 and len(told) == 5 and told[3]["status"] == "refused" and told[4]["status"] == "ok",
              "a line that is too long", body[-600:])


def test_scenarios(server, goods, root):
    """Each that is listed is taken; what it changes is another, what was before it the same."""
    names = [one["scenario"] for one in json.loads(server.get("/v1/scenarios")[2])["scenarios"]]
    lib.check("geneva-lapses" in names and len(names) == len(set(names)), "the scenarios", names)
    days = {"from": "2025-07-01", "until": "2025-09-01"}
    steps = [[step["duty"]["rate"] for step in json.loads(server.get("/v1/timeline", {**goods, **days, **other})[2])
              ["timelines"][0]["steps"]] for other in ({}, {"with": "geneva-lapses"})]
    lib.equal(steps, [["30%"], ["30%", "145%"]], "toys, where the truce lapses")
    problem(server.get("/v1/timeline", {**goods, "with": "/etc/passwd"}), 400, "with")
    own = pathlib.Path(root, "scenarios", "geneva-lapses.yaml").read_bytes()
    asked = {**goods, **days, "format": "csv"}

    def under(text, kind="application/yaml", **more):
        return server.ask("POST", "/v1/timeline/with", text, {"Content-Type": kind}, {**asked, **more})
    lib.equal(under(own)[2], server.get("/v1/timeline", {**asked, "with": "geneva-lapses"})[2], "a scenario of one's own")
    lib.equal(problem(under(b"scenario: x\ntitle: y\nchanges:\n  - nonsense: 1\n"), 422).get("line"), 4, "its line")
    problem(under(b"# long\n" * 50000), 422, None, "bytes")
    problem(under(own, with_="geneva-lapses"), 400)
    problem(under(own, **{"with": "geneva-lapses"}), 400, "with", "leave it out")
    problem(under(own, "text/csv"), 415, "Content-Type", "application/yaml")
    problem(under(b""), 400, None, "scenario")


def drawings(server, program):
    """The picture that the command line prints, and what is none; nothing in it that a page must not let in."""
    for smiles in ("O=C1CCNCC1", "C[C@@H](N)Cc1ccccc1", "C", "[Na+].[Cl-]", "C" * 200):
        made = server.get("/v1/drawing", {"smiles": smiles})
        same(made, lib.run(program, "substance", "--format", "svg", smiles, binary=True), "image/svg+xml", f"drawing of {smiles}")
        root = xml.etree.ElementTree.fromstring(made[2])
        lib.check(root.tag == "{http://www.w3.org/2000/svg}svg" and len(made[2]) < 200_000, "an SVG of bounded size", made)
        wrong = [one.tag for one in root.iter() if one.tag.split("}")[1] not in ("svg", "path", "ellipse", "text")]
        wrong += [name for one in root.iter() for name in one.attrib if name in ("style", "class") or name.startswith("on")]
        lib.check(not wrong and b"currentColor" in made[2] and b"#" not in made[2], f"plain shapes in one color: {smiles}", wrong)
    for smiles in ("C1CC", "not a structure", "C" * 201, "C" * 2001, "[Xx]", "C(C)(C)(C)(C)C", ".".join("C" * 21),
                   "CC |x|", "C(" * 900, "\u00e9"):
        problem(server.get("/v1/drawing", {"smiles": smiles}), 422, "smiles")
    problem(server.get("/v1/drawing"), 400, "smiles")
    lib.check(server.get("/v1/drawing", {"smiles": "*CC(*)c1ccccc1"})[0] == 200, "what a polymer repeats")
    # By name or number, the structure that the law has.
    named = lib.run(program, "substance", "--format", "svg", "437-38-7").out
    drawn = server.get("/v1/drawing", {"smiles": "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"})[2].decode()
    lib.check(named.count("<path") == drawn.count("<path") > 20, "fentanyl by its number", named)


def test_others(server, program, root):
    goods = {"hts": "9503.00.00.90", "origin": "CN", "value": "54"}
    days = {"from": "2025-01-01", "until": "2025-12-31"}
    for form in ("json", "csv", "ndjson", "svg"):
        printed = lib.run(program, "timeline", *options({**goods, **days}), "--format", form, binary=True)
        same(server.get("/v1/timeline", {**goods, **days, "format": form}), printed, "", f"timeline {form}")
    problem(server.get("/v1/timeline", {"hts": "1", "origin": "CN"}), 422, "hts")
    test_scenarios(server, goods, root)
    problem(server.get("/v1/timeline", {**goods, "from": "2025-05-01", "until": "2025-04-01"}), 400)
    ask = {"on": "2025-08-01", "from": "CN", "into": "US", "weight": "25kg"}
    printed = lib.run(program, "substance", "4-piperidone", *options(ask), "--format", "json", binary=True)
    same(server.get("/v1/substances", {"q": "4-piperidone", **ask}), printed, "application/json", "substance")
    if "this build draws no structures" in lib.run(program, "substance", "--format", "svg", "CC(C)=O").err:
        problem(server.get("/v1/drawing", {"smiles": "CC(C)=O"}), 501)
    else:
        drawings(server, program)
    problem(server.get("/v1/substances"), 400, "q")
    problem(server.get("/v1/substances", {"q": "x", "on": "soon"}), 400, "on", "a day")
    problem(server.get("/v1/substances", {"q": "no such thing at all"}), 404, "q")
    for form in ("json", "csv", "ndjson"):
        for words in ("cotton t-shirts", "6109.10", "9903.01.24", "6109100099", ""):
            printed = lib.run(program, "code", *([words] if words else []), "--on", "2025-06-01", "--origin", "CN",
                              "--format", form, binary=True)
            same(server.get("/v1/codes", {"q": words, "on": "2025-06-01", "origin": "CN", "format": form}), printed,
                 "", f"code {words} {form}")
    problem(server.get("/v1/codes", {"q": "123"}), 400, None, "3 digits")
    problem(server.get("/v1/codes", {"q": "shirt", "limit": "0"}), 400, "limit")
    problem(server.get("/v1/codes", {"q": "6109.10", "origin": "ZZ"}), 400, "origin")
    printed = lib.run(program, "law", "diff", "2025-04-09", "2025-04-10", "--format", "json", binary=True)
    same(server.get("/v1/law/diff", {"from": "2025-04-09", "until": "2025-04-10"}), printed, "application/json",
         "law diff")
    problem(server.get("/v1/law/diff", {"from": "2025-04-10", "until": "2025-04-09"}), 400)
    printed = lib.run(program, "law", "diff", "--announced", "2025-04-11", "--format", "json", binary=True)
    same(server.get("/v1/law/diff", {"announced": "2025-04-11"}), printed, "application/json", "law diff announced")
    lib.check(b'"effects":[' in printed.out, "what it comes to")
    problem(server.get("/v1/law/diff"), 400, "from", "announced")
    problem(server.get("/v1/law/diff", {"from": "2025-04-10", "announced": "2025-04-09"}), 400, "from")
    csv = LINES.encode()
    printed = lib.run(program, "assess", "-", "--columns", "--format", "json", given=csv, binary=True)
    same(server.ask("POST", "/v1/columns", csv, {"Content-Type": "text/csv"}), printed, "application/json", "columns")
    lib.equal([one.get("read_as") for one in json.loads(printed.out)["columns"]],
              ["id", "hts", "origin", "entered", "value", None], "what they are read as")
    act = json.loads(server.get("/v1/law/acts/EO-14257")[2])
    lib.check(act["id"] == "EO-14257" and act["title"] and act["url"].startswith("https"), "an act", act)
    problem(server.get("/v1/law/acts/EO-0"), 404, "id")
    acts = json.loads(server.get("/v1/law/acts", {"q": "reciprocal IEEPA"})[2])["acts"]
    lib.check(act in acts and all("reciprocal" in json.dumps(one).lower() for one in acts), "acts by words", acts)
    lib.check(len(json.loads(server.get("/v1/law/acts")[2])["acts"]) > len(acts), "all acts")
    for query in ({"on": "2025-05-02", "origin": "CN", "hts": "6109.10.00.12"}, {"on": "2026-08-01", "program": "us.*"}):
        printed = lib.run(program, "law", "list", *options(query), "--format", "json", binary=True)
        same(server.get("/v1/law/list", query), printed, "application/json", "law list")
    problem(server.get("/v1/law/list", {"kind": "nonsense"}), 400)
    for path, query in (("list", {}), ("diff", {"from": "2025-04-09"})):
        problem(server.get(f"/v1/law/{path}", {**query, "hts": ""}), 400, None, "not a code")
    problem(server.get("/v1/law/list", {"on": "soon"}), 400, "on", "a local time")
    for form in ("json", "csv", "ndjson"):
        printed = lib.run(program, "record", "news", "--format", form, binary=True)
        same(server.get("/v1/news", {"format": form}), printed, "", f"news {form}")
        printed = lib.run(program, "record", "events", "--since", "2025-02", "--until", "2025-03", "--actor", "CN",
                          "--format", form, binary=True)
        same(server.get("/v1/events", {"since": "2025-02", "until": "2025-03", "actor": "CN", "format": form}),
             printed, "", f"events {form}")
        printed = lib.run(program, "record", "series", "us_de_minimis_shipments", "--format", form, binary=True)
        same(server.get("/v1/series", {"name": "us_de_minimis_shipments", "format": form}), printed, "",
             f"series {form}")
    printed = lib.run(program, "record", "plot", "us_de_minimis_shipments", "--format", "svg", binary=True)
    same(server.get("/v1/series", {"name": "us_de_minimis_shipments", "format": "svg"}), printed, "image/svg+xml",
         "a picture")
    problem(server.get("/v1/events", {"since": "2025-13"}), 400, "since")
    problem(server.get("/v1/series", {"name": "us_de_minims_shipments"}), 400, None, "us_de_minimis_shipments")


def test_refund(server, program, root):
    entries = pathlib.Path(root, "examples", "entries.csv")
    given = entries.read_bytes()
    printed = lib.run(program, "refund", str(entries), "--as-of", "2026-05-18", "--format", "ndjson", binary=True)
    same(server.ask("POST", "/v1/refund", given, {"Content-Type": "text/csv"}, {"as-of": "2026-05-18"}), printed,
         "application/x-ndjson", "refund")
    problem(server.ask("POST", "/v1/refund", given, {"Content-Type": "text/csv"}, {"fact": "nonsense"}), 400)


def test_across(server, program):
    given = LINES.encode()
    for form in ("csv", "ndjson"):
        for words, query in ((("compare", "--with", "geneva-lapses"), {"with": "geneva-lapses"}),
                             (("compare", "--with", "geneva-lapses", "--lines"),
                              {"with": "geneva-lapses", "lines": "yes"}), (("patterns",), {})):
            printed = lib.run(program, *words, "-", "--format", form, given=given, binary=True)
            reply = server.ask("POST", f"/v1/{words[0]}", given, {"Content-Type": "text/csv"},
                               {**query, "format": form})
            same(reply, printed, "", f"{' '.join(words)} {form}")
    reply = server.ask("POST", "/v1/patterns", given + b"A4,6109100012,CN,soon,54,\n", {"Content-Type": "text/csv"})
    lib.equal(reply[1]["Tidewaiter-Refused"], "1", "lines that are not looked at")
    problem(server.ask("POST", "/v1/compare", given, {"Content-Type": "text/csv"}, {"with": "/etc/passwd"}), 400, "with",
            "with: there is no scenario \"/etc/passwd\"; choose one of china-125-stays, ")
    problem(server.ask("POST", "/v1/compare", given, {"Content-Type": "text/csv"}), 400, "with", "geneva-lapses")


def test_description(server):
    """Every route that is described is there, with every parameter, and no other."""
    told = json.loads(server.get("/v1/openapi.json")[2])
    lib.equal(told["openapi"], "3.1.0", "the version")
    for path, methods in told["paths"].items():
        for method, route in methods.items():
            names = [p["name"] for p in route["parameters"] if p["in"] == "query"]
            lib.equal(len(names), len(set(names)), f"{path}: parameters are named once")
            asked = {p["name"]: p["example"] for p in route["parameters"] if "example" in p and p["in"] == "query"}
            if method == "get" and "name" not in asked:
                status, headers, _ = server.get(path.replace("{id}", "EO-14257"), asked)
                lib.check(status == 200 and headers["Content-Type"].split(";")[0] in
                          route["responses"]["200"]["content"], f"{path} by its examples", status)
            problem(server.ask(method.upper(), path.replace("{id}", "x"), headers={"Content-Length": "0"},
                               query={"no-such-word": "1"}), 400, "no-such-word")
            for name in names:
                seen = server.ask(method.upper(), path.replace("{id}", "x"), headers={"Content-Length": "0"},
                                  query={name: "\x01"})
                lib.check(seen[0] in (400, 422) and json.loads(seen[2]).get("field") == name,
                          f"{path} knows {name}", seen)
            other = "DELETE" if method == "get" else "GET"
            reply = server.ask(other, path.replace("{id}", "x"))
            problem(reply, 405)
            lib.check(method.upper() in (reply[1]["Allow"] or ""), f"{path}: what is allowed", reply[1])


def test_manners(server):
    problem(server.get("/v1/dutty"), 404, None, "/v1/duty")
    headers = server.get("/v1/duty", SHIRT)[1]
    lib.check("default-src 'none'" in headers["Content-Security-Policy"] and
              headers["X-Content-Type-Options"] == "nosniff" and not headers["Set-Cookie"] and
              not headers["Access-Control-Allow-Origin"], "headers", dict(headers))
    health = json.loads(server.get("/healthz")[2])
    lib.check(health["status"] == "ok" and health["law"]["edition"], "health", health)
    metrics = server.get("/metrics")[2].decode()
    lib.check('tidewaiter_http_requests_total{route="/v1/duty",code="2xx"}' in metrics and
              "tidewaiter_http_connections " in metrics, "metrics", metrics)
    problem(server.ask("POST", "/healthz", b"x"), 405)
    lines = [json.loads(line) for line in list(server.log)]
    lib.check(any(line["path"] == "/v1/duty" and line["status"] == 200 and line["address"] == "127.0.0.1"
                  for line in lines), "the log", lines[:3])
    lib.check("6109" not in "".join(server.log) and "piperidone" not in "".join(server.log),
              "the log says nothing of what was asked")


def test_ill(server):
    """Those who send badly, or do not read, hold nobody up."""
    lib.check(b"200 OK" not in server.raw(b"\x00\x01\x02\r\n\r\n"), "no request")
    lib.check(b"200" in server.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")[:15],
              "a request by hand")
    lib.check(b"200" in server.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", close=True)[:15],
              "the other half of the connection is closed")
    big = server.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200000 + b"\r\n\r\n")
    lib.check(b" 431 " in big[:20] or not big or b" 413 " in big[:20], "a head that is too large", big[:100])
    long = server.raw(b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    lib.check(not long or b" 414 " in long[:20], "an address that is too long", long[:100])
    reply = server.raw(b"POST /v1/assess HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                       b"Content-Length: 99999999999\r\n\r\n")
    lib.check(b" 413 " in reply[:20], "a body that is too large, by its head", reply[:200])
    # Half a body, and gone.
    with server.socket() as link:
        link.sendall(b"POST /v1/assess HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 9999\r\n\r\n"
                     + LINES.encode())
    # Asks for much and reads nothing.
    lazy = server.socket()
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    rows = LINES + "".join(f"B{i},6109100012,CN,2025-05-02,54,\n" for i in range(20000))
    lazy.sendall((f"POST /v1/assess?format=ndjson HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                  f"Content-Length: {len(rows)}\r\n\r\n" + rows).encode())
    # A head that never ends, a byte now and then.
    slow = server.socket()
    slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
    crawl = server.socket()
    crawl.sendall(b"POST /v1/assess HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 9999\r\n\r\n")
    idle = [server.socket() for _ in range(1000)]
    lib.equal(server.get("/v1/duty", {**SHIRT, "format": "csv", "fields": "amount"})[2], b"91.26\n",
              "served beside a thousand that say nothing")
    began, closed = time.monotonic(), False
    while time.monotonic() - began < 12 and not closed:
        try:
            slow.sendall(b"X: y\r\n")
            time.sleep(0.3)
            closed = bool(select.select([slow], [], [], 0)[0]) and slow.recv(1000) in (b"",)
        except OSError:
            closed = True
    lib.check(closed, "a head that comes too slowly is not waited for")
    lib.check(server.is_alive(), "the server lives")
    for link in (lazy, slow, crawl, *idle):
        link.close()


def test_page(server, root):
    """The examples of docs/serve.md: a request, and what it is answered."""
    text = pathlib.Path(root, "docs", "serve.md").read_text(encoding="utf-8")
    found = [block.partition("```")[0] for block in text.split("```http\n")[1:]]
    for block in found:
        head, _, rest = block.partition("\n\n")
        first, *headers = head.splitlines()
        body, _, wanted = rest.partition("\n\n") if first.startswith("POST") else ("", "", rest)
        method, path = first.split(" ", 1)
        reply = server.ask(method, path, body.encode() or None, dict(line.split(": ") for line in headers))
        lib.equal(reply[2].decode(), wanted, f"docs/serve.md: {first}")
    lib.check(len(found) > 5, "docs/serve.md has examples")


def test_assets(server):
    """The page and its parts: from here, and small."""
    seen = 0
    for path in ("/", "/page.css", "/page.js"):
        status, headers, body = server.get(path)
        lib.check(status == 200 and "script-src 'self'" in headers["Content-Security-Policy"], f"{path}", headers)
        lib.check(not any(word in body for word in (b"http://", b"//cdn")), f"{path} names no other place")
        seen += len(gzip.compress(body))
    lib.check(seen < 100000, "the page is under 100 KB", seen)


def test_large(server, program):
    """More than any pipe holds, in and out; memory does not grow with it."""
    rows = "id,hts,origin,entered,value\n" + "".join(f"B{i},6109100012,CN,2025-05-02,{i % 900 + 1}\n"
                                                     for i in range(60000))
    printed = lib.run(program, "assess", "-", "--format", "csv", given=rows, binary=True)
    reply = server.ask("POST", "/v1/assess", rows.encode(), {"Content-Type": "text/csv"})
    same(reply, printed, "text/csv", "a large file")
    pieces = [rows[at:at + 90].encode() for at in range(0, len(rows), 90)]
    reply = server.ask("POST", "/v1/assess", chunked(pieces), {"Content-Type": "text/csv"})
    same(reply, printed, "text/csv", "a large file in small chunks")
    problem(server.ask("POST", "/v1/assess", chunked([rows.encode()] * 3), {"Content-Type": "text/csv"}), 413)


def stream(server, rows, hold, form="text/csv"):
    """Lines sent and answers read at once; with `hold` nothing is read until nothing can be sent. What
    was sent when the first answer came, or when it was held, and all that came."""
    head = (f"POST /v1/assess?stream=yes&format=ndjson HTTP/1.1\r\nHost: x\r\nContent-Type: {form}\r\n"
            f"Content-Length: {len(rows)}\r\n\r\n").encode()
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
    link.connect(("127.0.0.1", server.port))
    link.setblocking(False)
    given, at, came, then = head + rows, 0, [], 0
    while True:
        wants = [link] if at < len(given) else []
        read, write, _ = select.select([] if hold else [link], wants, [], 0.5 if hold else 30)
        if hold and not write:
            then, hold = at - len(head), False
            lib.check(0 < then < len(rows), "who reads nothing is held", then)
            lib.equal(server.get("/v1/duty", {**SHIRT, "format": "csv", "fields": "amount"})[2], b"91.26\n",
                      "others are served")
        elif write:
            at += link.send(given[at:at + 65536])
        if read:
            part = link.recv(1 << 20)
            if not part:
                break
            then = then or at - len(head)
            came.append(part)
    link.close()
    return then, b"".join(came)


def unchunked(reply):
    """The body of a chunked reply; None: it ends before its last chunk."""
    head = reply[:reply.find(b"\r\n\r\n")]
    lib.check(b"Transfer-Encoding: chunked" in head and b" 200 " in head, "the head of a stream", head)
    parts, at = [], len(head) + 4
    while (end := reply.find(b"\r\n", at)) >= 0:
        size = int(reply[at:end], 16)
        if not size:
            return b"".join(parts)
        parts.append(reply[end + 2:end + 2 + size])
        at = end + 4 + size
    return None


def held(server):
    """MB of memory that the server held at the most."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmHWM:"))


def test_stream(server, program):
    """Answers go out while lines come in, in order, whole; no faster than they are read."""
    rows = ("id,hts,origin,entered,value\n" +
            "".join(f"B{i},6109100012,CN,2025-05-02,{i % 900 + 1}\n" for i in range(20000))).encode()
    printed = lib.run(program, "assess", "-", "--format", "ndjson", given=rows, binary=True)
    for hold in (False, True):
        then, came = stream(server, rows, hold)
        lib.check(then < len(rows), "answers come before the last line is sent", then)
        lib.check(unchunked(came) == printed.out, f"a stream, hold={hold}", came[-300:])
    before = held(server)
    head, lines = rows.split(b"\n", 1)
    _, came = stream(server, head + b"\n" + 4 * lines, True)
    used = held(server) - before
    lib.check(used < len(came) >> 21 or "ASAN_OPTIONS" in os.environ, "the memory is bounded",
              f"{used} MB more for an answer of {len(came) >> 20} MB")
    bad = json.dumps(OBJECTS * 5000)[:-1] + ", oops]"
    lib.check(unchunked(stream(server, bad.encode(), False, "application/json")[1]) is None,
              "where the end is wrong the last chunk is not sent")
    problem(server.ask("POST", "/v1/assess", b"one two\n3 4\n", {"Content-Type": "text/csv"}, {"stream": "yes"}), 422)
    one = {"Content-Type": "application/json"}, {"stream": "yes"}
    status, _, body = server.ask("POST", "/v1/assess", json.dumps(OBJECTS[0]).encode(), *one)
    lib.check(status == 200 and json.loads(body)["id"] == "A1", "one object", body)
    status, _, body = server.ask("POST", "/v1/assess", json.dumps(OBJECTS).encode(), *one)
    lib.check(status == 200 and [told["id"] for told in json.loads(body)] == ["A1", "A2"], "an array", body)
    old = server.raw(b"POST /v1/assess?stream=yes HTTP/1.0\r\nContent-Type: text/csv\r\nContent-Length: 4\r\n\r\nid\n1")
    lib.check(b" 400 " in old[:20] and b'"field":"stream"' in old, "HTTP/1.0 has no chunks", old)


def test_workbook(server, program, folder):
    """A workbook is read as it is, and answered as CSV, or as it is asked for."""
    path = pathlib.Path(folder, "lines.xlsx")
    schemas = "http://schemas.openxmlformats.org"
    package, office = f"{schemas}/package/2006/relationships", f"{schemas}/officeDocument/2006/relationships"
    sheets = f"{schemas}/spreadsheetml/2006/main"
    cells = "".join(f'<row r="{r}">' + "".join(
        f'<c r="{"ABCDE"[c]}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(row)) + "</row>"
        for r, row in enumerate((("id", "hts", "origin", "entered", "value"),
                                 ("A1", "6109100012", "CN", "2025-05-02", "54")), 1))
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
                      'Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{sheets}" xmlns:r="{office}"><sheets><sheet name="Lines" '
                      'sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}"><Relationship Id="r1" '
                      f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        book.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{sheets}"><sheetData>{cells}</sheetData></worksheet>')
    printed = {form: lib.run(program, "assess", str(path), "--format", form, binary=True) for form in ("csv", "ndjson")}
    if "was built without" in lib.run(program, "assess", str(path)).err:
        return
    lib.check(printed["csv"].code == 0, "the program reads the workbook", printed["csv"].err)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for query, headers, form in (({}, {"Content-Type": kind}, "csv"), ({}, {}, "csv"),
                                 ({"format": "ndjson", "sheet": "Lines"}, {"Content-Type": kind}, "ndjson"),
                                 ({"stream": "yes"}, {"Content-Type": kind}, "csv")):
        same(server.ask("POST", "/v1/assess", path.read_bytes(), headers, query), printed[form], "", f"a workbook {query}")
    problem(server.ask("POST", "/v1/assess", path.read_bytes(), {"Content-Type": kind}, {"sheet": "Other"}), 400, None, "Lines")


def test_tls(program, folder):
    """HTTPS by a certificate and its key."""
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                           "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                           "-keyout", key, "-out", cert], capture_output=True, check=False)
    lib.equal(made.returncode, 0, "a certificate is made")
    wrong = lib.run(program, "serve", "--port", "0", "--tls-certificate", key, "--tls-key", cert)
    lib.check(wrong.code == 2 and "a pair, in PEM?" in wrong.err, "certificate and key are no pair", wrong.err)
    server = Server(program, "--tls-certificate", cert, "--tls-key", key)
    def ask(method, path, body=None):
        context = ssl.create_default_context(cafile=cert)
        link = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=30, context=context)
        link.request(method, path, body=body, headers={"Content-Type": "text/csv"} if body else {})
        reply = link.getresponse()
        told = reply.status, reply.headers, reply.read()
        link.close()
        return told
    lib.equal(ask("GET", "/v1/duty?format=csv&fields=amount&" + urllib.parse.urlencode(SHIRT))[2], b"91.26\n",
              "over TLS")
    printed = lib.run(program, "assess", "-", "--format", "csv", given=LINES.encode(), binary=True)
    same(ask("POST", "/v1/assess", LINES.encode()), printed, "text/csv", "lines over TLS")
    problem(ask("POST", "/v1/assess?stream=yes", LINES.encode()), 400, "stream", "TLS")
    lib.check(b"200 OK" not in server.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), "without TLS there is nothing")
    lib.equal(server.end(), 0, "the exit code")


def test_end(program):
    """What has begun is answered; nothing new is taken."""
    server = Server(program)
    link = server.socket()
    body = LINES.encode()
    link.sendall(b"POST /v1/assess?format=ndjson HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\n"
                 b"Content-Length: %d\r\n\r\n" % len(body) + body[:60])
    time.sleep(0.3)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    link.sendall(body[60:])
    lib.check(read_all(link).count(b'"schema":1') == 3, "a request that had begun is answered")
    link.close()
    lib.equal(server.process.wait(timeout=20), 0, "the exit code")


def test_sockets(program):
    """A socket of the service manager; origins that may ask; addresses that are none."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(8)
    os.dup2(listening.fileno(), 3, inheritable=True)
    server = Server(program, words=["sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" serve --cors https://a.example',
                                    program], fds=(3,))
    lib.equal(server.port, listening.getsockname()[1], "the socket that was handed over")
    status, headers, _ = server.ask("OPTIONS", "/v1/assess", headers={"Origin": "https://a.example"})
    lib.check(status == 204 and headers["Access-Control-Allow-Origin"] == "https://a.example" and
              "POST" in headers["Access-Control-Allow-Methods"], "a page of that origin may ask", dict(headers))
    lib.equal(server.end(signal.SIGINT), 0, "the exit code of an interrupt")
    for words, text in ((("--port", "x"), "from 0 to 65535"), (("--listen", "nowhere"), "not an address"),
                        (("8080",), "--port 8080"), (("--tls-key", "k"), "both")):
        done = lib.run(program, "serve", *words)
        lib.check(done.code == 2 and text in done.err, f"serve {words}", done.err)


def main():
    program, root = sys.argv[1:]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    refused = lib.run(program, "serve", "--port", "0", "--listen", "none")
    if "built without libmicrohttpd" in refused.err:
        lib.skip("the program was built without libmicrohttpd")
    server = Server(program, "--timeout", "2", "--max-body", "5000000")
    test_duty(server, program)
    test_assess(server, program)
    test_bad_bodies(server)
    with tempfile.TemporaryDirectory() as folder:
        test_workbook(server, program, folder)
    test_others(server, program, root)
    test_refund(server, program, root)
    test_across(server, program)
    test_description(server)
    test_manners(server)
    test_page(server, root)
    test_assets(server)
    test_large(server, program)
    test_stream(server, program)
    test_ill(server)
    lib.equal(server.end(), 0, "the exit code")
    test_end(program)
    test_sockets(program)
    with tempfile.TemporaryDirectory() as folder:
        test_tls(program, folder)
    sys.exit(lib.finish())


if __name__ == "__main__":
    main()
