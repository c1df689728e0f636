"""What residents ask about their own matters: how it stands, hurry up, who is responsible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.reports import assigning
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, joint, papers, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, errands, ledger, reported
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket

routes = Routes()

SHOWN = 8
URGE_AGAIN = timedelta(minutes=30)
URGES_TO_LEADER = 2


@routes.on("progress")
async def progress(turn: Turn) -> Sequence[Say]:
    """进度 [1024]: one matter, or the speaker's own; only for those concerned and staff."""
    command = turn.reading.command
    numbers = list(command.numbers) if command else []
    if not numbers and (quoted := await chosen.quoted(turn)) is not None:
        numbers = [quoted]
    if numbers:
        return [await _one(turn, await chosen.by_number(number)) for number in numbers[:SHOWN]]
    shown = await matters(turn)
    return [listed(turn, shown) if shown else turn.reply("enquiry.nothing")]


async def matters(turn: Turn) -> list[Ticket]:
    """What concerns the speaker and is not over, papers that have not come back among it; else his last."""
    mine = await reported.concerning(turn.heard.sender)
    live = [each for each in mine if each.state in (*LIVE, State.RESOLVED) or _unsigned(each)]
    return live or mine[:1]


def _unsigned(ticket: Ticket) -> bool:
    return ticket.stage in (errands.Stage.DONE, errands.Stage.GIVEN_BACK)


def listed(turn: Turn, tickets: Sequence[Ticket]) -> Say:
    """How these stand, a line each."""
    lines = "\n".join(_line(turn, ticket) for ticket in tickets[:SHOWN])
    return turn.reply("enquiry.list", lines=lines)


async def _one(turn: Turn, ticket: Ticket) -> Say:
    await _concerned(turn, ticket)
    line = _line(turn, ticket)
    if turn.person.is_staff:
        line += await _case(turn, ticket)
    if turn.person.is_staff and (ticket.departments or ticket.lead):
        line += await joint.standing(turn, ticket)
    return turn.reply("enquiry.one", no=ticket.no, line=line)


def _line(turn: Turn, ticket: Ticket) -> str:
    """#12 路灯（处理中），3月5日17:30前办理 — or what came of it."""
    state = casework.STATE_ZH[State(ticket.state)]
    line = turn.texts.say(
        "enquiry.line",
        ticket=f"#{ticket.no}",
        what=cards.danger_called(turn, ticket),
        state=state,
    )
    line += _stage(turn, ticket)
    if ticket.merged_into is not None:
        return line + turn.texts.say("enquiry.merged", into=f"#{ticket.merged_into}")
    if ticket.result and ticket.state not in LIVE:  # what is done anew has none yet
        return line + turn.texts.say("enquiry.result", result=ticket.result)
    return line + until(turn, ticket)


def until(turn: Turn, ticket: Ticket) -> str:
    """By when somebody comes, goes on or is done, of a live ticket; "" where nothing of it lies ahead."""
    ends = ticket.promised_until
    moments = (
        ("paused", ticket.paused_until if ticket.state == State.WAITING else None, None),
        ("promised", ticket.promised_at, ends),
        ("due", ticket.due_at, None),
    )
    for key, at, last in moments:
        if ticket.state in LIVE and at is not None and (last or at) > turn.now:
            return turn.texts.say(f"enquiry.{key}", by=planning.between(turn, at, last))
    return ""


def _stage(turn: Turn, ticket: Ticket) -> str:
    """How far an errand is, and by when its papers come back."""
    stage = errands.of(ticket)
    if stage is None:
        return ""
    line = turn.texts.say("errand.stage", stage=stage)
    if stage is errands.Stage.DONE and ticket.return_due_at is not None:
        due, today = turn.world.local(ticket.return_due_at).date(), turn.world.local(turn.now).date()
        line += turn.texts.say("errand.stage_back", by=turn.texts.day(due, today))
    return line


async def _case(turn: Turn, ticket: Ticket) -> str:
    """What colleagues read besides: where, what was said, who has it and what was done last.

    In a group of colleagues, and of what is sensitive, no words of residents and no door.
    """
    say, holder = turn.texts.say, turn.world.directory.staff(ticket.assignee)
    lines = []
    if turn.private and not ticket.sensitive:
        lines.append(say("enquiry.where", place=ticket.place or say("places.unknown")))
        lines.append(say("enquiry.words", words=cards.quoted(ticket.summary)))
        if ticket.reporter and not ticket.own:
            lines.append(say("enquiry.by", who=await cards.reporter(turn, ticket)))
    name = holder.name if holder else say("card.no_holder")
    lines.append(say("enquiry.holder", name=name, at=turn.when(ticket.opened_at)))
    lines += [say("enquiry.did", did=did) for did in [await papers.done(turn, ticket)] if did]
    return "".join(f"\n{line}" for line in lines)


async def _concerned(turn: Turn, ticket: Ticket) -> None:
    """The reporter, his household, neighbours who joined, staff of the grid; raises Refusal."""
    person = turn.person
    if ticket.reporter == turn.heard.sender or turn.world.directory.covers(person, ticket.grid):
        return
    if person.staff is not None and person.staff == ticket.assignee:
        return
    if person.department is not None and person.department in ticket.departments:
        return
    if person.home is not None and ticket.household == person.home.id:
        return
    if any(each.contact == turn.heard.sender for each in await ledger.supporters(ticket.no)):
        return
    raise Refusal("refuse.not_yours", no=ticket.no)


@routes.on("urge")
async def urge(turn: Turn) -> Sequence[Say]:
    """催办: whoever has it hears it at once; asked again, his leader too."""
    ticket = await chosen.own(turn, LIVE)
    await _concerned(turn, ticket)
    if ticket.assignee == turn.person.staff and not _departments(turn, ticket):
        raise Refusal("enquiry.urge_nobody", no=ticket.no)
    told_on = await _urged(turn, ticket, turn.rest)
    if told_on is None:
        return [turn.reply("enquiry.urged_just_now", no=ticket.no)]
    return [turn.reply("enquiry.urged", no=ticket.no), *told_on]


async def urged_in_own_words(turn: Turn, ticket: Ticket) -> list[Say]:
    """怎么还没人来, of his own matter: 催办 by another name; he reads how it stands."""
    told_on = await _urged(turn, ticket, turn.heard.text)
    if told_on is None:
        return [turn.whisper("enquiry.urged_just_now", no=ticket.no)]
    return [turn.whisper("enquiry.urged_so", no=ticket.no, line=_line(turn, ticket)), *told_on]


def _departments(turn: Turn, ticket: Ticket) -> list[str]:
    """The accounts of the departments that have it."""
    known = turn.world.directory.departments
    return [each.contact for each in known if each.id in ticket.departments and each.contact]


async def _urged(turn: Turn, ticket: Ticket, words: str) -> list[Say] | None:
    """What others read of it; None where the same person has asked for it within half an hour."""
    last = await ledger.last_line(ticket.no, "urge")
    if last is not None and turn.now - last.at < URGE_AGAIN and last.by == turn.person.who:
        return None
    await casework.move(ticket, "urge", turn.act, words, urges=ticket.urges + 1)
    what = cards.danger_called(turn, ticket)
    key, by = ("card.urged_by", told.name(turn)) if turn.person.is_staff else ("card.urged", "")
    count = ticket.urges
    says = told.staff(turn, ticket, ticket.assignee, key, what=what, count=count, by=by)
    if turn.person.is_staff:
        for to in _departments(turn, ticket):
            says.append(turn.tell(to, key, no=ticket.no, what=what, count=count, by=by))
    if ticket.urges >= URGES_TO_LEADER:
        leader = turn.world.directory.leader(ticket.grid, but=ticket.assignee)
        says += told.staff(turn, ticket, leader.staff if leader else None, key, what=what, count=count, by=by)
    return says


@routes.on("who")
async def who(turn: Turn) -> Sequence[Say]:
    """网格员: who is responsible here, and the number to call."""
    node = turn.grid
    own = turn.reading.command is not None and turn.reading.command.own
    if turn.person.home is not None and not own:
        node = turn.person.home.node
    place = turn.reading.place
    if place is not None and place.node in turn.world.directory.nodes:
        node = str(place.node)  # 东苑第四网格的网格员是谁
    if not node:
        phone = turn.world.office.phone
        raise Refusal("enquiry.no_grid" if phone else "enquiry.no_grid_plain", phone=phone)
    directory = turn.world.directory
    worker, leader = directory.worker(directory.grid(node)), directory.leader(node)
    people = [post for post in (worker, leader) if post is not None]
    lines = [
        turn.texts.say("enquiry.person", role=post.role, name=post.name, phone=post.phone)
        for post in dict.fromkeys(people)
    ]
    lines += assigning.on_duty(turn, directory.grid(node), worker)
    if turn.world.office.phone:
        lines.append(turn.texts.say("enquiry.office", phone=turn.world.office.phone))
    grid = directory.nodes.get(directory.grid(node))
    return [turn.reply("enquiry.who", grid=grid.name if grid else "", lines="\n".join(lines))]
