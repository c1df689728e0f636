"""A gateway in the Node process of this directory, talked to by lines of JSON."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from tests.gateway.process import HERE, Node, give_back, take

TOKEN = "test-token"
REPLY_S, BEGIN_S, END_S = 20, 60, 5


def need_node() -> None:
    """Skip the test, with the reason, where the gateway cannot run; on CI that is a failure."""
    lacks = ""
    if shutil.which("node") is None:
        lacks = "node is not installed"
    elif not (HERE / "node_modules" / "wechaty-puppet-service").is_dir():
        lacks = "run npm ci --ignore-scripts in tests/gateway first"
    if lacks and os.environ.get("GRIDBOT_REQUIRE_ALL") == "1":
        pytest.fail(lacks)
    if lacks:
        pytest.skip(lacks)


class Gateway:
    """One running gateway. `events` is what it told on its own: started, said, topic, …"""

    def __init__(self, suite: str, *, tls: bool = False) -> None:
        self.suite, self.tls, self.port = suite, tls, 0
        self.events: list[Mapping[str, object]] = []
        self._node: Node | None = None
        self._whole = True  # nothing was done to the process that the next test would notice
        self._reader: asyncio.Task[None] | None = None
        self._told = asyncio.Condition()
        self._replies: asyncio.Queue[Mapping[str, object]] = asyncio.Queue()

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start (again, on the same port) and wait until it listens."""
        self.events.clear()
        self._node, self._whole = take(), True
        output, self._input, self._reading = await self._node.connect()
        self._reader = asyncio.create_task(self._read(output))
        begun = {"suite": self.suite, "tls": self.tls, "port": self.port, "token": TOKEN}
        self.port = int(str(await self.order("begin", within_s=BEGIN_S, **begun)))

    async def order(self, do: str, *, within_s: float = REPLY_S, **fields: object) -> object:
        """Give an order and wait until it is done; returns its result."""
        self._input.write((json.dumps({"do": do, **fields}) + "\n").encode())
        await self._input.drain()
        async with asyncio.timeout(within_s):
            reply = await self._replies.get()
        assert reply.get("done") == do, reply
        return reply.get("result")

    async def event(self, name: str, **fields: object) -> Mapping[str, object]:
        """The first event of that name with these fields, waited for."""

        def found() -> Mapping[str, object] | None:
            wanted = {"event": name, **fields}
            return next((e for e in self.events if wanted.items() <= e.items()), None)

        async with asyncio.timeout(REPLY_S), self._told:
            await self._told.wait_for(lambda: found() is not None)
        event = found()
        assert event is not None
        return event

    async def said(self, n: int) -> Mapping[str, object]:
        """The n-th message of the bot since the gateway started, waited for."""

        def all_said() -> list[Mapping[str, object]]:
            return [event for event in self.events if event["event"] == "said"]

        async with asyncio.timeout(REPLY_S), self._told:
            await self._told.wait_for(lambda: len(all_said()) > n)
        return all_said()[n]

    def said_so_far(self) -> int:
        """How many messages of the bot there were."""
        return sum(event["event"] == "said" for event in self.events)

    async def kill(self) -> None:
        """End it without warning; may be called twice."""
        if self._node is not None:
            self._node.end()
            await self._disconnect()

    async def stop(self) -> None:
        """End it, whatever state it is in; the process stays for the next if nothing was done to it."""
        if self._node is None or not self._whole:
            await self.kill()
            return
        try:
            await self.order("end", within_s=END_S)
        except (AssertionError, OSError, TimeoutError):
            await self.kill()
            return
        give_back(self._node)
        await self._disconnect()

    def freeze(self) -> None:
        """It keeps its connections and answers nothing."""
        assert self._node is not None
        self._whole = False
        self._node.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it was."""
        assert self._node is not None
        self._node.process.send_signal(signal.SIGCONT)

    async def _disconnect(self) -> None:
        self._input.close()
        self._reading.close()
        if self._reader is not None:
            await self._reader
        self._node = self._reader = None

    async def _read(self, output: asyncio.StreamReader) -> None:
        async for line in output:
            told = json.loads(line)
            if "event" not in told:
                self._replies.put_nowait(told)
                continue
            async with self._told:
                self.events.append(told)
                self._told.notify_all()


@asynccontextmanager
async def running_gateway(suite: str, *, tls: bool = False) -> AsyncIterator[Gateway]:
    """A gateway that ends with the block."""
    need_node()
    gateway = Gateway(suite, tls=tls)
    try:
        await gateway.start()
        yield gateway
    finally:
        await gateway.stop()
