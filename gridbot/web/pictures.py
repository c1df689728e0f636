"""Pictures that belong to a ticket, for whoever may read it: fetched from the platform they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from gridbot.errors import TransportError
from gridbot.messages import Attachment, Media
from gridbot.models.cases.tickets import Ticket, TicketMessage
from gridbot.transports.webchat import sniff
from gridbot.web.chat import PICTURE_HEADERS
from gridbot.web.needs import NEEDS


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of a ticket: the addresses of its pictures, and how many files cannot be shown."""

    message: TicketMessage
    pictures: tuple[str, ...]
    others: int


def shown(ticket: Ticket, message: TicketMessage) -> Shown:
    """What the page of a ticket shows of one of its messages."""
    found = [
        f"/console/tickets/{ticket.no}/pictures/{message.id}/{at}"
        for at, kept in enumerate(message.media)
        if (one := Attachment.of(kept)).kind is Media.IMAGE and one.ref
    ]
    return Shown(message, tuple(found), len(message.media) - len(found))


async def fetched(
    request: web.Request, ticket: Ticket, messages: Sequence[TicketMessage]
) -> web.StreamResponse:
    """The bytes of one picture; raises HTTPNotFound where it is not kept any more."""
    wanted, at = int(request.match_info["message"]), int(request.match_info["at"])
    message = next((each for each in messages if each.id == wanted), None)
    transport = request.app[NEEDS].transports.get(ticket.transport)
    if message is None or at >= len(message.media) or transport is None:
        raise web.HTTPNotFound(text="没有这张图片。")
    try:
        content = await transport.fetch(Attachment.of(message.media[at]))
    except TransportError as error:
        raise web.HTTPNotFound(text="图片已不在了，请在聊天里看。") from error
    kind = sniff(content)
    if kind is None:
        raise web.HTTPNotFound(text="这不是图片。")
    return web.Response(body=content, content_type=kind, headers=PICTURE_HEADERS)
