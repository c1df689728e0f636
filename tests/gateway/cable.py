"""A TCP proxy that can go silent without closing anything, as a lost network does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Cable:
    """Carries bytes between whoever dials `endpoint` and a port of this machine."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._server: asyncio.Server | None = None
        self._ends: list[asyncio.StreamWriter] = []
        self._far_ends: list[asyncio.StreamWriter] = []
        self._carriers: list[asyncio.Task[None]] = []

    @property
    def endpoint(self) -> str:
        assert self._server is not None
        return f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def lay(self) -> None:
        """From now on it carries."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)

    def cut(self, *, far_end_is_told: bool) -> None:
        """What is connected now carries nothing any more; the near end never learns of it."""
        for carrier in self._carriers:
            carrier.cancel()
        self._carriers = []
        if far_end_is_told:
            for end in self._far_ends:
                end.transport.abort()

    async def remove(self) -> None:
        """Close everything."""
        assert self._server is not None
        self._server.close()
        for carrier in self._carriers:
            carrier.cancel()
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._carriers, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        except OSError:
            writer.close()
            return
        self._ends += [writer, far_writer]
        self._far_ends.append(far_writer)
        for source, target in ((reader, far_writer), (far_reader, writer)):
            self._carriers.append(asyncio.create_task(self._carry(source, target)))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await source.read(65536):
                target.write(piece)
                await target.drain()
        target.close()


@asynccontextmanager
async def cable_to(port: int) -> AsyncIterator[Cable]:
    """A cable that is removed with the block."""
    cable = Cable(port)
    await cable.lay()
    try:
        yield cable
    finally:
        await cable.remove()
