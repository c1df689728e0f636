"""The console: read-only, for staff, within what their posts cover. Each look at a ticket is recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import wraps
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from gridbot.digests import Period, drawing_of, leads, running, span_of
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import LIVE, STATE_ZH, State
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.reckoning import overview
from gridbot.models.reckoning.overview import Wanted
from gridbot.models.territory import links
from gridbot.web import desk, identity, pictures, rendering
from gridbot.web.desk import Clerk
from gridbot.web.needs import NEEDS
from gridbot.web.words import MOVE_ZH, RESIDENT_ZH, URGENCY_ZH
from gridbot.world import World

VISITS_AHEAD = timedelta(days=7)
PERIODS = [("day", "日报"), ("week", "周报"), ("month", "月报"), ("quarter", "季报"), ("year", "年报")]
STATES = [("live", "在办"), ("overdue", "已超期")] + [
    (state.value, name) for state, name in STATE_ZH.items() if state is not State.CANDIDATE
]

Signed = Callable[[web.Request, Clerk], Awaitable[web.StreamResponse]]


def for_staff(handler: Signed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Let staff in who are signed in; others read how to sign in."""

    @wraps(handler)
    async def inner(request: web.Request) -> web.StreamResponse:
        clerk = await desk.clerk(request)
        if clerk is None:
            return rendering.page(request, "console_out.html", status=401, stale=False)
        return await handler(request, clerk)

    return inner


# --- in and out -------------------------------------------------------------------------------------------


async def arrive(request: web.Request) -> web.StreamResponse:
    """The one-time link: asks for one more tap, so that a chat app's preview does not use it up."""
    token = request.query.get("t", "")
    if not await links.good(token, request.app[NEEDS].clock.now()):
        return rendering.page(request, "console_out.html", status=403, stale=True)
    return rendering.page(request, "console_in.html", token=token)


async def sign_in(request: web.Request) -> web.StreamResponse:
    """Use the link up; the browser gets its session."""
    form = await request.post()
    session = await links.sign_in(str(form.get("t", "")), request.app[NEEDS].clock.now())
    if session is None:
        return rendering.page(request, "console_out.html", status=403, stale=True)
    response = web.HTTPSeeOther("/console")
    response.set_cookie(
        desk.COOKIE,
        session,
        max_age=int(links.SESSION_LIVES.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=identity.over_tls(request),
        path="/console",
    )
    raise response


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session."""
    await links.sign_out(request.cookies.get(desk.COOKIE, ""))
    response = web.HTTPSeeOther("/console")
    response.del_cookie(desk.COOKIE, path="/console")
    raise response


# --- pages ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in a list."""

    ticket: Ticket
    what: str
    state: str
    urgency: str
    grid: str
    holder: str
    late: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a ticket's history."""

    at: datetime
    what: str
    by: str
    note: str


@for_staff
async def today(request: web.Request, clerk: Clerk) -> web.StreamResponse:
    """Today's numbers, and what is most pressing."""
    needs = request.app[NEEDS]
    now = needs.clock.now()
    numbers = await overview.numbers(clerk.nodes, needs.world.midnight(now), now)
    pressing, _ = await overview.tickets(clerk.nodes, Wanted(state="live"), now, 1)
    rows = [_row(needs.world, ticket, now) for ticket in pressing[:8]]
    day = needs.world.local(now).date()
    return rendering.page(
        request, "console_today.html", clerk=clerk, numbers=numbers, rows=rows, day=day, at="today"
    )


@for_staff
async def tickets(request: web.Request, clerk: Clerk) -> web.StreamResponse:
    """Tickets with filters, thirty a page."""
    needs = request.app[NEEDS]
    world, now = needs.world, needs.clock.now()
    wanted = _wanted(request)
    page = _page(request)
    found, many = await overview.tickets(clerk.nodes, wanted, now, page)
    if request.query.get("format") == "json":
        rows = [_plainly(_row(world, one, now), world) for one in found]
        return web.json_response({"count": many, "page": page, "tickets": rows})
    pages = max(1, -(-many // overview.PAGE))
    grids = [(code, world.directory.nodes[code].name) for code in clerk.nodes if world.directory.at(code)]
    return rendering.page(
        request, "console_tickets.html", clerk=clerk, at="tickets", wanted=wanted, states=STATES,
        categories=_categories(world, clerk), grids=grids, many=many, number=page, pages=pages,
        rows=[_row(world, ticket, now) for ticket in found],
        since=request.query.get("since", "") if wanted.since else "",
        until=request.query.get("until", "") if wanted.until else "",
        before=_link(request, page - 1) if page > 1 else "",
        after=_link(request, page + 1) if page < pages else "",
    )  # fmt: skip


@for_staff
async def ticket(request: web.Request, clerk: Clerk) -> web.StreamResponse:
    """One ticket with its history and messages."""
    needs = request.app[NEEDS]
    world, now = needs.world, needs.clock.now()
    found = await ledger.ticket(int(request.match_info["no"]))
    if found is None or not clerk.may_read(world.directory, found):
        return rendering.page(request, "console_none.html", status=404, clerk=clerk, at="tickets")
    await overview.looked_at(clerk.staff, found.no, now)
    may_call = clerk.may_call(world.directory, found.grid)
    history = await ledger.history(found.no)
    names = await overview.resident_names({line.by for line in history} | {found.reporter})
    reporter = await overview.reporter(found.reporter, found.household) if may_call else None
    return rendering.page(
        request, "console_ticket.html", clerk=clerk, at="tickets", row=_row(world, found, now), ticket=found,
        reporter=reporter, may_call=may_call, supporters=len(await ledger.supporters(found.no)),
        departments=_departments(world, found),
        messages=[pictures.shown(found, each) for each in await ledger.messages(found.no)],
        steps=[_step(world, line, names, may_call) for line in history],
    )  # fmt: skip


@for_staff
async def picture(request: web.Request, clerk: Clerk) -> web.StreamResponse:
    """A picture of a ticket, for whoever may read the ticket."""
    found = await ledger.ticket(int(request.match_info["no"]))
    if found is None or not clerk.may_read(request.app[NEEDS].world.directory, found):
        raise web.HTTPNotFound(text="没有这张图片。")
    return await pictures.fetched(request, found, await ledger.messages(found.no))


@for_staff
async def visits(request: web.Request, clerk: Clerk) -> web.StreamResponse:
    """Visits owed today, before today, and within a week."""
    needs = request.app[NEEDS]
    day = needs.world.local(needs.clock.now()).date()
    lines = [
        line if clerk.may_call(needs.world.directory, line.node) else replace(line, head="")
        for line in await overview.visits(clerk.nodes, day + VISITS_AHEAD)
    ]
    names = {post.staff: post.name for post in needs.world.directory.posts}
    return rendering.page(
        request, "console_visits.html", clerk=clerk, at="visits", day=day, lines=lines, names=names
    )


@for_staff
async def reports(request: web.Request, clerk: Clerk) -> web.StreamResponse:
    """A digest of any period as it is drawn for the phone; for leaders."""
    needs = request.app[NEEDS]
    world, query = needs.world, request.query
    leading = leads(world, clerk.leading)
    if not leading:
        return rendering.page(request, "console_none.html", status=404, clerk=clerk, at="reports")
    now = needs.clock.now()
    today = world.local(now).date()
    named, asked = query.get("period", ""), _midnight(request, query.get("day", ""), 0)
    period = Period(named) if named in list(Period) else Period.DAY
    day = min(world.local(asked).date(), today) if asked else today
    span = running(world, period, now) if day == today else span_of(world, period, day, now)
    drawn = await drawing_of(world, leading, span, period)
    return rendering.page(
        request, "console_reports.html", clerk=clerk, at="reports", periods=PERIODS, period=period, day=day,
        drawn=Markup(drawn),  # the page's own template has escaped every name
    )  # fmt: skip


# --- what the pages show ----------------------------------------------------------------------------------


def _row(world: World, ticket: Ticket, now: datetime) -> Row:
    known = world.directory.profile(ticket.grid).categories.get(ticket.category)
    holder = world.directory.staff(ticket.assignee)
    node = world.directory.nodes.get(ticket.grid)
    state = State(ticket.state)
    return Row(
        ticket=ticket,
        what=known.subs.get(ticket.sub or "", known.zh) if known else ticket.category,
        state=STATE_ZH[state],
        urgency=URGENCY_ZH.get(ticket.urgency, ""),
        grid=node.name if node else ticket.grid,
        holder=holder.name if holder else "",
        late=state in LIVE and ticket.due_at is not None and ticket.due_at < now,
    )


def _plainly(row: Row, world: World) -> dict[str, object]:
    """A line of the list for programs: the facts of the list, no resident."""
    one = row.ticket

    def at(moment: datetime | None) -> str | None:
        return world.local(moment).isoformat() if moment else None

    return {
        "no": one.no, "kind": one.kind, "category": one.category, "sub": one.sub, "what": row.what,
        "state": one.state, "urgency": one.urgency, "grid": one.grid, "node": one.node, "holder": row.holder,
        "late": row.late, "opened_at": at(one.opened_at), "due_at": at(one.due_at),
        "resolved_at": at(one.resolved_at), "closed_at": at(one.closed_at),
    }  # fmt: skip


def _step(world: World, line: History, names: dict[str, str], may_call: bool) -> Step:
    post = world.directory.staff(line.by)
    if post is not None:
        by = post.name
    elif line.by == "bot":
        by = world.office.bot
    else:
        by = names.get(line.by, "") if may_call else ""
    note = "" if line.what == "open" else line.note  # there it names the rules that decided
    return Step(line.at, MOVE_ZH.get(line.what, line.what), by or RESIDENT_ZH, note)


def _departments(world: World, ticket: Ticket) -> list[str]:
    return [d.name for d in world.directory.departments if d.id in ticket.departments]


def _categories(world: World, clerk: Clerk) -> list[tuple[str, str]]:
    known = world.directory.profile(clerk.nodes[0] if clerk.nodes else "").categories
    return [(category.id, category.zh) for category in known.values()]


def _wanted(request: web.Request) -> Wanted:
    query = request.query
    return Wanted(
        state=query.get("state", ""),
        category=query.get("category", ""),
        grid=query.get("grid", ""),
        words=query.get("words", "").strip()[:50],
        since=_midnight(request, query.get("since", ""), 0),
        until=_midnight(request, query.get("until", ""), 1),
    )


def _midnight(request: web.Request, written: str, later: int) -> datetime | None:
    """The beginning of a day written as 2026-03-02, so many days later; None for anything else."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return request.app[NEEDS].world.calendar.at(day + timedelta(days=later), time())


def _page(request: web.Request) -> int:
    number = request.query.get("page", "1")
    return min(max(1, int(number)), 100_000) if number.isascii() and number.isdecimal() else 1


def _link(request: web.Request, page: int) -> str:
    query = {name: value for name, value in request.query.items() if name != "page" and value}
    return f"/console/tickets?{urlencode({**query, 'page': page})}"
