"""The chat page and what it asks for besides the WebSocket."""

from __future__ import annotations

from aiohttp import web

from gridbot.errors import Refusal
from gridbot.models import acts
from gridbot.models.database import transaction
from gridbot.models.territory import binding
from gridbot.transports.webchat import pictures
from gridbot.web import identity, personas, rendering
from gridbot.web.needs import NEEDS, WebApp
from gridbot.web.visitors import Visitor

PICTURE_HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


async def page(request: web.Request) -> web.Response:
    """The chat; who has not signed in gets the page that asks for a binding code."""
    identity.chat_of(request)
    needs = request.app[NEEDS]
    if not needs.demo and identity.account(request) is None:
        return rendering.page(request, "chat_in.html", wrong=False)
    return rendering.page(request, "chat.html")


async def sign_in(request: web.Request) -> web.Response:
    """A binding code, typed once, ties this browser to a post or a household."""
    needs = request.app[NEEDS]
    form = await request.post()
    code = str(form.get("code", "")).strip()
    contact = identity.new_contact()
    if needs.demo or not await _bound(contact, code, needs):
        return rendering.page(request, "chat_in.html", status=403, wrong=True)
    needs.world.org_changed = True
    needs.wake()
    response = web.HTTPSeeOther("/chat")
    identity.remember(response, request, contact)
    raise response


async def _bound(contact: str, code: str, needs: WebApp) -> bool:
    """Use the code up for this account; False for a wrong one."""
    now = needs.clock.now()
    try:
        async with transaction():
            bound = await binding.bind(contact, code, now=now)
            await acts.record(bound.staff or contact, now, "bind", bound.staff or bound.household)
    except Refusal:
        return False
    return True


async def me(request: web.Request) -> web.Response:
    """Who this page speaks as, and the conversations in its list."""
    contact = identity.required(request)
    visitor = await request.app[identity.VISITORS].visitor(contact)
    return web.json_response(_profile(request, visitor))


async def people(request: web.Request) -> web.Response:
    """The demo's cast: three to begin with, then everybody. Closed outside the demo."""
    needs = request.app[NEEDS]
    if not needs.demo:
        raise web.HTTPNotFound(text="没有这个页面。")
    cast = await personas.cast(needs.world, request.app[identity.VISITORS])
    return web.json_response(
        {
            "suggested": [_persona(one) for one in cast.suggested],
            "everybody": [_persona(one) for one in cast.everybody],
        }
    )


async def upload(request: web.Request) -> web.Response:
    """Keep a picture (at most 5 MB) and tell its id."""
    identity.required(request)
    chat = identity.chat_of(request)
    say = request.app[NEEDS].world.texts.say
    if (request.content_length or 0) > pictures.LARGEST:
        raise web.HTTPRequestEntityTooLarge(pictures.LARGEST, request.content_length or 0)
    content = await request.read()
    if len(content) > pictures.LARGEST:
        raise web.HTTPRequestEntityTooLarge(pictures.LARGEST, len(content))
    if pictures.sniff(content) is None:
        return web.json_response({"error": say("web.no_picture")}, status=415)
    ref = chat.pictures.put(content)
    return web.json_response({"id": ref, "url": f"/chat/media/{ref}"}, status=201)


async def media(request: web.Request) -> web.Response:
    """A picture or a file by its id."""
    chat = identity.chat_of(request)
    if not request.app[NEEDS].demo:
        identity.required(request)
    content = chat.pictures.get(request.match_info["ref"])
    if content is None:
        raise web.HTTPNotFound(text="图片已不在了。")
    kind = pictures.sniff(content)
    headers = dict(PICTURE_HEADERS)
    if kind is None:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=content, content_type=kind or "application/octet-stream", headers=headers)


def _profile(request: web.Request, visitor: Visitor) -> dict[str, object]:
    needs, chat = request.app[NEEDS], identity.chat_of(request)
    return {
        "contact": visitor.contact,
        "name": visitor.name,
        "about": visitor.about,
        "kind": visitor.kind,
        "demo": needs.demo,
        "bot": {"contact": chat.account, "name": chat.bot_name},
        "office": needs.world.office.office,
        "groups": [
            {"room": seat.room, "name": seat.name, "about": seat.about, "residents": seat.residents}
            for seat in visitor.seats
        ],
    }


def _persona(one: personas.Persona) -> dict[str, str]:
    return {
        "contact": one.contact,
        "name": one.name,
        "about": one.about,
        "kind": one.kind,
        "room": one.room,
    }
