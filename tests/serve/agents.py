#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`tidewaiter mcp`, message by message: the tools are the routes, their answers the program's.

    agents.py PROGRAM
"""
import json
import os
import subprocess
import sys

sys.path.append(sys.path[0] + "/..")
import lib  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
LINE = {"id": "A", "hts": "6109100012", "origin": "CN", "entered": "2025-05-02T00:01", "value": "54"}


def say(*messages):
    """The answers to messages, which are objects or lines as they are."""
    given = b"".join((message if isinstance(message, bytes) else json.dumps(message).encode()) + b"\n"
                     for message in messages)
    done = subprocess.run([PROGRAM, "mcp"], input=given, capture_output=True, timeout=60,
                          env=lib.environment())
    lib.equal((done.returncode, done.stderr), (0, b""), "ends well")
    return [json.loads(line) for line in done.stdout.splitlines()]


def asked(method, params=None, number=1):
    return {"jsonrpc": "2.0", "id": number, "method": method, **({"params": params} if params else {})}


def call(name, arguments):
    """(what the tool answers, whether it is an error)"""
    result = say(asked("tools/call", {"name": name, "arguments": arguments}))[0]["result"]
    lib.equal(json.loads(result["content"][0]["text"]), result["structuredContent"], f"{name}: text and object")
    return result["structuredContent"], result["isError"]


def printed(*words, given=None):
    return [json.loads(line) for line in lib.run(PROGRAM, *words, given=given).out.splitlines()]


def test_protocol():
    first, = say(asked("initialize", {"protocolVersion": "2025-03-26", "capabilities": {}}, "x"),
                 {"jsonrpc": "2.0", "method": "notifications/initialized"})
    lib.equal((first["id"], first["result"]["protocolVersion"]), ("x", "2025-03-26"), "the version that is asked for")
    lib.equal(say(asked("initialize", {"protocolVersion": "1"}))[0]["result"]["protocolVersion"], "2025-11-25",
              "else the newest")
    lib.equal(say(asked("ping", number=7.5)), [{"jsonrpc": "2.0", "id": 7.5, "result": {}}], "ping")
    for wrong, code in ((b"nonsense", -32700), (b"[]", -32700), (b'{"id":1,"method":"ping"', -32700),
                        (b'{"jsonrpc":"2.0","id":1}', -32600), (asked("tools/call", {"name": "none"}), -32602),
                        (asked("tools/call"), -32602), (asked("tools/call", {"name": "duty", "arguments": [1]}), -32602), (asked("tools/call", {"name": "x" * 500}), -32602),
                        (asked("resources/list"), -32601), (b'{"id":1,"method":"ping"} {}', -32700)):
        lib.equal(say(wrong)[0]["error"]["code"], code, repr(wrong)[:60])
    lib.equal(say(b"", b" ", b"\r", {"method": "x"}), [], "what is not to be answered")
    for more in (0, 1 << 20):
        big = b'{"id":1,"method":"ping","x":"' + b"x" * ((64 << 20) + more) + b'"}'
        lib.equal([answer.get("error", {}).get("code") for answer in say(big, asked("ping"))], [-32700, None],
                  "a message that is too long, and the next")


def once(pairs):
    """An object none of whose members is there twice."""
    lib.equal(len(dict(pairs)), len(pairs), f"members of {pairs}"[:80])
    return dict(pairs)


def test_tools():
    given = (json.dumps(asked("tools/list")) + "\n").encode()
    done = subprocess.run([PROGRAM, "mcp"], input=given, capture_output=True, timeout=60, env=lib.environment())
    json.loads(done.stdout, object_pairs_hook=once)
    tools = {tool["name"]: tool for tool in say(asked("tools/list"))[0]["result"]["tools"]}
    lib.equal(sorted(tools), sorted(["duty", "assess", "columns", "compare", "patterns", "timeline", "substances", "codes",
                                     "lawDiff", "lawList", "lawAct", "lawActs", "events", "series", "news",
                                     "scenarios", "refund"]), "the tools")
    for name, tool in tools.items():
        schema = tool["inputSchema"]
        lib.check(set(schema["required"]) <= set(schema["properties"]) and "format" not in schema["properties"],
                  f"{name}: what is needed is described")
    return tools


def test_answers():
    goods = {"hts": "6109.10.00.12", "origin": "CN", "on": "2025-05-02T00:01", "value": 54.10}
    words = ["duty", "--hts", "6109.10.00.12", "--origin", "CN", "--on", "2025-05-02T00:01", "--value", "54.10"]
    lib.equal(call("duty", goods), (printed(*words, "--format", "json")[0], False), "duty")
    lines = [LINE, dict(LINE, id="B", value=0.1), dict(LINE, id="C", hts="nonsense")]
    given = "".join(json.dumps(line) + "\n" for line in lines)
    lib.equal(call("assess", {"goods": lines}),
              ({"answers": printed("assess", "-", "--format", "ndjson", given=given)}, False), "assess")
    lib.equal(call("compare", {"goods": lines, "with": ["geneva-lapses"]})[0]["answers"],
              printed("compare", "-", "--with", "geneva-lapses", "--format", "ndjson", given=given), "compare")
    sent = printed("compare", "-", "--with", "geneva-lapses", "--lines", "--format", "ndjson", given=given)
    lib.equal(call("compare", {"goods": lines, "with": ["geneva-lapses"], "lines": True})[0]["answers"], sent,
              "compare, each line")
    told, _ = call("patterns", {"goods": lines + [dict(LINE, entered="soon")]})
    lib.equal(told["refused"], 1, "lines that are not looked at are told")
    answer, wrong = call("substances", {"q": "4-piperidone", "from": "CN", "into": "US"})
    lib.check(not wrong and "4-piperidone" in json.dumps(answer), "substances", answer)
    answer, wrong = call("lawAct", {"id": "EO-14257"})
    lib.equal((answer["id"], wrong), ("EO-14257", False), "an act")
    answer, wrong = call("codes", {"q": "cotton t-shirts"})
    lib.check(not wrong and answer, "codes", answer)


def test_refusals():
    for name, arguments, part in (
            ("duty", {"hts": "6109100012", "origin": "CN", "valu": 1}, "did you mean value"),
            ("duty", {"hts": "nonsense", "origin": "CN", "on": "2025-05-02", "value": "1"}, "digits"),
            ("duty", {"hts": "6109100012", "origin": "CN", "format": "csv"}, "an answer is JSON"),
            ("duty", {}, "is needed"), ("assess", {}, "goods is needed"), ("assess", {"goods": {}}, "an array"),
            ("assess", {"goods": [1]}, "a line of goods"), ("lawAct", {}, "id is needed"),
            ("lawAct", {"id": "none"}, "none"), ("lawAct", {"id": "x" * 400}, "id of an act"),
            ("duty", {"hts": ["6109100012", "6109100012"]}, "twice"), ("duty", {"hts": {}}, "write a text"),
            ("compare", {"goods": [LINE], "with": ["none"]}, "none"), ("refund", {"csv": 1}, "rows of CSV")):
        answer, wrong = call(name, arguments)
        lib.check(wrong and part in json.dumps(answer), f"{name} {arguments}"[:80], answer)


def test_one_line():
    """An answer of many lines is a message of one."""
    for name, arguments in (("events", {"since": "2026"}), ("series", {"name": "us_de_minimis_shipments"}), ("news", {}),
                            ("lawActs", {"q": "reciprocal"})):
        told, is_error = call(name, arguments)
        lib.check(not is_error and told, f"{name} is one message", told)


test_one_line()
test_protocol()
test_tools()
test_answers()
test_refusals()
sys.exit(lib.finish())
