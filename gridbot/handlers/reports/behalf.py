"""代报: a worker files for somebody who cannot or will not write himself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import Refusal
from gridbot.handlers.reports import beforehand, checklist, opening
from gridbot.handlers.reports import candidate as candidates
from gridbot.handlers.reports.said import Said
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty import helping, visits
from gridbot.models.territory import facilities, households
from gridbot.models.territory.people import Home, Person
from gridbot.nlp import Kind
from gridbot.nlp.slots import place as places

routes = Routes()


@routes.on("report_for")
async def report_for(turn: Turn) -> Sequence[Say]:
    """代报 3-502 路灯坏了: the household is the reporter, the speaker takes it."""
    post = turn.require_staff()
    text = turn.rest.strip()
    if not text:
        raise Refusal("refuse.behalf_how")
    person, home = await _for_whom(turn)
    node = home.node if home else turn.person.posts[0].node
    turn.require(node)
    where = turn.private_with(person.contact)
    said = Said(where, person, turn.heard.id, text, turn.now, node, tuple(item.kept for item in turn.media))
    reading = candidates.reread(turn, said)
    if home is not None and reading.place is None:
        reading = replace(reading, place=turn.reading.place)
    item = turn.world.services.item(text, reading.category, reading.sub)
    if item is not None and item.in_person and reading.kind is Kind.SERVICE:
        await facilities.told(turn.now, node, beforehand.IN_PERSON, item.id, None)
        return [turn.whisper("faq.plain", text=await checklist.text(turn, item, node))]
    ticket, papers = await opening.open_ticket(
        turn, reading, said=said, note=turn.texts.say("papers.behalf"), taken_by=post
    )
    await casework.move(ticket, "accept", turn.act, first_reply_at=turn.now)
    await planning.answered(ticket)
    by = turn.when(ticket.due_at) if ticket.due_at else ""
    who = cards.speaker(person) if person.contact or home else ""
    what = cards.danger_called(turn, ticket)
    return [
        turn.reply("work.behalf" if who else "work.behalf_nobody", who=who, no=ticket.no, what=what),
        *told.reporter(turn, ticket, "work.behalf_resident", by=by, role=told.holder(turn, ticket)),
        *papers,
        *await _helped(turn, ticket, home, text),
    ]


async def _helped(turn: Turn, ticket: Ticket, home: Home | None, text: str) -> list[Say]:
    """The household was on a list of those who need help with this: one less."""
    found = await helping.helped(turn.act, home.id, text, ticket.no) if home is not None else None
    return [turn.whisper("help_list.left", title=found[0].title, left=found[1])] if found else []


async def _for_whom(turn: Turn) -> tuple[Person, Home | None]:
    """The household of the place that is named, with the account of whoever lives there, if any."""
    directory, transport = turn.world.directory, turn.heard.where.transport
    words = turn.rest.split(maxsplit=1)
    place = (places.parse_home(words[0]) if words else None) or turn.reading.place
    nodes = [code for post in turn.person.posts for code in directory.under(post.node)]
    home: Home | None
    if place is None or not place.room:
        house = places.parse_house(words[0]) if turn.private and words else None
        numbered = await visits.numbered(nodes, house.room or "") if house is not None else []
        known = numbered or (await visits.named_in(nodes, words[0]) if turn.private and words else [])
        named = {each.id: each for each in known}
        if len(named) != 1:
            return Person("", transport), None
        [door] = named.values()
        home, contact = await households.bound(door)
    else:
        home, contact = await households.at(nodes, place.building or place.row, place.unit, place.room)
    if home is None:
        return Person("", transport), None
    if contact:
        return await directory.person(transport, contact), home
    return Person("", transport, home=home), home
