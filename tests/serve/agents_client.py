#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`tidewaiter mcp` asked by the client of those who made the protocol; started by make check-mcp.

    agents_client.py PROGRAM
"""
import asyncio
import os
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

sys.path.append(sys.path[0] + "/..")
from lib import check, equal, finish  # noqa: E402


async def main():
    server = StdioServerParameters(command=os.path.abspath(sys.argv[1]), args=["mcp"])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        begun = await session.initialize()
        name = getattr(begun, "serverInfo", None) or begun.server_info
        equal(name.name, "tidewaiter", "whom it speaks with")
        tools = {tool.name for tool in (await session.list_tools()).tools}
        check({"duty", "assess", "timeline", "substances", "codes", "lawDiff", "events"} <= tools, "tools", tools)
        done = await session.call_tool("duty", {"hts": "6109.10.00.12", "origin": "CN", "value": "54",
                                                "on": "2025-05-02T00:01"})
        found = done.model_dump(by_alias=True)
        equal((found["isError"], found["structuredContent"]["duty"]["amount"]), (False, "91.26"), "an answer")
        done = await session.call_tool("duty", {"hts": "6109.10.00.12", "origin": "CN", "value": "-1", "on": "today"})
        check(done.model_dump(by_alias=True)["isError"], "what is refused is an error", done)
        await session.send_ping()


asyncio.run(main())
sys.exit(finish())
