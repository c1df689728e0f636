"""GeoReport v2 (Open311): services, requests, one request, and a report taken in; XML and JSON.

Anybody may read what is nobody's secret (no words, no room, no person); with the token the reporter's
words are there too. Taking in needs the token, as `api_key` or as a bearer token.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from xml.etree import ElementTree

from aiohttp import web

from gridbot.errors import TransportError
from gridbot.models.cases import offered
from gridbot.models.cases.offered import Public
from gridbot.profiles import Profile
from gridbot.transports.webchat import Said
from gridbot.web import identity
from gridbot.web.api import sentence
from gridbot.web.feed import moment
from gridbot.web.needs import NEEDS

Fields = Mapping[str, str | bool | None]

SPAN = timedelta(days=90)  # the most a search may span
LONGEST = 2000  # characters of a description
STATUSES = {"open": True, "closed": False}


async def services(request: web.Request) -> web.Response:
    """`services.FORMAT`: what may be reported."""
    profile = _profile(request)
    found = [_service(profile, category, sub) for category, sub in _codes(profile)]
    return _answer(request, "services", "service", found)


def _profile(request: web.Request) -> Profile:
    directory = request.app[NEEDS].world.directory
    return directory.profile(directory.top())


def _codes(profile: Profile) -> list[tuple[str, str]]:
    """Every kind of report as (category, sub); what is a service or nobody else's business is left out."""
    return [
        (category.id, sub)
        for category in profile.categories.values()
        if category.kind == "issue" and not category.sensitive
        for sub in ("", *category.subs)
    ]


def _service(profile: Profile, category: str, sub: str) -> Fields:
    known = profile.category(category)
    return {
        "service_code": f"{category}.{sub}" if sub else category,
        "service_name": known.subs.get(sub, known.zh),
        "description": f"{known.zh}：{known.subs[sub]}" if sub else known.zh,
        "metadata": False,
        "type": "realtime",
        "keywords": "",
        "group": known.zh,
    }


async def requests(request: web.Request) -> web.Response:
    """`requests.FORMAT`: by id, or of the last ninety days unless dates are given."""
    query, now = request.query, request.app[NEEDS].clock.now()
    numbers = [int(one) for one in query.get("service_request_id", "").split(",") if one.isdecimal()]
    if "service_request_id" in query and not numbers:
        return _fault(request, 404, "web.no_such_request")
    if numbers:
        found = await offered.requests(request.app[NEEDS].world.directory, numbers=numbers[:100])
        return _answer(request, "service_requests", "request", [_request(request, one) for one in found])
    until = moment(request, "end_date") or now
    since = moment(request, "start_date") or until - SPAN
    if until - since > SPAN:
        return _fault(request, 400, "web.span")
    status = query.get("status", "open,closed").split(",")
    if strange := set(status) - set(STATUSES):
        return _fault(request, 400, "web.bad_status", given=sorted(strange)[0])
    found = await offered.requests(
        request.app[NEEDS].world.directory,
        since=since,
        until=until,
        is_open=STATUSES[status[0]] if len(set(status)) == 1 else None,
        services=[code for code in query.get("service_code", "").split(",") if code],
    )
    return _answer(request, "service_requests", "request", [_request(request, one) for one in found])


async def one_request(request: web.Request) -> web.Response:
    """`requests/ID.FORMAT`."""
    no = int(request.match_info["no"])
    found = await offered.requests(request.app[NEEDS].world.directory, numbers=[no])
    if not found:
        return _fault(request, 404, "web.no_such_request")
    return _answer(request, "service_requests", "request", [_request(request, found[0])])


def _request(request: web.Request, one: Public) -> Fields:
    known = _trusted(request, request.query.get("api_key", ""))
    return {
        "service_request_id": str(one.no),
        "status": "open" if one.open else "closed",
        "status_notes": one.state_zh,
        "service_name": one.name,
        "service_code": one.service,
        "description": one.words if known else None,
        "agency_responsible": request.app[NEEDS].world.office.office,
        "service_notice": None,
        "requested_datetime": _at(request, one.opened_at),
        "updated_datetime": _at(request, one.updated_at),
        "expected_datetime": _at(request, one.expected_at),
        "address": f"{one.area}{one.place}",
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _at(request: web.Request, at: datetime | None) -> str | None:
    zone = request.app[NEEDS].world.zone
    return at.astimezone(zone).isoformat(timespec="seconds") if at is not None else None


async def report(request: web.Request) -> web.Response:
    """`POST requests.FORMAT`: taken in as a private report; a token answers for the number to come."""
    form = {name: str(value) for name, value in (await request.post()).items()}
    if not _trusted(request, form.get("api_key", "")):
        return _fault(request, 403, "web.no_key")
    profile, code = _profile(request), form.get("service_code", "")
    category, _, sub = code.partition(".")
    if (category, sub) not in _codes(profile):
        return _fault(request, 400 if not code else 404, "web.no_service")
    words = form.get("description", "").strip()[:LONGEST]
    place = form.get("address_string", "").strip()[:200]
    if not (words or place):
        return _fault(request, 400, "web.empty")
    contact = next((form[key] for key in ("account_id", "device_id", "phone", "email") if form.get(key)), "")
    sender = f"open311:{(contact or secrets.token_hex(8))[:80]}"
    name = profile.category(category).subs.get(sub, profile.category(category).zh)
    order = request.app[NEEDS].world.texts.say("web.report", name=name, place=place, words=words)
    token, chat = secrets.token_hex(12), identity.chat_of(request)
    try:
        await chat.hear(Said(where=chat.where(None, sender), sender=sender, id=token, text=order))
    except TransportError:
        return _fault(request, 503, "web.not_stored")
    made = {"token": f"{token}.{sender.encode().hex()}", "service_notice": None, "account_id": None}
    return _answer(request, "service_requests", "request", [made], status=201)


async def token(request: web.Request) -> web.Response:
    """`tokens/TOKEN.FORMAT`: the number of what was reported, as soon as it has one."""
    given = request.match_info["token"]
    message, _, who = given.partition(".")
    try:
        contact = bytes.fromhex(who).decode()
    except ValueError:
        return _fault(request, 404, "web.no_such_request")
    no = await offered.by_message(contact, message)
    if no is None:
        return _fault(request, 404, "web.no_number_yet")
    made = {"service_request_id": str(no), "token": given}
    return _answer(request, "service_requests", "request", [made])


def _trusted(request: web.Request, key: str) -> bool:
    """Whether the token was given, as `api_key` or as a bearer token."""
    wanted = request.app[NEEDS].token
    given = key or request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


def _fault(request: web.Request, status: int, key: str, **params: object) -> web.Response:
    error: Fields = {"code": str(status), "description": sentence(request, key, **params)}
    return _answer(request, "errors", "error", [error], status=status)


def _answer(
    request: web.Request, root: str, each: str, found: Sequence[Fields], *, status: int = 200
) -> web.Response:
    """A list in the format the address asks for."""
    if request.match_info["format"] == "json":
        text = json.dumps([dict(one) for one in found], ensure_ascii=False)
        return web.Response(text=text, status=status, content_type="application/json", charset="utf-8")
    top = ElementTree.Element(root)
    for one in found:
        line = ElementTree.SubElement(top, each)
        for name, value in one.items():
            text = str(value).lower() if isinstance(value, bool) else value or ""
            ElementTree.SubElement(line, name).text = text
    page = ElementTree.tostring(top, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return web.Response(text=head + page, status=status, content_type="text/xml", charset="utf-8")
