"""One open chat page: frames in, in order and many under way at once; frames out as they come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from aiohttp import WSCloseCode, WSMsgType, web

from gridbot.errors import TransportError
from gridbot.messages import Address, Attachment, Media
from gridbot.transports.webchat import Line, Said, TakenBack, WebChat, frames
from gridbot.web import guard, identity
from gridbot.web.needs import NEEDS
from gridbot.web.visitors import Visitor

UNDER_WAY = 64  # frames of one socket that may wait for the disk at once
BEHIND = 1_000  # frames a slow browser may be behind before it is let go
LARGEST_FRAME = 64 * 1024  # bytes

Sockets = set[web.WebSocketResponse]
SOCKETS: web.AppKey[Sockets] = web.AppKey("sockets")


async def chat_socket(request: web.Request) -> web.StreamResponse:
    """`/chat/ws?room=ID&contact=ID`; `history=1`: the last lines come first, then `{"history": "end"}`."""
    guard.from_here(request)
    where, visitor = await identity.seat(request)
    socket = web.WebSocketResponse(heartbeat=25, max_msg_size=LARGEST_FRAME, compress=False)
    await socket.prepare(request)
    request.app[SOCKETS].add(socket)
    try:
        await Page(request, socket, where, visitor).talk(history="history" in request.query)
    finally:
        request.app[SOCKETS].discard(socket)
    return socket


async def close_all(app: web.Application) -> None:
    """The program stops: tell every page, so that it comes back later."""
    open_now: Sockets = app[SOCKETS]
    for socket in open_now.copy():
        with suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(socket.close(code=WSCloseCode.GOING_AWAY), 1)


class Page:
    """One WebSocket in one conversation."""

    def __init__(
        self, request: web.Request, socket: web.WebSocketResponse, where: Address, visitor: Visitor
    ) -> None:
        self._request, self._socket, self._where, self._visitor = request, socket, where, visitor
        self._chat, self._visitors = identity.chat_of(request), request.app[identity.VISITORS]
        self._say: Callable[[str], str] = request.app[NEEDS].world.texts.say
        self._out: asyncio.Queue[str] = asyncio.Queue(BEHIND)
        self._under_way: set[asyncio.Task[None]] = set()

    async def talk(self, *, history: bool) -> None:
        """Serve the socket until it closes; what was taken in by then is stored all the same."""
        leave = self._chat.follow(self._where, self._show)
        writing = asyncio.create_task(self._write())
        try:
            if history:
                for line in await self._chat.lines(self._where):
                    self._show(await self._visitors.signed(line))
                self._put(frames.HISTORY_ENDS)
            await self._read()
        finally:
            leave()
            await asyncio.gather(*self._under_way, return_exceptions=True)
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    async def _read(self) -> None:
        room = asyncio.Semaphore(UNDER_WAY)
        async for message in self._socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            await room.acquire()
            task = asyncio.create_task(self._take(message.data))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            task.add_done_callback(lambda _: room.release())

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                await self._socket.send_str(await self._out.get())

    def _show(self, item: Line | TakenBack) -> None:
        self._put(frames.write(item))

    def _put(self, frame: str) -> None:
        try:
            self._out.put_nowait(frame)
        except asyncio.QueueFull:
            self._close()

    def _close(self) -> None:
        """Too slow: the browser comes back and asks for the last lines."""
        transport = self._request.transport
        if transport is not None:
            transport.abort()

    async def _take(self, data: str | bytes) -> None:
        try:
            frame = frames.read(data)
            if isinstance(frame, frames.Recall):
                await self._take_back(frame.id)
                return
            line, new = await self._chat.hear(said(self._chat, self._where, self._visitor, frame))
            if not new:
                self._show(line)
        except frames.BadFrame as bad:
            self._put(frames.error(self._say(bad.key), bad.frame_id))
        except TransportError:
            self._put(frames.error(self._say("web.not_stored"), frame.id))

    async def _take_back(self, line_id: str) -> None:
        if not await self._chat.take_back(self._where, self._visitor.contact, line_id):
            raise frames.BadFrame("web.no_recall", line_id)


def said(chat: WebChat, where: Address, visitor: Visitor, frame: frames.Spoken) -> Said:
    """What a browser's frame says; raises BadFrame for a picture that was not uploaded."""
    return Said(
        where=where, sender=visitor.contact, id=frame.id, text=frame.text, name=visitor.name,
        quote=frame.quote, mentions=frame.mentions, media=attachments(chat, frame),
    )  # fmt: skip


def attachments(chat: WebChat, frame: frames.Spoken) -> tuple[Attachment, ...]:
    found = []
    for word in frame.media:
        if frames.is_kind(word):
            found.append(Attachment(Media(word)))
        elif chat.pictures.get(word) is not None:
            found.append(Attachment(Media.IMAGE, word))
        else:
            raise frames.BadFrame("web.no_upload", frame.id)
    return tuple(found)
