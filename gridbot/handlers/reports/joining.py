"""Neighbours who tell of the same: 我家也是, a second report of one fault. Their households join it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers.reports import adding, locating
from gridbot.handlers.reports.said import heard
from gridbot.handlers.tickets import cards, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models.cases import around, casework, ledger, unjudged
from gridbot.models.cases.dangers import danger
from gridbot.models.cases.tickets import Candidate, Supporter, Ticket
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.asks import Ask, is_word

SAME_MATTER = timedelta(hours=2)
SAME_DANGER = timedelta(minutes=30)
JUST_NOW = timedelta(minutes=10)  # 附议, 顶: to what the group has just read


async def neighbours(turn: Turn) -> Ticket | None:
    """The ticket about the same thing in the same building within two hours, of somebody else."""
    reading = turn.reading
    apart = reading.kind not in (Kind.ISSUE, Kind.COMMAND) and reading.urgency is not Urgency.EMERGENCY
    if reading.matters > 1 or apart or reading.category is None:
        return None
    if turn.person.is_staff and turn.private:
        return None
    place, said = reading.place, heard(turn)
    grid = await locating.find_grid(turn, said, place)
    home = locating.home_in(turn, said, grid)
    building = (place.building if place else None) or (home.building if home else None)
    if reading.urgency is Urgency.EMERGENCY:
        return await _same_danger(turn, grid, building)
    since = turn.now - SAME_MATTER
    ticket = await around.same_matter(grid, reading.category, reading.sub, building, since)
    if ticket is None or ticket.sensitive or ticket.reporter == turn.heard.sender:
        return None
    return ticket


async def _same_danger(turn: Turn, grid: str, building: str | None) -> Ticket | None:
    """The emergency of a moment ago that a neighbour tells of as well; a fire is no gas leak."""
    now = danger([because.rule for because in turn.reading.because])
    for ticket in await around.alarms(grid, building, turn.now - SAME_DANGER):
        same = now == danger(ticket.because) if now else ticket.category == turn.reading.category
        if same and not ticket.sensitive and ticket.reporter != turn.heard.sender:
            return ticket
    return None


async def told_too(turn: Turn) -> Sequence[Say] | None:
    """我家也是: joins what the group talks of, judged or not; None where there is nothing."""
    if (waiting := await _unjudged(turn)) is not None:
        home = turn.person.home
        await casework.join_candidate(waiting, turn.heard.sender, home.id if home else None)
        return []  # the household joins once it is a ticket; nobody hears of it before
    same = await _meant(turn)
    return await joined(turn, same) if same is not None else None


async def echoed(turn: Turn) -> Sequence[Say] | None:
    """对 那灯好几天了, a moment after a neighbour's report of such a thing: he has it too; else None."""
    reading, room = turn.reading, turn.heard.where.room
    if room is None or reading.category is None or reading.urgency is Urgency.EMERGENCY or turn.media:
        return None
    since = turn.now - JUST_NOW
    same = await around.newest_in_room(room, since, reading.category, reading.sub)
    place = reading.place.building if reading.place is not None and reading.place.text else None
    if same is None or same.sensitive or same.reporter == turn.heard.sender or turn.person.is_staff:
        return None
    return await joined(turn, same) if place in (None, same.building) else None


async def joined(turn: Turn, ticket: Ticket) -> Sequence[Say]:
    """Add the speaker's household to a ticket; of an emergency he hears whom to call first."""
    says = await _added(turn, ticket)
    if ticket.urgency != Urgency.EMERGENCY:
        return says
    call = cards.call_first(turn, ticket)
    role = told.holder(turn, ticket)
    return [turn.whisper("intake.emergency", urgent=True, no=ticket.no, call=call, role=role), *says]


async def _meant(turn: Turn) -> Ticket | None:
    """The matter of the group that 我家也是 means: its newest, unless the words clearly tell of another."""
    reading, room = turn.reading, turn.heard.where.room
    if room is None:
        return None
    within = JUST_NOW if is_word(turn.heard.text, Ask.PLUS) else SAME_MATTER
    newest = await around.newest_in_room(room, turn.now - within)
    if newest is None or newest.sensitive:
        return None
    dangerous = any(because.rule.startswith("emergency.") for because in reading.because)
    if dangerous and newest.urgency != Urgency.EMERGENCY:
        return None
    clear = reading.kind is not Kind.NONE and reading.confidence >= turn.world.conduct.act_at
    return newest if not clear or reading.category == newest.category else None


async def _unjudged(turn: Turn) -> Candidate | None:
    """What 我家也是 means where the newest matter of the group is one that no worker has judged yet."""
    room, since = turn.heard.where.room, turn.now - SAME_MATTER
    if room is None:
        return None
    waiting, newest = await unjudged.newest(room, since), await around.newest_in_room(room, since)
    if waiting is None or (newest is not None and newest.opened_at > waiting.at):
        return None
    clear = turn.reading.category is not None and turn.reading.confidence >= turn.world.conduct.act_at
    return waiting if not clear or turn.reading.category == waiting.category else None


async def _added(turn: Turn, ticket: Ticket) -> list[Say]:
    """Add the speaker's household to a ticket; he hears of it in private and is told at the close."""
    known = await ledger.supporters(ticket.no)
    if any(s.contact == turn.heard.sender for s in known) or ticket.reporter == turn.heard.sender:
        return await adding.to_ticket(turn, ticket)
    home = turn.person.home
    await casework.support(
        ticket, turn.act, turn.heard.sender, home.id if home else None, turn.heard.where.room
    )
    of_home = home is not None and home.id in {ticket.household, *(each.household for each in known)}
    added = await adding.to_ticket(turn, ticket)
    if of_home:  # somebody of one home has told of it already
        role = told.holder(turn, ticket)
        return [turn.whisper("intake.of_one_home", no=ticket.no, role=role), *added]
    await planning.gathered(turn, ticket)
    urgent = ticket.urgency == Urgency.EMERGENCY and not turn.reading.plus_one
    count = _homes(ticket, known) + 1
    if urgent:
        words = cards.quoted(heard(turn).text)
        news = told.called(turn, ticket, "card.joined_words", count=count, text=words)
    else:
        news = told.staff(turn, ticket, ticket.assignee, "card.joined", count=count)
    return [turn.whisper("intake.joined", no=ticket.no, count=count), *news]


def _homes(ticket: Ticket, known: Sequence[Supporter]) -> int:
    """How many households have told of it; whoever is bound to none counts as one."""
    homes = {each.household or each.contact for each in known}
    return len(homes | {ticket.household or ticket.reporter})


async def carried_over(turn: Turn, candidate: Candidate, ticket: Ticket) -> list[Say]:
    """Who had joined before it became a ticket is counted, and hears of it in private."""
    says: list[Say] = []
    if ticket.sensitive:
        return says
    for count, (contact, household) in enumerate(casework.joined_to(candidate), 2):
        await casework.support(ticket, turn.act, contact, household, candidate.room)
        private = Address(candidate.transport, candidate.account, None, contact)
        says.append(turn.tell_at(private, "intake.joined", no=ticket.no, count=count))
    return says
