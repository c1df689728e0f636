"""Putting a ticket right: another category, two that are one, one that is two."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.reports import candidate as candidates
from gridbot.handlers.reports import learning, opening
from gridbot.handlers.reports.said import Said
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, hazard, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.tickets import Ticket

routes = Routes()


@routes.on("recategorise", "correct")
async def recategorise(turn: Turn) -> Sequence[Say]:
    """改类 1024 噪音: another category, and the dates that go with it."""
    ticket = await chosen.ticket(turn)
    return await recategorised(turn, ticket, turn.rest)


async def recategorised(turn: Turn, ticket: Ticket, word: str) -> list[Say]:
    """Give the ticket the category a person named; its dates are counted again from its opening."""
    found = turn.world.directory.profile(ticket.grid).category_word(word) if word.strip() else None
    if found is None:
        raise Refusal("refuse.no_category", word=word[:20])
    category, sub = found
    profile = turn.world.directory.profile(ticket.grid)
    level = profile.service_level(category, sub, ticket.urgency)
    due, before = planning.due(turn, ticket.grid, level, ticket.urgency, ticket.opened_at), ticket.due_at
    no_hazard = {} if category in profile.routing.hazards else hazard.stage(ticket, None)
    known = profile.category(category)
    await learning.put_right(
        turn, ticket.summary, what="recategorised", was=ticket.category, kind=known.kind, category=category,
        sensitive=ticket.sensitive or known.sensitive,
    )  # fmt: skip
    await casework.move(
        ticket,
        "recategorise",
        turn.act,
        f"{ticket.category}→{category}",
        kind=known.kind,
        category=category,
        sub=sub,
        sensitive=ticket.sensitive or known.sensitive,
        first_reply_due_at=due.first_reply,
        due_at=due.deadline,
        **no_hazard,
    )
    await planning.replan(turn, ticket)
    what = cards.called(turn, category, sub)
    by = turn.when(due.deadline)
    says = [turn.reply("work.recategorised", no=ticket.no, what=what, by=by)]
    if ticket.first_reply_at is not None and before is not None and due.deadline > before:
        says += told.reporter(turn, ticket, "work.redated_resident", by=by)
    return [*says, *told.staff(turn, ticket, ticket.assignee, "work.recategorised", what=what, by=by)]


@routes.on("merge")
async def merge(turn: Turn) -> Sequence[Say]:
    """合并 1024 1019: the first named remains, the others become part of it."""
    found = await chosen.tickets(turn)
    if len(found) < 2:
        raise Refusal("refuse.merge_two")
    remains, *others = found
    says: list[Say] = []
    for other in others:
        says += await _merged(turn, remains, other)
    numbers = "、".join(f"#{other.no}" for other in others)
    return [turn.reply("work.merged", no=remains.no, others=numbers), *says]


async def _merged(turn: Turn, remains: Ticket, other: Ticket) -> list[Say]:
    if other.no == remains.no or remains.state not in casework.LIVE:
        raise Refusal("refuse.merge_two")
    await casework.move(
        other, "merge", turn.act, f"#{remains.no}", merged_into=remains.no, closed_at=turn.now
    )
    await planning.replan(turn, other)
    await questions.drop(other.no, "card", "place")
    known = {supporter.contact for supporter in await ledger.supporters(remains.no)} | {remains.reporter}
    concerned = [(other.reporter, other.household, other.room)]
    concerned += [(s.contact, s.household, s.room) for s in await ledger.supporters(other.no)]
    says = []
    for contact, household, room in concerned:
        if not contact:
            continue
        if contact not in known:
            known.add(contact)
            await casework.support(remains, turn.act, contact, household, room)
        to = told.private(other, contact)
        says.append(turn.tell_at(to, "work.merged_resident", no=remains.no, other=other.no))
    return says


@routes.on("split")
async def split(turn: Turn) -> Sequence[Say]:
    """拆分 1024 另一件事: a second ticket of the same reporter for what was mixed in."""
    ticket = await chosen.ticket(turn)
    text = turn.rest.strip()
    if not text:
        raise Refusal("refuse.split_what", no=ticket.no)
    directory = turn.world.directory
    person = await directory.person(ticket.transport, ticket.reporter)
    contact = ticket.reporter if ticket.room is None else None
    where = Address(ticket.transport, ticket.account, ticket.room, contact)
    said = Said(where, person, turn.heard.id, text, turn.now, ticket.grid)
    await casework.move(ticket, "split", turn.act, text)
    second, says = await opening.open_ticket(
        turn, candidates.reread(turn, said), said=said, note=f"#{ticket.no}"
    )
    return [
        turn.reply("work.split", no=ticket.no, other=second.no),
        *told.reporter(turn, second, "work.split_resident", other=ticket.no),
        *says,
    ]
