"""A load of requests at a fixed rate, made by a process of its own: `python benchmarks/scraping.py < plan > found`.

The plan (JSON on standard input) is `port`, `rate` (requests a second) and `addresses`, a list of `[path, tag]` in
their order; a request with a tag says `If-None-Match`. Each is sent when its time has come, whether those before were
answered or not, so a slow server gets no rest. Printed as JSON: how often each status was answered (`"none"`: no
answer), and the seconds from each request's time to the end of its answer.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

PATIENCE = 60.0
"""Seconds after which a request counts as not answered."""


@dataclass
class Load:
    """What is asked of which server, and what came of it."""

    port: int
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def ask(self, path: str, tag: str, due: float) -> None:
        """Send one request and note its answer."""
        try:
            status = await asyncio.wait_for(self.exchange(path, tag), PATIENCE)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, ValueError):
            status = "none"
        self.statuses[status] += 1
        self.seconds.append(perf_counter() - due)

    async def exchange(self, path: str, tag: str) -> str:
        """The status of the answer to one request, on a connection that is kept for the next."""
        if self.free:
            reader, writer = self.free.pop()
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        condition = f"If-None-Match: {tag}\r\n" if tag else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{condition}\r\n".encode())
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _colon, value in (one.partition(":") for one in lines)
        }
        status = first.split()[1]
        if status != "304":
            body = await reader.readexactly(int(headers["content-length"]))
            assert body or status != "200", path
        if headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self.free.append((reader, writer))
        return status


async def run(port: int, rate: float, addresses: list[list[str]]) -> Load:
    """Send every request in its time."""
    load, running, start = Load(port), [], perf_counter()
    for number, (path, tag) in enumerate(addresses):
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - perf_counter()))
        running.append(asyncio.create_task(load.ask(path, tag, due)))
    await asyncio.gather(*running)
    return load


if __name__ == "__main__":
    plan = json.load(sys.stdin)
    made = asyncio.run(run(plan["port"], plan["rate"], plan["addresses"]))
    json.dump({"statuses": made.statuses, "seconds": made.seconds}, sys.stdout)
