"""Who hears of what becomes of a ticket: the reporter and his neighbours in private, the group once."""

from __future__ import annotations

from dataclasses import replace

from gridbot.handlers.tickets import cards
from gridbot.handlers.tickets.planning import VERDICT_AFTER
from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Address, Say
from gridbot.models.cases import ledger
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import register
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.slots import people
from gridbot.nlp.slots import place as places

LONGEST_IN_GROUP = 40
AMBULANCE = "120"
VERDICTS: Buttons = (("满意", "满意"), ("基本满意", "基本满意"), ("不满意", "不满意"))


def private(ticket: Ticket, contact: str) -> Address:
    """The private chat with somebody of a ticket, on the transport it came by."""
    return Address(ticket.transport, ticket.account, None, contact)


def reporter(turn: Turn, ticket: Ticket, key: str, *, buttons: Buttons = (), **params: object) -> list[Say]:
    """A word to the reporter in private; nothing where there is none, or where he is the one acting."""
    if not ticket.reporter or ticket.reporter == turn.heard.sender:
        return []
    to = private(ticket, ticket.reporter)
    return [turn.written(to, key, {"no": ticket.no, **params}, buttons)]


def staff(turn: Turn, ticket: Ticket, staff_id: str | None, key: str, **params: object) -> list[Say]:
    """A word to a colleague; nothing where he has no account or is the one acting."""
    post = turn.world.directory.staff(staff_id)
    if post is None or not post.contact or post.contact == turn.heard.sender:
        return []
    say = turn.written(turn.private_with(post.contact), key, {"no": ticket.no, **params})
    return [cards.held(turn, say, ticket.urgency)]


def called(turn: Turn, ticket: Ticket, key: str, **params: object) -> list[Say]:
    """A word to all who were called to an emergency: whoever has it, the worker, who leads the grid."""
    directory = turn.world.directory
    worker = directory.worker(ticket.grid)
    posts = (
        directory.staff(ticket.assignee),
        worker,
        directory.deputy(worker.staff) if worker is not None else None,
        directory.leader(ticket.grid),
    )
    contacts = dict.fromkeys(post.contact for post in posts if post is not None and post.contact)
    params = {"no": ticket.no, **params}
    return [
        cards.held(turn, turn.written(turn.private_with(each), key, params), ticket.urgency)
        for each in contacts
        if each != turn.heard.sender
    ]


def name(turn: Turn) -> str:
    """How colleagues read who acts."""
    department = next(
        (d.name for d in turn.world.directory.departments if d.id == turn.person.department), ""
    )
    return turn.person.name or department or turn.heard.sender_name or turn.person.contact


def role(turn: Turn, staff_id: str | None, node: str) -> str:
    """What people call whoever acts at a node: 楼长, 信息采集员; 工作人员 where he holds no post."""
    directory = turn.world.directory
    posts = directory.posts_of(staff_id or "")
    near = (post.role for post in posts if directory.inside(node, post.node))
    return next(near, posts[0].role if posts else "") or turn.texts.say("card.somebody")


def holder(turn: Turn, ticket: Ticket) -> str:
    """What people call whoever has a ticket."""
    return role(turn, ticket.assignee, ticket.grid)


def duty_phone(turn: Turn, ticket: Ticket) -> str:
    """Where a resident may call: the office, else whoever has the ticket."""
    post = turn.world.directory.staff(ticket.assignee)
    return turn.world.office.phone or (post.phone if post else "")


async def of_result(turn: Turn, ticket: Ticket, result: str) -> list[Say]:
    """The reporter is asked for a verdict in private, neighbours are told, the group hears it once."""
    says = []
    if ticket.own:
        says += _finder(turn, ticket, result)
    elif ticket.reporter:
        to = private(ticket, ticket.reporter)
        says.append(turn.tell_at(to, "work.resolved_resident", buttons=VERDICTS, no=ticket.no, result=result))
        await turn.ask(ticket.reporter, "verdict", where=to, subject=ticket.no, lives=VERDICT_AFTER)
    for supporter in await ledger.supporters(ticket.no):
        to = private(ticket, supporter.contact)
        says.append(turn.tell_at(to, "work.resolved_supporter", no=ticket.no, result=result))
    return [*says, *await _group(turn, ticket, result)]


def _finder(turn: Turn, ticket: Ticket, result: str) -> list[Say]:
    """A colleague who found it is told; nobody asks him whether he is satisfied."""
    post = turn.world.directory.staff(ticket.assignee)
    if not ticket.reporter or (post is not None and post.contact == ticket.reporter):
        return []
    return reporter(turn, ticket, "work.resolved_found", result=result)


async def _group(turn: Turn, ticket: Ticket, result: str) -> list[Say]:
    group = turn.world.directory.group(ticket.transport, ticket.room)
    if group is None or ticket.sensitive or ticket.kind == Kind.SERVICE:
        return []  # what was done for one household is told to that household
    fits = len(turn.texts.say("work.resolved_group", no=ticket.no, result=result)) <= LONGEST_IN_GROUP
    plain = not fits or await _of_somebody(turn, ticket) or not await harmless(turn, ticket, result)
    key = "work.resolved_group_plain" if plain else "work.resolved_group"
    say = turn.tell_at(
        Address(ticket.transport, ticket.account, group.room), key, no=ticket.no, result=result
    )
    return [replace(say, once=f"closed:{ticket.no}")]


async def _of_somebody(turn: Turn, ticket: Ticket) -> bool:
    """Whether it is about a person: somebody who is ill, a neighbour by name, his door for a place."""
    if ticket.urgency == Urgency.EMERGENCY and cards.call_first(turn, ticket).startswith(AMBULANCE):
        return True
    found = places.find(ticket.place) if ticket.place else None
    if found is not None and found.room and ticket.room:
        known = await turn.world.directory.person(ticket.transport, ticket.reporter)
        if known.home is None or known.home.room != found.room:
            return True
    return await register.names_anybody(ticket.grid, ticket.summary)


async def harmless(turn: Turn, ticket: Ticket, result: str, *, unit: bool = False) -> bool:
    """Whether a worker's sentence may be read by a whole group: no home, no number, no name of a resident.

    `unit`: a stairwell may be named, as in an answer to the one who wrote of it.
    """
    reading = turn.world.reader.read(result, at=turn.now)
    place = reading.place
    if place is not None and (place.room or (place.unit and not unit)):
        return False
    if reading.contact or "identity" in reading.flags or people.named(result):
        return False
    digits = sum(character.isdigit() for character in result)
    return digits < 3 and not await register.names_anybody(ticket.grid, result)
