"""Starts the Node gateway of this directory as a process and talks to it by lines of JSON."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TOKEN = "test-token"
REPLY_S = 20


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
    """One running gateway. `events` is what it told on its own: ready, started, said, topic, …"""

    def __init__(self, suite: str, *, tls: bool = False, life_s: int = 120) -> None:
        self.suite, self.tls, self.port = suite, tls, 0
        self.events: list[Mapping[str, object]] = []
        self._life_s = life_s
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._told = asyncio.Condition()
        self._replies: asyncio.Queue[Mapping[str, object]] = asyncio.Queue()

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start (again, on the same port) and wait until it listens."""
        environment = {
            "PATH": os.environ["PATH"],
            "GATEWAY_LIFE_S": str(self._life_s),
            "GATEWAY_PORT": str(self.port),
            "GATEWAY_SUITE": self.suite,
            "GATEWAY_TLS": "1" if self.tls else "0",
            "GATEWAY_TOKEN": TOKEN,
            "NODE_NO_WARNINGS": "1",
            "WECHATY_LOG": "silent",
        }
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            "node", "gateway.mjs", cwd=HERE, env=environment, stdin=pipe, stdout=pipe, limit=64 * 1024 * 1024
        )
        self.events.clear()
        self._reader = asyncio.create_task(self._read(self._process))
        ready = await self.event("ready")
        self.port = int(str(ready["port"]))

    async def order(self, do: str, **fields: object) -> object:
        """Give an order and wait until it is done; returns its result."""
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write((json.dumps({"do": do, **fields}) + "\n").encode())
        await self._process.stdin.drain()
        async with asyncio.timeout(REPLY_S):
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
        """End it without warning."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """End it, whatever state it is in; may be called twice."""
        if self._process is not None and self._process.returncode is None:
            self.thaw()
        await self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """It keeps its connections and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it was."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(number)
        await self._process.wait()
        if self._reader is not None:
            await self._reader
        self._process = self._reader = None

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
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
