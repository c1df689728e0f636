"""The HTTP interface for other programs: messages in, with a bearer token."""

from __future__ import annotations

import hmac
import json

from aiohttp import web

from gridbot.errors import TransportError
from gridbot.transports.webchat import Said, frames
from gridbot.web import identity, openapi
from gridbot.web.needs import NEEDS
from gridbot.web.sockets import attachments

LARGEST = 64 * 1024  # bytes


async def post_message(request: web.Request) -> web.Response:
    """Take in one message as if it had been written in the web chat; 202 once it is durable."""
    authorised(request)
    say = request.app[NEEDS].world.texts.say
    chat = identity.chat_of(request)
    try:
        frame = await _frame(request)
        said = await _said(request, frame)
        await chat.hear(said)
    except frames.BadFrame as bad:
        return web.json_response({"error": say(bad.key)}, status=400)
    except TransportError:
        return web.json_response({"error": say("web.not_stored")}, status=503)
    return web.json_response({"id": frame.id, "stored": True}, status=202)


async def description(request: web.Request) -> web.Response:
    """`/api/openapi.json`."""
    return web.json_response(openapi.document(request.app[NEEDS].public_url))


async def _frame(request: web.Request) -> frames.Spoken:
    if (request.content_length or 0) > LARGEST:
        raise frames.BadFrame("web.too_long")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError) as error:
        raise frames.BadFrame("web.no_json") from error
    if not isinstance(body, dict):
        raise frames.BadFrame("web.no_object")
    return frames.spoken(body)


async def _said(request: web.Request, frame: frames.Spoken) -> Said:
    chat, visitors = identity.chat_of(request), request.app[identity.VISITORS]
    if not frame.sender or frame.sender == chat.account:
        raise frames.BadFrame("web.no_sender")
    if frame.room is not None and visitors.group(frame.room) is None:
        raise frames.BadFrame("web.no_room")
    visitor = await visitors.visitor(frame.sender)
    return Said(
        where=chat.where(frame.room, frame.sender), sender=frame.sender, id=frame.id, text=frame.text,
        name=frame.name or visitor.name, at=frame.at, quote=frame.quote, mentions=frame.mentions,
        media=attachments(chat, frame),
    )  # fmt: skip


def authorised(request: web.Request) -> None:
    """Raise 403 where no token is set (the interface is closed), 401 for a wrong one."""
    token = request.app[NEEDS].token
    if not token:
        raise refused(web.HTTPForbidden, "接口没有开放：请在设置中写 web.token。")
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise refused(web.HTTPUnauthorized, "令牌不对：请带上 Authorization: Bearer 令牌。")


def sentence(request: web.Request, key: str, **params: object) -> str:
    """A sentence of texts/zh.toml."""
    return request.app[NEEDS].world.texts.say(key, **params)


def refused(kind: type[web.HTTPException], sentence: str) -> web.HTTPException:
    """An error as the interface tells it."""
    body = json.dumps({"error": sentence}, ensure_ascii=False)
    return kind(text=body, content_type="application/json")
