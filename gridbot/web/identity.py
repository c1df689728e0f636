"""Who may be whom: in the demo anybody is anybody, else a signed cookie names the account."""

from __future__ import annotations

import secrets
from datetime import timedelta

from aiohttp import web

from gridbot.messages import Address
from gridbot.transports.webchat import WebChat
from gridbot.web.needs import NEEDS, WebApp
from gridbot.web.signing import Signer
from gridbot.web.visitors import Visitor, Visitors

COOKIE = "gridbot_chat"
LIVES = timedelta(days=180)

SIGNER: web.AppKey[Signer] = web.AppKey("signer", Signer)
VISITORS: web.AppKey[Visitors] = web.AppKey("visitors", Visitors)


def chat_of(request: web.Request) -> WebChat:
    """The web chat; raises 404 where it is switched off."""
    chat = request.app[NEEDS].chat
    if chat is None:
        raise web.HTTPNotFound(text="网页聊天没有开启。")
    return chat


def account(request: web.Request) -> str | None:
    """The contact this browser speaks as; None where nobody has signed in (or, in the demo, chosen)."""
    needs = request.app[NEEDS]
    if needs.demo:
        return request.query.get("contact") or request.query.get("as") or None
    cookie = request.cookies.get(COOKIE, "")
    contact = request.app[SIGNER].read(cookie, needs.clock.now(), LIVES) if cookie else None
    claimed = request.query.get("contact")
    return contact if claimed in (None, "", contact) else None


def required(request: web.Request) -> str:
    """The contact of this browser; raises 401."""
    contact = account(request)
    if not contact or len(contact) > 100:
        raise web.HTTPUnauthorized(text="请先用绑定码登录。")
    return contact


async def seat(request: web.Request) -> tuple[Address, Visitor]:
    """Where and as whom this browser wants to talk; raises 401, 403 or 404."""
    chat = chat_of(request)
    contact, visitors = required(request), request.app[VISITORS]
    visitor = await visitors.visitor(contact)
    room = request.query.get("room") or None
    if room is not None:
        group = visitors.group(room)
        if group is None:
            raise web.HTTPNotFound(text="没有这个群。")
        if not visitors.may_sit(await visitors.person(contact), group):
            raise web.HTTPForbidden(text="您不在这个群里。")
    return chat.where(room, contact), visitor


def new_contact() -> str:
    """An account id for somebody who has just bound himself."""
    return f"w{secrets.token_hex(8)}"


def over_tls(request: web.Request) -> bool:
    """Whether people reach us by https, be it through a proxy."""
    return request.secure or request.app[NEEDS].public_url.startswith("https:")


def remember(response: web.StreamResponse, request: web.Request, contact: str) -> None:
    """Give the browser its cookie."""
    needs: WebApp = request.app[NEEDS]
    response.set_cookie(
        COOKIE,
        request.app[SIGNER].sign(contact, needs.clock.now()),
        max_age=int(LIVES.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=over_tls(request),
        path="/chat",
    )
