"""The Node process of the gateway. Loading it takes two seconds of a processor, so one serves many tests."""

from __future__ import annotations

import asyncio
import atexit
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
LIMIT = 64 * 1024 * 1024  # bytes of one line

_idle: list[Node] = []


class Node:
    """Several event loops may talk to it, one after the other."""

    def __init__(self) -> None:
        environment = {"PATH": os.environ["PATH"], "NODE_NO_WARNINGS": "1", "WECHATY_LOG": "silent"}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            ["node", "gateway.mjs"], cwd=HERE, env=environment, stdin=pipe, stdout=pipe
        )

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, asyncio.BaseTransport]:
        """Its output, its input, and what to close to stop reading; the pipes stay open for the next."""
        loop = asyncio.get_running_loop()
        process, output, unread = self.process, asyncio.StreamReader(LIMIT), asyncio.StreamReader()
        assert process.stdin is not None and process.stdout is not None
        reading, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(output), os.fdopen(os.dup(process.stdout.fileno()), "rb")
        )
        writing, protocol = await loop.connect_write_pipe(
            lambda: asyncio.StreamReaderProtocol(unread), os.fdopen(os.dup(process.stdin.fileno()), "wb")
        )
        return output, asyncio.StreamWriter(writing, protocol, None, loop), reading

    def end(self) -> None:
        """Kill it; may be called twice."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def take() -> Node:
    """One that waits for work, else a new one."""
    while _idle:
        node = _idle.pop()
        if node.process.poll() is None:
            return node
        node.end()
    return Node()


def give_back(node: Node) -> None:
    """It has nothing to do any more; the next test may have it."""
    _idle.append(node)


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()
