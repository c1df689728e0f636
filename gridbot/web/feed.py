"""What other programs read back: one's own progress, answers of the bot, the export, figures for a screen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from aiohttp import web

from gridbot.models.acts import Act
from gridbot.models.cases import exporting, offered
from gridbot.models.cases.ledger import ticket as by_number
from gridbot.models.database import transaction
from gridbot.services import export
from gridbot.web import identity
from gridbot.web.api import authorised, refused, sentence
from gridbot.web.needs import NEEDS, WebApp


def _at(needs: WebApp, at: datetime | None) -> str | None:
    return at.astimezone(needs.world.zone).isoformat(timespec="seconds") if at is not None else None


def moment(request: web.Request, name: str) -> datetime | None:
    """A moment of the query with its offset; raises 400 for anything else."""
    text = request.query.get(name, "").replace(" ", "+")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise refused(web.HTTPBadRequest, sentence(request, "web.bad_moment"))
    return found


async def progress(request: web.Request) -> web.Response:
    """`GET /api/v1/progress?from=CONTACT`: how the matters of an account stand."""
    authorised(request)
    needs, contact = request.app[NEEDS], request.query.get("from", "")
    if not contact:
        raise refused(web.HTTPBadRequest, sentence(request, "web.no_sender"))
    found = await offered.own(needs.world.directory, contact)
    lines = [
        {
            **asdict(one),
            "opened_at": _at(needs, one.opened_at),
            "due_at": _at(needs, one.due_at),
            "promised_at": _at(needs, one.promised_at),
        }
        for one in found
    ]
    return web.json_response({"tickets": lines})


async def answers(request: web.Request) -> web.Response:
    """`GET /api/v1/messages?from=CONTACT[&after=ID]`: what the bot said to an account in private."""
    authorised(request)
    needs, contact = request.app[NEEDS], request.query.get("from", "")
    if not contact:
        raise refused(web.HTTPBadRequest, sentence(request, "web.no_sender"))
    chat, after = identity.chat_of(request), request.query.get("after", "")
    lines = [line for line in await chat.lines(chat.where(None, contact)) if line.sender == chat.account]
    at = next((n for n, line in enumerate(lines, 1) if line.id == after), 0)
    said = [
        {"id": line.id, "at": _at(needs, line.at), "text": line.text, "about": dict(line.about)}
        for line in lines[at:]
        if not line.gone
    ]
    return web.json_response({"messages": said})


async def tickets(request: web.Request) -> web.Response:
    """`GET /api/v1/tickets?after=NO&since=&until=&new=1`: the platform's columns, 500 at a time."""
    authorised(request)
    needs, query = request.app[NEEDS], request.query
    after = query.get("after", "0")
    if not after.isdecimal():
        raise refused(web.HTTPBadRequest, sentence(request, "web.bad_field"))
    platform, directory = export.load(), needs.world.directory
    found = await exporting.tickets(
        moment(request, "since"), moment(request, "until"), new="new" in query, after=int(after)
    )
    lines = [await exporting.line(directory, platform, each, needs.world.zone) for each in found]
    last = found[-1].no if found else int(after)
    return web.json_response({"tickets": lines, "after": last, "more": len(found) == exporting.CHUNK})


async def number(request: web.Request) -> web.Response:
    """`POST /api/v1/tickets/NO/number {"number"}`: the platform's number is kept, once."""
    authorised(request)
    needs = request.app[NEEDS]
    try:
        body = await request.json()
    except ValueError:
        raise refused(web.HTTPBadRequest, sentence(request, "web.no_json")) from None
    given = body.get("number") if isinstance(body, dict) else None
    if not isinstance(given, str) or not 0 < len(given) <= 60:
        raise refused(web.HTTPBadRequest, sentence(request, "web.bad_field"))
    async with transaction():
        ticket = await by_number(int(request.match_info["no"]))
        if ticket is None:
            raise refused(
                web.HTTPNotFound, sentence(request, "refuse.no_ticket", no=request.match_info["no"])
            )
        other = await exporting.having(given)
        if other is not None and other.no != ticket.no:
            raise refused(web.HTTPConflict, sentence(request, "export.taken", number=given, no=other.no))
        if ticket.exported_no != given:
            await exporting.numbered(Act("api", needs.clock.now()), ticket, given)
    return web.json_response({"no": ticket.no, "number": given})


async def figures(request: web.Request) -> web.Response:
    """`GET /api/v1/feed`: counts for a screen; nobody is in them."""
    authorised(request)
    needs = request.app[NEEDS]
    now = needs.clock.now()
    return web.json_response({"at": _at(needs, now), **await exporting.counts(now)})


async def villages(request: web.Request) -> web.Response:
    """`GET /api/v1/villages`: which villages and communities are connected."""
    authorised(request)
    found = await exporting.villages(request.app[NEEDS].world.directory)
    return web.json_response(
        {"villages": [{**asdict(village), "connected": village.connected} for village in found]}
    )
