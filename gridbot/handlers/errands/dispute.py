"""The ledger of disputes: entered, tried, settled, looked at again; no residents' group hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.duties import doors, must_visit
from gridbot.handlers.errands import mediating, settling
from gridbot.handlers.errands.settling import FOLLOW_UP_DAYS
from gridbot.handlers.reports import locating, opening
from gridbot.handlers.reports.said import Said
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen, planning
from gridbot.handlers.trust import masking
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, board
from gridbot.models.cases import casework, disputes, questions
from gridbot.models.cases.disputes import (
    ATTEMPT,
    CLOSED,
    FOLLOW_UP,
    GREEN,
    OPEN,
    RED,
    RISK,
    YELLOW,
)
from gridbot.models.cases.tickets import Ticket
from gridbot.models.neighbours.trust import Dispute
from gridbot.models.territory import households
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Home, Person
from gridbot.nlp import Because, Kind, Place, Reading, Urgency
from gridbot.profiles import Rank

routes = Routes()

PEACEMAKERS = (Rank.LEADER, Rank.DEPUTY, Rank.WORKER, Rank.DESK, Rank.MEDIATOR, Rank.HELPER)
SHOWN = 12
SAID = 2  # characters that may be what it is about
BROKEN = "反复"  # the option of 回访 that says so
RISKS = {RED: Urgency.HIGH, YELLOW: Urgency.HIGH, GREEN: Urgency.NORMAL}


@routes.on("dispute")
async def disputed(turn: Turn) -> Sequence[Say]:
    """纠纷: what is unsettled; 纠纷 12: one of them; 登记纠纷 3-502 5-101 漏水赔偿 黄: a new one.

    Between others than households a place will do: 登记纠纷 东门两家店争摊位.
    """
    turn.require_staff(*PEACEMAKERS)
    words = turn.rest.split()
    if not words:
        return [await _list(turn)]
    if words[0].lstrip("#").isdigit():
        return [await _show(turn, await _row(turn, int(words[0].lstrip("#"))))]
    return await _entered(turn)


async def _entered(turn: Turn) -> Sequence[Say]:
    parties, words = await doors.named(turn, turn.rest)
    if len(words) < SAID:
        raise Refusal("dispute.how")
    home = _home(parties[0]) if parties else None
    place = None if home else turn.reading.place
    node = home.node if home is not None else await _where(turn, place)
    post = turn.require(node, *PEACEMAKERS)
    command = turn.reading.command
    risk = next(iter(command.options), "") if command is not None else ""
    word = turn.profile.category_word(words)
    reading = Reading(
        kind=Kind.ISSUE, category=disputes.CATEGORY,
        sub=word[1] if word is not None and word[0] == disputes.CATEGORY else None,
        urgency=RISKS.get(risk, Urgency.NORMAL), confidence=1.0, because=(Because("command.dispute"),),
        place=place,
    )  # fmt: skip
    said = Said(
        where=turn.private_with(turn.heard.sender), person=Person("", turn.heard.where.transport, home=home),
        message=turn.heard.id, text=words, at=turn.now, node=node,
    )  # fmt: skip
    ticket, papers = await opening.open_ticket(turn, reading, said=said, taken_by=post)
    await casework.move(ticket, "accept", turn.act, first_reply_at=turn.now)
    await planning.answered(ticket)
    row = await disputes.opened(turn.act, ticket, [party.id for party in parties], risk)
    await acts.record(turn.person.who, turn.now, "dispute", f"ticket:{ticket.no}")
    answer = turn.whisper("dispute.entered", no=ticket.no, risk=row.risk)
    called = await mediating.called(turn, ticket, row)
    return [*must_visit.joined([answer, *papers]), *called, *_alarm(turn, ticket, row)]


def _home(party: Household) -> Home:
    return Home(party.id, party.node, party.building, party.unit, party.room, party.address)


async def _where(turn: Turn, place: Place | None) -> str:
    """The grid of a dispute between no households (shops, the square): the place's, else the speaker's."""
    said = Said(turn.private_with(turn.heard.sender), turn.person, turn.heard.id, "", turn.now)
    found = await locating.find_grid(turn, said, place)
    inside = turn.world.directory.covers(turn.person, found, *PEACEMAKERS)
    return found if inside else turn.world.directory.grid(turn.require_staff(*PEACEMAKERS).node)


def _nodes(turn: Turn) -> list[str]:
    directory = turn.world.directory
    return list(dict.fromkeys(code for post in turn.person.posts for code in directory.under(post.node)))


async def _list(turn: Turn) -> Say:
    nodes = _nodes(turn)
    await disputes.entered(turn.act, nodes)
    rows = await disputes.unsettled(nodes)
    await acts.record(turn.person.who, turn.now, "read.disputes", turn.person.posts[0].node)
    tried = await disputes.attempts(rows)
    lines = [await _line(turn, row, tried[row.id]) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        lines.append(turn.texts.say("leader.more", count=len(rows) - SHOWN))
    none = turn.texts.say("dispute.none")
    return turn.whisper("dispute.list", count=len(rows), lines="\n".join(lines) or none)


async def _line(turn: Turn, row: Dispute, tried: int) -> str:
    say = turn.texts.say
    mediator = turn.world.directory.staff(row.mediator)
    return say(
        "dispute.line", ticket=f"#{row.ticket}", risk=row.risk, kind=_kind(turn, row),
        parties=await _parties(row) or say("dispute.nobody"), state=say(f"dispute.{row.state}"),
        tried=tried, mediator=mediator.name if mediator else say("dispute.no_mediator"),
    )  # fmt: skip


def _kind(turn: Turn, row: Dispute) -> str:
    known = turn.world.directory.profile(row.node).category(disputes.CATEGORY)
    return known.subs.get(row.kind, known.zh)


async def _parties(row: Dispute) -> str:
    return "、".join(doors.masked(home) for home in await households.by_ids(row.households))


async def _show(turn: Turn, found: tuple[Ticket, Dispute]) -> Say:
    _, row = found
    say, local = turn.texts.say, turn.world.local
    await acts.record(turn.person.who, turn.now, "read.dispute", f"ticket:{row.ticket}")
    lines = [
        say(
            "dispute.did",
            day=f"{local(line.at):%m-%d}",
            what=say(f"dispute.what_{line.what}"),
            words=line.words,
        )
        for line in await disputes.lines(row.id)
    ]
    tried = (await disputes.attempts([row]))[row.id]
    head = await _line(turn, row, tried)
    return turn.whisper("dispute.one", line=head, words=masking.words(row.words), lines="\n".join(lines))


async def _row(turn: Turn, number: int) -> tuple[Ticket, Dispute]:
    """The dispute of a number, which the speaker mediates or whose place his post covers; raises Refusal."""
    ticket = await chosen.by_number(number)
    if not disputes.is_one(ticket):
        raise Refusal("dispute.not_one", no=number)
    row = await disputes.of_ticket(turn.act, ticket)
    if turn.person.staff is None or turn.person.staff != row.mediator:
        try:
            turn.require(ticket.grid, *PEACEMAKERS)
        except NotAllowed:
            if turn.person.staff is None or turn.person.staff != ticket.assignee:
                raise
    return ticket, row


async def _meant(turn: Turn) -> tuple[Ticket, Dispute]:
    """The dispute that is named, else the only unsettled one the speaker has to do with."""
    command = turn.reading.command
    if command is not None and command.numbers:
        return await _row(turn, command.numbers[0])
    rows = await disputes.unsettled(_nodes(turn)) if turn.person.is_staff else []
    mine = [row for row in rows if row.mediator == turn.person.staff] or rows
    if len(mine) != 1 or mine[0].ticket is None:
        raise Refusal("dispute.number")
    return await _row(turn, mine[0].ticket)


# --- what was done ----------------------------------------------------------------------------------------


@routes.on("mediate")
async def mediate(turn: Turn) -> Sequence[Say]:
    """调解 12 双方到场 没谈拢: one attempt in one line."""
    ticket, row = await _meant(turn)
    if not turn.rest:
        raise Refusal("dispute.say_how")
    await disputes.noted(turn.act, row, ATTEMPT, turn.rest, **settling.his(turn, row))
    await _there(turn, ticket)
    if row.state == OPEN and settling.agreed(turn, turn.rest):
        days = await settling.settled(turn, row, turn.rest)
        return [turn.whisper("dispute.settled", no=ticket.no, days=days)]
    tried = (await disputes.attempts([row]))[row.id]
    return [turn.whisper("dispute.tried", no=ticket.no, count=tried)]


@routes.on("mediator_there")
async def there(turn: Turn) -> Sequence[Say]:
    """我到了, of a mediator who was called: nobody is chased, and how it went is still to be told."""
    ticket, _ = await _meant(turn)
    await _there(turn, ticket)
    return [turn.whisper("dispute.there", no=ticket.no)]


async def _there(turn: Turn, ticket: Ticket) -> None:
    """Whoever tries has been there: the ticket knows it too, and nobody is chased for a first reply."""
    if ticket.arrived_at is not None or ticket.state not in casework.LIVE:
        return
    first = ticket.first_reply_at or turn.now
    await casework.move(ticket, "arrive", turn.act, arrived_at=turn.now, first_reply_at=first)
    await planning.answered(ticket)
    await planning.unpaused(turn, ticket)
    await board.cancel(planning.subject(ticket), "arrive")
    await questions.drop(ticket.no, "card")


@routes.on("settle")
async def settle(turn: Turn) -> Sequence[Say]:
    """达成协议 12 …: what both sides agreed; it is looked at again after 7, 30 and 90 days."""
    ticket, row = await _meant(turn)
    if not turn.rest:
        raise Refusal("dispute.say_what")
    days = await settling.settled(turn, row, turn.rest)
    return [turn.whisper("dispute.settled", no=ticket.no, days=days)]


@routes.on("follow_up")
async def follow_up(turn: Turn) -> Sequence[Say]:
    """回访 12 平稳 (or 反复): how the agreement holds; where it does not, it is open again."""
    ticket, row = await _meant(turn)
    command = turn.reading.command
    if row.state == OPEN:
        raise Refusal("dispute.not_agreed", no=ticket.no)
    told = _how_it_is(turn)
    words = " ".join([*(sorted(command.options) if command else []), turn.rest]).strip()
    if told is False:
        await disputes.noted(turn.act, row, FOLLOW_UP, words, state=OPEN, risk=YELLOW, closed_at=None)
        await board.cancel(f"dispute:{row.ticket}", "dispute_follow_up")
        leader = turn.world.directory.leader(row.node, but=turn.person.staff)
        alarm = (
            [turn.tell(leader.contact, "dispute.broken", no=ticket.no)] if leader and leader.contact else []
        )
        return [turn.whisper("dispute.open_again", no=ticket.no), *alarm]
    if told is None:
        await disputes.noted(turn.act, row, FOLLOW_UP, words)
        return [turn.whisper("dispute.how_is_it", no=ticket.no)]
    last = row.agreed_at is not None and turn.now - row.agreed_at >= timedelta(days=FOLLOW_UP_DAYS[-1] - 1)
    more = {"state": CLOSED, "closed_at": turn.now} if last else {}
    await disputes.noted(turn.act, row, FOLLOW_UP, words, **more)
    return [turn.whisper("dispute.closed_for_good" if last else "dispute.looked", no=ticket.no)]


def _how_it_is(turn: Turn) -> bool | None:
    """Whether the agreement holds, by what was said; None where the words do not tell."""
    command, said = turn.reading.command, turn.rest
    options = command.options if command is not None else frozenset()
    if options:
        return BROKEN not in options
    if any(word in said for word in turn.texts.say("dispute.peace_words").split()):
        return True
    return False if any(word in said for word in turn.texts.say("dispute.broken_words").split()) else None


@routes.on("risk")
async def risk(turn: Turn) -> Sequence[Say]:
    """风险 12 红: the leader hears of a red one at once, in private."""
    ticket, row = await _meant(turn)
    command = turn.reading.command
    if command is None or not command.options:
        raise Refusal("dispute.which_risk")
    colour = next(iter(command.options))
    await disputes.noted(turn.act, row, RISK, f"{row.risk}→{colour}", risk=colour)
    return [turn.whisper("dispute.risk", no=ticket.no, risk=colour), *_alarm(turn, ticket, row)]


def _alarm(turn: Turn, ticket: Ticket, row: Dispute) -> list[Say]:
    if row.risk != RED:
        return []
    leader = turn.world.directory.leader(row.node, but=turn.person.staff)
    if leader is None or not leader.contact:
        return []
    return [turn.tell(leader.contact, "dispute.red", urgent=True, no=ticket.no, kind=_kind(turn, row))]
