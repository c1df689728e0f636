"""Which ticket a command means: by number, by quote, by the card just answered, or the only one there is."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import NotAllowed, Refusal, Unclear
from gridbot.handlers.tickets import cards, spoken_of
from gridbot.handlers.turn import Turn
from gridbot.models.cases import ledger, quoting, reported, teamwork, workload
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.profiles import Rank

MOST_CHOICES = 9
NO_DOOR = 99  # beyond it a number within words may be a door or a telephone: 是1202的儿子, 120到了
AT_WORK = (State.ACCEPTED, State.WORKING, State.WAITING)


async def by_number(number: int) -> Ticket:
    """The ticket of that number; raises Refusal where there is none."""
    found = await ledger.ticket(number)
    if found is None:
        raise Refusal("refuse.no_ticket", no=number)
    return found


async def ticket(turn: Turn, *, likely: Sequence[State] = LIVE, pressing: bool = False) -> Ticket:
    """The ticket a staff command is about, which the speaker may act on.

    Without a number or a quote it is his only one, those in a `likely` state first. Raises Refusal
    (Unclear: he is asked which), or NotAllowed where no post of his covers it. `pressing`: nothing is done
    to it but that somebody says he waits for it, as 挂包领导 may too.
    """
    return (await tickets(turn, likely=likely, pressing=pressing))[0]


async def tickets(turn: Turn, *, likely: Sequence[State] = LIVE, pressing: bool = False) -> list[Ticket]:
    """All tickets a staff command names; without numbers the only one that can be spoken_of."""
    if not turn.person.is_staff and turn.person.department is None:
        raise NotAllowed
    command = turn.reading.command
    if command is not None and command.numbers:
        found = await _numbered(turn, command.numbers, likely)
    elif (number := await quoted(turn)) is not None:
        found = [await by_number(number)]
    else:
        found = [await _only(turn, likely)]
    for each in found:
        await permitted(turn, each, pressing=pressing)
        acting(turn, each)
    return found


async def _numbered(turn: Turn, numbers: Sequence[int], likely: Sequence[State]) -> list[Ticket]:
    """Those of these numbers; 120到了 names no matter but an ambulance, 我马上到501 a door of one of his."""
    several = list(dict.fromkeys(numbers))
    if any(stands_alone(turn, number) for number in several):
        return [await by_number(number) for number in several]
    every = await spoken_of.his_and_around(turn)
    if there := [each for each in every if any(each.place.endswith(f"{no}") for no in several)]:
        return [one_of(turn, there)]
    known = [await ledger.ticket(number) for number in several]
    if not any(known) and all(number > NO_DOOR for number in several):
        return [await _only(turn, likely)]
    return [await by_number(number) for number in several]


def stands_alone(turn: Turn, number: int) -> bool:
    """Whether it is said as the numbers of matters are: 办结 12, #12, 12号; and not within words."""
    text = turn.heard.text
    words = text.replace("，", " ").replace(",", " ").split()
    named = (f"{number}", f"{number}号", f"{number}单")
    return any(sign in text for sign in (f"#{number}", f"＃{number}")) or any(word in named for word in words)


def acting(turn: Turn, ticket: Ticket) -> None:
    """The speaker acts in the role whose duty the ticket is."""
    turn.act_as(ticket.grid, cards.called(turn, ticket.category))


async def permitted(turn: Turn, ticket: Ticket, *, pressing: bool = False) -> None:
    """Whoever may act on it, or takes part in it; raises NotAllowed."""
    try:
        allowed(turn, ticket, pressing=pressing)
    except NotAllowed:
        if not await teamwork.takes_part(ticket.no, turn.person.staff, turn.person.department):
            raise


def allowed(turn: Turn, ticket: Ticket, *, pressing: bool = False) -> None:
    """Whoever has it, whoever's post covers its grid, a department it was given to; raises NotAllowed."""
    person, directory = turn.person, turn.world.directory
    if person.staff is not None and ticket.assignee == person.staff:
        return
    if person.department is not None and person.department in ticket.departments:
        return
    for post in person.posts:
        idle = post.rank.reads_only or (post.rank is Rank.PATRON and not pressing)
        if not idle and directory.inside(ticket.grid, post.node):
            return
    raise NotAllowed


async def _only(turn: Turn, likely: Sequence[State]) -> Ticket:
    person = turn.person
    mine = await workload.assigned(person.who, LIVE) if person.is_staff else []
    if person.department is not None:
        mine += await workload.of_department(person.department)
    if not mine and person.is_staff:
        mine += await teamwork.working(person.who)
    mine = [each for each in mine if each.state in likely] or mine
    if turn.heard.quote is not None:
        return one_of(turn, mine)  # what is quoted tells of several: words beside it do not settle which
    mine = spoken_of.described(turn, mine)
    if len(mine) > 1:
        mine = spoken_of.at_hand(turn, mine) or mine
    if not mine or (len(mine) > 1 and _in_own_words(turn)):
        mine = spoken_of.described(turn, await spoken_of.led(turn)) or mine
    return one_of(turn, mine)


def _in_own_words(turn: Turn) -> bool:
    command = turn.reading.command
    return command is not None and command.own


def one_of(turn: Turn, found: Sequence[Ticket]) -> Ticket:
    """The only one; raises Unclear where there are several and Refusal where there is none."""
    if len(found) == 1:
        return found[0]
    command = turn.reading.command
    if not found or command is None:
        word = turn.heard.text.split()[0][:12] if turn.heard.text.split() else ""
        key = "refuse.nothing_in_hand" if turn.person.is_staff and not found else "refuse.which_ticket"
        raise Refusal(key, example=f"{word} 12")
    some = list(found[:MOST_CHOICES])
    raise Unclear(
        "card.which",
        "which",
        {
            "intent": command.name,
            "rest": command.rest,
            "options": sorted(command.options),
            "own": command.own,
            "choices": [each.no for each in some],
        },
        choices=choices(turn, some),
    )


def choices(turn: Turn, found: Sequence[Ticket]) -> str:
    """Numbered lines to choose from."""
    return "\n".join(f"{n}. {label(turn, each)}" for n, each in enumerate(found, 1))


def label(turn: Turn, ticket: Ticket) -> str:
    """One line that names a ticket: number, what, where."""
    what = cards.danger_called(turn, ticket)
    return " ".join(part for part in (f"#{ticket.no}", what, _place(turn, ticket)) if part)


def _place(turn: Turn, ticket: Ticket) -> str:
    """Where it is; a department reads no door in its lists."""
    building = ticket.building or ""
    if turn.person.department and ticket.household and not building and not ticket.landmark:
        node = turn.world.directory.nodes.get(ticket.grid)
        return node.name if node is not None else ""
    door = bool(building) and ticket.place.startswith(f"{building}-")
    if turn.person.is_staff or turn.person.department is None or not door:
        return ticket.place
    return turn.texts.say("card.building", building=building) if building.isdigit() else building


async def own(
    turn: Turn,
    states: Sequence[State] = (*LIVE, State.RESOLVED),
    *,
    otherwise: Sequence[State] = (),
    nothing: str = "refuse.nothing_of_yours",
) -> Ticket:
    """The ticket a resident's command is about: named, quoted, or his only one in these states.

    `otherwise`: the states that count where he has none in those. `nothing`: what he reads without any.
    """
    command = turn.reading.command
    if command is not None and command.numbers:
        return await by_number(command.numbers[0])
    if (number := await quoted(turn)) is not None:
        return await by_number(number)
    all_his = await reported.by(turn.heard.sender)
    mine = [each for each in all_his if each.state in states]
    mine = mine or [each for each in all_his if each.state in otherwise]
    if not mine:
        raise Refusal(nothing)
    return one_of(turn, mine)


async def quoted(turn: Turn) -> int | None:
    """The number of the ticket that the quoted message is about."""
    quote = turn.heard.quote
    if quote is None:
        return None
    found = await quoting.by_message(turn.heard.where.room, quote.id)
    return found.no if found else await quoting.about_sent(quote.id, quote.text)
