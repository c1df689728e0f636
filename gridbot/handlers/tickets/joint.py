"""大事全网联办: one leads, others support, each with his own state; done when all have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, departments, hazard, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.cases import casework, routing, teamwork
from gridbot.models.cases.parties import Party
from gridbot.models.cases.teamwork import LEAD, SUPPORT
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.directory import Department
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

routes = Routes()

ROLES = {"牵头": LEAD, "主办": LEAD, "协办": SUPPORT, "配合": SUPPORT}
SIGNS = str.maketrans({"、": " ", "，": " ", ",": " ", "：": " ", ":": " ", "；": " ", ";": " "})


@dataclass(frozen=True, slots=True)
class Member:
    """A department or a colleague, as what he takes part."""

    role: str
    department: Department | None = None
    post: Post | None = None

    @property
    def id(self) -> str:
        return self.department.id if self.department else self.post.staff if self.post else ""

    @property
    def name(self) -> str:
        return self.department.name if self.department else self.post.name if self.post else ""


@routes.on("joint")
async def joint(turn: Turn) -> Sequence[Say]:
    """联办 1024 牵头 供电所 协办 物业 周主任: without a word for it the first one leads."""
    ticket = await chosen.ticket(turn)
    turn.require(ticket.grid)
    members = _members(turn, ticket)
    if not any(each.role == LEAD for each in members):
        raise Refusal("joint.how", no=ticket.no)
    return await begun(turn, ticket, members)


def _members(turn: Turn, ticket: Ticket) -> list[Member]:
    role, found = LEAD, dict[str, Member]()
    for word in turn.rest.translate(SIGNS).split():
        marked = next((mark for mark in ROLES if word.startswith(mark)), "")
        role = ROLES.get(marked, role)
        if name := word.removeprefix(marked):
            member = _member(turn, ticket, name, role)
            found.setdefault(member.id, member)
            role = SUPPORT
    return list(found.values())


def _member(turn: Turn, ticket: Ticket, name: str, role: str) -> Member:
    """A colleague of that name, else a department, else whoever has that office: 派出所 is the body."""
    directory = turn.world.directory
    post = _colleague(turn, ticket, name)
    if post is None and departments.like(turn, name, ticket.grid) is None:
        post = routing.holder(directory, ticket.grid, name)
    if post is not None:
        return Member(role, post=post)
    return Member(role, department=departments.found(turn, ticket, name))


def _colleague(turn: Turn, ticket: Ticket, name: str) -> Post | None:
    directory = turn.world.directory
    same = [post for post in directory.posts if name in (post.name, post.staff)]
    near = [post for post in same if directory.inside(ticket.grid, post.node)] or same
    return near[0] if near else None


async def begun(turn: Turn, ticket: Ticket, members: Sequence[Member]) -> list[Say]:
    """Call all of them, departments once the desk has said 报告 where it has to; the grid goes on answering
    to the resident and hears how it goes."""
    lead = next(each for each in members if each.role == LEAD)
    note = "；".join(f"{turn.texts.say(f'joint.as_{each.role}')}{each.name}" for each in members)
    bodies = {each.id: (each.department, each.role) for each in members if each.department}
    desk = departments.confirming(turn, ticket) if bodies else None
    given = list(dict.fromkeys([*ticket.departments, *bodies])) if desk is None else ticket.departments
    stage = hazard.stage(ticket, hazard.SENT) if desk is None else {}
    await casework.move(
        ticket, "joint", turn.act, note, lead=lead.id, scale="big", departments=given, **stage
    )
    says: list[Say] = []
    for each in members:
        if each.post is not None:
            says += await _colleague_called(turn, ticket, each.post, each.role)
        elif each.department is not None and desk is None:
            says += await departments.called(turn, ticket, each.department, each.role)
    if desk is None:
        answer = turn.reply("joint.begun", no=ticket.no, members=note)
        return [answer, *says, *told.reporter(turn, ticket, "joint.resident", name=_publicly(turn, lead))]
    name = departments.desk_name(turn, desk)
    answer = turn.reply("joint.waits", no=ticket.no, members=note, desk=name)
    return [answer, *says, *await departments.asked(turn, ticket, bodies, desk)]


def _publicly(turn: Turn, lead: Member) -> str:
    """How a resident reads who leads: a department's name, a colleague's office."""
    return lead.department.name if lead.department else lead.post.role if lead.post else ""


async def _colleague_called(turn: Turn, ticket: Ticket, post: Post, role: str) -> list[Say]:
    by = ticket.due_at
    await teamwork.call(turn.act, ticket, post.staff, role, department=False, due_at=by)
    return told.staff(
        turn,
        ticket,
        post.staff,
        "joint.card",
        what=cards.danger_called(turn, ticket),
        role=turn.texts.say(f"joint.as_{role}"),
        place=ticket.place or turn.texts.say("places.unknown"),
        text=cards.masked(ticket.summary),
        by=turn.when(by) if by else "",
        name=told.name(turn),
    )


async def by_route(turn: Turn, ticket: Ticket) -> list[Say]:
    """A big matter that somebody has taken: whoever its route names is called, where there is such a one."""
    if ticket.scale != "big" or ticket.lead:
        return []
    route = routing.named(turn.world.directory.profile(ticket.grid), ticket.route)
    if route is None or not route.lead:
        return []
    found = [(LEAD, departments.like(turn, route.lead, ticket.grid))]
    found += [(SUPPORT, departments.like(turn, word, ticket.grid)) for word in route.support]
    members = {each.id: Member(role, each) for role, each in reversed(found) if each is not None}
    if not any(each.role == LEAD for each in members.values()):
        return []
    return await begun(turn, ticket, list(reversed(members.values())))


async def part_done(turn: Turn, ticket: Ticket, part: Party, result: str) -> tuple[list[Say], str | None]:
    """One part is done. Returns what to say, and the result for the resident once nobody is missing."""
    await teamwork.mark(
        turn.act, part, teamwork.DONE, done_at=turn.now, words=result, came_at=part.came_at or turn.now
    )
    await board.cancel(f"party:{part.id}", "check_in")
    all_parts = await teamwork.of(ticket.no, LEAD, SUPPORT)
    missing = [each for each in all_parts if each.state in _open(ticket)]
    if not missing:
        return [], _whole(turn, all_parts, result)
    await casework.move(ticket, "part", turn.act, result)
    names = names_of(turn, missing)
    says = [turn.reply("joint.part_done", no=ticket.no, names=names)]
    news = {"name": told.name(turn), "result": result, "names": names}
    for staff in dict.fromkeys((ticket.assignee, ticket.lead, part.by)):
        says += told.staff(turn, ticket, staff, "joint.part_told", **news)
    return says, None


async def given_back(turn: Turn, ticket: Ticket) -> tuple[list[Say], str | None] | None:
    """退回 of a supporting department: the others go on. Returns what `part_done` returns.

    None where it is no joint task, the speaker leads it, or the lead has nothing to end it with.
    """
    part = await teamwork.part_of(ticket.no, turn.person.department)
    if not ticket.lead or part is None or part.role != SUPPORT or not turn.rest.strip():
        return None
    await teamwork.mark(turn.act, part, teamwork.RETURNED, done_at=turn.now, words=turn.rest)
    await board.cancel(f"party:{part.id}", "check_in")
    left = [each for each in ticket.departments if each != turn.person.department]
    await casework.move(ticket, "part", turn.act, turn.rest, departments=left, returns=ticket.returns + 1)
    all_parts = await teamwork.of(ticket.no, LEAD, SUPPORT)
    missing = [each for each in all_parts if each.state in _open(ticket)]
    says = [turn.reply("joint.returned", no=ticket.no)]
    done = next((each.words for each in all_parts if each.role == LEAD and each.words), "")
    names = turn.texts.say("joint.still", names=names_of(turn, missing)) if missing else ""
    for staff in dict.fromkeys((ticket.assignee, ticket.lead, part.by)):
        says += told.staff(
            turn, ticket, staff, "joint.returned_told", name=told.name(turn), why=turn.rest, still=names
        )
    return says, None if missing else done or None


def _open(ticket: Ticket) -> Sequence[str]:
    """The states of those a matter waits for; a joint task also for whom the desk has yet to confirm."""
    return teamwork.OPEN if ticket.lead else (teamwork.CALLED_NOW, teamwork.CAME)


def _whole(turn: Turn, parts: Sequence[Party], result: str) -> str:
    """What the resident reads: the lead's words, else those of everybody who did a part of it."""
    led = next((each.words for each in parts if each.role == LEAD and each.words), "")
    said = [each for each in parts if each.state == teamwork.DONE and each.words]
    if led or len(said) < 2:
        return led or result
    return "；".join(f"{names_of(turn, [each])}：{each.words.rstrip('。；')}" for each in said)


def names_of(turn: Turn, parts: Sequence[Party]) -> str:
    """Those who take part, by name."""
    directory = turn.world.directory
    bodies = {each.id: each.name for each in directory.departments}
    people = {each.who: post.name for each in parts if (post := directory.staff(each.who)) is not None}
    return "、".join(bodies.get(each.who) or people.get(each.who) or each.who for each in parts)


async def refuse_open(turn: Turn, ticket: Ticket) -> None:
    """Raises Refusal where a joint task waits for others; a leader may end it all the same."""
    if not ticket.lead or any(post.rank in (Rank.LEADER, Rank.DESK) for post in turn.person.posts):
        return
    parts = await teamwork.of(ticket.no, LEAD, SUPPORT)
    missing = [each for each in parts if each.state in _open(ticket)]
    if missing:
        raise Refusal("joint.still_open", no=ticket.no, names=names_of(turn, missing))


async def tell_below(turn: Turn, ticket: Ticket, news: str) -> list[Say]:
    """The level that goes on answering to the resident hears what the level above does."""
    if ticket.node == ticket.grid:
        return []
    says: list[Say] = []
    for party in await teamwork.of(ticket.no, teamwork.BELOW):
        if party.who != ticket.assignee:
            says += told.staff(turn, ticket, party.who, "route.below_news", news=news)
    return says


async def standing(turn: Turn, ticket: Ticket) -> str:
    """How far each is who takes part, a line each, for staff."""
    lines = []
    for part in await teamwork.of(ticket.no, LEAD, SUPPORT):
        at = part.done_at or part.came_at or part.due_at or part.asked_at
        key, role = f"joint.is_{part.state}", turn.texts.say(f"joint.as_{part.role}")
        lines.append(turn.texts.say(key, role=role, name=names_of(turn, [part]), at=turn.when(at)))
    return "".join(f"\n{line}" for line in lines)
