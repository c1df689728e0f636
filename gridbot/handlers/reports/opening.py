"""Opening a ticket from a reading: its grid, its owner, its deadlines, its cards. Used by every way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gridbot.handlers.duties import must_visit
from gridbot.handlers.errands import errand
from gridbot.handlers.reports import assigning, listing, living, locating, owning
from gridbot.handlers.reports.assigning import Assigned
from gridbot.handlers.reports.said import Said, heard, keep
from gridbot.handlers.tickets import cards, planning
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, routing
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.nlp import Kind, Reading, Urgency
from gridbot.profiles import OTHER

FOUND = "发现"  # the first stage of a hazard


async def open_ticket(
    turn: Turn,
    reading: Reading,
    *,
    said: Said | None = None,
    note: str = "",
    taken_by: Post | None = None,
) -> tuple[Ticket, list[Say]]:
    """Open a ticket and return it with the cards for whoever has to act.

    First reply and deadline come from the profile in force; they are planned on the board.
    `taken_by`: somebody who answers for it already gets no card.
    """
    said = said or heard(turn)
    if reading.place is None and (spot := await living.spot(turn, said)) is not None:
        reading = replace(reading, place=spot)
    grid = await locating.find_grid(turn, said, reading.place)
    reading, outside = listing.listed(turn, grid, reading)
    ticket, assigned = _ticket(turn, said, reading, grid)
    if taken_by is not None:
        ticket.assignee = taken_by.staff
    turn.act_as(grid, cards.called(turn, reading.category))
    note = note or "、".join(b.rule for b in reading.because)
    note = "；".join(filter(None, (note, outside, assigned.why)))
    await casework.open_ticket(ticket, turn.act, note, undoable=turn.person.is_staff)
    await keep(ticket, said, ticket.summary)
    await planning.plan(turn, ticket)
    await planning.relieve(turn, ticket, assigned.start.post)
    await planning.gathered(turn, ticket)
    papers = await errand.opened(turn, ticket)
    papers += await must_visit.of_ticket(turn, ticket)
    papers += _to_leader(turn, ticket)
    if taken_by is not None and ticket.urgency != Urgency.EMERGENCY:
        return ticket, papers
    if (called := await owning.first(turn, ticket)) and ticket.urgency != Urgency.EMERGENCY:
        return ticket, must_visit.joined([*papers, *called])
    others = await _cards(turn, ticket, said, assigned, but=turn.heard.sender if taken_by else "")
    return ticket, must_visit.joined([*papers, *called, *others])


def _ticket(turn: Turn, said: Said, reading: Reading, grid: str) -> tuple[Ticket, Assigned]:
    directory = turn.world.directory
    place = reading.place
    category = reading.category or OTHER
    profile = directory.profile(grid)
    assigned = assigning.first(turn, grid, category, reading.sub, reading.urgency, said.person.staff)
    start, worker = assigned.start, assigned.post
    home, near = said.person.home, locating.home_in(turn, said, grid)
    here = locating.group_place(turn, said) if near is None else None
    place = here if place is None else place
    kind, sub = _kind(reading, profile.category(category).kind), reading.sub
    level = profile.service_level(category, sub, reading.urgency)
    due = planning.due(turn, grid, level, reading.urgency, max(turn.now, assigned.since))
    ticket = casework.draft(
        kind=kind,
        category=category,
        sub=sub,
        urgency=reading.urgency,
        node=grid,
        grid=grid,
        transport=said.where.transport,
        account=said.where.account,
        room=said.where.room,
        reporter=said.contact,
        called=said.called,
        household=home.id if home else None,
        place=locating.written(said, place, near, here),
        building=(place.building if place else None) or locating.building(near, place, here) or None,
        unit=(place.unit if place else None) or None,
        landmark=place.landmark if place else None,
        summary=said.text,
        assignee=worker.staff if worker else None,
        sensitive=profile.category(category).sensitive or "anonymous" in reading.flags,
        confidence=reading.confidence,
        because=[because.rule for because in reading.because],
        first_reply_due_at=assigning.reply_by(turn, grid, assigned, level.first_reply, due.first_reply),
        due_at=due.deadline,
        route=start.route.id if start.route else "",
        step=start.step,
        scale="big" if start.route and start.route.big else "small",
        stage=FOUND if category in profile.routing.hazards else errand.first_stage(turn, kind, category, sub),
        vacancy=start.vacancy,
        own=said.person.is_staff,
        arrive_due_at=planning.arrival(turn, grid, start.route, start.step, assigned.since),
    )
    return ticket, assigned


def _kind(reading: Reading, of_category: str) -> str:
    if reading.kind in (Kind.ISSUE, Kind.SERVICE):
        return reading.kind
    if reading.command is not None and reading.command.name == "request":
        return Kind.SERVICE
    return of_category or Kind.ISSUE


async def _cards(turn: Turn, ticket: Ticket, said: Said, assigned: Assigned, *, but: str = "") -> list[Say]:
    """A card for whoever has it, when he is on duty; in an emergency deputy and leader get it at once too."""
    says: list[Say] = []
    for contact in who_acts(turn, ticket, assigned):
        if contact == but:
            continue
        found = await cards.ticket_card(turn, ticket, contact, said=said)
        if assigned.since > turn.now and assigned.post is not None and contact == assigned.post.contact:
            found = [
                replace(say, not_before=max(assigned.since, say.not_before or turn.now)) for say in found
            ]
        says += found
    return says


def _to_leader(turn: Turn, ticket: Ticket) -> list[Say]:
    """A hazard is told to the grid's leader at once, whoever works on it; of an emergency he has a card."""
    directory = turn.world.directory
    known = directory.profile(ticket.grid).categories.get(ticket.category)
    if known is None or not known.tell_leader or ticket.urgency == Urgency.EMERGENCY:
        return []
    leader, holder = directory.leader(ticket.grid, but=ticket.assignee), directory.staff(ticket.assignee)
    if leader is None or not leader.contact or leader.contact in (turn.heard.sender, _contact(holder)):
        return []
    say = turn.tell(
        leader.contact,
        "card.to_leader",
        no=ticket.no,
        what=cards.called(turn, ticket.category, ticket.sub),
        place=ticket.place or turn.texts.say("places.unknown"),
        name=holder.name if holder is not None else turn.texts.say("card.no_holder"),
        by=cards.moment(turn, ticket.first_reply_due_at, ticket.urgency),
    )
    return [cards.held(turn, say, ticket.urgency)]


def _contact(post: Post | None) -> str:
    return post.contact if post is not None else ""


def who_acts(turn: Turn, ticket: Ticket, assigned: Assigned) -> Sequence[str]:
    directory, route = turn.world.directory, assigned.start.route
    people = [assigned.post]
    if ticket.urgency == Urgency.EMERGENCY:
        main = assigned.start.post.staff if assigned.start.post else None
        people += [
            assigned.start.post,
            directory.deputy(main) if main else None,
            directory.leader(ticket.grid, but=main),
        ]
    people += [routing.holder(directory, ticket.grid, step) for step in (route.at_once if route else ())]
    found = dict.fromkeys(post.contact for post in people if post is not None and post.contact)
    return list(found) or next_up(turn, ticket.grid)


def next_up(turn: Turn, node: str) -> list[str]:
    """Nobody bound at the grid: whoever leads above it and can be reached, never nowhere."""
    for above in turn.world.directory.up(node):
        reachable = [post.contact for post in turn.world.directory.at(above.code) if post.contact]
        if reachable:
            return reachable[:1]
    return []


def by(turn: Turn, ticket: Ticket) -> str:
    """Until when the resident may expect a first answer, as people say it."""
    due: datetime | None = ticket.first_reply_due_at
    assert due is not None
    return turn.when(due)
